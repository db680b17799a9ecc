"""Random registries, as files: random policies, several enterprises of several units, days that are apt to coincide.

Every file can be read and every reference but a few leads somewhere; whether titles, authorities and days go together
is left to chance, so that every check of the rules has something to refuse and something to let pass.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from generator.problems import Report
from generator.registry import Registry, Stored, load_stored

ONE = timedelta(days=1)
ROOTS = [date(2024, 2, 29), date(2023, 6, 30), date(2023, 12, 31)]
# Three days and their anniversaries, and both neighbours of each: terms and bars end where others begin.
SHARP = sorted(
    {
        date(year, root.month, min(root.day, 28) if year % 4 else root.day) + step * ONE
        for root in ROOTS
        for year in range(2023, 2028)
        for step in (-1, 0, 1)
    }
)
SHARP_DAYS = st.sampled_from(SHARP)

CITIES = ("哈尔滨市", "齐齐哈尔市")
CITY_CODES = ("230100", "230200")
KINDS = ("数字化车间", "智能工厂")
LEVELS = ("national", "province", "city")
AUTHORITIES = (
    {"id": "miit", "name": "示例部", "level": "national"},
    {"id": "hlj", "name": "示例厅", "level": "province"},
    {"id": "2301", "name": "哈尔滨示例局", "level": "city", "city": "230100"},
    {"id": "2302", "name": "齐齐哈尔示例局", "level": "city", "city": "230200"},
)
CODES = ("91230100EX0000001G", "91230200EX0000002Q")
NAMES = ("示例甲有限公司", "示例乙有限公司", "示例丙有限公司")

Fields = dict[str, Any]

WORDS: dict[str, Fields] = {
    "cities.yml": {
        "province": {"code": "230000", "name": "黑龙江省"},
        "prefectures": [
            {
                "code": code,
                "name": name,
                "short": name[:-1],
                "counties": [{"code": f"{code[:4]}02", "name": "示例区"}],
            }
            for code, name in zip(CITY_CODES, CITIES, strict=True)
        ],
    },
    "industries.yml": {
        "standard": "GB/T 4754-2017",
        "sections": [
            {"code": "C", "name": "制造业", "divisions": [{"code": "34", "name": "通用设备制造业"}]}
        ],
    },
    "scenes.yml": {
        "editions": [
            {
                "edition": "2025",
                "links": [{"number": 1, "name": "示例", "scenes": [{"number": 1, "name": "示例"}]}],
            }
        ]
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A registry as text of files, and a day to look at it."""

    files: dict[str, str]
    as_of: date

    def stored(self) -> Stored:
        """Return the files as they lie in memory."""
        return {tuple(path.split("/")): text.encode() for path, text in self.files.items()}

    def read(self) -> tuple[Registry, Report]:
        """Return the records, with the problems of reading."""
        report = Report()
        registry = load_stored(self.stored(), "registry", report)
        assert registry is not None, list(report)
        return registry, report


