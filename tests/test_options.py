"""Options and arguments: what each keeps, and what is refused with a line that helps."""

import json

import pytest

from pnetref.dataset import Dataset
from pnetref.terms import FREQUENCIES

from .conftest import Run


@pytest.mark.parametrize(
    ("arguments", "helps"),
    [
        (("compare",), "two names"),
        (("compare", "sunitinib"), "two names"),
        (("compare", "sunitinib", "sutent"), "named twice"),
        (("compare", "sunitinib", "everolimus", "--field", "nofield"), "is not one of"),
        (("compare", "sunitinib", "everolimus", "--only", "best"), "is not one of"),
        (("side-effects", "--serious"), "name it"),
        (("side-effects", "sunitinib", "--frequency", "often"), "is not one of"),
        (("side-effects", "--system", "nosuch"), "is not one of"),
        (("side-effects", "fatigue", "--serious"), "of one treatment"),
        (("side-effects", "fatigue", "nausea"), "one side effect"),
        (("drug", "sunitinib", "--class", "chemotherapy"), "leave out the name"),
        (("drug", "--all"), "--json"),
        (("drug", ""), "an empty name"),
        (("treatment", "whipple", "--for", "insulinoma"), "not both"),
        (("trial", "--measure", ""), "is not one of"),
        (("trial", "radiant-3", "netter-1"), "takes one"),
        (("guide", "questions"), "such as"),
        (("cite", "sunitinib", "--field", "nofield"), "is not one of"),
        (("cite", "sunitinib", "--field", "food", "--effect", "fatigue"), "not both"),
        (("cite", "--field", "food"), "need a name"),
        (("cite", "sunitinib", "--force"), "--output"),
        (("cite", "sunitinib", "--format", "word"), "is not one of"),
        (("cite", "sunitinib", "--json", "--format", "ris"), "leave out"),
        (("cite", "sunitinib", "--as-of", "today", "--format", "ris"), "is not a day"),
        (("cite", "sunitinib", "--output", ""), "--output '' is no name; give the name of a file"),
        (("cite", "sunitinib", "--output", ".", "--force"), "--output '.' is a folder; give the name of a file"),
        (("drug", "sunitinib", "--format", "text"), "is not one of"),
        (("drug", "sunitinib", "--force"), "--output"),
        (("drug", "--all", "--format", "markdown"), "--json"),
        (("cite", "sunitinib", "--style", ""), "--style"),
        (("search",), "needs a word"),
        (("--terms", "simple", "drug", "sunitinib"), "is not one of"),
        (("--terms", "simple", "drug", "sunitinib", "--json"), "is not one of"),
        (("drug", *(["sunitinib", "everolimus"] * 2501)), "too many"),
        (("config", "get", "nosuch"), "the settings are"),
    ],
    ids=lambda value: " ".join(value[:5]) if isinstance(value, tuple) else "",
)
def test_wrong_usage_is_one_line_that_helps(run: Run, arguments: tuple[str, ...], helps: str) -> None:
    """Nothing is ignored and nothing guessed: exit 2, one line, nothing on stdout."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert helps in ran.err


@pytest.mark.parametrize(
    ("arguments", "helps"),
    [
        (("drug", "--class", "surgery"), "chemotherapy"),
        (("drug", "--route", "by ear"), "by mouth"),
        (("drug", "--target", "nosuch"), "mTOR"),
        (("drug", "--source", "nosuch"), "pnetref cite"),
        (("trial", "--phase", "9"), "here are"),
        (("cite", "sunitinib", "--field", "anesthesia"), "stated are"),
        (("cite", "sunitinib", "--effect", "cholinergic syndrome"), "no source here reports"),
        (("compare", "cisplatin", "xyzzy"), "xyzzy"),
        (("drug", "سرطان"), "is not in this reference"),
        (("side-effects", "xyzzy"), "emergency"),
        (("search", "xyzzy"), "that is no sign of safety"),
        (("nosuch",), "neither a command nor a name"),
        (("drg", "sunitinib"), "pnetref drug"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_here_says_what_is(run: Run, arguments: tuple[str, ...], helps: str) -> None:
    """Exit 1, one line that says where to look on, nothing on stdout."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert helps in ran.err


def ids(run: Run, key: str, *arguments: str) -> list[str]:
    """Give the ids of the records of a list."""
    return [record["id"] for record in json.loads(run(*arguments, "--json").out)[key]]


