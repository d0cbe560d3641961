"""Many names at once: `drug -`, `side-effects -` and `cite -`."""

import io
import itertools
import json
import subprocess
import sys
from typing import Any

import pytest

from pnetref.formats.lines import LONGEST, PIECE, names

from .conftest import Run
from .test_json import schema, validator

__all__ = ["schema"]  # a fixture of the contract


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give what puts bytes on stdin."""

    def given(text: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))

    return given


@pytest.mark.parametrize(
    ("command", "answer", "opened"),
    [
        ("drug", "DrugAnswer", b"Sutent\nCAPTEM\ntargeted therapy\n"),
        ("side-effects", "SideEffectsAnswer", b"whipple\nAfinitor 10 mg tabs\n"),
        ("side-effects", "EffectAnswer", b"mouth sores\ndiarrhoea\n"),
        ("cite", "CiteAnswer", b"hauser-2019\nsunitinib\nradiant-3\n"),
    ],
)
def test_each_line_is_the_answer_to_its_name(
    run: Run, typed: Any, schema: dict[str, Any], command: str, answer: str, opened: bytes
) -> None:
    """A line has what the name alone gives with `--json`, in the order of the names, and says that it checks nothing."""
    typed(opened)
    ran = run(command, "-", "--json")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    for name, line in zip(opened.decode().splitlines(), lines, strict=True):
        whole = json.loads(line)
        assert list(validator(schema, answer).iter_errors(whole)) == []
        alone = json.loads(run(command, name, "--json").out)
        assert whole["notice"].startswith(alone["notice"])
        assert "no interaction check" in whole["notice"]
        assert {**whole, "notice": ""} == {**alone, "notice": ""}


def test_a_name_that_opens_nothing_has_its_line_and_the_exit_code(run: Run, typed: Any, schema: dict[str, Any]) -> None:
    """An error is a line on stdout in its turn, with what was typed; the code is 1 and stderr counts."""
    typed("sunitinib\nsunitnib\nmouth sores\n薬\neverolimus\n".encode())
    ran = run("drug", "-", "--json")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert [line["drug"]["id"] if "drug" in line else line["typed"] for line in lines] == [
        "sunitinib",
        "sunitnib",
        "mouth sores",
        "薬",
        "everolimus",
    ]
    for line in lines[1:4]:
        assert list(validator(schema, "LineErrorAnswer").iter_errors(line)) == []
    assert "sunitinib" in lines[1]["error"]["suggestions"]
    assert "side-effects mouth-sores" in lines[2]["error"]["message"]
    assert "3 of 5" in json.loads(ran.err)["error"]["message"]


def test_blank_lines_windows_ends_and_a_mark_at_the_start_are_no_names(run: Run, typed: Any) -> None:
    """A list from an editor or a spreadsheet opens as it was meant."""
    typed(b"\xef\xbb\xbfSutent\r\n\r\n   \n\teverolimus \r\n")
    ran = run("drug", "-", "--json")
    assert [json.loads(line)["drug"]["id"] for line in ran.out.splitlines()] == ["sunitinib", "everolimus"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "-"),
        ("drug", "-", "--format", "csv"),
        ("drug", "-", "--json", "--class", "chemotherapy"),
        ("drug", "-", "--json", "--field", "colour"),
        ("cite", "-", "--json", "--field", "colour"),
        ("cite", "-"),
        ("side-effects", "-", "--json", "--system", "soul"),
        ("drug", "-", "--json", "--output", "names.json"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_with_it_are_told_before_a_line_is_read(
    run: Run, typed: Any, arguments: tuple[str, ...]
) -> None:
    """Usage is told once, with exit code 2 and nothing on stdout."""
    typed(b"sunitinib\n")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_options_hold_for_every_line(run: Run, typed: Any) -> None:
    """A field, a day and a filter are of each answer."""
    typed(b"sunitinib\neverolimus\n")
    for line in run("drug", "-", "--json", "--field", "food", "--as-of", "2031-01-01").out.splitlines():
        whole = json.loads(line)
        assert (whole["selected"], whole["as_of"]) == (["food"], "2031-01-01")
        assert {fact["field"] for fact in whole["drug"]["facts"]} == {"food"}


def test_lines_come_as_names_do() -> None:
    """A name is answered while stdin is still open, and the program ends when its reader has gone."""
    with subprocess.Popen(
        [sys.executable, "-m", "pnetref", "cite", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        for name in (b"hauser-2019", b"sunitinib"):
            running.stdin.write(name + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["references"]
        running.stdout.close()
        running.stdin.close()
        assert running.wait(20) == 0


def test_a_line_without_end_is_not_kept() -> None:
    """Of a line that goes on and on the beginning is kept, and the next line is read whole."""

    class Endless(io.RawIOBase):
        sent = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            piece = (
                b"x" * len(buffer) if self.sent < 50_000_000 else b"\nsunitinib\n" if self.sent < 60_000_000 else b""
            )
            self.sent += len(buffer) if piece[:1] == b"x" else 10_000_000
            buffer[: len(piece)] = piece
            return len(piece)

    found = list(itertools.islice(names(io.BufferedReader(Endless())), 5))
    assert [len(name) for name in found] == [LONGEST, len("sunitinib")]


def test_blanks_before_a_name_are_none_of_it() -> None:
    """However many there are, in whatever pieces they come; those behind a name are what makes it too long."""
    many = b" " * (PIECE + LONGEST)
    found = list(names(io.BufferedReader(io.BytesIO(many + b"sunitinib\n\r\n" + many + b"\n\t\n everolimus" + many))))
    assert [name[:11].strip() for name in found] == ["sunitinib", "everolimus"]
    assert [len(name) for name in found] == [len("sunitinib"), LONGEST]


def test_words_behind_it_hold_for_every_line(run: Run, typed: Any) -> None:
    """A part, or a side effect, behind `-` is asked of each name."""
    typed(b"sunitinib\neverolimus\n")
    for line in run("drug", "-", "food", "--json").out.splitlines():
        assert {fact["field"] for fact in json.loads(line)["drug"]["facts"]} == {"food"}
    typed(b"sunitinib\neverolimus\n")
    answers = [json.loads(line) for line in run("side-effects", "-", "fatigue", "--json").out.splitlines()]
    assert [(one["subject"]["id"], one["effect"]["id"]) for one in answers] == [
        ("sunitinib", "fatigue"),
        ("everolimus", "fatigue"),
    ]


@pytest.mark.parametrize("arguments", [("drug", "sunitinib", "-", "--json"), ("cite", "hauser-2019", "-", "--json")])
def test_a_list_on_stdin_is_never_passed_over(run: Run, typed: Any, arguments: tuple[str, ...]) -> None:
    """Where `-` stands behind a name, nothing is answered: the names on stdin would be lost."""
    typed(b"everolimus\n")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "stands first" in ran.err


@pytest.mark.parametrize("text", ["Sutent\n".encode("utf-16"), b"Sut\0ent\n"], ids=["utf-16", "nul"])
def test_what_is_no_utf_8_is_refused(run: Run, typed: Any, text: bytes) -> None:
    """A list in another encoding is told so in one line."""
    typed(text)
    ran = run("drug", "-", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "UTF-8" in ran.err


def test_lines_of_an_old_mac_are_lines(run: Run, typed: Any) -> None:
    """A carriage return alone ends a line too."""
    typed(b"sunitinib\reverolimus\r")
    assert len(run("drug", "-", "--json").out.splitlines()) == 2


def test_a_second_dash_is_refused(run: Run, typed: Any) -> None:
    """`-` stands once, before everything else."""
    typed(b"sunitinib\n")
    assert run("drug", "-", "-", "--json").code == 2


def test_a_closed_stdin_is_no_empty_list(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be read, that is told."""
    monkeypatch.setattr(sys, "stdin", None)
    ran = run("drug", "-", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "closed" in ran.err
