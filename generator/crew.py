"""Long work spread over all cores: the same function over many tasks, the results in the order of the tasks.

Imports nothing of the package. Workers are forked, so that they share what is in memory and only results travel.
"""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

# Below this, starting workers costs more than they save.
WORTHWHILE = 2000
CHUNK = 500

# From <linux/prctl.h>.
_PR_SET_PDEATHSIG = 1

# How many processes were asked for, whatever there is to do.
_wanted: int | None = None
_work: Callable[[Any], Any] | None = None
_tasks: Sequence[Any] = ()


def cores() -> int:
    """Return on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def employ(workers: int | None) -> None:
    """Use so many processes for all work from now on, however little it is; None leaves it to the work.

    Args:
        workers: at least 1.
    """
    global _wanted  # noqa: PLW0603 - forked workers know it too
    _wanted = workers


def hands(tasks: int) -> int:
    """Return how many processes work is spread over: all cores, but none beside this one for few tasks.

    Args:
        tasks: how much there is to do.
    """
    return _wanted or (cores() if tasks >= WORTHWHILE else 1)


def spread(
    work: Callable[[T], R], tasks: Sequence[T], *, workers: int | None = None, size: int | None = None
) -> Iterator[R]:
    """Yield the result of every task in order.

    Args:
        work: what is done with a task; its result can be pickled. What it changes in memory is lost.
        tasks: the tasks.
        workers: how many processes to use; as many as `hands` says unless given.
        size: how many tasks a worker takes at a time.
    """
    if workers is None:
        workers = hands(len(tasks))
    if workers < 2 or not may_fork():
        yield from map(work, tasks)
        return
    # Little work is done without workers, and need not wait for what starts them to load.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _work, _tasks
    _work, _tasks = work, tasks
    step = size or CHUNK
    chunks = [(first, first + step) for first in range(0, len(tasks), step)]
    # What is there at the fork is not looked at by the collector of a worker, which would copy its pages.
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, get_context("fork"), _join, (os.getpid(),)) as pool:
            for results in pool.map(_chunk, chunks):
                yield from results
    finally:
        _work, _tasks = None, ()
        gc.unfreeze()


@contextmanager
def beside(work: Callable[[], R], tasks: int) -> Iterator[Callable[[], R]]:
    """Begin work in a process of its own, and give what waits for its result; whoever does not ask need not wait.

    Where no process can be had the work is done here when it is asked for. A failure is met by whoever asks.

    Args:
        work: its result can be pickled. What it changes in memory is lost.
        tasks: how much there is to do; for little, no process is begun.
    """
    if hands(tasks) < 2 or not may_fork():
        yield work
        return
    from multiprocessing import get_context

    fork = get_context("fork")
    line, other = fork.Pipe(duplex=False)
    process = fork.Process(target=_tell, args=(other, work, os.getpid()), daemon=True)
    process.start()
    other.close()

    def result() -> R:
        try:
            failed, told = line.recv()
        except EOFError as ended:
            # As a pool says of its workers.
            from concurrent.futures.process import BrokenProcessPool

            raise BrokenProcessPool("a process ended before it was done") from ended
        if failed:
            raise told
        found: R = told
        return found

    try:
        yield result
    finally:
        process.kill()
        process.join()
        line.close()


def collect_seldom() -> None:
    """Have the collector of cycles look through what is in memory seldom: records live as long as the process."""
    gc.set_threshold(200_000, 20, 100)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles away while very many values are made that hold none.

    It walks over all of them again and again as they become more, and finds nothing: with 45,000 units that takes longer
    than the rules do.
    """
    busy = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if busy:
            # Straight to the old ones, which are seldom looked at: else the next collection walks over all of them.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def may_fork() -> bool:
    """Tell whether this process can fork, and may: a fork copies one thread, and the locks that others hold with it."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _join(parent: int) -> None:
    """Begin as a worker: an interruption is told to the parent, which stops the workers; with the parent they end."""
    import ctypes

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _tell(line: "Connection", work: Callable[[], object], parent: int) -> None:
    _join(parent)
    gc.freeze()
    try:
        told = False, work()
    except Exception as error:
        told = True, error
    line.send(told)


def _chunk(bounds: tuple[int, int]) -> list[Any]:
    assert _work is not None
    return [_work(task) for task in _tasks[slice(*bounds)]]
