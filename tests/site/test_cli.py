"""The command line: its words, its exit codes, its formats."""

import json
from importlib import import_module
from pathlib import Path

import click
import pytest

from generator.cli import cli
from tests.conftest import AS_OF, ROOT, run

QINGDAO = ROOT / "tests/registries/qingdao-2024"


def test_the_shipped_registry_has_no_errors() -> None:
    done = run("check", "--registry", ROOT / "registry", "--as-of", AS_OF, "--format", "json")
    assert done.code == 0
    found = json.loads(done.out)
    assert {problem["level"] for problem in found} <= {"warning"}
    assert {problem["code"] for problem in found} <= {
        "uscc-missing",
        "uscc-noted",
        "out-of-sequence",
        "missing-title",
    }


def test_json_has_the_fields_of_the_contract_and_paths_from_here() -> None:
    done = run("check", "--registry", "tests/registries/qingdao-2024", "--as-of", AS_OF, "--format", "json")
    assert done.code == 0
    assert json.loads(done.out)[0] == {
        "level": "warning",
        "code": "uscc-missing",
        "path": "tests/registries/qingdao-2024/factories/370200/3702-0001.yml",
        "line": 2,
        "field": "uscc",
        "message": "没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "没有这个命令：chekc。"),
        (["check", "--fromat", "json"], "没有选项 --fromat，您要写的可能是 --format。"),
        (
            ["check", "--format", "xml"],
            "--format 的值不对：“xml”，可用的有 text、json、github、gitlab、markdown。",
        ),
        (
            ["check", "--as-of", "2026/1/2"],
            "--as-of 的值不对：“2026/1/2”，日期要写成“年-月-日”，请改为 2026-01-02。",
        ),
        (["demo", "x", "--units", "0"], "--units 的值不对：“0”太小，最小是 1。"),
        (["demo"], "缺少 目录。"),
        (["status", "--registry"], "选项 --registry 的用法不对，是否少了值？"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_exit_code_2(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.err.splitlines()[0] == said
    assert done.out == ""


def test_the_environment_gives_the_registry_and_the_day() -> None:
    done = run("status", REGISTRY=str(QINGDAO), AS_OF="2025-01-06")
    assert done.code == 0
    assert (
        done.out.splitlines()[0]
        == "青岛市国家级智能工厂名录（2024年度第一批），数据截至 2025-01-06，共 8 个单元"
    )
    assert "待列入：8" in done.out
    assert "下一次变动：2025-01-07" in done.out


def test_status_of_one_unit_and_of_none() -> None:
    done = run("status", "3702-0001", "--registry", QINGDAO, "--as-of", "2025-01-07")
    assert done.out.splitlines() == [
        "3702-0001 中车青岛四方机车车辆股份有限公司 数据驱动的高速列车智能工厂",
        "  截至2025年1月7日，该工厂为卓越级智能工厂，自2025年1月7日起列入名单，该层级未规定有效期。",
    ]
    missing = run("status", "9999-0001", "--registry", QINGDAO, "--as-of", AS_OF)
    assert (missing.code, missing.err) == (1, "名录里没有这些编号：9999-0001。\n")


def test_a_missing_registry_is_a_problem(tmp_path: Path) -> None:
    done = run("check", "--registry", tmp_path / "none", "--as-of", AS_OF)
    assert done.code == 1
    assert "missing-file" in done.out


def test_demo_writes_into_an_empty_folder_only(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/keep").write_text("mine")
    done = run("demo", tmp_path / "x", "--units", "5")
    assert done.code == 2
    assert "不是空的" in done.err
    assert (tmp_path / "x/keep").read_text() == "mine"


def test_every_command_explains_itself_in_chinese() -> None:
    for command in ([], ["check"], ["build"], ["status"], ["demo"]):
        done = run(*command, "--help")
        assert done.code == 0
        assert done.out.startswith("用法：python -m generator")
        assert "Options" not in done.out
        assert "Usage" not in done.out


def test_every_command_of_a_module_is_on_the_command_line() -> None:
    context = click.Context(cli)
    for module in (ROOT / "generator/cli").glob("*.py"):
        for command in getattr(import_module(f"generator.cli.{module.stem}"), "COMMANDS", ()):
            assert cli.get_command(context, command.name) is command
