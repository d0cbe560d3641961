"""Make the files of a release from what is committed, inspect them, and try them: ``python release [--whole] [PYTHON…]``.

The sdist and the wheel are made twice, by the oldest and the newest Python, in other folders, modes, zones and locales, and
the wheel once more from the sdist: all bytes are the same. Their files, metadata and citation are inspected. The wheel is
installed with the lowest and with the newest packages that it allows, on each Python that is at hand (or is named): every
command prints the same in all of them; the whole suite passes with the oldest Python and the lowest packages, and a sample
of it elsewhere (``--whole``: the whole everywhere). Then the files and their checksums are in ``dist``. Needs git, pip and
what pip reaches; takes about twenty minutes on two cores.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from inspecting import (
    breaches,
    citation_breaches,
    day_of_data,
    in_folder,
    in_sdist,
    in_wheel,
    lowest,
    metadata_breaches,
    read_project,
    record_breaches,
    released,
    sdist_of,
    wheel_of,
)
from machine import Environment, FailedError, Python, called, pythons
from making import ONE, OTHER, commit_of, differences, from_sdist, made, written
from trying import Tried, tried, unlike

ROOT = Path(__file__).resolve().parent.parent


class Release(NamedTuple):
    """The files of a release, and what they were made from."""

    project: dict[str, Any]
    version: str
    day: str | None
    """The day that the changelog has for the version."""
    commit: str
    time: int
    copy: Path
    """The sdist, unpacked."""
    sdist: Path
    wheel: Path


class Found:
    """What is wrong, said as it is found."""

    def __init__(self) -> None:
        self.count = 0

    def say(self, claim: str, wrong: Iterable[str]) -> None:
        """Print a claim, and under it what breaks it."""
        lines = list(wrong)
        self.count += len(lines)
        print(f"{'no ' if lines else 'ok '} {claim}")
        for line in lines:
            print(f"      {line}")
        sys.stdout.flush()


def make(root: Path, work: Path, at_hand: list[Python], found: Found) -> Release:
    """Make the files in every way, and say whether they are the same; give the first of them."""
    (work / "look").mkdir()
    commit, time = commit_of(root)
    written(root, commit, work / "look")
    declared, version = read_project(work / "look")
    oldest, newest = at_hand[0], at_hand[-1]
    tools = Environment.new(oldest, work / "tools")
    others = Environment.new(newest, work / "other-tools")
    pinned = work / "look" / "release" / "requirements.txt"
    tools.pip("install", "--quiet", "--requirement", pinned)
    others.pip("install", "--quiet", "--constraint", pinned, "build", "hatchling")
    sdist, wheel = made(tools, root, commit, time, work, ONE)
    other_sdist, other_wheel = made(others, root, commit, time, work, OTHER)
    same = f"made by Python {oldest} and {newest}, in other folders, modes, zones and locales, it is the same"
    found.say(f"{sdist.name}: {same}", differences(sdist, other_sdist))
    found.say(f"{wheel.name}: {same}", differences(wheel, other_wheel))
    copy, again = from_sdist(tools, sdist, work, time)
    found.say(f"{wheel.name}: made from the sdist it is the same", differences(wheel, again))
    lowest_tools = Environment.new(oldest, work / "lowest-tools")
    lowest_tools.pip("install", "--quiet", "build", *lowest(declared["build-system"]["requires"]))
    _, low = made(lowest_tools, root, commit, time, work, ONE._replace(folder="lowest"))
    package, of_lowest = (
        {name: member.content for name, member in in_wheel(each).items() if name.startswith("pnetref/")}
        for each in (wheel, low)
    )
    found.say(
        f"{wheel.name}: made by the lowest build backend that is allowed it holds the same package",
        [f"{name} is not the same" for name in package if of_lowest.get(name) != package[name]],
    )
    day = released((work / "look" / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    return Release(declared["project"], version, day, commit, time, copy, sdist, wheel)


def inspect(release: Release, root: Path, work: Path, found: Found) -> None:
    """Look into the files."""
    known = in_folder(work / "look")
    info = f"{release.project['name']}-{release.version}.dist-info"
    wheel, sdist = in_wheel(release.wheel), in_sdist(release.sdist)
    traces = [f"{path}/" for path in (root, work, Path.home())]
    found.say(
        f"the wheel has the {sum(name.startswith('src/') for name in known)} files of the package, and nothing else",
        [
            *breaches("the wheel", wheel, wheel_of(known, info), release.time, traces),
            *record_breaches(wheel, info),
            *(
                f"the wheel lacks {name}"
                for name in ("pnetref/py.typed", "pnetref/data/manifest.json")
                if name not in wheel
            ),
        ],
    )
    found.say(
        f"the sdist has the {len(known)} files that are committed, and its metadata",
        breaches("the sdist", sdist, sdist_of(known), release.time, traces),
    )
    readme = known["README.md"].content.decode()
    metadata = [wheel[f"{info}/METADATA"].content.decode(), sdist["PKG-INFO"].content.decode()]
    found.say(
        "the metadata of both says what pyproject.toml says, the version of the package, and no address",
        [line for text in metadata for line in metadata_breaches(text, release.project, release.version, readme)],
    )
    scripts = "".join(f"\n{name} = {call}" for name, call in release.project["scripts"].items())
    given = wheel[f"{info}/entry_points.txt"].content.decode().strip()
    found.say("the wheel has its command", [] if given == f"[console_scripts]{scripts}" else [given])
    day = release.day or day_of_data(wheel["pnetref/data/manifest.json"].content)
    citation = known["CITATION.cff"].content.decode()
    found.say(
        "CITATION.cff has the version and the day of the package",
        citation_breaches(citation, release.project, release.version, day),
    )
    tools = Environment(work / "tools")
    checks: dict[str, list[str | Path]] = {
        "the README renders (twine check)": ["twine", "check", "--strict", release.sdist, release.wheel],
        "the wheel holds what a wheel may hold (check-wheel-contents)": ["check-wheel-contents", release.wheel],
        "pyproject.toml is valid (validate-pyproject)": ["validate-pyproject", work / "look" / "pyproject.toml"],
        "CITATION.cff is valid by its schema (cffconvert)": [
            "cffconvert",
            "--validate",
            "--infile",
            work / "look" / "CITATION.cff",
        ],
    }
    for claim, command in checks.items():
        try:
            called([tools.program(str(command[0])), *command[1:]], where=work)
        except FailedError as error:
            found.say(claim, [str(error)])
        else:
            found.say(claim, [])


def install(release: Release, work: Path, at_hand: list[Python], whole: bool, found: Found) -> None:
    """Try the wheel with every Python, with the lowest and the newest packages; with the ``whole`` suite, or a sample."""
    first: Tried | None = None
    failed: set[str] = set()
    longest = at_hand[0], True
    others = [(python, low) for python in at_hand for low in (True, False) if (python, low) != longest]
    for python, low in (*others, longest):
        name = f"Python {python}, the {'lowest' if low else 'newest'} packages"
        folder = work / f"with-{python}-{'lowest' if low else 'newest'}"
        every = whole or (python, low) == longest
        try:
            came = tried(python, low, release.wheel, release.copy, release.project, folder, every)
        except FailedError as error:
            failed.add(python.minor)
            found.say(name, [str(error)])
            continue
        first = first or came
        wrong = [*came.breaches, *unlike(first, came)]
        found.say(f"{name}: {len(came.printed)} commands and files are as everywhere; {came.tests}", wrong)
        print(f"      {came.packages}")
        if wrong:
            failed.add(python.minor)
        shutil.rmtree(folder)
    passed = {python.minor for python in at_hand} - failed
    claimed = {
        named[1]
        for line in release.project["classifiers"]
        if (named := re.fullmatch(r"Programming Language :: Python :: (\d+\.\d+)", line))
    }
    found.say(
        f"the classifiers name the Pythons that passed: {', '.join(sorted(passed))}",
        [
            *(f"Python {minor} is claimed, and did not pass or is not at hand" for minor in sorted(claimed - passed)),
            *(f"Python {minor} passed, and is not claimed" for minor in sorted(passed - claimed)),
        ],
    )


def keep(release: Release, root: Path) -> None:
    """Put the files and their checksums into ``dist``, and nothing else."""
    shutil.rmtree(root / "dist", ignore_errors=True)
    (root / "dist").mkdir()
    lines = []
    for path in sorted((release.sdist, release.wheel)):
        kept = Path(shutil.copyfile(path, root / "dist" / path.name))
        lines.append(f"{hashlib.sha256(kept.read_bytes()).hexdigest()}  {path.name}\n")
    (root / "dist" / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    print(f"\nIn dist, of commit {release.commit}, with SOURCE_DATE_EPOCH={release.time}; SHA256SUMS:")
    print("".join(lines), end="")
    if not release.day:
        print(f"CHANGELOG.md has no day for {release.version}: these files are a trial, and no release.")


def main() -> None:
    """Do all of it; exit 1, with no files, where anything is wrong."""
    if sys.argv[1:2] in (["-h"], ["--help"]):
        print(__doc__)
        return
    whole = "--whole" in sys.argv[1:]
    words = [word for word in sys.argv[1:] if word != "--whole"]
    found = Found()
    with tempfile.TemporaryDirectory(prefix="pnetref-release-") as folder:
        work = Path(folder).resolve()
        try:
            at_hand = pythons(words, least=(3, 11))
            print(f"Python {', '.join(map(str, at_hand))}")
            release = make(ROOT, work, at_hand, found)
            inspect(release, ROOT, work, found)
            install(release, work, at_hand, whole, found)
        except FailedError as error:
            sys.exit(f"{error}")
        if found.count:
            sys.exit(f"{found.count} things are wrong; no files were kept")
        keep(release, ROOT)
