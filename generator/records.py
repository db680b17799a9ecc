"""The records as frozen values: dated facts only, in the shape of the files (contract, section 2).

Imports nothing of the package. Nothing derived lives here: no status, no tier, no last day, no markup, no address.
"""

from dataclasses import dataclass
from datetime import date as Day


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name the enterprise held through the day `until`."""

    name: str
    until: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One assessment of 智能制造能力成熟度 (GB/T 39116-2020), level 1 to 5."""

    date: Day
    level: int
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A title as entered: `date` is None where the document's date holds."""

    title: str
    document: str
    date: Day | None = None
    exception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A cancelled title as entered: `date` is None where the document's date holds."""

    title: str
    document: str
    date: Day | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a unit: 注销, 迁出, 合并 or 自愿退出."""

    date: Day
    reason: str
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """A yearly progress report that was handed in."""

    year: int
    date: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Why published facts were altered."""

    date: Day
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official document; `authority` is the id of the folder it lies in."""

    number: str
    title: str
    date: Day
    authority: str
    url: str | None = None
    entered: Day | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measured effect: `before`, `after` and `unit`, or `change` alone."""

    name: str
    before: str | None = None
    after: str | None = None
    unit: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The day from which a case no longer stands."""

    date: Day
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class YearList:
    """A yearly list: the register as it stood at the end of `date`."""

    year: int
    date: Day
    document: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region by code (GB/T 2260, six digits) and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A 县区; `in_gbt2260` is False for managing zones that the standard does not list."""

    code: str
    name: str
    type: str | None = None
    in_gbt2260: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A 地市 with its counties; `tile` is its (column, row) in the tile chart."""

    code: str
    name: str
    short: str
    counties: tuple[County, ...]
    type: str | None = None
    tile: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cities:
    """The divisions of the region (cities.yml)."""

    province: Region
    prefectures: tuple[City, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A 中类 of GB/T 4754-2017, three digits."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A 大类 of GB/T 4754-2017, two digits."""

    code: str
    name: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A 门类 of GB/T 4754-2017, one letter."""

    code: str
    name: str
    divisions: tuple[Division, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Industries:
    """The classification of industries (industries.yml)."""

    standard: str
    sections: tuple[Section, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A 典型场景 by its number in an edition."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A 环节: a group of scenes."""

    number: int
    name: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the 智能制造典型场景参考指引."""

    edition: str
    links: tuple[Link, ...]
    title: str | None = None
    document: str | None = None

    @property
    def names(self) -> dict[int, str]:
        """The names of all its scenes by number."""
        return {scene.number: scene.name for link in self.links for scene in link.scenes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenes:
    """The catalogue of scenes (scenes.yml), by edition."""

    editions: tuple[Edition, ...] = ()
    source: str | None = None
