"""Records side by side, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pnetref.dataset import Dataset
from pnetref.errors import UsageProblem
from pnetref.lookup import find, is_treatment, split_key
from pnetref.models import FIELDS, Report, Treatment, Trial
from pnetref.treatments import class_statements

TWO = "compare needs two names or more, as in: pnetref compare sunitinib everolimus"
ONLY = ("shared", "different", "serious")


def named(data: Dataset, words: Sequence[str]) -> list[Treatment]:
    """Give the treatments that ``words`` name; raises as ``lookup.find`` does, and where no word is given."""
    if not words:
        raise UsageProblem(TWO)
    keys = find(data, words, is_treatment, "a treatment")
    return [data.treatments[split_key(key)[1]] for key in keys]


def comparison(
    data: Dataset, records: Sequence[Treatment], *, fields: Sequence[str] = (), only: str | None = None
) -> dict[str, Any]:
    """Compare records field by field, effect by effect, trial by trial; nothing is left out but by a filter.

    ``fields`` keeps these fields alone; ``only`` keeps what all have (``shared``), what not all have or
    state alike (``different``), or what a source calls ``serious``. Raises ``UsageProblem`` for fewer
    than two records or the same one twice.
    """
    ids = [record.id for record in records]
    if len(records) < 2:
        raise UsageProblem(TWO)
    twice = [record.name for record in records if ids.count(record.id) > 1]
    if twice:
        raise UsageProblem(f"{twice[0]} is named twice; a record is compared with others")
    if only is not None and only not in ONLY:
        raise UsageProblem(f"--only {only!r} is not one of: {', '.join(ONLY)}")
    unknown = [field for field in fields if field not in (*FIELDS, "side_effects", "trials")]
    if unknown:
        raise UsageProblem(f"--field {unknown[0]!r} is not one of: side_effects, trials, {', '.join(FIELDS)}")

    statements = {record.id: [s for s in class_statements(data, record) if s["class"] not in ids] for record in records}
    wants = {name: not fields or name in fields for name in ("side_effects", "trials", "dose", "approval")}

    def kept(name: str, rows: Callable[[Treatment], list[Any]]) -> dict[str, list[Any]]:
        """Give rows by record, none where a filter leaves them out: they are neither shared nor different."""
        return {record.id: rows(record) if only is None and wants.get(name, True) else [] for record in records}

    return {
        "records": ids,
        "fields": _fields(records, fields, only),
        "side_effects": _side_effects(data, records, only) if wants["side_effects"] else [],
        "class_facts": kept(
            "class_facts",
            lambda record: [
                {"class": s["class"], "facts": [f for f in s["facts"] if not fields or f.field in fields]}
                for s in statements[record.id]
            ],
        ),
        "class_side_effects": kept(
            "side_effects",
            lambda record: [{"class": s["class"], "side_effects": s["side_effects"]} for s in statements[record.id]],
        ),
        "trials": kept("trials", lambda record: [data.trials[name] for name in record.trials]),
        "doses": kept("dose", lambda record: list(record.doses)),
        "approvals": kept("approval", lambda record: list(record.approvals)),
        "head_to_head": [trial.id for trial in head_to_head(data, records)],
    }


def _fields(records: Sequence[Treatment], fields: Sequence[str], only: str | None) -> list[dict[str, Any]]:
    rows = []
    for field in fields or FIELDS:
        facts = {record.id: [fact for fact in record.facts if fact.field == field] for record in records}
        stated = [found for found in facts.values() if found]
        if not stated or only == "serious":
            continue
        shared = len(stated) == len(records)
        alike = shared and len({tuple(sorted(fact.text for fact in found)) for found in stated}) == 1
        if (only == "shared" and not shared) or (only == "different" and alike):
            continue
        rows.append({"field": field, "facts": facts})
    return rows


def _side_effects(data: Dataset, records: Sequence[Treatment], only: str | None) -> list[dict[str, Any]]:
    reports: dict[str, dict[str, tuple[Report, ...]]] = {}
    for record in records:
        for effect in record.side_effects:
            reports.setdefault(effect.effect, {})[record.id] = effect.reports
    rows = []
    for key in sorted(reports, key=lambda key: (-len(reports[key]), data.entry("effects", key).name.casefold())):
        found = reports[key]
        shared = len(found) == len(records)
        grades = {frozenset((r.frequency, r.graded_as, r.serious) for r in said) for said in found.values()}
        serious = any(report.serious for said in found.values() for report in said)
        keep = {None: True, "shared": shared, "different": not shared or len(grades) > 1, "serious": serious}[only]
        if keep:
            rows.append({"effect": key, "reports": {record.id: list(found.get(record.id, ())) for record in records}})
    return rows


def head_to_head(data: Dataset, records: Sequence[Treatment]) -> list[Trial]:
    """Give the comparative trials here that set two of the records against each other in separate arms."""
    found = []
    for name in dict.fromkeys(name for record in records for name in record.trials):
        trial = data.trials[name]
        arms = [set(arm.treatments) for arm in trial.arms]
        pairs = ((a.id, b.id) for i, a in enumerate(records) for b in records[i + 1 :])
        apart = any(
            any(one in arm and other not in arm for arm in arms)
            and any(other in arm and one not in arm for arm in arms)
            for one, other in pairs
        )
        if trial.comparative and apart:
            found.append(trial)
    return found
