"""The commit a folder stands at; none where no commit says what is in it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.history import commit


def git(folder: Path, *arguments: str) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=registry", "-c", "user.email=registry@registry.example"]
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        env={**plain, "GIT_CONFIG_GLOBAL": os.devnull},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A folder in a repository, all of it committed."""
    folder = tmp_path / "repository" / "registry"
    folder.mkdir(parents=True)
    (folder / "policy.yml").write_text("name: 示例\n", encoding="utf-8")
    (folder.parent / ".gitignore").write_text("build/\n*.bak\n", encoding="utf-8")
    git(folder.parent, "init", "--quiet")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "--quiet", "--message", "Begin")
    return folder


def test_a_committed_folder_stands_at_the_commit(registry: Path) -> None:
    assert commit(registry) == git(registry, "rev-parse", "HEAD")


def test_what_changes_beside_it_does_not_matter(registry: Path) -> None:
    (registry.parent / "beside.yml").write_text("x")
    assert commit(registry) == git(registry, "rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("name", "why"), [("policy.yml", "changed"), ("new.yml", "new"), ("old.bak", "ignored")]
)
def test_there_is_none_where_something_in_it_is_in_no_commit(registry: Path, name: str, why: str) -> None:
    (registry / name).write_text(why)
    assert commit(registry) is None


def test_a_staged_change_is_in_no_commit_either(registry: Path) -> None:
    (registry / "policy.yml").write_text("staged")
    git(registry, "add", ".")
    assert commit(registry) is None


def test_a_removed_record_is_a_change(registry: Path) -> None:
    (registry / "policy.yml").unlink()
    assert commit(registry) is None


def test_a_folder_that_its_repository_ignores_has_none(registry: Path) -> None:
    made = registry.parent / "build" / "demo"
    made.mkdir(parents=True)
    (made / "policy.yml").write_text("x")
    assert commit(made) is None


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert commit(tmp_path) is None


def test_a_folder_in_no_repository_has_none(tmp_path: Path) -> None:
    assert commit(tmp_path) is None
    assert commit(tmp_path / "absent") is None


def test_variables_of_another_repository_do_not_mislead(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside a hook git sets GIT_DIR and others; the folder is asked, not the hook's repository."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert commit(registry) == git(registry, "rev-parse", "HEAD")


def test_settings_that_hide_new_files_do_not_mislead(registry: Path) -> None:
    git(registry, "config", "status.showUntrackedFiles", "no")
    (registry / "new.yml").write_text("x")
    assert commit(registry) is None


def test_a_missing_git_is_no_error(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(registry))
    assert commit(registry) is None


@pytest.mark.parametrize("script", ["exit 128", "sleep 5", "printf 'no commit\\n'"])
def test_a_git_that_refuses_or_hangs_or_babbles_is_no_error(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(f"#!{shutil.which('sh')}\n{script}\n")
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr("generator.history._SECONDS", 0.2)
    assert commit(registry) is None


def test_the_repository_is_only_read(registry: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (registry.parent / ".git").rglob("*")}
    os.utime(registry / "policy.yml", (1, 1))
    assert commit(registry) is not None
    assert {path: path.stat().st_mtime_ns for path in (registry.parent / ".git").rglob("*")} == before
