"""The four papers of a meeting, each in its module; one is None when the meeting has nothing to say there."""

from __future__ import annotations

from collections.abc import Callable

from ctgdocs.composing.pen import Pen
from ctgdocs.kinds.reunion import CONVOCATION, EMARGEMENT, ORDRE_DU_JOUR, RELEVE
from ctgdocs.kinds.reunion.acte import Acte
from ctgdocs.kinds.reunion.convocation import convocation
from ctgdocs.kinds.reunion.emargement import emargement
from ctgdocs.kinds.reunion.meeting import meeting_of
from ctgdocs.kinds.reunion.papier import Papier, ordre_du_jour
from ctgdocs.kinds.reunion.releve import releve
from ctgdocs.stages import Composition, Entry, Reader

_PARTS: dict[str, Callable[[Papier], Composition | None]] = {
    CONVOCATION: convocation,
    ORDRE_DU_JOUR: ordre_du_jour,
    EMARGEMENT: emargement,
    RELEVE: releve,
}


def compose(entry: Entry[Acte], reader: Reader, part: str) -> Composition | None:
    """What one papier says; called when neither validation nor checks left an `erreur`."""
    meeting = meeting_of(entry, reader)
    return None if meeting is None else _PARTS[part](Papier(Pen(entry, reader), meeting))
