"""The adapter to MkDocs or ProperDocs, and the only importer of either: the theme's pages and shells around the register's own.

MkDocs renders empty shells alone: one for each page that the navigation names, and one a section and depth. `frame` asks it
for them; where MkDocs itself is started (`mkdocs build`, `mkdocs serve`), the pages are poured once it is done. May import
`output` and what stands above.
"""

import logging
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

if "mkdocs" not in sys.modules and find_spec("mkdocs") is None:
    # ProperDocs, the fork of MkDocs 1.6, answers to the name of what it was forked from.
    import properdocs.replacement  # noqa: F401

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
from mkdocs.utils import clean_directory

from generator import clock, forms, history, urls
from generator.checks.desk import Examined, examine
from generator.frame import DOCS, HEAD, SHELLS, Frame, Place, Setting
from generator.output import Output
from generator.problems import as_text
from generator.publish import Tree, published
from generator.shell import MARKS, Shell, finished
from generator.site.contents import Site
from generator.site.press import NAVIGATION
from generator.views.book import Book
from generator.watching import observer

# How Markdown writes what has no content.
_CLOSED = re.compile(r"<((?:br|hr|img)\b[^<>]*?) ?/>")
# No id of a tier or an authority begins with an underscore, so no page has a shell's address.
_SHELL = "_shell"


class RegistryConfig(base.Config):
    """The plugin's options; the environment's REGISTRY and AS_OF go before them."""

    registry = options.Type(str, default="registry")
    as_of = options.Optional(options.Type(str))


