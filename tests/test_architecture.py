"""The arrows between the rooms run one way, and some things are done in one room alone."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "generator"

# From the ground up: a module may import only what stands before it, or its own room.
ROOMS = [
    "problems",
    "clock",
    "forms",
    "privacy",
    "source",
    "writing",
    "records",
    "policy",
    "parse",
    "reading",
    "crew",
    "cache",
    "recall",
    "disk",
    "journal",
    "registry",
    "rules",
    "checks",
    "urls",
    "views",
    "qr",
    "render",
    "feeds",
    "calendars",
    "badges",
    "exports",
    "downloads",
    "finder",
    "effects",
    "site",
    "inventory",
    "standby",
    "publish",
    "verifying",
    "hosting",
    "editors",
    "form",
    "history",
    "shell",
    "frame",
    "output",
    "packing",
    "watching",
    "mkdocs_plugin",
    "building",
    "serving",
    "demo",
    "sheets",
    "speech",
    "cli",
    "__main__",
]

ALONE = {
    "yaml": {"source"},
    "jinja2": {"render"},
    "markdown_it": {"render"},
    "nh3": {"render"},
    "feedgen": {"feeds"},
    "icalendar": {"calendars"},
    "msgspec": {"cache", "exports", "feeds", "frame", "inventory", "output", "recall", "render", "verifying"},
    "segno": {"qr"},
    "sqlite3": {"downloads"},
    "openpyxl": {"sheets"},
    "xlsxwriter": {"downloads", "sheets"},
    "pypinyin": {"finder"},
    "mkdocs": {"mkdocs_plugin"},
    "properdocs": {"mkdocs_plugin"},
    "click": {"cli", "speech"},
    "tqdm": {"speech"},
    "subprocess": {"history"},
    "urllib3": {"verifying"},
    "watchdog": {"watching"},
}

# Values are structs everywhere; what is written and read with the same library has its rooms.
EVERYWHERE = {"msgspec.Struct", "msgspec.field", "msgspec.structs"}

MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in ("generator", "msgspec"):
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
            else:
                found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_arrow_runs_back(path: Path) -> None:
    here = ROOMS.index(room(path))
    for name in imports(path):
        if name.startswith("generator."):
            there = name.split(".")[1]
            assert ROOMS.index(there) <= here, f"{path.name} imports {there}, which stands above it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_some_things_are_done_in_one_room_alone(path: Path) -> None:
    for name in imports(path):
        allowed = ALONE.get(name.split(".")[0])
        assert allowed is None or name in EVERYWHERE or room(path) in allowed, f"{path.name} imports {name}"


CLOCK = re.compile(
    r"\bdate\.today\(|\bdatetime\.(?:now|utcnow|today)\(|\btime\.time\(|os\.environ|os\.getenv"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_clock_reads_time_and_environment(path: Path) -> None:
    if room(path) != "clock":
        assert not CLOCK.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small_and_named_after_nothing_in_the_library(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    if path.name != "__main__.py" and path.parent == ROOT:
        assert path.stem not in sys.stdlib_module_names - {"site"}


def test_the_engine_knows_no_name() -> None:
    """Another province is another `registry/`: no tier, title, city or province stands in the code of the rules."""
    names = re.compile("基础级|先进级|卓越级|领航级|示范车间|黑龙江|哈尔滨|青岛|basic|advanced|excellent")
    for folder in ("rules", "views", "checks"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not names.search(path.read_text(encoding="utf-8")), path
