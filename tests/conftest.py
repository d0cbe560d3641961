"""What the tests share: the command line run in process, and the packaged data."""

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import pnetref
from pnetref import load
from pnetref.dataset import Dataset
from pnetref.index import digest_of, lines_of
from pnetref.program import main

DAY = "2026-11-24"


HOSTILE = {
    "a control": "A drug\x07 that blocks.",
    "a line feed": "A drug\nthat blocks.",
    "a carriage return": "A drug\rthat blocks.",
    "a tab": "A drug\tthat blocks.",
    "an escape": "A drug \x1b[31mthat\x1b[0m blocks.",
    "a title of the window": "A drug \x1b]0;owned\x07 that blocks.",
    "a link of the terminal": "A drug \x1b]8;;https://evil.example\x1b\\that\x1b]8;;\x1b\\ blocks.",
    "an escape in one letter": "A drug \x9b31mthat blocks.",
    "a delete": "A drug\x7f that blocks.",
    "letters turned around": "A drug \u202ethat\u202c blocks.",
    "letters kept apart": "A drug \u2066that\u2069 blocks.",
    "a letter of no width": "A dr\u200bug that blocks.",
    "a soft hyphen": "A dr\u00adug that blocks.",
    "a mark of byte order": "\ufeffA drug that blocks.",
    "a line separator": "A drug\u2028that blocks.",
    "a tag": "A drug\U000e0041 that blocks.",
    "a blank of no break": "A drug\u00a0that blocks.",
    "a style of Rich": "A drug [red]that[/red] blocks.",
    "a link of Rich": "A drug [link=https://evil.example]that[/link] blocks.",
    "an action of Rich": "A drug [@click=app.quit]that[/] blocks.",
    "HTML": "A drug <b>that</b> blocks.",
    "a script": "A drug <script>alert(1)</script> that blocks.",
    "an image": '"><img src=x onerror=alert(1)>',
    "an entity": "A drug &lt;b&gt; that &#98; blocks.",
    "a comment": "A drug <!-- that --> blocks.",
    "a link of Markdown": "A drug [that](javascript:alert(1)) blocks.",
    "an image of Markdown": "A drug ![that][x] blocks.",
    "code": "A drug `that` blocks.",
    "a scheme": "A drug javascript:alert(1) blocks.",
    "an address": "A drug https://evil.example that blocks.",
    "a formula": "=1+1",
    "a formula with a plus": "+1+1",
    "a formula with a minus": "-1+1",
    "a formula with an at": "@SUM(1;1)",
    "a command of TeX": "A drug \\input{/etc/passwd} that blocks.",
    "a brace": "A drug } that blocks.",
    "two blanks": "A drug  that blocks.",
}
"""Texts of which some terminal, format or program could read more than they say."""


def repackage(root: Path) -> None:
    """Write the digests of the files of a copy of the data as they are now, as a curator does who changed them."""
    digests = root / "index" / "digests.tsv"
    names = [line.split("\t")[0] for line in digests.read_text(encoding="utf-8").splitlines()]
    contents = {name: (root / name).read_bytes() for name in names}
    digests.write_bytes(lines_of((name, digest_of(content), str(len(content))) for name, content in contents.items()))


class Ran(NamedTuple):
    """The exit code of a command and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings and the colors of whoever runs the tests out of them, in other processes too."""
    gc.set_threshold(100_000, 50, 100)  # the data stays to the end: looking through it often takes a fifth of the time
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PNETREF_")]:
            if name != "PNETREF_UPDATE_GOLDENS":
                patch.delenv(name)
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "SOURCE_DATE_EPOCH"):
            patch.delenv(name, raising=False)
        patch.setenv("PNETREF_CONFIG", str(tmp_path_factory.mktemp("settings") / "config.toml"))
        yield


def import_all() -> None:
    """Import every module of the program."""
    for module in pkgutil.walk_packages(pnetref.__path__, "pnetref."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.fixture(scope="session", autouse=True)
def imported() -> None:
    """Import every module: one that is imported while a test has changed a constant would keep what that test made it."""
    import_all()


@pytest.fixture(scope="session")
def data() -> Dataset:
    return load()


@pytest.fixture(params=[3, pytest.param(1, marks=pytest.mark.long)], ids=["a third", "all"])
def step(request: pytest.FixtureRequest) -> int:
    """Give the step in which records are gone through: every third, or all in the long tests."""
    assert isinstance(request.param, int)
    return request.param


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object, data: Dataset) -> Run:
    """Run ``pnetref`` with arguments; the day, the width and the settings file are fixed, and the data is read once."""
    monkeypatch.setattr("pnetref.formats.load", lambda: data)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")  # 2026-11-24
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PNETREF_CONFIG", os.path.join(str(tmp_path), "config.toml"))

    def call(*arguments: str, columns: int | None = None) -> Ran:
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(sys, "argv", ["pnetref", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    return call
