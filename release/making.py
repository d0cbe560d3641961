"""The files of a release, made from what is committed: twice in different surroundings, and the wheel from the sdist too."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import CalledProcessError, run
from typing import NamedTuple

from machine import Environment, FailedError, called, surroundings


class Surroundings(NamedTuple):
    """What may differ between two machines, and must not show in the files."""

    folder: str
    umask: int
    touched: bool
    """Whether every file has the time and the mode of this very copy, not those of the commit."""
    variables: dict[str, str]


ONE = Surroundings("one", 0o022, False, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"})
OTHER = Surroundings(
    "another folder/with spaces é", 0o077, True, {"TZ": "AHEAD-13", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4711"}
)


def commit_of(root: Path) -> tuple[str, int]:
    """Give the commit that a release is made from, and its time. What is not committed is a failure."""
    left = _git(root, "status", "--porcelain").decode()
    if left:
        raise FailedError(f"commit first: a release is made from what is committed, and this is not:\n{left.rstrip()}")
    commit, time = _git(root, "log", "-1", "--format=%H %ct").decode().split()
    return commit, int(time)


def written(root: Path, commit: str, folder: Path) -> None:
    """Write what is committed into ``folder``."""
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", commit))) as archive:
        archive.extractall(folder, filter="tar")


def _git(root: Path, *words: str) -> bytes:
    try:
        return run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except (OSError, CalledProcessError) as error:
        raise FailedError(f"a release is made in a checkout, with git: {error}") from error


def made(tools: Environment, root: Path, commit: str, time: int, work: Path, how: Surroundings) -> tuple[Path, Path]:
    """Make the sdist and the wheel in some surroundings; give the two files."""
    copy = work / how.folder / "pnetref"
    copy.mkdir(parents=True)
    written(root, commit, copy)
    if how.touched:
        for path in copy.rglob("*"):
            path.chmod(path.stat().st_mode & 0o700)
            os.utime(path)
    built(tools, copy, copy.parent / "made", time, how)
    return the_one(copy.parent / "made", ".tar.gz"), the_one(copy.parent / "made", ".whl")


def from_sdist(tools: Environment, sdist: Path, work: Path, time: int) -> tuple[Path, Path]:
    """Make the wheel again from an sdist; give the folder of the unpacked sdist, and the wheel."""
    with tarfile.open(sdist) as archive:
        archive.extractall(work / "unpacked", filter="data")
    copy = next((work / "unpacked").iterdir())
    built(tools, copy, work / "again", time, ONE, "--wheel")
    return copy, the_one(work / "again", ".whl")


def built(tools: Environment, copy: Path, into: Path, time: int, how: Surroundings, *words: str) -> None:
    """Run the build backend that is installed beside ``build``; every date is that of the commit."""
    command: list[str | Path] = [
        tools.program("python"),
        "-m",
        "build",
        "--no-isolation",
        *words,
        "--outdir",
        into,
        copy,
    ]
    environment = surroundings(**how.variables, SOURCE_DATE_EPOCH=str(time))
    called(command, where=copy.parent, umask=how.umask, environment=environment)


def the_one(folder: Path, ending: str) -> Path:
    """Give the one file of a folder that ends so."""
    (found,) = (path for path in folder.iterdir() if path.name.endswith(ending))
    return found


def differences(first: Path, second: Path) -> Iterator[str]:
    """Say where two files are not the same, byte by byte."""
    if first.name != second.name:
        yield f"{first.name} is named {second.name} where it is made otherwise"
    one, other = first.read_bytes(), second.read_bytes()
    if one != other:
        at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        yield f"{first.name} differs from byte {at} on where it is made otherwise: compare {first} with {second}"
