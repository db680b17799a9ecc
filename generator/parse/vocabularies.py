"""cities.yml, industries.yml and scenes.yml to their records (contract, section 2).

May import `source`, `records`, the getters and the fields.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from generator.parse.getters import Getter
from generator.parse.vocabulary_fields import (
    CitiesFields,
    CityFields,
    CountyFields,
    DivisionFields,
    EditionFields,
    GroupFields,
    IndustriesFields,
    LinkFields,
    RegionFields,
    SceneFields,
    ScenesFields,
    SectionFields,
)
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


def parse_cities(file: SourceFile, report: Report) -> Cities | None:
    """Return the divisions of the region, or None where what must be there is not."""
    get = Getter(file, report, file.root, CitiesFields.fields_by_key)
    source = CitiesFields.source.of(get)
    province = CitiesFields.province.of(get, parse_region)
    prefectures = CitiesFields.prefectures.of(get, _city)
    get.close()
    unique(get, "prefectures", "代码", (city.code for city in prefectures))
    unique(get, "prefectures", "名称", (city.name for city in prefectures))
    unique(get, "prefectures", "代码前四位", (city.code[:4] for city in prefectures))
    if province is None or not prefectures:
        return None
    return Cities(province=province, prefectures=prefectures, source=source)


def parse_industries(file: SourceFile, report: Report) -> Industries | None:
    """Return the classification of industries, or None where what must be there is not."""
    get = Getter(file, report, file.root, IndustriesFields.fields_by_key)
    source, standard = IndustriesFields.source.of(get), IndustriesFields.standard.of(get)
    sections = IndustriesFields.sections.of(get, _section)
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
    get = Getter(file, report, file.root, ScenesFields.fields_by_key)
    source = ScenesFields.source.of(get)
    editions = ScenesFields.editions.of(get, _edition)
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


def _coded(
    table: type[RegionFields] | type[GroupFields], record: Callable[..., T]
) -> Callable[[Getter], T | None]:
    def read(get: Getter) -> T | None:
        found, name = table.code.of(get), table.name.of(get)
        return None if found is None or name is None else record(code=found, name=name)

    return read


parse_region = _coded(RegionFields, Region)
_group = _coded(GroupFields, Group)


def _county(get: Getter) -> County | None:
    found, name = CountyFields.code.of(get), CountyFields.name.of(get)
    kind, listed = CountyFields.type.of(get), CountyFields.in_gbt2260.of(get)
    if found is None or name is None:
        return None
    return County(code=found, name=name, type=kind, in_gbt2260=listed)


def _city(get: Getter) -> City | None:
    found, name = CityFields.code.of(get), CityFields.name.of(get)
    short, kind = CityFields.short.of(get), CityFields.type.of(get)
    tile = CityFields.tile.of(get)
    if tile and len(tile) != 2:
        get.problem("wrong-type", "tile", "“tile”应是两个数 [列, 行]；例如 [1, 3]。")
        tile = ()
    counties = CityFields.counties.of(get, _county)
    unique(get, "counties", "代码", (county.code for county in counties))
    unique(get, "counties", "名称", (county.name for county in counties))
    if found is None or name is None or short is None:
        return None
    place = (tile[0], tile[1]) if tile else None
    return City(code=found, name=name, short=short, type=kind, tile=place, counties=counties)


def _division(get: Getter) -> Division | None:
    found, name = DivisionFields.code.of(get), DivisionFields.name.of(get)
    groups = DivisionFields.groups.of(get, _group)
    for group in groups:
        if found is not None and not group.code.startswith(found):
            get.problem(
                "bad-choice",
                "groups",
                f"中类“{group.code}”不属于大类“{found}”；请放到代码前两位相同的大类下。",
            )
    return None if found is None or name is None else Division(code=found, name=name, groups=groups)


def _section(get: Getter) -> Section | None:
    found, name = SectionFields.code.of(get), SectionFields.name.of(get)
    divisions = SectionFields.divisions.of(get, _division)
    return None if found is None or name is None else Section(code=found, name=name, divisions=divisions)


def _scene(get: Getter) -> Scene | None:
    number = SceneFields.number.of(get)
    name = SceneFields.name.of(get)
    return None if number is None or name is None else Scene(number=number, name=name)


def _link(get: Getter) -> Link | None:
    number = LinkFields.number.of(get)
    name = LinkFields.name.of(get)
    scenes = LinkFields.scenes.of(get, _scene)
    return None if number is None or name is None else Link(number=number, name=name, scenes=scenes)


def _edition(get: Getter) -> Edition | None:
    edition = EditionFields.edition.of(get)
    title, document = EditionFields.title.of(get), EditionFields.document.of(get)
    links = EditionFields.links.of(get, _link)
    unique(get, "links", "场景编号", (scene.number for link in links for scene in link.scenes))
    return None if edition is None else Edition(edition=edition, title=title, document=document, links=links)
