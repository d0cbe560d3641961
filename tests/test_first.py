"""The first screen answers: how long it is, what it holds, and that nothing drops out of it in silence."""

import json
import re
import shlex
from itertools import pairwise

import pytest

from pnetref.answers import comparison, guide, side_effects, treatment, trial
from pnetref.answers.envelope import Answer, enveloped
from pnetref.dataset import Dataset
from pnetref.formats import terminal
from pnetref.page import Glance, everything
from pnetref.screens import page_of
from pnetref.screens.context import Look
from pnetref.terms import ASPECTS, DRUGS, FIELDS, KINDS, PARTS, parts_by_words

from .conftest import DAY, Run

GROUPS = ("targeted-therapy", "somatostatin-analogs", "prrt")


def shown(answer: Answer, monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> list[str]:
    """Give the lines of the first screen of an answer, as a terminal of so many columns shows it."""
    monkeypatch.setenv("COLUMNS", str(columns))
    page = page_of(answer.kind, enveloped(answer, DAY), Look(), first=True)
    return terminal.render(page, references="numbered", color="never", terminal=True).splitlines()


def test_a_first_screen_is_at_most_forty_lines(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80 columns every record opens in 40 lines, a combination in 48; no line is wider, and nothing ends in dots."""
    for record in data.treatments.values():
        lines = shown(treatment.treatment(data, [record.id]), monkeypatch)
        assert len(lines) <= (48 if record.kind == "combination" else 40), record.id
        assert max(map(len, lines)) <= 80
        assert not any("…" in line for line in lines)


def test_what_can_harm_and_how_it_is_taken_stand_within_22_lines(
    data: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the targeted drugs, the somatostatin analogs and PRRT: what it is, what can harm, dose and how to take it come first."""
    for record in data.treatments.values():
        if record.kind == "drug" and any(link.id in GROUPS for link in record.classes):
            lines = shown(treatment.treatment(data, [record.id]), monkeypatch)
            labels = [line[:12].strip() for line in lines]
            for label in ("What it is", "Pregnancy", "Dose in NETs", "Take"):
                assert label not in labels or labels.index(label) < 22, (record.id, label)
            rest = [labels.index(label) for label in ("Missed dose", "Common", "Used for") if label in labels]
            assert not rest or min(rest) <= 23, record.id


def test_other_first_screens_fit(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Side effects, trials and questions of every record take at most 40 lines at 80 columns."""
    for key in data.treatments:
        assert len(shown(side_effects.side_effects(data, [key]), monkeypatch)) <= 40, key
        assert len(shown(guide.guide(data, ["questions", key]), monkeypatch)) <= 40, key
    for key in data.trials:
        assert len(shown(trial.trial(data, [key]), monkeypatch)) <= 40, key


def test_a_comparison_of_two_fits(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two drugs side by side take at most 48 lines at 80 columns."""
    drugs = [key for key in data.treatments if data.treatments[key].kind in DRUGS]
    for one, other in [
        *pairwise(drugs),
        ("sunitinib", "everolimus"),
        ("cabozantinib", "captem"),
        ("diazoxide", "octreotide"),
    ]:
        assert len(shown(comparison.compare(data, [one, other]), monkeypatch)) <= 48, (one, other)


def test_a_narrow_terminal_has_nothing_wider(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 45 columns no line of a first screen is wider, and sunitinib's is at most 80 lines."""
    for key in ("sunitinib", "captem", "whipple-procedure", "chemotherapy", "radiation-therapy", "palliative-care"):
        lines = shown(treatment.treatment(data, [key]), monkeypatch, columns=45)
        assert max(map(len, lines)) <= 45, key
    assert len(shown(treatment.treatment(data, ["sunitinib"]), monkeypatch, columns=45)) <= 80


def test_every_value_on_a_first_screen_has_its_place(data: Dataset) -> None:
    """What a first screen says of a record is said by it: each text is a statement's, and has a mark."""
    for key in data.treatments:
        answer = enveloped(treatment.treatment(data, [key]), DAY)
        page = page_of("TreatmentCardAnswer", answer, Look(), first=True)
        glance = [block for block in page.blocks if isinstance(block, Glance)]
        assert glance, key
        for said in everything(tuple(glance)):
            if said.style in ("", "strong") and "own: open the drug" not in said.text:
                assert said.cites, (key, said.text)
            for cite in said.cites:
                assert cite.at in answer["sources"][cite.source]["place_states"]


def test_a_row_s_silence_is_printed_where_it_is_expected(run: Run) -> None:
    """Absence is seen where it is looked for: pregnancy on every card, unreadable and not stated in their own words."""
    whipple = run("treatment", "whipple", columns=80).out
    assert re.search(r"^Effects +Our copy is damaged here", whipple, re.MULTILINE)
    assert re.search(r"^Anesthesia +What was read here does not say\. That is not a \"no\"\.", whipple, re.MULTILINE)
    assert re.search(r"^Pregnancy +Nothing read here speaks of it: no sign of safety", whipple, re.MULTILINE)


def test_what_does_not_fit_is_counted(run: Run, data: Dataset) -> None:
    """A row says how many more there are: shown and counted make all serious effects of sunitinib."""
    out = run("side-effects", "sunitinib", columns=80).out
    row = re.search(r"^Serious .*?(?=^\S)", out, re.MULTILINE | re.DOTALL)
    assert row
    counted = re.search(r"\+(\d+)", row.group())
    names = len([one for one in re.sub(r"\s+", " ", row.group()).partition("Serious ")[2].split(",") if one.strip()])
    serious = [e for e in data.treatments["sunitinib"].side_effects if any(r.serious for r in e.reports)]
    assert names + int(counted.group(1) if counted else 0) >= len(serious) - 2


# --- parts -------------------------------------------------------------------------------------


def test_every_part_has_words_and_no_two_share_one() -> None:
    """A person asks for a part or a field in plain words, and each word asks for one."""
    words = parts_by_words()
    assert set(words.values()) == set(PARTS) | (set(ASPECTS) - {"side_effects", "dose"}) | set()
    for name in FIELDS:
        assert words[name.replace("_", " ")] in (name, *PARTS)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_field_prints_its_facts_or_its_silence(data: Dataset, kind: str, step: int) -> None:
    """For every record and field: each fact of the field is on the page of that field, or which silence it is."""
    for record in [record for record in data.treatments.values() if record.kind == kind][::step]:
        for name in FIELDS:
            answer = enveloped(treatment.treatment(data, [record.id], fields=[name]), DAY)
            assert answer["selected"] == [treatment.asked_for(name)]
            page = page_of("TreatmentCardAnswer", answer, Look())
            texts = {said.text for said in everything(page.blocks)}
            facts = [fact for fact in record.facts if fact.field == name]
            own = {fact.text for fact in facts}
            assert own & texts or not own, (record.id, name)
            assert len(page.blocks) > 1, (record.id, name)
            assert all(fact.field == name for fact in answer["treatment"]["facts"]) or name == "dose"


@pytest.mark.parametrize(
    ("words", "selected"),
    [
        ("drug sunitinib food", ["food"]),
        ("drug sunitinib missed dose", ["missed_dose"]),
        ("drug sunitinib blood tests", ["monitoring"]),
        ("drug lutathera birth control", ["contraception"]),
        ("drug everolimus kidneys liver", ["renal", "hepatic"]),
        ("drug everolimus interactions", ["interaction"]),
        ("drug sunitinib effects", ["effects"]),
        ("drug sunitinib all", ["all"]),
        ("drug sunitinib --field missed-dose", ["missed_dose"]),
        ("compare sunitinib everolimus missed dose", ["missed_dose"]),
        ("compare sunitinib everolimus --field dose-change", ["dose_change"]),
        ("trial radiant-3 people", ["people"]),
        ("side-effects sunitinib counted", ["counted"]),
    ],
)
def test_parts_stand_behind_the_names(run: Run, words: str, selected: list[str]) -> None:
    """A part in plain words is understood, the answer names it, and what is not of it is empty."""
    answer = json.loads(run(*shlex.split(words), "--json").out)
    assert answer["selected"] == selected
    if "drug" in answer and selected != ["all"]:
        fields = {fact["field"] for fact in answer["drug"]["facts"]}
        assert fields <= set(selected)


def test_the_sources_part_prints_references_alone(run: Run) -> None:
    """`drug sunitinib sources` has every reference of the card and no fact."""
    out = run("drug", "sunitinib", "sources").out
    assert "Raymond" in out
    assert "Blocks several tyrosine kinases" not in out


@pytest.mark.parametrize("drug", ["everolimus", "sunitinib", "cabozantinib"])
def test_what_people_eat_and_take_themselves_comes_first(run: Run, drug: str) -> None:
    """Of what a label avoids, food and herbs stand before medicines that a doctor gives."""
    row = re.search(r"^Interactions (.*?)(?=^\S)", run("drug", drug, columns=80).out, re.MULTILINE | re.DOTALL)
    assert row
    assert row.group(1).startswith("US avoided together: grapefruit and grapefruit juice, St.")


def test_four_stand_side_by_side_at_120_columns(run: Run) -> None:
    """Three and four names fit a wide terminal; in a narrow one each row lists them one under the other."""
    names = ("sunitinib", "everolimus", "lanreotide", "cabozantinib")
    wide = run("compare", *names, columns=120).out
    assert re.search(r"^ +sunitinib +everolimus +lanreotide +cabozantinib", wide, re.MULTILINE)
    assert len(wide.splitlines()) <= 60
    assert "\n  lanreotide: " in run("compare", *names, columns=80).out


def test_what_is_asked_of_several_comes_before_what_is_always_said(run: Run) -> None:
    """`compare A B missed dose` opens with the missed dose, or its silence; pregnancy follows."""
    out = run("compare", "sunitinib", "everolimus", "missed", "dose", columns=80).out
    assert 0 < out.index("Missed dose") < out.index("Pregnancy")
    assert "Checks" in run("compare", "belzutifan", "interferon", "--field", "monitoring", columns=80).out


def test_an_empty_field_of_several_prints_which_silence_it_is(run: Run, data: Dataset) -> None:
    """A comparison by a field that a record lacks says whether it was not read or is not stated, for each of them."""
    assert "Anesthesia" in run("compare", "belzutifan", "interferon", "--field", "anesthesia").out
    gap = next(gap for gap in data.treatments["lanreotide"].not_read if gap.aspect in FIELDS)
    out = " ".join(run("compare", "lanreotide", "interferon", "--field", gap.aspect, columns=200).out.split())
    assert "Not in the parts that were read" in out or "Not read here" in out


def test_no_boxed_warning_pushes_out_another(run: Run) -> None:
    """What labels of different years box stands on the first screen together: DPD and warfarin, of capecitabine."""
    boxed = run("drug", "capecitabine", columns=80).out.partition("BOXED")[2].partition("Serious")[0]
    assert "DPD deficiency" in boxed
    assert "warfarin" in boxed
    assert "+" not in boxed
