"""The words that columns of a sheet are chosen from, taken from the vocabularies of a registry.

May import `columns`, `parse.units` and `registry`.
"""

from collections.abc import Mapping

from generator.parse.unit_fields import CLOSING_REASONS, HIGHEST_LEVEL, KINDS, METHODS
from generator.registry import Registry

TITLES: Mapping[str, str] = {
    "titles": "称号",
    "kinds": "类别",
    "methods": "成熟度评定方式",
    "levels": "成熟度等级",
    "closings": "退出原因",
    "documents": "文号",
    "cities": "地市",
    "industries": "行业",
    "editions": "场景版本",
}


def industry_words(code: str, registry: Registry) -> str:
    """Return an industry as it stands in a sheet: its code and, behind it, its name."""
    return f"{code} {registry.industry(code) or ''}".strip()


def word_lists(registry: Registry) -> dict[str, list[str]]:
    """Return every list but the counties, by the name that columns know it by.

    Args:
        registry: whose vocabularies and documents are listed; documents with the newest first.
    """
    policy = registry.policy
    documents = sorted(registry.documents.values(), key=lambda one: (one.date, one.number), reverse=True)
    industries = [
        code
        for section in registry.industries.sections
        for division in section.divisions
        for code in (division.code, *(group.code for group in division.groups))
    ]
    return {
        "titles": [title.name for title in policy.titles],
        "kinds": list(KINDS),
        "methods": list(METHODS),
        "levels": [str(number) for number in range(1, HIGHEST_LEVEL + 1)],
        "closings": list(CLOSING_REASONS),
        "documents": [one.number for one in documents],
        "cities": [city.name for city in registry.cities.prefectures],
        "industries": [industry_words(code, registry) for code in industries],
        "editions": [edition.edition for edition in registry.scenes.editions],
    }


def county_lists(registry: Registry) -> dict[str, list[str]]:
    """Return the names of the counties of each city."""
    return {city.name: [county.name for county in city.counties] for city in registry.cities.prefectures}


def scene_lists(registry: Registry) -> dict[str, list[str]]:
    """Return the scenes of each edition, each with its number before it."""
    return {
        edition.edition: [f"{number} {called}" for number, called in sorted(edition.names.items())]
        for edition in registry.scenes.editions
    }
