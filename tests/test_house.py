"""How the program is built: who knows whom, and that nothing is declared without its place."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic_core import to_json

import pnetref
from pnetref.answers import comparison, guide, side_effects, treatment, trial
from pnetref.answers.envelope import Answer, enveloped
from pnetref.answers.shapes import ANSWERS
from pnetref.answers.treatment import drug
from pnetref.dataset import Dataset
from pnetref.formats import markdown
from pnetref.lookup import split_key
from pnetref.models import Citation, Fact, Treatment
from pnetref.page import everything
from pnetref.screens import SCREENS, page_of
from pnetref.screens.context import Look
from pnetref.terms import EXPECTED, FIELDS, SECTIONS

from .conftest import DAY, Run

ROOT = Path(pnetref.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Give every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def knows(part: str, *others: str) -> list[str]:
    """Give the imports of ``others`` in the modules whose path begins with ``part``."""
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        if path.relative_to(ROOT).as_posix().startswith(part)
        for name in imported(path)
        if name.startswith(others)
    ]


def test_screens_know_the_answer_and_nothing_behind_it() -> None:
    """What a page shows comes from the answer that `--json` prints: no screen looks anything up."""
    behind = ("pnetref.dataset", "pnetref.lookup", "pnetref.editions", "pnetref.config", "pnetref.formats")
    assert knows("screens/", *behind) == []
    assert knows("page.py", *behind, "pnetref.answers", "pnetref.models") == []


def test_only_the_terminal_s_format_knows_rich() -> None:
    """Rich stands in one module, and answers and tables know neither formats nor screens nor the command line."""
    assert {line.partition(":")[0] for line in knows("", "rich")} == {"formats/terminal.py"}
    behind = ("pnetref.screens", "pnetref.formats", "pnetref.page", "pnetref.cli", "typer")
    assert knows("answers/", *behind) == []
    assert knows("export/", *behind, "pnetref.answers") == []


def test_the_layers_below_know_none_above() -> None:
    """Terms know nothing, models know terms, and no command of a user imports what a curator runs."""
    assert knows("terms.py", "pnetref") == []
    assert {line.split(": ")[1].rpartition(".")[0] for line in knows("models.py", "pnetref")} == {"pnetref.terms"}
    outside = [line for line in knows("", "pnetref.curation") if not line.startswith("curation/")]
    assert {line.partition(":")[0] for line in outside} == {"checking.py"}  # what `--check` alone imports
    assert {line.partition(":")[0] for line in knows("", "pnetref.checking")} == {"cli.py"}


def test_no_command_knows_the_python_api() -> None:
    """What is for Python stands beside the command line: no command pays for it, and it knows neither Typer nor Rich."""
    api = ("pnetref.api", "pnetref.answered", "pnetref.calls")
    assert {line.partition(":")[0] for line in knows("", *api)} == {"__init__.py", "api.py", "answered.py"}
    for module in ("api.py", "answered.py", "calls.py"):
        assert knows(module, "typer", "rich", "pnetref.cli", "pnetref.options", "pnetref.output") == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_long_module_says_why(path: Path) -> None:
    """No module is longer than about 350 lines unless its docstring gives the reason."""
    text = path.read_text(encoding="utf-8")
    if len(text.splitlines()) > 360:
        assert re.search(r"\blong\b", ast.get_docstring(ast.parse(text)) or "")


def test_the_grammar_has_no_closure() -> None:
    """Commands are plain functions: a call of the answer, and nothing defined inside them."""
    for node in ast.walk(ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            inner = [part for part in ast.walk(node) if isinstance(part, ast.FunctionDef | ast.Lambda)]
            assert inner == [node], node.name


def test_every_answer_has_a_screen() -> None:
    """Each answer of the contract but settings, errors and what an export wrote is shown by one function."""
    assert set(SCREENS) == {kind.__name__ for kind in ANSWERS} - {
        "SettingsAnswer",
        "ErrorAnswer",
        "LineErrorAnswer",
        "ExportAnswer",
    }


# --- fields ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_has_its_place_its_label_and_its_question(name: str) -> None:
    """One row gives a field everything; where its silence is expected, that asks too."""
    field = FIELDS[name]
    assert field.section in SECTIONS
    assert field.label == name.replace("_", " ").capitalize()
    assert field.question.endswith("?")
    assert field.words
    assert (field.silence is not None) == any(name in aspects for aspects in EXPECTED.values())
    if field.silence is not None:
        assert field.silence.question.endswith("?")


def test_no_two_fields_share_a_word() -> None:
    """What a person types for a field names that field alone."""
    words = [word for field in FIELDS.values() for word in field.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if index % 4 else []) for index, name in enumerate(FIELDS)]
)
def test_a_fact_of_any_field_is_on_the_card_and_asks_its_question(name: str) -> None:
    """No field is dropped: a fact of it stands on the card, in its section, and gives a question."""
    data = Dataset()
    stored = data.treatments["sunitinib"]
    cites = (Citation(source="acs-targeted-2025", at="Sunitinib (Sutent) for pNETs"),)
    fact = Fact(field=name, text="A fact that stands in no record.", scope="pnet", cites=cites)

    class Planted(dict[str, Treatment]):
        def __missing__(self, key: str) -> Treatment:
            return stored_treatments[key]

    stored_treatments = data.treatments
    planted = Planted(sunitinib=stored.model_copy(update={"facts": (*stored.facts, fact)}))
    data.__dict__["treatments"] = planted
    answer = drug(data, ["sunitinib"])
    page = page_of(answer.kind, enveloped(answer, DAY), Look())
    assert fact.text in [said.text for said in everything(page.blocks)]


# --- the same answer, rendered twice -----------------------------------------------------------


Command = Callable[[Dataset, list[str]], Answer]


def commands(data: Dataset, folder: str) -> Iterator[tuple[Command, list[str]]]:
    """Give the answers that show the records of a folder, each in every way there is."""
    for key in data.index.records:
        where, name = split_key(key)
        if where != folder:
            continue
        if folder == "treatments":
            yield treatment.treatment, [name]
            yield side_effects.side_effects, [name]
            yield guide.guide, ["questions", name]
            yield comparison.compare, [name, "fluorouracil" if name != "fluorouracil" else "captem"]
        elif folder == "settings":
            yield lambda data, words: treatment.treatment(data, (), setting=words[0]), [name]
        else:
            yield {"trials": trial.trial, "topics": guide.guide, "effects": side_effects.side_effects}[folder], [name]


@pytest.mark.parametrize("folder", ["treatments", "trials", "topics", "settings", "effects"])
def test_a_screen_cites_nothing_that_its_json_lacks(data: Dataset, folder: str, step: int) -> None:
    """Every source and every place under a screen is in the `sources` of the same answer as JSON."""
    for command, words in list(commands(data, folder))[:: step * (4 if folder == "effects" else 1)]:
        answer = command(data, words)
        whole = enveloped(answer, DAY)
        page = markdown.render(page_of(answer.kind, whole, Look()), references="pandoc")
        sources = json.loads(to_json(whole))["sources"]
        for mark in re.findall(r"\[(@(?:[^\\\]]|\\.)+)\]", page):
            for source, at in re.findall(r"@([a-z0-9-]+), (.+?)(?=; @|$)", mark):
                assert re.sub(r"\\(.)", r"\1", at) in sources[source]["place_states"], (words, mark)


@pytest.mark.parametrize("name", ["everolimus", "sunitinib", "chemotherapy", "prrt", "belzutifan"])
def test_a_terminal_marks_nothing_that_the_json_lacks(run: Run, name: str) -> None:
    """The marks of a card, as a terminal shows them, name sources of the JSON, and what is unreadable there is so here."""
    out = " ".join(run("--references", "ids", "drug", name, "all", columns=250).out.split())
    answer = json.loads(run("drug", name, "--json").out)
    marks = re.findall(r"\[([a-z][a-z0-9-]*)[:†a-z]*\]", out)
    assert marks
    assert set(marks) <= set(answer["sources"])
    lost = {gap["source"] for gap in answer["drug"]["lost"]}
    assert lost == {source for source in answer["sources"] if f"our copy of {source} " in out.lower()}
    assert all(f"{member['name']} [" in out for member in answer["drug"]["members"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "zortress"),
        ("side-effects", "zortress"),
        ("compare", "zortress", "sunitinib"),
        ("guide", "questions", "zortress"),
        ("cite", "zortress"),
        ("trial", "--drug", "zortress"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("form", ["table", "markdown", "html", "json"])
def test_a_name_of_another_product_is_said_everywhere(run: Run, arguments: tuple[str, ...], form: str) -> None:
    """Whoever types Zortress is told, on every screen and in every format, that it is another product than what opens."""
    out = " ".join(run(*arguments, "--format", form).out.split())
    assert "Zortress is another product: prevention of rejection after a transplant." in out
    if form == "json":
        typed = json.loads(out)["typed"][0]
        assert (typed["text"], typed["opens"], typed["set_aside"]) == ("zortress", "everolimus", [])
    else:
        assert "zortress” opens everolimus" in out


@pytest.mark.parametrize(
    "arguments",
    [("side-effects", "interferon"), ("guide", "questions", "interferon"), ("compare", "interferon", "sunitinib")],
)
def test_a_name_wider_than_its_record_is_said_everywhere(run: Run, arguments: tuple[str, ...]) -> None:
    """Interferon is wider than interferon alfa, and every answer says so; the record's own name needs no word."""
    assert "is wider than this record" in " ".join(run(*arguments).out.split())
    assert "is wider than this record" in json.loads(run(*arguments, "--json").out)["typed"][0]["note"]
    assert json.loads(run("side-effects", "interferon alfa", "--json").out)["typed"][0]["note"] is None


