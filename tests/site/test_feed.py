"""The feed of cases, read by a feed reader's own library."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser
import pytest

from generator import feeds
from generator.records import Withdrawal
from generator.views.book import Book
from tests.books import book

BASE = "https://registry.example/"


@pytest.fixture(scope="module")
def present() -> Book:
    return book()


def test_newest_first_with_permanent_tags_and_days_of_publication(present: Book) -> None:
    feed = feedparser.parse(feeds.cases_feed(present, BASE))
    assert not feed.bozo
    assert feed.feed.title == "黑龙江省智能工厂梯度培育名录：典型案例"
    assert feed.feed.link == "https://registry.example/cases/"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == "https://registry.example/feeds/cases.xml"
    cases = [case for case in present.cases if not present.withdrawn(case)]
    assert [entry.id for entry in feed.entries] == [
        f"tag:registry.example,2026:cases/{case.id}" for case in cases[:50]
    ]
    assert [entry.title for entry in feed.entries] == [case.title for case in cases[:50]]
    assert [entry.link for entry in feed.entries] == [f"{BASE}cases/{case.id}/" for case in cases[:50]]
    text = feeds.cases_feed(present, BASE).decode()
    assert text.count("<item>") == len(cases)
    assert f"{cases[0].published:%d %b %Y} 00:00:00 +0800" in text


def test_nothing_in_it_depends_on_when_it_was_made(present: Book) -> None:
    assert feeds.cases_feed(present, BASE) == feeds.cases_feed(present, BASE)
    newest = present.cases[0].published
    assert (
        f"<lastBuildDate>{newest:%a, %d %b %Y} 00:00:00 +0800</lastBuildDate>"
        in feeds.cases_feed(present, BASE).decode()
    )


def test_a_case_enters_on_its_day_and_a_withdrawn_one_leaves_on_its_day(present: Book) -> None:
    case = present.cases[0]
    tag = f":cases/{case.id}<"
    day = case.published
    before = Book(present.registry, present.ledger, date.fromordinal(day.toordinal() - 1))
    on = Book(present.registry, present.ledger, day)
    assert tag not in feeds.cases_feed(before, BASE).decode()
    assert tag in feeds.cases_feed(on, BASE).decode()
    gone = date.fromordinal(day.toordinal() + 2)
    kept = present.registry.cases[case.id]
    present.registry.cases[case.id] = replace(kept, withdrawn=Withdrawal(date=gone))
    try:
        last = Book(present.registry, present.ledger, date.fromordinal(gone.toordinal() - 1))
        out = Book(present.registry, present.ledger, gone)
        assert tag in feeds.cases_feed(last, BASE).decode()
        assert tag not in feeds.cases_feed(out, BASE).decode()
    finally:
        present.registry.cases[case.id] = kept


def test_at_most_fifty(present: Book) -> None:
    many = dict(present.registry.cases)
    try:
        for number in range(60):
            first = present.cases[0]
            present.registry.cases[f"2026-9{number:03d}"] = replace(first, id=f"2026-9{number:03d}")
        assert (
            feeds.cases_feed(Book(present.registry, present.ledger, present.as_of), BASE).count(b"<item>")
            == 50
        )
    finally:
        present.registry.cases.clear()
        present.registry.cases.update(many)


def test_an_empty_feed_is_a_feed() -> None:
    feed = feedparser.parse(feeds.cases_feed(book(name="tests/registries/qingdao-2024"), BASE))
    assert not feed.bozo
    assert feed.entries == []


def test_without_a_tagging_entity_the_host_tags(present: Book) -> None:
    other = book(name="tests/registries/qingdao-2024")
    assert (
        feeds.case_guid(other, "2026-0003", "https://qd.example/x/") == "tag:qd.example,2025:cases/2026-0003"
    )


def test_the_built_site_carries_it(built: Callable[..., Path], present: Book) -> None:
    assert (built("registry") / "feeds/cases.xml").read_bytes() == feeds.cases_feed(present, BASE)
