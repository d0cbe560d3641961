"""Facts on screen: their sections, the condition they are said of, and their citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.text import Text

from pnetref.editions import superseded
from pnetref.models import Fact, Setting, Topic
from pnetref.tables.base import FAINT, WARN, Page, words
from pnetref.treatments import readable_nowhere

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What it is and how it works", ("definition", "mechanism", "target")),
    (
        "How it is taken or done",
        ("technique", "route", "form", "schedule", "dose", "duration", "food", "place_of_care", "anesthesia",
         "self_administration", "handling", "pause", "missed_dose", "dose_change"),
    ),
    (
        "Who it is for, and when",
        ("purpose", "indication", "eligibility", "line_of_therapy", "preference", "combination", "approval",
         "other_use", "research", "not_interchangeable"),
    ),
    ("What comes of it", ("outcome", "figure", "advantage", "drawback", "recovery")),
    (
        "Care and safety",
        ("warning", "urgent", "contraindication", "caution", "contraception", "breastfeeding", "fertility",
         "interaction", "monitoring", "management", "renal", "hepatic", "gene_test", "vaccination",
         "caregiver_safety", "side_effect_course"),
    ),
    ("More", ("symptom", "factor", "team_role", "sequence", "uncertainty", "decision", "support", "contact", "disclaimer")),
)  # fmt: skip
"""The sections of a card and their fields; pregnancy has a section of its own."""

SCOPES = {
    "pnet": "pNET",
    "net": "NETs in general",
    "gep-net": "NETs of gut or pancreas",
    "nec": "neuroendocrine carcinoma",
    "gep-nec": "neuroendocrine carcinoma of gut or pancreas",
    "midgut-net": "midgut NETs",
    "vipoma": "VIPoma",
    "vhl": "von Hippel-Lindau disease",
    "cancer": "cancers in general",
    "any-use": "any use",
    "volunteers": "healthy volunteers",
}
"""What is said on screen of the condition that a statement was made of; another scope is its own word."""

STANCES = {"stated": "", "not_known": "Not known: ", "denied": "", "not_applicable": "Does not apply: "}
"""What stands before a fact; a denial says no in its own text."""
HIDDEN = "A survival or death figure is hidden (figures = off)."
NO_PREGNANCY = "No source here speaks of pregnancy; that is no sign of safety: ask."
PAUSE = "Do not stop or delay any medicine because of this page: the treating team gives the dates."


def scope_words(scope: str) -> str:
    """Give the words for a scope."""
    return SCOPES.get(scope, scope.replace("-", " "))


def scope_note(scope: str, subject: str = "pnet") -> str:
    """Give the note behind a statement that was made neither of pNET nor of the ``subject`` of the page."""
    if scope in ("pnet", subject):
        return ""
    return " (any use)" if scope == "any-use" else f" (of {scope_words(scope)})"


_OF_DEATH = re.compile(r"\b(deaths?|die[sd]?|dying|surviv\w*|alive|fatal)\b", re.IGNORECASE)


def shows_survival(text: str) -> bool:
    """Tell whether a text holds a figure of survival or death, which a reader may hide."""
    return bool(_OF_DEATH.search(text)) and any(character.isdigit() for character in text)


def fact_text(page: Page, *facts: Fact) -> Text:
    """Give facts of one text: the text once, then each condition that it is said of, with its citation marks."""
    first = facts[0]
    if not page.look.figures and shows_survival(first.text):
        hidden = Text.assemble((f"{HIDDEN} ", FAINT))
        return hidden + page.marks(cite for fact in facts for cite in fact.cites)
    text = Text.assemble((STANCES[first.stance], WARN), first.text)
    for fact in facts:
        text.append(scope_note(fact.scope, page.subject), style=FAINT)
        text.append(" ")
        text += page.marks(fact.cites)
    return text


def fact_lines(page: Page, facts: Iterable[Fact]) -> list[Text]:
    """Give the lines of one field: mere terms share the first, each sentence has its own.

    What the older edition of a page alone says is left out where the newer one speaks of the field.
    """
    facts = tuple(facts)
    speaking = {cite.source for fact in facts for cite in fact.cites}
    alike: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        newer = {superseded(page.data.sources[cite.source], cite.at) for cite in fact.cites}
        if newer <= speaking:
            page.older(fact.cites)
            continue
        hidden = not page.look.figures and shows_survival(fact.text)
        alike.setdefault((HIDDEN if hidden else fact.text, fact.stance), []).append(fact)
    texts = {text: fact_text(page, *group) for (text, _), group in alike.items()}
    terms = [said for text, said in texts.items() if not text.endswith(".")]
    lines = [Text(" · ").join(terms)] if terms else []
    return lines + [said for text, said in texts.items() if text.endswith(".")]


def fact_rows(page: Page, facts: Iterable[Fact], fields: Sequence[str]) -> list[tuple[str, Text]]:
    """Give labelled lines for the facts of ``fields``."""
    facts = tuple(facts)
    rows = []
    for field in fields:
        rows += [(words(field), line) for line in fact_lines(page, (fact for fact in facts if fact.field == field))]
        if field == "pause" and any(fact.field == "pause" for fact in facts):
            rows.append(("This tool adds", Text(PAUSE, style=WARN)))
    return rows


def add_unreadable(page: Page, record: Setting | Topic) -> None:
    """Say where our copies are damaged and may have said more, a line a source."""
    lost: dict[str, dict[str, None]] = {}
    for gap in readable_nowhere(page.data, record):
        lost.setdefault(gap.source, {})[f"“{gap.at}”"] = None
    for source, places in lost.items():
        page.line(f"Unreadable: our copy of {source} is damaged at {', '.join(places)}.", style=WARN, indent=2)


def add_facts(page: Page, facts: Iterable[Fact]) -> None:
    """Add the sections of a card that have anything in them."""
    facts = tuple(facts)
    for title, fields in SECTIONS:
        rows = fact_rows(page, facts, fields)
        if rows:
            page.heading(title)
            page.rows(rows)