class RegistryPlugin(BasePlugin[RegistryConfig]):
    """Turns a registry into pages of the site, or, where a setting is given, makes the frame alone."""

    setting: Setting | None = None
    book: Book | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the registry; with errors in it nothing is built and the last site stays."""
        here = Path(config.config_file_path).absolute().parent
        if Path(config.docs_dir) != here / DOCS:
            raise PluginError(f"mkdocs.yml 里的 docs_dir 应是 {DOCS}，请改回。")
        setting = self.setting
        if setting is None:
            self.root = Path(clock.setting("REGISTRY") or here / self.config.registry)
            self.book = self._book()
            # Read before MkDocs empties the folder.
            self.replaced = published(Path(config.site_dir), urls.MANIFEST)
            setting = Setting.of(self.book)
        config.site_name = setting.name
        config.nav = [{name: _source(address)} for name, address in NAVIGATION]
        config.extra["register"] = setting.register
        self.shells: dict[Place, Shell] = {}
        self.scripts: dict[str, bytes] = {}
        return config

    def _book(self) -> Book:
        given = clock.setting("AS_OF") or self.config.as_of
        as_of = forms.day(given) if given else clock.today()
        if isinstance(as_of, str):
            raise PluginError(f"数据截至日“{given}”读不懂：{as_of}。")
        return book_of(examine(self.root, as_of=as_of))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a shell for each page that the navigation names, and one a section and depth for all others."""
        self.wanted = {_source(address): (address, HEAD) for _, address in NAVIGATION}
        self.wanted |= {_shell(found): found for found in SHELLS}
        # What nobody loads is not published: the theme's own search is not used.
        for file in [file for file in files if file.src_uri.startswith("assets/javascripts/lunr/")]:
            files.remove(file)
        for source in self.wanted:
            files.append(MkDocsFile.generated(config, source, content="# 名录 {#content}\n"))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note the pages written by hand, for the site map."""
        pages = files.documentation_pages()
        self.written = [file.url for file in pages if file.src_uri not in self.wanted]
        return nav

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put marks in place of what differs between the pages of a shell; a page written by hand is HTML, not XML."""
        found = self.wanted.get(page.file.src_uri)
        if found is None:
            return _CLOSED.sub(r"<\1>", html)
        if found[1] != HEAD:
            page.title = MARKS["title"]
        page.meta = {name: MARKS[name] for name in ("title", "description", "kind", "head")}
        page.canonical_url = MARKS["canonical"]
        return MARKS["body"]

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Light up the section of the navigation a shell belongs to."""
        wanted = self.wanted.get(page.file.src_uri)
        section = _source(wanted[0]) if wanted else page.file.src_uri
        for item in nav.pages:
            item.active = item.file.src_uri == section
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep a shell for pouring instead of writing it."""
        output = finished(output, self.scripts)
        wanted = self.wanted.get(page.file.src_uri)
        if wanted is None:
            return output
        self.shells[wanted] = Shell(output)
        return ""

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish the page for lost visitors, and leave the site map to the register."""
        return "" if template_name.startswith("sitemap") else finished(output_content, self.scripts)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Where MkDocs was started by itself, pour every page into its shell, and write the files that are no pages."""
        if self.book is None:
            return
        # What MkDocs has written is written once more with all else, so that the account of what was published has it.
        made = self.frame(config, {**dict(_files(config.site_dir)), **self.scripts})
        clean_directory(config.site_dir)
        commit = history.commit(self.root)
        site = Site(self.book, base=made.base, commit=commit, replaced=self.replaced)
        Output(site=site, frame=made, tree=Tree(Path(config.site_dir))).write()

    def frame(self, config: MkDocsConfig, files: dict[str, bytes]) -> Frame:
        """Return the frame that was rendered, with these files of it."""
        return Frame(
            base=config.site_url or "http://localhost/",
            shells=self.shells,
            files=files,
            addresses=self.written,
        )

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Build again when a record, a template or a style changes."""
        server.watch(str(self.root))
        server.watch(str(Path(__file__).parent / "templates"))
        server.watch(str(Path(__file__).parent / "theme"))
        return server


def book_of(examined: Examined) -> Book:
    """Return the book of an examined registry, or raise PluginError with its problems where it has errors."""
    if not examined.publishable or examined.registry is None or examined.ledger is None:
        raise PluginError(f"名录有错误，没有生成网站，原有网站不变：\n{as_text(examined.report.errors)}")
    return Book(examined.registry, examined.ledger, examined.as_of)


def frame(config_file: Path, setting: Setting) -> Frame:
    """Return the frame of a site, as MkDocs renders it.

    Args:
        config_file: mkdocs.yml.
        setting: what the frame says of the registry.
    """
    _quiet()
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(config_file), site_dir=folder)
        plugin = config.plugins["smart-factory-registry"]
        assert isinstance(plugin, RegistryPlugin)
        plugin.setting = setting
        mkdocs_build(config)
        return plugin.frame(config, {**dict(_files(folder)), **plugin.scripts})


def serve(
    root: Path, *, host: str, port: int, mount: str, watched: Iterable[Path], build: Callable[[], object]
) -> None:
    """Serve a folder until it is interrupted; when a watched file changes, build and let browsers load the page again.

    Args:
        root: the folder that holds the site.
        host: the address to listen on.
        port: the port to listen on.
        mount: the path below which the site is served.
        watched: files and folders that are looked after.
        build: builds the site; it tells of errors itself.
    """
    _quiet()

    def builder() -> None:
        build()

    server = LiveReloadServer(builder, host, port, str(root), mount)
    server.build_delay = 0.05
    watched = tuple(watched)
    server.observer = observer(watched)  # type: ignore[assignment]
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()
    finally:
        server.shutdown()


def _quiet() -> None:
    """Have MkDocs, or ProperDocs, tell of warnings and errors alone."""
    for name in ("mkdocs", "properdocs"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _files(folder: str) -> Iterator[tuple[str, bytes]]:
    for below, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(below, name)
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _source(address: str) -> str:
    return f"{address}index.md"


def _shell(found: Place) -> str:
    """The source of a shell: as deep as its pages, in a folder that no page has.

    A shell beside the pages of its section would get links that are right for it alone: from directory/x/ the directory
    is "../", from factories/1/ it is not.
    """
    section, depth = found
    folders = [f"{_SHELL}-{section.strip('/')}", *([_SHELL] * depth)][:depth]
    return "/".join(folders) + "/index.md"
