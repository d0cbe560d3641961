"""From an answer to text, a file a format, and out of the program."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from pnetref import config, output
from pnetref.answers.envelope import as_of_day, enveloped
from pnetref.dataset import load
from pnetref.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pnetref.answers.envelope import Answer
    from pnetref.dataset import Dataset
    from pnetref.options import Form

FORMATS = ("table", "json", "markdown", "html", "csv")
"""The formats of every answer."""
PAGES = ("table", "markdown", "html")
"""Those that are laid out for people, as the settings say."""
BIBLIOGRAPHIC = ("text", "bibtex", "ris", "csl-json")
"""The formats of references besides."""
ENDINGS = {
    ".json": "json",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".bib": "bibtex",
    ".ris": "ris",
}
"""The format that the name of a file asks for, where no other is."""


class Order(NamedTuple):
    """An answer that is wanted: its form, the format and the day that follow from it, and the data to answer from."""

    form: Form
    format: str
    day: str
    data: Dataset


def order(form: Form, *, references: bool = False) -> Order:
    """Check the options of an answer before anything is looked up, and open the data.

    Every answer has its references in the formats of references; ``references`` admits them as text. Raises ``UsageProblem`` where options do not go together.
    """
    known = (*FORMATS, *BIBLIOGRAPHIC) if references or form.format != "text" else FORMATS
    if form.format is not None and form.format not in known:
        raise UsageProblem(f"--format {form.format!r} is not one of: {', '.join(known)}")
    if form.json and (form.format not in (None, "json") or form.style is not None):
        raise UsageProblem("--json is a form of its own; leave out --format and --style")
    if form.style is not None and form.format not in (None, "text"):
        raise UsageProblem("--style formats text; leave out --format")
    if form.force and form.output is None:
        raise UsageProblem("--force lets --output replace a file; give --output FILE")
    config.given(form.settings)
    ending = ENDINGS.get(os.path.splitext(form.output or "")[1].lower()) if form.style is None else None
    as_text = references and (form.style is not None or form.output is not None)
    name = "json" if form.json else form.format or ending or ("text" if as_text else "table")
    return Order(form, name, as_of_day(form.as_of), load())


def respond(answer: Callable[[list[str]], Answer], words: list[str] | None, order: Order) -> None:
    """Print the answer to ``words``, or one for each line of stdin where ``-`` stands before them.

    Raises ``UsageProblem`` where it stands behind them: a list on stdin is never passed over.
    """
    if words and words[0] == "-" and "-" not in words[1:]:
        from pnetref.formats import lines

        lines.answer_each(answer, words[1:], order)
    elif words and words[-1] == "-" and len(words) > 1:
        raise UsageProblem('"-" reads names from stdin and stands first, as in: pnetref drug - food --json')
    else:
        give(answer(words or []), order)


def give(answer: Answer, order: Order) -> None:
    """Print an answer, or write it to a file, in the format that is wanted."""
    settings = _settings(order) if order.format in PAGES else {}
    text = rendered(answer, order, settings)
    if order.form.output is not None:
        output.write_new(text, order.form.output, force=order.form.force)
    elif order.format == "table":
        output.show(text, settings["pager"])
    else:
        output.write(text)


def _settings(order: Order) -> Mapping[str, str]:
    """Give the value of each setting; a settings file that is not right costs a line on stderr, and no answer."""
    settings, told = config.usable(order.form.settings)
    if told is not None:
        output.warn(told.message, "defaults are used instead")
    return {key: setting.value for key, setting in settings.items()}


def rendered(answer: Answer, order: Order, settings: Mapping[str, str]) -> str:
    """Give an answer in the format that is wanted; only a page is laid out as the settings say."""
    name, form = order.format, order.form
    if name in BIBLIOGRAPHIC:
        from pnetref.formats import bibliography

        listed = answer.payload.get("references")
        keys = (
            [entry["id"] for entry in listed] if listed is not None else list(enveloped(answer, order.day)["sources"])
        )
        return bibliography.formatted([answer.data.sources[key] for key in keys], name, form.style)
    whole = enveloped(answer, order.day)
    if name == "json":
        from pnetref.formats import json

        return json.render(whole)
    if name == "csv":
        from pnetref.formats import csv

        return csv.render(whole)
    return _page(answer.kind, whole, order, settings)


def _page(kind: str, whole: Mapping[str, Any], order: Order, look: Mapping[str, str]) -> str:
    """Give an answer in a format that lays out a page."""
    from pnetref.screens import page_of
    from pnetref.screens.context import Look

    name = order.format
    wanted = Look(look["terms"], look["figures"] == "on", look["spelling"])
    page = page_of(kind, whole, wanted, first=name == "table")
    if name == "table":
        from pnetref.formats import terminal

        marks = "ids" if look["references"] == "pandoc" else look["references"]
        return terminal.render(
            page,
            references=marks,
            color=look["color"],
            terminal=order.form.output is None,
            plain=look["layout"] == "plain",
        )
    module = import_module(f"pnetref.formats.{name}")
    return str(module.render(page, references=look["references"]))
