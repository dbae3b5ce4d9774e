"""What is typed in the tool that transmits the acts to the préfecture: one row an act, then its own sheet.

The names of the files are those of the protocole ACTES, `99_DE-082-999990013-20260924-2026_045-DE-1-1_1.pdf`:
each operator gives them again, so that they are a help, not an obligation.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import NamedTuple

from ctgdocs.composing import acte as pages
from ctgdocs.content.sheets import csv_of
from ctgdocs.kinds.suite import TELETRANSMISSION
from ctgdocs.kinds.suite.tenue import Point, Tenue
from ctgdocs.stages import Composition, Context

NATURE = "Délibération"
LONGEST = 500
"""Characters of an objet in the protocole ACTES."""


class Ligne(NamedTuple):
    """One act, as the transmission asks for it."""

    numero: str
    date: str
    nature: str
    matiere: str
    objet: str
    annexes: tuple[str, ...]
    fichier: str


def lignes(tenue: Tenue) -> list[Ligne]:
    """The acts of the séance that were voted, in order."""
    return [_of(tenue, point) for point in tenue.examined if point.examen and point.examen.etat != "projet"]


def _of(tenue: Tenue, point: Point) -> Ligne:
    act = point.act.value if point.act else None
    matter = act.matiere if act else None
    annexes = act.annexes if act else ()
    return Ligne(
        point.printed,
        f"{tenue.sitting.jour:%Y-%m-%d}",
        NATURE,
        pages.subject_matter(matter)
        if matter
        else tenue.lack(f"la matière de la délibération n° {point.printed}"),
        point.objet,
        tuple(point.pen.line(text, "annexes", index) for index, text in enumerate(annexes)),
        file_name(tenue, point.printed),
    )


def file_name(tenue: Tenue, numero: str, rank: int = 1) -> str:
    """The name of an act (rank 1) or of an annexe in the protocole ACTES; "" without a SIRET."""
    return pages.name_in_actes(tenue.pen.collectivite, tenue.sitting.jour, numero, "DE", rank)


def teletransmission(tenue: Tenue) -> Composition | None:
    """None before anything is voted: nothing can be transmitted."""
    rows = lignes(tenue)
    if not rows:
        return None
    pen = tenue.pen
    if not pen.collectivite.siret:
        tenue.lack("le SIRET de la collectivité")
    state = pen.collectivite.representant_de_l_etat
    context: Context = {
        "destinataire": pen.typographie(f"À : {state}") if state else "",
        "lignes": [
            {
                "numero": row.numero,
                "objet": row.objet,
                "matiere": row.matiere,
                "annexes": str(len(row.annexes)) if row.annexes else "–",
            }
            for row in rows
        ],
        "fiches": [_sheet(tenue, row) for row in rows],
    }
    return tenue.document(TELETRANSMISSION, "Bordereau de télétransmission", context)


def _sheet(tenue: Tenue, row: Ligne) -> Context:
    """One act, field by field, as the tool asks for them."""
    said = [
        ("Nature", f"{row.nature} (DE)"),
        ("Matière", row.matiere),
        ("Numéro", row.numero),
        ("Date de l’acte", tenue.jour),
        ("Objet", row.objet[:LONGEST]),
        ("Fichier de l’acte", row.fichier or "–"),
    ]
    said += [
        (f"Annexe {rank}", f"{text} ({name})" if (name := file_name(tenue, row.numero, rank + 1)) else text)
        for rank, text in enumerate(row.annexes, 1)
    ]
    title = tenue.pen.typographie(f"Délibération n° {row.numero}")
    return {"titre": title, "lignes": [{"champ": label, "valeur": text} for label, text in said]}


COLUMNS = ("numero", "date", "nature", "matiere", "objet", "annexes", "fichier")


def as_csv(rows: list[Ligne]) -> bytes:
    """The rows for a spreadsheet: semicolons, as Excel in French reads them, and a byte order mark."""
    said = [(*row[:5], " | ".join(row.annexes), row.fichier) for row in rows]
    return BOM_UTF8 + csv_of([COLUMNS, *said])
