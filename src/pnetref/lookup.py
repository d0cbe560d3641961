"""From the words of a command line to the records that they name, or to a problem that helps.

It is long because one function reads words in three ways, and each answer says how.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pnetref.errors import Ambiguous, NoMatch, UsageProblem
from pnetref.names import check_size, divide, normalize, words_of
from pnetref.reading import AND, TOGETHER, VERSUS, Named, Reading, scan
from pnetref.terms import DRUGS, PARTS, TRIAL_PARTS, parts_by_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pnetref.answers.shapes import Typed
    from pnetref.dataset import Dataset

EXAMPLES = {
    "a drug": "sunitinib",
    "a drug class": "chemotherapy",
    "a treatment": "sunitinib",
    "a treatment or a side effect": '"mouth sores"',
    "a source or a treatment": "hauser-2019",
    "a setting": "insulinoma",
    "a topic of the guide": "factors",
    "a trial": "radiant-3",
    "a side effect": '"mouth sores"',
    "a record": "sunitinib",
}
"""What a command takes, and one name of it."""

SECTIONS = frozenset(word for words in PARTS.values() for word in words)
"""The words for the sections of a card."""

_GRADE = r"(?i)\d+(?:[.,]\d+)?|grade"
"""What may be set aside beside a side effect, as a temperature may."""

LONGEST_CODE = 300
"""The characters of a code or an address."""

MOST_IN_A_CODE = 8
"""The blanks in a code with its prefix, or in a paper by its author and year."""

MOST_PARTS = 32
"""The parts of a record that are asked for at once."""

_ET_AL = r"(?i)(?<=\w)(?:\s+[A-Z]{1,3})?[\s,]+(?:et\s+al\b\.?|(?:and|&)\s+(?:colleagues|others|co-?workers))"
"""What stands for the other authors of a paper."""

Accept = Callable[[str], bool]
"""Tells of a key (``treatments/sunitinib``) whether the command takes it."""


class Found:
    """The keys that words name, in order, what was typed for each, and the parts that were asked for.

    ``together`` tells whether the names were joined as the parts of a combination are.
    """

    def __init__(self, keys: Sequence[str], typed: Sequence[Typed], parts: Sequence[str], *, together: bool) -> None:
        self.keys = tuple(keys)
        self.typed = tuple(typed)
        self.parts = tuple(parts)
        self.together = together

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records."""
        return tuple(split_key(key)[1] for key in self.keys)


def split_key(key: str) -> tuple[str, str]:
    """Divide ``treatments/sunitinib`` into its folder and its id."""
    folder, _, name = key.partition("/")
    return folder, name


def is_drug(data: Dataset) -> Accept:
    """Accept drugs, drug classes and combinations."""
    return lambda key: key.startswith("treatments/") and data.index.records[key].kind in DRUGS


def is_treatment(key: str) -> bool:
    """Accept everything that treats."""
    return key.startswith("treatments/")


def is_effect(key: str) -> bool:
    """Accept side effects."""
    return key.startswith("effects/")


def is_setting(key: str) -> bool:
    """Accept tumor types and situations."""
    return key.startswith("settings/")


def is_topic(key: str) -> bool:
    """Accept subjects of the guide."""
    return key.startswith("topics/")


def is_trial(key: str) -> bool:
    """Accept trials."""
    return key.startswith("trials/")


def command_for(data: Dataset, key: str) -> str:
    """Give the command that opens the record ``key``."""
    folder, name = split_key(key)
    if folder == "treatments":
        return f"pnetref {'drug' if data.index.records[key].kind in DRUGS else 'treatment'} {name}"
    if folder == "settings":
        return f"pnetref treatment --for {name}"
    if folder == "partners":
        return f'pnetref search "{data.index.records[key].name}"'
    commands = {"effects": "side-effects", "topics": "guide", "trials": "trial", "sources": "cite"}
    return f"pnetref {commands[folder]} {name}"


