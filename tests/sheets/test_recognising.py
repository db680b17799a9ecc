"""Lists as they are published: heads in any place and order, titles above, headings between, remarks below."""

from collections.abc import Sequence
from typing import Any

import pytest

from generator.registry import Registry
from generator.sheets.drafts import Drafted, Given, drafts
from generator.sheets.grid import Cell, Grid
from generator.sheets.layouts import FORMS
from generator.sheets.opening import open_content
from generator.sheets.recognising import Table, recognise
from tests.sheets import files


def grid_of(*lines: files.Line, name: str = "Sheet1", change: Any = None) -> Grid:
    (grid,) = open_content("x", files.workbook((name, lines), change=change))
    return grid


def table_of(*lines: files.Line, name: str = "Sheet1", change: Any = None) -> Table:
    table = recognise(grid_of(*lines, name=name, change=change))
    assert table is not None
    return table


@pytest.mark.parametrize(
    ("head", "places"),
    [
        (["序号", "企业名称", "项目名称", "所在地"], {"enterprise": 1, "name": 2, "place": 3}),
        (["所在地", "工厂名称", "企业名称", "序号"], {"place": 0, "name": 1, "enterprise": 2}),
        (["序号", "企业名称", "工厂名称"], {"enterprise": 1, "name": 2}),
        (["序号", "企业名称", "分数"], {"enterprise": 1}),
        (["企业名称"], {"enterprise": 0}),
        (["序 号", "企　业\n名称*", "车间名称（必填）", "市（地）"], {"enterprise": 1, "name": 2, "city": 3}),
        (["企业名称", "社会信用代码", "所属行业"], {"enterprise": 0, "uscc": 1, "industry": 2}),
    ],
)
def test_columns_are_known_by_any_of_their_names_in_any_order(
    head: list[str], places: dict[str, int]
) -> None:
    table = table_of(head, ["1"] * len(head))
    assert table.form.kind == "award"
    assert table.places == places
    assert (table.told, table.wrong) == ((), ())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_every_sheet_of_the_template_is_known_by_its_name_and_by_its_columns(form: Any) -> None:
    head = [column.title for column in form.columns]
    for name in (form.title, "Sheet1"):
        table = table_of(head, ["1"] * len(head), name=name)
        expected = "award" if form.kind == "renewal" and name == "Sheet1" else form.kind
        assert table.form.kind == expected
        assert len(table.places) == len(head)


def test_titles_and_blank_rows_stand_above_the_head() -> None:
    table = table_of(["附件1"], ["2025年度示例名单"], [], files.SHAPE, *files.LISTED)
    assert [cell.text for cell in table.titles] == ["附件1", "2025年度示例名单"]
    assert table.head.number == 4
    assert [row.line.number for row in table.rows] == [5, 6, 7]


def test_a_head_of_two_lines() -> None:
    def merge(book: Any) -> None:
        for area in ("A1:A2", "B1:C1", "D1:D2"):
            book["Sheet1"].merge_cells(area)

    table = table_of(
        ["序号", "申报单位", None, "所在地"],
        [None, "企业名称", "车间名称", None],
        files.LISTED[0],
        change=merge,
    )
    assert table.places == {"enterprise": 1, "name": 2, "place": 3}
    assert [row.line.number for row in table.rows] == [3]


def test_what_is_no_row_is_told_or_heads_the_rows_below() -> None:
    table = table_of(
        files.SHAPE,
        ["一、哈尔滨市（2家）"],
        files.LISTED[0],
        files.SHAPE,
        ["二、大庆市"],
        files.LISTED[1],
        [],
        ["合计", None, "3"],
        ["注：排名不分先后"],
    )
    assert [(row.line.number, [cell.text for cell in row.headings]) for row in table.rows] == [
        (3, ["一、哈尔滨市（2家）"]),
        (6, ["二、大庆市"]),
    ]
    assert table.told == (
        "第 8 行是合计，没有导入。",
        "第 9 行“注：排名不分先后”是合计或说明，没有导入。",
    )


