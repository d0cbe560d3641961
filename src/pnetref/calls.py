"""Calls from Python: what they are given, and problems told in calls and arguments instead of commands and options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from pnetref.errors import MissingRecord, Problem, UnknownId, UsageProblem
from pnetref.names import check_size

OPTIONS = {
    "--field": "fields",
    "--class": "in_class",
    "--for SETTING": "setting",
    "--for": "setting",
    "--target": "target",
    "--route": "route",
    "--source": "source",
    "--only": "only",
    "--serious": "serious",
    "--frequency": "frequency",
    "--system": "system",
    "--effect": "effect",
    "--listed": "listed",
    "--drug": "drug",
    "--phase": "phase",
    "--measure": "measure",
    "--as-of": "as_of",
    "--style": "style",
    "--format": "form",
}
"""The options of the commands, and the arguments that stand for them."""

WORDS = {
    "put quotes around each name": "give each name as a text of its own",
    "and this command takes one": "and this call takes one",
}
"""What is said of a line that is typed, and of a call."""

_COMMAND = re.compile(
    r"pnetref (?P<name>drug|compare|side-effects|cite|treatment|guide|search|trial)\b"
    r"""(?P<words>(?: (?:"[^"\\]*"|'[^']*'|[^\s"',;()\\])+)*)"""
)
_OPTION = re.compile("|".join(rf"(?<!\S){option}\b" for option in OPTIONS))


@contextmanager
def asking(method: str, names: Iterable[object], **options: object) -> Iterator[None]:
    """Check that names and options are texts, and tell of problems as of a call of ``method``.

    An id that is not found inside is a link of the data that leads nowhere, as names are looked up as names.
    """
    for name in names:
        if not isinstance(name, str):
            raise UsageProblem(
                f'names are texts, one an argument, as in: load().{method}("sunitinib"); got {name!r:.80}'
            )
    for option, value in options.items():
        texts = value if option == "fields" and isinstance(value, Collection) else (value,)
        for text in texts:
            if text is not None and not isinstance(text, str):
                raise UsageProblem(f"{option} is a text{' or several' if option == 'fields' else ''}; got {text!r:.80}")
            check_size([text or ""])
    try:
        yield
    except UnknownId as error:
        raise MissingRecord(f"packaged data: {error.key} is missing; reinstall pnetref") from None
    except Problem as problem:
        problem.message = in_python(problem.message, method)
        raise


def in_python(message: str, method: str) -> str:
    """Give the message of a call of ``method`` with its commands as calls and its options as arguments."""
    message = _COMMAND.sub(lambda found: call(found["name"], shlex.split(found["words"])), message)
    message = _OPTION.sub(lambda found: argument(found.group(), method), message)
    for typed, called in WORDS.items():
        message = message.replace(typed, called)
    return message


def call(command: str, words: list[str]) -> str:
    """Give the call that answers as the command does with ``words``: ``load().drug("sunitinib", fields=["food"])``."""
    method = command.replace("-", "_")
    given: list[str] = []
    waiting = iter(words)
    for word in waiting:
        if word in OPTIONS:
            name, value = argument(word, method), _quoted(next(waiting, ""))
            given.append(f"{name}=[{value}]" if name == "fields" else f"{name}={value}")
        else:
            given.append(_quoted(word))
    return f"load().{method}({', '.join(given)})"


def argument(option: str, method: str) -> str:
    """Give the argument of ``method`` that stands for an option; the references of a field are those of one."""
    return "field" if method == "cite" and option == "--field" else OPTIONS[option]


def _quoted(text: str) -> str:
    return repr(text) if '"' in text or "\\" in text else f'"{text}"'
