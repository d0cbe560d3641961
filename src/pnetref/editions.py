"""The state of a source on a day: current, overdue for review, or superseded by a newer edition."""

from __future__ import annotations

from collections.abc import Iterable

from pnetref.models import Source
from pnetref.terms import State


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
