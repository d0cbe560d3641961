"""What every screen shares: the page, numbered citations, the references under them, the notice."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pnetref.dataset import Dataset
from pnetref.models import Citation, Model, Report, Source
from pnetref.references import review_line, superseded

Cite = Citation | Report
"""Anything that names a source and the place in it."""

FACT = ""
FAINT = "dim"
HEAD = "bold"
NAME = "bold"
MARK = "cyan"
WARN = "bold yellow"


@dataclass(frozen=True)
class Look:
    """How a person wants it shown: the settings that bear on screens.

    ``terms`` is plain, clinical or both; ``references`` numbered, ids or off; ``figures`` is false
    where survival and death figures are hidden; ``color`` is auto, always or never.
    """

    terms: str = "both"
    references: str = "numbered"
    figures: bool = True
    color: str = "auto"


def make_console(look: Look) -> Console:
    """Give a console on stdout that honors NO_COLOR, FORCE_COLOR, COLUMNS, TERM and ``look.color``."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    force = {"always": True, "never": False}.get(look.color)
    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True if force else None,
        no_color=True if force is False else None,
    )
    if force is False or console.color_system is None:
        # Bold and dim are for a terminal that shows colors; a pipe and NO_COLOR=1 get plain words.
        console.no_color = True
    return console


