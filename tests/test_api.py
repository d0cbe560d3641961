"""The reference from Python: each command as a method, and problems that say what to do."""

import copy
import inspect
import json
import pickle
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, assert_type

import pytest

import pnetref
from pnetref import Ambiguous, Answer, DataProblem, NoMatch, Problem, Reference, UnknownId, UsageProblem, load
from pnetref.dataset import DATA
from pnetref.models import Effect, Fact, Source, Treatment, Trial
from pnetref.terms import DRUGS

from .conftest import DAY, Run

CALLS: dict[str, Callable[[Reference], Answer[Any]]] = {
    "drug sutent": lambda data: data.drug("sutent"),
    "drug sunitinib --field food --field dose": lambda data: data.drug("sunitinib", fields=["food", "dose"]),
    "drug sunitinib food": lambda data: data.drug("sunitinib", "food"),
    "drug": lambda data: data.drug(),
    "drug --class chemotherapy": lambda data: data.drug(in_class="chemotherapy"),
    "drug --target mTOR --route oral": lambda data: data.drug(target="mTOR", route="oral"),
    "drug --source hauser-2019": lambda data: data.drug(source="hauser-2019"),
    "treatment whipple": lambda data: data.treatment("whipple"),
    "treatment": lambda data: data.treatment(),
    "treatment --for insulinoma": lambda data: data.treatment(setting="insulinoma"),
    "compare sunitinib everolimus": lambda data: data.compare("sunitinib", "everolimus"),
    "compare sunitinib captem --only serious": lambda data: data.compare("sunitinib", "captem", only="serious"),
    "side-effects zortress": lambda data: data.side_effects("zortress"),
    "side-effects cabozantinib --serious": lambda data: data.side_effects("cabozantinib", serious=True),
    "side-effects sunitinib --frequency common --system gut": lambda data: data.side_effects(
        "sunitinib", frequency="common", system="gut"
    ),
    "side-effects 'mouth sores'": lambda data: data.side_effects("mouth sores"),
    "side-effects sunitinib fatigue": lambda data: data.side_effects("sunitinib", "fatigue"),
    "side-effects sunitinib everolimus": lambda data: data.side_effects("sunitinib", "everolimus"),
    "side-effects": lambda data: data.side_effects(),
    "cite sunitinib": lambda data: data.cite("sunitinib"),
    "cite sunitinib --field food": lambda data: data.cite("sunitinib", field="food"),
    "cite sunitinib --effect fatigue": lambda data: data.cite("sunitinib", effect="fatigue"),
    "cite acs-treating-2024 --listed": lambda data: data.cite("acs-treating-2024", listed=True),
    "cite": lambda data: data.cite(),
    "trial radiant-3": lambda data: data.trial("radiant-3"),
    "trial --drug sutent --phase 3": lambda data: data.trial(drug="sutent", phase="3"),
    "trial --measure PFS": lambda data: data.trial(measure="PFS"),
    "search wound healing": lambda data: data.search("wound", "healing"),
    "guide": lambda data: data.guide(),
    "guide factors": lambda data: data.guide("factors"),
    "guide questions sunitinib": lambda data: data.guide("questions", "sunitinib"),
    "drug everolimus --as-of 2024-01-31": lambda data: data.drug("everolimus", as_of=date(2024, 1, 31)),
}
"""Commands, and the calls that answer the same."""

LISTS = ("DrugsAnswer", "TreatmentsAnswer", "TrialsAnswer", "TopicsAnswer", "VocabularyAnswer", "CiteAnswer")
"""The answers that say nothing of what they name but what opens it, or that are references themselves."""


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")  # 2026-11-24


@pytest.mark.parametrize("command", CALLS)
def test_a_method_answers_as_its_command(run: Run, data: Reference, command: str) -> None:
    """`to_json()` is what `--json` prints, byte for byte, and `to_dict()` is the same."""
    answer = CALLS[command](data)
    assert answer.to_json() == run(*shlex.split(command), "--json").out
    assert json.loads(answer.to_json()) == answer.to_dict()


