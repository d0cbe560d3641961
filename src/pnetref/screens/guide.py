"""The guide: its topics, and questions to take along."""

from __future__ import annotations

from pnetref.answers.guide import QuestionsAnswer, TopicAnswer, TopicsAnswer
from pnetref.page import Block, Branches, Heading, Items, Line, Rows, Said, Title, Words
from pnetref.screens.context import Context, cites
from pnetref.screens.facts import fact_words, lost_lines
from pnetref.screens.phrases import capital, faint, label, plain

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
