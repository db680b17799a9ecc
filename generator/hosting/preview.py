"""What a change shows: the pages of two builds of one day that are not the same, with all they need to be looked at.

May import `urls`. Both builds come from the same program and day, so a page differs only where a fact does.
"""

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator import urls

INDEX = "preview.html"
PAGES = 200
ASSETS = "assets"
# What a change is about comes before the lists that follow from it.
_FIRST = ("factories/", urls.CASES, urls.DOCUMENTS, urls.CHANGES, urls.LISTS)

# The name of the site after the dash says nothing here.
_TITLE = re.compile(r"<title>([^<]*?)(?: - [^<]*)?</title>")


class Differences(Struct, frozen=True, kw_only=True):
    """Paths of new or changed pages, units and cases first; of pages no longer made; and how many other files differ."""

    pages: tuple[str, ...]
    gone: tuple[str, ...]
    others: int


def differences(base: Path, head: Path) -> Differences:
    """Return what is not the same in two sites.

    Args:
        base: the folder of the site before the change.
        head: the folder of the site after it.
    """
    before, after = set(_files(base)), set(_files(head))
    changed = {path for path in after if path not in before or _differ(base / path, head / path)}
    gone = before - after
    return Differences(
        pages=tuple(sorted((path for path in changed if path.endswith(".html")), key=_place)),
        gone=tuple(sorted(path for path in gone if path.endswith(".html"))),
        others=sum(not path.endswith(".html") for path in changed | gone),
    )


def write_preview(head: Path, found: Differences, into: Path, *, limit: int = PAGES) -> int:
    """Write the changed pages, what dresses them, and `preview.html`, which leads to them; return the number of pages.

    Args:
        head: the folder of the site after the change.
        found: what is not the same.
        into: an empty or absent folder.
        limit: the most pages to write; the others are told by their address.
    """
    into.mkdir(parents=True, exist_ok=True)
    shown = found.pages[:limit]
    if shown and (head / ASSETS).is_dir():
        shutil.copytree(head / ASSETS, into / ASSETS)
    for path in shown:
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(head / path, into / path)
    (into / INDEX).write_text(_index(head, found, limit), encoding="utf-8")
    return len(shown)


def _files(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        if path.is_file():
            yield path.relative_to(site).as_posix()


def _differ(one: Path, other: Path) -> bool:
    return one.stat().st_size != other.stat().st_size or one.read_bytes() != other.read_bytes()


def _place(path: str) -> tuple[int, str]:
    found = (number for number, start in enumerate(_FIRST) if path.startswith(start))
    return next(found, len(_FIRST)), path


def _address(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _index(head: Path, found: Differences, limit: int) -> str:
    rows = []
    for path in found.pages[:limit]:
        title = _TITLE.search((head / path).read_text(encoding="utf-8"))
        name = title[1] if title else html.escape(_address(path))
        rows.append(
            f'<li><a href="{html.escape(path)}">{name}</a> <small>{html.escape(_address(path))}</small></li>'
        )
    parts = [
        '<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>改动后的页面</title></head>\n<body>',
        f"<h1>改动后的页面</h1>\n<p>新增或改动 {len(found.pages)} 个页面，不再生成 {len(found.gone)} 个页面，"
        f"另有 {found.others} 个数据文件不同。</p>",
    ]
    if rows:
        parts += ["<p>没有改动的页面不在这里，页面里指向它们的链接打不开。</p>", "<ul>", *rows, "</ul>"]
    if len(found.pages) > limit:
        more = "".join(f"<li>{html.escape(_address(path))}</li>" for path in found.pages[limit:])
        parts.append(f"<h2>没有放进预览的页面</h2>\n<p>预览最多放 {limit} 个页面。</p>\n<ul>{more}</ul>")
    if found.gone:
        gone = "".join(f"<li>{html.escape(_address(path))}</li>" for path in found.gone)
        parts.append(f"<h2>不再生成的页面</h2>\n<ul>{gone}</ul>")
    return "\n".join(parts) + "\n</body>\n</html>\n"
