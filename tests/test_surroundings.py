"""Surroundings that are not as they should be: the environment, streams, limits, folders, modules that stand in the way."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import pnetref

from .conftest import Run

ROOT = Path(pnetref.__file__).parent
long = pytest.mark.long


def ran(
    *arguments: str | bytes,
    interpreter: tuple[str, ...] = (),
    environment: dict[str, str | bytes] | None = None,
    shell: str = "",
    folder: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own; ``shell`` is what bash does first, or the redirections behind it."""
    command: list[str | bytes] = [sys.executable, *interpreter, "-m", "pnetref", *arguments]
    if shell:
        command = ["bash", "-c", shell.replace("PROGRAM", '"$@"'), "bash", *command]
    surroundings: dict[str, str | bytes] = {**os.environ, **(environment or {})}
    return subprocess.run(
        command, env=surroundings, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60
    )


@pytest.fixture(scope="module")
def plain() -> bytes:
    """Give a card as it is where nothing is in the way."""
    return ran("drug", "carboplatin").stdout


# --- the environment ---------------------------------------------------------------------------

ODD: dict[str, dict[str, str | bytes]] = {
    "no height": {"LINES": "²"},
    "no width": {"COLUMNS": "1e3"},
    "less than nothing": {"COLUMNS": "-1", "LINES": "0"},
    "bytes": {"COLUMNS": b"\xff", "LINES": b"\xff"},
    "many digits": {"COLUMNS": "9" * 5000, "LINES": "9" * 5000},
    "optimized": {"PYTHONOPTIMIZE": "2"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
    "no UTF-8 mode": {"PYTHONUTF8": "0"},
    "unbuffered": {"PYTHONUNBUFFERED": "1"},
    "no home": {"HOME": os.devnull, "PNETREF_CONFIG": ""},
    "an empty home": {"HOME": "", "PNETREF_CONFIG": ""},
    "a home that is no path": {"HOME": "relative", "XDG_CONFIG_HOME": "relative", "PNETREF_CONFIG": ""},
    "no terminal": {"TERM": b"\xff\x1b["},
    "an unknown terminal": {"TERM": "x" * 3000},
    "no cache of bytecode": {"PYTHONPYCACHEPREFIX": os.devnull},
    "debugging": {"PYTHONDEVMODE": "1"},
}


@pytest.mark.parametrize(
    "name", [name if name in ("no height", "bytes") else pytest.param(name, marks=long) for name in ODD]
)
def test_an_odd_environment_changes_no_answer(plain: bytes, name: str) -> None:
    """A card is the same, and nothing is on stderr."""
    found = ran("drug", "carboplatin", environment=ODD[name])
    assert (found.returncode, found.stdout, found.stderr) == (0, plain, b"")


@pytest.mark.parametrize(
    "options", [("-bb",), ("-W", "error", "-X", "dev"), ("-OO",), ("-I",), ("-X", "utf8=0"), ("-P",)]
)
@pytest.mark.parametrize(
    "call", [("drug", "carboplatin"), ("cite", "hauser-2019", "--format", "text"), ("config", "set", "terms", "both")]
)
@pytest.mark.long
def test_the_options_of_the_interpreter_change_no_answer(options: tuple[str, ...], call: tuple[str, ...]) -> None:
    """No assertion is relied on, no warning is given, no bytes are taken for text."""
    found = ran(*call, interpreter=options)
    assert (found.returncode, found.stdout, found.stderr) == (0, ran(*call).stdout, b"")


@pytest.mark.parametrize(
    "encoding",
    ["idna", *(pytest.param(one, marks=long) for one in ("utf-16", "cp037", "ascii:strict", "latin-1", ":x"))],
)
def test_an_odd_encoding_is_no_failure(encoding: str) -> None:
    """Where the encoding of the terminal can print nothing, a card and an error come anyway, and JSON is JSON."""
    surroundings: dict[str, str | bytes] = {"PYTHONIOENCODING": encoding}
    assert ran("drug", "carboplatin", environment=surroundings).returncode == 0
    missed = ran("drug", "évé", environment=surroundings)
    assert (missed.returncode, missed.stdout, b"Traceback" in missed.stderr) == (1, b"", False)
    told = ran("drug", "évé", "--json", environment=surroundings)
    assert json.loads(told.stderr)["error"]["message"].startswith('"évé"')


@pytest.mark.parametrize("locale", [pytest.param(one, marks=long) for one in ("C", "POSIX", "en_US.ISO-8859-1")])
def test_an_error_is_json_in_every_locale(locale: str) -> None:
    """What was typed comes back as it was, whatever the locale is, with and without Python's own mode for UTF-8."""
    for mode in ("0", "1"):
        told = ran(
            "drug",
            "évérß",
            "--json",
            environment={"LC_ALL": locale, "PYTHONUTF8": mode, "PYTHONCOERCECLOCALE": "0"},
        )
        assert json.loads(told.stderr)["error"]["message"].startswith('"évérß"')


@pytest.mark.parametrize("value", ["complete_bash", "", "source_bash", "bash_source", "powershell", "\x1b[31m"])
@pytest.mark.parametrize("words", [(), ("",), ("drug", "sunitinib")], ids=len)
@pytest.mark.long
def test_another_word_for_completion_says_nothing(value: str, words: tuple[str, ...]) -> None:
    """A shell that asks as others do is told nothing, and the code is not 0."""
    found = ran(*words, environment={"_PNETREF_COMPLETE": value})
    assert (found.returncode, found.stdout, found.stderr) == (1, b"", b"")


# --- paths and settings ------------------------------------------------------------------------


def test_a_path_that_is_no_text_is_given_as_it_is(tmp_path: Path) -> None:
    """The bytes of the path, in JSON its escapes; what such a file says holds."""
    name = os.fsdecode(b"a\xff.toml")
    surroundings: dict[str, str | bytes] = {"PNETREF_CONFIG": str(tmp_path / name)}
    assert ran("config", "path", environment=surroundings).stdout == os.fsencode(tmp_path / name) + b"\n"
    told = json.loads(ran("config", "path", "--json", environment=surroundings).stdout)
    assert told["path"] == f"{tmp_path}{os.sep}a\\xff.toml"
    assert ran("config", "set", "pager", b"x\xff", environment=surroundings).returncode == 2
    assert ran("config", "set", "terms", "plain", environment=surroundings).returncode == 0
    assert os.listdir(os.fsencode(tmp_path)) == [b"a\xff.toml"]
    assert ran("config", environment=surroundings).returncode == 0


@pytest.mark.skipif(not hasattr(os, "O_NONBLOCK"), reason="files are read without waiting elsewhere")
def test_a_settings_file_is_never_waited_for(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is taken for a file and is a pipe is read as far as it is there."""
    os.mkfifo(tmp_path / "config.toml")
    monkeypatch.setattr("pnetref.config.stat.S_ISREG", lambda _: True)
    assert run("drug", "carboplatin").code == 0


def test_no_lock_is_left(run: Run, tmp_path: Path) -> None:
    """Beside the settings, a file and a folder that were written there is nothing."""
    for arguments in (
        ("config", "set", "terms", "plain"),
        ("config", "unset", "terms"),
        ("drug", "carboplatin", "food", "--output", str(tmp_path / "x.md")),
        ("drug", "carboplatin", "food", "--output", str(tmp_path / "x.md"), "--force"),
    ):
        assert run(*arguments).code == 0
    assert sorted(os.listdir(tmp_path)) == ["config.toml", "x.md"]


def test_settings_that_another_process_keeps_are_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A change waits for another, and not for ever."""
    fcntl = pytest.importorskip("fcntl")
    moments = iter((0.0, 1.0, 99.0))
    monkeypatch.setattr("time.monotonic", lambda: next(moments))
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    changed = run("config", "set", "terms", "plain")
    os.close(handle)
    assert (changed.code, changed.out, "another process" in changed.err) == (3, "", True)


# --- streams -----------------------------------------------------------------------------------

CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")


@pytest.mark.parametrize("closed", [one if one == CLOSED[-1] else pytest.param(one, marks=long) for one in CLOSED])
def test_closed_streams_change_no_code(tmp_path: Path, closed: str) -> None:
    """The exit code is the same, whoever closes what, and a file that is asked for is whole."""
    for code, arguments in (
        (0, ("drug", "carboplatin", "--json")),
        (1, ("drug", "xyzzy", "--json")),
        (2, ("--bogus",)),
        (0, ("--version",)),
        (0, ("drug", "carboplatin", "food", "--output", "x.json", "--force")),
        (2 if "<" in closed else 0, ("drug", "-", "--json")),
    ):
        found = ran(*arguments, shell=f"PROGRAM {closed}", folder=tmp_path)
        assert found.returncode == code, arguments
        assert b"Traceback" not in found.stderr
    assert json.loads((tmp_path / "x.json").read_bytes())["drug"]["id"] == "carboplatin"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(one, marks=long, id=one)
        for one in ("--help", "drug --help", "--version", "config", "completion zsh")
    ],
)
def test_whatever_cannot_be_printed_is_exit_3(arguments: str) -> None:
    """A full disk is told of everything that is printed."""
    found = ran(*arguments.split(), shell="PROGRAM >/dev/full")
    assert (found.returncode, found.stderr.count(b"\n")) == (3, 1)


