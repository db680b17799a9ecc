"""What an editor sees of a file, and whether parser and schema say the same of it."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from generator.editors import schema
from generator.parse.publications import parse_case, parse_document, parse_list
from generator.parse.rulebook import parse_policy
from generator.parse.units import parse_unit
from generator.parse.vocabularies import parse_cities, parse_industries, parse_scenes
from generator.problems import Problem, Report
from generator.source import read

FOLDERS = {"factories": "factory", "documents": "document", "cases": "case", "lists": "list"}
VALIDATORS: dict[str, Draft202012Validator] = {}

_BOOL = re.compile("true|True|TRUE|false|False|FALSE")
_INT = re.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def kind_of(path: str) -> str:
    """The kind of a file of a registry by its path."""
    first = path.split("/", maxsplit=1)[0]
    return FOLDERS.get(first) or first.removesuffix(".yml")


def seen(text: str) -> Any:
    """What a file holds for an editor: YAML 1.2 with its core schema, as the language server of VS Code reads it."""
    return _value(yaml.compose(text, Loader=yaml.CSafeLoader))


def _value(node: yaml.Node | None) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(row) for row in node.value]
    assert isinstance(node, yaml.ScalarNode)
    text: str = node.value
    # libyaml names the style of a plain scalar "", PyYAML None.
    if node.style:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def parsed(kind: str, content: bytes) -> list[Problem] | None:
    """The errors a parser finds in a file, or None where it cannot even be read as text."""
    report = Report()
    file = read("file.yml", content, report)
    if file is None or report.errors:
        return None
    match kind:
        case "factory":
            parse_unit("2301-0001", file, report)
        case "document":
            parse_document("hlj", file, report)
        case "case":
            parse_case("2026-0001", file, report)
        case "list":
            parse_list(file, report)
        case "policy":
            parse_policy(file, report)
        case "cities":
            parse_cities(file, report)
        case "industries":
            parse_industries(file, report)
        case "scenes":
            parse_scenes(file, report)
        case _:
            raise AssertionError(kind)
    return list(report.errors)


# What a schema cannot say of values that it does see, by code and a part of the message.
BEYOND = (
    ("uscc-check", "校验码"),  # the check character has to be reckoned
    ("duplicate-id", "出现了两次"),  # a code or a name twice in a list of mappings
    ("bad-choice", "不是更低的层级"),  # policy.yml refers to itself
    ("bad-choice", "这个层级；"),
    ("unknown-title", "titles 里没有"),
    ("bad-choice", "不属于大类"),  # the code of a row begins with that of the row around it
    ("bad-url", "主机名或端口写法不对"),  # what urllib makes of a host
)
# What is lost where an editor's YAML parser makes a number or a truth value of a text: by code, a part, and the kind of value.
LOST: tuple[tuple[str, str, tuple[type, ...]], ...] = (
    ("bad-choice", "写法不对；应是", (int,)),  # leading zeros: digits can be counted from above only
    ("bad-choice", "应是四位数字的年份", (int,)),
    ("uscc-format", "应为 18 位", (int,)),
    ("wrong-type", "不是整数", (int, float)),  # +2, 2.0, 0x2
    ("bad-choice", "应是 true、false 之一", (bool,)),  # True, TRUE
    ("bad-choice", "超出范围", (str,)),  # a schema's bounds do not look at quoted numbers
)


def beyond(problem: Problem) -> bool:
    """Whether a problem is one of the few that no schema can find."""
    return any(problem.code == code and part in problem.message for code, part in BEYOND)


def lost(problem: Problem, value: Any) -> bool:
    """Whether a schema may or may not find a problem, since an editor sees less than the text."""
    return any(
        problem.code == code and part in problem.message and type(value) in kinds
        for code, part, kinds in LOST
    )


def at(value: Any, field: str) -> Any:
    """The value of a field as problems name it, or None."""
    for key, row in _STEP.findall(field):
        if isinstance(value, dict) and key:
            value = value.get(key)
        elif isinstance(value, list) and row and int(row) < len(value):
            value = value[int(row)]
        else:
            return None
    return value


def without_empties(value: Any) -> Any:
    """The value with null for "", [] and {} in fields.

    The parser takes all of these for not given whatever the field is; a schema takes the empty form of the field alone.
    """
    if isinstance(value, dict):
        return {
            key: None if found in ("", [], {}) else without_empties(found) for key, found in value.items()
        }
    return [without_empties(row) for row in value] if isinstance(value, list) else value


def refused(kind: str, value: Any) -> Iterator[str]:
    """What the schema of a kind of file says against a value, whatever the vocabularies."""
    if kind not in VALIDATORS:
        VALIDATORS[kind] = Draft202012Validator(schema(kind, {}))
    for error in VALIDATORS[kind].iter_errors({} if value is None else value):
        yield f"{error.json_path}: {error.message}"


def assert_agreed(kind: str, content: bytes, value: Any = ...) -> bool | None:
    """Assert that parser and schema agree on a file; return whether it is accepted, None where it cannot be read.

    `value` is what an editor sees of it, where that is known already.
    """
    problems = parsed(kind, content)
    if problems is None:
        return None
    if value is ...:
        value = seen(content.decode("utf-8-sig"))
    told = [problem for problem in problems if not beyond(problem)]
    against = list(refused(kind, without_empties(value)))
    if told and all(lost(problem, at(value, problem.field)) for problem in told):
        return False
    assert bool(told) == bool(against), (content.decode(), [str(problem) for problem in problems], against)
    return not problems
