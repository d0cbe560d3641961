"""Side effects: the vocabulary, and who reports what under which grade."""

from __future__ import annotations

from collections.abc import Iterator

from pnetref.curation.generate import Files
from pnetref.curation.rules.base import each
from pnetref.models import DoseChange, Report, SideEffect, Source, Treatment
from pnetref.names import normalize, words_of
from pnetref.terms import GRADES
from pnetref.wording import bags_of, texts_of

APART: tuple[tuple[str, ...], ...] = (
    ("high-blood-pressure", "severe-high-blood-pressure"),
    ("anemia", "severe-anemia"),
    ("low-white-cells", "low-blood-cells", "infection-risk", "infection"),
    ("abnormal-liver-tests", "liver-damage", "liver-function-changes"),
    ("kidney-test-changes", "kidney-damage"),
    ("skin-color-change", "hair-color-change"),
    ("skin-color-change", "jaundice"),
    ("bruising", "bleeding", "internal-bleeding"),
    ("heart-problems", "heart-attack"),
    ("lung-damage", "pneumonia"),
    ("fever", "flu-like-symptoms"),
    ("itch", "rash", "infusion-reaction"),
    ("high-blood-sugar", "insulin-resistance", "diabetes"),
    ("low-thyroid-hormone", "abnormal-hormones"),
    ("stomach-cramps", "abdominal-pain"),
    ("fatigue", "weakness"),
    ("nausea", "vomiting"),
)
"""Side effects that are near each other and never the same."""


def effects_known(files: Files) -> Iterator[str]:
    """Side effects, signs and what changes a dose are in the vocabulary, each effect once a record."""
    known = {effect.id for effect in files.vocabulary.effects}
    for key, change in each(files, DoseChange):
        if change.effect not in (None, *known):
            yield f"{key}: no side effect {change.effect} in effects.json"
    for key, effect in each(files, SideEffect):
        for name in (effect.effect, *(sign for report in effect.reports for sign in report.signs)):
            if name not in known:
                yield f"{key}: no side effect {name} in effects.json"
        if not effect.reports:
            yield f"{key}: {effect.effect} has no report"
    for record in files.of(Treatment):
        names = [effect.effect for effect in record.side_effects]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"treatments/{record.id}: {name} stands twice; its reports belong together"
    for effect in files.vocabulary.effects:
        for name in (*effect.broader, *effect.near):
            if name not in known:
                yield f"effects.json: {effect.id} names {name}, which is not there"


def one_report(files: Files) -> Iterator[str]:
    """One report a source, place and population."""
    for key, effect in each(files, SideEffect):
        seen: set[tuple[object, ...]] = set()
        for report in effect.reports:
            trials = tuple(sorted({(rate.trial or "", rate.arm, rate.population or "") for rate in report.rates}))
            place = (report.source, report.at, report.scope, report.graded_as, trials)
            if place in seen:
                yield f"{key}: {effect.effect} has two reports of {report.source} at {report.at!r}"
            seen.add(place)


def graded(files: Files) -> Iterator[str]:
    """A frequency is what the source's own word means, and else unspecified."""
    for key, report in each(files, Report):
        if report.scale != "prose":
            continue
        word, _, _ = (report.graded_as or "").casefold().partition(" (")
        expected = GRADES.get(word, "unspecified")
        if report.frequency != expected:
            yield f"{key}: {report.wording!r} is graded {report.graded_as!r} and stored as {report.frequency}"
    for key, report in each(files, Report):
        source = files.records.get(f"sources/{report.source}")
        if (
            report.scale == "label"
            and isinstance(source, Source)
            and source.kind != "label"
            and source.document is None
        ):
            yield f"{key}: {report.wording!r} is on the label scale, but {source.id} is no label"


def class_voice(files: Files) -> Iterator[str]:
    """What is said of a class is not repeated on a member."""
    for record in files.of(Treatment):
        for link in record.classes:
            group = files.records.get(f"treatments/{link.id}")
            if not isinstance(group, Treatment):
                continue
            of_class = {(e.effect, r.source, r.at, r.wording) for e in group.side_effects for r in e.reports}
            for effect in record.side_effects:
                for report in effect.reports:
                    if (effect.effect, report.source, report.at, report.wording) in of_class:
                        yield (
                            f"treatments/{record.id}: {effect.effect} of {report.source} is said of {group.id} as a whole"
                        )


def near_apart(files: Files) -> Iterator[str]:
    """Side effects that are near are kept apart and know each other."""
    effects = {effect.id: effect for effect in files.vocabulary.effects}
    for group in APART:
        for name in group:
            if name not in effects:
                yield f"effects.json: {name} is to be kept apart, and is not there"
                continue
            for other in group:
                if other == name or other not in effects or name in effects[other].broader:
                    continue
                if other not in (*effects[name].near, *effects[name].broader):
                    yield f"effects.json: {name} does not name {other} as near"
    for effect in files.vocabulary.effects:
        for other in effect.near:
            if other in effects and effect.id not in effects[other].near:
                yield f"effects.json: {effect.id} is near {other}, but not the other way round"


def own_synonyms(files: Files) -> Iterator[str]:
    """No word for a side effect belongs to two of them, nor do the same words in another order or form."""
    owner: dict[str, str] = {}
    for effect in files.vocabulary.effects:
        for text in texts_of(effect):
            first = owner.setdefault(normalize(text), effect.id)
            if first != effect.id:
                yield f"effects.json: {text!r} belongs to {first} and to {effect.id}"
    for bag, effects in bags_of(files.vocabulary).items():
        if len(effects) > 1:
            yield f"effects.json: the words {bag!r} belong to {' and to '.join(effects)}"


def as_compared(files: Files) -> Iterator[str]:
    """Words that mean the same, or nothing, stand as they are compared: in lower case, US spelling, without signs."""
    known = files.vocabulary
    for word in (*known.small, *known.soft, *(word for family in known.families for word in family)):
        if word != words_of(word):
            yield f"effects.json: {word!r} is compared as {words_of(word)!r}"


def no_drug(files: Files) -> Iterator[str]:
    """No word for a side effect names a drug: what was asked of one drug would be lost in it."""
    drugs = {words_of(name.text) for record in files.of(Treatment) if record.kind == "drug" for name in record.names}
    for effect in files.vocabulary.effects:
        for text in texts_of(effect):
            words = f" {words_of(text)} "
            yield from (
                f"effects.json: {text!r} of {effect.id} names {drug}"
                for drug in drugs
                if len(drug) > 4 and f" {drug} " in words
            )


def fetus(files: Files) -> Iterator[str]:
    """Harm to a fetus comes with a pregnancy fact of the same source."""
    for record in files.of(Treatment):
        speaking = {cite.source for fact in record.facts if fact.field == "pregnancy" for cite in fact.cites}
        for effect in record.side_effects:
            for report in effect.reports:
                if effect.effect == "harm-to-fetus" and report.source not in speaking:
                    yield f"treatments/{record.id}: harm to a fetus ({report.source}) without a pregnancy fact"
