"""Views to HTML, with autoescape on and nothing undefined passed over.

The only importer of jinja2 and markdown-it. May import `views`, `urls` and `qr`. Templates lie in `templates/`; each gets
`page` (its view), `here` (its address), `base` (that of the site), `href(address)`, `qr(address)`, `as_of`, `until`, the
trail of links above it, the feeds it `offers`, and what it states for programs. Texts for feed readers (`story`) have
templates there too, and absolute links.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import urls
from generator.cache import Cache
from generator.qr import QrCodes
from generator.render.direct import Compiled, DirectEnvironment, quoted
from generator.render.safe import cleaned
from generator.views import words
from generator.views.offers import Offer
from generator.views.tables import Link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TEMPLATES = Path(__file__).parent.parent / "templates"


_LINK = re.compile('(<a href=")([^"]*)')


def _markdown() -> "MarkdownIt":
    """CommonMark with tables; raw HTML is escaped, images and foreign schemes lead nowhere."""
    # Loaded with the first text: few pages have any.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # Headings of a case begin below the page's own sections.
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.core.ruler.push("bare", _bare)
    return markdown


def _lower_headings(state: object) -> None:
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(2, int(token.tag[1])))}"


def _bare(state: object) -> None:
    """No styles in attributes, which a host or a feed reader may forbid, and no classes that nothing is styled by."""
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type == "fence":
            token.info = ""
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrSet("align", str(token.attrs.pop("style")).removeprefix("text-align:"))


def _frame_tables(tokens: "Sequence[Token]") -> "list[Token]":
    """Tables scroll in a frame of their own, which the keyboard reaches and which has a name; heads have a scope.

    Columns of numbers are marked by a class.
    """
    from markdown_it.token import Token

    framed: list[Token] = []
    number = 0
    for token in tokens:
        if token.type == "table_open":
            number += 1
            frame = f'<div class="wide" tabindex="0" role="region" aria-label="表 {number}">\n'
            framed.append(Token("html_block", "", 0, content=frame))
            token.attrSet("class", "inset")  # the theme has ideas of its own about tables without a class
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("th_open", "td_open") and token.attrs.pop("align", "") == "right":
            token.attrSet("class", "n")
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content="</div>\n"))
    return framed


def _json(value: object, **_: object) -> str:
    """A value as JSON without blanks."""
    return msgspec.json.encode(value).decode()


class Renderer:
    """Renders the pages of one build, all on the same day."""

    def __init__(self, *, as_of: date, base: str, cache: Cache | None = None) -> None:
        """Make the environment.

        Args:
            as_of: the day every page speaks of.
            base: the address of the site with a closing slash, for what must be absolute.
            cache: where compiled templates are kept.
        """
        self._base = base
        # Parsing is what costs; what a page has parsed is kept, without frames, for the feeds.
        self._plain: dict[str, str] = {}
        self._env = DirectEnvironment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            bytecode_cache=Compiled(cache) if cache else None,
            # A renderer lives as long as a build; Jinja would look at the files for every page.
            auto_reload=False,
        )
        self._env.filters.update(
            day=words.day, month=words.month, markdown=self._from_markdown, spaced=spaced
        )
        self._env.globals.update(as_of=as_of, base=base, urls=urls, qr=QrCodes(cache).code)
        # What stands in a script may not end it: the filter writes <, > and & as \u003c and so on.
        self._env.policies["json.dumps_function"] = _json

    def body(
        self,
        template: str,
        page: object,
        *,
        here: str,
        trail: Sequence[Link],
        until: date | None = None,
        offers: Sequence[Offer] = (),
        linked: Mapping[str, object] | None = None,
    ) -> str:
        """Return the body of a page as HTML.

        Args:
            template: the file in `templates/`.
            page: its view.
            here: the address of the page, from which links are made relative.
            trail: the pages above this one, the home page first.
            until: the first day on which the page no longer says what is true, None where that never comes.
            offers: the feeds of what it shows.
            linked: what the page states for programs, as JSON-LD.
        """
        found = self._env.get_template(template)
        return found.render(
            page=page,
            here=here,
            href=partial(urls.relative, here),
            trail=trail,
            until=until,
            offers=offers,
            linked=linked,
        )

    def story(self, template: str, page: object, *, here: str) -> str:
        """Return a text for feed readers as HTML: plain elements, and absolute links alone.

        Args:
            template: the file in `templates/`.
            page: its view.
            here: the address that relative links of its Markdown start from.
        """
        found = self._env.get_template(template)
        prose = partial(self._absolute, address=self._base + here)
        return found.render(page=page, href=self._base.__add__, prose=prose).strip()

    def _absolute(self, text: str, *, address: str) -> Markup:
        """Markdown with its links made absolute; the renderer writes no other `<a href="`, for text is escaped."""

        def whole(link: re.Match[str]) -> str:
            return link[1] + escape(urljoin(address, unescape(link[2])))

        if text not in self._plain:
            self._parse(text)
        return Markup(_LINK.sub(whole, self._plain[text]))

    def _from_markdown(self, text: str) -> Markup:
        return Markup(self._to_html(_frame_tables(self._parse(text))))

    @cached_property
    def _markdown(self) -> "MarkdownIt":
        return _markdown()

    def _parse(self, text: str) -> "list[Token]":
        tokens = self._markdown.parse(text)
        self._plain[text] = self._to_html(tokens)
        return tokens

    def _to_html(self, tokens: "Sequence[Token]") -> str:
        return cleaned(self._markdown.renderer.render(tokens, self._markdown.options, {}))


def spaced(code: str) -> Markup:
    """Return a credit code in groups that the eye can follow and that copy as one word."""
    groups = (code[:2], code[2:8], code[8:17], code[17:])
    return Markup("".join([f'<span class="g">{quoted(group)}</span>' for group in groups if group]))
