"""What a séance implies, day by day: its convocation, its liste, what is transmitted, its procès-verbal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from ctgdocs.assembly.regimes import delai_de_convocation
from ctgdocs.content.library import Library
from ctgdocs.kinds.suite import KIND as SUITE
from ctgdocs.kinds.suite.acte import Acte as Suite
from ctgdocs.renewing.echeances import Echeance, day_in
from ctgdocs.seances.papiers import Papiers, papiers
from ctgdocs.stages import every
from ctgdocs.vocabulary.registres import SEANCES

SEMAINE: Final = timedelta(days=7)
QUINZAINE: Final = timedelta(days=15)


def echeances(library: Library, ids: Iterable[str]) -> list[Echeance]:
    """Every deadline of these séances, in order; none of one that is in error."""
    found = (papiers(library, id) for id in ids)
    return sorted(one for seance in found if seance for one in _of(seance))


def _of(found: Papiers) -> Iterator[Echeance]:
    sitting, id = found.sitting, found.id
    body, day = sitting.instance.nom, sitting.jour
    suites = (found.library.find(SUITE.registry, one) for one in found.suites)
    suite = next((one.value for one in suites if one), None)
    yield Echeance(day, id, "seance", f"Séance : {body}", "seances: date")
    if not sitting.assemblee:
        return
    yield from _convened(found)
    if sitting.regime != "ccas":
        yield from _told(found, suite)
    waiting = [
        act.value.numero or act.id for act in found.acts if act.value.vote and not act.value.transmission
    ]
    if waiting:
        said = f"Transmission des délibérations : {', '.join(waiting)}"
        yield Echeance(day + QUINZAINE, id, "transmission", said, "par défaut, quinze jours")


def _convened(found: Papiers) -> Iterator[Echeance]:
    """The last day on which the convocation may leave, when it has not left by then."""
    sitting = found.sitting
    owed = delai_de_convocation(sitting.regime, sitting.collectivite.population, sitting.jour)
    last = sitting.jour - timedelta(days=owed.jours)
    while owed.ecoule(last, sitting.jour) < owed.jours:
        last -= timedelta(days=1)
    law = "CASF, art. R. 123-16" if sitting.regime == "ccas" else "CGCT, art. L. 2121-11 et L. 2121-12"
    planned = f"prévue le {sitting.seance.convocation:%d/%m/%Y}"
    yield Echeance(last, found.id, "convocation", "Convocation : dernier jour d’envoi", law, planned)


def _told(found: Papiers, suite: Suite | None) -> Iterator[Echeance]:
    """The liste within a week, to the communes within a month; the procès-verbal at the next séance, then
    published within a week."""
    id, day = found.id, found.sitting.jour
    if suite is None or suite.liste_affichee is None:
        said = "Liste des délibérations examinées à afficher et à mettre en ligne"
        yield Echeance(day + SEMAINE, id, "liste", said, "CGCT, art. L. 2121-25")
    if found.sitting.regime in ("epci", "syndicat") and (suite is None or suite.date is None):
        said = "Liste des délibérations à transmettre aux communes membres"
        yield Echeance(_a_month_after(day), id, "communes", said, "CGCT, art. L. 5211-40-2")
    settled = (suite.arret if suite else None) or _settled(found)
    following = settled or _next(found)
    if settled is None and following is not None:
        yield Echeance(following, id, "arret", "Procès-verbal à arrêter", "CGCT, art. L. 2121-15")
    if following is not None and (suite is None or suite.publication is None):
        said = "Procès-verbal à publier"
        yield Echeance(following + SEMAINE, id, "proces-verbal", said, "CGCT, art. L. 2121-15")


def _settled(found: Papiers) -> date | None:
    """The day of the séance whose file says that it settled this procès-verbal."""
    library = found.library
    for suite in every(library, SUITE.registry):
        before = suite.value.proces_verbal_precedent
        if before is not None and before.seance == found.id:
            seance = library.find(SEANCES, suite.value.seance)
            return seance.value.date if seance else None
    return None


def _next(found: Papiers) -> date | None:
    """The next séance of the same body, as far as it is known."""
    body, day = found.sitting.seance.instance, found.sitting.jour
    others = (one.value for one in every(found.library, SEANCES) if one.value.instance == body)
    later = [one.date for one in others if one.date > day]
    return min(later, default=None)


def _a_month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return day_in(year, month, day.day)
