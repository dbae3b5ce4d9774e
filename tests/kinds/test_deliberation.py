"""What the page of a délibération says, at every age of the act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from workspaces import DELIBERATION, deliberation
from world import a_workspace, composed, content, findings_of

from ctgdocs.composing.acte import short_slug
from ctgdocs.findings import Severity
from ctgdocs.prose import ListBlock, Paragraph, Prose


def plain(text: str) -> str:
    """The text with ordinary spaces, so that a test reads like the page."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def words(prose: Prose) -> list[str]:
    """Each paragraph of a text, those of lists included."""
    said: list[str] = []
    for block in prose:
        if isinstance(block, Paragraph):
            said.append(plain("".join(run.text for run in block.runs)))
        elif isinstance(block, ListBlock):
            said += [text for item in block.items for text in words(Prose(item))]
    return said


def test_the_opening_names_day_hour_place_and_president(tmp_path: Path) -> None:
    said = plain(deliberation(tmp_path).context["ouverture"])
    assert said == (
        "L’an deux mille vingt-six, le vingt-quatre septembre, à dix-huit heures trente, "
        "le conseil communautaire de la communauté de communes des Trois-Vallées, "
        "dûment convoqué le 17 septembre 2026, s’est réuni en session ordinaire "
        "à la salle des fêtes d’Esparnac, sous la présidence de Mme Claire Durand, présidente."
    )


def test_who_is_there_is_grouped_by_commune_and_agreed(tmp_path: Path) -> None:
    context = deliberation(tmp_path).context
    (presents,) = context["presences"]
    assert presents["titre"] == "Présents (5)"
    assert [(g["commune"], plain(g["noms"])) for g in presents["groupes"]] == [
        ("Esparnac", "Mme Claire Durand, M. Paul Martin"),
        ("Le Causol", "Mme Anne Petit, M. Marc Lopez"),
        ("Viguerol", "Mme Marie Blanc (suppléante de Mme Léa Faure)"),
    ]
    assert context["pouvoirs"]["titre"] == "Absent ayant donné pouvoir (1)"
    assert [plain(line) for line in context["pouvoirs"]["lignes"]] == ["M. Jean Roy à Mme Claire Durand"]
    assert (context["excuses"]["titre"], plain(context["excuses"]["noms"])) == (
        "Absent excusé (1)",
        "M. Yves Noël",
    )
    assert [(row["libelle"], row["nombre"]) for row in context["effectif"]] == [
        ("En exercice", "7"), ("Présents", "5"), ("Représenté", "1"), ("Votants", "6"), ("Absent", "1"),
    ]  # fmt: skip
    assert "5 membres présents pour 4 requis" in plain(context["quorum"])


def test_an_adopted_act_says_its_vote_and_who_signs(tmp_path: Path) -> None:
    composition = deliberation(tmp_path)
    context = composition.context
    assert composition.watermark == ""
    assert context["verbe"] == "DÉCIDE"
    assert plain(context["formule"]) == (
        "Le conseil communautaire, après en avoir délibéré,\npar 4 voix pour, 1 voix contre et 1 abstention,"
    )
    assert [(row["libelle"], row["nombre"], plain(row["noms"])) for row in context["vote"]] == [
        ("Votants", "6", ""),
        ("Pour", "4", ""),
        ("Contre", "1", "Mme Anne Petit"),
        ("Abstentions", "1", "M. Marc Lopez"),
        ("Suffrages exprimés", "5", ""),
    ]
    assert context["signatures"] == [
        {"qualite": "La présidente", "nom": "Claire Durand"},
        {"qualite": "Le secrétaire de séance", "nom": "Paul Martin"},
    ]
    assert context["secretaire_titre"] == "Secrétaire de séance"


SEANCE = "seances/2026-09-24.yaml"
VOTED = DELIBERATION.replace("vote: {contre: [petit-anne], abstentions: [lopez-marc]}", "vote: {}")


def with_secretary(typed: str) -> dict[str, str]:
    return {SEANCE: content()[SEANCE].replace("secretaire: martin-paul", f"secretaire: {typed}")}


SUITE = "[{elu: martin-paul, quitte_a: 2026-046}, {elu: petit-anne, arrive_a: 2026-046}]"


