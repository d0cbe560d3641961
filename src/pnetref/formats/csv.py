"""An answer as one table: a row a statement and citation, the same columns for every command.

A statement with several figures has a row a figure. What no source says is a row without a source,
whose stance says which silence it is.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from pnetref.models import (
    Approval,
    Check,
    Dose,
    DoseChange,
    Effect,
    Fact,
    Identifier,
    Interaction,
    Link,
    Model,
    Name,
    NotRead,
    Report,
    SideEffect,
    Trial,
    Unreadable,
)
from pnetref.plain import cell
from pnetref.statements import in_words
from pnetref.terms import ASPECTS, FIELDS, SECTIONS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pnetref.models import (
        Figure,
        Result,
    )

COLUMNS = (
    "record",
    "kind",
    "section",
    "field",
    "text",
    "value",
    "low",
    "high",
    "unit",
    "scope",
    "stance",
    "source",
    "at",
    "state",
)

LINKS = {"classes": "class", "parents": "kind of", "settings": "setting", "members": "member"}
"""The field under which a link or a member stands."""

Place = tuple[str, str]
"""A source and the place in it; both empty where no source says it."""

NOWHERE: tuple[Place, ...] = (("", ""),)
NOTHING_HERE = "Nothing read here speaks of it."


class Of(NamedTuple):
    """Where in an answer a part of it stands: the record, its kind, and the key of the list."""

    record: str
    kind: str
    key: str


def render(answer: Mapping[str, Any]) -> str:
    """Give an answer as CSV with a line of titles."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows(answer):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        return cell(value)
    return "" if value is None else value


