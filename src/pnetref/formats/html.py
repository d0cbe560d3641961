"""A page as HTML: one file for a phone, a screen and paper, with nothing loaded and no script.

It is long because every block of a page is written here.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pnetref.formats import drawing
from pnetref.formats.drawing import escape
from pnetref.page import (
    AT_A_GLANCE,
    BOX,
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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pnetref.page import (
        Block,
        Label,
        Lines,
        Page,
        Reference,
        Said,
        Words,
    )

STYLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page.css")
"""The style of every page, which is written into it."""

TAGS = {"faint": "small", "strong": "strong", "found": "mark", "command": "code"}
ADDRESS = re.compile(r"(?<![^\s(])https?://[^\s<>]+[^\s<>.,;)]|(?<=doi:)10\.\d+/[^\s<>]+[^\s<>.,;)]")
MORE = re.compile(r"\s*\+\d+(: .+)?")
"""How a first screen counts what does not fit."""
MORE_MEANT = "+3 three more, in full below"

SHAPES = {
    "●": "most common or common",
    "○": "less common, uncommon or rare",
    "◐": "graded otherwise, or not graded",
    "◇": "counted in a trial or label",
    "!": "serious",
    "°": "not said of pNET",
    "–": "not stated",
}
"""The shapes of a matrix of side effects, for those who listen."""

NO_BREAK = "\u00a0"
"""The blank that keeps a mark on the line of its text."""

JOINED = "\u2060"
"""What keeps a mark on the line of its shape, and takes no place."""

LONG = 20
"""The width from which on labels are long ones, in characters."""

LISTED = 4
"""The sections from which on a page has a list of them."""


class Entry(NamedTuple):
    """A section in the list of contents: where it is, and its heading."""

    id: str
    text: str


class Sheet:
    """A page while it is written: how places are marked, and what stands on it so far.

    ``references`` is numbered, ids or off. ``heading`` is the id of the last heading, which names the tables
    under it, and ``level`` its level; ``cited`` holds the marks that references lead back to; ``apart`` is true
    behind an empty line.
    """

    def __init__(self, page: Page, references: str) -> None:
        self.page = page
        self.references = references
        self.ids: set[str] = set()
        self.contents: list[Entry] = []
        self.heading = "top"
        self.level = 1
        self.cited: set[str] = set()
        self.apart = False

    def inline(self, words: Words) -> str:
        """Give a paragraph with its marks as links to the references."""
        return "".join(f"{self.text(said)}{self.marks(said)}" for said in words).strip()

    def cell(self, lines: Lines) -> str:
        """Give the paragraphs of a cell."""
        if len(lines) < 2:
            return "".join(self.inline(words) for words in lines)
        return "".join(f"<p>{self.inline(words)}</p>" for words in lines)

    def text(self, said: Said) -> str:
        """Give what is said without its marks, its addresses as links."""
        text = _linked(said.text) if "10." in said.text or "http" in said.text else escape(said.text)
        if not text.strip():
            return text
        if _counts(said):
            return f'{text}<span class="unseen"> more, in full below</span>'
        if said.style in ("warn", "boxed"):
            return f'<span class="warn">{text}</span>'
        tag = TAGS.get(said.style)
        return f"<{tag}>{text}</{tag}>" if tag else text

    def marks(self, said: Said) -> str:
        """Give the marks behind what is said, and what its sign means."""
        labels = () if self.references == "off" else self.page.labels(said)
        marks = [self._mark(label) for label in labels]
        if said.sign:
            marks[-1:] = [
                f'<span class="whole">{"".join(marks[-1:])}{_sign(said.sign, self.page.meanings[said.sign])}</span>'
            ]
        return f"{'' if said.tight or not labels else NO_BREAK}{''.join(marks)}"

    def named(self, text: str) -> str:
        """Give an id for a heading that no other thing on the page has."""
        plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
        found = name = f"s-{plain}"
        count = 1
        while found in self.ids:
            count += 1
            found = f"{name}-{count}"
        self.ids.add(found)
        return found

    def _mark(self, label: Label) -> str:
        place = f"{label.number}{label.letter}"
        shown = place
        if self.references == "ids":
            shown = f"{label.source}{':' if label.letter else ''}{label.letter}"
        older = '†<span class="unseen"> superseded</span>' if label.superseded else ""
        back = "" if place in self.cited else f' id="m{place}"'
        self.cited.add(place)
        title = escape(f"{self.page.sources[label.source]['label'] or label.source}: {label.at}")
        return f'<a class="mark"{back} href="#r{place}" title="{title}">[{escape(shown)}{older}]</a>'


def render(page: Page, *, references: str) -> str:
    """Give the page as one HTML file, its references marked as the setting says."""
    sheet = Sheet(page, "ids" if references == "pandoc" else references)
    sections = _sections(sheet)
    below = _references(sheet)
    if below:
        sections.append(below)
    nav = _contents(sheet.contents) if len(sheet.contents) >= LISTED else ""
    at = 2 if sheet.contents and sheet.contents[0].text == AT_A_GLANCE else 1
    body = "\n".join(part for part in (*sections[:at], nav, *sections[at:]) if part)
    name = _plain(next((block.words for block in page.blocks if isinstance(block, Title)), ()))
    with open(STYLE, encoding="utf-8") as file:
        style = file.read()
    made = f"Data of {page.data_version}, states of sources as of {page.as_of}."
    age = f'<p class="note warn">{escape(page.age)}</p>\n' if page.age else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{page.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(name)} · pnetref</title>\n<style>\n{style}{_margins(name, page)}</style>\n</head>\n"
        f"{_open('body', 'nav' if nav else '')}\n<main>\n{body}\n</main>\n"
        f"<footer>\n<p><strong>{escape(page.notice)}</strong></p>\n{age}<p><small>pnetref. {escape(made)}</small></p>\n"
        "</footer>\n</body>\n</html>\n"
    )


def _sections(sheet: Sheet) -> list[str]:
    """Give what stands before the first section, then each section with its heading."""
    parts: list[list[str]] = [[]]
    sheets: list[bool] = [False]
    caption = ""
    blocks = sheet.page.blocks
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Line) and isinstance(following, Rates):
            caption = sheet.inline(block.words)
            continue
        if isinstance(block, Heading) and block.level == 2:
            parts.append([])
            sheets.append(False)
        if isinstance(block, Rates):
            parts[-1].append(_rates(sheet, block, caption))
            caption = ""
            continue
        sheets[-1] = sheets[-1] or (isinstance(block, Items) and sheet.level > 2)
        parts[-1] += WRITTEN[type(block)](sheet, block)
    start, *rest = ("\n".join(part) for part in parts)
    return [start, *(_section(text, own=own) for text, own in zip(rest, sheets[1:], strict=True))]


def _section(text: str, *, own: bool) -> str:
    """Give a section; one that is used on its own starts a sheet of paper."""
    return f"{_open('section', 'sheet' if own else '')}\n{text}\n</section>"


def _contents(entries: Iterable[Entry]) -> str:
    """Give the list of the sections."""
    items = "".join(f'<li><a href="#{entry.id}">{escape(entry.text)}</a></li>' for entry in entries)
    return f'<nav aria-labelledby="contents">\n<h2 id="contents">On this page</h2>\n<ul>{items}</ul>\n</nav>'


def _margins(name: str, page: Page) -> str:
    """Give what stands in the margins of a printed page: what it is about, how old the data is, and its number."""
    about = re.sub(r'["\\<\n]', " ", visible(f"{name} · pnetref, data of {page.data_version}"))
    font = "font: 8pt system-ui, sans-serif;"
    return (
        f'@page {{ @bottom-left {{ content: "{about}"; {font} }} '
        f'@bottom-right {{ content: counter(page) " of " counter(pages); white-space: nowrap; {font} }} }}\n'
    )


# --- blocks ------------------------------------------------------------------------------------


def _title(sheet: Sheet, block: Title) -> Iterator[str]:
    yield f'<h1 id="top">{sheet.inline(block.words)}</h1>'


def _heading(sheet: Sheet, block: Heading) -> Iterator[str]:
    """Give a heading; where its page leaves a level out, it moves up to the next."""
    text = _plain(block.words)
    sheet.heading, sheet.level = sheet.named(text), min(block.level, sheet.level + 1)
    sheet.apart = False
    if block.level == 2:
        sheet.contents.append(Entry(sheet.heading, text))
    yield f'<h{sheet.level} id="{sheet.heading}">{sheet.inline(block.words)}</h{sheet.level}>'


def _line(sheet: Sheet, block: Line) -> Iterator[str]:
    if block.words:
        warns = all(said.style in ("warn", "boxed") for said in block.words)
        kinds = ("note" if warns else "", "apart" if sheet.apart else "")
        yield f"{_open('p', ' '.join(filter(None, kinds)))}{sheet.inline(block.words)}</p>"
    sheet.apart = not block.words


def _rows(sheet: Sheet, block: Rows) -> Iterator[str]:
    groups: list[tuple[str, list[str]]] = []
    for label, words in block.rows:
        if not groups or groups[-1][0] != label:
            groups.append((label, []))
        groups[-1][1].append(f"<dd>{sheet.inline(words)}</dd>")
    if groups:
        rows = "\n".join(f"<div><dt>{escape(label)}</dt>{''.join(texts)}</div>" for label, texts in groups)
        yield f"{_open('dl', 'long' if block.label_width > LONG else '')}\n{rows}\n</dl>"


def _items(sheet: Sheet, block: Items) -> Iterator[str]:
    if block.sign != BOX:
        items = "".join(f"<li>{escape(block.sign)} {sheet.inline(words)}</li>" for words in block.items)
        yield f"<ul>{items}</ul>"
        return
    rows = []
    for number, words in enumerate(block.items, 1):
        name = f"{sheet.heading}-{number}"
        asked = "".join(sheet.text(said) for said in words)
        marks = "".join(sheet.marks(said) for said in words)
        rows.append(
            f'<li><input type="checkbox" id="{name}"><span><label for="{name}">{asked}</label>{marks}</span></li>'
        )
    listed = "\n".join(rows)
    yield f'<ul class="ask">\n{listed}\n</ul>'


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
    yield f'<ul class="flow">{"".join(entries)}</ul>'


def _glance(sheet: Sheet, block: Glance) -> Iterator[str]:
    rows = []
    for label, cells in block.rows:
        boxed = any(said.style == "boxed" for said in everything(cells))
        others = [sheet.inline(cell) for cell in cells]
        rows.append(_row(escape(label), others, block.names, kind="boxed" if boxed else ""))
    head = _head(("", *block.names)) if block.names else ""
    yield _table(sheet, "glance stack beside" if block.names else "glance", head, rows)
    signs = {said.sign for said in everything(block.rows)}
    meant = [f"{sign} {words}" for sign, words in sheet.page.meanings.items() if sign in signs]
    meant += [MORE_MEANT] if any(_counts(said) for said in everything(block.rows)) else []
    if meant:
        yield f'<p class="legend">{escape(" · ".join(meant))}</p>'


def _listed(sheet: Sheet, block: Table | Beside) -> Iterator[str]:
    titles, rows = grid(block)
    cells = ([sheet.cell(cell) for cell in row] for row in rows)
    kind = "stack beside tall" if isinstance(block, Beside) else "stack"
    yield _table(sheet, kind, _head(titles), [_row(first, others, titles[1:]) for first, *others in cells])


def _matrix(sheet: Sheet, block: Matrix) -> Iterator[str]:
    rows = []
    for words, cells in (row for group in block.groups for row in group):
        shown = ["".join(_shape(sheet, said) for said in cell) for cell in cells]
        rows.append(_row(sheet.inline(words), shown, block.names))
    meant = " · ".join(f"{shape} {words}" for shape, words in SHAPES.items())
    yield f'<p class="legend">{escape(meant)}</p>'
    yield _table(sheet, "stack beside matrix", _head(("Side effect", *block.names)), rows)


def _shape(sheet: Sheet, said: Said) -> str:
    """Give a mark of a matrix: its shapes, and the words for them."""
    shapes = said.text.strip()
    if not shapes or not set(shapes) <= set(SHAPES):
        return sheet.inline((said,)) or escape(said.text)
    words = ", ".join(SHAPES[shape] for shape in shapes)
    return f'<span aria-hidden="true">{shapes}</span><span class="unseen">{words}</span>{JOINED}{sheet.marks(said)}'


def _rates(sheet: Sheet, block: Rates, caption: str) -> str:
    titles, rows = grid(block)
    cells = ([sheet.cell(cell) for cell in row] for row in rows)
    table = _table(sheet, "figures", _head(titles), [_row(first, others, ()) for first, *others in cells], caption)
    return f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{sheet.heading}">{table}</div>'


def _bars(sheet: Sheet, block: Bars) -> Iterator[str]:
    titles = ("Arm", "Result") if not block.drawn else ("Arm", f"From 0, in {block.unit}", "Result")
    top, width = drawing.reach(block.top, block.unit), drawing.span(block.bars)
    rows = []
    for bar in block.bars:
        words = f'<td class="words">{escape(bar.words)}</td>'
        picture = f'<td class="drawn">{drawing.arm(bar, top, width)}</td>' if block.drawn else ""
        rows.append(f'<tr><th scope="row">{escape(bar.name)}</th>{picture}{words}</tr>')
    foot = ""
    if block.drawn:
        under = f'<td class="drawn">{drawing.scale(top, block.unit, width)}</td>'
        meant = f'<td class="legend">{escape(drawing.legend(block.bars))}</td>'
        foot = f'<tfoot aria-hidden="true"><tr><td></td>{under}{meant}</tr></tfoot>'
    yield (
        f'<table class="bars" aria-labelledby="{sheet.heading}">{_head(titles, "unseen")}'
        f"<tbody>{''.join(rows)}</tbody>{foot}</table>"
    )


def _open(tag: str, kind: str) -> str:
    """Give the start of an element that may be of a kind."""
    return f'<{tag} class="{kind}">' if kind else f"<{tag}>"


def _head(titles: Sequence[str], kind: str = "") -> str:
    corner = '<span class="unseen">Row</span>'
    cells = "".join(f'<th scope="col">{escape(title) or corner}</th>' for title in titles)
    return f"<thead>{_open('tr', kind)}{cells}</tr></thead>"


def _table(sheet: Sheet, kind: str, head: str, rows: Iterable[str], caption: str = "") -> str:
    """Give a table that its caption or the heading above it names."""
    named = f"<caption>{caption}</caption>" if caption else ""
    label = "" if caption else f' aria-labelledby="{sheet.heading}"'
    body = "\n".join(rows)
    return f'<table class="{kind}"{label}>{named}{head}<tbody>\n{body}\n</tbody></table>'


def _row(first: str, others: Sequence[str], titles: Sequence[str], *, kind: str = "") -> str:
    """Give a row whose first cell names it; each other names its column, for screens too narrow for columns."""
    named = [f' data-of="{escape(title)}"' for title in titles] or [""] * len(others)
    cells = "".join(f"<td{of}>{cell}</td>" for of, cell in zip(named, others, strict=True))
    return f'{_open("tr", kind)}<th scope="row">{first}</th>{cells}</tr>'


def _counts(said: Said) -> bool:
    """Tell whether a text counts what does not fit."""
    return said.style == "command" and MORE.fullmatch(said.text) is not None


def _sign(sign: str, means: str) -> str:
    """Give the sign of a first screen with what it means."""
    return f'<span title="{means}">{sign}<span class="unseen"> ({means})</span></span>'


def _plain(words: Words) -> str:
    """Give a heading as a plain line, without what can be typed."""
    return " ".join("".join(said.text for said in words if said.style != "command").split())


WRITTEN: dict[type[Block], Callable[[Sheet, Any], Iterator[str]]] = {
    Title: _title,
    Heading: _heading,
    Line: _line,
    Rows: _rows,
    Items: _items,
    Branches: _branches,
    Flow: _flow,
    Table: _listed,
    Glance: _glance,
    Beside: _listed,
    Matrix: _matrix,
    Bars: _bars,
}
"""How each block is written; what was counted is written with the line above it."""


# --- references --------------------------------------------------------------------------------


def _references(sheet: Sheet) -> str:
    """Give the references with their dates, state and places, which lead back to where they are first cited."""
    page = sheet.page
    if not page.references or sheet.references == "off":
        return ""
    sheet.contents.append(Entry("references", "References"))
    kind = "sources named" if sheet.references == "ids" else "sources"
    items = "\n".join(_reference(sheet, reference) for reference in page.references)
    older = "".join(f"<p><small>{escape(line)}</small></p>\n" for line in page.older)
    return f'<section>\n<h2 id="references">References</h2>\n<ol class="{kind}">\n{items}\n</ol>\n{older}</section>'


def _reference(sheet: Sheet, reference: Reference) -> str:
    number = str(reference.number)
    places = []
    for letter, place in reference.places:
        at = f' id="r{number}{letter}"' if letter else ""
        places.append(f"<span{at}>{_back(sheet, number + letter, letter or '↑')} {escape(place)}</span>")
    state = f'<p class="warn">{escape(reference.state)}</p>' if reference.state else ""
    key = reference.key if sheet.references == "ids" else number
    return (
        f'<li id="r{number}"><span class="key">[{escape(key)}]</span> <div><p>{_linked(reference.text)}</p>'
        f'<p class="places">At: {"; ".join(places)}</p>{state}</div></li>'
    )


def _back(sheet: Sheet, place: str, shown: str) -> str:
    """Give the way back to where a place is first cited."""
    if place not in sheet.cited:
        return shown
    return f'<a href="#m{place}" aria-label="{shown.replace("↑", "")} back to where it is first cited">{shown}</a>'


def _linked(text: str) -> str:
    """Give a text with its addresses and DOIs as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        address = found.group()
        target = address if address.startswith("http") else f"https://doi.org/{address}"
        parts += [escape(text[end : found.start()]), f'<a href="{escape(target)}">{escape(address)}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
