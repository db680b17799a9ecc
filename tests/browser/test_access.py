"""WCAG 2.2 AA on every kind of page, in light and dark, on a desk and on a phone; and by keyboard alone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import opened
from tests.browser.test_pages import KINDS

pytestmark = pytest.mark.browser

ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In the dark nothing but the colours differs.
# The rows of a long table are made by one macro; looking at a hundred of them takes ten times as long and finds no more.
ENOUGH = {"exclude": [["tbody tr:nth-child(n+21)"]]}
SCHEMES = {"light": "default", "dark": "slate"}
RULES = {"light": {"runOnly": ALL}, "dark": {"runOnly": ["color-contrast"]}}


def kinds(site: Path) -> dict[str, str]:
    """One address a kind, and the units whose pages show most."""
    revoked = next(
        path.parent.name
        for path in sorted(site.glob("factories/*/record.yml"))
        if "revocations:" in path.read_text(encoding="utf-8")
    )
    return {
        **KINDS,
        "revoked factory": f"factories/{revoked}/",
        "a withdrawn case": "cases/2025-0008/",
        "lists": "lists/",
        "one document": f"documents/{next(iter(sorted(site.glob('documents/*-*')))).name}/",
        "one scene": "scenes/9/",
        "an empty tier": "tiers/leading/",
        "tiers": "tiers/",
        "cities": "cities/",
        "expired": "notices/expired/",
        "reports": "notices/reports/",
        "format": "update/format/",
    }


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(browser: Browser, host: str, site: Path, width: int) -> None:
    found: list[str] = []
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        for kind, address in kinds(site).items():
            page.goto(host + address)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.locator(f"body[data-md-color-scheme={SCHEMES[scheme]}]").wait_for()
                results = Axe().run(page, context=ENOUGH, options=RULES[scheme])
                found += [
                    f"{kind}, {scheme}: {violation['id']} {violation['nodes'][0]['html']}"
                    for violation in results.response["violations"]
                ]
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_sheet_of_filters(browser: Browser, host: str, scheme: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, color_scheme=scheme) as page:
        page.goto(host + "directory/?tier=advanced&city=230100")
        page.wait_for_function("document.querySelector('[data-found]').textContent.includes('找到')")
        page.locator("[data-do=open]").click()
        page.locator("#find-county").wait_for()
        found = Axe().run(page, options={"runOnly": ALL}).response["violations"]
        assert [(violation["id"], violation["nodes"][0]["html"]) for violation in found] == []


def test_the_keyboard_alone_asks_the_directory(browser: Browser, host: str) -> None:
    """Type, choose a filter, turn a page: without a mouse, and the focus is never lost."""
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        page.goto(host + "directory/")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "find-q":
                break
        page.keyboard.type("哈尔滨")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.value") == "advanced":
                break
        page.keyboard.press("Space")
        page.wait_for_function("location.search.includes('tier=advanced')")
        assert page.evaluate("document.activeElement.value") == "advanced"
        assert page.locator("[data-found]").get_attribute("role") == "status"


def test_the_keyboard_skips_to_the_content(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        page.goto(host + KINDS["factory"])
        page.keyboard.press("Tab")
        assert "md-skip" in (page.locator(":focus").get_attribute("class") or "")
        page.keyboard.press("Enter")
        assert page.url.endswith("#content")


def test_the_keyboard_reaches_every_link_of_a_page(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        page.goto(host + KINDS["factory"])
        wanted = set(
            page.locator("#content a, .register-foot a").evaluate_all("links => links.map(a => a.href)")
        )
        reached = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.href || ''"))
        assert wanted <= reached
