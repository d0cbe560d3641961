"""The rules of the data, each a name, a claim and a check; ``python -m pnetref.rules [--fix]`` runs them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pnetref.dataset import DATA
from pnetref.generate import COMMAND, Files, completed, fix, wanted
from pnetref.models import (
    Approval,
    Arm,
    Citation,
    Dose,
    Fact,
    Figure,
    Identifier,
    Link,
    Name,
    Rate,
    Report,
    Result,
    Setting,
    SideEffect,
    Source,
    Topic,
    Treatment,
    Trial,
    Unreadable,
)
from pnetref.names import normalize
from pnetref.walk import parts

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

GRADES: dict[str, str] = {
    "very common": "very_common",
    "most common": "most_common",
    "common": "common",
    "uncommon": "uncommon",
    "less common": "less_common",
    "rare": "rare",
    "rarely": "rare",
    "very rare": "very_rare",
}
"""A source's own word for a grade, and the frequency it is normalized to; any other word is unspecified.

What stands in brackets behind the word says what the source counts so."""

LISTED_FIELDS = ("target", "route", "form")
PATTERNS = {
    "atc": r"[A-Z]\d\d[A-Z]{2}\d\d",
    "rxnorm": r"\d{2,8}",
    "unii": r"[A-Z0-9]{10}",
    "cas": r"\d{2,7}-\d\d-\d",
    "chembl": r"CHEMBL\d+",
    "pubchem.compound": r"\d+",
    "drugbank": r"DB\d{5}",
    "mesh": r"[CD]\d{6,9}",
    "nct": r"NCT\d{8}",
    "eudract": r"\d{4}-\d{6}-\d\d",
    "jrct": r"jRCT[a-z]?\d+",
    "umin": r"UMIN\d{9}",
}
"""The pattern of each identifier scheme."""

BIBLIOGRAPHIC = {
    "DOI": r"10\.\d{4,9}/\S+",
    "PMID": r"\d{1,8}",
    "PMCID": r"PMC\d+",
    "URL": r"https?://\S+",
}
DENIAL = re.compile(r"\b(no|not|none|never|without|nothing)\b", re.IGNORECASE)
ROUTES = ("by mouth", "under the skin", "into a vein", "into a muscle", "into an artery", "through the skin")
"""One term a route: a filter by it misses none."""

ADVICE = re.compile(r"\b(you|your|failed)\b", re.IGNORECASE)
URGING = re.compile(r"\b(should|must|best|recommend\w*)\b", re.IGNORECASE)
ATTRIBUTED = re.compile(
    r"\b(sources?|doctors?|team|label|guideline|publisher|trial|appraisal|NICE|society)\b", re.IGNORECASE
)
BRITISH = re.compile(r"\b\w*(tumour|colour|haem|aemia|oedema|rrhoea|analogue|oesoph)\w*", re.IGNORECASE)
UNSAFE_DOSE = re.compile(r"\b\d+\.0\b(?!\s*%)|(?<![\d.])\.\d|\bmcg\b|µg|\bIU\b|\b\d+U\b|\bQD\b|\bQOD\b")


@dataclass(frozen=True)
class Rule:
    """A named check of the data: ``claim`` says what holds, ``check`` yields a line for each breach."""

    name: str
    claim: str
    check: Callable[[Files], Iterator[str]]


def each(files: Files, model: type[Any]) -> Iterator[tuple[str, Any]]:
    """Give every part of one model in all records, with the key of its record."""
    for key, record in files.records.items():
        for part in parts(record):
            if isinstance(part, model):
                yield key, part


def valid(files: Files) -> Iterator[str]:
    """Every file is JSON that fits its model."""
    yield from files.problems


def named_by_file(files: Files) -> Iterator[str]:
    """The file name is the id, and no id stands in two folders."""
    owner: dict[str, str] = {}
    for key, record in files.records.items():
        if key.split("/")[1] != record.id:
            yield f"{key}.json: its id is {record.id}"
        if owner.setdefault(record.id, key) != key:
            yield f"{key}.json: {owner[record.id]} has this id too, so that a command cannot tell them apart"


def cited(files: Files) -> Iterator[str]:
    """Every fact, name, link, dose, approval, identifier and result has a citation."""
    for model in (Name, Link, Fact, Dose, Approval, Identifier, Result):
        for key, part in each(files, model):
            if not part.cites:
                yield f"{key}: {describe(part)} has no citation"


def resolving(files: Files) -> Iterator[str]:
    """A citation names a source that was read, and one of its places."""
    for model in (Citation, Report, Unreadable):
        for key, part in each(files, model):
            if isinstance(part, Citation) and key.startswith("sources/"):
                continue
            source = files.records.get(f"sources/{part.source}")
            if not isinstance(source, Source):
                yield f"{key}: no source {part.source}"
            elif source.read is None:
                yield f"{key}: {part.source} was never read, so nothing may cite it"
            elif part.at not in source.places:
                yield f"{key}: {part.source} has no place {part.at!r}"


def listed_by(files: Files) -> Iterator[str]:
    """A work that was never read is listed by a source that was."""
    for source in files.of(Source):
        for cite in source.listed_by:
            lister = files.records.get(f"sources/{cite.source}")
            if not isinstance(lister, Source) or lister.read is None or cite.at not in lister.places:
                yield f"sources/{source.id}: listed_by names {cite.source} at {cite.at!r}, which is no place that was read"
        if source.read is None and not source.listed_by:
            yield f"sources/{source.id}: neither read nor listed by a source that was"


def linked(files: Files) -> Iterator[str]:
    """Links name records that exist, a class is a drug class, and a trial's arms and its treatments agree."""

    def missing(key: str, folder: str, name: str) -> Iterator[str]:
        if f"{folder}/{name}" not in files.records:
            yield f"{key}: no record {folder}/{name}"

    for record in files.of(Treatment):
        key = f"treatments/{record.id}"
        for link in (*record.classes, *record.parents):
            yield from missing(key, "treatments", link.id)
        for link in record.settings:
            yield from missing(key, "settings", link.id)
        for name in record.trials:
            yield from missing(key, "trials", name)
        for link in record.classes:
            group = files.records.get(f"treatments/{link.id}")
            if isinstance(group, Treatment) and group.kind != "drug-class":
                yield f"{key}: its class {link.id} is a {group.kind}"
    for record in files.of(Setting):
        for link in record.parents:
            yield from missing(f"settings/{record.id}", "settings", link.id)
    for key, arm in each(files, Arm):
        for name in arm.treatments:
            yield from missing(key, "treatments", name)
    for model in (Figure, Rate, Dose):
        for key, part in each(files, model):
            if part.trial is not None:
                yield from missing(key, "trials", part.trial)
    for trial in files.of(Trial):
        given = {name for arm in trial.arms for name in arm.treatments}
        shown = {record.id for record in files.of(Treatment) if trial.id in record.trials}
        if given != shown:
            yield f"trials/{trial.id}: given in an arm or listed by the treatment, and not both: {sorted(given ^ shown)}"
    for source in files.of(Source):
        for newer in source.superseded_by:
            yield from missing(f"sources/{source.id}", "sources", newer.source)
            for place in newer.places:
                if place not in source.places:
                    yield f"sources/{source.id}: {place!r} is superseded, and is no place of it"


