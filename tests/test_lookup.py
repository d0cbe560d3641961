"""From words to records: what is refused, what is told instead, and that each command that is told works."""

import json
import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pnetref import Ambiguous, NoMatch, Reference, UsageProblem
from pnetref.lookup import (
    EXAMPLES,
    LONGEST_CODE,
    MOST_IN_A_CODE,
    MOST_PARTS,
    Accept,
    command_for,
    find,
    is_drug,
    is_effect,
    is_setting,
    is_topic,
    is_treatment,
    is_trial,
    keys_of,
    split_key,
)
from pnetref.names import (
    MOST_IN_A_NAME,
    MOST_READINGS,
    divide,
    in_other_letters,
    may_slip,
    normalize,
    opposite,
    slips,
    suggest,
    words_of,
)
from pnetref.terms import DRUGS, parts_by_words

from .conftest import Run


def is_source(key: str) -> bool:
    return key.startswith("sources/")


def is_any(key: str) -> bool:
    return bool(key)


ACCEPTED = {
    "treatment": is_treatment,
    "effect": is_effect,
    "setting": is_setting,
    "topic": is_topic,
    "trial": is_trial,
    "source": is_source,
    "any": is_any,
}


# --- names of several records ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_name_of_several_records_opens_none_of_them(data: Reference, kind: str) -> None:
    """It is refused with the command of each that could be meant; an id opens its own record, whatever else is called so."""
    accept = ACCEPTED[kind]
    refused = 0
    for name, keys in list(data.index.names.pairs()):
        meant = [key for key in keys if accept(key)]
        if len(keys) < 2 or not meant:
            continue
        own = [key for key in meant if normalize(split_key(key)[1]) == name]
        if len(own or meant) == 1:
            assert find(data, [name], accept, "a record").keys == tuple(own or meant)
            continue
        refused += 1
        with pytest.raises(Ambiguous) as raised:
            find(data, [name], accept, "a record")
        assert raised.value.message == f'"{name}" is a name of several records: ' + ", ".join(
            command_for(data, key) for key in meant
        )
        assert raised.value.suggestions == tuple(data.index.records[key].name for key in meant)
    assert bool(refused) == (kind in ("treatment", "source", "any"))


def test_words_that_can_be_read_in_two_ways_are_refused(run: Run) -> None:
    """Where words divide into names in two ways that are as good, each way is told, and neither is taken."""
    ran = run("side-effects", "bloated", "stomach", "bleeding", "--json")
    assert (ran.code, ran.out) == (1, "")
    error = json.loads(ran.err)["error"]
    assert error["code"] == "ambiguous"
    assert error["message"] == (
        'these words can be read as "bloated", "stomach bleeding" or "bloated stomach", "bleeding"; '
        "put quotes around each name"
    )


# --- hints -------------------------------------------------------------------------------------


def opened(answer: dict[str, object]) -> object:
    """Give the id of what an answer is of."""
    for payload in ("drug", "treatment", "effect", "setting", "topic", "trial"):
        if isinstance(told := answer.get(payload), dict):
            return told["id"]
    if isinstance(told := answer.get("references"), list):
        return told[0]["id"]
    told = answer["partners"]
    assert isinstance(told, list)
    return told[0]["id"]


def test_the_command_that_is_told_for_a_record_opens_it(run: Run, data: Reference, step: int) -> None:
    """Every hint `see: pnetref …` is a command that answers with the record that it is given for."""
    keys = list(data.index.records)
    assert {split_key(key)[0] for key in keys} >= {"treatments", "settings", "topics", "trials", "sources", "effects"}
    for key in keys[:: step * 10]:
        name, *arguments = shlex.split(command_for(data, key))
        ran = run(*arguments, "--json")
        assert (name, ran.code) == ("pnetref", 0), (key, ran.err)
        assert opened(json.loads(ran.out)) == split_key(key)[1]
        if key.startswith("treatments/"):
            assert (arguments[0] == "drug") == (data.index.records[key].kind in DRUGS)


