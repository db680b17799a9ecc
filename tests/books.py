"""A registry on a day, for tests of what is made from it without building a site."""

import functools
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator import demo
from generator.checks.desk import examine
from generator.exports.manifest import published_file
from generator.reading import VOCABULARY_FILES
from generator.registry import Registry
from generator.rules.ledger import Ledger
from generator.site.contents import Site
from generator.site.press import File, Made, Page
from generator.views.book import Book
from tests.conftest import AS_OF, ROOT

AS_OF_DAY = date.fromisoformat(AS_OF)


@functools.cache
def _read(name: str) -> tuple[Registry, Ledger]:
    """A registry is read once: neither its records nor its ledger depend on the day looked at."""
    examined = examine(ROOT / name, as_of=AS_OF_DAY)
    assert examined.registry
    assert examined.ledger
    return examined.registry, examined.ledger


def book(as_of: date | str = AS_OF_DAY, name: str = "registry") -> Book:
    """Return a registry of the project on a day; `name` is its folder."""
    return Book(*_read(name), date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)


def demonstration(folder: Path, *, units: int, seed: int) -> None:
    """Write a fictional registry into a folder, with the rules and vocabularies of the project's own."""
    made = demo.make(book().registry, units=units, seed=seed, as_of=AS_OF_DAY)
    written(dict(made), ROOT / "registry", folder)


def written(files: Mapping[str, str], root: Path, folder: Path) -> Path:
    """Write records into a folder beside the rules and vocabularies of a registry, and return the folder.

    Args:
        files: the text of each record by its path in the registry.
        root: the registry whose rules and vocabularies they go by.
        folder: where they go; it need not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in VOCABULARY_FILES:
        shutil.copyfile(root / name, folder / name)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder


def files(found: Book, base: str) -> list[File]:
    """Return every file that is no page, those that close the publication last."""
    site = Site(found, base=base)
    pieces = [piece for piece in site.pieces() if not isinstance(piece, Page)]
    made = [File(path=piece.path, content=piece.content) for piece in pieces]
    noted = [published_file(file.path, file.content) for file in made]
    rows = {piece.path: piece.rows for piece in pieces if isinstance(piece, Made) and piece.rows is not None}
    told = [piece for piece in site.telling(noted, rows).make() if isinstance(piece, File)]
    noted += [published_file(file.path, file.content) for file in told]
    return [*made, *told, *site.closing([], noted)]
