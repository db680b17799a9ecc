"""Both sides of a change in memory: the small registry of the checks, and a copy of it with something else in it."""

from collections.abc import Mapping
from datetime import date

from generator.effects.compare import compare
from generator.effects.shapes import Effects
from generator.effects.side import Side, side
from generator.problems import Report
from generator.registry import load_stored
from tests.checks.base import AS_OF, FILES, Change, changed

Changes = Mapping[str, Change]


def files(changes: Changes) -> dict[tuple[str, ...], bytes | None]:
    """Return the files of the base with its changes, as a commit would have them."""
    found = {
        path: changed(path, changes[path]) if path in changes else FILES[path].encode()
        for path in {**FILES, **changes}
    }
    return {tuple(path.split("/")): content for path, content in found.items() if content is not None}


def one_side(changes: Changes, *, as_of: date = AS_OF, known: Side | None = None) -> Side:
    """Return one side; without the other one it is the new one."""
    report = Report()
    found = load_stored(files(changes), "registry", report, like=known.registry if known else None)
    assert found is not None
    name = "改动前" if known else "改动后"
    return side(name, found, report, as_of=as_of, known=known, rules=known is None)


def effects(changes: Changes, *, base: Changes | None = None, as_of: date = AS_OF) -> Effects:
    """Return what some changes of the base mean."""
    head = one_side({**(base or {}), **changes}, as_of=as_of)
    return compare(one_side(base or {}, as_of=as_of, known=head), head)
