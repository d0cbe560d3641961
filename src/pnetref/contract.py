"""The contract of ``--json`` as models: from these ``data/schema.json`` is generated.

Answers are built as plain dictionaries; nothing here is imported when a command runs.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from pnetref.editions import State
from pnetref.models import (
    Approval,
    Aspect,
    Citation,
    Date,
    Dose,
    Effect,
    Fact,
    FactField,
    Id,
    Link,
    Model,
    Name,
    Report,
    Setting,
    SideEffect,
    Source,
    SourceKind,
    Superseded,
    Text,
    Topic,
    Treatment,
    Trial,
    Unreadable,
)


class EffectNames(Model):
    """The names of a side effect that the payload uses."""

    name: Text
    clinical_name: Text


class SourceInUse(Source):
    """A source that the payload cites, with its state on the day ``as_of``."""

    state: State


class Envelope(Model):
    """What every answer carries around its payload."""

    schema_version: Literal[1]
    data_version: Text
    as_of: Text
    notice: Text
    effects: dict[Id, EffectNames]
    sources: dict[Id, SourceInUse]


class ClassStatements(Model):
    """What is said of a whole class by the sources that count the record in."""

    class_: Id = Field(serialization_alias="class")
    facts: tuple[Fact, ...]
    side_effects: tuple[SideEffect, ...]


class TreatmentAnswer(Treatment):
    """A treatment with what is said of its classes."""

    for_class: tuple[ClassStatements, ...]


class ListedTreatment(Model):
    """One line of a list of treatments."""

    id: Id
    kind: Text
    name: Text
    names: tuple[Name, ...]
    classes: tuple[Link, ...]
    parents: tuple[Link, ...]


class TreatmentForSetting(ListedTreatment):
    """A treatment that a source names for a setting."""

    cites: tuple[Citation, ...]


class Subject(Model):
    """The treatment that an answer is about."""

    id: Id
    kind: Text
    name: Text


class DrugAnswer(Envelope):
    """``pnetref drug NAME``."""

    drug: TreatmentAnswer


class DrugsAnswer(Envelope):
    """``pnetref drug``, and with ``--all`` the full records."""

    drugs: tuple[ListedTreatment, ...] | tuple[TreatmentAnswer, ...]


class ComparedField(Model):
    """One field of every compared record."""

    field: FactField
    facts: dict[Id, tuple[Fact, ...]]


class ComparedEffect(Model):
    """One side effect of every compared record."""

    effect: Id
    reports: dict[Id, tuple[Report, ...]]


class ClassFacts(Model):
    """The facts of a class that a record is counted in."""

    class_: Id = Field(serialization_alias="class")
    facts: tuple[Fact, ...]


class ClassSideEffects(Model):
    """The side effects of a class that a record is counted in."""

    class_: Id = Field(serialization_alias="class")
    side_effects: tuple[SideEffect, ...]


class Comparison(Model):
    """Records side by side; ``head_to_head`` are the trials that compare them directly."""

    records: tuple[Id, ...]
    fields: tuple[ComparedField, ...]
    side_effects: tuple[ComparedEffect, ...]
    class_facts: dict[Id, tuple[ClassFacts, ...]]
    class_side_effects: dict[Id, tuple[ClassSideEffects, ...]]
    trials: dict[Id, tuple[Trial, ...]]
    doses: dict[Id, tuple[Dose, ...]]
    approvals: dict[Id, tuple[Approval, ...]]
    head_to_head: tuple[Id, ...]


class CompareAnswer(Envelope):
    """``pnetref compare NAME NAME``, and ``pnetref side-effects NAME NAME``."""

    comparison: Comparison


class SideEffectsAnswer(Envelope):
    """``pnetref side-effects TREATMENT``."""

    subject: Subject
    side_effects: tuple[SideEffect, ...]
    class_side_effects: tuple[ClassSideEffects, ...]


class ReportedFor(Subject):
    """A treatment and what is reported of one side effect of it."""

    reports: tuple[Report, ...]


class SignOf(ReportedFor):
    """A treatment of which the effect is named as a sign of another ``effect``."""

    effect: Id


class NearEffect(Model):
    """A side effect that is near another, and not the same."""

    id: Id
    name: Text
    clinical_name: Text


class IncompleteList(Subject):
    """A treatment whose list of side effects our damaged copy of a source has lost in part."""

    unreadable: tuple[Unreadable, ...]


class EffectAnswer(Envelope):
    """``pnetref side-effects EFFECT``."""

    effect: Effect
    reported_for: tuple[ReportedFor, ...]
    as_sign_of: tuple[SignOf, ...]
    near: tuple[NearEffect, ...]
    incomplete: tuple[IncompleteList, ...]


class ClassReports(Model):
    """What is said of one side effect of a class."""

    class_: Id = Field(serialization_alias="class")
    reports: tuple[Report, ...]


class OwnSignOf(Model):
    """The effect of which another one is a sign."""

    effect: Id
    reports: tuple[Report, ...]


class SubjectEffectAnswer(Envelope):
    """``pnetref side-effects TREATMENT EFFECT``."""

    subject: Subject
    effect: Effect
    reports: tuple[Report, ...]
    class_reports: tuple[ClassReports, ...]
    as_sign_of: tuple[OwnSignOf, ...]
    near: tuple[OwnSignOf, ...]


class VocabularyAnswer(Model):
    """``pnetref side-effects``: here ``effects`` is the payload, a list."""

    schema_version: Literal[1]
    data_version: Text
    as_of: Text
    notice: Text
    effects: tuple[Effect, ...]
    sources: dict[Id, SourceInUse]


class Dates(Model):
    """The dates of a source, as exact as they are known."""

    published: Date | None
    revised: Date | None
    reviewed: Date | None
    review_due: Date | None
    read: Date | None


class Reference(Model):
    """A source as a reference; ``at`` holds the places where one fact's sources were asked for."""

    id: Id
    kind: SourceKind
    csl: dict[str, Any]
    dates: Dates
    state: State
    superseded_by: tuple[Superseded, ...]
    listed_by: tuple[Citation, ...]
    facts: int
    at: tuple[Text, ...]
    note: str | None
    reference: Text


