"""The relevé de conclusions of a commission or a committee: who came, what was said, who does what for when.

An assembly has none: its procès-verbal is another document (CGCT, art. L. 2121-15).
"""

from __future__ import annotations

from ctgdocs.assembly.ordre_du_jour import DIVERS
from ctgdocs.assembly.presence import Present
from ctgdocs.composing import voice
from ctgdocs.composing.sieges import Attendee, from_partner
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, enumeration, heure, voix
from ctgdocs.kinds.reunion import RELEVE
from ctgdocs.kinds.reunion.acte import Action, Point
from ctgdocs.kinds.reunion.meeting import PointLu
from ctgdocs.kinds.reunion.papier import Papier, day_of, gathered
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context
from ctgdocs.vocabulary.as_typed import read_date


def releve(papier: Papier) -> Composition | None:
    """None for an assembly, and for a meeting that has concluded nothing yet."""
    if papier.meeting.delibere or not papier.acte.tenue:
        return None
    pen, meeting, acte = papier.pen, papier.meeting, papier.acte
    context: Context = {
        "ouverture": gathered(
            pen,
            papier.nom,
            meeting.date,
            (meeting.heure, meeting.heure_fin),
            meeting.lieu,
            [chair.named for chair in papier.chairs],
        ),
        "presences": _attendance(papier),
        "effectif": _strength(papier),
        "points": [_point(papier, point) for point in papier.points if _worth_a_line(point)],
        "prochaine": _next(papier),
        "fait": pen.typographie("Relevé rédigé par ") + pen.line(acte.redacteur, "redacteur") + "."
        if acte.redacteur
        else "",
        "signatures": papier.blocks(papier.chairs),
    }
    pen.findings += _silent(papier)
    return papier.document(RELEVE, "Relevé de conclusions", context)


# --- who was there --------------------------------------------------------------------------------------


def _attendance(papier: Papier) -> list[dict[str, str]]:
    """Each list with its title, agreed; a list of nobody is left out."""
    pen, came = papier.pen, papier.meeting.assistance
    said: list[tuple[str, list[str]]] = []
    if came is not None:
        present = [_on_the_seat(papier, one) for one in came.presents]
        seated = [_seated(papier, one, who) for one, who in zip(came.presents, present, strict=True)]
        said.append((voice.agreed("Présent", [one.person for one in present]), seated))
        for word, keys in (("Excusé", came.excuses), ("Absent", came.absents)):
            group = [papier.member(cle) for cle in keys]
            agreed = voice.agreed(word, [one.person for one in group])
            said.append((agreed, [_called(one) for one in group]))
    invited = [guest for guest in papier.guests if not guest.excused]
    missing = [guest for guest in papier.guests if guest.excused]
    for word, guests in (("Invité", invited), ("Invité excusé", missing)):
        persons: list[Person] = [guest.person for guest in guests]
        said.append((voice.agreed(word, persons), [guest.named for guest in guests]))
    seance = papier.meeting.seance
    agents = papier.acte.agents or (seance.agents if seance else ())
    title = "Assistaient également" if len(agents) > 1 else "Assistait également"
    said.append((title, [pen.typographie(text) for text in agents]))
    return [{"titre": title, "noms": _listed(names)} for title, names in said if names]


def _listed(names: list[str]) -> str:
    """Names in a row; those that carry a function keep their commas."""
    return ("\u202f; " if any(", " in name for name in names) else ", ").join(names)


def _called(one: Attendee) -> str:
    """« Mme Hélène Castan »; with their function, who comes for a partner."""
    return one.named if one.body else one.person.name


def _on_the_seat(papier: Papier, one: Present) -> Attendee:
    """Who sat: the member, a suppléant, or who stood for the member, as the file names them."""
    for typed in papier.acte.representes:
        if one.titulaire and typed.par == one.elu:
            return from_partner(papier.pen, typed.par, typed.partenaire)
    return papier.member(one.elu)


