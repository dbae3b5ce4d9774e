"""The convocation: one letter to all, or one page per person in the same file; the pouvoir form goes with the
convocation of an assembly."""

from __future__ import annotations

from ctgdocs.assembly.regimes import pouvoirs_par_mandataire
from ctgdocs.composing import voice
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import a, date_longue
from ctgdocs.kinds.reunion import CONVOCATION, papier
from ctgdocs.kinds.reunion.meeting import note_due
from ctgdocs.kinds.reunion.papier import BLANK, Papier
from ctgdocs.rules.appel import in_the_seat_of_another, one_pouvoir_each
from ctgdocs.rules.convocation import a_note_explains
from ctgdocs.stages import Composition, Context
from ctgdocs.vocabulary.registres import SEANCES

_SUPPLEANTS = in_the_seat_of_another.source
"""Why a suppléant sits."""

_MANY = 40
"""Above so many addressees, a letter to all does not name them one by one."""


def convocation(paper: Papier) -> Composition | None:
    """None without an ordre du jour: a convocation tells it."""
    if not paper.points:
        return None
    pen, meeting = paper.pen, paper.meeting
    sent = meeting.convocation
    one_each = paper.acte.destinataires.un_par_membre
    letters = [_letter(paper, *someone) for someone in _people(paper)] if one_each else [_to_all(paper)]
    if sent is None:
        text = "projet : il manque la date de convocation"
        pen.findings.append(Finding("etat", Severity.INFO, text, pen.entry.place()))
    place = pen.collectivite.adresse.ville
    context = {
        "date_lieu": pen.typeset(f"{place}, le {date_longue(sent, pen.profil) if sent else BLANK}"),
        "lettres": letters,
        **({"publipostage": True} if one_each else {}),  # the foot then leaves out the number of pages
        "complements": _complements(paper),
        "ordre_du_jour": paper.agenda,
        "jointes": _enclosed(paper),
        "signature": {"qualite": paper.quality(paper.signer), "nom": paper.signer.bare},
        "destinataires": [] if one_each else _names(paper),
        "copies": _copies(paper),
        "mandant_libre": pen.typeset("Nom et prénom du membre empêché :"),
        "mandat": _mandate(paper),
        "mentions": _conditions(paper),
    }
    return paper.document(CONVOCATION, "Convocation", context, draft=sent is None)


# --- the letters ----------------------------------------------------------------------------------------


def _people(paper: Papier) -> list[tuple[Person, list[str], str]]:
    """Everyone a letter goes to: the person, the lines under the name, how the letter calls them."""
    everyone = []
    for person in paper.members:
        below = [voice.capitalised(person.fonction)] if person.fonction else []
        commune = paper.pen.commune(person.commune) if _by_commune(paper) else ""
        everyone.append((person, [*below, commune] if commune else below, papier.salutation([person])))
    for guest in paper.guests:
        below = [voice.capitalised(guest.person.fonction)] if guest.person.fonction else []
        called = papier.salutation([guest.person]) if guest.civil else "Madame, Monsieur"
        everyone.append((guest.person, [*below, guest.body] if guest.body else below, called))
    return everyone


def _by_commune(paper: Papier) -> bool:
    return paper.pen.collectivite.type not in ("commune", "ccas")


def _letter(paper: Papier, person: Person, below: list[str], called: str) -> Context:
    member = person.id in paper.meeting.membres
    return {
        "nom": person.name,
        "qualites": below,
        "appel": f"{called},",
        "invitation": _invitation(paper),
        "empechement": _hindered(paper, person) if member else _excuse(paper),
        "politesse": papier.farewell(paper.pen, called),
        "mandant": _undersigned(paper, person) if member else "",
        "pouvoir": member and paper.meeting.assemblee,
    }


def _to_all(paper: Papier) -> Context:
    group = [*paper.members, *(guest.person for guest in paper.guests)]
    called = papier.salutation(group)
    if not all(guest.civil for guest in paper.guests):
        called = "Mesdames, Messieurs"
    addressed = papier.collective(group if len(group) > 1 else [])
    return {
        "nom": paper.pen.typeset(f"{addressed} les membres {voice.of_the(paper.nom)}"),
        "qualites": [],
        "appel": f"{called},",
        "invitation": _invitation(paper),
        "empechement": _hindered(paper, None),
        "politesse": papier.farewell(paper.pen, called),
        "mandant": "",
        "pouvoir": paper.meeting.assemblee,
    }


def _invitation(paper: Papier) -> str:
    if paper.meeting.delibere:
        session = "extraordinaire " if _is_extraordinary(paper) else ""
        text = (
            f"J’ai l’honneur de vous convoquer à la séance {session}{voice.of_the(paper.nom)} qui se tiendra"
        )
    else:
        text = f"J’ai le plaisir de vous convier à la réunion {voice.of_the(paper.nom)} qui se tiendra"
    return paper.pen.typeset(f"{text} :")


def _is_extraordinary(paper: Papier) -> bool:
    return paper.meeting.seance is not None and paper.meeting.seance.session == "extraordinaire"


