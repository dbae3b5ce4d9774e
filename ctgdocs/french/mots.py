"""Words: accents of capitals, civilities, capitals of months and functions, elision of `de`, ligatures
(T11, T12, T17, T21 to T23, T25)."""

from __future__ import annotations

import re
from typing import Final

from ctgdocs.french.dates import JOURS, MOIS, MOIS_ECRIT
from ctgdocs.french.lieux import elision
from ctgdocs.french.profil import NBSP, Profil
from ctgdocs.french.signes import HARD, SOFT
from ctgdocs.french.tables import bare, words

_EXTRA: Final = {"Cafs": "Caf", "CAFs": "CAF"}


def _accents() -> dict[str, str]:
    """Bare word → word with its accents (T22); partly accented spellings (`DÉLIBERATION`) are found too."""
    table = dict(_EXTRA)
    for word in words("accents.txt"):
        table[bare(word)] = word
        if word[0] in "ÉÀ":
            table["E" + word[1:]] = word  # only the capital lost its accent: Ecole is bare, Elément is not
            table[word[0] + bare(word[1:])] = word
    return {bare: word for bare, word in table.items() if bare != word}


_MARK: Final = HARD + SOFT
_SP: Final = "[ \u00a0\u202f]"

# --- words that begin with a capital --------------------------------------------------------------------

_CAPITALISED: Final = re.compile(r"[A-ZÀÂÇÉÈÊËÎÏÔÛÜŒ](?<![\w@#&=+/\\.-].)(?:\w|-(?=\w))+(?![@#&=+/\\]|\.\w)")
_WEEKDAYS: Final = frozenset(day.capitalize() for day in JOURS)
_MONTHS: Final = {form.capitalize(): month for month in MOIS for form in (month, bare(month))}
_DATE_FOLLOWS: Final = re.compile(
    rf"{_SP}+\d{{1,2}}(?:er)?(?:/\d|{_SP}+(?:{MOIS_ECRIT})(?!\w))", re.IGNORECASE
)
_MONTH_PRECEDED: Final = re.compile(
    rf"(?:(?<!\d)\d{{1,2}}(?:er)?|\b(?:en|de|à|et|au|depuis|fin|début|courant|dès|jusqu’en|jusqu’à)){_SP}+$"
    r"|(?:\bd’|\bmi-)$"
)


def with_accents(text: str) -> str:
    """Accents on known words in capitals, and no capital on the day and month of a date.

    >>> with_accents("REPUBLIQUE FRANCAISE, Etat"), with_accents("Lundi 2 Mars 2026")
    ('RÉPUBLIQUE FRANÇAISE, État', 'lundi 2 mars 2026')
    """
    return _CAPITALISED.sub(_accented, text)


_KNOWN: Final = _accents() | dict.fromkeys(_WEEKDAYS, "") | dict.fromkeys(_MONTHS, "")


def _accented(match: re.Match[str]) -> str:
    word = match[0]
    known = _KNOWN.get(word)
    if known:
        return known
    if known is None:
        return word
    if word in _WEEKDAYS:
        return word.lower() if _DATE_FOLLOWS.match(match.string, match.end()) else word
    before = match.string[max(0, match.start() - 12) : match.start()]
    return _MONTHS[word] if _MONTH_PRECEDED.search(before) else word


# --- À ----------------------------------------------------------------------------------------------------

_FOLLOWERS: Final = (
    r"l’|la\ |cet(?:te)?\ |ces?\ |ses?\ |son\ |sa\ |leurs?\ |notre\ |votre\ |compter\ |partir\ |titre\ |"
    r"défaut\ |noter|savoir|mains?\ lev|bulletins?\ |huis\ |dater\ |propos|raison\ |hauteur\ |chaque\ |"
    r"travers\ |moins\ |nouveau|terme|cause\ |côté\ |peine\ |toutes?\ |tous\ |bientôt|proximité|"
    r"destination\ |réception\ |échéance|effet\ |fin\ de|cela|quel|qui\ |vingt|dix"
)
_A: Final = re.compile(
    rf"""A(?<![\w’.\-/@{_MARK}].){_SP}+(?:
        (?P<always>L’UNANIMIT|LA\ MAJORIT|MAIN\ LEV|HUIS\ CLOS|BULLETIN|COMPTER\ DU|L’ISSUE|TITRE\ |\d\d?H)
      | {_FOLLOWERS} | \d{{1,2}}{_SP}?h | [A-ZÉÎ][\w’-]+(?:{_SP}[\w’-]+){{0,4}},{_SP}le{_SP}
    )""",
    re.VERBOSE,
)
_SENTENCE_START: Final = frozenset(".!?…:;«“(–—•*>|#-_\n")


