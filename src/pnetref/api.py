"""The reference from Python: records by id, and each command as a method.

It stands above the answers, beside the command line, and knows neither Typer nor Rich.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from pnetref.answered import Answer, Opened, Record, record_of
from pnetref.answers import comparison, envelope, guide, references, search, side_effects, treatment, trial
from pnetref.calls import asking
from pnetref.dataset import DATA, Dataset
from pnetref.errors import UnknownId
from pnetref.lookup import find_one, split_key
from pnetref.models import Effect, Source, Topic, Treatment, Trial
from pnetref.names import normalize, suggest

R = TypeVar("R")
Fields = str | Collection[str]
"""A part or a field of a record as a person calls it, or several."""
Day = date | str | None
"""A day, its ISO date, or a time of it; None is ``SOURCE_DATE_EPOCH``, or today."""


class ById(Mapping[str, R], Generic[R]):
    """Records by id; one that is not there is told which id the name has."""

    def __init__(self, data: Dataset, folder: str, records: Mapping[str, R]) -> None:
        self._data = data
        self._folder = folder
        self._records = records

    def __getitem__(self, key: str) -> R:
        if key not in self._records:
            raise self._unknown(key)
        return self._records[key]

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as a mapping gives it
        """Give the record, or ``default`` where no record has this id."""
        return self._records.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._folder} by id>"

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    def _unknown(self, key: object) -> UnknownId:
        """Say what an id is; of a name, what it opens, and of any other text, which ids are spelled alike."""
        where = f"load().{self._folder}"
        told = f"no record of {where} has the id {key!r}"
        if not isinstance(key, str):
            return UnknownId(f"{told}; an id is a text, as {next(iter(self))!r}")
        full = f"{self._folder}/{key}"
        if named := self._data.named(key):
            opens = tuple(f"load().{folder}[{name!r}]" for folder, name in map(split_key, named))
            told = f"{told}; ids are lower-case; load().find({key!r}) opens any name, and says what it is"
            return UnknownId(told, opens, told="that name leads to", key=full)
        ids = {normalize(name): name for name in self}
        near = tuple(ids[name] for name in suggest(key, ids, self._data.manifest.look_alikes))
        return UnknownId(f"{told}; by any name: load().find({key!r})", near, key=full)


class Reference(Dataset):
    """The packaged reference: records by id, as of ``Dataset``, and every command as a method.

    Names come as they are typed behind the command, in any case and spelling, each a text; options are
    arguments by name, and ``as_of`` is the day that the states of sources are computed for. Everything
    raised is a ``Problem``: ``NoMatch`` or ``Ambiguous`` for a name, ``UsageProblem`` for what a method
    does not take, ``DataProblem`` where the packaged data is corrupt; but for an argument that a method
    does not have, which is Python's own ``TypeError``.
    """

    def _by_id(self, folder: str, records: Mapping[str, R]) -> Mapping[str, R]:
        return ById(self, folder, records)

    def __repr__(self) -> str:
        return f"<pnetref data {self.manifest.data_version}: {len(self.treatments)} treatments, {len(self.sources)} sources>"

    @property
    def data_version(self) -> str:
        """The version of the data: the day of its last change, as ``2026.11.27``."""
        return self.manifest.data_version

    def find(self, *name: str) -> Opened:
        """Open whatever a name names: a treatment, side effect, trial, source, setting, topic, or what drugs meet."""
        with asking("find", name):
            found = find_one(self, list(name), lambda _: True, "a record")
            typed = found.typed[0]
            record = record_of(self, found.keys[0])
            return Opened(record, found.keys[0], typed["text"], typed["note"], tuple(typed["set_aside"]))

    def drug(
        self,
        *name: str,
        fields: Fields = (),
        in_class: str | None = None,
        target: str | None = None,
        route: str | None = None,
        source: str | None = None,
        as_of: Day = None,
    ) -> Answer[Treatment]:
        """Answer ``pnetref drug``: a drug, class or combination; without a name all that pass the filters."""
        filters = {"in_class": in_class, "target": target, "route": route, "source": source}
        with asking("drug", name, fields=fields, **filters):
            found = treatment.drug(self, list(name), fields=_several(fields), full=False, **filters)
            return Answer(found, _day(as_of))

    def treatment(
        self, *name: str, fields: Fields = (), setting: str | None = None, as_of: Day = None
    ) -> Answer[Treatment]:
        """Answer ``pnetref treatment``: anything that treats, what is named for a ``setting``, or all."""
        with asking("treatment", name, fields=fields, setting=setting):
            return Answer(treatment.treatment(self, list(name), fields=_several(fields), setting=setting), _day(as_of))

    def compare(
        self, *names: str, fields: Fields = (), only: str | None = None, as_of: Day = None
    ) -> Answer[Treatment]:
        """Answer ``pnetref compare``: two treatments or more side by side; ``only`` shared, different or serious."""
        with asking("compare", names, fields=fields, only=only):
            return Answer(comparison.compare(self, list(names), fields=_several(fields), only=only), _day(as_of))

    def side_effects(
        self,
        *names: str,
        serious: bool = False,
        frequency: str | None = None,
        system: str | None = None,
        as_of: Day = None,
    ) -> Answer[Treatment | Effect]:
        """Answer ``pnetref side-effects``: of a treatment, what causes an effect, both, or the vocabulary."""
        filters = {"frequency": frequency, "system": system}
        with asking("side_effects", names, **filters):
            return Answer(side_effects.side_effects(self, list(names), serious=serious, **filters), _day(as_of))

    def cite(
        self,
        *names: str,
        field: str | None = None,
        effect: str | None = None,
        listed: bool = False,
        as_of: Day = None,
    ) -> Answer[Source]:
        """Answer ``pnetref cite``: the sources of what is named, or of one ``field`` or ``effect`` of it, or all."""
        with asking("cite", names, field=field, effect=effect):
            day = _day(as_of)
            return Answer(references.cite(self, list(names), day, field=field, effect=effect, listed=listed), day)

    def trial(
        self,
        *name: str,
        drug: str | None = None,
        phase: str | None = None,
        measure: str | None = None,
        as_of: Day = None,
    ) -> Answer[Trial]:
        """Answer ``pnetref trial``: a trial, or without a name those that pass the filters."""
        filters = {"drug": drug, "phase": phase, "measure": measure}
        with asking("trial", name, **filters):
            return Answer(trial.trial(self, list(name), **filters), _day(as_of))

    def search(self, *words: str, as_of: Day = None) -> Answer[Record]:
        """Answer ``pnetref search``: anything in the data that holds the words; its records are of any kind."""
        with asking("search", words):
            return Answer(search.search(self, list(words)), _day(as_of))

    def guide(self, *topic: str, as_of: Day = None) -> Answer[Topic | Treatment]:
        """Answer ``pnetref guide``: a topic, all topics, or with ``questions`` before a name those about a treatment."""
        with asking("guide", topic):
            return Answer(guide.guide(self, list(topic)), _day(as_of))


def load(root: str = DATA) -> Reference:
    """Open the packaged reference; records are read and validated as they are asked for."""
    return Reference(root)


def _several(fields: Fields) -> list[str]:
    return [fields] if isinstance(fields, str) else list(fields)


def _day(as_of: Day) -> str:
    day = as_of.date() if isinstance(as_of, datetime) else as_of
    return envelope.as_of_day(None if day is None else str(day))
