"""The demonstration registry: repeatable, fictional, clean by the checks, and with every odd life in it."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import demo
from generator.checks.desk import Examined, examine
from generator.demo.telling import STORIES
from generator.problems import Report
from generator.records import Unit
from generator.registry import Registry, load
from generator.rules.ledger import Ledger, enterprise_key
from generator.rules.terms import Standing
from tests.books import written
from tests.conftest import run

ROOT = Path(__file__).parent
HEILONGJIANG = ROOT.parent / "registry"
QINGDAO = ROOT / "registries" / "qingdao-2024"
AS_OF = date(2026, 11, 24)
ALLOWED = {"uscc-missing", "uscc-noted", "out-of-sequence"}


def vocabulary(root: Path) -> Registry:
    registry = load(root, Report(), records=False)
    assert registry is not None
    return registry


def made(
    root: Path = HEILONGJIANG,
    *,
    units: int,
    seed: int = 2026,
    as_of: date = AS_OF,
    cases: int | None = None,
) -> dict[str, str]:
    files = list(demo.make(vocabulary(root), units=units, seed=seed, as_of=as_of, cases=cases))
    assert len(files) == len(dict(files)), "a path was written twice"
    return dict(files)


def cases_of(files: dict[str, str]) -> int:
    return sum(path.startswith("cases/") for path in files)


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return made(units=340)


@pytest.fixture(scope="module")
def examined(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Examined:
    return examine(written(files, HEILONGJIANG, tmp_path_factory.mktemp("demo")), as_of=AS_OF)


@pytest.fixture(scope="module")
def registry(examined: Examined) -> Registry:
    assert examined.registry is not None
    return examined.registry


@pytest.fixture(scope="module")
def standings(registry: Registry) -> dict[str, Standing]:
    ledger = Ledger.of(registry)
    return {unit: ledger.standing(unit, as_of=AS_OF) for unit in registry.units}


def enterprises(registry: Registry) -> dict[tuple[str, str], list[Unit]]:
    grouped: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in registry.units.values():
        grouped[enterprise_key(unit)].append(unit)
    return grouped


def test_same_seed_same_bytes(files: dict[str, str]) -> None:
    assert list(made(units=340).items()) == list(files.items())


def test_another_seed_differs(files: dict[str, str]) -> None:
    assert made(units=340, seed=2027) != files


def test_counts(files: dict[str, str]) -> None:
    counts = Counter(path.partition("/")[0] for path in files)
    assert (counts["factories"], counts["cases"], counts["lists"]) == (340, 40, 2)
    assert {"lists/2025.yml", "lists/2026.yml"} <= files.keys()


@pytest.mark.parametrize(
    ("units", "as_of"),
    [
        (1, AS_OF),
        (60, AS_OF),
        (150, date(2025, 8, 1)),
        (341, date(2028, 2, 29)),
        (700, date(2026, 1, 5)),
    ],
)
def test_clean_at_any_size_and_day(units: int, as_of: date, tmp_path: Path) -> None:
    found = examine(written(made(units=units, as_of=as_of, seed=units), HEILONGJIANG, tmp_path), as_of=as_of)
    assert found.registry is not None
    assert len(found.registry.units) == units
    assert not found.report.errors
    assert {problem.code for problem in found.report.warnings} <= ALLOWED


def test_another_place_and_policy(tmp_path: Path) -> None:
    found = examine(written(made(QINGDAO, units=50), QINGDAO, tmp_path), as_of=AS_OF)
    assert found.registry is not None
    assert len(found.registry.units) == 50
    assert not found.report.errors
    assert {problem.code for problem in found.report.warnings} <= ALLOWED


def test_only_the_allowed_warnings(examined: Examined) -> None:
    assert [problem.message for problem in examined.report.errors] == []
    counts = Counter(problem.code for problem in examined.report.warnings)
    assert counts.keys() == ALLOWED
    assert counts["uscc-noted"] == counts["out-of-sequence"] == 1
    assert 5 <= counts["uscc-missing"] <= 17


def test_every_enterprise_is_marked_as_fictional(registry: Registry) -> None:
    for unit in registry.units.values():
        assert "示例" in unit.enterprise
        assert all("示例" in former.name for former in unit.former_names)
        assert unit.uscc is None or (unit.uscc.startswith("91") and unit.uscc[8:10] == "EX")
    for document in registry.documents.values():
        assert "示例" in document.number
        assert "示例" in document.title


def test_names_and_codes_belong_together(registry: Registry) -> None:
    codes: dict[str, set[str | None]] = defaultdict(set)
    for unit in registry.units.values():
        codes[unit.enterprise].add(unit.uscc)
    assert all(len(found) == 1 for found in codes.values())
    known = [next(iter(found)) for found in codes.values() if None not in found]
    assert len(known) == len(set(known))
    assert len({(unit.enterprise, unit.name) for unit in registry.units.values()}) == len(registry.units)


def test_every_city_has_units(registry: Registry) -> None:
    counts = Counter(unit.city for unit in registry.units.values())
    assert counts.keys() == {city.name for city in registry.cities.prefectures}
    assert 0.28 <= counts["哈尔滨市"] / 340 <= 0.42
    assert counts["大兴安岭地区"] >= 2


def test_standings(standings: dict[str, Standing]) -> None:
    counts = Counter((standing.status, standing.tier) for standing in standings.values())
    assert counts["listed", "excellent"] == 4
    assert counts["listed", "leading"] == 0
    assert counts["listed", "advanced"] > counts["listed", "basic"] > 40
    assert counts["expired", None] == 8
    assert counts["revoked", None] == 3
    assert counts["closed", None] == 4
    assert counts["unlisted", None] == 2
    assert counts["upcoming", None] == 0


def test_terms_end_in_many_months(standings: dict[str, Standing]) -> None:
    ends = [s.valid_through for s in standings.values() if s.status == "listed" and s.valid_through]
    soon = {(day.year, day.month) for day in ends if day <= AS_OF + timedelta(days=180)}
    assert sum(standing.expiring for standing in standings.values()) == 10
    assert len(soon) >= 4
    assert len({(day.year, day.month) for day in ends}) >= 12


def test_renewed_and_promoted(registry: Registry) -> None:
    accounts = Ledger.of(registry).accounts.values()
    assert sum(any(found.ended_by == "renewed" for found in a.listings) for a in accounts) >= 8
    assert sum(any(found.ended_by == "promoted" for found in a.holdings) for a in accounts) >= 6
    again = [
        account
        for account in accounts
        if any(
            found.ended_by == "expired" and found.last and found.last < AS_OF for found in account.listings
        )
        and any(found.covers(AS_OF) for found in account.listings)
    ]
    assert again, "no unit that lapsed and came back"


def test_a_bar_reaches_a_sister_in_another_city(registry: Registry, standings: dict[str, Standing]) -> None:
    barred = [unit for unit in registry.units.values() if standings[unit.id].barred_through]
    assert {standings[unit.id].status for unit in barred} == {"revoked"}
    assert len({unit.enterprise for unit in barred}) == 1
    assert len({unit.city for unit in barred}) == 2
    assert [found.reason for unit in barred for found in unit.revocations] == ["申报材料弄虚作假"]


def test_a_city_revocation_does_not_bar(registry: Registry, standings: dict[str, Standing]) -> None:
    revoked = [unit for unit in registry.units.values() if unit.revocations]
    (unit,) = [unit for unit in revoked if not standings[unit.id].barred_through]
    sisters = [other for other in enterprises(registry)[enterprise_key(unit)] if other.id != unit.id]
    assert standings[unit.id].status == "revoked"
    assert [standings[sister.id].status for sister in sisters] == ["listed"]


def test_closings(registry: Registry, standings: dict[str, Standing]) -> None:
    closings = {unit.closed.reason: unit.closed for unit in registry.units.values() if unit.closed}
    assert closings.keys() == {"注销", "迁出", "合并", "自愿退出"}
    successor = closings["合并"].successor
    assert successor is not None
    assert standings[successor].status == "listed"


def test_maturity_late_and_never(registry: Registry, standings: dict[str, Standing]) -> None:
    asking = {title.name: title.min_maturity for title in registry.policy.titles if title.min_maturity}
    late = [
        unit
        for unit in registry.units.values()
        for award in unit.titles
        if award.title in asking
        and unit.maturity
        and unit.maturity[0].date > (award.date or registry.documents[award.document].date)
        and standings[unit.id].status == "listed"
    ]
    assert late
    never = [unit for unit in registry.units.values() if standings[unit.id].status == "unlisted"]
    assert all(unit.maturity[-1].level < (asking[unit.titles[0].title] or 0) for unit in never)


def test_names_reports_and_corrections(registry: Registry, standings: dict[str, Standing]) -> None:
    units = registry.units.values()
    assert any(len(unit.former_names) > 1 for unit in units)
    assert any(unit.corrections for unit in units)
    assert any(len({unit.city for unit in group}) > 1 for group in enterprises(registry).values())
    top = [unit for unit in units if standings[unit.id].tier == "excellent"]
    assert sum(bool(unit.reports) for unit in top) == 2
    assert any(award.exception for unit in top for award in unit.titles)


def test_cases(registry: Registry) -> None:
    cases = registry.cases.values()
    assert len({case.title for case in cases}) == 40
    assert {scene for case in cases for scene in case.scenes} == set(range(1, 41))
    assert sum(case.withdrawn is not None for case in cases) == 1
    assert sum(case.updated is not None for case in cases) >= 2
    assert any(metric.before for case in cases for metric in case.metrics)
    assert any(metric.change for case in cases for metric in case.metrics)
    published = [registry.cases[key].published for key in sorted(registry.cases)]
    assert published == sorted(published)
    assert published[0] < date(2025, 7, 1)
    assert published[-1] > date(2026, 11, 1)
    assert len({(day.year, day.month) for day in published}) >= 16
    for case in cases:
        unit = registry.units[case.factory]
        assert unit.enterprise in case.body
        assert unit.name in case.body
        assert "{" not in case.body + case.summary


def test_stories_use_all_their_values() -> None:
    for story in STORIES:
        parts = [part for e in story.effects for part in (e.before, e.after, e.change) if part]
        text = "".join((story.summary, story.body, *parts))
        assert all(f"{{{place}}}" in text for place in range(len(story.values))), story.title


def test_retold_stories_keep_to_the_form() -> None:
    files = made(units=900, seed=5)
    titles = Counter(text.splitlines()[0] for path, text in files.items() if path.startswith("cases/"))
    assert sum(titles.values()) == 106
    assert max(titles.values()) == 3


def test_there_are_as_many_cases_as_are_asked_for(tmp_path: Path) -> None:
    """Far more than usual, on as many enterprises; and the checks find no error."""
    many = made(units=340, cases=150)
    assert cases_of(many) == 150
    told = examine(written(many, HEILONGJIANG, tmp_path), as_of=AS_OF)
    assert told.report.errors == ()
    assert cases_of(made(units=340)) == 40
    assert cases_of(made(units=340, cases=0)) == 0


def test_too_few_units_for_the_cases_are_told(tmp_path: Path) -> None:
    done = run("demo", tmp_path / "demo", "--units", "20", "--cases", "60", "--as-of", str(AS_OF))
    found = len(list((tmp_path / "demo/cases").rglob("*.yml")))
    assert 0 < found < 60
    assert done.code == 0
    assert done.err == f"提醒：这些单元只够写 {found} 个案例，不到 60 个。\n"
    assert f"20 个单元、{found} 个案例，" in done.out
