"""The short way of `--json`: the same bytes as the whole grammar prints, without the libraries of a screen."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pnetref.answers.envelope import enveloped
from pnetref.answers.side_effects import PARTS as EFFECT_PARTS
from pnetref.dataset import DATA, Dataset
from pnetref.formats.json import render
from pnetref.shortcut import COMMANDS, answer, answered
from pnetref.stored import Packaged, dump
from pnetref.terms import DRUGS, PARTS, TRIAL_PARTS

from .conftest import DAY, Run

Call = tuple[str, list[str]]


def calls(data: Dataset) -> Iterator[Call]:
    """Give every record with every command that opens it."""
    for key, entry in data.index.records.items():
        folder, name = key.split("/")
        commands = {
            "treatments": ["treatment", "side-effects", "cite", *(["drug"] if entry.kind in DRUGS else [])],
            "trials": ["trial", "cite"],
            "effects": ["side-effects"],
            "sources": ["cite"],
        }.get(folder, [])
        yield from ((command, [name]) for command in commands)


def pairs(data: Dataset) -> Iterator[Call]:
    """Give every pair of treatments side by side, and every treatment with some side effects."""
    for one, other in itertools.combinations(data.treatments, 2):
        yield "compare", [one, other]
    for name, effect in itertools.product(data.treatments, ("fatigue", "anemia", "jaw-bone-damage")):
        yield "side-effects", [name, effect]


def parts(data: Dataset) -> Iterator[Call]:
    """Give every record with each of its parts and fields, and lists of side effects with theirs."""
    for key in data.treatments:
        drug = data.entry("treatments", key).kind in DRUGS
        yield from (("drug" if drug else "treatment", [key, part]) for part in PARTS)
        yield from (("side-effects", [key, part]) for part in EFFECT_PARTS)
    yield from (("trial", [key, part]) for key in data.trials for part in TRIAL_PARTS)
    for part in PARTS:
        yield "compare", ["sunitinib", "everolimus", part]


def names(data: Dataset) -> Iterator[Call]:
    """Give every name with every command: most are refused by most."""
    for name in data.index.names:
        yield from ((command, [name]) for command in sorted(COMMANDS))
    yield from (("side-effects", [name]) for name in data.index.phrases)


def both(call: Call, *data: Dataset) -> list[str]:
    """Give what each dataset answers to a call, or the problem that it raises."""
    found = []
    for one in data:
        try:
            whole = enveloped(answer(one, *call, DAY), DAY)
            found.append(dump(whole) + "\n" if isinstance(one, Packaged) else render(whole))
        except Exception as problem:
            found.append(repr(problem))
    return found


@pytest.mark.parametrize(
    ("tried", "every"),
    [
        (calls, 7),
        (pairs, 97),
        (parts, 97),
        (names, 297),
        pytest.param(calls, 1, marks=pytest.mark.long),
        pytest.param(pairs, 1, marks=pytest.mark.long),
        pytest.param(parts, 1, marks=pytest.mark.long),
        pytest.param(names, 1, marks=pytest.mark.long),
    ],
)
def test_a_stored_record_gives_the_bytes_of_its_model(
    data: Dataset, tried: Callable[[Dataset], Iterator[Call]], every: int
) -> None:
    """Every record, pair and name: an answer of the texts that are packaged is that of validated models, byte by byte."""
    stored = Packaged()
    for call in itertools.islice(tried(data), 0, None, every):
        model, text = both(call, data, stored)
        assert text == model, call


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the settings of the tests out of the environment: with one, the whole grammar answers."""
    for name in [name for name in os.environ if name.startswith("PNETREF_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "Sutent", "--json"),
        ("--json", "drug", "sunitinib"),
        ("side-effects", "mouth", "sores", "--json"),
        ("compare", "sunitinib", "vs", "everolimus", "--json"),
        ("cite", "doi:10.1056/NEJMoa1003825", "--json"),
        ("drug", "everolimus", "10", "mg", "tabs", "--json"),
        ("drug", "zortress", "--json"),
        ("drug", "sunitinib", "food", "--json"),
        ("drug", "sunitnib", "--json"),
        ("drug", "--json"),
        ("drug", "sunitinib", "--json", "--json"),
        ("drug", "sunitinib", "--json", "--force"),
        ("treatment", "", "--json"),
        ("trial", "sunitinib", "--json"),
        ("side-effects", "sunitinib", "everolimus", "fatigue", "--json"),
        ("drug", "ランレオチド", "--json"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("clean")
def test_both_ways_say_the_same(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    """Whatever is asked: stdout, stderr and the exit code are those of the whole grammar."""
    monkeypatch.delenv("PNETREF_CONFIG", raising=False)
    short = run(*arguments)
    monkeypatch.setattr("pnetref.shortcut.answered", lambda _: False)
    assert run(*arguments) == short


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize(
    "arguments",
    [
        ["drug", "sunitinib"],
        ["drug", "sunitinib", "--json", "--field", "food"],
        ["guide", "factors", "--json"],
        [],
        ["-"],
    ],
    ids=" ".join,
)
def test_other_calls_are_left_to_the_whole_grammar(
    capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    """What the short way does not know it does not touch."""
    assert not answered(arguments)
    assert capsysbinary.readouterr() == (b"", b"")


@pytest.mark.usefixtures("clean")
def test_a_setting_in_the_environment_takes_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is none has to be told, whatever is printed."""
    monkeypatch.setenv("PNETREF_TERMS", "rude")
    assert not answered(["drug", "sunitinib", "--json"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["drug", "sutent", "--json"],
        ["compare", "sunitinib", "everolimus", "--json"],
        ["side-effects", "fatigue", "--json"],
        ["side-effects", "sunitinib", "--json"],
        ["cite", "sunitinib", "--json"],
        ["trial", "radiant-3", "--json"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_the_short_way_imports_no_library(arguments: list[str]) -> None:
    """Neither Pydantic nor Rich nor a model is imported, and but for the version not Typer."""
    probe = (
        "import sys, json\nsys.argv[1:] = json.loads(sys.argv[1])\nfrom pnetref.program import main\n"
        "try: main()\nexcept SystemExit as ended: print(sorted(sys.modules), file=sys.stderr)"
    )
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PNETREF_", "COVERAGE_"))}
    ran = subprocess.run(
        [sys.executable, "-c", probe, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
        env=surroundings,
    )
    assert ran.stdout
    for module in ("pydantic", "rich", "pnetref.models", "dataclasses", "typing_extensions"):
        assert f"'{module}'" not in ran.stderr
    assert ("'typer'" in ran.stderr) == (arguments == ["--version"])


def test_a_record_that_is_not_as_it_was_packaged_is_refused(tmp_path: Path) -> None:
    """The short way serves no changed file: the digest is checked on both."""
    import shutil

    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    changed = root / "treatments" / "sunitinib.json"
    changed.write_text(changed.read_text(encoding="utf-8").replace("37.5 mg", "375 mg"), encoding="utf-8")
    with pytest.raises(Exception, match="not as it was packaged"):
        answer(Packaged(str(root)), "drug", ["sunitinib"], DAY)
