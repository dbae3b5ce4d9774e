"""The kinds of documents this program knows: one drawer each, one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind
from ctgdocs.kinds.arrete import KIND as ARRETE
from ctgdocs.kinds.bilan import KIND as BILAN
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.kinds.evaluation import KIND as EVALUATION
from ctgdocs.kinds.fiche_de_poste import KIND as FICHE_DE_POSTE
from ctgdocs.kinds.note import KIND as NOTE
from ctgdocs.kinds.orientation import KIND as ORIENTATION
from ctgdocs.kinds.registre import KIND as REGISTRE
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.kinds.signature import KIND as SIGNATURE
from ctgdocs.kinds.suite import KIND as SUITE

if TYPE_CHECKING:
    from pydantic import BaseModel

KINDS: tuple[Kind[BaseModel], ...] = (
    DELIBERATION,
    ARRETE,
    NOTE,
    REUNION,
    SUITE,
    REGISTRE,
    CONVENTION,
    SIGNATURE,
    BILAN,
    EVALUATION,
    ORIENTATION,
    FICHE_DE_POSTE,
)

__all__ = ["KINDS"]
