"""Text files: what is recognised, what is kept as it is, what is marked."""

from __future__ import annotations

import datetime
from textwrap import dedent

import pytest
from posts import imported, proposed

OFFER = dedent("""\
    Animatrice ou animateur du relais petite enfance (h/f)

    Offre n° O031260200004567
    Publiée le 03/02/2026

    Synthèse de l'offre
    Employeur
    Commune de Villeneuve
    Lieu de travail
    Maison de la petite enfance, Villeneuve
    Poste à pourvoir le
    01/04/2026
    Date limite de candidature
    06/03/2026
    Type d'emploi
    Emploi permanent - vacance d'emploi
    Ouvert aux contractuels
    Oui (Art. L332-8 disposition 2 du code général de la fonction publique)
    Un contractuel peut être recruté sur ce poste.
    Grade(s) recherché(s)
    Éducateur de jeunes enfants
    Assistant socio-éducatif
    Temps de travail
    Temps complet
    Descriptif de l'emploi
    La commune ouvre un second relais.

    Elle recherche une personne pour l'animer.
    Missions
    · Accueil :
    o Recevoir les familles
    o Informer les assistantes maternelles
    · Animation du réseau
    Experience souhaitée
    Deux ans
    Télétravail : non
    Travailleurs handicapés
    Cet emploi est ouvert à tous.
""")


def test_an_offer_takes_its_fields() -> None:
    post = imported(OFFER)
    assert post.intitule == "Animatrice ou animateur du relais petite enfance (h/f)"
    assert post.employeur is not None
    assert post.employeur.nom == "Commune de Villeneuve"
    assert post.lieu == "Maison de la petite enfance, Villeneuve"
    assert post.a_pourvoir == datetime.date(2026, 4, 1)
    assert post.contrat is not None
    assert post.contrat.article == "L332-8 2°"
    assert post.contrat.explication == "Un contractuel peut être recruté sur ce poste."
    assert post.cadre_statutaire is not None
    assert post.cadre_statutaire.grades == ("Éducateur de jeunes enfants", "Assistant socio-éducatif")
    assert post.offre is not None
    assert post.offre.numero == "O031260200004567"
    assert post.offre.publication == datetime.date(2026, 2, 3)
    assert post.offre.limite == datetime.date(2026, 3, 6)
    assert post.offre.handicap == "Cet emploi est ouvert à tous."
    assert post.teletravail == "non"


def test_bullets_nest_as_they_were_drawn() -> None:
    missions = imported(OFFER).missions
    assert missions is not None
    first, second = missions.points
    assert first.titre == "Accueil"
    assert [point.texte for point in first.points] == [
        "Recevoir les familles",
        "Informer les assistantes maternelles",
    ]
    assert second.texte == "Animation du réseau"


def test_a_misspelt_heading_is_recognised_and_marked() -> None:
    proposal = proposed(OFFER + "RELATIONS FONCTIONELLES :\n- Les écoles\n")
    assert "relations:" in proposal.text
    assert "mal orthographié" in proposal.text
    assert proposal.doubts == 1
    post = imported("Poste de jardinier\nRELATIONS FONCTIONELLES :\nLes écoles")
    assert post.relations is not None
    assert post.relations.texte == "Les écoles"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("SPÉCIFITÉS", "conditions"),
        ("MATERIELS ET MOYENS :", "moyens"),
        ("Autonomies et responsabilités", "autonomie"),
        ("Profils recherchés", "profil"),
        ("QUALITES PROFESSIONNELLES :", "qualites"),
        ("Définition du poste", "contexte"),
        ("Les conditions d'exercice du poste", "conditions"),
        ("## Risques professionnels", "risques"),
    ],
)
def test_headings_of_real_documents_find_their_field(heading: str, field: str) -> None:
    post = imported(f"Poste\n\n{heading}\nUne phrase qui reste.")
    assert getattr(post, field).texte == "Une phrase qui reste."


def test_an_unknown_heading_becomes_a_free_section_after_the_last_known_one() -> None:
    post = imported("Jardinier\n\nMissions\nTailler.\n\n## Le mot du maire\nBienvenue.")
    (section,) = post.sections
    assert (section.titre, section.texte, section.apres) == ("Le mot du maire", "Bienvenue.", "missions")
    assert "titre inconnu" in proposed("Jardinier\n\n## Le mot du maire\nBienvenue.").text


def test_a_date_that_is_none_stays_as_text_and_is_marked() -> None:
    proposal = proposed("Jardinier\nDate limite de candidature : dès que possible\n")
    assert "dès que possible" in proposal.text
    assert "# à vérifier" in proposal.text


def test_lines_cut_by_a_page_width_are_joined() -> None:
    post = imported(
        "Jardinier\n\nContexte\n"
        "La commune entretient depuis longtemps un grand parc, ouvert aux habitants du canton et\n"
        "aux écoles, avec un verger, une serre et un jardin de plantes médicinales connu des pro-\n"
        "meneurs. Celui-ci\nest aimé.\n"
    )
    assert post.contexte is not None
    assert post.contexte.texte is not None
    assert " ".join(post.contexte.texte.split()).startswith(
        "La commune entretient depuis longtemps un grand parc, ouvert aux habitants du canton et aux écoles"
    )
    assert "promeneurs" in post.contexte.texte


