"""Writes what is generated in the documents: the command line reference and the README's screens.

Usage: python docs/generate.py     tests/test_docs.py fails where a document is not as generated
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAY = "1795521600"  # 2026-11-24, so that a state does not change with the day
SCREEN = re.compile(r"<!-- screen: (.+?) -->\n(?:```\n.*?```\n)?", re.DOTALL)


def output(*arguments: str) -> str:
    """Give what a program of this Python prints at 88 columns."""
    settings = {"SOURCE_DATE_EPOCH": DAY, "COLUMNS": "88", "PNETREF_CONFIG": os.devnull, "NO_COLOR": "1"}
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PNETREF_")}
    surroundings.pop("FORCE_COLOR", None)
    ran = subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**surroundings, **settings, "PYTHONIOENCODING": "utf-8"},
    )
    return ran.stdout


def cli_reference() -> str:
    """Give docs/cli.md, written by Typer from the commands."""
    return output("typer", "pnetref.cli", "utils", "docs", "--name", "pnetref", "--title", "The command line")


def readme(text: str) -> str:
    """Give the README with its screens as they are."""

    def screen(found: re.Match[str]) -> str:
        printed = output("pnetref", *shlex.split(found.group(1)))
        shown, references, _ = printed.partition("\nReferences\n")
        if references and len(printed.splitlines()) > 48:
            printed = f"{shown}\nReferences\n  … each source with its dates, its state and the places cited\n"
        return f"{found.group().splitlines()[0]}\n```\n$ pnetref {found.group(1)}\n{printed}```\n"

    return SCREEN.sub(screen, text)


def documents() -> dict[Path, str]:
    """Give every generated document with the text that it should have."""
    path = ROOT / "README.md"
    return {ROOT / "docs" / "cli.md": cli_reference(), path: readme(path.read_text(encoding="utf-8"))}


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
