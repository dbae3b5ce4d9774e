"""The registries: what the workspace types once under content/, and where each one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.stages import Registry

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.vocabulary.actes import Bilan, Convention, Deliberation, Reunion, Signed, Visa
    from ctgdocs.vocabulary.dossiers import Bareme, Dossier
    from ctgdocs.vocabulary.instances import Instance
    from ctgdocs.vocabulary.organismes import Collectivite, Commune, Partenaire
    from ctgdocs.vocabulary.personnes import Agent, Elu
    from ctgdocs.vocabulary.seances import NumeroDonne, Seance

_HERE = "ctgdocs.vocabulary"

COLLECTIVITE: Registry[Collectivite] = Registry(
    "collectivite",
    "collectivite.yaml",
    "collectivité",
    f"{_HERE}.organismes:Collectivite",
    single=True,
    feminine=True,
)
COMMUNES: Registry[Commune] = Registry(
    "communes", "communes.yaml", "commune", f"{_HERE}.organismes:Commune", feminine=True
)
ELUS: Registry[Elu] = Registry("elus", "elus.yaml", "élu", f"{_HERE}.personnes:Elu")
INSTANCES: Registry[Instance] = Registry(
    "instances", "instances/", "instance", f"{_HERE}.instances:Instance", feminine=True
)
PARTENAIRES: Registry[Partenaire] = Registry(
    "partenaires", "partenaires.yaml", "partenaire", f"{_HERE}.organismes:Partenaire"
)
VISAS: Registry[Visa] = Registry("visas", "visas.yaml", "visa", f"{_HERE}.actes:Visa")
SEANCES: Registry[Seance] = Registry(
    "seances", "seances/", "séance", f"{_HERE}.seances:Seance", feminine=True
)
AGENTS: Registry[Agent] = Registry("agents", "agents/", "agent", f"{_HERE}.personnes:Agent")
BAREMES: Registry[Bareme] = Registry("baremes", "baremes.yaml", "barème", f"{_HERE}.dossiers:Bareme")
NUMEROS: Registry[NumeroDonne] = Registry(
    "numeros", "numeros.yaml", "numéro donné", f"{_HERE}.seances:NumeroDonne"
)
DOSSIERS: Registry[Dossier] = Registry("dossiers", "dossiers/", "dossier", f"{_HERE}.dossiers:Dossier")

REGISTRES: tuple[Registry[BaseModel], ...] = (
    COLLECTIVITE,
    COMMUNES,
    ELUS,
    INSTANCES,
    PARTENAIRES,
    VISAS,
    SEANCES,
    AGENTS,
    DOSSIERS,
    BAREMES,
    NUMEROS,
)

# --- The acts that other acts cite: their kinds stand above, a name is enough to ask for them

DELIBERATIONS: Registry[Deliberation] = Registry("deliberation")
CONVENTIONS: Registry[Convention] = Registry("convention")
NOTES: Registry[object] = Registry("note")
REUNIONS: Registry[Reunion] = Registry("reunion")
ARRETES: Registry[Signed] = Registry("arrete")
BILANS: Registry[Bilan] = Registry("bilan")