def given(**fields: Any) -> Fields:
    """Return the fields that have a value; days as text."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in fields.items()
        if value not in (None, [])
    }


@st.composite
def rulebooks(draw: st.DrawFn) -> Fields:
    """Draw policy.yml."""
    tiers = [
        given(
            id=f"tier-{rank}",
            name=f"第{rank + 1}级",
            term_years=draw(st.sampled_from([1, 1, 2, 3, None])),
            revocable=draw(st.booleans()),
            requires=f"tier-{draw(st.integers(0, rank - 1))}" if rank and draw(st.booleans()) else None,
            report=draw(st.booleans()),
        )
        for rank in range(draw(st.integers(1, 4)))
    ]
    titles: list[Fields] = []
    for number in range(draw(st.integers(2, 5))):
        needs = (
            draw(st.lists(st.sampled_from([title["name"] for title in titles]), max_size=2, unique=True))
            if titles
            else []
        )
        titles.append(
            given(
                name=f"称号{number}",
                kind=draw(st.sampled_from([KINDS[0], KINDS[0], KINDS[1]])),
                level=draw(st.sampled_from(["province", "province", "city", "national"])),
                tier=draw(st.sampled_from([*(tier["id"] for tier in tiers), None])),
                min_maturity=draw(st.sampled_from([None, None, 2, 3])),
                awarded_through=draw(st.one_of(st.none(), st.none(), SHARP_DAYS)),
                listed_from=draw(st.one_of(st.none(), st.none(), SHARP_DAYS)),
                needs=needs if draw(st.booleans()) else [],
                bars=draw(st.booleans()),
            )
        )
    return {
        "name": "示例名录",
        "region": {"code": "230000", "name": "黑龙江省"},
        "authorities": list(AUTHORITIES),
        "tiers": tiers,
        "titles": titles,
        "bar_years": draw(st.integers(1, 3)),
        "expiring_within_days": draw(st.sampled_from([0, 1, 180])),
    }


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Fields]:
    """Draw one or two documents of each authority, by path."""
    found = {}
    for authority in AUTHORITIES:
        for number in range(1, draw(st.integers(1, 2)) + 1):
            found[f"documents/{authority['id']}/{number}.yml"] = given(
                number=f"{authority['name']}〔2024〕{number}号",
                title="关于公布名单的通知",
                date=draw(SHARP_DAYS),
                entered=draw(st.one_of(st.none(), st.none(), SHARP_DAYS)),
            )
    return found


@st.composite
def facts(draw: st.DrawFn, rules: Fields, documents: list[tuple[str, str]], kind: str, city: str) -> Fields:
    """Draw a title, a document and perhaps a day; for the most part such as go together."""
    fitting = [title for title in rules["titles"] if title["kind"] == kind] or rules["titles"]
    title = draw(st.sampled_from(fitting * 3 + rules["titles"]))
    right = [
        number
        for number, authority in documents
        if any(
            known["id"] == authority and known["level"] == title["level"] and known.get("city", city) == city
            for known in AUTHORITIES
        )
    ]
    number = draw(st.sampled_from(right * 4 + [number for number, _ in documents]))
    return given(title=title["name"], document=number, date=draw(st.one_of(st.none(), SHARP_DAYS)))


@st.composite
def factories(draw: st.DrawFn, rules: Fields, papers_by_path: dict[str, Fields]) -> dict[str, Fields]:
    """Draw up to five units of few enterprises, by path."""
    documents = [(fields["number"], path.split("/")[1]) for path, fields in papers_by_path.items()]
    found = {}
    for number in range(1, draw(st.integers(1, 5)) + 1):
        first, now = draw(st.sampled_from([(0, 0), (0, 0), (1, 1), (0, 1)]))
        kind = draw(st.sampled_from(KINDS))
        fact = facts(rules, documents, kind, CITY_CODES[now])
        titles = [
            {**award, **given(exception=draw(st.sampled_from([None, None, "国家首批"])))}
            for award in draw(st.lists(fact, min_size=1, max_size=4))
        ]
        maturity = [
            given(date=day, level=level, method="评估")
            for day, level in draw(st.lists(st.tuples(SHARP_DAYS, st.integers(1, 4)), max_size=3))
        ]
        # Published lists often carry no code; such units belong together by name.
        enterprise, code = draw(
            st.sampled_from(
                [
                    (NAMES[0], CODES[0]),
                    (NAMES[0], CODES[0]),
                    (NAMES[1], CODES[0]),
                    (NAMES[2], CODES[1]),
                    (NAMES[0], None),
                ]
            )
        )
        reports = draw(
            st.lists(st.tuples(st.integers(2023, 2027), SHARP_DAYS), max_size=2, unique_by=lambda row: row[0])
        )
        former = draw(st.sampled_from([None, None, *NAMES]))
        found[f"factories/{CITY_CODES[now]}/{CITY_CODES[first][:4]}-{number:04}.yml"] = given(
            name=f"示例单元{number}",
            kind=kind,
            enterprise=enterprise,
            uscc=code,
            former_names=[given(name=former, until=draw(SHARP_DAYS))]
            if former not in (None, enterprise)
            else [],
            city=CITIES[now],
            county=draw(st.sampled_from([*[None] * 12, "无此县区"])),
            industry="34",
            maturity=maturity,
            titles=titles,
            revocations=draw(st.lists(fact, max_size=2)),
            closed=draw(
                st.one_of(
                    st.none(),
                    st.none(),
                    st.none(),
                    SHARP_DAYS.map(lambda day: given(date=day, reason="注销")),
                )
            ),
            reports=[given(year=year, date=day) for year, day in reports],
            corrections=[
                given(date=day, fields=["titles"], reason="录入有误")
                for day in draw(st.lists(SHARP_DAYS, max_size=1))
            ],
        )
    return found


@st.composite
def stories(draw: st.DrawFn, units: list[str]) -> dict[str, Fields]:
    """Draw up to two typical cases, by path."""
    found = {}
    for number in range(1, draw(st.integers(0, 2)) + 1):
        found[f"cases/2026/2026-{number:04}.yml"] = given(
            title="示例案例",
            factory=draw(st.sampled_from(units)),
            edition="2025",
            scenes=[1],
            published=draw(SHARP_DAYS),
            updated=draw(st.one_of(st.none(), SHARP_DAYS)),
            summary="叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。",
            body="## 做法\n\n排产系统每两小时重排一次。\n",
            withdrawn=draw(
                st.one_of(st.none(), SHARP_DAYS.map(lambda day: given(date=day, reason="企业要求")))
            ),
        )
    return found


@st.composite
def registries(draw: st.DrawFn) -> Drawn:
    """Draw a registry and a day; now and then one of its unit files cannot be read."""
    rules = draw(rulebooks())
    documents = draw(papers())
    units = draw(factories(rules, documents))
    names = [path.rsplit("/", 1)[-1].removesuffix(".yml") for path in units]
    lists = {"lists/2026.yml": given(year=2026, date=draw(SHARP_DAYS), document="示例厅〔2024〕1号")}
    rows = {**WORDS, "policy.yml": rules, **documents, **units, **draw(stories(names)), **lists}
    files = {path: json.dumps(fields, ensure_ascii=False) for path, fields in rows.items()}
    if draw(st.integers(0, 11)) == 11:
        files["factories/230100/2301-0099.yml"] = "name: ["
    return Drawn(files=files, as_of=draw(SHARP_DAYS))