def find(
    data: Dataset,
    words: Sequence[str],
    accept: Accept,
    what: str,
    parts: Mapping[str, str] | None = None,
    *,
    several: bool = False,
    explain: bool = True,
) -> Found:
    """Give what ``words`` name, each accepted by ``accept``; trailing words that are keys of ``parts`` say which is wanted.

    Words that divide into names are read as these; else as a medication list is, as a combination, or in other
    words for side effects. ``what`` names what the command takes, for the message; ``several`` tells that it sets
    names side by side, so that "and" parts what is one name elsewhere; without ``explain`` a failure says no more
    than that. Raises ``UsageProblem`` for an empty name, ``NoMatch`` for one that is not here, ``Ambiguous`` for one
    of several meanings.
    """
    if not words or any(not word.strip() for word in words):
        raise UsageProblem(f"an empty name; give the name of {what}, such as {EXAMPLES[what]}")

    check_size(words)
    named_by = cache(lambda name: tuple(keys_of(data, name, accept)))  # words are read again without their parts
    in_words = cache(lambda name: keys_in_words(data, name, accept))

    def exactly(words: Sequence[str]) -> list[Reading]:
        if not all(map(words_of, words)):  # a sign between names is none of them
            return []
        divided = divide(words, lambda name: bool(named_by(name)))
        return [Reading(tuple(Named(name, named_by(name)) for name in names)) for names in divided]

    def loosely(words: Sequence[str]) -> list[Reading]:
        readings = scan(words, in_words)
        return [reading for reading in readings if reading.names and not stray_words(reading)]

    def apart(words: Sequence[str]) -> list[Reading]:
        readings = scan(words, in_words, split=VERSUS | AND)
        return [reading for reading in readings if len(reading.names) > 1 and not stray_words(reading)]

    def each(words: Sequence[str]) -> list[Reading]:
        """Read every argument as a name of its own, where they are one name together: ``temozolomide capecitabine``."""
        names = tuple(Named(word, tuple(keys_of(data, word, accept))) for word in words)
        return [Reading(names)] if len({name.keys for name in names}) > 1 and all(name.keys for name in names) else []

    for read in (exactly, loosely):
        named, asked = _without_parts(words, parts or {}, read)
        readings = read(named)
        if several and len(readings) == 1 and len(readings[0].names) == 1:
            readings = apart(named) or each(named) or readings
        if readings:
            break
    else:
        if not explain:
            raise NoMatch("not found")
        from pnetref.misses import not_found

        raise not_found(data.unread, named, accept, what)
    if len(readings) > 1:
        listed = " or ".join(", ".join(f'"{name.text}"' for name in reading.names) for reading in readings)
        raise Ambiguous(f"these words can be read as {listed}; put quotes around each name")
    return _found(data, readings[0], asked, several=several)


def _found(data: Dataset, reading: Reading, parts: Sequence[str], *, several: bool) -> Found:
    """Give what a reading names, names of one record beside each other once, and parts as their combination."""
    groups: list[list[Named]] = []
    and_parts = several and not any(name.join in VERSUS for name in reading.names)
    for name in reading.names:
        if len(name.keys) > 1:
            listed = ", ".join(command_for(data, key) for key in name.keys)
            raise Ambiguous(
                f'"{name.text}" is a name of several records: {listed}',
                tuple(data.index.records[key].name for key in name.keys),
            )
        same = groups and groups[-1][-1].keys == name.keys and not (several and name.text[0] not in "([")
        joined = name.join in TOGETHER and not (and_parts and name.join in AND)
        if same or joined:
            groups[-1].append(name)
        else:
            groups.append([name])
    keys: list[str] = []
    typed: list[Typed] = []
    together = False
    for group in groups:
        named = list(dict.fromkeys(name.keys[0] for name in group))
        whole = combination(data, named) if len(named) > 1 else named[0]
        together = together or whole is None
        if whole is not None:
            keys.append(whole)
            typed.append(_typed(data, whole, group))
        else:
            keys += named
            typed += [_typed(data, key, [name for name in group if name.keys[0] == key]) for key in named]
    return Found(keys, typed, parts, together=together)


