"""Texts of cells to values of fields: days, codes, names, choices, places.

May import `columns`, `grid`, `forms`, `parse.units`, `records` and `registry`. Each function returns the value, or `Wrong` with the reason in
Chinese; nothing is mended that could be meant in two ways.
"""

import re
import unicodedata
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from generator import forms
from generator.parse.unit_fields import CLOSING_REASONS, HIGHEST_LEVEL, KINDS, METHODS
from generator.records import City
from generator.registry import Registry
from generator.sheets.columns import Column
from generator.sheets.grid import Cell
from generator.source import FORBIDDEN

Value: TypeAlias = str | int | date | tuple[int, ...]

_HALF = {0xFEE0 + sign: sign for sign in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE][+]?\d{1,2}", re.ASCII)
# No Chinese word is divided by a blank: where a line was broken in a cell, or a name spread out, the name has none.
_WIDE = "\u2e80-\u303e\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_BLANK_IN_NAME = re.compile(rf"(?<=[{_WIDE}]) | (?=[{_WIDE}])")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_GAP = re.compile(r"\s+")
_LEVEL_WORDS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


class Wrong(Struct, frozen=True):
    """Why a text is no value of its field, and what is right."""

    message: str


def name(text: str) -> str:
    """Return a name without the blanks of its typing; brackets and signs stay as they were published.

    Args:
        text: what stands in the cell; digits and letters of full width become those of half width.
    """
    bare = _INVISIBLE.sub("", text).translate(_HALF)
    return _BLANK_IN_NAME.sub("", _GAP.sub(" ", bare)).strip()


def matched(text: str) -> str:
    """Return a name as it is compared with another: width of brackets, blanks and case do not count."""
    return _GAP.sub("", unicodedata.normalize("NFKC", name(text))).casefold()


def bare(text: str) -> str:
    """Return a text of half width without any blank: what codes and numbers are read from."""
    return _GAP.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))


def day(cell: Cell) -> date | Wrong:
    """Return the day of a cell: a true date, or one written by year, month and day."""
    if cell.day is not None:
        return _in_years(cell.day, cell.text)
    text = unicodedata.normalize("NFKC", cell.text).strip()
    found = _DAY.fullmatch(text)
    if found:
        try:
            return _in_years(date(*(int(part) for part in found.groups())), text)
        except ValueError:
            return Wrong("日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子")
    if _MONTH.fullmatch(text):
        return Wrong("只有年和月，没有日；请照文件写全，例如 2025-11-20")
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    if digits:
        return Wrong(f"日期要写出年、月、日，请改为 {'-'.join(digits.groups())}")
    if re.fullmatch(r"\d{5}", text, re.ASCII):
        meant = date.fromordinal(date(1899, 12, 30).toordinal() + int(text))
        return Wrong(
            f"这是日期在表格软件里的序号，请把这一格的格式改为“日期”（应显示 {meant.isoformat()}）后核对"
        )
    return Wrong("不是日期；请写成 2025-11-20 的样子")


def _in_years(value: date, text: str) -> date | Wrong:
    found = forms.day(value.isoformat())
    return Wrong(found) if isinstance(found, str) else value


def uscc(text: str) -> str | Wrong:
    """Return a credit code in half-width capitals, or what is wrong with its form."""
    if _SCIENTIFIC.fullmatch(text.strip()):
        return Wrong(
            "代码被表格软件改成了科学记数，后面的位数已经丢失；请先把这一列的格式改为“文本”，再照营业执照重新输入"
        )
    code = bare(text).replace("-", "").upper()
    wrong = forms.uscc_format_problem(code)
    return Wrong(wrong) if wrong else code


def document(text: str) -> str | Wrong:
    """Return a document number in its proper form."""
    plain = re.sub(r"\s", "", text)
    if forms.document_number_problem(plain) is None:
        return plain
    corrected = forms.corrected_document_number(text)
    return corrected or Wrong("不是文号；请写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号")


def unit_id(text: str) -> str | Wrong:
    """Return the number of a unit or case."""
    number = re.sub(r"[‐‑‒–—−]", "-", bare(text))
    if not re.fullmatch(r"\d{4}-\d{4,}", number, re.ASCII):
        return Wrong("不是编号；编号是四位数字、短横和至少四位数字，例如 2301-0007")
    return number


def choice(text: str, choices: tuple[str, ...], *, what: str) -> str | Wrong:
    """Return which of some words is meant, by the width of signs and blanks alone."""
    found = [word for word in choices if matched(word) == matched(text)]
    return found[0] if found else Wrong(f"没有这个{what}；可用的有 {'、'.join(choices)}")


def scenes(text: str) -> tuple[int, ...] | Wrong:
    """Return the numbers of scenes, such as `9、24`; each may have the name of its scene behind it."""
    parts = [part for part in re.split(r"[、,;\n]+", unicodedata.normalize("NFKC", text)) if part.strip()]
    numbers = [re.match(r"\s*(\d{1,3})(?!\d)", part, re.ASCII) for part in parts]
    if not parts or not all(numbers):
        return Wrong("要写场景的序号，几个之间用顿号，例如 9、24")
    return tuple(int(number[1]) for number in numbers if number)


