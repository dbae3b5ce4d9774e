"""Which tag of a template fails: Jinja only knows lines, so the source is run again with one tag per line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ctgdocs.rendering.tags import TAG

if TYPE_CHECKING:
    from ctgdocs.rendering.prepared import Source


def numbered_lines(jinja: str) -> str:
    """The same source with a line break inside each tag: Jinja's line numbers then count tags."""
    return TAG.sub(lambda match: match[0][:-2] + "\n" + match[0][-2:], jinja)


def place_of_line(source: Source, line: int) -> tuple[str, str]:
    """Where the tag stands that Jinja calls line `line` of `numbered_lines`, and how its author typed it."""
    lined = numbered_lines(source.jinja)
    typed = [(_bare(jinja), text, place) for jinja, text, place in source.tags]
    count: dict[str, int] = {}
    for match in TAG.finditer(lined):
        bare = _bare(match[0])
        count[bare] = count.get(bare, 0) + 1
        if lined.count("\n", 0, match.end()) >= line:
            same = [(text, place) for other, text, place in typed if other == bare]
            if same:
                return same[min(count[bare], len(same)) - 1][::-1]
            break
    return "", ""


def _bare(tag: str) -> str:
    """A tag without its prefix, blanks and house filters: the same before and after patching."""
    inner = tag[2:-2].strip("- \n")
    inner = re.sub(r"\|ctg_(?:run|block)(?:\(true\))?\s*$", "", inner)
    inner = re.sub(r"^(?:p|r|tr|tc|colspan|cellbg)\s", "", inner).replace("&lt;", "<").replace("&gt;", ">")
    return re.sub(r"[\s()]+", "", inner)
