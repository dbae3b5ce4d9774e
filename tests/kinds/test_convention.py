"""What the pages of a convention say, at every age of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pictures import a_png
from workspaces import deliberation
from world import a_workspace, composed, content, the_act

from ctgdocs.content.library import Library
from ctgdocs.findings import Severity
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND
from ctgdocs.prose import Contents, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Composition

CONVENTION = """
    type: ctg
    titre: Convention territoriale globale
    version: 2026-10-05
    debut: 2027-01-01
    fin: 2031-12-31
    parties:
      - partenaire: caf-82
        nom_court: la Caf
        representants:
          - {civilite: Mme, prenom: Isabelle, nom: Garnier, fonction: directeur}
          - {civilite: M., prenom: Pierre, nom: Lagarde, fonction: président du conseil d’administration}
      - collectivite: oui
        autorite: 2026-045
      - commune: le-causol
        groupe: les communes signataires
        representants: [{elu: petit-anne, fonction: adjoint, par_delegation_de: le maire}]
        autorite: {deliberation: 2026-018, du: 2026-10-06}
      - commune: viguerol
        groupe: les communes signataires
    visas: [le code de l’action sociale et des familles, notamment son article L. 214-1-3]
    articles:
      - {id: objet, titre: Objet, texte: "Voir {article:duree}, {article:la-caf} et {annexe:plan}."}
      - titre: Engagements
        articles:
          - {titre: La Caf, texte: Elle finance.}
      - {id: duree, titre: Durée, texte: Cinq ans.}
    annexes:
      - {id: plan, titre: Plan d’actions, contenu: plan-d-actions}
      - {titre: Décisions, contenu: decisions}
    plan:
      axes:
        - titre: Petite enfance
          actions:
            - {titre: Micro-crèche, pilote: Caf, financements: [{libelle: Caf, montant: 264 000}]}
"""
DECISION = """
    seance: 2026-09-24
    objet: Renouvellement
    decisions: [d’approuver la convention]
    vote: {}
    transmission: 2026-09-28
    publication: 2026-09-29
"""


def convention(root: Path, text: str = CONVENTION, **files: str) -> Composition:
    named = {"conventions/ctg.yaml": text, "deliberations/2026-045.yaml": DECISION, **files}
    return composed(a_workspace(root, **named), "convention", "ctg")


def plain(text: str) -> str:
    """The text with ordinary spaces and hyphens, so that a test reads like the page."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")


def words(prose: Prose) -> str:
    return plain(
        "\n".join("".join(r.text for r in block.runs) for block in prose if isinstance(block, Paragraph))
    )


def presented(composition: Composition) -> list[str]:
    return [
        plain(f"{one['texte']} {one['court']}")
        for group in composition.context["groupes"]
        for one in group["parties"]
    ]


# --- parties --------------------------------------------------------------------------------------------


def test_each_party_is_presented_with_who_signs_and_by_what_authority(tmp_path: Path) -> None:
    caf, house, cause, viguerol = presented(convention(tmp_path))
    assert caf == (
        "La Caisse d’allocations familiales de Tarn-et-Garonne, représentée par Mme Isabelle Garnier, "
        "directrice, et M. Pierre Lagarde, président du conseil d’administration, "
        "ci-après dénommée « la Caf »"
    )
    assert house == (
        "La Communauté de communes des Trois-Vallées, dont le siège est situé 1 place de la Halle, "
        "82990 Esparnac (SIRET 999 990 013 00016), représentée par Mme Claire Durand, présidente, "
        "dûment autorisée par délibération du conseil communautaire n° 2026-045 du 24 septembre 2026, "
        "ci-après dénommée « la communauté de communes »"
    )
    assert cause == (
        "La commune du Causol, représentée par Mme Anne Petit, adjointe, par délégation du maire, "
        "dûment autorisée par délibération du conseil municipal n° 2026-018 du 6 octobre 2026, "
        "ci-après dénommée « la commune du Causol »"
    )
    assert viguerol == "La commune de Viguerol, ci-après dénommée « la commune de Viguerol »"


def test_the_communes_have_a_collective_name(tmp_path: Path) -> None:
    groups = convention(tmp_path).context["groupes"]
    assert [(group["nom"], len(group["parties"])) for group in groups] == [
        ("", 1),
        ("", 1),
        ("les communes signataires", 2),
    ]
    assert plain(groups[2]["mention"]) == "ci-après dénommées ensemble « les communes signataires »"


