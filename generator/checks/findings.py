"""How a check reports: by record and field, the file and line being looked up.

May import `registry` and `problems`.
"""

from dataclasses import dataclass, field

from generator.problems import Level, Problem, Report
from generator.registry import Registry


@dataclass(slots=True)
class Findings:
    """Reports problems of records, and remembers which records have errors."""

    registry: Registry
    report: Report
    unsound: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        paths = {problem.path for problem in self.report if problem.level == "error"}
        self.unsound = {key for key, file in self.registry.files.items() if file.path in paths}

    def add(
        self, kind: str, key: str, code: str, where: str, message: str, *, level: Level = "error"
    ) -> None:
        """Report a problem of a record at a field; "" is the file itself."""
        file = self.registry.files[kind, key]
        where = file.as_written(where)
        if level == "error":
            self.unsound.add((kind, key))
        self.report.add(
            Problem(
                level=level, code=code, path=file.path, line=file.line(where), field=where, message=message
            )
        )
