"""What an answer chooses from what is known: which sources count, which come first, and what there is instead."""

from collections.abc import Mapping

import pytest

from pnetref import NoMatch, Reference, UsageProblem
from pnetref.answers import references, side_effects, treatment
from pnetref.answers.shapes import Subject
from pnetref.completion import answer as completed
from pnetref.models import Citation, Fact, Link, Report, SideEffect, Treatment, Trial
from pnetref.terms import ASPECTS, FIELDS

from .conftest import DAY, Run

ACS, HAUSER, SHARECARE = "acs-treating-2024", "hauser-2019", "sharecare-nets-2025"


def changed(
    data: Reference, treatments: Mapping[str, Treatment] | None = None, trials: Mapping[str, Trial] | None = None
) -> Reference:
    """Give the data with these records in the place of its own; the index stays as it is."""
    made = Reference()
    made.__dict__["treatments"] = {**data.treatments, **(treatments or {})}
    made.__dict__["trials"] = {**data.trials, **(trials or {})}
    return made


def reported(data: Reference, source: str) -> Report:
    """Give a report as another source could make it."""
    return data.treatments["targeted-therapy"].side_effects[0].reports[0].model_copy(update={"source": source})


# --- which sources count -----------------------------------------------------------------------


def test_what_is_said_of_a_kind_counts_by_sources_that_count_the_record_in_all_the_way(data: Reference) -> None:
    """Who says nothing of the Whipple procedure is no voice on it, though the same source counts a wider surgery in."""
    cites = tuple(Citation(source=source, at="Surgery") for source in (ACS, SHARECARE))
    curative = data.treatments["potentially-curative-surgery"]
    wider = curative.model_copy(update={"parents": (Link(id="surgery", cites=cites),)})
    made = changed(data, {curative.id: wider})

    def voices(name: str) -> set[str]:
        card = treatment.treatment(made, [name]).payload["treatment"]
        said = next(one for one in card["for_kinds"] if one["kind_of"] == "surgery")
        return {cite.source for fact in said["facts"] for cite in fact.cites}

    assert voices(curative.id) == {ACS, SHARECARE}
    assert voices("whipple-procedure") == {ACS}


def test_of_the_reports_on_a_class_those_are_told_that_count_the_drug_in(data: Reference) -> None:
    """Where two sources report a side effect of a class, a drug that one of them counts in has the report of that one."""
    of_class = data.treatments["targeted-therapy"]
    own = SideEffect(effect="fatigue", reports=tuple(reported(data, of) for of in ("acs-targeted-2025", "kunz-2023")))
    made = changed(data, {of_class.id: of_class.model_copy(update={"side_effects": (own,)})})
    told = side_effects.side_effects(made, ["cabozantinib"]).payload["class_side_effects"]
    effects = [effect for said in told for effect in said["side_effects"]]
    assert [(one.effect, [report.source for report in one.reports]) for one in effects] == [
        ("fatigue", ["acs-targeted-2025"])
    ]


def test_a_class_is_withheld_where_a_report_on_it_is_of_who_does_not_count_the_drug_in(data: Reference) -> None:
    """A source may speak of a class by its side effects alone; that this is not shown for the drug is said."""
    of_class = data.treatments["proton-pump-inhibitors"]
    own = SideEffect(effect="nausea", reports=(reported(data, HAUSER),))
    made = changed(data, {of_class.id: of_class.model_copy(update={"side_effects": (own,)})})
    withheld = [treatment.drug(one, ["omeprazole"]).payload["drug"]["withheld"] for one in (data, made)]
    assert withheld == [[], ["proton-pump-inhibitors"]]


# --- which come first --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "papers"),
    [
        ({}, ["rinke-2009", "strosberg-2017"]),
        ({"netter-1": {"scope": "pnet"}}, ["strosberg-2017", "rinke-2009"]),
        ({"promid": {"scope": "pnet"}}, ["rinke-2009", "strosberg-2017"]),
        ({"netter-1": {"scope": "pnet", "comparative": False}}, ["strosberg-2017", "rinke-2009"]),
        ({"promid": {"comparative": False}}, ["strosberg-2017", "rinke-2009"]),
        ({"netter-1": {"scope": "pnet"}, "s0518": {"cites": "strosberg-2017"}}, ["strosberg-2017", "rinke-2009"]),
        ({"s0518": {"scope": "pnet", "cites": "strosberg-2017"}}, ["strosberg-2017", "rinke-2009"]),
    ],
    ids=str,
)
def test_the_paper_of_a_trial_of_pnets_stands_first(
    data: Reference, changes: dict[str, dict[str, object]], papers: list[str]
) -> None:
    """Trials of pNETs come before wider ones, those that compare before others; a paper of two stands by the better one."""
    trials = {}
    for name, change in changes.items():
        cites = (
            (Citation(source=str(change["cites"]), at="Abstract"),) if "cites" in change else data.trials[name].cites
        )
        trials[name] = data.trials[name].model_copy(update={**change, "cites": cites})
    told = references.cite(changed(data, trials=trials), ["octreotide"], DAY).payload["references"]
    assert [one["id"] for one in told][:2] == papers


