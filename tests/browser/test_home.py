"""The home page: the first thing to do is in the first screen, and a search leads to the directory."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened

pytestmark = pytest.mark.browser


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"] + box["height"]


@pytest.mark.parametrize(
    ("width", "height", "within"),
    [
        (1280, 900, [".search-large", ".ladder"]),
        (768, 1024, [".search-large", ".ladder"]),
        (360, 640, [".search-large"]),
    ],
)
def test_the_first_screen_holds_the_search_box(
    browser: Browser, host: str, width: int, height: int, within: list[str]
) -> None:
    with opened(browser, viewport={"width": width, "height": height}) as page:
        page.goto(host)
        for selector in within:
            assert bottom(page, selector) <= height, selector


@pytest.mark.parametrize(("width", "columns"), [(1280, 4), (768, 4), (360, 2)])
def test_the_tiers_fill_the_width(browser: Browser, host: str, width: int, columns: int) -> None:
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(host)
        boxes = [card.bounding_box() for card in page.locator(".ladder li").all()]
        found = [box for box in boxes if box]
        assert len({round(box["x"]) for box in found}) == columns
        content = page.locator(".home").bounding_box()
        assert content
        right = max(box["x"] + box["width"] for box in found)
        assert right == pytest.approx(content["x"] + content["width"], abs=2)


def test_a_search_leads_to_the_directory_without_script(browser: Browser, host: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(host)
        page.get_by_label("查单元、企业或统一社会信用代码").fill("轧制")
        page.get_by_role("button", name="查询").last.click()
        assert page.url == host + "directory/?q=%E8%BD%A7%E5%88%B6"


def test_the_picture_leads_to_the_statistics(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(host)
        page.get_by_role("link", name="在册单元数的变化").click()
        assert page.url == host + "statistics/"


@pytest.mark.parametrize("address", ["", "statistics/"])
def test_nothing_moves_while_a_page_loads(browser: Browser, host: str, address: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(host + address, wait_until="networkidle")
        assert page.evaluate("window.moved") < 0.01


@pytest.mark.parametrize("width", [360, 768])
def test_letters_in_pictures_are_legible(browser: Browser, host: str, width: int) -> None:
    """Eleven pixels at least, on a phone as on a tablet."""
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        for address in ("", "statistics/"):
            page.goto(host + address)
            sizes = page.locator(".chart svg[role=img]").evaluate_all(
                "all => all.map(svg => parseFloat(getComputedStyle(svg).fontSize)"
                " * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)"
            )
            assert sizes
            assert min(sizes) >= 11