def _seated(papier: Papier, one: Present, who: Attendee) -> str:
    if not one.titulaire:
        return _called(who)
    siege = papier.member(one.titulaire).person.name
    if who.person.id == one.elu:
        return f"{_called(who)} ({who.person.agreed('suppléant', 'suppléante')} de {siege})"
    return papier.pen.typographie(f"{who.named}, pour {siege}")


def _strength(papier: Papier) -> str:
    """« 9 membres présents sur 12. »"""
    came = papier.meeting.assistance
    if came is None:
        return ""
    count = len(came.presents)
    there = "membres présents" if count > 1 else "membre présent"
    return papier.pen.typographie(f"{count} {there} sur {len(came.membres)}.")


# --- the points -----------------------------------------------------------------------------------------


def _worth_a_line(point: PointLu) -> bool:
    """« Questions diverses » that nobody typed is left out: nothing was said there."""
    return point.typed is not None or point.objet != DIVERS


def _silent(papier: Papier) -> list[Finding]:
    """A typed point of which the relevé says nothing."""
    return [
        Finding(
            "point-sans-suite",
            Severity.INFO,
            f"rien n’est dit de ce point : « {point.objet} »",
            papier.pen.entry.place("points", point.index),
            hints=("ajoutez discussion, conclusion ou avis",),
        )
        for point in papier.points
        if point.typed is not None and not point.typed.conclu and not point.typed.information
    ]


def _point(papier: Papier, read: PointLu) -> Context:
    point = read.typed
    said = {
        "objet": papier.objet(read),
        "rapporteur": papier.reporter(read),
        "presentation": papier.presenter(read),
        "discussion": Prose(),
        "conclusion": Prose(),
        "avis": papier.informs(read),
        "actions": [],
    }
    if point is None:
        return said
    pen, at = papier.pen, ("points", read.index)
    said["discussion"] = pen.prose(point.discussion or "", *at, "discussion")
    said["conclusion"] = pen.prose(point.conclusion or "", *at, "conclusion")
    if point.avis:
        said["avis"] = pen.typographie(_opinion(point))
    said["actions"] = [_action(papier, action, (*at, "actions", n)) for n, action in enumerate(point.actions)]
    return said


def _opinion(point: Point) -> str:
    """« Avis favorable, par 9 voix pour et 1 abstention »."""
    if point.avis is None:
        return ""
    votes = point.votes
    if votes is None:
        return f"Avis {point.avis}"
    alone = [count for count in (votes.pour, votes.contre, votes.abstentions) if count]
    if len(alone) == 1 and not votes.abstentions:
        return f"Avis {point.avis}, à l’unanimité ({voix(alone[0])})"
    counts = (
        (votes.pour, "pour"),
        (votes.contre, "contre"),
        (votes.abstentions, "abstention"),
    )
    return f"Avis {point.avis}, par {enumeration([voix(count, way) for count, way in counts if count])}"


def _action(papier: Papier, action: Action, at: tuple[str | int, ...]) -> dict[str, str]:
    pen = papier.pen
    return {
        "qui": voice.majuscule_initiale(pen.line(action.qui, *at, "qui")),
        "quoi": voice.majuscule_initiale(pen.line(action.quoi, *at, "quoi")),
        "quand": voice.majuscule_initiale(_when(papier, action.quand, (*at, "quand"))),
    }


def _when(papier: Papier, text: str, at: tuple[str | int, ...]) -> str:
    """A day in French, whichever way it was typed; other words as they are."""
    try:
        return date_longue(read_date(text), papier.pen.profil)
    except ValueError:
        return papier.pen.line(text, *at)


def _next(papier: Papier) -> str:
    """« Prochaine réunion : jeudi 5 novembre 2026, à 18 h, au siège »."""
    following, pen = papier.acte.prochaine_reunion, papier.pen
    if following is None:
        return ""
    text = day_of(following.date, pen)
    if following.heure:
        text += f", à {heure(following.heure, pen.profil)}"
    if following.lieu:
        text += f", {following.lieu}"
    if following.objet:
        text += f" – {following.objet}"
    return pen.typographie(f"Prochaine réunion : {text}.")
