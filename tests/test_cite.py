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
from pybtex import PybtexEngine
from pybtex.database import parse_string

from pnetref.dataset import Dataset
from pnetref.formats.bibliography import AND_OTHERS, bibtex, csl_items, date_parts, formatted, pages, protected, ris
from pnetref.formats.styles import OTHERS, STYLE, as_text
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
    bare = re.sub(r"[{}]", "", text).replace("–", "--").replace("’", "'").replace("“", '"').replace("”", '"')
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
    return [*(source for source in data.sources.values() if source.kind != "lost reference"), HARD]


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


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Belzutifan in VHL and pNETs", "Belzutifan in {VHL} and {pNETs}"),
        ("Everolimus for Advanced Pancreatic Tumors", "Everolimus for Advanced Pancreatic Tumors"),
        ("Real-world use of sunitinib in Japanese patients", "Real-world use of sunitinib in {Japanese} patients"),
        ("Lutetium Lu 177 dotatate (Lutathera)", "{Lutetium Lu} 177 dotatate ({Lutathera})"),
        ("NICE guidance: sunitinib. A summary", "{NICE} guidance: sunitinib. A summary"),
    ],
)
def test_capitals_that_are_meant_are_protected(title: str, kept: str) -> None:
    """A style that lowers titles keeps abbreviations, isotopes, brands and names of countries as they are."""
    assert protected(title) == kept


def test_bibtex_has_what_each_type_requires(sources: list[Source]) -> None:
    """Months are macros, publishers with "and" are one, addresses are as they are, and no required field is missing."""
    text = bibtex(sources)
    assert re.search(r"^    month = feb,$", text, re.MULTILINE)
    assert 'howpublished = "{US Food and Drug Administration}"' in text
    assert "\\%" not in "".join(re.findall(r"^    (?:url|doi) = .*$", text, re.MULTILINE))
    required = {
        "article": ("journal", "year"),
        "inproceedings": ("booktitle", "year"),
        "incollection": ("booktitle", "publisher", "year"),
        "techreport": ("institution", "year"),
    }
    for key, entry in parse_string(text, "bibtex").entries.items():
        for field in required.get(entry.type, ()):
            assert entry.fields.get(field), (key, field)
        assert entry.type == "misc" or entry.persons.get("author"), key
        assert entry.persons.get("author") or entry.fields.get("key"), key


@pytest.mark.parametrize("program", ["bibtex", pytest.param("biber", marks=pytest.mark.long)])
def test_bibtex_and_biber_have_nothing_to_warn_of(sources: list[Source], tmp_path: Path, program: str) -> None:
    """The whole of `cite` goes through BibTeX's plain style and through biber without a warning."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    (tmp_path / "all.bib").write_text(bibtex(sources), encoding="utf-8")
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{all}\n", encoding="utf-8")
    call = ["bibtex", "all"] if program == "bibtex" else ["biber", "--tool", "all.bib"]
    ran = subprocess.run(call, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    said = ran.stdout + ran.stderr
    if "couldn't open style file" in said:
        pytest.skip("BibTeX has no plain style here")
    assert not re.findall(r"(?i)^.*\bwarn.*$", said, re.MULTILINE), said[:2000]
    assert ran.returncode == 0, said[:2000]


@pytest.mark.long
def test_pybtex_formats_every_entry(sources: list[Source]) -> None:
    """None of them lacks a field that pybtex's plain style cannot do without."""
    text = PybtexEngine().format_from_string(bibtex(sources), style="plain", output_backend="plaintext")
    assert len(text.strip().splitlines()) == len(sources)


def test_a_reference_that_is_lost_is_no_work(data: Dataset) -> None:
    """What our copy of a source has lost goes into no reference manager and no style."""
    lost = [source for source in data.sources.values() if source.kind == "lost reference"]
    assert lost
    assert "PMC6601637" in formatted(lost, "text")
    for form, style in (("bibtex", None), ("ris", None), ("csl-json", None), ("text", STYLE)):
        assert "PMC6601637" not in formatted(lost, form, style)


