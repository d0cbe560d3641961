"""What a record states, one by one, whatever list of it a statement stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pnetref.terms import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pnetref.models import (
        Citation,
        Setting,
        Statement,
        Topic,
        Treatment,
        Trial,
    )


class Stated(NamedTuple):
    """A statement with the field that it answers, its text in one line, and the places that make it."""

    field: str
    text: str
    part: Statement
    cites: Sequence[Citation]


def in_words(part: Statement) -> str:
    """Give a statement in one line."""
    from pnetref.models import Approval, Check, Dose, DoseChange, Fact, Interaction

    if isinstance(part, Fact | Interaction | Check | DoseChange):
        return part.text
    if isinstance(part, Dose):
        return f"{part.text} ({part.use})"
    if isinstance(part, Approval):
        return f"{part.regulator}: {part.indication}"
    raise TypeError(f"no words for {type(part).__name__}")


def statements(record: Treatment | Setting | Topic | Trial) -> Iterator[Stated]:
    """Give what a record states: its facts, then those of its lists that have columns of their own."""
    for fact in (*getattr(record, "caution", ()), *record.facts):
        yield Stated(fact.field, fact.text, fact, fact.cites)
    for name, field in LISTS.items():
        for part in getattr(record, name, ()):
            yield Stated(field, in_words(part), part, part.cites)
