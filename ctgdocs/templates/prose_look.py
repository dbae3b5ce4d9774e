"""A prepared template, as the writer of long text sees it: plain data, fit to be kept in a cache."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class ListLevel(NamedTuple):
    """How one level of a list is numbered: the abstract numbering and its level, from 0."""

    abstract: int
    level: int


class ProseStyles(NamedTuple):
    """`ids` gives the style id of every role the template can play; `numbers` the numbering of the numbered
    list levels; `text_width` is in twips; `next_*` are the first free ids; the `*_part` are part names."""

    ids: dict[str, str]
    numbers: tuple[ListLevel, ...]
    next_number: int
    next_note: int
    text_width: int
    numbering_part: str
    footnotes_part: str

    @classmethod
    def of(cls, package: Mapping[str, bytes]) -> ProseStyles:
        """Reads a package that `with_house_styles` has prepared."""
        from ctgdocs.templates.prose_styles import styles_of

        return styles_of(package)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a cache; `from_json` reads them back."""
        return self._asdict()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProseStyles:
        return cls(**{**data, "numbers": tuple(ListLevel(*level) for level in data["numbers"])})
