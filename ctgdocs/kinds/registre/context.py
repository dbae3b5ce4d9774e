"""What the two pages of a register say (CGCT, art. R. 2121-9): who numbered and initialled its sheets, and
where each délibération is, by date and by objet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.assembly.ordre_du_jour import ordre_du_jour
from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.composing import acte as pages
from ctgdocs.composing import voice
from ctgdocs.composing.parts import author as author_of
from ctgdocs.composing.parts import composed
from ctgdocs.composing.pen import Pen
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue
from ctgdocs.kinds.registre import KIND, OUVERTURE
from ctgdocs.kinds.registre.acte import Acte
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.actes import numero_de
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES


class Inscrite(NamedTuple):
    """One délibération of the year."""

    sitting: Sitting
    numero: str
    objet: str
    matiere: str


def compose(entry: Entry[Acte], reader: Reader, part: str) -> Composition | None:
    """One page of the register; None for the table of a year without délibération."""
    pen, acte = Pen(entry, reader), entry.value
    body = reader.find(INSTANCES, acte.instance)
    name = pen.typographie(body.value.nom) if body else acte.instance
    if part == OUVERTURE:
        return _opening(pen, acte, name)
    acts = list(_of_the_year(acte, reader))
    return _table(pen, acte, name, acts) if acts else None


def _opening(pen: Pen, acte: Acte, body: str) -> Composition:
    signer = pen.person(acte.signataire or pen.collectivite.executif)
    author = author_of(pen, signer)
    sheets = str(acte.feuillets) if acte.feuillets else "[à compléter : nombre de feuillets]"
    day = date_longue(acte.ouverture, pen.profil) if acte.ouverture else pages.BLANK
    context: Context = {
        "texte": pen.typographie(
            f"Le présent registre, destiné à recevoir les délibérations {voice.of_the(body)} de l’année "
            f"{acte.annee}, contient {sheets} feuillets, cotés et paraphés par {author}."
        ),
        "base": _law(pen),
        "fait": pen.typographie(f"Fait à {pen.collectivite.adresse.ville}, le {day}."),
        "signatures": [{"qualite": voice.majuscule_initiale(author), "nom": signer.bare}],
    }
    lacking = [
        *(["le nombre de feuillets"] if not acte.feuillets else []),
        *(["le jour où il est coté"] if not acte.ouverture else []),
    ]
    findings: list[Finding] = []
    if lacking:
        severity = Severity.ERREUR if acte.ouverture else Severity.INFO
        text = f"registre, projet : il manque {' et '.join(lacking)}"
        findings.append(Finding("etat", severity, text, pen.entry.place()))
    return _document(pen, acte, body, OUVERTURE, context, findings)


def _law(pen: Pen) -> str:
    if pen.collectivite.type in ("ccas", "cias"):
        return ""
    return pen.typographie("Article R. 2121-9 du code général des collectivités territoriales.")


def _of_the_year(acte: Acte, reader: Reader) -> Iterator[Inscrite]:
    """The voted délibérations of the year, séance by séance, in order."""
    held = (find_sitting(reader, id) for id in reader.ids(SEANCES))
    mine = [
        one for one in held if one and one.seance.instance == acte.instance and one.jour.year == acte.annee
    ]
    for sitting in sorted(mine, key=lambda one: one.jour):
        for point in ordre_du_jour(sitting, reader):
            if point.act is not None and point.act.value.vote is not None:
                value = point.act.value
                objet = voice.majuscule_initiale(Pen(point.act, reader).line(value.objet, "objet"))
                matter = pages.subject_matter(value.matiere)
                yield Inscrite(sitting, numero_de(value.numero, point.act.id), objet, matter)


def _table(pen: Pen, acte: Acte, body: str, acts: list[Inscrite]) -> Composition:
    rows = [
        {
            "date": f"{one.sitting.jour:%d/%m/%Y}",
            "numero": one.numero,
            "objet": one.objet,
            "matiere": one.matiere,
        }
        for one in acts
    ]
    context: Context = {
        "base": _law(pen),
        "par_date": rows,
        "par_objet": sorted(rows, key=lambda row: (_sorted(row["objet"]), row["numero"])),
    }
    return _document(pen, acte, body, "table", context, [])


def _sorted(text: str) -> str:
    """A text as a dictionary ranks it, without its accents."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _document(
    pen: Pen, acte: Acte, body: str, part: str, context: Context, findings: list[Finding]
) -> Composition:
    titles = {"ouverture": "Registre des délibérations", "table": "Table du registre des délibérations"}
    named = pen.typographie(f"{voice.majuscule_initiale(body)} – année {acte.annee}")
    return composed(
        pen, KIND.shelf, part, titles[part], named, context,
        reference=f"{titles[part]} – {acte.annee}", findings=findings, draft=bool(findings),
    )  # fmt: skip