def test_a_masculine_party_agrees(tmp_path: Path) -> None:
    text = CONVENTION.replace(
        "- partenaire: caf-82\n        nom_court: la Caf",
        "- nom: syndicat mixte d’Esparnac\n        nom_court: le syndicat\n"
        "        autorite: {texte: décision du bureau}",
    )
    first = presented(convention(tmp_path, text))[0]
    assert first.startswith(
        "Le syndicat mixte d’Esparnac, représenté par Mme Isabelle Garnier, directrice, et M."
    )
    assert first.endswith("dûment autorisés par décision du bureau, ci-après dénommé « le syndicat »")


def test_the_state_has_an_address_and_no_siege(tmp_path: Path) -> None:
    text = CONVENTION.replace("- partenaire: caf-82\n        nom_court: la Caf", "- partenaire: etat")
    state = content()["partenaires.yaml"] + (
        "etat:\n  nom: État\n  nom_court: l’État\n  type: etat\n"
        "  adresse: {lignes: [préfecture, 2 allées de l’Empereur], code_postal: '82000', ville: Montauban}\n"
    )
    first = presented(convention(tmp_path, text, **{"partenaires.yaml": state}))[0]
    assert first.startswith("L’État, préfecture, 2 allées de l’Empereur, 82000 Montauban, représenté")


def test_the_day_of_a_decision_stands_in_its_column(tmp_path: Path) -> None:
    text = CONVENTION.replace(
        "nom_court: la Caf", "nom_court: la Caf\n        autorite: {texte: décision du 17 novembre 2026}"
    )
    rows = cells(convention(tmp_path, text).context["annexes"][1]["texte"])
    assert [row[1:3] for row in rows if "17 novembre" in row[1]] == [
        ["Décision du 17 novembre 2026", "17 novembre 2026"]
    ]


def test_one_block_per_signatory(tmp_path: Path) -> None:
    said = [
        tuple(map(plain, (one["partie"], one["mention"], one["qualite"], one["nom"])))
        for one in convention(tmp_path).context["signatures"]
    ]
    assert said == [
        ("Pour la Caf", "", "La directrice", "Isabelle Garnier"),
        ("Pour la Caf", "", "Le président du conseil d’administration", "Pierre Lagarde"),
        ("Pour la communauté de communes", "", "La présidente", "Claire Durand"),
        ("Pour la commune du Causol", "Pour le maire et par délégation,", "L’adjointe", "Anne Petit"),
        ("Pour la commune de Viguerol", "", "", ""),
    ]


def test_the_maire_of_the_registry_signs_for_the_commune(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    elus = (workspace.content / "elus.yaml").read_text("utf-8")
    elus = elus.replace("nom: Noël, commune: viguerol", "nom: Noël, commune: viguerol, maire_de: viguerol")
    last = presented(convention(tmp_path, **{"elus.yaml": elus}))[-1]
    assert last.startswith("La commune de Viguerol, représentée par M. Yves Noël, maire, ci-après")


def test_a_deliberation_that_is_not_voted_leaves_a_visible_blank(tmp_path: Path) -> None:
    draft = "objet: Renouvellement\ndecisions: [d’approuver la convention]\n"
    composition = convention(tmp_path, **{"deliberations/2026-045.yaml": draft})
    assert "n° 2026-045 du [à compléter : date]" in presented(composition)[1]


# --- articles -------------------------------------------------------------------------------------------


def test_titles_are_numbered_by_word_and_references_follow(tmp_path: Path) -> None:
    first, second, third = convention(tmp_path).context["articles"]
    assert first["titre"].blocks == (Paragraph((Run("Objet"),), "article1", "article_objet"),)
    assert [(block.role, block.bookmark) for block in second["texte"] if isinstance(block, Paragraph)] == [
        ("article2", "article_la_caf"),
        ("corps", ""),
    ]
    assert words(first["texte"]) == "Voir l’article 3, l’article 2.1 et l’annexe 1."
    assert [run.ref for run in first["texte"].blocks[0].runs if run.ref] == [
        "article_duree",
        "article_la_caf",
        "annexe_plan",
    ]
    assert third["titre"].blocks[0].bookmark == "article_duree"


def test_the_table_of_contents_lists_what_word_will_number(tmp_path: Path) -> None:
    (contents,) = convention(tmp_path, f"{CONVENTION}    sommaire: oui\n").context["sommaire"]
    assert isinstance(contents, Contents)
    assert [(plain(entry.number), plain(entry.text), entry.level) for entry in contents.entries] == [
        ("Article 1", "Objet", 1),
        ("Article 2", "Engagements", 1),
        ("2.1", "La Caf", 2),
        ("Article 3", "Durée", 1),
        ("Annexe 1", "Plan d’actions", 1),
        ("", "Fiche action 1.1 – Micro-crèche", 2),
        ("Annexe 2", "Décisions", 1),
    ]


@pytest.mark.parametrize(
    ("articles", "letters", "annexes", "there"),
    [(6, 1_800, 0, True), (5, 9_000, 0, False), (6, 900, 0, False), (6, 90, 3, True), (6, 90, 2, False)],
)
def test_a_table_of_contents_stands_from_six_articles_and_three_pages(
    tmp_path: Path, articles: int, letters: int, annexes: int, there: bool
) -> None:
    head = CONVENTION.partition("articles:")[0]
    text = "Il est convenu ce qui suit. " * (letters // 28)
    typed = "".join(f"      - {{titre: Point {rank}, texte: {text}}}\n" for rank in range(1, articles + 1))
    typed += "    annexes:\n" * bool(annexes) + "      - {titre: Une liste, texte: Les lieux.}\n" * annexes
    assert bool(convention(tmp_path, f"{head}articles:\n{typed}").context["sommaire"]) is there


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("{article:dure}", "l’article « dure » n’existe pas"),
        ("{annexe:9}", "l’annexe « 9 » n’existe pas"),
    ],
)
def test_a_reference_to_nothing_is_a_problem(tmp_path: Path, typed: str, message: str) -> None:
    composition = convention(tmp_path, CONVENTION.replace("Cinq ans.", f'"Voir {typed}."'))
    assert [plain(finding.message) for finding in composition.findings] == [plain(message)]


