"""References for reference managers: BibTeX, RIS and CSL-JSON; as text they are of ``styles``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pnetref.formats.styles import OTHERS, STYLE, as_text, with_et_al
from pnetref.plain import in_json, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pnetref.models import Source

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

NO_COMMANDS = str.maketrans({"\\": "/", "{": "(", "}": ")"})
"""What stands in BibTeX for the signs of TeX that no escape makes harmless everywhere: no title here has one."""

Csl = Mapping[str, Any]


def formatted(sources: Sequence[Source], form: str, style: str | None = None) -> str:
    """Give references as ``text``, ``bibtex``, ``ris`` or ``csl-json``, text in a CSL ``style`` where one is given.

    A reference that our copy has lost is no work: it is left out of all but our own text. Raises as ``as_text``.
    """
    if form == "text" and style is None:
        return "".join(f"{visible(source.reference)}\n" for source in sources)
    works = [source for source in sources if source.kind != "lost reference"]
    if form == "csl-json":
        from pydantic_core import to_json

        return in_json(to_json(csl_items(works), indent=2).decode() + "\n")
    if form == "text":
        return "".join(f"{visible(line)}\n" for line in as_text(works, STYLE if style is None else style))
    if form == "bibtex":
        return bibtex([_with(work, lambda text: visible(text).translate(NO_COMMANDS)) for work in works])
    return ris([_with(work, visible) for work in works])


def _with(source: Source, shown: Callable[[str], str]) -> Source:
    """Give a source whose bibliographic record has each of its texts as ``shown`` gives it."""

    def told(value: Any) -> Any:  # noqa: ANN401 - a part of CSL-JSON
        if isinstance(value, dict):
            return {key: told(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [told(part) for part in value]
        return shown(value) if isinstance(value, str) else value

    return source.model_copy(update={"csl": told(source.csl)})


def csl_items(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Give the bare array of CSL-JSON items that reference managers take; authors left out are "et al.", and told in the note."""
    items = []
    for source in sources:
        item = dict(source.csl)
        if OTHERS in item.get("author", ()):
            item |= {"author": with_et_al(item["author"]), "note": AND_OTHERS}
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
    """Give BibTeX entries that BibTeX and biblatex know, their ids as keys; a month is a macro, a DOI or an address verbatim."""
    from pybtex.database import BibliographyData, Entry, Person

    database = BibliographyData()
    for source in sources:
        csl = source.csl
        first, last = pages(csl)
        issued, accessed = date_parts(csl, "issued"), date_parts(csl, "accessed")
        kind = _bibtex_kind(csl)
        container = csl.get("container-title")
        fields = {
            "key": None if csl.get("author") else _one_name(csl.get("publisher") or csl["title"]),  # to sort by
            "title": protected(csl["title"]),
            BIBTEX_CONTAINER.get(kind, "journal" if csl.get("volume") else "booktitle"): container,
            "year": str(issued[0]) if issued else None,
            "month": MONTHS[issued[1] - 1] if len(issued) > 1 else None,
            "volume": csl.get("volume"),
            "eid" if kind in ("inproceedings", "incollection", "book") else "number": csl.get("issue")
            or csl.get("number"),
            "pages": f"{first}--{last}" if last else first,
            "edition": csl.get("edition"),
            {"techreport": "institution", "misc": "howpublished"}.get(kind, "publisher"): _one_name(
                csl.get("publisher")
            ),
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
    text = str(database.to_string("bibtex"))
    text = re.sub(r'^    month = "(\w+)"', r"    month = \1", text, flags=re.MULTILINE)
    verbatim = re.compile(r"^    (?:doi|url) = .*$", re.MULTILINE)
    return verbatim.sub(_verbatim, text)


def _verbatim(line: re.Match[str]) -> str:
    """Give the line of a verbatim field without escapes, in braces: between quotes pandoc takes % for a comment."""
    plain = re.sub(r"\\([#$%&_{}~^])", r"\1", line.group())
    return re.sub(r'= "(.*)"(,?)$', r"= {\1}\2", plain)


def _bibtex_kind(csl: Csl) -> str:
    """Give an entry type whose required fields are there: what lacks one is ``misc``, which requires none."""
    kind = BIBTEX_TYPES.get(csl["type"], "misc")
    if kind == "inproceedings" and csl.get("volume"):  # an abstract in the volume of a journal
        kind = "article"
    needed = {
        "article": ("author", "container-title", "issued"),
        "inproceedings": ("author", "container-title", "issued"),
        "incollection": ("author", "container-title", "publisher", "issued"),
        "techreport": ("author", "publisher", "issued"),
        "book": ("author", "publisher", "issued"),
    }
    return kind if all(csl.get(field) for field in needed.get(kind, ())) else "misc"


def _one_name(publisher: str | None) -> str | None:
    """Keep a publisher in one piece: "and" divides a list of them."""
    return f"{{{publisher}}}" if publisher and re.search(r"\band\b", publisher) else publisher


PROPER = re.compile(
    r"\b(?:Japan\w*|Ital\w+|German\w*|Dutch|French|France|Chinese|China|Korea\w*|Spanish|Spain|Swiss|Nordic|Scandinavian|"
    r"Europe\w*|America\w*|Austral\w+|Canad\w+|Britain|British|English|England|Wales|Welsh|Scot\w+|Irish|Ireland|"
    r"Whipple\w*|Zollinger|Ellison|Hippel|Lindau|Merkel|Dutch|Kaplan|Meier|Lutetium Lu|Lu|Clostridium|Hodgkin\w*)\b"
)
"""Names that keep their capital in every title: of countries and people."""


def protected(title: str) -> str:
    """Put braces around words whose capitals a bibliography style would lose (``VHL``, ``177Lu``, ``Japanese``).

    In a title that is no headline every capital behind the first word of a sentence is one that is meant.
    """
    words = re.findall(r"(?<=\s)\(?[A-Za-z][a-z]{3,}", title)
    headline = sum(word.lstrip("(")[0].isupper() for word in words) * 2 > len(words)
    kept = re.sub(r"[^\s()\[\],:;]*[A-Za-z0-9-][A-Z][^\s()\[\],:;]*", lambda word: "{" + word.group() + "}", title)
    kept = re.sub(rf"(?<![{{\w-]){PROPER.pattern}(?![\w}}])", lambda word: "{" + word.group() + "}", kept)
    if headline:
        return kept
    pieces = re.split(r"(\{[^{}]*\})", kept)
    for index in range(0, len(pieces), 2):
        before = "".join(pieces[:index])[-2:]
        pieces[index] = re.sub(
            r"(?<=[a-z0-9,)}\]] )(\(?)([A-Z][a-z]+(?:-[A-Za-z]+)*)", r"\1{\2}", before + pieces[index]
        )[len(before) :]
    return "".join(pieces)


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
    if "literal" in name:  # a comma would end a family name
        return str(name["literal"]).replace(",", "")
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    family = f"{particle} {name['family']}" if particle else name["family"]
    return ", ".join(part for part in (family, name.get("given"), name.get("suffix")) if part)
