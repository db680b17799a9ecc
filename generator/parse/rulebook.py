"""policy.yml to `Policy`; every reference between its parts is checked here, so that the engine need not ask.

May import `source`, `records`, `policy` and the getters.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator import forms
from generator.parse.getters import Getter, nearest
from generator.parse.units import HIGHEST_LEVEL, KINDS
from generator.parse.vocabularies import parse_region, unique
from generator.policy import AUTHORITY_LEVELS, Authority, Policy, SiteFields, Tier, Title
from generator.problems import Report
from generator.source import SourceFile

LONGEST_TERM = 100
LONGEST_NOTICE = 3660


def parse_policy(file: SourceFile, report: Report) -> Policy | None:
    """Return the policy, or None where what must be there is not or a reference between its parts is broken.

    Args:
        file: policy.yml as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root)
    name = get.name("name", required=True)
    demonstration = get.truth("demonstration")
    region = get.nested(get.row("region", required=True), parse_region)
    basis = get.texts("basis")
    authorities = get.rows("authorities", _authority, required=True)
    tiers = get.rows("tiers", _tier, required=True)
    tiers = tuple(replace(tier, rank=rank) for rank, tier in enumerate(tiers))
    titles = get.rows("titles", _title, required=True)
    bar_years = get.integer("bar_years", low=0, high=LONGEST_TERM, required=True)
    within = get.integer("expiring_within_days", low=0, high=LONGEST_NOTICE, required=True)
    reviewers = _reviewers(get)
    site = get.nested(get.row("site"), _site) or SiteFields()
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


def _identifier(get: Getter) -> str | None:
    value = get.text("id", required=True)
    if value is not None and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", value, re.ASCII):
        get.problem(
            "bad-id",
            "id",
            f"编号“{value[:40]}”只能用小写字母、数字和短横，因为它会成为文件夹名；请改写，例如 miit、2301。",
        )
        return None
    return value


def _authority(get: Getter) -> Authority | None:
    found, name = _identifier(get), get.name("name", required=True)
    level = get.choice("level", AUTHORITY_LEVELS, required=True)
    city = get.text("city")
    if level == "city" and city is None:
        get.problem("missing-field", "city", "市级机关要写明所在地市；请补上“city: 六位代码”。")
    reviewers = _reviewers(get)
    return (
        None
        if found is None or name is None or level is None
        else Authority(id=found, name=name, level=level, city=city, reviewers=reviewers)
    )


def _reviewers(get: Getter) -> tuple[str, ...]:
    """Accounts of a code host: `@name` of a person, or `@group/team`; nothing that a pattern or a comment could be."""
    found = get.texts("reviewers")
    for number, account in enumerate(found):
        if not re.fullmatch(
            r"@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,62})*", account
        ):
            get.problem(
                "bad-choice",
                "reviewers",
                f"“{account[:60]}”不是代码库平台的账号；应以 @ 开头，例如 @zhangsan，团队写 @单位/团队。",
            )
        elif account in found[:number]:
            get.problem("bad-choice", "reviewers", f"账号“{account}”写了两次；请删去一个。")
    return found


def _tier(get: Getter) -> Tier | None:
    found, name = _identifier(get), get.name("name", required=True)
    term = get.integer("term_years", low=1, high=LONGEST_TERM)
    revocable, requires = get.truth("revocable"), get.text("requires")
    report, clause = get.truth("report"), get.text("clause")
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
    name = get.name("name", required=True)
    kind = get.choice("kind", KINDS, required=True)
    level = get.choice("level", AUTHORITY_LEVELS, required=True)
    tier, clause = get.text("tier"), get.text("clause")
    minimum = get.integer("min_maturity", low=1, high=HIGHEST_LEVEL)
    through, listed_from = get.day("awarded_through"), get.day("listed_from")
    needs, bars = get.names("needs"), get.truth("bars")
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
    tag = get.text("tag")
    if tag is not None and not re.fullmatch(r"[a-z0-9.@-]+,\d{4}(-\d{2}){0,2}", tag, re.ASCII):
        get.problem(
            "bad-choice",
            "tag",
            f"“{tag[:60]}”写法不对；应是本单位域名加逗号和年份，例如 gxt.example.cn,2026。",
        )
    return SiteFields(
        tag=tag,
        organizer=get.name("organizer"),
        site_code=get.name("site_code"),
        icp=get.name("icp"),
        police=get.name("police"),
        find_error=get.url("find_error"),
        source_url=_template(get, "source_url", "{path}"),
        report_url=_template(get, "report_url", "{id}"),
        licence=get.name("licence"),
        licence_url=get.url("licence_url"),
    )


def _template(get: Getter, key: str, mark: str) -> str | None:
    value = get.text(key)
    if value is None:
        return None
    if mark not in value or "{" in value.replace(mark, "", 1):
        get.problem(
            "bad-url",
            key,
            f"网址里要有一处“{mark}”，生成时换成实际内容；例如 https://example.org/?q={mark}。",
        )
        return None
    wrong = forms.url_problem(value.replace(mark, "0"))
    if wrong:
        get.problem("bad-url", key, f"“{value[:60]}”不是可用的网址；{wrong}。")
        return None
    return value
