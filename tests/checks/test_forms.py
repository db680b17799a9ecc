"""Written forms: credit codes, document numbers, days and addresses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import forms

# Published codes, and codes in use whose check character does not fit (GB 32100-2015).
VALID = (
    "91350100M000100Y43 914403001922038216 9135020026015919XW 912201011239989159 912301991270479655 "
    "91230100EX0000001G"
).split()
FAILING = "91350211M0000XUF46 91350100M0001TGQXM 91350203M0001FUE2P".split()


@pytest.mark.parametrize("code", VALID)
def test_credit_codes_that_fit(code: str) -> None:
    assert forms.uscc_format_problem(code) is None
    assert forms.uscc_check_character(code[:17]) == code[17]


@pytest.mark.parametrize("code", FAILING)
def test_credit_codes_in_use_that_do_not_fit(code: str) -> None:
    assert forms.uscc_format_problem(code) is None
    assert forms.uscc_check_character(code[:17]) != code[17]


@given(st.text(alphabet=forms.USCC_ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.data())
def test_a_credit_code_with_one_wrong_character_never_fits(
    first: str, place: int, draw: st.DataObject
) -> None:
    other = draw.draw(st.sampled_from([sign for sign in forms.USCC_ALPHABET if sign != first[place]]))
    changed = first[:place] + other + first[place + 1 :]
    assert forms.uscc_check_character(changed) != forms.uscc_check_character(first)


def test_a_sum_of_nothing_gives_zero() -> None:
    assert forms.uscc_check_character("0" * 17) == "0"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "统一社会信用代码应为 18 位，这里有 0 位，请对照营业执照改正"),
        ("91350100M000100Y433", "统一社会信用代码应为 18 位，这里有 19 位，请对照营业执照改正"),
        ("91350100m000100y43", "统一社会信用代码要用半角大写、不带空格，请改为 91350100M000100Y43"),
        ("９１３５０１００M000100Y43", "统一社会信用代码要用半角大写、不带空格，请改为 91350100M000100Y43"),
        ("91350100-M000100Y4-3", "统一社会信用代码要用半角大写、不带空格，请改为 91350100M000100Y43"),
        (
            "91350100MOO0100Z43",
            "统一社会信用代码里不会有“O、Z”（只用数字和除 I、O、S、V、Z 以外的大写字母），请对照营业执照改正",
        ),
    ],
)
def test_credit_codes_of_the_wrong_form(code: str, message: str) -> None:
    assert forms.uscc_format_problem(code) == message


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("黑工信智造发[2025]088号", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发【2025】88号", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发（2025）88号", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发(2025)第88号", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发［2025］88", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发〔25〕88号", "黑工信智造发〔2025〕88号"),
        ("黑工信智造发〔2025年〕88号", "黑工信智造发〔2025〕88号"),
        ("黑工信 智造发 〔２０２５〕 ８８ 号", "黑工信智造发〔2025〕88号"),
        ("黑政办(综)〔2025〕7号", "黑政办（综）〔2025〕7号"),
    ],
)
def test_document_numbers_with_a_plain_meaning_are_put_right(written: str, right: str) -> None:
    assert forms.corrected_document_number(written) == right
    assert forms.document_number_problem(right) is None
    assert forms.document_number_problem(written) == (
        f"文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 {right}"
    )


@pytest.mark.parametrize(
    "number", ["黑工信智造发", "〔2025〕88号", "发〔2025〕0号", "发〔1825〕8号", "2025年88号", ""]
)
def test_document_numbers_without_a_plain_meaning(number: str) -> None:
    assert forms.corrected_document_number(number) is None
    assert forms.document_number_problem(number) == (
        "文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号"
    )


@given(st.dates(date(1949, 1, 1), date(2199, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    assert forms.day(day.isoformat()) == day
    assert forms.day(f"{day.year}年{day.month}月{day.day}日") == (
        f"日期要写成“年-月-日”，请改为 {day.isoformat()}"
    )


@pytest.mark.parametrize(
    ("text", "day"), [("2024-02-29", date(2024, 2, 29)), ("1949-01-01", date(1949, 1, 1))]
)
def test_days_at_the_edge(text: str, day: date) -> None:
    assert forms.day(text) == day


_WANTED = "网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/"
_SIGNS = "网址里不能有空格、引号、尖括号等字符，请从浏览器地址栏重新复制"
_HOST = "主机名或端口写法不对，请从浏览器地址栏重新复制"
_SECRET = "网址里不能带用户名或密码，请删去“@”和它前面的部分"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://www.example.cn/", None),
        ("http://www.example.cn:8080/a/b.html?x=1&y=2#z", None),
        ("HTTPS://示例.中国/名单", None),
        ("javascript:alert(1)", _WANTED),
        ("JavaScript://example.cn/%0aalert(1)", _WANTED),
        ("data:text/html,x", _WANTED),
        ("vbscript:x", _WANTED),
        ("mailto:office@example.cn", _WANTED),
        ("ftp://example.cn/", _WANTED),
        ("//example.cn/", _WANTED),
        ("/index.html", _WANTED),
        ("https:/example.cn", _WANTED),
        ("https://", _WANTED),
        ("https:///a", _WANTED),
        ("https://user@example.cn/", _SECRET),
        ("https://user:pass@example.cn/", _SECRET),
        ("https://:@example.cn/", _SECRET),
        ("https://example", f"网址缺少域名；{_WANTED}"),
        ("https://example.cn:99999/", _HOST),
        ("https://example.cn:x/", _HOST),
        ("https://[::1/", _HOST),
        ("https://example.cn/a b", _SIGNS),
        ("https://example.cn/\u3000", _SIGNS),
        ('https://example.cn/"onclick=', _SIGNS),
        ("https://example.cn/<b>", _SIGNS),
        ("https://example.cn\\@evil.example/", _SIGNS),
        ("java\tscript:alert(1)", _SIGNS),
    ],
)
def test_addresses(url: str, message: str | None) -> None:
    assert forms.url_problem(url) == message