@pytest.mark.parametrize(
    "target", [">(:)", *(pytest.param(one, marks=long) for one in (">(head -c 10 >/dev/null)", "/dev/null"))]
)
def test_a_reader_that_leaves_ends_it_quietly(target: str) -> None:
    """Who reads the beginning alone sees no word of it on stderr."""
    found = ran("drug", "carboplatin", "--json", shell=f"PROGRAM > {target}; code=$?; wait; exit $code")
    assert (found.returncode, found.stderr) == (0, b"")


def test_a_file_and_a_screen_fail_alike(run: Run, tmp_path: Path) -> None:
    """What the system refuses is 3; a folder that is not there, or a name that is none, is 2."""
    assert run("drug", "carboplatin", "--output", str(tmp_path / "no" / "x.md")).code == 2
    assert run("drug", "carboplatin", "--output", f"{tmp_path / 'x.md'}{os.sep}").code == 2
    if os.path.exists("/dev/full"):
        assert run("drug", "carboplatin", "--output", "/dev/full", "--force").code == 3
    assert run("drug", "carboplatin", "food", "--output", "-", "--format", "csv").out.startswith("record,")
    assert os.listdir(tmp_path) == []


# --- folders and limits ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ("drug", "carboplatin", "--json")),
        *(
            pytest.param(code, arguments, marks=long)
            for code, arguments in (
                (0, ("drug", "carboplatin")),
                (2, ("drug", "carboplatin", "--output", "x.md")),
                (3, ("export", "x")),
                (3, ("export", ".")),
                (3, ("config", "set", "terms", "plain")),
            )
        ),
    ],
    ids=str,
)
def test_a_folder_that_is_gone_is_no_obstacle(tmp_path: Path, code: int, arguments: tuple[str, ...]) -> None:
    """An answer needs no folder; what is to be written there says in a line that it cannot be."""
    found = ran(
        *arguments,
        shell='mkdir gone && cd gone && rmdir "$PWD" && PROGRAM',
        folder=tmp_path,
        environment={"PNETREF_CONFIG": "x.toml"},
    )
    assert (found.returncode, found.stderr.count(b"\n")) == (code, int(code > 0))


