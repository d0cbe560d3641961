"""The data keeps its rules, and each rule catches what it is there for."""

import functools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pnetref.curation.generate import COMMAND, Files, fix
from pnetref.curation.rules import RULES, breaches
from pnetref.curation.rules.files import packaged
from pnetref.curation.rules.hedges import AS_IT_IS, lost_of
from pnetref.dataset import DATA, read_bytes, validated

from .conftest import HOSTILE

Plant = Callable[[Path], object]


def change(name: str, edit: Callable[[dict[str, Any]], None]) -> Plant:
    """Give a planted error: ``edit`` of the JSON in one file."""

    def plant(root: Path) -> None:
        path = root / name
        record = json.loads(path.read_text(encoding="utf-8"))
        edit(record)
        path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    return plant


def edited(part: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    """Give an edit of the first element of the list at the dotted path ``part``."""

    def edit(record: dict[str, Any]) -> None:
        target: Any = record
        for step in part.split("."):
            target = target[int(step)] if step.isdigit() else target[step]
        target.update(values)

    return edit


SUNITINIB = "treatments/sunitinib.json"
EVEROLIMUS = "treatments/everolimus.json"
CITE = {"source": "acs-targeted-2025", "at": "Sunitinib (Sutent) for pNETs"}


def vocabulary_edit(edit: Callable[[dict[str, Any]], None], effect: str) -> Plant:
    """Give a planted error in one effect of the vocabulary."""
    return change("effects.json", lambda file: edit(next(e for e in file["effects"] if e["id"] == effect)))


def copy_of_class_effect(record: dict[str, Any]) -> None:
    """Say of sunitinib what Cancer Research UK says of the class."""
    report = {
        "source": "cruk-targeted-2021",
        "at": "Side effects",
        "scope": "net",
        "wording": "changes to the way your liver works",
        "graded_as": "possible",
        "frequency": "unspecified",
    }
    record["side_effects"].append({"effect": "liver-function-changes", "reports": [report]})


def double_report(record: dict[str, Any]) -> None:
    record["side_effects"][0]["reports"].append(dict(record["side_effects"][0]["reports"][0]))


def fetus_of_another_source(record: dict[str, Any]) -> None:
    """Say of harm to a fetus that a page says so which has no word on pregnancy."""
    effect = next(effect for effect in record["side_effects"] if effect["effect"] == "harm-to-fetus")
    effect["reports"][0].update(source=CITE["source"], at=CITE["at"])


def without_authors(record: dict[str, Any]) -> None:
    """Take the authors away, and the note on where they were looked for."""
    del record["csl"]["author"]
    record["note"] = None


def rename_trial(root: Path) -> None:
    """Give a trial the id of a source."""
    record = json.loads((root / "trials" / "radiant-3.json").read_text(encoding="utf-8"))
    record["id"] = "yao-2011"
    (root / "trials" / "yao-2011.json").write_text(json.dumps(record), encoding="utf-8")


PLANTED: dict[str, Plant] = {
    "valid": lambda root: (root / SUNITINIB).write_text("{", encoding="utf-8"),
    "named-by-file": lambda root: (root / SUNITINIB).rename(root / "treatments/sutent.json"),
    "named-by-file/a topic": lambda root: (root / "topics/team.json").rename(root / "topics/squad.json"),
    "fetus/another source": change(SUNITINIB, fetus_of_another_source),
    "valid/cited": change(SUNITINIB, edited("facts.0", cites=[])),
    "resolving": change(SUNITINIB, edited("facts.0.cites.0", at="Nowhere")),
    "listed-by": change("sources/nccn-2024.json", lambda record: record.update(listed_by=[])),
    "linked": change(SUNITINIB, edited("classes.0", id="no-such-class")),
    "acyclic": change(
        "treatments/surgery.json", lambda r: r.update(parents=[{"id": "whipple-procedure", "cites": [CITE]}])
    ),
    "effects-known": change(SUNITINIB, edited("side_effects.0", effect="no-such-effect")),
    "one-report": change(SUNITINIB, double_report),
    "graded": change(SUNITINIB, edited("side_effects.0.reports.0", frequency="rare")),
    "class-voice": change(SUNITINIB, copy_of_class_effect),
    "near-apart": vocabulary_edit(lambda effect: effect.update(near=[], broader=[]), "severe-anemia"),
    "no-drug": vocabulary_edit(lambda effect: effect["synonyms"].append("tired from sunitinib"), "fatigue"),
    "as-compared": change("effects.json", lambda vocabulary: vocabulary["families"][0].append("fæces")),
    "own-synonyms": vocabulary_edit(lambda effect: effect["synonyms"].append("anemia"), "fatigue"),
    "fetus": change(
        "treatments/cabozantinib.json",
        lambda record: record.update(facts=[fact for fact in record["facts"] if fact["field"] != "pregnancy"]),
    ),
    "silences": change(SUNITINIB, lambda record: record.update(not_stated=["dose"])),
    "denials": change(SUNITINIB, edited("facts.0", stance="denied", text="A drug that blocks kinases.")),
    "one-term": change(
        SUNITINIB,
        lambda record: next(f for f in record["facts"] if f["field"] == "form").update(value="pill or capsule"),
    ),
    "figures": change(
        SUNITINIB,
        lambda record: record["facts"][0].update(figures=[{"of": "people", "value": 120, "unit": "%"}]),
    ),
    "results": change("trials/radiant-3.json", edited("results.0.arms.0", low=99, high=100)),
    "own-words": change(SUNITINIB, edited("facts.0", text="You should take it.")),
    "own-words/a reassurance": change(SUNITINIB, edited("facts.0", text="In general it is well tolerated.")),
    "dates": change("sources/acs-targeted-2025.json", lambda record: record.update(revised="2027-01-01")),
    "bibliography": change("sources/raymond-2011.json", edited("csl", DOI="doi:10.1056/x")),
    "complete": change("sources/raymond-2011.json", without_authors),
    "identifiers": change(SUNITINIB, lambda r: r["identifiers"].append({"curie": "cas:557795-19-5", "cites": [CITE]})),
    "named-by-file/an id in two folders": rename_trial,
    "linked/the trial of a figure": change(
        "trials/radiant-3.json",
        edited("facts.0", figures=[{"of": "x", "value": 1, "unit": "%", "trial": "no-such-trial"}]),
    ),
    "linked/an arm without its treatment": change(SUNITINIB, lambda record: record["trials"].clear()),
    "linked/a superseded place": change(
        "sources/acs-treating-2024.json", edited("superseded_by.0", places=["Nowhere"])
    ),
    "acyclic/side effects": vocabulary_edit(lambda effect: effect.update(broader=["severe-anemia"]), "severe-anemia"),
    "one-term/a route": change(
        SUNITINIB,
        lambda record: next(f for f in record["facts"] if f["field"] == "route").update(value="oral"),
    ),
    "dates/an undated part": change(
        "sources/acs-targeted-2025.json", lambda record: record.update(undated=["Nowhere"])
    ),
    "dates/the version": change("manifest.json", lambda record: record.update(data_version="2026.13.40")),
    "valid/the version": change("manifest.json", lambda record: record.update(data_version="1.0")),
    "valid/the version of the schema": change("manifest.json", lambda record: record.update(schema_version=2)),
    "valid/the manifest": lambda root: (root / "manifest.json").unlink(),
    "linked/a source of our own": change(
        "manifest.json", lambda record: record["own_sources"].append("no-such-source")
    ),
    "linked/a part of a regimen": change("manifest.json", edited("regimens.0", parts=["no-such-drug"])),
    "effects-known/what changes a dose": change(SUNITINIB, edited("dose_changes.0", effect="no-such-effect")),
    "effects-known/a sign": change(SUNITINIB, edited("side_effects.0.reports.0", signs=["no-such-effect"])),
    "bibliography/no title": change("sources/raymond-2011.json", lambda record: record["csl"].pop("title")),
    "bibliography/an address of another kind": change(
        "sources/raymond-2011.json", edited("csl", URL="https://example.org/\u202e")
    ),
    "plain": change(SUNITINIB, edited("facts.0", text="A drug\u200b that blocks kinases.")),
    "silences/what was not read": change(
        "treatments/lutetium-lu-177-dotatate.json", lambda record: record.update(not_read=[], not_stated=["food"])
    ),
    "regional": change(
        EVEROLIMUS,
        lambda record: record["interactions"][0]["cites"].append(
            {"source": "label-afinitor-us-2021-04", "at": "7 DRUG INTERACTIONS"}
            if record["interactions"][0]["region"] != "United States"
            else {"source": "leaflet-afinitor-eu", "at": "4. Possible side effects"}
        ),
    ),
    "regional/another region": change(EVEROLIMUS, edited("interactions.0", region="Japan")),
    "labelled": change("sources/leaflet-afinitor-eu.json", lambda record: record.update(label="ACS 2025")),
    "labelled/about nothing": change("sources/leaflet-afinitor-eu.json", lambda record: record.update(about=None)),
    "editions": change(
        "sources/label-afinitor-us-2021-04.json",
        lambda record: record.update(newer=[{"revised": "2020-01", "note": "An older one."}]),
    ),
    "shorts": change(EVEROLIMUS, edited("interactions.0", short="avoid it")),
    "shorts/a number of its own": change(EVEROLIMUS, edited("interactions.0", short="for 77 weeks")),
    "hedged": change(EVEROLIMUS, edited("interactions.0", text="It may harm the liver.", short="harms the liver")),
    "measured": change(EVEROLIMUS, edited("interactions.0", text="The dose is 2.5 mg once a day.", figures=[])),
    "partners": change(EVEROLIMUS, lambda record: record["interactions"][0]["with"].update(id="no-such-partner")),
    "partners/a name of two": change(
        "partners.json", lambda file: file["partners"][0]["names"].append(file["partners"][1]["name"])
    ),
    "packaged": lambda root: (root / SUNITINIB).write_bytes((root / SUNITINIB).read_bytes() + b"\n"),
}


BESIDE = {"valid", "packaged"}
"""Rules that catch what breaks others too: a file that does not parse is missed by all that name it, and any change is seen."""


@pytest.mark.long
@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.name not in BESIDE])
def test_a_rule_is_needed(rule: str, planted: Path) -> None:
    """Each rule has a planted error that it alone catches: without the rule, it would be in the data."""
    others = [one for one in RULES if one.name != "packaged"]
    caught: set[str] = set()
    for name in [name for name in PLANTED if name.partition("/")[0] == rule]:
        with mended(planted):
            PLANTED[name](planted)
            caught = {line.partition(": ")[0] for line in breaches(str(planted), others)}
        if caught == {rule}:
            return
    raise AssertionError(caught)