@pytest.mark.parametrize("what", EXAMPLES)
@pytest.mark.parametrize("words", [[], [""], ["sunitinib", " "]], ids=str)
def test_an_empty_name_is_told_with_an_example_that_opens(data: Reference, what: str, words: list[str]) -> None:
    """What is said as an example of a name is one."""
    with pytest.raises(UsageProblem) as raised:
        find(data, words, is_any, what)
    assert raised.value.message == f"an empty name; give the name of {what}, such as {EXAMPLES[what]}"
    assert find(data, shlex.split(EXAMPLES[what]), is_any, what).keys


def test_more_words_than_are_looked_at_are_told(data: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of names as long as the limit is read, a longer one refused with both numbers."""
    monkeypatch.setattr("pnetref.names.MOST_WORDS", 4)
    assert len(find(data, ["sutent", "afinitor"] * 2, is_drug(data), "a drug").keys) == 4
    with pytest.raises(UsageProblem) as raised:
        find(data, ["sutent"] * 5, is_drug(data), "a drug")
    assert raised.value.message == "5 words are too many; give at most 4 at once"


@pytest.mark.parametrize("words", [["Sutent", "50", "mg"], ["Sutent 50 mg"], ["Sutent", "50 mg"]], ids=str)
def test_so_many_words_are_read_otherwise_than_as_names(
    data: Reference, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """A list is read with its strengths as far as the limit; a strength counts as one word, in quotes and without."""
    monkeypatch.setattr("pnetref.reading.MOST_LOOSE", 2)
    assert find(data, words, is_drug(data), "a drug").typed[0]["set_aside"] == ["50 mg"]
    monkeypatch.setattr("pnetref.reading.MOST_LOOSE", 1)
    for several in (False, True):
        with pytest.raises(NoMatch):
            find(data, words, is_drug(data), "a drug", several=several)


@pytest.mark.parametrize("several", [True, False])
@pytest.mark.parametrize(
    ("words", "texts", "together"),
    [
        (["sunitinib", "+", "everolimus"], ["sunitinib", "everolimus"], True),
        (["sunitinib", "everolimus", "+"], ["sunitinib", "everolimus"], False),
        (["+", "sunitinib"], ["sunitinib"], False),
        (["sunitinib", ",", "everolimus"], ["sunitinib", "everolimus"], False),
        (["sunitinib", "sutent", "everolimus"], None, False),
    ],
    ids=str,
)
def test_a_sign_between_names_is_of_neither(
    data: Reference, words: list[str], texts: list[str] | None, together: bool, several: bool
) -> None:
    """It parts them or joins them, and is no part of what was typed for one."""
    found = find(data, words, is_treatment, "a treatment", several=several)
    if texts is None:  # names of one record beside each other are one, but where names are set side by side
        texts = ["sunitinib", "sutent", "everolimus"] if several else ["sunitinib sutent", "everolimus"]
    assert [typed["text"] for typed in found.typed] == texts
    assert found.together is together
    assert len(found.keys) == len(texts)


@pytest.mark.parametrize(
    ("typed", "one", "beside", "together"),
    [
        ("capecitabine and temozolomide", ["captem"], ["capecitabine", "temozolomide"], False),
        ("temozolomide capecitabine", ["captem"], ["temozolomide", "capecitabine"], False),
        ("capecitabine + temozolomide", ["captem"], ["captem"], False),
        ("capecitabine / temozolomide", ["captem"], ["captem"], False),
        ("capecitabine and temozolomide vs sunitinib", ["captem", "sunitinib"], ["captem", "sunitinib"], False),
        (
            "capecitabine, temozolomide and sunitinib",
            ["capecitabine", "temozolomide", "sunitinib"],
            ["capecitabine", "temozolomide", "sunitinib"],
            True,
        ),
        (
            "capecitabine with temozolomide or sunitinib and everolimus",
            ["captem", "sunitinib", "everolimus"],
            ["captem", "sunitinib", "everolimus"],
            True,
        ),
        (
            "sunitinib + everolimus vs captem",
            ["sunitinib", "everolimus", "captem"],
            ["sunitinib", "everolimus", "captem"],
            True,
        ),
        ("Sutent (sunitinib) vs everolimus", ["sunitinib", "everolimus"], ["sunitinib", "everolimus"], False),
        ("Sutent [sunitinib] everolimus", ["sunitinib", "everolimus"], ["sunitinib", "everolimus"], False),
        ("sunitinib or sutent", ["sunitinib"], ["sunitinib", "sunitinib"], False),
        ("sunitinib and sutent", ["sunitinib"], ["sunitinib", "sunitinib"], False),
        ("sunitinib or everolimus", ["sunitinib", "everolimus"], ["sunitinib", "everolimus"], False),
    ],
)
def test_what_stands_between_names_joins_or_parts_them(
    data: Reference, typed: str, one: list[str], beside: list[str], together: bool
) -> None:
    """Names beside each other and `and` are a combination, but where names are set side by side; `+` always joins."""
    found = find(data, typed.split(), is_treatment, "a treatment")
    assert (list(found.ids), found.together) == (one, together)
    found = find(data, typed.split(), is_treatment, "a treatment", several=True)
    assert (list(found.ids), found.together) == (beside, together)
    for told, key in zip(found.typed, found.ids, strict=True):
        assert told["opens"] == key
    if len(found.ids) == len(one):
        assert " ".join(text["text"] for text in found.typed).replace(",", "").split()[0] == typed.split()[0].strip(",")


@pytest.mark.parametrize(
    ("words", "several", "told"),
    [
        ("sunitinib + Sutent", False, [("sunitinib + Sutent", (), "sunitinib")]),
        ("Sutent sunitinib [sunitinib]", False, [("Sutent sunitinib [sunitinib]", (), "sunitinib")]),
        ("temozolomide or temozolomide", False, [("temozolomide or temozolomide", (), "temozolomide")]),
        ("capecitabine Xeloda", True, [("capecitabine", (), "capecitabine"), ("Xeloda", (), "capecitabine")]),
        ("and sunitinib everolimus", False, [("sunitinib", (), "sunitinib"), ("everolimus", (), "everolimus")]),
        ("sutent\u202e", False, [("sutent\\u202e", (), "sunitinib")]),
        ("sunitinib tablets\u202e", False, [("sunitinib", ("tablets\\u202e",), "sunitinib")]),
        (
            "temozolomide + chemotherapy",
            False,
            [("temozolomide", (), "temozolomide"), ("chemotherapy", (), "chemotherapy")],
        ),
    ],
)
def test_what_was_typed_is_told_of_each_record(
    data: Reference, words: str, several: bool, told: list[tuple[str, tuple[str, ...], str]]
) -> None:
    """The names as they stood, with what joined them, and what was set aside; letters that hide as their escapes."""
    found = find(data, words.split(), is_treatment, "a treatment", several=several)
    assert [(one["text"], tuple(one["set_aside"]), one["opens"]) for one in found.typed] == told


def test_with_joins_two_names_for_one_page_and_parts_them_side_by_side(data: Reference) -> None:
    """No combination has these parts: of one page it is told that they were joined."""
    words = ["everolimus", "with", "chemotherapy"]
    assert find(data, words, is_treatment, "a treatment").together
    assert find(data, ["nausea", "/", "whipple"], is_any, "a record").keys == (
        "effects/nausea",
        "treatments/whipple-procedure",
    )


@pytest.mark.parametrize(
    ("typed", "what", "note"),
    [
        (
            "Etopophos",
            is_treatment,
            "It is another product of this substance: of it nothing is said here, unless it is named.",
        ),
        ("SBRT", is_treatment, "It is one kind of this: of it nothing is said here, unless it is named."),
        (
            "Votubia",
            is_treatment,
            "Votubia is another product: tumors of tuberous sclerosis. Of it nothing is said here, unless it is named.",
        ),
        (
            "low iron",
            is_effect,
            "It is read as a kind or a sign of anemia: that is what the sources here speak of.",
        ),
        (
            "iron low",
            is_effect,
            "It is read as a kind or a sign of anemia: that is what the sources here speak of.",
        ),
        ("anemia", is_effect, None),
        ("sores in my mouth", is_effect, None),
        ("low vitamins", is_effect, None),
        ("vitamin deficiency", is_effect, None),
        ("perforated colon", is_effect, None),
        ("sunitinib", is_treatment, None),
    ],
)
def test_a_name_of_less_or_more_than_the_record_has_its_note(
    data: Reference, typed: str, what: Accept, note: str | None
) -> None:
    """Another product, a kind of it, a kind of a side effect: whoever types it is told what the page speaks of."""
    found = find(data, typed.split(), what, "a record")
    assert [one["note"] for one in found.typed] == [note]


def test_a_record_with_a_note_has_none_under_its_own_name(data: Reference) -> None:
    """What is told of wider and other names is not told of its own."""
    for key, record in data.treatments.items():
        for typed in (key, record.name):
            found = find(data, [typed], is_treatment, "a treatment")
            assert (found.ids, found.typed[0]["note"]) == ((key,), None)


@pytest.mark.parametrize(
    ("name", "accept", "keys"),
    [
        ("pmid:" + " " * MOST_IN_A_CODE + "21306237", is_source, ["sources/raymond-2011"]),
        ("pmid:" + " " * (MOST_IN_A_CODE + 1) + "21306237", is_source, []),
        ("https://doi.org/10.1056/nejmoa1003825?".ljust(LONGEST_CODE, "x"), is_source, ["sources/raymond-2011"]),
        ("https://doi.org/10.1056/nejmoa1003825?".ljust(LONGEST_CODE + 1, "x"), is_source, []),
        ("https://doi.org/10.1056/nejmoa1003825", is_treatment, []),
        ("rxnorm:357977", is_treatment, ["treatments/sunitinib"]),
        ("cas:357977", is_treatment, []),
        ("PMID:357977", is_any, []),
        ("https://en.wikipedia.org/wiki/Sunitinib", is_treatment, ["treatments/sunitinib"]),
        ("https://en.wikipedia.org/wiki/Sunitinib", is_effect, []),
        ("sunitinib et al", is_treatment, ["treatments/sunitinib"]),
        ("raymond 2011 et al", is_source, ["sources/raymond-2011"]),
        ("raymond 2011 et al", is_treatment, []),
    ],
)
def test_codes_addresses_and_authors_open_what_is_accepted(
    data: Reference, name: str, accept: Accept, keys: list[str]
) -> None:
    """A code is of its own system, a paper of papers alone, and what is too long for one is not looked at."""
    assert keys_of(data, name, accept) == keys


def test_beside_a_side_effect_a_grade_or_a_temperature_may_stand_and_no_more(data: Reference) -> None:
    """What else stands there may change what is meant."""
    for words in ("fever 39 degrees", "fever 101.5 F", "diarrhea grade 3", "38 °C fever"):
        assert find(data, words.split(), is_effect, "a side effect").keys in (("effects/fever",), ("effects/diarrhea",))
    for words in ("nausea tablets", "fever 50 mg"):
        with pytest.raises(NoMatch):
            find(data, words.split(), is_effect, "a side effect")


@pytest.mark.parametrize("word", [word for word in parts_by_words() if word not in ("studies", "support")])
def test_every_word_for_a_part_says_which_is_wanted(data: Reference, word: str) -> None:
    """However many words it has, quoted or not; but two, which are names of what treats."""
    parts = parts_by_words()
    for words in (word.split(), [word]):
        found = find(data, ["sunitinib", *words], is_treatment, "a treatment", parts)
        assert (found.ids, found.parts) == (("sunitinib",), (parts[word],))


def test_names_side_by_side_are_parted_only_where_each_is_another(data: Reference) -> None:
    """What is one name in whole is not cut where a word is left, nor where both words open the same."""
    for words, accept, ids in (
        ("red and painful hands and feet", is_effect, ["hand-foot-syndrome"]),
        ("hoarse voice", is_effect, ["voice-change"]),
        ("capecitabine and temozolomide sunitinib", is_treatment, ["captem", "sunitinib"]),
    ):
        assert list(find(data, words.split(), accept, "a record", several=True).ids) == ids


def test_parts_behind_a_name_end_somewhere_and_a_name_keeps_its_last_word(data: Reference) -> None:
    """So many are read at most; what is a name with the word for a section, and none without it, stays whole."""
    parts = parts_by_words()
    found = find(data, ["sunitinib", *["food"] * (MOST_PARTS + 1)], is_treatment, "a treatment", parts)
    assert (found.ids, found.parts) == (("sunitinib",), ("food",))
    with pytest.raises(NoMatch):
        find(data, ["sunitinib", *["food"] * (MOST_PARTS + 2)], is_treatment, "a treatment", parts)
    assert find(data, ["clinical", "trials"], is_any, "a record", parts).parts == ()
    found = find(data, ["somatostatin", "analogs", "trials"], is_treatment, "a treatment", parts)
    assert (found.ids, found.parts) == (("somatostatin-analogs",), ("trials",))
    with pytest.raises(NoMatch, match='"CABINET" is not a treatment; see: pnetref trial cabinet-pnet'):
        find(data, ["CABINET", "trial"], is_treatment, "a treatment", parts)


# --- dividing words into names -----------------------------------------------------------------


def divisions(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Give every way to cut words into neighbors."""
    for cuts in range(1 << max(0, len(words) - 1)):
        ends = [0, *(place + 1 for place in range(len(words) - 1) if cuts >> place & 1), len(words)]
        yield tuple(tuple(words[start:end]) for start, end in pairwise(ends)) if words else ()


@given(
    st.lists(st.sampled_from(["a", "b", "a b", " a "]), max_size=6),
    st.sets(st.sampled_from(["a", "b", "a b", " a ", "a a", "b a", "a b a", "a  a ", "b b b"])),
)
@example(["a b", "a"], {"a b a"})
@example(["a", "a b"], {"a a b", "a"})
@example(["a"] * 9, {"a", "a a"})
def test_words_divide_into_the_fewest_names(words: list[str], known: set[str]) -> None:
    """All that can be cut into known names with the fewest cuts is given, a few at most; what has a space is one name."""
    ways = [
        tuple(map(" ".join, parts))
        for parts in divisions(words)
        if all(" ".join(part) in known for part in parts)
        and not any(len(part) > 1 and " " in word.strip() for part in parts for word in part)
    ]
    fewest = [way for way in ways if len(way) == min(map(len, ways))]
    told = divide(words, known.__contains__)
    assert set(told) <= set(fewest)
    assert min(len(fewest), 1) <= len(told) <= MOST_READINGS


def test_a_name_has_at_most_so_many_words() -> None:
    """As many words as a name may have are one, one more are two."""
    assert divide(["a"] * MOST_IN_A_NAME, bool) == [(" ".join(["a"] * MOST_IN_A_NAME),)]
    assert {len(way) for way in divide(["a"] * (MOST_IN_A_NAME + 1), bool)} == {2}


# --- spelling ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Lutetium (177Lu)", "lutetium 177lu"),
        ("St John's wort", "st johns wort"),
        ("5\u2011FU \u2212 x\u2013y", "5 fu x y"),
        ("Łódź Ærø þing ðæd đ ı", "lodz aero thing daed d i"),
        ("œdema µg α β γ δ", "edema ug alfa beta gamma delta"),
        ("CAFÉ", "cafe"),
        ("  two   words ", "two words"),
        ("ﬁbre", "fiber"),
        ("食品", ""),
    ],
)
def test_a_text_is_compared_in_plain_letters(typed: str, words: str) -> None:
    """Case, accents, signs, other letters for the same sound and UK spelling make no difference."""
    assert words_of(typed) == words


