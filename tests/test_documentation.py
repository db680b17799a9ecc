"""The written pages hold to the code: codes, fields, commands, and examples that work as told."""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import click
import pytest

from generator import urls
from generator.checks.desk import examine
from generator.cli import cli
from generator.editors import KINDS
from generator.exports.catalogue import ENTRIES
from generator.exports.manifest import FAMILIES
from generator.parse.tables import RowField, RowsField, Table
from generator.parse.unit_fields import CorrectionFields
from generator.problems import Report, as_text
from generator.reading import PLACES, VOCABULARY_FILES
from generator.source import read
from tests.conftest import ROOT, run

GENERATOR = ROOT / "generator"
GUIDE = ROOT / "site_src/update"
DECISIONS = ROOT / "site_src/decisions"
PAGES = sorted(GUIDE.glob("*.md"))
README = ROOT / "README.md"

CODE = re.compile(r"[a-z]+(?:-[a-z]+)+|barred")
REPORTING = {"problem", "add", "refuse", "report", "Problem", "Code"}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a source file, with the last part of the name called."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def words(node: ast.AST) -> set[str]:
    return {
        found.value
        for found in ast.walk(node)
        if isinstance(found, ast.Constant) and isinstance(found.value, str)
    }


def codes_in_use() -> tuple[set[str], set[str]]:
    """The codes some call reports as an error, and those some call reports as a warning."""
    errors: set[str] = set()
    warnings: set[str] = set()
    for path in GENERATOR.rglob("*.py"):
        for name, call in calls(path):
            if name not in REPORTING:
                continue
            given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "code")]
            found = {word for part in given for word in words(part) if CODE.fullmatch(word)}
            level = next((words(keyword.value) for keyword in call.keywords if keyword.arg == "level"), set())
            (warnings if level == {"warning"} else errors).update(found)
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "code" for target in node.targets
            ):
                errors.update(word for word in words(node.value) if CODE.fullmatch(word))
    return errors, warnings


def explained() -> dict[str, list[str]]:
    """The rows of the tables of codes: code to level, meaning and cure."""
    rows = re.findall(
        r"^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text_of(GUIDE / "checks.md"), re.MULTILINE
    )
    assert len({row[0] for row in rows}) == len(rows), "a code is explained twice"
    return {code: [level.strip(), meaning.strip(), cure.strip()] for code, level, meaning, cure in rows}


def test_the_codes_are_found() -> None:
    errors, warnings = codes_in_use()
    assert {"personal-data", "bad-number", "missing-file", "file-unreadable", "barred"} <= errors
    assert {"future-fact", "uscc-missing", "name-mismatch"} <= warnings
    assert len(errors | warnings) > 40


def test_every_check_code_is_explained_and_no_other() -> None:
    errors, warnings = codes_in_use()
    assert set(explained()) == errors | warnings


def test_the_level_of_each_code_is_told() -> None:
    # Two codes turn into warnings where an exception is stated; nobody else has two levels.
    errors, warnings = codes_in_use()
    both = {"out-of-sequence", "missing-title"}
    for code, (level, _, _) in explained().items():
        if code in both:
            assert level == "错误；写了 `exception` 的为提醒"
        else:
            assert level == ("提醒" if code in warnings - errors else "错误"), code


SECTIONS: dict[str, tuple[str, ...]] = {
    "factory": ("单元",),
    "document": ("文件",),
    "case": ("典型案例",),
    "list": ("年度名单",),
    "policy": ("规则",),
    "cities": ("地市、行业、场景",),
    "industries": ("地市、行业、场景",),
    "scenes": ("地市、行业、场景",),
}


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def fields_of(table: type[Table]) -> set[str]:
    """The names of all fields of a kind of file, with those of the rows inside."""
    found = set(table.fields_by_key)
    for part in table.fields_by_key.values():
        if isinstance(part, RowField | RowsField):
            found |= fields_of(part.table)
    return found


@pytest.mark.parametrize("headings", sorted(set(SECTIONS.values())), ids=lambda found: found[0])
def test_every_field_is_named_in_its_section(headings: tuple[str, ...]) -> None:
    page = text_of(GUIDE / "format.md")
    told = "".join(section(page, heading) for heading in headings)
    # Corrections, which every record has, are told where units are.
    everywhere = section(page, "单元") if "单元" not in headings else ""
    fields = {
        field for kind, found in SECTIONS.items() if found == headings for field in fields_of(KINDS[kind][0])
    }
    assert len(fields) > 3
    for field in fields - set(CorrectionFields.fields_by_key):
        assert f"`{field}`" in told, field
    for field in set(CorrectionFields.fields_by_key) & fields:
        assert f"`{field}`" in told + everywhere, field
    # And no row of a table names a field that no parser reads.
    for field in re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE):
        assert field in fields, field


def test_every_kind_of_file_has_a_section() -> None:
    assert set(KINDS) == set(SECTIONS)


def targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", text_of(ROOT / "Makefile"), re.MULTILINE)


def test_every_make_target_is_in_the_readme() -> None:
    assert len(targets()) > 5
    for target in targets():
        assert f"| `make {target}` |" in text_of(README), target


def test_every_make_target_named_exists() -> None:
    for path in (README, ROOT / "README.zh.md", ROOT / "CHANGELOG.md", *PAGES):
        for target in re.findall(r"`make ([a-z-]+)", text_of(path)):
            assert target in targets(), (path, target)


