"""Side effects of a treatment, treatments of a side effect, and the vocabulary between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pnetref.dataset import Dataset
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find, split_key
from pnetref.models import BODY_GROUPS, FREQUENCIES, Effect, Report, SideEffect, Treatment
from pnetref.treatments import class_statements, readable_nowhere, subject

NO_JUDGE = "this tool cannot tell an emergency: if it is happening now, call the care team or the emergency number"
"""What a look-up that finds nothing says besides: a symptom may be behind it."""


def is_subject_or_effect(key: str) -> bool:
    """Accept what has side effects, and side effects."""
    return key.startswith(("treatments/", "effects/"))


def named(data: Dataset, words: Sequence[str]) -> tuple[list[Treatment], list[Effect]]:
    """Give the treatments and the side effects that ``words`` name; raises as ``lookup.find`` does."""
    try:
        found = find(data, words, is_subject_or_effect, "a treatment or a side effect")
    except NoMatch as problem:
        raise NoMatch(f"{problem.message}; {NO_JUDGE}", problem.suggestions) from None
    keys = [split_key(key) for key in found]
    subjects = [data.treatments[name] for folder, name in keys if folder == "treatments"]
    effects = [data.effects[name] for folder, name in keys if folder == "effects"]
    return subjects, effects


def check_filters(frequency: str | None, system: str | None) -> None:
    """Raise ``UsageProblem`` where a filter is no frequency or no body group."""
    if frequency is not None and frequency not in FREQUENCIES:
        raise UsageProblem(f"--frequency {frequency!r} is not one of: {', '.join(FREQUENCIES)}")
    if system is not None and system not in BODY_GROUPS:
        raise UsageProblem(f"--system {system!r} is not one of: {', '.join(BODY_GROUPS)}")


def filtered(
    data: Dataset,
    effects: Iterable[SideEffect],
    *,
    serious: bool = False,
    frequency: str | None = None,
    system: str | None = None,
) -> list[SideEffect]:
    """Keep the effects of a body group, and of each the reports that are serious or so frequent."""
    kept = []
    for effect in effects:
        if system is not None and data.effects[effect.effect].group != system:
            continue
        reports = tuple(
            report
            for report in effect.reports
            if (report.serious or not serious) and (frequency is None or report.frequency == frequency)
        )
        if reports:
            kept.append(effect if reports == effect.reports else effect.model_copy(update={"reports": reports}))
    return kept


def of_treatment(
    data: Dataset, record: Treatment, *, serious: bool = False, frequency: str | None = None, system: str | None = None
) -> dict[str, Any]:
    """Give the side effects of one treatment, and apart those said of its classes."""
    check_filters(frequency, system)
    filters: dict[str, Any] = {"serious": serious, "frequency": frequency, "system": system}
    return {
        "subject": subject(record),
        "side_effects": filtered(data, record.side_effects, **filters),
        "class_side_effects": [
            {"class": said["class"], "side_effects": filtered(data, said["side_effects"], **filters)}
            for said in class_statements(data, record)
        ],
    }


def of_effect(data: Dataset, effect: Effect) -> dict[str, Any]:
    """Give every treatment reported to cause ``effect``, where it is a sign of another, and its neighbors."""
    reported, signs = [], []
    for key in data.treatments:
        record = data.treatments[key]
        for other in record.side_effects:
            if other.effect == effect.id:
                reported.append({**subject(record), "reports": list(other.reports)})
            reports = [report for report in other.reports if effect.id in report.signs]
            if reports:
                signs.append({**subject(record), "effect": other.effect, "reports": reports})
    near = [data.effects[name] for name in dict.fromkeys((*effect.broader, *effect.near))]
    return {
        "effect": effect,
        "reported_for": reported,
        "as_sign_of": signs,
        "near": [{"id": other.id, "name": other.name, "clinical_name": other.clinical_name} for other in near],
        "incomplete": [
            {**subject(record), "unreadable": lost}
            for record in data.treatments.values()
            if (lost := [gap for gap in readable_nowhere(data, record) if gap.aspect == "side_effects"])
        ],
    }


def of_both(data: Dataset, record: Treatment, effect: Effect) -> dict[str, Any]:
    """Give what is said of one side effect of one treatment: its own reports, its class's, and as a sign."""
    statements = class_statements(data, record)
    return {
        "subject": subject(record),
        "effect": effect,
        "reports": _reports(record.side_effects, effect.id),
        "class_reports": [
            {"class": said["class"], "reports": found}
            for said in statements
            if (found := _reports(said["side_effects"], effect.id))
        ],
        "as_sign_of": [
            {"effect": other.effect, "reports": found}
            for other in record.side_effects
            if (found := [report for report in other.reports if effect.id in report.signs])
        ],
        "near": [
            {"effect": other.effect, "reports": list(other.reports)}
            for other in record.side_effects
            if other.effect in (*effect.near, *effect.broader)
        ],
    }


def _reports(effects: Iterable[SideEffect], key: str) -> list[Report]:
    return [report for effect in effects if effect.effect == key for report in effect.reports]


def vocabulary(data: Dataset, system: str | None = None) -> list[Effect]:
    """Give every side effect of the vocabulary, or of one body group, by group and name."""
    check_filters(None, system)
    effects = (effect for effect in data.effects.values() if system in (None, effect.group))
    return sorted(effects, key=lambda effect: (BODY_GROUPS.index(effect.group), effect.name.casefold()))
