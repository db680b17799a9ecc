"""Every kind of page is valid HTML by the Nu checker, errors and warnings alike, but for the theme's own faults."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.test_access import kinds
from tests.conftest import ROOT

CHECKER = ROOT / ".cache/tools/node_modules/vnu-jar/build/dist/vnu.jar"

_AUTOCOMPLETE = (
    "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”, “email”,"
    " “hidden”, “month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”, or “week”."
)
_TOGGLE = '<input class="md-toggle" data-md-toggle="{0}" type="checkbox" id="__{0}" autocomplete="off">'

# What remains on every page: message and markup. Material's base.html writes both outside any block that a theme may
# override, and asks browsers in this way not to keep a menu open over a reload.
OF_THE_THEME = {
    (_AUTOCOMPLETE, _TOGGLE.format("drawer")),
    (_AUTOCOMPLETE, _TOGGLE.format("search")),
}


def messages(pages: list[Path]) -> list[dict[str, Any]]:
    """All that the checker says of some pages, in one run."""
    assert CHECKER.is_file(), f"no HTML checker at {CHECKER}; make browser installs it"
    done = subprocess.run(
        ["java", "-jar", CHECKER, "--format", "json", "--stdout", *pages],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return found


def marked(message: dict[str, Any]) -> str:
    """The markup that a message speaks of."""
    start = message.get("hiliteStart", 0)
    extract: str = message.get("extract", "")
    return extract[start : start + message.get("hiliteLength", 0)]


def test_every_kind_of_page_is_valid(site: Path) -> None:
    addresses = dict.fromkeys(urlsplit(address).path for address in kinds(site).values())
    pages = [site / "404.html", *(site / address / "index.html" for address in addresses)]
    told = messages(pages)
    known = [message for message in told if (message["message"], marked(message)) in OF_THE_THEME]
    assert [
        f"{message['url']}:{message.get('lastLine')}: {message['message']} {marked(message)}"
        for message in told
        if message not in known
    ] == []
    assert len(known) == len(OF_THE_THEME) * len(pages)


def test_the_pages_of_another_place_are_valid(built: Callable[..., Path]) -> None:
    """A registry without cases and lists shows other sentences and fewer tables."""
    told = messages(sorted(built("qingdao-2024").rglob("*.html")))
    assert {(message["message"], marked(message)) for message in told} == OF_THE_THEME