@pytest.mark.parametrize(
    ("text", "told"), [("сунитиниб", True), ("sunitinib 食", True), ("Łódź 50 mg", False), ("", False)]
)
def test_letters_of_another_script_are_noticed(text: str, told: bool) -> None:
    """One letter that no Latin one stands for is enough."""
    assert in_other_letters(text) is told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("hyperglycemia", "hypoglycemia", True),
        ("hypoglycemia", "hyperglycemia", True),
        ("hyperkalemia", "hyperkalemias", False),
        ("hypokalemia", "hypokalaemia", False),
        ("sunitinib", "hypokalemia", False),
    ],
)
def test_too_much_and_too_little_are_opposites(one: str, other: str, told: bool) -> None:
    """They are, whichever comes first; nothing else is."""
    assert opposite(one, other) is told


def test_a_short_word_has_no_slip_and_a_long_one_two() -> None:
    """Three letters none, four to nine one, ten two."""
    assert [may_slip("x" * count) for count in (0, 3, 4, 9, 10, 30)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("one", "other", "told"), [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "xbc", 2), ("abcd", "wxyz", 3)]
)
def test_a_slip_is_a_letter_wrong_missing_too_many_or_swapped(one: str, other: str, told: int) -> None:
    """More than two are three, however many."""
    assert slips(one, other) == told


