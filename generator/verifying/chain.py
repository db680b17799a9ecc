"""Whether manifests form one chain: each holds the SHA-256 of the one it replaced.

May import `account` and `findings`. Whoever keeps the manifests of earlier days can tell when a publisher, or somebody in the
publisher's place, has put another history in place of the one that was published.
"""

import os
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from generator import urls
from generator.verifying.account import LARGEST_ACCOUNT, Account, Statement, statement
from generator.verifying.findings import Finding


class Linked(Struct, frozen=True):
    """How a manifest is linked to those before it: a sentence, and what is wrong."""

    told: str | None
    findings: tuple[Finding, ...] = ()


def follows(account: Account, previous: Path) -> Linked:
    """Tell whether a manifest is the one right after another, or that one itself.

    Args:
        account: the manifest of the site.
        previous: a file that holds the manifest before it.
    """
    found = _kept(previous)
    if isinstance(found, str):
        return Linked(None, (_broken(previous.name, f"{found}，无法比较。"),))
    told, before = found
    if told == account.sha256:
        return Linked("与给出的清单是同一份，此后没有新的发布。")
    if told == account.statement.previous:
        return _in_order(account, {told: before}, [told], f"接在 {before.as_of} 的清单之后。")
    return Linked(
        None,
        (
            _broken(
                previous.name,
                f"网站的清单不是接在这一份之后的：它接的是 {_named(account.statement.previous)}。",
            ),
        ),
    )


def descends(account: Account, folder: Path) -> Linked:
    """Tell whether a manifest goes back to all that are kept in a folder.

    Args:
        account: the manifest of the site.
        folder: the manifests of earlier days, one a file; it need not exist yet.
    """
    names = sorted(path.name for path in folder.glob("*.json")) if folder.is_dir() else []
    kept: dict[str, Statement] = {}
    files: dict[str, str] = {}
    findings = []
    for name in names:
        found = _kept(folder / name)
        if isinstance(found, str):
            findings.append(_broken(name, f"{found}。"))
        else:
            kept[found[0]] = found[1]
            files[found[0]] = name
    line = []
    wanted = account.statement.previous
    while wanted in kept and wanted not in line:
        line.append(wanted)
        wanted = kept[wanted].previous
    apart = [told for told in kept if told not in line and told != account.sha256]
    for told in apart:
        findings.append(_broken(files[told], _apart(account, kept[told], wanted)))
    if not kept:
        return Linked("还没有保存过清单，从这一份开始。" if not findings else None, tuple(findings))
    if not line and not findings:
        return Linked("保存的就是这一份，此后没有新的发布。")
    end = "第一次发布" if wanted is None else f" {kept[line[-1]].as_of if line else account.statement.as_of}"
    return _in_order(
        account, kept, line, f"清单前后相连：往前接着保存的 {len(line)} 份，直到{end}。", tuple(findings)
    )


def keep(content: bytes, account: Account, folder: Path) -> Path:
    """Keep a manifest in a folder under its day and SHA-256, and return where; what is there already stays.

    Args:
        content: the manifest.
        account: what it says.
        folder: where manifests are kept; it is made where it does not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{account.statement.as_of}-{account.sha256[:16]}.json"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return path


def _in_order(
    account: Account,
    kept: dict[str, Statement],
    line: list[str],
    told: str,
    findings: tuple[Finding, ...] = (),
) -> Linked:
    """A later manifest speaks of no earlier day."""
    later = account.statement.as_of
    for link in line:
        if kept[link].as_of > later:
            message = f"{later} 的清单接在 {kept[link].as_of} 的之后，日子倒退了。"
            findings = (*findings, _broken(urls.MANIFEST, message))
        later = kept[link].as_of
    return Linked(told if not findings else None, findings)


def _apart(account: Account, other: Statement, wanted: str | None) -> str:
    if other.previous == account.sha256 or other.as_of > account.statement.as_of:
        return f"这一份（{other.as_of}）比网站现在的（{account.statement.as_of}）新：网站退回到了旧的发布。"
    if wanted is None:
        return f"网站的清单往前接不到这一份（{other.as_of}）：发布的历史另起了头，或者被换过。"
    return f"网站的清单往前接不到这一份（{other.as_of}）：中间缺少 {_named(wanted)}。"


def _named(link: str | None) -> str:
    return f"SHA-256 为 {link} 的清单" if link else "没有前一份的清单（第一次发布）"


def _broken(path: str, message: str) -> Finding:
    return Finding(kind="chain", path=path, message=message)


def _kept(path: Path) -> tuple[str, Statement] | str:
    """A manifest that was kept, with its SHA-256, or why it is none."""
    try:
        if path.stat().st_size > LARGEST_ACCOUNT:
            return "太大，不是发布清单"
        content = path.read_bytes()
    except OSError as error:
        return f"读不出来（{error.strerror}）"
    found = statement(content)
    return found if isinstance(found, str) else (sha256(content).hexdigest(), found)
