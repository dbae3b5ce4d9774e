"""The years, periods and days that a French text mentions, those of legal references left out.

What is not a mention: a title between « », what is still `[à compléter : …]`, the number or the date of a
law, a décret, a délibération, and a placeholder other than `{date:…}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from pydantic_core import PydanticCustomError

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import read_date
from ctgdocs.vocabulary.citations import JOUR_ECRIT

Nature = Literal["champ", "periode", "date", "annee"]

_YEAR: Final = r"(?<![\d/\u2011-])(?:19|20)\d\d(?![\d/]|[-\u2011]\d)"
_ACT: Final = (
    r"(?:lois?|ordonnances?|décrets?|arrêtés?|circulaires?|règlements?|directives?|instructions?"
    r"|délibérations?|décisions?)"
)

_SCAN = regex(
    rf"""
    (?P<skipped>
        \[\s*[àÀa]\s+compl[ée]ter\b[^\]]*\]
      | «[^»]{{1,200}}»
      | \{{(?!date:)[^{{}}]*\}}
      | n°\s?[\w./-]+(?:\s+du\s+(?:{JOUR_ECRIT}))?
      | \((?:UE|CE|CEE)\)\s?(?:n°\s?)?\d+/\d+(?:\s+du\s+(?:{JOUR_ECRIT}))?
      | \b{_ACT}\s+(?:[^\s.;,]+\s+){{0,5}}?du\s+(?:{JOUR_ECRIT})
      | https?://\S+
    )
    | \{{date:\s*(?P<champ>[^{{}}]*?)\s*\}}
    | (?<![\d/\u2011-])(?P<du>(?:19|20)\d\d)(?P<lien>\s?[-–\u2011/]\s?|\s+(?:au?|à|et)\s+)
      (?P<au>(?:19|20)\d\d)(?![\d/\u2011-])
    | (?P<date>(?<!\d){JOUR_ECRIT})
    | (?P<annee>{_YEAR})
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One year, period or day of a text, between two indexes. `jour` is None for a year or a period."""

    start: int
    end: int
    text: str
    nature: Nature
    years: tuple[int, ...]
    jour: date | None = None
    lien: str = ""


def mentions(text: str) -> Iterator[Mention]:
    """What a text mentions, in order.

    >>> [m.text for m in mentions("De 2022 à 2026 (loi n° 2023-1196 du 18 décembre 2023), le 1er mai 2024.")]
    ['2022 à 2026', '1er mai 2024']
    """
    for found in _SCAN.finditer(text):
        if found["skipped"] is not None:
            continue
        start, end, said = found.start(), found.end(), found[0]
        if found["du"] is not None:
            years = (int(found["du"]), int(found["au"]))
            yield Mention(start, end, said, "periode", years, lien=found["lien"])
        elif found["annee"] is not None:
            yield Mention(start, end, said, "annee", (int(said),))
        elif (day := _day(found["champ"] or found["date"])) is not None:
            yield Mention(start, end, said, "champ" if found["champ"] else "date", (day.year,), day)


def _day(typed: str) -> date | None:
    """The day that was typed; None for the name of a step of a dossier, or for no day at all."""
    try:
        return read_date(" ".join(typed.split()))
    except PydanticCustomError:
        return None
