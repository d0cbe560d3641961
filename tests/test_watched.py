"""What a command asks of the system: no network, no process but the pager, no file but those it is asked for."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import typer

import pnetref
from pnetref.cli import app

WATCHED = Path(__file__).with_name("watched.py")
CALLS: dict[str, tuple[str, ...]] = {
    "drug": ("sunitinib",),
    "compare": ("sunitinib", "everolimus"),
    "side-effects": ("mouth", "sores"),
    "cite": ("sunitinib",),
    "treatment": ("whipple",),
    "guide": ("questions", "sunitinib"),
    "search": ("wound healing",),
    "trial": ("radiant-3",),
    "export": ("out",),
    "completion": ("bash",),
    "config": (),
    "config get": ("terms",),
    "config set": ("terms", "plain"),
    "config unset": ("terms",),
    "config path": (),
}
"""Every command, with words that it answers."""
ANSWERS = ("drug", "compare", "side-effects", "cite", "treatment", "guide", "search", "trial")
FORMS: dict[str, tuple[str, ...]] = {
    "screen": (),
    "json": ("--json",),
    "markdown": ("--format", "markdown"),
    "html": ("--format", "html"),
    "csv": ("--format", "csv"),
    "bibtex": ("--format", "bibtex"),
    "ris": ("--format", "ris"),
    "csl-json": ("--format", "csl-json"),
    "file": ("--output", "answer.md"),
    "missed": ("xyzzy",),
    "help": ("--help",),
}
SETTINGS = "settings.toml"


SOME = [
    ("drug", "sunitinib"),
    ("compare", "sunitinib", "everolimus", "--json"),
    ("trial", "radiant-3", "--output", "answer.md"),
    ("config", "set", "terms", "plain"),
    ("drug", "-", "--json"),
]


def of_command(command: str) -> list[tuple[str, ...]]:
    """Give a command in every form that it has."""
    own = FORMS if command in ANSWERS else {form: FORMS[form] for form in ("screen", "json", "help")}
    return [(*command.split(), *CALLS[command], *options) for options in own.values()]


def test_every_command_is_watched() -> None:
    """A new command has to be called here."""
    whole: Any = typer.main.get_command(app)
    found = set()
    for name, command in whole.commands.items():
        found |= {name, *(f"{name} {below}" for below in getattr(command, "commands", {}))}
    assert found == set(CALLS)


def watched(
    tmp_path: Path, *calls: tuple[str, ...], terminal: bool = False, **environment: str
) -> list[dict[str, Any]]:
    """Run commands, and give what each asked of the system."""
    (tmp_path / "names").write_text("sunitinib\n", encoding="utf-8")
    (tmp_path / "here").mkdir(exist_ok=True)
    (tmp_path / "here" / SETTINGS).write_text('color = "never"\n', encoding="utf-8")
    orders = [
        {
            "arguments": call,
            "terminal": terminal,
            "folder": str(tmp_path / "here"),
            "stdin": str(tmp_path / "names"),
            "environment": {"PNETREF_CONFIG": SETTINGS, "HOME": str(tmp_path), **environment},
        }
        for call in calls
    ]
    ran = subprocess.run(
        [sys.executable, str(WATCHED)], input=json.dumps(orders) + "\n", stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in ran.stdout.splitlines() if line]


def ours(path: str) -> bool:
    """Tell whether a path is of the interpreter, of this package or of a library."""
    homes = {
        sys.prefix,
        sys.base_prefix,
        *sysconfig.get_paths().values(),
        str(Path(pnetref.__file__).parent),
        *sys.path,
    }
    return any(home and Path(path).is_relative_to(os.path.abspath(home)) for home in homes)


def check(told: dict[str, Any], here: Path, writes: tuple[str, ...], reads: tuple[str, ...] = ()) -> None:
    """Check that nothing was read and written but what may be."""
    assert told["network"] == []
    may_read = {str(here / name) for name in (SETTINGS, *reads)}
    read = [path for path in told["read"] if not ours(path) and path not in may_read]
    assert [path for path in read if not Path(path).is_relative_to(here) or not writes] == []
    targets = {str(here / name) for name in writes} | ({str(here)} if writes else set())
    written = [
        path
        for path in told["written"]
        if path not in targets
        and path != os.devnull
        and not path.startswith(f"{here}{os.sep}.pnetref-")
        and not ("__pycache__" in path and ours(path))
    ]
    assert written == []


@pytest.mark.parametrize(
    "calls",
    [
        pytest.param(SOME, id="some"),
        *(pytest.param(of_command(command), id=command, marks=pytest.mark.long) for command in CALLS),
        pytest.param(
            [("sutent",), ("--version",), ("cite", "hauser-2019", "--style", "mine.csl"), ("nosuch",), ()],
            id="others",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_command_reads_and_writes_what_it_is_asked_for(tmp_path: Path, calls: list[tuple[str, ...]]) -> None:
    """No network, no process, nothing read but the package, the settings and what is named, nothing written but that."""
    writes = {"answer.md": "answer.md", "out": "out", "set": SETTINGS, "unset": SETTINGS}
    for call, told in zip(calls, watched(tmp_path, *calls), strict=True):
        assert told["code"] in (0, 1, 2), call
        assert told["started"] == [], call
        assert told["read"], call
        wanted = tuple(target for word, target in writes.items() if word in call and "--help" not in call)
        check(told, tmp_path / "here", wanted, ("mine.csl",))
        if wanted and told["code"] == 0:
            assert any(path.startswith(str(tmp_path)) for path in told["written"]), call


def test_the_pager_is_the_one_process_and_on_a_terminal_alone(tmp_path: Path) -> None:
    """A card that is longer than the terminal starts the pager that is set, and nothing else."""
    call = ("drug", "carboplatin", "all", "--pager", "cat")
    (shown,) = watched(tmp_path, call, terminal=True, TERM="xterm")
    (piped,) = watched(tmp_path, call, TERM="xterm")
    assert piped["started"] == []
    assert [line.split()[0] for line in shown["started"] if "subprocess" in line] == ["subprocess.Popen"]
    assert all("cat" in line or "os.posix_spawn" in line for line in shown["started"])
    check(shown, tmp_path / "here", ())
