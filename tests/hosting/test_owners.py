"""Who is asked to review what."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.hosting.owners import FILES, GITEE, code_owners
from generator.policy import Authority, Policy
from generator.problems import Report
from generator.reading import VOCABULARY_FILES
from generator.records import Region
from generator.registry import load
from tests.conftest import ROOT, run

POLICY = Policy(
    name="示例名录",
    region=Region(code="230000", name="黑龙江省"),
    authorities=(
        Authority(id="miit", name="某部", level="national"),
        Authority(id="hlj", name="某厅", level="province", reviewers=("@example/hall", "@example-a")),
        Authority(id="2301", name="某局", level="city", city="230100", reviewers=("@example/bureau",)),
    ),
    tiers=(),
    titles=(),
    bar_years=3,
    expiring_within_days=180,
    reviewers=("@example-rules",),
)
HEAD = (
    "# 谁核对什么：由 python -m generator owners 按 policy.yml 里的 reviewers 写出，请不要直接修改。\n"
    "# 一处改动由最后一条相符的规则决定请谁核对。\n"
)


@pytest.mark.parametrize("path", [path for path in FILES if path != GITEE])
def test_github_and_gitlab(path: str) -> None:
    assert code_owners(POLICY, path, folder="registry") == HEAD + (
        "\n# 规则、案例、年度名单、程序和其余一切\n* @example-rules\n"
        "\n# 某厅\n/registry/documents/hlj/ @example/hall @example-a\n"
        "\n# 某局\n/registry/documents/2301/ @example/bureau\n/registry/factories/230100/ @example/bureau\n"
    )


def test_gitee_knows_no_teams() -> None:
    assert code_owners(POLICY, GITEE, folder="data/registry") == HEAD + (
        "\n# 规则、案例、年度名单、程序和其余一切\n* @example-rules\n"
        "\n# 某厅\n/data/registry/documents/hlj/ @example-a\n"
        "\n# 某局\n# /data/registry/documents/2301/ 只有团队，本平台不支持，没有写出\n"
        "# /data/registry/factories/230100/ 只有团队，本平台不支持，没有写出\n"
    )


def test_nobody_named() -> None:
    bare = replace(POLICY, reviewers=(), authorities=POLICY.authorities[:1])
    assert code_owners(bare, FILES[0], folder="registry") == HEAD


def test_the_committed_files_are_up_to_date() -> None:
    done = run("owners", "--check")
    assert (done.code, done.out, done.err) == (0, f"{'、'.join(FILES)} 与 policy.yml 一致。\n", "")


def test_every_city_and_authority_of_the_registry_has_a_line() -> None:
    found = load(ROOT / "registry", Report(), records=False)
    assert found
    text = (ROOT / FILES[0]).read_text(encoding="utf-8")
    for city in found.cities.prefectures:
        assert f"\n/registry/factories/{city.code}/ @example-" in text, city.name
    for folder in (ROOT / "registry/documents").iterdir():
        assert f"\n/registry/documents/{folder.name}/ @example-" in text or folder.name == "miit"


def test_stale_files_are_told_and_written_anew(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    for name in VOCABULARY_FILES:
        shutil.copyfile(ROOT / "registry" / name, tmp_path / "registry" / name)
    options = ("--registry", tmp_path / "registry", "--root", tmp_path)
    done = run("owners", "--check", *options)
    assert (done.code, done.err) == (
        1,
        f"{'、'.join(FILES)} 与 policy.yml 不一致；请运行 python -m generator owners 重新写出。\n",
    )
    assert not (tmp_path / ".github").exists()
    assert run("owners", *options).out == f"已写出 {'、'.join(FILES)}。\n"
    assert (tmp_path / FILES[0]).read_bytes() == (ROOT / FILES[0]).read_bytes()
    policy = tmp_path / "registry/policy.yml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace(
            "reviewers: ['@example-2301']", "reviewers: ['@example/2301']"
        ),
        encoding="utf-8",
    )
    assert run("owners", "--check", *options).code == 1
    assert run("owners", *options).code == 0
    assert "/registry/factories/230100/ @example/2301\n" in (tmp_path / FILES[0]).read_text(encoding="utf-8")
    assert "# /registry/factories/230100/ 只有团队" in (tmp_path / GITEE).read_text(encoding="utf-8")


def test_a_registry_outside_of_the_repository(tmp_path: Path) -> None:
    done = run("owners", "--root", tmp_path)
    assert (done.code, done.err) == (
        2,
        f"名录目录 registry 不在代码库 {tmp_path} 里面；请用 --root 指明代码库的根目录。\n"
        "用 python -m generator owners --help 查看用法。\n",
    )


def test_a_policy_with_errors(tmp_path: Path) -> None:
    done = run("owners", "--registry", tmp_path, "--root", tmp_path)
    assert done.code == 1
    assert "[missing-file]" in done.err
