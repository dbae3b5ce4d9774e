"""A délibération written in the name of a commune, in the workspace of its communauté."""

from __future__ import annotations

from pathlib import Path

from world import a_workspace, composed, the_act

from ctgdocs.kinds.deliberation import KIND

ACT = """
    collectivite: viguerol
    objet: Approbation de la convention
    decisions: ["d’autoriser {executif} à signer pour {collectivite}"]
"""
VIGUEROL = """
    esparnac: {nom: Esparnac}
    le-causol: {nom: Le Causol}
    viguerol:
      nom: Viguerol
      maire: faure-lea
      adresse: {lignes: [2 rue de la Mairie], code_postal: "82990", ville: Viguerol}
      courriel: mairie@viguerol.fr
"""


def test_the_commune_s_own_record_makes_its_head(tmp_path: Path) -> None:
    project = a_workspace(tmp_path, **{"communes.yaml": VIGUEROL, "deliberations/viguerol.yaml": ACT})
    page = composed(project, "deliberation", "viguerol")
    head = page.context["collectivite"]
    assert (head["nom"], head["courriel"]) == ("Commune de Viguerol", "mairie@viguerol.fr")
    assert head["adresse"].replace("\u00a0", " ") == "2 rue de la Mairie – 82990 Viguerol"
    assert "Madame la Maire" in str(page.context["infinitifs"])
    assert "Commune de Viguerol" in str(page.context["infinitifs"])
    assert "Trois-Vallées" not in str(page.context)


def test_a_commune_without_maire_or_address_says_what_is_missing(tmp_path: Path) -> None:
    project = a_workspace(tmp_path, **{"deliberations/viguerol.yaml": ACT})
    head = composed(project, "deliberation", "viguerol").context["collectivite"]
    assert head["adresse"].replace("\u00a0", " ") == "[à compléter : adresse de la mairie] – Viguerol"


def test_the_council_of_the_communaute_does_not_decide_for_a_commune(tmp_path: Path) -> None:
    act = ACT + "    seance: 2026-09-24\n    vote: {}\n"
    project = a_workspace(tmp_path, **{"deliberations/viguerol.yaml": act})
    entry, library = the_act(project, "deliberation", "viguerol")
    codes = [finding.code for finding in KIND.check(entry, library.reader())]
    assert "autre-collectivite" in codes
