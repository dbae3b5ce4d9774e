"""The papers of one séance: its acts, those of its meeting, and those that follow it; and what it implies,
day by day: its convocation, its liste, what is transmitted, its procès-verbal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple, Protocol

from ctgdocs.assembly.ordre_du_jour import Inscrit, ordre_du_jour, unread
from ctgdocs.assembly.regimes import delai_de_convocation
from ctgdocs.assembly.sitting import Sitting, sitting_of
from ctgdocs.composing.pen import Pen
from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, UsageError
from ctgdocs.french import date_simple
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.kinds.note import KIND as NOTE
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.kinds.suite import KIND as SUITE
from ctgdocs.kinds.suite.acte import Acte as Suite
from ctgdocs.renewing.echeances import Echeance, day_in
from ctgdocs.stages import Entry, Registry, every
from ctgdocs.vocabulary.actes import Deliberation
from ctgdocs.vocabulary.as_typed import date_of, did_you_mean
from ctgdocs.vocabulary.registres import SEANCES


def seance_named(library: Library, typed: str) -> str:
    """The id of the séance that an agent names, by its file or by its day (`24/09/2026`). UsageError when
    there is none, or when two were held that day."""
    id = typed.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    if library.exists(SEANCES, id):
        return id
    ids = library.ids(SEANCES)
    day = date_of(typed)
    found = [one for one in ids if (seance := library.find(SEANCES, one)) and seance.value.date == day]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"« {typed} » désigne plusieurs séances : précisez {' ou '.join(found)}.")
    raise UsageError(f"Aucune séance « {typed} » dans cet espace{did_you_mean(id, ids) or '.'}")


class Fait(NamedTuple):
    """One paper that follows the séance: where it goes, what its `info` findings say it waits for."""

    part: str
    output: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Papiers:
    """A séance and the contents that make its papers. `missing`: what is not written yet, in sentences."""

    library: Library
    sitting: Sitting
    points: tuple[Inscrit, ...]
    reunions: tuple[str, ...]
    suites: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.sitting.entry.id

    @property
    def acts(self) -> list[Entry[Deliberation]]:
        return [point.act for point in self.points if point.act is not None]

    @property
    def voted(self) -> bool:
        """Whether the assembly has decided anything of it."""
        return any(act.value.vote is not None for act in self.acts)

    @property
    def targets(self) -> list[str]:
        """The contents to produce, as `generer` names them."""
        return [
            *(f"{DELIBERATION.shelf}/{act.id}" for act in self.acts),
            *(f"{REUNION.shelf}/{id}" for id in self.reunions),
            *(f"{NOTE.shelf}/{id}" for id in self._notes()),
            *(f"{SUITE.shelf}/{id}" for id in self.suites),
        ]

    def _notes(self) -> Iterator[str]:
        """The notes de synthèse that its meetings join."""
        for id in self.reunions:
            meeting = self.library.find(REUNION.registry, id)
            note = meeting.value.note_de_synthese if meeting else None
            if note and self.library.exists(NOTE.registry, note):
                yield note

    @property
    def title(self) -> str:
        """« conseil communautaire du 24 septembre 2026 »."""
        return f"{self.sitting.instance.nom} du {date_simple(self.sitting.jour)}"

    def missing(self) -> Iterator[str]:
        reader = self.library.reader()
        absent = unread(self.sitting, reader) if self.sitting.seance.ordre_du_jour else []
        if absent:
            yield f"à l’ordre du jour, absentes des contenus ou en erreur : {', '.join(absent)}"
        if not self.acts:
            yield "des délibérations : aucune ne cite cette séance"
        if not self.reunions:
            yield (
                "la convocation et la feuille d’émargement : aucune réunion ne cite cette séance "
                f"(ctgdocs nouveau reunion {self.sitting.seance.instance}-{self.sitting.jour:%Y-%m-%d})"
            )
        silent = [act.value.numero or act.id for act in self.acts if act.value.vote is None]
        if silent and self.voted:
            yield f"le vote de {', '.join(silent)}"
        elif silent:
            yield "les votes : la liste, le procès-verbal et la suite les attendent"

    def made(self) -> Iterator[Fait]:
        """The papers that follow the séance, as they stand; none of a file in error."""
        for id in self.suites:
            entry, reader = self.library.find(SUITE.registry, id), self.library.reader()
            if entry is None or any(one.blocking for one in SUITE.check(entry, reader)):
                continue
            for part in SUITE.parts:
                said = SUITE.compose(entry, reader, part)
                if said is not None:
                    yield Fait(part, said.output, said.findings)


def papiers(library: Library, id: str) -> Papiers | None:
    """The papers of a séance; None when it, or its instance, is in error."""
    found = library.find(SEANCES, id)
    reader = library.reader()
    sitting = sitting_of(found, reader) if found else None
    if sitting is None:
        return None
    reunions = _of_the_seance(library, REUNION.registry, id)
    suites = _of_the_seance(library, SUITE.registry, id)
    points = tuple(ordre_du_jour(sitting, reader))
    return Papiers(library, sitting, points, tuple(reunions), tuple(suites))


class _Citing(Protocol):
    @property
    def seance(self) -> str | None: ...


def _of_the_seance(library: Library, registry: Registry[_Citing], seance: str) -> list[str]:
    """The entries that cite a séance; one in error is read as far as it can be: its faults are to be told."""
    said = []
    for id in library.ids(registry):
        found = library.find(registry, id) or library.partial(f"{registry.name}/{id}")
        if found is not None and found.value.seance == seance:
            said.append(id)
    return said


def transmission(found: Papiers) -> bytes:
    """The rows of its acts for the télétransmission, as a spreadsheet reads them; nothing before a vote."""
    from ctgdocs.kinds.suite.listes import as_csv, lignes
    from ctgdocs.kinds.suite.tenue import Tenue

    for id in found.suites:
        entry, reader = found.library.find(SUITE.registry, id), found.library.reader()
        if entry is not None and (rows := lignes(Tenue(Pen(entry, reader), entry, found.sitting))):
            return as_csv(rows)
    return b""


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
