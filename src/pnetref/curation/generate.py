"""What a machine computes when the data is packaged: canonical bytes, silences, the indexes, the schema, completions."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from pnetref.curation import passages
from pnetref.curation.completion import table
from pnetref.curation.schema import schema
from pnetref.curation.silences import silences
from pnetref.dataset import DATA, FOLDERS, read_bytes, validated
from pnetref.errors import DataProblem, reason
from pnetref.index import FOLDER, Entry, digest_of, lines_of
from pnetref.models import (
    Citation,
    Fact,
    Manifest,
    Model,
    Partner,
    Partners,
    Setting,
    Source,
    Topic,
    Treatment,
    Trial,
    Vocabulary,
)
from pnetref.names import normalize
from pnetref.terms import FIELDS
from pnetref.walk import parts, used, voices
from pnetref.wording import bags_of, texts_of

BY_HAND = ("README.md", "manifest.json", "references.csl")
"""The packaged files that no machine writes."""

COMMAND = "python -m pnetref.curation --fix"

Record = Treatment | Setting | Topic | Trial | Source


def canonical(record: Model) -> bytes:
    """Give the bytes in which a record is stored: every key, in the order of the model, two-space indent."""
    return record.model_dump_json(indent=2, by_alias=True).encode() + b"\n"


class Files:
    """The data files under ``root``, each parsed into its model; ``problems`` tells of those that do not parse."""

    def __init__(self, root: str = DATA) -> None:
        self.root = root
        self.problems: list[str] = []
        self.records: dict[str, Record] = {}
        for folder, model in FOLDERS.items():
            for name in self.listing(folder):
                record = self._read(model, f"{folder}/{name}")
                if record is not None:
                    self.records[f"{folder}/{name.removesuffix('.json')}"] = record
        self.vocabulary = self._read("Vocabulary", "effects.json") or Vocabulary(effects=())
        self.partners = self._read("Partners", "partners.json") or Partners(partners=())
        self.manifest: Manifest | None = self._read("Manifest", "manifest.json")

    def _read(self, model: str, shown: str) -> Any:  # noqa: ANN401 - a record of the given model
        try:
            return validated(model, read_bytes(self.root, shown))
        except DataProblem as problem:
            self.problems.append(reason(problem))
        except ValueError as error:
            self.problems.append(f"{shown}: {error}")
        return None

    def listing(self, folder: str) -> list[str]:
        """Give the file names in a folder, in order."""
        path = os.path.join(self.root, folder)
        return sorted(name for name in os.listdir(path) if name.endswith(".json")) if os.path.isdir(path) else []

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by id."""
        return {source.id: source for source in self.of(Source)}

    @cached_property
    def parts(self) -> list[tuple[str, Model]]:
        """Every part of every record, with the key of the record: walked once, for rule after rule looks through them."""
        return [(key, part) for key, record in self.records.items() for part in parts(record)]

    def texts(self) -> Iterator[str]:
        """Give the files of texts that are JSON: the records, the vocabularies and what holds of all, where they parse."""
        yield from (f"{key}.json" for key in self.records)
        others = {"effects.json": self.vocabulary.effects, "partners.json": self.partners.partners}
        yield from (shown for shown, found in {**others, "manifest.json": self.manifest}.items() if found)

    def of(self, model: type[Any]) -> Iterator[Any]:
        """Give the records of one model."""
        return (record for record in self.records.values() if isinstance(record, model))

    def in_order(self, model: type[Any]) -> Iterator[Any]:
        """Give the records of one model in the order of their ids."""
        return iter(sorted(self.of(model), key=lambda record: record.id))

    @cached_property
    def partners_by_id(self) -> dict[str, Partner]:
        """What drugs interact with, by id."""
        return {partner.id: partner for partner in self.partners.partners}

    def bytes_of(self, shown: str) -> bytes:
        """Give the stored bytes of a file, empty where it is missing."""
        try:
            return read_bytes(self.root, shown)
        except DataProblem:
            return b""


def completed(record: Record, files: Files, *, format_reference: bool = True) -> Record:
    """Give the record with its facts in order and with everything that is computed of it and its sources."""
    update: dict[str, Any] = {}
    if isinstance(record, Treatment | Setting | Topic | Trial):
        update["facts"] = tuple(sorted((regional(fact, files) for fact in record.facts), key=_place_of_fact))
    if isinstance(record, Treatment):
        for name in ("doses", "interactions", "checks", "dose_changes"):
            update[name] = tuple(regional(part, files) for part in getattr(record, name))
        update["not_read"], update["not_stated"] = silences(record, files.sources)
    if isinstance(record, Source) and format_reference:
        from pnetref.formats.styles import as_text

        update["reference"] = as_text([record])[0]
    return record.model_copy(update=update)


