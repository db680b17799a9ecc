"""The one sentence that answers for a unit says what is true and no more."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.checks.desk import examine
from generator.views import words
from generator.views.book import Book
from tests.conftest import ROOT

POLICY = """\
name: 试用名录
region: {code: 230000, name: 试用省}
authorities:
  - {id: p, name: 省厅, level: province}
tiers:
  - {id: low, name: 初级, term_years: 3, revocable: true}
  - {id: high, name: 高级, requires: low}
titles:
  - {name: 初级车间, kind: 数字化车间, level: province, tier: low, min_maturity: 2, bars: true}
  - {name: 高级车间, kind: 数字化车间, level: province, tier: high}
bar_years: 3
expiring_within_days: 180
"""

UNIT = """\
name: {name}
kind: 数字化车间
enterprise: 示例公司
uscc: 91230100EX0000001G
city: 哈尔滨市
industry: 341
maturity:
  - {{date: 2024-01-01, level: {level}, method: 自评}}
titles:
  - {{title: 初级车间, document: 试工信〔2024〕1号}}
{more}
"""


def registry(root: Path, **more: str) -> Path:
    for name in ("cities.yml", "industries.yml", "scenes.yml"):
        shutil.copy(ROOT / "registry" / name, root / name)
    (root / "policy.yml").write_text(POLICY, encoding="utf-8")
    (root / "documents/p").mkdir(parents=True)
    for number, day in ((1, "2024-02-29"), (2, "2025-05-06")):
        text = f"number: 试工信〔{day[:4]}〕{number}号\ntitle: 通知\ndate: {day}\n"
        (root / f"documents/p/{number}.yml").write_text(text, encoding="utf-8")
    folder = root / "factories/230100"
    folder.mkdir(parents=True)
    for at, (name, extra) in enumerate(more.items(), 1):
        level = 1 if "低" in name else 2
        text = UNIT.format(name=name, level=level, more=extra)
        (folder / f"2301-{at:04d}.yml").write_text(text, encoding="utf-8")
    return root


def said(root: Path, day: date, unit: str = "2301-0001") -> str:
    examined = examine(root, as_of=day)
    assert examined.report.errors == ()
    assert examined.registry
    assert examined.ledger
    book = Book(examined.registry, examined.ledger, day)
    return words.answer(book, examined.registry.units[unit]).split("，", 1)[1]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2024, 2, 28), "该车间尚未列入名单，将自2024年2月29日起列入初级名单。"),
        (date(2024, 2, 29), "该车间为初级智能工厂，自2024年2月29日起列入名单，有效期至2027年2月28日。"),
        (date(2027, 2, 28), "该车间为初级智能工厂，自2024年2月29日起列入名单，有效期至2027年2月28日。"),
        (date(2027, 3, 1), "该车间已不在名单中：初级有效期至2027年2月28日，现已到期。"),
    ],
)
def test_a_term_from_its_eve_to_the_day_after(tmp_path: Path, day: date, sentence: str) -> None:
    assert said(registry(tmp_path, 车间=""), day) == sentence


def test_a_revocation_names_the_title_and_spares_the_sister_the_word(tmp_path: Path) -> None:
    """The sister unit lost its place, not its title; to say otherwise would be false."""
    revoked = "revocations:\n  - {title: 初级车间, document: 试工信〔2025〕2号}"
    root = registry(tmp_path, 甲车间=revoked, 乙车间="")
    day = date(2025, 5, 6)
    assert "为初级智能工厂" in said(root, day - timedelta(days=1), "2301-0002")
    assert said(root, day) == "该车间已不在名单中：因“初级车间”称号被撤销，自2025年5月6日起移出初级名单。"
    assert (
        said(root, day, "2301-0002")
        == "该车间已不在名单中：因同一企业的称号被撤销，自2025年5月6日起移出初级名单。"
    )


def test_a_closing(tmp_path: Path) -> None:
    root = registry(tmp_path, 车间="closed: {date: 2025-01-02, reason: 注销}")
    assert "为初级智能工厂" in said(root, date(2025, 1, 1))
    assert said(root, date(2025, 1, 2)) == "该车间已不在名单中：2025年1月2日退出（注销）。"


def test_a_title_without_the_maturity_lists_nothing_and_says_why(tmp_path: Path) -> None:
    root = registry(tmp_path, 低水平车间="")
    assert said(root, date(2026, 1, 1)) == "该车间获授过称号，但没有列入名单。"
    examined = examine(root, as_of=date(2026, 1, 1))
    assert examined.registry
    assert examined.ledger
    book = Book(examined.registry, examined.ledger, examined.as_of)
    why = words.why_unlisted(book, examined.registry.units["2301-0001"])
    assert why == "列入名单还需要智能制造能力成熟度达到2级，目前没有达到这一级的记录。"


def after(root: Path, day: date) -> str | None:
    examined = examine(root, as_of=day)
    assert examined.registry
    assert examined.ledger
    book = Book(examined.registry, examined.ledger, day)
    mark = words.mark_after(book, examined.registry.units["2301-0001"])
    return mark.word if mark else None


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("", "已到期"),
        ("closed: {date: 2026-01-02, reason: 注销}", "已退出"),
        ("revocations:\n  - {title: 初级车间, document: 试工信〔2025〕2号}", "已撤销"),
    ],
    ids=["expiry", "closing", "revocation"],
)
def test_what_a_mark_turns_to_is_what_comes_after(tmp_path: Path, more: str, word: str) -> None:
    """A site that nobody rebuilt must not call a revoked unit expired: facts already dated ahead are known."""
    assert after(registry(tmp_path, 车间=more), date(2024, 3, 1)) == word


def test_a_mark_without_an_end_turns_to_nothing(tmp_path: Path) -> None:
    endless = "  - {title: 高级车间, document: 试工信〔2024〕1号}"
    assert after(registry(tmp_path, 车间=endless), date(2024, 3, 1)) is None
