"""The rules of a register: it is of a body that deliberates."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.findings import Finding
from ctgdocs.kinds.registre.acte import Acte
from ctgdocs.rules.rule import check, consistency
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import INSTANCES


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
