"""Rows whose units are known to changes of records: numbers, facts, sentences; what stands there already changes nothing.

May import `gathering`, `desk` and what stands before them. Each kind of act has one method.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from generator.records import (
    Assessment,
    Award,
    Closing,
    Correction,
    FormerName,
    Revocation,
    Unit,
    YearReport,
)
from generator.registry import Registry
from generator.rules.ledger import day_of
from generator.sheets.cases import CASE_COLUMNS, Refused, case_fields, case_of
from generator.sheets.cleaning import matched
from generator.sheets.desk import Desk, Unwritable
from generator.sheets.drafts import Complaint, Draft
from generator.sheets.gathering import Meant
from generator.sheets.matching import Known
from generator.writing import Plain


@dataclass(slots=True)
class Entered:
    """What the rows will do: the changed records, a sentence for each fact, and everything that must be put right."""

    desk: Desk
    sentences: list[str] = field(default_factory=list)
    wrong: list[Complaint] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unchanged: int = 0


def enter(registry: Registry, rows: list[Meant]) -> Entered:
    """Return what rows will do to the records of a registry.

    Args:
        registry: the records as they are.
        rows: the rows in the order in which they take effect.
    """
    found = Entered(Desk.of(registry))
    entering = _Entering(found)
    for row in rows:
        if row.draft.bad:
            continue  # told already
        try:
            if not entering.act(row):
                found.unchanged += 1
        except Unwritable as reason:
            found.wrong.append(row.draft.complaint("", str(reason)))
        except Refused as refusal:
            found.wrong.append(row.draft.complaint(refusal.key, refusal.message))
    return found


class _Entering:
    """Enters one row after the other."""

    def __init__(self, found: Entered) -> None:
        self.found = found
        self.desk = found.desk
        self.ids: dict[str, str] = {}
        self.acts: dict[str, Callable[[Draft, Unit], bool]] = {
            "award": self.award,
            "renewal": self.renewal,
            "revocation": self.revocation,
            "maturity": self.maturity,
            "rename": self.rename,
            "closing": self.closing,
            "case": self.case,
            "report": self.report,
            "correction": self.correction,
        }

    def act(self, row: Meant) -> bool:
        """Enter a row; tell whether it changes anything."""
        if not isinstance(row.unit, Known):
            self.create(row)
            return True
        key = self.ids.get(row.unit.id, row.unit.id)
        unit = self.desk.units.get(key)
        if unit is None:
            return False  # the row that enters it was refused
        coded = self._code(row.draft, unit)
        return self.acts[row.draft.form.kind](row.draft, self.desk.units[key]) or coded

    def create(self, row: Meant) -> None:
        draft = row.draft
        city = self.desk.registry.city(draft.text("city") or "")
        title = self.desk.registry.policy.title(draft.text("title") or "")
        if city is None or title is None:
            raise Refused("city", "没有这个地市")
        number = draft.text("unit")
        if number is not None and not number.startswith(city.code[:4]):
            raise Refused("unit", f"{city.name}的编号以 {city.code[:4]} 开头；请核对编号或地市")
        key = number or self.desk.number("factories", city.code[:4])
        fields: dict[str, Plain] = {
            "name": draft.text("name") or "",
            "kind": draft.text("kind") or title.kind,
        }
        for name in ("enterprise", "uscc", "uscc_note", "city", "county", "zone", "industry", "website"):
            value = draft.text(name)
            if value is not None:
                fields[name] = value
        if "uscc" not in fields and not isinstance(row.unit, Known) and row.unit.like and row.unit.like.uscc:
            fields["uscc"] = row.unit.like.uscc
        fields = {name: fields[name] for name in _NEW if name in fields}
        fields["titles"] = [self._row(draft, "exception")]
        unit = self.desk.create("factories", key, f"factories/{city.code}/{key}.yml", fields, draft)
        if row.pending:
            self.ids[row.pending] = key
        assert isinstance(unit, Unit)
        self.say(unit, f"新建，授予{draft.text('title')}{self._by(draft)}")

    def award(self, draft: Draft, unit: Unit) -> bool:
        self._compare(draft, unit)
        return self._title(draft, unit, "授予")

    def renewal(self, draft: Draft, unit: Unit) -> bool:
        title = draft.text("title")
        day = self._day(draft)
        earlier = [one for one in unit.titles if one.title == title and (self._of(one) or day) < day]
        if not earlier and not any(one.title == title and self._of(one) == day for one in unit.titles):
            raise Refused(
                "title", f"{unit.id} 在 {day} 以前没有获授过{title}，不是续期；初次授予请填“授予”表"
            )
        return self._title(draft, unit, "续期")

    def _title(self, draft: Draft, unit: Unit, word: str) -> bool:
        title, document, day = str(draft.values["title"]), str(draft.values["document"]), self._day(draft)
        for held in unit.titles:
            if (held.title, held.document) == (title, document):
                if self._of(held) == day:
                    return False
                raise Refused(
                    "date",
                    f"{unit.id} 凭这份文件获授{title}已经登记，日期是 {self._of(held)}，这里是 {day}；请核对，名单另有日期的写在日期列，或用 --date 指明",
                )
        new = Award(
            title=title,
            document=document,
            date=self._given(draft),
            exception=draft.text("exception"),
        )
        meant = replace(unit, titles=(*unit.titles, new))
        self.desk.add_row(unit, "titles", self._row(draft, "exception"), draft, meant)
        again = "再次" if word == "授予" and any(held.title == title for held in unit.titles) else ""
        self.say(unit, f"{again}{word}{title}{self._by(draft)}")
        return True

    def revocation(self, draft: Draft, unit: Unit) -> bool:
        title, document, day = str(draft.values["title"]), str(draft.values["document"]), self._day(draft)
        for held in unit.revocations:
            if (held.title, held.document, self._of(held)) == (title, document, day):
                if held.reason != (draft.text("reason") or held.reason):
                    raise Refused(
                        "reason", f"{unit.id} 的这次撤销已经登记，原因是“{held.reason}”，与这里不同；请核对"
                    )
                return False
        new = Revocation(title=title, document=document, date=self._given(draft), reason=draft.text("reason"))
        meant = replace(unit, revocations=(*unit.revocations, new))
        self.desk.add_row(unit, "revocations", self._row(draft, "reason"), draft, meant)
        self.say(unit, f"撤销{title}{self._by(draft)}")
        return True

    def maturity(self, draft: Draft, unit: Unit) -> bool:
        day, level, method = draft.values["date"], draft.values["level"], str(draft.values["method"])
        assert isinstance(day, date)
        assert isinstance(level, int)
        new = Assessment(date=day, level=level, method=method)
        if new in unit.maturity:
            return False
        meant = replace(unit, maturity=(*unit.maturity, new))
        row: dict[str, Plain] = {"date": day, "level": level, "method": method}
        self.desk.add_row(unit, "maturity", row, draft, meant)
        self.say(unit, f"{day} 成熟度{method} {level} 级")
        return True

    def rename(self, draft: Draft, unit: Unit) -> bool:
        """All units of the enterprise take the new name."""
        new_name, until = str(draft.values["new_name"]), draft.values["until"]
        assert isinstance(until, date)
        old = draft.text("enterprise") or unit.enterprise
        own = [
            one
            for one in self.desk.units.values()
            if one.id == unit.id
            or (one.uscc == unit.uscc if unit.uscc else not one.uscc and one.enterprise == unit.enterprise)
        ]
        changes = [self._rename(draft, one, old, new_name, until, named=one.id == unit.id) for one in own]
        return any(changes)

    def _rename(self, draft: Draft, unit: Unit, old: str, new_name: str, until: date, *, named: bool) -> bool:
        names = [*(former.name for former in unit.former_names), unit.enterprise]
        for former, following in zip(unit.former_names, names[1:], strict=True):
            if matched(former.name) == matched(old) and matched(following) == matched(new_name):
                if former.until == until:
                    return False
                raise Refused(
                    "until", f"{unit.id} 的这次更名已经登记，原名使用至 {former.until}，与这里不同；请核对"
                )
        if matched(unit.enterprise) != matched(old):
            if matched(unit.enterprise) == matched(new_name) or not named:
                return False
            raise Refused("enterprise", f"{unit.id} 的企业现在叫“{unit.enterprise}”，不是“{old}”；请核对")
        if unit.former_names and unit.former_names[-1].until >= until:
            raise Refused(
                "until", f"{unit.id} 上一次更名在 {unit.former_names[-1].until} 之后，早不过它；请核对"
            )
        former = FormerName(name=unit.enterprise, until=until)
        meant = replace(unit, enterprise=new_name, former_names=(*unit.former_names, former))
        row: dict[str, Plain] = {"name": unit.enterprise, "until": until}
        values: dict[str, Plain] = {"enterprise": new_name, "former_names": row}
        self.desk.set_fields(unit, values, draft, meant)
        self.say(self.desk.units[unit.id], f"企业更名，原名“{former.name}”使用至 {until}")
        return True

    def closing(self, draft: Draft, unit: Unit) -> bool:
        day, reason, successor = draft.values["date"], str(draft.values["reason"]), draft.text("successor")
        assert isinstance(day, date)
        new = Closing(date=day, reason=reason, successor=self.ids.get(successor or "", successor))
        if unit.closed == new:
            return False
        if unit.closed is not None:
            raise Refused(
                "date",
                f"{unit.id} 已经登记退出（{unit.closed.date}，{unit.closed.reason}），与这里不同；请核对",
            )
        row: dict[str, Plain] = {"date": day, "reason": reason}
        if new.successor:
            row["successor"] = new.successor
        self.desk.set_fields(unit, {"closed": row}, draft, replace(unit, closed=new))
        self.say(unit, f"{day} 退出，{reason}")
        return True

    def case(self, draft: Draft, unit: Unit) -> bool:
        case = case_of(draft, unit)
        number = draft.text("case")
        held = self.desk.cases.get(number or "")
        if held is None:
            same = [
                one for one in self.desk.cases.values() if (one.factory, one.title) == (unit.id, case.title)
            ]
            held = same[0] if same and number is None else None
        if held is not None:
            differing = [name for name in CASE_COLUMNS if getattr(held, name) != getattr(case, name)]
            if not differing:
                return False
            field_name = CASE_COLUMNS[differing[0]]
            raise Refused(field_name, f"案例 {held.id} 已经登记，这一项与登记的不同；要改动案例请改它的记录")
        year = f"{case.published.year}"
        if number is not None and not number.startswith(year):
            raise Refused("case", f"{year} 年发布的案例，编号以 {year} 开头；新案例的编号可以空着")
        key = number or self.desk.number("cases", year)
        self.desk.create("cases", key, f"cases/{year}/{key}.yml", case_fields(case), draft)
        self.found.sentences.append(
            f"案例 {key}：{case.title}（{unit.id} {unit.enterprise}），{case.published} 发布"
        )
        return True

    def report(self, draft: Draft, unit: Unit) -> bool:
        year, day = int(str(draft.values["year"])), draft.values["date"]
        assert isinstance(day, date)
        new = YearReport(year=year, date=day)
        if new in unit.reports:
            return False
        meant = replace(unit, reports=(*unit.reports, new))
        self.desk.add_row(unit, "reports", {"year": year, "date": day}, draft, meant)
        self.say(unit, f"{day} 报送 {year} 年度进展报告")
        return True

    def correction(self, draft: Draft, unit: Unit) -> bool:
        day, reason = draft.values["date"], str(draft.values["reason"])
        assert isinstance(day, date)
        fields = tuple(re.split(r"[、,，;；\s]+", str(draft.values["fields"])))
        new = Correction(date=day, fields=fields, reason=reason)
        if new in unit.corrections:
            return False
        meant = replace(unit, corrections=(*unit.corrections, new))
        row: dict[str, Plain] = {"date": day, "fields": list(fields), "reason": reason}
        self.desk.add_row(unit, "corrections", row, draft, meant)
        self.say(unit, f"{day} 更正说明：{reason}")
        return True

    def say(self, unit: Unit, what: str) -> None:
        self.found.sentences.append(f"{unit.id} {unit.enterprise} {unit.name}：{what}")

    def _code(self, draft: Draft, unit: Unit) -> bool:
        """A code that was not known is entered with whatever row tells it."""
        code, note = draft.text("uscc"), draft.text("uscc_note")
        if code is None or unit.uscc is not None or draft.form.kind == "case":
            return False
        values: dict[str, Plain] = {"uscc": code, **({"uscc_note": note} if note else {})}
        meant = replace(unit, uscc=code, uscc_note=note or unit.uscc_note)
        self.desk.set_fields(unit, values, draft, meant)
        self.say(unit, f"补上统一社会信用代码 {code}")
        return True

    def _compare(self, draft: Draft, unit: Unit) -> None:
        """Tell what a row says of an entered unit that is not entered so; only facts are added, nothing is replaced."""
        kind = draft.text("kind")
        if kind is not None and kind != unit.kind:
            raise Refused("kind", f"{unit.id} 是{unit.kind}；请核对")
        for key in ("city", "county", "zone", "industry", "website"):
            value, entered = draft.text(key), getattr(unit, key)
            if value is not None and value != entered and key in draft.at:
                column = draft.form.column(key)
                now = f"登记的是“{entered}”" if entered else "没有登记"
                self.found.told.append(
                    f"{draft.sheet} {draft.place(key)}：{unit.id} 的{column.title if column else key}{now}，与表里的“{value}”不同，没有改动。"
                )

    def _given(self, draft: Draft) -> date | None:
        """The day a row gives, None where it is the document's."""
        day = draft.values.get("date")
        document = self.desk.registry.documents.get(str(draft.values["document"]))
        return day if isinstance(day, date) and (document is None or document.date != day) else None

    def _day(self, draft: Draft) -> date:
        day = draft.values.get("date")
        if isinstance(day, date):
            return day
        # A row whose document is not entered was refused before.
        return self.desk.registry.documents[str(draft.values["document"])].date

    def _of(self, fact: Award | Revocation) -> date | None:
        return day_of(fact, self.desk.registry.documents)

    def _row(self, draft: Draft, words: str) -> dict[str, Plain]:
        self._day(draft)
        row: dict[str, Plain] = {
            "title": str(draft.values["title"]),
            "document": str(draft.values["document"]),
        }
        day, said = self._given(draft), draft.text(words)
        return {**row, **({"date": day} if day else {}), **({words: said} if said else {})}

    def _by(self, draft: Draft) -> str:
        return f"（{draft.values['document']}，{self._day(draft)}）"


_NEW = ("name", "kind", "enterprise", "uscc", "uscc_note", "city", "county", "zone", "industry", "website")