def keys_of(data: Dataset, name: str, accept: Accept) -> list[str]:
    """Give the accepted keys of a name, a prefixed code, an address, or a paper by its author and year."""
    known = normalize(name)
    keys = [key for key in data.index.names.get(known, ()) if accept(key)]
    if accept("effects/"):
        keys += [f"effects/{effect}" for effect in data.index.phrases.get(known, ())]
    if keys:  # an id opens its own record, whatever else has that name
        return [key for key in keys if normalize(split_key(key)[1]) == known] or keys
    if len(name) > LONGEST_CODE or name.count(" ") > MOST_IN_A_CODE:
        return []
    from pnetref.codes import PAPERS, code_of  # its patterns take time, and most words are names

    if (code := code_of(name)) is not None:
        system, text = code
        coded = data.named(text if system in PAPERS or system == "name" else f"{system}:{text}")
        return [key for key in coded if accept(key) and key.startswith("sources/") is (system in PAPERS)]
    plain = re.sub(_ET_AL, " ", name)
    named = [key for key in data.named(plain) if accept(key)] if plain != name else []
    return [key for key in named if key.startswith("sources/")] or named


def keys_in_words(data: Dataset, name: str, accept: Accept) -> list[str]:
    """Give the accepted keys of a name, or of a side effect in other words."""
    return keys_of(data, name, accept) or [
        key for key in (f"effects/{effect}" for effect in data.wording.effects(name)) if accept(key)
    ]


def stray_words(reading: Reading) -> list[str]:
    """Give the words of a reading that may not be set aside: unknown ones, and any beside a side effect."""
    beside = [text for name in reading.names if all(map(is_effect, name.keys)) for text in name.aside]
    if beside:
        from pnetref.medication import is_temperature  # its words take time, and most names have nothing beside them

        beside = [text for text in beside if not re.fullmatch(_GRADE, text) and not is_temperature(text)]
    return [*reading.unknown, *beside]


def combination(data: Dataset, keys: Sequence[str]) -> str | None:
    """Give the combination whose parts are exactly ``keys``, in whatever order."""
    if not all(map(is_treatment, keys)):
        return None
    ids = {split_key(key)[1] for key in keys}
    shared = set.intersection(*(set(data.members(name)) for name in ids))
    combinations = (name for name in sorted(shared) if data.entry("treatments", name).kind == "combination")
    whole = (name for name in combinations if {link.id for link in data.treatments[name].parents} == ids)
    return next((f"treatments/{name}" for name in whole), None)


def command_of(data: Dataset, words: Sequence[str], *, explain: bool = True) -> list[str]:
    """Give the command that ``words``, names with parts behind them, are answered by, as words of a command line.

    Two treatments are compared, a treatment and a side effect open ``side-effects``. Raises as ``find`` does,
    and ``UsageProblem`` where no one command takes all of the names.
    """

    def accept(key: str) -> bool:
        return not key.startswith("partners/")

    try:
        parts = {**TRIAL_PARTS, **parts_by_words()}
        found = find(data, words, accept, "a treatment or a side effect", parts, explain=explain)
    except NoMatch:
        if divide(" ".join(words).split(), lambda name: bool(data.named(name))):  # what drugs meet is among them
            return ["search", *words]
        raise
    folders = {split_key(key)[0] for key in found.keys}
    if folders == {"treatments"}:
        kind = data.index.records[found.keys[0]].kind
        command = "compare" if len(found.keys) > 1 else "drug" if kind in DRUGS else "treatment"
        return [command, *words]
    names = [typed["text"] for typed in found.typed] if found.parts else words  # a topic or an effect has no parts
    if folders <= {"treatments", "effects"}:
        return ["side-effects", *names]
    if len(found.keys) > 1:
        listed = ", ".join(command_for(data, key) for key in found.keys)
        raise UsageProblem(f"no one command takes all of these; see: {listed}")
    if folders == {"settings"}:
        return ["treatment", "--for", found.typed[0]["text"]]
    folder = folders.pop()
    return ["trial", *words] if folder == "trials" else [{"topics": "guide", "sources": "cite"}[folder], *names]


