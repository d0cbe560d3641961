"""Labels of drugs: where they hold, how much of them was read, and what they say of drugs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pnetref.curation.generate import Files, regions_of
from pnetref.curation.rules.base import describe, each
from pnetref.models import Check, Dose, DoseChange, Fact, Interaction, Source, Treatment
from pnetref.names import normalize

SHORT = 60
IMPERATIVE = re.compile(
    r"^(?:\w\w: )?(?:avoid|stop|take|reduce|withhold|hold|monitor|use|do not|don't|give|start|keep|tell|call|discontinue"
    r"|interrupt|check|swallow|store|consider|resume)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
COUNTED = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?!-FU)")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
QUANTITY = re.compile(
    r"\b\d+(?:\.\d+)?\s*(?:%|(?:mg|micrograms|g|GBq|MBq|mCi|mL|weeks?|months?|days?|hours?|minutes?|years?|times)\b)"
)


def regional(files: Files) -> Iterator[str]:
    """A statement holds in one region: two countries' labels that differ are two statements."""
    for model in (Fact, Dose, Interaction, Check, DoseChange):
        for key, part in each(files, model):
            regions = regions_of(part.cites, files)
            if len(regions) > 1:
                yield f"{key}: {describe(part)} rests on documents of {' and '.join(regions)}; each country's is its own"
            elif part.region != (regions[0] if regions else None):
                yield f"{key}: {describe(part)} is said of {part.region}, and its documents are of {regions or 'no region'}"


def labelled(files: Files) -> Iterator[str]:
    """A source that was read has a short name of its own; a label says of what it is, and where it holds."""
    owner: dict[str, str] = {}
    for source in files.of(Source):
        key = f"sources/{source.id}"
        if source.read is not None and source.label is None:
            yield f"{key}: has no label, the short name that a first screen calls it"
        if source.label is not None and owner.setdefault(source.label, key) != key:
            yield f"{key}: {owner[source.label]} is called {source.label!r} too"
        if source.document is not None and (source.about is None or source.region is None):
            yield f"{key}: is a {source.document}, and does not say of which treatment or of which region"
        if source.about is not None and f"treatments/{source.about}" not in files.records:
            yield f"{key}: is about {source.about}, which is no treatment here"


def editions(files: Files) -> Iterator[str]:
    """A label is read whole or in sections, and is checked only where no newer edition is known."""
    for source in files.of(Source):
        key = f"sources/{source.id}"
        if source.read is None and (source.extent or source.newer or source.checked):
            yield f"{key}: was never read, and says how much of it was"
        if source.checked is not None and (source.newer or source.superseded_by):
            yield f"{key}: was checked on {source.checked}, and a newer edition is known"
        if source.checked is not None and source.read is not None and source.checked < source.read[:4]:
            yield f"{key}: was checked before it was read"
        for edition in source.newer:
            if source.revised is not None and edition.revised is not None and edition.revised <= source.revised:
                yield f"{key}: its newer edition of {edition.revised} is not newer than {source.revised}"


def shorts(files: Files) -> Iterator[str]:
    """A short form has no number but those of its statement and the years of its documents, urges nobody, and is cut nowhere."""
    spelled = {word: str(number) for number, word in enumerate(WORDS)}
    for model in (Fact, Dose, Interaction, Check, DoseChange):
        for key, part in each(files, model):
            if part.short is None:
                continue
            if IMPERATIVE.match(part.short):
                yield f"{key}: {part.short!r} opens as an order"
            if "…" in part.short or "..." in part.short:
                yield f"{key}: {part.short!r} is cut off"
            said = {spelled.get(word, word) for word in re.findall(r"[\w.]+", part.text.casefold())}
            said |= {str(number) for word in said for number in NUMBER.findall(word)}
            said |= {number for figure in part.figures for number in _numbers(figure)} | set(years_of(part, files))
            lost = {number for number in COUNTED.findall(part.short) if number not in said}
            if lost:
                yield f"{key}: {part.short!r} has {', '.join(sorted(lost))}, which its statement has not: {part.text!r}"


def years_of(part: Any, files: Files) -> Iterator[str]:  # noqa: ANN401 - a statement
    """Give the years of the documents that a statement cites."""
    for cite in part.cites:
        source = files.sources.get(cite.source)
        if source is not None:
            yield from (date[:4] for date in (source.published, source.revised) if date is not None)
            yield from re.findall(r"\b(?:19|20)\d\d\b", source.id)


def _numbers(figure: object) -> Iterator[str]:
    for name in ("value", "low", "high", "n"):
        value = getattr(figure, name)
        if value is not None:
            yield f"{value:g}"


def measured(files: Files) -> Iterator[str]:
    """A number with a unit in a label's statement stands in its figures too."""
    for model in (Fact, Interaction, Check, DoseChange):
        for key, part in each(files, model):
            sources = [files.sources.get(cite.source) for cite in part.cites]
            if any(source is not None and source.document is not None for source in sources):
                found = QUANTITY.search(part.text)
                if found and not part.figures:
                    yield f"{key}: {found.group()!r} stands in the text alone: {part.text!r}"


def partners(files: Files) -> Iterator[str]:
    """What a drug meets is in partners.json or a treatment, and no name belongs to two partners."""
    known = {partner.id: partner for partner in files.partners.partners}
    owner: dict[str, str] = {}
    for partner in files.partners.partners:
        if f"treatments/{partner.id}" in files.records:
            yield f"partners.json: {partner.id} is a treatment here; an interaction names that"
        for name in {normalize(name) for name in (partner.id, partner.name, *partner.names)}:
            if owner.setdefault(name, partner.id) != partner.id:
                yield f"partners.json: {name!r} belongs to {owner[name]} and to {partner.id}"
        for member in partner.members:
            if member.id not in known and f"treatments/{member.id}" not in files.records:
                yield f"partners.json: {partner.id} has the member {member.id}, which is not there"
            for cite in member.cites:
                source = files.sources.get(cite.source)
                if source is None or cite.at not in source.places:
                    yield f"partners.json: {partner.id}: {cite.source} has no place {cite.at!r}"
    for record in files.of(Treatment):
        for part in record.interactions:
            partner_found = known.get(part.with_.id)
            if partner_found is None and f"treatments/{part.with_.id}" not in files.records:
                yield f"treatments/{record.id}: meets {part.with_.id}, which is in neither partners.json nor treatments"
            elif partner_found is not None and partner_found.kind != part.with_.kind:
                yield f"treatments/{record.id}: calls {part.with_.id} a {part.with_.kind}; it is a {partner_found.kind}"
