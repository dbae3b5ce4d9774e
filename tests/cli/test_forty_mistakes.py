"""What somebody who has never programmed types wrong: she is told where, and what to type instead."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from builders import a_project

from ctgdocs.cli.main import main

ACT = """
seance: 2026-10-15
objet: Aide au relais
rapporteur: martin-paul
visas:
  - cgct-l5211-1
expose: |
  Le relais ouvre.
decisions:
  - d’approuver la convention
""".lstrip()
FILE = "content/deliberations/2026-070.yaml"
ELUS = "content/elus.yaml"
SEANCE = "content/seances/2026-10-15.yaml"
NBSP = "\u00a0"


class Mistake(NamedTuple):
    """What is typed in the place of what, in which file; on which line it is told, the words, the advice."""

    old: str
    new: str
    line: int
    said: str
    hint: str = ""
    file: str = FILE


MISTAKES = {
    "une tabulation": Mistake("  - cgct", "\t- cgct", 5, "tabulation en début de ligne", "deux espaces"),
    "pas d’espace après :": Mistake(
        "objet: A", "objet:A", 2, "il manque une espace", "objet: Aide au relais"
    ),
    ": dans le texte": Mistake(
        "Aide au", "Aide : au", 2, "dans la valeur de « objet »", 'objet: "Aide : au relais"'
    ),
    "guillemet non fermé": Mistake("Aide", '"Aide', 2, "n’est jamais fermé", "à la fin de la valeur"),
    "guillemet qui avale": Mistake(
        "Aide au relais\nrapporteur: m",
        'Aide\nrapporteur: "m',
        3,
        "n’est jamais fermé",
        "à la fin de la valeur",
    ),
    "apostrophe entre apostrophes": Mistake(
        "Aide au relais", "'L'aide'", 2, "du texte suit le guillemet", "’"
    ),
    "liste décalée": Mistake(
        "  - cgct-l5211-1", "  - cgct-l5211-1\n    - autre", 6, "n’ouvre pas d’élément", "alignez-le"
    ),
    "exposé non décalé": Mistake("  Le relais", "Le relais", 7, "n’est ni un champ", "décalez la ligne"),
    "accent au champ": Mistake("seance:", "séance:", 1, "vouliez-vous dire « seance » ?"),
    "majuscule au champ": Mistake("objet:", "Objet:", 2, "vouliez-vous dire « objet » ?"),
    "guillemets de Word": Mistake("Aide au relais", "“Aide”", 2, "de Word seraient imprimés", '"Aide"'),
    "31 juin": Mistake(
        "decisions", "transmission: 31/06/2026\ndecisions", 8, "n’existe pas dans le calendrier", "jour"
    ),
    "élu mal orthographié": Mistake("martin-paul", "martn-paul", 3, "n’est pas dans", "« martin-paul »"),
    "un nom de personne inconnu": Mistake(
        "martin-paul", "Mme Léa Xyz", 3, "pas un identifiant", "aucune fiche"
    ),
    "-texte": Mistake("- d’app", "-d’app", 9, "une espace après ce tiret", "- d’approuver la convention"),
    "tiret de Word": Mistake("- d’app", "– d’app", 9, "n’est pas le tiret d’une liste", "- d’approuver"),
    "puce de Word": Mistake("- d’app", "• d’app", 9, "n’est pas le tiret d’une liste", "- d’approuver"),
    "puce dans l’exposé": Mistake(
        "expose: |\n  Le relais ouvre.",
        "expose: Il ouvre\n  • mardi",
        7,
        "imprimé au milieu du texte",
        "champ: |",
    ),
    "accolade non fermée": Mistake(
        "decisions", "vote: {contre: []\ndecisions", 8, "n’est jamais fermé", "ajoutez « } »"
    ),
    "virgule oubliée": Mistake(
        "decisions",
        "vote: {contre: [] abstentions: []}\ndecisions",
        8,
        "il manque une virgule",
        "des virgules",
    ),
    "[à compléter] sans guillemets": Mistake(
        "Aide au relais",
        "[à compléter : objet]",
        2,
        "attendu du texte, trouvé une liste",
        '"[à compléter : …]"',
    ),
    "[projet] en tête": Mistake("Aide", "[projet] Aide", 2, "du texte suit « ] »", "entre guillemets"),
    "* en tête": Mistake("Aide au", "* Aide au", 2, "commence par « * »", '"* Aide au relais"'),
    "@ en tête": Mistake("Aide au", "@Aide au", 2, "commencer par « @ »", '"@Aide au relais"'),
    "# dans le texte": Mistake(
        "Aide au", "Aide #3 au", 2, "« # » commence un commentaire", "entre guillemets"
    ),
    "{président}": Mistake("Le relais", "{président} dit : le relais", 7, "n’existe pas", "executif"),
    "{montant: …} dans un texte": Mistake(
        "d’approuver la convention",
        "d’aider pour {montant: 18500}",
        9,
        "trouvé une fiche",
        '"d’aider pour {montant:18500}"',
    ),
    "{montant: …} seul": Mistake(
        "d’approuver la convention", "{montant: 18500}", 9, "trouvé une fiche", '"{montant:18500}"'
    ),
    "tirets entre crochets": Mistake(
        "visas:\n  - cgct-l5211-1",
        "visas: [- a, - b]",
        4,
        "pas d’élément entre crochets",
        "retirez les tirets",
    ),
    "insécable après :": Mistake("objet: ", f"objet:{NBSP}", 2, "insécable", "objet: Aide au relais"),
    "insécable avant :": Mistake("objet: ", f"objet{NBSP}: ", 2, "espace insécable", "effacez-la"),
    "insécable en retrait": Mistake("  - d’app", f"{NBSP}{NBSP}- d’app", 9, "dans le retrait", "retapez"),
    "champ en double": Mistake("decisions", "objet: x\ndecisions", 8, "écrit deux fois", "déjà à la ligne 2"),
    "25h30": Mistake("18h30", "25h30", 3, "les heures vont de", "", SEANCE),
    "Madame": Mistake("civilite: Mme", "civilite: Madame", 1, "vouliez-vous dire « Mme » ?", "M., Mme", ELUS),
    "élu en double": Mistake(
        "martin-paul:",
        "durand-claire: {civilite: Mme, prenom: A, nom: B}\nmartin-paul:",
        2,
        "écrit deux fois",
        "ligne 1",
        ELUS,
    ),
    "séance inconnue": Mistake("2026-10-15", "11/12/2026", 1, "pas un identifiant", "aucune fiche"),
}


@pytest.fixture
def verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str, bytes], list[dict[str, object]]]:
    """What `verifier` tells of a workspace where one file holds these bytes."""

    def run(file: str, data: bytes) -> list[dict[str, object]]:
        (tmp_path / file).write_bytes(data)
        monkeypatch.chdir(tmp_path)
        main(["verifier", "--format", "json"])
        told = json.loads(capsys.readouterr().out.replace(NBSP, " "))["constats"]
        return [one for one in told if one["gravite"] != "info"]

    a_project(tmp_path)
    (tmp_path / FILE).write_text(ACT, "utf-8")
    return run


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_where_it_is_with_what_to_type(name: str, tmp_path: Path, verified) -> None:  # type: ignore[no-untyped-def]
    mistake = MISTAKES[name]
    text = (tmp_path / mistake.file).read_text("utf-8")
    assert mistake.old in text
    (told,) = verified(mistake.file, text.replace(mistake.old, mistake.new, 1).encode())
    assert (told["fichier"], told["ligne"]) == (mistake.file, mistake.line)
    assert mistake.said in told["message"]
    assert mistake.hint in told["conseil"]


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (ACT.encode("cp1252"), "n’est pas en UTF-8", "Encodage : UTF-8"),
        (ACT.encode("utf-16"), "est en UTF-16", "Encodage : UTF-8"),
        (b"PK\x03\x04\xff", "un document Word ou Excel", "rendez-lui son nom"),
    ],
)
def test_a_file_that_is_no_text_says_how_to_save_it(data: bytes, said: str, hint: str, verified) -> None:  # type: ignore[no-untyped-def]
    (told,) = verified(FILE, data)
    assert said in told["message"]
    assert hint in told["conseil"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Aide", "Aide"),
        ("rapporteur: martin-paul", "rapporteur: M. Paul Martin"),
        ("seance: 2026-10-15", "seance: 15/10/2026"),
        ("decisions:", "vote: unanimité\ndecisions:"),
        ("decisions:", "vote: {pour: 07}\ndecisions:"),
        ("decisions:", 'montants: {aide: "12 500,00"}\ndecisions:'),
        ("  Le relais ouvre.", "  Le relais ouvre :\n  • le mercredi ;\n  • le samedi."),
        ("Aide au relais", "Aide\n  – exceptionnelle – au relais"),
        ("\n", "\r\n"),
        ("seance:", "\ufeffseance:"),
    ],
)
def test_what_is_meant_is_understood(old: str, new: str, verified) -> None:  # type: ignore[no-untyped-def]
    assert not [one for one in verified(FILE, ACT.replace(old, new).encode()) if one["gravite"] == "erreur"]


def test_a_file_named_txt_is_told(tmp_path: Path, verified) -> None:  # type: ignore[no-untyped-def]
    (told,) = verified("content/deliberations/2026-071.yaml.txt", ACT.encode())
    assert told["fichier"] == "content/deliberations/2026-071.yaml.txt"
    assert "renommez-le « 2026-071.yaml »" in told["conseil"]
