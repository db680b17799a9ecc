"""Templates compiled in the plainer way say what Jinja's own way says, to the byte, and pass nothing over."""

from dataclasses import dataclass
from datetime import date

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from generator.render.direct import DirectEnvironment, quoted


@dataclass(frozen=True)
class Inner:
    name: str


@dataclass(frozen=True)
class View:
    inner: Inner
    rows: tuple[Inner, ...]
    none: None = None
    day: date = date(2026, 11, 24)


HOSTILE = "</title><script>alert('1')</script>\"&amp;"
VIEW = View(inner=Inner(HOSTILE), rows=(Inner("甲"), Inner(HOSTILE), Inner("")))
PARTS = {
    "parts.html": "{% macro link(text, mark='·') %}<a title=\"{{ text }}\">{{ mark }}{{ text }}</a>{% endmacro %}"
    "{% macro twice(found) %}{{ link(found.name) }}{{ link(found.name, mark='<') }}{% endmacro %}",
}


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.inner.name }}",
        "<p title='{{ page.inner.name }}'>{{ page.day }} {{ 3 }} {{ page.none }}</p>",
        "{% for row in page.rows %}{{ loop.index }}{{ row.name | upper }}{% if not loop.last %}、{% endif %}{% endfor %}",
        "{% import 'parts.html' as parts %}{% for row in page.rows %}{{ parts.twice(row) }}{% endfor %}",
        "{{ page.rows | length }}{{ page.rows[1].name }}{{ 'a' ~ page.inner.name }}{{ '%s' | format(page.inner.name) }}",
        "{% set found = page.inner %}{{ found.name or '无' }}{{ safe }}{{ call(page.inner.name) }}",
        "{% set text %}<b>{{ page.inner.name }}</b>{% endset %}{{ text }}",
    ],
)
def test_the_same_to_the_byte(source: str) -> None:
    loader = DictLoader({**PARTS, "page.html": source})
    given = {"page": VIEW, "safe": Markup("<i>&</i>"), "call": lambda text: f"[{text}]"}
    told = [
        made(loader=loader, autoescape=True, undefined=StrictUndefined)
        .get_template("page.html")
        .render(given)
        for made in (Environment, DirectEnvironment)
    ]
    assert told[0] == told[1]
    assert "<script>" not in told[1]


@pytest.mark.parametrize("source", ["{{ page.nothing }}", "{{ nothing }}", "{{ page.inner.name.nothing }}"])
def test_what_is_not_there_is_not_passed_over(source: str) -> None:
    template = DirectEnvironment(autoescape=True, undefined=StrictUndefined).from_string(source)
    with pytest.raises(Exception, match="nothing"):
        template.render(page=VIEW)


@pytest.mark.parametrize("character", "&<>\"'")
def test_every_character_that_means_something_is_escaped(character: str) -> None:
    names = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"}
    assert quoted(f"甲{character}乙") == f"甲{names[character]}乙"
    assert quoted(Markup(character)) == character


@pytest.mark.parametrize("value", [0, -3, 12.5, 1e-9, float("inf"), date(2026, 11, 24), True, None])
def test_numbers_and_days_are_told_as_jinja_tells_them(value: object) -> None:
    assert quoted(value) == escape(value)
