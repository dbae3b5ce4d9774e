"""What a convention implies, day by day: signature, COPIL, bilans, evaluations, its end, its renewal.

Every day comes from the content: from a field where one says it, else from a default that says so. No clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.acte import Acte, jour_de_l_annee
from ctgdocs.kinds.convention.parties import authority, is_public, named, record_of
from ctgdocs.renewing.work import successor_of
from ctgdocs.stages import Entry, Reader, every

_CGCT: Final = "CGCT, art. L. 2131-1"
_DEFAULT: Final = "par défaut"
_WITH_BILAN: Final = ("ctg", "pedt")


@dataclass(frozen=True, slots=True, order=True)
class Echeance:
    """One deadline. `cle` tells it apart within its convention, whatever its date; `source` is why it is
    there: a field, a text, or a default; `detail` is what to do for it."""

    jour: date
    convention: str
    cle: str
    quoi: str
    source: str
    detail: str = ""


def echeances(conventions: Iterable[Entry[Acte]], reader: Reader) -> list[Echeance]:
    """Every deadline of these conventions and of those linked to them, in order."""
    entries = {entry.id: entry for entry in conventions}
    for entry in list(entries.values()):
        entries.update((one.id, one) for one in _linked(entry, reader))
    return sorted(one for entry in entries.values() for one in _of(entry, reader))


def _linked(entry: Entry[Acte], reader: Reader) -> Iterator[Entry[Acte]]:
    """The conventions that a CTG follows, and those taken in its application."""
    for found in every(reader, CONVENTION.registry):
        if found.value.parente == entry.id or found.id in entry.value.suivi.conventions_liees:
            yield found


def _of(entry: Entry[Acte], reader: Reader) -> Iterator[Echeance]:
    acte, end = entry.value, _end(entry, reader)
    yield from _signature(entry, reader)
    if acte.type == "avenant" or acte.debut is None or end is None:
        return
    if acte.type in _WITH_BILAN or acte.suivi.model_fields_set:
        yield from _followed(entry, acte.debut, end)
    yield Echeance(end, entry.id, "fin", "Fin de la convention", _why_end(acte, end))
    if not successor_of(entry.id, reader):
        launch = _years_before(end, 1) if acte.type == "ctg" else end - timedelta(days=183)
        yield Echeance(
            launch,
            entry.id,
            "renouvellement",
            "Renouvellement à lancer",
            f"{_DEFAULT}, {'un an' if acte.type == 'ctg' else 'six mois'} avant la fin",
            "évaluation, diagnostic, délibérations" if acte.type == "ctg" else "",
        )


def _end(entry: Entry[Acte], reader: Reader) -> date | None:
    """The last day, that of a signed avenant that extends it included."""
    days = [entry.value.fin] if entry.value.fin else []
    for found in every(reader, CONVENTION.registry) if entry.value.type != "avenant" else ():
        other = found.value
        if other.type == "avenant" and other.parente == entry.id and other.statut == "signe" and other.fin:
            days.append(other.fin)
    return max(days, default=None)


def _why_end(acte: Acte, end: date) -> str:
    return "fin" if end == acte.fin else "avenant de prolongation"


# --- signature ------------------------------------------------------------------------------------------


def _signature(entry: Entry[Acte], reader: Reader) -> Iterator[Echeance]:
    """A convention that is not signed: from the day when every délibération may be carried out, or before its
    first day while one is awaited."""
    acte = entry.value
    if acte.signature or acte.statut == "signe":
        return
    waited, days = [], []
    for partie in acte.parties:
        if not is_public(partie, record_of(reader, partie)):
            continue
        mandate = authority(reader, partie)
        if mandate is None or mandate.executory is None:
            waited.append(named(reader, partie))
        else:
            days.append(mandate.executory)
    if days and not waited:
        said = "Signature possible : toutes les délibérations sont exécutoires"
        yield Echeance(max(days), entry.id, "signature", said, _CGCT)
    elif acte.debut:
        detail = f"délibérations à rendre exécutoires avant : {', '.join(waited)}" if waited else ""
        last = acte.debut - timedelta(days=1)
        yield Echeance(last, entry.id, "signature", "Signature, avant le premier jour", _CGCT, detail)


# --- during the convention ------------------------------------------------------------------------------


def _followed(entry: Entry[Acte], start: date, end: date) -> Iterator[Echeance]:
    """COPIL, bilans and evaluations."""
    suivi = entry.value.suivi
    ctg = entry.value.type == "ctg"
    month, day = jour_de_l_annee(suivi.bilan_annuel)
    for year in range(start.year, end.year + 1):
        if ctg or suivi.copil:
            yield from _copils(entry, year, start, end)
        why = (
            "suivi: bilan_annuel"
            if "bilan_annuel" in suivi.model_fields_set
            else f"{_DEFAULT}, {suivi.bilan_annuel}"
        )
        yield Echeance(
            day_in(year + 1, month, day),
            entry.id,
            f"bilan-{year}",
            f"Bilan de l’année {year} à remettre à la Caf",
            why,
        )
    if not ctg and not (suivi.evaluation_intermediaire or suivi.evaluation_finale):
        return
    middle = suivi.evaluation_intermediaire or start + (end - start) / 2
    yield Echeance(
        middle, entry.id, "evaluation-intermediaire", "Évaluation à mi-parcours",
        "suivi: evaluation_intermediaire" if suivi.evaluation_intermediaire else f"{_DEFAULT}, au milieu",
    )  # fmt: skip
    last = suivi.evaluation_finale or end - timedelta(days=184)
    yield Echeance(
        last, entry.id, "evaluation-finale", "Évaluation finale",
        "suivi: evaluation_finale" if suivi.evaluation_finale else f"{_DEFAULT}, six mois avant la fin",
    )  # fmt: skip


def _copils(entry: Entry[Acte], year: int, start: date, end: date) -> Iterator[Echeance]:
    """The meetings of a year, each due by the end of its share of the year."""
    count = max(entry.value.suivi.copil_par_an, 1)
    for rank in range(1, count + 1):
        month = 12 * rank // count
        due = day_in(year, month, 31)
        if start <= due and due.replace(day=1) <= end:
            said = f"Comité de pilotage {year}" + (f", {rank} sur {count}" if count > 1 else "")
            yield Echeance(min(due, end), entry.id, f"copil-{year}-{rank}", said, "suivi: copil_par_an")


def day_in(year: int, month: int, day: int) -> date:
    """That day, or the last of its month when it has fewer."""
    for last in range(day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day)


def _years_before(day: date, years: int) -> date:
    return day_in(day.year - years, day.month, day.day)


# --- Deadlines as an iCalendar file (RFC 5545): whole days, the same bytes for the same content


_ESCAPED = re.compile(r"[\\;,]")
_FOLD = 75


def calendar(found: Iterable[Echeance], titles: dict[str, str], stamps: dict[str, date]) -> bytes:
    """The calendar. `titles` and `stamps` are by convention: what it is called, and the day of its version,
    which stands for the moment a clock would give."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ctgdocs//echeances//FR",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Échéances des conventions",
    ]
    for one in found:
        title = titles.get(one.convention, one.convention)
        stamp = stamps.get(one.convention, one.jour)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.convention}-{one.cle}@ctgdocs",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.jour:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.jour + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.quoi)}",
            f"DESCRIPTION:{_text(_said(one, title))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode("utf-8")


def _said(one: Echeance, title: str) -> str:
    detail = f"{one.detail[:1].upper()}{one.detail[1:]}\n" if one.detail else ""
    return f"{detail}{title} ({one.convention}) – {one.source}"


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    return _ESCAPED.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of 75 octets at most, none cut inside a character (3.1).

    >>> [len(part.encode()) for part in _folded("é" * 100)]
    [74, 75, 53]
    """
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _FOLD:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
