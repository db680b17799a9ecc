"""The downloads and the page that leads to them."""

from collections.abc import Iterator, Sequence

from generator import urls
from generator.downloads.database import ON_A_DAY
from generator.downloads.sheets import Sheet, sheets, year_lists
from generator.downloads.shelf import downloads as made
from generator.exports import catalogue
from generator.exports.tables import Rows, Table
from generator.site.press import File, Page, Press
from generator.views.book import Book
from generator.views.downloads import Endpoint, Explained, Meaning, downloads_page
from generator.views.lists import Standings


class Shelf:
    """The downloads of one build: made once, shown with their sizes, then written."""

    def __init__(self, book: Book, base: str, rows: Rows, published: Sequence[Standings]) -> None:
        """Make every download.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash.
            rows: the rows of the published tables by name.
            published: who stood in each yearly list, newest first.
        """
        self._book = book
        self._base = base
        self._sheets = sheets(book, rows)
        self._lists = year_lists(book, published, base)
        self._files = {file.address: file.content for file in made(book, base, self._sheets, self._lists)}

    def page(self, press: Press) -> Iterator[Page]:
        """Yield the page of downloads."""
        every = [*self._sheets, *self._lists]
        view = downloads_page(
            self._book,
            base=self._base,
            size_of=lambda address: len(self._files[address]),
            tables=[
                (
                    sheet.table.name,
                    sheet.table.title,
                    len(sheet.rows),
                    sheet.as_of if sheet in self._lists else None,
                )
                for sheet in every
            ],
            explained=[_explained(sheet.table) for sheet in self._sheets] + _explained_lists(self._lists),
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

    def files(self) -> Iterator[File]:
        """Yield every download."""
        for address, content in self._files.items():
            yield File(path=address, content=content)


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