@pytest.mark.parametrize("command", ["drug sunitinib food", "cite sunitinib --field food", "guide factors"])
def test_an_answer_is_written_as_its_command_writes_it(run: Run, data: Reference, command: str) -> None:
    """Markdown, HTML, CSV and references are those of the command, too."""
    answer = CALLS[command](data)
    assert answer.to_html() == run(*shlex.split(command), "--format", "html").out
    assert answer.to_markdown() == run(*shlex.split(command), "--format", "markdown").out
    assert answer.to_csv() == run(*shlex.split(command), "--format", "csv").out
    for form in ("bibtex", "ris", "csl-json"):
        assert answer.to_references(form) == run(*shlex.split(command), "--format", form).out


@pytest.mark.parametrize("command", CALLS)
def test_every_answer_has_its_records_and_shows_in_a_notebook(data: Reference, command: str) -> None:
    """Records are those of the payload; a notebook gets sources and notice, a prompt one line."""
    answer = CALLS[command](data)
    assert answer.records
    text = answer.to_json()
    assert all(f'"id": "{record.id}"' in text for record in answer.records) or answer.kind == "CompareAnswer"
    shown = answer._repr_markdown_()
    assert "A reference, never advice" in shown
    assert "## References" in shown or answer.kind in LISTS
    assert repr(answer).startswith(f"<{answer.kind}: ")
    assert "\n" not in repr(answer)


def test_a_page_from_python_looks_as_it_is_asked_to(run: Run, data: Reference) -> None:
    """HTML takes references, terms and figures, as the settings do."""
    shown = data.trial("netter-1").to_html(references="off", terms="plain", figures=False)
    flags = ("--references", "off", "--terms", "plain", "--figures", "off")
    assert shown == run(*flags, "trial", "netter-1", "--format", "html").out


@pytest.mark.parametrize("command", CALLS)
def test_an_answer_can_be_copied_and_pickled(data: Reference, command: str) -> None:
    """A copy says what the answer says, in another process too, whatever it holds."""
    answer = CALLS[command](data)
    for again in (pickle.loads(pickle.dumps(answer)), copy.copy(answer)):
        assert (again.records, again.to_json()) == (answer.records, answer.to_json())
    assert len(pickle.dumps(data)) < 1000


def test_every_displayed_name_opens_its_record(data: Reference, step: int) -> None:
    """A record's names, brands and abbreviations open it from Python, whatever its kind."""
    for record in list(data.treatments.values())[:: step * 3]:
        for name in record.names:
            assert data.treatment(name.text).record is record, name.text
            found = data.find(name.text) if len(data.named(name.text)) == 1 else None
            assert found is None or found.record is record
            if record.kind in DRUGS:
                assert data.drug(name.text.upper()).record is record


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sutent", "treatments/sunitinib"),
        ("mouth sores", "effects/mouth-sores"),
        ("RADIANT-3", "trials/radiant-3"),
        ("NCT00510068", "trials/radiant-3"),
        ("hauser-2019", "sources/hauser-2019"),
        ("insulinoma", "settings/insulinoma"),
        ("factors", "topics/factors"),
        ("grapefruit", "partners/grapefruit"),
    ],
)
def test_find_opens_records_of_every_kind(data: Reference, name: str, key: str) -> None:
    """`find` gives the record, its key, and what was typed."""
    found = data.find(name)
    assert (found.key, found.text, found.note, found.set_aside) == (key, name, None, ())
    assert found.record.id == key.partition("/")[2]


def test_a_name_of_another_product_is_never_hidden(data: Reference) -> None:
    """Zortress opens everolimus, and the object, its one line, its Markdown and its JSON say that it is another product."""
    said = "Zortress is another product: prevention of rejection after a transplant."
    found = data.find("Zortress")
    assert said in (found.note or "")
    assert said in repr(found)
    for answer in (data.drug("Zortress"), data.compare("Zortress", "sunitinib"), data.side_effects("Zortress")):
        assert said in " ".join(answer.notes)
        assert said in str(answer.typed[0]["note"])
        for text in (repr(answer), answer._repr_markdown_(), answer.to_markdown(), answer.to_json()):
            assert said in text
    assert data.drug("everolimus").notes == ()
    assert data.drug("sunitinib 37.5 mg").notes == ("Strength 37.5 mg was not used: this page checks no dose.",)


