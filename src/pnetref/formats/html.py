"""A page as HTML: one file for a screen and for paper, with nothing loaded and no script."""

from __future__ import annotations

import re
from html import escape
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
    grid,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pnetref.page import (
        Bar,
        Block,
        Label,
        Lines,
        Page,
        Said,
        Words,
    )

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: left; vertical-align: top; }
ul { padding-left: 1.25rem; } .ask { list-style: none; padding-left: 0; }
a { color: inherit; } .mark { font-size: .85em; text-decoration: none; white-space: nowrap; }
.warn { font-weight: 700; } code { font-size: .95em; } svg { vertical-align: middle; }
footer { border-top: 1px solid; margin-top: 2rem; }
@media print { body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; } tr, li, dd { break-inside: avoid; } }
"""

TAGS = {"faint": "small", "strong": "strong", "found": "mark", "command": "code"}
ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;)]|(?<=doi:)10\.\d+/[^\s<>]+[^\s<>.,;)]")


class Sheet(NamedTuple):
    """A page, and how places are marked: numbered, ids, or off."""

    page: Page
    references: str

    def inline(self, words: Words) -> str:
        """Give a paragraph with its marks as links to the references."""
        return "".join(self._said(said) for said in words).strip()

    def cell(self, lines: Lines) -> str:
        """Give the paragraphs of a cell."""
        return "<br>".join(self.inline(words) for words in lines)

    def _said(self, said: Said) -> str:
        text = escape(said.text)
        if text.strip() and said.style in ("warn", "boxed"):
            text = f'<span class="warn">{text}</span>'
        elif text.strip() and said.style in TAGS:
            text = f"<{TAGS[said.style]}>{text}</{TAGS[said.style]}>"
        labels = () if self.references == "off" else self.page.labels(said)
        marks = "".join(dict.fromkeys(self._mark(label) for label in labels))
        return f"{text}{'' if said.tight or not marks else ' '}{marks}"

    def _mark(self, label: Label) -> str:
        dagger = "†" if label.superseded else ""
        shown = f"{label.source}{':' if label.letter else ''}" if self.references == "ids" else str(label.number)
        place = escape(f"{label.source}: {label.at}")
        return f'<a class="mark" href="#r{label.number}" title="{place}">[{escape(shown)}{label.letter}{dagger}]</a>'


def render(page: Page, *, references: str) -> str:
    """Give the page as one HTML file, its references marked as the setting says."""
    sheet = Sheet(page, "ids" if references == "pandoc" else references)
    body = "\n".join(text for block in page.blocks for text in WRITTEN[type(block)](sheet, block))
    title = next((block for block in page.blocks if isinstance(block, Title)), Title(()))
    name = escape("".join(said.text for said in title.words).strip())
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name} · pnetref</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n"
        f"{_references(sheet)}</main>\n<footer>\n<p>{escape(page.notice)}</p>\n"
        + (f'<p class="warn">{escape(page.age)}</p>\n' if page.age else "")
        + "</footer>\n</body>\n</html>\n"
    )


# --- blocks ------------------------------------------------------------------------------------


def _title(sheet: Sheet, block: Title) -> Iterator[str]:
    yield f"<h1>{sheet.inline(block.words)}</h1>"


def _heading(sheet: Sheet, block: Heading) -> Iterator[str]:
    yield f"<h{block.level}>{sheet.inline(block.words)}</h{block.level}>"


def _line(sheet: Sheet, block: Line) -> Iterator[str]:
    if block.words:
        yield f"<p>{sheet.inline(block.words)}</p>"


def _rows(sheet: Sheet, block: Rows) -> Iterator[str]:
    last, parts = None, []
    for label, words in block.rows:
        if label != last:
            parts.append(f"<dt>{escape(label)}</dt>")
        last = label
        parts.append(f"<dd>{sheet.inline(words)}</dd>")
    if parts:
        yield f"<dl>{''.join(parts)}</dl>"


def _items(sheet: Sheet, block: Items) -> Iterator[str]:
    items = "".join(f"<li>{escape(block.sign)} {sheet.inline(words)}</li>" for words in block.items)
    yield f'<ul class="ask">{items}</ul>'


def _branches(sheet: Sheet, block: Branches) -> Iterator[str]:
    parts: list[str] = []
    depth = -1
    for at, words in block.entries:
        if at > depth:
            parts += ["<ul>"] * (at - depth)
        else:
            parts += ["</li>"] + ["</ul></li>"] * (depth - at)
        parts.append(f"<li>{sheet.inline(words)}")
        depth = at
    yield "".join([*parts, *(["</li></ul>"] * (depth + 1))])


def _flow(sheet: Sheet, block: Flow) -> Iterator[str]:
    entries = (
        f"<li>{sheet.inline(words)}{f'<br>{sheet.inline(aside)}' if aside else ''}</li>"
        for words, aside in block.entries
    )
    yield f"<ul>{''.join(entries)}</ul>"


def _grid(sheet: Sheet, block: Table | Glance | Beside | Matrix | Rates | Bars) -> Iterator[str]:
    titles, rows = grid(block)
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    cells = ([sheet.cell(cell) for cell in row] for row in rows)
    yield _table(head, (_row(first, others) for first, *others in cells))


def _bars(sheet: Sheet, block: Bars) -> Iterator[str]:
    if not block.drawn:
        yield from _grid(sheet, block)
        return
    titles = ("Arm", f"0 to {block.top:g} {escape(block.unit)}", "Result")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    rows = (_row(escape(bar.name), [_drawn(bar, block.top), escape(bar.words)]) for bar in block.bars)
    yield _table(head, rows)


def _table(head: str, rows: Iterable[str]) -> str:
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _row(first: str, others: Iterable[str]) -> str:
    """Give a row whose first cell names it."""
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _drawn(bar: Bar, top: float) -> str:
    """Draw an arm's value with its interval; what it shows is said beside it in words."""
    if bar.value is None or top <= 0:
        return ""
    at, low, high = (
        round(2 + 196 * min(1.0, (bar.value if bound is None else bound) / top), 1)
        for bound in (bar.value, bar.low, bar.high)
    )
    return (
        '<svg width="200" height="12" role="presentation" stroke="currentColor" fill="currentColor">'
        f'<line x1="2" y1="6" x2="{low}" y2="6" stroke-dasharray="1 4"/>'
        f'<line x1="{low}" y1="6" x2="{high}" y2="6"/><circle cx="{at}" cy="6" r="3"/></svg>'
    )


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
    Bars: _bars,
}
"""How each block is written."""


def _references(sheet: Sheet) -> str:
    """Give the references with their dates, state and places, their addresses as links."""
    page = sheet.page
    if not page.references or sheet.references == "off":
        return ""
    items = []
    for reference in page.references:
        at = "; ".join(f"{letter} {place}" if letter else place for letter, place in reference.places)
        state = f' <span class="warn">{escape(reference.state)}</span>' if reference.state else ""
        key = f"{escape(reference.key)}: " if sheet.references == "ids" else ""
        items.append(
            f'<li id="r{reference.number}">{key}{_linked(reference.text)}<br><small>At: {escape(at)}</small>{state}</li>'
        )
    older = "".join(f"<p><small>{escape(line)}</small></p>" for line in page.older)
    return f"<h2>References</h2>\n<ol>{''.join(items)}</ol>\n{older}\n"


def _linked(text: str) -> str:
    """Give a text with its addresses and DOIs as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group()
        target = address if address.startswith("http") else f"https://doi.org/{address}"
        parts += [escape(text[end : found.start()]), f'<a href="{escape(target)}">{escape(address)}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
