"""What a reviewer should look at twice: acts dated back, missing codes, exceptions, changed rules and vocabularies.

May import `rules`, `problems` and the other modules of this room. Each is a warning with its file and line; the facts of one
document are one warning, so that a yearly batch of thousands is told in one sentence.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.effects.law import new_awards, new_revocations
from generator.effects.side import Side
from generator.effects.told import changed_vocabularies
from generator.problems import Level, Problem
from generator.records import Unit
from generator.rules.ledger import Account, Ledger
from generator.views import words


class _Act(Struct, frozen=True, kw_only=True):
    """An award or a revocation that the change adds, and where it stands."""

    unit: Unit
    field: str
    day: date
    document: str


def cautions(base: Side, head: Side) -> Iterator[Problem]:
    """Yield what a reviewer should look at twice.

    Args:
        base: the registry as it was.
        head: the registry as it will be.
    """
    changed = [unit for unit in head.registry.units.values() if base.registry.units.get(unit.id) != unit]
    yield from _dated_back(base, head, changed)
    yield from _without_code(base, head, changed)
    for unit in changed:
        for row, award, _ in new_awards(base, head, unit):
            if award.exception:
                message = f"“{award.title}”按例外录入：{award.exception}；请核对理由和依据。"
                yield problem(
                    head, unit, "exception-used", f"titles[{row}].exception", message, level="warning"
                )
        old = base.registry.units.get(unit.id)
        names = {unit.enterprise, *(former.name for former in unit.former_names)}
        if old and old.enterprise not in names:
            message = f"企业名称由“{old.enterprise}”改为“{unit.enterprise}”，原名没有记入 former_names；更名的请补上，录错的请写 corrections。"
            yield problem(head, unit, "rename-unrecorded", "enterprise", message, level="warning")
        city = head.registry.city(unit.city)
        if old is None and city and not unit.id.startswith(f"{city.code[:4]}-"):
            message = f"新单元在{unit.city}，编号却不以 {city.code[:4]}- 开头；编号公布后不能再改，请核对。"
            yield problem(head, unit, "number-elsewhere", "", message, level="warning")
    yield from _rules(base, head)


def problem(
    head: Side, unit: Unit, code: str, field: str, message: str, *, level: Level = "warning"
) -> Problem:
    """Return a problem of a unit's record."""
    file = head.registry.file("factories", unit.id)
    where = file.as_written(field)
    return Problem(
        level=level, code=code, path=file.path, line=file.line(where), field=where, message=message
    )


def _dated_back(base: Side, head: Side, changed: list[Unit]) -> Iterator[Problem]:
    """An award or revocation whose day lies before the day of the change alters what was true on days gone by."""
    acts: dict[tuple[str, str, date], list[_Act]] = defaultdict(list)
    for unit in changed:
        for row, award, day in new_awards(base, head, unit):
            found = _Act(unit=unit, field=f"titles[{row}]", day=day, document=award.document)
            acts["授予", award.document, day].append(found)
        for row, revocation, day in new_revocations(base, head, unit):
            found = _Act(unit=unit, field=f"revocations[{row}]", day=day, document=revocation.document)
            acts["撤销", revocation.document, day].append(found)
    for (what, document, day), found_acts in acts.items():
        if day < head.as_of:
            many = f" {len(found_acts)} 项" if len(found_acts) > 1 else "这项"
            message = (
                f"{document} 的{many}{what}日期是{words.day(day)}，比数据截至日（{words.day(head.as_of)}）"
                f"早 {(head.as_of - day).days} 天；这些天的名单随之改变，请核对日期。"
            )
            yield problem(
                head, found_acts[0].unit, "act-backdated", found_acts[0].field, message, level="warning"
            )


def _without_code(base: Side, head: Side, changed: list[Unit]) -> Iterator[Problem]:
    found = [
        unit
        for unit in changed
        if unit.uscc is None and not ((old := base.registry.units.get(unit.id)) and old.uscc is None)
    ]
    if found:
        others = f"（共 {len(found)} 个单元如此）" if len(found) > 1 else ""
        message = f"没有统一社会信用代码{others}，只能按企业名称归并；撤销时的限制可能漏掉同一企业的其他单元，查到后请补上。"
        yield problem(head, found[0], "uscc-missing", "uscc", message, level="warning")


def _rules(base: Side, head: Side) -> Iterator[Problem]:
    """A change of the rules is told with how many listings it alone moves: the records of today by the rules of before."""
    for name in changed_vocabularies(base, head):
        file = head.registry.file("vocabulary", name)
        if name == "policy.yml":
            yield Problem(
                level="warning",
                code="policy-changed",
                path=file.path,
                line=1,
                field="",
                message=_policy(base, head),
            )
        else:
            message = f"{name} 有改动；分类和名称不改变列入，影响的是页面、订阅和筛选，请核对增删了什么。"
            yield Problem(
                level="warning", code="vocabulary-changed", path=file.path, line=1, field="", message=message
            )


def _policy(base: Side, head: Side) -> str:
    before = Ledger(base.registry.policy, head.registry.units.values(), head.registry.documents)
    moved = sum(
        _days(before.accounts[unit]) != _days(account) for unit, account in head.ledger.accounts.items()
    )
    old, new = base.registry.policy, head.registry.policy
    names = {
        "tiers": "层级",
        "titles": "称号",
        "authorities": "机关",
        "bar_years": "限制年数",
        "expiring_within_days": "即将到期的天数",
        "basis": "依据",
        "site": "网站信息",
        "name": "名称",
        "region": "地区",
        "demonstration": "演示标志",
    }
    parts = "、".join(word for field, word in names.items() if getattr(old, field) != getattr(new, field))
    effect = f"改变 {moved} 个单元的列入" if moved else "不改变任何单元的列入"
    return f"规则有改动（{parts}），{effect}；规则须有文件依据，请核对 clause。"


def _days(account: Account) -> list[tuple[str, date, date | None]]:
    return [(one.tier, one.first, one.last) for one in account.listings]
