"""Ten files in the habits of other tools and other houses, every name invented: what Google Docs and
LibreOffice write, a PDF that Word printed, workbooks with titles above and two tables a sheet."""

from __future__ import annotations

from html import escape

from habits import Cell, Made, table
from lists_of_elus import a_workbook

DUTIES = (
    "mettre en œuvre un service de qualité accessible à toutes les familles ;",
    "tenir une comptabilité analytique de l’activité soutenue ;",
    "transmettre chaque trimestre les heures facturées aux familles.",
)
HOUSE = (
    "La Communauté de communes du Pays d’Aubrelle, représentée par son président, Monsieur Basile THÉRON, "
    "dont le siège est 4 place des Tilleuls, 87991 Aubrelle-le-Vieux, ci-après désignée « le gestionnaire »"
)
CAF = (
    "La Caisse d’allocations familiales du Haut-Sorgeais, représentée par son directeur, Monsieur Ivan "
    "LACHAUD, dont le siège est 18 boulevard Carline, 87990 Sorgeac, ci-après désignée « la Caf »"
)
LAVOIR = (
    "L’association Les Ateliers du Lavoir, représentée par sa présidente, Madame Jade ROUVRAY, ci-après "
    "désignée « l’association »"
)
AIMS = (
    "La Caf soutient le fonctionnement des équipements d’accueil du jeune enfant du territoire.",
    "La subvention dite prestation de service est versée pour chaque heure facturée aux familles.",
    "Le gestionnaire s’engage à ouvrir l’établissement deux cent vingt jours par an au moins.",
    "La convention de financement est conclue du 1er janvier 2025 au 31 décembre 2028.",
)


def of_another_caf() -> Made:
    """« Entre : … », articles with decimal parts, the formula alone on its line."""
    made = Made("convention").head(
        "CONVENTION D’OBJECTIFS ET DE FINANCEMENT", "Prestation de service unique (Psu)", "Années : 2025-2028"
    )
    made.line("Les conditions ci-dessous constituent la présente convention.")
    made.line("Entre :", HOUSE, "Et :", CAF, "Il a été convenu et arrêté ce qui suit :")
    for rank, (title, text) in enumerate(
        zip(
            ("L’objet de la convention", "Les modalités de calcul", "Les engagements", "La durée"),
            AIMS,
            strict=True,
        ),
        1,
    ):
        made.head(f"Article {rank} : {title}", centred=False).text(text)
        if rank == 3:
            made.line("3.1 Au regard de l’activité", bold=True).line("Le gestionnaire s’engage à :")
            made.text(*DUTIES, mark="- ")
    made.line("Fait à Sorgeac, le 14 janvier 2025, en deux exemplaires")
    return made.line("Le directeur de la Caf\t\tLe président", "Ivan LACHAUD\t\tBasile THÉRON")


def of_a_mixed_syndicat() -> Made:
    """« Le comité syndical », delegates by member, suppléants who sit, the result on its own line."""
    made = Made("deliberation").head(
        "SYNDICAT MIXTE DE L’ENFANCE DU SORGEAIS", "COMITÉ SYNDICAL DU 11 MARS 2025"
    )
    made.line("Délibération n° 2025-07", bold=True)
    made.head("Tarifs des accueils de loisirs pour l’été 2025")
    made.line(
        "L’an deux mille vingt-cinq, le onze mars à dix-neuf heures, le comité syndical s’est réuni à la "
        "salle des fêtes, sous la présidence de M. Aubin SERVOLLE, président.",
        "Date de convocation : 4 mars 2025",
        "Présents (5) : Aubrelle-le-Vieux : M. Aubin SERVOLLE, Mme Lise CANTREL ; Sorgeac : Mme Ode MIRBEL, "
        "M. Guy PRADIER ; Valmourne : M. Noé TISSANDIER (suppléant de Mme Ève GARROS)",
        "Absents excusés (1) : M. Léo FARGUES",
        "Absents ayant donné pouvoir (1) : Mme Zoé ARNAL à Mme Ode MIRBEL",
    )
    made.text(
        "Monsieur le Président rappelle que les tarifs n’ont pas été revus depuis trois étés.",
        "La commission propose une hausse limitée à deux pour cent pour toutes les familles.",
    )
    made.line(
        "Le comité syndical, après en avoir délibéré,",
        "à l’unanimité des suffrages exprimés, avec 1 abstention,",
    )
    made.head("DÉCIDE")
    made.line("Article 1er – Tarifs", bold=True).text("Les tarifs de l’été 2025 sont fixés comme il suit :")
    made.text(
        "la journée avec repas est facturée douze euros ;",
        "la demi-journée est facturée cinq euros.",
        mark="- ",
    )
    made.line("Article 2 – Exécution", bold=True).text(
        "Monsieur le Président est chargé de l’exécution de la présente délibération."
    )
    return made.line(
        "Fait et délibéré en séance, le 11 mars 2025.", "Pour extrait certifié conforme.",
        "Annexes : Grille des tarifs de l’été ; Règlement des accueils de loisirs",
    )  # fmt: skip


