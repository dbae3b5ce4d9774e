"""What the page of a note says: its head, then its points, each with the parts it has; a part without text is
an empty value, that the template leaves out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctgdocs.composing import acte as pages
from ctgdocs.composing import dossiers, voice
from ctgdocs.composing.dossiers import FINANCES, finances_in_words, finances_table, scenarios_table
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import Opinion, cited_opinions, opinions
from ctgdocs.findings import Finding
from ctgdocs.french import date_longue, heure
from ctgdocs.kinds.note import KIND
from ctgdocs.kinds.note.acte import EXPOSE, Acte, Point, Section, commission_of, seance_of, sections
from ctgdocs.patterns import regex
from ctgdocs.prose import ListBlock, Paragraph, Prose, Run, each_text
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.actes import numero_de
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES

TITRES = {
    "note_de_commission": "Note de commission",
    "rapport_de_presentation": "Rapport de présentation",
    "note_de_synthese": "Note explicative de synthèse",
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """The body a note is for: its name, « du jeudi 3 septembre 2026 » and the date alone when it is known."""

    body: str = ""
    day: str = ""
    date: str = ""

    @property
    def named(self) -> str:
        return f"{voice.majuscule_initiale(self.body)} {self.day}".strip()


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one note, called when neither validation nor checks left an `erreur`."""
    acte: Acte = entry.value
    pen = Pen(entry, reader)
    found = sections(entry, reader)
    meeting = _meeting(pen, acte, found)
    titre = pen.line(acte.titre, "titre") if acte.titre else TITRES[acte.type]
    findings: list[Finding] = []
    points = [_point(section, acte, reader, len(found), findings) for section in found]
    context: Context = {
        "collectivite": pages.head(pen),
        "reference": pen.typographie(f"{titre} – {meeting.date}" if meeting.date else titre),
        "titre": titre,
        "sous_titre": pen.typographie(_subtitle(pen, acte, meeting)),
        "introduction": pen.prose(acte.introduction or "", "introduction"),
        "sommaire": _summary(points),
        "points": points,
        "avis_titre": pen.typographie(f"Avis sollicité {voice.of_the(meeting.body)}") if meeting.body else "",
        **_head(pen, acte),
        **_signature(pen, acte),
    }
    return Composition(
        context=context,
        template=f"templates/{KIND.shelf}/{acte.type}.docx",
        output=f"sorties/{KIND.shelf}/{entry.id}.docx",
        title=pen.typographie(f"{titre} – {meeting.named}" if meeting.named else titre),
        findings=(*pen.findings, *findings),
    )


# --- the head -------------------------------------------------------------------------------------------


def _meeting(pen: Pen, acte: Acte, found: list[Section]) -> Addressee:
    if acte.type == "note_de_commission":
        passage = commission_of(acte, found)
        body = pen.reader.find(INSTANCES, passage.instance) if passage else None
        day = passage.date if passage else None
    else:
        id = seance_of(acte, found)
        seance = pen.reader.find(SEANCES, id) if id else None
        body = pen.reader.find(INSTANCES, seance.value.instance) if seance else None
        day = seance.value.date if seance else None
    if body is None:
        return Addressee()
    if day is None:
        return Addressee(body.value.nom)
    said = date_longue(day, pen.profil, jour=True)
    return Addressee(body.value.nom, f"du {said}", date_longue(day, pen.profil))


def _subtitle(pen: Pen, acte: Acte, meeting: Addressee) -> str:
    seance = pen.reader.find(SEANCES, acte.seance) if acte.seance else None
    if acte.type != "note_de_synthese" or seance is None:
        return meeting.named
    return f"{meeting.named}, à {heure(seance.value.heure, pen.profil)}"


def _head(pen: Pen, acte: Acte) -> dict[str, str]:
    """`service` is empty when it is the house's own, which the letterhead names."""
    house = pen.collectivite
    service = pen.line(acte.service, "service") if acte.service and acte.service != house.service else ""
    written = f"{house.adresse.ville}, le {date_longue(acte.date, pen.profil)}" if acte.date else ""
    law = "articles L. 2121-12 et L. 5211-1 du code général des collectivités territoriales"
    if house.type == "commune":
        law = "article L. 2121-12 du code général des collectivités territoriales"
    elif house.type in ("ccas", "cias"):
        law = "article R. 123-16 du code de l’action sociale et des familles"
    return {
        "service": service,
        "redacteur": pen.line(acte.redacteur, "redacteur") if acte.redacteur else "",
        "lieu_et_date": pen.typographie(written),
        "fondement": pen.typographie(f"Note adressée avec la convocation ({law})")
        if acte.type == "note_de_synthese"
        else "",
    }


