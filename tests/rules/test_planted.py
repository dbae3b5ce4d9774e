"""The planted errors: what a DGS could write wrong in any text of any act is told, at its line, by one
rule."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from world import a_workspace, findings_of, with_changes

from ctgdocs.findings import Finding

LINES: list[list[Any]] = yaml.safe_load((Path(__file__).parent / "data/planted.yaml").read_text("utf-8"))
TEXTS = [text for _, _, text, *_ in LINES]
KINDS = [what for what, *_ in LINES]
TITLE = "seance: rentree\nobjet: Objet\ndecisions: [d’approuver le projet]\nvote: {}\n"
CONVENTION = """\
type: partenariat
titre: Convention de partenariat
debut: 2027-01-01
fin: 2031-12-31
version: 2026-09-24
parties:
  - collectivite: oui
    autorite: {deliberation: 2026-099, du: 2026-09-24}
  - {nom: Caisse d’allocations familiales, nom_court: la Caf}
visas: ["le code de l’action sociale et des familles, notamment son article L. 214-1-3"]
articles:
  - titre: Objet
    texte: |
"""


def block(indent: int, lines: list[str]) -> str:
    """Each text a paragraph of its own, under a field that ends with « | »."""
    return "".join(f"{' ' * indent}{line}\n\n" for line in lines)


def listed(lines: list[str]) -> str:
    return "".join(f"  - {json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def cells(lines: list[str]) -> str:
    rows = "".join(f"      - [Objet, {json.dumps(line, ensure_ascii=False)}]\n" for line in lines)
    return f"tableaux:\n  suivi:\n    lignes:\n      - [Point, Texte]\n{rows}"


def notes(lines: list[str]) -> str:
    return block(2, [f"Rappel[^{rank}].\n\n  [^{rank}]: {line}" for rank, line in enumerate(lines)])


PLACES = {
    "deliberation": ("deliberations/2026-046", TITLE + "expose: |\n" + block(2, TEXTS)),
    "considerant": ("deliberations/2026-047", TITLE + "considerants:\n" + listed(TEXTS)),
    "tableau": ("deliberations/2026-048", TITLE + cells(TEXTS)),
    "pied": ("deliberations/2026-049", TITLE + "expose: |\n" + notes(TEXTS)),
    "note": (
        "notes/note",
        "type: rapport_de_presentation\ndate: 2026-09-24\npoints:\n  - objet: Objet\n    "
        "contexte: |\n" + block(6, TEXTS),
    ),
    "convention": ("conventions/convention", CONVENTION + block(6, TEXTS)),
    "arrete": (
        "arretes/2026-001",
        "objet: Objet\ndate: 2026-09-24\narticles: [Il est décidé.]\nexpose: |\n"
        + block(2, TEXTS),
    ),
    "reunion": (
        "reunions/releve",
        "instance: commission-affaires-sociales\ndate: 2026-09-24\nheure: 18h\nlieu: siège\nconvocation: "
        "2026-09-14\n"
        "points:\n  - objet: Objet\n    discussion: |\n" + block(6, TEXTS),
    ),
    "bilan": (
        "bilans/bilan",
        "convention: ancienne\nannee: 2025\ndate: 2026-09-24\nactions: [{titre: Relais, avancement: en "
        "cours}]\nsynthese: |\n"
        + block(2, TEXTS),
    ),
    "fiche": (
        "fiches_de_poste/fiche",
        "intitule: Chargé de coopération CTG\ncontexte: |\n" + block(2, TEXTS),
    ),
}  # fmt: skip


HOUSES: dict[str, dict[str, str]] = {
    "commune": {"type": "commune", "nom": "Commune d’Esparnac", "nom_court": "commune"},
    "ccas": {"type": "ccas", "nom": "Centre communal d’action sociale d’Esparnac", "nom_court": "CCAS"},
    "syndicat": {"type": "syndicat", "nom": "Syndicat mixte des Trois-Vallées", "nom_court": "syndicat"},
}
"""Other houses, whose délibération has every line too."""
Told = dict[tuple[str, str, int], list[Finding]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The findings of worlds where every line stands in every place, by house, file and line."""
    folder, found = tmp_path_factory.mktemp("planted"), Told()
    worlds = {house: with_changes({"collectivite/collectivite": fields}) for house, fields in HOUSES.items()}
    for house, changed in {"": {}, **worlds}.items():
        places = PLACES.values() if not house else [PLACES["deliberation"]]
        project = a_workspace(folder / house, **changed, **{f"{name}.yaml": text for name, text in places})
        for finding in findings_of(project):
            found.setdefault((house, finding.place.file, finding.place.line), []).append(finding)
    return found


def where(place: str, text: str) -> tuple[str, str, int]:
    house = place if place in HOUSES else ""
    place = "deliberation" if house else place
    name, content = PLACES[place]
    typed = json.dumps(text, ensure_ascii=False)[1:-1] if place in ("considerant", "tableau") else text
    before, _, _ = content.partition(typed)
    return house, f"content/{name}.yaml", before.count("\n") + 1


def places(named: Sequence[str] = ("-",)) -> list[str]:
    """The places named; after « - », all the others."""
    return [one for one in (*PLACES, *HOUSES) if one not in named] if named[0] == "-" else [*named]


@pytest.mark.parametrize(
    ("code", "text", "named"), [(code, text, of) for _, code, text, *of in LINES], ids=KINDS
)
def test_a_planted_error_is_told_where_it_is_and_by_one_rule(
    told: Told, code: str, text: str, named: list[list[str]]
) -> None:
    wrong = [(place, found) for place in places(*named) if (found := amiss(told, place, code, text))]
    assert wrong == []


def amiss(told: Told, place: str, code: str, text: str) -> list[Finding] | str:
    """What is told in a place, when it is not this rule, once, within the line; else nothing."""
    found = told.get(where(place, text), [])
    if {one.code for one in found} != {code}:
        return found or "nothing is told"
    (finding, *more) = found
    if more and code not in ("D1", "D7"):
        return found
    content = PLACES[place if place in PLACES else "deliberation"][1].split("\n")[finding.place.line - 1]
    return "" if finding.place.column <= len(content) else found


def test_there_are_sixty_kinds_and_each_in_several_places() -> None:
    assert len({what for what, *_ in LINES}) == len(LINES) >= 60


def test_what_is_told_is_in_the_approved_words(told: Told) -> None:
    """`CTGDOCS_APPROUVER=1` writes them again, to be read before they are kept."""
    said = {
        f"{one.code} | {one.severity} | {one.message} | {' '.join(one.hints)} | {one.source}\n"
        for found in told.values()
        for one in found
    }
    approved = Path(__file__).parent / "data/words.txt"
    if os.environ.get("CTGDOCS_APPROUVER"):
        approved.write_text("".join(sorted(said)), "utf-8")
    assert sorted(said) == approved.read_text("utf-8").splitlines(keepends=True)
