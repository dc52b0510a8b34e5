"""Which examples hypothesis makes up: the same at each call, or fresh ones where ENVELOPPE_EXPLORE=1 asks for them.

A suite that draws afresh fails on a day when nothing was changed; one that never does finds nothing new. So the suites
draw the same, and whoever wants to look further explores.
"""

import os

from hypothesis import HealthCheck, settings

EXPLORES = os.environ.get("ENVELOPPE_EXPLORE", "") not in ("", "0")
"""Whether this call draws fresh examples."""


def settle() -> None:
    """Say it to hypothesis; called once, before any test is read.

    No example has a time to keep, and none is given up because making it up was slow: a machine may be busy.
    """
    patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
    settings.register_profile("the same", patient, derandomize=True, database=None)
    settings.register_profile("fresh", patient)
    settings.load_profile("fresh" if EXPLORES else "the same")
    if not EXPLORES:
        _forget_what_is_loaded()


def _forget_what_is_loaded() -> None:
    """Hypothesis tries numbers and texts found in our modules, those that are loaded by then.

    So the examples of a test would hang on the tests before it and on any constant of the house. It has no setting for
    that; a release that does without this function needs nothing.
    """
    from hypothesis.internal.conjecture import providers

    if hasattr(providers, "_get_local_constants"):
        none = providers.Constants()
        providers._get_local_constants = lambda: none
