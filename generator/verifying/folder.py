"""A site as a folder, compared with its manifest: every file is there with its bytes, and no other.

May import `account`, `findings`, `crew` and `urls`. Links are never followed: a file that is one is not a file of the site.
"""

import gzip
import os
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from generator import urls
from generator.crew import spread
from generator.verifying.account import LARGEST_ACCOUNT, Account, Told, read
from generator.verifying.findings import Finding, shown

Progress = Callable[[Iterable[bytes | None], int], Iterable[bytes | None]]

_CHUNK = 1 << 20


def account_of(site: Path) -> tuple[bytes, Account | None, list[Finding]]:
    """Return a folder's manifest, the account it gives, and what is wrong with it."""
    content = _content(site, urls.MANIFEST, LARGEST_ACCOUNT)
    if isinstance(content, str):
        return b"", None, [Finding(kind="manifest", path=urls.MANIFEST, message=f"{content}。")]
    account, findings = read(content, lambda path, size: _content(site, path, size))
    return content, account, findings


def compared(site: Path, account: Account, progress: Progress | None = None) -> Iterator[Finding]:
    """Yield every difference between a folder and its manifest.

    Args:
        site: the folder.
        account: what its manifest says.
        progress: wraps the walk over the files and is told their number.
    """
    sizes: dict[str, int] = {}
    others: dict[str, str] = {}
    _walk(str(site), "", sizes, others)
    told = account.files
    for path in told.keys() - sizes.keys():
        yield Finding(
            kind="missing" if path not in others else "different",
            path=path,
            message=others.get(path, "清单里有，网站里没有。"),
        )
    if account.whole:
        files = {**told, urls.MANIFEST: (sizes.get(urls.MANIFEST, 0), bytes.fromhex(account.sha256))}
        extra = sizes.keys() - files.keys()
        copies = {path for path in extra if path.endswith(urls.PACKED) and _source(path) in files}
        for path in extra - copies:
            yield Finding(kind="extra", path=path, message="清单里没有。")
        yield from _unlike(site, copies, files)
        for path in others.keys() - told.keys():
            yield Finding(kind="extra", path=path, message=others[path])
    yield from _different(site, sizes, told, progress)


def _different(
    site: Path, sizes: Mapping[str, int], told: Mapping[str, Told], progress: Progress | None
) -> Iterator[Finding]:
    alike = []
    for path in sorted(told.keys() & sizes.keys()):
        if sizes[path] == told[path][0]:
            alike.append(path)
        else:
            yield Finding(
                kind="different",
                path=path,
                message=f"清单里是 {told[path][0]} 字节，实际是 {sizes[path]} 字节。",
            )
    below = str(site)
    digests = spread(lambda path: _digest(f"{below}/{path}"), alike)
    shown = progress(digests, len(alike)) if progress else digests
    for path, found in zip(alike, shown, strict=True):
        if found is None:
            yield Finding(kind="unreachable", path=path, message="读不出来。")
        elif found != told[path][1]:
            yield Finding(kind="different", path=path, message="大小相同，SHA-256 不同。")


def _source(copy: str) -> str:
    """The file that a compressed copy is one of."""
    return copy.removesuffix(urls.PACKED)


def _unlike(site: Path, copies: Iterable[str], files: Mapping[str, Told]) -> Iterator[Finding]:
    """Compressed copies that hold anything but the file beside them, which is the one the manifest tells of."""
    for path in sorted(copies):
        size, expected = files[_source(path)]
        if _unpacked(f"{site}/{path}", size) != expected:
            yield Finding(
                kind="different", path=path, message=f"解开后与清单里的 {shown(_source(path))} 不同。"
            )


def _unpacked(path: str, size: int) -> bytes | None:
    """The SHA-256 of what a copy holds, or None where it is none or holds more than it may."""
    left, digest = size, sha256()
    try:
        with open(_open(path), "rb") as packed, gzip.open(packed) as file:
            while chunk := file.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    return None
                digest.update(chunk)
    except (OSError, EOFError, zlib.error):
        return None
    return digest.digest()


def _walk(folder: str, below: str, sizes: dict[str, int], others: dict[str, str]) -> None:
    """Note the size of every plain file, and what is neither a plain file nor a folder."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = below + entry.name
                found = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode):
                    _walk(entry.path, f"{path}/", sizes, others)
                elif stat.S_ISREG(found.st_mode):
                    sizes[path] = found.st_size
                else:
                    others[path] = "是符号链接，没有跟随。" if entry.is_symlink() else "不是普通文件。"
    except OSError as error:
        others[below or "."] = f"读不出这个目录（{error.strerror}）。"


def _open(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)


def _digest(path: str) -> bytes | None:
    try:
        with open(_open(path), "rb", buffering=0) as file:
            return file_digest(file, "sha256").digest()
    except OSError:
        return None


def _content(site: Path, path: str, size: int) -> bytes | str:
    """A file of a folder up to its size and a byte more, or why there is none; no link on the way is followed."""
    here = site
    for part in path.split("/"):
        here = here / part
        if here.is_symlink():
            return "是符号链接，没有跟随" if here == site / path else "在符号链接后面，没有跟随"
    if not here.is_file():
        return "没有这个文件"
    try:
        with open(_open(str(here)), "rb") as file:
            content = file.read(size + 1)
    except OSError as error:
        return f"读不出来（{error.strerror}）"
    return content if len(content) <= size else "太大"
