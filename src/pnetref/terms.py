"""The closed lists of the data as tables: a term, what a reader sees of it, and what holds of it.

A list stands here alone: models, answers, screens and rules are made of these tables. A row that
lacks a column does not construct. The module is long because every row of every list is here.
"""

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

KINDS: dict[str, str] = {
    "drug": "drug",
    "drug-class": "drug class",
    "combination": "combination",
    "procedure": "procedure",
    "radiation": "radiation",
    "support": "support",
}
"""What treats, in the order of a list, and its words on screen."""

DRUGS = ("drug", "drug-class", "combination")
"""The kinds that the command ``drug`` opens."""


class Section(NamedTuple):
    """A section of the card: its title, and the part of the record that it belongs to."""

    title: str
    part: str


SECTIONS: dict[str, Section] = {
    "what": Section("What it is and how it works", "use"),
    "how": Section("How it is taken or done", "dose"),
    "who": Section("Who it is for, and when", "use"),
    "result": Section("What comes of it", "use"),
    "safety": Section("Care and safety", "safety"),
    "pregnancy": Section("Pregnancy", "safety"),
    "more": Section("More", "use"),
}
"""The sections of a card that hold facts, in its order."""


class Silence(NamedTuple):
    """The kinds of treatment that are expected to have a field, and the question that its silence gives."""

    kinds: tuple[str, ...]
    question: str


class Field(NamedTuple):
    """What a fact is about.

    ``section`` is a key of ``SECTIONS``; ``words`` are what a person types for it; ``question`` is the one
    for an appointment that a fact of it gives.
    """

    section: str
    label: str
    words: tuple[str, ...]
    question: str
    silence: Silence | None = None


ANY_DRUG = ("drug", "drug-class", "combination")
DRUG_OR_CLASS = ("drug", "drug-class")
WORK = ("procedure", "radiation")

