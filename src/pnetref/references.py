"""Sources as references: their state on a day, which of them a record rests on, and formatted text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pnetref.errors import NoMatch, UsageProblem
from pnetref.models import FIELDS, Source

if TYPE_CHECKING:
    from pnetref.dataset import Dataset

State = Literal["current", "overdue", "superseded"]
OTHERS = {"literal": "others"}
"""Stands in a list of authors for those that our copy does not name."""

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
    due = source.review_due
    if due is not None and due < as_of[: len(due)]:  # a month that is due is overdue when it has ended
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
        lines = []
        try:
            csl = CitationStylesStyle(style, validate=False)
            for source in sources:
                # One bibliography a source: a style that sorts would lose the order that was asked for.
                items = CiteProcJSON([_item(source)])
                bibliography = CitationStylesBibliography(csl, items, formatter.plain)
                bibliography.register(Citation([CitationItem(source.id)]))
                found = bibliography.bibliography()
                lines.append(_mended(str(found[0])) if found else "")
        except Exception as error:  # the library raises whatever the style trips it into
            said = (str(error).splitlines() or [type(error).__name__])[0]
            raise UsageProblem(
                f"--style {style} cannot be used: {said}; give an independent CSL style that has a bibliography"
            ) from None
    empty = next((source.id for source, line in zip(sources, lines, strict=True) if not line), None)
    if empty is not None:
        raise UsageProblem(f"--style {style} prints nothing for {empty}; give another style")
    return lines


def _item(source: Source) -> dict[str, Any]:
    """Give the CSL item of a source; CSL has no word of its own for authors that are left out."""
    item = {**source.csl, "id": source.id}
    if OTHERS in item.get("author", ()):
        item["author"] = [{"literal": "et al."} if name == OTHERS else name for name in item["author"]]
    return item


def _mended(text: str) -> str:
    """Mend the marks that a style doubles, and end with a period what is no address."""
    for printed, meant in (
        (r",? (?:and|&) et al\.", " et al."),
        (r"(?<!\.)\.\.(?!\.)", "."),
        (r"\?\.", "?"),
    ):
        text = re.sub(printed, meant, text)
    line = " ".join(text.split())
    return line if not line or re.search(r"(doi:|https?:)\S+$|[.?]$", line) else f"{line}."


DATES = ("published", "revised", "reviewed", "review_due", "read")

Places = dict[str, list[str]]
"""Places by source id: what a citation names."""


def entry(data: Dataset, key: str, as_of: str, places: Iterable[str] = ()) -> dict[str, Any]:
    """Give one reference of an answer: bibliographic data, dates, state, and how many facts rest on it.

    ``places`` are those that are cited, where the sources of a treatment, a trial or a fact were asked for.
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
        return places_in(record)
    if field is not None:
        if field not in FIELDS:
            raise UsageProblem(f"--field {field!r} is not one of: {', '.join(FIELDS)}; for a side effect: --effect")
        tables: dict[str, Sequence[object]] = {"dose": record.doses, "approval": record.approvals}
        parts: list[object] = [fact for fact in record.facts if fact.field == field]
        parts += tables.get(field, ())
        if not parts:
            fields = [fact.field for fact in record.facts] + [name for name, rows in tables.items() if rows]
            stated = ", ".join(dict.fromkeys(fields))
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
    """Give the sources that a `cite` command asks for, and the places that are cited; all without a name.

    Raises ``UsageProblem`` where the options do not go together, and as ``lookup.find`` does.
    """
    from pnetref.lookup import find, find_one, is_effect, split_key

    if field is not None and effect is not None:
        raise UsageProblem("give --field or --effect, not both")
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
            found = places_in(data.trials[name])
        else:
            wanted_effect = find_one(data, [effect], is_effect, "a side effect") if effect is not None else None
            found = cited_by(data, name, field=field, effect=wanted_effect)
        for source, at in found.items():
            known = places.setdefault(source, [])
            known += [place for place in at if place not in known]
    return places


def export(sources: Sequence[Source], form: str, *, style: str | None, output: str | None, force: bool) -> None:
    """Print references as text, BibTeX, RIS or CSL-JSON, or write them to a file that is not there yet.

    Raises ``UsageProblem`` where the file is there and ``force`` is not given, or cannot be written.
    """
    from pnetref import exports
    from pnetref.output import write, write_file

    if form == "csl-json":
        from pydantic_core import to_json

        text = to_json(exports.csl_items(sources), indent=2).decode() + "\n"
    elif form == "text":
        lines = [source.reference for source in sources] if style is None else as_text(sources, style)
        text = "".join(f"{line}\n" for line in lines)
    else:
        text = exports.bibtex(sources) if form == "bibtex" else exports.ris(sources)
    if output is None:
        write(text)
        return
    if not force and os.path.lexists(output):
        raise UsageProblem(f"{output} is there already; give --force to replace it")
    try:
        write_file(output, text.encode())
    except (OSError, ValueError) as error:
        raise UsageProblem(f"--output {output} cannot be written: {getattr(error, 'strerror', error)}") from None
