"""T10: a convention and the délibération that approves it say the same amount, the same length, the same
days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from ctgdocs.content.heritage import inherit
from ctgdocs.findings import Place, Related
from ctgdocs.french import date_simple, lire_lettres
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, Said, Typed, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import Deliberation
from ctgdocs.vocabulary.jours_ecrits import jours_ecrits
from ctgdocs.vocabulary.nombres_ecrits import valeur
from ctgdocs.vocabulary.registres import DELIBERATIONS

_MONEY: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d\d)?\s?(?:€|euros?\b)|\d+(?:,\d\d)?\s?(?:€|euros?\b)"
_AMOUNT = regex(
    r"\b(?P<quoi>subvention|aide|participation|contribution|cotisation|redevance|loyer|dotation|fonds\s+de\s+concours|prestation\s+de\s+service)s?"
    r"(?P<comment>(?:\s+(?:financière|annuelle|mensuelle|forfaitaire|maximale|totale|globale|de\s+fonctionnement|d[’']investissement|d[’']équipement))*)"
    r"(?:\s+[^\W\d_.;:]+){0,6}?\s+(?:de|à|est|maximum)\s+(?:(?:un|le)\s+montant\s+(?:annuel\s+|total\s+|maximal\s+|maximum\s+)?de\s+)?"
    rf"(?P<combien>{_MONEY})",
    re.IGNORECASE,
    needs="euro|€",
)
_LASTS = regex(
    r"\b(?:pour\s+une\s+|d[’']une\s+|la\s+)?durée\s+(?:de|est\s+de|est\s+fixée\s+à)\s+(?P<n>\d{1,2}|[a-z]+)\s*(?:\(\d+\)\s+)?(?P<unit>ans|années|an|mois)\b",
    re.IGNORECASE,
    needs="durée",
)
_PERIOD = regex(r"\s*(?:inclus\s+)?(?:,\s*)?(?:au|jusqu[’']au)\s+", re.IGNORECASE)
_THIS: Final = regex(
    r"\bconvention|\bcontrat|\bpartenariat|\bCTG\b|\bconclu|\bsubvention|\baide",
    re.IGNORECASE,
    needs="aide|conclu|contrat|convention|ctg|partenariat|subvention",
)


class Fait(NamedTuple):
    """What a text commits to: `quoi` names it (« la durée »), `valeur` says it in one form, `said` as
    typed."""

    quoi: str
    valeur: str
    said: str
    place: Place


def faits(texts: Iterable[Typed]) -> Iterator[Fait]:
    """The amounts, lengths and periods that texts commit to."""
    for typed in texts:
        text = typed.text
        for found in _AMOUNT.finditer(text) if "€" in text or "euro" in text else ():
            what = " ".join(f"{found['quoi']}{found['comment']}".lower().split())
            yield Fait(
                what, str(valeur(found["combien"])), found["combien"], typed.place(found.start("combien"))
            )
        for found in _LASTS.finditer(text) if "durée" in text else ():
            many = int(found["n"]) if found["n"].isdigit() else lire_lettres(found["n"])
            if many and _THIS.search(text):
                months = many * (1 if found["unit"].lower() == "mois" else 12)
                yield Fait(
                    "durée", str(months), f"{found['n']} {found['unit']}", typed.place(found.start("n"))
                )
        yield from _periods(typed)


def _periods(typed: Typed) -> Iterator[Fait]:
    days = list(jours_ecrits(typed.text)) if _THIS.search(typed.text) else []
    for first, last in pairwise(days):
        start, end = first.date or first._replace(annee=last.annee).date, last.date
        if (
            start
            and end
            and (end - start).days > 300
            and _PERIOD.fullmatch(typed.text[first.end : last.start])
        ):
            said = f"du {date_simple(start)} au {date_simple(end)}"
            yield Fait("période", f"{start}/{end}", said, typed.place(first.start))


class Partie(Protocol):
    """A party, and the act that lets it sign."""

    @property
    def autorite(self) -> object: ...


class Contract(Protocol):
    """A convention with its parties."""

    @property
    def parties(self) -> Sequence[Partie]: ...
    @property
    def articles(self) -> Sequence[object]: ...
    @property
    def debut(self) -> object: ...


@rule(
    "T10",
    "Une convention, une note et la délibération disent les mêmes montants, la même durée, la même période",
    ALERTE,
    "cohérence des actes",
    on=Contract,
)
def what_was_approved(entry: Entry[Contract], reader: Reader) -> Iterator[Said]:
    """What each of the two says once only, of the same thing. Two sums of one name in one act, or another
    name, are no disagreement."""
    numbers = [getattr(one.autorite, "deliberation", None) for one in entry.value.parties]
    acts = [reader.find(DELIBERATIONS, number) for number in dict.fromkeys(filter(None, numbers))]
    known = [act for act in acts if act is not None]
    ours = _once(faits(texts_read(entry))) if known else {}
    for act in known if ours else ():
        yield from _disagreements(ours, act, reader, "dans la convention qu’elle approuve")


def _disagreements(
    ours: Mapping[str, Fait], act: Entry[Deliberation], reader: Reader, where: str
) -> Iterator[Said]:
    """What a délibération says otherwise than another paper, `where`."""
    theirs = _once(faits(texts_read(inherit(act, reader), ("contexte", "proposition"))))
    for what, fact in theirs.items():
        mine = ours.get(what)
        if mine is not None and mine.valeur != fact.valeur:
            yield Said(
                f"{what} : {fact.said} dans la délibération n° {act.id}, {mine.said} {where}",
                mine.place,
                "corrigez l’un des deux actes",
                related=(Related(fact.place, fact.said),),
            )


class PointNote(Protocol):
    """A point of a note, and the délibération that it explains."""

    @property
    def deliberation(self) -> str | None: ...


class Explained(Protocol):
    """A note, of any type, with its points."""

    @property
    def points(self) -> Sequence[PointNote]: ...
    @property
    def type(self) -> str: ...


@what_was_approved.also(on=Explained)
def what_is_explained(entry: Entry[Explained], reader: Reader) -> Iterator[Said]:
    """A point of a note and the délibération that it names, each of what it says once only."""
    for rank, point in enumerate(entry.value.points):
        act = reader.find(DELIBERATIONS, point.deliberation) if point.deliberation else None
        if act is not None:
            mine = _once(faits(one for one in texts_read(entry) if one.path[:2] == ("points", rank)))
            yield from _disagreements(mine, act, reader, "dans la note qui l’explique")


def _once(found: Iterable[Fait]) -> dict[str, Fait]:
    """What is said with one value only, by name."""
    facts: dict[str, Fait] = {}
    doubtful = set()
    for fact in found:
        if facts.setdefault(fact.quoi, fact).valeur != fact.valeur:
            doubtful.add(fact.quoi)
    return {what: fact for what, fact in facts.items() if what not in doubtful}
