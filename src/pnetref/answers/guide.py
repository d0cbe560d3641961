"""The guide: its topics, and the questions that a treatment's own facts and silences raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pnetref.answers.envelope import Answer
from pnetref.answers.treatment import apart, readable_nowhere, subject
from pnetref.asking import questions
from pnetref.editions import superseded
from pnetref.lookup import find_one, is_topic, is_treatment
from pnetref.terms import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.answers.shapes import Question
    from pnetref.dataset import Dataset
    from pnetref.models import Treatment

QUESTIONS = "questions"
"""The word that asks for questions about a treatment instead of a topic."""


def guide(data: Dataset, words: Sequence[str]) -> Answer:
    """Answer ``guide``: a topic, all topics, or the questions about a treatment; raises as ``lookup.find`` does."""
    if not words:
        return Answer(data, "TopicsAnswer", {"topics": [data.topics[key] for key in data.topics]})
    if words[0].casefold() == QUESTIONS:
        found = find_one(data, words[1:], is_treatment, "a treatment", {WHOLE: WHOLE})
        record = data.treatments[found.ids[0]]
        payload = {"subject": subject(record), "questions": _questions(data, record)}
        return Answer(data, "QuestionsAnswer", payload, found.typed, found.parts)
    found = find_one(data, words, is_topic, "a topic of the guide")
    return Answer(data, "TopicAnswer", {"topic": data.topics[found.ids[0]]}, found.typed)


class _Names(NamedTuple):
    """Names and editions, as the data has them."""

    data: Dataset

    def effect(self, key: str) -> str:
        """Give the plain name of a side effect."""
        return self.data.entry("effects", key).name

    def treatment(self, key: str) -> str:
        """Give the name of a treatment."""
        return self.data.entry("treatments", key).name

    def newer(self, source: str, at: str) -> str | None:
        """Give the id of the newer edition of a place, or None."""
        return superseded(self.data.sources[source], at)


def _questions(data: Dataset, record: Treatment) -> list[Question]:
    """Give the questions that a record raises, with what is said of its class, its parts and its kinds."""
    said = {**dict(record), **vars(apart(data, record)), "lost": readable_nowhere(data, record)}
    return questions(said, _Names(data))
