"""The form on a page of its own with a repository behind it: decap-server in local git mode, everything on free ports."""

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

from generator.form.pages import pages
from generator.form.settings import Settings
from generator.problems import Report
from generator.registry import Registry, load
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.conftest import ROOT
from tests.serving import serving

MODULES = ROOT / ".cache/form/node_modules"
SERVER = ROOT / ".cache/tools/node_modules/decap-server/dist/index.js"
LAID_OUT_BY_HAND = """\
# 由手工整理，次序和注释都不能丢
name: 叶轮加工数字化车间
kind: 数字化车间
uscc: 91230100EXWP1CXAML   # 照执照抄写
enterprise: "哈尔滨示例压缩机有限公司"

city: 哈尔滨市
county: 道里区
industry: 344
# 先有自评
maturity:
    - {date: 2022-09-17, level: 2, method: 自评}
titles:
    # 第一批
    - title: 数字化（智能）示范车间
      document: 黑示例工信发〔2022〕96号
# 完
"""
HAND = "registry/factories/230100/2301-0007.yml"


@dataclass(frozen=True, slots=True)
class Desk:
    """The address of the form, and the repository that it writes to."""

    address: str
    api: str
    repository: Path

    def git(self, *arguments: str) -> str:
        """Run git in the repository."""
        return subprocess.run(
            ["git", "-C", str(self.repository), *arguments],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout

    def drafts(self) -> list[str]:
        """The branches that the form has made."""
        return self.git("for-each-ref", "--format=%(refname:short)", "refs/heads/cms/").split()

    def checked_out(self, branch: str, into: Path) -> Path:
        """The registry as a branch has it, in a folder of its own."""
        self.git("worktree", "add", "--detach", "--quiet", str(into), branch)
        return into / "registry"


@pytest.fixture(scope="session")
def shipped() -> Registry:
    """The shipped registry."""
    found = load(ROOT / "registry", Report())
    assert found is not None
    return found


def settings(api: str = "http://127.0.0.1:9/api/v1") -> Settings:
    """The settings of a trial on this machine."""
    return Settings(host="local", repo=None, branch="main", folder="registry", login=None, api=api, app=None)


def write_form(site: Path, registry: Registry, chosen: Settings) -> None:
    """Write the files of the form into a folder."""
    made = pages(chosen, registry, name="示例名录", base="https://registry.example/", modules=MODULES)
    for path, content in made.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A running Chromium that speaks Chinese."""
    found = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--lang=zh-CN"])
    yield found
    found.close()


@pytest.fixture(scope="module")
def desk(shipped: Registry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A repository with the shipped registry, one record of it laid out by hand, and the form in front of it."""
    folder = tmp_path_factory.mktemp("desk")
    repository, site = folder / "repository", folder / "site"
    shutil.copytree(ROOT / "registry", repository / "registry")
    (repository / HAND).write_text(LAID_OUT_BY_HAND, encoding="utf-8")
    site.mkdir()
    with serving(site) as address, server(repository) as api:
        found = Desk(address, api, repository)
        write_form(site, shipped, settings(api))
        yield found


class server:
    """decap-server in git mode over a folder, which becomes a repository, on a port that was free a moment ago."""

    def __init__(self, repository: Path) -> None:
        self._repository = repository

    def __enter__(self) -> str:
        assert SERVER.is_file(), f"没有 {SERVER}；请先运行 make browser。"
        for command in (
            ["init", "--quiet", "--initial-branch=main"],
            ["config", "user.name", "示例"],
            ["config", "user.email", "form@registry.example"],
            ["add", "--all"],
            ["commit", "--quiet", "--message=名录"],
        ):
            subprocess.run(["git", "-C", str(self._repository), *command], check=True)
        for _ in range(5):
            with socket.socket() as found:
                found.bind(("127.0.0.1", 0))
                port = found.getsockname()[1]
            self._process = subprocess.Popen(
                ["node", str(SERVER)],
                cwd=self._repository,
                env={
                    **os.environ,
                    "PORT": str(port),
                    "BIND_HOST": "127.0.0.1",
                    "MODE": "git",
                    "GIT_REPO_DIRECTORY": str(self._repository),
                    "LOG_LEVEL": "error",
                },
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            api = f"http://127.0.0.1:{port}/api/v1"
            if self._answers(api):
                return api
            self._stop()
        raise AssertionError("decap-server 没有启动。")

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _answers(self, api: str) -> bool:
        """Whether it is this process that answers: one whose port was taken meanwhile has ended."""
        asked = urllib.request.Request(
            api, data=b'{"action": "info"}', headers={"Content-Type": "application/json"}
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(asked, timeout=5) as answer:
                    told = answer.read().decode()
                return '"local_git"' in told and self._process.poll() is None
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        return False

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def entered(page: Page, desk: Desk) -> None:
    """Open the form and log in."""
    page.goto(f"{desk.address}admin/")
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="典型案例").wait_for()


def saved(page: Page) -> None:
    """Save, and wait until the form says that it is saved."""
    page.get_by_role("button", name="保存").click()
    page.get_by_text("修改已保存").wait_for()
    page.wait_for_url("**/entries/**")
