"""A site as it is served, compared with its manifest over HTTP, many files at a time.

May import `account`, `findings` and `urls`; the only importer of urllib3. The server is a stranger: no redirect is followed,
no file is read past the size it should have, nobody is waited for without end, and nothing is written.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from random import SystemRandom
from urllib.parse import quote, urlsplit

import urllib3
from msgspec import Struct

from generator import urls
from generator.verifying.account import LARGEST_ACCOUNT, Account, Told, read
from generator.verifying.findings import Finding

# How many files are asked for at a time; a host is not to suffer from being verified.
AT_ONCE = 8
ATTEMPTS = 3
# Seconds to connect, and to wait for the next bytes.
_PATIENCE = urllib3.Timeout(connect=10, read=30)
# Seconds for one file, however slowly its bytes come.
LONGEST = 600.0
# After so many files in a row that could not be fetched, no more are asked for.
GIVEN_UP = 20
_BUSY = {429, 500, 502, 503, 504}
_BATCH = 200
_PIECE = 1 << 16
_LOST = "404.html"

Progress = Callable[[Iterable[Finding | None], int], Iterable[Finding | None]]


class Answer(Struct, frozen=True):
    """What came for an address: its length, SHA-256 and, where that was asked for, its bytes."""

    size: int
    sha256: bytes
    content: bytes


class Host:
    """A site below an address, such as https://host.example/registry/."""

    def __init__(self, base: str, *, pause: float = 1.0) -> None:
        """Begin with an address.

        Args:
            base: the address of the site; a closing slash is added where it lacks one.
            pause: seconds before an address is asked for once more, twice as long the next time.
        """
        self.base = base if base.endswith("/") else f"{base}/"
        self._pause = pause
        self._pool = urllib3.PoolManager(
            maxsize=AT_ONCE,
            block=True,
            timeout=_PATIENCE,
            retries=False,
            headers={"Accept-Encoding": "identity", "User-Agent": "smart-factory-registry-verify"},
        )

    def fetch(self, path: str, size: int, *, keep: bool = False) -> Answer | str:
        """Return what is served for a file of the site, or why nothing is.

        Args:
            path: the file; a page is asked for at the address readers see.
            size: how large it should be; no more than a byte beyond it is read.
            keep: whether its bytes are wanted.
        """
        address = self.base + quote(path.removesuffix("index.html"))
        why = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(self._pause * 2 ** (attempt - 1))
            try:
                found = self._asked(address, path, size, keep)
            except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                why = _reason(error)
                continue
            if not isinstance(found, int):
                return found
            why = f"服务器答复 {found}"
            if found not in _BUSY:
                break
        return why

    def _asked(self, address: str, path: str, size: int, keep: bool) -> Answer | str | int:
        """Ask once: the answer, why there is none to be had, or the status that was answered."""
        until = time.monotonic() + LONGEST
        response = self._pool.request("GET", address, redirect=False, preload_content=False)
        try:
            if 300 <= response.status < 400:
                return f"服务器转到别的地址（{response.status}），没有跟随"
            # A server may answer 404 with the page for lost visitors itself, which is right.
            if response.status != 200 and not (path == _LOST and response.status == 404):
                return response.status
            told, got, content = sha256(), 0, []
            for piece in response.stream(_PIECE, decode_content=True):
                told.update(piece)
                got += len(piece)
                if keep:
                    content.append(piece)
                if got > size:
                    break
                if time.monotonic() > until:
                    return "太慢，没有取完"
            return Answer(got, told.digest(), b"".join(content))
        finally:
            response.close()
            # A response that was not read to its end keeps its place in the pool, and others would wait for it for ever.
            response.release_conn()

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.clear()


def base_of(address: str) -> str | None:
    """Return why an address cannot be that of a site, or None."""
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    if not named:
        return "不是网址，应是 https://… 这样的地址"
    if parts.username is not None or parts.query or parts.fragment:
        return "应是网站的首页地址，不带用户名、问号和井号"
    return None


def account_of(host: Host) -> tuple[bytes, Account | None, list[Finding]]:
    """Return the manifest that is served, the account it gives, and what is wrong with it."""

    def fetch(path: str, size: int) -> bytes | str:
        found = host.fetch(path, size, keep=True)
        return found if isinstance(found, str) else found.content

    content = fetch(urls.MANIFEST, LARGEST_ACCOUNT)
    if isinstance(content, str):
        finding = Finding(kind="unreachable", path=urls.MANIFEST, message=f"{content}。")
        return b"", None, [finding]
    account, findings = read(content, fetch)
    return content, account, findings


def chosen(account: Account, sample: int | None) -> list[str]:
    """Return the files to look at: all, or some that no server can foresee."""
    paths = sorted(account.files)
    return paths if sample is None or sample >= len(paths) else sorted(SystemRandom().sample(paths, sample))


def compared(
    host: Host, account: Account, paths: list[str], progress: Progress | None = None
) -> Iterator[Finding | None]:
    """Yield for each file in turn what is not as the manifest says, or None; after many failures in a row, stop.

    Args:
        host: the site.
        account: what its manifest says.
        paths: the files to look at.
        progress: wraps the walk over the files and is told their number.
    """
    with ThreadPoolExecutor(AT_ONCE) as threads:

        def every() -> Iterator[Finding | None]:
            failed = 0
            # Some at a time, so that what is waiting stays small and giving up does not take long.
            for first in range(0, len(paths), _BATCH):
                some = paths[first : first + _BATCH]
                for found in threads.map(lambda path: _checked(host, path, account.files[path]), some):
                    failed = failed + 1 if found is not None and found.kind == "unreachable" else 0
                    yield found
                    if failed >= GIVEN_UP:
                        threads.shutdown(wait=False, cancel_futures=True)
                        return

        yield from progress(every(), len(paths)) if progress else every()


def _checked(host: Host, path: str, told: Told) -> Finding | None:
    size, expected = told
    found = host.fetch(path, size)
    if isinstance(found, str):
        gone = found in ("服务器答复 404", "服务器答复 410")
        return Finding(kind="missing" if gone else "unreachable", path=path, message=f"{found}。")
    if found.size > size:
        return Finding(kind="different", path=path, message=f"清单里是 {size} 字节，实际更多。")
    if found.size < size:
        return Finding(
            kind="different", path=path, message=f"清单里是 {size} 字节，实际是 {found.size} 字节。"
        )
    if found.sha256 != expected:
        return Finding(kind="different", path=path, message="大小相同，SHA-256 不同。")
    return None


def _reason(error: Exception) -> str:
    """Why a server could not be asked, in words."""
    # To urllib3 a connection that is refused is a kind of time-out.
    exceptions = urllib3.exceptions
    if isinstance(error, exceptions.NameResolutionError):
        return "查不到这个域名"
    if isinstance(error, exceptions.SSLError):
        return "证书或加密连接不对"
    if isinstance(error, exceptions.NewConnectionError):
        return "连不上服务器"
    if isinstance(error, exceptions.TimeoutError):
        return "等待超时"
    if isinstance(error, exceptions.DecodeError):
        return "传来的压缩内容不对"
    return "连接中断"
