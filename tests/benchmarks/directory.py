"""How fast the directory answers, and how much it reads for it, with very many units.

A benchmark, not a test: it makes a demonstration registry, builds its site, types questions in Chromium and prints what
it took. The same is left as Markdown and JSON in build/bench/.
"""

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.benchmarks.report import aligned, markdown, written
from tests.serving import serving

ROOT = Path(__file__).parent.parent.parent
AS_OF = "2026-11-24"
ROUNDS = 3
COLD = "哈尔滨"

QUESTIONS = [
    "哈尔滨",
    "齐齐哈尔",
    "大庆",
    "汽轮机",
    "有限公司",
    "智能工厂",
    "数字化车间",
    "示例精密",
    "哈尔滨 数字化",
    "大庆 智能工厂",
    "装备 有限公司 智能",
    "9123",
    "91230100",
    "2301",
    "2301-0001",
    "heb",
    "hebdq",
    "hebsl",
    "qqhe",
    "yxgs",
    "（哈尔滨）",
    "没有这一家",
    "zzzz",
]

# Each letter is an event of its own, at the pace of a quick typist; then the box is emptied. A time ends when what the
# event led to has been painted: one animation frame, and the task after it.
TYPE = """
async questions => {
    const box = document.getElementById("find-q");
    const found = document.querySelector("[data-found]");
    const painted = () => new Promise(done => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    }));
    const enter = async value => {
        await new Promise(done => setTimeout(done, 120));
        const begun = performance.now();
        box.value = value;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await painted();
        return performance.now() - begun;
    };
    const results = [];
    for (const question of questions) {
        const times = [];
        for (let length = 1; length <= question.length; length += 1) { times.push(await enter(question.slice(0, length))); }
        results.push({ question, times, found: found.textContent });
        results.push({ question: "", times: [await enter("")], found: found.textContent });
    }
    return results;
}
"""

ANSWERED = """
new MutationObserver((_, observer) => {
    const found = document.querySelector("[data-found]");
    if (!found || !found.textContent.includes("找到")) { return; }
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.answered = performance.now(); }));
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A question with how many units it found, and how long its letters took, in milliseconds."""

    question: str
    found: int
    median: float
    worst: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of the index, in bytes."""

    name: str
    raw: int
    gzipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that was measured."""

    units: int
    timings: list[Timing]
    parts: list[Part]
    first_answers: list[float]


def generate(*arguments: str | Path) -> None:
    """Run a command of the generator."""
    subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def number(text: str) -> int:
    """The number of units in a line such as 2026年11月24日：找到 76 个单元，17 个案例."""
    return int(text.split("找到 ")[1].split(" ", maxsplit=1)[0])


def first_answer(browser: Browser, address: str) -> float:
    """The milliseconds from asking for a page with a question until its answer is painted, with nothing in store."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(ANSWERED)
    page.goto(address)
    page.wait_for_function("window.answered", timeout=120000)
    taken: float = page.evaluate("window.answered")
    context.close()
    return taken


def typed(browser: Browser, address: str, rounds: int) -> list[Timing]:
    """Type all questions, so many rounds."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(ANSWERED)
    page.goto(address)
    page.wait_for_function("window.answered", timeout=120000)
    times: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for _ in range(rounds):
        for result in page.evaluate(TYPE, QUESTIONS):
            times.setdefault(result["question"], []).extend(result["times"])
            found[result["question"]] = number(result["found"])
    page.close()
    return [
        Timing(
            question=question,
            found=found[question],
            median=round(statistics.median(times[question]), 1),
            worst=round(max(times[question]), 1),
        )
        for question in [*QUESTIONS, ""]
    ]


def measure(site: Path, rounds: int) -> Outcome:
    """Measure a site that is built."""
    files = sorted((site / "directory/index").glob("*.json"))
    with serving(site) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        asked = f"{host}directory/?q={quote(COLD)}"
        outcome = Outcome(
            units=len(json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))["factories"]),
            first_answers=[round(first_answer(browser, asked), 1) for _ in range(rounds)],
            timings=typed(browser, asked, rounds),
            parts=[
                Part(
                    name=path.name.partition("-")[0],
                    raw=path.stat().st_size,
                    gzipped=len(gzip.compress(path.read_bytes(), 9)),
                )
                for path in files
            ],
        )
        browser.close()
    return outcome


def tables(outcome: Outcome) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    """The tables of the report: heading and rows, the first of them the head."""
    kilobytes = [
        (part.name, f"{part.raw / 1024:.1f}", f"{part.gzipped / 1024:.1f}") for part in outcome.parts
    ]
    raw, gzipped = (sum(getattr(part, size) for part in outcome.parts) for size in ("raw", "gzipped"))
    yield (
        f"逐字输入，{len(outcome.first_answers)} 轮；每次输入到结果画出的毫秒数",
        [
            ("问题", "找到", "中位", "最慢"),
            *(
                (each.question or "（清空）", str(each.found), f"{each.median:.1f}", f"{each.worst:.1f}")
                for each in outcome.timings
            ),
        ],
    )
    yield (
        "索引各部分的大小（KB）",
        [
            ("部分", "原始", "gzip -9"),
            *kilobytes,
            ("合计", f"{raw / 1024:.1f}", f"{gzipped / 1024:.1f}"),
        ],
    )
    yield (
        f"打开 directory/?q={COLD} 到答案画出的毫秒数（没有缓存，本机，不计网络）",
        [
            ("轮次", "毫秒"),
            *((str(at), f"{taken:.1f}") for at, taken in enumerate(outcome.first_answers, 1)),
        ],
    )


def main() -> None:
    """Make, build, measure, print, and leave the report."""
    parser = argparse.ArgumentParser(description="测量名录页在大量单元下的查询速度和索引大小。")
    parser.add_argument("--units", type=int, default=45000, help="演示名录的单元数")
    parser.add_argument("--seed", type=int, default=7, help="演示名录的随机种子")
    parser.add_argument("--site", type=Path, help="已经生成的网站；给出后不再生成演示名录")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="每个问题输入几轮")
    parser.add_argument("--out", type=Path, default=ROOT / "build/bench", help="写入报告的目录")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = given.site or Path(folder) / "site"
        if not given.site:
            registry = Path(folder) / "registry"
            print(f"正在生成 {given.units} 个单元的演示名录和网站……", file=sys.stderr)
            generate(
                "demo", registry, "--units", str(given.units), "--seed", str(given.seed), "--as-of", AS_OF
            )
            generate("build", "--registry", registry, "--as-of", AS_OF, "--site", site)
        print("正在测量……", file=sys.stderr)
        outcome = measure(site, given.rounds)
    title = f"名录页的速度：{outcome.units} 个单元"
    print(written(title, ((head, aligned(rows)) for head, rows in tables(outcome)), mark=""), end="")
    given.out.mkdir(parents=True, exist_ok=True)
    report = written(f"# {title}", ((head, markdown(rows)) for head, rows in tables(outcome)), mark="## ")
    (given.out / "directory.md").write_text(report, encoding="utf-8")
    (given.out / "directory.json").write_text(
        json.dumps(asdict(outcome), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
