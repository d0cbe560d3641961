"""The documents say what the program does."""

import re
import runpy
from pathlib import Path

import pytest

from pnetref.cli import app, settings_app
from pnetref.dataset import Dataset

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
def test_every_command_has_help_and_an_example(command: object) -> None:
    """A command says what it does in a sentence, and shows one call."""
    assert command.callback.__doc__
    assert command.epilog.startswith("Example: pnetref ")


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
