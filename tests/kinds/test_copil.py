"""A comité de pilotage: partners sit beside élus, two may preside, and each of its papers says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_reunion import findings, letter, messages, papier, plain
from world import a_workspace, composed

from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.prose import Cell, TableBlock
from ctgdocs.rules.rule import judge
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES

PARTNERS = """
    caf-82:
      nom: Caisse d’allocations familiales de Tarn-et-Garonne
      nom_court: Caf
      type: caf
    msa: {nom: Mutualité sociale agricole du Vallier, nom_court: MSA, type: msa}
"""
COPIL = """
    nom: comité de pilotage
    type: copil
    president: petit-anne
    co_president: {partenaire: caf-82, nom: Mme Lise Roux}
    membres:
      - petit-anne
      - martin-paul
      - {partenaire: caf-82, nom: Mme Lise Roux, qualite: directrice}
      - {partenaire: caf-82, nom: Luc Vernet, civilite: M.}
      - {partenaire: msa, nom: "M. Paul Ravel, directeur"}
"""
MEETING = """
    instance: copil
    date: 2026-07-09
    heure: 9h30
    lieu: salle du conseil, à Esparnac
    convocation: 2026-06-29
    points: [{objet: Axes, avis: favorable, votes: {pour: 4}}]
"""
FILES = {"partenaires.yaml": PARTNERS, "instances/copil.yaml": COPIL}


def said_on(root: Path, part: str, more: str = "", copil: str = COPIL) -> dict[str, object]:
    text = MEETING + "".join(f"    {line}\n" for line in more.splitlines())
    return papier(root, part, text, **{**FILES, "instances/copil.yaml": copil}).context


def lists(root: Path, more: str = "") -> dict[str, str]:
    said = said_on(root, "releve", more)["presences"]
    return {one["titre"]: plain(one["noms"]) for one in said}


def signed(root: Path, part: str, more: str = "") -> list[tuple[str, str]]:
    return [(plain(one["qualite"]), one["nom"]) for one in said_on(root, part, more)["signatures"]]


BOTH = [("La coprésidente", "Anne Petit"), ("La coprésidente,\ndirectrice (Caf)", "Lise Roux")]


def test_the_convocation_goes_to_all_but_its_signers_and_both_presidents_sign_it(tmp_path: Path) -> None:
    said = said_on(tmp_path, "convocation")
    assert [plain(name) for name in said["destinataires"]] == [
        "M. Paul Martin",
        "M. Luc Vernet (Caf)",
        "M. Paul Ravel, directeur (MSA)",
    ]
    (one,) = said["lettres"]
    assert plain(one["invitation"]).startswith("Nous avons le plaisir")
    assert plain(one["politesse"]).startswith("Nous vous prions d’agréer, Mesdames, Messieurs")
    assert signed(tmp_path / "b", "convocation") == BOTH
    assert signed(tmp_path / "c", "ordre-du-jour") == BOTH


def test_each_member_of_a_partner_gets_a_letter(tmp_path: Path) -> None:
    text = MEETING + "    destinataires: {un_par_membre: oui}\n"
    letters = papier(tmp_path, "convocation", text, **FILES).context["lettres"]
    assert [(plain(one["nom"]), one["qualites"], one["appel"]) for one in letters][2:] == [
        ("Mme Lise Roux", ["Directrice", "Caf"], "Madame,"),
        ("M. Luc Vernet", ["Caf"], "Monsieur,"),
        ("M. Paul Ravel", ["Directeur", "MSA"], "Monsieur,"),
    ]


def test_the_sheet_counts_the_members_of_partners(tmp_path: Path) -> None:
    said = said_on(tmp_path, "emargement")
    (members,) = said["groupes"]
    assert [plain(line["qualite"]) for line in members["lignes"]] == [
        "Le Causol (coprésidente)",
        "Vice-président, Esparnac",
        "Directrice, Caf (coprésidente)",
        "Caf",
        "Directeur, MSA",
    ]
    assert said["comptes"][0] == {"libelle": "Membres", "nombre": "5"}
    assert signed(tmp_path / "b", "emargement") == BOTH


def test_who_came_for_a_partner_is_present_excused_or_replaced(tmp_path: Path) -> None:
    more = (
        "excuses: [martin-paul, {partenaire: caf-82, nom: Vernet}]\n"
        "representes: [{partenaire: msa, par: 'Mme Jeanne Blin, conseillère'}]"
    )
    assert lists(tmp_path, more) == {
        "Présentes": "Mme Anne Petit ; Mme Lise Roux, directrice (Caf) ; "
        "Mme Jeanne Blin, conseillère (MSA), pour M. Paul Ravel",
        "Excusés": "M. Paul Martin, M. Luc Vernet (Caf)",
    }
    said = said_on(tmp_path / "b", "releve", more)
    assert plain(said["effectif"]) == "3 membres présents sur 5."
    assert "sous la coprésidence de Mme Anne Petit, et de Mme Lise Roux, directrice (Caf)." in plain(
        said["ouverture"]
    )
    assert signed(tmp_path / "c", "releve", more) == BOTH


def test_a_partner_alone_means_all_who_come_for_it(tmp_path: Path) -> None:
    assert lists(tmp_path, "excuses: [{partenaire: caf-82}]")["Excusés"] == (
        "Mme Lise Roux, directrice (Caf) ; M. Luc Vernet (Caf)"
    )
    assert signed(tmp_path / "b", "releve", "excuses: [{partenaire: caf-82}]") == BOTH[:1]
    assert signed(tmp_path / "c", "releve", "excuses: [petit-anne]") == BOTH[1:]


def test_only_the_presents_came_when_they_are_listed(tmp_path: Path) -> None:
    more = "presents: [petit-anne, {partenaire: msa}, {partenaire: caf-82, nom: Lise Roux}]"
    found = findings(tmp_path, MEETING + f"    {more}\n", **FILES)
    assert messages(found) == ["4 voix pour 3 membres présents"]


def test_who_left_a_partner_is_not_meant_any_more(tmp_path: Path) -> None:
    copil = COPIL.replace(
        '- {partenaire: msa, nom: "M. Paul Ravel, directeur"}',
        "- {partenaire: msa, nom: M. Paul Ravel, au: 2026-06-30}\n"
        "      - {partenaire: msa, nom: Mme Zoé Hamel, du: 2026-07-01}",
    )
    files = {**FILES, "instances/copil.yaml": copil}
    text = MEETING + "    excuses: [{partenaire: msa}]\n"
    presences = papier(tmp_path, "releve", text, **files).context["presences"]
    assert [plain(one["noms"]) for one in presences if one["titre"] == "Excusée"] == ["Mme Zoé Hamel (MSA)"]
    gone = copil.replace("qualite: directrice", "qualite: directrice, au: 2026-06-30")
    context = papier(
        tmp_path / "b", "convocation", MEETING, **{**files, "instances/copil.yaml": gone}
    ).context
    assert [plain(one["qualite"]) for one in context["signatures"]] == ["La présidente du comité de pilotage"]


def test_one_who_presides_alone_signs_alone(tmp_path: Path) -> None:
    alone = "\n".join(line for line in COPIL.splitlines() if "co_president" not in line)
    said = said_on(tmp_path, "releve", copil=alone)
    assert [plain(one["qualite"]) for one in said["signatures"]] == ["La présidente du comité de pilotage"]
    assert plain(letter(papier(tmp_path / "b", "convocation", MEETING, **FILES))["invitation"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "invites: [{partenaire: caf-82, nom: 'Mme Roux, directrice'}]",
            "« Mme Lise Roux (caf-82) » est à la fois membre et invitée",
        ),
        ("excuses: [msa]", "« msa » n’est pas dans content/elus.yaml"),
        (
            "excuses: [{partenaire: msa, nom: M. Untel}]",
            "« M. Untel (msa) » n’est pas membre de l’instance à cette date",
        ),
        (
            "excuses: [{partenaire: msa}]\n    absents: [{partenaire: msa, nom: Ravel}]",
            "« M. Paul Ravel (msa) » est dans deux listes",
        ),
        (
            "representes: [{partenaire: mas, par: M. Untel}]",
            "« mas » n’est pas dans content/partenaires.yaml",
        ),
        ("excuses: [{elu: petit-anne, nom: Petit}]", "« nom » d’un élu est dans elus.yaml"),
    ],
)
def test_what_the_lists_cannot_say_is_refused(line: str, message: str, tmp_path: Path) -> None:
    found = findings(tmp_path, MEETING.replace(", votes: {pour: 4}", "") + f"    {line}\n", **FILES)
    assert messages(found) == [message]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("nom: Mme Lise Roux}", "nom: M. Untel}", "« M. Untel (caf-82) » n’est pas parmi les membres"),
        (
            "co_president: {partenaire: caf-82, nom: Mme Lise Roux}",
            "co_president: {partenaire: caf-82}",
            "co_president peut être plusieurs membres : « Mme Lise Roux (caf-82) », « Luc Vernet (caf-82) »",
        ),
        (
            "co_president: {partenaire: caf-82, nom: Mme Lise Roux}",
            "co_president: petit-anne",
            "Mme Anne Petit préside déjà",
        ),
        (
            '- {partenaire: msa, nom: "M. Paul Ravel, directeur"}',
            "- {partenaire: caf-82, nom: Luc Vernet}",
            "« Luc Vernet (caf-82) » est deux fois parmi les membres",
        ),
        ("nom: Mme Lise Roux, qualite", "qualite", "ce membre de « caf-82 » n’a pas de nom"),
        (
            "type: copil",
            "type: bureau",
            "une instance de type « bureau » délibère : « caf-82 » n’en est pas membre",
        ),
    ],
)
def test_a_body_names_whom_it_can(before: str, after: str, message: str, tmp_path: Path) -> None:
    files = {**FILES, "instances/copil.yaml": COPIL.replace(before, after, 1)}
    library = Library(a_workspace(tmp_path, **files), KINDS)
    entry = library.find(INSTANCES, "copil")
    found = judge(entry, library.reader()) if entry else library.findings("content/instances/copil.yaml")
    assert messages(found) == [message]


def test_a_body_with_partners_meets_in_no_seance(tmp_path: Path) -> None:
    seance = """
        instance: copil
        date: 2026-07-09
        heure: 9h30
        lieu: salle du conseil
        convocation: 2026-06-29
    """
    library = Library(a_workspace(tmp_path, **FILES, **{"seances/2026-07-09.yaml": seance}), KINDS)
    entry = library.find(SEANCES, "2026-07-09")
    assert entry is not None
    said = "« comité de pilotage » a des membres de partenaires : sa réunion n’est pas une séance"
    assert said in messages(judge(entry, library.reader()))


def test_the_annexe_of_the_convention_names_them_and_for_whom_they_sit(tmp_path: Path) -> None:
    files = {**FILES, "conventions/ctg.yaml": CTG}
    (annexe,) = composed(a_workspace(tmp_path, **files), "convention", "ctg").context["annexes"]
    (table,) = [block for block in annexe["texte"] if isinstance(block, TableBlock)]
    rows = [[_words(cell) for cell in row] for row in table.rows]
    assert rows[0] == ["Membre", "Fonction", "Commune ou partenaire"]
    assert rows[1] == ["Mme Anne Petit", "coprésidente", "Le Causol"]
    assert rows[3:] == [
        ["Mme Lise Roux", "coprésidente, directrice", "Caf"],
        ["M. Luc Vernet", "–", "Caf"],
        ["M. Paul Ravel", "directeur", "MSA"],
    ]


CTG = """
    type: ctg
    titre: Convention territoriale globale
    objet: Projet
    statut: projet
    version: 2026-09-01
    debut: 2027-01-01
    fin: 2031-12-31
    parties: [{partenaire: caf-82}, {collectivite: oui}]
    articles: [{titre: Objet, texte: Texte.}]
    annexes: [{titre: Pilotage, contenu: gouvernance}]
    suivi: {copil: copil}
"""


def _words(cell: Cell) -> str:
    return plain("".join(run.text for paragraph in cell.paragraphs for run in paragraph.runs))
