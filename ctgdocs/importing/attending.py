"""Who was at a past séance, matched with the élus and the assembly of the house.

In a house without an assembly, the act makes one; in one that has it, a séance is written only when all those
named sat on that day, since the members of today would make another quorum. The others are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value, field_lines, scalar
from ctgdocs.importing.from_elus import House
from ctgdocs.importing.past import Past
from ctgdocs.importing.persons import Names
from ctgdocs.importing.reader import Proposed
from ctgdocs.importing.roster_people import Person, Roster
from ctgdocs.vocabulary.appellations import Nomme, place_name
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES


class Attending:
    """The persons of an act and its séance. `ids`: name → id, for those who are in the registry, or join it;
    `seance`: the id of the séance, "" when it is not written; `files`: what joins the house."""

    def __init__(self, library: Library, act: Past) -> None:
        self.library, self.act = library, act
        self.day = act.days.get("seance", "")
        self.said: list[str] = []
        self.files: list[Proposed] = []
        beside = [one for one in (act.signataire, act.rapporteur) if one is not None]
        voting = [one for people in act.vote.names.values() for one in people]
        self.names = Names([*act.presence.everyone, *beside, *act.signing, *voting])
        act.presence.rename(self.names.whole)
        named = act.presence.everyone or [one for one in (act.signataire, act.rapporteur) if one is not None]
        self.replacing = {one.id: titulaire for one, titulaire in act.presence.suppleants}
        self.persons = [self._person(one) for one in named]
        self.house = House(library, Roster(), self.persons)
        self.house.organe = act.organe
        self.seance = ""
        self.ids: dict[str, str] = {}
        self._settle()

    def id_of(self, person: Nomme | None) -> str:
        """The id of a person of the act; "" for nobody, or someone the house does not know."""
        return self.ids.get(self.names.whole(person).id, "") if person is not None else ""

    def _person(self, one: Nomme) -> Person:
        """Someone of the act, with the commune under which it lists them, and whom they replace."""
        communes = {who.id: place for who, place in self.act.presence.placed}
        commune = communes.get(one.id, "")
        for name, titulaire in self.replacing.items():
            commune = commune or (communes.get(name, "") if titulaire.id == one.id else "")
        person = Person(one.civilite, one.prenom, one.nom, "", commune=place_name(commune))
        if replaced := self.replacing.get(one.id):
            person.suppleant, person.suppleant_de = True, f"{replaced.nom} {replaced.prenom}"
        return person

    def _settle(self) -> None:
        bodies = [id for id in self.library.ids(INSTANCES) if self._type(id) in ("", "assemblee")]
        if not bodies and self.act.presence.presents:
            self.files = self.house.founded(self.persons, self.act.presence.presidence)
            self.ids = self.house.ids_of(self.persons)
            self._held(self.house.assembly)
            return
        self.ids = self.house.known_ids(self.persons)
        strangers = [one.said for one in self.persons if one.id not in self.ids]
        if len(bodies) == 1 and self.day and self.act.presence.presents:
            body = self.library.find(INSTANCES, bodies[0])
            sitting = set(body.value.membres_au(date.fromisoformat(self.day))) if body is not None else set()
            strangers += [one.said for one in self.persons if not self._sits(one.id, sitting)]
            if not strangers:
                self._held(bodies[0])
                return
        if strangers and not self.act.presence.everyone:
            self.said.append(f"Pas dans elus.yaml : {', '.join(strangers)}.")
        elif strangers:
            self.said.append(
                f"Pas membres à cette date : {', '.join(strangers[:6])}{' …' * (len(strangers) > 6)}. "
                "La séance n’est pas reprise ; les présences sont en commentaire."
            )

    def _sits(self, name: str, sitting: set[str]) -> bool:
        """Whether someone the house knows sat, or replaced someone who did."""
        titulaire = self.replacing[name].id if name in self.replacing else name
        return name not in self.ids or self.ids.get(titulaire, "") in {"", *sitting}

    def _type(self, id: str) -> str:
        entry = self.library.find(INSTANCES, id)
        return entry.value.type if entry is not None else ""

    def _held(self, body: str) -> None:
        """The séance of that day: the one that is there, to be completed or not, or a new one."""
        if not self.day:
            return
        for id in self.library.ids(SEANCES):
            there = self.library.partial(f"{SEANCES.name}/{id}")
            day = getattr(there.value, "date", None) if there else None
            if there and day and day.isoformat() == self.day and there.value.instance == body:
                self.seance = id
                return
        if self.day in self.library.ids(SEANCES):
            return
        self.seance = self.day
        self.files.append(Proposed(f"{SEANCES.path}{self.day}.yaml", self._text(body)))

    def _text(self, body: str) -> str:
        act = self.act
        lines = [
            "# yaml-language-server: $schema=../.schemas/seances.json",
            "# D’après un acte de la séance ; remplacez chaque [à compléter : …].",
            *(f"# à vérifier : mouvement à reporter (mouvements) : {one}" for one in act.presence.moves),
            f"instance: {body}",
            f"date: {self.day}",
            f"heure: {scalar(act.heure or '[à compléter : heure d’ouverture]')}",
            f"lieu: {scalar(act.lieu or '[à compléter : lieu]')}",
            f"convocation: {scalar(act.days.get('convocation') or '[à compléter : jour de son envoi]')}",
        ]
        if "affichage" in act.days:
            lines.append(f"affichage: {act.days['affichage']}")
        if secretary := self.id_of(act.presence.secretaire):
            lines.append(f"secretaire: {secretary}")
        absents = list(self._absents())
        lines += field_lines("absents", absents) if absents else []
        replaced: list[Value] = [
            {"titulaire": self.ids[titulaire.id], "suppleant": self.ids[one.id]}
            for one, titulaire in act.presence.suppleants
            if titulaire.id in self.ids and one.id in self.ids
        ]
        lines += field_lines("suppleants", replaced) if replaced else []
        lines += field_lines("agents", list(act.presence.agents)) if act.presence.agents else []
        return "\n".join([*lines, ""])

    def _absents(self) -> Iterator[Value]:
        given = {giver.id: holder for giver, holder in self.act.presence.pouvoirs}
        for giver in given:
            yield {"elu": self.ids[giver], "pouvoir_a": self.ids[given[giver].id]}
        there = {one.id for one in self.act.presence.presents} | given.keys()
        for one in self.act.presence.excuses:
            if one.id not in there:
                yield {"elu": self.ids[one.id], "excuse": "oui"}
                there.add(one.id)
        for one in self.act.presence.absents:
            if one.id not in there:
                yield self.ids[one.id]
                there.add(one.id)


def presences_said(act: Past) -> Iterator[str]:
    """The presences of an act in words, for a comment."""
    presence = act.presence
    lists = {"Présents": presence.presents, "Excusés": presence.excuses, "Absents": presence.absents}
    for label, people in lists.items():
        if people:
            yield f"{label} : {', '.join(_said(one) for one in people)}"
    for move in presence.moves:
        yield f"Mouvement : {move}"
    for giver, holder in presence.pouvoirs:
        yield f"Pouvoir : {_said(giver)} à {_said(holder)}"
    for label, one in (("Présidence", presence.presidence), ("Secrétaire", presence.secretaire)):
        if one is not None:
            yield f"{label} : {_said(one)}"


def _said(one: Nomme) -> str:
    return " ".join(filter(None, one))
