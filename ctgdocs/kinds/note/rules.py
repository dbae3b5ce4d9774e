"""The rules of a note: whom it speaks to, what it must treat, the order of its dates, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.assembly.sitting import Sitting, find_sitting
from ctgdocs.content.heritage import dossier_of
from ctgdocs.findings import Finding, Place, Related
from ctgdocs.french import date_simple
from ctgdocs.kinds.note.acte import (
    EXPOSE,
    Acte,
    Point,
    Section,
    TypeDeNote,
    commission_of,
    outside,
    seance_of,
    sections,
)
from ctgdocs.patterns import regex
from ctgdocs.rules.avis import only_an_opinion
from ctgdocs.rules.chronology import Dated, nothing_later_is_cited
from ctgdocs.rules.convocation import a_note_explains, commission_first, studied_then_debated
from ctgdocs.rules.dossiers import same_meetings, the_same_as_the_dossier
from ctgdocs.rules.liens import Cited, check_liens
from ctgdocs.rules.pieces import unlisted, what_is_joined_is_listed
from ctgdocs.rules.rule import ALERTE, Said, Typed, check, consistency, judge
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader, Steps, every
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.registres import INSTANCES, REUNIONS, SEANCES

# --- I1: words that make an assembly of a commission. A commission gives an opinion (CGCT, art. L. 2121-22)


_PRESENT: Final = "délibère|décide|approuve|adopte|autorise"
_INFINITIVE: Final = "délibérer|décider|approuver|adopter|autoriser|voter|valider"
_PARTICIPLE: Final = "délibéré|décidé|approuvé|adopté|autorisé|voté|validé"
_ACT = regex(
    rf"(?P<verb>\b(?:{_PRESENT})(?:nt|ra|ront)?\b"
    r"|\b(?:vote|valide|arrête)\b(?=\s+(?:le|la|les|ce|cette|ces|un|une)\b|\s+l[’'])"
    rf"|\b(?:a|ont|aura|en avoir)\s+(?:{_PARTICIPLE})\b"
    rf"|(?:\b(?:de|à)\s+|\bd[’'])(?:{_INFINITIVE})\b"
    rf"|^[ ]*(?:[-*]|\d+\.)\s+(?:{_INFINITIVE})\b)"
    rf"|(?P<passive>\b(?:{_PARTICIPLE}|arrêté)e?s?\s+par\s+la\s+commission\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BODY = regex(
    r"\b(?:(commissions?)|conseil(?:s|\b)|assemblées?|bureau|comités?|collectivités?|communautés?|caf|caisses?"
    r"|état|départements?|région|communes?|présidente?|vice-présidente?|maires?|associations?|syndicats?"
    r"|préfète?|ministères?|lois?|décrets?|parlement|élus?|familles?|partenaires?|tribunal|qui|elle|il)\b",
    re.IGNORECASE,
)
_NO_BODY: Final = frozenset({"il est", "il vous est", "il lui est"})
_SENTENCE = regex(r"[.!?…](?=\s)|(?<![:\s])[ \t]*\n[ \t]*\n")


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


class Read(NamedTuple):
    """A note with its points, each as if all of it had been typed there."""

    entry: Entry[Acte]
    sections: list[Section]

    @property
    def acte(self) -> Acte:
        return self.entry.value


@check(on=Acte)
def point_by_point(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """The rules of its points, then those of the whole note; a finding of a field lent by a dossier has its
    place in the dossier."""
    note = Read(entry, sections(entry, reader))
    for section in note.sections:
        yield from judge(section.point, reader, __name__)
        yield from judge(Cited(section.point, section.point.value.visas, None), reader)
        yield from judge(_as_of_its_day(note, section, reader), reader)
        if not section.intitule:
            yield from _named(section.point)
    yield from judge(note, reader, __name__)


@check(on=Acte)
def around_the_points(entry: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """D6, of what the note says around its points."""
    note = Read(entry, sections(entry, reader))
    around = (typed for typed in texts_read(entry) if typed.path[:1] != ("points",))
    yield from judge(Dated(*_its_day(note, reader), around), reader)


_ALWAYS: Final = frozenset(["objet", "synthese", "contexte", "enjeux", "proposition", "finances", "tableaux"])
_IN_FULL: Final = _ALWAYS | frozenset(
    ["visas", "cadre_juridique", "scenarios", "incidence_rh", "incidence_juridique", "calendrier", "annexes"]
)
_SHOWN: Final[Mapping[TypeDeNote, frozenset[str]]] = {
    "note_de_commission": _IN_FULL | {"avis_sollicite", "suites"},
    "rapport_de_presentation": _IN_FULL | {"decisions"},
    "note_de_synthese": _ALWAYS | {"decisions"},
}
"""What the page of each note takes of a point."""


def _as_of_its_day(note: Read, section: Section, reader: Reader) -> Dated:
    """A point as the page gives it, what its délibération and its dossier lend included."""
    point, act, shown_here = section.point, section.deliberation, _SHOWN[note.acte.type]
    told = [typed for typed in texts_read(point) if typed.path and typed.path[0] in shown_here]
    if act is not None and not any(getattr(point.value, field) for field in EXPOSE):
        told += [typed for typed in texts_read(act) if typed.path[:1] == ("expose",)]
    jour, since = _its_day(note, reader)
    cited = [Cited(point, point.value.visas, jour)] if "visas" in shown_here else []
    name, hint = f"la note « {note.entry.id} »", "dans la note, donnez à ce point ses propres visas et textes"
    return Dated(jour, since, told, cited, name, hint)


@nothing_later_is_cited.also(on=Read)
def no_opinion_to_come(note: Read, reader: Reader) -> Iterator[Said]:
    """The opinion that a rapport or a note de synthèse shows was given by its day."""
    day = note.acte.date
    for section in note.sections if day and note.acte.type != "note_de_commission" else ():
        passage = section.point.value.commission
        if day and passage and passage.avis and passage.date and passage.date > day:
            yield Said(
                f"un avis postérieur est cité : celui du {date_simple(passage.date)} ; "
                f"la note « {note.entry.id} » est du {date_simple(day)}",
                section.point.place("commission"),
                "corrigez la date de la note, ou celle de la commission",
                related=(Related(note.entry.place("date"), f"la note est du {date_simple(day)}"),),
            )


def _its_day(note: Read, reader: Reader) -> tuple[date | None, Place]:
    """The day of a note, that of the meeting it is for while it has none."""
    acte, entry = note.acte, note.entry
    if acte.date is not None:
        return acte.date, entry.place("date")
    passage = commission_of(acte, note.sections) if acte.type == "note_de_commission" else None
    if passage is not None:
        return passage.date, entry.place("commission", "date")
    id = seance_of(acte, note.sections) if acte.type != "note_de_commission" else None
    seance = reader.find(SEANCES, id) if id else None
    return (seance.value.date, seance.place("date")) if seance else (None, entry.place())


def _named(point: Entry[Point]) -> Iterator[Finding]:
    if not (point.value.objet or point.value.dossier or point.value.deliberation):
        place = point.place("objet")
        yield consistency("champ-manquant", "ce point n’a ni objet ni dossier", place, "ajoutez objet")


@the_same_as_the_dossier.also(on=Read)
def the_meetings_of_the_dossiers(note: Read, reader: Reader) -> Iterator[Said]:
    """The commission and the séance of a note are those of the dossiers of its points."""
    for section in note.sections:
        lender = dossier_of(section.point, reader)
        if lender is not None:
            yield from same_meetings(note.entry, lender)


# --- whom it is for -------------------------------------------------------------------------------------


@check(on=Read)
def addressee(note: Read, reader: Reader) -> Iterator[Finding]:
    """A note de commission names a commission, which is none that deliberates. Nothing while an id of the
    note leads nowhere: the commission may stand behind it."""
    if note.acte.type != "note_de_commission" or check_liens(note.entry, reader):
        return
    passage = commission_of(note.acte, note.sections)
    if passage is None:
        yield consistency(
            "commission-manquante",
            "la note ne dit pas à quelle commission elle est adressée",
            note.entry.place(),
            "ajoutez commission: {instance: …, date: …}, ici ou dans le dossier",
        )
        return
    body = reader.find(INSTANCES, passage.instance)
    if body is not None and body.value.type == "assemblee":
        yield consistency(
            "instance-deliberante",
            f"« {body.value.nom} » délibère : ce n’est pas une commission",
            note.entry.place("commission", "instance"),
            "choisissez le type rapport_de_presentation, ou corrigez l’instance",
        )


@only_an_opinion.also(on=Read)
def no_decision_asked(note: Read, reader: Reader) -> Iterator[Said]:
    """In every text of a note de commission that speaks of what is asked of it. A decision of another body,
    named in the sentence, is left alone; a verb that nobody is named for is told as a doubt."""
    if note.acte.type != "note_de_commission":
        return
    yield from _abus(note.entry, note.acte.introduction, ("introduction",))
    for section in note.sections:
        point = section.point
        for field in _WORDS:
            yield from _abus(point, getattr(point.value, field), (field,), hers=field == "avis_sollicite")
        for index, suite in enumerate(point.value.suites):
            if suite.instance is None:
                yield from _abus(point, suite.texte, ("suites", index, "texte"))


def _abus(entry: Entry[object], text: str | None, path: Steps, *, hers: bool = False) -> Iterator[Said]:
    for each in abus(text or "", by_the_commission=hers):
        says = "la commission donne un avis" if each.certain else "la note ne dit pas qui décide"
        yield Said(
            f"« {each.verbe} » : {says}",
            Typed(entry, entry, path, text or "").place(each.offset),
            "écrivez qu’elle donne un avis favorable, réservé ou défavorable, ou nommez qui décide",
            severity=None if each.certain else ALERTE,
        )


# --- what it says is joined --------------------------------------------------------------------------------


_SAID = ("synthese", "contexte", "cadre_juridique", "enjeux", "proposition")


@what_is_joined_is_listed.also(on=Read)
def what_a_note_announces(note: Read, reader: Reader) -> Iterator[Said]:
    """Each point, beside its own annexes; those of a note de synthèse may go with the convocation."""
    sent = _with_the_convocation(note.acte, reader)
    for section in note.sections:
        point = section.point
        said: list[tuple[Steps, str]] = [((field,), getattr(point.value, field) or "") for field in _SAID]
        said += [(("decisions", at, "texte"), one.texte) for at, one in enumerate(point.value.decisions)]
        texts = [Typed(point, point, path, text) for path, text in said]
        yield from unlisted(texts, (*point.value.annexes, *sent), _LIST)


_LIST: Final = "ajoutez son titre aux annexes du point, ou aux pieces_jointes de la réunion"


def _with_the_convocation(acte: Acte, reader: Reader) -> list[str]:
    """What the convocation of the séance of a note de synthèse lists."""
    meetings = every(reader, REUNIONS) if acte.seance else ()
    found = (one.value for one in meetings if one.value.seance == acte.seance)
    return [title for meeting in found for title in meeting.pieces_jointes]


# --- the note explicative de synthèse -------------------------------------------------------------------


@a_note_explains.also(on=Read)
def every_item_explained(note: Read, reader: Reader) -> Iterator[Said]:
    """Each item of the ordre du jour is explained, and nothing else is. A body that owes no note is only
    warned; « Questions diverses » needs no section."""
    entry = note.entry
    sitting = find_sitting(reader, note.acte.seance or "") if note.acte.type == "note_de_synthese" else None
    if sitting is None:
        return
    severity = None if _owed(sitting) else ALERTE
    if not note.sections:
        yield Said(
            "la séance n’a ni ordre du jour ni délibération : la note n’a rien à expliquer",
            entry.place("seance"),
            "complétez ordre_du_jour, ou indiquez seance dans les délibérations",
            sitting.regime,
            severity,
        )
    for section in note.sections:
        if section.muette:
            yield Said(
                f"le point {section.rang} ({_called(section)}) n’a pas de section",
                entry.place("points"),
                "ajoutez un point avec son contexte, ou un exposé à la délibération",
                sitting.regime,
                severity,
            )
    for point in outside(entry, reader):
        called = shown(point.value.objet or point.value.dossier or point.value.deliberation or "")
        yield Said(
            f"{called} n’est pas à l’ordre du jour",
            point.place(),
            "complétez l’ordre_du_jour de la séance, ou retirez ce point",
            sitting.regime,
            ALERTE,
        )


def _called(section: Section) -> str:
    if section.deliberation is not None:
        return f"délibération {section.deliberation.id}"
    return shown(section.intitule)


def _owed(sitting: Sitting) -> bool:
    """Every EPCI and syndicat owes the note since 1 March 2020, a commune from 3 500 inhabitants."""
    if not sitting.assemblee:
        return False
    if sitting.regime in ("epci", "syndicat"):
        return True
    return (sitting.collectivite.population or 0) >= SMALL_COMMUNE


# --- dates ----------------------------------------------------------------------------------------------


@studied_then_debated.also(on=Read)
def written_before(note: Read, reader: Reader) -> Iterator[Said]:
    """A paper is of the day of the meeting it prepares at the latest."""
    acte, entry = note.acte, note.entry
    seance = seance_of(acte, note.sections)
    yield from commission_first(entry, acte.commission, seance, reader, "commission", "date")
    passage = commission_of(acte, note.sections)
    meeting = reader.find(SEANCES, seance) if seance else None
    if acte.date is None:
        return
    if acte.type == "note_de_commission":
        if passage and passage.date and acte.date > passage.date:
            yield _late(entry, acte.date, "la commission", passage.date)
    elif meeting and acte.date > meeting.value.date:
        yield _late(entry, acte.date, "la séance", meeting.value.date)


def _late(entry: Entry[Acte], written: date, what: str, day: date) -> Said:
    return Said(
        f"la note ({date_simple(written)}) est postérieure à {what} ({date_simple(day)})",
        entry.place("date"),
        "corrigez l’une des deux dates",
    )


@a_note_explains.also(on=Read)
def sent_with_the_convocation(note: Read, reader: Reader) -> Iterator[Said]:
    """A note explicative goes with the convocation: it is of that day at the latest."""
    acte = note.acte
    seance = seance_of(note.acte, note.sections) if acte.type == "note_de_synthese" else None
    meeting = reader.find(SEANCES, seance) if seance else None
    if acte.date and meeting and meeting.value.convocation < acte.date <= meeting.value.date:
        yield Said(
            f"la note ({date_simple(acte.date)}) est postérieure à la convocation "
            f"({date_simple(meeting.value.convocation)}), avec laquelle elle est adressée",
            note.entry.place("date"),
            "corrigez l’une des deux dates",
            severity=ALERTE,
        )
