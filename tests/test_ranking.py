"""Search: what stands first, what is read as what, and which command is named for words that no text holds."""

import json
import shlex

import pytest

from pnetref import NoMatch, Reference, UsageProblem
from pnetref.answers.search import search
from pnetref.dataset import Dataset

from .conftest import Run


def refused(data: Dataset, words: str) -> NoMatch:
    """Give what a search says that finds nothing."""
    with pytest.raises(NoMatch) as told:
        search(data, words.split())
    return told.value


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tmz", "temozolomide"),
        ("operation", "surgery"),
        ("wound problems", "wound-problems"),
        ("skin ulcer", "skin-ulcer"),
        ("brain disorder", "brain-problems"),
        ("vision loss", "blindness"),
        ("swelling", "swelling"),
    ],
)
def test_what_is_called_so_stands_before_what_is_called_so_and_more(data: Dataset, typed: str, first: str) -> None:
    """A record of which the words are a whole name, its own or another, comes before names that only hold them."""
    hits = search(data, typed.split()).payload["results"]
    assert hits[0]["id"] == first
    assert len({hit["id"] for hit in hits if hit["field"] == "name"}) > 1


@pytest.mark.parametrize("typed", ["advanced hepatocellular", "patients treated", "endocrine system"])
def test_what_a_record_says_stands_before_the_title_of_a_paper(data: Dataset, typed: str) -> None:
    """A fact that shows every word is no further down than a paper, though the title has them beside each other."""
    hits = search(data, typed.split()).payload["results"]
    papers = [place for place, hit in enumerate(hits) if hit["kind"] == "source"]
    showing = [place for place, hit in enumerate(hits) if all(word in hit["text"].casefold() for word in typed.split())]
    facts = [place for place in showing if place not in papers]
    assert facts
    assert papers
    assert max(facts) < min(papers)


def test_all_that_is_found_is_told_with_its_names_and_its_sources(data: Reference) -> None:
    """A paper that is found stands among the sources of the answer, a side effect among its effects, by both names."""
    found = {"source": 0, "effect": 0}
    for words in ("2011", "osteonecrosis"):
        answer = data.search(words).to_dict()
        for hit in answer["results"]:
            if hit["kind"] == "source":
                assert answer["sources"][hit["id"]]["id"] == hit["id"]
            if hit["kind"] == "effect":
                effect = data.effects[hit["id"]]
                told = {"name": effect.name, "clinical_name": effect.clinical_name}
                assert answer["effects"][hit["id"]] == told
            found[hit["kind"]] = found.get(hit["kind"], 0) + 1
    assert found["source"]
    assert found["effect"]


def test_a_question_has_a_hundred_words_and_no_more(data: Dataset) -> None:
    """The limit itself is searched; one more is refused, with both numbers."""
    assert search(data, ["sunitinib"] * 100).payload["results"]
    with pytest.raises(UsageProblem, match=r"^101 words are too many; a search takes at most 100$"):
        search(data, ["sunitinib"] * 101)


def test_several_signs_are_no_word_either(data: Dataset) -> None:
    """Signs in several arguments are no question: nothing was asked, so nothing is denied."""
    with pytest.raises(UsageProblem, match=r"^search needs a word"):
        search(data, ["?", "!"])


# --- what is read as what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("tremorr", "tremor"),
        ("diarrha", "diarrhea"),
        ("vomitng", "vomiting"),
        ("evrolimus", "everolimus"),
        ("lanreotdie", "lanreotide"),
    ],
)
def test_a_slip_in_a_long_word_is_read_as_the_word(data: Dataset, typed: str, read_as: str) -> None:
    """From seven letters on, also where the word itself has six."""
    answer = search(data, [typed]).payload
    assert answer["read_as"] == {typed: read_as}
    assert answer["results"] == search(data, [read_as]).payload["results"]


@pytest.mark.parametrize("typed", ["outpet", "nausia", "tremar"])
def test_a_slip_in_a_short_word_is_not_read_as_another(data: Dataset, typed: str) -> None:
    """Six letters are too easily another word: what they may have meant is not searched."""
    assert str(refused(data, typed)).startswith(f'nothing read here speaks of "{typed}"; that is no sign of safety')


@pytest.mark.parametrize("typed", ["out come", "sun burn", "a sleep"])
def test_short_words_beside_each_other_stay_two(data: Dataset, typed: str) -> None:
    """Together they would be too easily another word: what is found holds both, as they were typed."""
    one, other = typed.split()
    apart, turned, joined = (
        {(hit["id"], hit["text"]) for hit in search(data, words).payload["results"]}
        for words in ([one, other], [other, one], [one + other])
    )
    assert apart == turned
    assert apart != joined != set()


# --- what is named where nothing is found --------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["umbilical hernia", "rosacea", "amnesia", "frailty", "04zr38536j", "acidblockers", "highbp", "177ludotatate"],
)
def test_words_that_no_text_holds_name_the_command_that_knows_them(data: Dataset, run: Run, typed: str) -> None:
    """A kind of a side effect, a code or another name in one word stands in no text: what opens it is said, and does."""
    said, _, command = str(refused(data, typed)).partition("; see: ")
    assert said == f'nothing read here speaks of "{typed}"; that is no sign of safety'
    called, *words = shlex.split(command)
    assert called == "pnetref"
    assert run(*words).code == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nasal alergy", ("nasal allergy (nose problems)",)),
        ("hormone chnges", ("hormone changes (abnormal hormone levels)",)),
        ("nausia", ("nausea",)),
        ("ridetotreatment", ("support services",)),
        ("scondopinion", ()),
    ],
)
def test_what_is_spelled_alike_is_told_and_no_topic_for_it(data: Dataset, typed: str, told: tuple[str, ...]) -> None:
    """Several words with a slip lead to the phrase that was meant; a topic, whose title is another text, to none."""
    assert refused(data, typed).suggestions == told


def test_four_names_at_most_are_opened(data: Dataset) -> None:
    """Of many names that no place holds together, the first four are told what opens them."""
    _, _, told = str(refused(data, "surgery sunitinib everolimus lanreotide belzutifan octreotide")).partition("see: ")
    assert told == "pnetref treatment surgery, pnetref drug sunitinib, pnetref drug everolimus, pnetref drug lanreotide"


@pytest.mark.parametrize(
    "typed",
    [
        "sunitinib vs everolimus",
        "sunitinib 37.5 mg everolimus",
        "octreotide interferon alfa",
        "somatostatin analogs chemotherapy",
        "sunitinib/everolimus",
        "sunitinib everolimus side effects",
    ],
)
def test_drugs_by_any_name_are_compared(run: Run, typed: str) -> None:
    """Names of several words, a strength, a word for a part or what stands between names hide no comparison."""
    answered = json.loads(run("search", *typed.split(), "--json").out)["answered_by"]
    assert answered == f"pnetref compare {typed}"
    assert run(*shlex.split(answered)[1:]).code == 0


@pytest.mark.parametrize(
    "typed", ["sunitinib surgery", "surgery sunitinib", "sunitinib liver surgery", "sunitinib everolimus results"]
)
def test_what_is_no_comparison_of_drugs_opens_none(run: Run, typed: str) -> None:
    """Neither a deed beside a drug nor a part that a comparison does not have is answered by one."""
    ran = run("search", *typed.split(), "--json")
    assert "pnetref compare" not in ran.out + ran.err
