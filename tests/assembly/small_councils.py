"""Tiny builders: a council of a few members called a, b, c… and a séance of it."""

from __future__ import annotations

from typing import Any

from ctgdocs.assembly.appel import derive_feuille
from ctgdocs.assembly.presence import Feuille, Presence
from ctgdocs.assembly.scrutin import Scrutin, derive_scrutin
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.seances import Seance, Vote


def a_council(members: str = "abcdefg", **fields: Any) -> Instance:
    """Members are letters; the first presides, the next two are vice-presidents."""
    known = {
        "nom": "conseil communautaire",
        "president": members[0],
        "vice_presidents": list(members[1:3]),
        "membres": list(members),
    }
    return Instance.model_validate(known | fields)


def a_seance(**fields: Any) -> Seance:
    """Absences may be written `absents="b c:a"`: b is absent, c gives his pouvoir to a."""
    known: dict[str, Any] = {
        "instance": "conseil",
        "date": "2026-09-24",
        "heure": "18h30",
        "lieu": "salle des fêtes",
        "convocation": "2026-09-17",
        "secretaire": "b",
    }
    if isinstance(absents := fields.get("absents"), str):
        fields["absents"] = [_absence(word) for word in absents.split()]
    return Seance.model_validate(known | fields)


def _absence(word: str) -> dict[str, str]:
    elu, _, mandataire = word.partition(":")
    return {"elu": elu} | ({"pouvoir_a": mandataire} if mandataire else {})


def a_feuille(council: Instance | None = None, **fields: Any) -> Feuille:
    return derive_feuille(a_seance(**fields), council or a_council())


def who_is_there(presence: Presence) -> str:
    """« a b(c) | d→a | e | f »: presents (whom they replace), pouvoirs, excused, absent."""
    return " | ".join(
        (
            " ".join(p.elu + (f"({p.titulaire})" if p.titulaire else "") for p in presence.presents),
            " ".join(f"{p.mandant}→{p.mandataire}" for p in presence.pouvoirs),
            " ".join(presence.excuses),
            " ".join(presence.absents),
        )
    )


def a_scrutin(vote: Any, council: Instance | None = None, **fields: Any) -> Scrutin:
    return derive_scrutin(Vote.model_validate(vote), a_feuille(council, **fields).presence("2026-001"))
