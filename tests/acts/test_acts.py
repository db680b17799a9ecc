"""Each command: what it changes in a record written by hand, what it says, and that it does so once."""

from pathlib import Path

import pytest

from generator import journal
from generator.checks.desk import examine
from tests.acts.conftest import DAY, FIRST, SECOND, THIRD, UNITS, files, say, unit_path
from tests.books import AS_OF_DAY

PAPER = ("--document", "黑示例工信发〔2026〕3号")

# command, record, lines that go, lines that come in their place (None: before which line they come), first sentence
CASES = [
    (
        ("renew", "2301-0001", "--title", "先进级数字化车间", *PAPER),
        "2301-0001",
        "# 文件到此为止\n",
        "    - {title: 先进级数字化车间, document: 黑示例工信发〔2026〕3号}\n# 文件到此为止\n",
        "2301-0001 哈尔滨示例一厂有限公司 叶片加工数字化车间：续期先进级数字化车间（黑示例工信发〔2026〕3号，2026-03-10）",
    ),
    (
        ("award", "总装数字化车间", "--title", "先进级数字化车间", *PAPER, "--date", "2026年4月1日"),
        "2301-0002",
        "黑示例工信发〔2023〕1号}]\n",
        "黑示例工信发〔2023〕1号}, {title: 先进级数字化车间, document: 黑示例工信发〔2026〕3号, date: 2026-04-01}]\n",
        "2301-0002 哈尔滨示例一厂有限公司 总装数字化车间：授予先进级数字化车间（黑示例工信发〔2026〕3号，2026-04-01）",
    ),
    (
        ("revoke", "哈尔滨示例老厂", "--title", "先进级数字化车间", *PAPER, "--reason", "材料不实,已核"),
        "2301-0004",
        "2024〕2号}\n",
        "2024〕2号}\nrevocations:\n"
        "  - {title: 先进级数字化车间, document: 黑示例工信发〔2026〕3号, reason: '材料不实,已核'}\n",
        "2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间：撤销先进级数字化车间（黑示例工信发〔2026〕3号，2026-03-10）",
    ),
    (
        ("maturity", "2301-0002", "--date", "2026-05-01", "--level", "三级", "--method", "评估"),
        "2301-0002",
        "method: 自评}]  # 一次\n",
        "method: 自评}, {date: 2026-05-01, level: 3, method: 评估}]  # 一次\n",
        "2301-0002 哈尔滨示例一厂有限公司 总装数字化车间：2026-05-01 成熟度评估 3 级",
    ),
    (
        (
            "close",
            "91230100ma0000002u",
            "--date",
            "2026-05-31",
            "--reason",
            "合并",
            "--successor",
            "2301-0001",
        ),
        "2301-0004",
        "2024〕2号}\n",
        "2024〕2号}\nclosed: {date: 2026-05-31, reason: 合并, successor: 2301-0001}\n",
        "2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间：2026-05-31 退出，合并",
    ),
    (
        ("report", "2301-0004", "--year", "2025", "--date", "2026-01-20"),
        "2301-0004",
        "2024〕2号}\n",
        "2024〕2号}\nreports:\n  - {year: 2025, date: 2026-01-20}\n",
        "2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间：2026-01-20 报送 2025 年度进展报告",
    ),
    (
        ("rename", "哈尔滨示例二厂有限公司", "--new-name", "哈尔滨示例三厂有限公司", "--until", "2026-05-31"),
        "2301-0004",
        "enterprise: 哈尔滨示例二厂有限公司\nuscc: 91230100MA0000002U\nformer_names:\n"
        "  - {name: 哈尔滨示例老厂, until: 2024-03-01}\n",
        "enterprise: 哈尔滨示例三厂有限公司\nuscc: 91230100MA0000002U\nformer_names:\n"
        "  - {name: 哈尔滨示例老厂, until: 2024-03-01}\n  - {name: 哈尔滨示例二厂有限公司, until: 2026-05-31}\n",
        "2301-0004 哈尔滨示例三厂有限公司 铸造数字化车间：企业更名，原名“哈尔滨示例二厂有限公司”使用至 2026-05-31",
    ),
]
NAMES = [case[0][0] for case in CASES]


