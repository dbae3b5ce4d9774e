"""Why a change goes back to no field: what decides the words that were changed.

Words of a registry are found by their text. What is computed is found by trying: the fields of the files that
the document was made from are changed one by one in memory, and those that change the paragraph decide it.
Words that the template writes are found in it, and may be taken there.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ctgdocs.content.sheets import read_grid
from ctgdocs.content.spans import (
    NotPlaced,
    Stretch,
    place_of,
    rewritten,
    shortened,
    texts_of,
    without,
    without_lists,
)
from ctgdocs.content.workbooks import letters
from ctgdocs.files import read_file
from ctgdocs.findings import Stopped
from ctgdocs.readback.differences import Difference, Kind, Page, dressed
from ctgdocs.readback.proposals import Proposer
from ctgdocs.readback.solving import Case, Solver
from ctgdocs.readback.spots import Files, Placed, Spots, forms_of
from ctgdocs.readback.words import Word, core, found_in, meaning
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import read_date, read_integer

PATIENCE: Final = 1.2
"""Seconds of work on trying, for one document."""
NAMED: Final = 3


class Decider:
    """Says what decides the words of a page; `files`: every content file that it was made from."""

    def __init__(
        self, solver: Solver, proposer: Proposer, files: Mapping[str, str], own: Sequence[str]
    ) -> None:
        self.solver, self.mine, self.files, self.own = solver, proposer, files, own
        self.profil = proposer.spots.profil
        self._effects: list[tuple[str, Steps, Page]] | None = None

    @cached_property
    def _others(self) -> Proposer:
        """What the files that are not the document's own say of its paragraphs."""
        others = [file for file in self.files if file not in self.own]
        spots = Spots((), Files(self.files, others), self.profil)
        return Proposer(spots, self.solver.base.page, self.solver.after, ())

    def reason(self, case: Case) -> str:
        """One sentence, "" when nothing is known."""
        change = case.change
        if case.parted:
            return "ce paragraphe a changé de place, et l’une des deux places n’est pas dans le contenu"
        if case.refused:
            proposal, wrong = case.refused
            place = place_of(proposal.file, self.files[proposal.file], proposal.steps)
            return f"{place} : ce serait une erreur, {wrong.message}"
        if change.old < 0:
            inside = self.solver.after[change.new].passage.within is not None
            around = "les lignes de ce tableau" if inside else "ce qui l’entoure"
            return f"rien dans {around} ne vient d’un texte du contenu"
        if change.kind is Kind.DRESS:
            names = ", ".join(self._worn(change))
            return f"{names} : le modèle et la charte en décident, le contenu n’en garde rien"
        if change.kind is Kind.SHAPE:
            return f"{', '.join(self._shaped(change))} : le modèle en décide, le contenu n’en garde rien"
        if change.kind is Kind.LOOK:
            return self._of_a_look(change)
        for one in self._placed(self.mine, change):
            if one.spot in self.mine.spots.noted:
                return f"{self._typed(one)} le dit, mais le document refait ne serait pas celui de Word"
        if cells := [*self._in_sheets(change)]:
            return f"ces mots viennent de {' ou de '.join(cells[:NAMED])} : changez-les là"
        if typed := [*dict.fromkeys(map(self._typed, self._placed(self._others, change)))]:
            return f"ces mots viennent de {' ou de '.join(typed[:NAMED])} : changez-les là, pour tous"
        deciding = self._deciding(change)
        if deciding:
            return f"calculé d’après {' et '.join(deciding[:NAMED])} : c’est là qu’il faut le changer"
        return "ces mots ne sont dans aucun champ : le programme les écrit ou les calcule"

    def _in_sheets(self, change: Difference) -> Iterator[str]:
        """The cells of the tables kept in files that say the paragraph of a change."""
        said = self.solver.base.page[change.old].core
        for path in self.solver.maker.attached:
            data = read_file(self.solver.maker.project.root / path)
            with suppress(Stopped):
                for row, cells in enumerate(read_grid(path, data).rows, 1):
                    for column, cell in enumerate(cells, 1):
                        if said in [core(meaning(one)) for _, one in forms_of(cell.text, self.profil)]:
                            yield f"{path}, cellule {letters(column)}{row}"

    def _worn(self, change: Difference) -> list[str]:
        """What was given by hand to words, or taken from them: font, size…"""
        old, new = self.solver.base.page[change.old], self.solver.after[change.new]
        before = {one for at in range(change.a0, change.a1) for one in dressed(old, at)}
        after = {one for at in range(change.b0, change.b1) for one in dressed(new, at)}
        return sorted({name for name, _ in before ^ after})

    def _shaped(self, change: Difference) -> Iterator[str]:
        """What a paragraph is otherwise than it was."""
        old, new = self.solver.base.page[change.old], self.solver.after[change.new]
        if old.shape[0] != new.shape[0]:
            yield f"style « {old.passage.style} » → « {new.passage.style} »"
        if old.shape[1] != new.shape[1]:
            before, after = (f"{one + 1}" if one >= 0 else "aucun" for one in (old.shape[1], new.shape[1]))
            yield f"niveau de liste {before} → {after}"
        if old.shape[2] != new.shape[2]:
            before, after = (
                f"colonne {one}" if one else "hors d’un tableau" for one in (old.shape[2], new.shape[2])
            )
            yield f"{before} → {after}"

        if old.shape[3] != new.shape[3]:
            yield f"sauts de ligne {old.shape[3]} → {new.shape[3]}"

    def _of_a_look(self, change: Difference) -> str:
        found = [*self._placed(self.mine, change), *self._placed(self._others, change)]
        plain = [*dict.fromkeys(self._typed(one) for one in found if one.spot.nature != "markdown")]
        if plain:
            return f"{' ou '.join(plain[:1])} est un texte simple, sans gras ni italique"
        return "le gras et l’italique de ces mots sont ceux du modèle"

    def _placed(self, proposer: Proposer, change: Difference) -> Iterator[Placed]:
        """What says the words that were changed; a day or an amount, whole."""
        for placed in proposer.placed(change.old):
            if placed.start <= change.a0 and change.a1 <= placed.end:
                yield placed

    def _typed(self, placed: Placed) -> str:
        spot = placed.spot
        return str(place_of(spot.file, self.files[spot.file], spot.steps))

    # --- what is computed -----------------------------------------------------------------------------

    def _deciding(self, change: Difference) -> list[str]:
        keys = self.solver.base.page[change.old].keys
        found = (
            str(place_of(file, self.files[file], steps))
            for file, steps, page in self._tried()
            if not any(text.keys == keys for text in page)
        )
        return [*dict.fromkeys(found)]

    def _tried(self) -> list[tuple[str, Steps, Page]]:
        """The page that each field changed makes, those of the document's own files first."""
        if self._effects is None:
            self._effects = []
            end = time.process_time() + PATIENCE
            folders = [file for file in self.files if file.partition("/")[2].count("/")]
            for file in dict.fromkeys((*self.own, *folders)):
                for steps in _fields(self.files[file]):
                    if time.process_time() > end:
                        return self._effects
                    pages = self._with_another(file, steps)
                    self._effects += [(file, steps, page) for page in pages]
        return self._effects

    def _with_another(self, file: str, steps: Steps) -> Iterator[Page]:
        """The pages once a field says something else."""
        for text in _otherwise(self.files[file], steps):
            instead = {**self.solver.apart, file: text.encode("utf-8")}
            version = self.solver.maker.make(instead, checked=False)
            if not version.stopped:
                yield version.page


