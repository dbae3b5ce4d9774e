"""Random edits of a document, as people make them in Word, and where each belongs.

A `Hand` opens a document and makes edits of the kinds of `KINDS`, one a paragraph; `judged` reads the
document back and says what became of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from random import Random
from typing import NamedTuple

from as_in_word import add_after, embolden, plain, retype, text_of, w

from ctgdocs.composing.origins import notes_called, paragraphs_of
from ctgdocs.content.spans import texts_of
from ctgdocs.line.desk import Desk
from ctgdocs.prose import Prose
from ctgdocs.readback.reading import ReadBack, read_data
from ctgdocs.readback.solving import Maker
from ctgdocs.readback.telling import Correction
from ctgdocs.readback.words import meaning
from ctgdocs.stages import Steps
from ctgdocs.word import read, write
from ctgdocs.word.parts import serialize
from ctgdocs.word.walk import Paragraph
from ctgdocs.word.walk import paragraphs_of as walked

WORDS = ("accueil", "commune", "enfants", "mercredi", "partagée", "renforcer", "ludothèque", "2027", "trois")
DATE = re.compile(r"\b(\d{1,2}) (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) 20\d\d")  # fmt: skip  # noqa: E501
AMOUNT = re.compile(r"\b(\d{1,3}(?: \d{3})+|\d+)(?:,\d\d)? €")
TYPED = ("texte", "liste", "titre", "visa", "cellule", "note de bas de page")
KINDS = (*TYPED, "montant", "date", "en-tête", "hors champ", "gras", "italique", "ajout", "retrait", "déplacement", "ligne")  # fmt: skip  # noqa: E501
TRACKED = (*TYPED, "montant", "date", "en-tête", "hors champ")
Home = tuple[str, Steps]


class Field(NamedTuple):
    """A text of a content file, and what the page says of it."""

    home: Home
    said: str


class Edit(NamedTuple):
    """`old` became `new` in a paragraph that said `said`; the fields that it may belong to."""

    kind: str
    old: str
    new: str
    said: str
    homes: frozenset[Home]
    author: str = ""


def fields_of(maker: Maker) -> list[Field]:
    """The texts that composing noted, paragraph by paragraph, and every text of the document's own files."""
    noted = []
    for one in maker.make().origins:
        prose = one.said if isinstance(one.said, Prose) else None
        texts = (one.said,) if prose is None else (*paragraphs_of(prose), *notes_called(prose))
        noted += [Field((one.file, one.steps), _plain(text)) for text in texts]
    files = [maker.document.path, *(path for key, path in maker.reads.items() if key.startswith("dossiers/"))]
    for file in dict.fromkeys(files):
        typed = texts_of((maker.project.root / file).read_text("utf-8"))
        noted += [Field((file, steps), _plain(text)) for steps, text in typed.items()]
    return [*dict.fromkeys(one for one in noted if one.said)]


def _plain(text: str) -> str:
    return " ".join(plain(text).replace("\ufffc", " ").split())


