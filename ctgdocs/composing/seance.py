"""The séance as an act tells it: its opening, who was there, the quorum, and who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ctgdocs.assembly.presence import Feuille, Passage, Pouvoir, Present
from ctgdocs.assembly.sitting import Moment
from ctgdocs.composing import voice
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.voice import Person
from ctgdocs.french import (
    a,
    date_en_lettres,
    date_longue,
    enumeration,
    fonction_avec_article,
    heure,
    heure_en_lettres,
)
from ctgdocs.patterns import regex
from ctgdocs.stages import Context
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import COMMUNES, SEANCES

_PREPOSITION = regex(r"(?:à|au|aux|en|dans|chez|sur)\b", re.IGNORECASE)
_PLACE = regex(
    r"(?:(?P<la>salle|mairie|maison|halle|médiathèque|bibliothèque)|(?P<l>hôtel|espace|auditorium|école)"
    r"|(?P<le>siège|foyer|gymnase|centre|pôle|château|théâtre|complexe|bâtiment))\b",
    re.IGNORECASE,
)
_ARTICLE = regex(r"(?:(le|la)\s+|(l[’']))(.*)", re.IGNORECASE)


# --- the opening ----------------------------------------------------------------------------------------


def opening(pen: Pen, moment: Moment) -> str:
    """« L’an deux mille vingt-six, le vingt-quatre septembre, à dix-huit heures trente, le conseil… »"""
    seance, body = moment.seance, moment.instance.nom
    agreed = "e" if voice.is_feminine(body) else ""
    public = " à huis clos" if seance.huis_clos else ""
    text = (
        f"{date_en_lettres(seance.date, pen.profil)}, à {heure_en_lettres(seance.heure, pen.profil)}, "
        f"{voice.the(body)} {of_the_house(pen)}, dûment convoqué{agreed} "
        f"le {date_longue(seance.convocation, pen.profil)}, s’est réuni{agreed} "
        f"en session {seance.session}{public}{where(pen, seance.lieu)}{_chaired(pen, moment)}."
    )
    return pen.typographie(text)


def where(pen: Pen, place: str) -> str:
    """The place in « s’est réuni en session ordinaire… »: « au siège », « à la mairie », « à Larroumel »; the
    name of a room that nobody knows stands between commas."""
    if place == pen.collectivite.adresse.ville or pen.reader.find(COMMUNES, slug(place)):
        return f" {a(place)}"
    if _PREPOSITION.match(place):
        return f" {place}"
    if found := _ARTICLE.fullmatch(place):
        return f" {a(f'{found[1].lower()} {found[3]}' if found[1] else f'l’{found[3]}')}"
    if found := _PLACE.match(place):
        article = "la " if found["la"] else "le " if found["le"] else "l’"
        return f" {a(article + voice.minuscule_initiale(place))}"
    return f", {place}"


def of_the_house(pen: Pen) -> str:
    """« de la communauté de communes de la Vaurelle Tarn-et-Garonnaise », « de la commune d’Esparnac »."""
    return voice.of_the(pen.typographie(pen.collectivite.nom))


def _chaired(pen: Pen, moment: Moment) -> str:
    if not moment.presence.president:
        return ""
    return f", sous la présidence de {pen.person(moment.presence.president).with_fonction}"


def complements(pen: Pen, moment: Moment) -> list[str]:
    """What the opening must add: a shortened convocation (CGCT, art. L. 2121-12), a second one
    (art. L. 2121-17)."""
    body = voice.the(moment.instance.nom)
    said: list[str] = []
    if urgent := moment.seance.urgence:
        why = urgent.motif.rstrip(" .")
        said.append(f"Le délai de convocation a été abrégé en raison de l’urgence : {why}.")
        if urgent.vote:
            agreed = "e" if voice.is_feminine(moment.instance.nom) else ""
            how = "à l’unanimité" if urgent.vote == "unanimité" else "à la majorité"
            said[-1] += (
                f" {voice.majuscule_initiale(pen.the_executive)} en a rendu compte à l’ouverture de la "
                f"séance et {body} s’est prononcé{agreed} {how} pour l’urgence."
            )
    if remote := moment.seance.visioconference:
        there = [pen.person(id).name for id in remote.a_distance if moment.presence.est_present(id)]
        away = f" ; y participe{'nt' * (len(there) > 1)} : {enumeration(there)}" if there else ""
        said.append(
            "La séance se tient par visioconférence (CGCT, art. L. 5211-11-1), aussi en ces lieux : "
            f"{enumeration(list(remote.lieux))}{away}."
        )
    if second := moment.seance.seconde_convocation:
        first = pen.reader.find(SEANCES, second.premiere_seance) if second.premiere_seance else None
        day = first.value.date if first else second.date
        when = f" lors de la séance du {date_longue(day, pen.profil)}" if day else ""
        said.append(
            f"Le quorum n’ayant pas été atteint{when}, {body}, à nouveau convoqué, délibère valablement "
            "sans condition de quorum."
        )
    return [pen.typographie(text) for text in said]


# --- who was there --------------------------------------------------------------------------------------


def attendance(pen: Pen, moment: Moment, votants: int | None) -> Context:
    """The keys of the page that say who was there; `votants` is None when nobody voted."""
    presence = moment.presence
    present = [pen.person(one.elu) for one in presence.presents]
    holders = [pen.person(pouvoir.mandant) for pouvoir in presence.pouvoirs]
    excused = [pen.person(id) for id in presence.excuses]
    absent = [pen.person(id) for id in presence.absents]
    figures = (
        ("En exercice", presence.en_exercice),
        (voice.agreed("Présent", present), presence.nombre_presents),
        (voice.agreed("Représenté", holders), presence.nombre_representes),
        *([("Votant" if votants == 1 else "Votants", votants)] if votants is not None else []),
        (voice.agreed("Absent", (*excused, *absent)), presence.nombre_absents),
    )
    return {
        "effectif": [{"libelle": label, "nombre": str(number)} for label, number in figures],
        "presences": [{"titre": _counted("Présent", present), "groupes": _groups(pen, moment)}],
        "pouvoirs": {
            "titre": _counted("Absent", holders, " ayant donné pouvoir"),
            "lignes": [_handed(pen, moment, pouvoir) for pouvoir in presence.pouvoirs],
        },
        "excuses": {"titre": _counted("Absent excusé", excused), "noms": _names(pen, moment, excused)},
        "absents": {"titre": _counted("Absent", absent), "noms": _names(pen, moment, absent)},
        "agents": {
            "titre": "Assistaient également à la séance" if len(moment.seance.agents) > 1
            else "Assistait également à la séance",
            "noms": pen.typographie("; ".join(moment.seance.agents)),
        },
        "quorum": quorum(pen, moment),
    }  # fmt: skip


def _counted(word: str, group: Sequence[Person], more: str = "") -> str:
    """« Présents (30) », « Absents ayant donné pouvoir (6) »."""
    return f"{voice.agreed(word, group)}{more} ({len(group)})"


def _groups(pen: Pen, moment: Moment) -> list[dict[str, str]]:
    """The présents, by commune for an EPCI, in the order of the members' list."""
    by_commune = pen.collectivite.type not in ("commune", "ccas")
    groups: dict[str, list[str]] = {}
    for one in moment.presence.presents:
        commune = pen.person(one.siege).commune if by_commune else ""
        groups.setdefault(commune, []).append(_seated(pen, moment, one))
    return [{"commune": pen.commune(commune), "noms": ", ".join(names)} for commune, names in groups.items()]


