"""The short way: the plain calls ``pnetref COMMAND NAME… --json`` are answered without Typer, Pydantic and Rich.

The same functions make the same answer of the same records, read as they are stored. Whatever else is asked, and
whatever goes wrong, is left to the whole grammar.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.answers.envelope import Answer
    from pnetref.dataset import Dataset

COMMANDS = frozenset({"drug", "treatment", "trial", "compare", "side-effects", "cite", "search"})
"""The commands that have a short way."""


def answered(arguments: Sequence[str]) -> bool:
    """Print the answer to a plain call and tell so; else print nothing."""
    command, *words = arguments or [""]
    plain = command in COMMANDS and words.count("--json") == 1
    words = [word for word in words if word != "--json"]
    if not plain or not words or any(word.startswith("-") or not word.isascii() for word in words):
        return False
    if any(name.startswith("PNETREF_") and name != "PNETREF_CONFIG" for name in os.environ):
        return False  # a setting that is none is told, whatever is printed
    from pnetref.answers.envelope import as_of_day, enveloped
    from pnetref.stored import Packaged, dump

    try:
        day = as_of_day(None)
        text = dump(enveloped(answer(Packaged(), command, words, day), day)) + "\n"
    except Exception:  # whatever it is, the whole grammar tells it
        return False
    from pnetref.output import write
    from pnetref.plain import in_json

    write(in_json(text))
    return True


def answer(data: Dataset, command: str, words: Sequence[str], day: str) -> Answer:
    """Give the answer of a command."""
    if command == "compare":
        from pnetref.answers.comparison import compare

        return compare(data, words)
    if command == "side-effects":
        from pnetref.answers.side_effects import side_effects

        return side_effects(data, words)
    if command == "cite":
        from pnetref.answers.references import cite

        return cite(data, words, day)
    if command == "search":
        from pnetref.answers.search import search

        return search(data, words)
    if command == "trial":
        from pnetref.answers.trial import trial

        return trial(data, words)
    from pnetref.answers import treatment

    return treatment.drug(data, words) if command == "drug" else treatment.treatment(data, words)
