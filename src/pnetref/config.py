"""Settings in TOML: read with tomllib, written with tomli-w; the only module that writes a settings file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from pnetref.errors import SettingsProblem, UsageProblem

ALLOWED: dict[str, tuple[str, ...]] = {
    "terms": ("plain", "clinical", "both"),
    "color": ("auto", "always", "never"),
    "references": ("numbered", "ids", "off"),
    "figures": ("on", "off"),
}
"""Every setting and its allowed values."""

DEFAULTS = {"terms": "both", "color": "auto", "references": "numbered", "figures": "on"}


class Setting(NamedTuple):
    """A setting's value and where it comes from: ``flag``, ``environment``, ``file`` or ``default``."""

    key: str
    value: str
    origin: str


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
    except ValueError as error:
        raise SettingsProblem(f"settings: {where}: {error}; mend or remove the file") from None


def effective(flags: Mapping[str, str | None]) -> dict[str, Setting]:
    """Give every setting with its origin: flags beat the environment, which beats the file.

    Raises ``UsageProblem`` for a flag or variable, ``SettingsProblem`` for a file value, that is not allowed.
    """
    file = read()
    settings = {}
    for key in ALLOWED:
        variable = f"PNETREF_{key.upper()}"
        flag, environment, stored = flags.get(key), os.environ.get(variable), file.get(key)
        if flag is not None:
            settings[key] = Setting(key, allowed(key, flag, f"--{key}"), "flag")
        elif environment:
            settings[key] = Setting(key, allowed(key, environment, variable), "environment")
        elif stored is not None:
            if stored not in ALLOWED[key]:
                message = f"settings: {path()}: {key} = {stored!r} is not one of: {', '.join(ALLOWED[key])}"
                raise SettingsProblem(f"{message}; mend it with: pnetref config set {key} {DEFAULTS[key]}")
            settings[key] = Setting(key, stored, "file")
        else:
            settings[key] = Setting(key, DEFAULTS[key], "default")
    return settings


def allowed(key: str, value: str, shown: str) -> str:
    """Give ``value`` where ``key`` takes it; else raise ``UsageProblem``, naming it as ``shown``."""
    if value not in ALLOWED[key]:
        raise UsageProblem(f"{shown} {value!r} is not one of: {', '.join(ALLOWED[key])}")
    return value


def known(key: str) -> str:
    """Give ``key`` where it is a setting; else raise ``UsageProblem``."""
    if key not in ALLOWED:
        raise UsageProblem(f"no setting {key!r}; the settings are: {', '.join(ALLOWED)}")
    return key


def store(key: str, value: str) -> None:
    """Set ``key`` in the file and keep everything else that stands there."""
    _write({**read(), known(key): allowed(key, value, key)})


def remove(key: str) -> None:
    """Take ``key`` out of the file and keep everything else that stands there."""
    known(key)
    _write({name: value for name, value in read().items() if name != key})


def _write(settings: Mapping[str, Any]) -> None:
    import tempfile

    import tomli_w

    where = os.path.realpath(path())
    folder = os.path.dirname(where)
    try:
        os.makedirs(folder, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".pnetref-")
        try:
            with os.fdopen(handle, "wb") as file:
                tomli_w.dump(settings, file)
            os.replace(temporary, where)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise SettingsProblem(f"settings: {where} cannot be written: {error.strerror}") from None
