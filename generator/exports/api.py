"""The files of the API, version 1, by name: the type of each, and the small ones that need no room of their own.

May import the other modules of this room. Lists are sorted, so that the same facts give the same bytes.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, cast

from msgspec import Meta, Struct

from generator.exports import fields as f
from generator.exports.catalogue import ENTRIES, PROMISE
from generator.exports.changes import Month, Months
from generator.exports.factories import Factories
from generator.exports.factory import FactoryFile
from generator.exports.manifest import FamilyFiles, Manifest
from generator.exports.rows import CaseRow, DocumentRow, ListingRow
from generator.exports.statistics import Statistics
from generator.exports.tables import Rows
from generator.views.book import Book


class Listings(Struct, frozen=True, kw_only=True):
    """全部列入记录。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    listings: Annotated[
        tuple[ListingRow, ...], Meta(title="列入记录", description="按单元编号，再按开始日期排列。")
    ]


class Cases(Struct, frozen=True, kw_only=True):
    """已发布的典型案例。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    cases: Annotated[tuple[CaseRow, ...], Meta(title="典型案例", description="按编号排列。")]


class Documents(Struct, frozen=True, kw_only=True):
    """文件。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    documents: Annotated[tuple[DocumentRow, ...], Meta(title="文件", description="按日期，再按文号排列。")]


class IndexEntry(Struct, frozen=True, kw_only=True):
    """一种文件。"""

    name: Annotated[str, Meta(title="名称", description="这种文件的名称，也是结构说明的名称。")]
    title: Annotated[str, Meta(title="标题", description="这种文件的中文名称。")]
    description: Annotated[str, Meta(title="说明", description="这种文件说什么。")]
    url: Annotated[
        str,
        Meta(
            title="地址",
            description="文件的地址；{id} 换成单元编号，{month} 换成月份，{family} 换成文件清单的种类。",
        ),
    ]
    schema: Annotated[
        str | None,
        Meta(title="结构说明", description="JSON Schema 的地址；由其他标准规定结构的为空。"),
    ]


class Index(Struct, frozen=True, kw_only=True):
    """接口有哪些文件。"""

    name: Annotated[str, Meta(title="名称", description="名录的名称。")]
    version: Annotated[str, Meta(title="版本", description="接口的版本。", examples=["1"])]
    promise: Annotated[str, Meta(title="承诺", description="这一版接口以后怎样变化。")]
    licence: Annotated[str | None, Meta(title="许可", description="数据的许可的名称，没有写明的为空。")]
    licence_url: Annotated[str | None, Meta(title="许可全文", description="许可全文的地址，没有的为空。")]
    files: Annotated[tuple[IndexEntry, ...], Meta(title="文件", description="各种文件。")]


# The type of each file that has a schema, by the name in the catalogue.
TYPES: Mapping[str, type[Struct]] = {
    "factories": Factories,
    "factory": FactoryFile,
    "listings": Listings,
    "cases": Cases,
    "documents": Documents,
    "statistics": Statistics,
    "months": Months,
    "changes": Month,
    "index": Index,
    "manifest": Manifest,
    "files": FamilyFiles,
}
VERSION = "1"


def tables(book: Book, rows: Rows) -> dict[str, Struct]:
    """Return the published tables that have a file each, by name.

    Args:
        book: the registry on its day.
        rows: the rows of the tables by name.
    """
    coming = book.ledger.next_transition(as_of=book.as_of)
    return {
        "listings": Listings(
            as_of=book.as_of,
            next_transition=coming,
            listings=tuple(cast("Sequence[ListingRow]", rows["listings"])),
        ),
        "cases": Cases(
            as_of=book.as_of, next_transition=coming, cases=tuple(cast("Sequence[CaseRow]", rows["cases"]))
        ),
        "documents": Documents(
            as_of=book.as_of,
            next_transition=coming,
            documents=tuple(cast("Sequence[DocumentRow]", rows["documents"])),
        ),
    }


def index(book: Book, base: str) -> Index:
    """Return what the API offers.

    Args:
        book: whose policy names the register and the licence of its facts.
        base: the address of the site with a closing slash.
    """
    site = book.policy.site
    return Index(
        name=book.policy.name,
        version=VERSION,
        promise=PROMISE,
        licence=site.licence,
        licence_url=site.licence_url,
        files=tuple(
            IndexEntry(
                name=entry.name,
                title=entry.title,
                description=entry.description,
                url=base + entry.path,
                schema=base + entry.schema if entry.schema else None,
            )
            for entry in ENTRIES
        ),
    )
