"""The switch: off there is nothing, on there is the form for the host that was named; what is lacking is told in Chinese."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.cli import publishing
from generator.form import settings as chosen
from generator.form.config import config
from generator.form.fields import Known, widgets
from generator.form.pages import BUNDLES, MissingBundleError, pages, policy
from generator.form.settings import HOSTS, AdminFields, Settings, read_settings
from generator.parse.publication_fields import CaseFields, DocumentFields
from generator.parse.shapes import JsonObject
from generator.parse.tables import Field, RowField, RowsField, Table
from generator.parse.unit_fields import UnitFields
from generator.problems import Report
from generator.registry import Registry
from tests.conftest import AS_OF, ROOT, run
from tests.form.conftest import MODULES, settings

QINGDAO = ROOT / "tests/registries/qingdao-2024"
LOCK = json.loads((ROOT / "generator/form/npm/package-lock.json").read_text(encoding="utf-8"))
GITHUB = "host: github\nrepo: example/registry\nlogin: https://login.example.cn\n"
RIGHT = {
    "github": GITHUB,
    "gitlab": "host: gitlab\nrepo: group/sub/registry\napp: 0f3c\n",
    "forgejo": "host: forgejo\nrepo: example/registry\napi: https://git.example.cn/api/v1\napp: 0f3c\n",
    "local": "host: local\napi: http://127.0.0.1:8081/api/v1\n",
}


def given(tmp_path: Path, text: str) -> tuple[Settings | None, Report]:
    (tmp_path / "admin.yml").write_text(text, encoding="utf-8")
    report = Report()
    return read_settings(tmp_path / "admin.yml", report), report


def test_off_there_is_nothing_of_it_and_on_there_is(built: Any, tmp_path: Path) -> None:
    off = built("qingdao-2024")
    assert not (off / "admin").exists()
    (tmp_path / "admin.yml").write_text(GITHUB, encoding="utf-8")
    site = tmp_path / "site"
    done = run(
        "build", "--registry", QINGDAO, "--as-of", AS_OF, "--site", site, "--admin", tmp_path / "admin.yml"
    )
    assert done.code == 0, done.err
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    without = {path.relative_to(off).as_posix() for path in off.rglob("*") if path.is_file()}
    assert there - without == {
        *(
            f"admin/{name}"
            for name in ("index.html", "form.json", "form.js", "form.css", "record.js", "chinese.js")
        ),
        *(f"admin/{name}" for name in BUNDLES.values()),
    }
    assert without <= there
    assert "/admin/" not in (site / "sitemap-1.xml").read_text(encoding="utf-8")
    # Built again without it, the site has lost it.
    assert run("build", "--registry", QINGDAO, "--as-of", AS_OF, "--site", site).code == 0
    assert not (site / "admin").exists()


def test_a_missing_bundle_is_told_and_the_site_stays(
    shipped: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(MissingBundleError, match="请先运行 make form"):
        pages(settings(), shipped, name="", base="", modules=tmp_path)
    (tmp_path / "admin.yml").write_text(GITHUB, encoding="utf-8")
    site = tmp_path / "site"
    monkeypatch.setattr(publishing, "MODULES", tmp_path / "none")
    code = publishing.build_command.main(
        [f"--registry={QINGDAO}", f"--as-of={AS_OF}", f"--site={site}", f"--admin={tmp_path / 'admin.yml'}"],
        standalone_mode=False,
    )
    assert code == 1
    assert "请先运行 make form，或去掉 --admin 生成不带填报的网站。\n" in capsys.readouterr().err
    assert not site.exists()


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_has_its_backend_and_a_policy_that_names_it_alone(
    host: str, shipped: Registry, tmp_path: Path
) -> None:
    found, report = given(tmp_path, RIGHT[host])
    assert found is not None, list(report)
    backend = config(found, shipped, base="https://registry.example/")["backend"]
    assert backend["branch"] == "main"
    assert {key: backend.get(key) for key in ("name", "base_url", "app_id", "auth_type")} == {
        "github": {
            "name": "github",
            "base_url": "https://login.example.cn",
            "app_id": None,
            "auth_type": None,
        },
        "gitlab": {"name": "gitlab", "base_url": "https://gitlab.com", "app_id": "0f3c", "auth_type": "pkce"},
        "forgejo": {"name": "forgejo", "base_url": None, "app_id": "0f3c", "auth_type": None},
        "local": {"name": "proxy", "base_url": None, "app_id": None, "auth_type": None},
    }[host]
    told = dict(part.split(" ", 1) for part in policy(found).split("; "))
    assert told["default-src"] == "'none'"
    assert told["script-src"] == "'self' 'unsafe-eval'"
    assert (
        told["connect-src"]
        == {
            "github": "'self' blob: https://api.github.com https://login.example.cn",
            "gitlab": "'self' blob: https://gitlab.com",
            "forgejo": "'self' blob: https://git.example.cn",
            "local": "'self' blob: http://127.0.0.1:8081",
        }[host]
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("host: gitee\n", ":1: 错误 [bad-choice] host："),
        (
            "host: github\nrepo: example/registry\n",
            ":1: 错误 [missing-field] login：平台是 github 的，必须填写“login”",
        ),
        ("host: forgejo\napi: git.example.cn\n", ":2: 错误 [bad-url] api："),
        (GITHUB + "brnach: x\n", ":4: 错误 [unknown-field] brnach："),
        (GITHUB.replace("example/registry", "registry"), ":2: 错误 [bad-choice] repo："),
        (GITHUB + "folder: ../registry\n", ":4: 错误 [bad-choice] folder："),
        ("host: [github\n", "错误 [yaml-syntax]"),
    ],
)
def test_wrong_settings_are_told_like_wrong_records(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "admin.yml").write_text(text, encoding="utf-8")
    site = tmp_path / "site"
    done = run("build", "--registry", QINGDAO, "--site", site, "--admin", tmp_path / "admin.yml")
    assert done.code == 1
    assert said in done.err
    assert done.err.endswith("网上填报的设置有错误，没有生成网站，原有网站不变。请改正以上各处后重试。\n")
    assert not site.exists()


def test_no_settings_at_all() -> None:
    done = run("build", "--registry", QINGDAO, "--admin", "没有.yml")
    assert done.code == 1
    assert "没有.yml:1: 错误 [missing-file] 没有找到网上填报的设置" in done.err


def test_every_setting_is_explained() -> None:
    for part in AdminFields.fields_by_key.values():
        assert re.search("[一-鿿]", part.title)
        assert part.note.endswith("。")
    assert set(chosen._NEEDS) == set(HOSTS)


def fields(table: type[Table], told: list[JsonObject]) -> list[tuple[Any, JsonObject]]:
    """Every field of a table with what the form is told of it."""
    by_name = {one["name"]: one for one in told}
    found: list[tuple[Any, JsonObject]] = []
    for key, part in table.fields_by_key.items():
        found.append((part, by_name[key]))
        if isinstance(part, RowField | RowsField):
            found += fields(part.table, by_name[key]["fields"])
    return found


@pytest.mark.parametrize("table", [CaseFields, DocumentFields, UnitFields])
def test_the_form_has_every_field_of_the_parser_and_its_rules(table: type[Table]) -> None:
    for part, told in fields(table, widgets(table, Known())):
        assert told["label"] == part.title
        assert told["required"] == part.required
        assert told["hint"].endswith("。")
        if isinstance(part, Field):
            if "pattern" in told:
                pattern, right = told["pattern"]
                assert pattern == part.form.schema(True)["pattern"]
                assert re.search(pattern, str(part.example or "说明")), part.key
                assert re.search("[一-鿿]", right)
            else:
                assert told["widget"] in ("select", "datetime", "number", "list"), part.key
        else:
            assert told["widget"] == "list"
            assert told.get("max") == (1 if isinstance(part, RowField) else None)


def test_choices_are_those_of_the_registry(shipped: Registry) -> None:
    found = config(settings(), shipped, base="")
    collections = {one["name"]: one for one in found["collections"]}
    case = {one["name"]: one for one in collections["cases"]["fields"]}
    assert [one["value"] for one in case["scenes"]["options"]] == [
        str(number) for number in sorted(shipped.scene_names("2025"))
    ]
    unit = {one["name"]: one for one in collections["factories-230100"]["fields"]}
    assert "city" not in unit
    titles = {one["name"]: one for one in unit["titles"]["fields"]}
    assert [one["value"] for one in titles["title"]["options"]] == [one.name for one in shipped.policy.titles]
    corrected = {one["name"]: one for one in unit["corrections"]["fields"]}["fields"]["options"]
    assert {"value": "titles", "label": "称号"} in corrected
    assert {one["name"] for one in found["collections"]} == {
        "cases",
        *(f"documents-{one.id}" for one in shipped.policy.authorities),
        *(f"factories-{one.code}" for one in shipped.cities.prefectures),
    }
    for one in found["collections"]:
        assert (one["extension"], one["delete"], one["publish"]) == ("yml", False, False)
        assert one["create"] == (not one["name"].startswith("factories-"))


def test_the_packages_are_two_and_locked_with_hashes() -> None:
    """Nothing of what the bundles were made of is fetched; the files that the site takes are there."""
    wanted = json.loads((ROOT / "generator/form/npm/package.json").read_text(encoding="utf-8"))[
        "dependencies"
    ]
    assert set(wanted) == {"decap-cms", "js-yaml"}
    assert set(LOCK["packages"]) == {"", *(f"node_modules/{name}" for name in wanted)}
    for name, version in wanted.items():
        locked = LOCK["packages"][f"node_modules/{name}"]
        assert locked["version"] == version
        assert locked["integrity"].startswith("sha512-")
        assert "dependencies" not in locked
    for there in BUNDLES:
        assert (MODULES / there).is_file(), f"没有 {there}；请先运行 make form。"
