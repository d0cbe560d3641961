"""The answer itself, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from pnetref.plain import in_json

if TYPE_CHECKING:
    from collections.abc import Mapping


def render(answer: Mapping[str, Any]) -> str:
    """Give an answer as JSON with two blanks of indent."""
    return in_json(to_json(answer, indent=2).decode() + "\n")
