"""Which silence is which: what a document that was read does not state, and what nobody here has read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pnetref.models import NotRead, Source, Treatment
from pnetref.terms import DOCUMENTS, EXPECTED, FIELDS, LISTS, PROFESSIONAL, SECTIONS, Part
from pnetref.walk import voices

SAFETY = {name for name, field in FIELDS.items() if SECTIONS[field.section].part == "safety"} | {"missed_dose"}
"""What a label alone is silent about: a patient page's silence is not the label's."""

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def silences(record: Treatment, sources: Mapping[str, Source]) -> tuple[tuple[NotRead, ...], tuple[str, ...]]:
    """Give what is expected of a record's kind, and neither said nor unreadable: what was not read, and what is not stated."""
    present: set[str] = {fact.field for fact in record.facts}
    present |= {gap.aspect for gap in record.unreadable}
    present |= {field for name, field in LISTS.items() if getattr(record, name)}
    if record.side_effects:
        present.add("side_effects")
    if record.doses:  # a dose says how often as well
        present.add("schedule")
    documents = documents_of(record, sources)
    not_read: list[NotRead] = []
    not_stated: list[str] = []
    for aspect in EXPECTED[record.kind]:
        if aspect not in present:
            unread = list(_unread(record, aspect, documents))
            not_read += unread
            not_stated += [] if unread else [aspect]
    return tuple(not_read), tuple(not_stated)


def documents_of(record: Treatment, sources: Mapping[str, Source]) -> list[Source]:
    """Give the labels and leaflets of a record itself that it cites, of each the newest edition alone."""
    cited = sorted(set(voices(record)))
    own = [
        sources[key] for key in cited if key in sources and sources[key].document and sources[key].about == record.id
    ]
    return [
        source
        for source in own
        if not any(newer.source in cited and not newer.places for newer in source.superseded_by)
    ]


def _unread(record: Treatment, aspect: str, documents: list[Source]) -> Iterator[NotRead]:
    """Give the documents whose section on an aspect was not read; of a drug's safety, that no label's was."""
    read, unread = False, []
    for source in documents:
        parts = [part for part in DOCUMENTS[str(source.document)] if aspect in part.aspects]
        if any(was_read(source, part) for part in parts):
            read = read or source.document in PROFESSIONAL or aspect not in SAFETY
        elif parts:
            unread.append(source.id)
    for key in unread:
        yield NotRead(aspect=aspect, source=key, in_part=read)
    if record.kind == "drug" and aspect in SAFETY and not read and not unread:
        yield NotRead(aspect=aspect)


def was_read(source: Source, part: Part) -> bool:
    """Tell whether a section of a document was read: the document whole, or a place that is the section."""
    return source.extent == "whole" or any(_is_section(at, part) for at in source.extent)


def _is_section(at: str, part: Part) -> bool:
    number = _NUMBER.match(at)
    if number and part.begins and number.group() not in part.begins:
        return False
    return not at.startswith("Highlights") and any(name in at.casefold() for name in part.names)
