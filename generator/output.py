"""The parts of a site carried out: each page poured into its shell, each file written, and an account of both.

May import `site`, `frame`, `publish` and `crew`. Parts are made on all cores; what they write does not depend on who
makes them, nor on when. A part, page or file that is made of the same as in the site before is taken over from it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Protocol, TypeAlias, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator import urls
from generator.cache import digest
from generator.crew import beside, hands, spread
from generator.exports.manifest import PublishedFile
from generator.frame import Frame, place
from generator.inventory import Entry, Kept
from generator.publish import Tree
from generator.shell import alternates
from generator.site.contents import Part, Site
from generator.site.press import File, Made, Page, Piece

# How files of a part travel between processes.
_Packed: TypeAlias = bytes
_PAGE = "index.html"
# With more parts than these all cores are busy long enough; one process more would only take memory.
_FEW = 100
# A part takes about as long as so many records do elsewhere.
_RECORDS = 100

T = TypeVar("T")


class Progress(Protocol):
    """Wraps a walk, to show how far it is, and is told how many steps it has."""

    def __call__(self, steps: Iterable[T], total: int, /) -> Iterable[T]:
        """Return the same steps."""
        ...


_ENTRIES = msgspec.msgpack.Decoder(list[Entry])


class Output(Struct, frozen=True, dict=True):
    """Where the parts of one build go.

    `edition` is what else all pages and files are made of: the version of the program, the base, the day, the policy and
    the vocabularies.
    """

    site: Site
    frame: Frame
    tree: Tree
    edition: bytes = b""

    def write(self, progress: Progress | None = None) -> list[Kept]:
        """Make and write every part of the site, then what accounts for it; return the inventory of the site.

        Args:
            progress: wraps the walk over the parts and is told their number.
        """
        made, tasks = self._begun()
        done = map(_ENTRIES.decode, self._carried_out(tasks, progress))
        made += zip((made_of for _, made_of in tasks), done, strict=True)
        made.append((None, [self.tree.write(path, content) for path, content in self.frame.files.items()]))
        entries = [entry for _, found in made for entry in found]
        rows = {entry.path: entry.rows for entry in entries if entry.rows is not None}
        noted = list(_noted(entries))
        telling = self.site.telling(noted, rows)
        made_of = digest(self._made_of, telling.made_of)
        told = self._standing(made_of)
        if told is None:
            told = _ENTRIES.decode(self._carry_out((telling, made_of)))
        made.append((made_of, told))
        closing = self.site.closing(self._addresses([*entries, *told]), [*noted, *_noted(told)])
        made.append((None, [self.tree.write(file.path, file.content) for file in closing]))
        return made

    def _carried_out(self, tasks: Sequence[tuple[Part, bytes]], progress: Progress | None) -> list[_Packed]:
        """Carry tasks out on all cores; return what comes of them, in order."""
        if not tasks:
            return []
        much = max(len(self.site.book.registry.units), _RECORDS * len(tasks))
        if len(tasks) > _FEW:
            self.site.ready()
            packed = spread(self._carry_out, tasks, workers=hands(much), size=1)
            return list(progress(packed, len(tasks)) if progress else packed)
        # The first takes longest, and is begun before that is derived which the others share.
        with beside(partial(self._carry_out, tasks[0]), much) as first:
            self.site.ready()
            others = spread(self._carry_out, tasks[1:], workers=hands(much), size=1)
            done = chain(others, (asked() for asked in [first]))
            *rest, last = progress(done, len(tasks)) if progress else done
        return [last, *rest]

    def _begun(self) -> tuple[list[Kept], list[tuple[Part, bytes]]]:
        """The parts that stand in the tree already, and those that are left to carry out."""
        standing: list[Kept] = []
        tasks: list[tuple[Part, bytes]] = []
        for part in self.site.parts():
            made_of = digest(self._made_of, part.made_of)
            held = self._standing(made_of)
            if held is not None:
                standing.append((made_of, held))
            else:
                tasks.append((part, made_of))
        return standing, tasks

    def _standing(self, made_of: bytes) -> Sequence[Entry] | None:
        """What a part wrote that was made of the same, where all of it stands in the tree already."""
        held = self.tree.held.by_digest.get(made_of)
        return held if held is not None and all(map(self.tree.stands, held)) else None

    @cached_property
    def _made_of(self) -> bytes:
        return digest(self.edition, self.frame.digest)

    def _addresses(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The addresses of all pages: those of the frame that are pages, and every page that was poured."""
        yield from self.frame.addresses
        for entry in entries:
            if entry.path.endswith(_PAGE) and entry.path not in self.frame.files:
                yield entry.path.removesuffix(_PAGE)

    def _carry_out(self, task: tuple[Part, bytes]) -> _Packed:
        part, made_of = task
        held = self.tree.held.by_digest.get(made_of)
        if held is not None and all(map(self.tree.keep, held)):
            return msgspec.msgpack.encode(held)
        return msgspec.msgpack.encode([self._placed(piece, single=part.loose) for piece in part.make()])

    def _placed(self, piece: Piece, *, single: bool) -> Entry:
        """Put a piece in the tree; where it stands by itself, it is made only if it is made of something else now."""
        made_of = None
        if single and not isinstance(piece, File):
            made_of = digest(self._made_of, piece.made_of)
        path = piece.address + _PAGE if isinstance(piece, Page) else piece.path
        if made_of and (held := self.tree.unchanged(path, made_of)):
            return held
        entry = self.tree.write(path, self._content(piece), made_of=made_of)
        rows = piece.rows if isinstance(piece, Made) else None
        return replace(entry, rows=rows) if rows is not None else entry

    def _content(self, piece: Piece) -> bytes:
        if not isinstance(piece, Page):
            return piece.content
        return self.frame.shells[place(piece)].pour(
            title=piece.title,
            description=piece.description,
            canonical=self.site.base + piece.address,
            kind=piece.kind,
            head=alternates(_links(piece)),
            body=piece.body,
        )


def _links(page: Page) -> Iterator[tuple[str, str, str]]:
    for feed in page.feeds:
        yield feed.media, feed.title, urls.relative(page.address, feed.address)


def _noted(entries: Sequence[Entry]) -> Iterator[PublishedFile]:
    for entry in entries:
        yield PublishedFile(path=entry.path, bytes=entry.size, sha256=entry.sha256.hex())
