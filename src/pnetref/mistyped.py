"""Options that are none: which of the command's own, or of another command, was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN = 60
"""The letters of an option that are shown."""


def of_option(error: Any, arguments: Sequence[str]) -> str:  # noqa: ANN401 - as Typer raises it
    """Give the line for an option that is none: what is nearest to it here, else where it belongs."""
    name, context = error.option_name, error.ctx
    short = not name.startswith("--")  # of -jsn the parser names -j
    typed = next((one for one in arguments if one.partition("=")[0] == name or (short and one.startswith(name))), name)
    option, sign, value = typed.partition("=")
    path = context.command_path
    found = nearest(option, options_of(context.command))
    said = f"{path} has no option {option[:SHOWN]}"
    if found:
        flags = {
            name
            for parameter in context.command.params
            if getattr(parameter, "is_flag", False)
            for name in parameter.opts
        }
        meant = " or ".join(one + ("" if one in flags else (sign + value)[:SHOWN]) for one in found)
        return f"{said}; did you mean {meant}? See {path} --help."
    for one, commands in _elsewhere().items() if len(option) > 2 else ():
        if one == option or one in nearest(option, [one]):
            return f"{said}; {one} goes behind: {', '.join(commands)}. See {path} --help."
    return f"{said}; see {path} --help."


def options_of(command: Any) -> list[str]:  # noqa: ANN401 - as Typer makes it
    """Give the options of a command."""
    own = [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
    return [*own, "--help"]


def nearest(option: str, options: Iterable[str]) -> list[str]:
    """Give the options that begin so; else those with the fewest slips, up to one in three letters; else none."""
    from rapidfuzz.distance import OSA

    typed = option.casefold().lstrip("-").removeprefix("no-")
    known = {one: one.lstrip("-") for one in options}
    if typed and (begins := [one for one, name in known.items() if name.startswith(typed)]):
        return begins
    slips = {one: OSA.distance(typed, name) for one, name in known.items() if len(typed) > 1}
    fewest = min(slips.values(), default=0)
    return [one for one, count in slips.items() if count == fewest <= max(1, len(typed) // 3)]


def _elsewhere() -> dict[str, list[str]]:
    """Give every option of a command with the commands that take it."""
    import typer

    from pnetref.cli import app

    whole: Any = typer.main.get_command(app)
    found: dict[str, list[str]] = {}
    for name, command in whole.commands.items():
        for option in options_of(command):
            found.setdefault(option, []).append(f"pnetref {name}")
    return found
