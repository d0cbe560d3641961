"""What any call costs: bounded time and memory for whatever the system can pass, and no step that grows with a power.

Time is CPU time in units of an interpreter that does nothing, so that a slow or busy machine changes little.
"""

import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pnetref import program
from pnetref.answers.comparison import MOST
from pnetref.api import load
from pnetref.completion import Line
from pnetref.config import MOST as MOST_OF_SETTINGS
from pnetref.config import read
from pnetref.errors import Problem
from pnetref.formats.lines import names
from pnetref.medication import is_aside, without_maker
from pnetref.names import check_size, normalize, words_of
from pnetref.output import printable, shortened
from pnetref.reading import scan

from .conftest import Run
from .test_tries import GRAMMAR

MOST_TIME = 100
"""The CPU time of a call at most, in that of an interpreter that does nothing: of 10 ms, it is a second."""

MOST_MEMORY = 100
"""The MB of a call at most."""

ARGUMENT = 131_071
"""The bytes of one argument at most, where the system has no other limit."""

LAUNCHER = """
import json, os, sys
for line in sys.stdin:
    call = json.loads(line)
    sent = [os.fsencode(word) for word in call["arguments"]]
    out, told = os.open(os.devnull, os.O_WRONLY), os.open(call["told"], os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    given = os.open(call["stdin"], os.O_RDONLY)
    files = [(os.POSIX_SPAWN_DUP2, given, 0), (os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, told, 2)]
    child = os.posix_spawn(sent[0], sent, call["environment"], file_actions=files)
    _, status, used = os.wait4(child, 0)
    for one in (out, told, given):
        os.close(one)
    print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]), flush=True)
"""
"""A small program that starts others: a process is as large at first as what started it."""


class Cost(NamedTuple):
    """An exit code, seconds of CPU, MB at the peak, and what stood on stderr."""

    code: int
    time: float
    memory: float
    err: str


