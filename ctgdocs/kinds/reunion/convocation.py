"""The convocation: one letter to all, or one page per person in the same file; the pouvoir form goes with the
convocation of an assembly."""

from __future__ import annotations

from ctgdocs.assembly.regimes import pouvoirs_par_mandataire
from ctgdocs.composing import voice
from ctgdocs.composing.sieges import Attendee
from ctgdocs.composing.voice import Person
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import a, date_longue
from ctgdocs.kinds.reunion import CONVOCATION
from ctgdocs.kinds.reunion.papier import BLANK, Papier, collective, farewell, salutation
from ctgdocs.rules.appel import in_the_seat_of_another, one_pouvoir_each
from ctgdocs.rules.convocation import a_note_explains
from ctgdocs.stages import Composition, Context
from ctgdocs.vocabulary.registres import SEANCES

_SUPPLEANTS = in_the_seat_of_another.source
"""Why a suppléant sits."""

_MANY = 40
"""Above so many addressees, a letter to all does not name them one by one."""


def convocation(papier: Papier) -> Composition | None:
    """None without an ordre du jour: a convocation tells it."""
    if not papier.points:
        return None
    pen, meeting = papier.pen, papier.meeting
    sent = meeting.convocation
    one_each = papier.acte.destinataires.un_par_membre
    letters = [_letter(papier, *someone) for someone in _people(papier)] if one_each else [_to_all(papier)]
    if sent is None:
        text = "projet : il manque la date de convocation"
        pen.findings.append(Finding("etat", Severity.INFO, text, pen.entry.place()))
    place = pen.collectivite.adresse.ville
    context = {
        "date_lieu": pen.typographie(f"{place}, le {date_longue(sent, pen.profil) if sent else BLANK}"),
        "lettres": letters,
        **({"publipostage": True} if one_each else {}),  # the foot then leaves out the number of pages
        "complements": _complements(papier),
        "ordre_du_jour": papier.agenda,
        "jointes": _enclosed(papier),
        **papier.signed,
        "destinataires": [] if one_each else _names(papier),
        "copies": _copies(papier),
        "mandant_libre": pen.typographie("Je soussigné, soussignée (prénom et nom) :"),
        "mandat": _mandate(papier),
        "mentions": _conditions(papier),
    }
    return papier.document(CONVOCATION, "Convocation", context, draft=sent is None)


# --- the letters ----------------------------------------------------------------------------------------


def _people(papier: Papier) -> list[tuple[Attendee, list[str]]]:
    """Everyone a letter goes to, with the lines under the name."""
    everyone = []
    for one in (*papier.members, *papier.guests):
        where = one.body
        if one.person.id in papier.meeting.membres and not where and _by_commune(papier):
            where = papier.pen.commune(one.person.commune)
        below = [voice.majuscule_initiale(one.person.fonction), where]
        everyone.append((one, [line for line in below if line]))
    return everyone


def _called(one: Attendee) -> str:
    """« Madame »; both when the civility is not known."""
    return salutation([one.person]) if one.civil else "Madame, Monsieur"


def _by_commune(papier: Papier) -> bool:
    return papier.pen.collectivite.type not in ("commune", "ccas")


def _letter(papier: Papier, one: Attendee, below: list[str]) -> Context:
    person, called = one.person, _called(one)
    member = person.id in papier.meeting.membres
    return {
        "nom": person.name,
        "qualites": below,
        "appel": f"{called},",
        "invitation": _invitation(papier),
        "empechement": _hindered(papier, person) if member else _excuse(papier),
        "politesse": farewell(papier.pen, called, len(papier.signers) > 1),
        "mandant": _undersigned(papier, person) if member else "",
        "pouvoir": member and papier.meeting.assemblee,
    }


def _to_all(papier: Papier) -> Context:
    everyone = [*papier.members, *papier.guests]
    group = [one.person for one in everyone]
    called = salutation(group)
    if not all(one.civil for one in everyone):
        called = "Mesdames, Messieurs"
    addressed = collective(group if len(group) > 1 else [])
    return {
        "nom": papier.pen.typographie(f"{addressed} les membres {voice.of_the(papier.nom)}"),
        "qualites": [],
        "appel": f"{called},",
        "invitation": _invitation(papier),
        "empechement": _hindered(papier, None),
        "politesse": farewell(papier.pen, called, len(papier.signers) > 1),
        "mandant": "",
        "pouvoir": papier.meeting.assemblee,
    }


def _invitation(papier: Papier) -> str:
    if papier.meeting.delibere:
        session = "extraordinaire " if _is_extraordinary(papier) else ""
        text = (
            f"J’ai l’honneur de vous convoquer à la séance {session}{voice.of_the(papier.nom)} qui se tiendra"
        )
    else:
        we_have = "Nous avons" if len(papier.signers) > 1 else "J’ai"
        text = f"{we_have} le plaisir de vous convier à la réunion {voice.of_the(papier.nom)} qui se tiendra"
    return papier.pen.typographie(f"{text} :")


def _is_extraordinary(papier: Papier) -> bool:
    return papier.meeting.seance is not None and papier.meeting.seance.session == "extraordinaire"


