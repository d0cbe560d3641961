"""What statements say: silences, denials, terms, and our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pnetref.curation.generate import COMMAND, Files
from pnetref.curation.rules.base import each
from pnetref.curation.silences import silences as expected_silences
from pnetref.models import Approval, Check, Dose, DoseChange, Fact, Interaction, Setting, Source, Topic, Treatment
from pnetref.terms import LISTED_FIELDS, ROUTES

DENIAL = re.compile(r"\b(no|not|none|never|without|nothing)\b", re.IGNORECASE)


ADVICE = re.compile(r"\b(you|your|failed)\b", re.IGNORECASE)


URGING = re.compile(r"\b(should|must|best|recommend\w*)\b", re.IGNORECASE)


ATTRIBUTED = re.compile(
    r"\b(sources?|doctors?|team|label|leaflet|letter|maker|guideline|publisher|trial|appraisal|NICE|society)\b",
    re.IGNORECASE,
)


REASSURING = re.compile(
    r"\b(well tolerated|(?:no|without|few) side effects|harmless|safer|(?:people|patients) do better"
    r"|[Mm]ost side effects (?:are|will|go))\b"
)


STUDIED = re.compile(r"\b(study|trials?|survey)\b", re.IGNORECASE)


BRITISH = re.compile(
    r"\b\w*(tumour|colour|haem|aemia|(?<!angi)oedema|rrhoea|analogue|(?<!gastr)oesoph)\w*", re.IGNORECASE
)


UNSAFE_DOSE = re.compile(r"\b\d+\.0\b(?!\s*%)|(?<![\d.])\.\d|\bmcg\b|µg|\bIU\b|\b\d+U\b|\bQD\b|\bQOD\b")


def silences(files: Files) -> Iterator[str]:
    """Not stated is what is expected, absent, and was read; not read is what was not; unreadable is a gap of the source."""
    for record in files.of(Treatment):
        not_read, not_stated = expected_silences(record, files.sources)
        if record.not_stated != not_stated or record.not_read != not_read:
            yield f"treatments/{record.id}: its silences are not those of its documents; {COMMAND}"
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


def own_words(files: Files) -> Iterator[str]:
    """No advice, no reassurance without its source, US spelling, and doses that cannot be misread."""
    for model in (Fact, Dose, Approval, Interaction, Check, DoseChange):
        for key, part in each(files, model):
            text = part.indication if isinstance(part, Approval) else part.text
            for pattern, what in ((ADVICE, "advice or an address to the reader"), (BRITISH, "UK spelling")):
                found = pattern.search(text)
                if found:
                    yield f"{key}: {found.group()!r} is {what}: {text!r}"
            found = URGING.search(text)
            if found and not ATTRIBUTED.search(text):
                yield f"{key}: {found.group()!r} is advice, unless the text says whose it is: {text!r}"
            found = REASSURING.search(text)
            if found and not (ATTRIBUTED.search(text) or STUDIED.search(text)):
                yield f"{key}: {found.group()!r} reassures, unless the text says whose word it is: {text!r}"
            found = UNSAFE_DOSE.search(text)
            if found:
                yield f"{key}: {found.group()!r} can be misread: {text!r}"
