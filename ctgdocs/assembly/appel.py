"""The roll call: a séance and its exceptions in, who is there at each délibération out.

`derive_feuille(seance, instance)` reads the absences, the suppléants and the movements once; then
`feuille.presence(numero)` is a look-up. The choices made here, and why:

- A pouvoir counts at a délibération only if its holder is present there, in person or as a suppléant (CGCT,
  art. L. 2121-20: « à un collègue de son choix »). A holder who leaves ends the pouvoirs he holds, and they
  do not come back with him; a member who arrives takes his seat back and his own pouvoir ends.
- A suppléant who sits is a present, on his titulaire's siege (CGCT, art. L. 5211-6), never beside a pouvoir.
- Movements at one same délibération: arrivals come first, so that one may leave a pouvoir to who comes in.
- Who presides: the person the délibération names, or the séance, else the president, else the first
  vice-president present, in the order of the instance's file (CGCT, art. L. 2121-14 and L. 2122-17).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

from ctgdocs.assembly.presence import (
    OUVERTURE,
    Anomalie,
    Feuille,
    Passage,
    Pouvoir,
    Presence,
    Present,
    Rang,
    Sorte,
    rang,
)
from ctgdocs.assembly.regimes import pouvoirs_par_mandataire, quorum
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.seances import Seance

_NUMERO = re.compile(r"\S*\d\S*")


def derive_feuille(seance: Seance, instance: Instance) -> Feuille:
    """The attendance of a séance of an instance; its `anomalies` say what contradicts itself."""
    salle = _Salle(seance, instance, {membre: membre for membre in instance.membres_au(seance.date)})
    events = sorted(_events(seance))
    salle.open(events)
    rangs, etapes = [OUVERTURE], [salle.snapshot()]
    for index, event in enumerate(events):
        salle.move(event)
        if index + 1 == len(events) or events[index + 1].rang != event.rang:
            rangs.append(event.rang)
            etapes.append(salle.snapshot())
    salle.conclude()
    return Feuille(seance, instance, tuple(etapes), tuple(rangs), tuple(salle.anomalies))


class _Event(NamedTuple):
    """One arrival or one departure at one délibération; sorted, they are the order of the séance: at one
    point a titulaire comes before the suppléant, who then finds the seat taken, whichever line is first."""

    rang: Rang
    departure: bool
    stands_in: bool
    line: int
    elu: str
    numero: str
    heure: time | None
    pouvoir_a: str = ""

    @property
    def path(self) -> Steps:
        return ("mouvements", self.line, "quitte_a" if self.departure else "arrive_a")


def _events(seance: Seance) -> list[_Event]:
    events = []
    suppleants = {place.suppleant for place in seance.suppleants}
    for index, mouvement in enumerate(seance.mouvements):
        both = mouvement.arrive_a and mouvement.quitte_a
        heure = None if both else mouvement.heure  # of which of the two, the line does not say
        stands_in = mouvement.elu in suppleants
        if numero := mouvement.arrive_a:
            where = rang(numero, seance.ordre_du_jour)
            events.append(_Event(where, False, stands_in, index, mouvement.elu, numero, heure))
        if numero := mouvement.quitte_a:
            where, given = rang(numero, seance.ordre_du_jour), mouvement.pouvoir_a or ""
            events.append(_Event(where, True, stands_in, index, mouvement.elu, numero, heure, given))
    return events


@dataclass(slots=True)
class _Donne:
    """A pouvoir as given: where it was typed, at which step, and the first step where it counted."""

    mandant: str
    mandataire: str
    path: Steps
    etape: int
    premiere: int | None = None


@dataclass(slots=True)
class _Salle:
    """The room while the séance goes on: who sits where, which pouvoirs stand. Used once, then dropped."""

    seance: Seance
    instance: Instance
    sieges: dict[str, str]  # each member's seat → who sits on it, "" when nobody
    pouvoirs: dict[str, _Donne] = field(default_factory=dict)  # the standing ones, by mandant
    donnes: list[_Donne] = field(default_factory=list)  # all of them
    excuses: set[str] = field(default_factory=set)
    remplacants: dict[str, str] = field(default_factory=dict)  # suppléant → the siege he may sit on
    charges: set[str] = field(default_factory=set)  # holders already told they hold too many
    passages: dict[str, Passage] = field(default_factory=dict)  # the last one of each person
    anomalies: list[Anomalie] = field(default_factory=list)
    etape: int = 0

    def open(self, events: list[_Event]) -> None:
        """The state of the room when the séance opens."""
        self._absences()
        self._suppleants()
        seen: set[str] = set()
        for event in events:
            if event.elu not in seen and not event.departure:
                siege = self._siege(event.elu)
                if siege and self.sieges[siege] == event.elu:
                    self.sieges[siege] = ""  # whose first movement is to arrive was not there before
            seen.add(event.elu)

    def move(self, event: _Event) -> None:
        """Someone arrives or leaves."""
        siege = self._siege(event.elu)
        if not siege:
            self._say("non-membre", ("mouvements", event.line, "elu"), event.elu)
            return
        numeros = [point for point in self.seance.ordre_du_jour if _NUMERO.fullmatch(point)]
        if numeros and event.numero not in numeros:
            self._say("hors-ordre-du-jour", event.path, event.elu, numero=event.numero)
        if event.departure:
            self._depart(event, siege)
        else:
            self._arrive(event, siege)

    def snapshot(self) -> Presence:
        """The room as it is now."""
        presents = tuple(
            Present(elu, "" if elu == siege else siege) for siege, elu in self.sieges.items() if elu
        )
        there = {present.elu for present in presents}
        standing = [
            self.pouvoirs[siege]
            for siege, elu in self.sieges.items()
            if not elu and siege in self.pouvoirs and self.pouvoirs[siege].mandataire in there
        ]
        self._drop_void(there)
        for donne in standing:
            donne.premiere = self.etape if donne.premiere is None else donne.premiere
        self._limit(standing)
        mandants = {donne.mandant for donne in standing}
        missing = [siege for siege, elu in self.sieges.items() if not elu and siege not in mandants]
        self.etape += 1
        return Presence(
            membres=tuple(self.sieges),
            presents=presents,
            pouvoirs=tuple(Pouvoir(donne.mandant, donne.mandataire) for donne in standing),
            excuses=tuple(siege for siege in missing if siege in self.excuses),
            absents=tuple(siege for siege in missing if siege not in self.excuses),
            president=self._president(there),
            quorum=quorum(len(self.sieges), self.seance.date),
            presents_pour_le_quorum=len(presents),
            sans_quorum=self.seance.seconde_convocation is not None,
            passages=tuple(sorted(self.passages.values(), key=lambda passage: passage.elu)),
        )

    def conclude(self) -> None:
        """Says which pouvoirs never counted, or counted late."""
        for donne in self.donnes:
            if donne.premiere is None:
                known = donne.mandataire in self.sieges or donne.mandataire in self.remplacants
                sorte: Sorte = "mandataire-absent" if known else "mandataire-non-membre"
                self._say(sorte, donne.path, donne.mandant, donne.mandataire)
            elif donne.premiere > donne.etape:
                self._say("pouvoir-en-attente", donne.path, donne.mandant, donne.mandataire)

    def _say(
        self, sorte: Sorte, path: Steps, elu: str, autre: str = "", *, numero: str = "", nombre: int = 0
    ) -> None:
        self.anomalies.append(Anomalie(sorte, path, elu, autre, numero, nombre))

    def _siege(self, elu: str) -> str:
        return elu if elu in self.sieges else self.remplacants.get(elu, "")

    def _absences(self) -> None:
        seen: set[str] = set()
        for index, absence in enumerate(self.seance.absents):
            path = ("absents", index, "elu")
            if absence.elu not in self.sieges:
                self._say("non-membre", path, absence.elu)
                continue
            if absence.elu in seen:
                self._say("deux-fois", path, absence.elu)
            seen.add(absence.elu)
            self.sieges[absence.elu] = ""
            if absence.excuse or absence.pouvoir_a:
                self.excuses.add(absence.elu)
            if absence.pouvoir_a:
                self._give(absence.elu, absence.pouvoir_a, ("absents", index, "pouvoir_a"))

    def _suppleants(self) -> None:
        titulaires = {suppleant: titulaire for titulaire, suppleant in self.instance.suppleants.items()}
        for index, place in enumerate(self.seance.suppleants):
            suppleant, path = place.suppleant, ("suppleants", index, "suppleant")
            titulaire = place.titulaire or titulaires.get(suppleant, "")
            if refusal := self._refuses(suppleant, titulaire):
                self._say(refusal, path, suppleant, titulaire)
                continue
            if titulaires.get(suppleant) != titulaire:
                self._say("suppleant-inconnu", path, suppleant, titulaire)
            if donne := self.pouvoirs.pop(titulaire, None):
                self._say("titulaire-represente", donne.path, titulaire, suppleant)
                self.donnes.remove(donne)
            self.remplacants[suppleant] = titulaire
            self.sieges[titulaire] = suppleant

    def _refuses(self, suppleant: str, titulaire: str) -> Sorte | None:
        """Why a suppléant cannot sit, if he cannot."""
        if not titulaire:
            return "suppleant-sans-titulaire"
        if suppleant in self.sieges:
            return "suppleant-membre"
        if titulaire not in self.sieges:
            return "titulaire-non-membre"
        if suppleant in self.remplacants:
            return "suppleant-deux-fois"
        return "titulaire-remplace-deux-fois" if titulaire in self.remplacants.values() else None

    def _arrive(self, event: _Event, siege: str) -> None:
        seated = self.sieges[siege]
        if seated == event.elu:
            self._say("deja-present", event.path, event.elu, numero=event.numero)
        elif seated == siege:
            self._say("siege-occupe", event.path, event.elu, siege, numero=event.numero)
        else:
            self._end_pouvoirs_of(seated, event)  # a suppléant leaves his seat to his titulaire
            self.sieges[siege] = event.elu
            self.pouvoirs.pop(siege, None)
            self._passes(event)

    def _depart(self, event: _Event, siege: str) -> None:
        if self.sieges[siege] != event.elu:
            self._say("deja-absent", event.path, event.elu, numero=event.numero)
            return
        self.sieges[siege] = ""
        self._passes(event)
        self._end_pouvoirs_of(event.elu, event)
        if event.pouvoir_a:
            self._give(siege, event.pouvoir_a, ("mouvements", event.line, "pouvoir_a"))

    def _passes(self, event: _Event) -> None:
        again = event.elu in self.passages
        self.passages[event.elu] = Passage(event.elu, event.numero, event.heure, event.departure, again)

    def _give(self, mandant: str, mandataire: str, path: Steps) -> None:
        if mandant == mandataire:
            self._say("pouvoir-a-soi", path, mandant)
            return
        donne = _Donne(mandant, mandataire, path, self.etape)
        self.pouvoirs[mandant] = donne
        self.donnes.append(donne)

    def _end_pouvoirs_of(self, mandataire: str, event: _Event) -> None:
        for mandant, donne in list(self.pouvoirs.items()):
            if donne.mandataire == mandataire:
                del self.pouvoirs[mandant]
                self._say("pouvoir-eteint", event.path, mandant, mandataire, numero=event.numero)

    def _drop_void(self, there: set[str]) -> None:
        """A pouvoir left to someone who is not in the room is void; one sent before the séance may wait."""
        for mandant, donne in list(self.pouvoirs.items()):
            if donne.etape and donne.mandataire not in there:
                del self.pouvoirs[mandant]

    def _limit(self, standing: list[_Donne]) -> None:
        allowed = pouvoirs_par_mandataire(self.seance.date)
        for mandataire, nombre in Counter(donne.mandataire for donne in standing).items():
            if nombre > allowed and mandataire not in self.charges:
                self.charges.add(mandataire)
                last = [donne for donne in standing if donne.mandataire == mandataire][-1]
                self._say("trop-de-pouvoirs", last.path, mandataire, nombre=nombre)

    def _president(self, there: set[str]) -> str:
        candidates = (
            self.seance.presidence or "",
            self.instance.president,
            *self.instance.vice_presidents,
        )
        return next((elu for elu in candidates if elu in there), "")
