"""Packaged records as the text that they are: what was validated when it was packaged is read and printed without Pydantic.

A record has the attributes of its model, so that the same functions make the same answers of both. Each is found in
the text when it is asked for, by the canonical form in which records are stored: two blanks a level, a key a line.
"""

from __future__ import annotations

from functools import cached_property
from json.decoder import JSONDecoder
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from pnetref.dataset import Dataset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from pnetref.walk import Used, Walk


class Plain(dict):  # type: ignore[type-arg]
    """An object in a file that is written by hand: its keys are attributes."""

    __getattr__ = dict.__getitem__


_parsed = JSONDecoder().raw_decode
_other = JSONDecoder(object_hook=Plain).raw_decode
_CONSTANTS = {None: "null", True: "true", False: "false"}


class Stored:
    """An object of JSON as its text; ``line`` is what stands before each of its keys: a line feed and blanks.

    ``uses`` gives what the parts of a whole record rest on, as it was found when it was packaged.
    """

    def __init__(self, text: str, line: str = "\n  ", uses: Callable[[], Mapping[str, Used]] | None = None) -> None:
        self._text = text
        self._line = line
        self._uses = uses

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any value of JSON
        key = f'{self._line}"{name.rstrip("_")}": '
        at = self._text.find(key)
        if at < 0:
            raise AttributeError(name)
        value = self._value(at + len(key), name)
        self.__dict__[name] = value
        return value

    def _value(self, at: int, name: str) -> Any:  # noqa: ANN401 - any value of JSON
        text, line = self._text, self._line
        if text.startswith("{\n", at):
            return Stored(text[at : text.index(line + "}", at) + len(line) + 1], line + "  ")
        if text.startswith(f"[{line}  {{\n", at):
            end = text.index(line + "]", at)
            return Listed(text[at : end + len(line) + 1], line, self._uses and (self._uses, name))
        return _other(text, at)[0]

    def keys(self) -> Iterator[str]:
        """Give the keys, in order."""
        start = f'{self._line}"'
        at = self._text.find(start)
        while at >= 0:
            end = self._text.index('"', at + len(start))
            yield self._text[at + len(start) : end]
            at = self._text.find(start, end)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any value of JSON
        return getattr(self, key)

    def content(self) -> bytes:
        """Give the bytes of it."""
        return self._text.encode()

    def is_called(self, key: str) -> bool:
        """Tell whether ``key`` is its id."""
        return f'{self._line}"id": "{key}"' in self._text

    def mentions(self, key: str) -> bool:
        """Tell whether ``key`` stands anywhere in it as a whole text."""
        return f'"{key}"' in self._text

    def parsed(self) -> dict[str, Any]:
        """Give all of it as dictionaries and lists."""
        value: dict[str, Any] = _parsed(self._text)[0]
        return value

    def with_more(self, more: dict[str, Any]) -> Extended:
        """Give all its keys and those of ``more`` behind them."""
        return Extended(self, more)

    def model_copy(self, *, update: dict[str, Any]) -> Extended:
        """Give a copy with other values, as a model does."""
        return Extended(self, update)

    def written(self, line: str) -> str:
        """Give the text as it stands behind ``line``, a line feed and the blanks before its closing bracket."""
        return self._text.replace(self._line[:-2], line)

    def rests_on(self, walk: Walk, key: str) -> None:
        """Tell a walk what stands here under ``key``, parsing no record whose uses were packaged."""
        if self._uses is None:
            walk.visit(self.parsed(), key)
            return
        walk.record(self, key)
        for uses in self._uses().values():
            walk.add(uses)


