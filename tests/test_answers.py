"""Answers hold what the records say, all of it and nothing else: told a second time, from the files, in the plainest way."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json

from pnetref import NoMatch, Reference, UsageProblem
from pnetref.answers import comparison, references, side_effects, treatment, trial
from pnetref.answers.envelope import Answer, enveloped
from pnetref.dataset import DATA
from pnetref.models import Citation
from pnetref.terms import BODY_GROUPS, DRUGS, FIELDS, FREQUENCIES, LISTS, MEASURES, OF_PART, SECTIONS

from .conftest import DAY, Run

Record = dict[str, Any]


def files(folder: str) -> dict[str, Record]:
    """Give the records of a folder as they are stored, by id."""
    paths = {path.stem: path for path in Path(DATA, folder).glob("*.json")}
    return {key: json.loads(path.read_text(encoding="utf-8")) for key, path in sorted(paths.items())}


def listed(name: str) -> dict[str, Record]:
    """Give the records of a file as they are stored, by id."""
    return {one["id"]: one for one in json.loads(Path(DATA, f"{name}.json").read_text(encoding="utf-8"))[name]}


TREATMENTS, TRIALS, SOURCES = files("treatments"), files("trials"), files("sources")
EFFECTS, PARTNERS = listed("effects"), listed("partners")
KINDS = {key: [other for other, one in EFFECTS.items() if key in one["broader"]] for key in EFFECTS}
"""The effects that are kinds of each."""


def plain(value: object) -> Any:
    """Give what an answer holds as JSON has it."""
    return json.loads(to_json(value, by_alias=True))


def shown(value: object) -> str:
    """Give a value of a try as its name; what it is tried with has none."""
    return "" if callable(value) else str(value)


def tells(message: str, told: str) -> bool:
    """Tell whether a message is what is expected, or goes on where that ends with an ellipsis."""
    return message.startswith(told[:-1]) if told.endswith("…") else message == told


def sources_of(link: Record) -> set[str]:
    return {cite["source"] for cite in link["cites"]}


def subject(key: str) -> Record:
    return {part: TREATMENTS[key][part] for part in ("id", "kind", "name")}


def told_by(key: str, sources: set[str]) -> Record:
    """Give what some sources say of a record."""
    record = TREATMENTS[key]
    facts = [{**f, "cites": [c for c in f["cites"] if c["source"] in sources]} for f in record["facts"]]
    effects = [{**e, "reports": [r for r in e["reports"] if r["source"] in sources]} for e in record["side_effects"]]
    return {"facts": [f for f in facts if f["cites"]], "side_effects": [e for e in effects if e["reports"]]}


def kinds_above(key: str, counting: set[str]) -> Iterator[Record]:
    """Give what is said of that of which a record is a kind, by the sources that count it in all the way."""
    for link in TREATMENTS[key]["parents"]:
        sources = sources_of(link) & counting
        yield {"kind_of": link["id"], **told_by(link["id"], sources)}
        yield from kinds_above(link["id"], sources)


def of_classes(key: str) -> list[Record]:
    return [{"class": link["id"], **told_by(link["id"], sources_of(link))} for link in TREATMENTS[key]["classes"]]


def of_parts(key: str) -> list[Record]:
    """Give everything that is said of the parts of a combination."""
    if TREATMENTS[key]["kind"] != "combination":
        return []
    wanted = ("facts", "side_effects", "interactions", "checks", "dose_changes")
    parts = [TREATMENTS[link["id"]] for link in TREATMENTS[key]["parents"]]
    return [{"part": part["id"], **{name: part[name] for name in wanted}} for part in parts]


def of_kinds(key: str) -> list[Record]:
    return [] if TREATMENTS[key]["kind"] == "combination" else list(kinds_above(key, set(SOURCES)))


def replaced(source: str, at: str) -> bool:
    """Tell whether a newer edition replaced a place."""
    return any(not newer["places"] or at in newer["places"] for newer in SOURCES[source]["superseded_by"])


def lost_of(key: str, aspect: str | None = None) -> list[Record]:
    gaps = (gap for gap in TREATMENTS[key]["unreadable"] if not replaced(gap["source"], gap["at"]))
    return [gap for gap in gaps if aspect in (None, gap["aspect"])]


def marks_serious(key: str) -> bool:
    return any(report["serious"] is not None for e in TREATMENTS[key]["side_effects"] for report in e["reports"])


def withheld_of(key: str) -> list[str]:
    """Give the classes of which somebody speaks that does not count the record in."""
    found = []
    for link in TREATMENTS[key]["classes"]:
        of_class = TREATMENTS[link["id"]]
        speaking = {cite["source"] for fact in of_class["facts"] for cite in fact["cites"]}
        speaking |= {report["source"] for effect in of_class["side_effects"] for report in effect["reports"]}
        if not speaking <= sources_of(link):
            found.append(link["id"])
    return found


# --- side effects ------------------------------------------------------------------------------


Filter = tuple[bool, str | None, str | None]
FILTERS: list[Filter] = [
    *product((False, True), (None, "common", "very_common", "unspecified"), (None, "gut", "skin and hair", "blood")),
    *((False, frequency, None) for frequency in FREQUENCIES),
    *((False, None, group) for group in BODY_GROUPS),
]


def matching(effects: Iterable[Record], wanted: Filter) -> list[Record]:
    """Give of each effect the reports that match."""
    serious, frequency, group = wanted
    found = []
    for effect in effects:
        reports = [r for r in effect["reports"] if not serious or r["serious"]]
        reports = [r for r in reports if frequency is None or r["frequency"] == frequency]
        if reports and (group is None or EFFECTS[effect["effect"]]["group"] == group):
            found.append({**effect, "reports": reports})
    return found


def test_a_filter_of_side_effects_keeps_what_matches_and_nothing_else(data: Reference, step: int) -> None:
    """Of the drug, its classes, parts and kinds every report is shown that is as serious, as frequent, of that group."""
    for number, key in enumerate(list(TREATMENTS)[::step]):
        for wanted in FILTERS[number % step :: step]:
            serious, frequency, group = wanted
            told = side_effects.side_effects(data, [key], serious=serious, frequency=frequency, system=group)
            assert plain(told.payload) == {
                "subject": subject(key),
                "side_effects": matching(TREATMENTS[key]["side_effects"], wanted),
                **{
                    name: [{of: said[of], "side_effects": matching(said["side_effects"], wanted)} for said in beside]
                    for name, of, beside in (
                        ("class_side_effects", "class", of_classes(key)),
                        ("part_side_effects", "part", of_parts(key)),
                        ("kind_side_effects", "kind_of", of_kinds(key)),
                    )
                },
                "marks_serious": marks_serious(key),
                "lists_effects": bool(TREATMENTS[key]["side_effects"]),
                "lost": lost_of(key, "side_effects"),
                "filters": {
                    **({"serious": "yes"} if serious else {}),
                    **({"frequency": frequency} if frequency else {}),
                    **({"system": group} if group else {}),
                },
                "course": [f for f in TREATMENTS[key]["facts"] if f["field"] in ("urgent", "side_effect_course")],
            }


def kinds_below(key: str) -> set[str]:
    """Give the effects that are kinds of one, in any step."""
    found: set[str] = set()
    waiting = [*KINDS[key]]
    while waiting:
        kind = waiting.pop()
        if kind not in found and kind != key:
            found.add(kind)
            waiting += KINDS[kind]
    return found


def names_of(key: str) -> Record:
    return {part: EFFECTS[key][part] for part in ("id", "name", "clinical_name")}


def test_an_effect_is_answered_with_every_report_of_it(data: Reference, step: int) -> None:
    """Whose it is, of what it is a sign, which kinds of it and which near it there are, and where our copy is damaged."""
    lost = [{**subject(key), "unreadable": lost_of(key, "side_effects")} for key in TREATMENTS]
    for key in list(EFFECTS)[:: step * 8]:
        told = plain(side_effects.of_effect(data, data.effects[key]))
        below = KINDS[key]
        counts = {
            other: sum(any(e["effect"] == other for e in t["side_effects"]) for t in TREATMENTS.values())
            for other in below
        }
        near = dict.fromkeys((*EFFECTS[key]["broader"], *EFFECTS[key]["near"]))
        assert told["effect"] == EFFECTS[key]
        assert told["reported_for"] == [
            {**subject(name), "reports": e["reports"]}
            for name, t in TREATMENTS.items()
            for e in t["side_effects"]
            if e["effect"] == key
        ]
        signs = [
            {**subject(name), "effect": e["effect"], "reports": [r for r in e["reports"] if key in r["signs"]]}
            for name, t in TREATMENTS.items()
            for e in t["side_effects"]
        ]
        assert told["as_sign_of"] == [one for one in signs if one["reports"]]
        assert sorted(told["kinds"], key=repr) == sorted(
            ({**names_of(other), "reported": count} for other, count in counts.items()), key=repr
        )
        assert told["near"] == [names_of(other) for other in near if other not in below]
        assert told["incomplete"] == [one for one in lost if one["unreadable"]]


def test_a_drug_and_an_effect_are_answered_with_what_is_near_it(data: Reference, step: int) -> None:
    """What is said of it, of its kinds, of the class, parts and kinds of the drug, where it is a sign, and what is near."""
    pairs = [(key, e["effect"]) for key, t in TREATMENTS.items() for e in t["side_effects"]]
    pairs += [(key, near) for key, effect in pairs[::7] for near in EFFECTS[effect]["broader"]]
    pairs += [
        (key, s) for key, t in TREATMENTS.items() for e in t["side_effects"] for r in e["reports"] for s in r["signs"]
    ]
    pairs = pairs[:: step * 9]
    pairs += [(key, e["effect"]) for key in TREATMENTS for said in of_parts(key) for e in said["side_effects"][::15]]
    pairs += [(key, e["effect"]) for key in TREATMENTS for said in of_kinds(key) for e in said["side_effects"][::9]]
    for key, effect in pairs:
        own = TREATMENTS[key]["side_effects"]
        below = kinds_below(effect)

        def reports(effects: Iterable[Record], effect: str = effect) -> list[Record]:
            return [report for e in effects if e["effect"] == effect for report in e["reports"]]

        def beside(name: str, said: Iterable[Record]) -> list[Record]:
            found = ({name: one[name], "reports": reports(one["side_effects"])} for one in said)
            return [one for one in found if one["reports"]]

        near = {*EFFECTS[effect]["near"], *EFFECTS[effect]["broader"]} - below
        signs = [{"effect": e["effect"], "reports": [r for r in e["reports"] if effect in r["signs"]]} for e in own]
        assert plain(side_effects.side_effects(data, [key, EFFECTS[effect]["name"]]).payload) == {
            "subject": subject(key),
            "effect": EFFECTS[effect],
            "reports": reports(own),
            "class_reports": beside("class", of_classes(key)),
            "part_reports": beside("part", of_parts(key)),
            "kind_reports": beside("kind_of", of_kinds(key)),
            "as_sign_of": [one for one in signs if one["reports"]],
            "kinds": [{"effect": e["effect"], "reports": e["reports"]} for e in own if e["effect"] in below],
            "near": [{"effect": e["effect"], "reports": e["reports"]} for e in own if e["effect"] in near],
            "marks_serious": marks_serious(key),
            "lists_effects": bool(own),
            "lost": lost_of(key, "side_effects"),
        }, (key, effect)


@pytest.mark.parametrize("group", [None, *BODY_GROUPS])
def test_the_vocabulary_is_listed_by_group_and_name(data: Reference, group: str | None) -> None:
    """All side effects, or those of one group, in the order of the groups."""
    answer = side_effects.side_effects(data, [], system=group)
    assert answer.kind == "VocabularyAnswer"
    assert [one["id"] for one in plain(answer.payload)["effects"]] == [
        one["id"]
        for where in BODY_GROUPS
        for one in sorted(EFFECTS.values(), key=lambda one: one["name"].casefold())
        if one["group"] == where and group in (None, where)
    ]


@pytest.mark.parametrize("key", ["captem", "sunitinib", "radiofrequency-ablation", "everolimus"])
@pytest.mark.parametrize("parts", [["counted"], ["class"], ["serious"], ["all"], ["sources"], ["counted", "class"]])
def test_a_part_of_a_list_of_side_effects_is_that_part(data: Reference, key: str, parts: list[str]) -> None:
    """`counted` keeps the reports with rates, `class` what is said of others; each leaves out what it is not."""
    told = plain(side_effects.side_effects(data, [key, *parts]).payload)
    whole = plain(side_effects.side_effects(data, [key]).payload)
    if parts == ["serious"]:
        assert told == plain(side_effects.side_effects(data, [key], serious=True).payload)
        return
    if parts not in (["all"], ["sources"]):
        counted = [{**e, "reports": [r for r in e["reports"] if r["rates"]]} for e in whole["side_effects"]]
        whole["side_effects"] = [e for e in counted if e["reports"]] if "counted" in parts else []
        if "class" not in parts:
            whole |= {"class_side_effects": [], "part_side_effects": [], "kind_side_effects": []}
    assert told == whole


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        ([], {"serious": True}, "--serious and --frequency filter the side effects of one treatment; name it"),
        ([], {"frequency": "common"}, "--serious and --frequency filter the side effects of one treatment; name it"),
        (["nausea"], {"serious": True}, "--serious, --frequency and --system filter the side effects of one treatment"),
        (["nausea"], {"system": "gut"}, "--serious, --frequency and --system filter the side effects of one treatment"),
        (
            ["sunitinib", "everolimus"],
            {"frequency": "common"},
            "--serious, --frequency and --system filter the side effects of one treatment",
        ),
        (
            ["sunitinib", "everolimus", "serious"],
            {},
            "--serious, --frequency and --system filter the side effects of one treatment",
        ),
        (["sunitinib"], {"frequency": "often"}, f"--frequency 'often' is not one of: {', '.join(FREQUENCIES)}"),
        ([], {"system": "knee"}, f"--system 'knee' is not one of: {', '.join(BODY_GROUPS)}"),
        (
            ["nausea", "vomiting", "fatigue", "diarrhea", "rash"],
            {},
            "name treatments, or one side effect, or one treatment and one side effect; see: pnetref side-effects "
            "nausea, pnetref side-effects vomiting, pnetref side-effects fatigue, pnetref side-effects diarrhea; "
            "this tool cannot tell an emergency: if it is happening now, call the care team or the emergency number",
        ),
    ],
    ids=shown,
)
def test_a_filter_that_is_of_no_list_is_not_passed_over(
    data: Reference, words: list[str], options: dict[str, Any], told: str
) -> None:
    """A filter of an effect, of several drugs or of no drug, and a word that no filter knows."""
    with pytest.raises(UsageProblem) as raised:
        side_effects.side_effects(data, words, **options)
    assert raised.value.message == told


def test_side_effects_of_several_are_compared(data: Reference) -> None:
    """What was asked for beside the names stands in `selected`, behind the side effects."""
    told = side_effects.side_effects(data, ["sunitinib", "everolimus", "all"])
    assert (told.kind, told.selected) == ("CompareAnswer", ("side_effects", "all"))
    compared = comparison.compare(data, ["sunitinib", "everolimus"], fields=["side effects"])
    assert plain(told.payload) == plain(compared.payload)


def test_what_is_no_side_effect_is_told_with_what_stands_beside_it(data: Reference) -> None:
    """A look-up that finds nothing says what is known of the words, and that a symptom may be behind it."""
    with pytest.raises(NoMatch) as raised:
        side_effects.side_effects(data, ["xyzzy", "nausea"])
    assert raised.value.suggestions == ("nausea",)
    assert raised.value.told == "beside it stands"
    assert raised.value.message.endswith(
        "; this tool cannot tell an emergency: if it is happening now, call the care team or the emergency number"
    )


# --- comparisons -------------------------------------------------------------------------------


COMPARED = [
    ("sunitinib", "everolimus"),
    ("captem", "capecitabine"),
    ("captem", "temozolomide", "chemotherapy"),
    ("targeted-therapy", "sunitinib"),
    ("radiofrequency-ablation", "ablation"),
    ("radiofrequency-ablation", "cabozantinib", "sunitinib"),
    ("octreotide", "lanreotide", "prrt", "lutetium-lu-177-dotatate"),
]


def compared_by_hand(ids: tuple[str, ...], only: str | None) -> Record:
    """Give a comparison of whole records as the files tell it."""
    records = {key: TREATMENTS[key] for key in ids}
    facts = {
        field: {key: [f for f in record["facts"] if f["field"] == field] for key, record in records.items()}
        for field in FIELDS
    }
    effects: dict[str, Record] = {}
    for key, record in records.items():
        for e in record["side_effects"]:
            effects.setdefault(e["effect"], {other: [] for other in ids})[key] = e["reports"]

    def keeps_fact(said: Record) -> bool:
        texts = {tuple(sorted(f["text"] for f in one)) for one in said.values()}
        return {
            None: any(said.values()),
            "shared": all(said.values()),
            "different": any(said.values()) and len(texts) > 1,
            "serious": False,
        }[only]

    def keeps_effect(said: Record) -> bool:
        grades = {frozenset((r["frequency"], r["graded_as"], r["serious"]) for r in one) for one in said.values()}
        return {
            None: True,
            "shared": all(said.values()),
            "different": len(grades) > 1,
            "serious": any(r["serious"] for one in said.values() for r in one),
        }[only]

    def filtered(one: Record) -> Record:
        """Give what is said of another; of it what is serious passes that filter, and nothing any other."""
        if only is None:
            return one
        kept = [e for e in one["side_effects"] if any(r["serious"] for r in e["reports"])] if only == "serious" else []
        return {name: [] if isinstance(said, list) else said for name, said in one.items()} | {"side_effects": kept}

    def beside(said: Callable[[str], list[Record]], of: str, *parts: str) -> Record:
        found: Record = {key: [] for key in ids}
        for key in ids:
            for one in (filtered(one) for one in said(key) if one[of] not in ids):
                if only is None or ("side_effects" in parts and one["side_effects"]):
                    found[key].append({name: one[name] for name in (of, *parts)})
        return found

    def pregnancy(key: str) -> list[Record]:
        said = [(key, records[key]["facts"])]
        for of, others in (("class", of_classes(key)), ("part", of_parts(key)), ("kind_of", of_kinds(key))):
            said += [(one[of], one["facts"]) for one in others]
        found = [(of, [f for f in facts if f["field"] == "pregnancy"]) for of, facts in said]
        return [{"said_of": of, "facts": facts} for of, facts in found if facts]

    def order(key: str) -> tuple[int, str]:
        return -sum(1 for said in effects[key].values() if said), EFFECTS[key]["name"].casefold()

    whole = only is None
    lists = ("doses", "approvals", "interactions", "checks", "dose_changes")
    return {
        "records": list(ids),
        "fields": [{"field": field, "facts": said} for field, said in facts.items() if keeps_fact(said)],
        "side_effects": [
            {"effect": key, "reports": effects[key]} for key in sorted(effects, key=order) if keeps_effect(effects[key])
        ],
        "class_facts": beside(of_classes, "class", "facts"),
        "class_side_effects": beside(of_classes, "class", "side_effects"),
        "for_parts": beside(of_parts, "part", "facts", "side_effects", "interactions", "checks", "dose_changes"),
        "for_kinds": beside(of_kinds, "kind_of", "facts", "side_effects"),
        "trials": {key: [TRIALS[name] for name in record["trials"] if whole] for key, record in records.items()},
        **{name: {key: record[name] if whole else [] for key, record in records.items()} for name in lists},
        "not_read": {key: record["not_read"] for key, record in records.items()},
        "not_stated": {key: record["not_stated"] for key, record in records.items()},
        "only": only,
        "pregnancy": {key: pregnancy(key) for key in ids},
        "marks_serious": {key: marks_serious(key) for key in ids},
        "lists_effects": {key: bool(record["side_effects"]) for key, record in records.items()},
        "lost": {key: lost_of(key) for key in ids},
        "withheld": {key: [{"class": name} for name in withheld_of(key) if name not in ids] for key in ids},
    }


@pytest.mark.parametrize("only", [None, "shared", "different", "serious"])
@pytest.mark.parametrize("ids", COMPARED, ids=" ".join)
def test_a_comparison_holds_what_its_filter_keeps(data: Reference, ids: tuple[str, ...], only: str | None) -> None:
    """What all have, what differs, what is serious: everything else stands as the records have it, and once."""
    told = plain(comparison.compare(data, ids, only=only).payload)["comparison"]
    del told["head_to_head"]
    assert told == compared_by_hand(ids, only)


FIELDS_ASKED = [
    "food",
    "interaction",
    "monitoring",
    "dose",
    "dose change",
    "approval",
    "trials",
    "side effects",
    "safety",
]


@pytest.mark.parametrize("asked", FIELDS_ASKED)
@pytest.mark.parametrize("ids", COMPARED[:5], ids=" ".join)
def test_a_comparison_of_fields_holds_these_fields(data: Reference, ids: tuple[str, ...], asked: str) -> None:
    """A field that is asked for is shown as in the whole comparison; what is not asked for is empty, never dropped."""
    told = plain(comparison.compare(data, ids, fields=[asked]).payload)["comparison"]
    whole = compared_by_hand(ids, None)
    del told["head_to_head"]
    wanted = {name for name, field in FIELDS.items() if asked in (name.replace("_", " "), *field.words)}
    wanted |= {name for name, field in FIELDS.items() if SECTIONS[field.section].part == asked}
    part = {"doses": "dose", "approvals": "approval", "interactions": "interaction", "checks": "monitoring"}
    part |= {"dose_changes": "dose_change", "trials": "trials"}
    wants_effects = asked == "side effects"
    wanted |= {"trials"} if asked == "trials" else set()

    def kept(said: Record) -> Record:
        """Give what is said of another without what is not asked for."""
        empty: Record = {name: [] for name in part if name in said and part[name] not in wanted}
        if "facts" in said:
            empty["facts"] = [fact for fact in said["facts"] if fact["field"] in wanted]
        if "side_effects" in said and not wants_effects:
            empty["side_effects"] = []
        return said | empty

    whole["fields"] = [row for row in whole["fields"] if row["field"] in wanted]
    whole["side_effects"] = whole["side_effects"] if wants_effects else []
    for name in ("class_facts", "for_parts", "for_kinds"):
        whole[name] = {key: [kept(said) for said in others] for key, others in whole[name].items()}
    if not wants_effects:
        whole["class_side_effects"] = {key: [] for key in ids}
    for name, field in part.items():
        if field not in wanted:
            whole[name] = {key: [] for key in ids}
    assert told == whole


@pytest.mark.parametrize("parts", [["all"], ["sources"], ["food", "all"], ["food", "sources"]], ids=" ".join)
def test_all_of_a_comparison_and_its_sources_are_the_whole(data: Reference, parts: list[str]) -> None:
    """Whatever stands beside them."""
    told = comparison.compare(data, ["sunitinib", "everolimus", *parts])
    whole = comparison.compare(data, ["sunitinib", "everolimus"])
    assert (plain(told.payload), told.selected) == (plain(whole.payload), tuple(parts))


def test_trials_that_set_two_records_against_each_other_are_named(data: Reference) -> None:
    """Of a comparative trial one arm has the one and not the other, and another arm the other and not the one."""
    named = set()
    for one, other in combinations(TREATMENTS, 2):
        told = {found.id for found in comparison.head_to_head(data, [data.treatments[one], data.treatments[other]])}
        shared = {*TREATMENTS[one]["trials"], *TREATMENTS[other]["trials"]}
        expected = set()
        for key in shared:
            arms = [set(arm["treatments"]) & {one, other} for arm in TRIALS[key]["arms"]]
            if TRIALS[key]["comparative"] and {one} in arms and {other} in arms:
                expected.add(key)
        assert told == expected, (one, other)
        named |= told
    assert named


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        ([], {}, "compare needs two names or more, as in: pnetref compare sunitinib everolimus"),
        (["sunitinib"], {}, "compare needs two names or more, as in: pnetref compare sunitinib everolimus"),
        (["sunitinib", "everolimus", "sutent"], {}, "sunitinib is named twice; a record is compared with others"),
        (["sunitinib", "everolimus", "sutent", "afinitor"], {}, "sunitinib is named twice; a record is compared…"),
        (["sunitinib", "everolimus"], {"only": "some"}, "--only 'some' is not one of: shared, different, serious"),
        (["sunitinib", "everolimus"], {"fields": ["x"]}, "--field 'x' is not one of: definition, mechanism…"),
    ],
)
def test_what_cannot_be_compared_is_said(data: Reference, words: list[str], options: Any, told: str) -> None:
    """One name, the same name twice, and words that no filter knows."""
    with pytest.raises(UsageProblem) as raised:
        comparison.compare(data, words, **options)
    assert tells(raised.value.message, told)


# --- cards and lists ---------------------------------------------------------------------------


def test_a_card_holds_what_bears_on_the_record(data: Reference, step: int) -> None:
    """Beside the record stand its classes, parts and kinds, its members, what is withheld or lost, and its trials."""
    for key, record in list(TREATMENTS.items())[::step]:
        told = plain(treatment.treatment(data, [key]).payload)["treatment"]
        members = [
            {**subject(name), "cites": [c for link in links for c in link["cites"]]}
            for name, other in TREATMENTS.items()
            if (links := [link for link in (*other["classes"], *other["parents"]) if link["id"] == key])
        ]
        beside = {
            "for_class": of_classes(key),
            "for_parts": of_parts(key),
            "for_kinds": of_kinds(key),
            "members": members,
            "withheld": withheld_of(key),
            "lost": lost_of(key),
            "trial_records": [TRIALS[name] for name in record["trials"]],
        }
        assert told == {**record, **beside}, key


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({}, bool),
        ({"in_class": "chemotherapy"}, lambda record: "chemotherapy" in [c["id"] for c in record["classes"]]),
        ({"in_class": "Targeted drugs"}, lambda record: "targeted-therapy" in [c["id"] for c in record["classes"]]),
        ({"target": "mtor"}, lambda record: stated(record, "target", lambda v: v == "mTOR")),
        ({"target": "somatostatin"}, lambda record: stated(record, "target", lambda v: "somatostatin" in v.lower())),
        ({"route": "PO"}, lambda record: by_way(record, "by mouth")),
        ({"route": "under the skin"}, lambda record: by_way(record, "under the skin")),
        ({"source": "hauser-2019"}, lambda record: "hauser-2019" in json.dumps(record)),
        (
            {"in_class": "chemotherapy", "route": "oral", "source": "acs-treating-2024"},
            lambda record: (
                "chemotherapy" in [c["id"] for c in record["classes"]]
                and by_way(record, "by mouth")
                and "acs-treating-2024" in json.dumps(record)
            ),
        ),
    ],
    ids=shown,
)
def test_the_list_of_drugs_holds_what_passes_every_filter(
    data: Reference, filters: dict[str, Any], passes: Callable[[Record], bool]
) -> None:
    """Drugs, classes and combinations, each with its line; a way that a drug is given may stand in its doses."""
    told = plain(treatment.drug(data, [], **filters).payload)["drugs"]
    expected = [record for record in TREATMENTS.values() if record["kind"] in DRUGS and passes(record)]
    wanted = ("id", "kind", "name", "names", "classes", "parents")
    assert expected
    assert told == [{name: record[name] for name in wanted} for record in expected]


def stated(record: Record, field: str, holds: Callable[[str], bool]) -> bool:
    return any(
        f["field"] == field and f["stance"] == "stated" and f["value"] and holds(f["value"]) for f in record["facts"]
    )


def by_way(record: Record, way: str) -> bool:
    return stated(record, "route", lambda value: way in value) or any(way in dose["text"] for dose in record["doses"])


def test_the_list_says_which_filters_it_passed_and_whole_records_where_they_are_asked_for(data: Reference) -> None:
    """Filters are named as they were understood, and `--all` gives what `drug NAME` gives."""
    told = treatment.drug(data, [], in_class="chemo", route="PO", full=True)
    assert told.payload["filters"] == {"class": "chemotherapy", "route": "by mouth"}
    assert [typed["opens"] for typed in told.typed] == ["chemotherapy"]
    for one in told.payload["drugs"]:
        assert plain(one) == plain(treatment.drug(data, [one["id"]]).payload["drug"])
    assert treatment.drug(data, [], source="hauser-2019", target="mTOR").payload["filters"] == {
        "target": "mTOR",
        "source": "hauser-2019",
    }


@pytest.mark.parametrize(
    ("options", "problem", "told"),
    [
        ({"target": "nothing"}, NoMatch, 'no drug here has the target "nothing"; here are: …'),
        ({"target": "()"}, NoMatch, 'no drug here has the target "()"; here are: …'),
        ({"route": "by air"}, NoMatch, 'no drug here has the route "by air"; here are: …'),
        ({"source": "nobody"}, NoMatch, '"nobody" is no source that was read; they are listed by: pnetref cite'),
        ({"in_class": "sunitinib"}, NoMatch, '"sunitinib" is no class of any drug here; the classes are: …'),
        (
            {"in_class": "chemotherapy", "target": "mTOR"},
            NoMatch,
            "no drug here has the target…",
        ),
        ({"in_class": "chemotherapy", "source": "hauser-2019", "route": "sc"}, NoMatch, "no drug here…"),
        (
            {"target": "mTOR", "source": "label-welireg-us-2024"},
            NoMatch,
            "no drug here passes all of these filters; leave one out",
        ),
        ({"fields": ["food"]}, UsageProblem, "--field needs a name, as in: pnetref drug sunitinib --field food"),
    ],
    ids=shown,
)
def test_a_list_without_a_line_says_which_filter_found_nothing(
    data: Reference, options: dict[str, Any], problem: type[NoMatch | UsageProblem], told: str
) -> None:
    """A filter that nothing passes names what there is."""
    with pytest.raises(problem) as raised:
        treatment.drug(data, [], **options)
    assert tells(raised.value.message, told)


@pytest.mark.parametrize("option", ["in_class", "target", "route", "source", "full"])
def test_what_is_of_the_list_goes_with_no_name(data: Reference, option: str) -> None:
    """A filter beside a name is no filter, and is not passed over."""
    with pytest.raises(UsageProblem) as raised:
        treatment.drug(data, ["sunitinib"], **{option: True if option == "full" else "x"})  # type: ignore[arg-type]
    told = "--all is of" if option == "full" else "--class, --target, --route and --source filter"
    assert raised.value.message == f"{told} the list; leave out the name"


def test_a_setting_is_answered_with_what_is_named_for_it(data: Reference) -> None:
    """Each treatment with the places where a source names it for the setting, and no other."""
    for key in data.settings:
        told = plain(treatment.treatment(data, [], setting=key).payload)
        assert told["setting"]["id"] == key
        assert [(one["id"], one["cites"]) for one in told["treatments"]] == [
            (record["id"], link["cites"])
            for record in TREATMENTS.values()
            for link in record["settings"]
            if link["id"] == key
        ]


PART_WORDS = ["use", "dose", "safety", "effects", "trials", "codes", "class", "food", "interaction", "monitoring"]


@pytest.mark.parametrize("part", PART_WORDS)
@pytest.mark.parametrize("key", ["sunitinib", "captem", "radiofrequency-ablation", "lanreotide"])
def test_a_part_of_a_card_is_that_part(data: Reference, key: str, part: str) -> None:
    """What was asked for stands as on the whole card, the rest is empty, and what is said of others is cut alike."""
    told = plain(treatment.treatment(data, [key, part]).payload)["treatment"]
    whole = plain(treatment.treatment(data, [key]).payload)["treatment"]
    of_part = {name for name, field in FIELDS.items() if name == part or SECTIONS[field.section].part == part}
    of_part |= {"side_effects"} if part == "effects" else set()

    def cut(said: Record) -> Record:
        return {
            name: value
            if name not in ("facts", *OF_PART) or (name in OF_PART and part in OF_PART[name])
            else [fact for fact in value if name == "facts" and fact["field"] in of_part]
            for name, value in said.items()
        }

    expected = cut(whole)
    for name in ("for_class", "for_parts", "for_kinds"):
        others = whole[name] if part == "class" else [cut(said) for said in whole[name]]
        expected[name] = [said for said in others if any(isinstance(v, list) and v for v in said.values())]
    for name in ("not_stated", "not_read", "unreadable", "lost"):
        expected[name] = [gap for gap in whole[name] if (gap if isinstance(gap, str) else gap["aspect"]) in of_part]
    assert told == expected


# --- trials ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "filters", "passes"),
    [
        ({}, {}, bool),
        ({"drug": "sutent"}, {"drug": "sunitinib"}, lambda one: "sunitinib" in given_in(one)),
        ({"phase": "3"}, {"phase": "3"}, lambda one: one["phase"] == "3"),
        (
            {"measure": "PFS"},
            {"measure": "progression-free survival"},
            lambda one: "progression-free survival" in measured_in(one),
        ),
        ({"measure": "survival"}, {"measure": "survival"}, lambda one: any("survival" in m for m in measured_in(one))),
        (
            {"drug": "everolimus", "phase": "3", "measure": "OS"},
            {"drug": "everolimus", "phase": "3", "measure": "overall survival"},
            lambda one: (
                "everolimus" in given_in(one) and one["phase"] == "3" and "overall survival" in measured_in(one)
            ),
        ),
    ],
    ids=shown,
)
def test_the_list_of_trials_holds_what_passes_every_filter(
    data: Reference, options: dict[str, str], filters: dict[str, str], passes: Callable[[Record], bool]
) -> None:
    """Whole trials of a treatment, a phase, a measure, and which filters they passed."""
    told = trial.trial(data, [], **options)
    expected = [record for record in TRIALS.values() if passes(record)]
    assert expected
    assert plain(told.payload) == {"trials": expected, "filters": filters}
    assert [typed["opens"] for typed in told.typed] == ([filters["drug"]] if "drug" in filters else [])


PHASES = sorted({record["phase"] for record in TRIALS.values() if record["phase"]})


def given_in(record: Record) -> set[str]:
    return {key for arm in record["arms"] for key in arm["treatments"]}


def measured_in(record: Record) -> set[str]:
    return {result["measure"] for result in record["results"]}


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        (["radiant-3"], {"phase": "3"}, "--drug, --phase and --measure filter the list; leave out the name"),
        (["radiant-3"], {"drug": "sunitinib"}, "--drug, --phase and --measure filter the list; leave out the name"),
        (["radiant-3"], {"measure": "OS"}, "--drug, --phase and --measure filter the list; leave out the name"),
        ([], {"measure": "luck"}, f"--measure 'luck' is not one of: {', '.join(MEASURES)}"),
        ([], {"measure": "?"}, f"--measure '?' is not one of: {', '.join(MEASURES)}"),
        ([], {"phase": "9"}, f'no such trial here is of phase "9"; here are: {", ".join(PHASES)}'),
        ([], {"drug": "whipple", "phase": "3"}, 'no such trial here is of phase "3"; here are: none'),
        ([], {"drug": "whipple"}, "no trial here passes these filters; leave one out"),
    ],
    ids=shown,
)
def test_a_filter_of_trials_that_nothing_passes_is_said(
    data: Reference, words: list[str], options: dict[str, str], told: str
) -> None:
    """A word that is no measure, a phase of no trial, and a filter beside a name."""
    with pytest.raises((NoMatch, UsageProblem)) as raised:
        trial.trial(data, words, **options)
    assert tells(raised.value.message, told)


# --- references --------------------------------------------------------------------------------


def cited(value: object) -> dict[str, set[str]]:
    """Give every place that a stored value cites, and where it names a report."""
    found: dict[str, set[str]] = {}
    if isinstance(value, dict):
        if {"source", "at"} <= set(value):
            found.setdefault(value["source"], set()).add(value["at"])
        parts: Iterable[object] = value.values()
    elif isinstance(value, list):
        parts = value
    else:
        return found
    for part in parts:
        for key, at in cited(part).items():
            found.setdefault(key, set()).update(at)
    return found


def places_told(answer: Answer) -> dict[str, set[str]]:
    return {one["id"]: set(one["at"]) for one in answer.payload["references"]}


@pytest.mark.parametrize("field", ["food", "mechanism", "pregnancy", "interaction", "dose"])
@pytest.mark.parametrize("key", ["sunitinib", "everolimus"])
def test_the_sources_of_a_field_are_those_that_state_it(data: Reference, key: str, field: str) -> None:
    """`cite NAME --field F` names every place of a statement of the field, and no other."""
    record = TREATMENTS[key]
    lists = {"dose": "doses", "interaction": "interactions"}
    said = [fact for fact in record["facts"] if fact["field"] == field] + record.get(lists.get(field, ""), [])
    told = references.cite(data, [key], DAY, field=field)
    assert places_told(told) == cited(said)
    assert told.selected == (field,)


def test_the_sources_of_an_effect_are_those_that_report_it(data: Reference, step: int) -> None:
    """`cite NAME --effect E` names the reports of the effect, else of its kinds, and says so where there are none."""
    pairs = [(key, e["effect"]) for key, t in TREATMENTS.items() for e in t["side_effects"]]
    pairs += [(key, wider) for key, effect in pairs for wider in EFFECTS[effect]["broader"]]
    for key, effect in pairs[:: step * 20]:
        own = [e for e in TREATMENTS[key]["side_effects"] if e["effect"] == effect]
        below = [e for e in TREATMENTS[key]["side_effects"] if e["effect"] in kinds_below(effect)]
        told = references.cite(data, [key], DAY, effect=EFFECTS[effect]["name"])
        assert places_told(told) == cited([e["reports"] for e in own or below]), (key, effect)
        assert told.selected == ("side_effects",)
        assert [typed["opens"] for typed in told.typed] == [key, effect]


@pytest.mark.parametrize("key", list(TREATMENTS))
def test_the_sources_of_a_record_are_all_that_it_cites(data: Reference, key: str) -> None:
    """Primary papers stand first, those of pNET trials that compare before others, then labels and regulators."""
    told = references.cite(data, [key], DAY)
    papers: dict[str, int] = {}
    for name in TREATMENTS[key]["trials"]:
        grade = 2 * (TRIALS[name]["scope"] != "pnet") + (not TRIALS[name]["comparative"])
        for cite in TRIALS[name]["cites"]:
            if SOURCES[cite["source"]]["kind"] == "trial report":
                papers[cite["source"]] = min(grade, papers.get(cite["source"], 9))
    official = {"label", "regulator notice", "register", "appraisal"}
    ranks = [papers.get(k, 4 if SOURCES[k]["kind"] in official else 5) for k in places_told(told)]
    assert set(places_told(told)) == set(cited(TREATMENTS[key]))
    assert ranks == sorted(ranks)
    assert told.selected == ()


def test_a_source_lists_the_works_that_name_it(data: Reference) -> None:
    """`--listed` gives the works that a source lists; one that lists none says so."""
    works: dict[str, list[str]] = {}
    for name, one in SOURCES.items():
        for key in {cite["source"] for cite in one["listed_by"]}:
            works.setdefault(key, []).append(name)
    for key, names in works.items():
        assert list(places_told(references.cite(data, [key], DAY, listed=True))) == names
    with pytest.raises(NoMatch, match="kunz-2023 lists no works, as far as our copy shows"):
        references.cite(data, ["kunz-2023"], DAY, listed=True)


def test_each_reference_tells_what_is_known_of_it(data: Reference) -> None:
    """Dates, editions, notes and the formatted text are those of the file, with how many facts rest on it."""
    for one in plain(references.cite(data, [], DAY).payload)["references"]:
        stored = SOURCES[one["id"]]
        assert {name: one[name] for name in ("kind", "csl", "superseded_by", "listed_by", "note", "reference")} == {
            name: stored[name] for name in ("kind", "csl", "superseded_by", "listed_by", "note", "reference")
        }
        dates = ("published", "revised", "reviewed", "review_due", "read")
        assert one["dates"] == {name: stored[name] for name in dates}
        assert (one["at"], one["facts"] > 0) == ([], one["id"] in CITED)
        assert one["own"] == (one["id"] in data.manifest.own_sources)


CITED = {
    key for folder in ("treatments", "trials", "settings", "topics") for key in cited(list(files(folder).values()))
}


def test_a_field_that_no_source_states_is_told_with_those_that_one_does(data: Reference) -> None:
    """Each field once, of facts, doses and whatever else is stated."""
    with pytest.raises(NoMatch) as raised:
        references.cite(data, ["sunitinib"], DAY, field="technique")
    start, _, known = raised.value.message.partition("; stated are: ")
    record = TREATMENTS["sunitinib"]
    stated_in = {fact["field"] for fact in record["facts"]}
    stated_in |= {field for name, field in LISTS.items() if record[name]}
    assert start == "no source here states the technique of sunitinib"
    assert sorted(known.split(", ")) == sorted(stated_in)


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        (["sunitinib"], {"field": "food", "effect": "nausea"}, "give --field or --effect, not both"),
        ([], {"field": "food"}, "--field, --effect and --listed need a name, as in: pnetref cite sunitinib…"),
        ([], {"effect": "nausea"}, "--field, --effect and --listed need a name, as in: pnetref cite sunitinib…"),
        ([], {"listed": True}, "--field, --effect and --listed need a name, as in: pnetref cite sunitinib…"),
        (["sunitinib"], {"field": "x"}, "--field 'x' is not one of: definition…"),
        (["hauser-2019"], {"field": "food"}, "--field and --effect are of a treatment, not of a source"),
        (["hauser-2019"], {"effect": "nausea"}, "--field and --effect are of a treatment, not of a source"),
        (["sunitinib"], {"listed": True}, "--listed is of a source; their ids are shown by: pnetref cite"),
        (["sunitinib"], {"field": "technique"}, "no source here states the technique of sunitinib; stated are: …"),
        (["sunitinib"], {"effect": "gallstones"}, "no source here reports gallstones of sunitinib"),
    ],
    ids=shown,
)
def test_what_cannot_be_cited_is_said(data: Reference, words: list[str], options: Any, told: str) -> None:
    """Options that do not go together, and what no source states."""
    with pytest.raises((NoMatch, UsageProblem)) as raised:
        references.cite(data, words, DAY, **options)
    assert tells(raised.value.message, told)


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("drug", "a drug"),
        ("treatment", "a treatment"),
        ("compare", "a treatment"),
        ("side-effects", "a treatment or a side effect"),
        ("cite", "a source or a treatment"),
        ("trial", "a trial"),
        ("guide", "a topic of the guide"),
        ("guide questions", "a treatment"),
        ("treatment --for", "a setting"),
        ("drug --class", "a drug class"),
        ("trial --drug", "a treatment"),
        ("cite sunitinib --effect", "a side effect"),
    ],
)
def test_what_a_command_takes_is_told_where_it_is_not_there(run: Run, command: str, what: str) -> None:
    """Of a name that is not here it is said as what it is not here, and of an empty one how such a name looks."""
    ran = run(*command.split(), "xyzzy", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(ran.err)["error"]["message"].startswith(f'"xyzzy" is not in this reference as {what}')
    ran = run(*command.split(), "", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert json.loads(ran.err)["error"]["message"].startswith(f"an empty name; give the name of {what}, such as ")


# --- what every answer carries -----------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "sunitinib"),
        ("cite", "label-afinitor-us-2012-03"),
        ("cite", "label-welireg-us-2021"),
        ("search", "hauser"),
        ("side-effects", "fatigue"),
    ],
    ids=" ".join,
)
def test_sources_come_with_their_newer_editions_and_lists(run: Run, arguments: tuple[str, ...]) -> None:
    """What a source in use names, a newer edition or the list that it stands in, is in `sources` too, and what that names."""
    told = json.loads(run(*arguments, "--json").out)["sources"]
    for one in told.values():
        named = {newer["source"] for newer in one["superseded_by"]} | {cite["source"] for cite in one["listed_by"]}
        assert named <= set(told)
        stored = SOURCES[one["id"]]
        assert {name: one[name] for name in stored} == stored


@pytest.mark.parametrize(
    ("given", "epoch", "day"),
    [
        ("2024-02-29", "0", "2024-02-29"),
        (None, "0", "1970-01-01"),
        (None, "-86400", "1969-12-31"),
        (None, "1795521600", "2026-11-24"),
        (None, "253402300799", "9999-12-31"),
        (None, "-62135596800", "0001-01-01"),
        ("2023-02-29", "0", None),
        ("2024-2-9", "0", None),
        ("2024-02-29 ", "0", None),
        ("x2024-02-29", "0", None),
        ("", "0", None),
        (None, "253402300800", None),
        (None, "-62135596801", None),
        (None, "9" * 17, None),
        (None, "9" * 30, None),
        (None, "9" * 5000, None),
        (None, "1.5", None),
        (None, "today", None),
    ],
)
def test_the_day_is_what_is_given(
    run: Run, monkeypatch: pytest.MonkeyPatch, given: str | None, epoch: str, day: str | None
) -> None:
    """`--as-of` comes before SOURCE_DATE_EPOCH; what is no day of the years 1 to 9999 is told, and how it is written."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = run("guide", "factors", "--json", *(() if given is None else (f"--as-of={given}",)))
    if day is not None:
        assert json.loads(ran.out)["as_of"] == day
    else:
        assert (ran.code, ran.out) == (2, "")
        message = json.loads(ran.err)["error"]["message"]
        told = (
            f"--as-of {given!r} is not a day; write it as 2026-11-24"
            if given is not None
            else f"SOURCE_DATE_EPOCH {epoch!r} is not a number of seconds that gives a day"
        )
        assert message == told if len(told) < 500 else message[:99] == told[:99]


