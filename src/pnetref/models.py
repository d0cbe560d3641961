"""The records of the data: frozen Pydantic models made of the terms of ``terms.py``.

Every module but that one knows this one; this one knows no other. It is long because the schema is.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from pnetref.terms import (
    Action,
    Analysis,
    Aspect,
    Assessor,
    Basis,
    BodyGroup,
    Change,
    Decision,
    Document,
    FactField,
    Frequency,
    Kind,
    Measured,
    NameKind,
    PartnerKind,
    Qualifier,
    ReasonKind,
    Scale,
    Scope,
    SourceKind,
    Stance,
    Unit,
)

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Lower-case kebab-case; equals the file name of the record; never changes once shipped."""

Date = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
"""An ISO date, as exact as it is known: ``2011``, ``2025-03`` or ``2025-03-29``."""

Text = Annotated[str, Field(min_length=1)]

Short = Annotated[str, Field(min_length=1, max_length=60)]
"""A statement in at most 60 characters, with its country, hedge, negation, figure and people."""


class Model(BaseModel):
    """Frozen, closed, and built only when first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def with_more(self, more: dict[str, Any]) -> dict[str, Any]:
        """Give all its fields and those of ``more`` behind them."""
        return {**dict(self), **more}


class Citation(Model):
    """One place in one source that was read."""

    source: Id
    at: Text


Cites = Annotated[tuple[Citation, ...], Field(min_length=1)]
"""The places that make a statement: at least one."""


class Statement(Model):
    """Anything that a source says: it has the places that say it, always."""

    if TYPE_CHECKING:  # each declares it as its own last field, in the order in which records are stored
        cites: tuple[Citation, ...]


class Link(Statement):
    """A cited link to another record: a class, a parent, a setting."""

    id: Id
    cites: Cites


class Name(Statement):
    """A name that is shown, and the place that prints it; ``use`` where a brand is for another disease."""

    text: Text
    kind: NameKind
    use: str | None = None
    cites: Cites


class Figure(Model):
    """A number with a unit: a value, or bounds, and what it was measured on.

    ``of`` says what is measured; ``n`` is the number of people, ``comparator`` what it is set against.
    """

    of: Text
    value: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier = "exactly"
    unit: Unit
    n: int | None = None
    comparator: str | None = None
    population: str | None = None
    analysis: str | None = None
    trial: Id | None = None


class Fact(Statement):
    """One statement, in this project's words, and the places that make it.

    ``short`` is the same statement in at most 60 characters, null where that cannot be true. ``value`` is a
    controlled term where a list is filtered on it: one route, form or target a fact. ``region`` is where
    the documents hold that are cited, null where they are bound to none: computed when packaged.
    """

    field: FactField
    text: Text
    short: Short | None = None
    value: str | None = None
    scope: Scope
    region: str | None = None
    stance: Stance = "stated"
    figures: tuple[Figure, ...] = ()
    cites: Cites


class Rate(Model):
    """How many people had a side effect, in one arm of one trial or label table.

    ``value`` is in ``unit`` (percent of ``n``); ``comparator_value`` is the same figure in ``comparator``.
    """

    value: float
    unit: Unit = "%"
    qualifier: Qualifier = "exactly"
    grade: Text
    arm: Text
    n: int | None = None
    comparator: str | None = None
    comparator_value: float | None = None
    comparator_n: int | None = None
    attribution: Literal["any cause", "drug-related", "not stated"]
    population: str | None = None
    trial: Id | None = None


class Report(Model):
    """What one source says of one side effect, for one population.

    ``wording`` and ``graded_as`` are the source's own terms; ``frequency`` is the normalized grade on
    ``scale``; ``serious`` is null where the source does not say; ``signs`` are ids of effects that the
    source names as a sign or a consequence of this one.
    """

    source: Id
    at: Text
    scope: Scope
    wording: Text
    graded_as: str | None = None
    frequency: Frequency = "unspecified"
    scale: Scale = "prose"
    serious: bool | None = None
    signs: tuple[Id, ...] = ()
    rates: tuple[Rate, ...] = ()


class SideEffect(Model):
    """A side effect of one treatment, with a report for each source, place and population."""

    effect: Id
    reports: tuple[Report, ...]


class Dose(Statement):
    """A dose and schedule as a label or a trial gives it: information, never a prescription."""

    text: Text
    short: Short | None = None
    use: Text
    scope: Scope
    region: str | None = None
    basis: Basis
    trial: Id | None = None
    figures: tuple[Figure, ...] = ()
    cites: Cites


class With(Model):
    """What a drug interacts with: an id of ``partners.json`` or of a treatment, and the label's own term."""

    kind: PartnerKind
    id: Id
    wording: Text


class Interaction(Statement):
    """What a document says of a drug together with something else.

    ``effect`` is what happens; ``action`` is what the document does about it, ``action_as`` its own words;
    ``timing`` says how long before or after, ``dose_change`` what becomes of a dose; ``boxed`` tells
    whether it stands in a boxed warning.
    """

    with_: Annotated[With, Field(alias="with")]
    effect: str | None = None
    action: Action
    action_as: Text
    timing: str | None = None
    dose_change: str | None = None
    boxed: bool = False
    text: Text
    short: Short | None = None
    scope: Scope
    region: str | None = None
    figures: tuple[Figure, ...] = ()
    cites: Cites


