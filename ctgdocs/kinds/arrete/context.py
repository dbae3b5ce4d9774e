"""What the page of an arrêté or of a decision of the executive says: one author, articles, one signature."""

from __future__ import annotations

from ctgdocs.composing import acte as pages
from ctgdocs.composing import voice
from ctgdocs.composing.parts import author
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.seance import of_the_house
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, de
from ctgdocs.kinds.arrete import KIND
from ctgdocs.kinds.arrete.acte import Acte
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.actes import numero_de

TEMPLATE = f"templates/{KIND.shelf}/arrete.docx"

_NAMES = {
    "arrete": ("Arrêté", "ARRÊTE", "le présent arrêté"),
    "decision": ("Décision", "DÉCIDE", "la présente décision"),
}


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one arrêté, called when neither validation nor checks left an `erreur`."""
    acte: Acte = entry.value
    pen = Pen(entry, reader)
    numero = numero_de(acte.numero, entry.id)
    signer = pen.person(acte.signataire or pen.collectivite.executif)
    name, verb, _ = _NAMES[acte.type]
    objet = pen.line(acte.objet, "objet")
    draft = acte.date is None
    reference = pen.typographie(f"{name} n° {numero}" if not draft else f"Projet {_of(name)} n° {numero}")
    context: Context = {
        "collectivite": pages.head(pen),
        "titre": name if not draft else f"Projet {_of(name)}",
        "sous_titre": f"du {date_longue(acte.date, pen.profil)}" if acte.date else "",
        "reference": reference,
        "numero": numero,
        "numero_dit": pen.typographie(f"{name} n° {numero}"),
        "objet": objet,
        "matiere": pages.subject_matter(acte.matiere),
        "rapporteur": "",
        "rapporteur_titre": "",
        "projet": draft,
        "auteur": f"{voice.majuscule_initiale(author(pen, signer))} {of_the_house(pen)},",
        "visas": pages.visas(pen, acte.visas),
        "considerants": pages.considerants(pen, acte.considerants),
        "expose": pen.prose(acte.expose or "", "expose", tables=acte.tableaux),
        "expose_titre": "Exposé des motifs" if acte.expose or acte.tableaux else "",
        "verbe": verb,
        "articles": pages.articles(pen, acte.articles, "articles"),
        "annexes": [pen.line(text, "annexes", index) for index, text in enumerate(acte.annexes)],
        "destinataires": [
            pen.line(text, "destinataires", index) for index, text in enumerate(acte.destinataires)
        ],
        **_closing(pen, acte, numero, signer),
    }
    return Composition(
        context=context,
        template=TEMPLATE,
        output=pages.output(KIND.shelf, acte.numero or entry.id, acte.objet),
        title=f"{reference} – {objet}",
        watermark="PROJET" if draft else "",
        sealed="" if draft else pages.sealed(acte.transmission, acte.publication, acte.notification),
        findings=(*pen.findings, *_missing(pen, acte)),
        actes=pages.name_in_actes(pen.collectivite, acte.date, acte.numero or "", acte.nature_actes),
    )


def _of(name: str) -> str:
    return "d’arrêté" if name == "Arrêté" else "de décision"


def _closing(pen: Pen, acte: Acte, numero: str, signer: Person) -> Context:
    """What stands after the articles of a signed act; a projet has none of it."""
    if acte.date is None:
        return {
            "fait": "", "signatures": [], "executoire": [], "mise_en_ligne": "", "recours": "", "tampon": [],
        }  # fmt: skip
    notified = bool(acte.destinataires or acte.notification)
    quality = voice.majuscule_initiale(author(pen, signer))
    if signer.id != pen.collectivite.executif:
        quality = f"Par délégation {de(pen.the_executive)}, {pen.the_function(signer)}"
    return {
        "fait": pen.typographie(
            f"Fait à {pen.collectivite.adresse.ville}, le {date_longue(acte.date, pen.profil)}."
        ),
        "signatures": [{"qualite": quality, "nom": signer.bare}],
        **pages.executory(
            pen,
            acte.transmission,
            acte.publication,
            acte.notification,
            notified=notified,
            author=signer.with_fonction,
        ),
        "recours": pages.recourse(pen, _NAMES[acte.type][2], notified=notified),
        "tampon": pages.stamp(pen, numero, acte.date, acte.nature_actes, acte, acte.tampon),
    }


def _missing(pen: Pen, acte: Acte) -> list[Finding]:
    """What the next state waits for, or how it ended."""
    if acte.date is None:
        return [Finding("etat", Severity.INFO, "projet : il manque la date de signature", pen.entry.place())]
    return [pages.withdrawn(pen, acte.retrait, feminine=acte.type == "decision")] if acte.retrait else []
