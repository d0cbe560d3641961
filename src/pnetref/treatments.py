"""Drugs and other treatments as answers: one record with its classes, or a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from pnetref.dataset import Dataset
from pnetref.editions import superseded
from pnetref.errors import NoMatch
from pnetref.lookup import DRUG_KINDS, find_one, is_treatment
from pnetref.models import (
    Citation,
    Fact,
    Link,
    Name,
    Report,
    Setting,
    SideEffect,
    Topic,
    Treatment,
    Unreadable,
)
from pnetref.names import normalize, suggest
from pnetref.walk import used

ClassStatements = TypedDict("ClassStatements", {"class": str, "facts": list[Fact], "side_effects": list[SideEffect]})
"""What is said of a whole class by the sources that count a member in."""


class Listed(TypedDict):
    """One line of a list of treatments."""

    id: str
    kind: str
    name: str
    names: tuple[Name, ...]
    classes: tuple[Link, ...]
    parents: tuple[Link, ...]


def class_statements(data: Dataset, record: Treatment) -> list[ClassStatements]:
    """Give what is said of the classes of ``record``, by the sources that count it in and no others."""
    statements: list[ClassStatements] = []
    for link in record.classes:
        group = data.treatments[link.id]
        counted_by = {cite.source for cite in link.cites}
        statements.append(
            {
                "class": link.id,
                "facts": [kept for fact in group.facts if (kept := _said_by(fact, counted_by))],
                "side_effects": [
                    SideEffect.model_construct(effect=effect.effect, reports=reports)
                    for effect in group.side_effects
                    if (reports := tuple(report for report in effect.reports if report.source in counted_by))
                ],
            }
        )
    return statements


def _said_by(fact: Fact, sources: set[str]) -> Fact | None:
    cites = tuple(cite for cite in fact.cites if cite.source in sources)
    if not cites:
        return None
    return fact if cites == fact.cites else fact.model_copy(update={"cites": cites})


def withheld_classes(data: Dataset, record: Treatment) -> list[str]:
    """Give the classes of ``record`` of which sources speak that do not count it in."""
    ids = []
    for link in record.classes:
        group = data.treatments[link.id]
        speaking = {cite.source for cite in statements_of(group)}
        if speaking - {cite.source for cite in link.cites}:
            ids.append(link.id)
    return ids


def readable_nowhere(data: Dataset, record: Treatment | Setting | Topic) -> list[Unreadable]:
    """Give what is lost of a record: not what an older edition lost, as the newer one was read whole."""
    return [gap for gap in record.unreadable if superseded(data.sources[gap.source], gap.at) is None]


def statements_of(record: Treatment) -> Iterable[Citation | Report]:
    """Give every citation of what a record states: its facts and its side-effect reports."""
    for fact in record.facts:
        yield from fact.cites
    for effect in record.side_effects:
        yield from effect.reports


def with_classes(data: Dataset, record: Treatment) -> dict[str, Any]:
    """Give a record with its statements ``for_class``, as the JSON contract holds it."""
    return {**dict(record), "for_class": class_statements(data, record)}


def sources_of(record: Treatment) -> set[str]:
    """Give the ids of all sources that a record cites."""
    return set(used(record)[0])


def subject(record: Treatment) -> dict[str, str]:
    """Give the treatment that an answer is about."""
    return {"id": record.id, "kind": record.kind, "name": record.name}


def listed(record: Treatment) -> Listed:
    """Give the line of a list."""
    return {
        "id": record.id,
        "kind": record.kind,
        "name": record.name,
        "names": record.names,
        "classes": record.classes,
        "parents": record.parents,
    }


class ForSetting(Listed):
    """A treatment that a source names for a setting, with the places that do."""

    cites: tuple[Citation, ...]


def for_setting(data: Dataset, key: str) -> list[ForSetting]:
    """Give the treatments that sources name for the setting ``key``."""
    found: list[ForSetting] = []
    for name in data.treatments:
        record = data.treatments[name]
        found += [{**listed(record), "cites": link.cites} for link in record.settings if link.id == key]
    return found


def roots(data: Dataset) -> list[str]:
    """Give the ids of the treatments that belong to no other: the top of the tree."""
    below = {member for key in data.treatments for member in data.members(key)}
    return [key for key in data.treatments if key not in below]


def drugs(
    data: Dataset,
    *,
    in_class: str | None = None,
    target: str | None = None,
    route: str | None = None,
    source: str | None = None,
) -> list[Treatment]:
    """Give all drugs, classes and combinations that pass every filter that is given.

    Raises ``NoMatch`` where a filter names a class, target, route or source that no record has.
    """
    records = [data.treatments[key] for key in data.treatments if data.entry("treatments", key).kind in DRUG_KINDS]
    if in_class is not None:
        key = find_one(data, [in_class], is_treatment, "a drug class")
        records = [record for record in records if any(link.id == key for link in record.classes)]
        if not records:
            classes = ", ".join(data.entry("treatments", key).name for key in _classes(data))
            raise NoMatch(f'"{in_class}" is no class of any drug here; the classes are: {classes}')
    if target is not None:
        records = _with_value(records, "target", target)
    if route is not None:
        records = _with_value(records, "route", route)
    if source is not None:
        if source not in data.sources or data.sources[source].read is None:
            read = [key for key in data.sources if data.sources[key].read is not None]
            raise NoMatch(f'"{source}" is no source that was read; pnetref cite lists them', suggest(source, read))
        records = [record for record in records if source in sources_of(record)]
    return records


def _classes(data: Dataset) -> list[str]:
    return [key for key in data.treatments if data.entry("treatments", key).kind == "drug-class"]


def _with_value(records: list[Treatment], field: str, wanted: str) -> list[Treatment]:
    values = {fact.value for record in records for fact in record.facts if fact.field == field and fact.value}
    key = normalize(wanted)
    matching = {value for value in values if key and key in normalize(value)}
    if not matching:
        known = ", ".join(sorted(values, key=str.casefold)) or "none"
        raise NoMatch(f'no drug here has the {field} "{wanted}"; here are: {known}')
    return [
        record
        for record in records
        if any(fact.field == field and fact.value in matching and fact.stance == "stated" for fact in record.facts)
    ]