LIMITS = ("-f 0", "-f 1", "-n 5", "-n 6", "-n 7", "-n 8", "-v 20000", "-v 30000", "-v 40000", "-v 60000", "-s 256")


@pytest.mark.skipif(sys.platform != "linux", reason="limits are others elsewhere")
@pytest.mark.parametrize("limit", [one if one == "-n 5" else pytest.param(one, marks=long) for one in LIMITS])
@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "carboplatin", "--json"),
        pytest.param(("drug", "carboplatin"), marks=long),
        pytest.param(("drug", "carboplatin", "--output", "x.md"), marks=long),
        pytest.param(("export", "x"), marks=long),
    ],
    ids=" ".join,
)
def test_a_limit_is_told_in_a_line(tmp_path: Path, limit: str, arguments: tuple[str, ...]) -> None:
    """Few files, little memory, short files: the answer is whole or the code is 3, and nothing says to reinstall.

    Where memory ends inside Pydantic, its Rust ends the process, as a shell that waits for it tells with 134.
    """
    found = ran(*arguments, shell=f"ulimit {limit}; PROGRAM", folder=tmp_path)
    assert found.returncode in (0, 3, *((134, -signal.SIGABRT) if "-v" in limit else ()))
    assert b"reinstall" not in found.stderr
    assert b"pnetref/" not in found.stderr  # as a traceback has it
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".pnetref")]


def test_what_nothing_foresees_is_one_line(tmp_path: Path) -> None:
    """Where memory ends or a library fails, a line says so, and how to see where."""
    (tmp_path / "typer.py").write_text("raise MemoryError", encoding="utf-8")
    found = ran("drug", "carboplatin", environment={"PYTHONPATH": str(tmp_path)})
    assert (found.returncode, found.stdout, found.stderr.count(b"\n")) == (3, b"", 1)
    assert b"MemoryError" in found.stderr
    assert b"pnetref --check" in found.stderr
    shown = ran("drug", "carboplatin", interpreter=("-X", "dev"), environment={"PYTHONPATH": str(tmp_path)})
    assert b"Traceback" in shown.stderr