LETTERS = st.text("abhyperо1 2", max_size=12)


@given(LETTERS, st.lists(st.text("abhypero12", min_size=1, max_size=12), max_size=8, unique=True), st.integers(1, 4))
def test_what_is_suggested_is_a_slip_or_begun(text: str, candidates: list[str], limit: int) -> None:
    """No more than were asked for, none without the same beginning and digits, none that is the opposite, none twice."""
    key = normalize(text)
    told = suggest(text, candidates, (), limit)
    begun = [name for name in told if len(key) >= 3 and name.startswith(key)]
    assert len(told) == len(set(told)) <= limit
    assert set(told) <= set(candidates)
    for name in told:
        assert name[:1] == key[:1]
        assert (slips(key, name) <= may_slip(key) and may_slip(key)) or name in begun
        digits = [letter for letter in key if letter.isdigit()]
        assert [letter for letter in name if letter.isdigit()][: len(digits)] == digits
        assert not (opposite(key, name) and name not in begun)
    assert not set(suggest(text, candidates, (), limit, begun=False)) - {
        name for name in candidates if may_slip(key) and slips(key, name) <= may_slip(key)
    }


@pytest.mark.parametrize(
    ("text", "candidates", "told"),
    [
        ("sunitnib", ["sunitinib", "sorafenib"], ("sunitinib",)),
        ("sunitnib", ["sunitinib", "sunitnibs", "sunitnibx"], ("sunitinib", "sunitnibs", "sunitnibx")),
        ("abcdefghij", ["abcdefghxx", "abcdefghix"], ("abcdefghix", "abcdefghxx")),
        ("abcdefghij", ["abcdefgxyz"], ()),
        ("abcd", ["abxy"], ()),
        ("abc", ["abd", "abcdef", "abcde"], ("abcde", "abcdef")),
        ("abc", ["abcaaaaa", "abcxy"], ("abcxy", "abcaaaaa")),
        ("ab", ["abc", "ab"], ()),
        ("abc", ["abc12"], ()),
        ("abc", ["abcd12"], ("abcd12",)),
        ("hyperxemia", ["hypoxemia"], ()),
        ("mk1234", ["mk1235", "mk123", "mk2345"], ()),
        ("mkx1234", ["mkxy1234"], ("mkxy1234",)),
        ("abcde", ["abcdx", "abcxe", "abxde", "axcde"], ("abcdx", "abcxe", "abxde")),
        ("abcde", ["abcdx", "abcxe", "abxde", "abcdefgh"], ("abcdx", "abcxe", "abxde")),
    ],
)
def test_suggestions_come_in_order(text: str, candidates: list[str], told: tuple[str, ...]) -> None:
    """The nearest first, then what the text begins, the shortest first; numbers of a code never slip or grow."""
    assert suggest(text, candidates) == told


