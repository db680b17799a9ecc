"""`python -m generator`: the command line."""

import os
import sys
from typing import NoReturn

from generator.cli import main


def run() -> NoReturn:
    """Run the command line; then end at once, without taking millions of records apart one by one."""
    try:
        main()
    except SystemExit as ended:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            # Nobody reads any more: Python has its own way to say so.
            raise ended from None
        os._exit(ended.code if isinstance(ended.code, int) else bool(ended.code))


if __name__ == "__main__":
    run()
