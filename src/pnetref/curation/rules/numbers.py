"""Figures, rates and the results of trials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pnetref.curation.generate import Files
from pnetref.curation.rules.base import each
from pnetref.models import Figure, Report, Trial


def figures(files: Files) -> Iterator[str]:
    """A figure has a number, percentages are 0 to 100, bounds are in order, a rate names its people."""
    for key, figure in each(files, Figure):
        numbers = [number for number in (figure.value, figure.low, figure.high) if number is not None]
        if not numbers:
            yield f"{key}: a figure of {figure.of!r} without a number"
        if figure.unit == "%" and any(not 0 <= number <= 100 for number in numbers):
            yield f"{key}: {figure.of!r} is outside 0 to 100 %"
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield f"{key}: {figure.of!r} has its bounds the wrong way round"
    for key, report in each(files, Report):
        for rate in report.rates:
            values = [value for value in (rate.value, rate.comparator_value) if value is not None]
            if rate.population is None and rate.trial is None:
                yield f"{key}: a rate of {report.wording!r} names neither its people nor its trial"
            if not re.search(r"[a-z]{4}", rate.grade):
                yield f"{key}: the grade {rate.grade!r} of {report.wording!r} is not said in words"
            if rate.unit == "%" and any(not 0 <= value <= 100 for value in values):
                yield f"{key}: a rate of {report.wording!r} is outside 0 to 100 %"


def results(files: Files) -> Iterator[str]:
    """Arms exist, intervals lie around estimates, what was not reached is no number."""
    for trial in files.of(Trial):
        key = f"trials/{trial.id}"
        arms = {arm.id: arm for arm in trial.arms}
        if trial.n is not None and trial.pancreatic_n is not None and trial.pancreatic_n > trial.n:
            yield f"{key}: more pancreatic primaries than people"
        for result in trial.results:
            for arm in result.arms:
                if arm.arm not in arms:
                    yield f"{key}: {result.measure} names the arm {arm.arm}, which the trial has not"
                if arm.reached == (arm.value is None):
                    yield f"{key}: {result.measure} of {arm.arm}: what was not reached is no number, and what was is one"
                if arm.value is not None:
                    if (arm.low is not None and arm.low > arm.value) or (arm.high is not None and arm.high < arm.value):
                        yield f"{key}: {result.measure} of {arm.arm}: the interval is not around the estimate"
                    if result.unit == "%" and not 0 <= arm.value <= 100:
                        yield f"{key}: {result.measure} of {arm.arm} is outside 0 to 100 %"
                    if arm.low is None and arm.high is None and result.unit == "months" and not result.note:
                        yield f"{key}: {result.measure} of {arm.arm}: a median without an interval has to say so in a note"
            counted = [arm.n for arm in result.arms if arm.n is not None]
            if trial.n is not None and len(counted) == len(trial.arms) and sum(counted) > trial.n:
                yield f"{key}: {result.measure}: its arms hold more people than the trial"
            estimate = result.estimate
            low, high = (estimate.low, estimate.high) if estimate else (None, None)
            if estimate and low is not None and high is not None and not low <= estimate.value <= high:
                yield f"{key}: {result.measure}: the interval of the estimate is not around it"
            if estimate and not trial.comparative:
                yield f"{key}: {result.measure}: the trial compares nothing, so it has no {estimate.kind}"
