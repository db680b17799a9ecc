"""Personal data in text: what is refused, what is not, and that it is not repeated in full."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import privacy

# The standard's own example (GB 11643-1999): nobody's number.
IDENTITY = "11010519491231002X"


def _found(text: str) -> list[str]:
    return [message for _, message in privacy.findings(text)]


def _mobile(masked: str) -> str:
    return f"像是手机号（{masked}）；名录是公开的，请删去，需要联系方式时写单位的固定电话"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13800138000", "13*******00"),
        ("电话13800138000。", "13*******00"),
        ("138 0013 8000", "13*********00"),
        ("138-0013-8000", "13*********00"),
        ("+8613800138000", "+8**********00"),
        ("+86 138-0013-8000", "+8*************00"),
        ("86-19912345678", "86**********78"),
        ("１３８００１３８０００", "13*******00"),
        ("１３８－００１３－８０００", "13*********00"),
        ("phone:16612345678;", "16*******78"),
    ],
)
def test_mobile_numbers(text: str, masked: str) -> None:
    assert privacy.suspicious(text)
    assert _found(text) == [_mobile(masked)]


@pytest.mark.parametrize(
    "text",
    [
        "0451-82650000",
        "400-800-8000",
        "12800138000",
        "1380013800",
        "138001380001",
        "913800138000",
        "A13800138000",
        "13800138000B",
        "912301991270479655",
        "2025-11-20",
        "工信厅联通装函〔2025〕486号",
        "1390.1234.5678",
        "art_57f2e7f7bdfd4bf1bd52e4fbdcd6d69e",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    "text", [IDENTITY, IDENTITY.lower(), f"证件号{IDENTITY}，", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_identity_numbers(text: str) -> None:
    (message,) = _found(text)
    assert message.upper() == "像是居民身份证号（11**************2X）；名录是公开的，请删去"


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",
        "110105194913310021",
        "990105194912310020",
        f"1{IDENTITY}",
        "914403001922038216",
        "912201011239989159",
        "912301991270479655",
        "91350100M000100Y43",
        "91230100EX0000001G",
    ],
)
def test_other_long_numbers_are_left_alone(text: str) -> None:
    assert _found(text) == []
    assert not privacy.is_identity_number(text)


@given(st.from_regex(r"9[1-3]\d{16}", fullmatch=True))
def test_no_credit_code_of_an_enterprise_is_taken_for_an_identity_number(code: str) -> None:
    assert _found(code) == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("zhangsan@example.cn", "zh****an@example.cn"),
        ("联系 li.si@corp.example.com.cn 。", "li*si@corp.example.com.cn"),
        ("12345678@qq.com", "12****78@qq.com"),
        ("office@163.com", "of**ce@163.com"),
        ("ｚｈａｎｇｓａｎ＠ｅｘａｍｐｌｅ．ｃｎ", "zh****an@example.cn"),
        ("wu@example.cn", "wu*@example.cn"),
    ],
)
def test_personal_mail(text: str, masked: str) -> None:
    assert _found(text) == [
        f"像是个人电子邮箱（{masked}）；名录是公开的，请删去，确需公布的写单位邮箱，例如 office@ 加单位域名"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "office@example.cn",
        "OFFICE@example.cn",
        "jubao2025@example.gov.cn",
        "@all",
        "a@b",
        "3@5",
        "info@x.example.cn",
    ],
)
def test_office_mail_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_places_and_many_in_one_line() -> None:
    found = list(privacy.findings("甲 13800138000，乙 13900139000，a.b@qq.com"))
    assert [(at, message.split("（")[0]) for at, message in found] == [
        (2, "像是手机号"),
        (16, "像是手机号"),
        (28, "像是个人电子邮箱"),
    ]


@given(st.text())
def test_what_is_found_is_always_suspicious_first(text: str) -> None:
    assert privacy.suspicious(text) or not _found(text)


def test_what_is_taken_for_folded_is_folded() -> None:
    """Each sign that is let through without folding is its own folded form, and so is any row of them."""
    signs = [sign for sign in map(chr, range(sys.maxunicode + 1)) if privacy._FOLDED.fullmatch(sign)]
    assert len(signs) > 20_000
    assert {"１", "＠", "－", "＋"}.isdisjoint(signs)
    text = "".join(signs)
    assert unicodedata.normalize("NFKC", text) == text
    assert not any(unicodedata.combining(sign) for sign in signs)


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("1３8９0-－ \u3000@＠，：；（）！？％…·—①²٣号"), st.characters()),
        max_size=40,
    )
)
@example("1３8，1234:5678")
@example("（138）12345678")
def test_a_closer_look_is_asked_for_by_the_folded_text(text: str) -> None:
    """However it is decided sooner."""
    folded = unicodedata.normalize("NFKC", text)
    assert privacy.suspicious(text) == (privacy._ANY.search(folded) is not None)


@pytest.mark.parametrize("sign", "，：；（）！？％…")
def test_no_sign_that_is_passed_over_becomes_part_of_a_number(sign: str) -> None:
    folded = unicodedata.normalize("NFKC", sign)
    assert folded != sign
    assert not re.search(r"[0-9A-Za-z@\s+_-]", folded)