FIELDS: dict[str, Field] = {
    "definition": Field(
        "what", "Definition", ("definition", "meaning"), "A source says what it is. Is that what is planned for me?"
    ),
    "mechanism": Field(
        "what", "Mechanism", ("mechanism", "how it works", "mode of action"),
        "A source says how it works. Does that fit my tumor?", Silence(DRUG_OR_CLASS, "No source here says how it works: what is it meant to do in my case?"),
    ),
    "target": Field(
        "what", "Target", ("target", "targets"), "A source says what it acts on. Was my tumor tested for that?"
    ),
    "before": Field(
        "how", "Before", ("before it", "preparation", "beforehand"),
        "A source says what comes before it. What do I have to do beforehand?",
    ),
    "technique": Field(
        "how", "Technique", ("technique", "how it is done", "steps"), "A source says how it is done. How will mine be done?",
        Silence(WORK, "No source here says how it is done: what happens, step by step?"),
    ),
    "route": Field(
        "how", "Route", ("route", "how it is given"), "A source says by which way it is given. Where and by whom is mine given?",
        Silence(DRUG_OR_CLASS, "No source here says by which way it is given: how will I get it?"),
    ),
    "form": Field(
        "how", "Form", ("form", "tablet", "capsule"), "A source says in which form it comes. Is mine the same?", Silence(("drug",), "No source here says in which form it comes: what will I be given?"),
    ),
    "schedule": Field(
        "how", "Schedule", ("schedule", "how often", "times"), "The sources describe a usual schedule. What is mine, and for how long?",
        Silence(("drug", "combination", "radiation"), "No source here gives a schedule: when and how often is mine?"),
    ),
    "dose": Field(
        "how", "Dose", ("dose", "dosage", "doses", "strength", "how much"), "A source gives a dose. What is mine, and why?",
        Silence(("drug", "combination"), "No source here gives a dose for it: what is mine, and why?"),
    ),
    "duration": Field(
        "how", "Duration", ("duration", "how long"), "A source says for how long it is used. How is that decided for me?", Silence(("drug",), "No source here says for how long it is used: when is it stopped or changed?"),
    ),
    "food": Field(
        "how", "Food", ("food", "take", "how to take", "meals", "eating", "eat", "drink"), "A source says how it goes with food. Is that so for what I am given?",
        Silence(("drug",), "No source here says how it goes with food: how do I take it?"),
    ),
    "place_of_care": Field(
        "how", "Place of care", ("place of care", "where", "hospital"),
        "A source speaks of where it is done. Where would mine be, and how often is it done there?",
    ),
    "anesthesia": Field(
        "how", "Anesthesia", ("anesthesia", "numbing", "asleep"), "A source says whether I am asleep for it. Is that so for me?",
        Silence(("procedure",), "No source here says whether one is asleep for it: will I be?"),
    ),
    "self_administration": Field(
        "how", "Self administration", ("self administration", "at home", "self injection"),
        "A source says that it can be given at home. Who would teach me?",
    ),
    "handling": Field(
        "how", "Handling", ("handling", "storage", "storing"), "A source says how it is kept or handled. How do I do that at home?"
    ),
    "pause": Field(
        "how", "Pause", ("pause", "interruption", "before surgery"),
        "A source speaks of pausing a medicine for a time. Which dates does my team give me?",
    ),
    "missed_dose": Field(
        "how", "Missed dose", ("missed dose", "forgotten dose", "vomited dose"),
        "A source says what to do about a missed dose. Does that hold for me?", Silence(("drug",), "No source here says what to do about a missed dose: what do I do?"),
    ),
    "dose_change": Field(
        "how", "Dose change", ("dose change", "dose changes", "lower dose", "dose reduction"),
        "A source says that doses may be changed or delayed. When would that happen to me?",
    ),
    "purpose": Field(
        "who", "Purpose", ("purpose", "aim", "why"), "A source says what it is for. What is it for in my case?",
        Silence(("procedure", "support"), "No source here says what it is for: what is it for in my case?"),
    ),
    "indication": Field(
        "who", "Indication", ("indication", "used for", "use"), "The sources say who it is used for. Does that describe my situation?",
        Silence(("drug", "drug-class", "combination", "procedure", "radiation", "support"), "No source here says who it is used for: why is it an option for me?"),
    ),
    "eligibility": Field(
        "who", "Eligibility", ("eligibility", "conditions", "who can have it"),
        "The sources name conditions for having it. Which of them do I meet?",
    ),
    "line_of_therapy": Field(
        "who", "Line of therapy", ("line of therapy", "line", "when in the course"),
        "The sources say when in the course of treatment it is used. Where am I in that course?", Silence(DRUG_OR_CLASS, "No source here says when in the course of treatment it is used: why now, and what comes after?"),
    ),
    "preference": Field(
        "who", "Preference", ("preference", "preferred"), "A source says when it is preferred. Does that hold for me?"
    ),
    "combination": Field(
        "who", "Combination", ("combination", "together with"), "A source speaks of it together with others. Would I get both?"
    ),
    "approval": Field(
        "who", "Approval", ("approval", "approved", "licence"), "A source says where and for what it is approved. Does that cover me?"
    ),
    "other_use": Field(
        "who", "Other use", ("other use", "other uses"), "A source names other uses of it. Do they matter for me?"
    ),
    "research": Field(
        "who", "Research", ("research", "studies"), "A source says that it is studied. Is there a study that I could join?"
    ),
    "not_interchangeable": Field(
        "who", "Not interchangeable", ("not interchangeable", "interchangeable", "generic"),
        "A source says that products of it cannot be exchanged. Which one do I get?",
    ),
    "outcome": Field(
        "result", "Outcome", ("outcome", "result", "does it work"), "A source says what comes of it. What can I expect in my case?",
        Silence(("procedure",), "No source here says what comes of it: what can I expect in my case?"),
    ),
    "figure": Field("result", "Figure", ("figure", "figures", "numbers"), "A source gives figures. Were those people like me?"),
    "advantage": Field("result", "Advantage", ("advantage", "benefit"), "A source names an advantage. Does it hold for me?"),
    "drawback": Field("result", "Drawback", ("drawback", "disadvantage"), "A source names a drawback. How much does it weigh for me?"),
    "after": Field(
        "result", "After", ("after it", "afterwards", "aftercare"), "A source says what comes after it. What holds for me?"
    ),
    "recovery": Field(
        "result", "Recovery", ("recovery", "getting well", "after surgery"), "A source speaks of recovery. How long may mine take?",
        Silence(("procedure",), "No source here says how long recovery takes: what can I expect?"),
    ),
    "warning": Field(
        "safety", "Warning", ("warning", "warnings", "boxed warning", "boxed", "boxed US"), "A source warns of something. Does it bear on me?"
    ),
    "urgent": Field(
        "safety", "Urgent", ("urgent", "report", "report at once", "emergency"), "A source says what to report at once. Whom do I call, and when?"
    ),
    "contraindication": Field(
        "safety", "Contraindication", ("contraindication", "contraindications", "cannot have"),
        "A source says who cannot have it. Does any of that apply to me?", Silence(("drug",), "No source here says who cannot have it: is there any reason against it in my case?"),
    ),
    "caution": Field("safety", "Caution", ("caution", "cautions", "care with"), "A source asks for caution. Does that concern me?"),
    "contraception": Field(
        "safety", "Contraception", ("contraception", "birth control"),
        "A source speaks of contraception. What do I need, and for how long?", Silence(("drug",), "No source here speaks of contraception: do I need any, and for how long?"),
    ),
    "breastfeeding": Field(
        "safety", "Breastfeeding", ("breastfeeding", "breastfeed", "nursing", "lactation"),
        "A source speaks of breastfeeding. What does that mean for me?", Silence(("drug",), "No source here speaks of breastfeeding: what holds for me?"),
    ),
    "fertility": Field(
        "safety", "Fertility", ("fertility", "having children"), "A source speaks of having children later. What does that mean for me?",
        Silence(("drug", "drug-class", "radiation"), "No source here says what it means for having children later: what is known?"),
    ),
    "interaction": Field(
        "safety", "Interaction", ("interaction", "interactions", "other medicines", "drug interactions"),
        "A source lists medicines that do not go with it. Shall we go through mine?", Silence(ANY_DRUG, "No source here lists medicines or foods that do not go with it: shall we go through mine?"),
    ),
    "monitoring": Field(
        "safety", "Monitoring", ("monitoring", "checks", "blood tests", "tests"),
        "A source names checks. Which will I have, and when?", Silence(ANY_DRUG, "No source here says which checks are needed: which will I have, and how often?"),
    ),
    "management": Field(
        "safety", "Management", ("management", "relief", "what helps"), "A source says what is done about its effects. What is done for me?"
    ),
    "renal": Field(
        "safety", "Renal", ("renal", "kidneys", "kidney"), "A source speaks of kidney problems. Do mine matter?", Silence(("drug",), "No source here speaks of kidney problems: do mine matter?"),
    ),
    "hepatic": Field(
        "safety", "Hepatic", ("hepatic", "liver"), "A source speaks of liver problems. Do mine matter?", Silence(("drug",), "No source here speaks of liver problems: do mine matter?"),
    ),
    "test_interference": Field(
        "safety", "Test interference", ("test interference", "lab tests", "test results"),
        "A source says that it can disturb a test. Which of my tests does that concern?",
    ),
    "overdose": Field(
        "safety", "Overdose", ("overdose", "too much", "too many"), "A source says what is done about too much of it. Whom do I call?"
    ),
    "gene_test": Field(
        "safety", "Gene test", ("gene test", "genetic test", "genes"), "A source speaks of a gene test. Was or will mine be done?"
    ),
    "vaccination": Field(
        "safety", "Vaccination", ("vaccination", "vaccines", "vaccine"),
        "A source speaks of vaccines beforehand. Which do I need, and when?",
    ),
    "caregiver_safety": Field(
        "safety", "Caregiver safety", ("caregiver safety", "family", "people around me", "around you"),
        "A source says that people close to me need precautions. Which, and for how long?",
    ),
    "side_effect_course": Field(
        "safety", "Side effect course", ("side effect course", "do they go away"),
        "A source says how side effects go on. What holds for mine?",
    ),
    "pregnancy": Field(
        "pregnancy", "Pregnancy", ("pregnancy", "pregnant"), "A source speaks of pregnancy. What does that mean for me and for my partner?",
        Silence(("drug", "drug-class", "combination", "radiation"), "No source here says what it means for pregnancy: what applies to me?"),
    ),
    "symptom": Field("more", "Symptom", ("symptom", "symptoms"), "A source names symptoms. Which of them are mine?"),
    "factor": Field("more", "Factor", ("factor", "factors"), "A source says what a decision rests on. Which of that holds for me?"),
    "team_role": Field("more", "Team role", ("team role", "care team"), "A source names people of a care team. Who is on mine?"),
    "sequence": Field("more", "Sequence", ("sequence", "order"), "A source speaks of the order of treatments. What is my order?"),
    "uncertainty": Field(
        "more", "Uncertainty", ("uncertainty", "not certain"), "A source calls something about it uncertain. What does that mean for my plan?"
    ),
    "decision": Field("more", "Decision", ("decision", "deciding"), "A source speaks of deciding together. How do we decide?"),
    "support": Field("more", "Support", ("support", "help"), "A source speaks of support. Which can I have?"),
    "contact": Field("more", "Contact", ("contact", "phone", "address"), "A source names a contact. Whom do I ask?"),
    "disclaimer": Field("more", "Disclaimer", ("disclaimer",), "A source says what it is not. What do I ask my team instead?"),
}  # fmt: skip
"""Every field of a fact, in the order in which a card shows it."""

