"""The attendance sheet, to be signed in the room: one row per seat, or per person for a commission."""

from __future__ import annotations

from ctgdocs.assembly.presence import Passage
from ctgdocs.assembly.regimes import quorum
from ctgdocs.composing import voice
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.seance import moved, passages, signatures
from ctgdocs.composing.sieges import Attendee
from ctgdocs.french import heure
from ctgdocs.kinds.reunion import EMARGEMENT
from ctgdocs.kinds.reunion.papier import BLANK, Papier
from ctgdocs.stages import Composition, Context

_SHORT = "………"
_NONE = "–"


def emargement(papier: Papier) -> Composition:
    """Made as soon as the meeting is known: nothing in it waits for the meeting to be held."""
    by_commune = papier.meeting.assemblee and papier.pen.collectivite.type not in ("commune", "ccas")
    context = {
        "sieges": _seats(papier) if by_commune else [],
        "membres": _members(papier) if papier.meeting.assemblee and not by_commune else [],
        "groupes": [] if papier.meeting.assemblee else _groups(papier),
        "horaire": f"À {heure(papier.meeting.heure, papier.pen.profil)} – "
        f"{papier.pen.line(papier.meeting.lieu)}",
        "assistent": "\u202f; ".join(_others(papier)) if papier.meeting.assemblee else "",
        "mouvements": _movements(papier),
        "comptes": [{"libelle": label, "nombre": figure} for label, figure in _counts(papier)],
        "signatures": _signatures(papier),
        "fait": papier.pen.typographie("Feuille d’émargement certifiée exacte."),
    }
    return papier.document(EMARGEMENT, "Feuille d’émargement", context)


def _pouvoirs(papier: Papier) -> dict[str, str]:
    """Mandant → mandataire, for the pouvoirs known at the opening."""
    sitting = papier.meeting.sitting
    handed = sitting.feuille.etapes[0].pouvoirs if sitting else ()
    return {pouvoir.mandant: papier.pen.person(pouvoir.mandataire).name for pouvoir in handed}


def _seats(papier: Papier) -> list[dict[str, str]]:
    """One row per seat, commune by commune, in the order of the members: the two who may sit on it."""
    body, handed, pen = papier.meeting.instance, _pouvoirs(papier), papier.pen
    suppleants = body.suppleants if body else {}
    rows: dict[str, list[dict[str, str]]] = {}
    for member in papier.persons:
        stand_in = suppleants.get(member.id)
        rows.setdefault(member.commune, []).append(
            {
                "commune": pen.commune(member.commune) or _NONE,
                "titulaire": member.name,
                "fonction": voice.majuscule_initiale(member.fonction),
                "suppleant": pen.person(stand_in).name if stand_in else _NONE,
                "pouvoir": handed.get(member.id, ""),
            }
        )
    return [row for commune in rows.values() for row in commune]


def _members(papier: Papier) -> list[dict[str, str]]:
    handed = _pouvoirs(papier)
    return [
        {
            "nom": member.name,
            "fonction": voice.majuscule_initiale(member.fonction),
            "pouvoir": handed.get(member.id, ""),
        }
        for member in papier.persons
    ]


def _groups(papier: Papier) -> list[Context]:
    """A commission or a COPIL: members, then guests, then agents."""
    pen = papier.pen
    said: list[Context] = []
    if papier.members:
        rows = [{"nom": one.person.name, "qualite": _quality(papier, one)} for one in papier.members]
        said.append({"titre": "Membres", "lignes": rows})
    if papier.guests:
        rows = [{"nom": guest.person.name, "qualite": _of_whom(guest, guest.body)} for guest in papier.guests]
        said.append({"titre": "Personnes invitées", "lignes": rows})
    if agents := _agents(papier):
        named = [pen.typographie(text).partition(", ") for text in agents]
        rows = [
            {"nom": name, "qualite": voice.majuscule_initiale(function) or _NONE}
            for name, _, function in named
        ]
        said.append({"titre": "Agents", "lignes": rows})
    return said


def _movements(papier: Papier) -> list[str]:
    """« Mme Léa Faure : arrivée à 18 h 55, présente à partir de… », each as it was typed, once it was."""
    sitting = papier.meeting.sitting
    moves = passages(sitting.feuille) if sitting else {}
    return [_movement(papier.pen, one, mandataire) for one, mandataire in moves.items()]


def _movement(pen: Pen, passage: Passage, mandataire: str) -> str:
    """Who left a pouvoir on leaving is « représenté », as in the délibérations, and by whom is told."""
    states = ("présent", "présente")
    if passage.parti:
        states = ("représenté", "représentée") if mandataire else ("absent", "absente")
    told = ", ".join(moved(pen, passage, *states))
    if passage.parti and mandataire:
        told += f" par {pen.person(mandataire).name}"
    return pen.typographie(f"{pen.person(passage.elu).name} : {told}")


def _agents(papier: Papier) -> tuple[str, ...]:
    return papier.acte.agents or (papier.meeting.seance.agents if papier.meeting.seance else ())


def _others(papier: Papier) -> list[str]:
    """Who attends an assembly without sitting in it; they do not sign."""
    return [guest.named for guest in papier.guests] + [
        papier.pen.typographie(text) for text in _agents(papier)
    ]


def _quality(papier: Papier, member: Attendee) -> str:
    """« 2e vice-présidente, Belmaure-de-Vaurelle », « Directrice, Caf », and who presides where two do."""
    said = _of_whom(member, member.body or papier.pen.commune(member.person.commune))
    body, other = papier.meeting.instance, papier.meeting.copresident
    if body is not None and other and member.person.id in (body.president, other):
        said += f" ({member.person.agreed('coprésident', 'coprésidente')})"
    return said


def _of_whom(one: Attendee, body: str) -> str:
    known = [voice.majuscule_initiale(one.person.fonction), body]
    return ", ".join(text for text in known if text) or _NONE


def _counts(papier: Papier) -> list[tuple[str, str]]:
    """What is known before the meeting, and blanks for what is counted in the room."""
    meeting = papier.meeting
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


def _signatures(papier: Papier) -> list[dict[str, str]]:
    """Who presides and who writes; the secretary is named at the opening, so often not known yet."""
    pen, seance = papier.pen, papier.meeting.seance
    if len(papier.chairs) > 1:
        return papier.blocks(papier.chairs)
    chair = papier.chairs[0].person if papier.chairs else None
    named = dict.fromkeys(one.elu for one in seance.secretaire) if seance and papier.meeting.delibere else ()
    quality = chair.agreed("Le président de séance", "La présidente de séance") if chair else ""
    blocks = signatures(chair, quality, [pen.person(id) for id in named])
    if chair is None:
        blocks.insert(0, {"qualite": "Pour le groupe", "nom": BLANK})
    if papier.meeting.delibere and not named:
        blocks.append({"qualite": "Secrétaire de séance", "nom": BLANK})
    return blocks
