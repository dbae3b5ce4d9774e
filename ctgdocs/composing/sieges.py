"""Who sits in a body: élus, and the persons that partners send."""

from __future__ import annotations

from dataclasses import dataclass

from ctgdocs.composing import voice
from ctgdocs.composing.voice import Person, Voice
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.registres import PARTENAIRES

_CIVIL = regex(r"(?P<m>M\.?|Mr|Monsieur)\s+(?=\w)|(?P<f>Mme\.?|Mlle|Madame|Mademoiselle)\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone who is expected, member or guest. `civil`: the civility is known, so that a letter can say
    « Madame ». `body` is the partner they come for (« Caf »)."""

    person: Person
    body: str = ""
    civil: bool = True
    excused: bool = False

    @property
    def named(self) -> str:
        """« Mme Isabelle Garnier, directrice (Caf) »."""
        return f"{self.person.with_fonction} ({self.body})" if self.body else self.person.with_fonction


def body_of(pen: Voice, partner: str | None) -> str:
    """« Caf »; the whole name where the short one says too little (« l’association »), "" without partner."""
    found = pen.reader.find(PARTENAIRES, partner) if partner else None
    if found is None:
        return ""
    short = found.value.nom_court or ""
    return pen.typographie(short if short[:1].isupper() else found.value.nom)


def from_partner(pen: Voice, typed: str, partner: str | None, fonction: str = "", key: str = "") -> Attendee:
    """A person as typed, « Mme Laure Roux, directrice »; the partner's first representative when nobody is,
    the partner itself when it has none. `fonction` has the last word."""
    found = pen.reader.find(PARTENAIRES, partner) if partner else None
    if not typed and found is not None:
        if not found.value.representants:
            name = voice.majuscule_initiale(pen.typographie(found.value.nom))
            return Attendee(Person(key, name, name, False, fonction), "", False)
        who = found.value.representants[0]
        typed = f"{who.civilite} {who.prenom} {who.nom}, {who.fonction}"
    name, _, said = (text.strip() for text in typed.partition(","))
    civil = _CIVIL.match(name)
    bare = pen.typographie(name[civil.end() :] if civil else name)
    feminine = bool(civil and civil["f"])
    person = Person(key, pen.typographie(name), bare, feminine, fonction or pen.typographie(said))
    return Attendee(person, body_of(pen, partner), civil is not None)


def member_of(pen: Voice, body: Instance | None, cle: str) -> Attendee:
    """A member by key (Siegeant.cle), whose person has this key for id."""
    sits = next((one for one in body.membres if one.cle == cle), None) if body else None
    if sits is None or sits.elu:
        return Attendee(pen.person(cle))
    qualite = pen.typographie(sits.qualite) if sits.qualite else ""
    typed = f"{sits.civilite or ''} {sits.nom}".strip()
    return from_partner(pen, typed, sits.partenaire, qualite, cle)
