"""References with their places, dates and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.page import Heading, Line, Said, Title, state_line
from pnetref.screens.phrases import faint, plain, printed

if TYPE_CHECKING:
    from pnetref.answers.shapes import CiteAnswer, Reference
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context

DATES = ("revised", "reviewed", "published")
"""The dates that are shown, the newest kind first."""


def references(answer: CiteAnswer, context: Context) -> list[Block]:
    """Give formatted references with their places, or without a name every source in a list."""
    del context
    if not answer["typed"]:
        return _sources(answer)
    count = len(answer["references"])
    blocks: list[Block] = [Title((Said(f"{count} reference{'' if count == 1 else 's'}", "strong"),))]
    for entry in answer["references"]:
        about = Said(f"{entry['id']} · {entry['kind']} · ", "faint", verbatim=(entry["id"],))
        read = (
            (about, *_state(entry)) if entry["dates"]["read"] else (about, Said("listed by a source, never read here"))
        )
        blocks += [Line(), Line((printed(entry["reference"]),))]
        blocks += [Line((printed(f"At: {'; '.join(entry['at'])}"),), 4)] if entry["at"] else []
        blocks.append(Line(read, 4))
        blocks += [Line(faint(entry["note"]), 4)] if entry["note"] else []
    return blocks


def _sources(answer: CiteAnswer) -> list[Block]:
    """Give every source: the five, what was read beyond them, and what they list that was not read."""
    entries = answer["references"]
    groups = (
        ("The five sources", [e for e in entries if e["own"]]),
        ("Read beyond them", [e for e in entries if e["dates"]["read"] and not e["own"]]),
        ("Listed by a source, never read here", [e for e in entries if not e["dates"]["read"]]),
    )
    blocks: list[Block] = [Title((Said(f"{len(entries)} sources", "strong"),))]
    for title, group in groups:
        if not group:
            continue
        blocks.append(Heading(plain(f"{title} ({len(group)})")))
        for entry in group:
            date = next((value for name, value in entry["dates"].items() if name in DATES and value), "")
            newer = ", ".join(dict.fromkeys(edition.source for edition in entry["superseded_by"]))
            state = f"superseded by {newer}" if newer else "" if entry["state"] == "current" else entry["state"]
            words = (
                printed(entry["id"], "strong"),
                Said(f"  {date}" if date else "", "faint"),
                printed(f"  {state}", "warn"),
            )
            blocks.append(Line(words, 2))
    return [*blocks, Line(), Line((Said("Each opens with: pnetref cite ID", "command"),))]


def _state(entry: Reference) -> Words:
    """Give the state of a source, and the parts of it that a newer edition replaces."""
    if entry["state"] != "current":
        line = state_line({**entry, **entry["dates"]})
        return (printed(line[:1].lower() + line[1:].removesuffix("."), "warn"),)
    parts = (f"; superseded by {newer.source} in: {'; '.join(newer.places)}" for newer in entry["superseded_by"])
    return (Said("current"), *(printed(part, "warn") for part in parts))
