"""The list of explained mutants still speaks of the code as it is."""

import ast
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.mutation.explained import Mutant, explained


@cache
def functions(module: str) -> dict[str, str]:
    """Return the text of the functions of a module by their qualified names."""
    text = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
    found = {}
    for node in ast.parse(text).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        for one in inner:
            if isinstance(one, ast.FunctionDef):
                name = f"{node.name}.{one.name}" if isinstance(node, ast.ClassDef) else one.name
                found[name] = ast.get_source_segment(text, one) or ""
    return found


def written(mutant: Mutant) -> str | None:
    """Return the text of the function that a mutant changes, its lines without indentation; None where it is gone."""
    parts = mutant.function.split(".")
    size = 3 if parts[1] != "policy" else 2
    text = functions(".".join(parts[:size])).get(".".join(parts[size:]))
    return None if text is None else "\n".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("mutant", explained(), ids=lambda mutant: f"{mutant.function}: {mutant.was}"[:100])
def test_an_explained_mutant_changes_lines_that_are_there(mutant: Mutant) -> None:
    text = written(mutant)
    assert text is not None, f"{mutant.function} is gone"
    assert all(line in text.splitlines() for line in mutant.was.splitlines()), mutant.was


def test_every_mutant_has_a_reason() -> None:
    assert all(why and why.strip().endswith(".") for why in explained().values())