@pytest.mark.parametrize(
    ("numero", "name", "quality"),
    [
        ("2026-045", "M. Paul Martin", "Le secrétaire de séance"),
        ("2026-046", "Mme Anne Petit", "La secrétaire de séance"),
    ],
)
def test_each_act_is_signed_by_its_own_secretary(
    tmp_path: Path, numero: str, name: str, quality: str
) -> None:
    text = DELIBERATION + f"    numero: {numero}\n"
    context = deliberation(tmp_path, text, **with_secretary(SUITE)).context
    assert (plain(context["secretaire"]), context["secretaire_titre"]) == (name, "Secrétaire de séance")
    assert context["signatures"][1:] == [{"qualite": quality, "nom": plain(name).split(maxsplit=1)[1]}]


def test_who_presides_and_keeps_the_minutes_signs_once(tmp_path: Path) -> None:
    context = deliberation(tmp_path, **with_secretary("durand-claire")).context
    assert context["signatures"] == [
        {"qualite": "La présidente, secrétaire de séance", "nom": "Claire Durand"}
    ]


def test_two_secretaries_sign_with_who_presides(tmp_path: Path) -> None:
    context = deliberation(tmp_path, **with_secretary("[martin-paul, durand-claire]")).context
    assert [block["nom"] for block in context["signatures"]] == ["Claire Durand", "Paul Martin"]
    assert context["secretaire_titre"] == "Secrétaires de séance"


def test_articles_of_infinitives_read_as_sentences(tmp_path: Path) -> None:
    articles = deliberation(tmp_path, DELIBERATION + "    dispositif: articles\n").context["articles"]
    assert [(article["titre"], *words(article["texte"])) for article in articles] == [
        ("Article 1er", "D’approuver la convention annexée."),
        ("Article 2", "D’autoriser Madame la Présidente à la signer."),
    ]


@pytest.mark.parametrize("asked", ["", "    dispositif: infinitifs\n"])
def test_infinitives_are_one_list_unless_articles_are_asked(tmp_path: Path, asked: str) -> None:
    context = deliberation(tmp_path, DELIBERATION + asked).context
    assert context["articles"] == []
    assert words(context["infinitifs"]) == [
        "d’approuver la convention annexée ;",
        "d’autoriser Madame la Présidente à la signer.",
    ]


def test_infinitives_with_titles_stay_articles(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "- d’approuver la convention annexée\n",
        "- {titre: Approbation, texte: d’approuver la convention annexée}\n",
    )
    first, second = deliberation(tmp_path, text).context["articles"]
    assert (plain(first["titre"]), *words(first["texte"])) == (
        "Article 1er – Approbation",
        "D’approuver la convention annexée.",
    )
    assert words(second["texte"]) == ["D’autoriser Madame la Présidente à la signer."]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("approuver la convention", "D’approuver la convention."),
        ("D’approuver la convention.", "D’approuver la convention."),
        ("de fixer le tarif ;", "De fixer le tarif."),
        ("approuve la convention", "Le conseil communautaire approuve la convention."),
        ("la convention est approuvée", "La convention est approuvée."),
        ("Le tarif est fixé à {montant:12500}", "Le tarif est fixé à 12 500 €."),
    ],
)
def test_a_decision_reads_well_however_it_was_typed(tmp_path: Path, typed: str, said: str) -> None:
    text = DELIBERATION.replace("- d’approuver la convention annexée\n", f"- {typed}\n")
    text = text.replace("      - d’autoriser {executif} à la signer\n", "")
    (article,) = deliberation(tmp_path, text + "    dispositif: articles\n").context["articles"]
    assert words(article["texte"]) == [said]


COMMISSION = "{instance: commission-affaires-sociales, date: 2026-09-03, avis: favorable}"
OPINION = "Vu l’avis favorable de la commission Affaires sociales du 3 septembre 2026,"


def told(root: Path, visas: str, commission: str = COMMISSION, dossier: str = "") -> list[str]:
    """The visas of the page that speak of an opinion."""
    own = f"visas: {visas}\ndecisions: [d’approuver]\nobjet: Objet\nseance: 2026-09-24\nvote: {{}}\n"
    own += f"commission: {commission}\n" if commission else ""
    files = {"deliberations/2026-045.yaml": own + ("dossier: social\n" if dossier else "")}
    files |= {"dossiers/social.yaml": dossier} if dossier else {}
    page = composed(a_workspace(root, **files), "deliberation", "2026-045")
    return [plain(visa) for visa in page.context["visas"] if "avis" in visa]