SIDE_EFFECTS = Field(
    "safety", "Side effects", ("side effects", "effects"), "", Silence(("drug", "drug-class", "combination", "procedure", "radiation"), "No source here lists its side effects: which may I have, and whom do I call?"),
)  # fmt: skip
"""What a record can be silent about besides its facts; its questions name the effects."""

ASPECTS: dict[str, Field] = {**FIELDS, "side_effects": SIDE_EFFECTS}
"""What a record can be silent about."""

EXPECTED: dict[str, tuple[str, ...]] = {
    kind: tuple(name for name, field in ASPECTS.items() if field.silence and kind in field.silence.kinds)
    for kind in KINDS
}
"""What a reader expects of each kind; what is absent of it is printed as not stated."""

LISTS: dict[str, str] = {
    "doses": "dose",
    "approvals": "approval",
    "interactions": "interaction",
    "checks": "monitoring",
    "dose_changes": "dose_change",
}
"""The lists of a record that hold statements with columns of their own, and the field that each answers."""


WHOLE = "all"
"""The part of a record that is all of it."""

PARTS: dict[str, tuple[str, ...]] = {
    "use": ("use", "uses", "what it is", "when"),
    "dose": ("dose", "doses", "dosing", "dose in NETs", "given", "what is done"),
    "safety": ("safety", "risks"),
    "effects": ("effects", "side effects", "serious", "common", "they differ"),
    "trials": ("trials", "trial", "pNET trial"),
    "codes": ("codes", "identifiers", "names"),
    "class": ("class", "classes", "of its class", "of its kind", "members", "its kinds"),
    "sources": ("sources", "references"),
    WHOLE: (WHOLE,),
}
"""The parts of a card, and the words that ask for each."""

