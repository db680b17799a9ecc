"""The fields that several published shapes share: each with its name for readers and what it means.

Imports nothing of the package. A title heads a column in a spreadsheet, a description explains it on the page of
downloads, in the schemas and in the data package: they are written here once.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta

UnitId = Annotated[
    str,
    Meta(
        title="编号",
        description="单元的编号，永久不变，也是网页地址的一部分。",
        pattern=r"^\d{4}-\d{4,}$",
        examples=["2301-0007"],
    ),
]
UnitName = Annotated[str, Meta(title="单元名称", description="车间或工厂的名称，与公布的名单一致。")]
Kind = Annotated[str, Meta(title="类别", description="数字化车间或智能工厂。")]
Enterprise = Annotated[str, Meta(title="企业名称", description="企业现在的名称。")]
EnterpriseThen = Annotated[str, Meta(title="企业名称", description="企业在名单当日的名称。")]
Uscc = Annotated[
    str | None,
    Meta(title="统一社会信用代码", description="十八位代码，按文本保存；公布的名单未载明的为空。"),
]
City = Annotated[
    str,
    Meta(title="地市代码", description="GB/T 2260 的六位代码。", pattern=r"^\d{6}$", examples=["230100"]),
]
CityName = Annotated[str, Meta(title="地市", description="地市的名称。")]
County = Annotated[str | None, Meta(title="县区", description="县、区或县级市的名称，未登记的为空。")]
Zone = Annotated[str | None, Meta(title="园区", description="开发区、园区的名称，没有的为空。")]
Industry = Annotated[
    str,
    Meta(
        title="行业代码",
        description="GB/T 4754-2017 的大类（两位）或中类（三位）。",
        pattern=r"^\d{2,3}$",
        examples=["341"],
    ),
]
IndustryName = Annotated[str, Meta(title="行业", description="行业大类或中类的名称。")]
Status = Annotated[
    str,
    Meta(
        title="状态代码",
        description="listed 在名单中；expired 已到期；revoked 已撤销；closed 已退出；upcoming 待列入；unlisted 未列入。",
        examples=["listed"],
    ),
]
StatusName = Annotated[str, Meta(title="状态", description="数据截至日的状态：有效、即将到期、已到期等。")]
HeldTier = Annotated[
    str | None, Meta(title="层级代码", description="数据截至日所在的最高层级，不在名单中的为空。")
]
HeldTierName = Annotated[str | None, Meta(title="层级", description="层级的名称，不在名单中的为空。")]
Tier = Annotated[str, Meta(title="层级代码", description="列入的层级。", examples=["advanced"])]
TierName = Annotated[str, Meta(title="层级", description="层级的名称。")]
Since = Annotated[date | None, Meta(title="列入日期", description="从这一天起不间断地处于现有层级。")]
ValidThrough = Annotated[
    date | None,
    Meta(
        title="有效期至",
        description="仍在这一层级或更高层级的最后一天，含当天；未规定有效期或不在名单中的为空。",
    ),
]
Expiring = Annotated[bool, Meta(title="即将到期", description="在名单中，且在规则规定的天数以内到期。")]
BarredThrough = Annotated[
    date | None, Meta(title="限制期至", description="企业因撤销不再列入的最后一天，没有限制的为空。")
]
First = Annotated[date, Meta(title="自", description="列入的第一天，含当天。")]
Through = Annotated[
    date | None,
    Meta(title="至", description="列入的最后一天，含当天；没有期限的为空。以后的日子表示将会到期。"),
]
EndedBy = Annotated[
    str | None,
    Meta(
        title="终止原因代码",
        description="expired 到期；revoked 撤销；closed 退出；renewed 续期接续；没有终止日的为空。",
    ),
]
EndedByName = Annotated[str | None, Meta(title="终止原因", description="终止原因的名称。")]
TitleName = Annotated[str, Meta(title="称号", description="列入所依据的称号。")]
DocumentNumber = Annotated[
    str, Meta(title="文号", description="文件的编号，在文件表中唯一。", examples=["黑工信智造发〔2025〕88号"])
]
Awarded = Annotated[date, Meta(title="授予日期", description="称号授予的日期。")]
AsOf = Annotated[date, Meta(title="数据截至日", description="数据说的是哪一天，按北京时间。")]
NextTransition = Annotated[
    date | None,
    Meta(
        title="下一次变动",
        description="数据截至日以后，第一个有单元的状态或层级变化的日子；到这一天应重新获取。",
    ),
]
Page = Annotated[str, Meta(title="网页", description="本站网页的地址。")]
Website = Annotated[str | None, Meta(title="企业网址", description="企业的网址，未登记的为空。")]
Authority = Annotated[str, Meta(title="机关代码", description="发文机关在本名录中的代码。")]
AuthorityName = Annotated[str, Meta(title="发文机关", description="发文机关的名称。")]
ClosedReason = Annotated[
    str | None, Meta(title="退出原因", description="注销、迁出、合并或自愿退出，没有退出的为空。")
]
Number = Annotated[int, Meta(title="个数", description="单元的个数。", ge=0)]
Sha256 = Annotated[
    str,
    Meta(title="SHA-256", description="文件内容的 SHA-256，小写十六进制。", pattern=r"^[0-9a-f]{64}$"),
]
CaseId = Annotated[
    str, Meta(title="案例编号", description="案例的编号，永久不变。", pattern=r"^\d{4}-\d{4,}$")
]