def acyclic(files: Files) -> Iterator[str]:
    """No record is its own class or parent, and no side effect is wider than itself."""
    above = {
        "treatments/": {r.id: [link.id for link in (*r.classes, *r.parents)] for r in files.of(Treatment)},
        "effects.json: ": {effect.id: list(effect.broader) for effect in files.vocabulary.effects},
    }
    for start, links in above.items():
        for name in _in_a_circle(links):
            yield f"{start}{name}: stands above itself"


def _in_a_circle(links: dict[str, list[str]]) -> Iterator[str]:
    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        return any(
            name == goal or (name not in seen and reaches(name, goal, seen | {name})) for name in links.get(start, ())
        )

    yield from (name for name in links if reaches(name, name, set()))


def effects_known(files: Files) -> Iterator[str]:
    """Side effects and signs are in the vocabulary, each once a record."""
    known = {effect.id for effect in files.vocabulary.effects}
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
            place = (report.source, report.at, report.scope, trials)
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
        if report.scale == "label" and isinstance(source, Source) and source.kind != "label":
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
    """No synonym belongs to two side effects."""
    owner: dict[str, str] = {}
    for effect in files.vocabulary.effects:
        for text in (effect.id, effect.name, effect.clinical_name, *effect.synonyms):
            first = owner.setdefault(normalize(text), effect.id)
            if first != effect.id:
                yield f"effects.json: {text!r} belongs to {first} and to {effect.id}"


