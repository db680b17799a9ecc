"""The one reader of the clock and of the environment.

Imports nothing of the package. Only the faces (command line, mkdocs plugin) call it; everything else is
handed its `as_of`.
"""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Return the present day in Asia/Shanghai, the day the register's terms are counted in."""
    return datetime.now(SHANGHAI).date()


def setting(name: str) -> str | None:
    """Return an environment variable's value, or None where it is unset or empty.

    Args:
        name: the variable, such as `REGISTRY` or `AS_OF`.
    """
    return os.environ.get(name) or None
