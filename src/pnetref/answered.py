"""An answer as Python has it: the records that it is about, and the JSON, CSV, Markdown and HTML that its command prints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from pnetref.answers import envelope
from pnetref.answers.shapes import SourceInUse, Typed
from pnetref.calls import asking
from pnetref.dataset import FOLDERS, Dataset
from pnetref.errors import UsageProblem
from pnetref.lookup import split_key
from pnetref.models import Citation, Effect, Model, Partner, Report, Setting, Source, Topic, Treatment, Trial
from pnetref.terms import State

if TYPE_CHECKING:
    from pnetref.page import Page

Record = Treatment | Effect | Trial | Source | Setting | Topic | Partner
"""Whatever a name can open."""

R = TypeVar("R", bound=Model)

ABOUT = {
    "drug": "treatments",
    "drugs": "treatments",
    "treatment": "treatments",
    "treatments": "treatments",
    "subject": "treatments",
    "effect": "effects",
    "effects": "effects",
    "references": "sources",
    "topic": "topics",
    "topics": "topics",
    "trial": "trials",
    "trials": "trials",
}
"""The parts of a payload that are what an answer is about, and the folder of their records."""


class Opened(NamedTuple):
    """The record that a name opens, its ``key`` (``treatments/sunitinib``), and what has to be said of the name.

    ``note`` says where the name is of another product of the substance, or wider than the record;
    ``set_aside`` are words that were not used, as the strength of a drug.
    """

    record: Record
    key: str
    text: str
    note: str | None
    set_aside: tuple[str, ...]

    def __repr__(self) -> str:
        aside = f"; set aside: {' '.join(self.set_aside)}" if self.set_aside else ""
        return f"<{self.text!r} opens {self.key}{aside}{f'. {self.note}' if self.note else ''}>"


class Answer(Generic[R]):
    """What a command answers: the records that it is about, and the same JSON and pages as the command gives.

    ``kind`` is its name in the JSON Schema. ``payload`` is its part of the JSON with records as models;
    ``typed`` are the names as they were typed, ``notes`` what has to be said of them.
    """

    def __init__(self, answer: envelope.Answer, as_of: str) -> None:
        self.kind = answer.kind
        self.payload: Mapping[str, Any] = MappingProxyType(dict(answer.payload))
        self.typed: tuple[Typed, ...] = answer.typed
        self._data = answer.data
        self._whole = envelope.enveloped(answer, as_of)
        self._made = answer, as_of

    def __reduce__(self) -> tuple[type[Self], tuple[envelope.Answer, str]]:
        """Copy and pickle it as what it was made of; the data stays where it lies."""
        return type(self), self._made

    @cached_property
    def records(self) -> tuple[R, ...]:
        """The records that the answer is about, whole, in its order: those that were named, or those of a list."""
        return tuple(record_of(self._data, key) for key in _about(self.payload))

    @property
    def record(self) -> R:
        """The one record that the answer is about; raises ``UsageProblem`` where there are more or none."""
        if len(self.records) != 1:
            raise UsageProblem(f"this answer is about {len(self.records)} records, not one; see .records")
        return self.records[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said of the names: of another product, wider than the record, or words that were set aside."""
        from pnetref.page import typed_lines

        return tuple(said.text for line in typed_lines(self._whole) for said in line.words)

    @property
    def notice(self) -> str:
        """What has to be said of every answer: a reference, never advice."""
        return str(self._whole["notice"])

    @property
    def as_of(self) -> str:
        """The ISO day that states are of."""
        return str(self._whole["as_of"])

    @property
    def sources(self) -> Mapping[str, SourceInUse]:
        """The sources in use, each with its ``state`` and its ``place_states`` on the day ``as_of``."""
        return MappingProxyType(self._whole["sources"])

    def state(self, cited: Citation | Report) -> State:
        """Give the state of a place that the answer cites; raises ``UsageProblem`` for another, and for what is none."""
        try:
            return self.sources[cited.source]["place_states"][cited.at]
        except KeyError:
            raise UsageProblem(f"this answer does not cite {cited.source}, {cited.at}") from None
        except AttributeError:
            told = "state is that of a place: give one of the cites of a statement, or a report of a side effect"
            raise UsageProblem(f"{told}; got {cited!r:.80}") from None

    def to_dict(self) -> dict[str, Any]:
        """Give what ``--json`` prints as dictionaries, lists and texts, new at each call."""
        from pydantic_core import to_jsonable_python

        plain: dict[str, Any] = to_jsonable_python(self._whole)
        return plain

    def to_json(self) -> str:
        """Give what ``--json`` prints, byte for byte."""
        from pnetref.formats import json

        return json.render(self._whole)

    def to_csv(self) -> str:
        """Give what ``--format csv`` prints: a row a statement and citation."""
        from pnetref.formats import csv

        return csv.render(self._whole)

    def to_markdown(
        self, *, references: str = "numbered", terms: str = "both", figures: bool = True, first: bool = False
    ) -> str:
        """Give what ``--format markdown`` prints, whatever the settings are; ``first`` gives the first screen alone.

        ``references``, ``terms`` and ``figures`` are as the settings of these names; raises ``UsageProblem`` for
        what these do not take.
        """
        from pnetref.config import allowed
        from pnetref.formats import markdown

        page = self._page(terms, first=first, figures=figures)
        return markdown.render(page, references=allowed("references", references, "references"))

    def to_html(self, *, references: str = "numbered", terms: str = "both", figures: bool = True) -> str:
        """Give what ``--format html`` prints, one file that loads nothing; arguments are those of ``to_markdown``."""
        from pnetref.config import allowed
        from pnetref.formats import html

        page = self._page(terms, first=False, figures=figures)
        return html.render(page, references=allowed("references", references, "references"))

    def _page(self, terms: str, *, first: bool, figures: bool) -> Page:
        from pnetref.config import allowed
        from pnetref.screens import page_of
        from pnetref.screens.context import Look

        return page_of(self.kind, self._whole, Look(allowed("terms", terms, "terms"), figures), first=first)

    def to_references(self, form: str = "text", *, style: str | None = None) -> str:
        """Give the sources as ``text``, in a CSL ``style`` where one is given, or as ``bibtex``, ``ris``, ``csl-json``.

        Raises ``UsageProblem`` for another form or style.
        """
        from pnetref.formats import BIBLIOGRAPHIC, bibliography

        if form not in BIBLIOGRAPHIC:
            raise UsageProblem(f"{form!r} is not one of: {', '.join(BIBLIOGRAPHIC)}")
        if style is not None and form != "text":
            raise UsageProblem("style formats text; leave out the form")
        listed = self.payload.get("references")
        keys = self.sources if listed is None else (entry["id"] for entry in listed)
        with asking("to_references", (), style=style):
            return bibliography.formatted([self._data.sources[key] for key in keys], form, style)

    def _repr_markdown_(self) -> str:
        """Give the first screen to a notebook, with its sources, their states and the notice."""
        return self.to_markdown(first=True)

    def __repr__(self) -> str:
        keys = _about(self.payload)
        about = ", ".join(keys) if len(keys) < 5 else f"{', '.join(keys[:3])} and {len(keys) - 3} more"
        notes = "".join(f"; {note}" for note in self.notes)
        return f"<{self.kind}: {about or 'nothing'}; {len(self.sources)} sources as of {self.as_of}{notes}>"


def record_of(data: Dataset, key: str) -> Any:  # noqa: ANN401 - of the kind that the key says
    """Give the record of a key such as ``treatments/sunitinib``."""
    folder, name = split_key(key)
    return getattr(data, folder)[name]


def _about(payload: Mapping[str, Any]) -> list[str]:
    """Give the keys of the records that a payload is about, each once, in its order."""
    if "comparison" in payload:
        return [f"treatments/{name}" for name in payload["comparison"]["records"]]
    if "results" in payload:
        found = ((f"{hit['kind']}s", hit["id"]) for hit in payload["results"])
        folders = (*FOLDERS, "effects", "partners")
        return list(dict.fromkeys(f"{kind if kind in folders else 'treatments'}/{name}" for kind, name in found))
    about: list[str] = []
    for part, folder in ABOUT.items():
        value = payload.get(part, [])
        items = value if isinstance(value, list) else [value]
        about += [f"{folder}/{item['id'] if isinstance(item, dict) else item.id}" for item in items]
    return about
