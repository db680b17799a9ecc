"""The official documents of the demonstration: numbered as they are cited, each a file in the end.

May import `records`, `policy`, `writing`. All numbers contain 示例, so that none can be taken for a real one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator import writing
from generator.policy import Authority, Policy
from generator.records import Cities

_LARGEST = 400
# The signs by which authorities number their papers; others go by the city's short name.
_SIGNS = {
    "2301": "哈", "2302": "齐", "2303": "鸡", "2304": "鹤", "2305": "双", "2306": "庆", "2307": "伊",
    "2308": "佳", "2309": "七", "2310": "牡", "2311": "黑市", "2312": "绥", "2327": "大署",
}  # fmt: skip
_PROVINCE_SIGNS = {"23": "黑"}
# How many papers an authority of each level numbers in a hundred days.
_PACE = {"national": 55, "province": 30, "city": 14}


@dataclass(slots=True, kw_only=True)
class _Paper:
    authority: str
    number: str
    serial: int
    title: str
    day: date
    named: int = 0


class Papers:
    """Gives out document numbers: one paper for an authority, day and subject, a further one when it is full."""

    def __init__(self, policy: Policy, cities: Cities, as_of: date) -> None:
        """Keep what names the authorities; no document is given out before it is cited."""
        self._region = policy.region
        self._shorts = {city.code: city.short for city in cities.prefectures}
        self._as_of = as_of
        self._open: dict[tuple[str, date, str], list[_Paper]] = {}
        self._taken: set[tuple[str, int, int]] = set()

    def cite(self, authority: Authority, day: date, subject: str) -> str:
        """Return the number of the document by which an authority decided a subject on a day.

        Args:
            authority: who signs.
            day: the day of the document.
            subject: its title, without the closing （示例）.
        """
        papers = self._open.setdefault((authority.id, day, subject), [])
        if not papers or papers[-1].named >= _LARGEST:
            papers.append(self._new(authority, day, subject, len(papers)))
        papers[-1].named += 1
        return papers[-1].number

    def _new(self, authority: Authority, day: date, subject: str, batch: int) -> _Paper:
        serial = 1 + day.timetuple().tm_yday * _PACE[authority.level] // 100
        while (authority.id, day.year, serial) in self._taken:
            serial += 1
        self._taken.add((authority.id, day.year, serial))
        part = f"（续{batch}）" if batch else ""
        return _Paper(
            authority=authority.id,
            number=f"{self._organ(authority)}〔{day.year}〕{serial}号",
            serial=serial,
            title=f"{subject}{part}（示例）",
            day=day,
        )

    def _organ(self, authority: Authority) -> str:
        if authority.level == "national":
            return "工信示例函"
        if authority.level == "province":
            short = self._region.name.removesuffix("省").removesuffix("市")
            return _PROVINCE_SIGNS.get(self._region.code[:2], short) + "示例工信发"
        code = authority.city or ""
        return _SIGNS.get(code[:4], self._shorts.get(code, "市")) + "示例工信发"

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield (path, text) of every document that was cited."""
        papers = [paper for batch in self._open.values() for paper in batch]
        for paper in sorted(papers, key=lambda p: (p.authority, p.day, p.serial)):
            fields: dict[str, writing.Plain] = {
                "number": paper.number,
                "title": paper.title,
                "date": paper.day,
            }
            entered = paper.day + timedelta(days=2 + paper.serial % 4)
            if paper.serial % 3 and entered <= self._as_of:
                fields["entered"] = entered
            yield f"documents/{paper.authority}/{paper.day.year}-{paper.serial}.yml", writing.dump(fields)
