"""What stands around the register's pages: the shells, the theme's files and the pages written by hand, as one value.

May import `shell`, `clock`, `cache` and `site`. The adapter makes it with MkDocs; as long as nothing that it is made of
has changed, it is found in the cache and MkDocs is not started.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from generator import clock, urls
from generator.cache import digest
from generator.shell import Shell
from generator.site.press import NAVIGATION, Page
from generator.views import words
from generator.views.book import Book
from generator.views.offers import FeedLink, everywhere, offers

# Where a page stands in the frame: the section that is lit up, and how deep the page lies.
Place = tuple[str, int]
# Instead of a depth, for the page that the navigation itself names.
HEAD = -1
_DEEPEST = 3
SHELLS: tuple[Place, ...] = tuple(
    (section, depth)
    for section in (urls.ABOUT, *(address for _, address in NAVIGATION if address))
    for depth in range(1, _DEEPEST + 1)
)

DOCS = "site_src"
_VARIABLES = re.compile(r"!ENV\s*\[?([^\]\n]*)")


def place(page: Page) -> Place:
    """Return the shell a page is poured into: that of its section and depth, or its own where the navigation names it."""
    return page.section, HEAD if page.head else page.address.count("/")


class Setting(Struct, frozen=True, kw_only=True):
    """What the frame says of a registry on its day. `register` is what the theme's templates see."""

    name: str
    register: Mapping[str, object]

    @classmethod
    def of(cls, book: Book) -> "Setting":
        """Return what the frame says of a book."""
        feeds: tuple[FeedLink, ...] = everywhere(offers(book))
        return cls(
            name=book.policy.name,
            register={
                "as_of": words.day(book.as_of),
                "next_transition": book.ledger.next_transition(as_of=book.as_of),
                "demonstration": book.policy.demonstration,
                "site": book.policy.site,
                "region": book.policy.region.name,
                "feeds": feeds,
            },
        )

    def made_of(self, config_file: Path) -> bytes:
        """Return the digest of all that the frame is made of, but for the program and its theme.

        Args:
            config_file: mkdocs.yml; variables of the environment that it names are looked up, the pages written by hand
                lie beside it.
        """
        config = config_file.read_bytes()
        names = re.findall(r"[A-Z][A-Z0-9_]*", " ".join(_VARIABLES.findall(config.decode())))
        variables = {name: clock.setting(name) for name in names}
        written = sorted(path for path in (config_file.parent / DOCS).rglob("*") if path.is_file())
        pages = [(path.relative_to(config_file.parent).as_posix(), path.read_bytes()) for path in written]
        return digest(config, variables, pages, self)


class Frame(Struct, frozen=True, kw_only=True):
    """The frame of a site: its absolute address, the shells, the files, and the addresses of the pages written by hand."""

    base: str
    shells: Mapping[Place, Shell]
    files: Mapping[str, bytes]
    addresses: Sequence[str]

    @property
    def digest(self) -> bytes:
        """The SHA-256 of all that pages get from it."""
        return digest(self.base, [(place, shell.output) for place, shell in self.shells.items()])


class _Packed(msgspec.Struct, array_like=True, frozen=True):
    base: str
    shells: list[tuple[str, int, str]]
    files: dict[str, bytes]
    addresses: list[str]


def pack(frame: Frame) -> bytes:
    """Return a frame at rest."""
    shells = [(*place, shell.output) for place, shell in frame.shells.items()]
    return msgspec.msgpack.encode(_Packed(frame.base, shells, dict(frame.files), list(frame.addresses)))


def unpack(content: bytes) -> Frame:
    """Return the frame that was packed."""
    packed = msgspec.msgpack.decode(content, type=_Packed)
    shells = {(section, depth): Shell(output) for section, depth, output in packed.shells}
    return Frame(base=packed.base, shells=shells, files=packed.files, addresses=packed.addresses)