def test_a_corporate_author_is_one_name(data: Dataset) -> None:
    """In RIS the first comma ends a family name: the name of a company has none."""
    authors = [name for entry in rispy.loads(ris([*data.sources.values()])) for name in entry.get("authors", [])]
    assert "Genentech Inc." in authors


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
@pytest.mark.parametrize("form", ["bibtex", "biblatex", "csljson", "ris"])
def test_pandoc_reads_the_same(sources: list[Source], form: str) -> None:
    """What goes out comes back from pandoc with its people, title, year, volume, issue, pages and DOI."""
    known = subprocess.run(["pandoc", "--list-input-formats"], capture_output=True, encoding="utf-8", check=True)
    if form not in known.stdout.split():
        pytest.skip(f"this pandoc does not read {form}")
    text = ris(sources) if form == "ris" else json.dumps(csl_items(sources)) if form == "csljson" else bibtex(sources)
    ran = subprocess.run(
        ["pandoc", "--from", form, "--to", "csljson"], input=text, capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stderr == ""
    for source, item in zip(sources, json.loads(ran.stdout), strict=True):
        csl = source.csl
        title = plain(re.sub(r"<[^>]+>", "", item["title"]))
        assert title.casefold() == plain(csl["title"]).casefold(), source.id
        # pandoc lowers the capitals of a title as styles do; what is protected stays.
        kept = re.findall(r"\{([^{}]+)\}", protected(csl["title"]))
        assert all(word in title for word in kept), source.id
        if csl.get("publisher") and form != "ris":
            assert plain(str(item.get("publisher", csl["publisher"]))) == plain(csl["publisher"]), source.id
        assert form == "ris" or item.get("URL") in (None, csl.get("URL")), source.id
        if csl["type"] in ("article-journal", "chapter") and csl.get("author"):
            for field in ("volume", "issue", "DOI"):
                assert item.get(field) == csl.get(field), (source.id, field)
            assert pages(item) == pages(csl), source.id
        issued = date_parts(csl, "issued")
        if issued:
            assert date_parts(item, "issued")[0] == issued[0], source.id
        found = [letters(" ".join(str(part) for part in name.values())) for name in item.get("author", [])]
        left_out = (letters("others"), letters("et al."))
        assert [name for name in found if name not in left_out] == people(csl, "author"), source.id


def test_csl_json_is_the_stored_form(run: Run, data: Dataset) -> None:
    """`--format csl-json` is the bare array of the stored items."""
    items = json.loads(run("cite", "acs-targeted-2025", "raymond-2011", "--format", "csl-json").out)
    assert items == [data.sources[key].csl for key in ("acs-targeted-2025", "raymond-2011")]


@pytest.mark.parametrize("form", ["csl-json", "ris", "bibtex", "text"])
def test_authors_that_are_left_out_become_no_author(run: Run, form: str) -> None:
    """No reader takes "others" for a name: BibTeX has the word, the other formats tell it in theirs."""
    out = run("cite", "hauser-2019", "--format", form).out
    told = {"bibtex": "and others", "text": "et al.", "csl-json": '"et al."'}.get(form, AND_OTHERS)
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
NAMES = '<names variable="author"><name initialize-with="" name-as-sort-order="all" sort-separator=" "/><substitute><text variable="title"/></substitute></names>'
TITLED = '<text variable="title"/>'
ISSUED = '<date variable="issued"><date-part name="year"/></date>'
WHERE = (
    '<choose><if variable="DOI"><text variable="DOI" prefix="doi:"/></if><else><text variable="URL"/></else></choose>'
)
TRAITS = {
    "numbered with a blank": f'<citation><layout><text variable="citation-number"/></layout></citation><bibliography second-field-align="flush"><layout><text variable="citation-number" suffix="."/><group delimiter=". ">{NAMES}{TITLED}{ISSUED}{WHERE}</group></layout></bibliography>',
    "numbered in brackets": f'<citation><layout><text variable="citation-number"/></layout></citation><bibliography second-field-align="margin"><layout><text variable="citation-number" prefix="[" suffix="]"/><group delimiter=", ">{NAMES}<text variable="title" quotes="true"/>{ISSUED}{WHERE}</group></layout></bibliography>',
    "author and date": f'<citation disambiguate-add-year-suffix="true"><layout>{NAMES}{ISSUED}</layout></citation><bibliography><sort><key variable="author"/><key variable="issued"/></sort><layout suffix="."><group delimiter=" ">{NAMES}<group prefix="(" suffix=")">{ISSUED}</group>{TITLED}{WHERE}</group></layout></bibliography>',
    "note": f'<citation><layout>{TITLED}</layout></citation><bibliography><layout suffix="."><group delimiter=", ">{NAMES}<text variable="title" quotes="true"/><group prefix="(" suffix=")">{ISSUED}</group>{WHERE}</group></layout></bibliography>',
    "no final period": f'<citation><layout>{TITLED}</layout></citation><bibliography><layout><group delimiter="; ">{NAMES}{TITLED}{ISSUED}{WHERE}</group></layout></bibliography>',
    "dates with blanks": f'<locale xml:lang="en"><date form="text" delimiter=" "><date-part name="year"/><date-part name="month" form="short" strip-periods="true"/><date-part name="day"/></date></locale><citation><layout>{TITLED}</layout></citation><bibliography><layout><group delimiter=". ">{NAMES}{TITLED}<date variable="issued" form="text"/>{WHERE}</group></layout></bibliography>',
}


@pytest.mark.parametrize("trait", TRAITS)
def test_styles_print_every_reference_as_they_say(sources: list[Source], tmp_path: Path, trait: str) -> None:
    """Numbers count from 1, a title stands once, no mark or blank is doubled, addresses are whole, and nothing is None."""
    path = tmp_path / "style.csl"
    path.write_text(f"{STYLE_START}<info><title>{trait}</title></info>{TRAITS[trait]}</style>", encoding="utf-8")
    given = sources[:-1:2]
    lines = as_text(given, str(path))
    assert len(lines) == len(given)
    if trait.startswith("numbered"):
        assert [int(re.match(r"\[?(\d+)[.\]] \S", line)[1]) for line in lines] == list(range(1, len(lines) + 1))  # type: ignore[index]
    whole = "\n".join(lines)
    for line in lines:
        bare = re.sub(r"https?://\S+|doi:\S+", "", line)
        assert not re.search(r"  |,,|;;|\.\.(?!\.)|\. \.|[?!]\.(?!,)|”[.,]|\bNone\b", bare.replace(" , ", "")), line
        assert trait != "dates with blanks" or not re.search(r"\d{4}[A-Z]", bare), line
    for source in given:
        title = str(source.csl["title"])
        if len(title) > 40:
            mine = [line for line in lines if title.casefold() in line.casefold()]
            assert mine, title
            assert all(line.casefold().count(title.casefold()) == 1 for line in mine), mine
        assert source.csl.get("DOI") or source.csl.get("URL", "") in whole
        assert source.csl.get("DOI", "") in whole
    if trait == "author and date":
        cited = [found.group() for line in lines if (found := re.match(r"[^()]* \(\d{4}[a-z]?\)", line))]
        assert len(cited) > 20
        assert len(set(cited)) == len(cited)
    if trait == "no final period":
        assert not any(re.search(r"doi:\S+\.$", line) for line in lines)


def test_a_dependent_style_follows_to_its_parent(run: Run, tmp_path: Path) -> None:
    """It is formatted as the parent that lies beside it says, and without it the parent is named."""
    parent, child = tmp_path / "parent.csl", tmp_path / "child.csl"
    link = '<info><link href="http://www.zotero.org/styles/parent" rel="independent-parent"/></info>'
    child.write_text(f"{STYLE_START}{link}</style>", encoding="utf-8")
    alone = run("cite", "raymond-2011", "--style", str(child))
    assert (alone.code, alone.out) == (2, "")
    assert "parent.csl" in alone.err
    parent.write_text(f"{STYLE_START}{TRAITS['no final period']}</style>", encoding="utf-8")
    assert run("cite", "raymond-2011", "--style", str(child)).out.startswith("Raymond E")


def test_a_style_by_name_needs_the_extra_package(run: Run) -> None:
    """`--style ama` works where the styles are installed, and else one line says what to install."""
    ran = run("cite", "raymond-2011", "yao-2011", "--style", "ama")
    if ran.code:
        assert "pip install 'pnetref[styles]'" in ran.err
    else:
        assert ran.out.splitlines()[1].startswith("2. Yao JC, Shah MH, Ito T, et al. ")


def test_a_format_is_no_style(run: Run) -> None:
    """`--style bibtex` is told that it is a format: a style of that name makes no BibTeX."""
    ran = run("cite", "raymond-2011", "--style", "bibtex")
    assert (ran.code, ran.out) == (2, "")
    assert "--format bibtex" in ran.err


def test_the_primary_paper_comes_first(run: Run) -> None:
    """`cite sunitinib`: the paper of the trial that compares, then labels and regulators, then the rest."""
    found = json.loads(run("cite", "sunitinib", "--json").out)["references"]
    assert found[0]["id"] == "raymond-2011"
    kinds = [entry["kind"] for entry in found]
    official = [
        index for index, kind in enumerate(kinds) if kind in ("label", "regulator notice", "register", "appraisal")
    ]
    assert official == list(range(official[0], official[0] + len(official)))


def test_hundreds_of_ids_at_once(run: Run, data: Dataset) -> None:
    """`xargs pnetref cite` gives as many references as ids."""
    keys = list(data.sources)[:300]
    assert [entry["id"] for entry in json.loads(run("cite", *keys, "--json").out)["references"]] == keys


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
def test_markdown_with_citations_finds_every_reference(run: Run, tmp_path: Path) -> None:
    """Markdown with pandoc's citations and the references of the same answer make a Word file with a bibliography."""
    (tmp_path / "card.md").write_text(
        run("drug", "sunitinib", "--format", "markdown", "--references", "pandoc").out, encoding="utf-8"
    )
    (tmp_path / "refs.json").write_text(run("drug", "sunitinib", "--format", "csl-json").out, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(run("drug", "sunitinib", "--format", "bibtex").out, encoding="utf-8")
    for refs in ("refs.json", "refs.bib"):
        call = ["pandoc", "--citeproc", "--bibliography", refs, "card.md", "-o", "card.docx"]
        ran = subprocess.run(call, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
        assert "not found" not in ran.stderr, ran.stderr[:500]
    text = subprocess.run(
        ["pandoc", "card.docx", "-t", "plain", "--wrap=none"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "Sunitinib Malate for the Treatment of Pancreatic Neuroendocrine Tumors" in text


STYLES = {
    "dependent": '<info><link href="http://www.zotero.org/styles/no-such-style" rel="independent-parent"/></info>',
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
