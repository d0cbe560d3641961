"""Side effects in people's own words: which effect a phrase names, in whatever order and form its words stand."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pnetref.names import MOST_IN_A_NAME, may_slip, opposite, slips, words_of

if TYPE_CHECKING:
    from pnetref.index import Keys
    from pnetref.models import Effect, Vocabulary
    from pnetref.stored import Stored

Bag = frozenset[str]
"""The words of a phrase without order, each as the first word of its family."""


class Families:
    """Which words mean the same in every effect, and which say nothing."""

    def __init__(self, vocabulary: Vocabulary | Stored) -> None:
        self._head = {word: family[0] for family in vocabulary.families for word in family}
        self._small = frozenset(vocabulary.small)

    @cached_property
    def _phrase(self) -> str:
        """The pattern of the members of families that are several words, the longest first."""
        phrases = sorted((word for word in self._head if " " in word), key=len, reverse=True)
        return rf"\b(?:{'|'.join(map(re.escape, phrases))})\b" if phrases else r"(?!)"

    def bag(self, text: str) -> Bag:
        """Give the words of ``text`` without order, the small ones left out."""
        spaced = words_of(text)
        if " " in spaced:
            spaced = re.sub(self._phrase, lambda found: self._head[found.group()].replace(" ", "_"), spaced)
        words = (self._head.get(word, word).replace(" ", "_") for word in spaced.split())
        return frozenset(word for word in words if word not in self._small)


def key_of(bag: Bag) -> str:
    """Give the words of a bag in one text, as the index has them."""
    return " ".join(sorted(bag))


def bags_of(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Give for the words of every phrase the ids of the effects that it names: one, where the data keeps its rules.

    Where small words leave one word of several, it is not enough: "a cold" is not any cold, nor "aches and pains" any
    pain.
    """
    families = Families(vocabulary)
    owners: dict[str, list[str]] = {}
    for effect in vocabulary.effects:
        for text in texts_of(effect):
            bag = families.bag(text)
            known = owners.setdefault(key_of(bag), []) if bag and not (len(bag) == 1 and " " in words_of(text)) else []
            if effect.id not in known:
                known.append(effect.id)
    return owners


class Wording(Families):
    """The words of the vocabulary, and ``bags``, the owner of each phrase."""

    def __init__(self, vocabulary: Vocabulary | Stored, bags: Keys) -> None:
        super().__init__(vocabulary)
        self._soft = frozenset(vocabulary.soft)
        self._vocabulary = vocabulary
        self._bags = bags

    def effects(self, text: str) -> tuple[str, ...]:
        """Give the ids of the effects that ``text`` names, with and then without words such as feeling and very."""
        if text.count(" ") >= 2 * MOST_IN_A_NAME:
            return ()
        bag = self.bag(text)
        return tuple(self._bags.get(key_of(bag)) or self._bags.get(key_of(bag - self._soft)) or ())

    @cached_property
    def _beside(self) -> dict[tuple[str, ...], list[tuple[str, str, str]]]:
        """Give for the words around one word of a phrase, a blank in its place, that word, the effect and the phrase."""
        found: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        for effect in self._vocabulary.effects:
            for text in texts_of(effect)[1:]:
                words = words_of(text).split()
                for at, word in enumerate(words):
                    found.setdefault((*words[:at], "", *words[at + 1 :]), []).append((word, effect.id, text))
        return found

    def slips_of(self, text: str) -> list[tuple[str, str]]:
        """Give the effects, each with its phrase, of which ``text`` is a slip of the pen, the nearest first.

        Letters alone never lead to another meaning: every word but one is the same, and that one begins alike.
        """
        typed = words_of(text).split()[:MOST_IN_A_NAME]
        near: list[tuple[int, str, str]] = []
        for at, word in enumerate(typed):
            for other, effect, phrase in self._beside.get((*typed[:at], "", *typed[at + 1 :]), ()):
                most = min(may_slip(word), may_slip(other))
                if most and max(len(word), len(other)) > 4 and word[0] == other[0] and not opposite(word, other):
                    far = slips(word, other, most)
                    if 0 < far <= most:
                        near.append((far, effect, phrase))
        return [(effect, phrase) for _, effect, phrase in sorted(near)]

    def holding(self, text: str) -> list[str]:
        """Give the effects of which a phrase holds all the words of ``text``: those first that are called so."""
        bag = self.bag(text) - self._soft
        if not bag:
            return []
        called = {effect.id: f"{effect.name} {effect.clinical_name}" for effect in self._vocabulary.effects}
        found = []
        for key, effects in self._bags.pairs():
            owned = set(key.split())
            if bag < owned:
                found.append((len(bag - self.bag(called[effects[0]])), len(owned), effects[0]))
        return list(dict.fromkeys(key for _, _, key in sorted(found)))


def texts_of(effect: Effect) -> tuple[str, ...]:
    """Give every phrase that names an effect or a kind of it."""
    return (effect.id, effect.name, effect.clinical_name, *effect.synonyms, *effect.narrower)