@pytest.mark.parametrize(("command", "key", "old", "new", "sentence"), CASES, ids=NAMES)
@pytest.mark.parametrize("shape", ["plain", "mark", "crlf", "open"])
def test_an_act_changes_its_lines_and_no_byte_beside(
    root: Path, command: tuple[str, ...], key: str, old: str, new: str, sentence: str, shape: str
) -> None:
    def shaped(text: str) -> bytes:
        made = {
            "plain": text,
            "mark": f"\ufeff{text}",
            "crlf": text.replace("\n", "\r\n"),
            "open": text.removesuffix("\n"),
        }
        return made[shape].encode()

    assert UNITS[key].count(old) == 1
    unit_path(root, key).write_bytes(shaped(UNITS[key]))
    before = files(root)
    code, out, err = say(root, *command, "--dry-run")
    assert (code, err, files(root)) == (0, "", before)
    told = f"{sentence}\n  改动 R/factories/230100/{key}.yml\n"
    assert out == f"{told}试运行，没有写入。\n"
    code, out, err = say(root, *command)
    assert (code, err) == (0, "")
    assert out.startswith(f"{told}已写入。\n{DAY} 的状态：\n{key} ")
    after = files(root)
    path = f"factories/230100/{key}.yml"
    assert after.pop(path) == shaped(UNITS[key].replace(old, new))
    assert before.pop(path)
    assert after == before
    assert say(root, *command) == (0, "名录里已经这样登记，不用改动。\n", "")
    assert not examine(root, as_of=AS_OF_DAY).report.errors


def test_a_new_unit_takes_the_next_number_and_the_layout_of_records(root: Path) -> None:
    command: tuple[str, ...] = (
        "new",
        "--enterprise",
        "哈尔滨示例新厂有限公司",
        "--name",
        "焊接数字化车间",
        "--city",
        "哈尔滨",
    )
    command = (*command, "--industry", "341", "--title", "先进级数字化车间", *PAPER, "--county", "香坊区")
    code, out, err = say(root, *command)
    assert code == 0
    assert err == ""
    assert out == (
        "2301-0005 哈尔滨示例新厂有限公司 焊接数字化车间：新建，授予先进级数字化车间（黑示例工信发〔2026〕3号，2026-03-10）\n"
        "  新建 R/factories/230100/2301-0005.yml\n已写入。\n2026-06-30 的状态：\n"
        "2301-0005 哈尔滨示例新厂有限公司 焊接数字化车间\n"
        "  截至2026年6月30日，该车间为先进级智能工厂，自2026年3月10日起列入名单，有效期至2029年3月10日。\n"
        "下一步：git add R/factories/230100/2301-0005.yml，用 git commit 提交，再发起合并请求，请同事核对。\n"
    )
    assert unit_path(root, "2301-0005").read_text(encoding="utf-8") == (
        "name: 焊接数字化车间\nkind: 数字化车间\nenterprise: 哈尔滨示例新厂有限公司\ncity: 哈尔滨市\ncounty: 香坊区\n"
        "industry: 341\ntitles:\n  - {title: 先进级数字化车间, document: 黑示例工信发〔2026〕3号}\n"
    )
    assert say(root, *command) == (0, "名录里已经这样登记，不用改动。\n", "")


def test_another_unit_with_a_name_alike_is_entered_once(root: Path) -> None:
    command = ("new", "--enterprise", "哈尔滨示例二厂有限公司", "--name", "铸造车间", "--city", "哈尔滨市")
    more = ("--industry", "33", "--title", "先进级数字化车间", *PAPER, "--fresh")
    assert say(root, *command, *more)[0] == 0
    assert "uscc: 91230100MA0000002U\n" in unit_path(root, "2301-0005").read_text(encoding="utf-8")
    assert say(root, *command, *more) == (0, "名录里已经这样登记，不用改动。\n", "")


