"""Everything that can be completed at TAB, generated: the grammar from the command line itself, the names from the records.

``pnetref.completion`` says how a line of the file is read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pnetref import config
from pnetref.answers.comparison import ONLY
from pnetref.answers.guide import QUESTIONS
from pnetref.answers.side_effects import PARTS as EFFECT_PARTS
from pnetref.answers.treatment import stated_values
from pnetref.completion import PROGRAM, SHELLS
from pnetref.formats import BIBLIOGRAPHIC, FORMATS
from pnetref.formats.styles import NAMED
from pnetref.index import digest_of
from pnetref.models import Effect, Setting, Source, Topic, Treatment, Trial
from pnetref.names import normalize
from pnetref.terms import (
    BODY_GROUPS,
    DRUGS,
    FIELDS,
    FREQUENCIES,
    KINDS,
    MEASURES,
    TRIAL_PARTS,
    WHOLE,
    parts_by_words,
)

if TYPE_CHECKING:
    from pnetref.curation.generate import Files

ANY_TREATMENT = ",".join(KINDS)
ANY_DRUG = ",".join(DRUGS)
ANYTHING = f"{ANY_TREATMENT},effect,setting,topic,trial"

ARGUMENTS: dict[str, str] = {
    "": f"{ANYTHING};{ANYTHING},part",
    "drug": f"{ANY_DRUG};part",
    "compare": f"{ANY_TREATMENT};{ANY_TREATMENT},part",
    "side-effects": f"{ANY_TREATMENT},effect;{ANY_TREATMENT},effect,effect-part",
    "cite": f"{ANY_TREATMENT},trial,source;{ANY_TREATMENT},trial,source",
    "treatment": f"{ANY_TREATMENT};part",
    "guide": "topic;",
    f"guide {QUESTIONS}": f"{ANY_TREATMENT};whole",
    "search": f"{ANYTHING};",
    "trial": "trial;trial-part",
    "export": "file;",
    "completion": "shell;",
    "config": ";",
    "config get": "setting-key;",
    "config set": ";",
    **{f"config set {key}": f"{key};" for key in config.ALLOWED},
    "config unset": "setting-key;",
    "config path": ";",
}
"""By command, the kinds of what its first word names, ``;``, and those of the words behind it."""

BEFORE_NAMES: dict[str, str] = {
    f"guide {QUESTIONS}": "questions to ask about a treatment",
    **{f"config set {key}": ", ".join(values) for key, values in config.ALLOWED.items()},
}
"""What stands behind the first words that are no commands and after which others come than after the rest."""

TAKEN: dict[str, str] = {
    "--class": "drug-class",
    "--target": "target",
    "--route": "route",
    "--source": "source",
    "--field": "part",
    "cite --field": "field",
    "--only": "only",
    "--frequency": "frequency",
    "--system": "system",
    "--effect": "effect",
    "--style": "style,file",
    "--for": "setting",
    "--drug": ANY_TREATMENT,
    "--phase": "phase",
    "--measure": "measure",
    "--format": "format",
    "cite --format": "format,cite-format",
    "--output": "file",
    "--as-of": "day",
    **{f"--{key}": key for key in config.ALLOWED},
}
"""By option, that of one command before that of all, the kinds of the value that it takes; of a day there is no list."""

VALUES: dict[str, Iterable[str]] = {
    "only": ONLY,
    "frequency": FREQUENCIES,
    "system": BODY_GROUPS,
    "style": NAMED,
    "measure": MEASURES,
    "format": [name for name in (*FORMATS, *BIBLIOGRAPHIC) if name != "text"],
    "cite-format": ["text"],
    "field": FIELDS,
    "trial-part": TRIAL_PARTS,
    "effect-part": EFFECT_PARTS,
    "whole": [WHOLE],
    "shell": SHELLS,
    "setting-key": config.ALLOWED,
    **config.ALLOWED,
}
"""The values of each kind that has a closed list."""

BESIDE = (("treatments", "effects"), ("treatments", "trials", "sources"), ("settings",), ("topics",))
"""The folders whose names one command takes: a name of two of their records opens neither."""

MOST_WORDS = 3
"""The words of a phrase for a side effect that is completed: longer ones are sentences, which nobody types to the end."""


class Line(NamedTuple):
    """One thing that can be typed; ``opens`` is the record that it names, or the kinds that a command or option takes."""

    kind: str
    opens: str
    main: bool
    text: str
    told: str

    def written(self) -> str:
        """Give the line as it is stored."""
        columns = (self.text.lower(), self.kind, self.opens, "main" * self.main, self.text, self.told)
        return "\t".join(" ".join(column.split()) for column in columns)


def table(files: Files, names: dict[str, list[str]]) -> bytes:
    """Give the file; ``names`` are the keys of the records, side effects among them, by normalized name."""
    lines = {line.written() for line in (*grammar(), *_values(files), *_parts(), *_names(files, names))}
    content = "\n".join(["", *sorted(lines), ""]).encode()
    return digest_of(content).encode() + content


# --- commands and options -----------------------------------------------------------------------


@cache
def grammar() -> tuple[Line, ...]:
    """Give the commands and their options, as Typer knows them."""
    import typer.main

    from pnetref.cli import app

    program = typer.main.get_command(app)
    return (Line("program", ARGUMENTS[""], True, PROGRAM, ""), *_options(program, ""), *_commands(program, ""))


def _commands(group: Any, path: str) -> Iterator[Line]:  # noqa: ANN401 - a group of Typer
    for name, command in group.commands.items():
        if command.hidden:
            continue
        here = f"{path} {name}".strip()
        told = command.get_short_help_str(200)
        yield Line(f"{PROGRAM} {path}".strip(), ARGUMENTS.get(here, ";"), True, name, told)
        yield from _options(command, here)
        for words, takes in ARGUMENTS.items():  # a first word after which others come than after the rest
            above, _, word = words.rpartition(" ")
            if above == here and word not in getattr(command, "commands", ()):
                yield Line(f"{PROGRAM} {here}", takes, True, word, BEFORE_NAMES.get(words, ""))
                yield from _options(command, words)
        if hasattr(command, "commands"):
            yield from _commands(command, here)


def _options(command: Any, path: str) -> Iterator[Line]:  # noqa: ANN401 - a command of Typer
    kind = f"options of {PROGRAM} {path}".strip()
    yield Line(kind, "", True, "--help", "Show what can be typed.")
    for option in command.params:
        if option.param_type_name != "option" or option.hidden:
            continue
        for name in option.opts:
            takes = "" if option.is_flag else TAKEN.get(f"{path} {name}", TAKEN.get(name, "text"))
            yield Line(kind, takes, True, name, option.help or "")


# --- values and parts ---------------------------------------------------------------------------


def _values(files: Files) -> Iterator[Line]:
    found: dict[str, Iterable[str]] = {**VALUES, "phase": {trial.phase for trial in files.of(Trial)} - {None}}
    drugs = [record for record in files.of(Treatment) if record.kind in DRUGS]
    for field in ("target", "route"):  # a drug is listed by what is stated of it
        found[field] = stated_values(drugs, field)
    for kind, values in found.items():
        yield from (Line(kind, value, True, value, "") for value in values)


def _parts() -> Iterator[Line]:
    """Give the parts of a card, each word in one piece; a singular is left out beside its plural."""
    words: dict[str, list[str]] = {}
    for word, part in parts_by_words().items():
        words.setdefault(part, []).append(word)
    for part, known in words.items():
        first = part.replace("_", " ") if part.replace("_", " ") in known else known[0]
        others = ", ".join(word for word in known if word != first)
        for word in known:
            if word == first or f"{word}s" not in known:
                yield Line("part", part, word == first, word.replace(" ", "-"), others if word == first else first)


# --- names --------------------------------------------------------------------------------------


def _names(files: Files, names: dict[str, list[str]]) -> Iterator[Line]:
    """Give the names that are shown of every record, each where it opens that record alone; the first is a main one."""
    for record in (*files.records.values(), *files.vocabulary.effects):
        key = f"{_folder(record)}/{record.id}"
        beside = {folder for folders in BESIDE if _folder(record) in folders for folder in folders}
        first = True
        for text, kind, main, told in _named(record):
            plain = _in_plain_letters(text)
            known = normalize(plain)
            opened = [other for other in names.get(known, ()) if other.split("/")[0] in beside]
            own = [other for other in opened if normalize(other.split("/")[1]) == known] or opened
            if own == [key]:
                yield Line(kind, key, main or first, plain, told)
                first = False


def _in_plain_letters(text: str) -> str:
    """Give ``text`` without accents, so that it can be typed, and printed in every encoding."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _folder(record: object) -> str:
    return f"{type(record).__name__.lower()}s"


