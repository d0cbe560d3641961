"""Words as people type them: each line of ``words_names.csv`` and ``words_effects.csv`` is a try and what it is answered.

An answer is the id of what opens (``id another product`` where that is said), ``like X`` for a first suggestion,
``beside X`` for what stands in the words, ``names A B`` for what takes no two, ``says TEXT``, or ``opens``, ``ambiguous``, ``nothing``: told
plainly that it is not here, and no suggestion. For side effects, ``id kind`` says that the word is a narrower one.
"""

import csv
import json
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pnetref.answers.comparison import compare
from pnetref.answers.envelope import Answer
from pnetref.answers.references import cite
from pnetref.answers.search import search
from pnetref.answers.side_effects import of_both, side_effects
from pnetref.answers.treatment import drug
from pnetref.answers.trial import trial
from pnetref.dataset import Dataset
from pnetref.errors import Ambiguous, NoMatch, Problem
from pnetref.lookup import find, is_effect, is_treatment, split_key
from pnetref.names import may_slip, words_of

from .conftest import DAY, Run

HERE = Path(__file__).parent


def tries(name: str) -> list[tuple[str, str, str]]:
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [(row["command"], row["typed"], row["answer"]) for row in csv.DictReader(file)]


NAMES = tries("words_names.csv")
EFFECTS = tries("words_effects.csv")


def answered(data: Dataset, command: str, words: list[str]) -> tuple[list[str], list[str], Problem | None]:
    """Give the ids that a command opens and the notes on what was typed, or the problem that it has."""
    try:
        if command == "side-effects":  # what is reported takes a while to gather, and is not asked here
            found = find(data, words, lambda key: is_treatment(key) or is_effect(key), "a treatment or a side effect")
            if len(found.keys) == 1:
                return [typed["opens"] for typed in found.typed], [typed["note"] or "" for typed in found.typed], None
        answer = COMMANDS[command](data, words)
    except Problem as problem:
        return [], [], problem
    if command == "search":
        return ["results"], [], None
    if command == "cite":
        return [reference["id"] for reference in answer.payload["references"]], [], None
    return [typed["opens"] for typed in answer.typed], [typed["note"] or "" for typed in answer.typed], None


COMMANDS: dict[str, Callable[[Dataset, list[str]], Answer]] = {
    "drug": drug,
    "compare": compare,
    "side-effects": side_effects,
    "search": search,
    "trial": trial,
    "cite": lambda data, words: cite(data, words, DAY),
}


def check(data: Dataset, command: str, words: list[str], expected: str) -> None:
    opens, notes, problem = answered(data, command, words)
    what, _, rest = expected.partition(" ")
    if problem is None:
        if rest.startswith("another product"):
            assert (opens, "another product" in notes[0]) == ([what], True)
        elif rest == "kind":
            assert (opens, "a kind or a sign" in notes[0]) == ([what], True)
        else:
            assert opens == (["results"] if what == "opens" else expected.split())
    elif what == "names":
        assert problem.exit_code == 2
        assert all(f'"{name}"' in problem.message for name in rest.split())
    elif what == "ambiguous":
        assert isinstance(problem, Ambiguous)
    elif what == "says":
        assert rest in problem.message
    else:
        assert isinstance(problem, NoMatch), problem.message
        assert what in ("nothing", "like", "beside"), problem.message
        assert [rest in name for name in problem.suggestions[:1]] == ([] if what == "nothing" else [True])
        assert (problem.told == "beside it stands") == (what == "beside")


@pytest.mark.parametrize(("command", "typed", "answer"), NAMES)
def test_names_are_read_as_people_write_them(data: Dataset, command: str, typed: str, answer: str) -> None:
    """Brands, salts, codes, lists and packs of any country open their drug, and nothing that only looks alike."""
    check(data, command, [typed], answer)
    check(data, command, typed.split(), answer)


@pytest.mark.parametrize(("command", "typed", "answer"), EFFECTS)
def test_side_effects_are_read_as_people_say_them(data: Dataset, command: str, typed: str, answer: str) -> None:
    """Plain words open the effect that they mean; what is not here is told, and near words are never opened."""
    check(data, command, [typed], answer)
    check(data, command, typed.split(), answer)


