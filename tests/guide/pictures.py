"""The pictures of the guide for staff, taken of what its steps truly left; `make pictures` writes them anew.

Each picture carries the text it shows, so that a test can tell whether it still shows what the program does.
"""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from re import sub

from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.conftest import ROOT
from tests.guide.frames import comment, sheet, terminal
from tests.guide.story import DAY, Told, tell
from tests.serving import serving

FOLDER = ROOT / "site_src/update/pictures"
WIDTH, SCALE = 480, 2
# Enough for text and the few colours of the register; more would only keep the smoothing of edges.
COLOURS = 32
_NOTE = "Description"
_CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"]

# The words whose boxes begin within the picture, line by line.
_WORDS = """
([root, height]) => {
  const top = root.getBoundingClientRect().top;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.data.replace(/[ \\t\\n\\u200b]+/g, ' ').trim();
    if (!text || !node.parentElement.checkVisibility({visibilityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width > 1 && box.height > 1 && box.top - top < height) words.push(node.data.trim());
  }
  return words.join('\\n');
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: HTML of its own, or an address of the site with the part of the page, and the most of its height."""

    name: str
    html: Callable[[Told], str] | None = None
    address: Callable[[Told], str] = lambda _: ""
    part: str = "#frame"
    height: int = 900


_MAIN = "main .md-content"
SHOTS = (
    Shot(name="batch-template", html=lambda told: sheet(told.story.folder / "模板.xlsx", "授予", "CDEG", 5)),
    Shot(name="batch-filled", html=lambda told: sheet(told.story.folder / "名单.xlsx", "授予", "CGHLM", 6, first=3)),
    Shot(name="batch-trial", html=lambda told: terminal(told.screen("import 名单.xlsx --dry-run", 1), rows=(4, 2))),
    Shot(name="batch-effect", html=lambda told: comment(told.batch, sections=3)),
    Shot(name="batch-changes", address=lambda _: "changes/2026-11/", part=_MAIN, height=700),
    Shot(name="revoking-asked", html=lambda told: terminal(told.screen("revoke"), rows=(5, 18))),
    Shot(name="revoking-effect", html=lambda told: comment(told.cancelling, beginning="撤销", sections=1)),
    Shot(name="revoking-unit", address=lambda told: f"factories/{told.unit}/", part=_MAIN, height=382),
    Shot(name="revoking-document", address=lambda _: "documents/hlj-2026-125/", part=_MAIN, height=620),
    Shot(name="case-sheet", html=lambda told: sheet(told.story.folder / "案例.xlsx", "典型案例", "DGHIJ", 3, first=3)),
    Shot(name="case-text", html=lambda told: sheet(told.story.folder / "案例.xlsx", "典型案例", "KLM", 3, first=3)),
    Shot(name="case-page", address=lambda told: f"cases/{told.case}/", part=_MAIN, height=760),
    Shot(
        name="errors-cells",
        html=lambda told: sheet(
            told.story.folder / "初稿.xlsx", "授予", "EHLN", 7, first=3, marked=frozenset(("E4", "N5", "H6", "L7"))
        ),
    ),
    Shot(name="errors-history", html=lambda told: comment(told.mistaken, sections=2)),
    Shot(name="review-effect", html=lambda told: comment(told.cancelling, sections=3)),
    Shot(name="review-rehearsal", html=lambda told: terminal(told.screen("rehearse"), rows=(11, 0))),
    Shot(name="review-expiring", address=lambda _: "notices/", part=_MAIN, height=620),
)  # fmt: skip


def take(told: Told, into: Path, browser: Browser) -> None:
    """Take every picture into a folder.

    Args:
        told: what the steps left.
        into: the folder.
        browser: a running Chromium.
    """
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 1000},
        device_scale_factor=SCALE,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="light",
        reduced_motion="reduce",
    )
    with serving(told.site) as host:
        page = context.new_page()
        page.clock.set_fixed_time(f"{DAY}T12:00:00+08:00")
        for shot in SHOTS:
            if shot.html is not None:
                page.set_content(shot.html(told))
            else:
                answer = page.goto(host + shot.address(told), wait_until="load")
                assert answer is not None
                assert answer.ok, shot.address(told)
            _keep(page, shot, into / f"{shot.name}.png")
    context.close()


def _keep(page: Page, shot: Shot, path: Path) -> None:
    part = page.locator(shot.part).first
    box = part.bounding_box()
    assert box is not None, shot.name
    height = min(shot.height, int(box["height"]))
    words = page.evaluate(_WORDS, [part.element_handle(), height])
    left = 0 if shot.html is None else box["x"]
    taken = page.screenshot(full_page=True, clip={"x": left, "y": box["y"], "width": WIDTH, "height": height})
    note = PngInfo()
    note.add_itxt(_NOTE, words, lang="zh-Hans", zip=True)
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        path, optimize=True, pnginfo=note
    )


def shown(path: Path) -> str:
    """Return the text that a picture shows; the number of a commit in it does not count."""
    with Image.open(path) as image:
        assert isinstance(image, PngImageFile)
        return sub(r"\b[0-9a-f]{12}\b", "…", str(image.text[_NOTE]))


def size(path: Path) -> tuple[int, int]:
    """Return width and height of a picture on the page, in CSS pixels."""
    with Image.open(path) as image:
        return image.width // SCALE, image.height // SCALE


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium."""
    found = playwright.chromium.launch(
        executable_path=_CHROMIUM, args=_FLAGS, env={**os.environ, "LANGUAGE": "zh_CN"}
    )
    yield found
    found.close()


def main() -> None:
    """Write the pictures of the guide anew."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        taken = Path(folder, "pictures")
        taken.mkdir()
        take(tell(Path(folder)), taken, browser)
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(taken, FOLDER)
    whole = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    sys.stdout.write(f"已写出 {len(SHOTS)} 幅插图，共 {whole // 1024} KB，在 {FOLDER.relative_to(ROOT)}。\n")


if __name__ == "__main__":
    main()
