"""A treatment whole, with what is said of its class, its parts and its kind; and lists of treatments.

It is long because the answer names every key of a record.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pnetref.answers.envelope import Answer
from pnetref.editions import superseded
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find_one, is_drug, is_setting, is_treatment
from pnetref.names import normalize, words_of
from pnetref.terms import ASPECTS, DRUGS, FIELDS, OF_PART, SECTIONS, WAYS, WHOLE, parts_by_words
from pnetref.walk import Rested, used

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pnetref.answers.shapes import (
        ClassStatements,
        KindStatements,
        ListedTreatment,
        Member,
        PartStatements,
        Subject,
        TreatmentAnswer,
        TreatmentForSetting,
        Typed,
    )
    from pnetref.dataset import Dataset
    from pnetref.lookup import Found
    from pnetref.models import (
        Citation,
        Fact,
        Link,
        Report,
        Setting,
        SideEffect,
        Topic,
        Treatment,
        Unreadable,
    )

PARTS = parts_by_words()
"""The parts and fields of a record that can be asked for, by the words that ask for them."""


class Apart:
    """What is said of others and bears on a record: shown beside it, never merged into it."""

    def __init__(
        self,
        for_class: list[ClassStatements],
        for_parts: list[PartStatements],
        for_kinds: list[KindStatements],
    ) -> None:
        self.for_class = for_class
        self.for_parts = for_parts
        self.for_kinds = for_kinds


# --- what is said of others and bears on a record ----------------------------------------------


def apart(data: Dataset, record: Treatment) -> Apart:
    """Give what is said of the classes, the parts and the kinds of ``record``.

    Of a class or a kind it is what those sources say that count the record in; of a part it is everything.
    """
    classes: list[ClassStatements] = []
    for link in record.classes:
        facts, effects = _said_by(data.treatments[link.id], _sources(link))
        classes.append({"class": link.id, "facts": facts, "side_effects": effects})
    parts: list[PartStatements] = []
    kinds: list[KindStatements] = []
    if record.kind == "combination":
        parts = [_part(data.treatments[link.id]) for link in record.parents]
    else:
        for key, counting in _kinds(data, record):
            facts, effects = _said_by(data.treatments[key], counting)
            kinds.append({"kind_of": key, "facts": facts, "side_effects": effects})
    return Apart(classes, parts, kinds)


def _part(record: Treatment) -> PartStatements:
    """Give everything that is said of a part of a combination."""
    return {
        "part": record.id,
        "facts": list(record.facts),
        "side_effects": list(record.side_effects),
        "interactions": list(record.interactions),
        "checks": list(record.checks),
        "dose_changes": list(record.dose_changes),
    }


def _kinds(data: Dataset, record: Treatment, counting: set[str] | None = None) -> Iterator[tuple[str, set[str]]]:
    """Give what a record is a kind of, the nearest first, each with the sources that count the record in."""
    for link in record.parents:
        sources = _sources(link) if counting is None else _sources(link) & counting
        yield link.id, sources
        yield from _kinds(data, data.treatments[link.id], sources)


def _sources(link: Link) -> set[str]:
    return {cite.source for cite in link.cites}


def _said_by(record: Treatment, sources: set[str]) -> tuple[list[Fact], list[SideEffect]]:
    """Give the facts and the side effects of a record as ``sources`` state them."""
    facts, effects = [], []
    for fact in record.facts:
        cites = tuple(cite for cite in fact.cites if cite.source in sources)
        if cites:
            facts.append(fact if len(cites) == len(fact.cites) else fact.model_copy(update={"cites": cites}))
    for effect in record.side_effects:
        reports = tuple(report for report in effect.reports if report.source in sources)
        if reports:
            effects.append(
                effect if len(reports) == len(effect.reports) else effect.model_copy(update={"reports": reports})
            )
    return facts, effects


def withheld_classes(data: Dataset, record: Treatment) -> list[str]:
    """Give the classes of ``record`` of which sources speak that do not count it in."""
    return [link.id for link in record.classes if _speaking(data.treatments[link.id]) - _sources(link)]


def _speaking(record: Treatment) -> set[str]:
    """Give the sources of what a record states: its facts and its side-effect reports."""
    said: list[Citation | Report] = [cite for fact in record.facts for cite in fact.cites]
    said += [report for effect in record.side_effects for report in effect.reports]
    return {cite.source for cite in said}


def readable_nowhere(data: Dataset, record: Treatment | Setting | Topic) -> list[Unreadable]:
    """Give what is lost of a record: not what an older edition lost, as the newer one was read whole."""
    return without_newer(data, record.unreadable)


def without_newer(data: Dataset, gaps: Iterable[Unreadable]) -> list[Unreadable]:
    """Leave out gaps of an older edition."""
    return [gap for gap in gaps if superseded(data.sources[gap.source], gap.at) is None]


# --- one record --------------------------------------------------------------------------------


def whole(data: Dataset, record: Treatment) -> TreatmentAnswer:
    """Give a record with everything that bears on it."""
    beside = {
        **vars(apart(data, record)),
        "members": _members(data, record.id),
        "withheld": withheld_classes(data, record),
        "lost": readable_nowhere(data, record),
        "trial_records": [data.trials[key] for key in record.trials],
    }
    answer = record.with_more(beside)
    if isinstance(answer, dict):  # what is read as it is stored knows it already
        answer = Rested(answer, beside, partial(data.index.uses_of, f"treatments/{record.id}"))
    return cast("TreatmentAnswer", answer)


def _members(data: Dataset, key: str) -> list[Member]:
    members: list[Member] = []
    for name in data.members(key):
        member = data.treatments[name]
        links = (link for link in (*member.classes, *member.parents) if link.id == key)
        members.append({**subject(member), "cites": [cite for link in links for cite in link.cites]})
    return members


def subject(record: Treatment) -> Subject:
    """Give the treatment that an answer is about."""
    return {"id": record.id, "kind": record.kind, "name": record.name}


def subject_of(data: Dataset, key: str) -> Subject:
    """Give the treatment with the id ``key``, without reading it."""
    entry = data.entry("treatments", key)
    return cast("Subject", {"id": key, "kind": entry.kind, "name": entry.name})


def drug(
    data: Dataset, words: Sequence[str], *, fields: Sequence[str] = (), full: bool = False, **filters: str | None
) -> Answer:
    """Answer ``drug``: the record that ``words`` name, or without any the list as ``drugs`` filters it.

    Raises as ``lookup.find`` does, and ``UsageProblem`` where a name is given with what is of the list.
    """
    if not words:
        if fields:
            raise UsageProblem("--field needs a name, as in: pnetref drug sunitinib --field food")
        return drugs(data, full=full, **filters)
    if full:
        raise UsageProblem("--all is of the list; leave out the name")
    if any(value is not None for value in filters.values()):
        raise UsageProblem("--class, --target, --route and --source filter the list; leave out the name")
    asked = tuple(map(asked_for, fields))
    return _card(data, find_one(data, words, is_drug(data), "a drug", PARTS), "DrugAnswer", "drug", asked)


def treatment(data: Dataset, words: Sequence[str], *, fields: Sequence[str] = (), setting: str | None = None) -> Answer:
    """Answer ``treatment``: the record that ``words`` name, what is named for a ``setting``, or all; raises as ``drug``."""
    if words and setting is not None:
        raise UsageProblem("give the name of a treatment, or --for SETTING, not both")
    if setting is not None:
        return for_setting(data, setting)
    if words:
        asked = tuple(map(asked_for, fields))
        found = find_one(data, words, is_treatment, "a treatment", PARTS)
        return _card(data, found, "TreatmentCardAnswer", "treatment", asked)
    return Answer(data, "TreatmentsAnswer", {"treatments": [listed(data.treatments[key]) for key in data.treatments]})


def _card(data: Dataset, found: Found, kind: str, key: str, asked: Sequence[str]) -> Answer:
    selected = tuple(dict.fromkeys((*found.parts, *asked)))
    record = whole(data, data.treatments[found.ids[0]])
    return Answer(data, kind, {key: selection(record, selected)}, found.typed, selected)


def asked_for(words: str) -> str:
    """Give the part or field that ``words`` ask for; raises ``UsageProblem`` where they ask for none."""
    part = PARTS.get(words_of(words))
    if part is None:
        raise UsageProblem(f"--field {words!r} is not one of: {', '.join((*ASPECTS, 'trials'))}")
    return part


def aspects_of(selected: Sequence[str]) -> set[str]:
    """Give the fields and other aspects that parts or fields hold."""
    fields = {name for name, field in FIELDS.items() if name in selected or SECTIONS[field.section].part in selected}
    return fields | ({"side_effects"} if "effects" in selected else set())


def selection(record: TreatmentAnswer, selected: Sequence[str]) -> TreatmentAnswer:
    """Give a record of which everything is empty that is not of the parts or fields ``selected``; all of it for none."""
    if not selected or {WHOLE, "sources"} & set(selected):
        return record
    aspects = aspects_of(selected)
    kept: dict[str, Any] = dict(record)
    for name, parts in OF_PART.items():
        if not set(parts) & set(selected):
            kept[name] = ()
    kept["facts"] = tuple(fact for fact in record["facts"] if fact.field in aspects)
    for name in ("for_class", "for_parts", "for_kinds"):
        apart_from = [_selected(said, selected, aspects) for said in kept[name]]
        kept[name] = [said for said in apart_from if any(isinstance(part, list) and part for part in said.values())]
    for name in ("not_stated", "not_read", "unreadable", "lost"):
        silences = (gap for gap in kept[name] if (gap if isinstance(gap, str) else gap.aspect) in aspects)
        kept[name] = tuple(silences)
    return cast("TreatmentAnswer", kept)


def _selected(said: dict[str, Any], selected: Sequence[str], aspects: set[str]) -> dict[str, Any]:
    """Give what is said of another record without what is not selected; the part ``class`` keeps all of it."""
    if "class" in selected:
        return said
    kept = {**said, "facts": [fact for fact in said["facts"] if fact.field in aspects]}
    for name in said:
        if name in OF_PART and not set(OF_PART[name]) & set(selected):
            kept[name] = []
    return kept


# --- lists -------------------------------------------------------------------------------------


def listed(record: Treatment) -> ListedTreatment:
    """Give the line of a list."""
    return {**subject(record), "names": record.names, "classes": record.classes, "parents": record.parents}


def for_setting(data: Dataset, name: str) -> Answer:
    """Answer ``treatment --for SETTING``: the setting, and what sources name for it."""
    found = find_one(data, [name], is_setting, "a setting")
    place = data.settings[found.ids[0]]
    rows: list[TreatmentForSetting] = []
    for key in data.treatments:
        record = data.treatments[key]
        rows += [{**listed(record), "cites": link.cites} for link in record.settings if link.id == place.id]
    return Answer(data, "SettingAnswer", {"setting": place, "treatments": rows}, found.typed)


def drugs(
    data: Dataset,
    *,
    in_class: str | None = None,
    target: str | None = None,
    route: str | None = None,
    source: str | None = None,
    full: bool = False,
) -> Answer:
    """Answer ``drug`` without a name: all drugs, classes and combinations that pass every filter that is given.

    ``full`` asks for whole records. Raises ``NoMatch`` where a filter names a class, target, route or
    source that no record has, or where nothing passes all of them.
    """
    records = [data.treatments[key] for key in data.treatments if data.entry("treatments", key).kind in DRUGS]
    typed: tuple[Typed, ...] = ()
    if in_class is not None:
        found = find_one(data, [in_class], is_treatment, "a drug class")
        typed = found.typed
        named, in_class = in_class, found.ids[0]
        records = [record for record in records if any(link.id == in_class for link in record.classes)]
        if not records:
            groups = (data.entry("treatments", key) for key in data.treatments)
            classes = ", ".join(entry.name for entry in groups if entry.kind == "drug-class")
            raise NoMatch(f'"{named}" is no class of any drug here; the classes are: {classes}')
    if target is not None:
        records = _with_value(records, "target", target)
    if route is not None:
        route = WAYS.get(normalize(route), route)
        records = _with_value(records, "route", route)
    if source is not None:
        if source not in data.sources or data.sources[source].read is None:
            read = {f"sources/{key}" for key in data.sources if data.sources[key].read is not None}
            from pnetref.misses import alike

            near = alike(data, source, read.__contains__)
            raise NoMatch(f'"{source}" is no source that was read; they are listed by: pnetref cite', near)
        records = [record for record in records if source in used(record).places]
    if not records:
        raise NoMatch("no drug here passes all of these filters; leave one out")
    rows: list[Any] = [whole(data, record) if full else listed(record) for record in records]
    asked = {"class": in_class, "target": target, "route": route, "source": source}
    filters = {name: value for name, value in asked.items() if value is not None}
    return Answer(data, "DrugsAnswer", {"drugs": rows, "filters": filters}, typed)


def stated_values(records: Iterable[Treatment], field: str) -> set[str]:
    """Give the values of a field that are stated of records: one that is only denied lists nothing."""
    stated = (fact for record in records for fact in record.facts if fact.field == field and fact.stance == "stated")
    return {fact.value for fact in stated if fact.value}


def _with_value(records: Iterable[Treatment], field: str, wanted: str) -> list[Treatment]:
    records = list(records)
    values = stated_values(records, field)
    key = normalize(wanted)
    matching = {value for value in values if key and key in normalize(value)}
    if not matching:
        known = ", ".join(sorted(values, key=str.casefold)) or "none"
        raise NoMatch(f'no drug here has the {field} "{wanted}"; here are: {known}')
    return [
        record
        for record in records
        if any(fact.field == field and fact.value in matching and fact.stance == "stated" for fact in record.facts)
        or (field == "route" and any(way in dose.text for dose in record.doses for way in matching))
    ]
