"""The command that enters an official document: what is lacking asked for, its record told first, then written.

May import `prompting` and the room `sheets`. The fields, their words and their notes are those of the parser.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import prompting
from generator.cli.meaning import Refusal
from generator.cli.options import examined_with_progress, registry_options
from generator.parse.publication_fields import DocumentFields
from generator.problems import as_text
from generator.reading import read_record
from generator.registry import Registry
from generator.speech import Command
from generator.writing import dump

if TYPE_CHECKING:
    from generator.sheets.columns import Column

_OPTIONS = {"title": "--title", "date": "--date", "authority": "--authority", "url": "--url"}


@click.command(cls=Command, name="document")
@click.argument("number", metavar="[文号]", required=False)
@click.option("--title", metavar="文字", help=f"标题。{DocumentFields.title.note}")
@click.option("--date", "day", metavar="日期", help=f"成文日期。{DocumentFields.date.note}")
@click.option("--authority", metavar="机关", help="发文机关：policy.yml 里的编号或名称，联合发文的写牵头机关")
@click.option("--url", metavar="网址", help=f"网址。{DocumentFields.url.note}")
@click.option("--dry-run", is_flag=True, help="只说明将要改动什么，不写入")
@click.option("--yes", is_flag=True, help="不再询问，直接写入")
@registry_options
def document_command(
    number: str | None,
    title: str | None,
    day: str | None,
    authority: str | None,
    url: str | None,
    dry_run: bool,
    yes: bool,
    registry: Path,
    as_of: date,
) -> int:
    """登记一份文件，以后的授予、续期、撤销就能以它为依据；在终端里运行时，缺的内容会逐项询问。"""
    given = {"number": number, "title": title, "date": day, "authority": authority, "url": url}
    try:
        return _file(given, registry, as_of, dry_run=dry_run, yes=yes)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n已中断，没有改动任何记录。", err=True)
    except Refusal as reason:
        sys.stderr.write(f"{reason}\n没有改动任何记录。\n")
    return 1


def _file(given: Mapping[str, str | None], root: Path, as_of: date, *, dry_run: bool, yes: bool) -> int:
    from generator.sheets.desk import Changed
    from generator.sheets.storing import Overtaken, store

    found = examined_with_progress(root, as_of)
    registry = found.registry
    if registry is None or registry.unreadable:
        sys.stderr.write(as_text(found.report.errors))
        raise Refusal("名录里有读不懂的文件，请先改正以上各处。")
    columns = _columns(registry)
    texts = _complete({key: text for key, text in given.items() if text}, columns, registry)
    values = _clean(texts, columns, registry)
    held = registry.documents.get(str(values["number"]))
    authority = str(values.pop("authority"))
    if held is not None:
        if (held.title, held.date, held.authority) == (values["title"], values["date"], authority):
            sys.stdout.write("名录里已经这样登记，不用改动。\n")
            return 0
        raise Refusal(
            f"{held.number} 已经登记：{held.date}，{held.authority}，《{held.title}》，与这里不同；请核对。"
        )
    day = values["date"]
    entered = {"entered": as_of} if isinstance(day, date) and day < as_of else {}
    parts = ("documents", authority, f"{_stem(str(values['number']), authority, registry)}.yml")
    path = "/".join(parts)
    content = dump({**values, **entered}).encode()
    reading = read_record(parts, path, content)
    if reading.problems:
        raise Refusal(as_text(reading.problems).rstrip("\n"))
    named = registry.policy.authority(authority)
    sys.stdout.write(
        f"登记文件 {values['number']}，{day}，{named.name if named else authority}：{values['title']}\n"
        f"  新建 {root / path}\n"
    )
    if dry_run:
        sys.stdout.write("试运行，没有写入。\n")
        return 0
    if not yes and prompting.on_terminal() and not prompting.sure("写入吗？"):
        sys.stdout.write("没有写入。\n")
        return 0
    try:
        store(root, [Changed(path=path, before=None, now=content)])
    except Overtaken as reason:
        raise Refusal(str(reason).replace("请重新导入", "请重新运行")) from None
    except OSError as error:
        raise Refusal(f"写不进去：{error.strerror or error}（{error.filename or root}）。") from None
    sys.stdout.write("已写入。下一步：登记它授予、续期或撤销的单元。\n")
    return 0


def _columns(registry: Registry) -> dict[str, "Column"]:
    """What is asked, in order, in the words of the parser."""
    from generator.sheets.columns import Column, Form

    fields = DocumentFields.fields_by_key
    forms: dict[str, Form] = {"number": "document", "title": "name", "date": "day", "url": "text"}
    made = {
        key: Column(key=key, title=fields[key].title, form=form, note=fields[key].note)
        for key, form in forms.items()
    }
    named = "、".join(one.name for one in registry.policy.authorities)
    made["authority"] = Column(
        key="authority", title="发文机关", form="name", note=f"应是其中之一：{named}。"
    )
    return made


def _complete(
    texts: dict[str, str], columns: Mapping[str, "Column"], registry: Registry
) -> Mapping[str, str]:
    """Ask for what is lacking; where nobody can be asked, name the options."""
    lacking = [key for key in ("number", "title", "date", "authority") if not texts.get(key, "").strip()]
    if not lacking:
        return texts
    if not prompting.on_terminal():
        named = "、".join(
            f"{_OPTIONS[key]}（{columns[key].title}）" if key in _OPTIONS else columns[key].title
            for key in lacking
        )
        raise click.UsageError(f"缺少 {named}。")
    checks: dict[str, Callable[[Any], str | None]] = {
        "number": lambda value: f"{value} 已经登记" if value in registry.documents else None,
    }
    for key in (*lacking, *(["url"] if "url" not in texts else [])):
        choices = [one.name for one in registry.policy.authorities] if key == "authority" else ()
        texts[key] = prompting.field(
            columns[key],
            registry,
            choices=choices,
            empty="不填" if key == "url" else "",
            check=checks.get(key),
        )
    return texts


def _clean(
    texts: Mapping[str, str], columns: Mapping[str, "Column"], registry: Registry
) -> dict[str, str | date]:
    """Return the values, the authority as its id; refuse everything that is wrong at once."""
    from generator.sheets import cleaning
    from generator.sheets.cleaning import Wrong, matched
    from generator.sheets.grid import Cell

    values: dict[str, str | date] = {}
    wrong: list[str] = []
    for key, column in columns.items():
        text = texts.get(key, "").strip()
        if not text:
            continue
        value: object = cleaning.value(column, Cell(at="", text=text), registry)
        if key == "authority":
            plain = matched(text)
            named = [
                one.id for one in registry.policy.authorities if plain in (matched(one.id), matched(one.name))
            ]
            value = named[0] if named else Wrong(f"不是 policy.yml 里的机关；{column.note.rstrip('。')}")
        if isinstance(value, Wrong):
            where = _OPTIONS.get(key, "文号")
            wrong.append(f"{where} 的值不对：“{text}”，{value.message}。")
        elif isinstance(value, str | date):
            values[key] = value
    if wrong:
        raise Refusal("\n".join(wrong))
    return values


def _stem(number: str, authority: str, registry: Registry) -> str:
    """Return the name of the file: year and serial number, with a further number where another document has it."""
    found = "-".join(part.strip("号") for part in number.split("〔")[1].split("〕"))
    taken = {
        Path(registry.files["documents", one.number].path).stem
        for one in registry.documents.values()
        if one.authority == authority
    }
    again = 1
    stem = found
    while stem in taken:
        again += 1
        stem = f"{found}-{again}"
    return stem


COMMANDS = (document_command,)
