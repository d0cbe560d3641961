"""Side effects of a treatment, treatments of a side effect, and the vocabulary between them.

It is long because it declares four answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pnetref.answers.comparison import comparison, marks_serious
from pnetref.answers.envelope import Answer
from pnetref.answers.treatment import apart, readable_nowhere, subject, subject_of, without_newer
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find, split_key
from pnetref.terms import BODY_GROUPS, FREQUENCIES, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.dataset import Dataset
    from pnetref.lookup import Found
    from pnetref.models import Effect, Report, SideEffect, Treatment, Unreadable

PARTS = {part: part for part in ("serious", "counted", "class", "sources", WHOLE)}
"""The parts of a list of side effects."""

NO_JUDGE = "this tool cannot tell an emergency: if it is happening now, call the care team or the emergency number"
"""What a look-up that finds nothing says besides: a symptom may be behind it."""


COURSE = ("urgent", "side_effect_course")
"""The fields of facts that belong to the side effects of a treatment."""


def side_effects(
    data: Dataset,
    words: Sequence[str],
    *,
    serious: bool = False,
    frequency: str | None = None,
    system: str | None = None,
) -> Answer:
    """Answer ``side-effects``: of what ``words`` name, or the vocabulary; raises as ``lookup.find`` does.

    ``UsageProblem`` where filters are given that are of another answer, or are not of their list.
    """
    _check_filters(frequency, system)
    if not words:
        if serious or frequency is not None:
            raise UsageProblem("--serious and --frequency filter the side effects of one treatment; name it")
        return Answer(data, "VocabularyAnswer", {"effects": vocabulary(data, system)})
    found = _named(data, words)
    subjects = [data.treatments[name] for folder, name in map(split_key, found.keys) if folder == "treatments"]
    effects = [data.effects[name] for folder, name in map(split_key, found.keys) if folder == "effects"]
    filters: dict[str, Any] = {"serious": serious or "serious" in found.parts, "frequency": frequency, "system": system}
    if any(filters.values()) and (effects or len(subjects) > 1):
        raise UsageProblem("--serious, --frequency and --system filter the side effects of one treatment")
    if len(subjects) == 1 and not effects:
        return _answer(
            data, "SideEffectsAnswer", _selected(of_treatment(data, subjects[0], **filters), found.parts), found
        )
    if len(subjects) == 1 and len(effects) == 1:
        return _answer(data, "SubjectEffectAnswer", of_both(data, subjects[0], effects[0]), found)
    if not subjects and len(effects) == 1:
        return _answer(data, "EffectAnswer", of_effect(data, effects[0]), found)
    if not effects:
        compared = comparison(data, subjects, fields=("side_effects",))
        selected = ("side_effects", *found.parts)
        return Answer(data, "CompareAnswer", {"comparison": compared}, found.typed, selected)
    see = ", ".join(f"pnetref side-effects {name}" for name in found.ids[:4])
    raise UsageProblem(
        f"name treatments, or one side effect, or one treatment and one side effect; see: {see}; {NO_JUDGE}"
    )


def _selected(answer: dict[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    """Give what was asked for of a list: what was counted, or what is said of the class and the kind."""
    if not parts or {WHOLE, "sources", "serious"} & set(parts):
        return answer
    kept = dict(answer)
    if "class" not in parts:
        for name in ("class_side_effects", "part_side_effects", "kind_side_effects"):
            kept[name] = []
    counted = (
        effect.model_copy(update={"reports": tuple(r for r in effect.reports if r.rates)})
        for effect in answer["side_effects"]
    )
    kept["side_effects"] = [effect for effect in counted if effect.reports] if "counted" in parts else []
    return kept


def _answer(data: Dataset, kind: str, payload: dict[str, Any], found: Found) -> Answer:
    return Answer(data, kind, payload, found.typed, found.parts)


def _named(data: Dataset, words: Sequence[str]) -> Found:
    def accept(key: str) -> bool:
        return key.startswith(("treatments/", "effects/"))

    try:
        return find(data, words, accept, "a treatment or a side effect", PARTS)
    except NoMatch as problem:
        raise NoMatch(f"{problem.message}; {NO_JUDGE}", problem.suggestions, told=problem.told) from None


def _check_filters(frequency: str | None, system: str | None) -> None:
    if frequency is not None and frequency not in FREQUENCIES:
        raise UsageProblem(f"--frequency {frequency!r} is not one of: {', '.join(FREQUENCIES)}")
    if system is not None and system not in BODY_GROUPS:
        raise UsageProblem(f"--system {system!r} is not one of: {', '.join(BODY_GROUPS)}")


def filtered(
    data: Dataset,
    effects: Sequence[SideEffect],
    *,
    serious: bool = False,
    frequency: str | None = None,
    system: str | None = None,
) -> Sequence[SideEffect]:
    """Keep the effects of a body group, and of each the reports that are serious or so frequent; all without a filter."""
    if not serious and frequency is None and system is None:
        return effects
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
            kept.append(
                effect if len(reports) == len(effect.reports) else effect.model_copy(update={"reports": reports})
            )
    return kept


def _caveats(data: Dataset, record: Treatment) -> dict[str, Any]:
    """Give what a reader must know of a record's list, whatever is filtered."""
    return {
        "marks_serious": marks_serious(record),
        "lists_effects": bool(record.side_effects),
        "lost": [gap for gap in readable_nowhere(data, record) if gap.aspect == "side_effects"],
    }


