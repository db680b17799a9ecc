"""Columns of the sheets of the department: what they are called, here and elsewhere, and how they are filled.

May import the fields of `parse`, whose titles the columns share. `key` is the name of the field; here stand the columns that several sheets share.
"""

from typing import Literal

from msgspec import Struct

from generator.parse.unit_fields import AwardFields, UnitFields

Form = Literal[
    "text", "name", "id", "uscc", "day", "whole", "number", "title", "document", "industry", "lines", "scenes"
]
# The names of the lists that a column may be chosen from.
Choice = Literal[
    "titles",
    "kinds",
    "cities",
    "counties",
    "documents",
    "industries",
    "methods",
    "levels",
    "closings",
    "editions",
]


class Column(Struct, frozen=True, kw_only=True):
    """A column of a sheet.

    Args:
        key: the name of its field.
        title: what stands above it in the template.
        also: what published lists call it, besides.
        form: what its cells hold.
        choice: the list it is chosen from, where there is one.
        note: what to write, in one or two sentences.
        required: whether every row of the sheet needs it.
        wide: its width in characters of a sheet.
    """

    key: str
    title: str
    note: str
    form: Form = "name"
    also: tuple[str, ...] = ()
    choice: Choice | None = None
    required: bool = False
    wide: int = 16


class SheetForm(Struct, frozen=True, kw_only=True):
    """One sheet of the template: the kind of act its rows are, its name, its columns, and what it is for."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    about: str

    def column(self, key: str) -> Column | None:
        """Return the column of a field, or None."""
        return next((column for column in self.columns if column.key == key), None)


ID = Column(
    key="unit",
    title="编号",
    form="id",
    also=("单元编号", "名录编号"),
    note="单元在名录里的编号，例如 2301-0007。知道就填，按它认定单元；不知道就空着，按代码和名称查找。",
    wide=12,
)
ENTERPRISE = Column(
    key="enterprise",
    title=UnitFields.enterprise.title,
    also=("企业", "申报单位", "申报企业", "单位名称", "公司名称", "企业全称", "建设单位", "实施单位"),
    note=UnitFields.enterprise.note,
    wide=36,
)
NAME = Column(
    key="name",
    title=UnitFields.name.title,
    also=(
        "工厂名称",
        "项目名称",
        "车间名称",
        "智能工厂名称",
        "数字化车间名称",
        "智能工厂（数字化车间）名称",
        "数字化车间（智能工厂）名称",
        "车间（工厂）名称",
        "工厂（车间）名称",
        "单元",
    ),
    note=UnitFields.name.note,
    wide=30,
)
USCC = Column(
    key="uscc",
    title=UnitFields.uscc.title,
    form="uscc",
    also=("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码（18位）"),
    note="18 位，照营业执照写。这一列是文本格式，不要改成数字。",
    wide=22,
)
TITLE = Column(
    key="title",
    title=AwardFields.title.title,
    form="title",
    also=("称号名称", "认定称号", "授予称号", "认定类型", "认定类别"),
    choice="titles",
    note="从下拉列表里选。",
    wide=22,
)
DOCUMENT = Column(
    key="document",
    title=AwardFields.document.title,
    form="document",
    also=("文件号", "发文字号", "文件文号", "认定文号", "依据文号"),
    choice="documents",
    note="所依据文件的文号，从下拉列表里选；列表里没有的，要先登记文件。",
    wide=26,
)


def day_column(title: str, note: str, *, required: bool = False, also: tuple[str, ...] = ()) -> Column:
    """Return the column of the day of an act.

    Args:
        title: what it is called.
        note: what to write.
        required: whether every row needs it.
        also: what else it is called.
    """
    return Column(
        key="date", title=title, form="day", note=note, required=required, also=("日期", *also), wide=14
    )


BY_DOCUMENT = AwardFields.date.note
WHO = (ID, ENTERPRISE, NAME, USCC)

# Columns that only published lists have: where a unit is, in one text, and numbers that mean nothing elsewhere.
PLACE = Column(
    key="place",
    title="所在地",
    also=(
        "所在地区",
        "所属地区",
        "地区",
        "属地",
        "所在区域",
        "所在地市",
        "推荐单位所在地",
        "地址",
        "企业地址",
    ),
    note="地市，或地市加县区。",
)
UNUSED = ("序号", "编号序号", "no", "no.", "排名", "分数", "得分", "备注", "推荐单位", "批次", "年度")
NEW_UNIT = "新建"
WORDS_SHEET = "词表"
NOTES_SHEET = "填写说明"
