"""What a search found."""

from __future__ import annotations

import re

from pnetref.answers.search import Hit, PartnerFound, SearchAnswer
from pnetref.page import Block, Heading, Line, Said, Title, Words
from pnetref.screens.context import Context, cites
from pnetref.screens.phrases import HIDDEN, faint, kind_words, label, shows_survival, warn

MOST_HITS = 40
"""How many results a page shows."""


def results(answer: SearchAnswer, context: Context) -> list[Block]:
    """Give the best results, the matching words marked, each with the command that opens it."""
    found = len(answer["results"])
    shown = answer["results"][:MOST_HITS]
    blocks: list[Block] = [Title((Said(f"{found} place{'' if found == 1 else 's'} found", "strong"),))]
    for typed, used in answer["read_as"].items():
        blocks.append(Line(warn(f"“{typed}” is not here; shown instead: “{used}”.")))
    blocks += [Line(_partner(partner)) for partner in answer["partners"]]
    previous = None
    for hit in shown:
        if hit["command"] != previous:
            name = (Said(hit["name"], "strong"), Said(f"  {kind_words(hit['kind'])}  ", "faint"))
            blocks.append(Heading((*name, Said(hit["command"], "command"))))
        previous = hit["command"]
        if hit["field"] != "name":
            blocks.append(Line(_hit(hit, context), 2))
    if found > len(shown):
        more = f"The best {len(shown)} of {found} places; a further word narrows them, --json has all."
        blocks += [Line(), Line(faint(more))]
    return blocks


def _partner(partner: PartnerFound) -> Words:
    """Say how many entries name what drugs meet, or which groups that are named may include it."""
    if partner["entries"]:
        entries = (
            f"{partner['entries']} {'entry names' if partner['entries'] == 1 else 'entries name'} {partner['name']}"
        )
        return (Said(f"{entries}; what is not named may matter too. This is no interaction check.", "warn"),)
    groups = tuple(
        Said(f"{', ' if index else ''}{group['name']}", "warn", cites(group["cites"]))
        for index, group in enumerate(partner["groups"])
    )
    if not groups:
        return (
            Said(
                f"No entry names {partner['name']}. Groups that labels name may include it: ask a pharmacist.", "warn"
            ),
        )
    return (
        Said(f"No entry names {partner['name']}. Groups that labels name (", "warn"),
        *groups,
        Said(") may include it: ask a pharmacist.", "warn"),
    )


def _hit(hit: Hit, context: Context) -> Words:
    places = cites(hit["cites"])
    if not context.look.figures and shows_survival(hit["text"]):
        return (Said(HIDDEN, "faint", places),)
    field = (Said(f"{label(hit['field'])}: ", "faint"),)
    if not hit["matched"]:
        return (*field, Said(hit["text"], cites=places))
    parts = re.split(f"({'|'.join(re.escape(word) for word in hit['matched'])})", hit["text"])
    words = tuple(Said(part, "found" if index % 2 else "") for index, part in enumerate(parts) if part)
    return (*field, *words[:-1], words[-1]._replace(cites=places))
