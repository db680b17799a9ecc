"""The comment on a request: its scripts run here against a host that a stub plays; what the request wrote is untrusted."""

import json
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.hosting.workflows import Done, run_step

HEAD = "a" * 40
# Answers from files, named after the call; writes down what is sent.
GH = """#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$*" >>"$HOST/calls"
method=GET
address=
while [ $# -gt 0 ]; do
    case $1 in
        --method) method=$2; shift ;;
        --input) cp "$2" "$HOST/sent.json"; shift ;;
        -f | --jq) shift ;;
        repos/*) address=$1 ;;
    esac
    shift
done
if [ "$method" = GET ]; then
    cat "$HOST/$(printf '%s' "${address%%\\?*}" | tr / _)"
fi
"""


@dataclass(slots=True)
class Host:
    """A code host: a folder of answers, and what was asked and sent."""

    folder: Path
    scratch: Path
    work: Path
    env: dict[str, str] = field(default_factory=dict)

    def answers(self, address: str, value: object) -> None:
        (self.folder / address.replace("/", "_")).write_text(json.dumps(value), encoding="utf-8")

    def step(self, name: str, **env: str) -> Done:
        return run_step("comment.yml", name, cwd=self.work, scratch=self.scratch, env={**self.env, **env})

    @property
    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def host(tmp_path: Path) -> Host:
    for name in ("bin", "host", "scratch", "work"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin/gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    found = Host(tmp_path / "host", tmp_path / "scratch", tmp_path / "work")
    found.env = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "HOST": str(found.folder),
        "REPOSITORY": "o/r",
        "GH_TOKEN": "none",
    }
    return found


SOURCE = {"HEAD_OWNER": "forker", "HEAD_BRANCH": "fix;$(x)", "HEAD_SHA": HEAD}


@pytest.mark.parametrize(
    ("requests", "number"),
    [
        ([{"number": 7, "head": {"sha": HEAD}}], "7"),
        ([{"number": 6, "head": {"sha": "b" * 40}}, {"number": 8, "head": {"sha": HEAD}}], "8"),
        ([{"number": 6, "head": {"sha": "b" * 40}}], ""),
        ([], ""),
    ],
)
def test_the_number_is_that_of_the_request_that_ends_in_the_checked_commit(
    host: Host, requests: list[object], number: str
) -> None:
    host.answers("repos/o/r/pulls", requests)
    done = host.step("查得请求的编号", **SOURCE)
    assert (done.code, done.outputs) == (0, {"number": number}), done.out
    assert host.calls == ["api --method GET repos/o/r/pulls -f state=open -f head=forker:fix;$(x)"]


def _artifact(name: str = "comment", size: int = 900, *, expired: bool = False) -> dict[str, object]:
    return {"id": 5, "name": name, "size_in_bytes": size, "expired": expired}


@pytest.mark.parametrize(
    ("artifacts", "fetched"),
    [
        ([_artifact("preview"), _artifact()], True),
        ([_artifact(size=1_000_000)], False),
        ([_artifact(expired=True)], False),
        ([_artifact("preview")], False),
        ([], False),
    ],
)
def test_only_a_small_comment_is_fetched(host: Host, artifacts: list[object], fetched: bool) -> None:
    host.answers("repos/o/r/actions/runs/3/artifacts", {"artifacts": artifacts})
    host.answers("repos/o/r/actions/artifacts/5/zip", "zip")
    done = host.step("取回评论文字", RUN_ID="3")
    assert done.code == 0, done.out
    assert (host.work / "comment.zip").exists() == fetched


