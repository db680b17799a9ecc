"""Ten kinds of page in a real browser: they load whole, fit the phone, and ask nothing of another host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "directory": "directory/",
    "directory asked": "directory/?q=哈尔滨&tier=advanced&on=2026-06-30",
    "second page": "directory/2/",
    "tier": "tiers/advanced/",
    "city": "cities/230100/",
    "industry": "industries/34/",
    "scenes": "scenes/",
    "factory": "factories/2301-0001/",
    "cases": "cases/",
    "case": "cases/2025-0010/",
    "cases of a year": "cases/2025/",
    "documents": "documents/",
    "notices": "notices/",
    "further notices": "notices/2/",
    "changes": "changes/",
    "changes of a month": "changes/2026-09/",
    "yearly list": "lists/2026/",
    "revoked": "notices/revoked/",
    "statistics": "statistics/",
    "data": "data/",
    "rules": "rules/",
    "about": "about/",
    "subscribe": "subscribe/",
    "update": "update/",
}


@pytest.fixture(params=[1280, 360])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    opened = context.new_page()
    yield opened
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_whole_and_fits(page: Page, host: str, kind: str) -> None:
    asked: list[str] = []
    failed: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(host + KINDS[kind], wait_until="networkidle")
    assert [url for url in asked if not url.startswith((host, "data:"))] == []
    assert failed == []
    assert said == []
    assert page.locator("h1").count() == 1
    assert "数据截至2026年11月24日" in page.locator("body").inner_text()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_answer_of_a_factory_is_on_the_first_screen(page: Page, host: str) -> None:
    page.goto(host + KINDS["factory"])
    box = page.locator(".answer").bounding_box()
    assert box
    assert box["y"] + box["height"] < 640


def test_the_active_tab_tells_where_one_is(browser: Browser, host: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for kind, tab in (
        ("home", "首页"),
        ("factory", "名录"),
        ("second page", "名录"),
        ("scenes", "典型案例"),
        ("statistics", "统计"),
        ("data", "数据"),
    ):
        page.goto(host + KINDS[kind])
        assert page.locator(".md-tabs__item--active").all_inner_texts() == [tab]
    page.goto(host + KINDS["rules"])
    assert page.locator(".md-tabs__item--active").count() == 0
    page.close()


@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_the_sections_stand_in_one_line_or_fold_into_the_menu(
    browser: Browser, host: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(host + KINDS["factory"])
    tabs = page.locator(".md-tabs__link").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect()).map(box => [box.top, box.right])"
    )
    assert len({top for top, _ in tabs}) == 1
    assert max(right for _, right in tabs) <= width
    page.set_viewport_size({"width": 959, "height": 800})
    assert not page.locator(".md-tabs").is_visible()
    page.close()


def test_the_menu_opens_on_a_phone(browser: Browser, host: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(host + KINDS["factory"])
    assert not page.locator(".md-tabs").is_visible()
    page.get_by_text("菜单", exact=True).click()
    page.get_by_role("navigation", name="栏目菜单").get_by_role("link", name="公告").click()
    page.wait_for_url(host + "notices/")
    page.close()


def test_the_menu_opens_by_keyboard_and_without_script(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(host + KINDS["factory"])
    page.locator("summary", has_text="菜单").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "首页"
    context.close()


def test_dark_mode_is_dark(browser: Browser, host: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(host, wait_until="networkidle")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 28)"
    context.close()


def test_tables_turn_to_cards_and_pages_turn_without_script(browser: Browser, host: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(host + "directory/")
    cell = page.locator("table.cards tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    page.get_by_role("link", name="下一页").click()
    assert page.url == host + "directory/2/"
    assert "第 2 页" in page.title()
    context.close()


def longest(site: Path) -> list[str]:
    """The units whose pages say most."""
    found = site.glob("factories/*/index.html")
    return [path.parent.name for path in sorted(found, key=lambda path: -path.stat().st_size)[:12]]


def test_a_factory_prints_on_one_page(browser: Browser, host: str, site: Path) -> None:
    page = browser.new_page()
    for unit in ("2301-0001", *longest(site)):
        page.goto(f"{host}factories/{unit}/")
        assert page.pdf(format="A4").count(b"/Type /Page\n") == 1, unit
    page.close()


@pytest.mark.parametrize(("width", "type_size"), [(320, "20px"), (360, "32px")])
def test_a_narrow_window_and_large_type_scroll_nothing_sideways(
    browser: Browser, host: str, width: int, type_size: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    for kind, address in KINDS.items():
        page.goto(host + address)
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", type_size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_strict_policy_stops_nothing(browser: Browser, strict_host: str, kind: str) -> None:
    """Without inline scripts and styles, and without other hosts, every page works as before."""
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(strict_host + KINDS[kind], wait_until="networkidle")
    assert said == []
    assert page.evaluate("typeof __md_get") == "function"
    page.close()


def test_the_site_works_from_a_folder_on_a_disk(browser: Browser, site: Path) -> None:
    """All but the search; a link to a folder leads to the page in it."""
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="栏目", exact=True).get_by_role("link", name="名录").click()
    page.wait_for_url("**/directory/index.html")
    assert not page.locator(".find-row").is_visible()
    page.locator(".results tbody th a").first.click()
    page.wait_for_url("**/factories/*/index.html")
    page.get_by_label("核对某一天").fill("2026-01-01")
    assert page.locator("form.askday output").inner_text().startswith("2026年1月1日")
    page.close()
