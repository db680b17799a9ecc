"""Changed records to files: all of them or none.

May import `desk` and `journal`. A file that is no longer as it was read stops everything before anything is written.
"""

from collections.abc import Iterable
from pathlib import Path

from generator import journal
from generator.disk import changing
from generator.journal import Replacement
from generator.sheets.desk import Changed


class Overtaken(Exception):
    """A file that somebody else has changed since it was read; the message says which, in Chinese."""


class Halfway(Exception):
    """A write that failed and could not be taken back either; the message says what to do, in Chinese."""


def store(root: Path, changes: Iterable[Changed]) -> None:
    """Write changed records into the folder of a registry.

    Args:
        root: the folder that holds policy.yml.
        changes: the records.

    Raises:
        Overtaken: a record changed meanwhile, a new one's place is taken, or another write was left half done.
        Halfway: a file cannot be written, and those written before cannot be put back.
        OSError: a file cannot be written; those written before are as they were.
    """
    todo = [Replacement(change.path, change.before, change.now) for change in changes]
    journal.undo(root)
    with changing(root):
        if journal.pending(root):
            raise Overtaken(f"{root} 里另有一次写入没有做完，没有写入；请先运行 check，照它说的做。")
        for change in todo:
            path = root / change.path
            now = path.read_bytes() if path.exists() else None
            if now != change.before:
                raise Overtaken(f"{path} 在读取之后被别人改过，没有写入；请重新导入。")
        try:
            journal.replace(root, todo)
        except OSError as error:
            if journal.pending(root):
                raise Halfway(
                    f"写到一半停住了（{error.strerror or error}），写了的也没能改回；"
                    "请排除故障后运行一次 check，会自动撤销。"
                ) from error
            raise
