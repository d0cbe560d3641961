"""Faults of the system, one at a time, at every call that can fail; and signals at points all over a run."""

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

FAULTY = Path(__file__).with_name("faulty.py")
OLD = {"old.md": "old\n", "c.toml": "other = 1\n"}

Ran = dict[str, Any]


class Call(NamedTuple):
    """A command with what comes on its stdin."""

    arguments: tuple[str, ...]
    stdin: str = ""


CALLS = {
    "screen": Call(("drug", "carboplatin")),
    "json": Call(("drug", "carboplatin", "--json")),
    "new file": Call(("drug", "carboplatin", "food", "--output", "new.md")),
    "over a file": Call(("drug", "carboplatin", "food", "--output", "old.md", "--force")),
    "set": Call(("config", "set", "terms", "plain")),
    "unset": Call(("config", "unset", "other")),
    "stdin": Call(("drug", "-", "--json"), "carboplatin\nnosuch\nsunitinib\n"),
    "help": Call(("drug", "--help")),
    "version": Call(("--version",)),
    "completion": Call(("completion", "bash")),
    "config": Call(("config",)),
    "references": Call(("cite", "hauser-2019", "--format", "bibtex")),
    "html": Call(("drug", "carboplatin", "--format", "html")),
    "csv": Call(("side-effects", "carboplatin", "--format", "csv")),
    "search": Call(("search", "wound healing")),
    "no name": Call(("drug", "sunitnib")),
    "export": Call(("export", "out")),
    "export over one": Call(("export", "out", "--force")),
}


def tries(tmp_path: Path, names: list[str], count: int, **fault: Any) -> Iterator[tuple[Ran, list[Ran]]]:
    """Run commands whole, and with one fault at ``count`` points spread over each; 0 are all points, 24 of an export."""
    orders = []
    for name in names:
        files = {**OLD, "out/datapackage.json": '{"name": "pnetref", "resources": []}'} if "over one" in name else OLD
        orders.append(
            {
                "arguments": CALLS[name].arguments,
                "stdin": CALLS[name].stdin,
                "files": files,
                "environment": {"PNETREF_CONFIG": "c.toml", "SOURCE_DATE_EPOCH": "1795521600"},
                "scratch": str(tmp_path),
                "count": min(count or 24, 24) if name.startswith("export") else count,
                **fault,
            }
        )
    ran = subprocess.run(
        [sys.executable, str(FAULTY)], input=json.dumps(orders) + "\n", stdout=subprocess.PIPE, text=True, check=True
    )
    for whole, *others in json.loads(ran.stdout):
        assert others
        yield whole, others


def holds(whole: Ran, ran: Ran, *, signalled: bool = False) -> None:
    """Check that a run gave its whole answer, or said in a line that it did not, and left old or new whole."""
    at = f"{ran['number']} of {whole['count']}: {ran['name']}: {ran['code']} {ran['err'][:300]}"
    out, given = base64.b64decode(ran["out"]), base64.b64decode(whole["out"])
    assert "Traceback" not in ran["err"], at
    assert "reinstall" not in ran["err"], at
    if ran["code"] == whole["code"]:
        assert out == given, at
        assert ran["err"].count("\n") <= whole["err"].count("\n") + 1, at
    else:
        assert ran["code"] in ({130, -signal.SIGTERM, -signal.SIGHUP} if signalled else {3}), at
        assert given.startswith(out), at
        assert ran["err"] in ("", whole["err"]) if signalled else ran["err"].count("\n") == 1, at
    expected = [whole["left"]] if ran["code"] == 0 else [ran["before"], whole["left"]]
    left = ran["left"]
    if ran["name"] in ("unlink", "rmdir"):  # what the system does not let be removed stays
        left = {name: digest for name, digest in left.items() if not name.startswith(".pnetref-")}
    assert left in expected, (at, sorted(left))


WRITING = ("new file", "over a file", "set", "export over one")
"""Those that write a file: with every error and every signal."""


def param(name: str, *others: Any) -> Any:
    """Give what is tried of one command, in the long tests."""
    return pytest.param([name], *others, marks=pytest.mark.long, id=", ".join([name, *map(str, others)]))


@pytest.mark.parametrize(
    ("names", "count", "error"),
    [
        pytest.param(["screen", "json", "over a file", "new file", "set", "stdin"], 4, "ENOSPC", id="some"),
        *(param(name, 0, "EIO") for name in CALLS),
        *(param(name, 0, error) for name in WRITING for error in ("ENOSPC", "EACCES", "EINTR", "EMFILE")),
    ],
)
def test_a_call_that_fails_costs_a_line_and_no_file(tmp_path: Path, names: list[str], count: int, error: str) -> None:
    """Each open, read, write, sync, move and link fails once: the answer is whole, or the code is 3 and one line says why.

    The old file is whole or the new one is, and nothing else is left.
    """
    for whole, others in tries(tmp_path, names, count, error=error, warm=True):
        for ran in others:
            holds(whole, ran)


@pytest.mark.parametrize(
    ("names", "count", "warm", "sent"),
    [
        pytest.param(["screen", "over a file", "set"], 3, True, "SIGINT", id="some"),
        *(param(name, 60, warm, "SIGINT") for name in CALLS for warm in (True, False)),
        *(param(name, 60, True, sent) for name in WRITING for sent in ("SIGTERM", "SIGHUP")),
    ],
)
def test_a_signal_anywhere_leaves_nothing_half_done(
    tmp_path: Path, names: list[str], count: int, warm: bool, sent: str
) -> None:
    """Ctrl-C is 130 without a word, wherever it comes: while modules are imported, records validated, files written."""
    for whole, others in tries(tmp_path, names, count, signal=int(signal.Signals[sent]), warm=warm):
        for ran in others:
            holds(whole, ran, signalled=True)
        assert any(ran["code"] != whole["code"] for ran in others)