def test_columns_that_nobody_asked_for_are_told() -> None:
    table = table_of(["企业名称", "单元名称", "评审意见", None], ["甲", "乙", "同意", "丙"])
    assert table.told == ("C 列“评审意见”没有用到。", "D 列没有标题的没有用到。")


def test_a_field_in_two_columns_is_refused() -> None:
    table = table_of(["企业名称", "申报单位", "单元名称"], ["甲", "乙", "丙"])
    assert table.wrong == (("B1", "“申报单位”与 A1 是同一个字段，只能有一列；请删去或改名其中一列"),)


def test_what_is_hidden_is_told_and_not_used() -> None:
    def hide(book: Any) -> None:
        book["Sheet1"].row_dimensions[3].hidden = True
        book["Sheet1"].column_dimensions["D"].hidden = True

    table = table_of(files.SHAPE, *files.LISTED, change=hide)
    assert table.wrong == (
        ("D1", "D 列是隐藏的，里面有内容；要导入请取消隐藏，不要的请删去这一列"),
        ("A3", "第 3 行是隐藏的，里面有内容；要导入请取消隐藏（或取消筛选），不要的请删去这一行"),
    )
    assert [row.line.number for row in table.rows] == [2, 4]


def test_what_heads_nothing_known_is_no_list() -> None:
    assert recognise(grid_of(["姓名", "电话"], ["甲", "乙"])) is None
    assert recognise(Grid(name="空", lines=())) is None


def drafted(
    registry: Registry, *lines: files.Line, given: Given | None = None, change: Any = None
) -> Drafted:
    return drafts(table_of(*lines, change=change), registry, given or Given())


TITLE = "先进级数字化车间"
NUMBER = "黑示例工信发〔2025〕98号"
GIVEN = Given(title=TITLE, document=NUMBER)


def test_the_list_says_once_what_holds_for_all_its_rows(registry: Registry) -> None:
    found = drafted(
        registry,
        ["附件"],
        [f"2025年度黑龙江省{TITLE}名单（黑示例工信发[2025]98号）"],
        files.SHAPE,
        *files.LISTED,
    )
    assert found.wrong == []
    assert found.told == [
        f"工作表“Sheet1”称号取自 A2：{TITLE}。",
        f"工作表“Sheet1”文号取自 A2：{NUMBER}。",
    ]
    assert [draft.values["title"] for draft in found.drafts] == [TITLE] * 3
    assert [draft.values["document"] for draft in found.drafts] == [NUMBER] * 3
    assert [draft.values["city"] for draft in found.drafts] == ["哈尔滨市", "大庆市", "齐齐哈尔市"]


def test_an_option_goes_before_what_stands_above_and_a_cell_before_both(registry: Registry) -> None:
    found = drafted(
        registry,
        [f"{TITLE}名单"],
        [*files.SHAPE, "称号"],
        [*files.LISTED[0], "基础级数字化车间"],
        [*files.LISTED[1], None],
        given=Given(title="智能工厂", document=NUMBER),
    )
    assert [draft.values["title"] for draft in found.drafts] == ["基础级数字化车间", "智能工厂"]


def test_headings_between_rows_say_city_and_title(registry: Registry) -> None:
    found = drafted(
        registry,
        ["序号", "企业名称", "车间名称"],
        ["一、先进级数字化车间"],
        ["（一）哈尔滨市（1家）"],
        [1, "哈尔滨示例甲厂", "甲车间"],
        ["二、基础级数字化车间"],
        [2, "大庆示例乙厂", "乙车间"],
        given=Given(document=NUMBER),
    )
    assert found.wrong == []
    assert [(draft.values["title"], draft.values.get("city")) for draft in found.drafts] == [
        ("先进级数字化车间", "哈尔滨市"),
        ("基础级数字化车间", None),
    ]


