"""One unit as the API tells it, with all that its page shows.

May import `factories`, `changes`, `fields`, `rules`, `views` and `records`.
"""

from collections.abc import Iterable, Mapping
from datetime import date as Day
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import asdict

from generator import urls
from generator.exports import fields as f
from generator.exports.changes import UnitChange, unit_change
from generator.exports.factories import Factory
from generator.records import Award, Revocation, Unit
from generator.rules.changes import Change
from generator.rules.terms import Holding
from generator.views import words
from generator.views.book import Book
from generator.views.units import reports


class UnitFormerName(Struct, frozen=True, kw_only=True):
    """企业的一个曾用名。"""

    name: Annotated[str, Meta(title="曾用名", description="企业以前的名称。")]
    until: Annotated[Day, Meta(title="用至", description="使用这一名称的最后一天，含当天。")]


class UnitTitle(Struct, frozen=True, kw_only=True):
    """授予的一个称号。"""

    title: Annotated[str, Meta(title="称号", description="称号的名称。")]
    day: f.Awarded
    document: f.DocumentNumber
    authority: f.Authority
    authority_name: f.AuthorityName
    exception: Annotated[
        str | None,
        Meta(title="例外说明", description="与层级顺序或前置称号不符而确属例外的理由，没有的为空。"),
    ]


class UnitRevocation(Struct, frozen=True, kw_only=True):
    """撤销的一个称号。"""

    title: Annotated[str, Meta(title="称号", description="被撤销的称号。")]
    day: Annotated[Day, Meta(title="撤销日期", description="称号撤销的日期，当日移出名单。")]
    document: f.DocumentNumber
    authority: f.Authority
    authority_name: f.AuthorityName
    reason: Annotated[str | None, Meta(title="原因", description="撤销的原因，没有登记的为空。")]


class UnitAssessment(Struct, frozen=True, kw_only=True):
    """一次智能制造能力成熟度评定（GB/T 39116-2020）。"""

    day: Annotated[Day, Meta(title="评定日期", description="评定的日期。")]
    level: Annotated[int, Meta(title="等级", description="一级至五级。", ge=1, le=5)]
    method: Annotated[str, Meta(title="方式", description="自评或评估。")]


class UnitHolding(Struct, frozen=True, kw_only=True):
    """单元所在的最高层级不变的一段时间。"""

    tier: f.Tier
    tier_name: f.TierName
    first: Annotated[Day, Meta(title="自", description="处于这一层级的第一天，含当天。")] = field(name="from")
    through: Annotated[
        Day | None,
        Meta(title="至", description="处于这一层级的最后一天，含当天；没有期限的为空。"),
    ]
    ended_by: Annotated[
        str | None,
        Meta(
            title="终止原因代码",
            description="expired 到期；revoked 撤销；closed 退出；renewed 续期接续；promoted 晋级；没有终止日的为空。",
        ),
    ]


class UnitReport(Struct, frozen=True, kw_only=True):
    """一份应报或已报的年度进展报告。"""

    year: Annotated[int, Meta(title="年度", description="报告说的是哪一年。")]
    given: Annotated[Day | None, Meta(title="报送日期", description="报送的日期；应报而没有报的为空。")]


class UnitClosing(Struct, frozen=True, kw_only=True):
    """单元的退出。"""

    day: Annotated[
        Day, Meta(title="退出日期", description="从这一天起不在名单中；在数据截至日以后的表示将要退出。")
    ]
    reason: Annotated[str, Meta(title="退出原因", description="注销、迁出、合并或自愿退出。")]
    successor: Annotated[str | None, Meta(title="承接单元", description="承接它的单元的编号，没有的为空。")]


class UnitCorrection(Struct, frozen=True, kw_only=True):
    """对已公布内容的一次更正。"""

    day: Annotated[Day, Meta(title="更正日期", description="更正的日期。")]
    fields: Annotated[
        tuple[str, ...], Meta(title="更正的字段", description="记录中的字段名，例如 uscc、titles。")
    ]
    reason: Annotated[str, Meta(title="说明", description="更正了什么，为什么。")]


