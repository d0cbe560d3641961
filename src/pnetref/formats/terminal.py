"""A page on a terminal: the only module that knows Rich, and long because all that does is here."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from pnetref.page import (
    Bars,
    Beside,
    Branches,
    Flow,
    Glance,
    Heading,
    Items,
    Line,
    Matrix,
    Rates,
    Rows,
    Said,
    Title,
    everything,
    letter_of,
)
from pnetref.page import Table as TableBlock
from pnetref.plain import in_lines, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import ConsoleOptions, RenderableType, RenderResult

    from pnetref.page import (
        Bar,
        Block,
        Label,
        Lines,
        Page,
        Words,
    )

STYLES = {
    "": "",
    "faint": "dim",
    "strong": "bold",
    "warn": "bold",
    "boxed": "bold reverse",
    "command": "cyan",
    "found": "bold underline",
}
MARK = "dim"
FAINT = "dim"

ADDRESS = re.compile(r"(?<!\S)(?:https?://[!-~]+|doi:10\.[!-~]+)(?!\S)")
"""What is a link in a terminal that has them."""

WORD = re.compile(r"\s*\S+\s*")
"""A word with the blanks around it."""

LEAST = 30
"""The width in columns that every screen has at least."""
NARROW = 56
"""The width below which labels stand above their lines, and figures under their names."""
FLOW = ((140, 3), (88, 2))
"""From which width short entries stand in how many columns."""
CHART = 24
"""The width of a chart, drawn from a width of ``CHARTED`` on."""
CHARTED = 76
GLANCE_LABEL, GLANCE_MARKS = 12, 7
"""What the labels and the marks of a first screen take."""
CELL = 26
"""What a cell of a first screen takes at least where records stand side by side."""
LABEL, COLUMN = 16, 26
"""What a label and a record take where records stand side by side."""


class Visible:
    """What is drawn: a letter of a text that would steer the terminal, or is not shown, stands there as its escape."""

    def __init__(self, drawn: RenderableType) -> None:
        self.drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of every line."""
        for segment in console.render(self.drawn, options):
            text = segment.text
            yield segment if text.isprintable() or text == "\n" else segment._replace(text=in_lines(text))


class Rowed:
    """Labels and texts side by side, each wrapped in its column: what a grid shows, in a third of its time.

    ``indent`` blanks, then a label of ``label_width`` and two blanks, then a text of at most ``width``;
    without a label width the texts stand alone.
    """

    def __init__(
        self,
        rows: Sequence[tuple[Text, Text]],
        indent: int,
        label_width: int = 0,
        width: int = 100,
        *,
        hanging: int = 0,
    ) -> None:
        self.rows = rows
        self.indent = indent
        self.hanging = hanging
        """By how much the lines of a row after its first are indented."""
        self.label_width = label_width
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of every line."""
        margin = self.indent + self.hanging + (self.label_width + 2 if self.label_width else 0)
        width = max(8, min(self.width, options.max_width - margin))
        styled = console.color_system is not None
        for label, text in self.rows:
            # Assembling turns the style of a whole text into one of its parts, which rendering a line keeps;
            # where nothing is styled, parts would only cost time.
            shown, said = (Text.assemble(part) if styled else Text(part.plain) for part in (label, text))
            labels = shown.wrap(console, self.label_width) if self.label_width and label.plain else ()
            said.overflow = "ignore" if _linked(said) else "fold"
            lines = _broken(said, width) or said.wrap(console, width)
            for index in range(max(len(labels), len(lines))):
                yield Segment(" " * (self.indent + (self.hanging if index else 0)))
                if self.label_width:
                    part = labels[index] if index < len(labels) else Text()
                    yield from part.render(console)
                    yield Segment(" " * (self.label_width + 2 - part.cell_len))
                if index < len(lines):
                    yield from lines[index].render(console)
                yield Segment.line()


class Flowed:
    """Rows of short entries, each a text and an aside or none under it, wrapped in columns of one ``width``."""

    def __init__(self, rows: Sequence[Sequence[tuple[Text, Text]]], width: int) -> None:
        self.rows = rows
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the segments of every line."""
        del options
        for row in self.rows:
            cells = [self._lines(console, *entry) for entry in row]
            for index in range(max(map(len, cells))):
                yield Segment(" " * 4)
                for lines in cells:
                    indent, line = lines[index] if index < len(lines) else (0, Text())
                    yield Segment(" " * indent)
                    yield from line.render(console)
                    yield Segment(" " * (self.width + 3 - indent - line.cell_len))
                yield Segment.line()

    def _lines(self, console: Console, text: Text, aside: Text) -> list[tuple[int, Text]]:
        """Give the lines of an entry, each with how far it is indented."""
        found = []
        for indent, part in ((0, text), (2, aside)):
            said = Text.assemble(part, overflow="fold") if part else part
            lines = (_broken(said, self.width - indent) or said.wrap(console, self.width - indent)) if part else ()
            found += [(indent, line) for line in lines]
        return found


