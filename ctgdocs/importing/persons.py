"""People as a text names them: « Monsieur Jean-Pierre DE LA TOUR, maire » → civilité, prénom, nom,
fonction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ctgdocs.vocabulary.appellations import civilite_of, read_person

_WORD = r"(?:d[’'])?[A-ZÀ-ÝŸŒ][\w’'-]*\.?"
_NAME = rf"{_WORD}(?:\s+(?:(?:de|du|des|la|le|les|van|von)\s+)*{_WORD})*"
CIVILITY = r"(?:Mmes?|M\.|MM\.|Monsieur|Madame|Mademoiselle|Mlle|Mr\.?|Messieurs|Mesdames)"
_TITLED = (
    r"(?i:(?:le|la|l[’'])\s*(?P<titre>(?:vice-|sous-)?(?:maire|présidente?|directeur|directrice|préfète?|inspect\w+"
    r"|recteur|rectrice|cheffe?|adjointe?)\b(?:\s+[a-zà-ÿ’'-]+){0,8}?)\s*,?\s+)?"
)
"""« Madame le Maire, … »."""
_PERSON = re.compile(rf"(?P<civilite>{CIVILITY})\s+{_TITLED}(?P<nom>{_NAME})")
_ROLE_ENDS = (
    r"(?=\s*,?\s*(?:agissant|dûment|ci-après|ayant|en\s+vertu|autorisée?s?|habilitée?s?|d.une\s+part|d.autre\s+part"
    r"|nommée?|désignée?|désigné|dénommée?|demeurant|et\s+(?:"
    + CIVILITY
    + r"|par\b|son|sa|leur)|par\s+délibération"
    r"|par\s+délégation|sis|située?|dont|ou\s+son|$)|[;«(]|\.\s*$|,)"
)
_ROLE = re.compile(
    rf"\s*,?\s*(?:en\s+(?:sa\s+)?qualité\s+de\s+|agissant\s+(?:en\s+(?:sa\s+)?qualité\s+de|comme)\s+|,\s*|\(\s*)(?P<role>[^,;«()]+?){_ROLE_ENDS}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\bpar\b|\bet\b|,|^)\s*(?:son|sa|leurs?|le|la|l[’'])\s*(?P<role>[^,;«»]{3,90}?)\s*,?\s*$",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """Someone named in a text, and the stretch of it that names them."""

    civilite: str
    prenom: str
    nom: str
    fonction: str
    start: int
    end: int


def people(text: str) -> Iterator[Named]:
    """The people that a text names with their civility, in order.

    >>> [one[:4] for one in people("représentée par son maire, Mme Zoé TERRACOL,")]
    [('Mme', 'Zoé', 'Terracol', 'maire')]
    """
    last = 0
    for found in _PERSON.finditer(text):
        person = read_person(found["nom"].rstrip(" ,."), nom_first=False)
        if not person.nom:
            continue
        end = found.end()
        role, before = found["titre"] or "", _BEFORE.search(text[last : found.start()])
        after = _ROLE.match(text, end)
        if role:
            pass
        elif before and not re.search(r"délibération|décision|représent", before["role"]):
            role = before["role"]
        elif after and len(after["role"].split()) <= 12 and not _is_noise(after["role"]):
            role, end = after["role"], after.end("role")
        civilite = civilite_of(found["civilite"]) or "M."
        yield Named(civilite, person.prenom, person.nom, _role(role), found.start(), end)
        last = end


def _is_noise(role: str) -> bool:
    return (
        re.match(r"(?:agissant|dûment|d.une part|d.autre part|et\b|ci-après|en vertu)", role.strip(), re.I)
        is not None
    )


def _role(text: str) -> str:
    text = re.sub(
        r"^(?:le|la|l[’']|son|sa)\s*", "", " ".join(text.split()).strip(" ,;."), flags=re.IGNORECASE
    )
    text = re.sub(r"\s+en\s+exercice$", "", text)
    text = re.sub(r"\bde son\b", "du", re.sub(r"\bde sa\b", "de la", text))
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
