"""Where each paragraph of a page may have been typed: the stretches of the content files behind it.

What composing noted (`stages.Origin`) comes first, with the words of its placeholders; then every other text,
date, number of the files that the document was made from, in the forms in which a page says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple, TypeAlias

from pydantic_core import PydanticCustomError

from ctgdocs.composing.markdown import Lines, lines_of, notes_of
from ctgdocs.composing.origins import notes_called, paragraphs_of
from ctgdocs.content.spans import KEY, texts_of
from ctgdocs.french import Profil, date_longue, date_simple, heure, montant, nombre, typographie
from ctgdocs.prose import Prose
from ctgdocs.readback.words import core, meaning, solid, typed_words
from ctgdocs.redline import gaps, same
from ctgdocs.stages import Origin, Steps
from ctgdocs.vocabulary.as_typed import read_amount, read_date, read_hour

Nature: TypeAlias = Literal["texte", "markdown", "date", "montant", "heure", "repère"]
"""« repère »: a field that names what says the words, an act by its number; it goes or stays."""


class Spot(NamedTuple):
    """A stretch of a text of a content file that says one paragraph of the page, or a part of one. `said`:
    the page's words for it; `cell`, `depth`, `ordered`: its place in Markdown (`markdown.Lines`)."""

    file: str
    steps: Steps
    start: int
    end: int
    said: str
    nature: Nature = "texte"
    values: tuple[tuple[str, str], ...] = ()
    cell: int = -1
    depth: int = 0
    ordered: bool = False

    @property
    def field(self) -> str:
        return ".".join(map(str, self.steps))


class Placed(NamedTuple):
    """A spot, and the words of a paragraph (`start` to `end`) that it says."""

    spot: Spot
    start: int
    end: int


class Files:
    """The content files that a document was made from: their texts, as they are typed."""

    def __init__(self, contents: Mapping[str, str], own: Sequence[str]) -> None:
        self.contents = contents
        self.own = tuple(own)
        self._texts: dict[str, dict[Steps, str]] = {}

    def texts(self, file: str) -> dict[Steps, str]:
        if file not in self._texts:
            self._texts[file] = texts_of(self.contents[file]) if file in self.contents else {}
        return self._texts[file]

    def typed_at(self, file: str, steps: Steps) -> Steps:
        """Where a file has what a document calls `steps`: a record may be typed as a plain text, or
        as a title and its points."""
        texts = self.texts(file)
        if steps in texts:
            return steps
        at: Steps = ()
        for step in steps:
            names = {one[len(at)] for one in texts if one[: len(at)] == at and len(one) > len(at)}
            titles = [name for name in names if (*at, name, KEY) in texts]
            if step in names:
                at = (*at, step)
            elif len(names) == 1 and titles:
                at = (*at, *titles)
                inside = {one[len(at)] for one in texts if one[: len(at)] == at and len(one) > len(at)}
                at = (*at, *([KEY] if step == "titre" else [step] if step in inside else []))
            elif at not in texts:
                return steps
        return at

    def named(self, name: str, nature: str) -> Iterator[tuple[str, Steps, str]]:
        """Where an amount or a day is typed that texts cite by its name (vocabulary/dossiers.py)."""
        for file in self.own:
            texts = self.texts(file)
            for steps, typed in texts.items():
                if nature == "date":
                    named = steps[:1] == ("calendrier",) and steps[1:] in ((name,), (name, "date"))
                else:
                    named = steps == ("montants", name) or steps == ("finances", name.replace("-", "_"))
                    named |= steps[-1:] == ("montant",) and texts.get((*steps[:-1], "nom")) == name
                if named:
                    yield file, steps, typed


