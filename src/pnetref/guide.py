"""The guide: its topics, and the questions that a treatment's own facts and silences raise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from pnetref.dataset import Dataset
from pnetref.editions import superseded
from pnetref.models import Citation, Topic, Treatment
from pnetref.treatments import class_statements, readable_nowhere

LIMIT = 8
"""How many side effects are asked about one by one; the rest share a question."""


class Question(TypedDict):
    """A question for the next appointment, the field it is about, and the places it rests on (none: a silence)."""

    text: str
    field: str
    cites: list[Citation]


STATED: tuple[tuple[str, str], ...] = (
    ("indication", "The sources say who it is used for. Does that describe my situation?"),
    ("eligibility", "The sources name conditions for having it. Which of them do I meet?"),
    ("line_of_therapy", "The sources say when in the course of treatment it is used. Where am I in that course?"),
    ("schedule", "The sources describe a usual schedule. What is mine, and for how long?"),
    ("place_of_care", "A source speaks of where it is done. Where would mine be, and how often is it done there?"),
    ("outcome", "A source says what comes of it. What can I expect in my case?"),
    ("contraindication", "A source says who cannot have it. Does any of that apply to me?"),
    ("interaction", "A source lists medicines that do not go with it. Shall we go through mine?"),
    ("monitoring", "A source names checks. Which will I have, and when?"),
    ("missed_dose", "A source says what to do about a missed dose. Does that hold for me?"),
    ("contraception", "A source speaks of contraception. What do I need, and for how long?"),
    ("breastfeeding", "A source speaks of breastfeeding. What does that mean for me?"),
    ("food", "A source says how it goes with food. Is that so for what I am given?"),
    ("pause", "A source speaks of pausing a medicine for a time. Which dates does my team give me?"),
    ("caregiver_safety", "A source says that people close to me need precautions. Which, and for how long?"),
    ("self_administration", "A source says that it can be given at home. Who would teach me?"),
    ("vaccination", "A source speaks of vaccines beforehand. Which do I need, and when?"),
    ("dose_change", "A source says that doses may be changed or delayed. When would that happen to me?"),
    ("uncertainty", "A source calls something about it uncertain. What does that mean for my plan?"),
)
SILENT: tuple[tuple[str, str], ...] = (
    ("pregnancy", "No source here says what it means for pregnancy: what applies to me?"),
    ("contraception", "No source here speaks of contraception: do I need any, and for how long?"),
    ("fertility", "No source here says what it means for having children later: what is known?"),
    ("dose", "No source here gives a dose for it: what is mine, and why?"),
    ("interaction", "No source here lists medicines or foods that do not go with it: shall we go through mine?"),
    ("monitoring", "No source here says which checks are needed: which will I have, and how often?"),
    ("missed_dose", "No source here says what to do about a missed dose: what do I do?"),
    ("contraindication", "No source here says who cannot have it: is there any reason against it in my case?"),
    ("renal", "No source here speaks of kidney problems: do mine matter?"),
    ("hepatic", "No source here speaks of liver problems: do mine matter?"),
    ("recovery", "No source here says how long recovery takes: what can I expect?"),
    ("side_effects", "No source here lists its side effects: which may I have, and whom do I call?"),
)


def topics(data: Dataset) -> list[Topic]:
    """Give all topics."""
    return [data.topics[key] for key in data.topics]


def questions(data: Dataset, record: Treatment) -> list[Question]:
    """Make questions out of a record's facts and silences, each with the places it rests on; no advice."""
    asked: list[Question] = []
    for field, text in STATED:
        cites = [cite for fact in record.facts if fact.field == field for cite in fact.cites]
        if cites:
            asked.append({"text": text, "field": field, "cites": current(data, cites)})
    pregnancy = [cite for fact in record.facts if fact.field == "pregnancy" for cite in fact.cites]
    if pregnancy:
        text = "A source speaks of pregnancy. What does that mean for me and for my partner?"
        asked.append({"text": text, "field": "pregnancy", "cites": current(data, pregnancy)})
    asked += _about_effects(data, record)
    lost = readable_nowhere(data, record)
    if lost:
        aspects = ", ".join(dict.fromkeys(gap.aspect.replace("_", " ") for gap in lost))
        text = f"Our copy of a source is damaged where it may speak of: {aspects}. What do I need to know of these?"
        places = [Citation(source=gap.source, at=gap.at) for gap in lost]
        asked.append({"text": text, "field": lost[0].aspect, "cites": current(data, places)})
    silent = [(field, text) for field, text in SILENT if field in record.not_stated]
    asked += [{"text": text, "field": field, "cites": []} for field, text in silent]
    return asked


def _about_effects(data: Dataset, record: Treatment) -> list[Question]:
    asked: list[Question] = []
    effects = sorted(record.side_effects, key=lambda effect: not any(report.serious for report in effect.reports))
    for effect in effects[:LIMIT]:
        name = data.entry("effects", effect.effect).name.lower()
        cites = [Citation(source=report.source, at=report.at) for report in effect.reports]
        serious = any(report.serious for report in effect.reports)
        said = "calls it serious" if serious else "lists it"
        question = "which signs do I report at once, and to whom?" if serious else "how will mine be watched?"
        text = f"{name[0].upper()}{name[1:]}: a source {said}; {question}"
        asked.append({"text": text, "field": "side_effects", "cites": current(data, cites)})
    rest = effects[LIMIT:]
    if rest:
        names = ", ".join(data.entry("effects", effect.effect).name.lower() for effect in rest)
        cites = [Citation(source=report.source, at=report.at) for effect in rest for report in effect.reports]
        text = f"Also listed: {names}. Which of them matter most for me?"
        asked.append({"text": text, "field": "side_effects", "cites": current(data, cites)})
    for statements in class_statements(data, record):
        if statements["side_effects"]:
            group = data.entry("treatments", statements["class"]).name
            cites = [
                Citation(source=r.source, at=r.at) for effect in statements["side_effects"] for r in effect.reports
            ]
            text = f"A source lists side effects of {group} as a whole. Which of them does mine cause?"
            asked.append({"text": text, "field": "side_effects", "cites": current(data, cites)})
    return asked


def current(data: Dataset, cites: Iterable[Citation]) -> list[Citation]:
    """Give citations once each, without the older edition where the newer one is among them."""
    unique = list(dict.fromkeys((cite.source, cite.at) for cite in cites))
    sources = {source for source, _ in unique}
    return [
        Citation(source=source, at=at) for source, at in unique if superseded(data.sources[source], at) not in sources
    ]
