"""Lists of élus in the habits of several mairies; every name is invented."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

Row = Sequence[object]


def a_workbook(sheets: dict[str, Iterable[Row]], merged: dict[str, Iterable[str]] | None = None) -> bytes:
    """The bytes of a workbook: its sheets by name, their rows, their merged cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for span in (merged or {}).get(name, ()):
            page.merge_cells(span)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


WITH_STATUT = a_workbook(
    {
        "Feuil1": [
            ["Liste des délégués communautaires"],
            [],
            ["Commune", "NOM Prénom", "Civ.", "Qualité", "Titulaire / Suppléant", "Mail"],
            ["Lavol", "VAISSAC Colette", "Mme", "Présidente", "T", "c.vaissac@exemple.fr"],
            [None, "ROY Jean", "M.", None, "T"],
            ["Esparnac", "d’AUZELLES Bruno", "M.", "1er Vice-Président, Maire", "T"],
            [None, "LE BIHANIC Zoé", "Mme", None, "S"],
            ["Le Causol", "SIEGE VACANT"],
            ["Viguerol", "DE LA TOUR Paul", "M.", "2ème vice-président", "T"],
            ["TOTAL", "5"],
        ]
    },
    {"Feuil1": ["A4:A5", "A6:A7"]},
)
TWO_BY_TWO = a_workbook(
    {
        "Conseil": [
            ["COMMUNES", "TITULAIRES", None, None, "SUPPLÉANTS", None, None],
            [None, "Civilité", "Nom", "Prénom", "Civilité", "Nom", "Prénom"],
            ["Lavol", "Madame", "Vaissac", "Colette", "Monsieur", "Roy", "Jean"],
            ["Esparnac", "M.", "d'Auzelles", "Bruno", None, None, None],
            ["Viguerol", "M", "De La Tour", "Paul", "Mme", "Petit", "Anne"],
        ]
    },
    {"Conseil": ["B1:D1", "E1:G1", "A1:A2"]},
)
TICKED = a_workbook(
    {
        "Conseil": [
            ["N°", "Élu", "Commune", "Fonction", "Enfance-jeunesse", "Finances", "Véhicule"],
            [1, "Mme Colette VAISSAC", "Lavol", "Présidente", "x", None, "berline"],
            [2, "M. Jean ROY", "Lavol", "Conseiller", "X", "VP", None],
            [3, "Mme Anne PETIT", "Viguerol", "Vice-présidente", "P", "x", None],
            [4, "M. Paul MARTIN", "Viguerol", None, None, "x", "citadine"],
        ],
        "Commission Culture": [["Nom", "Prénom"], ["PETIT", "Anne"], ["Martin", "Paul"]],
        "Mandat 2020-2026": [["Nom", "Prénom", "Commune"], ["ESTÈVE", "Roger", "Lavol"]],
        "Mandat 2026-2032": [["Nom", "Prénom", "Commune"], ["VAISSAC", "Colette", "Lavol"]],
    }
)
MAIRES = a_workbook(
    {
        "Communes": [
            ["Commune", "Population", "Nom du maire"],
            ["Lavol", "1 600", "Mme Colette VAISSAC"],
            ["Esparnac", 620, "M. Bruno d’Auzelles"],
            ["Le Causol", 160, None],
        ]
    }
)
OF_A_COMMUNE = a_workbook(
    {
        "Conseil municipal": [
            ["Nom", "Prénom", "Sexe", "Mandat", "Groupe", "Date de naissance"],
            ["VAISSAC", "Colette", "F", "Maire", "Ensemble", "01/02/1960"],
            ["ROY", "Jean", "M", "1er adjoint", "Ensemble", "03/04/1961"],
            ["PETIT", "Anne", "F", "2ème adjointe déléguée aux écoles", "Autrement", "05/06/1962"],
            ["MARTIN", "Paul", "M", "Conseiller municipal", "Autrement", "07/08/1963"],
        ]
    }
)
BY_COMMUNE = a_workbook(
    {
        "Annuaire": [
            [None, "Annuaire des élus"],
            [],
            ["COMMUNE DES AUBRELLES (2 sièges)"],
            ["Qualité", "Nom", "Prénom", "Délégué à", "Tél."],
            ["Madame le Maire", "Nivelleau", "Monique", None, "05 36 49 00 01"],
            ["Monsieur l’Adjoint", "Roy", "Jean", "voirie, bâtiments", "05 36 49 00 02"],
            [],
            ["COMMUNE DE ST FELICIEN LA PLAINE (1 siège)"],
            ["Madame", "Petit", "Anne", None, "05 36 49 00 03"],
            [],
            ["Total", None, 3],
            ["Document interne – ne pas diffuser"],
        ]
    }
)
TWO_FUNCTIONS = a_workbook(
    {
        "Élus": [
            ["NOM", "PRENOM", "COMMUNE", "FONCTION CC", "FONCTION MAIRIE", "DATE FIN DE MANDAT"],
            ["VAISSAC", "Colette", "Lavol", "Présidente", "Maire", None],
            ["ROY", "Jean", "Lavol", "1er Vice-président", "1er Adjoint", None],
            ["PETIT", "Anne", "Esparnac", "Conseillère communautaire", None, "31/12/2024"],
        ]
    }
)
BUREAU_AND_CONSEIL = a_workbook(
    {
        "Bureau": [
            ["Fonction", "Civilité Prénom NOM", "Délégation"],
            ["Présidente", "Mme Colette VAISSAC", None],
            ["1er Vice-président", "M. Jean ROY", "Finances"],
        ],
        "Conseil": [
            ["Commune", "Délégué titulaire", "Délégué suppléant"],
            ["Lavol", "Colette VAISSAC", "Paul MARTIN"],
            ["Esparnac", "Jean ROY", None],
        ],
    }
)
A_SHEET_A_COMMUNE = a_workbook(
    {
        "Lavol": [
            ["Nom", "Prénom", "Fonction"],
            ["VAISSAC", "Colette", "Maire"],
            ["ROY", "Jean", "1er adjoint"],
        ],
        "Esparnac": [["Nom", "Prénom", "Fonction"], ["PETIT", "Anne", "Maire"]],
    }
)
