"""Copies of large files compressed in advance, which a host sends to whoever takes gzip.

May import `output`, `publish`, `inventory`, `crew`, `cache` and `urls`. A copy is the same content in another form and no file of its
own: no list names it, and a site with copies has the same manifest as one without. Small files are left to the host, which
compresses one of them in less than a millisecond, while a copy of each would double the number of files.
"""

import gzip
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from generator import urls
from generator.cache import digest
from generator.crew import hands, spread
from generator.inventory import Entry
from generator.output import Progress
from generator.publish import Tree

SMALLEST = 32 * 1024
# What is text, and the database; a workbook and a picture are compressed in themselves.
KINDS = frozenset(
    (
        ".atom",
        ".css",
        ".csv",
        ".html",
        ".ics",
        ".js",
        ".json",
        ".jsonl",
        ".map",
        ".sqlite",
        ".svg",
        ".txt",
        ".xml",
        ".yml",
    )
)
# As small as makes sense: the highest takes twice as long for 2 % less.
_LEVEL = 6


def pack(tree: Tree, entries: Iterable[Entry], progress: Progress | None = None) -> Sequence[Entry]:
    """Put a compressed copy beside each large file of a tree, and return the copies.

    A copy that the old site has of the same content is taken over. No time and no name is written into a copy.

    Args:
        tree: the site on its way, with all its files written.
        entries: its files.
        progress: wraps the walk over the files and is told their number.
    """
    large = [entry for entry in entries if entry.size >= SMALLEST and PurePath(entry.path).suffix in KINDS]
    # The largest first, so that none is left to one worker at the end.
    large.sort(key=lambda entry: (-entry.size, entry.path))
    workers = hands(sum(entry.size for entry in large) // SMALLEST)
    packed = spread(lambda entry: _packed(tree, entry), large, workers=workers, size=1)
    return list(progress(packed, len(large)) if progress else packed)


def _packed(tree: Tree, entry: Entry) -> Entry:
    path = entry.path + urls.PACKED
    made_of = digest(entry.sha256, _LEVEL)
    return tree.unchanged(path, made_of) or tree.write(
        path, gzip.compress(tree.read(entry.path), compresslevel=_LEVEL, mtime=0), made_of=made_of
    )
