"""The settings, as a table or as JSON: there is nothing to cite, and so no envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref import config, output
from pnetref.answers.shapes import SettingInUse
from pnetref.formats import json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pnetref.answers.shapes import SettingsAnswer
    from pnetref.options import Form


def show(form: Form, *, as_json: bool) -> None:
    """Print every setting, its value, and where that comes from."""
    options = config.effective(form.settings)
    if as_json:
        output.write(json.render(_answer(options.values())))
        return
    from pnetref.formats.terminal import listing

    rows = [
        (
            key,
            option.value,
            option.origin,
            ", ".join((*config.ALLOWED[key], *(("a command",) if key in config.FREE else ()))),
        )
        for key, option in options.items()
    ]
    titles = ("Setting", "Value", "From", "Allowed")
    where = output.printable(config.path())
    output.show(listing(titles, rows, (where,), color=options["color"].value))


def show_one(form: Form, key: str, *, as_json: bool) -> None:
    """Print the value of one setting; raises ``UsageProblem`` for one that is not known."""
    config.known(key)
    option = config.one(form.settings, key)
    output.write(json.render(_answer([option])) if as_json or form.json else f"{option.value}\n")


def show_path(*, as_json: bool) -> None:
    """Print the path of the settings file."""
    output.write(json.render(_answer(())) if as_json else f"{config.path()}\n")


def _answer(options: Iterable[config.Option]) -> SettingsAnswer:
    settings = {
        option.key: SettingInUse({"key": option.key, "value": output.as_text(option.value), "origin": option.origin})
        for option in options
    }
    return {"settings": settings, "path": output.as_text(config.path())}
