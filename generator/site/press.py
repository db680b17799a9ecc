"""Pages and files as finished values, and the press that makes a page from a view.

May import `render`, `urls` and `views`. The sections are here because every page belongs to one.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from functools import cache as call_once
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from generator import urls
from generator.cache import Cache, digest
from generator.views.book import Book
from generator.views.offers import FeedLink, everywhere, offers
from generator.views.tables import Link, Pager

if TYPE_CHECKING:
    from generator.render import Renderer

NAVIGATION = (
    ("首页", urls.HOME),
    ("名录", urls.DIRECTORY),
    ("层级", urls.TIERS),
    ("地市", urls.CITIES),
    ("行业", urls.INDUSTRIES),
    ("典型案例", urls.CASES),
    ("公告", urls.NOTICES),
    ("统计", urls.STATISTICS),
    ("数据", urls.DATA),
)
Kind = Literal["website", "article"]
_SECTIONS = {address: name for name, address in NAVIGATION}


class Page(Struct, frozen=True, kw_only=True):
    """A page: its address, the section of the navigation it belongs to ("about/" is in none), and how its body is made.

    `feeds` are those of what it shows, besides the ones that every page names. `kind` is its type in the Open Graph
    protocol. `values` are all that the body is made of, but for the templates, the day and the base.
    """

    address: str
    section: str
    title: str
    description: str
    render: Callable[[], str]
    values: tuple[object, ...]
    feeds: tuple[FeedLink, ...] = ()
    kind: Kind = "website"

    @property
    def head(self) -> bool:
        """Whether the navigation names this very page."""
        return self.address in _SECTIONS

    @property
    def body(self) -> str:
        """The finished body, made when it is asked for."""
        return self.render()

    @property
    def made_of(self) -> bytes:
        """The digest of all that is told on the page: the same digest is the same page."""
        return digest(
            self.address, self.section, self.title, self.description, self.values, self.feeds, self.kind
        )


class File(Struct, frozen=True, kw_only=True):
    """A file that is no page."""

    path: str
    content: bytes


class Made(Struct, frozen=True, kw_only=True):
    """A file that is no page and takes long to make: how it is made, and the digest of all that it is made of.

    `rows` is how many rows a table holds, for the page that tells of it.
    """

    path: str
    make: Callable[[], bytes]
    made_of: bytes
    rows: int | None = None

    @property
    def content(self) -> bytes:
        """The content, made when it is asked for."""
        return self.make()


Piece: TypeAlias = Page | File | Made


class Press:
    """Makes the pages of one build: the same day, the same templates, and a trail above each."""

    def __init__(self, book: Book, *, base: str, cache: Cache | None = None) -> None:
        """Make ready for a registry on its day.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash.
            cache: where compiled templates are kept.
        """
        self.book = book
        self.base = base
        # Made with the first page that is: one for all who share this press.
        self._rendering = call_once(partial(_renderer, as_of=book.as_of, base=base, cache=cache))
        self._offers = offers(book)
        self.everywhere = everywhere(self._offers)
        # The day from which a page is no longer true that names none of its own.
        self.until = book.ledger.next_transition(as_of=book.as_of)

    @property
    def renderer(self) -> "Renderer":
        """What makes the bodies of the pages, and the texts of the feeds."""
        return self._rendering()

    def showing(self, book: Book) -> "Press":
        """Return a press of the same build that makes pages from an extract of its book."""
        other = copy(self)
        other.book = book
        return other

    def page(
        self,
        template: str,
        view: object,
        *,
        address: str,
        section: str,
        title: str,
        description: str,
        trail: Iterable[Link] = (),
        until: date | None = None,
        part_of: str | None = None,
        kind: Kind = "website",
        linked: Mapping[str, object] | None = None,
    ) -> Page:
        """Return a page.

        Args:
            template: the file in `templates/`.
            view: what it shows.
            address: where it will be.
            section: the address of the section it belongs to.
            title: as plain text.
            description: one sentence for those who find it elsewhere.
            trail: the pages between its section and itself.
            until: the first day on which it no longer says what is true; the next transition of the site unless given.
            part_of: where the list begins that it is a page of, if it is one.
            kind: its type in the Open Graph protocol.
            linked: what it states for programs, as JSON-LD.
        """
        above = [Link(text=_SECTIONS[urls.HOME], address=urls.HOME)] if address != urls.HOME else []
        if section in _SECTIONS and section not in (address, urls.HOME):
            above.append(Link(text=_SECTIONS[section], address=section))
        offered = self._offers.get(address if part_of is None else part_of, ())
        shown: Mapping[str, Any] = {
            "trail": [*above, *trail],
            "until": until or self.until,
            "offers": offered,
            "linked": linked,
        }
        return Page(
            address=address,
            section=section,
            title=title,
            description=description,
            render=partial(self._body, template, view, here=address, **shown),
            values=(template, view, shown),
            feeds=tuple(link for offer in offered for link in offer.links if link not in self.everywhere),
            kind=kind,
        )

    def _body(self, template: str, view: object, **shown: Any) -> str:
        return self.renderer.body(template, view, **shown)

    def part(
        self,
        template: str,
        view: object,
        pager: Pager,
        *,
        address: str,
        section: str,
        title: str,
        description: str,
        trail: tuple[Link, ...] = (),
    ) -> Page:
        """Return one page of a list: further pages are numbered, and the first one stands in their trail.

        Args:
            template: the file in `templates/`.
            view: what it shows.
            pager: which page of the list it is.
            address: where the list begins.
            section: the address of the section it belongs to.
            title: of the list.
            description: of the list.
            trail: the pages between the section and the list.
        """
        further = pager.number > 1
        return self.page(
            template,
            view,
            address=urls.numbered(address, pager.number),
            section=section,
            title=f"{title}（第 {pager.number} 页）" if further else title,
            description=description,
            trail=(*trail, Link(text=title, address=address)) if further and address != section else trail,
            part_of=address,
        )


def _renderer(*, as_of: date, base: str, cache: Cache | None) -> "Renderer":
    # Templates take long to load, and a build that makes no page needs none.
    from generator.render import Renderer

    return Renderer(as_of=as_of, base=base, cache=cache)
