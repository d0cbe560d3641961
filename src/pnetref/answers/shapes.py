"""The contract: the shape of every answer of ``--json``. It is long because the contract is."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from pnetref.models import (
    Approval,
    Check,
    Citation,
    Date,
    Dose,
    DoseChange,
    Edition,
    Effect,
    Fact,
    Gap,
    Id,
    Identifier,
    Interaction,
    Link,
    Name,
    NotRead,
    Report,
    Setting,
    SideEffect,
    Superseded,
    Text,
    Topic,
    Trial,
    Unreadable,
)
from pnetref.terms import Aspect, Document, FactField, Kind, SourceKind, State

# --- what was typed ----------------------------------------------------------------------------


class Typed(TypedDict):
    """A name as it was typed, and the id of the record that it opens.

    ``set_aside`` are words that were not used; ``note`` says where the name is of another product of the
    substance, or wider than the record.
    """

    text: str
    opens: str
    set_aside: list[str]
    note: str | None


# --- what every answer carries -----------------------------------------------------------------


class EffectNames(TypedDict):
    """The names of a side effect that the payload uses."""

    name: Text
    clinical_name: Text


class RecordName(TypedDict):
    """The kind and the name of a record that the payload names by its id."""

    kind: Text
    name: Text


class SourceInUse(TypedDict):
    """A source that the payload cites, as it is stored, and what holds of it on the day ``as_of``.

    ``own`` marks the documents that the reference is built on; ``state`` is that of the places that are
    cited, ``place_states`` that of each.
    """

    id: Id
    kind: SourceKind
    label: str | None
    document: Document | None
    about: Id | None
    region: str | None
    publisher: Text
    published: Date | None
    revised: Date | None
    reviewed: Date | None
    review_due: Date | None
    read: Date | None
    places: tuple[str, ...]
    extent: Literal["whole"] | tuple[str, ...]
    undated: tuple[str, ...]
    gaps: tuple[Gap, ...]
    newer: tuple[Edition, ...]
    checked: Date | None
    superseded_by: tuple[Superseded, ...]
    listed_by: tuple[Citation, ...]
    note: str | None
    csl: dict[str, Any]
    reference: str
    own: bool
    state: State
    place_states: dict[str, State]


class Head(TypedDict):
    """What every answer says of itself; ``selected`` are the parts or fields that were asked for."""

    schema_version: Literal[1]
    data_version: Text
    as_of: Text
    notice: Text
    typed: list[Typed]
    selected: list[str]
    records: dict[Id, RecordName]
    sources: dict[Id, SourceInUse]


class Envelope(Head):
    """What every answer but the vocabulary carries around its payload."""

    effects: dict[Id, EffectNames]


# --- one treatment, and lists ------------------------------------------------------------------

ClassStatements = TypedDict("ClassStatements", {"class": Id, "facts": list[Fact], "side_effects": list[SideEffect]})
"""What is said of a whole class by the sources that count a member in."""


class PartStatements(TypedDict):
    """What is said of a part of a combination, whatever it is combined with."""

    part: Id
    facts: list[Fact]
    side_effects: list[SideEffect]
    interactions: list[Interaction]
    checks: list[Check]
    dose_changes: list[DoseChange]


class KindStatements(TypedDict):
    """What is said of that of which the record is a kind, by the sources that say that it is."""

    kind_of: Id
    facts: list[Fact]
    side_effects: list[SideEffect]


class Member(TypedDict):
    """A record that belongs to a class or is a kind of a treatment, and the places that say so."""

    id: Id
    kind: Kind
    name: Text
    cites: list[Citation]


class Subject(TypedDict):
    """The treatment that an answer is about."""

    id: Id
    kind: Kind
    name: Text


class ListedTreatment(Subject):
    """One line of a list of treatments."""

    names: tuple[Name, ...]
    classes: tuple[Link, ...]
    parents: tuple[Link, ...]


class TreatmentForSetting(ListedTreatment):
    """A treatment that a source names for a setting, with the places that do."""

    cites: tuple[Citation, ...]


class TreatmentAnswer(TypedDict):
    """A treatment as it is stored, and what bears on it.

    ``withheld`` are its classes of which sources speak that do not count it in; ``lost`` is what no
    edition here can be read for; ``trial_records`` are its trials whole.
    """

    id: Id
    kind: Kind
    name: Text
    note: str | None
    names: tuple[Name, ...]
    search_terms: tuple[str, ...]
    other_products: tuple[str, ...]
    classes: tuple[Link, ...]
    parents: tuple[Link, ...]
    settings: tuple[Link, ...]
    facts: tuple[Fact, ...]
    side_effects: tuple[SideEffect, ...]
    doses: tuple[Dose, ...]
    approvals: tuple[Approval, ...]
    interactions: tuple[Interaction, ...]
    checks: tuple[Check, ...]
    dose_changes: tuple[DoseChange, ...]
    trials: tuple[Id, ...]
    identifiers: tuple[Identifier, ...]
    not_stated: tuple[Aspect, ...]
    not_read: tuple[NotRead, ...]
    unreadable: tuple[Unreadable, ...]
    for_class: list[ClassStatements]
    for_parts: list[PartStatements]
    for_kinds: list[KindStatements]
    members: list[Member]
    withheld: list[Id]
    lost: list[Unreadable]
    trial_records: list[Trial]


class DrugAnswer(Envelope):
    """``pnetref drug NAME``."""

    drug: TreatmentAnswer


class DrugsAnswer(Envelope):
    """``pnetref drug``, and with ``--all`` the full records; ``filters`` are those that were given."""

    drugs: list[ListedTreatment] | list[TreatmentAnswer]
    filters: dict[str, Text]


class TreatmentCardAnswer(Envelope):
    """``pnetref treatment NAME``."""

    treatment: TreatmentAnswer


class TreatmentsAnswer(Envelope):
    """``pnetref treatment``."""

    treatments: list[ListedTreatment]


class SettingAnswer(Envelope):
    """``pnetref treatment --for SETTING``."""

    setting: Setting
    treatments: list[TreatmentForSetting]


# --- side by side ------------------------------------------------------------------------------


class ComparedField(TypedDict):
    """One field of every compared record."""

    field: FactField
    facts: dict[Id, list[Fact]]


class ComparedEffect(TypedDict):
    """One side effect of every compared record."""

    effect: Id
    reports: dict[Id, list[Report]]


ClassFacts = TypedDict("ClassFacts", {"class": Id, "facts": list[Fact]})
"""The facts of a class that a record is counted in."""


ClassSideEffects = TypedDict("ClassSideEffects", {"class": Id, "side_effects": list[SideEffect]})
"""The side effects of a class that a record is counted in."""


Withheld = TypedDict("Withheld", {"class": Id})
"""A class of which sources speak that do not count the record in."""


class Pregnancy(TypedDict):
    """What is said of pregnancy of a record itself, or of its class, a part, or what it is a kind of."""

    said_of: Id
    facts: list[Fact]


class Comparison(TypedDict):
    """Records side by side.

    ``head_to_head`` are the trials that compare them directly. ``pregnancy`` stands whatever is filtered,
    ``marks_serious`` tells whether any source here says of an effect that it is serious or not, ``lost``
    is what no edition can be read for, ``withheld`` are classes of which other sources speak.
    """

    records: list[Id]
    fields: list[ComparedField]
    side_effects: list[ComparedEffect]
    class_facts: dict[Id, list[ClassFacts]]
    class_side_effects: dict[Id, list[ClassSideEffects]]
    for_parts: dict[Id, list[PartStatements]]
    for_kinds: dict[Id, list[KindStatements]]
    trials: dict[Id, list[Trial]]
    doses: dict[Id, list[Dose]]
    approvals: dict[Id, list[Approval]]
    interactions: dict[Id, list[Interaction]]
    checks: dict[Id, list[Check]]
    dose_changes: dict[Id, list[DoseChange]]
    not_read: dict[Id, list[NotRead]]
    not_stated: dict[Id, list[Aspect]]
    head_to_head: list[Id]
    only: str | None
    pregnancy: dict[Id, list[Pregnancy]]
    marks_serious: dict[Id, bool]
    lists_effects: dict[Id, bool]
    lost: dict[Id, list[Unreadable]]
    withheld: dict[Id, list[Withheld]]


class CompareAnswer(Envelope):
    """``pnetref compare NAME NAME``, and ``pnetref side-effects NAME NAME``."""

    comparison: Comparison


# --- side effects ------------------------------------------------------------------------------


class PartSideEffects(TypedDict):
    """The side effects of a part of a combination."""

    part: Id
    side_effects: list[SideEffect]


class KindSideEffects(TypedDict):
    """The side effects of what a treatment is a kind of."""

    kind_of: Id
    side_effects: list[SideEffect]


class SideEffectsAnswer(Envelope):
    """``pnetref side-effects TREATMENT``.

    ``marks_serious`` tells whether any source here says of an effect that it is serious or not,
    ``lists_effects`` whether any lists one, before ``filters``; ``lost`` is what no edition can be read for;
    ``course`` is what sources say of how side effects go on, and of what is reported at once.
    """

    subject: Subject
    side_effects: list[SideEffect]
    class_side_effects: list[ClassSideEffects]
    part_side_effects: list[PartSideEffects]
    kind_side_effects: list[KindSideEffects]
    marks_serious: bool
    lists_effects: bool
    lost: list[Unreadable]
    filters: dict[str, Text]
    course: list[Fact]


class ReportedFor(Subject):
    """A treatment and what is reported of one side effect of it."""

    reports: list[Report]


class SignOf(ReportedFor):
    """A treatment of which the effect is named as a sign of another ``effect``."""

    effect: Id


class NearEffect(TypedDict):
    """A side effect that is near another, and not the same."""

    id: Id
    name: Text
    clinical_name: Text


class KindOfEffect(NearEffect):
    """A side effect that is a kind of another, and of how many treatments it is reported."""

    reported: int


class IncompleteList(Subject):
    """A treatment whose list of side effects our damaged copy of a source has lost in part."""

    unreadable: list[Unreadable]


class EffectAnswer(Envelope):
    """``pnetref side-effects EFFECT``."""

    effect: Effect
    reported_for: list[ReportedFor]
    as_sign_of: list[SignOf]
    kinds: list[KindOfEffect]
    near: list[NearEffect]
    incomplete: list[IncompleteList]


ClassReports = TypedDict("ClassReports", {"class": Id, "reports": list[Report]})
"""What is said of one side effect of a class."""


class PartReports(TypedDict):
    """What is said of one side effect of a part of a combination."""

    part: Id
    reports: list[Report]


class KindReports(TypedDict):
    """What is said of one side effect of what a treatment is a kind of."""

    kind_of: Id
    reports: list[Report]


class OwnSignOf(TypedDict):
    """The effect of which another one is a sign, or which is near another one."""

    effect: Id
    reports: list[Report]


class SubjectEffectAnswer(Envelope):
    """``pnetref side-effects TREATMENT EFFECT``."""

    subject: Subject
    effect: Effect
    reports: list[Report]
    class_reports: list[ClassReports]
    part_reports: list[PartReports]
    kind_reports: list[KindReports]
    as_sign_of: list[OwnSignOf]
    kinds: list[OwnSignOf]
    near: list[OwnSignOf]
    marks_serious: bool
    lists_effects: bool
    lost: list[Unreadable]


class VocabularyAnswer(Head):
    """``pnetref side-effects``: here ``effects`` is the payload, a list."""

    effects: list[Effect]


# --- references --------------------------------------------------------------------------------


class Dates(TypedDict):
    """The dates of a source, as exact as they are known."""

    published: Date | None
    revised: Date | None
    reviewed: Date | None
    review_due: Date | None
    read: Date | None


class Reference(TypedDict):
    """A source as a reference; ``at`` holds the places that a named treatment, trial or fact cites.

    ``facts`` counts the statements that rest on it; ``own`` marks what the reference is built on.
    """

    id: Id
    kind: SourceKind
    csl: dict[str, Any]
    dates: Dates
    state: State
    superseded_by: tuple[Superseded, ...]
    listed_by: tuple[Citation, ...]
    facts: int
    at: list[Text]
    note: str | None
    reference: Text
    own: bool


class CiteAnswer(Envelope):
    """``pnetref cite``."""

    references: list[Reference]


# --- the guide ---------------------------------------------------------------------------------


class Question(TypedDict):
    """A question for the next appointment; without citations it rests on a silence."""

    text: Text
    field: Aspect
    cites: list[Citation]


class TopicAnswer(Envelope):
    """``pnetref guide TOPIC``."""

    topic: Topic


class TopicsAnswer(Envelope):
    """``pnetref guide``."""

    topics: list[Topic]


class QuestionsAnswer(Envelope):
    """``pnetref guide questions NAME``."""

    subject: Subject
    questions: list[Question]


# --- search ------------------------------------------------------------------------------------


class Hit(TypedDict):
    """One result: the record, the field and text that match, the words that matched, and the command that opens it.

    ``region`` is where a label's word holds, None where it is not bound to one; ``short`` is the text in few words.
    """

    kind: Text
    id: Id
    name: Text
    field: Text
    text: Text
    matched: list[Text]
    region: Text | None
    short: Text | None
    command: Text
    cites: list[Citation]


class PartnerGroup(TypedDict):
    """A group that labels name, in which a document counts a partner."""

    id: Id
    name: Text
    cites: list[Citation]


class PartnerFound(TypedDict):
    """Something that drugs interact with: how many entries name it, and the groups that are said to hold it."""

    id: Id
    kind: Text
    name: Text
    entries: int
    groups: list[PartnerGroup]


class SearchAnswer(Envelope):
    """``pnetref search WORDS``.

    ``read_as`` tells which words were read as another spelling, ``set_aside`` which were left out because no
    place holds them with the others, ``partners`` which name what drugs meet;
    ``answered_by`` is the command that answers words that are names and parts; ``urgent`` tells of words for what
    people are told to call about at once.
    """

    results: list[Hit]
    read_as: dict[str, Text]
    set_aside: list[Text]
    partners: list[PartnerFound]
    answered_by: str | None
    urgent: bool


# --- trials ------------------------------------------------------------------------------------


class TrialAnswer(Envelope):
    """``pnetref trial NAME``."""

    trial: Trial


class TrialsAnswer(Envelope):
    """``pnetref trial``; ``filters`` are those that were given."""

    trials: list[Trial]
    filters: dict[str, Text]


# --- settings and errors ----------------------------------------------------------------------


class TableWritten(TypedDict):
    """A table of an export, and the number of its rows."""

    name: Text
    rows: int


class ExportAnswer(TypedDict):
    """``pnetref export``: the folder, and the tables in it; their states are those of the day ``as_of``."""

    path: Text
    data_version: Text
    as_of: Text
    notice: Text
    tables: list[TableWritten]


class SettingInUse(TypedDict):
    """The value of a setting, and where it comes from."""

    key: Text
    value: Text
    origin: Literal["flag", "environment", "file", "default"]


class SettingsAnswer(TypedDict):
    """``pnetref config`` and its commands."""

    settings: dict[str, SettingInUse]
    path: Text


class Error(TypedDict):
    """What went wrong: a code for programs, a line for people, and names that are spelled alike."""

    code: Literal["no_match", "ambiguous", "usage", "data", "settings", "output"]
    message: Text
    suggestions: list[Text]


class ErrorAnswer(TypedDict):
    """What stands on stderr where a command with ``--json`` fails; stdout is empty then."""

    error: Error


class LineErrorAnswer(ErrorAnswer):
    """The line of a name that was not answered: what went wrong, and what was typed."""

    typed: Text


ANSWERS = (
    DrugAnswer,
    DrugsAnswer,
    TreatmentCardAnswer,
    TreatmentsAnswer,
    SettingAnswer,
    CompareAnswer,
    SideEffectsAnswer,
    EffectAnswer,
    SubjectEffectAnswer,
    VocabularyAnswer,
    CiteAnswer,
    TopicAnswer,
    TopicsAnswer,
    QuestionsAnswer,
    SearchAnswer,
    TrialAnswer,
    TrialsAnswer,
    ExportAnswer,
    SettingsAnswer,
    ErrorAnswer,
    LineErrorAnswer,
)
"""Every answer of ``--json``."""
