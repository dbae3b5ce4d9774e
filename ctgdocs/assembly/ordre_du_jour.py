"""What a séance examines, in its order, and what became of it: the points, their acts, their votes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ctgdocs.assembly.presence import rang
from ctgdocs.assembly.scrutin import Scrutin, derive_scrutin
from ctgdocs.assembly.sitting import Moment, Sitting
from ctgdocs.content.heritage import inherit
from ctgdocs.vocabulary.registres import DELIBERATIONS

if TYPE_CHECKING:
    from ctgdocs.stages import Entry, Reader
    from ctgdocs.vocabulary.actes import Deliberation

DIVERS: Final = "Questions diverses"
_NUMERO = re.compile(r"\S*\d\S*")
_FILE = re.compile(r"[a-z]+(?:-[a-z]+)+")

Etat = Literal["projet", "adoptee", "rejetee", "executoire"]


class Inscrit(NamedTuple):
    """One point of an ordre du jour: as typed at `at`, or a délibération of the séance (`act`, with what
    its dossier lends), or both."""

    texte: str
    at: int | None = None
    act: Entry[Deliberation] | None = None


def numbered(texts: tuple[str, ...], reader: Reader) -> list[str]:
    """The points of an ordre du jour that are délibérations: a number, or the name of a file that has none
    yet."""
    return [
        text
        for text in texts
        if _NUMERO.fullmatch(text) or (_FILE.fullmatch(text) and reader.exists(DELIBERATIONS, text))
    ]


def ordre_du_jour(sitting: Sitting, reader: Reader) -> Iterator[Inscrit]:
    """The séance's own ordre du jour, whose numbers are délibérations; without numbers in it, all the
    délibérations of the séance follow its texts. « Questions diverses » comes last."""
    order = sitting.seance.ordre_du_jour
    cited = numbered(order, reader)
    acts = _cited(cited, reader) if cited else _all_of(sitting.entry.id, reader)
    last: Inscrit | None = None
    for index, text in enumerate(order):
        if text in acts:
            yield Inscrit(text, index, acts.pop(text))
        elif text.casefold() == DIVERS.casefold():
            last = Inscrit(text, index)
        else:
            yield Inscrit(text, index)
    if not cited:
        for numero in sorted(acts, key=rang):
            yield Inscrit(numero, None, acts[numero])
    if last is not None:
        yield last


def unread(sitting: Sitting, reader: Reader) -> list[str]:
    """The délibérations that the ordre du jour should tell and cannot: in error, or numbered but absent. An
    act in error may be of any séance: it counts for all those that number nothing."""
    wanted = numbered(sitting.seance.ordre_du_jour, reader)
    if wanted:
        known = _cited(wanted, reader)
        return [numero for numero in wanted if numero not in known]
    return [id for id in reader.ids(DELIBERATIONS) if reader.find(DELIBERATIONS, id) is None]


def _cited(wanted: list[str], reader: Reader) -> dict[str, Entry[Deliberation]]:
    """The délibérations that an ordre du jour numbers, by number; a file may bear another name than its
    act's number, and only then all the files are read."""
    found = {numero: act for numero in wanted if (act := reader.find(DELIBERATIONS, numero))}
    if len(found) < len(wanted):
        for id in reader.ids(DELIBERATIONS):
            act = reader.find(DELIBERATIONS, id)
            if act is not None and act.value.numero in wanted:
                found.setdefault(act.value.numero, act)
    return {numero: inherit(act, reader) for numero, act in found.items()}


def _all_of(seance: str, reader: Reader) -> dict[str, Entry[Deliberation]]:
    """Every délibération of a séance, by number."""
    known = (reader.find(DELIBERATIONS, id) for id in reader.ids(DELIBERATIONS))
    acts = (inherit(act, reader) for act in known if act is not None)
    return {act.value.numero or act.id: act for act in acts if act.value.seance == seance}


# --- what became of an act ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Examen:
    """A délibération before its séance: who was there, how they voted, how it stands. `moment` is None
    without a séance, `scrutin` when nobody voted or the assembly took note."""

    moment: Moment | None
    scrutin: Scrutin | None
    etat: Etat


def examine(act: Entry[Deliberation], sitting: Sitting | None) -> Examen:
    """The act, with what its dossier lends, at its séance."""
    value = act.value
    vote = value.vote
    deports = vote.deports if vote else ()
    key = value.numero or act.id
    moment = sitting.moment(key, value.presidence, deports) if sitting else None
    cast = None if vote is None or vote.prend_acte else vote
    scrutin = derive_scrutin(cast, moment.presence) if moment and cast else None
    if moment is None or vote is None:
        return Examen(moment, scrutin, "projet")
    if scrutin is not None and not scrutin.adoptee:
        return Examen(moment, scrutin, "rejetee")
    return Examen(moment, scrutin, "executoire" if value.transmission and value.publication else "adoptee")
