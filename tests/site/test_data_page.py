"""The page of downloads tells what there is, and its examples work as shown."""

import html
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.exports import tables
from generator.exports.catalogue import ENTRIES, PROMISE
from generator.views.downloads import size
from tests.serving import serving

BASE = "https://registry.example/"


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address of the site on this machine."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "data/index.html").read_text(encoding="utf-8")


def sample(page: str, name: str) -> str:
    found = re.search(rf'aria-label="{name}"><code>(.*?)</code>', page, re.DOTALL)
    assert found, name
    return html.unescape(found[1])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (1535, "1 KB"),
        (1536, "2 KB"),
        (1048063, "1023 KB"),
        (1048064, "1.0 MB"),
        (1048576, "1.0 MB"),
        (13172723, "12.6 MB"),
    ],
)
def test_sizes_in_words(number: int, words: str) -> None:
    assert size(number) == words


def test_every_file_is_led_to_with_its_size(site: Path, page: str) -> None:
    offered = re.findall(r'<a href="../data/([^"]+)" download aria-label="[^"]*">([^<]*)</a>', page)
    named = re.findall(r'<a href="../data/([^"]+)" download>[^<]*</a> <small>([^<]*)</small>', page)
    told = dict([*offered, *named])
    files = {path.name: path for path in (site / "data").iterdir() if path.name != "index.html"}
    assert told == {name: size(path.stat().st_size) for name, path in files.items()}


def test_the_numbers_of_rows_are_those_of_the_tables(site: Path, page: str) -> None:
    rows = dict(
        re.findall(
            r'data-label="内容">([^<]*?)(?: <small>[^<]*</small>)?</th><td class="n" data-label="行数">(\d+)<',
            page,
        )
    )
    names = {table.title: table.name for table in tables.TABLES}
    names |= {f"{year} 年度名单": f"list-{year}" for year in (2025, 2026)}
    assert set(rows) == set(names)
    for title, number in rows.items():
        assert int(number) == len((site / f"data/{names[title]}.jsonl").read_bytes().splitlines())


def test_every_column_is_explained(page: str) -> None:
    for table in (*tables.TABLES, tables.year_list(2026)):
        for column in table.columns:
            assert (
                f'data-label="列名">{column.title}</th><td data-label="字段名" class="code">{column.name}</td>'
                in page
            )
            assert html.escape(column.description, quote=False) in html.unescape(page)


def test_the_api_is_told_with_its_promise(page: str) -> None:
    assert PROMISE in page
    for entry in ENTRIES:
        assert f"/{entry.path}" in page
        assert entry.title in page


def test_the_python_program_runs_as_shown(page: str, served: str) -> None:
    program = sample(page, "Python 程序")
    assert BASE in program
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program.replace(BASE, served)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2026-11-24 在名单中的单元有 323 个。\n"


def test_the_query_runs_as_shown(site: Path, page: str) -> None:
    base = sqlite3.connect(f"file:{site / 'data/registry.sqlite'}?mode=ro", uri=True)
    try:
        query = sample(page, "SQL 查询").replace(":day", "'2026-11-24'")
        assert len(base.execute(query).fetchall()) == 323
    finally:
        base.close()


def test_the_command_for_checking_runs_as_shown(site: Path, page: str) -> None:
    command = sample(page, "核对的命令").split()
    done = subprocess.run(command, cwd=site / "data", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_licence_is_that_of_the_rules(built: Callable[..., Path], page: str) -> None:
    link = 'href="https://creativecommons.org/licenses/by/4.0/deed.zh-hans">CC BY 4.0</a> 许可使用'
    assert link in page
    other = (built("qingdao-2024") / "data/index.html").read_text(encoding="utf-8")
    assert "没有规定数据的许可" in other


def test_a_registry_without_cases_and_lists_has_its_downloads(built: Callable[..., Path]) -> None:
    folder = built("qingdao-2024") / "data"
    assert json.loads((folder / "cases.json").read_text(encoding="utf-8"))["cases"] == []
    assert not list(folder.glob("list-*"))
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "“年度名单”的列" not in page


def test_other_pages_lead_here(site: Path) -> None:
    text = (site / "statistics/index.html").read_text(encoding="utf-8")
    assert '<a href="../data/">下载全部数据</a>' in text
    listed = (site / "lists/2026/3/index.html").read_text(encoding="utf-8")
    assert '<a href="../../../data/list-2026.xlsx" download>Excel</a>' in listed
    assert '<a href="../../../data/list-2026.csv" download>CSV</a>' in listed
    assert '<a href="../../../data/">数据下载</a>' in listed
