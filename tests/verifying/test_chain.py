"""Manifests form one chain; whoever keeps them sees when another history is put in its place."""

import json
from datetime import date
from pathlib import Path

import pytest

from generator.verifying import chain
from generator.verifying.account import Account, Statement
from tests.conftest import run
from tests.verifying.sites import MANIFEST, digest, put, site
from tests.verifying.test_folder import problems, verify


def publish(folder: Path, as_of: str, previous: bytes | None, **more: int) -> bytes:
    """Publish a site in place of the one before, and return its manifest."""
    site(folder, as_of=as_of, previous=digest(previous) if previous else None, **more)
    return (folder / MANIFEST).read_bytes()


@pytest.fixture
def days(tmp_path: Path) -> list[bytes]:
    """The manifests of four days; the site is that of the last."""
    found: list[bytes] = []
    for day in ("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"):
        found.append(publish(tmp_path / "site", day, found[-1] if found else None))
    return found


def kept(folder: Path, manifests: list[bytes]) -> Path:
    for number, content in enumerate(manifests):
        put(folder, f"kept/{number}.json", content)
    return folder / "kept"


def test_the_one_after_another(tmp_path: Path, days: list[bytes]) -> None:
    put(tmp_path, "before.json", days[2])
    code, out = verify(tmp_path / "site", "--previous", tmp_path / "before.json")
    assert (code, out.splitlines()[1]) == (0, "接在 2026-11-23 的清单之后。")
    put(tmp_path, "before.json", days[3])
    code, out = verify(tmp_path / "site", "--previous", tmp_path / "before.json")
    assert (code, out.splitlines()[1]) == (0, "与给出的清单是同一份，此后没有新的发布。")


@pytest.mark.parametrize("altered", [b"2026-11-23", b"2026-11-20"])
def test_not_the_one_after_another(tmp_path: Path, days: list[bytes], altered: bytes) -> None:
    """One byte of the manifest before is enough."""
    put(tmp_path, "before.json", days[2].replace(b"2026-11-23", altered) + b"\n")
    assert problems(tmp_path / "site", "--previous", tmp_path / "before.json") == [
        (
            "chain",
            "before.json",
            f"网站的清单不是接在这一份之后的：它接的是 SHA-256 为 {digest(days[2])} 的清单。",
        )
    ]


def test_a_file_that_is_no_manifest_before(tmp_path: Path, days: list[bytes]) -> None:
    put(tmp_path, "before.json", b"{")
    assert problems(tmp_path / "site", "--previous", tmp_path / "before.json") == [
        ("chain", "before.json", "不完整，或者不是发布清单，无法比较。")
    ]


def test_a_day_that_goes_back(tmp_path: Path) -> None:
    first = publish(tmp_path / "site", "2026-11-24", None)
    publish(tmp_path / "site", "2026-11-20", first)
    put(tmp_path, "before.json", first)
    assert problems(tmp_path / "site", "--previous", tmp_path / "before.json") == [
        ("chain", MANIFEST, "2026-11-20 的清单接在 2026-11-24 的之后，日子倒退了。")
    ]


def test_day_after_day(tmp_path: Path) -> None:
    """What a watch does: verify, and keep; twice on a day keeps one."""
    said, before = [], None
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        before = publish(tmp_path / "site", day, before)
        for _ in range(2):
            code, out = verify(tmp_path / "site", "--kept", tmp_path / "kept")
            assert code == 0
            said.append(out.splitlines()[1])
    assert said == [
        "还没有保存过清单，从这一份开始。",
        "保存的就是这一份，此后没有新的发布。",
        "清单前后相连：往前接着保存的 1 份，直到第一次发布。",
        "清单前后相连：往前接着保存的 1 份，直到第一次发布。",
        "清单前后相连：往前接着保存的 2 份，直到第一次发布。",
        "清单前后相连：往前接着保存的 2 份，直到第一次发布。",
    ]
    names = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert [name[:10] for name in names] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert names[2] == f"2026-11-23-{digest(before or b'')[:16]}.json"


