"""What a manifest and the lists it names say of every file, read as the word of a stranger.

May import `urls` and `findings`. A site that has been taken over serves a manifest of its own making: nothing in it is
used as a path before its form is known, and nothing is larger than it may be.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

from generator import urls
from generator.verifying.findings import Finding, shown

# No manifest or list that this program writes comes near this size: 45,000 units make lists of some 7 million bytes.
LARGEST_ACCOUNT = 64_000_000
# No file that this program writes comes near this size.
LARGEST_FILE = 2_000_000_000
_LISTS = f"{urls.API}files/"
_SEGMENT = re.compile(r"[A-Za-z0-9_~+=,@-][A-Za-z0-9._~+=,@-]*", re.ASCII)
_LONGEST = 500

_Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]

# The size and the SHA-256 that are told of a file.
Told: TypeAlias = tuple[int, bytes]


class _File(Struct, frozen=True):
    path: str
    bytes: Annotated[int, Meta(ge=0, le=LARGEST_FILE)]
    sha256: _Sha256


class _List(Struct, frozen=True):
    files: list[_File]


class Statement(Struct, frozen=True):
    """What a manifest says besides its files; a reader passes over what it does not know."""

    as_of: date
    previous: _Sha256 | None
    commit: Annotated[str, Meta(pattern=r"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")] | None = None


class _Manifest(Statement, frozen=True):
    files: list[_File] = msgspec.field(default_factory=list)


class Account(Struct, frozen=True):
    """A manifest as it was read.

    `files` tells of every file, those of the lists that could be read among them. `whole` says whether all lists could.
    """

    sha256: str
    statement: Statement
    files: Mapping[str, Told]
    whole: bool


def statement(content: bytes) -> Statement | str:
    """Return what a manifest says besides its files, or why it is none."""
    try:
        raw = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        if not raw.keys() >= {"as_of", "previous", "files"}:
            return "不是发布清单"
        return msgspec.json.decode(content, type=Statement)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return "不完整，或者不是发布清单"


def read(content: bytes, fetch: Callable[[str, int], bytes | str]) -> tuple[Account | None, list[Finding]]:
    """Return the account that a manifest gives, and what is wrong with it; without a readable manifest there is none.

    Args:
        content: the manifest.
        fetch: gives the file at an address, or says why not; it is told how large the file is.
    """
    said = statement(content)
    if isinstance(said, str):
        return None, [Finding(kind="manifest", path=urls.MANIFEST, message=f"{said}。")]
    findings: list[Finding] = []
    files: dict[str, Told] = {}
    whole = True
    try:
        rows = msgspec.json.decode(content, type=_Manifest).files
    except (msgspec.MsgspecError, ValueError) as error:
        place = re.search(r"`(\$[^`]*)`", str(error))
        where = f"，在 {place[1]}" if place else ""
        return None, [Finding(kind="manifest", path=urls.MANIFEST, message=f"形式不对{where}。")]
    _add(files, rows, urls.MANIFEST, findings)
    for path, told in list(files.items()):
        if not (path.startswith(_LISTS) and path.endswith(".json")):
            continue
        found = _list(path, told, fetch)
        if isinstance(found, Finding):
            whole = False
            findings.append(found)
        else:
            _add(files, found, path, findings)
    return Account(sha256(content).hexdigest(), said, files, whole), findings


def _list(path: str, told: Told, fetch: Callable[[str, int], bytes | str]) -> list[_File] | Finding:
    size, expected = told
    if size > LARGEST_ACCOUNT:
        return Finding(kind="manifest", path=path, message=f"太大（{size} 字节），没有读。")
    content = fetch(path, size)
    if isinstance(content, str):
        return Finding(kind="manifest", path=path, message=f"{content}，其中列出的文件没有核对。")
    if len(content) != size or sha256(content).digest() != expected:
        return Finding(kind="manifest", path=path, message="与发布清单不一致，其中列出的文件没有核对。")
    try:
        return msgspec.json.decode(content, type=_List).files
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Finding(kind="manifest", path=path, message="形式不对，其中列出的文件没有核对。")


def _add(files: dict[str, Told], rows: Iterable[_File], source: str, findings: list[Finding]) -> None:
    for row in rows:
        wrong = _wrong(row.path)
        if wrong is None and row.path in files:
            wrong = "列了两次"
        if wrong is not None:
            findings.append(
                Finding(kind="manifest", path=source, message=f"列出的地址“{shown(row.path)}”{wrong}。")
            )
            continue
        files[row.path] = (row.bytes, bytes.fromhex(row.sha256))


def _wrong(path: str) -> str | None:
    """Why an address cannot be that of a file of a site, or None.

    The form is narrow on purpose: no absolute path, no step upwards, no hidden name, no back slash, escape or drive.
    """
    if len(path) > _LONGEST or not all(_SEGMENT.fullmatch(part) for part in path.split("/")):
        return "不是网站里的地址"
    return "是发布清单自己" if path == urls.MANIFEST else None
