"""The form in Chromium, from logging in to a branch that passes the check; its policy is strict and holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import AS_OF, run
from tests.form.conftest import HAND, LAID_OUT_BY_HAND, Desk, entered, saved

# Two busy cores take their time over five megabytes of script.
expect.set_options(timeout=30_000)

SUMMARY = "叶片加工车间按订单交期自动排产，换型次数和在制品都明显减少。"
BODY = "## 建设内容\n\n排产系统每两小时重排一次：\n\n- 一键下发\n- 异常插单\n"


@pytest.fixture(scope="module")
def page(chromium: Browser, desk: Desk) -> Iterator[Page]:
    """A page where one is logged in, whose policy was never broken, and that asked no host but the one it was told."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    found = context.new_page()
    found.set_default_timeout(30_000)
    broken: list[str] = []
    asked: set[str] = set()
    found.on("request", lambda request: asked.add(request.url))
    # Decap rejects a promise with nothing where a field is not right yet.
    found.on("pageerror", lambda error: broken.append(str(error)) if str(error) != "undefined" else None)
    found.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => (window.broken ??= []).push(e.violatedDirective))"
    )
    entered(found, desk)
    yield found
    assert found.evaluate("window.broken ?? []") == []
    assert broken == []
    allowed = (desk.address, desk.api, "data:", "blob:")
    assert [url for url in asked if not url.startswith(allowed)] == []
    context.close()


def opened(page: Page, desk: Desk, collection: str, heading: str, then: str) -> None:
    """Open a collection, then an entry of it, as one does who clicks."""
    page.goto(f"{desk.address}admin/#/collections/{collection}")
    page.get_by_role("heading", name=heading).wait_for()
    page.goto(f"{desk.address}admin/#/collections/{collection}/{then}")


def chosen(page: Page, label: str, *texts: str) -> None:
    page.get_by_label(label, exact=True).last.click()
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def write_case(page: Page, desk: Desk, title: str) -> None:
    opened(page, desk, "cases", "典型案例", "new")
    expect(page.get_by_label("案例标题")).to_have_value("")
    page.get_by_label("案例标题").fill(title)
    page.get_by_label("单元编号").fill("2310-0014")
    page.get_by_text("牡丹江示例", exact=False).first.wait_for(state="attached")
    chosen(page, "场景版本", "2025")
    chosen(page, "场景序号", "24", "9 ")
    page.get_by_label("发布日期").fill("2026-03-12")
    page.get_by_label("摘要").fill(SUMMARY)
    page.get_by_role("button", name="新增成效").click()
    page.get_by_label("指标").fill("订单交付周期")
    page.get_by_label("建设前").fill("20.50")
    page.get_by_label("建设后").fill("14")
    page.get_by_label("单位").fill("天")
    page.get_by_label("正文").fill(BODY)
    saved(page)


def test_a_case_becomes_a_branch_that_passes_the_check(page: Page, desk: Desk, tmp_path: Path) -> None:
    title = "示例：多品种'小批量'混线 # 排产: 一"
    write_case(page, desk, title)
    assert desk.drafts() == ["cms/cases/2026/2026-0026"]
    assert page.url.endswith("#/collections/cases/entries/2026/2026-0026")
    changed = desk.git("diff", "--name-status", "main", desk.drafts()[0]).split()
    assert changed == ["A", "registry/cases/2026/2026-0026.yml"]
    registry = desk.checked_out(desk.drafts()[0], tmp_path / "branch")
    assert (registry / "cases/2026/2026-0026.yml").read_text(encoding="utf-8") == (
        "title: '示例：多品种''小批量''混线 # 排产: 一'\n"
        "factory: 2310-0014\n"
        "edition: 2025\n"
        "scenes: [24, 9]\n"
        "published: 2026-03-12\n"
        f"summary: {SUMMARY}\n"
        "metrics:\n"
        "  - {name: 订单交付周期, before: 20.50, after: 14, unit: 天}\n"
        "body: |\n"
        "  ## 建设内容\n\n  排产系统每两小时重排一次：\n\n  - 一键下发\n  - 异常插单\n"
    )
    done = run("check", "--registry", registry, "--as-of", AS_OF, "--format", "json")
    assert done.code == 0, done.out + done.err
    assert "2026-0026" not in done.out

    # The number of a draft is taken, though the main branch does not have it yet.
    write_case(page, desk, "另一个案例")
    assert desk.drafts() == ["cms/cases/2026/2026-0026", "cms/cases/2026/2026-0027"]