def fetus(files: Files) -> Iterator[str]:
    """Harm to a fetus comes with a pregnancy fact of the same source."""
    for record in files.of(Treatment):
        speaking = {cite.source for fact in record.facts if fact.field == "pregnancy" for cite in fact.cites}
        for effect in record.side_effects:
            for report in effect.reports:
                if effect.effect == "harm-to-fetus" and report.source not in speaking:
                    yield f"treatments/{record.id}: harm to a fetus ({report.source}) without a pregnancy fact"


def silences(files: Files) -> Iterator[str]:
    """Not stated is what is expected and absent; unreadable is a gap of the source."""
    for record in files.of(Treatment):
        expected = completed(record, format_reference=False)
        assert isinstance(expected, Treatment)
        if record.not_stated != expected.not_stated:
            yield f"treatments/{record.id}: not_stated is {record.not_stated}, and should be {expected.not_stated}; {COMMAND}"
    for model in (Treatment, Setting, Topic):
        for record in files.of(model):
            for gap in record.unreadable:
                source = files.records.get(f"sources/{gap.source}")
                if isinstance(source, Source) and gap.at not in {known.at for known in source.gaps}:
                    yield f"{record.id}: {gap.aspect} is unreadable at {gap.at!r}, which is no gap of {gap.source}"


def denials(files: Files) -> Iterator[str]:
    """A denial says no in its own text."""
    for key, fact in each(files, Fact):
        if fact.stance == "denied" and not DENIAL.search(fact.text):
            yield f"{key}: is denied, and its text says no no: {fact.text!r}"


def one_term(files: Files) -> Iterator[str]:
    """A target, a route or a form is one term a fact."""
    for key, fact in each(files, Fact):
        if fact.field in LISTED_FIELDS and key.startswith("treatments/"):
            if fact.value is None:
                yield f"{key}: the {fact.field} {fact.text!r} has no value to filter on"
            elif re.search(r",|;|\band\b|\bor\b", fact.value):
                yield f"{key}: {fact.value!r} is more than one {fact.field}"
            elif fact.field == "route" and fact.value not in ROUTES:
                yield f"{key}: the route {fact.value!r} is not one of: {', '.join(ROUTES)}"


def figures(files: Files) -> Iterator[str]:
    """A figure has a number, percentages are 0 to 100, bounds are in order, a rate names its people."""
    for key, figure in each(files, Figure):
        numbers = [number for number in (figure.value, figure.low, figure.high) if number is not None]
        if not numbers:
            yield f"{key}: a figure of {figure.of!r} without a number"
        if figure.unit == "%" and any(not 0 <= number <= 100 for number in numbers):
            yield f"{key}: {figure.of!r} is outside 0 to 100 %"
        if figure.low is not None and figure.high is not None and figure.low > figure.high:
            yield f"{key}: {figure.of!r} has its bounds the wrong way round"
    for key, report in each(files, Report):
        for rate in report.rates:
            values = [value for value in (rate.value, rate.comparator_value) if value is not None]
            if rate.population is None and rate.trial is None:
                yield f"{key}: a rate of {report.wording!r} names neither its people nor its trial"
            if not re.search(r"[a-z]{4}", rate.grade):
                yield f"{key}: the grade {rate.grade!r} of {report.wording!r} is not said in words"
            if rate.unit == "%" and any(not 0 <= value <= 100 for value in values):
                yield f"{key}: a rate of {report.wording!r} is outside 0 to 100 %"


