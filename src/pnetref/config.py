"""Settings in TOML: read with tomllib, written with tomli-w; the only module that writes a settings file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pnetref.errors import SettingsProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ALLOWED: dict[str, tuple[str, ...]] = {
    "terms": ("plain", "clinical", "both"),
    "color": ("auto", "always", "never"),
    "references": ("numbered", "ids", "off", "pandoc"),
    "figures": ("on", "off"),
    "layout": ("auto", "plain"),
    "spelling": ("us", "uk"),
    "pager": ("auto", "never"),
}
"""Every setting and its allowed values."""

FREE = ("pager",)
"""The settings that take any other text besides: a pager is a command."""

DEFAULTS = {
    "terms": "both",
    "color": "auto",
    "references": "numbered",
    "figures": "on",
    "layout": "auto",
    "spelling": "us",
    "pager": "auto",
}


class Option(NamedTuple):
    """A setting's value and where it comes from: ``flag``, ``environment``, ``file`` or ``default``."""

    key: str
    value: str
    origin: Literal["flag", "environment", "file", "default"]


def path() -> str:
    """Give the path of the settings file: ``PNETREF_CONFIG``, or the platform's config directory."""
    given = os.environ.get("PNETREF_CONFIG")
    if given:
        return given
    from platformdirs import user_config_dir

    return os.path.join(user_config_dir("pnetref", appauthor=False), "config.toml")


def read() -> dict[str, Any]:
    """Read the settings file; a missing one is empty. Raises ``SettingsProblem``."""
    where = path()
    try:
        with open(where, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsProblem(f"settings: {where}: {error.strerror}; mend it or set PNETREF_CONFIG") from None
    import tomllib

    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise SettingsProblem(f"settings: {where}: {error}; mend or remove the file") from None


def given(flags: Mapping[str, str | None]) -> dict[str, Option]:
    """Give the settings of this one call: flags, and what the environment sets. Raises ``UsageProblem``."""
    settings = {}
    for key in ALLOWED:
        variable = f"PNETREF_{key.upper()}"
        flag, environment = flags.get(key), os.environ.get(variable)
        if flag is not None:
            settings[key] = Option(key, allowed(key, flag, f"--{key}"), "flag")
        elif environment:
            settings[key] = Option(key, allowed(key, environment, variable), "environment")
    return settings


def effective(flags: Mapping[str, str | None]) -> dict[str, Option]:
    """Give every setting with its origin: flags beat the environment, which beats the file.

    Raises ``UsageProblem`` for a flag or variable, ``SettingsProblem`` for a file value, that is not allowed.
    """
    file = read()
    now = given(flags)
    settings = {}
    for key in ALLOWED:
        stored = file.get(key)
        if key in now:
            settings[key] = now[key]
        elif stored is not None:
            if not isinstance(stored, str) or (stored not in ALLOWED[key] and key not in FREE):
                message = f"settings: {path()}: {key} = {stored!r} is not one of: {', '.join(ALLOWED[key])}"
                raise SettingsProblem(f"{message}; mend it with: pnetref config set {key} {DEFAULTS[key]}")
            settings[key] = Option(key, stored, "file")
        else:
            settings[key] = Option(key, DEFAULTS[key], "default")
    return settings


def allowed(key: str, value: str, shown: str) -> str:
    """Give ``value`` where ``key`` takes it; else raise ``UsageProblem``, naming it as ``shown``."""
    if value not in ALLOWED[key] and not (key in FREE and value.strip()):
        raise UsageProblem(f"{shown} {value!r} is not one of: {', '.join(ALLOWED[key])}")
    return value


def known(key: str) -> str:
    """Give ``key`` where it is a setting; else raise ``UsageProblem``."""
    if key not in ALLOWED:
        raise UsageProblem(f"no setting {key!r}; the settings are: {', '.join(ALLOWED)}")
    return key


def store(key: str, value: str) -> None:
    """Set ``key`` in the file and keep every other setting that stands there."""
    _change(lambda settings: {**settings, known(key): allowed(key, value, key)})


def remove(key: str) -> None:
    """Take ``key`` out of the file and keep every other setting that stands there."""
    known(key)
    _change(lambda settings: {name: value for name, value in settings.items() if name != key})


def _change(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write the file anew with ``change`` made; no other process changes it in between."""
    import tomli_w
    from filelock import FileLock

    from pnetref.output import write_file

    where = path()
    try:
        where = os.path.realpath(where)
        folder = os.path.dirname(where)
        os.makedirs(folder, exist_ok=True)
        with FileLock(os.path.join(folder, ".pnetref.lock"), timeout=5):
            write_file(where, tomli_w.dumps(change(read())).encode())
    except OSError as error:  # a lock that another process keeps is one of these
        raise SettingsProblem(f"settings: {where} cannot be written: {error.strerror or error}") from None
