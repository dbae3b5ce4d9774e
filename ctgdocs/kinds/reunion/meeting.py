"""Who meets, when, where, about what, and who came: the same answers whether a séance or the file says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ctgdocs.assembly.ordre_du_jour import DIVERS, ordre_du_jour
from ctgdocs.assembly.ordre_du_jour import unread as unread_of
from ctgdocs.assembly.regimes import EPCI_SANS_SEUIL, REGIMES, SEUIL
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.content.heritage import inherit
from ctgdocs.kinds.reunion.acte import Acte, Point
from ctgdocs.kinds.reunion.assistance import Assistance, of_the_file
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.actes import Deliberation, Titled
from ctgdocs.vocabulary.dossiers import Affaire
from ctgdocs.vocabulary.instances import Instance, Regime
from ctgdocs.vocabulary.organismes import Collectivite
from ctgdocs.vocabulary.registres import COLLECTIVITE, DELIBERATIONS, DOSSIERS, INSTANCES
from ctgdocs.vocabulary.seances import Seance


@dataclass(frozen=True, slots=True)
class PointLu:
    """One point with the objet and the rapporteur that it, its délibération or its dossier gives. `at` is
    where its objet was typed, relative to `source`."""

    objet: str
    source: Entry[object]
    at: Steps
    rapporteur: str = ""
    typed: Point | None = None
    index: int = -1


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `instance` is None for a group that has no file in instances/."""

    acte: Acte
    collectivite: Collectivite
    nom: str
    date: datetime.date
    heure: datetime.time
    heure_fin: datetime.time | None
    lieu: str
    convocation: datetime.date | None
    instance: Instance | None = None
    seance: Seance | None = None
    sitting: Sitting | None = None
    assistance: Assistance | None = None

    @property
    def assemblee(self) -> bool:
        return self.instance is not None and self.instance.type == "assemblee"

    @property
    def delibere(self) -> bool:
        return self.instance is not None and self.instance.type in ("assemblee", "bureau")

    @property
    def regime(self) -> Regime:
        own = self.instance.regime if self.instance else None
        return own or REGIMES[self.collectivite.type]

    @property
    def membres(self) -> tuple[str, ...]:
        return self.instance.membres_au(self.date) if self.instance else ()

    @property
    def presidence(self) -> str:
        """Who is expected to preside; "" for a group that has no president."""
        typed = self.seance.presidence if self.seance else self.acte.presidence
        return typed or (self.instance.president if self.instance else "")

    @property
    def copresident(self) -> str:
        """The key of who presides with the president; "" where one presides alone."""
        other = self.instance.copresident if self.instance else ""
        return other if other in self.membres else ""


def meeting_of(entry: Entry[Acte], reader: Reader) -> Meeting | None:
    """The meeting of a file; None when what it cites is missing or in error (findings say so)."""
    acte: Acte = entry.value
    house = reader.find(COLLECTIVITE, "collectivite")
    if house is None:
        return None
    if acte.seance is not None:
        sitting = find_sitting(reader, acte.seance)
        return _of_a_seance(acte, sitting) if sitting else None
    body = reader.find(INSTANCES, acte.instance) if acte.instance else None
    if (acte.instance and body is None) or acte.date is None or acte.heure is None:
        return None
    instance: Instance | None = body.value if body else None
    return Meeting(
        acte=acte,
        collectivite=house.value,
        nom=instance.nom if instance else acte.nom or "",
        date=acte.date,
        heure=acte.heure,
        heure_fin=acte.heure_fin,
        lieu=acte.lieu or "",
        convocation=acte.convocation,
        instance=instance,
        assistance=of_the_file(acte, instance, acte.date) if instance else None,
    )


