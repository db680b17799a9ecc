"""The units that rows mean: by number, by credit code, by exact name, by former name; and a question where two could be meant.

May import `cleaning`, `columns`, `drafts`, `reading`, `records` and `registry`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from msgspec import Struct

from generator.reading import UNIT_ID
from generator.records import Unit
from generator.registry import Registry
from generator.sheets.cleaning import matched
from generator.sheets.columns import NEW_UNIT
from generator.sheets.drafts import Draft

# From here on two names of units may be the same one's, written in two ways.
_ALIKE = 0.75


class Known(Struct, frozen=True):
    """A unit of the registry, or of an earlier row of the same file that is still to be entered."""

    id: str
    name: str
    kind: str
    enterprise: str
    uscc: str | None
    city: str
    former: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()

    @property
    def entered(self) -> bool:
        """Whether it has its number already, and is not of an earlier row of the same file."""
        return UNIT_ID.fullmatch(self.id) is not None


class Fresh(Struct, frozen=True):
    """No unit so far: the row enters a new one. `like` is an entered unit of the enterprise, where it has one."""

    like: Known | None = None


class Unclear(Struct, frozen=True):
    """Several units could be meant, or one that is only alike; `fresh` tells whether it may be a new one as well."""

    candidates: tuple[Known, ...]
    why: str
    fresh: bool = False


class Mismatch(Struct, frozen=True):
    """What the row says cannot be: the field, and why."""

    key: str
    message: str


Answer = Known | Fresh | Unclear | Mismatch


def known(unit: Unit) -> Known:
    """Return a unit of the registry as rows are matched with it."""
    return Known(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        enterprise=unit.enterprise,
        uscc=unit.uscc,
        city=unit.city,
        former=tuple(former.name for former in unit.former_names),
        titles=frozenset(award.title for award in unit.titles),
    )


@dataclass(slots=True)
class Finder:
    """All units by everything that rows name them by."""

    by_id: dict[str, Known] = field(default_factory=dict)
    by_code: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_former: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_core: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, registry: Registry) -> "Finder":
        """Return a finder of the units of a registry."""
        finder = cls()
        for unit in registry.units.values():
            finder.add(known(unit))
        return finder

    def add(self, unit: Known) -> None:
        """Make a unit known."""
        self.by_id[unit.id] = unit
        if unit.uscc:
            self.by_code[unit.uscc].append(unit)
        self.by_name[matched(unit.enterprise)].append(unit)
        self.by_core[_core(unit.enterprise)].append(unit)
        for name in unit.former:
            self.by_former[matched(name)].append(unit)

    def put(self, unit: Known) -> None:
        """Let a known unit be known as it is now."""
        old = self.by_id[unit.id]
        groups = [
            self.by_name[matched(old.enterprise)],
            *(self.by_former[matched(name)] for name in old.former),
        ]
        for rows in (*groups, *([self.by_code[old.uscc]] if old.uscc else [])):
            rows[:] = [one for one in rows if one.id != unit.id]
        self.add(unit)

    def find(self, draft: Draft, *, kind: str | None = None) -> Answer:
        """Return which unit a row means.

        Args:
            draft: the row.
            kind: the kind of unit its title is for, where the row may enter a new one.
        """
        number = draft.text("unit")
        if number is not None:
            return self._numbered(draft, number)
        own = self._enterprise(draft)
        if isinstance(own, Mismatch):
            return own
        name = draft.text("name")
        enters = draft.form.kind == "award"
        if enters and draft.new:
            return Fresh(own[0] if own else None)
        if not own:
            return self._none(draft) if not enters else self._new_enterprise(draft)
        if name is not None:
            exact = [unit for unit in own if matched(unit.name) == matched(name)]
            if exact:
                return self._one(draft, exact, f"名称都是“{name}”")
            if enters:
                return self._new_or_alike(own, name, kind)
            return Mismatch("name", f"这个企业没有叫“{name}”的单元；它有 {_listed(own)}")
        return self._unnamed(draft, own, kind)

    def _numbered(self, draft: Draft, number: str) -> Answer:
        unit = self.by_id.get(number)
        if unit is None:
            return Mismatch(
                "unit",
                f"名录里没有编号 {number}；请核对，新单元的编号列空着（要照表里的编号新建，加 --keep-numbers）",
            )
        code, enterprise, name = draft.text("uscc"), draft.text("enterprise"), draft.text("name")
        if code and unit.uscc and code != unit.uscc:
            return Mismatch("uscc", f"{number} 的代码是 {unit.uscc}，与这里不同；请核对编号和代码")
        if enterprise and matched(enterprise) not in map(matched, (unit.enterprise, *unit.former)):
            return Mismatch(
                "enterprise", f"{number} 的企业是“{unit.enterprise}”，与这里不同；请核对编号和企业名称"
            )
        if name and matched(name) != matched(unit.name):
            return Mismatch("name", f"{number} 的名称是“{unit.name}”，与这里不同；请核对编号，或空着单元名称")
        return unit

    def _enterprise(self, draft: Draft) -> Sequence[Known] | Mismatch:
        """The units of the enterprise a row names; several enterprises where its name is that of several."""
        code, enterprise = draft.text("uscc"), draft.text("enterprise")
        if code and code in self.by_code:
            own = self.by_code[code]
            names = {matched(name) for unit in own for name in (unit.enterprise, *unit.former)}
            if enterprise and matched(enterprise) not in names:
                return Mismatch(
                    "uscc",
                    f"{code} 在名录里是“{own[0].enterprise}”的代码，与企业名称不同；请核对代码，企业更名的先填“更名”表",
                )
            # Units of the enterprise that were entered without its code.
            rest = [unit for unit in self.by_name.get(matched(own[0].enterprise), ()) if not unit.uscc]
            return [*own, *rest]
        if enterprise is None:
            return Mismatch("uscc", f"名录里没有代码 {code}；请核对，或填写企业名称")
        own = self.by_name.get(matched(enterprise)) or self.by_former.get(matched(enterprise)) or []
        if code and own:
            same = [unit for unit in own if unit.uscc in (None, code)]
            if not same:
                return Mismatch(
                    "uscc", f"“{own[0].enterprise}”在名录里的代码是 {own[0].uscc}，与这里不同；请核对"
                )
            own = same
        return own

    def _none(self, draft: Draft) -> Mismatch:
        near = self.by_core.get(_core(draft.text("enterprise") or ""), [])
        like = f"；名称相近的有 {candidates_text(near[:6])}" if near else ""
        return Mismatch(
            "enterprise",
            f"名录里没有这个企业（现在的名称和曾用名都查过）；请核对名称，或先填“授予”表{like}",
        )

    def _new_enterprise(self, draft: Draft) -> Answer:
        """A name that is entered nowhere: a new enterprise, unless it differs from one in its legal form alone."""
        code = draft.text("uscc")
        near = [
            unit
            for unit in self.by_core.get(_core(draft.text("enterprise") or ""), [])
            if unit.entered and not (code and unit.uscc and code != unit.uscc)
        ]
        if not near:
            return Fresh()
        return Mismatch(
            "enterprise",
            f"名录里没有这个企业，名称相近的有 {candidates_text(near[:6])}；是同一个企业的，请改成名录里的名称，"
            f"确实是另一个企业的，请在编号列写“{NEW_UNIT}”",
        )

    def _one(self, draft: Draft, candidates: Sequence[Known], why: str) -> Answer:
        city = draft.text("city")
        near = [unit for unit in candidates if unit.city == city] or candidates
        return near[0] if len(near) == 1 else Unclear(tuple(near), why)

    def _new_or_alike(self, own: Sequence[Known], name: str, kind: str | None) -> Answer:
        # Two names of one list are two units: whoever published it knew them apart.
        alike = [
            unit
            for unit in own
            if unit.entered and kind in (None, unit.kind) and _alike(unit.name, name, unit.kind)
        ]
        if alike:
            return Unclear(tuple(alike), "名称相近，可能是同一个单元，也可能是新单元", fresh=True)
        return Fresh(own[0])

    def _unnamed(self, draft: Draft, own: Sequence[Known], kind: str | None) -> Answer:
        """A row that names an enterprise alone: the one unit it can be about."""
        if draft.form.kind == "rename":
            codes = {unit.uscc for unit in own if unit.uscc}
            return own[0] if len(codes) <= 1 else Unclear(tuple(own), "有几个企业用这个名称")
        title = draft.text("title")
        if draft.form.kind in ("renewal", "revocation"):
            holders = [unit for unit in own if title in unit.titles]
            if not holders:
                return Mismatch("title", f"这个企业没有获授过{title}的单元；它有 {_listed(own)}")
            return self._one(draft, holders, f"都获授过{title}，而这一行没有写单元名称")
        right = [unit for unit in own if kind is None or unit.kind == kind]
        if not right:
            return Fresh(own[0])
        return self._one(draft, right, "这个企业有几个单元，而这一行没有写单元名称")


_LEGAL_FORMS = re.compile(r"\(.*?\)|有限责任|股份|有限|集团|总?公司")


def _core(enterprise: str) -> str:
    """What a name of an enterprise is without its legal form: two that differ in that alone are easily mistaken."""
    return _LEGAL_FORMS.sub("", matched(enterprise)) or matched(enterprise)


def _alike(one: str, other: str, kind: str) -> bool:
    """Whether two names of units may be one name: the words every unit of a kind has in its name do not count."""
    first, second = (matched(name).replace(matched(kind), "") for name in (one, other))
    if not first or not second or min(len(first), len(second)) < 2:
        return first == second
    return first in second or second in first or SequenceMatcher(None, first, second, False).ratio() >= _ALIKE


def _listed(units: Iterable[Known]) -> str:
    return "、".join(f"{unit.id} {unit.name}" for unit in list(units)[:6])


def candidates_text(units: Iterable[Known]) -> str:
    """Return units to choose from: number, enterprise, name and city of each."""
    return "；".join(f"{unit.id} {unit.enterprise} {unit.name}（{unit.city}）" for unit in units)
