"""People as a text names them: « Monsieur Jean-Pierre DE LA TOUR, maire » → civilité, prénom, nom, fonction;
and who a short name is: « M. Cazes », « Cazes B. » and « Bernard CAZES » are one when nobody else may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ctgdocs.french import slug
from ctgdocs.vocabulary.appellations import Nomme, civilite_of, initials_of, read_person

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


NOM, INITIALS, WHOLE = range(3)
"""How much of a person a name says."""


def rank_of(one: Nomme) -> int:
    return NOM if not one.prenom else INITIALS if initials_of(one.prenom) else WHOLE


def may_be(short: Nomme, full: Nomme) -> bool:
    """Whether a name that says less may be that of `full`.

    >>> may_be(Nomme("M.", "J.-M.", "Puech"), Nomme("", "Jean-Marc", "Puech"))
    True
    """
    if slug(short.nom) != slug(full.nom) or (
        short.civilite and full.civilite and short.civilite != full.civilite
    ):
        return False
    mine = slug(short.prenom).split("-") if short.prenom else []
    theirs = slug(full.prenom).split("-")
    return len(mine) <= len(theirs) and all(a == b[:1] for a, b in zip(mine, theirs, strict=False))


class Names:
    """The names of a text, each with the one that says most of the same person."""

    def __init__(self, named: Iterable[Nomme]) -> None:
        self.found: list[Nomme] = []
        self.same: dict[tuple[str, str], Nomme] = {}
        for one in sorted(named, key=rank_of, reverse=True):
            self._take(one)

    def _take(self, one: Nomme) -> None:
        twin = self._twin(one)
        if twin is None:
            self.found.append(one)
            self.same[one.civilite, one.id] = one
            return
        if one.civilite and not twin.civilite:
            told = twin._replace(civilite=one.civilite)
            self.found[self.found.index(twin)] = told
            self.same = {name: told if known is twin else known for name, known in self.same.items()}
            twin = told
        self.same[one.civilite, one.id] = twin

    def _twin(self, one: Nomme) -> Nomme | None:
        swapped = slug(f"{one.prenom} {one.nom}")
        same = [other for other in self.found if other.id == one.id and _agree(one, other)]
        same = same or [
            other for other in self.found if one.prenom and other.id == swapped and _agree(one, other)
        ]
        rank = rank_of(one)
        may = [other for other in self.found if rank < WHOLE and rank_of(other) > rank and may_be(one, other)]
        found = same or may
        return found[0] if len(found) == 1 else None

    def whole(self, one: Nomme) -> Nomme:
        """The name that says most of the same person; itself when there is none."""
        return self.same.get((one.civilite, one.id)) or self._twin(one) or one


def _agree(one: Nomme, other: Nomme) -> bool:
    return not (one.civilite and other.civilite) or one.civilite == other.civilite
