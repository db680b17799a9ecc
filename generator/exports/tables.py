"""The published tables by name: what a row is, what its columns mean, and which column leads to which table.

May import `rows` and `views.book`. The API, the downloads and the page that explains them go by these.
"""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, field
from msgspec.structs import fields as struct_fields

from generator import urls
from generator.exports import rows
from generator.views.book import Book

Form = Literal["text", "day", "whole", "truth", "list"]
Rows = Mapping[str, Sequence[Struct]]


class Column(Struct, frozen=True, kw_only=True):
    """A column: `name` in files for programs, `title` in sheets for people; `attribute` is where a row keeps it.

    `pattern` is the form of every value, None where there is no rule.
    """

    name: str
    attribute: str
    title: str
    description: str
    form: Form
    empty: bool
    pattern: str | None = None


class Table(Struct, frozen=True, kw_only=True):
    """A table; `key` are the columns that name a row, `leads` the columns that name a row of another table."""

    name: str
    title: str
    description: str
    row: type[Struct]
    key: tuple[str, ...]
    leads: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in order."""
        return columns(self.row)


UNITS = Table(
    name="units",
    title="单元",
    description="全部登记的单元，每个一行，状态为数据截至日的状态。",
    row=rows.UnitRow,
    key=("id",),
)
LISTINGS = Table(
    name="listings",
    title="列入记录",
    description="每个单元在每个层级名单中的起止，含以前的和将来的；查某一天是否在名单中，看这一天是否落在起止之间。",
    row=rows.ListingRow,
    key=("unit", "tier", "from"),
    leads={"unit": "units", "document": "documents"},
)
CASES = Table(
    name="cases",
    title="典型案例",
    description="已发布的典型案例，每个一行；已撤下的仍在，写明撤下日期。",
    row=rows.CaseRow,
    key=("id",),
    leads={"factory": "units"},
)
DOCUMENTS = Table(
    name="documents",
    title="文件",
    description="授予和撤销称号所依据的文件，每份一行。",
    row=rows.DocumentRow,
    key=("number",),
)
TABLES = (UNITS, LISTINGS, CASES, DOCUMENTS)


def year_list(year: int) -> Table:
    """Return the table of the yearly list of a year."""
    return Table(
        name=urls.list_name(year),
        title=f"{year} 年度名单",
        description="名单当日结束时列入的单元，以这一天为准，不随时间变动。",
        row=rows.ListedRow,
        key=("unit",),
        leads={"unit": "units"},
    )


def contents(book: Book, base: str) -> dict[str, list[Struct]]:
    """Return the rows of every table by its name.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    made: dict[str, Callable[[], Iterator[Struct]]] = {
        UNITS.name: lambda: rows.unit_rows(book, base),
        LISTINGS.name: lambda: rows.listing_rows(book),
        CASES.name: lambda: rows.case_rows(book, base),
        DOCUMENTS.name: lambda: rows.document_rows(book, base),
    }
    return {table.name: list(made[table.name]()) for table in TABLES}


def columns(row: type[Struct]) -> tuple[Column, ...]:
    """Return the columns of a type of rows, in order.

    Args:
        row: a type whose fields are all annotated with a title and a description.

    Raises:
        TypeError: for a field without them, or of a form that no table has.
    """
    hints = get_type_hints(row, include_extras=True)
    return tuple(
        _column(found.encode_name, found.name, hints[found.name], row) for found in struct_fields(row)
    )


def _column(name: str, attribute: str, hint: Any, row: type[Struct]) -> Column:
    base, meta = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    if not isinstance(meta, Meta) or not meta.title or not meta.description:
        raise TypeError(f"{row.__name__}.{attribute} has no title or description")
    kinds = get_args(base) if isinstance(base, types.UnionType) else (base,)
    kept = [kind for kind in kinds if kind is not type(None)]
    forms: dict[Any, Form] = {str: "text", date: "day", int: "whole", bool: "truth"}
    form: Form | None = "list" if get_origin(kept[0]) is tuple else forms.get(kept[0])
    if form is None or len(kept) > 1:
        raise TypeError(f"{row.__name__}.{attribute} has a form that no table has")
    return Column(
        name=name,
        attribute=attribute,
        title=meta.title,
        description=meta.description,
        form=form,
        empty=len(kinds) > len(kept),
        pattern=meta.pattern,
    )
