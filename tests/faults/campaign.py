"""Builds and imports killed at random moments, and a disk that fills up: is what is left always whole?

A campaign, not a test: `make faults KILLS=200` takes a while. The tests beside this file stop the same work before each of its
steps, or at chosen ones. A build turns a small registry into another state of it; it is killed alone or with its workers, with
nothing remembered or with everything. After each kill the served site must be wholly the old or wholly the new one, and
the next build must end well, without any help, with the bytes of an undisturbed one. The exit code tells.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from generator import journal
from tests.books import demonstration
from tests.conftest import AS_OF, ROOT
from tests.sheets.files import workbook

MANIFEST = "api/v1/manifest.json"
MODES = ("cold", "warm", "import", "full")
NAMES = {"cold": "生成（没有缓存）", "warm": "生成（有缓存）", "import": "导入", "full": "磁盘写满"}


def tree(folder: Path) -> dict[str, str]:
    """The digest of each file; the manifest without the one before it, which depends on what was there."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name, content = path.relative_to(folder).as_posix(), path.read_bytes()
            if name == MANIFEST:
                content = json.dumps({**json.loads(content), "previous": None}).encode()
            found[name] = sha256(content).hexdigest()
    return found


class Place:
    """Two states of a registry, the site that is built from one after the other, and what each must look like."""

    def __init__(self, folder: Path, units: int) -> None:
        self.folder = folder
        self.served = folder / "served"
        self.site = self.served / "site"
        self.cache = folder / "cache"
        self.states = (folder / "state-a", folder / "state-b")
        self._make(units)
        self.trees = []
        for number, state in enumerate(self.states):
            alone = folder / f"alone-{number}"
            self.run("build", "--registry", state, "--site", alone / "site", cache=alone / "cache")
            self.trees.append(tree(alone / "site"))
        assert self.trees[0] != self.trees[1]

    def _make(self, units: int) -> None:
        first, second = self.states
        demonstration(first, units=units, seed=11)
        shutil.copytree(first, second)
        for record in sorted((second / "factories").rglob("*.yml"))[::3]:
            text = re.sub("^name: (.*)$", r"name: \1（一期）", record.read_text(encoding="utf-8"), flags=re.M)
            record.write_text(text, encoding="utf-8")

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "generator", *map(str, arguments), "--as-of", AS_OF]

    def environment(self, cache: Path | None = None) -> dict[str, str]:
        own = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "WORKERS": "2", "CACHE": str(cache or self.cache)}
        return {**os.environ, **own}

    def run(self, *arguments: object, cache: Path | None = None) -> tuple[int, float, str]:
        begun = time.perf_counter()
        done = subprocess.run(
            self.command(*arguments), cwd=ROOT, env=self.environment(cache), capture_output=True, check=False
        )
        return done.returncode, time.perf_counter() - begun, done.stderr.decode()

    def build(self, state: int) -> tuple[int, float, str]:
        return self.run("build", "--registry", self.states[state], "--site", self.site)

    def forget(self) -> None:
        """Remove all that is remembered; the site stays."""
        shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.served / ".site.standby", ignore_errors=True)

    def which(self) -> str:
        """Which state is served."""
        found = tree(self.site) if self.site.is_dir() else None
        return "ab"[self.trees.index(found)] if found in self.trees else "none" if found is None else "mixed"


class Watcher(threading.Thread):
    """Asks for two files of the site all the time, as readers do."""

    def __init__(self, site: Path) -> None:
        super().__init__(daemon=True)
        self.site, self.asked, self.missing, self.ended = site, 0, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.002):
            for name in ("index.html", MANIFEST):
                self.asked += 1
                with suppress(OSError):
                    if (self.site / name).read_bytes():
                        continue
                self.missing += 1


