"""The schema of the data: frozen Pydantic models, closed lists and labels, and nothing else.

Every module knows this one; this one knows none of them.
"""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""Lower-case kebab-case; equals the file name of the record; never changes once shipped."""

Date = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
"""An ISO date, as exact as it is known: ``2011``, ``2025-03`` or ``2025-03-29``."""

Text = Annotated[str, Field(min_length=1)]

FactField = Literal[
    # what it is and how it is taken or done
    "definition",
    "mechanism",
    "target",
    "route",
    "form",
    "schedule",
    "dose",
    "duration",
    "food",
    "technique",
    "place_of_care",
    "anesthesia",
    # who it is for and when
    "purpose",
    "indication",
    "eligibility",
    "line_of_therapy",
    "preference",
    "combination",
    "approval",
    "other_use",
    "research",
    # what comes of it
    "outcome",
    "figure",
    "advantage",
    "drawback",
    "recovery",
    # care and safety
    "side_effect_course",
    "warning",
    "urgent",
    "contraindication",
    "caution",
    "pregnancy",
    "contraception",
    "breastfeeding",
    "fertility",
    "interaction",
    "monitoring",
    "management",
    "dose_change",
    "pause",
    "missed_dose",
    "renal",
    "hepatic",
    "gene_test",
    "handling",
    "caregiver_safety",
    "self_administration",
    "vaccination",
    "not_interchangeable",
    # settings and topics
    "symptom",
    "factor",
    "team_role",
    "sequence",
    "uncertainty",
    "decision",
    "support",
    "contact",
    "disclaimer",
]
"""What a fact is about, in the order in which a card shows it."""

Aspect = FactField | Literal["side_effects"]
"""What a record can be silent about."""

Scope = Literal[
    "pnet",
    "gep-net",
    "net",
    "nec",
    "gep-nec",
    "midgut-net",
    "carcinoid-syndrome",
    "gastrinoma",
    "insulinoma",
    "glucagonoma",
    "vipoma",
    "vhl",
    "pancreatic-cancer",
    "cancer",
    "any-use",
    "volunteers",
]
"""The condition that a statement was made of; never narrowed to pNET."""

Stance = Literal["stated", "denied", "not_known", "not_applicable"]
Frequency = Literal[
    "very_common", "most_common", "common", "uncommon", "less_common", "rare", "very_rare", "unspecified"
]
Scale = Literal["prose", "label"]
Kind = Literal["drug", "drug-class", "combination", "procedure", "radiation", "support"]
Qualifier = Literal["exactly", "about", "at_least", "at_most", "less_than", "more_than"]
Unit = Literal[
    "%",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
    "years",
    "cm",
    "mm",
    "mg",
    "micrograms",
    "g",
    "GBq",
    "MBq",
    "mCi",
    "million units",
    "mg per square meter",
    "mg per kg",
    "people",
    "trials",
    "times",
    "times a day",
    "times a week",
    "days a week",
    "cycles",
    "procedures a year",
    "ratio",
    "per 100 person-years",
]
NameKind = Literal["generic", "brand", "salt", "abbreviation", "synonym", "former", "code"]
SourceKind = Literal[
    "patient information",
    "article",
    "review",
    "abstract",
    "trial report",
    "guideline",
    "appraisal",
    "label",
    "regulator notice",
    "register",
    "database",
    "book chapter",
    "web page",
]
BodyGroup = Literal[
    "blood",
    "heart and vessels",
    "lungs",
    "gut",
    "liver and gallbladder",
    "kidneys",
    "skin and hair",
    "mouth",
    "hormones and sugar",
    "nerves",
    "muscles and joints",
    "whole body",
    "pregnancy and fertility",
    "injection or infusion",
]
Assessor = Literal["investigator", "central", "blinded central", "regulator", "not stated"]
Analysis = Literal["primary", "interim", "final", "update", "subgroup", "post hoc", "not stated"]
Measure = Literal[
    "progression-free survival",
    "time to progression",
    "overall survival",
    "overall survival, adjusted for crossover",
    "objective response",
    "complete response",
    "disease control",
    "duration of response",
    "stable disease",
    "progression-free at 6 months",
    "progression-free at 12 months",
    "progression-free at 18 months",
    "progression-free at 20 months",
    "progression-free at 24 months",
    "alive at 6 months",
    "alive at 12 months",
    "alive at 24 months",
    "alive at 36 months",
    "alive at 60 months",
    "deaths during the trial or soon after",
]


class Model(BaseModel):
    """Frozen, closed, and built only when first used."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Citation(Model):
    """One place in one source that was read."""

    source: Id
    at: Text


