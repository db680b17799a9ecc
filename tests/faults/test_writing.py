"""What writes into a registry is stopped at each of its steps, and meets a disk that is full or cannot be written."""

import errno
import fcntl
import json
import os
import shutil
import signal
import time
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import journal
from generator.checks.desk import examine
from generator.cli import cli
from generator.disk import changing, unchanging
from generator.journal import FOLDER, Undone
from generator.problems import Report, as_text
from generator.registry import load
from generator.sheets.desk import Changed
from generator.sheets.storing import Halfway, Overtaken, store
from tests.books import AS_OF_DAY
from tests.conftest import AS_OF, ROOT
from tests.faults.steps import Fault, as_nobody, every_step, forked, open_folder

QINGDAO = ROOT / "tests/registries/qingdao-2024"
FIRST, SECOND = "factories/370200/3702-0001.yml", "factories/370200/3702-0002.yml"
NEW = "factories/370300/3703-0001.yml"


def bytes_of(root: Path) -> dict[str, bytes]:
    """All files but those of the journal, and the folders as files without bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(root.rglob("*"))
        if FOLDER not in path.parts
    }


class Place:
    """A registry, and changes to three of its files, one of which is new in a new folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(QINGDAO, root)
        self.changes = [
            Changed(path, content, content.replace("有限公司".encode(), "有限责任公司".encode()))
            for path in (FIRST, SECOND)
            for content in [(root / path).read_bytes()]
        ]
        self.changes.append(Changed(NEW, None, b"name: x\n"))
        self.old = bytes_of(root)
        self.store()
        self.new = bytes_of(root)
        self.reset()

    def store(self) -> None:
        store(self.root, self.changes)

    def reset(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(QINGDAO, self.root)

    def now(self) -> str:
        found = bytes_of(self.root)
        return "old" if found == self.old else "new" if found == self.new else "mixed"

    def left(self) -> bool:
        return (self.root / FOLDER).exists()

    def told(self) -> bool:
        """Whether one who only reads is told that the registry is not whole."""
        report = Report()
        load(self.root, report, records=False)
        return "unfinished-write" in as_text(report)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here cuts the power."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path / "registry")
    assert found.old != found.new
    return found


def test_killed_at_any_step_it_is_taken_back_or_done(place: Place) -> None:
    seen: list[str] = []
    for number, ended in every_step(place.store, "kill", place.root):
        assert ended.killed, number
        found, told = place.now(), place.told()
        assert found != "mixed" or told, number
        seen.append(found)
        undone = journal.undo(place.root)
        assert undone == (Undone() if told else None), number
        assert place.now() == ("old" if told else found), number
        assert not place.left()
        if place.now() == "old":
            place.store()
        assert place.now() == "new"
        place.reset()
    assert len(seen) > 15
    assert {"old", "mixed", "new"} == set(seen)


def test_what_takes_it_back_may_be_killed_as_well(place: Place) -> None:
    def left_half() -> None:
        """Begin again, and be killed once some files are new."""
        place.reset()
        for number, _ in every_step(place.store, "kill", place.root, every=2):
            if place.now() == "mixed" and (place.root / FIRST).read_bytes() == place.new[FIRST]:
                return
            journal.undo(place.root)
            assert number < 40

    left_half()
    steps = 0
    for number, ended in every_step(lambda: journal.undo(place.root), "kill", place.root):
        assert ended.killed, number
        assert place.told() or place.now() == "old"
        journal.undo(place.root)
        assert place.now() == "old", number
        assert not place.left()
        left_half()
        steps = number
    assert steps > 4


@pytest.mark.parametrize("fault", ["error", "full"])
def test_a_full_disk_leaves_everything_as_it_was(place: Place, fault: Fault) -> None:
    failed = 0
    for number, ended in every_step(place.store, fault, place.root):
        found = place.now()
        assert found == ("old" if ended.failed else "new"), number
        assert not place.told(), number
        assert not place.left() or found == "new", number
        failed += ended.failed
        place.store() if ended.failed else place.reset()
        place.reset()
    assert failed > 10


def test_a_disk_that_can_no_longer_be_written_is_told_and_put_right_later(place: Place) -> None:
    halfway = 0

    def work() -> None:
        with pytest.raises((Halfway, OSError)) as raised:
            place.store()
        if isinstance(raised.value, Halfway):
            (place.root.parent / "halfway").write_text(str(raised.value), encoding="utf-8")
        raise OSError

    for number, _ in every_step(work, "gone", place.root):
        assert place.now() != "mixed" or place.told(), number
        note = place.root.parent / "halfway"
        assert note.exists() == place.told(), number
        if note.exists():
            halfway += 1
            assert note.read_text(encoding="utf-8") == (
                "写到一半停住了（Read-only file system），写了的也没能改回；请排除故障后运行一次 check，会自动撤销。"
            )
            note.unlink()
        if number > 60:
            pytest.fail("it never ends well")
        journal.undo(place.root)
        assert place.now() in ("old", "new"), number
        place.reset()
    assert halfway > 2


def test_files_that_somebody_changed_since_stay_and_are_named(place: Place) -> None:
    half(place)
    (place.root / FIRST).write_bytes("name: 手改的\n".encode())
    assert journal.undo(place.root) == Undone((FIRST,))
    assert (place.root / FIRST).read_bytes() == "name: 手改的\n".encode()
    assert {**bytes_of(place.root), FIRST: place.old[FIRST]} == place.old


def half(place: Place) -> None:
    """Leave the first two files new and the journal beside them."""
    with pytest.MonkeyPatch.context() as patched:

        def replace(part: Path, path: Path) -> None:
            if path.name == "3703-0001.yml":
                os.kill(os.getpid(), signal.SIGKILL)
            part.replace(path)

        patched.setattr(journal, "_replace", replace)

        def child() -> int:
            place.store()
            return 0

        assert forked(child) == -signal.SIGKILL
    assert place.now() == "mixed"


def said(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(
        cli, [*map(str, arguments), "--as-of", AS_OF], standalone_mode=False, catch_exceptions=False
    )
    return int(done.return_value or 0), done.stdout, done.stderr


def test_the_next_command_takes_it_back_and_says_so(place: Place) -> None:
    half(place)
    code, out, err = said("check", "--registry", place.root)
    assert code == 0
    assert "共 0 个错误" in out
    assert err == (
        f"{place.root}：上一次写入没有做完，程序中途被停止了；已经撤销，名录与那次写入之前一样。"
        "请把那次的命令再运行一遍。\n"
    )
    assert place.now() == "old"
    assert said("check", "--registry", place.root)[2] == ""
    half(place)
    (place.root / FIRST).unlink()
    _, _, err = said("status", "--registry", place.root)
    assert err.splitlines()[-1] == f"这些文件在那以后又被改过，没有动它们：{FIRST}。"


def test_who_may_not_write_is_told_and_builds_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with open_folder() as folder:
        place = Place(folder / "registry")
        half(place)

        def child() -> int:
            examined = examine(place.root, as_of=AS_OF_DAY)
            print(as_text(examined.report))
            return said("check", "--registry", place.root)[0] + 10 * examined.publishable

        assert as_nobody(child) == 1 or os.geteuid() != 0
        told = capfd.readouterr().out
        assert f"{FOLDER}:1: 错误 [unfinished-write] 有一次写入没有做完，程序中途被停止了" in told
        journal.undo(place.root)
        assert place.now() == "old"


def test_a_journal_that_was_not_made_here_does_nothing(place: Place, tmp_path: Path) -> None:
    """It may come with somebody's request, and tell to delete or to replace what it names."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"x")
    folder = place.root / FOLDER
    folder.mkdir()
    (folder / "0.old").write_bytes(b"evil")

    def plan(path: str, number: int, *, new: bool, folders: tuple[str, ...] = ()) -> None:
        now = sha256((place.root / path).read_bytes()).hexdigest()
        file = {"path": path, "before": None if new else sha256(b"evil").hexdigest(), "now": now}
        told = {"folder": number, "folders": folders, "files": [file]}
        (folder / "plan.json").write_text(json.dumps(told))

    here = folder.stat().st_ino
    (place.root / "factories/370900").symlink_to(tmp_path)
    (tmp_path / "3709-0001.yml").write_bytes(b"y")
    for path, number in [
        (FIRST, here + 1),
        ("../victim", here),
        ("factories/../../victim", here),
        ("policy.yml", here),
        ("factories/370900/3709-0001.yml", here),
    ]:
        for new in (True, False):
            plan(path, number, new=new)
            assert journal.undo(place.root) is None
            assert place.told()
    plan(FIRST, here, new=False, folders=("cases",))
    assert journal.undo(place.root) is None
    (place.root / "factories/370900").unlink()
    for broken in (b"", b"[]", b"{}", b'{"folder": 1', b"\xff", b"null"):
        (folder / "plan.json").write_bytes(broken)
        assert journal.undo(place.root) is None
        assert place.told()
    assert victim.read_bytes() == b"x"
    assert (tmp_path / "3709-0001.yml").read_bytes() == b"y"
    assert place.now() == "old"
    with pytest.raises(Overtaken, match=r"里另有一次写入没有做完，没有写入；请先运行 check，照它说的做。$"):
        place.store()
    assert place.now() == "old"


def test_what_else_lies_in_the_folder_of_the_journal_is_left_and_told(place: Place) -> None:
    folder = place.root / FOLDER
    folder.mkdir()
    (folder / "0.new").write_bytes(b"x")
    (folder / "notes.yml").write_bytes(b"x")
    assert journal.undo(place.root) is None
    assert [path.name for path in folder.iterdir()] == ["notes.yml"]
    assert "[stray-file]" in as_text(examine(place.root, as_of=AS_OF_DAY).report)


def test_a_link_in_place_of_the_journal_is_not_followed(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/0.new").write_bytes(b"x")
    (place.root / FOLDER).symlink_to(tmp_path / "elsewhere")
    assert journal.undo(place.root) is None
    assert (tmp_path / "elsewhere/0.new").exists()
    assert "[stray-file]" in as_text(examine(place.root, as_of=AS_OF_DAY).report)
    with pytest.raises(FileExistsError):
        place.store()
    assert (tmp_path / "elsewhere/0.new").exists()


def test_of_two_writes_at_once_one_is_told_that_it_comes_too_late(place: Place) -> None:
    def replace(part: Path, path: Path) -> None:
        time.sleep(0.1)
        part.replace(path)

    def slow() -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(journal, "_replace", replace)
            place.store()

    pid = os.fork()
    if pid == 0:
        try:
            slow()
        finally:
            os._exit(0)
    while not journal.pending(place.root):
        time.sleep(0.01)
    # Neither seen as left by a killed one, nor read half.
    assert not place.told()
    assert place.now() == "new"
    with pytest.raises(Overtaken):
        place.store()
    os.waitpid(pid, 0)
    assert place.now() == "new"


def test_who_reads_keeps_writers_waiting_and_other_readers_not(tmp_path: Path) -> None:
    def may(how: int) -> bool:
        place = os.open(tmp_path, os.O_RDONLY)
        try:
            fcntl.flock(place, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(place)
        return True

    with unchanging(tmp_path):
        assert (may(fcntl.LOCK_SH), may(fcntl.LOCK_EX)) == (True, False)
    with changing(tmp_path):
        assert (may(fcntl.LOCK_SH), may(fcntl.LOCK_EX)) == (False, False)
    assert may(fcntl.LOCK_EX)
    with changing(tmp_path / "nowhere"), unchanging(tmp_path / "nowhere"):
        pass


def test_everything_is_on_the_disk_before_the_next_step_counts(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut may lose what was not waited for, in any order."""
    done: list[str] = []
    replaced = journal._replace

    def noted(file: int) -> None:
        path = Path(f"/proc/self/fd/{file}").readlink()
        done.append(path.relative_to(place.root).as_posix())

    def replace(part: Path, path: Path) -> None:
        done.append("replace")
        replaced(part, path)

    unlink = Path.unlink

    def gone(path: Path, missing_ok: bool = False) -> None:
        if path.name == "plan.json":
            done.append("done")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(journal, "_replace", replace)
    monkeypatch.setattr(Path, "unlink", gone)
    place.store()
    first, last = done.index("replace"), done.index("done")
    assert done.count("replace") == 3
    assert done[:first] == [
        *(f"{FOLDER}/{number}.new" for number in range(3)),
        f"{FOLDER}/plan.json.part",
        FOLDER,
        FOLDER,
        ".",
    ]
    assert {*done[first:last]} == {"replace", ".", "factories", "factories/370200", "factories/370300"}
    assert done[last + 1 :] == [FOLDER]


def test_where_no_second_name_is_possible_the_bytes_are_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    (place.root / FIRST).chmod(0o664)
    half(place)
    assert journal.undo(place.root) == Undone()
    assert place.now() == "old"
    assert (place.root / FIRST).stat().st_mode & 0o777 == 0o664
