"""The attendance sheet, to be signed in the room: one row per seat, or per person for a commission."""

from __future__ import annotations

from ctgdocs.assembly.regimes import quorum
from ctgdocs.composing import voice
from ctgdocs.french import heure
from ctgdocs.kinds.reunion import EMARGEMENT
from ctgdocs.kinds.reunion.papier import BLANK, Papier
from ctgdocs.stages import Composition, Context

_SHORT = "………"
_NONE = "–"


def emargement(paper: Papier) -> Composition:
    """Made as soon as the meeting is known: nothing in it waits for the meeting to be held."""
    by_commune = paper.meeting.assemblee and paper.pen.collectivite.type not in ("commune", "ccas")
    context = {
        "sieges": _seats(paper) if by_commune else [],
        "membres": _members(paper) if paper.meeting.assemblee and not by_commune else [],
        "groupes": [] if paper.meeting.assemblee else _groups(paper),
        "horaire": f"À {heure(paper.meeting.heure, paper.pen.profil)} – {paper.pen.line(paper.meeting.lieu)}",
        "assistent": "\u202f; ".join(_others(paper)) if paper.meeting.assemblee else "",
        "comptes": [{"libelle": label, "nombre": figure} for label, figure in _counts(paper)],
        "signatures": _signatures(paper),
        "fait": paper.pen.typeset("Feuille d’émargement certifiée exacte."),
    }
    return paper.document(EMARGEMENT, "Feuille d’émargement", context)


def _pouvoirs(paper: Papier) -> dict[str, str]:
    """Mandant → mandataire, for the pouvoirs known at the opening."""
    case = paper.meeting.case
    handed = case.feuille.etapes[0].pouvoirs if case else ()
    return {pouvoir.mandant: paper.pen.person(pouvoir.mandataire).name for pouvoir in handed}


def _seats(paper: Papier) -> list[dict[str, str]]:
    """One row per seat, commune by commune, in the order of the members: the two who may sit on it."""
    body, handed, pen = paper.meeting.instance, _pouvoirs(paper), paper.pen
    suppleants = body.suppleants if body else {}
    rows: dict[str, list[dict[str, str]]] = {}
    for member in paper.members:
        stand_in = suppleants.get(member.id)
        rows.setdefault(member.commune, []).append(
            {
                "commune": pen.commune(member.commune) or _NONE,
                "titulaire": member.name,
                "fonction": voice.capitalised(member.fonction),
                "suppleant": pen.person(stand_in).name if stand_in else _NONE,
                "pouvoir": handed.get(member.id, ""),
            }
        )
    return [row for commune in rows.values() for row in commune]


def _members(paper: Papier) -> list[dict[str, str]]:
    handed = _pouvoirs(paper)
    return [
        {
            "nom": member.name,
            "fonction": voice.capitalised(member.fonction),
            "pouvoir": handed.get(member.id, ""),
        }
        for member in paper.members
    ]


def _groups(paper: Papier) -> list[Context]:
    """A commission or a COPIL: members, then guests, then agents."""
    pen = paper.pen
    said: list[Context] = []
    if paper.members:
        rows = [{"nom": member.name, "qualite": _quality(paper, member)} for member in paper.members]
        said.append({"titre": "Membres", "lignes": rows})
    if paper.guests:
        rows = [
            {
                "nom": guest.person.name,
                "qualite": ", ".join(
                    text for text in (voice.capitalised(guest.person.fonction), guest.body) if text
                )
                or _NONE,
            }
            for guest in paper.guests
        ]
        said.append({"titre": "Personnes invitées", "lignes": rows})
    if agents := _agents(paper):
        named = [pen.typeset(text).partition(", ") for text in agents]
        rows = [{"nom": name, "qualite": voice.capitalised(function) or _NONE} for name, _, function in named]
        said.append({"titre": "Agents", "lignes": rows})
    return said


def _agents(paper: Papier) -> tuple[str, ...]:
    return paper.acte.agents or (paper.meeting.seance.agents if paper.meeting.seance else ())


def _others(paper: Papier) -> list[str]:
    """Who attends an assembly without sitting in it; they do not sign."""
    return [guest.named for guest in paper.guests] + [paper.pen.typeset(text) for text in _agents(paper)]


def _quality(paper: Papier, member: voice.Person) -> str:
    """« 2e vice-présidente, Beaumont-de-Lomagne »."""
    commune = paper.pen.commune(member.commune)
    known = [voice.capitalised(member.fonction), commune]
    return ", ".join(text for text in known if text) or _NONE


def _counts(paper: Papier) -> list[tuple[str, str]]:
    """What is known before the meeting, and blanks for what is counted in the room."""
    meeting = paper.meeting
    if not meeting.membres:
        return []
    count = len(meeting.membres)
    if not meeting.assemblee:
        return [("Membres", str(count)), ("Présents", _SHORT), ("Excusés", _SHORT), ("Absents", _SHORT)]
    first = [("En exercice", str(count))]
    second = meeting.seance.seconde_convocation if meeting.seance else None
    if second is None:
        first.append(("Quorum", str(quorum(count, meeting.date))))
    return [*first, ("Présents", _SHORT), ("Représentés", _SHORT), ("Absents", _SHORT), ("Votants", _SHORT)]


def _signatures(paper: Papier) -> list[dict[str, str]]:
    """Who presides and who writes; the secretary is named at the opening, so often not known yet."""
    pen, seance = paper.pen, paper.meeting.seance
    chair = paper.chair
    blocks = []
    if chair is not None:
        quality = chair.agreed("Le président de séance", "La présidente de séance")
        blocks.append({"qualite": quality, "nom": chair.bare})
    else:
        blocks.append({"qualite": "Pour le groupe", "nom": BLANK})
    if paper.meeting.delibere:
        named = [pen.person(id) for id in seance.secretaire] if seance else []
        blocks += [
            {"qualite": f"{person.agreed('Le', 'La')} secrétaire de séance", "nom": person.bare}
            for person in named
        ] or [{"qualite": "Secrétaire de séance", "nom": BLANK}]
    return blocks
