"""What a verification has found, as values, and how it is told: in Chinese, or as JSON.

Imports nothing of the package.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

Kind = Literal["manifest", "missing", "different", "extra", "unreachable", "chain"]

KIND_NAMES: dict[Kind, str] = {
    "manifest": "清单不对",
    "missing": "缺少",
    "different": "内容不同",
    "extra": "多出",
    "unreachable": "取不到",
    "chain": "前后不连",
}
# How many of a kind are told one by one; the JSON tells all.
TOLD = 50


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is not as the manifest says: of which kind, at which address, and what exactly."""

    kind: Kind
    path: str
    message: str


class Verified(Struct, frozen=True, kw_only=True):
    """The outcome for one site.

    `files` is how many files its manifest answers for, `checked` how many of them were looked at. `chain` tells how the
    manifest is linked to those before it, where that was asked. What is not known, since the manifest cannot be read, is None.
    """

    site: str
    as_of: str | None = None
    commit: str | None = None
    manifest: str | None = None
    previous: str | None = None
    files: int = 0
    checked: int = 0
    chain: str | None = None
    findings: Sequence[Finding] = ()


def as_json(verified: Verified) -> str:
    """Return the outcome as JSON, all findings in order."""
    return (
        json.dumps(
            {
                "site": verified.site,
                "as_of": verified.as_of,
                "commit": verified.commit,
                "manifest_sha256": verified.manifest,
                "previous": verified.previous,
                "files": verified.files,
                "checked": verified.checked,
                "chain": verified.chain,
                "findings": [
                    {"kind": found.kind, "path": shown(found.path, 10_000), "message": found.message}
                    for found in in_order(verified.findings)
                ],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def as_text(verified: Verified) -> str:
    """Return the outcome in words: that all is the same, or what is not, 50 of each kind."""
    lines = []
    if verified.as_of is not None:
        lines.append(f"数据截至 {verified.as_of}，发布清单的 SHA-256 是 {verified.manifest}。")
    if verified.chain is not None:
        lines.append(verified.chain)
    for kind, name in KIND_NAMES.items():
        found = [finding for finding in in_order(verified.findings) if finding.kind == kind]
        lines += [f"{name} {shown(finding.path)}：{finding.message}" for finding in found[:TOLD]]
        if len(found) > TOLD:
            lines.append(f"{name} 另有 {len(found) - TOLD} 个没有列出；用 --format json 可看到全部。")
    lines.append(_closing(verified))
    return "".join(line + "\n" for line in lines)


def _closing(verified: Verified) -> str:
    if verified.manifest is None:
        return "没有可用的发布清单，无法核对。"
    if not verified.findings:
        if verified.checked == verified.files:
            return f"{verified.checked} 个文件，全部一致。"
        return f"抽查了 {verified.files} 个文件中的 {verified.checked} 个，都一致。"
    counts = {
        name: sum(finding.kind == kind for finding in verified.findings) for kind, name in KIND_NAMES.items()
    }
    told = "、".join(f"{name} {count} 个" for name, count in counts.items() if count)
    return f"清单列出 {verified.files} 个文件，核对了 {verified.checked} 个。不一致：{told}。"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by kind, then by address."""
    kinds = list(KIND_NAMES)
    return sorted(findings, key=lambda found: (kinds.index(found.kind), found.path, found.message))


def shown(text: str, longest: int = 200) -> str:
    """Return a text of unknown origin as it may be printed: what is no printable character is written as its code.

    A name in a folder, or in a manifest of a stranger, may hold sequences that a terminal obeys, or be no UTF-8.
    """
    safe = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text[:longest]
    )
    return safe if len(text) <= longest else f"{safe}…"