def _hindered(paper: Papier, person: Person | None) -> str:
    """What a member who cannot come does: the suppléant of a single-seat commune, then the pouvoir."""
    if not paper.meeting.assemblee:
        return _excuse(paper)
    pen, body = paper.pen, paper.meeting.instance
    suppleants = body.suppleants if body else {}
    limit = "un seul pouvoir" if pouvoirs_par_mandataire(paper.meeting.date) == 1 else "deux pouvoirs au plus"
    law = one_pouvoir_each.cited(paper.meeting.regime)
    give = "donner à un autre membre pouvoir écrit de voter en votre nom, sur le formulaire joint"
    rule = f"chacun peut tenir {limit} ({law})"
    if person is not None and person.id in suppleants:
        stand_in = pen.person(suppleants[person.id])
        title = stand_in.agreed("suppléant", "suppléante")
        text = (
            f"En cas d’empêchement, prévenez {pen.the_executive} : votre {title}, {stand_in.name}, siège à "
            f"votre place avec voix délibérative ({_SUPPLEANTS}). À défaut, vous pouvez {give} ; {rule}."
        )
    else:
        text = f"En cas d’empêchement, vous pouvez {give} ; {rule}."
        if person is None and suppleants:
            text += (
                " Le suppléant d’une commune qui n’a qu’un siège y remplace son titulaire, avec voix "
                f"délibérative, dès lors que {pen.the_executive} en est {_told(paper)} ({_SUPPLEANTS})."
            )
    return pen.typeset(text)


def _told(paper: Papier) -> str:
    return paper.pen.executive.agreed("avisé", "avisée")


def _excuse(paper: Papier) -> str:
    house = paper.pen.collectivite
    ways = [way for way in (house.telephone, house.courriel) if way]
    reach = f" ({', '.join(ways)})" if ways else ""
    return paper.pen.typeset(f"En cas d’empêchement, merci de prévenir le secrétariat{reach}.")


def _complements(paper: Papier) -> list[str]:
    """Before the ordre du jour: why the delay is short, why no quorum is needed, closed doors."""
    pen, now = paper.pen, paper.meeting.seance
    if now is None:
        return []
    said = []
    if now.urgence:
        said.append(f"Le délai de convocation est abrégé en raison de l’urgence : {now.urgence.motif}.")
    if second := now.seconde_convocation:
        first = pen.reader.find(SEANCES, second.premiere_seance) if second.premiere_seance else None
        day = first.value.date if first else second.date
        when = f" le {date_longue(day, pen.profil)}" if day else ""
        said.append(
            f"Le quorum n’ayant pas été atteint{when}, {voice.the(paper.nom)} délibérera cette fois sans "
            "condition de quorum."
        )
    if now.huis_clos:
        said.append("La séance se tiendra à huis clos.")
    return [pen.typeset(text) for text in said]


# --- what comes with it ---------------------------------------------------------------------------------


def _enclosed(paper: Papier) -> list[str]:
    """The papers that come with the convocation."""
    acte, meeting = paper.acte, paper.meeting
    said = []
    if note_due(meeting) or acte.note_de_synthese:
        name = "rapport explicatif" if meeting.regime == "ccas" else "note explicative de synthèse"
        said.append(f"{name} ({a_note_explains.cited(meeting.regime)})")
    notes = sum(1 for point in acte.points if point.note)
    if notes:
        said.append("notes de présentation" if notes > 1 else "note de présentation")
    if meeting.assemblee:
        said.append("formulaire de pouvoir")
    return [paper.pen.typeset(text) for text in said]


def _names(paper: Papier) -> list[str]:
    """The addressees of a letter to all, when they are few enough to be named."""
    named = [person.name for person in paper.members] + [guest.named for guest in paper.guests]
    return named if not paper.meeting.assemblee and len(named) <= _MANY else []


def _copies(paper: Papier) -> list[str]:
    pen, meeting = paper.pen, paper.meeting
    said = [pen.line(text, "copies", index) for index, text in enumerate(paper.acte.copies)]
    if meeting.assemblee and meeting.instance and meeting.instance.suppleants:
        said.append(pen.typeset(f"membres suppléants {voice.of_the(paper.nom)} ({_SUPPLEANTS})"))
    if meeting.assemblee and meeting.regime in ("epci", "syndicat"):
        said.append(
            pen.typeset(
                f"pour information, conseillers municipaux des communes membres qui ne siègent pas "
                f"{voice.to_the(paper.nom)} (CGCT, art. L. 5211-40-2)"
            )
        )
    return said


# --- the pouvoir form -----------------------------------------------------------------------------------


def _undersigned(paper: Papier, person: Person) -> str:
    """« Je soussignée, Mme Hélène Castan, 2e vice-présidente, membre du conseil communautaire, »."""
    start = person.agreed("Je soussigné", "Je soussignée")
    return paper.pen.typeset(f"{start}, {person.with_fonction}, membre {voice.of_the(paper.nom)},")


def _mandate(paper: Papier) -> str:
    """What the mandant gives, between his name and the mandataire's."""
    return paper.pen.typeset(
        f"donne pouvoir de voter en mon nom, à la séance {voice.of_the(paper.nom)} du {paper.jour}, sur "
        "toutes les affaires inscrites à l’ordre du jour, à :"
    )


def _conditions(paper: Papier) -> list[str]:
    limit = "un seul pouvoir" if pouvoirs_par_mandataire(paper.meeting.date) == 1 else "deux pouvoirs au plus"
    said = [
        f"Le pouvoir se donne par écrit à un membre présent à la séance, qui peut en tenir {limit}.",
        f"Il est toujours révocable et, sauf maladie constatée, ne vaut pas pour plus de trois séances "
        f"consécutives ({one_pouvoir_each.cited(paper.meeting.regime)}).",
        f"Il est à remettre {a(paper.pen.the_executive)} avant l’ouverture de la séance.",
    ]
    return [paper.pen.typeset(text) for text in said]
