"""The rules of a meeting: its convocation, its dates, who was there, the opinions it gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ctgdocs.content.heritage import inherit
from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds.reunion.acte import Point, Trouble
from ctgdocs.kinds.reunion.meeting import Rencontre, note_due, points, rencontre, unread
from ctgdocs.rules.catalogue import C1, C6, C9, D2, F2, I2
from ctgdocs.rules.liens import check_liens, without_echoes
from ctgdocs.rules.records import check_seance, check_socle
from ctgdocs.rules.rule import consistency, namer, plural, typeset
from ctgdocs.stages import Entry, Reader, Registry
from ctgdocs.vocabulary.actes import Examined
from ctgdocs.vocabulary.as_typed import date_in_french
from ctgdocs.vocabulary.registres import DELIBERATIONS, DOSSIERS

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TROUBLES: dict[Trouble, tuple[str, str]] = {
    "non-membre": (
        "{elu} n’est pas membre de l’instance à cette date",
        "retirez cette personne, ou déclarez-la dans invites",
    ),
    "deux-listes": ("{elu} est dans deux listes", "gardez-en une seule"),
    "suppleant-membre": (
        "{elu} siège comme {elu:suppléant|suppléante}, mais est déjà membre",
        "retirez cette ligne de suppleants",
    ),
    "sans-titulaire": (
        "{elu} siège comme {elu:suppléant|suppléante} sans titulaire connu",
        "ajoutez titulaire, ou déclarez le suppléant dans l’instance",
    ),
    "titulaire-non-membre": ("{elu} est {elu:remplacé|remplacée} sans être membre", "corrigez titulaire"),
}


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one meeting; those of its séance come along, with the séance's own places."""
    findings = check_liens(entry, reader)
    meeting = rencontre(entry, reader)
    findings.extend(check_socle(entry, reader, meeting.case if meeting else None))
    if meeting is None:
        return findings
    if meeting.case is not None:
        of_the_seance = check_seance(meeting.case.entry, reader)
        findings.extend(of_the_seance)
        if any(finding.blocking for finding in of_the_seance):
            message = f"la séance « {entry.value.seance} » est en erreur : sa convocation n’est pas produite"
            findings.append(
                Finding("seance-en-erreur", Severity.INFO, typeset(message), entry.place("seance"))
            )
            return findings
    for rule in _RULES:
        findings.extend(rule(entry, meeting, reader))
    return without_echoes(findings)


