"""The watch over the daily build: its scripts run here with stubs for `gh`, `curl` and `date`."""

import json
import os
from pathlib import Path

import pytest

from tests.hosting.workflows import Done, run_step

TITLE = "网站今天没有重新发布"
STUBS = {
    "date": "#!/bin/sh\necho 2026-11-25\n",
    "curl": '#!/bin/sh\nprintf "%s\\n" "$*" >>"$HOST/asked"\n[ -f "$HOST/manifest.json" ] && cp "$HOST/manifest.json" manifest.json\n',
    "gh": """#!/bin/sh
printf '%s\\n' "$*" >>"$HOST/calls"
case "$1 $2" in
    "issue list") cat "$HOST/issues" ;;
    "api repos/o/r/pages") echo https://o.example/r/ ;;
esac
""",
}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    for name in ("bin", "host", "scratch", "work"):
        (tmp_path / name).mkdir()
    for name, text in STUBS.items():
        (tmp_path / "bin" / name).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    return {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "HOST": str(tmp_path / "host"),
        "GH_TOKEN": "none",
        "REPOSITORY": "o/r",
        "GH_REPO": "o/r",
        "SERVER": "https://host.example",
        "GIVEN": "",
    }


def _step(tmp_path: Path, env: dict[str, str], name: str) -> Done:
    return run_step("watch.yml", name, cwd=tmp_path / "work", scratch=tmp_path / "scratch", env=env)


@pytest.mark.parametrize(
    ("manifest", "as_of"),
    [
        ('{"as_of": "2026-11-25"}', "2026-11-25"),
        ('{"as_of": "2026-11-24"}', "2026-11-24"),
        ('{"as_of": "$(x)"}', ""),
        ('{"other": 1}', ""),
        ("<html>", ""),
        (None, ""),
    ],
)
def test_the_day_of_the_published_site(
    tmp_path: Path, env: dict[str, str], manifest: str | None, as_of: str
) -> None:
    if manifest is not None:
        (tmp_path / "host/manifest.json").write_text(manifest, encoding="utf-8")
    done = _step(tmp_path, env, "读网站的发布清单")
    assert done.code == 0, done.out
    assert done.outputs == {"url": "https://o.example/r/", "today": "2026-11-25", "as_of": as_of}
    asked = (tmp_path / "host/asked").read_text(encoding="utf-8")
    assert asked.endswith(" https://o.example/r/api/v1/manifest.json?2026-11-25\n")


def test_an_address_that_is_given_goes_before(tmp_path: Path, env: dict[str, str]) -> None:
    done = _step(tmp_path, {**env, "GIVEN": "https://minglu.example.cn"}, "读网站的发布清单")
    assert done.outputs["url"] == "https://minglu.example.cn/"
    assert not (tmp_path / "host/calls").exists()


OPEN = [{"number": 3, "title": "别的"}, {"number": 9, "title": TITLE}]


@pytest.mark.parametrize(
    ("found", "issues", "code", "call"),
    [
        ("2026-11-25", [], 0, None),
        ("2026-11-25", OPEN, 0, "issue close 9 --comment 网站的数据截至 2026-11-25，已经跟上。"),
        ("2026-11-26", OPEN, 0, "issue close 9 --comment 网站的数据截至 2026-11-26，已经跟上。"),
        ("2026-11-24", [], 1, f"issue create --title {TITLE} --body-file body.md"),
        ("2026-11-24", OPEN, 1, "issue edit 9 --body-file body.md"),
        ("", OPEN[:1], 1, f"issue create --title {TITLE} --body-file body.md"),
    ],
)
def test_one_issue_is_opened_rewritten_and_closed(
    tmp_path: Path, env: dict[str, str], found: str, issues: list[object], code: int, call: str | None
) -> None:
    (tmp_path / "host/issues").write_text(json.dumps(issues), encoding="utf-8")
    given = {**env, "URL": "https://o.example/r/", "TODAY": "2026-11-25", "FOUND": found}
    done = _step(tmp_path, given, "提出、改写或关闭议题")
    assert done.code == code, done.out
    calls = (tmp_path / "host/calls").read_text(encoding="utf-8").splitlines()
    assert calls[1:] == ([call] if call else [])
    if code:
        body = (tmp_path / "work/body.md").read_text(encoding="utf-8")
        assert f"数据截至 {found or '（没有读到发布清单）'}。\n" in body
        assert "https://host.example/o/r/actions/workflows/publish.yml" in body
        assert f"::error title={TITLE}::网站的数据截至 {found or '未知'}，今天是 2026-11-25。" in done.out