def grave_a(text: str) -> str:
    """`A l’unanimité` → `À l’unanimité`, where a sentence begins and a preposition is meant."""
    return _A.sub(_grave_a, text)


def _grave_a(match: re.Match[str]) -> str:
    before = match.string[: match.start()].rstrip(" \t\u00a0\u202f") if match["always"] is None else ""
    starts = not before or before[-1] in _SENTENCE_START
    return "À" + match[0][1:] if starts else match[0]


# --- civilities -------------------------------------------------------------------------------------------

_CIVILITY: Final = re.compile(
    rf"""M(?<![\w’.\-/@].)(?P<form>rs?|mes?|elles?|lles?|M|)(?P<dot>\.?)
    (?:(?P<sp>{_SP}*)(?=(?P<name>[A-ZÀÂÇÉÈÊÎÔŒ{_MARK}]|l(?:es?|a){_SP}|l’|et{_SP}))|(?![\w.\-/@']))""",
    re.VERBOSE,
)
_CIVILITIES: Final = {
    "": "M.",
    "r": "M.",
    "M": "MM.",
    "rs": "MM.",
    "me": "Mme",
    "elle": "Mme",
    "lle": "Mme",
    "mes": "Mmes",
    "elles": "Mmes",
    "lles": "Mmes",
}
_LONG: Final = {"M.": "Monsieur", "Mme": "Madame"}


def civilities(text: str, profil: Profil) -> str:
    """`Mr Dupont` → `M. Dupont`, bound; `M. le Maire` → `Monsieur le Maire` in such a house."""
    long = profil.civilite == "Monsieur"

    def write(match: re.Match[str]) -> str:
        form, name, spaces = match["form"], match["name"], match["sp"]
        if form in ("", "M") and not (match["dot"] and name):
            return match[0]  # a lone M, or an abbreviation that nothing follows
        if form in ("r", "rs") and not name:
            return match[0]
        if name and not spaces and not match["dot"]:
            return match[0]
        civility = _CIVILITIES[form]
        if name is None:
            return civility
        if name.startswith("et"):
            return civility + " "
        if long and name.startswith("l") and civility in _LONG:
            return f"{_LONG[civility]} "
        return civility + NBSP

    return _CIVILITY.sub(write, text)


# --- functions (T23) ------------------------------------------------------------------------------------

_FUNCTIONS: Final = "aire|résidente?|réfète?|réfet|ice-[Pp]résidente?|ous-[Pp]réf(?:et|ète)|apporteure?"
_LOWERED: Final = re.compile(rf"[MPVSR](?<=[ \u00a0].)(?:{_FUNCTIONS})(?!\w|-|{_SP}de{_SP}la{_SP}République)")
_RAISED: Final = re.compile(rf"[mpvsr](?<=[ \u00a0].)(?:{_FUNCTIONS})(?!\w|-)")
_DETERMINED: Final = re.compile(
    rf"(?P<before>.?.?{_SP}|^|[(«“—–])(?P<the>[Ll]e|[Ll]a|du|au|de la|à la){_SP}$", re.DOTALL
)
_CIVIL: Final = re.compile(
    rf"(?:\bM\.|\bMm?e?\.?|Monsieur|Madame|Messieurs|Mesdames){_SP}+(?:le|la|du){_SP}$"
)


