"""A build is stopped at chosen steps, and meets disks and files that fail: what is served is whole, and the next one is right."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import building, cli, crew
from generator.cache import Cache
from generator.checks.desk import Examined, examine
from generator.cli import publishing  # noqa: F401 - loaded before a user who may not read it takes over
from generator.cli.options import CONFIG
from generator.publish import claimed
from tests.books import AS_OF_DAY
from tests.conftest import AS_OF, ROOT
from tests.faults.steps import Fault, as_nobody, at_step, forked, open_folder, steps_of

QINGDAO = ROOT / "tests/registries/qingdao-2024"
MANIFEST = "api/v1/manifest.json"
RECORD = "factories/370200/3702-0001.yml"


def tree(site: Path) -> dict[str, bytes]:
    """All files; the manifest without the one before it, which depends on what was there."""
    found = {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    found[MANIFEST] = json.dumps({**json.loads(found[MANIFEST]), "previous": None}).encode()
    return found


class Place:
    """Two states of a registry, and a site that is built from one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.served = folder / "served"
        self.site = self.served / "site"
        self.states: list[Examined] = []
        for number in (0, 1):
            root = folder / f"state-{number}" / "registry"
            for path in sorted(QINGDAO.rglob("*.yml")):
                there = root / path.relative_to(QINGDAO)
                there.parent.mkdir(parents=True, exist_ok=True)
                text = path.read_text(encoding="utf-8")
                if number and "\ncity: " in text:
                    text = text.replace("有限公司", "示例有限公司")
                there.write_text(text, encoding="utf-8")
            self.states.append(examine(root, as_of=AS_OF_DAY))
            assert self.states[-1].publishable
        self.now = 0
        self.trees = []
        for _ in range(2):
            self.build(1 - self.now)
            self.now = 1 - self.now
            self.trees.append(tree(self.site))
        self.trees.reverse()

    def build(self, state: int) -> None:
        cache = Cache(self.folder / "cache", self.site)
        building.build(CONFIG, self.site, self.states[state], cache=cache)

    def other(self) -> None:
        """Build the state that is not served."""
        self.build(1 - self.now)

    def served_now(self) -> int:
        """The state that is served, whole."""
        return self.trees.index(tree(self.site))

    def next(self) -> None:
        """Build the other state without any fault, and see that all is right."""
        self.other()
        self.now = 1 - self.now
        assert self.served_now() == self.now
        assert {path.name for path in self.served.iterdir()} <= {"site", ".site.standby"}

    def is_whole(self) -> bool:
        """See that a whole site is served; tell whether it is the new one."""
        return self.served_now() != self.now


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patched:
        # Threads of other tests hold nothing that is asked for here, and no test here cuts the power.
        patched.setattr(crew, "may_fork", lambda: True)
        patched.setattr("generator.publish.settle_all", lambda _folder: None)
        patched.setattr(os, "fsync", lambda _file: None)
        # A library that is installed meanwhile would make all that is remembered void, and the steps others.
        patched.setattr("generator.cache.program", lambda: "0" * 64)
        found = Place(tmp_path_factory.mktemp("building"))
        assert found.trees[0] != found.trees[1]
        yield found


@pytest.fixture(scope="module")
def steps(place: Place) -> int:
    """How many steps a build takes that finds what it remembers."""
    counted = steps_of(place.other, place.folder)
    place.now = 1 - place.now
    assert place.served_now() == place.now
    assert counted > 60
    return counted


def moments(steps: int, early: int, late: int) -> list[int]:
    """Some steps from the whole build, and the last ones, among which is the swap."""
    return [1 + (steps - late) * number // early for number in range(early)] + list(
        range(steps - late + 1, steps + 1)
    )