def test_an_article_of_a_deliberation_cannot_be_cited(tmp_path: Path) -> None:
    text = DECISION.replace("d’approuver la convention", '"d’approuver {article:duree}"')
    assert [one.code for one in deliberation(tmp_path, text).findings] == ["champ-de-texte"]


# --- status ---------------------------------------------------------------------------------------------


def test_a_projet_says_so_on_every_page(tmp_path: Path) -> None:
    composition = convention(tmp_path)
    assert (composition.watermark, composition.sealed) == ("PROJET", "")
    assert plain(composition.context["mention_projet"]) == "Projet – version du 5 octobre 2026"
    assert plain(composition.context["reference"]) == (
        "Convention territoriale globale 2027-2031 – projet du 5 octobre 2026"
    )
    assert plain(composition.context["fait"]).startswith("Fait à Esparnac, le ……")


def test_a_signed_convention_is_sealed_and_dated(tmp_path: Path) -> None:
    text = CONVENTION + "    statut: signe\n    signature: 2026-12-12\n"
    text = text.replace("pilote: Caf,", "pilote: Caf, avancement: en cours, commentaire: Ouverte.,")
    composition = convention(tmp_path, text)
    assert (composition.watermark, composition.sealed[:12]) == ("", "la signature")
    assert plain(composition.context["fait"]) == (
        "Fait à Esparnac, le 12 décembre 2026, en quatre exemplaires originaux."
    )
    (fiche,) = composition.context["annexes"][0]["axes"][0]["fiches"]
    assert [line["libelle"] for line in fiche["lignes"]] == ["Pilote"]


def test_an_avenant_names_the_convention_it_changes(tmp_path: Path) -> None:
    avenant = CONVENTION.replace("type: ctg", "type: avenant\n    parente: mere\n    numero: 1")
    composition = convention(tmp_path, avenant, **{"conventions/mere.yaml": CONVENTION})
    assert composition.template == "templates/conventions/avenant.docx"
    assert plain(composition.context["reference"]) == (
        "Avenant n° 1 à la convention territoriale globale 2027-2031 – projet du 5 octobre 2026"
    )


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("", "Voir la convention territoriale globale 2027-2031."),
        (
            "    statut: signe\n    signature: 2026-12-12\n",
            "Voir la convention territoriale globale 2027-2031 du 12 décembre 2026.",
        ),
    ],
)
def test_a_text_names_another_convention_by_its_years(tmp_path: Path, status: str, said: str) -> None:
    text = CONVENTION.replace("Cinq ans.", '"Voir {convention:mere}."')
    composition = convention(tmp_path, text, **{"conventions/mere.yaml": CONVENTION + status})
    assert words(composition.context["articles"][2]["texte"]) == said


