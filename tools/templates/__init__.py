"""The builders of the shipped templates: each module declares its `PAGES`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tools.word.looks import LOOKS
from tools.word.package import Parts
from tools.word.page import DEFAULT, charte

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


def everything() -> dict[Path, Parts]:
    """Each file that the builders make under templates/, and its parts."""
    chartes = {look.name: charte(look).parts() for look in LOOKS}
    return {
        **{
            TEMPLATES / f"{page.name}.docx": page.file().parts()
            for module in sorted(Path(__file__).parent.glob("[!_]*.py"))
            for page in import_module(f"{__name__}.{module.stem}").PAGES
        },
        TEMPLATES / "charte.docx": chartes[DEFAULT.name],
        **{TEMPLATES / "chartes" / f"{name}.docx": parts for name, parts in chartes.items()},
    }