def test_merged_enterprises_and_typing_marks(registry: Registry) -> None:
    def merge(book: Any) -> None:
        book["Sheet1"].merge_cells("A2:A3")

    found = drafted(
        registry,
        ["企业名称", "车间名称", "统一社会信用代码", "所在地"],
        [
            "　哈尔滨示例\n机械（集团） 有限公司 ",
            "５Ｇ＋铸造\r\n数字化车间",
            "９１２３０１００ＥＸ００００００１Ｇ",
            " 哈尔滨市 香坊区 ",
        ],
        [None, "焊接数字化车间　", "91230100ex0000001g", "黑龙江省哈尔滨市松北区"],
        given=GIVEN,
        change=merge,
    )
    assert found.wrong == []
    assert [draft.values for draft in found.drafts] == [
        {
            "enterprise": "哈尔滨示例机械（集团）有限公司",
            "name": name,
            "uscc": "91230100EX0000001G",
            "place": place,
            "title": TITLE,
            "document": NUMBER,
            "city": "哈尔滨市",
            "county": county,
        }
        for name, place, county in (
            ("5G＋铸造数字化车间", "哈尔滨市香坊区", "香坊区"),
            ("焊接数字化车间", "黑龙江省哈尔滨市松北区", "松北区"),
        )
    ]


HEAD = ["企业名称", "车间名称", "统一社会信用代码", "地市", "授予日期", "行业代码", "网址"]


def refused(registry: Registry, row: Sequence[str | int | float | None], given: Given = GIVEN) -> list[str]:
    return [str(complaint) for complaint in drafted(registry, HEAD, row, given=given).wrong]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([None, "甲车间"], "Sheet1 A2：企业名称：没有填写，也没有编号和代码，不知道说的是哪个企业；请填写企业全称。"),
        (["示例厂", "甲车间", "9.12301E+17"], "Sheet1 C2：统一社会信用代码“9.12301E+17”：代码被表格软件改成了科学记数，后面的位数已经丢失；请先把这一列的格式改为“文本”，再照营业执照重新输入。"),
        (["示例厂", "甲车间", 912301000000000001], "Sheet1 C2：统一社会信用代码“9.12301E+17”：这一格存成了数字 9.12301E+17，表格软件只保留前 15 位，后面的已经丢失；请先把这一列的格式改为“文本”，再照原件重新输入。"),
        (["示例厂", "甲车间", "91230100EX000000"], "Sheet1 C2：统一社会信用代码“91230100EX000000”：统一社会信用代码应为 18 位，这里有 16 位，请对照营业执照改正。"),
        (["示例厂", "甲车间", "91230100EX00000011"], "Sheet1 C2：统一社会信用代码“91230100EX00000011”：第 18 位校验码是 1，按前 17 位应为 G；请对照营业执照改正。"),
        (["示例厂", "甲车间", None, None, "2025年13月1日"], "Sheet1 E2：授予日期“2025年13月1日”：日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。"),
        (["示例厂", "甲车间", None, None, "2025年12月"], "Sheet1 E2：授予日期“2025年12月”：只有年和月，没有日；请照文件写全，例如 2025-11-20。"),
        (["示例厂", "甲车间", None, None, 20251205], "Sheet1 E2：授予日期“20251205”：日期要写出年、月、日，请改为 2025-12-05。"),
        (["示例厂", "甲车间", None, None, 45996], "Sheet1 E2：授予日期“45996”：这是日期在表格软件里的序号，请把这一格的格式改为“日期”（应显示 2025-12-05）后核对。"),
        (["示例厂", "甲车间", None, None, "近日"], "Sheet1 E2：授予日期“近日”：不是日期；请写成 2025-11-20 的样子。"),
        (["示例厂", "甲车间", None, None, None, "3411"], "Sheet1 F2：行业代码“3411”：行业只到中类；请写前三位 341（锅炉及原动设备制造）。"),
        (["示例厂", "甲车间", None, None, None, "造东西"], "Sheet1 F2：行业代码“造东西”：行业分类里没有这个名称；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341。"),
        (["示例<厂>", "甲车间"], "Sheet1 A2：企业名称“示例<厂>”：名称里不能有尖括号 < >；请改用书名号或括号。"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_what_is_right(registry: Registry, row: list[Any], said: str) -> None:
    assert refused(registry, row) == [said]


def test_everything_wrong_is_told_at_once(registry: Registry) -> None:
    assert refused(registry, ["示例厂", "甲", "91", "无名市", "昨天"], Given()) == [
        "Sheet1 C2：统一社会信用代码“91”：统一社会信用代码应为 18 位，这里有 2 位，请对照营业执照改正。",
        "Sheet1 D2：地市“无名市”：没有这个地市；可用的有 "
        + "、".join(city.name for city in registry.cities.prefectures)
        + "。",
        "Sheet1 E2：授予日期“昨天”：不是日期；请写成 2025-11-20 的样子。",
        "Sheet1 A2：称号：没有填写；从下拉列表里选，或用 --title 指明。",
        "Sheet1 A2：文号：没有填写；所依据文件的文号，从下拉列表里选；列表里没有的，要先登记文件，或用 --document 指明。",
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025.12.5", "2025-12-05"),
        ("2025年12月5日", "2025-12-05"),
        ("2025/12/05", "2025-12-05"),
        ("２０２５．１２．５", "2025-12-05"),
        (" 2025-12-5 ", "2025-12-05"),
        ("2025 年 12 月 5 日", "2025-12-05"),
        ("1949-01-01", "1949-01-01"),
        ("2199-12-31", "2199-12-31"),
    ],
)
def test_days_are_read_as_they_are_written(registry: Registry, written: str, day: str) -> None:
    found = drafted(registry, HEAD, ["示例厂", "甲", None, None, written], given=GIVEN)
    assert found.wrong == []
    assert str(found.drafts[0].values["date"]) == day