def test_what_is_said_of_a_kind_stands_apart_on_it(run: Run) -> None:
    """Ablation's facts and side effects are on radiofrequency ablation's card, under whose they are."""
    out = run("treatment", "rfa", "all").out
    _, _, apart = out.partition("Said of ablation, of which radiofrequency ablation is a kind")
    assert "internal bleeding" in apart
    kinds = json.loads(run("treatment", "rfa", "--json").out)["treatment"]["for_kinds"]
    assert [kind["kind_of"] for kind in kinds] == ["ablation"]
    assert {effect["effect"] for effect in kinds[0]["side_effects"]} >= {"internal-bleeding", "infection"}


def test_what_is_said_of_parts_stands_apart_on_the_combination(run: Run) -> None:
    """CAPTEM's card has the boxed warning and the pregnancy statements of its parts, under whose they are."""
    out = " ".join(run("drug", "captem", "all").out.split())
    _, _, pregnancy = out.partition(" Pregnancy ")
    assert re.search(r"Said of capecitabine: [^[]*harm a fetus", pregnancy)
    assert re.search(r"Said of temozolomide: [^[]*harm a fetus", pregnancy)
    _, _, part = out.partition("Said of capecitabine, a part of CAPTEM")
    assert "boxed warning" in part.casefold()
    parts = json.loads(run("drug", "captem", "--json").out)["drug"]["for_parts"]
    assert [said["part"] for said in parts] == ["capecitabine", "temozolomide"]
    compared = " ".join(run("compare", "captem", "sunitinib", "--field", "food", columns=200).out.split())
    assert re.search(r"Said of capecitabine: [^[]*harm a", compared)


def test_the_word_all_asks_for_the_whole_card(run: Run) -> None:
    """`all` behind a name is the whole card, the name alone its first screen, and the answer says what was asked for."""
    for arguments in (
        ("drug", "sunitinib"),
        ("treatment", "whipple"),
        ("trial", "radiant-3"),
        ("side-effects", "sunitinib"),
        ("compare", "sunitinib", "everolimus"),
        ("guide", "questions", "sunitinib"),
    ):
        assert len(run(*arguments, "all").out) > len(run(*arguments).out)
        assert json.loads(run(*arguments, "all", "--json").out)["selected"] == ["all"]
    assert run("drug", "all").code == 1
