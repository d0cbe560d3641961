"""Runs pnetref in forks of one process and writes down what each asks of the system: files, processes, sockets.

The calls come as a line of JSON on stdin; for each a line says what it opened, wrote and started.
"""

import json
import os
import pty
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")
STARTS = (
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.startfile",
    "pty.",
    "ctypes.",
)
READS = ("os.listdir", "os.scandir")


class Watch:
    """Writes down the events of an audit."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.written: list[str] = []
        self.started: list[str] = []
        self.network: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = flags & WRITES if flags else any(letter in (mode or "") for letter in "wxa+")
            if not isinstance(path, int):
                (self.written if writes else self.read).append(os.path.abspath(os.fsdecode(path)))
        elif event in CHANGES:
            self.written += [os.path.abspath(os.fsdecode(path)) for path in arguments if isinstance(path, str | bytes)]
        elif event in READS:
            self.read.append(os.path.abspath(os.fsdecode(arguments[0] or ".")))
        elif event.startswith(STARTS):
            self.started.append(f"{event} {arguments[:2]!r}")
        elif event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")):
            self.network.append(f"{event} {arguments!r}")


def child(arguments: list[str], report: int) -> None:
    """Run pnetref, and report what it did at its end."""
    watch = Watch()
    end, write = os._exit, os.write

    def ended(code: int) -> None:
        told = json.dumps({"code": code, **vars(watch)}).encode()
        while told:
            told = told[write(report, told) :]
        end(code)

    os._exit = ended  # type: ignore[assignment]
    sys.argv = ["pnetref", *arguments]
    sys.addaudithook(watch)
    from pnetref.program import run

    run()


def main() -> None:
    """Run each call, on a terminal where that is wanted."""
    for order in json.loads(sys.stdin.readline()):
        reads, writes = os.pipe()
        pid, terminal = pty.fork() if order["terminal"] else (os.fork(), None)
        if not pid:
            os.close(reads)
            os.environ.update(order["environment"])
            Path(order["folder"]).mkdir(exist_ok=True)
            os.chdir(order["folder"])
            os.dup2(os.open(order["stdin"], os.O_RDONLY), 0)
            if not order["terminal"]:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open until the end
            child(order["arguments"], writes)
        os.close(writes)
        with suppress(OSError):  # a terminal ends so
            while terminal is not None and os.read(terminal, 65536):
                pass
        with os.fdopen(reads, "rb") as pipe:
            print(pipe.read().decode())  # noqa: T201 - the report is the output
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