def _signature(pen: Pen, acte: Acte) -> Context:
    """A rapport is presented by whoever signs it."""
    if acte.type != "rapport_de_presentation":
        return {"signatures": []}
    signer = pen.person(acte.signataire or pen.collectivite.executif)
    quality = pen.the_executive if signer.id == pen.collectivite.executif else pen.the_function(signer)
    return {"signatures": [{"qualite": voice.majuscule_initiale(quality), "nom": signer.bare}]}


def _summary(points: list[Context]) -> list[Context]:
    """The list of the points, where there are several."""
    if len(points) < 2:
        return []
    return [
        {"numero": str(rank), "objet": point["objet"], "rapporteur": point["rapporteur_nom"] or "–"}
        for rank, point in enumerate(points, 1)
    ]


def _texts(point: Point) -> dict[str, str | None]:
    return {
        "synthese": point.synthese,
        "contexte": point.contexte,
        "cadre_juridique": point.cadre_juridique,
        "enjeux": point.enjeux,
        "proposition": point.proposition,
        "incidence_rh": point.incidence_rh,
        "incidence_juridique": point.incidence_juridique,
    }


# --- a point --------------------------------------------------------------------------------------------


def _point(section: Section, acte: Acte, reader: Reader, count: int, findings: list[Finding]) -> Context:
    pen = Pen(section.point, reader)
    point, act = section.point.value, section.deliberation
    said = dossiers.texts(pen, point, _texts(point))
    if act is not None and not any(said[field] for field in EXPOSE) and act.value.expose:
        hand = Pen(act, reader)
        said["contexte"] = dossiers.expose(hand, act.value)
        findings.extend(hand.findings)
    said = {field: _of_the_projet(prose) for field, prose in said.items()}
    said["synthese"] = _framed(said["synthese"])
    if acte.type == "note_de_synthese" and any(said[field] for field in EXPOSE):
        said["synthese"] = Prose()  # the page explains; it does not say twice
    opinion = _opinion(pen, section) if acte.type != "note_de_commission" else None
    references = pages.references(pen, point.visas, _citing(opinion, section.point, reader))
    said["cadre_juridique"] = Prose((*said["cadre_juridique"].blocks, *_listed(references)))
    page: Context = {
        **said,
        "numero": _number(section, count),
        "reference": pen.typographie(f"Projet de délibération n° {numero_de(act.value.numero, act.id)}")
        if act and acte.type == "note_de_synthese"
        else "",
        "objet": pen.line(point.objet or section.intitule, "objet"),
        "matiere": pages.subject_matter(point.matiere),
        "avis_rendu": _given(pen, opinion) if opinion else "",
        "scenarios": scenarios_table(pen, point.scenarios),
        "calendrier": dossiers.calendar(pen, point.calendrier),
        "suites": dossiers.following(pen, point.suites, point.seance),
        "annexes": [pen.line(text, "annexes", index) for index, text in enumerate(point.annexes)],
        **_rapporteur(pen, point),
        **_finances(pen, point),
        **_asked(pen, acte, point),
    }
    findings.extend(pen.findings)
    return page


_THIS_ACT = regex(r"\b(?P<how>à la|de la|la) présente délibération\b", re.IGNORECASE)
_THE_PROJET = {"à la": "au projet", "de la": "du projet", "la": "le projet"}


def _of_the_projet(prose: Prose) -> Prose:
    """« annexée au projet de délibération »: a note comes before the act whose words it takes."""
    return each_text(prose, lambda text: _THIS_ACT.sub(_projet_said, text))


def _projet_said(found: re.Match[str]) -> str:
    said = f"{_THE_PROJET[found['how'].lower()]} de délibération"
    return voice.majuscule_initiale(said) if found[0][:1].isupper() else said


def _framed(prose: Prose) -> Prose:
    """The few lines that the eye must find first."""
    return Prose(
        tuple(
            Paragraph(block.runs, "encadre")
            if isinstance(block, Paragraph) and block.role == "corps"
            else block
            for block in prose
        )
    )


