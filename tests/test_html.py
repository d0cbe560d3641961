"""The page of an answer, on a phone, on a desktop and on paper: read by a parser that complains, and by a browser."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from pnetref.answers.envelope import enveloped
from pnetref.answers.treatment import treatment
from pnetref.dataset import Dataset
from pnetref.formats import html
from pnetref.page import Bars, everything
from pnetref.screens import page_of
from pnetref.screens.context import Look

from .conftest import DAY, Run

PAGES = [
    ("drug", "sunitinib"),
    ("drug", "captem"),
    ("drug", "sunitinib", "food"),
    ("drug",),
    ("compare", "prrt", "chemotherapy", "whipple"),
    ("compare", "belzutifan", "octreotide"),
    ("side-effects", "belzutifan"),
    ("side-effects", "sunitinib", "serious"),
    ("side-effects", "mouth sores"),
    ("side-effects", "sunitinib", "fatigue"),
    ("cite", "belzutifan"),
    ("treatment", "whipple"),
    ("treatment", "--for", "insulinoma"),
    ("guide",),
    ("guide", "factors"),
    ("guide", "questions", "zortress"),
    ("search", "grapefruit"),
    ("search", "wound healing"),
    ("trial", "radiant-3"),
    ("trial", "netter-1"),
]
SVG = "{http://www.w3.org/2000/svg}"
WRITTEN: dict[tuple[str, ...], tuple[str, Any]] = {}


def page(run: Run, *arguments: str) -> tuple[str, Any]:
    """Give the page of an answer as text and as a tree; one that no parser complains of, each read once."""
    if arguments not in WRITTEN:
        ran = run(*arguments, "--format", "html")
        assert (ran.code, ran.err) == (0, "")
        WRITTEN[arguments] = (ran.out, read(ran.out))
    return WRITTEN[arguments]


def read(text: str) -> Any:
    """Read a page as a browser does; any error is raised."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(element: Element) -> str:
    """Give the text of a part of a page, its blanks alike."""
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


def check(tree: Any) -> None:
    """Hold what is true of every page: nothing loaded or run, links that lead somewhere, headings in order, named tables."""
    elements = list(tree.iter())
    assert not {"script", "img", "link", "iframe", "object", "base"} & {element.tag for element in elements}
    for element in elements:
        assert not any(name in ("src", "style", "srcset") or name.startswith("on") for name in element.attrib)
    style = "".join(element.text for element in elements if element.tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in elements:
        for name in ("aria-labelledby", "for"):
            assert element.get(name) is None or element.get(name) in ids
    for link in tree.iter("a"):
        goal = link.get("href")
        assert goal[1:] in ids if goal.startswith("#") else goal.startswith(("https://", "http://")), goal
        assert words(link)
    levels = [int(element.tag[1]) for element in elements if element.tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))
    for table in tree.iter("table"):
        assert table.find("caption") is not None or table.get("aria-labelledby")
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
        assert all(row.find("th") is not None for part in table.iter("tbody") for row in part.iter("tr"))
        columns = {len(list(row)) for row in table.iter("tr")}
        assert len(columns) == 1
    for drawing in tree.iter(f"{SVG}svg"):
        assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and drawing.get("aria-label"))
    assert [len(list(tree.iter(tag))) for tag in ("main", "footer")] == [1, 1]
    assert tree.get("lang") == "en"


@pytest.mark.parametrize("arguments", PAGES, ids=" ".join)
def test_a_page_is_whole_and_loads_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    """No parser complains of a page; it loads and runs nothing, its links have goals, its headings and tables their order."""
    check(page(run, *arguments)[1])


@pytest.mark.parametrize("references", ["ids", "off"])
def test_a_page_is_whole_with_other_marks(run: Run, references: str) -> None:
    """With ids for marks, or none, a page is as whole; without references nothing points at them."""
    text = run("--references", references, "drug", "belzutifan", "--format", "html").out
    check(read(text))
    assert ('href="#r' in text) == (references == "ids")


@pytest.mark.long
def test_every_treatment_has_a_whole_page(data: Dataset) -> None:
    """The page of each treatment is held to the same."""
    for key in data.treatments:
        answer = treatment(data, [key])
        check(read(html.render(page_of(answer.kind, enveloped(answer, DAY), Look()), references="numbered")))


