"""The relevé de conclusions of a commission or a committee: who came, what was said, who does what for when.

An assembly has none: its procès-verbal is another document (CGCT, art. L. 2121-15).
"""

from __future__ import annotations

from ctgdocs.assembly.presence import Present
from ctgdocs.composing import voice
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_longue, enumeration, heure, voix
from ctgdocs.kinds.reunion import RELEVE, papier
from ctgdocs.kinds.reunion.acte import Action, Point
from ctgdocs.kinds.reunion.meeting import DIVERS, PointLu
from ctgdocs.kinds.reunion.papier import Papier
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Context
from ctgdocs.vocabulary.as_typed import read_date


def releve(paper: Papier) -> Composition | None:
    """None for an assembly, and for a meeting that has concluded nothing yet."""
    if paper.meeting.delibere or not paper.acte.tenue:
        return None
    pen, meeting, acte = paper.pen, paper.meeting, paper.acte
    chair = paper.chair
    context: Context = {
        "ouverture": papier.gathered(
            pen,
            paper.nom,
            meeting.date,
            (meeting.heure, meeting.heure_fin),
            meeting.lieu,
            chair.with_fonction if chair else "",
        ),
        "presences": _attendance(paper),
        "effectif": _strength(paper),
        "points": [_point(paper, point) for point in paper.points if _worth_a_line(point)],
        "prochaine": _next(paper),
        "fait": pen.typeset("Relevé rédigé par ") + pen.line(acte.redacteur, "redacteur") + "."
        if acte.redacteur
        else "",
        "signatures": [{"qualite": paper.quality(chair), "nom": chair.bare}] if chair else [],
    }
    pen.findings += _silent(paper)
    return paper.document(RELEVE, "Relevé de conclusions", context)


# --- who was there --------------------------------------------------------------------------------------


def _attendance(paper: Papier) -> list[dict[str, str]]:
    """Each list with its title, agreed; a list of nobody is left out."""
    pen, came = paper.pen, paper.meeting.assistance
    said: list[tuple[str, list[str]]] = []
    if came is not None:
        present = [pen.person(seat.elu) for seat in came.presents]
        said.append((voice.agreed("Présent", present), [_seated(paper, seat) for seat in came.presents]))
        for word, ids in (("Excusé", came.excuses), ("Absent", came.absents)):
            group = [pen.person(id) for id in ids]
            said.append((voice.agreed(word, group), [person.name for person in group]))
    invited = [guest for guest in paper.guests if not guest.excused]
    missing = [guest for guest in paper.guests if guest.excused]
    for word, guests in (("Invité", invited), ("Invité excusé", missing)):
        persons: list[Person] = [guest.person for guest in guests]
        said.append((voice.agreed(word, persons), [guest.named for guest in guests]))
    seance = paper.meeting.seance
    agents = paper.acte.agents or (seance.agents if seance else ())
    title = "Assistaient également" if len(agents) > 1 else "Assistait également"
    said.append((title, [pen.typeset(text) for text in agents]))
    return [{"titre": title, "noms": _listed(names)} for title, names in said if names]


def _listed(names: list[str]) -> str:
    """Names in a row; those that carry a function keep their commas."""
    return ("\u202f; " if any(", " in name for name in names) else ", ").join(names)


def _seated(paper: Papier, seat: Present) -> str:
    person = paper.pen.person(seat.elu)
    if not seat.titulaire:
        return person.name
    title = person.agreed("suppléant", "suppléante")
    return f"{person.name} ({title} de {paper.pen.person(seat.titulaire).name})"


def _strength(paper: Papier) -> str:
    """« 9 membres présents sur 12. »"""
    came = paper.meeting.assistance
    if came is None:
        return ""
    count = len(came.presents)
    there = "membres présents" if count > 1 else "membre présent"
    return paper.pen.typeset(f"{count} {there} sur {len(came.membres)}.")


# --- the points -----------------------------------------------------------------------------------------


def _worth_a_line(point: PointLu) -> bool:
    """« Questions diverses » that nobody typed is left out: nothing was said there."""
    return point.typed is not None or point.objet != DIVERS


def _silent(paper: Papier) -> list[Finding]:
    """A typed point of which the relevé says nothing."""
    return [
        Finding(
            "point-sans-suite",
            Severity.INFO,
            f"rien n’est dit de ce point : « {point.objet} »",
            paper.pen.entry.place("points", point.index),
            hints=("ajoutez discussion, conclusion ou avis",),
        )
        for point in paper.points
        if point.typed is not None and not point.typed.conclu
    ]


def _point(paper: Papier, read: PointLu) -> Context:
    point = read.typed
    said = {
        "objet": paper.objet(read),
        "rapporteur": paper.reporter(read),
        "presentation": paper.presenter(read),
        "discussion": Prose(),
        "conclusion": Prose(),
        "avis": "",
        "actions": [],
    }
    if point is None:
        return said
    pen, at = paper.pen, ("points", read.index)
    said["discussion"] = pen.prose(point.discussion or "", *at, "discussion")
    said["conclusion"] = pen.prose(point.conclusion or "", *at, "conclusion")
    said["avis"] = pen.typeset(_opinion(point))
    said["actions"] = [_action(paper, action, (*at, "actions", n)) for n, action in enumerate(point.actions)]
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


def _action(paper: Papier, action: Action, at: tuple[str | int, ...]) -> dict[str, str]:
    pen = paper.pen
    return {
        "qui": voice.capitalised(pen.line(action.qui, *at, "qui")),
        "quoi": voice.capitalised(pen.line(action.quoi, *at, "quoi")),
        "quand": voice.capitalised(_when(paper, action.quand, (*at, "quand"))),
    }


def _when(paper: Papier, text: str, at: tuple[str | int, ...]) -> str:
    """A day in French, whichever way it was typed; other words as they are."""
    try:
        return date_longue(read_date(text), paper.pen.profil)
    except ValueError:
        return paper.pen.line(text, *at)


def _next(paper: Papier) -> str:
    """« Prochaine réunion : jeudi 5 novembre 2026, à 18 h, au siège »."""
    following, pen = paper.acte.prochaine_reunion, paper.pen
    if following is None:
        return ""
    text = papier.day_of(following.date, pen)
    if following.heure:
        text += f", à {heure(following.heure, pen.profil)}"
    if following.lieu:
        text += f", {following.lieu}"
    if following.objet:
        text += f" – {following.objet}"
    return pen.typeset(f"Prochaine réunion : {text}.")
