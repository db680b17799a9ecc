"""Ten kinds of page in a real browser: they load whole, fit the phone, and ask nothing of another host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened

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
    with opened(browser, viewport={"width": request.param, "height": 800}) as found:
        yield found


class Visitor:
    """A page that goes from one address to the next, and what was wrong on the way."""

    def __init__(self, page: Page, host: str) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((host, "data:")) else self.wrong.append(asked.url),
        )
        page.on("response", lambda answer: self.wrong.append(answer.url) if answer.status >= 400 else None)
        page.on(
            "console", lambda message: self.wrong.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def overhang(self, width: int, type_size: str = "") -> int:
        """The pixels by which the page is wider than a window of some width, with type of some size."""
        self.page.set_viewport_size({"width": width, "height": 640})
        self.page.evaluate("size => { document.documentElement.style.fontSize = size; }", type_size)
        return int(self.page.evaluate("document.documentElement.scrollWidth")) - width


@pytest.fixture(scope="module")
def visitor(browser: Browser, strict_host: str) -> Iterator[Visitor]:
    """Without inline scripts and styles, and without other hosts, every page works."""
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        yield Visitor(page, strict_host)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_whole_and_fits(visitor: Visitor, strict_host: str, kind: str) -> None:
    """On a desk and on a phone, behind a strict policy; narrow windows and large type scroll nothing sideways either."""
    visitor.wrong.clear()
    page = visitor.page
    page.set_viewport_size({"width": 1280, "height": 800})
    # Some time without a request: what a script asks for after the page has come is seen too.
    page.goto(strict_host + KINDS[kind], wait_until="networkidle")
    assert page.locator("h1").count() == 1
    assert "数据截至2026年11月24日" in page.locator("body").inner_text()
    assert page.evaluate("typeof __md_get") == "function"
    assert visitor.overhang(1280) <= 0
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(strict_host + KINDS[kind])
    expect(page.locator(".unanswered")).to_have_count(0)
    assert [visitor.overhang(360), visitor.overhang(320, "20px"), visitor.overhang(360, "32px")] == [0, 0, 0]
    assert visitor.wrong == []


def test_a_visitor_hears_what_is_wrong(browser: Browser, strict_host: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        visitor = Visitor(page, strict_host)
        page.goto(strict_host)
        assert visitor.wrong == []
        with page.expect_response("**/nothing.json"):
            page.evaluate("fetch('nothing.json')")
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
        page.evaluate("document.body.style.minWidth = '900px'; 0")
        assert visitor.overhang(320) > 0
        page.wait_for_timeout(100)
        told = " ".join(visitor.wrong)
    assert f"{strict_host}nothing.json" in told
    assert "inline style" in told
    assert "https://elsewhere.example/" in told


def test_the_answer_of_a_factory_is_on_the_first_screen(page: Page, host: str) -> None:
    page.goto(host + KINDS["factory"])
    box = page.locator(".answer").bounding_box()
    assert box
    assert box["y"] + box["height"] < 640


def test_the_active_tab_tells_where_one_is(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
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


@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_the_sections_stand_in_one_line_or_fold_into_the_menu(
    browser: Browser, host: str, width: int
) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        page.goto(host + KINDS["factory"])
        tabs = page.locator(".md-tabs__link").evaluate_all(
            "links => links.map(link => link.getBoundingClientRect()).map(box => [box.top, box.right])"
        )
        assert len({top for top, _ in tabs}) == 1
        assert max(right for _, right in tabs) <= width
        page.set_viewport_size({"width": 959, "height": 800})
        assert not page.locator(".md-tabs").is_visible()


def test_the_menu_opens_on_a_phone(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(host + KINDS["factory"])
        assert not page.locator(".md-tabs").is_visible()
        page.get_by_text("菜单", exact=True).click()
        page.get_by_role("navigation", name="栏目菜单").get_by_role("link", name="公告").click()
        page.wait_for_url(host + "notices/")


def test_the_menu_opens_by_keyboard_and_without_script(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, java_script_enabled=False) as page:
        page.goto(host + KINDS["factory"])
        page.locator("summary", has_text="菜单").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "首页"


def test_dark_mode_is_dark(browser: Browser, host: str) -> None:
    with opened(browser, color_scheme="dark") as page:
        page.goto(host)
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 28)"


def test_tables_turn_to_cards_and_pages_turn_without_script(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, java_script_enabled=False) as page:
        page.goto(host + "directory/")
        cell = page.locator("table.cards tbody td").first
        assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
        page.get_by_role("link", name="下一页").click()
        assert page.url == host + "directory/2/"
        assert "第 2 页" in page.title()


def longest(site: Path) -> list[str]:
    """The units whose pages say most."""
    found = site.glob("factories/*/index.html")
    return [path.parent.name for path in sorted(found, key=lambda path: -path.stat().st_size)[:12]]


def test_a_factory_prints_on_one_page(browser: Browser, host: str, site: Path) -> None:
    with opened(browser) as page:
        for unit in ("2301-0001", *longest(site)):
            page.goto(f"{host}factories/{unit}/")
            assert page.pdf(format="A4").count(b"/Type /Page\n") == 1, unit


def test_the_site_works_from_a_folder_on_a_disk(browser: Browser, site: Path) -> None:
    """All but the search; a link to a folder leads to the page in it."""
    with opened(browser) as page:
        page.goto((site / "index.html").as_uri())
        page.get_by_role("navigation", name="栏目", exact=True).get_by_role("link", name="名录").click()
        page.wait_for_url("**/directory/index.html")
        assert not page.locator(".find-row").is_visible()
        page.locator(".results tbody th a").first.click()
        page.wait_for_url("**/factories/*/index.html")
        page.get_by_label("核对某一天").fill("2026-01-01")
        assert page.locator("form.askday output").inner_text().startswith("2026年1月1日")
