"""Rows of a table to drafts of acts: every value clean and with its cell, the unit it is about not yet found.

May import `cleaning`, `columns`, `grid`, `recognising` and `registry`. What a list says once, above its head or in a heading between rows,
and what the command was told, fills the fields that a row leaves empty.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Day

from msgspec import Struct
from msgspec.structs import replace

from generator import forms
from generator.policy import Policy
from generator.registry import Registry
from generator.sheets import cleaning
from generator.sheets.cleaning import Value, Wrong
from generator.sheets.columns import NEW_UNIT, PLACE, Column, SheetForm
from generator.sheets.grid import Cell
from generator.sheets.recognising import Row, Table, folded


class Complaint(Struct, frozen=True, kw_only=True, order=True):
    """What must be put right: the sheet, the cell, what stands there and what is right, in Chinese."""

    sheet: str
    row: int
    at: str
    field: str
    found: str
    message: str

    def __str__(self) -> str:
        where = f"{self.sheet} {self.at}".strip()
        said = f"“{_short(self.found)}”：" if self.found else ""
        named = f"{self.field}" if self.field else ""
        return f"{where}：{named}{said or ('：' if named else '')}{self.message}。"


_ALIKE = 3


def as_lines(wrong: Iterable[Complaint]) -> Iterator[str]:
    """Return complaints as lines: what is wrong alike in several cells of a column stands once, where it is met first."""
    together: dict[tuple[str, ...], list[Complaint]] = {}
    for one in wrong:
        column = re.sub(r"\d+$", "", one.at) if one.found else one.at
        together.setdefault((one.sheet, column, one.field, one.found, one.message), []).append(one)
    for alike in together.values():
        if len(alike) < _ALIKE:
            yield from map(str, alike)
        else:
            where = f"{alike[0].at} 等 {len(alike)} 格（到 {alike[-1].at}）"
            yield str(replace(alike[0], at=where))


class Given(Struct, frozen=True, kw_only=True):
    """What is said once for all rows: by options, or above the head; None where it is not said."""

    title: str | None = None
    document: str | None = None
    date: Day | None = None
    city: str | None = None
    industry: str | None = None


@dataclass(slots=True, kw_only=True)
class Draft:
    """One row: its values by field, and the address each stands at; what was said once has the row's first cell.

    `bad` are the fields whose cells were refused; `new` tells that the row says it is a new unit's.
    """

    form: SheetForm
    sheet: str
    row: int
    values: dict[str, Value] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    new: bool = False

    def text(self, key: str) -> str | None:
        """Return a field that holds text, or None where it is not given."""
        value = self.values.get(key)
        return None if value is None else str(value)

    def place(self, key: str = "") -> str:
        """Return the address of a field, or of the row's beginning."""
        return self.at.get(key) or self.at.get("") or f"A{self.row}"

    def complaint(self, key: str, message: str) -> Complaint:
        """Return a complaint about one of its fields."""
        column = self.form.column(key) or (PLACE if key == "place" else None)
        value = self.values.get(key)
        return Complaint(
            sheet=self.sheet,
            row=self.row,
            at=self.place(key),
            field=column.title if column else "",
            found="" if value is None else str(value),
            message=message,
        )


@dataclass(slots=True)
class Drafted:
    """The drafts of a table, with everything wrong in it and what should be told."""

    drafts: list[Draft] = field(default_factory=list)
    wrong: list[Complaint] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def drafts(table: Table, registry: Registry, given: Given) -> Drafted:
    """Return the rows of a table as drafts.

    Args:
        table: what was recognised.
        registry: whose vocabularies count.
        given: what the command was told.
    """
    found = Drafted()
    name = table.grid.name
    found.told += [f"工作表“{name}”{text}" for text in table.told]
    for at, message in table.wrong:
        number = int(re.sub(r"\D", "", at))
        found.wrong.append(Complaint(sheet=name, row=number, at=at, field="", found="", message=message))
    said = Given() if table.named else _above(table, registry.policy, found)
    if not table.rows:
        return found
    for row in table.rows:
        found.drafts.append(_draft(table, row, registry, given, said, found))
    _duplicates(found)
    return found