@pytest.mark.parametrize(
    ("written", "city", "county"),
    [
        ("哈尔滨市", "哈尔滨市", None),
        ("哈尔滨", "哈尔滨市", None),
        ("黑龙江省哈尔滨市香坊区", "哈尔滨市", "香坊区"),
        ("哈尔滨·香坊区", "哈尔滨市", "香坊区"),
        ("肇东市", "绥化市", "肇东市"),
    ],
)
def test_a_place_names_a_city_and_a_county(
    registry: Registry, written: str, city: str, county: str | None
) -> None:
    found = drafted(registry, ["企业名称", "车间名称", "所在地"], ["示例厂", "甲", written], given=GIVEN)
    assert found.wrong == []
    assert (found.drafts[0].values["city"], found.drafts[0].values.get("county")) == (city, county)


def test_a_county_of_several_cities_is_asked_for(registry: Registry) -> None:
    found = drafted(registry, ["企业名称", "车间名称", "所在地"], ["示例厂", "甲", "向阳区"], given=GIVEN)
    assert [str(one) for one in found.wrong] == [
        "Sheet1 C2：所在地“向阳区”：几个地市都有向阳区（鹤岗市、佳木斯市）；请写明地市。"
    ]


def test_the_same_row_twice_is_refused(registry: Registry) -> None:
    found = drafted(registry, files.SHAPE, files.LISTED[0], files.LISTED[1], files.LISTED[0], given=GIVEN)
    assert [str(one) for one in found.wrong] == [
        "Sheet1 B4：企业名称“哈尔滨示例轨道车辆股份有限公司”：与第 2 行重复，同一件事只能有一行；请删去其一。"
    ]


def test_an_example_row_is_left_out(registry: Registry) -> None:
    found = drafted(registry, files.SHAPE, ["示例", *files.LISTED[0][1:]], files.LISTED[1], given=GIVEN)
    assert found.told == []
    assert [draft.row for draft in found.drafts] == [3]


def test_an_empty_cell_is_empty_whatever_blanks_it_holds() -> None:
    assert Cell(at="A1", text="　 \n").empty
    assert not Cell(at="A1", text="", fault="公式").empty
