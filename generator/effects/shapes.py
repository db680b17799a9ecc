"""What a change means, as values: the shape of the JSON and all that the telling knows.

May import `rules` and `problems`. Days are whole days; tiers are told by id; a unit by id, names and address.
"""

from datetime import date

from msgspec import Struct

from generator.problems import Problem
from generator.rules.changes import Kind


class UnitName(Struct, frozen=True, kw_only=True):
    """A unit as people know it; `city` is the name of its city."""

    id: str
    name: str
    enterprise: str
    city: str
    address: str


class Move(Struct, frozen=True, kw_only=True):
    """One change of the lists that one side has and the other has not.

    `before` and `after` are the tiers on the day before and on the day, None outside the lists; `through` is the last day
    on which the tier or a higher one is then held, None where there is no such day; `note` is the ground in words.
    """

    unit: UnitName
    day: date
    kind: Kind
    before: str | None
    after: str | None
    through: date | None
    document: str | None
    note: str | None


class Taken(Struct, frozen=True, kw_only=True):
    """A unit that a revocation takes out of the lists or to a lower tier, and the tiers on both sides."""

    unit: UnitName
    before: str | None
    after: str | None


class Cancelling(Struct, frozen=True, kw_only=True):
    """A revocation: the unit's title, the bar on the enterprise through `barred_through`, and all it takes along."""

    unit: UnitName
    title: str
    document: str
    day: date
    reason: str | None
    barred_through: date | None
    taken: tuple[Taken, ...]


class Quiet(Struct, frozen=True, kw_only=True):
    """An award that leaves the tier as it is, and why."""

    unit: UnitName
    title: str
    document: str
    day: date
    why: str


class Term(Struct, frozen=True, kw_only=True):
    """A unit whose last day in the lists changes while nothing else does; None is no last day."""

    unit: UnitName
    before: date | None
    after: date | None


class Replaced(Struct, frozen=True, kw_only=True):
    """A name or a place that changes; `note` says what is amiss, or what else happens."""

    unit: UnitName
    what: str
    before: str
    after: str
    note: str | None


class Fact(Struct, frozen=True, kw_only=True):
    """A new assessment or a new yearly report: what it says, and what it does."""

    unit: UnitName
    day: date
    what: str
    effect: str


class Paper(Struct, frozen=True, kw_only=True):
    """A case, an official document or a yearly list: what it is, its day, its address, and what is said of it."""

    key: str
    title: str
    day: date
    address: str
    note: str | None


class Untouched(Struct, frozen=True, kw_only=True):
    """A record that changes while its standing in law does not, and the fields that do."""

    unit: UnitName
    fields: tuple[str, ...]


class Number(Struct, frozen=True, kw_only=True):
    """A count of the day on both sides."""

    key: str
    name: str
    before: int
    after: int


class Place(Struct, frozen=True, kw_only=True):
    """A page or an entry of a feed: what it is called, and its address."""

    title: str
    address: str


class Both(Struct, frozen=True, kw_only=True):
    """What is there only on the new side, only on the old one, and on both but otherwise."""

    gained: tuple[Place, ...] = ()
    lost: tuple[Place, ...] = ()
    altered: tuple[Place, ...] = ()


class Shift(Struct, frozen=True, kw_only=True):
    """A change of the lists that stays what it is, with another day, last day or document: as it was and as it will be."""

    before: Move
    after: Move


class Lists(Struct, frozen=True, kw_only=True):
    """What follows for the lists; `withdrawn` are the changes that are not to be any more."""

    moves: tuple[Move, ...] = ()
    shifted: tuple[Shift, ...] = ()
    withdrawn: tuple[Move, ...] = ()
    cancellings: tuple[Cancelling, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    terms: tuple[Term, ...] = ()


class Told(Struct, frozen=True, kw_only=True):
    """What else people ask about."""

    renamed: tuple[Replaced, ...] = ()
    moved: tuple[Replaced, ...] = ()
    maturity: tuple[Fact, ...] = ()
    reports: tuple[Fact, ...] = ()
    new_units: tuple[UnitName, ...] = ()
    new_cases: tuple[Paper, ...] = ()
    withdrawn_cases: tuple[Paper, ...] = ()
    revised_cases: tuple[Paper, ...] = ()
    new_documents: tuple[Paper, ...] = ()
    new_lists: tuple[Paper, ...] = ()
    untouched: tuple[Untouched, ...] = ()
    other_records: tuple[str, ...] = ()
    form_only: int = 0


class Effects(Struct, frozen=True, kw_only=True):
    """All that a change means on a day.

    `derived` is False where records of the new side cannot be read or lead nowhere; `compared` is False where it is so on
    the old side, and pages and feeds are not compared. `errors` forbid the change, `base_errors` stood before it.
    """

    base: str
    head: str
    as_of: date
    derived: bool
    compared: bool
    changed: bool
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    base_errors: tuple[Problem, ...]
    counts: tuple[Number, ...] = ()
    lists: Lists = Lists()
    told: Told = Told()
    pages: Both = Both()
    entries: Both = Both()
