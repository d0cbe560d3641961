"""The scripts with which bash, zsh and fish ask for completions, and what is said where none is named."""

from __future__ import annotations

import os

from pnetref.completion import SHELLS
from pnetref.errors import UsageProblem, unread


def script(shell: str | None) -> str:
    """Give the script of a shell; raises ``UsageProblem`` where none or an unknown one is named: it is not guessed."""
    if shell not in SHELLS:
        said = "name your shell" if shell is None else f"{shell!r} is no shell with completion here; name one"
        raise UsageProblem(f'{said}: bash, zsh or fish; for bash, put in ~/.bashrc: eval "$(pnetref completion bash)"')
    name = f"pnetref.{shell}"
    try:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise unread(name, error) from None