class Hand:
    """A document open in Word; `made`: the edits so far, each in a paragraph of its own."""

    def __init__(self, data: bytes, fields: Iterable[Field], random: Random) -> None:
        self.package = read(data)
        self.random = random
        self.paragraphs = walked(self.package)
        self.texts = [_plain(one.text) for one in self.paragraphs]
        known = [*fields]
        self.homes = [_homes(text, known) for text in self.texts]
        self.busy: set[int] = {
            at for at, one in enumerate(self.paragraphs) if _computed(one) or not self.texts[at]
        }
        self.made: list[Edit] = []

    def data(self) -> bytes:
        """The document as it is saved."""
        parts = {one.part: one.element.getroottree().getroot() for one in self.paragraphs}
        return write({**self.package, **{part: serialize(root) for part, root in parts.items()}})

    def edit(self, kind: str, author: str = "") -> bool:
        """Makes one edit of a kind; False when the document has no place for it."""
        ranks = [at for at in range(len(self.paragraphs)) if at not in self.busy]
        self.random.shuffle(ranks)
        made = next((edit for at in ranks if (edit := self._made(kind, at, author))), None)
        if made:
            self.made.append(made._replace(author=author if kind in TRACKED else ""))
        return made is not None

    def _made(self, kind: str, at: int, author: str) -> Edit | None:
        hand: Mapping[str, Callable[[int, str], Edit | None]] = {
            "montant": self._amount, "date": self._date, "gras": self._look, "italique": self._look,
            "ajout": self._added, "retrait": self._removed, "déplacement": self._moved, "ligne": self._row,
        }  # fmt: skip
        if kind in hand:
            if kind in ("montant", "date"):
                return hand[kind](at, author)
            return hand[kind](at, kind)
        if kind != self._sort(at):
            return None
        return self._words(kind, at, author)

    def _sort(self, at: int) -> str:
        one, text = self.paragraphs[at], self.texts[at]
        if one.place.startswith(("en-tête", "pied")):
            return "en-tête"
        if not self.homes[at]:
            return "hors champ"
        if one.place.startswith("note"):
            return "note de bas de page"
        if one.within is not None:
            return "cellule"
        if one.level >= 0:
            return "liste"
        if one.style.casefold().startswith(("heading", "title", "titre")):
            return "titre"
        return "visa" if text.startswith(("Vu ", "Considérant")) else "texte"

    def _edit(self, kind: str, at: int, old: str, new: str, around: Iterable[int] = ()) -> Edit:
        self.busy |= {at, *around}
        homes = frozenset[Home]().union(*(self.homes[rank] for rank in (at, *around)))
        return Edit(kind, old, new, self.texts[at], homes)

    def _mark(self) -> str:
        return f"qz{chr(97 + len(self.made))}"

    def _words(self, kind: str, at: int, author: str) -> Edit | None:
        text = self.texts[at]
        cores = [_core(said) for _, said in self.homes[at].items()]
        inside = [word for core in cores for word in core.split()] if cores else text.split()
        fit = [word for word in inside if len(word) > 3 and word.isalpha() and text.count(word) == 1]
        if not fit:
            return None
        word = self.random.choice(fit)
        one, two = (f"{said}{self._mark()}" for said in self.random.sample(WORDS, 2))
        new = self.random.choice([one, f"{word} {one}", f"{one} et {word}", f"{one}, {two} et autres"])
        retype(self.paragraphs[at].element, word, new, author=author)
        return self._edit(kind, at, word, new)

    def _amount(self, at: int, author: str) -> Edit | None:
        found = [*AMOUNT.finditer(self.texts[at])]
        return self._value("montant", at, found, f"{41 + len(self.made)} 3{len(self.made):02}", author)

    def _date(self, at: int, author: str) -> Edit | None:
        found = [*DATE.finditer(self.texts[at])]
        return self._value("date", at, found, str(11 + len(self.made)), author)

    def _value(self, kind: str, at: int, found: list[re.Match[str]], new: str, author: str) -> Edit | None:
        fit = [one for one in found if self.texts[at].count(one[1]) == 1 and one[1] != new]
        if not fit:
            return None
        old = self.random.choice(fit)[1]
        retype(self.paragraphs[at].element, old, new, author=author)
        return self._edit(kind, at, old, new)

    def _look(self, at: int, kind: str) -> Edit | None:
        text = self.texts[at]
        words = [word for word in text.split() if len(word) > 4 and word.isalpha() and text.count(word) == 1]
        name, element = {"gras": "b", "italique": "i"}[kind], self.paragraphs[at].element
        looks = [node.tag for node in element.iter(w(name), w("rStyle"))]
        if not words or not self.homes[at] or len(text.split()) < 4 or looks:
            return None
        word = self.random.choice(words)
        embolden(element, word, name)
        return self._edit(kind, at, word, word)

    def _added(self, at: int, kind: str) -> Edit | None:
        one = self.paragraphs[at]
        if not self.homes[at] or one.within is not None or one.place.startswith("note"):
            return None
        new = f"Une phrase ajoutée{self._mark()} par la directrice."
        add_after(one.element, new)
        return self._edit(kind, at, "", new, self._around(at))

    def _removed(self, at: int, kind: str) -> Edit | None:
        if not self._alone(at):
            return None
        element = self.paragraphs[at].element
        element.getparent().remove(element)
        return self._edit(kind, at, self.texts[at], "", self._around(at))

    def _moved(self, at: int, kind: str) -> Edit | None:
        if at + 1 in self.busy or not (self._alone(at) and self._alone(at + 1)):
            return None
        one, other = (self.paragraphs[rank].element for rank in (at, at + 1))
        if one.getnext() is not other or self.texts[at] == self.texts[at + 1]:
            return None
        other.addnext(one)
        return self._edit(kind, at, self.texts[at], self.texts[at + 1], (*self._around(at), at + 2))

    def _row(self, at: int, kind: str) -> Edit | None:
        one = self.paragraphs[at]
        row = one.row
        if row is None or not self.homes[at] or one.within is None:
            return None
        here = [
            rank for rank, other in enumerate(self.paragraphs)
            if other.within and other.part == one.part and other.within[:2] == one.within[:2]
        ]  # fmt: skip
        if self.busy & set(here):
            return None
        twin = deepcopy(row)
        for node in [*twin.iter(w("sdt"), w("bookmarkStart"), w("bookmarkEnd"))]:
            for child in [*node.iterfind(f"{w('sdtContent')}/*")]:
                node.addprevious(child)
            node.getparent().remove(node)
        row.addnext(twin)
        new = f"Ligne{self._mark()} ajoutée"
        cells = [paragraph for paragraph in twin.iter(w("p")) if text_of(paragraph)]
        for rank, paragraph in enumerate(cells):
            said = text_of(paragraph)
            retype(paragraph, said, "12" if rank and re.search(r"\d", said) else new)
        return self._edit(kind, at, "", new, here)

    def _alone(self, at: int) -> bool:
        """Whether a paragraph may go or move: one of the body, of a field, which ends no section."""
        one = self.paragraphs[at]
        apart = one.place.startswith("corps") and one.within is None and bool(self.homes[at])
        return apart and one.element.find(f".//{w('sectPr')}") is None

    def _around(self, at: int) -> list[int]:
        last = len(self.paragraphs)
        before = next((rank for rank in range(at - 1, -1, -1) if self.texts[rank]), at)
        after = next((rank for rank in range(at + 1, last) if self.texts[rank]), at)
        return [before, after]


