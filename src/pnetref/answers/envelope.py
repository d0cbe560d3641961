"""What every answer carries: versions, what was typed, and the sources, effects and names that it uses."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Any

from pnetref.editions import state
from pnetref.errors import DataProblem, UsageProblem
from pnetref.walk import NOTHING, used

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pnetref.answers.shapes import EffectNames, RecordName, Typed
    from pnetref.dataset import Dataset
    from pnetref.walk import Used


class Answer:
    """The answer of a command before it is wrapped.

    ``kind`` names the shape of the whole answer and ``payload`` its part of it; ``rests_on`` is what
    the payload names otherwise than by a citation or a link.
    """

    def __init__(
        self,
        data: Dataset,
        kind: str,
        payload: Mapping[str, Any],
        typed: Sequence[Typed] = (),
        selected: Sequence[str] = (),
        rests_on: Used = NOTHING,
    ) -> None:
        self.data = data
        self.kind = kind
        self.payload = payload
        self.typed = tuple(typed)
        self.selected = tuple(selected)
        self.rests_on = rests_on


def as_of_day(given: str | None) -> str:
    """Give the ISO day that states are computed for: ``given``, ``SOURCE_DATE_EPOCH``, or today.

    Raises ``UsageProblem`` where either is not a day of the years 1 to 9999.
    """
    if given is not None:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            try:
                time.strptime(given, "%Y-%m-%d")
            except ValueError:
                pass
            else:
                return given
        raise UsageProblem(f"--as-of {given!r} is not a day; write it as 2026-11-24")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return time.strftime("%Y-%m-%d")
    try:
        day = time.gmtime(int(epoch)) if re.fullmatch(r"-?[0-9]+", epoch) else None
    except (ValueError, OverflowError, OSError):
        day = None
    if day is None or not 1 <= day.tm_year <= 9999:
        raise UsageProblem(f"SOURCE_DATE_EPOCH {epoch!r} is not a number of seconds that gives a day")
    return f"{day.tm_year:04d}-{day.tm_mon:02d}-{day.tm_mday:02d}"


def enveloped(answer: Answer, as_of: str) -> dict[str, Any]:
    """Give the whole answer, as ``--json`` prints it, for the ISO day ``as_of``."""
    data = answer.data
    found = used(answer.payload)
    for key, at in answer.rests_on.places.items():
        found.places.setdefault(key, {}).update(at)
    found.names.update(answer.rests_on.names)
    for typed in answer.typed:
        if typed["note"] is not None:
            folder = next(f for f in ("treatments", "effects") if f"{f}/{typed['opens']}" in data.index.records)
            found.names.setdefault(typed["opens"], (folder,))
    whole: dict[str, Any] = {
        "schema_version": data.manifest.schema_version,
        "data_version": data.manifest.data_version,
        "as_of": as_of,
        "notice": data.manifest.notice,
        "typed": list(answer.typed),
        "selected": list(answer.selected),
        **answer.payload,
        "records": _records(data, found.names),
    }
    if "effects" not in whole:  # the vocabulary itself is a payload of that name
        effects = [key for key, folders in found.names.items() if folders == ("effects",)]
        whole["effects"] = {key: _effect(data, key) for key in effects}
    whole["sources"] = {
        key: _in_use(data, key, as_of, list(at)) for key, at in _with_editions(data, found.places).items()
    }
    return whole


def _effect(data: Dataset, key: str) -> EffectNames:
    entry = data.entry("effects", key)
    return {"name": entry.name, "clinical_name": entry.clinical_name or entry.name}


def _records(data: Dataset, names: Mapping[str, tuple[str, ...]]) -> dict[str, RecordName]:
    found: dict[str, RecordName] = {}
    for key, folders in names.items():
        if folders == ("effects",):
            continue
        entry = next((e for folder in folders if (e := data.index.records.get(f"{folder}/{key}"))), None)
        if entry is None:
            raise DataProblem(f"packaged data: the index: {folders[0]}/{key} is missing; reinstall pnetref")
        found[key] = {"kind": entry.kind, "name": entry.name}
    return found


def _with_editions(data: Dataset, places: dict[str, dict[str, None]]) -> dict[str, dict[str, None]]:
    """Add the sources that those in use name: a newer edition, and what lists a work."""
    waiting = list(places)
    while waiting:
        source = data.sources[waiting.pop()]
        for name in (*(newer.source for newer in source.superseded_by), *(cite.source for cite in source.listed_by)):
            if name not in places:
                places[name] = {}
                waiting.append(name)
    return places


def _in_use(data: Dataset, key: str, as_of: str, places: list[str]) -> dict[str, Any]:
    source = data.sources[key]
    return source.with_more(
        {
            "own": key in data.manifest.own_sources,
            "state": state(source, as_of, places),
            "place_states": {at: state(source, as_of, [at]) for at in places},
        }
    )