def test_a_notebook_says_what_is_wider_than_pnet(data: Reference) -> None:
    """The first screen has its signs in Markdown too, and says what they mean."""
    shown = data.drug("sunitinib")._repr_markdown_()
    assert "° said of more than pNET" in shown
    assert shown.count("°") > 3
    assert len(shown) < len(data.drug("sunitinib").to_markdown()) / 4


def test_states_are_of_a_day(data: Reference) -> None:
    """The state of a place follows the day that is asked for, and what is not cited has none."""
    names = data.drug("sunitinib", as_of=DAY)
    states = [names.state(cite) for name in names.record.names for cite in name.cites]
    assert {"current", "superseded", "overdue"} <= set(states)
    assert names.as_of == DAY
    report = names.record.side_effects[0].reports[0]
    assert names.state(report) == names.to_dict()["sources"][report.source]["place_states"][report.at]
    assert data.drug("sunitinib", as_of="2024-03-19").sources["cruk-targeted-2021"]["state"] == "current"
    for late in (datetime(2024, 3, 19, 23, 59), datetime(2024, 3, 19, tzinfo=UTC), date(2024, 3, 19)):
        assert data.drug("sunitinib", as_of=late).as_of == "2024-03-19"
    with pytest.raises(UsageProblem, match="does not cite yao-2011, Abstract"):
        names.state(data.trials["radiant-3"].results[0].cites[0])


