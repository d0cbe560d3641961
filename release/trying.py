"""The wheel as its users have it: in a new environment, with the lowest and the newest packages that it allows."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from inspecting import lowest
from machine import Environment, Python, called, surroundings

DAY = "1795521600"
"""The day of every command that is run, 2026-11-24."""

COMMANDS = (
    "--version",
    "--help",
    "drug --help",
    "drug sunitinib",
    "drug everolimus all",
    "drug sunitinib --json",
    "drug sunitnib",
    "drug sunitnib --json",
    "drug sunitinib --bogus",
    "drug sunitinib --format html",
    "drug sunitinib --format csv",
    "drug sunitinib --format markdown --references pandoc",
    "drug captem all --layout plain --spelling uk",
    "sunitinib missed dose",
    "sunitinib everolimus",
    "compare sunitinib everolimus all",
    "compare sunitinib everolimus --json",
    "side-effects fatigue",
    "side-effects cabozantinib all --color always",
    "treatment whipple all",
    "treatment --for insulinoma",
    "guide questions sunitinib",
    "trial radiant-3 all",
    "search can I eat grapefruit with everolimus",
    "search mTOR --json",
    "cite",
    "cite sunitinib --format bibtex",
    "cite sunitinib --format ris",
    "cite sunitinib --format csl-json",
    "cite yao-2011 --style nonesuch",
    "config --json",
    "config set terms plain",
    "side-effects sunitinib",
    "config unset terms",
    "export tables",
    "drug sunitinib --output once.html",
    "drug sunitinib --output ./once.html",
    *(f"completion {shell}" for shell in ("bash", "zsh", "fish")),
)
"""What every environment runs, each in the folder that those before it left; all have to print the same."""

REFUSED = {
    "pnetref drug sunitnib": 1,
    "pnetref drug sunitnib --json": 1,
    "pnetref drug sunitinib --bogus": 2,
    "pnetref cite yao-2011 --style nonesuch": 2,
    "pnetref drug sunitinib --output ./once.html": 2,
}
"""The commands that find nothing or are wrong, and what they exit with; all others exit with 0."""

PYTHON = """
from pnetref import load
answer = load().drug("Sutent")
print(answer, len(answer.sources), answer.record.model_dump_json(), answer.to_markdown(), answer.to_csv())
"""

LINK = re.compile(r"(?<=\x1b]8;)id=\d+")
"""The number that Rich gives a link: another in every process."""

SAMPLE = ("test_api", "test_config", "test_imports", "test_options", "test_screens", "test_shortcut")
"""The tests that look at what a Python or a package may do otherwise: screens, files, processes, what is imported."""

NEEDED = ("pytest", "pytest-xdist", "hypothesis", "jsonschema")
"""The packages that the sample needs."""


class Tried(NamedTuple):
    """What came of an environment."""

    packages: str
    printed: Mapping[str, str]
    """What each command ended with and printed, and the digests of the files that it left."""
    tests: str
    """The last line of the tests."""
    breaches: Sequence[str]


def tried(
    python: Python, low: bool, wheel: Path, copy: Path, project: Mapping[str, Any], folder: Path, whole: bool
) -> Tried:
    """Install the wheel, run its commands, then the tests of ``copy``, an unpacked sdist, with what is installed."""
    folder.mkdir(parents=True)
    environment = Environment.new(python, folder / "environment")
    pins = folder / "pins.txt"
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    pins.write_text("".join(f"{pin}\n" for pin in lowest(wanted)) if low else "", encoding="utf-8")
    # Nobody needs a compiler for it: every package that it rests on has a wheel for every Python.
    environment.pip("install", "--quiet", "--only-binary", ":all:", "--constraint", pins, wheel)
    environment.pip("check")
    packages = " ".join(sorted(environment.pip("list", "--format", "freeze").split(), key=str.casefold))
    printed = dict(_printed(environment, folder))
    breaches = [f"{line} ended with a traceback" for line, out in printed.items() if "Traceback" in out]
    breaches += [
        f"{line} exits with {out.splitlines()[0]}, not {REFUSED.get(line, 0)}:\n{out[-1000:]}"
        for line, out in printed.items()
        if " " in line and out.splitlines()[0] != str(REFUSED.get(line, 0))
    ]
    beside = [f"{wheel}[test]"] if whole else list(NEEDED)
    environment.pip("install", "--quiet", "--no-compile", "--constraint", pins, *beside)
    environment.pip("check")
    tests = folder / "tests"
    shutil.copytree(copy, tests)
    taken = called([environment.program("python"), "-c", "import pnetref; print(pnetref.__file__)"], where=tests)
    if not taken.startswith(str(environment.folder)):
        breaches.append(f"the tests take the package from {taken}")
    files = [] if whole else [f"tests/{name}.py" for name in SAMPLE]
    ran = subprocess.run(
        [environment.program("python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
        cwd=tests,
        env=surroundings(PATH=environment.path()),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    last = (ran.stdout.strip().splitlines() or ["no output"])[-1]
    if ran.returncode:
        failed = re.findall(r"^(?:FAILED|ERROR) .+$", ran.stdout, re.MULTILINE) or [ran.stdout[-2000:] + ran.stderr]
        breaches += failed
    return Tried(packages, printed, f"{'whole suite' if whole else 'sample'}: {last}", breaches)


def _printed(environment: Environment, folder: Path) -> Iterator[tuple[str, str]]:
    """Run every command with no home but an empty folder; give what it ended with and printed."""
    home = folder / "home"
    home.mkdir()
    around = surroundings(
        HOME=str(home), PNETREF_CONFIG="config.toml", SOURCE_DATE_EPOCH=DAY, COLUMNS="100", PATH=environment.path()
    )
    calls: dict[str, list[str | Path]] = {
        f"pnetref {line}": [environment.program("pnetref"), *line.split()] for line in COMMANDS
    }
    calls["python -P -m pnetref"] = [environment.program("python"), "-P", "-m", "pnetref", "drug", "sunitinib"]
    calls["python -m pnetref.curation"] = [environment.program("python"), "-m", "pnetref.curation"]
    calls["from pnetref import load"] = [environment.program("python"), "-c", PYTHON]
    if "--check" in called([environment.program("pnetref"), "--help"], where=home, environment=around):
        calls["pnetref --check"] = [environment.program("pnetref"), "--check"]
    for line, call in calls.items():
        ran = subprocess.run(call, cwd=home, env=around, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        out = b"%d\n%s\n%s" % (ran.returncode, ran.stdout, ran.stderr)
        said = out.decode(errors="replace").replace(str(environment.folder), "").replace(str(home), "")
        yield line, LINK.sub("", said)
    for path in sorted(home.rglob("*")):
        if path.is_file():
            yield path.relative_to(home).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def unlike(first: Tried, other: Tried) -> Iterator[str]:
    """Say which commands print or leave something else in another environment."""
    for line in first.printed.keys() | other.printed.keys():
        if first.printed.get(line) != other.printed.get(line):
            yield f"{line} is not as in the first environment"
