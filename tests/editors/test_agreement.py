"""Parser and schema agree: on the shipped registries, on every change of tests/checks, and on mutations of good files."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.editors import KINDS
from generator.parse.tables import RowField, RowsField, Table
from tests.checks.base import FILES, changed
from tests.checks.test_tables import TABLE
from tests.conftest import ROOT
from tests.editors.eye import assert_agreed, kind_of, seen

GOOD = [
    (folder, path)
    for folder in (ROOT / "registry", ROOT / "tests/registries/qingdao-2024")
    for path in sorted(folder.rglob("*.yml"))
]


@pytest.mark.parametrize("kind", sorted({kind_of(path) for path in FILES}))
def test_shipped_files_are_accepted_by_both(kind: str) -> None:
    asked = 0
    for folder, path in GOOD:
        if kind_of(path.relative_to(folder).as_posix()) != kind:
            continue
        content = path.read_bytes()
        assert assert_agreed(kind, content), path
        asked += 1
        # Files of one kind are much alike; what is rare is in tests/checks.
        if asked == 60:
            break
    assert asked


CHANGES = [
    (path, content)
    for row in TABLE
    for path, change in row.changes.items()
    if (content := changed(path, change)) is not None
    and path.endswith(".yml")
    and kind_of(path) in {kind_of(known) for known in FILES}
]


def test_every_change_of_the_checks_is_judged_alike() -> None:
    judged: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    for path, content in CHANGES:
        judged[assert_agreed(kind_of(path), content)] += 1
    assert min(judged.values()) > 20, judged


SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 2, 34, 341, 2025, 230100, 9999999, -1, 2.5),
    *("", " 前", "后 ", "后\u3000", "两\n行", "末\n", "a<b", "true", "no", "2", "二", "名称", "字" * 20),
    *("2025-11-20", "2024-02-29", "2025-02-29", "2100-02-29", "2025-04-31", "1948-12-31", "2199-12-31"),
    *(
        "2200-01-01",
        "2025/11/20",
        "2025-1-2",
        "工信发〔2025〕88号",
        "工信发[2025]88号",
        "工信发〔2025〕088号",
    ),
    *("https://www.example.cn/a?b=1#c", "HTTP://localhost:8000", "http://x", "ftp://a.cn", "https://a@b.cn/"),
    *(
        "https://a.cn/{id}",
        "https://a.cn/{path}",
        "https://a.cn/{id}{id}",
        "https://a.cn:/",
        "https://a.cn/ b",
    ),
    *("91230100EX0000001G", "91230100ex0000001g", "912301991270479655", "341", "08", "230100", "C", "city"),
    *("miit", "-a", "@li", "@", "@a/b", "a.cn,2026", "数字化车间", "自评", "注销", "national"),
)
SHAPES: tuple[Any, ...] = (
    [],
    {},
    ["名称"],
    [1, 3],
    [0],
    ["2", 3],
    [None],
    [[]],
    {"name": "名称"},
    [{}],
    ["@li", "@li"],
)


def places(value: Any, path: str = "") -> list[tuple[Any, Any, str]]:
    """Every place in a value: the container, the key or row in it, and the path without the numbers of rows."""
    found: list[tuple[Any, Any, str]] = []
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        where = f"{path}.{key}" if isinstance(key, str) else path
        found.append((value, key, where))
        found.extend(places(inner, where))
    return found


FULL = {
    "factories/full.yml": """\
{name: 车间, kind: 数字化车间, enterprise: 哈尔滨示例公司, uscc: 91230100EX0000001G, uscc_note: 无,
 former_names: [{name: 示例厂, until: 2024-03-01}], city: 哈尔滨市, county: 香坊区, zone: 开发区, industry: 08,
 website: 'https://www.example.cn/', maturity: [{date: 2025-06-30, level: 2, method: 自评}],
 titles: [{title: 称号, document: 工信发〔2025〕88号, date: 2025-11-20, exception: 无}],
 revocations: [{title: 称号, document: 工信发〔2025〕88号, date: 2025-11-20, reason: 无}],
 closed: {date: 2026-09-01, reason: 注销, successor: 2301-0044}, reports: [{year: 2026, date: 2027-01-20}],
 corrections: [{date: 2026-02-01, fields: titles, reason: 文号录入有误}]}
""",
    "cases/full.yml": """\
{title: 案例, factory: 2301-0007, edition: 2025, scenes: [9, 24], published: 2026-03-12, updated: 2026-04-01,
 summary: 叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。,
 metrics: [{name: 甲, change: 3}, {name: 乙, before: 1, after: 2, unit: 天}], body: 正文, source: 'https://a.cn',
 withdrawn: {date: 2026-08-01, reason: 无}, corrections: [{date: 2026-02-01, fields: [titles], reason: 无}]}
