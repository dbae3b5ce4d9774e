"""The rules of an evaluation: it judges what is over, and what it cites is not later than it."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.findings import Finding
from ctgdocs.kinds.evaluation.acte import Acte
from ctgdocs.rules.chronology import Dated
from ctgdocs.rules.rule import check, judge
from ctgdocs.rules.texts import texts_read
from ctgdocs.stages import Entry, Reader


@check(on=Acte)
def citations(evaluation: Entry[Acte], reader: Reader) -> Iterator[Finding]:
    """D6, on the day of the signature."""
    yield from judge(Dated(evaluation.value.date, evaluation.place("date"), texts_read(evaluation)), reader)
