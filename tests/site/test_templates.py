"""Templates and views agree both ways, and nothing a record says is ever markup."""

import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from msgspec import Struct

from generator.render import TEMPLATES, Renderer
from generator.views.cases import (
    CaseCard,
    CasePage,
    CasesPage,
    CaseYearPage,
    Related,
    ScenePage,
    ScenesPage,
)
from generator.views.changes import ChangesPage, MonthPage
from generator.views.directory import DirectoryPage
from generator.views.documents import DocumentPage, DocumentsPage
from generator.views.downloads import DownloadsPage
from generator.views.front import AboutPage, HomePage, RulesPage
from generator.views.groups import GroupPage, IndexPage
from generator.views.lists import ListsPage, YearListPage
from generator.views.news import CaseStory, ChangesStory
from generator.views.notices import ExpiredPage, ExpiringPage, ReportsPage, RevokedPage
from generator.views.statistics import StatisticsPage
from generator.views.subscribe import SubscribePage
from generator.views.tables import Link
from generator.views.units import UnitPage

VIEWS: dict[str, type[Struct]] = {
    "about.html": AboutPage,
    "case.html": CasePage,
    "case_year.html": CaseYearPage,
    "cases.html": CasesPage,
    "data.html": DownloadsPage,
    "directory.html": DirectoryPage,
    "changes.html": ChangesPage,
    "document.html": DocumentPage,
    "documents.html": DocumentsPage,
    "expired.html": ExpiredPage,
    "expiring.html": ExpiringPage,
    "feed_case.html": CaseStory,
    "feed_changes.html": ChangesStory,
    "group.html": GroupPage,
    "home.html": HomePage,
    "index.html": IndexPage,
    "lists.html": ListsPage,
    "month.html": MonthPage,
    "reports.html": ReportsPage,
    "revoked.html": RevokedPage,
    "rules.html": RulesPage,
    "scene.html": ScenePage,
    "scenes.html": ScenesPage,
    "statistics.html": StatisticsPage,
    "subscribe.html": SubscribePage,
    "unit.html": UnitPage,
    "year_list.html": YearListPage,
}
FRAMES = {"base.html", "charts.html", "notices.html", "parts.html"}


def asked(template: Path) -> set[str]:
    tree = Environment(autoescape=True).parse(template.read_text(encoding="utf-8"))
    return {
        found.attr
        for found in tree.find_all(nodes.Getattr)
        if isinstance(found.node, nodes.Name) and found.node.name == "page"
    }


def test_every_template_has_a_view() -> None:
    assert {path.name for path in TEMPLATES.iterdir()} == FRAMES | set(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_a_template_shows_all_of_its_view_and_nothing_else(name: str) -> None:
    assert asked(TEMPLATES / name) == set(VIEWS[name].__struct_fields__)


BASE = "https://registry.example/"
HOSTILE = "</title><script>alert(1)</script>\" onmouseover='x' &amp;"


def case(body: str) -> CasePage:
    link = Link(text=HOSTILE, address="factories/2301-0001/")
    card = CaseCard(
        case=link,
        summary=HOSTILE,
        unit=link,
        enterprise=HOSTILE,
        published=date(2026, 1, 2),
        scenes=(link,),
        withdrawn=date(2026, 2, 3),
    )
    return CasePage(
        card=card,
        tier=None,
        city=link,
        industry=link,
        updated=None,
        reason=HOSTILE,
        metrics=(),
        body=body,
        source="https://example.org/?a=1&b=2",
        corrections=(),
        earlier=link,
        later=link,
        related=(Related(card=card, why=HOSTILE),),
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](https://example.org/x.png)",
        "<div>\n\n# x\n</div>",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_what_a_record_says_is_never_markup(body: str) -> None:
    html = Renderer(as_of=date(2026, 11, 24), base=BASE).body(
        "case.html", case(body), here="cases/2026-0001/", trail=()
    )
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html
    assert "onmouseover='x'" not in html
    assert "<div>\n" not in html
    assert "&lt;/title&gt;&lt;script&gt;" in html


def test_headings_of_a_case_stand_below_its_title() -> None:
    html = Renderer(as_of=date(2026, 11, 24), base=BASE).body(
        "case.html",
        case("# 一\n\n## 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        here="cases/2026-0001/",
        trail=(),
    )
    assert html.count("<h1>") == 1
    assert "<h2>一</h2>" in html
    assert "<h2>二</h2>" in html
    assert "<td>1</td>" in html


def test_a_table_of_a_case_has_a_frame_a_name_and_heads_with_a_scope() -> None:
    table = "| a | b |\n|:-:|--:|\n| 1 | 2 |\n"
    html = Renderer(as_of=date(2026, 11, 24), base=BASE).body(
        "case.html", case(f"{table}\n一段\n\n{table}"), here="cases/2026-0001/", trail=()
    )
    assert re.findall(r'<div class="wide" tabindex="0" role="region" aria-label="(.*?)">\n<table', html) == [
        "表 1",
        "表 2",
    ]
    assert html.count("</table>\n</div>") == 2
    assert html.count('<th scope="col">a</th>\n<th scope="col" class="n">b</th>') == 2
    assert html.count('<td>1</td>\n<td class="n">2</td>') == 2
    assert "style=" not in html
