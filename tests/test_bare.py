"""Names without a command, filters in plain words, the pager, and the plain layout."""

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("sunitinib", "drug sunitinib"),
        ("Sutent", "drug Sutent"),
        ("whipple", "treatment whipple"),
        ("sunitinib everolimus", "compare sunitinib everolimus"),
        ("sunitinib nausea", "side-effects sunitinib nausea"),
        ("mouth sores", "side-effects 'mouth sores'"),
        ("radiant-3", "trial radiant-3"),
        ("radiant-3 results", "trial radiant-3 results"),
        ("insulinoma", "treatment --for insulinoma"),
        ("factors", "guide factors"),
        ("hauser-2019", "cite hauser-2019"),
        ("grapefruit", "search grapefruit"),
        ("sunitinib missed dose", "drug sunitinib missed dose"),
        ("zortress interactions", "drug zortress interactions"),
        ("side effects sunitinib", "side-effects sunitinib"),
    ],
)
@pytest.mark.parametrize("option", [[], ["--json"]], ids=["screen", "json"])
def test_names_alone_open_their_command(run: Run, typed: str, command: str, option: list[str]) -> None:
    """What the words name is opened as its own command would, with the same JSON."""
    bare = run(*shlex.split(typed), *option)
    assert bare == run(*shlex.split(command), *option)
    assert bare.code == 0


def test_filters_take_plain_words(run: Run) -> None:
    """A route and a measure are understood in other words for them."""
    assert run("drug", "--route", "oral") == run("drug", "--route", "by mouth")
    assert run("drug", "--route", "IV") == run("drug", "--route", "into a vein")
    assert run("trial", "--measure", "pfs") == run("trial", "--measure", "progression-free survival")


def test_the_plain_layout_sets_nothing_side_by_side(run: Run) -> None:
    """For a screen reader labels stand above their lines, and signs are said in words."""
    plain = run("drug", "sunitinib", "--layout", "plain", columns=100).out
    assert "\nPregnancy\n  " in plain
    assert "(said of more than pNET)" in plain
    assert "°" not in plain
    beside = run("compare", "sunitinib", "everolimus", "--layout", "plain", columns=160).out
    assert "\n  sunitinib: " in beside
    assert "\n  everolimus: " in beside


@pytest.mark.parametrize("arguments", [("--help",), ("drug", "--help"), ("side-effects", "--help")], ids=" ".join)
def test_help_fits_a_narrow_terminal(arguments: tuple[str, ...]) -> None:
    """Help is at most 45 columns wide where the terminal is."""
    ran = subprocess.run(
        [sys.executable, "-m", "pnetref", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "45"},
    )
    assert max(map(len, ran.stdout.splitlines())) <= 45


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """Give what a program shows in a terminal of 24 lines."""
    leader, follower = pty.openpty()
    os.set_blocking(leader, True)
    surroundings = {**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment}
    process = subprocess.Popen(
        [sys.executable, "-m", "pnetref", *arguments],
        stdout=follower,
        stdin=follower,
        stderr=follower,
        env=surroundings,
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(leader)
    assert process.wait() == 0
    return shown.decode("utf-8", "replace")


def test_what_is_longer_than_the_screen_goes_through_the_pager(tmp_path: Path) -> None:
    """On a terminal the setting, then PAGER, is the pager; never where it is told so or TERM is dumb."""
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\necho THROUGH $1\ncat > /dev/null\n", encoding="utf-8")
    script.chmod(0o755)
    assert "THROUGH it" in in_a_terminal("drug", "sunitinib", PNETREF_PAGER=f"{script} it")
    assert "THROUGH" in in_a_terminal("drug", "sunitinib", PAGER=str(script))
    assert "THROUGH" not in in_a_terminal("drug", "sunitinib", PAGER=str(script), PNETREF_PAGER="never")
    assert "THROUGH" not in in_a_terminal("drug", "sunitinib", PAGER=str(script), TERM="dumb")
    assert "THROUGH" not in in_a_terminal("config", PAGER=str(script))


def test_a_pipe_has_no_pager(tmp_path: Path) -> None:
    """What goes into a pipe is printed whole, whatever the pager is."""
    ran = subprocess.run(
        [sys.executable, "-m", "pnetref", "drug", "sunitinib"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PNETREF_PAGER": str(tmp_path / "none")},
    )
    assert "Decide with your care team" in ran.stdout
