"""What leaves the program: the JSON envelope, errors, and the day that states are computed for."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from pnetref.errors import NoMatch, Problem, UsageProblem
from pnetref.models import Citation, Report, SideEffect, Unreadable
from pnetref.references import state

if TYPE_CHECKING:
    from pnetref.dataset import Dataset


def as_of_day(given: str | None) -> str:
    """Give the ISO day that states are computed for: ``given``, ``SOURCE_DATE_EPOCH``, or today.

    Raises ``UsageProblem`` where either is not a day.
    """
    if given is not None:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            try:
                time.strptime(given, "%Y-%m-%d")
            except ValueError:
                pass
            else:
                return given
        raise UsageProblem(f"--as-of {given!r} is not a day; write it as 2026-11-24")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return time.strftime("%Y-%m-%d", time.gmtime(int(epoch)))
        except (ValueError, OverflowError, OSError):
            raise UsageProblem(f"SOURCE_DATE_EPOCH {epoch!r} is not a number of seconds") from None
    return time.strftime("%Y-%m-%d")


def used(value: object) -> tuple[dict[str, dict[str, None]], dict[str, None]]:
    """Give what ``value`` rests on: places by source id, and effect ids, each in order of appearance."""
    places: dict[str, dict[str, None]] = {}
    effects: dict[str, None] = {}

    def visit(item: object) -> None:
        if isinstance(item, BaseModel):
            if isinstance(item, Citation | Report | Unreadable):
                places.setdefault(item.source, {})[item.at] = None
            if isinstance(item, SideEffect):
                effects[item.effect] = None
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


def envelope(data: Dataset, payload: Mapping[str, Any], as_of: str) -> dict[str, Any]:
    """Wrap a command's ``payload`` with versions, the notice, and the sources and effects it uses."""
    places, effects = used(payload)
    answer: dict[str, Any] = {
        "schema_version": data.index.schema_version,
        "data_version": data.index.data_version,
        "as_of": as_of,
        "notice": data.index.notice,
        **payload,
    }
    if "effects" not in payload:  # the vocabulary itself is a payload of that name
        entries = {key: data.entry("effects", key) for key in effects}
        answer["effects"] = {
            key: {"name": entry.name, "clinical_name": entry.clinical_name} for key, entry in entries.items()
        }
    answer["sources"] = {
        key: {**dict(data.sources[key]), "state": state(data.sources[key], as_of, at)} for key, at in places.items()
    }
    return answer


def write_json(value: object) -> None:
    """Print ``value`` as JSON on stdout."""
    from pydantic_core import to_json

    sys.stdout.write(to_json(value, indent=2).decode() + "\n")


def write_problem(problem: Problem, *, as_json: bool) -> None:
    """Print one line, or one JSON object, on stderr; stdout stays as it is."""
    if as_json:
        from pydantic_core import to_json

        error = {"code": problem.code, "message": problem.message, "suggestions": list(problem.suggestions)}
        sys.stderr.write(to_json({"error": error}).decode() + "\n")
        return
    spelled = problem.suggestions if isinstance(problem, NoMatch) else ()
    alike = f"; similarly spelled: {', '.join(spelled)}" if spelled else ""
    sys.stderr.write(f"pnetref: {problem.message}{alike}\n")
