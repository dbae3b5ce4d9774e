"""What the pages of a post say: its fiche de poste, and its offre d'emploi when it is published.

Both pages have the same shape: tables of facts (`blocs`), headings (`sections`: texts, trees of activities,
the grid of the working hours), then what closes each one: signatures for the fiche, application and legal
mention for the offre.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.composing import acte as pages
from ctgdocs.composing.acte import BLANK
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import majuscule_initiale
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import JOURS, date_longue
from ctgdocs.kinds.fiche_de_poste import KIND, lignes
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.horaires import (
    Plage,
    Semaine,
    TempsDeTravail,
    afternoon,
    duration_in_french,
    morning,
)
from ctgdocs.kinds.fiche_de_poste.lignes import Part, Step, Titres
from ctgdocs.kinds.fiche_de_poste.postes import RUBRIQUES, Objectifs, Offre, Signatures
from ctgdocs.kinds.fiche_de_poste.tree import Point, Rubrique, as_typed
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock
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
        informations = prose(pen, how.informations, "offre", "candidature", "informations")
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
        "sections": sections(pen, acte, titres),
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
    return horaires(pen, temps, titres) if temps else Prose()


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


_NOTHING = "–"
_SPECIAL = re.compile(r"[{}\[<`|!]")
_WEEKEND = frozenset({"samedi", "dimanche"})


def sections(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """Every heading of the document: in the house's order, then ours; free ones where they ask."""
    hidden = set(acte.hors_offre if titres.part == "offre" else acte.hors_fiche)
    order = [*acte.ordre, *(key for key in RUBRIQUES if key not in acte.ordre)]
    found: list[Context] = []
    for key in order:
        if key not in hidden:
            found += _of_key(pen, acte, titres, key)
        found += _free(pen, acte, key)
    return [*found, *_free(pen, acte, None)]


def _of_key(pen: Pen, acte: Acte, titres: Titres, key: str) -> Iterator[Context]:
    value = getattr(acte, key)
    if isinstance(value, Rubrique):
        yield _section(pen, titre_of(pen, value, titres, key), value, key)
    elif value:
        for index, one in enumerate(value):
            yield _section(pen, titre_of(pen, one, titres, key), one, key, index)


def titre_of(pen: Pen, rubrique: Rubrique, titres: Titres, key: str) -> str:
    """The heading's own title, the house's, or ours (« Objectifs de l’année 2026 »)."""
    if rubrique.titre:
        return pen.typographie(rubrique.titre)
    if isinstance(rubrique, Objectifs) and rubrique.annee and not titres.typed(key):
        return pen.typographie(f"{titres[key]} {rubrique.annee}")
    return titres[key]


def _free(pen: Pen, acte: Acte, after: str | None) -> list[Context]:
    return [
        _section(pen, pen.line(section.titre, "sections", index, "titre"), section, "sections", index)
        for index, section in enumerate(acte.sections)
        if section.apres == after
    ]


def _section(pen: Pen, titre: str, rubrique: Rubrique, *path: Step) -> Context:
    return {"titre": titre, "texte": prose(pen, rubrique, *path)}


def prose(pen: Pen, rubrique: Rubrique, *path: Step) -> Prose:
    """A text, then groups under a small heading each, then bullets inside bullets."""
    blocks: list[Block] = list(_text(pen, rubrique.texte, *path, "texte"))
    bullets: list[tuple[Block, ...]] = []
    for index, point in enumerate(rubrique.points):
        at = (*path, "points", index)
        if point.titre:
            blocks += _list(bullets)
            bullets = []
            blocks += _group(pen, point, *at)
        else:
            bullets.append(_item(pen, point, *at))
    return Prose((*blocks, *_list(bullets)))


def _text(pen: Pen, text: str | None, *path: Step) -> tuple[Block, ...]:
    if not text:
        return ()
    if _SPECIAL.search(text):  # there may be a problem to place
        path = as_typed(pen.entry, path)
    return pen.prose(text, *path).blocks


def _list(items: list[tuple[Block, ...]]) -> tuple[Block, ...]:
    return (ListBlock(tuple(items)),) if items else ()


def _group(pen: Pen, group: Point, *path: Step) -> Iterator[Block]:
    yield Paragraph((Run(pen.line((group.titre or "").rstrip(" :"), *path, "titre")),), "titre3")
    yield from _text(pen, group.texte, *path, "texte")
    items = [_item(pen, point, *path, "points", index) for index, point in enumerate(group.points)]
    yield from _list(items)


def _item(pen: Pen, point: Point, *path: Step) -> tuple[Block, ...]:
    below = [_item(pen, inner, *path, "points", index) for index, inner in enumerate(point.points)]
    title: tuple[Block, ...] = ()
    if point.titre:
        title = (Paragraph((Run(pen.line(point.titre, *path, "titre"), bold=True),)),)
    return (*title, *_text(pen, point.texte, *path, "texte"), *_list(below))


# --- working hours ----------------------------------------------------------------------------------------


def horaires(pen: Pen, temps: TempsDeTravail, titres: Titres) -> Prose:
    """The grid of each week with its total, then what completes it."""
    at = "temps_de_travail"
    blocks: list[Block] = [_grid(pen, week) for week in temps.horaires]
    blocks += _text(pen, temps.precisions, at, "precisions")
    for key, text in (("cycles", temps.cycles), ("astreintes", temps.astreintes)):
        said = _text(pen, text, at, key)
        if said and isinstance(said[0], Paragraph):
            label = Run(pen.typographie(f"{titres[key]} : "), bold=True)
            said = (Paragraph((label, *said[0].runs), said[0].role), *said[1:])
        blocks += said
    return Prose(tuple(blocks))


def _grid(pen: Pen, week: Semaine) -> TableBlock:
    days = [jour for jour in JOURS if week.jour(jour) or jour not in _WEEKEND]
    rows: list[tuple[str, ...]] = [("Jour", "Matin", "Après-midi", "Durée")]
    for jour in days:
        stretches = week.jour(jour)
        total = sum(stretch.minutes for stretch in stretches)
        rows.append(
            (
                jour.capitalize(),
                _hours(morning(stretches)),
                _hours(afternoon(stretches)),
                duration_in_french(total) if total else _NOTHING,
            )
        )
    halves = [_total(half(week.jour(jour)) for jour in days) for half in (morning, afternoon)]
    rows.append(("Total de la semaine", *halves, duration_in_french(week.minutes)))
    return TableBlock(
        tuple(tuple(_cell(pen, text, column) for column, text in enumerate(row)) for row in rows),
        total=True,
        caption=pen.typographie(week.nom) if week.nom else "",
        widths=(4, 4, 4, 3),
    )


def _hours(stretches: tuple[Plage, ...]) -> str:
    return ", ".join(map(str, stretches)) or _NOTHING


def _total(halves: Iterator[tuple[Plage, ...]]) -> str:
    minutes = sum(stretch.minutes for half in halves for stretch in half)
    return duration_in_french(minutes) if minutes else _NOTHING


def _cell(pen: Pen, text: str, column: int) -> Cell:
    return Cell((Paragraph((Run(pen.typographie(text)),)),), "center" if column else "left")
