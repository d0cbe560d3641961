"""From the records to the rows of the tables: nothing is added but keys, positions and the states of places.

It is long because every kind of record and of statement has its rows here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from pydantic_core import to_json

from pnetref.dataset import Dataset
from pnetref.editions import state
from pnetref.export.tables import STATEMENTS, TABLES
from pnetref.models import (
    Arm,
    Effect,
    Fact,
    Identifier,
    Link,
    Manifest,
    Model,
    Partner,
    Result,
    Setting,
    Source,
    Topic,
    Treatment,
    Trial,
    Vocabulary,
)
from pnetref.statements import in_words
from pnetref.terms import ACTIONS, ASPECTS, ASSESSORS, CHANGES, KINDS, LISTS, SCOPES

Row = dict[str, Any]
"""A value for each column of a table."""

Tagged = tuple[str, Row]
"""The name of a table, and a row of it."""

Record = Treatment | Setting | Topic | Trial

UNSAID = {"cites", "short", "region"}
"""What a key does not depend on: who says it, its short form, and what is computed."""


def rows(data: Dataset, day: str) -> dict[str, list[Row]]:
    """Give the rows of every table, in the order of the data; states are those of the ISO day ``day``."""
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for table, row in chain(
        *(_treatment(record) for record in data.treatments.values()),
        *(_setting(record) for record in data.settings.values()),
        *(_topic(record) for record in data.topics.values()),
        *(_trial(record) for record in data.trials.values()),
        *(_partner(partner) for partner in data.partners.values()),
        *(_source(source, data.manifest, day) for source in data.sources.values()),
        _effects(data.vocabulary),
        _whole(data.manifest),
        _terms(),
    ):
        found[table].append(row)
    states = {(row["source"], row["place"]): row["state"] for row in found["places"]}
    for row in chain(found["citations"], found["reports"]):
        row["state"] = states[row["source"], row["place"]]
    return found


# --- keys and lists ----------------------------------------------------------------------------


def digest(said: object) -> str:
    """Give ten characters that stand for what is said."""
    return hashlib.sha256(to_json(said)).hexdigest()[:10]


def _keyed(record: str, kind: str, parts: Iterable[Model]) -> Iterator[tuple[str, int, Any]]:
    """Give each statement of a list with its key and its order; what is said a second time has ``-2`` behind it.

    What has its default is no part of the digest, so that a column that is new to the data changes no key.
    """
    times: dict[str, int] = {}
    for position, part in enumerate(parts, 1):
        field = f"{part.field}/" if isinstance(part, Fact) else ""
        key = f"{record}/{kind}/{field}{digest(part.model_dump(exclude=UNSAID, exclude_defaults=True))}"
        times[key] = times.get(key, 0) + 1
        yield key if times[key] == 1 else f"{key}-{times[key]}", position, part


def _ordered(table: str, about: Mapping[str, Any], column: str, values: Iterable[Any]) -> Iterator[Tagged]:
    """Give a row for each value of a list, with its order."""
    for position, value in enumerate(values, 1):
        yield table, {**about, column: value, "position": position}


def _some(part: Any, *names: str) -> Row:  # noqa: ANN401 - any record or part of one
    """Give these columns of a part that has them under the same names."""
    return {name: getattr(part, name) for name in names}


# --- statements --------------------------------------------------------------------------------


def _stated(key: str, record: str, kind: str, position: int, part: Any, text: str) -> Iterator[Tagged]:  # noqa: ANN401
    """Give the row of a statement, its places and its figures; what its kind does not have is empty."""
    shared = {name: getattr(part, name, None) for name in ("short", "value", "scope", "region")}
    yield (
        "statements",
        {
            "statement": key,
            "record": record,
            "kind": kind,
            "field": part.field if isinstance(part, Fact) else LISTS.get(f"{kind}s"),
            "position": position,
            "text": text,
            **(shared if kind in STATEMENTS else dict.fromkeys(shared)),
            "stance": part.stance if isinstance(part, Fact) else "stated",
        },
    )
    for order, cite in enumerate(part.cites, 1):
        yield "citations", {"statement": key, "source": cite.source, "place": cite.at, "position": order}
    names = ("value", "low", "high", "qualifier", "unit", "n", "comparator", "population", "analysis", "trial")
    for order, figure in enumerate(getattr(part, "figures", ()), 1):
        yield "figures", {"statement": key, "position": order, "measured": figure.of, **_some(figure, *names)}


def _facts(record: str, kind: str, facts: Iterable[Fact]) -> Iterator[Tagged]:
    for key, position, fact in _keyed(record, kind, facts):
        yield from _stated(key, record, kind, position, fact, fact.text)


def _doses(record: Treatment) -> Iterator[Tagged]:
    for key, position, dose in _keyed(record.id, "dose", record.doses):
        yield from _stated(key, record.id, "dose", position, dose, dose.text)
        yield "doses", {"statement": key, "used_for": dose.use, **_some(dose, "basis", "trial")}


def _approvals(record: Treatment) -> Iterator[Tagged]:
    columns = ("regulator", "brand", "indication", "limits", "date", "status", "asked_by")
    for key, position, approval in _keyed(record.id, "approval", record.approvals):
        yield from _stated(key, record.id, "approval", position, approval, in_words(approval))
        yield "approvals", {"statement": key, **_some(approval, *columns)}


def _interactions(record: Treatment) -> Iterator[Tagged]:
    columns = ("action", "action_as", "timing", "dose_change", "boxed")
    for key, position, part in _keyed(record.id, "interaction", record.interactions):
        yield from _stated(key, record.id, "interaction", position, part, part.text)
        other = {"partner": part.with_.id, "partner_kind": part.with_.kind, "wording": part.with_.wording}
        yield "interactions", {"statement": key, "happens": part.effect, **other, **_some(part, *columns)}


def _checks(record: Treatment) -> Iterator[Tagged]:
    for key, position, check in _keyed(record.id, "check", record.checks):
        yield from _stated(key, record.id, "check", position, check, check.text)
        yield "checks", {"statement": key, "when_done": check.when, **_some(check, "test", "purpose")}


def _dose_changes(record: Treatment) -> Iterator[Tagged]:
    columns = ("reason", "reason_kind", "effect", "action", "until", "indication")
    for key, position, part in _keyed(record.id, "dose_change", record.dose_changes):
        yield from _stated(key, record.id, "dose_change", position, part, part.text)
        doses = {"from_dose": part.from_, "to_dose": part.to}
        yield "dose_changes", {"statement": key, **doses, **_some(part, *columns)}


def _names(record: Treatment | Setting | Trial) -> Iterator[Tagged]:
    for key, position, name in _keyed(record.id, "name", record.names):
        yield from _stated(key, record.id, "name", position, name, name.text)
        about = {"statement": key, "record": record.id, "used_for": name.use}
        yield "names", {**about, **_some(name, "text", "kind")}


def _links(record: str, kind: str, links: Iterable[Link]) -> Iterator[Tagged]:
    for key, position, link in _keyed(record, kind, links):
        yield from _stated(key, record, kind, position, link, link.id)
        yield "links", {"statement": key, "record": record, "kind": kind, "target": link.id}


def _identifiers(record: str, identifiers: Iterable[Identifier]) -> Iterator[Tagged]:
    for key, position, part in _keyed(record, "identifier", identifiers):
        yield from _stated(key, record, "identifier", position, part, part.curie)
        scheme, _, code = part.curie.partition(":")
        yield "identifiers", {"statement": key, "record": record, "scheme": scheme, "code": code}


# --- records -----------------------------------------------------------------------------------


def _record(record: Record | Partner, kind: str, *columns: str) -> Iterator[Tagged]:
    """Give what every record has: its row of ``records`` and of the table of its kind, and the words that find it."""
    yield (
        "records",
        {
            "record": record.id,
            "type": kind,
            "kind": getattr(record, "kind", kind),
            "name": record.name,
        },
    )
    yield f"{kind}s", {kind: record.id, **_some(record, *columns)}
    for words, name in (("search_term", "search_terms"), ("other_product", "other_products")):
        about = {"record": record.id, "kind": words}
        yield from _ordered("search_terms", about, "text", getattr(record, name, ()))


def _silences(record: Treatment | Setting | Topic) -> Iterator[Tagged]:
    """Give what is expected of a record and not known here."""
    for position, part in enumerate(record.unreadable, 1):
        yield _silence(record.id, "unreadable", position, part.aspect, source=part.source, place=part.at)
    if isinstance(record, Treatment):
        for position, aspect in enumerate(record.not_stated, 1):
            yield _silence(record.id, "not_stated", position, aspect)
        for position, gap in enumerate(record.not_read, 1):
            yield _silence(record.id, "not_read", position, gap.aspect, source=gap.source, in_part=gap.in_part)


def _silence(
    record: str,
    kind: str,
    position: int,
    aspect: str,
    *,
    source: str | None = None,
    place: str | None = None,
    in_part: bool | None = None,
) -> Tagged:
    key = f"{record}/{kind}/{aspect}/{digest([source, place])}"
    about = {"silence": key, "record": record, "kind": kind, "position": position, "aspect": aspect}
    return "silences", {**about, "source": source, "place": place, "in_part": in_part}


def _treatment(record: Treatment) -> Iterator[Tagged]:
    yield from _record(record, "treatment", "kind", "name", "note")
    yield from _names(record)
    yield from _links(record.id, "class", record.classes)
    yield from _links(record.id, "parent", record.parents)
    yield from _links(record.id, "setting", record.settings)
    yield from _facts(record.id, "fact", record.facts)
    for give in (_doses, _approvals, _interactions, _checks, _dose_changes):
        yield from give(record)
    yield from _identifiers(record.id, record.identifiers)
    yield from _ordered("treatment_trials", {"treatment": record.id}, "trial", record.trials)
    yield from _silences(record)
    yield from _reports(record)


def _reports(record: Treatment) -> Iterator[Tagged]:
    columns = ("source", "scope", "wording", "graded_as", "frequency", "scale", "serious")
    of_rate = (
        *("value", "unit", "qualifier", "grade", "arm", "n", "comparator", "comparator_value", "comparator_n"),
        *("attribution", "population", "trial"),
    )
    listed = ((effect.effect, report) for effect in record.side_effects for report in effect.reports)
    for position, (effect, report) in enumerate(listed, 1):
        said = digest([report.source, report.at, report.scope, report.wording, report.graded_as])
        key = f"{record.id}/{effect}/{said}"
        about = {"report": key, "treatment": record.id, "effect": effect, "position": position}
        yield "reports", {**about, "place": report.at, **_some(report, *columns)}
        yield from _ordered("report_signs", {"report": key}, "effect", report.signs)
        for order, rate in enumerate(report.rates, 1):
            yield "rates", {"report": key, "position": order, **_some(rate, *of_rate)}


def _setting(record: Setting) -> Iterator[Tagged]:
    yield from _record(record, "setting", "name", "scope")
    yield from _names(record)
    yield from _links(record.id, "parent", record.parents)
    yield from _facts(record.id, "caution", record.caution)
    yield from _facts(record.id, "fact", record.facts)
    yield from _silences(record)


def _topic(record: Topic) -> Iterator[Tagged]:
    yield from _record(record, "topic", "name")
    yield from _facts(record.id, "fact", record.facts)
    yield from _silences(record)


def _trial(record: Trial) -> Iterator[Tagged]:
    people = ("population", "scope", "n", "pancreatic_n", "progressing")
    yield from _record(record, "trial", "name", "phase", "design", *people, "comparative", "primary_endpoint")
    yield from _stated(f"{record.id}/trial", record.id, "trial", 1, record, record.name)
    yield from _names(record)
    yield from _identifiers(record.id, record.registry)
    yield from _facts(record.id, "fact", record.facts)
    for position, arm in enumerate(record.arms, 1):
        yield from _arm(record.id, position, arm)
    for key, position, result in _keyed(record.id, "result", record.results):
        yield from _stated(key, record.id, "result", position, result, result.measure)
        yield from _result(key, record.id, result)


def _arm(trial: str, position: int, arm: Arm) -> Iterator[Tagged]:
    about = {"trial": trial, "arm": arm.id}
    yield "arms", {**about, "position": position, **_some(arm, "name", "dose", "n")}
    yield from _ordered("arm_treatments", about, "treatment", arm.treatments)


def _result(key: str, trial: str, result: Result) -> Iterator[Tagged]:
    columns = ("measure", "unit", "assessor", "analysis", "cutoff", "population", "note")
    p = {f"p_{name}": getattr(result.p, name, None) for name in ("operator", "value", "sided")}
    yield "results", {"statement": key, "trial": trial, **_some(result, *columns), **p}
    of_arm = ("arm", "n", "value", "reached", "low", "high", "high_reached", "level")
    for position, arm in enumerate(result.arms, 1):
        yield "arm_results", {"statement": key, "trial": trial, "position": position, **_some(arm, *of_arm)}
    if result.estimate is not None:
        yield "estimates", {"statement": key, **_some(result.estimate, "kind", "value", "low", "high", "level")}


def _partner(partner: Partner) -> Iterator[Tagged]:
    yield from _record(partner, "partner", "kind", "name")
    yield from _ordered("partner_names", {"partner": partner.id}, "name", partner.names)
    for key, position, member in _keyed(partner.id, "member", partner.members):
        yield from _stated(key, partner.id, "member", position, member, member.id)
        yield "partner_members", {"statement": key, "partner": partner.id, "member": member.id}


def _source(source: Source, manifest: Manifest, day: str) -> Iterator[Tagged]:
    about = {"source": source.id}
    dates = ("published", "revised", "reviewed", "review_due", "read", "checked")
    codes = {name.lower(): source.csl.get(name) for name in ("DOI", "PMID", "PMCID", "URL")}
    extent = source.extent if source.extent == "whole" else "sections" if source.extent else None
    yield (
        "sources",
        {
            **about,
            **_some(
                source, "kind", "label", "publisher", "document", "about", "region", "note", "reference", "csl", *dates
            ),
            **codes,
            "title": source.csl.get("title"),
            "extent": extent,
            "own": source.id in manifest.own_sources,
            "state": state(source, day),
        },
    )
    for position, at in enumerate(source.places, 1):
        known = {"undated": at in source.undated, "state": state(source, day, (at,))}
        yield "places", {**about, "place": at, "position": position, **known}
    if extent == "sections":
        yield from _ordered("source_extents", about, "section", source.extent)
    for position, gap in enumerate(source.gaps, 1):
        yield "gaps", {**about, "position": position, "place": gap.at, "missing": gap.missing}
    for position, edition in enumerate(source.newer, 1):
        yield "newer_editions", {**about, "position": position, **_some(edition, "revised", "note")}
    replaced = ((newer.source, at) for newer in source.superseded_by for at in newer.places or (None,))
    for position, (newer, place) in enumerate(replaced, 1):
        yield "superseded", {**about, "position": position, "newer": newer, "place": place}
    for position, cite in enumerate(source.listed_by, 1):
        yield "listings", {**about, "listed_by": cite.source, "place": cite.at, "position": position}


# --- vocabularies ------------------------------------------------------------------------------


def _effects(vocabulary: Vocabulary) -> Iterator[Tagged]:
    for position, effect in enumerate(vocabulary.effects, 1):
        yield from _effect(effect, position)
    lists = [("small", vocabulary.small), ("soft", vocabulary.soft)]
    for number, (kind, words) in enumerate([*lists, *(("family", words) for words in vocabulary.families)], 1):
        yield from _ordered("word_lists", {"kind": kind, "list": number}, "word", words)


def _effect(effect: Effect, position: int) -> Iterator[Tagged]:
    about = {"effect": effect.id}
    own = _some(effect, "name", "clinical_name", "urgent")
    yield "effects", {**about, **own, "body_group": effect.group, "position": position}
    for kind, words in (("synonym", effect.synonyms), ("narrower", effect.narrower)):
        yield from _ordered("effect_words", {**about, "kind": kind}, "word", words)
    for kind, others in (("broader", effect.broader), ("near", effect.near)):
        yield from _ordered("effect_links", {**about, "kind": kind}, "other", others)


def _whole(manifest: Manifest) -> Iterator[Tagged]:
    for regimen in manifest.regimens:
        name = regimen.names[0]
        for role, texts in (("name", regimen.names), ("part", regimen.parts), ("also", regimen.also)):
            for position, text in enumerate(texts, 1):
                treatment = text if role == "part" else None
                about = {"regimen": name, "role": role, "position": position}
                yield "regimens", {**about, "text": text, "treatment": treatment}
    for number, names in enumerate(manifest.look_alikes, 1):
        yield from _ordered("look_alikes", {"list": number}, "name", names)


def _terms() -> Iterator[Tagged]:
    lists: dict[str, Mapping[str, str]] = {
        "treatments.kind": KINDS,
        "statements.field": {name: aspect.label for name, aspect in ASPECTS.items()},
        "statements.scope": SCOPES,
        "interactions.action": ACTIONS,
        "dose_changes.action": CHANGES,
        "results.assessor": ASSESSORS,
    }
    for name, terms in lists.items():
        for term, words in terms.items():
            yield "terms", {"list": name, "term": term, "words": words}
