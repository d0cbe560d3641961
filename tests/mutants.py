"""Mutation: changes one place of the program at a time, and lists the changes that no test notices.

Usage: python -m tests.mutants [MODULE ...] [--sample N] [--seed N] [--again FILE] [--seconds N] [--jobs N]

    python -m tests.mutants                                 lookup, names, answers and editions, every place
    python -m tests.mutants answers --sample 200 --seed 1   200 places, drawn

The tests are run once each, to learn which functions they reach and what they take; what was learned is kept in
``build/`` until the test file or the program changes. Then each change is made in a process of its own: the changed
code takes the place of the function's, and the tests that reach it run, the short ones and those of little else first,
until one fails or they have taken so many ``--seconds`` of the processor: what lives with few may die with more.
Changed is what stands in functions: tables are data, and have tests of their own.

A change that lives is listed, and ends the run with exit code 1, unless ``mutants.csv`` says why it changes nothing
that can be seen.
"""

from __future__ import annotations
import __future__

import argparse
import ast
import copy
import csv
import hashlib
import importlib
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

import pnetref
from pnetref import load

HERE = Path(__file__).parent
ROOT = Path(pnetref.__file__).parent
KEPT = HERE.parent / "build" / "reached"
AROUND = 40
"""The characters around a change that tell where it is."""
MODULES = ("editions", "names", "lookup", "answers")

SWAPPED: dict[type, type] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
RENAMED = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
RENAMED |= {"startswith": "endswith", "endswith": "startswith"}


# --- what is changed -----------------------------------------------------------------------------


