"""What is typed by hand and contradicts itself or is lacking: letters and digits of a sum; a matière of no
nomenclature; what neither an act nor its dossier says."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import a_workspace, findings_of, with_changes

from ctgdocs.findings import Finding

KEY = "deliberation/2026-045"
FILE = "content/deliberations/2026-045.yaml"


def told(root: Path, code: str, **fields: object) -> list[Finding]:
    project = a_workspace(root, **with_changes({KEY: fields}))
    return [finding for finding in findings_of(project) if finding.code == code]


@pytest.mark.parametrize(
    ("sum_", "letters"),
    [
        ("quinze mille deux cents euros (12 500 €)", "douze mille cinq cents euros"),
        ("quinze mille euros et dix centimes (15 000,20 €)", "quinze mille euros et vingt centimes"),
        ("cent euros (1 000 euros)", "mille euros"),
        ("Deux millions d’euros (2 000 €)", "deux mille euros"),
        ("cinquante-six euros (53 €)", "cinquante-trois euros"),
    ],
)
def test_letters_that_disagree_with_digits_are_found(tmp_path: Path, sum_: str, letters: str) -> None:
    (finding,) = told(tmp_path, "lettres-et-chiffres", expose=f"Une aide de {sum_} est versée.")
    assert (finding.blocking, finding.place.file, finding.place.field) == (True, FILE, "expose")
    assert sum_ in finding.message
    assert f"s’écrit « {letters} »" in finding.hints[0]


@pytest.mark.parametrize(
    "sum_",
    [
        "douze mille cinq cents euros (12 500 €)",
        "Douze-mille-cinq-cents euros (12500 euros)",
        "trois cent six euros et vingt centimes (306,20 €)",
        "deux millions d’euros (2 000 000 €)",
        "quatre-vingt-un euros (81 €)",
        "vingt et un mille euros (21 000,00 €)",
        "cent euros (hors taxes)",
        "une aide en euros (12 500 €)",
    ],
)
def test_letters_that_agree_with_digits_are_let_through(tmp_path: Path, sum_: str) -> None:
    assert told(tmp_path, "lettres-et-chiffres", expose=f"Une aide de {sum_} est versée.") == []


@pytest.mark.parametrize("code", ["7,5", "subventions", "12.1"])
def test_a_matiere_that_does_not_exist_is_an_alerte(tmp_path: Path, code: str) -> None:
    (finding,) = told(tmp_path, "matiere", matiere=code)
    assert (finding.blocking, finding.place.field) == (False, "matiere")
    assert finding.message == f"la matière « {code} » n’est pas dans la nomenclature ACTES"


@pytest.mark.parametrize("code", ["8.2", "7.5.2", "9"])
def test_a_known_matiere_is_let_through(tmp_path: Path, code: str) -> None:
    assert told(tmp_path, "matiere", matiere=code) == []


def test_what_neither_the_act_nor_its_dossier_says_is_asked_for(tmp_path: Path) -> None:
    (finding,) = told(tmp_path, "champ-manquant", dossier="lieu-d-accueil", decisions="null")
    assert (finding.blocking, finding.place.file, finding.place.field) == (True, FILE, "dossier")
    assert finding.message == "champ obligatoire absent : « decisions », ici et dans le dossier"
    assert finding.hints == ("ajoutez-le au dossier ou à ce document",)
