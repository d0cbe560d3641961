"""Every packaged file broken in every way: whoever reads it says so, and nobody serves it."""

import functools
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pnetref import DataProblem, load
from pnetref.checking import MOST, report
from pnetref.completion import answer as completed
from pnetref.dataset import DATA, Dataset
from pnetref.stored import Packaged

from .conftest import Ran, Run, repackage

Break = Callable[[Path], object]

FILES = sorted(path.relative_to(DATA).as_posix() for path in Path(DATA).rglob("*") if path.is_file())
"""Every packaged file."""

READ_BY_NONE = ("README.md", "references.csl", "schema.json")
"""What is packaged for people and for those who change the data."""


def rewritten(edit: Callable[[bytes], bytes]) -> Break:
    """Give a way to break a file: its bytes as ``edit`` makes them, which are others."""

    def rewrite(path: Path) -> None:
        content = path.read_bytes()
        assert edit(content) != content
        path.write_bytes(edit(content))

    return rewrite


def in_place(make: Callable[[Path], object]) -> Break:
    """Give a way to break a file: something else in its place."""

    def replace(path: Path) -> None:
        path.unlink()
        make(path)

    return replace


def one_letter(content: bytes) -> bytes:
    """Change one letter in the middle: what is well-formed stays so, and is as long."""
    at = len(content) // 2
    while not content[at : at + 1].isalpha():
        at += 1
    return content[:at] + (b"x" if content[at : at + 1] != b"x" else b"y") + content[at + 1 :]


