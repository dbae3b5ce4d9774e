"""A séance by visioconférence: H1, who may hold one; what may not be voted there is said by the act (H2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ctgdocs.assembly.sitting import Sitting
from ctgdocs.rules.rule import ALERTE, Said, namer, rule
from ctgdocs.stages import Reader

VISIOCONFERENCE: Final = date(2022, 8, 1)
"""From that day an EPCI may sit in several places by visioconférence (loi n° 2022-217, art. 170)."""


@rule(
    "H1",
    "Seul le conseil d’un EPCI à fiscalité propre siège par visioconférence, depuis le 1er août 2022",
    ALERTE,
    "CGCT, art. L. 5211-11-1",
    to_check=True,
    on=Sitting,
)
def may_sit_remotely(sitting: Sitting, reader: Reader) -> Iterator[Said]:
    """Not a conseil municipal, a CCAS, a syndicat or a bureau; and whoever sits elsewhere is there. The
    quorum counts the members of all the places, as they are all present."""
    remote = sitting.seance.visioconference
    if remote is None:
        return
    if sitting.regime != "epci" or not sitting.assemblee or sitting.jour < VISIOCONFERENCE:
        what = (
            "cette instance ne siège pas"
            if sitting.jour >= VISIOCONFERENCE
            else "aucune instance ne siégeait"
        )
        yield Said(
            f"{what} par visioconférence",
            sitting.place("visioconference"),
            "retirez ce champ, ou vérifiez la date et l’instance",
            sitting.regime,
        )
    for index, elu in enumerate(remote.a_distance):
        if not any(presence.est_present(elu) for presence in sitting.feuille.etapes):
            who = namer(reader)(elu)
            yield Said(
                f"{who} siège à distance sans être {who:présent|présente}",
                sitting.place("visioconference", "a_distance", index),
                "retirez cette personne des absents, ou d’a_distance",
                sitting.regime,
            )
