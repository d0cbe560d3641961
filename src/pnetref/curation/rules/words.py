"""What statements say: silences, denials, terms, and our own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

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


ADDRESSED = ("URL", "reference", "note")
"""The keys of a source whose texts are, or hold, an address."""


MARKUP: dict[str, re.Pattern[str]] = {
    "a mark of HTML": re.compile(r"<[A-Za-z/!?]|&#?\w+;"),
    "a link of Markdown": re.compile(r"\]\(|\]\[|!\["),
    "a style of Rich": re.compile(r"\[[/@#]?[A-Za-z]*( [A-Za-z]+)*(=[^\]]*)?\]"),
    "a command of TeX or an escape": re.compile(r"[\\`{}]"),
    "a scheme of an address": re.compile(r"\b(?:javascript|vbscript|data|file|about|blob):(?=\S)", re.IGNORECASE),
    "how a formula begins": re.compile(r"^[=+@-](?=\w)"),
    "a blank too many": re.compile(r"^ | $|  "),
}
"""What a text of the data has nowhere, since some format could read more in it than it says."""

ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)

ODD = re.compile(r"[^\w ,.;()%/’“”–·≥≤-]|^[ -]| $|  |www\.", re.IGNORECASE)
"""What may be more than words: most texts have nothing of it."""


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


def plain(files: Files) -> Iterator[str]:
    """A text is nothing but letters that are shown: no control, no markup, no formula, and an address in a reference alone."""
    for shown in files.texts():
        for key, text in _texts(json.loads(files.bytes_of(shown)), ""):
            if text.isprintable() and not ODD.search(text):
                continue
            hidden = next((letter for letter in text if letter != " " and not letter.isprintable()), None)
            if hidden is not None:
                yield f"{shown}: {key}: {text!r} has the letter U+{ord(hidden):04X}, which is not shown"
            for what, pattern in MARKUP.items():
                if found := pattern.search(text):
                    yield f"{shown}: {key}: {text!r} has {what}: {found.group()!r}"
            if key not in ADDRESSED and ADDRESS.search(text):
                yield f"{shown}: {key}: {text!r} has an address, which stands in the csl of a source alone"


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value of JSON
    """Give every text in a value of JSON with the key under which it stands, and every key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name, name
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)


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