def test_editions_of_editions_and_the_vocabulary_itself_are_whole(data: Reference) -> None:
    """A newer edition is there with its own newer one; the list of side effects is no table of their names."""
    payload = {"cites": [Citation(source="label-welireg-us-2021", at="Somewhere")]}
    told = enveloped(Answer(data, "DrugAnswer", payload), DAY)["sources"]
    assert {"label-welireg-us-2021", "label-welireg-us-2023-12", "label-welireg-us-2024"} <= set(told)
    listed_effects = enveloped(Answer(data, "VocabularyAnswer", {"effects": ["all"]}), DAY)["effects"]
    assert listed_effects == ["all"]


def test_every_name_in_an_answer_is_explained_in_it(data: Reference) -> None:
    """Ids of effects and records in a payload are names in `effects` and `records` of the same answer."""
    whole = enveloped(treatment.drug(data, ["captem"]), DAY)
    named = {e["effect"] for said in plain(whole["drug"])["for_parts"] for e in said["side_effects"]}
    assert named <= set(whole["effects"]) <= set(EFFECTS)
    assert "capecitabine" in whole["records"]
    assert set(whole["records"]).isdisjoint(EFFECTS)
    for key, names in whole["effects"].items():
        stored = EFFECTS[key]
        assert names == {"name": stored["name"], "clinical_name": stored["clinical_name"] or stored["name"]}
    for key, names in whole["records"].items():
        record = TREATMENTS.get(key) or PARTNERS.get(key)
        if record is not None:
            assert names == {"kind": record["kind"], "name": record["name"]}