TRIAL_PARTS = {part: part for part in ("people", "results", "sources", WHOLE)}
"""The parts of a trial, by the words that ask for each."""

OF_PART: dict[str, tuple[str, ...]] = {
    "names": ("codes",),
    "identifiers": ("codes",),
    "classes": ("class",),
    "parents": ("class",),
    "members": ("class",),
    "withheld": ("class",),
    "settings": ("use",),
    "approvals": ("use", "approval"),
    "doses": ("dose", "schedule"),
    "dose_changes": ("dose", "dose_change"),
    "interactions": ("safety", "interaction"),
    "checks": ("safety", "monitoring"),
    "side_effects": ("effects", "side_effects"),
    "trials": ("trials",),
    "trial_records": ("trials",),
}
"""The parts and fields that ask for a list of a record."""


@cache
def parts_by_words() -> dict[str, str]:
    """Give each part and field by the words that a person types for it; where both have a word, it is the part's."""
    fields = {word: name for name, field in ASPECTS.items() for word in (name.replace("_", " "), *field.words)}
    parts = {word: part for part, words in PARTS.items() for word in words}
    return {word.casefold(): name for word, name in {**fields, **parts}.items()}


SMALL = frozenset(
    word
    for words in (
        "a an and are at by can could do does for from have how i if in is it me my of on or",
        "eat safe should the their to together was what when while will with would you your",
    )
    for word in words.split()
)
"""Words of a question that say nothing of what is asked for."""

