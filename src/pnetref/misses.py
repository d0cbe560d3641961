"""What a look-up says that opens nothing: what is known of the words, and what is spelled alike; never a guess."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from pnetref.dataset import Dataset
from pnetref.errors import NoMatch, Problem, UsageProblem
from pnetref.lookup import MOST_LOOSE, Accept, Found, combination, command_for, is_treatment, keys_in_words, split_key
from pnetref.models import Regimen
from pnetref.names import divide, in_other_letters, normalize, suggest, words_of
from pnetref.passages import spoken
from pnetref.reading import scan

SHOWN = 80
"""The characters of typed words that a message repeats."""


def not_found(data: Dataset, words: Sequence[str], accept: Accept, what: str) -> NoMatch:
    """Say why ``words`` open nothing that ``accept`` takes, and what there is instead."""
    text = " ".join(words)
    shown = _cut(text)
    if in_other_letters(text):
        return NoMatch(f'"{shown}" is not in this reference: names are wanted in Latin letters, such as sunitinib')
    elsewhere = divide(words, lambda name: bool(data.named(name)))
    if elsewhere:
        keys = [key for name in elsewhere[0] for key in data.named(name)]
        if any(map(accept, keys)):
            return NoMatch(f'"{shown}" is not {what} alone; see: {_see(words, keys)}')
        given = [f"{command_for(data, key)} (a trial that gave it)" for key in _trials_of(data, text)]
        commands = dict.fromkeys((*given, *(command_for(data, key) for key in keys)))
        return NoMatch(f'"{shown}" is not {what}; see: {", ".join(list(commands)[:4])}')
    if (regimen := _regimen(data, text)) is not None:
        return NoMatch(_told_of(data, regimen, shown))
    told = words if len(words) <= MOST_LOOSE else words[:MOST_LOOSE]
    reading = scan(told, lambda name: keys_in_words(data, name, accept))[0]
    unknown = " ".join(reading.unknown) or text
    if near := alike(data, text, accept):
        return NoMatch(f'"{shown}" is not in this reference as {what}', near)
    if reading.names:
        keys = list(dict.fromkeys(key for name in reading.names for key in name.keys))[:4]
        names = tuple(data.index.records[key].name for key in keys)
        search = f"; see: pnetref search {shlex.join(words)}" if len(text) <= SHOWN else ""
        return NoMatch(f'"{_cut(unknown)}" is not in this reference as {what}{search}', names, told="beside it stands")
    known_as = f'"{_cut(unknown)}" is not in this reference as {what}'
    suggestions = alike(data, unknown, accept)
    if not suggestions and (trials := _trials_of(data, unknown)):
        listed = ", ".join(command_for(data, key) for key in trials[:4])
        return NoMatch(f"{known_as}; a trial here gave it: {listed}")
    if not suggestions and len(unknown) <= SHOWN and _spoken_of(data, unknown):
        return NoMatch(f"{known_as}; see: pnetref search {shlex.join(words)}")
    return NoMatch(known_as, suggestions)


def several_names(data: Dataset, found: Found, accept: Accept, what: str) -> Problem:
    """Say of several names after a command that takes one what takes them, or that no record holds their combination."""
    listed = " ".join(f'"{data.index.records[key].name}"' for key in found.keys)
    if found.together and all(map(is_treatment, found.keys)):
        parts = ", ".join(command_for(data, key) for key in found.keys if accept(key))
        trials = _trials_with(data, [split_key(key)[1] for key in found.keys])
        given = f"; given together in: {', '.join(f'pnetref trial {key}' for key in trials[:4])}" if trials else ""
        return NoMatch(f"no record here holds {listed} together as {what}; its parts: {parts}{given}")
    compare = f"; see pnetref compare {listed}" if all(map(is_treatment, found.keys)) else ""
    whole = combination(data, found.keys)
    if whole is not None and accept(whole):
        compare += f", or the combination: {command_for(data, whole)}"
    return UsageProblem(f"{listed} are {len(found.keys)} names, and this command takes one{compare}")


def alike(data: Dataset, text: str, accept: Accept, limit: int = 3) -> tuple[str, ...]:
    """Give the accepted records spelled most like ``text``, at most ``limit`` of a kind, as people know them."""
    if not words_of(text) or len(text) > SHOWN:
        return ()
    names: dict[str, dict[str, str]] = {}
    for name, keys in data.index.names.items():
        for key in keys:
            if accept(key) and not key.startswith("effects/"):
                names.setdefault(split_key(key)[0], {})[name] = key
    shown: dict[str, str] = {}
    for known in names.values():
        found = [(name, known[name]) for name in suggest(text, known, data.index.look_alikes, limit=4 * limit)]
        nearest = {key: name for name, key in reversed(found)}
        shown |= {key: _as_known(data, key, nearest[key]) for key in dict.fromkeys(key for _, key in found[:limit])}
    effects = _effects_alike(data, text) if any(accept(f"effects/{name}") for name in data.effects) else []
    return (*shown.values(), *effects[:limit])


def _effects_alike(data: Dataset, text: str) -> list[str]:
    """Give the side effects of which ``text`` is a slip, or whose phrase holds all of its words, as they are called."""
    found = data.wording.slips_of(text)
    found += [(key, data.effects[key].name) for key in data.wording.holding(text)]
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
    return given if normalize(matched) == normalize(given) else f"{matched} ({given})"


def _see(words: Sequence[str], keys: Sequence[str]) -> str:
    """Give the command that words which name records of several kinds are answered by."""
    command = "side-effects" if {split_key(key)[0] for key in keys} == {"treatments", "effects"} else "search"
    return f"pnetref {command} {shlex.join(words)}"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _regimen(data: Dataset, text: str) -> Regimen | None:
    known = normalize(text)
    return next((one for one in data.index.regimens if known in map(normalize, one.names)), None)


def _told_of(data: Dataset, regimen: Regimen, shown: str) -> str:
    """Say what a regimen without a record is made of, what of it is here, and the trials that gave all that is here."""
    parts = ", ".join(f"pnetref drug {part}" for part in regimen.parts)
    besides = f" (besides: {', '.join(regimen.also)})" if regimen.also else ""
    trials = _trials_with(data, regimen.parts) if len(regimen.parts) > 1 and not regimen.also else []
    given = f"; given together in: {', '.join(f'pnetref trial {key}' for key in trials[:4])}" if trials else ""
    return f'"{shown}" is a regimen that has no record here; of its drugs are here: {parts}{besides}{given}'


def _trials_with(data: Dataset, ids: Iterable[str]) -> list[str]:
    """Give the trials of which one arm got all of these treatments."""
    wanted = set(ids)
    return [key for key, trial in data.trials.items() if any(wanted <= set(arm.treatments) for arm in trial.arms)]


def _trials_of(data: Dataset, text: str) -> list[str]:
    """Give the trials of which an arm names what was typed."""
    wanted = f" {words_of(text)} "
    if len(wanted) < 6:
        return []
    return [
        f"trials/{key}"
        for key, trial in data.trials.items()
        if any(wanted in f" {words_of(arm.name)} " for arm in trial.arms)
    ]


def _spoken_of(data: Dataset, text: str) -> bool:
    """Tell whether a text of the data holds what was typed as whole words."""
    wanted = f" {words_of(text)} "
    return len(wanted) > 5 and wanted in spoken(data)