@pytest.mark.parametrize("visas", ["[]", "[cgct-l5211-1]", "[l’avis du comité social territorial]"])
def test_the_opinion_that_is_known_is_always_among_the_visas(tmp_path: Path, visas: str) -> None:
    assert told(tmp_path, visas)[-1] == OPINION


@pytest.mark.parametrize(
    "cited",
    [
        "Vu l’avis favorable de la commission Affaires sociales du 3 septembre 2026,",
        "l’avis de la commission des affaires sociales en date du 03/09/2026",
        "l’avis favorable de la commission Affaires sociales",
        "l’avis de la commission",
    ],
)
def test_the_opinion_is_not_told_twice(tmp_path: Path, cited: str) -> None:
    assert len(told(tmp_path, f'["{cited}"]')) == 1


@pytest.mark.parametrize("visas", ["", "visas: [cgct-l5211-1]\n"])
def test_the_opinion_comes_from_a_dossier_with_or_without_visas(tmp_path: Path, visas: str) -> None:
    dossier = f"objet: Objet\n{visas}commission: {COMMISSION}\n"
    assert told(tmp_path, "[l’arrêté du préfet]", "", dossier) == [OPINION]


def test_an_opinion_without_its_day_is_told_and_one_to_come_is_not(tmp_path: Path) -> None:
    undated = "{instance: commission-affaires-sociales, avis: réservé}"
    assert told(tmp_path / "a", "[]", undated) == ["Vu l’avis réservé de la commission Affaires sociales,"]
    to_come = "{instance: commission-affaires-sociales, date: 2026-09-03}"
    assert told(tmp_path / "b", "[]", to_come) == []


def test_a_nested_list_in_a_decision_is_kept(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "- d’approuver la convention annexée\n",
        "- |\n        d’approuver :\n\n        - la convention ;\n        - ses annexes\n",
    )
    context = deliberation(tmp_path, text + "    dispositif: infinitifs\n").context
    assert words(context["infinitifs"])[:3] == ["d’approuver :", "la convention ;", "ses annexes"]


def test_visas_and_considerants_take_their_first_word_and_comma(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "visas: [cgct-l5211-1,",
        "visas: [cgct-l5211-1, {deliberation: 2022-031, du: 2022-12-15, objet: la signature de la CTG}, "
        '"Vu les statuts ;",',
    ).replace("considerants: [que", 'considerants: ["Considérant qu’il convient d’agir ;", que')
    context = deliberation(tmp_path, text).context
    assert [plain(visa) for visa in context["visas"]] == [
        "Vu le code général des collectivités territoriales, notamment son article L. 5211-1,",
        "Vu la délibération n° 2022-031 du 15 décembre 2022 relative à la signature de la CTG,",
        "Vu les statuts,",
        "Vu l’avis de la commission Affaires sociales du 3 septembre 2026,",
    ]
    assert [plain(text) for text in context["considerants"]] == [
        "Considérant qu’il convient d’agir,",
        "Considérant que la convention en cours prend fin le 31 décembre 2026,",
    ]


@pytest.mark.parametrize(
    ("objet", "said"),
    [
        ("Création d’un relais itinérant", "portant création d’un relais itinérant"),
        ("Règlement du relais", "(« Règlement du relais »)"),
        ("Charte « Grandir » du relais", "(« Charte “Grandir” du relais »)"),
    ],
)
def test_a_deliberation_of_ours_is_cited_with_its_objet(tmp_path: Path, objet: str, said: str) -> None:
    other = f"seance: 2026-09-24\nobjet: {objet}\ndecisions: [d’approuver le projet]\nvote: {{}}\n"
    text = DELIBERATION.replace("visas: [cgct-l5211-1,", "visas: [{deliberation: 2026-044},")
    context = deliberation(tmp_path, text, **{"deliberations/2026-044.yaml": other}).context
    assert plain(context["visas"][0]) == f"Vu la délibération n° 2026-044 du 24 septembre 2026 {said},"


