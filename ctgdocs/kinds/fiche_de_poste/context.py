"""What the pages of a post say: its fiche de poste, and its offre d'emploi when it is published.

Both pages have the same shape: tables of facts (`blocs`), headings (`sections`), then what closes each one:
signatures for the fiche, application and legal mention for the offre.
"""

from __future__ import annotations

from ctgdocs.composing import acte as pages
from ctgdocs.composing.acte import BLANK
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import majuscule_initiale
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue
from ctgdocs.kinds.fiche_de_poste import KIND, lignes, rubriques
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.lignes import Part, Titres
from ctgdocs.kinds.fiche_de_poste.postes import Offre, Signatures
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.personnes import Agent
from ctgdocs.vocabulary.registres import AGENTS

HANDICAP = (
    "Conformément au principe d’égalité d’accès à l’emploi public, cet emploi est ouvert à tous les "
    "candidats remplissant les conditions statutaires requises, définies par le code général de la fonction "
    "publique. À titre dérogatoire, les candidats bénéficiant d’une reconnaissance de qualité de travailleur "
    "handicapé peuvent accéder à cet emploi par voie contractuelle."
)
"""The mention that public offers carry (CGFP, art. L. 131-8 and L. 352-4)."""

NAMES = {"fiche": ("Fiche de poste", "fiche-de-poste"), "offre": ("Offre d’emploi", "offre-d-emploi")}


def compose(entry: Entry[Acte], reader: Reader, part: str) -> Composition | None:
    """The page of one of the two documents; None for an offre that nobody publishes."""
    acte: Acte = entry.value
    pen = Pen(entry, reader)
    if part == "offre":
        return _offre(pen, acte, acte.offre) if acte.offre else None
    return _fiche(pen, acte)


def _fiche(pen: Pen, acte: Acte) -> Composition:
    titres = Titres(pen, acte.titres, "fiche")
    agent = _agent(pen, acte)
    blocs = [_bloc(titres["poste"], lignes.poste(pen, acte, titres))]
    if acte.agent:
        blocs.append(_bloc(titres["agent"], lignes.agent(pen, acte, titres, agent)))
    context = _common(pen, acte, titres) | {
        "reference": pen.typographie("Fiche de poste" + (f" n° {acte.numero}" if acte.numero else "")),
        "bandeau": titres["intitule"],
        "blocs": [bloc for bloc in blocs if bloc["lignes"]],
        "horaires_titre": titres["horaires"],
        "horaires": _horaires(pen, acte, titres),
        "signatures_titre": titres["signatures"],
        "signatures": _signatures(pen, acte, titres, agent),
    }
    return _made(pen, acte, context, "fiche")


def _offre(pen: Pen, acte: Acte, offre: Offre) -> Composition:
    titres = Titres(pen, acte.titres, "offre")
    number = f"Offre n° {offre.numero}" if offre.numero else titres["intitule"]
    published = ""
    if offre.publication:
        published = f"{titres['publication']} {date_longue(offre.publication, profil=pen.profil)}"
    blocs = [
        _bloc(titres["poste"], lignes.synthese(pen, acte, titres)),
        _bloc(titres["details"], lignes.details(pen, acte, titres)),
    ]
    how = offre.candidature
    informations = Prose()
    if how and how.informations:
        informations = rubriques.prose(pen, how.informations, "offre", "candidature", "informations")
    handicap = pen.prose(offre.handicap or HANDICAP, "offre", "handicap")
    context = _common(pen, acte, titres) | {
        "reference": pen.typographie(number),
        "bandeau": pen.typographie(number),
        "publication": pen.typographie(published),
        "blocs": [bloc for bloc in blocs if bloc["lignes"]],
        "candidature": _bloc(titres["candidature"], lignes.candidature(pen, acte, titres)),
        "informations_titre": titres["informations"],
        "informations": informations,
        "handicap_titre": titres["handicap"],
        "handicap": handicap,
    }
    return _made(pen, acte, context, "offre")


def _common(pen: Pen, acte: Acte, titres: Titres) -> Context:
    head = _head(pen, acte)
    return {
        "collectivite": head,
        "titre": NAMES[titres.part][0],
        "sous_titre": pen.line(acte.service, "service") if acte.service else head["nom"],
        "objet": pen.line(acte.intitule, "intitule"),
        "sections": rubriques.sections(pen, acte, titres),
    }


def _made(pen: Pen, acte: Acte, context: Context, part: Part) -> Composition:
    name, slug = NAMES[part]
    return Composition(
        context=context,
        template=f"templates/{KIND.shelf}/{part}.docx",
        output=f"sorties/{KIND.shelf}/{pen.entry.id}-{slug}.docx",
        title=f"{name} – {context['objet']}",
        wears_charte=not pen.body.other,
        findings=(*pen.findings, *(_blanks(pen, acte) if part == "fiche" else ())),
    )


def _bloc(titre: str, rows: list[Context]) -> Context:
    return {"titre": titre, "lignes": rows}


def _head(pen: Pen, acte: Acte) -> dict[str, str]:
    """The letterhead: the collectivité's, or that of another employer."""
    head = pages.head(pen)
    if not pen.body.other:
        return head
    service = pen.typographie(_below_the_name(acte, pen.collectivite.nom))
    return head | {"service": service or head["departement"]}


def _below_the_name(acte: Acte, nom: str) -> str:
    """The service, unless it only repeats the employer's name (« C.C.A.S. de Rodillac »)."""
    service = acte.service or ""
    return "" if slug(service.replace(".", "")) == slug(nom.replace(".", "")) else service


def _horaires(pen: Pen, acte: Acte, titres: Titres) -> Prose:
    temps = acte.temps_de_travail
    return rubriques.horaires(pen, temps, titres) if temps else Prose()


# --- the agent and the signatures -------------------------------------------------------------------------


def _agent(pen: Pen, acte: Acte) -> Agent | None:
    found = pen.reader.find(AGENTS, acte.agent) if acte.agent else None
    return found.value if found else None


def _blanks(pen: Pen, acte: Acte) -> list[Finding]:
    """Says that the agent's identity is left blank: the file is not on this computer."""
    if not acte.agent or pen.reader.exists(AGENTS, acte.agent):
        return []
    message = f"content/agents/{acte.agent}.yaml n’est pas ici : l’identité de l’agent reste en blanc"
    hint = "ce fichier, que git ignore, se remplit sur le poste des ressources humaines"
    return [Finding("agent-absent", Severity.INFO, message, pen.entry.place("agent"), hints=(hint,))]


def _signatures(pen: Pen, acte: Acte, titres: Titres, agent: Agent | None) -> list[Context]:
    signed = acte.signatures or Signatures()
    quality = signed.autorite or majuscule_initiale(pen.the_executive)
    day = date_longue(signed.date, profil=pen.profil) if signed.date else BLANK
    by = [f"Le {day}", f"{signed.pour.rstrip(',')}," if signed.pour else "", quality]
    blocks = [_block(pen, titres["autorite"], by, signed.nom or "")]
    if signed.agent:
        name, first = (agent.nom, agent.prenom) if agent else (BLANK, BLANK)
        lines = [f"Le {BLANK}", f"Nom : {name}", f"Prénom : {first}"]
        blocks.append(_block(pen, titres["signature_agent"], lines, ""))
    return blocks


def _block(pen: Pen, titre: str, lines: list[str], nom: str) -> Context:
    """One signatory: a title, lines above the room to sign, a name below it."""
    text = "\n".join(pen.typographie(line) for line in lines if line)
    return {"titre": titre, "texte": text, "nom": pen.typographie(nom)}
