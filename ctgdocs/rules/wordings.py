"""T5: wordings that the law no longer has, each from its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ctgdocs.patterns import Sought, regex
from ctgdocs.rules.rule import ALERTE, PROSE, Prose, Said, about, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase


class _Dropped(NamedTuple):
    """A wording, the first day it is out of use, why, and what to write. `signs`: what a text that says it
    holds, in small letters. `told`: it is history when its sentence speaks of an earlier year, or says so."""

    pattern: Sought
    since: date
    why: str
    hint: str
    signs: tuple[str, ...]
    told: bool = False


def _wording(words: str, since: str, why: str, hint: str, *signs: str, told: bool = False) -> _Dropped:
    flags = re.NOFLAG if words.startswith(r"\bRAM") else re.IGNORECASE
    return _Dropped(regex(words, flags), date.fromisoformat(since), why, hint, signs, told)


_STAFF: Final = (
    r"(?:agents?|emplois?|effectifs|personnels?|RIFSEEP|temps\s+de\s+travail|organisation\s+des\s+services"
    r"|lignes\s+directrices|comptes?[-\s]épargne[-\s]temps"
    r"|télétravail|astreintes?|postes?)"
)
_STAFF_AFTER: Final = rf"(?!\s+et\s+(?:le\s+|du\s+)?comité)[^.;:\n]{{0,60}}?\b{_STAFF}\b"
_STAFF_BEFORE: Final = rf"\b{_STAFF}\b[^.;:\n]{{0,60}}?"
"""A comité technique of the staff: that of a project keeps its name."""

_FORMER_REGIONS: Final = (
    r"Midi-Pyrénées|Languedoc-Roussillon|Aquitaine|Limousin|Poitou-Charentes|Rhône-Alpes|Auvergne(?!-Rhône)|Bourgogne(?!-Franche)"
    r"|Franche-Comté|Alsace|Lorraine|Champagne-Ardenne|Picardie|Nord-Pas-de-Calais|Haute-Normandie|Basse-Normandie"
).replace("-", r"[-\s]")

_DROPPED: Final = (
    _wording(
        r"\bont\s+signé\s+(?:au|le)\s+registre|\b(?:tous\s+les\s+)?membres\s+présents\s+ont\s+signé"
        r"|\b(?:registre\s+les\s+)?signatures\s+(?:de\s+tous\s+les|des)\s+membres\s+présents\b"
        r"|\bont\s+signé\s+(?:tous\s+)?les\s+(?:membres|conseillers|élus)\s+présents|\bsigné\s+au\s+registre\s+(?:tous\s+)?les\s+membres"
        r"|\b(?:signature\s+du|signé\s+le)\s+registre\b[^.;\n]{0,30}?\bpar\s+(?:tous\s+les|l[’']ensemble\s+des|les)\s+(?:membres|conseillers|élus)"
        r"|\bregistre\b[^.;\n]{0,30}?\b(?:est|sera|a\s+été)\s+signé\s+par\s+(?:tous\s+les|l[’']ensemble\s+des|les)\s+(?:membres|conseillers|élus)",
        "2022-07-01",
        "depuis le 1er juillet 2022, seuls signent le président et le secrétaire de séance",
        "retirez cette formule (CGCT, art. L. 2121-23)",
        "registre", "présents",
    ),
    _wording(
        r"\b(?:affiché|publié|affichage)e?s?\b[^.;\n]{0,60}?\b(?:sous\s+huitaine|dans\s+la\s+huitaine|(?:sous|dans)\s+(?:les\s+|un\s+délai\s+de\s+)?(?:huit|8)\s+jours)"
        r"|\bsous\s+huitaine\b|\bdans\s+la\s+huitaine\b",
        "2022-07-01",
        "l’affichage du compte rendu sous huitaine n’existe plus depuis le 1er juillet 2022",
        "la liste des délibérations est affichée et mise en ligne dans la semaine (CGCT, art. L. 2121-25)",
        "huit", "8 jours",
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
        "rendu", told=True,
    ),
    _wording(
        r"\bMademoiselles?\b|\bMesdemoiselles\b|\bMlles?\b|\bnoms?\s+de\s+jeune\s+fille\b|\bnoms?\s+patronymiques?\b|\bnoms?\s+d[’']épouse\b",
        "2012-02-21",
        "ces mots ne sont plus dans les actes depuis le 21 février 2012",
        "écrivez « Madame », « nom de famille » ou « nom d’usage » (circulaire n° 5575/SG)",
        "demoiselle", "mlle", "jeune", "patronym", "épouse",
    ),
    _wording(
        r"\ben\s+bons?\s+pères?\s+de\s+famille\b",
        "2014-08-06",
        "cette formule a été supprimée par la loi n° 2014-873 du 4 août 2014, art. 26",
        "écrivez « raisonnablement »",
        "père",
    ),
    _wording(
        r"\bPôle[ -]emploi\b", "2024-01-01", "Pôle emploi est France Travail depuis le 1er janvier 2024",
        "écrivez « France Travail » (loi n° 2023-1196 du 18 décembre 2023)", "pôle", told=True,
    ),
    _wording(
        r"\bconseil\s+général\b(?!\s+de\s+l)|\bconseill(?:er|ère)s?\s+génér(?:al|ale|aux|ales)\b|\bprésidente?\s+du\s+conseil\s+général\b",
        "2015-04-02", "le conseil général est le conseil départemental depuis avril 2015",
        "écrivez « conseil départemental » (loi n° 2013-403 du 17 mai 2013)", "génér", told=True,
    ),
    _wording(
        r"\brelais\s+(?:d[’'])?assistant(?:e?s?|\(e\)s)\s+maternel(?:le)?s?\b|\brelais"
        r"\s+parents?[ -]assistantes?\s+maternelles?\b",
        "2021-05-21", "le relais d’assistants maternels est le relais petite enfance depuis 2021",
        "écrivez « relais petite enfance » (ordonnance n° 2021-611 du 19 mai 2021)", "assistant", told=True,
    ),
    _wording(
        r"\bcontrats?[ -]enfance(?:[ -]et)?[ -]jeunesse\b",
        "2023-01-01",
        "la convention territoriale globale a pris la suite des contrats enfance jeunesse",
        "écrivez « convention territoriale globale » (circulaire Cnaf n° 2020-01 du 16 janvier 2020)",
        "jeunesse", told=True,
    ),
    _wording(
        r"\bRAM\b", "2021-05-21", "le relais d’assistants maternels est le relais petite enfance depuis 2021",
        "écrivez « relais petite enfance » (ordonnance n° 2021-611 du 19 mai 2021)", "ram", told=True,
    ),
    _wording(
        r"\bCHSCT\b|\bcomité\s+d[’']hygiène,?\s+de\s+sécurité|\bcomité\s+technique\s+paritaire\b",
        "2023-01-01",
        "le comité social territorial l’a remplacé depuis le 1er janvier 2023",
        "écrivez « comité social territorial » (loi n° 2019-828 du 6 août 2019, art. 4)",
        "chsct", "hygiène", "paritaire", told=True,
    ),
    _wording(
        r"\bDDCS(?:PP)?\b|\bDIRECCTE\b|\bDDASS\b|\bdirection\s+départementale\s+de\s+la\s+cohésion\s+sociale\b",
        "2021-04-01",
        "ce service de l’État n’existe plus depuis le 1er avril 2021",
        "écrivez « DDETS », « DDETSPP » ou « DREETS » (décret n° 2020-1545 du 9 décembre 2020)",
        "ddcs", "direccte", "ddass", "cohésion", told=True,
    ),
    _wording(
        r"\bcentres?\s+de\s+loisirs\s+sans\s+hébergement\b|\bCLSH\b", "2006-09-01",
        "le centre de loisirs sans hébergement est l’accueil de loisirs sans hébergement depuis 2006",
        "écrivez « accueil de loisirs » (CASF, art. R. 227-1)", "hébergement", "clsh", told=True,
    ),
    _wording(
        r"\btrésorier[- ]payeur\s+général\b|\btrésorerie[- ]générale\b"
        r"|(?<!organisme )\b(?:receveurs?[- ])?percepteurs?\b",
        "2012-01-01",
        "il n’y a plus de trésorier-payeur général ni de percepteur", "écrivez « comptable public »",
        "payeur", "trésorerie", "percepteur", told=True,
    ),
    _wording(
        r"\bcomité\s+technique(?=\s+(?:commun|compétent|intercommunal|placé|local\s+d[eu]s?\s+agents|d[uo]u?\s+centre\s+(?:départemental\s+)?de\s+gestion|(?:du|auprès\s+du)\s+CDG)\b)"
        rf"|\bcomité\s+technique\b(?={_STAFF_AFTER})|(?:{_STAFF_BEFORE})(?P<said>\bcomité\s+technique\b)(?!\s+(?:et\s+(?:le\s+|du\s+)?comité|d[eu]))",
        "2023-01-01",
        "le comité social territorial l’a remplacé depuis le 1er janvier 2023",
        "écrivez « comité social territorial » (loi n° 2019-828 du 6 août 2019, art. 4)",
        "technique", told=True,
    ),
    _wording(
        r"\bchefs?\s+de\s+famille\b", "1970-07-01",
        "il n’y a plus de chef de famille depuis la loi du 4 juin 1970",
        "écrivez « les parents », « les responsables légaux » ou « le foyer » (loi n° 70-459 du 4 juin 1970)",
        "chef", told=True,
    ),
    _wording(
        r"\b(?:instruction|nomenclature|comptabilité|référentiel|plan\s+de\s+comptes)\s+(?:budgétaire\s+|comptable\s+|et\s+|codificatrice\s+)*M\s?(?:14|52|61|71)\b",
        "2024-01-01", "la nomenclature M57 l’a remplacée depuis le 1er janvier 2024",
        "écrivez « M57 » (CGCT, art. L. 5217-10-1 et suivants)",
        "instruction", "nomenclature", "comptab", "référentiel", "comptes", told=True,
    ),
    _wording(
        r"\b(?:DRASS|DDAS|ARH)\b|\bagences?\s+régionales?\s+de\s+l[’']hospitalisation\b", "2010-04-01",
        "l’agence régionale de santé l’a remplacée depuis le 1er avril 2010",
        "écrivez « ARS » ou « DREETS » (loi n° 2009-879 du 21 juillet 2009)",
        "drass", "ddas", "arh", "hospitalisation", told=True,
    ),
    _wording(
        r"\bRMI\b|\brevenu\s+minimum\s+d[’']insertion\b|\ballocation\s+(?:de\s+)?parent\s+isolé\b",
        "2009-06-01",
        "le revenu de solidarité active l’a remplacé depuis le 1er juin 2009",
        "écrivez « RSA » (loi n° 2008-1249 du 1er décembre 2008)", "rmi", "minimum", "isolé", told=True,
    ),
    _wording(
        r"\bCRAM\b|\bcaisses?\s+régionales?\s+d[’']assurance[\s-]+maladie\b", "2010-07-01",
        "la Carsat l’a remplacée depuis le 1er juillet 2010",
        "écrivez « Carsat » (loi n° 2009-879 du 21 juillet 2009)", "cram", "caisse", told=True,
    ),
    _wording(
        r"\btaxe\s+professionnelle\b(?!\s+unique)", "2010-01-01",
        "la taxe professionnelle n’existe plus depuis 2010",
        "écrivez « cotisation foncière des entreprises » (loi n° 2009-1673 du 30 décembre 2009)",
        "professionnelle", told=True,
    ),
    _wording(
        r"(?:\d|\ben)\s?(?:francs|FRF)\b(?!\s+(?:suisses|CF[AP]))"
        r"|\b\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d\d)?\s?F\b(?!-|\.\w)",
        "2002-01-01", "le franc n’a plus cours depuis 2002", "écrivez ce montant en euros", "franc", "frf",
        *(f"{digit}{space}f" for digit in range(10) for space in " \u00a0"), told=True,
    ),
    _wording(
        r"\bCOTOREP\b|\bcommissions?\s+départementales?\s+de\s+l[’']éducation\s+spéciale\b|\bCDES\b",
        "2006-01-01",
        "la maison départementale des personnes handicapées l’a remplacée depuis 2006",
        "écrivez « MDPH » ou « CDAPH » (loi n° 2005-102 du 11 février 2005)", "cotorep", "spéciale", "cdes",
        told=True,
    ),
    _wording(
        r"\bcentres?\s+d[’']aide\s+par\s+le\s+travail\b", "2006-01-01",
        "le centre d’aide par le travail est un établissement et service d’aide par le travail depuis 2006",
        "écrivez « ESAT » (loi n° 2005-102 du 11 février 2005)", "par le travail", told=True,
    ),
    _wording(
        r"\bbureaux?\s+d[’']aide\s+sociale\b", "1986-01-06",
        "le bureau d’aide sociale est le CCAS depuis 1986",
        "écrivez « centre communal d’action sociale » (loi n° 86-17 du 6 janvier 1986)",
        "aide sociale", told=True,
    ),
    _wording(
        r"\bANPE\b|\bASSEDIC\b", "2009-01-01", "cet organisme est France Travail aujourd’hui",
        "écrivez « France Travail » (loi n° 2023-1196 du 18 décembre 2023)", "anpe", "assedic", told=True,
    ),
    _wording(
        r"\binspections?\s+académiques?\b", "2012-02-01",
        "l’inspection académique n’existe plus depuis 2012",
        "écrivez « direction des services départementaux de l’éducation nationale » (décret n° 2012-16)",
        "académique", told=True,
    ),
    _wording(
        rf"\brégions?\s+(?:{_FORMER_REGIONS})\b"
        rf"|\b(?:chambre\s+régionale\s+des\s+comptes|agence\s+régionale\s+de\s+santé|conseil\s+régional|CRC|ARS)\s+(?:de\s+la\s+|de\s+l[’']|du\s+|des\s+|de\s+|d[’'])?(?:{_FORMER_REGIONS})\b",
        "2016-01-01", "cette région a fusionné le 1er janvier 2016",
        "écrivez le nom de la région d’aujourd’hui (loi n° 2015-29 du 16 janvier 2015)",
        "région", "crc", "ars ", told=True,
    ),
    _wording(
        r"(?<!\()\bRSI\b(?![^.;\n]{0,80}\b(?:informati|système|numérique|réseau))|\brégime\s+social\s+des\s+indépendants\b",
        "2018-01-01",
        "la Sécurité sociale des indépendants l’a remplacé depuis le 1er janvier 2018",
        "écrivez « régime général » ou « Urssaf » (loi n° 2017-1836 du 30 décembre 2017, art. 15)",
        "rsi", "indépendants", told=True,
    ),
    _wording(
        r"\bCLIS\b|\bclasses?\s+(?:d[’']intégration|pour\s+l[’']inclusion)\s+scolaire\b", "2015-09-01",
        "la classe pour l’inclusion scolaire est une unité localisée (Ulis) depuis le 1er septembre 2015",
        "écrivez « Ulis école » (circulaire n° 2015-129 du 21 août 2015)",
        "clis", "intégration", "inclusion", told=True,
    ),
    _wording(
        r"\bcommissions?\s+(?:départementales?\s+)?de\s+réforme\b|\bcomités?\s+médica(?:l|ux)\b",
        "2022-02-01",
        "le conseil médical a remplacé le comité médical et la commission de réforme le 1er février 2022",
        "écrivez « conseil médical » (décret n° 2022-350 du 11 mars 2022)", "réforme", "médica", told=True,
    ),
    _wording(
        r"\bDDJS\b|\bDRJSCS\b", "2021-01-01",
        "ce service de l’État n’existe plus depuis le 1er janvier 2021",
        "écrivez « SDJES » ou « DRAJES » (décret n° 2020-1542 du 9 décembre 2020)",
        "ddjs", "drjscs", told=True,
    ),
    _wording(
        r"\bIUFM\b", "2013-09-01", "l’IUFM n’existe plus depuis le 1er septembre 2013",
        "écrivez « Inspé » (loi n° 2019-791 du 26 juillet 2019)", "iufm", told=True,
    ),
    _wording(
        r"(?<!\()\bDGE\b(?!\s+des\b|[^.;\n]{0,80}\bentreprise)|\bdotation\s+globale\s+d[’']équipement\b(?!\s+des\s+départements)",
        "2011-01-01", "la dotation d’équipement des territoires ruraux l’a remplacée depuis 2011",
        "écrivez « DETR » (loi n° 2010-1657 du 29 décembre 2010, art. 179)", "dge", "équipement", told=True,
    ),
    _wording(
        r"\bcontrats?\s+temps\s+libres?\b|\bcontrats?\s+petite\s+enfance\b(?!\s+(?:et|jeunesse))",
        "2007-01-01",
        "la convention territoriale globale a pris la suite des contrats enfance et temps libre",
        "écrivez « convention territoriale globale » (circulaire Cnaf n° 2020-01 du 16 janvier 2020)",
        "temps libre", "petite enfance", told=True,
    ),
    _wording(
        r"\bCIVIS\b|\bcontrats?\s+d[’']insertion\s+dans\s+la\s+vie\s+sociale\b", "2017-01-01",
        "le parcours contractualisé d’accompagnement l’a remplacé depuis le 1er janvier 2017",
        "écrivez « PACEA » (loi n° 2016-1088 du 8 août 2016, art. 46)", "civis", "vie sociale", told=True,
    ),
    _wording(
        r"\btaxe\s+d[’']habitation\s+(?:sur|des|pour)\s+(?:les\s+)?résidences?\s+principales?\b",
        "2023-01-01", "elle n’est plus due depuis le 1er janvier 2023",
        "vérifiez la ressource citée (loi n° 2019-1479 du 28 décembre 2019, art. 16)",
        "habitation", told=True,
    ),
)  # fmt: skip
_SIGNS: Final = tuple(sign for one in _DROPPED for sign in one.signs)
_PAST = regex(
    r"\b(?:ex-|ancien\w*|anciennement|devenue?s?|alors|à\s+l[’']époque|remplac\w+|succ[éè]d\w+|(?:pren|fai)\w+\s+(?:la\s+)?suite|transform\w+|historique\w*)\b",
    re.IGNORECASE,
    needs="alors|ancien|devenu|ex-|historique|remplac|succ|suite|transform|époque",
)
_YEAR = regex(r"\b(?:19|20)\d\d\b")


@rule(
    "T5",
    "Une formule que la loi a supprimée n’est plus écrite",
    ALERTE,
    "ordonnance n° 2021-1310 du 7 octobre 2021 ; textes cités par chaque constat",
    on=PROSE,
    about=about(*_SIGNS),
)
def no_dropped_wording(typed: Prose, reader: Reader) -> Iterator[Said]:
    """Each wording from the day it is out of use; in a projet without a day too. A sentence that tells how
    things were called in an earlier year is left alone."""
    day, small = day_of(typed.act, reader), typed.text.lower()
    for one in _DROPPED:
        said = any(sign in small for sign in one.signs) and (day is None or day >= one.since)
        for found in one.pattern.finditer(typed.text) if said else ():
            if not (one.told and _is_history(typed.text, found.start(), found.end(), one.since)):
                group = "said" if found.groupdict().get("said") else 0
                message = f"{shown(found[group])} : {one.why}"
                yield Said(message, typed.place(found.start(group)), one.hint)


def _is_history(text: str, start: int, end: int, since: date) -> bool:
    sentence = phrase(text, start, end)
    earlier = any(
        int(year[0]) < since.year or (int(year[0]) == since.year and since.month > 1)
        for year in _YEAR.finditer(sentence)
    )
    return earlier or _PAST.search(sentence) is not None