# --- what stands on it -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["belzutifan", "captem", "whipple", "prrt"])
def test_nothing_of_the_answer_is_lost(data: Dataset, name: str) -> None:
    """Every text of the glance and of the whole card, every label, and every arm of a trial stands on the page."""
    answer = treatment(data, [name])
    whole = enveloped(answer, DAY)
    composed = page_of(answer.kind, whole, Look())
    shown = words(read(html.render(composed, references="numbered")))
    card = page_of(answer.kind, {**whole, "selected": ["all"]}, Look(), first=True)
    first = page_of(answer.kind, whole, Look(), first=True)
    said = [*everything(card.blocks), *everything([first.blocks[1:-1]]), *everything(composed.blocks)]
    assert [one.text for one in said if " ".join(one.text.split()) not in shown] == []
    assert all(bar.words in shown for block in composed.blocks if isinstance(block, Bars) for bar in block.bars)


def test_the_glance_stands_first(run: Run) -> None:
    """A page opens with its first screen, the boxed warning framed; then come the contents, the questions and the whole."""
    _, tree = page(run, "drug", "sunitinib")
    titles = [words(heading) for heading in tree.iter("h2")]
    assert titles[:4] == ["At a glance", "On this page", "Questions to take along", "In full"]
    framed = [words(row) for row in tree.iter("tr") if row.get("class") == "boxed"]
    assert len(framed) == 1
    assert framed[0].startswith("BOXED (US)")
    listed = [words(link) for nav in tree.iter("nav") for link in nav.iter("a")]
    assert listed == [title for title in titles if title != "On this page"]


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_part_is_that_part_alone(run: Run, form: str) -> None:
    """Where a part was asked for, it stands alone; `all` is the whole with its glance."""
    out = run("drug", "sunitinib", "food", "--format", form).out
    assert "At a glance" not in out
    assert "Questions to take along" not in out
    whole = run("drug", "prrt", "--format", form).out
    assert "At a glance" in whole
    assert run("drug", "prrt", "all", "--format", form).out == whole


@pytest.mark.parametrize(("form", "signed"), [("html", '°<span class="unseen"> (said of'), ("markdown", "\\]°")])
def test_the_sign_of_a_wider_scope_is_not_lost(run: Run, form: str, signed: str) -> None:
    """What the glance says of more than pNET carries its sign, and the page says what it means."""
    out = run("drug", "sunitinib", "--format", form).out
    assert signed in out
    assert "° said of more than pNET" in out


@pytest.mark.parametrize(("command", "name"), [("drug", "sunitinib"), ("drug", "captem"), ("treatment", "whipple")])
def test_the_questions_are_there_to_tick(run: Run, command: str, name: str) -> None:
    """The page has the questions of `guide questions`, each with a box of its own."""
    _, tree = page(run, command, name)
    labels = {label.get("for"): words(label) for label in tree.iter("label")}
    boxes = [box.get("id") for box in tree.iter("input") if box.get("type") == "checkbox"]
    asked = json.loads(run("guide", "questions", name, "--json").out)["questions"]
    assert sorted(labels[box] for box in boxes) == sorted(" ".join(question["text"].split()) for question in asked)


def test_marks_lead_to_references_and_back(run: Run) -> None:
    """Each place under a reference leads back to a mark that leads to that very place."""
    _, tree = page(run, "drug", "sunitinib")
    marks = {mark.get("id"): mark for mark in tree.iter("a") if mark.get("class") == "mark" and mark.get("id")}
    back = [link.get("href")[1:] for link in tree.iter("a") if link.get("href").startswith("#m")]
    assert sorted(back) == sorted(marks)
    assert all(mark.get("href") == f"#r{key[1:]}" for key, mark in marks.items())


