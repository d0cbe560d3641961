"""Every block of every document runs, or says why it does not.

A block is known by the word behind its fence: ``bash``, ``python`` and ``sql`` run, in the order of their page and in one
folder for it; ``json`` is read; ``text`` under a block is what that block prints, and ``…`` at its end says that more
follows. What does not run has a line ``<!-- not run: reason -->`` above it.
``PNETREF_UPDATE_GOLDENS=1 python -m pytest -n 0 tests/test_examples.py`` writes what blocks print today under them.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import Run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
UPDATE = bool(os.environ.get("PNETREF_UPDATE_GOLDENS"))
BLOCK = re.compile(r"^(?:<!-- (?P<mark>.+?) -->\n)?```(?P<word>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)
ELSEWHERE = {
    ("python.md", "python"): "tests/test_python.py runs them as doctests",
    ("data.md", "sql"): "tests/test_export.py runs them with the types of the data package",
    ("cli.md", "console"): "written from the commands, whose examples tests/test_docs.py runs",
}
"""Pages whose blocks of a word another test goes through."""
TOOLS = ("jq", "pandoc")
PLAIN = re.compile(r"pnetref [^|<>;&$()`\\]+")
DAY = "1795521600"  # 2026-11-24


class Block(NamedTuple):
    """A fenced block: where its text stands in the page, what is said above it, and its word."""

    line: int
    start: int
    mark: str
    word: str
    text: str


class Printed(NamedTuple):
    """What a block printed, or why it could not run here."""

    text: str
    lacks: str = ""


def blocks(page: Path) -> list[Block]:
    """Give the blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, b.start("text")), b.start("text"), b["mark"] or "", b["word"], b["text"])
        for b in BLOCK.finditer(text)
    ]