def _fields(text: str) -> Iterator[Steps]:
    """The fields of a file that may decide something: all but its long texts."""
    names = dict.fromkeys(steps[:1] for steps, said in texts_of(text).items() if "\n" not in said)
    yield from names


def _otherwise(text: str, steps: Steps) -> Iterator[str]:
    """The file with another value in a field: its lists one item shorter, its days and numbers one more."""
    if (shorter := shortened(text, steps)) != text:
        yield shorter
    changes = {
        place: [Stretch(0, len(said), other)]
        for place, said in texts_of(text).items()
        if place[: len(steps)] == steps and (other := _another(said))
    }
    if changes:
        with suppress(NotPlaced):
            yield rewritten(text, changes)
    if (shorter := without_lists(text, steps)) != text:
        yield shorter
    with suppress(NotPlaced):
        yield without(text, steps)


def _another(said: str) -> str:
    """Another value of the same nature, "" for a text."""
    try:
        return (read_date(said) + dt.timedelta(days=1)).isoformat()
    except (PydanticCustomError, OverflowError):
        pass
    try:
        return str(read_integer(said) + 1)
    except PydanticCustomError:
        return ""


# --- words of the template --------------------------------------------------------------------------------


class InTemplate(NamedTuple):
    """Where a template writes the words that were changed: the paragraph, the characters, the new words."""

    part: str
    rank: int
    start: int
    end: int
    new: str
    place: str


def in_template(change: Difference, before: Page, after: Page, template: Page) -> InTemplate | None:
    """The place in a template of the words of a change; None when it does not write them."""
    if change.kind is not Kind.WORDS:
        return None
    old, new = before[change.old], after[change.new]
    for reach in (6, 3, 1):
        a0, a1 = max(0, change.a0 - reach), min(len(old.keys), change.a1 + reach)
        window = old.keys[a0:a1]
        found = [
            (rank, at)
            for rank, text in enumerate(template)
            for at in found_in(window, text.keys)
            if text.story == old.story
        ]
        if len(found) == 1 and len(window) > change.a1 - change.a0:
            rank, at = found[0]
            text = template[rank]
            first, last = at + change.a0 - a0, at + change.a1 - a0
            words = text.words
            if change.a0 == change.a1:
                start = end = words[first - 1].end if first else words[0].start
                said = _between(new.passage.text, new.words, change.b0 - 1, change.b1)
            else:
                start, end = words[first].start, words[last - 1].end
                said = _between(new.passage.text, new.words, change.b0, change.b1, inner=True)
            return InTemplate(text.passage.part, rank, start, end, said, text.passage.place)
    return None


def _between(text: str, words: Sequence[Word], first: int, last: int, *, inner: bool = False) -> str:
    if first >= last or first < 0:
        return ""
    return text[words[first].start if inner else words[first].end : words[last - 1].end]
