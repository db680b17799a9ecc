"""One Chromium for all browser tests, and the site under a sub-path, as project pages are hosted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright
from playwright.sync_api import TimeoutError as Unanswered

from tests.serving import Quiet, serving

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class _Strict(Quiet):
    def end_headers(self) -> None:
        """Forbid whatever does not come as a file from this host."""
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self';"
            " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'",
        )
        super().end_headers()


@contextmanager
def below_a_path(site: Path, root: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Give the address of a site that is served below a path of its host; `root` is an empty folder to do it with."""
    (root / "a").mkdir()
    (root / "a/registry").symlink_to(site)
    with serving(root, handler) as address:
        yield f"{address}a/registry/"


@pytest.fixture(scope="session")
def host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on this machine."""
    with below_a_path(site, tmp_path_factory.mktemp("host")) as address:
        yield address


@pytest.fixture(scope="session")
def strict_host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same behind a strict Content-Security-Policy."""
    with below_a_path(site, tmp_path_factory.mktemp("strict"), _Strict) as address:
        yield address


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium; where there is none the tests fail."""
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield found
    found.close()


def shut(page: Page) -> None:
    """Close a page, also one that is just going elsewhere.

    Chromium says yes to a close that meets the commit of a navigation, and forgets it (crbug.com/536385539);
    `Page.close` then waits for ever. What is asked again is done.
    """
    for _ in range(20):
        try:
            with page.expect_event("close", timeout=500):
                page.close(run_before_unload=True)
        except Unanswered:
            continue
        return
    raise AssertionError(f"a page is not closed: {page.url}")


# Contexts that are not in use, by what they were made with.
_IDLE: dict[tuple[Browser, str], list[BrowserContext]] = {}


@contextmanager
def opened(browser: Browser, kept: bool = True, **settings: Any) -> Iterator[Page]:
    """Give a new page that knows nothing of those before it.

    A context costs two to three times as much as a page in it; it is used again with nothing in it: no cookies, nothing
    stored, nothing cached. Where a test sets something on the context itself (a clock), or fails, it is not `kept`.
    """
    idle = _IDLE.setdefault((browser, repr(sorted(settings.items()))), [])
    if kept and idle:
        context = idle.pop()
    else:
        context = browser.new_context(**settings)
        # A context without any page has to start again what it needs for one.
        context.new_page()
    page = context.new_page()
    hosts: set[str] = set()
    page.on("framenavigated", lambda frame: hosts.add("{0.scheme}://{0.netloc}".format(urlsplit(frame.url))))
    try:
        yield page
    except BaseException:
        context.close()
        raise
    if not kept:
        context.close()
        return
    first, *others = context.pages
    for other in others:
        shut(other)
    session = context.new_cdp_session(first)
    session.send("Network.clearBrowserCache")
    for host in hosts:
        if host.startswith("http"):
            session.send("Storage.clearDataForOrigin", {"origin": host, "storageTypes": "all"})
    session.detach()
    context.clear_cookies()
    idle.append(context)
