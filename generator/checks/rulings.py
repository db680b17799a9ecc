"""Checks that ask the rules: may this title be awarded to this unit on this day (contract, section 4, "Rules").

May import `registry` and `rules`. Each function is one family of checks; its docstring is the rule as a contributor
reads it. Units whose enterprise has a broken record are left alone, so that one fault is not told many times.
"""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from generator.checks.findings import Findings
from generator.policy import Title
from generator.records import Revocation, Unit
from generator.rules import engine
from generator.rules.ledger import Account, Ledger, day_of
from generator.rules.terms import DatedAward


def check_rulings(found: Findings, ledger: Ledger, *, as_of: date) -> None:
    """Run every check of this module, as seen on the day `as_of`."""
    # A unit that could not be read may be the very one that an award rests on.
    unread = any(kind == "factories" for kind, _ in found.registry.unreadable)
    # What is found here breaks no record: it is told of every unit, whatever is told of its sisters.
    broken = frozenset(key for kind, key in found.unsound if kind == "factories")
    for unit_id, account in ledger.accounts.items():
        unit = found.registry.units[unit_id]
        if broken.intersection(account.enterprise):
            continue
        for award in account.life.awards:
            _kind_and_authority(found, unit, award.title, award.document, f"titles[{award.order}]")
            _award_day(found, unit, award)
            if not unread:
                _sequence(found, ledger, unit, award)
            _barred(found, ledger, unit, award)
        for row, revocation in enumerate(unit.revocations):
            title = ledger.policy.title(revocation.title)
            if title:
                _kind_and_authority(found, unit, title, revocation.document, f"revocations[{row}]")
            _revocation(found, unit, account, row, revocation)
        _after_closing(found, unit, account)
        _maturity_low(found, unit, account, as_of)
    _names(found, ledger)
    _case_listed(found, ledger, broken)


def _kind_and_authority(found: Findings, unit: Unit, title: Title, number: str, where: str) -> None:
    """A title is for one kind of unit, and counts only with a document of the right authority: of its city, or its first."""
    policy = found.registry.policy
    if title.kind != unit.kind:
        message = f"“{title.name}”授予{title.kind}，本单元登记为{unit.kind}；请改称号，或改正 kind。"
        found.add("factories", unit.id, "wrong-kind", f"{where}.title", message)
    document = found.registry.documents.get(number)
    authority = policy.authority(document.authority) if document else None
    if authority is None:
        return
    if authority.level != title.level:
        right = [known.name for known in policy.authorities if known.level == title.level]
        wanted = right[0] if len(right) == 1 else "所在地市的主管部门"
        message = (
            f"“{title.name}”应由{wanted}发文，文号“{number}”登记在{authority.name}名下；请核对称号和文号。"
        )
        found.add("factories", unit.id, "wrong-authority", f"{where}.document", message)
        return
    city = found.registry.city(unit.city)
    # The number tells in which city a unit stood at first; what was awarded there stays awarded when it moves.
    own = authority.city is None or authority.city[:4] == unit.id.split("-")[0]
    if not own and city is not None and authority.city != city.code:
        message = f"文号“{number}”由{authority.name}发出，本单元在{unit.city}；请改为{unit.city}主管部门的文件，或改正 city。"
        found.add("factories", unit.id, "wrong-authority", f"{where}.document", message)


def _award_day(found: Findings, unit: Unit, award: DatedAward) -> None:
    """No award after the title was retired, and none before its own document."""
    where = f"titles[{award.order}]"
    retired = award.title.awarded_through
    if retired and award.day > retired:
        message = f"“{award.title.name}”只授予到 {retired}，这里的日期是 {award.day}；请核对日期，或改为现行的称号。"
        found.add("factories", unit.id, "title-retired", f"{where}.title", message)
    document = found.registry.documents.get(award.document)
    if document and award.day < document.date:
        message = f"授予日期 {award.day} 早于文件日期 {document.date}（{document.number}）；请改正日期，与文件同日的可以不写 date。"
        found.add("factories", unit.id, "award-before-document", f"{where}.date", message)


def _sequence(found: Findings, ledger: Ledger, unit: Unit, award: DatedAward) -> None:
    """Where a tier requires another or a title needs others, the enterprise holds them on the award's day.

    A stated exception turns both into warnings.
    """
    policy = ledger.policy
    tier = policy.tier(award.title.tier) if award.title.tier else None
    requires, needs = tier.requires if tier else None, award.title.needs
    if not (requires or needs):
        return
    exception = unit.titles[award.order].exception
    accounts = [ledger.accounts[member] for member in ledger.accounts[unit.id].enterprise]
    where = f"titles[{award.order}].title"

    def report(code: str, message: str) -> None:
        if exception:
            found.add(
                "factories", unit.id, code, where, f"{message}已注明例外：{exception}。", level="warning"
            )
        else:
            found.add(
                "factories",
                unit.id,
                code,
                where,
                f"{message}请核对日期和称号；确属例外的，请用 exception 写明理由。",
            )

    if tier and requires and not _holds(accounts, award, requires, ledger):
        required = policy.tier(requires).name
        report("out-of-sequence", f"{award.day} 授予{tier.name}时，该企业没有单元列在{required}或以上；")
    awarded = {
        given.title.name for account in accounts for given in account.life.awards if given.day <= award.day
    }
    if needs and not awarded.intersection(needs):
        report(
            "missing-title",
            f"授予“{award.title.name}”之前（含 {award.day} 当日），该企业应已有“{'”或“'.join(needs)}”，名录里没有；",
        )


