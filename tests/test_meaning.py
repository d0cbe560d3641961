"""Safety of meaning: nothing is judged, silence is never a "no", and nothing grave is left out without a word."""

import ast
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pnetref.answers import comparison, guide, search, side_effects, treatment, trial
from pnetref.answers.envelope import Answer, enveloped
from pnetref.answers.treatment import apart
from pnetref.dataset import Dataset
from pnetref.errors import Problem
from pnetref.formats import terminal
from pnetref.models import Fact, Report, SideEffect
from pnetref.names import normalize, suggest
from pnetref.page import Block, Glance, Page, everything
from pnetref.screens import page_of
from pnetref.screens.context import Look
from pnetref.screens.phrases import (
    IN_PART,
    NO_PREGNANCY,
    NOT_READ,
    NOTHING_SAID,
    UNREADABLE,
    UNREPORTED,
)
from pnetref.terms import BODY_GROUPS, DRUGS, FIELDS, FREQUENCIES

from .conftest import DAY, Run
from .voice import CODE, judged, texts_of_code, trees, verdict

WIDTHS = (30, 45, 60, 80, 120, 200)
SILENCES = (
    NOTHING_SAID,
    NOT_READ,
    IN_PART,
    UNREADABLE,
    NO_PREGNANCY,
    "nothing read here speaks of it",
    "No source here lists side effects",
    "our copy of",
)
"""The sentences of which an empty part says one."""


@pytest.fixture(params=[34, pytest.param(1, marks=pytest.mark.long)], ids=["some", "all"])
def few(request: pytest.FixtureRequest) -> int:
    """Give the step in which pages are gone through: every thirty-fourth, or all in the long tests."""
    assert isinstance(request.param, int)
    return request.param


TELLING = ("captem", "yttrium-90", "cryosurgery")
"""Records of which most is said of their parts, their class or their kind."""


def some(data: Dataset, few: int) -> list[str]:
    """Give the ids of treatments in steps, those among them that most depends on."""
    return list(dict.fromkeys([*list(data.treatments)[::few], *TELLING]))


def page(answer: Answer, *, first: bool = False) -> tuple[Page, dict[str, Any]]:
    """Give the page of an answer, and what it was made of."""
    made = enveloped(answer, DAY)
    return page_of(answer.kind, made, Look(), first=first), made