class Check(Statement):
    """A test that a document asks for: when, and what for."""

    test: Text
    when: str | None = None
    purpose: str | None = None
    text: Text
    short: Short | None = None
    scope: Scope
    region: str | None = None
    figures: tuple[Figure, ...] = ()
    cites: Cites


class DoseChange(Statement):
    """What becomes of a dose for a reason: an effect and its grade, an organ, an interaction, a laboratory value.

    ``from`` and ``to`` are doses, ``until`` ends a pause, ``indication`` is the disease that it is said of.
    """

    reason: Text
    reason_kind: ReasonKind
    effect: Id | None = None
    action: Change
    from_: Annotated[str | None, Field(alias="from")] = None
    to: str | None = None
    until: str | None = None
    indication: str | None = None
    text: Text
    short: Short | None = None
    scope: Scope
    region: str | None = None
    figures: tuple[Figure, ...] = ()
    cites: Cites


class Approval(Statement):
    """What a regulator or an appraisal body decided, for whom, and when."""

    regulator: Text
    region: Text
    brand: str | None = None
    indication: Text
    limits: str | None = None
    scope: Scope
    date: Date | None = None
    status: Decision
    asked_by: str | None = None
    cites: Cites


class Identifier(Statement):
    """A code of another system as a CURIE (``atc:L01EX01``), and where it was confirmed."""

    curie: Annotated[str, Field(pattern=r"^[a-z0-9.]+:\S+$")]
    cites: Cites


class Unreadable(Model):
    """An aspect that our damaged copy of a source may speak of, at the place of the damage."""

    aspect: Aspect
    source: Id
    at: Text


class NotRead(Model):
    """An aspect on which a document has a section that nobody here has read.

    ``source`` is null where no label of the drug was read at all; ``in_part`` where another document on it was.
    """

    aspect: Aspect
    source: Id | None = None
    in_part: bool = False


