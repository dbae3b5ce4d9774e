"""F3: what a text says is joined or annexed is listed, so that it goes with the paper that announces it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ctgdocs.findings import Place
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, Said, Typed, rule
from ctgdocs.rules.texts import typed_texts
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import slug

_PIECE = regex(
    r"\b(proc[èe]s-verba(?:l|ux)|comptes?[- ]rendus?|rapports?|conventions?|contrats?|avenants?|plans?"
    r"|projets?|règlements?|bilans?|diagnostics?|tableaux?|documents?|études?|devis|listes?|chartes?|statuts|notes?"
    r"|budgets?|programmes?|cahiers?|grilles?|protocoles?|pactes?|fiches?|cartes?|modèles?)\b",
    re.IGNORECASE,
)
_ANOTHER = r"(?!\s+(?:de\s+l[’']|du\s+\d|en\s+date|n\s?[°º]|précédente?|initiale?|antérieure?))"
_PAPER = rf"(?:note|convocation|délibération|arrêté|décision|rapport|lettre)\b{_ANOTHER}"
_HERE = rf"(?:présente?\b|{_PAPER})"
_JOINED = regex(
    r"\b(?P<sure>ci[-\s])?(?:joint|annexé)e?s?\b"
    rf"(?:(?P<here>\s+(?:à\s+la|au|en\s+annexe)\b(?:\s+{_HERE})*)|(?P<elsewhere>\s+(?:à|aux?)\b))?"
    rf"|\b(?:adressé|transmis|envoyé|remis)e?s?\b[^.;\n]{{0,60}}?\savec\s+(?:la|le|cette|ce)(?:\s+{_HERE})+",
    re.IGNORECASE,
    needs="adressé|annexé|envoyé|joint|remis|transmis",
)
_AFTER = regex(rf"\s+(?:(?:le|la|les|l[’']|un|une|notre)\s*)?{_PIECE.pattern}", re.IGNORECASE)
_WITH = regex(rf"\ben\s+pi[èe]ces?\s+jointes?\s*,?{_AFTER.pattern}", re.IGNORECASE, needs="jointe & pi")
_LISTED = regex(r"\b(?:pièces?\s+jointes?|P\.?J\.?)\s*:\s*(?P<rest>[^\n]{3,200})", re.IGNORECASE)
_SIGNS = ("joint", "annex", "pj", "p.j", "adressé", "transmis", "envoyé", "remis")
_NEGATED = regex(
    r"\b(?:non|pas|sera|seront|serait|être)\s+(?:pas\s+)?$", re.IGNORECASE, needs="non|pas|sera|seront|être"
)
_SENTENCE = regex(r"[.;!?]\s|\n\s*\n")


class Announced(NamedTuple):
    """What a text says is joined: « le rapport joint », at `start`; the name of the piece, « rapport »."""

    start: int
    said: str
    piece: str


def announced(text: str, own: str = _PAPER) -> Iterator[Announced]:
    """What a text announces. What is joined to something else (« annexé au budget »), and what will be, is
    left alone; so is a participle that no piece stands before. `own`: how the document calls itself, when
    what is joined to another paper (« à la note ») is none of its pieces.

    >>> [one.said for one in announced("Le rapport joint le dit ; la liste, annexée au budget, est connue.")]
    ['rapport joint']
    """
    small = text.lower()
    if not any(sign in small for sign in _SIGNS):
        return
    for found in _JOINED.finditer(text):
        before = text[: found.start()]
        start = max((cut.end() for cut in _SENTENCE.finditer(before)), default=0)
        pieces = list(_PIECE.finditer(before, start))
        after = _AFTER.match(text, found.end()) if found["sure"] and not pieces else None
        if after is not None:
            said = " ".join(text[found.start() : after.end()].split())
            yield Announced(found.start(), said, after[1].lower())
        here = rf"présente?\b|{own}|annexe$"
        attached = found["here"] and not re.search(here, found["here"], re.IGNORECASE)
        if not pieces or found["elsewhere"] or attached or _NEGATED.search(before):
            continue
        first = pieces[-1]
        said = " ".join(text[first.start() : found.end()].split())
        yield Announced(first.start(), said, first[0].lower())
    for found in _WITH.finditer(text):
        yield Announced(found.start(), " ".join(found[0].split()), found[1].lower())
    for found in _LISTED.finditer(text):
        for piece in _PIECE.finditer(found["rest"]):
            yield Announced(
                found.start("rest") + piece.start(), f"{piece[0]}, pièce jointe", piece[0].lower()
            )


def unlisted(texts: Iterable[Typed], listed: Sequence[str], hint: str, own: str = _PAPER) -> Iterator[Said]:
    """Each piece that a text says is joined, once, unless a title of the list names it; a title that names
    none of them may be any one. `hint` says where the list is typed, `own` how the document calls itself."""
    found: dict[str, tuple[Announced, Place]] = {}
    for typed in texts:
        for one in announced(typed.text, own):
            found.setdefault(_stem(one.piece), (one, typed.place(one.start)))
    named = {stem for stem in found if any(stem in _stems(title) for title in listed)}
    others = sum(1 for title in listed if not _stems(title) & named)
    for stem in [stem for stem in found if stem not in named][others:]:
        one, place = found[stem]
        yield Said(f"« {one.said} », mais cette pièce n’est dans aucune liste", place, hint)


def _stems(title: str) -> set[str]:
    return {_stem(found[0]) for found in _PIECE.finditer(title)}


def _stem(piece: str) -> str:
    """One form for « procès-verbaux » and « procès-verbal », « rapports » and « rapport »."""
    return re.sub(r"(?:al|aux|s)$", "", slug(piece))


class Annexed(Protocol):
    """An act with a list of annexes: a délibération, an arrêté."""

    @property
    def annexes(self) -> Sequence[str]: ...
    @property
    def projet(self) -> bool: ...
    @property
    def matiere(self) -> str | None: ...


_SAID = ("decisions", "articles", "considerants", "expose", "contexte", "proposition")
"""The fields that the page of such an act prints."""


@rule("F3", "Une pièce annoncée comme jointe est dans la liste", ALERTE, "cohérence des pièces", on=Annexed)
def what_is_joined_is_listed(act: Entry[Annexed], reader: Reader) -> Iterator[Said]:
    """In the texts of the act and of its dossier, beside its annexes. What is joined to something else, and
    what will be, is left alone."""
    texts = [typed for typed in typed_texts(act) if typed.path and typed.path[0] in _SAID]
    hint = "ajoutez son titre à annexes, ou corrigez la phrase"
    return unlisted(texts, act.value.annexes, hint, r"délibération|arrêté|décision")
