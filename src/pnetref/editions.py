"""The state of a source on a day: superseded, outdated, overdue for review, unchecked, or current."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    """Give the state of a source, or of the ``places`` of it that are used, on the ISO day ``as_of``.

    A source is outdated where a newer edition is known that was not read; a label is current only where
    somebody looked for a newer one and found none.
    """
    used = tuple(places)
    if any(not newer.places for newer in source.superseded_by) or (used and all(superseded(source, at) for at in used)):
        return "superseded"
    if source.newer:
        return "outdated"
    due = source.review_due
    if due is not None and due < as_of[: len(due)]:  # a month that is due is overdue when it has ended
        return "overdue"
    return "unchecked" if source.document is not None and source.checked is None else "current"
