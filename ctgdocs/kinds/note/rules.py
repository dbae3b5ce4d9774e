"""The rules of a note: whom it speaks to, what it must treat, the order of its dates, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ctgdocs.assembly.sitting import Dossier, dossier
from ctgdocs.content.heritage import dossier_of
from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds.note.acte import Acte, Section, commission_of, outside, seance_of, sections
from ctgdocs.rules.catalogue import C6, D5, I1
from ctgdocs.rules.dossiers import check_accord, check_finances, commission_before_seance, same_meetings
from ctgdocs.rules.liens import check_liens, check_visas, without_echoes
from ctgdocs.rules.records import check_socle
from ctgdocs.rules.rule import consistency
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.as_typed import date_in_french, shown
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES

# --- I1: words that make an assembly of a commission. A commission gives an opinion (CGCT, art. L. 2121-22)


_PRESENT: Final = "délibère|décide|approuve|adopte|autorise"
_INFINITIVE: Final = "délibérer|décider|approuver|adopter|autoriser|voter|valider"
_PARTICIPLE: Final = "délibéré|décidé|approuvé|adopté|autorisé|voté|validé"
_ACT = re.compile(
    rf"(?P<verb>\b(?:{_PRESENT})(?:nt|ra|ront)?\b"
    r"|\b(?:vote|valide|arrête)\b(?=\s+(?:le|la|les|ce|cette|ces|un|une)\b|\s+l[’'])"
    rf"|\b(?:a|ont|aura|en avoir)\s+(?:{_PARTICIPLE})\b"
    rf"|(?:\b(?:de|à)\s+|\bd[’'])(?:{_INFINITIVE})\b"
    rf"|^[ ]*(?:[-*]|\d+\.)\s+(?:{_INFINITIVE})\b)"
    rf"|(?P<passive>\b(?:{_PARTICIPLE}|arrêté)e?s?\s+par\s+la\s+commission\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BODY = re.compile(
    r"\b(?:(commissions?)|conseil(?:s|\b)|assemblées?|bureau|comités?|collectivités?|communautés?|caf|caisses?"
    r"|état|départements?|région|communes?|présidente?|vice-présidente?|maires?|associations?|syndicats?"
    r"|préfète?|ministères?|lois?|décrets?|parlement|élus?|familles?|partenaires?|tribunal|qui|elle|il)\b",
    re.IGNORECASE,
)
_NO_BODY: Final = frozenset({"il est", "il vous est", "il lui est"})
_SENTENCE = re.compile(r"[.!?…](?=\s)|(?<![:\s])[ \t]*\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Abus:
    """A verb of decision at `offset` of the text; `certain` when the commission is its subject, not when no
    body is named before it."""

    verbe: str
    offset: int
    certain: bool


def abus(text: str, *, by_the_commission: bool = False) -> Iterator[Abus]:
    """Where a text makes the commission decide. `by_the_commission`: its sentences are the commission's own,
    so that a verb without a subject is hers."""
    if _ACT.search(text) is None:
        return
    start = 0
    for end in [*(cut.end() for cut in _SENTENCE.finditer(text)), len(text)]:
        yield from _in_sentence(text[start:end], start, by_the_commission)
        start = end


def _in_sentence(sentence: str, start: int, by_the_commission: bool) -> Iterator[Abus]:
    for found in _ACT.finditer(sentence):
        said = found[0].lstrip(" -*.0123456789").lower()
        offset = start + found.end() - len(said)
        before = sentence[: found.start()]
        bodies = [body for body in _BODY.finditer(before) if not _impersonal(sentence, body)]
        if found["passive"] or (bodies and bodies[-1][1]):
            yield Abus(said, offset, True)
        elif not bodies and (by_the_commission or _opens(before)):
            yield Abus(said, offset, by_the_commission)


def _impersonal(sentence: str, body: re.Match[str]) -> bool:
    """« il est proposé… » names nobody."""
    after = sentence[body.start() :].lower()
    return any(after.startswith(words) for words in _NO_BODY)


def _opens(before: str) -> bool:
    """Whether a verb opens its sentence: « Décide de… », « Après en avoir délibéré, … »."""
    return re.fullmatch(r"[\s*_>#-]*(?:après\s+)?", before, re.IGNORECASE) is not None


_WORDS = ("synthese", "contexte", "enjeux", "proposition", "avis_sollicite")
SMALL_COMMUNE = 3500
"""Inhabitants below which a commune (or a CCAS) owes no note with its convocation."""


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one note; those of a field lent by a dossier have their place in the dossier."""
    unknown = check_liens(entry, reader)
    findings = [*unknown, *check_socle(entry, reader)]
    found = sections(entry, reader)
    for section in found:
        findings.extend(_point(section, reader))
        if (lender := dossier_of(section.point, reader)) is not None:
            findings.extend(same_meetings(entry, lender))
    findings.extend(_dates(entry, found, reader))
    if entry.value.type == "note_de_commission":
        findings.extend(_addressee(entry, found, reader) if not unknown else ())
        findings.extend(_only_an_opinion(entry, found))
    elif entry.value.type == "note_de_synthese":
        findings.extend(_every_item(entry, found, reader))
    return without_echoes(findings)


def _point(section: Section, reader: Reader) -> Iterator[Finding]:
    point = section.point
    yield from (finding for finding in check_liens(point, reader) if finding.place.file != point.source.path)
    yield from check_accord(_as_typed(point), reader)
    yield from check_finances(point)
    yield from commission_before_seance(point, reader)
    yield from check_visas(point, reader, point.value.visas, None)
    if not (point.value.objet or point.value.dossier or point.value.deliberation or section.intitule):
        place = point.place("objet")
        yield consistency("champ-manquant", "ce point n’a ni objet ni dossier", place, "ajoutez objet")


