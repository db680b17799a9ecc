"""The commands: their words, what they leave behind, and how they ask."""

import shutil
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner

from generator import journal
from generator.cli import cli
from generator.cli.prompting import choose_unit
from generator.problems import Report
from generator.registry import load
from generator.sheets.gathering import Question
from generator.sheets.matching import Fresh, Known
from tests.conftest import AS_OF, ROOT
from tests.sheets import files

QINGDAO = ROOT / "tests/registries/qingdao-2024"


def said(*arguments: str | Path, text: str | None = None) -> tuple[int, str, str]:
    """Run a command in this process: its exit code, its words, and its complaints."""
    done = CliRunner().invoke(
        cli, [*map(str, arguments), "--as-of", AS_OF], input=text, standalone_mode=False
    )
    if isinstance(done.exception, click.UsageError):
        return 2, done.stdout, done.exception.message
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.stdout, done.stderr


@pytest.fixture
def qingdao(tmp_path: Path) -> Path:
    shutil.copytree(QINGDAO, tmp_path / "registry")
    return tmp_path / "registry"


def number_of(root: Path) -> str:
    registry = load(root, Report())
    assert registry is not None
    return next(iter(registry.documents))


def test_the_template_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "新/模板.xlsx"
    assert said("template", path) == (
        0,
        f"已生成导入模板 {path}。填好后用 import 导入，先加 --dry-run 试运行。\n",
        "",
    )
    assert openpyxl.load_workbook(path).sheetnames[1] == "授予"
    assert said("template", path) == (2, "", f"{path} 已经存在，没有覆盖；请换一个文件名，或加 --force。")
    assert said("template", path, "--force")[0] == 0
    assert said("template", tmp_path / "模板.xls") == (2, "", "文件名要以 .xlsx 结尾，例如 模板.xlsx。")
    assert [found.name for found in path.parent.iterdir()] == ["模板.xlsx"]


def test_the_published_list_is_what_its_registry_holds(qingdao: Path) -> None:
    before = {path: path.read_bytes() for path in qingdao.rglob("*.yml")}
    document = number_of(qingdao)
    options = (
        "--registry",
        qingdao,
        "--title",
        "卓越级智能工厂",
        "--document",
        document,
        "--date",
        "2025-01-07",
    )
    code, out, err = said("import", ROOT / "tests/published/qingdao-2024-excellent.csv", *options)
    assert (code, out, err) == (0, "已新建 0 个文件，改动 0 个文件；已经登记、不用改动的 8 行。\n", "")
    assert {path: path.read_bytes() for path in qingdao.rglob("*.yml")} == before


def test_a_dry_run_tells_and_writes_nothing_and_the_run_does_the_same(qingdao: Path, tmp_path: Path) -> None:
    document = number_of(qingdao)
    path = tmp_path / "名单.csv"
    path.write_bytes(
        files.text([files.SHAPE, [1, "青岛示例厂", "示例数据智能工厂", "青岛市"]], encoding="gb18030")
    )
    command = (
        "import",
        path,
        "--registry",
        qingdao,
        "--title",
        "卓越级智能工厂",
        "--document",
        document,
        "--industry",
        "34",
    )
    before = {one: one.read_bytes() for one in qingdao.rglob("*.yml")}
    code, out, err = said(*command, "--dry-run")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("3702-0009 青岛示例厂 示例数据智能工厂：新建，授予卓越级智能工厂（")
    assert lines[1:] == ["试运行，没有写入。将新建 1 个文件，改动 0 个文件；已经登记、不用改动的 0 行。"]
    assert {one: one.read_bytes() for one in qingdao.rglob("*.yml")} == before
    code, again, err = said(*command)
    assert again.splitlines() == [
        lines[0],
        "已新建 1 个文件，改动 0 个文件；已经登记、不用改动的 0 行。",
        f"下一步：用 check 检查，用 diff main 看效果；再 git add {qingdao}，用 git commit 提交，发起合并请求。",
    ]
    assert (qingdao / "factories/370200/3702-0009.yml").is_file()
    assert said(*command)[1] == "已新建 0 个文件，改动 0 个文件；已经登记、不用改动的 1 行。\n"


def test_a_refusal_tells_every_cell(qingdao: Path, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(files.text([files.SHAPE, [1, "青岛示例厂", "甲智能工厂", "大连市"]]))
    code, out, err = said("import", path, "--registry", qingdao, "--title", "卓越级智能工厂")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "名单 A2：文号：没有填写；所依据文件的文号，从下拉列表里选；列表里没有的，要先登记文件，或用 --document 指明。",
        "名单 A2：行业代码：新单元要写行业代码；名单里没有的，请加一列“行业代码”，写 GB/T 4754 大类或中类，例如 34 或 341；全都一样的可以用 --industry 指明。",
        "名单 D2：所在地“大连市”：认不出是哪个地市；请从地市名称写起，例如 青岛市。",
        "共 3 处要改正，没有写入任何记录。",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "没有.xlsx"), "没有文件 没有.xlsx。"),
        (("import", "x.csv", "--title", "甲级"), "--title 的值不对：“甲级”，没有这个称号；可用的有 基础级数字化车间、先进级数字化车间、智能工厂、数字化（智能）示范车间、基础级智能工厂、卓越级智能工厂、领航级智能工厂。"),
        (("import", "x.csv", "--document", "88号"), "--document 的值不对：“88号”，不是文号；请写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号。"),
        (("import", "x.csv", "--industry", "99"), "--industry 的值不对：“99”，行业分类里没有这个代码；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341。"),
        (("import", "x.csv", "--act", "表彰"), "--act 的值不对：“表彰”，可用的有 授予、续期、撤销、成熟度、更名、退出、典型案例。"),
        (("export", "x.csv"), "文件名要以 .xlsx 结尾，例如 x.xlsx。"),
    ],
)  # fmt: skip
def test_wrong_options_are_told(arguments: tuple[str, ...], message: str) -> None:
    assert said(*arguments) == (2, "", message)


