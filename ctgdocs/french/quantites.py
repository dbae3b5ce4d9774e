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

from ctgdocs.french.dates import MOIS, MOIS_ECRIT, date_longue, numero_de_mois
from ctgdocs.french.nombres import group_thousands
from ctgdocs.french.profil import NBSP, NO_BREAK_HYPHEN, Profil
from ctgdocs.french.signes import HARD, SOFT

# --- References in running text: `n°`, articles of the act, articles of a code, Roman ordinals (T7, T8, T9)


_SP: Final = "[ \u00a0\u202f]"

_NUMERO: Final = re.compile(
    rf"""[nN](?<![\w’.\-/@].)(?:
        (?P<sign>[°º]){_SP}?(?P<s>s(?={_SP}|\d))?{_SP}*(?=\d|[A-Z]{{1,5}}[-\d])
      | (?P<os>os){_SP}+(?=\d) | o(?:\.{_SP}*|{_SP}+)(?=\d)
    )""",
    re.VERBOSE,
)


def numeros(text: str) -> str:
    """`N°12`, `no 12` → `n° 12`; `nos 12 et 13`; a heading in capitals keeps its `N°`.

    >>> numeros("N°12, no 13, nos 14 et 15, DÉLIBÉRATION N° 45").replace(NBSP, "~")
    'n°~12, n°~13, nos~14 et 15, DÉLIBÉRATION N°~45'
    """
    return _NUMERO.sub(_numero, text)


def _numero(match: re.Match[str]) -> str:
    if match["os"] or match["s"]:
        return f"{match[0][0] if match['os'] else 'n'}os{NBSP}"
    before = match.string[max(0, match.start() - 16) : match.start()].rstrip(" \u00a0\u202f")
    heading = match[0][0] == "N" and before[-2:].isalpha() and before[-2:].isupper() and len(before) > 1
    return ("N°" if heading else "n°") + NBSP


_ARTICLE: Final = re.compile(
    rf"""(?P<word>[aA](?<!\w.)(?<![-_/@.].)(?:rticle|rt\.|RTICLE|RT\.)(?P<s>[sS]?))(?P<sp>{_SP}*)
    (?:(?P<one>1(?:er|ER)?|[pP]remier|PREMIER)(?P<end>(?![\w°%€/']|[.,’-]\d|{_SP}+\d|-\w|{_SP}*(?:[%€‰]|[kM]d?€|[hH](?!\w))))|(?=\d|[LRDA]{_SP}?[.\d]))""",
    re.VERBOSE,
)
_LINE_START: Final = re.compile(r"(?:^|\n)[ \t>#*_]*$")
_LINE_END: Final = re.compile(rf"[*_]*(?:[ \t]*(?:\n|$)|{_SP}*[–—:.-](?:\s|$))")


def articles(text: str, profil: Profil) -> str:
    """`article 1` → `article 1er`; alone on its line it is a heading: `Article 1er`; `art.` keeps its number.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> articles("article 1", DEFAUT), articles("selon l’article 1 et l’art. 2", DEFAUT).replace(NBSP, "~")
    ('Article 1er', 'selon l’article 1er et l’art.~2')
    """

    def write(match: re.Match[str]) -> str:
        word, one, spaces = match["word"], match["one"], match["sp"]
        abbreviated = word.endswith(".")
        if not spaces and not abbreviated:
            return match[0]
        if one is not None:
            one = _first(one, word, profil)
        elif match["s"] or abbreviated:
            pass
        elif word == "article" and re.match(r"\d+", text[match.end() :]) is None:
            return match[0]
        if word == "article":
            end = re.compile(r"\d{0,4}").match(text, match.end())
            after = end.end() if end is not None else match.end()
            if _LINE_START.search(text, 0, match.start()) and _LINE_END.match(text, after):
                word = "Article"
        return word + (NBSP if abbreviated else spaces) + (one or "")

    return _ARTICLE.sub(write, text)


def _first(one: str, word: str, profil: Profil) -> str:
    """How the house numbers its first article, after the word `word`."""
    typed_word = one.lower() == "premier"
    if profil.article == "premier":
        return "PREMIER" if word.isupper() else "premier"
    if typed_word:
        return one
    return "1er"


_CODE: Final = re.compile(
    rf"""(?P<letter>[LRDA])(?<![\w’.\-/@_°].)(?P<dot>\.?)(?P<sp>{_SP}*)
    (?P<number>\d{{1,4}}(?:-[1-9]\d{{0,3}})*)(?![\w/@]|-\w|\.\d)""",
    re.VERBOSE,
)
_IN_ARTICLE: Final = re.compile(
    r"(?:\b[aA]rticles?|\b[aA]rt\.|ARTICLES?)(?:[ \u00a0\u202f,\d-]|et|ou|à|[LRDA]\.?)*$"
)


