"""Filling the rows of a first screen, and fitting them into its lines: what does not fit is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pnetref.page import Said
from pnetref.screens.glance import OF_PARTS, WIDTH, common, doses, pregnancy, serious, sign
from pnetref.screens.phrases import NO_PREGNANCY, NOTHING_SAID, gap_words
from pnetref.terms import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.page import Style, Words
    from pnetref.screens.context import Context
    from pnetref.screens.glance import Item, Row, Subject

NOT_MARKED = "No source read here marks an effect as serious: no sign of safety."
MARKS = 5
"""What the marks of a statement take where they stand in the text."""

SHRINK = (
    "Handling",
    "Of its class",
    "They differ",
    "Checks",
    "Kidneys",
    "Liver",
    "pNET trial",
    "Missed dose",
    "Common",
    "Used for",
    "Pause",
)
"""The rows that give up a line first where a screen would be too long."""


class Filled(NamedTuple):
    """A row with its items, or with the silence that it prints."""

    row: Row
    items: list[Item]
    silence: str


def filled(rows: Sequence[Row], subject: Subject, context: Context) -> list[Filled]:
    """Give the rows of a subject that have something to say, or a silence that is expected to be said."""
    found = []
    for row in rows:
        items = row.fill(subject, context)
        silence = "" if items else silence_of(row, subject)
        if items or silence:
            found.append(Filled(row, items, silence))
    return found


def silence_of(row: Row, subject: Subject) -> str:
    """Give the words for which silence it is, or an empty text where the kind does not expect the row."""
    if subject.below and row.label in OF_PARTS:
        return subject.below
    if row.fill is pregnancy and "pregnancy" not in subject.not_read:
        return f"{NO_PREGNANCY} Each drug has its own." if subject.kind == "drug-class" else NO_PREGNANCY
    if gap := gap_words(row.aspect, subject.unreadable, subject.not_read):
        return gap
    if row.fill is serious and subject.side_effects:
        return NOT_MARKED
    if row.fill is common and subject.side_effects:
        return ""
    if row.fill is doses and subject.doses:
        return "No dose for neuroendocrine tumors is stated here."
    expected = row.aspect in EXPECTED.get(subject.kind, ())
    return NOTHING_SAID if row.aspect in subject.not_stated or (expected and row.always) else ""


def lines_of(text: str, width: int) -> int:
    """Give how many lines a text takes, broken between words."""
    if len(text) <= width:
        return 1
    lines, at = 1, 0
    for word in text.split():
        at += len(word) + bool(at)
        if at > width:
            lines, at = lines + 1, len(word)
    return lines


def words_of(one: Filled, lines: int, width: int = WIDTH) -> Words:
    """Give what a row says in at most so many lines; what does not fit is counted, and named with what opens it where nothing fits."""
    if not one.items:
        return (Said(one.silence, "faint"),)
    between = ", " if one.row.running else " · "
    shown: list[Item] = []
    for part in one.items:
        more = _more(len(one.items) - len(shown) - 1)
        marks = "x" * MARKS * (len(shown) + 1) if width < WIDTH else ""
        if lines_of(f"{_text([*shown, part], between)}{marks}{more}", width) <= lines:
            shown.append(part)
        elif one.row.running or (one.row.always and not shown):
            break
    if not shown and lines < 2 and one.row.opens:
        return (Said(f"+{len(one.items)}: {one.row.opens}", "command"),)
    shown = shown or one.items[:1]
    more = _more(len(one.items) - len(shown))
    style: Style = "boxed" if one.row.label.startswith("BOXED") else "strong" if one.row.bold else ""
    said = _said(shown, between, style)
    return (*said, Said(more, "command")) if more else said


def _more(rest: int) -> str:
    return f" +{rest}" if rest else ""


def _text(items: Sequence[Item], between: str) -> str:
    return "".join((_between(one, between) if index else "") + one.text for index, one in enumerate(items))


def _between(one: Item, between: str) -> str:
    """Give what stands before an item: a new group of a running text starts with its own words."""
    return " · " if ": " in one.text else between


def _said(items: Sequence[Item], between: str, style: Style) -> Words:
    return tuple(
        Said(
            (_between(one, between) if index else "") + one.text,
            style,
            one.cites,
            sign=sign(one.scope),
            verbatim=one.verbatim,
        )
        for index, one in enumerate(items)
    )


def fitted(table: Sequence[Row], rows: Sequence[Filled], most: int) -> list[tuple[str, tuple[Words, ...]]]:
    """Give the rows of one subject in at most ``most`` lines: those that matter less give up lines first."""
    return fitted_beside(table, [rows], most, WIDTH)


def fitted_beside(
    table: Sequence[Row], columns: Sequence[Sequence[Filled]], most: int, width: int
) -> list[tuple[str, tuple[Words, ...]]]:
    """Give the rows of several subjects side by side, each cell as wide as ``width``, in at most ``most`` lines."""
    used = {one.row.label for column in columns for one in column}
    order = [row for row in table if row.label in used]
    found = [{one.row.label: one for one in column} for column in columns]
    lines = {row.label: row.lines for row in order}
    known: dict[tuple[str, int], tuple[tuple[Words, ...], int]] = {}

    def cells(row: Row) -> tuple[tuple[Words, ...], int]:
        """Give the cells of a row in the lines that it has now, and how many they take."""
        key = (row.label, lines[row.label])
        if key not in known:
            row_cells = tuple(
                words_of(column.get(row.label, Filled(row, [], NOT_HERE)), key[1], width) for column in found
            )
            known[key] = (row_cells, max(lines_of("".join(said.text for said in cell), width) for cell in row_cells))
        return known[key]

    total = sum(cells(row)[1] for row in order)
    for least in (1, 0):
        for name in (*SHRINK, *(row.label for row in reversed(order))):
            for row in order:
                if total > most and row.label == name and lines[name] > least + (name not in SHRINK):
                    total -= cells(row)[1]
                    lines[name] = max(least, lines[name] - 1)
                    total += cells(row)[1]
    return [(row.label, cells(row)[0]) for row in order]


NOT_HERE = "nothing read here speaks of it"
