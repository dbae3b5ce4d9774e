"""What the page of an arrêté, or of a decision, says."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_deliberation import plain, words
from world import a_workspace, composed

from ctgdocs.stages import Composition

ARRETE = """
    objet: Délégation de signature
    date: 2026-10-05
    visas: [cgct-l5211-1]
    considerants: [qu’il importe d’assurer la continuité du service]
    articles:
      - {titre: Objet, texte: "Délégation est donnée à {elu:petit-anne}"}
      - Le présent arrêté prend effet le {date:2026-10-12}.
"""


def arrete(root: Path, text: str = ARRETE) -> Composition:
    return composed(a_workspace(root, **{"arretes/2026-012.yaml": text}), "arrete", "2026-012")


def test_the_executive_alone_decides_and_signs(tmp_path: Path) -> None:
    context = arrete(tmp_path).context
    assert plain(context["reference"]) == "Arrêté n° 2026-012"
    assert context["auteur"] == "La présidente de la communauté de communes des Trois-Vallées,"
    assert context["verbe"] == "ARRÊTE"
    assert context["signatures"] == [{"qualite": "La présidente", "nom": "Claire Durand"}]
    assert plain(context["fait"]) == "Fait à Esparnac, le 5 octobre 2026."
    assert "vote" not in context


@pytest.mark.parametrize(
    ("more", "nature"),
    [
        ("matiere: '5.4'\n    notification: 2026-10-07", "AR"),
        ("matiere: '5.5'\n    destinataires: [l’intéressée]", "AR"),
        ("matiere: '6.1'\n    notification: 2026-10-07", "AR"),
        ("matiere: '5.40'\n    notification: 2026-10-07", "AI"),
        ("matiere: '4.2'", "AI"),
        ("matiere: '8.2'\n    notification: 2026-10-07", "AI"),
        ("matiere: '8.2'", "AR"),
        ("matiere: '8.2'\n    notification: 2026-10-07\n    nature: AR", "AR"),
    ],
)
def test_the_number_in_the_register_says_the_nature(tmp_path: Path, more: str, nature: str) -> None:
    context = arrete(tmp_path, f"{ARRETE}    tampon: rempli\n    {more}\n").context
    assert context["tampon"][-1].endswith(f"-20261005-2026-012-{nature}")


def test_articles_are_sentences(tmp_path: Path) -> None:
    articles = arrete(tmp_path).context["articles"]
    assert [(article["titre"], *words(article["texte"])) for article in articles] == [
        ("Article 1er – Objet", "Délégation est donnée à Mme Anne Petit."),
        ("Article 2", "Le présent arrêté prend effet le 12 octobre 2026."),
    ]


def test_a_delegate_signs_for_the_executive(tmp_path: Path) -> None:
    context = arrete(tmp_path, ARRETE + "    signataire: martin-paul\n").context
    assert context["auteur"] == "Le vice-président de la communauté de communes des Trois-Vallées,"
    assert context["signatures"] == [
        {"qualite": "Par délégation de la présidente, le vice-président", "nom": "Paul Martin"}
    ]


def test_a_decision_has_its_own_words(tmp_path: Path) -> None:
    context = arrete(tmp_path, ARRETE + "    type: decision\n").context
    assert plain(context["reference"]) == "Décision n° 2026-012"
    assert context["verbe"] == "DÉCIDE"
    assert context["recours"].startswith("La présente décision")


def test_an_arrete_that_is_notified_says_when(tmp_path: Path) -> None:
    context = arrete(tmp_path, ARRETE + "    destinataires: [l’intéressée]\n").context
    assert plain(context["executoire"][-1]).startswith("Notification : le …")
    assert "à compter de sa notification" in plain(context["recours"])


def test_one_that_is_withdrawn_says_so_and_its_page_stays_as_it_left(tmp_path: Path) -> None:
    before = arrete(tmp_path / "a", ARRETE)
    after = arrete(tmp_path / "b", ARRETE + "    retrait: 2026-11-02\n")
    assert [plain(finding.message) for finding in after.findings] == ["retiré le 2 novembre 2026"]
    assert after.context == before.context


def test_without_a_date_it_is_a_projet(tmp_path: Path) -> None:
    composition = arrete(tmp_path, ARRETE.replace("    date: 2026-10-05\n", ""))
    assert composition.watermark == "PROJET"
    assert composition.context["titre"] == "Projet d’arrêté"
    assert composition.context["signatures"] == []
    assert [plain(finding.message) for finding in composition.findings] == [
        "projet : il manque la date de signature"
    ]