def test_a_convention_of_one_year_says_it_once(tmp_path: Path) -> None:
    text = CONVENTION.replace("type: ctg", "type: cof\n    parente: mere").replace("2031-12-31", "2027-12-31")
    context = convention(tmp_path, text, **{"conventions/mere.yaml": CONVENTION}).context
    assert plain(context["reference"]).startswith("Convention territoriale globale 2027 – projet")
    assert plain(context["cadre"]) == ("Prise en application de la convention territoriale globale 2027-2031")


def test_another_model_can_be_named(tmp_path: Path) -> None:
    composition = convention(tmp_path, CONVENTION + "    modele: ctg-caf-82.docx\n")
    assert composition.template == "templates/conventions/ctg-caf-82.docx"


# --- annexes --------------------------------------------------------------------------------------------


def cells(prose: Prose) -> list[list[str]]:
    (table,) = (block for block in prose if isinstance(block, TableBlock))
    return [
        [plain("".join(r.text for p in cell.paragraphs for r in p.runs)) for cell in row]
        for row in table.rows
    ]


def test_the_plan_has_its_fiches_its_summary_and_its_totals(tmp_path: Path) -> None:
    annexe: dict[str, Any] = convention(tmp_path).context["annexes"][0]
    (fiche,) = annexe["axes"][0]["fiches"]
    assert fiche["titre"].blocks == (
        Paragraph((Run("Fiche action 1.1 – Micro-crèche"),), "fiche", "fiche_1_1"),
    )
    assert cells(fiche["financement"]) == [
        ["Financement", "Montant"],
        ["Caf", "264 000 €"],
        ["Total", "264 000 €"],
    ]
    assert plain(annexe["synthese"][0]["cout"]) == "264 000 €"
    assert plain(annexe["synthese_total"]["cout"]) == "264 000 €"
    assert [(one["nom"], plain(one["montant"])) for one in annexe["financeurs"]] == [("Caf", "264 000 €")]


def test_the_decisions_are_drawn_from_the_deliberations(tmp_path: Path) -> None:
    assert cells(convention(tmp_path).context["annexes"][1]["texte"])[1:] == [
        [
            "Communauté de communes des Trois-Vallées",
            "Délibération du conseil communautaire n° 2026-045",
            "24 septembre 2026",
            "29 septembre 2026",
        ],
        ["Commune du Causol", "Délibération du conseil municipal n° 2026-018", "6 octobre 2026", "–"],
        ["Commune de Viguerol", "[à compléter : délibération]", "–", "–"],
    ]


def test_the_bilan_says_what_becomes_of_each_action(tmp_path: Path) -> None:
    new = CONVENTION.replace("titre: Micro-crèche,", 'titre: Micro-crèche, suite: adaptee, origine: "1.3",')
    new = new.replace("contenu: decisions", "contenu: bilan").replace(
        "version:", "renouvelle: mere\n    version:"
    )
    old = CONVENTION.replace(
        "          actions:\n",
        "          actions:\n            - {titre: Ludothèque, avancement: Terminée}\n"
        "            - {titre: Ludobus, avancement: en cours}\n",
    )
    assert cells(convention(tmp_path, new, **{"conventions/mere.yaml": old}).context["annexes"][1]["texte"])[
        1:
    ] == [
        ["1.1", "Ludothèque", "Réalisée", "Réalisée", "–"],
        ["1.2", "Ludobus", "En cours", "[à compléter : suite]", "–"],
        ["1.3", "Micro-crèche", "–", "Adaptée", "1.1"],
    ]


