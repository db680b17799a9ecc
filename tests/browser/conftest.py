"""One Chromium for all browser tests, and the site under a sub-path, as project pages are hosted."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Strict(_Quiet):
    def end_headers(self) -> None:
        """Forbid whatever does not come as a file from this host."""
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self';"
            " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'",
        )
        super().end_headers()


@contextmanager
def _serving(site: Path, root: Path, handler: type[_Quiet]) -> Iterator[str]:
    (root / "a").mkdir()
    (root / "a/registry").symlink_to(site)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(root))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/a/registry/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on this machine."""
    with _serving(site, tmp_path_factory.mktemp("host"), _Quiet) as address:
        yield address


@pytest.fixture(scope="session")
def strict_host(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same behind a strict Content-Security-Policy."""
    with _serving(site, tmp_path_factory.mktemp("strict"), _Strict) as address:
        yield address


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium; where there is none the tests fail."""
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield found
    found.close()


@contextmanager
def opened(browser: Browser, **settings: Any) -> Iterator[Page]:
    """Give a page in a context of its own."""
    context = browser.new_context(**settings)
    try:
        yield context.new_page()
    finally:
        context.close()
