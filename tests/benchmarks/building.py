"""How long it takes to build, and how much memory, with very many units, beside programs that do the same.

A benchmark, not a test: it makes demonstration registries, checks and builds them, builds again after nothing and after one
record has changed, waits for a preview to show a change, and has Hugo and MkDocs make as many pages of the same weight on
the same machine in the same run. The same is left as Markdown and JSON in build/bench/.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.benchmarks.peers import hugo, material
from tests.benchmarks.report import aligned, markdown, written
from tests.benchmarks.running import ROOT, environment, timed

AS_OF = "2026-11-24"
UNITS_OF_ALL, CASES_OF_ALL = 45_000, 10_000
MKDOCS_PAGES = 2000
SMALL = 340
EMPTY_FILES = 10_000
PREVIEWED = 5000
# Parts of the whole, to see whether time and memory grow with the number of units.
SHARES = (100, 10)

CHECK, CHECK_AGAIN, LOADER = "检查", "没有改动，再次检查", "只用 PyYAML 读同样的文件"
COLD, AGAIN, CHANGED, CHANGED_AGAIN = (
    "全新生成",
    "没有改动，再次生成",
    "改了一个单元，再次生成",
    "又改一个单元，再次生成",
)
EMPTY = f"新建 {EMPTY_FILES} 个空文件"
COPY = "cp -r 生成的网站"
PREVIEW = f"预览显示改动（{PREVIEWED} 个单元）"
HUGO = "Hugo 生成同样多的单元页"
ORDINARY, LEAN = "MkDocs 和 Material 的普通页面（导航、搜索）", "MkDocs 和 Material，不进导航，不建搜索"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What was done, the seconds it took on the clock, and the most memory of all its processes together in MB."""

    name: str
    seconds: float
    megabytes: float | None = None


@dataclass(slots=True, kw_only=True)
class Outcome:
    """All that was measured, with what it was measured with."""

    units: int
    cores: int
    files: int = 0
    bytes: int = 0
    mkdocs_pages: int = 0
    page_bytes: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    timings: list[Timing] = field(default_factory=list)
    identical: bool = False

    def add(self, name: str, found: tuple[float, float | None]) -> None:
        """Keep a timing."""
        self.timings.append(Timing(name=name, seconds=found[0], megabytes=found[1]))
        print(f"  {name}：{found[0]:.2f} 秒", file=sys.stderr)

    def seconds(self, name: str) -> float:
        """Return how long something took."""
        return next(each.seconds for each in self.timings if each.name == name)


def generator(*arguments: str | Path, cache: Path | None = None) -> tuple[float, float | None]:
    """Run the register's own command."""
    return timed(sys.executable, "-m", "generator", *arguments, cache=cache)


def empty_files(folder: Path) -> tuple[float, float | None]:
    """How long the file system takes for so many new files.

    After very many files were deleted, ext4 passes over their numbers for minutes and takes twenty times as long for a new
    one. Nothing is deleted while it is measured; what was deleted before shows here.
    """
    folder.mkdir()
    begun = time.perf_counter()
    for number in range(EMPTY_FILES):
        (folder / str(number)).touch()
    return time.perf_counter() - begun, None


def loader_alone(registry: Path) -> tuple[float, float | None]:
    """How long PyYAML's C loader takes for the same files on one core, without reading them from the disk."""
    texts = [path.read_bytes() for path in sorted(registry.rglob("*.yml"))]
    begun = time.perf_counter()
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)
    return time.perf_counter() - begun, None


