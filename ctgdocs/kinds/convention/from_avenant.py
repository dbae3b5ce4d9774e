"""Which convention of the workspace an old avenant changes: its type, its years, its signature, its title and
its partners, as the text of the avenant says them, against each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ctgdocs.content.edit import Scalar
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import date_longue, slug
from ctgdocs.kinds.convention import KIND
from ctgdocs.vocabulary.as_typed import did_you_mean
from ctgdocs.vocabulary.registres import PARTENAIRES

if TYPE_CHECKING:
    from ctgdocs.content.library import Library
    from ctgdocs.kinds.convention.acte import Acte

TYPES = (
    ("avenant", r"\bavenant\b"),
    ("ctg", r"territoriale\s+globale|\bctg\b"),
    ("cof", r"objectifs\s+et\s+de\s+financement|prestation\s+de\s+service|\bcof\b"),
    ("pedt", r"éducatif\s+(?:de\s+)?territ(?:or|oire)|\bpedt\b"),
)
"""What the title of a convention says → its type."""
_ENOUGH, _SURE = 2, 3
"""Points from which a convention is the one, among several; and without a doubt."""
_MOST_ASKED = 4


def type_of(head: str) -> str:
    """The type that the lines of a title say; `partenariat` for no other.

    >>> type_of("Avenant n° 1 à la convention territoriale globale"), type_of("Convention de prêt")
    ('avenant', 'partenariat')
    """
    return next((name for name, pattern in TYPES if re.search(pattern, head, re.IGNORECASE)), "partenariat")


def type_changed_by(head: str) -> str:
    """The type of the convention that an avenant names; "" when it names none."""
    return next((name for name, pattern in TYPES[1:] if re.search(pattern, head, re.IGNORECASE)), "")


def parent_of(head: str, text: str, library: Library, wanted: str) -> Scalar | None:
    """The convention that an avenant changes, with a doubt when little says so; `wanted`: the one that was
    asked for. None when the workspace holds none like it. Raises CtgdocsError when it may be one of several,
    or when there is no such convention."""
    known = library.ids(KIND.registry)
    if wanted:
        if wanted not in known:
            raise CtgdocsError(
                f"la convention « {wanted} » n’existe pas dans cet espace{did_you_mean(wanted, known)}"
            )
        return Scalar(wanted)
    type, words = type_changed_by(head), f"-{slug(text)}-"
    found = {id: library.find(KIND.registry, id) for id in known}
    scored = sorted(
        (sum(_points(entry.value, type, words, library)) if entry else _said_by(id, words), id)
        for id, entry in found.items()
        if (_may_be(entry.value, type) if entry else id.startswith(type))
    )
    if not scored:
        return None
    (best, id), second = scored[-1], scored[-2][0] if len(scored) > 1 else 0
    if len(scored) == 1 or (best >= _ENOUGH and best > second):
        return Scalar(id, "" if best >= _SURE else "déduite de l’avenant")
    named = [id for _, id in reversed(scored)][:_MOST_ASKED]
    raise CtgdocsError(
        "rien ne dit assez quelle convention cet avenant modifie : précisez "
        + " ou ".join(f"--dans {id}" for id in named)
    )


def _may_be(convention: Acte, type: str) -> bool:
    return convention.type != "avenant" and type in ("", convention.type)


def _said_by(id: str, words: str) -> int:
    """The points of a convention in error, of which the name alone is known: « ctg-2022-2026 »."""
    years = re.search(r"\d{4}-\d{4}", id)
    return 2 * bool(years and f"-{years[0]}-" in words)


def _points(convention: Acte, type: str, words: str, library: Library) -> Iterator[int]:
    """What an avenant says of a convention, each with its weight; `words`: its text as a slug."""
    yield int(convention.type == (type or "partenariat"))
    if convention.signature and _says(words, convention.signature):
        yield 3
    if convention.debut and convention.fin:
        years = convention.debut.year, convention.fin.year
        yield 2 * (f"-{years[0]}-{years[1]}-" in words or f"-{years[0]}-a-{years[1]}-" in words)
    if convention.titre and len(slug(convention.titre)) > 12:
        yield int(f"-{slug(convention.titre)}-" in words)
    for party in convention.parties:
        entry = library.find(PARTENAIRES, party.partenaire) if party.partenaire else None
        name = slug(entry.value.nom) if entry else slug(party.nom or "")
        yield int(bool(name) and f"-{name}-" in words)


def _says(words: str, day: date) -> bool:
    return f"-{slug(date_longue(day))}-" in words or f"-{day:%d-%m-%Y}-" in words
