"""What YAML reads otherwise than it looks is told: the message, the line, what to type instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgdocs.content.reading import parse
from ctgdocs.content.slips import slips

NO_BREAK = "\u00a0"
CASES = [
    ("visas:\n  - code-a\n    - code-b\n", "3:5", "ce tiret n’ouvre pas", "alignez-le sur les autres tirets"),
    ("expose: un texte\n  - suite\n", "2:3", "ce tiret n’ouvre pas", "« champ: | »"),
    ("expose:\n  • accueil ;\n  • été.\n", "2:3", "« • » n’est pas le tiret", "écrivez « - accueil ; »"),
    ("expose: un texte\n  • accueil ;\n", "2:3", "« • » n’est pas le tiret", "« champ: | »"),
    ("visas:\n  •code-a\n", "2:3", "« • » n’est pas le tiret", "écrivez « - code-a »"),
    ("visas:\n  - code-a\n  – code-b\n", "3:3", "« – » n’est pas le tiret", "écrivez « - code-b »"),
    ("visas:\n  – code-a\n  – code-b\n", "2:3", "« – » n’est pas le tiret", "écrivez « - code-a »"),
    ("expose: Il ouvre,\n  – le mercredi\n", "2:3", "« – » n’est pas le tiret", "« champ: | »"),
    ("expose: Il ouvre\n  – mardi\n  – jeudi\n", "2:3", "« – » n’est pas le tiret", "« champ: | »"),
    ("visas:\n  - code-a\n  * code-b\n", "3:3", "« * » n’est pas le tiret", "écrivez « - code-b »"),
    ("visas:\n  - code-a\n  -code-b\n", "3:3", "il manque une espace après ce tiret", "retapez « - code-b »"),
    ("visas:\n  -code-a\n  -code-b\n", "2:3", "il manque une espace après ce tiret", "retapez « - code-a »"),
    (
        f"visas:\n  -{NO_BREAK}code-a\n",
        "2:3",
        "l’espace qui suit ce tiret est insécable",
        "retapez « - code-a »",
    ),
    ("matiere: “7.5”\n", "1:10", "les guillemets “ ” de Word", 'guillemets droits : "7.5"'),
    ("matiere: ‘7.5’\n", "1:10", "les guillemets ‘ ’ de Word", 'guillemets droits : "7.5"'),
    ("absents: [“a, b”]\n", "1:11", "n’est pas fermé", 'guillemets droits : "a"'),
    (f"vote:\n  pour:{NO_BREAK}17\n", "2:3", "l’espace qui suit est insécable", "écrivez « pour: 17 »"),
    ("vote:\n  pour:17\n", "2:3", "il manque une espace", "écrivez « pour: 17 »"),
    ("objet:Convention\n", "1:1", "il manque une espace", "écrivez « objet: Convention »"),
    (
        f"a: 1\nobjet:{NO_BREAK}Texte\nb: 2\n",
        "2:1",
        "l’espace qui suit est insécable",
        "écrivez « objet: Texte »",
    ),
    (
        f"vote:\n{NO_BREAK * 2}pour: 17\n",
        "2:1",
        "espace insécable, invisible",
        "retapez des espaces ordinaires",
    ),
    (f"visas:\n{NO_BREAK * 2}- a\n", "2:1", "espace insécable, invisible", "retapez des espaces ordinaires"),
    (f"objet: x\n{NO_BREAK * 2}suite: y\n", "2:1", "espace insécable, invisible", "retapez des espaces"),
    ('objet: "abc\nseance: x\nrapporteur: "y"\n', "1:8", "ouvert ici n’est pas fermé", 'ajoutez « " »'),
    ("objet: 'abc\nseance: x\nelu: l'autre\n", "1:8", "ouvert ici n’est pas fermé", "ajoutez « ' »"),
    (
        "objet: “Convention : la suite”\n",
        "1:20",
        "« : » suivi d’une espace",
        'objet: "Convention : la suite"',
    ),
]


@pytest.mark.parametrize(("text", "where", "message", "hint"), CASES)
def test_a_slip_is_told_where_it_is_with_what_to_type(text: str, where: str, message: str, hint: str) -> None:
    _, findings = parse(text.encode(), "content/x.yaml")
    told = next(finding for finding in findings if message in finding.message)
    assert told.blocking
    assert (f"{told.place.line}:{told.place.column}", told.place.file) == (where, "content/x.yaml")
    assert hint in told.hints[0]
    assert {related.place.file for related in told.related} <= {"content/x.yaml"}


@pytest.mark.parametrize(
    "text",
    [
        "objet: Convention\n  avec la Caf\n",
        "objet: “Grandir” et “jouer”\n",
        "objet: une promesse – tenue\n",
        "objet: une promesse\n  – tenue – à tous\n",
        "public: – de 3 ans\n",
        "public:\n  - – de 3 ans\n",
        "expose: >\n  Le relais ouvre\n  - le mercredi\n  – le samedi\n",
        "expose: |\n  – le mercredi ;\n  – le samedi.\n",
        "case: –\n",
        "site:\n  https://exemple.fr\n",
        "expose: |\n  • accueil\n    - soir\n  “mot”\n  note:texte\n",
        'objet: "– un tiret voulu"\n',
        f"objet: la crèche{NO_BREAK}: un lieu\n",
        "visas:\n  - code-a # le premier\n  - code-b\n",
    ],
)
def test_what_is_read_as_it_looks_is_left_alone(text: str) -> None:
    assert slips(text) == []


def test_the_sample_has_no_slip() -> None:
    house = Path(__file__).parents[2]
    files = sorted([*(house / "content").rglob("*.yaml"), *(house / "ctgdocs").rglob("exemple.yaml")])
    assert files
    assert [(file, slips(file.read_text("utf-8"))) for file in files if slips(file.read_text("utf-8"))] == []


def test_a_word_document_under_another_name_is_named() -> None:
    _, (finding,) = parse(b"PK\x03\x04\x14\x00\xff", "content/x.yaml")
    assert finding.message.startswith("ce fichier est un document Word ou Excel")
    assert "ctgdocs importer" in finding.hints[0]
