"""Fields by their types: what is there, what is not, what is misspelt, and values of the wrong form (contract, section 2)."""

from tests.checks.base import CITIES, MINES, NOTICE, POLICY, SECOND, STORY, UNIT, WORKSHOP, Swap
from tests.checks.found import Found

_CODE = "uscc: 91230100EX0000001G\n"
_ENTERPRISE = "enterprise: 哈尔滨示例汽轮机有限公司\n"
_COUNTY = Swap("county: 香坊区\n", "")


def _county(text: str) -> dict[str, Swap]:
    return {UNIT: Swap("county: 香坊区\n", text)}


def _date(written: str) -> dict[str, Swap]:
    return {NOTICE: Swap("date: 2025-11-20", f"date: {written}")}


def _number(written: str) -> dict[str, Swap]:
    return {
        "documents/miit/2026-3.yml": Swap("示例联函〔2026〕3号", written),
        SECOND: Swap("示例联函〔2026〕3号", written),
    }


def _url(written: str) -> dict[str, Swap]:
    return {UNIT: Swap("county: 香坊区\n", f"county: 香坊区\nwebsite: {written}\n")}


FIELDS = (
    Found("not_given_missing", _county("")),
    Found("not_given_empty", _county("county:\n")),
    Found("not_given_quoted", _county('county: ""\n')),
    Found("not_given_single_quoted", _county("county: ''\n")),
    Found("not_given_null", _county("county: null\n")),
    Found("not_given_tilde", _county("county: ~\n")),
    Found("not_given_empty_list", {UNIT: WORKSHOP + "reports: []\nclosed: {}\n"}),
    Found(
        "missing_field_missing",
        {UNIT: Swap("industry: 341\n", "")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [missing-field] industry：缺少必填字段“industry”；请补上“industry: …”。",
        ),
    ),
    Found(
        "missing_field_empty",
        {UNIT: Swap("industry: 341\n", "industry:\n")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [missing-field] industry：缺少必填字段“industry”；请补上“industry: …”。",
        ),
    ),
    Found(
        "missing_field_quoted",
        {UNIT: Swap("industry: 341\n", 'industry: ""\n')},
        (
            "factories/230100/2301-0001.yml:7: 错误 [missing-field] industry：缺少必填字段“industry”；请补上“industry: …”。",
        ),
    ),
    Found(
        "missing_field_null",
        {UNIT: Swap("industry: 341\n", "industry: Null\n")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [missing-field] industry：缺少必填字段“industry”；请补上“industry: …”。",
        ),
    ),
    Found(
        "missing_field_tilde",
        {UNIT: Swap("industry: 341\n", "industry: ~\n")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [missing-field] industry：缺少必填字段“industry”；请补上“industry: …”。",
        ),
    ),
    Found(
        "missing_field_list",
        {UNIT: WORKSHOP.split("titles:")[0] + "titles: []\n"},
        (
            "factories/230100/2301-0001.yml:10: 错误 [missing-field] titles：缺少必填字段“titles”；请补上“titles: …”。",
        ),
    ),
    Found(
        "missing_field_in_a_row",
        {UNIT: Swap(", document: 黑示例发〔2025〕88号", "")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [missing-field] titles[0].document：缺少必填字段“document”；请补上“document: …”。",
        ),
    ),
    Found(
        "missing_field_blank_body",
        {STORY: Swap("body: |\n  ## 做法\n\n  排产系统每两小时重排一次。\n", 'body: "  "\n')},
        ("cases/2026/2026-0001.yml:9: 错误 [missing-field] body：必填字段“body”里只有空白；请填写内容。",),
    ),
    Found(
        "missing_field_of_a_city_authority",
        {"policy.yml": Swap("level: city, city: 230200", "level: city")},
        (
            "policy.yml:8: 错误 [missing-field] authorities[3].city：市级机关要写明所在地市；请补上“city: 六位代码”。",
        ),
    ),
    Found(
        "missing_field_of_a_metric",
        {STORY: Swap(", change: 缩短 30%", ", before: 12")},
        (
            "cases/2026/2026-0001.yml:8: 错误 [missing-field] metrics[0].change：一项成效要么写 before、after（可加 unit），要么只写 change；例如 {name: 交付周期, change: 缩短 30%}。",
        ),
    ),
    Found(
        "missing_field_of_a_correction",
        {UNIT: WORKSHOP + "corrections:\n  - {date: 2026-02-01, reason: 文号录入有误}\n"},
        (
            "factories/230100/2301-0001.yml:13: 错误 [missing-field] corrections[0].fields：缺少必填字段“fields”；请写明更正了哪些字段，例如 fields: [titles]。",
        ),
    ),
    Found(
        "a_metric_with_before_and_after",
        {STORY: Swap(", change: 缩短 30%", ", before: 12, after: 8, unit: 天")},
    ),
    Found(
        "unknown_field",
        {UNIT: Swap("county:", "country:")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [unknown-field] country：没有“country”这个字段；您要写的可能是“county”。",
        ),
    ),
    Found(
        "unknown_field_in_chinese",
        {UNIT: Swap("county:", "县区:")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [unknown-field] 县区：没有“县区”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
        ),
    ),
    Found(
        "unknown_field_in_a_row",
        {UNIT: Swap("document: ", "documents: ")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [missing-field] titles[0].document：缺少必填字段“document”；请补上“document: …”。",
            "factories/230100/2301-0001.yml:11: 错误 [unknown-field] titles[0].documents：没有“documents”这个字段；您要写的可能是“document”。",
        ),
    ),
    Found(
        "unknown_field_with_dots",
        {UNIT: WORKSHOP + "titles[0].date: 2025-11-20\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [unknown-field] titles[0].date：没有“titles[0].date”这个字段；您要写的可能是“titles”。",
        ),
    ),
    Found(
        "unknown_field_empty",
        {UNIT: WORKSHOP + "status:\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [unknown-field] status：没有“status”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
        ),
    ),
    Found(
        "unknown_field_of_the_calendar",
        {UNIT: WORKSHOP + "tier: advanced\nvalid_through: 2028-11-20\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [unknown-field] tier：没有“tier”这个字段；您要写的可能是“titles”。",
            "factories/230100/2301-0001.yml:13: 错误 [unknown-field] valid_through：没有“valid_through”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
        ),
    ),
    Found(
        "unknown_field_in_the_policy",
        {"policy.yml": Swap("bar_years: 3", "bar_years: 3\nbar_year: 3")},
        (
            "policy.yml:23: 错误 [unknown-field] bar_year：没有“bar_year”这个字段；您要写的可能是“bar_years”。",
        ),
    ),
    Found(
        "unknown_field_in_a_vocabulary",
        {"cities.yml": Swap("    short: 哈尔滨\n", "    short: 哈尔滨\n    shorts: 哈\n")},
        (
            "cities.yml:6: 错误 [unknown-field] prefectures[0].shorts：没有“shorts”这个字段；您要写的可能是“short”。",
        ),
    ),
    Found(
        "wrong_type_list",
        {UNIT: Swap("county: 香坊区", "county: [香坊区, 道里区]")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [wrong-type] county：“county”现在是列表，应是单个值；请写成“county: 值”。",
        ),
    ),
    Found(
        "wrong_type_text",
        {UNIT: WORKSHOP.split("titles:")[0] + "titles: 先进级数字化车间\n"},
        (
            "factories/230100/2301-0001.yml:10: 错误 [wrong-type] titles：“titles”现在是单个值，应是列表；请每项另起一行，以“- ”开头。",
        ),
    ),
    Found(
        "wrong_type_of_a_row",
        {UNIT: Swap("  - {title: 先进级数字化车间, document: 黑示例发〔2025〕88号}", "  - 先进级数字化车间")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [wrong-type] titles[0]：“titles”的第 1 项应写成“{字段: 值, …}”；现在是单个值。",
        ),
    ),
    Found(
        "wrong_type_mapping",
        {UNIT: WORKSHOP + "closed: 2026-09-01\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [wrong-type] closed：“closed”现在是单个值，应是带子字段的内容；请写成“closed: {字段: 值, …}”。",
        ),
    ),
    Found(
        "wrong_type_integer",
        {UNIT: Swap("level: 2", "level: 二级")},
        (
            "factories/230100/2301-0001.yml:9: 错误 [wrong-type] maturity[0].level：“二级”不是整数；请用半角数字写 1 到 5 之间的整数。",
        ),
    ),
    Found(
        "wrong_type_empty_row",
        {STORY: Swap("scenes: [1, 3]", "scenes: [1, ~]")},
        (
            "cases/2026/2026-0001.yml:4: 错误 [wrong-type] scenes[1]：“scenes”的第 2 项应是一个值；请删去空项，每项写一个值。",
        ),
    ),
    Found(
        "wrong_type_of_a_tile",
        {"cities.yml": Swap("tile: [5, 4]", "tile: [5]")},
        ("cities.yml:6: 错误 [wrong-type] prefectures[0].tile：“tile”应是两个数 [列, 行]；例如 [1, 3]。",),
    ),
    Found("text_as_shown_industry_08", {MINES: Swap("industry: 08", "industry: '08'")}),
    Found(
        "text_as_shown_industry_8",
        {MINES: Swap("industry: 08", "industry: 8")},
        (
            "factories/230200/2302-0001.yml:6: 错误 [unknown-industry] industry：“8”不是 GB/T 4754-2017 的大类（两位）或中类（三位）代码；请查 industries.yml 后填写。",
        ),
    ),
    Found("text_as_shown_code_of_digits", {MINES: Swap("91230200EX0000002Q", "912301991270479655")}),
    Found("text_as_shown_code_of_digits_quoted", {MINES: Swap("91230200EX0000002Q", "'912301991270479655'")}),
    Found("text_as_shown_no", {UNIT: WORKSHOP + "zone: no\n"}),
    Found(
        "text_as_shown_no_is_no_truth",
        {"policy.yml": Swap("demonstration: true", "demonstration: no")},
        ("policy.yml:2: 错误 [bad-choice] demonstration：“no”不在可选范围内；应是 true、false 之一。",),
    ),
    Found("text_as_shown_quoted_day", _date("'2025-11-20'")),
    Found("text_as_shown_sexagesimal", {UNIT: WORKSHOP + "zone: 12:30:45\n"}),
    Found(
        "bad_text_markup",
        {UNIT: Swap("name: 叶片加工", "name: <b>叶片</b>加工")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] name：名称“<b>叶片</b>加工数字化车间”里不能有“<”或“>”；书名号请用《》，括号请用（）。",
        ),
    ),
    Found(
        "bad_text_blank_at_the_end",
        {UNIT: Swap("county: 香坊区", "county: '香坊区 '")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] county：“香坊区 ”的开头或结尾有空格（或换行）；请删去两端的空白。",
        ),
    ),
    Found(
        "bad_text_ideographic_blank",
        {UNIT: Swap("county: 香坊区", "county: \u3000香坊区")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] county：“\u3000香坊区”的开头或结尾有空格（或换行）；请删去两端的空白。",
        ),
    ),
    Found(
        "bad_text_zero_width_blank",
        {UNIT: Swap("county: 香坊区", "county: 香坊区\u200b")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] county：“香坊区\u200b”的开头或结尾有空格（或换行）；请删去两端的空白。",
            "factories/230100/2301-0001.yml:6: 错误 [unknown-county] county：哈尔滨市没有“香坊区\u200b”这个县区；您要写的可能是“香坊区”。",
        ),
    ),
    Found(
        "bad_text_two_lines",
        {UNIT: Swap("name: 叶片加工数字化车间", 'name: "叶片加工\\n数字化车间"')},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] name：名称“叶片加工⏎数字化车间”不能换行；请写在一行里。",
        ),
    ),
    Found(
        "bad_text_short_summary",
        {
            STORY: Swap(
                "叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。",
                "一二三四五六七八九十一二三四五六七八九",
            )
        },
        (
            "cases/2026/2026-0001.yml:6: 错误 [bad-text] summary：摘要有 19 个字，应为 20 到 300 个字；请补充。",
        ),
    ),
    Found(
        "summary_of_20",
        {STORY: Swap("叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。", "字" * 20)},
    ),
    Found(
        "summary_of_300",
        {STORY: Swap("叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。", "字" * 300)},
    ),
    Found(
        "bad_text_long_summary",
        {STORY: Swap("叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。", "字" * 301)},
        (
            "cases/2026/2026-0001.yml:6: 错误 [bad-text] summary：摘要有 301 个字，应为 20 到 300 个字；请删减。",
        ),
    ),
    Found(
        "bad_choice_kind",
        {UNIT: Swap("kind: 数字化车间", "kind: 数字车间")},
        (
            "factories/230100/2301-0001.yml:2: 错误 [bad-choice] kind：“数字车间”不在可选范围内；应是 数字化车间、智能工厂 之一，您要写的可能是“数字化车间”。",
        ),
    ),
    Found(
        "bad_choice_level",
        {UNIT: Swap("level: 2", "level: 6")},
        (
            "factories/230100/2301-0001.yml:9: 错误 [bad-choice] maturity[0].level：“6”超出范围；应是 1 到 5 之间的整数。",
        ),
    ),
    Found(
        "bad_choice_method",
        {UNIT: Swap("method: 自评", "method: 他评")},
        (
            "factories/230100/2301-0001.yml:9: 错误 [bad-choice] maturity[0].method：“他评”不在可选范围内；应是 自评、评估 之一。",
        ),
    ),
    Found(
        "bad_choice_closing",
        {UNIT: WORKSHOP + "closed: {date: 2026-09-01, reason: 停产}\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [bad-choice] closed.reason：“停产”不在可选范围内；应是 注销、迁出、合并、自愿退出 之一。",
        ),
    ),
    Found(
        "bad_choice_code",
        {"cities.yml": Swap("code: 230102", "code: 2301")},
        (
            "cities.yml:8: 错误 [bad-choice] prefectures[0].counties[0].code：代码“2301”的写法不对；应是六位数字的行政区划代码。",
        ),
    ),
    Found(
        "bad_choice_group_of_another_division",
        {"industries.yml": Swap("code: 342", "code: 352")},
        (
            "industries.yml:12: 错误 [bad-choice] sections[1].divisions[0].groups：中类“352”不属于大类“34”；请放到代码前两位相同的大类下。",
        ),
    ),
    Found(
        "bad_choice_tier_that_requires_itself",
        {"policy.yml": Swap("requires: advanced", "requires: excellent")},
        (
            "policy.yml:12: 错误 [bad-choice] tiers[2].requires：“excellent”不是更低的层级；requires 要写排在前面的层级编号。",
        ),
    ),
    Found(
        "bad_choice_tier_of_a_title",
        {"policy.yml": Swap("level: province, tier: basic", "level: province, tier: basics")},
        (
            "policy.yml:15: 错误 [bad-choice] titles[0].tier：没有“basics”这个层级；应是 basic、advanced、excellent、leading 之一。",
        ),
    ),
    Found(
        "bad_choice_tag",
        {"policy.yml": POLICY + "site: {tag: 'gxt.example.cn'}\n"},
        (
            "policy.yml:24: 错误 [bad-choice] site.tag：“gxt.example.cn”写法不对；应是本单位域名加逗号和年份，例如 gxt.example.cn,2026。",
        ),
    ),
    Found(
        "no_word_of_references_while_rows_are_missing",
        {"policy.yml": Swap("{id: advanced, name: 先进级, ", "{id: advanced, ")},
        ("policy.yml:11: 错误 [missing-field] tiers[1].name：缺少必填字段“name”；请补上“name: …”。",),
    ),
    Found(
        "bad_date_slashes",
        _date("2025/11/20"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025/11/20”不是规范的日期；日期要写成“年-月-日”，请改为 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_chinese",
        _date("2025年11月20日"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025年11月20日”不是规范的日期；日期要写成“年-月-日”，请改为 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_dots",
        _date("2025.11.20"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025.11.20”不是规范的日期；日期要写成“年-月-日”，请改为 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_no_such_day",
        _date("2025-2-30"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025-2-30”不是规范的日期；日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。",
        ),
    ),
    Found(
        "bad_date_no_such_day_in_form",
        _date("2025-02-29"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025-02-29”不是规范的日期；日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。",
        ),
    ),
    Found(
        "bad_date_without_zeros",
        _date("2025-1-5"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025-1-5”不是规范的日期；日期要写成“年-月-日”，请改为 2025-01-05。",
        ),
    ),
    Found(
        "bad_date_with_time",
        _date("2025-11-20T00:00"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025-11-20T00:00”不是规范的日期；日期要写成“年-月-日”，请改为 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_full_width",
        _date("２０２５－１１－２０"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“２０２５－１１－２０”不是规范的日期；日期要写成“年-月-日”，请改为 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_together",
        _date("20251120"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“20251120”不是规范的日期；日期要写成“年-月-日”，例如 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_month_alone",
        _date("2025-11"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“2025-11”不是规范的日期；日期要写成“年-月-日”，例如 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_words",
        _date("待定"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“待定”不是规范的日期；日期要写成“年-月-日”，例如 2025-11-20。",
        ),
    ),
    Found(
        "bad_date_year_too_early",
        _date("1925-11-20"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“1925-11-20”不是规范的日期；年份要在 1949 到 2199 之间；请核对年份。",
        ),
    ),
    Found(
        "bad_date_year_too_late",
        _date("20255-11-20"),
        (
            "documents/hlj/2025-88.yml:3: 错误 [bad-date] date：“20255-11-20”不是规范的日期；日期要写成“年-月-日”，例如 2025-11-20。",
        ),
    ),
    Found(
        "bad_number_bracket_and_zero",
        _number("示例联函[2026]03号"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函[2026]03号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [yaml-syntax] 写法有误，读不懂：从这一行起花括号或方括号没有成对，或各项之间缺少英文逗号；请补上。",
        ),
    ),
    Found(
        "bad_number_word",
        _number("示例联函〔2026〕第3号"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函〔2026〕第3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“示例联函〔2026〕第3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0，请改为 示例联函〔2026〕3号。",
        ),
    ),
    Found(
        "bad_number_short_year",
        _number("示例联函（26）3号"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函（26）3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“示例联函（26）3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0，请改为 示例联函〔2026〕3号。",
        ),
    ),
    Found(
        "bad_number_without_form",
        _number("2026年第3号通知"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“2026年第3号通知”写法不规范；文号要写成“发文机关代字〔年份〕序号号”，例如 黑工信智造发〔2025〕88号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“2026年第3号通知”写法不规范；文号要写成“发文机关代字〔年份〕序号号”，例如 黑工信智造发〔2025〕88号。",
        ),
    ),
    Found(
        "bad_url_script",
        _url("'javascript:alert(1)'"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“javascript:alert(1)”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_data",
        _url("data:text/html,x"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“data:text/html,x”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_without_scheme",
        _url("www.example.cn"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“www.example.cn”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_of_two_slashes",
        _url("//example.cn/x"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“//example.cn/x”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_credentials",
        _url("https://admin:secret@www.example.cn/"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“https://admin:secret@www.example.cn/”不是可用的网址；网址里不能带用户名或密码，请删去“@”和它前面的部分。",
            "factories/230100/2301-0001.yml:7: 错误 [personal-data] website：像是个人电子邮箱（se**et@www.example.cn）；名录是公开的，请删去，确需公布的写单位邮箱，例如 office@ 加单位域名。",
        ),
    ),
    Found(
        "bad_url_blank",
        _url("https://www.example.cn/a b"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“https://www.example.cn/a b”不是可用的网址；网址里不能有空格、引号、尖括号等字符，请从浏览器地址栏重新复制。",
        ),
    ),
    Found(
        "bad_url_file",
        _url("file:///etc/passwd"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“file:///etc/passwd”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_port",
        _url("https://www.example.cn:99999/"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“https://www.example.cn:99999/”不是可用的网址；网址读不懂；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_template_without_mark",
        {"policy.yml": POLICY + "site: {source_url: 'https://example.org/'}\n"},
        (
            "policy.yml:24: 错误 [bad-url] site.source_url：网址里要有一处“{path}”，生成时换成实际内容；例如 https://example.org/?q={path}。",
        ),
    ),
    Found(
        "bad_url_template_script",
        {"policy.yml": POLICY + "site: {report_url: 'javascript:{id}'}\n"},
        (
            "policy.yml:24: 错误 [bad-url] site.report_url：“javascript:{id}”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://gxt.hlj.gov.cn/。",
        ),
    ),
    Found(
        "bad_url_template_markup",
        {"policy.yml": POLICY + "site: {report_url: 'https://example.org/{id}\">'}\n"},
        (
            'policy.yml:24: 错误 [bad-url] site.report_url：“https://example.org/{id}">”不是可用的网址；网址里不能有空格、引号、尖括号等字符，请从浏览器地址栏重新复制。',
        ),
    ),
    Found(
        "good_url_template",
        {
            "policy.yml": POLICY
            + "site: {source_url: 'https://example.org/{path}', report_url: 'https://example.org/?q={id}'}\n"
        },
    ),
    Found(
        "uscc_missing",
        {MINES: Swap("uscc: 91230200EX0000002Q\n", "")},
        (
            "factories/230200/2302-0001.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
        ),
    ),
    Found(
        "uscc_format_short",
        {MINES: Swap("91230200EX0000002Q", "91230200EX0000002")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-format] uscc：“91230200EX0000002”：统一社会信用代码应为 18 位，这里有 17 位，请对照营业执照改正。",
        ),
    ),
    Found(
        "uscc_format_letter",
        {MINES: Swap("91230200EX0000002Q", "91230200EX000000OQ")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-format] uscc：“91230200EX000000OQ”：统一社会信用代码里不会有“O”（只用数字和除 I、O、S、V、Z 以外的大写字母），请对照营业执照改正。",
        ),
    ),
    Found(
        "uscc_format_small_letters",
        {MINES: Swap("91230200EX0000002Q", "91230200ex0000002q")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-format] uscc：“91230200ex0000002q”：统一社会信用代码要用半角大写、不带空格，请改为 91230200EX0000002Q。",
        ),
    ),
    Found(
        "uscc_format_blanks",
        {MINES: Swap("91230200EX0000002Q", "91230200 EX0000002 Q")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-format] uscc：“91230200 EX0000002 Q”：统一社会信用代码要用半角大写、不带空格，请改为 91230200EX0000002Q。",
        ),
    ),
    Found(
        "uscc_check",
        {MINES: Swap("91230200EX0000002Q", "91230200EX0000002A")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-check] uscc：“91230200EX0000002A”的第 18 位校验码是 A，按前 17 位应为 Q；请对照营业执照改正，确认执照就是这样写的，请用 uscc_note 写明原因。",
        ),
    ),
    Found(
        "uscc_noted",
        {MINES: Swap("91230200EX0000002Q\n", "91230200EX0000002A\nuscc_note: 执照如此\n")},
        (
            "factories/230200/2302-0001.yml:4: 提醒 [uscc-noted] uscc：“91230200EX0000002A”的校验码不符，已注明原因：执照如此；查清后请改正并删去说明。",
        ),
    ),
    Found(
        "uscc_note_does_not_excuse_the_form",
        {MINES: Swap("91230200EX0000002Q\n", "91230200EX\nuscc_note: 执照如此\n")},
        (
            "factories/230200/2302-0001.yml:4: 错误 [uscc-format] uscc：“91230200EX”：统一社会信用代码应为 18 位，这里有 10 位，请对照营业执照改正。",
        ),
    ),
    Found(
        "personal_data_hides_nothing_else",
        {UNIT: (Swap("name: 叶片加工数字化车间", "name: 叶片加工数字化车间13800138000"), _COUNTY)},
        (
            "factories/230100/2301-0001.yml:1: 错误 [personal-data] name：像是手机号（13*******00）；名录是公开的，请删去，需要联系方式时写单位的固定电话。",
        ),
    ),
    Found(
        "rows_left_out_do_not_shift_lines",
        {
            UNIT: (
                Swap(
                    "  - {date: 2025-06-30, level: 2, method: 自评}\n",
                    "  - {date: 2025-06-31, level: 2, method: 自评}\n  - {date: 2027-06-30, level: 2, method: 自评}\n",
                ),
                Swap(
                    "  - {title: 先进级数字化车间, document: 黑示例发〔2025〕88号}\n",
                    "  - {title: 先进级数字化车间}\n  - {title: 先进级车间, document: 黑示例发〔2025〕89号}\n",
                ),
            )
        },
        (
            "factories/230100/2301-0001.yml:9: 错误 [bad-date] maturity[0].date：“2025-06-31”不是规范的日期；日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。",
            "factories/230100/2301-0001.yml:10: 提醒 [future-fact] maturity[1].date：日期 2027-06-30 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
            "factories/230100/2301-0001.yml:12: 错误 [missing-field] titles[0].document：缺少必填字段“document”；请补上“document: …”。",
            "factories/230100/2301-0001.yml:13: 错误 [unknown-document] titles[1].document：documents/ 里没有文号“黑示例发〔2025〕89号”；写错的请改为“黑示例发〔2025〕88号”之类已有的文号，新文件请先在 documents/<机关编号>/ 下建一份记录。",
            "factories/230100/2301-0001.yml:13: 错误 [unknown-title] titles[1].title：没有“先进级车间”这个称号；您要写的可能是“先进级数字化车间”。",
        ),
    ),
    Found(
        "scenes_left_out_do_not_shift_lines",
        {STORY: Swap("scenes: [1, 3]", "scenes:\n  - 一\n  - 1\n  - 8")},
        (
            "cases/2026/2026-0001.yml:5: 错误 [wrong-type] scenes[0]：“一”不是整数；请用半角数字写 1 到 999 之间的整数。",
            "cases/2026/2026-0001.yml:7: 错误 [unknown-scene] scenes[2]：2025 年版没有第 8 号场景；应在 1 到 3 之间，见 scenes.yml。",
        ),
    ),
)
