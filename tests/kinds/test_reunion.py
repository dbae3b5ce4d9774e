"""The papers of a meeting: what each says, when it is not made, and what is refused."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from workspaces import DELIBERATION
from world import a_workspace, composed, content

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.reunion import KIND
from ctgdocs.prose import ListBlock, Paragraph, Prose
from ctgdocs.stages import Composition
from ctgdocs.templates import Template

ROOT = Path(__file__).parents[2]
COMMISSION = """
    instance: commission-affaires-sociales
    date: 2026-09-03
    heure: 18h
    lieu: mairie d’Esparnac
    convocation: 2026-08-27
    points:
      - objet: Aide au lieu d’accueil
        rapporteur: petit-anne
"""
CONCLUDED = (
    COMMISSION
    + """
        discussion: Le projet est présenté.
        avis: favorable
        votes: {pour: 1, abstentions: 1}
        actions:
          - {qui: le service, quoi: écrire à la Caf, quand: 2026-09-15}
    prochaine_reunion: {date: 2026-11-05, heure: 18h}
"""
)
CONSEIL = "seance: 2026-09-24\n"
SEANCE = content()["seances/2026-09-24.yaml"].rstrip() + "\n"
THREE_ACTS = {
    f"deliberations/2026-04{number}.yaml": DELIBERATION.replace(
        "Renouvellement de la convention territoriale globale", objet
    )
    for number, objet in ((5, "Convention"), (6, "Pôle petite enfance"), (7, "Micro-crèche"))
}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def world(root: Path, text: str, **files: str) -> Library:
    project = a_workspace(root, **{"reunions/reunion.yaml": text}, **files)
    return Library(project, KINDS)


def papier(root: Path, part: str, text: str, **files: str) -> Composition:
    project = a_workspace(root, **{"reunions/reunion.yaml": text}, **files)
    return composed(project, "reunion", "reunion", part)


def not_made(root: Path, part: str, text: str, **files: str) -> bool:
    library = world(root, text, **files)
    entry = library.find(KIND.registry, "reunion")
    assert entry is not None, library.findings_of("reunion", "reunion")
    return KIND.compose(entry, library.reader(), part) is None


def findings(root: Path, text: str, **files: str) -> list[Finding]:
    """What validation, else the rules, say of a meeting."""
    library = world(root, text, **files)
    entry = library.find(KIND.registry, "reunion")
    if entry is None:
        return library.findings_of("reunion", "reunion")
    return list(KIND.check(entry, library.reader()))


def messages(found: list[Finding]) -> list[str]:
    return [plain(finding.message) for finding in found]


def listed(prose: Prose) -> list[str]:
    """The items of the only list of a text, their line breaks as « / »."""
    (block,) = prose.blocks
    assert isinstance(block, ListBlock)
    assert block.ordered
    items = []
    for (paragraph,) in block.items:
        assert isinstance(paragraph, Paragraph)
        items.append(plain("".join(" / " if run.line_break else run.text for run in paragraph.runs)))
    return items


def letter(composition: Composition) -> dict[str, Any]:
    (only,) = composition.context["lettres"]
    return dict(only)


# --- the ordre du jour ----------------------------------------------------------------------------------


def test_an_assembly_takes_its_ordre_du_jour_from_its_deliberations(tmp_path: Path) -> None:
    context = papier(tmp_path, "ordre-du-jour", CONSEIL, **THREE_ACTS).context
    assert listed(context["ordre_du_jour"]) == [
        "Convention / Rapporteur : M. Paul Martin",
        "Pôle petite enfance / Rapporteur : M. Paul Martin",
        "Micro-crèche / Rapporteur : M. Paul Martin",
        "Questions diverses",
    ]
    assert plain(context["sous_titre"]) == "Conseil communautaire – séance du jeudi 24 septembre 2026"
    assert plain(context["quand"]) == "Jeudi 24 septembre 2026, à 18 h 30"


def test_the_order_of_the_seance_wins(tmp_path: Path) -> None:
    seance = SEANCE + (
        "ordre_du_jour: [Approbation du procès-verbal, 2026-047, Questions diverses, 2026-045]\n"
    )
    files = THREE_ACTS | {"seances/2026-09-24.yaml": seance}
    said = listed(papier(tmp_path, "ordre-du-jour", CONSEIL, **files).context["ordre_du_jour"])
    assert [item.partition(" /")[0] for item in said] == [
        "Approbation du procès-verbal",
        "Micro-crèche",
        "Convention",
        "Questions diverses",
    ]


def test_a_deliberation_may_have_another_name_than_its_file(tmp_path: Path) -> None:
    seance = SEANCE + "ordre_du_jour: [2026-099]\n"
    files = {
        "seances/2026-09-24.yaml": seance,
        "deliberations/convention.yaml": DELIBERATION + "    numero: 2026-099\n",
    }
    said = listed(papier(tmp_path, "ordre-du-jour", CONSEIL, **files).context["ordre_du_jour"])
    assert said[0].startswith("Renouvellement de la convention territoriale globale")


def test_a_point_takes_from_its_dossier_what_it_does_not_say(tmp_path: Path) -> None:
    text = COMMISSION.replace("objet: Aide au lieu d’accueil", "dossier: lieu-d-accueil")
    said = listed(papier(tmp_path, "convocation", text).context["ordre_du_jour"])
    assert said == ["Attribution d’une aide au lieu d’accueil enfants-parents / Rapporteure : Mme Anne Petit"]


def test_a_commission_has_no_questions_diverses_unless_it_says_so(tmp_path: Path) -> None:
    said = listed(
        papier(tmp_path, "convocation", COMMISSION + "    questions_diverses: oui\n").context["ordre_du_jour"]
    )
    assert said == ["Aide au lieu d’accueil / Rapporteure : Mme Anne Petit", "Questions diverses"]


# --- the convocation ------------------------------------------------------------------------------------


def test_a_letter_to_all_is_agreed_with_them(tmp_path: Path) -> None:
    composition = papier(tmp_path, "convocation", COMMISSION)
    said = letter(composition)
    assert plain(
        said["nom"]
    ) == "Mesdames et Messieurs les membres de la commission Affaires sociales".replace(
        "Mesdames et Messieurs", "Madame et Monsieur"
    )
    assert said["appel"] == "Madame, Monsieur,"
    assert plain(said["politesse"]).startswith("Je vous prie d’agréer, Madame, Monsieur, ")
    assert plain(composition.context["date_lieu"]) == "Esparnac, le 27 août 2026"
    assert composition.context["signature"] == {"qualite": "La présidente", "nom": "Claire Durand"}
    assert not said["pouvoir"]


def test_each_member_of_an_assembly_gets_a_letter_and_a_pouvoir_in_his_name(tmp_path: Path) -> None:
    text = CONSEIL + "destinataires: {un_par_membre: oui}\n"
    letters = papier(tmp_path, "convocation", text, **THREE_ACTS).context["lettres"]
    assert [plain(said["nom"]) for said in letters[:2]] == ["Mme Claire Durand", "M. Paul Martin"]
    assert len(letters) == 7
    first, second = letters[0], letters[1]
    assert (first["appel"], second["appel"]) == ("Madame,", "Monsieur,")
    assert plain(first["mandant"]) == (
        "Je soussignée, Mme Claire Durand, présidente, membre du conseil communautaire,"
    )
    assert plain(second["mandant"]).startswith("Je soussigné, M. Paul Martin, vice-président,")
    assert all(said["pouvoir"] for said in letters)


def test_each_letter_starts_on_the_letterhead_with_its_page_1(tmp_path: Path) -> None:
    text = CONSEIL + "destinataires: {un_par_membre: oui}\n"
    composition = papier(tmp_path, "convocation", text, **THREE_ACTS)
    template = Template.load(ROOT / composition.template, ROOT / "templates" / "charte.docx")
    with zipfile.ZipFile(BytesIO(template.render(composition.context))) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", xml)
    assert len(sections) == 7
    assert all("<w:titlePg/>" in section for section in sections)
    assert all('w:start="1"' in section for section in sections)
    assert all(section.count("headerReference") == 2 for section in sections)


def test_the_member_of_a_single_seat_commune_is_told_of_the_suppleant(tmp_path: Path) -> None:
    text = CONSEIL + "destinataires: {un_par_membre: oui}\n"
    letters = papier(tmp_path, "convocation", text, **THREE_ACTS).context["lettres"]
    (told,) = [said for said in letters if "votre suppléante" in said["empechement"]]
    assert plain(told["nom"]) == "Mme Léa Faure"
    assert "Mme Marie Blanc" in plain(told["empechement"])


def test_an_epci_informs_the_councillors_who_do_not_sit(tmp_path: Path) -> None:
    context = papier(tmp_path, "convocation", CONSEIL, **THREE_ACTS).context
    assert any("L. 5211-40-2" in plain(copy) for copy in context["copies"])
    assert any("L. 5211-6" in plain(copy) for copy in context["copies"])
    assert context["jointes"] == ["formulaire de pouvoir"]


def test_a_convocation_lists_what_goes_with_it_and_nothing_else(tmp_path: Path) -> None:
    text = (
        CONSEIL + "note_de_synthese: synthese\npieces_jointes: [procès-verbal de la séance du 25/06/2026]\n"
    )
    notes = {"notes/synthese.yaml": "type: note_de_synthese\nseance: 2026-09-24\n"}
    jointes = papier(tmp_path, "convocation", text, **THREE_ACTS, **notes).context["jointes"]
    assert plain(jointes[0]).startswith("note explicative de synthèse (CGCT, art. L. 2121-12")
    assert [plain(one) for one in jointes[1:]] == [
        "procès-verbal de la séance du 25 juin 2026",
        "formulaire de pouvoir",
    ]


def test_a_small_commune_owes_no_note_and_has_no_suppleants(tmp_path: Path) -> None:
    house = content()["collectivite.yaml"].replace("communaute-de-communes", "commune").replace("9800", "900")
    board = content()["instances/conseil-communautaire.yaml"].replace(
        "suppleants: {faure-lea: blanc-marie}", "suppleants: {}"
    )
    files = {"collectivite.yaml": house, "instances/conseil-communautaire.yaml": board}
    seance = SEANCE.replace("        suppleants: [blanc-marie]\n", "")
    context = papier(
        tmp_path, "convocation", CONSEIL, **THREE_ACTS, **files, **{"seances/2026-09-24.yaml": seance}
    ).context
    assert context["jointes"] == ["formulaire de pouvoir"]
    assert context["copies"] == []


def test_without_a_day_of_issue_the_convocation_is_a_projet(tmp_path: Path) -> None:
    composition = papier(tmp_path, "convocation", COMMISSION.replace("    convocation: 2026-08-27\n", ""))
    assert composition.watermark == "PROJET"
    assert [finding.code for finding in composition.findings] == ["etat"]


def test_a_partner_comes_by_its_first_representative(tmp_path: Path) -> None:
    partner = """
        caf-82:
          nom: Caisse d’allocations familiales de Tarn-et-Garonne
          nom_court: Caf
          type: caf
          representants: [{civilite: Mme, prenom: Isabelle, nom: Garnier, fonction: directrice}]
    """
    text = COMMISSION + "    invites: [{partenaire: caf-82}]\n    destinataires: {un_par_membre: oui}\n"
    letters = papier(tmp_path, "convocation", text, **{"partenaires.yaml": partner}).context["lettres"]
    assert plain(letters[-1]["nom"]) == "Mme Isabelle Garnier"
    assert letters[-1]["qualites"] == ["Directrice", "Caf"]
    assert letters[-1]["appel"] == "Madame,"


def test_a_guest_without_civility_is_not_given_one(tmp_path: Path) -> None:
    text = COMMISSION + "    invites: [association des familles]\n    destinataires: {un_par_membre: oui}\n"
    letters = papier(tmp_path, "convocation", text).context["lettres"]
    assert letters[-1]["appel"] == "Madame, Monsieur,"


# --- the feuille d'émargement ---------------------------------------------------------------------------


def test_the_sheet_of_an_assembly_has_a_row_per_seat(tmp_path: Path) -> None:
    context = papier(tmp_path, "emargement", CONSEIL).context
    rows = context["sieges"]
    assert len(rows) == 7
    assert [row["commune"] for row in rows] == ["Esparnac"] * 3 + ["Le Causol"] * 2 + ["Viguerol"] * 2
    seats = {plain(row["titulaire"]): row for row in rows}
    assert plain(seats["Mme Léa Faure"]["suppleant"]) == "Mme Marie Blanc"
    assert plain(seats["M. Jean Roy"]["pouvoir"]) == "Mme Claire Durand"
    counts = {count["libelle"]: count["nombre"] for count in context["comptes"]}
    assert (counts["En exercice"], counts["Quorum"]) == ("7", "4")
    assert [signed["qualite"] for signed in context["signatures"]] == [
        "La présidente de séance",
        "Le secrétaire de séance",
    ]


def test_the_sheet_of_a_commission_groups_members_guests_and_agents(tmp_path: Path) -> None:
    text = COMMISSION + (
        "    invites: ['Mme Jeanne Roux, conseillère technique']\n"
        "    agents: ['Mme Inès Cabrol, chargée de coopération']\n"
    )
    groups = papier(tmp_path, "emargement", text).context["groupes"]
    assert [group["titre"] for group in groups] == ["Membres", "Personnes invitées", "Agents"]
    assert [plain(row["nom"]) for group in groups for row in group["lignes"]] == [
        "M. Paul Martin",
        "Mme Anne Petit",
        "Mme Jeanne Roux",
        "Mme Inès Cabrol",
    ]


# --- the relevé -----------------------------------------------------------------------------------------


def test_a_releve_tells_the_opinion_and_who_does_what_for_when(tmp_path: Path) -> None:
    context = papier(tmp_path, "releve", CONCLUDED).context
    (point,) = context["points"]
    assert plain(point["avis"]) == "Avis favorable, par 1 voix pour et 1 abstention"
    assert [{key: plain(text) for key, text in action.items()} for action in point["actions"]] == [
        {"qui": "Le service", "quoi": "Écrire à la Caf", "quand": "15 septembre 2026"}
    ]
    assert plain(context["prochaine"]) == "Prochaine réunion : jeudi 5 novembre 2026, à 18 h."
    assert plain(context["ouverture"]) == (
        "Réunie le jeudi 3 septembre 2026, à 18 h, à la mairie d’Esparnac, sous la présidence de "
        "M. Paul Martin, vice-président."
    )


def test_who_is_not_named_came(tmp_path: Path) -> None:
    lists = papier(tmp_path, "releve", CONCLUDED + "    excuses: [petit-anne]\n").context["presences"]
    assert [(said["titre"], plain(said["noms"])) for said in lists] == [
        ("Présent", "M. Paul Martin"),
        ("Excusée", "Mme Anne Petit"),
    ]


def test_who_is_not_among_the_presents_is_absent(tmp_path: Path) -> None:
    text = CONCLUDED.replace("pour: 1, abstentions: 1", "pour: 1") + "    presents: [petit-anne]\n"
    lists = papier(tmp_path, "releve", text).context["presences"]
    assert [(said["titre"], plain(said["noms"])) for said in lists] == [
        ("Présente", "Mme Anne Petit"),
        ("Absent", "M. Paul Martin"),
    ]


def test_a_typed_point_of_which_nothing_is_said_is_told(tmp_path: Path) -> None:
    text = CONCLUDED.replace("    points:\n", "    points:\n      - Calendrier\n")
    (finding,) = papier(tmp_path, "releve", text).findings
    assert plain(finding.message) == "rien n’est dit de ce point : « Calendrier »"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("releve", CONSEIL),  # an assembly has a procès-verbal
        ("releve", COMMISSION),  # nothing was concluded yet
        ("convocation", CONSEIL),  # no délibération, no point
        ("ordre-du-jour", COMMISSION.partition("    points:")[0]),
    ],
)
def test_a_paper_that_has_nothing_to_say_is_not_made(part: str, text: str, tmp_path: Path) -> None:
    assert not_made(tmp_path, part, text)


def test_a_group_without_instance_is_made_of_guests(tmp_path: Path) -> None:
    text = """
        nom: comité technique de la CTG
        date: 2026-10-01
        heure: 14h
        lieu: mairie d’Esparnac
        convocation: 2026-09-21
        points: [Suivi des actions]
        invites: [M. Fabien Morel, Mme Jeanne Roux]
    """
    said = letter(papier(tmp_path, "convocation", text))
    assert plain(said["nom"]) == "Madame et Monsieur les membres du comité technique de la CTG"
    groups = papier(tmp_path / "b", "emargement", text).context["groupes"]
    assert [group["titre"] for group in groups] == ["Personnes invitées"]


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("excuses: [petit-anne]\n    absents: [petit-anne]", "Mme Anne Petit est dans deux listes"),
        ("excuses: [roy-jean]", "M. Jean Roy n’est pas membre de l’instance à cette date"),
        ("invites: [{elu: petit-anne}]", "Mme Anne Petit est à la fois membre et invitée"),
        ("suppleants: [roy-jean]", "M. Jean Roy siège comme suppléant sans titulaire connu"),
        ("presidence: petit-ane", "« petit-ane » n’est pas dans content/elus.yaml"),
        ("heure_fin: 17h", "la réunion finit (17 h 00) avant de commencer (18 h 00)"),
        (
            "prochaine_reunion: 2026-09-01",
            "la réunion suivante (1er septembre 2026) n’est pas postérieure à celle-ci (3 septembre 2026)",
        ),
    ],
)
def test_what_contradicts_itself_is_an_error(line: str, message: str, tmp_path: Path) -> None:
    found = [finding for finding in findings(tmp_path, f"{COMMISSION}    {line}\n") if finding.blocking]
    assert messages(found) == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("points: [Objet]\n", "la réunion ne dit pas qui se réunit"),
        ("instance: commission-affaires-sociales\ndate: 2026-09-03\n", "il manque « heure » et « lieu »"),
        (CONSEIL + "date: 2026-09-24\n", "« date » est déjà dit par la séance « 2026-09-24 »"),
        (
            "nom: comité technique\ndate: 2026-09-03\nheure: 18h\nlieu: mairie\npresents: [petit-anne]\n",
            "« presents » nomme des membres, mais un groupe sans instance n’en a pas",
        ),
    ],
)
def test_who_when_and_where_are_said_once(text: str, message: str, tmp_path: Path) -> None:
    assert messages(findings(tmp_path, text)) == [message]


def test_an_assembly_meets_in_a_seance(tmp_path: Path) -> None:
    text = COMMISSION.replace("commission-affaires-sociales", "conseil-communautaire")
    assert "« conseil communautaire » délibère : sa réunion est une séance" in messages(
        findings(tmp_path, text)
    )


def test_the_delay_of_the_assembly_is_checked_in_its_seance(tmp_path: Path) -> None:
    late = SEANCE.replace("2026-09-17", "2026-09-20")
    found = findings(tmp_path, CONSEIL, **{"seances/2026-09-24.yaml": late})
    assert {finding.code for finding in found} == {"C3", "seance-en-erreur"}
    assert {finding.place.file for finding in found if finding.code == "C3"} == {
        "content/seances/2026-09-24.yaml"
    }


def test_the_opinion_is_the_one_that_the_deliberation_cites(tmp_path: Path) -> None:
    act = DELIBERATION + (
        "    commission: {instance: commission-affaires-sociales, date: 2026-09-03, avis: défavorable}\n"
    )
    text = CONCLUDED.replace("objet: Aide au lieu d’accueil", "deliberation: 2026-045")
    (found,) = [
        finding
        for finding in findings(tmp_path, text, **{"deliberations/2026-045.yaml": act})
        if finding.code == "F2"
    ]
    assert found.message == "l’avis n’est pas le même ici (favorable) et dans la délibération (défavorable)"
    assert found.related[0].place.file.startswith("content/")
    assert found.place.field == "points.0.avis"


def test_a_file_named_by_a_day_is_of_that_day(tmp_path: Path) -> None:
    project = a_workspace(tmp_path, **{"reunions/commission-2026-09-04.yaml": COMMISSION})
    library = Library(project, KINDS)
    entry = library.find(KIND.registry, "commission-2026-09-04")
    assert entry is not None
    assert [finding.code for finding in KIND.check(entry, library.reader())] == ["D2"]


def test_a_deliberation_in_error_leaves_a_hole_that_is_told(tmp_path: Path) -> None:
    files = THREE_ACTS | {"deliberations/2026-046.yaml": "objet: [\n"}
    (told,) = [f for f in findings(tmp_path, CONSEIL, **files) if f.code == "ordre-du-jour-incomplet"]
    assert plain(told.message).endswith(": 2026-046")
    assert not told.blocking


def test_a_number_of_no_deliberation_is_told(tmp_path: Path) -> None:
    files = {"seances/2026-09-24.yaml": SEANCE + "ordre_du_jour: [2026-045, 2026-099]\n"}
    (told,) = [
        finding
        for finding in findings(tmp_path, CONSEIL, **THREE_ACTS, **files)
        if finding.code == "ordre-du-jour-incomplet"
    ]
    assert plain(told.message).endswith(": 2026-099")


def test_a_commission_may_be_described_by_a_seance(tmp_path: Path) -> None:
    seance = """
        instance: commission-affaires-sociales
        date: 2026-09-03
        heure: 18h
        lieu: mairie d’Esparnac
        convocation: 2026-08-27
        absents: [{elu: petit-anne, excuse: oui}]
    """
    text = "seance: commission\npoints: [{objet: Aide, avis: favorable, votes: {pour: 1}}]\n"
    context = papier(tmp_path, "releve", text, **{"seances/commission.yaml": seance}).context
    assert [plain(said["noms"]) for said in context["presences"]] == ["M. Paul Martin", "Mme Anne Petit"]
    assert plain(context["points"][0]["avis"]) == "Avis favorable, à l’unanimité (1 voix)"


INFORMED = """
    points:
      - {objet: Rapport d’activité 2025, information: oui, rapporteur: petit-anne}
      - {objet: Aide, avis: favorable}
