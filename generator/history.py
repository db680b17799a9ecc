"""Which commit of a version history a folder stands at, for the manifest.

May import `clock`; the only module that runs another program, git. Only the faces ask it.
"""

import re
import subprocess
from pathlib import Path

from generator import clock

_SECONDS = 60
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)


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


def _git(folder: Path, *arguments: str) -> str | None:
    """What git answers about a folder, or None where it fails.

    Variables of another repository (GIT_DIR inside a hook) are left out, nothing is locked or written, and no monitor
    that the repository's own settings name is started.
    """
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", *arguments],
            cwd=folder,
            env=clock.environment(without="GIT_"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
