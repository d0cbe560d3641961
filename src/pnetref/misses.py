"""What a look-up says that opens nothing: what is known of the words, and what is spelled alike; never a guess."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import (
    combination,
    command_for,
    is_treatment,
    keys_in_words,
    keys_of,
    split_key,
)
from pnetref.names import divide, in_other_letters, normalize, suggest, words_of
from pnetref.reading import MOST_LOOSE, Reading, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pnetref.dataset import Dataset
    from pnetref.errors import Problem
    from pnetref.lookup import (
        Accept,
        Found,
    )

SHOWN = 80
"""The characters of typed words that a message repeats."""


_TURNING = "low high no not never without less more too lack reduced decreased increased havent hasnt dont doesnt"
TURNING = frozenset(_TURNING.split())
"""Words that turn what a side effect says: without them the effect is another."""


LONG_ENOUGH = 6
"""The letters of a word among others that may be a slip of a drug's name."""

MOST_SLIPS = 4
"""The unknown words that are looked at one by one."""

MOST_FAR = 2
"""The slips of the pen that a name has at most, and so by how many letters it is longer or shorter."""

ISOTOPE = re.compile(
    r"\b(?:Y|In|Ga|Cu|Tc|I|Ac|Tb|Pb)[- ]?\d{2,3}m?\b|\b\d{2,3}m?(?:Y|In|Ga|Cu|Tc|I|Ac|Tb|Pb)\b", re.IGNORECASE
)
"""An isotope that is not that of a drug here whose name may stand behind it."""


def not_found(data: Dataset, words: Sequence[str], accept: Accept, what: str) -> NoMatch:
    """Say why ``words`` open nothing that ``accept`` takes, and what there is instead."""
    text = " ".join(words)
    shown = _cut(text)
    known_as = f'"{shown}" is not in this reference as {what}'
    elsewhere = divide(words, lambda name: bool(keys_of(data, name, lambda _: True)))
    if elsewhere:
        keys = [key for name in elsewhere[0] for key in keys_of(data, name, lambda _: True)]
        return _known_elsewhere(data, words, keys, accept, what)
    if (regimen := without_record(data, words)) is not None:
        return NoMatch(regimen, helps=True)
    if near := alike(data, text, accept):
        return NoMatch(known_as, near)
    readings = scan(words[:MOST_LOOSE], lambda name: keys_in_words(data, name, accept))
    reading = readings[0] if readings else Reading(())
    unknown = " ".join(reading.unknown) or text
    if in_other_letters(text):
        return NoMatch(f"{known_as}: names are wanted in Latin letters, such as sunitinib")
    slipped = () if ISOTOPE.search(text) else tuple(_slips(data, reading.unknown, accept))
    if slipped:
        return NoMatch(known_as, slipped)
    if trials := _trials_of(data, unknown, [key for name in reading.names for key in name.keys]):
        listed = ", ".join(command_for(data, key) for key in trials[:4])
        parts = "".join(f"{command_for(data, name.keys[0])}, " for name in reading.names[:3])
        return NoMatch(f"{known_as}; see: {parts}and a trial that gave it: {listed}", helps=True)
    keys = [key for name in reading.names for key in name.keys if not _look_alike(data, text, key)]
    if keys and not TURNING & set(words_of(unknown).split()):
        names = tuple(data.index.records[key].name for key in dict.fromkeys(keys))[:4]
        commands = list(dict.fromkeys(command_for(data, key) for key in keys))[:4]
        if _spoken_of(data, unknown) and len(text) <= SHOWN:
            commands.append(f"pnetref search {shlex.join(words)}")
        see = ", ".join(commands)
        return NoMatch(f"{known_as}; see: {see}", names, told="beside it stands")
    if len(unknown) <= SHOWN and _spoken_of(data, unknown):
        return NoMatch(f"{known_as}; see: pnetref search {shlex.join(words)}", helps=True)
    return NoMatch(known_as)


