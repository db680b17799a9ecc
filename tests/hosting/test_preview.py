"""The pages of a change, and whether a site is today's."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.hosting.freshness import overdue, published_day
from generator.hosting.preview import INDEX, Differences, differences, write_preview
from tests.conftest import AS_OF, run


def _write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_html", ".html").replace("_css", ".css")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    page = "<title>{}</title>{}"
    base = _write(
        tmp_path / "base",
        index_html=page.format("首页", 1),
        same__index_html=page.format("不变", 1),
        gone__index_html=page.format("没了", 1),
        assets__a_css="a{}",
        data="1",
    )
    head = _write(
        tmp_path / "head",
        index_html=page.format("首页 &amp; 名录 - 示例", 2),
        same__index_html=page.format("不变", 1),
        new__index_html="没有标题",
        assets__a_css="a{}",
        data="2",
    )
    return base, head


def test_what_is_not_the_same(pair: tuple[Path, Path]) -> None:
    assert differences(*pair) == Differences(
        pages=("index.html", "new/index.html"), gone=("gone/index.html",), others=1
    )
    assert differences(pair[0], pair[0]) == Differences(pages=(), gone=(), others=0)


def test_a_preview_holds_the_changed_pages_and_their_dress(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert write_preview(pair[1], differences(*pair), out) == 2
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()) == [
        "assets/a.css",
        "index.html",
        "new/index.html",
        INDEX,
    ]
    text = (out / INDEX).read_text(encoding="utf-8")
    assert "新增或改动 2 个页面，不再生成 1 个页面，另有 1 个数据文件不同。" in text
    assert '<a href="index.html">首页 &amp; 名录</a> <small>/</small>' in text
    assert '<a href="new/index.html">/new/</a>' in text
    assert "<li>/gone/</li>" in text


def test_a_long_preview_is_cut_and_says_so(pair: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert write_preview(pair[1], differences(*pair), out, limit=1) == 1
    text = (out / INDEX).read_text(encoding="utf-8")
    assert not (out / "new").exists()
    assert "预览最多放 1 个页面。</p>\n<ul><li>/new/</li></ul>" in text


def test_units_and_cases_come_before_lists(tmp_path: Path) -> None:
    names = ("directory", "tiers", "cases", "factories")
    head = _write(tmp_path / "head", **{f"{name}__index_html": "x" for name in names})
    assert [path.split("/")[0] for path in differences(tmp_path / "none", head).pages] == [
        "factories",
        "cases",
        "directory",
        "tiers",
    ]


def test_no_difference_is_said(pair: tuple[Path, Path], tmp_path: Path) -> None:
    done = run("preview", pair[0], pair[0], tmp_path / "out")
    assert (done.code, done.out) == (
        0,
        "新增或改动 0 个页面，预览里放了 0 个；不再生成 0 个页面；另有 0 个数据文件不同。\n",
    )
    assert [path.name for path in (tmp_path / "out").iterdir()] == [INDEX]
    again = run("preview", pair[0], pair[0], tmp_path / "out")
    assert (again.code, again.err.split("；")[0]) == (
        2,
        f"目录 {tmp_path / 'out'} 不是空的，为免覆盖没有写入",
    )


DAY = date.fromisoformat(AS_OF)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (AS_OF, None),
        ("2026-11-23", None),
        (
            "2026-11-25",
            "网站的数据截至 2026-11-24，已落后 1 天：每天零点过后的重新生成没有成功。"
            "请查看生成任务的运行记录，改正后重新运行。",
        ),
    ],
)
def test_whether_a_site_is_of_today(site: Path, today: str, told: str | None) -> None:
    assert published_day(site) == DAY
    assert overdue(site, as_of=date.fromisoformat(today)) == told


@pytest.mark.parametrize("manifest", [None, "", "[]", '{"as_of": 3}', '{"as_of": "昨天"}', '{"x": 1}'])
def test_a_site_without_a_readable_manifest(tmp_path: Path, manifest: str | None) -> None:
    if manifest is not None:
        _write(tmp_path, **{"api__v1__manifest.json": manifest})
    assert overdue(tmp_path, as_of=DAY) == (
        f"{tmp_path} 里没有可用的发布清单（api/v1/manifest.json），网站可能还没有生成；请运行 make site。"
    )


def test_the_command(site: Path) -> None:
    done = run("fresh", site, "--as-of", AS_OF)
    assert (done.code, done.out) == (0, f"{site} 的数据截至 {AS_OF}，没有落后。\n")
    done = run("fresh", site, "--as-of", "2026-12-01")
    assert (done.code, done.out) == (1, "")
    assert re.match("网站的数据截至 2026-11-24，已落后 7 天：", done.err)
