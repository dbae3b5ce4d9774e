"""What a French text cites: acts, opinions and meetings that have taken place, with their number and day.

A date alone is no citation: a deadline, a start, a period, a meeting to come are left alone. Three strengths:
an act with its number, an opinion with its sense and a law exist, unless they are said to come (« projet de
loi », « sera fixé par délibération n° … »); an act or a meeting known by its day only is cited when the words
around say that it took place (« réunie le », « par délibération du », « a approuvé »), or in a visa.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ctgdocs.french import JOURS, MOIS_ECRIT
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import SENTENCE_END, date_of, matches

Nature = Literal["acte", "avis", "reunion", "piece"]

JOUR_ECRIT: Final = (
    rf"(?:1er|\d{{1,2}})\s+(?:{MOIS_ECRIT})\s+(?:19|20)\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d"
)
"""A day as a text says it."""

_ACT: Final = r"délibérations?|arrêtés?|décisions?|conventions?|avenants?|procès-verba(?:l|ux)|instructions?"
_LAW: Final = r"lois?|décrets?|ordonnances?|circulaires?|directives?"
_PAPER: Final = (
    r"courriers?|lettres?|courriels?|rapports?|comptes?[ -]rendus?|relevés?|demandes?|budgets?|devis"
    r"|contrats?|accords?|protocoles?|chartes?|certificats?|attestations?|jugements?|arrêts?"
)
_MEETING: Final = r"séances?|réunions?|conseils?|commissions?|comités?|bureaux?|assemblées?"
_STOP: Final = (
    r"l|les?|la|une?|ces?|cette|cet|son|sa|ses|leurs?|qui|que|qu|dont|où|à|aux?|pour|sur|par|dans|avec|sans|sous"
    r"|vers|entre|dès|depuis|jusqu|avant|après|compter|partir|relati(?:f|ve)s?|\w{2,}ant|est|sont|sera|seront"
    r"|a|ont|ne|se|s|il|elle|ils|elles|on|en|y|période|délai|terme|échéance|rentrée|exercice"
)
"""Words that end the name of a body: what follows is said of something else; so does another act."""
_FIELDS: Final = r"\{(?:instance|commune|partenaire):[^{}]*\}"
_WORD: Final = (
    rf"(?!(?:{_STOP}|{_ACT}|{_LAW}|avis)(?![\w-]))(?:[^\W\d_](?:[^\W\d_]|-)*(?![\w-])|«|»|,|{_FIELDS})"
)
_LINK: Final = r"(?:et\s+)?(?:du|des|de\s+la|de\s+l[’']|de|d[’'])"
_NAMED: Final = rf"(?:(?:\s*{_LINK})?\s*{_WORD})"
_NUMBER: Final = r"(?:[A-Z]{1,5}[-_]?)?\d[\w./-]*(?<=\w)"
_NO: Final = r"(?:n\s?[°º]s?\s?|num[ée]ros?\s+)"
_NUMBERS: Final = (
    rf"(?:{_NO}{_NUMBER}|\b(?:[A-Z]{{1,5}}[-_]?)?\d{{4}}[-_]\d{{2,3}}\b)"
    rf"(?:\s*(?:,|et|,\s*et)\s*{_NO}?{_NUMBER}(?!\w|\s*(?:{MOIS_ECRIT})))*"
)
_DONE: Final = (
    r"(?:prise?s?|adoptée?s?|votée?s?|signée?s?|rendue?s?|émise?s?|réunie?s?|tenue?s?|donnée?s?|datée?s?"
    r"|arrêtée?s?|approuvée?s?|(?:s[’']est|se\s+sont|a|ont)\s+(?:réunie?s?|tenue?s?|prononcée?s?|délibéré|statué"
    r"|siégé|approuvé|adopté|validé|voté|décidé|(?:donné|émis|rendu)\s+(?:un|son|leur)\s+avis(?:\s+\w+)?))"
)
_BY: Final = r"(?:\s+par\s+(?:le\s+|la\s+|l[’'])(?:[\w’'-]+\s+){0,6}?[\w’'-]+)?(?:\s+en\s+séance)?"
_OF: Final = (
    rf"\s*[,(]?\s*(?:du|en\s+date\s+du|(?(reunion)le|(?!))|{_DONE}{_BY}\s*,?\s+(?:le|du|en\s+date\s+du))\s+"
)
_DAY: Final = rf"(?:(?:{'|'.join(JOURS)})\s+)?(?:{JOUR_ECRIT}|\{{date:[^{{}}]*\}})(?!\s+(?:au|jusqu)\b|\w)"
_CITED = regex(
    rf"\b(?:(?P<acte>{_ACT})|(?P<loi>{_LAW})|(?P<avis>avis)|(?P<reunion>{_MEETING})"
    rf"|(?P<piece>{_PAPER}))(?![\w-])"
    rf"(?P<corps>{_NAMED}{{0,14}}?)(?=\s*,?\s*{_NUMBERS}|{_OF}{_DAY})"
    rf"(?:\s*,?\s*(?P<numeros>{_NUMBERS}))?"
    rf"(?:{_NAMED}{{0,8}}?(?P<du>{_OF})(?P<jour>{_DAY}))?"
    r"|\{(?P<renvoi>deliberation|convention):\s*(?P<id>[^{}]*?)\s*\}",
    re.IGNORECASE,
)
_HELD = regex(
    rf"(?:^|[.;:,]\s+|\n\s*|\bque\s+)(?P<said>(?:le|en\s+date\s+du)\s+(?P<jour>{_DAY})\s*,?\s+(?:le\s+|la\s+|l[’'])"
    rf"(?P<nom>{_MEETING})(?P<corps>{_NAMED}{{0,8}}?))\s*,?\s+(?:a|ont|s[’']est)\s+(?:\w+\s+)?\w+(?:é|ée|is|u|ert)\b",
    re.IGNORECASE,
    needs="assemblée|bureau|comité|commission|conseil|réunion|séance",
)
"""« Le 15 octobre 2026, le conseil communautaire a approuvé… »"""
_ANCHOR = regex(
    rf"n\s?[°º]|[^\W\d_]\s+\d{{4}}-\d{{2,3}}(?!\d)|\{{(?:deliberation|convention|date):|\b{JOUR_ECRIT}",
    re.IGNORECASE,
)
"""What every citation has: a number, a day or a field."""
_DIGITS_OF_ONE = regex(
    rf"\d(?:\d{{3}}-\d{{2,3}}(?!\d)|(?:er)?\s+(?:{MOIS_ECRIT})\s+(?:19|20)\d|[/.]\d{{1,2}}[/.](?:19|20)\d)",
    re.IGNORECASE,
)
"""The digits of a number or of a day: most texts have none, and are left at once, unless they hold another
sign."""
_FIELD = regex(r"\{date:\s*([^{}]*?)\s*\}", needs="{date:")
_DONE_ON = regex(_DONE, re.IGNORECASE)
_SENSE = regex(
    r"\b(favorable|défavorable|réservé|unanime|négatif|positif)s?\b",
    re.IGNORECASE,
    needs="favorable|négatif|positif|réservé|unanime",
)
_AVIS = regex(r"\bavis\b", re.IGNORECASE, needs="avis")


class Citation(NamedTuple):
    """What is cited, between two indexes of a text: as typed, its numbers, its day when it is typed, the
    sense of an opinion. `corps`: the words that name whose it is (« du conseil municipal de Lavol »)."""

    start: int
    end: int
    nature: Nature
    nom: str
    corps: str
    numeros: tuple[str, ...]
    jour: date | None
    sens: str
    said: str


@lru_cache(maxsize=4096)
def may_cite(text: str) -> bool:
    """Whether a text has what every citation has."""
    may = "°" in text or "º" in text or "{" in text or _DIGITS_OF_ONE.search(text) is not None
    return may and _ANCHOR.search(text) is not None


def citations(
    text: str, steps: Mapping[str, date] | None = None, *, visa: bool = False
) -> Iterator[Citation]:
    """What `text` cites. `steps` gives the days of `{date:name}`; `visa`: the text is one, so that
    all it names has taken place.

    >>> [c.said for c in citations("La délibération n° 12 du 2 mai 2026 court jusqu’au 1er juin 2027.")]
    ['délibération n° 12 du 2 mai 2026']
    >>> [c.said for c in citations("Le conseil du 15 octobre 2026 délibérera.")]
    []
    """
    return iter(_read(text, visa) if not steps else tuple(_reading(text, steps, visa)))


@lru_cache(maxsize=1024)
def _read(text: str, visa: bool) -> tuple[Citation, ...]:
    """A text is read once, whatever the number of rules that ask for what it cites."""
    return tuple(_reading(text, {}, visa))


def _reading(text: str, steps: Mapping[str, date], visa: bool) -> Iterator[Citation]:
    if not may_cite(text):
        return
    for found in matches(_CITED, text, may_cite):
        if found["renvoi"]:
            nom = "délibération" if found["renvoi"] == "deliberation" else "convention"
            yield Citation(found.start(), found.end(), "acte", nom, "", (found["id"],), None, "", found[0])
            continue
        one = _completed(_citation(found, steps), text, steps)
        if (one.numeros or one.jour) and (visa or _stands(found, one, text)):
            yield one
    for found in matches(_HELD, text, may_cite):
        said = found["said"]
        day = _day(found["jour"], steps)
        corps = " ".join(found["corps"].split())
        nom = found["nom"].lower()
        yield Citation(*found.span("said"), "reunion", nom, corps, (), day, "", " ".join(said.split()))


def avis_cite(text: str) -> Citation | None:
    """The opinion that a visa cites, with its day or without.

    >>> one = avis_cite("Vu l’avis favorable de la commission Affaires sociales")
    >>> one and (one.sens, one.jour)
    ('favorable', None)
    """
    alone = _AVIS.search(text)
    if alone is None:
        return None
    dated = next((one for one in citations(text, visa=True) if one.nature == "avis"), None)
    if dated is not None:
        return dated
    corps = text[alone.end() :].strip()
    sense = _SENSE.search(corps)
    said = sense[1].lower() if sense else ""
    return Citation(alone.start(), len(text), "avis", "avis", corps, (), None, said, text[alone.start() :])


def _citation(found: re.Match[str], steps: Mapping[str, date]) -> Citation:
    natures: tuple[Nature, ...] = ("avis", "reunion", "piece")
    nature: Nature = next((one for one in natures if found[one]), "acte")
    nom = found[nature] or found["loi"]
    corps = " ".join(found["corps"].split())
    numbers = re.findall(_NUMBER, re.sub(_NO, " ", found["numeros"] or ""))
    sense = _SENSE.search(found[0]) if nature == "avis" else None
    said = " ".join(found[0].split())
    return Citation(
        found.start(), found.end(), nature, nom.lower(), corps, tuple(numbers),
        _day(found["jour"] or "", steps), sense[1].lower() if sense else "", said,
    )  # fmt: skip


_NUMBER_AFTER = regex(rf"\s*,?\s*\(?(?:portant\s+(?:le\s+)?)?{_NO}(?P<numero>{_NUMBER})", re.IGNORECASE)
_DAY_AFTER = regex(rf"\s*[,(]\s*(?:le\s+)?(?P<jour>{_DAY})", re.IGNORECASE)


def _completed(one: Citation, text: str, steps: Mapping[str, date]) -> Citation:
    """With the number that stands after its day, or the day that stands apart from its number."""
    if one.nature != "acte" or (one.numeros and one.jour):
        return one
    if one.jour and (after := _NUMBER_AFTER.match(text, one.end)):
        said = " ".join(text[one.start : after.end()].split())
        return one._replace(numeros=(after["numero"],), end=after.end(), said=said)
    if one.numeros and (after := _DAY_AFTER.match(text, one.end)):
        said = " ".join(text[one.start : after.end()].split())
        return one._replace(jour=_day(after["jour"], steps), end=after.end(), said=said)
    return one


def _day(typed: str, steps: Mapping[str, date]) -> date | None:
    field = _FIELD.fullmatch(typed)
    typed = field[1] if field else typed
    if not typed or typed in steps:
        return steps.get(typed)
    return date_of(typed)


# --- Whether what is named has taken place


_TO_COME = regex(
    r"\b(?:(?:avant-)?projets?|propositions?)\s+(?:de\s+|d[’'])$"
    r"|\b(?:ser(?:a|ont|ait|aient)|être|soi(?:t|ent))\s+(?:\w+\s+){1,3}(?:par|de|lors\s+de|en)\s+"
    r"(?:(?:une?|la|cette|sa)\s+)?$"
    r"|\b(?:prochaine?s?|futures?)\s+$"
    r"|\b(?:adopter|approuver|voter|prendre|soumettre|examiner|préparer|proposer)\s+(?:les?\s+|la\s+|une?\s+|l[’'])$",
    re.IGNORECASE,
)
_PARTICIPLE: Final = (
    r"(?:adopt|approuv|autoris|vot|décid|valid|habilit|arrêt|fix|cré|institu|délibér|confirm|modifi|désign|act"
    r"|prononc|donn|renouvel|retir|abrog)ée?s?|(?:pris|émis)e?s?|(?:rend|él|reten)ue?s?"
)
_RESTS_ON = regex(
    r"\b(?:vu|conformément\s+(?:à|aux?)|en\s+(?:application|vertu|exécution)\s+d[eu’']|(?:à\s+la\s+)?suite\s+(?:à|de)|selon"
    r"|d[’']après|au\s+vu\s+d[eu’']|issue?s?\s+d[eu’']|rappel(?:le|ant)|modifi(?:e|ant)|abrog(?:e|eant)|"
    rf"(?:{_PARTICIPLE})\s+(?:à\s+l[’']unanimité\s+)?(?:par|lors\s+de|en|au\s+cours\s+de|dans))\s*"
    r"(?:la\s+|le\s+|les\s+|l[’']|sa\s+|son\s+|une?\s+)?$",
    re.IGNORECASE,
)
_SUBJECT = regex(
    r"(?:^|[,:«(]|\bque?|\bqu[’']|\blors\s+de|\bdans|\ben|\bau\s+cours\s+de|\bpar)\s*"
    r"(?:la\s+|le\s+|les\s+|l[’']|sa\s+|son\s+|cette\s+)?$",
    re.IGNORECASE,
)
_IN_ITS = regex(
    r"\b(?:lors\s+de|dans|au\s+cours\s+de)\s+(?:sa|son|leur)\s+$",
    re.IGNORECASE,
    needs="cours|dans|lors & leur|sa|son",
)
_VERB = regex(
    r"(?P<fait>\b(?:a|ont|avait|avaient|s[’']est|s[’']était)\s+"
    r"(?:(?:également|ainsi|déjà|alors|ensuite|notamment|bien|été)\s+){0,2}"
    r"\w+(?:é|ée|és|ées|i|ie|is|ise|u|ue|ues|us|it|ert)\b)"
    r"|\b(?!(?:retrait|extrait|portrait|attrait|trait|opéra|caméra|front)\b)\w{2,}(?:ra|ront|rait|raient)\b"
    r"|\b(?:prévue?s?|programmée?s?|envisagée?s?|attendue?s?|devr\w+|doi(?:t|vent)|qui|que|dont)\b",
    re.IGNORECASE,
)


def _stands(found: re.Match[str], one: Citation, text: str) -> bool:
    before, after = _sentence(text, found.start(), found.end())
    if _TO_COME.search(before):
        return False
    if (
        one.numeros
        or one.sens
        or found["loi"]
        or _DONE_ON.search(found["du"] or "")
        or _RESTS_ON.search(before)
    ):
        return True
    said = list(_VERB.finditer(before))[-1:] if _IN_ITS.search(before) else []
    verb = said[0] if said else _VERB.search(after) if _SUBJECT.search(before) else None
    return verb is not None and verb["fait"] is not None


def phrase(text: str, start: int, end: int) -> str:
    """The sentence around a passage of a text, at most some hundreds of signs on each side."""
    low, high = max(0, start - 400), min(len(text), end + 400)
    before, after = _sentence(text[low:high], start - low, end - low)
    return before + text[start:end] + after


def rests_on(text: str, start: int) -> bool:
    """Whether what a text cites at `start` is what it rests on: « conformément à la… », « en application
    de… »."""
    first = max((cut.end() for cut in SENTENCE_END.finditer(text, max(0, start - 400), start)), default=0)
    return _RESTS_ON.search(text[max(first, start - 60) : start]) is not None


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What its sentence says before and after a citation."""
    first = max((cut.end() for cut in SENTENCE_END.finditer(text, 0, start)), default=0)
    last = SENTENCE_END.search(text, end)
    return text[first:start], text[end : last.start() if last else len(text)]
