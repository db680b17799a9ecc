"""The acts of the guide for staff, truly carried out on a small demonstration registry under version control.

What the guide shows, in words or in pictures, is what these steps left: the sheets, the words of the commands, the
telling of each change, and the site that was built in the end.
"""

import contextlib
import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

import openpyxl

from generator import forms
from generator.cli import cli, prompting
from generator.problems import Report
from generator.registry import Registry, load
from generator.rules.ledger import Ledger
from tests.conftest import ROOT

DAY = "2026-11-24"
UNITS, SEED = "40", "7"
BATCH = "黑示例工信发〔2026〕120号"
CANCELLING = "黑示例工信发〔2026〕125号"
TITLE = "先进级数字化车间"
CASE = "齿轮磨削的在线测量与补偿"
PRODUCTS = ("齿轮", "轴承", "阀门", "铸件", "电机", "锅炉", "泵体", "叶片", "乳粉", "包装")
# What goes wrong while sixty rows are typed: the row from 0, the column, what stands there instead.
SLIPS = (
    (1, "统一社会信用代码", 9.12301e17),
    (2, "授予日期", "2026-11-31"),
    (3, "县区", "鸡冠区"),
    (4, "称号", "先进级数字化车问"),
)


class _Stream(io.StringIO):
    """One of the two streams of a command: what it takes is on the screen too, in the order of both."""

    def __init__(self, screen: io.StringIO) -> None:
        super().__init__()
        self._screen = screen

    def write(self, text: str, /) -> int:
        """Take some text."""
        self._screen.write(text)
        return super().write(text)


