"""Random edits of the texts of a document, as people make them in Word, and where each belongs."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from as_in_word import changed, plain, retype, text_of, w
from lxml import etree

from ctgdocs.line.desk import Desk
from ctgdocs.prose import Prose
from ctgdocs.readback.reading import ReadBack, read_data
from ctgdocs.readback.solving import Maker
from ctgdocs.readback.spots import paragraphs_of
from ctgdocs.stages import Steps

WORDS = ("accueil", "commune", "enfants", "mercredi", "partagée", "renforcer", "ludothèque", "2027", "trois")


class Edit(NamedTuple):
    """In the paragraph `rank` of the body, `old` is replaced by `new`; the files where its text is typed."""

    rank: int
    old: str
    new: str
    files: frozenset[str]
    mark: str = ""


class Field(NamedTuple):
    file: str
    steps: Steps
    said: str


def fields_of(maker: Maker) -> list[Field]:
    """The texts that composing noted, paragraph by paragraph."""
    found = []
    for one in maker.make().origins:
        texts = paragraphs_of(one.said) if isinstance(one.said, Prose) else (one.said,)
        found += [Field(one.file, one.steps, text) for text in texts if len(text.split()) >= 3]
    return found


def random_edit(random: Random, document: bytes, fields: list[Field], mark: str = "") -> Edit | None:
    """One edit of the words of a field; its own words end with `mark`."""
    paragraphs = body(document)
    field = random.choice(fields)
    words = plain(field.said).replace("\ufffc", " ").split()
    key = " ".join(words[1:-1])
    ranks = [rank for rank, text in enumerate(paragraphs) if key and key in text]
    if not ranks:
        return None
    rank = random.choice(ranks)
    text = paragraphs[rank]
    belongs = frozenset(one.file for one in fields if _core(one.said) in text)
    inner = [word for word in words[1:-1] if len(word) > 3 and word.isalpha() and text.count(word) == 1]
    if not inner:
        return None
    word = random.choice(inner)
    one, two = (f"{said}{mark}" for said in random.sample(WORDS, 2))
    new = random.choice([one, f"{word} {one}", f"{one} et {word}", f"{one}, {two} et autres"])
    return Edit(rank, word, new, belongs, mark)


def _core(said: str) -> str:
    return " ".join(plain(said).split()[1:-1]) or "\0"


def body(document: bytes) -> list[str]:
    found: list[str] = []
    changed(
        document, lambda root: found.extend(" ".join(plain(text_of(p)).split()) for p in root.iter(w("p")))
    )
    return found


def applied(document: bytes, edits: list[Edit], *, author: str = "") -> bytes:
    def change(root: etree._Element) -> None:
        paragraphs = [*root.iter(w("p"))]
        for edit in edits:
            retype(paragraphs[edit.rank], edit.old, edit.new, author=author)

    return changed(document, change)


class Outcome(NamedTuple):
    """What became of the edits of one document: `back` in their fields, `reported` with their place, `lost`
    (neither), `wrong` (in another field)."""

    back: int
    reported: int
    lost: int
    wrong: int
    details: tuple[str, ...] = ()


def judged(desk: Desk, path: str, data: bytes, edits: list[Edit], accept: str = "") -> Outcome:
    """Reads a document back, and says what became of its edits."""
    found = read_data(desk, path, data, accept=accept)
    back = reported = lost = wrong = 0
    details = []
    for edit in edits:
        mine = [one for one in found.changes if edit.mark in one.after]
        if not mine:
            lost += 1
            details.append(f"PERDU {edit}")
        elif any(not one.placed for one in mine):
            reported += 1
            details.append(f"DIT {edit} {[(one.before, one.after, one.where) for one in mine]}")
        elif any(one.proposal.file not in edit.files for one in mine if one.proposal):
            wrong += 1
            details.append(f"AILLEURS {edit} {[one.place for one in mine]}")
        else:
            back += 1
    details += _unsaid(found)
    return Outcome(back, reported, lost, wrong, tuple(details))


def _unsaid(found: ReadBack) -> Iterator[str]:
    for place in found.elsewhere:
        yield f"AUSSI {place}"


__all__ = ["Edit", "Field", "Outcome", "applied", "body", "fields_of", "judged", "random_edit"]