def codes(text: str, profil: Profil) -> str:
    """Articles of a code in their own form: `L2121-17` → `L. 2121-17` (or `L2121-17` everywhere, T8).

    A letter and a number are an article of a code when the number has a hyphen and three digits before it, or
    when the word article comes before; `D2026-045`, an act's number, is left alone.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> codes("L2121-17, R. 2121-9, D2026-045, D 928, article A 12", DEFAUT).replace(NBSP, "~")
    'L.~2121-17, R.~2121-9, D2026-045, D 928, article A.~12'
    """

    def write(match: re.Match[str]) -> str:
        number = match["number"]
        head, hyphen, _ = number.partition("-")
        sure = bool(hyphen) and match["letter"] != "A" and len(head) >= (2 if match["dot"] else 3)
        if sure and len(head) == 4 and head[:2] in ("19", "20") and not match["dot"]:
            sure = False  # D2026-045, L2025-12: the year of an act
        if not sure and not _IN_ARTICLE.search(match.string, max(0, match.start() - 60), match.start()):
            return match[0]
        if profil.reference == "sans point":
            return match["letter"] + number
        return f"{match['letter']}.{NBSP}{number}"

    return _CODE.sub(write, text)


_ROMAN: Final = re.compile(
    r"[IVXLC](?<![\w’.\-/@_].)[IVXLC]*(?![IVXLC])(?:i?[èe]me|(?<=I)[èe]re|è)(?P<s>s?)(?![\w-])"
)


def romans(text: str) -> str:
    """`XXIème` → `XXIe`, `Ière` → `Ire`.

    >>> romans("le XXIème siècle, la Vème République, la Cère")
    'le XXIe siècle, la Ve République, la Cère'
    """
    return _ROMAN.sub(_roman, text)


def _roman(match: re.Match[str]) -> str:
    numeral = re.match(r"[IVXLC]+", match[0])
    assert numeral is not None
    return numeral[0] + ("re" if match[0].rstrip("s").endswith(("ère", "ere")) else "e") + match["s"]


_MARKS: Final = HARD + SOFT

_SYMBOLS: Final = "k€|M€|Md€|€|%|‰|m²|m³|km²|km|ha|ETP|°C"
_MEASURES: Final = "euros?|centimes?|heures?|jours?|mois|mètres?|hectares?|kilomètres?|tonnes?|litres?|kg"
_COUNTED: Final = (
    "habitants?|enfants?|agents?|familles?|allocataires?|places?|personnes?|élèves?|foyers?|logements?|communes?|"
    "usagers?|jeunes?|ménages?|électeurs?|actes?|dossiers?|exemplaires?|bénéficiaires?|assistantes?|berceaux|"
    "repas|journées|séances"
)
_NUMBER: Final = re.compile(
    rf"""
    (?P<n>\d(?<![\w.,/:_@\\#=°&{_MARKS}].)(?<![^\s(«“][-+].)(?<![^\s(][–−].)\d*)(?!\d)
    (?:
        /(?P<month_n>\d{{1,2}})/(?P<year>\d{{4}})(?![\w/-]|[.,]\d|{_SP}*(?:[€%‰]|[hH](?![\w-])))
      | (?P<ordinal>(?:i?[èe]me|[èe]re|è|nde?)s?)(?![\w-])
      | (?P<hgroup>(?:{_SP}\d{{3}})?)(?P<hsp>{_SP}?)(?P<h>[hH])
        (?:(?:\u00a0|[ ](?!\d\d{_SP}\d))?(?P<minutes>[0-5]\d(?!{_SP}*[hH](?![\w-]))))?
        (?P<until>[-–]\d{{1,2}}{_SP}?[hH](?:{_SP}?[0-5]\d)?)?(?![\w-]|’\w)
      | (?:er|ER)?{_SP}+(?P<month>(?i:{MOIS_ECRIT}))(?![\w-])
      | (?P<first>(?={_SP}(?:et|au|ou|à){_SP}\d{{1,2}}{_SP}(?i:{MOIS_ECRIT})(?![\w-])))
      | (?P<groups>(?:{_SP}\d{{3}}(?!\d))*)(?!{_SP}\d{{3}}(?!\d))(?P<decimals>[.,]\d+(?!\d))?
        (?:(?P<usp>{_SP}*)(?P<symbol>{_SYMBOLS})(?![\w}}])
          |(?P<nsp>{_SP}+)(?P<noun>(?P<measure>{_MEASURES})|{_COUNTED})(?![\w-])
          |(?![\w°]|[-–/:.,@\\][^\W_]))
    )
    """,
    re.VERBOSE,
)
_IDENTIFIED: Final = re.compile(
    r"(?:n°s?|N°s?|\bnos|(?i:num[ée]ro|siret|siren|rna|nir|insee|ape|naf|codes?|postal|cp|bp|cs|tsa|cedex|pp?\.|pages?|compte|"
    r"chapitre|articles?|art\.|imputation|nature|référence|réf\.|dossier|identifiant|t[ée]l\.|t[ée]l|téléphone|loi|"
    r"décret|arrêté|ordonnance|délibération|finess|parcelle|matricule|rcs|isbn))[\s:.\u00a0\u202f]*$"
)
_YEAR_BEFORE: Final = re.compile(
    rf"(?i:\b(?:en|années?|an|depuis|fin|début|courant|dès|exercice|budget|rentrée|été|{MOIS_ECRIT})){_SP}$"
)
_POSTAL_AFTER: Final = re.compile(rf"\s+[*_]{{0,2}}(?:[A-ZÀÂÇÉÈÊÎÔŒ{_MARKS}]|cedex)")
_NUMBER_BEFORE: Final = re.compile(rf"\d{_SP}$")
_LONGEST_TOWN: Final = 45  # letters: Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson
_TOWN_BEFORE: Final = re.compile(rf"(?:^|[\s’])[A-ZÀÂÇÉÈÊÎÔŒ][\w’-]*{_SP}\($")
_UNTIL: Final = re.compile(rf"([-–])(\d{{1,2}}){_SP}?[hH](?:{_SP}?(\d\d))?")


