"""The fields of policy.yml (contract, section 2), for the parser and for editors.

May import `policy`, `shapes`, `tables` and the fields of units and vocabularies.
"""

from typing import ClassVar

from generator.parse.shapes import (
    Address,
    Code,
    Day,
    JsonObject,
    Many,
    Name,
    OneOf,
    PlainText,
    Template,
    Truth,
    Whole,
)
from generator.parse.tables import Field, RowField, RowsField, Table
from generator.parse.unit_fields import HIGHEST_LEVEL, KINDS
from generator.parse.vocabulary_fields import RegionFields
from generator.policy import AUTHORITY_LEVELS

LONGEST_TERM = 100
LONGEST_NOTICE = 3660
# An account of a code host: `@name` of a person, or `@group/team`; nothing that a pattern or a comment could be.
ACCOUNT = "@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,62})*"


def _identifier(note: str, example: str) -> Field[str | None]:
    return Field(
        Code(
            "[a-z0-9][a-z0-9-]{0,30}",
            "bad-id",
            "编号“{value}”只能用小写字母、数字和短横，因为它会成为文件夹名；请改写，例如 miit、2301。",
            31,
        ),
        title="编号",
        note=note,
        required=True,
        example=example,
    )


def _reviewers(note: str) -> Field[tuple[str, ...]]:
    return Field(
        Many(pattern=ACCOUNT, unique=True), title="核对人", note=note, example=["@zhangsan", "@example/team"]
    )


class AuthorityFields(Table):
    """An authority that awards titles."""

    id = _identifier("小写字母、数字和短横，也是 documents 下文件夹的名称。", "miit")
    name = Field(Name(), title="名称", note="机关的全称。", required=True, example="工业和信息化部等六部门")
    level = Field(
        OneOf(AUTHORITY_LEVELS),
        title="级别",
        note="national 国家级，province 省级，city 市级。",
        required=True,
        example="national",
    )
    city = Field(PlainText(), title="地市代码", note="市级机关必填：所在地市的六位代码。", example=230100)
    reviewers = _reviewers("代码库平台上的账号，以 @ 开头，要加引号；核对该机关的文件和该地市的单元。")
    bounds: ClassVar[JsonObject] = {
        "if": {"required": ["level"], "properties": {"level": {"const": "city"}}},
        "then": {"required": ["city"], "properties": {"city": {"not": {"enum": [None, ""]}}}},
    }


class TierFields(Table):
    """A tier of the list."""

    id = _identifier("小写字母、数字和短横，也是网页地址的一部分。", "advanced")
    name = Field(Name(), title="名称", note="层级的名称。", required=True, example="先进级")
    term_years = Field(
        Whole(1, LONGEST_TERM), title="有效期（年）", note="称号的有效期；空着就是没有期限。", example=3
    )
    revocable = Field(Truth(), title="实行动态管理", note="受限制的企业不能列入的层级写 true。", example=True)
    requires = Field(
        PlainText(), title="前一层级", note="须先取得的层级的编号，排在它前面。", example="basic"
    )
    report = Field(Truth(), title="每年报送进展", note="要报送年度进展报告的层级写 true。", example=True)
    clause = Field(PlainText(), title="出处", note="该条规则的出处。", example="《示例办法》第五条")


