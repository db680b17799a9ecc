"""What crawlers are told: the site map in parts, and whether they are wanted at all.

May import `urls` and `site.press`.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from generator import urls
from generator.site.press import File

# The bounds of one site map (sitemaps.org protocol 0.9): addresses, and bytes without compression.
ADDRESSES = 50_000
BYTES = 50 * 1024 * 1024

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_FOOT = "</{0}>\n"
# Head and foot with room to spare.
_FRAME = 200


def site_maps(addresses: Iterable[str], *, base: str) -> Iterator[File]:
    """Yield the index of the site map and its parts.

    Addresses are shelved by section and by what the numbers in it begin with: the units of a city, the cases of a year.
    A part is filled with whole shelves in order, so that a new page changes the part it belongs to, and the others only
    where a part is full.

    Args:
        addresses: of all pages.
        base: the address of the site, with a closing slash.
    """
    parts = list(_parts(addresses, base))
    names = [urls.sitemap(number) for number in range(1, len(parts) + 1)]
    rows = "".join(f"<sitemap><loc>{escape(base + name, quote=False)}</loc></sitemap>\n" for name in names)
    yield File(path=urls.SITEMAP, content=_framed("sitemapindex", rows))
    for name, part in zip(names, parts, strict=True):
        yield File(path=name, content=_framed("urlset", "".join(part)))


def site_map(addresses: Iterable[str], *, base: str) -> bytes:
    """Return one site map of a few addresses."""
    return _framed("urlset", "".join(_row(address, base) for address in sorted(addresses)))


def robots(*, base: str, demonstration: bool) -> File:
    """Return `robots.txt` (RFC 9309): all may come and find the site map, or, to a demonstration, nobody.

    Fictional units with titles of a real authority should be found by no search engine. The file counts at the root of a
    host only, so the pages of a demonstration say the same in their heads.

    Args:
        base: the address of the site, with a closing slash.
        demonstration: whether what the site shows is fictional.
    """
    told = "Disallow: /\n" if demonstration else f"Allow: /\n\nSitemap: {base}{urls.SITEMAP}\n"
    return File(path=urls.ROBOTS, content=f"User-agent: *\n{told}".encode())


def _parts(addresses: Iterable[str], base: str) -> Iterator[list[str]]:
    part: list[str] = []
    size = _FRAME
    for _, group in groupby(sorted(addresses, key=lambda address: (_shelf(address), address)), key=_shelf):
        shelf = [_row(address, base) for address in group]
        length = sum(len(row.encode()) for row in shelf)
        if part and (len(part) + len(shelf) > ADDRESSES or size + length > BYTES):
            yield part
            part, size = [], _FRAME
        for row in shelf:
            length = len(row.encode())
            if len(part) == ADDRESSES or size + length > BYTES:
                yield part
                part, size = [], _FRAME
            part.append(row)
            size += length
    if part:
        yield part


def _shelf(address: str) -> tuple[str, str]:
    section, _, rest = address.partition("/")
    return section, rest.partition("/")[0].partition("-")[0]


def _row(address: str, base: str) -> str:
    return f"<url><loc>{escape(base + address, quote=False)}</loc></url>\n"


def _framed(name: str, rows: str) -> bytes:
    return f"{_HEAD.format(name)}{rows}{_FOOT.format(name)}".encode()