def test_the_order_of_slips_and_beginnings() -> None:
    """So many slips as are wanted, so many names that begin so, then more slips; who is mixed up leaves its place."""
    near = [f"abc{letter}" for letter in "efghijk"]
    assert suggest("abcd", near, limit=7) == tuple(near)
    assert suggest("abcd", ["abcx", "abyd", "abcdef"], [("abcd", "abcx")], 1) == ("abcdef",)
    assert suggest("abcd", ["abcx", "abyd", "abcdef", "abcdefg"], [("abcd", "abcx", "abcdef")], 1) == ("abyd",)


def test_what_only_begins_is_not_suggested_where_it_is_not_wanted() -> None:
    """Without ``begun`` slips are given alone."""
    assert suggest("abcd", ["abcdefgh", "abcx"]) == ("abcx", "abcdefgh")
    assert suggest("abcd", ["abcdefgh", "abcx"], begun=False) == ("abcx",)


def test_of_look_alikes_one_is_suggested_at_most(data: Reference) -> None:
    """Of names that are easily mixed up one is given, and none for another of them, even where only one is a candidate."""
    groups = [("abcdea", "abcdeb", "abcdec")]
    assert suggest("abcdea", ["abcdeb"], groups) == ()
    assert suggest("abcdex", ["abcdea", "abcdeb", "abcdec", "abcdey"], groups) == ("abcdea", "abcdey")
    assert suggest("abcdea", ["abcdea", "abcdeb"], groups) == ("abcdea",)
    for group in data.manifest.look_alikes:
        for one in group:
            for other in group:
                assert suggest(one, [other], data.manifest.look_alikes) == ((other,) if one == other else ())


