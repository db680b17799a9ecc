"""How many random cases the properties of the rules try: few in every test run, many in a campaign.

`EFFORT` is so many times the usual number, more in `make opinion`. While mutants are tried (`MUTANTS`) a case that fails
is enough: it is not made smaller, and nothing is remembered from one mutant to the next.
"""

import os

from hypothesis import HealthCheck, Phase, settings

EFFORT = float(os.environ.get("EFFORT") or 1)
MUTANTS = bool(os.environ.get("MUTANTS"))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def tries(usual: int) -> settings:
    """Return how a property is tried, given the usual number of cases."""
    cases = max(1, round(usual * EFFORT))
    if MUTANTS:
        return settings(
            deadline=None,
            max_examples=cases,
            suppress_health_check=SLOW,
            phases=[Phase.explicit, Phase.generate],
            database=None,
        )
    return settings(deadline=None, max_examples=cases, suppress_health_check=SLOW)
