"""The files of the code hosts: sound, pinned, with the least of rights, and safe against what a request brings."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.parse.unit_fields import CLOSING_REASONS, KINDS
from tests.conftest import ROOT
from tests.hosting.workflows import WORKFLOWS, jobs, read, steps

BIN = Path(sys.executable).parent
NAMES = [path.name for path in WORKFLOWS]
# Each was found with its version in several public repositories, independent of each other.
ACTIONS = {
    "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
    "actions/setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405 # v6.2.0",
    "actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0",
    "actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
    "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}
# What each job may write, and nothing else anywhere.
WRITES = {
    ("audit.yml", "release", "contents"),
    ("comment.yml", "comment", "pull-requests"),
    ("publish.yml", "deploy", "pages"),
    ("publish.yml", "deploy", "id-token"),
    ("watch.yml", "watch", "issues"),
}
GITEE = sorted((ROOT / ".workflow").glob("*.yml"))


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env={"PATH": f"{BIN}:/usr/bin:/bin", "HOME": "/nonexistent", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_there_is_a_workflow_for_each_duty() -> None:
    assert NAMES == ["audit.yml", "check.yml", "comment.yml", "publish.yml", "test.yml", "watch.yml"]


def test_actionlint_finds_nothing() -> None:
    """With ShellCheck on the scripts of the steps."""
    assert (BIN / "shellcheck").is_file()
    done = _run(BIN / "actionlint", "-no-color", *WORKFLOWS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: cat $HOME\n",
        encoding="utf-8",
    )
    done = _run(BIN / "actionlint", "-no-color", path)
    assert done.returncode == 1
    assert "SC2086" in done.stdout


def test_zizmor_finds_nothing() -> None:
    """As its strictest persona, an auditor; one finding is answered where it stands: comment.yml reacts to a workflow run."""
    done = _run(
        BIN / "zizmor",
        "--offline",
        "--persona=auditor",
        "--collect=all",
        "--strict-collection",
        "--quiet",
        ".github",
    )
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout
    ignored = re.findall(
        r"zizmor: ignore\[(.*?)\]", "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    )
    assert ignored == ["dangerous-triggers"]


@pytest.mark.parametrize("script", [".ci/run", ".ci/review", "tests/browser/install.sh"])
def test_shellcheck_finds_nothing(script: str) -> None:
    done = _run(BIN / "shellcheck", script)
    assert (done.returncode, done.stdout) == (0, "")


def test_actions_are_few_and_pinned() -> None:
    used = {
        found for path in WORKFLOWS for found in re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    }
    assert used == ACTIONS


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_rights_are_given_to_jobs_alone_and_few(path: Path) -> None:
    assert read(path)["permissions"] == {}
    for name, job in jobs(path).items():
        for right, level in job["permissions"].items():
            assert (level == "write") == ((path.name, name, right) in WRITES), (name, right)
        assert int(job["timeout-minutes"]) <= 60


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_scripts_are_strict_and_no_expression_is_written_into_them(path: Path) -> None:
    for step in steps(path):
        script = step.get("run")
        if script is None:
            continue
        assert "${{" not in script, step["name"]
        assert step.get("shell") == "python" or script.startswith("set -euo pipefail\n"), step["name"]


def test_the_code_of_a_request_runs_without_rights_and_secrets() -> None:
    text = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert read(ROOT / ".github/workflows/check.yml")["on"] == {"pull_request": None}
    assert "secrets." not in text
    assert "github.token" not in text
    assert "pull_request_target" not in "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)


def test_the_comment_fetches_no_code() -> None:
    path = ROOT / ".github/workflows/comment.yml"
    assert all("uses" not in step for step in steps(path))
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"git clone|git fetch|gh repo|pip install|make |unzip", text)
    assert read(path)["on"] == {"workflow_run": {"workflows": ["检查"], "types": ["completed"]}}
    assert read(ROOT / ".github/workflows/check.yml")["name"] == "检查"


def test_the_daily_build_is_just_after_midnight_in_shanghai() -> None:
    assert read(ROOT / ".github/workflows/publish.yml")["on"]["schedule"] == [{"cron": "10 16 * * *"}]


FORM: dict[str, Any] = {
    "type": "object",
    "required": ["name", "description", "body"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "title": {"type": "string"},
        "body": {
            "type": "array",
            "minItems": 2,
            "items": {
                "oneOf": [
                    {
                        "type": "object",
                        "required": ["type", "attributes"],
                        "additionalProperties": False,
                        "properties": {
                            "type": {"const": "markdown"},
                            "attributes": {
                                "type": "object",
                                "required": ["value"],
                                "additionalProperties": False,
                                "properties": {"value": {"type": "string", "minLength": 1}},
                            },
                        },
                    },
                    {
                        "type": "object",
                        "required": ["type", "id", "attributes", "validations"],
                        "additionalProperties": False,
                        "properties": {
                            "type": {"enum": ["input", "textarea", "dropdown"]},
                            "id": {"type": "string", "pattern": "^[a-z][a-z-]*$"},
                            "attributes": {
                                "type": "object",
                                "required": ["label"],
                                "additionalProperties": False,
                                "properties": {
                                    "label": {"type": "string", "minLength": 1},
                                    "description": {"type": "string", "minLength": 1},
                                    "placeholder": {"type": "string", "minLength": 1},
                                    "options": {
                                        "type": "array",
                                        "minItems": 2,
                                        "uniqueItems": True,
                                        "items": {"type": "string", "minLength": 1},
                                    },
                                },
                            },
                            "validations": {
                                "type": "object",
                                "required": ["required"],
                                "additionalProperties": False,
                                "properties": {"required": {"enum": ["true", "false"]}},
                            },
                        },
                        "if": {"properties": {"type": {"const": "dropdown"}}},
                        "then": {"properties": {"attributes": {"required": ["options"]}}},
                        "else": {"properties": {"attributes": {"not": {"required": ["options"]}}}},
                    },
                ]
            },
        },
    },
}
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def test_there_is_a_form_for_each_act() -> None:
    assert [read(path)["name"] for path in FORMS] == [
        "新增单元",
        "续期",
        "撤销",
        "更名",
        "退出",
        "典型案例",
        "更正错误",
    ]
    assert read(ROOT / ".github/ISSUE_TEMPLATE/config.yml") == {
        "blank_issues_enabled": "false",
        "contact_links": [],
    }


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_of_the_form_that_github_and_gitee_read(path: Path) -> None:
    form = read(path)
    jsonschema.Draft202012Validator(FORM).validate(form)
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in asked}) == len(asked)
    assert len({part["attributes"]["label"] for part in asked}) == len(asked)
    assert "手机号" in form["body"][0]["attributes"]["value"]


def test_choices_of_forms_are_those_of_records() -> None:
    choices = {
        (path.stem, part["id"]): tuple(part["attributes"]["options"])
        for path in FORMS
        for part in read(path)["body"]
        if part["type"] == "dropdown"
    }
    assert choices == {
        ("1-award", "kind"): KINDS,
        ("4-rename", "what"): ("企业名称", "单元名称"),
        ("5-closing", "reason"): CLOSING_REASONS,
    }


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_gitlab_asks_the_same_questions(path: Path) -> None:
    form = read(path)
    text = (ROOT / f".gitlab/issue_templates/{form['name']}.md").read_text(encoding="utf-8")
    wanted = [
        part["attributes"]["label"] + ("" if part["validations"]["required"] == "true" else "（没有的空着）")
        for part in form["body"]
        if part["type"] != "markdown"
    ]
    assert re.findall("^## (.*)$", text, re.MULTILINE) == wanted
    assert len(list((ROOT / ".gitlab/issue_templates").iterdir())) == len(FORMS)


def test_the_template_of_requests_is_one_for_all_hosts() -> None:
    texts = {
        (ROOT / path).read_bytes()
        for path in (
            ".github/PULL_REQUEST_TEMPLATE.md",
            ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md",
            ".gitlab/merge_request_templates/Default.md",
        )
    }
    assert len(texts) == 1
    for act in (read(path)["name"] for path in FORMS):
        assert act in texts.copy().pop().decode()


def _scripts(job: dict[str, Any]) -> list[str]:
    return [*job.get("before_script", ()), *job.get("script", ())]


def test_gitlab_checks_publishes_and_watches() -> None:
    found = read(ROOT / ".gitlab-ci.yml")
    reserved = {"workflow", "stages", "default", "variables"}
    named = {name: job for name, job in found.items() if name not in reserved and not name.startswith(".")}
    assert set(named) == {"check", "test", "pages", "rehearse", "watch"}
    for name, job in named.items():
        assert job["stage"] in found["stages"], name
        for parent in [job["extends"]] if "extends" in job else []:
            assert parent in found, name
        assert job["rules"], name
        for line in _scripts(job):
            checked = subprocess.run(["bash", "-n"], input=line, text=True, encoding="utf-8", check=False)
            assert checked.returncode == 0, line
    assert named["check"]["artifacts"]["reports"] == {"codequality": "build/review/codequality.json"}
    # GitLab takes letters, digits, blanks, `-` and `_` only.
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _-]*", named["check"]["artifacts"]["expose_as"])
    assert all(path.endswith("/") for path in named["check"]["artifacts"]["paths"])
    assert "public" in named["pages"]["artifacts"]["paths"]


@pytest.mark.parametrize("path", GITEE, ids=lambda path: path.name)
def test_a_pipeline_of_gitee_is_sound(path: Path) -> None:
    found = read(path)
    assert {"version", "name", "displayName", "triggers", "stages"} <= set(found)
    assert found["name"] == path.stem
    for stage in found["stages"]:
        for step in stage["steps"]:
            assert step["step"] == "build@python"
            assert step["commands"].startswith("set -euo pipefail\n")
            checked = subprocess.run(
                ["bash", "-n"], input=step["commands"], text=True, encoding="utf-8", check=False
            )
            assert checked.returncode == 0


def test_gitee_checks_publishes_and_watches() -> None:
    assert [path.name for path in GITEE] == ["check.yml", "publish.yml", "watch.yml"]
    assert "pr" in read(GITEE[0])["triggers"]
    assert read(GITEE[1])["triggers"]["schedule"] == [{"cron": "10 0 * * ?"}]
    assert "schedule" in read(GITEE[2])["triggers"]
