"""Pages are shut whatever they are doing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import opened
from tests.serving import serving

pytestmark = pytest.mark.browser


def test_a_page_that_goes_elsewhere_is_shut(browser: Browser, tmp_path: Path) -> None:
    """About one of ten that are shut at this moment is forgotten; 30 of them hung nearly every time."""
    (tmp_path / "from.html").write_text('<form action="to.html"><button>go</button></form>')
    (tmp_path / "to.html").write_text("<p>there")
    with serving(tmp_path) as address:
        for _ in range(30):
            with opened(browser, java_script_enabled=False) as page:
                page.goto(address + "from.html")
                page.get_by_role("button").click()
            assert page.is_closed()
