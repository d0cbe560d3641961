"""The packaged dataset: reads records as they are needed, and finds them by name.

It is long because each folder of the data and each file of the index has its property.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pnetref.errors import DataProblem, MissingRecord, broken, unread
from pnetref.index import CHANGED, FOLDER, Entries, Keys, Lines, digest_of, opened
from pnetref.names import normalize
from pnetref.walk import Used, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pnetref.index import Entry
    from pnetref.models import Effect, Manifest, Model, Partner, Setting, Source, Topic, Treatment, Trial, Vocabulary
    from pnetref.passages import Passages
    from pnetref.stored import Listed, Stored
    from pnetref.wording import Wording

R = TypeVar("R")
L = TypeVar("L", bound=Lines)

LARGEST = 1 << 30
"""The bytes from which on a file is none of ours, whatever its name is."""

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
FOLDERS = {
    "treatments": "Treatment",
    "settings": "Setting",
    "topics": "Topic",
    "trials": "Trial",
    "sources": "Source",
}
"""The folders of the data, and the model of the records in each."""


def validated(model: str, content: bytes) -> Model:
    """Read JSON as a model, and validate it. Raises ``ValueError`` in one line."""
    from pydantic import ValidationError

    from pnetref import models

    kind: type[Model] = getattr(models, model)
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where + ': ' if where else ''}{first['msg']}") from None


def read_bytes(root: str, shown: str, size: str | None = None) -> bytes:
    """Give the bytes of the file ``shown`` under ``root``; one that has another ``size`` is not read.

    Raises ``DataProblem``.
    """
    with open(opened(root, shown), "rb") as file:
        found = os.fstat(file.fileno()).st_size
        if found > LARGEST or size not in (None, str(found)):
            raise broken(shown, CHANGED)
        try:
            return file.read()
        except OSError as error:
            raise unread(shown, error) from None


class Records(Mapping[str, R]):
    """The records of one folder by id, each read when it is first asked for."""

    def __init__(self, data: Dataset, folder: str) -> None:
        self._data = data
        self._folder = folder
        self._read: dict[str, R] = {}

    def __getitem__(self, key: str) -> R:
        if key not in self._read:
            if f"{self._folder}/{key}" not in self._data.index.records:
                raise MissingRecord(f"packaged data: {self._folder}/{key} is missing; reinstall pnetref")
            self._read[key] = self._data.read(FOLDERS[self._folder], f"{self._folder}/{key}.json")
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return f"{self._folder}/{key}" in self._data.index.records

    def __iter__(self) -> Iterator[str]:
        start = len(self._folder) + 1
        return (line[0][start:] for line in self._data.index.records.starting(f"{self._folder}/"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Parts(Mapping[str, R]):
    """The records of one file by id, each validated when it is first asked for."""

    def __init__(self, data: Dataset, model: str, shown: str, stored: Listed) -> None:
        self._data = data
        self._model = model
        self._shown = shown
        self._stored = stored
        self._read: dict[str, R] = {}

    def __getitem__(self, key: str) -> R:
        if key not in self._read:
            found = next((one for one in self._stored if one.is_called(key)), None)
            if found is None:
                raise MissingRecord(f"packaged data: {self._shown} has no {key}; reinstall pnetref")
            try:
                self._read[key] = self._data._part(self._model, found)
            except ValueError as error:
                raise broken(self._shown, str(error)) from None
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._stored)

    def __len__(self) -> int:
        return len(self._stored)


class Index:
    """The generated index: what each of its files opens; each is opened when it is first asked."""

    def __init__(self, root: str) -> None:
        self._root = root

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Copy and pickle it as where it lies: its files are opened again."""
        return type(self), (self._root,)

    @cached_property
    def records(self) -> Entries:
        """Every record, with what is known of it without reading it."""
        return self._file(Entries, "records.tsv")

    @cached_property
    def names(self) -> Keys:
        """Every normalized name with the keys of what it opens, but those of side effects."""
        return self._file(Keys, "names.tsv")

    @cached_property
    def phrases(self) -> Keys:
        """Every normalized phrase for a side effect with the ids of what it opens."""
        return self._file(Keys, "phrases.tsv")

    @cached_property
    def bags(self) -> Keys:
        """The words of every phrase for a side effect, as ``wording.key_of`` writes them."""
        return self._file(Keys, "bags.tsv")

    @cached_property
    def reports(self) -> Keys:
        """Every side effect with the ids of the treatments of which it is reported."""
        return self._file(Keys, "reports.tsv")

    @cached_property
    def signs(self) -> Keys:
        """Every side effect with the ids of the treatments of which it is named as a sign of another."""
        return self._file(Keys, "signs.tsv")

    @cached_property
    def lost(self) -> Keys:
        """Every aspect with the ids of the treatments on which our damaged copy of a source may speak of it."""
        return self._file(Keys, "lost.tsv")

    @cached_property
    def passages(self) -> Passages:
        """The texts that search looks through."""
        from pnetref.passages import Passages

        return Passages(self._file(Lines, "passages.tsv"), self.words)

    @cached_property
    def words(self) -> Keys:
        """Every word of these texts with the numbers of those that are under it."""
        return self._file(Keys, "words.tsv")

    def uses_of(self, key: str) -> dict[str, Used]:
        """Give what the parts of a record rest on, by the names of its parts that rest on anything."""
        from json import loads

        columns = self._uses.columns(key)
        found: dict[str, tuple[dict[str, list[str]], dict[str, list[str]]]] = loads(columns[0]) if columns else {}
        return {
            part: Used(
                {source: dict.fromkeys(at) for source, at in places.items()},
                {name: tuple(folders) for name, folders in names.items()},
            )
            for part, (places, names) in found.items()
        }

    def rests_on(self, key: str) -> Used:
        """Give what a whole record rests on."""
        walk = Walk()
        for uses in self.uses_of(key).values():
            walk.add(uses)
        return walk.found

    @cached_property
    def _uses(self) -> Lines:
        return self._file(Lines, "uses.tsv")

    def _file(self, kind: type[L], name: str) -> L:
        """Open a file of the index, which has the size with which it was packaged."""
        return kind(self._root, name, self.packaged(f"{FOLDER}/{name}")[1])

    def packaged(self, shown: str) -> tuple[str, str]:
        """Give the digest and the size that a file had when it was packaged. Raises ``DataProblem``."""
        match self.digests.columns(shown):
            case [digest, size]:
                return digest, size
        raise broken(f"{FOLDER}/digests.tsv", f"it has no line of {shown}")

    @cached_property
    def digests(self) -> Lines:
        """The digest and the size of every packaged file."""
        return Lines(self._root, "digests.tsv")


