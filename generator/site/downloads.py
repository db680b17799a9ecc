"""The downloads, a part for each table, and the page that leads to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator import urls
from generator.cache import Cache, digest
from generator.downloads.database import ENGINE, ON_A_DAY, as_database
from generator.downloads.described import datasette_metadata
from generator.downloads.sheets import Download, Sheet, imprint, sheets, year_lists
from generator.downloads.shelf import FORMS, seals
from generator.exports import catalogue
from generator.exports.manifest import PublishedFile, published_file
from generator.exports.tables import Rows, Table
from generator.site.press import File, Made, Page, Press
from generator.views.downloads import Endpoint, Explained, Meaning, downloads_page
from generator.views.lists import Standings, published_lists


def tables(press: Press, rows: Rows, cache: Cache | None) -> Iterator[Made]:
    """Yield tables of the day in every form.

    Args:
        press: whose registry and address it is.
        rows: the rows of each table wanted, by name.
        cache: where it is kept what workbooks show besides their rows.
    """
    for sheet in sheets(press.book, rows):
        if sheet.table.name in rows:
            yield from _forms(press, sheet, cache)


def lists(press: Press, published: Iterable[Standings], cache: Cache | None) -> Iterator[Made]:
    """Yield yearly lists in every form.

    Args:
        press: whose registry and address it is.
        published: who stood in each list.
        cache: where it is kept what workbooks show besides their rows.
    """
    for sheet in year_lists(press.book, published, press.base):
        yield from _forms(press, sheet, cache)


def database(press: Press, rows: Rows) -> Iterator[Made | File]:
    """Yield the tables of the day as a database, and what Datasette says of it.

    Args:
        press: whose registry and address it is.
        rows: the rows of all tables, by name.
    """
    owner, every = imprint(press.book, press.base), sheets(press.book, rows)
    make = partial(as_database, press.book, owner, every)
    made_of = digest(
        ENGINE, owner, [(sheet.table.name, sheet.rows, sheet.next_transition) for sheet in every]
    )
    yield Made(path=urls.DATABASE, make=make, made_of=made_of)
    yield File(path=urls.DATABASE_LABELS, content=datasette_metadata(owner, every))


def _forms(press: Press, sheet: Sheet, cache: Cache | None) -> Iterator[Made]:
    owner = imprint(press.book, press.base)
    told = (sheet.table.name, sheet.table.title, sheet.member, sheet.as_of, sheet.next_transition)
    made_of = digest(owner, told, sheet.rows)
    for form, make in FORMS.items():
        path = sheet.address(form)
        yield Made(path=path, make=partial(make, sheet, owner, cache), made_of=made_of, rows=len(sheet.rows))


def _file(found: Download) -> File:
    return File(path=found.address, content=found.content)


def told(
    press: Press, published: Mapping[str, PublishedFile], rows: Mapping[str, int]
) -> Iterator[File | Page]:
    """Yield what tells of all downloads once they are made: their seals, and the page that leads to them.

    Args:
        press: makes the page.
        published: the finished downloads by address.
        rows: how many rows a table holds, by the address of each of its forms.
    """
    book = press.book
    present = sheets(book, {})
    bare = [Standings(list=found, rows=()) for found in published_lists(book)]
    yearly = year_lists(book, bare, press.base)
    every, made = [*present, *yearly], dict(published)
    for found in seals(book, press.base, every, made):
        made[found.address] = published_file(found.address, found.content)
        yield _file(found)
    view = downloads_page(
        book,
        base=press.base,
        size_of=lambda address: made[address].bytes,
        tables=[
            (
                sheet.table.name,
                sheet.table.title,
                rows[sheet.address("csv")],
                sheet.as_of if sheet in yearly else None,
            )
            for sheet in every
        ],
        explained=[_explained(sheet.table) for sheet in present] + _explained_lists(yearly),
        endpoints=_endpoints(),
        promise=catalogue.PROMISE,
        sql=ON_A_DAY,
    )
    yield press.page(
        "data.html",
        view,
        address=urls.DATA,
        section=urls.DATA,
        title="数据下载",
        description="名录的全部数据：Excel、CSV、JSON 和 SQLite 数据库，每一列的含义和使用的例子。",
    )


def _explained(table: Table) -> Explained:
    return Explained(
        anchor=table.name,
        title=table.title,
        description=table.description,
        columns=tuple(
            Meaning(title=column.title, name=column.name, description=column.description)
            for column in table.columns
        ),
    )


def _explained_lists(lists: Sequence[Sheet]) -> list[Explained]:
    """The columns of all yearly lists are the same; they are explained once."""
    if not lists:
        return []
    found = _explained(lists[0].table)
    return [Explained(anchor="lists", title="年度名单", description=found.description, columns=found.columns)]


def _endpoints() -> Iterator[Endpoint]:
    for entry in catalogue.ENTRIES:
        yield Endpoint(
            path=f"/{entry.path}",
            address=None if entry.parameters else entry.path,
            title=entry.title,
            description=entry.description,
        )
