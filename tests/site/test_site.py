"""The built site as a whole: what is there, that it holds together, and that it comes out the same."""

import filecmp
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.site.press import NAVIGATION
from tests.conftest import AS_OF, ROOT, run

EXTERNAL = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//([^"'/ >]+)"""
)


FEED = re.compile(
    r'<link rel="alternate" type="application/(?:rss\+xml|atom\+xml|feed\+json)" title="[^"]+" href="([^"]+)">'
)


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_kind_of_page_is_there(site: Path) -> None:
    factories = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))["factories"]
    for unit in factories:
        assert (site / "factories" / unit["id"] / "index.html").is_file()
        assert (site / "factories" / unit["id"] / "record.yml").is_file()
    for address in (
        "",
        "directory",
        "directory/2",
        "tiers",
        "tiers/advanced",
        "tiers/leading",
        "cities",
        "cities/230100",
        "cities/232700",
        "industries",
        "industries/34",
        "scenes",
        "scenes/9",
        "cases",
        "cases/2025",
        "cases/2026",
        "changes",
        "changes/2026-06",
        "changes/2025-05/2",
        "lists",
        "lists/2025",
        "lists/2026",
        "lists/2026/3",
        "documents",
        "notices",
        "notices/2",
        "notices/expired",
        "notices/revoked",
        "notices/reports",
        "statistics",
        "data",
        "about",
        "rules",
        "subscribe",
        "update",
    ):
        assert (site / address / "index.html").is_file(), address


def test_no_list_is_longer_than_a_page(site: Path) -> None:
    for page in pages(site):
        for table in re.findall(r"<tbody>(.*?)</tbody>", page.read_text(encoding="utf-8"), re.DOTALL):
            assert table.count("<tr>") <= 100, page


def test_a_month_leads_to_the_page_it_begins_on(site: Path) -> None:
    first = (site / "notices/index.html").read_text(encoding="utf-8")
    months = re.findall(r'<li><a href="([^"]*)#(m\d{4}-\d{2})">[^<]*<span class="n">(\d+)</span>', first)
    factories = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))["factories"]
    ending = [unit for unit in factories if unit["valid_through"] and unit["valid_through"] < "2029-11-01"]
    assert sum(int(count) for _, _, count in months) == len(ending)
    assert len({address for address, _, _ in months}) > 1
    for address, anchor, _ in months:
        there = (site / "notices" / address / "index.html").read_text(encoding="utf-8")
        assert f'<h2 id="{anchor}">' in there


def test_no_shell_and_no_mark_is_left(site: Path) -> None:
    for page in pages(site):
        assert "shell" not in page.relative_to(site).as_posix()
        assert "[[register-" not in page.read_text(encoding="utf-8"), page


def test_every_page_says_its_day_its_feed_and_that_it_is_a_demonstration(site: Path) -> None:
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        assert "数据截至2026年11月24日" in text, page
        named = [href.rpartition("/")[2] for href in FEED.findall(text)]
        assert named[:3] == ["cases.xml", "cases.atom", "changes.atom"], page
        assert "演示数据" in text, page
        assert '<html lang="zh-Hans"' in text, page


