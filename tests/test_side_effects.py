"""Side effects: the two directions agree, and what is near stays apart."""

import json
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnetref import load
from pnetref.answers.comparison import comparison
from pnetref.answers.side_effects import of_effect, of_treatment
from pnetref.curation.rules.effects import APART
from pnetref.dataset import Dataset
from pnetref.models import Report
from pnetref.names import normalize

from .conftest import Run

IDS = sorted(load().treatments)


def test_a_subject_reports_an_effect_exactly_when_the_effect_names_the_subject(data: Dataset) -> None:
    """For every effect and every treatment the look-ups agree in both directions, signs likewise."""
    reported, signs = set(), set()
    for effect in data.effects.values():
        answer = of_effect(data, effect)
        reported |= {(row["id"], effect.id) for row in answer["reported_for"]}
        signs |= {(row["id"], row["effect"], effect.id) for row in answer["as_sign_of"]}
    own, own_signs = set(), set()
    for record in data.treatments.values():
        for effect in of_treatment(data, record)["side_effects"]:
            own.add((record.id, effect.effect))
            own_signs |= {(record.id, effect.effect, sign) for report in effect.reports for sign in report.signs}
    assert reported == own
    assert signs == own_signs


def test_every_synonym_finds_its_effect_and_no_other(data: Dataset) -> None:
    """A synonym, in any case and spelling, opens exactly one effect."""
    for effect in data.effects.values():
        for text in (effect.name, effect.clinical_name, *effect.synonyms, *(s.upper() for s in effect.synonyms)):
            assert [key for key in data.named(text) if key.startswith("effects/")] == [f"effects/{effect.id}"], text


@pytest.mark.parametrize("group", APART, ids=" / ".join)
def test_near_is_not_same(data: Dataset, group: tuple[str, ...]) -> None:
    """What is near is kept apart: different effects, without a name in common."""
    for one, other in combinations(group, 2):
        names = [
            {normalize(text) for text in (effect.name, effect.clinical_name, *effect.synonyms)}
            for effect in (data.effects[one], data.effects[other])
        ]
        assert not names[0] & names[1]


@pytest.mark.parametrize(
    ("typed", "effect"),
    [
        ("mouth sores", "mouth-sores"),
        ("stomatitis", "mouth-sores"),
        ("sore mouth", "mouth-sores"),
        ("diarrhoea", "diarrhea"),
        ("high BP", "high-blood-pressure"),
        ("shortness of breath", "shortness-of-breath"),
        ("dyspnoea", "shortness-of-breath"),
        ("tired", "fatigue"),
        ("low platelets", "low-platelets"),
        ("feeling sick", "nausea"),
        ("being sick", "vomiting"),
        ("palmar-plantar erythrodysesthesia", "hand-foot-syndrome"),
        ("hypoxia", "low-oxygen"),
        ("anaemia", "anemia"),
    ],
)
def test_everyday_and_clinical_words_find_the_effect(run: Run, typed: str, effect: str) -> None:
    """What people type, in either spelling, opens the effect."""
    assert json.loads(run("side-effects", typed, "--json").out)["effect"]["id"] == effect


def graded(data: Dataset, treatment: str, effect: str) -> set[tuple[str, str | None, bool | None]]:
    """Give what the five sources say of one effect of one treatment."""
    reports: list[Report] = [
        report
        for part in data.treatments[treatment].side_effects
        if part.effect == effect
        for report in part.reports
        if report.source in ("acs-targeted-2025", "acs-treating-2024", "cruk-targeted-2021")
    ]
    return {(report.frequency, report.graded_as, report.serious) for report in reports}


def test_the_same_effect_keeps_each_source_s_grading(data: Dataset) -> None:
    """What a careless reader would level: the gradings that the sources print, drug by drug."""
    assert graded(data, "cabozantinib", "high-blood-pressure") == {("most_common", "most common", None)}
    assert graded(data, "cabozantinib", "severe-high-blood-pressure") == {("rare", "rare (but serious)", True)}
    assert graded(data, "cabozantinib", "hand-foot-syndrome") == {("rare", "rare (but serious)", True)}
    assert graded(data, "sunitinib", "hand-foot-syndrome") == {("unspecified", "other possible", None)}
    assert graded(data, "belzutifan", "anemia") == {("common", "common", None)}
    assert graded(data, "belzutifan", "severe-anemia") == {("less_common", "less common (but more serious)", True)}
    assert graded(data, "prrt", "low-white-cells") == {("common", "common", None)}
    assert {grade[2] for grade in graded(data, "prrt", "low-blood-cells")} == {True}
    assert {grade[0] for grade in graded(data, "somatostatin-analogs", "injection-site-pain")} == {"unspecified"}
    assert {grade[0] for grade in graded(data, "somatostatin-analogs", "nausea")} == {"rare"}
    signs = [r.signs for e in data.treatments["somatostatin-analogs"].side_effects for r in e.reports]
    assert any("gallstones" in of_one for of_one in signs)


