"""Runs pnetref in forks of one process, each with one fault: a call of the system that fails, or a signal.

What to run comes as a line of JSON on stdin; for each fault a line says how that run ended and what it left.
"""

import base64
import builtins
import errno
import fcntl
import io
import json
import mmap
import os
import shutil
import signal
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

CALLS: dict[Any, tuple[str, ...]] = {
    os: (
        *("open", "fsync", "replace", "rename", "link", "unlink", "mkdir", "makedirs", "rmdir", "chmod"),
        *("listdir", "scandir", "stat", "lstat", "fstat", "dup2", "read", "write"),
    ),
    mmap: ("mmap",),
    fcntl: ("flock",),
}
"""The calls of the system that can fail, beside those of open files."""


class Counter:
    """Counts what happens, and does something the n-th time; ``name`` is what that was."""

    def __init__(self, number: int, act: Callable[[], None]) -> None:
        self.count = 0
        self.name = ""
        self._number = number
        self.counts = False
        self._act = act

    def step(self, name: str) -> None:
        self.count += self.counts
        if self.counts and self.count == self._number:
            self.name = name
            self._act()


def break_calls(counter: Counter) -> None:
    """Have every call of the system counted, in Python and through open files."""

    class Raw(io.FileIO):
        def readinto(self, buffer: Any) -> Any:
            counter.step("read")
            return super().readinto(buffer)

        def readall(self) -> Any:
            counter.step("read")
            return super().readall()

        def write(self, content: Any) -> Any:
            counter.step("write stderr" if self.name == 2 else "write")
            return super().write(content)

    def opened(
        file: Any,
        mode: str = "r",
        _buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        counter.step("open")
        raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
        buffer: Any = io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)
        return buffer if "b" in mode else io.TextIOWrapper(buffer, encoding, errors, newline)

    def counted(function: Any, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            counter.step(name)
            return function(*arguments, **named)

        return call

    sys.stdin = opened(0, "r", closefd=False)
    sys.stdout, sys.stderr = (opened(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    for module, names in CALLS.items():
        for name in names:
            setattr(module, name, counted(getattr(module, name), name))
    vars(builtins)["open"] = vars(io)["open"] = opened


def child(order: dict[str, Any], number: int, report: int) -> None:
    """Run pnetref once, with a fault at the n-th point."""
    from pnetref.program import run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    for ignored in (signal.SIGTERM, signal.SIGHUP):  # whoever began this may ignore them, as nohup does
        signal.signal(ignored, signal.SIG_DFL)
    sent = order.get("signal")

    def act() -> None:
        if sent is not None:
            os.kill(os.getpid(), sent)
            return
        code = getattr(errno, order["error"])
        raise OSError(code, os.strerror(code))

    counter = Counter(number, act)
    end, write = os._exit, os.write

    def ended(code: int) -> None:
        sys.setprofile(None)
        counter.counts = False
        write(report, json.dumps({"count": counter.count, "name": counter.name}).encode())
        end(code)

    os._exit = ended  # type: ignore[assignment]
    sys.argv = ["pnetref", *order["arguments"]]
    os.environ.update(order["environment"])
    if sent is None:
        break_calls(counter)
    else:
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            for number, mode in enumerate(("r", "w", "w"))
        )
        inside = (run.__code__, ended.__code__)  # the first and the last moment, which nothing can catch
        sys.setprofile(
            lambda frame, event, _: counter.step(event) if event[-4:] == "call" and frame.f_code not in inside else None
        )
    counter.counts = True
    run()


def tried(order: dict[str, Any], number: int, scratch: Path) -> dict[str, Any]:
    """Fork, run, and give how it ended and what is in its folder."""
    folder = scratch / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in order["files"].items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    before = left_in(folder)
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.chdir(folder)
            signal.alarm(60)
            for number_of, (name, flags) in enumerate(
                (("in", os.O_RDONLY), ("out", os.O_WRONLY | os.O_TRUNC), ("err", os.O_WRONLY | os.O_TRUNC))
            ):
                os.dup2(os.open(scratch / name, flags | os.O_CREAT), number_of)
            child(order, number, writes)
        finally:
            os._exit(70)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        told = json.loads(pipe.read() or b'{"count": 0, "name": ""}')
    _, status = os.waitpid(pid, 0)
    return {
        **told,
        "number": number,
        "code": os.waitstatus_to_exitcode(status),
        "out": base64.b64encode((scratch / "out").read_bytes()).decode(),
        "err": (scratch / "err").read_text(encoding="utf-8", errors="replace"),
        "before": before,
        "left": left_in(folder),
    }


def left_in(folder: Path) -> dict[str, str | None]:
    """Give what is in a folder, files with a digest."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def main() -> None:
    """Run each of some commands without a fault, then with one at each of the points that are asked for."""
    orders = json.loads(sys.stdin.readline())
    answers = os.dup(1)
    told = [runs(order, Path(order["scratch"])) for order in orders]
    with os.fdopen(answers, "w") as file:
        json.dump(told, file)


def runs(order: dict[str, Any], scratch: Path) -> list[dict[str, Any]]:
    """Run a command without a fault, and with one at ``count`` points spread over it; 0 are all points."""
    (scratch / "in").write_text(order.get("stdin", ""), encoding="utf-8")
    if order.get("warm"):
        warm(order, scratch)
    whole = tried(order, 0, scratch)
    step = max(1, whole["count"] // order["count"]) if order["count"] else 1
    return [whole, *(tried(order, number, scratch) for number in range(1, whole["count"] + 1, step))]


def warm(order: dict[str, Any], scratch: Path) -> None:
    """Import what the command imports, so that each fork has it."""
    from contextlib import redirect_stderr, redirect_stdout, suppress

    from pnetref.program import main as run_in_process

    folder = scratch / "warm"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in order["files"].items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    here = os.getcwd()
    os.chdir(folder)
    os.environ.update(order["environment"])
    sys.argv = ["pnetref", *order["arguments"]]
    nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open until the end
    with redirect_stdout(nowhere), redirect_stderr(nowhere), suppress(SystemExit):
        run_in_process()
    os.chdir(here)


if __name__ == "__main__":
    main()