def feeds_of(site: Path, address: str) -> tuple[list[str], list[str]]:
    """The feeds that a page names in its head and in its text, as paths on the site."""
    text = (site / address / "index.html").read_text(encoding="utf-8")
    line = re.search(r'<p class="follow">(.*?)</p>', text)
    named = FEED.findall(text), re.findall(r'href="([^"]*)"', line[1] if line else "")
    root = "https://registry.example/"
    head, offered = ([urljoin(root + address, href).removeprefix(root) for href in found] for found in named)
    return head, offered


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("", []),
        ("directory/2/", []),
        ("factories/2301-0001/", []),
        ("update/", []),
        ("cases/", ["cases.xml", "cases.atom", "cases.json"]),
        ("changes/", ["changes.xml", "changes.atom", "changes.json"]),
        ("tiers/leading/", ["cases-tier-leading.xml", "cases-tier-leading.atom"]),
        ("tiers/advanced/2/", ["cases-tier-advanced.xml", "cases-tier-advanced.atom"]),
        ("industries/34/", ["cases-industry-34.xml", "cases-industry-34.atom"]),
        ("scenes/9/", ["cases-scene-9.xml", "cases-scene-9.atom"]),
        (
            "cities/230100/",
            [
                "cases-city-230100.xml",
                "cases-city-230100.atom",
                "changes-city-230100.xml",
                "changes-city-230100.atom",
            ],
        ),
    ],
)
def test_a_page_names_the_feeds_of_what_it_shows(site: Path, address: str, own: list[str]) -> None:
    head, offered = feeds_of(site, address)
    calendar = ["calendar/expiry-city-230100.ics"] if address.startswith("cities/2301") else []
    beside = [*calendar, "subscribe/"] if own else []
    assert offered == [*(f"feeds/{name}" for name in own), *beside]
    everywhere = ["feeds/cases.xml", "feeds/cases.atom", "feeds/changes.atom"]
    assert head == everywhere + [f"feeds/{name}" for name in own if f"feeds/{name}" not in everywhere]
    assert [path for path in head if not (site / path).is_file()] == []


def test_the_site_map_names_every_page(site: Path) -> None:
    listed = re.compile(r"<loc>https://registry\.example/(.*?)</loc>")
    parts = listed.findall((site / "sitemap.xml").read_text(encoding="utf-8"))
    assert parts == ["sitemap-1.xml"]
    found = [name for part in parts for name in listed.findall((site / part).read_text(encoding="utf-8"))]
    there = [page.parent.relative_to(site).as_posix() for page in pages(site) if page.name == "index.html"]
    assert sorted(found) == sorted("" if address == "." else f"{address}/" for address in there)


def test_crawlers_are_kept_from_a_demonstration_alone(built: Callable[..., Path]) -> None:
    demonstration, other = built("registry"), built("qingdao-2024")
    assert (demonstration / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert (other / "robots.txt").read_text() == (
        "User-agent: *\nAllow: /\n\nSitemap: https://registry.example/sitemap.xml\n"
    )
    noindex = '<meta name="robots" content="noindex">'
    assert all(noindex in page.read_text(encoding="utf-8") for page in pages(demonstration))
    assert not any(noindex in page.read_text(encoding="utf-8") for page in pages(other))


def test_a_page_says_what_it_is_where_it_is_shared(site: Path) -> None:
    """The Open Graph protocol wants title, type and address; the image is left out, for there is none worth showing."""
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text))
        described = re.search(r'<meta name="description" content="([^"]*)">', text)
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', text)
        here = page.relative_to(site).as_posix()
        case = re.fullmatch(r"cases/\d{4}-\d+/index\.html", here)
        assert described, page
        assert title, page
        assert html.unescape(title[1]).startswith(html.unescape(told.pop("title"))), page
        assert (told.pop("url", None) is None) == (here == "404.html"), page
        assert told == {
            "type": "article" if case else "website",
            "description": described[1],
            "site_name": "黑龙江省智能工厂梯度培育名录",
            "locale": "zh_CN",
        }, page
        if canonical:
            assert canonical[1] == f"https://registry.example/{here.removesuffix('index.html')}"
            assert f'<meta property="og:url" content="{canonical[1]}">' in text, page
        assert '<meta name="twitter:card" content="summary">' in text, page


