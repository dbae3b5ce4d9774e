"""What the documents of a template part have to be looked at for: known when the template is prepared."""

from __future__ import annotations

from typing import NamedTuple


class Needs(NamedTuple):
    """What to look for in each document made from a part."""

    cells: bool = False
    tables: bool = False
    stories: bool = False
    grids: bool = False
    pictures: bool = False
    bookmarks: bool = False
    comments: bool = False


EVERYTHING = Needs(cells=True, tables=True, stories=True, pictures=True)
"""For a part that received markup from a value."""
