"""What the four papers of one meeting have in common: its head, its agenda, its people, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ctgdocs.composing import acte as pages
from ctgdocs.composing import people, reunions
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.people import Person
from ctgdocs.composing.reunions import Guest
from ctgdocs.french import date_longue
from ctgdocs.kinds.reunion import KIND
from ctgdocs.kinds.reunion.acte import Acte
from ctgdocs.kinds.reunion.rencontre import PointLu, Rencontre, points
from ctgdocs.stages import Composition, Prose

BLANK = "……………………………"
"""What a hand fills on paper."""
_LONG = 66
"""Characters of a title that stand on one line."""


@dataclass(frozen=True)
class Papier:
    """One paper of one meeting, and the pen that writes it."""

    pen: Pen
    meeting: Rencontre

    @property
    def acte(self) -> Acte:
        return self.meeting.acte

    @cached_property
    def points(self) -> list[PointLu]:
        return points(self.pen.entry, self.meeting, self.pen.reader)

    @cached_property
    def members(self) -> list[Person]:
        return [self.pen.person(id) for id in self.meeting.membres]

    @cached_property
    def guests(self) -> list[Guest]:
        return reunions.guests(self.pen, self.acte.invites)

    @cached_property
    def nom(self) -> str:
        """« conseil communautaire »."""
        return self.pen.typeset(self.meeting.nom)

    @cached_property
    def jour(self) -> str:
        """« jeudi 24 septembre 2026 »."""
        return reunions.day_of(self.meeting.date, self.pen)

    @cached_property
    def chair(self) -> Person | None:
        """Who is expected to preside."""
        return self.pen.person(self.meeting.presidence) if self.meeting.presidence else None

    @property
    def called(self) -> str:
        """« séance » for a body that deliberates, else « réunion »."""
        return "séance" if self.meeting.delibere else "réunion"

    @cached_property
    def subtitle(self) -> str:
        return self.pen.typeset(f"{people.capitalised(self.nom)} – {self.called} du {self.jour}")

    def _on_two_lines(self) -> str:
        name, _, day = self.subtitle.rpartition(" – ")
        return f"{name}\n{people.capitalised(day)}"

    # --- the ordre du jour --------------------------------------------------------------------------

    @cached_property
    def agenda(self) -> Prose:
        """The points, numbered by Word, with who reports."""
        return reunions.agenda([(self.objet(point), self._below(point)) for point in self.points])

    def objet(self, point: PointLu) -> str:
        """The objet as typed, said where it was typed: its placeholders may need their own file."""
        pen = self.pen if point.source is self.pen.entry else Pen(point.source, self.pen.reader)
        return people.capitalised(pen.line(point.objet, *point.at)).removesuffix(".")

    def reporter(self, point: PointLu) -> str:
        """« Rapporteure : Mme Hélène Castan », "" when nobody reports."""
        if not point.rapporteur:
            return ""
        person = self.pen.person(point.rapporteur)
        return self.pen.typeset(f"{people.agreed('Rapporteur', [person])} : {person.name}")

    def presenter(self, point: PointLu) -> str:
        """« Présentation : Mme Inès Cabrol, chargée de coopération »."""
        if point.typed is None or not point.typed.presente_par:
            return ""
        text = self.pen.line(point.typed.presente_par, "points", point.index, "presente_par")
        return self.pen.typeset("Présentation : ") + text

    def _below(self, point: PointLu) -> list[str]:
        note = "Note jointe" if point.typed and point.typed.note else ""
        return [line for line in (self.reporter(point), self.presenter(point), note) if line]

    # --- signatures ---------------------------------------------------------------------------------

    @cached_property
    def signer(self) -> Person:
        """Who convenes: the executive (CGCT, art. L. 2121-10 and L. 2121-22); the president of a COPIL."""
        body = self.meeting.instance
        president = body.president if body and body.type == "copil" else None
        return self.pen.person(self.acte.signataire or president or self.pen.collectivite.executif)

    def quality(self, person: Person) -> str:
        """« La présidente », « La 2e vice-présidente », « La présidente du comité de pilotage… »."""
        body = self.meeting.instance
        if person.id == self.pen.collectivite.executif:
            return people.capitalised(self.pen.the_executive)
        if body is not None and body.type == "copil" and person.id == body.president:
            title = person.agreed("Le président", "La présidente")
            return self.pen.typeset(f"{title} {people.of_the(body.nom)}")
        if person.fonction:
            return people.capitalised(self.pen.the_function(person))
        return person.agreed("Le président de séance", "La présidente de séance")

    # --- the document -------------------------------------------------------------------------------

    def document(self, part: str, title: str, context: dict[str, Any], *, draft: bool = False) -> Composition:
        """The composition of one part; `title` is « Convocation », as the page and Word's properties say."""
        head = {
            "collectivite": pages.head(self.pen),
            "reference": f"{title} – {date_longue(self.meeting.date, self.pen.profil)}",
            "titre": title,
            "sous_titre": self.subtitle,
            "intitule": self._on_two_lines() if len(self.subtitle) > _LONG else self.subtitle,
            "quand": reunions.when(self.meeting.date, self.meeting.heure, self.pen),
            "lieu": people.capitalised(self.pen.line(self.meeting.lieu)),
        }
        return Composition(
            context={**head, **context},
            template=f"templates/{KIND.shelf}/{part}.docx",
            output=f"sorties/{KIND.shelf}/{self.pen.entry.id}-{part}.docx",
            title=f"{title} – {self.subtitle}",
            watermark="PROJET" if draft else "",
            findings=tuple(self.pen.findings),
        )
