"""The options that every answer takes, before its command or behind it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

NARROW_HELP = 52
"""The width below which help has to be told how wide it may be."""

SETTINGS = ("terms", "color", "references", "figures", "layout", "spelling", "pager")
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


def narrow() -> int | None:
    """Give the width of a terminal that is narrower than help is laid out for, or None."""
    columns = shutil.get_terminal_size().columns
    return columns if columns < NARROW_HELP else None


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
        _option("--format", "FORMAT", "table, json, markdown, html or csv."),
        _option("--output", "FILE", "Write to a new file; - is stdout."),
        _flag("--force", "Let --output replace a file."),
        _option("--as-of", "DAY", "Compute states for this ISO day."),
        *of_screens(),
    ]


def of_screens() -> list[TyperOption]:
    """Give the settings of this one call."""
    return [
        _option("--terms", "WORDS", "For side effects: plain, clinical or both."),
        _option("--color", "WHEN", "auto, always or never."),
        _option("--references", "MARKS", "numbered, ids, off or pandoc."),
        _option("--figures", "ON", "Survival and death figures: on or off."),
        _option("--layout", "LAYOUT", "auto, or plain: nothing side by side."),
        _option("--spelling", "SPELLING", "us or uk, of all but names and quotations."),
        _option("--pager", "PAGER", "auto, never or a command."),
    ]


class Answering(TyperCommand):
    """A command that answers."""

    def __init__(self, *arguments: Any, params: list[Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, params=[*(params or []), *of_answers()], **others)


class Exporting(TyperCommand):
    """A command that writes files: the options of an answer that hold for them."""

    def __init__(self, *arguments: Any, params: list[Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        own = [
            _flag("--json", "Print what was written as JSON."),
            _flag("--force", "Replace an earlier export."),
            _option("--as-of", "DAY", "Compute states for this ISO day."),
        ]
        super().__init__(*arguments, params=[*(params or []), *own], **others)


class Program(TyperGroup):
    """The program itself: what is given before a command holds for it, and names alone open their command."""

    def __init__(self, *arguments: Any, params: list[Any] | None = None, **others: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, params=[*(params or []), *of_answers()], **others)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:  # noqa: ANN401 - as Typer's
        """Give the command of a call: the one that is named, or that which opens the names that stand there."""
        if len(args) > 1 and "-".join(args[:2]) in self.commands:
            args = ["-".join(args[:2]), *args[2:]]
        elif args[0] not in self.commands:
            from pnetref.bare import rewritten

            args = rewritten(args, list(self.commands))
        return super().resolve_command(ctx, args)


def form_of(context: typer.Context, style: str | None = None) -> Form:
    """Give how the answer is wanted, as far as options say."""
    given = dict(context.find_root().ensure_object(dict))
    settings = {name: given.pop(name, None) for name in SETTINGS}
    return Form(**given, style=style, settings=settings)
