"""Search over names, statements, side effects, references, settings, topics and trials."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from typing import TYPE_CHECKING

from pnetref.answers.envelope import Answer
from pnetref.errors import NoMatch, Problem, UsageProblem
from pnetref.lookup import command_for, command_of, find, is_drug, is_treatment, split_key
from pnetref.names import LONGEST_NAME, check_size, normalize, suggest, words_of
from pnetref.terms import SMALL, WHOLE, parts_by_words
from pnetref.walk import Used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pnetref.answers.shapes import Hit, PartnerFound, PartnerGroup
    from pnetref.dataset import Dataset
    from pnetref.passages import Passage

WEIGHTS = {"name": 100, "effect": 60, "fact": 20, "trial": 20, "reference": 10}
"""How much a match counts by where it stands; a whole name counts double."""


MOST_IN_A_NAME = 8
"""The words that a name has at most."""

MOST_WORDS = 100
"""The words of a search: a place that holds more of them is not here."""

LONG = 7
"""The letters of a word from which on a slip of the pen is read as the word that is meant."""


def partners_named(data: Dataset, words: Sequence[str]) -> list[PartnerFound]:
    """Give the partners that neighboring words name."""
    names = list(_names_in(words_of(" ".join(words)).split()))
    keys = [key for name in names for key in data.named(name) if key.startswith("partners/")]
    found: list[PartnerFound] = []
    for key in dict.fromkeys(split_key(key)[1] for key in keys):
        groups: list[PartnerGroup] = [
            {"id": group.id, "name": group.name, "cites": list(member.cites)}
            for group in data.partners.values()
            for member in group.members
            if member.id == key
        ]
        partner = data.partners[key]
        one: PartnerFound = {
            "id": key,
            "kind": partner.kind,
            "name": partner.name,
            "entries": data.entry("partners", key).cited,
            "groups": groups,
        }
        found.append(one)
    return found


def search(data: Dataset, words: Sequence[str]) -> Answer:
    """Answer ``search WORDS``: every word but the small ones has to stand in a place that is found.

    A word that stands nowhere is read as the nearest word of the data; where no place holds all, those that
    name nothing are set aside; the answer says both. Raises ``UsageProblem`` for no word, ``NoMatch`` where
    nothing is found, with what is known of a partner.
    """
    selected = (WHOLE,) if len(words) > 1 and words[-1].casefold() == WHOLE else ()
    words = words[: len(words) - len(selected)]
    check_size(words)
    told = words_of(" ".join(words)).split()
    if len(told) > MOST_WORDS:
        raise UsageProblem(f"{len(told)} words are too many; a search takes at most {MOST_WORDS}")
    partners = partners_named(data, words)
    asked = list(dict.fromkeys(_joined(data, told)))
    wanted = [word for word in asked if word not in SMALL] or asked
    if not wanted and any(map(str.isalnum, "".join(words))):  # of another script
        raise _unheard(data, words, wanted, partners)
    if not wanted:
        raise UsageProblem("search needs a word, as in: pnetref search wound healing")
    read_as = _read_as(data, wanted)
    if read_as is None:
        raise _unheard(data, words, wanted, partners)
    found = hits(data, wanted, read_as)
    set_aside: list[str] = []
    for parts in (parts_by_words(), {}):
        if not found and (named := _naming(data, wanted, parts)):
            set_aside = [word for word in wanted if word not in named]
            found = hits(data, named, read_as)
    if not found:
        raise NoMatch(_nothing(data, words, wanted, partners))
    answered_by = _answered_by(data, words)
    if answered_by:  # the words ask for a field of a record: what answers it comes first
        fields = {parts_by_words().get(name) for name in _names_in(wanted)}
        found.sort(key=lambda hit: hit["field"] not in fields)
    keys = [(hit["kind"], hit["id"]) for hit in found]
    rests_on = Used(
        {key: {} for kind, key in keys if kind == "source"},
        {key: ("effects",) for kind, key in keys if kind == "effect"},
    )
    payload = {
        "results": found,
        "read_as": read_as,
        "set_aside": set_aside,
        "partners": partners,
        "answered_by": answered_by,
        "urgent": any(data.effects[key].urgent for key in data.wording.effects(" ".join(words))),
    }
    return Answer(data, "SearchAnswer", payload, (), selected, rests_on)


def _joined(data: Dataset, words: Sequence[str]) -> list[str]:
    """Join neighbors that are one word of the texts and a name or a part: ``breast feeding``, ``nose bleeds``."""
    found: list[str] = []
    for word in words:
        both = found[-1] + word if found else ""
        if len(both) > LONG and both in data.index.words and (data.named(both) or both in parts_by_words()):
            found[-1] = both
        else:
            found.append(word)
    return found


def _names_in(words: Sequence[str]) -> Iterator[str]:
    """Give every name that neighboring words may be, the longest first."""
    for count in range(min(MOST_IN_A_NAME, len(words)), 0, -1):
        names = (" ".join(words[start : start + count]) for start in range(len(words) - count + 1))
        yield from (name for name in names if len(name) <= LONGEST_NAME)


def _naming(data: Dataset, words: Sequence[str], parts: Mapping[str, str]) -> list[str]:
    """Give those of ``words`` that name a record or one of ``parts``, alone or with their neighbors."""
    naming = {word for name in _names_in(words) if data.named(name) or name in parts for word in name.split()}
    return [word for word in words if word in naming]


def _unheard(data: Dataset, words: Sequence[str], wanted: Sequence[str], partners: Sequence[PartnerFound]) -> NoMatch:
    """Say that no text holds the words, and what answers them where they are names in other words, or what is alike."""
    if partners:
        return NoMatch(_nothing(data, words, wanted, partners))
    from pnetref.misses import alike, without_record

    if (told := without_record(data, words)) is not None:
        return NoMatch(told)
    said = f'nothing read here speaks of "{" ".join(words)[:80]}"; that is no sign of safety'
    if (command := _answered_by(data, words)) is not None:
        return NoMatch(f"{said}; see: {command}")
    return NoMatch(said, alike(data, " ".join(words)[:80], lambda key: not key.startswith(("sources/", "topics/"))))


def named_by(partner: PartnerFound) -> str:
    """Say how many entries name a partner."""
    return f"{partner['entries']} {'entry names' if partner['entries'] == 1 else 'entries name'} {partner['name']}"


def _nothing(data: Dataset, words: Sequence[str], wanted: Sequence[str], partners: Sequence[PartnerFound]) -> str:
    """Say that nothing was found, and of what drugs meet that this is no sign of safety; name what opens each name."""
    text = " ".join(words)[:80]
    if not partners:
        keys = dict.fromkeys(key for name in _names_in(wanted) for key in data.named(name))
        see = "; see: " + ", ".join(command_for(data, key) for key in list(keys)[:4]) if keys else ""
        answered = _answered_by(data, words)
        if answered is not None:
            see = f"; see: {answered}"
        return f'nothing here holds all of "{text}", which is no sign of safety; try fewer words{see}'
    partner = partners[0]
    if not partner["entries"]:
        return f"no entry here names {partner['name']}; groups that labels name may include it: ask a pharmacist"
    return (
        f'nothing read here speaks of "{text}" together, and {named_by(partner)}; '
        "that is no sign of safety: ask a pharmacist"
    )


def _answered_by(data: Dataset, words: Sequence[str]) -> str | None:
    """Give the command that answers ``words`` where they are names and parts, and not a search of its own.

    Words that name a drug and what is done, as surgery, do not ask for a comparison.
    """
    told = " ".join(words).split()
    try:
        command = command_of(data, [word for word in told if word.casefold() not in SMALL] or told, explain=False)
        no_comparison = command[0] == "compare" and not _all_drugs(data, command[1:])
    except Problem:
        return None
    if command[0] == "search" or no_comparison:
        return None
    return f"pnetref {shlex.join(command)}"


def _all_drugs(data: Dataset, words: Sequence[str]) -> bool:
    """Tell whether a comparison of what ``words`` name is one of drugs; raises as ``find`` does."""
    return all(map(is_drug(data), find(data, words, is_treatment, "a treatment", parts_by_words()).keys))


def _read_as(data: Dataset, wanted: Sequence[str]) -> dict[str, str] | None:
    """Give for each word that stands nowhere the word of which it is a slip, or None where one is no slip."""
    read_as: dict[str, str] = {}
    for word in wanted:
        if not any(data.index.passages.holding_all([word])):
            nearest = _apart(data, word) or _slip_of(data, word)
            if nearest is None:
                return None
            read_as[word] = nearest
    return read_as


def hits(data: Dataset, wanted: Sequence[str], read_as: Mapping[str, str]) -> list[Hit]:
    """Give what holds every one of ``wanted``, as a whole word or the beginning of one, the best first."""
    terms = [read_as.get(word, word) for word in wanted]
    key = normalize(" ".join(terms))
    scored = []
    for passage in data.index.passages.holding_all(terms):
        score = WEIGHTS[passage.part]
        if passage.part == "name":
            names = [normalize(name) for name in (passage.text, *passage.also.split(" ; "))]
            score += 100 if key in names else 0
        score += 10 if " ".join(terms) in passage.words else 0
        score += 5 if _all_in(passage.text, terms) else 0
        scored.append((-score, passage))
    scored.sort()
    matches = cache(lambda token: any(_all_in(token, [term]) for term in terms))
    return [_hit(data, passage, matches) for _, passage in scored]


def _apart(data: Dataset, word: str) -> str | None:
    """Give the words of the name of which ``word`` is the joined form: ``hairloss``."""
    for key in data.named(word):
        name = words_of(data.index.records[key].name)
        if " " in name and name.replace(" ", "") == word and any(data.index.passages.holding_all([name])):
            return name
    return None


def _slip_of(data: Dataset, word: str) -> str | None:
    """Give the word of the data of which ``word`` is a slip of the pen, or None.

    One wrong letter, or two that are missing, too many or in the wrong order: more would be another word,
    as would another beginning, and a short word is too easily another one.
    """
    if len(word) < LONG:
        return None
    begun = (line[0] for line in data.index.words.starting(word[:2]))
    return next(iter(suggest(word, begun, data.manifest.look_alikes)), None)


def _all_in(text: str, terms: Sequence[str]) -> bool:
    """Tell whether words of ``text`` begin with each of ``terms``."""
    words = f" {words_of(text)}"
    return all(f" {term}" in words for term in terms)


def _hit(data: Dataset, passage: Passage, matches: Callable[[str], bool]) -> Hit:
    folder, name = split_key(passage.key)
    entry = data.index.records[passage.key]
    tokens = dict.fromkeys(re.findall(r"[\w-]+", passage.text))
    return {
        "kind": entry.kind if folder == "treatments" else folder.removesuffix("s"),
        "id": name,
        "name": entry.name,
        "field": passage.field,
        "text": passage.text,
        "matched": list(filter(matches, tokens)),
        "region": passage.region or None,
        "short": passage.short or None,
        "command": command_for(data, passage.key),
        "cites": [data.citation(*cite) for cite in json.loads(passage.cites)],
    }
