"""What can go wrong, with the exit code and the words that a user sees."""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):  # noqa: N818 - it is what the user reads, not a crash
    """Something the user can mend: one line of ``message``, and names that are ``suggestions``."""

    code: ClassVar[str] = "usage"
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = suggestions

    def __str__(self) -> str:
        return self.message


class UsageProblem(Problem):
    """The command was given what it does not take (exit code 2)."""


class NoMatch(Problem):
    """No record has this name (exit code 1); ``told`` says what the suggestions are.

    ``helps`` tells of a message that names what there is instead.
    """

    code = "no_match"
    exit_code = 1

    def __init__(
        self, message: str, suggestions: tuple[str, ...] = (), *, told: str = "similarly spelled", helps: bool = False
    ) -> None:
        super().__init__(message, suggestions)
        self.told = told
        self.helps = helps

    def __str__(self) -> str:
        return f"{self.message}; {self.told}: {', '.join(self.suggestions)}" if self.suggestions else self.message


class UnknownId(NoMatch, KeyError):  # noqa: N818 - as its base
    """No record has this id: what was asked of a mapping from Python, where names are not looked up.

    ``key`` is the folder and the id, as ``treatments/sutent``.
    """

    def __init__(
        self, message: str, suggestions: tuple[str, ...] = (), *, told: str = "similarly spelled", key: str = ""
    ) -> None:
        super().__init__(message, suggestions, told=told)
        self.key = key


class Ambiguous(Problem):
    """The name belongs to several records, or the words can be read in several ways (exit code 1)."""

    code = "ambiguous"
    exit_code = 1


class DataProblem(Problem):
    """The packaged data is missing or corrupt (exit code 3)."""

    code = "data"
    exit_code = 3


def broken(shown: str, reason: str) -> DataProblem:
    """Give the problem of a packaged file, and what mends it where data was changed by hand."""
    return DataProblem(
        f"packaged data: {shown}: {reason}; reinstall pnetref, or after a change: python -m pnetref.curation --fix"
    )


def unread(shown: str, error: OSError) -> DataProblem:
    """Give the problem of a packaged file that the system does not give: only one that is not there is mended by anew."""
    if (archive := _archive()) is not None:
        return DataProblem(f"pnetref does not run inside an archive, as {archive} is; install it, or unpack that")
    said = error.strerror or "it cannot be read"
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        return broken(shown, said)
    return DataProblem(f"packaged data: {shown}: {said}; nothing is answered without it")


def _archive() -> str | None:
    """Give the file that this package is inside of, where it is not in folders."""
    import os

    above = os.path.dirname(os.path.abspath(__file__))
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    return above if os.path.isfile(above) else None


def reason(problem: DataProblem) -> str:
    """Give which file is broken and why, without what mends it."""
    return problem.message.removeprefix("packaged data: ").partition("; reinstall")[0]


class MissingRecord(DataProblem, KeyError):  # noqa: N818 - as its base
    """A link of the data leads to a record that is not there (exit code 3)."""


class SettingsProblem(Problem):
    """The settings file cannot be read, parsed or written (exit code 3)."""

    code = "settings"
    exit_code = 3


class OutputProblem(Problem):
    """The answer cannot be printed, as where the disk is full (exit code 3)."""

    code = "output"
    exit_code = 3