def functions(text: str, profil: Profil) -> str:
    """`le Maire` → `le maire`, or the other way round, by profile; never after a civility."""
    lower = profil.fonctions == "minuscules"

    def write(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - 24) : match.start()]
        the = _DETERMINED.search(before)
        if the is None or _CIVIL.search(before):
            return match[0]
        if the["the"][0] == "L" and match.string[: match.start()].rstrip()[:-2].rstrip()[-1:] not in _STARTS:
            return match[0]  # « Bruno Le Maire » is a name
        word = match[0]
        return word.lower() if lower else word[0].upper() + word[1:]

    return (_LOWERED if lower else _RAISED).sub(write, text)


_STARTS: Final = frozenset(["", ".", "!", "?", "…", ":", ";", "«", "“", "(", "–", "—"])

# --- de ---------------------------------------------------------------------------------------------------

_DE: Final = re.compile(rf"[dD](?<![\w’.\-/@].)(?P<e>e{_SP}|’)(?P<name>[AEÉÈÊIÎOÔUHYŒL][a-zà-ÿœ][\w’-]*)")
_PLACES: Final = re.compile(
    r"(?:communes?|villes?|mairies?|maires?|cantons?|villages?|syndicats?|SIVOM|SIVU|PETR|CCAS|CIAS|écoles?|crèches?|"
    r"communauté|intercommunalité|conseil|conseillère?|habitants|centre|paroisse|hameau|gare|pays|arrondissement|"
    rf"COMMUNE|SYNDICAT|MAIRIE|VILLE){_SP}$",
)
_AFTER_LE: Final = re.compile(rf"{_SP}(?=[A-ZÀ-ÖØ-Þ])")


def de_elided(text: str) -> str:
    """Elision of `de` before a place in a vowel, contraction of `de Le` after a word that announces a place.

    Without that word, « de Le Goff » is a person.

    >>> de_elided("commune de Le Causol, avis de Le Goff, commune de Esparnac, SIVOM D’Ayen")
    'commune du Causol, avis de Le Goff, commune d’Esparnac, SIVOM d’Ayen'
    """
    return _DE.sub(_de_elided, text)


def _de_elided(match: re.Match[str]) -> str:
    whole, name = match[0], match["name"]
    introduced = _PLACES.search(match.string, max(0, match.start() - 20), match.start()) is not None
    if match["e"] == "’":
        return "d" + whole[1:] if introduced and whole[0] == "D" else whole
    if name[0] == "L":
        follows = _AFTER_LE.match(match.string, match.end()) if introduced else None
        if follows is None or name not in ("Le", "Les"):
            return whole
        return "du" if name == "Le" else "des"
    if name[0] in "HY" and not introduced:
        return whole
    return f"{whole[0]}’{name}" if elision(name) else whole


# --- ligatures --------------------------------------------------------------------------------------------

_OE: Final = re.compile(
    r"""(?i:oe)(?i:
        (?<=\b..)(?=uvr|ufs?\b|il\b|illet|illère|cum[ée]|soph|d[èe]me|nolog|nom[eè]tr|strog)
      | (?<=[cs]..)(?=urs?\b|ureux|ur-)
      | (?<=(?:man|dés|-d’)..)(?=uvr) | (?<=v..)(?=ux?\b) | (?<=n..)(?=uds?\b|udal) | (?<=b..)(?=ufs?\b)
      | (?<=\bm..)(?=urs\b) | (?<=\bf..)(?=tus\b|tal|taux) | (?<=ch..)(?=urs?\b) | (?<=éc..)(?=ur)
    )""",
    re.VERBOSE,
)


def ligatures(text: str) -> str:
    """`oeuvre` → `œuvre`, `COEUR` → `CŒUR`; `moelle` and `coexister` have none.

    >>> ligatures("oeuvre, soeur, VOEUX, main-d’oeuvre, moelle, coexister, Joel")
    'œuvre, sœur, VŒUX, main-d’œuvre, moelle, coexister, Joel'
    """
    if "oe" in text or "OE" in text or "Oe" in text:
        return _OE.sub(lambda match: "œ" if match[0][0] == "o" else "Œ", text)
    return text
