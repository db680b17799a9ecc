"""Known weaknesses of what is locked: pip-audit over the lock files, but for those that are explained in ignored.toml.

    python -m tests.supply.audit

Not part of `make test`: the answer depends on the day, and on a service. A package that the service does not know fails, and so
does an explanation that has run out.
"""

import subprocess
import sys
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.supply.locks import ROOT

IGNORED = Path(__file__).parent / "ignored.toml"
# requirements-dev.lock holds all that is in requirements.lock and requirements-build.lock.
AUDITED = ("requirements-dev.lock", "requirements-properdocs.lock")
LONGEST = timedelta(days=180)


def ignored(text: str) -> list[dict[str, Any]]:
    """Return the weaknesses that are explained, or raise ValueError where one lacks its reason or its last day."""
    rows: list[dict[str, Any]] = tomllib.loads(text).get("weakness", [])
    for row in rows:
        fits = set(row) == {"id", "package", "reason", "entered", "until"}
        fits = fits and all(isinstance(row[name], str) and row[name] for name in ("id", "package", "reason"))
        fits = fits and all(type(row[name]) is date for name in ("entered", "until"))
        if not fits:
            raise ValueError(f"应有 id、package、reason、entered、until：{row}")
        if len(row["reason"]) < 10 or not row["entered"] <= row["until"] <= row["entered"] + LONGEST:
            raise ValueError(f"reason 要说清为什么不要紧，until 在 entered 之后 {LONGEST.days} 天以内：{row}")
    return rows


def main() -> int:
    """Audit the lock files one by one."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    rows = ignored(IGNORED.read_text(encoding="utf-8"))
    over = [row["id"] for row in rows if row["until"] < today]
    if over:
        sys.stderr.write(f"{'、'.join(over)} 的说明已过期；请升级，或者重新判断后改写 {IGNORED.name}。\n")
    passed = [option for row in rows for option in ("--ignore-vuln", row["id"]) if row["until"] >= today]
    code = 1 if over else 0
    for lock in AUDITED:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes"),
                *("--progress-spinner", "off", *passed, "--requirement", lock),
            ],
            cwd=ROOT,
            check=False,
        )
        code = code or done.returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
