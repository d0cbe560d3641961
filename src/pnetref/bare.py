"""Names without a command: ``pnetref sunitinib`` opens what the words name, as its command would."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pnetref.errors import NoMatch
from pnetref.lookup import command_of
from pnetref.misses import alike
from pnetref.stored import Packaged

if TYPE_CHECKING:
    from collections.abc import Sequence


def rewritten(arguments: Sequence[str], commands: Sequence[str]) -> list[str]:
    """Give the call with the command that its first words, up to an option, are answered by.

    Raises as ``lookup.command_of`` does; a word that is neither a command nor a name is told what is spelled alike.
    """
    count = next((index for index, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    words, options = arguments[:count], arguments[count:]
    data = Packaged()
    try:
        return [*command_of(data, words), *options]
    except NoMatch as problem:
        if problem.helps:
            raise
        near = difflib.get_close_matches(words[0].casefold(), commands, n=1, cutoff=0.7)
        shown = " ".join(words)[:80]
        names = problem.suggestions or alike(data, shown, lambda key: not key.startswith("sources/"))
        raise NoMatch(
            f'"{shown}" is neither a command nor a name in this reference; see pnetref --help',
            (*(f"pnetref {command}" for command in near), *names),
        ) from None
