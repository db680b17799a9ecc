"""Both sides of a change beside each other: everything it means on a day.

May import the other modules of this room, `views` and `rules`.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from generator.effects.addresses import pages
from generator.effects.cautions import cautions
from generator.effects.facts import kept_facts
from generator.effects.law import lists
from generator.effects.shapes import Both, Effects, Number, Place
from generator.effects.side import Side, place_of
from generator.effects.told import told
from generator.problems import Report
from generator.views.book import Book
from generator.views.news import News, case_streams, change_streams


def compare(base: Side, head: Side) -> Effects:
    """Return what a change means.

    Args:
        base: the registry as it was.
        head: the registry as it will be, on the same day.
    """
    report = Report()
    report.extend(head.report.errors)
    kept_facts(base.registry, head.registry, report)
    changed = _contents(base) != _contents(head)
    effects = Effects(
        base=base.name,
        head=head.name,
        as_of=head.as_of,
        derived=head.sound,
        compared=head.sound and base.sound,
        changed=changed,
        errors=report.errors,
        warnings=(),
        base_errors=base.report.errors,
    )
    if not head.sound or not changed:
        return effects
    found = lists(base, head)
    if base.sound:
        old, new = base.book(), head.book()
        on_pages, on_feeds = _pages(old, new), _entries(old, new)
    else:
        on_pages, on_feeds = Both(), Both()
    return Effects(
        base=effects.base,
        head=effects.head,
        as_of=effects.as_of,
        derived=True,
        compared=effects.compared,
        changed=True,
        errors=effects.errors,
        warnings=tuple(cautions(base, head)),
        base_errors=effects.base_errors,
        counts=_counts(base, head),
        lists=found,
        told=told(base, head, found),
        pages=on_pages,
        entries=on_feeds,
    )


def _contents(side: Side) -> dict[tuple[str, str, str], bytes]:
    """The bytes of every file that could be read, by what it is and where it lies."""
    return {
        (kind, key, "" if kind == "vocabulary" else place_of(file.path)): file.content
        for (kind, key), file in side.registry.files.items()
    }


def _counts(base: Side, head: Side) -> tuple[Number, ...]:
    """The listed units of each tier, all of them, and those whose enterprise is barred, on the day."""
    sides = [_standing(base), _standing(head)]
    names = {tier.id: tier.name for tier in base.registry.policy.tiers}
    names |= {tier.id: tier.name for tier in head.registry.policy.tiers}
    rows = [(tier, name) for tier, name in reversed(names.items())]
    rows += [("listed", "在名单中合计"), ("units", "登记的单元"), ("barred", "企业在限制期内的单元")]
    return tuple(Number(key=key, name=name, before=sides[0][key], after=sides[1][key]) for key, name in rows)


def _standing(side: Side) -> Counter[str]:
    found: Counter[str] = Counter()
    for account in side.ledger.accounts.values():
        tier = account.face(side.as_of).tier
        if tier:
            found[tier] += 1
            found["listed"] += 1
        found["barred"] += any(bar.covers(side.as_of) for bar in account.bars)
    found["units"] = len(side.ledger.accounts)
    return found


def _pages(base: Book, head: Book) -> Both:
    old, new = pages(base), pages(head)
    return Both(
        gained=tuple(
            Place(title=new[address], address=address) for address in sorted(new.keys() - old.keys())
        ),
        lost=tuple(Place(title=old[address], address=address) for address in sorted(old.keys() - new.keys())),
    )


def _entries(base: Book, head: Book) -> Both:
    """The entries of the two feeds that tell everything."""
    old, new = _news(base), _news(head)
    both = sorted(old.keys() & new.keys(), reverse=True)
    return Both(
        gained=tuple(_place(new[key]) for key in sorted(new.keys() - old.keys(), reverse=True)),
        lost=tuple(_place(old[key]) for key in sorted(old.keys() - new.keys(), reverse=True)),
        altered=tuple(_place(new[key]) for key in both if _telling(old[key]) != _telling(new[key])),
    )


def _news(book: Book) -> Mapping[str, News]:
    streams = (next(iter(case_streams(book))), next(iter(change_streams(book))))
    return {news.key: news for stream in streams for news in stream.news}


def _telling(news: News) -> tuple[object, ...]:
    """What a subscriber reads, without the address, which counts pages."""
    return news.title, news.day, news.updated, news.summary, news.story


def _place(news: News) -> Place:
    return Place(title=news.title, address=news.address)


def plain(found: object) -> object:
    """Return a value as JSON knows it: days as ISO 8601, values as objects, tuples as lists."""
    if isinstance(found, Struct):
        return {name: plain(value) for name, value in asdict(found).items()}
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, tuple):
        return [plain(one) for one in found]
    return found