class FactoryFile(Factory, frozen=True, kw_only=True):
    """一个单元的全部内容。"""

    as_of: f.AsOf
    next_transition: Annotated[
        Day | None,
        Meta(
            title="下一次变动",
            description="数据截至日以后，这个单元的状态或层级第一次变化的日子；不会变化的为空。",
        ),
    ]
    status_name: f.StatusName
    tier_name: f.HeldTierName
    city_name: f.CityName
    industry_name: f.IndustryName
    zone: f.Zone
    uscc_note: Annotated[
        str | None, Meta(title="代码说明", description="代码的校验码与规则不符的原因，没有说明的为空。")
    ]
    website: f.Website
    page: f.Page
    badge: Annotated[str, Meta(title="徽章", description="徽章图片（SVG）的地址。")]
    record: Annotated[str, Meta(title="原始记录", description="名录中原始记录（YAML）的地址。")]
    former_names: Annotated[
        tuple[UnitFormerName, ...], Meta(title="曾用名", description="企业的曾用名，按登记的次序。")
    ]
    titles: Annotated[tuple[UnitTitle, ...], Meta(title="获得的称号", description="授予的称号，按日期排列。")]
    revocations: Annotated[
        tuple[UnitRevocation, ...], Meta(title="被撤销的称号", description="撤销的称号，按日期排列。")
    ]
    maturity: Annotated[
        tuple[UnitAssessment, ...], Meta(title="成熟度", description="智能制造能力成熟度的评定，按日期排列。")
    ]
    holdings: Annotated[
        tuple[UnitHolding, ...],
        Meta(title="所在层级", description="各段时间所在的最高层级，各段互不重叠，按日期排列。"),
    ]
    changes: Annotated[
        tuple[UnitChange, ...],
        Meta(title="名单变动", description="数据截至日及以前的名单变动，新的在前。"),
    ]
    reports: Annotated[
        tuple[UnitReport, ...],
        Meta(title="年度进展报告", description="应报和已报的年度进展报告，新的在前。"),
    ]
    cases: Annotated[
        tuple[str, ...], Meta(title="典型案例", description="已发布的典型案例的编号，含已撤下的。")
    ]
    enterprise_units: Annotated[
        tuple[str, ...], Meta(title="同一企业", description="同一企业的其他单元的编号。")
    ]
    closed: Annotated[UnitClosing | None, Meta(title="退出", description="单元的退出，没有退出的为空。")]
    corrections: Annotated[
        tuple[UnitCorrection, ...],
        Meta(title="更正", description="对已公布内容的更正，按日期排列。"),
    ]


def by_unit(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return changes by the unit they happened to, in the order they are given in."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.unit, []).append(change)
    return found


def factory_file(book: Book, told: Factory, changes: Mapping[str, list[Change]], base: str) -> FactoryFile:
    """Return all that is told of one unit.

    Args:
        book: the registry on its day.
        told: the unit as `factories` has it.
        changes: the changes up to the day of the book by unit, newest first.
        base: the address of the site with a closing slash.
    """
    unit = book.registry.units[told.id]
    account, tier = book.account(unit), book.tier(unit)
    return FactoryFile(
        **asdict(told),
        as_of=book.as_of,
        next_transition=book.next_transition(unit),
        status_name=words.mark(book.standing(unit)).word,
        tier_name=tier.name if tier else None,
        city_name=unit.city,
        industry_name=book.registry.industry(unit.industry) or "",
        zone=unit.zone,
        uscc_note=unit.uscc_note,
        website=unit.website,
        page=base + urls.unit(unit.id),
        badge=base + urls.badge(unit.id),
        record=base + urls.record(unit.id),
        former_names=tuple(UnitFormerName(name=old.name, until=old.until) for old in unit.former_names),
        titles=_titles(book, unit),
        revocations=_revocations(book, unit),
        maturity=tuple(
            UnitAssessment(day=found.date, level=found.level, method=found.method)
            for found in sorted(unit.maturity, key=lambda found: found.date)
        ),
        holdings=tuple(_holding(book, holding) for holding in account.holdings),
        changes=tuple(unit_change(book, change) for change in changes.get(unit.id, ())),
        reports=tuple(UnitReport(year=row.year, given=row.given) for row in reports(book, unit)),
        cases=tuple(sorted(case.id for case in book.cases_by_unit.get(unit.id, ()))),
        enterprise_units=tuple(sorted(other for other in account.enterprise if other != unit.id)),
        closed=_closing(unit),
        corrections=tuple(
            UnitCorrection(day=found.date, fields=found.fields, reason=found.reason)
            for found in sorted(unit.corrections, key=lambda found: found.date)
        ),
    )


def _titles(book: Book, unit: Unit) -> tuple[UnitTitle, ...]:
    found = []
    for award in unit.titles:
        authority, name = _authority(book, award)
        found.append(
            UnitTitle(
                title=award.title,
                day=book.day_of(award),
                document=award.document,
                authority=authority,
                authority_name=name,
                exception=award.exception,
            )
        )
    return tuple(sorted(found, key=lambda title: title.day))


def _revocations(book: Book, unit: Unit) -> tuple[UnitRevocation, ...]:
    found = []
    for revocation in unit.revocations:
        authority, name = _authority(book, revocation)
        found.append(
            UnitRevocation(
                title=revocation.title,
                day=book.day_of(revocation),
                document=revocation.document,
                authority=authority,
                authority_name=name,
                reason=revocation.reason,
            )
        )
    return tuple(sorted(found, key=lambda title: title.day))


def _authority(book: Book, fact: Award | Revocation) -> tuple[str, str]:
    code = book.registry.documents[fact.document].authority
    authority = book.policy.authority(code)
    return code, authority.name if authority else ""


def _holding(book: Book, holding: Holding) -> UnitHolding:
    return UnitHolding(
        tier=holding.tier,
        tier_name=book.policy.tier(holding.tier).name,
        first=holding.first,
        through=holding.last,
        ended_by=holding.ended_by,
    )


def _closing(unit: Unit) -> UnitClosing | None:
    if unit.closed is None:
        return None
    return UnitClosing(day=unit.closed.date, reason=unit.closed.reason, successor=unit.closed.successor)
