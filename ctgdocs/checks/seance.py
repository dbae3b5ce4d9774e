"""The rules of a séance, run once whatever the number of its délibérations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from ctgdocs.checks import appel, convocation
from ctgdocs.checks.dossier import Dossier, dossier_of
from ctgdocs.checks.liens import check_liens, without_echoes
from ctgdocs.checks.names import Nommer, Personne, namer
from ctgdocs.findings import Finding
from ctgdocs.stages import Entry, Reader

_OF_THE_ROOM: tuple[Callable[[Dossier, Nommer], Iterator[Finding]], ...] = (
    appel.contradictions,
    appel.etat_d_urgence,
    appel.effectif,
    appel.presidence,
    appel.secretaires,
)
_OF_THE_DATES: tuple[Callable[[Dossier, Reader], Iterator[Finding]], ...] = (
    convocation.delai,
    convocation.seconde_convocation,
    convocation.nom_du_fichier,
    convocation.ordre_des_dates,
)


def check_seance(entry: Entry, reader: Reader) -> Sequence[Finding]:
    """All the findings of one séance: its ids, its dates, who was there. Places are in the séance's file."""
    return reader.recall(("check_seance", entry.key, entry.digest), lambda apart: _check(entry, apart))


def _check(entry: Entry, reader: Reader) -> list[Finding]:
    findings = check_liens(entry, reader)
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return findings
    for of_the_dates in _OF_THE_DATES:
        findings.extend(of_the_dates(dossier, reader))
    if not _sound(dossier):
        nommer = namer(reader)
        for of_the_room in _OF_THE_ROOM:
            findings.extend(of_the_room(dossier, nommer))
    return without_echoes(findings)


@lru_cache(maxsize=512)
def _sound(dossier: Dossier) -> bool:
    """Whether the roll call has nothing to say; names do not matter to that."""
    return not any(True for rule in _OF_THE_ROOM for _ in rule(dossier, Personne))