def test_a_result_is_drawn_with_its_interval(run: Run) -> None:
    """Each arm is a picture that its words name; an arm that was not reached is hollow; no hazard ratio is drawn."""
    _, tree = page(run, "trial", "netter-1")
    drawn = [drawing for drawing in tree.iter(f"{SVG}svg") if drawing.get("role") == "img"]
    names = [drawing.get("aria-label") for drawing in drawn]
    assert any("65.2% (95% interval 50 to 76.8)" in name for name in names)
    for drawing, name in zip(drawn, names, strict=True):
        kinds = [part.get("class") for part in drawing.iter(f"{SVG}circle")]
        assert kinds == ["hollow" if ": not reached" in name else "dot"]
        assert "azard" not in name
    first = next(drawing for drawing in drawn if "65.2%" in drawing.get("aria-label", ""))
    line = next(part for part in first.iter(f"{SVG}line") if part.get("class") == "line")
    assert (line.get("x1"), line.get("x2")) == ("50%", "76.8%")
    assert "Hazard ratio 0.21" in words(tree)


def charts(run: Run, *arguments: str) -> Iterator[tuple[list[Any], Any, str]]:
    """Give each result that is drawn: the pictures of its arms, that of its scale, and what is said of them."""
    for table in page(run, *arguments)[1].iter("table"):
        if table.get("class") == "bars" and table.find("tfoot") is not None:
            *arms, scale = table.iter(f"{SVG}svg")
            yield arms, scale, next(words(cell) for cell in table.iter("td") if cell.get("class") == "legend")


def test_what_was_not_reached_stands_beyond_the_scale(run: Run) -> None:
    """A hollow dot is on no number: the scale and every value end well before it; elsewhere the scale is as wide as it can be."""
    kinds = set()
    for arms, scale, _ in (*charts(run, "trial", "netter-1"), *charts(run, "trial", "radiant-3")):
        end = max(float(line.get("x2").rstrip("%")) for line in scale.iter(f"{SVG}line"))
        hollow = [dot for arm in arms for dot in arm.iter(f"{SVG}circle") if dot.get("class") == "hollow"]
        values = [dot for arm in arms for dot in arm.iter(f"{SVG}circle") if dot.get("class") == "dot"]
        open_end = [line for arm in arms for line in arm.iter(f"{SVG}line") if line.get("class") == "beyond"]
        assert all(float(dot.get("cx").rstrip("%")) >= end + 8 for dot in hollow)
        assert all(float(dot.get("cx").rstrip("%")) <= end for dot in values)
        assert all(float(line.get("x2").rstrip("%")) > end for line in open_end)
        assert (end == 100) == (not hollow and not open_end)
        kinds.add(bool(hollow))
    assert kinds == {True, False}


@pytest.mark.parametrize("name", ["netter-1", "radiant-3"])
def test_each_chart_says_its_unit_and_what_it_draws(run: Run, name: str) -> None:
    """Every scale has its unit, and every sign of a chart, and no other, is explained under that chart."""
    found = list(charts(run, "trial", name))
    assert len(found) > 2
    for arms, scale, meant in found:
        unit = [text.text for text in scale.iter(f"{SVG}text")][-1]
        assert unit in ("months", "%")
        assert all(unit in arm.get("aria-label") or "not reached" in arm.get("aria-label") for arm in arms)
        kinds = {part.get("class") for arm in arms for part in arm.iter()}
        for kind, told in {
            "dot": "dot: the v",
            "line": "line: the i",
            "hollow": "hollow dot",
            "beyond": "broken",
        }.items():
            assert (kind in kinds) == (told in meant), (kind, meant)


def test_an_address_is_a_link(run: Run) -> None:
    """A DOI and an address are links, in references and in `cite`."""
    for arguments in (("drug", "sunitinib"), ("cite", "sunitinib")):
        goals = [link.get("href") for link in page(run, *arguments)[1].iter("a")]
        assert "https://doi.org/10.1056/NEJMoa1003825" in goals
        assert "https://www.nice.org.uk/guidance/ta449" in goals


def test_the_foot_says_how_old_the_page_is(run: Run, data: Dataset) -> None:
    """The notice, the version of the data and the day that states are of stand at the end; old data says so."""
    foot = words(next(page(run, "drug", "sunitinib")[1].iter("footer")))
    assert data.manifest.notice in foot
    assert f"Data of {data.manifest.data_version}, states of sources as of {DAY}." in foot
    assert "more than 12 months old" in run("guide", "--as-of", "2028-01-01", "--format", "html").out


