"""A preview is told of changes, and of nothing else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from generator import watching
from generator.watching import observer

_LINE = "{0} 1 8:1 / {1} rw,relatime shared:1 - {2} source rw\n"


def mounts(folder: Path, *listed: tuple[str | Path, str]) -> Path:
    """A list of file systems as the kernel gives it."""
    place = folder / "mountinfo"
    lines = [
        _LINE.format(number, str(path).replace(" ", "\\040"), kind)
        for number, (path, kind) in enumerate(listed)
    ]
    place.write_text("".join(lines), encoding="utf-8")
    return place


@contextmanager
def told(folder: Path) -> Iterator[tuple[list[str], threading.Event]]:
    """Watch a folder: the paths that were told of, and what is set whenever one is."""
    paths: list[str] = []
    came = threading.Event()

    def note(event: FileSystemEvent) -> None:
        if not event.is_directory:
            paths.append(Path(str(event.dest_path or event.src_path)).name)
            came.set()

    handler = FileSystemEventHandler()
    handler.on_any_event = note  # type: ignore[method-assign]
    watch = observer([folder], mounts(folder.parent, ("/", "ext4")))
    assert not isinstance(watch, PollingObserver)
    watch.schedule(handler, str(folder), recursive=True)
    watch.start()
    try:
        yield paths, came
    finally:
        watch.stop()
        watch.join()


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    folder = tmp_path / "registry"
    folder.mkdir()
    return folder


def wait(came: threading.Event) -> None:
    assert came.wait(10), "nothing was told"
    came.clear()


def test_a_change_is_told_and_reading_is_not(watched: Path) -> None:
    record = watched / "factories" / "230100" / "2301-0001.yml"
    record.parent.mkdir(parents=True)
    record.write_text("name: 甲\n", encoding="utf-8")
    with told(watched) as (paths, came):
        for _ in range(3):
            assert record.read_text(encoding="utf-8") == "name: 甲\n"
        (watched / "after.yml").write_text("", encoding="utf-8")
        wait(came)
        assert set(paths) == {"after.yml"}


def test_it_is_told_however_an_editor_saves(watched: Path) -> None:
    record = watched / "2301-0001.yml"
    record.write_text("name: 甲\n", encoding="utf-8")
    with told(watched) as (paths, came):
        record.write_text("name: 乙\n", encoding="utf-8")
        wait(came)
        aside = watched / "aside"
        aside.write_text("name: 丙\n", encoding="utf-8")
        aside.replace(record)
        wait(came)
    assert "2301-0001.yml" in paths


def test_it_is_told_of_files_in_a_folder_made_since(watched: Path) -> None:
    with told(watched) as (paths, came):
        (watched / "cases").mkdir()
        (watched / "cases" / "one.yml").write_text("", encoding="utf-8")
        wait(came)
    assert "one.yml" in paths


@pytest.mark.parametrize("kind", ["9p", "nfs4", "cifs", "fuse.sshfs", "vboxsf", "virtiofs", "unheard-of"])
def test_where_others_may_change_a_file_every_file_is_looked_at(tmp_path: Path, kind: str) -> None:
    shared = tmp_path / "with a blank"
    shared.mkdir()
    listed = mounts(tmp_path, ("/", "ext4"), (shared, kind))
    assert isinstance(observer([shared], listed), PollingObserver)
    assert not isinstance(observer([tmp_path], listed), PollingObserver)
    # One is enough.
    assert isinstance(observer([tmp_path, shared], listed), PollingObserver)


def test_of_two_file_systems_at_one_place_the_last_counts(tmp_path: Path) -> None:
    assert not isinstance(observer([tmp_path], mounts(tmp_path, ("/", "9p"), ("/", "ext4"))), PollingObserver)
    assert isinstance(observer([tmp_path], mounts(tmp_path, ("/", "ext4"), ("/", "9p"))), PollingObserver)


@pytest.mark.parametrize("listed", ["", None])
def test_where_the_system_lists_nothing_every_file_is_looked_at(tmp_path: Path, listed: str | None) -> None:
    place = tmp_path / "mountinfo"
    if listed is not None:
        place.write_text(listed, encoding="utf-8")
    assert isinstance(observer([tmp_path], place), PollingObserver)


def test_where_the_system_tells_of_no_more_folders_every_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching._Told, "start", refuse)
    assert isinstance(observer([tmp_path], mounts(tmp_path, ("/", "ext4"))), PollingObserver)
