"""What a fiche de poste and its offre say, whoever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest
from posts_of_others import AGENT_TECHNIQUE, DIRECTRICE_DE_CRECHE
from world import a_workspace, the_act

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.prose import ListBlock, Paragraph, Prose, TableBlock
from ctgdocs.stages import Composition
from ctgdocs.templates import Template
from ctgdocs.word.text import words_of

ROOT = Path(__file__).parents[2]
(KIND,) = (kind for kind in KINDS if kind.name == "fiche_de_poste")
ID = "poste"


def a_post(root: Path, text: str, **files: str) -> Project:
    return a_workspace(root, **{f"fiches_de_poste/{ID}.yaml": text}, **files)


def page(root: Path, text: str, part: str = "fiche", **files: str) -> Composition:
    entry, library = the_act(a_post(root, text, **files), KIND.name, ID)
    composition = KIND.compose(entry, library.reader(), part)
    assert composition is not None
    return composition


def findings(root: Path, text: str, **files: str) -> list[Finding]:
    """What validating and checking say."""
    project = a_post(root, text, **files)
    library = Library(project, KINDS)
    entry = library.find(KIND.registry, ID)
    if entry is None:
        return library.findings_of(KIND.name, ID)
    return list(KIND.check(entry, library.reader()))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def row(composition: Composition, label: str) -> list[str]:
    """The values of one line of the tables of facts."""
    lines = [line for bloc in composition.context["blocs"] for line in bloc["lignes"]]
    (values,) = (line["valeurs"] for line in lines if plain(line["libelle"]) == label)
    return [plain(value) for value in values]


def section(composition: Composition, title: str) -> Prose:
    (found,) = (one["texte"] for one in composition.context["sections"] if plain(one["titre"]) == title)
    assert isinstance(found, Prose)
    return found


def outline(prose: Prose) -> list[str]:
    """The lines of a text, each with its depth: `# group`, `- item`, `-- sub-item`."""
    lines: list[str] = []

    def add(block: object, depth: int) -> None:
        if isinstance(block, Paragraph):
            mark = "# " if block.role == "titre3" else "-" * depth + " " if depth else ""
            lines.append(mark + plain("".join(run.text for run in block.runs)))
        elif isinstance(block, ListBlock):
            for item in block.items:
                for inner in item:
                    add(inner, depth + 1)

    for block in prose:
        add(block, 0)
    return lines


# --- fiches written by others -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", [AGENT_TECHNIQUE, DIRECTRICE_DE_CRECHE], ids=["technique", "creche"])
def test_the_fiches_of_others_need_no_new_field(tmp_path: Path, text: str) -> None:
    assert [finding for finding in findings(tmp_path, text) if finding.blocking] == []
    composition = page(tmp_path, text)
    document = Template.load(ROOT / composition.template, ordinals=True).render(composition.context)
    assert "{" not in " ".join(words_of(document))


def test_activities_are_a_tree_of_four_levels(tmp_path: Path) -> None:
    assert outline(section(page(tmp_path, DIRECTRICE_DE_CRECHE), "Activités")) == [
        "# Diriger l’établissement",
        "- Encadrer l’équipe :",
        "-- plannings",
        "-- entretiens professionnels",
        "- Suivre le budget :",
        "-- prestation de service unique (Psu)",
        "- Accueillir les familles",
    ]


def test_groups_may_be_typed_as_a_mapping_and_a_colon_inside_a_line_stays(tmp_path: Path) -> None:
    assert outline(section(page(tmp_path, AGENT_TECHNIQUE), "Activités"))[4:] == [
        "-- vidanger",
        "# Bâtiments",
        "- Petite maçonnerie : enduits, reprises",
        "- peinture",
        "-- intérieure",
        "-- extérieure",
    ]


def test_too_deep_a_tree_is_refused_with_its_place(tmp_path: Path) -> None:
    text = "intitule: X\nactivites:\n  - a:\n    - b:\n      - c:\n        - d:\n          - e\n"
    (finding,) = findings(tmp_path, text)
    assert finding.code == "trop-profond"
    assert finding.place.line > 1


def test_a_line_that_opens_nothing_says_how_to_write_it(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, 'intitule: X\nmissions:\n  - "Réunir :"\n  - Accompagner :\n')
    assert finding.code == "point-vide"


def test_an_unknown_heading_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "intitule: X\ntitres: {competance: Compétences}\n")
    assert "competences" in " ".join(finding.hints)


# --- working time -----------------------------------------------------------------------------------------


def test_each_week_of_a_cycle_has_its_grid_and_its_total(tmp_path: Path) -> None:
    summer, winter = (
        block
        for block in page(tmp_path, AGENT_TECHNIQUE).context["horaires"]
        if isinstance(block, TableBlock)
    )
    totals = [
        [plain(paragraph.runs[0].text) for cell in week.rows[-1] for paragraph in cell.paragraphs]
        for week in (summer, winter)
    ]
    assert totals == [
        ["Total de la semaine", "35 h", "–", "35 h"],
        ["Total de la semaine", "20 h", "15 h", "35 h"],
    ]
    assert (summer.caption, winter.caption) == ("Été", "Hiver")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("35 h", "35 h hebdomadaires"),
        ("17h30", "17 h 30 hebdomadaires"),
        ("Temps complet", "Temps complet"),
        ("{quotite: Plein, hebdomadaire: 38 h, artt: 18}", "Plein, 38 h hebdomadaires avec 18 jours d’ARTT"),
        ("{horaires: {lundi: 8h-12h, mardi: 14h-16h15}}", "6 h 15 hebdomadaires"),
    ],
)  # fmt: skip
def test_the_working_time_in_one_line(tmp_path: Path, typed: str, said: str) -> None:
    assert row(page(tmp_path, f"intitule: X\ntemps_de_travail: {typed}\n"), "Temps de travail") == [said]


# --- contract, agent, signatures --------------------------------------------------------------------------


def test_the_article_is_explained_in_words(tmp_path: Path) -> None:
    said, explained = row(page(tmp_path, DIRECTRICE_DE_CRECHE, "offre"), "Ouvert aux contractuels")
    assert said == (
        "Oui, à titre dérogatoire par rapport aux candidatures de fonctionnaires "
        "(article L. 332-8, 2° du code général de la fonction publique)"
    )
    assert explained.startswith("Un contractuel peut être recruté sur ce poste pour les besoins des services")


def test_without_an_offre_there_is_no_offer_to_make(tmp_path: Path) -> None:
    entry, library = the_act(a_post(tmp_path, AGENT_TECHNIQUE), KIND.name, ID)
    assert KIND.compose(entry, library.reader(), "offre") is None


def test_the_two_documents_have_their_own_names_headings_and_omissions(tmp_path: Path) -> None:
    fiche, offre = (page(tmp_path, DIRECTRICE_DE_CRECHE, part) for part in ("fiche", "offre"))
    assert fiche.output == f"sorties/fiches_de_poste/{ID}-fiche-de-poste.docx"
    assert offre.output == f"sorties/fiches_de_poste/{ID}-offre-d-emploi.docx"
    titles = [{plain(one["titre"]) for one in made.context["sections"]} for made in (fiche, offre)]
    assert titles[0] - titles[1] == {"Contexte du poste", "Critères d’appréciation"}
    assert titles[1] - titles[0] == {"Descriptif de l’emploi"}
    assert {"Objectifs de l’année 2026", "Objectifs de l’année 2027", "Raison d’être du poste"} <= titles[0]


def test_another_employer_has_its_own_letterhead(tmp_path: Path) -> None:
    head = page(tmp_path, DIRECTRICE_DE_CRECHE).context["collectivite"]
    assert head["nom"] == "CCAS de Montbel"
    assert head["departement"] == "Département de l’Ariège"
    assert "Esparnac" not in str(head)


AGENT = "civilite: Mme\nnom: Delmas\nprenom: Inès\nnaissance: 12/03/1985\nentree_fpt: 2012\n"


def test_the_agent_s_file_fills_the_blanks(tmp_path: Path) -> None:
    text = "intitule: X\nagent: delmas-ines\naffectation: 01/2026\n"
    known = page(tmp_path, text, **{"agents/delmas-ines.yaml": AGENT})
    assert row(known, "Nom – prénom") == ["Delmas Inès"]
    assert row(known, "Date de naissance") == ["12 mars 1985"]
    assert "Nom : Delmas" in plain(known.context["signatures"][1]["texte"])
    assert known.findings == ()


def test_without_the_agent_s_file_the_fiche_is_made_with_blanks_and_says_so(tmp_path: Path) -> None:
    text = "intitule: X\nagent: delmas-ines\naffectation: 01/2026\n"
    made = page(tmp_path, text)
    assert set(row(made, "Nom – prénom")[0]) == {"…"}
    assert row(made, "Date d’affectation sur le poste") == ["01/2026"]
    (finding,) = made.findings
    assert (finding.code, finding.blocking) == ("agent-absent", False)


def test_an_agent_s_file_in_error_stops_the_fiche(tmp_path: Path) -> None:
    found = findings(
        tmp_path, "intitule: X\nagent: delmas-ines\n", **{"agents/delmas-ines.yaml": "nom: Delmas\n"}
    )
    assert [finding.code for finding in found] == ["fiche-en-erreur"]


def test_the_executive_signs_unless_told_otherwise(tmp_path: Path) -> None:
    first, second = page(tmp_path, "intitule: X\n").context["signatures"]
    assert plain(first["texte"]).endswith("\nLa présidente")
    assert second["titre"] == "Agent territorial"
    (alone,) = page(tmp_path, "intitule: X\nsignatures: {autorite: Le maire, agent: non}\n").context[
        "signatures"
    ]
    assert alone["texte"].endswith("\nLe maire")


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Commune de Port-Vallier", "Le maire"),
        ("Ville de Port-Vallier", "Le maire"),
        ("C.C.A.S. de Port-Vallier", "Le président"),
        ("Centre intercommunal d’action sociale du Vallier", "Le président"),
        ("SIVOM du Vallier", "Le président"),
        ("Communauté d’agglomération Vallier et Rives", "Le président"),
        ("Grand Vallier Agglomération", "Le président"),
        ("EHPAD Les Glycines", ""),
    ],
)
def test_the_paper_of_another_employer_is_its_own(tmp_path: Path, name: str, signs: str) -> None:
    text = f"""
        intitule: X
        employeur: {{nom: {name}, adresse: [3 quai Neuf], telephone: "01 99 00 00 01", departement: "33"}}
    """
    made = page(tmp_path, text)
    head = {key: plain(value) for key, value in made.context["collectivite"].items()}
    assert not made.wears_charte
    assert (head["nom"], head["adresse"], head["telephone"]) == (name, "3 quai Neuf", "01 99 00 00 01")
    assert (head["departement"], head["courriel"], head["sigle"]) == ("Département de la Gironde", "", "")
    assert plain(made.context["signatures"][0]["texte"]).split("\n")[1:] == [signs][: len(signs)]


def test_a_commune_of_the_registry_lends_its_maire_and_its_address(tmp_path: Path) -> None:
    communes = """
        viguerol:
          nom: Viguerol
          maire: faure-lea
          adresse: {lignes: [2 rue de la Mairie], code_postal: "82990", ville: Viguerol}
    """
    made = page(
        tmp_path,
        "intitule: X\nemployeur: {nom: Ville de Viguerol}\nmissions: Écrire à {executif}.\n",
        **{"communes.yaml": communes},
    )
    assert plain(made.context["collectivite"]["adresse"]) == "2 rue de la Mairie – 82990 Viguerol"
    assert plain(made.context["signatures"][0]["texte"]).endswith("\nLa maire")
    assert "Madame la Maire" in str(section(made, "Missions du poste"))


def test_an_offre_of_another_gives_its_address_alone(tmp_path: Path) -> None:
    text = "intitule: X\nemployeur: {nom: %s}\noffre: {numero: 1}\n"
    commune = {"communes.yaml": "    viguerol: {nom: Viguerol}\n"}
    made = page(tmp_path / "a", text % "Commune de Viguerol", "offre", **commune)
    assert "à compléter" not in str(made.context)
    assert made.context["candidature"]["lignes"] == []
    house = page(tmp_path / "b", text % "communauté de communes des Trois-Vallées", "offre")
    assert [plain(one["libelle"]) for one in house.context["candidature"]["lignes"]] == [
        "Adresse de l’employeur"
    ]


def test_the_executive_of_another_employer_is_named_as_far_as_it_is_known(tmp_path: Path) -> None:
    text = "intitule: X\nemployeur: {nom: %s}\nmissions: Écrire à {executif}.\n"
    made = page(tmp_path / "a", text % "CCAS de Port-Vallier")
    assert "Madame ou Monsieur le Président" in str(section(made, "Missions du poste"))
    (finding,) = page(tmp_path / "b", text % "EHPAD Les Glycines").findings
    assert (finding.blocking, "on ne sait pas qui dirige" in finding.message) == (True, True)


def test_the_house_under_its_own_name_is_no_other_employer(tmp_path: Path) -> None:
    made = page(tmp_path, "intitule: X\nemployeur: {nom: communaute de communes des Trois-Vallées}\n")
    assert made.wears_charte
    assert plain(made.context["signatures"][0]["texte"]).endswith("\nLa présidente")


def test_a_bare_title_is_enough(tmp_path: Path) -> None:
    made = page(tmp_path, "intitule: Chargé(e) d’accueil (h/f)\n")
    assert made.context["objet"] == "Chargé(e) d’accueil (h/f)"
    assert made.context["blocs"] == []
    assert made.context["sections"] == []


def test_free_sections_and_the_house_order_are_followed(tmp_path: Path) -> None:
    text = """
        intitule: X
        missions: M.
        contexte: C.
        profil: P.
        sections: [{titre: Après les missions, apres: missions, texte: S.}, {titre: À la fin, texte: F.}]
        ordre: [profil, missions]
    """
    titles = [plain(one["titre"]) for one in page(tmp_path, text).context["sections"]]
    assert titles == [
        "Profil recherché",
        "Missions du poste",
        "Après les missions",
        "Contexte du poste",
        "À la fin",
    ]


def test_a_problem_in_a_line_of_a_tree_is_told_at_its_line(tmp_path: Path) -> None:
    text = "intitule: X\nactivites:\n  - Groupe:\n      - point {inconnu}\n"
    (finding,) = page(tmp_path, text).findings
    assert finding.place.line == 4
