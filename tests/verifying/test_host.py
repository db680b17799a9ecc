"""A site as it is served: under any path, with a server that fails, lies, sends elsewhere or does not stop."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from generator.verifying import host
from tests.verifying.sites import MANIFEST, PAGES, Server, answer, digest, manifest, put, row, serving, site
from tests.verifying.test_folder import problems, verify


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "time", Clock())


class Clock:
    """Time goes on, but nobody sleeps."""

    slept: list[float]

    def __init__(self) -> None:
        self.slept = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def monotonic(self) -> float:
        return time.monotonic()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(Server(site(tmp_path / "site"))) as running:
        yield running


def test_all_is_the_same(server: Server) -> None:
    """Pages are asked for where readers find them; the page for lost visitors may come with 404."""
    told = digest((server.folder / MANIFEST).read_bytes())
    server.answers["404.html"] = lambda handler: answer(handler, 404, b"<title>lost</title>")
    assert verify(server.url) == (
        0,
        f"数据截至 2026-11-24，发布清单的 SHA-256 是 {told}。\n6 个文件，全部一致。\n",
    )
    assert "/factories/2301-0001/" in server.asked
    assert not [path for path in server.asked if path.endswith("index.html")]


def test_a_real_site_below_a_path(built: Callable[..., Path]) -> None:
    """The manifest, its lists and 60 files by lot."""
    folder = built("qingdao-2024")
    number = sum(path.is_file() for path in folder.rglob("*")) - 1
    with serving(Server(folder, mount="/a/registry/")) as running:
        for url in (running.url, running.url.removesuffix("/")):
            code, out = verify(url, "--sample", "60")
            assert (code, out.splitlines()[-1]) == (0, f"抽查了 {number} 个文件中的 60 个，都一致。")
        assert verify(running.url.removesuffix("registry/"))[0] == 1
    assert len(set(running.asked)) > 60


def test_a_sample_as_large_as_the_site_is_the_site(server: Server) -> None:
    assert verify(server.url, "--sample", "6")[1].endswith("\n6 个文件，全部一致。\n")
    code, out = verify(server.url, "--sample", "1", "--format", "json")
    assert (code, json.loads(out)["checked"], json.loads(out)["files"]) == (0, 1, 6)


def test_altered_longer_shorter_and_gone(server: Server) -> None:
    put(server.folder, "index.html", b"<title>hone</title>")
    put(server.folder, "robots.txt", b"User-agent: *\nDisallow: /\n")
    put(server.folder, "data/units.csv", b"id")
    (server.folder / "factories/2301-0001/index.html").unlink()
    assert problems(server.url) == [
        ("missing", "factories/2301-0001/index.html", "服务器答复 404。"),
        ("different", "data/units.csv", "清单里是 18 字节，实际是 2 字节。"),
        ("different", "index.html", "大小相同，SHA-256 不同。"),
        ("different", "robots.txt", "清单里是 14 字节，实际更多。"),
    ]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(server: Server, tmp_path: Path, status: int) -> None:
    with serving(Server(server.folder)) as other:

        def elsewhere(handler: BaseHTTPRequestHandler) -> bool:
            return answer(handler, status, b"", Location=f"{other.url}robots.txt")

        server.answers["robots.txt"] = elsewhere
        assert problems(server.url) == [
            ("unreachable", "robots.txt", f"服务器转到别的地址（{status}），没有跟随。")
        ]
        server.answers[MANIFEST] = elsewhere
        assert problems(server.url) == [
            ("unreachable", MANIFEST, f"服务器转到别的地址（{status}），没有跟随。")
        ]
        assert other.asked == []


def test_a_busy_server_is_asked_again(server: Server) -> None:
    left = [503, 429]

    def busy(handler: BaseHTTPRequestHandler) -> bool:
        # A server that says to come back in a year is not waited for.
        return bool(left) and answer(handler, left.pop(), b"", Retry_After="31536000")

    server.answers["robots.txt"] = busy
    assert problems(server.url) == []
    left += [500, 502, 504]
    assert problems(server.url) == [("unreachable", "robots.txt", "服务器答复 500。")]


@pytest.mark.parametrize("status", [401, 403, 418])
def test_a_refusal_is_not_asked_again(server: Server, status: int) -> None:
    server.answers["robots.txt"] = lambda handler: answer(handler, status, b"")
    assert problems(server.url) == [("unreachable", "robots.txt", f"服务器答复 {status}。")]
    assert server.asked.count("/robots.txt") == 1


def test_an_answer_that_breaks_off_is_asked_for_again(server: Server) -> None:
    def broken(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", "14")
        handler.end_headers()
        handler.wfile.write(b"User")
        handler.close_connection = True
        return True

    server.answers["robots.txt"] = broken
    assert problems(server.url) == [("unreachable", "robots.txt", "连接中断。")]
    assert server.asked.count("/robots.txt") == host.ATTEMPTS


def test_an_answer_without_end_is_not_read_to_it(server: Server) -> None:
    written = []

    def endless(handler: BaseHTTPRequestHandler) -> bool:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(10_000):
            try:
                handler.wfile.write(b"x" * 65536)
            except OSError:
                break
            written.append(65536)
        return True

    server.answers["robots.txt"] = endless
    assert problems(server.url) == [("different", "robots.txt", "清单里是 14 字节，实际更多。")]
    assert sum(written) < 100_000_000


def test_a_slow_answer_is_not_waited_for_without_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "LONGEST", -1.0)
    assert problems(server.url) == [("unreachable", MANIFEST, "太慢，没有取完。")]


def test_a_host_that_compresses_unasked(server: Server) -> None:
    content = (server.folder / "robots.txt").read_bytes()
    server.answers["robots.txt"] = lambda handler: answer(
        handler, 200, gzip.compress(content), Content_Encoding="gzip"
    )
    assert problems(server.url) == []
    server.answers["robots.txt"] = lambda handler: answer(handler, 200, content, Content_Encoding="gzip")
    assert problems(server.url) == [("unreachable", "robots.txt", "传来的压缩内容不对。")]


def test_a_bomb_of_compressed_bytes(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    server.answers["robots.txt"] = lambda handler: answer(handler, 200, bomb, Content_Encoding="gzip")
    assert problems(server.url) == [("different", "robots.txt", "清单里是 14 字节，实际更多。")]


def test_what_is_no_http(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def babble() -> None:
            for _ in range(host.ATTEMPTS):
                with listening.accept()[0] as connection:
                    connection.recv(4096)
                    connection.sendall(b"220 smtp.example ESMTP\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert problems(url) == [("unreachable", MANIFEST, "连接中断。")]
        thread.join()


def test_a_server_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    assert problems(url) == [("unreachable", MANIFEST, "连不上服务器。")]
    code, out = verify(url)
    assert (code, out.splitlines()[-1]) == (1, "没有可用的发布清单，无法核对。")


def test_a_name_that_nobody_has() -> None:
    assert problems("https://registry.invalid/") == [("unreachable", MANIFEST, "查不到这个域名。")]


def test_a_server_that_goes_down_on_the_way_is_given_up(server: Server) -> None:
    rows = [row(f"data/{number:04}.csv", b"x") for number in range(1000)]
    put(server.folder, MANIFEST, manifest(rows))
    for told in rows:
        server.answers[told["path"]] = lambda handler: answer(handler, 500, b"")
    code, out = verify(server.url)
    assert code == 1
    assert f"取不到 /：接连 {host.GIVEN_UP} 个文件取不到，其余 980 个没有再取。\n" in out
    assert len(server.asked) < 1000


@pytest.mark.parametrize("path", [MANIFEST, PAGES])
def test_a_manifest_that_is_not_there_or_cut(server: Server, path: str) -> None:
    content = (server.folder / path).read_bytes()
    put(server.folder, path, content[:-9])
    kind, where, _ = problems(server.url)[0]
    assert (kind, where) == ("manifest", path)
    (server.folder / path).unlink()
    kind, where, message = problems(server.url)[0]
    assert where == path
    assert message.startswith("服务器答复 404")


def test_a_manifest_of_a_stranger_asks_for_nothing_outside_the_site(server: Server) -> None:
    put(server.folder, MANIFEST, manifest([row("../../secret", b"x"), row("//other.example/x", b"x")]))
    assert [found[0] for found in problems(server.url)] == ["manifest", "manifest"]
    assert server.asked == [f"/{MANIFEST}"]
