"""Names as people type them."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pnetref.dataset import Dataset
from pnetref.errors import UsageProblem
from pnetref.names import LONGEST_NAME, MOST_LETTERS, check_size, divide, normalize, suggest, words_of

from .conftest import Run


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["sutent"], "sunitinib"),
        (["SUNITINIB"], "sunitinib"),
        (["SUNITINIB", "MALATE"], "sunitinib"),
        (["5-fu"], "fluorouracil"),
        (["5", "FU"], "fluorouracil"),
        (["lutetium", "dotatate"], "lutetium-lu-177-dotatate"),
        (["prrt"], "prrt"),
        (["somatostatin", "analogues"], "somatostatin-analogs"),
        (["interferon"], "interferon-alfa"),
        (["yttrium-90"], "yttrium-90"),
        (["Cabometyx"], "cabozantinib"),
        (["L01EX01"], "sunitinib"),
        (["CHEMBL535"], "sunitinib"),
        (["atc:L01EX01"], "sunitinib"),
        (["captem"], "captem"),
    ],
)
def test_people_find_the_record_by_any_of_its_names(run: Run, typed: list[str], found: str) -> None:
    """Case, punctuation, spaces without quotes, brands, salts, UK spellings and codes all open the record."""
    ran = run("drug", *typed, "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["drug"]["id"] == found


@pytest.mark.parametrize("typed", ["NCT00428597", "a6181111", "SUN 1111"])
def test_a_trial_is_found_by_its_registry_number_and_names(run: Run, typed: str) -> None:
    """The registry number and the sponsor's names open the trial."""
    assert json.loads(run("trial", typed, "--json").out)["trial"]["id"] == "a6181111"


def test_a_name_wider_than_its_record_says_what_it_stands_for(data: Dataset) -> None:
    """Interferon and yttrium-90 mean more elsewhere than here, and their records say so."""
    assert data.treatments["interferon-alfa"].note
    assert data.treatments["yttrium-90"].note


@pytest.mark.parametrize("typed", ["Lu-177", "LAR", "xyzzy", "../../etc/passwd"])
def test_what_is_no_name_is_not_found(run: Run, typed: str) -> None:
    """An isotope or a formulation alone, nonsense, and a path open nothing: exit 1, one line."""
    ran = run("drug", typed)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1


def test_a_misspelled_name_is_suggested_and_not_corrected(run: Run) -> None:
    """`drug sunitnib` exits 1 and names sunitinib."""
    ran = run("drug", "sunitnib")
    assert (ran.code, ran.out) == (1, "")
    assert "sunitinib" in ran.err


def test_a_thing_of_another_command_is_named_with_that_command(run: Run) -> None:
    """A side effect typed after `drug` is answered with the command that opens it."""
    assert "pnetref side-effects nausea" in run("drug", "nausea").err
    assert "pnetref treatment whipple-procedure" in run("drug", "whipple").err


def test_two_names_for_one_drug_command_are_wrong_usage(run: Run) -> None:
    """`drug sunitinib everolimus` says that compare takes several."""
    ran = run("drug", "sunitinib", "everolimus")
    assert ran.code == 2
    assert "compare" in ran.err


MIXED_UP = """
cisplatin carboplatin oxaliplatin / omeprazole esomeprazole lansoprazole dexlansoprazole
octreotide pasireotide lanreotide / cabometyx cometriq / afinitor zortress votubia certican
everolimus sirolimus temsirolimus / sunitinib surufatinib sorafenib / dotatate dotatoc edotreotide
irinotecan topotecan topotecin / streptozocin streptomycin streptokinase
interferonalfa interferon interferonbeta interferongamma interferonlambda peginterferon consensusinterferon
etoposide teniposide / temozolomide temazepam / dacarbazine procarbazine / fluorouracil flucytosine tegafururacil
diazoxide diazepam / omeprazole pantoprazole rabeprazole / octreotide indium in111 tc99m technetium
capecitabine gemcitabine decitabine azacitidine
"""
"""Drugs that are easily mixed up, by spelling or by what they are for."""


@pytest.mark.parametrize("group", [line.strip() for line in re.split(r"[/\n]", MIXED_UP.strip())])
def test_what_is_easily_mixed_up_is_known_to_be(data: Dataset, group: str) -> None:
    """The list is a test: whoever takes a name off the data's list of look-alikes has to take it off here."""
    names = set(group.split())
    assert any(names <= set(known) for known in data.manifest.look_alikes)


def test_look_alikes_are_never_bridged(data: Dataset) -> None:
    """A drug is never suggested for another one that is spelled alike, nor two of them for a slip of the pen."""
    look_alikes = data.manifest.look_alikes
    assert ("cisplatin", "carboplatin", "oxaliplatin") in look_alikes
    for group in look_alikes:
        for name in group:
            assert not set(suggest(name, group, look_alikes)) - {name}
            for slip in (name[:-1], name[:2] + name[3:], name + "e"):
                assert suggest(slip, group, look_alikes) in ((name,), ())