SCOPES: dict[str, str] = {
    "pnet": "pNET",
    "gep-net": "NETs of gut or pancreas",
    "net": "NETs in general",
    "nec": "neuroendocrine carcinoma",
    "gep-nec": "neuroendocrine carcinoma of gut or pancreas",
    "midgut-net": "midgut NETs",
    "carcinoid-syndrome": "carcinoid syndrome",
    "gastrinoma": "gastrinoma",
    "insulinoma": "insulinoma",
    "glucagonoma": "glucagonoma",
    "vipoma": "VIPoma",
    "vhl": "von Hippel-Lindau disease",
    "pancreatic-cancer": "pancreatic cancer",
    "cancer": "cancers in general",
    "any-use": "any use",
    "volunteers": "healthy volunteers",
}
"""The condition that a statement was made of, never narrowed to pNET, and its words on screen."""

MEANINGS = {"°": "said of more than pNET", "≠": "of other tumors"}
"""What the signs of a first screen mean."""

STANCES: dict[str, str] = {"stated": "", "denied": "", "not_known": "Not known: ", "not_applicable": "Does not apply: "}
"""How a source stands to a statement, and what stands before it; a denial says no in its own text."""

FREQUENCIES: dict[str, str] = {
    "very_common": "●",
    "most_common": "●",
    "common": "●",
    "uncommon": "○",
    "less_common": "○",
    "rare": "○",
    "very_rare": "○",
    "unspecified": "◐",
}
"""How often, as it is normalized, and its sign in a comparison."""

GRADES: dict[str, str] = {
    "very common": "very_common",
    "most common": "most_common",
    "common": "common",
    "uncommon": "uncommon",
    "less common": "less_common",
    "rare": "rare",
    "rarely": "rare",
    "very rare": "very_rare",
}
"""A source's own word for a grade, and the frequency it is normalized to; any other word is unspecified.

What stands in brackets behind the word says what the source counts so."""


class Measure(NamedTuple):
    """What a trial measures: whether it is of survival or death, and whether a card shows it."""

    survival: bool
    leading: bool


MEASURES: dict[str, Measure] = {
    "progression-free survival": Measure(survival=False, leading=True),
    "time to progression": Measure(survival=False, leading=True),
    "overall survival": Measure(survival=True, leading=True),
    "overall survival, adjusted for crossover": Measure(survival=True, leading=True),
    "objective response": Measure(survival=False, leading=True),
    "complete response": Measure(survival=False, leading=False),
    "disease control": Measure(survival=False, leading=False),
    "duration of response": Measure(survival=False, leading=False),
    "stable disease": Measure(survival=False, leading=False),
    "progression-free at 6 months": Measure(survival=False, leading=False),
    "progression-free at 12 months": Measure(survival=False, leading=False),
    "progression-free at 18 months": Measure(survival=False, leading=False),
    "progression-free at 20 months": Measure(survival=False, leading=False),
    "progression-free at 24 months": Measure(survival=False, leading=False),
    "alive at 6 months": Measure(survival=True, leading=False),
    "alive at 12 months": Measure(survival=True, leading=False),
    "alive at 24 months": Measure(survival=True, leading=False),
    "alive at 36 months": Measure(survival=True, leading=False),
    "alive at 60 months": Measure(survival=True, leading=False),
    "deaths during the trial or soon after": Measure(survival=True, leading=False),
}
"""The measures of trials, in the order of a list."""

ASSESSORS: dict[str, str] = {
    "investigator": "assessed by investigators",
    "central": "central review",
    "blinded central": "blinded central review",
    "regulator": "assessed by a regulator",
    "not stated": "assessor not stated",
}
"""Who read a result, and its words on screen."""


class Part(NamedTuple):
    """A section that every document of its kind has: how its places begin or what they name, and what it speaks of."""

    begins: tuple[str, ...]
    names: tuple[str, ...]
    aspects: tuple[str, ...]


