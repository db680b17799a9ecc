"""The mutants that no test can kill, each with the reason: the list in `explained.yml`.

An entry has the function, what a line says, what the mutant makes of it, and why nothing that the contract speaks of
changes. A mutant that survives and stands not here is a gap in the tests.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

PLACE = Path(__file__).parent / "explained.yml"


@dataclass(frozen=True, slots=True)
class Mutant:
    """What a mutant changes: `function` is module and qualified name; the lines are without their indentation."""

    function: str
    was: str
    becomes: str


def explained() -> dict[Mutant, str]:
    """Return the reasons by mutant."""
    rows = yaml.safe_load(PLACE.read_text(encoding="utf-8"))
    found = {Mutant(row["function"], row["was"], row["becomes"]): row["why"] for row in rows}
    if len(found) != len(rows):
        raise ValueError("a mutant is explained twice")
    return found
