"""Records against the rules: kinds, authorities and the order of events (contract, section 4)."""

from tests.checks.base import (
    CASE,
    FACTORY,
    FILES,
    MINE,
    MINES,
    NEW,
    NOTICE,
    SECOND,
    STORY,
    UNIT,
    WORKSHOP,
    Change,
    Swap,
)
from tests.checks.found import Found

_ADVANCED = "  - {title: 先进级数字化车间, document: 黑示例发〔2025〕88号}\n"
_REVOKED = (
    "revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号, reason: 申报材料弄虚作假}\n"
)
_BASIC = "  - {title: 基础级数字化车间, document: 黑示例发〔2025〕88号}\n"
_LEVEL_2 = "  - {date: 2025-06-30, level: 2, method: 自评}\n"


def _unit(text: str) -> dict[str, Change]:
    return {UNIT: WORKSHOP + text}


def _plant(title: str, document: str, more: str = "", *, uscc: str = "91230100EX0000001G") -> str:
    text = FACTORY.replace("汽轮机智能工厂", "总装智能工厂").replace("卓越级智能工厂", title)
    return text.replace("91230100EX0000001G", uscc).replace(
        "document: 示例联函〔2026〕3号", f"document: {document}{more}"
    )


def _mine(*awards: str, more: str = "") -> dict[str, Change]:
    return {MINES: MINE.replace(_BASIC, "".join(f"  - {{{row}}}\n" for row in awards)) + more}


