"""What the page of a délibération says, whatever its age: projet, adopted, rejected, executory.

The state follows from the data: without séance or vote it is a projet; with them it is adopted or rejected;
transmitted and published, it is executory. What is missing for the next state is an `info` finding.
"""

from __future__ import annotations

from typing import NamedTuple

from ctgdocs.assembly.ordre_du_jour import Etat, examine
from ctgdocs.assembly.scrutin import Scrutin
from ctgdocs.assembly.sitting import Moment, find_sitting
from ctgdocs.composing import acte as pages
from ctgdocs.composing import dossiers, seance, voice, votes
from ctgdocs.composing.pen import Pen
from ctgdocs.content.heritage import Heir, cited_opinions, inherit
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, enumeration, majuscules
from ctgdocs.kinds.deliberation import KIND
from ctgdocs.kinds.deliberation.acte import Acte
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context, Entry, Reader
from ctgdocs.vocabulary.actes import SANS_NUMERO, numero_de
from ctgdocs.vocabulary.organismes import FormeDuDispositif
from ctgdocs.vocabulary.registres import INSTANCES

TEMPLATE = f"templates/{KIND.shelf}/deliberation.docx"

_CONFORM = "Pour extrait certifié conforme au registre des délibérations."


class Deliberation(NamedTuple):
    """One act, its séance when it has one, its vote when it has been taken."""

    pen: Pen
    entry: Entry[Acte]
    acte: Acte
    numero: str
    """The number that the page bears."""
    moment: Moment | None
    scrutin: Scrutin | None

    etat: Etat

    @property
    def voted(self) -> bool:
        return self.etat != "projet"

    @property
    def takes_note(self) -> bool:
        """The assembly took note and voted nothing."""
        return self.acte.vote is not None and self.acte.vote.prend_acte


def compose(entry: Entry[Acte], reader: Reader) -> Composition:
    """The page of one délibération, called when neither validation nor checks left an `erreur`."""
    act = _read(entry, reader)
    pen, acte = act.pen, act.acte
    objet = pen.line(acte.objet, "objet")
    expose = dossiers.expose(pen, acte)
    context: Context = {
        "collectivite": pen.recall("head", pages.head),
        "numero": act.numero,
        "objet": objet,
        "matiere": pages.subject_matter(acte.matiere),
        "visas": [*pages.visas(pen, acte.visas), *_opinion(act)],
        "considerants": pages.considerants(pen, acte.considerants),
        "expose": expose,
        "expose_titre": "Exposé des motifs" if expose else "",
        "annexes": [pen.line(text, "annexes", index) for index, text in enumerate(acte.annexes)],
        **_titles(act),
        **_rapporteur(act),
        **_seance(act),
        **_dispositif(act),
        **_vote(act),
        **_closing(act),
    }
    return Composition(
        context=context,
        template=TEMPLATE,
        output=pages.output(KIND.shelf, acte.numero or entry.id, acte.objet),
        title=f"{context['reference']} – {objet}",
        watermark="" if act.voted else "PROJET",
        wears_charte=not pen.body.other,
        sealed=pages.sealed(acte.transmission, acte.publication) if act.voted else "",
        findings=(*pen.findings, *_missing(act)),
        actes=_in_actes(act),
    )


def _in_actes(act: Deliberation) -> str:
    if not (act.voted and act.moment and act.acte.numero):
        return ""
    return pages.name_in_actes(act.pen.collectivite, act.moment.seance.date, act.numero, "DE")


def _read(entry: Entry[Acte], reader: Reader) -> Deliberation:
    entry = inherit(entry, reader)
    acte: Acte = entry.value
    pen = Pen(entry, reader)
    sitting = find_sitting(reader, acte.seance) if acte.seance else None
    seen = examine(entry, sitting)
    numero = numero_de(acte.numero, entry.id)
    return Deliberation(pen, entry, acte, numero, seen.moment, seen.scrutin, seen.etat)


# --- titles ---------------------------------------------------------------------------------------------


def _titles(act: Deliberation) -> Context:
    pen, moment = act.pen, act.moment
    title, reference = "Extrait du registre des délibérations", f"Délibération n° {act.numero}"
    if not act.voted:
        title, reference = "Projet de délibération", f"Projet de délibération n° {act.numero}"
    subtitle = ""
    if moment:
        day = date_longue(moment.seance.date, jour=True)
        subtitle = f"{voice.majuscule_initiale(moment.instance.nom)} – séance du {day}"
    if pen.body.other and not act.voted:  # prepared for another: its number and day are its own
        reference = reference if act.acte.numero else f"Projet de délibération n° {SANS_NUMERO}"
        body = voice.majuscule_initiale(_assembly(act))
        subtitle = subtitle or f"{body} – séance du [à compléter : date de la séance]"
    mention = _mention(act)
    return {
        "titre": pen.typographie(title),
        "sous_titre": pen.typographie(subtitle),
        "reference": pen.typographie(reference),
        "numero_dit": pen.typographie(f"Délibération n° {act.numero}"),
        "projet": not act.voted,
        "rejetee": act.etat == "rejetee",
        "soumis": bool(mention),
        "mention_projet": mention,
    }