def test_an_act_on_a_unit_changes_its_own_lines(page: Page, desk: Desk, tmp_path: Path) -> None:
    opened(page, desk, "factories-230100", "单元：哈尔滨市", "entries/2301-0007")
    expect(page.get_by_label("单元名称")).to_have_value("叶轮加工数字化车间")
    page.get_by_role("button", name="新增称号").click()
    chosen(page, "称号", "先进级数字化车间")
    page.get_by_label("文号").last.fill("黑示例工信发〔2025〕98号")
    page.get_by_role("button", name="新增退出").click()
    page.get_by_label("退出日期").fill("2026-09-01")
    chosen(page, "原因", "注销")
    saved(page)
    (draft,) = [name for name in desk.drafts() if "2301-0007" in name]
    registry = desk.checked_out(draft, tmp_path / "branch")
    text = (registry.parent / HAND).read_text(encoding="utf-8")
    begun, end = LAID_OUT_BY_HAND.rsplit("# 完\n", 1)
    assert end == ""
    assert text == begun + (
        "    - {title: 先进级数字化车间, document: 黑示例工信发〔2025〕98号}\n"
        "closed: {date: 2026-09-01, reason: 注销}\n"
        "# 完\n"
    )
    done = run("check", "--registry", registry, "--as-of", AS_OF)
    assert done.code == 0, done.out + done.err
    told = run(
        "diff",
        "main",
        draft,
        "--registry",
        desk.repository / "registry",
        "--as-of",
        AS_OF,
        "--format",
        "json",
    )
    assert told.code == 0, told.err
    assert "2301-0007" in told.out


def test_a_document_is_named_after_its_number(page: Page, desk: Desk, tmp_path: Path) -> None:
    opened(page, desk, "documents-hlj", "文件：黑龙江省工业和信息化厅", "new")
    expect(page.get_by_label("标题")).to_have_value("")
    page.get_by_label("文号").fill("黑示例工信发【2026】120号")
    page.get_by_label("标题").fill("关于公布示例名单的通知")
    page.get_by_label("成文日期").fill("2026-10-20")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("文号要写成“发文机关代字〔年份〕序号号”").wait_for()
    page.get_by_label("文号").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("黑示例工信发〔2026〕120号")
    saved(page)
    (draft,) = [name for name in desk.drafts() if "documents" in name]
    assert draft == "cms/documents-hlj/2026-120"
    registry = desk.checked_out(draft, tmp_path / "branch")
    assert run("check", "--registry", registry, "--as-of", AS_OF).code == 0
    assert (registry / "documents/hlj/2026-120.yml").read_text(encoding="utf-8") == (
        "number: 黑示例工信发〔2026〕120号\ntitle: 关于公布示例名单的通知\ndate: 2026-10-20\n"
    )


def test_it_never_merges_nor_deletes_nor_uploads_and_speaks_chinese(page: Page, desk: Desk) -> None:
    assert page.get_by_role("button", name="媒体").count() == 0
    opened(page, desk, "cases", "典型案例", "entries/2026/2026-0001")
    expect(page.get_by_label("案例标题")).not_to_have_value("")
    page.get_by_role("button", name="已发布").click()
    page.get_by_role("menuitem").first.wait_for()
    assert [found.inner_text() for found in page.get_by_role("menuitem").all()] == ["复制"]
    assert page.get_by_role("button", name="删除").count() == 0
    left = page.evaluate(
        """() => {
          const flat = (level, path = "") => Object.entries(level).flatMap(([key, one]) =>
            typeof one === "object" ? flat(one, path + key + ".") : [path + key]);
          const there = new Set(flat(CMS.getLocale("zh_Hans")));
          return flat(CMS.getLocale("en")).filter((key) => !there.has(key));
        }"""
    )
    assert left == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_cannot_start_says_so(chromium: Browser, desk: Desk) -> None:
    page = chromium.new_page()
    page.route("**/form.json", lambda route: route.fulfill(status=404))
    page.goto(f"{desk.address}admin/")
    page.get_by_text("网上填报打不开：form.json 404。").wait_for()
    page.close()


def test_the_page_is_told_what_the_registry_has(desk: Desk) -> None:
    told = json.loads((desk.repository.parent / "site/admin/form.json").read_text(encoding="utf-8"))
    assert told["taken"] == {"2025": 15, "2026": 25}
    assert len(told["suggested"]["units"]) == 340