def test_the_packaged_data_breaks_no_rule() -> None:
    """Every rule holds over every record; what a machine can mend, the printed command mends."""
    assert list(breaches()) == []


def test_every_rule_has_a_planted_error() -> None:
    """No rule stands untested, and no planted error is of a rule that is gone."""
    assert {name.partition("/")[0] for name in PLANTED} == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("text", "short", "kept"),
    [
        ("It may harm the liver.", "harms the liver", "may harm the liver"),
        ("Suspected harm is reported.", "harm is reported", "suspected harm is reported"),
        ("It is not given with food.", "given with food", "not given with food"),
        ("It usually passes in days.", "passes in days", "usually passes in days"),
        ("About 40 mg were used.", "40 mg used", "about 40 mg used"),
        ("Up to 40 mg were used.", "40 mg used", "up to 40 mg used"),
        ("At least 40 mg were used.", "40 mg used", "at least 40 mg used"),
        ("The median survival was 40 months.", "40 months survived", "median survival 40 months"),
        ("It lasts 40 days.", "lasts 40 months", "lasts 40 days"),
        ("People on everolimus alone had it.", "had it", "alone: had it"),
        ("For adults with a tumor.", "for a tumor", "adults: for a tumor"),
        ("In rats it harmed the fetus.", "harmed the fetus", "harmed the fetus (rats)"),
    ],
)
def test_a_lost_hedge_is_named(text: str, short: str, kept: str) -> None:
    """Each kind of hedge is missed where its words are flat in the short form, and not where they keep it."""
    assert list(lost_of(SimpleNamespace(text=text, short=short)))
    assert not list(lost_of(SimpleNamespace(text=text, short=kept)))