def _mention(act: Deliberation) -> str:
    """« Soumis à la commission Affaires sociales du 3 septembre 2026, avis : favorable »."""
    passage = act.acte.commission
    found = act.pen.reader.find(INSTANCES, passage.instance) if passage else None
    if passage is None or found is None:
        return ""
    text = f"Soumis {voice.to_the(found.value.nom)}"
    if passage.date:
        text += f" du {date_longue(passage.date, act.pen.profil)}"
    if passage.avis:
        text += f", avis : {passage.avis}"
    return act.pen.typographie(text)


def _opinion(act: Deliberation) -> list[str]:
    """« Vu l’avis favorable de la commission… », once it was given, unless a visa cites it already. A commune
    does not cite the commission of the house, which the dossier lends."""
    entry, passage = act.entry, act.acte.commission
    body = act.pen.reader.find(INSTANCES, passage.instance) if passage else None
    of_the_house = act.pen.body.other and isinstance(entry, Heir) and "commission" in entry.lent
    if passage is None or body is None or not passage.avis or of_the_house:
        return []
    if any(one.instance == passage.instance for one in cited_opinions(entry, act.pen.reader)):
        return []
    day = f" du {date_longue(passage.date, act.pen.profil)}" if passage.date else ""
    return [act.pen.typographie(f"Vu l’avis {passage.avis} {voice.of_the(body.value.nom)}{day},")]


def _rapporteur(act: Deliberation) -> dict[str, str]:
    if not act.acte.rapporteur:
        return {"rapporteur": "", "rapporteur_titre": ""}
    person = act.pen.person(act.acte.rapporteur)
    return {"rapporteur": person.with_fonction, "rapporteur_titre": voice.agreed("Rapporteur", [person])}


# --- the séance -----------------------------------------------------------------------------------------


def _seance(act: Deliberation) -> Context:
    pen, moment = act.pen, act.moment
    if moment is None or not act.voted:
        nobody = {"titre": "", "noms": ""}
        return {
            "seance": False, "ouverture": "", "complements": [], "convocation": "", "affichage": "",
            "effectif": [], "presences": [], "pouvoirs": {"titre": "", "lignes": []}, "excuses": nobody,
            "absents": nobody, "agents": nobody, "quorum": "", "president": "", "president_titre": "",
            "secretaire": "", "secretaire_titre": "", "signatures": [],
        }  # fmt: skip
    votants = act.scrutin.votants if act.scrutin else None
    return pen.recall(("seance", moment.key, votants), lambda apart: _sat(apart, moment, votants))


def _sat(pen: Pen, moment: Moment, votants: int | None) -> Context:
    """The séance at one point, the same for all the délibérations of which the same members decided; no
    `votants` when nobody voted."""
    posted = moment.seance.affichage
    return {
        "seance": True,
        "ouverture": seance.opening(pen, moment),
        "complements": seance.complements(pen, moment),
        "convocation": pen.typographie(
            f"Date de convocation : {date_longue(moment.seance.convocation, pen.profil)}"
        ),
        "affichage": pen.typographie(f"Date d’affichage : {date_longue(posted, pen.profil)}")
        if posted
        else "",
        **seance.attendance(pen, moment, votants),
        **seance.officers(pen, moment),
    }


# --- the decision ---------------------------------------------------------------------------------------


def _dispositif(act: Deliberation) -> Context:
    if act.voted and act.takes_note:
        return _takes_note(act)
    pen, decisions = act.pen, act.acte.decisions
    forms = {pages.form(decision.texte) for decision in decisions}
    wanted = act.acte.dispositif or _usual_form(act, forms)
    listed = (wanted == "infinitifs" or act.etat == "rejetee") and "phrase" not in forms and len(forms) == 1
    said: Context = {"articles": [], "infinitifs": Prose()}
    if listed:
        said["infinitifs"] = pages.items(pen, decisions, "decisions")
    else:
        subject = voice.the(act.moment.instance.nom) if act.moment else "l’assemblée"
        said["articles"] = pages.articles(pen, decisions, "decisions", subject=subject)
    return {**said, "formule": _formule(act), "verbe": _verbe(act, forms, listed)}


def _takes_note(act: Deliberation) -> Context:
    """« Le conseil communautaire / PREND ACTE / – du rapport annuel… . », or articles that are sentences."""
    pen, decisions = act.pen, act.acte.decisions
    body = voice.the(act.moment.instance.nom if act.moment else _assembly(act))
    verbs = {found.verb for decision in decisions if (found := pages.noted(decision.texte))}
    titled = any(decision.titre for decision in decisions)
    if act.acte.dispositif != "articles" and len(verbs) == 1 and not titled:
        return {
            "articles": [],
            "infinitifs": pages.items(pen, pages.as_noted(decisions, listed=True), "decisions"),
            "formule": pen.typographie(voice.majuscule_initiale(body)),
            "verbe": f"{majuscules(verbs.pop())} ACTE",
        }
    sentences = pages.as_noted(decisions, listed=False)
    said = pages.articles(pen, sentences, "decisions", subject=body)
    return {"articles": said, "infinitifs": Prose(), "formule": "", "verbe": ""}


