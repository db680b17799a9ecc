"""No script of a record runs: every page of a site of hostile records is opened, and the directory asked with hostile words."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import below_a_path, opened
from tests.conftest import AS_OF, run
from tests.hostile.corpus import TEXTS
from tests.hostile.registry import ACCEPTED, hostile, write

pytestmark = pytest.mark.browser

# Whatever a script of a record would do: set the mark, open a window, go elsewhere.
WATCH = """
window.opened = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = (...a) => window.opened.push(name);
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site made of hostile records, which forbids nothing to its pages."""
    root = tmp_path_factory.mktemp("hostile")
    write(root / "registry", hostile)
    done = run("build", "--registry", root / "registry", "--as-of", AS_OF, "--site", root / "site")
    assert done.code == 0, done.err
    (root / "served").mkdir()
    with below_a_path(root / "site", root / "served") as found:
        (root / "address").write_text(found)
        yield found


class Watch:
    """What happened in a page besides its being shown."""

    def __init__(self, page: Page, home: str) -> None:
        self.happened: list[str] = []
        self.page = page
        host = urlsplit(home).netloc
        page.add_init_script(WATCH)
        page.on("dialog", lambda dialog: self.happened.append(f"dialog {dialog.message}"))
        page.on("popup", lambda popup: self.happened.append(f"popup {popup.url}"))
        page.on("pageerror", lambda error: self.happened.append(f"error {error}"))
        # A picture that is opened by itself makes the browser ask for the icon of its host.
        page.on(
            "console",
            lambda said: (
                self.happened.append(said.text)
                if said.type == "error" and not said.location["url"].endswith("/favicon.ico")
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: (
                self.happened.append(f"request {asked.url}")
                if urlsplit(asked.url).netloc != host and not asked.url.startswith(("data:image/", "blob:"))
                else None
            ),
        )

    def nothing(self) -> None:
        """Assert that nothing happened."""
        told = self.page.evaluate("[typeof window.hit, window.opened.length, location.hostname]")
        assert (told, self.happened) == (["undefined", 0, "127.0.0.1"], []), self.page.url

    def touched(self) -> None:
        """Point at and focus what a record may have made to wait for that, then assert that nothing happened."""
        self.page.evaluate(
            """() => { for (const element of document.querySelectorAll("main *, header *, footer *")) {
              for (const kind of ["mouseover", "focus", "error", "load", "animationstart", "toggle"])
                element.dispatchEvent(new Event(kind));
            } }"""
        )
        self.nothing()


def test_no_script_of_a_record_runs_on_any_page(
    browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = next(
        path
        for path in tmp_path_factory.getbasetemp().glob("hostile*/site")
        if (path.parent / "address").read_text() == address
    )
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        watch = Watch(page, address)
        kinds: dict[str, list[Path]] = {}
        for path in sorted(path.relative_to(site) for path in site.rglob("index.html")):
            kinds.setdefault(path.parts[0], []).append(path)
        # That all pages of a kind have the same elements is shown without a browser.
        pages = [path for found in kinds.values() for path in found[:: max(1, len(found) // 5)]]
        assert len(pages) > 30
        for path in pages:
            page.goto(address + path.as_posix().removesuffix("index.html"))
            watch.touched()


def test_badges_and_feeds_run_nothing_when_they_are_opened(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        watch = Watch(page, address)
        for path in (
            "badges/2301-0010.svg",
            "badges/2301-0013.svg",
            "badges/2301-0014.svg",
            "feeds/cases.xml",
        ):
            page.goto(address + path)
            watch.nothing()


def test_the_directory_shows_hostile_words_as_text(browser: Browser, address: str) -> None:
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        watch = Watch(page, address)
        page.goto(address + "directory/")
        page.wait_for_load_state("networkidle")
        for text in ACCEPTED:
            words = " ".join(text.split())[:60]
            page.locator("#find-q").fill(words)
            page.wait_for_function("document.querySelector('[data-found]').textContent.includes('找到')")
            page.wait_for_timeout(50)
        watch.touched()
        page.locator("#find-q").fill("window.hit=1")
        page.wait_for_timeout(300)
        assert page.locator(".results tbody tr").count() > 0
        acting = "main img[src=x], main script:not([src]), main [onmouseover], main [onfocus]"
        assert page.locator(acting).count() == 0
        watch.touched()


def test_a_hostile_address_of_the_directory_runs_nothing(browser: Browser, address: str) -> None:
    names = [
        "q",
        "on",
        "tier",
        "status",
        "kind",
        "city",
        "county",
        "industry",
        "group",
        "year",
        "sort",
        "page",
    ]
    with opened(browser) as page:
        watch = Watch(page, address)
        for attack in (TEXTS[0], TEXTS[4], TEXTS[9], TEXTS[13]):
            asked = "&".join(f"{name}={quote(attack.text)}" for name in names)
            for question in (asked, f"q={quote(attack.text)}"):
                page.goto(f"{address}directory/?{question}#{quote(attack.text)}")
                page.wait_for_function("document.querySelector('[data-found]').textContent.includes('找到')")
                watch.touched()


def test_long_words_of_a_register_do_not_make_a_page_wider(browser: Browser, address: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 780}) as page:
        for path in ("", "factories/2301-0013/", "cases/2026-0013/", "update/format/"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, path
