"""UK spelling: of all our own words on every page, and of nothing else."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import pnetref
from pnetref.answers import references, search
from pnetref.answers.envelope import enveloped
from pnetref.dataset import Dataset
from pnetref.formats import terminal
from pnetref.names import words_of
from pnetref.page import Glance, Page, Said
from pnetref.screens import page_of
from pnetref.screens.context import Look
from pnetref.screens.phrases import capital
from pnetref.spelling import UK, in_uk

from .conftest import DAY, Run
from .test_house import commands

ROOT = Path(pnetref.__file__).parent
FOLDERS = ["treatments", "trials", "topics", "settings", "effects"]


class Both(NamedTuple):
    """One answer, and its page in each spelling."""

    words: list[str]
    answer: dict[str, Any]
    us: Page
    uk: Page


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.long)])
def both(request: pytest.FixtureRequest, data: Dataset) -> dict[str, list[Both]]:
    """Give the pages of some records, in every way in which each is shown, and some of search and of references."""
    made: dict[str, list[Both]] = {}
    for folder in FOLDERS:
        ways, many = list(commands(data, folder)), WAYS.get(folder, 1)
        step = many * (STEPS.get(folder, 1) if request.param == "some" else 1)
        chosen = [way for at in range(0, len(ways), step) for way in ways[at : at + many]]
        made[folder] = [_both(words, command(data, words)) for command, words in chosen]
    found = (["tumor"], ["anemia", "all"], ["wound", "healing"], ["analogs"])
    made["search"] = [_both(words, search.search(data, words)) for words in found]
    cited: tuple[list[str], ...] = ([], ["sunitinib"], ["cruk-targeted-2021"])
    made["cite"] = [_both(words, references.cite(data, words, DAY)) for words in cited]
    return made


WAYS = {"treatments": 4}
"""In how many ways a record is shown."""
STEPS = {"treatments": 17, "trials": 9, "effects": 60}
"""Of how many records one is looked at, but in the long tests."""


def _both(words: list[str], answer: Any) -> Both:
    whole, kind = enveloped(answer, DAY), answer.kind
    return Both(words, json.loads(json.dumps(whole, default=_plain)), *(page_of(kind, whole, look) for look in LOOKS))


LOOKS = (Look(), Look(spelling="uk"))


def _plain(value: Any) -> Any:
    return value.model_dump(by_alias=True) if hasattr(value, "model_dump") else list(value)


def texts(value: Any) -> Iterator[Said]:
    """Give all that a block prints, its labels too, in the order of reading."""
    if isinstance(value, Said):
        yield value
    elif isinstance(value, str):
        yield Said(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


def own(said: Said) -> str:
    """Give what is said without what is not in our own words."""
    text = said.text if said.style != "command" else ""
    for piece in sorted(said.verbatim, key=len, reverse=True):
        text = text.replace(piece, " ") if piece else text
    return re.sub(r"“[^”]*”|\"[^\"]*\"", " ", text)


def words_in(text: str) -> list[str]:
    """Give the words of a text that stand in no name of several."""
    return [word for word in re.findall(r"(?<![A-Z]\w)\b[^\W\d_]+", text) if word]


@pytest.mark.parametrize("kind", [*FOLDERS, "search", "cite"])
def test_no_us_word_is_left_in_our_own_words(both: dict[str, list[Both]], kind: str) -> None:
    """On a page in UK spelling no word of the table stands outside of names, titles, quotations and commands."""
    for one in both[kind]:
        for said in texts(one.uk.blocks):
            assert not {word.lower() for word in words_in(own(said))} & UK.keys(), (one.words, said.text)
    assert any(one.us.blocks != one.uk.blocks for one in both[kind])


@pytest.mark.parametrize("kind", [*FOLDERS, "search", "cite"])
def test_nothing_that_is_not_ours_is_respelled(both: dict[str, list[Both]], kind: str) -> None:
    """Commands, quoted words, graded words, places, references and names as printed are the same in both spellings."""
    for one in both[kind]:
        printed = {
            capital(text) for text in strings(one.answer, "graded_as", "reference") if set(words_in(text)) & set(UK)
        }
        every = set(strings(one.answer))
        stored = " ".join(every)
        for said in texts(one.uk.blocks):
            quoted = set(re.findall("“([^”]*)”", said.text)) - every
            assert all(text in stored for text in quoted), (one.words, said.text)
        for us, uk in zip(unfitted(one.us), unfitted(one.uk), strict=True):
            assert us.style != "command" or us == uk
            for text in (text for text in printed if text in us.text):
                assert text in uk.text, (one.words, text)
        assert below(one.us) == below(one.uk)


def below(page: Page) -> dict[str, tuple[str, str, list[str]]]:
    """Give the references of a page, whatever their numbers: text, state and places."""
    return {one.key: (one.text, one.state, sorted(at for _, at in one.places)) for one in page.references}


def unfitted(page: Page) -> Iterator[Said]:
    """Give what a page says but for the rows of a first screen, of which longer words leave fewer."""
    return texts(tuple(block for block in page.blocks if not isinstance(block, Glance)))


def strings(value: Any, *keys: str) -> Iterator[str]:
    """Give the texts under keys, or under any, wherever in an answer."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield from [inner] if key in keys or not keys else []
            else:
                yield from strings(inner, *keys)
    elif isinstance(value, str) and not keys:
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, *keys)


