"""How many random cases the properties of the rules try: few in every test run, many in a campaign.

`EFFORT` is the number of times the usual, such as 25 for a campaign or 0.1 where thousands of mutants are tried.
"""

import os

EFFORT = float(os.environ.get("EFFORT") or 1)


def examples(usual: int) -> int:
    """Return how many cases a property tries."""
    return max(1, round(usual * EFFORT))