CASE = ("case", "2301-0004", "--title", "铸造排产", "--edition", "2025", "--scenes", "9、24", "--published")


def test_a_case_is_published(root: Path, tmp_path: Path) -> None:
    body = tmp_path / "正文.md"
    body.write_text("## 做法\n\n先排产。\n", encoding="utf-8")
    command = (*CASE, "2026-03-12", "--summary", "示例摘要" * 6, "--body-file", str(body))
    code, out, err = say(root, *command, "--metric", "周期|缩短 30%", "--metric", "合格率|90|99|%")
    assert (code, err) == (0, "")
    assert out.startswith(
        "案例 2026-0001：铸造排产（2301-0004 哈尔滨示例二厂有限公司），2026-03-12 发布\n"
        "  新建 R/cases/2026/2026-0001.yml\n已写入。\n"
    )
    assert (root / "cases/2026/2026-0001.yml").read_text(encoding="utf-8") == (
        "title: 铸造排产\nfactory: 2301-0004\nedition: 2025\nscenes: [9, 24]\npublished: 2026-03-12\n"
        f"summary: {'示例摘要' * 6}\nmetrics:\n  - {{name: 周期, change: 缩短 30%}}\n"
        "  - {name: 合格率, before: 90, after: 99, unit: '%'}\nbody: |\n  ## 做法\n\n  先排产。\n"
    )


def test_all_units_of_an_enterprise_are_renamed(root: Path) -> None:
    code, out, _ = say(
        root,
        "rename",
        "哈尔滨示例一厂有限公司",
        "--new-name",
        "哈尔滨示例九厂有限公司",
        "--until",
        "2026-05-31",
    )
    assert code == 0
    former = "former_names:\n  - {name: 哈尔滨示例一厂有限公司, until: 2026-05-31}\n"
    for key, text in {"2301-0001": FIRST, "2301-0002": SECOND}.items():
        expected = text.replace("enterprise: 哈尔滨示例一厂", "enterprise: 哈尔滨示例九厂")
        expected = expected.replace("0000001Q\n", f"0000001Q\n{former}")
        assert unit_path(root, key).read_text(encoding="utf-8") == expected
    assert unit_path(root, "2301-0004").read_text(encoding="utf-8") == THIRD
    assert out.count("：企业更名，") == 2