# --- problems ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "kind", "told"),
    [
        (lambda d: d.drug("sunitnib"), NoMatch, "similarly spelled: sunitinib"),
        (lambda d: d.find("frobnicate"), NoMatch, '"frobnicate" is not in this reference'),
        (lambda d: d.drug("mouth sores"), NoMatch, 'see: load().side_effects("mouth-sores")'),
        (lambda d: d.drug("insulinoma"), NoMatch, 'see: load().treatment(setting="insulinoma")'),
        (lambda d: d.find("jaundice"), Ambiguous, 'load().treatment(setting="jaundice"), load().side_effects("jaund'),
        (lambda d: d.drug("sunitinib", "everolimus"), UsageProblem, 'load().compare("sunitinib", "everolimus")'),
        (lambda d: d.drug("folfox"), NoMatch, 'are here: load().drug("fluorouracil"), load().drug("oxaliplatin")'),
        (lambda d: d.compare("sunitinib"), UsageProblem, 'as in: load().compare("sunitinib", "everolimus")'),
        (lambda d: d.drug(fields="food"), UsageProblem, 'as in: load().drug("sunitinib", fields=["food"])'),
        (lambda d: d.drug("sunitinib", fields=["nonsense"]), UsageProblem, "fields 'nonsense' is not one of: "),
        (
            lambda d: d.drug("sunitinib", route="oral"),
            UsageProblem,
            "in_class, target, route and source filter the list",
        ),
        (lambda d: d.drug(source="nonsense"), NoMatch, "they are listed by: load().cite()"),
        (lambda d: d.treatment("whipple", setting="insulinoma"), UsageProblem, "or setting, not both"),
        (lambda d: d.cite(field="food"), UsageProblem, 'as in: load().cite("sunitinib", field="mechanism")'),
        (lambda d: d.cite("sunitinib", listed=True), UsageProblem, "shown by: load().cite()"),
        (lambda d: d.search(), UsageProblem, 'as in: load().search("wound", "healing")'),
        (lambda d: d.trial("radiant-3", phase="3"), UsageProblem, "drug, phase and measure filter the list"),
        (lambda d: d.drug("sunitinib", as_of="tomorrow"), UsageProblem, "as_of 'tomorrow' is not a day"),
        (lambda d: d.drug(None), UsageProblem, 'as in: load().drug("sunitinib"); got None'),
        (lambda d: d.find(3), UsageProblem, "names are texts"),
        (lambda d: d.compare(["sunitinib", "everolimus"]), UsageProblem, "names are texts, one an argument"),
        (lambda d: d.drug(""), UsageProblem, "an empty name"),
        (lambda d: d.find(), UsageProblem, "an empty name"),
        (lambda d: d.drug("sunitinib", fields=[3]), UsageProblem, "fields is a text or several; got 3"),
        (lambda d: d.drug("sunitinib", fields=iter(["food"])), UsageProblem, "fields is a text or several; got <list"),
        (lambda d: d.trial(phase=3), UsageProblem, "phase is a text; got 3"),
        (lambda d: d.drug().record, UsageProblem, "records, not one; see .records"),
        (lambda d: d.drug("sunitinib").state("x"), UsageProblem, "give one of the cites of a statement, or a rep"),
        (lambda d: d.drug("sunitinib").state(d.treatments["sunitinib"].facts[0]), UsageProblem, "that of a place"),
        (lambda d: d.drug("sunitinib").to_html(terms="all"), UsageProblem, "terms 'all' is not one of"),
        (lambda d: d.drug("sunitinib").to_markdown(references="all"), UsageProblem, "references 'all' is not one of"),
        (lambda d: d.cite("hauser-2019").to_references("endnote"), UsageProblem, "'endnote' is not one of: text, bib"),
        (lambda d: d.cite("hauser-2019").to_references("ris", style="ama"), UsageProblem, "style formats text"),
        (lambda d: d.cite("hauser-2019").to_references(style="nonsense"), UsageProblem, "style nonsense: no such file"),
        (lambda d: d.treatments["Sutent"], UnknownId, "load().treatments['sunitinib']"),
        (lambda d: d.treatments["Sutent"], KeyError, "load().find('Sutent') opens any name"),
        (lambda d: d.treatments["sunitnib"], UnknownId, "similarly spelled: sunitinib"),
        (lambda d: d.treatments["cisplatin-x"], UnknownId, "by any name: load().find('cisplatin-x')"),
        (lambda d: d.treatments["fatigue"], UnknownId, "that name leads to: load().effects['fatigue']"),
        (lambda d: d.effects["Fatigue"], UnknownId, "load().effects['fatigue']"),
        (lambda d: d.partners["Grapefruit"], UnknownId, "load().partners['grapefruit']"),
        (lambda d: d.trials[3], UnknownId, "an id is a text"),
    ],
)
def test_a_problem_says_what_to_do_in_python(
    data: Reference, call: Callable[[Any], object], kind: type[Exception], told: str
) -> None:
    """Whatever goes wrong is a problem of our own, in one line that names calls and arguments, not options."""
    with pytest.raises(kind) as raised:
        call(data)
    problem = raised.value
    assert isinstance(problem, Problem)
    assert told in str(problem)
    assert "pnetref " not in str(problem)
    assert "--" not in str(problem)
    assert "reinstall" not in str(problem)
    assert "\n" not in str(problem)
    again = pickle.loads(pickle.dumps(problem))
    assert (str(again), again.suggestions) == (str(problem), problem.suggestions)


@pytest.mark.parametrize(
    "name",
    ["a\\", "pnetref drug a\\", 'pnetref search "a\\"', "pnetref drug 'a", 'it\'s "so"', "--field", "\n", "{0}", "\0"],
)
def test_any_text_is_a_name(data: Reference, name: str) -> None:
    """Whatever is asked for ends in an answer or in a problem of our own."""
    for method in (data.find, data.side_effects, data.search):
        with pytest.raises(Problem):
            method(name, "frobnicate")
    with pytest.raises(UnknownId):
        data.treatments[name]


