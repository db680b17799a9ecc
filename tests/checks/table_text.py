"""Files as text: encoding, size, YAML and controls (contract, sections 1 and 4)."""

from tests.checks.base import FILES, UNIT, WORKSHOP, Swap
from tests.checks.found import Found

_FULL = WORKSHOP.encode() + b"#" * (256 * 1024 - len(WORKSHOP.encode()))
_TITLES = Swap("titles:\n", "titles: &t\n")

TEXT = (
    Found(
        "yaml_syntax_colon",
        {UNIT: Swap("name: 叶片", "name: 一号: 叶片")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [yaml-syntax] 写法有误，读不懂：这一行的冒号放错了位置；值里若有“: ”，请用引号把整个值括起来，并检查这一行和上一行的缩进。",
        ),
    ),
    Found(
        "yaml_syntax_missing_colon",
        {UNIT: Swap("county: 香坊区\n", "county 香坊区\n")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 写法有误，读不懂：这一行缺冒号；字段名后面要写英文冒号（不是“：”）和一个空格。",
        ),
    ),
    Found(
        "yaml_syntax_full_width_colon",
        {UNIT: Swap("county: 香坊区\n", "county：香坊区\n")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 写法有误，读不懂：这一行缺冒号；字段名后面要写英文冒号（不是“：”）和一个空格。",
        ),
    ),
    Found(
        "yaml_syntax_tab",
        {UNIT: Swap("  - {title: 先", "\t- {title: 先")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [yaml-syntax] 写法有误，读不懂：这里有不能直接书写的字符（制表符、@、`、% 等）；缩进请用空格，值请用引号括起来。",
        ),
    ),
    Found(
        "yaml_syntax_indent",
        {UNIT: Swap("city: 哈尔滨市", " city: 哈尔滨市")},
        (
            "factories/230100/2301-0001.yml:5: 错误 [yaml-syntax] 写法有误，读不懂：这一行的冒号放错了位置；值里若有“: ”，请用引号把整个值括起来，并检查这一行和上一行的缩进。",
        ),
    ),
    Found(
        "yaml_syntax_bracket",
        {UNIT: Swap("88号}", "88号")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [yaml-syntax] 写法有误，读不懂：从这一行起括号没有成对，或各项之间缺英文逗号；值里有方括号的请加引号，文号请用〔〕。",
        ),
    ),
    Found(
        "yaml_syntax_quote",
        {UNIT: Swap("county: 香坊区\n", "county: '香坊区\n")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 写法有误，读不懂：从这一行起引号没有成对；请补上结尾的引号。",
        ),
    ),
    Found(
        "yaml_syntax_escape",
        {UNIT: Swap("county: 香坊区\n", 'county: "香\\坊区"\n')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 写法有误，读不懂：双引号里有不认识的反斜杠写法；请改用单引号，或去掉反斜杠。",
        ),
    ),
    Found(
        "yaml_syntax_surrogate",
        {UNIT: Swap("county: 香坊区\n", 'county: "\\ud800"\n')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 写法有误，读不懂；请检查这一行附近的缩进、冒号、引号和括号。",
        ),
    ),
    Found(
        "yaml_syntax_list_as_key",
        {UNIT: Swap("county: 香坊区\n", "[county]: 香坊区\n")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-syntax] 字段名不能是列表或括号里的内容；请写成“字段: 值”。",
        ),
    ),
    Found(
        "nesting_of_brackets",
        {UNIT: WORKSHOP + "zone: " + "[" * 200_000},
        (
            "factories/230100/2301-0001.yml:12: 错误 [yaml-syntax] 括号或缩进嵌套超过 20 层；请删去多余的括号，并检查缩进。",
        ),
    ),
    Found(
        "nesting_of_dashes",
        {UNIT: "- " * 100_000},
        (
            "factories/230100/2301-0001.yml:1: 错误 [yaml-syntax] 括号或缩进嵌套超过 20 层；请删去多余的括号，并检查缩进。",
        ),
    ),
    Found(
        "nesting_at_the_limit",
        {UNIT: WORKSHOP + "zone: " + "[" * 19 + "x" + "]" * 19},
        (
            "factories/230100/2301-0001.yml:12: 错误 [wrong-type] zone：“zone”现在是列表，应是单个值；请写成“zone: 值”。",
        ),
    ),
    Found(
        "top_is_a_list",
        {UNIT: "- 叶片加工数字化车间\n"},
        (
            "factories/230100/2301-0001.yml:1: 错误 [wrong-type] 文件最外层应是“字段: 值”，现在是列表或单个值；请按格式说明逐项填写字段。",
        ),
    ),
    Found(
        "top_is_a_text",
        {UNIT: "叶片加工数字化车间\n"},
        (
            "factories/230100/2301-0001.yml:1: 错误 [wrong-type] 文件最外层应是“字段: 值”，现在是列表或单个值；请按格式说明逐项填写字段。",
        ),
    ),
    Found(
        "file_encoding_utf16",
        {UNIT: WORKSHOP.encode("utf-16")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [file-encoding] 文件不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。",
        ),
    ),
    Found(
        "file_encoding_gb18030",
        {UNIT: WORKSHOP.encode("gb18030")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [file-encoding] 文件不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。",
        ),
    ),
    Found(
        "file_encoding_on_line_2",
        {UNIT: b"kind: x\nname: \xb6\n"},
        (
            "factories/230100/2301-0001.yml:2: 错误 [file-encoding] 文件不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。",
        ),
    ),
    Found(
        "utf16_of_latin_letters_without_mark",
        {UNIT: "name: a\n".encode("utf-16-le")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] 有空字符 U+0000，文件多半不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。",
        ),
    ),
    Found("byte_order_mark", {UNIT: b"\xef\xbb\xbf" + WORKSHOP.encode()}),
    Found(
        "two_byte_order_marks",
        {UNIT: b"\xef\xbb\xbf\xef\xbb\xbf" + WORKSHOP.encode()},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] 有看不见的控制字符 U+FEFF；请删去该字符后重新输入这一行。",
        ),
    ),
    Found("lines_end_in_crlf", {path: text.replace("\n", "\r\n") for path, text in FILES.items()}),
    Found(
        "crlf_keeps_line_numbers",
        {UNIT: WORKSHOP.replace("香坊区", "<>").replace("\n", "\r\n")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] county：名称“<>”里不能有“<”或“>”；书名号请用《》，括号请用（）。",
            "factories/230100/2301-0001.yml:6: 错误 [unknown-county] county：哈尔滨市没有“<>”这个县区；可写的有 道里区、香坊区；开发区请写在 zone。",
        ),
    ),
    Found("file_of_256_kib", {UNIT: _FULL}),
    Found(
        "file_too_large_by_a_byte",
        {UNIT: _FULL + b"#"},
        (
            "factories/230100/2301-0001.yml:1: 错误 [file-too-large] 文件有 262145 字节，上限是 262144 字节（256 KiB）；请删去多余内容，或把长文放到网页上再引用网址。",
        ),
    ),
    Found(
        "duplicate_key",
        {UNIT: Swap("industry: 341\n", "industry: 341\nindustry: 342\n")},
        (
            "factories/230100/2301-0001.yml:8: 错误 [duplicate-key] industry：字段“industry”写了两次（前一次在第 7 行）；请只留一处，多行内容写成列表。",
        ),
    ),
    Found(
        "duplicate_key_in_a_row",
        {UNIT: Swap("level: 2, ", "level: 2, level: 3, ")},
        (
            "factories/230100/2301-0001.yml:9: 错误 [duplicate-key] level：字段“level”写了两次（前一次在第 9 行）；请只留一处，多行内容写成列表。",
        ),
    ),
    Found(
        "duplicate_key_even_if_empty",
        {UNIT: Swap("county: 香坊区\n", "county:\ncounty: 香坊区\n")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [duplicate-key] county：字段“county”写了两次（前一次在第 6 行）；请只留一处，多行内容写成列表。",
        ),
    ),
    Found(
        "anchor",
        {UNIT: _TITLES},
        (
            "factories/230100/2301-0001.yml:10: 错误 [yaml-feature] 用了锚点“&t”；请去掉它，内容本来就以 & 开头的请加引号。",
        ),
    ),
    Found(
        "alias",
        {UNIT: Swap("county: 香坊区", "county: *t")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-feature] 用了别名“*t”；请把内容原样写在这里，内容本来就以 * 开头的请加引号。",
        ),
    ),
    Found(
        "bomb_of_aliases",
        {UNIT: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"},
        (
            "factories/230100/2301-0001.yml:1: 错误 [yaml-feature] 用了锚点“&a”；请去掉它，内容本来就以 & 开头的请加引号。",
        ),
    ),
    Found(
        "tag",
        {UNIT: Swap("industry: 341", "industry: !!int 341")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [yaml-feature] 用了标签“!!int”；请去掉它，内容本来就以 ! 开头的请加引号。",
        ),
    ),
    Found(
        "tag_that_runs_code",
        {UNIT: Swap("county: 香坊区", "county: !!python/object/apply:os.system [ls]")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [yaml-feature] 用了标签“!!python/object/apply:os.system”；请去掉它，内容本来就以 ! 开头的请加引号。",
        ),
    ),
    Found(
        "tag_of_the_file",
        {UNIT: "!unit\n" + WORKSHOP},
        (
            "factories/230100/2301-0001.yml:1: 错误 [yaml-feature] 用了标签“!unit”；请去掉它，内容本来就以 ! 开头的请加引号。",
        ),
    ),
    Found(
        "several_documents",
        {UNIT: WORKSHOP + "---\nname: 二号\n"},
        (
            "factories/230100/2301-0001.yml:12: 错误 [yaml-feature] 一个文件里有多份文档（“---”分隔）；请一份记录一个文件。",
        ),
    ),
    Found("one_document_with_marks", {UNIT: "---\n" + WORKSHOP + "...\n"}),
    Found(
        "bad_text_nul",
        {UNIT: Swap("香坊区", "香\0坊区")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 有空字符 U+0000，文件多半不是 UTF-8 编码；请在编辑器里选“另存为”，编码选 UTF-8。",
        ),
    ),
    Found(
        "bad_text_escape",
        {UNIT: Swap("香坊区", "香\x1b[31m坊区")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 有看不见的控制字符 U+001B；请删去该字符后重新输入这一行。",
        ),
    ),
    Found(
        "bad_text_bidi_override",
        {UNIT: Swap("叶片加工", "叶片\u202e加工")},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] 有看不见的控制字符 U+202E；请删去该字符后重新输入这一行。",
        ),
    ),
    Found(
        "bad_text_in_a_comment",
        {UNIT: "# 见\u2066附件\n" + WORKSHOP},
        (
            "factories/230100/2301-0001.yml:1: 错误 [bad-text] 有看不见的控制字符 U+2066；请删去该字符后重新输入这一行。",
        ),
    ),
    Found(
        "bad_text_written_as_an_escape",
        {UNIT: Swap("香坊区", '"香坊\\u202e区"')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 有看不见的控制字符 U+202E；请删去它的转义写法。",
        ),
    ),
    Found(
        "bad_text_nul_written_as_an_escape",
        {UNIT: Swap("香坊区", '"香坊\\0区"')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 有看不见的控制字符 U+0000；请删去它的转义写法。",
        ),
    ),
    Found(
        "bad_text_escape_in_a_field_name",
        {UNIT: Swap("county:", '"county\\e[31m":')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 字段名里有换行或看不见的控制字符；请照格式说明重新输入字段名。",
        ),
    ),
    Found(
        "line_end_in_a_field_name",
        {UNIT: Swap("county:", '"county\\n":')},
        (
            "factories/230100/2301-0001.yml:6: 错误 [bad-text] 字段名里有换行或看不见的控制字符；请照格式说明重新输入字段名。",
        ),
    ),
)
