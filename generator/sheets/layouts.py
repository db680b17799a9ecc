"""The sheets of the department, one per kind of act, with their columns.

May import `columns` and the fields of `parse`, whose titles the columns share. The template, the reading and the export all hold to these.
"""

from generator.parse.publication_fields import CaseFields, WithdrawalFields
from generator.parse.unit_fields import (
    AssessmentFields,
    AwardFields,
    ClosingFields,
    CorrectionFields,
    FormerNameFields,
    RevocationFields,
    UnitFields,
    YearReportFields,
)
from generator.sheets.columns import BY_DOCUMENT, DOCUMENT, TITLE, WHO, Column, SheetForm, day_column

AWARD = SheetForm(
    kind="award",
    title="授予",
    about="授予称号。名录里没有的单元会新建，并分配编号；已有的只加上称号，不改其他内容。",
    columns=(
        *WHO,
        Column(
            key="kind",
            title=UnitFields.kind.title,
            also=("单元类别", "类型"),
            choice="kinds",
            note="数字化车间或智能工厂；空着就按称号认定。",
            wide=14,
        ),
        Column(
            key="city",
            title=UnitFields.city.title,
            also=("市（地）", "市地", "所在市", "所属市", "所属地市", "所在城市", "市"),
            choice="cities",
            note="新单元必填，从下拉列表里选。",
        ),
        Column(
            key="county",
            title=UnitFields.county.title,
            also=("县（市、区）", "区县", "县市区", "所在县区", "区（县）"),
            choice="counties",
            note="先填地市，再从下拉列表里选；不清楚就空着。",
        ),
        Column(
            key="zone",
            title=UnitFields.zone.title,
            also=("园区", "所在园区"),
            note=UnitFields.zone.note,
            wide=24,
        ),
        Column(
            key="industry",
            title=UnitFields.industry.title,
            form="industry",
            also=("行业", "所属行业", "行业类别", "国民经济行业代码"),
            choice="industries",
            note="新单元必填。GB/T 4754 大类（两位）或中类（三位）代码，从下拉列表里选，或只写代码。",
            wide=28,
        ),
        Column(
            key="website",
            title=UnitFields.website.title,
            form="text",
            also=("企业网址",),
            note=UnitFields.website.note,
            wide=24,
        ),
        TITLE,
        DOCUMENT,
        day_column(
            AwardFields.date.title, BY_DOCUMENT, also=("认定日期", "公布日期", "认定时间", "公布时间")
        ),
        Column(
            key="exception",
            title=AwardFields.exception.title,
            note=AwardFields.exception.note,
            wide=24,
        ),
        Column(key="uscc_note", title=UnitFields.uscc_note.title, note=UnitFields.uscc_note.note, wide=20),
    ),
)

RENEWAL = SheetForm(
    kind="renewal",
    title="续期",
    about="已有的称号复核通过，再次授予。有效期从这次授予之日起重新计算。",
    columns=(
        *WHO,
        TITLE,
        DOCUMENT,
        day_column(AwardFields.date.title, BY_DOCUMENT, also=("续期日期", "复核日期")),
    ),
)

REVOCATION = SheetForm(
    kind="revocation",
    title="撤销",
    about="取消称号。企业因此受到的限制由程序推算，不用另外登记。",
    columns=(
        *WHO,
        TITLE,
        DOCUMENT,
        day_column(RevocationFields.date.title, BY_DOCUMENT, also=("取消日期",)),
        Column(
            key="reason",
            title=RevocationFields.reason.title,
            also=("撤销原因", "取消原因"),
            note=RevocationFields.reason.note,
            wide=30,
        ),
    ),
)

MATURITY = SheetForm(
    kind="maturity",
    title="成熟度",
    about="智能制造能力成熟度（GB/T 39116-2020）的一次自评或评估。",
    columns=(
        *WHO,
        day_column(
            AssessmentFields.date.title, "例如 2025-12-05。", required=True, also=("自评日期", "评估日期")
        ),
        Column(
            key="level",
            title=AssessmentFields.level.title,
            form="number",
            also=("成熟度等级", "成熟度级别", "级别"),
            choice="levels",
            required=True,
            note=AssessmentFields.level.note,
            wide=8,
        ),
        Column(
            key="method",
            title=AssessmentFields.method.title,
            also=("评定方式",),
            choice="methods",
            required=True,
            note=AssessmentFields.method.note,
            wide=10,
        ),
    ),
)

RENAME = SheetForm(
    kind="rename",
    title="更名",
    about="企业更名。“企业名称”写更名以前的名称，该企业在名录里的单元一起更名，编号和网址不变。",
    columns=(
        *WHO,
        Column(
            key="new_name",
            title="新企业名称",
            also=("现企业名称", "更名后名称", "新名称", "变更后名称", "变更后企业名称"),
            required=True,
            note="更名以后的企业全称，照营业执照写。",
            wide=36,
        ),
        Column(
            key="until",
            title=FormerNameFields.until.title,
            form="day",
            also=("原名称使用至", "原名截止日期"),
            required=True,
            note=FormerNameFields.until.note,
            wide=14,
        ),
    ),
)

