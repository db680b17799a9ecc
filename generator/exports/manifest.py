"""The manifest: what was published on a day, the SHA-256 of every file of it, and of the manifest before it.

May import `fields`, `encoding`, `tables` and `views`. Files of which there are many are told in lists of their own, whose
SHA-256 the manifest holds: so it stays small, covers everything, and a mirror need fetch only what is not the same.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import attrgetter
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from generator import urls
from generator.exports import fields as f
from generator.exports.encoding import as_json
from generator.views.book import Book

# The families of files of which there are many, by the form of their addresses: one a unit, or one a page.
FAMILIES: Mapping[str, re.Pattern[str]] = {
    "factories": re.compile(r"api/v1/factories/\d{4}-\d+\.json", re.ASCII),
    "badges": re.compile(r"badges/[^/]+"),
    "records": re.compile(r"factories/[^/]+/record\.yml"),
    "calendars": re.compile(r"calendar/unit-[^/]+\.ics"),
    "pages": re.compile(r".+\.html"),
    "assets": re.compile(r"assets/.+"),
}
_FAMILY = re.compile("|".join(f"(?P<{name}>{form.pattern})" for name, form in FAMILIES.items()), re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class PublishedFile(Struct, frozen=True, kw_only=True, gc=False):
    """一个文件。"""

    path: Annotated[
        str,
        Meta(title="地址", description="从网站的根目录算起的地址。", examples=["api/v1/factories.json"]),
    ]
    bytes: Annotated[int, Meta(title="字节数", description="文件的大小。", ge=0)]
    sha256: f.Sha256


class FamilyFiles(Struct, frozen=True, kw_only=True):
    """数量多的一种文件，按地址排列。"""

    family: Annotated[
        str,
        Meta(
            title="种类",
            description="factories 接口文件；badges 徽章；records 原始记录；calendars 到期日历；pages 网页；"
            "assets 网页的样式和脚本。",
            examples=["factories"],
        ),
    ]
    files: Annotated[tuple[PublishedFile, ...], Meta(title="文件", description="按地址排列。")]


class Counts(Struct, frozen=True, kw_only=True):
    """各种内容的条数。"""

    units: Annotated[int, Meta(title="登记单元", description="登记的单元的个数。", ge=0)]
    listed: Annotated[int, Meta(title="在名单中", description="在名单中的单元的个数。", ge=0)]
    listings: Annotated[int, Meta(title="列入记录", description="列入记录的条数。", ge=0)]
    cases: Annotated[int, Meta(title="典型案例", description="已发布的典型案例的个数，含已撤下的。", ge=0)]
    documents: Annotated[int, Meta(title="文件", description="文件的份数。", ge=0)]
    changes: Annotated[int, Meta(title="名单变动", description="数据截至日及以前的名单变动的项数。", ge=0)]


class Manifest(Struct, frozen=True, kw_only=True):
    """一次发布的清单。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    commit: Annotated[
        Annotated[str, Meta(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")] | None,
        Meta(
            title="名录的版本",
            description="名录所在的 Git 仓库的提交；名录不在仓库中，或者有没有提交的改动的，为空。",
        ),
    ]
    previous: Annotated[
        Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None,
        Meta(
            title="上一份发布清单",
            description="这次发布所取代的发布清单的 SHA-256；第一次发布的为空。重新生成而内容不变的，仍是同一份清单。",
        ),
    ]
    counts: Annotated[Counts, Meta(title="条数", description="各种内容的条数。")]
    files: Annotated[
        tuple[PublishedFile, ...],
        Meta(
            title="文件",
            description="这份清单以外的全部文件，按地址排列；数量多的几种文件另有清单，清单列在其中。",
        ),
    ]


def family_of(path: str) -> str | None:
    """Return the family of files that an address belongs to, or None."""
    found = _FAMILY.fullmatch(path)
    return found.lastgroup if found else None


def family_address(family: str) -> str:
    """Return the address of the list of a family's files."""
    return urls.api(f"files/{family}")


def family_files(family: str, files: Iterable[PublishedFile]) -> FamilyFiles:
    """Return the list of a family's files."""
    return FamilyFiles(family=family, files=_sorted(files))


def manifest(
    book: Book,
    files: Iterable[PublishedFile],
    *,
    commit: str | None,
    replaced: bytes | None,
) -> Manifest:
    """Return the manifest of what is published.

    Args:
        book: the registry on its day.
        files: every published file but those of families and the manifest itself.
        commit: the commit that holds the registry as it was published, or None.
        replaced: the manifest of the site that this one replaces, or None.
    """
    made = Manifest(
        as_of=book.as_of,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        commit=commit,
        previous=None,
        counts=Counts(
            units=len(book.ledger.accounts),
            listed=book.ledger.listed(as_of=book.as_of),
            listings=sum(len(account.listings) for account in book.ledger.accounts.values()),
            cases=len(book.cases),
            documents=len(book.registry.documents),
            changes=book.ledger.changes_through(as_of=book.as_of),
        ),
        files=_sorted(files),
    )
    return replace(made, previous=_previous(made, replaced))


def _previous(made: Manifest, replaced: bytes | None) -> str | None:
    """The link to the manifest before; the same facts published once more keep theirs, and so their bytes.

    What cannot be read as a manifest begins a new chain. One of an earlier version may lack fields of this one.
    """
    try:
        old = msgspec.json.decode(replaced or b"")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if replaced is None or not isinstance(old, dict) or not old.keys() >= {"as_of", "files"}:
        return None
    before = old.get("previous")
    known = before is None or (isinstance(before, str) and _SHA256.fullmatch(before) is not None)
    same = known and as_json(replace(made, previous=before)) == replaced
    return before if same else fingerprint(replaced)


def _sorted(files: Iterable[PublishedFile]) -> tuple[PublishedFile, ...]:
    return tuple(sorted(files, key=attrgetter("path")))


def published_file(path: str, content: bytes) -> PublishedFile:
    """Return what is told of a file: its address, size and SHA-256."""
    return PublishedFile(path=path, bytes=len(content), sha256=fingerprint(content))


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a content in lower-case hexadecimal (FIPS 180-4)."""
    return sha256(content).hexdigest()
