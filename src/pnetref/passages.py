"""The texts of the data that can be found, each under the names and words that people have for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pnetref.index import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Passage(NamedTuple):
    """A text that can be found: the record and the field in which it stands, and the words under which it is.

    ``part`` says what it is: a name, an effect, a fact, a trial or a reference; ``also`` are other names of a record.
    """

    number: str
    key: str
    part: str
    field: str
    words: str
    text: str
    also: str
    region: str
    short: str
    cites: str

    def holds(self, term: str) -> bool:
        """Tell whether a word under which it is begins with ``term``."""
        return f" {term}" in self.words


class Passages(Lines):
    """Every passage, in order: nothing but those that are asked for is divided into its columns."""

    def holding_all(self, terms: Sequence[str]) -> Iterator[Passage]:
        """Give the passages under words that begin with each of ``terms``."""
        rarest = max(terms, key=len)
        found = (Passage(*line) for line in self.holding(f" {rarest}"))
        return (passage for passage in found if all(map(passage.holds, terms)))

    def speaks_of(self, words: str) -> bool:
        """Tell whether a passage holds ``words``, as ``names.words_of`` gives them, one behind the other."""
        return any(f" {words} " in Passage(*line).words for line in self.holding(f" {words} "))