def results(files: Files) -> Iterator[str]:
    """Arms exist, intervals lie around estimates, what was not reached is no number."""
    for trial in files.of(Trial):
        key = f"trials/{trial.id}"
        arms = {arm.id: arm for arm in trial.arms}
        if trial.n is not None and trial.pancreatic_n is not None and trial.pancreatic_n > trial.n:
            yield f"{key}: more pancreatic primaries than people"
        for result in trial.results:
            for arm in result.arms:
                if arm.arm not in arms:
                    yield f"{key}: {result.measure} names the arm {arm.arm}, which the trial has not"
                if arm.reached == (arm.value is None):
                    yield f"{key}: {result.measure} of {arm.arm}: what was not reached is no number, and what was is one"
                if arm.value is not None:
                    if (arm.low is not None and arm.low > arm.value) or (arm.high is not None and arm.high < arm.value):
                        yield f"{key}: {result.measure} of {arm.arm}: the interval is not around the estimate"
                    if result.unit == "%" and not 0 <= arm.value <= 100:
                        yield f"{key}: {result.measure} of {arm.arm} is outside 0 to 100 %"
                    if arm.low is None and arm.high is None and result.unit == "months" and not result.note:
                        yield f"{key}: {result.measure} of {arm.arm}: a median without an interval has to say so in a note"
            counted = [arm.n for arm in result.arms if arm.n is not None]
            if trial.n is not None and len(counted) == len(trial.arms) and sum(counted) > trial.n:
                yield f"{key}: {result.measure}: its arms hold more people than the trial"
            estimate = result.estimate
            low, high = (estimate.low, estimate.high) if estimate else (None, None)
            if estimate and low is not None and high is not None and not low <= estimate.value <= high:
                yield f"{key}: {result.measure}: the interval of the estimate is not around it"
            if estimate and not trial.comparative:
                yield f"{key}: {result.measure}: the trial compares nothing, so it has no {estimate.kind}"


def own_words(files: Files) -> Iterator[str]:
    """No advice, US spelling, and doses that cannot be misread."""
    for model in (Fact, Dose, Approval):
        for key, part in each(files, model):
            text = part.indication if isinstance(part, Approval) else part.text
            for pattern, what in ((ADVICE, "advice or an address to the reader"), (BRITISH, "UK spelling")):
                found = pattern.search(text)
                if found:
                    yield f"{key}: {found.group()!r} is {what}: {text!r}"
            found = URGING.search(text)
            if found and not ATTRIBUTED.search(text):
                yield f"{key}: {found.group()!r} is advice, unless the text says whose it is: {text!r}"
            found = UNSAFE_DOSE.search(text)
            if found:
                yield f"{key}: {found.group()!r} can be misread: {text!r}"


def dates(files: Files) -> Iterator[str]:
    """Nothing is dated after it was read, gaps and undated parts are at places, and the data has a day for a version."""
    if not re.fullmatch(r"\d{4}\.\d\d\.\d\d", str(files.manifest.get("data_version"))):
        yield f"manifest.json: the version {files.manifest.get('data_version')!r} is no day, as in 2026.11.24"
    for source in files.of(Source):
        if source.read is None:
            continue
        for field in ("published", "revised", "reviewed"):
            value = getattr(source, field)
            if value is not None and value > source.read:
                yield f"sources/{source.id}: {field} {value} is after it was read ({source.read})"
        if not source.places:
            yield f"sources/{source.id}: was read, and lists no places"
        for at in (*(gap.at for gap in source.gaps), *source.undated):
            if at not in source.places:
                yield f"sources/{source.id}: it is damaged or undated at {at!r}, which is no place of it"


