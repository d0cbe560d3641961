"""Completion at TAB: what is offered, through the protocol, and in the three shells themselves."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pnetref import completion
from pnetref.cli import app
from pnetref.completion import FILE, SHELLS, answer, read
from pnetref.config import ALLOWED
from pnetref.curation.completion import ARGUMENTS, TAKEN, grammar
from pnetref.dataset import Dataset
from pnetref.errors import Problem
from pnetref.lookup import find, is_effect, is_setting, is_topic, is_treatment, is_trial
from pnetref.models import Setting, Treatment, Trial
from pnetref.terms import FREQUENCIES, KINDS

from .conftest import Run

BREAKS = " \t\n\"'><=;|&(:"
"""What bash divides words at."""

Complete = Callable[..., list[str]]


@pytest.fixture
def complete(capsys: pytest.CaptureFixture[str]) -> Complete:
    """Give what a shell is answered for a line, the last word being typed; nothing goes to stderr."""

    def call(line: str, shell: str = "bash") -> list[str]:
        assert answer(shell, [line, BREAKS]) == 0
        captured = capsys.readouterr()
        assert captured.err == ""
        return captured.out.splitlines()

    return call


@cache
def packaged() -> str:
    """Give the packaged file."""
    return read(FILE)


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """Give the lines of the packaged file."""
    return [line.split("\t") for line in packaged().splitlines()[1:]]


# --- the grammar -------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, Any]]:
    """Give every command of the program as it is typed, the program itself as nothing."""
    program: Any = typer.main.get_command(app)
    yield "", program
    for name, command in program.commands.items():
        yield name, command
        yield from ((f"{name} {inner}", below) for inner, below in getattr(command, "commands", {}).items())


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=lambda part: part if isinstance(part, str) else "")
def test_a_command_offers_its_options_and_those_alone(complete: Complete, path: str, command: Any) -> None:
    """Options come where the word begins with a dash, each with what it does, and never else."""
    line = f"pnetref {path} ".replace("  ", " ")
    known = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert set(complete(f"{line}-")) == known | {"--help"}
    told = complete(f"{line}-", "fish")
    assert all(description for _, _, description in (one.partition("\t") for one in told))
    assert not [one for one in complete(line) if one.startswith("-")]


def test_the_tables_of_completion_know_every_command_and_option() -> None:
    """Each command says what it takes, each option with a value which values, and nothing that is gone is listed."""
    lines = grammar()
    paths = {f"{line.kind} {line.text}".removeprefix("pnetref ") for line in lines if line.kind.startswith("pnetref")}
    assert {path for path in ARGUMENTS if path} == paths, "say in curation/completion.py what each takes"
    taking = {line.text for line in lines if line.kind.startswith("options of") and line.opens}
    assert taking - set(TAKEN) == set(), "say in curation/completion.py what each takes"
    assert {option.split()[-1] for option in TAKEN} - taking == {f"--{key}" for key in ALLOWED} - taking


def test_commands_come_first(complete: Complete) -> None:
    """Where the first word begins a command, commands alone are offered; else the names, which open without one."""
    assert set(complete("pnetref ")) == {path for path, _ in commands() if path and " " not in path}
    assert complete("pnetref config ") == ["get", "path", "set", "unset"]
    assert "sunitinib" in complete("pnetref sun")
    assert complete("A=1 sudo /opt/bin/pnetref drug suni") == complete("alias drug suni") == ["sunitinib"]
    assert complete("pnetref tr") == ["treatment", "trial"]
    assert complete("pnetref dr") == complete("pnetref DR") == ["drug"]
    assert complete("pnetref dry") == complete("pnetref DRY") != []
    assert complete("pnetref --format json drug suni") == ["sunitinib"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("drug --format ", {"table", "json", "markdown", "html", "csv", "bibtex", "ris", "csl-json"}),
        ("drug --format=js", {"json"}),
        ("cite --format te", {"text"}),
        ("--color ", {"auto", "always", "never"}),
        ("drug sunitinib --terms p", {"plain"}),
        ("side-effects sunitinib --frequency ", set(FREQUENCIES)),
        ("side-effects sunitinib --system he", {r"heart\ and\ vessels"}),
        ("compare --only ", {"shared", "different", "serious"}),
        ("drug --route by", {r"by\ mouth"}),
        ("drug --class chemo", {"chemotherapy"}),
        ("drug --target mt", {"mTOR"}),
        ("drug --source acs-targeted-2", {"acs-targeted-2025"}),
        ("drug sunitinib --field mis", {"missed-dose"}),
        ("cite sunitinib --field mis", {"missed_dose"}),
        ("cite sunitinib --effect naus", {"nausea"}),
        ("cite --style am", {"ama"}),
        ("treatment --for ins", {"insulinoma"}),
        ("trial --drug Sut", {"Sutent"}),
        ("trial --phase ", {"1", "2", "3", "4"}),
        ("trial --measure objective", {r"objective\ response"}),
        ("config get ", set(ALLOWED)),
        ("config set ", set(ALLOWED)),
        ("config set terms ", {"plain", "clinical", "both"}),
        ("config set layout p", {"plain"}),
        ("completion ", set(SHELLS)),
        ("drug sunitinib --output ", {":files"}),
        ("drug sunitinib --output=su", {":files"}),
        ("cite --style ./", {":files"}),
        ("drug --as-of ", set()),
        ("drug sunitinib -- --f", set()),
        ("drug sunitinib --json=", set()),
    ],
)
def test_an_option_and_a_setting_offer_their_values(complete: Complete, line: str, offered: set[str]) -> None:
    """What can be typed behind an option is what it takes, and names of files are left to the shell."""
    assert set(complete(f"pnetref {line}")) == offered


@pytest.mark.parametrize(
    "kind", ["part", "frequency", "system", "target", "route", "phase", "measure", "only", "trial-part", "effect-part"]
)
def test_every_value_that_is_offered_is_taken(run: Run, rows: list[list[str]], kind: str, step: int) -> None:
    """No value that a shell completes is refused as one that is not of the list."""
    calls = {
        "part": ("drug", "sunitinib"),
        "frequency": ("side-effects", "sunitinib", "--frequency"),
        "system": ("side-effects", "--system"),
        "target": ("drug", "--target"),
        "route": ("drug", "--route"),
        "phase": ("trial", "--phase"),
        "measure": ("trial", "--measure"),
        "only": ("compare", "sunitinib", "everolimus", "--only"),
        "trial-part": ("trial", "radiant-3"),
        "effect-part": ("side-effects", "sunitinib"),
    }
    values = [row[4] for row in rows if row[1] == kind]
    assert values
    for value in values[:: step * (8 if kind == "part" and step > 1 else 1)]:
        ran = run(*calls[kind], value, "--json")
        assert ran.code == 0 or (ran.code == 1 and "here passes" in ran.err), (value, ran.err)


@pytest.mark.parametrize(
    "redirection",
    ["< nam", "<nam", "> ", ">", ">> nam", ">>nam", "2> nam", "2>nam", "&> nam", "&>nam", ">| nam", ">&nam"],
)
@pytest.mark.parametrize("shell", SHELLS)
def test_behind_a_redirection_stands_a_file(complete: Complete, shell: str, redirection: str) -> None:
    """No word of ours is offered for a file that the shell reads or writes, glued to its sign or not."""
    assert complete(f"pnetref drug - --json {redirection}", shell) == [":files"]
    assert complete(f"pnetref drug sunitinib{redirection.lstrip('2&')}", shell) == [":files"]


@pytest.mark.parametrize(
    "before", ["< names ", "<names ", "> 'a b' ", ">> a ", "2>&1 ", "2>a 1>b <c ", "&>all ", ">| a "]
)
def test_a_redirected_file_is_no_name(complete: Complete, before: str) -> None:
    """The words behind a redirection are those of the command, as if it were not there; in quotes it is none."""
    assert complete(f"pnetref {before}dru") == ["drug"]
    assert complete(f"pnetref drug {before}suni") == ["sunitinib"]
    assert complete(f"pnetref drug sunitinib {before}mis") == ["missed-dose"]
    assert complete(f"pnetref drug sunitinib {before}--form") == ["--format"]
    assert complete('pnetref search "<nam') == complete(r"pnetref search \>nam") == []


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("drug sunitin", ["sunitinib"]),
        ("drug SUNITIN", ["sunitinib"]),
        ("drug sut", ["Sutent"]),
        ("drug somatostatin", [r"somatostatin\ analogs"]),
        ("drug capt", ["CAPTEM"]),
        ("drug whipp", []),
        ("treatment whip", [r"Whipple\ procedure"]),
        ("drug sunitinib mis", ["missed-dose"]),
        ("drug sunitinib kid", ["kidneys"]),
        ("drug everolimus pregnan", ["pregnancy"]),
        ("compare sunitinib everol", ["everolimus"]),
        ("side-effects sunitinib seri", ["serious"]),
        ("side-effects hand-foo", [r"hand-foot\ syndrome"]),
        ("side-effects mouth so", ["sores"]),
        ("side-effects sunitinib mouth so", ["sores"]),
        ("side-effects stomatit", ["stomatitis"]),
        (r"side-effects mouth\ so", [r"mouth\ sores"]),
        ('side-effects "mouth so', ["mouth sores"]),
        ("side-effects 'mouth so", ["mouth sores"]),
        ('side-effects "mouth sores"', []),
        ('side-effects mou"th so', ["th sores"]),
        ("cite acs-targeted-2", ["acs-targeted-2025"]),
        ("cite suten", ["Sutent"]),
        ("trial radiant-", ["RADIANT-2", "RADIANT-3", "RADIANT-4"]),
        ("trial radiant-3 peo", ["people"]),
        ("guide fact", ["factors"]),
        ("guide q", ["questions"]),
        ("guide questions suni", ["sunitinib"]),
        ("guide questions sunitinib a", ["all"]),
        ("search wound heal", ["healing"]),
        ("Sutent mis", ["missed-dose"]),
        ("drug xyzzy", []),
        ("nosuch", []),
    ],
)
def test_names_are_completed(complete: Complete, line: str, offered: list[str]) -> None:
    """Names are found by how they begin, in any case, quoted as the word is, and give way to parts behind them."""
    assert complete(f"pnetref {line}") == offered


def test_an_empty_word_offers_main_names(complete: Complete, data: Dataset) -> None:
    """Without a letter there are the names of the records and the brands, not every word for them."""
    offered = [one.replace("\\", "") for one in complete("pnetref side-effects ")]
    assert {record.name.partition(" (")[0] for record in data.treatments.values()} <= set(offered)
    assert "Sutent" in offered
    assert not {"stomatitis", "Zortress", "sunitinib malate"} & set(offered)


def test_every_record_has_a_main_name(data: Dataset, rows: list[list[str]]) -> None:
    """No record is missing from what an empty word is offered."""
    main = {row[2] for row in rows if row[3]}
    lacking = {key for key in data.index.records if not key.startswith("partners/")} - main
    assert lacking == set()


def test_another_product_says_that_it_is_one(complete: Complete) -> None:
    """Whoever completes Zortress is told, where a shell shows it, that it is another product than what opens."""
    assert complete("pnetref drug zor", "zsh") == [
        "Zortress:everolimus; another product: prevention of rejection after a transplant"
    ]


def test_what_is_never_displayed_is_no_candidate(data: Dataset, rows: list[list[str]]) -> None:
    """Search terms and names of other products, which stand on no screen, are on none of a shell's either."""
    offered: dict[str, set[str]] = {}
    for row in rows:
        offered.setdefault(row[2], set()).add(row[4])
    records: list[Treatment | Setting | Trial] = [
        *data.treatments.values(),
        *data.settings.values(),
        *data.trials.values(),
    ]
    for record in records:
        names = {record.id, record.name, *(name.text for name in record.names)}
        assert offered.get(f"{type(record).__name__.lower()}s/{record.id}", set()) <= names


