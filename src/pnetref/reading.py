"""From words as people type them to the names in them: what stands around and between names is set aside."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pnetref.names import LONGEST_NAME, MOST_IN_A_NAME, MOST_READINGS

Keys = Callable[[str], Sequence[str]]
"""Gives the keys of the records that a text names."""

AND = frozenset({"&", "and", "with", "und", "et", "och", "og", "y"})
"""What joins a combination where nothing else stands between names, and sets names side by side in a comparison."""

TOGETHER = frozenset({"+", "/", "plus"}) | AND
"""What stands between the parts of a combination."""

VERSUS = frozenset({",", ";", "|", "vs", "vs.", "versus", "v", "v.", "against", "or", "to"})
"""What stands between names that are set side by side."""

_LINKS = (
    "on in for from after during while by of a an the my me i w is as con de da di do com avec mit per pour para zur zum la le "
    "en se na can could does did will would cause causes caused causing give gives given make makes get gets he she him her "
    "his they their husband wife mum mom dad mother father son daughter very so compare between difference"
)
LINKS = frozenset(_LINKS.split())
"""Small words around names that say nothing of which they are."""


MOST_LOOSE = 100
"""The words and signs that are read otherwise than as names one behind the other: no list for a person is longer."""


class Named(NamedTuple):
    """A name as it was typed, the keys of what it names, and what beside it was set aside."""

    text: str
    keys: tuple[str, ...]
    aside: tuple[str, ...] = ()
    join: str = ""  # what stood between it and the name before it


class Reading(NamedTuple):
    """The names in words, and the words that are neither names nor known to be none."""

    names: tuple[Named, ...]
    unknown: tuple[str, ...] = ()


class _Token(NamedTuple):
    text: str
    kind: str  # name, join, link, aside or unknown: what the word alone can be
    group: int


class _Part(NamedTuple):
    kind: str
    text: str
    keys: tuple[str, ...] = ()


def scan(words: Sequence[str], keys_of: Keys, *, split: frozenset[str] = frozenset()) -> list[Reading]:
    """Give the readings of ``words`` with the fewest unknown words, the fewest set aside, the fewest names; several where they differ.

    A name never crosses a word of ``split``, nor the quotes around another. Of more than ``MOST_LOOSE`` words and
    signs there is no reading.
    """
    tokens = _tokens(words)
    if len(tokens) > MOST_LOOSE:
        return []
    best: list[list[tuple[tuple[int, int, int], Any]]] = [[] for _ in range(len(tokens) + 1)]
    best[-1] = [((0, 0, 0), ())]
    for start in range(len(tokens) - 1, -1, -1):
        token = tokens[start]
        cost = {"join": (0, 0, 0), "link": (0, 0, 0), "aside": (0, 1, 0)}.get(token.kind, (1, 0, 0))
        found = [(_sum(cost, after), (_Part(token.kind, token.text), rest)) for after, rest in best[start + 1]]
        for end in range(start + 1, min(len(tokens), start + MOST_IN_A_NAME) + 1):
            last = tokens[end - 1]
            if last.group != token.group or last.text.casefold() in split:
                break
            text = " ".join(token.text for token in tokens[start:end])
            if end > start + 1 and len(text) > LONGEST_NAME:
                break
            if keys := tuple(keys_of(text)):
                named = _Part("name", text, keys)
                found += [(_sum((0, 0, 1), after), (named, rest)) for after, rest in best[end]]
        least = min(after for after, _ in found)
        best[start] = [one for one in found if one[0] == least][:MOST_READINGS]
    readings: dict[tuple[tuple[str, ...], ...], Reading] = {}
    for _, parts in best[0]:
        reading = _reading(parts)
        readings.setdefault(tuple(named.keys for named in reading.names), reading)
    return list(readings.values())


def _sum(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _tokens(words: Sequence[str]) -> list[_Token]:
    """Divide words into tokens: strengths and temperatures whole, what joins names apart; each quoted argument is a group."""
    # Imported here since it takes time, and most words are names.
    from pnetref.medication import STRENGTH, TEMPERATURE, has_number, without_maker

    split = r"(?P<join>[/+&,;|])|(?P<word>[^\s/+&,;|]+)"
    if any(map(has_number, words)):
        split = rf"(?P<strength>{STRENGTH}|{TEMPERATURE})|{split}"
    groups: list[str] = []
    open_group = False
    for word in words:
        quoted = " " in word.strip()
        if quoted or not open_group:
            groups.append(word)
        else:
            groups[-1] += f" {word}"
        open_group = not quoted
    tokens: list[_Token] = []
    for number, group in enumerate(groups):
        plain = " ".join(group.replace("®", " ").replace("™", " ").split())
        for match in re.finditer(split, plain, re.IGNORECASE):
            if match.lastgroup == "word":
                tokens += [_Token(text, _kind(text), number) for text in without_maker(match.group())]
            else:
                tokens.append(_Token(match.group(), "join" if match.lastgroup == "join" else "aside", number))
    return tokens


def _kind(text: str) -> str:
    from pnetref.medication import is_aside

    plain = text.casefold()
    if plain in TOGETHER or plain in VERSUS:
        return "join"
    if plain in LINKS:
        return "link"
    return "aside" if is_aside(text) else "unknown"


def _reading(parts: Any) -> Reading:  # noqa: ANN401 - parts, each with what follows it
    """Give a reading of parts: what was set aside belongs to the name before it, or to the first."""
    names: list[Named] = []
    waiting: list[str] = []
    unknown: list[str] = []
    join = ""
    while parts:
        part, parts = parts
        if part.kind == "name":
            names.append(Named(part.text, part.keys, tuple(waiting), join))
            waiting, join = [], ""
        elif part.kind == "aside":
            if names:
                names[-1] = names[-1]._replace(aside=(*names[-1].aside, part.text))
            else:
                waiting.append(part.text)
        elif part.kind == "unknown":
            unknown.append(part.text)
        elif part.kind == "join" and names and join not in VERSUS:
            join = part.text.casefold()
    return Reading(tuple(names), tuple(unknown))
