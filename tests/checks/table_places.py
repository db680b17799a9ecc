"""Where files may lie and what they are called, what may be missing, and personal data (contract, sections 1 and 4)."""

from tests.checks.base import CITIES, FILES, MINES, NEW, NOTICE, POLICY, STORY, UNIT, WORKSHOP, Link, Swap
from tests.checks.found import Found

PLACES = (
    Found(
        "stray_file_other_ending",
        {"factories/230100/2301-0009.yaml": WORKSHOP},
        (
            "factories/230100/2301-0009.yaml:1: 错误 [stray-file] “2301-0009.yaml”的扩展名不是 .yml，不会被读取；请改名为 2301-0009.yml 或删去。",
        ),
    ),
    Found(
        "stray_file_capital_ending",
        {"factories/230100/2301-0009.YML": WORKSHOP},
        (
            "factories/230100/2301-0009.YML:1: 错误 [stray-file] “2301-0009.YML”的扩展名不是 .yml，不会被读取；请改名为 2301-0009.yml 或删去。",
        ),
    ),
    Found(
        "stray_file_hidden",
        {"documents/hlj/.2025-88.yml.swp": "x"},
        ("documents/hlj/.2025-88.yml.swp:1: 错误 [stray-file] 这是隐藏文件，名录里不能有；请删去。",),
    ),
    Found(
        "stray_file_in_a_hidden_folder",
        {"factories/.old/2301-0009.yml": WORKSHOP},
        ("factories/.old/2301-0009.yml:1: 错误 [stray-file] 这是隐藏文件，名录里不能有；请删去。",),
    ),
    Found(
        "stray_file_at_the_top",
        {"README.md": "说明\n"},
        (
            "README.md:1: 错误 [stray-file] 名录里没有放这个文件的地方；请删去，或移到 documents、factories、cases、lists 之一。",
        ),
    ),
    Found(
        "stray_file_in_an_unknown_folder",
        {"notices/2026.yml": "year: 2026\n"},
        (
            "notices/2026.yml:1: 错误 [stray-file] 名录里没有放这个文件的地方；请删去，或移到 documents、factories、cases、lists 之一。",
        ),
    ),
    Found(
        "stray_file_too_high",
        {"factories/2301-0009.yml": WORKSHOP},
        (
            "factories/2301-0009.yml:1: 错误 [stray-file] 文件放错了层级；这类文件应直接放在 factories/<六位地市代码>/ 下。",
        ),
    ),
    Found(
        "stray_file_too_deep",
        {"factories/230100/old/2301-0009.yml": WORKSHOP},
        (
            "factories/230100/old/2301-0009.yml:1: 错误 [stray-file] 文件放错了层级；这类文件应直接放在 factories/<六位地市代码>/ 下。",
        ),
    ),
    Found(
        "stray_file_list_too_deep",
        {"lists/2026/2026.yml": "year: 2026\n"},
        ("lists/2026/2026.yml:1: 错误 [stray-file] 文件放错了层级；这类文件应直接放在 lists/ 下。",),
    ),
    Found(
        "stray_file_folder_without_code",
        {"factories/harbin/2301-0009.yml": WORKSHOP},
        (
            "factories/harbin/2301-0009.yml:1: 错误 [stray-file] 文件夹“harbin”的名称不对；应是六位地市代码，请改名。",
        ),
    ),
    Found(
        "stray_file_case_folder",
        {"cases/26/2026-0002.yml": "x"},
        ("cases/26/2026-0002.yml:1: 错误 [stray-file] 文件夹“26”的名称不对；应是四位年份，请改名。",),
    ),
    Found(
        "stray_file_link",
        {NEW: Link("2301-0001.yml")},
        (
            "factories/230100/2301-0003.yml:1: 错误 [stray-file] 这是一个符号链接，名录里只能放普通文件；请换成文件本身。",
        ),
    ),
    Found(
        "stray_file_link_to_a_folder",
        {"cases/2027": Link("/")},
        ("cases/2027:1: 错误 [stray-file] 这是一个符号链接，名录里只能放普通文件；请换成文件本身。",),
    ),
    Found(
        "bad_id_of_a_unit",
        {"factories/230100/2301-007.yml": WORKSHOP},
        (
            "factories/230100/2301-007.yml:1: 错误 [bad-id] 文件名“2301-007.yml”不合规则；应是地市代码前四位加编号，例如 2301-0007.yml。",
        ),
    ),
    Found(
        "bad_id_of_a_unit_with_a_blank",
        {"factories/230100/2301-0007 副本.yml": WORKSHOP},
        (
            "factories/230100/2301-0007 副本.yml:1: 错误 [bad-id] 文件名“2301-0007 副本.yml”不合规则；应是地市代码前四位加编号，例如 2301-0007.yml。",
        ),
    ),
    Found(
        "bad_id_of_a_document",
        {"documents/hlj/88号.yml": "x"},
        (
            "documents/hlj/88号.yml:1: 错误 [bad-id] 文件名“88号.yml”不合规则；应是小写字母、数字和短横，例如 2025-88.yml。",
        ),
    ),
    Found(
        "bad_id_of_a_case",
        {"cases/2026/0002.yml": "x"},
        (
            "cases/2026/0002.yml:1: 错误 [bad-id] 文件名“0002.yml”不合规则；应是年份加编号，例如 2026-0003.yml。",
        ),
    ),
    Found(
        "bad_id_of_a_list",
        {"lists/2026-06.yml": "x"},
        ("lists/2026-06.yml:1: 错误 [bad-id] 文件名“2026-06.yml”不合规则；应是年份，例如 2026.yml。",),
    ),
    Found(
        "bad_id_in_the_policy",
        {"policy.yml": Swap("{id: miit,", "{id: MIIT,")},
        (
            "policy.yml:5: 错误 [bad-id] authorities[0].id：编号“MIIT”只能用小写字母、数字和短横，因为它会成为文件夹名；请改写，例如 miit、2301。",
        ),
    ),
    Found(
        "missing_file",
        {"scenes.yml": None, "industries.yml": None},
        (
            "industries.yml:1: 错误 [missing-file] 缺少“industries.yml”；每个名录都要有这个文件，请从已有的名录复制一份再修改。",
            "scenes.yml:1: 错误 [missing-file] 缺少“scenes.yml”；每个名录都要有这个文件，请从已有的名录复制一份再修改。",
        ),
    ),
    Found(
        "file_unreadable",
        {"scenes.yml": None, "scenes.yml/2025.yml": "x"},
        (
            "scenes.yml:1: 错误 [file-unreadable] 这里应是文件，现在是文件夹；请移走文件夹，换成同名的文件。",
            "scenes.yml/2025.yml:1: 错误 [stray-file] 名录里没有放这个文件的地方；请删去，或移到 documents、factories、cases、lists 之一。",
        ),
    ),
    Found(
        "empty_file",
        {NOTICE: "", UNIT: WORKSHOP},
        (
            "documents/hlj/2025-88.yml:1: 错误 [missing-field] date：缺少必填字段“date”；请补上“date: …”。",
            "documents/hlj/2025-88.yml:1: 错误 [missing-field] number：缺少必填字段“number”；请补上“number: …”。",
            "documents/hlj/2025-88.yml:1: 错误 [missing-field] title：缺少必填字段“title”；请补上“title: …”。",
        ),
    ),
    Found("empty_vocabulary", {"scenes.yml": "", STORY: None}),
    Found("comments_alone", {"scenes.yml": "# 尚无\n", STORY: None}),
    Found("no_records_at_all", {path: None for path in FILES if "/" in path}),
    Found(
        "personal_data_mobile",
        {UNIT: Swap("county: 香坊区\n", "county: 香坊区\n# 联系人 138-0013-8000\n")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [personal-data] county：像是手机号（13*********00）；名录是公开的，请删去，需要联系方式时写单位的固定电话。",
        ),
    ),
    Found(
        "personal_data_identity",
        {STORY: Swap("两小时重排一次", "两小时重排一次（11010519491231002X）")},
        (
            "cases/2026/2026-0001.yml:12: 错误 [personal-data] body：像是居民身份证号（11**************2X）；名录是公开的，请删去。",
        ),
    ),
    Found(
        "personal_data_mail",
        {"policy.yml": POLICY + "basis: 咨询 zhangsan@example.cn\n"},
        (
            "policy.yml:24: 错误 [personal-data] basis：像是个人电子邮箱（zh****an@example.cn）；名录是公开的，请删去，确需公布的写单位邮箱，例如 office@ 加单位域名。",
        ),
    ),
    Found("personal_data_office_mail", {"policy.yml": POLICY + "basis: 咨询 office@example.cn\n"}),
    Found(
        "unfinished_write",
        {".writing/plan.json": "{}", ".writing/0.new": "name: x", ".writing/0.old": "name: y"},
        (
            ".writing:1: 错误 [unfinished-write] 有一次写入没有做完，程序中途被停止了，各个文件可能有新有旧；请由能改动名录的人运行一次 check，会自动撤销。撤销不了的，请用 git status 核对各个文件，再删去这个文件夹。",
        ),
    ),
    Found(
        "stray_file_beside_a_journal",
        {".writing/note.txt": "x"},
        (".writing/note.txt:1: 错误 [stray-file] 这是隐藏文件，名录里不能有；请删去。",),
    ),
    Found(
        "all_at_once",
        {
            UNIT: (
                Swap("county: 香坊区", "county: 道外区"),
                Swap("2025-06-30", "2025/6/30"),
                Swap("341", "99"),
            ),
            MINES: Swap("city: 齐齐哈尔市", "citi: 齐齐哈尔市"),
            "cities.yml": CITIES + "note: x\n",
        },
        (
            "cities.yml:15: 错误 [unknown-field] note：没有“note”这个字段；这里可用的字段有 source、province、prefectures。",
            "factories/230100/2301-0001.yml:6: 错误 [unknown-county] county：哈尔滨市没有“道外区”这个县区；可写的有 道里区、香坊区；开发区请写在 zone。",
            "factories/230100/2301-0001.yml:7: 错误 [unknown-industry] industry：“99”不是 GB/T 4754-2017 的大类（两位）或中类（三位）代码；请查 industries.yml 后填写。",
            "factories/230100/2301-0001.yml:9: 错误 [bad-date] maturity[0].date：“2025/6/30”不是规范的日期；日期要写成“年-月-日”，请改为 2025-06-30。",
            "factories/230200/2302-0001.yml:1: 错误 [missing-field] city：缺少必填字段“city”；请补上“city: …”。",
            "factories/230200/2302-0001.yml:5: 错误 [unknown-field] citi：没有“citi”这个字段；您要写的可能是“city”。",
        ),
    ),
)