def _broken(text: Text, width: int) -> list[Text]:
    """Give the lines of a text as Rich breaks it, in half of its time; none for one that is not as simple.

    Simple is a text of printable letters of one column each, none of whose words is wider than a line.
    """
    plain = text.plain
    if not plain.isprintable() or cell_len(plain) != len(plain) or text.overflow != "fold":
        return []
    at, breaks = 0, []
    for word in WORD.finditer(plain):
        length = len(word.group().rstrip())
        if at + length <= width:
            at += len(word.group())
        elif length > width:
            return []
        else:
            breaks.append(word.start())
            at = len(word.group())
    lines = list(text.divide(breaks))
    for line in lines:
        line.rstrip_end(width)
    return lines


def _linked(text: Text) -> bool:
    """Make addresses links, and tell whether there are any: a line with one is never broken within a word."""
    addresses = list(ADDRESS.finditer(text.plain))
    for address in addresses:
        found = address.group().rstrip(".,;")
        link = found if found.startswith("http") else f"https://doi.org/{found.removeprefix('doi:')}"
        text.stylize(f"link {link}", address.start(), address.start() + len(found))
    return bool(addresses)


class Screen(NamedTuple):
    """A page with the width it is laid out for, and how places are marked: numbered, ids or off.

    A ``plain`` one, for screen readers, sets nothing side by side and says signs in words.
    """

    page: Page
    width: int
    references: str
    plain: bool = False

    @property
    def stacked(self) -> bool:
        """Whether labels stand above their lines, and records one under the other."""
        return self.plain or self.width < NARROW

    def sign(self, sign: str) -> str:
        """Give a sign, or what it means."""
        return f" ({self.page.meanings[sign]})" if self.plain and sign else sign

    def text(self, words: Words) -> Text:
        """Give a paragraph with its marks."""
        text = Text()
        for said in words:
            text.append(said.text, style=STYLES[said.style])
            marks = self._marks(said) + (self.sign(said.sign) if self.page.brief else "")
            if marks:
                text.append("" if said.tight else " ")
                text.append(marks, style=MARK)
        return text

    def bare(self, words: Words) -> Text:
        """Give a paragraph without its marks."""
        text = Text()
        for said in words:
            text.append(said.text, style=STYLES[said.style])
        return text

    def signed(self, words: Words) -> str:
        """Give the marks of a paragraph apart from it: numbers or ids, each with the sign of what it says."""
        if self.references == "off":
            return ""
        signs: dict[str, str] = {}
        for said in words:
            for label in self.page.labels(said):
                name = str(label.number) if self.references == "numbered" else f"[{label.source}]"
                signs[name] = signs.get(name, "") or said.sign
        return " ".join(f"{name}{sign}" for name, sign in signs.items())

    def lines(self, lines: Lines) -> Text:
        """Give the paragraphs of a cell."""
        return Text("\n").join(self.text(words) for words in lines)

    def _marks(self, said: Said) -> str:
        if self.references == "off":
            return ""
        return "".join(dict.fromkeys(self._mark(label) for label in self.page.labels(said)))

    def _mark(self, label: Label) -> str:
        dagger = "†" if label.superseded else ""
        if self.page.brief:
            return f"[{label.number if self.references == 'numbered' else label.source}{dagger}]"
        if self.references == "numbered":
            return f"[{label.number}{label.letter}{dagger}]"
        return f"[{label.source}{':' if label.letter else ''}{label.letter}{dagger}]"


