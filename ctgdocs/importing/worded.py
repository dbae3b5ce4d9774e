"""Days, hours and names as an act says them, in figures or in letters; and the words that end and certify it:
its place and day, who signs, the stamps of the préfecture, the formulas that every act has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ctgdocs.french import MOIS, en_lettres, slug
from ctgdocs.vocabulary.appellations import Nomme, civilite_of, read_person
from ctgdocs.vocabulary.as_typed import day_of

_BARE = {"é": "e", "è": "e", "ê": "e", "à": "a", "ô": "o", "î": "i"}


def compiled(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern whose letters may have lost their accents: « étaient » finds « Etaient », « ETAIENT ».

    >>> bool(compiled("arrêté n[°º]").match("ARRETE N°"))
    True
    """
    written, inside = "", False
    for at, sign in enumerate(pattern):
        inside = sign == "[" or (inside and sign != "]") if pattern[at - 1 : at] != "\\" else inside
        bare = _BARE.get(sign, "")
        written += f"{sign}{bare}" if inside else f"[{sign}{bare}]" if bare else sign
    return re.compile(written, flags)


LONGEST_DAY = 400
"""Signs in which a day is looked for."""
MONTHS: Final = "|".join(MOIS)
DAY = (
    rf"(?:\d{{1,2}}(?:er)?|[a-zé-]+(?:[\s-][a-zé]+)?)\s+(?:{MONTHS})(?:\s+(?:\d{{4}}|deux[\s-]mil(?:le)?[a-z\s-]*))?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)


@cache
def _words() -> dict[str, int]:
    """Numbers in letters, by their slug: days of a month, hours, minutes, years."""
    numbers = {slug(en_lettres(n)): n for n in (*range(60), *range(1990, 2061))}
    years = {re.sub(r"^deux-mille-", "deux-mil-", name): n for name, n in numbers.items() if n > 1999}
    feminine = {slug(en_lettres(n, feminin=True)): n for n in range(60)}
    return {**numbers, **years, **feminine, "premier": 1, "midi": 12}


def a_number(typed: str) -> int | None:
    """A number in figures or in letters; None when it is none.

    >>> a_number("vingt et un"), a_number("2024"), a_number("deux mil vingt-quatre")
    (21, 2024, 2024)
    """
    typed = typed.strip()
    digits = re.fullmatch(r"(\d+)(?:er)?", typed)
    return int(digits[1]) if digits else _words().get(slug(typed))


_SAID = compiled(
    rf"(?P<day>\d{{1,2}}(?:er)?|[a-zé-]+(?:\set\s[a-z]+)?)\s+(?P<month>{MONTHS})\b(?:\s+(?P<year>\d{{4}}|deux[\s-]mil[\w\s-]*))?"
)


def a_day(typed: str, year: int | None = None) -> str:
    """The day that a text says, in figures or in letters, as 2024-06-13; "" when it says none.

    >>> a_day("le treize juin", 2024), a_day("11/04/25"), a_day("jeudi 1er mars 2024")
    ('2024-06-13', '2025-04-11', '2024-03-01')
    """
    typed = " ".join(typed[:LONGEST_DAY].split())
    short = re.search(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})", typed)
    if short:
        full = short[3] if len(short[3]) == 4 else f"20{short[3]}"
        return day_of(f"{short[1]}/{short[2]}/{full}")
    found = _SAID.search(typed)
    if found is None:
        return ""
    day = a_number(found["day"])
    said = a_number(found["year"]) if found["year"] else year
    if day is None or said is None:
        return ""
    month = next(one for one in MOIS if slug(one) == slug(found["month"]))
    return day_of(f"{day} {month} {said}")


_HOUR = re.compile(
    r"\bà\s+(?:(?P<h>\d{1,2})\s*(?:h(?:eures?)?|:)\s*(?P<m>\d{2})?|(?P<words>[a-zé\s-]{2,20}?)\s+heures?(?:\s+(?P<minutes>[a-zé-]+(?:[\s-][a-zé]+)?))?)",
    re.IGNORECASE,
)