class Link(Model):
    """A cited link to another record: a class, a parent, a setting."""

    id: Id
    cites: tuple[Citation, ...]


class Name(Model):
    """A name that is shown, and the place that prints it; ``use`` where a brand is for another disease."""

    text: Text
    kind: NameKind
    use: str | None = None
    cites: tuple[Citation, ...]


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


class Fact(Model):
    """One statement, in this project's words, and the places that make it.

    ``value`` is a controlled term where a list is filtered on it: one route, form or target a fact.
    """

    field: FactField
    text: Text
    value: str | None = None
    scope: Scope
    stance: Stance = "stated"
    figures: tuple[Figure, ...] = ()
    cites: tuple[Citation, ...]


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


class Dose(Model):
    """A dose and schedule as a label or a trial gives it: information, never a prescription."""

    text: Text
    use: Text
    scope: Scope
    basis: Literal["label", "trial", "guideline", "register", "article"]
    trial: Id | None = None
    figures: tuple[Figure, ...] = ()
    cites: tuple[Citation, ...]


class Approval(Model):
    """What a regulator or an appraisal body decided, for whom, and when."""

    regulator: Text
    region: Text
    brand: str | None = None
    indication: Text
    limits: str | None = None
    scope: Scope
    date: Date | None = None
    status: Literal[
        "approved",
        "accelerated approval",
        "conditional approval",
        "recommended",
        "recommended with conditions",
        "not recommended",
        "withdrawn",
        "application withdrawn",
        "refused",
        "under review",
        "not approved",
    ]
    asked_by: str | None = None
    cites: tuple[Citation, ...]


class Identifier(Model):
    """A code of another system as a CURIE (``atc:L01EX01``), and where it was confirmed."""

    curie: Annotated[str, Field(pattern=r"^[a-z0-9.]+:\S+$")]
    cites: tuple[Citation, ...]


class Unreadable(Model):
    """An aspect that our damaged copy of a source may speak of, at the place of the damage."""

    aspect: Aspect
    source: Id
    at: Text


