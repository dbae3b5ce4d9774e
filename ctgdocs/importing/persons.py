"""People as a text names them: « Monsieur Jean-Pierre DE LA TOUR, maire » → civilité, prénom, nom,
fonction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PARTICLES = frozenset(("de", "du", "des", "d’", "la", "le", "les", "van", "von", "di", "da", "el"))
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
        prenom, nom = split_name(found["nom"])
        if not nom:
            continue
        end = found.end()
        role, before = found["titre"] or "", _BEFORE.search(text[last : found.start()])
        after = _ROLE.match(text, end)
        if role:
            pass
        elif before and not re.search(r"délibération|décision", before["role"]):
            role = before["role"]
        elif after and len(after["role"].split()) <= 12 and not _is_noise(after["role"]):
            role, end = after["role"], after.end("role")
        yield Named(civility(found["civilite"]), prenom, nom, _role(role), found.start(), end)
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
    text = re.sub(r"\bde son\b", "du", re.sub(r"\bde sa\b", "de la", text))
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def civility(typed: str) -> str:
    """« M. » or « Mme », however it is written.

    >>> civility("Madame"), civility("Mr")
    ('Mme', 'M.')
    """
    return "Mme" if typed.strip().lower().startswith(("mme", "mad", "mlle", "mes")) else "M."


def split_name(text: str) -> tuple[str, str]:
    """First name and name of « Jean-Pierre DE LA TOUR », « DUPONT Marie », « Zoé Terracol ».

    >>> split_name("Jean-Pierre DE LA TOUR"), split_name("DUPONT Marie"), split_name("Zoé Terracol")
    (('Jean-Pierre', 'de La Tour'), ('Marie', 'Dupont'), ('Zoé', 'Terracol'))
    """
    words = text.strip(" ,.").split()
    capitals = [word.isupper() and len(word.strip("’'-.")) > 1 for word in words]
    if any(capitals) and not all(capitals):
        first = capitals.index(True)
        while first and words[first - 1].lower() in _PARTICLES:
            first -= 1
        last = len(capitals) - 1 - capitals[::-1].index(True)
        names, others = words[first : last + 1], [*words[:first], *words[last + 1 :]]
        return " ".join(others), name_cased(" ".join(names))
    if len(words) < 2:
        return "", name_cased(" ".join(words))
    return name_cased(words[0]) if all(capitals) else words[0], name_cased(" ".join(words[1:]))


def name_cased(text: str) -> str:
    """A name in capitals as it is written in a text: « DE LA TOUR » → « de La Tour », « O’KERRAN » → «
    O’Kerran ».

    >>> [name_cased(name) for name in ("DUPONT-MARTIN", "DE SAINT-OURENS", "du Plessier", "O’KERRAN")]
    ['Dupont-Martin', 'de Saint-Ourens', 'du Plessier', 'O’Kerran']
    """
    if text != text.upper():
        return text
    words = text.lower().split()
    said = []
    for at, word in enumerate(words):
        small = word in ("de", "du", "des") or (word.startswith("d’") and at == 0)
        cased = re.sub(r"(^|[-’'])(\w)", lambda found: found[1] + found[2].upper(), word)
        if word.startswith(("d’", "d'")) and small:
            cased = word[:2] + word[2:3].upper() + word[3:]
            cased = re.sub(r"(-)(\w)", lambda found: found[1] + found[2].upper(), cased)
            small = False
        said.append(word if small else cased)
    return " ".join(said)
