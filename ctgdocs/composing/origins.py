"""Where the texts of a page were typed, paragraph by paragraph: the carriers of its fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import blake2b
from itertools import islice

from pydantic import BaseModel

from ctgdocs.french import Profil, date_longue, heure, montant, typographie
from ctgdocs.prose import Block, Carrier, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Entry, Origin, Steps

OBJECT = "\ufffc"
"""Stands in a text for what is no text: a picture, the call of a note."""

_MOST_VALUES = 200
_NO_VALUE = frozenset((str, int, bool, type(None)))


def carriers(entry: Entry[object], origins: Iterable[Origin], profil: Profil) -> tuple[Carrier, ...]:
    """The carriers of the document of an entry: one for each paragraph or line that an author typed, in it
    for each value that a placeholder says, and one for each day, hour and amount of the entry."""
    typed = (one for origin in origins for one in _of(origin, profil))
    own = (
        Carrier(_id(f"{entry.source.path}\0{steps}"), _label(steps), shown, shown)
        for steps, value in islice(_values(entry.value, entry.at), _MOST_VALUES)
        if (shown := _shown(value, profil))
    )
    found: dict[str, Carrier] = {}
    for one in (*typed, *own):
        found.setdefault(one.id, one)
    return tuple(found.values())


def _values(value: object, steps: Steps) -> Iterator[tuple[Steps, dt.date | dt.time | Decimal]]:
    """The days, hours and amounts inside a value, each with its steps."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, BaseModel):
        items = vars(value).items()
    elif isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, tuple | list):
        items = enumerate(value)
    for step, one in items:
        if type(one) in _NO_VALUE:
            continue
        if isinstance(one, dt.date | dt.time | Decimal):
            yield (*steps, step), one
        else:
            yield from _values(one, (*steps, step))


def _shown(value: dt.date | dt.time | Decimal, profil: Profil) -> str:
    """A day, an hour or an amount as a page says it; "" for an amount that is no number."""
    if isinstance(value, dt.date):
        return date_longue(value, profil)
    if isinstance(value, dt.time):
        return heure(value, profil)
    return montant(value, profil, centimes=value != value.to_integral_value()) if value.is_finite() else ""


def _label(steps: Steps) -> str:
    return ", ".join(str(step + 1 if isinstance(step, int) else step) for step in steps)


def _of(origin: Origin, profil: Profil) -> Iterator[Carrier]:
    label = _label(origin.steps)
    where = f"{origin.file}\0{origin.steps}"
    values = tuple(
        Carrier(_id(f"{where}\0{typed}"), f"{label}, {typed}", shown, shown)
        for typed, said in origin.values
        if len(shown := typographie(said, profil)) > 1 and said != origin.said
    )
    if not isinstance(origin.said, Prose):
        shown = typographie(origin.said, profil)
        yield Carrier(_id(f"{where}\0{0}"), label, shown, shown, values)
        return
    for rank, runs in _typed_in(origin.said, origin.tables):
        opening = max((run.text for run in runs), key=len, default="")
        yield Carrier(_id(f"{where}\0{rank}"), label, _text(runs), opening, values)


def _typed_in(prose: Prose, tables: tuple[Block, ...]) -> Iterator[tuple[int, tuple[Run, ...]]]:
    """The paragraphs of a long text by their rank, but those of the tables of other fields."""
    first = 0
    for block in prose:
        inside = [*_paragraphs((block,))]
        if block not in tables:
            yield from enumerate(inside, first)
        first += len(inside)


def _id(where: str) -> str:
    return blake2b(where.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def paragraphs_of(prose: Prose) -> Iterator[str]:
    """The text of each paragraph of a long text, as the page shows them."""
    yield from map(_text, _paragraphs(prose))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[tuple[Run, ...]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _paragraphs(item)
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row:
                    yield from (one.runs for one in cell.paragraphs)


def notes_called(prose: Prose) -> Iterator[str]:
    """The text of each note that a long text calls."""
    for runs in _paragraphs(prose):
        for run in runs:
            yield from (_text(one.runs) for one in run.note)


def _text(runs: Iterable[Run]) -> str:
    return "".join(
        OBJECT if run.note or run.picture else "\n" if run.line_break else run.text for run in runs
    )
