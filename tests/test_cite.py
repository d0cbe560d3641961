"""References: what goes out comes back the same, read by other programs."""

import json
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from pybtex.database import parse_string

from pnetref.dataset import Dataset
from pnetref.formats.bibliography import AND_OTHERS, OTHERS, STYLE, bibtex, date_parts, pages, protected, ris
from pnetref.models import Source

from .conftest import Run


def people(csl: dict[str, Any], role: str) -> list[str]:
    """Give the names of a role as plain words, without order of family and given, and without those left out."""
    found = []
    for name in csl.get(role, ()):
        if name == OTHERS:
            continue
        parts = [name.get(key) for key in ("literal", "non-dropping-particle", "family", "given", "suffix")]
        found.append(letters(" ".join(part for part in parts if part)))
    return found


def letters(text: str) -> str:
    """Give the sorted letters of a name, however it is punctuated and ordered."""
    return "".join(sorted(re.findall(r"\w", text.casefold())))


def plain(text: str) -> str:
    """Give text without the braces that protect capitals, dashes and quotes as BibTeX writes them."""
    bare = re.sub(r"[{}]", "", text).replace("–", "--").replace("’", "'")
    return " ".join(bare.replace("\\&", "&").replace("\\%", "%").replace("\\_", "_").split())


HARD = Source(
    id="hard-1996",
    kind="article",
    publisher="Example",
    csl={
        "id": "hard-1996",
        "type": "article-journal",
        "title": "VHL & NETs: 50% of {pNETs}_a study in Zürich",
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"family": "Öberg", "given": "K. E."},
            {"literal": "National Institute for Health and Care Excellence"},
            {"family": "de Herder", "given": "W. W."},
        ],
        "container-title": "Baillière's Clin Gastroenterol & More",
        "issued": {"date-parts": [[1996, 12]]},
        "volume": "10",
        "issue": "4",
        "page": "697-705",
        "DOI": "10.1016/s0950-3528(96)90019-6",
    },
)


@pytest.fixture
def sources(data: Dataset) -> list[Source]:
    return [*data.sources.values(), HARD]


def test_bibtex_comes_back_equal_in_two_parsers(sources: list[Source]) -> None:
    """Every reference goes out as BibTeX and comes back with its people, title, year, volume, issue, pages, DOI."""
    text = bibtex(sources)
    theirs = parse_string(text, "bibtex").entries
    library = bibtexparser.entrypoint.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    others = library.entries_dict
    for source in sources:
        csl, entry, other = source.csl, theirs[source.id], others[source.id]
        wanted = {"volume": csl.get("volume"), "number": csl.get("issue"), "doi": csl.get("DOI")}
        issued = date_parts(csl, "issued")
        wanted["year"] = str(issued[0]) if issued else None
        first, last = pages(csl)
        wanted["pages"] = (f"{first}--{last}" if last else first) or None
        for field, value in wanted.items():
            if value is not None:
                assert plain(entry.fields[field]) == value
                assert plain(other[field]) == value
        title = plain(csl["title"])
        assert plain(entry.fields["title"]).replace("\\", "") == title
        assert plain(other["title"]) == title
        for role in ("author", "editor"):
            persons = [str(person) for person in entry.persons.get(role, [])]
            assert ("others" in persons) is (OTHERS in csl.get(role, ()))
            assert [letters(plain(person)) for person in persons if person != "others"] == people(csl, role)


def test_capitals_inside_titles_are_protected() -> None:
    """A style that lowers titles keeps VHL, pNETs and 177Lu-Dotatate as they are."""
    assert protected("Belzutifan in VHL and pNETs") == "Belzutifan in {VHL} and {pNETs}"


