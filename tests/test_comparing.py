"""Records side by side where the packaged data has no case for it, and what any answer carries beside its payload."""

from datetime import date
from itertools import permutations

import pytest

from pnetref import DataProblem, Reference, UsageProblem, load
from pnetref.answers.comparison import compared_fields, comparison
from pnetref.answers.envelope import Answer, as_of_day, enveloped
from pnetref.answers.guide import guide
from pnetref.answers.references import cite
from pnetref.answers.search import search
from pnetref.models import Treatment

from .conftest import DAY


def with_changed(data: Reference, *records: Treatment) -> Reference:
    """Give the data with other records in the place of its own."""
    made = load()
    made.treatments = {key: data.treatments[key] for key in data.treatments} | {one.id: one for one in records}
    return made


# --- comparisons -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selected", "fields"),
    [
        ((), ()),
        (("sources",), ()),
        (("food", "all"), ()),
        (("trials",), ("trials",)),
        (("trials", "effects", "food", "mechanism"), ("mechanism", "food", "side_effects", "trials")),
    ],
)
def test_fields_that_are_asked_for_come_in_the_order_of_the_card(
    selected: tuple[str, ...], fields: tuple[str, ...]
) -> None:
    """However they are asked for; no field stands for all of them."""
    assert compared_fields(selected) == fields


def test_as_many_records_are_compared_as_a_page_shows(data: Reference) -> None:
    """Thirty stand side by side; of one more it is said how many may, and where all of them are."""
    records = [data.treatments[key] for key in list(data.treatments)[:31]]
    told = comparison(data, records[:30], fields=("food",))
    assert told["records"] == [record.id for record in records[:30]]
    with pytest.raises(UsageProblem) as raised:
        comparison(data, records, fields=("food",))
    assert raised.value.message == (
        "31 names are too many side by side; give at most 30, or see: pnetref drug --all --json"
    )


@pytest.mark.parametrize(
    ("update", "differs"),
    [
        ({}, False),
        ({"at": "Elsewhere"}, False),
        ({"wording": "feeling sick"}, False),
        ({"frequency": "uncommon"}, True),
        ({"graded_as": "frequent"}, True),
        ({"serious": True}, True),
        ({"serious": None}, True),
    ],
    ids=str,
)
def test_side_effects_differ_by_how_often_and_how_grave_they_are(
    data: Reference, update: dict[str, object], differs: bool
) -> None:
    """One word may stand for two frequencies, as labels count; where it is said, and in which words, is no difference."""
    one, other = data.treatments["sunitinib"], data.treatments["everolimus"]
    effect = one.side_effects[0]
    grade = {"frequency": "common", "graded_as": "common", "scale": "label", "serious": False}
    report = effect.reports[0].model_copy(update=grade)
    records = [
        one.model_copy(update={"side_effects": (effect.model_copy(update={"reports": (report,)}),)}),
        other.model_copy(
            update={"side_effects": (effect.model_copy(update={"reports": (report.model_copy(update=update),)}),)}
        ),
    ]
    told = comparison(data, records, only="different")["side_effects"]
    assert [row["effect"] for row in told] == ([effect.effect] if differs else [])


def test_the_same_statements_in_another_order_are_no_difference(data: Reference) -> None:
    """Which of two statements of a field a record has first says nothing; one that it lacks does."""
    one, other = data.treatments["sunitinib"], data.treatments["everolimus"]
    fact = next(fact for fact in one.facts if fact.field == "food")
    facts = (fact, fact.model_copy(update={"text": "another"}))
    same = [one.model_copy(update={"facts": facts}), other.model_copy(update={"facts": facts[::-1]})]
    assert comparison(data, same, only="different")["fields"] == []
    less = [same[0], other.model_copy(update={"facts": facts[:1]})]
    assert [row["field"] for row in comparison(data, less, only="different")["fields"]] == ["food"]


@pytest.mark.parametrize("places", list(permutations(range(4), 2)), ids=str)
def test_any_two_of_several_are_compared_head_to_head(data: Reference, places: tuple[int, int]) -> None:
    """A trial that sets two against each other is named wherever these stand, and whatever stands beside them."""
    ids = ["captem", "lanreotide"]
    for place, name in sorted(zip(places, ("etoposide", "irinotecan"), strict=True)):
        ids.insert(place, name)
    records = [data.treatments[key] for key in ids]
    assert comparison(data, records, fields=("food",))["head_to_head"] == ["topic-nec"]
    others = [record for record in records if record.id != "irinotecan"]
    assert comparison(data, others, fields=("food",))["head_to_head"] == []


