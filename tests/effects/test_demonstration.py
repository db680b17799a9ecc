"""The demonstration of 340 units against an edited copy of it: a yearly batch, a revocation, and all of it undone."""

from pathlib import Path

import pytest

from generator.effects.compare import compare
from generator.effects.side import Side, side
from generator.effects.telling import markdown
from generator.problems import Report
from generator.registry import Stored, load_stored
from tests.books import AS_OF_DAY
from tests.conftest import ROOT

NOTICE = ("documents", "hlj", "2026-999.yml")
NUMBER = "黑示例工信发〔2026〕999号"
BATCH = 60


def sides(files: Stored, known: Side | None = None) -> Side:
    report = Report()
    registry = load_stored(files, "registry", report, like=known.registry if known else None)
    assert registry is not None
    return side("甲", registry, report, as_of=AS_OF_DAY, known=known, rules=known is None)


@pytest.fixture(scope="module")
def files() -> Stored:
    root = ROOT / "registry"
    return {path.relative_to(root).parts: path.read_bytes() for path in sorted(root.rglob("*.yml"))}


@pytest.fixture(scope="module")
def plain(files: Stored) -> Side:
    return sides(files)


@pytest.fixture(scope="module")
def edited(files: Stored, plain: Side) -> Side:
    """Sixty units in the lists are awarded their first title once more, today."""
    changed = dict(files)
    changed[NOTICE] = f"number: {NUMBER}\ntitle: 关于公布名单的通知（示例）\ndate: {AS_OF_DAY}\n".encode()
    chosen = [
        unit
        for unit in plain.registry.units.values()
        if len(unit.titles) == 1
        and unit.titles[0].title == "先进级数字化车间"
        and plain.ledger.accounts[unit.id].face(AS_OF_DAY).tier == "advanced"
    ][:BATCH]
    assert len(chosen) == BATCH
    for unit in chosen:
        parts = (
            "factories",
            Path(plain.registry.file("factories", unit.id).path).parts[-2],
            f"{unit.id}.yml",
        )
        text = (files[parts] or b"").decode()
        row = f"  - {{title: 先进级数字化车间, document: {NUMBER}}}\n"
        changed[parts] = text.replace("titles:\n", f"titles:\n{row}").encode()
    return sides(changed)


def test_a_yearly_batch_is_one_line_and_a_folded_table(plain: Side, edited: Side, files: Stored) -> None:
    found = compare(sides(files, edited), edited)
    told = markdown(found, base="https://x.example/")
    assert not found.errors, found.errors
    assert "**续期 60 个单元；在名单中的单元仍为 323 个。**" in told
    assert "<summary>共 60 行</summary>" in told
    assert "### 网页：增加 1\n" in told
    assert len(found.lists.moves) == BATCH
    assert not any((found.lists.withdrawn, found.lists.terms, found.lists.quiet, found.lists.cancellings))


def test_what_was_not_read_again_is_the_same(plain: Side, edited: Side, files: Stored) -> None:
    again = sides(files, edited)
    assert again.registry.units == plain.registry.units
    assert {unit: account.listings for unit, account in again.ledger.accounts.items()} == {
        unit: account.listings for unit, account in plain.ledger.accounts.items()
    }
    assert {key: (file.path, file.content) for key, file in again.registry.files.items()} == {
        key: (file.path, file.content) for key, file in plain.registry.files.items()
    }


def test_the_batch_undone_loses_what_was_published(plain: Side, edited: Side) -> None:
    found = compare(edited, plain)
    codes = [error.code for error in found.errors]
    assert codes.count("history-changed") == BATCH
    assert codes.count("record-deleted") == 1
    assert [move.kind for move in found.lists.withdrawn] == ["renewed"] * BATCH
    assert [place.address for place in found.pages.lost] == ["documents/hlj-2026-999/"]


def test_the_same_on_both_sides_is_nothing(plain: Side) -> None:
    assert not compare(plain, plain).changed