def test_no_text_of_an_answer_is_markup(run: Run) -> None:
    """What a person types comes out as text, in the title and in the margins of a print too."""
    out = run("search", "<script>alert(1)</script> sunitinib", "--format", "html").out
    check(read(out))


# --- its style ---------------------------------------------------------------------------------


def luminance(color: str) -> float:
    """Give the relative luminance of ``#rrggbb``, as WCAG defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_color_of_text_stands_out() -> None:
    """Text is at least 4.5 times as bright as what is behind it, or as dark, by day, by night and on paper; others 1.5."""
    style = Path(html.STYLE).read_text(encoding="utf-8")
    palettes = [dict(re.findall(r"--(\w+): (#\w{6});", root)) for root in re.findall(r":root \{([^}]*)\}", style)]
    assert len(palettes) == 3
    outside = re.sub(r":root \{[^}]*\}", "", style)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgba?\(|hsl", outside)
    for palette in palettes:
        for front in ("ink", "soft", "link"):
            for behind in ("paper", "wash"):
                bright, dark = sorted((luminance(palette[front]), luminance(palette[behind])), reverse=True)
                assert (bright + 0.05) / (dark + 0.05) >= 4.5, (front, behind)
    on_paper = palettes[-1]
    assert all(color[1:3] == color[3:5] == color[5:7] for color in on_paper.values())


# --- in a browser ------------------------------------------------------------------------------

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    "--enable-logging=stderr",
    "--v=0",
    "--virtual-time-budget=5000",
    "--dump-dom",
)
LOOKED_AT = [
    ("drug", "sunitinib"),
    ("drug", "captem"),
    ("drug",),
    ("compare", "belzutifan", "octreotide"),
    ("side-effects", "mouth sores"),
    ("cite", "belzutifan"),
    ("treatment", "whipple"),
    ("search", "grapefruit"),
    ("trial", "netter-1"),
]
LOOK = """
const seen = [];
addEventListener("load", () => {
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, root = page.documentElement;
    const goals = new Set([...page.querySelectorAll('a[href^="#"]')].map(link => link.getAttribute("href")));
    const lost = [...goals].filter(goal => !page.getElementById(goal.slice(1))?.getClientRects().length);
    for (const goal of [...goals].slice(-4)) {
      frame.contentWindow.location.hash = goal;
      if (page.querySelector(":target")?.id !== goal.slice(1)) lost.push(goal);
    }
    seen.push({page: frame.title, width: root.clientWidth, needs: root.scrollWidth, goals: goals.size, lost});
  }
  document.getElementById("seen").textContent = JSON.stringify(seen);
});
"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_a_browser_shows_a_page_as_wide_as_it_is(run: Run, tmp_path: Path) -> None:
    """At 390 and at 1280 pixels nothing is wider than the page, every link within it opens, and the console is silent."""
    frames = []
    for number, arguments in enumerate(LOOKED_AT):
        (tmp_path / f"{number}.html").write_text(page(run, *arguments)[0], encoding="utf-8")
        frames += [
            f'<iframe src="{number}.html" title="{" ".join(arguments)}" width="{width}" height="800"></iframe>'
            for width in (390, 1280)
        ]
    harness = tmp_path / "harness.html"
    harness.write_text(
        f'<!DOCTYPE html><title>harness</title><pre id="seen"></pre>{"".join(frames)}<script>{LOOK}</script>',
        encoding="utf-8",
    )
    ran = subprocess.run(
        [
            str(BROWSER),
            *OPTIONS,
            f"--user-data-dir={tmp_path / 'profile'}",
            harness.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert [line for line in ran.stderr.splitlines() if "CONSOLE" in line] == []
    found = re.search(r'<pre id="seen">(.*?)</pre>', ran.stdout, re.DOTALL)
    assert found, ran.stderr
    seen = json.loads(found[1])
    assert [one["width"] for one in seen] == [390, 1280] * len(LOOKED_AT)
    assert [(one["page"], one["width"], one["needs"]) for one in seen if one["needs"] > one["width"]] == []
    assert [(one["page"], one["lost"]) for one in seen if one["lost"]] == []
    assert sum(one["goals"] for one in seen) > 1000
