"""References as text in a CSL style, and as BibTeX, RIS and CSL-JSON for reference managers."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pnetref.dataset import DATA
from pnetref.errors import UsageProblem
from pnetref.models import Source

STYLE = os.path.join(DATA, "references.csl")

OTHERS = {"literal": "others"}
"""Stands in a list of authors for those that our copy does not name."""

AND_OTHERS = "Further authors are not named here."
"""What a format says that has no word for them."""

BIBTEX_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "report": "techreport",
}
BIBTEX_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
RIS_TYPES = {
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "report": "RPRT",
    "webpage": "ELEC",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Csl = Mapping[str, Any]


def formatted(sources: Sequence[Source], form: str, style: str | None = None) -> str:
    """Give references as ``text``, ``bibtex``, ``ris`` or ``csl-json``, text in a CSL ``style`` file where one is given; raises as ``as_text``."""
    if form == "csl-json":
        from pydantic_core import to_json

        return to_json(csl_items(sources), indent=2).decode() + "\n"
    if form == "text":
        lines = [source.reference for source in sources] if style is None else as_text(sources, style)
        return "".join(f"{line}\n" for line in lines)
    return bibtex(sources) if form == "bibtex" else ris(sources)


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


def csl_items(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Give the bare array of CSL-JSON items that reference managers take; authors left out are told in the note."""
    items = []
    for source in sources:
        item = dict(source.csl)
        if OTHERS in item.get("author", ()):
            item |= {"author": _named(item), "note": AND_OTHERS}
        items.append(item)
    return items


def _named(csl: Csl) -> list[Any]:
    return [name for name in csl.get("author", ()) if name != OTHERS]


def date_parts(csl: Csl, name: str) -> list[int]:
    """Give year, month and day of a CSL date, as far as they are known."""
    parts = csl.get(name, {}).get("date-parts", [[]])[0]
    return [int(part) for part in parts]


def pages(csl: Csl) -> tuple[str, str]:
    """Give the first and the last page; the last is empty where there is one page, or none."""
    first, _, last = str(csl.get("page", "")).replace("–", "-").partition("-")
    return first, last


def bibtex(sources: Sequence[Source]) -> str:
    """Give BibTeX entries, their ids as keys; capitals inside titles are protected by braces."""
    from pybtex.database import BibliographyData, Entry, Person

    database = BibliographyData()
    for source in sources:
        csl = source.csl
        first, last = pages(csl)
        issued, accessed = date_parts(csl, "issued"), date_parts(csl, "accessed")
        kind = BIBTEX_TYPES.get(csl["type"], "misc")
        fields = {
            "title": protected(csl["title"]),
            BIBTEX_CONTAINER.get(kind, "howpublished"): csl.get("container-title"),
            "year": str(issued[0]) if issued else None,
            "month": MONTHS[issued[1] - 1] if len(issued) > 1 else None,
            "volume": csl.get("volume"),
            "number": csl.get("issue") or csl.get("number"),
            "pages": f"{first}--{last}" if last else first,
            "edition": csl.get("edition"),
            "publisher": csl.get("publisher"),
            "address": csl.get("publisher-place"),
            "isbn": csl.get("ISBN"),
            "language": csl.get("language"),
            "doi": csl.get("DOI"),
            "pmid": csl.get("PMID"),
            "pmcid": csl.get("PMCID"),
            "url": csl.get("URL"),
            "urldate": "-".join(f"{part:02d}" for part in accessed),
        }
        people = {
            role: [Person(_bibtex_name(name)) for name in csl[role]] for role in ("author", "editor") if csl.get(role)
        }
        database.add_entry(source.id, Entry(kind, {k: str(v) for k, v in fields.items() if v}, people))
    # A DOI and an address are verbatim fields: of their characters only TeX's comment sign is escaped.
    text = str(database.to_string("bibtex"))
    verbatim = re.compile(r"^    (?:doi|url) = .*$", re.MULTILINE)
    return verbatim.sub(lambda line: re.sub(r"\\([^%])", r"\1", line.group()), text)


def protected(title: str) -> str:
    """Put braces around words whose capitals a bibliography style would lose (``VHL``, ``pNETs``)."""
    return re.sub(r"[^\s()\[\],:;]*[A-Za-z0-9-][A-Z][^\s()\[\],:;]*", lambda word: "{" + word.group() + "}", title)


def _bibtex_name(name: Csl) -> str:
    if name == OTHERS:  # BibTeX's own word for et al.
        return "others"
    if "literal" in name:
        return "{" + str(name["literal"]) + "}"
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = f"{particle} {name['family']}" if particle else name["family"]
    if not particle and " " in family:
        family = "{" + family + "}"
    suffix = f", {name['suffix']}" if name.get("suffix") else ""
    return f"{family}{suffix}, {name['given']}" if name.get("given") else family


def ris(sources: Sequence[Source]) -> str:
    """Give RIS records."""
    import rispy

    records = []
    for source in sources:
        csl = source.csl
        first, last = pages(csl)
        issued, accessed = date_parts(csl, "issued"), date_parts(csl, "accessed")
        record = {
            "type_of_reference": RIS_TYPES.get(csl["type"], "GEN"),
            "id": source.id,
            "title": csl["title"],
            "authors": [_ris_name(name) for name in _named(csl)],
            "notes": [AND_OTHERS] if OTHERS in csl.get("author", ()) else [],
            "secondary_authors": [_ris_name(name) for name in csl.get("editor", ())],
            "secondary_title": csl.get("container-title"),
            "year": str(issued[0]) if issued else None,
            "date": "/".join(f"{part:02d}" for part in issued) if issued else None,
            "volume": csl.get("volume"),
            "number": csl.get("issue") or csl.get("number"),
            "start_page": first,
            "end_page": last,
            "edition": csl.get("edition"),
            "publisher": csl.get("publisher"),
            "place_published": csl.get("publisher-place"),
            "doi": csl.get("DOI"),
            "urls": [csl["URL"]] if csl.get("URL") else [],
            "access_date": "/".join(f"{part:02d}" for part in accessed),
            "accession_number": csl.get("PMID"),
            "custom2": csl.get("PMCID"),
            "issn": csl.get("ISBN"),
            "language": csl.get("language"),
        }
        records.append({key: value for key, value in record.items() if value})
    return str(rispy.dumps(records, implementation=_plain_writer()))


def _plain_writer() -> Any:  # noqa: ANN401 - rispy publishes no types
    """Give a writer without the running number before each record, which is no part of RIS."""
    import rispy

    class PlainWriter(rispy.RisWriter):  # type: ignore[misc]
        def set_header(self, count: int) -> str:
            del count
            return ""

    return PlainWriter


def _ris_name(name: Csl) -> str:
    if "literal" in name:
        return str(name["literal"])
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = f"{particle} {name['family']}" if particle else name["family"]
    return ", ".join(part for part in (family, name.get("given"), name.get("suffix")) if part)
