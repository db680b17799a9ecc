"""The patterns told to editors, which stand in place of code, say what the code says."""

import re

import pytest

from generator import forms
from generator.editors import KINDS, schema
from generator.parse.shapes import whole

DAY = re.compile(whole(forms.DAY_PATTERN, required=True))
URL = re.compile(whole(forms.URL_PATTERN, required=True))


def test_days_are_those_of_the_calendar() -> None:
    for year in range(1940, 2210):
        for month in range(14):
            for number in (0, 1, 9, 10, 27, 28, 29, 30, 31, 32):
                text = f"{year:04}-{month:02}-{number:02}"
                assert bool(DAY.match(text)) == (not isinstance(forms.day(text), str)), text


@pytest.mark.parametrize(
    "text", ["2025-1-02", "2025-11-020", "02025-11-20", "2025-11-20 ", "2025-11-20\n", "２０２５-11-20", ""]
)
def test_no_other_form_is_a_day(text: str) -> None:
    assert not DAY.match(text)
    assert isinstance(forms.day(text), str)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.cn/",
        "http://a.cn",
        "HTTPS://A.CN/B?c=d#e",
        "https://a.cn?x=1@b",
        "https://a.cn#x",
        "https://a.cn:8443/",
        "https://示例.中国/路径",
        "http://localhost:8000/x",
        "http://127.0.0.1",
        "https://a.cn/a:b@c",
        "https://a",
        "https:///a.cn",
        "https//a.cn",
        "//a.cn",
        "ftp://a.cn",
        "javascript:alert(1)",
        "https://u@a.cn",
        "https://u:p@a.cn",
        "https://a.cn:b",
        "https://a.cn/a b",
        'https://a.cn/"',
        "https://a.cn/<b>",
        "https://a.cn/\\",
        "https://a.cn/\n",
        "www.a.cn",
        "",
    ],
)
def test_addresses_are_judged_alike(text: str) -> None:
    assert bool(URL.match(text)) == (forms.url_problem(text) is None)


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_mean_the_same_in_python_and_in_editors(kind: str) -> None:
    found = re.findall(r"'pattern': (?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")", str(schema(kind, {})))
    assert found
    for single, double in found:
        # What the two languages read differently: classes beyond ASCII, ends that let a line end by, named groups.
        assert not re.search(r"\\\\[dwbBAZ]|\$|\(\?[P#<]", single or double), single or double