_TELEPHONE: Final = re.compile(
    r"(?<![\w.,/@=-])0[1-9](?P<sign>[.-]?)(?:\d\d(?P=sign)){3}\d\d(?![\w/@-]|[.,]\d)"
)


def telephones(text: str) -> str:
    """A telephone, ten digits from 0, two by two.

    >>> telephones("au 0536490036").replace(NBSP, "~")
    'au 05~36~49~00~36'
    """
    return _TELEPHONE.sub(_two_by_two, text)


def _two_by_two(match: re.Match[str]) -> str:
    digits = match[0].replace(match["sign"], "") if match["sign"] else match[0]
    return NBSP.join(digits[at : at + 2] for at in range(0, 10, 2))


def quantities(text: str, profil: Profil) -> str:
    """Every number of `text` as the house writes it.

    >>> from ctgdocs.french.profil import DEFAUT
    >>> quantities("12%, 18h30, 01/03/2026, 82990 Belmaure", DEFAUT).replace(NBSP, "~")
    '12~%, 18~h~30, 1er~mars 2026, 82990 Belmaure'
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
        month = MOIS[(numero_de_mois(month) or 0) - 1]
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
    if decimals.startswith(".") and match["noun"] and not match["measure"]:
        unit = False  # « 8.2 commune de… »: half a commune is a code
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
            return False  # « 99999001300016 commune d’Esparnac »: a SIRET, then the next word
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
        return _TOWN_BEFORE.search(text, max(0, start - _LONGEST_TOWN - 3), start) is not None
    return _POSTAL_AFTER.match(text, end) is not None


def _identified(match: re.Match[str]) -> bool:
    return _IDENTIFIED.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20")


def _year_comes(match: re.Match[str]) -> bool:
    return _YEAR_BEFORE.search(match.string, max(0, match.start() - 14), match.start()) is not None


def _below_two(number: str, groups: str) -> bool:
    return not groups and number in ("0", "1")


_RANGE: Final = re.compile(r"(?:19|20)(?<![\w.,/:_@°-]..)\d\d[-–\u2011](?:19|20)\d\d(?![\w/@]|-\w|\.\d)")


def year_ranges(text: str, profil: Profil) -> str:
    """`2027-2031` with the house's dash; its hyphen lets no line end between the two years.

    >>> year_ranges("2027-2031, loi n° 2019-2020", Profil(tiret="demi-cadratin"))
    '2027–2031, loi n° 2019-2020'
    """
    dash = NO_BREAK_HYPHEN if profil.tiret == "trait d’union" else "–"

    def write(match: re.Match[str]) -> str:
        first, last = int(match[0][:4]), int(match[0][5:])
        if not first < last <= first + 50 or _identified(match):
            return match[0]
        return f"{first}{dash}{last}"

    return _RANGE.sub(write, text)