def test_every_name_that_is_offered_opens_its_record(data: Dataset, rows: list[list[str]], step: int) -> None:
    """A completed name is no dead end: its command opens the record that it is said to name, and no other."""
    accept = dict.fromkeys(KINDS, is_treatment) | {
        "effect": lambda key: is_effect(key) or is_treatment(key),
        "setting": is_setting,
        "topic": is_topic,
        "trial": is_trial,
        "source": lambda key: key.startswith(("sources/", "treatments/", "trials/")),
    }
    named = [row for row in rows if row[1] in accept]
    assert len(named) > 1000
    for _, kind, key, _, text, _ in named[:: 1 if step == 1 else 25]:
        try:
            assert find(data, [text], accept[kind], "a treatment").keys == (key,)
        except Problem as problem:
            pytest.fail(f"{text}: {problem.message}")


def test_bash_is_never_left_with_less_than_was_typed(complete: Complete) -> None:
    """Where names begin in different case, bash would cut the word to what they share: they begin as it was typed."""
    for line in ("drug su", "drug SU", "side-effects low W", "treatment r", r"side-effects low\ B"):
        word = line.partition(" ")[2].rpartition(" ")[2] if "\\" not in line else r"low\ B"
        shared = os.path.commonprefix(complete(f"pnetref {line}"))  # noqa: RUF071 - letters are meant
        assert not shared or len(shared) >= len(word), line


