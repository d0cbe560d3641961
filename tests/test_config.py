"""Settings: where they come from, and that a file is never harmed."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pnetref.config import ALLOWED, DEFAULTS
from pnetref.options import SETTINGS

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
    assert sorted(os.listdir(file.parent)) == ["config.toml"]


@pytest.mark.parametrize("count", [6, pytest.param(20, marks=pytest.mark.long)])
def test_settings_made_at_once_leave_a_valid_file(file: Path, count: int) -> None:
    """Programs that change settings at the same time do not undo each other, and never leave half a file."""
    file.write_text("mine = 1\n", encoding="utf-8")
    environment = {**os.environ, "PNETREF_CONFIG": str(file)}
    keys = list(VALUES)
    calls: list[tuple[str, ...]] = [("set", keys[at % 7], VALUES[keys[at % 7]][at // 7 % 2]) for at in range(count)]
    calls[-1] = ("unset", "pager") if count > 7 else calls[-1]
    running = [
        subprocess.Popen([sys.executable, "-m", "pnetref", "config", *call], env=environment, stderr=subprocess.PIPE)
        for call in calls
    ]
    assert [(process.wait(), process.communicate()[1]) for process in running] == [(0, b"")] * count
    stored = tomllib.loads(file.read_text(encoding="utf-8"))
    assert stored.pop("mine") == 1
    assert all(value in VALUES[key] for key, value in stored.items())
    written = {call[1] for call in calls if call[0] == "set"}
    assert written - {"pager"} <= stored.keys() <= written
    assert sorted(os.listdir(file.parent)) == ["config.toml"]


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


UNREADABLE: dict[str, bytes] = {
    "no TOML": b"terms = ",
    "no UTF-8": b"\xff",
    "a number of 5,000 digits": b"big = " + b"9" * 5000,
    "too deep": b"deep = " + b"[" * 100_000,
    "too long": b"# \n" * 400_000,
    "steers a terminal": b'terms = "\x1b[31m',
}
"""Files that cannot be read at all."""


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_costs_one_line_and_no_answer(run: Run, file: Path, content: bytes) -> None:
    """An answer is what it is without the file, and one line on stderr names the file and what to do."""
    without = run("drug", "carboplatin")
    file.write_bytes(content)
    ran = run("drug", "carboplatin")
    assert (ran.code, ran.out, ran.err.count("\n")) == (0, without.out, 1)
    assert ran.err.startswith(f"pnetref: settings: {file}: ")
    assert ran.err.endswith("mend or remove the file; defaults are used instead\n")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_never_overwritten(run: Run, file: Path, content: bytes) -> None:
    """What asks for the settings themselves, or changes them, fails with exit 3 and leaves such a file as it is."""
    file.write_bytes(content)
    for arguments in ((), ("get", "terms"), ("set", "terms", "plain"), ("unset", "terms")):
        ran = run("config", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert str(file) in ran.err
    assert file.read_bytes() == content
    assert run("config", "path").out == f"{file}\n"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("3", "is no text"),
        ("false", "is no text"),
        ('"fancy"', "'fancy' is not one of: plain, clinical, both"),
        ('"\\u001b[31m"', r"'\x1b[31m' is not one of"),
        (f"0x{'f' * 5000}", "is no text"),
        ("[[[]]]", "is no text"),
    ],
)
def test_a_bad_value_costs_one_line_and_the_others_hold(run: Run, file: Path, value: str, fault: str) -> None:
    """The good values of a file are used; the line names the value and the command that mends it."""
    file.write_text(f'references = "off"\nterms = {value}\n', encoding="utf-8")
    ran = run("drug", "carboplatin")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert ran.out == run("drug", "carboplatin", "--references", "off", "--terms", "both").out
    assert f"{file}: terms {fault}" in ran.err
    assert "mend it with: pnetref config set terms both; " in ran.err
    assert run("config", "get", "terms").code == 3
    assert run("config", "get", "references") == (0, "off\n", "")


def test_a_bad_value_is_mended_by_the_command_that_is_named(run: Run, file: Path) -> None:
    """``config set`` replaces the value, ``config unset`` takes it out, and what else stands in the file stays."""
    for command in (("set", "terms", "both"), ("unset", "terms")):
        file.write_text('terms = "fancy"\ncolor = 3\nother = 1\n', encoding="utf-8")
        assert run("config", *command).code == 0
        assert tomllib.loads(file.read_text(encoding="utf-8")) | {"terms": "both"} == {
            "terms": "both",
            "color": 3,
            "other": 1,
        }
    assert run("config", "set", "color", "never", "--json").code == 0
    assert run("drug", "carboplatin").err == ""


def test_a_flag_in_place_of_a_bad_value_needs_no_line(run: Run, file: Path) -> None:
    """A value that is not used costs nothing."""
    file.write_text('terms = "fancy"\n', encoding="utf-8")
    assert run("drug", "carboplatin", "--terms", "plain").err == ""


def test_what_is_no_file_is_not_read(run: Run, file: Path) -> None:
    """A folder or a pipe in the place of the file costs a line and never waits; the null device is an empty file."""
    for make in (os.mkdir, os.mkfifo):
        make(file)
        ran = run("drug", "carboplatin")
        assert (ran.code, ran.err.count("\n")) == (0, 1)
        assert "it is no file" in ran.err
        assert run("config", "set", "terms", "plain").code == 3
        (os.rmdir if make is os.mkdir else os.unlink)(file)


def test_the_null_device_is_an_empty_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wants no settings file names the null device, and it is never changed."""
    monkeypatch.setenv("PNETREF_CONFIG", os.devnull)
    assert run("drug", "carboplatin").err == ""
    assert run("config", "get", "terms").out == "both\n"
    assert run("config", "set", "terms", "plain").code == 3


