"""The guide: its topics, and the questions that a treatment's own facts and silences raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.answers.envelope import Answer
from pnetref.answers.treatment import apart, readable_nowhere, subject
from pnetref.editions import superseded
from pnetref.lookup import find_one, is_topic, is_treatment
from pnetref.models import Citation
from pnetref.terms import ASPECTS, FIELDS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.answers.shapes import Question
    from pnetref.dataset import Dataset
    from pnetref.models import SideEffect, Treatment

QUESTIONS = "questions"
"""The word that asks for questions about a treatment instead of a topic."""

NOT_READ = "The label has a section that was not read here,"

LIMIT = 8
"""How many side effects are asked about one by one; the rest share a question."""


def _gravity(effect: SideEffect) -> tuple[bool, bool]:
    """Give how grave an effect is called, the gravest sorting first: in a box of a label, serious, neither."""
    grave = [report for report in effect.reports if report.serious]
    return not any("boxed" in f"{report.at} {report.graded_as}".casefold() for report in grave), not grave


def guide(data: Dataset, words: Sequence[str]) -> Answer:
    """Answer ``guide``: a topic, all topics, or the questions about a treatment; raises as ``lookup.find`` does."""
    if not words:
        return Answer(data, "TopicsAnswer", {"topics": [data.topics[key] for key in data.topics]})
    if words[0].casefold() == QUESTIONS:
        found = find_one(data, words[1:], is_treatment, "a treatment", {WHOLE: WHOLE})
        record = data.treatments[found.ids[0]]
        payload = {"subject": subject(record), "questions": questions(data, record)}
        return Answer(data, "QuestionsAnswer", payload, found.typed, found.parts)
    found = find_one(data, words, is_topic, "a topic of the guide")
    return Answer(data, "TopicAnswer", {"topic": data.topics[found.ids[0]]}, found.typed)


def questions(data: Dataset, record: Treatment) -> list[Question]:
    """Make questions out of a record's facts and silences, each with the places it rests on; no advice."""
    asked: list[Question] = []
    for field, about in FIELDS.items():
        cites = [cite for fact in record.facts if fact.field == field for cite in fact.cites]
        if cites:
            asked.append({"text": about.question, "field": field, "cites": one_voice(data, cites)})
    asked += _about_effects(data, record)
    lost = readable_nowhere(data, record)
    if lost:
        aspects = ", ".join(dict.fromkeys(ASPECTS[gap.aspect].label.lower() for gap in lost))
        text = f"Our copy of a source is damaged where it may speak of: {aspects}. What do I need to know of these?"
        places = [Citation(source=gap.source, at=gap.at) for gap in lost]
        asked.append({"text": text, "field": lost[0].aspect, "cites": one_voice(data, places)})
    for aspect in dict.fromkeys(gap.aspect for gap in record.not_read):
        silence = ASPECTS[aspect].silence
        if silence:
            question = silence.question.partition(": ")[2]
            asked.append(
                {"text": f"{NOT_READ} on {ASPECTS[aspect].label.lower()}: {question}", "field": aspect, "cites": []}
            )
    for aspect in record.not_stated:
        silence = ASPECTS[aspect].silence
        if silence:
            asked.append({"text": silence.question, "field": aspect, "cites": []})
    return asked


def _about_effects(data: Dataset, record: Treatment) -> list[Question]:
    asked: list[Question] = []

    def ask(text: str, cites: Iterable[Citation]) -> None:
        asked.append({"text": text, "field": "side_effects", "cites": one_voice(data, cites)})

    effects = sorted(record.side_effects, key=_gravity)
    for effect in effects[:LIMIT]:
        name = data.entry("effects", effect.effect).name.lower()
        serious = any(report.serious for report in effect.reports)
        said = "calls it serious" if serious else "lists it"
        question = "which signs do I report at once, and to whom?" if serious else "how will mine be watched?"
        ask(
            f"{name[0].upper()}{name[1:]}: a source {said}; {question}",
            [Citation(source=report.source, at=report.at) for report in effect.reports],
        )
    rest = effects[LIMIT:]
    if rest:
        names = ", ".join(data.entry("effects", effect.effect).name.lower() for effect in rest)
        ask(
            f"Also listed: {names}. Which of them matter most for me?",
            [Citation(source=report.source, at=report.at) for effect in rest for report in effect.reports],
        )
    beside = apart(data, record)
    others = [(said["class"], said["side_effects"]) for said in beside.for_class]
    others += [(said["part"], said["side_effects"]) for said in beside.for_parts]
    others += [(said["kind_of"], said["side_effects"]) for said in beside.for_kinds]
    for key, listed in others:
        if listed:
            group = data.entry("treatments", key).name
            ask(
                f"A source lists side effects of {group} as a whole. Which of them does mine cause?",
                [Citation(source=r.source, at=r.at) for effect in listed for r in effect.reports],
            )
    return asked


def one_voice(data: Dataset, cites: Iterable[Citation]) -> list[Citation]:
    """Give citations once each, without the older edition where the newer one is among them."""
    unique = list(dict.fromkeys((cite.source, cite.at) for cite in cites))
    sources = {source for source, _ in unique}
    return [
        Citation(source=source, at=at) for source, at in unique if superseded(data.sources[source], at) not in sources
    ]
