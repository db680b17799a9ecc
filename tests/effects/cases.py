"""One change each, and what is told of it: the whole Markdown lies in `told/<name>.md`.

`python -m tests.effects.cases` writes the files anew, to be read before they are committed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.effects.telling import markdown
from tests.checks.base import (
    AS_OF,
    CASE,
    FACTORY,
    MINE,
    MINES,
    NEW,
    NOTICE,
    POLICY,
    SECOND,
    STORY,
    UNIT,
    WORKSHOP,
    Change,
    Swap,
)
from tests.effects.sides import effects

TOLD = Path(__file__).parent / "told"
SITE = "https://register.example/"
TODAY = "documents/hlj/2026-60.yml"
ORDER = "number: 黑示例发〔2026〕60号\ntitle: 关于公布名单的通知\ndate: 2026-11-24\n"
LINE = "  - {{title: {}, document: 黑示例发〔2026〕60号{}}}\n"
OTHER = (
    "name: 转子加工数字化车间\nkind: 数字化车间\nenterprise: 哈尔滨示例汽轮机有限公司\nuscc: 91230100EX0000001G\n"
    "city: 哈尔滨市\nindustry: 341\ntitles:\n"
)
ADVANCED = LINE.format("先进级数字化车间", "")
BASIC = LINE.format("基础级数字化车间", "")


@dataclass(frozen=True, slots=True)
class Told:
    """A change of the base, or of the base with something else in it already."""

    name: str
    changes: Mapping[str, Change]
    base: Mapping[str, Change] = field(default_factory=dict)
    as_of: date = AS_OF

    def text(self) -> str:
        """Return what is told."""
        return markdown(effects(self.changes, base=self.base, as_of=self.as_of), base=SITE)


_REVOKED = "revocations:\n" + LINE.format("先进级数字化车间", ", reason: 材料不实")

_LOW = MINE.replace("level: 2", "level: 1")

CASES = (
    Told("number_of_another_city", {TODAY: ORDER, "factories/230100/2302-0005.yml": OTHER + ADVANCED}),
    Told("nothing", {}),
    Told(
        "comment_and_order",
        {
            UNIT: "# 说明\n"
            + "".join(reversed(WORKSHOP.splitlines(keepends=True)[:7]))
            + "".join(WORKSHOP.splitlines(keepends=True)[7:])
        },
    ),
    Told("listed", {TODAY: ORDER, NEW: OTHER + ADVANCED}),
    Told("listed_later", {TODAY: ORDER, NEW: OTHER + LINE.format("先进级数字化车间", ", date: 2027-01-01")}),
    Told(
        "listed_without_code", {TODAY: ORDER, NEW: OTHER.replace("uscc: 91230100EX0000001G\n", "") + ADVANCED}
    ),
    Told("unlisted", {TODAY: ORDER, NEW: OTHER + BASIC}),
    Told("promoted", {TODAY: ORDER, MINES: MINE + ADVANCED}),
    Told("renewed", {TODAY: ORDER, UNIT: WORKSHOP + ADVANCED}),
    Told("lower_title_beneath", {TODAY: ORDER, UNIT: WORKSHOP + BASIC}),
    Told(
        "revoked_with_sisters",
        {TODAY: ORDER, UNIT: WORKSHOP + _REVOKED},
        {NEW: OTHER + LINE.format("先进级数字化车间", "").replace("2026〕60", "2025〕88")},
    ),
    Told(
        "revoked_dated_back",
        {UNIT: WORKSHOP + "revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号}\n"},
    ),
    Told("closed", {UNIT: WORKSHOP + "closed: {date: 2026-12-31, reason: 合并, successor: 2301-0002}\n"}),
    Told(
        "renamed",
        {
            MINES: Swap(
                "齐齐哈尔示例矿业有限公司\n",
                "齐齐哈尔示例选矿有限公司\nformer_names:\n  - {name: 齐齐哈尔示例矿业有限公司, until: 2026-11-01}\n",
            )
        },
    ),
    Told(
        "renamed_without_former_name", {MINES: Swap("齐齐哈尔示例矿业有限公司", "齐齐哈尔示例选矿有限公司")}
    ),
    Told(
        "moved_to_another_city",
        {MINES: None, "factories/230100/2302-0001.yml": MINE.replace("齐齐哈尔市", "哈尔滨市")},
    ),
    Told("county", {UNIT: Swap("香坊区", "道里区")}),
    Told(
        "maturity_that_counts",
        {MINES: _LOW.replace("titles:\n", "  - {date: 2026-11-24, level: 2, method: 评估}\ntitles:\n")},
        {MINES: _LOW},
    ),
    Told(
        "maturity_and_report",
        {
            SECOND: FACTORY
            + "maturity:\n  - {date: 2026-11-24, level: 3, method: 评估}\nreports:\n  - {year: 2026, date: 2026-11-24}\n"
        },
    ),
    Told(
        "new_case",
        {
            "cases/2026/2026-0002.yml": CASE.replace("2026-03-12", "2026-11-24").replace(
                "多品种小批量", "又一种"
            )
        },
    ),
    Told("case_withdrawn", {STORY: CASE + "withdrawn: {date: 2026-11-24, reason: 企业提出}\n"}),
    Told(
        "case_revised",
        {
            STORY: (
                Swap("缩短 30%", "缩短 35%"),
                Swap("published: 2026-03-12\n", "published: 2026-03-12\nupdated: 2026-11-24\n"),
            )
        },
    ),
    Told(
        "new_document_and_list",
        {TODAY: ORDER, "lists/2025.yml": "year: 2025\ndate: 2025-12-31\ndocument: 黑示例发〔2025〕88号\n"},
    ),
    Told(
        "policy", {"policy.yml": POLICY.replace("name: 先进级, term_years: 3", "name: 先进级, term_years: 4")}
    ),
    Told(
        "vocabulary",
        {
            "cities.yml": Swap(
                "      - {code: 230102, name: 道里区}\n",
                "      - {code: 230102, name: 道里区}\n      - {code: 230103, name: 南岗区}\n",
            )
        },
    ),
    Told(
        "corrected_document_day",
        {
            NOTICE: "number: 黑示例发〔2025〕88号\ntitle: 关于公布2025年度名单的通知\ndate: 2025-11-19\ncorrections:\n  - {date: 2026-11-24, fields: [date], reason: 日期录错}\n"
        },
    ),
    Told(
        "exception",
        {
            TODAY: ORDER,
            NEW: "name: 选矿智能工厂\nkind: 智能工厂\nenterprise: 齐齐哈尔示例选矿有限公司\nuscc: 91230200EX0000003U\ncity: 哈尔滨市\nindustry: 341\ntitles:\n"
            + LINE.format("智能工厂", ", exception: 首批试点"),
        },
    ),
    Told(
        "names_that_would_act",
        {
            TODAY: ORDER,
            NEW: OTHER.replace("转子加工数字化车间", "'`转子`|@admin [车间](https://x.example) *新* #12'")
            + ADVANCED,
        },
    ),
    Told("fact_gone", {UNIT: Swap("maturity:\n  - {date: 2025-06-30, level: 2, method: 自评}\n", "")}),
    Told(
        "rule_broken",
        {UNIT: WORKSHOP + "revocations:\n  - {title: 智能工厂, document: 黑示例发〔2026〕20号}\n"},
    ),
    Told("unreadable", {UNIT: Swap("industry: 341\n", "")}),
    Told(
        "errors_before",
        {MINES: MINE, UNIT: Swap("香坊区", "道里区")},
        {MINES: Swap("industry: 08", "industry: 99")},
    ),
)

if __name__ == "__main__":
    for case in CASES:
        (TOLD / f"{case.name}.md").write_text(case.text(), encoding="utf-8")
