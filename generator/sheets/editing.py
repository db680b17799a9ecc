"""The text of a record with a fact added: every other character stays, comments and order included.

May import `source` and `writing`. What comes out is read again by the caller, who compares it with what was meant.
"""

import re
from collections.abc import Mapping, Sequence

from generator.source import SourceFile
from generator.writing import Plain, dump


class Edit:
    """The lines of one record that is being edited; `order` are its fields in the order records have them.

    Line ends, the one that is lacking at the end included, and a byte order mark stay as they are.
    """

    def __init__(self, content: bytes, order: Sequence[str]) -> None:
        text = content.decode("utf-8")
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        # Where both kinds of line ends are used a carriage return stays part of its line.
        self.end = "\r\n" if "\r\n" in text and text.count("\n") == text.count("\r\n") else "\n"
        self.lines = text.removeprefix("\ufeff").split(self.end)
        self.closed = self.lines[-1] == ""
        if self.closed:
            self.lines.pop()
        self.order = order

    def bytes(self) -> bytes:
        """Return the bytes of the record as it is now."""
        closing = self.end if self.closed else ""
        return (self.mark + self.end.join(self.lines) + closing).encode()

    def add_row(self, file: SourceFile, field: str, row: Mapping[str, Plain]) -> None:
        """Add a row at the end of a list, which begins with it where there is none."""
        begins, ends = self._extent(file, field)
        if begins is None:
            self._insert(file, field, dump({field: [row]}))
            return
        written = dump({field: [row]}).splitlines()[1].strip()
        head = self.lines[begins]
        value = re.sub(r"\s+#.*$", "", head.split(":", 1)[1]).strip()
        if value in ("", "[]", "~", "null"):
            if value:
                self.lines[begins] = head.replace(value, "", 1).rstrip()
            first = next(
                (line for line in self.lines[begins + 1 : ends] if line.lstrip().startswith("- ")), "  - "
            )
            indent = first[: len(first) - len(first.lstrip())]
            self.lines.insert(ends, f"{indent}{written}")
            return
        # A list in brackets: the new row goes before the last of them.
        for number in range(ends - 1, begins - 1, -1):
            place = _bare(self.lines[number]).rfind("]")
            if place >= 0:
                line = self.lines[number]
                said = "".join(map(_bare, self.lines[begins:number])) + line[:place]
                comma = "" if said.rstrip().endswith((",", "[")) else ","
                before = f"{line[:place].rstrip()}{comma}"
                blank = " " if before.strip() and not before.endswith("[") else ""
                self.lines[number] = f"{before}{blank}{written.removeprefix('- ')}{line[place:]}"
                return

    def set_text(self, file: SourceFile, field: str, value: Plain) -> None:
        """Give a field of one line another value, or a new field its first; a comment behind it stays."""
        begins, ends = self._extent(file, field)
        written = dump({field: value})
        if begins is None:
            self._insert(file, field, written)
            return
        comment = re.search(r"\s+#.*$", self.lines[begins])
        self.lines[begins:ends] = [written.rstrip("\n") + (comment[0] if comment else "")]

    def _extent(self, file: SourceFile, field: str) -> tuple[int | None, int]:
        """The first line of a field, None where the record has none, and the line after its last."""
        starts = file.root.lines
        if field not in starts:
            return None, len(self.lines)
        begins = starts[field] - 1
        ends = min((line - 1 for line in starts.values() if line - 1 > begins), default=len(self.lines))
        while ends > begins + 1 and re.match(r"\s*$|#|\.\.\.|---", self.lines[ends - 1]):
            ends -= 1
        return begins, ends

    def _insert(self, file: SourceFile, field: str, text: str) -> None:
        """Put a new field behind the last one that stands before it in records."""
        earlier = self.order[: self.order.index(field)]
        places = [
            ends for key in earlier if (found := self._extent(file, key))[0] is not None for ends in found[1:]
        ]
        at = max(places, default=len(self.lines))
        self.lines[at:at] = text.rstrip("\n").split("\n")


def _bare(line: str) -> str:
    """A line without the comment at its end."""
    return re.sub(r"(^|\s)#.*$", "", line).rstrip()