def _cleaned(host: Host, text: str | bytes, *, name: str = "comment.md", conclusion: str = "success") -> str:
    with zipfile.ZipFile(host.work / "comment.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    done = host.step("去掉不该有的", CONCLUSION=conclusion, RUN_URL="https://host.example/run/1")
    assert done.code == 0, done.out
    return (host.work / "comment.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("conclusion", "told"), [("success", "通过"), ("failure", "没有通过"), ("timed_out", "没有通过")]
)
def test_the_head_is_of_the_workflow_itself(host: Host, conclusion: str, told: str) -> None:
    text = _cleaned(host, "## 检查结果：没有问题\n", conclusion=conclusion)
    assert text == (
        "<!-- registry-review -->\n"
        f"**检查{told}。** [运行记录](https://host.example/run/1)的摘要里有全部结果，页面下方可下载改动后页面的预览。\n\n"
        "以下由请求自己的程序写出，仅供参考。\n\n---\n\n"
        "## 检查结果：没有问题\n"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("| a | b |\n|---|---|\n| **c** | `d` |", "| a | b |\n|---|---|\n| **c** | `d` |"),
        ("@everyone @o/team", "@\u200beveryone @\u200bo/team"),
        ("&commat;o &#64;o &#x40;o", "&amp;commat;o &amp;#\u200b64;o &amp;#x40;o"),
        ("a &#124; b &#91;0&#93; &amp;&lt;&#8203;", "a &#124; b &#91;0&#93; &amp;&lt;&#8203;"),
        (r"titles\[0\] \*a\* \\[b](c) \<b> \&lt;", r"titles&#91;0] \*a\* \\&#91;b]&#40;c) &lt;b> &lt;"),
        (
            "<details>\n<summary>共 9 行</summary>\n\nx\n\n</details>",
            "<details>\n<summary>共 9 行</summary>\n\nx\n\n</details>",
        ),
        (
            "<details open onclick=x><summary ></ details>",
            "&lt;details open onclick=x>&lt;summary >&lt;/ details>",
        ),
        (
            "<img src=x onerror=y><!-- registry-review -->",
            "&lt;img src=x onerror=y>&lt;!-- registry-review -->",
        ),
        ("[按此登录](https://evil.example)", "&#91;按此登录]&#40;https&#58;//evil.example)"),
        ("![x](http://evil.example/p.png)", "!&#91;x]&#40;http&#58;//evil.example/p.png)"),
        ("[x]: https://evil.example\n[x]", "&#91;x]: https&#58;//evil.example\n&#91;x]"),
        ("WWW.evil.example", "www&#46;evil.example"),
        ("fixes #12 &#33;", "fixes #\u200b12 &#33;"),
        ("甲\u202e乙\x1b[31m\x00", "甲乙&#91;31m"),
    ],
)
def test_what_a_request_wrote_calls_nobody_and_leads_nowhere(host: Host, written: str, shown: str) -> None:
    assert _cleaned(host, written).split("\n---\n\n", 1)[1] == shown


def test_a_long_text_is_cut_at_a_line_and_says_so(host: Host) -> None:
    text = _cleaned(host, "字" * 99 + "\n" + "行@\n" * 100_000)
    assert len(text) < 65_536
    assert text.endswith("\n\n篇幅所限，没有全部列出。")


def test_a_text_that_unpacks_to_very_much_is_not_read_whole(host: Host) -> None:
    assert len(_cleaned(host, b"a" * 50_000_000)) < 65_536


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_without_a_usable_text(host: Host, content: bytes | None) -> None:
    if content is not None:
        (host.work / "comment.zip").write_bytes(content)
    done = host.step("去掉不该有的", CONCLUSION="failure", RUN_URL="https://host.example/run/1")
    assert done.code == 0, done.out
    assert (
        (host.work / "comment.md")
        .read_text(encoding="utf-8")
        .endswith("检查没有留下可用的说明，请看运行记录。")
    )


def test_another_name_in_the_archive_is_not_unpacked(host: Host) -> None:
    text = _cleaned(host, "x", name="../../evil.md")
    assert text.endswith("检查没有留下可用的说明，请看运行记录。")
    assert not (host.work.parent.parent / "evil.md").exists()


BOT = {"login": "github-actions[bot]"}
MINE = {"id": 42, "user": BOT, "body": "<!-- registry-review -->\n旧"}


@pytest.mark.parametrize(
    ("comments", "call"),
    [
        ([], "--method POST repos/o/r/issues/7/comments"),
        (
            [{"id": 1, "user": {"login": "someone"}, "body": MINE["body"]}],
            "--method POST repos/o/r/issues/7/comments",
        ),
        ([{"id": 2, "user": BOT, "body": "别的"}, MINE], "--method PATCH repos/o/r/issues/comments/42"),
    ],
)
def test_one_comment_is_written_or_rewritten(host: Host, comments: list[object], call: str) -> None:
    host.answers("repos/o/r/issues/7/comments", comments)
    (host.work / "comment.md").write_text('<!-- registry-review -->\n"新" $(x)', encoding="utf-8")
    done = host.step("发出或改写评论", NUMBER="7")
    assert done.code == 0, done.out
    assert host.calls[-1] == f"api --silent {call} --input body.json"
    sent = json.loads((host.folder / "sent.json").read_text(encoding="utf-8"))
    assert sent == {"body": '<!-- registry-review -->\n"新" $(x)'}