def test_lists_of_drugs_are_filtered(run: Run) -> None:
    """Class, target, route and source each keep the drugs of which a source says it, and go together."""
    assert "capecitabine" in ids(run, "drugs", "drug", "--class", "chemotherapy")
    assert "everolimus" in ids(run, "drugs", "drug", "--target", "mtor")
    under_the_skin = ids(run, "drugs", "drug", "--route", "under the skin")
    assert {"octreotide", "lanreotide"} <= set(under_the_skin)
    assert "sunitinib" not in under_the_skin
    assert "cabozantinib" not in ids(run, "drugs", "drug", "--source", "hauser-2019")
    both = ids(run, "drugs", "drug", "--class", "targeted therapy", "--source", "cruk-targeted-2021")
    assert both == ["everolimus", "interferon-alfa", "sunitinib"]


def test_lists_of_trials_are_filtered(run: Run) -> None:
    """Treatment, phase and measure each keep the trials that have it."""
    of_drug = ids(run, "trials", "trial", "--drug", "afinitor")
    assert "radiant-3" in of_drug
    assert "netter-1" not in of_drug
    assert "radiant-3" in ids(run, "trials", "trial", "--phase", "3")
    assert "radiant-3" in ids(run, "trials", "trial", "--measure", "progression-free survival")


def test_side_effects_are_filtered_by_report(run: Run, data: Dataset) -> None:
    """What is left is serious, so frequent, or of that body group, and nothing of it is missing."""
    stored = data.treatments["sunitinib"].side_effects
    serious = json.loads(run("side-effects", "sunitinib", "--serious", "--json").out)["side_effects"]
    assert [e["effect"] for e in serious] == [e.effect for e in stored if any(r.serious for r in e.reports)]
    assert all(report["serious"] for effect in serious for report in effect["reports"])
    for frequency in FREQUENCIES:
        kept = json.loads(run("side-effects", "sunitinib", "--frequency", frequency, "--json").out)["side_effects"]
        wanted = [e.effect for e in stored if any(r.frequency == frequency for r in e.reports)]
        assert [effect["effect"] for effect in kept] == wanted
    gut = json.loads(run("side-effects", "sunitinib", "--system", "gut", "--json").out)["side_effects"]
    assert [e["effect"] for e in gut] == [e.effect for e in stored if data.effects[e.effect].group == "gut"]


@pytest.mark.parametrize("only", ["shared", "different", "serious"])
def test_a_comparison_is_filtered_and_never_silent_on_pregnancy(run: Run, only: str) -> None:
    """A filter keeps the rows it names and empties the rest; the pregnancy line stays on screen."""
    compared = json.loads(run("compare", "sunitinib", "everolimus", "--only", only, "--json").out)["comparison"]
    for row in compared["side_effects"]:
        reports = list(row["reports"].values())
        if only == "shared":
            assert all(reports)
        if only == "serious":
            assert any(report["serious"] for said in reports for report in said)
    for part in ("trials", "doses", "approvals", "class_facts", "class_side_effects"):
        assert compared[part] == {"sunitinib": [], "everolimus": []}
    for arguments in (("--only", only), ("--field", "food")):
        out = " ".join(run("compare", "sunitinib", "everolimus", *arguments).out.split())
        assert "Pregnancy" in out


def test_trials_that_set_two_drugs_against_each_other_are_named(run: Run) -> None:
    """Where a source compares head to head, the comparison says which and how to open it."""
    compared = json.loads(run("compare", "everolimus", "lu-177 edotreotide", "--json").out)["comparison"]
    assert compared["head_to_head"] == ["compete"]
    assert "pnetref trial compete" in run("compare", "everolimus", "lu-177 edotreotide").out


def test_settings_as_json(run: Run) -> None:
    """Each command of `config` takes `--json` and answers in one shape."""
    ran = json.loads(run("config", "set", "terms", "plain", "--json").out)
    assert ran["settings"] == {"terms": {"key": "terms", "value": "plain", "origin": "file"}}
    assert json.loads(run("config", "get", "terms", "--json").out) == ran
    assert json.loads(run("config", "unset", "terms", "--json").out)["settings"]["terms"]["origin"] == "default"
    assert json.loads(run("config", "path", "--json").out) == {"settings": {}, "path": ran["path"]}
    assert set(json.loads(run("config", "--json").out)["settings"]) == {
        "terms",
        "color",
        "references",
        "figures",
        "layout",
        "spelling",
        "pager",
    }


def test_a_name_after_two_dashes_is_no_option(run: Run) -> None:
    """`drug -- sunitinib --json` asks for names, and its error is for people."""
    ran = run("drug", "--", "xyzzy", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("pnetref: ")


@pytest.mark.parametrize("epoch", ["abc", "1_000", "٣", "-70000000000", "99999999999999999999"])
def test_a_source_date_epoch_that_is_no_day_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """States are computed for a day, never for what looks like one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("drug", "sunitinib", "--json").code == 2
