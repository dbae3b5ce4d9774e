"""Build the Word templates and the chartes that the repository ships: `python tools/build_templates.py`.

With `--verifier`, write nothing: exit 1 when a committed file no longer says what this program would write
(parts are compared, not zip bytes, because zlib may compress differently elsewhere).
"""

from __future__ import annotations

import sys
from pathlib import Path

from acts import arrete, deliberation
from convention_pages import avenant, convention, ctg, last_section
from job_pages import fiche, offre
from letterhead import address_foot, letterhead, plain_foot, plain_head, running_head
from lists import numbering
from logos import IMAGES
from looks import LOOKS, SOBRE, Look
from meeting_pages import convocation, ordre_du_jour
from meeting_pages import last_section as last_section_of_letters
from meeting_records import emargement, releve
from note_pages import note_de_commission, note_de_synthese, rapport_de_presentation
from specimen import specimen
from style_sheet import styles
from theme import fonts, theme
from word_package import WordFile, unzipped, zipped
from word_xml import document, mm, section

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
DEFAULT = SOBRE
"""The look of templates/charte.docx, and of a template that wears no charte."""


def _file(
    look: Look, title: str, body: str, heads: tuple[str, str], feet: tuple[str, str], last_section: str = ""
) -> WordFile:
    """A file of this look; `heads` and `feet`: those of the first page, then those of the next ones."""
    top, right, bottom, left = (mm(length) for length in look.margins)
    last_section = last_section or section((top, right, bottom, left), mm(9), heads=True)
    return WordFile(
        title=title,
        document=document(body, last_section),
        styles=styles(look),
        numbering=numbering(look),
        theme=theme(look),
        fonts=fonts(look),
        header_first=heads[0],
        header=heads[1],
        footer_first=feet[0],
        footer=feet[1],
    )


def template(title: str, body: str, last_section: str = "") -> WordFile:
    """A template: its own sober look and plain header, until a charte dresses it."""
    return _file(DEFAULT, title, body, (plain_head(),) * 2, (plain_foot(),) * 2, last_section)


def conventions() -> dict[Path, dict[str, bytes]]:
    """The templates of the conventions, of several sections each."""
    bodies = {
        "ctg": ("Modèle de convention territoriale globale", ctg),
        "avenant": ("Modèle d’avenant", avenant),
        "convention": ("Modèle de convention", convention),
    }
    return {
        TEMPLATES / "conventions" / f"{name}.docx": template(
            title, body(DEFAULT), last_section(DEFAULT)
        ).parts()
        for name, (title, body) in bodies.items()
    }


def reunions() -> dict[Path, dict[str, bytes]]:
    """The papers of a meeting; the convocation is a letter per section."""
    bodies = {
        "convocation": ("Modèle de convocation", convocation, last_section_of_letters(DEFAULT)),
        "ordre-du-jour": ("Modèle d’ordre du jour", ordre_du_jour, ""),
        "emargement": ("Modèle de feuille d’émargement", emargement, ""),
        "releve": ("Modèle de relevé de conclusions", releve, ""),
    }
    return {
        TEMPLATES / "reunions" / f"{name}.docx": template(title, body(DEFAULT), last).parts()
        for name, (title, body, last) in bodies.items()
    }


def charte(look: Look) -> WordFile:
    heads = (letterhead(look), running_head())
    word = _file(look, f"Charte {look.name}", specimen(look), heads, (address_foot(),) * 2)
    word.images[look.logo] = (IMAGES / look.logo).read_bytes()
    return word


def everything() -> dict[Path, dict[str, bytes]]:
    """File → its parts."""
    chartes = {look.name: charte(look).parts() for look in LOOKS}
    return {
        TEMPLATES / "deliberations" / "deliberation.docx": template(
            "Modèle de délibération", deliberation(DEFAULT)
        ).parts(),
        TEMPLATES / "arretes" / "arrete.docx": template("Modèle d’arrêté", arrete(DEFAULT)).parts(),
        TEMPLATES / "fiches_de_poste" / "fiche.docx": template("Modèle de fiche de poste", fiche()).parts(),
        TEMPLATES / "fiches_de_poste" / "offre.docx": template("Modèle d’offre d’emploi", offre()).parts(),
        **conventions(),
        **reunions(),
        TEMPLATES / "notes" / "note_de_commission.docx": template(
            "Modèle de note de commission", note_de_commission(DEFAULT)
        ).parts(),
        TEMPLATES / "notes" / "rapport_de_presentation.docx": template(
            "Modèle de rapport de présentation", rapport_de_presentation(DEFAULT)
        ).parts(),
        TEMPLATES / "notes" / "note_de_synthese.docx": template(
            "Modèle de note explicative de synthèse", note_de_synthese(DEFAULT)
        ).parts(),
        TEMPLATES / "charte.docx": chartes[DEFAULT.name],
        **{TEMPLATES / "chartes" / f"{name}.docx": parts for name, parts in chartes.items()},
    }


def main(arguments: list[str]) -> int:
    stale = []
    for path, parts in everything().items():
        if path.exists() and unzipped(path.read_bytes()) == parts:
            continue
        stale.append(path.relative_to(ROOT).as_posix())
        if "--verifier" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(zipped(parts))
    print("\n".join(stale) or "templates are up to date")
    return 1 if stale and "--verifier" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
