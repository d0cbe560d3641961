"""The texts of the data that can be found, each under the names and words that people have for it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pnetref.errors import broken
from pnetref.index import Keys, Lines


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


class Passages:
    """Every passage, in order, found by the words under which it is; no other is read."""

    def __init__(self, lines: Lines, words: Keys) -> None:
        self._lines = lines
        self._words = words

    def __iter__(self) -> Iterator[Passage]:
        return (Passage(*columns) for columns in self._lines.starting(""))

    def holding_all(self, terms: Sequence[str]) -> Iterator[Passage]:
        """Give the passages under words that begin with each of ``terms``."""
        longest = sorted(terms, key=len)[-3:]  # few passages are under them; the others tell which of these
        for number in sorted(set.intersection(*map(self._under, longest))):
            columns = self._lines.columns(number)
            if columns is None:
                raise broken("index/passages.tsv", f"the line of {number!r} is missing")
            passage = Passage(number, *columns)
            if all(map(passage.holds, terms)):
                yield passage

    def speaks_of(self, words: str) -> bool:
        """Tell whether a passage holds ``words``, as ``names.words_of`` gives them, one behind the other."""
        return any(f" {words} " in passage.words for passage in self.holding_all([words]))

    def _under(self, term: str) -> set[str]:
        """Give the numbers of the passages under a word that begins with the longest word of ``term``."""
        begun = max(term.split(), key=len)
        return {number for _, opens in self._words.pairs(begun) for number in opens}
