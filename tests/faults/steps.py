"""Work that is stopped, or refused by the disk, at its n-th step: a process of its own is told by Python what it does there.

A step is anything that makes, moves or removes a file or folder: Python raises an audit event before each. So every
moment at which the disk looks different can be tried, and always the same ones.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

NOBODY = 65534

# `kill`: the process is killed before the step. `error`: this one step fails. `full`: from this step on nothing new
# can be made. `gone`: from this step on nothing at all can be changed, as on a disk that has become read-only.
Fault = Literal["kill", "group", "error", "full", "gone"]

_MAKING = {"open", "os.mkdir", "os.link", "os.symlink"}
_CHANGING = {"os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
_CALLS = {"renameat2", "syncfs"}
_ENDED, _FAILED, _UNTOUCHED = 0, 1, 2


@dataclass
class _Hook:
    """Counts the steps below a folder and fails at one of them."""

    within: str
    fault: Fault
    number: int
    count: int = field(default=0)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        making = event in _MAKING
        if event == "open":
            making = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and self._inside(
                arguments[0]
            )
            if not making:
                return
        elif event == "ctypes.dlsym":
            if arguments[1] not in _CALLS:
                return
        elif not (making or event in _CHANGING) or not self._inside(arguments[0]):
            return
        self.count += 1
        if self.count < self.number:
            return
        if self.fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.fault == "group":
            os.killpg(0, signal.SIGKILL)
        elif self.fault == "gone" and event != "ctypes.dlsym":
            raise OSError(30, "Read-only file system", str(arguments[0]))
        elif (self.fault == "full" and making) or (self.fault == "error" and self.count == self.number):
            raise OSError(28, "No space left on device", str(arguments[0]))

    def _inside(self, path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        name = os.fsdecode(path)
        # What is removed with a whole folder is named from within it.
        return name.startswith(self.within) or not name.startswith("/")


@dataclass(frozen=True)
class Ended:
    """How the work ended: killed, failed with an OSError, or to the end; `reached` is whether it came to the step."""

    killed: bool
    failed: bool
    reached: bool


def at_step(work: Callable[[], object], number: int, fault: Fault, within: Path) -> Ended:
    """Do some work in a process of its own, with a fault at a step.

    Args:
        work: what is done; it may use relative paths nowhere.
        number: the step, from 1.
        fault: what happens there.
        within: the folder whose steps count.
    """

    def child() -> int:
        if fault == "group":
            os.setpgid(0, 0)
        hook = _Hook(str(within), fault, number)
        sys.addaudithook(hook)
        try:
            work()
        except OSError:
            return _FAILED
        return _ENDED if hook.count >= number else _UNTOUCHED

    status = forked(child)
    return Ended(
        killed=status == -signal.SIGKILL, failed=status == _FAILED, reached=status in (-9, _ENDED, _FAILED)
    )


def every_step(
    work: Callable[[], object], fault: Fault, within: Path, *, every: int = 1
) -> Iterator[tuple[int, Ended]]:
    """Yield what came of some work with a fault at its first step, its second, and so on until there are no more."""
    number = 1
    while (ended := at_step(work, number, fault, within)).reached:
        yield number, ended
        number += every


def steps_of(work: Callable[[], object], within: Path) -> int:
    """Return how many steps some work takes; it is done in a process of its own."""
    reading, writing = os.pipe()

    def child() -> int:
        hook = _Hook(str(within), "error", 1_000_000)
        sys.addaudithook(hook)
        work()
        os.write(writing, str(hook.count).encode())
        return 0

    code = forked(child)
    os.close(writing)
    with os.fdopen(reading) as counted:
        told = counted.read()
    assert code == 0
    return int(told)


def forked(child: Callable[[], int]) -> int:
    """Return the exit code of what is done in a process of its own, less than 0 where a signal ended it."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = child()
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def as_nobody(child: Callable[[], int]) -> int:
    """The same as a user who owns nothing; where the tests are not run by root, they are run by somebody like that."""

    def dropped() -> int:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return child()

    return forked(dropped)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that other users may look into, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="faults-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
