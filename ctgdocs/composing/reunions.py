"""What the papers of a meeting share: the day and the place, guests by name, how letters address people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from ctgdocs.composing import people
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.people import Person
from ctgdocs.composing.seance import where
from ctgdocs.french import date_longue, heure
from ctgdocs.patterns import regex
from ctgdocs.stages import Block, ListBlock, Paragraph, Prose, Run
from ctgdocs.vocabulary.reunions import Invite

_CIVIL = regex(r"(?P<m>M\.?|Mr|Monsieur)\s+(?=\w)|(?P<f>Mme\.?|Mlle|Madame|Mademoiselle)\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone invited who is no member. `civil`: the civility is known, so that a letter can say « Madame ».
    `body` is whom they come for (« Caf »)."""

    person: Person
    body: str = ""
    civil: bool = True
    excused: bool = False

    @property
    def named(self) -> str:
        """« Mme Isabelle Garnier, directrice (Caf) »."""
        return f"{self.person.with_fonction} ({self.body})" if self.body else self.person.with_fonction


def guests(pen: Pen, invites: Sequence[Invite]) -> list[Guest]:
    return [_guest(pen, invite, index) for index, invite in enumerate(invites)]


def _guest(pen: Pen, invite: Invite, index: int) -> Guest:
    body, typed = "", invite.nom or ""
    partner = pen.reader.find("partenaires", invite.partenaire) if invite.partenaire else None
    if partner is not None:
        short = partner.value.nom_court or ""
        body = pen.typeset(
            short if short[:1].isupper() else partner.value.nom
        )  # « l’association » says too little
    if invite.elu:
        return Guest(_with_fonction(pen, pen.person(invite.elu), invite.fonction), body, True, invite.excuse)
    if not typed and partner is not None and not partner.value.representants:
        name = people.capitalised(pen.typeset(partner.value.nom))
        return Guest(Person("", name, name, False), "", False, invite.excuse)
    if not typed and partner is not None:
        who = partner.value.representants[0]
        typed = f"{who.civilite} {who.prenom} {who.nom}, {who.fonction}"
    name, _, fonction = (text.strip() for text in typed.partition(","))
    found = _CIVIL.match(name)
    bare = pen.line(name[found.end() :] if found else name, "invites", index, "nom")
    feminine = bool(found and found["f"])
    person = Person("", pen.line(name, "invites", index, "nom"), bare, feminine, pen.typeset(fonction))
    return Guest(_with_fonction(pen, person, invite.fonction), body, found is not None, invite.excuse)


def _with_fonction(pen: Pen, person: Person, typed: str | None) -> Person:
    if not typed:
        return person
    return Person(person.id, person.name, person.bare, person.feminine, pen.typeset(typed), person.commune)


# --- when and where -------------------------------------------------------------------------------------


def day_of(day: date, pen: Pen) -> str:
    """« jeudi 24 septembre 2026 »."""
    return date_longue(day, pen.profil, jour=True)


def when(day: date, hour: time, pen: Pen) -> str:
    """« Jeudi 24 septembre 2026, à 18 h 30 »."""
    return people.capitalised(f"{day_of(day, pen)}, à {heure(hour, pen.profil)}")


def gathered(pen: Pen, name: str, day: date, span: tuple[time, time | None], place: str, chair: str) -> str:
    """« Réunie le jeudi 3 septembre 2026, de 18 h à 19 h 45, au siège…, sous la présidence de… »"""
    start, end = span
    hours = f"à {heure(start, pen.profil)}"
    if end is not None:
        hours = f"de {heure(start, pen.profil)} à {heure(end, pen.profil)}"
    agreed = "Réunie" if people.is_feminine(name) else "Réuni"
    presided = f", sous la présidence de {chair}" if chair else ""
    there = where(pen, place).removeprefix(",")
    return pen.typeset(f"{agreed} le {day_of(day, pen)}, {hours},{there}{presided}.")


# --- the ordre du jour ----------------------------------------------------------------------------------


def agenda(items: Sequence[tuple[str, Sequence[str]]]) -> Prose:
    """A list that Word numbers: each objet, and under it, in italics, who reports and what comes with it."""
    said: list[tuple[Block, ...]] = []
    for objet, below in items:
        runs = [Run(objet)]
        for line in below:
            runs += [Run("", line_break=True), Run(line, italic=True)]
        said.append((Paragraph(tuple(runs)),))
    return Prose((ListBlock(tuple(said), ordered=True),)) if said else Prose()


# --- letters --------------------------------------------------------------------------------------------


def collective(group: Sequence[Person], long: bool = True) -> str:
    """« Mesdames et Messieurs », « Mesdames », « Monsieur »: how a group is addressed.

    >>> collective([])
    'Mesdames et Messieurs'
    """
    women = sum(person.feminine for person in group)
    men = len(group) - women
    if not women and not men:
        return "Mesdames et Messieurs" if long else "Mesdames, Messieurs"
    feminine = "" if not women else "Madame" if women == 1 else "Mesdames"
    masculine = "" if not men else "Monsieur" if men == 1 else "Messieurs"
    return (" et " if long else ", ").join(word for word in (feminine, masculine) if word)


def salutation(group: Sequence[Person]) -> str:
    """« Madame », « Mesdames, Messieurs »."""
    return collective(group, long=False)


def farewell(pen: Pen, addressed: str) -> str:
    """The polite formula of a letter to `addressed` (« Madame »)."""
    return pen.typeset(f"Je vous prie d’agréer, {addressed}, l’expression de ma considération distinguée.")
