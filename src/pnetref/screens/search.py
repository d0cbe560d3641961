"""What a search found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pnetref.answers.search import named_by
from pnetref.page import Heading, Line, Rows, Said, Title
from pnetref.screens.context import cites
from pnetref.screens.phrases import EMERGENCY, HIDDEN, faint, joined, kind_words, label, printed, shows_survival, warn
from pnetref.terms import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pnetref.answers.shapes import Hit, PartnerFound, SearchAnswer
    from pnetref.page import Block, Cite, Style, Words
    from pnetref.screens.context import Context

FEW = 8
"""Up to so many results each is shown with its text; more are grouped by what they are about."""


def results(answer: SearchAnswer, context: Context) -> list[Block]:
    """Give the command that answers, then the best results with their texts, or of many the records by field."""
    found = answer["results"]
    blocks = _above(answer)
    if len(found) > FEW and len({hit["name"] for hit in found if hit["kind"] != "source"}) > MOST_RECORDS:
        met = [hit for hit in found if hit["field"] == "interaction"] if answer["partners"] else []
        return blocks + (_by_drug(met, len(found)) if met else _by_field(found))
    shown = found if len(found) <= FEW else _first(found, bool(answer["partners"]))
    blocks += _with_texts(shown, context)
    if len(shown) < len(found):
        blocks += [Line(), Line(faint(f"{len(found) - len(shown)} more: the same search with “all” behind it."))]
    return blocks


def all_results(answer: SearchAnswer, context: Context) -> list[Block]:
    """Give the command that answers, then every result with its text."""
    return _above(answer) + _with_texts(answer["results"], context)


def _above(answer: SearchAnswer) -> list[Block]:
    """Give how many places were found, and what must be said before them."""
    found = answer["results"]
    blocks: list[Block] = [Title((Said(f"{len(found)} place{'' if len(found) == 1 else 's'} found", "strong"),))]
    if answer["urgent"]:
        blocks.append(Line(warn(EMERGENCY), first=True))
    if answer["answered_by"]:
        blocks.append(Line((Said("Answered by  ", "faint"), Said(answer["answered_by"], "command"))))
    for typed, used in answer["read_as"].items():
        blocks.append(Line(warn(f"“{typed}” is not here; shown instead: “{used}”.")))
    if answer["set_aside"]:
        aside = ", ".join(answer["set_aside"])
        blocks.append(Line(warn(f"No place holds all of the words; set aside: {aside}.", aside)))
    return blocks + [Line(_partner(partner)) for partner in answer["partners"]]


def _first(found: Sequence[Hit], met: bool) -> list[Hit]:
    """Give the hits that fit a screen with their texts; where something that drugs meet is named, interactions first."""
    height = 0
    shown: list[Hit] = []
    for hit in sorted(found, key=lambda one: met and one["field"] != "interaction"):
        height += 1 + (len(hit["text"]) + len(hit["field"]) + 8) // 76
        if height > MOST_TEXTS and shown:
            break
        shown.append(hit)
    return shown


def _with_texts(found: Sequence[Hit], context: Context) -> list[Block]:
    blocks: list[Block] = []
    previous = None
    first: dict[str, int] = {}
    for hit in found:
        first.setdefault(hit["command"], len(first))
    for hit in sorted(found, key=lambda hit: first[hit["command"]]):
        if hit["command"] != previous:
            name = (_name(hit, "strong"), Said(f"  {kind_words(hit['kind'])}  ", "faint"))
            blocks.append(Heading((*name, Said(hit["command"], "command"))))
        previous = hit["command"]
        if hit["field"] != "name":
            blocks.append(Line(_hit(hit, context), 2))
    return blocks


def _by_drug(met: Sequence[Hit], places: int) -> list[Block]:
    """Give what each drug's labels do about what it meets, in few words, a row a drug."""
    drugs: dict[str, list[Hit]] = {}
    for hit in met:
        drugs.setdefault(hit["name"], []).append(hit)
    rows: list[tuple[str, Words]] = []
    for name, hits in drugs.items():
        shown = hits[:MOST_OF_A_DRUG]
        said = joined([(Said(hit["short"] or hit["text"], cites=cites(hit["cites"])[:1]),) for hit in shown], " · ")
        rest = len(hits) - len(shown)
        rows.append((name, (*said, Said(f" +{rest}", "command")) if rest else said))
    more = "every place with its text: the same search with “all” behind it"
    return [Rows(tuple(rows), label_width=14), Line(), Line(faint(f"{places} places in all; {more}."))]


def _by_field(found: Sequence[Hit]) -> list[Block]:
    """Give the records that hold the words, in running lines under the field, those that fit a screen."""
    fields: dict[str, dict[str, Hit]] = {}
    for hit in found:
        fields.setdefault(label(hit["field"]), {}).setdefault(hit["name"], hit)
    rows: list[tuple[str, Words]] = []
    height = 0
    for title, hits in fields.items():
        named = list(hits.values())
        shown: list[Hit] = []
        for hit in named:
            text = ", ".join(one["name"] for one in [*shown, hit])
            if len(text) > MOST_NAMED:
                break
            shown.append(hit)
        rest = len(named) - len(shown)
        names = joined([(_name(one, places=cites(one["cites"])[:1]),) for one in shown], ", ")
        rows.append((title, (*names, Said(f" +{rest}", "command")) if rest else names))
        height += 2
        if height >= MOST_ROWS:
            break
    more = "a further word narrows them; every place with its text: the same search with “all” behind it"
    return [Rows(tuple(rows), label_width=18), Line(), Line(faint(f"{len(found)} places; {more}."))]


MOST_RECORDS = 3
"""Of so many records the best places are shown with their texts; more are named."""
MOST_OF_A_DRUG = 2
"""The statements that a row of one drug gives."""
MOST_TEXTS = 16
"""The lines that hits with their texts take of a first screen."""
MOST_NAMED = 90
"""The letters of the records that a row names."""
MOST_ROWS = 16
"""The lines of the rows of a first screen."""


def _partner(partner: PartnerFound) -> Words:
    """Say how many entries name what drugs meet, or which groups that are named may include it."""
    if partner["entries"]:
        return (Said(f"{named_by(partner)}; what is not named may matter too. This is no interaction check.", "warn"),)
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
    region = f" ({REGIONS.get(hit['region'], hit['region'])})" if hit["region"] else ""
    field = (Said(f"{label(hit['field'])}{region}: ", "faint"),)
    words = list(_marked(hit)) if hit["matched"] else [Said(hit["text"])]
    return (*field, *words[:-1], words[-1]._replace(cites=places))


def _marked(hit: Hit) -> Iterator[Said]:
    """Give the text of a hit with the words that were searched marked; what it quotes keeps its spelling."""
    found = "|".join(re.escape(word) for word in hit["matched"])
    for at, part in enumerate(re.split("(“[^”]*”)", hit["text"])):
        for index, words in enumerate(re.split(rf"(?<![\w-])({found})(?![\w-])", part)):
            style: Style = "found" if index % 2 else ""
            if words:
                yield printed(words, style) if at % 2 or hit["kind"] == "source" else Said(words, style)


def _name(hit: Hit, style: Style = "", places: tuple[Cite, ...] = ()) -> Said:
    """Give the name of what was found; that of a source or a trial is not ours."""
    return (printed if hit["kind"] in ("source", "trial") else Said)(hit["name"], style, places)
