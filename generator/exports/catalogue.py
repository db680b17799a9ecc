"""What the API offers, as a list for people and programs: the page of downloads and the OpenAPI description go by it.

Imports `urls` alone. An entry with a part in braces in its path stands for many files, one for each value of it.
"""

import re

from msgspec import Struct

from generator import urls

PROMISE = (
    "第 1 版只会增加：已有的文件、字段、代码的名称和含义不变，不删除；今后可能增加文件、字段和代码，"
    "使用数据的程序遇到不认识的，应当略过。不再这样时另起第 2 版，第 1 版继续发布。"
)


class Entry(Struct, frozen=True, kw_only=True):
    """One kind of file: `path` is its address from the root of the site, `schema` the address of its JSON Schema.

    `name` is also the name of the schema; `schema` is None where a standard describes the file.
    """

    name: str
    path: str
    title: str
    description: str
    schema: str | None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parts of the path in braces: `id`, `month` or `family`."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))


def _entry(name: str, file: str, title: str, description: str, *, schema: bool = True) -> Entry:
    return Entry(
        name=name,
        path=urls.api(file),
        title=title,
        description=description,
        schema=urls.schema(name) if schema else None,
    )


ENTRIES = (
    _entry(
        "factories",
        "factories",
        "全部单元",
        "每个登记单元在数据截至日的状态、层级和有效期，以及以前、现在和将来的列入记录。",
    ),
    _entry(
        "factory",
        "factories/{id}",
        "一个单元",
        "一个单元的全部内容：状态、列入记录、称号和撤销、成熟度、年度进展报告、名单变动和更正。",
    ),
    _entry(
        "listings",
        "listings",
        "列入记录",
        "每个单元在每个层级名单中的起止，一段一行；查某一天谁在名单中用它。",
    ),
    _entry("cases", "cases", "典型案例", "已发布的典型案例的标题、场景、日期和摘要，已撤下的写明日期。"),
    _entry("documents", "documents", "文件", "授予和撤销称号所依据的文件。"),
    _entry(
        "statistics",
        "statistics",
        "统计",
        "在名单中的单元按层级、地市和行业的个数，各种状态的个数，历年授予的个数，历年年末的个数。",
    ),
    _entry("months", "changes/index", "名单变动的月份", "有名单变动的月份，新的在前，各有几项。"),
    _entry(
        "changes",
        "changes/{month}",
        "一个月的名单变动",
        "一个月里新列入、晋级、续期、到期、撤销和退出的单元，附依据的文件；没有变动的月份没有这个文件。",
    ),
    _entry("index", "index", "目录", "本接口有哪些文件，各说什么，结构说明在哪里。"),
    _entry(
        "manifest",
        "manifest",
        "发布清单",
        "这次发布的截至日、名录的版本、条数，每个文件的 SHA-256，以及上一份发布清单的 SHA-256。",
    ),
    _entry(
        "files",
        "files/{family}",
        "数量多的文件的清单",
        "数量多的几种文件的 SHA-256：每个单元各有一个的接口文件（factories）、徽章（badges）、原始记录（records）和到期日历（calendars），"
        "以及网页（pages）和网页的样式、脚本（assets）。",
    ),
    _entry(
        "openapi",
        "openapi",
        "接口说明",
        "按 OpenAPI 3.1 写的接口说明，可以导入常用的接口工具。",
        schema=False,
    ),
)
BY_NAME = {entry.name: entry for entry in ENTRIES}
