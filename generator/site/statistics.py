"""The statistics."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.statistics import statistics_page


def statistics(press: Press) -> Iterator[Page]:
    """Yield the page of statistics."""
    yield press.page(
        "statistics.html",
        statistics_page(press.book),
        address=urls.STATISTICS,
        section=urls.STATISTICS,
        title="统计",
        description="名录中的单元按层级、地市、行业和年份的统计。",
    )
