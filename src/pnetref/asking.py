"""The questions that a treatment's own facts and silences raise, for the next appointment; they ask and advise nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pnetref.models import Citation
from pnetref.terms import ASPECTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pnetref.answers.shapes import Question
    from pnetref.models import SideEffect
    from pnetref.terms import Aspect

NOT_READ = "The label has a section that was not read here,"

LIMIT = 8
"""How many side effects are asked about one by one; the rest share a question."""


class Known(Protocol):
    """What questions are put into words with: names, and which editions are older ones."""

    def effect(self, key: str, /) -> str:
        """Give the plain name of a side effect."""

    def treatment(self, key: str, /) -> str:
        """Give the name of a treatment."""

    def newer(self, source: str, at: str, /) -> str | None:
        """Give the id of the newer edition of a place, or None."""


class _Asked(NamedTuple):
    """The questions so far, and what they are put into words with."""

    known: Known
    found: list[Question]

    def ask(self, text: str, field: Aspect, cites: Iterable[tuple[str, str]] = ()) -> None:
        """Add a question that rests on places, or on a silence; an older edition is no voice beside the newer one."""
        places = list(dict.fromkeys(cites))
        sources = {source for source, _ in places}
        kept = [Citation(source=source, at=at) for source, at in places if self.known.newer(source, at) not in sources]
        self.found.append({"text": text, "field": field, "cites": kept})


def questions(record: Mapping[str, Any], known: Known) -> list[Question]:
    """Make questions of a record with what is said of its class, its parts and its kinds, each with the places it rests on."""
    asked = _Asked(known, [])
    for field, about in FIELDS.items():
        places = [(cite.source, cite.at) for fact in record["facts"] if fact.field == field for cite in fact.cites]
        if places:
            asked.ask(about.question, field, places)
    _about_effects(record, asked)
    lost = record["lost"]
    if lost:
        aspects = ", ".join(dict.fromkeys(ASPECTS[gap.aspect].label.lower() for gap in lost))
        text = f"Our copy of a source is damaged where it may speak of: {aspects}. What do I need to know of these?"
        asked.ask(text, lost[0].aspect, ((gap.source, gap.at) for gap in lost))
    for aspect in dict.fromkeys(gap.aspect for gap in record["not_read"]):
        silence = ASPECTS[aspect].silence
        if silence:
            question = silence.question.partition(": ")[2]
            asked.ask(f"{NOT_READ} on {ASPECTS[aspect].label.lower()}: {question}", aspect)
    for aspect in record["not_stated"]:
        silence = ASPECTS[aspect].silence
        if silence:
            asked.ask(silence.question, aspect)
    return asked.found


def _gravity(effect: SideEffect) -> tuple[bool, bool]:
    """Give how grave an effect is called, the gravest sorting first: in a box of a label, serious, neither."""
    grave = [report for report in effect.reports if report.serious]
    return not any("boxed" in f"{report.at} {report.graded_as}".casefold() for report in grave), not grave


def _about_effects(record: Mapping[str, Any], asked: _Asked) -> None:
    effects: list[SideEffect] = sorted(record["side_effects"], key=_gravity)
    for effect in effects[:LIMIT]:
        name = asked.known.effect(effect.effect).lower()
        serious = any(report.serious for report in effect.reports)
        said = "calls it serious" if serious else "lists it"
        question = "which signs do I report at once, and to whom?" if serious else "how will mine be watched?"
        text = f"{name[0].upper()}{name[1:]}: a source {said}; {question}"
        asked.ask(text, "side_effects", _places([effect]))
    rest = effects[LIMIT:]
    if rest:
        names = ", ".join(asked.known.effect(effect.effect).lower() for effect in rest)
        asked.ask(f"Also listed: {names}. Which of them matter most for me?", "side_effects", _places(rest))
    others = [(said["class"], said["side_effects"]) for said in record["for_class"]]
    others += [(said["part"], said["side_effects"]) for said in record["for_parts"]]
    others += [(said["kind_of"], said["side_effects"]) for said in record["for_kinds"]]
    for key, listed in others:
        if listed:
            group = asked.known.treatment(key)
            text = f"A source lists side effects of {group} as a whole. Which of them does mine cause?"
            asked.ask(text, "side_effects", _places(listed))


def _places(effects: Iterable[SideEffect]) -> list[tuple[str, str]]:
    return [(report.source, report.at) for effect in effects for report in effect.reports]
