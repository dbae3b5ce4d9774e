"""Workspaces for tests of the line: the small world, a second séance, three acts, the real templates."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from world import registries

from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options, Report
from ctgdocs.line.run import generate
from ctgdocs.project import Project
from ctgdocs.word.text import words_of

REPOSITORY = Path(__file__).parents[2]

FILES = {
    **registries(),
    "seances/2026-10-15.yaml": """
        instance: conseil-communautaire
        date: 2026-10-15
        heure: 18h30
        lieu: la mairie de Viguerol
        convocation: 2026-10-08
        secretaire: petit-anne
    """,
}

DELIBERATION = """
    seance: {seance}
    objet: {objet}
    rapporteur: martin-paul
    matiere: "8.2"
    visas: [cgct-l5211-1]
    considerants: [que la convention en cours prend fin le 31 décembre 2026]
    expose: |
      {{executif}} rappelle que la convention finit bientôt.
    decisions:
      - d’approuver la convention annexée
      - d’autoriser {{executif}} à la signer
    annexes: [Convention territoriale globale]
    vote: {{contre: [petit-anne], abstentions: [lopez-marc]}}
"""


LEFT = "transmission: 2026-10-20\npublication: 2026-10-21\n"
"""What an act says once it has left the house."""


def an_act(objet: str = "Renouvellement de la convention", seance: str = "2026-09-24") -> str:
    """The content of one délibération, adopted and still in the house."""
    return dedent(DELIBERATION).lstrip("\n").format(objet=objet, seance=seance)


ACTS = {
    "deliberations/2026-045.yaml": an_act(),
    "deliberations/2026-046.yaml": an_act("Création d’un pôle petite enfance"),
    "deliberations/2026-060.yaml": an_act("Soutien à la parentalité", "2026-10-15"),
}


def a_project(root: Path, files: Mapping[str, str | None] | None = None, *, acts: bool = True) -> Project:
    """A workspace in `root`. `files`: more or other content files, None for one to leave out."""
    content = {**FILES, **(ACTS if acts else {}), **(files or {})}
    for name, text in content.items():
        if text is not None:
            write(root, f"content/{name}", dedent(text).lstrip("\n"))
    shutil.copytree(REPOSITORY / "templates", root / "templates", copy_function=shutil.copyfile)
    return Project(root)


def write(root: Path, path: str, text: str) -> None:
    """Writes a file of the workspace."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replaces words of a file of the workspace; they must be there."""
    text = (root / path).read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def generated(project: Project, *targets: str, **options: object) -> Report:
    """One run in this process."""
    return generate(project, KINDS, targets, Options(**{"jobs": 1, **options}))  # type: ignore[arg-type]


def told(report: Report) -> list[Finding]:
    """What a run says, but what is missing for a later state."""
    return [one for one in report.findings if one.severity is not Severity.INFO]


def outputs(project: Project) -> dict[str, bytes]:
    """Every document under sorties/, by its path."""
    return {
        project.relative(path): path.read_bytes()
        for path in sorted(project.sorties.rglob("*.docx"))
        if ".ctgdocs" not in path.parts
    }


def output(project: Project, number: str) -> Path:
    """The document of an act."""
    (found,) = [path for path in project.sorties.glob(f"*/{number}*.docx") if "(nouvelle" not in path.name]
    return found


def edit_by_hand(path: Path, text: str = "ajouté à la main") -> bytes:
    """What Word does to a document: the same package with other words. Returns the new bytes."""
    import io
    import zipfile

    edited = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "word/document.xml":
                words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr".encode()
                head, mark, tail = data.rpartition(b"<w:sectPr")
                assert mark
                data = head + words + tail
            after.writestr(part, data)
    path.write_bytes(edited.getvalue())
    return edited.getvalue()


__all__ = [
    "ACTS",
    "FILES",
    "LEFT",
    "a_project",
    "an_act",
    "change",
    "edit_by_hand",
    "generated",
    "output",
    "outputs",
    "told",
    "words_of",
    "write",
]
