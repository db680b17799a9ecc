"""What closes a publication: the account of what was published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator import urls
from generator.exports import manifest
from generator.exports.encoding import as_json
from generator.exports.manifest import PublishedFile
from generator.site.press import File
from generator.views.book import Book


def closing(
    book: Book, noted: Iterable[PublishedFile], *, commit: str | None, replaced: bytes | None
) -> Iterator[File]:
    """Yield the list of each family of published files, then the manifest.

    Args:
        book: the registry on its day.
        noted: every published file, in any order.
        commit: the commit that holds the registry as it is, or None.
        replaced: the manifest of the site that this one replaces, or None.
    """
    families: defaultdict[str | None, list[PublishedFile]] = defaultdict(list)
    for file in noted:
        families[manifest.family_of(file.path)].append(file)
    files = families[None]
    for family in manifest.FAMILIES:
        found = manifest.family_files(family, families[family])
        told = File(path=manifest.family_address(family), content=as_json(found))
        files.append(manifest.published_file(told.path, told.content))
        yield told
    made = manifest.manifest(book, files, commit=commit, replaced=replaced)
    yield File(path=urls.MANIFEST, content=as_json(made))
