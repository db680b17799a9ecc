"""Work spread over processes gives what it gives in one, in the same order, and its failures are told."""

import gc
import io
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tqdm import tqdm

from generator import crew
from generator.checks.desk import examine
from generator.cli import cli
from generator.problems import Report
from generator.registry import load
from generator.speech import progress
from tests.books import AS_OF_DAY
from tests.conftest import ROOT


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.fixture(autouse=True)
def _forking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have left threads behind, whose locks nothing here asks for."""
    if "threads" not in request.node.name:
        monkeypatch.setattr(crew, "may_fork", lambda: True)


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("tasks", [0, 1, crew.CHUNK, crew.CHUNK + 1, 3 * crew.CHUNK - 1])
def test_results_come_in_the_order_of_the_tasks(workers: int, tasks: int) -> None:
    results = list(crew.spread(squared, range(tasks), workers=workers))
    assert [result for result, _ in results] == [number * number for number in range(tasks)]
    if tasks:
        assert (os.getpid() in {worker for _, worker in results}) == (workers == 1)


def test_work_goes_on_beside_what_else_is_done() -> None:
    def waiting() -> tuple[str, int]:
        return line.recv(), os.getpid()

    line, other = multiprocessing.Pipe()
    with crew.beside(waiting, crew.WORTHWHILE) as result:
        # It is there and waits, while this process is free to say the word.
        other.send("word")
        said, worker = result()
    assert said == "word"
    assert worker != os.getpid()
    assert not multiprocessing.active_children()


def test_little_work_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_wanted", None)
    done: list[int] = []
    with crew.beside(lambda: done.append(os.getpid()), crew.WORTHWHILE - 1) as result:
        assert not done
        result()
    assert done == [os.getpid()]


def test_nobody_waits_for_work_that_is_not_asked_for() -> None:
    begun = time.monotonic()
    with crew.beside(lambda: time.sleep(60), crew.WORTHWHILE):
        pass
    assert time.monotonic() - begun < 30
    assert not multiprocessing.active_children()


def test_what_stands_in_the_way_of_work_beside_is_met_by_who_asks() -> None:
    def work() -> int:
        raise PermissionError(13, "closed", "a/file")

    with crew.beside(work, crew.WORTHWHILE) as result:
        with pytest.raises(PermissionError, match="closed") as met:
            result()
        assert met.value.filename == "a/file"


def test_a_process_that_is_killed_is_not_waited_for() -> None:
    def work() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with crew.beside(work, crew.WORTHWHILE) as result, pytest.raises(BrokenProcessPool):
        result()


def test_few_tasks_are_not_worth_a_process() -> None:
    tasks = range(crew.WORTHWHILE - 1)
    assert {worker for _, worker in crew.spread(squared, tasks)} == {os.getpid()}


def test_as_many_as_are_asked_for_whatever_there_is_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_wanted", None)
    monkeypatch.setattr(crew, "CHUNK", 1)
    assert crew.hands(crew.WORTHWHILE) == crew.cores()
    crew.employ(3)
    assert (crew.hands(1), crew.hands(crew.WORTHWHILE)) == (3, 3)
    assert os.getpid() not in {worker for _, worker in crew.spread(squared, range(5))}
    crew.employ(None)
    assert crew.hands(1) == 1


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "²", "1.5"])
def test_a_wrong_number_is_told(wrong: str) -> None:
    done = CliRunner().invoke(cli, ["status"], env={"WORKERS": wrong}, standalone_mode=False)
    assert isinstance(done.exception, click.UsageError)
    assert done.exception.message == f"环境变量 WORKERS 的值不对：“{wrong}”，应是不小于 1 的整数。"


def test_a_process_with_threads_is_not_forked() -> None:
    done = threading.Event()
    beside = threading.Thread(target=done.wait)
    beside.start()
    try:
        found = list(crew.spread(squared, range(10), workers=2))
    finally:
        done.set()
        beside.join()
    assert found == [(number * number, os.getpid()) for number in range(10)]


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True


def test_a_progress_bar_starts_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    assert list(progress(range(3), "读取记录")) == [0, 1, 2]
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    assert list(progress(range(3), "读取记录")) == [0, 1, 2]
    assert not screen.getvalue()
    monkeypatch.setattr("generator.speech._UNTOLD", 0)
    for row in progress(range(3), "读取记录"):
        assert threading.active_count() == before, row
    assert "读取记录：" in screen.getvalue()
    assert "1/3" in screen.getvalue()
    assert list(tqdm(range(3), file=io.StringIO())) == [0, 1, 2]
    assert threading.active_count() == before


def refusing(number: int) -> int:
    if number == crew.CHUNK + 3:
        raise OSError(28, "No space left on device", "x")
    return number


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_reaches_the_caller_as_it_was(workers: int) -> None:
    with pytest.raises(OSError, match="No space left") as raised:
        list(crew.spread(refusing, range(3 * crew.CHUNK), workers=workers))
    assert raised.value.filename == "x"


def test_a_registry_read_by_many_is_the_one_read_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records, problems and the lines they are found on."""
    alone = examine(ROOT / "registry", as_of=AS_OF_DAY)
    monkeypatch.setattr(crew, "WORTHWHILE", 1)
    monkeypatch.setattr(crew, "CHUNK", 7)
    monkeypatch.setattr(crew, "cores", lambda: 2)
    together = examine(ROOT / "registry", as_of=AS_OF_DAY)
    assert alone.registry
    assert together.registry
    assert list(together.report) == list(alone.report)
    assert len(together.report) > 5
    assert list(together.registry.units.items()) == list(alone.registry.units.items())
    assert list(together.registry.cases.items()) == list(alone.registry.cases.items())
    assert list(together.registry.documents.items()) == list(alone.registry.documents.items())


def test_a_file_at_rest_is_read_again_for_a_line() -> None:
    registry = load(ROOT / "registry", Report())
    assert registry
    unit = next(iter(registry.units.values()))
    file = registry.file("factories", unit.id)
    text = file.content.decode().splitlines()
    assert text[file.line("enterprise") - 1].startswith("enterprise:")
    assert "titles" in file.root.fields


_LONG = """
import os, sys, time
from generator import crew

def work(task):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece, whatever the other worker writes
    time.sleep(600)

list(crew.spread(work, [1, 2], workers=2, size=1))
"""


def test_workers_end_with_a_killed_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _LONG], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        try:
            pids = [int(parent.stdout.readline()) for _ in range(2)]
            assert all(Path(f"/proc/{pid}").exists() for pid in pids)
        finally:
            parent.kill()
    for _ in range(100):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return
        time.sleep(0.05)
    pytest.fail("workers are still there")


@pytest.mark.parametrize("busy", [True, False])
def test_the_collector_is_left_as_it_was(busy: bool) -> None:
    def failing() -> None:
        with crew.uncollected():
            assert not gc.isenabled()
            raise OSError("disk full")

    before = gc.isenabled()
    try:
        (gc.enable if busy else gc.disable)()
        with pytest.raises(OSError, match="disk full"):
            failing()
        assert gc.isenabled() == busy
    finally:
        (gc.enable if before else gc.disable)()