def killed(place: Place, arguments: tuple[object, ...], wait: Callable[[], None], *, group: bool) -> bool:
    """Start a command, kill it after a while, and wait until its workers have gone; tell whether it was still there."""
    with subprocess.Popen(
        place.command(*arguments),
        cwd=ROOT,
        env=place.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        wait()
        there = running.poll() is None
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(running.pid, signal.SIGKILL)
    for _ in range(200):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return there
        time.sleep(0.02)
    raise SystemExit("子进程没有随主进程结束")


def rounds(what: str, times: int, until: float) -> Iterator[int]:
    """Count rounds, as many as are asked for or as there is time for, and say now and then how far it is."""
    for number in range(times):
        if time.monotonic() > until:
            return
        yield number
        if (number + 1) % 25 == 0 or number + 1 == times:
            sys.stderr.write(f"{what} {number + 1}/{times}\n")


def builds(place: Place, kills: int, chance: random.Random, until: float, *, cold: bool) -> Counter[str]:
    """Kill builds; return how many there were of what."""
    found: Counter[str] = Counter()
    for state in (0, 1, 0, 1):
        place.forget() if cold else None
        usual = place.build(state)[1]
    watcher = Watcher(place.site)
    watcher.start()
    now = 1
    for number in rounds(NAMES["cold" if cold else "warm"], kills, until):
        found["times"] += 1
        if cold:
            place.forget()
        arguments = ("build", "--registry", place.states[1 - now], "--site", place.site)
        moment, group = chance.uniform(0, usual * 1.05), number % 2 == 0
        there = killed(place, arguments, lambda moment=moment: time.sleep(moment), group=group)  # type: ignore[misc]
        found["killed"] += there
        left = [path.name for path in place.served.iterdir() if path.name.endswith(".building")]
        found["while writing"] += bool(left)
        which = place.which()
        found["old" if which == "ab"[now] else "new" if which == "ab"[1 - now] else which] += 1
        code, usual_now, error = place.build(1 - now)
        usual = 0.8 * usual + 0.2 * usual_now
        right = code == 0 and place.which() == "ab"[1 - now]
        found["next right"] += right
        if not right:
            sys.stderr.write(f"第 {number + 1} 次之后：{error}\n")
        names = {path.name for path in place.served.iterdir()}
        found["left over"] += not names <= {"site", ".site.standby"}
        now = 1 - now
    watcher.ended.set()
    watcher.join()
    found["asked"], found["missing"] = watcher.asked, watcher.missing
    return found


def imports(place: Place, kills: int, chance: random.Random, until: float) -> Counter[str]:
    """Kill imports that change every unit, while they write; return how many there were of what."""
    found: Counter[str] = Counter()
    root, sheet = place.folder / "registry", place.folder / "成熟度.xlsx"
    keys = sorted(path.stem for path in (place.states[0] / "factories").rglob("*.yml"))
    header = ["编号", "评定日期", "等级", "方式"]
    sheet.write_bytes(workbook(("成熟度", [header, *([key, "2020-01-06", 1, "自评"] for key in keys)])))
    arguments = ("import", sheet, "--registry", root)
    old = tree(place.states[0])
    shutil.copytree(place.states[0], root)
    code, _, error = place.run(*arguments)
    assert code == 0, error
    new = tree(root)
    assert new != old
    for number in rounds(NAMES["import"], kills, until):
        found["times"] += 1
        shutil.rmtree(root)
        shutil.copytree(place.states[0], root)
        moment = chance.uniform(0, 0.15)

        def wait(moment: float = moment) -> None:
            begun = time.monotonic()
            while not (root / journal.FOLDER).exists() and time.monotonic() < begun + 60:
                time.sleep(0.0005)
            time.sleep(moment)

        found["killed"] += killed(place, arguments, wait, group=number % 2 == 0)
        found["while writing"] += (root / journal.FOLDER).exists()
        found["pending"] += journal.pending(root)
        place.run("status", "--registry", root)
        after = tree(root)
        found["old" if after == old else "new" if after == new else "mixed"] += 1
        code, _, error = place.run(*arguments)
        right = code == 0 and tree(root) == new
        found["next right"] += right
        if not right:
            sys.stderr.write(f"第 {number + 1} 次之后：{error}\n")
        found["left over"] += (root / journal.FOLDER).exists()
    return found


def full(place: Place, times: int, until: float) -> Counter[str]:
    """Build on a small disk of which less and less is free; return how many there were of what."""
    found: Counter[str] = Counter()
    size = sum(path.stat().st_blocks * 512 for path in (place.folder / "alone-0/site").rglob("*"))
    place.served.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={3 * size}", "faults", place.served],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        sys.stderr.write(
            f"不能挂载小磁盘（{made.stderr.decode().strip()}），没有做这一项；要由 root 运行。\n"
        )
        return found
    try:
        now = 0
        assert place.build(now)[0] == 0
        for number in rounds(NAMES["full"], times, until):
            found["times"] += 1
            place.forget()
            ballast = place.served / "ballast"
            disk = os.statvfs(place.served)
            free = disk.f_bavail * disk.f_frsize - size * 12 * number // (10 * times)
            with ballast.open("wb") as file, suppress(OSError):
                os.posix_fallocate(file.fileno(), 0, max(free, 1))
            code, _, error = place.build(1 - now)
            found["failed"] += code == 1 and "No space left on device" in error
            which = place.which()
            found["old" if which == "ab"[now] else "new" if which == "ab"[1 - now] else which] += 1
            ballast.unlink()
            right = place.build(1 - now)[0] == 0 and place.which() == "ab"[1 - now]
            found["next right"] += right
            found["left over"] += not {p.name for p in place.served.iterdir()} <= {"site", ".site.standby"}
            now = 1 - now
    finally:
        subprocess.run(["umount", place.served], check=False)
    return found


COLUMNS = {
    "times": "次数",
    "killed": "中途终止",
    "while writing": "正在写",
    "pending": "待撤销",
    "failed": "写满报错",
    "old": "旧的",
    "new": "新的",
    "mixed": "半新半旧",
    "none": "没有网站",
    "next right": "再做正确",
    "left over": "有残留",
    "asked": "读者请求",
    "missing": "落空",
}


def main() -> int:
    """Run the campaign, print a table, and return 0 where nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--units", type=int, default=12)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--minutes", type=float, default=600, help="no round begins after so many")
    parser.add_argument("--only", choices=MODES, action="append")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    until = time.monotonic() + options.minutes * 60
    rows: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        for mode in options.only or MODES:
            folder = Path(name, mode)
            folder.mkdir()
            place = Place(folder, options.units)
            if mode == "full":
                found = full(place, max(options.kills // 10, 1), until)
            elif mode == "import":
                found = imports(place, max(options.kills // 4, 1), chance, until)
            else:
                found = builds(place, options.kills, chance, until, cold=mode == "cold")
            if found:
                rows[mode] = found
    bad = 0
    for mode, found in rows.items():
        counts = "，".join(f"{COLUMNS[name]} {found[name]}" for name in COLUMNS if name in found)
        sys.stdout.write(f"{NAMES[mode]}：{counts}\n")
        bad += sum(found[name] for name in ("mixed", "none", "left over", "missing"))
        bad += found["times"] - found["next right"]
    sys.stdout.write("没有发现问题。\n" if not bad else f"有 {bad} 处不对。\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
