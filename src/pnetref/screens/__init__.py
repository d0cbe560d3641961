"""From an answer to a page: pure functions, one an answer, which know the answer and nothing else."""

from __future__ import annotations

from importlib import import_module
from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING, Any

from pnetref.page import AT_A_GLANCE, Heading, Line, Said, Title, composed
from pnetref.screens.context import Context
from pnetref.terms import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pnetref.page import Block, Page
    from pnetref.screens.context import Look

SCREENS: dict[str, tuple[str, str]] = {
    "DrugAnswer": ("treatment", "drug"),
    "DrugsAnswer": ("treatment", "drugs"),
    "TreatmentCardAnswer": ("treatment", "treatment"),
    "TreatmentsAnswer": ("treatment", "treatments"),
    "SettingAnswer": ("treatment", "setting"),
    "CompareAnswer": ("comparison", "compare"),
    "SideEffectsAnswer": ("side_effects", "of_treatment"),
    "EffectAnswer": ("side_effects", "of_effect"),
    "SubjectEffectAnswer": ("side_effects", "of_both"),
    "VocabularyAnswer": ("side_effects", "vocabulary"),
    "CiteAnswer": ("references", "references"),
    "TopicAnswer": ("guide", "topic"),
    "TopicsAnswer": ("guide", "topics"),
    "QuestionsAnswer": ("guide", "questions"),
    "SearchAnswer": ("search", "all_results"),
    "TrialAnswer": ("trial", "trial"),
    "TrialsAnswer": ("trial", "trials"),
}
"""The module and the function that shows each answer whole, or the part of it that was asked for."""

FIRST: dict[str, tuple[str, str]] = {
    "DrugAnswer": ("first", "drug"),
    "TreatmentCardAnswer": ("first", "treatment"),
    "CompareAnswer": ("first", "compare"),
    "SideEffectsAnswer": ("first", "side_effects"),
    "EffectAnswer": ("first", "effect"),
    "TrialAnswer": ("first", "trial"),
    "QuestionsAnswer": ("guide", "first_questions"),
    "SearchAnswer": ("search", "results"),
}
"""The first screen of the answers that are longer than one."""

GLANCED = (
    "DrugAnswer",
    "TreatmentCardAnswer",
    "CompareAnswer",
    "SideEffectsAnswer",
    "EffectAnswer",
    "SearchAnswer",
)
"""The answers whose first screen stands before the whole, where that is not on a terminal: the others begin as it does."""


def page_of(kind: str, answer: Mapping[str, Any], look: Look, *, first: bool = False) -> Page:
    """Give the page of an answer, numbered and with its references.

    Where nothing of it was asked for, ``first`` gives its first screen alone; else that stands before the
    whole, and between them the questions to take along.
    """
    context = Context(answer, look, {})
    selected = answer["selected"]
    asked = bool(answer.get("filters")) or bool(answer.get("comparison", {}).get("only"))
    asked = asked or (bool(selected) if first else selected not in ([], [WHOLE]))
    if kind in FIRST and first and not asked:
        return composed(_blocks(FIRST[kind], answer, context), answer, brief=True, spelling=look.spelling)
    blocks = _blocks(SCREENS[kind], answer, context)
    if kind in GLANCED and not first and not asked:
        blocks = _with_glance(_blocks(FIRST[kind], answer, context), _questions(answer, context), blocks)
    page = composed(blocks, answer, spelling=look.spelling)
    return page._replace(blocks=page.blocks[:1]) if selected == ["sources"] else page


def _with_glance(glance: list[Block], asked: list[Block], whole: list[Block]) -> list[Block]:
    """Put a first screen, without what its last line opens, and questions before the whole, whose first lines it has."""
    if glance == whole:
        return whole
    head = list(takewhile(lambda block: isinstance(block, Title | Line) and block.words, glance))
    rest = list(dropwhile(lambda block: isinstance(block, Title) or block in head, whole))
    in_full = [] if isinstance(rest[0], Heading) and rest[0].level == 2 else [Heading((Said("In full"),))]
    return [*head, Heading((Said(AT_A_GLANCE),)), *glance[len(head) : -1], *asked, *in_full, *rest]


def _questions(answer: Mapping[str, Any], context: Context) -> list[Block]:
    record = answer.get("drug") or answer.get("treatment")
    if record is None:
        return []
    from pnetref.screens.guide import to_take_along

    return to_take_along(record, context)


def _blocks(screen: tuple[str, str], answer: Mapping[str, Any], context: Context) -> list[Block]:
    module, name = screen
    blocks: list[Block] = getattr(import_module(f"pnetref.screens.{module}"), name)(answer, context)
    return blocks