def _draft(table: Table, row: Row, registry: Registry, given: Given, said: Given, found: Drafted) -> Draft:
    form = table.form
    draft = Draft(form=form, sheet=table.grid.name, row=row.line.number)
    draft.at[""] = row.line.filled[0].at
    bad = draft.bad
    for column in (*form.columns, PLACE):
        if column.key not in table.places:
            continue
        cell = row.line.cell(table.places[column.key])
        draft.at[column.key] = cell.at
        if cell.empty or (column.form != "lines" and folded(cell.text) in _NOTHING):
            continue
        if column.key == "unit" and folded(cell.text) == NEW_UNIT:
            draft.new = True
            continue
        value = cleaning.value(column, cell, registry)
        if isinstance(value, Wrong):
            bad.add(column.key)
            found.wrong.append(_complaint(draft, column, cell, value))
        elif value != "":
            draft.values[column.key] = value
    found.wrong += _fill(draft, row, registry, given, said)
    found.wrong += lacking(draft)
    return draft


# What is written into a cell to say that there is nothing.
_NOTHING = frozenset({"-", "--", "—", "——", "/", "无", "暂无", "none", "null", "n/a"})


def _complaint(draft: Draft, column: Column, cell: Cell, wrong: Wrong) -> Complaint:
    return Complaint(
        sheet=draft.sheet,
        row=draft.row,
        at=cell.at,
        field=column.title,
        found=cell.text.strip(),
        message=wrong.message,
    )


def _fill(draft: Draft, row: Row, registry: Registry, given: Given, said: Given) -> Iterator[Complaint]:
    """Fill what the row leaves empty: from its place, its headings, what is said above the list, and the options."""
    keys = {column.key for column in draft.form.columns}
    values, bad = draft.values, draft.bad
    headed = _headed(row, registry)
    for key in ("title", "document", "date", "city", "industry"):
        if key not in keys or key in values or key in bad:
            continue
        option = getattr(given, key)
        value = headed.get(key) or option or getattr(said, key)
        if value is not None and (key != "city" or "place" not in values):
            values[key] = value
    where = values.get("place")
    if isinstance(where, str) and "city" in keys:
        place = cleaning.place(where, registry)
        if isinstance(place, Wrong):
            bad.add("city")
            yield draft.complaint("place", place.message)
            return
        if "city" in values and values["city"] != place.city:
            bad.add("city")
            yield draft.complaint("place", f"与地市“{values['city']}”不一致；请核对")
            return
        values["city"] = place.city
        if place.county and "county" in keys:
            values.setdefault("county", place.county)


def _headed(row: Row, registry: Registry) -> Mapping[str, str]:
    """What the headings above a row say: a city, a title."""
    found: dict[str, str] = {}
    for heading in row.headings:
        plain = re.sub(r"[(][^)]*[)]$", "", folded(heading.text))
        plain = re.sub(r"^[(]?[一二三四五六七八九十\d]+[)]?[、.]?", "", plain)
        city = cleaning.city(plain, registry)
        if not isinstance(city, Wrong):
            found["city"] = city.name
        title = title_in(heading.text, registry.policy)
        if title:
            found["title"] = title
    return found


def title_in(text: str, policy: Policy) -> str | None:
    """Return the one title that a text names, or None where it names none or several.

    A title whose name is part of a longer one that is named there does not count.
    """
    plain = cleaning.matched(text)
    named = []
    for title in sorted(policy.titles, key=lambda one: len(one.name), reverse=True):
        called = cleaning.matched(title.name)
        if called in plain:
            named.append(title.name)
            plain = plain.replace(called, "|")
    return named[0] if len(named) == 1 else None