def test_from_the_middle_on(tmp_path: Path, days: list[bytes]) -> None:
    code, out = verify(tmp_path / "site", "--kept", kept(tmp_path, days[1:3]))
    assert (code, out.splitlines()[1]) == (0, "清单前后相连：往前接着保存的 2 份，直到 2026-11-22。")


def test_a_day_that_was_not_kept(tmp_path: Path, days: list[bytes]) -> None:
    folder = kept(tmp_path, days[:2])
    message = f"中间缺少 SHA-256 为 {digest(days[2])} 的清单。"
    assert problems(tmp_path / "site", "--kept", folder) == [
        ("chain", "0.json", f"网站的清单往前接不到这一份（2026-11-21）：{message}"),
        ("chain", "1.json", f"网站的清单往前接不到这一份（2026-11-22）：{message}"),
    ]
    assert len(list(folder.iterdir())) == 2


def test_another_history(tmp_path: Path, days: list[bytes]) -> None:
    """All files agree with their manifest, and still it is not what was published."""
    folder = kept(tmp_path, days[:1])
    publish(tmp_path / "site", "2026-11-24", None, forged=1)
    assert problems(tmp_path / "site", "--kept", folder) == [
        (
            "chain",
            "0.json",
            "网站的清单往前接不到这一份（2026-11-21）：发布的历史另起了头，或者被换过。",
        )
    ]


def test_an_old_site_put_back(tmp_path: Path, days: list[bytes]) -> None:
    folder = kept(tmp_path, days)
    publish(tmp_path / "site", "2026-11-22", days[0])
    assert (tmp_path / "site" / MANIFEST).read_bytes() == days[1]
    newer = "比网站现在的（2026-11-22）新：网站退回到了旧的发布。"
    assert problems(tmp_path / "site", "--kept", folder) == [
        ("chain", "2.json", f"这一份（2026-11-23）{newer}"),
        ("chain", "3.json", f"这一份（2026-11-24）{newer}"),
    ]


def test_a_ring_has_an_end(tmp_path: Path) -> None:
    """A chain cannot close on itself without a collision of SHA-256; a walk that believed so would not end."""
    link = "0" * 64
    folder = kept(tmp_path, [b"{}"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(chain, "_kept", lambda path: (link, Statement(date(2026, 11, 24), link)))
        found = Account("1" * 64, Statement(date(2026, 11, 24), link), {}, True)
        assert chain.descends(found, folder).findings == ()


def test_files_that_are_no_manifests_among_those_kept(tmp_path: Path, days: list[bytes]) -> None:
    folder = kept(tmp_path, [days[2], b"[]"])
    put(folder, "notes.txt", b"")
    assert problems(tmp_path / "site", "--kept", folder) == [
        ("chain", "1.json", "不完整，或者不是发布清单。")
    ]


def test_nothing_is_kept_of_a_site_that_differs(tmp_path: Path, days: list[bytes]) -> None:
    put(tmp_path / "site", "robots.txt", b"")
    assert problems(tmp_path / "site", "--kept", tmp_path / "kept")[0][0] == "different"
    assert not (tmp_path / "kept").exists()


def test_two_builds_of_a_registry(tmp_path: Path) -> None:
    """The whole way: build, verify, keep; and the outcome as JSON."""
    for day in ("2026-11-24", "2026-11-25"):
        done = run(
            "build",
            "--registry",
            "tests/registries/qingdao-2024",
            "--as-of",
            day,
            "--site",
            tmp_path / "site",
        )
        assert done.code == 0, done.err
        code, out = verify(tmp_path / "site", "--kept", tmp_path / "kept", "--format", "json")
        assert code == 0, out
    told = json.loads(out)
    content = (tmp_path / "site" / MANIFEST).read_bytes()
    assert (told["as_of"], told["manifest_sha256"]) == ("2026-11-25", digest(content))
    assert told["chain"] == "清单前后相连：往前接着保存的 1 份，直到第一次发布。"
    assert (told["files"], told["findings"]) == (told["checked"], [])
    assert {digest(path.read_bytes()) for path in (tmp_path / "kept").iterdir()} == {
        told["previous"],
        told["manifest_sha256"],
    }