def an_hour(typed: str) -> str:
    """« 20h30 » from « à vingt heures trente » or « à 20 h 30 »; "" when there is none."""
    for found in _HOUR.finditer(typed):
        if found["h"]:
            return f"{int(found['h'])}h{found['m'] or '00'}"
        hour, minutes = a_number(found["words"]), a_number(found["minutes"] or "")
        if hour is not None and hour < 24:
            return f"{hour}h{minutes or 0:02}"
    return ""


CIVIL = r"(?:M\.|MM\.|Mrs\b\.?|Mmes?\.?|Mr\.?|Monsieur|Madame|Messieurs|Mesdames|Mlles?)"
_GROUP = re.compile(rf"(?P<civil>{CIVIL})\s*:?\s*", re.IGNORECASE)
_ROLE_AFTER = re.compile(
    r"(?:(?<!\s)\s+)?[,(–]\s*(?:le\s+|la\s+)?(?:\d\w*\s+)?(?:maire|président|vice|adjoint|conseill|délégu|rapporteur|titulaire|suppléant)[^,;]*",
    re.IGNORECASE,
)


def names_in(text: str) -> list[Nomme]:
    """The persons of a list: « MM. Loïc ROY, Paul PETIT ; Mmes Zoé BLANC… », on lines, in columns."""
    text = re.sub(r"\([^()]*\)", "", text)  # « (arrivé à 19h05) », « (Marcey) »
    text = _ROLE_AFTER.sub("", re.sub(r"\s{3,}|[\t\n]+", "\n", text))
    found: list[Nomme] = []
    civilite = ""
    for part in re.split(r"[,;\n\t]|\s{3,}|\s+et\s+|\s[-–•]\s", text):
        part = part.strip(" :()-–•")
        part = part if re.search(r"\b[A-ZÀ-Ý]\.$", part) else part.strip(".")
        group = _GROUP.match(part)
        if group:
            civilite = civilite_of(
                group["civil"].rstrip("s.") + ("." if group["civil"].upper().startswith("M.") else "")
            ) or _of_many(group["civil"])
            part = part[group.end() :].strip()
        if part and len(part.split()) <= 6 and re.search(r"[^\W\d_]", part) and not re.search(r"\d", part):
            found += _people(part, civilite)
    return found


def _of_many(word: str) -> str:
    return "Mme" if slug(word).startswith(("mme", "mesdames", "mlle")) else "M."


def _people(part: str, civilite: str) -> Iterator[Nomme]:
    """The persons of a part without separators: « LŒILLET Abdel COËFFARD Gaëlle » are two."""
    words = part.split()
    capitals = [word.isupper() and len(word.strip(".’'-")) > 1 for word in words]
    starts = [at for at, capital in enumerate(capitals) if capital and (at == 0 or not capitals[at - 1])]
    if len(starts) > 1 and starts[0] == 0 and not all(capitals):
        for begin, end in zip(starts, [*starts[1:], len(words)], strict=True):
            yield from _people(" ".join(words[begin:end]), civilite)
        return
    person = read_person(part)
    if person.nom:
        yield person._replace(civilite=person.civilite or civilite)


def a_name(text: str) -> Nomme | None:
    """The one person that a text names, whatever stands after."""
    found = names_in(re.split(r",|\bdu conseil\b|\(", text.strip(" .:"))[0])
    return found[0] if found else None


