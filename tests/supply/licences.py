"""The licences of what the project installs and publishes: THIRD-PARTY.md, and the notices that go with the site.

`make licences` writes both from the lock files, licences.toml and notices/; a test holds them to that.
"""

import tomllib
from pathlib import Path

from tests.supply.locks import LOCKS, ROOT, pins

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "licences.toml").read_text(encoding="utf-8"))
OVERVIEW = "THIRD-PARTY.md"
NOTICES = "generator/theme/assets/licences.txt"
_RULE = "=" * 78


def packages(*locks: str) -> dict[str, list[str]]:
    """The versions of each package that lock files pin."""
    found: dict[str, set[str]] = {}
    for lock in locks:
        for pin in pins(ROOT / lock):
            found.setdefault(pin.name, set()).add(pin.version)
    return {name: sorted(found[name]) for name in sorted(found)}


def overview() -> str:
    """What is installed and what is published, with licences, in Markdown."""
    running = packages("requirements-build.lock", "requirements.lock")
    others = {name: versions for name, versions in packages(*LOCKS).items() if name not in running}
    return (
        "# 第三方软件\n\n"
        "由 `make licences` 按锁定文件写出。许可证用 SPDX 的写法。\n\n"
        "## 随网站发布的\n\n"
        f"这些是网页的样式、脚本和图标的一部分，声明全文在 [licences.txt]({NOTICES})，也随网站发布在 `assets/licences.txt`。\n\n"
        "| 名称 | 许可证 |\n|---|---|\n"
        + "".join(f"| {found['title']} | {found['licence']} |\n" for found in TABLE["shipped"].values())
        + f"\n## 生成网站时安装的\n\n{_table(running)}"
        + f"\n## 只在检验时安装的\n\n不随网站发布，生成网站时也不用。\n\n{_table(others)}"
    )


def _table(found: dict[str, list[str]]) -> str:
    rows = (f"| {name} | {'、'.join(found[name])} | {TABLE['packages'][name]} |\n" for name in found)
    return "| 名称 | 版本 | 许可证 |\n|---|---|---|\n" + "".join(rows)


def notices() -> str:
    """The notices of what is published with the site, word for word."""
    parts = ["本网站的样式、脚本和图标里有下列项目的作品，各按其许可证使用。\n"]
    for name, found in TABLE["shipped"].items():
        text = (HERE / "notices" / f"{name}.txt").read_text(encoding="utf-8").strip("\n")
        parts.append(f"{_RULE}\n{found['title']} ({found['licence']})\n{_RULE}\n\n{text}\n")
    return "\n".join(parts)


FILES = {OVERVIEW: overview, NOTICES: notices}

if __name__ == "__main__":
    for path, text in FILES.items():
        (ROOT / path).write_text(text(), encoding="utf-8", newline="\n")