def test_a_plan_kept_in_a_workbook_is_the_same_plan(tmp_path: Path) -> None:
    text = CONVENTION[: CONVENTION.index("    plan:\n")] + "    plan: {fichier: plan.xlsx}\n"
    book = Workbook()
    for row in (
        ["Axe", "Action", "Description", "Coût", "Financement Caf"],
        ["Petite enfance", "Micro-crèche", "[à compléter : où ?] {article:rien}", 300, 264],
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    project = a_workspace(tmp_path, **{"conventions/ctg.yaml": text, "deliberations/2026-045.yaml": DECISION})
    (project.content / "conventions/plan.xlsx").write_bytes(stream.getvalue())

    entry, library = the_act(project, "convention", "ctg")
    found = [
        (one.code, one.severity, one.place.file, one.place.field)
        for one in KIND.check(entry, library.reader())
        if one.place.file.endswith(".xlsx")
    ]
    assert found == [
        ("G9", Severity.ALERTE, "content/conventions/plan.xlsx", "cellule C2"),
        ("G8", Severity.ALERTE, "content/conventions/plan.xlsx", "cellule D2"),
    ]
    composition = composed(project, "convention", "ctg")
    assert [(one.code, one.place.field) for one in composition.findings] == [("champ-de-texte", "cellule C2")]
    assert composition.context["annexes"][0]["axes"][0]["fiches"][0]["numero"] == "1.1"


def test_a_plan_in_a_workbook_cites_pictures_beside_its_convention(tmp_path: Path) -> None:
    text = CONVENTION[: CONVENTION.index("    plan:\n")] + "    plan: {fichier: plan.csv}\n"
    rows = "Axe;Action;Description\nEnfance;Relais;![la carte](carte.png) ![autre](absente.png)\n"
    project = a_workspace(tmp_path, **{"conventions/ctg.yaml": text, "deliberations/2026-045.yaml": DECISION})
    (project.content / "conventions/plan.csv").write_text(rows, "utf-8")
    (project.content / "conventions/carte.png").write_bytes(a_png())
    (missing,) = composed(project, "convention", "ctg").findings
    assert (missing.code, missing.place.field) == ("image", "cellule C2")
    assert "« absente.png » est introuvable" in missing.message


def test_a_workbook_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    text = CONVENTION[: CONVENTION.index("    plan:\n")] + "    plan: {fichier: ../../plan.xlsx}\n"
    project = a_workspace(tmp_path, **{"conventions/ctg.yaml": text})
    entry, library = the_act(project, "convention", "ctg")
    assert [one.message for one in KIND.check(entry, library.reader()) if one.code == "plan"] == [
        "« ../../plan.xlsx » sort du dossier content/"
    ]


# --- consistency ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("type: ctg", "type: ctg\n    statut: signe", "signature"),
        ("type: ctg", "type: ctg\n    signature: 2026-12-12", "signature"),
        ("titre: La Caf,", "titre: La Caf, id: objet,", "titre-en-double"),
        ("{titre: Décisions, contenu: decisions}", "{titre: Bilan, contenu: bilan}", "annexe-vide"),
        ("version:", "renouvelle: ctg\n    version:", "convention-en-boucle"),
        ("partenaire: caf-82", "partenaire: caf-28", "identifiant-inconnu"),
        ("{id: duree, titre: Durée, texte: Cinq ans.}", "{id: duree, titre: Durée}", "article-vide"),
    ],
)
def test_what_cannot_stand_together_is_an_error(tmp_path: Path, old: str, new: str, code: str) -> None:
    project = a_workspace(tmp_path, **{"conventions/ctg.yaml": CONVENTION.replace(old, new, 1)})
    entry, library = the_act(project, "convention", "ctg")
    assert code in [one.code for one in KIND.check(entry, library.reader()) if one.blocking]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("fin: 2031-12-31", "fin: 2026-12-31", "la convention finit avant de commencer"),
        ("type: ctg", "type: avenant", "un avenant dit quelle convention il modifie"),
        (
            "type: ctg",
            "type: ctg\n    modele: ../ctg.docx",
            "le modèle est un fichier .docx de templates/conventions/",
        ),
        ("collectivite: oui", "collectivite: oui\n        nom: La même", "une partie est un partenaire"),
        ("{elu: petit-anne, ", "{elu: petit-anne, nom: Petit, ", "un signataire est un élu"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    project = a_workspace(tmp_path, **{"conventions/ctg.yaml": CONVENTION.replace(old, new, 1)})
    said = [one.message for one in Library(project, KINDS).findings_of("convention", "ctg")]
    assert any(one.startswith(message) for one in said), said


@pytest.mark.parametrize("blank", ["[à compléter : qui ?]", "[à compléter]"])
def test_a_blank_without_quotes_says_how_to_write_it(tmp_path: Path, blank: str) -> None:
    text = CONVENTION.replace("pilote: Caf", f"pilote: {blank}")
    (found,) = Library(a_workspace(tmp_path, **{"conventions/ctg.yaml": text}), KINDS).findings_of(
        "convention", "ctg"
    )
    assert plain(" ".join(found.hints)) == 'mettez-le entre guillemets : "[à compléter : …]"'
