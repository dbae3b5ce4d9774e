"""The délibération that the tests of pages change, in the small world."""

from __future__ import annotations

from pathlib import Path

from world import a_workspace, composed

from ctgdocs.stages import Composition

DELIBERATION = """
    seance: 2026-09-24
    objet: Renouvellement de la convention territoriale globale
    rapporteur: martin-paul
    matiere: "8.2"
    visas: [cgct-l5211-1, "l’avis de la commission Affaires sociales du 3 septembre 2026"]
    considerants: [que la convention en cours prend fin le 31 décembre 2026]
    expose: |
      {executif} rappelle que la convention finit bientôt.
    decisions:
      - d’approuver la convention annexée
      - d’autoriser {executif} à la signer
    vote: {contre: [petit-anne], abstentions: [lopez-marc]}
"""


def deliberation(root: Path, text: str = DELIBERATION, **files: str) -> Composition:
    """The page of délibération 2026-045, whose file is `text`."""
    return composed(
        a_workspace(root, **{"deliberations/2026-045.yaml": text}, **files), "deliberation", "2026-045"
    )
