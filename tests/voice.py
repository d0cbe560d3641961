"""What is said in our own words, and what is cited: how tests of meaning read code, pages and answers."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pnetref
from pnetref.page import Block, Said

CODE = Path(pnetref.__file__).parent

VERDICT = re.compile(
    r"\b(?:safe|safely|safer|safest|safety|harmless|no interactions?|no (?:known )?side[- ]effects?|no risks?|risk[- ]free"
    r"|recommend\w*|best|better|worse|worst|prefer\w*|rank\w*|top|scores?|ratings?|rated|stars?|you should|should|must"
    r"|ought|ok to|okay|fine to|suitable|ideal|optimal|superior|inferior|first choice|tolerated|mild|gentler?|strong\w*"
    r"|winners?|beats?|advi[sc]e\w*|good|bad|dangerous|(?:low|lower|high|higher) risk|compatible|choose|favou?r\w*"
    r"|more effective|less toxic|proven|works? well|checked|trust\w*)\b",
    re.IGNORECASE,
)
"""Words that rank, recommend or reassure, or that a reader could take for it."""

SENTENCES = (
    "no sign of safety",  # a silence says of itself that it is none
    "no sign that they are mild",  # the same of effects that no source marks
    "is no interaction check",  # what a list of interactions is not
    "no strength was checked",  # what was not done
    "A reference, never advice",  # the notice
    "Never advice",  # the help
    "They ask; they advise nothing",  # of the questions to take along
    "1 (mild) to 5 (fatal)",  # what a grade means
    "Care and safety",  # a heading of what sources warn of
    "Caregiver safety",  # a field: how those around the person are kept from harm
    "stopped for good",  # for ever
    "A source says when it is preferred. Does that hold for me?",  # a question that names a source as the one who says so
    "eat safe should the their to",  # words that a search leaves out
    "What sections it must have",  # of a document, in the description of a table
)
"""Where our own words hold one of them and judge nothing."""

WORDS = {
    "safety": "a part of a card, and the row that says that a class has no doses",
    "caregiver safety": "a field in plain words",
    "preference": "a field: whom a source prefers it for",
    "preferred": "what people type for that field",
    "strong": "a style",
    "top": "the anchor of a page",
    "checked": "when somebody looked for a newer edition of a document",
    "must not": "what people type for what is ruled out",
    "recommended": "the decision of an appraisal, as its body calls it",
    "recommended with conditions": "the same",
    "not recommended": "the same",
    "favour": "an ending in UK spelling",
    "favor": "the same in US spelling",
}
"""Single words of ours that are no sentence, each with what it is for."""


def verdict(text: str) -> str | None:
    """Give the word with which a text of ours would judge, or None."""
    if not VERDICT.search(text) or text.casefold().strip() in WORDS:
        return None
    text = re.sub("<[^<>]*>", "", text)  # tags of a page
    for sentence in SENTENCES:
        text = re.sub(re.escape(sentence), "", text, flags=re.IGNORECASE)
    found = VERDICT.search(text)
    return found.group() if found else None


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    """Give the code that a command can run, but for what no command imports, and pairs of spellings."""
    paths = [(path.relative_to(CODE).as_posix(), path) for path in sorted(CODE.rglob("*.py"))]
    kept = [(name, path) for name, path in paths if not name.startswith(("curation/", "spelling.py"))]
    return tuple((name, ast.parse(path.read_text(encoding="utf-8"))) for name, path in kept)


def texts_of_code() -> Iterator[tuple[str, str]]:
    """Give every text that the program can print, with its place: all of its code but docstrings that are no help."""
    for name, tree in trees():
        silent = set() if name == "cli.py" else {id(text) for text in _docstrings(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                yield f"{name}:{node.lineno}", node.value


def _docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value


def leaves(value: Any) -> Iterator[str]:
    """Give every text of an answer, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from leaves(part)
    elif hasattr(value, "model_dump"):
        yield from leaves(value.model_dump(by_alias=True))


def judged(blocks: tuple[Block, ...], answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give the paragraphs of a page that judge in our own words: in none of the data and in no piece of it."""
    found = []
    told: list[str] | None = None
    for words in paragraphs(blocks):
        text = "".join(said.text for said in words if said.style != "command")
        if verdict(text):
            told = pieces(answer) if told is None else told
            if (
                word := verdict(ours(text, [*(piece for said in words for piece in said.verbatim), *told]))
            ) is not None:
                found.append((word, text))
    return found


def pieces(answer: Mapping[str, Any]) -> list[str]:
    """Give the texts of an answer, whole, with a capital, without the last period, and behind a country; the longest first."""
    whole = set(leaves(answer))
    parts = {text.partition(": ")[2] for text in whole} | {text.removesuffix(".") for text in whole}
    parts |= {text[:1].upper() + text[1:] for text in whole}
    return sorted(whole | parts, key=len, reverse=True)


def paragraphs(value: Any) -> Iterator[tuple[Said, ...]]:
    """Give every paragraph of blocks, in the order of reading."""
    if isinstance(value, tuple) and value and all(isinstance(part, Said) for part in value):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, Said):
                yield (part,)
            else:
                yield from paragraphs(part)


def ours(text: str, told: Iterable[str]) -> str:
    """Give what is left of a text without what is cited, quoted or typed."""
    if text.startswith("Also: "):
        return ""  # what people type for a side effect
    text = re.sub("“[^”]*”", "", text)
    for piece in told:
        if len(piece) > 2 and piece in text:
            text = text.replace(piece, "")
    return text
