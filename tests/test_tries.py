"""Whatever is typed: tries over every command, option and argument, each held to what the command line promises.

The commands and their options are those of the grammar, so that a new one is tried without a line here. Words are
drawn out of the data as well as at random: what names nothing finds nothing.
"""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pnetref import config
from pnetref.answers.comparison import ONLY
from pnetref.cli import app
from pnetref.completion import SHELLS
from pnetref.dataset import Dataset, load
from pnetref.formats import BIBLIOGRAPHIC, FORMATS
from pnetref.program import COMPLETING
from pnetref.terms import BODY_GROUPS, FIELDS, FREQUENCIES, MEASURES

from .conftest import Ran, Run

LONGEST = 500
"""The letters of a line on stderr, but for names that an error in JSON suggests."""

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would break a line, steer a terminal, turn the order of letters, or is no character."""

COLORS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")
"""What colors a screen and makes links of it, where colors are asked for."""


def grammar() -> dict[tuple[str, ...], dict[str, bool]]:
    """Give every command by its words, with its options, each with whether it takes a value."""
    found: dict[tuple[str, ...], dict[str, bool]] = {}

    def add(path: tuple[str, ...], command: Any) -> None:
        options = [one for one in command.params if one.param_type_name == "option"]
        found[path] = {name: not one.is_flag for one in options for name in one.opts}
        found[path] |= {"--help": False, "-h": False}
        for name, inner in getattr(command, "commands", {}).items():
            add((*path, name), inner)

    add((), typer.main.get_command(app))
    return found


GRAMMAR = grammar()

MEANT = (
    *(value for values in config.ALLOWED.values() for value in values),
    *config.ALLOWED,
    *FORMATS,
    *BIBLIOGRAPHIC,
    *FIELDS,
    *FREQUENCIES,
    *BODY_GROUPS,
    *MEASURES,
    *ONLY,
    *SHELLS,
    "2026-11-24",
    "questions",
    "all",
    "1",
    "3",
)
"""What options and commands take."""

FILES = ("", ".", "-", "new.md", "new.json", "there", "no/folder/x", "x" * 300, "a\udcff", "a\nb", "there/x")
"""What files are named: none of them is outside the folder of the test."""

JOINS = (" ", " ", "", "-", "+", " + ", "/", ", ", " and ", " vs ", " or ", " with ", ";", "\t", "\n")
AROUND = (
    "{}",
    "{}",
    "{}",
    "({})",
    '"{}"',
    "{} 50 mg",
    "{}®",
    "  {} ",
    "{}.",
    "{},",
    "no {}",
    "{}\u202e",
    "\x1b[31m{}",
    "{}\u0301",
)


def of_data() -> list[str]:
    """Give a part of the words with which anything is found: names, ids, codes, phrases, words of texts."""
    data = load()
    index = data.index
    keys = [name for file in (index.names, index.phrases, index.words) for name in list(file)[::40]]
    shown = [entry.name for entry in list(index.records.values())[::20]]
    ids = [key.partition("/")[2] for key in list(index.records)[::20]]
    return [*keys, *shown, *ids, *data.treatments, *data.trials, *data.topics, *data.settings]


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
BYTES = st.integers(0xDC80, 0xDCFF).map(chr)
"""A byte that is no text, as Python gives it in an argument."""

TEXT = st.text(st.one_of(LETTERS, LETTERS, BYTES), max_size=30)
KNOWN = st.sampled_from(of_data())
SLIPS = st.tuples(KNOWN, st.integers(0, 40)).map(lambda drawn: drawn[0][: drawn[1]] + drawn[0][drawn[1] + 1 :])
NAMES = st.one_of(KNOWN, KNOWN, SLIPS, st.sampled_from(MEANT), TEXT)
JOINED = st.tuples(NAMES, st.sampled_from(JOINS), NAMES).map(lambda drawn: drawn[1].join((drawn[0], drawn[2])))
PLAIN = st.tuples(st.sampled_from(AROUND), st.one_of(NAMES, JOINED)).map(lambda drawn: drawn[0].format(drawn[1]))
WORDS = PLAIN.map(lambda word: word if "/" not in word[:1] and ".." not in word else f"x{word.replace('..', '.')}")
"""A word that is typed; none leads out of the folder of the test."""

FEW = st.lists(WORDS, max_size=5)
MANY = st.tuples(st.lists(WORDS, min_size=1, max_size=8), st.integers(0, 500)).map(
    lambda drawn: [drawn[0][at % len(drawn[0])] for at in range(drawn[1])]
)
VARIABLES = [f"PNETREF_{name.upper()}" for name in config.ALLOWED]
VALUES = st.one_of(st.sampled_from(MEANT), WORDS)
SURROUNDINGS = st.dictionaries(
    st.sampled_from([*VARIABLES, "COLUMNS", "LINES", "SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "TERM", "PAGER"]),
    st.one_of(VALUES, st.integers(-5, 10**20).map(str)),
    max_size=2,
)
STDIN = st.one_of(
    st.binary(max_size=200), st.lists(WORDS, max_size=4).map(lambda lines: b"\n".join(map(os.fsencode, lines)))
)
TOML = st.one_of(
    st.none(),
    st.none(),
    st.binary(max_size=60),
    st.tuples(st.sampled_from([*config.ALLOWED, "colour"]), WORDS).map(
        lambda drawn: f'{drawn[0]} = "{drawn[1]}"'.encode("utf-8", "replace")
    ),
)


class Call(NamedTuple):
    """A call: its arguments, what is set around it, what is on stdin and in the settings file."""

    arguments: list[str]
    variables: dict[str, str]
    stdin: bytes
    settings: bytes | None


@st.composite
def calls(draw: Any, path: tuple[str, ...]) -> Call:
    """Draw a call of a command: words, options with values that it takes and others, in any order."""
    takes = {**GRAMMAR[()], **GRAMMAR[path]}
    pieces = [[word] for word in draw(st.one_of(FEW, FEW, FEW, MANY))]
    if path == ("export",):
        pieces = [[draw(st.sampled_from(["there", "", ".", "no/folder/x", "x" * 300, "a\nb/c"]))], *pieces[:1]]
    elif draw(st.integers(0, 9)) == 0:
        pieces.insert(0, ["-"])
    for option in draw(st.lists(st.sampled_from(sorted(takes)), max_size=3)):
        value = st.sampled_from(FILES) if option == "--output" else VALUES
        if not takes[option]:
            piece = [option]
        else:
            piece = draw(st.sampled_from([[option], [option, draw(value)], [f"{option}={draw(value)}"]]))
            if option == "--output" and piece == [option]:
                piece = [option, "new.md"]
        pieces.insert(draw(st.integers(0, len(pieces))), piece)
    if draw(st.booleans()):
        pieces.append(["--json"])
    if draw(st.integers(0, 14)) == 0:
        pieces.insert(draw(st.integers(0, len(pieces))), [draw(st.sampled_from(["--", "--bogus", "-x"]))])
    before = [["--json"]] if draw(st.integers(0, 9)) == 0 else []
    arguments = [word for piece in [*before, list(path), *pieces] for word in piece]
    return Call(arguments, draw(SURROUNDINGS), draw(STDIN), draw(TOML))


def holds(ran: Ran, call: Call) -> None:
    """Check what is promised of every call, whatever it was: its exit code, what is printed, and what is not."""
    arguments = call.arguments[: call.arguments.index("--")] if "--" in call.arguments else call.arguments
    as_json = "--json" in arguments
    lines = ran.err.splitlines()
    assert ran.code in (0, 1, 2, 3), ran
    assert not STEERING.search(ran.err), ran.err
    assert "Traceback" not in ran.err
    if ran.code:
        assert len(lines) == 1 or (len(lines) == 2 and "used instead" in lines[0]), ran.err
        if as_json:
            told = json.loads(lines[-1])["error"]
            assert told["code"] in ("no_match", "ambiguous", "usage", "data", "settings", "output")
            assert told["message"]
            assert len(lines[-1]) <= max(LONGEST, 250 + len(json.dumps(told["suggestions"])))
        else:
            assert lines[-1].startswith("pnetref: ")
        if not ran.out.startswith("{"):  # but for the lines that answer names on stdin
            assert ran.out == ""
        else:
            assert "-" in call.arguments
    else:
        assert all("used instead" in line for line in lines), ran.err
    assert all(len(line) <= LONGEST for line in lines if not line.startswith("{")), ran.err
    if ran.out.startswith(("{", "[")) and as_json:
        for line in [ran.out] if ran.out.startswith("{\n") else ran.out.splitlines():  # a line for each name on stdin
            json.loads(line)
    elif as_json and not ran.code:
        other = ("--help", "-h", "--version", "--output")
        helped = ran.out.startswith(("Usage:", "pnetref "))
        assert helped or ran.out == "" or any(one.startswith(other) for one in arguments), ran.out[:200]
    assert not STEERING.search(COLORS.sub("", ran.out).replace("\r\n", "\n")), STEERING.search(COLORS.sub("", ran.out))


def tries(few: int, many: int, long: bool) -> settings:
    """Give the settings of tries: always the same few, or many that differ from run to run."""
    return settings(
        max_examples=many if long else few,
        derandomize=not long,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def called(call: Call, run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Ran:
    """Make a call in a folder of its own."""
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    (folder / "there").mkdir(exist_ok=True)
    (folder / "there" / "x").write_text("x")
    if call.settings is not None:
        (folder / "config.toml").write_bytes(call.settings)
    with monkeypatch.context() as patch:
        patch.chdir(folder)
        for name, value in call.variables.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(call.stdin)))
        return run(*call.arguments)


@pytest.mark.parametrize("long", [False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
@pytest.mark.parametrize("path", GRAMMAR, ids=" ".join)
def test_whatever_is_typed_is_answered_as_promised(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: tuple[str, ...], long: bool
) -> None:
    """A documented exit code, one line where it fails and nothing on stdout, JSON where it is asked for, nothing that steers a terminal."""

    @tries(5, 400, long)
    @given(calls(path))
    def tried(call: Call) -> None:
        holds(called(call, run, monkeypatch, tmp_path), call)

    tried()


@pytest.mark.parametrize("long", [False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
def test_a_process_answers_bytes_as_promised(tmp_path: Path, long: bool) -> None:
    """What holds in one process holds for one of its own, whose arguments are bytes."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").write_text("x")

    @tries(3, 200, long)
    @given(st.sampled_from([path for path in GRAMMAR if path[:1] != ("config",)]).flatmap(calls))
    def tried(call: Call) -> None:
        ran = subprocess.run(
            [sys.executable, "-c", "from pnetref.program import run; run()", *map(os.fsencode, call.arguments)],
            input=call.stdin,
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, **call.variables},
        )
        holds(Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode()), call)

    tried()


