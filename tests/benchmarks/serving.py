"""A site is asked without pause while it is built again and swapped: does any answer fail, or belong to no site?

nginx serves it with the settings that `hosting` writes. wrk loads it and counts failures. A client beside it compares
every body with the files of each build: an answer must be, byte for byte, the file of a site that was there while it was
asked for, whole, and no answer may go back behind one that came before.
"""

import argparse
import gzip
import http.client
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.hosting.machine import Machine  # noqa: E402
from tests.benchmarks.building import AS_OF, changed  # noqa: E402
from tests.benchmarks.running import environment  # noqa: E402
from tests.hosting.nginx import command, free_port  # noqa: E402

HOST = "minglu.example.cn"
# The manifest names the one before it, so that it changes with every build.
MANIFEST = "api/v1/manifest.json"
ALWAYS = (
    "index.html",
    "directory/index.html",
    MANIFEST,
    "data/units.csv",
    "data/units.json",
    "data/SHA256SUMS",
)
SAMPLED = (
    "factories/*/index.html",
    "badges/*.svg",
    "feeds/*",
    "calendar/*.ics",
    "changes/*/index.html",
    "api/v1/*.json",
)


@dataclass(slots=True)
class Build:
    """A site that was published: between which moments its swap was, and the digests of the files that are asked for."""

    begun: float
    ended: float
    told: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked for and when, and the digest of what came; of a 304, of what was kept."""

    path: str
    begun: float
    ended: float
    digest: str


@dataclass(slots=True)
class Outcome:
    """All that was counted; latencies in milliseconds."""

    seconds: int
    units: int
    swaps: int = 0
    load: dict[str, float] = field(default_factory=dict)
    compared: int = 0
    changed_files: int = 0
    not_modified: int = 0
    failures: list[str] = field(default_factory=list)
    kept_after_same: int = 0
    sent_after_same: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return not (self.failures or self.load["wrong"] or self.load["broken"])


class Client(threading.Thread):
    """Asks for the sampled files over one connection that is kept, until it is told to stop."""

    def __init__(self, port: int, paths: list[str]) -> None:
        super().__init__(daemon=True)
        self.answers: list[Answer] = []
        self.failures: list[str] = []
        self.not_modified = 0
        self.stopped = threading.Event()
        self._paths = paths
        self._tags: dict[str, tuple[str, str]] = {}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def run(self) -> None:
        """Ask; every third time only for what has changed."""
        for number in count():
            for path in self._paths:
                if self.stopped.is_set():
                    return
                body = self.ask(path, conditional=number % 3 == 2, packed=number % 2 == 1)
                if path == "directory/index.html" and body:
                    # An open page asks for its index a moment later, and must get that of its own site.
                    for part in sorted(set(re.findall(rb"index/[a-z]+-[0-9a-f]{12}\.json", body))):
                        found = self.ask(f"directory/{part.decode()}", conditional=False, packed=False)
                        name = part.decode().rpartition("-")[2][:12]
                        if found is not None and not sha256(found).hexdigest().startswith(name):
                            self.failures.append(f"{part.decode()}：内容与名字不符")

    def close(self) -> None:
        """Give the connection up; the next question opens another."""
        self._connection.close()

    def ask(self, path: str, *, conditional: bool, packed: bool) -> bytes | None:
        """Ask for a file, and return its body; None where it failed, or was not sent again."""
        tag, kept = self._tags.get(path, ("", ""))
        headers = {"Host": HOST} | ({"If-None-Match": tag} if conditional and tag else {})
        if packed:
            headers["Accept-Encoding"] = "gzip"
        begun = time.monotonic()
        try:
            self._connection.request("GET", "/" + path.removesuffix("index.html"), headers=headers)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{path}：{error!r}")
            self._connection.close()
            return None
        ended = time.monotonic()
        if answer.status == 304 and conditional:
            self.not_modified += 1
            self.answers.append(Answer(path, begun, ended, kept))
            return None
        if answer.status != 200:
            self.failures.append(f"{path}：{answer.status}")
            return None
        if answer.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        digest = sha256(body).hexdigest()
        self._tags[path] = (answer.getheader("ETag") or "", digest)
        self.answers.append(Answer(path, begun, ended, digest))
        return body


def mixed(answers: list[Answer], builds: list[Build]) -> Iterator[str]:
    """Yield what is no file of a site that was there when it was asked for, and what goes back behind an earlier answer."""
    least = 0
    for answer in answers:
        if answer.path not in builds[0].told:
            continue  # named by a page: told by its own name
        there = [
            number
            for number, build in enumerate(builds)
            if build.begun <= answer.ended
            and (number + 1 == len(builds) or builds[number + 1].ended >= answer.begun)
        ]
        fits = [number for number in there if builds[number].told.get(answer.path) == answer.digest]
        if not fits:
            yield f"{answer.path}：不是当时任何一个网站的文件"
        elif max(fits) < least:
            yield f"{answer.path}：比先前的回答旧"
        else:
            least = max(least, min(fits))


def sample(site: Path, most: int) -> list[str]:
    """The files to ask for: some always, and of each kind some, spread evenly."""
    paths = dict.fromkeys(ALWAYS)
    for pattern in SAMPLED:
        found = sorted(path.relative_to(site).as_posix() for path in site.glob(pattern) if path.is_file())
        paths |= dict.fromkeys(found[:: max(1, len(found) // most)])
    return [path for path in paths if path != "feeds/sitemap.xml"]


def build(folder: Path, day: date, paths: list[str] | None) -> tuple[Build, list[str]]:
    """Build the site of a day in its place as `hosting` has it built, and note what the files are."""
    begun = time.monotonic()
    options = ("--registry", folder / "demo", "--site", folder / "registry/site", "--as-of", day.isoformat())
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--gzip", *map(str, options)],
        cwd=ROOT,
        env=environment(folder / "cache"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    site = folder / "registry/site"
    paths = paths or sample(site, 40)
    ended = time.monotonic()
    return Build(
        begun, ended, {path: sha256((site / path).read_bytes()).hexdigest() for path in paths}
    ), paths


def measure(folder: Path, *, units: int, seconds: int) -> Outcome:
    """Build, serve, load, build again as long as the load lasts, and compare."""
    outcome = Outcome(seconds, units)
    day = date.fromisoformat(AS_OF)
    demo = ("demo", folder / "demo", "--units", str(units), "--seed", "7", "--as-of", AS_OF)
    subprocess.run(
        [sys.executable, "-m", "generator", *map(str, demo)],
        cwd=ROOT, env=environment(None), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    first, paths = build(folder, day, None)
    builds = [first]
    port = free_port()
    machine = Machine(domain=HOST, root=str(folder / "registry"), user="registry")
    (folder / "paths").write_text(
        "".join(f"/{path.removesuffix('index.html')}\n" for path in paths), encoding="utf-8"
    )
    folder.chmod(0o755)
    serving = subprocess.Popen(command(folder, machine, port), stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        client = Client(port, paths)
        client.start()
        wrk = (
            *("wrk", "-t1", "-c16", f"-d{seconds}s", "--timeout", "10s", "-s", ROOT / "tests/benchmarks/serving.lua"),
            *("-H", f"Host: {HOST}", f"http://127.0.0.1:{port}/", "--", folder / "paths"),
        )  # fmt: skip
        load = subprocess.Popen([str(part) for part in wrk], stdout=subprocess.PIPE, text=True)
        while load.poll() is None:
            day += timedelta(days=1)
            changed(folder / "demo", "甲")
            after, _ = build(folder, day, paths)
            builds.append(after)
            # Long enough to be asked for in peace.
            time.sleep(0.3)
        client.stopped.set()
        client.join(30)
        client.close()
        told = load.communicate()[0]
        outcome.load = json.loads(told.splitlines()[-1])
        outcome.swaps = len(builds) - 1
        outcome.compared, outcome.not_modified = len(client.answers), client.not_modified
        outcome.changed_files = sum(len({build.told[path] for build in builds}) > 1 for path in paths)
        outcome.failures = [*client.failures, *mixed(client.answers, builds)]
        again = Client(port, paths)
        for number, path in enumerate(paths):
            again.ask(path, conditional=False, packed=number % 2 == 1)
        # A connection that stands idle for so long is closed by the host.
        again.close()
        build(folder, day, paths)
        for number, path in enumerate(paths):
            if again.ask(path, conditional=True, packed=number % 2 == 1) is not None:
                outcome.sent_after_same.append(path)
        again.close()
        outcome.kept_after_same = again.not_modified
        outcome.failures += again.failures
    finally:
        serving.terminate()
        serving.wait(20)
    return outcome


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("HEAD", "/", headers={"Host": HOST})
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("nginx 没有启动。")


def report(outcome: Outcome) -> str:
    """What was counted, as text."""
    load = outcome.load
    return (
        f"{outcome.units} 个单元，{outcome.seconds} 秒，换了 {outcome.swaps} 次。\n"
        f"wrk：{load['requests']} 个请求，{load['bytes'] / 1e6:.0f} MB，状态不对 {load['wrong']}，中断 {load['broken']}；"
        f"用时中位 {load['p50']} 毫秒，99% {load['p99']} 毫秒，最长 {load['max']} 毫秒。\n"
        f"逐字节比较：{outcome.compared} 个回答，其中 304 {outcome.not_modified} 个，"
        f"期间变过的文件 {outcome.changed_files} 个；失败或混杂 {len(outcome.failures)} 个。\n"
        f"没有改动再次生成后：{outcome.kept_after_same} 个文件答 304，"
        f"重发 {len(outcome.sent_after_same)} 个（{'、'.join(outcome.sent_after_same)}）。\n"
        + "".join(f"  {line}\n" for line in outcome.failures[:20])
    )


def main() -> None:
    """Measure, print, leave the report, and fail where an answer did."""
    parser = argparse.ArgumentParser(
        description="一边不断访问网站，一边反复生成和换下，查有没有失败或混杂的回答。"
    )
    parser.add_argument("--units", type=int, default=5000, help="演示名录的单元数")
    parser.add_argument("--seconds", type=int, default=60, help="访问多少秒")
    parser.add_argument("--out", type=Path, default=ROOT / "build/bench", help="写入报告的目录")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = measure(Path(folder), units=given.units, seconds=given.seconds)
    print(report(outcome), end="")
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "serving.json").write_text(
        json.dumps(asdict(outcome), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    sys.exit(not outcome.good)


if __name__ == "__main__":
    main()
