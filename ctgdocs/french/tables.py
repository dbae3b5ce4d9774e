"""The tables of the room: data files of `tables/`, one thing a line, `#` before a remark."""

from __future__ import annotations

import unicodedata
from pathlib import Path

_TABLES = Path(__file__).with_name("tables")


def lines(name: str) -> list[str]:
    """The lines of the table `name`, without its remarks.

    >>> lines("feminins.txt")[0]
    '1er 1re'
    """
    text = (_TABLES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]


def words(name: str) -> list[str]:
    """The words of the table `name`, in order."""
    return " ".join(lines(name)).split()


def bare(word: str) -> str:
    """`word` without accents or ligatures."""
    plain = unicodedata.normalize("NFD", word).replace("œ", "oe").replace("Œ", "OE")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
