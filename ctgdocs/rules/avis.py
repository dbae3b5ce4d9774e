"""The opinion of a commission: as an act tells it and as it was given (F2), and never a decision (I1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.content.heritage import Heir, Opinion, Studied, cited_opinions, opinions
from ctgdocs.findings import Place, Related
from ctgdocs.french import date_simple
from ctgdocs.patterns import regex
from ctgdocs.rules.dossiers import the_same_as_the_dossier
from ctgdocs.rules.rule import ALERTE, ERREUR, PROSE, Prose, Said, about, rule, some
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import Deliberation, Discussed, Reunion
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import INSTANCES, REUNIONS, SEANCES

NEAR: Final = 15
"""Days around a meeting within which another day is taken for a wrong date of it, not for another meeting."""


@the_same_as_the_dossier.also(on=Studied)
def one_opinion(entry: Entry[Studied], reader: Reader) -> Iterator[Said]:
    """A visa that cites the opinion says what `commission` says of it: its sense, its day. Nothing when one
    of the two does not tell."""
    passage = entry.value.commission
    if passage is None:
        return
    typed = Opinion(passage.instance, passage.date, passage.avis or "", ("commission",))
    for cited in cited_opinions(entry, reader):
        if cited.instance != typed.instance:
            continue
        place, there = entry.place(*cited.at), entry.place(*typed.at)
        if cited.sens and typed.sens and cited.sens != typed.sens:
            yield _disagree("l’avis", place, cited.avis, there, typed.avis)
        if cited.jour and typed.jour and cited.jour != typed.jour:
            days = date_simple(cited.jour), date_simple(typed.jour)
            yield _disagree("le jour de la commission", place, days[0], there, days[1])


def _disagree(what: str, place: Place, here: str, there: Place, said: str) -> Said:
    return Said(
        f"{what} n’est pas le même dans ce visa ({here}) et dans commission ({said})",
        place,
        "corrigez l’un des deux, ou retirez ce visa : commission suffit",
        related=(Related(there, said),),
    )


# --- what the commission itself has written


class Held(NamedTuple):
    """A meeting of the contents, its day, and the id of the body that met."""

    entry: Entry[Reunion]
    jour: date
    body: str

    @property
    def points(self) -> Sequence[Discussed]:
        return self.entry.value.points


def agrees(meeting: Held, at: int, found: Entry[Studied], there: str, reader: Reader) -> Iterator[Said]:
    """F2: what `found` (`there`: « la délibération », « le dossier ») tells of the opinion given at a point.
    The relevé and the act say it in the same words, at the same places: who gathers both drops the repeat."""
    told = next((one for one in opinions(found, reader) if one.instance == meeting.body), None)
    given, entry = meeting.points[at].avis, meeting.entry
    if told is None:
        return
    typed = told.at == ("commission",)
    if told.sens and given and told.sens != given:
        yield Said(
            f"l’avis n’est pas le même ici ({given}) et dans {there} ({told.avis})",
            entry.place("points", at, "avis"),
            "corrigez l’un des deux",
            related=(Related(found.place(*told.at, *(["avis"] if typed else [])), f"avis {told.avis}"),),
        )
    if told.jour and told.jour != meeting.jour:
        day = date_simple(told.jour)
        yield Said(
            f"la date de la commission n’est pas la même ici ({date_simple(meeting.jour)}) et dans {there} "
            f"({day})",
            entry.place("seance" if entry.value.seance else "date"),
            "corrigez l’une des deux",
            related=(Related(found.place(*told.at, *(["date"] if typed else [])), day),),
        )


class Quoted(NamedTuple):
    """An opinion that a délibération tells as given."""

    act: Entry[Deliberation]
    opinion: Opinion

    @property
    def place(self) -> Place:
        return self.act.place(*self.opinion.at)

    @property
    def lent(self) -> bool:
        """Whether it is the dossier that tells it."""
        return isinstance(self.act, Heir) and self.act.is_lent(self.opinion.at)


@the_same_as_the_dossier.also(on=Quoted)
def given_that_day(quoted: Quoted, reader: Reader) -> Iterator[Said]:
    """The commission met that day, with this point, and gave this opinion of it. Nothing when its meetings
    are not among the contents."""
    one, held = quoted.opinion, _meetings(quoted.opinion.instance, reader)
    named = [
        (meeting, at)
        for meeting in held
        for at, point in enumerate(meeting.points)
        if point.avis and _by_id(point, quoted.act)
    ]
    for meeting, at in named:
        lent = not meeting.points[at].deliberation and quoted.lent
        there = "le dossier" if lent else "la délibération"
        yield from agrees(meeting, at, quoted.act, there, reader)
    body = reader.find(INSTANCES, one.instance)
    if named or one.jour is None or body is None:
        return
    that_day = [meeting for meeting in held if meeting.jour == one.jour and meeting.points]
    if that_day:
        yield from _on_its_agenda(quoted, that_day, body.value.nom)
    elif near := _nearest([meeting for meeting in held if meeting.jour != one.jour], one.jour):
        day = date_simple(near.jour)
        yield Said(
            f"« {body.value.nom} » n’a pas de réunion du {date_simple(one.jour)} dans content/reunions/ ; "
            f"la plus proche est du {day}",
            quoted.place,
            "corrigez le jour, ou ajoutez cette réunion",
            related=(Related(near.entry.place("date"), day),),
        )


def _on_its_agenda(quoted: Quoted, held: Sequence[Held], body: str) -> Iterator[Said]:
    one, meeting = quoted.opinion, held[0]
    day = date_simple(meeting.jour)
    found = [(each, at) for each in held for at, point in enumerate(each.points) if _about(point, quoted.act)]
    if not found:
        yield Said(
            f"ce point n’est pas à l’ordre du jour de « {body} » du {day}, dont l’avis est cité",
            quoted.place,
            "ajoutez ce point au relevé de la commission, ou corrigez la citation",
            related=(Related(meeting.entry.place("points"), f"l’ordre du jour du {day}"),),
        )
    for each, at in found:
        given, place = each.points[at].avis, each.entry.place("points", at)
        if given is None and any(point.avis for point in each.points):
            yield Said(
                f"le relevé de « {body} » du {day} n’a pas d’avis sur ce point",
                quoted.place,
                "ajoutez avis au point du relevé, ou corrigez la citation",
                related=(Related(place, "ce point du relevé"),),
            )
        elif given and one.sens and given != one.sens:
            yield Said(
                f"l’avis cité ({one.avis}) n’est pas celui du relevé du {day} ({given})",
                quoted.place,
                "corrigez l’un des deux",
                related=(Related(each.entry.place("points", at, "avis"), f"avis {given}"),),
            )


def _meetings(instance: str, reader: Reader) -> list[Held]:
    """The meetings of a body that are among the contents."""
    held = []
    for id in reader.ids(REUNIONS):
        found = reader.find(REUNIONS, id)
        seance = reader.find(SEANCES, found.value.seance) if found and found.value.seance else None
        body = seance.value.instance if seance else found.value.instance if found else None
        jour = seance.value.date if seance else found.value.date if found else None
        if found and jour and body == instance:
            held.append(Held(found, jour, instance))
    return held


def _nearest(held: Sequence[Held], jour: date) -> Held | None:
    near = [meeting for meeting in held if abs((meeting.jour - jour).days) <= NEAR]
    return min(near, key=lambda meeting: abs((meeting.jour - jour).days), default=None)


def _about(point: Discussed, act: Entry[Deliberation]) -> bool:
    return _by_id(point, act) or bool(point.objet and slug(point.objet) == slug(act.value.objet))


def _by_id(point: Discussed, act: Entry[Deliberation]) -> bool:
    if point.deliberation:
        return point.deliberation == act.id
    return bool(point.dossier) and point.dossier == act.value.dossier


# --- I1: an opinion of a commission, told as a decision by another act


_COMMISSION: Final = (
    r"\bcommission(?!\s+(?:permanente|d[’']appel|européenne|départementale|nationale|régionale|d[’']attribution|de\s+délégation"
    r"|locale|paritaire|administrative|de\s+conciliation|de\s+sécurité|de\s+recours|mixte|de\s+contrôle|intercommunale))"
)
_SUBJECT: Final = (
    r"(?<!\bde )(?<!\bpar )(?<!\bà )(?<!\bavec )(?<!\bpour )(?<!\bdevant )(?<!\bsur )\b(?:la|cette|votre"
    r"|notre)\s+"
)
_DECIDES = regex(
    rf"(?:{_SUBJECT}|\b(?:le\s+bureau|les\s+membres)\s+de\s+(?:la|cette|votre|notre)\s+){_COMMISSION}(?:\s+(?!(?:qui|que|dont|et|ou|a|ont|pour|sur)\b)[^\s.;:,]+){{0,8}}?"
    r"(?:\s*,\s+(?:réunie?|saisie|consultée|à\s+l[’']unanimité|après|lors|en\s+séance)\b[^.;:,]{0,50},)?\s+"
    r"(?P<verbe>décide|a\s+décidé|délibère|a\s+délibéré|adopte|a\s+adopté|approuve|a\s+approuvé|autorise|a\s+autorisé|vote|a\s+voté"
    r"|attribue|entérine|a\s+entériné|arrête|tranche|rejette|refuse|accorde|octroie|ont\s+(?:décidé|adopté|approuvé|autorisé|voté|attribué|rejeté)|a\s+(?:\w+é\s+et\s+)?(?:attribué|arrêté|tranché|rejeté|refusé|accordé|octroyé))\b"
    r"(?!\s+(?:une?|son|sa|ses|cet)\s+(?:avis|calendrier|programme|ordre|méthode|position)|\s+(?:le\s+compte|son\s+|ce\s+compte)|\s+(?:pour|contre)\b)",
    re.IGNORECASE,
    needs="commission",
)
_ITS_DECISION = regex(
    r"\b(?P<verbe>(?:sur|par|suite\s+à\s+(?:la|une))\s+(?:décision|délibération))\s+de\s+(?:la"
    r"|sa|votre)\s+" + _COMMISSION,
    re.IGNORECASE,
    needs="commission & décision|délibération",
)
_BY_IT = regex(
    r"(?P<verbe>\b(?:décidé|approuvé|adopté|autorisé|voté)e?s?)\s+(?:à\s+l[’']unanimité\s+)?par\s+(?:la|cette|votre)\s+"
    + _COMMISSION,
    re.IGNORECASE,
    needs="commission & adopté|approuvé|autorisé|décidé|voté",
)


def decisions_d_une_commission(text: str) -> Iterator[tuple[int, str]]:
    """Where a text makes a commission decide.

    >>> [said for _, said in decisions_d_une_commission("La commission Affaires sociales a décidé de créer…")]
    ['a décidé']
    >>> [*decisions_d_une_commission("Après avis de la commission, le conseil décide.")]
    []
    """
    if "ommission" in text:
        for pattern in (_DECIDES, _BY_IT, _ITS_DECISION):
            for found in pattern.finditer(text):
                yield found.start("verbe"), " ".join(found["verbe"].split())


@rule(
    "I1",
    "Une commission donne un avis : elle ne délibère pas et ne décide pas",
    ERREUR,
    "CGCT, art. L. 2121-22",
    on=PROSE,
    about=about("commission", look=some(decisions_d_une_commission)),
)
def only_an_opinion(typed: Prose, reader: Reader) -> Iterator[Said]:
    """In any act that tells what a commission did: it is a doubt, as the words may be those of another body.
    What a note de commission asks of it is judged closer, by its own drawer."""
    if getattr(typed.act.value, "type", "") == "note_de_commission":
        return
    for start, verb in decisions_d_une_commission(typed.text):
        yield Said(
            f"« {verb} » : la commission donne un avis",
            typed.place(start),
            "écrivez qu’elle donne un avis favorable, réservé ou défavorable, ou nommez qui décide",
            severity=ALERTE,
        )