@dataclass(slots=True)
class Story:
    """A folder with a registry in it, and what was done there.

    `said` are the commands with what the screen showed, `kept` the commands of git, both in order.
    """

    folder: Path
    said: list[tuple[str, str]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def say(self, *arguments: str, answers: tuple[str, ...] = (), fails: bool = False) -> str:
        """Run a command as staff do, in the folder; return what goes to the output alone.

        Args:
            arguments: the command.
            answers: what somebody types who is there to be asked; nobody is where there are none.
            fails: whether it finds something wrong.
        """
        screen = io.StringIO()
        out, err = _Stream(screen), _Stream(screen)
        left = iter(answers)

        def typed(prompt: str = "") -> str:
            answer = next(left)
            out.write(f"{prompt}{answer}\n")
            return answer

        surroundings = {"AS_OF": DAY, "CACHE": str(self.folder.parent / "cache")}
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            patch("click.termui.visible_prompt_func", typed),
            patch.object(prompting, "on_terminal", lambda: bool(answers)),
            patch.dict(os.environ, surroundings),
        ):
            code = cli.main([*arguments], prog_name="python -m generator", standalone_mode=False)
        assert bool(code) is fails, screen.getvalue()
        self.said.append((f"python -m generator {' '.join(arguments)}", screen.getvalue()))
        return out.getvalue()

    def git(self, *arguments: str) -> None:
        """Keep what was done."""
        who = ("-c", "user.name=示例", "-c", "user.email=office@example.cn", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True)
        self.kept.append(" ".join(["git", *(f'"{one}"' if "示例" in one else one for one in arguments)]))

    def begin(self, branch: str) -> None:
        """Begin a change where the others stand."""
        self.git("switch", "main")
        self.git("pull")
        self.git("switch", "-c", branch)

    def merged(self, branch: str, message: str) -> None:
        """Hand a change in, and take it over as the host does when a colleague agrees."""
        self.git("add", "registry")
        self.git("commit", "-m", message)
        self.git("push", "-u", "origin", branch)
        self.git("switch", "main")
        self.git("merge", branch)
        self.git("push")

    def registry(self) -> Registry:
        """Return the records as they are."""
        found = load(self.folder / "registry", Report())
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the pictures are taken of: what was said, the tellings of two changes, a unit, a case and the site."""

    story: Story
    batch: str
    cancelling: str
    mistaken: str
    unit: str
    case: str

    @property
    def site(self) -> Path:
        """The site that was built in the end."""
        return self.story.folder / "site"

    def screen(self, beginning: str, which: int = 0) -> tuple[str, str]:
        """Return a command and what the screen showed; `which` counts those that begin alike."""
        return [one for one in self.story.said if one[0].startswith(f"python -m generator {beginning}")][
            which
        ]


def tell(root: Path) -> Told:
    """Carry out everything the guide tells of, in an empty folder."""
    folder = root / "名录"
    folder.mkdir()
    story = Story(folder)
    story.say("demo", "registry", "--units", UNITS, "--seed", SEED, "--registry", str(ROOT / "registry"))
    story.git("init", "--bare", "-b", "main", str(root / "origin"))
    story.git("init", "-b", "main")
    story.git("remote", "add", "origin", str(root / "origin"))
    story.git("add", "registry")
    story.git("commit", "-m", "演示名录")
    story.git("push", "-u", "origin", "main")
    batch = _batch(story)
    unit, cancelling = _cancelling(story)
    case = _case(story)
    mistaken = _errors(story)
    story.say("rehearse")
    story.say("build", "--site", "site")
    return Told(story=story, batch=batch, cancelling=cancelling, mistaken=mistaken, unit=unit, case=case)


def _batch(story: Story) -> str:
    """Sixty units from an empty sheet to the main branch; return the telling of the change."""
    story.begin("batch-2026")
    story.say(
        "document",
        BATCH,
        "--title",
        "关于公布2026年度第二批先进级数字化车间名单的通知（示例）",
        "--date",
        "2026-11-20",
        "--authority",
        "黑龙江省工业和信息化厅",
    )
    story.say("template", "模板.xlsx")
    registry = story.registry()
    _fill(story.folder, registry, "名单.xlsx", slips=True)
    (story.folder / "初稿.xlsx").write_bytes((story.folder / "名单.xlsx").read_bytes())
    story.say("import", "名单.xlsx", "--dry-run", fails=True)
    _fill(story.folder, registry, "名单.xlsx", slips=False)
    story.say("import", "名单.xlsx", "--dry-run")
    story.say("import", "名单.xlsx")
    story.say("check")
    told = story.say("diff", "main")
    story.say("import", "名单.xlsx")
    story.merged("batch-2026", f"按{BATCH}新列入60个单元")
    return told


def _fill(folder: Path, registry: Registry, name: str, *, slips: bool) -> None:
    """Type sixty rows into the sheet for awards."""
    book = openpyxl.load_workbook(folder / "模板.xlsx")
    sheet = book["授予"]
    places = {str(cell.value).rstrip("*"): number for number, cell in enumerate(sheet[1], start=1)}
    for number in range(60):
        city = registry.cities.prefectures[number % 6]
        body = f"91{city.code}EX9{number:06d}"
        product, ordinal = PRODUCTS[number % 10], "一二三四五六"[number // 10]
        row: dict[str, object] = {
            "序号": number + 1,
            "企业名称": f"{city.short}示例{product}{ordinal}厂有限公司",
            "单元名称": f"{product}加工数字化车间",
            "统一社会信用代码": body + forms.uscc_check_character(body),
            "地市": city.name,
            "县区": city.counties[number // 6 % len(city.counties)].name,
            "行业代码": "34",
            "称号": TITLE,
            "文号": BATCH,
        }
        if slips:
            row |= {column: wrong for at, column, wrong in SLIPS if at == number}
        for column, value in row.items():
            sheet.cell(number + 3, places[column]).value = value  # type: ignore[assignment]
    book.save(folder / name)


def _listed_sisters(registry: Registry) -> Iterator[str]:
    """Units with a title that bars their enterprise, whose enterprise has another unit on the lists."""
    ledger, day = Ledger.of(registry), date.fromisoformat(DAY)
    barring = {title.name for title in registry.policy.titles if title.bars}
    listed = [
        unit
        for unit in registry.units.values()
        if ledger.standing(unit.id, as_of=day).tier and {award.title for award in unit.titles} & barring
    ]
    for unit in sorted(listed, key=lambda one: (TITLE not in {award.title for award in one.titles}, one.id)):
        if unit.uscc and sum(one.uscc == unit.uscc for one in listed) > 1:
            yield unit.id


def _cancelling(story: Story) -> tuple[str, str]:
    """One title cancelled; return the unit and the telling of the change."""
    story.begin("revoke-125")
    story.say(
        "document",
        CANCELLING,
        "--title",
        "关于取消有关数字化车间称号的通知（示例）",
        "--date",
        "2026-11-23",
        "--authority",
        "黑龙江省工业和信息化厅",
    )
    unit = next(_listed_sisters(story.registry()))
    story.say("status", unit)
    story.say("revoke", unit, answers=("1", "125号", "", "申报材料与实际不符", "y"))
    told = story.say("diff", "main")
    story.merged("revoke-125", f"按{CANCELLING}撤销一个称号")
    return unit, told


def _case(story: Story) -> str:
    """A typical case from the sheet; return its number."""
    story.begin("case-gear")
    registry = story.registry()
    unit = next(one for one in registry.units.values() if one.name == "齿轮加工数字化车间")
    book = openpyxl.load_workbook(story.folder / "模板.xlsx")
    sheet = book["典型案例"]
    places = {str(cell.value).rstrip("*"): number for number, cell in enumerate(sheet[1], start=1)}
    row: dict[str, object] = {
        "序号": 1,
        "企业名称": unit.enterprise,
        "单元名称": unit.name,
        "案例标题": CASE,
        "场景版本": "2025",
        "场景序号": "9、24",
        "发布日期": date.fromisoformat(DAY),
        "摘要": f"{unit.enterprise}在磨削中测量齿形，自动补偿砂轮磨损，成品合格率由九成五提高到九成九。",
        "成效": "返工工时|减少 50%\n成品合格率|95%|99%|",
        "正文": "## 基本情况\n\n车间加工四十多种齿轮，多数订单不到二十件。\n\n"
        "## 建设内容\n\n磨床加装测头，每件测量一次，结果用来修正下一件。",
    }
    for column, value in row.items():
        sheet.cell(3, places[column]).value = value  # type: ignore[assignment]
    book.save(story.folder / "案例.xlsx")
    before = set(registry.cases)
    story.say("import", "案例.xlsx", "--dry-run")
    story.say("import", "案例.xlsx")
    story.say("diff", "main")
    story.merged("case-gear", "发布典型案例：示例齿轮厂")
    return next(key for key in story.registry().cases if key not in before)


def _errors(story: Story) -> str:
    """Two slips of the hand in a record, each found, and taken back; return the telling of the second."""
    registry = story.registry()
    unit = next(one for one in registry.units.values() if one.name == "轴承加工数字化车间")
    path = story.folder / f"registry/factories/{unit.id[:4]}00/{unit.id}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(BATCH, "黑示例工信发〔2026〕12O号"), encoding="utf-8")
    story.say("check", fails=True)
    path.write_text(text.replace(BATCH, CANCELLING), encoding="utf-8")
    told = story.say("diff", "main", fails=True)
    path.write_text(text, encoding="utf-8")
    return told
