"""QR codes made as sums of others are those that segno makes itself; that they can be read is tried in the browser."""

import re
import sys
from pathlib import Path
from random import Random

import pytest
import segno

from generator.cache import Cache
from generator.qr import BORDER, ERROR, MASK, QrCode, QrCodes


def dark(code: QrCode) -> set[tuple[int, int]]:
    """The dark modules that a path draws, as (column, row) with the quiet zone taken off."""
    found = set()
    for x, y, strokes in re.findall(r"M(\d+) (\d+)\.5([mh\d ]*)", code.path):
        column = int(x) - BORDER
        for gap, run in re.findall(r"(?:m(\d+) 0)?h(\d+)", strokes):
            column += int(gap or 0)
            found |= {(column + step, int(y) - BORDER) for step in range(int(run))}
            column += int(run)
    return found


def expected(address: str) -> set[tuple[int, int]]:
    made = segno.make_qr(address, error=ERROR, mask=MASK, mode="byte", encoding="utf-8", boost_error=False)
    return {(x, y) for y, row in enumerate(made.matrix) for x, module in enumerate(row) if module}


@pytest.mark.parametrize(
    "base",
    [
        "https://registry.example/",
        "http://localhost/",
        "https://host.example/a/registry/",
        "https://名录.example/",
        "https://a-very-long-name-of-a-host.department.province.example/smart/factories/register/",
    ],
)
def test_a_code_is_the_one_segno_makes(base: str) -> None:
    numbers = Random(7)
    codes = QrCodes()
    for _ in range(60):
        unit = f"{numbers.randrange(10_000):04d}-{numbers.randrange(10 ** numbers.choice((4, 5))):04d}"
        address = f"{base}factories/{unit}/"
        code = codes.code(address)
        assert dark(code) == expected(address)
        assert code == QrCodes().code(address)


def test_the_quiet_zone_is_four_modules_wide() -> None:
    """ISO/IEC 18004, 6.3.8."""
    code = QrCodes().code("https://registry.example/factories/2301-0001/")
    found = dark(code)
    assert {min(x for x, _ in found), min(y for _, y in found)} == {0}
    assert max(x for x, _ in found) + 1 == code.size - 8


def test_codes_that_were_kept_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [f"https://registry.example/factories/2301-{number:04}/" for number in (0, 1, 10, 2030)]
    expected = [QrCodes().code(address) for address in addresses]
    cache = Cache(tmp_path, tmp_path)
    assert [QrCodes(cache).code(address) for address in addresses] == expected
    monkeypatch.setitem(sys.modules, "segno", None)
    kept = QrCodes(cache)
    assert [kept.code(address) for address in addresses] == expected
    assert kept.code("https://registry.example/factories/2301-2011/").path
    with pytest.raises(ModuleNotFoundError):
        kept.code("https://registry.example/factories/2301-0009/")


def test_a_damaged_code_is_made_again(tmp_path: Path) -> None:
    address = "https://registry.example/factories/2301-0001/"
    cache = Cache(tmp_path, tmp_path)
    expected = QrCodes(cache).code(address)
    kept = [path for path in tmp_path.rglob("qr/*") if path.is_file()]
    # Noughts alone, and one for each of the digits 2, 3, 1 and 1: a nought adds nothing.
    assert len(kept) == 5
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    assert QrCodes(cache).code(address) == expected
