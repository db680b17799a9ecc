"""The shipped registry, read once."""

import pytest

from generator.problems import Report
from generator.registry import Registry, load
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def registry() -> Registry:
    found = load(ROOT / "registry", Report())
    assert found is not None
    return found
