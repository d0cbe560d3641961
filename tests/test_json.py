"""The contract of `--json`."""

import json
import os
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pnetref.dataset import DATA, Dataset
from pnetref.terms import DRUGS

from .conftest import DAY, Run


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    with open(os.path.join(DATA, "schema.json"), encoding="utf-8") as file:
        loaded: dict[str, Any] = json.load(file)
    Draft202012Validator.check_schema(loaded)
    for definition in loaded["$defs"].values():  # here a key that the schema does not know is a mistake
        if "properties" in definition:
            definition["additionalProperties"] = False
    return loaded


def validator(schema: dict[str, Any], answer: str) -> Draft202012Validator:
    """Give a validator of one kind of answer."""
    return Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{answer}"})


def answered(run: Run, schema: dict[str, Any], answer: str, *arguments: str) -> dict[str, Any]:
    """Run a command with `--json` and check its answer against the schema."""
    ran = run(*arguments, "--json")
    assert (ran.code, ran.err) == (0, "")
    value: dict[str, Any] = json.loads(ran.out)
    error = next(validator(schema, answer).iter_errors(value), None)
    assert error is None, f"{arguments}: {error.message} at {list(error.path)}" if error else ""
    return value


def test_every_drug_and_class_is_valid(run: Run, schema: dict[str, Any], data: Dataset, step: int) -> None:
    """`drug NAME --json` fits the schema for every drug, class and combination, and holds the stored record."""
    for record in list(data.treatments.values())[::step]:
        if record.kind in DRUGS:
            value = answered(run, schema, "DrugAnswer", "drug", record.id)
            stored = json.loads(record.model_dump_json(by_alias=True))
            assert {key: value["drug"][key] for key in stored} == stored


def test_every_treatment_setting_topic_and_trial_is_valid(
    run: Run, schema: dict[str, Any], data: Dataset, step: int
) -> None:
    """The other records open with their command, in the shape that the schema gives."""
    for record in list(data.treatments.values())[::step]:
        if record.kind not in DRUGS:
            answered(run, schema, "TreatmentCardAnswer", "treatment", record.id)
        answered(run, schema, "QuestionsAnswer", "guide", "questions", record.id)
    for key in data.settings:
        answered(run, schema, "SettingAnswer", "treatment", "--for", key)
    for key in data.topics:
        answered(run, schema, "TopicAnswer", "guide", key)
    for key in data.trials:
        answered(run, schema, "TrialAnswer", "trial", key)


@pytest.mark.parametrize(
    ("answer", "arguments"),
    [
        ("DrugsAnswer", ["drug"]),
        ("DrugsAnswer", ["drug", "--all"]),
        ("DrugsAnswer", ["drug", "--class", "chemotherapy", "--source", "acs-treating-2024"]),
        ("CompareAnswer", ["compare", "sunitinib", "everolimus"]),
        ("CompareAnswer", ["side-effects", "sunitinib", "everolimus"]),
        ("SideEffectsAnswer", ["side-effects", "sunitinib"]),
        ("EffectAnswer", ["side-effects", "mouth sores"]),
        ("SubjectEffectAnswer", ["side-effects", "sunitinib", "fatigue"]),
        ("VocabularyAnswer", ["side-effects"]),
        ("CiteAnswer", ["cite"]),
        ("CiteAnswer", ["cite", "sunitinib", "--field", "mechanism"]),
        ("TreatmentsAnswer", ["treatment"]),
        ("TopicsAnswer", ["guide"]),
        ("SearchAnswer", ["search", "wound healing"]),
        ("TrialsAnswer", ["trial"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_every_command_keeps_its_contract(run: Run, schema: dict[str, Any], answer: str, arguments: list[str]) -> None:
    """Each payload fits its part of the schema, and the envelope holds every source and effect it uses."""
    value = answered(run, schema, answer, *arguments)
    assert value["schema_version"] == 1
    assert value["as_of"] == DAY

    def visit(item: Any) -> None:
        if isinstance(item, dict):
            if set(item) >= {"source", "at"}:
                assert item["source"] in value["sources"]
            for part in item.values():
                visit(part)
        elif isinstance(item, list):
            for part in item:
                visit(part)

    visit({key: part for key, part in value.items() if key not in ("sources", "references")})


def test_the_state_of_a_source_is_of_the_day(run: Run) -> None:
    """`--as-of` moves the day: Cancer Research UK's page is current before its review was due, and overdue after."""
    for day, state in (("2024-03-19", "current"), ("2024-03-20", "overdue")):
        value = json.loads(run("drug", "sunitinib", "--json", "--as-of", day).out)
        assert value["as_of"] == day
        assert value["sources"]["cruk-targeted-2021"]["state"] == state


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["drug", "sunitnib"], "no_match", 1),
        (["drug", ""], "usage", 2),
        (["drug", "sunitinib", "--class", "chemotherapy"], "usage", 2),
        (["drug", "--no-such-option"], "usage", 2),
        (["no-such-command"], "no_match", 1),
        (["compare", "sunitinib"], "usage", 2),
        (["compare", "sunitinib", "sutent"], "usage", 2),
        (["side-effects", "sunitinib", "--frequency", "often"], "usage", 2),
        (["drug", "sunitinib", "--as-of", "tomorrow"], "usage", 2),
        (["drug", "--target", "nothing"], "no_match", 1),
        (["search"], "usage", 2),
        (["trial", "--phase", "9"], "no_match", 1),
        (["treatment", "whipple", "--for", "pnet"], "usage", 2),
        (["cite", "sunitinib", "--listed"], "usage", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_failure_is_one_object_on_stderr(run: Run, arguments: list[str], code: str, exit_code: int) -> None:
    """Stdout stays empty, stderr holds one JSON object or one plain line, and the exit code says what happened."""
    as_json, plain = run(*arguments, "--json"), run(*arguments)
    assert (as_json.code, as_json.out) == (exit_code, "")
    assert (plain.code, plain.out) == (exit_code, "")
    error = json.loads(as_json.err)["error"]
    assert error["code"] == code
    assert error["message"]
    assert plain.err.startswith("pnetref: ")
    assert plain.err.count("\n") == 1
