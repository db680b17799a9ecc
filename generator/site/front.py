"""The front of the house: home, what this is, the rules in words."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.front import about_page, home_page, rules_page


def front(press: Press) -> Iterator[Page]:
    """Yield the home page, the page about the register and the rules."""
    book, policy = press.book, press.book.policy
    yield press.page(
        "home.html",
        home_page(book),
        address=urls.HOME,
        section=urls.HOME,
        title=policy.name,
        description=f"{policy.region.name}智能工厂名录：按层级、地市、行业查询，核验称号是否有效。",
    )
    yield press.page(
        "about.html",
        about_page(book),
        address=urls.ABOUT,
        section=urls.ABOUT,
        title="关于本名录",
        description="本名录收录什么、依据什么、怎样查询。",
    )
    yield press.page(
        "rules.html",
        rules_page(book),
        address=urls.RULES,
        section=urls.ABOUT,
        title="列入规则",
        description="各层级、各称号的列入条件、有效期和依据。",
    )