""",
    "policy.yml": """\
{name: 名录, demonstration: true, region: {code: 230000, name: 黑龙江省}, basis: [甲, 乙], reviewers: ['@li'],
 authorities: [{id: 2301, name: 哈尔滨市局, level: city, city: 230100, reviewers: ['@a/b']}],
 tiers: [{id: basic, name: 基础级, term_years: 3, revocable: true, report: false, clause: 第一条},
  {id: advanced, name: 先进级, requires: basic}], bar_years: 3, expiring_within_days: 180,
 titles: [{name: 称号, kind: 数字化车间, level: city, tier: basic, min_maturity: 2, awarded_through: 2024-12-31,
  listed_from: 2025-05-28, needs: [称号], bars: true, clause: 第二条}],
 site: {tag: 'a.cn,2026', organizer: 甲, find_error: 'https://a.cn', source_url: 'https://a.cn/{path}',
  report_url: 'https://a.cn/{id}', site_code: 1, icp: 黑, police: 黑, licence: CC, licence_url: 'https://a.cn'}}
""",
    "documents/full.yml": """\
{number: 工信发〔2025〕88号, title: 通知, date: 2025-11-20, url: 'https://a.cn', entered: 2025-11-25,
 corrections: [{date: 2026-02-01, fields: [title], reason: 无}]}
""",
    "lists/full.yml": """\
{year: 2026, date: 2026-06-30, document: 工信发〔2026〕20号, corrections: [{date: 2026-07-01, fields: date, reason: 无}]}
""",
    "cities.yml": """\
{source: 甲, province: {code: 230000, name: 黑龙江省}, prefectures: [{code: 230100, name: 哈尔滨市, short: 哈尔滨,
 type: 地级市, tile: [5, 4], counties: [{code: 230102, name: 道里区, type: 市辖区, in_gbt2260: true}]}]}
""",
    "industries.yml": """\
{source: 甲, standard: GB/T 4754-2017, sections: [{code: C, name: 制造业, divisions: [{code: 34, name: 乙,
 groups: [{code: 341, name: 丙}]}]}]}
""",
    "scenes.yml": """\
{source: 甲, editions: [{edition: 2025, title: 指引, document: 工信发〔2025〕88号, links: [{number: 1, name: 乙,
 scenes: [{number: 1, name: 丙}]}]}]}
""",
}
BASES = [(kind_of(path), seen(text)) for path, text in (*FILES.items(), *FULL.items())]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(base=st.sampled_from(BASES), data=st.data())
def test_mutations_are_judged_alike(base: tuple[str, Any], data: st.DataObject) -> None:
    kind, value = base[0], copy.deepcopy(base[1])
    for _ in range(data.draw(st.integers(1, 2), "changes")):
        found = places(value)
        if not found:
            break
        inside, key, _ = data.draw(st.sampled_from(found), "place")
        act = data.draw(st.sampled_from(["put", "put", "put", "shape", "drop", "add", "twice"]), "act")
        if act == "put":
            inside[key] = data.draw(st.sampled_from(SCALARS), "scalar")
        elif act == "shape":
            inside[key] = copy.deepcopy(data.draw(st.sampled_from(SHAPES), "shape"))
        elif act == "drop":
            del inside[key]
        elif isinstance(inside, list):
            inside.append(copy.deepcopy(inside[key]))
        elif act == "add":
            inside["status"] = None
    # JSON is YAML: numbers and truth values stand plain, texts in quotation marks.
    assert_agreed(kind, json.dumps(value, ensure_ascii=False).encode(), value)


def fields(table: type[Table], path: str = "") -> set[str]:
    """The paths of all fields of a table."""
    found = set()
    for part in table.fields_by_key.values():
        found.add(f"{path}.{part.key}")
        if isinstance(part, RowField | RowsField):
            found |= fields(part.table, f"{path}.{part.key}")
    return found


@pytest.mark.parametrize("path", FULL)
def test_every_field_is_judged_alike_with_every_value_and_without(path: str) -> None:
    """Not by chance: each value once in the first place of each field, then the field gone, then another beside it."""
    kind, base = kind_of(path), seen(FULL[path])
    done: set[str] = set()
    for number, (_, key, where) in enumerate(places(base)):
        if where in done or isinstance(key, int):
            continue
        done.add(where)
        for put in (*SCALARS, *SHAPES, "gone", "beside"):
            value = copy.deepcopy(base)
            inside = places(value)[number][0]
            if put == "gone":
                del inside[key]
            elif put == "beside":
                inside["status"] = None
            else:
                inside[key] = copy.deepcopy(put)
            assert_agreed(kind, json.dumps(value, ensure_ascii=False).encode(), value)
    assert done == fields(KINDS[kind][0])
