"""QR codes (ISO/IEC 18004) of addresses, as geometry: the template only draws them.

The only importer of segno. Imports nothing of the package. A code is drawn dark on light whatever the colours of the
page, and `border` modules of quiet zone belong to the picture.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

BORDER = 4
# Of the eight masks the standard has an encoder take the one with the least penalty, for which all eight must be made
# and judged: five times the work. Every mask can be read, for the code itself tells which it is. This one has the least
# penalty on the average of such addresses, and one fixed mask makes codes sums of each other (see `QrCodes`).
MASK = 2
ERROR = "m"

_RUN = re.compile("(0*)(1+)")


class QrCode(Struct, frozen=True, kw_only=True):
    """A code: its size in modules, quiet zone included, and its dark modules as the data of a path of strokes of width 1."""

    size: int
    path: str


@dataclass(slots=True)
class QrCodes:
    """Makes the codes of one site's pages.

    With version, error correction and mask fixed, a code depends on its text bit by bit: padding and masks are constant,
    and Reed-Solomon check words are linear over GF(2). So the code of an address differs from that of an address of the
    same length by the sum, in the sense of exclusive or, of what each differing character makes. Tens of thousands of
    addresses that differ in a few digits are then made from a few dozen codes.
    """

    # The first address seen of each length: its bytes, its code as one number, and the modules of a side.
    _first: dict[int, tuple[bytes, int, int]] = field(default_factory=dict)
    # What another byte at a place of that address makes.
    _steps: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def code(self, address: str) -> QrCode:
        """Return the code of an absolute address; of one beyond ASCII that of its UTF-8."""
        text = address.encode()
        length = len(text)
        if length not in self._first:
            self._first[length] = (text, *modules(text))
        first, origin, side = self._first[length]
        code = origin
        for place, (old, new) in enumerate(zip(first, text, strict=True)):
            if old != new:
                key = (length, place, new)
                if key not in self._steps:
                    other = first[:place] + bytes([new]) + first[place + 1 :]
                    self._steps[key] = modules(other)[0] ^ origin
                code ^= self._steps[key]
        return QrCode(size=side + 2 * BORDER, path=_path(code, side))


def modules(text: bytes) -> tuple[int, int]:
    """Return the code of a text as one number, its first module in the highest place, and how many modules a side has."""
    # Loaded with the first code: a build that takes the pages of all units over makes none.
    import segno

    made = segno.make_qr(text, error=ERROR, mask=MASK, mode="byte", boost_error=False)
    return int("".join(str(module) for row in made.matrix for module in row), 2), len(made.matrix)


def _path(code: int, side: int) -> str:
    """Each row as strokes through the middle of its modules, after the fashion of segno's own pictures."""
    modules = f"{code:0{side * side}b}"
    return "".join(
        [
            f"M{BORDER} {row + BORDER}.5{_strokes(modules[row * side : (row + 1) * side])}"
            for row in range(side)
        ]
    )


@lru_cache(maxsize=1 << 16)
def _strokes(row: str) -> str:
    """The strokes of a row. The codes of tens of thousands of addresses have some ten thousand different rows."""
    runs = _RUN.findall(row)
    return "".join(f"m{len(gap)} 0h{len(run)}" if gap else f"h{len(run)}" for gap, run in runs)