ENDS = compiled(
    r"à\s+[A-ZÀ-Ý][^,\n]{1,40},\s+le\s+\d|ainsi\s+délibéré|(?:acte|(?:la\s+présente\s+)?délibération)\s+(?:transmi|publi|affich|rendu|certifi|reçu)\w*|(?:le|la)\s+(?:maire|présidente?)\s+certifie|visa\s+(?:de\s+la\s+)?(?:sous-)?préfecture|au\s+registre\b|(?:extrait|copie)\s+certifiée?|(?:ainsi\s+)?fait\s+(?:et\s+délibéré|à\b|au\b|le\b|en\s+(?:séance|mairie))|et\s+(?:publi|notifi|affich|transmi)|pour\s+(?:extrait|copie|expédition)|(?:le|la)\s+(?:maire|présidente?|secrétaire)\b\s*(?:de\s+séance)?[,.:]?\s*(?:(?:le|la)\s+secrétaire.*)?$|(?:acte\s+)?(?:rendue?|certifiée?|déclarée?)\s+exécutoire|acte\s+rendu|ont\s+signé|suivent\s+les\s+signatures|(?:transmis|publié|notifié|affiché|reçu|télétransmis)e?\b.{0,60}(?:le\b|:)|(?:la\s+présente\s+(?:délibération|décision)|le\s+présent\s+arrêté)\s+peut\s+faire|voies?\s+et\s+délais?|\(?cachet|signature\b",
)
SIGNS = re.compile(
    r"(?:Le|La|LE|LA)\s+(?:[Mm]aire|MAIRE|[Pp]résidente?|PR[EÉ]SIDENTE?|[Ss]ecrétaire)[^.,]{0,20},[^.]{0,40}[A-ZÀ-Ý]{3,}"
)
SIGNED = re.compile(
    r"\b(?:[Ll]e|[Ll]a)\s+(?:[Mm]aire|[Pp]résidente?)\s*,?\s+(?P<who>[A-ZÀ-Ý][^,.:;]{1,25}\s[A-ZÀ-Ý’'-]{3,}[^,.:;]{0,20})\.?$"
)
"""« Fait à …, le …. Le Président, Jean ROY », on one line."""
PRESIDES = compiled(r"(?:le|la|pour\s+l[ea])?\s*(?:maire|présidente?)\b")
TOWN_DAY = compiled(rf"[^\W\d_][\w’' -]{{2,50}},\s+le\s+(?:\w+di\s+)?(?:{DAY})\W*")
"""« Roquebelle, le 8 septembre 2025 »."""
STAMP = compiled(
    r"(?:date\s+d[e’']\s*(?:la\s+)?)?(?:(?:acte\s+)?(?:rendue?|certifiée?|déclarée?)\s+(?:\w+\s+)?exécutoire|accusé\s+de\s+réception"
    rf"|(?:envoyée?|reçue?|transmi\w+|télétransmi\w+|réception|affich\w+|publi\w+|notifi\w+|mise?\s+en\s+ligne)\b[^.\n]{{0,80}}?(?:{DAY}))[^\n]{{0,160}}"
    r"|id(?:entifiant)?\s*:\s*\d{3}-\d{9}-[\w-]+"
)
"""What certifies an act, wherever it was stamped on the page."""
OF_AN_ACT = compiled(r"préfecture|légalité|état|en\s+ligne|affich|publi|notifi|exécutoire|^id")
FORMULA = compiled(
    r"\W*(?:le\s+quorum\s+(?:étant|est)\s+(?:atteint|réuni|constaté).{0,160}|caractère\s+exécutoire\s*:.*"
    r"|(?:voies\s+et\s+délais\s+de\s+recours\s*:\s*)?(?:la\s+présente\s+délibération|le\s+présent\s+(?:arrêté|acte)|la\s+présente\s+décision)"
    r"\s+peut\s+faire\s+l[’']objet\s+d[’']un\s+recours.*|le\s+tribunal\s+(?:administratif\s+)?peut\s+être\s+saisi.{0,40}télérecours.*|fait\s+(?:et\s+délibéré|en\s+séance|à\b).{0,90}|pour\s+(?:extrait|copie)\s+(?:certifiée?\s+)?conforme.{0,60}"
    r"|(?:pour\s+)?(?:faire\s+)?(?:servir\s+et\s+)?valoir\s+ce\s+que\s+de\s+droit"
    r"|(?:extrait\s+du\s+)?registre\s+des\s+délibérations.{0,60}|projet\s+de\s+délibération"
    r"|(?:le|la|l[’'])\s*(?:conseil|comité|bureau|assemblée)[^,.]{0,80},?\s+après\s+en\s+avoir\s+délibéré"
    r"|(?:le|la)\s+(?:maire|présidente?|secrétaire)(?:\s+de\s+(?:la\s+)?séance)?|(?:les?\s+jours?,?\s+mois\s+et\s+an\s+(?:que\s+)?(?:dessus|susdits?))|au\s+registre\s+(?:sont|suivent)\s+les\s+signatures)\W*",
)
"""What the page of every act says by itself."""
