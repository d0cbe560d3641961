"""References as answers: the sources that a name or a fact rests on, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pnetref.dataset import Dataset
from pnetref.editions import state
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find, find_one, is_effect, split_key
from pnetref.models import FIELDS
from pnetref.walk import used

DATES = ("published", "revised", "reviewed", "review_due", "read")

Places = dict[str, list[str]]
"""Places by source id: what a citation names."""


def entry(data: Dataset, key: str, as_of: str, places: Iterable[str] = ()) -> dict[str, Any]:
    """Give one reference of an answer: bibliographic data, dates, state, and how many facts rest on it.

    ``places`` are those that are cited, where the sources of a treatment, a trial or a fact were asked for.
    """
    source = data.sources[key]
    return {
        "id": key,
        "kind": source.kind,
        "csl": source.csl,
        "dates": {name: getattr(source, name) for name in DATES},
        "state": state(source, as_of, places),
        "superseded_by": list(source.superseded_by),
        "listed_by": list(source.listed_by),
        "facts": data.entry("sources", key).cited,
        "at": list(places),
        "note": source.note,
        "reference": source.reference,
    }


def cited_by(data: Dataset, key: str, *, field: str | None, effect: str | None) -> Places:
    """Give the sources of a treatment's record, of its facts of one ``field``, or of one side ``effect``.

    Raises ``NoMatch`` where no source states it.
    """
    record = data.treatments[key]
    if field is None and effect is None:
        return _places_in(record)
    if field is not None:
        if field not in FIELDS:
            raise UsageProblem(f"--field {field!r} is not one of: {', '.join(FIELDS)}; for a side effect: --effect")
        tables: dict[str, Sequence[object]] = {"dose": record.doses, "approval": record.approvals}
        parts: list[object] = [fact for fact in record.facts if fact.field == field]
        parts += tables.get(field, ())
        if not parts:
            fields = [fact.field for fact in record.facts] + [name for name, rows in tables.items() if rows]
            stated = ", ".join(dict.fromkeys(fields))
            raise NoMatch(f"no source here states the {field} of {record.name}; stated are: {stated}")
        return _places_in(parts)
    reports = [part.reports for part in record.side_effects if part.effect == effect]
    if not reports:
        raise NoMatch(f"no source here reports {data.entry('effects', str(effect)).name.lower()} of {record.name}")
    return _places_in(reports)


def listed_in(data: Dataset, key: str) -> list[str]:
    """Give the ids of the works that a source lists."""
    return [name for name in data.sources if any(cite.source == key for cite in data.sources[name].listed_by)]


def wanted(
    data: Dataset, words: Sequence[str], *, field: str | None = None, effect: str | None = None, listed: bool = False
) -> Places:
    """Give the sources that a `cite` command asks for, and the places that are cited; all without a name.

    Raises ``UsageProblem`` where the options do not go together, and as ``lookup.find`` does.
    """
    if field is not None and effect is not None:
        raise UsageProblem("give --field or --effect, not both")
    one_fact = field is not None or effect is not None
    if not words:
        if one_fact or listed:
            raise UsageProblem(
                "--field, --effect and --listed need a name, as in: pnetref cite sunitinib --field mechanism"
            )
        return {key: [] for key in data.sources}
    places: Places = {}
    for key in find(
        data, words, lambda key: key.startswith(("sources/", "treatments/", "trials/")), "a source or a treatment"
    ):
        folder, name = split_key(key)
        found: Places = {}
        if folder == "sources":
            if one_fact:
                raise UsageProblem("--field and --effect are of a treatment, not of a source")
            found = {key: [] for key in (listed_in(data, name) if listed else [name])}
            if not found:
                raise NoMatch(f"{name} lists no works, as far as our copy shows")
        elif listed:
            raise UsageProblem("--listed is of a source; pnetref cite shows their ids")
        elif folder == "trials":
            found = _places_in(data.trials[name])
        else:
            wanted_effect = find_one(data, [effect], is_effect, "a side effect") if effect is not None else None
            found = cited_by(data, name, field=field, effect=wanted_effect)
        for source, at in found.items():
            known = places.setdefault(source, [])
            known += [place for place in at if place not in known]
    return places


def _places_in(value: object) -> Places:
    return {key: list(places) for key, places in used(value)[0].items()}
