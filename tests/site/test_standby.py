"""What is looked at in the standby of a site, and what is done with what is not right there."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import standby
from generator.inventory import Entry, Inventory
from generator.publish import replacing
from generator.standby import Looked, Standby, clear, look, standing_by

NAMES = st.sampled_from(["a", "b/a", "b/c", "b/d/a", "b/d/e/f", "g/h"])


def entry(folder: Path, path: str) -> Entry:
    found = (folder / path).stat()
    return Entry(path, b"", found.st_size, None, found.st_ino, found.st_mtime_ns)


def put(folder: Path, path: str, content: str) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def inventory(folder: Path, paths: set[str]) -> Inventory:
    return Inventory([(None, [entry(folder, path) for path in sorted(paths)])])


def test_where_there_is_no_standby_all_is_lost(tmp_path: Path) -> None:
    put(tmp_path, "a", "")
    assert look(tmp_path / "none", inventory(tmp_path, {"a"})) == Looked(["a"], [])


def test_a_file_is_lost_that_is_another_now(tmp_path: Path) -> None:
    for path in ("same", "longer", "later", "anew", "link", "gone"):
        put(tmp_path, path, "x")
    held = inventory(tmp_path, files(tmp_path))
    put(tmp_path, "longer", "xx")
    os.utime(tmp_path / "later", ns=(0, 0))
    put(tmp_path, "aside", "x")
    (tmp_path / "aside").replace(tmp_path / "anew")
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("same")
    (tmp_path / "gone").unlink()
    put(tmp_path, "new", "x")
    looked = look(tmp_path, held)
    assert set(looked.lost) == {"longer", "later", "anew", "link", "gone"}
    assert set(looked.strange) == {"longer", "later", "anew", "link", "new"}
    clear(tmp_path, looked)
    assert files(tmp_path) == {"same"}


@given(there=st.sets(NAMES), known=st.sets(NAMES))
def test_what_is_left_is_what_is_known(
    tmp_path_factory: pytest.TempPathFactory, there: set[str], known: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("standby")
    for path in there | known:
        put(folder, path, path)
    held = inventory(folder, known)
    for path in known - there:
        (folder / path).unlink()
    looked = look(folder, held)
    assert set(looked.lost) == known - there
    clear(folder, looked)
    assert files(folder) == there & known
    # No folder is left without a file.
    assert {path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())} == set()


def test_a_link_to_a_folder_is_strange_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a", "")
    (tmp_path / "standby").mkdir()
    (tmp_path / "standby/link").symlink_to(tmp_path / "elsewhere")
    looked = look(tmp_path / "standby", Inventory())
    assert looked.strange == ["link"]
    clear(tmp_path / "standby", looked)
    assert files(tmp_path) == {"elsewhere/a"}


def test_what_is_strange_may_be_gone_before_it_is_deleted(tmp_path: Path) -> None:
    put(tmp_path, "b/a", "")
    looked = look(tmp_path, Inventory())
    (tmp_path / "b/a").unlink()
    (tmp_path / "b").rmdir()
    clear(tmp_path, looked)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_is_given_up_leaves_the_standby_as_it_was(tmp_path: Path) -> None:
    """It is looked at before it is known whether the registry has errors."""
    site = tmp_path / "site"
    put(standby.place(site), "strange", "x")
    with standing_by(site, Inventory()) as found:
        assert found.looked() == Looked([], ["strange"])
    assert files(standby.place(site)) == {"strange"}


def test_the_standby_of_what_a_link_leads_to_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path, "real/a", "x")
    put(tmp_path, ".real.standby/strange", "x")
    (tmp_path / "site").symlink_to("real")
    with standing_by(tmp_path / "site", Inventory()) as found:
        assert found.looked().strange == ["strange"]


def test_what_was_found_lost_is_made_again(tmp_path: Path) -> None:
    """What was looked at counts, though the file has come back since: it may be another."""
    site = tmp_path / "site"
    put(site, "a", "x")
    put(standby.place(site), "a", "x")
    with replacing(site, Standby(inventory(site, {"a"}), lambda: Looked(["a"], ["a"]))) as tree:
        assert not tree.stands(entry(site, "a"))
        tree.write("a", b"anew")
    assert (site / "a").read_text(encoding="utf-8") == "anew"