def test_ris_comes_back_equal(sources: list[Source]) -> None:
    """Every reference goes out as RIS and comes back with its people, title, year, volume, issue, pages, DOI."""
    for source, entry in zip(sources, rispy.loads(ris(sources)), strict=True):
        csl = source.csl
        assert entry["title"] == csl["title"]
        assert [letters(name) for name in entry.get("authors", [])] == people(csl, "author")
        assert bool(entry.get("notes")) is (OTHERS in csl.get("author", ()))
        assert [letters(name) for name in entry.get("secondary_authors", [])] == people(csl, "editor")
        for field, key in (("doi", "DOI"), ("volume", "volume")):
            assert entry.get(field) == csl.get(key)
        assert entry.get("number") == csl.get("issue", csl.get("number"))
        first, last = pages(csl)
        assert (entry.get("start_page", ""), entry.get("end_page", "")) == (first, last)
        issued = date_parts(csl, "issued")
        assert entry.get("year") == (str(issued[0]) if issued else None)


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_pandoc_reads_the_same(sources: list[Source], form: str) -> None:
    """What goes out comes back from pandoc with its people, title, year, volume, issue, pages and DOI."""
    known = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, encoding="utf-8", check=True)
    if form not in known.stdout.split():
        pytest.skip(f"this pandoc does not read {form}")
    text = bibtex(sources) if form == "bibtex" else ris(sources)
    ran = subprocess.run(
        ["pandoc", "--from", form, "--to", "csljson"], input=text, capture_output=True, encoding="utf-8", check=True
    )
    for source, item in zip(sources, json.loads(ran.stdout), strict=True):
        csl = source.csl
        title = plain(re.sub(r"<[^>]+>", "", item["title"]))
        assert title.casefold() == plain(csl["title"]).casefold(), source.id
        # pandoc lowers the capitals of a title as styles do; what is protected stays.
        kept = re.findall(r"\{([^{}]+)\}", protected(csl["title"]))
        assert all(word in title for word in kept), source.id
        if csl["type"] in ("article-journal", "chapter"):
            for field in ("volume", "issue", "DOI"):
                assert item.get(field) == csl.get(field), (source.id, field)
            assert pages(item) == pages(csl), source.id
        issued = date_parts(csl, "issued")
        if issued:
            assert date_parts(item, "issued")[0] == issued[0], source.id
        found = [letters(" ".join(str(part) for part in name.values())) for name in item.get("author", [])]
        assert [name for name in found if name != letters("others")] == people(csl, "author"), source.id


def test_csl_json_is_the_stored_form(run: Run, data: Dataset) -> None:
    """`--format csl-json` is the bare array of the stored items."""
    items = json.loads(run("cite", "acs-targeted-2025", "raymond-2011", "--format", "csl-json").out)
    assert items == [data.sources[key].csl for key in ("acs-targeted-2025", "raymond-2011")]


@pytest.mark.parametrize("form", ["csl-json", "ris", "bibtex", "text"])
def test_authors_that_are_left_out_become_no_author(run: Run, form: str) -> None:
    """No reader takes "others" for a name: BibTeX has the word, the other formats tell it in theirs."""
    out = run("cite", "hauser-2019", "--format", form).out
    told = {"bibtex": "and others", "text": "et al."}.get(form, AND_OTHERS)
    assert told in out
    assert form == "bibtex" or "others" not in out.replace(AND_OTHERS, "")


def test_text_holds_author_title_year_and_doi_of_every_reference(data: Dataset) -> None:
    """The formatted reference names who wrote it, what, when, and where it is found."""
    for source in data.sources.values():
        first = source.csl.get("author", [{}])[0]
        name = first.get("literal") or first.get("family") or source.csl.get("publisher", "")
        assert name in source.reference
        assert source.csl["title"].split(":")[0][:40] in source.reference
        issued = date_parts(source.csl, "issued")
        assert not issued or str(issued[0]) in source.reference
        assert source.csl.get("DOI", "") in source.reference


def test_web_pages_cite_their_revision_and_the_day_they_were_read(data: Dataset) -> None:
    """A page that changes is cited as of its last revision and the day it was read."""
    for key in ("acs-targeted-2025", "cruk-targeted-2021", "sharecare-nets-2025"):
        source = data.sources[key]
        assert source.read
        assert f"Read {source.read}" in source.reference
        assert str(source.revised or source.reviewed) in source.reference


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("10.1016/s0950-3528(96)90019-6", "frankton-1996"),
        ("9113318", "frankton-1996"),
        ("PMC7403797", "mpilla-2020"),
        ("Raymond-2011", "raymond-2011"),
    ],
)
def test_identifiers_find_their_reference(run: Run, typed: str, found: str) -> None:
    """A DOI with parentheses, a PMID, a PMCID and an id open the reference."""
    assert [entry["id"] for entry in json.loads(run("cite", typed, "--json").out)["references"]] == [found]


