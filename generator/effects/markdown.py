"""Markdown as code hosts show it in a comment: escaped text, links, tables that fold, and a limit of length.

Imports `urls` of the package alone. Names come from records that anybody may propose, so that nothing in them may act: no
markup, no table cell, no mention of a person, no reference to an issue, no link.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

# Above so many rows a table is folded, above so many it is not told in full; a yearly batch of a city or province is.
FOLDED = 10
ROWS = 100

# GitHub takes comments of this many characters; shorter than the least no telling makes sense.
LIMIT = 65_536
LEAST = 1_000

_NOTHING = "&#8203;"
_MARKUP = re.compile(r"[\\`*_\[\]|~]")
# Signs by which hosts refer to people, issues, merge requests, milestones and snippets.
_REFERENCE = re.compile(
    r"([@#!%$])(?=\w)|(?<=\bGH)(-)(?=\d)|(?<=\bwww)(\.)|(?<=[A-Za-z])(:)(?=//|[a-z_]+:)", re.IGNORECASE
)


def escaped(text: str) -> str:
    """Return a text that is shown as it is and does nothing, on one line."""
    flat = " ".join(text.split())
    plain = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    quiet = _MARKUP.sub(lambda found: "\\" + found[0], plain)
    return _REFERENCE.sub(lambda found: found[0] + _NOTHING, quiet)


def link(text: str, address: str, base: str | None) -> str:
    """Return a link to a page, or the text where nobody knows where the site is.

    Args:
        text: what it says, not escaped.
        address: the address of the page.
        base: the address of the site with a closing slash, or None.
    """
    if base is None:
        return escaped(text)
    there = (base + address).replace("(", "%28").replace(")", "%29")
    return f"[{escaped(text)}]({there})"


class Section(Struct, frozen=True):
    """A part of the telling with its heading; `body` is Markdown."""

    heading: str
    body: str

    @property
    def text(self) -> str:
        """The section as it is written."""
        return f"### {self.heading}\n\n{self.body}\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, places: Iterable[str] = ()) -> str:
    """Return a table; a long one is folded, and of a very long one only the first rows are told, with the total.

    Args:
        columns: the heads.
        rows: the cells as Markdown.
        places: the city of each row, for the counts of a long table.
    """
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows[:ROWS]]
    found = "\n".join(lines)
    if len(rows) <= FOLDED:
        return found
    cities = Counter(places)
    parts = [f"按地市：{'、'.join(f'{escaped(city)} {number}' for city, number in cities.most_common())}。\n"]
    shown = f"共 {len(rows)} 行，只列前 {ROWS} 行" if len(rows) > ROWS else f"共 {len(rows)} 行"
    folded = f"<details>\n<summary>{shown}</summary>\n\n{found}\n\n</details>"
    if len(rows) > ROWS:
        folded += f"\n\n其余 {len(rows) - ROWS} 行没有列出，全部内容用 `--format json` 查看。"
    return "\n".join([*(parts if cities else []), folded])


def within(opening: str, sections: Sequence[Section], limit: int) -> str:
    """Return as many sections as fit, in order; a sentence says what was left out.

    Args:
        opening: what stands before the sections, and is always told.
        sections: the sections.
        limit: the number of characters that it may have; 0 is no limit.
    """
    pieces = [opening, *(section.text for section in sections)]
    whole = "\n".join(pieces)
    if not limit or len(whole) <= limit:
        return whole
    for kept in range(len(sections) - 1, -1, -1):
        left = "、".join(section.heading for section in sections[kept:])
        notice = (
            f"**篇幅所限，以下 {len(sections) - kept} 节没有列出：{left}。全部内容用 `--limit 0` 查看。**\n"
        )
        told = "\n".join([*pieces[: kept + 1], notice])
        if len(told) <= limit:
            return told
    return told