@pytest.mark.parametrize(
    ("house", "act", "lines"),
    [
        ("", "", [""]),
        ("tampon: non\n", "", []),
        ("tampon: non\n", "    tampon: vide\n", [""]),
        (
            "tampon: rempli\n",
            "    transmission: 2026-09-28\n    publication: 2026-09-29\n",
            [
                "Envoyé en préfecture le 28/09/2026",
                "Reçu en préfecture le 28/09/2026",
                "Publié le 29/09/2026",
                "ID : 082-999990013-20260924-2026-045-DE",
            ],
        ),
        (
            "",
            "    tampon: rempli\n",
            [
                "Envoyé en préfecture le",
                "Reçu en préfecture le",
                "Publié le",
                "ID : 082-999990013-20260924-2026-045-DE",
            ],
        ),
    ],
)
def test_the_stamp_is_left_empty_or_filled(tmp_path: Path, house: str, act: str, lines: list[str]) -> None:
    files = {"collectivite.yaml": content()["collectivite.yaml"] + house}
    said = deliberation(tmp_path, DELIBERATION + act, **files).context["tampon"]
    assert [plain(line) for line in said] == lines


def test_a_projet_bears_its_number_once(tmp_path: Path) -> None:
    text = DELIBERATION[: DELIBERATION.index("    vote:")]
    context = deliberation(tmp_path, text).context
    assert (plain(context["titre"]), plain(context["numero_dit"])) == (
        "Projet de délibération",
        "Délibération n° 2026-045",
    )


def test_a_projet_whose_file_bears_no_number_waits_for_it(tmp_path: Path) -> None:
    name = "ctg-2027-2031-communaute-de-communes"
    projet = DELIBERATION[: DELIBERATION.index("    vote:")]
    files = {f"deliberations/{name}.yaml": projet}
    said = composed(a_workspace(tmp_path, **files), "deliberation", name)
    assert plain(said.context["reference"]) == "Projet de délibération n° [à compléter : numéro]"
    assert said.output.startswith(f"sorties/deliberations/{name}-renouvellement")
    citing = DELIBERATION.replace("visas: [cgct-l5211-1,", f"visas: [{{deliberation: {name}}},")
    visa = plain(deliberation(tmp_path / "b", citing, **files).context["visas"][0])
    assert visa.startswith("Vu la délibération n° [à compléter : numéro] du 24 septembre 2026 portant renouv")


def test_a_rejected_act_says_so(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "vote: {contre: [petit-anne], abstentions: [lopez-marc]}",
        "vote: {contre: [petit-anne, martin-paul, blanc-marie, lopez-marc]}",
    )
    context = deliberation(tmp_path, text).context
    assert context["rejetee"] is True
    assert plain(context["formule"]).endswith("\npar 2 voix pour et 4 voix contre,")
    assert context["verbe"] == "REJETTE LA PROPOSITION"
    assert words(context["infinitifs"])[0] == "d’approuver la convention annexée ;"


def test_the_president_decides_a_tie(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "vote: {contre: [petit-anne], abstentions: [lopez-marc]}",
        "vote: {contre: [petit-anne, martin-paul, blanc-marie]}",
    )
    context = deliberation(tmp_path, text).context
    assert plain(context["formule"]).endswith(
        "par 3 voix pour et 3 voix contre, la voix de la présidente étant prépondérante,"
    )
    assert context["verbe"] == "DÉCIDE"


def test_a_secret_ballot_shows_ballots_and_no_name(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "vote: {contre: [petit-anne], abstentions: [lopez-marc]}",
        "vote: {mode: secret, pour: 4, contre: 1, blancs: 1}",
    )
    context = deliberation(tmp_path, text).context
    assert context["vote_mode"] == "Scrutin secret"
    assert "au scrutin secret, par 4 voix pour, 1 voix contre et 1 bulletin blanc" in plain(
        context["formule"]
    )
    assert [(row["libelle"], row["nombre"], row["noms"]) for row in context["vote"]] == [
        ("Votants", "6", ""),
        ("Pour", "4", ""),
        ("Contre", "1", ""),
        ("Bulletins blancs", "1", ""),
        ("Suffrages exprimés", "5", ""),
    ]


def test_who_does_not_take_part_is_named(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "vote: {contre: [petit-anne], abstentions: [lopez-marc]}", "vote: {ne_prend_pas_part: [petit-anne]}"
    )
    last = deliberation(tmp_path, text).context["vote"][-1]
    assert (last["libelle"], last["nombre"]) == ("Ne prend pas part au vote", "1")
    assert plain(last["noms"]) == "Mme Anne Petit"


PROJET = """
    objet: Aide au BAFA
    commission: {instance: commission-affaires-sociales, date: 2026-09-03, avis: favorable}
    decisions: [de créer une aide]
"""


