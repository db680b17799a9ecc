"""The commands over a repository: commits, folders, subfolders, and everything that can be wrong with them."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import history
from generator.cli import main
from generator.history import HistoryError, snapshot
from tests.checks.base import MINES, NEW, UNIT, WORKSHOP, Change, Swap, build
from tests.effects.cases import ADVANCED, ORDER, OTHER, TODAY
from tests.test_history import git

SUMMARY = "**没有改动：两边的记录完全一样。**"
LISTED = "**新列入 1 个单元；在名单中的单元由 3 个变为 4 个。**"


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


class Desk:
    """A repository whose registry lies in a subfolder, and the command line at its root."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys
        git(root, "init", "--quiet", "--initial-branch", "main")
        self.write({})
        self.commit()

    def write(self, changes: dict[str, Change]) -> None:
        shutil.rmtree(self.root / "data", ignore_errors=True)
        build(self.root / "data" / "registry", changes)

    def commit(self) -> str:
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", "--message", "Change")
        return git(self.root, "rev-parse", "HEAD")

    def run(self, *arguments: str) -> Said:
        with pytest.raises(SystemExit) as left:
            main([*arguments, "--as-of", "2026-11-24"])
        said = self.capsys.readouterr()
        return Said(int(left.value.code or 0), said.out, said.err)


