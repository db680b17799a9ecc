"""Sheets to records: every kind of act, comments and order kept, nothing twice, all or nothing."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import journal
from generator.checks.desk import examine
from generator.problems import Report, as_text
from generator.reading import VOCABULARY_FILES
from generator.registry import load
from generator.sheets.drafts import Given
from generator.sheets.opening import open_content
from generator.sheets.planning import Plan, plan
from generator.sheets.storing import Overtaken, store
from tests.conftest import ROOT
from tests.sheets import files

AS_OF = date(2026, 11, 24)
BASIC, ADVANCED = "基础级数字化车间", "先进级数字化车间"
NUMBER, LATER = "黑示例工信发〔2025〕88号", "黑示例工信发〔2026〕31号"
CODE = "91230100EX0000001G"
FULL = "哈尔滨示例汽轮机有限公司"

COMMENTED = f"""\
# 联系人见内网，不写在这里
enterprise: {FULL} # 执照全称
name: 叶片加工数字化车间

kind: 数字化车间
uscc: {CODE}
city: 哈尔滨市
industry: 341

# 2025 年首次列入
titles:
- title: {ADVANCED}   # 先进级
  document: {NUMBER}
  # 这一行的后面加续期

# 文件结束
"""
BRACKETS = f"""\
name: 主轴装配数字化车间
kind: 数字化车间
enterprise: 齐齐哈尔示例机床有限公司
city: 齐齐哈尔市
industry: 342
maturity: [{{date: 2025-06-30, level: 2, method: 自评}}] # 自评
titles: [
  {{title: {BASIC}, document: {NUMBER}}},
]
"""


@dataclass
class Folder:
    """A small registry of its own."""

    root: Path

    def plan(
        self, *sheets: tuple[str, Sequence[files.Line]], given: Given | None = None, **options: Any
    ) -> Plan:
        registry = load(self.root, Report())
        assert registry is not None
        grids = open_content("名单", files.workbook(*sheets))
        return plan(grids, registry, given or Given(), as_of=AS_OF, **options)

    def done(self, *sheets: tuple[str, Sequence[files.Line]], **options: Any) -> Plan:
        """Import, see that the registry has no errors, and that the same again changes nothing."""
        made = self.plan(*sheets, **options)
        assert [str(one) for one in made.wrong] == []
        store(self.root, made.changes)
        examined = examine(self.root, as_of=AS_OF)
        assert not examined.report.errors, as_text(examined.report)
        again = self.plan(*sheets, **options)
        assert (again.wrong, again.sentences, again.changes) == ((), (), ())
        return made

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def all(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "registry"
    for path, text in {
        "documents/hlj/2025-88.yml": f"number: {NUMBER}\ntitle: 关于公布2025年度名单的通知（示例）\ndate: 2025-11-20\n",
        "documents/hlj/2026-31.yml": f"number: {LATER}\ntitle: 关于公布2026年度名单的通知（示例）\ndate: 2026-05-06\n",
        "factories/230100/2301-0007.yml": COMMENTED,
        "factories/230200/2302-0001.yml": BRACKETS,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for name in VOCABULARY_FILES:
        shutil.copyfile(ROOT / "registry" / name, root / name)
    return Folder(root)


WHOLE = Given(title=ADVANCED, document=LATER)
SEVEN, ONE = "factories/230100/2301-0007.yml", "factories/230200/2302-0001.yml"


def test_a_published_list_makes_new_records_with_numbers(folder: Folder) -> None:
    rows: list[list[Any]] = [
        ["附件2"],
        [f"2026年度{ADVANCED}名单"],
        [*files.SHAPE, "行业代码"],
        [1, FULL, "转子加工数字化车间", "哈尔滨市香坊区", "341"],
        [2, "大庆示例智慧电器设备有限公司", "热水器总装数字化车间", "大庆市", "38 电气机械和器材制造业"],
        [3, "哈尔滨示例（集团）\n有限公司", "５Ｇ装配数字化车间", "哈尔滨", "34"],
    ]
    made = folder.done(("Sheet1", rows), given=Given(document=LATER))
    assert made.sentences == (
        f"2301-0008 {FULL} 转子加工数字化车间：新建，授予{ADVANCED}（{LATER}，2026-05-06）",
        f"2306-0001 大庆示例智慧电器设备有限公司 热水器总装数字化车间：新建，授予{ADVANCED}（{LATER}，2026-05-06）",
        f"2301-0009 哈尔滨示例（集团）有限公司 5G装配数字化车间：新建，授予{ADVANCED}（{LATER}，2026-05-06）",
    )
    # The enterprise is known by its name, and so is its code.
    assert folder.text("factories/230100/2301-0008.yml") == (
        "name: 转子加工数字化车间\n"
        "kind: 数字化车间\n"
        f"enterprise: {FULL}\n"
        f"uscc: {CODE}\n"
        "city: 哈尔滨市\n"
        "county: 香坊区\n"
        "industry: 341\n"
        "titles:\n"
        f"  - {{title: {ADVANCED}, document: {LATER}}}\n"
    )


def test_comments_order_and_all_else_stay(folder: Folder) -> None:
    folder.done(
        ("授予", [["编号", "称号", "文号", "授予日期"], ["2301-0007", BASIC, LATER, "2026年6月1日"]]),
        ("成熟度", [["编号", "评定日期", "等级", "方式"], ["2301-0007", date(2026, 6, 1), "二级", "自评"], ["2302-0001", "2026.6.1", 3, "评估"]]),
        ("续期", [["编号", "称号", "文号"], ["2302-0001", BASIC, LATER]]),
    )  # fmt: skip
    assert folder.text(SEVEN) == COMMENTED.replace(
        "industry: 341\n", "industry: 341\nmaturity:\n  - {date: 2026-06-01, level: 2, method: 自评}\n"
    ).replace(
        "  # 这一行的后面加续期\n",
        f"  # 这一行的后面加续期\n- {{title: {BASIC}, document: {LATER}, date: 2026-06-01}}\n",
    )
    assert folder.text(ONE) == BRACKETS.replace(
        "method: 自评}]", "method: 自评}, {date: 2026-06-01, level: 3, method: 评估}]"
    ).replace(f"{NUMBER}}},\n]", f"{NUMBER}}},\n{{title: {BASIC}, document: {LATER}}}]")


def test_line_ends_and_the_mark_of_a_file_stay(folder: Folder) -> None:
    path = folder.root / SEVEN
    path.write_bytes(b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode())
    folder.done(("授予", [["编号", "称号", "文号"], ["2301-0007", BASIC, LATER]]))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# ")
    assert content.count(b"\n") == content.count(b"\r\n") == COMMENTED.count("\n") + 1


def test_a_new_name_goes_to_all_units_and_the_old_one_still_finds_them(folder: Folder) -> None:
    other = COMMENTED.replace("叶片加工", "转子加工")
    (folder.root / "factories/230100/2301-0008.yml").write_text(other, encoding="utf-8")
    new = "哈尔滨示例动力股份有限公司"
    made = folder.done(("更名", [["企业名称", "新企业名称", "原名使用至"], [FULL, new, "2026-03-31"]]))
    assert [sentence[:9] for sentence in made.sentences] == ["2301-0007", "2301-0008"]
    assert folder.text(SEVEN) == COMMENTED.replace(f"{FULL} #", f"{new} #").replace(
        f"uscc: {CODE}\n", f"uscc: {CODE}\nformer_names:\n  - {{name: {FULL}, until: 2026-03-31}}\n"
    )
    made = folder.done(
        ("续期", [["企业名称", "车间名称", "称号", "文号"], [FULL, "叶片加工数字化车间", ADVANCED, LATER]])
    )
    assert made.sentences == (f"2301-0007 {new} 叶片加工数字化车间：续期{ADVANCED}（{LATER}，2026-05-06）",)


def test_revocation_closing_case_and_report(folder: Folder) -> None:
    case: list[list[Any]] = [
        ["编号", "案例标题", "场景版本", "场景序号", "发布日期", "摘要", "成效", "正文"],
        ["2301-0007", "叶片在线检测", 2025, "9、24", "2026-03-12", "一" * 30, "返工|减少 50%\n合格率|95%|99%|", "## 一\n\n正文\n\n- 列"],
    ]  # fmt: skip
    made = folder.done(
        ("撤销", [["编号", "称号", "文号", "原因"], ["2302-0001", BASIC, LATER, "材料不实"]]),
        (
            "退出",
            [["编号", "退出日期", "原因", "承接单元编号"], ["2302-0001", "2026-09-01", "合并", "2301-0007"]],
        ),
        ("典型案例", case),
        ("进展报告", [["编号", "报告年度", "报送日期"], ["2301-0007", 2025, "2026-01-20"]]),
    )
    assert len(made.sentences) == 4
    assert folder.text(ONE) == BRACKETS + (
        "revocations:\n"
        f"  - {{title: {BASIC}, document: {LATER}, reason: 材料不实}}\n"
        "closed: {date: 2026-09-01, reason: 合并, successor: 2301-0007}\n"
    )
    assert folder.text("cases/2026/2026-0001.yml") == (
        "title: 叶片在线检测\n"
        "factory: 2301-0007\n"
        "edition: 2025\n"
        "scenes: [9, 24]\n"
        "published: 2026-03-12\n"
        f"summary: {'一' * 30}\n"
        "metrics:\n"
        "  - {name: 返工, change: 减少 50%}\n"
        "  - {name: 合格率, before: 95%, after: 99%}\n"
        "body: |\n  ## 一\n\n  正文\n\n  - 列\n"
    )


def test_a_title_that_is_held_already_is_awarded_again(folder: Folder) -> None:
    made = folder.done(("授予", [["编号", "称号", "文号"], ["2301-0007", ADVANCED, LATER]]))
    assert made.sentences == (
        f"2301-0007 {FULL} 叶片加工数字化车间：再次授予{ADVANCED}（{LATER}，2026-05-06）",
    )


def test_a_code_that_was_lacking_is_entered(folder: Folder) -> None:
    rows = [
        ["编号", "统一社会信用代码", "称号", "文号"],
        ["2302-0001", "91230200EX0000003U", ADVANCED, LATER],
    ]
    made = folder.done(("授予", rows))
    assert made.sentences[0].endswith("：补上统一社会信用代码 91230200EX0000003U")
    assert "enterprise: 齐齐哈尔示例机床有限公司\nuscc: 91230200EX0000003U\ncity" in folder.text(ONE)


def test_a_code_that_fails_its_check_with_a_reason_names_its_unit(folder: Folder) -> None:
    noted = "91230100EX00000011"
    path = folder.root / SEVEN
    path.write_text(COMMENTED.replace(CODE, f"{noted}\nuscc_note: 执照如此"), encoding="utf-8")
    head = ["统一社会信用代码", "评定日期", "等级", "方式"]
    made = folder.done(("成熟度", [head, [noted, "2026-06-01", 2, "自评"]]))
    assert len(made.sentences) == 1
    made = folder.plan(("授予", [["编号", "统一社会信用代码"], ["2302-0001", noted]]), given=WHOLE)
    assert [one.at for one in made.wrong] == ["B2"]
    head = ["编号", "统一社会信用代码", "评定日期", "等级", "方式"]
    made = folder.plan(("成熟度", [head, ["2302-0001", noted, "2026-06-01", 3, "自评"]]))
    assert len(made.wrong) == 1
    assert "校验码是 1，按前 17 位应为 G" in str(made.wrong[0])


def test_what_differs_from_the_record_is_told_and_not_replaced(folder: Folder) -> None:
    rows = [["编号", "县区", "行业代码"], ["2301-0007", "香坊区", "34"]]
    made = folder.done(("授予", rows), given=WHOLE)
    assert made.told == (
        "授予 B2：2301-0007 的县区没有登记，与表里的“香坊区”不同，没有改动。",
        "授予 C2：2301-0007 的行业代码登记的是“341”，与表里的“34”不同，没有改动。",
    )
    assert folder.text(SEVEN).count("industry: 341") == 1


HEAD = ["编号", "称号", "文号", "日期"]


@pytest.mark.parametrize(
    ("sheet", "rows", "said"),
    [
        ("授予", [HEAD, ["2301-0007", ADVANCED, NUMBER, "2025-12-01"]], ["授予 D2：授予日期“2025-12-01”：2301-0007 凭这份文件获授先进级数字化车间已经登记，日期是 2025-11-20，这里是 2025-12-01；请核对，名单另有日期的写在日期列，或用 --date 指明。"]),
        ("授予", [HEAD, ["2301-0007", BASIC, "黑示例工信发〔2026〕99号", ""]], ["授予 C2：文号“黑示例工信发〔2026〕99号”：名录里没有登记这份文件；请核对文号，或先用 document 命令登记。"]),
        ("授予", [HEAD, ["2301-0007", "智能工厂", LATER, ""]], ["授予 B2：称号“智能工厂”：“智能工厂”授予智能工厂，本单元登记为数字化车间；请改称号，或改正 kind（记录 2301-0007）。"]),
        ("授予", [HEAD, ["2301-0007", BASIC, LATER, "2026-05-01"]], ["授予 D2：授予日期“2026-05-01”：授予日期 2026-05-01 早于文件日期 2026-05-06（黑示例工信发〔2026〕31号）；请改正日期，与文件同日的可以不写 date（记录 2301-0007）。"]),
        ("续期", [HEAD, ["2301-0007", BASIC, LATER, ""]], ["续期 B2：称号“基础级数字化车间”：2301-0007 在 2026-05-06 以前没有获授过基础级数字化车间，不是续期；初次授予请填“授予”表。"]),
        ("撤销", [HEAD, ["2301-0007", BASIC, LATER, ""]], ["撤销 B2：称号“基础级数字化车间”："]),
        ("退出", [["编号", "退出日期", "原因", "承接单元编号"], ["2301-0007", "2026-09-01", "合并", "2301-0099"]], ["退出 D2：承接单元编号“2301-0099”："]),
        ("更名", [["编号", "企业名称", "新企业名称", "原名使用至"], ["2301-0007", FULL, "", "2026-03-31"]], ["更名 C2：新企业名称：没有填写；更名以后的企业全称，照营业执照写。"]),
    ],
)  # fmt: skip
def test_what_the_registry_would_not_bear_is_told_by_its_cell(
    folder: Folder, sheet: str, rows: list[list[Any]], said: list[str]
) -> None:
    before = folder.all()
    made = folder.plan((sheet, rows))
    assert len(made.wrong) == len(said)
    for complaint, beginning in zip(made.wrong, said, strict=True):
        assert str(complaint).startswith(beginning)
    assert made.changes == ()
    assert folder.all() == before


def test_one_wrong_row_refuses_the_whole_sheet(folder: Folder) -> None:
    rows: list[list[Any]] = [["序号", "企业名称", "车间名称", "所在地", "行业代码"]]
    rows += [[n, f"大庆示例第{n}厂", f"第{n}数字化车间", "大庆市", "34"] for n in range(1, 61)]
    rows[60][4] = "99"
    made = folder.plan(("Sheet1", rows), given=WHOLE)
    assert [str(one) for one in made.wrong] == [
        "Sheet1 E61：行业代码“99”：行业分类里没有这个代码；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341。"
    ]
    rows[60][4] = "34"
    assert len(folder.done(("Sheet1", rows), given=WHOLE).changes) == 60


def test_a_record_written_in_a_way_that_cannot_be_added_to_is_left(folder: Folder) -> None:
    odd = COMMENTED.replace("titles:\n- title", "titles: # [\n- title").replace("uscc:", '"uscc":')
    (folder.root / SEVEN).write_text(odd, encoding="utf-8")
    folder.done(("授予", [HEAD, ["2301-0007", BASIC, LATER, ""]]))
    odd = f"{{name: 甲, kind: 数字化车间, enterprise: {FULL}, city: 哈尔滨市, industry: 34, titles: [{{title: {ADVANCED}, document: {NUMBER}}}]}}\n"
    (folder.root / SEVEN).write_text(odd, encoding="utf-8")
    made = folder.plan(
        ("成熟度", [["编号", "评定日期", "等级", "方式"], ["2301-0007", "2026-06-01", 2, "自评"]])
    )
    assert [str(one) for one in made.wrong] == [
        "成熟度 A2：记录 factories/230100/2301-0007.yml 的写法特殊，程序加不进去；请照“常见情形”手工添加。"
    ]


def two_rows(folder: Folder) -> Plan:
    rows = [["编号", "称号", "文号"], ["2301-0007", BASIC, LATER], ["2302-0001", ADVANCED, LATER]]
    return folder.plan(("授予", rows))


def test_a_file_changed_meanwhile_stops_everything(folder: Folder) -> None:
    made = two_rows(folder)
    (folder.root / ONE).write_text(BRACKETS + "\n", encoding="utf-8")
    before = folder.all()
    with pytest.raises(Overtaken, match=r"2302-0001\.yml 在读取之后被别人改过，没有写入；请重新导入。$"):
        store(folder.root, made.changes)
    assert folder.all() == before


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failed_write_leaves_everything_as_it_was(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    rows = [["企业名称", "车间名称", "所在地", "行业代码"], ["大庆示例厂", "铸造数字化车间", "大庆市", "34"]]
    made = folder.plan(
        (
            "名单",
            [
                *rows,
                [FULL, "叶片加工数字化车间", "哈尔滨市", "34"],
                ["齐齐哈尔示例机床有限公司", "主轴装配数字化车间", "齐齐哈尔市", "34"],
            ],
        ),
        given=WHOLE,
    )
    assert len(made.changes) == 3
    before = folder.all()
    calls: list[Path] = []

    def replace(part: Path, path: Path) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        part.rename(path)

    monkeypatch.setattr(journal, "_replace", replace)
    with pytest.raises(OSError, match="No space left"):
        store(folder.root, made.changes)
    assert folder.all() == before
    assert not (folder.root / "factories/230600").exists()
