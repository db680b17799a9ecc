"""How to follow the register, and the addresses."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.subscribe import subscribe_page


def subscribe(press: Press, base: str) -> Iterator[Page]:
    """Yield the page about feeds and calendars.

    Args:
        press: makes the page.
        base: the address of the site with a closing slash, for the addresses printed as text.
    """
    yield press.page(
        "subscribe.html",
        subscribe_page(press.book, base),
        address=urls.SUBSCRIBE,
        section=urls.ABOUT,
        title="订阅和日历",
        description="怎样订阅新案例和名单变动，怎样把到期日加入日历，以及按层级、地市、行业和场景的全部地址。",
    )
