"""The rules of a délibération: its quorum, its vote, its dates, who reports it, what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ctgdocs.assembly.presence import Presence
from ctgdocs.assembly.scrutin import derive_scrutin
from ctgdocs.assembly.sitting import Dossier, dossier
from ctgdocs.content.heritage import Heir, inherit
from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds.deliberation.acte import Acte
from ctgdocs.rules.appel import sans_secretaire
from ctgdocs.rules.catalogue import C5, D3, Q1, Q4, R1, S3
from ctgdocs.rules.dossiers import check_accord, check_complete
from ctgdocs.rules.liens import check_liens, check_visas, without_echoes
from ctgdocs.rules.records import check_seance, check_socle
from ctgdocs.rules.rule import Nommer, consistency, namer, plural, typeset
from ctgdocs.rules.texts import check_a_completer
from ctgdocs.rules.vote import contradictions
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import date_in_french
from ctgdocs.vocabulary.registres import SEANCES

_NUMERO = re.compile(r"\S*\d\S*")


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one délibération. Those of its séance come along, with the séance's own places, and one
    `info` says that they stop it: whoever gathers them all drops the repeats."""
    typed, entry = entry, inherit(entry, reader)
    acte: Acte = entry.value
    findings = check_liens(entry, reader)
    if typed is not entry:
        findings.extend((*check_accord(typed, reader), *check_complete(entry, ("decisions",))))
    seance = reader.find(SEANCES, acte.seance) if acte.seance else None
    findings.extend(check_visas(entry, reader, acte.visas, seance.value.date if seance else None))
    findings.extend(_without_seance(entry, acte))
    for one in (typed, entry.dossier if isinstance(entry, Heir) else None):
        findings.extend(check_a_completer(one, projet=acte.vote is None) if one else ())
    case = dossier(reader, seance.id) if seance else None
    findings.extend(check_socle(entry, reader, case))
    if seance is None:
        return findings
    of_the_seance = check_seance(seance, reader)
    findings.extend(of_the_seance)
    if any(finding.blocking for finding in of_the_seance):
        findings.append(_blocked(entry, acte))
        return findings
    if case is not None and acte.collectivite and case.regime != "commune":
        findings.append(
            consistency(
                "autre-collectivite",
                f"« {case.instance.nom} » ne délibère pas au nom de la commune « {acte.collectivite} »",
                entry.place("seance"),
                "retirez la séance, ou citez celle du conseil municipal (son instance a regime: commune)",
            )
        )
    elif case is not None:
        findings.extend(_at_the_seance(entry, acte, case, reader))
    return without_echoes(findings)


def _blocked(entry: Entry[Any], acte: Acte) -> Finding:
    message = f"la séance « {acte.seance} » est en erreur : ses délibérations ne sont pas produites"
    return Finding("seance-en-erreur", Severity.INFO, typeset(message), entry.place("seance"))