def of_treatment(
    data: Dataset, record: Treatment, *, serious: bool = False, frequency: str | None = None, system: str | None = None
) -> dict[str, Any]:
    """Give the side effects of one treatment, and apart those said of its classes, its parts and its kinds."""
    filters: dict[str, Any] = {"serious": serious, "frequency": frequency, "system": system}
    beside = apart(data, record)

    def kept(key: str, statements: Sequence[Any]) -> list[dict[str, Any]]:
        return [{key: s[key], "side_effects": filtered(data, s["side_effects"], **filters)} for s in statements]

    return {
        "subject": subject(record),
        "side_effects": filtered(data, record.side_effects, **filters),
        "class_side_effects": kept("class", beside.for_class),
        "part_side_effects": kept("part", beside.for_parts),
        "kind_side_effects": kept("kind_of", beside.for_kinds),
        **_caveats(data, record),
        "filters": {key: "yes" if value is True else value for key, value in filters.items() if value},
        "course": [fact for fact in record.facts if fact.field in COURSE],
    }


def of_effect(data: Dataset, effect: Effect) -> dict[str, Any]:
    """Give every treatment reported to cause ``effect``, where it is a sign of another, and its neighbors."""
    reported, signs = [], []
    counts = {kind: len(data.index.reports.get(kind, ())) for kind in data.entry("effects", effect.id).members}
    for name in sorted({*data.index.reports.get(effect.id, ()), *data.index.signs.get(effect.id, ())}):
        about = subject_of(data, name)
        for other in data.some(f"treatments/{name}", "side_effects", "SideEffect", lambda one: one.mentions(effect.id)):
            if other.effect == effect.id:
                reported.append({**about, "reports": list(other.reports)})
            reports = [report for report in other.reports if effect.id in report.signs]
            if reports:
                signs.append({**about, "effect": other.effect, "reports": reports})
    near = [data.effects[name] for name in dict.fromkeys((*effect.broader, *effect.near)) if name not in counts]
    return {
        "effect": effect,
        "reported_for": reported,
        "as_sign_of": signs,
        "kinds": [{**_named_as(data.effects[name]), "reported": count} for name, count in counts.items()],
        "near": [_named_as(other) for other in near],
        "incomplete": [
            {**subject_of(data, name), "unreadable": lost}
            for name in data.index.lost.get("side_effects", ())
            if (lost := without_newer(data, data.some(f"treatments/{name}", "unreadable", "Unreadable", _of_effects)))
        ],
    }


def _of_effects(gap: Unreadable) -> bool:
    return bool(gap.aspect == "side_effects")


def _named_as(effect: Effect) -> dict[str, Any]:
    """Give a side effect by its id and its names."""
    return {"id": effect.id, "name": effect.name, "clinical_name": effect.clinical_name}


def of_both(data: Dataset, record: Treatment, effect: Effect) -> dict[str, Any]:
    """Give what is said of one side effect of one treatment, its class, parts and kinds, and where it is a sign."""
    beside = apart(data, record)
    kinds = kinds_of(data, effect.id)

    def reported(wanted: set[str]) -> list[dict[str, Any]]:
        found = (other for other in record.side_effects if other.effect in wanted)
        return [{"effect": other.effect, "reports": list(other.reports)} for other in found]

    def reports(key: str, statements: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            {key: s[key], "reports": found} for s in statements if (found := _reports(s["side_effects"], effect.id))
        ]

    return {
        "subject": subject(record),
        "effect": effect,
        "reports": _reports(record.side_effects, effect.id),
        "class_reports": reports("class", beside.for_class),
        "part_reports": reports("part", beside.for_parts),
        "kind_reports": reports("kind_of", beside.for_kinds),
        "as_sign_of": [
            {"effect": other.effect, "reports": found}
            for other in record.side_effects
            if (found := [report for report in other.reports if effect.id in report.signs])
        ],
        "kinds": reported(kinds),
        "near": reported({*effect.near, *effect.broader} - kinds),
        **_caveats(data, record),
    }


def kinds_of(data: Dataset, key: str) -> set[str]:
    """Give the ids of the effects that are kinds of ``key``, and kinds of these."""
    kinds: set[str] = set()
    wider = {key}
    while wider:
        wider = {name for other in wider for name in data.entry("effects", other).members} - kinds - {key}
        kinds |= wider
    return kinds


def _reports(effects: Iterable[SideEffect], key: str) -> list[Report]:
    return [report for effect in effects if effect.effect == key for report in effect.reports]


def vocabulary(data: Dataset, system: str | None = None) -> list[Effect]:
    """Give every side effect of the vocabulary, or of one body group, by group and name."""
    effects = (effect for effect in data.effects.values() if system in (None, effect.group))
    return sorted(effects, key=lambda effect: (BODY_GROUPS.index(effect.group), effect.name.casefold()))