def test_a_projet_has_neither_presence_nor_vote(tmp_path: Path) -> None:
    composition = deliberation(tmp_path, PROJET)
    context = composition.context
    assert composition.watermark == "PROJET"
    assert context["titre"] == "Projet de délibération"
    assert plain(context["mention_projet"]) == (
        "Soumis à la commission Affaires sociales du 3 septembre 2026, avis : favorable"
    )
    assert not any(
        context[key] for key in ("seance", "presences", "vote", "signatures", "executoire", "tampon")
    )
    assert plain(context["formule"]) == "Le conseil communautaire, après en avoir délibéré,"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PROJET, "projet : il manque la séance et le vote pour l’adopter"),
        (PROJET + "    seance: 2026-09-24\n", "projet : il manque le vote pour l’adopter"),
        (
            DELIBERATION,
            "adoptée : il manque la date de transmission et la date de publication "
            "pour qu’elle soit exécutoire",
        ),
        (
            DELIBERATION + "    transmission: 2026-09-28\n",
            "adoptée : il manque la date de publication pour qu’elle soit exécutoire",
        ),
        (DELIBERATION + "    retrait: 2026-10-15\n", "retirée le 15 octobre 2026"),
        (
            DELIBERATION + "    retrait: {du: 2026-10-15, par: délibération n° 2026-078}\n",
            "retirée le 15 octobre 2026 (délibération n° 2026-078)",
        ),
    ],
)
def test_what_the_next_state_waits_for_is_said(tmp_path: Path, text: str, message: str) -> None:
    (finding,) = deliberation(tmp_path, text).findings
    assert (finding.code, finding.severity, plain(finding.message)) == ("etat", Severity.INFO, message)


def test_an_executory_act_has_its_dates_and_nothing_missing(tmp_path: Path) -> None:
    composition = deliberation(
        tmp_path, DELIBERATION + "    transmission: 2026-09-28\n    publication: 2026-09-29\n"
    )
    assert composition.findings == ()
    assert [plain(line) for line in composition.context["executoire"]] == [
        "Transmission à la sous-préfecture de Castelsarrasin : le 28 septembre 2026",
        "Mis en ligne le 29 septembre 2026 par Mme Claire Durand, présidente",
    ]
    assert composition.context["mise_en_ligne"] == composition.context["executoire"][1]


def test_recourse_names_the_tribunal(tmp_path: Path) -> None:
    said = plain(deliberation(tmp_path).context["recours"])
    assert "devant le tribunal administratif de Toulouse (68 rue Raymond-IV, 31000 Toulouse)" in said
    assert "deux mois" in said
    assert "www.telerecours.fr" in said


def test_the_file_name_is_short_ascii_and_cut_at_a_word(tmp_path: Path) -> None:
    text = DELIBERATION.replace(
        "objet: Renouvellement de la convention territoriale globale",
        "objet: « Pôle petite enfance » d’Esparnac, où l’œuvre s’achève bientôt avec tous les partenaires",
    )
    name = deliberation(tmp_path, text).output
    assert name == (
        "sorties/deliberations/2026-045-pole-petite-enfance-d-esparnac-ou-l-oeuvre-s-acheve-bientot.docx"
    )


@pytest.mark.parametrize(
    ("objet", "slug"),
    [
        (
            "Renouvellement de la convention territoriale globale 2027-2031",
            "renouvellement-de-la-convention-territoriale-globale",
        ),
        ("Service public de la petite enfance : transfert des compétences à la communauté de communes", ""),
        ("Mot" * 30, "mot" * 20),
        ("Budget 2027", "budget-2027"),
    ],
)
def test_a_short_name_ends_on_a_word_that_means_something(objet: str, slug: str) -> None:
    said = short_slug(objet)
    assert len(said) <= 60
    assert said.rpartition("-")[2] not in {"la", "de", "a", "des", "2027" if "2031" in objet else ""}
    assert not slug or said == slug


def test_the_same_act_is_composed_the_same_way_twice(tmp_path: Path) -> None:
    assert deliberation(tmp_path / "a") == deliberation(tmp_path / "b")