# --- what is told of names that are not what a command takes -----------------------------------


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("sunitinib", ["drug", "sunitinib"]),
        ("whipple", ["treatment", "whipple"]),
        ("sunitinib whipple", ["compare", "sunitinib", "whipple"]),
        ("sunitinib whipple food", ["compare", "sunitinib", "whipple", "food"]),
        ("sunitinib food", ["drug", "sunitinib", "food"]),
        ("nausea", ["side-effects", "nausea"]),
        ("nausea all", ["side-effects", "nausea"]),
        ("insulinoma", ["treatment", "--for", "insulinoma"]),
        ("factors", ["guide", "factors"]),
        ("factors all", ["guide", "factors"]),
        ("radiant-3 people", ["trial", "radiant-3", "people"]),
        ("hauser-2019", ["cite", "hauser-2019"]),
        ("grapefruit", ["search", "grapefruit"]),
        ("grapefruit everolimus", ["search", "grapefruit", "everolimus"]),
        ("sunitinib nausea", ["side-effects", "sunitinib", "nausea"]),
    ],
)
def test_names_alone_are_answered_by_one_command(data: Reference, words: str, command: list[str]) -> None:
    """What the names are of says which; parts stay behind the names where the command takes them."""
    from pnetref.lookup import command_of

    assert command_of(data, words.split()) == command


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "sunitinib radiant-3",
            "no one command takes all of these; see: pnetref drug sunitinib, pnetref trial radiant-3",
        ),
        (
            "insulinoma gastrinoma",
            "no one command takes all of these; see: pnetref treatment --for insulinoma, pnetref treatment --for gastrinoma",
        ),
    ],
)
def test_names_that_no_command_takes_together_are_told_with_theirs(data: Reference, words: str, told: str) -> None:
    """Each has a command of its own."""
    from pnetref.lookup import command_of

    with pytest.raises(UsageProblem) as raised:
        command_of(data, words.split())
    assert raised.value.message == told


def test_a_failure_without_an_explanation_says_no_more(data: Reference) -> None:
    """Where nobody reads it nothing is looked up for it."""
    with pytest.raises(NoMatch) as raised:
        find(data, ["xyzzy"], is_any, "a record", explain=False)
    assert (raised.value.message, raised.value.suggestions) == ("not found", ())

    from pnetref.lookup import command_of

    with pytest.raises(NoMatch) as raised:
        command_of(data, ["xyzzy"], explain=False)
    assert raised.value.message == "not found"


def test_accept_of_drugs_takes_classes_and_combinations(data: Reference) -> None:
    """A drug, a class and a combination are drugs; a procedure, an effect and a trial are none."""
    accept: Accept = is_drug(data)
    assert all(accept(f"treatments/{key}") == (data.treatments[key].kind in DRUGS) for key in data.treatments)
    assert not accept("effects/nausea")