DOCUMENTS: dict[str, tuple[Part, ...]] = {
    "us-label": (
        Part(("1",), ("indications", "usage"), ("indication",)),
        Part(("2",), ("dosage",), ("dose", "schedule", "food", "missed_dose", "dose_change", "monitoring", "renal", "hepatic")),
        Part(("3",), ("dosage forms",), ("form",)),
        Part(("4",), ("contraindication",), ("contraindication",)),
        Part(("5",), ("warning", "precaution"), ("warning", "monitoring")),
        Part(("6",), ("adverse",), ("side_effects",)),
        Part(("7",), ("interaction",), ("interaction",)),
        Part(("8.1",), ("pregnancy",), ("pregnancy",)),
        Part(("8.2",), ("lactation", "nursing"), ("breastfeeding",)),
        Part(("8.3",), ("reproductive", "fertility"), ("contraception", "fertility")),
        Part(("8.6",), ("renal",), ("renal",)),
        Part(("8.7",), ("hepatic",), ("hepatic",)),
        Part(("10",), ("overdos",), ("overdose",)),
        Part(("12.1",), ("mechanism",), ("mechanism",)),
        Part(("16",), ("supplied", "storage"), ("handling",)),
    ),
    "smpc": (
        Part(("4.1",), ("indication",), ("indication",)),
        Part(("4.2",), ("posology", "dosage"), ("dose", "schedule", "food", "missed_dose", "dose_change", "renal", "hepatic")),
        Part(("4.3",), ("contraindication",), ("contraindication",)),
        Part(("4.4",), ("warning", "precaution"), ("warning", "monitoring")),
        Part(("4.5",), ("interaction",), ("interaction",)),
        Part(("4.6",), ("pregnancy", "fertility", "lactation"), ("pregnancy", "contraception", "breastfeeding", "fertility")),
        Part(("4.8",), ("undesirable", "adverse"), ("side_effects",)),
        Part(("4.9",), ("overdos",), ("overdose",)),
        Part(("5.1",), ("pharmacodynamic",), ("mechanism",)),
    ),
    "leaflet": (
        Part((), ("used for", "is for"), ("indication",)),
        Part((), ("do not take", "do not use", "must not", "not be given", "before you"), ("contraindication", "warning")),
        Part((), ("other medicines",), ("interaction",)),
        Part((), ("pregnancy", "contraception"), ("pregnancy", "contraception", "breastfeeding", "fertility")),
        Part((), ("how to take", "how to use", "how is", "how much", "forget"), ("dose", "schedule", "missed_dose")),
        Part((), ("side effect",), ("side_effects",)),
    ),
    "medication-guide": (),
}  # fmt: skip
"""The sections that every document of a kind has, and what each speaks of: where one was not read, nothing is silent."""

PROFESSIONAL = ("us-label", "smpc")
"""The documents whose silence counts for safety: a patient leaflet's is never the label's."""

REGIONS: dict[str, str] = {
    "United States": "US",
    "European Union": "EU",
    "United Kingdom": "UK",
}
"""What is short on screen of where a label's word holds; any other is its own word."""

ACTIONS: dict[str, str] = {
    "contraindicated": "never together",
    "avoid": "avoided together",
    "adjust_this": "dose of it changes",
    "adjust_other": "dose of the other changes",
    "separate": "apart in time",
    "monitor": "watched",
    "caution": "caution",
    "none": "nothing to change",
}
"""What a label does about an interaction, the gravest first, and its words on screen."""

CHANGES: dict[str, str] = {
    "stop": "stopped for good",
    "hold": "held back",
    "hold_then_reduce": "held back, then lower",
    "hold_then_same": "held back, then the same",
    "reduce": "lower",
    "delay": "delayed",
    "raise": "higher",
    "none": "unchanged",
}
"""What a label does about a dose, and its words on screen."""


class Scheme(NamedTuple):
    """A system of codes: its name on screen, and the pattern of its codes."""

    label: str
    pattern: str