def _without_parts(
    words: Sequence[str], parts: Mapping[str, str], read: Callable[[Sequence[str]], object]
) -> tuple[Sequence[str], list[str]]:
    """Take the parts off the end of ``words``, as far as these name no records with them.

    The word for a section is a part wherever the words before it are names: ``sunitinib trials`` is no comparison
    with clinical trials.
    """
    rest, asked = list(words), list[str]()
    longest = max((part.count(" ") + 1 for part in parts), default=0)
    while (
        len(rest) > 1
        and len(asked) <= MOST_PARTS
        and (not read(rest) or (rest[-1].casefold() in SECTIONS and read(rest[:-1])))
    ):
        for count in range(min(longest, len(rest) - 1), 0, -1):
            part = parts.get(words_of(" ".join(rest[-count:])))
            if part is not None:
                asked.insert(0, part)
                rest = rest[:-count]
                break
        else:
            return words, []
    return rest, list(dict.fromkeys(asked))


def find_one(
    data: Dataset, words: Sequence[str], accept: Accept, what: str, parts: Mapping[str, str] | None = None
) -> Found:
    """Give what ``words`` name as ``find`` does, one record; several are a ``UsageProblem``."""
    found = find(data, words, accept, what, parts)
    if len(found.keys) > 1:
        from pnetref.misses import several_names

        raise several_names(data, found, accept, what)
    return found


def _typed(data: Dataset, key: str, names: Sequence[Named]) -> Typed:
    """Say what was typed for a record, by one name or by several beside each other, and what it has to be told."""
    folder, opens = split_key(key)
    notes = (_note(data, opens, n.text) if folder == "treatments" else _kind_note(data, opens, n.text) for n in names)
    own = notes if folder in ("treatments", "effects") and all(n.keys == (key,) for n in names) else ()
    told = names[0].text + "".join((f" {name.join} " if name.join else " ") + name.text for name in names[1:])
    aside = [text for name in names for text in name.aside]
    if not all(map(str.isprintable, (told, *aside))):  # what steers a terminal is given back as its escape
        from pnetref.output import printable

        told, aside = printable(told), list(map(printable, aside))
    return {"text": told, "opens": opens, "set_aside": aside, "note": next(filter(None, own), None)}


def _kind_note(data: Dataset, key: str, text: str) -> str | None:
    """Say of a word for a kind of a side effect that the sources speak of the wider one."""
    effect = data.effects[key]
    known = normalize(text)
    if known in map(normalize, (effect.id, effect.name, effect.clinical_name, *effect.synonyms)):
        return None
    if known not in map(normalize, effect.narrower):
        bag = data.wording.bag
        if bag(text) not in map(bag, effect.narrower):
            return None
    return f"It is read as a kind or a sign of {effect.name}: that is what the sources here speak of."


def _note(data: Dataset, key: str, name: str) -> str | None:
    """Say of a name that it is another product of the substance, or wider than the record."""
    known = normalize(name)
    if known in (normalize(key), normalize(data.entry("treatments", key).name)):
        return None
    record = data.treatments[key]
    if known in map(normalize, record.other_products):
        what = "another product of this substance" if record.kind == "drug" else "one kind of this"
        return f"It is {what}: of it nothing is said here, unless it is named."
    product = next((other for other in record.names if other.use and normalize(other.text) == known), None)
    if product is None:
        return record.note
    return f"{product.text} is another product: {product.use}. Of it nothing is said here, unless it is named."
