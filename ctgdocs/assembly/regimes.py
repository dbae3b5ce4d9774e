"""The figures that the law gives to each kind of body, by date: quorum, pouvoirs, time to convene.

Pure numbers with their source; what to say when one is missed belongs to checks/.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from ctgdocs.vocabulary.instances import Regime
from ctgdocs.vocabulary.organismes import TypeDeCollectivite

SEUIL: Final = 3500
"""Population from which a commune owes five clear days instead of three (CGCT, art. L. 2121-12)."""

EPCI_SANS_SEUIL: Final = date(2020, 3, 1)
"""From that day every EPCI follows the rules of communes of 3 500 inhabitants and more (CGCT, art.
L. 5211-1); before, only those with at least one member commune of that size."""

REGIMES: Final[dict[TypeDeCollectivite, Regime]] = {
    "commune": "commune",
    "communaute-de-communes": "epci",
    "communaute-d-agglomeration": "epci",
    "communaute-urbaine": "epci",
    "metropole": "epci",
    "syndicat": "syndicat",
    "ccas": "ccas",
    "cias": "ccas",
}


class Derogation(NamedTuple):
    """A period when a third of the members made the quorum and one person could hold two pouvoirs.

    `confirmed` is False where the exact days were not read at the source.
    """

    du: date
    au: date
    source: str
    confirmed: bool = True


DEROGATIONS: Final = (
    # Légifrance has the version in force from 11 July 2020; the first months of the period were not read.
    Derogation(
        date(2020, 3, 24), date(2020, 8, 30), "loi n° 2020-290 du 23 mars 2020, art. 10", confirmed=False
    ),
    Derogation(
        date(2020, 10, 17), date(2021, 9, 30), "loi n° 2020-1379 du 14 novembre 2020, art. 6", confirmed=False
    ),
    Derogation(date(2021, 11, 10), date(2022, 7, 31), "loi n° 2021-1465 du 10 novembre 2021, art. 10"),
)


def derogation(jour: date) -> Derogation | None:
    """The exceptional period that a day falls in, if any."""
    if jour > DEROGATIONS[-1].au:
        return None
    return next((period for period in DEROGATIONS if period.du <= jour <= period.au), None)


def quorum(en_exercice: int, jour: date) -> int:
    """How many members must be present: more than half of those in office (CGCT, art. L. 2121-17).

    >>> [quorum(n, date(2026, 9, 24)) for n in (11, 15, 23, 29, 39, 48)]
    [6, 8, 12, 15, 20, 25]
    """
    if derogation(jour):
        return -(-en_exercice // 3)
    return en_exercice // 2 + 1


def pouvoirs_par_mandataire(jour: date) -> int:
    """How many pouvoirs one person may hold that day (CGCT, art. L. 2121-20; CASF, art. R. 123-16 to -19)."""
    return 2 if derogation(jour) else 1


def jours_francs(envoi: date, seance: date) -> int:
    """Clear days between the sending and the meeting: neither of the two days counts, all the others do.

    >>> jours_francs(date(2026, 9, 18), date(2026, 9, 24))
    5
    """
    return (seance - envoi).days - 1


class Delai(NamedTuple):
    """The time owed between the sending of a convocation and the meeting; `pour` ends the sentence
    « il en faut 5 pour un EPCI »."""

    jours: int
    pour: str
    francs: bool = True
    en_urgence: int | None = 1

    def ecoule(self, envoi: date, seance: date) -> int:
        """Days that count between the two dates, in the unit of this delay."""
        return jours_francs(envoi, seance) if self.francs else (seance - envoi).days


COMMUNE_SOUS_SEUIL: Final = Delai(3, "pour une commune de moins de 3 500 habitants")
COMMUNE: Final = Delai(5, "pour une commune de 3 500 habitants et plus")
EPCI: Final = Delai(5, "pour un EPCI")
EPCI_SOUS_SEUIL: Final = Delai(3, "pour un EPCI sans commune de 3 500 habitants, avant le 1er mars 2020")
EPCI_AVEC_SEUIL: Final = Delai(5, "pour un EPCI ayant une commune de 3 500 habitants, avant le 1er mars 2020")
SYNDICAT: Final = Delai(5, "pour un syndicat")
# CASF, art. R. 123-16: « trois jours au moins avant la date de la réunion », and nothing about urgency.
CCAS: Final = Delai(3, "pour un CCAS", francs=False, en_urgence=None)


def delai_de_convocation(
    regime: Regime, population: int, jour: date, plus_grande_commune: int | None = None
) -> Delai:
    """The delay that a meeting of that day owes.

    `plus_grande_commune` is the population of the largest member commune: it matters to an EPCI before
    1 March 2020 only, and unknown (None) means the shorter delay, the only one that is sure.
    """
    if regime == "ccas":
        return CCAS
    if regime == "commune":
        return COMMUNE if population >= SEUIL else COMMUNE_SOUS_SEUIL
    if jour < EPCI_SANS_SEUIL:
        return EPCI_AVEC_SEUIL if (plus_grande_commune or 0) >= SEUIL else EPCI_SOUS_SEUIL
    return EPCI if regime == "epci" else SYNDICAT
