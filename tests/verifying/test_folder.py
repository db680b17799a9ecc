"""A folder is what its manifest says: each way in which it can fail to be is found, named, and nothing is followed."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner

from generator.cli import cli
from generator.speech import usage_message
from generator.verifying import account, findings, folder
from tests.conftest import run
from tests.verifying.sites import LISTED, MANIFEST, PAGES, digest, encoded, manifest, put, row, site


def verify(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["verify", *map(str, arguments)], standalone_mode=False)
    assert done.exception is None, done.exception
    code: int = done.return_value
    return code, done.output


def problems(*arguments: str | Path) -> list[tuple[str, str, str]]:
    code, out = verify(*arguments, "--format", "json")
    told = json.loads(out)["findings"]
    assert code == (1 if told else 0)
    return [(found["kind"], found["path"], found["message"]) for found in told]


@pytest.mark.parametrize("name", ["registry", "qingdao-2024"])
def test_a_site_as_it_was_built(built: Callable[..., Path], name: str) -> None:
    done = run("verify", built(name))
    assert done.code == 0, done.out
    number = sum(path.is_file() for path in built(name).rglob("*")) - 1
    assert done.out.endswith(f"\n{number} 个文件，全部一致。\n")
    assert done.err == ""


def test_all_is_the_same(tmp_path: Path) -> None:
    found = site(tmp_path)
    told = digest((found / MANIFEST).read_bytes())
    assert verify(found) == (
        0,
        f"数据截至 2026-11-24，发布清单的 SHA-256 是 {told}。\n6 个文件，全部一致。\n",
    )


def test_a_byte_that_was_altered(tmp_path: Path) -> None:
    found = site(tmp_path)
    content = bytearray((found / "factories/2301-0001/index.html").read_bytes())
    content[-1] ^= 1
    put(found, "factories/2301-0001/index.html", bytes(content))
    code, out = verify(found)
    assert code == 1
    assert out.splitlines()[1:] == [
        "内容不同 factories/2301-0001/index.html：大小相同，SHA-256 不同。",
        "清单列出 6 个文件，核对了 6 个。不一致：内容不同 1 个。",
    ]


def test_files_that_lack_or_are_too_many_or_of_another_size(tmp_path: Path) -> None:
    found = site(tmp_path)
    (found / "robots.txt").unlink()
    put(found, "data/units.csv", b"id\r\n")
    put(found, "assets/x.js", b"1")
    put(found, ".well-known/x", b"1")
    assert problems(found) == [
        ("missing", "robots.txt", "清单里有，网站里没有。"),
        ("different", "data/units.csv", "清单里是 18 字节，实际是 4 字节。"),
        ("extra", ".well-known/x", "清单里没有。"),
        ("extra", "assets/x.js", "清单里没有。"),
    ]


def test_a_compressed_copy_is_that_of_its_file(tmp_path: Path) -> None:
    """Copies are in no list: what they hold is compared with the file beside them, the manifest among these."""
    found = site(tmp_path)
    for name in ("data/units.csv", "robots.txt", MANIFEST):
        put(found, f"{name}.gz", gzip.compress((found / name).read_bytes()))
    assert problems(found) == []
    robots = (found / "robots.txt").read_bytes()
    put(found, "robots.txt.gz", gzip.compress(robots + b"\n"))
    put(found, "data/units.csv.gz", gzip.compress((found / "data/units.csv").read_bytes())[:-1])
    put(found, f"{MANIFEST}.gz", b"{}")
    put(found, "index.html.gz", gzip.compress(b"\0" * 50_000_000))
    put(found, "robots.gz", gzip.compress(robots))
    put(found, "robots.txt.gz.gz", gzip.compress(gzip.compress(robots)))
    assert problems(found) == [
        ("different", f"{MANIFEST}.gz", f"解开后与清单里的 {MANIFEST} 不同。"),
        ("different", "data/units.csv.gz", "解开后与清单里的 data/units.csv 不同。"),
        ("different", "index.html.gz", "解开后与清单里的 index.html 不同。"),
        ("different", "robots.txt.gz", "解开后与清单里的 robots.txt 不同。"),
        ("extra", "robots.gz", "清单里没有。"),
        ("extra", "robots.txt.gz.gz", "清单里没有。"),
    ]


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    found = site(tmp_path / "site")
    outside = tmp_path / "outside"
    put(outside, "units.csv", LISTED["data/units.csv"])
    (found / "data/units.csv").unlink()
    (found / "data").rmdir()
    (found / "data").symlink_to(outside)
    (found / "robots.txt").unlink()
    (found / "robots.txt").symlink_to(outside / "units.csv")
    os.mkfifo(found / "pipe")
    assert problems(found) == [
        ("missing", "data/units.csv", "清单里有，网站里没有。"),
        ("different", "robots.txt", "是符号链接，没有跟随。"),
        ("extra", "data", "是符号链接，没有跟随。"),
        ("extra", "pipe", "不是普通文件。"),
    ]


@pytest.mark.parametrize("path", [MANIFEST, PAGES])
def test_an_account_behind_a_link_is_not_read(tmp_path: Path, path: str) -> None:
    found = site(tmp_path / "site")
    put(tmp_path, "elsewhere", (found / path).read_bytes())
    (found / path).unlink()
    (found / path).symlink_to(tmp_path / "elsewhere")
    kind, where, message = problems(found)[0]
    assert (kind, where) == ("manifest", path)
    assert message.startswith("是符号链接，没有跟随")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: str) -> int:
        raise PermissionError(13, "Permission denied", path)

    found = site(tmp_path)
    _, told, _ = folder.account_of(found)
    assert told
    monkeypatch.setattr(folder, "_open", refused)
    assert {finding.kind for finding in folder.compared(found, told)} == {"unreachable"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "不完整，或者不是发布清单。"),
        (b"{}", "不是发布清单。"),
        (b"[]", "不完整，或者不是发布清单。"),
        (b"\xff\xfe{}", "不完整，或者不是发布清单。"),
        (b"[" * 100_000, "不完整，或者不是发布清单。"),
        (b'{"as_of":' + b"[" * 100_000, "不完整，或者不是发布清单。"),
        (manifest([], as_of="2026-02-30"), "不完整，或者不是发布清单。"),
        (manifest([], previous="x"), "不完整，或者不是发布清单。"),
        (manifest([{"path": "a"}]), "形式不对，在 $.files[0]。"),
        (manifest([{"path": "a", "bytes": -1, "sha256": "0" * 64}]), "形式不对，在 $.files[0].bytes。"),
        (manifest([{"path": "a", "bytes": 10**15, "sha256": "0" * 64}]), "形式不对，在 $.files[0].bytes。"),
        (
            manifest([{"path": "a", "bytes": 1, "sha256": "0" * 64 + "\n"}]),
            "形式不对，在 $.files[0].sha256。",
        ),
        (manifest([{"path": 7, "bytes": 1, "sha256": "0" * 64}]), "形式不对，在 $.files[0].path。"),
    ],
    ids=range(13),
)
def test_a_manifest_that_is_none(tmp_path: Path, content: bytes, message: str) -> None:
    put(tmp_path, MANIFEST, content)
    assert problems(tmp_path) == [("manifest", MANIFEST, message)]


def test_a_truncated_manifest(tmp_path: Path) -> None:
    content = (site(tmp_path) / MANIFEST).read_bytes()
    for end in (1, len(content) // 2, len(content) - 3):
        put(tmp_path, MANIFEST, content[:end])
        assert problems(tmp_path) == [("manifest", MANIFEST, "不完整，或者不是发布清单。")]
    code, out = verify(tmp_path)
    assert (code, out.splitlines()[-1]) == (1, "没有可用的发布清单，无法核对。")


def test_no_manifest(tmp_path: Path) -> None:
    assert problems(tmp_path) == [("manifest", MANIFEST, "没有这个文件。")]


@pytest.mark.parametrize(
    "path",
    [
        "../x", "a/../../x", "/etc/passwd", "a//b", "./a", "", "a/", "a\\..\\x", "C:/x", "a\0b", "a\nb", ".git/config",
        "%2e%2e/x", "a?b", "a#b", "http://host.example/x", "\u202ea", "a" * 501, "名录",
    ],
)  # fmt: skip
def test_an_address_outside_the_site_is_not_touched(tmp_path: Path, path: str) -> None:
    found = site(tmp_path / "site")
    secret = b"secret"
    put(tmp_path, "x", secret)
    put(found, MANIFEST, manifest([row(path, secret)]))
    (kind, where, message), *others = problems(found)
    assert (kind, where) == ("manifest", MANIFEST)
    assert message.startswith("列出的地址“")
    assert message.endswith("”不是网站里的地址。")
    assert all(sign.isprintable() for sign in message)
    assert {other[0] for other in others} == {"extra"}


def test_an_address_that_is_told_twice(tmp_path: Path) -> None:
    found = site(tmp_path)
    told = json.loads((found / MANIFEST).read_bytes())
    told["files"].append({**told["files"][0], "sha256": "0" * 64})
    put(found, MANIFEST, encoded(told))
    assert problems(found) == [("manifest", MANIFEST, "列出的地址“data/units.csv”列了两次。")]


def test_the_manifest_cannot_tell_of_itself(tmp_path: Path) -> None:
    found = site(tmp_path)
    put(found, MANIFEST, manifest([row(MANIFEST, b"x")]))
    assert problems(found)[0] == ("manifest", MANIFEST, f"列出的地址“{MANIFEST}”是发布清单自己。")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "与发布清单不一致，其中列出的文件没有核对。"),
        (None, "没有这个文件，其中列出的文件没有核对。"),
    ],
)
def test_a_list_that_is_not_the_one_told(tmp_path: Path, content: bytes | None, message: str) -> None:
    """What it would list is not taken for extra: it is not known what it lists."""
    found = site(tmp_path)
    if content is None:
        (found / PAGES).unlink()
    else:
        put(found, PAGES, content)
    told = problems(found)
    assert told[0] == ("manifest", PAGES, message)
    assert {(kind, path) for kind, path, _ in told[1:]} == {
        ("missing" if content is None else "different", PAGES)
    }


def test_a_list_that_is_none_and_one_that_is_huge(tmp_path: Path) -> None:
    found = site(tmp_path)
    put(found, PAGES, b"[]")
    huge = {"path": "api/v1/files/huge.json", "bytes": account.LARGEST_ACCOUNT + 1, "sha256": "0" * 64}
    put(found, MANIFEST, manifest([row(PAGES, b"[]"), huge]))
    assert problems(found)[:2] == [
        ("manifest", "api/v1/files/huge.json", f"太大（{huge['bytes']} 字节），没有读。"),
        ("manifest", PAGES, "形式不对，其中列出的文件没有核对。"),
    ]


def test_names_that_a_terminal_would_obey(tmp_path: Path) -> None:
    found = site(tmp_path)
    (found / "a\x1b[2Jb").write_bytes(b"")
    (found / os.fsdecode(b"\xff")).write_bytes(b"")
    for form in ("text", "json"):
        code, out = verify(found, "--format", form)
        assert code == 1
        assert "\x1b" not in out
        assert "udcff" in out


def test_many_are_counted_and_all_are_in_the_json(tmp_path: Path) -> None:
    found = site(tmp_path)
    for number in range(findings.TOLD + 7):
        put(found, f"more/{number:02}", b"")
    _, out = verify(found)
    assert "多出 另有 7 个没有列出；用 --format json 可看到全部。\n" in out
    assert len(problems(found)) == findings.TOLD + 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "没有目录 nowhere；核对已发布的网站，请写 https:// 开头的网址。"),
        ((".", "--sample", "3"), "--sample 用于网址；网站目录总是全部核对。"),
        ((".", "--sample", "0"), "--sample 的值不对：“0”太小，最小是 1。"),
        (("ftp://host.example/",), "“ftp://host.example/”不是网址，应是 https://… 这样的地址。"),
        (("https:///x",), "“https:///x”不是网址，应是 https://… 这样的地址。"),
        (("http://host.example:99999/",), "“http://host.example:99999/”不是网址，应是 https://… 这样的地址。"),
        (("https://me@host.example/",), "“https://me@host.example/”应是网站的首页地址，不带用户名、问号和井号。"),
        (("https://host.example/?a",), "“https://host.example/?a”应是网站的首页地址，不带用户名、问号和井号。"),
        ((".", "--previous", "pyproject.toml", "--kept", "x"), "--previous 和 --kept 只能写一个。"),
        ((".", "--format", "github"), "--format 的值不对：“github”，可用的有 text、json。"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        cli.main(["verify", *arguments], standalone_mode=False)
    assert usage_message(caught.value).splitlines()[0] == message