def of_a_ccas_with_a_table_of_votes() -> Made:
    made = Made("deliberation").head(
        "CCAS D’AUBRELLE-LE-VIEUX", "Séance du conseil d’administration du 3 juin 2025"
    )
    made.line("Délibération n° 2025-14", "Objet : Convention avec la banque alimentaire du Sorgeais")
    made.line("Présents : Mmes Lise CANTREL, Flore BESSON, MM. Aubin SERVOLLE, Luc ORSINI")
    made.text("Vu le code de l’action sociale et des familles, notamment son article L. 123-5 ;")
    made.text(
        "Considérant que la distribution hebdomadaire touche désormais soixante foyers du bourg ;",
        "Madame la Vice-présidente présente au conseil la convention de partenariat pour trois ans.",
    )
    made.line("Après en avoir délibéré, le conseil d’administration décide :")
    made.text(
        "d’approuver la convention jointe à la présente délibération ;",
        "d’autoriser la présidente à signer les avenants sans effet financier.",
        mark="• ",
    )
    made.table(("Votants", "Pour", "Contre", "Abstentions"), ("4", "3", "0", "1"), measured=False)
    return made.line("Abstentions : M. Luc ORSINI", "Fait à Aubrelle-le-Vieux, le 3 juin 2025")


def _of_google(text: str, style: str = "", *, listed: bool = False) -> str:
    """A paragraph as Google Docs exports it: a run a few signs, everything said on each."""
    rows = f'<w:pStyle w:val="{style}"/>' if style else ""
    rows += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
    look = '<w:rPr><w:b w:val="0"/><w:rtl w:val="0"/></w:rPr>'
    runs = "".join(
        f'<w:r>{look}<w:t xml:space="preserve">{escape(text[at : at + 17])}</w:t></w:r>'
        for at in range(0, len(text), 17)
    )
    place = '<w:bookmarkStart w:id="1" w:name="_x"/><w:bookmarkEnd w:id="1"/>'
    return f"<w:p><w:pPr>{rows}<w:rPr/></w:pPr>{place}{runs}</w:p>"


def from_google_docs() -> Made:
    """Headings by style, empty paragraphs everywhere, one cell tables for frames."""
    made = Made("convention")
    blank = "<w:p><w:pPr/></w:p>"
    made.body = [_of_google("Convention de partenariat", "Title"), blank]
    for text in (
        "Entre",
        f"{HOUSE},",
        "et",
        LAVOIR,
    ):
        made.body += [_of_google(text), blank]
    made.body.append(_of_google("Il est convenu ce qui suit :"))
    for rank, (title, text) in enumerate(
        (("Objet", AIMS[0]), ("Subvention", AIMS[1]), ("Ouverture", AIMS[2]), ("Durée", AIMS[3])), 1
    ):
        made.body += [blank, _of_google(f"Article {rank} - {title}", "Heading2"), _of_google(text), blank]
        made.said(text)
    for text in DUTIES:
        made.body.append(_of_google(text, listed=True))
        made.said(text)
    made.body.append(_of_google("Fait à Aubrelle-le-Vieux, le 9 septembre 2024"))
    return made


def from_libreoffice() -> Made:
    """The styles « Titre 2 » and « Corps de texte » of LibreOffice, soft breaks, hard spaces."""
    made = Made("convention")

    def styled(text: str, style: str) -> str:
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:bidi w:val="0"/><w:jc w:val="start"/></w:pPr>'
            f'<w:r><w:rPr></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        )

    made.body = [styled("Convention territoriale globale", "Titre"), styled("2023 – 2027", "Sous-titre")]
    made.body += [styled(text, "Corpsdetexte") for text in ("ENTRE", f"{HOUSE},", "ET", f"{CAF},")]
    made.body.append(styled("IL A ÉTÉ CONVENU CE QUI SUIT", "Corpsdetexte"))
    for rank, (title, text) in enumerate(
        (("Objet\u00a0de la convention", AIMS[0]), ("Financement", AIMS[1]), ("Ouverture", AIMS[2])), 1
    ):
        made.body += [styled(f"Article\u00a0{rank}\u00a0: {title}", "Titre2"), styled(text, "Corpsdetexte")]
        made.said(text)
    made.body.append(styled("Article 4 : Durée", "Titre2"))
    made.text("La convention est conclue du 1er janvier 2023 au 31 décembre 2027.")
    made.body.append(
        table(
            (Cell("Équipement", bold=True), Cell("Places", bold=True)),
            ("Multi-accueil Les Marelles", "24"),
            ("Relais petite enfance itinérant du pays", "–"),
        )
    )
    made.body.append(styled("Fait à Sorgeac, le 20 décembre 2022, en trois exemplaires", "Corpsdetexte"))
    return made


WORD_FILES = (
    of_another_caf, of_a_mixed_syndicat, of_a_ccas_with_a_table_of_votes, from_google_docs, from_libreoffice,
)  # fmt: skip

