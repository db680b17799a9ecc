"""A build that fails leaves the last good site as it was; a build that ends well takes its place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import publish
from generator.inventory import Inventory
from generator.publish import claimed, published, replacing
from generator.standby import standing_by
from tests.conftest import AS_OF, ROOT, run
from tests.faults.steps import every_step


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


def test_what_other_builds_left_is_cleared(tmp_path: Path) -> None:
    """Whatever number the process had: once the lock is held, nobody else is at work."""
    for name in (f".site-{os.getppid()}-abc.building", ".site-x.building", ".site-x.building-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_bytes(b"half")
    (tmp_path / ".other-x.building").mkdir()
    with replacing(tmp_path / "site") as tree:
        tree.write("index.html", b"good")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other-x.building", "site"]


_HOLDING = """
import sys, time
from pathlib import Path
from generator.publish import claimed, replacing

site = Path(sys.argv[1])
with claimed(site), replacing(site) as tree:
    print("at work", flush=True)
    sys.stdin.readline()
    tree.write("index.html", b"first")
"""


@pytest.mark.parametrize("killed", [True, False])
def test_a_second_build_waits_for_the_first_and_says_so(tmp_path: Path, killed: bool) -> None:
    site, told = tmp_path / "site", []
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, site],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == "at work\n"

        def waiting() -> None:
            told.append(sorted(path.name.split("-")[0] for path in tmp_path.iterdir()))
            assert first.stdin
            first.kill() if killed else first.stdin.write("\n")
            first.stdin.flush()

        with claimed(site, waiting), replacing(site) as tree:
            found = published(site, "index.html")
            tree.write("index.html", b"second")
    assert found == (None if killed else b"first")
    assert told == [[".site", ".site.lock"]]
    assert (site / "index.html").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_folders_cannot_be_exchanged_a_killed_build_is_put_right_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two renames there is no site; the next build gives the old one its name back, and may fail then."""
    site = tmp_path / "site"
    with replacing(site) as tree:
        tree.write("index.html", b"old")
    monkeypatch.setattr(publish, "_exchanged", lambda _fresh, _site: False)

    def build() -> None:
        with replacing(site) as tree:
            tree.write("index.html", b"new")

    seen = []
    for _, ended in every_step(build, "kill", tmp_path):
        assert ended.killed
        seen.append(published(site, "index.html"))

        def fail() -> None:
            with replacing(site):
                raise OSError("disk full")

        with pytest.raises(OSError, match="disk full"):
            fail()
        assert published(site, "index.html") == (b"new" if seen[-1] == b"new" else b"old")
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
        with replacing(site) as tree:
            tree.write("index.html", b"old")
    assert set(seen) == {b"old", None, b"new"}
    build()
    assert published(site, "index.html") == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_behind_a_link_is_swapped_where_the_link_leads(tmp_path: Path) -> None:
    place = tmp_path / "www"
    place.mkdir()
    (tmp_path / "site").symlink_to("www/public")
    for content in (b"first", b"second"):
        with replacing(tmp_path / "site") as tree:
            tree.write("index.html", content)
        assert (tmp_path / "site").is_symlink()
        assert (place / "public/index.html").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "www"]
    assert [path.name for path in place.iterdir()] == ["public"]


def test_everybody_may_read_what_is_served(tmp_path: Path) -> None:
    mask = os.umask(0o077)
    try:
        with replacing(tmp_path / "site") as tree:
            tree.write("cases/2026/index.html", b"x")
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(mask)
    assert {
        path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777
        for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    } == {
        "site": 0o755,
        "site/cases": 0o755,
        "site/cases/2026": 0o755,
        "site/cases/2026/index.html": 0o644,
    }


def test_everything_is_on_the_disk_before_the_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut must not find the new names with nothing behind them."""
    site, done = tmp_path / "site", []

    def noted(folder: Path) -> None:
        done.append((folder.name if folder == tmp_path else "building", published(site, "index.html")))

    monkeypatch.setattr(publish, "settle", noted)
    monkeypatch.setattr(publish, "settle_all", noted)
    for content in (b"first", b"second"):
        with replacing(site) as tree:
            tree.write("index.html", content)
    with replacing(site, lasting=False) as tree:
        tree.write("index.html", b"preview")
    assert done == [
        ("building", None),
        (tmp_path.name, b"first"),
        ("building", b"first"),
        (tmp_path.name, b"second"),
    ]


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


def test_a_day_before_that_of_the_site_is_remarked(tmp_path: Path) -> None:
    """The clock of the machine may have been set back."""
    registry, site = ROOT / "tests/registries/qingdao-2024", tmp_path / "site"
    for day, remarked in (("2026-11-24", False), ("2026-11-24", False), ("2026-11-23", True)):
        done = run("build", "--registry", registry, "--as-of", day, "--site", site)
        told = "提醒：数据截至日 2026-11-23 早于原有网站的 2026-11-24；不是有意的，请核对本机的日期。\n"
        assert done.code == 0
        assert (told in done.err) == remarked


def test_the_site_before_is_at_hand_as_soon_as_it_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page read just before the swap finds its scripts there, however long the disk takes to settle."""
    site = tmp_path / "site"
    with standing_by(site, Inventory()) as standby, replacing(site, standby) as tree:
        tree.write("a", b"before")
    seen: list[bytes] = []
    monkeypatch.setattr(
        publish, "settle", lambda folder: seen.append((folder / ".site.standby/a").read_bytes())
    )
    with standing_by(site, Inventory()) as standby, replacing(site, standby) as tree:
        tree.write("a", b"after")
    assert seen == [b"before"]
    assert (site / "a").read_bytes() == b"after"
