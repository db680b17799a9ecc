"""A small registry without a fault, and how a test changes a copy of it.

Every test of this folder starts from `FILES`; a change names a file and what becomes of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from generator.checks.desk import Examined, examine

AS_OF = date(2026, 11, 24)

POLICY = """\
name: 示例省智能工厂梯度培育名录
demonstration: true
region: {code: 230000, name: 黑龙江省}
authorities:
  - {id: miit, name: 工业和信息化部等六部门, level: national}
  - {id: hlj, name: 黑龙江省工业和信息化厅, level: province}
  - {id: 2301, name: 哈尔滨市工业和信息化局, level: city, city: 230100}
  - {id: 2302, name: 齐齐哈尔市工业和信息化局, level: city, city: 230200}
tiers:
  - {id: basic, name: 基础级, term_years: 3, revocable: true}
  - {id: advanced, name: 先进级, term_years: 3, revocable: true}
  - {id: excellent, name: 卓越级, requires: advanced, report: true}
  - {id: leading, name: 领航级, requires: excellent, report: true}
titles:
  - {name: 基础级数字化车间, kind: 数字化车间, level: province, tier: basic, min_maturity: 2, bars: true}
  - {name: 先进级数字化车间, kind: 数字化车间, level: province, tier: advanced, bars: true}
  - {name: 智能工厂, kind: 智能工厂, level: province, tier: advanced, needs: [先进级数字化车间, 数字化（智能）示范车间], bars: true}
  - {name: 数字化（智能）示范车间, kind: 数字化车间, level: province, tier: advanced, awarded_through: 2024-12-31, listed_from: 2025-05-28, bars: true}
  - {name: 基础级智能工厂, kind: 智能工厂, level: city, tier: basic, min_maturity: 2}
  - {name: 卓越级智能工厂, kind: 智能工厂, level: national, tier: excellent}
  - {name: 领航级智能工厂, kind: 智能工厂, level: national, tier: leading}
bar_years: 3
expiring_within_days: 180
"""

CITIES = """\
province: {code: 230000, name: 黑龙江省}
prefectures:
  - code: 230100
    name: 哈尔滨市
    short: 哈尔滨
    tile: [5, 4]
    counties:
      - {code: 230102, name: 道里区}
      - {code: 230110, name: 香坊区}
  - code: 230200
    name: 齐齐哈尔市
    short: 齐齐哈尔
    counties:
      - {code: 230202, name: 龙沙区}
"""

INDUSTRIES = """\
standard: GB/T 4754-2017
sections:
  - code: B
    name: 采矿业
    divisions:
      - {code: 08, name: 黑色金属矿采选业}
  - code: C
    name: 制造业
    divisions:
      - code: 34
        name: 通用设备制造业
        groups:
          - {code: 341, name: 锅炉及原动设备制造}
          - {code: 342, name: 金属加工机械制造}
"""

SCENES = """\
editions:
  - edition: 2025
    links:
      - number: 1
        name: 工厂建设
        scenes:
          - {number: 1, name: 工厂数字化规划设计}
          - {number: 2, name: 数字基础设施建设}
      - number: 2
        name: 生产管理
        scenes:
          - {number: 3, name: 车间智能排产}
"""

WORKSHOP = """\
name: 叶片加工数字化车间
kind: 数字化车间
enterprise: 哈尔滨示例汽轮机有限公司
uscc: 91230100EX0000001G
city: 哈尔滨市
county: 香坊区
industry: 341
maturity:
  - {date: 2025-06-30, level: 2, method: 自评}
titles:
  - {title: 先进级数字化车间, document: 黑示例发〔2025〕88号}
"""

FACTORY = """\
name: 汽轮机智能工厂
kind: 智能工厂
enterprise: 哈尔滨示例汽轮机有限公司
uscc: 91230100EX0000001G
city: 哈尔滨市
industry: 341
titles:
  - {title: 卓越级智能工厂, document: 示例联函〔2026〕3号}
