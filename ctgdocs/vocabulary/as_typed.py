"""Reads what an agent types: text in, Python value out, or one French sentence and a hint.

Only reading lives here; the pydantic types that use it are in scalars.py. Spaces are forgiven (a no-break
space is a space), meanings are not: what could be read in two ways is refused.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from pydantic_core import PydanticCustomError

from ctgdocs.french import JOURS, date_simple, numero_de_mois, words_in_order
from ctgdocs.french import nearest as nearest
from ctgdocs.french import slug as slug
from ctgdocs.patterns import Sought


def refused(code: str, message: str, hint: str = "", *at: str | int) -> PydanticCustomError:
    """The error a validator raises: a program word, a French sentence, what to do.

    `at` is the path of the guilty value below the validated one, for checks across fields:
    `refused("liste-double", "…", "…", "absents", 2)`.
    """
    return PydanticCustomError(
        "ctgdocs", "{message}", {"code": code, "message": message, "hint": hint, "at": at}
    )


A_COMPLETER = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]", re.IGNORECASE)
"""What a person must still write: `[à compléter : …]`, wherever it stands."""


def what_is_left(text: str, length: int = 70) -> str:
    """What is between such brackets, on one line: « à compléter : qui pilote ? » gives « qui pilote ? »."""
    inner = " ".join(text.strip("[] ").split())
    inner = re.sub(r"^à\s+compl[ée]ter\s*:?\s*", "", inner, flags=re.IGNORECASE) or "sans précision"
    return f"« {inner if len(inner) <= length else inner[: length - 1] + '…'} »"


def shown(text: str, length: int = 60) -> str:
    """Text quoted for a message, on one line and not too long."""
    line = " ".join(text.split())
    return f"« {line if len(line) <= length else line[: length - 1] + '…'} »"


# --- text -----------------------------------------------------------------------------------------------

# What no act may hold: control characters (tab and line break excepted), lone surrogates, non-characters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    """Plain `str`, in composed form (NFC: « é » is one character); control characters are refused."""
    if text.isascii() and text.isprintable():
        return str(text)
    if (found := CONTROL.search(text)) is not None:
        raise refused(
            "caractere-interdit",
            f"caractère de contrôle U+{ord(found[0]):04X} dans le texte, à la position {found.start() + 1}",
            "supprimez ce caractère invisible, souvent venu d’un copier-coller",
        )
    return unicodedata.normalize("NFC", text)


def _filled(text: str) -> str:
    if not text:
        raise refused("texte-vide", "texte vide", "écrivez la valeur, ou supprimez le champ")
    return text


def read_text(text: str) -> str:
    """One line of text: trimmed, line breaks folded into spaces, never empty."""
    if text.isprintable() and (short := text.strip()):  # one line, no control character: nearly all
        return str(short) if short.isascii() else unicodedata.normalize("NFC", short)
    text = _clean(text).strip()
    lines = text.splitlines()
    return _filled(text if len(lines) == 1 else " ".join(filter(None, map(str.strip, lines))))


def read_long_text(text: str) -> str:
    """Markdown: lines kept, blank lines around it dropped, never empty."""
    text = _clean(text)
    return _filled(text.strip("\r\n").rstrip() if text.strip() else "")


COURRIEL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+(?:[/?#][^\s<>\"{}|\\^`]*)?")


def read_email(text: str) -> str:
    """An e-mail address, as it is."""
    text = text.strip()
    if len(text) > 254 or COURRIEL.fullmatch(text) is None:
        raise refused(
            "courriel", f"{shown(text)} n’est pas une adresse électronique", "exemple : accueil@mairie.fr"
        )
    return str(text)


def read_url(text: str) -> str:
    """A web address, http or https, as it is."""
    text = text.strip()
    if _URL.fullmatch(text) is None:
        raise refused(
            "url", f"{shown(text)} n’est pas une adresse de site", "exemple : https://www.mairie.fr"
        )
    return str(text)


IDENTIFIANT = re.compile(r"[a-z0-9][a-z0-9-]{0,99}|[A-Z][A-Z0-9]{0,9}[-_]?[0-9][A-Z0-9_-]{0,40}")


def bad_identifier(text: str) -> tuple[str, str]:
    """(message, hint) for what is not an identifier."""
    proposal = slug(text)
    message = f"{shown(text)} n’est pas un identifiant : minuscules sans accent, chiffres et tirets"
    return message, f"écrivez « {proposal} »" if proposal else "exemple : durand-claire"


def without_number_sign(text: str) -> str:
    """« n° 2026-045 » as the number it says."""
    return re.sub(r"^[nN]°\s*", "", text.strip())


def read_identifier(text: str) -> str:
    """A slug (`durand-claire`) or the number of an act (`2026-045`, `DL-2019-38`, « n° 2026-045 »)."""
    text = without_number_sign(text)
    if IDENTIFIANT.fullmatch(text) is None:
        raise refused("identifiant", *bad_identifier(text))
    return str(text)


SENTENCE_END = re.compile(r"[.!?…;\n](?:(?<!\n)(?=\s)(?<!\b[A-Zn].)(?<!\bart.)|(?<=\n)\s*(?:\n|(?=[-*|])))")
"""Where a sentence, a paragraph or an item ends: « art. 3 » and « M. Petit » are not cut."""
_CUT = re.compile(r"\n\s*\n|\n\s*(?=[-*|])")


def matches(pattern: Sought, text: str, holds: Callable[[str], object]) -> Iterator[re.Match[str]]:
    """What a pattern that costs much finds in the paragraphs and items of a text that hold what it needs."""
    start = 0
    for end in [*(cut.start() for cut in _CUT.finditer(text)), len(text)]:
        if holds(text[start:end]):
            yield from pattern.finditer(text, start, end)
        start = end


# --- yes or no, numbers -----------------------------------------------------------------------------------


def read_yes_no(text: str) -> bool:
    """`oui` or `non`, whatever the capitals."""
    word = text.strip().lower()
    if word == "oui":
        return True
    if word == "non":
        return False
    hint = {"oui": "écrivez « oui »", "non": "écrivez « non »"}.get(
        _other_yes_no(word), "écrivez « oui » ou « non »"
    )
    raise refused("oui-non", f"attendu oui ou non, trouvé {shown(text)}", hint)


def _other_yes_no(word: str) -> str:
    if word in {"true", "yes", "vrai", "o", "y", "1", "on", "x", "ok"}:
        return "oui"
    return "non" if word in {"false", "no", "faux", "n", "0", "off"} else ""


_SPACE = "[ \u00a0\u2009\u202f]"
_ENTIER = re.compile(rf"(?P<moins>[-−])?(?P<chiffres>\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)", re.ASCII)
_MONTANT = re.compile(
    rf"{_ENTIER.pattern}(?:[.,](?P<decimales>\d{{1,2}}))?(?:{_SPACE}*(?:€|euros?|EUR))?", re.ASCII
)
_PAS_UN_CHIFFRE = re.compile(r"[^0-9]")

LARGEST_AMOUNT = 15
"""Digits of the largest sum in euros: far over the State's budget, and well within what Decimal keeps."""