"""


def test_a_point_for_information_says_so_and_asks_for_nothing(tmp_path: Path) -> None:
    text = COMMISSION.partition("    points:")[0] + INFORMED
    agenda = papier(tmp_path / "a", "ordre-du-jour", text).context["ordre_du_jour"]
    assert listed(agenda)[0] == "Rapport d’activité 2025 / Pour information / Rapporteure : Mme Anne Petit"
    releve = papier(tmp_path / "b", "releve", text)
    assert [point["avis"] for point in releve.context["points"]] == ["Pour information", "Avis favorable"]
    assert [finding for finding in releve.findings if finding.code == "point-sans-suite"] == []


def test_a_point_for_information_gives_no_opinion(tmp_path: Path) -> None:
    text = COMMISSION + "        information: oui\n        avis: favorable\n"
    assert "ce point d’information a un avis" in [found.message for found in findings(tmp_path, text)]


def test_the_sheet_tells_the_movements_once_they_are_known(tmp_path: Path) -> None:
    moves = """mouvements:
      - {elu: petit-anne, arrive_a: 2026-046, heure: 20h50}
      - {elu: petit-anne, quitte_a: 2026-047, heure: 21h15}
      - {elu: lopez-marc, quitte_a: 2026-046}
    """
    files = {"seances/2026-09-24.yaml": SEANCE + moves}
    context = papier(tmp_path / "a", "emargement", CONSEIL, **files).context
    assert [plain(line) for line in context["mouvements"]] == [
        "M. Marc Lopez : absent à partir de la délibération n° 2026-046",
        "Mme Anne Petit : arrivée à 20 h 50, présente à partir de la délibération n° 2026-046",
        "Mme Anne Petit : partie à 21 h 15, absente à partir de la délibération n° 2026-047",
    ]
    assert papier(tmp_path / "b", "emargement", CONSEIL).context["mouvements"] == []


def test_the_sheet_says_by_whom_who_left_is_represented(tmp_path: Path) -> None:
    moves = "mouvements: [{elu: petit-anne, quitte_a: 2026-046, heure: 20h50, pouvoir_a: martin-paul}]\n    "
    files = {"seances/2026-09-24.yaml": SEANCE + moves}
    (told,) = papier(tmp_path, "emargement", CONSEIL, **files).context["mouvements"]
    assert plain(told) == (
        "Mme Anne Petit : partie à 20 h 50, représentée à partir de la délibération n° 2026-046 "
        "par M. Paul Martin"
    )


def test_a_meeting_may_end_after_midnight(tmp_path: Path) -> None:
    text = CONCLUDED + "    heure_fin: 0h20\n"
    assert [found for found in findings(tmp_path / "a", text) if found.blocking] == []
    assert "de 18 h à 0 h 20" in plain(papier(tmp_path / "b", "releve", text).context["ouverture"])
