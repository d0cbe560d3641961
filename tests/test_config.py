"""Settings: where they come from, and that a file is never harmed."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the settings file that ``run`` uses."""
    return tmp_path / "config.toml"


def test_flags_beat_the_environment_and_that_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting says where it comes from: default, file, environment, flag."""
    assert run("config", "get", "terms").out == "both\n"
    assert run("config", "set", "terms", "plain").code == 0
    assert run("config", "get", "terms").out == "plain\n"
    monkeypatch.setenv("PNETREF_TERMS", "clinical")
    assert run("config", "get", "terms").out == "clinical\n"
    assert run("--terms", "both", "config", "get", "terms").out == "both\n"
    assert "environment" in run("config").out


def test_settings_change_what_is_shown(run: Run) -> None:
    """Plain terms leave out the clinical word, references can be ids or off."""
    assert "dyspnea" in run("side-effects", "sunitinib", "all").out
    run("config", "set", "terms", "plain")
    assert "dyspnea" not in run("side-effects", "sunitinib", "all").out
    assert "[acs-targeted-2025" in run("--references", "ids", "drug", "sunitinib").out
    assert "ACS 2025" not in run("--references", "off", "drug", "sunitinib").out.rpartition("More")[2]
    assert "References" not in run("--references", "off", "drug", "sunitinib", "all").out


def test_figures_off_hides_survival_and_death_and_says_so(run: Run) -> None:
    """Who does not want to read figures of survival or death does not, on any card, and is told."""
    shown = run("treatment", "whipple").out
    hidden = run("--figures", "off", "treatment", "whipple").out
    assert "15%" in shown
    assert "15%" not in hidden
    assert "hidden" in hidden


def test_what_the_program_does_not_know_is_kept(run: Run, file: Path) -> None:
    """Setting and unsetting leave other keys and tables as they were."""
    file.write_text('other = 1\n[mine]\nkey = "value"\n', encoding="utf-8")
    assert run("config", "set", "color", "never").code == 0
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"other": 1, "mine": {"key": "value"}, "color": "never"}
    assert run("config", "unset", "color").code == 0
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"other": 1, "mine": {"key": "value"}}
    assert sorted(os.listdir(file.parent)) == [".pnetref.lock", "config.toml"]


def test_settings_made_at_once_are_all_kept(file: Path) -> None:
    """Programs that change different settings at the same time do not undo each other."""
    wanted = {"terms": "plain", "color": "never", "references": "ids", "figures": "off"}
    environment = {**os.environ, "PNETREF_CONFIG": str(file)}
    running = [
        subprocess.Popen([sys.executable, "-m", "pnetref", "config", "set", key, value], env=environment)
        for key, value in wanted.items()
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert tomllib.loads(file.read_text(encoding="utf-8")) == wanted


def test_a_replaced_file_keeps_its_mode(run: Run, file: Path) -> None:
    """Who let others read the settings still does after a change."""
    file.write_text("", encoding="utf-8")
    file.chmod(0o644)
    assert run("config", "set", "terms", "plain").code == 0
    assert file.stat().st_mode & 0o777 == 0o644


def test_figures_off_hides_survival_in_trials_and_says_so(run: Run) -> None:
    """Survival is left out of a trial's page and of the card of its drug; other results stay."""
    for command in (
        ("trial", "radiant-3", "all"),
        ("drug", "everolimus", "all"),
        ("compare", "everolimus", "sunitinib", "all"),
    ):
        shown, hidden = run(*command).out, run("--figures", "off", *command).out
        assert "Overall survival" in shown
        assert "Overall survival" not in hidden
        assert "Progression-free survival" in hidden
        assert "figures = off" in hidden


@pytest.mark.parametrize("content", ["terms = ", "\xff", "terms = 3\n", 'terms = "fancy"\n'])
def test_a_bad_file_costs_one_line_and_is_never_overwritten(run: Run, file: Path, content: str) -> None:
    """What cannot be parsed or is not allowed: exit 3, one line, nothing on stdout; and a broken file stays as it is."""
    file.write_bytes(content.encode("latin-1"))
    ran = run("drug", "sunitinib")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert str(file) in ran.err
    before = file.read_bytes()
    if "terms" not in content or content == "terms = ":
        assert run("config", "set", "terms", "plain").code == 3
        assert file.read_bytes() == before


def test_json_needs_no_settings(run: Run, file: Path) -> None:
    """A script's `--json` is the same whatever the settings file holds."""
    file.write_text("terms = ", encoding="utf-8")
    assert run("drug", "sunitinib", "--json").code == 0


@pytest.mark.parametrize(
    ("arguments", "names"),
    [(["set", "colour", "never"], "terms, color"), (["set", "color", "pink"], "auto, always, never")],
    ids=["key", "value"],
)
def test_an_unknown_key_or_value_names_the_allowed_ones(run: Run, arguments: list[str], names: str) -> None:
    """The error says what would have been right."""
    ran = run("config", *arguments)
    assert ran.code == 2
    assert names in ran.err


def test_options_work_in_either_place(run: Run) -> None:
    """What a person gives before the command or behind it means the same; the later one wins."""
    before, behind = run("--terms", "clinical", "drug", "sunitinib"), run("drug", "sunitinib", "--terms", "clinical")
    assert before == behind
    assert before != run("drug", "sunitinib")
    assert run("--terms", "plain", "drug", "sunitinib", "--terms", "clinical") == behind
    assert run("--json", "drug", "sunitinib") == run("drug", "sunitinib", "--json")