def test_the_sources_of_one_fact_come_with_their_place(run: Run) -> None:
    """`--field` and `--effect` give the sources of that fact, and where in them it stands."""
    by_field = json.loads(run("cite", "sunitinib", "--field", "food", "--json").out)["references"]
    assert ("cruk-targeted-2021", ["Sunitinib"]) in [(entry["id"], entry["at"]) for entry in by_field]
    assert "acs-targeted-2025" not in [entry["id"] for entry in by_field]
    by_effect = json.loads(run("cite", "cabozantinib", "--effect", "tired", "--json").out)["references"]
    assert ("acs-targeted-2025", ["Cabozantinib (Cabometyx) for pNETs"]) in [(e["id"], e["at"]) for e in by_effect]


def test_every_source_is_listed_with_its_state(run: Run) -> None:
    """The list marks what is overdue, what is superseded in part and by what, and what was never read."""
    listed = {entry["id"]: entry for entry in json.loads(run("cite", "--json").out)["references"]}
    assert listed["cruk-targeted-2021"]["state"] == "overdue"
    assert [newer["source"] for newer in listed["acs-treating-2024"]["superseded_by"]] == ["acs-targeted-2025"]
    screen = run("cite").out
    assert re.search(r"^  cruk-targeted-2021  2021-03-18  overdue$", screen, re.MULTILINE)
    assert "overdue for review since 2024-03-19" in run("cite", "cruk-targeted-2021").out
    assert "superseded by acs-targeted-2025" in screen
    assert "never read here" in screen


def test_works_that_a_source_lists(run: Run) -> None:
    """`--listed` gives the works that a source lists, among them those never read here."""
    found = {
        entry["id"] for entry in json.loads(run("cite", "acs-targeted-2025", "--listed", "--json").out)["references"]
    }
    assert {"raymond-2011", "jonasch-2021", "pelle-2022"} <= found


def test_output_never_replaces_a_file_without_force(run: Run, tmp_path: Path) -> None:
    """A file that is there stays as it is until `--force` is given."""
    path = tmp_path / "refs.bib"
    path.write_text("mine", encoding="utf-8")
    refused = run("cite", "sunitinib", "--format", "bibtex", "--output", str(path))
    assert refused.code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("cite", "sunitinib", "--format", "bibtex", "--output", str(path), "--force").code == 0
    assert "@" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_output_to_a_pipe_goes_through_it(run: Run, tmp_path: Path) -> None:
    """A pipe or a device is written to, and not replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    assert run("cite", "raymond-2011", "--format", "ris", "--output", str(pipe), "--force").code == 0
    reader.join(timeout=20)
    assert read[0].startswith("TY  - JOUR")
    assert pipe.is_fifo()


def test_a_style_of_the_user_s_own(run: Run, tmp_path: Path) -> None:
    """`--style` takes any CSL file; what is none is refused in one line."""
    assert run("cite", "raymond-2011", "--style", STYLE).out.startswith("Raymond")
    bad = tmp_path / "bad.csl"
    bad.write_text("no style", encoding="utf-8")
    for path in (bad, tmp_path / "missing.csl"):
        refused = run("cite", "raymond-2011", "--style", str(path))
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.count("\n") == 1


STYLE_START = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
STYLES = {
    "dependent": '<info><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info>',
    "no bibliography": '<citation><layout><text variable="title"/></layout></citation>',
    "unknown macro": '<citation><layout><text macro="a"/></layout></citation><bibliography><layout><text macro="a"/></layout></bibliography>',
    "prints nothing": '<citation><layout><text variable="DOI"/></layout></citation><bibliography><layout><text variable="DOI"/></layout></bibliography>',
}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_that_cannot_print_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    """Whatever is wrong with a style, one line says so, and nothing half-made is printed."""
    path = tmp_path / "style.csl"
    path.write_text(f"{STYLE_START}{STYLES[name]}</style>", encoding="utf-8")
    ran = run("cite", "acs-targeted-2025", "--style", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "style.csl" in ran.err