def test_a_class_list_is_shown_only_on_the_members_that_its_source_counts_in(data: Dataset) -> None:
    """Cancer Research UK's list stands on sunitinib, everolimus and interferon, apart, and on no other drug."""
    shown = set()
    for record in data.treatments.values():
        for said in of_treatment(data, record)["class_side_effects"]:
            sources = {report.source for effect in said["side_effects"] for report in effect.reports}
            if "cruk-targeted-2021" in sources:
                shown.add(record.id)
        assert record.id == "targeted-therapy" or not any(
            report.source == "cruk-targeted-2021" for effect in record.side_effects for report in effect.reports
        )
    assert shown == {"sunitinib", "everolimus", "interferon-alfa"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(IDS), min_size=2, max_size=4, unique=True))
def test_a_comparison_holds_everything_and_nothing_more(ids: list[str]) -> None:
    """Of any records, the comparison holds every fact and report, once, and no other."""
    data = load()
    records = [data.treatments[key] for key in ids]
    compared = comparison(data, records)
    for record in records:
        facts = [fact for row in compared["fields"] for fact in row["facts"][record.id]]
        assert sorted(facts, key=repr) == sorted(record.facts, key=repr)
        reports = {row["effect"]: tuple(row["reports"][record.id]) for row in compared["side_effects"]}
        assert {key: found for key, found in reports.items() if found} == {
            effect.effect: effect.reports for effect in record.side_effects
        }
        assert [trial.id for trial in compared["trials"][record.id]] == list(record.trials)


def test_every_pair_can_be_compared(data: Dataset, step: int) -> None:
    """What all have comes first, and no pair fails."""
    for one, other in list(combinations(data.treatments.values(), 2))[::step]:
        counts = [
            sum(1 for said in row["reports"].values() if said) for row in comparison(data, [one, other])["side_effects"]
        ]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("side-effects", "cabozantinib", "--serious"), "Only what a source calls serious"),
        (("side-effects", "cabozantinib", "serious"), "Only what a source calls serious"),
        (("side-effects", "sunitinib", "--system", "gut"), "Only the group gut"),
        (("side-effects", "sunitinib", "--frequency", "very_common"), "Only what is graded very common"),
        (("drug", "--route", "oral"), "only: route by mouth"),
        (("trial", "--phase", "3"), "only: phase 3"),
        (("compare", "sunitinib", "everolimus", "--only", "serious"), "Only rows that are serious"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("form", ["table", "html", "markdown"])
def test_a_filtered_list_says_so(run: Run, arguments: tuple[str, ...], told: str, form: str) -> None:
    """No part of a list reads as the whole of it, on a screen or on paper."""
    assert told in " ".join(run(*arguments, "--format", form).out.split())


@pytest.mark.parametrize("part", [["effects"], ["side", "effects"], ["serious"], ["--field", "side effects"], ["all"]])
def test_side_effects_that_are_asked_for_are_compared(run: Run, part: list[str]) -> None:
    """Whatever word asks for them, and beside other parts too, the effects of both stand under each other."""
    for more in ([], ["food"] if part[0] != "--field" else ["--field", "food"]):
        out = run("compare", "sunitinib", "everolimus", *part, *more, columns=160).out
        assert re.search(r"\n *Side effects\n", out)
        assert re.search(r"\n *diarrhea +●", out)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("compare", "surgery", "enucleation", "effects"),
            "No source here lists side effects of these. That is no sign of safety.",
        ),
        (
            ("compare", "surgery", "enucleation", "--only", "serious"),
            "No source here lists side effects of these. That is no sign of safety.",
        ),
        (
            ("compare", "captem", "octreotide", "--only", "serious"),
            "None passes --only serious. That is no sign of safety.",
        ),
        (
            ("side-effects", "surgery"),
            "No source here lists side effects of surgery alone; that is no sign of safety.",
        ),
        (
            ("side-effects", "surgery", "--serious"),
            "No source here lists side effects of surgery alone; that is no sign of safety.",
        ),
        (
            ("side-effects", "captem", "--serious"),
            "No report of CAPTEM (capecitabine and temozolomide) alone passes this filter; that is no sign of safety. No source "
            "here marks an effect of it alone as serious or not; that is no sign of safety.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("form", ["table", "html", "markdown"])
def test_an_empty_list_is_no_sign_of_safety(run: Run, arguments: tuple[str, ...], told: str, form: str) -> None:
    """Where no source lists effects and where none passes a filter, it is said, and what it does not mean."""
    out = run(*arguments, "--format", form, columns=160).out
    assert told in " ".join(re.sub(r"<[^>]+>", " ", out).replace("\\", "").replace("*", "").split())
