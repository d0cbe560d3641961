"""From an answer to a page: pure functions, one an answer, which know the answer and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pnetref.page import Page, composed
from pnetref.screens.context import Context, Look

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
"""The module and the function that shows each answer."""


def page_of(kind: str, answer: Mapping[str, Any], look: Look) -> Page:
    """Give the page of an answer, numbered and with its references."""
    module, name = SCREENS[kind]
    screen = getattr(import_module(f"pnetref.screens.{module}"), name)
    return composed(screen(answer, Context(answer, look)), answer)
