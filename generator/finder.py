"""The index that the directory's script searches: columns of text and small numbers, in parts read when they are needed.

The only importer of pypinyin. May import `rules`, `views.book` and `urls`. What it holds are intervals, never a status
of one day: for each unit the runs of days of the same status and tier, as the rules derived them. Its shape is private
to the script in `theme/assets/directory/`; the published data are in `exports`.

Names of parts carry a hash of their bytes, so that a page never mixes parts of two builds.
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import groupby
from typing import Generic, TypeVar

from msgspec import Struct

from generator import clock, urls
from generator.cache import Cache
from generator.rules.ledger import Account
from generator.rules.terms import STATUSES
from generator.views.book import Book

T = TypeVar("T", bound=Hashable)

_READINGS = "readings.json"
_EPOCH = date(1970, 1, 1)


class Part(Struct, frozen=True, kw_only=True):
    """One file of the index."""

    name: str
    path: str
    content: bytes


class _Numbered(Generic[T]):
    """Values by the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}

    def of(self, value: T) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def __iter__(self) -> Iterator[T]:
        return iter(self._numbers)


def parts(book: Book, cache: Cache | None = None) -> tuple[Part, ...]:
    """Return the parts of the index: `facets` to filter by, `names`, `codes` and `cases` to search in.

    Args:
        book: the registry; of its day only the cases and awards up to it are told.
        cache: where the readings of characters are kept.
    """
    enterprises: _Numbered[tuple[str, tuple[str, ...], str | None]] = _Numbered()
    of = [
        enterprises.of((unit.enterprise, tuple(former.name for former in unit.former_names), unit.uscc))
        for unit in book.registry.units.values()
    ]
    known = list(enterprises)
    return (
        _part("facets", _facets(book)),
        _part(
            "names",
            {
                "units": "\n".join(unit.name for unit in book.registry.units.values()),
                "enterprises": "\n".join(name for name, _, _ in known),
                "of": of,
                "former": {str(at): former for at, (_, former, _) in enumerate(known) if former},
                "initials": _initials(book, cache),
            },
        ),
        _part("codes", {"codes": "\n".join(uscc or "" for _, _, uscc in known)}),
        _part("cases", _cases(book)),
    )


def _part(name: str, content: object) -> Part:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path = f"{urls.DIRECTORY_INDEX}{name}-{sha256(text).hexdigest()[:12]}.json"
    return Part(name=name, path=path, content=text)


def _facets(book: Book) -> dict[str, object]:
    kinds: _Numbered[str] = _Numbered()
    cities: _Numbered[str] = _Numbered()
    counties: _Numbered[tuple[int, str | None]] = _Numbered()
    industries: _Numbered[str] = _Numbered()
    years: _Numbered[tuple[int, ...]] = _Numbered()
    lives: _Numbered[tuple[int, ...]] = _Numbered()
    units = book.registry.units.values()
    codes = {city.name: city for city in book.registry.cities.prefectures}
    columns: dict[str, list[int]] = {"kind": [], "county": [], "industry": [], "year": [], "life": []}
    for unit in units:
        columns["kind"].append(kinds.of(unit.kind))
        columns["county"].append(counties.of((cities.of(unit.city), unit.county)))
        columns["industry"].append(industries.of(unit.industry))
        columns["year"].append(years.of(book.award_years(unit)))
        columns["life"].append(lives.of(_life(book, book.account(unit))))
    return {
        "as_of": book.as_of.isoformat(),
        "within": book.policy.expiring_within_days,
        "ids": _id_runs(book.registry.units),
        "statuses": STATUSES,
        "tiers": [tier.id for tier in book.policy.tiers],
        "kinds": list(kinds),
        "cities": [[codes[name].code, codes[name].short, name] for name in cities],
        "counties": list(counties),
        "industries": [[code, book.registry.industry(code)] for code in industries],
        "years": list(years),
        "lives": list(lives),
        **columns,
    }


def _id_runs(ids: Iterable[str]) -> list[tuple[str, int, int, int]]:
    """The ids in order as runs of consecutive numbers: (what stands before, digits, first number, how many)."""
    split = [(unit[:5], len(unit) - 5, int(unit[5:])) for unit in ids]
    runs = []
    for (before, digits, _), group in groupby(
        enumerate(split), key=lambda row: (row[1][0], row[1][1], row[1][2] - row[0])
    ):
        members = list(group)
        runs.append((before, digits, members[0][1][2], len(members)))
    return runs


def _life(book: Book, account: Account) -> tuple[int, ...]:
    """The runs of a unit: the state before all days, then by turns a first day (days since 1970) and the state from it.

    A state is the place of its status among `statuses`; from their number on, the rank of the tier it is listed in.
    """
    life: list[int] = []
    for face in account.faces:
        if face.first:
            life.append((face.first - _EPOCH).days)
        rank = book.policy.tier(face.tier).rank if face.tier else None
        life.append(STATUSES.index(face.status) if rank is None else len(STATUSES) + rank)
    return tuple(life)


def _initials(book: Book, cache: Cache | None) -> dict[str, str]:
    """The characters of all names by the first letters of their readings, so that hebdq finds 哈尔滨电气."""
    names = (
        name
        for unit in book.registry.units.values()
        for name in (unit.name, unit.enterprise, *(former.name for former in unit.former_names))
    )
    letters: dict[str, list[str]] = {}
    for character, firsts in _firsts(sorted(set().union(*names)), cache).items():
        for letter in firsts:
            letters.setdefault(letter, []).append(character)
    return {letter: "".join(found) for letter, found in sorted(letters.items())}


def _firsts(characters: Sequence[str], cache: Cache | None) -> dict[str, str]:
    """The first letters of the readings of each character; those that were asked before are found in the cache."""
    kept = cache.get(_READINGS) if cache else None
    known: dict[str, str] = json.loads(kept) if kept else {}
    unknown = [character for character in characters if character not in known]
    if unknown:
        known.update(zip(unknown, map("".join, map(_letters, unknown)), strict=True))
        if cache:
            cache.put(_READINGS, json.dumps(known, ensure_ascii=False).encode())
    return {character: known[character] for character in characters}


def _letters(character: str) -> Iterator[str]:
    if character.isascii():
        return
    # The dictionary of readings takes longer to load than a small site to build, most of all that of whole phrases.
    clock.prefer("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    for letter in sorted(set(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0])):
        if letter != character and len(letter) == 1 and "a" <= letter <= "z":
            yield letter


def _cases(book: Book) -> dict[str, object]:
    places = {unit: at for at, unit in enumerate(book.registry.units)}
    cases = [case for case in book.cases if not book.withdrawn(case)]
    return {
        "ids": [case.id for case in cases],
        "titles": "\n".join(case.title for case in cases),
        "days": [case.published.isoformat() for case in cases],
        "of": [places[case.factory] for case in cases],
    }
