"""The description of the API holds to OpenAPI 3.1, to the schemas, and to what is there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.exports.catalogue import ENTRIES, PROMISE
from generator.exports.openapi import openapi
from generator.policy import SiteFields
from tests.books import book
from tests.site.api_files import Json, files, read, schemas, validator


@pytest.mark.parametrize("name", ["registry", "qingdao-2024"])
def test_it_holds_to_the_standard(built: Callable[..., Path], name: str) -> None:
    OpenAPIV31SpecValidator(read(built(name) / "api/v1/openapi.json")).validate()


@pytest.fixture(scope="module")
def described(site: Path) -> Json:
    found: Json = read(site / "api/v1/openapi.json")
    return found


def test_it_says_whose_it_is_and_what_is_promised(described: Json) -> None:
    assert described["info"]["title"] == "黑龙江省智能工厂梯度培育名录数据接口"
    assert PROMISE in described["info"]["description"]
    assert described["info"]["license"] == {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
    }
    assert described["servers"] == [{"url": "https://registry.example"}]


def test_it_names_every_file_and_no_other(site: Path, described: Json) -> None:
    assert list(described["paths"]) == [f"/{entry.path}" for entry in ENTRIES]
    assert {name for name, _ in files(site)} == {
        operation["get"]["operationId"] for operation in described["paths"].values()
    }


def test_a_parameter_is_declared_and_its_example_leads_to_a_file(site: Path, described: Json) -> None:
    for path, operations in described["paths"].items():
        operation = operations["get"]
        given = {found["name"]: found for found in operation.get("parameters", [])}
        assert set(given) == set(re.findall(r"\{(\w+)\}", path))
        address = path.lstrip("/").format(**{name: found["example"] for name, found in given.items()})
        assert (site / address).is_file(), address
        for found in given.values():
            validator(found["schema"]).validate(found["example"])
        assert set(operation["responses"]) == {"200", "404"}
        assert list(operation["responses"]["200"]["content"]) == ["application/json"]


def test_its_schemas_are_those_of_the_files(site: Path, described: Json) -> None:
    told = schemas(site)
    for entry in ENTRIES:
        if entry.schema:
            operation = described["paths"][f"/{entry.path}"]["get"]
            reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
            found = described["components"]["schemas"][reference.removeprefix("#/components/schemas/")]
            own = {key: value for key, value in told[entry.name].items() if key[0] != "$"}
            assert str(found).replace("#/components/schemas/", "#/$defs/") == str(own)


def test_the_example_is_the_file_of_a_unit(site: Path, described: Json) -> None:
    content = described["paths"]["/api/v1/factories/{id}.json"]["get"]["responses"]["200"]["content"]
    example = content["application/json"]["example"]
    assert example == read(site / f"api/v1/factories/{example['id']}.json")


def test_a_register_without_a_licence_or_a_unit_has_a_description_too() -> None:
    policy = replace(book().policy, site=SiteFields())
    found = openapi(policy, "https://registry.example/a/", unit=None, month=None)
    OpenAPIV31SpecValidator(found).validate()
    assert "license" not in found["info"]
    assert found["servers"] == [{"url": "https://registry.example/a"}]
