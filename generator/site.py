"""The table of contents of a build: every page and every file, in the order they are made.

May import everything but the faces. The adapter asks for `heads` (pages the navigation names), then pours `pages`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from generator import exports, feeds, urls
from generator.render import Renderer
from generator.views import words
from generator.views.book import Book
from generator.views.cases import ScenePage, case_page, cases_page, scene_pages, scenes_page
from generator.views.documents import document_pages, documents_page
from generator.views.front import about_page, home_page, rules_page
from generator.views.groups import (
    GroupPage,
    cities_index,
    city_pages,
    directory_pages,
    industries_index,
    industry_pages,
    tier_pages,
    tiers_index,
)
from generator.views.notices import expired_pages, expiring_pages, reports_page, revoked_page
from generator.views.tables import Link, Pager, parts
from generator.views.units import unit_page

HOME = Link(text="首页", address=urls.HOME)
SECTIONS = {
    urls.DIRECTORY: "名录",
    urls.TIERS: "层级",
    urls.CITIES: "地市",
    urls.INDUSTRIES: "行业",
    urls.CASES: "典型案例",
    urls.NOTICES: "公告",
    urls.DOCUMENTS: "文件",
    urls.ABOUT: "关于",
}
_NOTICES = {
    urls.NOTICES: "未来 36 个月到期的单元，按月排列。",
    urls.EXPIRED: "有效期届满、已不在名单中的单元。",
    urls.REVOKED: "被撤销的称号，和仍在限制期内的企业。",
    urls.REPORTS: "应报和已报的年度进展报告。",
}
NAVIGATION = (("首页", urls.HOME), *((name, address) for address, name in SECTIONS.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its address, the section of the navigation it belongs to, and its finished body."""

    address: str
    section: str
    title: str
    description: str
    body: str

    @property
    def head(self) -> bool:
        """Whether the navigation names this very page."""
        return self.address == self.section


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that is no page."""

    path: str
    content: bytes


class Site:
    """All that one registry publishes on one day."""

    def __init__(self, book: Book, *, base: str) -> None:
        """Prepare a build.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash, for what must be absolute.
        """
        self.book = book
        self.base = base
        self._renderer = Renderer(as_of=book.as_of)

    def _page(
        self,
        template: str,
        view: object,
        *,
        address: str,
        section: str,
        title: str,
        description: str,
        trail: Iterable[Link] = (),
    ) -> Page:
        above = [HOME] if address != urls.HOME else []
        if section not in (address, urls.HOME):
            above.append(Link(text=SECTIONS[section], address=section))
        body = self._renderer.body(template, view, here=address, trail=[*above, *trail])
        return Page(address=address, section=section, title=title, description=description, body=body)

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        yield from self._front()
        yield from self._groups()
        yield from self._notices()
        yield from self._documents()
        yield from self._cases()
        yield from self._units()

    def count(self) -> int:
        """Return about how many pages there are, for showing how far a build is."""
        registry = self.book.registry
        return len(registry.units) + len(registry.documents) + len(self.book.cases) + 100

    def _front(self) -> Iterator[Page]:
        book, policy = self.book, self.book.policy
        about = f"{policy.region.name}智能工厂名录：按层级、地市、行业查询，核验称号是否有效。"
        yield self._page(
            "home.html",
            home_page(book),
            address=urls.HOME,
            section=urls.HOME,
            title=policy.name,
            description=about,
        )
        yield self._page(
            "about.html",
            about_page(book),
            address=urls.ABOUT,
            section=urls.ABOUT,
            title="关于本名录",
            description="本名录收录什么、依据什么、怎样查询。",
        )
        yield self._page(
            "rules.html",
            rules_page(book),
            address=urls.RULES,
            section=urls.ABOUT,
            title="列入规则",
            description="各层级、各称号的列入条件、有效期和依据。",
        )

    def _groups(self) -> Iterator[Page]:
        book = self.book
        yield from self._listed(directory_pages(book), urls.DIRECTORY)
        for section, index in (
            (urls.TIERS, tiers_index(book)),
            (urls.CITIES, cities_index(book)),
            (urls.INDUSTRIES, industries_index(book)),
        ):
            yield self._page(
                "index.html",
                index,
                address=section,
                section=section,
                title=index.title,
                description=index.intro,
            )
        for tier in reversed(book.policy.tiers):
            yield from self._listed(tier_pages(book, tier), urls.TIERS)
        for city in book.registry.cities.prefectures:
            yield from self._listed(city_pages(book, city), urls.CITIES)
        for section_ in book.registry.industries.sections:
            for division in section_.divisions:
                yield from self._listed(industry_pages(book, division.code), urls.INDUSTRIES)

    def _listed(self, pages: Iterable[GroupPage], section: str) -> Iterator[Page]:
        for page in pages:
            pager = page.slice.pager
            yield self._part(
                "group.html",
                page,
                pager,
                address=pager.pages[0].address,
                section=section,
                title=page.title,
                description=f"{page.title}：{page.intro}",
            )

    def _notices(self) -> Iterator[Page]:
        book = self.book
        for expiring in expiring_pages(book):
            yield self._notice("expiring.html", expiring, urls.NOTICES, "到期预告", expiring.pager)
        for expired in expired_pages(book):
            yield self._notice("expired.html", expired, urls.EXPIRED, "已到期", expired.pager)
        yield self._notice("revoked.html", revoked_page(book), urls.REVOKED, "撤销与限制")
        yield self._notice("reports.html", reports_page(book), urls.REPORTS, "年度进展报告")

    def _notice(
        self, template: str, view: object, address: str, title: str, pager: Pager | None = None
    ) -> Page:
        return self._part(
            template,
            view,
            pager,
            address=address,
            section=urls.NOTICES,
            title=title,
            description=_NOTICES[address],
        )

    def _part(
        self,
        template: str,
        view: object,
        pager: Pager | None,
        *,
        address: str,
        section: str,
        title: str,
        description: str,
        trail: tuple[Link, ...] = (),
    ) -> Page:
        """One page of a list: further pages are numbered, and the first one stands in their trail."""
        further = pager is not None and pager.number > 1
        return self._page(
            template,
            view,
            address=urls.numbered(address, pager.number) if pager else address,
            section=section,
            title=f"{title}（第 {pager.number} 页）" if pager and further else title,
            description=description,
            trail=(*trail, Link(text=title, address=address)) if further and address != section else trail,
        )

    def _documents(self) -> Iterator[Page]:
        yield self._page(
            "documents.html",
            documents_page(self.book),
            address=urls.DOCUMENTS,
            section=urls.DOCUMENTS,
            title="文件",
            description="授予和撤销称号所依据的文件。",
        )
        for document in self.book.registry.documents.values():
            for page in document_pages(self.book, document):
                yield self._part(
                    "document.html",
                    page,
                    page.pager,
                    address=self.book.document_address(document),
                    section=urls.DOCUMENTS,
                    title=document.number,
                    description=document.title,
                )

    def _cases(self) -> Iterator[Page]:
        book = self.book
        cases = book.cases
        for pager in parts(urls.CASES, len(cases)):
            yield self._part(
                "cases.html",
                cases_page(book, cases, pager),
                pager,
                address=urls.CASES,
                section=urls.CASES,
                title="典型案例",
                description="智能工厂建设的典型案例，按年份和场景查阅。",
            )
        for case in cases:
            yield self._page(
                "case.html",
                case_page(book, case),
                address=urls.case(case.id),
                section=urls.CASES,
                title=case.title,
                description=case.summary,
            )
        scenes = scenes_page(book)
        yield self._page(
            "scenes.html",
            scenes,
            address=urls.SCENES,
            section=urls.CASES,
            title="典型场景",
            description=scenes.title or "典型案例所用的场景分类。",
        )
        for scene in book.scenes:
            for page in scene_pages(book, scene.number):
                yield self._scene(page)

    def _scene(self, page: ScenePage) -> Page:
        return self._part(
            "scene.html",
            page,
            page.pager,
            address=urls.scene(page.number),
            section=urls.CASES,
            title=page.name,
            description=f"典型场景“{page.name}”（{page.group}）的典型案例。",
            trail=(Link(text="典型场景", address=urls.SCENES),),
        )

    def _units(self) -> Iterator[Page]:
        for unit in self.book.registry.units.values():
            yield self._page(
                "unit.html",
                unit_page(self.book, unit),
                address=urls.unit(unit.id),
                section=urls.DIRECTORY,
                title=unit.name,
                description=f"{unit.enterprise}：{words.answer(self.book, unit)}",
            )

    def files(self, addresses: Iterable[str], root: Path) -> Iterator[File]:
        """Yield every file that is no page.

        Args:
            addresses: the addresses of all pages, for the site map.
            root: the folder of the registry, whose unit records are published as they are.
        """
        yield File(path=urls.CASES_FEED, content=feeds.cases_feed(self.book, self.base))
        yield File(path=urls.FACTORIES_API, content=exports.as_json(exports.factories(self.book)))
        yield File(path=urls.SITEMAP, content=self._sitemap(addresses))
        # Material takes every rel=alternate for a translation and asks for the site map beside it.
        yield File(path=urls.FEEDS_SITEMAP, content=self._sitemap([urls.CASES_FEED]))
        for unit in self.book.registry.units.values():
            path = root / "factories" / self.book.city(unit).code / f"{unit.id}.yml"
            yield File(path=urls.record(unit.id), content=path.read_bytes())

    def _sitemap(self, addresses: Iterable[str]) -> bytes:
        rows = "".join(
            f"<url><loc>{escape(self.base + address)}</loc></url>\n" for address in sorted(addresses)
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return f"{head}{rows}</urlset>\n".encode()
