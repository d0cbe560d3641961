"""A page as data: what is said, in blocks, before any format lays it out.

A screen gives blocks; ``composed`` walks them once, numbers what they cite in the order in which it is
shown, and adds the references. What a width decides is decided by the format. It is
long because it declares every block and what is under all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pnetref.terms import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Style = Literal["", "faint", "strong", "warn", "boxed", "command", "found"]
"""How a text stands out: an aside, a name, what must not be missed, a boxed warning, what can be typed, what was searched."""


class Cite(NamedTuple):
    """A place in a source."""

    source: str
    at: str


class Said(NamedTuple):
    """A text and the places that say it, whose marks follow it.

    ``tight`` puts the marks right behind the text; ``older`` are places of an older edition that is no
    voice of its own: it has no mark and is named under the references. ``sign`` stands behind the marks on a
    first screen: ``°`` where it is said of more than pNET, ``≠`` where it is of other tumors. ``verbatim`` are
    the pieces of the text that are not our own words and keep their spelling: names as sources print them, titles,
    headings, words that were typed, ids. What stands between quotation marks, and a command, is so anyway.
    """

    text: str
    style: Style = ""
    cites: tuple[Cite, ...] = ()
    tight: bool = False
    older: tuple[Cite, ...] = ()
    sign: str = ""
    verbatim: tuple[str, ...] = ()


Words = tuple[Said, ...]
"""One paragraph."""

Lines = tuple[Words, ...]
"""What stands in one cell, a paragraph a line."""


class Title(NamedTuple):
    """What the page is about."""

    words: Words


class Heading(NamedTuple):
    """The heading of a section (level 2) or of a group inside one (level 3)."""

    words: Words
    level: int = 2


class Line(NamedTuple):
    """A paragraph, ``indent`` columns from the edge; without words an empty line.

    ``first`` puts one under a title before all that is said of what was typed.
    """

    words: Words = ()
    indent: int = 0
    first: bool = False


class Rows(NamedTuple):
    """Labels and what is said under each; a label stands once for the rows that share it."""

    rows: tuple[tuple[str, Words], ...]
    label_width: int = 18
    indent: int = 2


class Glance(NamedTuple):
    """The rows of a first screen: a label, and a cell for each of ``names``, or one for a page of one thing.

    The marks of a cell stand apart from its text where there is one.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Words, ...]], ...]


AT_A_GLANCE = "At a glance"
"""The heading of a first screen that stands before the whole."""
BOX = "☐"
"""The sign of what can be ticked."""


class Items(NamedTuple):
    """A list, each item behind the same sign."""

    items: tuple[Words, ...]
    sign: str


class Branches(NamedTuple):
    """A list, each entry with its depth: 0 for what belongs to no other."""

    entries: tuple[tuple[int, Words], ...]


class Flow(NamedTuple):
    """Short entries that fill columns as the width allows, each with an aside under it or none."""

    entries: tuple[tuple[Words, Words], ...]


class Column(NamedTuple):
    """A column of a table: its title, its bounds in characters, and the width of the page below which it is left out."""

    title: str
    width: int | None = None
    least: int | None = None
    most: int | None = None
    from_width: int = 0


class Table(NamedTuple):
    """A table of paragraphs; an empty row parts groups."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]


class Beside(NamedTuple):
    """Records in columns and what is said of each in rows; one under the other where the columns do not fit."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Lines, ...]], ...]


class Matrix(NamedTuple):
    """Records in columns and marks in rows, the rows in groups; one under the other where the columns do not fit."""

    names: tuple[str, ...]
    groups: tuple[tuple[tuple[Words, tuple[Words, ...]], ...], ...]


class Rates(NamedTuple):
    """What was counted: an entry a row, its figures under one grade or several."""

    grades: tuple[str, ...]
    rows: tuple[tuple[Words, tuple[tuple[str, str], ...]], ...]


class Bar(NamedTuple):
    """An arm of a trial: its value with its interval, as numbers and in words."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    words: str


class Bars(NamedTuple):
    """The arms of one result on one scale from 0 to ``top``; without ``drawn`` the words alone."""

    bars: tuple[Bar, ...]
    top: float
    unit: str
    drawn: bool


Block = Title | Heading | Line | Rows | Glance | Items | Branches | Flow | Table | Beside | Matrix | Rates | Bars


class Grid(NamedTuple):
    """What has rows and columns, for a format that lays every table out alike: titles, and the cells under them."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Lines, ...], ...]