def test_every_command_and_its_options_are_in_the_readme() -> None:
    page, context = text_of(README), click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command, name
        assert f"`python -m generator {name}`" in page
        line = re.search(rf"^    python -m generator {name} .*$", page, re.MULTILINE)
        assert line, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in line[0], (name, option)


def test_every_room_is_in_the_readme() -> None:
    page = text_of(README)
    rooms = {path.stem for path in GENERATOR.iterdir() if path.suffix == ".py"}
    rooms |= {path.parent.name for path in GENERATOR.glob("*/__init__.py")}
    for room in rooms - {"__init__", "__main__"}:
        assert f"`{room}`" in page, room


def test_every_file_of_the_api_is_in_the_readme() -> None:
    told = section(text_of(README), "The API")
    for entry in ENTRIES:
        file = entry.path.removeprefix(urls.API).replace("{month}", "<yyyy-mm>")
        assert f"`{file.replace('{', '<').replace('}', '>')}`" in told, entry.name
    for family in FAMILIES:
        assert f"`{family}`" in told, family


def test_the_options_of_the_environment_are_in_the_readme() -> None:
    page = text_of(README)
    asked = {
        word
        for path in GENERATOR.rglob("*.py")
        for name, call in calls(path)
        if name == "setting" and call.args
        for word in words(call.args[0])
    }
    assert asked >= {"REGISTRY", "AS_OF"}
    for name in {*asked, *re.findall(r"!ENV \[(\w+)", text_of(ROOT / "mkdocs.yml"))}:
        assert f"| `{name}` |" in page, name


@pytest.mark.parametrize(
    "path",
    [
        README,
        ROOT / "README.zh.md",
        ROOT / "SECURITY.md",
        ROOT / "THIRD-PARTY.md",
        *PAGES,
        *sorted(DECISIONS.glob("*.md")),
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_page_begins_with_its_title_and_its_links_lead_somewhere(path: Path) -> None:
    page = text_of(path)
    assert page.startswith("# ")
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page):
        assert (path.parent / link).is_file(), link


def test_every_defence_of_the_threat_model_has_a_test_that_is_there() -> None:
    defences = section(text_of(GUIDE / "threats.md"), "从哪里来，靠什么挡住").strip().splitlines()
    assert len(defences) > 10
    for defence in defences:
        tests = re.findall(r"`(tests/[^`]+)`", defence.partition("检验：")[2])
        assert tests, defence
        for test in tests:
            assert "def test_" in text_of(ROOT / test), test


def test_every_decision_is_in_the_index() -> None:
    index = text_of(DECISIONS / "README.md")
    records = sorted(DECISIONS.glob("[0-9]*.md"))
    numbers = [record.name[:4] for record in records]
    assert sorted(set(numbers)) == numbers
    for record in records:
        assert f"({record.name})" in index
        for heading in ("## Context", "## Outcome", "## Consequences"):
            assert f"\n{heading}\n" in text_of(record), record.name


@dataclass(frozen=True, slots=True)
class Example:
    """A complete record of the guide, and the file it would be."""

    path: str
    text: str


def examples(page: str) -> list[Example]:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    found = []
    for block in blocks:
        place = re.match(r"# registry/(\S+\.yml)\n", block)
        assert place, f"an example does not say which file it is:\n{block}"
        found.append(Example(place[1], block))
    return found


EXAMPLES = [(path.name, example) for path in PAGES for example in examples(text_of(path))]


def test_there_are_examples_of_every_kind_of_record() -> None:
    assert {example.path.split("/")[0] for _, example in EXAMPLES} == set(PLACES)


@pytest.mark.parametrize(
    "example", [example for _, example in EXAMPLES], ids=[f"{name}-{e.path}" for name, e in EXAMPLES]
)
def test_an_example_reads_without_problems(example: Example) -> None:
    kind, *folders, name = example.path.split("/")
    report = Report()
    file = read(example.path, example.text.encode(), report)
    assert file, as_text(report)
    place = PLACES[kind]
    assert place.stem_form.fullmatch(Path(name).stem)
    assert place.parse(Path(name).stem, folders[0] if folders else "", file, report)
    assert not len(report), as_text(report)


def test_every_enterprise_of_an_example_is_fictional() -> None:
    for name, example in EXAMPLES:
        for enterprise in re.findall(r"^enterprise: (.*)$", example.text, re.MULTILINE):
            assert "示例" in enterprise, (name, enterprise)


SITUATIONS = re.split(r"^## ", text_of(GUIDE / "examples.md"), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda text: text.split("\n")[0])
def test_a_situation_comes_out_as_told(situation: str, tmp_path: Path) -> None:
    """The records of a situation make a registry without errors, and `status` says what the page says."""
    for name in VOCABULARY_FILES:
        (tmp_path / "registry").mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "registry" / name, tmp_path / "registry" / name)
    for example in examples(situation):
        path = tmp_path / "registry" / example.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.text, encoding="utf-8")
    examined = examine(tmp_path / "registry", as_of=date(2029, 1, 1))
    assert not examined.report.errors, as_text(examined.report)
    told = re.findall(r"^\$ python -m generator (.*)\n((?s:.*?))^```$", situation, re.MULTILINE)
    assert told
    for command, answer in told:
        done = run(*command.split(), "--registry", tmp_path / "registry")
        assert done.code == 0, done.err
        assert done.out == answer


def test_no_situation_twice() -> None:
    headings = sorted(situation.split("\n")[0] for situation in SITUATIONS)
    assert all(one != other for one, other in pairwise(headings))
