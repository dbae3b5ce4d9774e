"""The collectivité's letterhead: which Word file it is, and what is wrong when it cannot be worn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ctgdocs.findings import Finding, Severity, TemplateError
from ctgdocs.project import Project
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.registres import COLLECTIVITE

if TYPE_CHECKING:
    from ctgdocs.templates import Template

FIELD = ("charte", "fichier")


class HouseStyle(NamedTuple):
    """`path`: the file that is watched (empty: this document wears none); `styles`: its styles, by role;
    `worn`: the file exists (otherwise the templates keep their own look)."""

    path: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    worn: bool = False


def house_style(
    reader: Reader, project: Project, digest: Callable[[str], str]
) -> tuple[HouseStyle, list[Finding]]:
    """The letterhead that collectivite.yaml names. The default one may be absent; one that was asked for by
    its name may not, and none may lie out of the workspace."""
    entry = reader.find(COLLECTIVITE, "collectivite")
    charte = getattr(entry.value, "charte", None) if entry else None
    if entry is None or charte is None:
        return HouseStyle(), []
    path = f"templates/{charte.fichier}"
    if project.holds(project.root / path) and digest(path):
        return HouseStyle(path, tuple(sorted(charte.styles.items())), worn=True), []
    asked = "charte" in entry.value.model_fields_set and "fichier" in charte.model_fields_set
    return HouseStyle(path), [_missing(entry, path)] if asked else []


def _missing(entry: Entry[Any], path: str) -> Finding:
    return Finding(
        "charte",
        Severity.ERREUR,
        f"la charte « {path} » n’existe pas",
        entry.place(*FIELD),
        hints=("mettez le fichier à cette place, corrigez son nom, ou retirez cette ligne",),
    )


def dressed_template(root: Path, name: str, house: HouseStyle, watermark: str) -> Template:
    """The template `name`, compiled in its letterhead. Raises TemplateError, naming the file at fault."""
    from ctgdocs.templates import Template

    charte = root / house.path if house.worn else None
    try:
        return Template.load(
            root / name, charte, styles=dict(house.styles), watermark=watermark, ordinals=True
        )
    except TemplateError as error:
        if charte is not None and _is_fault_of(charte):
            error.file = house.path
        raise


def _is_fault_of(charte: Path) -> bool:
    from ctgdocs.word import read

    try:
        read(charte)
    except TemplateError:
        return True
    return False
