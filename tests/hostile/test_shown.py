"""What passes the checks is shown as text, everywhere: a site of hostile records differs from its plain twin in text alone.

Pages are compared element by element and attribute by attribute; every other form is read back by a reader of its kind.
"""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.conftest import AS_OF, run
from tests.hostile.registry import ACCEPTED, files, hostile, plain, write

BASE = "https://registry.example/"
SCHEMES = {"", "http", "https"}
# Attributes by which an element acts or asks for something.
LEADING = {"href", "src", "action", "formaction", "srcset", "poster", "xlink:href"}


@dataclass(frozen=True, slots=True)
class Twins:
    """The two sites."""

    hostile: Path
    plain: Path


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    """Both sites, built once."""
    root = tmp_path_factory.mktemp("twins")
    for name, say in (("hostile", hostile), ("plain", plain)):
        write(root / name / "registry", say)
        site = root / name / "site"
        done = run(
            "build", "--registry", root / name / "registry", "--as-of", AS_OF, "--site", site, SITE_URL=BASE
        )
        assert done.code == 0, done.err
    return Twins(root / "hostile/site", root / "plain/site")


class Shape(HTMLParser):
    """Counts elements with the names of their attributes, and keeps addresses and the texts of scripts for programs."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.others: list[str] = []
        self.addresses: list[str] = []
        self.data: list[str] = []
        self.title = ""
        self._in = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count an element."""
        # What a word was too long for, and what is marked for the eye, may differ with the text.
        if tag != "wbr":
            self.elements[tag, tuple(sorted({name for name, _ in attrs}))] += 1
        self.addresses += [value or "" for name, value in attrs if name in LEADING]
        self._in = tag
        if tag == "script" and ("type", "application/ld+json") in attrs:
            self.data.append("")
            self._in = "ld"

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._in = ""

    def handle_data(self, data: str) -> None:
        """Keep what is said to programs, and the title."""
        if self._in == "ld":
            self.data[-1] += data
        elif self._in == "title":
            self.title += data

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.others.append(data.strip())

    def handle_decl(self, decl: str) -> None:
        """Keep a declaration."""
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        """Keep an instruction."""
        self.others.append(data)


def pages(site: Path) -> list[str]:
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))


def test_pages_differ_in_text_alone(twins: Twins) -> None:
    assert pages(twins.hostile) == pages(twins.plain)
    assert len(pages(twins.hostile)) > 90
    for page in pages(twins.hostile):
        found = Shape((twins.hostile / page).read_text(encoding="utf-8"))
        wanted = Shape((twins.plain / page).read_text(encoding="utf-8"))
        assert found.elements == wanted.elements, (
            page,
            found.elements - wanted.elements,
            wanted.elements - found.elements,
        )
        assert found.others == wanted.others, page
        assert len(found.addresses) == len(wanted.addresses), page
        for address in found.addresses:
            assert urlsplit(address).scheme in SCHEMES, (page, address)
        hosts = {urlsplit(address).hostname for address in found.addresses} - {None}
        assert "evil.example" not in hosts, page


def test_statements_for_programs_say_the_names(twins: Twins) -> None:
    said = []
    for page in pages(twins.hostile):
        for block in Shape((twins.hostile / page).read_text(encoding="utf-8")).data:
            said.append(json.dumps(json.loads(block), ensure_ascii=False))
    whole = "\n".join(said)
    for number, text in enumerate(ACCEPTED, start=10):
        assert json.dumps(f"{text}{number}", ensure_ascii=False) in whole


def test_titles_of_pages_say_the_names(twins: Twins) -> None:
    for number, text in enumerate(ACCEPTED, start=10):
        page = twins.hostile / f"factories/2301-{number:04}/index.html"
        title = " ".join(Shape(page.read_text(encoding="utf-8")).title.split())
        assert f"{text}{number}" in title


def xml_names(root: ElementTree.Element) -> set[str]:
    return {element.tag.rpartition("}")[2] for element in root.iter()}


