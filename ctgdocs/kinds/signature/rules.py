"""The rules of a sheet of signatures: the day it gives is that of the convention."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.findings import Finding
from ctgdocs.kinds.signature.acte import Acte
from ctgdocs.rules.rule import check, consistency
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import CONVENTIONS


@check(on=Acte)
def the_day_of_the_convention(sheet: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """Another day than the one on which the convention says it was signed."""
    found, day = reader.find(CONVENTIONS, sheet.value.convention), sheet.value.date
    signed = found.value.signature if found else None
    if signed is not None and day is not None and signed != day:
        yield consistency(
            "dates",
            f"la convention dit sa signature du {signed:%d/%m/%Y}, la feuille du {day:%d/%m/%Y}",
            sheet.place("date"),
            "corrigez l’une des deux dates",
        )
