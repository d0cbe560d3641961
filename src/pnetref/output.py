"""What leaves the program: text on stdout, a file that is asked for, and problems on stderr."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pnetref.errors import OutputProblem, UsageProblem

if TYPE_CHECKING:
    from pnetref.errors import Problem

LONGEST = 480
"""The letters of a message on stderr, behind the name of the program."""

SHORTEST = 160
"""The letters of a message that are told whatever else an error in JSON has to say."""

LONGEST_COMMAND = 1000
"""The letters of a pager's command."""

SIGNS = {
    "●": "(*)",
    "○": "(o)",
    "◐": "(~)",
    "◇": "(#)",
    "°": "^",
    "≠": "=/=",
    "–": "-",
    "—": "--",
    "─": "-",
    "├": "|",
    "┤": "|",
    "·": ".",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "☐": "[ ]",
    "†": "+",
    "≥": ">=",
    "≤": "<=",
    "±": "+/-",
    "µ": "micro",
    "α": "alpha",
    "β": "beta",
    "…": "...",
}
"""What stands for a sign in an encoding that lacks it: meaning is never lost."""


def show(text: str, pager: str = "never") -> None:
    """Print what a person reads, in the encoding of the terminal; what is longer than its screen goes through a pager.

    ``pager`` is ``auto``, ``never`` or a command; never in a pipe, nor where TERM is dumb.
    """
    codecs.register_error("pnetref.signs", _in_ascii)
    command = _pager(pager) if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else []
    try:
        content = text.encode(sys.stdout.encoding or "utf-8", "pnetref.signs")
    except (UnicodeError, LookupError):  # an encoding in which nothing can stand for anything
        content = text.encode()
    if (
        not command
        or len(text.splitlines()) < os.get_terminal_size(sys.stdout.fileno()).lines
        or not _paged(command, content)
    ):
        send(content)


def _paged(command: list[str], content: bytes) -> bool:
    """Show text in a pager; tell whether it showed it: one that is not there, or fails, did not.

    Ctrl-C is the pager's while it runs. Raises ``KeyboardInterrupt`` where it ended the pager.
    """
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, lambda *_: None)  # and not ignored: the pager would inherit that
    try:
        code = subprocess.run(command, input=content, check=False).returncode
    except (OSError, ValueError):
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if code in (-signal.SIGINT, 128 + signal.SIGINT):
        raise KeyboardInterrupt
    if code:
        warn(f"the pager {' '.join(command)!r} ended with {code}", "the answer follows without it")
    return code == 0


def _pager(setting: str) -> list[str]:
    """Give the pager's command, split as a shell splits words and run without one; none for ``never``."""
    import shlex

    if setting == "never":
        return []
    command = setting if setting != "auto" else os.environ.get("PAGER") or "less -FRX"
    try:
        return shlex.split(command) if len(command) <= LONGEST_COMMAND else []
    except ValueError:  # a quotation mark of $PAGER that is never closed
        return []


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(SIGNS.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def write(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the terminal's own encoding is; of a path the bytes that it has."""
    send(text.encode(errors="surrogateescape"))


def send(content: bytes) -> None:
    """Write all of ``content`` to stdout. Raises ``OSError`` where it takes no more: what is cut short is no answer."""
    sys.stdout.flush()
    rest = memoryview(content)
    while rest:
        done = sys.stdout.buffer.write(rest)  # unbuffered, it may take a part and say so
        if not done:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        rest = rest[done:]


def write_new(text: str, where: str, *, force: bool = False) -> None:
    """Write ``text`` to the new file ``where``, in UTF-8; ``-`` is stdout.

    Raises ``UsageProblem`` where the file is there and ``force`` is not given, or cannot be written.
    """
    if where == "-":
        write(text)
        return
    if not where or where.endswith(os.sep) or os.path.isdir(where):
        kind = "a folder" if where else "no name"
        raise UsageProblem(f"--output {where!r} is {kind}; give the name of a file, as: --output answer.html")
    if not force and os.path.lexists(where):
        raise UsageProblem(f"{where} is there already; give --force to replace it")
    from pnetref.files import write_file

    try:
        write_file(where, text.encode(), new=not force)
    except FileExistsError:
        raise UsageProblem(f"{where} is there by now; give --force to replace it") from None
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageProblem(f"--output {where} cannot be written: {error.strerror}; make its folder first") from None
    except OSError as error:
        raise OutputProblem(f"--output {where} cannot be written: {error.strerror}") from None
    except ValueError as error:
        raise UsageProblem(f"--output {where!r} is no name of a file: {error}") from None


def write_problem(problem: Problem, *, as_json: bool) -> None:
    """Print one line, or one JSON object, on stderr; stdout stays as it is."""
    if as_json:
        from json import dumps

        sys.stderr.flush()  # JSON is the same bytes in every locale
        sys.stderr.buffer.write(dumps(error(problem), separators=(",", ":")).encode() + b"\n")
        return
    _say(f"pnetref: {shortened(printable(str(problem)))}\n")


def _say(text: str) -> None:
    """Print a line on stderr, in ASCII where its encoding takes nothing else."""
    try:
        sys.stderr.write(text)
    except UnicodeError:
        sys.stderr.buffer.write(text.encode("ascii", "backslashreplace"))


def told(lines: Iterable[str]) -> None:
    """Print lines on stderr, each as one that can be read."""
    for line in lines:
        sys.stderr.write(f"{shortened(printable(line))}\n")


def error(problem: Problem) -> dict[str, Any]:
    """Give a problem as JSON tells it, its message shortened to the length of a line as JSON writes it."""
    from json import dumps

    told = {"code": problem.code, "message": "", "suggestions": list(problem.suggestions)}
    longest = max(SHORTEST, LONGEST - len(dumps(told)))
    whole = printable(problem.message)
    most = longest
    while len(dumps(message := shortened(whole, most))) > longest:
        most -= 10
    return {"error": {**told, "message": message}}


def warn(wrong: str, what: str) -> None:
    """Print on stderr, in one line, what is wrong without keeping the answer back, and ``what`` is done about it."""
    _say(f"pnetref: {shortened(printable(wrong), LONGEST - len(what))}; {what}\n")


def shortened(text: str, most: int = LONGEST) -> str:
    """Give a message with its beginning and its end, which says what to do, where what was typed made it long."""
    return text if len(text) <= most else f"{text[: most * 2 // 3]} … {text[-(most // 3 - 3) :]}"


def printable(text: str) -> str:
    """Give ``text`` with what would break a line, steer a terminal or is no character written as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def as_text(name: str) -> str:
    """Give a path as JSON can have it: bytes that are no text are written as their escapes."""
    return os.fsencode(name).decode(errors="backslashreplace")
