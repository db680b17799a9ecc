"""Yearly archives (RFC 5005, section 4): from the subscription document one reaches every entry, and comes back."""

from datetime import date, timedelta
from xml.etree import ElementTree as Xml

import pytest
from msgspec.structs import replace

from generator.checks.desk import examine
from generator.records import Withdrawal
from generator.views.book import Book
from generator.views.news import NEWEST, change_streams
from tests.books import AS_OF_DAY as PRESENT
from tests.books import book
from tests.conftest import AS_OF, run
from tests.feeds.rules_of_forms import ARCHIVE, ATOM, atom_faults, relations
from tests.feeds.shelf import BASE, ONE_DAY, issued, with_cases

Documents = dict[str, bytes]


def ids(content: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in Xml.fromstring(content).findall(f"{ATOM}entry")]


def walk(documents: Documents, key: str) -> list[str]:
    """The addresses from the subscription document backwards."""
    found = [f"feeds/{key}.atom"]
    while True:
        older = relations(Xml.fromstring(documents[found[-1]])).get("prev-archive")
        if older is None:
            return found
        found.append(older.removeprefix(BASE))


def crowded(number: int, *, step: int = 9, last: date = PRESENT) -> Book:
    """The shipped registry with so many cases more, one every few days back from a day."""
    present = book()
    first = present.cases[0]
    return with_cases(
        present,
        *(
            replace(first, id=f"{day.year}-9{place:03d}", published=day, updated=None)
            for place in range(number)
            for day in [last - timedelta(days=step * place)]
        ),
    )


@pytest.mark.parametrize("number", [0, 5, 60, 120])
def test_the_chain_reaches_every_case(number: int) -> None:
    found = crowded(number)
    documents = issued(found)
    chain = walk(documents, "cases")
    reached = {entry for address in chain for entry in ids(documents[address])}
    assert reached == {
        f"tag:registry.example,2026:cases/{case.id}" for case in found.cases if not found.withdrawn(case)
    }
    assert len(reached) > (NEWEST if number > 20 else 0)
    assert len(ids(documents[chain[0]])) == min(NEWEST, len(reached))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A fictional registry with more cases than a feed holds."""
    folder = tmp_path_factory.mktemp("demonstration") / "registry"
    done = run("demo", folder, "--units", "700", "--seed", "3", "--as-of", AS_OF)
    assert done.code == 0, done.err
    examined = examine(folder, as_of=PRESENT)
    assert examined.registry
    assert examined.ledger
    return Book(examined.registry, examined.ledger, PRESENT)


def test_the_chains_of_a_larger_registry_reach_everything(demonstration: Book) -> None:
    documents = issued(demonstration)
    standing = {case.id for case in demonstration.cases if not demonstration.withdrawn(case)}
    told = next(s.news for s in change_streams(demonstration) if s.topic.key == "changes")
    assert len(standing) > NEWEST
    for key, wanted in (
        ("cases", {f"cases/{case}" for case in standing}),
        ("changes", {news.key for news in told}),
    ):
        chain = walk(documents, key)
        reached = {entry.rpartition(":")[2] for address in chain for entry in ids(documents[address])}
        assert reached == wanted
        for address in chain:
            assert atom_faults(documents[address], address=BASE + address, as_of=PRESENT) == []


def test_the_chain_reaches_every_change() -> None:
    found = book()
    documents = issued(found)
    reached = {entry for address in walk(documents, "changes") for entry in ids(documents[address])}
    told = next(stream.news for stream in change_streams(found) if stream.topic.key == "changes")
    assert len(told) > NEWEST
    assert reached == {f"tag:registry.example,2026:{news.key}" for news in told}


@pytest.mark.parametrize("key", ["cases", "changes"])
def test_archives_lead_both_ways_and_to_the_feed(key: str) -> None:
    documents = issued(crowded(120))
    years = sorted(address for address in documents if address.startswith(f"feeds/{key}-2"))
    assert len(years) >= 3
    for place, address in enumerate(years):
        root = Xml.fromstring(documents[address])
        links = relations(root)
        assert root.find(ARCHIVE) is not None
        assert links["current"] == f"{BASE}feeds/{key}.atom"
        assert links.get("prev-archive") == (f"{BASE}{years[place - 1]}" if place else None)
        assert links.get("next-archive") == (f"{BASE}{years[place + 1]}" if place + 1 < len(years) else None)
        assert root.findtext(f"{ATOM}id") == f"tag:registry.example,2026:feeds/{key}"
        days = [entry.findtext(f"{ATOM}published") or "" for entry in root.findall(f"{ATOM}entry")]
        assert {day[:4] for day in days} == {address[-9:-5]}
        assert days == sorted(days, reverse=True)
        assert atom_faults(documents[address], address=BASE + address, as_of=PRESENT) == []
    assert Xml.fromstring(documents[f"feeds/{key}.atom"]).find(ARCHIVE) is None


def test_no_entry_is_in_two_years() -> None:
    documents = issued(crowded(120))
    for key in ("cases", "changes"):
        found = [entry for a, c in documents.items() if a.startswith(f"feeds/{key}-2") for entry in ids(c)]
        assert len(found) == len(set(found))


def test_the_archive_of_the_present_year_is_in_the_chain_once_the_feed_does_not_hold_it_all() -> None:
    few = issued(book())
    assert "feeds/cases-2026.atom" in few
    assert walk(few, "cases")[:2] == ["feeds/cases.atom", "feeds/cases-2025.atom"]
    many = issued(crowded(60, step=1))
    assert walk(many, "cases")[:3] == ["feeds/cases.atom", "feeds/cases-2026.atom", "feeds/cases-2025.atom"]


def test_on_new_years_day_the_past_year_is_whole_and_in_the_chain() -> None:
    eve, new_year = date(2026, 12, 31), date(2027, 1, 1)
    assert walk(issued(book(eve)), "cases")[1] == "feeds/cases-2025.atom"
    documents = issued(book(new_year))
    assert walk(documents, "cases")[1] == "feeds/cases-2026.atom"
    assert "feeds/cases-2027.atom" not in documents


def test_the_archive_of_a_past_year_stays_as_it_is() -> None:
    present = issued(book())
    later = issued(book(PRESENT + 30 * ONE_DAY))
    for address in ("feeds/cases-2025.atom", "feeds/changes-2025.atom"):
        assert later[address] == present[address]


def test_a_withdrawn_case_leaves_its_archive() -> None:
    present = book()
    case = next(case for case in present.cases if case.published.year == 2025)
    gone = with_cases(present, replace(case, withdrawn=Withdrawal(date=PRESENT)))
    name = f"tag:registry.example,2026:cases/{case.id}"
    assert name in ids(issued(with_cases(gone, as_of=PRESENT - ONE_DAY))["feeds/cases-2025.atom"])
    assert name not in ids(issued(gone)["feeds/cases-2025.atom"])


def test_narrow_topics_have_no_archives() -> None:
    documents = issued(crowded(120))
    for address, content in documents.items():
        if address.endswith(".atom") and not address.startswith(("feeds/cases-2", "feeds/changes-2")):
            links = relations(Xml.fromstring(content))
            assert ("prev-archive" in links) is (address in ("feeds/cases.atom", "feeds/changes.atom")), (
                address
            )
            assert len(ids(content)) <= NEWEST
