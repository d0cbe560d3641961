"""Settings in TOML: read with tomllib, written with tomli-w; the only module that writes a settings file."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pnetref.errors import SettingsProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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

MOST = 100_000
"""The bytes that a settings file has at most."""

MOST_DOTS = 100
"""The dots of a line that is no comment: each may open a table in a table, which costs more from one to the next."""

LONGEST = 1000
"""The letters of a value that is any text."""


CAREFUL = {**DEFAULTS, "figures": "off"}
"""What holds where the file has a setting that is not right: figures that somebody may not want to see are hidden."""


class Option(NamedTuple):
    """A setting's value and where it comes from: ``flag``, ``environment``, ``file`` or ``default``."""

    key: str
    value: str
    origin: Literal["flag", "environment", "file", "default"]


def path() -> str:
    """Give the path of the settings file: ``PNETREF_CONFIG``, or the platform's config directory.

    Raises ``SettingsProblem`` where there is no home directory that could hold one.
    """
    where = _path()
    if where is None:
        raise SettingsProblem("settings: no home directory is known to keep them in; set PNETREF_CONFIG to a file")
    return where


def _path() -> str | None:
    given = os.environ.get("PNETREF_CONFIG")
    if given:
        return given
    from platformdirs import user_config_dir

    try:
        folder = user_config_dir("pnetref", appauthor=False)
    except (RuntimeError, KeyError):  # whoever runs this is no user of the machine
        return None
    return os.path.join(folder, "config.toml") if os.path.isabs(folder) else None


def read() -> dict[str, Any]:
    """Read the settings file; one that is not there is empty. Raises ``SettingsProblem``."""
    where = _path()
    if where is None or where == os.devnull:
        return {}
    try:
        found = os.stat(where)
        if not stat.S_ISREG(found.st_mode):  # nothing waits for what a pipe or a device may say
            raise SettingsProblem(f"settings: {where}: it is no file; remove it or set PNETREF_CONFIG")
        if found.st_size > MOST:
            raise SettingsProblem(f"settings: {where}: it is longer than {MOST} bytes; mend or remove the file")
        with open(where, "rb", opener=_at_once) as file:
            content = file.read(MOST)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsProblem(f"settings: {where}: {error.strerror}; mend it or set PNETREF_CONFIG") from None
    if any(line.count(b".") > MOST_DOTS and not line.lstrip().startswith(b"#") for line in content.splitlines()):
        raise SettingsProblem(f"settings: {where}: it is nested too deeply; mend or remove the file")
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise SettingsProblem(f"settings: {where}: it is nested too deeply; mend or remove the file") from None
    except ValueError as error:
        raise SettingsProblem(f"settings: {where}: {error}; mend or remove the file") from None