def test_what_a_short_form_may_leave_out_is_there_and_has_a_reason() -> None:
    """Every short form that a rule lets pass is in the data, would be named otherwise, and has its reason."""
    files = Files(DATA)
    shorts = [(getattr(part, "short", None), part) for _, part in files.parts]
    found = {short: list(lost_of(part)) for short, part in shorts if short in AS_IT_IS}
    assert found.keys() == AS_IT_IS.keys()
    assert all(found.values())
    assert all(AS_IT_IS.values())


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the data, made once: copying it for every planted error takes most of the time."""
    return Path(shutil.copytree(DATA, tmp_path_factory.mktemp("garden") / "data"))


@functools.cache
def read_once(model: str, content: bytes) -> Any:
    """Parse a file as long as it was not changed since: the others of the copy are the same for every planted error."""
    return validated(model, content)


@functools.cache
def _bytes_of(root: str, shown: str, changed: int) -> bytes:
    del changed
    return read_bytes(root, shown)


def bytes_once(root: str, shown: str) -> bytes:
    """Read a file as long as it was not changed since."""
    path = os.path.join(root, shown)
    return _bytes_of(root, shown, os.stat(path).st_mtime_ns if os.path.exists(path) else 0)


@pytest.fixture
def planted(garden: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the copy, and mend it afterwards."""
    monkeypatch.setattr("pnetref.curation.generate.validated", read_once)
    monkeypatch.setattr("pnetref.curation.generate.read_bytes", bytes_once)
    with mended(garden):
        yield garden


@contextmanager
def mended(garden: Path) -> Iterator[None]:
    """Mend the copy afterwards."""
    before = {path: path.stat().st_mtime_ns for path in garden.rglob("*") if path.is_file()}
    yield
    after = {path: path.stat().st_mtime_ns for path in garden.rglob("*") if path.is_file()}
    for path in after.keys() - before.keys():
        path.unlink()
    for path, time in before.items():
        if after.get(path) != time:
            shutil.copy2(Path(DATA) / path.relative_to(garden), path)


