"""Programs that are run to be measured: seconds on the clock, and the memory of all their processes together."""

import os
import re
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def shared_memory(pid: int) -> int:
    """The proportional set size of a process and all below it, in KB: pages that several share are counted once."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
            total += int(found[1]) if found else 0
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue  # it has ended
    return total


def environment(cache: Path | None) -> dict[str, str]:
    """The variables of a program that is run: results are kept in a folder of the benchmark's own.

    Python keeps its bytecode, as it does for whoever uses the program.
    """
    own = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**given, **own, **({"CACHE": str(cache)} if cache else {})}


def timed(*command: str | Path, cwd: Path = ROOT, cache: Path | None = None) -> tuple[float, float | None]:
    """Run a program and return its seconds and the most memory in MB; a failure ends the benchmark."""
    begun = time.perf_counter()
    running = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(cache),
    )
    most = 0

    def watch() -> None:
        nonlocal most
        while running.poll() is None:
            begun = time.perf_counter()
            most = max(most, shared_memory(running.pid))
            # To look through the pages of large processes takes time itself: a twentieth of it at the most.
            time.sleep(max(0.2, 20 * (time.perf_counter() - begun)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = running.wait()
    seconds = time.perf_counter() - begun
    watcher.join()
    if code:
        raise SystemExit(f"没有成功（{code}）：{' '.join(map(str, command))}")
    return seconds, most / 1024 if most else None
