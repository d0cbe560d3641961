"""Search: what a person asks in plain words is found, and what is not read is never called safe."""

import json
import re
import shlex

import pytest

from pnetref import Reference
from pnetref.answers import trial
from pnetref.answers.envelope import enveloped
from pnetref.answers.search import partners_named
from pnetref.dataset import Dataset
from pnetref.lookup import command_for
from pnetref.names import normalize, words_of
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


# --- what is found, told a second time from all texts ------------------------------------------


PLACES = {"name": 100, "effect": 60, "fact": 20, "trial": 20, "reference": 10}
"""How much a text counts by what it is."""


def found_by_hand(data: Dataset, terms: list[str]) -> list[tuple[str, str]]:
    """Give the records and texts that hold all of ``terms``, in order: a whole name, a name, a phrase, the rest."""
    scored = []
    for number, passage in enumerate(data.index.passages):
        if all(f" {term}" in passage.words for term in terms):
            shown = f" {words_of(passage.text)}"
            names = {normalize(name) for name in (passage.text, *passage.also.split(" ; "))}
            whole = passage.part == "name" and normalize(" ".join(terms)) in names
            phrase = " ".join(terms) in passage.words
            visible = all(f" {term}" in shown for term in terms)
            score = PLACES[passage.part] + 100 * whole + 10 * phrase + 5 * visible
            scored.append((-score, number, passage.key.partition("/")[2], passage.text))
    return [(key, text) for _, _, key, text in sorted(scored)]


@pytest.mark.parametrize(
    "words",
    [
        "sunitinib",
        "wound healing",
        "blood pressure high",
        "pancre",
        "hauser",
        "netter survival",
        "nausea",
        "approved drugs",
    ],
)
def test_search_finds_every_text_that_holds_the_words_and_no_other(data: Reference, words: str) -> None:
    """Each word begins a word of the text or of its names, the best places stand first, and what matched is told."""
    terms = words_of(words).split()
    answer = data.search(words).to_dict()
    expected = found_by_hand(data, terms)
    assert sorted((hit["id"], hit["text"]) for hit in answer["results"]) == sorted(expected)
    if answer["answered_by"] is None or "side-effects" in answer["answered_by"]:
        assert [(hit["id"], hit["text"]) for hit in answer["results"]] == expected
    for hit in answer["results"]:
        shown = dict.fromkeys(re.findall(r"[\w-]+", hit["text"]))
        assert hit["matched"] == [word for word in shown if any(f" {t}" in f" {words_of(word)}" for t in terms)]
        assert hit["region"] is None or hit["region"]
        assert hit["short"] is None or hit["short"]
    for hit in answer["results"][::9]:
        key = next(k for k in data.index.records if k.endswith(f"/{hit['id']}") and k.startswith(FOLDER[hit["kind"]]))
        assert hit["name"] == data.index.records[key].name
        assert hit["command"] == command_for(data, key)
        assert hit["kind"] == (data.index.records[key].kind if key.startswith("treatments/") else hit["kind"])


FOLDER = {kind: f"{kind}s/" for kind in ("effect", "source", "setting", "topic", "trial", "partner")}
FOLDER |= dict.fromkeys(("drug", "drug-class", "combination", "procedure", "radiation", "support"), "treatments/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("xyzzy", 'nothing read here speaks of "xyzzy"; that is no sign of safety'),
        ("食品", 'nothing read here speaks of "食品"; that is no sign of safety'),
        ("sunitinib xyzzy", 'nothing read here speaks of "sunitinib xyzzy"; that is no sign of safety'),
        (
            "xyzzy grapefruit",
            'nothing read here speaks of "xyzzy grapefruit" together, and 9 entries name grapefruit and grapefruit '
            "juice; that is no sign of safety: ask a pharmacist",
        ),
        (
            "alcohol xyzzy",
            'nothing read here speaks of "alcohol xyzzy" together, and 1 entry names alcohol; '
            "that is no sign of safety: ask a pharmacist",
        ),
        (
            "famotidine xyzzy",
            "no entry here names famotidine; groups that labels name may include it: ask a pharmacist",
        ),
        (
            "surgery sunitinib everolimus",
            'nothing here holds all of "surgery sunitinib everolimus", which is no sign of safety; try fewer words; '
            "see: pnetref treatment surgery, pnetref drug sunitinib, pnetref drug everolimus",
        ),
        (
            "whipple death",
            'nothing here holds all of "whipple death", which is no sign of safety; try fewer words; '
            "see: pnetref side-effects whipple death",
        ),
        (
            "skin license",
            'nothing here holds all of "skin license", which is no sign of safety; try fewer words',
        ),
        (
            "folfirinox",
            '"folfirinox" is a combination that has no record here; of its drugs are here: pnetref drug fluorouracil, '
            "pnetref drug irinotecan, pnetref drug oxaliplatin (besides: leucovorin)",
        ),
    ],
)
def test_what_no_text_holds_is_no_sign_of_safety(run: Run, typed: str, told: str) -> None:
    """The whole line, letter by letter: what was not found, that it is no sign of safety, and what opens the names in it."""
    ran = run("search", *typed.split(), "--json")
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(ran.err)["error"]["message"] == told


