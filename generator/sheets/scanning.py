"""What is inside a workbook, looked through before any library opens it.

May import `grid`. A workbook is an archive of XML that anybody may have written: what unpacks to too much, what names
areas that a library would fill with cells, and document types (so that no entity can be declared) are refused. Parts
are known by what is in them, since a workbook may call its sheets as it likes.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from openpyxl.utils import range_boundaries

from generator.sheets.grid import MAX_CELLS, Unreadable

MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 500
MAX_ELEMENTS = 3_000_000
MAX_DEPTH = 100
# Cells of all areas that the library makes one by one: merged ones, and those of links and comments.
MAX_AREAS = 200_000

DAMAGED = "文件不是完好的 .xlsx 工作簿；请在表格软件里打开，另存为 .xlsx 后再导入。"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_AREAS = frozenset({"mergeCell", "hyperlink", "comment"})
_BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"


def look_through(content: bytes) -> bool:
    """Tell whether a workbook has any formula, and refuse what must not be opened.

    Args:
        content: the bytes of the file.

    Raises:
        Unreadable: the file is no archive, is damaged, or holds what no list would.
    """
    found = _Counts()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable(
                    f"工作簿展开后太大（上限 {MAX_UNPACKED // 1024 // 1024} MiB、{MAX_PARTS} 个部件），没有打开；"
                    "请只留下要导入的表，删去图片和多余的格式。"
                )
            for part in parts:
                xml = archive.read(part)
                if xml.lstrip(_BEFORE_MARKUP)[:1] == b"<":
                    _scan(xml, found, lenient=part.filename.endswith(".vml"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    return found.formulas


@dataclass(slots=True)
class _Counts:
    """What has been met in the parts so far."""

    elements: int = 0
    cells: int = 0
    area: int = 0
    formulas: bool = False


def _scan(xml: bytes, found: _Counts, *, lenient: bool) -> None:
    """Look through one part; where `lenient`, it may be no proper XML, as old drawings are not."""
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        found.elements += 1
        if depth > MAX_DEPTH or found.elements > MAX_ELEMENTS:
            raise Unreadable(
                f"工作簿里的内容太多或嵌套太深（上限 {MAX_ELEMENTS} 个元素、{MAX_DEPTH} 层），没有打开；"
                "请把要导入的表复制到新的工作簿里。"
            )
        if depth == 1 and _STRICT in attributes.values():
            raise Unreadable(
                "工作簿是“严格”格式（Strict Open XML），读不了；请另存为普通的 Excel 工作簿（.xlsx）后再导入。"
            )
        local = name.rpartition(":")[2]
        if local == "c":
            found.cells += 1
            if found.cells > MAX_CELLS:
                raise Unreadable(
                    f"工作簿里的单元格超过 {MAX_CELLS} 个，没有打开；请只留下要导入的表，删去多余的行和列。"
                )
        elif local == "f":
            found.formulas = True
        elif local in _AREAS and "ref" in attributes:
            found.area += _area(attributes["ref"])
            if found.area > MAX_AREAS:
                raise Unreadable(
                    "合并的单元格（或带链接、批注的区域）过大，没有打开；请取消整行、整列的合并。"
                )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declared: object) -> None:
        raise Unreadable(
            "工作簿里有文档类型声明，正常的表格没有，为安全起见没有打开；请删去图片，另存为 .xlsx 后再试。"
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if not lenient:
            raise Unreadable(DAMAGED) from error


def _area(ref: str) -> int:
    """The number of cells that the library would make for an area."""
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        return MAX_AREAS + 1
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)
