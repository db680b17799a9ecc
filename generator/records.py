"""The records as frozen values: dated facts only, in the shape of the files (contract, section 2).

Imports nothing of the package. Nothing derived lives here: no status, no tier, no last day, no markup, no address.
"""

from datetime import date as Day

from msgspec import Struct


class FormerName(Struct, frozen=True, kw_only=True):
    """A name the enterprise held through the day `until`."""

    name: str
    until: Day


class Assessment(Struct, frozen=True, kw_only=True):
    """One assessment of 智能制造能力成熟度 (GB/T 39116-2020), level 1 to 5."""

    date: Day
    level: int
    method: str


class Award(Struct, frozen=True, kw_only=True):
    """A title as entered: `date` is None where the document's date holds."""

    title: str
    document: str
    date: Day | None = None
    exception: str | None = None


class Revocation(Struct, frozen=True, kw_only=True):
    """A cancelled title as entered: `date` is None where the document's date holds."""

    title: str
    document: str
    date: Day | None = None
    reason: str | None = None


class Closing(Struct, frozen=True, kw_only=True):
    """The end of a unit: 注销, 迁出, 合并 or 自愿退出."""

    date: Day
    reason: str
    successor: str | None = None


class YearReport(Struct, frozen=True, kw_only=True):
    """A yearly progress report that was handed in."""

    year: int
    date: Day


class Correction(Struct, frozen=True, kw_only=True):
    """Why published facts were altered."""

    date: Day
    fields: tuple[str, ...]
    reason: str


class Unit(Struct, frozen=True, kw_only=True):
    """One certified unit: a 数字化车间 or a 智能工厂. `city` and `county` are names, `industry` a code."""

    id: str
    name: str
    kind: str
    enterprise: str
    city: str
    industry: str
    titles: tuple[Award, ...]
    uscc: str | None = None
    uscc_note: str | None = None
    former_names: tuple[FormerName, ...] = ()
    county: str | None = None
    zone: str | None = None
    website: str | None = None
    maturity: tuple[Assessment, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    closed: Closing | None = None
    reports: tuple[YearReport, ...] = ()
    corrections: tuple[Correction, ...] = ()


class Document(Struct, frozen=True, kw_only=True):
    """An official document; `authority` is the id of the folder it lies in."""

    number: str
    title: str
    date: Day
    authority: str
    url: str | None = None
    entered: Day | None = None
    corrections: tuple[Correction, ...] = ()


class Metric(Struct, frozen=True, kw_only=True):
    """A measured effect: `before`, `after` and `unit`, or `change` alone."""

    name: str
    before: str | None = None
    after: str | None = None
    unit: str | None = None
    change: str | None = None


class Withdrawal(Struct, frozen=True, kw_only=True):
    """The day from which a case no longer stands."""

    date: Day
    reason: str | None = None


class Case(Struct, frozen=True, kw_only=True):
    """A typical case; `body` is Markdown, `factory` a unit's id, `scenes` numbers of `edition`."""

    id: str
    title: str
    factory: str
    edition: str
    scenes: tuple[int, ...]
    published: Day
    summary: str
    body: str
    updated: Day | None = None
    metrics: tuple[Metric, ...] = ()
    source: str | None = None
    withdrawn: Withdrawal | None = None
    corrections: tuple[Correction, ...] = ()


class YearList(Struct, frozen=True, kw_only=True):
    """A yearly list: the register as it stood at the end of `date`."""

    year: int
    date: Day
    document: str
    corrections: tuple[Correction, ...] = ()


class Region(Struct, frozen=True, kw_only=True):
    """A region by code (GB/T 2260, six digits) and name."""

    code: str
    name: str


class County(Struct, frozen=True, kw_only=True):
    """A 县区; `in_gbt2260` is False for managing zones that the standard does not list."""

    code: str
    name: str
    type: str | None = None
    in_gbt2260: bool = True


class City(Struct, frozen=True, kw_only=True):
    """A 地市 with its counties; `tile` is its (column, row) in the tile chart."""

    code: str
    name: str
    short: str
    counties: tuple[County, ...]
    type: str | None = None
    tile: tuple[int, int] | None = None


class Cities(Struct, frozen=True, kw_only=True):
    """The divisions of the region (cities.yml)."""

    province: Region
    prefectures: tuple[City, ...]
    source: str | None = None


class Group(Struct, frozen=True, kw_only=True):
    """A 中类 of GB/T 4754-2017, three digits."""

    code: str
    name: str


class Division(Struct, frozen=True, kw_only=True):
    """A 大类 of GB/T 4754-2017, two digits."""

    code: str
    name: str
    groups: tuple[Group, ...] = ()


class Section(Struct, frozen=True, kw_only=True):
    """A 门类 of GB/T 4754-2017, one letter."""

    code: str
    name: str
    divisions: tuple[Division, ...]


class Industries(Struct, frozen=True, kw_only=True):
    """The classification of industries (industries.yml)."""

    standard: str
    sections: tuple[Section, ...]
    source: str | None = None


class Scene(Struct, frozen=True, kw_only=True):
    """A 典型场景 by its number in an edition."""

    number: int
    name: str


class Link(Struct, frozen=True, kw_only=True):
    """A 环节: a group of scenes."""

    number: int
    name: str
    scenes: tuple[Scene, ...]


class Edition(Struct, frozen=True, kw_only=True):
    """One edition of the 智能制造典型场景参考指引."""

    edition: str
    links: tuple[Link, ...]
    title: str | None = None
    document: str | None = None

    @property
    def names(self) -> dict[int, str]:
        """The names of all its scenes by number."""
        return {scene.number: scene.name for link in self.links for scene in link.scenes}


class Scenes(Struct, frozen=True, kw_only=True):
    """The catalogue of scenes (scenes.yml), by edition."""

    editions: tuple[Edition, ...] = ()
    source: str | None = None