@pytest.fixture
def desk(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REGISTRY", "data/registry")
    monkeypatch.setenv("CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("SITE_URL", raising=False)
    return Desk(tmp_path, capsys)


def test_nothing_changed(desk: Desk) -> None:
    said = desk.run("diff", "HEAD")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"## 名录改动的法律效果\n\n{SUMMARY}\n\n提交 HEAD（{git(desk.root, 'rev-parse', 'HEAD')[:12]}） → 现有文件，"
        "数据截至2026年11月24日。\n"
    )


def test_the_working_files_against_a_commit(desk: Desk) -> None:
    desk.write({TODAY: ORDER, NEW: OTHER + ADVANCED})
    said = desk.run("diff", "main", "--site-url", "https://x.example/r")
    assert said.code == 0
    assert LISTED in said.out
    assert "2301-0003 [转子加工数字化车间](https://x.example/r/factories/2301-0003/)" in said.out


def test_the_address_of_the_site_may_come_from_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write({TODAY: ORDER, NEW: OTHER + ADVANCED})
    monkeypatch.setenv("SITE_URL", "https://x.example/")
    assert "](https://x.example/factories/2301-0003/)" in desk.run("diff", "HEAD").out


def test_two_commits_whatever_the_working_files_are(desk: Desk) -> None:
    before = git(desk.root, "rev-parse", "HEAD")
    desk.write({TODAY: ORDER, NEW: OTHER + ADVANCED})
    after = desk.commit()
    desk.write({UNIT: "name: [\n"})
    status = git(desk.root, "status", "--porcelain")
    said = desk.run("diff", before, after)
    assert said.code == 0
    assert LISTED in said.out
    assert f"提交 {before} → 提交 {after}，" in said.out
    assert git(desk.root, "status", "--porcelain") == status
    assert LISTED.replace("新列入 1 个单元", "撤回 1 项名单变动").replace(
        "3 个变为 4", "4 个变为 3"
    ) in desk.run("diff", after, before).out.replace("不能这样改：有 2 个错误。", "")


def test_a_commit_whose_registry_the_working_tree_has_no_more(desk: Desk) -> None:
    before = git(desk.root, "rev-parse", "HEAD")
    shutil.rmtree(desk.root / "data")
    assert SUMMARY in desk.run("diff", before, before).out


def test_folders(desk: Desk, tmp_path: Path) -> None:
    build(tmp_path / "other", {UNIT: Swap("香坊区", "道里区")})
    said = desk.run("diff", "other", "data/registry")
    assert said.code == 0
    assert "文件夹 other → 文件夹 data/registry" in said.out
    assert "哈尔滨市道里区 | 哈尔滨市香坊区" in said.out


def test_a_registry_that_is_the_whole_repository(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "whole"
    build(root, {})
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Begin")
    monkeypatch.chdir(root)
    found = snapshot(Path(), "HEAD")
    assert found.folder == ""
    assert found.files["policy.yml",] == (root / "policy.yml").read_bytes()
    monkeypatch.chdir(tmp_path)
    (root / UNIT).write_text(WORKSHOP.replace("香坊区", "道里区"), encoding="utf-8")
    # The version history itself lies in this folder and is no record.
    shutil.move(root / ".git", tmp_path / "history")
    (root / ".git").write_text(f"gitdir: {tmp_path / 'history'}\n")
    assert snapshot(root, "HEAD").files == found.files


def test_altered_history_is_an_error_with_its_line_in_every_form(desk: Desk) -> None:
    desk.write({UNIT: Swap("level: 2", "level: 3"), MINES: None})
    said = desk.run("diff", "HEAD")
    assert said.code == 1
    assert "**不能这样改：有 2 个错误。撤回 1 项名单变动；在名单中的单元由 3 个变为 2 个。**" in said.out
    assert said.err.splitlines()[0] == (
        "data/registry/factories/230100/2301-0001.yml:9: 错误 [history-changed] maturity[0].level：现在是“3”，"
        "改动前是“2”；请恢复为“2”；确属原来录错的，在 corrections 里加一条，fields 写 [maturity]，并写明原因。"
    )
    assert said.err.splitlines()[-1] == "共 2 个错误、0 个提醒。"
    github = desk.run("diff", "HEAD", "--problems", "github").err
    assert github.splitlines()[1].startswith(
        "::error file=data/registry/factories/230200/2302-0001.yml,line=1,title=错误 record-deleted::记录“2302-0001”被删去了"
    )
    both = desk.run("diff", "HEAD", "--problems", "json", "--format", "json")
    assert [problem["code"] for problem in json.loads(both.err)] == ["history-changed", "record-deleted"]
    assert [problem["code"] for problem in json.loads(both.out)["errors"]] == [
        "history-changed",
        "record-deleted",
    ]


def test_the_limit_cuts_by_sections(desk: Desk) -> None:
    desk.write({TODAY: ORDER, NEW: OTHER + ADVANCED})
    said = desk.run("diff", "HEAD", "--limit", "1000", "--site-url", "https://a-long-name.register.example/")
    assert len(said.out) <= 1000
    assert "全部内容用 `--limit 0` 查看。**" in said.out
    assert "篇幅所限" not in desk.run("diff", "HEAD", "--limit", "0").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("HEAD", "--limit", "999"), "--limit 的值不对：“999”太小，最小是 1000；0 表示不限。"),
        (("HEAD", "--limit", "多"), "--limit 的值不对：“多”不是整数。"),
        (("HEAD", "--format", "html"), "--format 的值不对：“html”，可用的有 markdown、json。"),
        (
            ("HEAD", "--problems", "html"),
            "--problems 的值不对：“html”，可用的有 text、json、github、gitlab、markdown。",
        ),
        (
            ("HEAD", "--site-url", "x"),
            "--site-url 的值不对：“x”，网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
        ((), "缺少 改动前。"),
    ],
)
def test_wrong_usage(desk: Desk, arguments: tuple[str, ...], message: str) -> None:
    said = desk.run("diff", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err == f"{message}\n用 python -m generator diff --help 查看用法。\n"


def test_help_names_the_sides_and_every_option(desk: Desk) -> None:
    said = desk.run("diff", "--help")
    assert said.code == 0
    assert said.out.startswith("用法：python -m generator diff [选项] 改动前 [改动后]\n")
    options = said.out.split("选项:\n")[1].splitlines()
    assert [line.split()[0] for line in options if line.startswith("  --")] == [
        "--registry",
        "--as-of",
        "--format",
        "--problems",
        "--limit",
        "--site-url",
        "--help",
    ]
    assert "  改动前" not in options


def test_a_commit_that_is_not_there(desk: Desk) -> None:
    said = desk.run("diff", "nowhere")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "代码库里没有提交“nowhere”；请核对写法（提交编号、分支或标签），远程的分支要先用 git fetch 取回。\n"
    )


@pytest.mark.parametrize("name", ["--upload-pack=x", " ", "HEAD:data", "HEAD^{tree}"])
def test_what_names_no_commit(desk: Desk, name: str) -> None:
    with pytest.raises(HistoryError):
        snapshot(Path("data/registry"), name)


