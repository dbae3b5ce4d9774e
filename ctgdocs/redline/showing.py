"""A redline as lines for a terminal, and as one accessible HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import count
from typing import Final

from ctgdocs.redline.stories import Grid, Part, Passage, Reading
from ctgdocs.word.walk import Change

Paint = Callable[[str, Change], str]

CONTEXT: Final = 1  # unchanged paragraphs shown before and after a change
LONG: Final = 160  # letters of an unchanged stretch; what is beyond is cut in its middle


def marked(text: str, state: Change) -> str:
    """What is deleted and inserted, in plain signs: `[-…-]` and `{+…+}`."""
    return {"": text, "del": f"[-{text}-]", "ins": f"{{+{text}+}}"}[state]


def lines(read: Reading, paint: Paint = marked) -> Iterator[str]:
    """The changed paragraphs with a little around them, a line each; `…` stands for what did not change."""
    for label, story in read.stories:
        passages = [*_flat(story)]
        shown = {
            near
            for place, (_, passage) in enumerate(passages)
            if passage.changed
            for near in range(place - CONTEXT, place + CONTEXT + 1)
        }
        if len(read.stories) > 1 and shown:
            yield f"== {label}"
        last = -1
        for place in sorted(one for one in shown if 0 <= one < len(passages)):
            if place > last + 1:
                yield "…"
            last = place
            where, passage = passages[place]
            yield where + _line(passage, paint)
        if shown and last < len(passages) - 1:
            yield "…"


def _flat(story: Sequence[Part], where: str = "") -> Iterator[tuple[str, Passage]]:
    for part in story:
        if isinstance(part, Passage):
            if not part.empty:
                yield where, part
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from _flat(cell, "| ")


def _line(passage: Passage, paint: Paint) -> str:
    number = f"{passage.number} " if passage.number else ""
    return number + "".join(
        paint(text if state or not passage.changed else _shortened(text), state)
        for text, state in passage.pieces
    ).replace("\n", " ⏎ ").replace("\t", " ")


def _shortened(text: str) -> str:
    if len(text) <= LONG:
        return text
    start, end = text[: LONG // 2].rpartition(" ")[0], text[-LONG // 2 :].partition(" ")[2]
    return f"{start} […] {end}"


# --- HTML ---------------------------------------------------------------------------------------------

_STYLE = """
:root{color-scheme:light}
body{font:1rem/1.55 system-ui,"Segoe UI",Arial,sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;
max-width:52rem;padding:1rem 1.25rem 4rem}
header{border-bottom:2px solid #1f3864;margin-bottom:1.5rem}
h1{font-size:1.5rem;color:#1f3864}h2,h3,h4,h5,h6{color:#1f3864;line-height:1.3}
ins{color:#0b5a2b;background:#e3f6e9;text-decoration:underline}
del{color:#9c1c1c;background:#fdeaea;text-decoration:line-through}
table{border-collapse:collapse;width:100%;margin:1rem 0}
td,th{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
td>p,th>p{margin:.1rem 0}th{background:#eef1f7}
.change{border-left:.25rem solid #1f3864;padding-left:.75rem;margin-left:-1rem}
.suivant{font-size:.85rem;margin-left:.5rem}
.numero{font-weight:600}
ins::before,ins::after,del::before,del::after,.lu{clip-path:inset(100%);clip:rect(1px,1px,1px,1px);height:1px;
overflow:hidden;position:absolute;white-space:nowrap;width:1px}
ins::before{content:" [début d’ajout] "}ins::after{content:" [fin d’ajout] "}
del::before{content:" [début de suppression] "}del::after{content:" [fin de suppression] "}
@media print{.suivant{display:none}.change{break-inside:avoid}}
"""


def page(read: Reading, title: str, summary: str, legend: str) -> str:
    """One HTML page that needs nothing else: no script, no address. Texts are given ready to be read."""
    writer = _Page()
    stories = "\n".join(
        writer.story(label, parts, several=len(read.stories) > 1) for label, parts in read.stories
    )
    first = '<p><a href="#c1">Aller au premier changement</a></p>' if writer.changes else ""
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(summary)}</p>\n"
        f"<p>{escape(legend)} <ins>ajouté</ins>, <del>supprimé</del>.</p>\n{first}\n</header>\n"
        f"<main>\n{writer.with_links(stories)}\n</main>\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self) -> None:
        self.changes = 0
        self._rank = count(1)

    def story(self, label: str, parts: Sequence[Part], *, several: bool) -> str:
        title = f"<h2>{escape(label)}</h2>\n" if several else ""
        return f"<section>\n{title}{self._parts(parts)}\n</section>"

    def with_links(self, text: str) -> str:
        """The page, its last change leading nowhere."""
        last = f'<a class="suivant" href="#c{self.changes + 1}">changement suivant</a>'
        return text.replace(last, "")

    def _parts(self, parts: Sequence[Part], *, linked: bool = True) -> str:
        return "\n".join(
            self._grid(part) if isinstance(part, Grid) else self._passage(part, linked=linked)
            for part in parts
            if isinstance(part, Grid) or not part.empty
        )

    def _passage(self, passage: Passage, *, linked: bool) -> str:
        tag = f"h{min(passage.level + 2, 6)}" if passage.level and linked else "p"
        number = f'<span class="numero">{escape(passage.number)}</span> ' if passage.number else ""
        inner = number + "".join(_piece(text, state) for text, state in passage.pieces)
        if not passage.changed or not linked:
            return f"<{tag}>{inner}</{tag}>"
        return f'<div class="change" id="{self._next()}"><{tag}>{inner}</{tag}>{self._link()}</div>'

    def _grid(self, grid: Grid) -> str:
        rows = []
        for row in grid.rows:
            tag = 'th scope="col"' if row.header else "td"
            cells = "".join(f"<{tag}>{self._parts(cell, linked=False)}</{tag[:2]}>" for cell in row.cells)
            rows.append(f"<tr>{cells}</tr>")
        table = "<table>\n" + "\n".join(rows) + "\n</table>"
        if not grid.changed:
            return table
        return f'<div class="change" id="{self._next()}">{table}{self._link()}</div>'

    def _next(self) -> str:
        self.changes = next(self._rank)
        return f"c{self.changes}"

    def _link(self) -> str:
        return f'<a class="suivant" href="#c{self.changes + 1}">changement suivant</a>'


def _piece(text: str, state: Change) -> str:
    said = escape(text, quote=False).replace("\n", "<br>")
    return f"<{state}>{said}</{state}>" if state else said
