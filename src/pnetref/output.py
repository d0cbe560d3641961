"""What leaves the program: the JSON envelope, errors, and the day that states are computed for."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pnetref.editions import state
from pnetref.errors import NoMatch, Problem, UsageProblem
from pnetref.walk import used

if TYPE_CHECKING:
    from pnetref.dataset import Dataset


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


def envelope(data: Dataset, payload: Mapping[str, Any], as_of: str) -> dict[str, Any]:
    """Wrap a command's ``payload`` with versions, the notice, and the sources and effects it uses."""
    places, effects = used(payload)
    for entry in payload.get("references", ()):
        places.setdefault(entry["id"], {}).update(dict.fromkeys(entry["at"]))
    for hit in payload.get("results", ()):
        if hit["kind"] == "effect":
            effects.setdefault(hit["id"])
        elif hit["kind"] == "source":
            places.setdefault(hit["id"], {})
    waiting = list(places)
    while waiting:  # a source brings those that it names: its newer edition, and what lists it
        source = data.sources[waiting.pop()]
        for name in (*(newer.source for newer in source.superseded_by), *(cite.source for cite in source.listed_by)):
            if name not in places:
                places[name] = {}
                waiting.append(name)
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


def write(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the terminal's own encoding is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def write_text(text: str, where: str | None, *, force: bool = False) -> None:
    """Print ``text``, or write it to the new file ``where``.

    Raises ``UsageProblem`` where the file is there and ``force`` is not given, or cannot be written.
    """
    if where is None:
        write(text)
        return
    if not force and os.path.lexists(where):
        raise UsageProblem(f"{where} is there already; give --force to replace it")
    try:
        write_file(where, text.encode())
    except OSError as error:
        raise UsageProblem(f"--output {where} cannot be written: {error.strerror}") from None
    except ValueError as error:
        raise UsageProblem(f"--output {where!r} is no name of a file: {error}") from None


def write_file(where: str, content: bytes) -> None:
    """Write a file whole or not at all; one that is replaced keeps its mode. Raises ``OSError``.

    What is there and is no file, such as a device or a pipe, is written to and never replaced.
    """
    import shutil
    import tempfile

    where = os.path.realpath(where)
    if os.path.exists(where) and not os.path.isfile(where):
        with open(where, "wb") as device:
            device.write(content)
        return
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(where), prefix=".pnetref-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if os.path.exists(where):
            shutil.copymode(where, temporary)
        else:
            os.umask(mask := os.umask(0))
            os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, where)
    except BaseException:
        os.unlink(temporary)
        raise


def write_json(value: object) -> None:
    """Print ``value`` as JSON on stdout."""
    from pydantic_core import to_json

    write(to_json(value, indent=2).decode() + "\n")


def write_problem(problem: Problem, *, as_json: bool) -> None:
    """Print one line, or one JSON object, on stderr; stdout stays as it is."""
    message = printable(problem.message)
    if as_json:
        from pydantic_core import to_json

        error = {"code": problem.code, "message": message, "suggestions": list(problem.suggestions)}
        sys.stderr.write(to_json({"error": error}).decode() + "\n")
        return
    spelled = problem.suggestions if isinstance(problem, NoMatch) else ()
    alike = f"; similarly spelled: {', '.join(spelled)}" if spelled else ""
    sys.stderr.write(f"pnetref: {message}{alike}\n")


def printable(text: str) -> str:
    """Give ``text`` with what would break a line, steer a terminal or is no character written as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
