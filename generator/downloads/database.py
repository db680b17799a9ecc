"""All tables and the vocabularies in one SQLite database, for questions.

The only importer of sqlite3. May import `sheets`, `plain`, `views`, `rules` and `exports`. The tables have the columns
of the other forms, but for the scenes of cases, which have a table of their own; references are foreign keys.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import get_args

from generator.downloads.sheets import Imprint, Sheet
from generator.exports.tables import CASES, DOCUMENTS, LISTINGS, UNITS, Column, Table
from generator.registry import Registry
from generator.rules.terms import Status
from generator.views.book import Book

# Another version of SQLite may write other bytes.
ENGINE = sqlite3.sqlite_version

_VOCABULARIES = """
CREATE TABLE about (
  key TEXT NOT NULL PRIMARY KEY, -- 名称
  value TEXT -- 内容
);
CREATE TABLE tiers (
  id TEXT NOT NULL PRIMARY KEY, -- 层级代码
  name TEXT NOT NULL UNIQUE, -- 层级
  rank INTEGER NOT NULL UNIQUE CHECK (rank >= 0), -- 次序，从低到高
  term_years INTEGER CHECK (term_years > 0) -- 有效期的年数，没有规定的为空
);
CREATE TABLE cities (
  code TEXT NOT NULL PRIMARY KEY, -- 地市代码
  name TEXT NOT NULL UNIQUE, -- 地市
  short TEXT NOT NULL -- 简称
);
CREATE TABLE industries (
  code TEXT NOT NULL PRIMARY KEY, -- 行业代码
  name TEXT NOT NULL, -- 行业
  section TEXT NOT NULL, -- 门类代码
  division TEXT NOT NULL REFERENCES industries (code) -- 所属大类
);
CREATE TABLE scenes (
  edition TEXT NOT NULL, -- 场景版次
  number INTEGER NOT NULL CHECK (number > 0), -- 场景序号
  name TEXT NOT NULL, -- 场景
  PRIMARY KEY (edition, number)
);
CREATE TABLE authorities (
  id TEXT NOT NULL PRIMARY KEY, -- 机关代码
  name TEXT NOT NULL, -- 机关
  level TEXT NOT NULL, -- national 国家、province 省、city 市
  city TEXT REFERENCES cities (code) -- 市级机关所在的地市
);
"""
_CASE_SCENES = """
CREATE TABLE case_scenes (
  "case" TEXT NOT NULL REFERENCES cases (id), -- 案例编号
  edition TEXT NOT NULL, -- 场景版次
  scene INTEGER NOT NULL, -- 场景序号
  PRIMARY KEY ("case", edition, scene),
  FOREIGN KEY (edition, scene) REFERENCES scenes (edition, number)
);
"""
# References to the vocabularies, besides those between the tables.
_REFERENCES = {
    (UNITS.name, "city"): "cities (code)",
    (UNITS.name, "industry"): "industries (code)",
    (UNITS.name, "tier"): "tiers (id)",
    (LISTINGS.name, "tier"): "tiers (id)",
    (DOCUMENTS.name, "authority"): "authorities (id)",
}
_STATUSES = ", ".join(f"'{status}'" for status in get_args(Status))
_CHECKS = {
    (UNITS.name, "status"): f"status IN ({_STATUSES})",
    (UNITS.name, "tier"): "(tier IS NOT NULL) = (status = 'listed')",
    (LISTINGS.name, "through"): 'through >= "from"',
}
_INDEXES: Sequence[Sequence[str]] = (
    ("units", "enterprise"),
    ("units", "uscc"),
    ("units", "city"),
    ("units", "industry"),
    ("units", "status"),
    ("units", "tier"),
    ("units", "valid_through"),
    ("listings", "tier"),
    ("listings", "document"),
    ("listings", '"from"', "through"),
    ("cases", "factory"),
    ("cases", "published"),
    ("case_scenes", "edition", "scene"),
    ("documents", "authority"),
    ("documents", "date"),
    ("industries", "division"),
)
_VIEWS = """
-- 数据截至日在名单中的单元
CREATE VIEW listed AS
SELECT id, name, enterprise, city_name, county, industry_name, tier, tier_name, since, valid_through, page
FROM units WHERE status = 'listed';
-- 即将到期的单元，先到期的在前
CREATE VIEW expiring AS
SELECT id, name, enterprise, city_name, county, tier, tier_name, valid_through, page
FROM units WHERE expiring ORDER BY valid_through, id;
"""
# Who stood in the list on a day, each unit in its highest tier. With one max() SQLite takes the other columns of a
# group from the row that has it (lang_select.html, 2.5).
ON_A_DAY = """SELECT units.id, units.name, units.city_name, tiers.name AS tier_name,
       listings."from", listings.through, max(tiers.rank) AS rank
FROM listings
JOIN units ON units.id = listings.unit
JOIN tiers ON tiers.id = listings.tier
WHERE listings."from" <= :day
  AND (listings.through IS NULL OR listings.through >= :day)
