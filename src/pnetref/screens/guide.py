"""The guide: its topics, and questions to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.page import Branches, Heading, Items, Line, Rows, Said, Title
from pnetref.screens.context import cites
from pnetref.screens.facts import fact_words, lost_lines
from pnetref.screens.phrases import capital, faint, label, plain

if TYPE_CHECKING:
    from pnetref.answers.shapes import Question, QuestionsAnswer, TopicAnswer, TopicsAnswer
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
    blocks: list[Block] = [
        Title((Said("Questions about ", "faint"), Said(answer["subject"]["name"], "strong"))),
        Line(faint("Made from what the sources say, and from what they leave out. They ask; they advise nothing.")),
    ]
    groups = (
        ("From what the sources say", [q for q in answer["questions"] if q["cites"]]),
        ("From what no source here says", [q for q in answer["questions"] if not q["cites"]]),
    )
    for title, group in groups:
        if group:
            asked = tuple((Said(question["text"], cites=cites(question["cites"])),) for question in group)
            blocks += [Heading(plain(title)), Items(asked, "☐")]
    return blocks