class Dataset:
    """Everything that is packaged, as typed records; nothing is read before it is asked for.

    ``treatments``, ``settings``, ``topics``, ``trials`` and ``sources`` are mappings from id to
    record, ``effects`` from id to side effect. Reading raises ``DataProblem`` where a file is
    missing or is not as it was packaged.
    """

    def __init__(self, root: str = DATA) -> None:
        self.root = root
        self.index = Index(root)
        self._texts: dict[str, Stored] = {}

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        """Copy and pickle it as where it lies: what was read is read again."""
        return type(self), (self.root,)

    def read(self, model: str, shown: str) -> Any:  # noqa: ANN401 - a record of that model
        """Read a packaged file, checked against its digest."""
        try:
            return self._made(model, shown, self._content(shown))
        except ValueError as error:
            raise broken(shown, str(error)) from None

    def _content(self, shown: str) -> bytes:
        digest, size = self.index.packaged(shown)
        content = read_bytes(self.root, shown, size)
        if digest_of(content) != digest:
            raise broken(shown, CHANGED)
        return content

    def _made(self, model: str, shown: str, content: bytes) -> Any:  # noqa: ANN401 - a record of that model
        """Give what a file holds. Raises ``ValueError``."""
        del shown
        return validated(model, content)

    def some(self, key: str, part: str, model: str, keep: Callable[[Any], bool]) -> list[Any]:
        """Give those of a part of a record (``treatments/sunitinib``) that ``keep`` accepts, reading no more of it.

        ``keep`` is asked of each as it is stored; ``model`` names what it is.
        """
        from pnetref.stored import Stored

        record = Stored(self._content(f"{key}.json").decode())
        return [self._part(model, one) for one in getattr(record, part) if keep(one)]

    def _part(self, model: str, stored: Stored) -> Any:  # noqa: ANN401 - of that model
        """Give a part of a record from what is stored of it."""
        return validated(model, stored.content())

    def citation(self, source: str, at: str) -> Any:  # noqa: ANN401 - as records have it
        """Give a place as the records of this dataset have it."""
        from pnetref.models import Citation

        return Citation(source=source, at=at)

    @cached_property
    def manifest(self) -> Manifest:
        """What holds of the data as a whole."""
        manifest: Manifest = self.read("Manifest", "manifest.json")
        return manifest

    @cached_property
    def unread(self) -> Dataset:
        """The same data with its records as they are stored: what shows none of them needs no model."""
        from pnetref.stored import Packaged

        return Packaged(self.root)

    def _by_id(self, folder: str, records: Mapping[str, R]) -> Mapping[str, R]:
        """Give the records of a folder, or of a file, in the mapping that is shown: here as they are."""
        del folder
        return records

    @cached_property
    def treatments(self) -> Mapping[str, Treatment]:
        """Drugs, classes, combinations, procedures, radiation and supports."""
        return self._by_id("treatments", Records(self, "treatments"))

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """Tumor types and situations that are treated."""
        return self._by_id("settings", Records(self, "settings"))

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The subjects of the guide."""
        return self._by_id("topics", Records(self, "topics"))

    @cached_property
    def trials(self) -> Mapping[str, Trial]:
        """Trials with their results."""
        return self._by_id("trials", Records(self, "trials"))

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Documents that were read, and works that they list."""
        return self._by_id("sources", Records(self, "sources"))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The file of side effects and of the words for them."""
        vocabulary: Vocabulary = self.read("Vocabulary", "effects.json")
        return vocabulary

    @cached_property
    def wording(self) -> Wording:
        """Which side effect a phrase names, in people's own words."""
        from pnetref.wording import Wording

        return Wording(self._stored("effects.json"), self.index.bags)

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """The vocabulary of side effects."""
        return self._by_id("effects", self._parts("Effect", "effects"))

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """What drugs interact with."""
        return self._by_id("partners", self._parts("Partner", "partners"))

    def _parts(self, model: str, name: str) -> Parts[Any]:
        """Give the records of the file that is called as its list."""
        shown = f"{name}.json"
        return Parts(self, model, shown, getattr(self._stored(shown), name))

    def _stored(self, shown: str) -> Stored:
        """Give a file as it is stored, read once."""
        from pnetref.stored import Stored

        if shown not in self._texts:
            self._texts[shown] = Stored(self._content(shown).decode().rstrip("\n"))
        return self._texts[shown]

    def entry(self, kind: str, key: str) -> Entry:
        """Give what the index knows of a record; ``kind`` is its folder, or ``effects``."""
        try:
            return self.index.records[f"{kind}/{key}"]
        except KeyError:
            raise DataProblem(f"packaged data: the index: {kind}/{key} is missing; reinstall pnetref") from None

    def named(self, name: str) -> tuple[str, ...]:
        """Give the keys (``treatments/sunitinib``) of the records that have this name."""
        known = normalize(name)
        effects = (f"effects/{effect}" for effect in self.index.phrases.get(known, ()))
        return (*self.index.names.get(known, ()), *effects)

    def members(self, key: str) -> tuple[str, ...]:
        """Give the ids of the treatments that name this one as their class or parent."""
        return self.entry("treatments", key).members


def load(root: str = DATA) -> Dataset:
    """Open the packaged dataset; records are read and validated as they are asked for."""
    return Dataset(root)
