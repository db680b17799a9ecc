"""What can be followed: the topics of feeds and calendars, each with its name, its key and the page it belongs to.

May import `views.book` and `urls`. Feeds, calendars, the page that explains them and the heads of pages all go by
these; a topic's key names its files and never changes.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from generator import urls
from generator.records import City
from generator.views.book import Book

Dimension = Literal["all", "tier", "city", "industry", "scene"]


class Topic(Struct, frozen=True, kw_only=True):
    """One thing to follow: `value` is the tier's id, the city's or division's code or the scene's number, "" for all.

    `page` is the address of the page that shows the same.
    """

    key: str
    title: str
    dimension: Dimension
    value: str
    page: str


def case_topics(book: Book) -> Iterator[Topic]:
    """Yield the topics of typical cases: all, then each tier, city, division with a unit, and scene of the present edition."""
    yield Topic(key="cases", title="全部典型案例", dimension="all", value="", page=urls.CASES)
    for tier in reversed(book.policy.tiers):
        yield _topic("cases", "tier", tier.id, tier.name, urls.tier(tier.id))
    for city in book.registry.cities.prefectures:
        yield _topic("cases", "city", city.code, city.name, urls.city(city.code))
    for code in sorted({unit.industry[:2] for unit in book.registry.units.values()}):
        yield _topic("cases", "industry", code, book.registry.industry(code) or code, urls.industry(code))
    edition = book.registry.edition(book.edition) if book.edition else None
    for number, name in edition.names.items() if edition else ():
        yield _topic("cases", "scene", str(number), name, urls.scene(number))


def change_topics(book: Book) -> Iterator[Topic]:
    """Yield the topics of list changes: all, then each city."""
    yield Topic(key="changes", title="全部名单变动", dimension="all", value="", page=urls.CHANGES)
    for city in book.registry.cities.prefectures:
        yield _topic("changes", "city", city.code, city.name, urls.city(city.code))


def expiry_topics(book: Book) -> Iterator[Topic]:
    """Yield the topics of expiry days: all, then each city."""
    yield Topic(key="expiry", title="全部到期日", dimension="all", value="", page=urls.NOTICES)
    for city in book.registry.cities.prefectures:
        yield city_expiries(city)


def city_expiries(city: City) -> Topic:
    """Return the topic of the expiry days of a city."""
    return _topic("expiry", "city", city.code, city.name, urls.city(city.code))


def _topic(subject: str, dimension: Dimension, value: str, title: str, page: str) -> Topic:
    return Topic(
        key=f"{subject}-{dimension}-{value}", title=title, dimension=dimension, value=value, page=page
    )
