"""The parts of a site carried out: each page poured into its shell, each file written, and an account of both.

May import `site`, `shell`, `publish` and `crew`. Parts are made on all cores; what they write does not depend on who
makes them, nor on when.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator import urls
from generator.crew import WORTHWHILE, cores, spread
from generator.exports.manifest import PublishedFile, covered, published_file
from generator.publish import Tree
from generator.shell import Shell, alternates
from generator.site.contents import Piece, Site, Task
from generator.site.press import NAVIGATION, Page

Progress = Callable[[Iterable["Made"], int], Iterable["Made"]]

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


def place(page: Page) -> Place:
    """Return the shell a page is poured into: that of its section and depth, or its own where the navigation names it."""
    return page.section, HEAD if page.head else page.address.count("/")


@dataclass(slots=True)
class Made:
    """What a part has published: the addresses of its pages, and the files that the manifest answers for.

    `rows` is how many rows those of them hold that are tables, by address.
    """

    addresses: list[str] = field(default_factory=list)
    noted: list[PublishedFile] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def extend(self, other: "Made") -> None:
        """Add what another part has published."""
        self.addresses += other.addresses
        self.noted += other.noted
        self.rows |= other.rows


@dataclass(frozen=True, slots=True)
class Output:
    """Where the parts of one build go."""

    site: Site
    tree: Tree
    shells: Mapping[Place, Shell]

    def write(self, written: Iterable[str], progress: Progress | None = None) -> None:
        """Make and write every part of the site, then what closes it.

        Args:
            written: the addresses of pages that are not of the register's making, for the site map.
            progress: wraps the walk over the parts and is told their number.
        """
        tasks = self.site.tasks()
        workers = cores() if len(self.site.book.registry.units) >= WORTHWHILE else 1
        parts: Iterable[Made] = spread(self._carry_out, tasks, workers=workers, size=1)
        all_made = Made(addresses=[*written])
        for made in progress(parts, len(tasks)) if progress else parts:
            all_made.extend(made)
        all_made.extend(self._carry_out(lambda: self.site.telling(all_made.noted, all_made.rows)))
        for file in self.site.closing(all_made.addresses, all_made.noted):
            self.tree.write(file.path, file.content)

    def _carry_out(self, task: Task) -> Made:
        made = Made()
        for piece in task():
            path, content = self._finished(piece)
            self.tree.write(path, content)
            if isinstance(piece, Page):
                made.addresses.append(piece.address)
            elif covered(path):
                made.noted.append(published_file(path, content))
                if piece.rows is not None:
                    made.rows[path] = piece.rows
        return made

    def _finished(self, piece: Piece) -> tuple[str, bytes]:
        if not isinstance(piece, Page):
            return piece.path, piece.content
        page = self.shells[place(piece)].pour(
            title=piece.title,
            description=piece.description,
            canonical=self.site.base + piece.address,
            kind=piece.kind,
            head=alternates(_links(piece)),
            body=piece.body,
        )
        return f"{piece.address}index.html", page.encode()


def _links(page: Page) -> Iterator[tuple[str, str, str]]:
    for feed in page.feeds:
        yield feed.media, feed.title, urls.relative(page.address, feed.address)