def test_what_is_set_aside_is_said(run: Run) -> None:
    """A strength is named as not used, other words as set aside, in `typed` and under the title."""
    ran = run("drug", "SUTENT", "37.5", "MG", "CAPS")
    assert "Strength 37.5 MG was not used: this page checks no dose." in " ".join(ran.out.split())
    assert "Set aside: CAPS." in ran.out
    typed = json.loads(run("drug", "SUTENT 37.5 MG CAPS", "--json").out)["typed"]
    assert typed == [{"text": "SUTENT", "opens": "sunitinib", "set_aside": ["37.5 MG", "CAPS"], "note": None}]


def test_a_list_keeps_its_parts_and_its_other_names(run: Run) -> None:
    """Parts stand behind a line of a medication list too, and each name keeps what was set aside beside it."""
    assert json.loads(run("drug", "SUTENT", "37.5", "MG", "food", "--json").out)["selected"] == ["food"]
    typed = json.loads(run("compare", "Sutent 50 mg", "Afinitor 10 mg", "--json").out)["typed"]
    assert [(one["opens"], one["set_aside"]) for one in typed] == [("sunitinib", ["50 mg"]), ("everolimus", ["10 mg"])]


def test_words_of_an_emergency_have_their_line_first(run: Run) -> None:
    """Chest pain, blood that is coughed up, fever on chemotherapy: the line on emergencies stands before the answer."""
    for typed in (
        ["side-effects", "chest pain"],
        ["side-effects", "can't breathe"],
        ["side-effects", "coughing up blood"],
        ["side-effects", "black stool"],
        ["side-effects", "fever", "on", "chemotherapy"],
        ["side-effects", "sunitinib", "chest", "pain"],
        ["search", "chest", "pain"],
    ):
        lines = " ".join(run(*typed).out.split())
        assert "This tool cannot tell whether a symptom is an emergency." in lines[:220], typed
        assert lines.count("cannot tell whether") == 1


def test_a_wider_word_lists_its_kinds(run: Run) -> None:
    """Thyroid problems are no effect that a source reports: the kinds are listed, with how many treatments each is reported of."""
    answer = json.loads(run("side-effects", "thyroid problems", "--json").out)
    kinds = {kind["id"]: kind["reported"] for kind in answer["kinds"]}
    assert kinds["low-thyroid-hormone"] > 0
    assert "low-thyroid-hormone" in run("side-effects", "thyroid problems").out


def test_a_wider_word_of_one_drug_shows_the_kinds_that_are_reported(run: Run, data: Dataset) -> None:
    """Asked for thyroid problems of sunitinib, low thyroid hormone is shown: no silence covers a kind that is reported."""
    out = " ".join(run("side-effects", "sunitinib", "thyroid problems").out.split())
    assert "Its kinds, reported of sunitinib low thyroid hormone" in out
    assert "no sign that it does not happen" not in out.split("References")[0]
    assert "leaflet-sutent-eu" in run("cite", "sunitinib", "--effect", "thyroid problems", "--json").out
    wide = {broader for effect in data.effects.values() for broader in effect.broader}
    for name in sorted(wide)[::9]:
        for key in ("everolimus", "pembrolizumab"):
            record, effect = data.treatments[key], data.effects[name]
            own = {other.effect for other in record.side_effects if name in data.effects[other.effect].broader}
            assert own <= {row["effect"] for row in of_both(data, record, effect)["kinds"]}


def test_an_effect_that_nothing_reports_is_told_as_such(run: Run) -> None:
    """Not reported is no sign that it does not happen, and is not the same as not being in the reference."""
    ran = run("side-effects", "stretch marks")
    assert ran.code == 0
    assert "Nothing read here reports it; that is no sign that it does not happen." in " ".join(ran.out.split())


def test_an_argument_of_a_locale_without_utf_8_is_read_as_typed(run: Run) -> None:
    """`évérolimus` that came in as bytes is read as what was typed."""
    ran = run("drug", "évérolimus".encode().decode("ascii", "surrogateescape"), "--json")
    assert json.loads(ran.out)["drug"]["id"] == "everolimus"


