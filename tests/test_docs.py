"""The documents say what the program does."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
from typer.models import CommandInfo

from pnetref.answers.shapes import ANSWERS
from pnetref.cli import app, settings_app
from pnetref.dataset import Dataset

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


def test_every_call_in_the_documents_works(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows can be typed as it stands there."""
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    calls = re.findall(r"^pnetref (.+?)(?:  +.*| \| jq .*)?$", text, re.MULTILINE)
    assert len(calls) > 10
    for call in calls:
        assert run(*shlex.split(call)).code == 0, call


def test_every_answer_is_explained() -> None:
    """docs/json.md names every answer of the contract, and none that is gone."""
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(\w+Answer)`", text)) == {model.__name__ for model in ANSWERS}


def test_the_python_example_works(capsys: pytest.CaptureFixture[str]) -> None:
    """The README's Python runs, and prints facts with their places."""
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block
    exec(block.group(1), {})
    assert "acs-targeted-2025" in capsys.readouterr().out


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