def _hindered(papier: Papier, person: Person | None) -> str:
    """What a member who cannot come does: the suppléant of a single-seat commune, then the pouvoir."""
    if not papier.meeting.assemblee:
        return _excuse(papier)
    pen, body = papier.pen, papier.meeting.instance
    suppleants = body.suppleants if body else {}
    limit = (
        "un seul pouvoir" if pouvoirs_par_mandataire(papier.meeting.date) == 1 else "deux pouvoirs au plus"
    )
    law = one_pouvoir_each.cited(papier.meeting.regime)
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
                f"délibérative, dès lors que {pen.the_executive} en est {_told(papier)} ({_SUPPLEANTS})."
            )
    return pen.typographie(text)


def _told(papier: Papier) -> str:
    return papier.pen.executive.agreed("avisé", "avisée")


def _excuse(papier: Papier) -> str:
    house = papier.pen.collectivite
    ways = [way for way in (house.telephone, house.courriel) if way]
    reach = f" ({', '.join(ways)})" if ways else ""
    return papier.pen.typographie(f"En cas d’empêchement, merci de prévenir le secrétariat{reach}.")


def _complements(papier: Papier) -> list[str]:
    """Before the ordre du jour: why the delay is short, why no quorum is needed, closed doors."""
    pen, now = papier.pen, papier.meeting.seance
    if now is None:
        return []
    said = []
    if now.urgence:
        why = now.urgence.motif.rstrip(" .")
        said.append(f"Le délai de convocation est abrégé en raison de l’urgence : {why}.")
    if second := now.seconde_convocation:
        first = pen.reader.find(SEANCES, second.premiere_seance) if second.premiere_seance else None
        day = first.value.date if first else second.date
        when = f" le {date_longue(day, pen.profil)}" if day else ""
        said.append(
            f"Le quorum n’ayant pas été atteint{when}, {voice.the(papier.nom)} délibérera cette fois sans "
            "condition de quorum."
        )
    if now.huis_clos:
        said.append("La séance se tiendra à huis clos.")
    return [pen.typographie(text) for text in said]


# --- what comes with it ---------------------------------------------------------------------------------


def _enclosed(papier: Papier) -> list[str]:
    """The papers that come with the convocation."""
    acte, meeting = papier.acte, papier.meeting
    said = []
    if acte.note_de_synthese:
        name = "rapport explicatif" if meeting.regime == "ccas" else "note explicative de synthèse"
        said.append(f"{name} ({a_note_explains.cited(meeting.regime)})")
    notes = sum(1 for point in acte.points if point.note)
    if notes:
        said.append("notes de présentation" if notes > 1 else "note de présentation")
    more = [papier.pen.line(text, "pieces_jointes", index) for index, text in enumerate(acte.pieces_jointes)]
    forms = ["formulaire de pouvoir"] if meeting.assemblee else []
    return [*map(papier.pen.typographie, said), *more, *forms]


def _names(papier: Papier) -> list[str]:
    """The addressees of a letter to all, when they are few enough to be named."""
    signing = {one.person for one in papier.signers}  # who writes to all is no addressee
    members = [
        one.named if one.body else one.person.name for one in papier.members if one.person not in signing
    ]
    named = members + [guest.named for guest in papier.guests]
    return named if not papier.meeting.assemblee and len(named) <= _MANY else []


def _copies(papier: Papier) -> list[str]:
    pen, meeting = papier.pen, papier.meeting
    said = [pen.line(text, "copies", index) for index, text in enumerate(papier.acte.copies)]
    if meeting.assemblee and meeting.instance and meeting.instance.suppleants:
        said.append(pen.typographie(f"membres suppléants {voice.of_the(papier.nom)} ({_SUPPLEANTS})"))
    if meeting.assemblee and meeting.regime in ("epci", "syndicat"):
        said.append(
            pen.typographie(
                f"pour information, conseillers municipaux des communes membres qui ne siègent pas "
                f"{voice.to_the(papier.nom)} (CGCT, art. L. 5211-40-2)"
            )
        )
    return said


# --- the pouvoir form -----------------------------------------------------------------------------------


def _undersigned(papier: Papier, person: Person) -> str:
    """« Je soussignée, Mme Hélène Castan, 2e vice-présidente, membre du conseil communautaire, »."""
    start = person.agreed("Je soussigné", "Je soussignée")
    return papier.pen.typographie(f"{start}, {person.with_fonction}, membre {voice.of_the(papier.nom)},")


def _mandate(papier: Papier) -> str:
    """What the mandant gives, between his name and the mandataire's."""
    return papier.pen.typographie(
        f"donne pouvoir de voter en mon nom, à la séance {voice.of_the(papier.nom)} du {papier.jour}, sur "
        "toutes les affaires inscrites à l’ordre du jour, à :"
    )


def _conditions(papier: Papier) -> list[str]:
    limit = (
        "un seul pouvoir" if pouvoirs_par_mandataire(papier.meeting.date) == 1 else "deux pouvoirs au plus"
    )
    said = [
        f"Le pouvoir se donne par écrit à un membre présent à la séance, qui peut en tenir {limit}.",
        f"Il est toujours révocable et, sauf maladie constatée, ne vaut pas pour plus de trois séances "
        f"consécutives ({one_pouvoir_each.cited(papier.meeting.regime)}).",
        f"Il est à remettre {a(papier.pen.the_executive)} avant l’ouverture de la séance.",
    ]
    return [papier.pen.typographie(text) for text in said]
