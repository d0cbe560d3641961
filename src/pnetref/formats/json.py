"""The answer itself, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json


def render(answer: Mapping[str, Any]) -> str:
    """Give an answer as JSON with two blanks of indent."""
    return to_json(answer, indent=2).decode() + "\n"