class TitleFields(Table):
    """A title that is awarded."""

    name = Field(Name(), title="称号", note="照文件写。", required=True, example="先进级数字化车间")
    kind = Field(
        OneOf(KINDS), title="类别", note="授予数字化车间还是智能工厂。", required=True, example="数字化车间"
    )
    level = Field(
        OneOf(AUTHORITY_LEVELS),
        title="授予级别",
        note="由哪一级机关授予：national 国家级，province 省级，city 市级。",
        required=True,
        example="province",
    )
    tier = Field(
        PlainText(), title="层级", note="列入哪个层级，写层级的编号；空着就只作记载。", example="advanced"
    )
    clause = TierFields.clause
    min_maturity = Field(
        Whole(1, HIGHEST_LEVEL), title="成熟度要求", note="成熟度至少几级；没有要求就空着。", example=2
    )
    awarded_through = Field(
        Day(), title="评定截止", note="最后可以授予的日期；仍在授予的空着。", example="2024-12-31"
    )
    listed_from = Field(
        Day(), title="列入起始", note="最早从哪一天起列入名录；没有规定就空着。", example="2025-05-28"
    )
    needs = Field(
        Many(names=True),
        title="前置称号",
        note="企业须先有其中之一的称号；没有就空着。",
        example=["先进级数字化车间"],
    )
    bars = Field(
        Truth(),
        title="撤销即限制",
        note="撤销后企业若干年内不得列入动态管理的层级的，写 true。",
        example=True,
    )


class FootFields(Table):
    """What stands at the foot of the pages."""

    tag = Field(
        Code(
            r"[a-z0-9.@-]+,[0-9]{4}(?:-[0-9]{2}){0,2}",
            "bad-choice",
            "“{value}”写法不对；应是本单位域名加逗号和年份，例如 gxt.example.cn,2026。",
            shown=60,
        ),
        title="订阅标识",
        note="本单位域名加逗号和年份，用后不改。",
        example="gxt.example.cn,2026",
    )
    organizer = Field(Name(), title="主办单位", note="网站的主办单位。", example="示例省工业和信息化厅")
    site_code = Field(Name(), title="网站标识码", note="政府网站标识码。", example="2300000000")
    icp = Field(Name(), title="ICP备案号", note="照备案结果写。", example="黑ICP备00000000号")
    police = Field(Name(), title="公安备案号", note="照备案结果写。", example="黑公网安备00000000000000号")
    find_error = Field(
        Address(), title="找错网址", note="“我为政府网站找错”的网址。", example="https://www.example.cn/error"
    )
    source_url = Field(
        Template("{path}"),
        title="源文件网址",
        note="记录在代码库里的网址，其中 {path} 换成文件的路径。",
        example="https://www.example.cn/source/{path}",
    )
    report_url = Field(
        Template("{id}"),
        title="报错网址",
        note="读者报告错误的网址，其中 {id} 换成编号。",
        example="https://www.example.cn/report?id={id}",
    )
    licence = Field(Name(), title="数据许可", note="数据按什么许可使用。", example="CC BY 4.0")
    licence_url = Field(
        Address(), title="许可网址", note="许可全文的网址。", example="https://www.example.cn/licence"
    )


class PolicyFields(Table):
    """policy.yml."""

    name = Field(
        Name(), title="名录名称", note="名录的全称。", required=True, example="示例省智能工厂梯度培育名录"
    )
    demonstration = Field(Truth(), title="演示", note="写 true 时，每个页面注明企业是虚构的。", example=True)
    region = RowField(table=RegionFields, title="省级", note="名录所在的省级行政区。", required=True)
    basis = Field(
        Many(), title="依据", note="名录所依据的文件和通用规则，一项一条。", example=["《示例办法》"]
    )
    authorities = RowsField(
        table=AuthorityFields, title="机关", note="授予称号的机关，至少一个。", required=True
    )
    tiers = RowsField(table=TierFields, title="层级", note="由低到高排列，至少一个。", required=True)
    titles = RowsField(table=TitleFields, title="称号", note="可以授予的称号，至少一个。", required=True)
    bar_years = Field(
        Whole(0, LONGEST_TERM),
        title="限制年数",
        note="被取消称号的企业几年内不再列入动态管理的层级。",
        required=True,
        example=3,
    )
    expiring_within_days = Field(
        Whole(0, LONGEST_NOTICE),
        title="到期提示天数",
        note="还有多少天到期时提示“即将到期”，属本站约定。",
        required=True,
        example=180,
    )
    reviewers = _reviewers("核对其余一切的账号，以 @ 开头，要加引号。")
    site = RowField(table=FootFields, title="页脚", note="网站页脚和其他网址。")
