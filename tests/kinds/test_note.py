"""What the pages of the three notes say, and what their délibération takes from the same dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_deliberation import plain, words
from test_every_kind import fields_of, rendered, words_of
from world import a_workspace, composed, the_act

from ctgdocs.kinds.note import KIND
from ctgdocs.prose import Prose
from ctgdocs.stages import Composition
from ctgdocs.vocabulary.registres import NOTES

ROOT = Path(__file__).parents[2]

DOSSIER = """
    objet: Renouvellement de la convention territoriale globale
    rapporteur: martin-paul
    commission: {instance: commission-affaires-sociales, date: 2026-09-03, avis: favorable}
    seance: 2026-09-24
    synthese: Il resterait {montant:reste-a-charge} par an.
    contexte: La convention prend fin le {date:fin}.
    visas: [cgct-l5211-1]
    enjeux: Le périmètre est discuté.
    proposition: |
      Il est proposé de la renouveler.

      {tableau:finances}
    finances:
      periode: par an
      depenses: [{libelle: Poste, montant: 42 000}]
      recettes: [{libelle: Caf, montant: 24 000, partenaire: caf-82}]
    calendrier: {fin: {date: 2026-12-31, libelle: Fin de la convention}}
    decisions:
      - d’approuver la convention
      - d’autoriser {executif} à la signer
    annexes: [Convention]
"""
DOSSIERS = {"dossiers/ctg.yaml": DOSSIER}
NOTE = """
    date: 2026-08-27
    redacteur: Mme Inès Cabrol, chargée de coopération
    points: [ctg]
"""
DELIBERATION = """
    dossier: ctg
    vote: {}
    seance: 2026-09-24
"""


def note(root: Path, text: str = NOTE, **files: str) -> Composition:
    return composed(a_workspace(root, **{"notes/n.yaml": text, **DOSSIERS, **files}), "note", "n")


def point(root: Path, text: str = NOTE, **files: str) -> dict[str, Any]:
    return note(root, text, **files).context["points"][0]


def said(prose: Prose) -> list[str]:
    return [plain(line) for line in words(prose)]


def test_a_note_of_one_line_says_all_its_dossier(tmp_path: Path) -> None:
    context = note(tmp_path).context
    (only,) = context["points"]
    assert plain(context["sous_titre"]) == "Commission Affaires sociales du jeudi 3 septembre 2026"
    assert only["objet"] == "Renouvellement de la convention territoriale globale"
    assert plain(only["rapporteur"]) == "M. Paul Martin, vice-président"
    assert said(only["synthese"]) == ["Il resterait 18 000 € par an."]
    assert said(only["contexte"]) == ["La convention prend fin le 31 décembre 2026."]
    assert plain(only["calendrier"][0]["quand"]) == "31 décembre 2026"
    assert [plain(line["texte"]) for line in only["finances_lignes"]] == [
        "24 000 €, soit 57 % des dépenses",
        "18 000 €, soit 43 % des dépenses",
    ]
    assert [plain(line) for line in only["suites"]] == [
        "Conseil communautaire du jeudi 24 septembre 2026 : délibération"
    ]
    assert only["numero"] == ""
    assert context["sommaire"] == []


def test_a_commission_is_asked_for_an_opinion_not_for_a_decision(tmp_path: Path) -> None:
    only = point(tmp_path)
    assert said(only["avis_sollicite"]) == ["L’avis de la commission est sollicité sur ce dossier."]
    assert not only["decisions"]
    assert only["avis_rendu"] == ""


def test_several_points_are_numbered_and_listed(tmp_path: Path) -> None:
    context = note(tmp_path, NOTE.replace("[ctg]", "[ctg, {objet: Motion, contexte: Texte}]")).context
    assert [plain(each["numero"]) for each in context["points"]] == ["Point n° 1", "Point n° 2"]
    assert [line["objet"] for line in context["sommaire"]][1] == "Motion"


def test_a_rapport_takes_the_decisions_of_its_act(tmp_path: Path) -> None:
    text = "type: rapport_de_presentation\npoints: [{deliberation: 2026-045, contexte: Autre.}]\n"
    page = note(tmp_path, text, **{"deliberations/2026-045.yaml": DELIBERATION})
    (only,) = page.context["points"]
    assert said(only["contexte"]) == ["Autre."]
    assert plain(only["decisions_titre"]) == "Il est proposé au conseil communautaire :"
    assert [plain(run) for run in words_of(rendered(page)).splitlines() if "la signer" in run] == [
        "d’autoriser Madame la Présidente à la signer."
    ]
    assert plain(only["avis_rendu"]).endswith("du 3 septembre 2026 : favorable")
    assert page.context["signatures"] == [{"qualite": "La présidente", "nom": "Claire Durand"}]


SYNTHESE = """
    type: note_de_synthese
    seance: 2026-09-24
    points: [{objet: Approbation du procès-verbal, synthese: Il est joint.}]
