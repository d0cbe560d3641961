"""What a screen knows besides its own part of the answer: names, editions, and how a person wants it shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pnetref.page import Cite, newer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Look(NamedTuple):
    """The settings that bear on what a page says.

    ``terms`` is plain, clinical or both; ``figures`` is false where survival and death figures are hidden;
    ``spelling`` is us or uk.
    """

    terms: str = "both"
    figures: bool = True
    spelling: str = "us"


class Cited(Protocol):
    """Anything that names a source and the place in it."""

    @property
    def source(self) -> str:
        """The id of the source."""

    @property
    def at(self) -> str:
        """The place in it."""


class Context(NamedTuple):
    """The whole answer beside the look that is wanted; ``ranks`` keeps how good each place is, once it was asked."""

    answer: Mapping[str, Any]
    look: Look
    ranks: dict[tuple[str, str], tuple[int, int, int, str]]

    def name(self, key: str) -> str:
        """Give the name of a treatment, setting or trial that the answer names by its id."""
        return str(self.answer["records"][key]["name"])

    def effect(self, key: str) -> str:
        """Give a side effect's name in plain words, clinical words or both, as the settings say."""
        names = self.answer["effects"][key]
        return self.both(names["name"], names["clinical_name"])

    def both(self, plain: str, clinical: str) -> str:
        """Give the words of a side effect that the settings ask for."""
        if self.look.terms == "clinical":
            return clinical
        if self.look.terms == "plain" or clinical.casefold() == plain.casefold():
            return plain
        return f"{plain} ({clinical})"

    def one(self, key: str) -> str:
        """Give a side effect's name in one form of words: the clinical ones only where they are asked for."""
        return str(self.answer["effects"][key]["clinical_name" if self.look.terms == "clinical" else "name"])

    def once(self, words: Iterable[str]) -> list[str]:
        """Give words that hold both spellings of some, each once in the spelling that the settings ask for."""
        if self.look.spelling != "uk":
            return list(words)
        from pnetref.spelling import in_uk

        return list(dict.fromkeys(map(in_uk, words)))

    def newer(self, cited: Cited) -> str | None:
        """Give the id of the newer edition of a place, or None."""
        return newer(self.answer["sources"], Cite(cited.source, cited.at))


def cites(cited: Iterable[Cited]) -> tuple[Cite, ...]:
    """Give the places of citations or reports."""
    return tuple(Cite(one.source, one.at) for one in cited)
