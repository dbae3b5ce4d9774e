"""The ordre du jour alone, to post at the door or on the site."""

from __future__ import annotations

from ctgdocs.kinds.reunion import ORDRE_DU_JOUR
from ctgdocs.kinds.reunion.papier import Papier
from ctgdocs.stages import Composition


def ordre_du_jour(paper: Papier) -> Composition | None:
    """None while the meeting has no point."""
    if not paper.points:
        return None
    seance = paper.meeting.seance
    public = seance is not None and paper.meeting.assemblee and paper.pen.collectivite.type not in _CLOSED
    context = {
        "ordre_du_jour": paper.agenda,
        "publique": "La séance est publique." if public and seance and not seance.huis_clos else "",
        "signature": {"qualite": paper.quality(paper.signer), "nom": paper.signer.bare},
    }
    return paper.document(ORDRE_DU_JOUR, "Ordre du jour", context)


_CLOSED = ("ccas", "cias")
"""The board of a CCAS does not meet in public (CASF, art. L. 133-5)."""
