"""The guide, the tree of treatments, settings, and search results on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from pnetref.guide import Question
from pnetref.models import Setting, Topic, Treatment
from pnetref.search import Hit
from pnetref.tables.base import FAINT, MARK, NAME, WARN, Page, Rows, words
from pnetref.tables.facts import HIDDEN, add_facts, add_unreadable, fact_text, shows_survival

GENERAL = {"factor": "In general", "team_role": "In general", "disclaimer": "Publishers say"}
"""The label of a fact without a name of its own, where its field is the topic itself."""

SUBJECTS = {"von-hippel-lindau-disease": "vhl"}
"""The scope of statements on a setting, where it is not the setting's id."""


def topic_page(page: Page, topic: Topic) -> None:
    """Add one topic: its facts, those with a name of their own under it."""
    page.line(topic.name, style=NAME)
    page.line()
    rows = []
    for fact in topic.facts:
        label = fact.value or GENERAL.get(fact.field, words(fact.field))
        rows.append((label[0].upper() + label[1:], fact_text(page, fact)))
    page.rows(rows, label_width=22)
    add_unreadable(page, topic)


def topics_page(page: Page, topics: Sequence[Topic]) -> None:
    """Add the list of topics."""
    page.line("The guide", style=NAME)
    page.line()
    for topic in topics:
        page.line(Text.assemble(topic.name, (f"  pnetref guide {topic.id}", MARK)), indent=2)
    page.line(Text.assemble("Questions to take along", ("  pnetref guide questions NAME", MARK)), indent=2)


def questions_page(page: Page, record: Treatment, questions: Sequence[Question]) -> None:
    """Add the questions as a list to take along, with room to write."""
    page.line(Text.assemble(("Questions about ", FAINT), (record.name, NAME)))
    page.line(
        "Made from what the sources say, and from what they leave out. They ask; they advise nothing.", style=FAINT
    )
    groups = (
        ("From what the sources say", [q for q in questions if q["cites"]]),
        ("From what no source here says", [q for q in questions if not q["cites"]]),
    )
    for title, group in groups:
        if group:
            page.heading(title)
        asked = [(Text("☐"), Text(question["text"] + " ") + page.marks(question["cites"])) for question in group]
        page.add(Rows(asked, 2, label_width=1))


def tree_page(page: Page, records: Mapping[str, Treatment], roots: Sequence[str]) -> None:
    """Add the tree of all treatments, one line each."""
    page.line("Everything that treats, as the sources group it", style=NAME)
    page.line()
    _branches(page, records, roots, 0, set())
    page.line()
    page.line("Each opens with: pnetref treatment NAME", style=MARK)


def _branches(page: Page, records: Mapping[str, Treatment], keys: Sequence[str], depth: int, seen: set[str]) -> None:
    for key in keys:
        record = records[key]
        text = Text.assemble((record.name, NAME if depth == 0 else ""))
        text.append(f"  {record.kind.replace('-', ' ')}", style=FAINT)
        page.line(text, indent=2 + 3 * depth)
        if key not in seen:
            _branches(page, records, page.data.members(key), depth + 1, seen | {key})


def setting_page(page: Page, setting: Setting, treatments: Sequence[Mapping[str, Any]]) -> None:
    """Add what the sources give for a setting, under its caution."""
    page.subject = SUBJECTS.get(setting.id, setting.id)
    page.line(Text.assemble((setting.name, NAME), ("  setting", FAINT)))
    for fact in setting.caution:
        page.line()
        page.line(Text.assemble(("Caution: ", WARN)) + fact_text(page, fact), indent=2)
    add_facts(page, setting.facts)
    if setting.unreadable:
        page.line()
    add_unreadable(page, setting)
    page.heading("Treatments that the sources name for it")
    if not treatments:
        page.line("None is named by a source here.", indent=2)
    for row in treatments:
        text = Text.assemble(row["name"], (f"  {row['kind'].replace('-', ' ')} ", FAINT)) + page.marks(row["cites"])
        page.line(text, indent=2)


MOST_HITS = 40
"""How many search results a screen shows."""


def results_page(page: Page, hits: Sequence[Hit], read_as: Mapping[str, str]) -> None:
    """Add the best search results, the matching words marked, each with the command that opens it."""
    found, hits = len(hits), hits[:MOST_HITS]
    for typed, used in read_as.items():
        page.line(f"“{typed}” is not here; shown instead: “{used}”.", style=WARN)
    previous = None
    for hit in hits:
        if hit["command"] != previous:
            page.line()
            page.line(
                Text.assemble(
                    (hit["name"], NAME), (f"  {hit['kind'].replace('-', ' ')}  ", FAINT), (hit["command"], MARK)
                )
            )
        previous = hit["command"]
        if hit["field"] == "name":
            continue
        if not page.look.figures and shows_survival(hit["text"]):
            page.line(Text.assemble((f"{HIDDEN} ", FAINT)) + page.marks(hit["cites"]), indent=2)
            continue
        text = Text(hit["text"] + " ")
        for word in hit["matched"]:
            text.highlight_words([word], style="bold underline", case_sensitive=True)
        page.line(Text.assemble((f"{words(hit['field'])}: ", FAINT)) + text + page.marks(hit["cites"]), indent=2)
    if found > len(hits):
        page.line()
        page.line(f"The best {len(hits)} of {found} places; a further word narrows them, --json has all.", style=FAINT)
