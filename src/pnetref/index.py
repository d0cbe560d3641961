"""The index: generated files of sorted lines, searched by halving, so that a look-up reads the lines it asks for.

A line is a key and what it holds, parted by tabs; its last column is the digest of the rest and of the key before it,
checked as it is read. So a line says that none is missing before it; the first says so of the last.
"""

import mmap
import os
import re
import stat
from binascii import crc32
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from pnetref.errors import broken, unread

CHANGED = "it is not as it was packaged"
"""What is said of a file that has another digest, size or order than it had."""

FOLDER = "index"
"""The folder of the data in which the index is."""


def digest_of(content: bytes | mmap.mmap, before: bytes = b"") -> str:
    """Give the digest of a file, or of a line behind the key ``before``: it tells of damage and of edits, not of forgery."""
    return f"{crc32(content, crc32(before)):08x}"


def opened(root: str, shown: str) -> int:
    """Open the file ``shown`` under ``root``, and nothing that is none: a pipe or a device may have no end.

    Gives its descriptor. Raises ``DataProblem``.
    """
    try:
        handle = os.open(os.path.join(root, *shown.split("/")), _READING)
    except OSError as error:
        raise unread(shown, error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise broken(shown, "it is no file")
    return handle


_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Nothing waits for the other end of a pipe."""


def lines_of(entries: Iterable[tuple[str, ...]]) -> bytes:
    """Give the bytes of an index whose lines have these columns, the key first."""
    lines = sorted("\t".join(entry).encode() for entry in entries)
    keys = [line.partition(b"\t")[0] for line in lines]
    behind = zip(lines, [b"\n" + key for key in keys[-1:]] + keys, strict=False)
    return b"".join(line + f"\t{digest_of(line, before)}\n".encode() for line, before in behind)


class Lines:
    """The lines of one file of the index; each is checked and divided into its columns when it is asked for.

    ``size`` are the bytes of the file as it was packaged: a line that is gone is seen by it. Raises ``DataProblem``
    where the file or a line of it is missing or is not as it was packaged.
    """

    def __init__(self, root: str, name: str, size: str | None = None) -> None:
        self._shown = f"{FOLDER}/{name}"
        handle = opened(root, self._shown)
        try:
            self._bytes = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise unread(self._shown, error) from None
        except ValueError:
            raise broken(self._shown, "it is empty") from None
        finally:
            os.close(handle)
        if size not in (None, str(len(self._bytes))) or self._bytes[-1:] != b"\n":
            raise broken(self._shown, CHANGED)

    def columns(self, key: str) -> list[str] | None:
        """Give the columns behind ``key``, or None where no line has it."""
        if "\t" in key or "\n" in key:
            return None
        wanted = key.encode(errors="replace") + b"\t"
        start = self._first(wanted)
        found = self._bytes[start : start + len(wanted)] == wanted
        line = self._read(start)  # that which follows shows that the wanted one is nowhere
        return line[1:] if found else None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.columns(key) is not None

    def starting(self, prefix: str) -> Iterator[list[str]]:
        """Give the columns, the key first, of every line that begins with ``prefix``, in order."""
        begins = prefix.encode(errors="replace")
        start, end = (self._first(begins), self._first(begins + b"\xff")) if begins else (0, len(self._bytes))
        before = self._key_before(start)
        for line in self._bytes[start:end].splitlines():
            text = self._checked(line, before)
            before = text.partition(b"\t")[0]
            yield text.decode().split("\t")
        self._read(end)

    def __iter__(self) -> Iterator[str]:
        return (line[0] for line in self.starting(""))

    def __len__(self) -> int:
        return self._bytes[:].count(b"\n")

    def _first(self, wanted: bytes) -> int:
        """Give where the first line begins that is not before ``wanted``."""
        low, high = 0, len(self._bytes)
        while low < high:
            start = self._bytes.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._bytes[start : start + len(wanted)] < wanted:
                low = self._bytes.find(b"\n", start) + 1
            else:
                high = start
        return low

    def _read(self, start: int) -> list[str]:
        """Give the columns of the line that begins at ``start``; at the end of the file, of the first."""
        start = start if start < len(self._bytes) else 0
        line = self._bytes[start : self._bytes.find(b"\n", start)]
        return self._checked(line, self._key_before(start)).decode().split("\t")

    def _key_before(self, start: int) -> bytes:
        """Give the key of the line before ``start``; before the first is the last, behind a line feed."""
        at = self._bytes.rfind(b"\n", 0, (start or len(self._bytes)) - 1) + 1
        return b"\n" * (not start) + self._bytes[at : self._bytes.find(b"\t", at)]

    def _checked(self, line: bytes, before: bytes) -> bytes:
        """Give a line without its digest, which it has behind the key ``before``."""
        text, _, digest = line.rpartition(b"\t")
        if digest_of(text, before).encode() != digest:
            key = re.sub(rb"[^\w /.-]", b"?", line.partition(b"\t")[0][:60]).decode(errors="replace")
            raise broken(self._shown, f"the line of {key!r} is not as it was packaged")
        return text


class Entry(NamedTuple):
    """What the index knows of a record, so that a look-up opens no other file.

    ``clinical_name`` is an effect's; ``members`` are the ids of the records that name this one as their class or
    parent, or as a wider effect; ``cited`` counts the facts, names, links and reports that rest on a source, and the
    entries that name a partner.
    """

    kind: str
    name: str
    clinical_name: str | None = None
    members: tuple[str, ...] = ()
    cited: int = 0

    def columns(self) -> tuple[str, ...]:
        """Give the columns of a line."""
        return self.kind, self.name, self.clinical_name or "", " ".join(self.members), str(self.cited)


class Entries(Lines, Mapping[str, Entry]):
    """Every record by its key (``treatments/sunitinib``)."""

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """Those that were read: a record is asked for again and again."""
        return {}

    def __getitem__(self, key: str) -> Entry:
        if key not in self._entries:
            columns = self.columns(key)
            if columns is None:
                raise KeyError(key)
            kind, name, clinical_name, members, cited = columns
            self._entries[key] = Entry(kind, name, clinical_name or None, tuple(members.split()), int(cited))
        return self._entries[key]


class Keys(Lines, Mapping[str, tuple[str, ...]]):
    """What names, phrases or words open: each with the keys of records, or the ids of effects."""

    def __getitem__(self, key: str) -> tuple[str, ...]:
        columns = self.columns(key)
        if columns is None:
            raise KeyError(key)
        return tuple(columns[0].split())

    def pairs(self, begins: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give every key that begins so with what it opens, in one pass."""
        return ((key, tuple(opens.split())) for key, opens in self.starting(begins))
