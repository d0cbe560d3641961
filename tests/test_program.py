"""The program as a process: versions, pipes, broken data."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pnetref

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
    assert ran.stdout == f"pnetref {pnetref.__version__}, data {pnetref.load().index.data_version}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the package that may be broken."""
    shutil.copytree(ROOT, tmp_path / "pnetref", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize("file", ["index.json", "treatments/sunitinib.json", "sources/acs-targeted-2025.json"])
@pytest.mark.parametrize("content", [None, b"", b"{", b'{"id": 3}', b"\xff\xfe"], ids=str)
def test_broken_data_is_one_line_and_exit_3(copy: Path, file: str, content: bytes | None) -> None:
    """A missing or corrupt file is named, with what is wrong; nothing on stdout, no traceback."""
    path = copy / "pnetref" / "data" / file
    path.unlink() if content is None else path.write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-m", "pnetref", "drug", "sunitinib"], capture_output=True, text=True, check=False, cwd=copy
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert file in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_closed_pipe_ends_quietly() -> None:
    """`pnetref side-effects | head -1` prints no traceback."""
    command = f"{sys.executable} -m pnetref side-effects --json | head -1; exit ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_encoding_without_our_signs_is_no_failure() -> None:
    """An ASCII terminal gets question marks and no traceback."""
    ran = call("compare", "sunitinib", "everolimus", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
