"""The changes of the lists told in tables, one for each kind of act.

May import `views.words`, `rules` and the other modules of this room.
"""

from collections.abc import Iterator, Sequence

from generator.effects.markdown import FOLDED, Section, escaped, table
from generator.effects.shapes import Cancelling, Lists, Move, Shift
from generator.effects.voice import Voice, end
from generator.rules.changes import KINDS
from generator.views import words


def list_sections(voice: Voice, lists: Lists) -> Iterator[Section]:
    """Yield a section for each kind of act that changes the lists."""
    for kind in KINDS:
        moves = [move for move in lists.moves if move.kind == kind]
        if moves:
            yield _moves(voice, f"{words.CHANGES[kind]}（{len(moves)}）", moves)
        if kind == "revoked" and lists.cancellings:
            yield _cancellings(voice, lists.cancellings)
    if lists.terms:
        rows = [
            (
                voice.unit(term.unit),
                escaped(term.unit.enterprise),
                end(term.before),
                end(term.after),
            )
            for term in lists.terms
        ]
        heads = ("单元", "企业", "原到期日", "现到期日")
        cities = [term.unit.city for term in lists.terms]
        yield Section(f"到期日改变（{len(rows)}）", table(heads, rows, places=cities))
    if lists.shifted:
        yield _shifts(voice, lists.shifted)
    if lists.withdrawn:
        yield _moves(
            voice, f"撤回的变动：改动前有，改动后没有（{len(lists.withdrawn)}）", lists.withdrawn, kinds=True
        )
    if lists.quiet:
        quiet = [
            (
                voice.unit(one.unit),
                escaped(one.unit.enterprise),
                escaped(one.title),
                voice.day(one.day),
                escaped(one.document),
                escaped(one.why),
            )
            for one in lists.quiet
        ]
        columns = ("单元", "企业", "称号", "授予之日", "依据", "效果")
        cities = [one.unit.city for one in lists.quiet]
        yield Section(f"授予称号、层级不变（{len(quiet)}）", table(columns, quiet, places=cities))


def _moves(voice: Voice, heading: str, moves: Sequence[Move], *, kinds: bool = False) -> Section:
    ending = all(move.kind in ("closed", "expired", "revoked") for move in moves)
    rows = []
    for move in moves:
        row = [voice.unit(move.unit), escaped(move.unit.enterprise), escaped(move.unit.city)]
        row += [words.CHANGES[move.kind]] if kinds else []
        row += [voice.step(move.before, move.after), voice.day(move.day)]
        row += [] if ending else [words.day(move.through) if move.through else "未设到期日"]
        ground = [escaped(text) for text in (move.document, move.note) if text]
        rows.append([*row, "，".join(ground)])
    heads = ["单元", "企业", "地市", *(["变动"] if kinds else []), "层级", "日期"]
    heads += [*([] if ending else ["有效期至"]), "依据"]
    return Section(heading, table(heads, rows, places=[move.unit.city for move in moves]))


def _shifts(voice: Voice, shifts: Sequence[Shift]) -> Section:
    rows = []
    for shift in shifts:
        old, new = shift.before, shift.after
        steps = (
            (words.day(old.day), voice.day(new.day)),
            (end(old.through), end(new.through)),
            (escaped(old.document or ""), escaped(new.document or "")),
        )
        told = ["→".join(dict.fromkeys(pair)) for pair in steps]
        rows.append([voice.unit(new.unit), escaped(new.unit.enterprise), words.CHANGES[new.kind], *told])
    heads = ("单元", "企业", "变动", "日期", "有效期至", "依据")
    cities = [shift.after.unit.city for shift in shifts]
    return Section(f"更正的变动（{len(rows)}）", table(heads, rows, places=cities))


def _cancellings(voice: Voice, acts: Sequence[Cancelling]) -> Section:
    rows = []
    for act in acts:
        taken = [
            f"{voice.unit(one.unit)}（{voice.step(one.before, one.after)}）" for one in act.taken[:FOLDED]
        ]
        if len(act.taken) > FOLDED:
            taken.append(f"等 {len(act.taken)} 个")
        bar = f"{words.day(act.day)}至{words.day(act.barred_through)}" if act.barred_through else "没有"
        rows.append(
            (
                voice.unit(act.unit),
                escaped(act.unit.enterprise),
                escaped(act.title),
                voice.day(act.day),
                "<br>".join(taken) or "没有单元移出名单",
                bar,
                "，".join(escaped(text) for text in (act.document, act.reason) if text),
            )
        )
    heads = (
        "单元",
        "企业",
        "撤销的称号",
        "撤销之日",
        "移出名单的单元（含同一企业）",
        "企业限制期",
        "依据",
    )
    cities = [act.unit.city for act in acts]
    return Section(f"撤销（{len(acts)}）", table(heads, rows, places=cities))
