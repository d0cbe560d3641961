"""The process: how it starts, what its exit code says, and how it ends."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing typing takes time that a word completed at TAB does not have
if TYPE_CHECKING:
    from pnetref.errors import Problem

COMPLETING = "_PNETREF_COMPLETE"
"""The variable in which a shell that completes a word says which it is."""


MOST_ARGUMENTS = 1000
MOST_LETTERS = 50_000
"""How much is read of a command line: more is no call that anybody meant, and reading it takes its time."""


def main() -> None:
    """Run the command line; end with the exit code that says what happened."""
    code: object
    try:
        from pnetref.errors import Problem

        try:
            code = _answered()
        except Problem as problem:
            code = _fail(problem)
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        code = _closed_output()
    except SystemExit as ended:  # Typer ends so where the reader has gone away
        code = _closed_output() if isinstance(ended.__context__, BrokenPipeError) else ended.code
    except OSError as error:
        code = _fail_of_system(error)
    raise SystemExit(code or 0)


def _answered() -> object:
    """Answer, and give what the command returns, which is nothing, or an exit code."""
    from pnetref.shortcut import answered

    sys.argv[1:] = map(_as_typed, sys.argv[1:])
    _check_size(sys.argv[1:])
    code = 0 if answered(sys.argv[1:]) else _whole_grammar()
    sys.stdout.flush()
    return code


def _check_size(arguments: list[str]) -> None:
    """Raise ``UsageProblem`` where ``arguments`` are too many or too long to be read."""
    from pnetref.errors import UsageProblem

    for count, most, what in (
        (len(arguments), MOST_ARGUMENTS, "words"),
        (sum(map(len, arguments)), MOST_LETTERS, "letters"),
    ):
        if count > most:
            raise UsageProblem(f"{count} {what} are too many; give at most {most} at once")


def _whole_grammar() -> object:
    """Answer as Typer reads the command line; give what the command returns, which is nothing, or an exit code."""
    import typer

    from pnetref.cli import app, grammar_of
    from pnetref.errors import UsageProblem

    try:
        return grammar_of(app, sys.argv[1:2])(prog_name="pnetref", standalone_mode=False)
    except typer.TyperException as error:
        told = " ".join(error.format_message().split())
        if "--install-completion" in told or "--show-completion" in told:
            told += " See pnetref completion."
        elif hasattr(error, "possibilities"):
            from pnetref.mistyped import of_option

            told = of_option(error, sys.argv[1:])
        else:
            told += " See pnetref --help."
        raise UsageProblem(told) from None
    except typer.Abort:
        raise KeyboardInterrupt from None


def _as_typed(argument: str) -> str:
    """Give an argument that came in through a locale without UTF-8 as what was typed, where it is UTF-8."""
    if not any("\udc80" <= letter <= "\udcff" for letter in argument):
        return argument
    try:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return argument


def run() -> None:
    """Run as a program: nothing collects garbage, nothing is taken apart at the end; both cost a look-up its time."""
    code: object = 3  # where not even what is wrong can be told
    try:
        code = _run()
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        if sys.flags.dev_mode:
            raise
    os._exit(code if isinstance(code, int) else 1)


def _run() -> object:
    gc.disable()
    sys.unraisablehook = _unraisable
    if (shell := os.environ.get(COMPLETING)) is not None:
        from pnetref.completion import answer

        return answer(shell, sys.argv[1:])
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none, and looking for them takes time
    for name in ("stdout", "stderr"):  # a closed one is None
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        code = 130 if _is_interrupt(error) else _fail_unforeseen(error)
    from contextlib import suppress

    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # who cannot be told is not
            stream.flush()
    return code


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    """Say nothing of what goes wrong where nothing can be raised; Ctrl-C ends the program there too."""
    if told.exc_type is KeyboardInterrupt:
        os._exit(130)


def _fail(problem: Problem) -> int:
    from contextlib import suppress

    from pnetref.output import write_problem

    with suppress(OSError):  # where stderr takes nothing, the code still says what happened
        write_problem(problem, as_json=_wants_json(sys.argv[1:]))
        sys.stderr.flush()
    return problem.exit_code


def _fail_of_system(error: OSError) -> int:
    """Tell what the system refused: what was printed, or a file of the program."""
    from pnetref.errors import OutputProblem

    if error.filename is None:
        code = _fail(OutputProblem(f"the answer cannot be printed: {error.strerror}; it is not whole"))
        _closed_output()
        return code
    return _fail(OutputProblem(f"the answer cannot be made: {error.filename}: {error.strerror}"))


def _is_interrupt(error: Exception) -> bool:
    """Tell whether an error is Ctrl-C: where it comes while Pydantic writes JSON, Pydantic raises an error of its own."""
    return type(error).__name__ == "PydanticSerializationError" and "KeyboardInterrupt" in str(error)


def _fail_unforeseen(error: Exception) -> int:
    """Tell in a line what nothing foresees, as where memory ends: a traceback helps nobody who looks up a drug."""
    from pnetref.errors import OutputProblem

    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return _fail(
        OutputProblem(
            f"the answer cannot be made: {said}; pnetref --check names data that is broken,"
            " python -X dev -m pnetref shows where it fails"
        )
    )


def _wants_json(arguments: list[str]) -> bool:
    """Tell whether JSON is asked for, in a line that may not have been understood."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--json" in options or "--format=json" in options:
        return True
    return any(options[at : at + 2] == ["--format", "json"] for at in range(len(options)))


def _closed_output() -> int:
    """Send what is still to be printed nowhere: the reader has gone away, or the disk is full."""
    from contextlib import suppress

    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