class Spots:
    """Every spot of a document: `noted`, those that composing told, come first. A long text is read when one
    of its paragraphs is asked for."""

    def __init__(self, origins: Iterable[Origin], files: Files, profil: Profil) -> None:
        self.files = files
        self.profil = profil
        self._origins = tuple(dict.fromkeys(origins))
        self._read: dict[int, tuple[Spot, ...]] = {}
        self._cores: dict[Spot, list[str]] = {}

    @cached_property
    def noted(self) -> tuple[Spot, ...]:
        spots = (spot for at in range(len(self._origins)) for spot in self._of(at))
        return tuple(dict.fromkeys(spots))

    @cached_property
    def all(self) -> tuple[Spot, ...]:
        return tuple(dict.fromkeys((*self.noted, *self._others)))

    def said_in(self, text: str) -> Iterator[tuple[list[str], Spot]]:
        """The spots whose words a paragraph may say, with the core of those words."""
        said = solid(text)
        told = (
            spot for at, texts in self._texts if any(one in said for one in texts) for spot in self._of(at)
        )
        others = (spot for one, spot in self._solid_others if one in said)
        for spot in dict.fromkeys((*told, *others)):
            if spot not in self._cores:
                self._cores[spot] = core(meaning(spot.said))
            yield self._cores[spot], spot

    @cached_property
    def _texts(self) -> list[tuple[int, list[str]]]:
        """Each origin by its rank, with the texts of its paragraphs without their spaces."""
        return [(at, [*map(solid, _texts(one, self.profil))]) for at, one in enumerate(self._origins)]

    @cached_property
    def _solid_others(self) -> list[tuple[str, Spot]]:
        return [(solid(spot.said), spot) for spot in self._others]

    def _of(self, at: int) -> tuple[Spot, ...]:
        if at not in self._read:
            self._read[at] = tuple(self._noted(self._origins[at]))
        return self._read[at]

    def _noted(self, origin: Origin) -> Iterator[Spot]:
        one, typed = self._typed(origin)
        if typed is None:
            return
        if isinstance(one.said, Prose):
            yield from self._long(one, typed, one.said)
        elif one.said:
            said = typographie(one.said, self.profil)
            named = one.values[:1] == ((typed.strip(), one.said),) and isinstance(one.steps[-1], str)
            nature: Nature = "repère" if named else "texte"
            yield Spot(one.file, one.steps, 0, len(typed.rstrip()), said, nature, one.values)

    def _typed(self, one: Origin) -> tuple[Origin, str | None]:
        """An origin with its text."""
        steps = self.files.typed_at(one.file, one.steps)
        return one._replace(steps=steps), self.files.texts(one.file).get(steps)

    def _long(self, one: Origin, typed: str, prose: Prose) -> Iterator[Spot]:
        shift = len(typed) - len(typed.lstrip("\r\n"))
        lines = lines_of(typed.strip("\r\n").rstrip())
        notes = [(start + shift, end + shift) for start, end in notes_of(typed[shift:])]
        said = [*_texts(one, self.profil)]
        lengths = (len(one) + 1 for one in typed[shift:].split("\n"))
        starts = [*accumulate(lengths, initial=shift)]
        spans = [*(_span(typed, starts, line) for line in lines), *notes]
        typed_keys = [
            tuple(core([word.key for word in typed_words(typed, *span, one.values, markdown=True)]))
            for span in spans
        ]
        said_keys = [tuple(core(meaning(text))) for text in said]
        pairs = same(typed_keys, said_keys)
        for a0, a1, b0, b1 in gaps(pairs, len(spans), len(said)):
            if a1 - a0 == b1 - b0:
                pairs = [*pairs, *zip(range(a0, a1), range(b0, b1), strict=True)]
        for at, rank in sorted(pairs):
            line = lines[at] if at < len(lines) else Lines(0, 0)
            yield Spot(
                one.file, one.steps, *spans[at], said[rank], "markdown", one.values, line.cell, line.depth,
                line.ordered,
            )  # fmt: skip

    @cached_property
    def _others(self) -> tuple[Spot, ...]:
        """What the document's own files say that composing did not note: whole texts, dates, amounts."""
        return tuple(
            Spot(file, steps, 0, len(typed.rstrip()), said, nature)
            for file in self.files.own
            for steps, typed in self.files.texts(file).items()
            for nature, said in forms_of(typed, self.profil)
        )


def _texts(origin: Origin, profil: Profil) -> Iterator[str]:
    """What the page says of a text, paragraph by paragraph."""
    if isinstance(origin.said, Prose):
        yield from paragraphs_of(origin.said)
        yield from notes_called(origin.said)
    else:
        yield typographie(origin.said, profil)


def _span(typed: str, starts: Sequence[int], line: Lines) -> tuple[int, int]:
    """The characters of the lines of a text; of a row of a table, those of one cell. `starts`: where each
    line begins, and where one after the last would."""
    start, end = starts[line.start], starts[min(line.end, len(starts) - 1)] - 1
    if line.cell < 0:
        return start, start + len(typed[start:end].rstrip())
    return _cell(typed, start, end, line.cell)


def _cell(typed: str, start: int, end: int, rank: int) -> tuple[int, int]:
    row = typed[start:end]
    at = start + len(row) - len(row.lstrip(" |"[:1]))
    bars = [where for where in range(at, end) if typed[where] == "|" and typed[where - 1 : where] != "\\"]
    if bars and bars[0] == at:
        bars = bars[1:]
        at += 1
    edges = [at - 1, *bars, end]
    first, last = edges[min(rank, len(edges) - 2)] + 1, edges[min(rank + 1, len(edges) - 1)]
    inside = typed[first:last]
    return first + len(inside) - len(inside.lstrip()), first + len(inside.rstrip())


def forms_of(typed: str, profil: Profil) -> Iterator[tuple[Nature, str]]:
    """How a page may say a value."""
    text = typed.strip()
    if not text:
        return
    if len(text) <= 40 and any(sign.isdigit() for sign in text):
        try:
            day = read_date(text)
            yield "date", date_longue(day, profil)
            yield "date", date_longue(day, profil, jour=True)
            yield "date", date_simple(day)
            yield "date", f"{day:%d/%m/%Y}"
            return
        except PydanticCustomError:
            pass
        try:
            amount = read_amount(text)
            whole = amount == amount.to_integral_value()
            yield "montant", montant(amount, profil, centimes=not whole)
            yield "montant", montant(amount, profil, centimes=True)
            yield "montant", nombre(amount.normalize() if not whole else int(amount), profil)
            return
        except PydanticCustomError:
            pass
        try:
            yield "heure", heure(read_hour(text), profil)
            return
        except PydanticCustomError:
            pass
    if "\n" not in text:
        yield "texte", typographie(text, profil)
