"""Every command in every format, read by other programs."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pnetref.formats import markdown
from pnetref.formats.csv import COLUMNS
from pnetref.page import Said, composed

from .conftest import Run

COMMANDS = [
    ("drug",),
    ("drug", "sunitinib"),
    ("drug", "captem"),
    ("drug", "prrt"),
    ("compare", "sunitinib", "everolimus"),
    ("compare", "prrt", "chemotherapy", "whipple"),
    ("side-effects",),
    ("side-effects", "lutathera"),
    ("side-effects", "mouth sores"),
    ("side-effects", "sunitinib", "fatigue"),
    ("side-effects", "sunitinib", "everolimus"),
    ("cite", "hauser-2019"),
    ("cite", "sunitinib"),
    ("treatment",),
    ("treatment", "whipple"),
    ("treatment", "--for", "insulinoma"),
    ("guide",),
    ("guide", "factors"),
    ("guide", "questions", "zortress"),
    ("search", "wound healing"),
    ("trial",),
    ("trial", "radiant-3"),
]


def written(run: Run, form: str, arguments: tuple[str, ...]) -> str:
    """Give what a command prints in a format."""
    ran = run(*arguments, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


# --- Markdown ----------------------------------------------------------------------------------


def letters(text: str) -> str:
    """Give the letters and digits of a text: programs differ in quotes, dashes and blanks."""
    return "".join(re.findall(r"\w", text))


Seen = tuple[list[str], int, list[tuple[int, int]]]
"""What a parser sees: headings, the number of list items, and rows and columns of each table."""


def by_markdown_it(text: str) -> Seen:
    """Read Markdown as CommonMark with tables."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    headings = [
        f"{tokens[i].tag} {letters(inline(tokens[i + 1]))}"
        for i, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    tables: list[tuple[int, int]] = []
    rows = cells = 0
    for token in tokens:
        rows += token.type == "tr_open"
        cells += token.type in ("th_open", "td_open")
        if token.type == "table_close":
            tables.append((rows, cells // rows))
            rows = cells = 0
    return headings, sum(token.type == "list_item_open" for token in tokens), tables


def inline(token: Token) -> str:
    """Give the text of an inline token."""
    return "".join(child.content for child in token.children or ())


def by_pandoc(text: str) -> Seen:
    """Read Markdown as pandoc does."""
    ran = subprocess.run(
        ["pandoc", "--from", "markdown-yaml_metadata_block", "--to", "json"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    headings: list[str] = []
    tables: list[tuple[int, int]] = []
    items = 0

    def visit(node: Any) -> None:
        nonlocal items
        if isinstance(node, dict):
            kind: str = node.get("t", "")
            content: Any = node.get("c")
            if kind == "Header":
                headings.append(f"h{content[0]} {letters(said(content[2]))}")
            elif kind == "BulletList":
                items += len(content)
            elif kind == "Table":
                head, bodies = content[3][1], content[4]
                rows = [*head, *(row for body in bodies for row in body[3])]
                tables.append((len(rows), len(rows[0][1])))
            for part in node.values():
                visit(part)
        elif isinstance(node, list):
            for part in node:
                visit(part)

    visit(json.loads(ran.stdout)["blocks"])
    return headings, items, tables


def said(node: Any) -> str:
    """Give the text of a part of pandoc's document."""
    if isinstance(node, dict):
        content = node.get("c", "")
        return content if node.get("t") == "Str" else content[1] if node.get("t") == "Code" else said(content)
    return "".join(said(part) for part in node) if isinstance(node, list) else ""


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_markdown_has_one_title_and_closed_tables(run: Run, arguments: tuple[str, ...]) -> None:
    """A Markdown parser sees one title, every table with cells in every row, and every text as it is on the screen."""
    text = written(run, "markdown", arguments)
    headings, _, tables = by_markdown_it(text)
    assert [heading for heading in headings if heading.startswith("h1 ")] == headings[:1]
    assert all(rows > 1 and columns > 1 for rows, columns in tables)


def test_a_number_before_words_is_no_list_and_no_escape(run: Run) -> None:
    """A title that begins with a number is read as it stands, and a text that begins as a list does not make one."""
    title = MarkdownIt("commonmark").parse(written(run, "markdown", ("trial", "--phase", "3")))[1]
    assert re.match(r"\d+ trials", inline(title))
    sheet = markdown.Sheet(
        composed([], {"sources": {}, "typed": [], "notice": "", "data_version": "2026.1.1", "as_of": "2026-01-01"}),
        "off",
    )
    for text in ("10 people", "10. people", "10) people", "- people", "+ people", "-10 people"):
        tokens = MarkdownIt("commonmark").parse(sheet.inline((Said(text),)))
        assert [inline(token) for token in tokens if token.type == "inline"] == [text]
        assert tokens[0].type == "paragraph_open"


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize(
    "arguments",
    [pytest.param(one, marks=[pytest.mark.long] if index % 3 else []) for index, one in enumerate(COMMANDS)],
    ids=lambda one: " ".join(one),
)
def test_two_parsers_read_the_same_markdown(run: Run, arguments: tuple[str, ...]) -> None:
    """Pandoc and a CommonMark parser see the same headings, list items and tables."""
    text = written(run, "markdown", arguments)
    assert by_pandoc(text) == by_markdown_it(text)


def test_nothing_in_a_text_is_markup(run: Run) -> None:
    """Signs of our texts, such as brackets of a mark, come out of a Markdown parser as they went in."""
    tokens = MarkdownIt("commonmark").enable("table").parse(written(run, "markdown", ("drug", "sunitinib")))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "code_inline", "softbreak"}


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_resolves_our_citations(run: Run, tmp_path: Path) -> None:
    """With `--references pandoc` each mark is a citation with its place, and CSL-JSON of the same name resolves them all."""
    text = run("drug", "sunitinib", "--format", "markdown", "--references", "pandoc").out
    assert "[@acs-targeted-2025, Sunitinib (Sutent) for pNETs]" in text
    works = tmp_path / "works.json"
    ids = list(json.loads(run("drug", "sunitinib", "--json").out)["sources"])
    works.write_text(run("cite", *ids[:60], "--format", "csl-json").out, encoding="utf-8")
    ran = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography", str(works), "--from", "markdown", "--to", "plain"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "not found" not in ran.stderr
    assert "Raymond" in ran.stdout.partition("References")[2]


# --- CSV ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_csv_has_the_same_columns_in_every_row(run: Run, arguments: tuple[str, ...]) -> None:
    """One table for every command: its columns are the same, each row names a source of the answer or none."""
    rows = list(csv.reader(io.StringIO(written(run, "csv", arguments))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(COLUMNS)}
    sources = json.loads(run(*arguments, "--json").out)["sources"]
    for row in csv.DictReader(io.StringIO(written(run, "csv", arguments))):
        assert row["field"], row
        assert not row["source"] or (row["source"] in sources and row["state"])


def test_csv_loses_no_fact_and_no_report(run: Run) -> None:
    """Every fact, dose, approval, name and report of a record is a row with each of its places, and every silence is one."""
    record = json.loads(run("drug", "everolimus", "--json").out)["drug"]
    rows = list(csv.DictReader(io.StringIO(written(run, "csv", ("drug", "everolimus")))))
    own = [row for row in rows if row["record"] == "everolimus"]
    places = {(row["source"], row["at"], row["text"]) for row in own}
    for fact in record["facts"]:
        assert {(cite["source"], cite["at"], fact["text"]) for cite in fact["cites"]} <= places
    reported = {(row["source"], row["at"]) for row in own if row["field"] == "side_effects"}
    for effect in record["side_effects"]:
        assert {(report["source"], report["at"]) for report in effect["reports"]} <= reported
    silent = {row["field"] for row in own if row["stance"] == "not stated"}
    assert silent == set(record["not_stated"])


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "markdown", "html", "csv"])
def test_an_answer_is_written_to_a_new_file(run: Run, tmp_path: Path, form: str) -> None:
    """`--output` takes every format, prints nothing, writes what stdout would get, and replaces nothing unasked."""
    path = tmp_path / "answer"
    ran = run("drug", "prrt", "--format", form, "--output", str(path))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert path.read_text(encoding="utf-8") == run("drug", "prrt", "--format", form).out
    again = run("drug", "zortress", "--format", form, "--output", str(path))
    assert again.code == 2
    assert "--force" in again.err
    assert path.read_text(encoding="utf-8") == run("drug", "prrt", "--format", form).out
    assert run("drug", "sunitinib", "--format", form, "--output", str(path), "--force").code == 0
    assert path.read_text(encoding="utf-8") == run("drug", "sunitinib", "--format", form).out


def test_a_dash_is_stdout(run: Run) -> None:
    """`--output -` prints."""
    assert run("drug", "prrt", "--json", "--output", "-") == run("drug", "prrt", "--json")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("s.html", "<!DOCTYPE"), ("s.md", "# "), ("s.csv", "record,"), ("s.json", "{"), ("s.bib", "@"), ("s.txt", "suni")],
)
def test_the_name_of_a_file_asks_for_its_format(run: Run, tmp_path: Path, name: str, begins: str) -> None:
    """`--output sunitinib.html` is a page, without another word; an option beats the name."""
    where = tmp_path / name
    assert run("drug", "sunitinib", "--output", str(where)).code == 0
    assert where.read_text(encoding="utf-8").startswith(begins)
    assert run("drug", "sunitinib", "--output", str(where), "--force", "--format", "csv").code == 0
    assert where.read_text(encoding="utf-8").startswith("record,")