def test_the_weekday_grid_is_read() -> None:
    post = imported(
        "Jardinier\nHORAIRES DE TRAVAIL :\nLUNDI : 08h30-12h00 MARDI : 8h30-12h, 14h-16h\nJEUDI : ???"
    )
    assert post.temps_de_travail is not None
    assert post.temps_de_travail.minutes_de_la_grille == 210 + 330
    assert "???" in (post.temps_de_travail.precisions or "")


def test_the_agent_s_identity_goes_to_its_own_file() -> None:
    proposal = proposed(
        "Jardinier\nNom – prénom : DELMAS Inès\nDate de naissance : 12/03/1985\nMissions\nTailler."
    )
    assert "DELMAS" not in proposal.text
    assert "1985" not in proposal.text
    assert "# Nom – prénom : DELMAS Inès" in proposal.agent


def test_braces_and_colons_of_the_text_mean_nothing() -> None:
    post = imported("Poste : {executif} & co\n\nMissions\n- taux : 12 % #1\n- « a » : 'b'")
    assert post.intitule == "{{executif}} & co"
    assert post.missions is not None
    assert [point.texte for point in post.missions.points] == ["taux : 12 % #1", "« a » : 'b'"]


def test_a_document_without_a_title_takes_the_name_of_its_file() -> None:
    assert imported("Missions\nTailler.", "fiche_de-poste.txt").intitule == "Fiche de poste"


def test_windows_text_is_read() -> None:
    from posts import acte_of, propose

    assert acte_of(propose("Chargé de l’été".encode("cp1252"), "poste.txt")).intitule == "Chargé de l’été"


ADVERT = """\
Venez grandir avec nous !
La communauté de communes du Pays de Brisol recrute
un(e) Agent(e) d'accueil petite enfance (H/F)
Temps de travail : Temps non complet, 21h30 hebdomadaires annualisées
Grade : Agent social (catégorie C)
Missions
➢ Accueillir les familles
➢ Tenir le planning
Savoirs
- Le développement de l'enfant
Savoir-faire :
- Conduire un entretien
Profil recherché
> Permis B
Candidature (lettre et CV) à adresser à M. le Président, par courriel, avant la fin du mois.
"""


def test_an_advert_opened_by_a_slogan_names_its_post() -> None:
    post = imported(ADVERT, "annonce.txt")
    assert post.intitule == "Agent(e) d’accueil petite enfance (H/F)"
    assert post.employeur is not None
    assert post.employeur.nom == "La communauté de communes du Pays de Brisol"
    assert post.contexte is not None
    assert "Venez grandir avec nous !" in (post.contexte.texte or "")
    assert "Brisol recrute" in (post.contexte.texte or "")


def test_hours_go_to_their_field_and_what_they_leave_stays() -> None:
    temps = imported(ADVERT, "annonce.txt").temps_de_travail
    assert temps is not None
    assert (temps.quotite, temps.hebdomadaire) == ("Temps non complet", 21 * 60 + 30)
    assert temps.precisions == "Temps non complet, 21h30 hebdomadaires annualisées"
    clean = imported("Jardinier\nTemps de travail\nTemps non complet,\n7h00 hebdomadaire\n").temps_de_travail
    assert clean is not None
    assert (clean.quotite, clean.hebdomadaire, clean.precisions) == ("Temps non complet", 420, None)


def test_every_sign_is_a_bullet_and_skills_have_their_titles() -> None:
    post = imported(ADVERT, "annonce.txt")
    assert post.missions is not None
    assert [point.texte for point in post.missions.points] == ["Accueillir les familles", "Tenir le planning"]
    assert post.competences is not None
    assert [(group.titre, group.points[0].texte) for group in post.competences.points] == [
        ("Savoirs", "Le développement de l’enfant"),
        ("Savoir-faire", "Conduire un entretien"),
    ]
    assert post.cadre_statutaire is not None
    assert post.cadre_statutaire.categories == ("C",)


def test_an_advert_without_number_gives_an_offer_all_the_same() -> None:
    offre = imported(ADVERT, "annonce.txt").offre
    assert offre is not None
    assert offre.candidature is not None
    assert offre.candidature.informations is not None
    assert "Candidature (lettre et CV)" in (offre.candidature.informations.texte or "")


def test_lines_that_their_author_ended_are_not_joined() -> None:
    post = imported(
        "Jardinier\nMissions\n- Elle veille à associer tous les élus tout au long du contrat de territoire.\n"
        "la conduite du diagnostic,\nl'appui aux élus et aux membres des comités de pilotage du territoire,\n"
    )
    assert post.missions is not None
    assert "du territoire,\n\n" not in (post.missions.texte or "")
    assert "contrat de territoire.\n\nla conduite du diagnostic,\n\nl’appui" in (post.missions.texte or "")
