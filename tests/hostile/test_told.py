"""What reviewers are shown of a hostile change: text in tables, that formats, links, mentions and commands nothing."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.problems import FORMATS, Problem
from tests.conftest import AS_OF, run
from tests.hostile.corpus import TEXTS
from tests.hostile.registry import hostile, plain, write
from tests.hostile.test_shown import Shape


@pytest.fixture(scope="module")
def registries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("told")
    write(root / "hostile", hostile)
    write(root / "plain", plain)
    for path in (root / "before", root / "before-plain"):
        write(path, plain if path.name.endswith("plain") else hostile)
        for record in (*path.glob("factories/230100/*.yml"), *path.glob("cases/2026/*.yml")):
            record.unlink()
    return {path.name: path for path in root.iterdir()}


def told(before: Path, after: Path, *options: str) -> str:
    done = run("diff", before, after, "--registry", after, "--as-of", AS_OF, *options)
    assert done.code == 0, done.err
    return done.out


def shape(markdown: str) -> Shape:
    return Shape(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def test_the_telling_of_a_change_differs_from_its_twin_in_text_alone(registries: dict[str, Path]) -> None:
    site = ("--limit", "0", "--site-url", "https://registry.example/")
    found = told(registries["before"], registries["hostile"], *site)
    wanted = told(registries["before-plain"], registries["plain"], *site)
    assert shape(found).elements == shape(wanted).elements
    assert shape(found).others == []
    assert all(address.startswith("https://registry.example/") for address in shape(found).addresses)
    assert not set("\x1b\x07\r\u202e\u200f") & set(found)
    assert not [line for line in found.splitlines() if line.startswith(("::", "##vso"))]
    for sign in ("@SUM", "#1", "!2", "GH-3"):
        assert sign not in found
    assert "~~" not in found


def test_the_telling_fits_a_comment(registries: dict[str, Path]) -> None:
    assert len(told(registries["before"], registries["hostile"])) <= 65_536


def test_the_telling_as_json_reads(registries: dict[str, Path]) -> None:
    json.loads(told(registries["before"], registries["hostile"], "--format", "json"))


def test_problems_that_quote_a_hostile_text_command_nothing_in_any_form() -> None:
    problems = [
        Problem(
            level="error", code="bad-text", path=attack.text, line=1, field=attack.text, message=attack.text
        )
        for attack in TEXTS
        if len(attack.text) < 3_000
    ]
    lines = FORMATS["text"](problems).split("\n")
    assert len(lines) == len(problems) + 2
    assert not set("\x1b\x07\r\x85\u2028\u202e\u200b\0") & set("".join(lines))
    commands = FORMATS["github"](problems[:10])
    assert commands.count("\n") == 10
    assert "\r" not in commands
    assert all(line.startswith("::error file=") for line in commands.split("\n")[:-1])
    assert all(
        line.count("::") >= 2 and "::" not in line.split("title=")[0][2:]
        for line in commands.split("\n")[:-1]
    )
    assert [row["location"]["path"] for row in json.loads(FORMATS["gitlab"](problems))]
    table = FORMATS["markdown"](problems)
    shown = shape(table)
    assert {tag for tag, _ in shown.elements} <= {"h2", "table", "thead", "tbody", "tr", "th", "td"}
    assert shown.elements["tr", ()] == len(problems) + 1
    assert "@SUM" not in table
