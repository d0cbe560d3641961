"""The tables of an export, declared once: what the CSV, the JSON Lines, datapackage.json and docs/data.md are made of.

A column that names a row of another table has the name of that table's key wherever it can, so that tables
join with ``USING``. The module is long because every column of every table is here, with what it means.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from pnetref.terms import (
    ACTIONS,
    ASPECTS,
    ASSESSORS,
    BODY_GROUPS,
    CHANGES,
    DOCUMENTS,
    FIELDS,
    FREQUENCIES,
    KINDS,
    MEASURES,
    SCOPES,
    STANCES,
    Analysis,
    Basis,
    Decision,
    NameKind,
    PartnerKind,
    Qualifier,
    ReasonKind,
    Scale,
    SourceKind,
    State,
    Unit,
)

Type = Literal["string", "integer", "number", "boolean", "object"]
"""The types of the Table Schema that are used; an object is JSON."""


class Column(NamedTuple):
    """A column: its name, what stands in it, its type, the unit of a number, and the only terms that it takes.

    ``empty`` tells that it may have no value: an empty cell in CSV, null in JSON.
    """

    name: str
    text: str
    type: Type = "string"
    unit: str | None = None
    terms: tuple[str, ...] = ()
    empty: bool = False


class Link(NamedTuple):
    """A foreign key: the columns that hold the key of a row of ``table``."""

    columns: tuple[str, ...]
    table: str


class Table(NamedTuple):
    """A table: its name, what a row of it is, its columns, the columns that are its key, and its foreign keys."""

    name: str
    text: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()


def _link(column: str, table: str) -> Link:
    return Link((column,), table)


def _terms(literal: object) -> tuple[str, ...]:
    return get_args(literal)


RECORD_TYPES = ("treatment", "setting", "topic", "trial", "partner")
"""What a record of the table ``records`` is."""

STATEMENTS = ("fact", "caution", "dose", "approval", "interaction", "check", "dose_change")
"""The kinds of statement that have a text of our own."""

CITED = ("name", "class", "parent", "setting", "member", "identifier", "result", "trial")
"""The kinds of statement besides: names, links, codes and numbers that a source gives."""

SILENCES = ("not_stated", "not_read", "unreadable")
"""The silences that have rows; what a source denies or calls not known is a statement with that stance."""

PLACE = Link(("source", "place"), "places")
"""The place in a source that says it."""

STATE = "State of that place on the day of the export."
DATE = "ISO, as exact as known: 2011, 2025-03 or 2025-03-29."

POSITION = Column("position", "Order in the record, from 1. Not a key: it changes where something is added.", "integer")
STATEMENT = Column("statement", "Key of the statement.")
SCOPE = Column("scope", "The condition that it was said of, never narrowed.", terms=tuple(SCOPES))
NUMBER = Column("value", "The number.", "number", "as in the column unit", empty=True)
LOW = Column("low", "Lower bound.", "number", "as in the column unit", empty=True)
HIGH = Column("high", "Upper bound.", "number", "as in the column unit", empty=True)
LEVEL = Column("level", "Confidence level of the interval from low to high.", "number", "%", empty=True)
UNIT = Column("unit", "Unit of the numbers of the row.", terms=_terms(Unit))
QUALIFIER = Column("qualifier", "How exact the number is.", terms=_terms(Qualifier))
PEOPLE = Column("n", "Number of people.", "integer", "people", empty=True)

TABLES: tuple[Table, ...] = (
    Table(
        "records",
        "What statements are made of: its id, type and name.",
        (
            Column("record", "Id, the same in every version of the data."),
            Column("type", "Which table has the rest of it.", terms=RECORD_TYPES),
            Column("kind", "Kind of a treatment or a partner; of others their type."),
            Column("name", "Displayed name."),
        ),
        ("record",),
    ),
    Table(
        "treatments",
        "What treats: a drug, a class, a procedure, a support.",
        (
            Column("treatment", "Id, as in records."),
            Column("kind", "What kind of treatment it is.", terms=tuple(KINDS)),
            Column("name", "Displayed name."),
            Column("note", "What a name wider than the record stands for here.", empty=True),
        ),
        ("treatment",),
        (_link("treatment", "records"),),
    ),
    Table(
        "settings",
        "A tumor type or a situation that is treated.",
        (Column("setting", "Id, as in records."), Column("name", "Displayed name."), SCOPE),
        ("setting",),
        (_link("setting", "records"),),
    ),
    Table(
        "topics",
        "A subject of the guide.",
        (Column("topic", "Id, as in records."), Column("name", "Displayed name.")),
        ("topic",),
        (_link("topic", "records"),),
    ),
    Table(
        "search_terms",
        "A word of ours that finds a record; no source says it.",
        (
            Column("record", "Record that it opens."),
            Column(
                "kind",
                "Another word for it, or the name of another product of the substance.",
                terms=("search_term", "other_product"),
            ),
            Column("text", "The word."),
            POSITION,
        ),
        ("record", "kind", "text"),
        (_link("record", "records"),),
    ),
    # --- what is stated ------------------------------------------------------------------------
    Table(
        "statements",
        "What a source says; citations has its places.",
        (
            STATEMENT._replace(text="Key: record, kind, field and a digest of what is said."),
            Column("record", "Record that it is said of."),
            Column("kind", "Kind of statement: which table has its further columns.", terms=(*STATEMENTS, *CITED)),
            Column(
                "field", "What a fact, or what the list of the statement, is about.", terms=tuple(FIELDS), empty=True
            ),
            POSITION._replace(text="Order in its list of the record, from 1. Not a key."),
            Column(
                "text", "The statement in our words; of a name the name, of a link the id, of a result the measure."
            ),
            Column("short", "The same in at most 60 characters, where that can be true.", empty=True),
            Column("value", "Term to filter on: one route, form or target a fact.", empty=True),
            SCOPE._replace(empty=True),
            Column("region", "Country or union in which the documents hold.", empty=True),
            Column("stance", "Whether a source states it, denies it, or says it is not known.", terms=tuple(STANCES)),
        ),
        ("statement",),
        (_link("record", "records"),),
    ),
    Table(
        "citations",
        "A place in a source that makes a statement.",
        (
            STATEMENT,
            Column("source", "Source that was read."),
            Column("place", "Place in that source."),
            Column("state", STATE, terms=_terms(State)),
            POSITION._replace(text="Order in the statement, from 1."),
        ),
        ("statement", "source", "place"),
        (_link("statement", "statements"), PLACE),
    ),
    Table(
        "figures",
        "A number that stands in a statement.",
        (
            STATEMENT,
            POSITION._replace(text="Order in the statement, from 1."),
            Column("measured", "What the number measures."),
            NUMBER,
            LOW,
            HIGH,
            QUALIFIER,
            UNIT,
            PEOPLE,
            Column("comparator", "What it is set against.", empty=True),
            Column("population", "Whom it was measured on.", empty=True),
            Column("analysis", "Which analysis gave it.", empty=True),
            Column("trial", "Trial that it comes from.", empty=True),
        ),
        ("statement", "position"),
        (_link("statement", "statements"), _link("trial", "trials")),
    ),
    Table(
        "doses",
        "A dose as a label or trial gives it; yours may differ.",
        (
            STATEMENT,
            Column("used_for", "For which disease and whom."),
            Column("basis", "What kind of document gives it.", terms=_terms(Basis)),
            Column("trial", "Trial that it was given in.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("trial", "trials")),
    ),
    Table(
        "approvals",
        "A decision of a regulator or an appraisal body.",
        (
            STATEMENT,
            Column("regulator", "Who decided."),
            Column("brand", "Product.", empty=True),
            Column("indication", "For what and whom."),
            Column("limits", "What the decision leaves out or asks for.", empty=True),
            Column("date", f"When. {DATE}", empty=True),
            Column("status", "What was decided.", terms=_terms(Decision)),
            Column("asked_by", "Who asked for a withdrawal.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"),),
    ),
    Table(
        "interactions",
        "What a document says of a drug with something else.",
        (
            STATEMENT,
            Column("partner", "What it is taken or done with: a partner or a treatment."),
            Column("partner_kind", "What kind of thing that is.", terms=_terms(PartnerKind)),
            Column("wording", "The document's own term for it."),
            Column("happens", "What happens, in words.", empty=True),
            Column("action", "What the document does about it.", terms=tuple(ACTIONS)),
            Column("action_as", "The document's own words for that."),
            Column("timing", "How long before or after.", empty=True),
            Column("dose_change", "What becomes of a dose.", empty=True),
            Column("boxed", "Whether it stands in a boxed warning.", "boolean"),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("partner", "records")),
    ),
    Table(
        "checks",
        "A test that a document asks for.",
        (
            STATEMENT,
            Column("test", "The test."),
            Column("when_done", "Before, how often, or after.", empty=True),
            Column("purpose", "What for.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"),),
    ),
    Table(
        "dose_changes",
        "What becomes of a dose for a reason.",
        (
            STATEMENT,
            Column("reason", "Why, in words."),
            Column("reason_kind", "What kind of reason.", terms=_terms(ReasonKind)),
            Column("effect", "Side effect that is the reason.", empty=True),
            Column("action", "What is done.", terms=tuple(CHANGES)),
            Column("from_dose", "Dose before.", empty=True),
            Column("to_dose", "Dose after.", empty=True),
            Column("until", "What ends a pause.", empty=True),
            Column("indication", "Disease that it is said of.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("effect", "effects")),
    ),
    Table(
        "names",
        "A displayed name that a source prints.",
        (
            STATEMENT,
            Column("record", "Record that it names."),
            Column("text", "The name."),
            Column("kind", "What kind of name.", terms=_terms(NameKind)),
            Column("used_for", "Disease for which a brand is sold, where it is another.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("record", "records")),
    ),
    Table(
        "links",
        "A class, a parent or a setting of a record.",
        (
            STATEMENT,
            Column("record", "Record that belongs."),
            Column("kind", "What the other is to it.", terms=("class", "parent", "setting")),
            Column("target", "Record that it belongs to."),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("record", "records"), _link("target", "records")),
    ),
    Table(
        "identifiers",
        "A code of another system for a treatment or a trial.",
        (
            STATEMENT,
            Column("record", "Record that has it."),
            Column("scheme", "System, as the prefix of a CURIE: atc, nct."),
            Column("code", "The code in it."),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("record", "records")),
    ),
    # --- what no source says -------------------------------------------------------------------
    Table(
        "silences",
        "What is expected and not known here; never a no.",
        (
            Column("silence", "Key: record, kind, aspect and a digest of source and place."),
            Column("record", "Record of which it is not known."),
            Column("kind", "Which silence.", terms=SILENCES),
            Column("aspect", "What is not known.", terms=tuple(ASPECTS)),
            Column("source", "Document with a section not read, or whose copy here is damaged.", empty=True),
            Column("place", "Place of the damage.", empty=True),
            Column("in_part", "Of not_read: whether another document on it was read.", "boolean", empty=True),
            POSITION,
        ),
        ("silence",),
        (_link("record", "records"), _link("source", "sources")),
    ),
    # --- side effects --------------------------------------------------------------------------
    Table(
        "effects",
        "A side effect in our own vocabulary.",
        (
            Column("effect", "Id, the same in every version of the data."),
            Column("name", "Plain name."),
            Column("clinical_name", "Clinical name."),
            Column("body_group", "Part of the body.", terms=BODY_GROUPS),
            Column("urgent", "Whether people are told to call about it at once.", "boolean"),
            POSITION._replace(text="Order in the vocabulary, from 1."),
        ),
        ("effect",),
    ),
    Table(
        "effect_words",
        "A word of ours that finds a side effect.",
        (
            Column("effect", "Side effect."),
            Column("kind", "The same, or a kind of it.", terms=("synonym", "narrower")),
            Column("word", "The word."),
            POSITION._replace(text="Order in the list, from 1."),
        ),
        ("effect", "kind", "word"),
        (_link("effect", "effects"),),
    ),
    Table(
        "effect_links",
        "A side effect that is wider, or easily confused.",
        (
            Column("effect", "Side effect."),
            Column("kind", "Whether the other is wider, or near and kept apart.", terms=("broader", "near")),
            Column("other", "The other side effect."),
            POSITION._replace(text="Order in the list, from 1."),
        ),
        ("effect", "kind", "other"),
        (_link("effect", "effects"), _link("other", "effects")),
    ),
    Table(
        "word_lists",
        "A word of the lists that help to read a side effect.",
        (
            Column("kind", "Says nothing; may be left out; means the same.", terms=("small", "soft", "family")),
            Column("list", "Number of the list: words of one family share it.", "integer"),
            POSITION._replace(text="Order in the list, from 1."),
            Column("word", "The word."),
        ),
        ("kind", "list", "position"),
    ),
    Table(
        "reports",
        "What one source says of a side effect of a treatment.",
        (
            Column("report", "Key: treatment, effect and a digest of source, place and words."),
            Column("treatment", "Treatment that it is reported for."),
            Column("effect", "Side effect."),
            Column("source", "Source that says it."),
            Column("place", "Place in that source."),
            Column("state", STATE, terms=_terms(State)),
            SCOPE,
            Column("wording", "The source's own term."),
            Column("graded_as", "The source's own words for how often.", empty=True),
            Column("frequency", "How often, normalized.", terms=tuple(FREQUENCIES)),
            Column("scale", "Prose, or bands that a label defines: not to be mixed.", terms=_terms(Scale)),
            Column(
                "serious", "Whether the source calls it serious; empty where it does not say.", "boolean", empty=True
            ),
            POSITION,
        ),
        ("report",),
        (_link("treatment", "treatments"), _link("effect", "effects"), PLACE),
    ),
    Table(
        "report_signs",
        "A sign of a side effect that the source names.",
        (
            Column("report", "Report."),
            Column("effect", "The sign, as a side effect."),
            POSITION._replace(text="Order in the report, from 1."),
        ),
        ("report", "effect"),
        (_link("report", "reports"), _link("effect", "effects")),
    ),
    Table(
        "rates",
        "How many people had a side effect in an arm.",
        (
            Column("report", "Report."),
            POSITION._replace(text="Order in the report, from 1."),
            Column("value", "People of n who had it.", "number", "as in the column unit"),
            UNIT,
            QUALIFIER,
            Column("grade", "Which grades are counted."),
            Column("arm", "What these people got."),
            PEOPLE,
            Column("comparator", "What the others got.", empty=True),
            Column("comparator_value", "The same in the comparator.", "number", "as in the column unit", empty=True),
            Column("comparator_n", "Number of people in the comparator.", "integer", "people", empty=True),
            Column("attribution", "Any cause, or laid to the drug.", terms=("any cause", "drug-related", "not stated")),
            Column("population", "Who was counted.", empty=True),
            Column("trial", "Trial that it comes from.", empty=True),
        ),
        ("report", "position"),
        (_link("report", "reports"), _link("trial", "trials")),
    ),
    # --- trials --------------------------------------------------------------------------------
    Table(
        "trials",
        "A trial: its design and its people.",
        (
            Column("trial", "Id, as in records."),
            Column("name", "Displayed name."),
            Column("phase", "Phase.", empty=True),
            Column("design", "Design."),
            Column("population", "Its people: to be read before any number."),
            SCOPE,
            PEOPLE._replace(text="Number of people in it."),
            Column("pancreatic_n", "Those with a pancreatic primary.", "integer", "people", empty=True),
            Column(
                "progressing", "Whether the disease had to be progressing; empty: not stated.", "boolean", empty=True
            ),
            Column("comparative", "Whether arms are compared.", "boolean"),
            Column("primary_endpoint", "What it was made to measure."),
        ),
        ("trial",),
        (_link("trial", "records"),),
    ),
    Table(
        "treatment_trials",
        "A trial that stands on the card of a treatment.",
        (Column("treatment", "Treatment."), Column("trial", "Trial."), POSITION),
        ("treatment", "trial"),
        (_link("treatment", "treatments"), _link("trial", "trials")),
    ),
    Table(
        "arms",
        "An arm of a trial.",
        (
            Column("trial", "Trial."),
            Column("arm", "Id of the arm within the trial."),
            POSITION._replace(text="Order in the trial, from 1."),
            Column("name", "What its people got."),
            Column("dose", "Dose in the trial; yours may differ.", empty=True),
            PEOPLE._replace(text="Number of people assigned to it."),
        ),
        ("trial", "arm"),
        (_link("trial", "trials"),),
    ),
    Table(
        "arm_treatments",
        "A treatment that an arm got.",
        (
            Column("trial", "Trial."),
            Column("arm", "Arm."),
            Column("treatment", "Treatment."),
            POSITION._replace(text="Order in the arm, from 1."),
        ),
        ("trial", "arm", "treatment"),
        (Link(("trial", "arm"), "arms"), _link("treatment", "treatments")),
    ),
    Table(
        "results",
        "A measure, by one assessor, in one analysis.",
        (
            STATEMENT,
            Column("trial", "Trial."),
            Column("measure", "What was measured.", terms=tuple(MEASURES)),
            Column("unit", "Unit of the values of the arms.", terms=_terms(Unit)),
            Column("assessor", "Who read it.", terms=tuple(ASSESSORS)),
            Column("analysis", "Which analysis.", terms=_terms(Analysis)),
            Column("cutoff", f"Last day of the data. {DATE}", empty=True),
            Column("population", "Who was analyzed."),
            Column("p_operator", "Sign before the p value.", terms=("=", "<", ">", "<=", ">="), empty=True),
            Column("p_value", "P value.", "number", empty=True),
            Column("p_sided", "Whether one-sided or two-sided.", terms=("one-sided", "two-sided"), empty=True),
            Column("note", "What else has to be known of it.", empty=True),
        ),
        ("statement",),
        (_link("statement", "statements"), _link("trial", "trials")),
    ),
    Table(
        "arm_results",
        "The result of one arm.",
        (
            STATEMENT,
            Column("trial", "Trial."),
            Column("arm", "Arm."),
            POSITION._replace(text="Order in the result, from 1."),
            PEOPLE,
            Column(
                "value", "The result; empty where not reached or not given.", "number", "as in results.unit", empty=True
            ),
            Column("reached", "False where too few had the event.", "boolean"),
            LOW._replace(unit="as in results.unit"),
            HIGH._replace(unit="as in results.unit"),
            Column("high_reached", "False where the upper bound was not reached.", "boolean"),
            LEVEL,
        ),
        ("statement", "arm"),
        (_link("statement", "results"), Link(("trial", "arm"), "arms")),
    ),
    Table(
        "estimates",
        "A comparison of two arms, as a ratio or a difference.",
        (
            STATEMENT,
            Column("kind", "What kind of comparison.", terms=("hazard ratio", "odds ratio", "difference")),
            Column("value", "The estimate.", "number", "ratio; a difference as in results.unit"),
            LOW._replace(unit="as of value"),
            HIGH._replace(unit="as of value"),
            LEVEL,
        ),
        ("statement",),
        (_link("statement", "results"),),
    ),
    # --- what drugs interact with --------------------------------------------------------------
    Table(
        "partners",
        "What drugs interact with, or a group of such.",
        (
            Column("partner", "Id, as in records."),
            Column("kind", "What kind of thing.", terms=_terms(PartnerKind)),
            Column("name", "Displayed name."),
        ),
        ("partner",),
        (_link("partner", "records"),),
    ),
    Table(
        "partner_names",
        "A word of ours that finds a partner.",
        (
            Column("partner", "Partner."),
            Column("name", "The word."),
            POSITION._replace(text="Order in the list, from 1."),
        ),
        ("partner", "name"),
        (_link("partner", "partners"),),
    ),
    Table(
        "partner_members",
        "What a document counts in a group.",
        (STATEMENT, Column("partner", "The group."), Column("member", "Partner or treatment that is counted in.")),
        ("statement",),
        (_link("statement", "statements"), _link("partner", "partners"), _link("member", "records")),
    ),
    # --- sources -------------------------------------------------------------------------------
    Table(
        "sources",
        "A document that was read, or that another lists.",
        (
            Column("source", "Id, the same in every version of the data."),
            Column("kind", "What kind of document.", terms=_terms(SourceKind)),
            Column("label", "Short name.", empty=True),
            Column("title", "Title.", empty=True),
            Column("publisher", "Publisher."),
            Column("document", "What sections it must have.", terms=tuple(DOCUMENTS), empty=True),
            Column("about", "Treatment of which it is the label.", empty=True),
            Column("region", "Where its word holds.", empty=True),
            Column("published", f"First published. {DATE}", empty=True),
            Column("revised", f"Last revised. {DATE}", empty=True),
            Column("reviewed", f"Last reviewed. {DATE}", empty=True),
            Column("review_due", f"Next review due. {DATE}", empty=True),
            Column("read", f"Read here; empty: never read, and nothing rests on it. {DATE}", empty=True),
            Column(
                "extent",
                "Whole, or the sections in source_extents; empty: not said.",
                terms=("whole", "sections"),
                empty=True,
            ),
            Column("checked", f"Looked for a newer edition, and found none. {DATE}", empty=True),
            Column("own", "Whether the reference is built on it.", "boolean"),
            Column("state", "State of the whole source on the day of the export.", terms=_terms(State)),
            Column("doi", "DOI.", empty=True),
            Column("pmid", "PubMed id.", empty=True),
            Column("pmcid", "PubMed Central id.", empty=True),
            Column("url", "Address.", empty=True),
            Column("note", "What else has to be known of it.", empty=True),
            Column("reference", "Formatted reference."),
            Column("csl", "The whole bibliographic record as CSL-JSON.", "object"),
        ),
        ("source",),
        (_link("about", "treatments"),),
    ),
    Table(
        "places",
        "A place in a source that can be cited.",
        (
            Column("source", "Source."),
            Column("place", "Place: a heading, a table, a section."),
            POSITION._replace(text="Order in the source, from 1."),
            Column("undated", "Whether the document prints no date for it.", "boolean"),
            Column("state", STATE, terms=_terms(State)),
        ),
        ("source", "place"),
        (_link("source", "sources"),),
    ),
    Table(
        "source_extents",
        "A section that was read, where not all was.",
        (
            Column("source", "Source."),
            Column("section", "Section."),
            POSITION._replace(text="Order in the source, from 1."),
        ),
        ("source", "section"),
        (_link("source", "sources"),),
    ),
    Table(
        "gaps",
        "What our copy of a source has lost.",
        (
            Column("source", "Source."),
            POSITION._replace(text="Order in the source, from 1."),
            Column("place", "Place of the damage."),
            Column("missing", "What is missing there."),
        ),
        ("source", "position"),
        (PLACE,),
    ),
    Table(
        "newer_editions",
        "An edition that is known and was not read.",
        (
            Column("source", "Source that is outdated."),
            POSITION._replace(text="Order in the source, from 1."),
            Column("revised", f"When. {DATE}", empty=True),
            Column("note", "Which edition."),
        ),
        ("source", "position"),
        (_link("source", "sources"),),
    ),
    Table(
        "superseded",
        "An edition that replaces a source, or a place of it.",
        (
            Column("source", "Older source."),
            POSITION._replace(text="Order in the source, from 1."),
            Column("newer", "Source that replaces it."),
            Column("place", "Place of the older that is replaced; empty: all of it.", empty=True),
        ),
        ("source", "position"),
        (_link("source", "sources"), _link("newer", "sources")),
    ),
    Table(
        "listings",
        "A place at which a source lists another work.",
        (
            Column("source", "Work that is listed."),
            Column("listed_by", "Source that lists it."),
            Column("place", "Place in that source."),
            POSITION._replace(text="Order in the source, from 1."),
        ),
        ("source", "listed_by", "place"),
        (_link("source", "sources"), Link(("listed_by", "place"), "places")),
    ),
    # --- the data as a whole -------------------------------------------------------------------
    Table(
        "regimens",
        "A name or a drug of a regimen that has no record.",
        (
            Column("regimen", "First name of the regimen."),
            Column("role", "Name, drug with a record, or drug without.", terms=("name", "part", "also")),
            POSITION._replace(text="Order in the role, from 1."),
            Column("text", "The name, or the id of the drug."),
            Column("treatment", "Drug that has a record.", empty=True),
        ),
        ("regimen", "role", "position"),
        (_link("treatment", "treatments"),),
    ),
    Table(
        "look_alikes",
        "A name that is easily mixed up with those of its list.",
        (
            Column("list", "Number of the list.", "integer"),
            POSITION._replace(text="Order in the list, from 1."),
            Column("name", "The name, without blanks and signs."),
        ),
        ("list", "position"),
    ),
    Table(
        "terms",
        "A term of a closed list, and its words on screen.",
        (
            Column("list", "Column that takes it."),
            Column("term", "The term."),
            Column("words", "What a reader sees of it."),
        ),
        ("list", "term"),
    ),
)
"""Every table, in the order of datapackage.json."""