# --- workbooks

MERGED_PLAN = a_workbook(
    {
        "Plan": [
            ["Communauté de communes du Pays d’Aubrelle", None, None, None, None],
            ["Plan d’actions 2023-2027 – version du comité de pilotage", None, None, None, None],
            [],
            ["AXE", "ACTION", "PORTEUR", "BUDGET PRÉVISIONNEL", "ÉCHÉANCE"],
            ["Grandir", "Ouvrir un multi-accueil à Valmourne", "Communauté de communes", 412000, "2025"],
            [None, "Former les assistantes maternelles aux gestes", "Caf", 6500, "2024"],
            [None, "Créer une ludothèque itinérante", "Association Les Ateliers du Lavoir", 18200, "2026"],
            ["Habiter", "Lancer un service d’aide aux démarches", "Commune de Sorgeac", 27000, "2024"],
            [None, "Soutenir les jardins partagés", "Association Terre commune", 3900, "2027"],
            ["TOTAL", None, None, 467600, None],
        ]
    },
    {"Plan": ["A1:E1", "A2:E2", "A5:A7", "A8:A9"]},
)
PLAN_TITLES = (
    "Ouvrir un multi-accueil à Valmourne", "Former les assistantes maternelles aux gestes",
    "Créer une ludothèque itinérante", "Lancer un service d’aide aux démarches",
    "Soutenir les jardins partagés",
)  # fmt: skip
EXPORTED = "\r\n".join(
    (
        "Export de l’annuaire;;;;;",
        ";;;;;",
        "Collectivité;Civilité;Nom d’usage;Prénom;Mandat;Observations",
        "Aubrelle-le-Vieux;Monsieur;THÉRON;Basile;Président;",
        "Aubrelle-le-Vieux;Madame;CANTREL;Lise;1ère vice-présidente;« déléguée à l’enfance »",
        "Sorgeac;Madame;D’HÉRICOURT;Ode;2e vice-présidente;",
        "Sorgeac;Monsieur;PRADIER;Guy;Conseiller communautaire;",
        "Valmourne;Madame;GARROS;Ève;Conseillère communautaire;",
    )
).encode("cp1252")
TITLES_ABOVE = a_workbook(
    {
        "Élus 2026": [
            ["PAYS D’AUBRELLE", None, None, None],
            ["Mandat 2026-2032", None, None, None],
            ["Mise à jour : 12/04/2026 – source : secrétariat", None, None, None],
            [],
            ["Nom et prénom", "Commune", "Fonction", "Bureau"],
            ["M. THÉRON Basile", "Aubrelle-le-Vieux", "Président", "X"],
            ["Mme CANTREL Lise", "Aubrelle-le-Vieux", "1re vice-présidente", "X"],
            ["Mme D’HÉRICOURT Ode", "Sorgeac", "2e vice-présidente", "X"],
            ["M. PRADIER Guy", "Sorgeac", "Conseiller communautaire", None],
            ["Mme GARROS Ève", "Valmourne", "Conseillère communautaire", None],
        ]
    },
    {"Élus 2026": ["A1:D1", "A2:D2", "A3:D3"]},
)
TWO_TABLES = a_workbook(
    {
        "Conseil": [
            ["Conseillers titulaires"],
            ["Commune", "Civilité", "Nom", "Prénom", "Fonction"],
            ["Aubrelle-le-Vieux", "M.", "THÉRON", "Basile", "Président"],
            ["Sorgeac", "Mme", "D’HÉRICOURT", "Ode", "1re vice-présidente"],
            ["Valmourne", "Mme", "GARROS", "Ève", "Conseillère communautaire"],
            [],
            [],
            ["Conseillers suppléants"],
            ["Commune", "Civilité", "Nom", "Prénom", "Fonction"],
            ["Valmourne", "M.", "TISSANDIER", "Noé", None],
        ]
    }
)

# --- a PDF that Word printed

PRINTED = (
    "DÉLIBÉRATION N° 2024-32", "Objet : Aide au départ en vacances des familles",
    "Présents : Mme Lise CANTREL, M. Guy PRADIER, Mme Ève GARROS",
    "Madame la Présidente rappelle que quarante familles n’ont pas pu partir l’été dernier et que", "la Caf "
    "propose de compléter l’aide de la commune.",
    "Le conseil municipal, après en avoir délibéré, à l’unanimité,", "DÉCIDE",
    "- d’accorder une aide de cent euros à chaque famille dont le quotient est inférieur à sept",
    "cents euros ;",
    "- d’inscrire les crédits au budget de la commune.", "Fait à Sorgeac, le 2 mai 2024",
)  # fmt: skip
PRINTED_SENTENCES = (
    "Madame la Présidente rappelle que quarante familles n’ont pas pu partir l’été dernier et que la Caf "
    "propose de compléter l’aide de la commune.",
    "d’accorder une aide de cent euros à chaque famille dont le quotient est inférieur à sept cents euros",
    "d’inscrire les crédits au budget de la commune",
)