"""

MINE = """\
name: 选矿数字化车间
kind: 数字化车间
enterprise: 齐齐哈尔示例矿业有限公司
uscc: 91230200EX0000002Q
city: 齐齐哈尔市
industry: 08
maturity:
  - {date: 2025-06-30, level: 2, method: 自评}
titles:
  - {title: 基础级数字化车间, document: 黑示例发〔2025〕88号}
"""

CASE = """\
title: 多品种小批量混线的车间智能排产
factory: 2301-0001
edition: 2025
scenes: [1, 3]
published: 2026-03-12
summary: 叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。
metrics:
  - {name: 订单交付周期, change: 缩短 30%}
body: |
  ## 做法

  排产系统每两小时重排一次。
"""

FILES: dict[str, str] = {
    "policy.yml": POLICY,
    "cities.yml": CITIES,
    "industries.yml": INDUSTRIES,
    "scenes.yml": SCENES,
    "documents/hlj/2024-10.yml": "number: 黑示例发〔2024〕10号\ntitle: 关于公布2024年度示范车间名单的通知\ndate: 2024-10-15\n",
    "documents/hlj/2025-88.yml": "number: 黑示例发〔2025〕88号\ntitle: 关于公布2025年度名单的通知\ndate: 2025-11-20\n",
    "documents/hlj/2026-20.yml": "number: 黑示例发〔2026〕20号\ntitle: 关于取消部分称号的通知\ndate: 2026-05-06\n",
    "documents/miit/2026-3.yml": "number: 示例联函〔2026〕3号\ntitle: 关于公布卓越级智能工厂名单的通知\ndate: 2026-03-02\n",
    "documents/2301/2026-1.yml": "number: 哈示例发〔2026〕1号\ntitle: 关于公布基础级智能工厂名单的通知\ndate: 2026-02-02\n",
    "factories/230100/2301-0001.yml": WORKSHOP,
    "factories/230100/2301-0002.yml": FACTORY,
    "factories/230200/2302-0001.yml": MINE,
    "cases/2026/2026-0001.yml": CASE,
    "lists/2026.yml": "year: 2026\ndate: 2026-06-30\ndocument: 黑示例发〔2026〕20号\n",
}

UNIT = "factories/230100/2301-0001.yml"
SECOND = "factories/230100/2301-0002.yml"
MINES = "factories/230200/2302-0001.yml"
NEW = "factories/230100/2301-0003.yml"
STORY = "cases/2026/2026-0001.yml"
NOTICE = "documents/hlj/2025-88.yml"


@dataclass(frozen=True, slots=True)
class Swap:
    """In a file of the base, one text takes the place of another that stands there once."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link takes the place of a file."""

    target: str


# Text or bytes are the whole file, "" is an empty one, None removes it; swaps change the file of the base.
Change: TypeAlias = str | bytes | Link | Swap | tuple[Swap, ...] | None


def changed(path: str, change: Change) -> bytes | None:
    """Return the bytes of a file after a change."""
    if isinstance(change, bytes):
        return change
    if isinstance(change, str):
        return change.encode()
    if change is None or isinstance(change, Link):
        return None
    text = FILES[path]
    for swap in (change,) if isinstance(change, Swap) else change:
        assert text.count(swap.old) == 1, f"{path}: {swap.old!r} stands {text.count(swap.old)} times"
        text = text.replace(swap.old, swap.new)
    return text.encode()


def build(root: Path, changes: Mapping[str, Change]) -> None:
    """Write the base with its changes into a folder."""
    for path in {**FILES, **changes}:
        content = changed(path, changes[path]) if path in changes else FILES[path].encode()
        place = root / path
        link = changes.get(path)
        if isinstance(link, Link):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(link.target)
        elif content is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def examined(root: Path, changes: Mapping[str, Change], *, as_of: date = AS_OF) -> Examined:
    """Return what the checks find in the base with its changes."""
    build(root, changes)
    return examine(root, as_of=as_of)
