"""Records side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pnetref.answers.envelope import Answer
from pnetref.answers.treatment import PARTS, apart, asked_for, aspects_of, readable_nowhere, withheld_classes
from pnetref.errors import UsageProblem
from pnetref.lookup import find, is_treatment
from pnetref.terms import FIELDS, LISTS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pnetref.answers.shapes import ComparedEffect, ComparedField, Comparison, Pregnancy
    from pnetref.answers.treatment import Apart
    from pnetref.dataset import Dataset
    from pnetref.models import (
        Fact,
        Report,
        SideEffect,
        Treatment,
        Trial,
    )

MOST = 30
"""The records that are set side by side at most: no page shows more, and each has a column of every row."""

TWO = "compare needs two names or more, as in: pnetref compare sunitinib everolimus"
ONLY = ("shared", "different", "serious")
"""The filters of rows."""

Row = TypeVar("Row")


def compare(data: Dataset, words: Sequence[str], *, fields: Sequence[str] = (), only: str | None = None) -> Answer:
    """Answer ``compare NAME NAME``; raises as ``lookup.find`` and ``comparison`` do."""
    if not words:
        raise UsageProblem(TWO)
    found = find(data, words, is_treatment, "a treatment", PARTS, several=True)
    selected = tuple(dict.fromkeys((*found.parts, *(asked_for(field) for field in fields))))
    compared = comparison(
        data, [data.treatments[key] for key in found.ids], fields=compared_fields(selected), only=only
    )
    return Answer(data, "CompareAnswer", {"comparison": compared}, found.typed, selected)


def compared_fields(selected: Sequence[str]) -> tuple[str, ...]:
    """Give the fields that parts or fields ask for, in the order of the card; none for all of them."""
    if not selected or {WHOLE, "sources"} & set(selected):
        return ()
    aspects = aspects_of(selected)
    return (
        *(name for name in (*FIELDS, "side_effects") if name in aspects),
        *(("trials",) if "trials" in selected else ()),
    )


def comparison(
    data: Dataset, records: Sequence[Treatment], *, fields: Sequence[str] = (), only: str | None = None
) -> Comparison:
    """Compare records field by field, effect by effect, trial by trial; nothing is left out but by a filter.

    ``fields`` keeps these fields alone; ``only`` keeps what all have (``shared``), what not all have or
    state alike (``different``), or what a source calls ``serious``. Raises ``UsageProblem`` for fewer
    than two records or the same one twice.
    """
    ids = [record.id for record in records]
    _check(records, only)
    beside = {record.id: apart(data, record) for record in records}
    wants_effects = not fields or "side_effects" in fields

    def kept(wanted: str, rows: Callable[[Treatment], list[Row]]) -> dict[str, list[Row]]:
        """Give rows by record, none where a filter leaves them out: they are neither shared nor different."""
        keep = only is None and (not fields or wanted in fields)
        return {record.id: rows(record) if keep else [] for record in records}

    def beside_each(rows: Callable[[Apart], list[Row]]) -> dict[str, list[Row]]:
        """Give what is said of others by record: what of it is serious passes that filter, and none the others."""
        return {key: rows(said) if only in (None, "serious") else [] for key, said in beside.items()}

    def wanted(facts: Sequence[Fact]) -> list[Fact]:
        return [fact for fact in facts if only is None and (not fields or fact.field in fields)]

    def label(name: str, statements: list[Row]) -> list[Row]:
        """Give what a label says of a part of a combination, where it is wanted."""
        return statements if only is None and (not fields or LISTS[name] in fields) else []

    def effects(said: Sequence[SideEffect]) -> list[SideEffect]:
        if only == "serious":
            said = [effect for effect in said if any(report.serious for report in effect.reports)]
        return list(said) if wants_effects else []

    def passes(said: Sequence[SideEffect]) -> bool:
        """Tell whether a filter leaves anything of what is said of others."""
        return only is None or bool(effects(said))

    return {
        "records": ids,
        "fields": _fields(records, fields, only),
        "side_effects": _side_effects(data, records, only) if wants_effects else [],
        "class_facts": beside_each(
            lambda said: [
                {"class": s["class"], "facts": wanted(s["facts"])}
                for s in said.for_class
                if s["class"] not in ids and only is None
            ]
        ),
        "class_side_effects": beside_each(
            lambda said: [
                {"class": s["class"], "side_effects": effects(s["side_effects"])}
                for s in said.for_class
                if s["class"] not in ids and wants_effects and passes(s["side_effects"])
            ]
        ),
        "for_parts": beside_each(
            lambda said: [
                {
                    "part": s["part"],
                    "facts": wanted(s["facts"]),
                    "side_effects": effects(s["side_effects"]),
                    "interactions": label("interactions", s["interactions"]),
                    "checks": label("checks", s["checks"]),
                    "dose_changes": label("dose_changes", s["dose_changes"]),
                }
                for s in said.for_parts
                if s["part"] not in ids and passes(s["side_effects"])
            ]
        ),
        "for_kinds": beside_each(
            lambda said: [
                {"kind_of": s["kind_of"], "facts": wanted(s["facts"]), "side_effects": effects(s["side_effects"])}
                for s in said.for_kinds
                if s["kind_of"] not in ids and passes(s["side_effects"])
            ]
        ),
        "trials": kept("trials", lambda record: [data.trials[name] for name in record.trials]),
        "doses": kept(LISTS["doses"], lambda record: list(record.doses)),
        "approvals": kept(LISTS["approvals"], lambda record: list(record.approvals)),
        "interactions": kept(LISTS["interactions"], lambda record: list(record.interactions)),
        "checks": kept(LISTS["checks"], lambda record: list(record.checks)),
        "dose_changes": kept(LISTS["dose_changes"], lambda record: list(record.dose_changes)),
        "not_read": {record.id: list(record.not_read) for record in records},
        "not_stated": {record.id: list(record.not_stated) for record in records},
        "head_to_head": [trial.id for trial in head_to_head(data, records)],
        "only": only,
        "pregnancy": {record.id: _pregnancy(record, beside[record.id]) for record in records},
        "marks_serious": {record.id: marks_serious(record) for record in records},
        "lists_effects": {record.id: bool(record.side_effects) for record in records},
        "lost": {record.id: readable_nowhere(data, record) for record in records},
        "withheld": {
            record.id: [{"class": key} for key in withheld_classes(data, record) if key not in ids]
            for record in records
        },
    }


def _pregnancy(record: Treatment, beside: Apart) -> list[Pregnancy]:
    said: list[tuple[str, Iterable[Fact]]] = [(record.id, record.facts)]
    said += [(s["class"], s["facts"]) for s in beside.for_class]
    said += [(s["part"], s["facts"]) for s in beside.for_parts]
    said += [(s["kind_of"], s["facts"]) for s in beside.for_kinds]
    found = [(key, [fact for fact in facts if fact.field == "pregnancy"]) for key, facts in said]
    return [{"said_of": key, "facts": facts} for key, facts in found if facts]


def _check(records: Sequence[Treatment], only: str | None) -> None:
    if len(records) < 2:
        raise UsageProblem(TWO)
    if len(records) > MOST:
        raise UsageProblem(
            f"{len(records)} names are too many side by side; give at most {MOST}, or see: pnetref drug --all --json"
        )
    ids = [record.id for record in records]
    twice = [record.name for record in records if ids.count(record.id) > 1]
    if twice:
        raise UsageProblem(f"{twice[0]} is named twice; a record is compared with others")
    if only is not None and only not in ONLY:
        raise UsageProblem(f"--only {only!r} is not one of: {', '.join(ONLY)}")


def marks_serious(record: Treatment) -> bool:
    """Tell whether any source here says of an effect of ``record`` that it is serious, or that it is not."""
    return any(report.serious is not None for effect in record.side_effects for report in effect.reports)


def _fields(records: Sequence[Treatment], fields: Sequence[str], only: str | None) -> list[ComparedField]:
    if only == "serious":
        return []
    stated: dict[str, dict[str, list[Fact]]] = {}
    for record in records:
        for fact in record.facts:
            stated.setdefault(fact.field, {record.id: [] for record in records})[record.id].append(fact)
    rows: list[ComparedField] = []
    for field in fields or FIELDS:
        facts = stated.get(field)
        if facts is None or (only == "shared" and not all(facts.values())):
            continue
        if only == "different" and len({tuple(sorted(fact.text for fact in said)) for said in facts.values()}) == 1:
            continue
        rows.append({"field": field, "facts": facts})
    return rows


def _side_effects(data: Dataset, records: Sequence[Treatment], only: str | None) -> list[ComparedEffect]:
    reports: dict[str, dict[str, tuple[Report, ...]]] = {}
    for record in records:
        for effect in record.side_effects:
            reports.setdefault(effect.effect, {})[record.id] = effect.reports
    keys = sorted(reports, key=lambda key: (-len(reports[key]), data.entry("effects", key).name.casefold()))
    return [
        {"effect": key, "reports": {record.id: list(reports[key].get(record.id, ())) for record in records}}
        for key in keys
        if only is None or _keeps(only, list(reports[key].values()), len(records))
    ]


def _keeps(only: str, reports: Sequence[Sequence[Report]], records: int) -> bool:
    """Tell whether a filter keeps an effect, by its reports of each of the records that have any."""
    if only == "serious":
        return any(report.serious for said in reports for report in said)
    shared = len(reports) == records
    if only == "shared":
        return shared
    grades = {frozenset((report.frequency, report.graded_as, report.serious) for report in said) for said in reports}
    return not shared or len(grades) > 1


def head_to_head(data: Dataset, records: Sequence[Treatment]) -> list[Trial]:
    """Give the comparative trials here that set two of the records against each other in separate arms."""
    found = []
    for name in dict.fromkeys(name for record in records for name in record.trials):
        trial = data.trials[name]
        arms = [set(arm.treatments) for arm in trial.arms]
        pairs = ((a.id, b.id) for i, a in enumerate(records) for b in records[i + 1 :])
        separate = any(
            any(one in arm and other not in arm for arm in arms)
            and any(other in arm and one not in arm for arm in arms)
            for one, other in pairs
        )
        if trial.comparative and separate:
            found.append(trial)
    return found
