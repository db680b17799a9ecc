"""The preview shows a changed record, tells of errors and goes on after they are mended."""

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import AS_OF, ROOT, run

RECORD = "factories/370200/3702-0001.yml"
PAGE = "factories/3702-0001/"


@dataclass
class Preview:
    """A running preview and what it has printed so far."""

    process: subprocess.Popen[bytes]
    registry: Path
    url: str
    printed: str = field(default="")

    def until(self, text: str) -> None:
        """Read what is printed until it holds a text."""
        assert self.process.stdout
        end = time.monotonic() + 120
        while text not in self.printed:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            assert ready, self.printed
            more = os.read(self.process.stdout.fileno(), 65536)
            assert more, self.printed
            self.printed += more.decode()

    def shows(self, text: str) -> bool:
        with urllib.request.urlopen(self.url + PAGE, timeout=60) as answer:
            return text in answer.read().decode()

    def edit(self, old: str, new: str) -> None:
        path = self.registry / RECORD
        text = path.read_text(encoding="utf-8")
        assert old in text
        self.printed = ""
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    registry = folder / "registry"
    shutil.copytree(ROOT / "tests/registries/qingdao-2024", registry)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"127.0.0.1:{port}"
    options = ["--registry", str(registry), "--as-of", AS_OF, "--addr", address]
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CACHE": str(folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    started = Preview(process, registry, f"http://127.0.0.1:{port}/")
    with process:
        try:
            started.until("按 Ctrl+C 结束")
            assert f"预览网址：http://127.0.0.1:{port}/，改动后自动更新" in started.printed
            time.sleep(1)
            yield started
            process.send_signal(signal.SIGINT)
            started.until("预览已结束。")
            assert process.wait(60) == 0
        finally:
            process.kill()


def name(registry: Path) -> str:
    found = re.search("^name: (.*)$", (registry / RECORD).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def test_a_changed_record_is_shown(preview: Preview) -> None:
    old = name(preview.registry)
    assert preview.shows(old)
    preview.edit(f"name: {old}", "name: 示例改名数字化车间")
    preview.until("已更新：8 个单元")
    assert preview.shows("示例改名数字化车间")


def test_an_error_is_told_and_the_last_pages_stay(preview: Preview) -> None:
    shown = name(preview.registry)
    preview.edit("industry: 37", "industry: 99")
    preview.until("名录有错误，预览仍是上一次的；改正后会自动更新。")
    assert "3702-0001.yml:" in preview.printed
    assert "unknown-industry" in preview.printed
    assert preview.shows(shown)
    preview.edit("industry: 99", "industry: 37")
    preview.until("已更新：8 个单元")


def test_a_port_in_use_is_told(preview: Preview) -> None:
    address = preview.url.removeprefix("http://").rstrip("/")
    done = run("serve", "--registry", preview.registry, "--as-of", AS_OF, "--addr", address)
    assert done.code == 2
    assert f"{address} 已有别的程序在用，请用 --addr 换一个端口。" in done.err


@pytest.mark.parametrize("address", ["8000", "127.0.0.1:", ":8000", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_needs_host_and_port(address: str) -> None:
    done = run("serve", "--addr", address)
    assert done.code == 2
    assert f"--addr 的值不对：“{address}”，应是“地址:端口”，例如 127.0.0.1:8000。" in done.err


def test_a_registry_with_errors_is_not_previewed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/registries/qingdao-2024", tmp_path / "registry")
    (tmp_path / "registry" / "stray.txt").write_text("x")
    done = run("serve", "--registry", tmp_path / "registry", "--as-of", AS_OF)
    assert done.code == 1
    assert "stray-file" in done.err