class Mutant(NamedTuple):
    """One change: the function that it is made in, the line, and the statement where it differs, before and after."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def where(self) -> str:
        """The function with its module, as it is called from outside."""
        return f"{self.module}.{self.function}"

    @property
    def change(self) -> str:
        """What stood there and what stands there now."""
        return f"{self.before} → {self.after}"


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Give what can stand in the place of ``node``."""
    match node:
        case ast.Compare(ops=ops):
            for number, op in enumerate(ops):
                yield _with(node, ops=[*ops[:number], SWAPPED[type(op)](), *ops[number + 1 :]])
        case ast.BoolOp(op=op, values=values):
            yield _with(node, op=SWAPPED[type(op)]())
            for rest in _without_one(values):
                yield rest[0] if len(rest) == 1 else _with(node, values=rest)
        case ast.BinOp(op=op) if type(op) in SWAPPED:
            yield _with(node, op=SWAPPED[type(op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() as count):
            yield ast.Constant(count + 1)
        case ast.Constant(value=str() as text):
            yield ast.Constant(f"{text}X")
        case ast.If() | ast.IfExp():
            yield _with(node, test=ast.Constant(True))
            yield _with(node, test=ast.Constant(False))
        case ast.While():
            yield _with(node, test=ast.Constant(False))
        case ast.comprehension(ifs=ifs):
            yield from (_with(node, ifs=rest) for rest in _without_one(ifs))
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant) or value.value is not None:
            yield _with(node, value=ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Break() | ast.Continue():
            yield ast.Pass()
        case ast.Slice():
            yield from (_with(node, **{name: None}) for name in ("lower", "upper") if getattr(node, name) is not None)
        case (
            ast.Tuple(elts=elements, ctx=ast.Load()) | ast.List(elts=elements, ctx=ast.Load()) | ast.Set(elts=elements)
        ):
            if len(elements) > 1:
                yield from (_with(node, elts=rest) for rest in _without_one(elements))
        case ast.Call(func=function, keywords=keywords):
            if isinstance(function, ast.Name) and function.id in RENAMED:
                yield _with(node, func=ast.Name(RENAMED[function.id], ast.Load()))
            if isinstance(function, ast.Attribute) and function.attr in RENAMED:
                yield _with(node, func=_with(function, attr=RENAMED[function.attr]))
            yield from (_with(node, keywords=rest) for rest in _without_one(keywords))


def _with(node: ast.AST, **fields: object) -> Any:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _without_one(parts: Sequence[Any]) -> Iterator[list[Any]]:
    return ([*parts[:number], *parts[number + 1 :]] for number in range(len(parts)))


class Place(NamedTuple):
    """A node, as the field of its parent, with its number in a list of these, and the statement that it is of."""

    parent: ast.AST
    field: str
    number: int | None
    node: ast.AST
    statement: ast.stmt | ast.ExceptHandler

    def put(self, node: ast.AST) -> None:
        """Put a node here."""
        if self.number is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.number] = node


def places(node: ast.AST, statement: ast.stmt | ast.ExceptHandler) -> Iterator[Place]:
    """Give every place under a node whose code is run when its function is called."""
    for name, value in ast.iter_fields(node):
        if name in ("args", "annotation", "returns", "decorator_list") and not isinstance(node, ast.Call):
            continue  # what stands there is run where a function is made
        for number, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_told(child, node):
                continue
            of = child if isinstance(child, ast.stmt | ast.ExceptHandler) else statement
            yield Place(node, name, number, child, of)
            yield from places(child, of)


def _is_told(node: ast.AST, parent: ast.AST) -> bool:
    """Tell whether a node is for readers: a docstring, or the type of a ``cast``."""
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "cast":
        return node is parent.args[0]
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def mutants(path: Path) -> Iterator[Mutant]:
    """Give every change of the functions of a file."""
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders: list[ast.Module | ast.ClassDef] = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for holder in holders:
        for function in holder.body:
            if not isinstance(function, ast.FunctionDef):
                continue
            name = f"{holder.name}.{function.name}" if isinstance(holder, ast.ClassDef) else function.name
            for place in places(function, function):
                before = _shown(place.statement)
                for other in variants(place.node):
                    place.put(other)
                    after = _shown(other if place.node is place.statement else place.statement)
                    code = _compiled(function, path)
                    place.put(place.node)
                    if code is not None:
                        line = getattr(place.node, "lineno", getattr(place.parent, "lineno", function.lineno))
                        yield Mutant(module, name, line, *_differing(before, after), code)


def _compiled(function: ast.FunctionDef, path: Path) -> CodeType | None:
    """Give the code of a function, or None where Python does not take it."""
    try:
        module = compile(
            ast.fix_missing_locations(copy.deepcopy(ast.Module([function], []))),
            str(path),
            "exec",
            flags=__future__.annotations.compiler_flag,
        )
    except (SyntaxError, TypeError, ValueError):
        return None
    return next(part for part in module.co_consts if isinstance(part, CodeType))


def _shown(node: ast.AST) -> str:
    """Write a statement on one line; of one with a body, its head."""
    text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    lines = text.splitlines()[:1] if getattr(node, "body", None) else text.splitlines()
    return " ".join(" ".join(lines).split())


def _differing(one: str, other: str) -> tuple[str, str]:
    """Give two texts where they differ, with what stands around it."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    before = one[max(0, start - AROUND) : start]
    return tuple(f"{before}{text[start : len(text) - end]}{text[len(text) - end :][:AROUND]}" for text in (one, other))  # type: ignore[return-value]


def _alike(one: str, other: str) -> int:
    """Give how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def function_of(mutant: Mutant) -> FunctionType:
    """Give the function that a change is made in."""
    found: Any = importlib.import_module(f"pnetref.{mutant.module}")
    for part in mutant.function.split("."):
        found = found.__dict__[part] if isinstance(found, type) else getattr(found, part)
    found = getattr(found, "fget", None) or getattr(found, "func", None) or getattr(found, "__wrapped__", found)
    assert isinstance(found, FunctionType), mutant.where
    return found


# --- which tests notice it -----------------------------------------------------------------------


class Reached(NamedTuple):
    """What a test takes, and the functions that it reaches."""

    seconds: float
    functions: list[str]

    @property
    def price(self) -> float:
        """How late it stands where tests are chosen: it takes long, or is of much else."""
        return self.seconds * len(self.functions)


class Campaign:
    """The plugin that takes the place of the loop over the tests."""

    def __init__(self, asked: argparse.Namespace, changes: list[Mutant]) -> None:
        self.asked = asked
        self.changes = changes
        self.alive: list[Mutant] = []
        self.trying = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """End at the first test that fails: a change that is tried is noticed, and without one nothing can be tried."""
        if report.failed:
            if not self.trying:
                print(f"{report.nodeid}\n{report.longreprtext}", file=sys.stderr, flush=True)
            os._exit(1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what the tests reach, then try every change."""
        _warm()
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # before a process makes its own
        reached = self._learned(session)
        by_function: dict[str, list[pytest.Item]] = {}
        for item in _in_turn(session.items, reached):
            for name in reached[item.nodeid].functions:
                by_function.setdefault(name, []).append(item)
        running: dict[int, Mutant] = {}
        print(f"{len(self.changes)} changes", flush=True)
        for number, change in enumerate(self.changes):
            if len(running) == self.asked.jobs:
                self._ended(running)
            running[self._try(change, by_function.get(change.where, []), reached)] = change
            if number % 100 == 99:
                print(f"{number + 1} tried, {len(self.alive)} alive", flush=True)
        while running:
            self._ended(running)
        return True

    def _ended(self, running: dict[int, Mutant]) -> None:
        process, status = os.wait()
        change = running.pop(process)
        if status == 0:
            self.alive.append(change)
            print(f"alive: {change.where}:{change.line}: {change.change}", flush=True)

    def _try(self, change: Mutant, items: list[pytest.Item], reached: dict[str, Reached]) -> int:
        """Run the tests that reach a change in a process with it; give its number."""
        if process := os.fork():
            return process
        self.trying = True
        function_of(change).__code__ = change.code
        chosen: list[pytest.Item] = []
        seconds = 0.0
        for item in items:
            seconds += reached[item.nodeid].seconds
            if chosen and seconds > self.asked.seconds:
                break
            chosen.append(item)
        _limit(10 + 5 * seconds)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        _run(chosen)
        os._exit(0)

    def _learned(self, session: pytest.Session) -> dict[str, Reached]:
        """Run the tests of each file that has changed in a process of its own; give what all of them reach."""
        program = b"".join(path.read_bytes() for path in sorted(ROOT.rglob("*.py")))
        files: dict[str, list[pytest.Item]] = {}
        for item in session.items:
            files.setdefault(str(item.path), []).append(item)
        kept = {path: KEPT / hashlib.sha256(program + Path(path).read_bytes()).hexdigest() for path in files}
        KEPT.mkdir(parents=True, exist_ok=True)
        waiting = [path for path in files if not kept[path].exists()]
        running: dict[int, str] = {}
        while waiting or running:
            if waiting and len(running) < self.asked.jobs:
                path = waiting.pop()
                print(f"learning what {Path(path).name} reaches", flush=True)
                running[_learn(files[path], kept[path])] = path
                continue
            process, status = os.wait()
            if status:
                raise SystemExit(f"{running[process]}: the tests do not pass as they are")
            del running[process]
        told = (json.loads(path.read_text(encoding="utf-8")) for path in kept.values())
        return {name: Reached(*what) for tests in told for name, what in tests.items()}


def _in_turn(items: list[pytest.Item], reached: dict[str, Reached]) -> list[pytest.Item]:
    """Give the tests that take little time and are of little else first; of one with many tries, a few at a time."""
    tried: dict[str, int] = {}
    prices: dict[str, float] = {}
    for item in sorted(items, key=lambda item: reached[item.nodeid].price):
        name = item.nodeid.partition("[")[0]
        tried[name] = tried.get(name, 0) + 1
        prices[item.nodeid] = reached[item.nodeid].price * tried[name]
    return sorted(items, key=lambda item: prices[item.nodeid])


def _warm() -> None:
    """Import and read once what every process would have to."""
    from .conftest import import_all  # pytest has loaded it by now

    import_all()
    data = load()
    for folder in (data.treatments, data.settings, data.topics, data.trials, data.sources, data.effects, data.partners):
        list(folder.values())


def _learn(items: list[pytest.Item], where: Path) -> int:
    """Run tests in a process that writes to a file what they take and reach; give its number."""
    if process := os.fork():
        return process
    names = {str(path): ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in ROOT.rglob("*.py")}
    told: dict[str, Reached] = {}
    codes: set[CodeType] = set()

    def called(frame: FrameType, event: str, argument: object) -> None:
        del event, argument
        codes.add(frame.f_code)

    def before(item: pytest.Item) -> None:
        codes.clear()
        told[item.nodeid] = Reached(time.process_time(), [])
        sys.settrace(called)

    def after(item: pytest.Item) -> None:
        sys.settrace(None)
        functions = {
            f"{names[code.co_filename]}.{code.co_qualname.partition('.<')[0]}"
            for code in codes
            if code.co_filename in names
        }
        told[item.nodeid] = Reached(time.process_time() - told[item.nodeid].seconds, sorted(functions))

    _run(items, before, after)
    where.write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


def _run(items: list[pytest.Item], *around: Any) -> None:
    for stream in (0, 1):
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    for item, following in zip(items, [*items[1:], None], strict=True):
        if around:
            around[0](item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if around:
            around[1](item)


def _limit(seconds: float) -> None:
    """End a process that does not end, as some changes make it, or that fills the memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


# --- the run -------------------------------------------------------------------------------------


def main() -> int:
    """Try the changes that are asked for; tell those that live."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", default=MODULES, help="a module or a folder of pnetref")
    parser.add_argument("--sample", type=int, help="how many changes to draw; default: all")
    parser.add_argument("--seed", type=int, default=0, help="what the drawing starts from")
    parser.add_argument("--again", type=Path, metavar="FILE", help="only those that lived, as an earlier run told them")
    parser.add_argument("--seconds", type=float, default=20, help="what the tests of a change may take")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many are tried at a time")
    parser.add_argument("--tests", nargs="*", default=[str(HERE)], help="the tests that try them")
    asked = parser.parse_args()
    paths = [path for name in asked.modules for path in _paths(name)]
    changes = [change for path in paths for change in mutants(path)]
    if asked.again is not None:
        lived = set(re.findall(r"^alive: (.+?):\d+: (.+)$", asked.again.read_text(encoding="utf-8"), re.MULTILINE))
        changes = [change for change in changes if (change.where, change.change) in lived]
    if asked.sample is not None:
        drawn = random.Random(asked.seed).sample(range(len(changes)), min(asked.sample, len(changes)))
        changes = [changes[number] for number in sorted(drawn)]
    campaign = Campaign(asked, changes)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        options = ["-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:terminal", "--capture=no"]
        options += ["-o", "addopts=-m 'not long'", f"--basetemp={work}/tests"]
        code = pytest.main([*options, *asked.tests], plugins=[campaign])
    if code not in (0, 5):
        return int(code)
    with open(HERE / "mutants.csv", encoding="utf-8", newline="") as file:
        explained = {(row["where"], row["change"]) for row in csv.DictReader(file)}
    left = [change for change in campaign.alive if (change.where, change.change) not in explained]
    print(f"{len(changes)} changes tried; {len(campaign.alive)} alive, of which {len(left)} are not explained:")
    for change in left:
        print(f"{change.where}:{change.line}: {change.change}")
    return 1 if left else 0


def _paths(name: str) -> list[Path]:
    path = ROOT / name.replace(".", "/")
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


if __name__ == "__main__":
    sys.exit(main())
