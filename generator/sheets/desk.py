"""Records while facts are being added to them: what each says, its bytes, and which rows changed it.

May import `editing`, `drafts`, `registry`, `reading`, `source` and `writing`. Nothing is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.problems import Report
from generator.reading import read_record
from generator.records import Case, Unit
from generator.registry import Registry
from generator.sheets.drafts import Draft
from generator.sheets.editing import Edit
from generator.source import SourceFile, read
from generator.writing import Plain, dump

UNIT_FIELDS = (
    "name",
    "kind",
    "enterprise",
    "uscc",
    "uscc_note",
    "former_names",
    "city",
    "county",
    "zone",
    "industry",
    "website",
    "maturity",
    "titles",
    "revocations",
    "closed",
    "reports",
    "corrections",
)


class Unwritable(Exception):
    """A fact that cannot be added to a record as it is written; the message says why, in Chinese."""


@dataclass(slots=True)
class Changed:
    """A record that is new or changed: its path below the registry's folder, its bytes before (None if new) and now."""

    path: str
    before: bytes | None
    now: bytes
    rows: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Desk:
    """The records of a registry with the changes so far, by kind and id."""

    registry: Registry
    units: dict[str, Unit]
    cases: dict[str, Case]
    changed: dict[tuple[str, str], Changed] = field(default_factory=dict)
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, registry: Registry) -> "Desk":
        """Return a desk with the records of a registry, none of them changed."""
        return cls(registry=registry, units=dict(registry.units), cases=dict(registry.cases))

    def number(self, kind: str, place: str) -> str:
        """Return the next number that was never used.

        Args:
            kind: `factories` or `cases`.
            place: its first four digits: of the city's code, or the year.
        """
        known = (kind, place)
        if known not in self._last:
            keys = [key for of, key in (*self.registry.files, *self.registry.unreadable) if of == kind]
            serials = [int(key[5:]) for key in keys if key.startswith(f"{place}-") and key[5:].isdigit()]
            self._last[known] = max(serials, default=0)
        self._last[known] += 1
        number = f"{place}-{self._last[known]:04d}"
        return self.number(kind, place) if (kind, number) in self.changed else number

    def create(
        self, kind: str, key: str, path: str, fields: Mapping[str, Plain], draft: Draft
    ) -> Unit | Case:
        """Enter a new record."""
        return self._keep(kind, key, path, None, dump(fields).encode(), draft)

    def add_row(self, unit: Unit, name: str, row: Mapping[str, Plain], draft: Draft, meant: Unit) -> None:
        """Add a row to a list of a unit's record.

        Raises:
            Unwritable: the record would not say what is meant.
        """
        path, before, edit, file = self._open(unit.id)
        edit.add_row(file, name, row)
        self._proved(unit.id, path, before, edit.bytes(), draft, meant)

    def set_fields(self, unit: Unit, values: Mapping[str, Plain], draft: Draft, meant: Unit) -> None:
        """Set fields of a unit's record that hold one value each; `former_names` gets a row instead.

        Raises:
            Unwritable: the record would not say what is meant.
        """
        path, before, edit, file = self._open(unit.id)
        for name, value in values.items():
            if name == "former_names":
                assert isinstance(value, Mapping)
                edit.add_row(file, name, value)
            else:
                edit.set_text(file, name, value)
            file = _read(path, edit.bytes())
        self._proved(unit.id, path, before, edit.bytes(), draft, meant)

    def _open(self, key: str) -> tuple[str, bytes | None, Edit, SourceFile]:
        changed = self.changed.get(("factories", key))
        if changed is None:
            content = self.registry.file("factories", key).content
            unit = self.units[key]
            city = self.registry.city(unit.city)
            path = f"factories/{city.code if city else ''}/{key}.yml"
            return path, content, Edit(content, UNIT_FIELDS), _read(path, content)
        return changed.path, changed.before, Edit(changed.now, UNIT_FIELDS), _read(changed.path, changed.now)

    def _proved(
        self, key: str, path: str, before: bytes | None, now: bytes, draft: Draft, meant: Unit
    ) -> None:
        reading = read_record(path.split("/"), path, now)
        if reading.record != meant:
            raise Unwritable(f"记录 {path} 的写法特殊，程序加不进去；请照“常见情形”手工添加")
        self._keep("factories", key, path, before, now, draft)

    def _keep(
        self, kind: str, key: str, path: str, before: bytes | None, now: bytes, draft: Draft
    ) -> Unit | Case:
        reading = read_record(path.split("/"), path, now)
        errors = [problem.message.rstrip("。") for problem in reading.problems if problem.level == "error"]
        if errors or not isinstance(reading.record, Unit | Case):
            raise Unwritable("；".join(errors) or "填写的内容不能成为一条记录")
        found = self.changed.setdefault((kind, key), Changed(path, before, now))
        found.now = now
        found.rows.append(draft)
        if isinstance(reading.record, Unit):
            self.units[key] = reading.record
        else:
            self.cases[key] = reading.record
        return reading.record

    def after(self) -> Registry:
        """Return the registry as it will be."""
        old = self.registry
        new = Registry(
            policy=old.policy,
            cities=old.cities,
            industries=old.industries,
            scenes=old.scenes,
            units=dict(old.units),
            documents=old.documents,
            cases=dict(old.cases),
            lists=old.lists,
            files=dict(old.files),
            unreadable=old.unreadable,
        )
        for (kind, key), changed in sorted(self.changed.items()):
            record: Unit | Case = self.units[key] if kind == "factories" else self.cases[key]
            new.add(kind, key, record, _read(changed.path, changed.now))
        new.units = dict(sorted(new.units.items()))
        new.cases = dict(sorted(new.cases.items()))
        return new


def _read(path: str, content: bytes) -> SourceFile:
    file = read(path, content, Report())
    assert file is not None
    return file


def rows_of(changed: Changed) -> Sequence[Draft]:
    """Return the rows that changed a record, each once."""
    return list({id(draft): draft for draft in changed.rows}.values())
