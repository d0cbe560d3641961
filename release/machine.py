"""The machine that a release is made on: its Pythons, virtual environments and processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class FailedError(Exception):
    """A step that the others rest on, which did not end well."""


class Python(NamedTuple):
    """A CPython on this machine."""

    version: tuple[int, int, int]
    path: str

    @property
    def minor(self) -> str:
        """The version as a classifier has it."""
        return f"{self.version[0]}.{self.version[1]}"

    def __str__(self) -> str:
        return ".".join(map(str, self.version))


PROBE = """
import ensurepip, json, sys, venv
final = sys.implementation.name == "cpython" and sys.version_info.releaselevel == "final"
print(json.dumps([*sys.version_info[:3], final]))
"""


def pythons(named: Sequence[str], least: tuple[int, int]) -> list[Python]:
    """Give the newest final CPython of each version from ``least`` on, of the ``named`` or of all that are at hand."""
    found: dict[tuple[int, int], Python] = {}
    for path in named or sorted(_at_hand()):
        ran = subprocess.run([path, "-I", "-c", PROBE], capture_output=True, text=True, check=False)
        if ran.returncode:
            if named:
                raise FailedError(f"{path} is no Python that makes virtual environments")
            continue
        *version, final = json.loads(ran.stdout)
        python = Python((version[0], version[1], version[2]), path)
        if final and python.version[:2] >= least:
            found[python.version[:2]] = max(python, found.get(python.version[:2], python))
    if not found:
        raise FailedError(f"no Python {'.'.join(map(str, least))} or newer is at hand")
    return [found[version] for version in sorted(found)]


def _at_hand() -> Iterator[str]:
    """Give this Python, those of PATH, and those where pyenv and uv keep theirs."""
    yield os.path.realpath(sys.executable)
    for folder in os.get_exec_path():
        yield from map(str, Path(folder).glob("python3.[0-9]*[0-9]"))
    for home in (
        Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions",
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or Path.home() / ".local" / "share" / "uv" / "python"),
    ):
        yield from map(str, home.glob("*/bin/python3"))


def surroundings(**more: str) -> dict[str, str]:
    """Give the environment of every process: nothing of whoever makes the release but how pip finds its packages."""
    dropped = ("PNETREF_", "_PNETREF_", "PYTHON", "PYTEST_", "HYPOTHESIS_", "LC_")
    names = ("COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "TZ", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped) and name not in names}
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def called(
    command: Sequence[str | Path],
    *,
    where: Path,
    environment: Mapping[str, str] | None = None,
    umask: int = 0o022,
) -> str:
    """Run a program that has to end well; give what it printed, on both streams."""
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=where,
        env=surroundings() if environment is None else environment,
        umask=umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    out = ran.stdout.decode(errors="replace")
    if ran.returncode:
        line = " ".join(str(word) for word in command)
        raise FailedError(f"{line}\nended with {ran.returncode}:\n{out[-4000:].rstrip()}")
    return out


class Environment(NamedTuple):
    """A virtual environment."""

    folder: Path

    @classmethod
    def new(cls, python: Python, folder: Path) -> Environment:
        """Make one that has pip and nothing else."""
        called([python.path, "-m", "venv", folder], where=folder.parent)
        return cls(folder)

    def program(self, name: str) -> Path:
        """Give the path of one of its programs."""
        return self.folder / "bin" / name

    def pip(self, *words: str | Path) -> str:
        """Run its pip; a version that was withdrawn is a failure."""
        out = called([self.program("python"), "-m", "pip", *words], where=self.folder)
        if "yanked version" in out:
            raise FailedError(f"pip {' '.join(map(str, words))} takes a version that was withdrawn:\n{out}")
        return out

    def path(self) -> str:
        """Give the PATH on which its programs come first."""
        return os.pathsep.join([str(self.folder / "bin"), *os.get_exec_path()])