def fate(page: Path, block: Block) -> str:
    """Tell what becomes of a block: ``run``, ``read``, ``printed`` or ``elsewhere``; empty where nobody looks at it."""
    if re.fullmatch(r"not run: .{10,}", block.mark) or (page.name, block.word) in ELSEWHERE:
        return "elsewhere"
    if page.name == "README.md" and (block.mark in ("run", "test") or block.mark.startswith("screen: ")):
        return "elsewhere"  # run by .ci/run; written by docs/generate.py and compared in tests/test_docs.py
    return {"bash": "run", "python": "run", "sql": "run", "json": "read", "text": "printed"}.get(block.word, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_block_stands_unread(page: Path) -> None:
    """Each block of a document runs, is read, is what another prints, or says why it is none of these."""
    found = blocks(page)
    assert len(FENCE.findall(page.read_text(encoding="utf-8"))) == 2 * len(found)
    before = ""
    for block in found:
        now = fate(page, block)
        assert now, f"{page.name}:{block.line}: nothing runs this block, and no comment says why"
        assert now != "printed" or before == "run", f"{page.name}:{block.line}: no block above prints this"
        before = now
        if now == "read":
            json.loads(block.text)


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """Give the environment of a shell that has this pnetref and this Python, the day of the tests and no settings."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, call in (("pnetref", f'"{sys.executable}" -m pnetref'), ("python3", f'"{sys.executable}"')):
        (programs / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PNETREF_CONFIG": str(tmp_path / "config.toml"),
        "SOURCE_DATE_EPOCH": DAY,
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


def in_process(block: Block, run: Run) -> Printed:
    """Run a block that has nothing but calls of pnetref, each of which must find something and print or write it."""
    printed = ""
    for line in block.text.splitlines():
        if arguments := shlex.split(line, comments=True):
            ran = run(*arguments[1:], columns=80)
            assert (ran.code, ran.err) == (0, ""), f"{line}\n{ran.err}"
            assert ran.out or "--output" in arguments or "set" in arguments, line
            printed += ran.out
    return Printed(printed)


def in_bash(block: Block, folder: Path, shell: dict[str, str], run: Run) -> Printed:
    """Run a block as it stands in bash; it must end well, say nothing on stderr, and print or write something.

    Where its first line is a call with a pipe behind it, that call is run here, which spares a start of Python.
    """
    if lacks := [
        tool for tool in ("bash", *TOOLS) if re.search(rf"\b{tool}\b", f"bash {block.text}") and not shutil.which(tool)
    ]:
        return Printed("", f"{' and '.join(lacks)} not installed")
    before = set(folder.iterdir())
    call, pipe, rest = block.text.partition("|")
    piped = bool(pipe) and PLAIN.fullmatch(call.strip()) and "\n" not in call and "pnetref" not in rest
    ran = subprocess.run(
        ["bash", "-c", rest if piped else block.text],
        input=in_process(block._replace(text=call), run).text if piped else "",
        capture_output=True, encoding="utf-8", env=shell, cwd=folder, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), f"{block.text}\n{ran.stdout}\n{ran.stderr}"
    assert ran.stdout or set(folder.iterdir()) - before, f"prints and writes nothing:\n{block.text}"
    return Printed(ran.stdout)


def in_python(block: Block) -> Printed:
    """Run a block by itself: it knows no name of the blocks above it, as one that is copied alone knows none."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.text, "example", "exec"), {"__name__": "example"})
    assert printed.getvalue()
    return Printed(printed.getvalue())


def in_duckdb(block: Block, folder: Path) -> Printed:
    """Run SQL over the export that a block above wrote; what it gives as CSV."""
    duckdb = pytest.importorskip("duckdb")
    base = duckdb.connect()
    base.execute("SET file_search_path = ?", [str(folder / "pnetref-data")])
    given = folder / "given.csv"
    base.sql(block.text.rstrip().rstrip(";")).write_csv(str(given))
    printed = given.read_text(encoding="utf-8")
    assert len(printed.splitlines()) > 1
    return Printed(printed)


def test_a_call_in_a_line_of_text_works(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that stands between words of a document, with names and not with words in capitals for them, finds something."""
    monkeypatch.chdir(tmp_path)
    texts = [BLOCK.sub("", page.read_text(encoding="utf-8")) for page in PAGES if page.name != "cli.md"]
    calls = {call for text in texts for call in re.findall(r"`pnetref ([^`]+)`", text)}
    whole = sorted(call for call in calls if not re.search(r"\b[A-Z]+\b|…| - ", call))
    assert len(whole) > 30
    for call in whole:
        ran = run(*shlex.split(call), columns=80)
        assert (ran.code, ran.err) == (0, ""), f"{call}\n{ran.err}"
        assert ran.out, call


def shown(block: Block, printed: str) -> str:
    """Give what a block of text should hold: as many lines as it shows before ``…`` where more follow, else all."""
    lines = block.text.splitlines()
    if lines and lines[-1] == "…" and len(printed.splitlines()) > len(lines) - 1:
        return "".join(f"{line}\n" for line in [*printed.splitlines()[: len(lines) - 1], "…"])
    return printed


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(fate(page, block) == "run" for block in blocks(page))],
    ids=lambda page: page.name,
)
def test_what_a_page_shows_runs(
    page: Path, run: Run, shell: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The blocks of a page run one after another as they stand there, and print what stands under them."""
    folder = tmp_path / "page"
    folder.mkdir()
    monkeypatch.chdir(folder)
    text, moved = page.read_text(encoding="utf-8"), 0
    printed, lacking = Printed(""), list[str]()
    for block in blocks(page):
        now = fate(page, block)
        if now == "run":
            calls = [line.partition(" #")[0] for line in block.text.splitlines()]
            if block.word == "python":
                printed = in_python(block)
            elif block.word == "sql":
                printed = in_duckdb(block, folder)
            elif all(PLAIN.fullmatch(call) for call in calls):
                printed = in_process(block, run)
            else:
                printed = in_bash(block, folder, shell, run)
            lacking += [f"line {block.line}: {printed.lacks}"] * bool(printed.lacks)
        elif now == "printed" and not printed.lacks:
            expected = shown(block, printed.text)
            if UPDATE:
                at = block.start + moved
                text = text[:at] + expected + text[at + len(block.text) :]
                moved += len(expected) - len(block.text)
            else:
                assert block.text == expected, f"{page.name}:{block.line}"
    if UPDATE:
        page.write_text(text, encoding="utf-8")
    if lacking:
        pytest.skip("; ".join(lacking))
