"""Word files: styles, lists, tables; and those that are refused."""

from __future__ import annotations

import pytest
from posts import a_word_file, acte_of, paragraph, propose, table

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.importing.document import opened
from ctgdocs.word import words_of


def test_styles_lists_and_tables_are_read() -> None:
    data = a_word_file(
        paragraph("Agent technique polyvalent"),
        table(("Lieu de travail", "Ateliers municipaux"), ("Catégorie", "C"), ("Grade", "Adjoint technique")),
        paragraph("Activités", "Titre2"),
        paragraph("Voirie :", level=0),
        paragraph("reboucher", level=1),
        paragraph("saler", "Puce"),
        paragraph("Risques professionnels", "Titre2"),
        paragraph("Bruit et poussières."),
    )
    post = acte_of(propose(data, "poste.docx"))
    assert post.intitule == "Agent technique polyvalent"
    assert post.lieu == "Ateliers municipaux"
    assert post.cadre_statutaire is not None
    assert post.cadre_statutaire.categories == ("C",)
    assert post.activites is not None
    (group,) = post.activites.points
    assert group.titre == "Voirie"
    assert [point.texte for point in group.points] == ["reboucher", "saler"]
    assert post.risques is not None
    assert post.risques.texte == "Bruit et poussières."


@pytest.mark.parametrize("hyphen", ["\u2011", "</w:t><w:noBreakHyphen/><w:t>"], ids=["sign", "element"])
def test_a_no_break_hyphen_is_imported_as_the_one_of_the_keyboard(hyphen: str) -> None:
    title = f"<w:p><w:r><w:t>Chargé du projet 2027{hyphen}2031</w:t></w:r></w:p>"
    assert acte_of(propose(a_word_file(title), "poste.docx")).intitule == "Chargé du projet 2027-2031"


def test_deleted_text_of_a_tracked_change_is_left_out() -> None:
    deleted = "<w:p><w:r><w:t>Jardinier</w:t></w:r><w:del><w:r><w:t>inutile</w:t></w:r></w:del></w:p>"
    assert acte_of(propose(a_word_file(deleted), "poste.docx")).intitule == "Jardinier"


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Permis B</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    data = a_word_file(paragraph("Profil", "Titre2"), f"<w:p><w:r>{both}</w:r></w:p>")
    assert [para.text for para in opened("poste.docx", data).paras()] == ["Profil", "Permis B"]
    assert words_of(data) == ["Profil", "Permis B"]


def test_a_heading_above_a_table_opens_its_rubric() -> None:
    data = a_word_file(
        paragraph("Jardinier"),
        paragraph("Missions", "Titre2"),
        paragraph("Tailler les haies."),
        paragraph("Cadre", "Titre2"),
        table(("Vestiaire", "à la mairie"), ("Rémunération", "statutaire"), ("Casier", "fourni")),
    )
    post = acte_of(propose(data, "poste.docx"))
    assert post.missions is not None
    assert post.missions.texte == "Tailler les haies."
    assert post.remuneration == "statutaire"
    (section,) = post.sections
    assert (section.titre, section.texte) == ("Cadre", "Vestiaire : à la mairie\n\nCasier : fourni")


def test_the_main_part_is_found_by_its_relationship() -> None:
    data = a_word_file(paragraph("Agent d’accueil"), main="word/document2.xml")
    assert acte_of(propose(data, "poste.docx")).intitule == "Agent d’accueil"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 not a package",
        a_word_file(prolog='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        a_word_file("<w:p>" * 300),
        a_word_file("<w:p><broken></w:p>"),
    ],
    ids=["empty", "torn", "entity", "deep", "broken"],
)
def test_what_is_no_safe_word_file_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(CtgdocsError, match="document Word"):
        propose(data, "poste.docx")


def test_a_bomb_is_refused_before_it_is_read() -> None:
    data = a_word_file(**{"word/document.xml": "<w:document>" + " " * 25_000_000})
    assert len(data) < 100_000
    with pytest.raises(CtgdocsError, match="trop gros"):
        propose(data, "poste.docx")


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        propose(b"...", "poste.exe")


def test_cells_keep_their_lines_and_their_columns() -> None:
    two, three = "Accueillir</w:t><w:br/><w:t>Orienter", "Rigueur</w:t><w:br/><w:t>Écoute"
    data = a_word_file(
        paragraph("Fiche de poste : agente d’accueil"),
        table(("Nom de l’agent", "Mme Lise Cantaloube"), ("Catégorie / grade", "C – Agent social")),
        table(("ACTIVITÉS", "TÂCHES"), ("Accueil", two), ("Gestion", "Classer")),
        table(("Savoirs", "Savoir-faire", "Savoir-être"), ("Le droit", "Rédiger", three)),
        table(("Signature de l’agent", "Signature de l’autorité territoriale"), ("Le", "Le")),
    )
    proposal = propose(data, "poste.docx")
    post = acte_of(proposal)
    assert post.intitule == "Agente d’accueil"
    assert post.activites is not None
    assert [(one.titre, [point.texte for point in one.points]) for one in post.activites.points] == [
        ("Accueil", ["Accueillir", "Orienter"]),
        ("Gestion", ["Classer"]),
    ]
    assert post.competences is not None
    assert [(one.titre, len(one.points)) for one in post.competences.points] == [
        ("Savoirs", 1),
        ("Savoir-faire", 1),
        ("Savoir-être", 2),
    ]
    assert post.sections == ()
    assert "Cantaloube" not in proposal.text
    assert "nom: Cantaloube\nprenom: Lise" in proposal.agent


def bold(text: str) -> str:
    return paragraph(text).replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")


def test_a_fiche_with_numbered_titles_keeps_its_facts_and_its_groups() -> None:
    data = a_word_file(
        paragraph("Communauté de communes du Pays de Brisol"),
        bold("FICHE DE POSTE"),
        bold("Chargé(e) de coopération"),
        bold("1. IDENTIFICATION DU POSTE"),
        paragraph("Catégorie : A"),
        paragraph("Rattachement hiérarchique : DGS"),
        paragraph("Titulaire du poste : Mme Lise CANTALOUBE, née le 12/03/1985"),
        bold("2. MISSIONS PRINCIPALES"),
        bold("Piloter la convention"),
        paragraph("Animer les comités", level=0),
        bold("Appuyer les élus"),
        paragraph("Rédiger les notes", level=0),
        paragraph("Fait à Brisolac, le 3 mars 2025"),
        paragraph("L’agent L’autorité territoriale"),
    )
    proposal = propose(data, "poste.docx")
    post = acte_of(proposal)
    assert post.intitule == "Chargé(e) de coopération"
    assert post.cadre_statutaire is not None
    assert post.cadre_statutaire.categories == ("A",)
    assert [one.qui for one in post.superieurs] == ["DGS"]
    assert post.missions is not None
    assert [(one.titre, [point.texte for point in one.points]) for one in post.missions.points] == [
        ("Piloter la convention", ["Animer les comités"]),
        ("Appuyer les élus", ["Rédiger les notes"]),
    ]
    assert post.sections == ()
    assert "# Titres sans texte" in proposal.text
    assert "Fait à Brisolac, le 3 mars 2025" in proposal.text
    assert "CANTALOUBE" not in proposal.text
    assert "nom: Cantaloube\nprenom: Lise" in proposal.agent