def plain(blocks: Iterable[Block]) -> str:
    """Give all that is said in blocks as one text, labels included, with single blanks."""
    texts = []
    for block in blocks:
        texts += list(_texts(block))
    return " ".join(" ".join(texts).split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def answers_of(data: Dataset, key: str) -> list[Answer]:
    """Give the answers about one treatment."""
    return [
        treatment.treatment(data, [key]),
        side_effects.side_effects(data, [key]),
        side_effects.side_effects(data, [key], serious=True),
        guide.guide(data, ["questions", key]),
    ]


# --- nothing is judged -------------------------------------------------------------------------


def test_the_program_has_no_words_that_judge() -> None:
    """No text of the code, shown or told as a hint or an error, ranks, recommends or calls anything safe."""
    places = {text: place for place, text in texts_of_code()}
    assert [(place, word, text) for text, place in places.items() if (word := verdict(text)) is not None] == []


def test_interactions_are_not_counted() -> None:
    """No text of the code sets a number before interactions: how many there are says nothing of how grave they are."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                for before, after in zip(node.values, node.values[1:], strict=False):
                    counted = isinstance(before, ast.FormattedValue) and isinstance(after, ast.Constant)
                    assert not (counted and str(after.value).startswith(" interaction")), (name, node.lineno)  # type: ignore[attr-defined]


def test_no_page_of_a_treatment_judges(data: Dataset, few: int) -> None:
    """Of every treatment, what its pages say in our own words, templates filled, judges nothing."""
    for key in some(data, few):
        for answer in answers_of(data, key):
            for first in (True, False):
                shown, made = page(answer, first=first)
                assert judged(shown.blocks, made) == [], (key, answer.kind)


def test_no_other_page_judges(data: Dataset, few: int) -> None:
    """Nor do those of side effects, trials, topics, settings and searches."""
    answers = [side_effects.side_effects(data, [key]) for key in list(data.effects)[:: 4 * few]]
    answers += [trial.trial(data, [key]) for key in list(data.trials)[::few]]
    answers += [guide.guide(data, [key]) for key in list(data.topics)[:: min(few, 4)]]
    answers += [treatment.for_setting(data, key) for key in list(data.settings)[:: min(few, 5)]]
    answers += [search.search(data, [word]) for word in ("grapefruit", "safe", "best")]
    for answer in answers:
        for first in (True, False):
            shown, made = page(answer, first=first)
            assert judged(shown.blocks, made) == [], answer.kind


def pairs(data: Dataset, few: int) -> list[tuple[str, str]]:
    """Give pairs of drugs, classes and combinations."""
    drugs = [key for key in data.treatments if data.treatments[key].kind in DRUGS]
    return [("captem", "everolimus"), ("captem", "temozolomide"), *list(combinations(drugs, 2))[:: 9 * few - 8]]


def test_two_names_are_compared_whatever_they_are_together(data: Dataset) -> None:
    """Names that beside each other are a name of their combination are two where each stands for itself, in either order."""
    for one, other in [("temozolomide", "capecitabine"), ("yttrium-90", "prrt"), *pairs(data, 4)]:
        for names in ([one, other], [other, one]):
            assert comparison.compare(data, names, fields=["food"]).payload["comparison"]["records"] == names


def test_no_comparison_judges_and_its_order_is_neutral(data: Dataset, few: int) -> None:
    """Of every pair: no word of ours prefers one; who is named first changes the columns and no row."""
    for one, other in pairs(data, few):
        there, made = page(comparison.compare(data, [one, other]), first=True)
        assert judged(there.blocks, made) == [], (one, other)
        back = comparison.compare(data, [other, one]).payload["comparison"]
        compared = made["comparison"]
        for name in ("fields", "side_effects"):
            rows = [row.get("field") or row["effect"] for row in compared[name]]
            assert rows == [row.get("field") or row["effect"] for row in back[name]], (one, other, name)
        names = list(FIELDS)
        order = [names.index(row["field"]) for row in compared["fields"]]
        assert order == sorted(order)
        assert "head to head" in plain(there.blocks)


# --- silence is not "no" -----------------------------------------------------------------------


def test_an_empty_part_says_which_silence_it_is(data: Dataset, few: int) -> None:
    """For every treatment and field without a fact: a sentence says why there is none."""
    for key in some(data, few):
        for name in list(FIELDS)[:: min(few, 3)]:
            answer = treatment.treatment(data, [key], fields=[name])
            record = answer.payload["treatment"]
            shown, _ = page(answer)
            if not [fact for fact in record["facts"] if fact.field == name]:
                lists = [record[kind] for kind in ("doses", "approvals", "interactions", "checks", "dose_changes")]
                others = [said for kind in ("for_class", "for_parts", "for_kinds") for said in record[kind]]
                text = plain(shown.blocks)
                assert any(lists) or others or any(sentence in text for sentence in SILENCES), (key, name)


@pytest.mark.parametrize(
    ("form", "width"), [*(("plain", width) for width in WIDTHS), ("markdown", 30), ("html", 30), ("csv", 30)]
)
def test_a_silence_is_whole_at_every_width_and_in_every_format(run: Run, form: str, width: int) -> None:
    """The sentences of silence are not cut by a narrow terminal, and stand in what is not for a terminal too."""
    options = () if form == "plain" else ("--format", form)
    said = {
        ("treatment", "whipple", "pregnancy"): "Nothing read here speaks of it: no sign of safety. Ask.",
        ("drug", "etoposide", "kidneys"): "Not read here, though the label has a section on it: ask.",
        ("treatment", "whipple", "anesthesia"): "What was read here does not say. That is not a",
        ("treatment", "whipple", "effects"): "damaged",
    }
    stances = {
        "pregnancy": "pregnancy,Nothing read here speaks of it.,,,,,,nothing here,",
        "kidneys": "renal,,,,,,,not read",
        "anesthesia": "anesthesia,,,,,,,not stated",
        "effects": "side_effects,,,,,,,unreadable",
    }
    for arguments, sentence in said.items():
        out = " ".join(run(*arguments, *options, columns=width).out.split())
        if form == "csv":
            assert stances[arguments[-1]] in out, arguments
        else:
            assert sentence in out.replace("&quot;", '"'), (arguments, width)


def test_what_is_unknown_is_null_and_never_false(run: Run, data: Dataset, few: int) -> None:
    """Whether an effect is serious, an arm progressing, a number of people known: null in JSON where nobody says."""
    for key in some(data, few):
        printed = json.loads(run("treatment", key, "--json").out)["treatment"]
        stored = data.treatments[key]
        for effect, other in zip(printed["side_effects"], stored.side_effects, strict=True):
            assert [r["serious"] for r in effect["reports"]] == [r.serious for r in other.reports]
    for key in list(data.trials)[::few]:
        shown = json.loads(run("trial", key, "--json").out)["trial"]
        assert (shown["progressing"], shown["n"]) == (data.trials[key].progressing, data.trials[key].n)
        if data.trials[key].progressing is None:
            assert "at entry: not stated" in " ".join(run("trial", key).out.split())


@pytest.mark.long
def test_an_unknown_is_an_empty_cell_of_the_export(data: Dataset) -> None:
    """In the tables of the export nothing unknown is false, 0 or "none"."""
    from pnetref.export.rows import rows

    tables = rows(data, DAY)
    reports = [report for record in data.treatments.values() for e in record.side_effects for report in e.reports]
    cells = [row["serious"] for row in tables["reports"]]
    assert sorted(map(str, cells)) == sorted(str(report.serious) for report in reports)
    assert None in cells
    progressing = [row["progressing"] for row in tables["trials"]]
    assert sorted(map(str, progressing)) == sorted(str(one.progressing) for one in data.trials.values())


def test_nothing_reported_is_no_sign_that_it_does_not_happen(data: Dataset, few: int) -> None:
    """For treatments and side effects that no source joins: the sentence stands there, and kinds and neighbors below."""
    for key in list(data.treatments)[:: 3 * few]:
        for effect in list(data.effects)[:: 5 * few]:
            answer = side_effects.side_effects(data, [key, effect])
            payload = answer.payload
            if not payload["reports"] and not payload["as_sign_of"] and not payload["kinds"]:
                assert "that is no sign that it does not happen" in plain(page(answer)[0].blocks), (key, effect)
    for effect in list(data.effects)[:: 2 * few]:
        answer = side_effects.side_effects(data, [effect])
        if not answer.payload["reported_for"]:
            for first in (True, False):
                text = plain(page(answer, first=first)[0].blocks)
                assert UNREPORTED in text or answer.payload["as_sign_of"], effect


def test_two_drugs_without_an_entry_together_are_no_pair_without_risk(data: Dataset, few: int) -> None:
    """A search for two drugs that no statement names together says that this is no sign of safety, or sends to others."""
    drugs = [key for key in data.treatments if data.treatments[key].kind == "drug"]
    tried = 0
    for one, other in list(combinations(drugs, 2))[:: 6 * few - 5]:
        try:
            search.search(data, [one, "with", other])
        except Problem as problem:
            tried += 1
            told = str(problem)
            assert "no sign of safety" in told or "pharmacist" in told or "compare" in told, told
    assert tried


@pytest.mark.parametrize(
    "words", [("sunitinib", "with", "lanreotide"), ("zzqx",), ("carboplatin", "grapefruit")], ids=" ".join
)
def test_a_search_that_finds_nothing_is_no_answer(run: Run, words: tuple[str, ...]) -> None:
    """Exit code 1 and nothing on stdout, in every format; the line says that it is no sign of safety, or whom to ask."""
    for form in ("table", "json", "csv"):
        ran = run("search", *words, "--format", form)
        assert (ran.code, ran.out) == (1, "")
        assert "no sign of safety" in ran.err or "ask a pharmacist" in ran.err


def test_interactions_that_are_shown_are_not_all(data: Dataset, few: int) -> None:
    """Every page of a drug's interactions says that what is not named may matter too, or which silence it is."""
    for key in [key for key in some(data, few) if data.treatments[key].kind in DRUGS]:
        text = plain(page(treatment.treatment(data, [key], fields=["interactions"]))[0].blocks)
        assert "what is not named may matter too" in text or any(sentence in text for sentence in SILENCES), key


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("compare", "captem", "prrt", "--only", "shared"), "None passes --only shared. That is no sign of safety."),
        (
            ("compare", "cryosurgery", "nerve-block", "effects"),
            "No source here lists side effects of these. That is no sign of safety.",
        ),
        (
            ("side-effects", "etoposide", "--frequency", "very_rare"),
            "alone passes this filter; that is no sign of safety",
        ),
        (
            ("side-effects", "cryosurgery"),
            "No source here lists side effects of cryosurgery alone; that is no sign of safety.",
        ),
        (
            ("side-effects", "cryosurgery", "all"),
            "No source here lists side effects of cryosurgery alone; that is no sign of safety.",
        ),
        (
            ("side-effects", "carboplatin", "--serious"),
            "Others are not marked by their sources, which is no sign that they are mild.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_empty_list_is_no_sign_of_safety(run: Run, arguments: tuple[str, ...], told: str) -> None:
    """Where nothing is listed, or nothing passes a filter, the page says that this is no sign of safety."""
    for width in (30, 120):
        assert told in " ".join(run(*arguments, columns=width).out.split())


# --- nothing grave is left out without a word --------------------------------------------------


def grave(effects: Iterable[SideEffect]) -> set[str]:
    """Give the ids of the effects that a source calls serious."""
    return {effect.effect for effect in effects if any(report.serious for report in effect.reports)}


def test_a_whole_page_has_everything_grave(data: Dataset, few: int) -> None:
    """Of every treatment, on the whole card: each serious effect, each warning and each word on pregnancy, own and of others."""
    for key in some(data, few):
        record = data.treatments[key]
        shown, made = page(treatment.treatment(data, [key, "all"]))
        text = plain(shown.blocks)
        beside = apart(data, record)
        others = [*beside.for_class, *beside.for_parts, *beside.for_kinds]
        for effect in grave([*record.side_effects, *(e for said in others for e in said["side_effects"])]):
            assert made["effects"][effect]["name"] in text, (key, effect)
        facts = [*record.facts, *(fact for said in others for fact in said["facts"])]
        for fact in facts:
            if fact.field in ("pregnancy", "warning", "contraindication", "urgent"):
                assert squeezed(fact.text) in text or told_as_older(shown, fact), (key, fact.text)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def told_as_older(shown: Page, fact: Fact) -> bool:
    """Tell whether the page names every place of a fact as an older edition than one that it shows."""
    below = " ".join(shown.older)
    return bool(below) and all(cite.source in below for cite in fact.cites)


def rows_of(shown: Page) -> dict[str, list[str]]:
    """Give what the cells of each row of a first screen say."""
    rows: dict[str, list[str]] = {}
    for block in shown.blocks:
        if isinstance(block, Glance):
            for label, cells in block.rows:
                rows.setdefault(label, []).extend("".join(said.text for said in cell) for cell in cells)
    return rows


def told(cells: list[str], between: str) -> int:
    """Give how many a row shows and counts."""
    total = 0
    for cell in cells:
        counted = re.search(r"\+(\d+)", cell)
        text = re.sub(r" ?\+\d+(: .*)?$", "", cell)
        total += len([part for part in re.split(between, text) if part.strip()]) + int(
            counted.group(1) if counted else 0
        )
    return total


def test_a_first_screen_shows_or_counts_every_serious_effect(data: Dataset, few: int) -> None:
    """Of every treatment: the serious effects that a source reports of it, its class, parts or kind are shown or counted."""
    for key in some(data, few):
        record = data.treatments[key]
        beside = apart(data, record)
        others = [*beside.for_class, *beside.for_parts, *beside.for_kinds]
        expected = grave([*record.side_effects, *(e for said in others for e in said["side_effects"])])
        for answer in (treatment.treatment(data, [key]), side_effects.side_effects(data, [key])):
            shown, _ = page(answer, first=True)
            rows = rows_of(shown)
            cells = (
                rows.get("Serious")
                or rows.get("Effects")
                or [cell for name in ("Serious", "Of its class", "Of its kind") for cell in rows.get(name, [])]
            )
            if expected:
                assert told(cells, ", | · ") >= len(expected), (key, answer.kind, cells)
                assert not any("No source read here marks" in cell for cell in cells), (key, answer.kind)
            if any("+" in cell for row in rows.values() for cell in row):
                assert "pnetref " in plain(shown.blocks), key


def test_a_first_screen_shows_or_counts_what_is_said_of_pregnancy(data: Dataset, few: int) -> None:
    """Of every treatment with a word on pregnancy, its own or that of its parts, the row begins with one and counts the rest."""
    for key in some(data, few):
        record = data.treatments[key]
        facts = [fact for fact in record.facts if fact.field == "pregnancy"]
        parts = [fact for said in apart(data, record).for_parts for fact in said["facts"] if fact.field == "pregnancy"]
        rows = rows_of(page(treatment.treatment(data, [key]), first=True)[0])
        if facts or parts:
            assert told(rows["Pregnancy"], " · ") >= 1, key
            assert not any(NO_PREGNANCY in cell for cell in rows["Pregnancy"]), key
        else:
            assert NO_PREGNANCY in rows["Pregnancy"][0] or "ask" in rows["Pregnancy"][0].casefold(), key


def test_a_comparison_shows_or_counts_what_is_grave(data: Dataset, few: int) -> None:
    """Of every pair: serious effects of each, of its parts, its class and its kind; pregnancy; nothing of it is a silence."""
    for one, other in pairs(data, few):
        answer = comparison.compare(data, [one, other])
        shown, made = page(answer, first=True)
        rows = rows_of(shown)
        compared = made["comparison"]
        for at, key in enumerate((one, other)):
            effects = [row["effect"] for row in compared["side_effects"] if any(r.serious for r in row["reports"][key])]
            for name in ("class_side_effects", "for_parts", "for_kinds"):
                effects += grave(effect for said in compared[name][key] for effect in said["side_effects"])
            if effects:
                assert told([rows["Serious"][at]], ", | · ") >= len(set(effects)), (one, other, key)
            if any(said["facts"] for said in compared["pregnancy"][key] if data.treatments[key].kind != "drug-class"):
                own = [said for said in compared["pregnancy"][key] if said["said_of"] in (key, *_parts(compared, key))]
                assert not own or NO_PREGNANCY not in rows["Pregnancy"][at], (one, other, key)


def _parts(compared: Mapping[str, Any], key: str) -> list[str]:
    return [said["part"] for said in compared["for_parts"][key]]


def test_a_whole_comparison_has_what_labels_say_of_parts(data: Dataset) -> None:
    """Side by side with another drug, a combination shows the interactions and serious effects of its drugs, filtered or not."""
    for key in [key for key in data.treatments if data.treatments[key].kind == "combination"]:
        parts = [data.treatments[link.id] for link in data.treatments[key].parents]
        for words in (["all"], ["interactions"]):
            text = plain(page(comparison.compare(data, [key, "everolimus", *words]))[0].blocks)
            for part in (part for record in parts for part in record.interactions):
                assert squeezed(part.text) in text, (key, part.text)
        text = plain(page(comparison.compare(data, [key, "everolimus"], only="serious"))[0].blocks)
        for record in parts:
            for effect in grave(record.side_effects):
                assert data.effects[effect].name in text, (key, record.id, effect)


def test_a_narrow_terminal_loses_no_word_of_a_first_screen(
    data: Dataset, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """At every width the rows of what is grave hold the same words: they are laid out anew, and nothing is cut."""
    for key in list(data.treatments)[:: 2 * few - 1]:
        shown, _ = page(treatment.treatment(data, [key]), first=True)
        words = {
            word
            for label, cells in rows_of(shown).items()
            if label in ("BOXED (US)", "Serious", "Cannot have", "Pregnancy", "Interactions", "Effects", "Warnings")
            for cell in cells
            for word in cell.split()
        }
        for width in WIDTHS:
            monkeypatch.setenv("COLUMNS", str(width))
            out = terminal.render(shown, references="numbered", color="never", terminal=False)
            letters = re.sub(r"[^\w+]", "", out)  # a mark or a break may stand between a word and its comma
            lost = {word for word in words if re.sub(r"[^\w+]", "", word) not in letters}
            assert not lost, (key, width, lost)


def test_a_part_of_a_card_says_that_it_is_one(data: Dataset, few: int) -> None:
    """The title of a part names it, so that what it leaves out is not missed: for every treatment and several parts."""
    for key in some(data, few):
        for name in ("food", "missed_dose", "monitoring"):
            shown, made = page(treatment.treatment(data, [key], fields=[name]))
            assert made["selected"] == [name]
            assert FIELDS[name].label.casefold() in plain(shown.blocks[:1]).casefold(), (key, name)


def test_a_search_says_how_many_it_leaves_out(data: Dataset) -> None:
    """Words of what is grave: what a first screen of a search does not show is counted, with what shows it."""
    for words in ("boxed warning", "pregnancy", "serious infection", "warfarin"):
        answer = search.search(data, words.split())
        first = plain(page(answer, first=True)[0].blocks)
        count = len(answer.payload["results"])
        assert f"{count} place" in first, words
        if "the same search with “all” behind it" not in first:
            assert plain(page(answer)[0].blocks) == first, words


def test_a_short_form_says_what_stands_in_a_boxed_warning(data: Dataset) -> None:
    """Nothing loses its box where it is said in few words, and nothing else is given one."""
    for record in data.treatments.values():
        for entry in record.interactions:
            assert entry.short is None or ("boxed" in entry.short) == entry.boxed, entry.short
        for fact in record.facts:
            if fact.short is not None:
                said = "boxed warning" in fact.text.casefold()
                assert ("boxed" in fact.short) == said, fact.short


@pytest.mark.parametrize("form", ["markdown", "html", "csv", "json"])
def test_no_format_loses_what_is_grave(run: Run, data: Dataset, form: str, few: int) -> None:
    """Written in each format, every treatment has each serious effect, boxed warning and word on pregnancy, or an older edition named."""
    for key in some(data, few):
        record = data.treatments[key]
        printed = run("treatment", key, "--format", form).out
        out = letters(html.unescape(re.sub(r"<[^<>]*>", "", printed)) if form == "html" else printed)
        for effect in grave(record.side_effects):
            assert letters(data.effects[effect].name) in out, (key, effect)
        for fact in record.facts:
            if fact.field == "pregnancy" or (fact.field == "warning" and fact.text.startswith("Boxed warning")):
                assert letters(fact.text) in out or (form in ("markdown", "html") and "olderedition" in out), (
                    key,
                    fact.text,
                )


# --- filters, names, look-alikes ---------------------------------------------------------------


def letters(text: str) -> str:
    """Give the letters and digits of a text: formats differ in quotes, signs and breaks."""
    return re.sub(r"\W|_", "", text).casefold()


def reports_of(effects: Iterable[SideEffect]) -> set[tuple[str, Report]]:
    return {(effect.effect, report) for effect in effects for report in effect.reports}


def filters() -> list[dict[str, Any]]:
    """Give every filter of side effects, and some together."""
    alone: list[dict[str, Any]] = [{"serious": True}]
    alone += [{"frequency": name} for name in FREQUENCIES]
    alone += [{"system": name} for name in BODY_GROUPS]
    return [*alone, {"serious": True, "frequency": "common"}, {"serious": True, "system": "blood"}]


def passes(data: Dataset, effect: str, report: Report, wanted: Mapping[str, Any]) -> bool:
    if wanted.get("serious") and report.serious is not True:
        return False
    if "frequency" in wanted and report.frequency != wanted["frequency"]:
        return False
    return "system" not in wanted or data.effects[effect].group == wanted["system"]


def test_a_filter_keeps_what_matches_and_nothing_else(data: Dataset, few: int) -> None:
    """For every treatment and filter: all reports that match are kept, of class, parts and kinds too, and no other."""
    for key in some(data, few):
        everything_said = side_effects.side_effects(data, [key]).payload
        for wanted in filters():
            kept = side_effects.side_effects(data, [key], **wanted).payload
            lists = [(everything_said["side_effects"], kept["side_effects"])]
            for name in ("class_side_effects", "part_side_effects", "kind_side_effects"):
                both = zip(everything_said[name], kept[name], strict=True)
                lists += [(before["side_effects"], after["side_effects"]) for before, after in both]
            for before, after in lists:
                expected = {(e, r) for e, r in reports_of(before) if passes(data, e, r, wanted)}
                assert reports_of(after) == expected, (key, wanted)
                assert all(effect.reports for effect in after)


def test_a_name_of_two_records_opens_neither(data: Dataset) -> None:
    """Every name that a command could read as two records: both are named, and none is opened."""
    asked: dict[str, Callable[[Dataset, list[str]], Answer]] = {
        "treatments/": treatment.treatment,
        "trials/": trial.trial,
        "topics/": guide.guide,
    }
    tried = 0
    for name, keys in data.index.names.pairs(""):
        for folder, ask in asked.items():
            found = [key for key in keys if key.startswith(folder)]
            if len(found) > 1:
                tried += 1
                with pytest.raises(Problem) as told:
                    ask(data, [name])
                assert told.value.code == "ambiguous", name
                for key in found:
                    assert key.partition("/")[2] in str(told.value) or data.index.records[key].name in str(told.value)
    assert tried


def test_a_name_of_two_sources_cites_neither(run: Run, data: Dataset) -> None:
    """`cite` of an author and a year that two works share lists both, and prints no reference."""
    names = [
        name
        for name, keys in data.index.names.pairs("")
        if len(keys) > 1
        and all(key.startswith("sources/") for key in keys)
        and not any(normalize(key.partition("/")[2]) == name for key in keys)  # an id always names its record
    ]
    assert names
    for name in names:
        ran = run("cite", name)
        assert (ran.code, ran.out) == (1, ""), name
        for key in data.named(name):
            assert key.partition("/")[2] in ran.err


def test_what_is_spelled_alike_stands_in_one_list(data: Dataset) -> None:
    """Names of different drugs, or of drugs that are not here, of which one is a slip of the other know each other."""
    named: dict[str, set[str]] = {}
    for record in data.treatments.values():
        if record.kind == "drug":
            for name in (record.name, *(name.text for name in record.names if name.kind in ("generic", "brand"))):
                named.setdefault(normalize(name), set()).add(record.id)
    listed = {name for group in data.manifest.look_alikes for name in group}
    for name in listed:
        named.setdefault(name, {f"not here: {name}"})
    groups = data.manifest.look_alikes
    for one in sorted(listed):
        for other in suggest(one, named, (), limit=20, begun=False):
            if not named[one] & named[other]:
                assert any(one in group and other in group for group in groups), (one, other)
    for group in groups:
        assert len(group) > 1
        assert len(set(group)) == len(group)
        for name in group:
            assert normalize(name) == name
            assert not suggest(name, [other for other in group if other != name], groups), name


KNOWN_ALIKE = (
    ("cisplatin", "carboplatin", "oxaliplatin"),
    ("omeprazole", "esomeprazole", "lansoprazole", "dexlansoprazole"),
    ("octreotide", "pasireotide", "lanreotide"),
    ("cabometyx", "cometriq"),
    ("afinitor", "zortress", "votubia", "certican"),
    ("everolimus", "sirolimus", "temsirolimus"),
    ("sunitinib", "surufatinib", "sorafenib"),
    ("dotatate", "dotatoc", "edotreotide"),
    ("irinotecan", "topotecan", "topotecin"),
    ("streptozocin", "streptomycin", "streptokinase"),
    ("interferonalfa", "interferonbeta", "interferongamma", "interferonlambda", "peginterferon"),
    ("etoposide", "teniposide"),
    ("temozolomide", "temazepam"),
    ("dacarbazine", "procarbazine"),
    ("fluorouracil", "flucytosine", "tegafururacil"),
    ("diazoxide", "diazepam"),
    ("omeprazole", "pantoprazole", "rabeprazole"),
    ("capecitabine", "gemcitabine", "decitabine", "azacitidine"),
)
"""Names that are mixed up, as a pharmacist lists them: none may be dropped from the data."""


def test_no_look_alike_is_dropped(data: Dataset) -> None:
    """Each name that is known to be mixed up with another stands in a list with it."""
    for known in KNOWN_ALIKE:
        assert any(set(known) <= set(group) for group in data.manifest.look_alikes), known


# --- the keys of JSON --------------------------------------------------------------------------


def test_no_key_of_json_is_renamed_or_dropped(run: Run) -> None:
    """Every key of schema version 1 is there: keys may be added, and a line of the list is never taken out."""
    del run
    with open(CODE / "data" / "schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    keys = {f"{model}.{key}" for model, one in schema["$defs"].items() for key in one.get("properties", ())}
    with open(Path(__file__).with_name("json_keys.txt"), encoding="utf-8") as file:
        pinned = set(file.read().split())
    assert sorted(pinned - keys) == []
    assert sorted(keys - pinned) == [], "new keys: add them to tests/json_keys.txt"


# --- what is told to be typed ------------------------------------------------------------------


def commands_of(shown: Page) -> set[str]:
    """Give the commands that a page tells to type: each word behind the last line is one of its own."""
    found = set()
    for said in everything(shown.blocks):
        if said.style == "command" and said.text.strip().startswith("pnetref "):
            start, *parts = said.text.strip().split(" · ")
            found.add(start)
            base = start.rsplit(" ", 1)[0]
            found |= {f"{base} {part}" for part in parts}
    return {one for one in found if not one.endswith(" NAME")}


def counted_rows(shown: Page, base: str) -> set[str]:
    """Give the commands behind what a first screen counts: its own, and the word that stands by the count."""
    counts = [re.fullmatch(r" ?\+\d+: (.*)", said.text) for said in everything(shown.blocks)]
    return {f"{base} {found.group(1)}" for found in counts if found}


def test_what_a_page_tells_to_type_opens_what_it_says(run: Run, data: Dataset, few: int) -> None:
    """Every command on first screens of treatments, effects and trials runs, and answers about what stands in it."""
    commands: set[str] = set()
    for key in list(data.treatments)[:: 2 * few - 1]:
        kind = "drug" if data.treatments[key].kind in DRUGS else "treatment"
        shown, _ = page(treatment.treatment(data, [key]), first=True)
        commands |= commands_of(shown) | counted_rows(shown, f"pnetref {kind} {key}")
        commands |= commands_of(page(side_effects.side_effects(data, [key]), first=True)[0])
    for effect in list(data.effects)[:: 8 * few]:
        commands |= commands_of(page(side_effects.side_effects(data, [effect]))[0])
    for key in list(data.trials)[:: 2 * few]:
        commands |= commands_of(page(trial.trial(data, [key]), first=True)[0])
    assert commands
    for command in sorted(commands)[:: 1 if few == 1 else 3]:
        opens(run, command)


def opens(run: Run, command: str) -> None:
    """Run a command that was told, and look that it answers about the record that it names."""
    import shlex

    words = shlex.split(command)[1:]
    ran = run(*words, "--json")
    assert (ran.code, ran.err) == (0, ""), command
    answer = json.loads(ran.out)
    payload = next(
        answer[name]
        for name in (
            "drug",
            "treatment",
            "trial",
            "subject",
            "effect",
            "comparison",
            "results",
            "references",
            "questions",
            "topic",
            "effects",
        )
        if name in answer
    )
    if isinstance(payload, dict) and "id" in payload and words[0] != "cite":
        assert payload["id"] in words or any(payload["id"] == typed["opens"] for typed in answer["typed"]), command


TYPED = (
    ("drug", "mouth sores"),
    ("drug", "ablation"),
    ("drug", "grapefruit"),
    ("drug", "sunitinib", "everolimus"),
    ("trial", "sunitinib"),
    ("compare", "sunitinib", "fatigue"),
    ("side-effects", "radiant-3"),
    ("guide", "sunitinib"),
    ("treatment", "nausea"),
    ("drug", "FOLFIRINOX"),
    ("drug", "captem+everolimus"),
    ("search", "sunitinib", "warfarin"),
    ("drug", "sunitinib", "fatigue"),
    ("side-effects", "nausea", "fatigue"),
    ("cite", "grapefruit"),
)


@pytest.mark.parametrize("arguments", TYPED, ids=" ".join)
def test_the_command_in_a_hint_runs(run: Run, arguments: tuple[str, ...]) -> None:
    """What an error line tells to type instead runs, and opens what stands in it."""
    ran = run(*arguments)
    for command in re.findall(
        r"pnetref (?:drug|treatment|trial|side-effects|search|compare|cite|guide)[^,;)]*", ran.err
    ):
        opens(run, re.sub(r" \(.*|\.$", "", command.strip()))


def test_the_command_in_a_hint_runs_whatever_was_named(run: Run, data: Dataset, few: int) -> None:
    """Names of one kind after a command of another: the line names a command that opens them."""
    kinds = {
        "drug": "effects",
        "side-effects": "trials",
        "trial": "treatments",
        "treatment": "effects",
        "guide": "treatments",
    }
    for command, folder in kinds.items():
        for key in list(getattr(data, folder))[:: 6 * few - 5]:
            ran = run(command, key)
            if ran.code:
                told = re.findall(r"pnetref (?:drug|treatment|trial|side-effects|search)[^,;)]*", ran.err)
                assert told or "not in this reference" in ran.err or "is not" in ran.err, (command, key, ran.err)
                for one in told:
                    opens(run, re.sub(r" \(.*|\.$", "", one.strip()))