@pytest.mark.parametrize(
    "typed",
    [
        ["a" * 50, "b"] * 700,
        pytest.param(["sunitinib"] * 1500, marks=pytest.mark.long),
        pytest.param(["blood"] * 1500, marks=pytest.mark.long),
    ],
)
def test_many_words_are_answered_in_time(run: Run, typed: list[str]) -> None:
    """Dividing words takes time in proportion to them: thousands end in one line."""
    ran = run("side-effects", *typed)
    assert ran.code in (0, 1, 2)


def every_name(data: Dataset) -> Iterator[tuple[str, str]]:
    """Give every name that people see or type for a treatment or a side effect, with its key."""
    for key, record in data.treatments.items():
        for text in (record.name, *(n.text for n in record.names), *record.search_terms, *record.other_products):
            yield text, f"treatments/{key}"
    for key, effect in data.effects.items():
        for text in (effect.name, effect.clinical_name, *effect.synonyms, *effect.narrower):
            yield text, f"effects/{key}"


def slipped(text: str) -> str | None:
    """Give ``text`` with two letters of its longest word in the wrong order, or None where a slip says too little."""
    word = max(words_of(text).split(), key=len, default="")
    if len(word) < 6 or not may_slip(word):
        return None
    middle = next((at for at in range(2, len(word) - 1) if word[at] != word[at + 1]), None)
    if middle is None:
        return None
    wrong = word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]
    return words_of(text).replace(word, wrong, 1)


def problems(data: Dataset, named: list[tuple[str, str]]) -> Iterator[str]:
    """Tell of names that do not open their record in capitals or with a strength, or that a slip leads astray."""

    def accept(key: str) -> bool:
        return is_treatment(key) or is_effect(key)

    for text, key in named:
        owners = {other for other in data.named(text) if accept(other)}
        if len(owners) > 1:
            continue  # a name of several records is told with all of them
        strength = [f"{text.upper()} 37.5 MG"] if is_treatment(key) else []
        for typed in (text.upper(), *strength):
            try:
                found = find(data, [typed], accept, "a treatment or a side effect")
            except NoMatch as problem:
                yield f"{typed!r} is not found: {problem.message}"
                continue
            if found.keys != (key,):
                yield f"{typed!r} opens {found.keys}, not {key}"
        if (wrong := slipped(text)) is None or any(map(accept, data.named(wrong))):
            continue
        try:
            found = find(data, [wrong], accept, "a treatment or a side effect")
        except NoMatch as problem:
            name = data.index.records[key].name
            if problem.suggestions and not any(name in one for one in problem.suggestions):
                yield f"{wrong!r} suggests {problem.suggestions}, not {name!r} ({text!r})"
        else:
            if found.keys != (key,):
                yield f"{wrong!r} opens {found.keys}, not {key} ({text!r})"


def test_a_sample_of_all_names_is_found_and_a_slip_leads_nowhere_else(data: Dataset) -> None:
    """Names in capitals and with a strength open their record; with a slip they never open another."""
    assert list(problems(data, list(every_name(data))[::197])) == []


@pytest.mark.long
def test_every_name_is_found_and_a_slip_leads_nowhere_else(data: Dataset) -> None:
    """The same of every name of every treatment and side effect."""
    assert list(problems(data, list(every_name(data)))) == []


def test_no_name_of_a_treatment_is_a_word_for_a_side_effect(data: Dataset) -> None:
    """What people type for a drug never opens an effect, nor the other way round."""
    for text, key in every_name(data):
        folders = {split_key(other)[0] for other in data.named(text)} & {"treatments", "effects"}
        assert folders == {split_key(key)[0]}, (text, data.named(text))


def test_every_word_of_the_files_stands_once() -> None:
    """The files of tries hold each try once."""
    for rows in (NAMES, EFFECTS):
        typed = [(command, shlex.join(words.split())) for command, words, _ in rows]
        assert len(set(typed)) == len(typed)
