"""A first visit costs little, nothing moves while a page comes, and the index is read only when something is asked."""

import gzip

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.conftest import opened
from tests.browser.test_pages import KINDS

pytestmark = pytest.mark.browser

LIMIT = 150
INDEX = "directory/index/"
TEXT = ("text/", "json", "javascript", "xml")

ASKED = {
    "a name": "directory/?q=哈尔滨",
    "a spelling and a tier": "directory/?q=heb&tier=advanced",
    "nothing found": "directory/?q=没有这样的单元",
    "another page of a city": "directory/?city=230100&page=2",
    "a day": "directory/?on=2026-06-30",
}
STILL = {**{kind: KINDS[kind] for kind in ("home", "factory", "directory", "statistics", "case")}, **ASKED}

WATCH = """
window.moved = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => window.moved.push({
    value: entry.value,
    what: entry.sources.map(source => source.node && (source.node.outerHTML || source.node.data || '').slice(0, 80)),
}))).observe({type: 'layout-shift', buffered: true});
"""


def transferred(answer: Response) -> int:
    """The bytes of a response as a host sends them that compresses texts well."""
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    return len(gzip.compress(body, 9)) if any(word in kind for word in TEXT) else len(body)


@pytest.mark.parametrize("address", [KINDS["factory"], KINDS["home"], KINDS["directory"], ASKED["a name"]])
def test_a_first_visit_is_light(browser: Browser, host: str, address: str) -> None:
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    with opened(browser, viewport={"width": 1280, "height": 800}) as page:
        page.on("response", note)
        page.goto(host + address, wait_until="networkidle")
        # A latecomer joins the list while the sizes are taken, and is counted too.
        sizes = {answer.url: transferred(answer) for answer in answers}
    assert [url for url in sizes if not url.startswith(host)] == []
    assert any(url.endswith(".css") for url in sizes)
    total = sum(sizes.values()) / 1024
    most = sorted(sizes.items(), key=lambda size: -size[1])[:5]
    assert total <= LIMIT, f"{address or 'home'}: {total:.1f} KB, above all {most}"


def test_the_index_is_read_when_something_is_asked(browser: Browser, host: str) -> None:
    urls: list[str] = []
    with opened(browser) as page:
        page.on("request", lambda request: urls.append(request.url))
        page.goto(host + KINDS["directory"], wait_until="networkidle")
        assert not any(INDEX in url for url in urls)
        page.goto(host + ASKED["a name"])
        # A quiet network is no sign of an answer where the machine is busy.
        page.wait_for_function("document.querySelector('[data-found]').textContent.includes('找到')")
        assert any(INDEX in url for url in urls)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("kind", STILL)
def test_nothing_moves_while_a_page_comes(browser: Browser, host: str, kind: str, width: int) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        page.add_init_script(WATCH)
        page.goto(host + STILL[kind], wait_until="networkidle")
        if kind in ASKED:
            page.wait_for_function("!document.querySelector('.unanswered')")
        page.evaluate("new Promise(done => requestIdleCallback(done))")
        moved = page.evaluate("window.moved")
    assert sum(each["value"] for each in moved) < 0.001, moved


def test_a_list_that_waits_for_its_answer_comes_back(browser: Browser, host: str) -> None:
    """Where the index cannot be read the list is shown again with word of it; where no script comes, after a while."""
    with opened(browser) as page:
        page.route(f"**/{INDEX}**", lambda route: route.abort())
        page.goto(host + ASKED["a name"])
        page.get_by_text("名录没有载入").wait_for()
        assert page.locator(".results tbody tr").first.is_visible()
    with opened(browser) as page:
        page.route("**/directory/page.js", lambda route: route.abort())
        page.goto(host + ASKED["a name"])
        assert not page.locator(".results tbody tr").first.is_visible()
        page.locator(".results tbody tr").first.wait_for(timeout=15000)
