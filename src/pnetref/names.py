"""Names as people type them: normalizing, dividing words into names, suggesting what is spelled alike."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from pnetref.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

SPELLINGS = (
    ("tumour", "tumor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("flavour", "flavor"),
    ("labour", "labor"),
    ("odour", "odor"),
    ("analogue", "analog"),
    ("rrhoea", "rrhea"),
    ("pnoea", "pnea"),
    ("haem", "hem"),
    ("aemia", "emia"),
    ("aemic", "emic"),
    ("oedema", "edema"),
    ("gastro oesoph", "gastroesoph"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("foet", "fet"),
    ("anaest", "anest"),
    ("aesth", "esth"),
    ("faec", "fec"),
    ("caec", "cec"),
    ("paed", "ped"),
    ("leucocyt", "leukocyt"),
    ("leucop", "leukop"),
    ("sulph", "sulf"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("centre", "center"),
    ("isation", "ization"),
    ("alised", "alized"),
    ("randomised", "randomized"),
    ("alpha", "alfa"),
)
"""UK and older spellings, and the one that this reference compares with."""

_DASH = "[\u2010-\u2015\u2212]"
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_HERE = dict(SPELLINGS)
_OTHER_SPELLING = re.compile("|".join(other for other, _ in SPELLINGS))
_LONGEST_SPELLING = max(len(other) for other, _ in SPELLINGS)
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "μ": "u",  # the Greek letter, which the sign for micro becomes in lower case
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
    }
)
"""Letters that are no Latin ones with accents, as people without them type them: ``interferon-β`` is no interferon alfa."""

MOST_IN_A_NAME = 16
"""The words that a name has at most."""

MOST_WORDS = 500
"""The words that are looked up at once; every source by its id is fewer."""

MOST_LETTERS = 1000
"""The letters of one argument that is looked up: a paragraph in quotes."""

LONGEST_NAME = 200
"""The letters of a name of several words at most."""

MOST_READINGS = 4
"""How many readings of the same words are looked at: two are one too many already."""


def words_of(text: str) -> str:
    """Give ``text`` in lower case, without accents and punctuation, in US spelling, words apart."""
    plain = text.casefold()
    if not plain.isascii():
        apart = re.sub(_DASH, " ", plain).translate(_LETTERS)
        # Letter by letter: the marks on letters, which it would put in order, are left out anyway.
        whole = "".join([unicodedata.normalize("NFKD", letter) for letter in apart])
        plain = whole.encode("ascii", "ignore").decode()
    spaced = _NOT_WORD.sub(" ", plain.replace("'", "")).strip()
    return _OTHER_SPELLING.sub(_spelled_here, spaced)


def _spelled_here(part: re.Match[str]) -> str:
    return _HERE[part.group()]


def normalize(text: str) -> str:
    """Give the key under which a name is found: letters and digits alone (``5-FU`` is ``5fu``)."""
    key = words_of(text).replace(" ", "")
    at = 0
    while found := _OTHER_SPELLING.search(key, at):  # joining words may make one that has a spelling
        key = f"{key[: found.start()]}{_HERE[found.group()]}{key[found.end() :]}"
        at = max(0, found.start() - _LONGEST_SPELLING)  # and so may what stood before it
    return key


def check_size(words: Sequence[str]) -> None:
    """Raise ``UsageProblem`` where ``words`` are more than anybody asks at once: no look-up goes on and on."""
    longest = max(map(len, words), default=0)
    if longest > MOST_LETTERS:
        raise UsageProblem(f"{longest} letters are too many for a name or a question; give at most {MOST_LETTERS}")
    count = sum(len(word.split()) for word in words)
    if count > MOST_WORDS:
        raise UsageProblem(f"{count} words are too many; give at most {MOST_WORDS} at once")


def in_other_letters(text: str) -> bool:
    """Tell whether a letter of ``text`` is of another script than Latin: ``сунитиниб``, ``ランレオチド錠5mg``."""
    return any(letter.isalpha() and not words_of(letter) for letter in text)


def divide(words: Sequence[str], known: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Divide all of ``words`` into known names, in order; give the divisions with the fewest names, a few at most.

    An argument that contains a space is one name and is never joined to its neighbors. Takes time in proportion
    to the number of words.
    """
    count = len(words)
    best: list[list[tuple[int, Any]]] = [[] for _ in range(count + 1)]  # a length, and a name with what follows it
    best[count] = [(0, ())]
    for start in range(count - 1, -1, -1):
        readings: list[tuple[int, Any]] = []
        for end in range(start + 1, min(count, start + MOST_IN_A_NAME) + 1):
            part = words[start:end]
            if len(part) > 1 and any(" " in word.strip() for word in part):
                break
            name = " ".join(part)
            if len(part) > 1 and len(name) > LONGEST_NAME:
                break
            if best[end] and known(name):
                readings += [(length + 1, (name, rest)) for length, rest in best[end]]
        fewest = min((length for length, _ in readings), default=0)
        best[start] = [reading for reading in readings if reading[0] == fewest][:MOST_READINGS]
    return [tuple(_unrolled(reading)) for _, reading in best[0]]


def _unrolled(reading: Any) -> Iterator[str]:  # noqa: ANN401 - a name with what follows it, or nothing
    while reading:
        name, reading = reading
        yield name


def opposite(one: str, other: str) -> bool:
    """Tell whether one of two words speaks of too much and the other of too little."""
    return any("hyper" in this and "hypo" in that for this, that in ((one, other), (other, one)))


def slips(one: str, other: str, most: int = 2) -> int:
    """Give how many slips of the pen one word is from another, ``most`` + 1 where it is more.

    A slip is a letter that is wrong, missing, too many, or has changed places with its neighbor.
    """
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=most)


def may_slip(word: str) -> int:
    """Give how many slips a word can have before it is too easily another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 10 else 2


def suggest(
    text: str,
    candidates: Iterable[str],
    look_alikes: Sequence[Sequence[str]] = (),
    limit: int = 3,
    *,
    begun: bool = True,
) -> tuple[str, ...]:
    """Give the normalized ``candidates`` that ``text`` is a slip of, or begins where ``begun``, the nearest first.

    A slip does not change how a word begins. Of ``look_alikes``, groups of names that are easily mixed up, at most
    one is given; for a correctly spelled one, none.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    key = normalize(text)
    most = may_slip(key)
    digits = [letter for letter in key if letter.isdigit()]  # those of a code never slip
    alike = [
        name for name in candidates if name[:1] == key[:1] and [c for c in name if c.isdigit()][: len(digits)] == digits
    ]
    starts = sorted(
        (name for name in alike if begun and len(key) >= 3 and name.startswith(key) and not name[len(key) :].isdigit()),
        key=len,
    )
    near = extract(key, alike, scorer=OSA.distance, score_cutoff=most, limit=None) if most else []
    close = [name for name, far, _ in near if far <= most and not opposite(key, name)]
    kept: list[str] = []
    for name in dict.fromkeys([*close[:limit], *starts[:limit], *close[limit:]]):
        mixed_up = {other for group in look_alikes if name in group for other in group if other != name}
        if key not in mixed_up and not mixed_up & set(kept):
            kept.append(name)
    return tuple(kept)[:limit]
