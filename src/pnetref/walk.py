"""Walks through records and answers: their parts, and what these rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pnetref.models import Model

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
    "with": ("treatments", "partners"),
    "members": ("treatments", "partners"),
}
"""The keys under which records and answers name others by id, and the folders that these may be in."""


WHOLE = ("effect", "with_", "with")
"""Those of them under which a record, or a part that names one, may stand whole."""


class Used(NamedTuple):
    """What a value rests on, each in order of appearance.

    ``places`` are the places by source id, ``names`` the ids that it names, each with its folders.
    """

    places: dict[str, dict[str, None]]
    names: dict[str, tuple[str, ...]]


def parts(value: Any) -> Iterator[Model]:  # noqa: ANN401 - any part of a record
    """Give every model inside ``value``, itself first."""
    if hasattr(value, "__dict__"):
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
    from pnetref.models import Report

    for part in parts(value):
        if isinstance(part, Report):
            yield part.source
        else:
            yield from {cite.source for cite in getattr(part, "cites", ())}


def used(value: object) -> Used:
    """Give the places and the ids that ``value``, a record, a part of one or an answer, rests on."""
    found = Used({}, {})
    places, names = found

    def visit(item: Any, key: str) -> None:  # noqa: ANN401 - any part of an answer
        if isinstance(item, tuple | list):
            for part in item:
                if not isinstance(part, str):
                    visit(part, key)
                elif key in NAMED:
                    names[part] = NAMED[key]
            return
        values = item if isinstance(item, dict) else getattr(item, "__dict__", None)
        if values is None:  # a number, or nothing
            return
        source = values.get("source")
        if isinstance(source, str):  # a newer edition names no place of its own
            at = values.get("at")
            cited = places.setdefault(source, {})
            if isinstance(at, str):
                cited[at] = None
        if key in NAMED and "id" in values and (key in WHOLE or "cites" in values):  # a side effect, a partner, a link
            names[values["id"]] = NAMED[key]
        of_interaction = "with_" in values or "with" in values
        for name, part in values.items():
            if not isinstance(part, str):
                visit(part, name)
            elif name in NAMED and not (of_interaction and name == "effect"):  # what an interaction does is a text
                names[part] = NAMED[name]

    visit(value, "")
    return found