CLOSING = SheetForm(
    kind="closing",
    title="退出",
    about="单元不再存续。从退出之日起，它不在任何名单中，页面仍然保留。",
    columns=(
        *WHO,
        day_column(ClosingFields.date.title, "例如 2025-12-05。", required=True),
        Column(
            key="reason",
            title=ClosingFields.reason.title,
            also=("退出原因",),
            choice="closings",
            required=True,
            note="从下拉列表里选。",
            wide=12,
        ),
        Column(
            key="successor",
            title=ClosingFields.successor.title,
            form="id",
            also=("承接单元",),
            note=ClosingFields.successor.note,
            wide=16,
        ),
    ),
)

CASE = SheetForm(
    kind="case",
    title="典型案例",
    about="典型案例。成效每行一项，写成“名称|变化”或“名称|建设前|建设后|单位”；正文可以分段（在格内换行按 Alt+Enter）。",
    columns=(
        Column(
            key="case",
            title="案例编号",
            form="id",
            note="已有的案例才有编号，例如 2026-0003；新案例空着，会自动分配。",
            wide=12,
        ),
        *WHO,
        Column(
            key="case_title",
            title=CaseFields.title.title,
            also=("案例名称", "标题"),
            required=True,
            note=CaseFields.title.note,
            wide=34,
        ),
        Column(
            key="edition",
            title=CaseFields.edition.title,
            form="whole",
            also=("参考指引版本", "指引版本"),
            choice="editions",
            required=True,
            note=CaseFields.edition.note,
            wide=10,
        ),
        Column(
            key="scenes",
            title=CaseFields.scenes.title,
            form="scenes",
            also=("典型场景", "场景编号", "场景"),
            required=True,
            note="该版本里的场景序号，几个之间用顿号，例如 9、24。",
            wide=12,
        ),
        Column(
            key="published",
            title=CaseFields.published.title,
            form="day",
            also=("公布日期",),
            required=True,
            note="从这一天起在网站上显示，例如 2025-12-05。",
            wide=14,
        ),
        Column(
            key="summary",
            title=CaseFields.summary.title,
            form="text",
            required=True,
            note=CaseFields.summary.note,
            wide=46,
        ),
        Column(
            key="metrics",
            title=CaseFields.metrics.title,
            form="lines",
            note="每行一项，写成“名称|变化”或“名称|建设前|建设后|单位”。",
            wide=36,
        ),
        Column(
            key="body",
            title=CaseFields.body.title,
            form="lines",
            required=True,
            note="可以分段；段落之间空一行。",
            wide=46,
        ),
        Column(
            key="source",
            title=CaseFields.source.title,
            form="text",
            also=("来源",),
            note=CaseFields.source.note,
            wide=24,
        ),
        Column(
            key="updated",
            title=CaseFields.updated.title,
            form="day",
            note=CaseFields.updated.note,
            wide=14,
        ),
        Column(
            key="withdrawn",
            title=WithdrawalFields.date.title,
            form="day",
            also=("撤回日期",),
            note="不再展示的，写从哪一天起；没有就空着。",
            wide=14,
        ),
        Column(
            key="withdrawn_reason",
            title=WithdrawalFields.reason.title,
            also=("撤回原因",),
            note="写了撤下日期的可以写明原因。",
            wide=20,
        ),
    ),
)

REPORT = SheetForm(
    kind="report",
    title="进展报告",
    about="卓越级、领航级单元报送的年度进展报告。",
    columns=(
        *WHO,
        Column(
            key="year",
            title=YearReportFields.year.title,
            form="whole",
            also=("年度",),
            required=True,
            note=YearReportFields.year.note,
            wide=10,
        ),
        day_column(YearReportFields.date.title, "例如 2026-01-20。", required=True),
    ),
)

CORRECTION = SheetForm(
    kind="correction",
    title="更正说明",
    about="改正已公布事实的说明。",
    columns=(
        *WHO,
        day_column(CorrectionFields.date.title, "例如 2025-12-05。", required=True),
        Column(
            key="fields",
            title=CorrectionFields.fields.title,
            required=True,
            note="记录里字段的名称，几个之间用顿号，例如 titles、county。",
            wide=24,
        ),
        Column(
            key="reason",
            title=CorrectionFields.reason.title,
            required=True,
            note=CorrectionFields.reason.note,
            wide=40,
        ),
    ),
)

FORMS = (AWARD, RENEWAL, REVOCATION, MATURITY, RENAME, CLOSING, CASE)

# Sheets that an export has where there is such a fact, so that nothing is lost; the template goes without them.
EXTRA_FORMS = (REPORT, CORRECTION)
ALL_FORMS = (*FORMS, *EXTRA_FORMS)
