"""Records against each other: references, doubles and folders (contract, section 4)."""

from tests.checks.base import (
    CASE,
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


def _unit(text: str) -> dict[str, Change]:
    return {UNIT: WORKSHOP + text}


RECORDS = (
    Found(
        "unknown_city",
        {UNIT: Swap("city: 哈尔滨市", "city: 哈尔濱市")},
        (
            "factories/230100/2301-0001.yml:5: 错误 [unknown-city] city：没有“哈尔濱市”这个地市；您要写的可能是“哈尔滨市”。",
        ),
    ),
    Found(
        "unknown_city_of_another_province",
        {UNIT: Swap("city: 哈尔滨市", "city: 长春市")},
        (
            "factories/230100/2301-0001.yml:5: 错误 [unknown-city] city：没有“长春市”这个地市；应是 哈尔滨市、齐齐哈尔市 之一。",
        ),
    ),
    Found(
        "unknown_city_of_an_authority",
        {"policy.yml": Swap("city: 230200", "city: 230300")},
        (
            "policy.yml:8: 错误 [unknown-city] authorities[3].city：cities.yml 里没有代码为“230300”的地市；请改为已有的六位代码。",
        ),
    ),
    Found(
        "unknown_county",
        {UNIT: Swap("county: 香坊区", "county: 平房区")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [unknown-county] county：哈尔滨市没有“平房区”这个县区；可写的有 道里区、香坊区；开发区请写在 zone。",
        ),
    ),
    Found(
        "unknown_county_of_another_city",
        {UNIT: Swap("county: 香坊区", "county: 龙沙区")},
        (
            "factories/230100/2301-0001.yml:6: 错误 [unknown-county] county：哈尔滨市没有“龙沙区”这个县区；可写的有 道里区、香坊区；开发区请写在 zone。",
        ),
    ),
    Found(
        "unknown_industry",
        {UNIT: Swap("industry: 341", "industry: 349")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [unknown-industry] industry：“349”不是 GB/T 4754-2017 的大类（两位）或中类（三位）代码；请查 industries.yml 后填写。",
        ),
    ),
    Found(
        "unknown_industry_of_four_digits",
        {UNIT: Swap("industry: 341", "industry: 3411")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [unknown-industry] industry：“3411”多了小类；请只写到中类 341（锅炉及原动设备制造）。",
        ),
    ),
    Found(
        "unknown_industry_name",
        {UNIT: Swap("industry: 341", "industry: 锅炉及原动设备制造")},
        (
            "factories/230100/2301-0001.yml:7: 错误 [unknown-industry] industry：“锅炉及原动设备制造”不是 GB/T 4754-2017 的大类（两位）或中类（三位）代码；请查 industries.yml 后填写。",
        ),
    ),
    Found(
        "unknown_scene",
        {STORY: Swap("scenes: [1, 3]", "scenes: [1, 41]")},
        (
            "cases/2026/2026-0001.yml:4: 错误 [unknown-scene] scenes[1]：2025 年版没有第 41 号场景；应在 1 到 3 之间，见 scenes.yml。",
        ),
    ),
    Found(
        "unknown_scene_edition",
        {STORY: Swap("edition: 2025", "edition: 2024")},
        (
            "cases/2026/2026-0001.yml:3: 错误 [unknown-scene] edition：scenes.yml 里没有 2024 年版，现有版本：2025；请改正 edition，或先补录该版。",
        ),
    ),
    Found(
        "unknown_scene_without_any_edition",
        {"scenes.yml": "editions: []\n"},
        (
            "cases/2026/2026-0001.yml:3: 错误 [unknown-scene] edition：scenes.yml 里没有 2025 年版，现有版本：（尚无）；请改正 edition，或先补录该版。",
        ),
    ),
    Found(
        "edition_whose_scenes_cannot_be_read",
        {"scenes.yml": "editions:\n  - {edition: 2025, links: []}\n"},
        ("scenes.yml:2: 错误 [missing-field] editions[0].links：缺少必填字段“links”；请补上“links: …”。",),
    ),
    Found(
        "unknown_title",
        {UNIT: Swap("title: 先进级数字化车间", "title: 先进级数字车间")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [unknown-title] titles[0].title：没有“先进级数字车间”这个称号；您要写的可能是“先进级数字化车间”。",
        ),
    ),
    Found(
        "unknown_title_unlike_any",
        {UNIT: Swap("title: 先进级数字化车间", "title: 灯塔工厂")},
        (
            "factories/230100/2301-0001.yml:11: 错误 [unknown-title] titles[0].title：没有“灯塔工厂”这个称号；应是 基础级数字化车间、先进级数字化车间、智能工厂、数字化（智能）示范车间、基础级智能工厂、卓越级智能工厂、领航级智能工厂 之一。",
        ),
    ),
    Found(
        "unknown_title_revoked",
        _unit("revocations:\n  - {title: 先进数字化车间, document: 黑示例发〔2026〕20号}\n"),
        (
            "factories/230100/2301-0001.yml:13: 错误 [unknown-title] revocations[0].title：没有“先进数字化车间”这个称号；您要写的可能是“先进级数字化车间”。",
        ),
    ),
    Found(
        "unknown_title_needed",
        {"policy.yml": Swap("needs: [先进级数字化车间, 数字化（智能）示范车间]", "needs: [先进级数字车间]")},
        (
            "policy.yml:17: 错误 [unknown-title] titles[2].needs：titles 里没有“先进级数字车间”这个称号，您要写的可能是“先进级数字化车间”；请改为已有的称号。",
        ),
    ),
    Found(
        "unknown_document",
        {SECOND: Swap("示例联函〔2026〕3号", "示例联函〔2026〕30号")},
        (
            "factories/230100/2301-0002.yml:8: 错误 [unknown-document] titles[0].document：documents/ 里没有文号“示例联函〔2026〕30号”；写错的请改为“示例联函〔2026〕3号”之类已有的文号，新文件请先在 documents/<机关编号>/ 下建一份记录。",
        ),
    ),
    Found(
        "unknown_document_unlike_any",
        {SECOND: Swap("示例联函〔2026〕3号", "XYZ〔1999〕777号")},
        (
            "factories/230100/2301-0002.yml:8: 错误 [unknown-document] titles[0].document：documents/ 里没有文号“XYZ〔1999〕777号”；新文件请先在 documents/<机关编号>/ 下建一份记录。",
        ),
    ),
    Found(
        "unknown_document_of_a_list",
        {"lists/2026.yml": Swap("黑示例发〔2026〕20号", "黑示例发〔2026〕21号")},
        (
            "lists/2026.yml:3: 错误 [unknown-document] document：documents/ 里没有文号“黑示例发〔2026〕21号”；写错的请改为“黑示例发〔2026〕20号”之类已有的文号，新文件请先在 documents/<机关编号>/ 下建一份记录。",
        ),
    ),
    Found(
        "unknown_factory",
        {STORY: Swap("factory: 2301-0001", "factory: 2301-0011")},
        (
            "cases/2026/2026-0001.yml:2: 错误 [unknown-factory] factory：没有编号为“2301-0011”的单元；编号是 factories/ 下的文件名，例如 2301-0007，请查到后改正。",
        ),
    ),
    Found(
        "unknown_factory_by_name",
        {STORY: Swap("factory: 2301-0001", "factory: 叶片加工数字化车间")},
        (
            "cases/2026/2026-0001.yml:2: 错误 [unknown-factory] factory：没有编号为“叶片加工数字化车间”的单元；编号是 factories/ 下的文件名，例如 2301-0007，请查到后改正。",
        ),
    ),
    Found(
        "unknown_factory_as_successor",
        {MINES: MINE + "closed: {date: 2026-09-01, reason: 合并, successor: 2302-0002}\n"},
        (
            "factories/230200/2302-0001.yml:11: 错误 [unknown-factory] closed.successor：没有编号为“2302-0002”的单元；编号是 factories/ 下的文件名，例如 2301-0007，请查到后改正。",
        ),
    ),
    Found(
        "unknown_factory_as_its_own_successor",
        {MINES: MINE + "closed: {date: 2026-09-01, reason: 合并, successor: 2302-0001}\n"},
        (
            "factories/230200/2302-0001.yml:11: 错误 [unknown-factory] closed.successor：承接单元不能是自己；请改为承接它的单元编号，没有就删去 successor。",
        ),
    ),
    Found(
        "successor_in_the_registry",
        {MINES: MINE + "closed: {date: 2026-09-01, reason: 合并, successor: 2301-0001}\n"},
    ),
    Found(
        "unknown_authority",
        {"documents/hljs/2026-9.yml": "number: 黑示例发〔2026〕9号\ntitle: 通知\ndate: 2026-01-09\n"},
        (
            "documents/hljs/2026-9.yml:1: 错误 [unknown-authority] policy.yml 里没有编号为“hljs”的机关；文件夹以机关编号命名，您要写的可能是“hlj”。",
        ),
    ),
    Found(
        "duplicate_id",
        {"factories/230200/2301-0001.yml": WORKSHOP},
        (
            "factories/230200/2301-0001.yml:1: 错误 [duplicate-id] “2301-0001”与 factories/230100/2301-0001.yml 重复；每个编号、文号只能有一份记录，请改号或删去其一。",
        ),
    ),
    Found(
        "duplicate_id_of_a_case",
        {"cases/2025/2026-0001.yml": CASE},
        (
            "cases/2025/2026-0001.yml:1: 错误 [wrong-folder] 案例编号“2026-0001”应放在 cases/2026/，现在在 cases/2025/；请移动文件或改编号。",
            "cases/2026/2026-0001.yml:1: 错误 [duplicate-id] “2026-0001”与 cases/2025/2026-0001.yml 重复；每个编号、文号只能有一份记录，请改号或删去其一。",
        ),
    ),
    Found(
        "duplicate_id_of_a_city",
        {"cities.yml": Swap("code: 230200\n", "code: 230100\n")},
        (
            "cities.yml:2: 错误 [duplicate-id] prefectures：代码“230100”出现了两次；请删去重复的一项或改正。",
            "cities.yml:2: 错误 [duplicate-id] prefectures：代码前四位“2301”出现了两次；请删去重复的一项或改正。",
            "factories/230200/2302-0001.yml:5: 错误 [wrong-folder] city：“齐齐哈尔市”的记录应放在 factories/230100/，现在在 factories/230200/；请移动文件，或改正 city。",
            "policy.yml:8: 错误 [unknown-city] authorities[3].city：cities.yml 里没有代码为“230200”的地市；请改为已有的六位代码。",
        ),
    ),
    Found(
        "duplicate_id_of_an_authority",
        {
            "policy.yml": Swap(
                "{id: 2302, name: 齐齐哈尔市工业和信息化局", "{id: 2301, name: 齐齐哈尔市工业和信息化局"
            )
        },
        (
            "policy.yml:4: 错误 [duplicate-id] authorities：机关编号“2301”出现了两次；请删去重复的一项或改正。",
        ),
    ),
    Found(
        "duplicate_document",
        {"documents/miit/2025-88.yml": FILES[NOTICE]},
        (
            "documents/miit/2025-88.yml:1: 错误 [duplicate-document] “黑示例发〔2025〕88号”与 documents/hlj/2025-88.yml 重复；每个编号、文号只能有一份记录，请改号或删去其一。",
        ),
    ),
    Found(
        "duplicate_unit",
        {NEW: WORKSHOP},
        (
            "factories/230100/2301-0003.yml:1: 错误 [duplicate-unit] name：与 2301-0001 是同一企业的同名单元“叶片加工数字化车间”；同一单元只留一份记录，续期请在原记录的 titles 里加一行。",
        ),
    ),
    Found(
        "one_unit_s_name_under_a_name_that_reads_like_the_code_of_another_enterprise",
        {
            NEW: WORKSHOP.replace("uscc: 91230100EX0000001G\n", "").replace(
                "enterprise: 哈尔滨示例汽轮机有限公司", "enterprise: 91230100EX0000001G"
            )
        },
        (
            "factories/230100/2301-0003.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
        ),
    ),
    Found(
        "duplicate_unit_by_name_of_the_enterprise",
        {
            UNIT: Swap("uscc: 91230100EX0000001G\n", ""),
            SECOND: None,
            NEW: WORKSHOP.replace("uscc: 91230100EX0000001G\n", ""),
        },
        (
            "factories/230100/2301-0001.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
            "factories/230100/2301-0003.yml:1: 错误 [duplicate-unit] name：与 2301-0001 是同一企业的同名单元“叶片加工数字化车间”；同一单元只留一份记录，续期请在原记录的 titles 里加一行。",
            "factories/230100/2301-0003.yml:1: 提醒 [uscc-missing] uscc：没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
        ),
    ),
    Found(
        "wrong_folder_of_a_unit",
        {UNIT: None, "factories/230200/2301-0001.yml": WORKSHOP},
        (
            "factories/230200/2301-0001.yml:5: 错误 [wrong-folder] city：“哈尔滨市”的记录应放在 factories/230100/，现在在 factories/230200/；请移动文件，或改正 city。",
        ),
    ),
    Found(
        "wrong_folder_number_of_no_city",
        {UNIT: None, STORY: None, "factories/230100/2399-0005.yml": WORKSHOP},
        (
            "factories/230100/2399-0005.yml:1: 错误 [wrong-folder] 编号“2399-0005”应以 2301- 开头（哈尔滨市代码的前四位）；请改文件名。",
        ),
    ),
    Found(
        "number_of_the_city_a_unit_moved_from",
        {UNIT: None, STORY: None, "factories/230100/2302-0005.yml": WORKSHOP},
    ),
    Found(
        "wrong_folder_of_a_case",
        {STORY: None, "cases/2025/2026-0001.yml": CASE},
        (
            "cases/2025/2026-0001.yml:1: 错误 [wrong-folder] 案例编号“2026-0001”应放在 cases/2026/，现在在 cases/2025/；请移动文件或改编号。",
        ),
    ),
    Found(
        "wrong_folder_of_a_list",
        {"lists/2026.yml": Swap("year: 2026", "year: 2025")},
        ("lists/2026.yml:1: 错误 [wrong-folder] year：文件名是 2026.yml，year 却是 2025；请改成一致。",),
    ),
    Found(
        "wrong_folder_of_a_list_to_come",
        {"lists/2026.yml": "year: 2027\ndate: 2027-06-30\ndocument: 黑示例发〔2026〕20号\n"},
        (
            "lists/2026.yml:1: 错误 [wrong-folder] year：文件名是 2026.yml，year 却是 2027；请改成一致。",
            "lists/2026.yml:2: 提醒 [future-fact] date：日期 2027-06-30 在数据截至日 2026-11-24 之后，到那一天才生效；请确认没有写错年份。",
        ),
    ),
)
