"""Lists of élus and past acts in habits that nobody foresaw: each field holds the right value, and what no
field takes is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from lists_of_elus import a_workbook
from past_acts import a_word_file

from ctgdocs.cli.main import main

BY_HAND = "[à compléter : M. ou Mme]"


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    return tmp_path / "espace" / "content"


def brought(content: Path, name: str, data: bytes) -> None:
    (content.parent / name).write_bytes(data)
    assert main(["importer", name, "--oui"]) == 0


def typed(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return record


def test_headings_on_two_rows_and_functions_cut_short(content: Path) -> None:
    rows: list[list[str | None]] = [
        ["Conseillers installés le 11 avril 2026"],
        ["N°", "Identité", None, None, "Représentation", None, "Qualité", "Délégation", "Courriel"],
        [None, "Civ.", "Nom", "Prénom", "Commune", "T / S", None, None, None],
        ["1", "Mme", "BRUNET-LESTANG", "Solène", "Ostrel", "T", "Présidente", "", "s.b@exemple.fr"],
        ["2", "M.", "de SAINT-AVIT", "Hugues", "Tolze", "T", "2e VP", "Enfance", ""],
        ["3", "Mme", "D'HAUTPIN", "Ève", "Fontbelle", "T", "1er VP", "", ""],
        ["4", "Mme", "LE GOFF", "Maëlle", "Fontbelle", "S", "Suppléante de Mme D'HAUTPIN", "", ""],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    elus = typed(content / "elus.yaml")
    assert elus["brunet-lestang-solene"]["courriel"] == "s.b@exemple.fr"
    assert elus["de-saint-avit-hugues"]["fonction"] == "2e vice-président"
    assert elus["d-hautpin-eve"]["fonction"] == "1re vice-présidente"
    assert "fonction" not in elus["le-goff-maelle"]
    council = typed(content / "instances/conseil-communautaire.yaml")
    assert council["vice_presidents"] == ["d-hautpin-eve", "de-saint-avit-hugues"]
    assert council["suppleants"] == {"d-hautpin-eve": "le-goff-maelle"}


def test_what_stands_beside_a_name(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[str | None]] = [
        ["Commune", "Élu", "Fonction", "Commissions", "Tél. portable"],
        ["Ostrel-le-Vieux (4 sièges)"],
        [None, "BRUNET Solène (Mme)", "Maire, présidente", "Finances ; Social", "06 01 02 03 04"],
        [None, "M. Delprat Yannick", "adjoint", "Finances", ""],
        [None, "Van der ELST Bruno", "", "", ""],
        ["Tolze (2 sièges)"],
        [None, "Hugues de Saint-Avit", "maire", "Social (vice-président)", ""],
        [None, "Mme Rose-Marie TARDY (démission 03/2024)", "", "", ""],
        [None, "Mme LÉVÊQUE née ARNOUX Sabine", "2ème VP (finances)", "", ""],
        [None, "M. SERRET (décédé le 12/01/2026)", "conseiller", "", ""],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    elus = typed(content / "elus.yaml")
    assert elus == {
        "brunet-solene": {
            "civilite": "Mme", "prenom": "Solène", "nom": "Brunet", "commune": "ostrel-le-vieux",
            "fonction": "présidente", "maire_de": "ostrel-le-vieux",
        },
        "delprat-yannick": {
            "civilite": "M.", "prenom": "Yannick", "nom": "Delprat", "commune": "ostrel-le-vieux",
            "fonction": "adjoint au maire d’Ostrel-le-Vieux",
        },
        "van-der-elst-bruno": {
            "civilite": BY_HAND, "prenom": "Bruno", "nom": "Van der Elst", "commune": "ostrel-le-vieux",
        },
        "de-saint-avit-hugues": {
            "civilite": BY_HAND, "prenom": "Hugues", "nom": "de Saint-Avit", "commune": "tolze",
            "maire_de": "tolze",
        },
        "leveque-sabine": {
            "civilite": "Mme", "prenom": "Sabine", "nom": "Lévêque", "commune": "tolze",
            "fonction": "2e vice-présidente", "delegation": "finances",
        },
    }  # fmt: skip
    social = typed(content / "instances/commission-social.yaml")
    assert social["membres"] == ["brunet-solene", "de-saint-avit-hugues"]
    assert social["vice_presidents"] == ["de-saint-avit-hugues"]
    said = capsys.readouterr().out
    for told in ("démission 03/2024", "décédé le 12/01/2026", "née ARNOUX", "Tél. portable"):
        assert told in said

    again: list[list[str | None]] = [
        ["Nom de l’élu", "Commune"], ["M. Yannick DELPRAT", ""], ["Mme BRUNET-LESTANG Solène", ""]
    ]  # fmt: skip
    brought(content, "autre.xlsx", a_workbook({"Feuil1": again}))
    assert "delprat-yannick" in typed(content / "elus.yaml")
    assert "est peut-être Solène Brunet" in capsys.readouterr().out


def test_an_act_of_a_syndicat_whose_visas_tell_other_days(content: Path) -> None:
    act = a_word_file(
        "*EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU COMITÉ SYNDICAL",
        "Délibération n° 2023-14",
        "L’an deux mille vingt-trois, le douze avril, à dix-huit heures trente, le comité syndical, "
        "légalement convoqué le 5 avril, s’est réuni en mairie de Marcey sous la présidence de M. Alban "
        "Roussin.",
        "Etaient présents : MM. Roussin A., Cazals B. et Loubet P. (Marcey) ; Mmes Viguet C., Anglard S. "
        "(Brousse)",
        "Absents ayant donné pouvoir : Mme Jeanne Fabert à M. Cazals ; M. Noé Rival à Mme Viguet",
        "Excusé : M. Ponsard",
        "Secrétaire : Mme Anglard",
        "*OBJET : Subvention à l’association Les Petits Pas",
        "Vu la demande de l’association reçue le 2 mars 2023,",
        "CONSIDERANT l’intérêt local de l’action,",
        "Le comité syndical, après en avoir délibéré, par 6 voix pour et 1 abstention (M. Rival), DÉCIDE :",
        "- d’allouer une subvention de 4 200 € ;",
        "- d’autoriser le Président à signer.",
        "Ainsi fait et délibéré les jour, mois et an susdits.",
        "Le Président,\tLa secrétaire de séance,",
        "Alban ROUSSIN\tSylvie ANGLARD",
        "Acte rendu exécutoire après transmission en préfecture le 18/04/2023 et publication le 19/04/2023",
    )
    brought(content, "acte.docx", act)
    made = typed(content / "deliberations/2023-14.yaml")
    assert (made["transmission"], made["publication"]) == ("2023-04-18", "2023-04-19")
    assert made["visas"] == ["la demande de l’association reçue le 2 mars 2023"]
    assert made["considerants"] == ["l’intérêt local de l’action"]
    assert made["vote"] == {"abstentions": ["rival-noe"]}
    elus = typed(content / "elus.yaml")
    told = [(id, one["prenom"], one.get("commune")) for id, one in elus.items()]
    assert told == [
        ("roussin-alban", "Alban", "marcey"),
        ("anglard-sylvie", "Sylvie", "brousse"),
        ("cazals", "[à compléter : prénom (B.)]", "marcey"),
        ("loubet", "[à compléter : prénom (P.)]", "marcey"),
        ("viguet", "[à compléter : prénom (C.)]", "brousse"),
        ("ponsard", "[à compléter : prénom]", None),
        ("fabert-jeanne", "Jeanne", None),
        ("rival-noe", "Noé", None),
    ]
    seance = typed(content / "seances/2023-04-12.yaml")
    assert (seance["lieu"], seance["convocation"], seance["secretaire"]) == (
        "mairie de Marcey", "2023-04-05", "anglard-sylvie"
    )  # fmt: skip
    assert seance["absents"] == [
        {"elu": "fabert-jeanne", "pouvoir_a": "cazals"},
        {"elu": "rival-noe", "pouvoir_a": "viguet"},
        {"elu": "ponsard", "excuse": "oui"},
    ]


def test_an_act_listed_by_commune_with_an_arrival(content: Path) -> None:
    act = a_word_file(
        "DÉLIBÉRATION DU CONSEIL COMMUNAUTAIRE",
        "N° D2022_088",
        "Séance du jeudi 15 décembre 2022 à 18h00",
        "Lieu : siège communautaire, Arbazac",
        "Présents : 3",
        "ARBAZAC : M. Denis TERRASSON, Mme Corinne LAVIGNE-PÉRON",
        "LE MAS-DIEU : M. Bruno VAN DER ELST (arrivé à 18h20, point 3)",
        "Pouvoirs :",
        "M. Sean O’BRIEN donne pouvoir à M. Denis TERRASSON",
        "Objet : Convention avec la Caf",
        "La Caf a transmis le 14 novembre 2022 un projet de convention.",
        "Le Conseil communautaire,",
        "Vu les statuts de la Communauté de communes,",
        "Après en avoir délibéré,",
        "par 2 voix pour et 1 voix contre (M. Bruno VAN DER ELST),",
        "APPROUVE la convention,",
        "AUTORISE le Président à la signer.",
        "Mme Corinne LAVIGNE-PÉRON, intéressée, n’a pas pris part au vote.",
        "Le Président",
        "Denis TERRASSON",
        "Date de transmission au contrôle de légalité : 19/12/2022",
    )
    brought(content, "acte.docx", act)
    (path,) = (content / "deliberations").glob("*.yaml")
    made = typed(path)
    assert made["vote"] == {
        "ne_prend_pas_part": ["lavigne-peron-corinne"],
        "contre": ["van-der-elst-bruno"],
    }
    assert made["decisions"] == ["approuve la convention", "autorise le Président à la signer."]
    assert made["transmission"] == "2022-12-19"
    elus = typed(content / "elus.yaml")
    assert (elus["terrasson-denis"]["fonction"], elus["van-der-elst-bruno"]["commune"]) == (
        "président",
        "le-mas-dieu",
    )
    text = (content / "seances/2022-12-15.yaml").read_text("utf-8")
    assert "heure: 18h00" in text
    assert "lieu: siège communautaire, Arbazac" in text
    assert "# à vérifier : mouvement à reporter" in text


def test_an_arrete_without_accents(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act = a_word_file(
        "*ARRETE DU PRESIDENT n°AR-2023-031",
        "Objet : Délégation à Mme Agathe du BREUIL",
        "Nous, Denis TERRASSON, Président de la Communauté de communes,",
        "Vu l’arrêté n° 2019-045 reçu en préfecture le 5 avril 2019,",
        "CONSIDERANT qu’il y a lieu de donner délégation,",
        "ARRETONS",
        "Article 1er : Délégation est donnée à Mme Agathe du BREUIL.",
        "Article 2 : La présente délégation prend effet le 1er septembre 2023.",
        "Arbazac, le 28 août 2023",
        "Le Président,",
        "Denis TERRASSON",
        "Affiché le 30/08/2023   Transmis à la sous-préfecture le 29/08/2023   Notifié le 31/08/2023",
    )
    brought(content, "acte.docx", act)
    made = typed(content / "arretes/ar-2023-031.yaml")
    assert (made["date"], made["transmission"], made["notification"]) == (
        "2023-08-28", "2023-08-29", "2023-08-31"
    )  # fmt: skip
    assert made["considerants"] == ["qu’il y a lieu de donner délégation"]
    assert (len(made["articles"]), "expose" in made) == (2, False)
    assert "Denis Terrasson" in capsys.readouterr().out


def test_titulaires_and_suppleants_with_their_own_courriels(content: Path) -> None:
    rows: list[list[str | None]] = [
        ["COMMUNE", "TITULAIRE", "MAIL TITULAIRE", "SUPPLÉANT", "MAIL SUPPLÉANT"],
        [
            "Aigremont",
            "CHAZEL Ludovic (VP tourisme)",
            "l.c@exemple.fr",
            "NOIRET Christelle",
            "c.n@exemple.fr",
        ],
        ["Cassagnol", "M. SABATIN Franck - maire", "", "Mme Sylvie COMBET", ""],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    elus = typed(content / "elus.yaml")
    chazel = elus["chazel-ludovic"]
    assert (chazel["fonction"], chazel["delegation"]) == ("vice-président", "tourisme")
    assert (chazel["courriel"], elus["noiret-christelle"]["courriel"]) == ("l.c@exemple.fr", "c.n@exemple.fr")
    assert elus["sabatin-franck"]["maire_de"] == "cassagnol"


def test_a_table_of_commissions(content: Path) -> None:
    rows: list[list[str | None]] = [
        ["COMMISSION", "PRÉSIDENT", "MEMBRES"],
        ["Finances", "Jean-Luc BARRET", "Sophie VIALET, Éric POUJET (VP), Aïcha BENALI"],
        ["Enfance jeunesse", "Sophie VIALET", "Jean-Luc BARRET\nÉric POUJET"],
    ]
    brought(content, "commissions.xlsx", a_workbook({"Feuil1": rows}))
    assert list(typed(content / "elus.yaml")) == [
        "barret-jean-luc", "vialet-sophie", "poujet-eric", "benali-aicha"
    ]  # fmt: skip
    finances = typed(content / "instances/commission-finances.yaml")
    assert (finances["president"], finances["vice_presidents"]) == ("barret-jean-luc", ["poujet-eric"])
    assert finances["membres"] == ["barret-jean-luc", "vialet-sophie", "poujet-eric", "benali-aicha"]
    young = typed(content / "instances/commission-enfance-jeunesse.yaml")
    assert young["membres"] == ["barret-jean-luc", "vialet-sophie", "poujet-eric"]


def test_the_order_of_a_council_and_whom_a_delegate_sits_for(content: Path) -> None:
    rows: list[list[str | None]] = [
        ["N°", "Nom et prénom du délégué", "Représentant", "T/S", "Vice-présidence"],
        ["1", "BOUDIN Christian", "Commune de Marcey", "T", "Président"],
        ["2", "VERNET Josiane", "Commune de Marcey", "S", ""],
        ["3", "MOULET Loïc", "Commune du Bez", "T", "1er"],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    elus, communes = typed(content / "elus.yaml"), typed(content / "communes.yaml")
    told = {id: (communes[one["commune"]]["nom"], one.get("fonction")) for id, one in elus.items()}
    assert told == {
        "boudin-christian": ("Marcey", "président"),
        "vernet-josiane": ("Marcey", None),
        "moulet-loic": ("Le Bez", "1er vice-président"),
    }


@pytest.mark.parametrize(
    ("lines", "vote", "decisions"),
    [
        (
            [
                "Le Conseil d’administration, après délibération, vote à bulletins secrets :",
                "Pour : 4", "Contre : 1", "Blanc : 1",
                "Décide d’attribuer un secours de 250 €.",
                "Dit que la dépense sera imputée au compte 6561.",
            ],
            {"mode": "secret", "pour": "4", "contre": "1", "blancs": "1"},
            ["Décide d’attribuer un secours de 250 €.", "Dit que la dépense sera imputée au compte 6561."],
        ),
        (
            ["Le Bureau, sur proposition du Président, à l’unanimité, attribue le marché à la société Bon."],
            "unanimité",
            ["attribue le marché à la société Bon."],
        ),
        (
            [
                "Après en avoir délibéré, le Conseil, par 5 voix POUR et 1 ABSTENTION (BESSET Alain),",
                "- décide de maintenir le taux à 38,20 %",
            ],
            {"abstentions": ["besset-alain"]},
            ["décide de maintenir le taux à 38,20 %"],
        ),
        (
            ["Après en avoir délibéré, le Comité syndical proclame Mme Ève ESTÈVE, candidate, présidente."],
            None,
            ["proclame Mme Ève ESTÈVE, candidate, présidente."],
        ),
    ],
    ids=["secret", "bureau", "counted", "elected"],
)  # fmt: skip
def test_what_is_decided_is_told_from_how_it_was_voted(
    content: Path, lines: list[str], vote: object, decisions: list[str]
) -> None:
    act = a_word_file(
        "*EXTRAIT DES DÉLIBÉRATIONS",
        "Séance du 5 décembre 2023 à 18 h",
        "*B2023_022 – Objet du jour",
        "PRESENTS : Mrs SOULET Marius, BESSET Alain, Mme FARGET Inès",
        "Étaient représentés : Luc MASSET par Inès FARGET",
        "Le Président expose qu’une demande a été déposée le 14 novembre 2023.",
        *lines,
        "Extrait certifié conforme,",
        "Transmis au contrôle de légalité le 7 décembre 2023",
    )
    brought(content, "acte.docx", act)
    (path,) = (content / "deliberations").glob("*.yaml")
    made = typed(path)
    assert (made.get("vote"), made["decisions"], made["transmission"]) == (vote, decisions, "2023-12-07")
    assert made["objet"] == "Objet du jour"
    assert list(typed(content / "elus.yaml")) == [
        "soulet-marius",
        "besset-alain",
        "farget-ines",
        "masset-luc",
    ]
    seance = typed(content / "seances/2023-12-05.yaml")
    assert seance["absents"] == [{"elu": "masset-luc", "pouvoir_a": "farget-ines"}]


def test_an_arrete_spaced_out(content: Path) -> None:
    act = a_word_file(
        "*ARRÊTÉ TEMPORAIRE N° 18-2025",
        "*Portant réglementation de la circulation – Rue du Four",
        "Le Maire de Saint-Élix,",
        "VU la demande en date du 2 avril 2025 ;",
        "CONSIDÉRANT que les travaux nécessitent une réglementation ;",
        "- que la sécurité doit être assurée ;",
        "A R R Ê T E",
        "Article 1 – La circulation est interdite rue du Four.",
        "Fait à Saint-Élix, le 7 avril 2025",
        "Copie : Gendarmerie, SDIS",
    )
    brought(content, "acte.docx", act)
    made = typed(content / "arretes/18-2025.yaml")
    assert made["considerants"] == [
        "que les travaux nécessitent une réglementation",
        "que la sécurité doit être assurée",
    ]
    assert (made["date"], made["destinataires"]) == ("2025-04-07", ["Gendarmerie", "SDIS"])
    assert made["articles"] == ["La circulation est interdite rue du Four."]


def test_presences_in_a_table_and_a_signature_on_one_line(content: Path) -> None:
    act = a_word_file(
        "*Séance du 24 septembre 2024",
        "*Délibération 2024/09/112 : Désignation des représentants au comité de pilotage",
        [
            ["Titulaires présents", "Xavier DELORME, Fatou DIALLO, Guy ROUQUET"],
            ["Suppléants présents avec voix délibérative", "M. Hugo TERREL (suppléant de Mme Anne GARIN)"],
            ["Absents représentés", "Théo GINET par Fatou DIALLO"],
            ["Absents excusés", "Anne GARIN, M. Robert NICOL donnant pouvoir à Guy ROUQUET"],
            ["Secrétaire de séance", "Guy ROUQUET"],
        ],
        "Le Conseil, à l’unanimité :",
        "PREND ACTE du calendrier.",
        "Fait à Vernole, le 26 septembre 2024. Le Président, Xavier DELORME",
        "Acte transmis le 27/09/24 et affiché le 30/09/24",
    )
    brought(content, "acte.docx", act)
    (path,) = (content / "deliberations").glob("*.yaml")
    made = typed(path)
    assert made["decisions"] == ["prend acte du calendrier."]
    assert (made["transmission"], made["publication"]) == ("2024-09-27", "2024-09-30")
    assert typed(content / "elus.yaml")["delorme-xavier"]["fonction"] == "président"
    seance = typed(content / "seances/2024-09-24.yaml")
    assert seance["absents"] == [
        {"elu": "ginet-theo", "pouvoir_a": "diallo-fatou"},
        {"elu": "nicol-robert", "pouvoir_a": "rouquet-guy"},
        {"elu": "garin-anne", "excuse": "oui"},
    ]
    assert seance["suppleants"] == [{"titulaire": "garin-anne", "suppleant": "terrel-hugo"}]


def test_minutes_of_a_ccas_with_one_point(content: Path) -> None:
    act = a_word_file(
        "PROCES VERBAL DE LA REUNION DU CONSEIL D’ADMINISTRATION",
        "DU 3 FEVRIER 2025",
        "Présents : M. Lucien GALI (Président), Mme Odile BLANCHE, M. Yves CARLIER (UDAF)",
        "Excusée : Mme Nadine FOURNEL, pouvoir à Mme Odile BLANCHE",
        "Secrétaire : Mme Odile BLANCHE",
        "*N°2025/02 – Subvention aux Aînés ruraux",
        "M. GALI, Président de l’association, quitte la salle et ne prend pas part au vote.",
        "La demande a été reçue le 8 janvier 2025.",
        "Le Conseil d’Administration décide, par 4 voix pour, d’attribuer une subvention de 300 €.",
        "Le Président certifie que la présente a été affichée le 6 février 2025.",
        "Visa préfecture : 5/02/2025",
    )
    brought(content, "acte.docx", act)
    (path,) = (content / "deliberations").glob("*.yaml")
    made = typed(path)
    assert (made["vote"], made["decisions"]) == (
        {"ne_prend_pas_part": ["gali-lucien"]},
        ["d’attribuer une subvention de 300 €."],
    )
    assert (made["transmission"], made["publication"]) == ("2025-02-05", "2025-02-06")
    assert typed(content / "seances/2025-02-03.yaml")["absents"] == [
        {"elu": "fournel-nadine", "pouvoir_a": "blanche-odile"}
    ]
    assert not any("commune" in one for one in typed(content / "elus.yaml").values())


def test_one_line_a_seat_and_who_leaves_in_the_remarks(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[str | None]] = [
        ["Commission / Instance", "Nom", "Prénom", "Rôle", "Observations"],
        ["Finances", "PONSART", "Marie-Laure", "Présidente", "à confirmer"],
        ["Finances", "DIALLO", "Fatou", "Membre", ""],
        ["Enfance", "PONSART", "Marie-Laure", "Membre", ""],
        ["Enfance", "ROUQUET", "Guy", "Membre", "démissionnaire au 01/10/2025"],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    assert list(typed(content / "elus.yaml")) == ["ponsart-marie-laure", "diallo-fatou"]
    finances = typed(content / "instances/commission-finances.yaml")
    assert (finances["president"], finances["membres"]) == (
        "ponsart-marie-laure",
        ["ponsart-marie-laure", "diallo-fatou"],
    )
    assert typed(content / "instances/commission-enfance.yaml")["membres"] == ["ponsart-marie-laure"]
    said = capsys.readouterr().out
    assert "Guy Rouquet" in said
    assert "Observations" in said


def test_several_titulaires_on_a_line_and_a_delegue_suppleant(content: Path) -> None:
    rows: list[list[str | None]] = [
        ["Commune", "Nb sièges", "Titulaire 1", "Titulaire 2", "Suppléant"],
        ["Arbazac", "2", "M. TERRASSON Denis", "Mme PÉRON Corinne", ""],
        ["Bezac", "1", "M. ROUQUET Guy", "", "Mme AMIELLE Solange"],
    ]
    brought(content, "elus.xlsx", a_workbook({"Feuil1": rows}))
    council = typed(content / "instances/conseil-communautaire.yaml")
    assert council["membres"] == ["terrasson-denis", "peron-corinne", "rouquet-guy"]
    assert council["suppleants"] == {"rouquet-guy": "amielle-solange"}
    assert typed(content / "elus.yaml")["peron-corinne"]["commune"] == "arbazac"

    more: list[list[str | None]] = [
        ["Nom", "Prénom", "Commune", "Qualité"],
        ["BRUNET", "Léa", "Marcey", "Présidente"],
        ["BRUNET", "Léo", "Marcey", "Délégué suppléant"],
    ]
    brought(content, "autres.xlsx", a_workbook({"Feuil1": more}))
    council = typed(content / "instances/conseil-communautaire.yaml")
    assert "brunet-leo" not in council["membres"]
    assert council["suppleants"]["brunet-lea"] == "brunet-leo"


def test_an_act_without_commas_nor_numbers(content: Path) -> None:
    act = a_word_file(
        "Extrait du registre des délibérations du conseil municipal",
        "L’an deux mil vingt trois le cinq juin à 19 heures 00 le Conseil Municipal dûment convoqué s’est "
        "réuni à la mairie, sous la présidence de Mme BARTHET Sylvie.",
        "Avaient donné procuration : (2) M. ROUANET Gilles à Mme COSTET Ginette, Mme FERRET Zoé à "
        "M. LE BRAZ Yves",
        "Présents : Mesdames BARTHET Sylvie, COSTET Ginette, Messieurs VAN HOUTEN Piet, LE BRAZ Yves",
        "Objet de la délibération",
        "Rétrocession de concession",
        "Le conseil municipal, après délibération et à l’unanimité des membres présents (M. VAN HOUTEN ne "
        "prenant pas part au vote),",
        "accepte la rétrocession au prix de 120 euros et autorise le maire à signer l’acte.",
        "Délibération transmise à la Préfecture le 8 juin 2023. Affichage le 9 juin 2023.",
    )
    brought(content, "acte.docx", act)
    (path,) = (content / "deliberations").glob("*.yaml")
    made = typed(path)
    assert made["objet"] == "Rétrocession de concession"
    assert made["vote"] == {"ne_prend_pas_part": ["van-houten-piet"]}
    assert made["decisions"] == [
        "accepte la rétrocession au prix de 120 euros et autorise le maire à signer l’acte."
    ]
    seance = typed(content / "seances/2023-06-05.yaml")
    assert seance["heure"] == "19h00"
    assert [one["pouvoir_a"] for one in seance["absents"]] == ["costet-ginette", "le-braz-yves"]


def test_minutes_with_several_acts_are_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act = a_word_file(
        "*PROCÈS-VERBAL DU CONSEIL MUNICIPAL",
        "Séance du 3 mars 2025 à 20h",
        "*Délibération n° 2025-01 : Approbation du compte administratif",
        "Le conseil municipal, après en avoir délibéré, à l’unanimité, approuve le compte administratif.",
        "*Délibération n° 2025-02 : Subventions",
        "Le conseil municipal, après en avoir délibéré, par 2 voix pour et 1 contre, décide d’agir.",
    )
    (content.parent / "pv.docx").write_bytes(act)
    assert main(["importer", "pv.docx", "--oui"]) != 0
    assert "plusieurs délibérations (2025-01, 2025-02)" in capsys.readouterr().err
    assert not [*(content / "deliberations").glob("*.yaml")]


def test_lists_by_commune_without_civilites_and_the_count_of_voices(content: Path) -> None:
    act = a_word_file(
        "*Délibération n° 2025-03",
        "L’an 2025, le 4 avril, le Comité Syndical s’est réuni à Bezac, salle du conseil, sous la présidence "
        "de M. Christian BOUDIN",
        "Etaient présents :",
        "Marcey : BOUDIN Christian, VERNET Josiane",
        "Bezac : MOULET Loïc",
        "Absents : M. LE GUEN Yann (excusé), M. VAN DER ELST",
        "Monsieur le Président ouvre la séance à 19h05. Mme VERNET Josiane est nommée secrétaire.",
        "OBJET : Prix de l’eau 2025",
        "LE COMITÉ, APRÈS DÉLIBÉRATION,",
        "- FIXE le prix de l’eau à 1,85 €.",
        "VOTANTS : 4   POUR : 3   CONTRE : 1   ABST : 0",
    )
    brought(content, "acte.docx", act)
    made = typed(content / "deliberations/2025-03.yaml")
    assert made["vote"] == {"pour": "3", "contre": "1"}
    elus = typed(content / "elus.yaml")
    assert {id: one.get("commune") for id, one in elus.items()} == {
        "boudin-christian": "marcey",
        "vernet-josiane": "marcey",
        "moulet-loic": "bezac",
        "le-guen-yann": None,
        "van-der-elst": None,
    }
    seance = typed(content / "seances/2025-04-04.yaml")
    assert (seance["heure"], seance["secretaire"]) == ("19h05", "vernet-josiane")
    assert seance["absents"] == [{"elu": "le-guen-yann", "excuse": "oui"}, "van-der-elst"]


@pytest.mark.parametrize(
    ("line", "vote", "decision"),
    [
        ("à l’unanimité, sauf M. ROYER qui s’abstient,", {"abstentions": ["royer-jean"]}, ""),
        ("à l’unanimité, sauf un membre,", None, ""),
        ("à l’unanimité moins 2 voix contre,", {"contre": "2"}, ""),
        ("par 9 voix contre et 2 pour, refuse l’aide.", {"contre": "9", "pour": "2"}, "refuse l’aide."),
        ("Pour : 15, contre : néant, abstention : néant", {"pour": "15"}, ""),
        ("VOTANTS : 4   POUR : 3   CONTRE : 1   ABST : 0", {"pour": "3", "contre": "1"}, ""),
    ],
)  # fmt: skip
def test_how_it_was_voted(content: Path, line: str, vote: object, decision: str) -> None:
    act = a_word_file(
        "*Délibération n° 2025-03 : Objet du jour",
        "Séance du 4 avril 2025",
        "Présents : M. Jean ROYER, Mme Ève BONNET",
        "Le conseil municipal, après en avoir délibéré,",
        line,
        *(() if decision else ("- FIXE le prix à 1,85 €.",)),
    )
    brought(content, "acte.docx", act)
    made = typed(content / "deliberations/2025-03.yaml")
    assert (made.get("vote"), made["decisions"]) == (vote, [decision or "fixe le prix à 1,85 €."])