def _computed(one: Paragraph) -> bool:
    return next(one.element.iter(w("instrText"), w("fldSimple")), None) is not None


def _core(said: str) -> str:
    """The words of a text that the page leaves as they are: without the first, the last and their signs."""
    words = said.split()
    return " ".join(words[1:-1]) if len(words) > 2 else said


def _homes(text: str, fields: Iterable[Field]) -> dict[Home, str]:
    """The fields that a paragraph says, whole or as a good part of it."""
    plain_text, found = _bare(text), {}
    for home, said in fields:
        core = _core(said)
        whole = _bare(said) == plain_text or plain_text.endswith(f"– {_bare(said)}")
        if whole or (len(core.split()) > 2 and core in text):
            found[home] = said
    return found


def _bare(text: str) -> str:
    return text.strip(" .,;:").casefold()


class Outcome(NamedTuple):
    """What became of the edits of one document: `back` in its field, `told` with its place, `lost` (neither),
    `wrong` (in another field); `beside`: where else the document would change."""

    became: list[tuple[Edit, str, list[Correction]]]
    beside: tuple[str, ...] = ()

    def those(self, *names: str) -> list[Edit]:
        return [edit for edit, name, _ in self.became if name in names]


def judged(
    desk: Desk, path: str, data: bytes, edits: list[Edit], accept: str = "", *, explained: bool = False
) -> Outcome:
    """Reads a document back, and says what became of its edits."""
    found = read_data(desk, path, data, accept=accept, explained=explained)
    became = []
    for edit in edits:
        mine = [one for one in found.changes if _is(one, edit)]
        became.append((edit, _became(found, edit, mine, accept), mine))
    return Outcome(became, tuple(found.elsewhere))


def _became(found: ReadBack, edit: Edit, mine: list[Correction], accept: str) -> str:
    if edit.author and accept not in ("tout", edit.author):
        return "told" if edit.author in found.pending else "lost"
    if not mine:
        return "lost"
    if any(not one.placed for one in mine):
        return "told" if all(one.where for one in mine) else "lost"
    return "back" if all(_at_home(found, one, edit) for one in mine) else "wrong"


def _is(one: Correction, edit: Edit) -> bool:
    """Whether a correction tells of an edit."""
    after, before = meaning(one.after), meaning(one.before)
    if edit.kind in ("gras", "italique"):
        return one.kind == "mise en forme" and edit.old in one.after
    if edit.kind in ("retrait", "déplacement"):
        whole = [meaning(_shown(said)) for said in (edit.old, edit.new) if said]
        return one.kind in ("ajout", "retrait") and (before in whole or after in whole)
    if edit.kind == "date":
        return meaning(edit.new)[0] in after and meaning(edit.old)[0] in before
    if edit.kind == "montant":
        return meaning(edit.new)[0] in after
    mark = re.search(r"\w*qz[a-p]", edit.new)
    return mark is not None and mark[0] in _plain(one.after)


def _shown(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:89].rstrip()}…"


def _at_home(found: ReadBack, one: Correction, edit: Edit) -> bool:
    """Whether a correction goes into a field that its paragraph says; a value, into one that says it."""
    proposal = one.proposal
    assert proposal is not None
    for file, steps in edit.homes:
        size = min(len(steps), len(proposal.steps))
        if file == proposal.file and steps[:size] == proposal.steps[:size]:
            return True
    typed = texts_of(found.contents[proposal.file].decode("utf-8")).get(proposal.steps, "")
    day = re.search(rf"\b0?{edit.old}\b", typed) if edit.kind == "date" else None
    return bool(day) or edit.old.replace(" ", "") in typed.replace(" ", "").replace("_", "")


__all__ = ["KINDS", "Edit", "Field", "Hand", "Outcome", "fields_of", "judged"]