class CiteAnswer(Envelope):
    """``pnetref cite``."""

    references: tuple[Reference, ...]


class TreatmentCardAnswer(Envelope):
    """``pnetref treatment NAME``."""

    treatment: TreatmentAnswer


class TreatmentsAnswer(Envelope):
    """``pnetref treatment``."""

    treatments: tuple[ListedTreatment, ...]


class SettingAnswer(Envelope):
    """``pnetref treatment --for SETTING``."""

    setting: Setting
    treatments: tuple[TreatmentForSetting, ...]


class TopicAnswer(Envelope):
    """``pnetref guide TOPIC``."""

    topic: Topic


class TopicsAnswer(Envelope):
    """``pnetref guide``."""

    topics: tuple[Topic, ...]


class Question(Model):
    """A question for the next appointment; without citations it rests on a silence."""

    text: Text
    field: Aspect
    cites: tuple[Citation, ...]


class QuestionsAnswer(Envelope):
    """``pnetref guide questions NAME``."""

    subject: Subject
    questions: tuple[Question, ...]


class Hit(Model):
    """One search result."""

    kind: Text
    id: Id
    name: Text
    field: Text
    text: Text
    matched: tuple[Text, ...]
    command: Text
    cites: tuple[Citation, ...]


class SearchAnswer(Envelope):
    """``pnetref search WORDS``; ``read_as`` tells which words were read as another spelling."""

    results: tuple[Hit, ...]
    read_as: dict[str, Text]


class TrialAnswer(Envelope):
    """``pnetref trial NAME``."""

    trial: Trial


class TrialsAnswer(Envelope):
    """``pnetref trial``."""

    trials: tuple[Trial, ...]


class SettingInUse(Model):
    """The value of a setting, and where it comes from."""

    key: Text
    value: Text
    origin: Literal["flag", "environment", "file", "default"]


class SettingsAnswer(Model):
    """``pnetref config`` and its commands; there is nothing to cite, and so no envelope."""

    settings: dict[str, SettingInUse]
    path: Text


class Error(Model):
    """What went wrong: a code for programs, a line for people, and names that are spelled alike."""

    code: Literal["no_match", "ambiguous", "usage", "data", "settings", "output"]
    message: Text
    suggestions: tuple[Text, ...]


class ErrorAnswer(Model):
    """What stands on stderr where a command with ``--json`` fails; stdout is empty then."""

    error: Error


ANSWERS = (
    DrugAnswer,
    DrugsAnswer,
    CompareAnswer,
    SideEffectsAnswer,
    EffectAnswer,
    SubjectEffectAnswer,
    VocabularyAnswer,
    CiteAnswer,
    TreatmentCardAnswer,
    TreatmentsAnswer,
    SettingAnswer,
    TopicAnswer,
    TopicsAnswer,
    QuestionsAnswer,
    SearchAnswer,
    TrialAnswer,
    TrialsAnswer,
    SettingsAnswer,
    ErrorAnswer,
)
"""Every answer of ``--json``, in the order in which `docs/json.md` explains them."""
