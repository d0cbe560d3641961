"""What people see."""

import os
import re
import shlex
from pathlib import Path

import pytest

from pnetref.dataset import Dataset
from pnetref.lookup import command_for

from .conftest import Run

GOLDENS = Path(__file__).parent / "goldens"
UPDATE = "PNETREF_UPDATE_GOLDENS=1 python -m pytest tests/test_screens.py"
SCREENS = [
    ("drug", "sunitinib"),
    ("drug", "captem"),
    ("drug", "prrt"),
    ("drug", "prrt", "all"),
    ("drug", "carboplatin", "all"),
    ("drug", "everolimus", "interactions"),
    ("drug",),
    ("compare", "sunitinib", "everolimus"),
    ("compare", "cabozantinib", "sunitinib", "everolimus", "belzutifan"),
    ("compare", "prrt", "chemotherapy", "all"),
    ("side-effects", "mouth sores"),
    ("side-effects", "sunitinib"),
    ("side-effects", "prrt", "all"),
    ("side-effects", "sunitinib", "fatigue"),
    ("cite", "carboplatin"),
    ("treatment", "whipple"),
    ("treatment",),
    ("treatment", "--for", "insulinoma"),
    ("guide", "factors"),
    ("guide", "questions", "sunitinib"),
    ("search", "wound healing"),
    ("trial", "radiant-3"),
    ("trial", "radiant-3", "all"),
]


NARROW_AND_WIDE = [
    ("drug", "sunitinib"),
    ("drug", "prrt", "all"),
    ("compare", "sunitinib", "everolimus"),
    ("trial", "radiant-3"),
]
GOLDEN = [
    *((100, arguments) for arguments in SCREENS),
    *((columns, arguments) for columns in (60, 160) for arguments in NARROW_AND_WIDE),
]


def check(screen: str, name: str) -> None:
    """Compare a screen with the stored one, or store it where goldens are refreshed."""
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("PNETREF_UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(screen, encoding="utf-8")
    assert path.is_file(), f"no golden; look at the screen, then: {UPDATE}"
    assert screen == path.read_text(encoding="utf-8"), f"the screen changed; look at it, then: {UPDATE}"


@pytest.mark.parametrize(
    ("columns", "arguments"), GOLDEN, ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value)
)
def test_screens_are_as_they_were(run: Run, arguments: tuple[str, ...], columns: int) -> None:
    """Every kind of screen as a person last looked at it; ids for marks, so that a citation changes a line."""
    ran = run("--references", "ids", *arguments, columns=columns)
    assert (ran.code, ran.err) == (0, "")
    check(ran.out, f"{'-'.join(arguments).replace(' ', '_')}.{columns}")


def test_numbered_marks_are_as_they_were(run: Run) -> None:
    """One screen with the numbers and letters that a reader sees."""
    check(run("drug", "prrt", "all").out, "drug-prrt-all.numbered")


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("arguments", SCREENS, ids=" ".join)
def test_screens_fit(run: Run, arguments: tuple[str, ...], columns: int) -> None:
    """Nothing but an address is wider than the terminal; a pipe has no color and no trailing blanks."""
    out = run(*arguments, columns=columns).out
    assert all(len(line) <= columns or line.strip().startswith("http") for line in out.splitlines())
    assert "\x1b" not in out
    assert not any(line.endswith(" ") for line in out.splitlines())


