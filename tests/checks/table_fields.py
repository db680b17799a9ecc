"""Fields by their types: given or not, misspelt, of the wrong type or choice (contract, section 2)."""

from tests.checks.base import MINES, NOTICE, POLICY, STORY, UNIT, WORKSHOP, Swap
from tests.checks.found import Found


def _county(text: str) -> dict[str, Swap]:
    return {UNIT: Swap("county: 香坊区\n", text)}


def _date(written: str) -> dict[str, Swap]:
    return {NOTICE: Swap("date: 2025-11-20", f"date: {written}")}


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
            "factories/230100/2301-0001.yml:12: 错误 [unknown-field] titles[0].date：没有“titles[0].date”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
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
            "factories/230100/2301-0001.yml:12: 错误 [unknown-field] tier：没有“tier”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
            "factories/230100/2301-0001.yml:13: 错误 [unknown-field] valid_through：没有“valid_through”这个字段；这里可用的字段有 name、kind、enterprise、uscc、uscc_note、former_names、city、county、zone、industry、website、maturity、titles、revocations、closed、reports、corrections。",
        ),
    ),
    Found(
        "reviewers",
        {
            "policy.yml": Swap(
                "level: city, city: 230200",
                "level: city, city: 230200, reviewers: ['@example/a-team', '@li.si_1']",
            )
        },
        (),
    ),
    Found(
        "reviewers_that_are_no_accounts",
        {
            "policy.yml": Swap(
                "bar_years: 3",
                "bar_years: 3\nreviewers: [zhangsan, '@', '@张三', '@a b', '@a/', '@li', '@li']",
            )
        },
        (
            *(
                f"policy.yml:23: 错误 [bad-choice] reviewers：“{account}”不是代码库平台的账号；应以 @ 开头，例如 @zhangsan，团队写 @单位/团队。"
                for account in ("@a b", "@a/", "@", "@张三", "zhangsan")
            ),
            "policy.yml:23: 错误 [bad-choice] reviewers：账号“@li”写了两次；请删去一个。",
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
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 有看不见的控制字符 U+200B；请删去该字符后重新输入这一行。",
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
)
