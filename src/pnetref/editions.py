"""The state of a source on a day: current, overdue for review, or superseded by a newer edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pnetref.models import Source

State = Literal["current", "overdue", "superseded"]


def superseded(source: Source, at: str) -> str | None:
    """Give the id of the newer edition of the place ``at``, or None."""
    for newer in source.superseded_by:
        if not newer.places or at in newer.places:
            return newer.source
    return None


def state(source: Source, as_of: str, places: Iterable[str] = ()) -> State:
    """Give the state of a source, or of the ``places`` of it that are used, on the ISO day ``as_of``."""
    used = tuple(places)
    if any(not newer.places for newer in source.superseded_by) or (used and all(superseded(source, at) for at in used)):
        return "superseded"
    due = source.review_due
    if due is not None and due < as_of[: len(due)]:  # a month that is due is overdue when it has ended
        return "overdue"
    return "current"


def review_line(source: Source, as_of: str, places: Iterable[str] = ()) -> str:
    """Give what a reader must know of a source's state on the ISO day ``as_of``, or an empty string."""
    current = state(source, as_of, places)
    if current == "superseded":
        newer = ", ".join(dict.fromkeys(newer.source for newer in source.superseded_by))
        return f"Superseded by {newer}."
    if current == "overdue":
        return f"Overdue for review since {source.review_due}."
    return ""
