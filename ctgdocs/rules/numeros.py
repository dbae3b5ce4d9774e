"""The number of a délibération, against the register of the numbers that were given."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.findings import Finding
from ctgdocs.rules.rule import check, consistency
from ctgdocs.rules.texts import InTheRegister
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import DELIBERATIONS, NUMEROS


@check(on=InTheRegister)
def a_number_is_given_once(act: Entry[InTheRegister], reader: Reader) -> Iterator[Finding]:
    """A délibération bears a number that was given to another act."""
    number = act.value.numero or act.id
    given = reader.find(NUMEROS, number) if act.registry == DELIBERATIONS.name else None
    if given is not None and given.value.acte != act.id:
        yield consistency(
            "numero-donne",
            f"le n° {number} a été donné à « {given.value.acte} », et ne l’est à aucune autre délibération",
            act.place("numero"),
            "retirez numero, puis : ctgdocs numeroter et le nom de la séance",
        )