@pytest.mark.parametrize(("fault", "workers"), [("kill", 1), ("group", 2)])
def test_killed_it_leaves_a_whole_site_and_the_next_one_is_right(
    place: Place, steps: int, monkeypatch: pytest.MonkeyPatch, fault: Fault, workers: int
) -> None:
    monkeypatch.setattr(crew, "_wanted", workers)
    seen = set()
    for moment in moments(steps, 3, 7) if workers == 1 else moments(steps // 2, 2, 0):
        ended = at_step(place.other, moment, fault, place.folder)
        assert ended.killed, moment
        seen.add(place.is_whole())
        place.next()
    assert seen == ({False, True} if workers == 1 else {False})


@pytest.mark.parametrize("fault", ["error", "full", "gone"])
def test_a_disk_that_fails_leaves_a_whole_site_and_the_next_one_is_right(
    place: Place, steps: int, fault: Fault
) -> None:
    failed = 0
    for moment in moments(steps, 3, 1):
        ended = at_step(place.other, moment, fault, place.folder)
        assert not ended.killed
        if ended.failed:
            failed += 1
            assert not place.is_whole() or moment > steps - 8
        else:
            # Only what need not be kept was refused.
            assert place.is_whole()
        place.next()
    assert failed > 1


def test_a_file_that_the_disk_takes_but_half_is_not_published(place: Place) -> None:
    def limited() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            place.other()
        except OSError as error:
            return 0 if error.errno == errno.EFBIG else 1
        return 2

    before = tree(place.site)
    assert forked(limited) == 0
    assert tree(place.site) == before
    assert {path.name for path in place.served.iterdir()} <= {"site", ".site.standby"}
    place.next()


def main(*arguments: str | Path) -> int:
    """Run the command line as a process would, and return its exit code."""
    try:
        cli.main([*map(str, arguments), "--as-of", AS_OF])
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.fixture
def closed() -> Iterator[Callable[[Path, int], None]]:
    """Change the mode of a path until the test has ended."""
    changed: list[tuple[Path, int]] = []

    def change(path: Path, mode: int) -> None:
        changed.append((path, path.stat().st_mode))
        path.chmod(mode)

    yield change
    for path, mode in reversed(changed):
        if path.exists():
            path.chmod(mode)


def test_a_target_that_cannot_be_written_is_told(
    capfd: pytest.CaptureFixture[str], closed: Callable[[Path, int], None]
) -> None:
    with open_folder() as folder:
        site = folder / "served/site"
        site.mkdir(parents=True)
        (site / "index.html").write_bytes(b"old")
        closed(folder / "served", 0o555)
        arguments = ("build", "--registry", QINGDAO, "--site", site)
        assert as_nobody(lambda: main(*arguments)) == 1
        assert (
            f"读写失败：Permission denied（{folder}/served/.site.lock）。原有网站不变。"
            in capfd.readouterr().err
        )
        assert [path.name for path in (folder / "served").iterdir()] == ["site"]
        assert (site / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("which", "told"),
    [
        (RECORD, f"{RECORD}:1: 错误 [file-unreadable] 文件打不开；请检查它是否存在、是否有读取权限。"),
        ("factories/370200", "读写失败：Permission denied（"),
        ("", "读写失败：Permission denied（"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_built(
    capfd: pytest.CaptureFixture[str], closed: Callable[[Path, int], None], which: str, told: str
) -> None:
    with open_folder() as folder:
        registry = folder / "registry"
        subprocess.run(["cp", "-r", QINGDAO, registry], check=True)
        closed(registry / which, 0)
        served = folder / "served"
        served.mkdir()
        served.chmod(0o777)
        arguments = ("build", "--registry", registry, "--site", served / "site")
        assert as_nobody(lambda: main(*arguments)) == 1
        assert told in capfd.readouterr().err
        assert list(served.iterdir()) == []


def test_a_command_that_waits_for_a_build_says_so(place: Place) -> None:
    command = ["build", "--registry", str(place.states[0].root), "--site", str(place.site), "--as-of", AS_OF]
    with claimed(place.site):
        second = subprocess.Popen(
            [sys.executable, "-m", "generator", *command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert second.stderr
        assert second.stderr.readline() == f"另一个程序正在生成 {place.site}，等它结束。\n"
        place.build(1)
        assert second.poll() is None
    second.communicate()
    assert second.returncode == 0
    place.now = 0
    assert place.served_now() == 0