@pytest.mark.parametrize("long", [False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
def test_a_shell_that_completes_is_told_something_or_nothing(
    capsys: pytest.CaptureFixture[str], data: Dataset, long: bool
) -> None:
    """Whatever stands on a line, completion prints lines or says nothing, and never fails otherwise."""
    del data
    from pnetref.completion import answer

    @tries(20, 1000, long)
    @given(
        st.sampled_from([*SHELLS, "", "csh"]),
        st.lists(st.one_of(WORDS, TEXT), max_size=6),
        st.sampled_from(["", " =:"]),
    )
    def tried(shell: str, words: list[str], breaks: str) -> None:
        code = answer(shell, [" ".join(["pnetref", *words]), breaks])
        told = capsys.readouterr()
        assert code in (0, 1)
        assert told.err == ""
        assert code == 0 or told.out == ""
        assert not STEERING.search(told.out.replace("\t", " "))

    tried()
    assert answer("bash", []) == 1
    assert COMPLETING


@pytest.mark.parametrize(
    "typed", ["suni\u202etinib", "sunitinib\x9b", "\x1bsunitinib", "sunitinib\x07 50 mg"], ids=ascii
)
@pytest.mark.parametrize(
    "form", ["--json", "--format=json", "--format=html", "--format=markdown", "--format=csv", "--color=auto"]
)
def test_what_was_typed_never_steers_a_terminal(run: Run, typed: str, form: str) -> None:
    """A name with a sign that steers or turns letters opens its record, and the sign comes back as its escape."""
    ran = run("drug", *typed.split(" "), form)
    assert ran.code == 0
    assert not STEERING.search(ran.out.replace("\r\n", "\n"))


def test_a_call_of_two_dashes_is_answered(run: Run) -> None:
    """Where no option can stand, none is looked for."""
    assert run("--", "-").code == 2