def _known_elsewhere(data: Dataset, words: Sequence[str], keys: Sequence[str], accept: Accept, what: str) -> NoMatch:
    """Say of words that are names, and not what a command takes, which commands answer them."""
    shown = _cut(" ".join(words))
    if any(map(accept, keys)):
        return NoMatch(f'"{shown}" is not {what} alone; see: {_see(words, keys)}')
    given = [f"{command_for(data, key)} (a trial that gave it)" for key in _trials_of(data, " ".join(words))]
    commands = list(dict.fromkeys((*given, *(command_for(data, key) for key in keys))))[:4]
    if all(key.startswith("partners/") for key in keys):
        return NoMatch(
            f'"{shown}" has no record here as {what}; it is named with others: {", ".join(commands)}', helps=True
        )
    return NoMatch(f'"{shown}" is not {what}; see: {", ".join(commands)}', helps=True)


def _look_alike(data: Dataset, text: str, key: str) -> bool:
    """Tell whether what was typed is another drug, spelled like a record that stands in it (``dex lansoprazole``)."""
    typed, name = normalize(text), normalize(data.index.records[key].name)
    return any(
        name in group and any(typed.startswith(other) for other in group if other != name)
        for group in data.manifest.look_alikes
    )


def several_names(data: Dataset, found: Found, accept: Accept, what: str) -> Problem:
    """Say of several names after a command that takes one what takes them, or that no record holds their combination."""
    listed = " ".join(f'"{data.index.records[key].name}"' for key in found.keys)
    if found.together and all(map(is_treatment, found.keys)):
        parts = ", ".join(command_for(data, key) for key in found.keys if accept(key))
        given = _given_together(data, found.ids)
        return NoMatch(f"no record here holds {listed} together as {what}; its parts: {parts}{given}")
    compare = f"; see pnetref compare {listed}" if all(map(is_treatment, found.keys)) else ""
    whole = combination(data, found.keys)
    if whole is not None and accept(whole):
        compare += f", or the combination: {command_for(data, whole)}"
    return UsageProblem(f"{listed} are {len(found.keys)} names, and this command takes one{compare}")


def alike(data: Dataset, text: str, accept: Accept, limit: int = 3) -> tuple[str, ...]:
    """Give the accepted records spelled most like ``text``, or else called so among other words, as people know them.

    At most ``limit`` of a kind.
    """
    if not words_of(text) or len(text) > SHOWN:
        return ()
    names: dict[str, dict[str, str]] = {}
    for name, key in _near(data, text, accept):
        names.setdefault(split_key(key)[0], {})[name] = key
    shown: dict[str, str] = {}
    for known in names.values():
        near = [(name, known[name]) for name in suggest(text, known, data.manifest.look_alikes, limit=4 * limit)]
        nearest = {key: name for name, key in reversed(near)}
        shown |= {key: _as_known(data, key, nearest[key]) for key in dict.fromkeys(key for _, key in near[:limit])}
    effects: list[tuple[str, str]] = []
    if accept("effects/"):
        effects += data.wording.slips_of(text)
        if not TURNING & set(words_of(text).split()):
            effects += [(key, data.effects[key].name) for key in data.wording.holding(text)]
    return (*(shown or _holding(data, text, accept)).values(), *_effect_names(data, effects)[:limit])


def _near(data: Dataset, text: str, accept: Accept) -> Iterator[tuple[str, str]]:
    """Give the accepted names that may be a slip of ``text``, or begin with it: they begin alike and are as long."""
    wanted = normalize(text)
    for name, keys in data.index.names.pairs(wanted[:1]):
        if abs(len(name) - len(wanted)) <= MOST_FAR or name.startswith(wanted):
            yield from ((name, key) for key in keys if accept(key))


def _holding(data: Dataset, text: str, accept: Accept) -> dict[str, str]:
    """Give the treatments of whose name ``text`` is a word."""
    wanted = f" {words_of(text)} "
    entries = data.index.records.starting("treatments/") if len(wanted) > 6 else ()
    return {key: name for key, _, name, *_ in entries if wanted in f" {words_of(name)} " and accept(key)}