def test_color_is_asked_for_and_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--color always` colors a pipe, NO_COLOR and `--color never` do not."""
    assert "\x1b[" in run("--color", "always", "drug", "sunitinib").out
    assert "\x1b[" not in run("--color", "never", "drug", "sunitinib").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("drug", "sunitinib").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in run("drug", "sunitinib").out


def test_addresses_are_links_where_a_terminal_has_them(run: Run) -> None:
    """An address and a DOI are links in a terminal, whole and unbroken, and plain text elsewhere."""
    out = run("--color", "always", "drug", "belzutifan", "sources", columns=45).out
    address = "https://www.cancer.org/cancer/types/pancreatic-neuroendocrine-tumor/treating/targeted-therapy.html"
    assert re.search(rf"\x1b\]8;id=\d+;{address}\x1b\\{address}\x1b\]8;;", out)
    assert ";https://doi.org/10.1016/S1470-2045(25)00099-3\x1b" in out
    assert address in run("cite", "belzutifan", columns=45).out


def test_the_card_says_what_readers_must_not_miss(run: Run) -> None:
    """Pregnancy, the emergency line, what is not stated, the overdue source and the notice are on the card."""
    out = " ".join(run("drug", "sunitinib", "all").out.split())
    assert 'What was read here does not say. That is not a "no".' in " ".join(
        run("drug", "lanreotide", "all").out.split()
    )
    for text in (
        "call your care team",
        "Overdue for review since 2024-03-19",
        "Said of the whole class (targeted therapy), not of sunitinib alone",
        "A reference, never advice",
    ):
        assert text in out


def test_silence_is_no_sign_of_safety(run: Run, data: Dataset, step: int) -> None:
    """Every card has its pregnancy section, and says where no source speaks of it or calls an effect serious or not."""
    for record in list(data.treatments.values())[::step]:
        out = " ".join(run("treatment", record.id, "all").out.split())
        marked = [report.serious for effect in record.side_effects for report in effect.reports]
        said = "No source here marks an effect of it alone as serious or not" in out
        assert said == (bool(marked) and all(serious is None for serious in marked)), record.id
        silent = "Nothing read here speaks of it: no sign of safety. Ask." in out
        own = any(fact.field == "pregnancy" for fact in record.facts)
        assert "Pregnancy" in out
        assert silent != (own or "Said of" in out.split("Pregnancy")[1][:60])


def test_the_older_edition_is_no_second_voice(run: Run) -> None:
    """Where the newer page says the same, the older one is named once, below, and no line has its mark."""
    out = run("--references", "ids", "drug", "sunitinib", "all").out
    assert "Not counted as another voice: acs-treating-2024 (Sunitinib (Sutent);" in " ".join(out.split())
    assert not re.search(r"\[acs-treating-2024[:a-z]*†\]", out)


@pytest.mark.parametrize("folder", ["treatments", "trials", "topics", "settings", "effects"])
def test_marks_and_references_are_the_same(data: Dataset, run: Run, folder: str, step: int) -> None:
    """On every page each mark names a reference and a place below, and each of these has a mark above."""
    keys = [key for key in data.index.records if key.startswith(f"{folder}/")]
    for key in keys[:: step * (9 if folder == "effects" else 1)]:  # the page of an effect is of one kind
        words = shlex.split(command_for(data, key))[1:]
        whole = ["all"] if folder in ("treatments", "trials") else []
        body, _, below = run(*words, *whole, columns=300).out.rpartition("\nReferences\n")
        used = set(re.findall(r"\[(\d+[a-z]*)†?\]", body))
        given: set[str] = set()
        for entry in re.split(r"^  (?=\[\d+\] )", below, flags=re.MULTILINE)[1:]:
            number = entry[1 : entry.index("]")]
            at = re.search(r"At: (.*(?:\n {6,}.*)*)", entry)
            assert at
            letters = re.findall(r"(?:^|; )([a-z]{1,2}) (?=\S)", " ".join(at.group(1).split()))
            given |= {number + letter for letter in letters} if f"{number}a" in used else {number}
        assert used == given, key


def test_old_data_says_so(run: Run) -> None:
    """Data of more than twelve months ago is called old; younger data is not."""
    assert "more than 12 months old" in run("drug", "sunitinib", "--as-of", "2028-01-01").out
    assert "more than 12 months old" not in run("drug", "sunitinib").out


def test_no_head_to_head_comparison_is_said(run: Run) -> None:
    """Side by side is not head to head, and the screen says which it is."""
    assert "No source here compares these head to head" in run("compare", "belzutifan", "interferon", columns=200).out