def preview(folder: Path) -> tuple[float, float | None]:
    """How long it takes from saving a record until the preview gives out the page with the change; the worse of two."""
    registry = folder / "registry"
    demonstration(registry, PREVIEWED, 7)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    options = ("--registry", registry, "--as-of", AS_OF, "--addr", address)
    running = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", *map(str, options)],
        cwd=ROOT,
        env=environment(folder / "cache"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    worst = 0.0
    with running:
        assert running.stdout
        while "预览网址" not in running.stdout.readline():
            if running.poll() is not None:
                raise SystemExit("预览没有启动。")
        for name in ("甲", "乙"):
            time.sleep(3)
            record = changed(registry, name)
            begun = time.perf_counter()
            while True:
                with urllib.request.urlopen(f"http://{address}/factories/{record.stem}/") as page:
                    if f"{name}</h1>" in page.read().decode():
                        break
                time.sleep(0.02)
            worst = max(worst, time.perf_counter() - begun)
        running.terminate()
    return worst, None


def demonstration(registry: Path, units: int, seed: int) -> None:
    """Write a fictional registry in which every size has its share of the cases of the largest."""
    cases = round(units * CASES_OF_ALL / UNITS_OF_ALL)
    sizes = ("--units", str(units), "--cases", str(cases), "--seed", str(seed))
    generator("demo", registry, *sizes, "--as-of", AS_OF)


def changed(registry: Path, name: str = "甲") -> Path:
    """Alter one record, as a renaming does, and return it."""
    record = sorted((registry / "factories").rglob("*.yml"))[0]
    text = record.read_text(encoding="utf-8")
    record.write_text(
        re.sub(r"^name: (.*)$", rf"name: \1{name}", text, count=1, flags=re.MULTILINE), encoding="utf-8"
    )
    return record


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return subprocess.run(["diff", "-rq", one, other], capture_output=True, check=False).returncode == 0


def series(outcome: Outcome, units: int, seed: int, folder: Path, *, named: str = "") -> tuple[Path, Path]:
    """Time the builds of a registry, from nothing and after changes; return registry and site."""
    registry, site, cache = folder / "registry", folder / "site", folder / "cache"
    demonstration(registry, units, seed)
    build = ("build", "--registry", registry, "--as-of", AS_OF, "--site", site)
    outcome.add(COLD + named, generator(*build, cache=cache))
    if not named:
        outcome.add(AGAIN, generator(*build, cache=cache))
    changed(registry, "甲")
    outcome.add(CHANGED + named, generator(*build, cache=cache))
    changed(registry, "乙")
    outcome.add(CHANGED_AGAIN + named, generator(*build, cache=cache))
    return registry, site


def measure(units: int, seed: int, folder: Path, *, peers: bool) -> Outcome:
    """Make, build and time everything in a folder."""
    outcome = Outcome(units=units, cores=len(os.sched_getaffinity(0)))
    outcome.versions["Python"] = sys.version.split()[0]
    outcome.add(EMPTY, empty_files(folder / "empty"))
    registry, site = series(outcome, units, seed, folder / "whole")
    files = [path for path in site.rglob("*") if path.is_file()]
    outcome.files, outcome.bytes = len(files), sum(path.stat().st_size for path in files)
    cold = folder / "cold"
    generator("build", "--registry", registry, "--as-of", AS_OF, "--site", cold, cache=folder / "other")
    # The manifest tells which one it replaced; apart from that link the two are the same.
    for place in (site, cold):
        (place / "api/v1/manifest.json").unlink()
    outcome.identical = same(site, cold)
    check = ("check", "--registry", registry, "--as-of", AS_OF)
    outcome.add(CHECK, generator(*check, cache=folder / "checked"))
    outcome.add(CHECK_AGAIN, generator(*check, cache=folder / "checked"))
    outcome.add(LOADER, loader_alone(registry))
    outcome.add(COPY, timed("cp", "-r", site, folder / "copy"))
    # It ends before all is on the disk; the build that follows would wait for that.
    os.sync()
    for number in sorted({SMALL, *(max(1, units // share) for share in SHARES)} & set(range(units))):
        series(outcome, number, seed, folder / f"part-{number}", named=of(number))
    outcome.page_bytes["生成的"] = mean_bytes(site / "factories")
    if peers:
        outcome.add(PREVIEW, preview(folder / "preview"))
        told = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True)
        outcome.versions["Hugo"] = told.stdout.strip()
        outcome.add(HUGO, hugo(site, folder / "hugo", units))
        outcome.page_bytes["Hugo"] = mean_bytes(folder / "hugo/public/factories")
        outcome.versions |= {name: version(name) for name in ("mkdocs", "mkdocs-material")}
        outcome.mkdocs_pages = min(units, MKDOCS_PAGES)
        outcome.add(ORDINARY, material(folder / "ordinary", outcome.mkdocs_pages, lean=False))
        outcome.add(LEAN, material(folder / "lean", outcome.mkdocs_pages, lean=True))
    return outcome


def of(units: int) -> str:
    """What a step is called further, where it is not about all units."""
    return f"（{units} 个单元）"


def mean_bytes(folder: Path) -> int:
    """The size of the pages in a folder, on average over the first thousand."""
    pages = [page.stat().st_size for page in islice(folder.rglob("index.html"), 1000)]
    return round(sum(pages) / len(pages))


def tables(outcome: Outcome) -> Iterator[tuple[str, list[Sequence[str]]]]:
    """Yield what the report shows."""
    yield (
        f"用时和内存（{outcome.cores} 个核；网站 {outcome.files} 个文件，{outcome.bytes / 1e6:.0f} MB）",
        [
            ("做什么", "秒", "内存（MB）"),
            *(
                (each.name, f"{each.seconds:.2f}", f"{each.megabytes:.0f}" if each.megabytes else "")
                for each in outcome.timings
            ),
        ],
    )
    yield (
        "同一次运行里的比值",
        [
            ("比值", "", "目标"),
            *((name, f"{ratio:.2f}", target) for name, ratio, target in ratios(outcome)),
        ],
    )
    if outcome.versions:
        pages = (f"{whose}单元页 {size} 字节" for whose, size in outcome.page_bytes.items())
        yield "版本和页面", [("什么", ""), *outcome.versions.items(), ("页面平均大小", "，".join(pages))]


def ratios(outcome: Outcome) -> Iterator[tuple[str, float, str]]:
    """Yield what is compared, the ratio, and the bound it should keep."""
    cold = outcome.seconds(COLD)
    yield "检查 ÷ 只用 PyYAML 读", outcome.seconds(CHECK) / outcome.seconds(LOADER), "≤ 2"
    yield "再次检查 ÷ 只用 PyYAML 读", outcome.seconds(CHECK_AGAIN) / outcome.seconds(LOADER), ""
    yield "改一个单元 ÷ 全新生成", outcome.seconds(CHANGED) / cold, "≤ 0.1"
    yield "又改一个单元 ÷ 全新生成", outcome.seconds(CHANGED_AGAIN) / cold, "≤ 0.1"
    yield "全新生成 ÷ cp -r", cold / outcome.seconds(COPY), "≤ 3"
    for share in SHARES:
        part = COLD + of(max(1, outcome.units // share))
        if any(each.name == part for each in outcome.timings):
            yield (
                f"全新生成 ÷ {share} × 百分之{100 // share}的单元",
                cold / share / outcome.seconds(part),
                "≤ 1",
            )
    if any(each.name == HUGO for each in outcome.timings):
        times = outcome.units / outcome.mkdocs_pages
        yield "全新生成 ÷ Hugo", cold / outcome.seconds(HUGO), "≤ 1"
        yield "MkDocs 普通页面（按页数推算）÷ 全新生成", outcome.seconds(ORDINARY) * times / cold, "≥ 10"
        yield "MkDocs，不进导航，不建搜索（按页数推算）÷ 全新生成", outcome.seconds(LEAN) * times / cold, ""


def main() -> None:
    """Measure, print, and leave the report."""
    parser = argparse.ArgumentParser(description="测量大量单元下检查和生成网站的用时和内存。")
    parser.add_argument("--units", type=int, default=UNITS_OF_ALL, help="演示名录的单元数")
    parser.add_argument("--seed", type=int, default=7, help="演示名录的随机种子")
    parser.add_argument("--without-peers", action="store_true", help="不与 Hugo 和 MkDocs 比较")
    parser.add_argument("--out", type=Path, default=ROOT / "build/bench", help="写入报告的目录")
    given = parser.parse_args()
    if not given.without_peers and not shutil.which("hugo"):
        subprocess.run(["apt-get", "install", "-y", "-q", "hugo"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        outcome = measure(given.units, given.seed, Path(folder), peers=not given.without_peers)
    title = f"生成网站的速度：{outcome.units} 个单元"
    print(written(title, ((head, aligned(rows)) for head, rows in tables(outcome)), mark=""), end="")
    print(f"改动后的网站与全新生成的{'逐字节相同' if outcome.identical else '不相同'}。")
    given.out.mkdir(parents=True, exist_ok=True)
    report = written(f"# {title}", ((head, markdown(rows)) for head, rows in tables(outcome)), mark="## ")
    (given.out / "building.md").write_text(report, encoding="utf-8")
    (given.out / "building.json").write_text(
        json.dumps(asdict(outcome), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
