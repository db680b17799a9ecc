"""Views to HTML, with autoescape on and nothing undefined passed over.

The only importer of jinja2 and markdown-it. May import `views`, `urls` and `qr`. Templates lie in `templates/`; each gets
`page` (its view), `here` (its address), `base` (that of the site), `href(address)`, `qr(address)`, `as_of`, `until`, the
trail of links above it, and what it states for programs.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator import urls
from generator.qr import QrCodes
from generator.views import words
from generator.views.tables import Link

TEMPLATES = Path(__file__).parent / "templates"


def _markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML is escaped, images and foreign schemes lead nowhere."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # Headings of a case begin below the page's own sections.
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.core.ruler.push("frame_tables", _frame_tables)
    return markdown


def _lower_headings(state: object) -> None:
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])))}"


def _frame_tables(state: object) -> None:
    """Tables scroll in a frame of their own, which the keyboard reaches and which has a name; heads have a scope.

    Columns of numbers are marked by a class, since a host may forbid styles in attributes.
    """
    framed: list[Token] = []
    number = 0
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type == "table_open":
            number += 1
            frame = f'<div class="wide" tabindex="0" role="region" aria-label="表 {number}">\n'
            framed.append(Token("html_block", "", 0, content=frame))
            token.attrSet("class", "inset")  # the theme has ideas of its own about tables without a class
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("th_open", "td_open") and "right" in str(token.attrs.pop("style", "")):
            token.attrSet("class", "n")
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content="</div>\n"))
    state.tokens = framed  # type: ignore[attr-defined]


class Renderer:
    """Renders the pages of one build, all on the same day."""

    def __init__(self, *, as_of: date, base: str) -> None:
        """Make the environment.

        Args:
            as_of: the day every page speaks of.
            base: the address of the site with a closing slash, for what must be absolute.
        """
        self._markdown = _markdown()
        self._env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        self._env.filters.update(
            day=words.day, month=words.month, markdown=self._from_markdown, spaced=spaced
        )
        self._env.globals.update(as_of=as_of, base=base, urls=urls, qr=QrCodes().code)
        # What stands in a script may not end it: the filter writes <, > and & as \u003c and so on.
        self._env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}

    def body(
        self,
        template: str,
        page: object,
        *,
        here: str,
        trail: Sequence[Link],
        until: date | None = None,
        linked: Mapping[str, object] | None = None,
    ) -> str:
        """Return the body of a page as HTML.

        Args:
            template: the file in `templates/`.
            page: its view.
            here: the address of the page, from which links are made relative.
            trail: the pages above this one, the home page first.
            until: the first day on which the page no longer says what is true, None where that never comes.
            linked: what the page states for programs, as JSON-LD.
        """
        found = self._env.get_template(template)
        href = partial(urls.relative, here)
        return found.render(page=page, here=here, href=href, trail=trail, until=until, linked=linked)

    def _from_markdown(self, text: str) -> Markup:
        return Markup(self._markdown.render(text))


def spaced(code: str) -> Markup:
    """Return a credit code in groups that the eye can follow and that copy as one word."""
    groups = (code[:2], code[2:8], code[8:17], code[17:])
    return Markup("").join(Markup('<span class="g">{}</span>').format(group) for group in groups if group)