def without_a_line(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join((*lines[: len(lines) // 2], *lines[len(lines) // 2 + 1 :]))


def huge(path: Path) -> None:
    """Make a file of a terabyte that takes no place."""
    with path.open("r+b") as file:
        file.truncate(1 << 40)


BROKEN: dict[str, Break] = {
    "missing": Path.unlink,
    "empty": rewritten(lambda _: b""),
    "truncated": rewritten(lambda content: content[: len(content) // 2]),
    "without a line": rewritten(without_a_line),
    "one letter": rewritten(one_letter),
    "not UTF-8": rewritten(lambda content: content[: len(content) // 2] + b"\xff" + content[len(content) // 2 + 1 :]),
    "binary": rewritten(lambda content: bytes(range(256)) * (len(content) // 256 + 1)),
    "longer": rewritten(lambda content: content + b"\n"),
    "a folder": in_place(Path.mkdir),
    "a pipe": in_place(os.mkfifo),
    "a device": in_place(lambda path: path.symlink_to("/dev/zero")),
    "a circle of links": in_place(lambda path: path.symlink_to(path)),
    "a link to nothing": in_place(lambda path: path.symlink_to(path.with_suffix(".none"))),
    "huge": huge,
}
"""How a file is broken."""

SAMPLE = {
    "treatments/sunitinib.json": "one letter",
    "manifest.json": "a pipe",
    "partners.json": "truncated",
    "effects.json": "a device",
    "trials/radiant-3.json": "huge",
    "sources/hauser-2019.json": "missing",
    "settings/gastrinoma.json": "not UTF-8",
    "topics/team.json": "empty",
    "index/digests.tsv": "a circle of links",
    "index/names.tsv": "one letter",
    "index/passages.tsv": "one letter",
    "index/uses.tsv": "a folder",
    "index/records.tsv": "without a line",
    "completion.tsv": "one letter",
}
"""What the short suite tries."""


def calls(shown: str) -> Iterator[tuple[str, ...]]:
    """Give calls that read a file, of a screen and of JSON, by the short way where there is one."""
    folder, _, name = shown.removesuffix(".json").rpartition("/")
    commands: dict[str, list[tuple[str, ...]]] = {
        "treatments": [("treatment", name), ("guide", "questions", name)],
        "sources": [("cite", name)],
        "trials": [("trial", name)],
        "settings": [("treatment", "--for", name)],
        "topics": [("guide", name)],
        "effects": [("side-effects",)],
        "partners": [("search", "grapefruit")],
        "manifest": [("drug", "sunitinib"), ("trial",)],
        "digests.tsv": [("drug", "sunitinib"), ("guide",)],
        "names.tsv": [("drug", "sutent")],
        "records.tsv": [("drug",), ("compare", "sunitinib", "everolimus")],
        "phrases.tsv": [("side-effects", "mouth", "sores")],
        "bags.tsv": [("side-effects", "sores", "in", "my", "mouth")],
        "reports.tsv": [("side-effects", "fatigue")],
        "signs.tsv": [("side-effects", "fatigue")],
        "lost.tsv": [("side-effects", "fatigue")],
        "passages.tsv": [("search", "wound", "healing")],
        "words.tsv": [("search", "healingg")],
        "uses.tsv": [("cite", "sunitinib", "--json")],
    }
    for command in commands[folder if folder in commands else name]:
        yield command
        if "--json" not in command:
            yield (*command, "--json")


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the data, made once."""
    return Path(shutil.copytree(DATA, tmp_path_factory.mktemp("garden") / "data"))


@pytest.fixture
def planted(garden: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the copy, which every way of answering reads, and nothing waits for longer than a minute."""
    monkeypatch.setattr("pnetref.stored.Packaged", lambda *_: Packaged(str(garden)))
    monkeypatch.setattr("pnetref.completion.FILE", str(garden / "completion.tsv"))
    monkeypatch.setattr("pnetref.checking.report", functools.partial(report, str(garden)))
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it waits"))
    signal.alarm(60)
    yield garden
    signal.alarm(0)


@pytest.fixture
def answering(run: Run, planted: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command over the copy, which is opened anew."""
    monkeypatch.setenv("PNETREF_CONFIG", os.devnull)  # another setting would leave all to the whole grammar

    def call(*arguments: str, columns: int | None = None) -> Ran:
        monkeypatch.setattr("pnetref.formats.load", lambda: Dataset(str(planted)))
        monkeypatch.setattr("pnetref.bare.Packaged", lambda: Packaged(str(planted)))
        return run(*arguments, columns=columns)

    return call


def mend(garden: Path, shown: str) -> None:
    """Put the file back as it was."""
    path = garden / shown
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    elif path.is_symlink() or path.exists():
        path.unlink()
    shutil.copy2(Path(DATA) / shown, path)


def refused(ran: Ran, shown: str) -> None:
    """Check that a command said in one line which file is broken, and nothing else."""
    assert (ran.code, ran.out) == (3, ""), (shown, ran)
    assert shown in ran.err
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def tried() -> list[Any]:
    """Give each file and how it is broken: a sample, and all of them in the long suite."""
    return [
        pytest.param(shown, marks=() if shown in SAMPLE else pytest.mark.long)
        for shown in FILES
        if shown not in READ_BY_NONE and shown != "completion.tsv"
    ]


@pytest.mark.parametrize("shown", tried())
def test_a_broken_file_is_named_by_who_reads_it(
    shown: str, answering: Run, planted: Path, request: pytest.FixtureRequest
) -> None:
    """On a screen, in JSON by both ways and from Python: exit 3 with the name of the file, and nothing on stdout.

    A line of an index that is not asked for does not matter: the answer is the same.
    """
    every = "long" in request.config.getoption("-m") and "not long" not in request.config.getoption("-m")
    kinds = BROKEN if every else {SAMPLE[shown]: BROKEN[SAMPLE[shown]]}
    whole = {call: answering(*call) for call in calls(shown)}
    assert all(ran.code == 0 or shown == "index/words.tsv" for ran in whole.values()), whole
    for kind, broken in kinds.items():
        try:
            broken(planted / shown)
            found = {call: answering(*call) for call in calls(shown)}
            if shown.startswith("index/") and kind in ("one letter", "not UTF-8"):
                found = {call: ran for call, ran in found.items() if ran != whole[call]}
            for ran in found.values():
                refused(ran, shown)
            if not shown.startswith("index/"):
                with pytest.raises(DataProblem, match=shown):
                    everything_of(shown, planted)
        finally:
            mend(planted, shown)


def everything_of(shown: str, root: Path) -> object:
    """Read a record, or a file that holds for all, from Python."""
    data = load(str(root))
    folder, _, name = shown.removesuffix(".json").rpartition("/")
    return getattr(data, folder)[name] if folder else getattr(data, "vocabulary" if name == "effects" else name)


@pytest.mark.parametrize("shown", [pytest.param(s, marks=() if s in SAMPLE else pytest.mark.long) for s in FILES])
def test_a_file_that_cannot_be_opened_is_named(shown: str, answering: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What may not be read, or fails while it is read, is broken for who reads it, and for nobody else."""
    opened = os.open

    def refuse(path: Any, *others: Any, **more: Any) -> int:
        if str(path).replace(os.sep, "/").endswith(f"/data/{shown}"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *others, **more)

    monkeypatch.setattr(os, "open", refuse)
    ran = answering("--check")
    assert (ran.code, ran.out) == (3, "")
    assert f"{shown}: Permission denied" in ran.err
    if shown in READ_BY_NONE or shown == "completion.tsv":
        assert answering("drug", "sunitinib").code == 0
        return
    for call in calls(shown):
        ran = answering(*call)
        refused(ran, shown)
        assert "Permission denied" in ran.err


@pytest.mark.parametrize("kind", BROKEN)
def test_a_word_is_not_completed_from_a_broken_file(
    kind: str, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """At TAB a broken file is told to nobody: nothing is printed, at once, and the code says so."""
    try:
        BROKEN[kind](planted / "completion.tsv")
        assert completed("bash", ["pnetref drug sun", ""]) == 1
    finally:
        mend(planted, "completion.tsv")
    assert capfd.readouterr() == ("", "")
    assert completed("bash", ["pnetref drug sun", ""]) == 0


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize(
    "shown", [pytest.param(s, marks=() if s == "schema.json" else pytest.mark.long) for s in (*READ_BY_NONE, *SAMPLE)]
)
def test_checking_names_every_broken_file(kind: str, shown: str, answering: Run, planted: Path) -> None:
    """`--check` names what is missing, special or changed, be it read by a command or not."""
    try:
        BROKEN[kind](planted / shown)
        ran = answering("--check")
    finally:
        mend(planted, shown)
    assert (ran.code, ran.out) == (3, "")
    assert shown in ran.err
    assert "1 fault" in ran.err or shown == "index/digests.tsv"


def test_checking_names_what_was_never_packaged(answering: Run, planted: Path) -> None:
    """A file that is no part of the data is named, and so is a link to a folder."""
    (planted / "treatments" / "aspirin.json").write_text("{}")
    (planted / "more").symlink_to("/etc")
    try:
        ran = answering("--check")
    finally:
        (planted / "treatments" / "aspirin.json").unlink()
        (planted / "more").unlink()
    assert (ran.code, ran.out) == (3, "")
    assert "treatments/aspirin.json: no such file was packaged" in ran.err
    assert "more: no such file was packaged" in ran.err
    assert "2 faults" in ran.err


def test_checking_tells_a_bounded_number_of_faults(answering: Run, planted: Path) -> None:
    """Of a data set without its records, the first faults are told, and how many there are."""
    names = sorted((planted / "sources").iterdir())
    (planted / "sources").rename(planted / "others")
    try:
        ran = answering("--check")
    finally:
        (planted / "others").rename(planted / "sources")
    assert ran.code == 3
    assert len(ran.err.splitlines()) == MOST + 1
    assert f"{len(names) * 2} faults, of which {MOST} are told" in ran.err


@pytest.mark.long
def test_checking_runs_the_rules_over_what_is_as_it_was_packaged(answering: Run, planted: Path) -> None:
    """Data whose digests are right and that breaks a rule is told by the name of the rule; whole data says what was checked."""
    assert answering("--check").code == 0
    assert "no fault found" in answering("--check").out
    path = planted / "treatments" / "sunitinib.json"
    record = json.loads(path.read_bytes())
    record["side_effects"][0]["effect"] = "no-such-effect"
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    repackage(planted)
    try:
        ran = answering("--check")
    finally:
        mend(planted, "treatments/sunitinib.json")
        mend(planted, "index/digests.tsv")
    assert (ran.code, ran.out) == (3, "")
    assert "effects-known: treatments/sunitinib: no side effect no-such-effect in effects.json" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("arguments", [("--json",), ("drug",), ("--output", "x"), ("--format", "csv")], ids=" ".join)
def test_checking_stands_alone(run: Run, arguments: tuple[str, ...]) -> None:
    """What goes with no check is told before anything is read."""
    ran = run("--check", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "stands alone" in ran.err


@pytest.mark.parametrize("name", ["lost", pytest.param("names", marks=pytest.mark.long)])
def test_a_damaged_index_denies_nothing(name: str, garden: Path) -> None:
    """Whichever line is damaged, or stands elsewhere: each key opens what it opened, or the file is named."""
    whole = dict(getattr(Dataset().index, name))
    path = garden / "index" / f"{name}.tsv"
    lines = path.read_bytes().splitlines(keepends=True)
    others = (
        [*lines[1:], lines[0]],
        [*lines[:3], *reversed(lines[3:])],
        sorted(lines, key=lambda line: line.lower()[1:]),
    )
    damaged = [[*lines[:at], b"~" + line[1:], *lines[at + 1 :]] for at, line in enumerate(lines)]
    damaged += [[*lines[:at], b"!" + line[1:], *lines[at + 1 :]] for at, line in enumerate(lines)]
    try:
        for now in (*damaged[:: max(1, len(damaged) // 40)], *others):
            path.write_bytes(b"".join(now))
            read = getattr(Dataset(str(garden)).index, name)
            for key, opens in whole.items():
                try:
                    found = read.get(key)
                except DataProblem:
                    found = opens
                assert found == opens
            with pytest.raises(DataProblem, match=f"index/{name}.tsv"):
                dict(read)
    finally:
        mend(garden, f"index/{name}.tsv")


def test_data_of_another_version_is_refused_by_both_ways(answering: Run, planted: Path) -> None:
    """What a later version packaged may mean something else: it is not read as if it were of this one."""
    path = planted / "manifest.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"schema_version": 1', '"schema_version": 2'), encoding="utf-8"
    )
    repackage(planted)
    try:
        for arguments in (("drug", "sunitinib"), ("drug", "sunitinib", "--json"), ("--version",)):
            refused(answering(*arguments), "manifest.json")
        with pytest.raises(DataProblem, match=r"manifest\.json"):
            load(str(planted)).drug("sunitinib")
    finally:
        mend(planted, "manifest.json")
        mend(planted, "index/digests.tsv")