def test_a_trial_is_cited_with_the_places_of_its_record(data: Reference) -> None:
    """`cite TRIAL` names every place that the trial rests on, its primary paper first."""
    told = references.cite(data, ["radiant-3"], DAY).payload["references"]
    record = data.trials["radiant-3"]
    stated = {(cite.source, cite.at) for cite in record.cites}
    stated |= {(cite.source, cite.at) for result in record.results for cite in result.cites}
    assert told[0]["id"] == "yao-2011"
    assert stated <= {(one["id"], at) for one in told for at in one["at"]}


def test_a_place_that_two_names_rest_on_is_cited_once(data: Reference) -> None:
    """References of several names are those of each, no place twice; what was typed is told once."""
    names = ["sunitinib", "everolimus"]
    told, *each = [
        {one["id"]: one["at"] for one in references.cite(data, words, DAY).payload["references"]}
        for words in (names, *([name] for name in names))
    ]
    shared = each[0].keys() & each[1].keys()
    assert any(set(each[0][key]) & set(each[1][key]) for key in shared)
    for key, at in told.items():
        assert len(at) == len(set(at)), key
        assert set(at) == {place for one in each for place in one.get(key, ())}
    typed = references.cite(data, names, DAY, effect="feeling sick").typed
    assert [one["opens"] for one in typed] == [*names, "nausea"]


# --- what there is instead ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        (["radiant-3"], {"field": "food"}, "--field and --effect are of a treatment, not of a trial"),
        (["radiant-3"], {"effect": "nausea"}, "--field and --effect are of a treatment, not of a trial"),
        (["sunitinib", "radiant-3"], {"field": "food"}, "--field and --effect are of a treatment, not of a trial"),
        (["hauser-2019"], {"field": "food"}, "--field and --effect are of a treatment, not of a source"),
        (
            ["sunitinib"],
            {"field": "x"},
            f"--field 'x' is not one of: {', '.join(FIELDS)}; for a side effect: --effect",
        ),
        (["kunz-2023"], {"listed": True}, "kunz-2023 lists no works, as far as our copy shows"),
    ],
    ids=str,
)
def test_no_source_is_named_for_what_it_was_not_asked_for(
    run: Run, data: Reference, words: list[str], options: dict[str, str | bool], told: str
) -> None:
    """All sources of a trial are not those of a field: an option that cannot be followed is refused, in whole sentences."""
    with pytest.raises((NoMatch, UsageProblem)) as raised:
        references.cite(data, words, DAY, **options)  # type: ignore[arg-type]
    assert raised.value.message == told
    given = [f"--{name}" if value is True else f"--{name}={value}" for name, value in options.items()]
    ran = run("cite", *words, *given)
    assert (ran.code in (1, 2), ran.out) == (True, "")


@pytest.mark.parametrize(
    "words", [["sunitinib", "nausea", "fatigue"], ["sunitinib", "everolimus", "nausea"], ["nausea", "fatigue"]], ids=str
)
def test_more_than_a_drug_and_an_effect_are_not_answered_in_part(data: Reference, words: list[str]) -> None:
    """Of two effects none is passed over, nor are drugs beside an effect: each has its command."""
    with pytest.raises(UsageProblem) as raised:
        side_effects.side_effects(data, words)
    see = ", ".join(f"pnetref side-effects {word}" for word in words)
    assert f"see: {see}; " in raised.value.message


def test_a_kind_of_an_effect_is_not_told_again_as_near_it(data: Reference) -> None:
    """What is easily confused with an effect, and a kind of it, stands with the kinds alone."""
    kind = next(one for one in data.effects.values() if one.broader)
    wider = data.effects[kind.broader[0]]
    told = side_effects.of_effect(data, wider.model_copy(update={"near": (kind.id, *wider.near)}))
    assert kind.id in [one["id"] for one in told["kinds"]]
    assert told["near"] == side_effects.of_effect(data, wider)["near"]


def test_a_setting_beside_a_name_and_a_field_that_is_none_are_told(data: Reference) -> None:
    """What cannot be followed is told whole, with every field that there is."""
    with pytest.raises(UsageProblem) as raised:
        treatment.treatment(data, ["sunitinib"], setting="insulinoma")
    assert raised.value.message == "give the name of a treatment, or --for SETTING, not both"
    with pytest.raises(UsageProblem) as raised:
        treatment.treatment(data, ["sunitinib"], fields=["x"])
    assert raised.value.message == f"--field 'x' is not one of: {', '.join(ASPECTS)}, trials"


