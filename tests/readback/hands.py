"""An act that is corrected in Word by hand, and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from as_in_word import (
    changed,
    retype,
    text_of,
    the_paragraph,
    w,
)
from builders import output
from lxml import etree

from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.readback import ReadBack, read_back

ACT = """\
# Un projet de délibération
objet: Ouverture d’un lieu d’accueil enfants-parents
numero: 2026-045
rapporteur: martin-paul
visas: [cgct-l5211-1]   # le code
considerants:
  - que la convention en cours prend fin le {date:2026-12-31}
  - "que l'offre \\"petite enfance\\" reste insuffisante"
expose: |
  {executif} rappelle que la convention finit bientôt.

  Le lieu d’accueil réunira sur un même site :

  - un multi-accueil de **32 places**, soit huit de plus qu’aujourd’hui ;
  - le relais petite enfance et ses ateliers ;

  Son coût est de {montant:12500} par an[^1].

  [^1]: Selon l’étude de faisabilité.
decisions:
  - titre: Ouverture
    texte: >-
      L’ouverture du lieu d’accueil, qui coûtera {montant:12500} par an,
      est approuvée.
  - {titre: Signature, texte: "{executif} est autorisée à signer tout acte utile."}
"""
PATH = "content/deliberations/2026-045.yaml"
OTHERS = ("deliberations/2026-046.yaml",)

Hand = Callable[[etree._Element], None]
Ran = Callable[..., str]


def by_hand(project: Project, *hands: Hand, part: str = "word/document.xml") -> Path:
    """The délibération, with what was done to it in Word."""
    document = output(project, "2026-045")
    data = document.read_bytes()
    for hand in hands:
        data = changed(data, hand, part)
    document.write_bytes(data)
    return document


def says(words: str, old: str, new: str, **how: str) -> Hand:
    return lambda root: retype(the_paragraph(root, words), old, new, **how)


def read(project: Project, **how: str) -> ReadBack:
    return read_back(project, KINDS, "2026-045", **how)


def lines_changed(project: Project) -> list[tuple[str, str]]:
    """The lines of the content file that are no longer the same: before, after."""
    import difflib

    now = (project.root / PATH).read_text("utf-8")
    found = [one for one in difflib.ndiff(ACT.splitlines(), now.splitlines()) if one[0] in "-+"]
    return [(one[0], one[2:]) for one in found]


def all_words(words: str) -> Hand:
    """A paragraph typed anew from end to end."""

    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        retype(paragraph, text_of(paragraph), "Rien ici ne ressemble plus à ce qui était écrit.")

    return change


def gone(words: str) -> Hand:
    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        paragraph.getparent().remove(paragraph)

    return change


def without(*names: str) -> Hand:
    """What a program that does not know some elements leaves."""

    def change(root: etree._Element) -> None:
        for node in [*root.iter(*map(w, names))] if names else ():
            if node.tag == w("sdt"):
                for child in [*node.find(w("sdtContent"))]:
                    node.addprevious(child)
            node.getparent().remove(node)

    return change


def digest_of(project: Project) -> dict[str, bytes]:
    """All that an author or a run keeps, but the run's own memory."""
    files = (
        one for folder in ("content", "templates", "sorties") for one in (project.root / folder).rglob("*")
    )
    return {str(one): one.read_bytes() for one in files if one.is_file() and ".ctgdocs" not in one.parts}


def replaced(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.infolist():
            said = before.read(member)
            after.writestr(member.filename, change(said.decode()) if member.filename == part else said)
    return out.getvalue()
