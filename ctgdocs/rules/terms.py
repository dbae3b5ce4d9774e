"""T8: the years and days that a document says of itself are its own, not those of another term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ctgdocs.french import date_simple, lire_lettres
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, Typed, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.jours_ecrits import JourEcrit, jours_ecrits
from ctgdocs.vocabulary.registres import CONVENTIONS

_NUMBER: Final = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)"
_SELF: Final = (
    r"(?:présente?\s+(?:convention|contrat|partenariat|accord)|elle|convention\s+est\s+(?:conclue|établie"
    r"|signée)|la\s+convention(?=\s+(?:prend|s[’']ach|court|couvre|entre|expire|commence|débute|se\s+termine)))"
)
_FROM = regex(
    rf"\b{_SELF}\b[^.;\n]{{0,60}}?\b(?:prend(?:ra)?\s+effet|entre(?:ra)?\s+en\s+vigueur|débute(?:ra)?|commence(?:ra)?|s[’']applique(?:ra)?|conclue?|établie|signée)\b[^.;\n\d]{{0,50}}?\b(?:le|au|du|dès\s+le|à\s+compter\s+du|à\s+partir\s+du)\s+$",
    re.IGNORECASE,
    needs="applique|commence|conclu|débute|effet|signée|vigueur|établie",
)
_UNTIL = regex(
    rf"\b{_SELF}\b[^.;\n]{{0,160}}?\b(?:prend(?:ra)?\s+fin|s[’']achève(?:ra)?|expire(?:ra)?|se\s+termine(?:ra)?)(?:\s+de\s+plein\s+droit)?\s+(?:le|au)\s+$"
    rf"|\b{_SELF}\b[^.;\n]{{0,60}}?\b(?:conclue?|établie|signée|consentie|court|couvre|s[’']étend|s[’']applique)\b[^.;\n]{{0,80}}?\b(?:du|compter\s+du|partir\s+du)\b[^.;\n]{{0,40}}?\b(?:au|jusqu[’']au)\s+$",
    re.IGNORECASE,
)
_LASTS = regex(
    rf"\b{_SELF}\b[^.;\n]{{0,60}}?\b(?:conclue?|établie|signée|consentie|durée)\b[^.;\n]{{0,40}}?\b(?:de\s+|pour\s+)?(?P<n>{_NUMBER})\s*(?:\(\d+\)\s+)?(?P<unit>ans?|années?|mois)\b",
    re.IGNORECASE,
    needs="conclu|consentie|durée|signée|établie",
)
_ITS_LENGTH = regex(
    rf"\bdurée\s+de\s+la\s+(?:présente\s+)?convention\s+(?:est\s+(?:fixée\s+à|de)|:)\s+(?P<n>{_NUMBER})\s*(?:\(\d+\)\s+)?(?P<unit>ans?|années?|mois)\b",
    re.IGNORECASE,
    needs="durée",
)
_ITS_YEARS = regex(
    rf"\b{_SELF}\b[^.;\n]{{0,60}}?\b(?:période|années)\s+(?:de\s+)?(?P<du>20\d\d)\s?(?:[-–/\u2011]|à|au)\s?(?P<au>20\d\d)(?![\d/-])",
    re.IGNORECASE,
    needs="années|période",
)
_END = regex(r"[.;](?=\s)|\n\s*\n")


@rule(
    "T8",
    "Une période écrite dans un texte est celle de l’acte, pas celle d’un autre terme",
    ALERTE,
    "cohérence de l’acte",
    on=PROSE,
    about=about(
        *("convention", "contrat", "partenariat", "accord", "elle", "ctg", "pedt", "éducatif"),
        *("budget", "exercice"),
        words=re.compile(r"\d{4}|\b(?:ans?|années?|mois|deux\s+mil)", re.IGNORECASE).search,
    ),
)
def its_own_term(typed: Prose, reader: Reader) -> Iterator[Said]:
    """What a convention says of its own start, end and length is what its fields say; the period of a
    convention of the contents is that one; sums are entered in the budget of the year of the act or of a
    later one. What speaks of another convention, or tells the past, is left alone."""
    if typed.act.registry == "convention":
        yield from _of_itself(typed)
    yield from _of_a_known_convention(typed, reader)
    yield from _budget_of_the_past(typed, reader)


def _of_itself(typed: Typed) -> Iterator[Said]:
    value = typed.act.value
    start, end = getattr(value, "debut", None), getattr(value, "fin", None)
    if getattr(value, "type", "") == "avenant":
        return
    for one in jours_ecrits(typed.text):
        first = max((cut.end() for cut in _END.finditer(typed.text, 0, one.start)), default=0)
        before = typed.text[max(first, one.start - 260) : one.start]
        if one.date is None or not before:
            continue
        if isinstance(start, date) and one.date != start and _FROM.search(before):
            yield _another(typed, one, "commence", start)
        elif isinstance(end, date) and one.date != end and _UNTIL.search(before) and not _FROM.search(before):
            yield _another(typed, one, "finit", end)
    if isinstance(start, date) and isinstance(end, date):
        for found in _ITS_YEARS.finditer(typed.text):
            if (int(found["du"]), int(found["au"])) != (start.year, end.year):
                message = f"« {found['du']}-{found['au']} » : la convention est de {start.year}-{end.year}"
                yield Said(message, typed.place(found.start("du")), "corrigez ces années, ou debut et fin")
        for found in (*_LASTS.finditer(typed.text), *_ITS_LENGTH.finditer(typed.text)):
            said = int(found["n"]) if found["n"].isdigit() else lire_lettres(found["n"]) or 0
            lasted = _months(start, end)
            months = said * (1 if found["unit"].lower().startswith("mois") else 12)
            if lasted and months and months != lasted:
                real = f"{lasted // 12} ans" if lasted % 12 == 0 else f"{lasted} mois"
                words = f"{found['n']} {found['unit']}"
                message = (
                    f"{shown(words)} : du {date_simple(start)} au {date_simple(end)}, la convention dure "
                    f"{real}"
                )
                yield Said(message, typed.place(found.start("n")), "corrigez la durée, ou debut et fin")


def _another(typed: Typed, one: JourEcrit, verb: str, day: date) -> Said:
    said = typed.text[one.start : one.end]
    message = f"{shown(said)} : la convention {verb} le {date_simple(day)}"
    return Said(message, typed.place(one.start), "corrigez cette date, ou debut et fin de la convention")


def _months(start: date, end: date) -> int:
    """The whole months between two days, 0 when they are none."""
    after = end + timedelta(days=1)
    return (after.year - start.year) * 12 + after.month - start.month if after.day == start.day else 0


# --- « la CTG 2027-2032 », when the contents have one of 2027-2031

_PERIOD: Final = r"(?P<du>20\d\d)\s?(?:[-–/\u2011]|à|au)\s?(?P<au>20\d\d)(?![\d/-])"
_NAMED = regex(
    rf"\b(?P<quoi>CTG|convention\s+territoriale\s+globale|PEDT|projet\s+éducatif\s+(?:de\s+territoire|territorial))\s+(?:(?:pour\s+)?(?:la\s+période|les\s+années)\s+|de\s+)?{_PERIOD}",
    re.IGNORECASE,
    needs="ctg|globale|pedt|éducatif & 20",
)


def _of_a_known_convention(typed: Typed, reader: Reader) -> Iterator[Said]:
    for found in _NAMED.finditer(typed.text) if "20" in typed.text else ():
        kind = "ctg" if found["quoi"].lower().startswith(("ctg", "conv")) else "pedt"
        said = (int(found["du"]), int(found["au"]))
        known = [
            (one.value.debut.year, one.value.fin.year)
            for one in (reader.find(CONVENTIONS, id) for id in reader.ids(CONVENTIONS))
            if one and one.value.type == kind and one.value.debut and one.value.fin
        ]
        near = next((one for one in known if (one[0] == said[0]) != (one[1] == said[1])), None)
        if near is not None and said not in known:
            period = f"{near[0]}-{near[1]}"
            words = " ".join(found[0].split())
            hint = f"vouliez-vous dire {period} ?"
            yield Said(
                f"{shown(words)} : cette convention est de {period}", typed.place(found.start("du")), hint
            )


# --- « d’inscrire les crédits au budget 2025 », in an act of 2026

_BUDGET = regex(
    r"\b(?P<fait>(?:a|ont|avai(?:t|ent)|ayant)\s+été\s+)?(?:inscri\w+|imput\w+|prévue?s?|prélevée?s?|ouverts?)\b[^.;\n]{0,60}?\b(?:budget(?:\s+(?:primitif|principal|annexe|général))*|exercice)\s+(?:(?:de\s+l[’'](?:exercice|année)|pour)\s+)?(?P<annee>20\d\d)\b",
    re.IGNORECASE,
    needs="budget|exercice & imput|inscri|ouvert|prélevé|prévu",
)


_BEARS = regex(
    r"\b(?:budget(?:\s+(?:primitif|principal|annexe|général))*|exercice)\s+(?P<annee>20\d\d)\s+(?:supportera|prendra\s+en\s+charge|financera)\b",
    re.IGNORECASE,
    needs="financera|prendra|supportera",
)


def _budget_of_the_past(typed: Typed, reader: Reader) -> Iterator[Said]:
    if "udget" not in typed.text and "xercice" not in typed.text:
        return
    to_do = [one for one in _BUDGET.finditer(typed.text) if not one["fait"] and _to_do(typed)]
    for found in (*to_do, *_BEARS.finditer(typed.text)):
        day = day_of(typed.act, reader)
        if day is not None and int(found["annee"]) < day.year:
            said = " ".join(found[0].split())
            message = f"{shown(said)} : l’acte est de {day.year}"
            yield Said(
                message, typed.place(found.start("annee")), f"écrivez {day.year}, ou dites que c’est fait"
            )


def _to_do(typed: Typed) -> bool:
    """Whether the text decides, and does not tell."""
    return (
        typed.path[:1] in (("decisions",), ("articles",))
        or re.search(r"\b(?:(?:sont|seront|sera|est)\s+|d[’'])(?:inscri|imput|prév|prélev)", typed.text)
        is not None
    )
