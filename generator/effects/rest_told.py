"""What a change does besides the lists, told in tables.

May import `views.words` and the other modules of this room.
"""

from collections.abc import Iterator, Sequence

from generator.effects.markdown import Section, escaped, link, table
from generator.effects.shapes import Fact, Paper, Replaced, Told
from generator.effects.voice import Voice, bullets


def rest_sections(voice: Voice, told: Told) -> Iterator[Section]:
    """Yield a section for everything that is told besides the lists."""
    yield from _replaced(voice, "更名", told.renamed)
    yield from _replaced(voice, "迁移", told.moved)
    yield from _facts(voice, "成熟度", told.maturity)
    yield from _facts(voice, "年度进展报告", told.reports)
    if told.untouched:
        rows = [
            (voice.unit(one.unit), escaped(one.unit.enterprise), escaped("、".join(one.fields)))
            for one in told.untouched
        ]
        cities = [one.unit.city for one in told.untouched]
        body = table(("单元", "企业", "改动的字段"), rows, places=cities)
        yield Section(f"到期不变：层级、有效期和限制都不变（{len(rows)}）", body)
    yield from _papers(voice, "新案例", "发布之日", "企业", told.new_cases)
    yield from _papers(voice, "撤下案例", "撤下之日", "原因", told.withdrawn_cases)
    yield from _papers(voice, "修订案例", "发布之日", "改动的字段", told.revised_cases)
    yield from _papers(voice, "新文件", "成文日期", "引用", told.new_documents)
    yield from _papers(voice, "新年度名单", "截至", "公布文号", told.new_lists)
    if told.other_records:
        yield Section("其他记录", bullets([escaped(text) for text in told.other_records]))
    if told.form_only:
        yield Section("只改写法", f"{told.form_only} 个文件只改了注释、顺序或写法，内容不变。")


def _replaced(voice: Voice, name: str, found: Sequence[Replaced]) -> Iterator[Section]:
    if found:
        rows = [
            (
                voice.unit(one.unit),
                one.what,
                escaped(one.before),
                escaped(one.after),
                escaped(one.note or ""),
            )
            for one in found
        ]
        heads = ("单元", "改的是", "原为", "改为", "说明")
        yield Section(f"{name}（{len(rows)}）", table(heads, rows, places=[one.unit.city for one in found]))


def _facts(voice: Voice, name: str, found: Sequence[Fact]) -> Iterator[Section]:
    if found:
        rows = [
            (
                voice.unit(one.unit),
                escaped(one.unit.enterprise),
                escaped(one.what),
                voice.day(one.day),
                escaped(one.effect),
            )
            for one in found
        ]
        heads = ("单元", "企业", "记录", "日期", "效果")
        yield Section(f"{name}（{len(rows)}）", table(heads, rows, places=[one.unit.city for one in found]))


def _papers(voice: Voice, name: str, day: str, note: str, found: Sequence[Paper]) -> Iterator[Section]:
    if found:
        rows = [
            (
                escaped(one.key),
                link(one.title, one.address, voice.base),
                voice.day(one.day),
                escaped(one.note or ""),
            )
            for one in found
        ]
        yield Section(f"{name}（{len(rows)}）", table(("编号", "标题", day, note), rows))
