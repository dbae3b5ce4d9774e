"""Numbers in running text: dates, hours, ordinals, thousands, decimals, units, ranges of years
(T4, T5, T6, T7, T10, T12, T25).

One regular expression reads each number with what surrounds it. A number glued to a letter, a hyphen, a dot
or a slash is an identifier; so is what follows `SIRET`, `n°`, `page`, `compte`…; five digits before a capital
are a postal code; nine digits or more, without a unit, are a SIREN, a telephone or an account.

No possessive quantifier here: Python 3.11.2, which Debian 12 carries, loses matches with them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ctgdocs.french.dates import date_longue
from ctgdocs.french.mots import MONTH
from ctgdocs.french.nombres import group_thousands
from ctgdocs.french.profil import NBSP, Profil
from ctgdocs.french.protection import HARD, SOFT
from ctgdocs.patterns import regex

_SP: Final = "[ \u00a0\u202f]"
_MARKS: Final = HARD + SOFT

_SYMBOLS: Final = "k€|M€|Md€|€|%|‰|m²|m³|km²|km|ha|ETP|°C"
_NOUNS: Final = (
    "euros?|centimes?|habitants?|enfants?|agents?|familles?|allocataires?|places?|heures?|jours?|mois|personnes?|"
    "élèves?|foyers?|logements?|communes?|usagers?|jeunes?|ménages?|électeurs?|mètres?|hectares?|kilomètres?|"
    "actes?|dossiers?|exemplaires?|bénéficiaires?|assistantes?|berceaux|repas|journées|séances|tonnes?|litres?|kg"
)
_NUMBER: Final = regex(
    rf"""
    (?P<n>\d(?<![\w.,/:_@\\#=°&{_MARKS}].)(?<![^\s(«“][-+].)(?<![^\s(][–−].)\d*)(?!\d)
    (?:
        /(?P<month_n>\d{{1,2}})/(?P<year>\d{{4}})(?![\w/-]|[.,]\d|{_SP}*[€%‰hH])
      | (?P<ordinal>(?:i?[èe]me|[èe]re|è|nde?)s?)(?![\w-])
      | (?P<hgroup>(?:{_SP}\d{{3}})?)(?P<hsp>{_SP}?)(?P<h>[hH])
        (?:(?:\u00a0|[ ](?!\d\d{_SP}\d))?(?P<minutes>[0-5]\d(?!{_SP}*[hH])))?
        (?P<until>[-–]\d{{1,2}}{_SP}?[hH](?:{_SP}?[0-5]\d)?)?(?![\w-]|’\w)
      | (?:er|ER)?{_SP}+(?P<month>(?i:{MONTH}))(?![\w-])
      | (?P<first>(?={_SP}(?:et|au|ou|à){_SP}\d{{1,2}}{_SP}(?i:{MONTH})(?![\w-])))
      | (?P<groups>(?:{_SP}\d{{3}}(?!\d))*)(?!{_SP}\d{{3}}(?!\d))(?P<decimals>[.,]\d+(?!\d))?
        (?:(?P<usp>{_SP}*)(?P<symbol>{_SYMBOLS})(?![\w}}])
          |(?P<nsp>{_SP}+)(?P<noun>{_NOUNS})(?![\w-])
          |(?![\w°]|[-–/:.,@\\][^\W_]))
    )
    """,
    re.VERBOSE,
)
_IDENTIFIED: Final = regex(
    r"(?:n°s?|N°s?|\bnos|(?i:num[ée]ro|siret|siren|rna|nir|insee|ape|naf|codes?|postal|cp|bp|cs|tsa|cedex|pp?\.|pages?|compte|"
    r"chapitre|articles?|art\.|imputation|nature|référence|réf\.|dossier|identifiant|t[ée]l\.|t[ée]l|téléphone|loi|"
    r"décret|arrêté|ordonnance|délibération|finess|parcelle|matricule|rcs|isbn))[\s:.\u00a0\u202f]*$"
)
_YEAR_BEFORE: Final = regex(
    rf"(?i:\b(?:en|années?|an|depuis|fin|début|courant|dès|exercice|budget|rentrée|été|{MONTH})){_SP}$"
)
_POSTAL_AFTER: Final = regex(rf"\s+[*_]{{0,2}}(?:[A-ZÀÂÇÉÈÊÎÔŒ{_MARKS}]|cedex)")
_NUMBER_BEFORE: Final = regex(rf"\d{_SP}$")
_TOWN_BEFORE: Final = regex(rf"(?:^|[\s’])[A-ZÀÂÇÉÈÊÎÔŒ][\w’-]*{_SP}\($")
_MONTHS: Final = {"fevrier": "février", "aout": "août", "decembre": "décembre"}
_UNTIL: Final = regex(rf"([-–])(\d{{1,2}}){_SP}?[hH](?:{_SP}?(\d\d))?")


def quantities(text: str, profil: Profil) -> str:
    """Every number of `text` as the house writes it.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> quantities("12%, 18h30, 01/03/2026, 82500 Beaumont", DEFAUT).replace(NBSP, "~")
    '12~%, 18~h~30, 1er~mars 2026, 82500 Beaumont'
    """

    def write(match: re.Match[str]) -> str:
        if match["year"]:
            return _numeric_date(match, profil)
        if match["ordinal"]:
            return _ordinal(match)
        if match["h"]:
            return _hours(match, profil)
        if match["month"]:
            return _day_and_month(match)
        if match["first"] is not None:
            return "1er" if int(match["n"]) == 1 else match["n"]
        return _quantity(match, profil)

    return _NUMBER.sub(write, text)


def _numeric_date(match: re.Match[str], profil: Profil) -> str:
    try:
        day = date(int(match["year"]), int(match["month_n"]), int(match["n"]))
    except ValueError:
        return match[0]
    if not 1789 <= day.year <= 2199 or _identified(match):
        return match[0]
    return date_longue(day, profil)


def _ordinal(match: re.Match[str]) -> str:
    suffix = match["ordinal"]
    plural = "s" if suffix.endswith("s") else ""
    if suffix.startswith("nd"):
        return match["n"] + suffix[1:]
    return match["n"] + ("re" if suffix[1:3] == "re" else "e") + plural


def _hours(match: re.Match[str], profil: Profil) -> str:
    hours, minutes, until = match["n"] + match["hgroup"][1:], match["minutes"], match["until"]
    if len(hours) > 5 or (match["h"] == "H" and match["hsp"] and not minutes):
        return match[0]
    text = _hour(hours, minutes, profil)
    if until and (end := _UNTIL.fullmatch(until)):
        text += end[1] + _hour(end[2], end[3], profil)
    return text


def _hour(hours: str, minutes: str | None, profil: Profil) -> str:
    text = f"{group_thousands(hours.lstrip('0') or '0', profil)}{NBSP}h"
    return text if minutes in (None, "00") else f"{text}{NBSP}{minutes}"


def _day_and_month(match: re.Match[str]) -> str:
    number, month = match["n"], match["month"]
    if not 1 <= int(number) <= 31 or len(number) > 2:
        return match[0]
    if not month.isupper():
        month = month.lower()
        month = _MONTHS.get(month, month)
    day = int(number)
    return f"{'1er' if day == 1 else day}{NBSP}{month}"


def _quantity(match: re.Match[str], profil: Profil) -> str:
    number, symbol, noun = match["n"], match["symbol"], match["noun"]
    decimals = match["decimals"] or ""
    if _is_quantity(match):
        figures = number + "".join(letter for letter in match["groups"] if letter.isdigit())
        text = group_thousands(figures, profil) if len(figures) > 3 else figures
        if decimals:
            text += "," + decimals[1:] + ("0" if symbol == "€" and len(decimals) == 2 else "")
    else:
        text = number + match["groups"] + decimals
    if symbol:
        glued_letters = not match["usp"] and symbol.isalpha()
        return text + ("" if glued_letters else NBSP) + symbol
    if noun:
        if noun in ("euros", "centimes") and _below_two(number, match["groups"]):
            noun = noun[:-1]
        return text + match["nsp"] + noun
    return text


def _is_quantity(match: re.Match[str]) -> bool:
    """Whether the number is an amount of something, to be grouped; else it is left as typed."""
    number, groups, decimals = match["n"], match["groups"], match["decimals"] or ""
    unit = bool(match["symbol"] or match["noun"])
    if (len(number) > 1 and number[0] == "0") or (number == "0" and groups):
        return False
    if decimals.startswith(".") and (len(decimals) > 3 or (len(decimals) == 4 and unit)):
        return False  # 12.500 €: thousands or decimals, the author knows
    if not unit and match.string[match.start() - 1 : match.start()] == "+":
        return False  # an international telephone
    if groups:
        return _is_grouped_quantity(match, unit)
    if len(number) % 3 == 0 and _NUMBER_BEFORE.search(match.string, max(0, match.start() - 2), match.start()):
        return False  # cut in threes, it would read on from the number before it
    if unit:
        noun = match["noun"] or ""
        if len(number) >= 9 and noun and not noun.startswith(("euro", "centime")):
            return False  # « 20006665500018 commune d’Esparsac »: a SIRET, then the next word
        return not (_is_year(number) and noun and _year_comes(match))
    if decimals:
        return (
            4 <= len(number) <= 12 and len(decimals) <= 3 and not _is_year(number) and not _identified(match)
        )
    if not 5 <= len(number) <= 8 or _identified(match):
        return False
    return not (len(number) == 5 and _is_postal(match))


def _is_grouped_quantity(match: re.Match[str], unit: bool) -> bool:
    text, number, groups = match.string, match["n"], match["groups"]
    if len(number) > 3 or re.search(rf"\d{_SP}$", text[max(0, match.start() - 2) : match.start()]):
        return False
    if unit or match["decimals"]:
        return True
    if re.match(rf"{_SP}?\d", text[match.end() : match.end() + 2]) or (len(number) == 3 and len(groups) == 8):
        return False  # a telephone, a SIRET, a SIREN
    return not _identified(match)


def _is_postal(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return _TOWN_BEFORE.search(text, max(0, start - 40), start) is not None
    return _POSTAL_AFTER.match(text, end) is not None


def _identified(match: re.Match[str]) -> bool:
    return _IDENTIFIED.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _year_comes(match: re.Match[str]) -> bool:
    return _YEAR_BEFORE.search(match.string, max(0, match.start() - 14), match.start()) is not None


def _below_two(number: str, groups: str) -> bool:
    return not groups and number in ("0", "1")


_RANGE: Final = regex(r"(?:19|20)(?<![\w.,/:_@°-]..)\d\d(?P<dash>[-–])(?:19|20)\d\d(?![\w/@]|-\w|\.\d)")


def year_ranges(text: str, profil: Profil) -> str:
    """`2027-2031` with the house's dash.

    >>> year_ranges("2027-2031, loi n° 2019-2020", Profil(tiret="demi-cadratin"))
    '2027–2031, loi n° 2019-2020'
    """
    dash = "-" if profil.tiret == "trait d’union" else "–"

    def write(match: re.Match[str]) -> str:
        first, last = int(match[0][:4]), int(match[0][5:])
        if not first < last <= first + 50 or _identified(match):
            return match[0]
        return f"{first}{dash}{last}"

    return _RANGE.sub(write, text)
