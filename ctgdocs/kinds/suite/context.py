"""The papers of a séance that was held, each in its module; one is None when there is nothing to say."""

from __future__ import annotations

from collections.abc import Callable

from ctgdocs.assembly.sitting import find_sitting
from ctgdocs.composing.pen import Pen
from ctgdocs.kinds.suite import (
    AFFICHAGE,
    CLOTURE,
    DECISIONS,
    ENVOIS,
    LISTE,
    MAIRES,
    PREFECTURE,
    PROCES_VERBAL,
    TELETRANSMISSION,
)
from ctgdocs.kinds.suite.acte import Acte
from ctgdocs.kinds.suite.lettres import affichage, envois, maires, prefecture
from ctgdocs.kinds.suite.listes import cloture, decisions, liste, teletransmission
from ctgdocs.kinds.suite.proces_verbal import proces_verbal
from ctgdocs.kinds.suite.tenue import Tenue
from ctgdocs.stages import Composition, Entry, Reader

_PARTS: dict[str, Callable[[Tenue], Composition | None]] = {
    LISTE: liste,
    PROCES_VERBAL: proces_verbal,
    CLOTURE: cloture,
    DECISIONS: decisions,
    TELETRANSMISSION: teletransmission,
    AFFICHAGE: affichage,
    MAIRES: maires,
    PREFECTURE: prefecture,
    ENVOIS: envois,
}


def compose(entry: Entry[Acte], reader: Reader, part: str) -> Composition | None:
    """What one paper says; called when neither validation nor checks left an `erreur`."""
    sitting = find_sitting(reader, entry.value.seance)
    return None if sitting is None else _PARTS[part](Tenue(Pen(entry, reader), entry, sitting))
