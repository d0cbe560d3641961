"""What leaves the program: text on stdout, files whole or not at all, and problems on stderr."""

from __future__ import annotations

import codecs
import errno
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pnetref.errors import OutputProblem, UsageProblem

if TYPE_CHECKING:
    from pnetref.errors import Problem

LONGEST = 480
"""The letters of a message on stderr."""

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
    content = text.encode(sys.stdout.encoding or "utf-8", "pnetref.signs")
    if not command or len(text.splitlines()) < os.get_terminal_size(sys.stdout.fileno()).lines:
        send(content)
        return
    import subprocess

    try:
        subprocess.run(command, input=content, check=False)
    except OSError:
        send(content)


def _pager(setting: str) -> list[str]:
    """Give the pager's command, split as a shell splits words and run without one; none for ``never``."""
    import shlex

    if setting == "never":
        return []
    try:
        return shlex.split(setting if setting != "auto" else os.environ.get("PAGER") or "less -FRX")
    except ValueError:  # a quotation mark of $PAGER that is never closed
        return []


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(SIGNS.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def write(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the terminal's own encoding is."""
    send(text.encode())


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
    if not where or os.path.isdir(where):
        kind = "a folder" if where else "no name"
        raise UsageProblem(f"--output {where!r} is {kind}; give the name of a file, as: --output answer.html")
    if not force and os.path.lexists(where):
        raise UsageProblem(f"{where} is there already; give --force to replace it")
    try:
        write_file(where, text.encode(), new=not force)
    except FileExistsError:
        raise UsageProblem(f"{where} is there by now; give --force to replace it") from None
    except OSError as error:
        raise OutputProblem(f"--output {where} cannot be written: {error.strerror}") from None
    except ValueError as error:
        raise UsageProblem(f"--output {where!r} is no name of a file: {error}") from None


def write_file(where: str, content: bytes, *, new: bool = False) -> None:
    """Write a file whole or not at all; one that is replaced keeps its mode. Raises ``OSError``.

    What is there and is no file, such as a device or a pipe, is written to and never replaced; a ``new`` file
    replaces nothing, whoever else writes it meanwhile.
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
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(where):
            shutil.copymode(where, temporary)
        else:
            os.umask(mask := os.umask(0))
            os.chmod(temporary, 0o666 & ~mask)
        if new:
            _put_new(temporary, where)
        else:
            os.replace(temporary, where)
    except BaseException:
        os.unlink(temporary)
        raise


def _put_new(temporary: str, where: str) -> None:
    """Move a file to where none is. Raises ``FileExistsError`` where another is by now."""
    try:
        os.link(temporary, where)  # whole from the first
        os.unlink(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.close(os.open(where, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(temporary, where)


def new_folder(folder: str, *, replaces: Callable[[str, list[str]], bool] | None = None) -> str:
    """Give the whole path of a folder that may be written: it is not there, or it is empty.

    ``replaces`` tells of a folder and the names in it whether it may be replaced. Raises ``UsageProblem``.
    """
    where = os.path.realpath(folder)
    try:
        if not os.path.lexists(where):
            if not os.path.isdir(parent := os.path.dirname(where)):
                raise UsageProblem(f"{folder} cannot be written: there is no folder {parent}; make that first")
            return where
        if not os.path.isdir(where):
            raise UsageProblem(f"{folder} is a file; name a new folder")
        names = os.listdir(where)
        if where == os.path.realpath(os.curdir):
            raise UsageProblem(
                f"{folder or repr('')} is the folder that you are in; name a new one, or run it from the folder above"
            )
    except (OSError, ValueError) as error:
        raise UsageProblem(f"{folder!r} cannot be written: {getattr(error, 'strerror', None) or error}") from None
    if not names or (replaces is not None and replaces(where, names)):
        return where
    if replaces is None:
        raise UsageProblem(f"{folder} is not empty; name a new folder, or give --force to replace an earlier export")
    raise UsageProblem(f"{folder} holds other files than an export, and --force replaces no others; name a new folder")


def write_folder(files: Mapping[str, bytes], where: str, *, force: bool = False) -> None:
    """Write files as the folder ``where``, whole or not at all; ``force`` lets it replace what is there.

    Raises ``UsageProblem`` where it cannot be written.
    """
    import shutil
    import tempfile

    try:
        made = tempfile.mkdtemp(dir=os.path.dirname(where), prefix=".pnetref-")
        try:
            for name, content in files.items():
                with open(os.path.join(made, name), "wb") as file:
                    file.write(content)
            os.umask(mask := os.umask(0))
            os.chmod(made, 0o777 & ~mask)
            _put(made, where, force=force)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as error:
        raise UsageProblem(f"{where} cannot be written: {error.strerror}") from None


def _put(made: str, where: str, *, force: bool) -> None:
    """Move a folder to where it belongs; one that it replaces goes when the new one is in its place."""
    import shutil

    if os.path.isdir(where):
        shutil.copymode(where, made)
    if not force or not os.path.isdir(where):
        if os.path.isdir(where):
            os.rmdir(where)  # and not where somebody has put something into it by now
        os.rename(made, where)
        return
    aside = f"{made}-old"
    os.rename(where, aside)
    try:
        os.rename(made, where)
    except BaseException:
        os.rename(aside, where)
        raise
    shutil.rmtree(aside)


def write_problem(problem: Problem, *, as_json: bool) -> None:
    """Print one line, or one JSON object, on stderr; stdout stays as it is."""
    if as_json:
        from json import dumps

        sys.stderr.write(dumps(error(problem), separators=(",", ":")) + "\n")
        return
    sys.stderr.write(f"pnetref: {shortened(printable(str(problem)))}\n")


def error(problem: Problem) -> dict[str, Any]:
    """Give a problem as JSON tells it."""
    message = shortened(printable(problem.message))
    return {"error": {"code": problem.code, "message": message, "suggestions": list(problem.suggestions)}}


def warn(problem: Problem, what: str) -> None:
    """Print on stderr, in one line, what is wrong without keeping the answer back, and ``what`` is done about it."""
    sys.stderr.write(f"pnetref: {shortened(printable(problem.message))}; {what}\n")


def shortened(text: str) -> str:
    """Give a message with its beginning and its end, which says what to do, where what was typed made it long."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST * 2 // 3]} … {text[-(LONGEST // 3 - 3) :]}"


def printable(text: str) -> str:
    """Give ``text`` with what would break a line, steer a terminal or is no character written as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
