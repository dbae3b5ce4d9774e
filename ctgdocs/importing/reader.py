"""What a reader of old files is: it recognises its own, and proposes content files from them.

A kind or a registry that reads files says so in a `from_*.py`, which holds its `READERS`; `cli/importer.py`
asks all of them how well they know a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ctgdocs.content.library import Library
from ctgdocs.importing.document import Document

MARK = "# à vérifier"
SURE, SAME = 0.5, 0.1
"""A file is known from this score on; two readers whose scores are nearer than this are asked about."""


class Proposed(NamedTuple):
    """A file that is proposed. `path`: below content/ (`conventions/ctg-2022-2026.yaml`).

    `how`: `new` stands where nothing stands (it never replaces a file); `added` are entries that join the end
    of a registry, which is made when it is not there; `merged` is the whole text of a file that its reader
    has edited, `before` being the text it read: nothing is written when the file is another by now."""

    path: str
    text: str
    how: Literal["new", "added", "merged"] = "new"
    before: str = ""


class Count(NamedTuple):
    """What was in the file and what came out of it: « 212 phrases lues, 212 reprises »."""

    what: str
    many: str
    found: int
    kept: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file becomes. `files`: the first is the one to read again; `counts`: the report; `said`: what
    the screen tells besides; `changes`: what is asked before files are merged; `next`: the command to go on
    with."""

    id: str
    files: tuple[Proposed, ...]
    counts: tuple[Count, ...] = ()
    said: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    next: str = ""

    @property
    def text(self) -> str:
        return self.files[0].text

    @property
    def agent(self) -> str:
        """The agent's own file, "" when the document says nothing of the agent."""
        return next((one.text for one in self.files if one.path.startswith("agents/")), "")

    @property
    def doubts(self) -> int:
        """How many places are to be read again."""
        return sum(one.text.count(MARK) for one in self.files)


class Wish(NamedTuple):
    """What the command line asks: the name of the content, the content that takes the file in (`--dans`)."""

    id: str = ""
    into: str = ""


class Reader(NamedTuple):
    """One reader. `genre`: what `--genre` calls it; `label`: with its article (« une convention »).

    `recognise(document)`: from 0 (not at all) to 1 (no doubt). `propose(document, library, wish)`: raises
    CtgdocsError in one French sentence for what cannot be read."""

    genre: str
    label: str
    recognise: Callable[[Document], float]
    propose: Callable[[Document, Library, Wish], Proposal]


def ranked(readers: Sequence[Reader], document: Document) -> list[tuple[float, Reader]]:
    """The readers that know a file, the surest first."""
    scored = [(reader.recognise(document), reader) for reader in readers]
    return sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])


# --- scores ---------------------------------------------------------------------------------------------


def share(text: str, *patterns: str) -> float:
    """The share of these patterns that a text holds, whatever its capitals.

    >>> share("Entre la commune et la Caf", r"\\bentre\\b", r"ci-après")
    0.5
    """
    return sum(re.search(one, text, re.IGNORECASE | re.MULTILINE) is not None for one in patterns) / len(
        patterns
    )
