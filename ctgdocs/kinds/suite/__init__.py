"""What follows a séance: its liste, its procès-verbal, its sheet of the register, the letters that go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.suite.acte import Acte

LISTE, PROCES_VERBAL, CLOTURE, DECISIONS = "liste", "proces-verbal", "cloture", "decisions"
TELETRANSMISSION, AFFICHAGE = "teletransmission", "affichage"
MAIRES, PREFECTURE, ENVOIS = "maires", "prefecture", "envois"

KIND: Kind[Acte] = Kind(
    name="suite",
    shelf="suites",
    label="suite de séance",
    plural="suites de séances",
    package=__name__,
    feminine=True,
    parts=(
        LISTE, PROCES_VERBAL, CLOTURE, DECISIONS, TELETRANSMISSION, AFFICHAGE, MAIRES, PREFECTURE, ENVOIS,
    ),
)  # fmt: skip
