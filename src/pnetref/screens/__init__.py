"""From an answer to a page: pure functions, one an answer, which know the answer and nothing else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pnetref.page import composed
from pnetref.screens.context import Context

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
    "SearchAnswer": ("search", "results"),
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

GLANCED = ("DrugAnswer", "TreatmentCardAnswer", "CompareAnswer")
"""The answers whose first screen stands before the whole, where that is not on a terminal."""


def page_of(kind: str, answer: Mapping[str, Any], look: Look, *, first: bool = False) -> Page:
    """Give the page of an answer, numbered and with its references.

    Where nothing of it was asked for, ``first`` gives its first screen alone, and else that stands before the whole.
    """
    context = Context(answer, look, {})
    selected = answer["selected"]
    asked = bool(selected) or bool(answer.get("filters")) or bool(answer.get("comparison", {}).get("only"))
    if kind in FIRST and first and not asked:
        return composed(_blocks(FIRST[kind], answer, context), answer, brief=True)
    blocks = _blocks(SCREENS[kind], answer, context)
    if kind in GLANCED and not asked:
        blocks = [*_blocks(FIRST[kind], answer, context)[:-1], *blocks[1:]]
    page = composed(blocks, answer)
    return page._replace(blocks=page.blocks[:1]) if selected == ["sources"] else page


def _blocks(screen: tuple[str, str], answer: Mapping[str, Any], context: Context) -> list[Block]:
    module, name = screen
    blocks: list[Block] = getattr(import_module(f"pnetref.screens.{module}"), name)(answer, context)
    return blocks
