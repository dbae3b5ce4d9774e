"""The days that a text says: D1, the weekday is that of the date; D7, the calendar and the clock have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from ctgdocs.content.heritage import jours
from ctgdocs.french import JOURS, date_simple
from ctgdocs.patterns import regex
from ctgdocs.rules.convocation import the_day_of_the_week
from ctgdocs.rules.rule import ALERTE, ERREUR, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.annonces import a_rebours, within_a_month
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase
from ctgdocs.vocabulary.jours_ecrits import JourEcrit, jours_ecrits, may_say_days

_FIELD = regex(
    rf"\b(?P<semaine>{'|'.join(JOURS)})\s+\{{date:\s*(?P<nom>[^{{}}]*?)\s*\}}",
    re.IGNORECASE,
    needs="{date: & dimanche|jeudi|lundi|mardi|mercredi|samedi|vendredi",
)
_HOUR = regex(
    r"\b(?:à|dès|vers|avant|pour|jusqu[’']à)\s+(?P<said>(?P<heure>\d{1,2})\s?(?:h|:)\s?(?P<minutes>\d\d)?)(?![\w:])"
    r"(?!\s*(?:par|hebdo|annu|de\s+travail|/))",
    re.IGNORECASE,
)
_RANGE = regex(
    r"(?<!\d)\d{1,2}\s?[hH]\s?(?:\d\d)?\s*(?:-|–|à)\s*(?P<said>(?P<heure>\d{1,2})\s?[hH]\s?(?P<minutes>\d\d)?)(?!\d)",
    needs="h",
)
"""« 8h30-12h45 »: from an hour to another."""
_CLOCK = regex(r"\d\s?[hH:]")
_HOURS_OF_WORK = regex(
    r"\b(?:agents?|postes?|emplois?|contrats?|salariée?s?|temps|durée|quotité|semaine|cycle|\w+eurs?|\w+rices?)\b[^.;\n]{0,60}$",
    re.IGNORECASE,
)
"""« un agent à 35 h », « pour 17 h 75 de travail »: a duration, whose minutes may be hundredths."""
_TIMES = regex(
    r"\b(?:ouv\w+|ferm\w+|débu\w+|commenc\w+|séances?|réuni\w*|rendez-vous|rencontre|convo\w+|atelier|départ|arrivée|avant|dès"
    rf"|{'|'.join(JOURS)})\b",
    re.IGNORECASE,
)
"""What happens at an hour."""


_WEEKDAYS: Final = (*JOURS, *(f"{day[:3]}." for day in JOURS))


@the_day_of_the_week.also(
    on=PROSE,
    about=about(
        *_WEEKDAYS, look=lambda text: "{date:" in text or any(day.semaine for day in jours_ecrits(text))
    ),
)
def the_day_of_the_week_in_words(typed: Prose, reader: Reader) -> Iterator[Said]:
    """With its year; without one, only when no year near the act's has it, which is told lightly. A day of
    the calendrier of a dossier has its weekday too: « jeudi {date:seance} »."""
    for one in jours_ecrits(typed.text):
        if one.semaine and one.existe:
            yield from _weekday(typed, one, reader)
    if "{date:" in typed.text:
        steps = jours(typed.act)
        for found in _FIELD.finditer(typed.text):
            day = steps.get(found["nom"])
            if day is not None and JOURS[day.weekday()] != found["semaine"].lower():
                yield _wrong(typed, found.start(), day, found["semaine"].lower())


def _weekday(typed: Typed, one: JourEcrit, reader: Reader) -> Iterator[Said]:
    day = one.date
    if day is not None:
        if JOURS[day.weekday()] != one.semaine:
            yield _wrong(typed, one.start, day, one.semaine)
        return
    act_day = day_of(typed.act, reader)
    if act_day is None:
        return
    near = [one._replace(annee=act_day.year + shift).date for shift in (0, 1, -1)]
    if all(each is None or JOURS[each.weekday()] != one.semaine for each in near) and near[0]:
        yield _wrong(typed, one.start, near[0], one.semaine)._replace(severity=ALERTE)


def _wrong(typed: Typed, start: int, day: date, weekday: str) -> Said:
    said = f"le {date_simple(day)} est un {JOURS[day.weekday()]}, pas un {weekday}"
    return Said(said, typed.place(start), "corrigez le jour ou la date")


@rule(
    "D7",
    "Une date, une heure et une période écrites dans un texte existent",
    ERREUR,
    "calendrier",
    on=PROSE,
    about=about(
        words=lambda text: _CLOCK.search(text) or may_say_days(text),
        look=lambda text: (
            (_CLOCK.search(text) and (_HOUR.search(text) or _RANGE.search(text)))
            or not all(day.existe for day in jours_ecrits(text))
            or any(a_rebours(text))
            or any(within_a_month(text))
        ),
    ),
)
def in_the_calendar(typed: Prose, reader: Reader) -> Iterator[Said]:
    """« 31 avril », « 29 février 2027 », « 24/13/2026 », « à 25 h » are told; a duration (« 35 h par
    semaine ») is no hour."""
    for one in jours_ecrits(typed.text):
        if not one.existe:
            said = shown(typed.text[one.start : one.end])
            wrong = (
                f"il n’y a pas de mois {one.mois}" if not 1 <= one.mois <= 12 else "cette date n’existe pas"
            )
            yield Said(f"{said} : {wrong}", typed.place(one.start), "vérifiez le jour et le mois")
    for start, said in a_rebours(typed.text):
        yield Said(
            f"{shown(said)} : cette période finit avant de commencer",
            typed.place(start),
            "corrigez l’un des deux jours",
        )
    for start, said in within_a_month(typed.text):
        yield Said(
            f"{shown(said)} : le second jour n’est pas après le premier",
            typed.place(start),
            "corrigez l’un des deux jours, ou écrivez aussi le premier mois",
            severity=ALERTE,
        )
    for found in (*_HOUR.finditer(typed.text), *_RANGE.finditer(typed.text)):
        late = int(found["heure"]) > 24
        before = typed.text[max(0, found.start() - 90) : found.start()]
        if (late or int(found["minutes"] or 0) > 59) and not _HOURS_OF_WORK.search(before):
            if late and not _TIMES.search(phrase(typed.text, *found.span())):
                continue
            said = shown(found["said"])
            yield Said(
                f"{said} : cette heure n’existe pas", typed.place(found.start("said")), "corrigez l’heure"
            )
