"""The program as a process: versions, pipes, broken data."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import pnetref

from .conftest import Run

ROOT = Path(pnetref.__file__).parent


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m pnetref`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pnetref", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_versions() -> None:
    """`--version` names the version of the package and of the data."""
    ran = call("--version")
    assert ran.stdout == f"pnetref {pnetref.__version__}, data {pnetref.load().manifest.data_version}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the package that may be broken."""
    shutil.copytree(ROOT, tmp_path / "pnetref")
    return tmp_path


def test_a_closed_pipe_ends_quietly() -> None:
    """`pnetref side-effects | head -1` prints no traceback."""
    command = f"{shlex.quote(sys.executable)} -m pnetref side-effects --json | head -1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_encoding_without_our_signs_is_no_failure() -> None:
    """An ASCII terminal gets other signs, each its own, and no traceback."""
    ran = call("compare", "sunitinib", "everolimus", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "^ said of more than pNET" in ran.stdout
    assert "?" not in ran.stdout


@pytest.mark.parametrize("arguments", [("drug", "sunitinib", "--json"), ("cite", "--format", "bibtex")], ids=" ".join)
def test_what_programs_read_is_utf_8(arguments: tuple[str, ...]) -> None:
    """JSON and exports are the same bytes whatever the locale of the caller is."""
    outputs = set()
    for encoding in ("ascii", "latin-1", "utf-8"):
        ran = subprocess.run(
            [sys.executable, "-m", "pnetref", *arguments],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
        )
        outputs.add(ran.stdout)
    assert len(outputs) == 1
    assert not outputs.pop().decode("utf-8").isascii()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("option", ["", "--json"])
def test_a_full_disk_is_one_line_and_exit_3(option: str) -> None:
    """What could not be printed whole is no success, and no missing name either."""
    command = f"{shlex.quote(sys.executable)} -m pnetref drug sunitinib {option} > /dev/full"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    assert ran.stderr.count("\n") == 1
    assert "cannot be printed" in ran.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_closed_stream_is_no_failure(closed: str) -> None:
    """Who closes a stream does not want to read it."""
    command = f"{shlex.quote(sys.executable)} -c 'from pnetref.program import run; run()' --version {closed}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("name", [b"a\xff", b"a\nb", b"\x1b[31mred", "\u202egod".encode()], ids=repr)
@pytest.mark.parametrize("option", [[], ["--json"]], ids=["text", "json"])
def test_any_bytes_may_be_a_name(name: bytes, option: list[str]) -> None:
    """What is no character, breaks a line or steers a terminal is answered in one line that can be read."""
    ran = subprocess.run([sys.executable, "-m", "pnetref", "drug", name, *option], capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode("ascii").rstrip("\n").isprintable()
    assert not option or json.loads(ran.stderr)["error"]["code"] == "no_match"


def test_columns_that_are_no_width_are_not_one() -> None:
    """A width that cannot be is as none: nothing that a card says is lost."""
    whole = call("drug", "sunitinib", "food").stdout
    for columns in ("0", "²", "99999999999999999999", ""):
        assert call("drug", "sunitinib", "food", COLUMNS=columns).stdout == whole, columns


def test_a_terminal_too_narrow_for_columns_loses_no_word() -> None:
    """At any width every letter of a card is there: no column is squeezed until words are lost."""
    wide = Counter(call("drug", "interferon", COLUMNS="500").stdout)
    for columns in ("1", "30", "56"):
        narrow = Counter(call("drug", "interferon", COLUMNS=columns).stdout)
        assert not [letter for letter in (wide - narrow) if letter.isalnum()], columns


def test_a_file_that_holds_another_record_is_refused(copy: Path) -> None:
    """One drug is never shown under the name of another, and the line says what mends a file that was changed."""
    data = copy / "pnetref" / "data" / "treatments"
    shutil.copy(data / "everolimus.json", data / "sunitinib.json")
    refused(copy, "treatments/sunitinib.json", "not as it was packaged", "curation --fix")


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        ("names.tsv", "\nsutent\ttreatments/sunitinib\t", "\nsutent\ttreatments/everolimus\t"),
        ("records.tsv", "\ntreatments/sunitinib\tdrug\tsunitinib\t", "\ntreatments/sunitinib\tdrug\teverolimus\t"),
        ("digests.tsv", "\ntreatments/sunitinib.json\t", "\ntreatments/sunitinib.json\t0"),
    ],
)
def test_a_line_of_the_index_that_was_changed_is_refused(copy: Path, file: str, was: str, now: str) -> None:
    """A well-formed edit of an index is never served: a name cannot open another drug."""
    path = copy / "pnetref" / "data" / "index" / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")
    refused(copy, f"index/{file}", "not as it was packaged")


@pytest.mark.parametrize(
    ("folder", "lacking"),
    [
        ("treatments", "targeted-therapy"),
        ("sources", "acs-targeted-2025"),
        ("trials", "a6181111"),
        ("effects", "fatigue"),
    ],
)
def test_an_index_that_lacks_a_record_is_refused(copy: Path, folder: str, lacking: str) -> None:
    """A line that is gone is seen: nothing is denied that the data holds."""
    path = copy / "pnetref" / "data" / "index" / "records.tsv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(f"{folder}/{lacking}\t".encode())))
    refused(copy, "index/records.tsv", "not as it was packaged")


def refused(copy: Path, *told: str) -> None:
    """Check that a card of broken data is one line with these words, exit code 3, and nothing on stdout."""
    ran = subprocess.run(
        [sys.executable, "-m", "pnetref", "drug", "sutent"], capture_output=True, text=True, check=False, cwd=copy
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert all(text in ran.stderr for text in told), ran.stderr
    assert ran.stderr.count("\n") == 1


CUT = """
import os, subprocess, sys
def less():
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (32768, 32768))
with open(sys.argv[1], "wb") as file:
    ran = subprocess.run(sys.argv[2:], stdout=file, stderr=subprocess.PIPE, preexec_fn=less)
sys.exit(ran.returncode)
"""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("option", [["--json"], ["all", "--format", "html"]], ids=" ".join)
def test_an_answer_cut_short_is_no_success(tmp_path: Path, unbuffered: str, option: list[str]) -> None:
    """Where a file may not grow, the exit code says that the answer is not whole, buffered or not."""
    command = [
        sys.executable,
        "-c",
        CUT,
        str(tmp_path / "x"),
        sys.executable,
        "-m",
        "pnetref",
        "drug",
        "sunitinib",
        *option,
    ]
    ran = subprocess.run(command, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}, check=False)
    assert ran.returncode == 3


def test_a_reader_that_is_not_ready_gets_no_half_of_it() -> None:
    """A stdout that does not wait takes a part of an answer: that is told."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    with open(reads, "rb"), open(writes, "wb") as pipe:
        command = [sys.executable, "-m", "pnetref", "drug", "sunitinib", "--json"]
        ran = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 3
    assert b"not whole" in ran.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_the_code_is_right_where_stderr_takes_nothing() -> None:
    """A wrong option is exit 2, whether it can be told or not."""
    with open("/dev/full", "wb") as full:
        ran = subprocess.run([sys.executable, "-m", "pnetref", "--bogus"], stderr=full, check=False)
    assert ran.returncode == 2


def test_an_error_is_json_in_every_locale() -> None:
    """What was typed is in the error, whatever letters stderr can print."""
    ran = subprocess.run(
        [sys.executable, "-m", "pnetref", "drug", "évérolimùsß", "--json"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert "évérolimùsß" in json.loads(ran.stderr)["error"]["message"]


def test_one_of_many_writers_makes_a_new_file(tmp_path: Path) -> None:
    """Without --force a file is written once, whoever comes at the same time, and nothing else is left."""
    command = [sys.executable, "-m", "pnetref", "drug", "sunitinib", "food", "--output", str(tmp_path / "x.md")]
    writers = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(4)]
    assert sorted(writer.wait() for writer in writers) == [0, 2, 2, 2]
    assert [path.name for path in tmp_path.iterdir()] == ["x.md"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--" + "z" * 9000,),
        ("drug", "sunitinib", "--field", "y" * 9000),
        ("drug", "sunitinib", "--format", "y" * 9000),
        ("drug", "sunitinib", "--as-of", "y" * 9000),
        ("config", "set", "z" * 9000, "x"),
        ("compare", *["sunitinib", "zzz"] * 2000),
        ("drug", "x" * 9000),
    ],
    ids=lambda value: " ".join(value)[:30],
)
@pytest.mark.parametrize("option", [[], ["--json"]], ids=["text", "json"])
def test_a_message_is_never_long(run: Run, arguments: tuple[str, ...], option: list[str]) -> None:
    """Whatever was typed, a line on stderr has 500 letters at most, and one end of it says what is wrong."""
    ran = run(*arguments, *option)
    assert ran.code in (1, 2)
    assert ran.out == ""
    assert 20 < len(ran.err.rstrip("\n")) <= 600 if option else len(ran.err) <= 500
