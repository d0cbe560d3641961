"""The rules of the data, each a name, a claim and a check; ``python -m pnetref.curation [--fix]`` runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pnetref.curation.generate import Files
from pnetref.curation.rules import effects, files, hedges, labels, links, numbers, sources, words
from pnetref.curation.rules.base import Rule
from pnetref.dataset import DATA

RULES = tuple(
    Rule(check.__name__.replace("_", "-"), check.__doc__ or "", check)
    for check in (
        files.valid,
        files.named_by_file,
        sources.resolving,
        sources.listed_by,
        links.linked,
        links.acyclic,
        effects.effects_known,
        effects.one_report,
        effects.graded,
        effects.class_voice,
        effects.near_apart,
        effects.own_synonyms,
        effects.as_compared,
        effects.no_drug,
        effects.fetus,
        words.silences,
        words.denials,
        words.one_term,
        numbers.figures,
        numbers.results,
        words.own_words,
        words.plain,
        sources.dates,
        sources.bibliography,
        sources.complete,
        sources.identifiers,
        labels.regional,
        labels.labelled,
        labels.editions,
        labels.shorts,
        hedges.hedged,
        labels.measured,
        labels.partners,
        files.packaged,
    )
)
"""Every rule, in the order in which they are run."""


def breaches(root: str = DATA, rules: Iterable[Rule] = RULES) -> Iterator[str]:
    """Run ``rules`` over the data under ``root``; give a line for each breach, with the rule's name."""
    data = Files(root)
    for rule in rules:
        for line in rule.check(data):
            yield f"{rule.name}: {line}"
