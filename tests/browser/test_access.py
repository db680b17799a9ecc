"""WCAG 2.2 AA on every kind of page, in light and dark, on a desk and on a phone; and by keyboard alone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened
from tests.browser.test_pages import KINDS

pytestmark = pytest.mark.browser

ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = {"light": "default", "dark": "slate"}
# In the dark nothing but the colours differs.
RULES = {"light": ALL, "dark": ["color-contrast"]}
WIDTHS = (1280, 360)
SCRIPT = Axe().axe_script
# What is made by one macro has one shape: the same elements with the same classes and attributes, empty or not (but for a cell
# of a table, which may be), in the same place of the page. Two of each are looked at, the others hidden from axe where they
# stand: looking at all takes several times as long and finds no more.
MARK = """() => {
  const own = e => [e.tagName, e.getAttribute("class"), ...[...e.attributes].map(each => each.name + (each.value ? "=" : "")),
    e.tagName === "TD" || e.textContent.trim() ? "" : "empty"].join(" ");
  const shape = e => `${own(e)}(${[...e.children].map(shape)})`;
  const place = e => (e ? `${place(e.parentElement)}<${e.tagName} ${e.getAttribute("class")}` : "");
  const seen = new Map();
  for (const e of document.querySelectorAll("tr, li, dt, dd, p, svg *")) {
    if (e.parentElement.closest("[data-repeated]")) { continue; }
    const name = place(e.parentElement) + shape(e);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    if (seen.get(name) > 2) { e.dataset.repeated = ""; }
  }
  const style = new CSSStyleSheet();
  style.replaceSync("[data-repeated], [data-repeated] * { visibility: hidden !important; }");
  document.adoptedStyleSheets.push(style);
}"""


def ready(page: Page) -> None:
    """Put axe into a page that is open, and hide from it what is made by one macro again and again."""
    page.evaluate(MARK)
    page.evaluate(SCRIPT)


def wrong(page: Page, scheme: str, width: int) -> list[str]:
    """What axe finds on a page that is `ready`."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.locator(f"body[data-md-color-scheme={SCHEMES[scheme]}]").wait_for()
    # Only violations are told; for the others axe would describe every element that it has looked at.
    options = {"runOnly": RULES[scheme], "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [f"{scheme}, {width}: {each['id']} {each['nodes'][0]['html']}" for each in found]


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


def test_axe_finds_nothing(browser: Browser, host: str, site: Path) -> None:
    found: list[str] = []
    with opened(browser) as page:
        for kind, address in kinds(site).items():
            page.goto(host + address)
            page.wait_for_function("!document.querySelector('.unanswered')")
            ready(page)
            for width in WIDTHS:
                for scheme in SCHEMES:
                    found += [f"{kind}, {each}" for each in wrong(page, scheme, width)]
    assert found == []


def test_axe_sees_what_is_broken(browser: Browser, host: str) -> None:
    """The check above finds one bad row among a hundred, a heading of a table, and colours that are bad for some alone."""
    with opened(browser) as page:
        page.goto(host + KINDS["second page"])
        page.evaluate(
            """() => {
              const rows = document.querySelectorAll("tbody tr");
              rows[60].cells[2].append(new Image());
              rows[61].querySelector("a").textContent = "";
              document.querySelector("thead th").replaceWith(document.createElement("th"));
              const style = new CSSStyleSheet();
              style.replaceSync(`@media (max-width: 400px) {
                [data-md-color-scheme=slate] tbody td { color: #555; background: #444; } }`);
              document.adoptedStyleSheets.push(style);
            }"""
        )
        ready(page)
        told = {(w, s): {line.split()[2] for line in wrong(page, s, w)} for w in WIDTHS for s in SCHEMES}
    assert told[1280, "light"] >= {"image-alt", "link-name", "empty-table-header"}
    assert told[360, "light"] >= {"image-alt", "link-name"}
    assert (told[1280, "dark"], told[360, "dark"]) == (set(), {"color-contrast"})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_sheet_of_filters(browser: Browser, host: str, scheme: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, color_scheme=scheme) as page:
        page.goto(host + "directory/?tier=advanced&city=230100")
        page.wait_for_function("document.querySelector('[data-found]').textContent.includes('找到')")
        page.locator("[data-do=open]").click()
        page.locator("#find-county").wait_for()
        ready(page)
        assert wrong(page, scheme, 360) == []


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
