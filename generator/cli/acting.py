"""One act carried out: what is lacking asked for, what it will do told first, then written as a whole, and the result shown.

May import `meaning`, `prompting`, `asking` and the room `sheets`.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import prompting
from generator.cli.asking import unit_lines
from generator.cli.meaning import Refusal, enterprise_of, exact, unit_meant
from generator.cli.options import examined_with_progress
from generator.parse.publication_fields import SUMMARY_LENGTH
from generator.problems import as_text
from generator.records import Unit
from generator.registry import Registry
from generator.views.book import Book

if TYPE_CHECKING:
    from generator.sheets.cleaning import Value
    from generator.sheets.columns import Column, SheetForm
    from generator.sheets.gathering import Question
    from generator.sheets.matching import Fresh, Known
    from generator.sheets.planning import Plan


@dataclass(slots=True, kw_only=True)
class Request:
    """What a command was told: its act, the unit in the words of whoever asks, and texts by field."""

    name: str
    form: "SheetForm"
    options: Mapping[str, str]
    needed: tuple[str, ...]
    asked: tuple[str, ...]
    unit: str | None
    fresh: bool
    texts: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False
    yes: bool = False


def act(request: Request, root: Path, as_of: date) -> int:
    """Carry out an act; return the exit code.

    Args:
        request: what was asked.
        root: the folder of the registry.
        as_of: the day the rules are asked for, and whose status is shown.
    """
    from generator.sheets.storing import Halfway

    try:
        written = _write(request, root, as_of)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n已中断，没有改动任何记录。", err=True)
        return 1
    except Refusal as reason:
        sys.stderr.write(f"{reason}\n没有改动任何记录。\n")
        return 1
    except Halfway as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    if written is not None:
        _show_result(written, request, root, as_of)
    return 0


def _write(request: Request, root: Path, as_of: date) -> "Plan | None":
    """Ask, plan, tell and write; return what was written, None where nothing was."""
    from generator.sheets.storing import Overtaken, store

    found = examined_with_progress(root, as_of)
    registry = found.registry
    if registry is None or registry.unreadable:
        sys.stderr.write(as_text(found.report.errors))
        raise Refusal("名录里有读不懂的文件，请先改正以上各处。")
    made = _planned(request, registry, as_of)
    for line in made.told:
        sys.stderr.write(f"{line}\n")
    if not made.changes:
        sys.stdout.write("名录里已经这样登记，不用改动。\n")
        return None
    for sentence in made.sentences:
        sys.stdout.write(f"{sentence}\n")
    for change in made.changes:
        sys.stdout.write(f"  {'新建' if change.before is None else '改动'} {root / change.path}\n")
    if request.dry_run:
        sys.stdout.write("试运行，没有写入。\n")
        return None
    if not request.yes and prompting.on_terminal() and not prompting.sure("写入吗？"):
        sys.stdout.write("没有写入。\n")
        return None
    try:
        store(root, made.changes)
    except Overtaken as reason:
        raise Refusal(str(reason).replace("请重新导入", "请重新运行")) from None
    except OSError as error:
        raise Refusal(f"写不进去：{error.strerror or error}（{error.filename or root}）。") from None
    return made


def _planned(request: Request, registry: Registry, as_of: date) -> "Plan":
    from generator.sheets.cleaning import matched
    from generator.sheets.columns import NEW_UNIT
    from generator.sheets.gathering import Gathered, settle
    from generator.sheets.planning import plan_rows
    from generator.sheets.single import single

    unit = None
    if request.name != "new":
        unit = unit_meant(request.unit, registry, whole_enterprise=request.name == "rename")
    _complete(request, unit, registry, as_of)
    texts, options = dict(request.texts), dict(request.options)
    if unit is not None:
        texts["unit"], options["unit"] = unit.id, "单元"
        if unit.former_names and matched(unit.enterprise) == matched(texts.get("new_name", "")):
            # Asked once more: it is the renaming that is entered already.
            texts["enterprise"], options["enterprise"] = unit.former_names[-1].name, "单元"
    draft, wrong = single(request.form, texts, options, registry)
    if request.name == "new":
        draft.new = not _entered(request, registry) and request.fresh
    ask = prompting.choose_unit if prompting.on_terminal() else _nobody
    made = plan_rows(settle([draft], registry, Gathered(wrong=wrong), ask=ask), registry, as_of=as_of)
    if made.wrong:
        for line in made.told:
            sys.stderr.write(f"{line}\n")
        # What a sheet says in its column of numbers a command says by an option.
        raise Refusal(
            "\n".join(str(one).replace(f"在编号列写“{NEW_UNIT}”", "加 --fresh") for one in made.wrong)
        )
    return made


def _nobody(question: "Question") -> "Known | Fresh | None":
    rows = "".join(
        f"\n  {unit.id} {unit.enterprise} {unit.name}（{unit.city}）" for unit in question.candidates
    )
    raise Refusal(
        f"“{question.said}”{question.why}：{rows}\n已有的单元用 award 加编号授予称号；确实是新单元的加 --fresh。"
    )


def _entered(request: Request, registry: Registry) -> bool:
    """Tell whether this very act is entered; refuse a new unit that is entered with other titles."""
    from generator.sheets.cleaning import document, matched

    name, title = matched(request.texts.get("name", "")), matched(request.texts.get("title", ""))
    paper = document(request.texts.get("document", ""))
    for unit in exact(request.texts.get("enterprise", ""), registry):
        if matched(unit.name) != name:
            continue
        if any(matched(award.title) == title and award.document == paper for award in unit.titles):
            return True
        raise Refusal(f"名录里已有 {unit.id} {unit.enterprise} {unit.name}；给它授予称号用 award {unit.id}。")
    return False


def _complete(request: Request, unit: Unit | None, registry: Registry, as_of: date) -> None:
    """Ask for what is lacking, in the order of the form; where nobody can be asked, name the options."""
    lacking = [key for key in request.needed if not request.texts.get(key, "").strip()]
    if not prompting.on_terminal():
        if lacking:
            columns = [request.form.column(key) for key in lacking]
            named = "、".join(
                f"{request.options[column.key]}（{column.title}）" for column in columns if column
            )
            raise click.UsageError(f"缺少 {named}。")
        return
    if not lacking:
        return
    for column in request.form.columns:
        key = column.key
        if key in request.texts or key not in (*request.needed, *request.asked):
            continue
        answer = _asked(request, column, unit, registry, as_of)
        if answer:
            request.texts[key] = answer


def _asked(request: Request, column: "Column", unit: Unit | None, registry: Registry, as_of: date) -> str:
    key = column.key
    if column.form == "lines":
        return prompting.lines(column, optional=key in request.asked)
    choices = _choices(request, column, unit, registry)
    default = empty = ""
    if key in request.asked:
        empty = "不填"
        paper = registry.documents.get(request.texts.get("document", ""))
        if key == "date" and paper is not None:
            empty = f"文件的成文日期 {paper.date}"
    elif key in ("date", "published"):
        default = as_of.isoformat()
    elif key == "edition" and choices:
        default = choices[-1]
    elif len(choices) == 1:
        default = choices[0]
    check = _check(request, key, registry)
    labels = {}
    if column.choice == "documents":
        papers = [registry.documents[number] for number in choices]
        labels = {paper.number: f"{paper.number} {paper.date} {paper.title}" for paper in papers}
    return prompting.field(
        column, registry, choices=choices, labels=labels, default=default, empty=empty, check=check
    )


def _check(request: Request, key: str, registry: Registry) -> "Callable[[Value], str | None] | None":
    """What else a field must be, so that a wrong answer is told at once and not at the end."""

    def summary(value: "Value") -> str | None:
        shortest, longest = SUMMARY_LENGTH
        length = len(str(value))
        return (
            None
            if shortest <= length <= longest
            else f"摘要有 {length} 个字，应为 {shortest} 到 {longest} 个字"
        )

    def scenes(value: "Value") -> str | None:
        edition = next(
            (one for one in registry.scenes.editions if one.edition == request.texts["edition"]), None
        )
        numbers = value if isinstance(value, tuple) else ()
        unknown = [str(number) for number in numbers if edition and number not in edition.names]
        return f"这一版里没有场景 {'、'.join(unknown)}" if unknown else None

    def successor(value: "Value") -> str | None:
        return None if value in registry.units else f"名录里没有编号 {value}"

    return {"summary": summary, "scenes": scenes, "successor": successor}.get(key)


def _choices(request: Request, column: "Column", unit: Unit | None, registry: Registry) -> list[str]:
    """What a field is chosen from, as far as what is known already leaves it open."""
    from generator.sheets.cleaning import Wrong, city
    from generator.sheets.wordlists import county_lists, word_lists

    where = city(request.texts.get("city", "") or (unit.city if unit else ""), registry)
    town = None if isinstance(where, Wrong) else where
    if column.choice == "counties":
        return county_lists(registry).get(town.name, []) if town else []
    if column.choice is None:
        return []
    words = word_lists(registry)[column.choice]
    if column.choice == "titles" and unit is not None:
        held = {award.title for award in unit.titles}
        if request.name in ("renew", "revoke"):
            return [word for word in words if word in held]
        return [one.name for one in registry.policy.titles if one.kind == unit.kind]
    if column.choice == "documents":
        title = registry.policy.title(request.texts.get("title", ""))
        kept = []
        for number in words:
            authority = registry.policy.authority(registry.documents[number].authority)
            right = authority and title and authority.level == title.level
            near = authority and authority.city in (None, town.code if town else None)
            if right and near:
                kept.append(number)
        return kept or words
    return words


def _show_result(made: "Plan", request: Request, root: Path, as_of: date) -> None:
    """Check what is written, and say how the units stand now and what comes next."""
    examined = examined_with_progress(root, as_of)
    paths = [str(root / change.path) for change in made.changes]
    sys.stdout.write("已写入。\n")
    if examined.registry is None or examined.ledger is None:
        return
    registry = examined.registry
    ids = [Path(change.path).stem for change in made.changes]
    units = {
        key: registry.units.get(key) or registry.units[registry.cases[key].factory]
        for key in ids
        if key in registry.units or key in registry.cases
    }
    shown = list(units.values())
    if request.name == "revoke":
        shown = [one for unit in shown for one in enterprise_of(unit, registry)]
    book = Book(registry, examined.ledger, as_of)
    sys.stdout.write(f"{as_of} 的状态：\n")
    for unit in shown:
        sys.stdout.write(unit_lines(book, unit))
    written = tuple(change.path for change in made.changes)
    for problem in examined.report.warnings:
        if problem.code == "future-fact" and problem.path.endswith(written):
            sys.stdout.write(f"提醒：{Path(problem.path).stem}：{problem.message}\n")
    if examined.report.errors:
        sys.stdout.write(
            f"名录里另有 {len(examined.report.errors)} 处错误，用 check 查看；改正以后才能生成网站。\n"
        )
    files = " ".join(paths)
    sys.stdout.write(f"下一步：git add {files}，用 git commit 提交，再发起合并请求，请同事核对。\n")
