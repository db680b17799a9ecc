"""Badges say what is true on their day, in words and in the tier's colour; nothing in them is markup but their own."""

import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader
from msgspec.structs import replace

from generator import badges
from generator.badges import INK, INKS, PLAIN, RUNGS, SHAPES, SHEET, SOFT, svg
from generator.checks.desk import examine
from generator.render import TEMPLATES
from generator.views import words
from generator.views.badges import Badge, badge, frame
from generator.views.book import Book
from tests.conftest import ROOT
from tests.site.test_templates import HOSTILE
from tests.site.test_words import registry

SVG = "{http://www.w3.org/2000/svg}"
ENDLESS = "  - {title: 高级车间, document: 试工信〔2024〕1号}"
REVOKED = "revocations:\n  - {title: 初级车间, document: 试工信〔2025〕2号}"
CLOSED = "closed: {date: 2025-01-02, reason: 注销}"


def book_of(root: Path, day: date) -> Book:
    examined = examine(root, as_of=day)
    assert examined.registry
    assert examined.ledger
    return Book(examined.registry, examined.ledger, day)


def badge_of(root: Path, day: date, unit: str = "2301-0001") -> Badge:
    book = book_of(root, day)
    return badge(book, book.registry.units[unit], frame(book))


def drawn(found: Badge) -> tuple[list[str], str]:
    """The texts of a badge but for the last two lines, and the ground of its panel."""
    root = ElementTree.fromstring(svg(found))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert texts[-2:] == [found.source, found.day]
    panel = root.find(f"{SVG}path")
    assert panel is not None
    return texts[:-2], panel.attrib["fill"]


@pytest.mark.parametrize(
    ("more", "day", "texts"),
    [
        ("", "2024-02-28", ["待列入", "2024年2月29日起列入初级名单"]),
        ("", "2024-02-29", ["初级", "智能工厂", "有效", "有效期至 2027年2月28日"]),
        ("", "2026-08-31", ["初级", "智能工厂", "有效", "有效期至 2027年2月28日"]),
        ("", "2026-09-01", ["初级", "智能工厂", "即将到期", "有效期至 2027年2月28日"]),
        ("", "2027-02-27", ["初级", "智能工厂", "即将到期", "有效期至 2027年2月28日"]),
        ("", "2027-02-28", ["初级", "智能工厂", "即将到期", "有效期至 2027年2月28日"]),
        ("", "2027-03-01", ["已到期", "初级有效期至 2027年2月28日"]),
        (ENDLESS, "2024-02-29", ["高级", "智能工厂", "有效", "未规定有效期"]),
        (REVOKED, "2025-05-05", ["初级", "智能工厂", "即将到期", "有效期至 2025年5月5日"]),
        (REVOKED, "2025-05-06", ["已撤销", "2025年5月6日移出初级名单"]),
        (CLOSED, "2025-01-01", ["初级", "智能工厂", "即将到期", "有效期至 2025年1月1日"]),
        (CLOSED, "2025-01-02", ["已退出", "2025年1月2日退出"]),
    ],
)
def test_a_badge_from_the_eve_to_the_day_after(tmp_path: Path, more: str, day: str, texts: list[str]) -> None:
    found = badge_of(registry(tmp_path, 车间=more), date.fromisoformat(day))
    said, ground = drawn(found)
    assert said == texts
    rung = {"初级": 0, "高级": 1}.get(texts[0])
    assert ground == (PLAIN if rung is None else RUNGS[rung][0])
    assert found.day == f"数据截至 {words.day(date.fromisoformat(day))}"
    assert found.source == "试用名录 2301-0001"


def test_without_a_listing_and_without_a_title_of_its_own_revoked(tmp_path: Path) -> None:
    root = registry(tmp_path, 低水平车间="", 甲车间=REVOKED, 乙车间="")
    assert drawn(badge_of(root, date(2026, 1, 1))) == (["未列入", "获授过称号，没有列入名单"], PLAIN)
    # The sister of a unit whose title was cancelled left the list; the badge says no more than that.
    assert drawn(badge_of(root, date(2026, 1, 1), "2301-0003")) == (
        ["已撤销", "2025年5月6日移出初级名单"],
        PLAIN,
    )


