"""The yearly lists of the demonstration: the middle of this year and of the last, each with its notice.

May import `policy`, `writing` and the papers.
"""

from collections.abc import Iterator
from datetime import date

from generator import writing
from generator.demo.papers import Papers
from generator.demo.rounds import workday
from generator.policy import Policy


def list_files(policy: Policy, papers: Papers, as_of: date) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the yearly lists that went out by a day.

    Args:
        policy: whose highest authority but the national one sends them out.
        papers: where their notices are cited.
        as_of: the day nothing may lie after.
    """
    authorities = {authority.level: authority for authority in reversed(policy.authorities)}
    authority = authorities.get("province") or authorities.get("national")
    if authority is None:
        return
    named = [tier.name for tier in policy.tiers if tier.term_years] or [policy.tiers[0].name]
    for year in (as_of.year - 1, as_of.year):
        day, sent = date(year, 6, 30), workday(date(year, 7, 9))
        if sent > as_of:
            continue
        subject = f"关于印发{year}年度{'、'.join(named)}智能工厂名单的通知"
        number = papers.cite(authority, sent, subject)
        yield f"lists/{year}.yml", writing.dump({"year": year, "date": day, "document": number})
