"""Fields by their written forms: days, document numbers, addresses, credit codes (contract, sections 2 and 4)."""

from tests.checks.base import MINES, NOTICE, POLICY, SECOND, STORY, UNIT, Swap
from tests.checks.found import Found

_COUNTY = Swap("county: 香坊区\n", "")


def _date(written: str) -> dict[str, Swap]:
    return {NOTICE: Swap("date: 2025-11-20", f"date: {written}")}


def _number(written: str) -> dict[str, Swap]:
    return {
        "documents/miit/2026-3.yml": Swap("示例联函〔2026〕3号", written),
        SECOND: Swap("示例联函〔2026〕3号", written),
    }


def _url(written: str) -> dict[str, Swap]:
    return {UNIT: Swap("county: 香坊区\n", f"county: 香坊区\nwebsite: {written}\n")}


FORMS = (
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
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函[2026]03号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [yaml-syntax] 写法有误，读不懂：从这一行起括号没有成对，或各项之间缺英文逗号；值里有方括号的请加引号，文号请用〔〕。",
        ),
    ),
    Found(
        "bad_number_word",
        _number("示例联函〔2026〕第3号"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函〔2026〕第3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“示例联函〔2026〕第3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 示例联函〔2026〕3号。",
        ),
    ),
    Found(
        "bad_number_short_year",
        _number("示例联函（26）3号"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“示例联函（26）3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 示例联函〔2026〕3号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“示例联函（26）3号”写法不规范；文号的年份要写全并用六角括号〔〕，序号不加“第”、不补 0、不留空格，请改为 示例联函〔2026〕3号。",
        ),
    ),
    Found(
        "bad_number_without_form",
        _number("2026年第3号通知"),
        (
            "documents/miit/2026-3.yml:1: 错误 [bad-number] number：文号“2026年第3号通知”写法不规范；文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号。",
            "factories/230100/2301-0002.yml:8: 错误 [bad-number] titles[0].document：文号“2026年第3号通知”写法不规范；文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号。",
        ),
    ),
    Found(
        "bad_url_script",
        _url("'javascript:alert(1)'"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“javascript:alert(1)”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
    ),
    Found(
        "bad_url_data",
        _url("data:text/html,x"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“data:text/html,x”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
    ),
    Found(
        "bad_url_without_scheme",
        _url("www.example.cn"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“www.example.cn”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
    ),
    Found(
        "bad_url_of_two_slashes",
        _url("//example.cn/x"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“//example.cn/x”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
    ),
    Found(
        "bad_url_credentials",
        _url("https://admin:secret@www.example.cn/"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“https://…@www.example.cn/”不是可用的网址；网址里不能带用户名或密码，请删去“@”和它前面的部分。",
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
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“file:///etc/passwd”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
        ),
    ),
    Found(
        "bad_url_port",
        _url("https://www.example.cn:99999/"),
        (
            "factories/230100/2301-0001.yml:7: 错误 [bad-url] website：“https://www.example.cn:99999/”不是可用的网址；主机名或端口写法不对，请从浏览器地址栏重新复制。",
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
            "policy.yml:24: 错误 [bad-url] site.report_url：“javascript:{id}”不是可用的网址；网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/。",
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
