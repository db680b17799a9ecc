"""Checks that what one file names stands in another, and that nothing stands twice (contract, section 4).

May import `registry` and `rules`. Each function is one family of checks; its docstring is the rule as a contributor reads it.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from generator import forms
from generator.checks.findings import Findings
from generator.parse.getters import nearest
from generator.records import Award, City, Revocation, Unit
from generator.rules.ledger import enterprise_key


def check_references(found: Findings) -> None:
    """Run every check of this module."""
    counties = {
        city.name: {county.name for county in city.counties} for city in found.registry.cities.prefectures
    }
    prefixes = {_prefix(city) for city in found.registry.cities.prefectures}
    for unit in found.registry.units.values():
        _place(found, unit, counties, prefixes)
        _classification(found, unit)
        _titles(found, unit)
        _successor(found, unit)
    _twins(found)
    _documents(found)
    _cases(found)
    _lists(found)
    _policy(found)


def _may_be(wanted: str, known: list[str], otherwise: str) -> str:
    near = nearest(wanted, known)
    return f"您要写的可能是“{near}”" if near else otherwise


def _prefix(city: City) -> str:
    return city.code[:4]


def _folder(path: str) -> str:
    """Return the name of the folder that a file lies in."""
    return path.rsplit("/", 2)[-2]


def _place(
    found: Findings, unit: Unit, counties: Mapping[str, Collection[str]], prefixes: Collection[str]
) -> None:
    """The city is one of cities.yml, the county one of its own; the folder carries its code, the number that of a city.

    The number stays when a unit moves (contract, section 1), so that it may begin with the code of another city.
    """
    registry = found.registry
    city = registry.city(unit.city)
    folder = _folder(registry.file("factories", unit.id).path)
    if city is None:
        names = [known.name for known in registry.cities.prefectures]
        hint = _may_be(unit.city, names, f"应是 {'、'.join(names)} 之一")
        found.add("factories", unit.id, "unknown-city", "city", f"没有“{unit.city}”这个地市；{hint}。")
        return
    if folder != city.code:
        message = f"“{city.name}”的记录应放在 factories/{city.code}/，现在在 factories/{folder}/；请移动文件，或改正 city。"
        found.add("factories", unit.id, "wrong-folder", "city", message)
    elif unit.id.split("-")[0] not in prefixes:
        message = f"编号“{unit.id}”应以 {_prefix(city)}- 开头（{city.name}代码的前四位）；请改文件名。"
        found.add("factories", unit.id, "wrong-folder", "", message)
    if unit.county is None or unit.county in counties[city.name]:
        return
    names = [county.name for county in city.counties]
    hint = _may_be(unit.county, names, f"可写的有 {'、'.join(names)}；开发区请写在 zone")
    found.add(
        "factories", unit.id, "unknown-county", "county", f"{city.name}没有“{unit.county}”这个县区；{hint}。"
    )


def _classification(found: Findings, unit: Unit) -> None:
    """The industry is a division or group of the classification."""
    if found.registry.industry(unit.industry) is not None:
        return
    standard = found.registry.industries.standard
    message = (
        f"“{unit.industry}”不是 {standard} 的大类（两位）或中类（三位）代码；请查 industries.yml 后填写。"
    )
    if unit.industry.isascii() and unit.industry.isdigit() and found.registry.industry(unit.industry[:3]):
        code = unit.industry[:3]
        message = f"“{unit.industry}”多了小类；请只写到中类 {code}（{found.registry.industry(code)}）。"
    found.add("factories", unit.id, "unknown-industry", "industry", message)


def _titles(found: Findings, unit: Unit) -> None:
    """Titles are those of the policy, documents those in documents/."""
    policy = found.registry.policy
    groups: tuple[tuple[str, Sequence[Award | Revocation]], ...] = (
        ("titles", unit.titles),
        ("revocations", unit.revocations),
    )
    for group, rows in groups:
        for number, row in enumerate(rows):
            where = f"{group}[{number}]"
            if policy.title(row.title) is None:
                names = [title.name for title in policy.titles]
                hint = _may_be(row.title, names, f"应是 {'、'.join(names)} 之一")
                found.add(
                    "factories",
                    unit.id,
                    "unknown-title",
                    f"{where}.title",
                    f"没有“{row.title}”这个称号；{hint}。",
                )
            _document(found, "factories", unit.id, f"{where}.document", row.document)


def _document(found: Findings, kind: str, key: str, where: str, number: str) -> None:
    registry = found.registry
    if number in registry.documents:
        return
    if any(kind == "documents" and _may_carry(of, number) for kind, of in registry.unreadable):
        found.unsound.add((kind, key))
        return
    if forms.document_number_problem(number) is not None:
        return  # told as bad-number where it was read
    near = nearest(number, list(registry.documents))
    hint = f"写错的请改为“{near}”之类已有的文号，" if near else ""
    message = f"documents/ 里没有文号“{number}”；{hint}新文件请先在 documents/<机关编号>/ 下建一份记录。"
    found.add(kind, key, "unknown-document", where, message)


def _may_carry(unreadable: str, number: str) -> bool:
    """Whether a document that could not be read may be the one of this number: its own number may not be known."""
    return unreadable == number or forms.document_number_problem(unreadable) is not None


def _successor(found: Findings, unit: Unit) -> None:
    """A successor is another unit of the registry."""
    if unit.closed is None or unit.closed.successor is None:
        return
    successor = unit.closed.successor
    if successor == unit.id:
        message = "承接单元不能是自己；请改为承接它的单元编号，没有就删去 successor。"
        found.add("factories", unit.id, "unknown-factory", "closed.successor", message)
    else:
        _factory(found, "factories", unit.id, "closed.successor", successor)


def _factory(found: Findings, kind: str, key: str, where: str, wanted: str) -> None:
    registry = found.registry
    if wanted not in registry.units and ("factories", wanted) not in registry.unreadable:
        message = f"没有编号为“{wanted}”的单元；编号是 factories/ 下的文件名，例如 2301-0007，请查到后改正。"
        found.add(kind, key, "unknown-factory", where, message)


def _twins(found: Findings) -> None:
    """One enterprise has one unit of a name."""
    seen: dict[tuple[tuple[str, str], str], str] = {}
    for unit in found.registry.units.values():
        key = (enterprise_key(unit), unit.name)
        first = seen.setdefault(key, unit.id)
        if first != unit.id:
            message = f"与 {first} 是同一企业的同名单元“{unit.name}”；同一单元只留一份记录，续期请在原记录的 titles 里加一行。"
            found.add("factories", unit.id, "duplicate-unit", "name", message)


def _documents(found: Findings) -> None:
    """A document lies in the folder of an authority of the policy."""
    ids = [authority.id for authority in found.registry.policy.authorities]
    for document in found.registry.documents.values():
        if document.authority not in ids:
            hint = _may_be(document.authority, ids, f"应是 {'、'.join(ids)} 之一")
            message = f"policy.yml 里没有编号为“{document.authority}”的机关；文件夹以机关编号命名，{hint}。"
            found.add("documents", document.number, "unknown-authority", "", message)


def _cases(found: Findings) -> None:
    """A case lies in the folder of its number's year, and names a unit and scenes that exist."""
    for case in found.registry.cases.values():
        folder = _folder(found.registry.file("cases", case.id).path)
        if not case.id.startswith(f"{folder}-"):
            message = f"案例编号“{case.id}”应放在 cases/{case.id[:4]}/，现在在 cases/{folder}/；请移动文件或改编号。"
            found.add("cases", case.id, "wrong-folder", "", message)
        _factory(found, "cases", case.id, "factory", case.factory)
        edition = found.registry.edition(case.edition)
        if edition is None:
            known = "、".join(known.edition for known in found.registry.scenes.editions) or "（尚无）"
            message = (
                f"scenes.yml 里没有 {case.edition} 年版，现有版本：{known}；请改正 edition，或先补录该版。"
            )
            found.add("cases", case.id, "unknown-scene", "edition", message)
            continue
        numbers = found.registry.scene_names(case.edition)
        for at, scene in enumerate(case.scenes if numbers else ()):
            if scene not in numbers:
                message = f"{case.edition} 年版没有第 {scene} 号场景；应在 {min(numbers)} 到 {max(numbers)} 之间，见 scenes.yml。"
                found.add("cases", case.id, "unknown-scene", f"scenes[{at}]", message)


def _lists(found: Findings) -> None:
    """A yearly list's file is named after its year, and its document exists."""
    files = [(key, file) for (kind, key), file in found.registry.files.items() if kind == "lists"]
    for key, file in files:
        year_list = found.registry.lists[int(key)]
        stem = PurePosixPath(file.path).stem
        if str(year_list.year) != stem:
            message = f"文件名是 {stem}.yml，year 却是 {year_list.year}；请改成一致。"
            found.add("lists", key, "wrong-folder", "year", message)
        _document(found, "lists", key, "document", year_list.document)


def _policy(found: Findings) -> None:
    """An authority of a city names one of cities.yml."""
    codes = {city.code for city in found.registry.cities.prefectures}
    for number, authority in enumerate(found.registry.policy.authorities):
        if authority.city is not None and authority.city not in codes:
            message = f"cities.yml 里没有代码为“{authority.city}”的地市；请改为已有的六位代码。"
            found.add("vocabulary", "policy.yml", "unknown-city", f"authorities[{number}].city", message)