def test_an_empty_template_and_a_folder_that_takes_nothing(
    qingdao: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "模板.xlsx"
    assert said("template", path, "--registry", qingdao)[0] == 0
    code, out, err = said("import", path, "--registry", qingdao)
    assert (code, out, err.splitlines()[-1]) == (1, "", f"{path} 里没有可以导入的行。")

    def full(part: Path, path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(journal, "_replace", full)
    path.write_bytes(
        files.workbook(
            ("成熟度", [["编号", "评定日期", "等级", "方式"], ["3702-0001", "2025-06-30", 3, "评估"]])
        )
    )
    code, out, err = said("import", path, "--registry", qingdao)
    place = qingdao / "factories/370200/3702-0001.yml"
    assert (code, err) == (1, f"写不进去：No space left on device（{place}）。没有写入任何记录。\n")


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    code, out, err = said("import", path)
    assert (code, out) == (1, "")
    assert err.endswith("请在表格软件里打开，另存为不加密的 .xlsx 后再导入。\n没有写入任何记录。\n")


def test_a_registry_that_cannot_be_read_is_neither_exported_nor_imported_into(
    qingdao: Path, tmp_path: Path
) -> None:
    next((qingdao / "factories").rglob("*.yml")).write_text("name: [\n", encoding="utf-8")
    path = tmp_path / "名单.xlsx"
    code, _, err = said("export", path, "--registry", qingdao)
    assert code == 1
    assert err.endswith("名录里有读不懂的文件，没有导出，以免漏掉其中的事实。请改正后重试。\n")
    assert not path.exists()
    path.write_bytes(files.workbook(("授予", [["编号"], ["3702-0001"]])))
    code, _, err = said("import", path, "--registry", qingdao)
    assert code == 1
    assert err.endswith("名录里有读不懂的文件，没有导入。请先改正以上各处。\n")


def test_an_export_of_what_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert said("export", path, "--unit", "9999-0001") == (1, "", "名录里没有这些编号：9999-0001。\n")
    code, _, message = said("export", path, "--city", "大连")
    assert (code, message.split("；")[0]) == (2, "--city 的值不对：“大连”，没有这个地市")
    assert not path.exists()
    assert said("export", path, "--unit", "2301-0001", "--registry", ROOT / "registry")[0] == 0
    assert path.is_file()


CANDIDATES = tuple(
    Known(id=f"2301-000{n}", name=f"第{n}车间", kind="", enterprise="示例厂", uscc=None, city="哈尔滨市")
    for n in (1, 2)
)


@pytest.mark.parametrize(
    ("typed", "fresh", "answer"),
    [
        ("2\n", False, CANDIDATES[1]),
        ("9\nn\n1\n", False, CANDIDATES[0]),
        ("n\n", True, Fresh()),
        ("\n", True, None),
    ],
)
def test_a_person_is_shown_the_units_and_chooses(typed: str, fresh: bool, answer: Any) -> None:
    question = Question(
        where="名单 B3", said="示例厂 车间", why="名称相近", candidates=CANDIDATES, fresh=fresh
    )
    with CliRunner().isolation(input=typed) as streams:
        assert choose_unit(question) == answer
        shown = streams[0].getvalue().decode()
    assert shown.splitlines()[:3] == [
        "名单 B3：“示例厂 车间”名称相近：",
        "  1  2301-0001 示例厂 第1车间（哈尔滨市）",
        "  2  2301-0002 示例厂 第2车间（哈尔滨市）",
    ]
    assert ("  n  都不是，是新单元" in shown) == fresh


def test_what_is_wrong_alike_in_many_cells_is_told_once_with_everything_else(
    qingdao: Path, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    head = ["企业名称", "单元名称", "地市", "县区", "行业代码", "称号", "文号"]
    rows: list[list[str]] = [
        [f"青岛示例{which}厂", "甲智能工厂", "青岛市", "市南区", "34", "卓越级智能工厂", "示例函〔2026〕9号"]
        for which in "一二三四"
    ]
    rows[1][3], rows[2][4] = "道里区", "机械"
    path.write_bytes(files.text([head, *rows]))
    code, out, err = said("import", path, "--registry", qingdao)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "名单 G2 等 4 格（到 G5）：文号“示例函〔2026〕9号”：名录里没有登记这份文件；请核对文号，或先用 document 命令登记。",
        "名单 D3：县区“道里区”：青岛市没有这个县区；请从下拉列表里选县区全称，开发区写在“开发区”列。",
        "名单 E4：行业代码“机械”：行业分类里没有这个名称；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341。",
        "共 6 处要改正，没有写入任何记录。",
    ]
