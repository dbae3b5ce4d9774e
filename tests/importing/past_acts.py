"""Past acts in the habits of several collectivités; every name is invented."""

from __future__ import annotations

import io
from collections.abc import Sequence


def a_word_file(*paragraphs: str | Sequence[Sequence[str]]) -> bytes:
    """A Word file without styles: « *text » is in bold, a list of lists is a table."""
    from docx import Document

    document = Document()
    for one in paragraphs:
        if isinstance(one, str):
            document.add_paragraph().add_run(one.removeprefix("*")).bold = one.startswith("*")
            continue
        table = document.add_table(rows=len(one), cols=len(one[0]))
        for row, texts in enumerate(one):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


OF_A_COMMUNAUTE = a_word_file(
    "*EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL COMMUNAUTAIRE",
    "L’an deux mille vingt-six et le vingt-quatre septembre à 18 h 30, le conseil communautaire s’est réuni "
    "à la salle des fêtes de Viguerol, sous la présidence de Mme Claire DURAND, présidente.",
    "Date de la convocation : 17/09/2026",
    "Nombre de membres en exercice : 7 - Présents : 4 - Votants : 5",
    "PRÉSENTS : Mme DURAND Claire, M. MARTIN Paul, M. LOPEZ Marc, Mme FAURE Léa",
    "ABSENTS EXCUSÉS : M. ROY Jean (pouvoir à M. MARTIN Paul), Mme PETIT Anne",
    "ABSENT : M. NOËL Yves",
    "Secrétaire de séance : M. Paul MARTIN",
    "*N° 2026-091 – Approbation de la convention territoriale globale",
    "Rapporteur : M. Paul MARTIN",
    "Vu le code général des collectivités territoriales, notamment son article L. 5211-1 ;",
    "Vu l’avis favorable de la commission du 3 septembre 2026 ;",
    "Considérant que la convention en cours prend fin ;",
    "Madame la Présidente expose que la Caf propose une convention de cinq ans.",
    "Le conseil communautaire, ouï l’exposé du rapporteur et après en avoir délibéré, par 3 voix pour, 1 "
    "contre (M. Marc LOPEZ) et 1 abstention, décide :",
    "Article 1er – D’approuver la convention annexée.",
    "Article 2 – D’autoriser la présidente à la signer.",
    "Ainsi fait et délibéré, les jour, mois et an susdits.",
    "La présidente,\tClaire DURAND",
    "Transmis en préfecture le 28 septembre 2026, publié le 29 septembre 2026",
)
OF_A_COMMUNE = a_word_file(
    [["RÉPUBLIQUE FRANÇAISE\nCOMMUNE DE LAVOL", "Nombre de conseillers\nen exercice : 5\nprésents : 3"]],
    "*EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS",
    "Délibération n° 2024/3-12",
    "L’an deux mille vingt-quatre, le 13 juin à vingt heures trente, le conseil municipal, dûment convoqué "
    "le 6 juin 2024, s’est réuni à la mairie, sous la présidence de Monsieur Loïc BRUYAS, maire.",
    "Étaient présents : MM. Loïc BRUYAS, Jean-Noël QUÉRAL ; Mme Yvonne DE LA TOUR.",
    "Absente excusée : Mme Noémie FERRIER.",
    "Pouvoir : Mme Mégane RIGOU a donné pouvoir à Mme Yvonne DE LA TOUR.",
    "Madame Yvonne DE LA TOUR a été désignée secrétaire de séance.",
    "*OBJET : Tarifs de la restauration scolaire",
    "Vu le code de l’éducation, notamment son article R. 531-52,",
    "Considérant la hausse de 6,2 % du prix des denrées,",
    "Monsieur le maire rappelle que le repas est facturé 3,45 €.",
    "Le conseil municipal, après en avoir délibéré, à l’unanimité des membres présents et représentés,",
    "*DÉCIDE :",
    "- de fixer le prix du repas à 3,60 € ;",
    "- de charger le maire de l’exécution.",
    "Pour extrait conforme.",
    [
        [
            "Acte rendu exécutoire après transmission en préfecture le 17 juin 2024\n"
            "et publication le 18 juin 2024"
        ]
    ],
)
OF_A_CCAS = a_word_file(
    "*CCAS DE LAVOL",
    "*DÉLIBÉRATION DU CONSEIL D’ADMINISTRATION N°2023-007",
    "Réunion du 5 avril 2023",
    "Présents :",
    "Mme Colette VAISSAC, présidente",
    "M. Jean ROUX",
    "Absente excusée ayant donné pouvoir : Mme Zoé BLANC à M. Jean ROUX",
    "OBJET : Aide alimentaire",
    "Exposé des motifs",
    "Le CCAS distribue des colis :",
    "- 40 familles en 2022",
    "- 55 en 2023",
    "Le conseil d’administration décide à l’unanimité d’attribuer une subvention de 1 500 € à l’association.",
    "Fait à Lavol, le 6 avril 2023",
)
AN_ARRETE = a_word_file(
    "SYNDICAT MIXTE DES EAUX",
    "*ARRÊTÉ N° AR-2025-014",
    "*Portant nomination d’un régisseur",
    "Le Président du syndicat,",
    "Vu :",
    "- le code général des collectivités territoriales,",
    "- la délibération du 12 mars 2025,",
    "ARRÊTE",
    "ARTICLE 1",
    "Mme Zoé BLANC est nommée régisseuse titulaire.",
    "ARTICLE 2",
    "Le présent arrêté sera notifié à l’intéressée.",
    "Fait au siège, le 2 avril 2025",
    "Le Président",
    "Jean ROUX",
)
OF_A_SYNDICAT = a_word_file(
    "*COMITE SYNDICAL DU 14 NOVEMBRE 2023",
    "*DELIBERATION N° DCS-2023-11-05",
    "OBJET : ADHÉSION AU GROUPEMENT DE COMMANDES",
    "Date de convocation : le 7 novembre 2023",
    "Délégués en exercice : 12",
    "Présents : 8",
    "Votants : 9",
    "Étaient présents : M. Paul BRUYAS (président), Mmes Anne RIGOU, Léa FERRIER, M. Marc QUÉRAL (arrivé à "
    "18h45)",
    "Étaient absents et excusés : Mme Zoé BLANC ayant donné pouvoir à Mme Anne RIGOU ; M. Luc FABRE",
    "Monsieur Marc QUÉRAL est élu secrétaire de séance.",
    "Le syndicat peut adhérer au groupement.",
    "VU les statuts du syndicat,",
    "CONSIDÉRANT que le coût est nul,",
    "LE COMITÉ SYNDICAL, APRÈS EN AVOIR DÉLIBÉRÉ,",
    "APPROUVE l’adhésion au groupement de commandes ;",
    "DIT que les crédits sont inscrits au budget.",
    "VOTE : Pour : 8 – Contre : 0 – Abstention : 1 (Mme FERRIER)",
    "Fait et délibéré les jour, mois et an susdits,",
    "Le Président,",
    "Paul BRUYAS",
)
IN_FEW_WORDS = a_word_file(
    "*Conseil municipal de Lavol – séance du 2 février 2026",
    "*Délibération 2026-02-07 : Subvention à l’association Les Trois Chênes",
    "Présents (3) : Colette Vaissac, Jean Roux, Anne Rigou",
    "Procurations (1) : Zoé Blanc à Colette Vaissac",
    "Rapporteur : Anne Rigou",
    "Il est proposé d’accorder cette aide.",
    "Le conseil municipal, à la majorité (3 pour, 1 contre : Jean Roux),",
    "- accorde une subvention de 500 € ;",
    "- impute la dépense à l’article 65748.",
    "La maire, Colette VAISSAC",
    "Publiée le 5 février 2026",
)