def rows(answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the rows of an answer, in its order."""
    subject = answer.get("subject", {"id": "", "kind": ""})
    around = ("schema_version", "data_version", "as_of", "notice", "typed", "selected", "records", "sources")
    said: set[str] = set()
    for key, value in answer.items():
        if key not in around and not (key == "effects" and isinstance(value, dict)):
            for row in _inside(value, Of(subject["id"], subject["kind"], key), answer):
                said.add(row["field"])
                yield {**row, "state": _state(answer, row.get("source", ""), row.get("at", ""))}
    yield from _silent(answer, said)


def _silent(answer: Mapping[str, Any], said: Collection[str]) -> Iterator[dict[str, Any]]:
    """Give a row for pregnancy and for each field that was asked for of a treatment, where nothing at all is said of it.

    A table without a line reads as a no.
    """
    record = answer.get("drug") or answer.get("treatment")
    selected = answer["selected"]
    if record is not None:
        of = Of(record["id"], record["kind"], "")
        pregnancy = () if selected and WHOLE not in selected else ("pregnancy",)
        for name in dict.fromkeys((*pregnancy, *(name for name in selected if name in ASPECTS))):
            if name not in said:
                yield from _rows(of, name, NOTHING_HERE, NOWHERE, stance="nothing here")


def _state(answer: Mapping[str, Any], source: str, at: str) -> str:
    if not source:
        return ""
    states: Mapping[str, str] = answer["sources"][source]["place_states"]
    return str(states.get(at, answer["sources"][source]["state"]))


def _inside(value: Any, of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any part
    """Give the rows of a part of an answer: its own where it is a statement, else those of its parts."""
    for model, give in GIVEN.items():
        if isinstance(value, model):
            yield from give(value, of, answer)
            return
    if isinstance(value, Model):
        value = dict(value)
    if isinstance(value, dict):
        if "csl" in value:
            yield from _reference(value, of)
        elif "cites" in value and "text" in value:
            stance = "stated" if value["cites"] else "not stated"
            yield from _rows(of, value["field"], value["text"], _places(value["cites"]), stance=stance)
        else:
            yield from _parts(value, of, answer)
    elif isinstance(value, list | tuple):
        for part in value:
            if isinstance(part, str) and of.key == "not_stated":
                yield from _rows(of, part, "", NOWHERE, stance="not stated")
            elif isinstance(part, str) and of.key == "records":
                yield from _rows(_of_record(part, of, answer), "compared", answer["records"][part]["name"], NOWHERE)
            else:
                yield from _inside(part, of, answer)


def _parts(value: Mapping[str, Any], of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    whose = next((value[name] for name in ("class", "part", "kind_of") if isinstance(value.get(name), str)), None)
    if whose is not None:
        here = _of_record(whose, of, answer)
    else:
        here = Of(value.get("id", of.record), value.get("kind", of.kind), of.key)
    if of.key in LINKS and "cites" in value:
        yield from _rows(of, LINKS[of.key], value["name"], _places(value["cites"]))
        return
    if isinstance(value.get("name"), str):
        yield from _rows(here, "name", value["name"], _places(value.get("cites", ())))
    for key, part in value.items():
        if key == "trial_records" or (key == "cites" and "name" in value):
            continue  # a trial is an answer of its own
        inside = _of_record(key, here, answer) if key in answer["records"] else here._replace(key=key)
        if isinstance(part, dict | list | tuple | Model):
            yield from _inside(part, inside, answer)


def _of_record(key: str, of: Of, answer: Mapping[str, Any]) -> Of:
    """Give where a part stands that is of another record."""
    return of._replace(record=key, kind=answer["records"][key]["kind"])


def _rows(
    of: Of,
    field: str,
    text: str,
    places: Sequence[Place],
    *,
    scope: str = "",
    stance: str = "stated",
    numbers: Sequence[tuple[Any, Any, Any, str]] = ((None, None, None, ""),),
) -> Iterator[dict[str, Any]]:
    """Give a row for each place and each value with its bounds and unit."""
    section = SECTIONS[FIELDS[field].section].title if field in FIELDS else of.key.replace("_", " ")
    for source, at in places:
        for value, low, high, unit in numbers:
            yield {
                "record": of.record,
                "kind": of.kind,
                "section": section,
                "field": field,
                "text": text,
                "value": value,
                "low": low,
                "high": high,
                "unit": unit,
                "scope": scope,
                "stance": stance,
                "source": source,
                "at": at,
            }


def _places(cites: Iterable[Any]) -> Sequence[Place]:
    return tuple((cite.source, cite.at) for cite in cites) or NOWHERE


def _numbers(figures: Sequence[Figure]) -> Sequence[tuple[Any, Any, Any, str]]:
    return tuple((f.value, f.low, f.high, f.unit) for f in figures) or ((None, None, None, ""),)


def _fact(fact: Fact, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    numbers = _numbers(fact.figures)
    yield from _rows(
        of, fact.field, fact.text, _places(fact.cites), scope=fact.scope, stance=fact.stance, numbers=numbers
    )


def _interaction(part: Interaction, of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    text = f"{answer['records'][part.with_.id]['name']}: {part.text}"
    yield from _rows(of, "interaction", text, _places(part.cites), scope=part.scope, numbers=_numbers(part.figures))


def _check(part: Check, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(of, "monitoring", part.text, _places(part.cites), scope=part.scope, numbers=_numbers(part.figures))


def _dose_change(part: DoseChange, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(
        of, "dose_change", part.text, _places(part.cites), scope=part.scope, numbers=_numbers(part.figures)
    )


def _not_read(gap: NotRead, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    stance = "not read in part" if gap.in_part else "not read"
    yield from _rows(of, gap.aspect, "", ((gap.source or "", ""),), stance=stance)


def _dose(dose: Dose, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    numbers = _numbers(dose.figures)
    yield from _rows(of, "dose", in_words(dose), _places(dose.cites), scope=dose.scope, numbers=numbers)


def _approval(approval: Approval, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    date = f", {approval.date}" if approval.date else ""
    text = f"{in_words(approval)} ({approval.region}: {approval.status}{date})"
    yield from _rows(of, "approval", text, _places(approval.cites), scope=approval.scope)


def _name(name: Name, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    use = f" ({name.use})" if name.use else ""
    yield from _rows(of, f"{name.kind} name", f"{name.text}{use}", _places(name.cites))


def _link(link: Link, of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(of, LINKS.get(of.key, of.key), answer["records"][link.id]["name"], _places(link.cites))


def _identifier(identifier: Identifier, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(of, "identifier", identifier.curie, _places(identifier.cites))


def _unreadable(gap: Unreadable, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(of, gap.aspect, "", ((gap.source, gap.at),), stance="unreadable")


def _side_effect(effect: SideEffect, of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for report in effect.reports:
        yield from _reported(report, answer["effects"][effect.effect]["name"], of)


def _report(report: Report, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _reported(report, report.wording, of)


def _reported(report: Report, name: str, of: Of) -> Iterator[dict[str, Any]]:
    serious = {True: "serious", False: "not serious", None: None}[report.serious]
    said = "; ".join(part for part in (f"“{report.wording}”", report.graded_as, serious) if part)
    place = ((report.source, report.at),)
    if not report.rates:
        yield from _rows(of, "side_effects", f"{name} ({said})", place, scope=report.scope)
    for rate in report.rates:
        arms = [(rate.value, rate.arm, rate.n), (rate.comparator_value, rate.comparator, rate.comparator_n)]
        for value, arm, people in arms:
            if value is not None:
                count = f", {people} people" if people is not None else ""
                text = f"{name} ({said}), {rate.grade}, {arm}{count}"
                number = ((value, None, None, rate.unit),)
                yield from _rows(of, "side_effects", text, place, scope=report.scope, numbers=number)


def _effect(effect: Effect, of: Of, _: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _rows(Of(effect.id, "effect", of.key), "name", f"{effect.name} ({effect.clinical_name})", NOWHERE)


def _trial(trial: Trial, of: Of, answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    here = Of(trial.id, "trial", of.key)
    places = _places(trial.cites)
    for field in ("name", "population", "design", "primary_endpoint"):
        yield from _rows(here, field, getattr(trial, field), places, scope=trial.scope)
    for part in (*trial.names, *trial.registry, *trial.facts):
        yield from _inside(part, here, answer)
    names = {arm.id: arm.name for arm in trial.arms}
    for result in trial.results:
        yield from _result(result, here._replace(key="results"), trial.scope, names)


def _result(result: Result, of: Of, scope: str, arms: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    places = _places(result.cites)
    about = f"{result.measure} ({result.analysis} analysis; {result.population})"
    for arm in result.arms:
        reached = "" if arm.reached else ", not reached"
        number = ((arm.value, arm.low, arm.high, result.unit),)
        text = f"{about}, {arms[arm.arm]}{reached}"
        yield from _rows(of, result.measure, text, places, scope=scope, numbers=number)
    if result.estimate:
        number = ((result.estimate.value, result.estimate.low, result.estimate.high, "ratio"),)
        yield from _rows(of, result.estimate.kind, about, places, scope=scope, numbers=number)


def _reference(entry: Mapping[str, Any], of: Of) -> Iterator[dict[str, Any]]:
    places = tuple((entry["id"], at) for at in entry["at"]) or ((entry["id"], ""),)
    yield from _rows(Of(entry["id"], entry["kind"], of.key), "reference", entry["reference"], places)


GIVEN: dict[type[Model], Callable[[Any, Of, Mapping[str, Any]], Iterator[dict[str, Any]]]] = {
    Fact: _fact,
    Interaction: _interaction,
    Check: _check,
    DoseChange: _dose_change,
    NotRead: _not_read,
    Dose: _dose,
    Approval: _approval,
    Name: _name,
    Link: _link,
    Identifier: _identifier,
    Unreadable: _unreadable,
    SideEffect: _side_effect,
    Report: _report,
    Effect: _effect,
    Trial: _trial,
}
"""The rows of each kind of statement."""
