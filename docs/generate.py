"""Writes what is generated in the documents: the command line, the tables of an export, the README's screens and pictures.

Usage: python docs/generate.py     tests/test_docs.py fails where a document is not as generated
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pnetref.export.tables import TABLES, Table

ROOT = Path(__file__).resolve().parent.parent
DAY = "1795521600"  # 2026-11-24, so that a state does not change with the day
PICTURES = {"drug.svg": "drug sunitinib", "compare.svg": "compare sunitinib everolimus"}
"""The pictures of first screens, and the command of each."""
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
TABLES_BEGIN = "<!-- tables -->\n"
SCREEN = re.compile(r"<!-- screen: (.+?) -->\n(?:```\n.*?```\n)?", re.DOTALL)


def output(*arguments: str, columns: int = 88, color: str = "never") -> str:
    """Give what a program of this Python prints at so many columns."""
    settings = {
        "SOURCE_DATE_EPOCH": DAY,
        "COLUMNS": str(columns),
        "PNETREF_CONFIG": os.devnull,
        "PNETREF_COLOR": color,
        "TERM": "xterm-256color",
    }
    if color == "never":
        settings["NO_COLOR"] = "1"
    dropped = ("FORCE_COLOR", "NO_COLOR", "COLORTERM")
    surroundings = {
        name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("PNETREF_")
    }
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


def picture(command: str) -> str:
    """Give a first screen at 80 columns as an SVG picture, in the reader's own fonts."""
    printed = output("pnetref", *shlex.split(command), columns=80, color="always")
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=80, file=nowhere, force_terminal=True, color_system="256")
        console.print(Text.from_ansi(printed), end="")
        drawn = console.export_svg(title=f"pnetref {command}", unique_id="pnetref")
    plain = WEB_FONT.sub("", drawn).replace("Fira Code, monospace", "monospace")
    return "\n".join(line.rstrip() for line in plain.splitlines()) + "\n"


def data_document(text: str) -> str:
    """Give docs/data.md with the tables as they are declared, from its mark to its end."""
    start, mark, _ = text.partition(TABLES_BEGIN)
    return start + mark + "".join(map(table_reference, TABLES))


def table_reference(table: Table) -> str:
    """Give a table with its keys and its columns."""
    joins = "; ".join(f"{', '.join(f'`{name}`' for name in link.columns)} → `{link.table}`" for link in table.links)
    rows = (
        f"| `{column.name}` | {column.type}{', empty' if column.empty else ''} | "
        f"{column.text}{f' Unit: {column.unit}.' if column.unit else ''} |"
        for column in table.columns
    )
    return "\n".join(
        [
            f"\n### {table.name}\n",
            f"{table.text} Key: {', '.join(f'`{name}`' for name in table.key)}.{f' Joins: {joins}.' if joins else ''}\n",
            "| column | type | what stands in it |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def documents() -> dict[Path, str]:
    """Give every generated document with the text that it should have."""
    path = ROOT / "README.md"
    tables = ROOT / "docs" / "data.md"
    pictures = {ROOT / "docs" / name: picture(command) for name, command in PICTURES.items()}
    return {
        ROOT / "docs" / "cli.md": cli_reference(),
        tables: data_document(tables.read_text(encoding="utf-8")),
        path: readme(path.read_text(encoding="utf-8")),
        **pictures,
    }


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
