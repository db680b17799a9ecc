"""A badge fits its frame, its code is copied, and the QR code of a page is read by a real reader: on a screen and on paper."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import opened

pytestmark = pytest.mark.browser

UNIT = "factories/2301-0001/"
CANONICAL = "https://registry.example/"


def read(picture: Path) -> str:
    """What ZBar reads in a picture."""
    zbarimg = shutil.which("zbarimg")
    assert zbarimg, "no zbarimg; make browser installs it"
    done = subprocess.run(
        [zbarimg, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"nothing read in {picture}: {done.stderr}"
    return done.stdout.strip()


def units(site: Path) -> dict[str, str]:
    """One unit for each status, and for a tier without an end."""
    found: dict[str, str] = {}
    api: dict[str, Any] = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))
    for unit in api["factories"]:
        found.setdefault(f"{unit['status']} {unit['tier']} {unit['expiring']}", unit["id"])
    assert len(found) >= 7
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "scale"), [(1280, 1), (1280, 2), (360, 1)])
def test_the_code_is_read_on_a_screen(
    browser: Browser, host: str, site: Path, tmp_path: Path, scheme: str, width: int, scale: int
) -> None:
    """The picture is cut to the code itself, so that the quiet zone is its own."""
    with opened(
        browser, viewport={"width": width, "height": 800}, device_scale_factor=scale, color_scheme=scheme
    ) as page:
        for unit in list(units(site).values())[:3]:
            page.goto(f"{host}factories/{unit}/")
            picture = tmp_path / f"{unit}.png"
            page.locator(".qr svg").screenshot(path=picture)
            assert read(picture) == f"{CANONICAL}factories/{unit}/"


def test_the_code_is_read_on_paper(browser: Browser, host: str, tmp_path: Path) -> None:
    """The whole sheet as it is printed, at 150 dots to the inch: 1240 by 1754 for A4."""
    with opened(browser, viewport={"width": 794, "height": 1123}, device_scale_factor=150 / 96) as page:
        page.emulate_media(media="print")
        page.goto(host + UNIT)
        picture = tmp_path / "sheet.png"
        page.screenshot(path=picture)
        assert read(picture) == CANONICAL + UNIT
        box = page.locator(".qr svg").bounding_box()
        assert box
        assert box["width"] * 25.4 / 96 > 20
        assert not page.locator(".verify .badge").is_visible()
        assert not page.get_by_role("heading", name="徽章和核对").is_visible()
        verdict = page.locator(".verdict").bounding_box()
        assert verdict
        assert verdict["x"] + verdict["width"] <= box["x"]


def test_every_text_of_a_badge_fits(browser: Browser, host: str, site: Path) -> None:
    outside = """() => {
        const frame = document.documentElement.viewBox.baseVal;
        const panel = document.querySelector('path').getBBox().width;
        return [...document.querySelectorAll('text')].filter(text => {
            const box = text.getBBox();
            const [from, to] = text.closest('[text-anchor]') ? [0, panel] : [panel, frame.width];
            return box.x < from + 6 || box.x + box.width > to - 6 || box.y < 2 || box.y + box.height > frame.height;
        }).map(text => text.textContent);
    }"""
    with opened(browser) as page:
        for kind, unit in units(site).items():
            page.goto(f"{host}badges/{unit}.svg")
            assert page.locator("text").count() >= 4
            assert page.evaluate(outside) == [], kind


def test_an_embedded_badge_shows_behind_a_strict_policy(browser: Browser, strict_host: str) -> None:
    said: list[str] = []
    with opened(browser) as page:
        page.on("console", lambda message: said.append(message.text))
        page.goto(strict_host + UNIT)
        image = page.locator(".verify img")
        image.scroll_into_view_if_needed()
        page.wait_for_function("document.querySelector('.verify img').naturalWidth > 0")
        size = image.evaluate("image => [image.naturalWidth, image.naturalHeight, image.width, image.height]")
        assert size[:2] == size[2:]
        assert (
            image.get_attribute("alt")
            == "预制构件数字化车间（2301-0001）在黑龙江省智能工厂梯度培育名录中的现行状态"
        )
    assert [text for text in said if "Refused" in text] == []


def embedded(page: Page, code: str) -> tuple[str, str, str]:
    """Where the code leads, which picture it shows, and its words, as a browser understands it."""
    found: list[str] = page.evaluate(
        """code => {
            const body = new DOMParser().parseFromString(code, 'text/html').body;
            const [link, image] = [body.querySelector('a'), body.querySelector('a > img')];
            return [link.href, image.src, image.alt];
        }""",
        code,
    )
    return found[0], found[1], found[2]


def test_the_code_to_embed_is_copied(browser: Browser, host: str) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(host + UNIT)
        shown = page.get_by_label("徽章代码（HTML）").input_value()
        page.get_by_role("button", name="复制代码").click()
        page.get_by_role("status").filter(has_text="已复制").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == shown
        assert embedded(page, shown) == (
            CANONICAL + UNIT,
            f"{CANONICAL}badges/2301-0001.svg",
            page.locator(".verify img").get_attribute("alt"),
        )


@pytest.mark.parametrize(("works", "said"), [(True, "已复制"), (False, "没有复制成功，请选中后自行复制")])
def test_without_a_clipboard_the_code_is_copied_the_old_way_or_selected(
    browser: Browser, host: str, works: bool, said: str
) -> None:
    """On a page that is not secure there is no clipboard to ask; the old command may work or fail."""
    with opened(browser) as page:
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
            f"document.execCommand = () => {json.dumps(works)};"
        )
        page.goto(host + UNIT)
        page.get_by_role("button", name="复制代码").click()
        page.get_by_role("status").filter(has_text=said).wait_for()
        selected = page.evaluate(
            "(field => field.value.slice(field.selectionStart, field.selectionEnd))(document.getElementById('embed'))"
        )
        assert selected == ("" if works else page.get_by_label("徽章代码（HTML）").input_value())


def test_without_script_nothing_is_promised(browser: Browser, host: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(host + UNIT)
        assert not page.get_by_role("button", name="复制代码").is_visible()
        assert page.get_by_label("徽章代码（HTML）").is_visible()
        assert page.locator(".qr svg").is_visible()
