"""The fields of document, case and yearly list files (contract, section 2), for the parser, for editors and for the sheets.

May import `shapes`, `tables` and the fields of units.
"""

from typing import ClassVar

from generator import forms
from generator.parse.shapes import (
    Address,
    Block,
    Day,
    DocumentNumber,
    JsonObject,
    Name,
    PlainText,
    Whole,
    Wholes,
)
from generator.parse.tables import Field, RowField, RowsField, Table
from generator.parse.unit_fields import CorrectionFields

SUMMARY_LENGTH = (20, 300)
HIGHEST_SCENE = 999


class DocumentFields(Table):
    """An official document."""

    number = Field(
        DocumentNumber(),
        title="文号",
        note="照文件写，年份写全并用六角括号；各份文件的文号不能相同。",
        required=True,
        example="工信发〔2025〕88号",
    )
    title = Field(
        Name(), title="标题", note="文件标题，照文件写。", required=True, example="关于公布2025年度名单的通知"
    )
    date = Field(Day(), title="成文日期", note="文件的成文日期。", required=True, example="2025-11-20")
    url = Field(
        Address(),
        title="网址",
        note="公布这份文件的网页；没有就空着。",
        example="https://www.example.cn/2025/88.html",
    )
    entered = Field(Day(), title="录入日期", note="录入名录的日期；空着就是成文日期。", example="2025-11-25")
    corrections = RowsField(table=CorrectionFields, title="更正说明", note="改正已公布事实的说明。")


def _given(*keys: str) -> JsonObject:
    return {"required": [*keys], "properties": {key: {"not": {"enum": [None, ""]}} for key in keys}}


def _absent(*keys: str) -> JsonObject:
    return {"properties": {key: {"enum": [None, ""]} for key in keys}}


class MetricFields(Table):
    """An effect: before and after, or the change alone."""

    name = Field(Name(), title="指标", note="成效的名称。", required=True, example="订单交付周期")
    before = Field(Name(), title="建设前", note="与 after 一起写；写了就不写 change。", example="20")
    after = Field(Name(), title="建设后", note="与 before 一起写；写了就不写 change。", example="14")
    unit = Field(Name(), title="单位", note="before、after 的单位；没有就空着。", example="天")
    change = Field(Name(), title="变化", note="只写变化的，写在这里，不写 before、after。")
    bounds: ClassVar[JsonObject] = {
        "anyOf": [
            {"allOf": [_given("before", "after"), _absent("change")]},
            {"allOf": [_given("change"), _absent("before", "after")]},
        ],
        "errorMessage": "一项成效要么写 before、after（可加 unit），要么只写 change。",
    }


class WithdrawalFields(Table):
    """The end of a case's being shown."""

    date = Field(Day(), title="撤下日期", note="从哪一天起不再展示。", required=True, example="2026-08-01")
    reason = Field(Name(), title="撤下原因", note="为什么撤下；可以空着。", example="企业申请撤下")


class CaseFields(Table):
    """A typical case."""

    title = Field(
        Name(),
        title="案例标题",
        note="案例的标题。",
        required=True,
        example="多品种小批量混线的车间智能排产",
    )
    factory = Field(
        PlainText(), title="单元编号", note="案例所属单元在名录里的编号。", required=True, example="2301-0007"
    )
    edition = Field(
        PlainText(),
        title="场景版本",
        note="《智能制造典型场景参考指引》的版本，例如 2025。",
        required=True,
        example=2025,
    )
    scenes = Field(
        Wholes(1, HIGHEST_SCENE),
        title="场景序号",
        note="该版本里的场景序号，至少一个。",
        required=True,
        example=[9, 24],
    )
    published = Field(
        Day(), title="发布日期", note="从这一天起在网站上显示。", required=True, example="2026-03-12"
    )
    updated = Field(
        Day(),
        title="更新日期",
        note="发布后改过的，写最后改动的日期；没有就空着。",
        example="2026-04-01",
    )
    summary = Field(
        Block(*SUMMARY_LENGTH),
        title="摘要",
        note="20 到 300 字，一段。",
        required=True,
        example="叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。",
    )
    metrics = RowsField(table=MetricFields, title="成效", note="每项写 before、after，或只写 change。")
    body = Field(
        Block(),
        title="正文",
        note="Markdown；用“body: |”起头，正文另起一行并缩进。",
        required=True,
        example="## 建设内容\n\n排产系统每两小时重排一次。\n",
    )
    source = Field(
        Address(),
        title="来源网址",
        note="以 https:// 或 http:// 开头；没有就空着。",
        example="https://www.example.cn/case/9.html",
    )
    withdrawn = RowField(
        table=WithdrawalFields, title="撤下", note="不再展示的案例；页面保留，并注明已撤下。"
    )
    corrections = DocumentFields.corrections


class YearListFields(Table):
    """A yearly list as published."""

    year = Field(
        Whole(forms.FIRST_YEAR, forms.LAST_YEAR),
        title="年度",
        note="名单的年度，与文件名一致。",
        required=True,
        example=2026,
    )
    date = Field(
        Day(), title="截至日期", note="名单是这一天结束时的情形。", required=True, example="2026-06-30"
    )
    document = Field(
        DocumentNumber(),
        title="文号",
        note="随哪份文件下发，要先在 documents 里登记。",
        required=True,
        example="工信发〔2026〕20号",
    )
    corrections = DocumentFields.corrections
