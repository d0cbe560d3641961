"""What a rule is, and how it looks at the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pnetref.curation.generate import Files


@dataclass(frozen=True)
class Rule:
    """A named check of the data: ``claim`` says what holds, ``check`` yields a line for each breach."""

    name: str
    claim: str
    check: Callable[[Files], Iterator[str]]


def each(files: Files, model: type[Any]) -> Iterator[tuple[str, Any]]:
    """Give every part of one model in all records, with the key of its record."""
    yield from ((key, part) for key, part in files.parts if isinstance(part, model))


def describe(part: Any) -> str:  # noqa: ANN401 - any part of a record
    """Name a part of a record in an error."""
    text = getattr(part, "text", None) or getattr(part, "id", None) or getattr(part, "curie", None) or ""
    return f"{type(part).__name__} {text!r}"
