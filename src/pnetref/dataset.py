"""The packaged dataset: reads records as they are needed, and finds them by name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import ValidationError

from pnetref.errors import DataProblem, MissingRecord
from pnetref.models import (
    Effect,
    Index,
    IndexEntry,
    Model,
    Partner,
    Partners,
    Setting,
    Source,
    Topic,
    Treatment,
    Trial,
    Vocabulary,
    Words,
)
from pnetref.names import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pnetref.wording import Wording

R = TypeVar("R", bound=Model)

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
FOLDERS: dict[str, type[Treatment | Setting | Topic | Trial | Source]] = {
    "treatments": Treatment,
    "settings": Setting,
    "topics": Topic,
    "trials": Trial,
    "sources": Source,
}
"""The folders of the data, and the model of the records in each."""


def read_model(model: type[R], path: str, shown: str) -> R:
    """Read and validate one JSON file; ``shown`` is its name in an error. Raises ``DataProblem``."""
    try:
        with open(path, "rb") as file:
            return model.model_validate_json(file.read())
    except OSError as error:
        reason = error.strerror or "unreadable"
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where + ': ' if where else ''}{first['msg']}"
    raise DataProblem(f"packaged data: {shown}: {reason}; reinstall pnetref")


class Records(Mapping[str, R], Generic[R]):
    """The records of one folder by id, each read when it is first asked for."""

    def __init__(self, model: type[R], root: str, folder: str, ids: Iterable[str]) -> None:
        self._model = model
        self._root = root
        self._folder = folder
        self._ids = dict.fromkeys(ids)
        self._read: dict[str, R] = {}

    def __getitem__(self, key: str) -> R:
        if key not in self._read:
            if key not in self._ids:
                raise MissingRecord(f"packaged data: {self._folder}/{key} is missing; reinstall pnetref")
            shown = f"{self._folder}/{key}.json"
            record = read_model(self._model, os.path.join(self._root, self._folder, f"{key}.json"), shown)
            if getattr(record, "id", key) != key:
                raise DataProblem(f"packaged data: {shown}: holds another record; reinstall pnetref")
            self._read[key] = record
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Dataset:
    """Everything that is packaged, as typed records; nothing is read before it is asked for.

    ``treatments``, ``settings``, ``topics``, ``trials`` and ``sources`` are mappings from id to
    record, ``effects`` from id to side effect. Reading raises ``DataProblem`` where a file is
    missing or corrupt.
    """

    def __init__(self, root: str = DATA) -> None:
        self.root = root

    @cached_property
    def index(self) -> Index:
        """The generated name index."""
        return read_model(Index, os.path.join(self.root, "index.json"), "index.json")

    def _records(self, model: type[R], folder: str) -> Records[R]:
        start = f"{folder}/"
        ids = [key[len(start) :] for key in self.index.records if key.startswith(start)]
        return Records(model, self.root, folder, ids)

    @cached_property
    def treatments(self) -> Mapping[str, Treatment]:
        """Drugs, classes, combinations, procedures, radiation and supports."""
        return self._records(Treatment, "treatments")

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """Tumor types and situations that are treated."""
        return self._records(Setting, "settings")

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """The subjects of the guide."""
        return self._records(Topic, "topics")

    @cached_property
    def trials(self) -> Mapping[str, Trial]:
        """Trials with their results."""
        return self._records(Trial, "trials")

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Documents that were read, and works that they list."""
        return self._records(Source, "sources")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The file of side effects and of the words for them."""
        return read_model(Vocabulary, os.path.join(self.root, "effects.json"), "effects.json")

    @cached_property
    def wording(self) -> Wording:
        """Which side effect a phrase names, in people's own words."""
        from pnetref.wording import Wording

        return Wording(self.vocabulary, self.words.bags)

    @cached_property
    def words(self) -> Words:
        """The generated index of words for side effects."""
        return read_model(Words, os.path.join(self.root, "words.json"), "words.json")

    @cached_property
    def effects(self) -> Mapping[str, Effect]:
        """The vocabulary of side effects."""
        effects = {effect.id: effect for effect in self.vocabulary.effects}
        missing = [key for key in self.index.records if key.startswith("effects/") and key[8:] not in effects]
        if missing:
            raise DataProblem(f"packaged data: effects.json: {missing[0][8:]} is missing; reinstall pnetref")
        return effects

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """What drugs interact with."""
        file = read_model(Partners, os.path.join(self.root, "partners.json"), "partners.json")
        return {partner.id: partner for partner in file.partners}

    def entry(self, kind: str, key: str) -> IndexEntry:
        """Give what the index knows of a record; ``kind`` is its folder, or ``effects``."""
        try:
            return self.index.records[f"{kind}/{key}"]
        except KeyError:
            raise DataProblem(f"packaged data: index.json: {kind}/{key} is missing; reinstall pnetref") from None

    def named(self, name: str) -> tuple[str, ...]:
        """Give the keys (``treatments/sunitinib``) of the records that have this name."""
        known = normalize(name)
        effects = (f"effects/{effect}" for effect in self.words.names.get(known, ()))
        return (*self.index.names.get(known, ()), *effects)

    def mentions(self, word: str) -> bool:
        """Tell whether the stored text of any record has ``word``, in lower case, before a record is parsed."""
        wanted = word.encode()
        for folder in FOLDERS:
            place = os.path.join(self.root, folder)
            for name in os.listdir(place):
                with open(os.path.join(place, name), "rb") as file:
                    if wanted in file.read().lower():
                        return True
        return False

    def members(self, key: str) -> tuple[str, ...]:
        """Give the ids of the treatments that name this one as their class or parent."""
        return self.entry("treatments", key).members


def load(root: str = DATA) -> Dataset:
    """Open the packaged dataset; records are read and validated as they are asked for."""
    return Dataset(root)