def regional(part: Any, files: Files) -> Any:  # noqa: ANN401 - a statement that has a region
    """Give a statement with the region in which the documents hold that it cites, the first where they differ."""
    regions = regions_of(part.cites, files)
    region = regions[0] if regions else None
    return part if part.region == region else part.model_copy(update={"region": region})


def regions_of(cites: Iterable[Citation], files: Files) -> list[str]:
    """Give the regions in which cited documents hold, each once."""
    sources = (files.sources.get(cite.source) for cite in cites)
    return list(dict.fromkeys(source.region for source in sources if source is not None and source.region is not None))


def _place_of_fact(fact: Fact) -> int:
    return list(FIELDS).index(fact.field)


def entries_of(files: Files) -> dict[str, Entry]:
    """Give what the index knows of every record."""
    members: dict[str, list[str]] = {}
    for record in files.of(Treatment):
        for link in (*record.classes, *record.parents):
            members.setdefault(link.id, []).append(record.id)
    cited = Counter(
        source for key, record in files.records.items() if not key.startswith("sources/") for source in voices(record)
    )
    met = Counter(part.with_.id for record in files.of(Treatment) for part in record.interactions)
    kinds: dict[str, list[str]] = {}
    for effect in files.vocabulary.effects:
        for wider in effect.broader:
            kinds.setdefault(wider, []).append(effect.id)
    entries: dict[str, Entry] = {}
    for key, record in files.records.items():
        entries[key] = Entry(
            kind=record.kind if isinstance(record, Treatment | Source) else key.split("/")[0].removesuffix("s"),
            name=record.id if isinstance(record, Source) else record.name,
            members=tuple(members.get(record.id, ())) if isinstance(record, Treatment) else (),
            cited=cited.get(record.id, 0) if isinstance(record, Source) else 0,
        )
    for partner in files.partners.partners:
        entries[f"partners/{partner.id}"] = Entry(partner.kind, partner.name, cited=met.get(partner.id, 0))
    for effect in files.vocabulary.effects:
        wider = tuple(kinds.get(effect.id, ()))
        entries[f"effects/{effect.id}"] = Entry("effect", effect.name, effect.clinical_name, wider)
    return entries


def reports_in(files: Files) -> dict[str, list[str]]:
    """Give every side effect with the ids of the treatments of which it is reported."""
    return _by_key((effect.effect, record.id) for record in files.of(Treatment) for effect in record.side_effects)


