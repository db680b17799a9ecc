"""A feed reader in use: it subscribes, reads, and asks again after the next day's build.

newsboat keeps what it knows in a SQLite file, one row an entry, across all feeds by guid.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, run
from tests.serving import serving

EVE, DAY = "2026-11-12", "2026-11-13"
NEW_CASE, CORRECTED = "2026-0025", "2026-0024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry as newsboat keeps it."""

    title: str
    content: str
    unread: bool
    date: int


class Reader:
    """newsboat in a folder of its own."""

    def __init__(self, home: Path, feeds: list[str]) -> None:
        self._home = home
        (home / "urls").write_text("".join(f"{feed}\n" for feed in feeds), encoding="utf-8")
        (home / "config").write_text("show-read-feeds yes\n", encoding="utf-8")

    def do(self, *arguments: str) -> str:
        """Run newsboat without its screens."""
        own = ["-u", self._home / "urls", "-c", self._home / "cache.db", "-C", self._home / "config"]
        done = subprocess.run(
            ["newsboat", *map(str, own), *arguments],
            env={"PATH": os.environ["PATH"], "HOME": str(self._home), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def entries(self) -> dict[str, Kept]:
        """What it knows, by guid; an entry kept twice fails."""
        with closing(sqlite3.connect(self._home / "cache.db")) as cache:
            rows = cache.execute("SELECT guid, title, content, unread, pubDate FROM rss_item").fetchall()
        assert len({row[0] for row in rows}) == len(rows)
        return {
            guid: Kept(title=title, content=content, unread=bool(unread), date=date)
            for guid, title, content, unread, date in rows
        }

    def read(self, guids: list[str]) -> None:
        """Mark entries read, as newsboat takes such a list over from another machine."""
        (self._home / "read").write_text("".join(f"{guid}\n" for guid in guids), encoding="utf-8")
        self.do("-I", str(self._home / "read"))


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site on two days; on the second a case is new, another one corrected, and the lists have changed."""
    folder = tmp_path_factory.mktemp("days")
    registry = folder / "registry"
    shutil.copytree(ROOT / "registry", registry)

    def rewrite(case: str, *pairs: tuple[str, str]) -> None:
        file = registry / f"cases/2026/{case}.yml"
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")

    def build(day: str) -> Path:
        done = run("build", "--registry", registry, "--as-of", day, "--site", folder / day)
        assert done.code == 0, done.err
        return folder / day

    rewrite(NEW_CASE, ("published: 2026-11-20", f"published: {DAY}"))
    before = build(EVE)
    rewrite(
        CORRECTED,
        ("title: ", "title: 更正："),
        ("summary: ", f"updated: {DAY}\nsummary: 更正："),
        ("body: |\n", "body: |\n  正文已经更正。\n\n"),
    )
    return before, build(DAY)


@pytest.fixture
def served(days: tuple[Path, Path], tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A host and the link on it that leads to the site."""
    root = tmp_path / "host"
    root.mkdir()
    there = root / "registry"
    there.symlink_to(days[0])
    with serving(root) as address:
        yield f"{address}registry/", there


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_the_next_day_brings_what_is_new_and_nothing_again(
    days: tuple[Path, Path], served: tuple[str, Path], tmp_path: Path, form: str
) -> None:
    host, there = served
    (tmp_path / "reader").mkdir()
    reader = Reader(tmp_path / "reader", [f"{host}feeds/{key}.{form}" for key in ("cases", "changes")])
    reader.do("-x", "reload")
    first = reader.entries()
    tag = "tag:registry.example,2026:"
    assert {guid.removeprefix(tag).split("/")[0] for guid in first} == {"cases", "changes"}
    assert len([guid for guid in first if "changes/" in guid]) == 50
    assert all(entry.unread for entry in first.values())
    corrected = f"{tag}cases/{CORRECTED}"
    assert "更正" not in first[corrected].title

    reader.read(list(first))
    assert not any(entry.unread for entry in reader.entries().values())
    reader.do("-x", "reload")
    assert reader.entries().keys() == first.keys()
    assert reader.do("-x", "print-unread").startswith("0 ")

    there.unlink()
    there.symlink_to(days[1])
    reader.do("-x", "reload")
    second = reader.entries()
    unread = {guid.removeprefix(tag) for guid, entry in second.items() if entry.unread}
    assert unread == {f"cases/{NEW_CASE}", f"changes/{DAY}/listed", f"changes/{DAY}/promoted"}
    assert unread == {guid.removeprefix(tag) for guid in second.keys() - first.keys()}
    now = second[corrected]
    assert now.title.startswith("更正：")
    assert "正文已经更正。" in now.content
    assert not now.unread
    assert now.date == first[corrected].date
    assert reader.do("-x", "print-unread").startswith("3 ")