def _without_seance(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """What a projet cannot have yet, and D3 between an act's own dates."""
    if acte.seance is None and acte.vote is not None:
        yield consistency(
            "vote-sans-seance",
            "la délibération a un vote, mais pas de séance",
            entry.place("vote"),
            "indiquez la séance, ou retirez le vote tant que l’acte est un projet",
        )
    if acte.vote is None:
        for field in ("transmission", "publication"):
            if getattr(acte, field) is not None:
                yield D3.finding(
                    f"la délibération a une date de {field}, mais elle n’a pas été votée",
                    entry.place(field),
                    "indiquez la séance et le vote, ou retirez cette date",
                )


def _at_the_seance(entry: Entry[Any], acte: Acte, case: Dossier, reader: Reader) -> Iterator[Finding]:
    nommer = namer(reader)
    numero = acte.numero or entry.id
    vote = acte.vote
    presence = case.presence(numero, acte.presidence, vote.deports if vote else ())
    yield from _dates(entry, acte, case)
    yield from _rapporteur(entry, acte, presence, nommer)
    yield from _ordre_du_jour(entry, numero, case)
    if not case.delibere:
        yield consistency(
            "instance-consultative",
            f"« {case.instance.nom} » donne des avis et ne délibère pas",
            entry.place("seance"),
            "citez une séance de l’assemblée ; l’avis va dans commission",
        )
    elif vote is not None:
        yield from sans_secretaire(case)
        everyone = case.presence(numero) if vote.deports else presence
        yield from _quorum(entry, presence, everyone, case)
        yield from _presidence(entry, acte, presence, case, nommer)
        if presence.quorum_atteint or everyone.quorum_atteint:
            yield from contradictions(entry, derive_scrutin(vote, presence), case.regime, nommer)


def _quorum(entry: Entry[Any], presence: Presence, everyone: Presence, case: Dossier) -> Iterator[Finding]:
    """Q1: enough members are there when this point is put to discussion; pouvoirs do not count. Q4: those who
    step aside (`presence` leaves them out, `everyone` does not) only warn: the text was amended of late."""
    count, members = presence.presents_pour_le_quorum, presence.en_exercice
    if not presence.quorum_atteint and not everyone.quorum_atteint:
        yield Q1.finding(
            f"{plural(everyone.nombre_presents, 'membre présent', 'membres présents')} "
            f"sur {members} en exercice ; le quorum est de {everyone.quorum}",
            entry.place("seance"),
            "les pouvoirs ne comptent pas ; vérifiez absents et mouvements, ou convoquez une seconde séance",
            regime=case.regime,
        )
    elif presence.quorum_atteint != everyone.quorum_atteint:
        reached = "est atteint" if presence.quorum_atteint else "n’est pas atteint"
        yield Q4.finding(
            f"sans ceux qui se déportent, le quorum {reached} : "
            f"{plural(count, 'membre présent', 'membres présents')}, il en faut {presence.quorum}",
            entry.place("vote", "deports"),
            "vérifiez que chacun d’eux devait se déporter",
            regime=case.regime,
            to_check=True,
        )


def _presidence(
    entry: Entry[Any], acte: Acte, presence: Presence, case: Dossier, nommer: Nommer
) -> Iterator[Finding]:
    """S3: who presides this point is there. Q4: and takes part in it."""
    if acte.presidence and not presence.est_present(acte.presidence):
        elu = nommer(acte.presidence)
        yield S3.finding(
            f"{elu} préside ce point sans y être {elu:présent|présente}",
            entry.place("presidence"),
            "corrigez presidence, ou les mouvements de la séance",
            regime=case.regime,
        )
    elif acte.vote and presence.president in acte.vote.hors_vote:
        yield Q4.finding(
            f"{nommer(presence.president)} préside ce point et ne prend pas part au vote",
            entry.place("vote", "ne_prend_pas_part"),
            "indiquez qui préside ce point (presidence), et ses départ et retour s’il quitte la salle",
            regime=case.regime,
        )


def _rapporteur(entry: Entry[Any], acte: Acte, presence: Presence, nommer: Nommer) -> Iterator[Finding]:
    """R1: a member reports, or the suppléant who sits."""
    elu = acte.rapporteur
    if elu and elu not in presence.membres and not presence.est_present(elu):
        yield R1.finding(
            f"{nommer(elu)} rapporte sans être membre de l’assemblée",
            entry.place("rapporteur"),
            "choisissez un membre ; un agent présente le dossier sans en être le rapporteur",
        )
    elif elu and acte.vote and not presence.est_present(elu):
        yield R1.finding(
            f"{nommer(elu)} rapporte sans être {nommer(elu):présent|présente} à ce point",
            entry.place("rapporteur"),
            "choisissez un membre présent, ou corrigez la séance",
        )


def _ordre_du_jour(entry: Entry[Any], numero: str, case: Dossier) -> Iterator[Finding]:
    """C5: when the ordre du jour names délibérations, this one is among them."""
    points = case.seance.ordre_du_jour
    if numero not in points and any(_NUMERO.fullmatch(point) for point in points):
        yield C5.finding(
            f"la délibération {numero} n’est pas à l’ordre du jour de la séance",
            entry.place("seance"),
            "complétez ordre_du_jour, ou corrigez la séance",
            regime=case.regime,
        )


def _dates(entry: Entry[Any], acte: Acte, case: Dossier) -> Iterator[Finding]:
    """D3: the commission before the séance, the séance before transmission and publication."""
    day = case.jour
    if acte.commission and acte.commission.date and acte.commission.date > day:
        yield D3.finding(
            f"la commission ({date_in_french(acte.commission.date)}) est postérieure à la séance "
            f"({date_in_french(day)})",
            entry.place("commission", "date"),
            "corrigez l’une des deux dates",
            regime=case.regime,
        )
    for field, said in (("transmission", "transmise"), ("publication", "publiée")):
        when = getattr(acte, field)
        if when is not None and when < day:
            yield D3.finding(
                f"la délibération est {said} le {date_in_french(when)}, avant la séance "
                f"({date_in_french(day)})",
                entry.place(field),
                "corrigez l’une des deux dates",
                regime=case.regime,
            )
