"""A small registry whose records are written by hand in every way that people write them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import cli, prompting
from tests.conftest import ROOT

DAY = "2026-06-30"
FIRST = """\
# 第一个单元，先读本行
name: 叶片加工数字化车间   # 照名单
kind: "数字化车间"
enterprise: 哈尔滨示例一厂有限公司 # 现名
uscc: 91230100MA0000001Q
city: 哈尔滨市

industry: '341'
titles:
    - {title: 基础级数字化车间,   document: 黑示例工信发〔2023〕1号}  # 第一次
    - title: 先进级数字化车间
      document: 黑示例工信发〔2024〕2号
# 文件到此为止
"""
SECOND = """\
name: 总装数字化车间
kind: 数字化车间
enterprise: 哈尔滨示例一厂有限公司
uscc: 91230100MA0000001Q
city: 哈尔滨市
industry: 341
maturity: [{date: 2023-01-05, level: 2, method: 自评}]  # 一次
titles: [{title: 基础级数字化车间, document: 黑示例工信发〔2023〕1号}]
"""
THIRD = """\
name: 铸造数字化车间
kind: 数字化车间
enterprise: 哈尔滨示例二厂有限公司
uscc: 91230100MA0000002U
former_names:
  - {name: 哈尔滨示例老厂, until: 2024-03-01}
city: 哈尔滨市
industry: 339
titles:
  - {title: 先进级数字化车间, document: 黑示例工信发〔2024〕2号}
"""
PAPERS = {
    "2023-1": ("黑示例工信发〔2023〕1号", "2023-11-20"),
    "2024-2": ("黑示例工信发〔2024〕2号", "2024-11-20"),
    "2026-3": ("黑示例工信发〔2026〕3号", "2026-03-10"),
}
UNITS = {"2301-0001": FIRST, "2301-0002": SECOND, "2301-0004": THIRD}


def unit_path(root: Path, key: str) -> Path:
    return root / f"factories/{key[:4]}00/{key}.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return fill(tmp_path / "registry")


def fill(folder: Path) -> Path:
    """Write the registry into a folder, and return it."""
    for name in ("policy", "cities", "industries", "scenes"):
        folder.mkdir(exist_ok=True)
        shutil.copy(ROOT / f"registry/{name}.yml", folder)
    for stem, (number, day) in PAPERS.items():
        path = folder / f"documents/hlj/{stem}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"number: {number}\ntitle: 关于公布名单的通知（示例）\ndate: {day}\n", encoding="utf-8"
        )
    for key, text in UNITS.items():
        unit_path(folder, key).parent.mkdir(parents=True, exist_ok=True)
        unit_path(folder, key).write_text(text, encoding="utf-8")
    return folder


Said = tuple[int, str, str]


def say(root: Path, *arguments: str, text: str | None = None) -> Said:
    """Run a command in this process: its exit code, its words, and its complaints; its folder is called R."""
    command = [*arguments, "--registry", str(root), "--as-of", DAY]
    done = CliRunner().invoke(cli, command, input=text, standalone_mode=False)
    out, err = (words.replace(str(root), "R") for words in (done.stdout, done.stderr))
    if isinstance(done.exception, click.UsageError):
        return 2, out, done.exception.message
    assert done.exception is None, done.exception
    return int(done.return_value or 0), out, err


def files(root: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run commands as if somebody were there to be asked."""
    monkeypatch.setattr(prompting, "on_terminal", lambda: True)
    return say
