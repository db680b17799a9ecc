"""A record between its file and the form: what is not changed keeps its bytes, what is changed reads as it was meant."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from generator.form.config import told
from generator.registry import Registry
from tests.conftest import ROOT
from tests.form.conftest import LAID_OUT_BY_HAND, MODULES, settings

FILES = ROOT / "generator/form/files"
ORDER = [
    "title",
    "name",
    "kind",
    "enterprise",
    "former_names",
    "industry",
    "titles",
    "closed",
    "reports",
    "body",
]


@pytest.fixture(scope="module")
def page(chromium: Browser, shipped: Registry) -> Iterator[Page]:
    """A page with nothing but the scripts that read and write."""
    found = chromium.new_page()
    found.add_script_tag(path=MODULES / "js-yaml/dist/browser/js-yaml.umd.min.js")
    found.add_script_tag(path=FILES / "record.js")
    lists = json.dumps(told(settings(), shipped, name="", base="")["lists"])
    found.evaluate(
        "lists => { const told = JSON.parse(lists);"
        "window.records = Records({plain: new Set(told.plain), single: new Set(told.single)}) }",
        lists,
    )
    yield found
    found.close()


def edited(page: Page, text: str, change: str) -> str:
    """The text after a change of the data, given as JavaScript."""
    return str(
        page.evaluate(
            f"([text, order]) => {{ const data = records.read(text); {change}; return records.write(data, order) }}",
            [text, ORDER],
        )
    )


def read(text: str) -> Any:
    """The text as the register reads it: every scalar is text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def test_no_record_is_altered_by_being_opened_and_saved(page: Page) -> None:
    texts = {
        str(path): path.read_text(encoding="utf-8")
        for folder in ("registry", "tests/registries")
        for path in sorted((ROOT / folder).rglob("*.yml"))
        if path.parent.parent.name in ("factories", "documents", "cases")
    }
    assert len(texts) > 400
    assert (
        page.evaluate(
            "texts => Object.entries(texts).filter(([, text]) => records.write(records.read(text)) !== text).map(([path]) => path)",
            texts,
        )
        == []
    )


def test_every_record_written_anew_reads_the_same(page: Page) -> None:
    """As if nothing of its text had been kept."""
    for path in (ROOT / "registry").rglob("*.yml"):
        if path.parent.parent.name in ("factories", "documents", "cases"):
            text = path.read_text(encoding="utf-8")
            assert read(edited(page, text, "delete data._text")) == read(text), path


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("data.industry = '341'", "industry: 344", "industry: 341"),
        (
            "data.enterprise = '新名 # 示例'",
            'enterprise: "哈尔滨示例压缩机有限公司"',
            "enterprise: '新名 # 示例'",
        ),
        ("data.uscc = ''", "uscc: 91230100EXWP1CXAML   # 照执照抄写\n", ""),
        (
            "data.maturity.push({date: '2026-01-02', level: 3, method: '评估'})",
            "method: 自评}\n",
            "method: 自评}\n    - {date: 2026-01-02, level: 3, method: 评估}\n",
        ),
        (
            "data.titles.unshift({title: '某称号', document: '示例发〔2020〕1号', date: ''})",
            "titles:\n",
            "titles:\n    - {title: 某称号, document: 示例发〔2020〕1号}\n",
        ),
        (
            "data.titles[0].document = '示例发〔2020〕1号'",
            "    - title: 数字化（智能）示范车间\n      document: 黑示例工信发〔2022〕96号\n",
            "    - {title: 数字化（智能）示范车间, document: 示例发〔2020〕1号}\n",
        ),
        (
            "data.former_names = [{name: '原名, 示例', until: '2024-03-01'}]",
            '有限公司"\n',
            "有限公司\"\nformer_names:\n  - {name: '原名, 示例', until: 2024-03-01}\n",
        ),
        (
            "data.closed = [{date: '2026-09-01', reason: '合并', successor: ''}]",
            "96号\n",
            "96号\nclosed: {date: 2026-09-01, reason: 合并}\n",
        ),
        ("data.reports = []; data.closed = [{}]; data.zone = '  '", "", ""),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_change_leaves_the_rest_as_it_stands(
    page: Page, change: str, old: str, new: str, ends: str
) -> None:
    text = LAID_OUT_BY_HAND.replace("\n", ends)
    assert edited(page, text, change) == LAID_OUT_BY_HAND.replace(old, new, 1).replace("\n", ends)


@pytest.mark.parametrize(
    "value",
    [
        "6.50",
        "001",
        "912301991270479655",
        "yes",
        "null 值",
        "-5",
        "- 项",
        "a: b",
        "尾:",
        "甲 # 乙",
        "'单' \"双\"",
        "[方] {花}",
        "@、`、%",
        "&锚 *别 !标",
        "逗号, 冒号：",
        "2025-11-20",
        "\\反斜杠\\n",
        "（括号）",
        "?",
        "|",
        "> 大于",
    ],
)
def test_a_text_is_read_as_it_was_typed(page: Page, value: str) -> None:
    change = (
        f"data.name = {json.dumps(value)}; data.titles = [{{title: data.name, document: '示例发〔2020〕1号'}}];"
        f"data.body = '首行' + data.name + '\\n\\n   缩进\\n' + data.name + '\\n'"
    )
    found = read(edited(page, "name: 车间\n", change))
    assert found == {
        "name": value,
        "titles": [{"title": value, "document": "示例发〔2020〕1号"}],
        "body": f"首行{value}\n\n   缩进\n{value}\n",
    }


@pytest.mark.parametrize(
    "body", ["  先缩进\n后不\n", "\n\n前有空行\n", "行末两格  \n续行\n", "- 列表\n\n\n\n", "\t制表\n"]
)
def test_a_body_keeps_its_lines(page: Page, body: str) -> None:
    found = read(edited(page, "title: 案例\n", f"data.body = {json.dumps(body)}"))
    assert found["body"] == body.lstrip("\n").rstrip() + "\n"


def test_an_unusual_layout_costs_comments_never_a_fact(page: Page) -> None:
    text = "{name: 车间, # 注释\n titles: [{title: 称号, document: 示例发〔2020〕1号}]}\n"
    assert edited(page, text, "data.kind = '智能工厂'") == (
        "name: 车间\nkind: 智能工厂\ntitles:\n  - {title: 称号, document: 示例发〔2020〕1号}\n"
    )


def test_what_the_register_does_not_read_is_not_opened(page: Page) -> None:
    for text in ("name: a\nname: b\n", "name: *x\n", "name: !标签 a\n"):
        assert page.evaluate(
            "text => { try { records.read(text); return '' } catch (error) { return error.message } }", text
        )


def test_the_scripts_are_files(tmp_path: Path) -> None:
    assert sorted(path.name for path in FILES.iterdir()) == [
        "chinese.js",
        "form.css",
        "form.js",
        "index.html",
        "record.js",
    ]
