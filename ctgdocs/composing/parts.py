"""One part among those of an entry: the head of its page, where it is written, its title, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ctgdocs.composing import acte as pages
from ctgdocs.composing import voice
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue
from ctgdocs.stages import Composition, Context


def composed(
    pen: Pen, shelf: str, part: str, title: str, about: str, context: Context, *,
    reference: str = "", findings: Sequence[Finding] = (), draft: bool = False, sealed: str = "",
) -> Composition:  # fmt: skip
    """The composition of the part `part` of an entry. `about`: what follows the title, under it on the page;
    `reference`: what the foot of each page says, title and `about` when "". `context` may say the head
    otherwise."""
    head: Context = {
        "collectivite": pen.recall("head", pages.head),
        "reference": pen.typographie(reference or f"{title} – {about}"),
        "titre": title,
        "intitule": about,
    }
    return Composition(
        context={**head, **context},
        template=f"templates/{shelf}/{part}.docx",
        output=f"sorties/{shelf}/{pen.entry.id}-{part}.docx",
        title=f"{title} – {about}",
        watermark="PROJET" if draft else "",
        findings=(*pen.findings, *findings),
        sealed=sealed,
    )


def author(pen: Pen, signer: Person) -> str:
    """« la présidente », or the function of whoever signs for her."""
    if signer.id == pen.collectivite.executif or not signer.fonction:
        return pen.the_executive
    return pen.the_function(signer)


def closing(pen: Pen, day: date | None, signer: str | None) -> Context:
    """Place, date and signature (`signer`, else the executive); a projet has none of them."""
    if day is None:
        return {"fait": "", "signatures": []}
    person = pen.person(signer or pen.collectivite.executif)
    author = pen.the_function(person) if person.fonction else pen.the_executive
    place = pen.collectivite.adresse.ville
    return {
        "fait": pen.typographie(f"Fait à {place}, le {date_longue(day, pen.profil)}."),
        "signatures": [{"qualite": voice.majuscule_initiale(author), "nom": person.bare}],
    }


def undated(pen: Pen, day: date | None, lacking: str) -> list[Finding]:
    """What keeps an act a projet: the day that makes it final."""
    if day is not None:
        return []
    return [Finding("etat", Severity.INFO, f"projet : il manque {lacking}", pen.entry.place())]