def test_a_shallow_clone_says_what_to_do(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = git(desk.root, "rev-parse", "HEAD")
    desk.write({UNIT: Swap("香坊区", "道里区")})
    desk.commit()
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{desk.root}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    said = desk.run("diff", before)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"代码库里没有提交“{before}”：这是浅克隆，只取了最近的几次提交；请取回全部历史后重试"
        "（git fetch --unshallow；在流水线里把取出代码的深度 fetch-depth 设为 0）。\n"
    )


def test_no_repository(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(desk.root / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    said = desk.run("diff", "HEAD")
    assert said.code == 1
    assert said.err == (
        "“data/registry”不在 git 代码库里，没有“HEAD”可比；请在代码库中运行，或改为写出一个文件夹。\n"
    )


def test_no_git(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(desk.root))
    said = desk.run("diff", "HEAD")
    assert said.code == 1
    assert said.err == "没有找到 git，或 git 没有应答；请安装 git，或改为比较两个文件夹。\n"


def test_a_commit_without_the_registry(desk: Desk) -> None:
    git(desk.root, "rm", "-r", "--quiet", "--cached", "data")
    git(desk.root, "commit", "--quiet", "--message", "Without")
    said = desk.run("diff", "HEAD")
    assert said.code == 1
    assert said.err.endswith("里没有“data/registry”这个目录；请核对提交和 --registry。\n")


def test_a_side_that_cannot_be_read_is_told_with_its_problems(desk: Desk) -> None:
    desk.write({"policy.yml": "name: [\n"})
    before = desk.commit()
    desk.write({})
    said = desk.run("diff", before)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(
        f"名录读不出，无法比较（提交 {before}）：\ndata/registry/policy.yml:2: 错误 [yaml-syntax] "
    )
    assert desk.run("diff", "nowhere-folder/").code == 1


def test_a_link_in_a_commit_is_told_as_in_a_folder(desk: Desk) -> None:
    (desk.root / "data/registry/lists/2025.yml").symlink_to("2026.yml")
    desk.commit()
    assert snapshot(Path("data/registry"), "HEAD").files["lists", "2025.yml"] is None
    said = desk.run("diff", "HEAD", "HEAD")
    assert "stray-file" in said.out


def test_what_attributes_would_hide_or_alter_is_read_as_it_is(desk: Desk) -> None:
    (desk.root / ".gitattributes").write_text("*.yml export-ignore\n*.yml export-subst\n")
    desk.commit()
    assert SUMMARY in desk.run("diff", "HEAD").out


def test_names_of_any_kind_are_read(desk: Desk) -> None:
    (desk.root / "data/registry/lists/二〇二五 年.yml").write_text("x: 1\n", encoding="utf-8")
    desk.commit()
    assert ("lists", "二〇二五 年.yml") in snapshot(Path("data/registry"), "HEAD").files


def test_an_incomplete_repository_is_told(desk: Desk) -> None:
    blob = git(desk.root, "rev-parse", f"HEAD:data/registry/{UNIT}")
    (desk.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(HistoryError, match=f"^代码库不完整，缺少内容 {blob[:12]}；"):
        snapshot(Path("data/registry"), "HEAD")


def test_a_git_that_fails_in_the_middle_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_READING_SECONDS", 0)
    with pytest.raises(HistoryError, match=r"^git 没有读出提交的内容；"):
        snapshot(Path("data/registry"), "HEAD")


def test_the_repository_is_only_read(desk: Desk) -> None:
    def stamps() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in desk.root.rglob("*")}

    before = stamps()
    desk.run("diff", "HEAD")
    assert stamps() == before


def test_rehearse_tells_the_days_to_come(desk: Desk) -> None:
    said = desk.run("rehearse")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(
        "从2026年11月24日到2028年11月21日，预演 6 天：不改任何记录，每一天检查都能通过。\n"
    )
    found = json.loads(desk.run("rehearse", "--format", "json").out)
    assert [day["day"] for day in found["days"]][-1] == "2028-11-21"


def test_rehearse_with_errors_ends_with_1(desk: Desk) -> None:
    desk.write({UNIT: Swap("industry: 341", "industry: 99")})
    assert desk.run("rehearse").code == 1
    desk.write({"policy.yml": None})
    said = desk.run("rehearse")
    assert (said.code, said.out) == (1, "")
    assert "[missing-file]" in said.err
