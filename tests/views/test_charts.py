"""The geometry of pictures: round ticks, stacks in proportion, labels that keep out of each other's way."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.views.charts import areas, bars, columns
from generator.views.drawing import LINE, WIDTH, Chart, Label, Row, Series, breadth, long_names, ticks

SERIES = [Series(key="3", name="高"), Series(key="2", name="中"), Series(key="1", name="低")]
NUMBERS = st.lists(st.tuples(*[st.integers(0, 20_000)] * 3), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (8, (0, 2, 4, 6, 8)),
        (9, (0, 5, 10)),
        (119, (0, 50, 100, 150)),
        (200, (0, 50, 100, 150, 200)),
        (201, (0, 100, 200, 300)),
        (42_752, (0, 20_000, 40_000, 60_000)),
    ],
)
def test_ticks_are_round(most: int, expected: tuple[int, ...]) -> None:
    assert ticks(most) == expected


@given(st.integers(0, 10**9))
def test_ticks_reach_the_largest_number_and_not_one_step_further(most: int) -> None:
    found = ticks(most)
    assert found[0] == 0
    assert 2 <= len(found) <= 5
    assert len({after - before for before, after in pairwise(found)}) == 1
    assert str(found[1]).rstrip("0") in {"1", "2", "5"}
    assert found[-1] >= most
    assert found[-2] < max(most, 1)


def test_chinese_is_wider_than_digits() -> None:
    assert breadth("汉字") == 25
    assert breadth("1234") < breadth("汉字三")
    assert not long_names(["大兴安岭", "哈尔滨"])
    assert long_names(["哈尔滨", "37 铁路、船舶、航空航天和其他运输设备制造业"])


def span(label: Label) -> tuple[float, float]:
    wide = breadth(label.text)
    left = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
    return left, left + wide


def assert_inside(chart: Chart) -> None:
    for box in chart.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= chart.width + 0.2
        assert box.y + box.height <= chart.height
    for label in chart.labels:
        left, right = span(label)
        assert left >= -0.2, label
        assert right <= chart.width + 0.2, label
        assert 8 <= label.y <= chart.height, label


@pytest.mark.parametrize("name", ["哈尔滨", "37 铁路、船舶、航空航天和其他运输设备制造业"])
@given(numbers=NUMBERS)
def test_bars_are_in_proportion_and_carry_their_totals(
    name: str, numbers: list[tuple[int, int, int]]
) -> None:
    chart = bars("题", "文", SERIES, [Row(name=name, numbers=row) for row in numbers])
    assert_inside(chart)
    totals = [label.text for label in chart.labels if label.kind == "number"]
    assert totals == [str(sum(row)) for row in numbers]
    assert [label.text for label in chart.labels if label.kind == "name"] == [name] * len(numbers)
    most = max(1, *(sum(row) for row in numbers), 1)
    widest = max((box.x + box.width for box in chart.boxes), default=0.0)
    left = min((box.x for box in chart.boxes), default=0.0)
    boxes = iter(chart.boxes)
    for row in numbers:
        at = left
        for kind, number in zip(SERIES, row, strict=True):
            if number:
                box = next(boxes)
                assert (box.key, box.text) == (kind.key, f"{name} {kind.name} {number}")
                assert box.x == pytest.approx(at, abs=0.2)
                assert box.width == pytest.approx(number / most * (widest - left), abs=0.2)
                at = box.x + box.width


@given(numbers=NUMBERS)
def test_columns_stand_on_the_base_with_the_first_series_on_top(numbers: list[tuple[int, int, int]]) -> None:
    rows = [Row(name=str(number), numbers=row) for number, row in enumerate(numbers)]
    chart = columns("题", "文", SERIES, rows, [(row.name, 1) for row in rows])
    assert_inside(chart)
    base = next(line.y1 for line in chart.grid if line.base)
    for row in rows:
        own = [box for box in chart.boxes if box.text.split()[0] == row.name]
        assert [box.key for box in own] == [
            kind.key for kind, number in reversed(list(zip(SERIES, row.numbers, strict=True))) if number
        ]
        for below, above in pairwise(own):
            assert below.y == pytest.approx(above.y + above.height, abs=0.2)
        if own:
            assert own[0].y + own[0].height == pytest.approx(base, abs=0.2)


@given(numbers=NUMBERS)
def test_totals_meet_neither_columns_nor_each_other(numbers: list[tuple[int, int, int]]) -> None:
    rows = [Row(name=str(number), numbers=row) for number, row in enumerate(numbers)]
    chart = columns("题", "文", SERIES, rows, [(row.name, 1) for row in rows])
    totals = [label for label in chart.labels if label.kind == "number"]
    largest = max(sum(row) for row in numbers)
    if largest:
        assert str(largest) in {label.text for label in totals}
    for number, label in enumerate(totals):
        left, right = span(label)
        for other in totals[number + 1 :]:
            there = span(other)
            assert right <= there[0] or there[1] <= left or abs(label.y - other.y) >= LINE - 0.2
        for box in chart.boxes:
            if box.x < right - 0.2 and left + 0.2 < box.x + box.width:
                assert box.y >= label.y, (label, box)


@given(numbers=NUMBERS, spans=st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_names_below_do_not_touch(numbers: list[tuple[int, int, int]], spans: list[int]) -> None:
    rows = [Row(name="月", numbers=numbers[0])] * sum(spans)
    chart = columns("题", "文", SERIES, rows, [(str(2026 + n), length) for n, length in enumerate(spans)])
    found = [label for label in chart.labels if label.kind == "tick" and label.y > chart.height - LINE]
    assert found
    for before, after in pairwise(sorted(span(label) for label in found)):
        assert before[1] < after[0]


def test_a_number_stands_on_its_part_where_there_is_room_and_only_once() -> None:
    rows = [
        Row(name="甲", numbers=(0, 60, 40)),
        Row(name="乙", numbers=(0, 30, 0)),
        Row(name="丙", numbers=(1, 99, 0)),
    ]
    chart = bars("题", "文", SERIES, rows)
    assert [(label.text, label.kind) for label in chart.labels if label.kind.startswith("on-")] == [
        ("60", "on-2"),
        ("40", "on-1"),
        ("99", "on-2"),
    ]


@pytest.mark.parametrize(
    ("series", "numbers", "legend"),
    [
        (SERIES, [(1, 2, 3)], ["高", "中", "低"]),
        (SERIES, [(0, 2, 0), (0, 0, 1)], ["中", "低"]),
        (SERIES[:1], [(4,)], []),
    ],
)
def test_the_legend_names_what_is_there(
    series: list[Series], numbers: list[tuple[int, ...]], legend: list[str]
) -> None:
    chart = bars("题", "文", series, [Row(name="甲", numbers=row) for row in numbers])
    assert [kind.name for kind in chart.legend] == legend


POINTS = st.lists(st.tuples(*[st.integers(0, 20_000)] * 3), min_size=1, max_size=120)


@given(numbers=POINTS)
def test_areas_end_with_the_last_numbers_in_words(numbers: list[tuple[int, int, int]]) -> None:
    begin = date(2022, 5, 1)
    points = [(begin + timedelta(days=30 * n), row) for n, row in enumerate(numbers)]
    chart = areas("题", "文", SERIES, begin, points)
    assert_inside(chart)
    names = [label for label in chart.labels if label.kind == "name"]
    assert [label.text for label in names] == [
        f"{kind.name} {number}" for kind, number in zip(SERIES, numbers[-1], strict=True)
    ]
    for above, below in pairwise(names):
        assert below.y - above.y >= LINE - 0.2
    assert [area.key for area in chart.areas] == [
        kind.key for n, kind in enumerate(SERIES) if any(row[n] for row in numbers)
    ]


def test_steps_are_drawn_to_scale() -> None:
    points = [(date(2026, 1, 31), (0,)), (date(2026, 2, 28), (2,)), (date(2026, 3, 31), (4,))]
    chart = areas("题", "文", SERIES[:1], date(2026, 1, 1), points)
    base, top = (line.y1 for line in (chart.grid[0], chart.grid[4]))
    left, right = chart.grid[0].x1, chart.grid[0].x2
    first, second = (round(left + days / 90 * (right - left), 1) for days in (31, 59))
    half = (base + top) / 2
    assert chart.areas[0].path == f"M{left} {base}H{first}V{half}H{second}V{top}H{right}V{base}Z"
    assert WIDTH - right < 80
