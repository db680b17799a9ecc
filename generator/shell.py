"""What the theme renders, made ready: shells cut at their marks for pouring, and every script in a file of its own.

Imports nothing of the package. Used by the adapter alone; knows no MkDocs.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from html import escape

_NAMES = ("title", "description", "canonical", "kind", "head", "body")
MARKS = {name: f"[[register-{name}]]" for name in _NAMES}
SCRIPTS = "assets/scripts/"

_MARK = re.compile(rf"\[\[register-({'|'.join(_NAMES)})\]\]")
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
        """Cut a rendered page at its marks; what stands between them is encoded once for all pages."""
        self.output = output
        # By turns what stays and the name of the value that comes behind it.
        self._pieces = [
            piece if place % 2 else piece.encode() for place, piece in enumerate(_MARK.split(output))
        ]

    def pour(self, *, title: str, description: str, canonical: str, kind: str, head: str, body: str) -> bytes:
        """Return a page in UTF-8. A value that looks like a mark is never filled in again.

        Args:
            title: as plain text.
            description: as plain text.
            canonical: the page's own absolute address.
            kind: its type in the Open Graph protocol.
            head: what its head has besides, as finished HTML.
            body: finished HTML.
        """
        values = {
            "title": escape(title).encode(),
            "description": escape(description).encode(),
            "canonical": escape(canonical).encode(),
            "kind": escape(kind).encode(),
            "head": head.encode(),
            "body": body.encode(),
        }
        return b"".join([piece if isinstance(piece, bytes) else values[piece] for piece in self._pieces])
