"""History is append-only (contract, section 5): what a change does to published facts, records and addresses.

May import `registry`, `problems` and the other modules of this room. A fact that stood in the base and is altered or gone
is `history-changed`, unless the same change adds a correction that names the field; a record that is gone is
`record-deleted`; an address that is gone is `address-lost`. New facts, and new details of old ones, are free.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.effects.addresses import permanent
from generator.effects.side import place_of
from generator.problems import Problem, Report
from generator.records import Award, Case, Correction, Document, Revocation, Unit, YearList
from generator.registry import Registry
from generator.source import SourceFile
from generator.views.corrections import FIELDS

# One fact as it is compared and shown: the values that are given, by the name of their field.
Fact = Mapping[str, str]
Facts = Mapping[str, Sequence[Fact]]

# What says which fact it is, before anything else that it says.
_NAMING = ("title", "year", "name", "date")

# What a case tells, which may be told anew when the day of it is given.
_TEXTS = ("title", "scenes", "summary", "metrics", "body", "source")

_MANY = ("titles", "revocations", "maturity", "reports", "former_names", "corrections")


def kept_facts(base: Registry, head: Registry, report: Report) -> None:
    """Report every published fact, record and address that a change alters or loses.

    Args:
        base: the registry as it was.
        head: the registry as it will be.
        report: holds the problems of the head already; records with errors there are left alone.
    """
    _Keeper(base, head, report).run()


class _Keeper:
    def __init__(self, base: Registry, head: Registry, report: Report) -> None:
        self.base, self.head, self.report = base, head, report
        self._broken = {problem.path for problem in report.errors}
        self._places = {
            place_of(file.path): key for (kind, key), file in head.files.items() if kind == "documents"
        }
        self._deleted: set[tuple[str, str]] = set()

    def run(self) -> None:
        for (kind, key), file in self.base.files.items():
            if kind == "vocabulary":
                continue
            now = self._successor(kind, key, file)
            if now is None:
                self._gone(kind, key, file)
            elif self.head.files[kind, now].path not in self._broken:
                self._compare(kind, key, now)
        self._addresses()

    def _successor(self, kind: str, key: str, file: SourceFile) -> str | None:
        """The key the record has now: its own, or that of the document in its place where that is a new one."""
        if (kind, key) in self.head.files:
            return key
        there = self._places.get(place_of(file.path)) if kind == "documents" else None
        return there if there is not None and ("documents", there) not in self.base.files else None

    def _gone(self, kind: str, key: str, file: SourceFile) -> None:
        stem = file.path.rsplit("/", 1)[-1].removesuffix(".yml")
        self._deleted.add((kind, key))
        if {(kind, key), (kind, stem)} & self.head.unreadable:
            return
        cure = {
            "factories": "单元不再存续的，写 closed",
            "cases": "案例不再展示的，写 withdrawn",
            "documents": "文件有误的，改正后写 corrections",
            "lists": "名单有误的，改正后写 corrections",
        }[kind]
        self.problem(
            "record-deleted",
            file.path,
            1,
            "",
            f"记录“{key}”被删去了；已公布的记录不能删除，网页地址也要一直可用，请恢复这个文件，{cure}。",
        )

    def _compare(self, kind: str, key: str, now: str) -> None:
        before, after = self.base.record(kind, key), self.head.record(kind, now)
        assert before is not None
        assert after is not None
        if before == after:
            return
        corrected = _corrected(before.corrections, after.corrections)
        file = self.head.file(kind, now)
        facts, facts_now = self._facts(before), self._facts(after)
        for name, rows in facts.items():
            if name not in corrected:
                self._rows(file, name, rows, facts_now.get(name, ()))
        if isinstance(before, Case) and isinstance(after, Case):
            self._texts(file, before, after, corrected)

    def _facts(self, record: Unit | Document | Case | YearList) -> Facts:
        if isinstance(record, Unit):
            return self._unit_facts(record)
        if isinstance(record, Document):
            found = {
                "number": record.number,
                "title": record.title,
                "date": record.date,
                "entered": record.entered,
            }
        elif isinstance(record, YearList):
            found = {"date": record.date, "document": record.document}
        else:
            found = {"factory": record.factory, "edition": record.edition, "published": record.published}
        facts: dict[str, Sequence[Fact]] = {
            name: [{"": str(value)}] for name, value in found.items() if value is not None
        }
        if isinstance(record, Case) and record.withdrawn:
            facts["withdrawn"] = [_fact(date=record.withdrawn.date, reason=record.withdrawn.reason)]
        return {**facts, "corrections": [_correction(found) for found in record.corrections]}

    def _unit_facts(self, unit: Unit) -> Facts:
        closed = unit.closed
        return {
            "titles": [
                _fact(title=a.title, document=a.document, date=self._day(a), exception=a.exception)
                for a in unit.titles
            ],
            "revocations": [
                _fact(title=r.title, document=r.document, date=self._day(r), reason=r.reason)
                for r in unit.revocations
            ],
            "maturity": [_fact(date=m.date, level=m.level, method=m.method) for m in unit.maturity],
            "closed": [_fact(date=closed.date, reason=closed.reason, successor=closed.successor)]
            if closed
            else [],
            "reports": [_fact(year=r.year, date=r.date) for r in unit.reports],
            "former_names": [_fact(name=f.name, until=f.until) for f in unit.former_names],
            "corrections": [_correction(found) for found in unit.corrections],
        }

    def _day(self, fact: Award | Revocation) -> date | None:
        """The day of an award or revocation; a document whose day is altered is reported once, as itself."""
        document = self.base.documents.get(fact.document) or self.head.documents.get(fact.document)
        return fact.date or (document.date if document else None)

    def _rows(self, file: SourceFile, name: str, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Every fact of one field, in whatever order they stand now."""
        free = dict(enumerate(after))
        missing = []
        for fact in sorted(before, key=len, reverse=True):
            at = next((at for at, now in free.items() if fact.items() <= now.items()), None)
            if at is None:
                missing.append(fact)
            else:
                del free[at]
        for fact in missing:
            at = _nearest(fact, free)
            if at is None:
                where, line = name, file.line(name)
                message = f"改动前有“{_shown(fact)}”，现在没有了；请恢复这一项"
                if "" in fact:
                    message = f"改动前是“{_shown(fact)}”，现在没有填写；请恢复"
            else:
                now = free.pop(at)
                part = next(key for key, value in fact.items() if now.get(key) != value)
                row = f"{name}[{at}]" if name in _MANY else name
                where = file.as_written(f"{row}.{part}" if part else row)
                line = file.line(where)
                present = f"现在是“{now[part]}”" if part in now else "现在没有填写"
                message = f"{present}，改动前是“{fact[part]}”；请恢复为“{fact[part]}”"
            self._changed(file, name, where, line, message)

    def _texts(self, file: SourceFile, before: Case, after: Case, corrected: set[str]) -> None:
        """A case may be told anew with the day on which that was done."""
        if before.updated and (after.updated is None or after.updated < before.updated):
            if "updated" not in corrected:
                present = f"现在是“{after.updated}”" if after.updated else "现在没有填写"
                message = f"{present}，改动前是“{before.updated}”；更新日期只能往后，请恢复或改为新的更新日期"
                self._changed(file, "updated", "updated", file.line("updated"), message)
            return
        if after.updated != before.updated:
            return
        altered = [name for name in _TEXTS if getattr(before, name) != getattr(after, name)]
        for name in (name for name in altered if name not in corrected):
            message = f"案例的{FIELDS[name]}改动了，更新日期却没有变；修订案例请把 updated 写成修订的日期"
            self._changed(file, name, name, file.line(name), message)
            return

    def _changed(self, file: SourceFile, name: str, where: str, line: int, message: str) -> None:
        cure = f"确属原来录错的，在 corrections 里加一条，fields 写 [{name}]，并写明原因。"
        self.problem("history-changed", file.path, line, where, f"{message}；{cure}")

    def _addresses(self) -> None:
        now = permanent(self.head)
        for address, rest in permanent(self.base).items():
            if address in now or (rest.kind, rest.key) in self._deleted:
                continue
            file = self.head.files.get((rest.kind, rest.key)) or self.base.file(rest.kind, rest.key)
            if file.path in self._broken:
                continue
            if rest.kind == "vocabulary":
                cure = f"请在 {rest.key} 里恢复{rest.name}"
            else:
                cure = f"请把文件放回 {self.base.file(rest.kind, rest.key).path}"
            self.problem(
                "address-lost",
                file.path,
                file.line(rest.field),
                rest.field,
                f"网页地址 /{address} 没有了；已公布的地址要一直可用，{cure}。",
            )

    def problem(self, code: str, path: str, line: int, field: str, message: str) -> None:
        """Report an error."""
        self.report.add(Problem(level="error", code=code, path=path, line=line, field=field, message=message))


