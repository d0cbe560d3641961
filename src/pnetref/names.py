"""Names as people type them: normalizing, dividing words into names, suggesting what is spelled alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

SPELLINGS = (
    ("tumour", "tumor"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("labour", "labor"),
    ("odour", "odor"),
    ("analogue", "analog"),
    ("rrhoea", "rrhea"),
    ("pnoea", "pnea"),
    ("haem", "hem"),
    ("aemia", "emia"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("foet", "fet"),
    ("anaest", "anest"),
    ("paed", "ped"),
    ("leucocyt", "leukocyt"),
    ("sulph", "sulf"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("centre", "center"),
    ("isation", "ization"),
    ("alpha", "alfa"),
)
"""UK and older spellings, and the one that this reference compares with."""

_DASH = re.compile("[\u2010-\u2015\u2212]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_HERE = dict(SPELLINGS)
_OTHER_SPELLING = re.compile("|".join(other for other, _ in SPELLINGS))


def words_of(text: str) -> str:
    """Give ``text`` in lower case, without accents and punctuation, in US spelling, words apart."""
    apart = _DASH.sub(" ", text.casefold())
    plain = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode()
    spaced = _NOT_WORD.sub(" ", plain.replace("'", "")).strip()
    return _OTHER_SPELLING.sub(_spelled_here, spaced)


def _spelled_here(part: re.Match[str]) -> str:
    return _HERE[part.group()]


def normalize(text: str) -> str:
    """Give the key under which a name is found: letters and digits alone (``5-FU`` is ``5fu``)."""
    key = words_of(text).replace(" ", "")
    while (spelled := _OTHER_SPELLING.sub(_spelled_here, key)) != key:  # joining words may make one that has a spelling
        key = spelled
    return key


def divide(words: Sequence[str], known: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Divide all of ``words`` into known names, in order; give every division with the fewest names.

    An argument that contains a space is one name and is never joined to its neighbors.
    """
    count = len(words)
    best: list[list[tuple[str, ...]]] = [[] for _ in range(count + 1)]
    best[count] = [()]
    for start in range(count - 1, -1, -1):
        readings: list[tuple[str, ...]] = []
        for end in range(start + 1, count + 1):
            part = words[start:end]
            if len(part) > 1 and any(" " in word.strip() for word in part):
                break
            name = " ".join(part)
            if best[end] and known(normalize(name)):
                readings += [(name, *rest) for rest in best[end]]
        fewest = min((len(reading) for reading in readings), default=0)
        best[start] = [reading for reading in readings if len(reading) == fewest]
    return best[0]


def slips(one: str, other: str) -> int:
    """Give how many letters of two words stand in one of them alone; a wrong letter counts twice."""
    import difflib

    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return len(one) + len(other) - 2 * sum(block.size for block in blocks)


def opposite(one: str, other: str) -> bool:
    """Tell whether one of two words speaks of too much and the other of too little."""
    return any("hyper" in this and "hypo" in that for this, that in ((one, other), (other, one)))


def suggest(
    text: str,
    candidates: Iterable[str],
    look_alikes: Sequence[Sequence[str]] = (),
    limit: int = 3,
    most_slips: int = 3,
) -> tuple[str, ...]:
    """Give the ``candidates`` that ``text`` begins or that are a slip of the pen away, the nearest first.

    Of ``look_alikes``, groups of names that are easily mixed up, at most one is given; for a correctly
    spelled one, none.
    """
    import difflib

    key = normalize(text)
    by_key = {normalize(candidate): candidate for candidate in candidates}
    starts = [name for name in by_key if len(key) >= 3 and name.startswith(key)]
    near = difflib.get_close_matches(key, by_key, n=4 * limit, cutoff=0.8)
    close = [name for name in near if slips(key, name) <= most_slips and not opposite(key, name)]
    kept: list[str] = []
    for name in dict.fromkeys([*starts[:limit], *close]):
        alike = {other for group in look_alikes if name in group for other in group if other != name}
        if key not in alike and not alike & set(kept):
            kept.append(name)
    return tuple(by_key[name] for name in kept)[:limit]