def _at_once(where: str, flags: int) -> int:
    """Open a file that is read as far as it is there: some that look like files wait for more."""
    return os.open(where, flags | getattr(os, "O_NONBLOCK", 0))


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

    Raises ``UsageProblem`` for a flag or variable, ``SettingsProblem`` for a file or a value in it, that is not right.
    """
    settings, told = usable(flags)
    if told is not None:
        raise told
    return settings


def one(flags: Mapping[str, str | None], key: str) -> Option:
    """Give one setting, whatever is wrong with others. Raises as ``effective`` does."""
    settings, told = usable(flags, (known(key),))
    if told is not None:
        raise told
    return settings[key]


def usable(
    flags: Mapping[str, str | None], keys: Iterable[str] = tuple(ALLOWED)
) -> tuple[dict[str, Option], SettingsProblem | None]:
    """Give the settings ``keys`` as ``effective`` does, with the default of what the file has wrong, and what that is.

    Raises ``UsageProblem`` for a flag or variable that is not allowed.
    """
    now = given(flags)
    told = None
    try:
        file = read()
    except SettingsProblem as problem:
        file, told = {}, problem
    wrong = []
    settings = {}
    plainly = {name.casefold(): value for name, value in file.items()}
    for key in keys:
        stored = file.get(key, plainly.get(key))
        if key in now:
            settings[key] = now[key]
        elif stored is None:
            settings[key] = Option(key, DEFAULTS[key], "default")
        else:
            value = _plain(key, stored)
            fault = _fault(key, value)
            wrong += [(key, fault)] if fault else []
            settings[key] = Option(key, CAREFUL[key], "default") if fault else Option(key, value, "file")
    if wrong:
        said = "; ".join(f"{key} {fault}" for key, fault in wrong)
        first = wrong[0][0]
        told = SettingsProblem(f"settings: {path()}: {said}; mend it with: pnetref config set {first} {CAREFUL[first]}")
    elif told is None:
        told = _slip(file)
    elif "figures" in settings and "figures" not in now:  # it may be what the file asks for
        settings["figures"] = Option("figures", CAREFUL["figures"], "default")
    return settings, told


def _plain(key: str, value: object) -> Any:  # noqa: ANN401 - whatever TOML holds
    """Give a value as it is written here: in lower case, and yes or no as on or off."""
    if isinstance(value, bool) and "off" in ALLOWED[key]:
        return "on" if value else "off"
    if isinstance(value, str) and value.strip().casefold() in ALLOWED[key]:
        return value.strip().casefold()
    return value


def _slip(file: Mapping[str, Any]) -> SettingsProblem | None:
    """Tell of a key that is no setting and all but one; of others nothing, they may be somebody else's."""
    for key in file:
        if key.casefold() not in ALLOWED:
            import difflib

            near = difflib.get_close_matches(key.casefold(), ALLOWED, n=1, cutoff=0.75)
            if near:
                return SettingsProblem(f"settings: {path()}: {key[:40]!r} is no setting, and {near[0]} is")
    return None


def allowed(key: str, value: str, shown: str) -> str:
    """Give ``value`` where ``key`` takes it; else raise ``UsageProblem``, naming it as ``shown``."""
    plain: str = _plain(key, value)
    fault = _fault(key, plain)
    if fault:
        raise UsageProblem(f"{shown} {fault}")
    return plain


def _fault(key: str, value: object) -> str:
    """Give what is wrong with a value, or an empty text."""
    if not isinstance(value, str):
        return f"is no text; it is one of: {', '.join(ALLOWED[key])}"
    if value in ALLOWED[key]:
        return ""
    shown = repr(value[:40])
    if key not in FREE or not value.strip():
        return f"{shown} is not one of: {', '.join(ALLOWED[key])}"
    if len(value) > LONGEST:
        return f"{shown} is longer than {LONGEST} letters"
    import shlex

    try:
        shlex.split(value)
    except ValueError as error:
        return f"{shown} is no command: {error}"
    return ""


def known(key: str) -> str:
    """Give ``key`` where it is a setting; else raise ``UsageProblem``."""
    if key not in ALLOWED:
        raise UsageProblem(f"no setting {key!r}; the settings are: {', '.join(ALLOWED)}")
    return key


def store(key: str, value: str) -> None:
    """Set ``key`` in the file and keep every other setting that stands there."""
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise UsageProblem(f"{known(key)} {value[:40]!r} is no text in UTF-8, which a settings file is")
    _change(lambda settings: {**settings, known(key): allowed(key, value, key)})


def remove(key: str) -> None:
    """Take ``key`` out of the file and keep every other setting that stands there."""
    known(key)
    _change(lambda settings: {name: value for name, value in settings.items() if name != key})


def _change(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Write the file anew with ``change`` made; no other process changes it in between."""
    import tomli_w

    from pnetref.files import alone, write_file

    where = path()
    if os.path.exists(where) and not os.path.isfile(where):
        raise SettingsProblem(f"settings: {where} cannot be written: it is no file; set PNETREF_CONFIG to one")
    if where.endswith(os.sep):
        raise SettingsProblem(f"settings: {where} cannot be written: it is a folder; set PNETREF_CONFIG to a file")
    try:
        where = os.path.realpath(where)
        folder = os.path.dirname(where)
        os.makedirs(folder, exist_ok=True)
        with alone(folder):
            write_file(where, tomli_w.dumps(change(read())).encode())
    except OSError as error:
        raise SettingsProblem(f"settings: {where} cannot be written: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:  # as a number of 5,000 digits: it can be read in hexadecimals alone
        raise SettingsProblem(f"settings: {where} cannot be written: {error}") from None
