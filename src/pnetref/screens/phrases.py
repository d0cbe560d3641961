"""Sentences and words that several screens say, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pnetref.page import Line, Said
from pnetref.terms import ASPECTS, REGIONS, SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pnetref.models import Effect
    from pnetref.page import Block, Cite, Style, Words

EMERGENCY = (
    "This tool cannot tell whether a symptom is an emergency. If it is happening now, call your care team; "
    "if it is severe, your local emergency number."
)
UNREPORTED = "Nothing read here reports it; that is no sign that it does not happen."
UNMARKED = "Others are not marked by their sources, which is no sign that they are mild."
PARTIAL = "Only what was read here: what is missing from this list may cause it too."
NO_PREGNANCY = "Nothing read here speaks of it: no sign of safety. Ask."
HIDDEN = "A survival or death figure is hidden (figures = off)."
PAUSE = "Do not stop or delay any medicine because of this page: the treating team gives the dates."
NOT_STATED = "not stated"
NOTHING_SAID = 'What was read here does not say. That is not a "no".'
NOT_READ = "Not read here, though the label has a section on it: ask."
UNREADABLE = "Our copy is damaged here; the page itself may say it."
IN_PART = "Not in the parts that were read; the rest was not read."
OTHERS_DIFFER = "Other countries may differ."

_OF_DEATH = re.compile(r"\b(deaths?|die[sd]?|dying|surviv\w*|alive|fatal)\b", re.IGNORECASE)


def emergency_first(effect: Effect) -> list[Block]:
    """Give the line on emergencies for what people are told to call about at once, to stand before all else."""
    return [Line(warn(EMERGENCY), first=True)] if effect.urgent else []


def emergency_last(effect: Effect) -> list[Block]:
    """Give the line on emergencies for the end, where it did not stand first."""
    return [] if effect.urgent else [Line(), Line(faint(EMERGENCY))]


def gap_words(aspect: str, unreadable: Sequence[str], not_read: Mapping[str, bool]) -> str:
    """Give the words for an aspect that our copies may hold, or an empty text: a damaged copy, or a section not read.

    ``not_read`` tells of an aspect whether another document on it was read in part.
    """
    if aspect in unreadable:
        return UNREADABLE
    if aspect in not_read:
        return IN_PART if not_read[aspect] else NOT_READ
    return ""


def shows_survival(text: str) -> bool:
    """Tell whether a text holds a figure of survival or death, which a reader may hide."""
    return bool(_OF_DEATH.search(text)) and any(character.isdigit() for character in text)


def scope_note(scope: str, subject: str = "pnet", region: str | None = None) -> str:
    """Give the note behind a statement: of what it was made, unless of pNET or the ``subject`` of the page, and where it holds."""
    said = [] if scope in ("pnet", subject) else ["any use" if scope == "any-use" else f"of {SCOPES[scope]}"]
    said += [REGIONS.get(region, region)] if region is not None else []
    return f" ({'; '.join(said)})" if said else ""


def label(aspect: str) -> str:
    """Give the label of a field."""
    return ASPECTS[aspect].label if aspect in ASPECTS else aspect.replace("_", " ").capitalize()


def kind_words(kind: str) -> str:
    """Give a kind as words: ``drug-class`` is ``drug class``."""
    return kind.replace("-", " ")


def capital(text: str) -> str:
    """Give a text with its first letter in upper case, the others as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def short_name(name: str) -> str:
    """Give the abbreviation at the end of a name, as in ``peptide receptor radionuclide therapy (PRRT)``; else the name."""
    start, _, short = name.rpartition(" (")
    return short.removesuffix(")") if start and short.isupper() else name


def of_class(group: str, name: str) -> str:
    """Say of statements that they are of a class."""
    return f"Said of the whole class ({group}), not of {name} alone"


def of_part(part: str, name: str) -> str:
    """Say of statements that they are of a part of a combination."""
    return f"Said of {part}, a part of {name}, whatever it is combined with"


def of_kind(kind: str, name: str) -> str:
    """Say of statements that they are of what the record is a kind of."""
    return f"Said of {kind}, of which {name} is a kind"


def elsewhere(group: str, name: str, key: str) -> Words:
    """Say that sources speak of a class that do not count a member in."""
    command = f"pnetref drug {key}"
    return faint(f"Other sources speak of {group} without counting {name} in: {command}", command)


def warn(text: str, *verbatim: str) -> Words:
    """Give a text that must not be missed; the ``verbatim`` pieces are not our words."""
    return (Said(text, "warn", verbatim=verbatim),)


def filtered(filters: Mapping[str, str]) -> Words:
    """Say behind the title of a list which of it are shown; nothing where all are."""
    if not filters:
        return ()
    told = ", ".join(f"{name} {value}" for name, value in filters.items())
    return (Said(f"  only: {told}", "warn", verbatim=tuple(filters.values())),)


def faint(text: str, *verbatim: str) -> Words:
    """Give an aside; the ``verbatim`` pieces are not our words."""
    return (Said(text, "faint", verbatim=verbatim),)


def plain(text: str, *verbatim: str) -> Words:
    """Give a text as it is; the ``verbatim`` pieces are not our words."""
    return (Said(text, verbatim=verbatim),)


def printed(text: str, style: Style = "", places: tuple[Cite, ...] = ()) -> Said:
    """Give what is not our own words, such as a name that a source prints or a title: its spelling stays."""
    return Said(text, style, places, verbatim=(text,))


def joined(parts: list[Words], between: str = " · ") -> Words:
    """Give several texts as one paragraph."""
    said: list[Said] = []
    for part in parts:
        if said:
            said.append(Said(between))
        said += part
    return tuple(said)
