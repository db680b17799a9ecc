"""What describes and seals the downloads: a Data Package, the words that Datasette shows, and the SHA-256 of each file.

May import `sheets`, `database` and `exports`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator import urls
from generator.downloads.database import ON_A_DAY
from generator.downloads.plain import SEPARATOR
from generator.downloads.sheets import Imprint, Sheet
from generator.exports.encoding import as_text
from generator.exports.manifest import PublishedFile
from generator.exports.tables import Column
from generator.records import Region
from generator.views import words

_TYPES = {"text": "string", "list": "string", "day": "date", "whole": "integer", "truth": "boolean"}

JsonObject = dict[str, Any]


def data_package(
    imprint: Imprint, region: Region, sheets: Sequence[Sheet], made: Mapping[str, PublishedFile]
) -> bytes:
    """Return the description of all CSV files as a Data Package, version 1 (specs.frictionlessdata.io).

    Its version is the day of the facts, since nothing may tell when a file was made.

    Args:
        imprint: whose facts they are.
        region: the region, whose code is part of the package's name.
        sheets: the tables of the day and the yearly lists; the first one gives the day, and no rows are looked at.
        made: the finished CSV files by address.
    """
    as_of = sheets[0].as_of
    described = f"{imprint.name}的单元、列入记录、典型案例、文件和年度名单，数据截至{words.day(as_of)}。"
    package: JsonObject = {
        "profile": "data-package",
        "name": f"smart-factories-{region.code}",
        "title": imprint.name,
        "description": described
        + ("这是演示数据，企业、单元和文件都是虚构的。" if imprint.demonstration else ""),
        "homepage": imprint.base,
        "version": as_of.isoformat(),
        "sources": [{"title": imprint.name, "path": imprint.base}],
    }
    if imprint.keeper:
        package["contributors"] = [{"title": imprint.keeper, "role": "publisher"}]
    licence = _licence(imprint)
    if licence:
        package["licenses"] = [licence]
    package["resources"] = [_resource(sheet, made[sheet.address("csv")]) for sheet in sheets]
    return as_text(package)


def _licence(imprint: Imprint) -> JsonObject:
    """Return a licence with its address, or with its name in the form that the standard wants, or nothing."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", imprint.licence or "").strip("-")
    if not imprint.licence_url and not name:
        return {}
    found = {"name": name, "title": imprint.licence, "path": imprint.licence_url}
    return {key: value for key, value in found.items() if value}


def _resource(sheet: Sheet, file: PublishedFile) -> JsonObject:
    table = sheet.table
    schema: JsonObject = {
        "fields": [_field(column, key=table.key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.leads:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": there, "fields": [_LED[there]]}}
            for column, there in table.leads.items()
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": sheet.address("csv").removeprefix(urls.DATA),
        "format": "csv",
        "mediatype": "text/csv",
        # The mark before the text is for spreadsheets; readers that know UTF-8 pass over it.
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": schema,
    }


_LED = {"units": "id", "documents": "number"}


def _field(column: Column, *, key: tuple[str, ...]) -> JsonObject:
    told = f"几项之间用“{SEPARATOR}”隔开。" if column.form == "list" else ""
    found: JsonObject = {
        "name": column.name,
        "title": column.title,
        "description": column.description + told,
        "type": _TYPES[column.form],
    }
    if column.form in ("day", "truth", "whole"):
        found["format"] = "default"
    rules: JsonObject = {}
    if not column.empty:
        rules["required"] = True
    if key == (column.name,):
        rules["unique"] = True
    if column.pattern:
        rules["pattern"] = column.pattern
    return {**found, "constraints": rules} if rules else found


def datasette_metadata(imprint: Imprint, sheets: Iterable[Sheet]) -> bytes:
    """Return what Datasette says of the database and its columns, with a query for the list of any day.

    Args:
        imprint: whose facts they are.
        sheets: the four tables of the day.
    """
    tables: JsonObject = {}
    day = ""
    for sheet in sheets:
        day = sheet.as_of.isoformat()
        tables[sheet.table.name] = {
            "title": sheet.table.title,
            "description": sheet.table.description,
            "columns": {
                column.name: f"{column.title}：{column.description}"
                for column in sheet.table.columns
                if column.form != "list"
            },
            **_SHOWN[sheet.table.name],
        }
    tables |= _BESIDE
    source = {"source": imprint.name, "source_url": imprint.base}
    licence = {
        key: value
        for key, value in (("license", imprint.licence), ("license_url", imprint.licence_url))
        if value
    }
    return as_text(
        {
            "title": imprint.name,
            "description": f"数据截至 {day}。",
            **source,
            **licence,
            "databases": {
                PurePosixPath(urls.DATABASE).stem: {
                    "title": imprint.name,
                    "tables": tables,
                    "queries": {
                        "list-on-a-day": {
                            "title": "某一天的名单",
                            "description": "填入日期，例如 2026-06-30，列出这一天在名单中的单元，每个单元写它当天的最高层级。",
                            "sql": ON_A_DAY,
                            "params": ["day"],
                        }
                    },
                }
            },
        }
    )


# What a list of rows leads with, and which columns count beside it.
_SHOWN: Mapping[str, JsonObject] = {
    "units": {"label_column": "name", "sort": "id", "facets": ["status_name", "tier_name", "city_name"]},
    "listings": {"sort_desc": "from", "facets": ["tier_name", "ended_by_name"]},
    "cases": {"label_column": "title", "sort_desc": "published"},
    "documents": {"label_column": "title", "sort_desc": "date", "facets": ["authority_name"]},
}
_BESIDE: Mapping[str, JsonObject] = {
    "about": {"title": "关于", "description": "名录的名称、数据截至日、下一次变动的日子和许可。"},
    "listed": {"title": "现在的名单", "description": "数据截至日在名单中的单元。"},
    "expiring": {"title": "即将到期", "description": "即将到期的单元，先到期的在前。"},
    "case_scenes": {"title": "案例的场景", "description": "每个案例所属的场景，一个场景一行。"},
    "tiers": {
        "title": "层级",
        "description": "名录的层级，从低到高。",
        "label_column": "name",
        "sort": "rank",
    },
    "cities": {"title": "地市", "description": "省内的地市，代码按 GB/T 2260。", "label_column": "name"},
    "industries": {
        "title": "行业",
        "description": "GB/T 4754-2017 的大类和中类。",
        "label_column": "name",
        "sort": "code",
    },
    "scenes": {"title": "场景", "description": "各版次的典型场景。", "label_column": "name"},
    "authorities": {"title": "机关", "description": "授予和撤销称号的机关。", "label_column": "name"},
}


def checksums(files: Iterable[PublishedFile]) -> bytes:
    """Return the SHA-256 of each file in the form that `sha256sum -c` reads."""
    return "".join(f"{file.sha256}  {file.path.removeprefix(urls.DATA)}\n" for file in files).encode()
