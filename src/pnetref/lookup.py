"""From the words of a command line to the records that they name, or to a problem that helps."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from typing_extensions import TypedDict

from pnetref.dataset import Dataset
from pnetref.errors import Ambiguous, NoMatch, UsageProblem
from pnetref.names import divide, normalize, suggest, words_of
from pnetref.terms import DRUGS, PARTS, TRIAL_PARTS, parts_by_words

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
}
"""What a command takes, and one name of it."""

SECTIONS = frozenset(word for words in PARTS.values() for word in words)
"""The words for the sections of a card."""

MOST_WORDS = 64
"""No command needs more, and dividing many words into names takes long."""

Accept = Callable[[str], bool]
"""Tells of a key (``treatments/sunitinib``) whether the command takes it."""


class Typed(TypedDict):
    """A name as it was typed, and the id of the record that it opens.

    ``set_aside`` are words that were not used; ``note`` says where the name is of another product of the
    substance, or wider than the record.
    """

    text: str
    opens: str
    set_aside: list[str]
    note: str | None


class Found(NamedTuple):
    """The keys that words name, in order, what was typed for each, and the parts that were asked for."""

    keys: tuple[str, ...]
    typed: tuple[Typed, ...]
    parts: tuple[str, ...] = ()

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
    data: Dataset, words: Sequence[str], accept: Accept, what: str, parts: Mapping[str, str] | None = None
) -> Found:
    """Give what ``words`` name, each accepted by ``accept``; trailing words that are keys of ``parts`` say which is wanted.

    ``what`` names what the command takes, for the message. Raises ``UsageProblem`` for an empty
    name, ``NoMatch`` for one that is not here, ``Ambiguous`` for one of several meanings.
    """
    if not words or any(not word.strip() for word in words):
        raise UsageProblem(f"an empty name; give the name of {what}, such as {EXAMPLES[what]}")
    if len(words) > MOST_WORDS:
        raise UsageProblem(f"{len(words)} words are too many; give fewer names")

    def accepted(name: str) -> list[str]:
        known = normalize(name)
        keys = [key for key in data.index.names.get(known, ()) if accept(key)]
        # An id opens its own record, whatever else has that name.
        return [key for key in keys if normalize(split_key(key)[1]) == known] or keys

    def read(words: Sequence[str]) -> list[tuple[str, ...]]:
        return divide(words, lambda name: bool(accepted(name)))

    named, asked = _without_parts(words, parts or {}, read)
    readings = read(named)
    if len(readings) > 1:
        listed = " or ".join(", ".join(f'"{name}"' for name in reading) for reading in readings)
        raise Ambiguous(f"these words can be read as {listed}; put quotes around each name")
    if not readings:
        whole = divide(words, lambda name: name in data.index.names)
        raise _not_found(data, words if whole else named, accept, what)
    keys = []
    for name in readings[0]:
        meanings = accepted(name)
        if len(meanings) > 1:
            listed = ", ".join(command_for(data, key) for key in meanings)
            raise Ambiguous(
                f'"{name}" is a name of several records: {listed}',
                tuple(data.index.records[key].name for key in meanings),
            )
        keys += meanings
    typed = tuple(_typed(data, key, name) for key, name in zip(keys, readings[0], strict=True))
    return Found(tuple(keys), typed, tuple(asked))


def command_of(data: Dataset, words: Sequence[str]) -> list[str]:
    """Give the command that ``words``, names with parts behind them, are answered by, as words of a command line.

    Two treatments are compared, a treatment and a side effect open ``side-effects``. Raises as ``find`` does,
    and ``UsageProblem`` where no one command takes all of the names.
    """

    def accept(key: str) -> bool:
        return not key.startswith("partners/")

    try:
        found = find(data, words, accept, "a treatment or a side effect", {**TRIAL_PARTS, **parts_by_words()})
    except NoMatch:
        if divide(words, lambda name: name in data.index.names):  # what drugs meet is among them
            return ["search", *words]
        raise
    folders = {split_key(key)[0] for key in found.keys}
    named = [typed["text"] for typed in found.typed]
    behind = list(words[sum(len(name.split()) for name in named) :]) if found.parts else []
    if folders == {"treatments"}:
        kind = data.index.records[found.keys[0]].kind
        command = "compare" if len(found.keys) > 1 else "drug" if kind in DRUGS else "treatment"
        return [command, *named, *behind]
    if folders <= {"treatments", "effects"}:
        return ["side-effects", *named, *behind]
    if len(found.keys) > 1:
        listed = ", ".join(command_for(data, key) for key in found.keys)
        raise UsageProblem(f"no one command takes all of these; see: {listed}")
    if folders == {"settings"}:
        return ["treatment", "--for", *named]
    return [{"trials": "trial", "topics": "guide", "sources": "cite"}[folders.pop()], *named, *behind]


def _without_parts(
    words: Sequence[str], parts: Mapping[str, str], read: Callable[[Sequence[str]], object]
) -> tuple[Sequence[str], list[str]]:
    """Take the parts off the end of ``words``, as far as these name no records with them.

    The word for a section is a part wherever the words before it are names: ``sunitinib trials`` is no comparison
    with clinical trials.
    """
    rest, asked = list(words), list[str]()
    while len(rest) > 1 and (not read(rest) or (rest[-1].casefold() in SECTIONS and read(rest[:-1]))):
        for count in range(min(3, len(rest) - 1), 0, -1):
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
        names = " ".join(f'"{data.index.records[key].name}"' for key in found.keys)
        compare = f"; see pnetref compare {names}" if all(is_treatment(key) for key in found.keys) else ""
        raise UsageProblem(f"{names} are {len(found.keys)} names, and this command takes one{compare}")
    return found


def _typed(data: Dataset, key: str, name: str) -> Typed:
    folder, opens = split_key(key)
    note = _note(data, opens, name) if folder == "treatments" else None
    return {"text": name, "opens": opens, "set_aside": [], "note": note}


def _note(data: Dataset, key: str, name: str) -> str | None:
    """Say of a name that it is another product of the substance, or wider than the record."""
    known = normalize(name)
    if known in (normalize(key), normalize(data.entry("treatments", key).name)):
        return None
    record = data.treatments[key]
    product = next((other for other in record.names if other.use and normalize(other.text) == known), None)
    if product is None:
        return record.note
    return f"{product.text} is another product: {product.use}. Of it nothing is said here, unless it is named."


def _not_found(data: Dataset, words: Sequence[str], accept: Accept, what: str) -> NoMatch:
    text = " ".join(words)
    elsewhere = divide(words, lambda name: name in data.index.names)
    if elsewhere:
        keys = [key for name in elsewhere[0] for key in data.named(name)]
        if any(map(accept, keys)):
            return NoMatch(f'"{text}" is not {what} alone; see: {_see(words, keys)}')
        commands = ", ".join(dict.fromkeys(command_for(data, key) for key in keys))
        return NoMatch(f'"{text}" is not {what}; see: {commands}')
    unknown = " ".join(word for word in words if not _known(data, word, accept)) or text
    shown = unknown if len(unknown) <= 80 else f"{unknown[:79]}…"
    see = f"; see: pnetref search {shlex.join(words)}" if unknown != text and len(text) <= 80 else ""
    return NoMatch(f'"{shown}" is not in this reference as {what}{see}', alike(data, unknown[:80], accept))


def _see(words: Sequence[str], keys: Sequence[str]) -> str:
    """Give the command that words which name records of several kinds are answered by."""
    command = "side-effects" if {split_key(key)[0] for key in keys} == {"treatments", "effects"} else "search"
    return f"pnetref {command} {shlex.join(words)}"


def _known(data: Dataset, word: str, accept: Accept) -> bool:
    return any(accept(key) for key in data.named(word))


def alike(data: Dataset, text: str, accept: Accept, limit: int = 3) -> tuple[str, ...]:
    """Give the accepted records spelled most like ``text``, at most ``limit`` of a kind, as people know them."""
    names: dict[str, dict[str, str]] = {}
    for name, keys in data.index.names.items():
        for key in keys:
            if accept(key):
                names.setdefault(split_key(key)[0], {})[name] = key
    shown: dict[str, str] = {}
    for known in names.values():
        found = [(name, known[name]) for name in suggest(text, known, data.index.look_alikes, limit=4 * limit)]
        nearest = {key: name for name, key in reversed(found)}
        shown |= {key: _as_known(data, key, nearest[key]) for key in dict.fromkeys(key for _, key in found[:limit])}
    return tuple(shown.values())


def _as_known(data: Dataset, key: str, name: str) -> str:
    """Give the record's name, behind the displayed name that was matched; search terms are never displayed."""
    folder, record = split_key(key)
    given = data.index.records[key].name
    texts: Iterable[str] = ()
    if folder == "treatments":
        texts = (other.text for other in data.treatments[record].names)
    elif folder == "effects":
        texts = (data.effects[record].clinical_name, *data.effects[record].synonyms)
    matched = next((text for text in texts if normalize(text) == name), given)
    return given if normalize(matched) == normalize(given) else f"{matched} ({given})"