def signs_in(files: Files) -> dict[str, list[str]]:
    """Give every side effect with the ids of the treatments of which it is named as a sign of another."""
    reports = (
        (record.id, report)
        for record in files.of(Treatment)
        for effect in record.side_effects
        for report in effect.reports
    )
    return _by_key((sign, name) for name, report in reports for sign in report.signs)


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Give the ids that stand beside each key, each once, in order."""
    found: dict[str, dict[str, None]] = {}
    for key, name in pairs:
        found.setdefault(key, {})[name] = None
    return {key: sorted(names) for key, names in found.items()}


def lost_in(files: Files) -> dict[str, list[str]]:
    """Give every aspect with the ids of the treatments on which our copy of a source has lost what may speak of it."""
    return _by_key((gap.aspect, record.id) for record in files.of(Treatment) for gap in record.unreadable)


def uses_in(record: Record) -> str:
    """Give what the parts of a record rest on, as ``Index.uses_of`` reads it."""
    found = {name: used(part, name) for name, part in record}
    kept = {name: uses for name, uses in found.items() if uses.places or uses.names}
    told = {name: ({key: list(at) for key, at in uses.places.items()}, uses.names) for name, uses in kept.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def names_in(files: Files) -> dict[str, list[str]]:
    """Give every normalized name, but those of side effects, with the keys of what it opens."""
    names: dict[str, list[str]] = {}
    named: list[tuple[str, Iterable[str]]] = [(key, names_of(record)) for key, record in files.records.items()]
    named += [(f"partners/{one.id}", (one.id, one.name, *one.names)) for one in files.partners.partners]
    for key, texts in named:
        for name in map(normalize, texts):
            if name and key not in names.setdefault(name, []):
                names[name].append(key)
    return names


def phrases_in(files: Files) -> dict[str, list[str]]:
    """Give every normalized phrase for a side effect with the ids of what it opens."""
    names: dict[str, list[str]] = {}
    for effect in files.vocabulary.effects:
        for name in dict.fromkeys(map(normalize, texts_of(effect))):
            names.setdefault(name, []).append(effect.id)
    return names


def index_of(files: Files) -> Iterator[tuple[str, bytes]]:
    """Give the files of the index but that of digests."""
    entries = ((key, *entry.columns()) for key, entry in entries_of(files).items())
    yield f"{FOLDER}/records.tsv", lines_of(entries)
    opening = {
        "names": names_in(files),
        "phrases": phrases_in(files),
        "bags": bags_of(files.vocabulary),
        "reports": reports_in(files),
        "signs": signs_in(files),
        "lost": lost_in(files),
    }
    for name, keys in opening.items():
        yield f"{FOLDER}/{name}.tsv", lines_of((key, " ".join(opened)) for key, opened in keys.items())
    resting = ((key, uses_in(record)) for key, record in files.records.items())
    yield f"{FOLDER}/uses.tsv", lines_of(resting)
    found = list(passages.lines(files))
    yield f"{FOLDER}/passages.tsv", lines_of(found)
    by_word = passages.by_word(found)
    yield f"{FOLDER}/words.tsv", lines_of((word, " ".join(numbers)) for word, numbers in by_word.items())


def keys_by_name(files: Files) -> dict[str, list[str]]:
    """Give the keys of the records that have each normalized name, those of side effects among them."""
    keys = names_in(files)
    for name, effects in phrases_in(files).items():
        keys.setdefault(name, []).extend(f"effects/{effect}" for effect in effects)
    return keys


def names_of(record: Record) -> Iterator[str]:
    """Give every text under which a record is found."""
    yield record.id
    if isinstance(record, Source):
        for identifier in ("DOI", "PMID", "PMCID"):
            if record.csl.get(identifier):
                yield str(record.csl[identifier])
        yield from _by_author(record)
        return
    yield record.name
    yield from record.search_terms
    if isinstance(record, Treatment | Setting | Trial):
        yield from (name.text for name in record.names)
    if isinstance(record, Treatment):
        yield from record.other_products
    codes = (
        record.identifiers if isinstance(record, Treatment) else record.registry if isinstance(record, Trial) else ()
    )
    for code in codes:
        yield code.curie
        yield code.curie.split(":", 1)[1]


def _by_author(source: Source) -> Iterator[str]:
    """Give a work as people name it: the first author, or two, and a year."""
    families = [name["family"] for name in source.csl.get("author", ()) if "family" in name]
    years = {str(source.csl.get("issued", {}).get("date-parts", [[""]])[0][0]), str(source.published or "")[:4]} - {""}
    for year in sorted(years) if families else ():
        yield f"{families[0]} {year}"
        if len(families) > 1:
            yield f"{families[0]} {families[1]} {year}"
            yield f"{families[0]} and {families[1]} {year}"


def wanted(files: Files) -> Iterator[tuple[str, bytes]]:
    """Give every file of the data that a machine writes with the bytes that it should have."""
    by_hand = ((shown, files.bytes_of(shown)) for shown in BY_HAND)
    digests = [(shown, digest_of(content), str(len(content))) for shown, content in by_hand]
    for shown, content in (*_stored(files), *index_of(files)):
        digests.append((shown, digest_of(content), str(len(content))))
        yield shown, content
    yield f"{FOLDER}/digests.tsv", lines_of(digests)


def _records(files: Files, *, format_reference: bool = True) -> Iterator[tuple[str, bytes]]:
    """Give the records and the vocabularies."""
    for key, record in files.records.items():
        yield f"{key}.json", canonical(completed(record, files, format_reference=format_reference))
    yield "effects.json", canonical(files.vocabulary)
    yield "partners.json", canonical(files.partners)


def computed(files: Files) -> Iterator[tuple[str, bytes]]:
    """Give what follows from the records alone, whichever versions of the libraries are installed."""
    yield from _records(files, format_reference=False)
    yield from index_of(files)


def _stored(files: Files) -> Iterator[tuple[str, bytes]]:
    """Give the records, the vocabularies, what is completed and the schema."""
    yield from _records(files)
    yield "completion.tsv", table(files, keys_by_name(files))
    yield "schema.json", schema()


def fix(root: str = DATA) -> list[str]:
    """Rewrite what a machine can mend under ``root``; give the names of the files that changed.

    Nothing is written while a file does not parse: what is computed without it would be wrong, and might replace it.
    """
    files = Files(root)
    if files.problems:
        return []
    changed = []
    for shown, content in list(wanted(files)):
        if files.bytes_of(shown) != content:
            path = os.path.join(root, *shown.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
            changed.append(shown)
    return changed