def _usual_form(act: Deliberation, forms: set[pages.Form]) -> FormeDuDispositif:
    """The form of an act that asks for none: infinitives without titles are listed, else the house says."""
    titled = any(decision.titre for decision in act.acte.decisions)
    return "infinitifs" if forms == {"infinitif"} and not titled else act.pen.collectivite.dispositif


def _formule(act: Deliberation) -> str:
    """« Le conseil communautaire, après en avoir délibéré, » and, on its own line, « par 24 voix pour… »."""
    pen, scrutin, moment = act.pen, act.scrutin, act.moment
    body = voice.majuscule_initiale(voice.the(moment.instance.nom if moment else _assembly(act)))
    if scrutin is None or moment is None:
        return pen.typographie(f"{body}, après en avoir délibéré,")
    result = votes.result(pen, scrutin, moment)
    return pen.typographie(f"{body}, après en avoir délibéré,\n{result},")


def _assembly(act: Deliberation) -> str:
    """The body that a projet without séance will be laid before."""
    kind = act.pen.collectivite.type
    names = {
        "commune": "conseil municipal",
        "ccas": "conseil d’administration",
        "syndicat": "comité syndical",
    }
    return names.get(kind, "conseil d’administration" if kind == "cias" else "conseil communautaire")


def _verbe(act: Deliberation, forms: set[pages.Form], listed: bool) -> str:
    """The verb that governs the dispositif; none when each decision brings its own."""
    if act.etat == "rejetee":
        if forms == {"infinitif"}:
            return "REJETTE LA PROPOSITION"
        alone = len(act.acte.decisions) == 1
        return "REJETTE LA PROPOSITION SUIVANTE" if alone else "REJETTE LES PROPOSITIONS SUIVANTES"
    return "" if listed and forms == {"verbe"} else "DÉCIDE"


def _vote(act: Deliberation) -> Context:
    if act.scrutin is None or act.moment is None:
        return {"vote": [], "vote_mode": ""}
    return {
        "vote": votes.rows(act.pen, act.scrutin, act.moment),
        "vote_mode": votes.MODES[act.scrutin.mode] + _waived(act),
    }


def _waived(act: Deliberation) -> str:
    """That the assembly waived the secret ballot of a nomination (CGCT, art. L. 2121-21)."""
    waived = act.acte.vote is not None and act.acte.vote.sans_secret
    return ", décidé à l’unanimité pour cette nomination" if waived else ""


# --- after the vote -------------------------------------------------------------------------------------


def _closing(act: Deliberation) -> Context:
    pen, acte, moment = act.pen, act.acte, act.moment
    if moment is None or not act.voted:
        return {"fait": "", "executoire": [], "mise_en_ligne": "", "recours": "", "tampon": []}
    day, chair = moment.seance.date, moment.presence.president
    author = pen.person(chair).with_fonction if chair else ""
    made = "Fait" if act.takes_note else "Fait et délibéré"
    return {
        "fait": f"{made} en séance, le {date_longue(day, pen.profil)}.\n{_CONFORM}",
        **pages.executory(pen, acte.transmission, acte.publication, author=author),
        "recours": pen.recall("recours", lambda apart: pages.recourse(apart, "la présente délibération")),
        "tampon": pages.stamp(pen, act.numero, day, "DE", acte, acte.tampon),
    }


def _missing(act: Deliberation) -> list[Finding]:
    """What the next state waits for."""
    acte = act.acte
    if acte.retrait is not None and act.voted:
        return [pages.withdrawn(act.pen, acte.retrait, feminine=True)]
    if act.etat == "projet":
        said, goal = "projet", "pour l’adopter"
        awaited: dict[str, object] = {"la séance": acte.seance, "le vote": acte.vote}
        if acte.commission and not acte.commission.avis:
            awaited = {"l’avis de la commission": None, **awaited}
    else:
        said = "prise d’acte" if act.takes_note else "rejetée" if act.etat == "rejetee" else "adoptée"
        goal = "pour qu’elle soit exécutoire"
        awaited = {
            "la date de transmission": acte.transmission,
            "la date de publication": acte.publication,
        }
    wanted = [words for words, value in awaited.items() if value is None]
    if not wanted:
        return []
    text = f"{said} : il manque {enumeration(wanted)} {goal}"
    hints: tuple[str, ...] = ()
    if wanted == ["le vote"] and all(pages.noted(decision.texte) for decision in acte.decisions):
        hints = ("si l’assemblée prend acte sans voter, écrivez « vote: prend acte »",)
    return [Finding("etat", Severity.INFO, text, act.pen.entry.place(), hints=hints)]
