"""QR codes (ISO/IEC 18004) of addresses, as geometry: the template only draws them.

The only importer of segno. May import `cache`. A code is drawn dark on light whatever the colours of the
page, and `border` modules of quiet zone belong to the picture.
"""

import re
from functools import lru_cache, partial

from msgspec import Struct

from generator.cache import Cache, digest

BORDER = 4
# Of the eight masks the standard has an encoder take the one with the least penalty, for which all eight must be made
# and judged: five times the work. Every mask can be read, for the code itself tells which it is. This one has the least
# penalty on the average of such addresses, and one fixed mask makes codes sums of each other (see `QrCodes`).
MASK = 2
ERROR = "m"

_RUN = re.compile("(0*)(1+)")
_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)


class QrCode(Struct, frozen=True, kw_only=True):
    """A code: its size in modules, quiet zone included, and its dark modules as the data of a path of strokes of width 1."""

    size: int
    path: str


class QrCodes:
    """Makes the codes of one site's pages.

    With version, error correction and mask fixed, a code depends on its text bit by bit: padding and masks are constant,
    and Reed-Solomon check words are linear over GF(2). So the code of an address differs from that of the address with
    noughts in place of its digits by the sum, in the sense of exclusive or, of what each digit makes. Tens of thousands
    of addresses that differ in a few digits are then made from a few dozen codes.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        """Begin without any code.

        Args:
            cache: where those few dozen are kept.
        """
        self._cache = cache
        # By an address with noughts for digits: its code as one number, and the modules of a side.
        self._origins: dict[bytes, tuple[int, int]] = {}
        # What a digit at a place of that address makes.
        self._steps: dict[tuple[bytes, int, int], int] = {}

    def code(self, address: str) -> QrCode:
        """Return the code of an absolute address; of one beyond ASCII that of its UTF-8."""
        text = address.encode()
        blank = text.translate(_ZEROS)
        if blank not in self._origins:
            self._origins[blank] = self._modules(blank)
        code, side = origin, _ = self._origins[blank]
        for place, (nought, digit) in enumerate(zip(blank, text, strict=True)):
            if nought != digit:
                key = (blank, place, digit)
                if key not in self._steps:
                    other = blank[:place] + bytes([digit]) + blank[place + 1 :]
                    self._steps[key] = self._modules(other)[0] ^ origin
                code ^= self._steps[key]
        return QrCode(size=side + 2 * BORDER, path=_path(code, side))

    def _modules(self, text: bytes) -> tuple[int, int]:
        """Return what `modules` does, or did an earlier time."""
        if self._cache is None:
            return modules(text)
        made_of = digest(text)
        return _unpacked(self._cache.made(f"qr/{made_of.hex()}", made_of, partial(_packed, text)))


def modules(text: bytes) -> tuple[int, int]:
    """Return the code of a text as one number, its first module in the highest place, and how many modules a side has."""
    # Loaded with the first code that is made: a build that finds the few it needs in the cache does without.
    import segno

    made = segno.make_qr(text, error=ERROR, mask=MASK, mode="byte", boost_error=False)
    return int("".join(str(module) for row in made.matrix for module in row), 2), len(made.matrix)


def _packed(text: bytes) -> bytes:
    code, side = modules(text)
    return bytes([side]) + code.to_bytes(-(-side * side // 8))


def _unpacked(content: bytes) -> tuple[int, int]:
    return int.from_bytes(content[1:]), content[0]


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
