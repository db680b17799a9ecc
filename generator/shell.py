"""What the theme renders, made ready: shells cut at their marks for pouring, and every script in a file of its own.

Imports nothing of the package. Used by the adapter alone; knows no MkDocs.
"""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

MARKS = {
    name: f"[[register-{name}]]" for name in ("title", "description", "canonical", "kind", "head", "body")
}
SCRIPTS = "assets/scripts/"

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ASSETS = re.compile(r'href="([^"]*)assets/register\.css"')


def finished(output: str, scripts: dict[str, bytes]) -> str:
    """Return a rendered page in its proper language and without inline scripts, so that a host may forbid them.

    Args:
        output: the page as the theme rendered it.
        scripts: gains the content of each script taken out, by its path on the site.
    """
    found = _ASSETS.search(output)
    root = found[1] if found else ""

    def outside(script: re.Match[str]) -> str:
        content = script[1].encode()
        path = f"{SCRIPTS}{sha256(content).hexdigest()[:12]}.js"
        scripts[path] = content
        return f'<script src="{root}{path}"></script>'

    return _INLINE.sub(outside, output.replace('<html lang="zh"', '<html lang="zh-Hans"', 1))


def alternates(feeds: Iterable[tuple[str, str, str]]) -> str:
    """Return the links of a head by which feed readers find the feeds of a page.

    Args:
        feeds: media type, title and address of each.
    """
    return "".join(
        f'<link rel="alternate" type="{escape(media)}" title="{escape(title)}" href="{escape(address)}">\n'
        for media, title, address in feeds
    )


class Shell:
    """A page rendered once with marks in place of what differs, into which every page of its kind is poured."""

    def __init__(self, output: str) -> None:
        """Cut a rendered page at its marks."""
        self.output = output
        self._pieces = list(_cut([output], iter(MARKS.values())))

    def pour(self, *, title: str, description: str, canonical: str, kind: str, head: str, body: str) -> str:
        """Return a page. A value that looks like a mark is never filled in again.

        Args:
            title: as plain text.
            description: as plain text.
            canonical: the page's own absolute address.
            kind: its type in the Open Graph protocol.
            head: what its head has besides, as finished HTML.
            body: finished HTML.
        """
        values = {
            MARKS["title"]: escape(title),
            MARKS["description"]: escape(description),
            MARKS["canonical"]: escape(canonical),
            MARKS["kind"]: escape(kind),
            MARKS["head"]: head,
            MARKS["body"]: body,
        }
        return "".join(values.get(piece, piece) for piece in self._pieces)


def _cut(pieces: Iterable[str], marks: Iterator[str]) -> Iterator[str]:
    mark = next(marks, None)
    if mark is None:
        yield from pieces
        return
    cut: list[str] = []
    for piece in pieces:
        first, *rest = piece.split(mark)
        cut.append(first)
        for part in rest:
            cut += [mark, part]
    yield from _cut(cut, marks)
