"""What every screen shares: the page, numbered citations, the references under them, the notice."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text

from pnetref.dataset import Dataset
from pnetref.editions import review_line, superseded
from pnetref.models import Citation, Report, Source

Cite = Citation | Report
"""Anything that names a source and the place in it."""

FACT = ""
FAINT = "dim"
HEAD = "bold"
NAME = "bold"
MARK = "cyan"
WARN = "bold yellow"

NARROW = 56
"""The width in columns below which labels stand above their lines."""


LEAST = 30
"""The width in columns that every screen has at least."""


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
    """Give a console on stdout that honors NO_COLOR, FORCE_COLOR, COLUMNS, TERM and ``look.color``.

    Below ``LEAST`` columns lines are left to the terminal to break: no column may be squeezed until words are lost.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    force = {"always": True, "never": False}.get(look.color)
    if not re.fullmatch(r"[1-9][0-9]{0,3}", os.environ.get("COLUMNS", "1")):
        del os.environ["COLUMNS"]  # it is no width
    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True if force else None,
        no_color=True if force is False else None,
    )
    console.width = max(LEAST, console.width)
    return console


def show(console: Console, page: RenderableType) -> None:
    """Print a page; a pipe gets it without the blanks that fill a line up."""
    if console.is_terminal:
        console.print(page)
        return
    with console.capture() as captured:
        console.print(page)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


class Rows:
    """Labels and texts side by side, each wrapped in its column: what a grid shows, in a third of its time.

    ``indent`` blanks, then a label of ``label_width`` and two blanks, then a text of at most ``width``;
    without a label width the texts stand alone.
    """

    def __init__(self, rows: Sequence[tuple[Text, Text]], indent: int, label_width: int = 0, width: int = 100) -> None:
        self.rows = rows
        self.indent = indent
        self.label_width = label_width
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of every line."""
        margin = self.indent + (self.label_width + 2 if self.label_width else 0)
        width = max(8, min(self.width, options.max_width - margin))
        styled = console.color_system is not None
        for label, text in self.rows:
            # Assembling turns the style of a whole text into one of its parts, which rendering a line keeps;
            # where nothing is styled, parts would only cost time.
            shown, said = (Text.assemble(part) if styled else Text(part.plain) for part in (label, text))
            labels = shown.wrap(console, self.label_width) if self.label_width and label.plain else ()
            lines = said.wrap(console, width)
            for index in range(max(len(labels), len(lines))):
                yield Segment(" " * self.indent)
                if self.label_width:
                    part = labels[index] if index < len(labels) else Text()
                    yield from part.render(console)
                    yield Segment(" " * (self.label_width + 2 - part.cell_len))
                if index < len(lines):
                    yield from lines[index].render(console)
                yield Segment.line()


class Page:
    """Collects the blocks of one answer and numbers its citations as they are printed.

    Numbers are given to sources in order of appearance; where a source is cited at several places,
    each place gets a letter, so that ``[2b]`` names one place in one source. From its first mark a source has
    letters where the ``draft``, the same page filled before, cites several places of it. ``subject`` is the
    condition that the page is about: of others it is said.
    """

    def __init__(self, data: Dataset, look: Look, as_of: str, width: int, draft: Page | None = None) -> None:
        self.data = data
        self.look = look
        self.as_of = as_of
        self.width = width
        self.subject = "pnet"
        self.blocks: list[RenderableType] = []
        self._places: dict[str, dict[str, None]] = draft._places if draft else {}
        self._numbers: dict[str, int] = {}
        self._older: dict[str, dict[str, None]] = {}

    # --- citations -------------------------------------------------------------------------

    def current(self, cites: Iterable[Cite]) -> list[Cite]:
        """Leave out the older edition where the newer one says the same: they are one voice."""
        given = list(cites)
        sources = {cite.source for cite in given}
        kept = []
        for cite in given:
            newer = superseded(self.data.sources[cite.source], cite.at)
            if newer is not None and newer in sources:
                self.older([cite])
            else:
                kept.append(cite)
        return kept

    def older(self, cites: Iterable[Cite]) -> None:
        """Keep what the older edition of a page says for the line under the references."""
        for cite in cites:
            self._older.setdefault(cite.source, {})[cite.at] = None

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
        number = self._numbers.setdefault(cite.source, len(self._numbers) + 1)
        return f"[{number}{letter}{dagger}]"

    # --- blocks ----------------------------------------------------------------------------

    def add(self, block: RenderableType) -> None:
        """Add a block as it is."""
        self.blocks.append(block)

    def line(self, text: str | Text = "", style: str = FACT, indent: int = 0) -> None:
        """Add a paragraph."""
        paragraph = text if isinstance(text, Text) else Text(text, style=style)
        self.blocks.append(Rows([(Text(), paragraph)], indent, width=self.width) if indent else paragraph)

    def heading(self, text: str) -> None:
        """Add a heading with a blank line above it."""
        self.blocks.append(Text())
        self.blocks.append(Text(text, style=HEAD))

    def rows(self, rows: Sequence[tuple[str, Text]], label_width: int = 18, indent: int = 2) -> None:
        """Add labelled lines, a label once for the lines that share it; in a narrow terminal it stands above them."""
        last = ""
        shown = []
        for label, text in rows:
            named = Text("" if label == last else label, style=FAINT)
            last = label
            if self.width >= NARROW:
                shown.append((named, text))
                continue
            if named.plain:
                self.blocks.append(Rows([(Text(), named)], indent - 1))
            self.blocks.append(Rows([(Text(), text)], indent + 1))
        if shown:
            self.blocks.append(Rows(shown, indent, label_width))

    def references(self) -> None:
        """Add the sources that were cited, with their dates, state and the places that the letters name."""
        if not self._places or self.look.references == "off":
            return
        self.heading("References")
        rows = []
        for index, (key, places) in enumerate(self._places.items()):
            label = f"[{key}]" if self.look.references == "ids" else f"[{index + 1}]"
            rows.append((Text(label, style=MARK), self._reference(self.data.sources[key], list(places))))
        widest = max(len(label.plain) for label, _ in rows)
        self.blocks.append(Rows(rows, 2, min(24, widest), width=110))
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
        text.append(f"\nAt: {at}", style=FAINT)
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
            self.blocks.append(
                Text(f"This data is of {version}, more than 12 months old: look for a newer release.", style=WARN)
            )
        return Group(*self.blocks)


def letter_of(index: int) -> str:
    """Give a, b, … z, aa, ab … for 0, 1, 2, and so on."""
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


def short_name(name: str) -> str:
    """Give the abbreviation at the end of a name, as in ``peptide receptor radionuclide therapy (PRRT)``; else the name."""
    start, _, short = name.rpartition(" (")
    return short.removesuffix(")") if start and short.isupper() else name


def words(field: str) -> str:
    """Give the words of a field's name: ``line_of_therapy`` is ``Line of therapy``."""
    return field.replace("_", " ").capitalize()
