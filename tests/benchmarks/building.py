"""How long it takes to build, and how much memory, with very many units, beside programs that do the same.

A benchmark, not a test: it makes a demonstration registry, checks and builds it, builds again after nothing and after one
record has changed, and has Hugo and MkDocs make as many pages of the same weight on the same machine in the same run.
The same is left as Markdown and JSON in build/bench/.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.benchmarks.report import aligned, markdown, written

ROOT = Path(__file__).parent.parent.parent
AS_OF = "2026-11-24"
MKDOCS_PAGES = 2000


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


def timed(*command: str | Path, cwd: Path = ROOT) -> tuple[float, float | None]:
    """Run a program and return its seconds and the most memory in MB; a failure ends the benchmark."""
    begun = time.perf_counter()
    running = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )
    most = 0

    def watch() -> None:
        nonlocal most
        while running.poll() is None:
            most = max(most, shared_memory(running.pid))
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = running.wait()
    seconds = time.perf_counter() - begun
    watcher.join()
    if code:
        raise SystemExit(f"没有成功（{code}）：{' '.join(map(str, command))}")
    return seconds, most / 1024 if most else None


def generator(*arguments: str | Path) -> tuple[float, float | None]:
    """Run the register's own command."""
    return timed(sys.executable, "-m", "generator", *arguments)


def loader_alone(registry: Path) -> tuple[float, float | None]:
    """How long PyYAML's C loader takes for the same files on one core, without reading them from the disk."""
    texts = [path.read_bytes() for path in sorted(registry.rglob("*.yml"))]
    begun = time.perf_counter()
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)
    return time.perf_counter() - begun, None


def hugo(site: Path, folder: Path, pages: int) -> tuple[float, float | None]:
    """Have Hugo make as many unit pages from Markdown, with the frame of ours as its layout."""
    sample = next((site / "factories").iterdir()) / "index.html"
    frame = re.split(r"<article.*</article>", sample.read_text(encoding="utf-8"), maxsplit=1, flags=re.DOTALL)
    before, after = (part.replace("{{", '{{"{{"}}') for part in frame)
    layouts, content = folder / "layouts/_default", folder / "content/factories"
    layouts.mkdir(parents=True)
    content.mkdir(parents=True)
    (layouts / "single.html").write_text(f"{before}{LAYOUT}{after}", encoding="utf-8")
    (folder / "config.toml").write_text(
        'baseURL = "https://registry.example/"\n'
        'disableKinds = ["home", "taxonomy", "term", "RSS", "sitemap", "section"]\n',
        encoding="utf-8",
    )
    for number in range(pages):
        front = json.dumps(front_matter(number), ensure_ascii=False)
        (content / f"{number}.md").write_text(f"{front}\n\n{BODY}", encoding="utf-8")
    return timed("hugo", "--quiet", cwd=folder)


def front_matter(number: int) -> dict[str, object]:
    """What a page of a unit shows, as the front matter of a page of Hugo's."""
    names = ("编号", "类别", "统一社会信用代码", "所在地", "行业", "网站")
    title = {
        "title": "先进级数字化车间",
        "date": "2025-11-20",
        "document": "示例〔2025〕88号",
        "listing": "先进级",
    }
    return {
        "title": f"叶片加工数字化车间{number}",
        "enterprise": f"哈尔滨示例第{number}有限公司",
        "facts": [{"name": name, "value": f"{name}{number}"} for name in names],
        "titles": [{**title, "address": f"../../documents/{number}/"}] * 2,
    }


BODY = "截至2026年11月24日，该车间为先进级智能工厂。\n\n数据截至2026年11月24日。\n"
LAYOUT = """<article class="unit"><h1>{{ .Title }}</h1><p class="owner">{{ .Params.enterprise }}</p>
<dl class="facts">{{ range .Params.facts }}<div><dt>{{ .name }}</dt><dd>{{ .value }}</dd></div>{{ end }}</dl>
<table><tbody>{{ range .Params.titles }}<tr><th>{{ .title }}</th><td>{{ .date }}</td>
<td><a href="{{ .address }}">{{ .document }}</a></td><td>{{ .listing }}</td></tr>{{ end }}</tbody></table>
{{ .Content }}</article>"""


