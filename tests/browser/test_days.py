"""The page knows what day it is: any day is answered for, and nothing is shown as valid after its last day."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened

pytestmark = pytest.mark.browser


def factories(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))[
        "factories"
    ]
    return found


def shifted(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def said(day: str) -> str:
    value = datetime.date.fromisoformat(day)
    return f"{value.year}年{value.month}月{value.day}日"


def ask(page: Page, day: str) -> str:
    page.get_by_label("核对某一天").fill(day)
    return page.locator("form.askday output").inner_text()


def test_any_day_is_answered_at_both_ends_of_the_term(browser: Browser, host: str, site: Path) -> None:
    unit = next(u for u in factories(site) if u["tier"] == "advanced" and len(u["listings"]) == 1)
    first, last = unit["listings"][0]["from"], unit["listings"][0]["through"]
    with opened(browser) as page:
        page.goto(f"{host}factories/{unit['id']}/")
        for day, listed in (
            (shifted(first, -1), False),
            (first, True),
            (last, True),
            (shifted(last, 1), False),
        ):
            answer = ask(page, day)
            assert answer.startswith(said(day) + "，")
            assert answer.endswith("列入先进级智能工厂名单。" if listed else "不在名单中。")
        assert page.url.endswith(f"?on={shifted(last, 1)}")
        page.reload()
        assert page.locator("form.askday output").inner_text().endswith("不在名单中。")


@pytest.mark.parametrize(("after", "word"), [(0, "即将到期"), (1, "已到期")])
def test_a_mark_turns_on_the_day_after_its_last(
    browser: Browser, host: str, site: Path, after: int, word: str
) -> None:
    """Nobody has rebuilt: the day in Shanghai decides, even where the reader's clock is a day behind."""
    unit = next(u for u in factories(site) if u["expiring"])
    day = datetime.date.fromisoformat(shifted(unit["valid_through"], after))
    with opened(browser, kept=False, timezone_id="America/New_York") as page:
        page.clock.set_fixed_time(
            datetime.datetime(
                day.year, day.month, day.day, 0, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
            )
        )
        page.goto(f"{host}factories/{unit['id']}/")
        assert page.locator(".verdict .mark").inner_text() == word
        assert page.locator(".verdict", has_text="已过有效期").count() == after


@pytest.mark.parametrize(("before", "shown"), [(1, False), (0, True)])
def test_a_site_that_missed_its_next_change_says_so(
    browser: Browser, host: str, site: Path, before: int, shown: bool
) -> None:
    following = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))["next_transition"]
    day = datetime.date.fromisoformat(shifted(following, -before))
    with opened(browser, kept=False) as page:
        page.clock.set_fixed_time(
            datetime.datetime(
                day.year, day.month, day.day, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
            )
        )
        page.goto(host)
        assert page.locator(".stale").is_visible() is shown


@pytest.mark.parametrize(("before", "word"), [(1, "网站尚未更新。"), (0, "本页内容已过时。")])
def test_a_page_says_when_its_own_day_has_passed(
    browser: Browser, host: str, site: Path, before: int, word: str
) -> None:
    """Each page carries the day of its own next change; until then only the site as a whole is behind."""
    unit = max((u for u in factories(site) if u["valid_through"]), key=lambda u: str(u["valid_through"]))
    day = datetime.date.fromisoformat(shifted(unit["valid_through"], 1 - before))
    with opened(browser, kept=False) as page:
        page.clock.set_fixed_time(
            datetime.datetime(
                day.year, day.month, day.day, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
            )
        )
        page.goto(f"{host}factories/{unit['id']}/")
        assert page.locator(".stale strong").inner_text() == word