def _holds(accounts: Sequence[Account], award: DatedAward, required: str, ledger: Ledger) -> bool:
    """Whether some unit would be listed in the required tier or a higher one that day without this award.

    Awards of the same or a higher tier made that day do not count either: they cannot vouch for each other.
    """
    policy = ledger.policy
    enough = policy.at_or_above(required)
    beside = policy.at_or_above(award.title.tier or required)
    lives = [
        replace(
            account.life,
            awards=tuple(
                given
                for given in account.life.awards
                if not (given.day == award.day and given.title.tier in beside)
            ),
        )
        for account in accounts
    ]
    return any(
        listing.tier in enough and listing.covers(award.day)
        for listings in engine.listings(lives, policy).values()
        for listing in listings
    )


def _barred(found: Findings, ledger: Ledger, unit: Unit, award: DatedAward) -> None:
    """No award in a revocable tier from the day of a revocation that bars the enterprise to the bar's last day."""
    tier = ledger.policy.tier(award.title.tier) if award.title.tier else None
    if tier is None or not tier.revocable:
        return
    for bar in ledger.accounts[unit.id].bars:
        if bar.covers(award.day):
            message = (
                f"该企业的“{bar.title}”（{bar.unit}）于 {bar.first} 被撤销，到 {bar.last} 为止不得列入{tier.name}，"
                f"这里的授予日期是 {award.day}；请核对日期；日期无误的，请向发文机关核实，核实前不要录入。"
            )
            found.add("factories", unit.id, "barred", f"titles[{award.order}].title", message)


def _revocation(found: Findings, unit: Unit, account: Account, row: int, revocation: Revocation) -> None:
    """Only a title that was awarded can be cancelled, and not before it was awarded."""
    day = day_of(revocation, found.registry.documents)
    given = [award.day for award in account.life.awards if award.title.name == revocation.title]
    if not given:
        awarded = "、".join(award.title for award in unit.titles)
        message = f"本单元没有被授予过“{revocation.title}”，无从撤销；已授予的有 {awarded}，请改正称号或先补录授予。"
        found.add("factories", unit.id, "revocation-without-title", f"revocations[{row}].title", message)
    elif day and day < min(given):
        message = f"撤销日期 {day} 早于授予日期 {min(given)}；请核对两处日期。"
        found.add("factories", unit.id, "revocation-before-award", f"revocations[{row}].date", message)


def _after_closing(found: Findings, unit: Unit, account: Account) -> None:
    """A closed unit is awarded nothing and assessed no more; its titles may still be cancelled."""
    closed = account.life.closed
    if closed is None:
        return
    for award in account.life.awards:
        if award.day > closed:
            message = f"本单元已于 {closed} 退出，{award.day} 的授予在其后；请核对日期，或改录到承接单元。"
            found.add("factories", unit.id, "after-closing", f"titles[{award.order}]", message)
    for row, assessment in enumerate(unit.maturity):
        if assessment.date > closed:
            message = f"本单元已于 {closed} 退出，{assessment.date} 的成熟度在其后；请核对日期。"
            found.add("factories", unit.id, "after-closing", f"maturity[{row}].date", message)


def _maturity_low(found: Findings, unit: Unit, account: Account, as_of: date) -> None:
    """A unit listed for a provincial title should still have the maturity the policy asks of it."""
    for listing in account.listings:
        title = listing.award.title
        if title.level != "province" or title.min_maturity is None or not listing.covers(as_of):
            continue
        level = engine.level_in_force(unit.maturity, as_of)
        if level < title.min_maturity:
            message = f"“{title.name}”要求成熟度达到 {title.min_maturity} 级，最近一次是 {level} 级；名录照旧列示，请核实，有新的评估结果请补录。"
            found.add("factories", unit.id, "maturity-low", "maturity", message, level="warning")


def _names(found: Findings, ledger: Ledger) -> None:
    """Units of one credit code name the same enterprise, or one by a former name of the other; told of the later."""
    units = found.registry.units
    for account in ledger.accounts.values():
        if len(account.enterprise) == 1:
            continue
        unit = units[account.life.unit]
        if unit.uscc is None:
            continue
        earlier = (units[member] for member in account.enterprise if member < unit.id)
        other = next((other for other in earlier if not _one_name(unit, other)), None)
        if other is not None:
            message = (
                f"统一社会信用代码 {unit.uscc} 在 {other.id} 的记录里是“{other.enterprise}”，这里是“{unit.enterprise}”；"
                "更名的请补 former_names，否则请改正其一。"
            )
            found.add("factories", unit.id, "name-mismatch", "enterprise", message, level="warning")


def _one_name(unit: Unit, other: Unit) -> bool:
    names = {unit.enterprise, other.enterprise}
    former = {former.name for member in (unit, other) for former in member.former_names}
    return len(names) == 1 or not names.isdisjoint(former)


def _case_listed(found: Findings, ledger: Ledger, broken: frozenset[str]) -> None:
    """A case should come from a unit that is in some list on the day of publication."""
    for case in found.registry.cases.values():
        account = ledger.accounts.get(case.factory)
        if account is None or not broken.isdisjoint(account.enterprise):
            continue
        if not any(listing.covers(case.published) for listing in account.listings):
            message = f"{case.published} 发布时，{case.factory} 不在任何名单中；请核对 factory 和 published。"
            found.add("cases", case.id, "case-unlisted", "factory", message, level="warning")