def bibliography(files: Files) -> Iterator[str]:
    """A reference has id, type and title, and identifiers of the right shape."""
    for source in files.of(Source):
        if source.csl.get("id") != source.id:
            yield f"sources/{source.id}: the id of its csl is {source.csl.get('id')!r}"
        for field in ("type", "title"):
            if not source.csl.get(field):
                yield f"sources/{source.id}: its csl has no {field}"
        for name in (*source.csl.get("author", ()), *source.csl.get("editor", ())):
            if re.fullmatch(r"[A-Z]{2,4}", name.get("given", "")):
                yield f"sources/{source.id}: the initials {name['given']!r} are written apart, as in 'J. C.'"
        for field, pattern in BIBLIOGRAPHIC.items():
            value = source.csl.get(field)
            if value is not None and not re.fullmatch(pattern, str(value)):
                yield f"sources/{source.id}: {field} {value!r} does not look like one"


def identifiers(files: Files) -> Iterator[str]:
    """Identifiers fit their pattern and are confirmed in two places."""
    for key, identifier in each(files, Identifier):
        scheme, _, code = identifier.curie.partition(":")
        if scheme not in PATTERNS:
            yield f"{key}: no identifier scheme {scheme!r}"
        elif not re.fullmatch(PATTERNS[scheme], code):
            yield f"{key}: {identifier.curie} does not look like one"
        elif scheme == "cas" and not _cas_digit(code):
            yield f"{key}: the check digit of {identifier.curie} is wrong"
        if scheme != "nct" and key.startswith("treatments/") and len({cite.source for cite in identifier.cites}) < 2:
            yield f"{key}: {identifier.curie} is confirmed in one place only"


def _cas_digit(code: str) -> bool:
    digits = code.replace("-", "")
    return sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), 1)) % 10 == int(digits[-1])


def packaged(files: Files) -> Iterator[str]:
    """Bytes are canonical, and what is generated is fresh."""
    for shown, content in wanted(files):
        if files.bytes_of(shown) != content:
            yield f"{shown}: not as generated; refresh with: {COMMAND}"


def describe(part: Any) -> str:  # noqa: ANN401 - any part of a record
    """Name a part of a record in an error."""
    text = getattr(part, "text", None) or getattr(part, "id", None) or getattr(part, "curie", None) or ""
    return f"{type(part).__name__} {text!r}"


RULES = tuple(
    Rule(check.__name__.replace("_", "-"), check.__doc__ or "", check)
    for check in (
        valid,
        named_by_file,
        cited,
        resolving,
        listed_by,
        linked,
        acyclic,
        effects_known,
        one_report,
        graded,
        class_voice,
        near_apart,
        own_synonyms,
        fetus,
        silences,
        denials,
        one_term,
        figures,
        results,
        own_words,
        dates,
        bibliography,
        identifiers,
        packaged,
    )
)


def breaches(root: str = DATA) -> Iterator[str]:
    """Run every rule over the data under ``root``; give a line for each breach, with the rule's name."""
    files = Files(root)
    for rule in RULES:
        for line in rule.check(files):
            yield f"{rule.name}: {line}"


def main() -> int:
    """Check the data, with ``--fix`` after mending what a machine can; give the exit code."""
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="python -m pnetref.rules", description="Check every rule of the data.")
    parser.add_argument("--fix", action="store_true", help="first rewrite what a machine can mend")
    parser.add_argument("root", nargs="?", default=DATA, help="the folder of the data; the packaged one by default")
    given = parser.parse_args()
    if given.fix:
        for shown in fix(given.root):
            print(f"rewrote {shown}")  # noqa: T201 - a command of its own
    found = list(breaches(given.root))
    broken = {line.partition(": ")[0] for line in found}
    for line in [*found, *(f"  {rule.name} claims: {rule.claim}" for rule in RULES if rule.name in broken)]:
        print(line)  # noqa: T201
    print(f"{len(RULES)} rules, {len(found)} breaches")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
