"""What a Word file tells, as plain values: who only looks at them needs no XML parser (see teller.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph. `style`: the name of its style; `level`: its depth in a list, -1 outside of one;
    `number`: what Word prints before it (« Article 3 : », « • »); `bold`, `struck`: all of its text is;
    `large`: it is written in letters of a title; `centred`."""

    text: str
    style: str = ""
    level: int = -1
    number: str = ""
    bold: bool = False
    struck: bool = False
    large: bool = False
    centred: bool = False

    @property
    def bulleted(self) -> bool:
        return self.number == "•"


@dataclass(frozen=True, slots=True)
class ToldCell:
    """What a cell holds; `span`: the columns it covers; `continues`: it is merged with the one above."""

    blocks: tuple[ToldBlock, ...]
    span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ToldTable:
    """The rows of a table; `heads`: how many are repeated at the top of each page."""

    rows: tuple[tuple[ToldCell, ...], ...]
    heads: int = 0


ToldBlock: TypeAlias = Told | ToldTable


@dataclass(slots=True)
class ToldFile:
    """A whole file: its body, its notes by the label that calls them, its headers and footers with their
    French names; how many pictures it shows, passages it strikes, hides or had changed."""

    body: tuple[ToldBlock, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    around: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    struck: int = 0
    hidden: int = 0
    revised: int = 0
