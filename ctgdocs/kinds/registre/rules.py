"""The rules of a register: it is of a body that deliberates, and its numbers follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ctgdocs.findings import Finding
from ctgdocs.french import date_simple, enumeration
from ctgdocs.kinds.registre.acte import Acte
from ctgdocs.rules.rule import ALERTE, INFO, Said, check, consistency, plural, rule
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import DELIBERATIONS, INSTANCES, NUMEROS, SEANCES


@check(on=Acte)
def of_a_body_that_deliberates(registre: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """A commission gives an opinion, and keeps no register."""
    body = reader.find(INSTANCES, registre.value.instance)
    if body is not None and body.value.type not in ("assemblee", "bureau"):
        yield consistency(
            "registre-sans-deliberation",
            f"« {body.value.nom} » ne délibère pas : il n’a pas de registre",
            registre.place("instance"),
            "citez l’assemblée ou le bureau",
        )


class _Numbered(NamedTuple):
    """A délibération of the register: the day of its séance, the rank of its number, and that number."""

    jour: date
    rang: int
    numero: str


@rule(
    "R2",
    "Le registre est continu : les délibérations s’y numérotent dans l’ordre des séances, sans numéro absent",
    ALERTE,
    "CGCT, art. R. 2121-9",
    on=Acte,
)
def in_order_and_continuous(registre: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """Of the numbers of the year (« 2026-045 ») given at the séances of its body: none is smaller than one
    of an earlier séance; those that lack between the first and the last are told for information, but for
    the ones that were withdrawn."""
    held = sorted(_held(registre.value, reader))
    for before, after in pairwise(held):
        if after.rang < before.rang:
            yield Said(
                f"le n° {after.numero} ({date_simple(after.jour)}) suit le n° {before.numero} "
                f"({date_simple(before.jour)})",
                registre.place("annee"),
                "corrigez l’un des deux numéros, ou sa séance",
            )
    ranks = {one.rang for one in held}
    absent = [rank for rank in range(min(ranks, default=0), max(ranks, default=0)) if rank not in ranks]
    width = max((len(one.numero.rpartition("-")[2]) for one in held), default=0)
    named = [f"{registre.value.annee}-{rank:0{width}}" for rank in absent]
    lacking = [number for number in named if not reader.exists(NUMEROS, number)]
    if lacking:
        shown = enumeration([f"n° {number}" for number in lacking[:_MOST]])
        more = f", et {plural(len(lacking) - _MOST, 'autre')}" if len(lacking) > _MOST else ""
        yield Said(
            f"il manque au registre : {shown}{more}",
            registre.place("annee"),
            "ajoutez ces délibérations, ou dites-les retirées",
            severity=INFO,
        )


_MOST = 5


def _held(acte: Acte, reader: Reader) -> Iterator[_Numbered]:
    form = re.compile(rf"{acte.annee}-(\d{{1,4}})")
    for id in reader.ids(DELIBERATIONS):
        act = reader.find(DELIBERATIONS, id)
        seance = reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
        found = form.fullmatch((act.value.numero if act else None) or id)
        if found and seance and seance.value.instance == acte.instance:
            yield _Numbered(seance.value.date, int(found[1]), found[0])