@pytest.mark.parametrize("name", PLANTED)
def test_a_rule_catches_its_planted_error(name: str, planted: Path) -> None:
    """The rule names the planted error."""
    PLANTED[name](planted)
    rule = next(rule for rule in RULES if rule.name == name.partition("/")[0])
    assert any(line.startswith(f"{rule.name}: ") for line in breaches(str(planted), [rule]))


def test_no_text_of_any_file_is_more_than_letters(planted: Path) -> None:
    """Each kind of text that a terminal, a format or a program could read more in is named, in whichever file it stands."""
    records = iter(sorted((planted / "treatments").iterdir()))
    where: dict[str, str] = {}
    for name, text in HOSTILE.items():
        path = next(path for path in records if json.loads(path.read_bytes())["facts"])
        change(f"treatments/{path.name}", edited("facts.0", text=text))(planted)
        where[name] = f"treatments/{path.name}: text: {text!r} has "
    vocabulary_edit(lambda effect: effect["synonyms"].append("tired\x07"), "fatigue")(planted)
    change("partners.json", lambda file: file["partners"][0]["names"].append("[link=x]y[/link]"))(planted)
    change("manifest.json", lambda record: record.update(notice="A reference.\x1b[2J"))(planted)
    change("sources/raymond-2011.json", edited("csl", title="Sunitinib <b>malate</b>", **{"x\u202e": "y"}))(planted)
    where |= {
        "a synonym": "effects.json: synonyms: 'tired\\x07' has the letter U+0007",
        "a partner": "partners.json: names: '[link=x]y[/link]' has a style of Rich",
        "the notice": "manifest.json: notice: 'A reference.\\x1b[2J' has the letter U+001B",
        "a title": "sources/raymond-2011.json: title: 'Sunitinib <b>malate</b>' has a mark of HTML",
        "a key": "sources/raymond-2011.json: x\u202e: 'x\\u202e' has the letter U+202E",
    }
    rule = next(rule for rule in RULES if rule.name == "plain")
    found = list(breaches(str(planted), [rule]))
    assert [name for name, told in where.items() if not any(line.startswith(f"plain: {told}") for line in found)] == []


def test_fixing_mends_what_a_machine_can(tmp_path: Path) -> None:
    """Bytes, silences and the index are rewritten as they were; the failure names the command."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    before = {path: path.read_bytes() for path in root.rglob("*.*")}
    (root / SUNITINIB).write_bytes(json.dumps(json.loads((root / SUNITINIB).read_bytes())).encode())
    (root / "index" / "names.tsv").write_text("", encoding="utf-8")
    assert any(COMMAND in line for line in packaged(Files(str(root))))
    assert sorted(fix(str(root))) == ["index/names.tsv", "treatments/sunitinib.json"]
    assert {path: path.read_bytes() for path in root.rglob("*.*")} == before


@pytest.mark.parametrize("broken", [SUNITINIB, "effects.json"])
def test_fixing_writes_nothing_while_a_file_does_not_parse(broken: str, tmp_path: Path) -> None:
    """A slip of the pen in one file costs neither that file nor what is computed of it."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root)
    (root / broken).write_text((root / broken).read_text(encoding="utf-8").replace("]", ",]", 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*.json")}
    assert fix(str(root)) == []
    assert {path: path.read_bytes() for path in root.rglob("*.json")} == before


@pytest.mark.parametrize("arguments", [[], ["--fix"]], ids=str)
@pytest.mark.parametrize("broken", [False, True])
def test_the_command_tells_breaches_with_what_their_rules_claim(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], broken: bool
) -> None:
    """Exit 1 with each breach and the claim of its rule, 0 without one; only `--fix` rewrites, and says what."""
    from pnetref.curation import __main__ as command

    asked = []
    rule = RULES[0]

    def told(root: str) -> list[str]:
        asked.append(root)
        return [f"{rule.name}: here"] if broken else []

    monkeypatch.setattr(command, "breaches", told)
    monkeypatch.setattr(command, "fix", lambda root: [f"{root}/one.json"])
    monkeypatch.setattr("sys.argv", ["curation", *arguments, "somewhere"])
    assert command.main() == int(broken)
    assert asked == ["somewhere"]
    rewrote = ["rewrote somewhere/one.json"] if arguments else []
    breach = [f"{rule.name}: here", f"  {rule.name} claims: {rule.claim}"] if broken else []
    count = f"{len(RULES)} rules, {int(broken)} breaches"
    assert capsys.readouterr().out.splitlines() == [*rewrote, *breach, count]