class Page:
    """Collects the blocks of one answer and numbers its citations as they are printed.

    Numbers are given to sources in order of appearance; where a source is cited at several places,
    each place gets a letter, so that ``[2b]`` names one place in one source.
    """

    def __init__(self, data: Dataset, look: Look, as_of: str, width: int) -> None:
        self.data = data
        self.look = look
        self.as_of = as_of
        self.width = width
        self.blocks: list[RenderableType] = []
        self._places: dict[str, dict[str, None]] = {}
        self._older: dict[str, dict[str, None]] = {}

    # --- citations -------------------------------------------------------------------------

    def number(self, value: object) -> None:
        """Make every citation in ``value`` known, so that a source with several places has letters from its first mark."""
        cites = getattr(value, "cites", None) or getattr(value, "reports", None)
        if isinstance(cites, tuple):
            for cite in self.current(cites):
                self._places.setdefault(cite.source, {})[cite.at] = None
        elif isinstance(value, Mapping):
            self.number(list(value.values()))
        elif isinstance(value, Model):
            self.number(list(value.__dict__.values()))
        elif isinstance(value, tuple | list):
            for part in value:
                self.number(part)

    def current(self, cites: Iterable[Cite]) -> list[Cite]:
        """Leave out the older edition where the newer one says the same: they are one voice."""
        given = list(cites)
        sources = {cite.source for cite in given}
        kept = []
        for cite in given:
            newer = superseded(self.data.sources[cite.source], cite.at)
            if newer is not None and newer in sources:
                self._older.setdefault(cite.source, {})[cite.at] = None
            else:
                kept.append(cite)
        return kept

    def marks(self, cites: Iterable[Cite]) -> Text:
        """Give the citation marks, ``[1][2b]``, with a dagger on a superseded place."""
        text = Text()
        if self.look.references == "off":
            return text
        for label in dict.fromkeys(self._label(cite) for cite in self.current(cites)):
            text.append(label, style=MARK)
        return text

    def _label(self, cite: Cite) -> str:
        self._places.setdefault(cite.source, {})[cite.at] = None
        dagger = "†" if superseded(self.data.sources[cite.source], cite.at) else ""
        places = list(self._places[cite.source])
        letter = letter_of(places.index(cite.at)) if len(places) > 1 else ""
        if self.look.references == "ids":
            return f"[{cite.source}{':' + letter if letter else ''}{dagger}]"
        return f"[{list(self._places).index(cite.source) + 1}{letter}{dagger}]"

    # --- blocks ----------------------------------------------------------------------------

    def add(self, block: RenderableType) -> None:
        """Add a block as it is."""
        self.blocks.append(block)

    def line(self, text: str | Text = "", style: str = FACT, indent: int = 0) -> None:
        """Add a paragraph."""
        paragraph = text if isinstance(text, Text) else Text(text, style=style)
        self.blocks.append(Padding(paragraph, (0, 0, 0, indent)) if indent else paragraph)

    def heading(self, text: str) -> None:
        """Add a heading with a blank line above it."""
        self.blocks.append(Text())
        self.blocks.append(Text(text, style=HEAD))

    def rows(self, rows: Sequence[tuple[str, Text]], label_width: int = 18, indent: int = 2) -> None:
        """Add labelled lines: two columns where there is room, else the label above its lines."""
        if not rows:
            return
        if self.width >= 56:
            table = Table.grid(padding=(0, 2, 0, 0), expand=False)
            table.add_column(width=label_width, overflow="fold")
            table.add_column(max_width=min(100, self.width - label_width - indent - 4), overflow="fold")
            last = ""
            for label, value in rows:
                table.add_row(Text(label if label != last else "", style=FAINT), value)
                last = label
            self.blocks.append(Padding(table, (0, 0, 0, indent)))
            return
        last = ""
        for label, value in rows:
            if label != last:
                self.blocks.append(Padding(Text(label, style=FAINT), (0, 0, 0, indent - 1)))
            self.blocks.append(Padding(value, (0, 0, 0, indent + 1)))
            last = label

    def references(self) -> None:
        """Add the sources that were cited, with their dates, state and the places that the letters name."""
        if not self._places or self.look.references == "off":
            return
        self.heading("References")
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=self.look.references == "numbered", max_width=24, overflow="fold")
        table.add_column(max_width=110, overflow="fold")
        for index, (key, places) in enumerate(self._places.items()):
            label = f"[{key}]" if self.look.references == "ids" else f"[{index + 1}]"
            table.add_row(Text(label, style=MARK), self._reference(self.data.sources[key], list(places)))
        self.blocks.append(Padding(table, (0, 0, 0, 2)))
        for key, places in self._older.items():
            newer = next(iter(superseded(self.data.sources[key], at) or "" for at in places))
            self.line(
                f"Not counted as another voice: {key} ({'; '.join(places)}), "
                f"an older edition of the same page, superseded by {newer}.",
                style=FAINT,
                indent=2,
            )

    def _reference(self, source: Source, places: list[str]) -> Text:
        text = Text(source.reference or source.csl.get("title", source.id))
        lettered = len(places) > 1
        at = "; ".join(f"{letter_of(i)} {place}" if lettered else place for i, place in enumerate(places))
        text.append(f"\nAt: {at}.", style=FAINT)
        line = review_line(source, self.as_of, places)
        if line:
            text.append(f"\n{line}", style=WARN)
        return text

    def finish(self) -> Group:
        """Add the references and the notice, and give the whole page."""
        self.references()
        self.blocks.append(Text())
        self.blocks.append(Rule(style=FAINT, characters="─"))
        version = self.data.index.data_version
        self.blocks.append(Text(self.data.index.notice, style=FAINT))
        if older_than_a_year(version, self.as_of):
            self.blocks.append(Text(f"This data is of {version}, more than 12 months old: look for a newer release.", style=WARN))
        return Group(*self.blocks)


def letter_of(index: int) -> str:
    """Give a, b, … z, aa, ab … for 0, 1, …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def older_than_a_year(data_version: str, as_of: str) -> bool:
    """Tell whether data of the version ``2026.11.24`` is more than 12 months old on an ISO day."""
    year, month, day = data_version.split(".")
    return as_of > f"{int(year) + 1:04d}-{int(month):02d}-{int(day):02d}"


def words(field: str) -> str:
    """Give the words of a field's name: ``line_of_therapy`` is ``Line of therapy``."""
    return field.replace("_", " ").capitalize()
