"""The convocation of an assembly, and the dates around it: C2, C3, C4, Q2, D2, D3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ctgdocs.assembly.regimes import EPCI_SANS_SEUIL, Delai, delai_de_convocation, jours_francs
from ctgdocs.assembly.sitting import Dossier
from ctgdocs.findings import Finding
from ctgdocs.rules.catalogue import C2, C3, C4, D2, D3, Q2
from ctgdocs.rules.rule import plural
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import date_in_french
from ctgdocs.vocabulary.registres import COMMUNES, SEANCES

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
INTERVALLE = 3
"""Clear days between a séance without quorum and the second one (CGCT, art. L. 2121-17)."""


def delai(dossier: Dossier, reader: Reader) -> Iterator[Finding]:
    """C2, C3: enough days between the convocation and the séance. C4: what urgency still asks for."""
    seance = dossier.seance
    if not dossier.assemblee or seance.convocation >= seance.date:
        return
    if seance.seconde_convocation and dossier.regime != "ccas":
        return  # the interval of Q2 stands in for it
    owed = _owed(dossier, reader)
    elapsed = owed.ecoule(seance.convocation, seance.date)
    if elapsed >= owed.jours:
        return
    interval = _interval(owed, elapsed, seance.convocation, seance.date)
    if seance.urgence is None:
        rule = C2 if owed.jours == 3 else C3
        yield rule.finding(
            f"{interval} ; il en faut {owed.jours} {owed.pour}",
            dossier.place("convocation"),
            _hint(owed),
            regime=dossier.regime,
        )
    elif owed.en_urgence is None:
        yield C4.finding(
            f"l’urgence n’est pas prévue {owed.pour} : {interval}, il en faut {owed.jours}",
            dossier.place("urgence"),
            "vérifiez le règlement intérieur",
            regime=dossier.regime,
            to_check=True,
        )
    elif elapsed < owed.en_urgence:
        yield C4.finding(
            f"{interval} ; même en urgence, il en faut 1",
            dossier.place("convocation"),
            "reportez la séance d’un jour au moins",
            regime=dossier.regime,
        )


def _owed(dossier: Dossier, reader: Reader) -> Delai:
    largest = None
    if dossier.regime in ("epci", "syndicat") and dossier.jour < EPCI_SANS_SEUIL:
        communes = [reader.find(COMMUNES, id) for id in reader.ids(COMMUNES)]
        largest = max((entry.value.population or 0 for entry in communes if entry), default=None)
    return delai_de_convocation(dossier.regime, dossier.collectivite.population, dossier.jour, largest)


def _interval(owed: Delai, elapsed: int, envoi: date, seance: date) -> str:
    days = plural(elapsed, "jour franc", "jours francs") if owed.francs else plural(elapsed, "jour")
    return f"{days} entre la convocation ({_day(envoi, seance)}) et la séance ({date_in_french(seance)})"


def _hint(owed: Delai) -> str:
    if owed.francs:
        return (
            "ni le jour de l’envoi ni celui de la séance ne comptent ; corrigez les dates ou indiquez urgence"
        )
    return "corrigez les dates"


def _day(day: date, other: date) -> str:
    """« 18 septembre », with the year only when it is not the other date's."""
    text = date_in_french(day)
    return text.removesuffix(f" {day.year}") if day.year == other.year else text


def seconde_convocation(dossier: Dossier, reader: Reader) -> Iterator[Finding]:
    """Q2: the second séance keeps its distance from the first one."""
    seconde = dossier.seance.seconde_convocation
    if seconde is None or not dossier.delibere or dossier.regime == "ccas":
        return
    first = reader.find(SEANCES, seconde.premiere_seance) if seconde.premiere_seance else None
    day = first.value.date if first else seconde.date
    if day is None:
        return
    elapsed = jours_francs(day, dossier.jour)
    if elapsed < INTERVALLE:
        yield Q2.finding(
            f"{plural(max(elapsed, 0), 'jour franc', 'jours francs')} entre la séance sans quorum "
            f"({_day(day, dossier.jour)}) et celle-ci ({date_in_french(dossier.jour)}) ; il en faut 3",
            dossier.place("seconde_convocation"),
            "reportez la seconde séance : d’un lundi, elle va au vendredi au plus tôt",
            regime=dossier.regime,
        )


def nom_du_fichier(dossier: Dossier, reader: Reader) -> Iterator[Finding]:
    """D2: a file named by a day is of that day."""
    name = dossier.entry.id
    if _ISO.fullmatch(name) and name != dossier.jour.isoformat():
        yield D2.finding(
            f"la séance « {name} » est datée du {date_in_french(dossier.jour)}",
            dossier.place("date"),
            "corrigez la date ou le nom du fichier",
        )


def ordre_des_dates(dossier: Dossier, reader: Reader) -> Iterator[Finding]:
    """D3: the convocation, then the posting, then the séance; it opens before it ends."""
    seance = dossier.seance
    if seance.convocation >= seance.date:
        yield D3.finding(
            f"la convocation ({date_in_french(seance.convocation)}) n’est pas antérieure à la séance "
            f"({date_in_french(seance.date)})",
            dossier.place("convocation"),
            "corrigez l’une des deux dates",
            regime=dossier.regime,
        )
    if seance.affichage and seance.affichage > seance.date:
        yield D3.finding(
            f"la convocation est affichée ({date_in_french(seance.affichage)}) après la séance "
            f"({date_in_french(seance.date)})",
            dossier.place("affichage"),
            "corrigez l’une des deux dates",
            regime=dossier.regime,
        )
    if seance.heure_fin and seance.heure_fin <= seance.heure:
        yield D3.finding(
            f"la séance finit ({seance.heure_fin:%H h %M}) avant de commencer ({seance.heure:%H h %M})",
            dossier.place("heure_fin"),
            "corrigez l’une des deux heures ; une séance qui passe minuit se note 23 h 59",
        )