"""
OTHER_ACT = (
    "seance: 2026-09-24\nobjet: Motion\nexpose: Un exposé.\ndecisions: [Le vœu est adopté.]\nvote: {}\n"
)


def test_a_note_de_synthese_follows_the_seance(tmp_path: Path) -> None:
    acts = {"deliberations/2026-045.yaml": DELIBERATION, "deliberations/2026-046.yaml": OTHER_ACT}
    points = note(tmp_path, SYNTHESE, **acts).context["points"]
    assert [(plain(each["reference"]), each["objet"]) for each in points] == [
        ("", "Approbation du procès-verbal"),
        ("Projet de délibération n° 2026-045", "Renouvellement de la convention territoriale globale"),
        ("Projet de délibération n° 2026-046", "Motion"),
    ]
    assert said(points[0]["synthese"]) == ["Il est joint."]
    assert said(points[1]["contexte"]) == ["La convention prend fin le 31 décembre 2026."]
    assert not points[1]["synthese"]
    assert said(points[2]["contexte"]) == ["Un exposé."]
    assert plain(points[2]["decisions_titre"]) == (
        "Il est proposé au conseil communautaire d’approuver les dispositions suivantes :"
    )


def test_a_note_de_synthese_speaks_of_the_projet_and_keeps_the_titles_of_the_articles(tmp_path: Path) -> None:
    act = """
        seance: 2026-09-24
        objet: Règlement
        expose: La présente délibération fixe le règlement.
        annexes: [Règlement]
        decisions:
          - {titre: Objet, texte: "Le règlement, annexé à la présente délibération, est approuvé."}
          - {titre: Durée, texte: "Les effets **de la présente délibération** durent un an."}
        vote: {}
    """
    _, point = note(tmp_path, SYNTHESE, **{"deliberations/2026-045.yaml": act}).context["points"]
    assert said(point["contexte"]) == ["Le projet de délibération fixe le règlement."]
    assert said(point["decisions"]) == [
        "Objet : le règlement, annexé au projet de délibération, est approuvé ;",
        "Durée : les effets du projet de délibération durent un an.",
    ]


def test_the_calendar_is_in_the_order_of_the_days(tmp_path: Path) -> None:
    steps = """
        fin: 2027-12-31
        libre: {quand: selon les travaux}
        vote: {quand: première quinzaine de décembre 2026}
        suite: {quand: seconde quinzaine de décembre 2026}
        signature: 2026-12-20
        ouverture: {quand: printemps 2027}
        choix: 2026-11-05
    """
    text = DOSSIER.replace("{fin: {date: 2026-12-31, libelle: Fin de la convention}}", steps)
    said = point(tmp_path, **{"dossiers/ctg.yaml": text.replace("{date:fin}", "jour dit")})["calendrier"]
    assert [plain(one["libelle"]) for one in said] == [
        *("Choix", "Vote", "Suite", "Signature", "Ouverture", "Fin", "Libre"),
    ]


def test_references_are_items_after_a_colon(tmp_path: Path) -> None:
    text = DOSSIER.replace("[cgct-l5211-1]", "[cgct-l5211-1, Loi du 5 avril 1884, CASF, Esparnac 2030]")
    only = point(tmp_path, **{"dossiers/ctg.yaml": text})
    assert [item.rstrip(" ;.") for item in said(only["cadre_juridique"])] == [
        "le code général des collectivités territoriales, notamment son article L. 5211-1",
        "loi du 5 avril 1884",
        "CASF",
        "Esparnac 2030",
    ]


AVIS = "Avis de la commission Affaires sociales du 3 septembre 2026 : "
CITED = "l’avis réservé de la commission Affaires sociales du 3 septembre 2026"


@pytest.mark.parametrize(
    ("told", "avis"),
    [
        (f"visas: [cgct-l5211-1, {CITED}]\n", "réservé"),
        (
            "commission: {instance: commission-affaires-sociales, date: 2026-09-03, avis: favorable}\n",
            "favorable",
        ),
        (f"dossier: ctg\nvisas: [cgct-l5211-1, {CITED}]\n", "favorable"),
        ("dossier: ctg\n", "favorable"),
    ],
)
def test_each_point_tells_the_opinion_that_its_act_knows_once(tmp_path: Path, told: str, avis: str) -> None:
    acts = {"deliberations/2026-045.yaml": OTHER_ACT + told}
    only = note(tmp_path, SYNTHESE, **acts).context["points"][1]
    assert plain(only["avis_rendu"]) == AVIS + avis
    assert not any("avis" in line for line in said(only["cadre_juridique"]))


def test_a_point_with_visas_of_its_own_tells_the_opinion_of_its_act(tmp_path: Path) -> None:
    acts = {"deliberations/2026-045.yaml": OTHER_ACT + f"visas: [{CITED}]\n"}
    text = SYNTHESE.replace("}]", "}, {deliberation: 2026-045, visas: [cgct-l5211-1]}]")
    assert plain(note(tmp_path, text, **acts).context["points"][1]["avis_rendu"]) == AVIS + "réservé"


def test_the_act_takes_its_expose_and_the_opinion_from_the_dossier(tmp_path: Path) -> None:
    files = {**DOSSIERS, "deliberations/2026-045.yaml": DELIBERATION}
    page = composed(a_workspace(tmp_path, **files), "deliberation", "2026-045")
    assert said(page.context["expose"])[:2] == [
        "La convention prend fin le 31 décembre 2026.",
        "Il est proposé de la renouveler.",
    ]
    assert plain(page.context["visas"][-1]) == (
        "Vu l’avis favorable de la commission Affaires sociales du 3 septembre 2026,"
    )
    assert "Reste à charge de la communauté de communes" in words_of(rendered(page))
    assert page.output.endswith("2026-045-renouvellement-de-la-convention-territoriale-globale.docx")


def test_a_wrong_name_is_found_in_the_dossier_s_own_text(tmp_path: Path) -> None:
    broken = DOSSIER.replace("{date:fin}", "{date:fim}")
    page = composed(a_workspace(tmp_path, **{"dossiers/ctg.yaml": broken, "notes/n.yaml": NOTE}), "note", "n")
    (finding,) = page.findings
    assert plain(finding.message) == "l’étape « fim » n’existe pas"
    assert (finding.place.file, finding.place.field) == ("content/dossiers/ctg.yaml", "contexte")
    assert plain(" ".join(finding.hints)) == "vouliez-vous dire « fin » ?"


def test_a_decision_in_a_text_of_the_dossier_is_found_there(tmp_path: Path) -> None:
    text = DOSSIER.replace("Le périmètre est discuté.", "|\n      Rappel.\n\n      La commission décide.")
    project = a_workspace(tmp_path, **{"dossiers/ctg.yaml": text, "notes/n.yaml": NOTE})
    entry, library = the_act(project, "note", "n")
    (found,) = [each for each in KIND.check(entry, library.reader()) if each.code == "I1"]
    lines = (tmp_path / "content/dossiers/ctg.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[found.place.line - 1][found.place.column - 1 :].startswith("décide")


def test_editing_a_dossier_makes_its_documents_stale(tmp_path: Path) -> None:
    entry, library = the_act(a_workspace(tmp_path, **{"notes/n.yaml": NOTE}, **DOSSIERS), "note", "n")
    reader = library.reader()
    KIND.check(entry, reader)
    assert reader.reads["dossiers/ctg"]


@pytest.mark.parametrize("kind", ["note_de_commission", "rapport_de_presentation", "note_de_synthese"])
def test_each_template_asks_only_for_what_compose_gives(kind: str, tmp_path: Path) -> None:
    context = note(tmp_path).context
    asked = fields_of(ROOT / "templates" / "notes" / f"{kind}.docx") - {"loop", "point", "ligne", "etape"}
    assert asked <= set(context)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: note_de_synthese", "champ obligatoire absent : « seance »"),
        ("type: note_de_commission", "champ obligatoire absent : « points »"),
        ("type: rapport_de_presentation\npoints: [a, b]", "un seul point, celui-ci en a 2"),
    ],
)
def test_a_note_says_what_it_lacks(text: str, message: str, tmp_path: Path) -> None:
    from ctgdocs.content.library import Library
    from ctgdocs.kinds import KINDS

    library = Library(a_workspace(tmp_path, **{"notes/n.yaml": text}), KINDS)
    assert library.find(NOTES, "n") is None
    assert message in plain(library.findings_of("note", "n")[0].message)


def test_an_unknown_dossier_is_said_once(tmp_path: Path) -> None:
    project = a_workspace(
        tmp_path, **{"notes/n.yaml": NOTE.replace("[ctg]", "[cgt, {contexte: x}]")}, **DOSSIERS
    )
    entry, library = the_act(project, "note", "n")
    assert [(found.code, plain(" ".join(found.hints))) for found in KIND.check(entry, library.reader())] == [
        ("identifiant-inconnu", "vouliez-vous dire « ctg » ?"),
        ("champ-manquant", "ajoutez objet"),
    ]