def _as_typed(point: Entry[Any]) -> Entry[Any]:
    """The point before anything was lent to it."""
    base = getattr(point, "base", None)
    return _as_typed(base) if base is not None else point


# --- whom it is for -------------------------------------------------------------------------------------


def _addressee(entry: Entry[Any], found: list[Section], reader: Reader) -> Iterator[Finding]:
    passage = commission_of(entry.value, found)
    if passage is None:
        yield consistency(
            "commission-manquante",
            "la note ne dit pas à quelle commission elle est adressée",
            entry.place(),
            "ajoutez commission: {instance: …, date: …}, ici ou dans le dossier",
        )
        return
    body = reader.find(INSTANCES, passage.instance)
    if body is not None and body.value.type == "assemblee":
        yield consistency(
            "instance-deliberante",
            f"« {body.value.nom} » délibère : ce n’est pas une commission",
            entry.place("commission", "instance"),
            "choisissez le type rapport_de_presentation, ou corrigez l’instance",
        )


def _only_an_opinion(entry: Entry[Any], found: list[Section]) -> Iterator[Finding]:
    """I1, in every text of a note de commission that speaks of what is asked of it."""
    acte: Acte = entry.value
    yield from _abus(entry, acte.introduction, ("introduction",))
    for section in found:
        point = section.point
        for field in _WORDS:
            yield from _abus(point, getattr(point.value, field), (field,), hers=field == "avis_sollicite")
        for index, suite in enumerate(point.value.suites):
            if suite.instance is None:
                yield from _abus(point, suite.texte, ("suites", index, "texte"))


def _abus(entry: Entry[Any], text: str | None, path: Steps, *, hers: bool = False) -> Iterator[Finding]:
    for each in abus(text or "", by_the_commission=hers):
        before = (text or "")[: each.offset]
        line, column = before.count("\n"), each.offset - (before.rfind("\n") + 1)
        says = "la commission donne un avis" if each.certain else "la note ne dit pas qui décide"
        yield I1.finding(
            f"« {each.verbe} » : {says}",
            entry.place_in(path, line, column),
            "écrivez qu’elle donne un avis favorable, réservé ou défavorable, ou nommez qui décide",
            severity=None if each.certain else Severity.ALERTE,
        )


# --- the note explicative de synthèse -------------------------------------------------------------------


def _every_item(entry: Entry[Any], found: list[Section], reader: Reader) -> Iterator[Finding]:
    """C6: each item of the ordre du jour is explained, and nothing else is."""
    case = dossier(reader, entry.value.seance)
    if case is None:
        return
    severity = None if _owed(case) else Severity.ALERTE
    if not found:
        yield C6.finding(
            "la séance n’a ni ordre du jour ni délibération : la note n’a rien à expliquer",
            entry.place("seance"),
            "complétez ordre_du_jour, ou indiquez seance dans les délibérations",
            regime=case.regime,
            severity=severity,
        )
    for section in found:
        if section.muette:
            yield C6.finding(
                f"le point {section.rang} ({_called(section)}) n’a pas de section",
                entry.place("points"),
                "ajoutez un point avec son contexte, ou un exposé à la délibération",
                regime=case.regime,
                severity=severity,
            )
    for point in outside(entry, reader):
        yield C6.finding(
            f"{shown(point.value.objet or point.value.dossier or point.value.deliberation or '')} "
            "n’est pas à l’ordre du jour",
            point.place(),
            "complétez l’ordre_du_jour de la séance, ou retirez ce point",
            regime=case.regime,
            severity=Severity.ALERTE,
        )


def _called(section: Section) -> str:
    if section.deliberation is not None:
        return f"délibération {section.deliberation.id}"
    return shown(section.intitule)


def _owed(case: Dossier) -> bool:
    """Every EPCI and syndicat owes the note since 1 March 2020, a commune from 3 500 inhabitants."""
    if not case.assemblee:
        return False
    if case.regime in ("epci", "syndicat"):
        return True
    return (case.collectivite.population or 0) >= SMALL_COMMUNE


# --- dates ----------------------------------------------------------------------------------------------


def _dates(entry: Entry[Any], found: list[Section], reader: Reader) -> Iterator[Finding]:
    """D5: a paper is written before the meeting it prepares."""
    acte: Acte = entry.value
    passage = commission_of(entry.value, found)
    seance = seance_of(entry.value, found)
    meeting = reader.find(SEANCES, seance) if seance else None
    if acte.commission and acte.commission.date and meeting and acte.commission.date >= meeting.value.date:
        yield D5.finding(
            f"la commission ({date_in_french(acte.commission.date)}) ne précède pas la séance "
            f"({date_in_french(meeting.value.date)})",
            entry.place("commission", "date"),
            "corrigez l’une des deux dates",
        )
    if acte.date is None:
        return
    if acte.type == "note_de_commission" and passage and passage.date and acte.date > passage.date:
        yield _late(entry, acte.date, "la commission", passage.date)
    elif acte.type != "note_de_commission" and meeting and acte.date > meeting.value.date:
        yield _late(entry, acte.date, "la séance", meeting.value.date)
    elif acte.type == "note_de_synthese" and meeting and acte.date > meeting.value.convocation:
        yield C6.finding(
            f"la note ({date_in_french(acte.date)}) est postérieure à la convocation "
            f"({date_in_french(meeting.value.convocation)}), avec laquelle elle est adressée",
            entry.place("date"),
            "corrigez l’une des deux dates",
            severity=Severity.ALERTE,
        )


def _late(entry: Entry[Any], written: date, what: str, day: date) -> Finding:
    return D5.finding(
        f"la note ({date_in_french(written)}) est postérieure à {what} ({date_in_french(day)})",
        entry.place("date"),
        "corrigez l’une des deux dates",
    )
