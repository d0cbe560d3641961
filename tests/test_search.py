"""Search: what a person asks in plain words is found, and what is not read is never called safe."""

import json
import shlex

import pytest

from pnetref.answers import trial
from pnetref.answers.envelope import enveloped
from pnetref.dataset import Dataset
from pnetref.names import words_of
from pnetref.page import everything
from pnetref.screens import page_of
from pnetref.screens.context import Look
from pnetref.screens.glance import GLANCE
from pnetref.terms import MEASURES, parts_by_words

from .conftest import DAY, Run


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("can i eat grapefruit with everolimus", "Grapefruit and its juice are avoided in treatment"),
        ("warfarin with capecitabine", "INR"),
        ("can i breastfeed on cabozantinib", "leave off breastfeeding"),
        ("cabozantinib surgery", "at least 3 weeks before elective surgery"),
        ("stop octreotide before PRRT", "4 to 6 weeks before PRRT"),
        ("insulinoma octreotide", "low blood sugar may become deeper"),
        ("everolimus missed dose", "Missed dose (US):"),
        ("lutathera expose family", "set aside: expose"),
    ],
)
def test_a_question_in_plain_words_is_answered_with_text(run: Run, typed: str, held: str) -> None:
    """Small words do not hinder, few records are shown with their texts and countries, words set aside are said."""
    ran = run("search", *typed.split(), columns=80)
    assert ran.code == 0
    assert held in " ".join(ran.out.split())
    assert len(ran.out.splitlines()) <= 30


@pytest.mark.parametrize(
    ("typed", "field"),
    [("sunitinib food", "food"), ("everolimus blood tests", "monitoring"), ("lanreotide pause", "pause")],
)
def test_the_field_that_is_asked_for_comes_first(run: Run, typed: str, field: str) -> None:
    """Where words name a record and a field, what answers the field stands before other places that hold the words."""
    found = json.loads(run("search", *typed.split(), "--json").out)
    assert found["answered_by"].startswith("pnetref drug ")
    of_field = [hit["field"] == field for hit in found["results"]]
    assert any(of_field)
    assert of_field == sorted(of_field, reverse=True)


def test_words_that_name_a_drug_and_a_deed_open_no_comparison(run: Run) -> None:
    """A comparison answers two drugs, not a drug and a surgery."""
    assert "compare" not in run("search", "cabozantinib", "surgery").out
    assert "pnetref compare sunitinib everolimus" in run("search", "sunitinib", "everolimus").out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["search", "grapefruit", "octreotide"], "9 entries name grapefruit"),
        (["drug", "everolimus", "grapefruit"], "pnetref search everolimus grapefruit"),
        (["drug", "sunitinib", "nausea"], "pnetref side-effects sunitinib nausea"),
        (["drug", "lanreotide", "blood", "pressure"], "pnetref search lanreotide blood pressure"),
        (["search", "losec", "everolimus"], "no sign of safety"),
        (["search", "食品"], "no sign of safety"),
        (["search", "whipple", "death"], "pnetref side-effects whipple death"),
    ],
)
def test_what_is_not_found_says_what_to_do(run: Run, typed: list[str], told: str) -> None:
    """One line on stderr names the command that answers, and never denies what the reference holds."""
    ran = run(*typed)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "no entry" not in ran.err


def test_the_words_of_a_row_open_it() -> None:
    """What a first screen calls a row is a word for a part, as the word behind the row is."""
    words = parts_by_words()
    own = {"Safety", "Deaths, figures", "Where"}
    for kind, rows in GLANCE.items():
        for row in rows:
            assert row.label in own or words_of(row.label) in words, (kind, row.label)
            assert not row.opens or row.opens in words, (kind, row.opens)


def test_a_section_s_word_behind_names_is_the_section(run: Run) -> None:
    """`compare A B trials` opens the trials of both, though clinical trials are a treatment too."""
    assert "clinical trials" not in run("compare", "sunitinib", "everolimus", "trials").out.splitlines()[0]
    assert run("treatment", "clinical", "trials").out.startswith("clinical trials")


def test_survival_is_never_left_behind(data: Dataset) -> None:
    """The first screen of a trial that tells overall survival tells it, good or bad."""
    for record in data.trials.values():
        measures = {result.measure for result in record.results}
        leading = [measure for measure in measures if MEASURES[measure].leading]
        if "overall survival" in measures and len(leading) <= 3:
            page = page_of("TrialAnswer", enveloped(trial.trial(data, [record.id]), DAY), Look(), first=True)
            assert "overall survival" in " ".join(said.text for said in everything(page.blocks)).casefold(), record.id


@pytest.mark.parametrize("partner", ["grapefruit", "warfarin", "ketoconazole", "St John's wort"])
def test_what_labels_do_about_a_medicine_is_said_drug_by_drug(run: Run, data: Dataset, partner: str) -> None:
    """What people take is answered with what each drug's labels do about it, by country, on one screen."""
    lines = run("search", partner, columns=80).out.splitlines()
    assert len(lines) <= 40
    assert "This is no interaction check." in " ".join(lines)
    rows = " ".join(lines)
    for record in data.treatments.values():
        if any(part.with_.id == data.named(partner)[0].partition("/")[2] for part in record.interactions):
            assert record.name in rows, record.id
    assert "US: " in rows
    assert "EU: " in rows


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("breast feeding sunitinib", "breastfeeding sunitinib"),
        ("breast-feeding sunitinib", "breastfeeding sunitinib"),
        ("nose bleeds", "nosebleeds"),
        ("head ache", "headache"),
        ("hairloss", "hair loss"),
    ],
)
def test_words_joined_and_apart_find_the_same(run: Run, typed: str, same: str) -> None:
    """However a person writes a word that has two spellings, what cards hold is not denied."""
    places = [
        {(hit["id"], hit["text"]) for hit in json.loads(run("search", *words.split(), "--json").out)["results"]}
        for words in (typed, same)
    ]
    assert places[0] == places[1] != set()


@pytest.mark.parametrize(
    "words", ["objective response netter-1", "overall survival radiant-3", "stable disease promid"]
)
def test_a_trial_with_its_measures_finds_the_trial(run: Run, words: str) -> None:
    """A trial's name beside what it measured opens the trial's results."""
    answer = json.loads(run("search", *words.split(), "--json").out)
    assert answer["set_aside"] == []
    assert words.split()[-1] in {hit["id"] for hit in answer["results"] if hit["kind"] == "trial"}


@pytest.mark.parametrize("words", ["stopping before surgery", "death benefit", "hairloss sutent", "sunitinib food"])
def test_what_answers_a_search_is_a_command_that_works(run: Run, words: str) -> None:
    """The command that is said to answer words opens something."""
    answered = json.loads(run("search", *words.split(), "--json").out)["answered_by"]
    assert answered
    assert run(*shlex.split(answered)[1:]).code == 0