def test_every_badge_of_the_shipped_registry(site: Path) -> None:
    book = book_of(ROOT / "registry", date(2026, 11, 24))
    size = frame(book)
    seen = set()
    for unit in book.registry.units.values():
        content = (site / f"badges/{unit.id}.svg").read_bytes()
        assert content == svg(badge(book, unit, size))
        root = ElementTree.fromstring(content)
        assert root.attrib["role"] == "img"
        named = {found.attrib["id"]: found.text or "" for found in root if "id" in found.attrib}
        assert list(named) == root.attrib["aria-labelledby"].split()
        assert words.answer(book, unit) in named["text"]
        assert unit.enterprise in named["text"]
        assert "演示数据" in named["text"]
        assert unit.name in named["title"]
        # It asks for nothing, runs nothing, and needs no style.
        text = content.decode()
        assert not re.search(r"<(?!svg|title|desc|rect|path|circle|g|text|/)", text)
        assert not re.search(r'style=|href|url\(|@import|\son\w+="|class=', text)
        assert text.count("http") == text.count('xmlns="http://www.w3.org/2000/svg"') == 1
        seen.add(words.mark(book.standing(unit)).key)
    assert seen == {"valid", "expiring", "expired", "revoked", "closed", "unlisted"}
    assert len(list((site / "badges").iterdir())) == len(book.registry.units)


def test_all_badges_have_one_size_on_every_day(tmp_path: Path) -> None:
    root = registry(tmp_path, 车间="", 乙车间=REVOKED)
    sizes = {badge_of(root, date(2024, 2, 27) + timedelta(days=days)).frame for days in range(0, 1200, 40)}
    assert len(sizes) == 1


def test_what_a_record_says_is_never_markup(tmp_path: Path) -> None:
    found = badge_of(registry(tmp_path, 车间=""), date(2026, 1, 1))
    hostile = replace(found, head=HOSTILE, line=HOSTILE, source=HOSTILE, title=HOSTILE, text=HOSTILE)
    root = ElementTree.fromstring(svg(hostile))
    assert [element.tag for element in root.iter(f"{SVG}script")] == []
    assert [element.text for element in root if "id" in element.attrib] == [HOSTILE, HOSTILE]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "pair", [*RUNGS, *((SHEET, ink) for ink in (*INKS.values(), INK, SOFT)), (PLAIN, INK), (PLAIN, SOFT)]
)
def test_every_pair_of_colours_can_be_read(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


def test_the_edge_is_seen_on_white_and_on_black() -> None:
    """What bounds a thing needs 3 : 1 (WCAG 2.2, 1.4.11)."""
    assert contrast(badges.EDGE, "#ffffff") >= 3
    assert contrast(badges.EDGE, "#000000") >= 3


def test_the_colours_are_those_of_the_theme() -> None:
    style = (ROOT / "generator/theme/assets/register.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", style[: style.index("slate")]))
    assert tuple((light[f"tier-{n}"], light[f"tier-{n}-ink"]) for n in range(1, 5)) == RUNGS
    assert {"valid": light["valid"], "expiring": light["soon"]} == INKS
    assert (light["sheet"], light["ink"], light["soft"]) == (SHEET, INK, SOFT)
    assert light["depth-0"] == PLAIN


@pytest.mark.parametrize("key", SHAPES)
def test_the_shapes_are_those_of_the_pages(key: str) -> None:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["day"] = str
    parts = environment.get_template("parts.html").module
    geometry = re.compile(r'<(circle|path)|\b(cx|cy|r|d)="([^"]+)"')
    assert geometry.findall(SHAPES[key]) == geometry.findall(str(parts.shape(key)))  # type: ignore[attr-defined]


def test_every_mark_has_a_shape() -> None:
    assert set(SHAPES) == set(words.MARKS)
