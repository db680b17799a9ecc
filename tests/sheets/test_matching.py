"""Which units rows mean: by number, code, name, former name; asked where two could be meant."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from generator.records import Award, FormerName, Unit
from generator.registry import Registry
from generator.sheets.drafts import Given
from generator.sheets.gathering import Gathered, Question, gather
from generator.sheets.matching import Fresh, Known
from generator.sheets.opening import open_content
from tests.sheets import files

WORKSHOP, FACTORY = "数字化车间", "智能工厂"
TITLE = "先进级数字化车间"
NUMBER = "黑示例工信发〔2025〕98号"
CODE, OTHER = "91230100EX0000001G", "91230200EX0000003U"


def unit(
    unit_id: str,
    enterprise: str,
    name: str,
    *,
    uscc: str | None = None,
    former: str | None = None,
    city: str = "哈尔滨市",
    title: str = TITLE,
) -> Unit:
    return Unit(
        id=unit_id,
        name=name,
        kind=FACTORY if name.endswith("工厂") else WORKSHOP,
        enterprise=enterprise,
        uscc=uscc,
        city=city,
        industry="34",
        titles=(Award(title=title, document=NUMBER),),
        former_names=(FormerName(name=former, until=date(2024, 3, 1)),) if former else (),
    )


UNITS = [
    unit("2301-0001", "哈尔滨示例汽轮机（集团）有限公司", "叶片加工数字化车间", uscc=CODE, former="哈尔滨示例汽轮机厂"),
    unit("2301-0002", "哈尔滨示例汽轮机（集团）有限公司", "转子加工数字化车间", uscc=CODE, title="基础级数字化车间"),
    unit("2302-0001", "齐齐哈尔示例机床有限公司", "主轴装配数字化车间", uscc=OTHER, city="齐齐哈尔市"),
    unit("2301-0003", "示例同名有限公司", "装配数字化车间"),
    unit("2302-0002", "示例同名有限公司", "装配数字化车间", uscc="91230200EX0000099X", city="齐齐哈尔市"),
    unit("2301-0004", "哈尔滨示例两用有限公司", "柔性生产智能工厂", former="示例旧名厂", title="智能工厂"),
    unit("2302-0003", "齐齐哈尔示例两用有限公司", "焊接数字化车间", former="示例旧名厂", city="齐齐哈尔市"),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(registry: Registry) -> Registry:
    return replace(registry, units={one.id: one for one in UNITS})


def gathered(registry: Registry, *sheets: tuple[str, Sequence[files.Line]], **options: Any) -> Gathered:
    given = Given(title=TITLE, document=NUMBER, city="哈尔滨市", industry="34")
    return gather(
        open_content("名单", files.workbook(*sheets)), registry, options.pop("given", given), **options
    )


def means(registry: Registry, sheet: str, **row: str) -> list[str]:
    """The units that a sheet of one row means, or what is wrong with it."""
    found = gathered(registry, (sheet, [list(row), list(row.values())]))
    if found.wrong:
        return [str(one) for one in found.wrong]
    return [one.unit.id if isinstance(one.unit, Known) else "新单元" for one in found.rows]


FULL = "哈尔滨示例汽轮机（集团）有限公司"


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ({"编号": "2301-0001"}, "2301-0001"),
        ({"编号": "２３０１—０００１", "企业名称": "哈尔滨示例汽轮机厂"}, "2301-0001"),
        ({"统一社会信用代码": CODE, "单元名称": "叶片加工数字化车间"}, "2301-0001"),
        ({"统一社会信用代码": CODE, "企业名称": FULL, "单元名称": "转子加工数字化车间"}, "2301-0002"),
        ({"企业名称": FULL, "单元名称": "叶片加工数字化车间"}, "2301-0001"),
        ({"企业名称": "哈尔滨示例汽轮机(集团)有限公司", "单元名称": "叶片加工 数字化车间"}, "2301-0001"),
        ({"企业名称": "哈尔滨示例汽轮机厂", "单元名称": "叶片加工数字化车间"}, "2301-0001"),
        ({"企业名称": "齐齐哈尔示例机床有限公司", "单元名称": ""}, "2302-0001"),
        ({"企业名称": "示例同名有限公司", "单元名称": "装配数字化车间", "地市": "齐齐哈尔市"}, "2302-0002"),
        ({"企业名称": FULL, "单元名称": "总装数字化车间"}, "新单元"),
        ({"企业名称": "哈尔滨示例新办有限公司", "单元名称": "总装数字化车间"}, "新单元"),
        (
            {"编号": "新建", "企业名称": "齐齐哈尔示例机床股份有限公司", "单元名称": "铸造数字化车间"},
            "新单元",
        ),
        ({"编号": "新建", "企业名称": FULL, "单元名称": "叶片精加工数字化车间"}, "新单元"),
    ],
)
def test_a_row_of_awards_means_one_unit(small: Registry, row: dict[str, str], meant: str) -> None:
    assert means(small, "授予", **row) == [meant]


@pytest.mark.parametrize(
    ("sheet", "row", "meant"),
    [
        ("续期", {"企业名称": FULL}, "2301-0001"),
        ("撤销", {"企业名称": FULL, "称号": "基础级数字化车间"}, "2301-0002"),
        ("成熟度", {"企业名称": FULL, "单元名称": "叶片加工数字化车间", "评定日期": "2025-12-05", "等级": "二级", "方式": "自评"}, "2301-0001"),
        ("更名", {"企业名称": FULL, "新企业名称": "哈尔滨示例动力有限公司", "原名使用至": "2025-12-05"}, "2301-0001"),
        ("退出", {"企业名称": "齐齐哈尔示例机床有限公司", "退出日期": "2025-12-05", "原因": "注销"}, "2302-0001"),
    ],
)  # fmt: skip
def test_rows_of_other_sheets_mean_units_that_are_entered(
    small: Registry, sheet: str, row: dict[str, str], meant: str
) -> None:
    assert means(small, sheet, **row) == [meant]


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        ("授予", {"编号": "2301-0099"}, "授予 A2：编号“2301-0099”：名录里没有编号 2301-0099；请核对，新单元的编号列空着（要照表里的编号新建，加 --keep-numbers）。"),
        ("授予", {"编号": "2301-0001", "企业名称": "别的示例厂"}, "授予 B2：企业名称“别的示例厂”：2301-0001 的企业是“哈尔滨示例汽轮机（集团）有限公司”，与这里不同；请核对编号和企业名称。"),
        ("授予", {"编号": "2301-0001", "单元名称": "转子加工数字化车间"}, "授予 B2：单元名称“转子加工数字化车间”：2301-0001 的名称是“叶片加工数字化车间”，与这里不同；请核对编号，或空着单元名称。"),
        ("授予", {"编号": "2301-0001", "统一社会信用代码": OTHER}, f"授予 B2：统一社会信用代码“{OTHER}”：2301-0001 的代码是 {CODE}，与这里不同；请核对编号和代码。"),
        ("授予", {"企业名称": "别的示例厂", "统一社会信用代码": CODE, "单元名称": "甲车间"}, f"授予 B2：统一社会信用代码“{CODE}”：{CODE} 在名录里是“哈尔滨示例汽轮机（集团）有限公司”的代码，与企业名称不同；请核对代码，企业更名的先填“更名”表。"),
        ("授予", {"企业名称": FULL, "统一社会信用代码": "91230100EX0000051M", "单元名称": "甲车间"}, f"授予 B2：统一社会信用代码“91230100EX0000051M”：“{FULL}”在名录里的代码是 {CODE}，与这里不同；请核对。"),
        ("续期", {"企业名称": "没有的示例厂"}, "续期 A2：企业名称“没有的示例厂”：名录里没有这个企业（现在的名称和曾用名都查过）；请核对名称，或先填“授予”表。"),
        ("续期", {"企业名称": FULL, "单元名称": "总装数字化车间"}, "续期 B2：单元名称“总装数字化车间”：这个企业没有叫“总装数字化车间”的单元；它有 2301-0001 叶片加工数字化车间、2301-0002 转子加工数字化车间。"),
        ("撤销", {"企业名称": FULL, "称号": "智能工厂"}, "撤销 B2：称号“智能工厂”：这个企业没有获授过智能工厂的单元；它有 2301-0001 叶片加工数字化车间、2301-0002 转子加工数字化车间。"),
        ("授予", {"企业名称": "哈尔滨示例新办有限公司"}, "授予 A2：单元名称：新单元要写单元名称；名单里只有企业名称的，请加一列“单元名称”。"),
        ("授予", {"企业名称": FULL}, "授予 A2：企业名称“哈尔滨示例汽轮机（集团）有限公司”：这个企业有几个单元，而这一行没有写单元名称：2301-0001 哈尔滨示例汽轮机（集团）有限公司 叶片加工数字化车间（哈尔滨市）；2301-0002 哈尔滨示例汽轮机（集团）有限公司 转子加工数字化车间（哈尔滨市）。请加一列“编号”，写明是哪一个。"),
        ("授予", {"编号": "", "企业名称": FULL, "单元名称": "叶片精加工数字化车间"}, "授予 C2：单元名称“叶片精加工数字化车间”：名称相近，可能是同一个单元，也可能是新单元：2301-0001 哈尔滨示例汽轮机（集团）有限公司 叶片加工数字化车间（哈尔滨市）。请在编号列写明是哪一个；确实是新单元的写“新建”。"),
        ("授予", {"企业名称": "示例同名有限公司", "单元名称": "装配数字化车间", "地市": "大庆市"}, "授予 B2：单元名称“装配数字化车间”：名称都是“装配数字化车间”：2301-0003 示例同名有限公司 装配数字化车间（哈尔滨市）；2302-0002 示例同名有限公司 装配数字化车间（齐齐哈尔市）。请加一列“编号”，写明是哪一个。"),
        ("授予", {"企业名称": "齐齐哈尔示例机床股份有限公司", "单元名称": "铸造数字化车间"}, "授予 A2：企业名称“齐齐哈尔示例机床股份有限公司”：名录里没有这个企业，名称相近的有 2302-0001 齐齐哈尔示例机床有限公司 主轴装配数字化车间（齐齐哈尔市）；是同一个企业的，请改成名录里的名称，确实是另一个企业的，请在编号列写“新建”。"),
        ("续期", {"企业名称": "齐齐哈尔示例机床公司"}, "续期 A2：企业名称“齐齐哈尔示例机床公司”：名录里没有这个企业（现在的名称和曾用名都查过）；请核对名称，或先填“授予”表；名称相近的有 2302-0001 齐齐哈尔示例机床有限公司 主轴装配数字化车间（齐齐哈尔市）。"),
        ("退出", {"企业名称": "示例旧名厂", "退出日期": "2025-12-05", "原因": "注销"}, "退出 A2：企业名称“示例旧名厂”：这个企业有几个单元，而这一行没有写单元名称：2301-0004 哈尔滨示例两用有限公司 柔性生产智能工厂（哈尔滨市）；2302-0003 齐齐哈尔示例两用有限公司 焊接数字化车间（齐齐哈尔市）。请加一列“编号”，写明是哪一个。"),
    ],
)  # fmt: skip
def test_what_cannot_be_or_is_unclear_is_refused_with_the_cell(
    small: Registry, sheet: str, row: dict[str, str], said: str
) -> None:
    assert means(small, sheet, **row) == [said]


def test_a_person_is_asked_once_everything_else_is_right(small: Registry) -> None:
    asked: list[Question] = []

    def ask(question: Question) -> Known | Fresh | None:
        asked.append(question)
        return question.candidates[1] if len(question.candidates) > 1 else Fresh()

    rows = [["企业名称", "单元名称"], [FULL, ""], [FULL, "叶片精加工数字化车间"]]
    found = gathered(small, ("名单", rows), ask=ask)
    assert found.wrong == []
    assert [one.unit.id if isinstance(one.unit, Known) else "新单元" for one in found.rows] == [
        "2301-0002",
        "新单元",
    ]
    assert [(one.where, one.fresh, len(one.candidates)) for one in asked] == [
        ("名单 A2", False, 2),
        ("名单 B3", True, 1),
    ]
    asked.clear()
    again = gathered(small, ("名单", [*rows, ["示例厂<", "甲"]]), ask=ask)
    assert asked == []
    assert len(again.wrong) == 3


def test_a_person_may_not_know_either(small: Registry) -> None:
    found = gathered(small, ("名单", [["企业名称"], [FULL]]), ask=lambda question: None)
    assert [one.at for one in found.wrong] == ["A2"]


def test_names_that_are_alike_within_one_list_are_two(small: Registry) -> None:
    rows = [
        ["企业名称", "车间名称"],
        ["大庆示例新办有限公司", "铸件加工数字化车间"],
        ["大庆示例新办有限公司", "铸件精加工数字化车间"],
        ["大庆示例新办股份有限公司", "铸件加工数字化车间"],
    ]
    found = gathered(small, ("名单", rows))
    assert found.wrong == []
    assert [isinstance(one.unit, Fresh) for one in found.rows] == [True] * 3


def test_later_sheets_find_the_units_of_earlier_ones(small: Registry) -> None:
    found = gathered(
        small,
        ("成熟度", [["企业名称", "评定日期", "等级", "方式"], ["大庆示例新办厂", "2025-12-05", 2, "自评"]]),
        ("授予", [["企业名称", "单元名称", "地市"], ["大庆示例新办厂", "铸造数字化车间", "大庆市"]]),
    )
    assert found.wrong == []
    assert [one.draft.form.kind for one in found.rows] == ["award", "maturity"]
    later = found.rows[1].unit
    assert isinstance(later, Known)
    assert later.name == "铸造数字化车间"


def test_a_title_awarded_in_this_file_can_be_renewed_in_it(small: Registry) -> None:
    found = gathered(
        small,
        ("授予", [["编号", "称号"], ["2301-0002", TITLE]]),
        ("续期", [["企业名称", "称号"], [FULL, "基础级数字化车间"]]),
        ("撤销", [["企业名称", "称号", "单元名称"], [FULL, TITLE, "转子加工数字化车间"]]),
    )
    assert found.wrong == []
    assert [one.unit.id for one in found.rows if isinstance(one.unit, Known)] == ["2301-0002"] * 3


def test_sixty_rows_with_five_wrong_ones_tell_all_five(small: Registry) -> None:
    rows: list[list[Any]] = [["序号", "企业名称", "车间名称", "所在地", "授予日期"]]
    rows += [[n, f"大庆示例第{n}厂", f"第{n}数字化车间", "大庆市", "2025年12月5日"] for n in range(1, 61)]
    rows[4][4], rows[17][1], rows[30][3], rows[45][2], rows[60][4] = "2025-2-30", "", "外地", "", "待定"
    found = gathered(small, ("名单", rows))
    assert {(one.at, one.found) for one in found.wrong} == {
        ("E5", "2025-2-30"),
        ("B18", ""),
        ("D31", "外地"),
        ("C46", ""),
        ("E61", "待定"),
    }


def test_hidden_and_strange_sheets_are_told(small: Registry) -> None:
    def hide(book: Any) -> None:
        book["藏"].sheet_state = "hidden"

    sheets: list[tuple[str, Sequence[files.Line]]] = [
        ("名单", [["企业名称", "单元名称"], ["示例厂", "甲车间"]]),
        ("藏", [["企业名称", "单元名称"], ["示例厂", "乙车间"]]),
        ("别的", [["姓名"], ["某"]]),
        ("空", []),
    ]
    given = Given(title=TITLE, document=NUMBER, city="大庆市", industry="34")
    found = gather(open_content("x", files.workbook(*sheets, change=hide)), small, given)
    assert found.told == [
        "工作表“藏”是隐藏的，没有导入；要导入请取消隐藏。",
        "工作表“别的”里没有认得的列标题，没有导入。",
    ]
    assert len(found.rows) == 1
    only = gather(open_content("x", files.workbook(sheets[2])), small, given)
    assert [str(one) for one in only.wrong] == [
        "别的 A1：“姓名”：没有认得的列标题；请在表头写“企业名称”“单元名称”等，"
        "或把内容填到导入模板里（用 template 生成）。"
    ]
