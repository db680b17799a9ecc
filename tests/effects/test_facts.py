"""Section 5 of the contract, case by case: what may be altered, what may not, and the whole of what is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from generator.effects.shapes import Effects
from generator.problems import as_text
from tests.checks.base import (
    CASE,
    FILES,
    INDUSTRIES,
    MINE,
    MINES,
    NOTICE,
    POLICY,
    STORY,
    UNIT,
    WORKSHOP,
    Change,
    Swap,
)
from tests.effects.sides import effects

CORRECTED = "corrections:\n  - {{date: 2026-11-24, fields: [{}], reason: 录入有误}}\n"
TWO = WORKSHOP + "  - {title: 基础级数字化车间, document: 黑示例发〔2026〕20号}\n"
CURE = "确属原来录错的，在 corrections 里加一条，fields 写 [{}]，并写明原因。"
REPORTED = WORKSHOP + "reports:\n  - {year: 2025, date: 2026-01-20}\n"
RENAMED = WORKSHOP + "former_names:\n  - {name: 哈尔滨示例汽轮机厂, until: 2024-03-01}\n"
CLOSED = WORKSHOP + "closed: {date: 2026-10-01, reason: 注销}\n"
TOLD_BEFORE = WORKSHOP + CORRECTED.format("county")
WITHDRAWN = CASE + "withdrawn: {date: 2026-08-01, reason: 企业提出}\n"
LIST = FILES["lists/2026.yml"]
DOCUMENT = FILES[NOTICE]


@dataclass(frozen=True, slots=True)
class Kept:
    """A change, what stood before it where that is not the base, and the errors of history it makes."""

    name: str
    changes: Mapping[str, Change]
    lines: tuple[str, ...] = ()
    base: Mapping[str, Change] = field(default_factory=dict)


ALTERED = (
    f"registry/{UNIT}:9: 错误 [history-changed] maturity[0].level：现在是“3”，改动前是“2”；请恢复为“2”；{CURE.format('maturity')}",
)

TABLE = (
    Kept("nothing", {}),
    Kept(
        "only_comments_and_order",
        {UNIT: "# 说明\n" + TWO.replace("kind: 数字化车间\n", "") + "kind: 数字化车间\n"},
        base={UNIT: TWO},
    ),
    Kept(
        "a_row_moved_in_its_list",
        {
            UNIT: WORKSHOP.replace(
                "titles:\n", "titles:\n  - {title: 基础级数字化车间, document: 黑示例发〔2026〕20号}\n"
            )
        },
        base={UNIT: TWO},
    ),
    Kept("a_new_row", {UNIT: TWO}),
    Kept("a_day_written_out", {UNIT: Swap("88号}", "88号, date: 2025-11-20}")}),
    Kept("a_detail_added", {UNIT: Swap("88号}", "88号, exception: 首批}")}),
    Kept(
        "an_award_altered",
        {UNIT: Swap("88号}", "88号, date: 2025-11-21}")},
        (
            f"registry/{UNIT}:11: 错误 [history-changed] titles[0].date：现在是“2025-11-21”，改动前是“2025-11-20”；请恢复为“2025-11-20”；{CURE.format('titles')}",
        ),
    ),
    Kept("a_level_altered", {UNIT: Swap("level: 2", "level: 3")}, ALTERED),
    Kept(
        "a_correction_that_names_the_field",
        {UNIT: WORKSHOP.replace("level: 2", "level: 3") + CORRECTED.format("maturity")},
    ),
    Kept(
        "a_correction_that_names_the_row",
        {UNIT: WORKSHOP.replace("level: 2", "level: 3") + CORRECTED.format("'maturity[0].level'")},
    ),
    Kept(
        "a_correction_that_names_another_field",
        {UNIT: WORKSHOP.replace("level: 2", "level: 3") + CORRECTED.format("titles")},
        ALTERED,
    ),
    Kept(
        "a_correction_that_stood_before",
        {UNIT: WORKSHOP.replace("level: 2", "level: 3") + CORRECTED.format("maturity")},
        ALTERED,
        {UNIT: WORKSHOP + CORRECTED.format("maturity")},
    ),
    Kept(
        "a_fact_gone",
        {UNIT: Swap("maturity:\n  - {date: 2025-06-30, level: 2, method: 自评}\n", "")},
        (
            f"registry/{UNIT}:1: 错误 [history-changed] maturity：改动前有“date: 2025-06-30，level: 2，method: 自评”，现在没有了；请恢复这一项；{CURE.format('maturity')}",
        ),
    ),
    Kept(
        "a_report_gone",
        {UNIT: WORKSHOP},
        (
            f"registry/{UNIT}:1: 错误 [history-changed] reports：改动前有“year: 2025，date: 2026-01-20”，现在没有了；请恢复这一项；{CURE.format('reports')}",
        ),
        {UNIT: REPORTED},
    ),
    Kept(
        "a_closing_undone",
        {UNIT: WORKSHOP},
        (
            f"registry/{UNIT}:1: 错误 [history-changed] closed：改动前有“date: 2026-10-01，reason: 注销”，现在没有了；请恢复这一项；{CURE.format('closed')}",
        ),
        {UNIT: CLOSED},
    ),
    Kept(
        "a_closing_altered",
        {UNIT: CLOSED.replace("2026-10-01", "2026-10-02")},
        (
            f"registry/{UNIT}:12: 错误 [history-changed] closed.date：现在是“2026-10-02”，改动前是“2026-10-01”；请恢复为“2026-10-01”；{CURE.format('closed')}",
        ),
        {UNIT: CLOSED},
    ),
    Kept("an_heir_added", {UNIT: CLOSED.replace("注销", "注销, successor: 2301-0002")}, base={UNIT: CLOSED}),
    Kept(
        "former_names_grown",
        {
            UNIT: RENAMED.replace("哈尔滨示例汽轮机有限公司", "哈尔滨示例动力有限公司")
            + "  - {name: 哈尔滨示例汽轮机有限公司, until: 2026-11-01}\n"
        },
        base={UNIT: RENAMED},
    ),
    Kept(
        "a_correction_taken_back",
        {UNIT: WORKSHOP},
        (
            f"registry/{UNIT}:1: 错误 [history-changed] corrections：改动前有“date: 2026-11-24，fields: county，reason: 录入有误”，现在没有了；请恢复这一项；{CURE.format('corrections')}",
        ),
        {UNIT: TOLD_BEFORE},
    ),
    Kept(
        "undated_fields_altered",
        {UNIT: (Swap("香坊区", "道里区"), Swap("341", "342"), Swap("叶片加工", "叶片制造"))},
    ),
    Kept(
        "moved_to_another_city",
        {MINES: None, "factories/230100/2302-0001.yml": MINE.replace("齐齐哈尔市", "哈尔滨市")},
    ),
    Kept(
        "a_unit_deleted",
        {MINES: None},
        (
            f"registry/{MINES}:1: 错误 [record-deleted] 记录“2302-0001”被删去了；已公布的记录不能删除，网页地址也要一直可用，请恢复这个文件，单元不再存续的，写 closed。",
        ),
    ),
    Kept(
        "a_case_deleted",
        {STORY: None},
        (
            f"registry/{STORY}:1: 错误 [record-deleted] 记录“2026-0001”被删去了；已公布的记录不能删除，网页地址也要一直可用，请恢复这个文件，案例不再展示的，写 withdrawn。",
        ),
    ),
    Kept("a_case_withdrawn", {STORY: WITHDRAWN}),
    Kept(
        "a_withdrawal_taken_back",
        {STORY: CASE},
        (
            f"registry/{STORY}:1: 错误 [history-changed] withdrawn：改动前有“date: 2026-08-01，reason: 企业提出”，现在没有了；请恢复这一项；{CURE.format('withdrawn')}",
        ),
        {STORY: WITHDRAWN},
    ),
    Kept(
        "a_case_published_on_another_day",
        {STORY: Swap("2026-03-12", "2026-03-13")},
        (
            f"registry/{STORY}:5: 错误 [history-changed] published：现在是“2026-03-13”，改动前是“2026-03-12”；请恢复为“2026-03-12”；{CURE.format('published')}",
        ),
    ),
    Kept(
        "a_case_told_anew_in_silence",
        {STORY: Swap("缩短 30%", "缩短 50%")},
        (
            f"registry/{STORY}:7: 错误 [history-changed] metrics：案例的成效改动了，更新日期却没有变；修订案例请把 updated 写成修订的日期；{CURE.format('metrics')}",
        ),
    ),
    Kept(
        "a_case_told_anew_with_its_day",
        {STORY: CASE.replace("缩短 30%", "缩短 50%") + "updated: 2026-11-24\n"},
    ),
    Kept(
        "an_update_dated_back",
        {STORY: CASE + "updated: 2026-10-01\n"},
        (
            f"registry/{STORY}:13: 错误 [history-changed] updated：现在是“2026-10-01”，改动前是“2026-10-02”；更新日期只能往后，请恢复或改为新的更新日期；{CURE.format('updated')}",
        ),
        {STORY: CASE + "updated: 2026-10-02\n"},
    ),
    Kept(
        "a_day_of_a_document_altered",
        {NOTICE: Swap("2025-11-20", "2025-11-19")},
        (
            f"registry/{NOTICE}:3: 错误 [history-changed] date：现在是“2025-11-19”，改动前是“2025-11-20”；请恢复为“2025-11-20”；{CURE.format('date')}",
        ),
    ),
    Kept(
        "a_day_of_a_document_corrected",
        {NOTICE: DOCUMENT.replace("2025-11-20", "2025-11-19") + CORRECTED.format("date")},
    ),
    Kept(
        "the_address_of_a_document_elsewhere",
        {NOTICE: DOCUMENT + "url: https://gxt.example.cn/2.html\n"},
        base={NOTICE: DOCUMENT + "url: https://gxt.example.cn/1.html\n"},
    ),
    Kept(
        "a_number_of_a_document_altered",
        {"documents/hlj/2024-10.yml": Swap("2024〕10号", "2024〕11号")},
        (
            f"registry/documents/hlj/2024-10.yml:1: 错误 [history-changed] number：现在是“黑示例发〔2024〕11号”，改动前是“黑示例发〔2024〕10号”；请恢复为“黑示例发〔2024〕10号”；{CURE.format('number')}",
        ),
    ),
    Kept(
        "a_document_in_another_file",
        {NOTICE: None, "documents/hlj/2025-088.yml": DOCUMENT},
        (
            f"registry/documents/hlj/2025-088.yml:1: 错误 [address-lost] 网页地址 /documents/hlj-2025-88/ 没有了；已公布的地址要一直可用，请把文件放回 registry/{NOTICE}。",
        ),
    ),
    Kept(
        "a_document_deleted",
        {"documents/hlj/2024-10.yml": None},
        (
            "registry/documents/hlj/2024-10.yml:1: 错误 [record-deleted] 记录“黑示例发〔2024〕10号”被删去了；已公布的记录不能删除，网页地址也要一直可用，请恢复这个文件，文件有误的，改正后写 corrections。",
        ),
    ),
    Kept(
        "a_list_deleted",
        {"lists/2026.yml": None},
        (
            "registry/lists/2026.yml:1: 错误 [record-deleted] 记录“2026”被删去了；已公布的记录不能删除，网页地址也要一直可用，请恢复这个文件，名单有误的，改正后写 corrections。",
        ),
    ),
    Kept(
        "a_list_of_another_day",
        {"lists/2026.yml": LIST.replace("2026-06-30", "2026-07-01")},
        (
            f"registry/lists/2026.yml:2: 错误 [history-changed] date：现在是“2026-07-01”，改动前是“2026-06-30”；请恢复为“2026-06-30”；{CURE.format('date')}",
        ),
    ),
    Kept(
        "a_tier_renamed_away",
        {"policy.yml": POLICY.replace("id: basic", "id: base").replace("tier: basic", "tier: base")},
        (
            "registry/policy.yml:9: 错误 [address-lost] tiers：网页地址 /tiers/basic/ 没有了；已公布的地址要一直可用，请在 policy.yml 里恢复层级“basic”。",
        ),
    ),
    Kept(
        "a_division_gone",
        {"industries.yml": INDUSTRIES},
        (
            "registry/industries.yml:2: 错误 [address-lost] sections：网页地址 /industries/35/ 没有了；已公布的地址要一直可用，请在 industries.yml 里恢复行业大类“35”。",
        ),
        {
            "industries.yml": Swap(
                "      - code: 34\n", "      - {code: 35, name: 专用设备制造业}\n      - code: 34\n"
            )
        },
    ),
)


def history(found: Effects) -> list[str]:
    """The lines of the errors of section 5."""
    kept = [
        error for error in found.errors if error.code in ("history-changed", "record-deleted", "address-lost")
    ]
    return as_text(kept).splitlines()[:-1]


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_what_is_kept(row: Kept) -> None:
    assert history(effects(row.changes, base=row.base)) == list(row.lines)


def test_a_record_with_errors_is_left_to_the_checks() -> None:
    found = effects({UNIT: Swap("level: 2", "level: 9")})
    assert [error.code for error in found.errors] == ["bad-choice"]


def test_a_file_that_cannot_be_read_is_not_deleted() -> None:
    found = effects({MINES: "name: [\n", NOTICE: "number: [\n"})
    assert "record-deleted" not in {error.code for error in found.errors}
