"""What the tests share: the command line run in process, and the packaged data."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from pnetref import load
from pnetref.dataset import Dataset
from pnetref.program import main

DAY = "2026-11-24"


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
