"""The guide: its topics, and questions to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pnetref import asking
from pnetref.page import BOX, Branches, Cite, Heading, Items, Line, Rows, Said, Title, newer
from pnetref.screens.context import cites
from pnetref.screens.facts import fact_words, lost_lines
from pnetref.screens.phrases import capital, faint, label, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.answers.shapes import Question, QuestionsAnswer, TopicAnswer, TopicsAnswer, TreatmentAnswer
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context

GENERAL = {"factor": "In general", "team_role": "In general", "disclaimer": "Publishers say"}
"""The label of a fact without a name of its own, where its field is the topic itself."""


def topic(answer: TopicAnswer, context: Context) -> list[Block]:
    """Give one topic: its facts, those with a name of their own under it."""
    record = answer["topic"]
    rows: list[tuple[str, Words]] = []
    for fact in record.facts:
        title = fact.value or GENERAL.get(fact.field, label(fact.field))
        rows.append((capital(title), fact_words(context, fact)))
    lost = lost_lines(gap for gap in record.unreadable if context.newer(gap) is None)
    return [Title((Said(record.name, "strong"),)), Line(), Rows(tuple(rows), label_width=22), *lost]


def topics(answer: TopicsAnswer, context: Context) -> list[Block]:
    """Give the list of topics."""
    del context
    listed = [(record.name, f"pnetref guide {record.id}") for record in answer["topics"]]
    listed.append(("Questions to take along", "pnetref guide questions NAME"))
    lines = tuple((0, (Said(name), Said(f"  {command}", "command"))) for name, command in listed)
    return [Title((Said("The guide", "strong"),)), Line(), Branches(lines)]


MOST_QUESTIONS = 12
"""How many questions a first screen asks."""

FIRST_ASKED = (
    "indication",
    "contraindication",
    "interaction",
    "pregnancy",
    "dose",
    "food",
    "missed_dose",
    "urgent",
    "monitoring",
    "side_effects",
    "renal",
    "hepatic",
    "pause",
    "outcome",
    "recovery",
)
"""The fields that a first screen asks about, in this order; then the others as they stand."""


def first_questions(answer: QuestionsAnswer, context: Context) -> list[Block]:
    """Give the first twelve questions, one a field, and how the rest is opened."""
    order = {name: index for index, name in enumerate(FIRST_ASKED)}
    asked = sorted(answer["questions"], key=lambda question: order.get(question["field"], len(order)))
    first: dict[str, Question] = {}
    for question in asked:
        first.setdefault(question["field"], question)
    shown = list(first.values())[:MOST_QUESTIONS]
    rest = len(answer["questions"]) - len(shown)
    blocks = questions({**answer, "questions": shown}, context)
    command = f"pnetref guide questions {answer['subject']['id']} all"
    return [*blocks, Line(), Line((Said(f"{rest} more: ", "faint"), Said(command, "command")))] if rest else blocks


def questions(answer: QuestionsAnswer, context: Context) -> list[Block]:
    """Give the questions as a list to take along."""
    del context
    title = Title((Said("Questions about ", "faint"), Said(answer["subject"]["name"], "strong")))
    return [title, *to_tick(answer["questions"])]


def to_tick(asked: Sequence[Question], level: int = 2) -> list[Block]:
    """Give questions as lists to tick, those that sources raise before those of silences, under headings of a level."""
    blocks: list[Block] = [
        Line(faint("Made from what the sources say, and from what they leave out. They ask; they advise nothing.")),
    ]
    groups = (
        ("From what the sources say", [q for q in asked if q["cites"]]),
        ("From what no source here says", [q for q in asked if not q["cites"]]),
    )
    for title, group in groups:
        if group:
            items = tuple((Said(question["text"], cites=cites(question["cites"])),) for question in group)
            blocks += [Heading(plain(title), level), Items(items, BOX)]
    return blocks


class _Names(NamedTuple):
    """Names and editions, as the answer has them."""

    context: Context

    def effect(self, key: str) -> str:
        """Give the plain name of a side effect."""
        return str(self.context.answer["effects"][key]["name"])

    def treatment(self, key: str) -> str:
        """Give the name of a treatment."""
        return self.context.name(key)

    def newer(self, source: str, at: str) -> str | None:
        """Give the id of the newer edition of a place, or None."""
        return newer(self.context.answer["sources"], Cite(source, at))


def to_take_along(record: TreatmentAnswer, context: Context) -> list[Block]:
    """Give the questions that a record raises, as ``guide questions`` asks them, for its page."""
    asked = asking.questions(record, _Names(context))
    return [Heading(plain("Questions to take along")), *to_tick(asked, 3)] if asked else []
