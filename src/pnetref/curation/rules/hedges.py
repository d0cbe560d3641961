"""Short forms: what a statement only may be, is not said flatly in few words.

A short form leaves things out, and may. What it says, it says as its statement does: each hedge is looked for
where the words that it governs are still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pnetref.curation.generate import Files
from pnetref.curation.rules.base import each
from pnetref.models import Check, Dose, DoseChange, Fact, Interaction


class Hedge(NamedTuple):
    """A kind of hedge: how a statement says it, and how a short form can."""

    said: re.Pattern[str]
    kept: re.Pattern[str]


def _hedge(said: str, kept: str) -> Hedge:
    return Hedge(re.compile(said, re.IGNORECASE), re.compile(kept, re.IGNORECASE))


GOVERNING = {
    "possible": _hedge(
        r"\b(may|can|might|could|possibl[ey]|potential(?:ly)?|suspected|appears? to|seems? to|likely)\b",
        r"\b(may|can|might|could|possibl\w*|perhaps|maybe|potential\w*|suspected|appears?|seems?|apparent\w*|suggest\w*"
        r"|(?:un)?like\w*|unclear|uncertain|risks?|chance|hazard|danger|signs?|if|where|weighed|sometimes|usually|typically)\b",
    ),
    "no": _hedge(
        r"\b(no|not|none|never|without|cannot|nor|neither|nothing)\b",
        r"\b(no|not|none|never|without|cannot|nor|neither|nothing|unless|except|non|only|less|lacks?|lacking|few|until"
        r"|before|avoided|stopped|ended|held|withheld|skipped|contraindicated|off|absent|un\w+|in(?:able|complete))\b",
    ),
    "not always": _hedge(
        r"\b(usually|typically|generally|in general|sometimes|rarely|commonly|mostly|mainly|occasionally|uncommonly"
        r"|normally|frequently)\b",
        r"\b(usual\w*|typical\w*|general\w*|sometimes|rare\w*|common\w*|most\w*|main\w*|occasional\w*|uncommon\w*"
        r"|normal\w*|frequent\w*|often|seldom|may|can|some|more)\b",
    ),
}
"""Hedges of the word that follows them: where that word stands in the short form, so does the hedge."""

BEFORE_NUMBERS = {
    "about": _hedge(
        r"\b(?:about|approximately|around|roughly|nearly|almost)\s+(?:every )?$", r"\b(about|around|nearly|almost)\b|~"
    ),
    "at most": _hedge(
        r"(?<!add )\b(?:up to|at most|(?:no|not) more than|within|no later than|(?:less|fewer|lower) than|below|under)"
        r"\s+(?:a |the |about )?$",
        r"\b(up to|at most|at least|no more|not more|within|less|fewer|below|under|over|above|beyond|or less|to|max\w*)\b|[≤<]",
    ),
    "at least": _hedge(
        r"(?<!no )(?<!not )\b(?:at least|(?:no|not) less than|(?:more|longer|higher|greater) than|above)"
        r"\s+(?:a |the |about )?$",
        r"\b(at least|at most|or more|more|from|over|above|past|beyond|longer|older|later|up to|under|below|on)\b|[≥>+]",
    ),
}
"""What stands before a number: where every such number of a statement has it, the short form has it with the number."""

YEAR = re.compile(r"(?:19|20)\d\d")
"""A year is the name of an edition, as its label has it."""
NUMBER = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)*")
QUANTITY = re.compile(
    r"(?<![\w.-])(\d+(?:\.\d+)?)\s*(%|(?:mg|micrograms?|g|GBq|MBq|mCi|mL|weeks?|months?|days?|hours?|minutes?|years?|times)\b)"
)
IDIOMS = re.compile(
    r"\bas (?:soon|often|much) as possible\b|\bno (?:more|less|later) than\b|\bno or nearly no\b", re.IGNORECASE
)
"""Words of a hedge that hedge nothing."""
WORD = re.compile(r"[A-Za-z][\w'-]*")
_SMALL = (
    "a an the of to in on at by for with and or be been being is are was were it its this that these those such as also"
    " have has had from into than then more some any other even very their his her which who whom whose does do did so if"
    " when during before after together rather people person patients treatment day microgram micrograms mg hours minutes"
    " weeks about"
)
SMALL = frozenset(_SMALL.split())
"""Words that say too little to tell whether a short form speaks of the same."""

MEDIAN = re.compile(r"\bmedian\b", re.IGNORECASE)
ALONE = re.compile(r"\b(?:on|with|for) \w+ alone\b(?! and in combination)", re.IGNORECASE)
ADULTS = re.compile(r"(?<!took )(?<!an )(?<!named for )(?<!\d )(?<!evaluated )\badults?\b", re.IGNORECASE)
"""The people of a statement; those of a trial are counted in it."""
CHILDREN = re.compile(r"\b(?:child|children|pediatric)\b", re.IGNORECASE)
ANIMALS = re.compile(r"\b(?:animals?|rats?|mice|rabbits?|monkeys?)\b", re.IGNORECASE)
OF_PEOPLE = re.compile(
    r"\b(?:animals?|rats?|mice|rabbits?|monkeys?|chimpanzees|humans?|women|men|milk|not|no|few|unknown|reported)\b",
    re.IGNORECASE,
)

AS_IT_IS: dict[str, str] = {
    "EU: may raise the risk of wound healing problems": "what has not healed is the wound that is told before",
    "EU: 7 days: wipes flushed at once; other items in bags": "what cannot be flushed are the other items",
    "US: fatal liver vein clots reported, about 0.01%": "they were reported with other drugs and alone",
}
"""Short forms that a pattern finds and that lose nothing, each with the reason."""


def hedged(files: Files) -> Iterator[str]:
    """A short form keeps the hedges, bounds, units and people of what it says: may, about, at least, median, adults, in animals."""
    for model in (Fact, Dose, Interaction, Check, DoseChange):
        for key, part in each(files, model):
            if part.short is not None and part.short not in AS_IT_IS:
                yield from (f"{key}: {part.short!r} loses {lost}: {part.text!r}" for lost in lost_of(part))


def lost_of(part: Any) -> Iterator[str]:  # noqa: ANN401 - a statement with a short form
    """Give the hedges of a statement that its short form has lost."""
    short = part.short
    text = IDIOMS.sub(" ", part.text)
    stems = {_stem(word) for word in WORD.findall(short)}
    for name, hedge in GOVERNING.items():
        if not hedge.kept.search(short):
            after = (_governed(text[found.end() :]) for found in hedge.said.finditer(text))
            yield from (f"{name!r} of {word!r}" for word in after if word and _stem(word) in stems)
    numbers = [found.group() for found in NUMBER.finditer(short)]
    places = {number: _places(number, part.text) for number in numbers if not YEAR.fullmatch(number)}
    for name, hedge in BEFORE_NUMBERS.items():
        if not hedge.kept.search(short):
            for number, before in places.items():
                if before and all(hedge.said.search(start) for start in before):
                    yield f"{name!r} of {number}"
    if not MEDIAN.search(short):
        yield from (f"'median' of {number}" for number in places if _of_median(number, part.text))
    yield from (
        f"the unit of {number}" for number, unit in QUANTITY.findall(short) if not _measured(number, unit, part.text)
    )
    if ALONE.search(part.text) and not re.search(r"\balone\b|\bsingle\b", short):
        yield "'alone'"
    if (
        ADULTS.search(part.text)
        and not CHILDREN.search(part.text)
        and not re.search(r"\badults?\b|\bpeople\b|\bpatients\b|\bage\b", short)
    ):
        yield "'adults'"
    if ANIMALS.search(part.text) and not OF_PEOPLE.search(short):
        yield "'in animals'"


def _governed(rest: str) -> str:
    """Give the word that a hedge before ``rest`` governs: the first that says something, up to the next stop."""
    clause = re.split(r"[.;:,]", rest, maxsplit=1)[0]
    return next((word for word in WORD.findall(clause) if word.casefold() not in SMALL), "")


def _stem(word: str) -> str:
    """Give a word without its ending."""
    word = word.casefold()
    for ending in ("ingly", "edly", "ing", "ies", "ied", "es", "ed", "s", "ly", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word.removesuffix(ending)
    return word


def _of_median(number: str, text: str) -> bool:
    """Tell whether a number stands only behind a median in its clause."""
    clauses = [clause for clause in re.split(r"[.;:,] ", text) if _places(number, clause)]
    return bool(clauses) and all(MEDIAN.search(clause[: clause.index(number)]) for clause in clauses)


def _measured(number: str, unit: str, text: str) -> bool:
    """Tell whether a number has its unit in a statement, behind it or behind the range that it begins; in words it has none."""
    places = [text[found.end() :] for found in NUMBER.finditer(text) if found.group() == number]
    return not places or any(unit.removesuffix("s") in rest[:60] for rest in places)


def _places(number: str, text: str) -> list[str]:
    """Give what stands before each place of a number in a text."""
    return [text[: found.start()] for found in NUMBER.finditer(text) if found.group() == number]
