"""A file to rows whose units are known: every table of it read, every row matched, everything wrong told at once.

May import `opening` and what stands before it in this room. What could be meant in two ways is asked of `ask`, or refused where nobody
can be asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from generator.registry import Registry
from generator.sheets.cleaning import matched
from generator.sheets.columns import NEW_UNIT, NOTES_SHEET, WORDS_SHEET, SheetForm
from generator.sheets.drafts import Complaint, Draft, Given, drafts
from generator.sheets.grid import Grid
from generator.sheets.layouts import ALL_FORMS
from generator.sheets.matching import Finder, Fresh, Known, Mismatch, Unclear, candidates_text
from generator.sheets.recognising import recognise

Ask = Callable[["Question"], "Known | Fresh | None"]


class Question(Struct, frozen=True, kw_only=True):
    """A row that could mean several units; `where` is its cell, `said` what stands there."""

    where: str
    said: str
    why: str
    candidates: tuple[Known, ...]
    fresh: bool


class Meant(Struct, frozen=True, kw_only=True):
    """A row with the unit it means: a known one, or a new one, which later rows know as `pending`."""

    draft: Draft
    unit: Known | Fresh
    pending: str | None = None


@dataclass(slots=True)
class Gathered:
    """All rows of a file, in the order of the sheets; with anything in `wrong` none of them counts."""

    rows: list[Meant] = field(default_factory=list)
    wrong: list[Complaint] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def gather(
    grids: Sequence[Grid],
    registry: Registry,
    given: Given,
    *,
    wanted: SheetForm | None = None,
    keep_numbers: bool = False,
    ask: Ask | None = None,
) -> Gathered:
    """Return the rows of a file with the units they mean.

    Args:
        grids: the tables of the file.
        registry: the records so far.
        given: what holds for all rows that do not say otherwise.
        wanted: the kind of act of a list that does not say it.
        keep_numbers: whether a number that no unit has yet is the number of a new unit.
        ask: asked about rows that could mean several units, None where nobody can be asked.
    """
    found = Gathered()
    rows = _rows(grids, registry, given, wanted, found)
    return settle(rows, registry, found, keep_numbers=keep_numbers, ask=ask)


def settle(
    rows: Sequence[Draft],
    registry: Registry,
    found: Gathered,
    *,
    keep_numbers: bool = False,
    ask: Ask | None = None,
) -> Gathered:
    """Add rows with the units they mean to what was gathered, and return it.

    Args:
        rows: the drafts.
        registry: the records so far.
        found: what is known of them; with anything wrong in it nobody is asked.
        keep_numbers: whether a number that no unit has yet is the number of a new unit.
        ask: asked about rows that could mean several units, None where nobody can be asked.
    """
    finder = Finder.of(registry)
    for draft in sorted(rows, key=lambda one: _ORDER[one.form.kind]):
        number = draft.text("document")
        if number is not None and number not in registry.documents:
            message = "名录里没有登记这份文件；请核对文号，或先用 document 命令登记"
            found.wrong.append(draft.complaint("document", message))
            draft.bad.add("document")
        _match(
            draft, finder, registry, found, keep_numbers=keep_numbers, ask=ask if not found.wrong else None
        )
    return found


_ORDER = {form.kind: number for number, form in enumerate(ALL_FORMS)}


def _rows(
    grids: Sequence[Grid], registry: Registry, given: Given, wanted: SheetForm | None, found: Gathered
) -> list[Draft]:
    rows: list[Draft] = []
    examples: list[str] = []
    tables = 0
    strange: list[Grid] = []
    for grid in grids:
        if grid.name in (WORDS_SHEET, NOTES_SHEET) or not any(line.filled for line in grid):
            continue
        table = recognise(grid, wanted)
        if grid.hidden:
            if table is None or table.rows:
                found.told.append(f"工作表“{grid.name}”是隐藏的，没有导入；要导入请取消隐藏。")
            continue
        if table is None:
            strange.append(grid)
            continue
        tables += 1
        drafted = drafts(table, registry, given)
        rows += drafted.drafts
        found.wrong += drafted.wrong
        found.told += drafted.told
        examples += [f"“{grid.name}”第 {number} 行" for number in table.examples]
    if examples:
        found.told.append(f"标着“示例”的行没有导入：{'、'.join(examples)}。")
    for grid in strange:
        if tables:
            found.told.append(f"工作表“{grid.name}”里没有认得的列标题，没有导入。")
        else:
            message = "没有认得的列标题；请在表头写“企业名称”“单元名称”等，或把内容填到导入模板里（用 template 生成）"
            first = next(line.filled[0] for line in grid if line.filled)
            found.wrong.append(
                Complaint(sheet=grid.name, row=1, at=first.at, field="", found=first.text, message=message)
            )
    return rows


def _match(
    draft: Draft, finder: Finder, registry: Registry, found: Gathered, *, keep_numbers: bool, ask: Ask | None
) -> None:
    if {"unit", "enterprise", "uscc", "name"} & draft.bad or not {"unit", "enterprise", "uscc"} & set(
        draft.values
    ):
        return  # told already
    title = registry.policy.title(draft.text("title") or "")
    kind = draft.text("kind") or (title.kind if title else None)
    number = draft.text("unit")
    enters = draft.form.kind == "award"
    if keep_numbers and enters and number is not None and number not in finder.by_id:
        answer: Known | Fresh | Unclear | Mismatch = Fresh()
    else:
        answer = finder.find(draft, kind=kind)
    if isinstance(answer, Unclear):
        asked = ask(_question(draft, answer)) if ask else None
        if asked is None:
            found.wrong.append(_unclear(draft, answer))
            return
        # A new unit beside those that are alike is their enterprise's, with its code.
        answer = Fresh(answer.candidates[0]) if isinstance(asked, Fresh) else asked
    if isinstance(answer, Mismatch):
        found.wrong.append(draft.complaint(answer.key, answer.message))
        return
    number = draft.text("case")
    if number is not None and number not in registry.cases and not keep_numbers:
        found.wrong.append(draft.complaint("case", f"名录里没有案例 {number}；请核对，新案例的编号空着"))
        return
    pending = None
    if isinstance(answer, Fresh):
        lacking = [*_needed(draft, kind), *_misplaced(draft, registry)]
        found.wrong += [draft.complaint(key, message) for key, message in lacking]
        draft.bad.update(key for key, _ in lacking)
        if not lacking:
            unit = _pending(draft, answer, kind, len(finder.by_id))
            finder.add(unit)
            pending = unit.id
    elif draft.form.kind == "award" and title is not None:
        _held(finder, answer, title.name)
    elif draft.form.kind == "rename":
        _renamed(finder, answer, draft.text("new_name") or answer.enterprise)
    found.rows.append(Meant(draft=draft, unit=answer, pending=pending))


def _held(finder: Finder, unit: Known, title: str) -> None:
    """Let later rows know that a unit holds a title."""
    if title not in unit.titles:
        finder.put(replace(unit, titles=unit.titles | {title}))


def _renamed(finder: Finder, unit: Known, name: str) -> None:
    """Let later rows know the units of an enterprise by its new name as well as by its old one."""
    own = finder.by_code.get(unit.uscc, []) if unit.uscc else finder.by_name[matched(unit.enterprise)]
    for one in [unit, *(one for one in own if one.id != unit.id and one.enterprise == unit.enterprise)]:
        if matched(one.enterprise) != matched(name):
            finder.put(replace(one, enterprise=name, former=(*one.former, one.enterprise)))


def _pending(draft: Draft, fresh: Fresh, kind: str | None, count: int) -> Known:
    """A unit that this file enters, as later rows find it."""
    return Known(
        id=draft.text("unit") or f"{draft.sheet}!{draft.row}#{count}",
        name=draft.text("name") or "",
        kind=kind or "",
        enterprise=draft.text("enterprise") or (fresh.like.enterprise if fresh.like else ""),
        uscc=draft.text("uscc") or (fresh.like.uscc if fresh.like else None),
        city=draft.text("city") or "",
        titles=frozenset(filter(None, (draft.text("title"),))),
    )


_NEEDED = {
    "enterprise": "新单元要写企业全称",
    "name": "新单元要写单元名称；名单里只有企业名称的，请加一列“单元名称”",
    "city": "新单元要写地市；名单里没有的，请加一列“地市”，或用 --city 指明",
    "industry": "新单元要写行业代码；名单里没有的，请加一列“行业代码”，写 GB/T 4754 大类或中类，例如 34 或 341；全都一样的可以用 --industry 指明",
}


def _needed(draft: Draft, kind: str | None) -> Sequence[tuple[str, str]]:
    """What a new unit needs beyond what every row does."""
    lacking = [
        (key, message) for key, message in _NEEDED.items() if key not in draft.values and key not in draft.bad
    ]
    return lacking if kind or "title" not in draft.values else [*lacking, ("kind", "新单元要写类别")]


def _misplaced(draft: Draft, registry: Registry) -> Sequence[tuple[str, str]]:
    """A county that the city of a new unit does not have."""
    city, county = registry.city(draft.text("city") or ""), draft.text("county")
    if city is None or county is None or any(one.name == county for one in city.counties):
        return []
    return [("county", f"{city.name}没有这个县区；请从下拉列表里选县区全称，开发区写在“开发区”列")]


def _question(draft: Draft, unclear: Unclear) -> Question:
    key = "name" if "name" in draft.values else "enterprise" if "enterprise" in draft.values else "uscc"
    said = " ".join(filter(None, (draft.text("enterprise"), draft.text("name"))))
    return Question(
        where=f"{draft.sheet} {draft.place(key)}".strip(),
        said=said,
        why=unclear.why,
        candidates=unclear.candidates,
        fresh=unclear.fresh,
    )


def _unclear(draft: Draft, unclear: Unclear) -> Complaint:
    key = "name" if "name" in draft.values else "enterprise" if "enterprise" in draft.values else "uscc"
    choices = candidates_text(unclear.candidates)
    new = f"；确实是新单元的写“{NEW_UNIT}”" if unclear.fresh else ""
    column = "在编号列" if "unit" in draft.at else "加一列“编号”，"
    return draft.complaint(key, f"{unclear.why}：{choices}。请{column}写明是哪一个{new}")
