"""Who a short name is: « M. Cazes », « Cazes B. » and « Bernard CAZES » are one when nobody else may be."""

from __future__ import annotations

from collections.abc import Iterable

from ctgdocs.french import slug
from ctgdocs.vocabulary.appellations import Nomme, initials_of

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