def _effect_names(data: Dataset, found: Iterable[tuple[str, str]]) -> list[str]:
    """Give side effects as they are called, each once, behind the phrase that was matched."""
    named: dict[str, str] = {}
    for key, phrase in found:
        name = data.effects[key].name
        named.setdefault(key, name if normalize(phrase) == normalize(name) else f"{phrase} ({name})")
    return list(named.values())


def _as_known(data: Dataset, key: str, name: str) -> str:
    """Give the record's name, behind the displayed name that was matched; search terms are never displayed."""
    folder, record = split_key(key)
    given = data.index.records[key].name
    texts: Iterable[str] = (other.text for other in data.treatments[record].names) if folder == "treatments" else ()
    matched = next((text for text in texts if normalize(text) == name), given)
    return given if normalize(matched) in normalize(given) else f"{matched} ({given})"


def _see(words: Sequence[str], keys: Sequence[str]) -> str:
    """Give the command that words which name records of several kinds are answered by."""
    command = "side-effects" if {split_key(key)[0] for key in keys} == {"treatments", "effects"} else "search"
    return f"pnetref {command} {shlex.join(words)}"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _slips(data: Dataset, words: Sequence[str], accept: Accept) -> Iterator[str]:
    """Give the treatments of which single long words, among others that are known, are slips."""
    long = [word for word in words if len(normalize(word)) >= LONG_ENOUGH] if len(words) <= MOST_SLIPS else []
    if not long:
        return
    for word in long:
        known = {name: key for name, key in _near(data, word, accept) if is_treatment(key)}
        for name in suggest(word, known, data.manifest.look_alikes, 1, begun=False):
            yield _as_known(data, known[name], name)


def without_record(data: Dataset, words: Sequence[str]) -> str | None:
    """Say of a combination without a record, named by words whole or as one of them, what of it is here, and its trials."""
    known = {normalize(name): one for one in data.manifest.regimens for name in one.names}
    pieces = re.split(r"[\s+&,;]+|(?<=\D)[/-](?=\D)", " ".join(words))
    named = next((piece for piece in (" ".join(words), *pieces) if normalize(piece) in known), None)
    if named is None:
        return None
    regimen = known[normalize(named)]
    parts = ", ".join(f"pnetref drug {part}" for part in regimen.parts)
    besides = f" (besides: {', '.join(regimen.also)})" if regimen.also else ""
    given = _given_together(data, regimen.parts) if len(regimen.parts) > 1 and not regimen.also else ""
    shown = _cut(named)
    return f'"{shown}" is a combination that has no record here; of its drugs are here: {parts}{besides}{given}'


def _given_together(data: Dataset, ids: Iterable[str]) -> str:
    """Name the trials of which one arm got all of these treatments, or give an empty text."""
    wanted = set(ids)
    trials = [key for key, trial in data.trials.items() if any(wanted <= set(arm.treatments) for arm in trial.arms)]
    return f"; given together in: {', '.join(f'pnetref trial {key}' for key in trials[:4])}" if trials else ""


def _trials_of(data: Dataset, text: str, beside: Sequence[str] = ()) -> list[str]:
    """Give the trials of which an arm names what was typed, and gave the treatments ``beside`` it."""
    wanted = f" {words_of(text)} "
    ids = {split_key(key)[1] for key in beside}
    if len(wanted) < 6 or wanted == " placebo ":
        return []
    return [
        f"trials/{key}"
        for key, trial in data.trials.items()
        if any(wanted in f" {words_of(arm.name)} " and ids <= set(arm.treatments) for arm in trial.arms)
    ]


def _spoken_of(data: Dataset, text: str) -> bool:
    """Tell whether a text of the data holds what was typed as whole words."""
    wanted = words_of(text)
    return len(wanted) > 3 and data.index.passages.speaks_of(wanted)
