"""T5: wordings that the law no longer has, each from its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase


class _Dropped(NamedTuple):
    """A wording, the first day it is out of use, why, and what to write. `told`: it is history when its
    sentence speaks of an earlier year, or says so."""

    pattern: re.Pattern[str]
    since: date
    why: str
    hint: str
    told: bool = False


def _wording(words: str, since: str, why: str, hint: str, *, told: bool = False) -> _Dropped:
    flags = re.NOFLAG if words.startswith(r"\bRAM") else re.IGNORECASE
    return _Dropped(re.compile(words, flags), date.fromisoformat(since), why, hint, told)


_DROPPED: Final = (
    _wording(
        r"\bont\s+signé\s+(?:au|le)\s+registre|\b(?:tous\s+les\s+)?membres\s+présents\s+ont\s+signé"
        r"|\b(?:registre\s+les\s+)?signatures\s+(?:de\s+tous\s+les|des)\s+membres\s+présents\b"
        r"|\bont\s+signé\s+(?:tous\s+)?les\s+(?:membres|conseillers|élus)\s+présents|\bsigné\s+au\s+registre\s+(?:tous\s+)?les\s+membres",
        "2022-07-01",
        "depuis le 1er juillet 2022, seuls signent le président et le secrétaire de séance",
        "retirez cette formule (CGCT, art. L. 2121-23)",
    ),
    _wording(
        r"\b(?:affiché|publié|affichage)e?s?\b[^.;\n]{0,40}?\b(?:sous\s+huitaine|dans\s+la\s+huitaine|(?:sous|dans)\s+(?:les\s+)?huit\s+jours)"
        r"|\bsous\s+huitaine\b|\bdans\s+la\s+huitaine\b",
        "2022-07-01",
        "l’affichage du compte rendu sous huitaine n’existe plus depuis le 1er juillet 2022",
        "la liste des délibérations est affichée et mise en ligne dans la semaine (CGCT, art. L. 2121-25)",
    ),
    _wording(
        r"\bcompte[s]?[ -]rendus?\s+(?:sommaires?\s+)?(?:d[ue]s?\s+(?:la\s+)?"
        r"(?:précédente?\s+|derni(?:ère|er)\s+)?"
        r"(?:réunions?\s+du\s+(?=conseil))?"
        r"(?:séances?|conseils?(?:\s+(?:communautaires?|municipa(?:l|ux)|d[’']administration)"
        r"|(?=\s+(?:est|a|sont|ont|du)\b|[.,;])))|analytique"
        r"|intégral)",
        "2022-07-01",
        "le compte rendu de séance n’existe plus depuis le 1er juillet 2022",
        "écrivez « procès-verbal », ou « liste des délibérations » (CGCT, art. L. 2121-15 et L. 2121-25)",
        told=True,
    ),
    _wording(
        r"\bMademoiselles?\b|\bMesdemoiselles\b|\bMlles?\b|\bnoms?\s+de\s+jeune\s+fille\b|\bnoms?\s+patronymiques?\b|\bnoms?\s+d[’']épouse\b",
        "2012-02-21",
        "ces mots ne sont plus dans les actes depuis le 21 février 2012",
        "écrivez « Madame », « nom de famille » ou « nom d’usage » (circulaire n° 5575/SG)",
    ),
    _wording(
        r"\ben\s+bons?\s+pères?\s+de\s+famille\b",
        "2014-08-06",
        "cette formule a été supprimée par la loi n° 2014-873 du 4 août 2014, art. 26",
        "écrivez « raisonnablement »",
    ),
    _wording(
        r"\bPôle[ -]emploi\b", "2024-01-01", "Pôle emploi est France Travail depuis le 1er janvier 2024",
        "écrivez « France Travail » (loi n° 2023-1196 du 18 décembre 2023)", told=True,
    ),
    _wording(
        r"\bconseil\s+général\b(?!\s+de\s+l)|\bconseill(?:er|ère)s?\s+génér(?:al|ale|aux|ales)\b|\bprésidente?\s+du\s+conseil\s+général\b",
        "2015-04-02", "le conseil général est le conseil départemental depuis avril 2015",
        "écrivez « conseil départemental » (loi n° 2013-403 du 17 mai 2013)", told=True,
    ),
    _wording(
        r"\brelais\s+(?:d[’'])?assistant(?:e?s?|\(e\)s)\s+maternel(?:le)?s?\b|\brelais"
        r"\s+parents?[ -]assistantes?\s+maternelles?\b",
        "2021-05-21", "le relais d’assistants maternels est le relais petite enfance depuis 2021",
        "écrivez « relais petite enfance » (ordonnance n° 2021-611 du 19 mai 2021)", told=True,
    ),
    _wording(
        r"\bcontrats?[ -]enfance(?:[ -]et)?[ -]jeunesse\b",
        "2023-01-01",
        "la convention territoriale globale a pris la suite des contrats enfance jeunesse",
        "écrivez « convention territoriale globale » (circulaire Cnaf n° 2020-01 du 16 janvier 2020)",
        told=True,
    ),
    _wording(
        r"\bRAM\b", "2021-05-21", "le relais d’assistants maternels est le relais petite enfance depuis 2021",
        "écrivez « relais petite enfance » (ordonnance n° 2021-611 du 19 mai 2021)", told=True,
    ),
    _wording(
        r"\bCHSCT\b|\bcomité\s+d[’']hygiène,?\s+de\s+sécurité|\bcomité\s+technique\s+paritaire\b",
        "2023-01-01",
        "le comité social territorial l’a remplacé depuis le 1er janvier 2023",
        "écrivez « comité social territorial » (loi n° 2019-828 du 6 août 2019, art. 4)", told=True,
    ),
    _wording(
        r"\bDDCS(?:PP)?\b|\bDIRECCTE\b|\bDDASS\b|\bdirection\s+départementale\s+de\s+la\s+cohésion\s+sociale\b",
        "2021-04-01",
        "ce service de l’État n’existe plus depuis le 1er avril 2021",
        "écrivez « DDETS », « DDETSPP » ou « DREETS » (décret n° 2020-1545 du 9 décembre 2020)", told=True,
    ),
    _wording(
        r"\bcentres?\s+de\s+loisirs\s+sans\s+hébergement\b|\bCLSH\b", "2006-09-01",
        "le centre de loisirs sans hébergement est l’accueil de loisirs sans hébergement depuis 2006",
        "écrivez « accueil de loisirs » (CASF, art. R. 227-1)", told=True,
    ),
    _wording(
        r"\btrésorier[- ]payeur\s+général\b|\btrésorerie[- ]générale\b", "2012-01-01",
        "il n’y a plus de trésorier-payeur général", "écrivez « comptable public »", told=True,
    ),
)  # fmt: skip
_SOME = re.compile(
    r"registre|présents|huit|rendu|lles?\b|jeune|patronym|épouse|père|emploi|génér|relais|enfance|\bRAM\b|CHSCT|hygiène|paritaire|DDCS|DIRECCTE|DDASS|cohésion|loisirs|CLSH",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:ex-|ancien\w*|anciennement|devenue?s?|alors|à\s+l[’']époque|remplac\w+|succ[éè]d\w+|(?:pren|fai)\w+\s+(?:la\s+)?suite|transform\w+|historique\w*)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@rule(
    "T5",
    "Une formule que la loi a supprimée n’est plus écrite",
    ALERTE,
    "ordonnance n° 2021-1310 du 7 octobre 2021 ; textes cités par chaque constat",
    on=PROSE,
    about=about(look=_SOME.search),
)
def no_dropped_wording(typed: Prose, reader: Reader) -> Iterator[Said]:
    """Each wording from the day it is out of use; in a projet without a day too. A sentence that tells how
    things were called in an earlier year is left alone."""
    day = day_of(typed.act, reader)
    for one in _DROPPED:
        for found in one.pattern.finditer(typed.text) if day is None or day >= one.since else ():
            if not (one.told and _is_history(typed.text, found.start(), found.end(), one.since)):
                said = f"{shown(found[0])} : {one.why}"
                yield Said(said, typed.place(found.start()), one.hint)


def _is_history(text: str, start: int, end: int, since: date) -> bool:
    sentence = phrase(text, start, end)
    earlier = any(
        int(year[0]) < since.year or (int(year[0]) == since.year and since.month > 1)
        for year in _YEAR.finditer(sentence)
    )
    return earlier or _PAST.search(sentence) is not None
