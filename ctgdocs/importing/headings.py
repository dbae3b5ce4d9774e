"""The headings that old documents of a kind carry: a line that is one, or nearly one, is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ctgdocs.vocabulary.as_typed import nearest, slug

NEAR = 0.88
"""How alike a misspelt heading must be to a known one."""
LONGEST = 80
"""Characters: a longer line is a sentence."""

_NUMBER = re.compile(r"^(?:[IVX]{1,4}|\d{1,2}|[A-Z])\s*[.)–-]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading recognised: the key of its field, its correct spelling, whether it was spelt otherwise."""

    key: str
    title: str
    misspelt: bool = False


class Headings:
    """A kind's table of headings: the key of a field → every title that means it, the right one first.

    Accents, capitals, « : » and numbers in front do not count; a heading that is nearly one of these
    (« RELATIONS FONCTIONELLES ») is recognised, and said to be misspelt.
    """

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._known = {slug(title): Heading(key, title) for key, titles in table.items() for title in titles}
        self.recognise = lru_cache(maxsize=4096)(self._recognise)

    def _recognise(self, text: str) -> Heading | None:
        """The heading that a line is, « : » at its end included; None for a sentence."""
        if len(text) > LONGEST:
            return None
        bare = _NUMBER.sub("", text).strip().rstrip(":").strip()
        found = self._known.get(slug(bare))
        if found is not None or not bare:
            return found
        wanted = slug(bare)
        if len(wanted) < 8 or text.rstrip().endswith((".", ",", ";")):
            return None
        near = self._known.get(nearest(wanted, self._known, least=NEAR) or "")
        return Heading(near.key, near.title, misspelt=True) if near is not None else None

    def label_and_value(self, text: str) -> tuple[Heading, str] | None:
        """« Lieu de travail : mairie » → its heading and what follows; None when the label is not a known
        one."""
        label, colon, value = text.partition(":")
        if not colon or len(label) > LONGEST:
            return None
        heading = self.recognise(label.strip())
        return (heading, value.strip()) if heading is not None and label.strip() else None