@pytest.mark.parametrize("home", [None, os.devnull, "/nonexistent"])
def test_no_home_is_no_obstacle(run: Run, monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    """Who has no home directory, or one that is none, gets a card without a word; only a change has nowhere to go."""
    for name in ("PNETREF_CONFIG", "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)  # the machine does not know this user
    if home:
        monkeypatch.setenv("HOME", home)
    ran = run("drug", "carboplatin")
    assert (ran.code, ran.err) == (0, "")
    assert run("config", "get", "terms").out == "both\n"
    if home != "/nonexistent":  # where whoever may make it would
        changed = run("config", "set", "terms", "plain")
        assert (changed.code, changed.out, changed.err.count("\n")) == (3, "", 1)


def test_json_needs_no_settings(run: Run, file: Path) -> None:
    """A script's `--json` is the same whatever the settings file holds, and says nothing of it."""
    without = run("drug", "sunitinib", "--json")
    file.write_text("terms = ", encoding="utf-8")
    assert run("drug", "sunitinib", "--json") == without
    assert run("drug", "sunitinib", "--format", "csv").err == ""


VALUES = {
    "terms": ("plain", "clinical"),
    "color": ("always", "never"),
    "references": ("ids", "off"),
    "figures": ("off", "on"),
    "layout": ("plain", "auto"),
    "spelling": ("uk", "us"),
    "pager": ("never", "more -d"),
}


@pytest.mark.parametrize("key", ALLOWED)
def test_every_setting_has_every_origin(run: Run, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Each is a flag, a variable and a key of the file: a flag beats the environment, and that the file."""
    one, other = VALUES[key]
    assert json.loads(run("config", "get", key, "--json").out)["settings"][key]["origin"] == "default"
    run("config", "set", key, one)
    assert json.loads(run("config", "get", key, "--json").out)["settings"][key]["origin"] == "file"
    monkeypatch.setenv(f"PNETREF_{key.upper()}", other)
    assert run("config", "get", key).out == f"{other}\n"
    in_use = json.loads(run(f"--{key}", one, "config", "get", key, "--json").out)["settings"][key]
    assert in_use == {"key": key, "value": one, "origin": "flag"}
    ran = run("drug", "carboplatin", f"--{key}", "")
    assert (ran.code, ran.out, f"--{key} ''" in ran.err) == (2, "", True)


def test_settings_are_listed_once() -> None:
    """What may be given as an option is every setting, and each has a default that it takes."""
    assert set(SETTINGS) == set(ALLOWED) == set(DEFAULTS)
    assert all(DEFAULTS[key] in values for key, values in ALLOWED.items())


@pytest.mark.parametrize("command", [("drug", "carboplatin"), ("drug", "--help"), ("drug", "xyzzy"), ("config",)])
def test_color_is_what_the_flag_says(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """`--color` beats NO_COLOR, FORCE_COLOR and PNETREF_COLOR, on screens, help and errors; so does the setting."""
    screen = command in (("drug", "carboplatin"), ("config",))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PNETREF_COLOR", "never")
    ran = run("--color", "always", *command)
    assert ("\x1b[" in ran.out + ran.err) == screen
    if command == ("drug", "carboplatin"):
        assert "\x1b[36m" in ran.out
    monkeypatch.setenv("PNETREF_COLOR", "always")
    assert ("\x1b[" in run(*command).out) == screen
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran = run("--color", "never", *command)
    assert "\x1b" not in ran.out + ran.err


def test_a_pager_that_is_no_command_is_refused(run: Run, file: Path) -> None:
    """A quotation mark that is never closed is told where it is given, and stops no answer where it is stored."""
    assert run("config", "set", "pager", 'less "').code == 2
    file.write_text("pager = 'less \"'\n", encoding="utf-8")
    assert (run("drug", "carboplatin").code, run("drug", "carboplatin").err.count("\n")) == (0, 1)


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


@pytest.mark.parametrize("text", ['figures = "Off"', "figures = false", 'figures = " OFF "'])
def test_figures_are_hidden_however_off_is_written(run: Run, text: str) -> None:
    """Who does not want to see figures of survival does not have to know how a value is spelled."""
    _write(text)
    ran = run("trial", "netter-1")
    assert ran.err == ""
    assert "figures = off" in ran.out


@pytest.mark.parametrize("text", ['figures = "nope"', 'figures = "off"\nspelling = uk', "figures = 3"])
def test_figures_are_hidden_where_the_file_is_in_doubt(run: Run, text: str) -> None:
    """A file that may ask for it hides figures, and the line on stderr says how to mend it."""
    _write(text)
    ran = run("trial", "netter-1")
    assert ran.err.count("\n") == 1
    assert "figures = off" in ran.out
    assert "figures on" not in ran.err
    assert "figures = off" not in run("trial", "netter-1", "--figures", "on").out


def test_a_key_that_is_a_slip_is_told(run: Run) -> None:
    """A setting that is nearly spelled right is not passed over; a key of somebody else is."""
    _write('figure = "off"')
    assert "figures is" in run("drug", "sunitinib", "food").err
    _write('mine = "off"')
    assert run("drug", "sunitinib", "food").err == ""


def test_a_value_may_be_in_any_case(run: Run) -> None:
    """UK, uk and Uk are one."""
    assert run("drug", "sunitinib", "--spelling", "UK") == run("drug", "sunitinib", "--spelling", "uk")
    assert run("config", "set", "spelling", "UK").code == 0
    assert run("config", "get", "spelling").out == "uk\n"


def _write(text: str) -> None:
    with open(os.environ["PNETREF_CONFIG"], "w", encoding="utf-8") as file:
        file.write(text)


def test_no_deaths_are_left_in_notes(run: Run) -> None:
    """With figures off, a note of a result that counts deaths is left out, on the first screen and behind it."""
    for part in ([], ["all"], ["results"]):
        assert "67 progressions or deaths" not in " ".join(
            run("trial", "netter-1", *part, "--figures", "off").out.split()
        )
    assert "67 progressions or deaths" in " ".join(run("trial", "netter-1", "all").out.split())


def test_a_key_may_be_in_any_case(run: Run) -> None:
    """Figures is figures."""
    _write('Figures = "off"')
    ran = run("trial", "netter-1")
    assert ran.err == ""
    assert "figures = off" in ran.out


@pytest.mark.parametrize(
    "words", [("get", "terms"), ("set", "terms", "plain"), ("unset", "terms"), ("path",), ()], ids=" ".join
)
def test_json_may_stand_before_the_command(run: Run, words: tuple[str, ...]) -> None:
    """An option before `config` holds for what is behind it, as with every command."""
    before = run("--json", "config", *words)
    assert before.code == 0
    assert json.loads(before.out) == json.loads(run("config", *words, "--json").out)
