"""What a change means, told in Markdown: one line that says it all, then a table for each kind of act.

May import `views.words`, `rules` and the other modules of this room. Words only; what is true comes from the shapes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from generator.effects.acts_told import list_sections
from generator.effects.markdown import FOLDED, LIMIT, ROWS, Section, escaped, link, table, within
from generator.effects.rest_told import rest_sections
from generator.effects.shapes import Both, Effects, Place
from generator.effects.voice import Voice, bullets
from generator.problems import LEVEL_NAMES, Problem
from generator.rules.changes import KINDS
from generator.views import words

_HEADING = "## 名录改动的法律效果"


def markdown(effects: Effects, *, base: str | None = None, limit: int = LIMIT) -> str:
    """Return what a change means, for the comment on a pull request.

    Args:
        effects: what it means.
        base: the address of the site with a closing slash, for links to pages, or None.
        limit: the number of characters that it may have; 0 is no limit.
    """
    return _Teller(effects, base).told(limit)


class _Teller:
    def __init__(self, effects: Effects, base: str | None) -> None:
        self.effects = effects
        self.base = base
        self.voice = Voice({number.key: number.name for number in effects.counts}, effects.as_of, base)

    def told(self, limit: int) -> str:
        """Return the telling."""
        found = self.effects
        day = words.day(found.as_of)
        between = f"{escaped(found.base)} → {escaped(found.head)}，数据截至{day}"
        opening = f"{_HEADING}\n\n**{self.summary()}**\n\n{between}。\n"
        return within(opening, list(self.sections()), limit)

    def summary(self) -> str:
        """Return the one line that says what the change means."""
        found = self.effects
        if not found.derived:
            return f"名录有 {len(found.errors)} 个错误，改正后才能说明这次改动的效果。"
        stop = f"不能这样改：有 {len(found.errors)} 个错误。" if found.errors else ""
        if not found.changed:
            red = f"名录本来就有 {len(found.errors)} 个错误。" if found.errors else ""
            return f"没有改动：两边的记录完全一样。{red}"
        acts = self._acts()
        listed = next(number for number in found.counts if number.key == "listed")
        numbers = (
            f"在名单中的单元由 {listed.before} 个变为 {listed.after} 个"
            if listed.before != listed.after
            else f"在名单中的单元仍为 {listed.after} 个"
        )
        if acts:
            return f"{stop}{'、'.join(acts)}；{numbers}。{self._later()}"
        others = self._others()
        return f"{stop}法律地位不变：没有单元的层级、有效期或限制因此改变{others}；{numbers}。"

    def _acts(self) -> list[str]:
        lists = self.effects.lists
        kinds = Counter(move.kind for move in lists.moves)
        acts = [f"{words.CHANGES[kind]} {kinds[kind]} 个单元" for kind in KINDS if kinds[kind]]
        if lists.cancellings:
            taken = {one.unit.id for act in lists.cancellings for one in act.taken}
            along = f"（{len(taken)} 个单元移出或降低层级）" if taken else "（没有单元因此移出名单）"
            acts.append(f"撤销 {len(lists.cancellings)} 个称号{along}")
        if lists.shifted:
            acts.append(f"更正 {len(lists.shifted)} 项名单变动的日期或依据")
        if lists.terms:
            acts.append(f"改变 {len(lists.terms)} 个单元的到期日")
        if lists.withdrawn:
            acts.append(f"撤回 {len(lists.withdrawn)} 项名单变动")
        return acts

    def _others(self) -> str:
        told = self.effects.told
        counts = {
            "更名": len(told.renamed),
            "迁移": len(told.moved),
            "新单元": len(told.new_units),
            "新案例": len(told.new_cases),
            "撤下案例": len(told.withdrawn_cases),
            "新文件": len(told.new_documents),
            "新名单": len(told.new_lists),
            "改动的记录": len(told.untouched) + len(told.other_records) + len(told.revised_cases),
        }
        parts = [f"{name} {number}" for name, number in counts.items() if number]
        return f"（{'、'.join(parts)}）" if parts else ""

    def _later(self) -> str:
        lists = self.effects.lists
        days = [*(move.day for move in lists.moves), *(act.day for act in lists.cancellings)]
        later = [day for day in days if day > self.effects.as_of]
        return f"其中 {len(later)} 项以后才生效，最早在{words.day(min(later))}。" if later else ""

    def sections(self) -> Iterator[Section]:
        """Yield the sections that have something to tell, what a reviewer needs first before the rest."""
        found = self.effects
        if found.errors:
            yield _problems(f"错误（{len(found.errors)}）", found.errors)
        if found.base_errors:
            left_out = "" if found.compared else "；网页和订阅没有比较"
            body = _problems("", found.base_errors).body
            heading = f"改动前的名录有 {len(found.base_errors)} 个错误"
            yield Section(heading, f"读不出的记录没有参与比较{left_out}。\n\n{body}")
        if found.warnings:
            yield _problems(f"请核对（{len(found.warnings)}）", found.warnings)
        if found.derived and found.changed:
            yield self._counts()
            yield from list_sections(self.voice, found.lists)
            yield from rest_sections(self.voice, found.told)
            yield from self._places("网页", found.pages)
            yield from self._places("订阅条目", found.entries)

    def _counts(self) -> Section:
        rows = [
            (escaped(number.name), str(number.before), str(number.after), _step(number.after - number.before))
            for number in self.effects.counts
        ]
        heads = (f"{words.day(self.effects.as_of)}", "改动前", "改动后", "变化")
        return Section("名单数", "\n".join(_plain_table(heads, rows)))

    def _places(self, name: str, found: Both) -> Iterator[Section]:
        parts: list[tuple[str, Sequence[Place]]] = [
            ("增加", found.gained),
            ("减少", found.lost),
            ("改动", found.altered),
        ]
        told = [(word, places) for word, places in parts if places]
        if told:
            heading = f"{name}：{'、'.join(f'{word} {len(places)}' for word, places in told)}"
            rows = [
                (word, escaped(place.title), link(f"/{place.address}", place.address, self.base))
                for word, places in told
                for place in places
            ]
            yield Section(heading, table(("变化", "内容", "地址"), rows))


def _problems(heading: str, found: Sequence[Problem]) -> Section:
    lines = [
        f"{LEVEL_NAMES[one.level]} `{one.code}`，{escaped(f'{one.path}:{one.line}')}"
        f"{f' {escaped(one.field)}' if one.field else ''}：{escaped(one.message)}"
        for one in found[:ROWS]
    ]
    body = bullets(lines)
    if len(found) > FOLDED:
        body = f"<details>\n<summary>共 {len(found)} 处</summary>\n\n{body}\n\n</details>"
    if len(found) > ROWS:
        body += f"\n\n只列前 {ROWS} 处，其余 {len(found) - ROWS} 处用 `--format json` 查看。"
    return Section(heading, body)


def _plain_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def _step(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number else "不变"
