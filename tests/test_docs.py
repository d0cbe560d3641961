"""The documents say what the program does."""

import json
import re
import runpy
import shlex
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from typer.models import CommandInfo

from pnetref.answers.shapes import ANSWERS
from pnetref.cli import app, settings_app
from pnetref.dataset import Dataset
from pnetref.errors import Problem
from pnetref.export.tables import TABLES
from pnetref.terms import State

from .conftest import Run

ROOT = Path(__file__).parent.parent
COMMANDS = [*app.registered_commands, *settings_app.registered_commands]


def test_generated_documents_are_fresh() -> None:
    """The command line reference and the README's screens are what the program prints today."""
    documents = runpy.run_path(str(ROOT / "docs" / "generate.py"))["documents"]()
    for path, text in documents.items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name} is not as generated; run: python docs/generate.py"
        )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.callback.__name__)
def test_every_command_has_help_and_an_example_that_works(
    run: Run, command: CommandInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command says what it does in a sentence, and shows one call that finds something."""
    monkeypatch.chdir(tmp_path)  # one of them writes a folder
    assert command.callback
    assert command.callback.__doc__
    assert command.epilog
    assert command.epilog.startswith("Example: pnetref ")
    assert run(*shlex.split(command.epilog)[2:]).code == 0


def test_every_answer_is_explained() -> None:
    """docs/json.md names every answer of the contract, and none that is gone."""
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+Answer)`", text)) == {model.__name__ for model in ANSWERS}


def test_the_readme_counts_the_tables() -> None:
    """The README says how many tables an export has."""
    assert f"as {len(TABLES)} tables" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_link_leads_somewhere() -> None:
    """A link of a document that names a file, or a heading in one, finds it."""
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), f"{page.name}: {link}"
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE) if heading else []
            anchors = [re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-") for title in titles]
            assert not heading or heading in anchors, f"{page.name}: {link}"


# --- the page for programs ---------------------------------------------------------------------

AGENTS = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")


def test_an_answer_is_as_large_as_the_page_for_programs_says(run: Run) -> None:
    """Each size in docs/agents.md is that of the answer today, to within a quarter."""
    sizes = re.findall(r"^\| `pnetref (.+?)` \| (\d+) \|$", AGENTS, re.MULTILINE)
    assert len(sizes) > 15
    for call, size in sizes:
        found = len(run(*shlex.split(call), columns=80).out.encode())
        assert found == pytest.approx(int(size), rel=0.25), (
            f"pnetref {call} has {found} bytes: say so in docs/agents.md"
        )


def test_the_page_for_programs_quotes_what_is_said(run: Run) -> None:
    """The sentence that docs/agents.md gives as an example is in the data, with its source and its place."""
    quoted = " ".join(AGENTS.partition("\n> ")[2].partition("\n\n")[0].replace("\n> ", " ").split())
    answer = json.loads(run("drug", "sunitinib", "missed dose", "--json").out)
    fact = next(fact for fact in answer["drug"]["facts"] if f'"{fact["text"]}"' in quoted)
    assert f'"{fact["cites"][0]["at"]}"' in quoted
    assert fact["region"] in quoted
    publisher, *_ = answer["sources"][fact["cites"][0]["source"]]["reference"].split(". ")
    assert publisher in quoted


def test_the_tool_to_paste_knows_the_commands(run: Run) -> None:
    """The function for models offers every command that answers, and its examples find something as they stand."""
    tool = json.loads(re.findall(r"```json\n(.*?)```", AGENTS, re.DOTALL)[-1])
    Draft202012Validator.check_schema(tool["parameters"])
    offered = tool["parameters"]["properties"]["command"]["enum"]
    assert offered == [
        command.name or command.callback.__name__.replace("_", "-")
        for command in app.registered_commands
        if command.callback and command.callback.__name__ not in ("export", "completion")
    ]
    lists = re.findall(r"\[\".+?\]", tool["parameters"]["properties"]["arguments"]["description"])
    assert len(lists) == 3
    for command, example in zip(("drug", "side-effects", "compare"), lists, strict=True):
        assert run(command, *json.loads(example), "--json").code == 0


def test_the_page_for_programs_names_every_state_and_every_code() -> None:
    """docs/agents.md says what to do with each state of a source, and with each code of an error at its exit code."""
    assert {state for state in get_args(State) if f"| `{state}` |" not in AGENTS} == set()
    table = AGENTS.partition("| exit code | `code` | do |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = [row.split("|")[1:3] for row in table.splitlines()]
    told = {(int(number), code) for number, codes in rows for code in re.findall(r"`(\w+)`", codes)}
    kinds = [Problem]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert told == {(kind.exit_code, kind.code) for kind in kinds}


def test_every_record_that_the_coverage_names_exists(data: Dataset) -> None:
    """docs/coverage.md names records of this data, and names every source of the five."""
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:treatments|settings|topics|trials|sources|effects)/[a-z0-9-]+)`", text))
    assert named
    assert not named - set(data.index.records)
    for key in ("acs-targeted-2025", "acs-treating-2024", "cruk-targeted-2021", "hauser-2019", "sharecare-nets-2025"):
        assert key in text


def test_the_readme_s_commands_stand_alone() -> None:
    """The README has the two commands that CI takes out of it, each one line."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("run", "test"):
        block = re.search(rf"<!-- {name} -->\n```\n(.+)\n```\n", text)
        assert block, f"no command after <!-- {name} -->"
        assert "pip install" in block.group(1)
