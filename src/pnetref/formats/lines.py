"""Many names at once: one a line from stdin, and a line of JSON for each on stdout, as they come."""

from __future__ import annotations

import codecs
import sys
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import to_json

from pnetref import output
from pnetref.answers.envelope import enveloped
from pnetref.errors import DataProblem, NoMatch, OutputProblem, Problem, UsageProblem
from pnetref.plain import in_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from io import BufferedReader

    from pnetref.answers.envelope import Answer
    from pnetref.formats import Order

LONGEST = 4096
"""The bytes of a line that may be a name: what is longer is not kept."""

PIECE = 65536
"""The bytes that are read at once at most."""

MOST_KNOWN = 100
"""How many answers are kept as text: memory stays as it is, however many names come."""

NO_CHECK = " Each name is answered by itself: this is no interaction check, and no strength was checked."
"""What the notice of each line says besides."""


def answer_each(answer: Callable[[list[str]], Answer], behind: list[str], order: Order) -> None:
    """Answer each line of stdin as one name with the words ``behind`` it; one that opens nothing gives an error.

    Raises ``UsageProblem`` before a line is read where the options do not go with it, or where what comes is no text
    in UTF-8, and ``NoMatch`` at the end where a line was not answered.
    """
    if order.format != "json" or order.form.output is not None:
        raise UsageProblem('"-" reads names from stdin and answers on stdout; give --json, and no --output')
    if sys.stdin is None:
        raise UsageProblem("stdin is closed; give the names on it, one a line")
    try:
        answer(["-", *behind])  # options that go with no name are told once, not on every line
    except UsageProblem:
        raise
    except Problem:
        pass
    known: dict[Any, tuple[str, str]] = {}
    failed = count = 0
    for name in names(cast("BufferedReader", sys.stdin.buffer)):
        count += 1
        line, found = _line(answer, [name, *behind], order.day, known)
        failed += not found
        output.write(in_json(line))
        sys.stdout.flush()
    if failed:
        raise NoMatch(f"{failed} of {count} names opened nothing; their lines say why")


def _line(
    answer: Callable[[list[str]], Answer], words: list[str], day: str, known: dict[Any, tuple[str, str]]
) -> tuple[str, bool]:
    """Give the line of a name, and whether it was answered; what was typed apart, the line of a record is ``known``."""
    try:
        found = answer(words)
    except DataProblem:
        raise
    except Problem as problem:
        return to_json({**output.error(problem), "typed": output.printable(words[0])}).decode() + "\n", False
    opened = tuple((typed["opens"], typed["note"] is None) for typed in found.typed)
    key = (found.kind, opened, found.selected, tuple(found.rests_on.places))
    if key not in known:
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[key] = _around_typed(enveloped(found, day))
    before, behind = known[key]
    return f"{before}{to_json(list(found.typed)).decode()}{behind}", True


def _around_typed(whole: Mapping[str, Any]) -> tuple[str, str]:
    """Give the line of an answer before and behind what was typed."""
    names = list(whole)
    at = names.index("typed")
    told = {**whole, "notice": whole["notice"] + NO_CHECK}
    before = to_json({name: told[name] for name in names[:at]}).decode()
    behind = to_json({name: told[name] for name in names[at + 1 :]}).decode()
    return f'{before[:-1]},"typed":', f",{behind[1:]}\n"


def names(file: BufferedReader) -> Iterator[str]:
    """Give the lines of a file that are not blank; of one that is too long, its beginning. Raises ``UsageProblem``.

    A carriage return ends a line too, as on an old Mac.
    """
    begun = b""
    while piece := _read(file):
        if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in piece:
            raise UsageProblem("what comes on stdin is no text in UTF-8; save the names as UTF-8, one a line")
        if not begun and piece.isspace():
            continue
        *ended, rest = piece.replace(b"\n", b"\r").split(b"\r")
        for line in ended:
            yield from _name(begun + line)
            begun = b""
        begun = (begun + rest).lstrip()[: LONGEST + 1]
    yield from _name(begun)


def _read(file: BufferedReader) -> bytes:
    try:
        return file.read1(PIECE)
    except OSError as error:
        raise OutputProblem(f"the names on stdin cannot be read: {error.strerror}; not all are answered") from None


def _name(line: bytes) -> Iterator[str]:
    """Give the name on a line, if it is not blank; one that is cut stays too long for a name, whatever its blanks."""
    line = line.lstrip()
    text = line[:LONGEST].decode("utf-8-sig", "replace")
    if text.strip():
        yield text if len(line) > LONGEST else text.strip()