RULES = (
    Found(
        "wrong_kind",
        {MINES: Swap("kind: 数字化车间", "kind: 智能工厂")},
        (
            "factories/230200/2302-0001.yml:10: 错误 [wrong-kind] titles[0].title：“基础级数字化车间”授予数字化车间，本单元登记为智能工厂；请改称号，或改正 kind。",
        ),
    ),
    Found(
        "wrong_authority_level",
        _mine("title: 基础级数字化车间, document: 哈示例发〔2026〕1号"),
        (
            "factories/230200/2302-0001.yml:10: 错误 [wrong-authority] titles[0].document：“基础级数字化车间”应由黑龙江省工业和信息化厅发文，文号“哈示例发〔2026〕1号”登记在哈尔滨市工业和信息化局名下；请核对称号和文号。",
        ),
    ),
    Found(
        "wrong_authority_city",
        _mine("title: 基础级智能工厂, document: 黑示例发〔2025〕88号"),
        (
            "factories/230200/2302-0001.yml:10: 错误 [wrong-authority] titles[0].document：“基础级智能工厂”应由所在地市的主管部门发文，文号“黑示例发〔2025〕88号”登记在黑龙江省工业和信息化厅名下；请核对称号和文号。",
            "factories/230200/2302-0001.yml:10: 错误 [wrong-kind] titles[0].title：“基础级智能工厂”授予智能工厂，本单元登记为数字化车间；请改称号，或改正 kind。",
        ),
    ),
    Found(
        "wrong_authority_of_another_city",
        {
            MINES: MINE.replace("数字化车间", "智能工厂").replace(
                "黑示例发〔2025〕88号", "哈示例发〔2026〕1号"
            )
        },
        (
            "factories/230200/2302-0001.yml:10: 错误 [wrong-authority] titles[0].document：文号“哈示例发〔2026〕1号”由哈尔滨市工业和信息化局发出，本单元在齐齐哈尔市；请改为齐齐哈尔市主管部门的文件，或改正 city。",
        ),
    ),
    Found(
        "right_authority_of_the_city",
        {
            NEW: WORKSHOP.replace("数字化车间", "智能工厂")
            .replace("先进级", "基础级")
            .replace("黑示例发〔2025〕88号", "哈示例发〔2026〕1号")
        },
    ),
    Found(
        "awarded_in_the_city_a_unit_moved_from",
        {
            "factories/230200/2301-0009.yml": FACTORY.replace("哈尔滨市", "齐齐哈尔市")
            .replace("汽轮机智能工厂", "总装智能工厂")
            .replace(
                "title: 卓越级智能工厂, document: 示例联函〔2026〕3号",
                "title: 基础级智能工厂, document: 哈示例发〔2026〕1号",
            )
        },
    ),
    Found(
        "wrong_authority_of_a_revocation",
        _unit("revocations:\n  - {title: 先进级数字化车间, document: 哈示例发〔2026〕1号}\n"),
        (
            "cases/2026/2026-0001.yml:2: 提醒 [case-unlisted] factory：2026-03-12 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
            "factories/230100/2301-0001.yml:13: 错误 [wrong-authority] revocations[0].document：“先进级数字化车间”应由黑龙江省工业和信息化厅发文，文号“哈示例发〔2026〕1号”登记在哈尔滨市工业和信息化局名下；请核对称号和文号。",
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2026-03-02 授予卓越级时，该企业没有单元列在先进级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "title_retired",
        _mine("title: 数字化（智能）示范车间, document: 黑示例发〔2024〕10号, date: 2025-01-01"),
        (
            "factories/230200/2302-0001.yml:10: 错误 [title-retired] titles[0].title：“数字化（智能）示范车间”只授予到 2024-12-31，这里的日期是 2025-01-01；请核对日期，或改为现行的称号。",
        ),
    ),
    Found(
        "title_on_its_last_day",
        _mine("title: 数字化（智能）示范车间, document: 黑示例发〔2024〕10号, date: 2024-12-31"),
    ),
    Found(
        "award_before_document",
        _mine("title: 基础级数字化车间, document: 黑示例发〔2025〕88号, date: 2025-11-19"),
        (
            "factories/230200/2302-0001.yml:10: 错误 [award-before-document] titles[0].date：授予日期 2025-11-19 早于文件日期 2025-11-20（黑示例发〔2025〕88号）；请改正日期，与文件同日的可以不写 date。",
        ),
    ),
    Found(
        "award_on_the_day_of_the_document",
        _mine("title: 基础级数字化车间, document: 黑示例发〔2025〕88号, date: 2025-11-20"),
    ),
    Found(
        "out_of_sequence",
        {SECOND: Swap("卓越级", "领航级")},
        (
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2026-03-02 授予领航级时，该企业没有单元列在卓越级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "out_of_sequence_with_exception",
        {SECOND: Swap("title: 卓越级智能工厂,", "title: 领航级智能工厂, exception: 国家首批,")},
        (
            "factories/230100/2301-0002.yml:8: 提醒 [out-of-sequence] titles[0].title：2026-03-02 授予领航级时，该企业没有单元列在卓越级或以上；已注明例外：国家首批。",
        ),
    ),
    Found(
        "out_of_sequence_a_day_too_early",
        {"documents/miit/2026-3.yml": Swap("date: 2026-03-02", "date: 2025-11-19")},
        (
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2025-11-19 授予卓越级时，该企业没有单元列在先进级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "a_lower_title_of_the_same_day_is_in_sequence",
        {UNIT: Swap("document: 黑示例发〔2025〕88号", "document: 黑示例发〔2025〕88号, date: 2026-03-02")},
    ),
    Found(
        "an_earlier_award_of_the_same_tier_is_in_sequence",
        {
            NEW: _plant(
                "卓越级智能工厂",
                "示例联函〔2026〕3号",
                ", exception: 国家首批",
                uscc="91230200EX0000002Q",
            ).replace("哈尔滨示例汽轮机", "齐齐哈尔示例矿业")
            + "  - {title: 卓越级智能工厂, document: 示例联函〔2026〕3号, date: 2026-05-01}\n"
        },
        (
            "factories/230100/2301-0003.yml:8: 提醒 [out-of-sequence] titles[0].title：2026-03-02 授予卓越级时，该企业没有单元列在先进级或以上；已注明例外：国家首批。",
        ),
    ),
    Found(
        "missing_title",
        {
            NEW: _plant("智能工厂", "黑示例发〔2026〕20号", uscc="91230200EX0000002Q").replace(
                "哈尔滨示例汽轮机", "齐齐哈尔示例矿业"
            )
        },
        (
            "factories/230100/2301-0003.yml:8: 错误 [missing-title] titles[0].title：授予“智能工厂”之前（含 2026-05-06 当日），该企业应已有“先进级数字化车间”或“数字化（智能）示范车间”，名录里没有；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "missing_title_with_exception",
        {
            NEW: _plant(
                "智能工厂", "黑示例发〔2026〕20号", ", exception: 省首批", uscc="91230200EX0000002Q"
            ).replace("哈尔滨示例汽轮机", "齐齐哈尔示例矿业")
        },
        (
            "factories/230100/2301-0003.yml:8: 提醒 [missing-title] titles[0].title：授予“智能工厂”之前（含 2026-05-06 当日），该企业应已有“先进级数字化车间”或“数字化（智能）示范车间”，名录里没有；已注明例外：省首批。",
        ),
    ),
    Found("title_in_place", {NEW: _plant("智能工厂", "黑示例发〔2026〕20号")}),
    Found(
        "barred_on_the_day_of_the_revocation",
        {UNIT: WORKSHOP + "  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号}\n" + _REVOKED},
        (
            "factories/230100/2301-0001.yml:12: 错误 [barred] titles[1].title：该企业的“先进级数字化车间”（2301-0001）于 2026-05-06 被撤销，到 2029-05-06 为止不得列入先进级，这里的授予日期是 2026-05-06；请核对日期；日期无误的，请向发文机关核实，核实前不要录入。",
        ),
    ),
    Found(
        "barred_another_unit_on_the_last_day",
        {
            UNIT: WORKSHOP + _REVOKED,
            NEW: _plant("智能工厂", "黑示例发〔2026〕20号", ", date: 2029-05-06"),
        },
        (
            "factories/230100/2301-0003.yml:8: 错误 [barred] titles[0].title：该企业的“先进级数字化车间”（2301-0001）于 2026-05-06 被撤销，到 2029-05-06 为止不得列入先进级，这里的授予日期是 2029-05-06；请核对日期；日期无误的，请向发文机关核实，核实前不要录入。",
            "factories/230100/2301-0003.yml:8: 提醒 [future-fact] titles[0].date：日期 2029-05-06 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "not_barred_the_day_after",
        {
            UNIT: WORKSHOP + _REVOKED,
            NEW: _plant("智能工厂", "黑示例发〔2026〕20号", ", date: 2029-05-07"),
        },
        (
            "factories/230100/2301-0003.yml:8: 提醒 [future-fact] titles[0].date：日期 2029-05-07 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "after_closing",
        _mine(
            "title: 基础级数字化车间, document: 黑示例发〔2025〕88号",
            "title: 先进级数字化车间, document: 黑示例发〔2026〕20号",
            more="closed: {date: 2026-05-05, reason: 注销}\n",
        ),
        (
            "factories/230200/2302-0001.yml:11: 错误 [after-closing] titles[1]：本单元已于 2026-05-05 退出，2026-05-06 的授予在其后；请核对日期，或改录到承接单元。",
        ),
    ),
    Found(
        "award_on_the_day_of_closing",
        _mine(
            "title: 基础级数字化车间, document: 黑示例发〔2025〕88号",
            "title: 先进级数字化车间, document: 黑示例发〔2026〕20号",
            more="closed: {date: 2026-05-06, reason: 注销}\n",
        ),
    ),
    Found(
        "after_closing_assessed",
        {
            MINES: (
                Swap(_LEVEL_2, _LEVEL_2 + "  - {date: 2026-05-06, level: 3, method: 评估}\n"),
                Swap("titles:\n", "closed: {date: 2026-05-05, reason: 迁出}\ntitles:\n"),
            )
        },
        (
            "factories/230200/2302-0001.yml:9: 错误 [after-closing] maturity[1].date：本单元已于 2026-05-05 退出，2026-05-06 的成熟度在其后；请核对日期。",
        ),
    ),
    Found(
        "revocation_without_title",
        _unit("revocations:\n  - {title: 基础级数字化车间, document: 黑示例发〔2026〕20号}\n"),
        (
            "factories/230100/2301-0001.yml:13: 错误 [revocation-without-title] revocations[0].title：本单元没有被授予过“基础级数字化车间”，无从撤销；已授予的有 先进级数字化车间，请改正称号或先补录授予。",
        ),
    ),
    Found(
        "revocation_without_title_beside_two_others",
        _mine(
            "title: 基础级数字化车间, document: 黑示例发〔2025〕88号",
            "title: 先进级数字化车间, document: 黑示例发〔2025〕88号",
            more="revocations:\n  - {title: 数字化（智能）示范车间, document: 黑示例发〔2026〕20号}\n",
        ),
        (
            "factories/230200/2302-0001.yml:13: 错误 [revocation-without-title] revocations[0].title：本单元没有被授予过“数字化（智能）示范车间”，无从撤销；已授予的有 基础级数字化车间、先进级数字化车间，请改正称号或先补录授予。",
        ),
    ),
    Found(
        "revocation_on_the_day_of_the_award",
        {SECOND: FACTORY + "revocations:\n  - {title: 卓越级智能工厂, document: 示例联函〔2026〕3号}\n"},
    ),
    Found(
        "revocation_before_award",
        _unit("revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2024〕10号}\n"),
        (
            "cases/2026/2026-0001.yml:2: 提醒 [case-unlisted] factory：2026-03-12 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
            "factories/230100/2301-0001.yml:11: 错误 [barred] titles[0].title：该企业的“先进级数字化车间”（2301-0001）于 2024-10-15 被撤销，到 2027-10-15 为止不得列入先进级，这里的授予日期是 2025-11-20；请核对日期；日期无误的，请向发文机关核实，核实前不要录入。",
            "factories/230100/2301-0001.yml:13: 错误 [revocation-before-award] revocations[0].date：撤销日期 2024-10-15 早于授予日期 2025-11-20；请核对两处日期。",
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2026-03-02 授予卓越级时，该企业没有单元列在先进级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "revocation_before_award_by_its_own_date",
        _unit(
            "revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号, date: 2025-11-19}\n"
        ),
        (
            "cases/2026/2026-0001.yml:2: 提醒 [case-unlisted] factory：2026-03-12 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
            "factories/230100/2301-0001.yml:11: 错误 [barred] titles[0].title：该企业的“先进级数字化车间”（2301-0001）于 2025-11-19 被撤销，到 2028-11-19 为止不得列入先进级，这里的授予日期是 2025-11-20；请核对日期；日期无误的，请向发文机关核实，核实前不要录入。",
            "factories/230100/2301-0001.yml:13: 错误 [revocation-before-award] revocations[0].date：撤销日期 2025-11-19 早于授予日期 2025-11-20；请核对两处日期。",
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2026-03-02 授予卓越级时，该企业没有单元列在先进级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found("future_fact_today", {"lists/2026.yml": Swap("date: 2026-06-30", "date: 2026-11-24")}),
    Found(
        "future_fact",
        {"lists/2026.yml": Swap("date: 2026-06-30", "date: 2026-11-25")},
        (
            "lists/2026.yml:2: 提醒 [future-fact] date：日期 2026-11-25 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "future_fact_of_a_unit",
        {
            UNIT: (
                Swap(
                    "titles:\n",
                    "former_names:\n  - {name: 哈尔滨示例汽轮机厂, until: 2027-03-01}\nreports:\n  - {year: 2026, date: 2027-01-20}\nclosed: {date: 2027-09-01, reason: 自愿退出}\ncorrections:\n  - {date: 2027-02-01, fields: [titles], reason: 文号录入有误}\ntitles:\n",
                ),
                Swap(_LEVEL_2, _LEVEL_2 + "  - {date: 2027-06-30, level: 3, method: 评估}\n"),
                Swap(
                    _ADVANCED,
                    _ADVANCED
                    + "  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号, date: 2027-05-06}\n",
                ),
            )
        },
        (
            "factories/230100/2301-0001.yml:10: 提醒 [future-fact] maturity[1].date：日期 2027-06-30 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:12: 提醒 [future-fact] former_names[0].until：日期 2027-03-01 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:14: 提醒 [future-fact] reports[0].date：日期 2027-01-20 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:15: 提醒 [future-fact] closed.date：日期 2027-09-01 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:17: 提醒 [future-fact] corrections[0].date：日期 2027-02-01 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:20: 提醒 [future-fact] titles[1].date：日期 2027-05-06 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "future_fact_of_a_revocation",
        _unit(
            "revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号, date: 2027-05-06}\n"
        ),
        (
            "factories/230100/2301-0001.yml:13: 提醒 [future-fact] revocations[0].date：日期 2027-05-06 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "future_fact_of_a_document",
        {NOTICE: FILES[NOTICE] + "entered: 2026-12-01\n"},
        (
            "documents/hlj/2025-88.yml:4: 提醒 [future-fact] entered：日期 2026-12-01 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "future_fact_of_a_case",
        {
            STORY: (
                Swap(
                    "published: 2026-03-12",
                    "published: 2026-12-01\nupdated: 2026-12-02\nwithdrawn: {date: 2026-12-03, reason: 企业要求}",
                ),
            )
        },
        (
            "cases/2026/2026-0001.yml:5: 提醒 [future-fact] published：日期 2026-12-01 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "cases/2026/2026-0001.yml:6: 提醒 [future-fact] updated：日期 2026-12-02 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "cases/2026/2026-0001.yml:7: 提醒 [future-fact] withdrawn.date：日期 2026-12-03 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "name_mismatch",
        {SECOND: Swap("enterprise: 哈尔滨示例汽轮机有限公司", "enterprise: 哈尔滨示例动力有限公司")},
        (
            "factories/230100/2301-0002.yml:3: 提醒 [name-mismatch] enterprise：统一社会信用代码 91230100EX0000001G 在 2301-0001 的记录里是“哈尔滨示例汽轮机有限公司”，这里是“哈尔滨示例动力有限公司”；更名的请补 former_names，否则请改正其一。",
        ),
    ),
    Found(
        "name_mismatch_after_a_unit_without_a_code",
        {
            UNIT: WORKSHOP.replace("汽轮机有限公司", "铸造有限公司").replace(
                "uscc: 91230100EX0000001G\n", ""
            ),
            SECOND: WORKSHOP,
            NEW: WORKSHOP.replace("汽轮机有限公司", "动力有限公司").replace("叶片", "转子"),
        },
        (
            "factories/230100/2301-0001.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
            "factories/230100/2301-0003.yml:3: 提醒 [name-mismatch] enterprise：统一社会信用代码 91230100EX0000001G 在 2301-0002 的记录里是“哈尔滨示例汽轮机有限公司”，这里是“哈尔滨示例动力有限公司”；更名的请补 former_names，否则请改正其一。",
        ),
    ),
    Found(
        "name_mismatch_after_two_units_without_a_code",
        {
            UNIT: WORKSHOP.replace("汽轮机有限公司", "铸造有限公司").replace(
                "uscc: 91230100EX0000001G\n", ""
            ),
            SECOND: WORKSHOP.replace("汽轮机有限公司", "铸造有限公司")
            .replace("uscc: 91230100EX0000001G\n", "")
            .replace("叶片", "铸件"),
            NEW: WORKSHOP,
            "factories/230100/2301-0004.yml": WORKSHOP.replace("汽轮机有限公司", "动力有限公司").replace(
                "叶片", "转子"
            ),
        },
        (
            "factories/230100/2301-0001.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
            "factories/230100/2301-0002.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
            "factories/230100/2301-0004.yml:3: 提醒 [name-mismatch] enterprise：统一社会信用代码 91230100EX0000001G 在 2301-0003 的记录里是“哈尔滨示例汽轮机有限公司”，这里是“哈尔滨示例动力有限公司”；更名的请补 former_names，否则请改正其一。",
        ),
    ),
    Found(
        "name_that_was_the_former_one",
        {
            SECOND: Swap("enterprise: 哈尔滨示例汽轮机有限公司", "enterprise: 哈尔滨示例汽轮机厂"),
            UNIT: Swap("uscc: ", "former_names:\n  - {name: 哈尔滨示例汽轮机厂, until: 2024-03-01}\nuscc: "),
        },
    ),
    Found(
        "names_that_are_both_former_ones_of_a_third_record",
        {
            UNIT: Swap(
                "uscc: ",
                "former_names:\n  - {name: 哈尔滨示例汽轮机厂, until: 2020-03-01}\n  - {name: 哈尔滨示例动力厂, until: 2024-03-01}\nuscc: ",
            ),
            SECOND: Swap("enterprise: 哈尔滨示例汽轮机有限公司", "enterprise: 哈尔滨示例汽轮机厂"),
            NEW: _plant("卓越级智能工厂", "示例联函〔2026〕3号").replace(
                "enterprise: 哈尔滨示例汽轮机有限公司", "enterprise: 哈尔滨示例动力厂"
            ),
        },
        (
            "factories/230100/2301-0003.yml:3: 提醒 [name-mismatch] enterprise：统一社会信用代码 91230100EX0000001G 在 2301-0002 的记录里是“哈尔滨示例汽轮机厂”，这里是“哈尔滨示例动力厂”；更名的请补 former_names，否则请改正其一。",
        ),
    ),
    Found(
        "case_unlisted",
        {STORY: Swap("published: 2026-03-12", "published: 2025-11-19")},
        (
            "cases/2026/2026-0001.yml:2: 提醒 [case-unlisted] factory：2025-11-19 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
        ),
    ),
    Found(
        "case_unlisted_after_a_case_of_nobody",
        {
            STORY: Swap("factory: 2301-0001", "factory: 2301-0099"),
            "cases/2026/2026-0002.yml": CASE.replace("published: 2026-03-12", "published: 2025-11-19"),
        },
        (
            "cases/2026/2026-0001.yml:2: 错误 [unknown-factory] factory：没有编号为“2301-0099”的单元；编号是 factories/ 下的文件名，例如 2301-0007，请查到后改正。",
            "cases/2026/2026-0002.yml:2: 提醒 [case-unlisted] factory：2025-11-19 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
        ),
    ),
    Found("case_on_the_first_day_listed", {STORY: Swap("published: 2026-03-12", "published: 2025-11-20")}),
    Found(
        "maturity_low",
        {MINES: Swap(_LEVEL_2, _LEVEL_2 + "  - {date: 2026-06-30, level: 1, method: 评估}\n")},
        (
            "factories/230200/2302-0001.yml:7: 提醒 [maturity-low] maturity：“基础级数字化车间”要求成熟度达到 2 级，最近一次是 1 级；名录照旧列示，请核实，有新的评估结果请补录。",
        ),
    ),
    Found(
        "maturity_low_only_from_tomorrow",
        {MINES: Swap(_LEVEL_2, _LEVEL_2 + "  - {date: 2026-11-25, level: 1, method: 评估}\n")},
        (
            "factories/230200/2302-0001.yml:9: 提醒 [future-fact] maturity[1].date：日期 2026-11-25 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
    Found(
        "a_breach_of_the_rules_hides_none_of_a_sister_or_a_case",
        {
            UNIT: Swap("kind: 数字化车间", "kind: 智能工厂"),
            SECOND: Swap("卓越级", "领航级"),
            STORY: Swap("published: 2026-03-12", "published: 2025-11-19"),
        },
        (
            "cases/2026/2026-0001.yml:2: 提醒 [case-unlisted] factory：2025-11-19 发布时，2301-0001 不在任何名单中；请核对 factory 和 published。",
            "factories/230100/2301-0001.yml:11: 错误 [wrong-kind] titles[0].title：“先进级数字化车间”授予数字化车间，本单元登记为智能工厂；请改称号，或改正 kind。",
            "factories/230100/2301-0002.yml:8: 错误 [out-of-sequence] titles[0].title：2026-03-02 授予领航级时，该企业没有单元列在卓越级或以上；请核对日期和称号；确属例外的，请用 exception 写明理由。",
        ),
    ),
    Found(
        "one_broken_unit_says_nothing_of_its_sibling",
        {UNIT: "name: [\n"},
        (
            "factories/230100/2301-0001.yml:2: 错误 [yaml-syntax] 写法有误，读不懂；请检查这一行附近的缩进、冒号、引号和括号。",
        ),
    ),
    Found(
        "one_broken_document_says_nothing_of_the_units",
        {NOTICE: "number 黑示例发〔2025〕88号\n"},
        (
            "documents/hlj/2025-88.yml:1: 错误 [wrong-type] 文件最外层应是“字段: 值”，现在是列表或单个值；请按格式说明逐项填写字段。",
        ),
    ),
    Found(
        "one_document_without_date_says_nothing_of_the_units",
        {NOTICE: Swap("date: 2025-11-20\n", "")},
        ("documents/hlj/2025-88.yml:1: 错误 [missing-field] date：缺少必填字段“date”；请补上“date: …”。",),
    ),
)