SCHEMES: dict[str, Scheme] = {
    "atc": Scheme("ATC", r"[A-Z]\d\d[A-Z]{2}\d\d"),
    "rxnorm": Scheme("RxNorm", r"\d{2,8}"),
    "unii": Scheme("UNII", r"[A-Z0-9]{10}"),
    "cas": Scheme("CAS", r"\d{2,7}-\d\d-\d"),
    "chembl": Scheme("ChEMBL", r"CHEMBL\d+"),
    "pubchem.compound": Scheme("PubChem", r"\d+"),
    "drugbank": Scheme("DrugBank", r"DB\d{5}"),
    "mesh": Scheme("MeSH", r"[CD]\d{6,9}"),
    "nct": Scheme("ClinicalTrials.gov", r"NCT\d{8}"),
    "eudract": Scheme("EudraCT", r"\d{4}-\d{6}-\d\d"),
    "jrct": Scheme("jRCT", r"jRCT[a-z]?\d+"),
    "umin": Scheme("UMIN", r"UMIN\d{9}"),
}
"""Every identifier scheme."""

ROUTES = ("by mouth", "under the skin", "into a vein", "into a muscle", "into an artery", "through the skin")
"""One term a route: a filter by it misses none."""

WAYS: dict[str, str] = {
    "oral": "by mouth",
    "orally": "by mouth",
    "po": "by mouth",
    "subcutaneous": "under the skin",
    "sc": "under the skin",
    "intravenous": "into a vein",
    "iv": "into a vein",
    "intramuscular": "into a muscle",
    "im": "into a muscle",
    "intraarterial": "into an artery",
}
"""Other words for a route, without spaces and signs."""

SHORT_MEASURES: dict[str, str] = {
    "pfs": "progression-free survival",
    "ttp": "time to progression",
    "os": "overall survival",
    "orr": "objective response",
    "response": "objective response",
    "dcr": "disease control",
    "dor": "duration of response",
}
"""Other words for a measure, without spaces and signs."""

LISTED_FIELDS = ("target", "route", "form")
"""The fields whose facts carry a term that a list is filtered on."""

BODY_GROUPS = (
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
)
"""The groups of side effects, in the order of the vocabulary."""

if TYPE_CHECKING:  # a table's keys are checked where the data is read; to a type checker they are text
    Kind = str
    FactField = str
    Aspect = str
    Scope = str
    Stance = str
    Frequency = str
    Measured = str
    Assessor = str
    Document = str
    Action = str
    Change = str
    BodyGroup = str
else:
    Kind = Literal[tuple(KINDS)]
    FactField = Literal[tuple(FIELDS)]
    Aspect = Literal[tuple(ASPECTS)]
    Scope = Literal[tuple(SCOPES)]
    Stance = Literal[tuple(STANCES)]
    Frequency = Literal[tuple(FREQUENCIES)]
    Measured = Literal[tuple(MEASURES)]
    Assessor = Literal[tuple(ASSESSORS)]
    Document = Literal[tuple(DOCUMENTS)]
    Action = Literal[tuple(ACTIONS)]
    Change = Literal[tuple(CHANGES)]
    BodyGroup = Literal[BODY_GROUPS]

Scale = Literal["prose", "label"]
Qualifier = Literal["exactly", "about", "at_least", "at_most", "less_than", "more_than"]
NameKind = Literal["generic", "brand", "salt", "abbreviation", "synonym", "former", "code"]
Analysis = Literal["primary", "interim", "final", "update", "subgroup", "post hoc", "not stated"]
Basis = Literal["label", "trial", "guideline", "register", "article"]
State = Literal["current", "overdue", "superseded", "outdated", "unchecked"]
PartnerKind = Literal["substance", "group", "food", "herb", "vaccine", "test", "procedure"]
ReasonKind = Literal["effect", "organ", "interaction", "laboratory"]
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
    "m",
    "mL",
    "L",
    "mSv",
    "units",
    "mg per kg a day",
    "mL per minute",
    "times the upper limit of normal",
    "degrees C",
    "g per dL",
    "per microliter",
    "mg per dL",
    "mmol per L",
    "stools a day",
    "doses",
    "tablets",
    "capsules",
    "kg",
    "per thousand million per liter",
    "million per mL",
    "micrograms per L",
    "ng per mL",
    "mm Hg",
    "ms",
    "points",
]
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
    "lost reference",
]
Decision = Literal[
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
