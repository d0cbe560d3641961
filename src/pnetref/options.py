"""The options that every answer takes, before its command or behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

SETTINGS = ("terms", "color", "references", "figures")
"""The settings that are options too."""


class Form(NamedTuple):
    """How an answer is wanted: the options that every command takes.

    ``settings`` are those given as options; they beat the environment and the settings file.
    """

    json: bool = False
    format: str | None = None
    output: str | None = None
    force: bool = False
    as_of: str | None = None
    style: str | None = None
    settings: Mapping[str, str | None] = {}


def _option(declaration: str, metavar: str, text: str) -> TyperOption:
    return TyperOption(
        param_decls=[declaration], type=str, metavar=metavar, help=text, expose_value=False, callback=_keep
    )


def _flag(declaration: str, text: str) -> TyperOption:
    return TyperOption(
        param_decls=[declaration], is_flag=True, default=False, help=text, expose_value=False, callback=_keep
    )


def _keep(context: typer.Context, parameter: Any, value: Any) -> None:  # noqa: ANN401 - as Typer calls it
    if value not in (None, False):
        context.find_root().ensure_object(dict)[parameter.name] = value


def of_answers() -> list[TyperOption]:
    """Give the options of everything that answers."""
    return [
        _flag("--json", "Print JSON, as the README documents it."),
        _option("--format", "table|json|markdown|html|csv", "Print in this format."),
        _option("--output", "FILE", "Write to a new file."),
        _flag("--force", "Let --output replace a file."),
        _option("--as-of", "DAY", "Compute states for this ISO day."),
        *of_screens(),
    ]


def of_screens() -> list[TyperOption]:
    """Give the settings of this one call."""
    return [
        _option("--terms", "plain|clinical|both", "Words for side effects."),
        _option("--color", "auto|always|never", "Color on screen."),
        _option("--references", "numbered|ids|off|pandoc", "Citation marks."),
        _option("--figures", "on|off", "Survival and death figures on screen."),
    ]


class Answering(TyperCommand):
    """A command that answers."""

    def __init__(self, *arguments: Any, params: list[Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, params=[*(params or []), *of_answers()], **others)


class Program(TyperGroup):
    """The program itself: what is given before a command holds for it."""

    def __init__(self, *arguments: Any, params: list[Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, params=[*(params or []), *of_answers()], **others)


def form_of(context: typer.Context, style: str | None = None) -> Form:
    """Give how the answer is wanted, as far as options say."""
    given = dict(context.find_root().ensure_object(dict))
    settings = {name: given.pop(name, None) for name in SETTINGS}
    return Form(**given, style=style, settings=settings)