def read_integer(text: str) -> int:
    """A whole number: `27`, `12 500`."""
    found = _ENTIER.fullmatch(text.strip()) if len(text) <= 30 else None
    if found is None:
        raise refused("entier", f"{shown(text)} n’est pas un nombre entier", "exemple : 27")
    number = int(_PAS_UN_CHIFFRE.sub("", found["chiffres"]))
    return -number if found["moins"] else number


def read_amount(text: str) -> Decimal:
    """A sum in euros: `12500`, `12 500,00`, `12 500 €`, `12500.50`; two decimals at most."""
    if len(text) <= LARGEST_AMOUNT and text.isdecimal() and text.isascii():
        return Decimal(f"{text}.00")
    found = _MONTANT.fullmatch(text.strip()) if len(text) <= 40 else None
    if found is None:
        raise refused("montant", f"{shown(text)} n’est pas un montant", _amount_hint(text))
    digits = _PAS_UN_CHIFFRE.sub("", found["chiffres"])
    if len(digits.lstrip("0")) > LARGEST_AMOUNT:
        raise refused("montant", f"{shown(text)} est un montant trop grand", "vérifiez le nombre de chiffres")
    sign = "-" if found["moins"] else ""
    return Decimal(f"{sign}{digits}.{found['decimales'] or '0'}").quantize(Decimal("0.01"))


def _amount_hint(text: str) -> str:
    if re.search(r"[.,]\d{3,}", text):
        return "séparez les milliers par une espace et les centimes par une virgule : 12 500,00"
    return "exemple : 12 500,00"


# --- dates and hours --------------------------------------------------------------------------------------

_DATE = re.compile(
    rf"(?:le\s+)?(?:(?P<jour_nomme>{'|'.join(JOURS)})\s+)?(?:le\s+)?(?:"
    r"(?P<annee>[0-9]{4})-(?P<mois>[0-9]{1,2})-(?P<jour>[0-9]{1,2})"
    r"|(?P<jour2>[0-9]{1,2})[/.](?P<mois2>[0-9]{1,2})[/.](?P<annee2>[0-9]{4})"
    r"|(?P<jour3>1er|[0-9]{1,2})\s+(?P<mois_nomme>[a-zéèû]{3,9})\s+(?P<annee3>[0-9]{4}))",
    re.IGNORECASE,
)
_EXEMPLE_DE_DATE = "exemple : 2026-09-24 ou 24/09/2026"


@lru_cache(maxsize=4096)
def read_date(text: str) -> datetime.date:
    """`2026-09-24`, `24/09/2026`, « 24 septembre 2026 », « jeudi 24 septembre 2026 », « 1er octobre 2026 ».

    A weekday that is not the date's is refused with the code of rule D1.
    """
    text = unicodedata.normalize("NFC", text.strip())
    found = _DATE.fullmatch(text) if len(text) <= 60 else None
    if found is None:
        hint = _EXEMPLE_DE_DATE
        if re.fullmatch(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}", text):
            hint = "écrivez l’année sur quatre chiffres : " + hint
        raise refused("date", f"{shown(text)} n’est pas une date", hint)
    date = _calendar_date(text, found)
    weekday = found["jour_nomme"]
    if weekday and weekday.lower() != JOURS[date.weekday()]:
        raise refused(
            "D1",
            f"le {date_simple(date)} est un {JOURS[date.weekday()]}, pas un {weekday.lower()}",
            "corrigez le jour ou la date",
        )
    return date


