"""Sources as references: their state on a day, which of them a record rests on, and formatted text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pnetref.errors import NoMatch, UsageProblem
from pnetref.models import Source

if TYPE_CHECKING:
    from pnetref.dataset import Dataset

State = Literal["current", "overdue", "superseded"]
STYLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "references.csl")


def superseded(source: Source, at: str) -> str | None:
    """Give the id of the newer edition of the place ``at``, or None."""
    for newer in source.superseded_by:
        if not newer.places or at in newer.places:
            return newer.source
    return None


def state(source: Source, as_of: str, places: Iterable[str] = ()) -> State:
    """Give the state of a source, or of the ``places`` of it that are used, on the ISO day ``as_of``."""
    used = tuple(places)
    if any(not newer.places for newer in source.superseded_by) or (used and all(superseded(source, at) for at in used)):
        return "superseded"
    if source.review_due is not None and source.review_due < as_of:
        return "overdue"
    return "current"


def review_line(source: Source, as_of: str, places: Iterable[str] = ()) -> str:
    """Give what a reader must know of a source's state on the ISO day ``as_of``, or an empty string."""
    current = state(source, as_of, places)
    if current == "superseded":
        newer = ", ".join(dict.fromkeys(newer.source for newer in source.superseded_by))
        return f"Superseded by {newer}."
    if current == "overdue":
        return f"Overdue for review since {source.review_due}."
    return ""


def as_text(sources: Sequence[Source], style: str = STYLE) -> list[str]:
    """Format sources with a CSL style file; one line of plain text a source, in the order given.

    Raises ``UsageProblem`` where ``style`` is no CSL style that can be read.
    """
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    if not os.path.isfile(style):
        raise UsageProblem(f"--style {style}: no such file; give a CSL style, as from the Zotero style repository")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            csl = CitationStylesStyle(style, validate=False)
        except Exception as error:
            raise UsageProblem(f"--style {style} is no CSL style: {str(error).splitlines()[0]}") from None
        lines = []
        for source in sources:
            # One bibliography a source: a style that sorts would lose the order that was asked for.
            items = CiteProcJSON([{**source.csl, "id": source.id}])
            bibliography = CitationStylesBibliography(csl, items, formatter.plain)
            bibliography.register(Citation([CitationItem(source.id)]))
            text = str(bibliography.bibliography()[0])
            for printed, meant in (("..", "."), ("?.", "?"), (", others.", ", et al.")):
                text = text.replace(printed, meant)
            line = " ".join(text.split())
            lines.append(line if re.search(r"(doi:|https?:)\S+$|[.?]$", line) else f"{line}.")
    return lines


DATES = ("published", "revised", "reviewed", "review_due", "read")

Places = dict[str, list[str]]
"""Places by source id: what a citation names."""


def entry(data: Dataset, key: str, as_of: str, places: Iterable[str] = ()) -> dict[str, Any]:
    """Give one reference of an answer: bibliographic data, dates, state, and how many facts rest on it.

    ``places`` are those that are cited, where one fact's sources were asked for.
    """
    source = data.sources[key]
    return {
        "id": key,
        "kind": source.kind,
        "csl": source.csl,
        "dates": {name: getattr(source, name) for name in DATES},
        "state": state(source, as_of, places),
        "superseded_by": list(source.superseded_by),
        "listed_by": list(source.listed_by),
        "facts": data.entry("sources", key).cited,
        "at": list(places),
        "note": source.note,
        "reference": source.reference,
    }


def places_in(value: object) -> Places:
    """Give the sources and places that a record, or a part of one, cites."""
    from pnetref.output import used

    return {key: list(places) for key, places in used(value)[0].items()}


def cited_by(data: Dataset, key: str, *, field: str | None, effect: str | None) -> Places:
    """Give the sources of a treatment's record, of its facts of one ``field``, or of one side ``effect``.

    Raises ``NoMatch`` where no source states it.
    """
    record = data.treatments[key]
    if field is None and effect is None:
        return {source: [] for source in places_in(record)}
    if field is not None:
        parts: list[object] = [fact for fact in record.facts if fact.field == field]
        parts += list(record.doses) if field == "dose" else list(record.approvals) if field == "approval" else []
        if not parts:
            stated = ", ".join(dict.fromkeys(fact.field for fact in record.facts))
            raise NoMatch(f"no source here states the {field} of {record.name}; stated are: {stated}")
        return places_in(parts)
    reports = [part.reports for part in record.side_effects if part.effect == effect]
    if not reports:
        raise NoMatch(f"no source here reports {data.entry('effects', str(effect)).name.lower()} of {record.name}")
    return places_in(reports)


def listed_in(data: Dataset, key: str) -> list[str]:
    """Give the ids of the works that a source lists."""
    return [name for name in data.sources if any(cite.source == key for cite in data.sources[name].listed_by)]


def wanted(
    data: Dataset, words: Sequence[str], *, field: str | None = None, effect: str | None = None, listed: bool = False
) -> Places:
    """Give the sources that a `cite` command asks for, and the places of one fact; all without a name.

    Raises ``UsageProblem`` where the options do not go together, and as ``lookup.find`` does.
    """
    from pnetref.lookup import find, find_one, is_effect, split_key

    one_fact = field is not None or effect is not None
    if not words:
        if one_fact or listed:
            raise UsageProblem(
                "--field, --effect and --listed need a name, as in: pnetref cite sunitinib --field mechanism"
            )
        return {key: [] for key in data.sources}
    places: Places = {}
    for key in find(
        data, words, lambda key: key.startswith(("sources/", "treatments/", "trials/")), "a source or a treatment"
    ):
        folder, name = split_key(key)
        found: Places = {}
        if folder == "sources":
            if one_fact:
                raise UsageProblem("--field and --effect are of a treatment, not of a source")
            found = {key: [] for key in (listed_in(data, name) if listed else [name])}
            if not found:
                raise NoMatch(f"{name} lists no works, as far as our copy shows")
        elif listed:
            raise UsageProblem("--listed is of a source; pnetref cite shows their ids")
        elif folder == "trials":
            found = {source: [] for source in places_in(data.trials[name])}
        else:
            wanted_effect = find_one(data, [effect], is_effect, "a side effect") if effect is not None else None
            found = cited_by(data, name, field=field, effect=wanted_effect)
        for source, at in found.items():
            places.setdefault(source, []).extend(at)
    return places


def export(sources: Sequence[Source], form: str, *, style: str | None, output: str | None, force: bool) -> None:
    """Print references as text, BibTeX, RIS or CSL-JSON, or write them to a file that is not there yet.

    Raises ``UsageProblem`` where the file is there and ``force`` is not given, or cannot be written.
    """
    import sys

    from pnetref import exports

    if form == "csl-json":
        from pydantic_core import to_json

        text = to_json(exports.csl_items(sources), indent=2).decode() + "\n"
    elif form == "text":
        lines = [source.reference for source in sources] if style is None else as_text(sources, style)
        text = "".join(f"{line}\n" for line in lines)
    else:
        text = exports.bibtex(sources) if form == "bibtex" else exports.ris(sources)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        with open(output, "w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageProblem(f"{output} is there already; give --force to replace it") from None
    except OSError as error:
        raise UsageProblem(f"{output} cannot be written: {error.strerror}") from None