def render(page: Page, *, references: str, color: str, terminal: bool, plain: bool = False) -> str:
    """Give the page as a terminal shows it; ``terminal`` is false where the text goes to a pipe or a file."""
    console = make_console(color, terminal=terminal)
    screen = Screen(page, console.width, references, plain or os.environ.get("TERM") == "dumb")
    parts = [part for block in page.blocks for part in DRAWN[type(block)](screen, block)]
    with console.capture() as captured:
        console.print(Visible(Group(*parts, *_below(screen))), crop=False)
    text = captured.get()
    if console.is_terminal and terminal:
        return text
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def make_console(color: str, *, terminal: bool) -> Console:
    """Give a console that honors COLUMNS, TERM and, where the setting ``color`` is auto, NO_COLOR and FORCE_COLOR.

    Below ``LEAST`` columns lines are left to the terminal to break: no column may be squeezed until words are lost.
    """
    for name in ("COLUMNS", "LINES"):
        if not re.fullmatch(r"[1-9][0-9]{0,3}", os.environ.get(name, "1")):
            del os.environ[name]  # it is no width, or no height
    console = Console(
        file=sys.stdout if terminal else open(os.devnull, "w", encoding="utf-8"),  # noqa: SIM115 - lives as the process
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal={"always": True, "never": terminal and sys.stdout.isatty()}.get(color),
        no_color={"always": False, "never": True}.get(color),
    )
    console.width = max(LEAST, console.width)
    return console


# --- blocks ------------------------------------------------------------------------------------


def _title(screen: Screen, block: Title) -> Iterator[RenderableType]:
    yield screen.text(block.words)


def _heading(screen: Screen, block: Heading) -> Iterator[RenderableType]:
    text = screen.text(block.words)
    if block.level == 2:
        text.stylize_before("bold")
        yield Text()
        yield text
    else:
        yield Rowed([(Text(), text)], 2, width=screen.width)


def _line(screen: Screen, block: Line) -> Iterator[RenderableType]:
    text = screen.text(block.words)
    yield Rowed([(Text(), text)], block.indent, width=screen.width) if text else text


def _rows(screen: Screen, block: Rows) -> Iterator[RenderableType]:
    rows = [(label, screen.text(words)) for label, words in block.rows]
    yield from _labelled(screen, rows, block.label_width, block.indent)


def _labelled(
    screen: Screen, rows: Sequence[tuple[str, Text]], label_width: int, indent: int
) -> Iterator[RenderableType]:
    """Lay labels beside their texts, a label once for the lines that share it; above them in a narrow terminal."""
    last = ""
    shown = []
    for label, text in rows:
        named = Text("" if label == last else label, style=FAINT)
        last = label
        if not screen.stacked:
            shown.append((named, text))
            continue
        if named.plain:
            yield Rowed([(Text(), named)], indent - 1)
        yield Rowed([(Text(), text)], indent + 1)
    if shown:
        yield Rowed(shown, indent, label_width)


