"""A page as Markdown: CommonMark with pipe tables, or with pandoc's citations where these are asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

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
    Table,
    Title,
    everything,
    grid,
)
from pnetref.plain import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pnetref.page import (
        Block,
        Label,
        Lines,
        Page,
        Said,
        Words,
    )

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^@&])")
_STARTS_A_BLOCK = re.compile(r"^(\(?\d+)([.)])(?=\s)|^[+-](?=\s)|^(?:--|==|::|%)")
"""How a paragraph begins that would be a list, a rule or a box."""


def escaped(text: str) -> str:
    """Give a text in which nothing is markup."""
    return _SPECIAL.sub(r"\\\1", visible(text))


class Sheet(NamedTuple):
    """A page, and how places are marked: numbered, ids, off, or pandoc's citations."""

    page: Page
    references: str

    def inline(self, words: Words, *, heading: bool = False) -> str:
        """Give a paragraph with its marks in one line; a heading stands out as it is."""
        text = "".join(self._said(said, heading=heading) for said in words).strip()
        return _STARTS_A_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"\\{found[0]}", text)

    def cell(self, lines: Lines) -> str:
        """Give the paragraphs of a cell in one line."""
        return " · ".join(self.inline(words) for words in lines)

    def _said(self, said: Said, *, heading: bool) -> str:
        text = " ".join(said.text.splitlines()) if "\n" in said.text else said.text
        bare = text.strip()
        start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if bare else ""
        if bare and said.style == "command" and bare.isprintable() and "`" not in bare:
            text = f"{start}`{bare}`{end}"
        elif bare and said.style in ("strong", "warn", "boxed", "found") and not heading:
            text = f"{start}**{escaped(bare)}**{end}"
        else:
            text = escaped(text)
        marks = self._marks(said)
        return f"{text}{'' if said.tight or not marks else ' '}{marks}{said.sign}"

    def _marks(self, said: Said) -> str:
        labels = self.page.labels(said)
        if self.references == "off" or not labels:
            return ""
        if self.references == "pandoc":
            return f"[{'; '.join(f'@{label.source}, {escaped(label.at)}' for label in labels)}]"
        return "".join(dict.fromkeys(escaped(self.mark(label)) for label in labels))

    def mark(self, label: Label) -> str:
        """Give the mark of a place."""
        dagger = "†" if label.superseded else ""
        if self.references == "ids":
            return f"[{label.source}{':' if label.letter else ''}{label.letter}{dagger}]"
        return f"[{label.number}{label.letter}{dagger}]"


def render(page: Page, *, references: str) -> str:
    """Give the page as Markdown, its references marked as the setting says."""
    sheet = Sheet(page, references)
    paragraphs = [text for block in page.blocks for text in WRITTEN[type(block)](sheet, block)]
    paragraphs += _below(sheet)
    return "\n\n".join(text for text in paragraphs if text) + "\n"


# --- blocks ------------------------------------------------------------------------------------


def _title(sheet: Sheet, block: Title) -> Iterator[str]:
    yield f"# {sheet.inline(block.words, heading=True)}"


def _heading(sheet: Sheet, block: Heading) -> Iterator[str]:
    yield f"{'#' * block.level} {sheet.inline(block.words, heading=True)}"


def _line(sheet: Sheet, block: Line) -> Iterator[str]:
    yield sheet.inline(block.words)


def _rows(sheet: Sheet, block: Rows) -> Iterator[str]:
    groups: list[tuple[str, list[str]]] = []
    for label, words in block.rows:
        if not groups or groups[-1][0] != label:
            groups.append((label, []))
        groups[-1][1].append(sheet.inline(words))
    lines = []
    for label, texts in groups:
        if len(texts) == 1:
            lines.append(f"- **{escaped(label)}:** {texts[0]}")
        else:
            lines += [f"- **{escaped(label)}**", *(f"    - {text}" for text in texts)]
    yield "\n".join(lines)


def _items(sheet: Sheet, block: Items) -> Iterator[str]:
    yield "\n".join(f"- {block.sign} {sheet.inline(words)}" for words in block.items)


def _branches(sheet: Sheet, block: Branches) -> Iterator[str]:
    yield "\n".join(f"{'    ' * depth}- {sheet.inline(words)}" for depth, words in block.entries)


def _flow(sheet: Sheet, block: Flow) -> Iterator[str]:
    yield "\n".join(
        f"- {sheet.inline(words)}{f' — {sheet.inline(aside)}' if aside else ''}" for words, aside in block.entries
    )


def _grid(sheet: Sheet, block: Table | Glance | Beside | Matrix | Rates | Bars) -> Iterator[str]:
    titles, rows = grid(block)
    lines = [[escaped(title) for title in titles], ["---"] * len(titles)]
    lines += [[sheet.cell(cell) for cell in row] for row in rows]
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


WRITTEN: dict[type[Block], Callable[[Sheet, Any], Iterator[str]]] = {
    Title: _title,
    Heading: _heading,
    Line: _line,
    Rows: _rows,
    Items: _items,
    Branches: _branches,
    Flow: _flow,
    Table: _grid,
    Glance: _grid,
    Beside: _grid,
    Matrix: _grid,
    Rates: _grid,
    Bars: _grid,
}
"""How each block is written."""


# --- under the page ----------------------------------------------------------------------------


def _below(sheet: Sheet) -> Iterator[str]:
    """Give what signs mean, the references or the place that pandoc fills with them, and the notice."""
    page = sheet.page
    signs = {said.sign for said in everything(page.blocks)}
    yield " · ".join(f"{sign} {words}" for sign, words in page.meanings.items() if sign in signs)
    if page.references and sheet.references != "off":
        yield "## References"
    if page.references and sheet.references == "pandoc":
        yield "::: {#refs}\n:::"
    elif page.references and sheet.references != "off":
        lines = []
        for reference in page.references:
            label = reference.key if sheet.references == "ids" else str(reference.number)
            at = "; ".join(f"{letter} {place}" if letter else place for letter, place in reference.places)
            text = f"[{label}] {reference.text} At: {at}. {reference.state}"
            lines.append(f"- {escaped(text.strip())}")
        yield "\n".join(lines)
        yield from (escaped(line) for line in page.older)
    yield "* * *"
    yield escaped(page.notice)
    yield escaped(page.age)
