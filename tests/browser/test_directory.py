"""The directory answers as it is asked: any part of a name, any filter, any day; the address holds the question."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from generator.checks.desk import examine
from generator.records import Unit
from generator.views import words
from generator.views.book import Book
from tests.browser.conftest import opened
from tests.conftest import AS_OF, ROOT

pytestmark = pytest.mark.browser

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 780}}
ANSWERED = "document.querySelector('[data-found]').textContent.includes('找到')"


@pytest.fixture(scope="module")
def book() -> Book:
    examined = examine(ROOT / "registry", as_of=date.fromisoformat(AS_OF))
    assert examined.registry
    assert examined.ledger
    return Book(examined.registry, examined.ledger, examined.as_of)


@pytest.fixture
def page(browser: Browser, host: str) -> Iterator[Page]:
    with opened(browser, **WIDE) as made:
        made.goto(host + "directory/")
        yield made


def found(page: Page) -> int:
    page.wait_for_function(ANSWERED)
    page.wait_for_timeout(80)
    return int(page.locator("[data-found]").inner_text().split("找到 ")[1].split(" ")[0])


def ask(page: Page, question: str) -> list[str]:
    """The ids of the first page of what is found."""
    page.locator("#find-q").fill(question)
    page.wait_for_function(f"location.search.includes({json.dumps('q=' + quote(question.strip()))})")
    found(page)
    return ids(page)


def ids(page: Page) -> list[str]:
    links = page.locator(".results tbody th a").evaluate_all("links => links.map(a => a.pathname)")
    return [link.rstrip("/").rsplit("/", 1)[1] for link in links]


def first(book: Book, chosen: Any) -> Unit:
    return next(unit for unit in book.registry.units.values() if chosen(unit))


# --- Searching --------------------------------------------------------------------------------------------------------


def test_any_part_of_what_a_unit_is_called_finds_it(page: Page, book: Book) -> None:
    unit = first(book, lambda unit: unit.former_names and unit.uscc)
    assert unit.uscc
    middle = unit.enterprise[2:8]
    for question in (
        unit.name[1:5],
        middle,
        f"{middle[:3]} {middle[3:]}",
        f"（{middle[:2]}） {middle[2:]}",
        f"{unit.name[:3]} {unit.enterprise[-6:]}",
        unit.former_names[0].name[1:],
        unit.uscc,
        unit.uscc.lower(),
        unit.uscc[8:],
        "".join(chr(ord(letter) + 0xFEE0) for letter in unit.uscc),
        f"{unit.uscc[:8]} {unit.uscc[8:]}",
        unit.id,
    ):
        assert unit.id in ask(page, question), question
    assert ask(page, unit.uscc)[0] in {
        other.id for other in book.registry.units.values() if other.uscc == unit.uscc
    }


def test_first_letters_find_a_name(page: Page, book: Book) -> None:
    unit = first(book, lambda unit: "汽轮机" in unit.enterprise)
    assert unit.id in ask(page, "qlj")
    assert unit.id in ask(page, "hebslqlj")


def test_what_was_found_is_marked_and_a_former_name_is_shown(page: Page, book: Book) -> None:
    unit = first(book, lambda unit: unit.former_names)
    ask(page, unit.former_names[0].name)
    row = page.locator(".results tbody tr", has=page.locator(f"a[href*='{unit.id}']"))
    assert f"曾用名：{unit.former_names[0].name}" in row.inner_text()
    assert row.locator("mark").first.inner_text() == unit.former_names[0].name


def test_cases_are_found_by_title_and_by_enterprise(page: Page, book: Book) -> None:
    case = next(case for case in book.cases if not book.withdrawn(case))
    ask(page, case.title[2:8])
    link = page.locator("[data-cases] li a", has_text=case.title)
    assert (link.get_attribute("href") or "").endswith(f"cases/{case.id}/")
    ask(page, book.registry.units[case.factory].enterprise)
    page.locator("[data-cases] li a", has_text=case.title).wait_for()
    gone = next(case for case in book.cases if book.withdrawn(case))
    ask(page, gone.title)
    assert page.locator("[data-cases] a", has_text=gone.title).count() == 0


def test_nothing_found_says_so_and_what_to_do(page: Page) -> None:
    assert ask(page, "没有这样的名字") == []
    assert "没有符合条件的单元" in page.locator("[data-none]").inner_text()
    assert not page.locator(".results table").is_visible()
    page.locator("#find-q").fill("")
    page.locator(".results table").wait_for()
    assert not page.locator("[data-none]").is_visible()


def test_half_a_word_in_an_input_method_is_no_question(page: Page) -> None:
    page.evaluate(
        """() => { const q = document.getElementById("find-q"); q.value = "qilun";
        q.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true })); }"""
    )
    page.wait_for_timeout(400)
    assert "找到" not in page.locator("[data-found]").inner_text()
    page.evaluate(
        """() => { const q = document.getElementById("find-q"); q.value = "汽轮";
        q.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })); }"""
    )
    assert found(page) > 0


def test_the_box_in_the_head_leads_here_from_every_page(browser: Browser, host: str, book: Book) -> None:
    case = book.cases[0]
    for address in ("tiers/", f"cases/{case.id}/", "factories/2301-0001/", "update/"):
        with opened(browser, **WIDE) as page:
            page.goto(host + address)
            box = page.get_by_role("search", name="全站查询").get_by_role("searchbox")
            box.fill("汽轮机")
            box.press("Enter")
            page.wait_for_url(lambda url: url == host + "directory/?q=" + quote("汽轮机"))
            assert found(page) > 0
            assert page.locator("#find-q").input_value() == "汽轮机"


# --- Choosing -----------------------------------------------------------------------------------------------------------


def option(page: Page, name: str, value: str) -> int:
    """How many a filter promises."""
    return int(page.locator(f"label.option:has(input[name={name}][value='{value}']) .n").inner_text())


def test_a_count_is_what_choosing_gives(page: Page) -> None:
    for name, value in (("tier", "advanced"), ("kind", "智能工厂"), ("status", "valid")):
        promised = option(page, name, value)
        page.locator(f"input[name={name}][value='{value}']").check()
        page.wait_for_function(f"location.search.includes('{name}=')")
        assert found(page) == promised
    # Another value of a filter already used adds to what is there.
    before = found(page)
    more = option(page, "status", "expiring")
    page.locator("input[name=status][value=expiring]").check()
    page.wait_for_function("location.search.includes('expiring')")
    assert found(page) == before + more


def test_a_city_opens_its_counties_and_takes_them_away(page: Page, book: Book) -> None:
    unit = first(book, lambda unit: unit.county and unit.city == "哈尔滨市")
    assert not page.locator("#find-county").is_visible()
    page.select_option("#find-city", "230100")
    page.locator("#find-county").wait_for()
    assert found(page) == sum(unit.city == "哈尔滨市" for unit in book.registry.units.values())
    page.select_option("#find-county", unit.county)
    page.wait_for_function("location.search.includes('county=')")
    assert found(page) == sum(
        other.city == unit.city and other.county == unit.county for other in book.registry.units.values()
    )
    page.select_option("#find-city", "230200")
    page.wait_for_function("!location.search.includes('county=')")
    assert found(page) == sum(unit.city == "齐齐哈尔市" for unit in book.registry.units.values())


def test_an_industry_a_group_and_a_year(page: Page, book: Book) -> None:
    page.select_option("#find-industry", "34")
    page.select_option("#find-group", "341")
    page.wait_for_function("location.search.includes('group=341')")
    assert found(page) == sum(unit.industry == "341" for unit in book.registry.units.values())
    page.get_by_role("button", name="清除筛选").click()
    page.wait_for_function("location.search === ''")
    page.select_option("#find-year", "2025")
    page.wait_for_function("location.search === '?year=2025'")
    assert found(page) == sum(
        any(book.day_of(award).year == 2025 for award in unit.titles) for unit in book.registry.units.values()
    )


def test_a_chip_takes_its_choice_back(page: Page) -> None:
    page.locator("input[name=tier][value=basic]").check()
    page.get_by_role("button", name="去掉 层级：基础级").click()
    page.wait_for_function("location.search === ''")
    assert found(page) == 340
    assert not page.locator("input[name=tier][value=basic]").is_checked()
    assert page.locator("#find-q").evaluate("box => box === document.activeElement")


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("new", lambda book, unit: -(book.standing(unit).since or date.min).toordinal()),
        ("end", lambda book, unit: book.standing(unit).valid_through or date.max),
    ],
)
def test_sorting(page: Page, book: Book, sort: str, key: Any) -> None:
    page.select_option("#find-sort", sort)
    page.wait_for_function(f"location.search === '?sort={sort}'")
    found(page)
    page.wait_for_timeout(150)
    assert (
        ids(page)
        == [unit.id for unit in sorted(book.registry.units.values(), key=lambda u: (key(book, u), u.id))][
            :100
        ]
    )


def test_the_usual_order_is_that_of_the_list_without_script(page: Page, book: Book) -> None:
    before = ids(page)
    page.get_by_role("button", name="清除筛选").click()
    found(page)
    page.wait_for_timeout(150)
    assert ids(page) == before
    assert before == [unit.id for unit in book.in_order(book.registry.units.values())][:100]


# --- The address --------------------------------------------------------------------------------------------------------


def test_an_address_can_be_shared_and_gone_back_from(browser: Browser, page: Page) -> None:
    page.locator("#find-q").fill("哈尔滨")
    page.locator("input[name=tier][value=advanced]").check()
    page.select_option("#find-sort", "end")
    page.wait_for_function("location.search.includes('sort=end')")
    there, seen, url = found(page), ids(page), page.url
    assert f"?q={quote('哈尔滨')}&tier=advanced&sort=end" in url
    with opened(browser, **WIDE) as other:
        other.goto(url)
        assert found(other) == there
        assert ids(other) == seen
        assert other.locator("input[name=tier][value=advanced]").is_checked()
    page.go_back()
    page.wait_for_function("!location.search.includes('sort')")
    assert page.locator("#find-sort").input_value() == ""
    page.go_back()
    page.wait_for_function("!location.search.includes('tier')")
    assert not page.locator("input[name=tier][value=advanced]").is_checked()


def test_pages_of_a_result_have_addresses(page: Page) -> None:
    page.locator("input[name=tier][value=advanced]").check()
    found(page)
    page.get_by_role("link", name="下一页").click()
    page.wait_for_function("location.search.includes('page=2')")
    assert page.locator(".results caption").inner_text().startswith("第 101 至 200 个")
    assert page.locator(".pager [aria-current]").inner_text() == "2"
    assert page.locator(".results tbody a").first.evaluate("link => link === document.activeElement")
    page.reload()
    found(page)
    assert page.locator(".results caption").inner_text().startswith("第 101 至 200 个")


def test_an_odd_address_is_taken_for_what_it_can_mean(browser: Browser, host: str) -> None:
    with opened(browser, **WIDE) as page:
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(
            host + "directory/?tier=nonsense&on=2025-02-30&page=999&sort=x&q=<img src=x onerror=alert(1)>"
        )
        assert found(page) == 0
        assert page.locator("[data-none]").is_visible()
        assert page.locator(".results img").count() == 0
        assert said == []


# --- Any day ------------------------------------------------------------------------------------------------------------


def telling_days(book: Book) -> list[date]:
    """The days on which most changes happen, with the day before and the day after, and some that are far away."""
    turns = book.ledger.transition_days
    chosen = [*turns[:: max(1, len(turns) // 25)], date(2024, 2, 29), book.as_of]
    near = {day + timedelta(days=step) for day in chosen for step in (-1, 0, 1)}
    return sorted(near | {date(2001, 1, 1), date(2150, 12, 31)})


def test_every_unit_on_many_days_is_what_the_rules_say(page: Page, book: Book) -> None:
    """The script derives nothing of its own: mark, tier, since and last day are the standing of the day asked for."""
    days = [day.isoformat() for day in telling_days(book)]
    told = page.evaluate(
        """async (days) => {
          const root = document.getElementById("directory");
          const { RegisterIndex } = await import(new URL("../assets/directory/register-index.js", location.href));
          const { dayText } = await import(new URL("../assets/directory/days.js", location.href));
          const index = new RegisterIndex({ facets: root.dataset.facets, names: root.dataset.names });
          await index.all(false);
          const text = (number) => (number ? dayText(number) : null);
          return Object.fromEntries(days.map((day) => {
            const state = index.on(day);
            return [day, index.ids.map((id, unit) => {
              const life = index.life[unit];
              const tier = state.tier[life] < 0 ? null : index.facets.tiers[state.tier[life]];
              return [id, state.mark[life], tier, text(state.since[life]), text(state.through[life])];
            })];
          }));
        }""",
        days,
    )
    for day in telling_days(book):
        then = Book(book.registry, book.ledger, day)
        for unit, (unit_id, mark, tier, since, through) in zip(
            book.registry.units.values(), told[day.isoformat()], strict=True
        ):
            standing = then.standing(unit)
            ended = None if standing.tier else then.last_listing(unit)
            last = standing.valid_through or (ended.last if ended else None)
            assert [unit_id, mark, tier, since, through] == [
                unit.id,
                words.mark(standing).key,
                standing.tier,
                standing.since.isoformat() if standing.since else None,
                last.isoformat() if last else None,
            ], (unit.id, day)


def test_a_day_to_look_back_from_shows_who_was_listed_then(browser: Browser, host: str, book: Book) -> None:
    unit = first(book, lambda unit: book.account(unit).listings)
    listing = book.account(unit).listings[0]
    for day in (listing.first - timedelta(days=1), listing.first):
        listed = [u for u in book.registry.units.values() if book.ledger.standing(u.id, as_of=day).tier]
        with opened(browser, **WIDE) as page:
            page.goto(f"{host}directory/?on={day}")
            assert found(page) == len(listed)
            assert words.day(day) in page.locator("[data-day]").inner_text()
            page.goto(f"{host}directory/?on={day}&q={unit.id}")
            assert found(page) == (unit in listed)


def test_a_day_asks_for_those_listed_unless_a_status_is_named(page: Page, book: Book) -> None:
    page.locator("#find-on").fill("2025-12-31")
    page.wait_for_function("location.search === '?on=2025-12-31'")
    listed = found(page)
    assert page.locator("input[name=status][value=valid]").is_checked()
    page.locator("input[name=status][value=valid]").uncheck()
    page.locator("input[name=status][value=expiring]").uncheck()
    page.wait_for_function("location.search.includes('status=all')")
    assert found(page) == len(book.registry.units) > listed
    page.get_by_role("button", name="回到数据截至日").click()
    page.wait_for_function("location.search === ''")
    assert page.locator("#find-on").input_value() == ""


def test_a_later_day_says_that_more_may_come(browser: Browser, host: str) -> None:
    with opened(browser, **WIDE) as page:
        page.goto(host + "directory/?on=2027-06-30")
        found(page)
        assert "这一天在数据截至日（2026年11月24日）之后" in page.locator("[data-day]").inner_text()


# --- What leaves the page, and what may fail --------------------------------------------------------------------------------


def test_the_result_downloads_as_csv(page: Page, book: Book) -> None:
    page.locator("input[name=tier][value=basic]").check()
    there = found(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载结果（CSV）").click()
    assert download.value.suggested_filename == "名录-2026-11-24.csv"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == there + 1
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == there
    unit = book.registry.units[rows[0]["编号"]]
    standing = book.standing(unit)
    assert (rows[0]["单元"], rows[0]["企业"], rows[0]["统一社会信用代码"] or None) == (
        unit.name,
        unit.enterprise,
        unit.uscc,
    )
    assert rows[0]["层级"] == "基础级"
    assert rows[0]["有效期至"] == str(standing.valid_through)
    assert rows[0]["网址"].endswith(f"/a/registry/factories/{unit.id}/")


def test_a_spreadsheet_takes_nothing_for_a_formula(page: Page) -> None:
    text = page.evaluate(
        """async () => {
          const root = document.getElementById("directory");
          const { RegisterIndex } = await import(new URL("../assets/directory/register-index.js", location.href));
          const { Rows } = await import(new URL("../assets/directory/rows.js", location.href));
          const { csv } = await import(new URL("../assets/directory/download.js", location.href));
          const { facets, names, codes, cases } = root.dataset;
          const index = new RegisterIndex({ facets, names, codes, cases });
          await index.all(true);
          index.names[0] = "=HYPERLINK(1)";
          index.names[1] = '带"引号",和逗号';
          index.names[2] = "-1+2";
          return csv(index, new Rows(root, index), { units: [0, 1, 2], day: "2026-11-24" });
        }"""
    )
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row[1] for row in rows] == ["单元", "'=HYPERLINK(1)", '带"引号",和逗号', "'-1+2"]


def test_an_index_that_does_not_come_is_told_and_asked_for_again(page: Page) -> None:
    page.route("**/directory/index/*", lambda route: route.abort())
    page.locator("#find-q").fill("汽轮机")
    page.get_by_text("名录没有载入").wait_for()
    assert page.locator(".results tbody tr").count() == 100
    page.unroute("**/directory/index/*")
    page.get_by_role("button", name="再试一次").click()
    assert found(page) > 0


def test_without_script_there_is_a_list_and_a_word_about_it(browser: Browser, host: str) -> None:
    with opened(browser, java_script_enabled=False, **WIDE) as page:
        page.goto(host + "directory/")
        assert page.locator("#content noscript").inner_text().startswith("搜索、筛选和查看某一天的名单需要")
        for part in (".find-row", ".filters", ".results-tools"):
            assert not page.locator(part).is_visible()
        assert page.locator(".results tbody tr").count() == 100
        assert wide(page) > 1000


def wide(page: Page) -> float:
    box = page.locator(".results table").bounding_box()
    assert box
    return box["width"]


def test_a_result_prints_over_the_whole_paper(browser: Browser, host: str) -> None:
    with opened(browser, viewport={"width": 800, "height": 1100}) as page:
        page.goto(host + "directory/?tier=excellent")
        found(page)
        page.emulate_media(media="print")
        assert wide(page) > 700
        assert not page.locator(".filters").is_visible()
        assert not page.locator(".find-row").is_visible()


# --- On a phone ---------------------------------------------------------------------------------------------------------


def test_the_filters_open_as_a_sheet_on_a_phone(browser: Browser, host: str) -> None:
    with opened(browser, has_touch=True, **PHONE) as page:
        page.goto(host + "directory/")
        button = page.locator("[data-do=open]")
        assert not page.locator(".filters").is_visible()
        button.click()
        sheet = page.get_by_role("dialog", name="筛选", exact=True)
        sheet.wait_for()
        sheet.locator("input[name=tier][value=excellent]").check()
        page.wait_for_function("location.search === '?tier=excellent'")
        page.keyboard.press("Escape")
        assert not page.locator(".filters").is_visible()
        assert button.evaluate("button => button === document.activeElement")
        assert button.inner_text().replace(" ", "") == "筛选1"
        assert found(page) == 4
        button.click()
        sheet.get_by_role("button", name="查看 4 个结果").click()
        assert not sheet.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
