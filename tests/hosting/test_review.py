"""A request from end to end without a code host: the scripts of check.yml run in a repository with a changed record."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import AS_OF, ROOT
from tests.hosting.workflows import Done, run_step

UNIT = "registry/factories/370200/3702-0001.yml"
GIT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    **{f"GIT_{who}_NAME": "某人" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "a@host.example" for who in ("AUTHOR", "COMMITTER")},
}


def _git(folder: Path, *arguments: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**kept, **GIT}, capture_output=True, timeout=60, check=True
    )


@dataclass(frozen=True, slots=True)
class Request:
    """A repository at the merge of a request, as GitHub hands it out."""

    folder: Path
    scratch: Path

    def step(self, name: str) -> Done:
        env = {"FORMAT": "github", "AS_OF": AS_OF}
        return run_step("check.yml", name, cwd=self.folder, scratch=self.scratch, env=env)

    @property
    def review(self) -> Path:
        return self.folder / "build/review"


def _request(tmp: Path, old: str, new: str, path: str = UNIT) -> Request:
    """A request that puts `new` in the place of `old` in a file."""
    folder = tmp / "repository"
    shutil.copytree(ROOT / "tests/registries/qingdao-2024", folder / "registry")
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    for name in ("generator", ".venv"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".gitignore").write_text("/generator\n/.venv\n/build\n", encoding="utf-8")
    (tmp / "scratch").mkdir()
    _git(folder, "init", "--initial-branch=main")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--message=开始")
    _git(folder, "switch", "--create", "change")
    record = folder / path
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new), encoding="utf-8")
    _git(folder, "commit", "--all", "--message=改一条")
    _git(folder, "switch", "main")
    _git(folder, "merge", "--no-ff", "--message=合并", "change")
    return Request(folder, tmp / "scratch")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Request:
    return _request(tmp_path_factory.mktemp("sound"), "高速列车智能工厂", "高速列车总装智能工厂")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Request:
    return _request(tmp_path_factory.mktemp("faulty"), "date: 2025-01-07", "date: 2025/01/07")


def test_a_sound_request(sound: Request) -> None:
    done = sound.step("检查记录")
    assert done.code == 0, done.out
    assert done.summary == (sound.review / "check.md").read_text(encoding="utf-8")
    assert done.summary.startswith("## 检查结果：0 个错误、8 个提醒\n\n| 级别 |")
    assert done.out.count("::warning file=registry/factories/370200/") == 8


def test_a_faulty_request_is_annotated_and_fails(faulty: Request) -> None:
    done = faulty.step("检查记录")
    assert done.code == 1
    assert done.out.splitlines()[0] == (
        f"::error file={UNIT},line=8,title=错误 bad-date titles[0].date::“2025/01/07”不是规范的日期；"
        "日期要写成“年-月-日”，请改为 2025-01-07。"
    )
    assert done.summary.startswith("## 检查结果：1 个错误、")
    assert f"| 错误 | {UNIT}:8 | titles&#91;0&#93;.date |" in done.summary


def test_the_reviewers_are_looked_at(sound: Request) -> None:
    done = sound.step("核对人名单与规则一致")
    assert done.code == 1
    assert "请运行 python -m generator owners 重新写出" in done.out


def test_a_preview_holds_the_pages_of_the_unit_and_not_those_of_others(sound: Request) -> None:
    done = sound.step("预览改动后的页面")
    assert done.code == 0, done.out
    preview = sound.review / "preview"
    assert (preview / "factories/3702-0001/index.html").is_file()
    assert (preview / "index.html").is_file() or (preview / "directory/index.html").is_file()
    assert (preview / "assets").is_dir()
    assert not (preview / "rules").exists()
    shown = [path for path in preview.rglob("*.html") if path.name != "preview.html"]
    text = (preview / "preview.html").read_text(encoding="utf-8")
    assert text.count("<li><a ") == len(shown)
    assert "高速列车总装智能工厂" in text
    assert done.summary.startswith(f"## 改动后的页面\n\n新增或改动 {len(shown)} 个页面")
    # Nothing is left behind in the repository.
    assert not (sound.folder / "build/base").exists()
    assert (
        subprocess.run(
            ["git", "status", "--porcelain"], cwd=sound.folder, capture_output=True, check=True
        ).stdout
        == b""
    )


def test_a_faulty_request_has_no_preview_and_says_so(faulty: Request) -> None:
    done = faulty.step("预览改动后的页面")
    assert done.code == 1
    assert "改动后的名录有错误，没有生成预览。" in done.summary
    assert not (faulty.review / "preview").exists()


def test_what_a_change_means_is_told(sound: Request) -> None:
    done = sound.step("改了什么")
    assert done.code == 0, done.out
    assert done.summary.startswith("## 名录改动的法律效果\n")
    assert "数据驱动的高速列车总装智能工厂" in done.summary
    assert done.summary == (sound.review / "diff.md").read_text(encoding="utf-8")


def test_a_change_with_errors_is_told_too(faulty: Request) -> None:
    done = faulty.step("改了什么")
    assert done.code == 1
    assert f"::error file={UNIT},line=8," in done.out
    assert done.summary.startswith("## 名录改动的法律效果\n")


def test_what_cannot_be_read_cannot_be_told(tmp_path: Path) -> None:
    done = _request(tmp_path, "bar_years: ", "bar_year: ", path="registry/policy.yml").step("改了什么")
    assert done.code == 1
    assert "[missing-field]" in done.out
    assert done.summary == "## 改动的效果：读不出名录，无法比较\n"


def test_history_that_is_altered_is_annotated_and_fails(tmp_path: Path) -> None:
    request = _request(tmp_path, "date: 2025-01-07", "date: 2025-01-08")
    done = request.step("改了什么")
    assert done.code == 1
    assert done.out.startswith(f"::error file={UNIT},line=8,")
    assert done.summary.startswith("## 名录改动的法律效果\n")


def test_the_days_to_come_are_rehearsed(sound: Request) -> None:
    done = sound.step("预演今后的日子")
    assert done.code == 0, done.out
    assert done.summary.startswith(
        "## 预演今后的日子\n\n照现在的记录，今后的日子都能通过检查。\n\n    从2026年11月24日"
    )


def test_the_comment_is_made_of_the_parts(faulty: Request, sound: Request) -> None:
    for request in (sound, faulty):
        for name in ("检查记录", "改了什么", "预演今后的日子", "预览改动后的页面"):
            assert request.step(name).code in {0, 1}
        assert request.step("写好评论").code == 0
    text = (sound.review / "comment.md").read_text(encoding="utf-8")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == [
        "名录改动的法律效果",
        "检查结果：0 个错误、8 个提醒",
        "预演今后的日子",
        "改动后的页面",
    ]
    assert "| 提醒 |" not in text
    text = (faulty.review / "comment.md").read_text(encoding="utf-8")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == [
        "名录改动的法律效果",
        "检查结果：1 个错误、8 个提醒",
        "预演今后的日子",
        "改动后的页面",
    ]
    assert f"|---|---|---|---|---|\n| 错误 | {UNIT}:8 |" in text
    assert "没有生成预览。" in text


def test_all_at_once(faulty: Request) -> None:
    """As GitLab, Gitee and `make review` do it: what fails does not keep the others from running."""
    env = {**os.environ, "AS_OF": AS_OF}
    done = subprocess.run(
        [".ci/review", "all"], cwd=faulty.folder, env=env, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 1
    assert sorted(path.name for path in faulty.review.iterdir()) == [
        "check.md",
        "comment.md",
        "diff-short.md",
        "diff.md",
        "preview.md",
        "rehearse.md",
        "rehearse.txt",
    ]


def test_gitlab_has_a_report_of_its_own(faulty: Request) -> None:
    env = {**os.environ, "FORMAT": "gitlab", "AS_OF": AS_OF}
    done = subprocess.run(
        [".ci/review", "check"],
        cwd=faulty.folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert f"{UNIT}:8: 错误 [bad-date] titles[0].date：" in done.stdout
    found = json.loads((faulty.review / "codequality.json").read_text(encoding="utf-8"))
    assert [row["check_name"] for row in found if row["severity"] == "critical"] == ["bad-date"]


def test_the_parent_of_the_merge_is_the_base_and_a_wrong_one_is_told(sound: Request) -> None:
    env = {**os.environ, "BASE": "nowhere"}
    done = subprocess.run(
        [".ci/review", "check"],
        cwd=sound.folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "找不到改动前的提交 nowhere；请用 BASE 指明，并确认取回了完整的历史。\n",
    )