def _of_a_seance(acte: Acte, sitting: Sitting) -> Meeting:
    seance = sitting.seance
    return Meeting(
        acte=acte,
        collectivite=sitting.collectivite,
        nom=sitting.instance.nom,
        date=seance.date,
        heure=seance.heure,
        heure_fin=seance.heure_fin,
        lieu=seance.lieu,
        convocation=seance.convocation,
        instance=sitting.instance,
        seance=seance,
        sitting=sitting,
        assistance=_at_the_opening(sitting),
    )


def _at_the_opening(sitting: Sitting) -> Assistance:
    """A séance of a commission: its roll call; who gave a pouvoir is excused."""
    opening = sitting.feuille.etapes[0]
    away = tuple(pouvoir.mandant for pouvoir in opening.pouvoirs)
    excused = tuple(membre for membre in opening.membres if membre in (*opening.excuses, *away))
    return Assistance(opening.membres, opening.presents, excused, opening.absents)


# --- the ordre du jour ----------------------------------------------------------------------------------


def points(entry: Entry[object], meeting: Meeting, reader: Reader) -> list[PointLu]:
    """The points, in order: those of the file, else those of the séance, then « Questions diverses »."""
    if meeting.acte.points or meeting.sitting is None:
        said = [_typed(entry, point, index, reader) for index, point in enumerate(meeting.acte.points)]
    else:
        said = list(_of_the_seance(meeting.sitting, reader))
    wanted = meeting.acte.questions_diverses
    if wanted is None:
        wanted = meeting.delibere
    if wanted and said and said[-1].objet.casefold() != DIVERS.casefold():
        said.append(PointLu(DIVERS, entry, ("questions_diverses",)))
    return said


class _Lending(Titled, Protocol):
    """A délibération or a dossier."""

    @property
    def rapporteur(self) -> str | None: ...


def _typed(entry: Entry[object], point: Point, index: int, reader: Reader) -> PointLu:
    """A point as typed; what it leaves out comes from its délibération, then from its dossier."""
    at: Steps = ("points", index, "objet")
    lent = (_deliberation(point, reader), _dossier(point, reader))
    lenders: list[Entry[_Lending]] = [found for found in lent if found]
    rapporteur = point.rapporteur or next((r for lender in lenders if (r := lender.value.rapporteur)), "")
    if point.presente_par and not point.rapporteur:
        rapporteur = ""
    if point.objet:
        return PointLu(point.objet, entry, at, rapporteur, point, index)
    for lender in lenders:
        if lender.value.objet:
            return PointLu(lender.value.objet, lender, ("objet",), rapporteur, point, index)
    known = point.dossier or point.deliberation or ""
    return PointLu(known, entry, at, rapporteur, point, index)


def _deliberation(point: Point, reader: Reader) -> Entry[Deliberation] | None:
    found = reader.find(DELIBERATIONS, point.deliberation) if point.deliberation else None
    return inherit(found, reader) if found else None


def _dossier(point: Point, reader: Reader) -> Entry[Affaire] | None:
    return reader.find(DOSSIERS, point.dossier) if point.dossier else None


def _of_the_seance(sitting: Sitting, reader: Reader) -> Iterator[PointLu]:
    for point in ordre_du_jour(sitting, reader):
        if point.act is not None:
            yield PointLu(point.act.value.objet, point.act, ("objet",), point.act.value.rapporteur or "")
        elif point.at is not None:
            yield PointLu(point.texte, sitting.entry, ("ordre_du_jour", point.at))


def unread(meeting: Meeting, reader: Reader) -> list[str]:
    """The délibérations that the ordre du jour of its séance should tell and cannot."""
    if meeting.sitting is None or meeting.acte.points:
        return []
    return unread_of(meeting.sitting, reader)


def note_due(meeting: Meeting) -> bool:
    """Whether a note explicative de synthèse comes with the convocation (CGCT, art. L. 2121-12 and L. 5211-1;
    CASF, art. R. 123-16)."""
    if not meeting.assemblee:
        return False
    if meeting.regime in ("epci", "syndicat") and meeting.date >= EPCI_SANS_SEUIL:
        return True
    return meeting.collectivite.population >= SEUIL
