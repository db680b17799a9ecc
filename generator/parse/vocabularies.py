"""cities.yml, industries.yml and scenes.yml to their records (contract, section 2).

May import `source`, `records` and the getters.
"""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from generator.parse.getters import Getter
from generator.problems import Report
from generator.records import (
    Cities,
    City,
    County,
    Division,
    Edition,
    Group,
    Industries,
    Link,
    Region,
    Scene,
    Scenes,
    Section,
)
from generator.source import SourceFile

T = TypeVar("T")

HIGHEST_TILE = 99
HIGHEST_NUMBER = 999


def parse_cities(file: SourceFile, report: Report) -> Cities | None:
    """Return the divisions of the region, or None where what must be there is not."""
    get = Getter(file, report, file.root)
    source = get.name("source")
    province = get.nested(get.row("province", required=True), parse_region)
    prefectures = get.rows("prefectures", _city, required=True)
    get.close()
    unique(get, "prefectures", "代码", (city.code for city in prefectures))
    unique(get, "prefectures", "名称", (city.name for city in prefectures))
    unique(get, "prefectures", "代码前四位", (city.code[:4] for city in prefectures))
    if province is None or not prefectures:
        return None
    return Cities(province=province, prefectures=prefectures, source=source)


def parse_industries(file: SourceFile, report: Report) -> Industries | None:
    """Return the classification of industries, or None where what must be there is not."""
    get = Getter(file, report, file.root)
    source, standard = get.name("source"), get.name("standard", required=True)
    sections = get.rows("sections", _section, required=True)
    get.close()
    unique(get, "sections", "代码", (section.code for section in sections))
    divisions = [division for section in sections for division in section.divisions]
    unique(get, "sections", "大类代码", (division.code for division in divisions))
    unique(get, "sections", "中类代码", (group.code for division in divisions for group in division.groups))
    if standard is None or not sections:
        return None
    return Industries(standard=standard, sections=sections, source=source)


def parse_scenes(file: SourceFile, report: Report) -> Scenes:
    """Return the catalogue of scenes; it may be empty."""
    get = Getter(file, report, file.root)
    source = get.name("source")
    editions = get.rows("editions", _edition)
    get.close()
    unique(get, "editions", "版本", (edition.edition for edition in editions))
    return Scenes(editions=editions, source=source)


def unique(get: Getter, key: str, what: str, values: Iterable[object]) -> None:
    """Report each value that stands twice in a list of a vocabulary."""
    seen: set[object] = set()
    for value in values:
        if value in seen:
            get.problem("duplicate-id", key, f"{what}“{value}”出现了两次；请删去重复的一项或改正。")
        seen.add(value)


def code(get: Getter, pattern: str, form: str) -> str | None:
    """Return the field `code`, which must match a pattern; `form` says in Chinese how it looks."""
    value = get.text("code", required=True)
    if value is not None and not re.fullmatch(pattern, value, re.ASCII):
        get.problem("bad-choice", "code", f"代码“{value[:40]}”的写法不对；应是{form}。")
        return None
    return value


def _coded(pattern: str, form: str, record: Callable[..., T]) -> Callable[[Getter], T | None]:
    def read(get: Getter) -> T | None:
        found, name = code(get, pattern, form), get.name("name", required=True)
        return None if found is None or name is None else record(code=found, name=name)

    return read


parse_region = _coded(r"\d{6}", "六位数字的行政区划代码", Region)
_group = _coded(r"\d{3}", "三位数字的中类代码", Group)


def _county(get: Getter) -> County | None:
    found, name = code(get, r"\d{6}", "六位数字的行政区划代码"), get.name("name", required=True)
    kind, listed = get.name("type"), get.choice("in_gbt2260", ("true", "false"))
    if found is None or name is None:
        return None
    return County(code=found, name=name, type=kind, in_gbt2260=listed != "false")


def _city(get: Getter) -> City | None:
    found, name = code(get, r"\d{6}", "六位数字的行政区划代码"), get.name("name", required=True)
    short, kind = get.name("short", required=True), get.name("type")
    tile = get.integers("tile", low=0, high=HIGHEST_TILE)
    if tile and len(tile) != 2:
        get.problem("wrong-type", "tile", "“tile”应是两个数 [列, 行]；例如 [1, 3]。")
        tile = ()
    counties = get.rows("counties", _county)
    unique(get, "counties", "代码", (county.code for county in counties))
    unique(get, "counties", "名称", (county.name for county in counties))
    if found is None or name is None or short is None:
        return None
    place = (tile[0], tile[1]) if tile else None
    return City(code=found, name=name, short=short, type=kind, tile=place, counties=counties)


def _division(get: Getter) -> Division | None:
    found, name = code(get, r"\d{2}", "两位数字的大类代码"), get.name("name", required=True)
    groups = get.rows("groups", _group)
    for group in groups:
        if found is not None and not group.code.startswith(found):
            get.problem(
                "bad-choice",
                "groups",
                f"中类“{group.code}”不属于大类“{found}”；请放到代码前两位相同的大类下。",
            )
    return None if found is None or name is None else Division(code=found, name=name, groups=groups)


def _section(get: Getter) -> Section | None:
    found, name = code(get, r"[A-Z]", "一个大写字母的门类代码"), get.name("name", required=True)
    divisions = get.rows("divisions", _division, required=True)
    return None if found is None or name is None else Section(code=found, name=name, divisions=divisions)


def _scene(get: Getter) -> Scene | None:
    number = get.integer("number", low=1, high=HIGHEST_NUMBER, required=True)
    name = get.name("name", required=True)
    return None if number is None or name is None else Scene(number=number, name=name)


def _link(get: Getter) -> Link | None:
    number = get.integer("number", low=1, high=HIGHEST_NUMBER, required=True)
    name = get.name("name", required=True)
    scenes = get.rows("scenes", _scene, required=True)
    return None if number is None or name is None else Link(number=number, name=name, scenes=scenes)


def _edition(get: Getter) -> Edition | None:
    edition = get.text("edition", required=True)
    if edition is not None and not re.fullmatch(r"\d{4}", edition, re.ASCII):
        get.problem("bad-choice", "edition", f"版本“{edition[:40]}”应是四位数字的年份；例如 2025。")
        edition = None
    title, document = get.name("title"), get.number("document")
    links = get.rows("links", _link, required=True)
    unique(get, "links", "场景编号", (scene.number for link in links for scene in link.scenes))
    return None if edition is None else Edition(edition=edition, title=title, document=document, links=links)
