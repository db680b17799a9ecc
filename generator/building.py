"""A build from an examined registry to the served site: what surrounds the pages, the pages, the swap, and what is remembered.

May import everything but the faces. There is one way: a build that finds nothing in the cache makes everything, one that
finds the last site's inventory takes over what is made of the same.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator import frame, history, inventory, urls
from generator.cache import Cache, digest
from generator.checks.desk import Examined
from generator.frame import Frame, Setting
from generator.output import Output, Progress
from generator.packing import pack
from generator.publish import claimed, published, replacing
from generator.reading import VOCABULARY_FILES
from generator.site.contents import Site
from generator.standby import Standby, standing_by
from generator.views.book import Book

if TYPE_CHECKING:
    from generator.form.settings import Settings


def build(
    config_file: Path,
    site: Path,
    examined: Examined,
    *,
    cache: Cache | None = None,
    standby: Standby | None = None,
    form: "tuple[Settings, Path] | None" = None,
    packed: bool = False,
    progress: Callable[[str], Progress] | None = None,
    lasting: bool = True,
) -> str:
    """Build the site of an examined registry in place of the last one, and return its address.

    Args:
        config_file: mkdocs.yml.
        site: the folder that is served; it need not exist yet.
        examined: a registry without errors.
        cache: where it is kept what the site is made of, to take over next time what is made of the same.
        standby: the site's, where somebody has begun to look at it; without a cache there is none.
        form: the settings of the web form and the folder of its packages, or None for a site without one.
        packed: whether large files get a compressed copy beside them.
        progress: gives what shows how far a step is, by the name of the step.
        lasting: whether the site must be whole after a power cut.

    Raises:
        MissingBundleError: the packages of the web form are not there; the last site stays.
    """
    assert examined.registry is not None
    assert examined.ledger is not None
    book = Book(examined.registry, examined.ledger, examined.as_of)
    around = _frame(config_file, Setting.of(book), cache)
    if form is not None:
        # Most sites have no form.
        from generator.form.pages import pages

        settings, modules = form
        added = pages(settings, examined.registry, name=book.policy.name, base=around.base, modules=modules)
        around = replace(around, files={**around.files, **added})
    contents = Site(
        book,
        base=around.base,
        commit=history.commit(examined.root),
        replaced=published(site, urls.MANIFEST),
        cache=cache,
    )
    known = [examined.registry.file("vocabulary", name).digest for name in VOCABULARY_FILES]
    edition = digest(cache.program if cache else "", around.base, book.as_of, known)
    with _standby(site, standby, cache) as standing, replacing(site, standing, lasting=lasting) as tree:
        parts = Output(site=contents, frame=around, tree=tree, edition=edition).write(
            progress("生成网站") if progress else None
        )
        if packed:
            entries = [entry for _, found in parts for entry in found]
            parts.append((None, pack(tree, entries, progress("压缩大文件") if progress else None)))
        tree.close({entry.path for _, found in parts for entry in found})
    if cache:
        inventory.keep(cache, parts)
    return around.base


@contextmanager
def begun(site: Path, cache: Cache, waiting: Callable[[], object] = lambda: None) -> Iterator[Standby]:
    """Be the only one who builds a site, and begin to look at its standby; give what `build` wants to know of that.

    Args:
        site: the folder that is served; it need not exist yet.
        cache: where it is kept what the site is made of.
        waiting: called once if another process is at work.
    """
    with claimed(site, waiting), standing_by(site, inventory.load(cache)) as standby:
        yield standby


def _standby(
    site: Path, standby: Standby | None, cache: Cache | None
) -> AbstractContextManager[Standby | None]:
    return nullcontext(standby) if standby or cache is None else begun(site, cache)


def _frame(config_file: Path, setting: Setting, cache: Cache | None) -> Frame:
    if cache is None:
        return _rendered(config_file, setting)
    made_of = setting.made_of(config_file)
    return frame.unpack(
        cache.made("frame.msgpack", made_of, lambda: frame.pack(_rendered(config_file, setting)))
    )


def _rendered(config_file: Path, setting: Setting) -> Frame:
    # MkDocs takes longer to load than a small site to build, and is seldom asked.
    from generator import mkdocs_plugin

    return mkdocs_plugin.frame(config_file, setting)
