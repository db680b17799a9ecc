"""What a change means, told in Markdown: one line that says it all, then a table for each kind of act.

May import `views.words`, `rules` and the other modules of this room. Words only; what is true comes from the shapes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from generator.effects.markdown import FOLDED, LIMIT, ROWS, Section, escaped, link, table, within
from generator.effects.shapes import (
    Both,
    Cancelling,
    Effects,
    Fact,
    Move,
    Paper,
    Place,
    Replaced,
    Shift,
    UnitName,
)
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
        self.tiers = {number.key: number.name for number in effects.counts}

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
            yield from self._lists()
            yield from self._told()
            yield from self._places("网页", found.pages)
            yield from self._places("订阅条目", found.entries)

    def _counts(self) -> Section:
        rows = [
            (escaped(number.name), str(number.before), str(number.after), _step(number.after - number.before))
            for number in self.effects.counts
        ]
        heads = (f"{words.day(self.effects.as_of)}", "改动前", "改动后", "变化")
        return Section("名单数", "\n".join(_plain_table(heads, rows)))

    def _lists(self) -> Iterator[Section]:
        lists = self.effects.lists
        for kind in KINDS:
            moves = [move for move in lists.moves if move.kind == kind]
            if moves:
                yield self._moves(f"{words.CHANGES[kind]}（{len(moves)}）", moves)
            if kind == "revoked" and lists.cancellings:
                yield self._cancellings(lists.cancellings)
        if lists.terms:
            rows = [
                (
                    self._unit(term.unit),
                    escaped(term.unit.enterprise),
                    self._end(term.before),
                    self._end(term.after),
                )
                for term in lists.terms
            ]
            heads = ("单元", "企业", "原到期日", "现到期日")
            cities = [term.unit.city for term in lists.terms]
            yield Section(f"到期日改变（{len(rows)}）", table(heads, rows, places=cities))
        if lists.shifted:
            yield self._shifts(lists.shifted)
        if lists.withdrawn:
            yield self._moves(
                f"撤回的变动：改动前有，改动后没有（{len(lists.withdrawn)}）", lists.withdrawn, kinds=True
            )
        if lists.quiet:
            quiet = [
                (
                    self._unit(one.unit),
                    escaped(one.unit.enterprise),
                    escaped(one.title),
                    self._day(one.day),
                    escaped(one.document),
                    escaped(one.why),
                )
                for one in lists.quiet
            ]
            columns = ("单元", "企业", "称号", "授予之日", "依据", "效果")
            cities = [one.unit.city for one in lists.quiet]
            yield Section(f"授予称号、层级不变（{len(quiet)}）", table(columns, quiet, places=cities))

    def _moves(self, heading: str, moves: Sequence[Move], *, kinds: bool = False) -> Section:
        ending = all(move.kind in ("closed", "expired", "revoked") for move in moves)
        rows = []
        for move in moves:
            row = [self._unit(move.unit), escaped(move.unit.enterprise), escaped(move.unit.city)]
            row += [words.CHANGES[move.kind]] if kinds else []
            row += [self._step(move.before, move.after), self._day(move.day)]
            row += [] if ending else [words.day(move.through) if move.through else "未设到期日"]
            ground = [escaped(text) for text in (move.document, move.note) if text]
            rows.append([*row, "，".join(ground)])
        heads = ["单元", "企业", "地市", *(["变动"] if kinds else []), "层级", "日期"]
        heads += [*([] if ending else ["有效期至"]), "依据"]
        return Section(heading, table(heads, rows, places=[move.unit.city for move in moves]))

    def _shifts(self, shifts: Sequence[Shift]) -> Section:
        rows = []
        for shift in shifts:
            old, new = shift.before, shift.after
            steps = (
                (words.day(old.day), self._day(new.day)),
                (self._end(old.through), self._end(new.through)),
                (escaped(old.document or ""), escaped(new.document or "")),
            )
            told = ["→".join(dict.fromkeys(pair)) for pair in steps]
            rows.append([self._unit(new.unit), escaped(new.unit.enterprise), words.CHANGES[new.kind], *told])
        heads = ("单元", "企业", "变动", "日期", "有效期至", "依据")
        cities = [shift.after.unit.city for shift in shifts]
        return Section(f"更正的变动（{len(rows)}）", table(heads, rows, places=cities))

    def _cancellings(self, acts: Sequence[Cancelling]) -> Section:
        rows = []
        for act in acts:
            taken = [
                f"{self._unit(one.unit)}（{self._step(one.before, one.after)}）" for one in act.taken[:FOLDED]
            ]
            if len(act.taken) > FOLDED:
                taken.append(f"等 {len(act.taken)} 个")
            bar = f"{words.day(act.day)}至{words.day(act.barred_through)}" if act.barred_through else "没有"
            rows.append(
                (
                    self._unit(act.unit),
                    escaped(act.unit.enterprise),
                    escaped(act.title),
                    self._day(act.day),
                    "<br>".join(taken) or "没有单元移出名单",
                    bar,
                    "，".join(escaped(text) for text in (act.document, act.reason) if text),
                )
            )
        heads = (
            "单元",
            "企业",
            "撤销的称号",
            "撤销之日",
            "移出名单的单元（含同一企业）",
            "企业限制期",
            "依据",
        )
        cities = [act.unit.city for act in acts]
        return Section(f"撤销（{len(acts)}）", table(heads, rows, places=cities))

    def _told(self) -> Iterator[Section]:
        told = self.effects.told
        yield from self._replaced("更名", told.renamed)
        yield from self._replaced("迁移", told.moved)
        yield from self._facts("成熟度", told.maturity)
        yield from self._facts("年度进展报告", told.reports)
        if told.untouched:
            rows = [
                (self._unit(one.unit), escaped(one.unit.enterprise), escaped("、".join(one.fields)))
                for one in told.untouched
            ]
            cities = [one.unit.city for one in told.untouched]
            body = table(("单元", "企业", "改动的字段"), rows, places=cities)
            yield Section(f"到期不变：层级、有效期和限制都不变（{len(rows)}）", body)
        yield from self._papers("新案例", "发布之日", "企业", told.new_cases)
        yield from self._papers("撤下案例", "撤下之日", "原因", told.withdrawn_cases)
        yield from self._papers("修订案例", "发布之日", "改动的字段", told.revised_cases)
        yield from self._papers("新文件", "成文日期", "引用", told.new_documents)
        yield from self._papers("新年度名单", "截至", "公布文号", told.new_lists)
        if told.other_records:
            yield Section("其他记录", _bullets([escaped(text) for text in told.other_records]))
        if told.form_only:
            yield Section("只改写法", f"{told.form_only} 个文件只改了注释、顺序或写法，内容不变。")

    def _replaced(self, name: str, found: Sequence[Replaced]) -> Iterator[Section]:
        if found:
            rows = [
                (
                    self._unit(one.unit),
                    one.what,
                    escaped(one.before),
                    escaped(one.after),
                    escaped(one.note or ""),
                )
                for one in found
            ]
            heads = ("单元", "改的是", "原为", "改为", "说明")
            yield Section(
                f"{name}（{len(rows)}）", table(heads, rows, places=[one.unit.city for one in found])
            )

    def _facts(self, name: str, found: Sequence[Fact]) -> Iterator[Section]:
        if found:
            rows = [
                (
                    self._unit(one.unit),
                    escaped(one.unit.enterprise),
                    escaped(one.what),
                    self._day(one.day),
                    escaped(one.effect),
                )
                for one in found
            ]
            heads = ("单元", "企业", "记录", "日期", "效果")
            yield Section(
                f"{name}（{len(rows)}）", table(heads, rows, places=[one.unit.city for one in found])
            )

    def _papers(self, name: str, day: str, note: str, found: Sequence[Paper]) -> Iterator[Section]:
        if found:
            rows = [
                (
                    escaped(one.key),
                    link(one.title, one.address, self.base),
                    self._day(one.day),
                    escaped(one.note or ""),
                )
                for one in found
            ]
            yield Section(f"{name}（{len(rows)}）", table(("编号", "标题", day, note), rows))

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

    def _unit(self, unit: UnitName) -> str:
        return f"{unit.id} {link(unit.name, unit.address, self.base)}"

    def _step(self, before: str | None, after: str | None) -> str:
        names = [self.tiers.get(tier, tier) if tier else "名单外" for tier in (before, after)]
        return escaped("→".join(dict.fromkeys(names)))

    def _day(self, day: date) -> str:
        return f"{words.day(day)}（以后）" if day > self.effects.as_of else words.day(day)

    def _end(self, day: date | None) -> str:
        return words.day(day) if day else "没有"


def _problems(heading: str, found: Sequence[Problem]) -> Section:
    lines = [
        f"{LEVEL_NAMES[one.level]} `{one.code}`，{escaped(f'{one.path}:{one.line}')}"
        f"{f' {escaped(one.field)}' if one.field else ''}：{escaped(one.message)}"
        for one in found[:ROWS]
    ]
    body = _bullets(lines)
    if len(found) > FOLDED:
        body = f"<details>\n<summary>共 {len(found)} 处</summary>\n\n{body}\n\n</details>"
    if len(found) > ROWS:
        body += f"\n\n只列前 {ROWS} 处，其余 {len(found) - ROWS} 处用 `--format json` 查看。"
    return Section(heading, body)


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _plain_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def _step(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number else "不变"
