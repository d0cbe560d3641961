"""The examples of the Python API run as they stand."""

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

import pnetref

PAGE = Path(__file__).parent.parent / "docs" / "python.md"
FIRST, *SECTIONS = re.split(r"^(?=## )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def failures(text: str, names: dict[str, object]) -> str:
    """Run the examples of a text, which know and add to ``names``; give what does not come out as it says."""
    told: list[str] = []
    examples = doctest.DocTestParser().get_doctest(text, names, "example", None, None)
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=told.append, clear_globs=False)
    names.update(examples.globs)
    return "".join(told)


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    """Run the head of the page once: what it names, the sections use."""
    found: dict[str, object] = {}
    assert failures(FIRST, found) == ""
    return found


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.split("\n")[0].strip("# "))
def test_the_examples_of_the_page_run(section: str, names: dict[str, object]) -> None:
    """A section of docs/python.md prints what it says, after the head of the page alone."""
    if "import pandas" in section and importlib.util.find_spec("pandas") is None:
        pytest.skip("pandas is not installed")
    assert failures(section, dict(names)) == ""


def test_the_example_of_the_package_runs() -> None:
    """What `help(pnetref)` shows first is true."""
    assert ">>>" in (pnetref.__doc__ or "")
    assert failures(pnetref.__doc__ or "", {}) == ""


def test_the_page_names_every_method_and_every_option(data: pnetref.Reference) -> None:
    """docs/python.md leaves out no method of the reference, of an answer, nor an option of either."""
    text = PAGE.read_text(encoding="utf-8")
    methods = [name for name in vars(type(data)) if not name.startswith("_")]
    methods += [name for name in vars(pnetref.Answer) if not name.startswith("_")]
    assert {name for name in methods if name not in text} == set()
