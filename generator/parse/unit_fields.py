"""The fields of factory files (contract, section 2, "factories"), for the parser, for editors and for the sheets.

May import `shapes` and `tables`.
"""

from generator import forms
from generator.parse.shapes import (
    Address,
    CreditCode,
    Day,
    DocumentNumber,
    Many,
    Name,
    OneOf,
    PlainText,
    Whole,
)
from generator.parse.tables import Field, RowField, RowsField, Table

KINDS = ("数字化车间", "智能工厂")
METHODS = ("自评", "评估")
CLOSING_REASONS = ("注销", "迁出", "合并", "自愿退出")
HIGHEST_LEVEL = 5


class FormerNameFields(Table):
    """A name that an enterprise had."""

    name = Field(
        Name(), title="曾用名", note="更名以前的企业全称。", required=True, example="哈尔滨示例机器厂"
    )
    until = Field(
        Day(),
        title="原名使用至",
        note="使用原名的最后一天，例如 2025-12-05；新名称从第二天起算。",
        required=True,
        example="2025-12-05",
    )


class AssessmentFields(Table):
    """An assessment of maturity."""

    date = Field(Day(), title="评定日期", note="自评或评估的日期。", required=True, example="2025-06-30")
    level = Field(Whole(1, HIGHEST_LEVEL), title="等级", note="1 到 5，只写数字。", required=True, example=2)
    method = Field(OneOf(METHODS), title="方式", note="自评或评估。", required=True, example="自评")


class AwardFields(Table):
    """A title awarded."""

    title = Field(
        Name(),
        title="称号",
        note="policy.yml 里的称号，照文件写。",
        required=True,
        example="先进级数字化车间",
        words="titles",
    )
    document = Field(
        DocumentNumber(),
        title="文号",
        note="所依据文件的文号，要先在 documents 里登记。",
        required=True,
        example="工信发〔2025〕88号",
    )
    date = Field(
        Day(), title="授予日期", note="例如 2025-12-05。空着就是文件的成文日期。", example="2025-12-05"
    )
    exception = Field(
        Name(),
        title="例外说明",
        note="没有先取得前一层级，或缺少前置称号的，写明原因；一般空着。",
        example="国家首批，先进级名单尚未公布",
    )


class RevocationFields(Table):
    """A title cancelled."""

    title = AwardFields.title
    document = AwardFields.document
    date = Field(
        Day(), title="撤销日期", note="例如 2025-12-05。空着就是文件的成文日期。", example="2026-05-06"
    )
    reason = Field(Name(), title="原因", note="照文件写；文件没有写的空着。", example="申报材料弄虚作假")


class ClosingFields(Table):
    """The end of a unit."""

    date = Field(
        Day(), title="退出日期", note="从这一天起不在任何名单中。", required=True, example="2026-09-01"
    )
    reason = Field(
        OneOf(CLOSING_REASONS), title="原因", note="单元不再存续的原因。", required=True, example="注销"
    )
    successor = Field(
        PlainText(),
        title="承接单元编号",
        note="由另一个单元承接的，写它的编号；没有就空着。",
        example="2301-0044",
    )


class YearReportFields(Table):
    """A report of progress."""

    year = Field(
        Whole(forms.FIRST_YEAR, forms.LAST_YEAR),
        title="报告年度",
        note="报告所说的年度，例如 2025。",
        required=True,
        example=2025,
    )
    date = Field(Day(), title="报送日期", note="报送的日期。", required=True, example="2026-01-20")


class CorrectionFields(Table):
    """Why a published fact was altered; every kind of record has such rows."""

    date = Field(Day(), title="更正日期", note="更正的日期。", required=True, example="2026-02-01")
    fields = Field(
        Many(names=True),
        title="更正字段",
        note="更正了这份记录的哪些字段，写字段名。",
        required=True,
        example=["titles"],
    )
    reason = Field(Name(), title="原因", note="为什么更正。", required=True, example="文号录入有误")


class UnitFields(Table):
    """A unit: 数字化车间 or 智能工厂."""

    name = Field(
        Name(),
        title="单元名称",
        note="数字化车间或智能工厂的名称，照名单写。",
        required=True,
        example="叶片加工数字化车间",
    )
    kind = Field(
        OneOf(KINDS), title="类别", note="数字化车间或智能工厂。", required=True, example="数字化车间"
    )
    enterprise = Field(
        Name(),
        title="企业名称",
        note="企业全称，照文件或营业执照写，括号用全角。",
        required=True,
        example="哈尔滨示例汽轮机有限公司",
    )
    uscc = Field(
        CreditCode(),
        title="统一社会信用代码",
        note="18 位，照营业执照写。还不知道的可以空着，检查会提醒。",
        example="91230100EX0000001G",
    )
    uscc_note = Field(
        Name(),
        title="代码说明",
        note="执照上的代码校验不符的，写明原因；一般空着。",
        example="执照原件如此，已向登记机关核实",
    )
    former_names = RowsField(table=FormerNameFields, title="曾用名", note="企业更名以前的名称，一项一个。")
    city = Field(
        Name(),
        title="地市",
        note="cities.yml 里的地市全称，与文件所在的文件夹一致。",
        required=True,
        example="哈尔滨市",
        words="cities",
    )
    county = Field(Name(), title="县区", note="该地市的县区；不清楚就空着。", example="香坊区")
    zone = Field(
        Name(),
        title="开发区",
        note="所在的开发区、园区全称；没有就空着。",
        example="哈尔滨经济技术开发区",
    )
    industry = Field(
        PlainText(),
        title="行业代码",
        note="GB/T 4754-2017 大类（两位）或中类（三位）代码，见 industries.yml。",
        required=True,
        example=341,
    )
    website = Field(
        Address(),
        title="网址",
        note="以 https:// 或 http:// 开头；没有就空着。",
        example="https://www.example.cn/",
    )
    maturity = RowsField(
        table=AssessmentFields,
        title="成熟度",
        note="智能制造能力成熟度（GB/T 39116-2020）的一次自评或评估。",
    )
    titles = RowsField(
        table=AwardFields, title="称号", note="授予的称号，至少一项；续期是再加一项。", required=True
    )
    revocations = RowsField(
        table=RevocationFields, title="撤销", note="取消的称号；企业因此受到的限制由程序推算。"
    )
    closed = RowField(
        table=ClosingFields, title="退出", note="单元不再存续。从退出之日起，它不在任何名单中，页面仍然保留。"
    )
    reports = RowsField(table=YearReportFields, title="进展报告", note="报送的年度进展报告，一年一项。")
    corrections = RowsField(table=CorrectionFields, title="更正说明", note="改正已公布事实的说明。")