def _corrected(before: Sequence[Correction], after: Sequence[Correction]) -> set[str]:
    """The fields that the corrections of this change name; a row or a part of it counts as the whole field."""
    added = Counter(after) - Counter(before)
    return {name.split(".")[0].split("[")[0].strip() for found in added for name in found.fields}


def _nearest(fact: Fact, free: Mapping[int, Fact]) -> int | None:
    """The fact that stands in its stead: of those that share what names it, the one that says most of the same."""

    def alike(now: Fact) -> int:
        return len(fact.items() & now.items())

    if "" in fact:
        return next(iter(free), None)
    naming = next((name for name in _NAMING if name in fact), "")
    shared = [at for at, now in free.items() if alike(now) and now.get(naming) == fact.get(naming)]
    others = [at for at, now in free.items() if alike(now) * 2 >= len(fact)]
    return max(shared or others, key=lambda at: alike(free[at]), default=None)


def _fact(**values: object) -> Fact:
    return {name: str(value) for name, value in values.items() if value is not None}


def _correction(found: Correction) -> Fact:
    return _fact(date=found.date, fields="、".join(found.fields), reason=found.reason)


def _shown(fact: Fact) -> str:
    return "，".join(f"{key}: {value}" if key else value for key, value in fact.items())


def altered_fields(
    before: Unit | Document | Case | YearList, after: Unit | Document | Case | YearList
) -> Iterator[str]:
    """Yield the names of the fields in which two records of one kind differ, in the order of the record."""
    for name in type(after).__struct_fields__:
        if getattr(before, name) != getattr(after, name):
            yield name
