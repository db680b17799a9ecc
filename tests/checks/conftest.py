"""What the tests of this folder share: an empty working directory, so that paths in problems are short."""

from pathlib import Path

import pytest


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, named as problems name it."""
    monkeypatch.chdir(tmp_path)
    return Path()