@pytest.mark.parametrize("word", ["hyperchloremia", "hypozincemia", "dexlansoprazole", "pasireotide"])
def test_search_and_suggestions_never_turn_a_word_into_another(run: Run, word: str) -> None:
    """Too much is not too little, and one drug is not another: what is not here is not replaced by what is alike."""
    for command in ("search", "side-effects", "drug"):
        ran = run(command, word)
        assert (ran.code, ran.out) == (1, "")
        assert "similarly spelled" not in ran.err


def test_a_slip_of_the_pen_still_finds_and_says_so(run: Run) -> None:
    """Search reads a word that stands nowhere as the one word that is a slip away, and names both."""
    assert json.loads(run("search", "evrolimus", "--json").out)["read_as"] == {"evrolimus": "everolimus"}
    assert "“evrolimus” is not here" in run("search", "evrolimus").out


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("tumours", "tumors"),
        ("skin colour", "skin color"),
        ("somatostatin analogues", "somatostatin analogs"),
        ("diarrhoea", "diarrhea"),
        ("dyspnoea", "dyspnea"),
        ("haematuria", "hematuria"),
        ("anaemia", "anemia"),
        ("ischaemia", "ischemia"),
        ("oedema", "edema"),
        ("oesophagus", "esophagus"),
        ("oestrogen", "estrogen"),
        ("foetus", "fetus"),
        ("anaesthesia", "anesthesia"),
        ("leucocytes", "leukocytes"),
        ("sulphate", "sulfate"),
        ("fibre", "fiber"),
        ("embolisation", "embolization"),
        ("interferon alpha", "interferon alfa"),
        ("an aemia", "anemia"),
        ("al pha", "alfa"),
    ],
)
def test_both_spellings_are_one(british: str, american: str) -> None:
    """What is typed in UK or in older spelling is compared in the US one."""
    assert normalize(british) == normalize(american)


def test_every_word_of_a_text_finds_it(data: Dataset) -> None:
    """A word that is read on screen finds its text when it is typed alone, whatever stands around it."""
    under = {word: set(numbers) for word, numbers in data.index.words.pairs()}
    for passage in data.index.passages:
        assert all(passage.number in under[word] for word in passage.words.split()), passage
        there = f" {words_of(passage.text)}"
        for word in re.findall(r"[\w'’-]+", passage.text):
            assert all(f" {part}" in there for part in words_of(word).split()), (word, passage.text)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("tumou rrhoe a", "tumorrhea"),
        ("fibra emia", "fibermia"),
        ("a" * 40 + " tumou r tumou r", "a" * 40 + "tumortumor"),
    ],
)
def test_words_joined_are_spelled_as_one(typed: str, key: str) -> None:
    """Where joining words makes one that has another spelling, or that spelling makes one, it is that of here."""
    assert normalize(typed) == key


def test_an_argument_may_be_so_long_and_each_is_looked_at() -> None:
    """The limit is still taken; of several the longest counts."""
    check_size(["x" * MOST_LETTERS, "y"])
    check_size([])
    for words in (["x" * (MOST_LETTERS + 1), "y"], ["y", "x" * (MOST_LETTERS + 1)]):
        with pytest.raises(UsageProblem, match=str(MOST_LETTERS + 1)):
            check_size(words)


def test_a_name_of_several_words_is_so_long_at_most() -> None:
    """What is longer is not looked up at all; a word alone may be of any length."""

    def asked(*words: str) -> set[str]:
        found: set[str] = set()
        divide(words, lambda name: not found.add(name))  # type: ignore[func-returns-value]
        return found

    a, b = "a" * (LONGEST_NAME - 80), "b" * 79
    assert asked(a, b) == {a, b, f"{a} {b}"}
    assert asked(a, b + "b") == {a, b + "b"}
    assert asked("a" * (LONGEST_NAME + 1)) == {"a" * (LONGEST_NAME + 1)}


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    """The key of a key is the key, whatever is typed."""
    assert normalize(normalize(text)) == normalize(text)


WORDS = st.lists(st.sampled_from(["a", "b", "c", "a b", " a"]), max_size=6)


@given(WORDS, st.sets(st.sampled_from(["a", "b", "c", "ab", "bc", "abc", "aa"])))
def test_division_uses_every_word_once_in_known_names(words: list[str], known: set[str]) -> None:
    """Every reading joins back to the words, of names that are known, and all readings are as short."""
    readings = divide(words, known.__contains__)
    assert len({len(reading) for reading in readings}) <= 1
    for reading in readings:
        assert normalize("".join(reading)) == normalize("".join(words))
        assert all(normalize(name) in known for name in reading)
        if not words:
            assert reading == ()


def test_every_index_name_opens_what_it_names(data: Dataset) -> None:
    """The name index and the records agree: every record is found by its own id and name."""
    for key, entry in data.index.records.items():
        assert key in data.named(key.split("/")[1])
        if not key.startswith("sources/"):
            assert key in data.named(entry.name)
