"""The addresses of a registry's pages, without making the pages.

May import `registry`, `views` and `urls`. Permanent addresses rest on a record or a vocabulary and are never given up;
those of months and years follow from the facts and go with them. Further pages of long lists are not told.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.registry import Registry
from generator.views.book import Book
from generator.views.lists import published_lists


class Rest(Struct, frozen=True, kw_only=True):
    """What a permanent address rests on: a file of the registry, the field in it, and what the thing is called."""

    kind: str
    key: str
    field: str
    name: str


def permanent(registry: Registry) -> dict[str, Rest]:
    """Return every permanent address with what it rests on, those of days to come included."""
    found: dict[str, Rest] = {}
    for unit in registry.units.values():
        found[urls.unit(unit.id)] = Rest(kind="factories", key=unit.id, field="", name="单元")
    for document in registry.documents.values():
        address = urls.document(registry.file("documents", document.number).path)
        found[address] = Rest(kind="documents", key=document.number, field="", name="文件")
    for case in registry.cases.values():
        found[urls.case(case.id)] = Rest(kind="cases", key=case.id, field="", name="典型案例")
    for key in (key for kind, key in registry.files if kind == "lists"):
        found[urls.year_list(int(key))] = Rest(kind="lists", key=key, field="", name="年度名单")
    for address, file, field, name in _vocabularies(registry):
        found[address] = Rest(kind="vocabulary", key=file, field=field, name=name)
    return found


def _vocabularies(registry: Registry) -> Iterator[tuple[str, str, str, str]]:
    for tier in registry.policy.tiers:
        yield urls.tier(tier.id), "policy.yml", "tiers", f"层级“{tier.id}”"
    for city in registry.cities.prefectures:
        yield urls.city(city.code), "cities.yml", "prefectures", f"地市“{city.code}”"
    for section in registry.industries.sections:
        for division in section.divisions:
            yield urls.industry(division.code), "industries.yml", "sections", f"行业大类“{division.code}”"
    newest = max(registry.scenes.editions, key=lambda edition: edition.edition, default=None)
    for number in newest.names if newest else ():
        yield urls.scene(number), "scenes.yml", "editions", f"典型场景“{number}”"


def pages(book: Book) -> dict[str, str]:
    """Return the address of every page that a registry has on its day because of what is in it, with what it shows."""
    found = {address: rest.name for address, rest in permanent(book.registry).items()}
    for case in book.registry.cases.values():
        if case.published > book.as_of:
            del found[urls.case(case.id)]
    shown = {one.year for one in published_lists(book)}
    for year in book.registry.lists:
        if year not in shown:
            del found[urls.year_list(year)]
    for case in book.cases:
        found[urls.cases_of_year(case.published.year)] = "按年份的案例"
    for change in book.ledger.changes(as_of=book.as_of):
        found[urls.changes_of_month(change.day.year, change.day.month)] = "每月变动"
    return found
