"""Answers a shell that completes a word; read before anything else, so it imports next to nothing.

Everything that can be typed is a line of the generated ``data/completion.tsv``, sorted by how it begins: its text in
lower case, its kind, what it opens or takes, whether it is a main name, the text as it is shown, and what it is.
Before them stands the digest of the rest.
The kind of a command is the path that it stands behind (``pnetref config``), that of an option ``options of`` the
path. What a command takes are the kinds of its first word, ``;``, and those of the words behind it.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing typing takes longer than the answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "completion.tsv")
SHELLS = ("bash", "zsh", "fish")
PROGRAM = "pnetref"
FILES = ":files"
"""What is answered where the shell itself completes names of files."""

LONGEST = 10_000
"""The letters of a line in which a word is completed: nobody types more."""

MOST_BEFORE = 5
"""The words before the one that is typed that may begin its name."""

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+,:=%@")
"""What bash reads as it stands, outside quotes."""

COLUMNS = 6
KIND, TAKES, MAIN, TEXT, TOLD = range(1, COLUMNS)
"""The columns of a line behind the text in lower case."""

LARGEST = 1 << 28
"""The bytes from which on the file is none of ours."""

Row = list[str]


class Line:
    """A command line up to the cursor, as a shell reads it: the whole words, and the one that is typed.

    ``start`` tells from which letter of ``word`` on bash replaces it; ``quote`` is the quote that is open.
    Files behind ``<`` and ``>`` are no words of the command; ``redirected`` tells that ``word`` is one.
    """

    def __init__(self, text: str, breaks: str) -> None:
        self.words: list[str] = []
        self.word = self.quote = ""
        self.start = 0
        self.redirected = begun = False
        letters = iter(text)
        for letter in letters:
            if letter == self.quote:
                self.quote = ""
                self.start = len(self.word)
            elif letter == "\\" and self.quote != "'":
                escaped = next(letters, "")
                self.word += escaped if not self.quote or escaped in '"\\$`' else letter + escaped
                begun = True
            elif not self.quote and letter in "'\"":
                self.quote = letter
                self.start = len(self.word)
                begun = True
            elif not self.quote and letter in " \t\n":
                if begun:
                    self._end()
                begun = False
            elif not self.quote and letter in "<>":
                if begun and not self.word.isdigit() and self.word != "&":  # these are of the redirection: 2> and &>
                    self._end()
                self.word, self.start, self.redirected, begun = "", 0, True, False
            elif self.redirected and not begun and letter in "&|":
                continue  # >& and >| are one sign
            else:
                self.word += letter
                begun = True
                if not self.quote and letter in breaks:
                    self.start = len(self.word)

    def _end(self) -> None:
        """End the word."""
        if not self.redirected:
            self.words.append(self.word)
        self.word, self.start, self.redirected = "", 0, False


def answer(shell: str, arguments: list[str]) -> int:
    """Print what the word can become for a ``shell``; ``arguments`` are the line up to the cursor, and bash's breaks.

    Gives the exit code: 1 where nothing can be said, whatever the reason. Never raises.
    """
    try:
        if shell not in SHELLS or len(arguments[0]) > LONGEST:
            return 1
        line = Line(arguments[0], arguments[1] if len(arguments) > 1 else "")
        found = [(FILES, "")]
        if not line.redirected:
            found = candidates(read(FILE), line.words[behind_program(line.words) :], line.word)
        found = [(text, told) for text, told in found if (text + told).isprintable()]
        told = {"bash": for_bash, "zsh": for_zsh, "fish": for_fish}[shell](found, line)
        sys.stdout.buffer.write("".join(f"{one}\n" for one in told).encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):  # a shell that waits for a word is told nothing of what is wrong
        return 1
    return 0


def read(path: str) -> str:
    """Give the lines of the file as they were packaged. Raises ``ValueError`` where they are not, or it is no file."""
    from binascii import crc32

    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not size or size > LARGEST:  # what has no size, as a pipe or a device, may have no end
            raise ValueError(path)
        content = file.read(size)
    start = content.find(b"\n")
    if content[:start] != f"{crc32(content[start:]):08x}".encode():
        raise ValueError(path)
    return content[start:].decode()


def behind_program(words: list[str]) -> int:
    """Give where the words behind the program begin: before it may stand what is set for this call, or sudo."""
    named = [number for number, word in enumerate(words, 1) if word.rpartition("/")[2] == PROGRAM]
    return named[-1] if named else 1


def candidates(table: str, words: list[str], word: str) -> list[tuple[str, str]]:
    """Give what ``word`` can become behind ``words``, each with what it is; ``FILES`` alone where it is a file."""
    path, takes = PROGRAM, _exact(table, "program", PROGRAM)[TAKES]
    names: list[str] = []
    wanted = ""  # what the option before takes
    closed = False  # by ``--``: no options behind it
    for typed in words:
        option = typed.startswith("-") and not closed
        if wanted:
            wanted = ""
        elif typed == "--":
            closed = True
        elif option:
            wanted = _exact(table, f"options of {path}", typed)[TAKES]
        elif not names and (command := _exact(table, path, typed))[TEXT]:
            path, takes = f"{path} {typed}", command[TAKES]
        else:
            names.append(typed)
    if wanted:
        return _values(table, wanted, word)
    if word.startswith("-") and not closed:
        name, given, value = word.partition("=")
        if not given:
            return _matching(table, [f"options of {path}"], word)
        found = _values(table, _exact(table, f"options of {path}", name)[TAKES], value)
        return found if found == [(FILES, "")] else [(f"{name}={text}", told) for text, told in found]
    first, _, behind = takes.partition(";")
    if names:
        return _continued(table, first.split(","), names, word) or _values(table, behind, word)
    return _matching(table, [path], word) or _values(table, first, word)


def _values(table: str, kinds: str, word: str) -> list[tuple[str, str]]:
    """Give what of some kinds begins with ``word``; names of files where they are one of them and nothing does."""
    wanted = kinds.split(",")
    return _matching(table, wanted, word) or ([(FILES, "")] if "file" in wanted else [])


def _matching(table: str, kinds: Iterable[str], word: str) -> list[tuple[str, str]]:
    """Give what of some kinds begins with ``word``, in any case: main names, and only where none does, other ones."""
    found = [row for row in _rows(table, word.lower()) if row[KIND] in kinds]
    kept = [row for row in found if row[MAIN]] or (found if word else [])
    return list({row[TEXT]: (row[TEXT], row[TOLD]) for row in kept}.values())


def _continued(table: str, kinds: list[str], names: list[str], word: str) -> list[tuple[str, str]]:
    """Give the next word of names that the words before begin and are not themselves: ``mouth so`` goes on with ``sores``."""
    found: dict[str, tuple[str, str]] = {}
    for count in range(min(len(names), MOST_BEFORE), 0, -1):
        before = " ".join(names[-count:])
        if any(row[KIND] in kinds for row in _rows(table, f"{before.lower()}\t")):
            return []
        for text, told in _matching(table, kinds, f"{before} {word}"):
            following = text[len(before) + 1 :].split(" ")[0]
            found.setdefault(following, (following, told))
    return list(found.values())


def _exact(table: str, kind: str, word: str) -> Row:
    """Give the line of a command or an option, or one of empty columns."""
    return next((row for row in _rows(table, f"{word.lower()}\t{kind}\t") if row[TEXT] == word), [""] * COLUMNS)


def _rows(table: str, begins: str) -> Iterator[Row]:
    """Give the lines that begin so; they are sorted, so the first is searched for and the rest follow it."""
    at = table.find("\n" + begins)
    while at >= 0 and table.startswith(begins, at + 1):
        end = table.find("\n", at + 1)
        if end < 0:
            return
        row = table[at + 1 : end].split("\t")
        if len(row) == COLUMNS:
            yield row
        at = end


def for_bash(found: list[tuple[str, str]], line: Line) -> list[str]:
    """Give what bash puts in the place of the word from ``line.start`` on, quoted as the word is.

    Bash cuts the word down to the letters with which all begin, if there are any: where these are fewer than were
    typed, each begins as it was typed.
    """
    if found == [(FILES, "")]:
        return [FILES]
    texts = [text for text, _ in found if text.lower().startswith(line.word.lower()) and len(text) > line.start]
    differ = len({text[: len(line.word)] for text in texts}) > 1 and len({text[line.start] for text in texts}) == 1
    if differ and line.word.isascii():
        texts = [line.word + text[len(line.word) :] for text in texts]
    return [quoted(text[line.start :], line.quote) for text in texts if line.quote != "'" or "'" not in text]


def quoted(text: str, quote: str) -> str:
    """Give ``text`` as bash reads it inside ``quote``, or outside any."""
    if quote == "'":
        return text
    if quote:
        return "".join(f"\\{letter}" if letter in '"\\$`' else letter for letter in text)
    return "".join(letter if letter in PLAIN else f"\\{letter}" for letter in text)


def for_zsh(found: list[tuple[str, str]], line: Line) -> list[str]:
    """Give the lines that zsh's ``_describe`` takes; zsh quotes them itself."""
    del line
    return [text if text == FILES else text.replace(":", "\\:") + f":{told}" * bool(told) for text, told in found]


def for_fish(found: list[tuple[str, str]], line: Line) -> list[str]:
    """Give the lines that fish takes; fish quotes them itself."""
    del line
    return [text + f"\t{told}" * bool(told) for text, told in found]
