"""The attendance of a séance as a grid: one row a member, one column a délibération, one state a cell.

`grille(feuille, numeros)` reads it from what was typed; `exceptions(membre, etats, numeros)` is the way back:
the absence, the suppléant and the movements that say a row. A screen and a sheet show the one and keep the
other. What a row cannot say in the fields of a séance is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time
from itertools import pairwise
from typing import Literal, NamedTuple, TypeVar

from ctgdocs.assembly.appel import derive_feuille
from ctgdocs.assembly.presence import Feuille, Presence
from ctgdocs.findings import CtgdocsError
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.seances import Absence, Mouvement, Seance, Suppleance

Place = Literal["présent", "suppléé", "pouvoir", "excusé", "absent"]


class Etat(NamedTuple):
    """Where a member's seat stands at one délibération: `autre` is the suppléant who sits on it, or the
    member who holds the pouvoir."""

    place: Place
    autre: str = ""

    @property
    def occupe(self) -> bool:
        """True when somebody sits on the seat."""
        return self.place in ("présent", "suppléé")


PRESENT = Etat("présent")


class Exceptions(NamedTuple):
    """What a séance types for one seat; all empty for a member who is there from end to end."""

    absence: Absence | None = None
    suppleance: Suppleance | None = None
    mouvements: tuple[Mouvement, ...] = ()


def grille(feuille: Feuille, numeros: Sequence[str]) -> dict[str, tuple[Etat, ...]]:
    """Each member's seat, in the instance's order, with its state at each délibération of `numeros`."""
    columns = [_seats(feuille.presence(numero)) for numero in numeros]
    members = feuille.etapes[0].membres
    return {membre: tuple(column[membre] for column in columns) for membre in members}


def _seats(presence: Presence) -> dict[str, Etat]:
    return {
        **{membre: Etat("absent") for membre in presence.absents},
        **{membre: Etat("excusé") for membre in presence.excuses},
        **{given.mandant: Etat("pouvoir", given.mandataire) for given in presence.pouvoirs},
        **{one.siege: Etat("suppléé", one.elu) if one.titulaire else PRESENT for one in presence.presents},
    }


def exceptions(
    membre: str,
    etats: Sequence[Etat],
    numeros: Sequence[str],
    heures: Mapping[str, time] | None = None,
) -> Exceptions:
    """What to type for the seat of `membre` so that its row of the grid is `etats`, one for each délibération
    of `numeros`, in their order. `heures`: when the movement at a délibération took place, where it is known.

    A pouvoir that stops because its holder left, or starts because he came, is not typed: it follows from
    the holder's row.

    Raises CtgdocsError for what the fields of a séance cannot say: a pouvoir that passes from one member to
    another, a suppléant who comes after his titulaire.
    """
    row = tuple(_steady(membre, etats))
    suppleant = next((etat.autre for etat in row if etat.place == "suppléé"), None)
    given = _given(row)
    if suppleant and given:
        raise CtgdocsError(
            f"« {membre} » donne pouvoir à « {given} » et « {suppleant} » siège à sa place : "
            "gardez l’un des deux"
        )
    excused = any(etat.place == "excusé" for etat in _first_run(row))
    absent = Absence(elu=membre, excuse=excused and not given, pouvoir_a=given)
    return Exceptions(
        absence=absent if not row[0].occupe else None,
        suppleance=Suppleance(suppleant=suppleant, titulaire=membre) if suppleant else None,
        mouvements=tuple(_movements(membre, row, numeros, heures or {})),
    )


def inscrire(
    seance: Seance,
    instance: Instance,
    membre: str,
    etats: Sequence[Etat],
    numeros: Sequence[str],
    heures: Mapping[str, time] | None = None,
) -> Seance:
    """The séance with the row of one member written anew; what it says of the others stays as typed, and the
    hours of the movements that stay are kept.

    Raises CtgdocsError when the séance so written would show another row than `etats`.
    """
    titulaires = {suppleant: titulaire for titulaire, suppleant in instance.suppleants.items()}
    titulaires |= {one.suppleant: one.titulaire for one in seance.suppleants if one.titulaire}
    chairs = {membre, *(suppleant for suppleant, titulaire in titulaires.items() if titulaire == membre)}
    at = {numero: one.heure for one in seance.mouvements if one.elu in chairs for numero in _numeros(one)}
    said = exceptions(membre, etats, numeros, {**{k: v for k, v in at.items() if v}, **(heures or {})})
    written = seance.model_copy(
        update={
            "absents": _instead(seance.absents, lambda one: one.elu == membre, said.absence),
            "suppleants": _instead(seance.suppleants, lambda one: one.suppleant in chairs, said.suppleance),
            "mouvements": _instead(seance.mouvements, lambda one: one.elu in chairs, *said.mouvements),
        }
    )
    shown = grille(derive_feuille(written, instance), numeros).get(membre, ())
    for numero, asked, got in zip(numeros, etats, shown, strict=True):
        if asked != got and {asked.place, got.place} != {"absent", "excusé"}:
            raise CtgdocsError(
                f"à la délibération {numero}, « {membre} » serait « {_worded(got)} » et non "
                f"« {_worded(asked)} » : celui qui reçoit un pouvoir doit être là quand il est donné"
            )
    return written


Item = TypeVar("Item")


def _instead(items: Sequence[Item], replaced: Callable[[Item], bool], *new: Item | None) -> tuple[Item, ...]:
    """The items with those that are replaced left out, and the new ones where the first of them stood. One
    that is equal to a new one stays itself."""
    old = [one for one in items if replaced(one)]
    fresh = [next((kept for kept in old if kept == one), one) for one in new if one is not None]
    first = next((index for index, one in enumerate(items) if replaced(one)), len(items))
    rest = [one for one in items[first:] if not replaced(one)]
    return (*items[:first], *fresh, *rest)


def _numeros(mouvement: Mouvement) -> Iterator[str]:
    yield from (numero for numero in (mouvement.arrive_a, mouvement.quitte_a) if numero)


def _worded(etat: Etat) -> str:
    return f"{etat.place} ({etat.autre})" if etat.autre else etat.place


def _given(row: Sequence[Etat]) -> str | None:
    """Who holds the pouvoir that was given before the séance."""
    return next((etat.autre for etat in _first_run(row) if etat.place == "pouvoir"), None)


def _first_run(row: Sequence[Etat]) -> Iterator[Etat]:
    """The states of a seat until somebody sits on it."""
    for etat in row:
        if etat.occupe:
            return
        yield etat


def _steady(membre: str, etats: Sequence[Etat]) -> Iterator[Etat]:
    """The row, once it is known that the fields of a séance can say it."""
    if not etats:
        raise CtgdocsError(f"aucune délibération où dire si « {membre} » est là")
    holder, seated = "", ""
    for etat in etats:
        if etat.place == "pouvoir" and holder not in ("", etat.autre):
            raise CtgdocsError(
                f"le pouvoir de « {membre} » passe de « {holder} » à « {etat.autre} » sans que le membre "
                "revienne : une séance ne peut pas le dire, gardez un seul mandataire"
            )
        if etat.place == "suppléé" and seated not in ("", etat.autre):
            raise CtgdocsError(
                f"le suppléant « {etat.autre} » ne peut pas siéger après « {seated} » à la place de "
                f"« {membre} » : gardez-en un seul"
            )
        holder = "" if etat.occupe else holder or etat.autre
        seated = membre if etat.place == "présent" else seated or (etat.autre if etat.occupe else "")
        yield etat


def _movements(
    membre: str, row: Sequence[Etat], numeros: Sequence[str], heures: Mapping[str, time]
) -> Iterator[Mouvement]:
    """Each time somebody sits down on the seat or leaves it."""
    suppleant = next((etat.autre for etat in row if etat.place == "suppléé"), "")
    if suppleant and not row[0].occupe and _first_sitter(row) == suppleant:
        at = next(index for index, etat in enumerate(row) if etat.occupe)
        yield Mouvement(elu=suppleant, arrive_a=numeros[at], heure=heures.get(numeros[at]))
        row = (Etat("suppléé", suppleant),) * at + tuple(row[at:])
    for index, (before, after) in enumerate(pairwise(row), start=1):
        numero = numeros[index]
        who = after.autre if after.place == "suppléé" else membre
        if after.occupe and before != after:
            yield Mouvement(elu=who, arrive_a=numero, heure=heures.get(numero))
        elif before.occupe and not after.occupe:
            leaver = before.autre or membre
            given = _given(row[index:])
            yield Mouvement(elu=leaver, quitte_a=numero, heure=heures.get(numero), pouvoir_a=given)


def _first_sitter(row: Sequence[Etat]) -> str:
    first = next((etat for etat in row if etat.occupe), PRESENT)
    return first.autre
