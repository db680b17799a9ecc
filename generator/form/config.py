"""The configuration of Decap CMS for one registry: where records are kept, and a collection for each folder of records.

May import `fields`, `settings`, the tables, `registry`. Decap takes it as JSON; nothing of it is written by hand.
"""

from collections.abc import Iterator, Sequence

from generator.form.fields import Known, lists, widgets
from generator.form.settings import LOCAL, Settings
from generator.parse.publication_fields import CaseFields, DocumentFields
from generator.parse.shapes import JsonObject
from generator.parse.unit_fields import UnitFields
from generator.records import Edition
from generator.registry import Registry

# The name of the format that the form's script registers, and of the entry field that holds a new record's number.
FORMAT = "record"
NUMBER = "_number"
YEAR = "_year"
# A case is written for a unit, a fact rests on a document: both are suggested while they are typed.
_UNITS, _DOCUMENTS = "units", "documents"


def told(settings: Settings, registry: Registry, *, name: str, base: str) -> JsonObject:
    """Return all that the page is told: Decap's configuration, and what the form's own script works with.

    Args:
        settings: where records are kept.
        registry: the registry, for its vocabularies and numbers.
        name: the name of the registry.
        base: the address of the site with a closing slash.
    """
    return {
        "config": config(settings, registry, base=base),
        "name": name,
        "lists": lists(CaseFields) | {"single": _single()},
        "suggested": {
            _UNITS: [[unit.id, f"{unit.enterprise} {unit.name}"] for unit in registry.units.values()],
            _DOCUMENTS: [[found.number, found.title] for found in registry.documents.values()],
        },
        "taken": _taken(registry),
    }


def config(settings: Settings, registry: Registry, *, base: str) -> JsonObject:
    """Return Decap's configuration."""
    return {
        "load_config_file": False,
        "backend": _backend(settings),
        "publish_mode": "editorial_workflow",
        "locale": "zh_Hans",
        "site_url": base,
        "display_url": base,
        "show_preview_links": False,
        "search": True,
        # Records hold no pictures: a media library without a button, so that nothing can be uploaded.
        "media_library": {"name": "none"},
        "editor": {"preview": False},
        "collections": list(_collections(settings, registry)),
    }


def _backend(settings: Settings) -> JsonObject:
    where: JsonObject = {"branch": settings.branch, "commit_messages": _MESSAGES}
    if settings.host == LOCAL:
        return {"name": "proxy", "proxy_url": settings.api, **where}
    where |= {"name": settings.host, "repo": settings.repo, "api_root": settings.api}
    if settings.login:
        where["base_url"] = settings.login
    if settings.app:
        where["app_id"] = settings.app
    if settings.host == "gitlab":
        where["auth_type"] = "pkce"
    return where


_MESSAGES = {
    "create": "网上填报：新建{{collection}} {{slug}}",
    "update": "网上填报：修改{{collection}} {{slug}}",
    "delete": "网上填报：删除{{collection}} {{slug}}",
    "uploadMedia": "网上填报：上传 {{path}}",
    "deleteMedia": "网上填报：删除 {{path}}",
}


def _collections(settings: Settings, registry: Registry) -> Iterator[JsonObject]:
    known = _known(registry)
    yield {
        **_collection("cases", "典型案例", f"{settings.folder}/cases"),
        "path": f"{{{{{YEAR}}}}}/{{{{slug}}}}",
        "summary": "{{title}}（{{filename}}）",
        "create": True,
        "fields": widgets(CaseFields, known),
    }
    for authority in registry.policy.authorities:
        yield {
            **_collection(
                f"documents-{authority.id}",
                f"文件：{authority.name}",
                f"{settings.folder}/documents/{authority.id}",
            ),
            "label_singular": "文件",
            "summary": "{{number}} {{title}}",
            "create": True,
            "fields": widgets(DocumentFields, known),
        }
    for city in registry.cities.prefectures:
        yield {
            **_collection(
                f"factories-{city.code}", f"单元：{city.name}", f"{settings.folder}/factories/{city.code}"
            ),
            "label_singular": "单元",
            "identifier_field": UnitFields.name.key,
            "summary": "{{name}}（{{enterprise}}，{{filename}}）",
            # Units are awarded by the list, and numbered by the command or the sheet that takes it in.
            "create": False,
            # The folder says the city; a unit that moves is moved by hand.
            "fields": widgets(UnitFields, known, without=[UnitFields.city.key]),
        }


def _collection(name: str, label: str, folder: str) -> JsonObject:
    return {
        "name": name,
        "label": label,
        "label_singular": label,
        "folder": folder,
        "extension": "yml",
        "format": FORMAT,
        "slug": f"{{{{{NUMBER}}}}}",
        # Records are never deleted, and merging is for who reviews, on the code host.
        "delete": False,
        "publish": False,
        "sortable_fields": [],
    }


def _known(registry: Registry) -> Known:
    editions = registry.scenes.editions
    return Known(
        words={"titles": [title.name for title in registry.policy.titles]},
        choices={
            CaseFields.edition.key: {one.edition: f"{one.edition} 年版" for one in editions},
            CaseFields.scenes.key: _scenes(editions),
        },
        suggested={
            CaseFields.factory.key: _UNITS,
            "successor": _UNITS,
            "document": _DOCUMENTS,
        },
        notes={
            CaseFields.body.key: "Markdown：小标题以“## ”开头，列表各项以“- ”开头，段落之间空一行。",
        },
    )


def _scenes(editions: Sequence[Edition]) -> dict[str, str]:
    """The scenes of all editions by number; where a number means two scenes, both are named with their editions."""
    named: dict[int, dict[str, str]] = {}
    for edition in editions:
        for number, name in edition.names.items():
            named.setdefault(number, {})[edition.edition] = name
    return {
        str(number): f"{number} {'；'.join(_of_editions(names))}" for number, names in sorted(named.items())
    }


def _of_editions(names: dict[str, str]) -> Sequence[str]:
    if len(set(names.values())) == 1:
        return list(names.values())[:1]
    return [f"{name}（{edition} 年版）" for edition, name in names.items()]


def _single() -> list[str]:
    return sorted({key for table in (CaseFields, UnitFields) for key in lists(table)["single"]})


def _taken(registry: Registry) -> dict[str, int]:
    """The highest number of a case in each year."""
    highest: dict[str, int] = {}
    for case_id in registry.cases:
        year, _, number = case_id.partition("-")
        highest[year] = max(highest.get(year, 0), int(number))
    return highest
