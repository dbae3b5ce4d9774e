"""The rules of a note d'orientations: barèmes of its year, and receipts under the spending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ctgdocs.findings import Finding, Related
from ctgdocs.kinds.orientation.acte import Acte
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.rule import ALERTE, Said, check, judge, rule
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import BAREMES


@check(on=Acte)
def citations(note: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """D6, on the day of the note."""
    yield from judge(Dated(note.value.date, note.place("date"), texts_read(note)), reader)


@rule(
    "O1", "Le barème d’un bonus est en vigueur l’année du budget", ALERTE, "notification de la Caf", on=Acte
)
def a_scale_of_its_year(note: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """A barème whose days do not meet the year of the budget; one without days is left alone."""
    first, last = date(note.value.annee, 1, 1), date(note.value.annee, 12, 31)
    for index, service in enumerate(note.value.services):
        for rank, bonus in enumerate(service.bonus):
            found = reader.find(BAREMES, bonus.bareme)
            if found is None:
                continue
            scale = found.value
            if (scale.du and scale.du > last) or (scale.au and scale.au < first):
                yield Said(
                    f"le barème « {bonus.bareme} » n’est pas celui de {note.value.annee}",
                    note.place("services", index, "bonus", rank),
                    "citez le barème de l’année, ou corrigez ses dates dans baremes.yaml",
                    related=(Related(found.place("au" if scale.au else "du"), "ses dates"),),
                )


@rule("O2", "Un service ne reçoit pas plus qu’il ne coûte", ALERTE, "cohérence de la note", on=Acte)
def receipts_under_spending(note: Entry[Acte], reader: Reader) -> Iterator[Said]:
    """The receipts of one year are above its spending: a figure is misplaced, or its year is."""
    for index, service in enumerate(note.value.services):
        for year in note.value.annees:
            if service.left(year) < 0:
                yield Said(
                    f"« {service.nom} » reçoit en {year} plus qu’il ne coûte",
                    note.place("services", index),
                    "vérifiez depenses, caf et autres de cette année",
                )
