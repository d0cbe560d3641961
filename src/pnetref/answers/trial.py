"""Trials: one, or all that pass the filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.answers.envelope import Answer
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find_one, is_treatment, is_trial
from pnetref.names import normalize
from pnetref.terms import MEASURES, SHORT_MEASURES, TRIAL_PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.answers.shapes import Typed
    from pnetref.dataset import Dataset


def trial(
    data: Dataset,
    words: Sequence[str],
    *,
    drug: str | None = None,
    phase: str | None = None,
    measure: str | None = None,
) -> Answer:
    """Answer ``trial``: the one that ``words`` name, or those of a treatment, of a phase, with a result of a measure.

    Raises as ``lookup.find`` does, and ``NoMatch`` or ``UsageProblem`` where a filter names what is not here.
    """
    if words:
        if any(value is not None for value in (drug, phase, measure)):
            raise UsageProblem("--drug, --phase and --measure filter the list; leave out the name")
        one = find_one(data, words, is_trial, "a trial", TRIAL_PARTS)
        return Answer(data, "TrialAnswer", {"trial": data.trials[one.ids[0]]}, one.typed, one.parts)
    found = [data.trials[key] for key in data.trials]
    typed: tuple[Typed, ...] = ()
    if drug is not None:
        given = find_one(data, [drug], is_treatment, "a treatment")
        typed, drug = given.typed, given.ids[0]
        found = [trial for trial in found if any(given.ids[0] in arm.treatments for arm in trial.arms)]
    if phase is not None:
        phases = sorted({trial.phase for trial in found if trial.phase})
        found = [trial for trial in found if trial.phase == phase]
        if not found:
            raise NoMatch(f'no such trial here is of phase "{phase}"; here are: {", ".join(phases) or "none"}')
    if measure is not None:
        shown, measure = measure, SHORT_MEASURES.get(normalize(measure), measure)
        key = normalize(measure)
        if not key or not any(key in normalize(name) for name in MEASURES):
            raise UsageProblem(f"--measure {shown!r} is not one of: {', '.join(MEASURES)}")
        found = [trial for trial in found if any(key in normalize(result.measure) for result in trial.results)]
    if not found:
        raise NoMatch("no trial here passes these filters; leave one out")
    asked = {"drug": drug, "phase": phase, "measure": measure}
    filters = {name: value for name, value in asked.items() if value is not None}
    return Answer(data, "TrialsAnswer", {"trials": found, "filters": filters}, typed)
