"""The days of an old convention: its period, where and when it was signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pydantic_core import PydanticCustomError

from ctgdocs.content.edit import Node, Scalar
from ctgdocs.french import en_lettres
from ctgdocs.importing import Para, words
from ctgdocs.kinds.convention.from_sections import Part, Sections
from ctgdocs.vocabulary.appellations import with_capitals
from ctgdocs.vocabulary.as_typed import read_date
from ctgdocs.vocabulary.citations import JOUR_ECRIT

_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-–—/]|à|au)\s*(20\d\d)(?!\d)")
_FROM_TO = re.compile(
    rf"\bdu\s+(?P<debut>{JOUR_ECRIT})\s+(?:inclus\s+)?(?:au|jusqu[’']au)\s+(?P<fin>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:à\s+compter\s+du|prend\s+effet\s+(?:le|au|à\s+compter\s+du)|entre\s+en\s+vigueur\s+(?:le|au)|à\s+partir\s+du)\s+(?P<jour>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?:jusqu[’']au|prend\s+fin\s+le|expire\s+le|s[’']achève\s+le|échéance\s+(?:est\s+)?(?:fixée\s+)?au)\s+(?P<jour>{JOUR_ECRIT})",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:durée\s+de|pour|conclue\s+pour)\s+(?P<nombre>\w+)\s*(?:\(\s*\d+\s*\)\s*)?(?:ans?|années?)\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    rf"(?:fait\s+)?(?:en\s+\w+\s+(?:\(\s*\d+\s*\)\s*)?(?:exemplaires?|originaux)(?:\s+originaux)?\s*,?\s*)?(?:à|en)\s+"
    rf"(?P<lieu>[A-ZÀ-Ý][^,;]*?)(?:(?:\s*,)?\s+[Ll]e\s*:?\s+(?P<jour>(?i:{JOUR_ECRIT}))"
    r"|(?:\s*,)?\s+(?:[Ll]e\b|en\s+(?:\w+|\d+)\s+exemplaires?)|\s*$|,)"
    rf"|fait\s+le\s+(?P<autre>(?i:{JOUR_ECRIT}))\s*,?\s*à\s+(?P<ailleurs>[A-ZÀ-Ý][^,;.]*)",
)
_AROUND = frozenset(("", "années", "année", "période", "pour", "la", "les", "de", "du", "au", "à", "sur"))
"""What stands around the years of a title."""
_COPIES = re.compile(
    r"\ben\s+(?P<nombre>\w+)\s*(?:\(\s*\d+\s*\)\s*)?(?:exemplaires?|originaux)", re.IGNORECASE
)


def period_of(sections: Sections) -> dict[str, Node]:
    """The first and last days: an article of duration says them, else any sentence, else the title."""
    texts = [para.text for part in _by_duration(sections) for para in _paras(part)]
    texts += [para.text for para in sections.title]
    for text in texts:
        if found := _FROM_TO.search(text):
            return _days(found["debut"], found["fin"])
    start = next((found["jour"] for text in texts if (found := _FROM.search(text))), "")
    end = next((found["jour"] for text in texts if (found := _UNTIL.search(text))), "")
    years = next(
        (count for text in texts if (found := _FOR.search(text)) and (count := _number(found["nombre"]))),
        0,
    )
    if start and not end and years and (day := _day(start)):
        return {
            "debut": Scalar(day.isoformat()),
            "fin": Scalar(_after(day, years).isoformat(), f"{years} ans après le début"),
        }
    if start or end:
        return _days(start, end)
    head = " ".join(para.text for para in sections.title)
    if found := _YEARS.search(head):
        doubt = "d’après les années du titre"
        return {"debut": Scalar(f"{found[1]}-01-01", doubt), "fin": Scalar(f"{found[2]}-12-31", doubt)}
    return {}


def _by_duration(sections: Sections) -> list[Part]:
    """The articles, those that speak of duration first."""
    named = re.compile(r"durée|effet|vigueur|période|validité", re.IGNORECASE)
    return sorted(sections.articles, key=lambda part: named.search(part.title) is None)


def signature_of(made: str) -> dict[str, Node]:
    """« Fait à Brisolac, le 20 décembre 2021, en cinq exemplaires » → place, day, number of copies."""
    found = _MADE.search(re.sub(r"^(?:Fait|FAIT|À)\b", lambda word: word[0].lower(), made))
    if found is None:
        return {}
    record: dict[str, Node] = {}
    said = found["jour"] or found["autre"]
    if said and (day := _day(said)):
        record |= {"statut": Scalar("signe"), "signature": Scalar(day.isoformat())}
    place = (found["lieu"] or found["ailleurs"]).strip(" .…_")
    if place and len(place) < 60:
        record["lieu"] = Scalar(words(with_capitals(place)))
    copies = _COPIES.search(made)
    if copies and (count := _number(copies["nombre"])):
        record["exemplaires"] = Scalar(str(count))
    return record


def is_period(line: str) -> bool:
    """Whether a line of the title only says the years, or the first and last days."""
    said = _FROM_TO.search(line) or _YEARS.search(line)
    rest = line.replace(said[0], " ").lower().split() if said else ["rien"]
    return all(word.strip(" :–-()") in _AROUND for word in rest)


def _paras(part: Part) -> Iterator[Para]:
    for one in (part, *part.below):
        yield from (block for block in one.blocks if isinstance(block, Para))


def _day(text: str) -> date | None:
    try:
        return read_date(" ".join(text.split()))
    except PydanticCustomError:
        return None


def _days(start: str, end: str) -> dict[str, Node]:
    said = (("debut", _day(start) if start else None), ("fin", _day(end) if end else None))
    return {name: Scalar(day.isoformat()) for name, day in said if day}


def _after(day: date, years: int) -> date:
    """The last day of a number of years that begin on `day`."""
    try:
        return day.replace(year=day.year + years) - timedelta(days=1)
    except ValueError:  # a 29 February
        return day.replace(year=day.year + years, day=28)


def _number(word: str) -> int:
    """« trois », « 3 » → 3; 0 for what is no number."""
    if word.isdigit():
        return int(word) if len(word) < 3 else 0
    return next((n for n in range(1, 40) if word.lower() in (en_lettres(n), en_lettres(n) + "e")), 0)