def _seated(pen: Pen, moment: Moment, one: Present) -> str:
    """« Mme Marie Blanc (suppléante de M. Luc Faure) », so that the list keeps its commas."""
    person = pen.person(one.elu)
    title = person.agreed("suppléant", "suppléante")
    replaces = f"{title} de {pen.person(one.titulaire).name}" if one.titulaire else ""
    said = [text for text in (replaces, *_moved(pen, moment, one.elu, "présent", "présente")) if text]
    return f"{person.name} ({', '.join(said)})" if said else person.name


def _handed(pen: Pen, moment: Moment, pouvoir: Pouvoir) -> str:
    """« M. Jean Roy à Mme Claire Durand »."""
    left = _moved(pen, moment, pouvoir.mandant, "représenté", "représentée")
    bracket = f" ({', '.join(left)})" if left else ""
    return f"{pen.person(pouvoir.mandant).name}{bracket} à {pen.person(pouvoir.mandataire).name}"


def _names(pen: Pen, moment: Moment, group: Iterable[Person]) -> str:
    said = ((person, _moved(pen, moment, person.id, "absent", "absente")) for person in group)
    return ", ".join(f"{person.name} ({', '.join(left)})" if left else person.name for person, left in said)


def _moved(pen: Pen, moment: Moment, elu: str, masculine: str, feminine: str) -> list[str]:
    """« arrivée à 20 h 50 », « présente à partir de la délibération n° 2026-046 »: how somebody came to be
    where the page says, [] for who did not move."""
    passage = next((one for one in moment.presence.passages if one.elu == elu), None)
    return [] if passage is None else list(moved(pen, passage, masculine, feminine))


