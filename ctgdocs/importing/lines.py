"""What both readers give: the lines of a document, each with what it looks like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ctgdocs.vocabulary.as_typed import CONTROL

Look = Literal["text", "bullet", "heading", "fact"]

_SPACES = re.compile(r"[\s\u0085\u2028\u2029\ufeff\u200b]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph. `level` counts from 0 for bullets and from 1 for headings; a `fact` is a
    row of two cells, `text` being its label and `value` what stands beside. `doubt`: why to read it again."""

    text: str
    look: Look = "text"
    level: int = 0
    value: str = ""
    doubt: str = ""


def clean(text: str) -> str:
    """Text fit for a content file: composed, on one line, no control character, typographic apostrophes."""
    text = CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", text).strip()
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)
