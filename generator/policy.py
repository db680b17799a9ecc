"""The rules as values (policy.yml): tiers in rising order, titles, authorities, terms.

May import `records`. The engine knows tiers and titles only through these types; another province is another file.
"""

from datetime import date
from functools import cached_property

from msgspec import Struct

from generator.records import Region

AUTHORITY_LEVELS = ("national", "province", "city")


class Authority(Struct, frozen=True, kw_only=True):
    """Who may award: `level` is national, province or city; `city` the six-digit code of a city's authority.

    `reviewers` are accounts of the code host, such as `@name`, asked to review the authority's documents and city.
    """

    id: str
    name: str
    level: str
    city: str | None = None
    reviewers: tuple[str, ...] = ()


class Tier(Struct, frozen=True, kw_only=True):
    """A tier: `rank` is its place in rising order, `term_years` None where a listing has no end."""

    id: str
    name: str
    rank: int
    term_years: int | None = None
    revocable: bool = False
    requires: str | None = None
    report: bool = False
    clause: str | None = None


class Title(Struct, frozen=True, kw_only=True):
    """A title that may be awarded; `tier` is None where it lists nothing."""

    name: str
    kind: str
    level: str
    tier: str | None = None
    min_maturity: int | None = None
    awarded_through: date | None = None
    listed_from: date | None = None
    needs: tuple[str, ...] = ()
    bars: bool = False
    clause: str | None = None


class SiteFields(Struct, frozen=True, kw_only=True):
    """What the site says of its keeper; each is shown only where it is given.

    `tag` is the tagging entity of feed ids (RFC 4151); `source_url` holds `{path}`, `report_url` holds `{id}`.
    `licence` is the name of the licence of the published data, `licence_url` where its text is.
    """

    tag: str | None = None
    organizer: str | None = None
    site_code: str | None = None
    icp: str | None = None
    police: str | None = None
    find_error: str | None = None
    source_url: str | None = None
    report_url: str | None = None
    licence: str | None = None
    licence_url: str | None = None


class Policy(Struct, frozen=True, kw_only=True, dict=True):
    """All of policy.yml; `tiers` stand in rising order and every reference between the parts resolves.

    `reviewers` are the accounts asked to review whatever no authority's own reviewers are asked for.
    """

    name: str
    region: Region
    authorities: tuple[Authority, ...]
    tiers: tuple[Tier, ...]
    titles: tuple[Title, ...]
    bar_years: int
    expiring_within_days: int
    demonstration: bool = False
    basis: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    site: SiteFields = SiteFields()

    # Asked for several times a unit. Of two with one name the first counts.
    @cached_property
    def _tiers(self) -> dict[str, Tier]:
        return {tier.id: tier for tier in reversed(self.tiers)}

    @cached_property
    def _titles(self) -> dict[str, Title]:
        return {title.name: title for title in reversed(self.titles)}

    @cached_property
    def _authorities(self) -> dict[str, Authority]:
        return {found.id: found for found in reversed(self.authorities)}

    def tier(self, tier_id: str) -> Tier:
        """Return the tier of this id. Raises KeyError where there is none."""
        return self._tiers[tier_id]

    def title(self, name: str) -> Title | None:
        """Return the title of this name, or None."""
        return self._titles.get(name)

    def authority(self, authority_id: str) -> Authority | None:
        """Return the authority of this id, or None."""
        return self._authorities.get(authority_id)

    def at_or_above(self, tier_id: str) -> frozenset[str]:
        """Return the ids of this tier and of every higher one."""
        rank = self.tier(tier_id).rank
        return frozenset(tier.id for tier in self.tiers if tier.rank >= rank)