def moved(pen: Pen, passage: Passage, masculine: str, feminine: str) -> Iterator[str]:
    """An arrival or a departure in words; its hour when it was typed."""
    person = pen.person(passage.elu)
    if passage.heure:
        came = "de retour" if passage.retour else person.agreed("arrivé", "arrivée")
        verb = person.agreed("parti", "partie") if passage.parti else came
        yield pen.typographie(f"{verb} à {heure(passage.heure, pen.profil)}")
    state = person.agreed(masculine, feminine)
    yield pen.typographie(f"{state} à partir de la délibération n° {passage.numero}")


def passages(feuille: Feuille) -> dict[Passage, str]:
    """Each arrival and departure of a séance, in order, and to whom a departing member gave a pouvoir ("" for
    nobody)."""
    said: dict[Passage, str] = {}
    for step in feuille.etapes:
        handed = {pouvoir.mandant: pouvoir.mandataire for pouvoir in step.pouvoirs}
        for one in step.passages:
            said.setdefault(one, handed.get(one.elu, ""))
    return said


def quorum(pen: Pen, moment: Moment) -> str:
    """The sentence of the quorum, which a second convocation does without."""
    presence = moment.presence
    if presence.sans_quorum:
        return ""
    body = voice.the(moment.instance.nom)
    count = presence.presents_pour_le_quorum
    there = f"{count} membre{'s' if count > 1 else ''} présent{'s' if count > 1 else ''}"
    if not presence.quorum_atteint:
        return pen.typographie(f"Le quorum n’est pas atteint ({there} pour {presence.quorum} requis).")
    return pen.typographie(
        f"Le quorum étant atteint ({there} pour {presence.quorum} requis), {body} peut valablement délibérer."
    )


# --- who presides and signs -----------------------------------------------------------------------------


def officers(pen: Pen, moment: Moment) -> Context:
    """The president and the secretaries of the séance, and their signature blocks."""
    chair = pen.person(moment.presence.president) if moment.presence.president else None
    secretaries = [pen.person(id) for id in moment.presence.secretaires]
    quality = _quality(pen, moment, chair) if chair else ""
    return {
        "president": chair.with_fonction if chair else "",
        "president_titre": f"{chair.agreed('Président', 'Présidente') if chair else 'Président'} de séance",
        "secretaire": enumeration([person.name for person in secretaries]),
        "secretaire_titre": "Secrétaire de séance" if len(secretaries) < 2 else "Secrétaires de séance",
        "signatures": signatures(chair, quality, secretaries),
    }


def signatures(chair: Person | None, quality: str, secretaries: Sequence[Person]) -> list[dict[str, str]]:
    """One block a person: who presides, then the secretaries; who does both signs once, as both."""
    blocks = []
    if chair:
        both = ", secrétaire de séance" if chair in secretaries else ""
        blocks.append({"qualite": f"{quality}{both}", "nom": chair.bare})
    blocks += [
        {"qualite": f"{person.agreed('Le', 'La')} secrétaire de séance", "nom": person.bare}
        for person in secretaries
        if person != chair
    ]
    return blocks


def _quality(pen: Pen, moment: Moment, chair: Person) -> str:
    """« La présidente », « Le maire », or « Le président de séance » for whoever stands in."""
    if chair.id == pen.collectivite.executif:
        return voice.majuscule_initiale(pen.the_executive)
    title = voice.majuscule_initiale(fonction_avec_article("président", chair.feminine, pen.profil))
    return title if chair.id == moment.instance.president else f"{title} de séance"
