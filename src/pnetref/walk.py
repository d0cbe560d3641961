"""Walks through records and answers: their parts, and what these rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pnetref.models import Model, Report

EFFECTS = ("effects",)
TREATMENTS = ("treatments",)
TRIALS = ("trials",)
NAMED: dict[str, tuple[str, ...]] = {
    "effect": EFFECTS,
    "signs": EFFECTS,
    "broader": EFFECTS,
    "near": EFFECTS,
    "class": TREATMENTS,
    "part": TREATMENTS,
    "kind_of": TREATMENTS,
    "said_of": TREATMENTS,
    "withheld": TREATMENTS,
    "records": TREATMENTS,
    "classes": TREATMENTS,
    "treatments": TREATMENTS,
    "parents": ("treatments", "settings"),
    "settings": ("settings",),
    "trial": TRIALS,
    "trials": TRIALS,
    "head_to_head": TRIALS,
    "with_": ("treatments", "partners"),
    "members": ("treatments", "partners"),
}
"""The keys under which records and answers name others by id, and the folders that these may be in."""


class Used(NamedTuple):
    """What a value rests on, each in order of appearance.

    ``places`` are the places by source id, ``names`` the ids that it names, each with its folders.
    """

    places: dict[str, dict[str, None]]
    names: dict[str, tuple[str, ...]]


def parts(value: Any) -> Iterator[Model]:  # noqa: ANN401 - any part of a record
    """Give every model inside ``value``, itself first."""
    if isinstance(value, Model):
        yield value
        for part in value.__dict__.values():
            yield from parts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from parts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from parts(part)


def voices(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a record
    """Give the sources of every fact, name, link, report and result inside ``value``, each once a statement."""
    for part in parts(value):
        if isinstance(part, Report):
            yield part.source
        else:
            yield from {cite.source for cite in getattr(part, "cites", ())}


def used(value: object) -> Used:
    """Give the places and the ids that ``value``, a record, a part of one or an answer, rests on."""
    found = Used({}, {})

    def visit(item: object, key: str) -> None:
        if isinstance(item, Model):
            item = item.__dict__
        if isinstance(item, dict):
            source, at = item.get("source"), item.get("at")
            if isinstance(source, str):  # a newer edition names no place of its own
                places = found.places.setdefault(source, {})
                if isinstance(at, str):
                    places[at] = None
            if (
                key in NAMED and "id" in item and (key in ("effect", "with_") or "cites" in item)
            ):  # a side effect, or a link
                found.names[item["id"]] = NAMED[key]
            for name, part in item.items():
                if not (name == "effect" and "with_" in item):  # what an interaction does is a text
                    visit(part, name)
        elif isinstance(item, tuple | list):
            for part in item:
                visit(part, key)
        elif isinstance(item, str) and key in NAMED:
            found.names[item] = NAMED[key]

    visit(value, "")
    return found