REFUSED = [
    (("award", "--title", "x"), 2, "缺少单元：写编号、统一社会信用代码、企业名称（现名或曾用名）或单元名称。"),
    (("award", "2301-0001"), 2, "缺少 --title（称号）、--document（文号）。"),
    (
        ("close", "哈尔滨示例一厂有限公司", "--date", "2026-05-01", "--reason", "注销"),
        1,
        "“哈尔滨示例一厂有限公司”可能指 2 个单元，请写编号：\n"
        "  2301-0001 哈尔滨示例一厂有限公司 叶片加工数字化车间（哈尔滨市）\n"
        "  2301-0002 哈尔滨示例一厂有限公司 总装数字化车间（哈尔滨市）\n没有改动任何记录。\n",
    ),
    (
        ("close", "示例一厂", "--date", "2026-05-01", "--reason", "注销"),
        1,
        "名录里没有“示例一厂”（编号、代码、现名、曾用名都查过）；请核对，名称要写全。\n没有改动任何记录。\n",
    ),
    (
        ("maturity", "2301-0001", "--date", "2026-05-01", "--level", "6", "--method", "目测"),
        1,
        "--level：等级“6”：等级是 1 到 5，只写数字，例如 2。\n"
        "--method：方式“目测”：没有这个方式；可用的有 自评、评估。\n没有改动任何记录。\n",
    ),
    (
        ("award", "2301-0001", "--title", "先进级数字化车间", "--document", "黑示例工信发〔2026〕9号"),
        1,
        "--document：文号“黑示例工信发〔2026〕9号”：名录里没有登记这份文件；请核对文号，或先用 document 命令登记。\n"
        "没有改动任何记录。\n",
    ),
    (
        ("award", "2301-0001", "--title", "智能工厂", *PAPER),
        1,
        "--title：称号“智能工厂”：“智能工厂”授予智能工厂，本单元登记为数字化车间；请改称号，或改正 kind（记录 2301-0001）。\n没有改动任何记录。\n",
    ),
    (
        ("new", "--enterprise", "哈尔滨示例二厂有限公司", "--name", "铸造数字化车间", "--city", "哈尔滨", "--industry", "33", "--title", "基础级数字化车间", *PAPER),
        1,
        "名录里已有 2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间；给它授予称号用 award 2301-0004。\n没有改动任何记录。\n",
    ),
    (
        ("new", "--enterprise", "哈尔滨示例二厂有限公司", "--name", "铸造车间", "--city", "哈尔滨", "--industry", "33", "--title", "先进级数字化车间", *PAPER),
        1,
        "“哈尔滨示例二厂有限公司 铸造车间”名称相近，可能是同一个单元，也可能是新单元：\n"
        "  2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间（哈尔滨市）\n"
        "已有的单元用 award 加编号授予称号；确实是新单元的加 --fresh。\n没有改动任何记录。\n",
    ),
    (
        ("new", "--enterprise", "哈尔滨示例二厂公司", "--name", "甲车间", "--city", "哈尔滨", "--industry", "33", "--title", "先进级数字化车间", *PAPER),
        1,
        "--enterprise：企业名称“哈尔滨示例二厂公司”：名录里没有这个企业，名称相近的有 2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间（哈尔滨市）；"
        "是同一个企业的，请改成名录里的名称，确实是另一个企业的，请加 --fresh。\n没有改动任何记录。\n",
    ),
    (
        (*CASE, "2026-03-12", "--summary", "短", "--body-file", "/无此文件.md"),
        2,
        "没有文件 /无此文件.md。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("command", "code", "message"), REFUSED)
def test_a_refusal_says_why_and_changes_nothing(
    root: Path, command: tuple[str, ...], code: int, message: str
) -> None:
    before = files(root)
    assert say(root, *command) == (code, "", message)
    assert files(root) == before


def test_a_write_that_fails_half_way_leaves_all_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Path] = []

    def replace(part: Path, path: Path) -> None:
        if done:
            raise OSError(28, "设备上没有空间", str(path))
        done.append(path)
        part.replace(path)

    monkeypatch.setattr(journal, "_replace", replace)
    before = files(root)
    code, _, err = say(
        root, "rename", "2301-0001", "--new-name", "哈尔滨示例九厂有限公司", "--until", "2026-05-31"
    )
    assert (code, err) == (
        1,
        "写不进去：设备上没有空间（R/factories/230100/2301-0002.yml）。\n没有改动任何记录。\n",
    )
    assert files(root) == before


def test_a_registry_that_cannot_be_read_is_not_touched(root: Path) -> None:
    unit_path(root, "2301-0002").write_text("name: [", encoding="utf-8")
    before = files(root)
    code, out, err = say(root, "report", "2301-0001", "--year", "2025", "--date", "2026-01-20")
    assert (code, out) == (1, "")
    assert err.endswith("名录里有读不懂的文件，请先改正以上各处。\n没有改动任何记录。\n")
    assert files(root) == before


def test_a_fact_to_come_is_noted(root: Path) -> None:
    _, out, _ = say(root, "maturity", "2301-0001", "--date", "2026-12-01", "--level", "3", "--method", "自评")
    noted = "日期 2026-12-01 在数据截至日 2026-06-30 之后，到那一天才生效；请确认没有写错年份。"
    assert f"提醒：2301-0001：{noted}\n" in out