def test_the_frame_of_every_page_leads_where_it_says(site: Path) -> None:
    """A page is poured into a shell that lay elsewhere; its relative links must still be those of the page."""
    for page in pages(site):
        if page.name != "index.html":
            continue
        here = page.parent.relative_to(site).as_posix()
        base = "https://host.example/" + ("" if here == "." else f"{here}/")
        text = page.read_text(encoding="utf-8")
        tabs = re.findall(r'<a class="md-tabs__link" href="([^"]*)"', text)
        assert [urljoin(base, href) for href in tabs] == [
            f"https://host.example/{address}" for _, address in NAVIGATION
        ], page
        # One search a page: the home page and the directory have their own, and no second one in the head.
        search = re.findall(r'<form class="([^"]*)" role="search"[^>]* action="([^"]*)"', text)
        own = {".": "search search-large", "directory": "find"}
        assert [(kind, urljoin(base, href)) for kind, href in search] == [
            (own.get(here, "search"), "https://host.example/directory/")
        ], page


def test_titles_are_the_pages_own(site: Path) -> None:
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
        assert title, page
        assert heading, page
        if (
            page.parent not in (site, site / "notices", site / "about", site / "update")
            and "（第" not in title[1]
        ):
            assert html.unescape(title[1]).startswith(re.sub(r"<[^>]+>", "", html.unescape(heading[1]))), page


def test_another_place_is_no_demonstration(built: Callable[..., Path]) -> None:
    text = (built("qingdao-2024") / "index.html").read_text(encoding="utf-8")
    assert "演示数据" not in text
    assert "青岛市国家级智能工厂名录" in text


def test_nothing_is_asked_of_another_host(site: Path) -> None:
    for page in pages(site):
        hosts = set(EXTERNAL.findall(page.read_text(encoding="utf-8"))) - {"registry.example"}
        assert not hosts, (page, hosts)
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?https?:", style.read_text(encoding="utf-8")), style


@pytest.mark.parametrize("name", ["registry", "qingdao-2024"])
@pytest.mark.parametrize("host", ["https://registry.example/", "https://host.example/a/registry/"])
def test_every_link_on_every_page_resolves(
    built: Callable[..., Path], tmp_path: Path, name: str, host: str
) -> None:
    """Fragments included, at the root of a host and under a sub-path."""
    site = built(name, again=True, SITE_URL=host) if host.count("/") > 3 else built(name)
    prefix = host.split("/", 3)[3]
    served = tmp_path / "host" / prefix
    served.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site, served, dirs_exist_ok=True)
    (served / "404.html").unlink()  # its links are absolute, for it is served at any depth
    lychee = Path(sys.executable).parent / "lychee"
    done = subprocess.run(
        [
            lychee,
            "--offline",
            "--no-progress",
            "--include-fragments",
            "--index-files",
            "index.html,.",
            "--remap",
            f"{host} file://{served}/",
            "--root-dir",
            tmp_path / "host",
            str(served / "**/*.html"),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    found = re.search(r"(\d+) (?:✅ )?OK", done.stdout)
    assert found, done.stdout[-500:]
    assert int(found[1]) > 300


def differences(one: filecmp.dircmp[str]) -> list[str]:
    found = [*one.left_only, *one.right_only]
    _, mismatch, errors = filecmp.cmpfiles(one.left, one.right, one.common_files, shallow=False)
    found += [*mismatch, *errors]
    for below in one.subdirs.values():
        found += differences(below)
    return found


def test_two_builds_are_the_same_to_the_byte(built: Callable[..., Path], site: Path) -> None:
    again = built("registry", again=True, TZ="America/New_York", LC_ALL="C", PYTHONHASHSEED="7")
    assert differences(filecmp.dircmp(site, again)) == []


def test_a_rebuild_keeps_files_that_did_not_change(built: Callable[..., Path]) -> None:
    site = built("qingdao-2024", again=True)
    before = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    done = run(
        "build", "--registry", ROOT / "tests/registries/qingdao-2024", "--as-of", AS_OF, "--site", site
    )
    assert done.code == 0, done.err
    after = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    assert after == before


def test_plain_mkdocs_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    import os

    plain = tmp_path / "site"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "--config-file",
            "mkdocs.yml",
            "--site-dir",
            plain,
        ],
        cwd=ROOT,
        env={**os.environ, "AS_OF": AS_OF, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert differences(filecmp.dircmp(site, plain)) == []