def _number(section: Section, count: int) -> str:
    return f"Point n°\u00a0{section.rang}" if count > 1 else ""


def _listed(texts: list[str]) -> tuple[ListBlock, ...]:
    """References as one list: « le code… ; », « la circulaire… . »"""
    if not texts:
        return ()
    last = len(texts) - 1
    items = (
        (Paragraph((Run(_lowered(text) + ("." if index == last else "\u202f;")),)),)
        for index, text in enumerate(texts)
    )
    return (ListBlock(tuple(items)),)


_COMMON = regex(
    r"(?:Les?|La|L[’']|Une?|Des?|Codes?|Lois?|Décrets?|Arrêtés?|Ordonnances?|Circulaires?|Délibérations?|Avis"
    r"|Conventions?|Statuts|Règlements?|Instructions?|Schémas?)\b"
)


def _lowered(text: str) -> str:
    """An item after a colon: « le code général… »; a proper noun and an acronym keep their capital."""
    return text[:1].lower() + text[1:] if _COMMON.match(text) else text


def _rapporteur(pen: Pen, point: Point) -> dict[str, str]:
    if not point.rapporteur:
        return {"rapporteur": "", "rapporteur_nom": "", "rapporteur_titre": ""}
    person = pen.person(point.rapporteur)
    return {
        "rapporteur": person.with_fonction,
        "rapporteur_nom": person.name,
        "rapporteur_titre": voice.agreed("Rapporteur", [person]),
    }


def _opinion(pen: Pen, section: Section) -> Opinion | None:
    """The opinion that the point, its dossier or its délibération tells, in a field or in a visa."""
    tellers = (section.point, section.deliberation)
    told = (one for entry in tellers if entry for one in opinions(entry, pen.reader))
    return next((one for one in told if one.avis), None)


def _citing(opinion: Opinion | None, point: Entry[Point], reader: Reader) -> set[str | int]:
    """The rank of the visas of a point that cite the opinion the page tells."""
    if opinion is None:
        return set()
    return {one.at[1] for one in cited_opinions(point, reader) if one.instance == opinion.instance}


def _given(pen: Pen, opinion: Opinion) -> str:
    """« Avis de la commission Affaires sociales du 3 septembre 2026 : favorable »."""
    body = pen.reader.find(INSTANCES, opinion.instance)
    if body is None:
        return ""
    day = f" du {date_longue(opinion.jour, pen.profil)}" if opinion.jour else ""
    return pen.typographie(f"Avis {voice.of_the(body.value.nom)}{day} : {opinion.avis}")


def _finances(pen: Pen, point: Point) -> Context:
    finances = point.finances
    if finances is None:
        return {"finances": Prose(), "finances_lignes": []}
    table = finances_table(pen, finances)
    comment = pen.prose(finances.commentaire or "", FINANCES, "commentaire")
    lines = finances_in_words(pen, finances)
    return {"finances": Prose((*comment.blocks, *table.blocks)), "finances_lignes": lines}


def _asked(pen: Pen, acte: Acte, point: Point) -> Context:
    """What the body is asked: an opinion of a commission, a decision of an assembly."""
    opinion = acte.type == "note_de_commission"
    text = point.avis_sollicite or "L’avis de la commission est sollicité sur ce dossier."
    asked = pen.prose(text, "avis_sollicite") if opinion else Prose()
    if opinion or not point.decisions:
        return {"avis_sollicite": asked, "decisions": Prose(), "decisions_titre": ""}
    body = voice.to_the(_assembly(pen, point, acte))
    infinitives = all(pages.form(decision.texte) == "infinitif" for decision in point.decisions)
    wanted = "" if infinitives else " d’approuver les dispositions suivantes"
    title = f"Il est proposé {body}{wanted} :"
    decisions = _of_the_projet(pages.items(pen, point.decisions, "decisions"))
    return {"avis_sollicite": asked, "decisions": decisions, "decisions_titre": pen.typographie(title)}


def _assembly(pen: Pen, point: Point, acte: Acte) -> str:
    id = acte.seance or point.seance
    seance = pen.reader.find(SEANCES, id) if id else None
    body = pen.reader.find(INSTANCES, seance.value.instance) if seance else None
    return body.value.nom if body else "conseil"