@pytest.mark.parametrize(
    ("lieu", "said"),
    [("Le Causol", " au Causol, "), ("salle polyvalente d’Esparnac", " à la salle polyvalente")],
)
def test_a_council_meets_at_a_place_that_is_a_commune_or_a_room(tmp_path: Path, lieu: str, said: str) -> None:
    name = "seances/2026-09-24.yaml"
    seance = content()[name].replace("lieu: la salle des fêtes d’Esparnac", f"lieu: {lieu}")
    assert said in plain(deliberation(tmp_path, **{name: seance}).context["ouverture"])


RAPPORT = """
    seance: 2026-09-24
    objet: Rapport annuel 2025 du service petite enfance
    decisions:
      - de prendre acte du rapport annuel 2025
      - Prend acte que sa synthèse est publiée.
    vote: prend acte
"""


def test_an_assembly_that_takes_note_votes_nothing(tmp_path: Path) -> None:
    composition = deliberation(tmp_path, RAPPORT)
    context = composition.context
    assert (composition.watermark, context["titre"]) == ("", "Extrait du registre des délibérations")
    assert (plain(context["formule"]), context["verbe"]) == ("Le conseil communautaire", "PREND ACTE")
    assert words(context["infinitifs"]) == ["du rapport annuel 2025 ;", "que sa synthèse est publiée."]
    assert (context["vote"], context["vote_mode"]) == ([], "")
    assert [row["libelle"] for row in context["effectif"]] == [
        "En exercice",
        "Présents",
        "Représenté",
        "Absent",
    ]
    assert "5 membres présents pour 4 requis" in plain(context["quorum"])
    assert plain(context["fait"]).splitlines() == [
        "Fait en séance, le 24 septembre 2026.",
        "Pour extrait certifié conforme au registre des délibérations.",
    ]
    assert len(context["signatures"]) == 2
    (finding,) = composition.findings
    assert plain(finding.message) == (
        "prise d’acte : il manque la date de transmission et la date de publication "
        "pour qu’elle soit exécutoire"
    )


def test_an_act_that_takes_note_is_sealed_like_any_other(tmp_path: Path) -> None:
    assert deliberation(tmp_path, RAPPORT + "    transmission: 2026-09-28\n").sealed


def test_articles_that_take_note_are_sentences(tmp_path: Path) -> None:
    context = deliberation(tmp_path, RAPPORT + "    dispositif: articles\n").context
    assert (context["formule"], context["verbe"]) == ("", "")
    assert [words(article["texte"]) for article in context["articles"]] == [
        ["Le conseil communautaire prend acte du rapport annuel 2025."],
        ["Le conseil communautaire prend acte que sa synthèse est publiée."],
    ]


def test_giving_and_taking_note_in_one_act_are_sentences(tmp_path: Path) -> None:
    text = RAPPORT.replace("Prend acte que", "de donner acte à {executif} que")
    assert words(deliberation(tmp_path, text).context["articles"][1]["texte"]) == [
        "Le conseil communautaire donne acte à Madame la Présidente que sa synthèse est publiée."
    ]


def test_an_act_that_only_takes_note_is_told_how_to_say_so(tmp_path: Path) -> None:
    (finding,) = deliberation(tmp_path, RAPPORT.replace("    vote: prend acte\n", "")).findings
    assert finding.hints == ("si l’assemblée prend acte sans voter, écrivez « vote: prend acte »",)


def test_what_is_decided_is_voted(tmp_path: Path) -> None:
    text = RAPPORT.replace("- Prend acte que sa synthèse est publiée.", "- d’autoriser {executif} à signer")
    found = findings_of(a_workspace(tmp_path, **{"deliberations/2026-045.yaml": text}))
    assert [(one.code, one.message, one.place.field) for one in found if one.blocking] == [
        ("prend-acte", "cette décision se vote : « d’autoriser {executif} à signer »", "decisions.1.texte")
    ]


def test_taking_note_has_no_voices(tmp_path: Path) -> None:
    text = RAPPORT.replace("vote: prend acte", "vote: {resultat: prend acte, contre: [petit-anne]}")
    found = findings_of(a_workspace(tmp_path, **{"deliberations/2026-045.yaml": text}))
    assert [one.message for one in found if one.blocking] == [
        "l’assemblée prend acte sans voter, mais « contre » parle d’un vote"
    ]


def with_movements(*lines: str) -> dict[str, str]:
    moves = "".join(f"  - {line}\n" for line in lines)
    return {SEANCE: content()[SEANCE].rstrip() + f"\nmouvements:\n{moves}"}