@pytest.mark.parametrize("ending", ["xml", "atom", "svg"])
def test_feeds_badges_and_maps_are_sound_and_hold_the_same_elements(twins: Twins, ending: str) -> None:
    found = sorted(twins.hostile.rglob(f"*.{ending}"))
    assert found
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert "<!DOCTYPE" not in text
        assert "<!ENTITY" not in text
        root = ElementTree.fromstring(text)
        twin = ElementTree.fromstring(
            (twins.plain / path.relative_to(twins.hostile)).read_text(encoding="utf-8")
        )
        assert xml_names(root) == xml_names(twin), path
        assert not {
            name for element in root.iter() for name in element.attrib if name.lower().startswith("on")
        }
        assert {element.tag.rpartition("}")[2] for element in root.iter()}.isdisjoint(
            {"script", "foreignObject"}
        )


def contents(site: Path) -> Iterator[str]:
    """The HTML of all entries in all feeds."""
    for path in (*site.glob("feeds/*.xml"), *site.glob("feeds/*.atom")):
        for element in ElementTree.fromstring(path.read_text(encoding="utf-8")).iter():
            if (
                element.tag.rpartition("}")[2] in {"encoded", "content", "summary", "description"}
                and element.text
            ):
                yield element.text
    for path in site.glob("feeds/*.json"):
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            yield item.get("content_html", "")


def test_the_html_in_feeds_is_prose(twins: Twins) -> None:
    kinds = [set(), set()]  # type: list[set[tuple[str, tuple[str, ...]]]]
    for kind, site in zip(kinds, (twins.hostile, twins.plain), strict=True):
        for text in contents(site):
            # Plain descriptions hold markup as text; as HTML they would be told as such by their readers.
            if "<p>" in text or "<table" in text:
                shape = Shape(text)
                kind.update(shape.elements)
                assert all(urlsplit(address).scheme in {"http", "https"} for address in shape.addresses)
                assert shape.others == []
    assert kinds[0] == kinds[1]
    assert kinds[0]


def test_calendars_hold_whole_lines_and_known_properties(twins: Twins) -> None:
    found = sorted(twins.hostile.glob("calendar/*.ics"))
    assert found
    for path in found:
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        names = [Counter(re.findall(r"^([A-Z-]+)[:;]", unfolded(place), re.MULTILINE)) for place in
                 (path, twins.plain / path.relative_to(twins.hostile))]  # fmt: skip
        assert names[0] == names[1]
        assert "X-HIT" not in names[0]


def unfolded(path: Path) -> str:
    return path.read_bytes().decode().replace("\r\n ", "").replace("\r\n", "\n")


def test_no_cell_of_a_list_begins_a_formula(twins: Twins) -> None:
    seen = set()
    for path in sorted(twins.hostile.glob("data/*.csv")):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
                assert not re.match(r"-(?![\d.]+$)", cell), cell
                seen.add(cell)
    for number, text in enumerate(ACCEPTED, start=10):
        assert f"{text}{number}" in seen or f"'{text}{number}" in seen


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(twins: Twins) -> None:
    seen = set()
    for path in sorted(twins.hostile.glob("data/*.xlsx")):
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert cell.hyperlink is None
                    seen.add(cell.value)
    for number, text in enumerate(ACCEPTED, start=10):
        assert f"{text}{number}" in seen


def test_the_database_is_whole_and_says_the_names(twins: Twins) -> None:
    with sqlite3.connect(f"file:{twins.hostile}/data/registry.sqlite?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = {name for (name,) in database.execute("SELECT name FROM units")}
    database.close()
    assert {f"{text}{number}" for number, text in enumerate(ACCEPTED, start=10)} <= names


def test_every_file_of_json_reads_and_says_the_names(twins: Twins) -> None:
    for path in twins.hostile.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    units = json.loads((twins.hostile / "api/v1/factories.json").read_text(encoding="utf-8"))["factories"]
    names = {unit["name"] for unit in units}
    assert {f"{text}{number}" for number, text in enumerate(ACCEPTED, start=10)} <= names


def test_the_twins_are_of_one_shape() -> None:
    assert list(files(hostile)) == list(files(plain))
