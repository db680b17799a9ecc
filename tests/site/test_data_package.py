"""The Data Package holds to its standard with all it describes; what is altered is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.downloads.described import data_package
from generator.downloads.plain import as_csv
from generator.downloads.sheets import Imprint, sheets
from generator.exports import tables
from generator.exports.manifest import published_file
from tests.books import book

# What frictionless builds upon warns of its own future.
pytestmark = pytest.mark.filterwarnings("default")

BASE = "https://registry.example/"


def faults(folder: Path) -> list[tuple[str, str]]:
    """What frictionless finds in the package of a folder: the kind of fault and the resource."""
    from frictionless import Package

    report = Package(str(folder / "datapackage.json")).validate()
    found = [(error.type, "") for error in report.errors]
    return found + [(error.type, task.name) for task in report.tasks for error in task.errors]


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    for path in [*(site / "data").glob("*.csv"), site / "data/datapackage.json"]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_it_is_valid_with_all_its_rows(site: Path) -> None:
    assert faults(site / "data") == []


def test_it_describes_every_table(site: Path) -> None:
    found: dict[str, Any] = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in found["resources"]] == [
        "units.csv",
        "listings.csv",
        "cases.csv",
        "documents.csv",
        "list-2026.csv",
        "list-2025.csv",
    ]
    assert found["version"] == "2026-11-24"
    assert "created" not in found
    assert found["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "title": "CC BY 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
        }
    ]
    units = found["resources"][0]
    assert units["bytes"] == (site / "data/units.csv").stat().st_size
    assert units["schema"]["primaryKey"] == ["id"]
    fields = {field["name"]: field for field in units["schema"]["fields"]}
    assert fields["valid_through"]["type"] == "date"
    assert fields["expiring"]["type"] == "boolean"
    assert fields["industry"]["type"] == "string"
    assert fields["id"]["constraints"] == {"required": True, "unique": True, "pattern": r"^\d{4}-\d{4,}$"}
    assert "constraints" not in fields["uscc"]
    assert fields["uscc"]["title"] == "统一社会信用代码"


def test_rows_are_read_with_their_types_and_without_the_mark(site: Path) -> None:
    from frictionless import Package

    package = Package(str(site / "data/datapackage.json"))
    row = package.get_table_resource("units").read_rows()[0].to_dict()
    assert row["id"] == "2301-0001"
    assert row["expiring"] is False
    assert row["since"].isoformat() == "2025-05-28"
    assert row["closed"] is None


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("units.csv", b"\r\n2301-0001,", b"\r\n2301-1,", "constraint-error"),
        ("units.csv", b"\r\n2301-0002,", b"\r\n2301-0001,", "primary-key"),
        ("units.csv", b",2025-05-28,", b",2025-05-32,", "type-error"),
        ("listings.csv", b"\r\n2301-0001,", b"\r\n9999-0001,", "foreign-key"),
        ("list-2025.csv", b"unit,name", b"unit,names", "incorrect-label"),
        ("documents.csv", b"\r\n", b"x\r\n", "hash-count"),
    ],
)
def test_what_is_altered_is_refused(folder: Path, name: str, old: bytes, new: bytes, fault: str) -> None:
    content = (folder / name).read_bytes()
    assert old in content
    (folder / name).write_bytes(content.replace(old, new, 1))
    assert (fault, name.removesuffix(".csv")) in faults(folder)


@pytest.mark.parametrize(
    ("licence", "url", "expected"),
    [
        (None, None, None),
        ("政府数据开放许可", None, None),
        ("CC0 1.0", None, {"name": "CC0-1.0", "title": "CC0 1.0"}),
        (
            "政府数据开放许可",
            "https://example.org/l",
            {"title": "政府数据开放许可", "path": "https://example.org/l"},
        ),
    ],
)
def test_a_licence_is_told_as_far_as_it_is_given(
    licence: str | None, url: str | None, expected: dict[str, str] | None
) -> None:
    present = book()
    made = sheets(present, tables.contents(present, BASE))
    owner = Imprint(
        name="名录", keeper="某厅", base=BASE, licence=licence, licence_url=url, demonstration=False
    )
    addresses = {sheet.address("csv"): sheet for sheet in made}
    files = {address: published_file(address, as_csv(sheet)) for address, sheet in addresses.items()}
    found = json.loads(data_package(owner, present.policy.region, made, files))
    assert found.get("licenses") == ([expected] if expected else None)
    assert found["contributors"] == [{"title": "某厅", "role": "publisher"}]
    assert "演示" not in found["description"]