def grid(block: Table | Glance | Beside | Matrix | Rates | Bars) -> Grid:
    """Give the titles and the cells of a block that is a table to a reader."""
    if isinstance(block, Table):
        rows = tuple(tuple((words,) for words in row) for row in block.rows if row)
        return Grid(tuple(column.title for column in block.columns), rows)
    if isinstance(block, Glance):
        return Grid(
            ("", *block.names) if block.names else ("At a glance", ""),
            tuple((((Said(label, "strong"),),), *((c,) for c in cells)) for label, cells in block.rows),
        )
    if isinstance(block, Beside):
        return Grid(("Field", *block.names), tuple((((Said(label),),), *cells) for label, cells in block.rows))
    if isinstance(block, Matrix):
        of_all = (row for group in block.groups for row in group)
        return Grid(("Side effect", *block.names), tuple(((words,), *((c,) for c in cells)) for words, cells in of_all))
    if isinstance(block, Rates):
        counted = (
            ((words,), *(tuple((Said(figure),) for of, figure in figures if of == grade) for grade in block.grades))
            for words, figures in block.rows
        )
        return Grid(("Side effect", *block.grades), tuple(counted))
    return Grid(("Arm", "Result"), tuple((((Said(bar.name),),), ((Said(bar.words),),)) for bar in block.bars))


class Label(NamedTuple):
    """The mark of a place: the number of its source, a letter where several places of it are cited, and its state."""

    source: str
    at: str
    number: int
    letter: str
    superseded: bool


class Reference(NamedTuple):
    """A source under the page: its number, its text, the places with their letters, and what holds of it."""

    key: str
    number: int
    text: str
    places: tuple[tuple[str, str], ...]
    state: str
    label: str = ""


BRIEF_NOTICE = "A reference, never advice. Silence is never a “no”. Decide with your care team."
"""What a first screen says in place of the notice."""


class Page(NamedTuple):
    """A page that is numbered: every mark has a reference, and every reference a mark.

    A ``brief`` page, a first screen, names its sources by their short names in a line. ``meanings`` says what
    the signs on it mean.
    """

    blocks: tuple[Block, ...]
    sources: Mapping[str, Any]
    places: Mapping[str, tuple[str, ...]]
    references: tuple[Reference, ...]
    older: tuple[str, ...]
    notice: str
    age: str
    data_version: str
    as_of: str
    brief: bool = False
    meanings: Mapping[str, str] = MEANINGS
    language: str = "en"

    def labels(self, said: Said) -> tuple[Label, ...]:
        """Give the marks of what is said, each once."""
        return tuple(dict.fromkeys(self._label(cite) for cite in current(said.cites, self.sources)))

    def _label(self, cite: Cite) -> Label:
        places = self.places[cite.source]
        letter = letter_of(places.index(cite.at)) if len(places) > 1 else ""
        number = list(self.places).index(cite.source) + 1
        return Label(cite.source, cite.at, number, letter, newer(self.sources, cite) is not None)


def composed(blocks: Sequence[Block], answer: Mapping[str, Any], *, brief: bool = False, spelling: str = "us") -> Page:
    """Give the page of an answer: what was typed under its title, then ``blocks``, numbered in one walk.

    Where ``spelling`` is ``uk``, all that is said in our own words is in that spelling.
    """
    sources = answer["sources"]
    at = 2 if len(blocks) > 1 and isinstance(blocks[1], Line) and blocks[1].first else 1
    shown = (*blocks[:at], *typed_lines(answer), *blocks[at:])
    meanings = MEANINGS
    if spelling == "uk":
        from pnetref.spelling import in_uk

        shown = respelled(shown, in_uk)
        meanings = {sign: in_uk(words) for sign, words in MEANINGS.items()}
    places: dict[str, list[str]] = {}
    older: dict[str, list[str]] = {}
    for said in everything(shown):
        kept = current(said.cites, sources)
        dropped = (*said.older, *(cite for cite in said.cites if cite not in kept))
        for found, cites in ((places, kept), (older, dropped)):
            for cite in cites:
                known = found.setdefault(cite.source, [])
                if cite.at not in known:
                    known.append(cite.at)
    return Page(
        blocks=shown,
        sources=sources,
        places={key: tuple(at) for key, at in places.items()},
        references=tuple(
            _reference(sources[key], number, tuple(at)) for number, (key, at) in enumerate(places.items(), 1)
        ),
        older=tuple(_older_line(sources, key, at) for key, at in older.items()),
        notice=BRIEF_NOTICE if brief else answer["notice"],
        brief=brief,
        age=age_line(answer["data_version"], answer["as_of"]),
        data_version=answer["data_version"],
        as_of=answer["as_of"],
        meanings=meanings,
        language="en-GB" if spelling == "uk" else "en",
    )