def _has_its_seance(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    if meeting.delibere and meeting.seance is None:
        yield consistency(
            "reunion-sans-seance",
            f"« {meeting.nom} » délibère : sa réunion est une séance",
            entry.place("instance"),
            "décrivez-la dans content/seances/, et citez-la ici : seance",
        )


def _dates(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    """D2: a file named by a day is of that day. The convocation, the meeting, then the next one."""
    day = date_in_french(meeting.date)
    named = _ISO.search(entry.id)
    if named and named[0] != meeting.date.isoformat():
        yield D2.finding(
            f"la réunion « {entry.id} » est datée du {day}",
            entry.place("seance" if meeting.seance else "date"),
            "corrigez la date ou le nom du fichier",
        )
    if meeting.seance is not None:
        return
    if meeting.convocation and meeting.convocation >= meeting.date:
        sent = date_in_french(meeting.convocation)
        yield consistency(
            "dates",
            f"la convocation ({sent}) n’est pas antérieure à la réunion ({day})",
            entry.place("convocation"),
            "corrigez l’une des deux dates",
        )
    if meeting.heure_fin and meeting.heure_fin <= meeting.heure:
        yield consistency(
            "dates",
            f"la réunion finit ({meeting.heure_fin:%H h %M}) avant de commencer ({meeting.heure:%H h %M})",
            entry.place("heure_fin"),
            "corrigez l’une des deux heures",
        )


def _next_meeting(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    following = meeting.acte.prochaine_reunion
    if following and following.date <= meeting.date:
        yield consistency(
            "dates",
            f"la réunion suivante ({date_in_french(following.date)}) n’est pas postérieure à celle-ci "
            f"({date_in_french(meeting.date)})",
            entry.place("prochaine_reunion"),
            "corrigez l’une des deux dates",
        )


def _convocation(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    """C1: it tells the ordre du jour. C6: a note comes with it. C9: the delay that a body gives itself."""
    acte = meeting.acte
    if meeting.delibere and not points(entry, meeting, reader):
        yield C1.finding(
            "l’ordre du jour est vide : la convocation n’est pas produite",
            entry.place("seance"),
            "rattachez des délibérations à cette séance, ou remplissez points",
            regime=meeting.regime,
        )
    if note_due(meeting) and not acte.note_de_synthese:
        yield C6.finding(
            "la convocation ne joint pas de note explicative de synthèse",
            entry.place("seance"),
            "indiquez note_de_synthese",
            regime=meeting.regime,
            severity=Severity.ALERTE,
        )
    wanted = meeting.instance.delai_de_convocation if meeting.instance else None
    if wanted is None or meeting.assemblee or meeting.convocation is None:
        return
    elapsed = (meeting.date - meeting.convocation).days
    if 0 < elapsed < wanted:
        place = meeting.case.place("convocation") if meeting.case else entry.place("convocation")
        yield C9.finding(
            f"{plural(elapsed, 'jour')} entre la convocation ({date_in_french(meeting.convocation)}) et la "
            f"réunion ({date_in_french(meeting.date)}) ; le règlement intérieur en demande {wanted}",
            place,
            "avancez l’envoi, ou reportez la réunion",
        )


def _whole_agenda(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    """An ordre du jour drawn from délibérations lacks those that cannot be read."""
    missing = unread(meeting, reader)
    if missing:
        yield Finding(
            "ordre-du-jour-incomplet",
            Severity.ALERTE,
            typeset(f"délibération absente ou en erreur, dont l’objet manque : {', '.join(missing)}"),
            entry.place("seance"),
            hints=("corrigez d’abord ces délibérations, ou l’ordre_du_jour de la séance",),
        )


def _attendance(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    """Nobody is in two lists, and only members are in them."""
    nommer = namer(reader)
    if meeting.assistance is not None:
        for trouble in meeting.assistance.contradictions:
            message, hint = _TROUBLES[trouble.sorte]
            said = message.format(elu=nommer(trouble.elu))
            yield consistency("presence", said, entry.place(*trouble.path), hint)
    for index, invite in enumerate(meeting.acte.invites):
        if invite.elu and invite.elu in meeting.membres:
            yield consistency(
                "presence",
                f"{nommer(invite.elu)} est à la fois membre et {nommer(invite.elu):invité|invitée}",
                entry.place("invites", index),
                "retirez cette ligne de invites",
            )


def _opinions(entry: Entry[Any], meeting: Rencontre, reader: Reader) -> Iterator[Finding]:
    for index, point in enumerate(meeting.acte.points):
        if point.avis and meeting.delibere:
            yield consistency(
                "avis-d-une-assemblee",
                f"« {meeting.nom} » délibère et ne donne pas d’avis",
                entry.place("points", index, "avis"),
                "le vote se note dans la délibération",
            )
        elif point.avis:
            yield from _votes(entry, point, index, meeting)
            yield from _agrees_with_the_act(entry, point, index, meeting, reader)


def _votes(entry: Entry[Any], point: Point, index: int, meeting: Rencontre) -> Iterator[Finding]:
    """I2: no more votes than members present; the opinion follows the greater number."""
    votes = point.votes
    if votes is None:
        return
    there = len(meeting.assistance.presents) if meeting.assistance else None
    if there is not None and votes.total > there:
        yield I2.finding(
            f"{votes.total} voix pour {plural(there, 'membre présent', 'membres présents')}",
            entry.place("points", index, "votes"),
            "corrigez les voix, ou la liste des présents ; invités et agents ne votent pas",
        )
    against = {"favorable": votes.pour <= votes.contre, "défavorable": votes.contre <= votes.pour}
    if against.get(point.avis or "", False):
        yield I2.finding(
            f"avis {point.avis} avec {votes.pour} voix pour et {votes.contre} contre",
            entry.place("points", index, "avis"),
            "corrigez l’avis ou les voix",
            severity=Severity.ALERTE,
        )


def _agrees_with_the_act(
    entry: Entry[Any], point: Point, index: int, meeting: Rencontre, reader: Reader
) -> Iterator[Finding]:
    """F2: what the délibération, or the dossier, says of this commission is what the commission said."""
    body = meeting.acte.instance or (meeting.seance.instance if meeting.seance else "")
    cited: tuple[tuple[Registry[Examined], str | None], ...]
    cited = ((DELIBERATIONS, point.deliberation), (DOSSIERS, point.dossier))
    for registry, id in cited:
        typed: Entry[Examined] | None = reader.find(registry, id) if id else None
        found = inherit(typed, reader) if typed else None
        passage = found.value.commission if found else None
        if found is None or passage is None or passage.instance != body:
            continue
        where = found.place("commission")
        there = f"{where.file}:{where.line}"
        if passage.avis and passage.avis.casefold().split()[0] != point.avis:
            yield F2.finding(
                f"l’avis n’est pas le même ici ({point.avis}) et dans {there} ({passage.avis})",
                entry.place("points", index, "avis"),
                "corrigez l’un des deux",
            )
        if passage.date and passage.date != meeting.date:
            yield F2.finding(
                f"la date de la commission n’est pas la même ici ({date_in_french(meeting.date)}) et dans "
                f"{there} ({date_in_french(passage.date)})",
                entry.place("seance" if meeting.seance else "date"),
                "corrigez l’une des deux",
            )


_RULES: tuple[Callable[[Entry[Any], Rencontre, Reader], Iterator[Finding]], ...] = (
    _has_its_seance,
    _dates,
    _next_meeting,
    _convocation,
    _whole_agenda,
    _attendance,
    _opinions,
)