def material(folder: Path, pages: int) -> tuple[float, float | None]:
    """Have MkDocs and Material make ordinary pages from Markdown."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# 名录\n", encoding="utf-8")
    for number in range(pages):
        facts = front_matter(number)
        (docs / f"{number}.md").write_text(
            f"# {facts['title']}\n\n{facts['enterprise']}\n\n{BODY}", encoding="utf-8"
        )
    (folder / "mkdocs.yml").write_text(
        "site_name: 名录\ntheme: {name: material, font: false}\nplugins: []\nnav: [index.md]\n",
        encoding="utf-8",
    )
    return timed(sys.executable, "-m", "mkdocs", "build", "--quiet", cwd=folder)


def changed(registry: Path) -> None:
    """Alter one record, as a renaming does."""
    record = sorted((registry / "factories").rglob("*.yml"))[0]
    text = record.read_text(encoding="utf-8")
    record.write_text(
        re.sub(r"^name: (.*)$", r"name: \1甲", text, count=1, flags=re.MULTILINE), encoding="utf-8"
    )


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return subprocess.run(["diff", "-rq", one, other], capture_output=True, check=False).returncode == 0


def measure(units: int, seed: int, folder: Path, *, peers: bool) -> Outcome:
    """Make, build and time everything in a folder."""
    outcome = Outcome(units=units, cores=len(os.sched_getaffinity(0)))
    registry, site, cold = folder / "registry", folder / "site", folder / "cold"
    generator("demo", registry, "--units", str(units), "--seed", str(seed), "--as-of", AS_OF)
    build = ("build", "--registry", registry, "--as-of", AS_OF, "--site")
    outcome.add("检查", generator("check", "--registry", registry, "--as-of", AS_OF))
    outcome.add("只用 PyYAML 读同样的文件", loader_alone(registry))
    outcome.add("全新生成", generator(*build, site))
    files = [path for path in site.rglob("*") if path.is_file()]
    outcome.files, outcome.bytes = len(files), sum(path.stat().st_size for path in files)
    outcome.add("没有改动，再次生成", generator(*build, site))
    changed(registry)
    outcome.add("改了一个单元，再次生成", generator(*build, site))
    generator(*build, cold)
    # The manifest tells which one it replaced; apart from that link the two are the same.
    for place in (site, cold):
        (place / "api/v1/manifest.json").unlink()
    outcome.identical = same(site, cold)
    shutil.rmtree(cold)
    outcome.add("cp -r 生成的网站", timed("cp", "-r", site, folder / "copy"))
    if peers:
        shutil.rmtree(folder / "copy")
        outcome.versions["Hugo"] = subprocess.run(
            ["hugo", "version"], capture_output=True, text=True, check=True
        ).stdout.strip()
        outcome.add("Hugo 生成同样多的单元页", hugo(site, folder / "hugo", units))
        pages = min(units, MKDOCS_PAGES)
        outcome.add(f"MkDocs 和 Material 生成 {pages} 页", material(folder / "material", pages))
    return outcome


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
    cold = outcome.seconds("全新生成")
    rows = [
        ("检查 ÷ 只用 PyYAML 读", outcome.seconds("检查") / outcome.seconds("只用 PyYAML 读同样的文件")),
        ("改一个单元 ÷ 全新生成", outcome.seconds("改了一个单元，再次生成") / cold),
        ("全新生成 ÷ cp -r", cold / outcome.seconds("cp -r 生成的网站")),
    ]
    peers = [each for each in outcome.timings if each.name.startswith(("Hugo", "MkDocs"))]
    if peers:
        ordinary = peers[1].seconds / min(outcome.units, MKDOCS_PAGES) * outcome.units
        rows += [
            ("全新生成 ÷ Hugo", cold / peers[0].seconds),
            ("MkDocs 和 Material（按页数推算）÷ 全新生成", ordinary / cold),
        ]
    yield "同一次运行里的比值", [("比值", ""), *((name, f"{ratio:.2f}") for name, ratio in rows)]


def main() -> None:
    """Measure, print, and leave the report."""
    parser = argparse.ArgumentParser(description="测量大量单元下检查和生成网站的用时和内存。")
    parser.add_argument("--units", type=int, default=45000, help="演示名录的单元数")
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