# --- the protocol ------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["", "drug ", "side-effects ", "cite --field ", "config set ", "drug --"]))
@example("\udcff", "drug ")
@example("\t\x00\n", "drug ")
@example("ſu ß İ", "drug ")
@example("\\", "side-effects ")
def test_no_word_makes_it_fail(typed: str, before: str) -> None:
    """Whatever is typed, nothing is raised, and every answer is a line without control characters."""
    table = packaged()
    line = completion.Line(f"pnetref {before}{typed}", BREAKS)
    found = completion.candidates(table, line.words[completion.behind_program(line.words) :], line.word)
    for shape in (completion.for_bash, completion.for_zsh, completion.for_fish):
        for told in shape(found, line):
            assert told.replace("\t", "").isprintable()


@pytest.mark.parametrize(
    "arguments", [[], [""], [" "], ["pnetref"], ["\udcff\udcfe"], ["pnetref drug '"], ["a", "b", "c"]]
)
@pytest.mark.parametrize("shell", [*SHELLS, "", "complete_bash", "bash_source", "powershell"])
def test_a_request_that_is_none_prints_no_error(
    capsys: pytest.CaptureFixture[str], shell: str, arguments: list[str]
) -> None:
    """An unfinished, an older or another shell's request ends without a word on stderr."""
    assert answer(shell, arguments) in (0, 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"\n\n\t\n", b"\nsunitinib\tdrug\n", b"{}"], ids=str)
