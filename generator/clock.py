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


def environment(*, without: str) -> dict[str, str]:
    """Return the environment for a program that is run, less the variables that would change what it does.

    Args:
        without: what the names of those variables begin with, such as `GIT_`.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith(without)}


def prefer(name: str, value: str) -> None:
    """Set an environment variable by which a library is told how to load, unless it is set.

    Args:
        name: the variable.
        value: what it is to be.
    """
    os.environ.setdefault(name, value)