_NUMBER_IN = re.compile(
    r"[一-鿿（）()A-Za-z]{2,20}\s*[\[【〔(（［]\s*(?:19|20)\d{2}\s*[\]】〕)）］]\s*第?\s*\d+\s*号", re.ASCII
)


def _above(table: Table, policy: Policy, found: Drafted) -> Given:
    """What the rows above the head say: the title that the list awards, and the number of its document."""
    titles: list[tuple[str, Cell]] = []
    numbers: list[tuple[str, Cell]] = []
    for cell in table.titles:
        title = title_in(cell.text, policy)
        if title:
            titles.append((title, cell))
        for number in _NUMBER_IN.findall(unicodedata.normalize("NFC", cell.text)):
            proper = forms.corrected_document_number(
                re.sub(r"^.*?(?:文件|文号|依据|根据|[(（](?=[^)）]*$))", "", number)
            )
            if proper:
                numbers.append((proper, cell))
    one_title = {title for title, _ in titles}
    one_number = {number for number, _ in numbers}
    title = titles[0][0] if len(one_title) == 1 and "title" not in table.places else None
    number = numbers[0][0] if len(one_number) == 1 and "document" not in table.places else None
    if title:
        found.told.append(f"工作表“{table.grid.name}”称号取自 {titles[0][1].at}：{title}。")
    if number:
        found.told.append(f"工作表“{table.grid.name}”文号取自 {numbers[0][1].at}：{number}。")
    return Given(title=title, document=number)


def lacking(draft: Draft) -> Iterator[Complaint]:
    """What every row of its sheet needs."""
    bad = draft.bad
    keys = {column.key for column in draft.form.columns}
    needed = [column.key for column in draft.form.columns if column.required]
    needed += [key for key in ("title", "document") if key in keys]
    how = {"title": "或用 --title 指明", "document": "或用 --document 指明"}
    for key in needed:
        if key not in draft.values and key not in bad:
            column = draft.form.column(key)
            assert column is not None
            again = f"，{how[key]}" if key in how else ""
            bad.add(key)
            yield draft.complaint(key, f"没有填写；{column.note.rstrip('。')}{again}")
    if not {"unit", "enterprise", "uscc"} & set(draft.values) and not {"unit", "enterprise", "uscc"} & bad:
        yield draft.complaint(
            "enterprise", "没有填写，也没有编号和代码，不知道说的是哪个企业；请填写企业全称"
        )
    code, note = draft.text("uscc"), draft.text("uscc_note")
    # Elsewhere a code must be one that is entered, and some of these are noted to fail the check.
    if code and not note and draft.form.kind == "award":
        right = forms.uscc_check_character(code[:17])
        if code[17] != right:
            yield draft.complaint(
                "uscc", f"第 18 位校验码是 {code[17]}，按前 17 位应为 {right}；请对照营业执照改正"
            )
            del draft.values["uscc"]
            bad.add("uscc")


_FACT = {
    "award": ("title", "document", "date"),
    "renewal": ("title", "document", "date"),
    "revocation": ("title", "document", "date"),
    "maturity": ("date", "level", "method"),
    "closing": (),
    "rename": ("new_name",),
    "case": ("case_title",),
    "report": ("year", "date"),
    "correction": ("date", "fields", "reason"),
}


def _duplicates(found: Drafted) -> None:
    """The same act in two rows is a slip that no one should have to guess at."""
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in found.drafts:
        if not {"unit", "enterprise", "uscc"} & set(draft.values):
            continue
        who = (draft.text("unit"), cleaning.matched(draft.text("enterprise") or draft.text("uscc") or ""))
        name = cleaning.matched(draft.text("name") or "")
        key = (*who, name, *(draft.values.get(part) for part in _FACT[draft.form.kind]))
        if key in seen:
            message = f"与第 {seen[key].row} 行重复，同一件事只能有一行；请删去其一"
            found.wrong.append(
                draft.complaint("enterprise" if "enterprise" in draft.values else "unit", message)
            )
        else:
            seen[key] = draft


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= 40 else f"{flat[:39]}…"
