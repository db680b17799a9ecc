"""What a version history holds: the commit a folder stands at, for the manifest, and a folder as a commit has it.

May import `clock`; the only module that runs another program, git. Only the faces ask it. The working tree is never
touched, and nothing is fetched.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from generator import clock

_SECONDS = 60
_READING_SECONDS = 300
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_LINK = "120000"


class HistoryError(Exception):
    """A commit that cannot be read; the text says in Chinese why, and what to do."""


class Snapshot(Struct, frozen=True):
    """A folder as a commit has it: `commit` in full, `folder` from the root of the repository, "" for the root itself.

    `files` has the bytes of each file by the parts of its path from the folder; None is a symbolic link.
    """

    commit: str
    folder: str
    files: dict[tuple[str, ...], bytes | None]


def commit(folder: Path) -> str | None:
    """Return the commit that holds a folder as it is, or None.

    There is none where the folder is in no history, where git is missing, refuses or takes too long, and where
    anything in the folder is changed, new or ignored: then no commit says what is published.

    Args:
        folder: the folder of the registry.
    """
    changed = _git(folder, "status", "--porcelain", "--untracked-files=normal", "--ignored", "--", ".")
    if changed is None or changed.strip():
        return None
    head = (_git(folder, "rev-parse", "--verify", "HEAD") or "").strip()
    return head if _COMMIT.fullmatch(head) else None


def snapshot(folder: Path, name: str) -> Snapshot:
    """Return a folder as a commit has it. Raises HistoryError, with what to do, where that cannot be read.

    Args:
        folder: the folder in the working tree; it need not exist there any more.
        name: a commit, branch or tag, as git understands it.
    """
    absolute = folder.absolute()
    place = next(found for found in (absolute, *absolute.parents) if found.is_dir())
    prefix = _git(place, "rev-parse", "--show-prefix")
    if prefix is None:
        if _git(place, "--version") is None:
            raise HistoryError("没有找到 git，或 git 没有应答；请安装 git，或改为比较两个文件夹。")
        raise HistoryError(
            f"“{folder}”不在 git 代码库里，没有“{name}”可比；请在代码库中运行，或改为写出一个文件夹。"
        )
    inside = [part for part in prefix.rstrip("\n").split("/") if part]
    within = "/".join([*inside, *absolute.relative_to(place).parts])
    found = _resolved(place, name)
    below = ("--", f"{within}/") if within else ()
    rows = list(_rows(_read(place, "ls-tree", "-r", "-z", "--full-tree", found, *below)))
    if not rows:
        raise HistoryError(f"提交 {found[:12]} 里没有“{within or '.'}”这个目录；请核对提交和 --registry。")
    skip = len(within.split("/")) if within else 0
    paths = [tuple(path.split("/"))[skip:] for _, _, path in rows]
    contents = _contents(place, [blob for mode, blob, _ in rows if mode != _LINK])
    return Snapshot(
        commit=found,
        folder=within,
        files={
            path: None if mode == _LINK else next(contents)
            for path, (mode, _, _) in zip(paths, rows, strict=True)
        },
    )


def _resolved(place: Path, name: str) -> str:
    """The full name of a commit."""
    if name.startswith("-") or not name.strip():
        raise HistoryError(f"“{name}”不是提交；请写提交编号、分支或标签，例如 HEAD~1、main。")
    found = (
        _git(place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}") or ""
    ).strip()
    if _COMMIT.fullmatch(found):
        return found
    if (_git(place, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
        raise HistoryError(
            f"代码库里没有提交“{name}”：这是浅克隆，只取了最近的几次提交；请取回全部历史后重试"
            "（git fetch --unshallow；在流水线里把取出代码的深度 fetch-depth 设为 0）。"
        )
    raise HistoryError(
        f"代码库里没有提交“{name}”；请核对写法（提交编号、分支或标签），远程的分支要先用 git fetch 取回。"
    )


def _rows(listing: bytes) -> Iterator[tuple[str, str, str]]:
    """The files of a tree: mode, name of the content, path; what another repository keeps is left out."""
    for row in listing.split(b"\0"):
        if row:
            told, path = row.split(b"\t", 1)
            mode, kind, blob = told.decode().split()
            if kind == "blob":
                yield mode, blob, path.decode("utf-8", "replace")


def _contents(place: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """The contents of many blobs in order, asked of one process."""
    answer = _read(place, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    for blob in blobs:
        end = answer.find(b"\n", at)
        told = answer[at:end].split()
        if end < 0 or len(told) != 3:
            raise HistoryError(f"代码库不完整，缺少内容 {blob[:12]}；请重新取回后再试（git fetch）。")
        first, at = end + 1, end + 2 + int(told[2])
        yield answer[first : at - 1]


def _read(place: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = _run(place, arguments, given=given, seconds=_READING_SECONDS)
    if done is None:
        raise HistoryError("git 没有读出提交的内容；请用 git fsck 检查代码库，或稍后重试。")
    return done


def _git(folder: Path, *arguments: str) -> str | None:
    """What git answers about a folder, or None where it fails."""
    done = _run(folder, arguments, given=b"", seconds=_SECONDS)
    return None if done is None else done.decode("utf-8", "replace")


def _run(folder: Path, arguments: Sequence[str], *, given: bytes, seconds: float) -> bytes | None:
    """What git answers about a folder, or None where it fails.

    Variables of another repository (GIT_DIR inside a hook) are left out, nothing is locked, written or fetched, and no
    monitor that the repository's own settings name is started.
    """
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", *arguments],
            cwd=folder,
            env={**clock.environment(without="GIT_"), "GIT_NO_LAZY_FETCH": "1"},
            input=given,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
