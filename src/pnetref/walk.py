"""Walks through records and answers: their parts, and what these rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pnetref.models import Citation, Effect, Model, Report, SideEffect, Superseded, Unreadable


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


def used(value: object) -> tuple[dict[str, dict[str, None]], dict[str, None]]:
    """Give what ``value`` rests on: places by source id, and effect ids, each in order of appearance."""
    places: dict[str, dict[str, None]] = {}
    effects: dict[str, None] = {}

    def visit(item: object) -> None:
        if isinstance(item, Model):
            if isinstance(item, Citation | Report | Unreadable):
                places.setdefault(item.source, {})[item.at] = None
            if isinstance(item, Superseded):
                places.setdefault(item.source, {})
            if isinstance(item, SideEffect):
                effects[item.effect] = None
            if isinstance(item, Effect):
                effects.update(dict.fromkeys((item.id, *item.broader, *item.near)))
            if isinstance(item, Report):
                effects.update(dict.fromkeys(item.signs))
            visit(item.__dict__)
        elif isinstance(item, dict):
            for key, part in item.items():
                if key == "effect" and isinstance(part, str):
                    effects[part] = None
                elif not isinstance(part, str):
                    visit(part)
        elif isinstance(item, tuple | list):
            for part in item:
                visit(part)

    visit(value)
    return places, effects
