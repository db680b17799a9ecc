"""The adapter to MkDocs, and the only importer of it: the theme's pages and shells around the register's own.

MkDocs renders the pages that the navigation names, and one empty shell a section and depth; every other page is
poured into its shell. May import `site` and what stands above.
"""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import base, load_config
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File as MkDocsFile
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from generator import clock, forms, history, publish, urls
from generator.checks.desk import Examined, examine
from generator.problems import as_text
from generator.shell import MARKS, Shell, alternates, finished
from generator.site.contents import Site
from generator.site.press import NAVIGATION, Page
from generator.views import words
from generator.views.book import Book

Progress = Callable[[Iterable[Page], int], Iterable[Page]]

# No id of a tier or an authority begins with an underscore, so no page has a shell's address.
_SHELL = "_shell"


class RegistryConfig(base.Config):
    """The plugin's options; the environment's REGISTRY and AS_OF go before them."""

    registry = options.Type(str, default="registry")
    as_of = options.Optional(options.Type(str))


class RegistryPlugin(BasePlugin[RegistryConfig]):
    """Turns a registry into pages of the site."""

    examined: Examined | None = None
    progress: Progress | None = None
    replaces: Path | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the registry; with errors in it nothing is built and the last site stays."""
        here = Path(config.config_file_path).parent
        self.root = Path(clock.setting("REGISTRY") or here / self.config.registry)
        given = clock.setting("AS_OF") or self.config.as_of
        if self.examined is None:
            as_of = forms.day(given) if given else clock.today()
            if isinstance(as_of, str):
                raise PluginError(f"数据截至日“{given}”读不懂：{as_of}。")
            self.examined = examine(self.root, as_of=as_of)
        else:
            self.root = self.examined.root
        examined = self.examined
        self.examined = None
        if not examined.publishable or examined.registry is None or examined.ledger is None:
            raise PluginError(f"名录有错误，没有生成网站，原有网站不变：\n{as_text(examined.report.errors)}")
        book = Book(examined.registry, examined.ledger, examined.as_of)
        config.site_name = book.policy.name
        config.nav = [{name: _source(address)} for name, address in NAVIGATION]
        config.extra["register"] = {
            "as_of": words.day(book.as_of),
            "next_transition": book.ledger.next_transition(as_of=book.as_of),
            "demonstration": book.policy.demonstration,
            "site": book.policy.site,
            "region": book.policy.region.name,
        }
        # Read before MkDocs empties the folder.
        last = publish.published(self.replaces or Path(config.site_dir), urls.MANIFEST)
        self.site = Site(
            book,
            base=config.site_url or "http://localhost/",
            commit=history.commit(self.root),
            replaced=last,
        )
        config.extra["register"]["feeds"] = self.site.everywhere
        self.shells: dict[tuple[str, int], Shell] = {}
        self.scripts: dict[str, bytes] = {}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages that the navigation names, and one shell a section and depth."""
        self.heads: dict[str, Page] = {}
        self.poured: list[Page] = []
        pages: Iterable[Page] = self.site.pages()
        for page in self.progress(pages, self.site.count()) if self.progress else pages:
            if page.head:
                self.heads[_source(page.address)] = page
            else:
                self.poured.append(page)
        self.wanted = {_shell(page): page for page in self.poured}
        for source in (*self.heads, *self.wanted):
            files.append(MkDocsFile.generated(config, source, content="# 名录 {#content}\n"))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the pages written by hand, for the site map."""
        mine = {*self.heads, *self.wanted}
        self.written = [file.url for file in files.documentation_pages() if file.src_uri not in mine]
        return nav

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the finished body, or the mark for one, in place of the text of a generated page."""
        source = page.file.src_uri
        head = self.heads.get(source)
        if head is not None:
            page.meta = {
                "title": head.title,
                "description": head.description,
                "kind": head.kind,
                "head": _feeds(head),
            }
            return head.body
        if source in self.wanted:
            page.title = MARKS["title"]
            page.meta = {name: MARKS[name] for name in ("title", "description", "kind", "head")}
            page.canonical_url = MARKS["canonical"]
            return MARKS["body"]
        return html

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Light up the section of the navigation a shell belongs to."""
        wanted = self.wanted.get(page.file.src_uri)
        section = _source(wanted.section) if wanted else page.file.src_uri
        for item in nav.pages:
            item.active = item.file.src_uri == section
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep a shell for pouring instead of writing it."""
        output = finished(output, self.scripts)
        wanted = self.wanted.get(page.file.src_uri)
        if wanted is None:
            return output
        self.shells[_key(wanted)] = Shell(output)
        return ""

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish the page for lost visitors, and leave the site map to the register."""
        return "" if template_name.startswith("sitemap") else finished(output_content, self.scripts)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pour every other page, and write the files that are no pages."""
        target = Path(config.site_dir)
        for page in self.poured:
            poured = self.shells[_key(page)].pour(
                title=page.title,
                description=page.description,
                canonical=self.site.base + page.address,
                kind=page.kind,
                head=_feeds(page),
                body=page.body,
            )
            _write(target / page.address / "index.html", poured.encode())
        for path, content in self.scripts.items():
            _write(target / path, content)
        addresses = [page.address for page in (*self.heads.values(), *self.poured)]
        for file in self.site.files([*addresses, *self.written]):
            _write(target / file.path, file.content)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Build again when a record, a template or a style changes."""
        server.watch(str(self.root))
        server.watch(str(Path(__file__).parent / "templates"))
        server.watch(str(Path(__file__).parent / "theme"))
        return server


def build(
    config_file: Path, site: Path, examined: Examined, progress: Progress | None = None, *, replaces: Path
) -> None:
    """Build the site of an examined registry into a folder.

    Args:
        config_file: mkdocs.yml.
        site: the folder, emptied first.
        examined: a registry without errors.
        progress: wraps the making of the pages, to show how far it is.
        replaces: the folder whose place it will take, for the link to the manifest there.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(config_file), site_dir=str(site))
    plugin = config.plugins["smart-factory-registry"]
    assert isinstance(plugin, RegistryPlugin)
    plugin.examined, plugin.progress, plugin.replaces = examined, progress, replaces
    mkdocs_build(config)


def _source(address: str) -> str:
    return f"{address}index.md"


def _feeds(page: Page) -> str:
    return alternates(
        (feed.media, feed.title, urls.relative(page.address, feed.address)) for feed in page.feeds
    )


def _key(page: Page) -> tuple[str, int]:
    return page.section, page.address.count("/")


def _shell(page: Page) -> str:
    """The source of the shell for a page: as deep as the page itself, in a folder that no page has.

    A shell beside the pages of its section would get links that are right for it alone: from directory/x/ the directory
    is "../", from factories/1/ it is not.
    """
    section, depth = _key(page)
    folders = [f"{_SHELL}-{section.strip('/') or 'home'}", *([_SHELL] * depth)][: max(1, depth)]
    return "/".join(folders) + "/index.md"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
