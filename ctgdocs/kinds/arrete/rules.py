"""The rules of an arrêté or a décision: who may sign it, its dates, what it cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ctgdocs.findings import Finding
from ctgdocs.kinds.arrete.acte import Acte
from ctgdocs.rules.catalogue import A1, D3
from ctgdocs.rules.liens import check_liens, check_visas
from ctgdocs.rules.records import check_socle
from ctgdocs.rules.rule import namer
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import date_in_french
from ctgdocs.vocabulary.registres import COLLECTIVITE, ELUS

_AFTER = (("transmission", "transmis"), ("publication", "publié"), ("notification", "notifié"))


def check(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one act of the executive."""
    acte: Acte = entry.value
    return [
        *check_liens(entry, reader),
        *check_socle(entry, reader),
        *check_visas(entry, reader, acte.visas, acte.date),
        *_signataire(entry, acte, reader),
        *_dates(entry, acte),
    ]


def _signataire(entry: Entry[Any], acte: Acte, reader: Reader) -> Iterator[Finding]:
    """A1: the executive signs, or an élu to whom functions were delegated."""
    house = reader.find(COLLECTIVITE, "collectivite")
    if house is None or acte.signataire in (None, house.value.executif):
        return
    elu = reader.find(ELUS, acte.signataire)
    if elu is not None and not elu.value.delegation:
        yield A1.finding(
            f"{namer(reader)(elu.id)} signe sans être l’exécutif ni avoir de délégation connue",
            entry.place("signataire"),
            "ajoutez sa delegation dans elus.yaml, ou changez de signataire",
        )


def _dates(entry: Entry[Any], acte: Acte) -> Iterator[Finding]:
    """D3: signed first, then transmitted, published, notified."""
    for field, said in _AFTER:
        when = getattr(acte, field)
        if when is None:
            continue
        if acte.date is None:
            yield D3.finding(
                f"l’acte est {said} le {date_in_french(when)}, mais n’a pas de date de signature",
                entry.place(field),
                "indiquez date, ou retirez celle-ci",
            )
        elif when < acte.date:
            yield D3.finding(
                f"l’acte est {said} le {date_in_french(when)}, avant sa signature "
                f"({date_in_french(acte.date)})",
                entry.place(field),
                "corrigez l’une des deux dates",
            )