class Listed(list):  # type: ignore[type-arg]
    """A list of objects, with its text; ``part`` tells what of a whole record it is."""

    def __init__(self, text: str, line: str, part: tuple[Callable[[], Mapping[str, Used]], str] | None) -> None:
        inner = line + "  "
        items = text[len(inner) + 1 : -len(line + inner) - 2].split(f"{inner}}},{inner}")
        super().__init__([Stored(f"{item}{inner}}}", inner + "  ") for item in items])
        self._text = text
        self._line = line
        self._part = part

    def written(self, line: str) -> str:
        """Give the text as it stands behind ``line``."""
        return self._text.replace(self._line, line)

    def rests_on(self, walk: Walk, key: str) -> None:
        """Tell a walk what stands here under ``key``."""
        if self._part is None:
            for one in self:
                one.rests_on(walk, key)
            return
        uses, name = self._part
        if name in (found := uses()):
            walk.add(found[name])


class Extended:
    """A stored object with other values, in the place of its own where it has them."""

    def __init__(self, base: Stored, more: dict[str, Any]) -> None:
        self._base = base
        self._more = more

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any value of JSON
        return self._more[name] if name in self._more else getattr(self._base, name)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any value of JSON
        return getattr(self, key)

    def keys(self) -> list[str]:
        """Give the keys, in order."""
        return list(dict.fromkeys((*self._base.keys(), *self._more)))

    def model_copy(self, *, update: dict[str, Any]) -> Extended:
        """Give a copy with other values, as a model does."""
        return Extended(self._base, {**self._more, **update})

    def written(self, line: str) -> str:
        """Give the text as it stands behind ``line``."""
        inner = line + "  "
        if not any(f'{self._base._line}"{key}": ' in self._base._text for key in self._more):
            parts = "".join(f',{inner}"{key}": {dump(value, inner)}' for key, value in self._more.items())
            return f"{self._base.written(line)[: -len(line) - 1]}{parts}{line}}}"
        return dump({key: self[key] for key in self.keys()}, line)

    def rests_on(self, walk: Walk, key: str) -> None:
        """Tell a walk what stands here under ``key``."""
        if self._base._uses is None:
            walk.visit({**self._base.parsed(), **self._more}, key)
            return
        walk.record(self, key)
        for name, uses in self._base._uses().items():
            if name not in self._more:
                walk.add(uses)
        walk.visit(self._more, "")


def is_version(text: object) -> bool:
    """Tell whether a text is a version of the data, a day as 2026.11.24."""
    return isinstance(text, str) and text.isascii() and len(text) == 10 and text.replace(".", "").isdigit()


class Packaged(Dataset):
    """The packaged dataset, its records as they are stored: for answers that are printed as JSON."""

    @cached_property
    def unread(self) -> Dataset:
        """Itself."""
        return self

    def _made(self, model: str, shown: str, content: bytes) -> Stored:
        key = shown.removesuffix(".json")
        record = Stored(content.decode().rstrip("\n"), uses=lambda: self.index.uses_of(key))
        if model == "Manifest" and not (record.schema_version == 1 and is_version(record.data_version)):
            raise ValueError("its versions are none that this pnetref reads")
        return record

    def _part(self, model: str, stored: Stored) -> Stored:
        del model
        return stored

    def citation(self, source: str, at: str) -> Any:  # noqa: ANN401 - as records have it
        """Give a place as JSON has it."""
        return {"source": source, "at": at}


def dump(value: Any, line: str = "\n") -> str:  # noqa: ANN401 - any value of an answer
    """Give ``value`` as JSON in the bytes that Pydantic writes: two blanks a level, ``line`` before each key."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) in (Stored, Listed, Extended):
        text: str = value.written(line)
        return text
    inner = line + "  "
    if isinstance(value, dict):
        parts = [
            f'{inner}"{key}": {encode_basestring(part) if type(part) is str else dump(part, inner)}'
            for key, part in value.items()
        ]
        return f"{{{','.join(parts)}{line}}}" if parts else "{}"
    if isinstance(value, list | tuple):
        return f"[{inner}{f',{inner}'.join([dump(part, inner) for part in value])}{line}]" if value else "[]"
    return _CONSTANTS[value] if value is None or isinstance(value, bool) else str(value)