Started = Callable[..., Cost]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what starts a Python with arguments and says what it cost."""
    folder = tmp_path_factory.mktemp("cost")
    launcher = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", LAUNCHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert launcher.stdin
    assert launcher.stdout

    def start(*arguments: str, stdin: str = os.devnull, **variables: str) -> Cost:
        told = folder / "told"
        kept = {"PATH": os.environ["PATH"], "PNETREF_CONFIG": str(folder / "none.toml"), "COLUMNS": "100"}
        call = {
            "arguments": [sys.executable, *arguments],
            "stdin": stdin,
            "told": str(told),
            "environment": {**kept, **variables},
        }
        assert launcher.stdin
        assert launcher.stdout
        launcher.stdin.write(json.dumps(call) + "\n")
        launcher.stdin.flush()
        code, seconds, memory = json.loads(launcher.stdout.readline())
        return Cost(code, seconds, memory, told.read_text(encoding="utf-8", errors="replace"))

    yield start
    launcher.stdin.close()
    launcher.wait()


def bounded(started: Started, *arguments: str, **surroundings: str) -> Cost:
    """Check that a call costs what one may, at its best: other programs slow it and do not speed it."""
    for left in (2, 1, 0):
        bare = min(started("-c", "pass").time for _ in range(3))
        cost = started("-c", "from pnetref.program import run; run()", *arguments, **surroundings)
        within = cost.time <= MOST_TIME * bare and cost.memory <= MOST_MEMORY
        if within or not left:
            assert within, f"{cost.time / bare:.0f} times an interpreter, {cost.memory:.0f} MB; {cost.err[:200]}"
            break
    assert cost.code in (0, 1, 2, 3)
    assert all(len(line) <= 500 for line in cost.err.splitlines() if not line.startswith("{")), cost.err[:600]
    assert "Traceback" not in cost.err
    return cost


DATA = load()
RANDOM = random.Random(16)


def cycled(words: list[str], count: int) -> list[str]:
    return [words[at % len(words)] for at in range(count)]


def slipped(word: str) -> str:
    at = RANDOM.randrange(2, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


LONG_WORDS = [word for word in DATA.index.words if len(word) > 8 and word.isalpha()]
TREATMENTS = list(DATA.treatments)
PARTS = ["food", "dose", "monitoring", "pregnancy", "interactions"]

WORDS: dict[str, list[str]] = {
    "treatments": cycled(TREATMENTS, 500),
    "sources": cycled(list(DATA.sources), 500),
    "phrases": RANDOM.sample(list(DATA.index.phrases), 500),
    "names": RANDOM.sample(list(DATA.index.names), 500),
    "slips": list(map(slipped, RANDOM.sample(LONG_WORDS, 500))),
    "words": RANDOM.sample(list(DATA.index.words), 500),
    "one name": ["sunitinib"] * 500,
    "parts": ["sunitinib", *cycled(PARTS, 499)],
    "one part": ["sunitinib", *["food"] * 499],
    "and": cycled(["sunitinib", "and", "everolimus", "and"], 500),
    "vs": cycled(["sunitinib", "vs", "everolimus", "vs"], 500),
    "plus": cycled(["sunitinib", "+"], 500),
    "side by side": TREATMENTS[:MOST],
    "slashes": ["/".join(TREATMENTS[:40])],
    "partners": cycled(["grapefruit", "ketoconazole", "warfarin", "st johns wort"], 500),
    "regimens": cycled(["folfox", "folfiri", "xelox"], 500),
    "known, once more than may be": cycled(TREATMENTS, 501),
    "known, 10,000": cycled(["fatigue", "nausea"], 10_000),
    "known, 900,000 letters": cycled(["fatigue"], 120_000),
}
"""Many words."""

LETTERS: dict[str, str] = {
    "joined": "o{}edema",
    "anemia": "a{}emia",
    "commas": ",{}",
    "letters and commas": "a,{}",
    "brackets": "({}",
    "digits": "1{}",
    "dashes": "1-{}",
    "points": "1.{}",
    "strengths": "1 mg/{}",
    "counts": "1x{}",
    "blanks": "1 {}z",
    "quotes": '"{}',
    "apostrophes": "'{}",
    "lines": "a\n{}",
    "addresses": "http:///10.1234/{}",
    "ligatures": "\ufdfa{}",
    "marks": "\u0301\u0323{}",
    "other letters": "م{}",
    "no letters": "\udcff{}",
    "words": "a {}",
    "names": "sunitinib {}",
    "dashed": "x-{}",
    "folded": "ß{}",
}
"""What is said again and again, and what stands behind it."""


def said(pattern: str, length: int) -> str:
    """Give a text of so many letters."""
    again, behind = pattern.split("{}")
    return (again * length)[: length - len(behind)] + behind


COMMANDS = [path for path in GRAMMAR if path not in (("config",), ("completion",), ("config", "path"))]


@pytest.mark.long
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_many_words_cost_no_more_than_a_second(started: Started, path: tuple[str, ...]) -> None:
    """Known words, slips, parts, joins: as many as are taken, and as many as the system passes."""
    for words in WORDS.values():
        bounded(started, *path, *words)
        bounded(started, *path, *words[: 100 - len(path)], "--json")


@pytest.mark.long
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_many_letters_cost_no_more_than_a_second(started: Started, path: tuple[str, ...]) -> None:
    """Letters that make a search go back, joins, signs, marks: in one word as long as is taken, in several, and longer."""
    for pattern in LETTERS.values():
        bounded(started, *path, *[said(pattern, 1000)] * 20)
        bounded(started, *path, said(pattern, 8000))
        longest = said(pattern, ARGUMENT)
        bounded(started, *path, os.fsencode(longest)[:ARGUMENT].decode("utf-8", "ignore"))


@pytest.mark.long
@pytest.mark.parametrize("path", GRAMMAR, ids=" ".join)
def test_long_values_of_options_cost_no_more_than_a_second(started: Started, path: tuple[str, ...]) -> None:
    """Every option that takes a value, with 40,000 letters, and given again and again; `--check` alone looks through all."""
    for option, takes in {**GRAMMAR[()], **GRAMMAR[path]}.items():
        if option == "--check":
            continue
        if takes:
            bounded(started, *path, option, said("o{}edema", 40_000))
            bounded(started, *path, *[option, "food"] * 450)
        else:
            bounded(started, *path, *[option] * 900)


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["PNETREF_TERMS", "PNETREF_PAGER", "PNETREF_CONFIG", "COLUMNS", "LINES", "TERM", "HOME"]
)
@pytest.mark.parametrize("value", ["9" * 120_000, '"' * 120_000, "a " * 60_000, "9999"], ids=lambda value: value[:4])
def test_long_surroundings_cost_no_more_than_a_second(started: Started, name: str, value: str) -> None:
    """A variable may be as long as the system passes, and a screen 9,999 columns wide."""
    bounded(started, "drug", "sunitinib", **{name: value})
    bounded(started, "config", **{name: value})


@pytest.mark.long
@pytest.mark.parametrize("endless", [b"a", b" ", b"\xff", b"sunitinib ", b"\n"], ids=repr)
def test_an_endless_line_costs_no_more_than_a_second(started: Started, tmp_path: Path, endless: bytes) -> None:
    """Of a line of 100 MB on stdin nothing is kept but its beginning; lines with nothing on them are passed over."""
    (tmp_path / "in").write_bytes(endless * (100_000_000 // len(endless)))
    bounded(started, "drug", "-", "--json", stdin=str(tmp_path / "in"))


@pytest.mark.long
def test_a_long_line_is_completed_within_a_second(started: Started) -> None:
    """Whatever stands before the cursor; a shell waits for it."""
    for again in ("pnetref drug a ", "--x ", "drug ", '"', "\\", "> ", "mouth ", "a", "config set ", " "):
        for length in (9_900, 120_000):
            line = f"pnetref drug {again * length}"[:length]
            bounded(started, line, " =:", _PNETREF_COMPLETE="bash")


@pytest.mark.long
@pytest.mark.parametrize(
    "again",
    ["a.", "k{}=1\n", "[a{}]\n", "colou{}=1\n", "\n", "#", "[", "a=[", "{{a=", '"'],
    ids=lambda again: again.strip(),
)
def test_a_long_settings_file_costs_no_more_than_a_second(started: Started, tmp_path: Path, again: str) -> None:
    """As long as one may be, whatever it holds."""
    file = tmp_path / "config.toml"
    file.write_text("".join(again.format(at) for at in range(MOST_OF_SETTINGS))[:MOST_OF_SETTINGS], encoding="utf-8")
    bounded(started, "drug", "sunitinib", PNETREF_CONFIG=str(file))
    bounded(started, "config", "set", "terms", "plain", PNETREF_CONFIG=str(file))


GROW: dict[str, Callable[[str], object]] = {
    "words_of": words_of,
    "normalize": normalize,
    "printable": printable,
    "shortened": shortened,
    "a strength": is_aside,
    "a maker": without_maker,
    "a reading": lambda text: scan([text], lambda _: ()),
    "a line of a shell": lambda text: Line(text, " =:"),
}


@pytest.mark.long
@pytest.mark.parametrize("step", GROW)
@pytest.mark.parametrize("pattern", LETTERS.values(), ids=LETTERS)
def test_no_step_grows_faster_than_its_text(step: str, pattern: str) -> None:
    """Eight times the letters take about eight times as long, where they take anything."""

    def seconds(length: int) -> float:
        text = said(pattern, length)
        took = []
        for _ in range(5):
            start = time.process_time()
            GROW[step](text)
            took.append(time.process_time() - start)
        return min(took)

    short, long = seconds(2000), seconds(16_000)
    assert long < 0.02 or long <= 24 * short, (short, long)


def test_what_is_too_much_says_how_much_may_be(run: Run) -> None:
    """A line that says the limit, exit code 2, and nothing on stdout."""
    for arguments, most in (
        (["drug", *["sunitinib", "everolimus"] * 251], "500"),
        (["drug", "x" * 1001], "1000"),
        (["search", *["liver", "kidney"] * 51], "100"),
        (["compare", *TREATMENTS[: MOST + 1]], str(MOST)),
        (["cite", *["x"] * 1001], "1000"),
        (["drug", "--field", "y" * 50_000], "50000"),
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert f"at most {most}" in ran.err


def test_every_source_can_be_cited_at_once() -> None:
    """What is bounded is more than what anybody asks for: every source by its id, in one call."""
    assert sum(map(len, DATA.sources)) < program.MOST_LETTERS
    check_size(["cite", *DATA.sources, "--json"])


def test_calls_from_python_are_bounded_too() -> None:
    """A method takes as much as the command does."""
    for ask in (
        lambda: DATA.drug("o" * 8000 + "edema"),
        lambda: DATA.drug(in_class="o" * 8000),
        lambda: DATA.search("o" * 8000),
        lambda: DATA.drug("sunitinib", fields=["o" * 8000]),
    ):
        with pytest.raises(Problem, match="at most 1000"):
            ask()


def test_lines_that_end_in_carriage_returns_are_all_names() -> None:
    """Names of an old Mac are lines however many they are, also where one is cut in two as it is read."""
    text = b"\r".join(b"name-%d" % at for at in range(20_000))
    assert list(names(io.BufferedReader(io.BytesIO(text)))) == [f"name-{at}" for at in range(20_000)]


def test_a_padded_line_is_not_read_as_its_beginning(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, 5,000 blanks and another are no name: what is cut off is not passed over."""
    given = b"sunitinib" + b" " * 5000 + b"everolimus\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    ran = run("drug", "-", "--json")
    assert ran.code == 1
    assert "at most" in json.loads(ran.out)["error"]["message"]


def test_a_settings_file_of_dots_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables in tables, each longer than the one before, take memory without end; a comment of dots is none."""
    file = tmp_path / "config.toml"
    monkeypatch.setenv("PNETREF_CONFIG", str(file))
    file.write_text("a." * 5000 + "a = 1", encoding="utf-8")
    with pytest.raises(Problem, match="nested too deeply"):
        read()
    file.write_text("# " + "." * 5000 + "\nterms = 'plain'\n", encoding="utf-8")
    assert read() == {"terms": "plain"}