def test_a_word_that_stands_nowhere_is_cut_and_never_taken_for_a_source(run: Run) -> None:
    """Of a long word so much is repeated that it is known again; a paper that is spelled alike is no answer."""
    error = json.loads(run("search", "x" * 100, "--json").err)["error"]
    assert error["message"] == f'nothing read here speaks of "{"x" * 80}"; that is no sign of safety'
    error = json.loads(run("search", "skin", "license" + " skin" * 30, "--json").err)["error"]
    assert f'"skin license{" skin" * 13} sk"' in error["message"]
    assert json.loads(run("cite", "hausers2019", "--json").err)["error"]["suggestions"]
    assert json.loads(run("search", "hausers2019", "--json").err)["error"]["suggestions"] == []


@pytest.mark.parametrize("typed", [[], ["?"], ["?", "all"], [" "]], ids=str)
def test_search_needs_a_word(run: Run, typed: list[str]) -> None:
    """Signs are no words."""
    ran = run("search", *typed, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert json.loads(ran.err)["error"]["message"] == "search needs a word, as in: pnetref search wound healing"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("hairloss", ({"hairloss": "hair loss"}, [], "pnetref side-effects hairloss", False)),
        ("evrolimus", ({"evrolimus": "everolimus"}, [], None, False)),
        ("sunitinib all", ({}, [], "pnetref drug sunitinib", False)),
        ("all", ({}, [], None, False)),
        ("breast feeding", ({}, [], None, False)),
        ("nose bleeds sunitinib", ({}, [], "pnetref side-effects nose bleeds sunitinib", False)),
        ("sunitinib everolimus", ({}, [], "pnetref compare sunitinib everolimus", False)),
        ("sunitinib surgery", ({}, [], None, False)),
        ("chest pain", ({}, [], "pnetref side-effects chest pain", True)),
        ("sunitinib missed dose", ({}, [], "pnetref drug sunitinib missed dose", False)),
        ("can i have sunitinib with food", ({}, [], "pnetref drug sunitinib food", False)),
        ("the", ({}, [], None, False)),
        ("stopping before surgery", ({}, [], "pnetref guide stopping", False)),
        ("lutathera expose family", ({}, ["expose"], None, False)),
        ("sunitinib technique seeing", ({}, ["technique", "seeing"], None, False)),
        ("grapefruit everolimus", ({}, [], None, False)),
    ],
)
def test_search_says_how_words_were_read(
    run: Run, typed: str, told: tuple[dict[str, str], list[str], str | None, bool]
) -> None:
    """What was read as what, what was set aside, which command answers, and whether it can be urgent."""
    answer = json.loads(run("search", *typed.split(), "--json").out)
    assert tuple(answer[key] for key in ("read_as", "set_aside", "answered_by", "urgent")) == told
    assert answer["selected"] == (["all"] if typed.endswith(" all") else [])


def test_a_partner_is_told_with_its_entries_and_its_groups(data: Dataset) -> None:
    """A partner under its name, with and without other words: how many entries name it, and the groups that count it in, with the places."""
    for partner in [one for one in data.partners.values() if len(one.name.split()) < 8][::5]:
        groups = [
            (group.id, group.name, list(member.cites))
            for group in data.partners.values()
            for member in group.members
            if member.id == partner.id
        ]
        entries = sum(
            part.with_.id == partner.id for record in data.treatments.values() for part in record.interactions
        )
        for name in (partner.name, f"{partner.name} xyzzy"):
            told = next(one for one in partners_named(data, name.split()) if one["id"] == partner.id)
            assert (told["kind"], told["name"], told["entries"]) == (partner.kind, partner.name, entries)
            assert [(group["id"], group["name"], group["cites"]) for group in told["groups"]] == groups
