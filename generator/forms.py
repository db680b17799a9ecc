"""Written forms and what is wrong with them: days, credit codes, document numbers, addresses of pages.

Imports nothing of the package. Pure functions from text to a value, or to the reason in Chinese why it is none.
"""

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

# The patterns are for readers of any kind, editors among them: they mean the same in Python and in ECMAScript.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_PATTERN = f"[{USCC_ALPHABET}]{{18}}"
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC_VALUES = {sign: value for value, sign in enumerate(USCC_ALPHABET)}
_USCC = re.compile(USCC_PATTERN)

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LOOSE_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1949, 2199
# What `day` accepts: the years from the first to the last, each month with its days, 29 February in leap years.
DAY_PATTERN = (
    "(?=1949|19[5-9]|2[01])[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    "|(?:0[13578]|1[02])-31)"
    "|(?=19[5-9]|2[01])(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
)

NUMBER_PATTERN = "[一-鿿（）A-Za-z]+〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号"
_NUMBER = re.compile(NUMBER_PATTERN)
# No number is nearly so long; what the looser pattern costs grows with the square of the length.
_LONGEST_NUMBER = 200
_LOOSE_NUMBER = re.compile(
    r"(?P<organ>\D*?)\s*[\[【〔(（［{]\s*(?P<year>\d{2}|\d{4})\s*年?\s*[\]】〕)）］}]\s*第?\s*0*(?P<serial>[1-9]\d*)\s*号?",
    re.ASCII,
)


def day(text: str) -> date | str:
    """Return the day that `text` names, or the reason in Chinese why it names none.

    Args:
        text: ISO 8601, `2025-11-20`; nothing else is a day, and years run from 1949 to 2199.
    """
    found = _ISO_DAY.fullmatch(text)
    loose = found or _LOOSE_DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not loose:
        return "日期要写成“年-月-日”，例如 2025-11-20"
    year, month, number = (int(part) for part in loose.groups()[:3])
    try:
        value = date(year, month, number)
    except ValueError:
        return "日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"年份要在 {FIRST_YEAR} 到 {LAST_YEAR} 之间；请核对年份"
    return value if found else f"日期要写成“年-月-日”，请改为 {value.isoformat()}"


def uscc_check_character(first: str) -> str:
    """Return the eighteenth character for the first seventeen of a 统一社会信用代码 (GB 32100-2015).

    Args:
        first: seventeen characters of the alphabet of 31. Raises KeyError for any other.
    """
    total = sum(_USCC_VALUES[sign] * weight for sign, weight in zip(first, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_format_problem(text: str) -> str | None:
    """Return in Chinese what is wrong with the form of a credit code, or None where the form is right.

    Args:
        text: eighteen characters, digits and capital letters but I, O, S, V, Z (GB 32100-2015).
    """
    if _USCC.fullmatch(text):
        return None
    folded = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if folded != text and len(folded) == 18 and all(sign in USCC_ALPHABET for sign in folded):
        return f"统一社会信用代码要用半角大写、不带空格，请改为 {folded}"
    wrong = sorted({sign for sign in text if sign not in USCC_ALPHABET})
    if wrong:
        return f"统一社会信用代码里不会有“{'、'.join(wrong)}”（只用数字和除 I、O、S、V、Z 以外的大写字母），请对照营业执照改正"
    if len(text) != 18:
        return f"统一社会信用代码应为 18 位，这里有 {len(text)} 位，请对照营业执照改正"
    return None


def document_number_problem(text: str) -> str | None:
    """Return in Chinese what is wrong with a document number, with the corrected form, or None.

    Args:
        text: issuing organ, full year in 〔〕, serial number without leading zero, 号 (GB/T 9704-2012, 7.2.5).
    """
    if _NUMBER.fullmatch(text):
        return None
    corrected = corrected_document_number(text)
    if corrected is None:
        return "文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号"
    return f"文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 {corrected}"


def corrected_document_number(text: str) -> str | None:
    """Return the number in its proper form where the meaning is plain, else None."""
    if len(text) > _LONGEST_NUMBER:
        return None
    found = _LOOSE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if not found or not found["organ"]:
        return None
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    organ = re.sub(r"\s", "", found["organ"]).replace("(", "（").replace(")", "）")
    number = f"{organ}〔{year}〕{found['serial']}号"
    return number if _NUMBER.fullmatch(number) else None


# What `url_problem` accepts, but for the finer points of a host and its port.
_URL_BODY = r"""[^\s<>"'`\\{}|^"""
URL_PATTERN = (
    rf"[Hh][Tt][Tt][Pp][Ss]?://(?:localhost|{_URL_BODY}/?#@:]*\.{_URL_BODY}/?#@:]*)"
    rf"(?::[0-9]{{0,5}})?(?:[/?#]{_URL_BODY}]*)?"
)


def url_problem(text: str) -> str | None:
    """Return in Chinese what is wrong with an address, or None: only http and https lead anywhere.

    Args:
        text: an absolute http or https address without blanks, credentials or markup.
    """
    wanted = "网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/"
    if re.search(r"[\s<>\"'`\\{}|^]", text):
        return "网址里不能有空格、引号、尖括号等字符，请从浏览器地址栏重新复制"
    try:
        parts = urlsplit(text)
        host = parts.hostname
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        return "主机名或端口写法不对，请从浏览器地址栏重新复制"
    if parts.scheme.lower() not in ("http", "https") or not host:
        return wanted
    if parts.username is not None or parts.password is not None:
        return "网址里不能带用户名或密码，请删去“@”和它前面的部分"
    if "." not in host and host != "localhost":
        return f"网址缺少域名；{wanted}"
    return None