def value(column: Column, cell: Cell, registry: Registry) -> Value | Wrong:
    """Return the value of a cell that is not empty.

    Args:
        column: what its column holds.
        cell: the cell.
        registry: whose vocabularies count.
    """
    if cell.fault:
        return Wrong(cell.fault)
    found = FORBIDDEN.search(_INVISIBLE.sub("", cell.text).replace("\r\n", "\n").replace("_x000D_", ""))
    if found and found[0] not in "\x85\u2028\u2029":
        return Wrong(f"有看不见的控制字符 U+{ord(found[0]):04X}；请清空这一格后重新输入")
    if column.form == "day":
        return day(cell)
    text = cell.text
    if column.form == "uscc":
        return uscc(text)
    if column.form == "document":
        return document(text)
    if column.form == "id":
        return unit_id(text)
    if column.form == "title":
        return choice(text, tuple(title.name for title in registry.policy.titles), what="称号")
    if column.form == "scenes":
        return scenes(text)
    if column.form == "number":
        return level(text)
    if column.form == "industry":
        return industry(text, registry)
    if column.form == "whole":
        digits = re.match(r"\d+", bare(text), re.ASCII)
        return digits[0] if digits else Wrong("要写数字，例如 2025")
    if column.form == "lines":
        return "\n".join(line.rstrip() for line in _INVISIBLE.sub("", text).splitlines()).strip("\n")
    if column.form == "text":
        return _GAP.sub(" ", _INVISIBLE.sub("", text)).strip()
    return _named(column, text, registry)


def _named(column: Column, text: str, registry: Registry) -> str | Wrong:
    if column.choice == "kinds":
        return choice(text, KINDS, what="类别")
    if column.choice == "methods":
        return choice(text, METHODS, what="方式")
    if column.choice == "closings":
        return choice(text, CLOSING_REASONS, what="退出原因")
    if column.choice == "cities":
        found = city(text, registry)
        return found.name if isinstance(found, City) else found
    cleaned = name(text)
    if re.search(r"[<>]", cleaned):
        return Wrong("名称里不能有尖括号 < >；请改用书名号或括号")
    return cleaned


def level(text: str) -> int | Wrong:
    """Return a level of maturity: `2`, `二级`, `2级`."""
    short = bare(text).removesuffix("级").removeprefix("L")
    number = _LEVEL_WORDS.get(short) or (int(short) if re.fullmatch(r"\d", short, re.ASCII) else 0)
    return number if 1 <= number <= HIGHEST_LEVEL else Wrong(f"等级是 1 到 {HIGHEST_LEVEL}，只写数字，例如 2")


def industry(text: str, registry: Registry) -> str | Wrong:
    """Return the code of a division or group, from the code, from the code with its name, or from the name alone."""
    plain = bare(text)
    found = re.match(r"[A-Za-z]?(\d{1,4})(?!\d)", plain, re.ASCII)
    if found:
        code = found[1]
        if registry.industry(code) is not None:
            return code
        if len(code) == 1 and registry.industry(f"0{code}") is not None:
            return f"0{code}"
        if len(code) == 4 and registry.industry(code[:3]) is not None:
            return Wrong(f"行业只到中类；请写前三位 {code[:3]}（{registry.industry(code[:3])}）")
        return Wrong(
            "行业分类里没有这个代码；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341"
        )
    named = [
        code
        for section in registry.industries.sections
        for division in section.divisions
        for code, called in (
            (division.code, division.name),
            *((one.code, one.name) for one in division.groups),
        )
        if matched(called) == matched(text)
    ]
    if len(named) == 1:
        return named[0]
    if named:
        return Wrong(f"有几个行业叫这个名称（{'、'.join(named)}）；请写代码")
    return Wrong("行业分类里没有这个名称；请写 GB/T 4754 大类（两位）或中类（三位）的代码，例如 34 或 341")


def city(text: str, registry: Registry) -> City | Wrong:
    """Return the city that is named, fully or by its short name, with or without the province before it."""
    plain = _without_province(name(text), registry)
    for one in registry.cities.prefectures:
        if plain in (one.name, one.short, one.code, f"{one.short}市"):
            return one
    cities = "、".join(one.name for one in registry.cities.prefectures)
    return Wrong(f"没有这个地市；可用的有 {cities}")


def _without_province(text: str, registry: Registry) -> str:
    province = registry.cities.province.name
    return text.removeprefix(province) if text != province else text


class Place(Struct, frozen=True):
    """Where a unit is: names of a city and, where it was told, a county; `rest` is what was said beyond these."""

    city: str
    county: str | None = None
    rest: str = ""


def place(text: str, registry: Registry) -> Place | Wrong:
    """Return what a text such as `哈尔滨市香坊区` names: a city, and a county where one follows.

    A county alone is enough where one city alone has one of this name.
    """
    plain = re.sub(r"[\s·、,，/-]", "", _without_province(name(text), registry))
    for one in registry.cities.prefectures:
        for called in sorted({one.name, f"{one.short}市", one.short}, key=len, reverse=True):
            if plain.startswith(called):
                return _within(one, plain[len(called) :])
    at = [
        (one, county)
        for one in registry.cities.prefectures
        for county in one.counties
        if plain.startswith(county.name)
    ]
    cities = {one.code for one, _ in at}
    if len(cities) == 1:
        return _within(at[0][0], plain)
    if at:
        return Wrong(f"几个地市都有{at[0][1].name}（{'、'.join(one.name for one, _ in at)}）；请写明地市")
    return Wrong("认不出是哪个地市；请从地市名称写起，例如 " + registry.cities.prefectures[0].name)


def _within(one: City, rest: str) -> Place:
    for county in sorted(one.counties, key=lambda found: len(found.name), reverse=True):
        if rest.startswith(county.name):
            return Place(one.name, county.name, rest[len(county.name) :])
    return Place(one.name, None, rest)