def _glance(screen: Screen, block: Glance) -> Iterator[RenderableType]:
    """Lay the rows of a first screen: label, text and marks; or, of several, a column each where these fit."""
    yield Rule(style=FAINT, characters="─")
    ids = screen.references == "ids"
    if not block.names and not screen.stacked and not ids:
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False, expand=True)
        table.add_column(width=GLANCE_LABEL, style="bold", overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        table.add_column(width=GLANCE_MARKS, justify="right", style=FAINT, overflow="fold")
        for label, (words,) in block.rows:
            table.add_row(label, screen.bare(words), screen.signed(words))
        yield table
        return
    if block.names and not screen.plain and screen.width >= GLANCE_LABEL + CELL * len(block.names):
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", expand=True)
        table.add_column("", width=GLANCE_LABEL, style="bold", overflow="fold")
        for name in block.names:
            table.add_column(name, ratio=1, overflow="fold")
        for label, cells in block.rows:
            table.add_row(label, *(screen.text(cell) for cell in cells))
        yield table
        return
    for label, cells in block.rows:
        if not block.names and not screen.stacked:
            yield Rowed([(Text(label, style="bold"), screen.text(cells[0]))], 0, GLANCE_LABEL, width=screen.width)
            continue
        if not block.names and not screen.plain:
            text = Text.assemble((label, "bold"), "  ", screen.text(cells[0]))
            yield Rowed([(Text(), text)], 0, width=screen.width, hanging=2)
            continue
        yield Text(label, style="bold")
        for name, words in zip(block.names or ("",), cells, strict=True):
            whose = Text(f"{name}: " if name else "", style=FAINT)
            yield Rowed([(Text(), whose + screen.text(words))], 2, width=screen.width)


def _items(screen: Screen, block: Items) -> Iterator[RenderableType]:
    yield Rowed([(Text(block.sign), screen.text(words)) for words in block.items], 2, label_width=1)


def _branches(screen: Screen, block: Branches) -> Iterator[RenderableType]:
    for depth, words in block.entries:
        yield Rowed([(Text(), screen.text(words))], 2 + 3 * depth, width=screen.width)


def _flow(screen: Screen, block: Flow) -> Iterator[RenderableType]:
    columns = 1 if screen.plain else next((count for least, count in FLOW if screen.width >= least), 1)
    each = min(56, (screen.width - 4) // columns - 3)
    entries = [(screen.text(words), screen.text(aside)) for words, aside in block.entries]
    height = -(-len(entries) // columns)
    yield Flowed([entries[row::height] for row in range(height)], each)


def _table(screen: Screen, block: TableBlock) -> Iterator[RenderableType]:
    shown = [index for index, column in enumerate(block.columns) if screen.width >= column.from_width]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT, expand=False)
    for column in (block.columns[index] for index in shown):
        table.add_column(
            column.title, overflow="fold", width=column.width, min_width=column.least, max_width=column.most
        )
    for row in block.rows:
        table.add_row(*(screen.text(row[index]) for index in shown if row))
    yield table


def _beside(screen: Screen, block: Beside) -> Iterator[RenderableType]:
    if screen.plain or LABEL + len(block.names) * COLUMN > screen.width:
        for label, cells in block.rows:
            yield from _heading(screen, Heading((Said(label),)))
            named = [(name, screen.lines(cell)) for name, cell in zip(block.names, cells, strict=True)]
            yield from _labelled(screen, named, 16, 2)
        return
    yield Text()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold")
    table.add_column("", width=LABEL, style=FAINT, overflow="fold")
    for name in block.names:
        table.add_column(name, ratio=1, overflow="fold", max_width=60)
    for label, cells in block.rows:
        table.add_row(label, *(screen.lines(cell) for cell in cells))
    yield table


def _matrix(screen: Screen, block: Matrix) -> Iterator[RenderableType]:
    count, width = len(block.names), screen.width
    each = max(12, min(26, (width - 30) // count - 2))
    letters = [letter_of(index).upper() for index in range(count)]
    too_long = any(len(name) > each for name in block.names)
    if too_long:
        key = " · ".join(f"{letter} {name}" for letter, name in zip(letters, block.names, strict=True))
        yield Rowed([(Text(), Text(key, style=FAINT))], 2, width=width)
    if screen.plain or width < 4 + 18 + count * 14:
        for words, cells in (row for group in block.groups for row in group):
            effect = screen.text(words)
            effect.stylize_before("bold")
            yield Rowed([(Text(), effect)], 2, width=width)
            named = [(name, screen.text(cell)) for name, cell in zip(block.names, cells, strict=True)]
            yield from _labelled(screen, named, 22, 4)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", width=max(18, min(46, width - 4 - count * (each + 2))), overflow="fold")
    for name in letters if too_long else block.names:
        table.add_column(name, width=each, overflow="fold")
    for index, group in enumerate(block.groups):
        if index:
            table.add_row()
        for words, cells in group:
            table.add_row(screen.text(words), *(screen.text(cell) for cell in cells))
    yield Padding(table, (0, 0, 0, 2))


def _rates(screen: Screen, block: Rates) -> Iterator[RenderableType]:
    several = len(block.grades) > 1
    if screen.stacked:  # columns would squeeze the names
        for words, figures in block.rows:
            yield Rowed([(Text(), screen.text(words))], 6, width=screen.width)
            for grade, figure in figures:
                text = Text(figure)
                text.append(f"  {grade}" if several else "", style=FAINT)
                yield Rowed([(Text(), text)], 8, width=screen.width)
        return
    fits = len(block.grades) <= (screen.width - 40) // 20 and all(
        len(dict(figures)) == len(figures) for _, figures in block.rows
    )
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT, show_header=several and fits)
    table.add_column("", width=4)
    table.add_column("", width=min(44, screen.width - 30), overflow="fold")
    for grade in block.grades if fits else ("", ""):
        table.add_column(grade, overflow="fold")
    for words, figures in block.rows:
        name = screen.text(words)
        if fits:
            found = dict(figures)
            table.add_row("", name, *(found.get(grade, "") for grade in block.grades))
            continue
        for grade, figure in figures:
            table.add_row("", name, figure, Text(grade if several else "", style=FAINT))
            name = Text()
    yield table


def _bars(screen: Screen, block: Bars) -> Iterator[RenderableType]:
    wide = screen.width >= CHARTED
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(max_width=26 if wide else 18, overflow="fold")
    if wide:
        table.add_column(width=CHART)
    table.add_column(overflow="fold")
    for arm in block.bars:
        cells = [Text(arm.name), Text(arm.words)]
        if wide:
            cells.insert(1, Text(bar(arm, block.top, CHART) if block.drawn else ""))
        table.add_row(*cells)
    if wide and block.drawn:
        scale = f"{block.top:.10f}".rstrip("0").rstrip(".")
        table.add_row("", Text(f"0{f'{scale} {block.unit}':>{CHART - 1}}", style=FAINT), "")
    yield Padding(table, (0, 0, 0, 4))


def bar(arm: Bar, top: float, width: int) -> str:
    """Draw an arm's value with its interval on a scale from 0 to ``top``."""
    if arm.value is None or top <= 0:
        return ""
    at = min(width - 1, round(arm.value / top * (width - 1)))
    low = at if arm.low is None else round(arm.low / top * (width - 1))
    high = at if arm.high is None else min(width - 1, round(arm.high / top * (width - 1)))
    cells = ["·"] * low + ["─"] * (high - low + 1)
    if low < at:
        cells[low] = "├"
    if high > at:
        cells[high] = "┤"
    cells[at] = "●"
    return "".join(cells)


DRAWN: dict[type[Block], Callable[[Screen, Any], Iterator[RenderableType]]] = {
    Title: _title,
    Heading: _heading,
    Line: _line,
    Rows: _rows,
    Glance: _glance,
    Items: _items,
    Branches: _branches,
    Flow: _flow,
    TableBlock: _table,
    Beside: _beside,
    Matrix: _matrix,
    Rates: _rates,
    Bars: _bars,
}
"""How each block is laid out."""


# --- under the page ----------------------------------------------------------------------------


def _below(screen: Screen) -> Iterator[RenderableType]:
    """Give the references with their dates, state and places, then the notice."""
    page = screen.page
    if page.brief:
        yield from _brief(screen)
        return
    if page.references and screen.references != "off":
        yield from _heading(screen, Heading((Said("References"),)))
        rows = []
        for reference in page.references:
            label = str(reference.number) if screen.references == "numbered" else reference.key
            text = Text(reference.text)
            at = "; ".join(f"{letter} {place}" if letter else place for letter, place in reference.places)
            text.append(f"\nAt: {at}", style=FAINT)
            text.append(f"\n{reference.state}" if reference.state else "", style=STYLES["warn"])
            rows.append((Text(f"[{label}]", style=MARK), text))
        widest = max(len(label.plain) for label, _ in rows)
        yield Rowed(rows, 2, min(24, widest), width=110)
        for line in page.older:
            yield Rowed([(Text(), Text(line, style=FAINT))], 2, width=screen.width)
    yield Text()
    yield Rule(style=FAINT, characters="─")
    yield Text(page.notice, style=FAINT)
    if page.age:
        yield Text(page.age, style=STYLES["warn"])


def _brief(screen: Screen) -> Iterator[RenderableType]:
    """Name the sources of a first screen by their short names and states in a line, then what the signs mean."""
    page = screen.page
    signs = {said.sign for said in everything(page.blocks) if said.sign}
    if page.references and screen.references != "off":
        numbered = screen.references == "numbered"
        named = (f"{one.number if numbered else one.key} {one.label}" for one in page.references)
        text = Text(" · ".join(named), style=FAINT)
        shown = (
            ""
            if screen.plain
            else "".join(f"  {sign} {words}" for sign, words in page.meanings.items() if sign in signs)
        )
        text.append(shown)
        yield text
    yield Text(page.notice, style=FAINT)
    if page.age:
        yield Text(page.age, style=STYLES["warn"])


def listing(titles: Sequence[str], rows: Sequence[Sequence[str]], below: Sequence[str], *, color: str) -> str:
    """Give rows under titles, their first cells bold, and lines below them that are never broken."""
    console = make_console(color, terminal=True)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT)
    for title in titles:
        table.add_column(title, overflow="fold")
    for key, *rest in rows:
        table.add_row(Text(key, style="bold"), *rest)
    with console.capture() as captured:
        console.print(Visible(table))
        console.print(Text("\n" + "\n".join(map(visible, below)), style=FAINT), soft_wrap=True)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
