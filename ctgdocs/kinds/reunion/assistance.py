"""Who came to a meeting, derived from what its file says and from the members of its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ctgdocs.assembly.presence import Present
from ctgdocs.kinds.reunion.acte import (
    Acte,
)
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.instances import Instance, Siegeant
from ctgdocs.vocabulary.seances import Suppleance

Trouble = Literal["non-membre", "deux-listes", "suppleant-membre", "sans-titulaire", "titulaire-non-membre"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the lists say that cannot be: `path` is where it was typed."""

    sorte: Trouble
    path: Steps
    elu: str


@dataclass(frozen=True, slots=True)
class Assistance:
    """Who came: keys of members (Siegeant.cle), in their order. Each member is in exactly one list."""

    membres: tuple[str, ...]
    presents: tuple[Present, ...]
    excuses: tuple[str, ...]
    absents: tuple[str, ...]
    contradictions: tuple[Contradiction, ...] = ()


Named = Sequence[tuple[Steps, str]]
"""Members of one list of the file: where each is named, and its key."""


def of_the_file(acte: Acte, instance: Instance, day: date) -> Assistance:
    """The attendance that a meeting file tells."""
    return derive_assistance(
        instance.membres_au(day),
        instance.suppleants,
        None if acte.presents is None else _named("presents", acte.presents, instance, day),
        _named("excuses", acte.excuses, instance, day),
        _named("absents", acte.absents, instance, day),
        acte.suppleants,
        [
            (path, cle, one.par)
            for index, one in enumerate(acte.representes)
            for path, cle in _meant("representes", index, one, instance, day)
        ],
    )


def _named(field: str, typed: Sequence[Siegeant], instance: Instance, day: date) -> Named:
    return [found for index, one in enumerate(typed) for found in _meant(field, index, one, instance, day)]


def _meant(field: str, index: int, one: Siegeant, instance: Instance, day: date) -> Named:
    path: Steps = (field, index, "partenaire") if one.partenaire else (field, index)
    return [(path, cle) for cle in instance.designes(one, day) or (one.cle,)]


def derive_assistance(
    membres: Sequence[str],
    known_suppleants: Mapping[str, str],
    presents: Named | None,
    excuses: Named,
    absents: Named,
    suppleants: Sequence[Suppleance],
    representes: Sequence[tuple[Steps, str, str]] = (),
) -> Assistance:
    """The attendance of a meeting. Without `presents`, every member not named elsewhere came; with it, every
    member not named anywhere is absent. A suppléant who sits takes the seat of his titulaire, and so does
    whoever stands for a member (`representes`: where, for whom, how the person is named)."""
    troubles: list[Contradiction] = []
    seated = dict(_seated(membres, known_suppleants, suppleants, troubles))
    for path, cle, par in representes:
        if cle in membres:
            seated[cle] = par
        else:
            troubles.append(Contradiction("non-membre", path, cle))
    lists = {"presents": presents or (), "excuses": excuses, "absents": absents}
    where: dict[str, str] = {}
    for name, keys in lists.items():
        for path, cle in keys:
            if cle not in membres:
                if not (name == "presents" and cle in seated.values()):
                    troubles.append(Contradiction("non-membre", path, cle))
            elif cle in where or (name == "presents" and cle in seated):
                troubles.append(Contradiction("deux-listes", path, cle))
            else:
                where[cle] = name
    rest = "presents" if presents is None else "absents"
    came = {cle for cle in membres if where.get(cle, rest) == "presents"}
    return Assistance(
        tuple(membres),
        tuple(
            Present(seated[cle], cle) if cle in seated else Present(cle)
            for cle in membres
            if cle in seated or cle in came
        ),
        tuple(cle for cle in membres if cle not in seated and where.get(cle) == "excuses"),
        tuple(cle for cle in membres if cle not in seated and where.get(cle, rest) == "absents"),
        tuple(troubles),
    )


def _seated(
    membres: Sequence[str],
    known: Mapping[str, str],
    typed: Sequence[Suppleance],
    troubles: list[Contradiction],
) -> Iterator[tuple[str, str]]:
    """Titulaire → the suppléant who sits on the seat."""
    titulaires = {suppleant: titulaire for titulaire, suppleant in known.items()}
    for index, suppleance in enumerate(typed):
        titulaire = suppleance.titulaire or titulaires.get(suppleance.suppleant)
        path: Steps = ("suppleants", index)
        if suppleance.suppleant in membres:
            troubles.append(Contradiction("suppleant-membre", path, suppleance.suppleant))
        elif titulaire is None:
            troubles.append(Contradiction("sans-titulaire", path, suppleance.suppleant))
        elif titulaire not in membres:
            troubles.append(Contradiction("titulaire-non-membre", path, titulaire))
        else:
            yield titulaire, suppleance.suppleant
