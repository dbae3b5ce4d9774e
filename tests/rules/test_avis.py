"""Who decides, sentence by sentence; and an opinion that is told once, whoever tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from world import a_workspace, findings_of, with_changes

from ctgdocs.kinds.note.rules import abus


@pytest.mark.parametrize(
    "text",
    [
        "La commission donne un avis favorable.",
        "La commission propose au conseil d’approuver la convention.",
        "Le conseil délibère le 24 septembre. La commission se réunit avant lui.",
        "L’avis de la commission est transmis au bureau, qui décide.",
        "Un vote la semaine suivante est possible.",
        "La loi autorise les communes à se grouper.",
        "Il est proposé d’approuver le projet.",
        "Les deux communes ont délibéré en juin.",
        "",
    ],
)
def test_a_commission_may_be_spoken_of(text: str) -> None:
    assert list(abus(text)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("La commission décide de poursuivre.", "décide"),
        ("La commission délibèrera en octobre.", "délibèrera"),
        ("La commission a approuvé le projet.", "a approuvé"),
        ("Il est demandé à la commission d’adopter le projet.", "d’adopter"),
        ("La commission est invitée à :\n\n- approuver le projet ;", "approuver"),
        ("Le projet, validé par la commission, sera signé.", "validé par la commission"),
        ("La commission vote le budget.", "vote"),
    ],
)
def test_a_commission_that_decides_is_found(text: str, said: str) -> None:
    (found,) = abus(text)
    assert (found.verbe, found.certain) == (said, True)
    assert text[found.offset :].lower().startswith(said)


def test_a_verb_without_a_subject_is_doubtful() -> None:
    (found,) = abus("Décide de poursuivre.")
    assert not found.certain


def test_in_the_opinion_asked_every_sentence_is_the_commission_s() -> None:
    (found,) = abus("D’approuver le projet.", by_the_commission=True)
    assert found.certain


COMMISSION = {"instance": "commission-affaires-sociales", "date": "2026-09-03", "avis": "favorable"}


@pytest.mark.parametrize(
    "changes",
    [
        {
            "deliberation/2026-045": {"commission": COMMISSION},
            "reunion/reunion": {"points": [{"deliberation": "2026-045", "avis": "défavorable"}]},
        },
        {
            "dossiers/social": {"objet": "Objet", "commission": COMMISSION},
            "deliberation/2026-045": {"dossier": "social"},
            "reunion/reunion": {"points": [{"dossier": "social", "avis": "défavorable"}]},
        },
        {
            "dossiers/social": {"objet": "Objet", "commission": COMMISSION},
            "deliberation/2026-045": {"dossier": "social"},
            "reunion/reunion": {
                "points": [{"dossier": "social", "deliberation": "2026-045", "avis": "défavorable"}]
            },
        },
        {
            "dossiers/social": {"objet": "Objet", "commission": COMMISSION, "seance": "rentree"},
            "deliberation/2026-045": {"dossier": "social"},
            "note/note": {"type": "note_de_synthese", "seance": "rentree"},
            "seances/rentree": {"date": "2026-09-02", "convocation": "2026-08-20"},
        },
    ],
)
def test_one_fault_of_an_opinion_is_told_once(tmp_path: Path, changes: dict[str, Any]) -> None:
    found = findings_of(a_workspace(tmp_path, **with_changes(changes)))
    of_others = ("C6", "L5")  # the note of the séance, and what its new day is to those around it
    (only,) = [one for one in found if one.severity != "info" and one.code not in of_others]
    assert only.code in ("F2", "D5")
    assert only.code == "D5" or {only.place.file, only.related[0].place.file} >= {
        "content/reunions/reunion.yaml"
    }
