"""One row of the tables of this folder: a change to the base and the problems it makes, as a clerk reads them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.checks.base import Change


@dataclass(frozen=True, slots=True)
class Found:
    """What is found after a change; each line is `path:line: 错误|提醒 [code] field：message`, none where all is well."""

    name: str
    changes: Mapping[str, Change]
    lines: tuple[str, ...] = ()
