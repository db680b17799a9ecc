"""policy.yml to `Policy`; every reference between its parts is checked here, so that the engine need not ask.

May import `source`, `records`, `policy`, the getters and the fields.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.parse.getters import Getter, nearest
from generator.parse.policy_fields import (
    ACCOUNT,
    AuthorityFields,
    FootFields,
    PolicyFields,
    TierFields,
    TitleFields,
)
from generator.parse.tables import Field
from generator.parse.vocabularies import parse_region, unique
from generator.policy import Authority, Policy, SiteFields, Tier, Title
from generator.problems import Report
from generator.source import SourceFile


def parse_policy(file: SourceFile, report: Report) -> Policy | None:
    """Return the policy, or None where what must be there is not or a reference between its parts is broken.

    Args:
        file: policy.yml as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root, PolicyFields.fields_by_key)
    name = PolicyFields.name.of(get)
    demonstration = PolicyFields.demonstration.of(get)
    region = PolicyFields.region.of(get, parse_region)
    basis = PolicyFields.basis.of(get)
    authorities = PolicyFields.authorities.of(get, _authority)
    tiers = PolicyFields.tiers.of(get, _tier)
    tiers = tuple(replace(tier, rank=rank) for rank, tier in enumerate(tiers))
    titles = PolicyFields.titles.of(get, _title)
    bar_years = PolicyFields.bar_years.of(get)
    within = PolicyFields.expiring_within_days.of(get)
    reviewers = _reviewers(get, PolicyFields.reviewers)
    site = PolicyFields.site.of(get, _site) or SiteFields()
    unique(get, "authorities", "机关编号", (authority.id for authority in authorities))
    unique(get, "tiers", "层级编号", (tier.id for tier in tiers))
    unique(get, "tiers", "层级名称", (tier.name for tier in tiers))
    unique(get, "titles", "称号", (title.name for title in titles))
    _check_references(get, tiers, titles)
    get.close()
    if get.failed or name is None or region is None or bar_years is None or within is None:
        return None
    return Policy(
        name=name,
        demonstration=demonstration,
        region=region,
        basis=basis,
        authorities=authorities,
        tiers=tiers,
        titles=titles,
        bar_years=bar_years,
        expiring_within_days=within,
        reviewers=reviewers,
        site=site,
    )


def _check_references(get: Getter, tiers: Sequence[Tier], titles: Sequence[Title]) -> None:
    """Rows refer to rows that exist; not asked while some row of either list could not be read."""
    if not (get.complete("tiers", tiers) and get.complete("titles", titles)):
        return
    ranks = {tier.id: tier.rank for tier in tiers}
    names = [title.name for title in titles]
    for number, tier in enumerate(tiers):
        if tier.requires is not None and ranks.get(tier.requires, tier.rank) >= tier.rank:
            get.problem(
                "bad-choice",
                f"tiers[{number}].requires",
                f"“{tier.requires}”不是更低的层级；requires 要写排在前面的层级编号。",
            )
    for number, title in enumerate(titles):
        if title.tier is not None and title.tier not in ranks:
            get.problem(
                "bad-choice",
                f"titles[{number}].tier",
                f"没有“{title.tier}”这个层级；应是 {'、'.join(ranks)} 之一。",
            )
        for wanted in title.needs:
            if wanted not in names:
                near = nearest(wanted, names)
                hint = f"，您要写的可能是“{near}”" if near else ""
                get.problem(
                    "unknown-title",
                    f"titles[{number}].needs",
                    f"titles 里没有“{wanted}”这个称号{hint}；请改为已有的称号。",
                )


def _authority(get: Getter) -> Authority | None:
    found, name = AuthorityFields.id.of(get), AuthorityFields.name.of(get)
    level = AuthorityFields.level.of(get)
    city = AuthorityFields.city.of(get)
    if level == "city" and city is None:
        get.problem("missing-field", "city", "市级机关要写明所在地市；请补上“city: 六位代码”。")
    reviewers = _reviewers(get, AuthorityFields.reviewers)
    return (
        None
        if found is None or name is None or level is None
        else Authority(id=found, name=name, level=level, city=city, reviewers=reviewers)
    )


def _reviewers(get: Getter, field: Field[tuple[str, ...]]) -> tuple[str, ...]:
    """Accounts of a code host, each once."""
    found = field.of(get)
    for number, account in enumerate(found):
        if not re.fullmatch(ACCOUNT, account):
            get.problem(
                "bad-choice",
                "reviewers",
                f"“{account[:60]}”不是代码库平台的账号；应以 @ 开头，例如 @zhangsan，团队写 @单位/团队。",
            )
        elif account in found[:number]:
            get.problem("bad-choice", "reviewers", f"账号“{account}”写了两次；请删去一个。")
    return found


def _tier(get: Getter) -> Tier | None:
    found, name = TierFields.id.of(get), TierFields.name.of(get)
    term = TierFields.term_years.of(get)
    revocable, requires = TierFields.revocable.of(get), TierFields.requires.of(get)
    report, clause = TierFields.report.of(get), TierFields.clause.of(get)
    if found is None or name is None:
        return None
    return Tier(
        id=found,
        name=name,
        rank=0,
        term_years=term,
        revocable=revocable,
        requires=requires,
        report=report,
        clause=clause,
    )


def _title(get: Getter) -> Title | None:
    name = TitleFields.name.of(get)
    kind = TitleFields.kind.of(get)
    level = TitleFields.level.of(get)
    tier, clause = TitleFields.tier.of(get), TitleFields.clause.of(get)
    minimum = TitleFields.min_maturity.of(get)
    through, listed_from = TitleFields.awarded_through.of(get), TitleFields.listed_from.of(get)
    needs, bars = TitleFields.needs.of(get), TitleFields.bars.of(get)
    if name is None or kind is None or level is None:
        return None
    return Title(
        name=name,
        kind=kind,
        level=level,
        tier=tier,
        min_maturity=minimum,
        awarded_through=through,
        listed_from=listed_from,
        needs=needs,
        bars=bars,
        clause=clause,
    )


def _site(get: Getter) -> SiteFields:
    return SiteFields(
        tag=FootFields.tag.of(get),
        organizer=FootFields.organizer.of(get),
        site_code=FootFields.site_code.of(get),
        icp=FootFields.icp.of(get),
        police=FootFields.police.of(get),
        find_error=FootFields.find_error.of(get),
        source_url=FootFields.source_url.of(get),
        report_url=FootFields.report_url.of(get),
        licence=FootFields.licence.of(get),
        licence_url=FootFields.licence_url.of(get),
    )
