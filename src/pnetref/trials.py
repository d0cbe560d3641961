"""Trials as answers: one, or all that pass the filters."""

from __future__ import annotations

from pnetref.dataset import Dataset
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find_one, is_treatment
from pnetref.models import MEASURES, Result, Trial
from pnetref.names import normalize

SURVIVAL = ("overall survival", "alive", "deaths")
"""How the measures begin that a reader may hide."""


def is_survival(result: Result) -> bool:
    """Tell whether a result is a figure of survival or death."""
    return result.measure.startswith(SURVIVAL)


def trials(
    data: Dataset, *, drug: str | None = None, phase: str | None = None, measure: str | None = None
) -> list[Trial]:
    """Give the trials in which a treatment was given, of a phase, with a result of a measure.

    Raises ``NoMatch`` or ``UsageProblem`` where a filter names what is not here.
    """
    found = [data.trials[key] for key in data.trials]
    if drug is not None:
        key = find_one(data, [drug], is_treatment, "a treatment")
        found = [trial for trial in found if any(key in arm.treatments for arm in trial.arms)]
    if phase is not None:
        phases = sorted({trial.phase for trial in found if trial.phase})
        found = [trial for trial in found if trial.phase == phase]
        if not found:
            raise NoMatch(f'no such trial here is of phase "{phase}"; here are: {", ".join(phases) or "none"}')
    if measure is not None:
        key = normalize(measure)
        if not key or not any(key in normalize(name) for name in MEASURES):
            raise UsageProblem(f"--measure {measure!r} is not one of: {', '.join(MEASURES)}")
        found = [trial for trial in found if any(key in normalize(result.measure) for result in trial.results)]
    if not found:
        raise NoMatch("no trial here passes these filters; leave one out")
    return found
