"""The page that tells how to follow the register: addresses are copied as they are served, with or without a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.test_access import ready, wrong

pytestmark = pytest.mark.browser

ADDRESS = "subscribe/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(
        browser, viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    ) as found:
        yield found


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("subject", "place", "there"),
    [
        ("新案例", 0, "feeds/cases.xml"),
        ("新案例", 1, "feeds/cases.atom"),
        ("新案例", 2, "feeds/cases.json"),
        ("名单变动", 0, "feeds/changes.xml"),
        ("到期日历", 0, "calendar/expiry.ics"),
    ],
)
def test_a_button_copies_the_address_as_it_is_served(
    page: Page, strict_host: str, subject: str, place: int, there: str
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(strict_host + ADDRESS)
    button = page.get_by_role("region", name=subject).get_by_role("button").nth(place)
    button.click()
    expect(button).to_contain_text("已复制")
    expect(page.locator("[data-copied]")).to_have_text(f"已复制：{strict_host}{there}")
    assert page.locator("[data-copied]").get_attribute("role") == "status"
    assert copied(page) == strict_host + there
    if there == "feeds/cases.xml":
        expect(button).to_contain_text("复制地址", timeout=8000)
    assert errors == []


def test_every_button_stands_beside_a_link_of_its_own(page: Page, host: str) -> None:
    page.goto(host + ADDRESS)
    names = page.locator("button[data-copy]").evaluate_all("all => all.map(one => one.textContent)")
    links = page.locator(".address a").evaluate_all("all => all.map(one => one.href)")
    assert len(names) == len(set(names)) == len(set(links)) > 100


def test_the_keyboard_opens_a_table_and_copies_from_it(page: Page, host: str) -> None:
    page.goto(host + ADDRESS)
    page.locator("#city > summary").focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "复制：哈尔滨市到期日历（日历）":
            break
    page.keyboard.press("Enter")
    expect(page.locator("[data-copied]")).to_have_text(f"已复制：{host}calendar/expiry-city-230100.ics")
    assert copied(page) == f"{host}calendar/expiry-city-230100.ics"
    assert page.evaluate("document.activeElement.textContent").startswith("已复制")


def test_copying_twice_is_said_twice(page: Page, host: str) -> None:
    page.goto(host + ADDRESS)
    page.evaluate(
        """() => {
            window.said = [];
            new MutationObserver(() => window.said.push(document.querySelector('[data-copied]').textContent))
                .observe(document.querySelector('[data-copied]'), {childList: true});
        }"""
    )
    for _ in range(2):
        page.locator("button[data-copy]").first.click()
        page.wait_for_function("document.querySelector('[data-copied]').textContent !== ''")
    page.wait_for_function("window.said.filter(Boolean).length === 2")


def test_without_a_clipboard_the_older_way_copies(page: Page, host: str) -> None:
    """A host without a safe connection has no clipboard to offer."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(host + ADDRESS)
    button = page.locator("button[data-copy]").first
    button.click()
    expect(page.locator("[data-copied]")).to_have_text(f"已复制：{host}feeds/cases.xml")
    assert page.locator("textarea").count() == 0
    expect(button).to_be_focused()


def test_what_cannot_be_copied_is_said(page: Page, host: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    page.goto(host + ADDRESS)
    page.locator("button[data-copy]").first.click()
    expect(page.locator("[data-copied]")).to_contain_text("未能复制")


def test_printed_addresses_are_those_of_this_host(page: Page, host: str) -> None:
    page.goto(host + ADDRESS)
    texts = page.locator("code.absolute").all_inner_texts()
    links = page.locator(".subject .address a").evaluate_all("all => all.map(one => one.href)")
    assert texts == links
    assert all(text.startswith(host) for text in texts)
    offer = page.get_by_role("link", name="订阅全部到期日")
    assert offer.get_attribute("href") == host.replace("http:", "webcal:") + "calendar/expiry.ics"


@pytest.mark.parametrize("width", [1280, 360])
def test_without_script_the_addresses_are_there_and_nothing_that_does_nothing(
    browser: Browser, host: str, width: int
) -> None:
    with opened(browser, viewport={"width": width, "height": 800}, java_script_enabled=False) as page:
        page.goto(host + ADDRESS)
        assert page.locator("button[data-copy]:visible").count() == 0
        assert not page.get_by_text("也可以直接").is_visible()
        assert page.locator("code.absolute").first.inner_text() == "https://registry.example/feeds/cases.xml"
        link = page.get_by_role("region", name="到期日历").get_by_role("link", name="日历", exact=True)
        answer = page.request.get(host + ADDRESS + str(link.get_attribute("href")))
        assert answer.ok
        assert answer.text().startswith("BEGIN:VCALENDAR")
        page.locator("#city > summary").click()
        assert page.get_by_role("link", name="哈尔滨市").is_visible()


@pytest.mark.parametrize("width", [320, 360])
def test_open_tables_fit_a_phone_and_axe_finds_nothing_in_them(
    browser: Browser, host: str, width: int
) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        page.goto(host + ADDRESS)
        for summary in page.locator(".dimension > summary").all():
            summary.click()
        assert page.locator("details.dimension[open]").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ready(page)
        assert wrong(page, "light", width) == []


def test_a_unit_leads_to_its_own_calendar(page: Page, host: str) -> None:
    page.goto(host + "factories/2301-0001/")
    link = page.get_by_role("link", name="加入日历")
    answer = page.request.get(str(link.evaluate("a => a.href")))
    assert answer.ok
    assert "DTSTART;VALUE=DATE:20280528" in answer.text()
    page.emulate_media(media="print")
    assert not link.is_visible()
