"""The workflows as values, and their shell steps run here as a runner of GitHub would run them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"], "python": [sys.executable]}


class _Plain(yaml.SafeLoader):
    """YAML in which `on` is a word, as GitHub reads it."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in rows if tag != "tag:yaml.org,2002:bool"]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Any:
    """A YAML file; truths stay words."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)


def jobs(path: Path) -> dict[str, Any]:
    found = read(path)["jobs"]
    assert isinstance(found, dict)
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def step(workflow: str, name: str) -> dict[str, Any]:
    """The step of this name of a workflow."""
    found = [step for step in steps(FOLDER / workflow) if step["name"] == name]
    assert len(found) == 1, name
    return found[0]


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    outputs: dict[str, str]
    summary: str


def run_step(workflow: str, name: str, *, cwd: Path, scratch: Path, env: dict[str, str]) -> Done:
    """Run the script of a step in a folder; `env` takes the place of what its expressions would give."""
    found = step(workflow, name)
    shell = found.get("shell", "bash")
    script, output, summary = scratch / "script", scratch / "output", scratch / "summary"
    script.write_text(found["run"], encoding="utf-8")
    output.write_bytes(b"")
    summary.write_bytes(b"")
    given = {key: str(value) for key, value in found.get("env", {}).items() if "${{" not in str(value)}
    missing = found.get("env", {}).keys() - given.keys() - env.keys()
    assert not missing, missing
    done = subprocess.run(
        [*SHELLS[shell], str(script)],
        cwd=cwd,
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT")},
            **given,
            **env,
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    return Done(done.returncode, done.stdout, outputs, summary.read_text(encoding="utf-8"))
