"""Walks through records and answers: their parts, and what these rest on."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
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


SCALARS = frozenset({str, int, float, bool, type(None)})
"""What rests on nothing by itself."""


class Used(NamedTuple):
    """What a value rests on, each in order of appearance.

    ``places`` are the places by source id, ``names`` the ids that it names, each with its folders.
    """

    places: dict[str, dict[str, None]]
    names: dict[str, tuple[str, ...]]


NOTHING = Used({}, {})
"""What rests on no source and no other record."""


def parts(value: Any) -> "Iterator[Model]":  # noqa: ANN401 - any part of a record
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


class Walk:
    """A walk that finds what values rest on, in ``found``."""

    def __init__(self) -> None:
        self.found = Used({}, {})

    def visit(self, item: Any, key: str) -> None:  # noqa: ANN401 - any part of an answer
        """Add what ``item`` rests on, which stands under ``key``."""
        kind = type(item)
        if kind in SCALARS:
            return
        if kind is tuple or kind is list:
            for part in item:
                if not isinstance(part, str):
                    self.visit(part, key)
                elif key in NAMED:
                    self.found.names[part] = NAMED[key]
        elif kind is dict:
            self._parts(item, key)
        elif (rests_on := getattr(kind, "rests_on", None)) is not None:
            rests_on(item, self, key)
        else:
            self._parts(item.__dict__, key)

    def record(self, item: Any, key: str) -> None:  # noqa: ANN401 - a whole record
        """Add a record itself, where ``key`` names records and it stands whole under it."""
        if key in NAMED and (key in WHOLE or "cites" in item.keys()):  # noqa: SIM118 - not every record is a mapping
            self.found.names[item.id] = NAMED[key]

    def add(self, uses: Used) -> None:
        """Add what was found before."""
        for source, at in uses.places.items():
            self.found.places.setdefault(source, {}).update(at)
        self.found.names.update(uses.names)

    def _parts(self, values: dict[str, Any], key: str) -> None:
        source = values.get("source")
        if isinstance(source, str):  # a newer edition names no place of its own
            cited = self.found.places.setdefault(source, {})
            if isinstance(at := values.get("at"), str):
                cited[at] = None
        if key in NAMED and "id" in values and (key in WHOLE or "cites" in values):  # a side effect, a partner, a link
            self.found.names[values["id"]] = NAMED[key]
        of_interaction = "with_" in values or "with" in values
        for name, part in values.items():
            if type(part) is not str:
                if type(part) not in SCALARS:
                    self.visit(part, name)
            elif name in NAMED and not (of_interaction and name == "effect"):  # what an interaction does is a text
                self.found.names[part] = NAMED[name]


class Rested(dict[str, Any]):
    """A record with ``more`` behind its parts; what these parts rest on was found when it was packaged."""

    def __init__(self, parts: dict[str, Any], more: Collection[str], uses: Callable[[], Mapping[str, Used]]) -> None:
        super().__init__(parts)
        self._more = more
        self._uses = uses

    def rests_on(self, walk: Walk, key: str) -> None:
        """Tell a walk what stands here, without looking through the record."""
        del key  # an answer names no record by this
        for uses in self._uses().values():
            walk.add(uses)
        walk.visit({name: self[name] for name in self._more}, "")


def used(value: object, key: str = "") -> Used:
    """Give the places and the ids that ``value``, a record, a part of one or an answer, rests on."""
    walk = Walk()
    walk.visit(value, key)
    return walk.found