class Treatment(Model):
    """Anything that treats: a drug, a class, a combination, a procedure, radiation, a support.

    ``search_terms`` are ours, uncited, and never displayed, nor are ``other_products``: names of other products of
    the substance, in another form or for another use, which open it and are told so. ``trials`` are ids of trial records.
    ``note`` says what a name wider than the record stands for here. ``not_stated`` and ``not_read`` are
    what is expected of the kind (``terms.EXPECTED``) and absent here, the latter where a section on it was
    not read: computed when packaged, and checked.
    """

    id: Id
    kind: Kind
    name: Text
    note: str | None = None
    names: tuple[Name, ...]
    search_terms: tuple[str, ...] = ()
    other_products: tuple[str, ...] = ()
    classes: tuple[Link, ...] = ()
    parents: tuple[Link, ...] = ()
    settings: tuple[Link, ...] = ()
    facts: tuple[Fact, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    doses: tuple[Dose, ...] = ()
    approvals: tuple[Approval, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    checks: tuple[Check, ...] = ()
    dose_changes: tuple[DoseChange, ...] = ()
    trials: tuple[Id, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    not_stated: tuple[Aspect, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class Setting(Model):
    """A tumor type or a situation that is treated; ``caution`` is shown above its treatments.

    ``scope`` is the condition of the statements that are of the setting itself.
    """

    id: Id
    name: Text
    scope: Scope
    names: tuple[Name, ...]
    search_terms: tuple[str, ...] = ()
    parents: tuple[Link, ...] = ()
    caution: tuple[Fact, ...] = ()
    facts: tuple[Fact, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class Topic(Model):
    """A subject of the guide: decision factors, the care team, sequencing, help."""

    id: Id
    name: Text
    search_terms: tuple[str, ...] = ()
    facts: tuple[Fact, ...]
    unreadable: tuple[Unreadable, ...] = ()


class Arm(Model):
    """An arm of a trial; ``n`` is the number of people assigned to it."""

    id: Id
    name: Text
    treatments: tuple[Id, ...] = ()
    dose: str | None = None
    n: int | None = None


class ArmResult(Model):
    """The result of one arm: ``value`` in the unit of the result, null where it was not reached.

    ``low`` and ``high`` bound the interval at ``level`` percent confidence.
    """

    arm: Id
    n: int | None = None
    value: float | None = None
    reached: bool = True
    low: float | None = None
    high: float | None = None
    high_reached: bool = True
    level: float | None = None


class Estimate(Model):
    """A comparison of two arms, a hazard ratio unless ``kind`` says otherwise."""

    kind: Literal["hazard ratio", "odds ratio", "difference"] = "hazard ratio"
    value: float
    low: float | None = None
    high: float | None = None
    level: float | None = None


class PValue(Model):
    """A p value with the operator that the document prints."""

    operator: Literal["=", "<", ">", "<=", ">="]
    value: float
    sided: Literal["one-sided", "two-sided"] | None = None


class Result(Statement):
    """One measure of a trial, as one assessor read it, in one analysis of one set of people."""

    measure: Measured
    unit: Unit
    assessor: Assessor
    analysis: Analysis
    cutoff: Date | None = None
    population: Text
    arms: tuple[ArmResult, ...]
    estimate: Estimate | None = None
    p: PValue | None = None
    note: str | None = None
    cites: Cites


class Trial(Model):
    """A trial with its design, its people and its results.

    ``population`` is said before any number; ``pancreatic_n`` of ``n`` people had a pancreatic primary;
    ``progressing`` tells whether the disease had to be progressing at entry (null: not stated).
    """

    id: Id
    name: Text
    names: tuple[Name, ...]
    search_terms: tuple[str, ...] = ()
    registry: tuple[Identifier, ...]
    phase: Literal["1", "1/2", "1b", "2", "3", "4", "retrospective"] | None
    design: Text
    population: Text
    scope: Scope
    n: int | None = None
    pancreatic_n: int | None = None
    progressing: bool | None
    comparative: bool
    arms: tuple[Arm, ...]
    primary_endpoint: Text
    facts: tuple[Fact, ...] = ()
    results: tuple[Result, ...]
    cites: Cites


class Gap(Model):
    """What our copy of a source has lost, and where."""

    at: Text
    missing: Text


class Superseded(Model):
    """The newer edition of a source, and the places of the older one that it replaces (none: all)."""

    source: Id
    places: tuple[str, ...] = ()


class Edition(Model):
    """An edition of a document that is known and was not read."""

    revised: Date | None = None
    note: Text


class Source(Model):
    """A document that was read, or a work that another lists (``read`` is null: nothing may cite it).

    ``csl`` is the bibliographic record in CSL-JSON and the only home of DOI, PMID and URL.
    ``label`` is its unique short name; ``document`` says which sections it has, ``about`` of which treatment
    it is the label, ``region`` where its word holds. ``extent`` is how much of it was read: whole, or these
    places. ``newer`` are editions known and not read, ``checked`` the day on which somebody looked for one
    and found none. ``undated`` names the places for which the document prints no date of their own.
    ``reference`` is the formatted text, generated when the data is packaged.
    """

    id: Id
    kind: SourceKind
    label: Annotated[str, Field(min_length=1, max_length=24)] | None = None
    document: Document | None = None
    about: Id | None = None
    region: str | None = None
    publisher: Text
    published: Date | None = None
    revised: Date | None = None
    reviewed: Date | None = None
    review_due: Date | None = None
    read: Date | None = None
    places: tuple[str, ...] = ()
    extent: Literal["whole"] | tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    newer: tuple[Edition, ...] = ()
    checked: Date | None = None
    superseded_by: tuple[Superseded, ...] = ()
    listed_by: tuple[Citation, ...] = ()
    note: str | None = None
    csl: dict[str, Any]
    reference: str = ""


class Effect(Model):
    """A side effect in this project's vocabulary, in plain and in clinical words.

    ``synonyms`` are US, UK and everyday words that find it, ``narrower`` words for a kind of it; ``broader`` and
    ``near`` are ids of effects that are wider, or easily confused and kept apart. ``urgent`` marks what people are
    told to call about at once: the line on emergencies comes first. An effect without a report is here so that its
    word is answered.
    """

    id: Id
    name: Text
    clinical_name: Text
    synonyms: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    broader: tuple[Id, ...] = ()
    near: tuple[Id, ...] = ()
    group: BodyGroup
    urgent: bool = False


class Membership(Model):
    """What a document counts in a group: another partner, or a treatment."""

    id: Id
    cites: Cites


class Partner(Model):
    """What drugs interact with, under the names that people know: ``members`` are what a label counts in a group."""

    id: Id
    kind: PartnerKind
    name: Text
    names: tuple[str, ...] = ()
    members: tuple[Membership, ...] = ()


class Partners(Model):
    """The file of partners."""

    partners: tuple[Partner, ...]


class Vocabulary(Model):
    """The file of side effects, and of the words that people use for them.

    ``families`` are words that mean the same in every effect, ``small`` words say nothing, ``soft`` ones are left
    out where the phrase is not known with them.
    """

    small: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    families: tuple[tuple[Text, ...], ...] = ()
    effects: tuple[Effect, ...]


class Regimen(Model):
    """A regimen that has no record: its names, the ids of its drugs that are here, the names of those that are not."""

    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    parts: Annotated[tuple[Id, ...], Field(min_length=1)]
    also: tuple[Text, ...] = ()


class Manifest(Model):
    """What holds of the data as a whole.

    ``own_sources`` are the documents that the reference is built on, ``look_alikes`` names of different drugs that
    are easily mixed up, ``regimens`` those that have no record.
    """

    schema_version: Literal[1]
    data_version: Annotated[str, Field(pattern=r"^\d{4}\.\d\d\.\d\d$")]
    notice: Text
    own_sources: tuple[Id, ...]
    look_alikes: tuple[tuple[Text, ...], ...]
    regimens: tuple[Regimen, ...]
