"""The fields of cities.yml, industries.yml and scenes.yml (contract, section 2), for the parser and for editors.

May import `shapes` and `tables`.
"""

from typing import Any

from generator.parse.shapes import Code, DocumentNumber, Name, Truth, Whole, Wholes
from generator.parse.tables import Field, RowField, RowsField, Table

HIGHEST_TILE = 99
HIGHEST_NUMBER = 999


def _code(pattern: str, form: str, title: str, example: Any, *, digits: int = 0) -> Field[str | None]:
    """Return the field `code`; `form` says in Chinese how it looks."""
    return Field(
        Code(pattern, "bad-choice", f"代码“{{value}}”的写法不对；应是{form}。", digits),
        title=title,
        note=f"{form}。",
        required=True,
        example=example,
    )


_REGION = _code("[0-9]{6}", "六位数字的行政区划代码", "代码", 230100, digits=6)
_SOURCE = Field(
    Name(), title="来源", note="内容取自哪里；没有就空着。", example="民政部《中华人民共和国行政区划代码》"
)


class RegionFields(Table):
    """A region with its code."""

    code = _REGION
    name = Field(Name(), title="名称", note="全称。", required=True, example="黑龙江省")


class CountyFields(Table):
    """A county (县区)."""

    code = _REGION
    name = Field(Name(), title="名称", note="县区的全称。", required=True, example="香坊区")
    type = Field(Name(), title="类型", note="例如 市辖区；没有就空着。", example="市辖区")
    in_gbt2260 = Field(
        Truth(default=True),
        title="列入 GB/T 2260",
        note="标准里没有这个代码的写 false；空着就是有。",
        example=False,
    )


class CityFields(Table):
    """A city (地市)."""

    code = _REGION
    name = Field(Name(), title="名称", note="地市的全称。", required=True, example="哈尔滨市")
    short = Field(Name(), title="简称", note="图表里用的简称。", required=True, example="哈尔滨")
    type = Field(Name(), title="类型", note="例如 地级市；没有就空着。", example="地级市")
    tile = Field(
        Wholes(0, HIGHEST_TILE, count=2),
        title="方格位置",
        note="在方格图里的位置 [列, 行]；没有就空着。",
        example=[5, 4],
    )
    counties = RowsField(table=CountyFields, title="县区", note="所辖的县区。")


class CitiesFields(Table):
    """cities.yml."""

    source = _SOURCE
    province = RowField(table=RegionFields, title="省级", note="名录所在的省级行政区。", required=True)
    prefectures = RowsField(table=CityFields, title="地市", note="所辖的地市，至少一个。", required=True)


class GroupFields(Table):
    """A group (中类) of a division."""

    code = _code("[0-9]{3}", "三位数字的中类代码", "代码", 341, digits=3)
    name = Field(Name(), title="名称", note="中类的名称。", required=True, example="锅炉及原动设备制造")


class DivisionFields(Table):
    """A division (大类)."""

    code = _code("[0-9]{2}", "两位数字的大类代码", "代码", 34, digits=2)
    name = Field(Name(), title="名称", note="大类的名称。", required=True, example="通用设备制造业")
    groups = RowsField(table=GroupFields, title="中类", note="大类里的中类，代码前两位与大类相同。")


class SectionFields(Table):
    """A section (门类)."""

    code = _code("[A-Z]", "一个大写字母的门类代码", "代码", "C")
    name = Field(Name(), title="名称", note="门类的名称。", required=True, example="制造业")
    divisions = RowsField(table=DivisionFields, title="大类", note="门类里的大类，至少一个。", required=True)


class IndustriesFields(Table):
    """industries.yml."""

    source = _SOURCE
    standard = Field(Name(), title="标准", note="分类标准的编号。", required=True, example="GB/T 4754-2017")
    sections = RowsField(table=SectionFields, title="门类", note="所用的门类，至少一个。", required=True)


_NUMBER = Field(
    Whole(1, HIGHEST_NUMBER), title="序号", note="照参考指引写，只写数字。", required=True, example=9
)


class SceneFields(Table):
    """A scene (场景)."""

    number = _NUMBER
    name = Field(Name(), title="名称", note="场景的名称。", required=True, example="车间智能排产")


class LinkFields(Table):
    """A link (环节) with its scenes."""

    number = _NUMBER
    name = Field(Name(), title="名称", note="环节的名称。", required=True, example="生产管理")
    scenes = RowsField(table=SceneFields, title="场景", note="环节里的场景，至少一个。", required=True)


class EditionFields(Table):
    """An edition of the catalogue of scenes."""

    edition = Field(
        Code("[0-9]{4}", "bad-choice", "版本“{value}”应是四位数字的年份；例如 2025。", 4),
        title="版本",
        note="四位数字的年份。",
        required=True,
        example=2025,
    )
    title = Field(Name(), title="标题", note="参考指引的标题；没有就空着。", example="典型场景参考指引")
    document = Field(
        DocumentNumber(), title="文号", note="印发参考指引的文件的文号。", example="工信发〔2025〕155号"
    )
    links = RowsField(table=LinkFields, title="环节", note="该版本的环节，至少一个。", required=True)


class ScenesFields(Table):
    """scenes.yml."""

    source = _SOURCE
    editions = RowsField(table=EditionFields, title="版本", note="参考指引的各个版本；可以没有。")