class Treatment(Model):
    """Anything that treats: a drug, a class, a combination, a procedure, radiation, a support.

    ``search_terms`` are ours, uncited, and never displayed. ``trials`` are ids of trial records.
    ``note`` says what a name wider than the record stands for here. ``not_stated`` is what is
    expected of the kind (``EXPECTED``) and absent here: computed when packaged, and checked.
    """

    id: Id
    kind: Kind
    name: Text
    note: str | None = None
    names: tuple[Name, ...]
    search_terms: tuple[str, ...] = ()
    classes: tuple[Link, ...] = ()
    parents: tuple[Link, ...] = ()
    settings: tuple[Link, ...] = ()
    facts: tuple[Fact, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    doses: tuple[Dose, ...] = ()
    approvals: tuple[Approval, ...] = ()
    trials: tuple[Id, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    not_stated: tuple[Aspect, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class Setting(Model):
    """A tumor type or a situation that is treated; ``caution`` is shown above its treatments."""

    id: Id
    name: Text
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


class Result(Model):
    """One measure of a trial, as one assessor read it, in one analysis of one set of people."""

    measure: Measure
    unit: Unit
    assessor: Assessor
    analysis: Analysis
    cutoff: Date | None = None
    population: Text
    arms: tuple[ArmResult, ...]
    estimate: Estimate | None = None
    p: PValue | None = None
    note: str | None = None
    cites: tuple[Citation, ...]


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
    cites: tuple[Citation, ...]


class Gap(Model):
    """What our copy of a source has lost, and where."""

    at: Text
    missing: Text


class Superseded(Model):
    """The newer edition of a source, and the places of the older one that it replaces (none: all)."""

    source: Id
    places: tuple[str, ...] = ()


class Source(Model):
    """A document that was read, or a work that another lists (``read`` is null: nothing may cite it).

    ``csl`` is the bibliographic record in CSL-JSON and the only home of DOI, PMID and URL.
    ``undated`` names the places for which the document prints no date of their own.
    ``reference`` is the formatted text, generated when the data is packaged.
    """

    id: Id
    kind: SourceKind
    publisher: Text
    published: Date | None = None
    revised: Date | None = None
    reviewed: Date | None = None
    review_due: Date | None = None
    read: Date | None = None
    places: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    superseded_by: tuple[Superseded, ...] = ()
    listed_by: tuple[Citation, ...] = ()
    note: str | None = None
    csl: dict[str, Any]
    reference: str = ""


class Effect(Model):
    """A side effect in this project's vocabulary, in plain and in clinical words.

    ``synonyms`` are US, UK and everyday words that find it; ``broader`` and ``near`` are ids of effects
    that are wider, or easily confused and kept apart.
    """

    id: Id
    name: Text
    clinical_name: Text
    synonyms: tuple[str, ...] = ()
    broader: tuple[Id, ...] = ()
    near: tuple[Id, ...] = ()
    group: BodyGroup


class Vocabulary(Model):
    """The file of side effects."""

    effects: tuple[Effect, ...]


class IndexEntry(Model):
    """What the name index knows of a record, so that a look-up opens no other file.

    ``clinical_name`` is an effect's; ``members`` are the ids of the records that name this one as
    their class or parent; ``cited`` counts the facts, names, links and reports that rest on a source.
    """

    kind: Text
    name: Text
    clinical_name: str | None = None
    members: tuple[Id, ...] = ()
    cited: int = 0


class Index(Model):
    """The generated name index: every record, and every normalized name with what it opens.

    Keys of ``records`` and values of ``names`` are written ``type/id``.
    """

    schema_version: int
    data_version: Text
    notice: Text
    records: dict[str, IndexEntry]
    names: dict[str, tuple[str, ...]]


FIELDS: tuple[str, ...] = get_args(FactField)
FREQUENCIES: tuple[str, ...] = get_args(Frequency)
SCOPES: tuple[str, ...] = get_args(Scope)
MEASURES: tuple[str, ...] = get_args(Measure)
KINDS: tuple[str, ...] = get_args(Kind)
BODY_GROUPS: tuple[str, ...] = get_args(BodyGroup)

EXPECTED: dict[str, tuple[str, ...]] = {
    "drug": (
        "mechanism",
        "route",
        "form",
        "schedule",
        "dose",
        "duration",
        "food",
        "indication",
        "line_of_therapy",
        "contraindication",
        "pregnancy",
        "contraception",
        "breastfeeding",
        "fertility",
        "interaction",
        "monitoring",
        "missed_dose",
        "renal",
        "hepatic",
        "side_effects",
    ),
    "drug-class": (
        "mechanism",
        "route",
        "indication",
        "line_of_therapy",
        "pregnancy",
        "fertility",
        "interaction",
        "monitoring",
        "side_effects",
    ),
    "combination": ("schedule", "dose", "indication", "pregnancy", "interaction", "monitoring", "side_effects"),
    "procedure": ("technique", "purpose", "indication", "anesthesia", "outcome", "recovery", "side_effects"),
    "radiation": ("technique", "indication", "schedule", "pregnancy", "fertility", "side_effects"),
    "support": ("purpose", "indication"),
}
"""What a reader expects of each kind; what is absent of it is printed as not stated."""
