"""Personal data in text: mobile numbers, identity numbers, personal mail addresses (《个人信息保护法》第四条).

Imports nothing of the package. A public register needs none of these, so any that is found is refused.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

# Digits inside a word or in the name of a page, as official addresses have them, are no number to call.
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_])(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![0-9A-Za-z_]|\.s?html?)", re.ASCII
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_MAIL = re.compile(r"(?<![\w.+-])([A-Za-z0-9][\w.+-]*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)", re.ASCII)
_ANY = re.compile(r"1[3-9]\d[\s-]?\d{4}|\d{17}|@", re.ASCII)

# Texts of these signs alone are as they are when folded, which is known sooner than folding is done.
_UNFOLDED = r"\x00-\x7f\u4e00-\u9fff“”、。《》〔〕·—"
_FOLDED = re.compile(f"[{_UNFOLDED}]*")
# These are folded to punctuation, which no number and no address has.
_HARMLESS = re.compile(f"[{_UNFOLDED}，：；（）！？％…]*")

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
# GB/T 2260: the first two digits of every province, for those who were registered there.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_OFFICES = re.compile(
    r"(info|contact|office|service|services|support|admin|webmaster|hr|sales|press|market|marketing|kefu|bgs|bangongshi"
    r"|zhaopin|jubao|xinfang|noreply|no-reply|postmaster|mail|gxj|gxt|gxw)\d{0,4}",
    re.IGNORECASE,
)
_FREE_MAIL = frozenset(
    "qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net vip.163.com 188.com sina.com sina.cn vip.sina.com sohu.com"
    " 139.com 189.cn wo.cn 21cn.com tom.com aliyun.com gmail.com googlemail.com outlook.com hotmail.com live.com"
    " live.cn msn.com yahoo.com yahoo.com.cn yahoo.cn icloud.com me.com proton.me protonmail.com".split()
)


def suspicious(text: str) -> bool:
    """Tell quickly whether a whole file needs a closer look."""
    return _ANY.search(text if _HARMLESS.fullmatch(text) else _folded(text)) is not None


def findings(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, message in Chinese) for each piece of personal data in a text.

    The number itself is masked in the message, so that logs and annotations do not spread it. Full-width
    signs count as their half-width forms; offsets are those of the folded text.

    Args:
        text: any text; best a single line.
    """
    folded = _folded(text)
    for found in _MOBILE.finditer(folded):
        yield (
            found.start(),
            f"像是手机号（{_masked(found[0])}）；名录是公开的，请删去，需要联系方式时写单位的固定电话",
        )
    for found in _IDENTITY.finditer(folded):
        if is_identity_number(found[0]):
            yield found.start(), f"像是居民身份证号（{_masked(found[0])}）；名录是公开的，请删去"
    for found in _MAIL.finditer(folded):
        if found[2].lower() in _FREE_MAIL or not _OFFICES.fullmatch(found[1]):
            yield (
                found.start(),
                f"像是个人电子邮箱（{_masked(found[1])}@{found[2]}）；名录是公开的，请删去，"
                "确需公布的写单位邮箱，例如 office@ 加单位域名",
            )


def is_identity_number(text: str) -> bool:
    """Tell whether a text is a citizen's identity number: province, day of birth and check fit (GB 11643-1999).

    Args:
        text: eighteen characters.
    """
    if len(text) != 18 or not (text[:17].isascii() and text[:17].isdigit()) or text[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    if born.year < 1900:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text, _IDENTITY_WEIGHTS, strict=False))
    return _IDENTITY_CHECKS[total % 11] == text[17].upper()


def _masked(text: str) -> str:
    return text[:2] + "*" * max(len(text) - 4, 1) + (text[-2:] if len(text) > 4 else "")


def _folded(text: str) -> str:
    return text if _FOLDED.fullmatch(text) else unicodedata.normalize("NFKC", text)
