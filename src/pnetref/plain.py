"""Text as it leaves the program: nothing in it steers a terminal, hides, turns lines around, or begins a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = bytes([10, *range(32, 127)])
"""What is shown as it is in ASCII, and the line feed between the lines of JSON."""

FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would compute."""


def visible(text: str) -> str:
    """Give ``text`` with every letter that is not shown written as its escape; blanks of another width stay."""
    return text if text.isprintable() else text.translate(dict(_escapes(text, "unicode_escape")))


def in_lines(text: str) -> str:
    """Give ``text`` as ``visible`` does, line by line."""
    return text if text.isprintable() else "\n".join(map(visible, text.split("\n")))


def in_json(text: str) -> str:
    """Give JSON with what JSON itself leaves raw, and is not shown, written as its escape: it means the same."""
    odd = text.encode().translate(None, SHOWN).decode()
    return text if odd.isprintable() else text.translate(dict(_escapes(odd, "json")))


def cell(text: str) -> str:
    """Give ``text`` for a cell of a table: one that would be computed is put behind an apostrophe, as text is there."""
    shown = visible(text)
    return f"'{shown}" if len(shown) > 1 and shown.startswith(FORMULA) and not shown[1].isspace() else shown


def _escapes(text: str, form: str) -> Iterator[tuple[int, str]]:
    """Give each letter of ``text`` that is not shown, with its escape."""
    from unicodedata import category

    for letter in set(text):
        if not letter.isprintable() and category(letter) != "Zs":
            code = letter.encode("utf-16-be", "surrogatepass").hex()
            in_json = "".join(f"\\u{code[at : at + 4]}" for at in range(0, len(code), 4))
            yield ord(letter), in_json if form == "json" else letter.encode("unicode_escape").decode()