GROUP BY units.id
ORDER BY rank DESC, units.id"""


def as_database(book: Book, imprint: Imprint, sheets: Sequence[Sheet]) -> bytes:
    """Return the database as the bytes of its file; the same facts give the same bytes with one version of SQLite.

    Args:
        book: the registry on its day, for the vocabularies.
        imprint: whose facts they are.
        sheets: the four tables of the day.

    Raises:
        sqlite3.IntegrityError: where the facts break a key or a check, which those of a checked registry do not.
    """
    found = {sheet.table.name: sheet for sheet in sheets}
    kept = [
        (table, [column for column in table.columns if column.form != "list"])
        for table in (DOCUMENTS, UNITS, LISTINGS, CASES)
    ]
    base = sqlite3.connect(":memory:")
    try:
        tables = "".join(_create(table, columns) for table, columns in kept)
        base.executescript(f"PRAGMA foreign_keys = ON; {_VOCABULARIES} {tables} {_CASE_SCENES}")
        # References are checked as the rows come in; every table is filled after those it refers to.
        _fill_vocabularies(base, book, imprint)
        for table, columns in kept:
            cells = (_stored(found[table.name], column) for column in columns)
            _insert(base, table.name, zip(*cells, strict=True))
        _insert(base, "case_scenes", _case_scenes(found[CASES.name]))
        base.commit()
        base.executescript("".join(map(_index, _INDEXES)) + _VIEWS)
        return base.serialize()
    finally:
        base.close()


def _create(table: Table, columns: Sequence[Column]) -> str:
    """Return the statement that makes a table; a comment says what each column means."""
    lines = []
    for column in columns:
        parts = [f'"{column.name}"', "INTEGER" if column.form in ("whole", "truth") else "TEXT"]
        if not column.empty:
            parts.append("NOT NULL")
        if table.key == (column.name,):
            parts.append("PRIMARY KEY")
        reference = _REFERENCES.get((table.name, column.name)) or _lead(table, column.name)
        if reference:
            parts.append(f"REFERENCES {reference}")
        if column.form == "day":
            parts.append(f"""CHECK ("{column.name}" = date("{column.name}"))""")
        if column.form == "truth":
            parts.append(f'CHECK ("{column.name}" IN (0, 1))')
        check = _CHECKS.get((table.name, column.name))
        if check:
            parts.append(f"CHECK ({check})")
        lines.append((" ".join(parts), f"{column.title}：{column.description}"))
    if len(table.key) > 1:
        key = ", ".join(f'"{name}"' for name in table.key)
        lines.append((f"PRIMARY KEY ({key})", "这几列合起来确定一行"))
    last = len(lines) - 1
    body = "\n".join(
        f"  {line}{'' if place == last else ','} -- {told}" for place, (line, told) in enumerate(lines)
    )
    return f"CREATE TABLE {table.name} ( -- {table.title}：{table.description}\n{body}\n);\n"


def _index(found: Sequence[str]) -> str:
    table, *columns = found
    name = "_".join(found).replace('"', "")
    return f"CREATE INDEX {name} ON {table} ({', '.join(columns)});"


def _lead(table: Table, column: str) -> str | None:
    there = {other.name: other for other in (UNITS, DOCUMENTS)}.get(table.leads.get(column, ""))
    return f"{there.name} ({there.key[0]})" if there else None


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    found = iter(rows)
    first = next(found, None)
    if first is not None:
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        base.execute(statement, first)
        base.executemany(statement, found)


def _stored(sheet: Sheet, column: Column) -> Iterable[object]:
    """Return the values of a column as the database keeps them: days as ISO 8601; SQLite has 0 and 1 for truths."""
    values = map(attrgetter(column.attribute), sheet.rows)
    return [value and value.isoformat() for value in values] if column.form == "day" else values


def _case_scenes(cases: Sheet) -> Iterator[tuple[str, str, int]]:
    for row in cases.rows:
        identifier, edition, numbers = attrgetter("id", "edition", "scenes")(row)
        for number in dict.fromkeys(numbers):
            yield identifier, edition, number


def _fill_vocabularies(base: sqlite3.Connection, book: Book, imprint: Imprint) -> None:
    coming = book.ledger.next_transition(as_of=book.as_of)
    about = {
        "name": imprint.name,
        "as_of": book.as_of.isoformat(),
        "next_transition": coming.isoformat() if coming else None,
        "source": imprint.base,
        "licence": imprint.licence,
        "licence_url": imprint.licence_url,
    }
    _insert(base, "about", about.items())
    _insert(base, "tiers", ((tier.id, tier.name, tier.rank, tier.term_years) for tier in book.policy.tiers))
    _insert(base, "cities", ((city.code, city.name, city.short) for city in book.registry.cities.prefectures))
    _insert(base, "industries", _industries(book.registry))
    _insert(
        base,
        "scenes",
        (
            (edition.edition, number, name)
            for edition in book.registry.scenes.editions
            for number, name in edition.names.items()
        ),
    )
    _insert(
        base,
        "authorities",
        ((found.id, found.name, found.level, found.city) for found in book.policy.authorities),
    )


def _industries(registry: Registry) -> Iterator[tuple[str, str, str, str]]:
    for section in registry.industries.sections:
        for division in section.divisions:
            yield division.code, division.name, section.code, division.code
            for group in division.groups:
                yield group.code, group.name, section.code, division.code