def test_a_miss_keeps_its_suggestions(data: Reference) -> None:
    """What the JSON error holds is there as attributes."""
    with pytest.raises(NoMatch) as raised:
        data.drug("sunitnib")
    assert raised.value.suggestions == ("sunitinib",)
    assert raised.value.code == "no_match"
    with pytest.raises(UnknownId) as unknown:
        data.treatments["sunitnib"]
    assert (unknown.value.suggestions, unknown.value.key) == (("sunitinib",), "treatments/sunitnib")


def test_an_argument_that_is_none_is_python_s_own_error(data: Reference) -> None:
    """`field` of a method that has `fields` is a TypeError, as of any function, and its signature has the right one."""
    with pytest.raises(TypeError, match="field"):
        data.drug("sunitinib", field="food")  # type: ignore[call-arg]
    assert "fields" in inspect.signature(data.drug).parameters


def test_mappings_are_mappings(data: Reference) -> None:
    """`in`, `get`, `len` and iteration do what they do of a dict, and one line shows what it is."""
    assert "sunitinib" in data.treatments
    assert "Sutent" not in data.treatments
    assert data.treatments.get("Sutent") is None
    assert data.treatments.get("Sutent", "none") == "none"
    assert data.treatments.get("sunitinib") is data.treatments["sunitinib"]
    assert len(list(data.effects)) == len(data.effects) == len(data.effects.values())
    assert repr(data.treatments) == f"<{len(data.treatments)} treatments by id>"
    assert repr(data).startswith(f"<pnetref data {data.data_version}: ")


def test_a_link_that_leads_nowhere_is_broken_data(tmp_path: Path) -> None:
    """A record that another names and that is not there is the data's fault, and no question of how it is typed."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    index = root / "index" / "records.tsv"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(line for line in lines if not line.startswith(b"trials/radiant-3\t")))
    with pytest.raises(DataProblem, match=r"packaged data: index/records\.tsv.*reinstall pnetref"):
        load(str(root)).drug("everolimus")
    with pytest.raises(DataProblem, match=r"index/.*reinstall"):
        load(str(tmp_path)).drug("everolimus")


# --- the package -------------------------------------------------------------------------------


def test_types_are_what_a_checker_is_told(data: Reference) -> None:
    """The records of answers have their models; mypy reads this test with the rest."""
    assert_type(data.drug("Sutent").record, Treatment)
    assert_type(data.cite("Sutent").records, tuple[Source, ...])
    assert_type(data.trial("radiant-3").record, Trial)
    assert_type(data.treatments["sunitinib"].facts[0], Fact)
    assert_type(data.treatments.get("sunitinib"), Treatment | None)
    for record in data.side_effects("fatigue").records:
        assert isinstance(record, Effect)
    found = data.find("Sutent")
    assert isinstance(found.record, Treatment)


def test_records_are_frozen(data: Reference) -> None:
    """Nobody changes what others read."""
    with pytest.raises(ValueError, match="frozen"):
        setattr(data.drug("sunitinib").record, "name", "other")  # noqa: B010 - a checker forbids the statement
    plain = data.drug("sunitinib")
    plain.to_dict()["drug"]["name"] = "other"
    assert plain.to_dict()["drug"]["name"] == "sunitinib"


def test_the_package_gives_what_it_names() -> None:
    """Every public name is there, also for completion, and no other is."""
    assert all(getattr(pnetref, name) is not None for name in pnetref.__all__)
    assert set(pnetref.__all__) <= set(dir(pnetref))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pnetref.nonsense


def test_python_imports_no_terminal() -> None:
    """From a name to Markdown, neither Typer nor Rich nor a setting is needed; the import alone loads nothing."""
    code = """
import sys, pnetref
assert not {"pydantic", "pnetref.dataset"} & set(sys.modules)
data = pnetref.load()
data.drug("Sutent")._repr_markdown_(), data.side_effects("fatigue").to_json(), data.find("RADIANT-3")
print(*{"typer", "rich", "platformdirs", "tomli_w", "rapidfuzz"} & set(sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