def test_a_broken_file_is_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    """Where the packaged file is missing or damaged, a shell is offered nothing."""
    broken = tmp_path / "completion.tsv"
    if content is not None:
        broken.write_bytes(content)
    monkeypatch.setattr(completion, "FILE", str(broken))
    assert answer("bash", ["pnetref drug sun", BREAKS]) in (0, 1)
    assert capsys.readouterr() == ("", "")


def request(shell: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Ask for a completion as the scripts do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pnetref", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "_PNETREF_COMPLETE": shell, **environment},
    )


def test_a_process_answers_and_ends() -> None:
    """The program itself answers a request, in any encoding, and takes no word of it for a command."""
    assert request("bash", "pnetref drug sun", BREAKS).stdout == b"sunitinib\n"
    ran = request("fish", "pnetref side-effects sjo", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, b"")
    old = request("complete_bash", COMP_WORDS="pnetref drug", COMP_CWORD="1")
    assert (old.returncode, old.stdout, old.stderr) == (1, b"", b"")


# --- the command -------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_is_one_that_it_reads(run: Run, shell: str) -> None:
    """Each script is valid in its shell, and completes the program by its own name."""
    ran = run("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"(?m)^\s*(complete|compdef) .*\bpnetref\b", ran.out)
    assert f"_PNETREF_COMPLETE={shell}" in ran.out
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    read = subprocess.run([program, "-n"], input=ran.out, capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [("completion",), ("completion", "tcsh"), ("completion", "")])
def test_no_shell_is_guessed(run: Run, arguments: tuple[str, ...]) -> None:
    """Without the name of a shell, or with another, one line names the three and how one is installed."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "bash, zsh or fish" in ran.err
    assert 'eval "$(pnetref completion bash)"' in ran.err


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_typer_s_own_installer_names_ours(run: Run, option: str) -> None:
    """The options that Typer adds elsewhere are refused with the command that does it here."""
    ran = run(option)
    assert (ran.code, ran.out) == (2, "")
    assert "See pnetref completion." in ran.err
    assert option not in run("--help").out


# --- the shells --------------------------------------------------------------------------------

SHELL_ARGUMENTS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
PRINTS = {
    "bash": "pnetref() { printf '<%s>' \"$@\"; echo; }",
    "zsh": "pnetref() { printf '<%s>' \"$@\"; echo; }",
    "fish": "function pnetref; printf '<%s>' $argv; echo; end",
}
"""In place of the program, what prints its arguments: the line as the shell understands it after TAB."""

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>78MDE])|[\r\x0f\x08]")
DEADLINE = 20.0
"""Seconds for which an answer of a shell is waited for."""


class Terminal:
    """An interactive shell without settings of its own, behind a pseudo-terminal."""

    def __init__(self, shell: str, home: Path) -> None:
        import fcntl
        import pty
        import struct
        import termios

        program = shutil.which(shell)
        if program is None:
            pytest.skip(f"{shell} is not installed")
        (home / "bin").mkdir()
        shim = home / "bin" / "pnetref"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pnetref "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
        surroundings = {
            "HOME": str(home),
            "TERM": "xterm",
            "PATH": f"{home / 'bin'}:/usr/bin:/bin",
            "PS1": "> ",
            **kept,
        }
        self.shell = shell
        self.marks = 0
        self.seen = ""
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(home)
            os.execve(program, [shell, *SHELL_ARGUMENTS[shell]], surroundings)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.command("true")

    def send(self, keys: str) -> None:
        """Type keys."""
        os.write(self.master, keys.encode())

    def wait(self, pattern: str) -> str:
        """Read until what came since the last call has ``pattern``; give what matched."""
        until = time.monotonic() + DEADLINE
        while not (found := re.search(pattern, ESCAPES.sub("", self.seen))):
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                pytest.fail(f"{self.shell}: no {pattern!r} in {ESCAPES.sub('', self.seen)!r}")
            self.seen += os.read(self.master, 65536).decode(errors="replace")
        self.seen = ""
        return found.group()

    def command(self, line: str) -> None:
        """Run a line, and wait for its end."""
        self.marks += 1
        self.send(f"{line}\r")
        self.send(f"echo done-''{self.marks}-\r")
        self.wait(f"done-{self.marks}-")

    def completed(self, line: str) -> str:
        """Type a line and TAB, then Enter; give the arguments that the shell would give the program."""
        self.send(f"{line}\t\r")
        return self.wait(r"<.*>(?=\n)")

    def listed(self, line: str, *expected: str) -> None:
        """Type a line and TAB twice, and wait until everything ``expected`` was on the screen; then leave the line."""
        self.send(f"{line}\t\t")
        self.wait("(?s)" + "".join(f"(?=.*{re.escape(text)})" for text in expected))
        self.send("\x03")
        self.command("true")

    def close(self) -> None:
        """End the shell."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.master)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """Start shells, and end them."""
    opened: list[Terminal] = []

    def start(shell: str) -> Terminal:
        opened.append(Terminal(shell, tmp_path))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


TRIES = [
    ("pnetref drug suni", "<drug><sunitinib>"),
    ("true && FOO=1 pnetref drug Sut", "<drug><Sutent>"),
    ("pnetref drug SUT", "<drug><Sutent>"),
    ("pnetref drug sunitinib mis", "<drug><sunitinib><missed-dose>"),
    ("pnetref drug --form", "<drug><--format>"),
    ("pnetref drug --format js", "<drug><--format><json>"),
    ("pnetref drug --format=js", "<drug><--format=json>"),
    (r"pnetref side-effects mouth\ so", "<side-effects><mouth sores>"),
    ('pnetref side-effects "mouth so', "<side-effects><mouth sores>"),
    ("pnetref side-effects 'mouth so", "<side-effects><mouth sores>"),
    ("pnetref side-effects mouth so", "<side-effects><mouth><sores>"),
    ("pnetref drug --route by", "<drug><--route><by mouth>"),
    ("pnetref config set terms cl", "<config><set><terms><clinical>"),
    ("pnetref drug x --output answ", "<drug><x><--output><answer one.json>"),
    ("pnetref drug x --output=answ", "<drug><x><--output=answer one.json>"),
    ("pnetref dru", "<drug>"),
    ("pnetref drug - --json < answ", "<drug><-><--json>"),
    ("pnetref drug - --json 2>nam", "<drug><-><--json>"),
    ("pnetref drug - --json 2>>nam", "<drug><-><--json>"),
    ("pnetref drug - --json < nam", "<drug><-><--json>"),
    ("pnetref drug <nam", "<drug>"),
]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_at_the_first_tab(terminal: Callable[[str], Terminal], tmp_path: Path, shell: str) -> None:
    """The script, read as the README says, completes words in the shell itself, and the shell reads them as meant."""
    for name in ("answer one.json", "names.txt"):
        (tmp_path / name).touch()
    opened = terminal(shell)
    opened.command("pnetref completion fish | source" if shell == "fish" else f'eval "$(pnetref completion {shell})"')
    opened.command(PRINTS[shell])
    assert [opened.completed(line) for line, _ in TRIES] == [expected for _, expected in TRIES]
    names = ("RADIANT-2", "RADIANT-3", "RADIANT-4")
    opened.listed("pnetref trial RADIANT-", *names, *([] if shell == "bash" else ["trial, phase 3"]))


def test_zsh_loads_the_script_from_its_path(run: Run, terminal: Callable[[str], Terminal], tmp_path: Path) -> None:
    """As the file _pnetref in a folder of fpath the script works at the first TAB too."""
    folder = tmp_path / "functions"
    folder.mkdir()
    (folder / "_pnetref").write_text(run("completion", "zsh").out, encoding="utf-8")
    opened = terminal("zsh")
    opened.command(f"fpath=({folder} $fpath); autoload -Uz compinit && compinit -i")
    opened.command(PRINTS["zsh"])
    assert opened.completed("pnetref drug suni") == "<drug><sunitinib>"
    assert opened.completed("pnetref drug Sut") == "<drug><Sutent>"


def test_an_old_bash_completes_files_too(terminal: Callable[[str], Terminal], tmp_path: Path) -> None:
    """Bash 3.2 has no compopt: there the script lists the files itself."""
    for name in ("answer one.json", "names.txt"):
        (tmp_path / name).touch()
    opened = terminal("bash")
    opened.command('enable -n compopt; eval "$(pnetref completion bash)"')
    opened.command(PRINTS["bash"])
    assert opened.completed("pnetref drug x --output answ") == "<drug><x><--output><answer one.json>"
    assert opened.completed("pnetref drug x <nam") == "<drug><x>"
