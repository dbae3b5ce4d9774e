"""What the four papers of one meeting have in common: its head, its agenda, its people, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property

from ctgdocs.composing import voice
from ctgdocs.composing.parts import composed
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.seance import where
from ctgdocs.composing.sieges import Attendee, body_of, from_partner, member_of
from ctgdocs.composing.voice import Person
from ctgdocs.french import date_longue, heure
from ctgdocs.kinds.reunion import KIND, ORDRE_DU_JOUR
from ctgdocs.kinds.reunion.acte import Acte, Invite
from ctgdocs.kinds.reunion.meeting import Meeting, PointLu, points
from ctgdocs.prose import Block, ListBlock, Paragraph, Prose, Run
from ctgdocs.stages import Composition, Context

# --- What the papers of a meeting share: the day and the place, guests by name, how letters address people


def guests(pen: Pen, invites: Sequence[Invite]) -> list[Attendee]:
    return [_guest(pen, invite, index) for index, invite in enumerate(invites)]


def _guest(pen: Pen, invite: Invite, index: int) -> Attendee:
    fonction = pen.typographie(invite.fonction) if invite.fonction else ""
    typed = pen.words(invite.nom, "invites", index, "nom") if invite.nom else ""
    if invite.elu:
        person = pen.person(invite.elu)
        guest = Attendee(
            person._replace(fonction=fonction or person.fonction), body_of(pen, invite.partenaire)
        )
    else:
        guest = from_partner(pen, typed, invite.partenaire, fonction)
    return replace(guest, excused=invite.excuse)


# --- when and where -------------------------------------------------------------------------------------


def day_of(day: date, pen: Pen) -> str:
    """« jeudi 24 septembre 2026 »."""
    return date_longue(day, pen.profil, jour=True)


def when(day: date, hour: time, pen: Pen) -> str:
    """« Jeudi 24 septembre 2026, à 18 h 30 »."""
    return voice.majuscule_initiale(f"{day_of(day, pen)}, à {heure(hour, pen.profil)}")


def gathered(
    pen: Pen, name: str, day: date, span: tuple[time, time | None], place: str, chairs: Sequence[str]
) -> str:
    """« Réunie le jeudi 3 septembre 2026, de 18 h à 19 h 45, au siège…, sous la présidence de… »"""
    start, end = span
    hours = f"à {heure(start, pen.profil)}"
    if end is not None:
        hours = f"de {heure(start, pen.profil)} à {heure(end, pen.profil)}"
    agreed = "Réunie" if voice.is_feminine(name) else "Réuni"
    together = "coprésidence" if len(chairs) > 1 else "présidence"
    presided = f", sous la {together} de {', et de '.join(chairs)}" if chairs else ""
    there = where(pen, place).removeprefix(",")
    return pen.typographie(f"{agreed} le {day_of(day, pen)}, {hours},{there}{presided}.")


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


def farewell(pen: Pen, addressed: str, by_many: bool) -> str:
    """The polite formula of a letter to `addressed` (« Madame »), signed by one or by many."""
    ask, their = ("Nous vous prions", "notre") if by_many else ("Je vous prie", "ma")
    return pen.typographie(f"{ask} d’agréer, {addressed}, l’expression de {their} considération distinguée.")


BLANK = "……………………………"
"""What a hand fills on papier."""
_LONG = 66
"""Characters of a title that stand on one line."""


@dataclass(frozen=True)
class Papier:
    """One papier of one meeting, and the pen that writes it."""

    pen: Pen
    meeting: Meeting

    @property
    def acte(self) -> Acte:
        return self.meeting.acte

    @cached_property
    def points(self) -> list[PointLu]:
        return points(self.pen.entry, self.meeting, self.pen.reader)

    @cached_property
    def members(self) -> list[Attendee]:
        return [self.member(cle) for cle in self.meeting.membres]

    @property
    def persons(self) -> list[Person]:
        """The members of an assembly."""
        return [one.person for one in self.members]

    def member(self, cle: str) -> Attendee:
        """A member by key, whose person has this key for id."""
        return member_of(self.pen, self.meeting.instance, cle)

    @cached_property
    def guests(self) -> list[Attendee]:
        return guests(self.pen, self.acte.invites)

    @cached_property
    def nom(self) -> str:
        """« conseil communautaire »."""
        return self.pen.typographie(self.meeting.nom)

    @cached_property
    def jour(self) -> str:
        """« jeudi 24 septembre 2026 »."""
        return day_of(self.meeting.date, self.pen)

    @cached_property
    def chairs(self) -> list[Attendee]:
        """Who presides: nobody for a group without instance; two for a body with a co-president, one of them
        when the other did not come."""
        meeting = self.meeting
        both = [meeting.presidence, meeting.copresident] if meeting.copresident else [meeting.presidence]
        sieges = meeting.assistance.presents if meeting.assistance else ()
        there = {siege.elu for siege in sieges}
        came = [cle for cle in both if cle in there]
        return [self.member(cle) for cle in (came if len(both) > 1 and came else both[:1]) if cle]

    @property
    def called(self) -> str:
        """« séance » for a body that deliberates, else « réunion »."""
        return "séance" if self.meeting.delibere else "réunion"

    @cached_property
    def subtitle(self) -> str:
        return self.pen.typographie(f"{voice.majuscule_initiale(self.nom)} – {self.called} du {self.jour}")

    def _on_two_lines(self) -> str:
        name, _, day = self.subtitle.rpartition(" – ")
        return f"{name}\n{voice.majuscule_initiale(day)}"

    # --- the ordre du jour --------------------------------------------------------------------------

    @cached_property
    def agenda(self) -> Prose:
        """The points, numbered by Word, with who reports."""
        return agenda([(self.objet(point), self._below(point)) for point in self.points])

    def objet(self, point: PointLu) -> str:
        """The objet as typed, said where it was typed: its placeholders may need their own file."""
        pen = self.pen if point.source is self.pen.entry else Pen(point.source, self.pen.reader)
        return voice.majuscule_initiale(pen.line(point.objet, *point.at)).removesuffix(".")

    def reporter(self, point: PointLu) -> str:
        """« Rapporteure : Mme Hélène Castan », "" when nobody reports."""
        if not point.rapporteur:
            return ""
        person = self.pen.person(point.rapporteur)
        return self.pen.typographie(f"{voice.agreed('Rapporteur', [person])} : {person.name}")

    def presenter(self, point: PointLu) -> str:
        """« Présentation : Mme Inès Cabrol, chargée de coopération »."""
        if point.typed is None or not point.typed.presente_par:
            return ""
        text = self.pen.line(point.typed.presente_par, "points", point.index, "presente_par")
        return self.pen.typographie("Présentation : ") + text

    def _below(self, point: PointLu) -> list[str]:
        note = "Note jointe" if point.typed and point.typed.note else ""
        return [
            line for line in (self.informs(point), self.reporter(point), self.presenter(point), note) if line
        ]

    def informs(self, point: PointLu) -> str:
        """« Pour information » below a point that asks for no vote."""
        return "Pour information" if point.typed and point.typed.information else ""

    # --- signatures ---------------------------------------------------------------------------------

    @cached_property
    def signers(self) -> list[Attendee]:
        """Who convenes: the executive (CGCT, art. L. 2121-10 and L. 2121-22); who presides a COPIL."""
        body = self.meeting.instance
        if self.acte.signataire or body is None or body.type != "copil":
            return [Attendee(self.pen.person(self.acte.signataire or self.pen.collectivite.executif))]
        return [self.member(cle) for cle in (body.president, self.meeting.copresident) if cle]

    @property
    def signed(self) -> Context:
        """The keys of a letter: `signature`, the first one, and all of them."""
        blocks = self.blocks(self.signers)
        return {"signature": blocks[0], "signatures": blocks}

    def blocks(self, who: Sequence[Attendee]) -> list[dict[str, str]]:
        """Title and name of each signatory."""
        return [{"qualite": self.quality(one), "nom": one.person.bare} for one in who]

    def quality(self, who: Attendee) -> str:
        """« La présidente », « La 2e vice-présidente », « La présidente du comité de pilotage… »; « La
        coprésidente, directrice (Caf) » where two preside."""
        body, person = self.meeting.instance, who.person
        other = self.meeting.copresident
        if body is not None and other and person.id in (body.president, other):
            title = person.agreed("Le coprésident", "La coprésidente")
            of_it = f"{person.fonction} ({who.body})" if person.fonction and who.body else person.fonction
            return self.pen.typographie(f"{title},\n{of_it}" if of_it else title)
        if person.id == self.pen.collectivite.executif:
            return voice.majuscule_initiale(self.pen.the_executive)
        if body is not None and body.type == "copil" and person.id == body.president:
            title = person.agreed("Le président", "La présidente")
            return self.pen.typographie(f"{title} {voice.of_the(body.nom)}")
        if person.fonction:
            return voice.majuscule_initiale(self.pen.the_function(person))
        return person.agreed("Le président de séance", "La présidente de séance")

    # --- the document -------------------------------------------------------------------------------

    def document(self, part: str, title: str, context: Context, *, draft: bool = False) -> Composition:
        """The composition of one part; `title` is « Convocation », as the page and Word's properties say."""
        head = {
            "sous_titre": self.subtitle,
            "intitule": self._on_two_lines() if len(self.subtitle) > _LONG else self.subtitle,
            "quand": when(self.meeting.date, self.meeting.heure, self.pen),
            "lieu": voice.majuscule_initiale(self.pen.line(self.meeting.lieu)),
        }
        day = date_longue(self.meeting.date, self.pen.profil)
        return composed(
            self.pen, KIND.shelf, part, title, self.subtitle, {**head, **context},
            reference=f"{title} – {day}", draft=draft,
        )  # fmt: skip


# --- The ordre du jour alone, to post at the door or on the site


def ordre_du_jour(papier: Papier) -> Composition | None:
    """None while the meeting has no point."""
    if not papier.points:
        return None
    seance = papier.meeting.seance
    public = seance is not None and papier.meeting.assemblee and papier.pen.collectivite.type not in _CLOSED
    context: Context = {
        "ordre_du_jour": papier.agenda,
        "publique": "La séance est publique." if public and seance and not seance.huis_clos else "",
        **papier.signed,
    }
    return papier.document(ORDRE_DU_JOUR, "Ordre du jour", context)


_CLOSED = ("ccas", "cias")
"""The board of a CCAS does not meet in public (CASF, art. L. 133-5)."""
