"""A command imports what it uses, and nothing else."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

PROBE = """
import json, sys
sys.argv = ["pnetref", *sys.argv[1:]]
from pnetref.program import main
seen = {"open": [], "compile": []}
sys.addaudithook(lambda event, args: seen[event].append(str(args[0])) if event in seen else None)
try:
    main()
except SystemExit as ended:
    code = ended.code
data = [path for path in seen["open"] if "pnetref/data/" in path.replace("\\\\", "/")]
told = {"code": code, "modules": sorted(sys.modules), "data": data, "compiled": seen["compile"]}
print("\\n" + json.dumps(told), file=sys.stderr)
"""


def probed(*arguments: str) -> dict[str, Any]:
    """Run a command in a fresh interpreter; give its exit code, its modules, the data it opened, the code it compiled."""
    ran = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stderr.splitlines()[-1])
    return found


def probe(*arguments: str) -> tuple[set[str], list[str]]:
    """Run a command in a fresh interpreter; give the packages it imported and the data it opened."""
    found = probed(*arguments)
    assert found["code"] == 0
    return {name for name in found["modules"] if "." not in name}, found["data"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "sunitinib", "--json"),
        ("compare", "sunitinib", "everolimus", "--json"),
        ("side-effects", "fatigue", "--json"),
        ("cite", "sunitinib", "--json"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_json_imports_no_screen(arguments: tuple[str, ...]) -> None:
    """`--json` never imports Rich, settings or reference formats."""
    modules, _ = probe(*arguments)
    assert not modules & {"rich", "platformdirs", "tomli_w", "citeproc", "pybtex", "rispy", "lxml"}


@pytest.mark.parametrize("arguments", [("drug", "sunitinib"), ("search", "mTOR"), ("trial", "radiant-3")], ids=" ".join)
def test_plain_json_evaluates_no_annotation(arguments: tuple[str, ...]) -> None:
    """The short way compiles no annotation: the first one costs the interpreter half its own start."""
    compiled = probed(*arguments, "--json")["compiled"]
    assert [text for text in compiled if not text.startswith(("lambda _cls", "b'", "None"))] == []


def test_a_name_that_is_not_found_needs_no_model() -> None:
    """What is said of a slip of the pen is said without Pydantic and Rich."""
    found = probed("drug", "sunitnib")
    assert found["code"] == 1
    assert not {"pydantic", "rich", "pnetref.models"} & set(found["modules"])


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        (
            ("drug", "sutent", "--json"),
            {"treatments/sunitinib", "treatments/targeted-therapy", "treatments/drug-therapy"},
        ),
        (("trial", "radiant-3", "--json"), set()),
        (("cite", "hauser-2019", "--json"), set()),
        (("drug", "sutent"), {"treatments/sunitinib", "treatments/targeted-therapy", "treatments/drug-therapy"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_look_up_opens_what_it_shows(arguments: tuple[str, ...], opened: set[str]) -> None:
    """Of treatments, those alone are read that the answer is of; no whole index, vocabulary or text of others."""
    _, data = probe(*arguments)
    treatments = {path.rpartition("data/")[2].removesuffix(".json") for path in data if "/treatments/" in path}
    assert treatments <= opened
    assert not any(name in path for path in data for name in ("effects.json", "passages.tsv", "phrases", "words.tsv"))


def test_a_card_imports_no_formats() -> None:
    """A card pays nothing for reference formats: its references were formatted when the data was packaged."""
    modules, data = probe("drug", "sunitinib")
    assert "rich" in modules
    assert not modules & {"citeproc", "pybtex", "rispy", "lxml", "tomli_w"}
    assert not any("everolimus" in path or "effects.json" in path for path in data)


@pytest.mark.parametrize("arguments", [("--help",), ("drug", "--help")], ids=lambda arguments: arguments[0])
def test_help_loads_no_data(arguments: tuple[str, ...]) -> None:
    """Help imports neither Rich nor Pydantic, and opens no data file."""
    modules, data = probe(*arguments)
    assert not modules & {"rich", "pydantic"}
    assert data == []


COMPLETING = """
import os, sys
before = set(sys.modules)
def ended(code):
    sys.stderr.write("\\n".join([str(code), *(set(sys.modules) - before)]))
    sys.stderr.flush()
    end(code)
end, os._exit = os._exit, ended
from pnetref.program import run
run()
"""


@pytest.mark.parametrize("line", ["pnetref drug sun", "pnetref side-effects ", "pnetref --format ", "pnetref drug --"])
def test_a_word_is_completed_without_the_program(line: str) -> None:
    """At TAB only the two modules that answer are imported, and what makes a digest: no library, no `typing`, no `re`."""
    surroundings = {**os.environ, "_PNETREF_COMPLETE": "bash"}
    ran = subprocess.run(
        [sys.executable, "-c", COMPLETING, line, "="], capture_output=True, text=True, check=False, env=surroundings
    )
    code, *modules = ran.stderr.splitlines()
    assert code == "0"
    assert ran.stdout
    assert set(modules) <= {"pnetref", "pnetref.program", "pnetref.completion", "__future__", "gc", "binascii"}