def test_names_are_as_sources_print_them(run: Run) -> None:
    """The title of a card is ours and is respelled; the names under it are their sources', and what was typed is typed."""
    out = " ".join(run("drug", "somatostatin-analogs", "all", "--spelling", "uk", columns=250).out.split())
    assert out.startswith("somatostatin analogues drug class")
    assert "Names somatostatin analogs [" in out
    typed = run("side-effects", "sunitinib", "anemia", "--spelling", "uk").out
    assert typed.startswith("sunitinib  and  anaemia")


@pytest.mark.parametrize("form", [("--json",), ("--format", "csv"), ("--format", "bibtex"), ("--format", "csl-json")])
@pytest.mark.parametrize("command", [("drug", "sunitinib"), ("side-effects", "anemia")], ids=" ".join)
def test_data_has_one_spelling(run: Run, command: tuple[str, ...], form: tuple[str, ...]) -> None:
    """JSON, tables and references for programs are the same byte by byte, whatever the spelling."""
    assert run(*command, *form, "--spelling", "uk") == run(*command, *form)


def test_every_page_is_respelled(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal, Markdown and HTML have the spelling of the flag, the environment or the file; without one, ours."""
    for form in ("table", "markdown", "html"):
        arguments = ("side-effects", "anemia", "--format", form)
        us, uk = run(*arguments).out, run(*arguments, "--spelling", "uk").out
        assert "severe-anemia" in uk
        assert re.search('^(# |<h1 id="top"><strong>)?(\\*\\*)?anemia', us, re.MULTILINE)
        assert re.search('^(# |<h1 id="top"><strong>)?(\\*\\*)?anaemia', uk, re.MULTILINE)
        monkeypatch.setenv("PNETREF_SPELLING", "uk")
        assert run(*arguments).out == uk
        assert run(*arguments, "--spelling", "us").out == us
        monkeypatch.delenv("PNETREF_SPELLING")
        run("config", "set", "spelling", "uk")
        assert run(*arguments).out == uk
        run("config", "unset", "spelling")


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize(
    "arguments",
    [
        ("drug", "sunitinib"),
        ("drug", "prrt", "all"),
        ("compare", "sunitinib", "everolimus"),
        ("side-effects", "anemia"),
        ("trial", "radiant-3", "all"),
        ("guide", "questions", "sunitinib"),
        ("search", "tumor"),
    ],
    ids=" ".join,
)
def test_screens_fit_in_either_spelling(run: Run, arguments: tuple[str, ...], columns: int) -> None:
    """Longer words make nothing wider than the terminal."""
    out = run(*arguments, "--spelling", "uk", columns=columns).out
    assert all(len(line) <= columns or line.strip().startswith("http") for line in out.splitlines())


def test_first_screens_are_no_longer(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer words make no first screen longer than its lines."""
    monkeypatch.setenv("COLUMNS", "80")
    for folder in ("treatments", "trials", "effects"):
        for command, words in list(commands(data, folder))[:: 21 if folder != "trials" else 4]:
            answer = command(data, words)
            page = page_of(answer.kind, enveloped(answer, DAY), LOOKS[1], first=True)
            lines = terminal.render(page, references="numbered", color="never", terminal=True).splitlines()
            assert len(lines) <= 48, words


def test_words_keep_their_case_and_names_their_spelling() -> None:
    """Case is kept; quotations, verbatim pieces, addresses and names of institutions stay; a meter may be a device."""
    assert in_uk("Tumor, TUMOR, anti-tumor and tumors") == "Tumour, TUMOUR, anti-tumour and tumours"
    assert in_uk("a center; MD Anderson Cancer Center") == "a centre; MD Anderson Cancer Center"
    assert in_uk("“color” is called color") == "“color” is called colour"
    assert in_uk("Color Tumor Drug: tumor", ("Tumor Drug",)) == "Colour Tumor Drug: tumour"
    assert in_uk("see tumor.org/color for color") == "see tumor.org/color for colour"
    assert in_uk("130 mg per square meter by the glucose meter") == "130 mg per square metre by the glucose meter"
    assert in_uk(in_uk("hemorrhage, gastroesophageal")) == "haemorrhage, gastro-oesophageal"


# --- that the table has every word ---------------------------------------------------------------

LOOKS_AMERICAN = re.compile(
    r"""
    (?:\w*[^\W_])?(?:tum|behavi|fav|flav|neighb|endeav|sav|vap)or\w*
    | (?:dis|un|multi)?(?:col|lab|od|hum|vig|hon|harb|rum|arm|clam|ferv|ranc|splend|val)or(?:s|ed|ing|able|ably|ful|less|ation|ations|ite|al)?
    | \w*(?:cent|fib|theat|calib|goit|lust|meag|spect|somb|sab)er(?:s|ed)? | (?:milli|centi|deci|micro|nano|kilo)?liters?
    | (?:milli|centi|deci|nano|kilo)meters?
    | \w{2,}iz(?:e[drs]?|es|ers?|ing|able|ations?|ational) | \w{2,}yz(?:e[drs]?|ers|ing)
    | (?:\w*[^\W_a])?emi(?:a|as|c|cs) | \w*rrhe\w+ | (?:\w*[^\W_o])?pne(?:a|as|ic)
    | (?:met|oxy|non|anti)?hem[ao][a-z]\w+ | (?:\w*[^\W_o])?edema\w* | (?:\w*[^\W_a])?esth(?:e|et)\w*
    | (?:\w*[^\W_o])?esoph\w* | (?:\w*[^\W_o])?estrogen\w* | fec(?:al|es)\w* | cec(?:al|um) | celiac
    | leuk[eo]\w+ | \w*pediatr\w* | orthoped\w* | gynec\w* | melena | cesarean | etiolog\w+ | ameb\w+
    | \w*(?:label|travel|model|signal|channel|cancel|counsel|level|fuel|tunnel|total|marvel|equal|initial)(?:ed|ing|ers?|ors?)
    | (?:ana|cata|dia|mono|pro|homo)logs? | programs? | judgments? | acknowledgments? | aluminum | pajamas | maneuver\w*
    | distention | mold\w* | aging | artifact\w* | (?:de|of|pre)fenses? | skeptic\w* | enroll(?:s|ments?)? | fulfill(?:s|ments?)?
    | instill(?:s|ments?)? | skillful\w* | willful\w* | jewelry | grays? | licenses? | practic\w+ | disks?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""How words look that are spelled in another way in the United Kingdom: written apart from the table."""

SAME = {
    *"size sized sizes sizing seize seized seizes seizing systemic racemic epidemic academic endemic".split(),  # noqa: SIM905
    *"angioedema leukoencephalopathy practice practices practical humoral diarrhetic portosystemic pfizer leukopaenia".split(),  # noqa: SIM905
    *"gray disk".split(),  # noqa: SIM905 - two words each in the UK; here among words that can be typed, in both
}
"""What only looks so."""

NOT_OURS = {
    "source",
    "at",
    "wording",
    "graded_as",
    "curie",
    "action_as",
    "search_terms",
    "other_products",
    "id",
    "cites",
}
"""The keys of the data under which no words of ours are shown."""


def told(value: Any, key: str = "") -> Iterator[str]:
    """Give every text of ours in a record; of names, what they are for."""
    if key in NOT_OURS:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from told({**inner, "text": ""} if key == "names" and isinstance(inner, dict) else inner, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from told(inner, name)


def all_our_texts() -> Iterator[str]:
    """Give every text of the data and of the screens that is in our words."""
    for folder in ("treatments", "trials", "topics", "settings"):
        for path in (ROOT / "data" / folder).glob("*.json"):
            yield from told(json.loads(path.read_text(encoding="utf-8")))
    for path in (ROOT / "data" / "sources").glob("*.json"):
        yield json.loads(path.read_text(encoding="utf-8")).get("note") or ""
    effects = json.loads((ROOT / "data" / "effects.json").read_text(encoding="utf-8"))["effects"]
    for effect in effects:
        yield from (effect["name"], effect["clinical_name"], effect["group"], *effect["synonyms"])
    for partner in json.loads((ROOT / "data" / "partners.json").read_text(encoding="utf-8"))["partners"]:
        yield partner["name"]
    for path in (
        *(ROOT / "screens").glob("*.py"),
        *(ROOT / "answers").glob("*.py"),
        ROOT / "terms.py",
        ROOT / "page.py",
    ):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )


def test_the_table_has_every_us_word_of_ours() -> None:
    """Whatever looks American in a text of ours stands in the table: a new word goes into ``spelling.py`` or ``SAME``."""
    used = {word.lower() for text in all_our_texts() for word in re.findall(r"[^\W\d_]+", text)}
    assert len(used) > 4000
    missing = {word for word in used if LOOKS_AMERICAN.fullmatch(word)} - UK.keys() - SAME
    assert missing == set(), "spelled otherwise in the UK: each goes into spelling.py, or into SAME"
    assert all(word in used for word in SAME & {"gray", "disk", "racemic", "angioedema"})


def test_what_is_shown_in_uk_spelling_is_understood(data: Dataset) -> None:
    """A side effect, a treatment and a partner are found by the names that a page in UK spelling has for them."""
    for effect in data.effects.values():
        for name in (effect.name, effect.clinical_name):
            uk = in_uk(name)
            assert f"effects/{effect.id}" in (*data.named(uk), *(f"effects/{key}" for key in data.wording.effects(uk)))
    records = (data.treatments, data.settings, data.partners)
    for name in (record.name for found in records for record in found.values()):
        assert data.named(in_uk(name)) == data.named(name)
    assert words_of("faecal, leucopenia, anaemic, hypoaesthesia") == words_of("fecal, leukopenia, anemic, hypoesthesia")
