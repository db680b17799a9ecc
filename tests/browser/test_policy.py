"""Every kind of page in Chromium behind the nginx settings that `hosting` writes, below a path of the host."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from generator.hosting.machine import Machine
from tests.browser.conftest import opened
from tests.browser.test_pages import KINDS
from tests.hosting.nginx import command, free_port

pytestmark = pytest.mark.browser

# Told before any script of the page runs; kept beyond the page that it happened on.
LISTEN = "document.addEventListener('securitypolicyviolation', event => told(event.violatedDirective + ' ' + event.blockedURI))"


def worth(message: ConsoleMessage) -> bool:
    """Whether a message counts; Chromium asks the root of the host, which is not ours, for the icon of a bare picture."""
    return message.type in {"error", "warning"} and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site at /registry/ behind nginx."""
    tmp = tmp_path_factory.mktemp("nginx")
    machine = Machine(domain="minglu.example.cn", root=str(tmp / "r"), user="registry", path="/registry/")
    shutil.copytree(site, machine.site)
    port = free_port()
    process = subprocess.Popen(command(tmp, machine, port), stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, (tmp / "error.log").read_text(encoding="utf-8")
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/registry/"
    finally:
        process.terminate()
        process.wait(20)


def test_the_policy_stops_nothing_on_any_page(browser: Browser, address: str) -> None:
    said: list[str] = []
    with opened(browser) as page:
        page.expose_function("told", lambda what: said.append(what))  # noqa: PLW0108  # a bound method is refused
        page.add_init_script(LISTEN)
        page.on("console", lambda message: said.append(message.text) if worth(message) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
        for kind, path in (KINDS | {"badge": "badges/2301-0001.svg"}).items():
            answer = page.goto(address + path)
            assert answer
            assert "unsafe" not in answer.headers["content-security-policy"], kind
            assert said == [], kind
        page.goto(address)
        page.locator("label[for^=__palette]:visible").first.click()
        page.goto(address + "directory/?q=哈尔滨", wait_until="networkidle")
        expect(page.locator(".results tbody tr").first).to_be_visible()
        assert said == []


def test_the_listener_hears_what_is_stopped(browser: Browser, address: str) -> None:
    """The check above would see an inline style, an inline script and code made of text."""
    said: list[str] = []
    with opened(browser) as page:
        page.expose_function("told", lambda what: said.append(what))  # noqa: PLW0108  # a bound method is refused
        page.add_init_script(LISTEN)
        page.goto(address)
        page.evaluate(
            "() => { const script = document.createElement('script'); script.textContent = '1';"
            " document.body.append(script); document.body.setAttribute('style', 'color: red'); }"
        )
        page.wait_for_timeout(200)
    assert {line.split()[0] for line in said} == {"script-src-elem", "style-src-attr"}


def test_the_site_works_below_a_path(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        for path in ("", "factories/2301-0001"):
            answer = page.goto((address + path).rstrip("/"))
            assert answer
            assert (answer.status, page.url) == (200, f"{address}{path}".rstrip("/") + "/")
        missing = page.goto(address + "nothing/")
        assert missing
        assert missing.status == 404
        assert page.locator("h1").inner_text() == "没有这个页面"
        hidden = page.goto(address.removesuffix("registry/") + ".registry.standby/index.html")
        assert hidden
        assert hidden.status == 404
