"""A small communauté de communes, written in a temporary folder: seven members from three communes."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.stages import Composition, Entry, Registry

COLLECTIVITE = """
    nom: Communauté de communes des Trois-Vallées
    nom_court: communauté de communes
    type: communaute-de-communes
    population: 9800
    siret: "20006665500018"
    departement: "82"
    arrondissement: Castelsarrasin
    adresse: {lignes: [1 place de la Halle], code_postal: "82500", ville: Esparsac}
    executif: durand-claire
    representant_de_l_etat: sous-préfecture de Castelsarrasin
    tribunal: {nom: tribunal administratif de Toulouse, adresse: "68 rue Raymond-IV, 31000 Toulouse"}
"""

FILES = {
    "collectivite.yaml": COLLECTIVITE,
    "communes.yaml": """
        esparsac: {nom: Esparsac}
        le-cause: {nom: Le Causé}
        vigueron: {nom: Vigueron}
    """,
    "elus.yaml": """
        durand-claire: {civilite: Mme, prenom: Claire, nom: Durand, commune: esparsac, fonction: présidente}
        martin-paul: {civilite: M., prenom: Paul, nom: Martin, commune: esparsac, fonction: vice-président}
        roy-jean: {civilite: M., prenom: Jean, nom: Roy, commune: esparsac}
        petit-anne: {civilite: Mme, prenom: Anne, nom: Petit, commune: le-cause}
        lopez-marc: {civilite: M., prenom: Marc, nom: Lopez, commune: le-cause}
        faure-lea: {civilite: Mme, prenom: Léa, nom: Faure, commune: vigueron}
        blanc-marie: {civilite: Mme, prenom: Marie, nom: Blanc, commune: vigueron}
        noel-yves: {civilite: M., prenom: Yves, nom: Noël, commune: vigueron}
    """,
    "instances/conseil-communautaire.yaml": """
        nom: conseil communautaire
        president: durand-claire
        membres: [durand-claire, martin-paul, roy-jean, petit-anne, lopez-marc, faure-lea, noel-yves]
        suppleants: {faure-lea: blanc-marie}
    """,
    "instances/commission-affaires-sociales.yaml": """
        nom: commission Affaires sociales
        type: commission
        president: martin-paul
        membres: [martin-paul, petit-anne]
    """,
    "partenaires.yaml": """
        caf-82: {nom: Caisse d’allocations familiales de Tarn-et-Garonne, type: caf}
    """,
    "visas.yaml": """
        cgct-l5211-1:
          texte: le code général des collectivités territoriales, notamment son article L. 5211-1
          rang: code
    """,
    "dossiers/lieu-d-accueil.yaml": """
        objet: Attribution d’une aide au lieu d’accueil enfants-parents
        montants: {aide: 6 600}
        calendrier: {ouverture: 2026-11-03}
    """,
    "seances/2026-09-24.yaml": """
        instance: conseil-communautaire
        date: 2026-09-24
        heure: 18h30
        lieu: la salle des fêtes d’Esparsac
        convocation: 2026-09-17
        secretaire: martin-paul
        absents:
          - {elu: roy-jean, pouvoir_a: durand-claire}
          - {elu: noel-yves, excuse: oui}
        suppleants: [blanc-marie]
    """,
}

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


def a_workspace(root: Path, **files: str) -> Project:
    """The workspace, with more or other files: `a_workspace(tmp, **{"deliberations/2026-045.yaml": "…"})`."""
    for name, text in {**FILES, **files}.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return Project(root)


def the_act(project: Project, kind: str, id: str) -> tuple[Entry, Library]:
    """The validated act, which must be without error."""
    library = Library(project, KINDS)
    entry = library.find(Registry(kind), id)
    assert entry is not None, library.findings_of(kind, id)
    return entry, library


def composed(project: Project, kind: str, id: str, part: str = "") -> Composition:
    """What its page says; that of its first document when the kind makes several and none is named."""
    entry, library = the_act(project, kind, id)
    (drawer,) = (known for known in KINDS if known.name == kind)
    composition = drawer.compose(entry, library.reader(), part or drawer.parts[0])
    assert composition is not None
    return composition


def deliberation(root: Path, text: str = DELIBERATION, **files: str) -> Composition:
    """The page of délibération 2026-045, whose file is `text`."""
    return composed(
        a_workspace(root, **{"deliberations/2026-045.yaml": text}, **files), "deliberation", "2026-045"
    )
