"""What was put right in a record, and the fields of records as readers know them.

May import `records`. Pages of units, documents, cases and yearly lists show the rows; the effects of a change use the names.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from generator.records import Correction

FIELDS = {
    "name": "单元名称",
    "kind": "类别",
    "enterprise": "企业名称",
    "uscc": "统一社会信用代码",
    "uscc_note": "代码说明",
    "former_names": "企业曾用名",
    "city": "地市",
    "county": "县区",
    "zone": "园区",
    "industry": "行业",
    "website": "网站",
    "maturity": "成熟度",
    "titles": "获得的称号",
    "revocations": "被撤销的称号",
    "closed": "退出",
    "reports": "年度进展报告",
    "corrections": "更正说明",
    "number": "文号",
    "title": "标题",
    "date": "日期",
    "url": "公布网址",
    "entered": "登记日期",
    "factory": "所属单元",
    "edition": "场景版本",
    "scenes": "典型场景",
    "published": "发布日期",
    "updated": "更新日期",
    "summary": "摘要",
    "metrics": "成效",
    "body": "正文",
    "source": "来源网址",
    "withdrawn": "撤下",
    "authority": "发文机关",
    "year": "年度",
    "document": "文号",
}


class CorrectionRow(Struct, frozen=True, kw_only=True):
    """What was put right in the record, in words, and why."""

    day: date
    fields: tuple[str, ...]
    reason: str


def correction_rows(corrections: Iterable[Correction]) -> tuple[CorrectionRow, ...]:
    """Return what was put right, newest first; a field without a name of its own is told as it is written."""
    return tuple(
        CorrectionRow(
            day=found.date,
            fields=tuple(FIELDS.get(name, name) for name in found.fields),
            reason=found.reason,
        )
        for found in sorted(corrections, key=lambda found: found.date, reverse=True)
    )
