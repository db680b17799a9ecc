"""The command that tells how units stand on a day."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from generator.cli.options import examined_with_progress, registry_options
from generator.problems import as_text
from generator.records import Unit
from generator.rules.terms import STATUSES
from generator.speech import Command
from generator.views import words
from generator.views.book import Book

STATUS_WORDS = {
    "listed": "在名单中",
    "expired": "已到期",
    "revoked": "已撤销",
    "closed": "已退出",
    "upcoming": "待列入",
    "unlisted": "未列入",
}


@click.command(cls=Command, name="status")
@registry_options
@click.argument("units", metavar="[编号]…", nargs=-1)
def status_command(registry: Path, as_of: date, units: tuple[str, ...]) -> int:
    """查看全体或某几个单元在某一天的状态。"""
    examined = examined_with_progress(registry, as_of)
    if not examined.publishable or examined.registry is None or examined.ledger is None:
        sys.stderr.write(as_text(examined.report.errors))
        return 1
    book = Book(examined.registry, examined.ledger, as_of)
    unknown = [unit for unit in units if unit not in examined.registry.units]
    for unit_id in units:
        if unit_id not in unknown:
            sys.stdout.write(unit_lines(book, examined.registry.units[unit_id]))
    if unknown:
        sys.stderr.write(f"名录里没有这些编号：{'、'.join(unknown)}。\n")
        return 1
    if not units:
        sys.stdout.write(_summary(book))
    return 0


def unit_lines(book: Book, unit: Unit) -> str:
    """Return what is true of a unit on the day of a book, with its bar where it has one, as lines."""
    bar = words.bar_sentence(book, book.standing(unit))
    told = f"  {bar}\n" if bar else ""
    return f"{unit.id} {unit.enterprise} {unit.name}\n  {words.answer(book, unit)}\n{told}"


def _summary(book: Book) -> str:
    standings = book.standings.values()
    tiers = Counter(standing.tier for standing in standings)
    statuses = Counter(standing.status for standing in standings)
    lines = [f"{book.policy.name}，数据截至 {book.as_of}，共 {len(book.standings)} 个单元"]
    lines += [f"  {tier.name}：{tiers[tier.id]}" for tier in reversed(book.policy.tiers)]
    lines += [f"  {STATUS_WORDS[status]}：{statuses[status]}" for status in STATUSES if statuses[status]]
    soon = sum(standing.expiring for standing in standings)
    barred = sum(standing.barred_through is not None for standing in standings)
    lines.append(f"  {book.policy.expiring_within_days} 天内到期：{soon}；企业在限制期内：{barred}")
    following = book.ledger.next_transition(as_of=book.as_of)
    lines.append(f"下一次变动：{following or '没有'}")
    return "\n".join(lines) + "\n"


COMMANDS = (status_command,)
