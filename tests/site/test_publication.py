"""A build that fails leaves the last good site as it was; a build that ends well takes its place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.publish import published, replacing
from tests.conftest import AS_OF, ROOT, run


def test_the_first_site_appears_whole(tmp_path: Path) -> None:
    with replacing(tmp_path / "deep/site") as tree:
        tree.write("index.html", b"one")
    assert (tmp_path / "deep/site/index.html").read_text() == "one"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["site"]


def test_what_is_no_longer_made_is_gone_and_what_is_the_same_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replacing(site) as tree:
        tree.write("same", b"same")
        tree.write("changed", b"one")
        tree.write("gone", b"x")
    kept = (site / "same").stat()
    with replacing(site) as tree:
        tree.write("same", b"same")
        tree.write("changed", b"two")
    assert sorted(path.name for path in site.iterdir()) == ["changed", "same"]
    assert (site / "changed").read_text() == "two"
    assert ((site / "same").stat().st_ino, (site / "same").stat().st_mtime_ns) == (
        kept.st_ino,
        kept.st_mtime_ns,
    )


def test_what_is_published_can_be_read_and_what_is_not_is_no_error(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert published(site, "api/v1/manifest.json") is None
    with replacing(site) as tree:
        tree.write("api/manifest.json", b"{}")
    assert published(site, "api/manifest.json") == b"{}"
    assert published(site, "api") is None
    assert published(site, "api/manifest.json/x") is None


def test_a_failure_changes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replacing(site) as tree:
        tree.write("index.html", b"good")

    def fail() -> None:
        with replacing(site) as tree:
            tree.write("index.html", b"half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert (site / "index.html").read_text() == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_leavings_of_a_killed_build_are_cleared(tmp_path: Path) -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    (tmp_path / f".site-{done.pid}-abc.building").mkdir()
    with replacing(tmp_path / "site") as tree:
        tree.write("index.html", b"good")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_at_work_beside_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / f".site-{os.getppid()}-abc.building"
    other.mkdir()
    with replacing(tmp_path / "site") as tree:
        tree.write("index.html", b"good")
    assert other.is_dir()


def test_a_registry_with_an_error_is_refused_and_the_site_stays(tmp_path: Path) -> None:
    registry, site = tmp_path / "registry", tmp_path / "site"
    shutil.copytree(ROOT / "tests/registries/qingdao-2024", registry)
    assert run("build", "--registry", registry, "--as-of", AS_OF, "--site", site).code == 0
    before = (site / "index.html").read_bytes()
    record = registry / "factories/370200/3702-0001.yml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("industry: 37", "industry: 99"), encoding="utf-8"
    )
    done = run("build", "--registry", registry, "--as-of", AS_OF, "--site", site)
    assert done.code == 1
    assert "unknown-industry" in done.err
    assert "原有网站不变" in done.err
    assert (site / "index.html").read_bytes() == before
