"""The state of a source on a day, which every reference shows."""

import pytest

from pnetref import Reference
from pnetref.editions import state, superseded
from pnetref.models import Edition, Source, Superseded
from pnetref.terms import State

from .conftest import DAY

NEWER = Superseded(source="acs-treating-2024")
NEWER_PART = Superseded(source="hauser-2019", places=("A", "B"))
KNOWN = Edition(revised="2025-06", note="Not read.")


def made(data: Reference, **fields: object) -> Source:
    """Give a web page of which nothing is known that would change its state, but for ``fields``."""
    plain: dict[str, object] = {"superseded_by": (), "newer": (), "review_due": None, "document": None, "checked": None}
    return data.sources["acs-targeted-2025"].model_copy(update=plain | fields)


@pytest.mark.parametrize(
    ("fields", "places", "told"),
    [
        ({}, (), "current"),
        ({}, ("A",), "current"),
        ({"document": "us-label"}, (), "unchecked"),
        ({"document": "us-label", "checked": "2026-11-01"}, (), "current"),
        ({"checked": "2026-11-01"}, (), "current"),
        ({"review_due": "2026-11-23"}, (), "overdue"),
        ({"review_due": "2026-11-24"}, (), "current"),
        ({"review_due": "2026-10"}, (), "overdue"),
        ({"review_due": "2026-11"}, (), "current"),
        ({"review_due": "2025"}, (), "overdue"),
        ({"review_due": "2026"}, (), "current"),
        ({"review_due": "2025", "document": "us-label"}, (), "overdue"),
        ({"newer": (KNOWN,)}, (), "outdated"),
        ({"newer": (KNOWN,), "review_due": "2025"}, (), "outdated"),
        ({"superseded_by": (NEWER,)}, (), "superseded"),
        ({"superseded_by": (NEWER,), "newer": (KNOWN,)}, ("A",), "superseded"),
        ({"superseded_by": (NEWER_PART, NEWER)}, (), "superseded"),
        ({"superseded_by": (NEWER_PART,)}, (), "current"),
        ({"superseded_by": (NEWER_PART,)}, ("A",), "superseded"),
        ({"superseded_by": (NEWER_PART,)}, ("A", "B"), "superseded"),
        ({"superseded_by": (NEWER_PART,)}, ("A", "C"), "current"),
        ({"superseded_by": (NEWER_PART,)}, ("C",), "current"),
    ],
    ids=str,
)
def test_the_state_is_that_of_the_places_and_of_the_day(
    data: Reference, fields: dict[str, object], places: tuple[str, ...], told: State
) -> None:
    """What was replaced is superseded, before all else; a month that is due is over before it is overdue."""
    assert state(made(data, **fields), DAY, places) == told


def test_a_place_names_the_edition_that_replaced_it(data: Reference) -> None:
    """Where an edition replaced some places alone, the others have no newer one."""
    source = made(data, superseded_by=(NEWER_PART,))
    assert [superseded(source, at) for at in ("A", "B", "C")] == ["hauser-2019", "hauser-2019", None]
    assert superseded(made(data, superseded_by=(NEWER_PART, NEWER)), "A") == "hauser-2019"
    assert superseded(made(data, superseded_by=(NEWER_PART, NEWER)), "C") == "acs-treating-2024"
    assert superseded(made(data), "A") is None
