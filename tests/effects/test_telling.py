"""What a change means, told: a table of cases with the whole Markdown, escapes, long lists and the limit."""

import json
import re

import pytest

from generator.effects.compare import plain
from generator.effects.markdown import LIMIT, ROWS, Section, escaped, link, table, within
from generator.effects.telling import markdown
from tests.checks.base import NEW
from tests.effects.cases import ADVANCED, CASES, ORDER, OTHER, TODAY, TOLD, Told
from tests.effects.sides import effects


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_told(case: Told) -> None:
    assert case.text() == (TOLD / f"{case.name}.md").read_text(encoding="utf-8")


def test_every_text_has_its_case() -> None:
    assert sorted(path.stem for path in TOLD.iterdir()) == sorted(case.name for case in CASES)


def test_without_an_address_of_the_site_nothing_is_a_link() -> None:
    told = markdown(effects({TODAY: ORDER, NEW: OTHER + ADVANCED}))
    assert "](" not in told
    assert "| 2301-0003 转子加工数字化车间 |" in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲|乙", "甲\\|乙"),
        ("<script>", "&lt;script&gt;"),
        ("`甲`", "\\`甲\\`"),
        ("@admin 和 @某人", "@&#8203;admin 和 @&#8203;某人"),
        ("见 #12、owner/repo#3、!5、GH-7", "见 #&#8203;12、owner/repo#&#8203;3、!&#8203;5、GH-&#8203;7"),
        ("https://x.example www.x.example", "https:&#8203;//x.example www.&#8203;x.example"),
        ("[甲](乙) *丙* _丁_ ~~戊~~", "\\[甲\\](乙) \\*丙\\* \\_丁\\_ \\~\\~戊\\~\\~"),
        ("&lt; \\| 甲\n乙", "&amp;lt; \\\\\\| 甲 乙"),
        ("黑示例发〔2025〕88号，2025-11-20：C# 语言", "黑示例发〔2025〕88号，2025-11-20：C# 语言"),
    ],
)
def test_a_text_is_shown_and_does_nothing(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_a_link_leads_to_the_page_and_nowhere_else() -> None:
    assert link("甲](x)", "factories/2301-0001/", "https://x.example/a(b)/") == (
        "[甲\\](x)](https://x.example/a%28b%29/factories/2301-0001/)"
    )
    assert link("甲", "factories/2301-0001/", None) == "甲"


def test_a_short_table_is_open() -> None:
    assert table(("甲", "乙"), [("1", "2")]) == "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"


def test_a_yearly_batch_is_folded_with_its_total_and_its_cities() -> None:
    rows = [(str(number),) for number in range(3000)]
    found = table(("甲",), rows, places=["哈尔滨市"] * 2000 + ["大庆市"] * 1000)
    assert found.startswith(
        "按地市：哈尔滨市 2000、大庆市 1000。\n\n<details>\n<summary>共 3000 行，只列前 100 行</summary>\n\n| 甲 |"
    )
    assert found.endswith("</details>\n\n其余 2900 行没有列出，全部内容用 `--format json` 查看。")
    assert len(re.findall(r"^\| \d+ \|$", found, re.MULTILINE)) == ROWS


def test_a_batch_of_a_thousand_units_fits_a_comment() -> None:
    units = {
        f"factories/230100/2301-{number:04d}.yml": OTHER.replace(
            "转子加工", f"第{number}号长名称的转子加工与装配"
        )
        + ADVANCED
        for number in range(1000, 2000)
    }
    found = effects({TODAY: ORDER, **units})
    told = markdown(found, base="https://register.example/")
    assert len(told) < LIMIT
    assert "**新列入 1000 个单元；在名单中的单元由 3 个变为 1003 个。**" in told
    assert "### 新列入（1000）\n\n按地市：哈尔滨市 1000。\n" in told
    assert len(json.dumps(plain(found), ensure_ascii=False)) > LIMIT


def test_what_does_not_fit_is_left_out_by_whole_sections_and_said() -> None:
    sections = [Section(name, "文" * 400) for name in "甲乙丙"]
    whole = within("开头\n", sections, 0)
    assert within("开头\n", sections, len(whole)) == whole
    cut = within("开头\n", sections, len(whole) - 1)
    assert len(cut) < len(whole)
    assert cut.endswith(
        "\n### 乙\n\n"
        + "文" * 400
        + "\n\n**篇幅所限，以下 1 节没有列出：丙。全部内容用 `--limit 0` 查看。**\n"
    )
    assert within("开头\n", sections, 500).count("###") == 1
    assert "以下 3 节没有列出：甲、乙、丙。" in within("开头\n", sections, 100)


def test_json_holds_all_that_is_told() -> None:
    found = plain(effects({TODAY: ORDER, NEW: OTHER + ADVANCED}))
    assert isinstance(found, dict)
    assert found["as_of"] == "2026-11-24"
    assert found["lists"]["moves"] == [
        {
            "unit": {
                "id": "2301-0003",
                "name": "转子加工数字化车间",
                "enterprise": "哈尔滨示例汽轮机有限公司",
                "city": "哈尔滨市",
                "address": "factories/2301-0003/",
            },
            "day": "2026-11-24",
            "kind": "listed",
            "before": None,
            "after": "advanced",
            "through": "2029-11-24",
            "document": "黑示例发〔2026〕60号",
            "note": "先进级数字化车间",
        }
    ]
    assert found["counts"][4] == {"key": "listed", "name": "在名单中合计", "before": 3, "after": 4}