def test_a_part_of_which_nothing_serious_is_said_is_left_out_of_what_is_serious(data: Reference) -> None:
    """It has no place without a statement; where nothing is filtered it stands with all that is said of it."""
    part = data.treatments["capecitabine"]
    mild = tuple(effect for effect in part.side_effects if not any(report.serious for report in effect.reports))
    assert mild
    made = with_changed(data, part.model_copy(update={"side_effects": mild}))
    records = [made.treatments[key] for key in ("captem", "sunitinib")]
    for only, parts in ((None, ["capecitabine", "temozolomide"]), ("serious", ["temozolomide"]), ("shared", [])):
        told = comparison(made, records, only=only)["for_parts"]
        assert {key: [said["part"] for said in others] for key, others in told.items()} == {
            "captem": parts,
            "sunitinib": [],
        }


@pytest.mark.parametrize("only", [None, "shared", "different", "serious"])
def test_what_is_said_of_pregnancy_of_a_kind_stands_beside_its_record(data: Reference, only: str | None) -> None:
    """Whatever is filtered; what a source says that does not count the record in stays away."""
    record = data.treatments["radiofrequency-ablation"]
    (link,) = record.parents
    stated = next(fact for fact in data.treatments["sunitinib"].facts if fact.field == "pregnancy")
    counted = stated.model_copy(update={"text": "not in pregnancy", "cites": link.cites})
    kind = data.treatments[link.id]
    made = with_changed(data, kind.model_copy(update={"facts": (*kind.facts, counted, stated)}))
    told = comparison(made, [record, data.treatments["whipple-procedure"]], only=only)["pregnancy"]
    assert told == {record.id: [{"said_of": link.id, "facts": [counted]}], "whipple-procedure": []}


# --- what every answer carries -----------------------------------------------------------------


@pytest.mark.parametrize("epoch", [None, ""])
def test_without_a_day_it_is_today(monkeypatch: pytest.MonkeyPatch, epoch: str | None) -> None:
    """Where neither an option nor the surroundings give a day, states are those of the day of the reader."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = date.today()
    told = as_of_day(None)
    assert told in (before.isoformat(), date.today().isoformat())  # midnight may pass


@pytest.mark.parametrize("word", ["nausea", "upset stomach", "extent", "decisions"])
def test_what_a_search_finds_is_explained_with_it(data: Reference, word: str) -> None:
    """A side effect among the results has its names, a source its record, and so have what lists or replaces that."""
    answer = search(data, word.split())
    whole = enveloped(answer, DAY)
    found = {kind: {hit["id"] for hit in whole["results"] if hit["kind"] == kind} for kind in ("effect", "source")}
    assert any(found.values())
    assert found["effect"] <= set(whole["effects"])
    assert found["source"] <= set(whole["sources"])
    for key in whole["sources"]:
        source = data.sources[key]
        others = {newer.source for newer in source.superseded_by} | {place.source for place in source.listed_by}
        assert others <= set(whole["sources"]), key


@pytest.mark.parametrize(
    ("name", "effect", "records", "effects"),
    [
        ("sunitinib", "motion sick", {}, {"nausea": {"name": "nausea", "clinical_name": "nausea"}}),
        ("Torpenz", None, {"everolimus": {"kind": "drug", "name": "everolimus"}}, {}),
        ("sunitinib", "nausea", {}, {}),
    ],
)
def test_what_a_note_on_a_name_speaks_of_is_named_in_the_answer(
    data: Reference,
    name: str,
    effect: str | None,
    records: dict[str, dict[str, str]],
    effects: dict[str, dict[str, str]],
) -> None:
    """References name no record; where a name that was typed is another than that of what it opens, that is there."""
    whole = enveloped(cite(data, [name], DAY, effect=effect), DAY)
    assert (whole["records"], whole["effects"]) == (records, effects)
    assert any(typed["note"] for typed in whole["typed"]) == bool(records or effects)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("members", "treatments/aspirin"), ("trials", "trials/aspirin"), ("effect", "effects/aspirin")],
)
def test_a_name_of_a_record_that_is_not_there_is_broken_data(data: Reference, key: str, shown: str) -> None:
    """Whoever changed the data is told which record is missing, in the same words wherever it is noticed."""
    with pytest.raises(DataProblem) as raised:
        enveloped(Answer(data, "DrugAnswer", {key: ["aspirin"]}), DAY)
    assert raised.value.message == f"packaged data: the index: {shown} is missing; reinstall pnetref"


# --- questions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "field", "older", "newer"),
    [
        ("belzutifan", "food", "label-welireg-us-2023-12", "label-welireg-us-2024"),
        ("cabozantinib", "not_interchangeable", "label-cabometyx-us-2023-09", "label-cabometyx-us-2025-03"),
        ("blood-transfusion", "indication", "acs-treating-2024", "acs-targeted-2025"),
    ],
)
def test_a_question_rests_on_the_newer_edition_alone(
    data: Reference, name: str, field: str, older: str, newer: str
) -> None:
    """Where both editions of a page say it, the one that was replaced is no second voice."""
    stated = {place.source for fact in data.treatments[name].facts if fact.field == field for place in fact.cites}
    assert {older, newer} <= stated
    (question,) = (one for one in guide(data, ["questions", name]).payload["questions"] if one["field"] == field)
    assert {place.source for place in question["cites"]} == stated - {older}