def _calendar_date(text: str, found: re.Match[str]) -> datetime.date:
    if found["mois_nomme"]:
        month = numero_de_mois(found["mois_nomme"]) or 0
        if not month:
            raise refused("date", f"« {found['mois_nomme']} » n’est pas un mois", _EXEMPLE_DE_DATE)
    else:
        month = int(found["mois"] or found["mois2"])
    day = int((found["jour"] or found["jour2"] or found["jour3"]).removesuffix("er").removesuffix("ER"))
    year = int(found["annee"] or found["annee2"] or found["annee3"])
    if month > 12:
        raise refused(
            "date", f"{shown(text)} : il n’y a pas de mois {month}", "écrivez le jour avant le mois"
        )
    if not 1789 <= year <= 2199:
        raise refused("date", f"{shown(text)} : l’année {year:04} n’est pas vraisemblable", _EXEMPLE_DE_DATE)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise refused(
            "date", f"{shown(text)} n’existe pas dans le calendrier", "vérifiez le jour et le mois"
        ) from None


_HEURE = re.compile(
    r"(?:à\s*)?(?P<heure>[0-9]{1,2})\s*(?:(?P<signe>:|h|heures?)\s*(?P<minutes>[0-9]{2})?)", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def read_hour(text: str) -> datetime.time:
    """`18:30`, `18h30`, `18 h 30`, `18h`."""
    found = _HEURE.fullmatch(text.strip()) if len(text) <= 30 else None
    if found is None or (found["signe"] == ":" and not found["minutes"]):
        raise refused("heure", f"{shown(text)} n’est pas une heure", "exemple : 18:30 ou 18 h 30")
    hour, minutes = int(found["heure"]), int(found["minutes"] or 0)
    if hour > 23 or minutes > 59:
        raise refused("heure", f"{shown(text)} n’existe pas : les heures vont de 0 h 00 à 23 h 59")
    return datetime.time(hour, minutes)


# --- « Vouliez-vous dire … ? »: the known word nearest to an unknown one


_NOT_A_NAME = frozenset(["m", "mme", "monsieur", "madame", "le", "la", "les", "l", "n"])


def date_of(typed: str) -> datetime.date | None:
    """The day that a text is; None when it is none."""
    try:
        return read_date(" ".join(typed.split()))
    except PydanticCustomError:
        return None


def day_of(typed: str) -> str:
    """The day that a text is, as `2026-09-24`; "" when it is none."""
    day = date_of(typed)
    return day.isoformat() if day else ""


def fitting(typed: str, known: Mapping[str, str]) -> list[str]:
    """The ids that are called by what stands in the place of one: a name as printed, a part of it, a day.
    `known` maps ids to the words of their entry.

    >>> fitting("Mme Martin", {"martin-paul": "Paul Martin", "martin-zoe": "Zoé Martin", "roy-jean": ""})
    ['martin-paul', 'martin-zoe']
    >>> fitting("24/09/2026", {"2026-09-24": "", "rentree": "2026-09-25"})
    ['2026-09-24']
    """
    words = set(slug(day_of(typed) or typed).split("-")) - _NOT_A_NAME - {""}
    if not words:
        return []
    by_name = [id for id, said in known.items() if words <= set(slug(said).split("-"))]
    return by_name or [id for id, said in known.items() if words <= set(slug(f"{id} {said}").split("-"))]


def meant(typed: str, known: Mapping[str, str]) -> list[str]:
    """The ids that fit; when none does, the nearest one, which is only to be proposed.

    >>> meant("Mme Martn", {"martin-paul": "Paul Martin", "roy-jean": "Jean Roy"})
    ['martin-paul']
    """
    found = fitting(typed, known)
    if found or day_of(typed):
        return found
    words = words_in_order("-".join(set(slug(typed).split("-")) - _NOT_A_NAME))
    by_name = {words_in_order(slug(said)): id for id, said in known.items() if said}
    near = nearest(words, known) or by_name.get(nearest(words, by_name) or "")
    return [near] if near else []


def one_of(ids: Sequence[str], instead: str) -> str:
    """What to do when these ids may have been meant; `instead` when none was."""
    if not ids:
        return instead
    shown_ids = " ou ".join(f"« {id} »" for id in ids[:6])
    return f"vouliez-vous dire {shown_ids} ?" if len(ids) <= 6 else f"précisez : {shown_ids}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: « : vouliez-vous dire « rapporteur » ? », empty when nothing is near."""
    found = nearest(word, known)
    return f" : vouliez-vous dire « {found} » ?" if found else ""