def lists(context: dict[str, Any]) -> list[str]:
    """Présents, représentés, excusés, absents: each list with its title."""
    (presents,) = context["presences"]
    there = [name for group in presents["groupes"] for name in [group["noms"]]]
    said = [f"{presents['titre']} : {', '.join(there)}"]
    said.append(f"{context['pouvoirs']['titre']} : {', '.join(context['pouvoirs']['lignes'])}")
    said += [f"{context[key]['titre']} : {context[key]['noms']}" for key in ("excuses", "absents")]
    return [plain(line) for line in said]


def test_who_came_and_who_left_is_told_with_the_hour(tmp_path: Path) -> None:
    files = with_movements(
        "{elu: petit-anne, arrive_a: 2026-045, heure: 20h50}",
        "{elu: lopez-marc, quitte_a: 2026-045, heure: 19h, pouvoir_a: martin-paul}",
        "{elu: noel-yves, arrive_a: 2026-046, heure: 21h}",
    )
    presents, represented, excused, _ = lists(deliberation(tmp_path, VOTED, **files).context)
    assert "Mme Anne Petit (arrivée à 20 h 50, présente à partir de la délibération n° 2026-045)" in presents
    assert represented == (
        "Absents ayant donné pouvoir (2) : M. Jean Roy à Mme Claire Durand, M. Marc Lopez (parti à 19 h, "
        "représenté à partir de la délibération n° 2026-045) à M. Paul Martin"
    )
    assert excused == "Absent excusé (1) : M. Yves Noël"


def test_a_departure_and_a_return_without_an_hour_are_told(tmp_path: Path) -> None:
    line = "{elu: petit-anne, quitte_a: 2026-045, arrive_a: 2026-046, heure: 20h}"
    later = VOTED + "    numero: 2026-046\n"
    left = lists(deliberation(tmp_path / "a", VOTED, **with_movements(line)).context)
    back = lists(deliberation(tmp_path / "b", later, **with_movements(line)).context)
    assert left[3] == "Absente (1) : Mme Anne Petit (absente à partir de la délibération n° 2026-045)"
    assert "Mme Anne Petit (présente à partir de la délibération n° 2026-046)" in back[0]


def test_a_suppleant_who_comes_keeps_his_titulaire(tmp_path: Path) -> None:
    files = with_movements("{elu: blanc-marie, arrive_a: 2026-045, heure: 19h30}")
    assert (
        "Mme Marie Blanc (suppléante de Mme Léa Faure, arrivée à 19 h 30, présente à partir de la "
        "délibération n° 2026-045)"
    ) in lists(deliberation(tmp_path, VOTED, **files).context)[0]


@pytest.mark.parametrize(
    ("mode", "said"), [("scrutin public", "M. Jean Roy (par pouvoir)"), ("main levée", "M. Jean Roy")]
)
def test_a_scrutin_public_says_who_votes_by_pouvoir(tmp_path: Path, mode: str, said: str) -> None:
    text = VOTED.replace("vote: {}", f"vote: {{mode: {mode}, contre: [roy-jean]}}")
    rows = {row["libelle"]: plain(row["noms"]) for row in deliberation(tmp_path, text).context["vote"]}
    assert rows["Contre"] == said
    assert "Mme Anne Petit" in rows["Pour"] or mode != "scrutin public"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "{motif: la date limite de dépôt du dossier, vote: unanimité}",
            " La présidente en a rendu compte à l’ouverture de la séance et le conseil communautaire s’est "
            "prononcé à l’unanimité pour l’urgence.",
        ),
        (
            "{motif: la date limite de dépôt du dossier., vote: adoptée}",
            " La présidente en a rendu compte à l’ouverture de la séance et le conseil communautaire s’est "
            "prononcé à la majorité pour l’urgence.",
        ),
        ("la date limite de dépôt du dossier", ""),
    ],
)
def test_what_the_assembly_said_of_the_urgency_is_what_was_noted(
    tmp_path: Path, typed: str, said: str
) -> None:
    seance = content()[SEANCE].rstrip() + f"\nurgence: {typed}\n"
    (line,) = deliberation(tmp_path, **{SEANCE: seance}).context["complements"]
    start = (
        "Le délai de convocation a été abrégé en raison de l’urgence : la date limite de dépôt du dossier."
    )
    assert plain(line) == start + said
