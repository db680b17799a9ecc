"""The guide for staff tells and shows what the program does: its words, its commands and its pictures."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from tests.conftest import ROOT
from tests.guide.pictures import FOLDER, SHOTS, chromium, shown, size, take
from tests.guide.story import Told, tell
from tests.serving import serving

pytestmark = pytest.mark.browser

GUIDE = ROOT / "site_src/update"
PAGES = [GUIDE / f"{name}.md" for name in ("guide", "batch", "revoking", "case", "errors", "review")]
LIMIT = 900 * 1024
ELIDED = "……"
# What is done once, before there is a branch, and where the folder is.
AROUND = {"cd 名录", ". .venv/bin/activate"}

PICTURE = re.compile(
    r"^!\[(?P<alt>[^\]]*)\]\(pictures/(?P<name>[a-z-]+)\.png\)(?P<how>\{[^}]*\})?$", re.MULTILINE
)


# What goes on beyond the right edge, and pictures that are not there or lack the room they will take.
WIDE = """
() => [...document.querySelectorAll('main pre > code, main img, main table')].filter(part => {
  const box = part.getBoundingClientRect();
  return box.right > innerWidth || part.scrollWidth > part.clientWidth + 1 || (part.src && box.height < 50);
}).map(part => part.outerHTML.slice(0, 80))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with chromium(playwright) as found:
        yield found


@pytest.fixture(scope="module")
def taken(told: Told, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    take(told, folder, browser)
    return folder


@pytest.mark.parametrize("name", [shot.name for shot in SHOTS])
def test_a_picture_shows_what_the_program_does(taken: Path, name: str) -> None:
    again = "插图已经过时，请运行 make pictures"
    assert shown(taken / f"{name}.png").split("\n") == shown(FOLDER / f"{name}.png").split("\n"), again
    assert len(shown(taken / f"{name}.png")) > 40


def test_every_picture_is_used_and_they_are_light() -> None:
    used = {found["name"] for page in PAGES for found in PICTURE.finditer(page.read_text(encoding="utf-8"))}
    files = {path.stem: path for path in FOLDER.iterdir()}
    assert used == set(files) == {shot.name for shot in SHOTS}
    assert sum(path.stat().st_size for path in files.values()) <= LIMIT


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_picture_says_what_it_shows_and_keeps_its_place(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    pictures = list(PICTURE.finditer(text))
    assert len(pictures) == text.count("![")
    for found in pictures:
        assert len(found["alt"]) >= 15, found["name"]
        width, height = size(FOLDER / f"{found['name']}.png")
        assert found["how"] == f'{{ width="{width}" height="{height}" loading="lazy" }}', found["name"]


def test_on_a_phone_everything_is_within_sight(told: Told, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    with serving(told.site) as host:
        for written in PAGES:
            page.goto(f"{host}update/{written.stem}/", wait_until="load")
            assert page.evaluate(WIDE) == [], written.name
    context.close()


def blocks(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert {kind for kind, _ in found} <= {"text"}
    return (block for _, block in found)


def pattern(words: str) -> str:
    """Words of a screen, where a line of dots stands for any number of lines."""
    lines = [r"(?:.*\n)*?" if line == ELIDED else f"{re.escape(line)}\n" for line in words.splitlines()]
    return "".join(lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_are_those_that_were_run_and_said_what_is_told(page: Path, told: Told) -> None:
    said = told.story.said
    known = {command for command, _ in said} | set(told.story.kept) | AROUND
    for block in blocks(page):
        if block.startswith("$ "):
            command, words = block.removeprefix("$ ").split("\n", 1)
            screens = [screen for run, screen in said if run == command]
            assert screens, command
            assert any(re.fullmatch(pattern(words), screen) for screen in screens), (block, screens[0])
        else:
            for line in block.splitlines():
                assert line in known, line


def test_the_guide_is_found_from_the_pages_around_it() -> None:
    for page in (GUIDE / "index.md", GUIDE / "guide.md"):
        text = page.read_text(encoding="utf-8")
        for other in PAGES[1:]:
            assert f"({other.name})" in text
    assert "(guide.md)" in (GUIDE / "index.md").read_text(encoding="utf-8")