def test_an_interrupt_that_pydantic_tells_as_its_own_error_is_one(tmp_path: Path) -> None:
    """Ctrl-C while JSON is written is 130 without a word, as anywhere."""
    (tmp_path / "typer.py").write_text(
        "from pydantic_core import to_json\n\ndef stop(_):\n    raise KeyboardInterrupt\n\nto_json(object(), fallback=stop)",
        encoding="utf-8",
    )
    found = ran("drug", "carboplatin", environment={"PYTHONPATH": str(tmp_path)})
    assert (found.returncode, found.stdout, found.stderr) == (130, b"", b"")


# --- modules and archives ----------------------------------------------------------------------


def test_a_module_in_the_folder_is_none_of_ours(tmp_path: Path) -> None:
    """``python -m pnetref`` runs nothing that lies about where it is started."""
    for name in ("typer", "json", "rich", "re", "pydantic"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)", encoding="utf-8")
    assert ran("drug", "carboplatin", folder=tmp_path).returncode == 0
    (tmp_path / "pnetref.py").write_text("raise SystemExit(7)", encoding="utf-8")
    assert ran("drug", "carboplatin", "--json", interpreter=("-P",), folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "carboplatin", "--json"),
        pytest.param(("drug", "carboplatin"), marks=long),
        pytest.param(("--version",), marks=long),
        pytest.param(("completion", "bash"), marks=long),
        pytest.param(("side-effects",), marks=long),
    ],
    ids=" ".join,
)
def test_an_archive_is_told_that_it_cannot_be(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Inside a zip the data are no files: one line says so, and nothing says to reinstall."""
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in ROOT.rglob("*"):
            if path.suffix in (".py", ".tsv", ".bash"):
                file.write(path, Path("pnetref") / path.relative_to(ROOT))
    found = ran(*arguments, environment={"PYTHONPATH": str(archive)}, folder=tmp_path)
    assert (found.returncode, found.stdout, found.stderr.count(b"\n")) == (3, b"", 1)
    assert b"does not run inside an archive" in found.stderr
    assert str(archive).encode() in found.stderr


# --- pagers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pager", "shown"),
    [("/nonexistent", True), ("sh -c 'exit 3'", True), ("a 'b", True), ("x\0y", True), ("cat", False), ("true", False)],
)
def test_a_pager_that_shows_nothing_costs_no_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch, pager: str, shown: bool
) -> None:
    """One that is not there, cannot be or fails is passed over; what a good one shows is not shown again."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1, raising=False)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: os.terminal_size((80, 24)))
    if "\0" in pager:  # no variable of the environment holds that, a settings file may
        monkeypatch.setattr("pnetref.output._pager", lambda _: [pager])
    monkeypatch.setenv("PAGER", pager.replace("\0", ""))
    ran_here = run("drug", "carboplatin", "all", "--color", "never")
    assert ran_here.code == 0
    assert (len(ran_here.out) > 1000) == shown
    assert ("ended with 3" in ran_here.err) == ("exit 3" in pager)


# --- options that are none ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("drug", "sunitinib", "--jsn"), "did you mean --json? See pnetref drug --help."),
        (("--jsn", "drug", "sunitinib"), "pnetref has no option --jsn; did you mean --json?"),
        (("drug", "sunitinib", "--jason"), "did you mean --json?"),
        (("drug", "sunitinib", "-jsn"), "has no option -jsn; did you mean --json?"),
        (("drug", "sunitinib", "-j"), "did you mean --json?"),
        (("drug", "sunitinib", "--JSON"), "did you mean --json?"),
        (("drug", "sunitinib", "--ouput"), "did you mean --output?"),
        (("--ouput=x.md", "drug", "sunitinib"), "did you mean --output=x.md?"),
        (("drug", "sunitinib", "--jsno=1"), "did you mean --json?"),
        (("sunitinib", "--formt"), "pnetref drug has no option --formt; did you mean --format?"),
        (("drug", "sunitinib", "--no-color"), "did you mean --color?"),
        (("compare", "sunitinib", "everolimus", "--feild", "food"), "did you mean --field?"),
        (("--field", "food", "drug", "sunitinib"), "--field goes behind: pnetref drug, "),
        (("drug", "sunitinib", "--frequncy"), "--frequency goes behind: pnetref side-effects."),
        (("config", "set", "terms", "plain", "--jsn"), "pnetref config set has no option --jsn; did you mean --json?"),
        (("drug", "sunitinib", "--bogus"), "pnetref drug has no option --bogus; see pnetref drug --help."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_option_that_is_none_names_the_one_that_is(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """The nearest option of that command, with what was typed behind it; else the command that takes it."""
    found = run(*arguments)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert told in found.err