def _named(record: object) -> Iterator[tuple[str, str, bool, str]]:
    """Give the names of a record: text, kind, whether it is a main one, and what it is."""
    if isinstance(record, Treatment):
        yield from ((text, record.kind, main, KINDS[record.kind]) for text, main in _without_brackets(record.name))
        for name in record.names:
            other = f"{record.name}; another product: {name.use}" if name.use else record.name
            yield name.text, record.kind, name.kind == "brand" and not name.use, other
    elif isinstance(record, Effect):
        yield from (
            (text, "effect", main, f"side effect: {record.group}") for text, main in _without_brackets(record.name)
        )
        for text in (record.clinical_name, *record.synonyms):
            if len(text.split()) <= MOST_WORDS and "'" not in text:
                yield text, "effect", False, record.name
    elif isinstance(record, Setting):
        yield record.name, "setting", True, "tumor type or situation"
        for name in record.names:
            yield name.text, "setting", False, record.name
    elif isinstance(record, Trial):
        main = record.id if " " in record.name else record.name
        yield main, "trial", True, f"trial, phase {record.phase}" if record.phase else "trial"
        for name in record.names:
            yield name.text, "trial", False, record.name
    elif isinstance(record, Topic):
        yield record.id, "topic", True, f"guide: {record.name}"
    elif isinstance(record, Source):
        title = str(record.csl.get("title") or "")
        yield record.id, "source", True, f"{record.label}: {title}" if record.label else title


def _without_brackets(name: str) -> list[tuple[str, bool]]:
    """Give a name, and the main one: it without what stands in brackets behind it, which nobody types."""
    plain = name.partition(" (")[0]
    return [(plain, True), (name, False)] if name.endswith(")") else [(name, True)]