def respelled(value: Any, spell: Callable[..., str]) -> Any:  # noqa: ANN401 - blocks, or a part of one
    """Give blocks or a part of one with its own words as ``spell`` spells them; commands and what is verbatim stay."""
    if isinstance(value, Said):
        return value if value.style == "command" else value._replace(text=spell(value.text, value.verbatim))
    if isinstance(value, str):
        return spell(value)
    if not isinstance(value, tuple):
        return value
    parts = (respelled(part, spell) for part in value)
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)


def everything(value: Any) -> Iterator[Said]:  # noqa: ANN401 - a block, or a part of one
    """Give what is said inside a block or a part of one, in the order of reading."""
    if isinstance(value, Said):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from everything(part)


def newer(sources: Mapping[str, Any], cite: Cite) -> str | None:
    """Give the id of the newer edition of a place, or None."""
    for edition in sources[cite.source]["superseded_by"]:
        if not edition.places or cite.at in edition.places:
            return str(edition.source)
    return None


def current(cites: Iterable[Cite], sources: Mapping[str, Any]) -> tuple[Cite, ...]:
    """Leave out the older edition where the newer one says the same: they are one voice."""
    given = tuple(cites)
    if len(given) < 2:
        return given
    named = {cite.source for cite in given}
    return tuple(cite for cite in given if newer(sources, cite) not in named)


def letter_of(index: int) -> str:
    """Give a, b, … z, aa, ab … for 0, 1, 2, and so on."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def typed_lines(answer: Mapping[str, Any]) -> tuple[Line, ...]:
    """Say of each name that is of another product, or wider or narrower than its record, what it opened; and what was set aside."""
    said: list[Said] = []
    for typed in answer["typed"]:
        opened = answer["records"].get(typed["opens"]) or answer.get("effects", {}).get(typed["opens"])
        if typed["note"] and opened:
            name = f"“{typed['text']}”"
            said.append(Said(f"{name} opens {opened['name']}. {typed['note']}", "warn", verbatim=(name,)))
        strengths = _strengths(typed["set_aside"])
        others = [text for text in typed["set_aside"] if text not in strengths]
        if strengths:
            was = "was" if len(strengths) == 1 else "were"
            text = f"Strength {', '.join(strengths)} {was} not used: this page checks no dose."
            said.append(Said(text, "warn", verbatim=tuple(strengths)))
        if others:
            said.append(Said(f"Set aside: {' '.join(others)}.", "warn", verbatim=(" ".join(others),)))
    return tuple(Line((one,)) for one in dict.fromkeys(said))


def _strengths(aside: Sequence[str]) -> list[str]:
    """Give the strengths among words that were set aside."""
    if not aside:
        return []
    from pnetref.medication import is_strength

    return [text for text in aside if is_strength(text)]


def _reference(source: Mapping[str, Any], number: int, places: tuple[str, ...]) -> Reference:
    lettered = len(places) > 1
    shown = (f"{at} (no date of its own)" if at in source["undated"] else at for at in places)
    named = tuple((letter_of(index) if lettered else "", at) for index, at in enumerate(shown))
    text = source["reference"] or source["csl"].get("title", source["id"])
    return Reference(source["id"], number, text, named, state_line(source), brief_label(source))


def brief_label(source: Mapping[str, Any]) -> str:
    """Give the short name of a source with its state in a word or two."""
    states = {"superseded": "superseded", "overdue": "overdue", "outdated": "newer not read", "unchecked": "unchecked"}
    state = states.get(source["state"])
    return f"{source['label'] or source['id']}{f' ({state})' if state else ''}"


def state_line(source: Mapping[str, Any]) -> str:
    """Give what a reader must know of the state of a source's cited places, or an empty text."""
    if source["state"] == "superseded":
        return f"Superseded by {', '.join(dict.fromkeys(edition.source for edition in source['superseded_by']))}."
    if source["state"] == "overdue":
        return f"Overdue for review since {source['review_due']}."
    edition = source["revised"] or source["published"] or "unknown date"
    if source["state"] == "outdated":
        return f"As in the edition of {edition}; a newer one was not read."
    if source["state"] == "unchecked":
        return f"Edition of {edition}; later ones were not looked up."
    return ""


def _older_line(sources: Mapping[str, Any], key: str, places: Sequence[str]) -> str:
    edition = next((found for at in places if (found := newer(sources, Cite(key, at)))), "")
    return (
        f"Not counted as another voice: {key} ({'; '.join(places)}), "
        f"an older edition of the same page, superseded by {edition}."
    )


def age_line(data_version: str, as_of: str) -> str:
    """Say that data of the version ``2026.11.24`` is more than 12 months old on an ISO day, where it is."""
    year, month, day = data_version.split(".")
    if as_of <= f"{int(year) + 1:04d}-{int(month):02d}-{int(day):02d}":
        return ""
    return f"This data is of {data_version}, more than 12 months old: look for a newer release."