# --- lists of drugs ----------------------------------------------------------------------------


def listed(data: Reference, **filters: str) -> list[Subject]:
    """Give the lines of a list."""
    lines: list[Subject] = treatment.drug(data, [], fields=(), full=False, **filters).payload["drugs"]
    return lines


def refused(data: Reference, **filters: str) -> NoMatch:
    """Give what is told of a list without a line."""
    with pytest.raises(NoMatch) as raised:
        listed(data, **filters)
    return raised.value


def test_a_class_that_is_none_is_told_with_those_that_are(data: Reference) -> None:
    """Drug classes, and no other record."""
    classes = [record.name for record in data.treatments.values() if record.kind == "drug-class"]
    told = f'"surgery" is no class of any drug here; the classes are: {", ".join(classes)}'
    assert refused(data, in_class="surgery").message == told


@pytest.mark.parametrize("field", ["target", "route"])
def test_a_value_of_no_drug_is_told_with_those_that_list_one(data: Reference, field: str) -> None:
    """In the order of the letters, whatever their size; each of them gives a list, and there may be none."""
    start = f'no drug here has the {field} "zzz"; here are: '
    message = refused(data, **{field: "zzz"}).message
    assert message.startswith(start)
    values = message.removeprefix(start).split(", ")
    assert len(values) > 2
    assert values == sorted(values, key=str.lower)
    named = {value: {one["id"] for one in listed(data, **{field: value})} for value in values}
    assert all(named.values())
    assert set().union(*named.values()) == {key for key in data.treatments if states(data.treatments[key], field)}
    told = refused(data, in_class="proton pump inhibitors", target="zzz")
    assert told.message == 'no drug here has the target "zzz"; here are: none'


def states(record: Treatment, field: str) -> bool:
    """Tell whether a drug has a value in a field."""
    drug = record.kind in ("drug", "drug-class", "combination")
    return drug and any(fact.field == field and fact.stance == "stated" for fact in record.facts)


def test_a_way_that_every_source_denies_is_a_way_of_no_drug(
    data: Reference, capsys: pytest.CaptureFixture[str]
) -> None:
    """It stands not among the routes that there are, and TAB does not offer it."""
    facts = data.treatments["streptozocin"].facts
    assert "into an artery" in {fact.value for fact in facts if fact.stance == "denied"}
    ways = ["by mouth", "into a muscle", "into a vein", "under the skin"]
    told = f'no drug here has the route "into an artery"; here are: {", ".join(ways)}'
    assert refused(data, route="into an artery").message == told
    assert completed("fish", ["pnetref drug --route "]) == 0
    assert [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()] == ways


def test_a_drug_is_listed_by_what_it_states_in_that_field(data: Reference) -> None:
    """A way may stand in a dose alone; a target in a dose, or a form that is written as one, makes no drug of that target."""
    plain = data.treatments["etoposide"]
    form = next(fact for fact in data.treatments["sunitinib"].facts if fact.field == "form")
    facts = (
        *(fact for fact in plain.facts if fact.field not in ("route", "target")),
        form.model_copy(update={"value": "KIT"}),
        Fact(field="target", text="an enzyme", value=None, scope="any-use", cites=form.cites),
    )
    dose = plain.doses[0].model_copy(update={"text": "50 mg by mouth once a day, with a drug that blocks mTOR"})
    made = changed(data, {plain.id: plain.model_copy(update={"facts": facts, "doses": (dose,)})})

    def added(**filters: str) -> list[str]:
        before, after = ({line["id"] for line in listed(one, **filters)} for one in (data, made))
        assert before <= after
        return sorted(after - before)

    assert added(route="by mouth") == ["etoposide"]
    assert added(route="under the skin") == []
    assert added(target="KIT") == []
    assert added(target="mTOR") == []
    known = [refused(one, target="zzz").message for one in (data, made)]
    assert known[0] == known[1]


@pytest.mark.parametrize(
    ("source", "near"),
    [("huaser-2019", ("hauser-2019",)), ("mayo-everolimus", ()), ("mayo-everolimsu", ()), ("nccn-2024", ())],
)
def test_a_source_that_was_not_read_is_no_filter_and_no_suggestion(
    data: Reference, source: str, near: tuple[str, ...]
) -> None:
    """Works that a source lists are here by their ids; nothing rests on one, so that none is suggested."""
    told = refused(data, source=source)
    assert told.message == f'"{source}" is no source that was read; they are listed by: pnetref cite'
    assert told.suggestions == near
