"""Laws, décrets and codes as a text cites them, and what is known of them: `tables/textes.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.jours_ecrits import jours_ecrits

_TABLE: Final = Path(__file__).with_name("tables") / "textes.tsv"
_NATURES: Final = r"lois?|ordonnances?|décrets?(?:-lois?)?|circulaires?"
_LAW = regex(
    rf"\b(?P<nature>{_NATURES})\b(?P<mots>(?:\s+(?:organique|constitutionnelle|modifiée?|de\s+finances|Cnaf|interministérielle|[A-Z]\w+|dite?\s+\w+|de\s+la\s+[^\d.;\n]{{1,80}}?))*)"
    r"\s*,?\s+(?:n\s?[°º]\s?|numéro\s+)?(?P<numero>(?:19|20)?\d\d-\d{1,4})(?![\d-])"
    r"(?=(?P<suite>(?:\s+modifiée?)?\s*,?\s*(?:du|en\s+date\s+du)\s+[^.;\n]{6,30})?)",
    re.IGNORECASE,
    needs="circulaire|décret|loi|ordonnance",
)
_CODE_ARTICLE = regex(
    r"\b(?P<lettre>[LRD])\.?[ \u00a0\u202f]?(?P<numero>\d{3,4}(?:-\d{1,3}){0,4})\b(?P<entre>[^.;\n]{0,80}?)\b"
    r"(?:du|de\s+ce\s+même)\s+(?P<code>code\s+[a-zà-ÿ’' ]{5,70}|CGCT|CASF|CGFP|CSS|CRPA|CJA)",
    needs="casf|cgct|cgfp|cja|code|crpa|css",
)
_CODE_FIRST = regex(
    r"\b(?P<code>code\s+[a-zà-ÿ’' ]{5,70}?|CGCT|CASF|CGFP|CSS|CRPA|CJA)\s*(?:,|\(|:|–)?\s*"
    r"(?:(?:et\s+)?(?:notamment\s+|en\s+|dans\s+|à\s+|pris\s+en\s+)?(?:son|ses|l[’']|les|leurs)?\s*(?:art\.|articles?))\s+"
    r"(?P<lettre>[LRD])\.?[ \u00a0\u202f]?(?P<numero>\d{3,4}(?:-\d{1,3}){0,4})\b",
    needs="art.|article",
)
"""« le CASF (art. L. 214-1) », « le code de…, en son article L. 214-1 »."""
_OLD_CODE = regex(
    r"\bcode\s+(?:des\s+communes|des\s+marchés\s+publics|de\s+la\s+famille\s+et\s+de\s+l[’']aide\s+sociale|des\s+tribunaux\s+administratifs)\b",
    re.IGNORECASE,
    needs="code & aide|communes|marchés|tribunaux",
)


class Texte(NamedTuple):
    """A text of the table: `au`, its last day in force; `remplace`, what replaces it."""

    nature: str
    numero: str
    jour: date | None
    au: date | None
    remplace: str


@cache
def textes_connus() -> dict[tuple[str, str], Texte]:
    """The table, by nature and number."""
    lines = (line.split("\t") for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    known = (
        Texte(nature, numero, _day(jour), _day(au), after.strip("-"))
        for nature, numero, jour, au, after in lines
    )
    return {(one.nature, one.numero): one for one in known}


def _day(typed: str) -> date | None:
    return None if typed == "-" else date.fromisoformat(typed)


class Cite(NamedTuple):
    """A law as cited between two indexes: its nature, its number, the day that is said, and that it has."""

    start: int
    end: int
    said: str
    nature: str
    numero: str
    jour: date | None

    @property
    def connu(self) -> Texte | None:
        return textes_connus().get((self.nature, self.numero))

    @property
    def autre_nature(self) -> str:
        """What a text of this number and day is, when it is not what is said; "" when none is known."""
        for (nature, number), known in textes_connus().items():
            if number == self.numero and known.jour == self.jour and nature != self.nature and self.jour:
                return nature
        return ""

    @property
    def annee(self) -> int:
        """The year that its number says."""
        year = int(self.numero.partition("-")[0])
        return year if year > 99 else 1900 + year


def lois_citees(text: str) -> Iterator[Cite]:
    """The laws, décrets, ordonnances and circulaires that a text cites by their number.

    >>> [(c.numero, str(c.jour)) for c in lois_citees("Vu la loi n° 2023-1196 du 18 décembre 2023")]
    [('2023-1196', '2023-12-18')]
    """
    for found in _LAW.finditer(text):
        nature = found["nature"].lower().removesuffix("s")
        number = re.sub(r"^19(?=\d\d-)", "", found["numero"])
        said = next((one for one in jours_ecrits(found["suite"] or "")), None)
        end = found.end("numero") if said is None else found.start("suite") + said.end
        words = " ".join(text[found.start() : end].split())
        yield Cite(found.start(), end, words, nature, number, said.date if said else None)


def lois_de_ce_jour(text: str) -> Iterator[tuple[int, str, Texte]]:
    """The laws known to be repealed that a text cites by their day alone: « la loi du 26 janvier 1984 »."""
    if "loi " not in text:
        return
    ended = {one.jour: one for one in textes_connus().values() if one.nature == "loi" and one.au and one.jour}
    for day in jours_ecrits(text):
        law = _LAW_OF.search(text, max(0, day.start - 20), day.start)
        if law is not None and day.date in ended:
            yield law.start(), text[law.start() : day.end], ended[day.date]


_LAW_OF = regex(r"\bloi(?:\s+modifiée)?\s+du\s+$", re.IGNORECASE, needs="loi")


def codes_abroges(text: str) -> Iterator[tuple[int, str, Texte]]:
    """The codes that are no more, as a text cites them, with what is known of them."""
    for found in _OLD_CODE.finditer(text):
        known = textes_connus().get(("code", " ".join(found[0].lower().replace("'", "’").split())))
        if known is not None:
            yield found.start(), found[0], known


_OF_EUROPE = regex(
    r"\brèglement\s+\((?:UE|CE)\)\s+(?:n\s?[°º]\s?)?(?P<annee>20(?:1[5-9]|[2-9]\d))/\d{1,4}\b[^.;\n]{0,60}?\bdu\s+(?=\d)",
    needs="(ce|(ue",
)


def reglements_mal_dates(text: str) -> Iterator[tuple[int, str, int]]:
    """The regulations of the Union whose date is not of the year of their number, nor of the one before:
    where, as typed, that year."""
    for found in _OF_EUROPE.finditer(text) if "règlement (" in text else ():
        day = next((one for one in jours_ecrits(text) if one.start == found.end()), None)
        year = int(found["annee"])
        if day is not None and day.annee and day.annee not in (year, year - 1):
            yield found.start(), text[found.start() : day.end], year


# --- Articles of codes: each code numbers its own way


_FORMS: Final = (
    ("code général des collectivités territoriales", "CGCT", 4),
    ("code de l’action sociale et des familles", "CASF", 3),
    ("code général de la fonction publique", "CGFP", 3),
    ("code de la sécurité sociale", "CSS", 3),
    ("code de l’éducation", "", 3),
    ("code de la santé publique", "", 4),
    ("code de la commande publique", "", 4),
    ("code général de la propriété des personnes publiques", "", 4),
    ("code des relations entre le public et l’administration", "CRPA", 3),
    ("code de justice administrative", "CJA", 3),
    ("code du travail", "", 4),
    ("code de l’urbanisme", "", 3),
)


class ArticleFaux(NamedTuple):
    """An article that its code cannot have, at `start`: « L. 332-8 du code général des collectivités… »."""

    start: int
    said: str
    code: str
    chiffres: int


def articles_faux(text: str) -> Iterator[ArticleFaux]:
    """The articles that a text gives to a code that numbers otherwise.

    >>> [a.said for a in articles_faux("l’article L. 332-8 du code général des collectivités territoriales")]
    ['L. 332-8']
    """
    if "ode " not in text and "C" not in text:
        return
    for found in (*_CODE_ARTICLE.finditer(text), *_CODE_FIRST.finditer(text)):
        typed = " ".join(found["code"].replace("'", "’").split())
        between = found.groupdict().get("entre") or ""
        for name, short, digits in _FORMS:
            if typed == short or typed.startswith(name):
                if len(found["numero"].partition("-")[0]) != digits and not re.search(r"\bcode\b", between):
                    said = f"{found['lettre']}. {found['numero']}"
                    yield ArticleFaux(found.start("lettre"), said, name, digits)
                break
