"""A séance as the papers that follow it read it: its points in order, what became of each, what lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from ctgdocs.assembly.ordre_du_jour import Examen, Inscrit, examine, ordre_du_jour
from ctgdocs.assembly.sitting import Moment, Sitting
from ctgdocs.composing import voice
from ctgdocs.composing.parts import author, composed
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, enumeration
from ctgdocs.kinds.suite import KIND
from ctgdocs.kinds.suite.acte import Acte, Debat
from ctgdocs.patterns import regex
from ctgdocs.stages import Composition, Context, Entry
from ctgdocs.vocabulary.actes import Deliberation, numero_de

_ARTICLE = regex(r"^(?:le |la |les |l’)")
LONG: Final = 66
"""Characters of a title that stand on one line."""


class Point(NamedTuple):
    """One point, at its rank from 1. `objet` is ready for the page; `pen` writes the texts of its act;
    `debat` is what was typed of it, at `file_at` of the file."""

    rang: int
    objet: str
    inscrit: Inscrit
    pen: Pen
    act: Entry[Deliberation] | None = None
    examen: Examen | None = None
    debat: Debat | None = None
    file_at: int = -1

    @property
    def numero(self) -> str:
        """What the act is known by in the movements and the ordre du jour."""
        return (self.act.value.numero or self.act.id) if self.act else ""

    @property
    def printed(self) -> str:
        return numero_de(self.act.value.numero, self.act.id) if self.act else ""


@dataclass
class Tenue:
    """One séance, and the pen that writes its papers. `lacking`: what the paper at hand leaves blank."""

    pen: Pen
    entry: Entry[Acte]
    sitting: Sitting
    lacking: list[str] = field(default_factory=list)

    @property
    def acte(self) -> Acte:
        return self.entry.value

    @cached_property
    def points(self) -> list[Point]:
        """The points of the ordre du jour, then those of which only the file speaks."""
        typed = dict(enumerate(self.acte.points))
        said = [self._read(rang, one, typed) for rang, one in enumerate(self._inscrits, 1)]
        for rang, (index, debat) in enumerate(typed.items(), len(said) + 1):
            text = self.pen.line(debat.objet or debat.deliberation or "", "points", index, "objet")
            said.append(Point(rang, text, Inscrit(text), self.pen, debat=debat, file_at=index))
        return said

    @cached_property
    def _inscrits(self) -> list[Inscrit]:
        return list(ordre_du_jour(self.sitting, self.pen.reader))

    def _read(self, rang: int, one: Inscrit, typed: dict[int, Debat]) -> Point:
        """A point with its debate, which leaves `typed`."""
        index = next((at for at, debat in typed.items() if _is_about(debat, one)), -1)
        debat = typed.pop(index, None)
        if one.act is None:
            at = () if one.at is None else ("ordre_du_jour", one.at)
            objet = Pen(self.sitting.entry, self.pen.reader).line(one.texte, *at)
            return Point(rang, _titled(objet), one, self.pen, debat=debat, file_at=index)
        pen = Pen(one.act, self.pen.reader)
        objet = pen.line(one.act.value.objet, "objet")
        examen = examine(one.act, self.sitting)
        return Point(rang, _titled(objet), one, pen, one.act, examen, debat, index)

    @property
    def examined(self) -> list[Point]:
        """The points that are délibérations."""
        return [point for point in self.points if point.act is not None]

    @cached_property
    def opening(self) -> Moment:
        """The séance when it opens: nobody has moved yet."""
        feuille = self.sitting.feuille
        first = next((point.numero for point in self.examined), "")
        presence = feuille.etapes[0]._replace(secretaires=feuille.secretaires(first))
        key = ("ouverture", self.sitting.entry.id, presence.secretaires)
        return Moment(self.sitting.seance, self.sitting.instance, presence, key)

    @cached_property
    def secretaires(self) -> list[Person]:
        """All those who kept the minutes, in turn or together."""
        return [
            self.pen.person(id) for id in dict.fromkeys(one.elu for one in self.sitting.seance.secretaire)
        ]

    # --- words --------------------------------------------------------------------------------------

    @cached_property
    def nom(self) -> str:
        """« conseil communautaire »."""
        return self.pen.typographie(self.sitting.instance.nom)

    @property
    def jour(self) -> str:
        return date_longue(self.sitting.jour, self.pen.profil)

    @cached_property
    def subtitle(self) -> str:
        day = date_longue(self.sitting.jour, self.pen.profil, jour=True)
        return self.pen.typographie(f"{voice.majuscule_initiale(self.nom)} – séance du {day}")

    @property
    def signer(self) -> Person:
        return self.pen.person(self.acte.signataire or self.pen.collectivite.executif)

    @property
    def author(self) -> str:
        """« la présidente », or the function of whoever signs for her."""
        return author(self.pen, self.signer)

    def on(self, day: date | None, what: str) -> str:
        """A day in full, or a blank to fill."""
        return date_longue(day, self.pen.profil) if day else self.lack(what)

    def lack(self, what: str) -> str:
        """« [à compléter : heure de clôture] » for « l’heure de clôture »; it keeps the paper a projet."""
        if what not in self.lacking:
            self.lacking.append(what)
        return f"[à compléter : {_ARTICLE.sub('', what)}]"

    # --- the document -------------------------------------------------------------------------------

    def signed(self) -> Context:
        """« Fait à …, le … » and the signature of a letter or a certificate."""
        town = self.pen.collectivite.adresse.ville
        quality = voice.majuscule_initiale(self.author)
        return {
            "fait": self.pen.typographie(f"Fait à {town}, le {self.on(self.acte.date, 'la date')}."),
            "signatures": [{"qualite": quality, "nom": self.signer.bare}],
        }

    def document(
        self,
        part: str,
        title: str,
        context: Context,
        *,
        gone: str = "",
        draft: bool = False,
        sealed: str = "",
    ) -> Composition:
        """The composition of one paper. `gone`: what made it leave the house (« son affichage »): then
        nothing may lack; before, it is a projet, and says what it waits for."""
        subtitle = self.subtitle
        if len(subtitle) > LONG:
            name, _, day = subtitle.rpartition(" – ")
            subtitle = f"{name}\n{voice.majuscule_initiale(day)}"
        return composed(
            self.pen, KIND.shelf, part, title, self.subtitle, {"intitule": subtitle, **context},
            reference=f"{title} – {self.jour}", findings=self._told(title, gone),
            draft=draft or bool(self.lacking), sealed="" if self.lacking else sealed,
        )  # fmt: skip

    def _told(self, title: str, gone: str) -> list[Finding]:
        if not self.lacking:
            return []
        what = enumeration(self.lacking)
        if gone:
            text = f"{voice.the(voice.minuscule_initiale(title))} : il manque {what}, malgré {gone}"
            return [Finding("etat", Severity.ERREUR, text, self.entry.place())]
        name = voice.minuscule_initiale(title).removeprefix("projet de ")
        text = f"{name}, projet : il manque {what}"
        return [Finding("etat", Severity.INFO, text, self.entry.place())]


def _is_about(debat: Debat, point: Inscrit) -> bool:
    if point.act is None:
        return debat.objet is not None and _same(debat.objet, point.texte)
    return debat.deliberation is not None and debat.deliberation in (point.act.id, point.act.value.numero)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()).rstrip(" .") == " ".join(other.casefold().split()).rstrip(" .")


def _titled(objet: str) -> str:
    return voice.majuscule_initiale(objet).removesuffix(".")


def names(group: Sequence[Person]) -> str:
    return enumeration([person.name for person in group])
