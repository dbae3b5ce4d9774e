"""Step 1, read: a content file → a `Source` whose every value is text and knows its place, or findings.

The one door is `read`. A file is a regular file of the workspace, UTF-8 (with or without BOM), at most 5 MB.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable
from hashlib import sha256

import yaml

from ctgdocs.content.slips import slips
from ctgdocs.content.tree import after_hash, build, finding_at
from ctgdocs.files import NotAFile, opened, size_of
from ctgdocs.findings import WHOLE, Finding, Place, Severity, Stopped
from ctgdocs.project import Project
from ctgdocs.stages import Items, Mapping, Node, Source
from ctgdocs.vocabulary.as_typed import CONTROL
from ctgdocs.vocabulary.scalars import shape

# --- Bytes → text: UTF-8 only, and what to do when Windows wrote something else


_SAVE_AS = "enregistrez-le en UTF-8 (Bloc-notes : Fichier, Enregistrer sous, Encodage : UTF-8)"
_ZIP = b"PK\x03\x04"
# Line breaks for YAML, but not for an editor: places would be wrong and the text cut where nobody sees it.
_HIDDEN_BREAKS = {
    "\u0085": "saut de ligne invisible (U+0085)",
    "\u2028": "séparateur de ligne invisible (U+2028)",
    "\u2029": "séparateur de paragraphe invisible (U+2029)",
}
_HIDDEN = re.compile("[" + "".join(_HIDDEN_BREAKS) + "]")


def decode(data: bytes) -> str:
    """The text of a file without its BOM. Raises Stopped when it has none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = "ce fichier est en UTF-16 (« Unicode »), pas en UTF-8"
        raise Stopped(finding_at(1, 1, "encodage", message, _SAVE_AS))
    if data.startswith(_ZIP):
        message = "ce fichier est un document Word ou Excel sous un nom en .yaml, pas du texte"
        hint = "rendez-lui son nom (.docx, .xlsx), hors de content/ ; pour le reprendre : ctgdocs importer"
        raise Stopped(finding_at(1, 1, "encodage", message, hint))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Stopped(_not_utf8(data, error.start)) from None


def _not_utf8(data: bytes, start: int) -> Finding:
    before = data[:start].decode("utf-8")  # valid up to there
    line = before.count("\n") + 1
    column = start and len(before) - before.rfind("\n")
    byte = data[start]
    read_as = bytes([byte]).decode("cp1252", "replace")
    likely = f", « {read_as} » sous Windows" if read_as.isprintable() and read_as != "\ufffd" else ""
    message = f"ce fichier n’est pas en UTF-8 (octet {byte:02X}{likely})"
    return finding_at(line, column or 1, "encodage", message, _SAVE_AS)


def misleading_character(text: str, *, every: bool = False) -> Finding | None:
    """The first character that breaks lines unseen or, with `every`, that no text may hold (control, NUL)."""
    if not every and not any(character in text for character in _HIDDEN_BREAKS):
        return None
    found = (CONTROL if every else _HIDDEN).search(text)
    if found is None:
        return None
    name = _HIDDEN_BREAKS.get(found[0], f"caractère de contrôle U+{ord(found[0]):04X}")
    return Finding(
        "caractere-interdit",
        Severity.ERREUR,
        f"{name} dans le texte",
        Place.inside(text, found.start()),
        hints=("supprimez ce caractère, souvent venu d’un copier-coller",),
    )


LARGEST = 5_000_000

__all__ = ["LARGEST", "parse", "read"]


def read(project: Project, relative_path: str) -> tuple[Source | None, list[Finding]]:
    """Reads one content file, named from the root of the workspace with `/`.

    The source comes with its findings when its tree can still be checked (a field written twice), and is
    None otherwise. Nothing is raised for what the file holds, nor for a file that cannot be opened.
    """
    try:
        return parse(_bytes(project, relative_path), relative_path)
    except Stopped as stopped:
        return None, _in(relative_path, stopped.findings)


def parse(data: bytes, relative_path: str) -> tuple[Source | None, list[Finding]]:
    """The same from bytes already in memory."""
    try:
        text = decode(data)
        root, findings = _tree(text)
    except Stopped as stopped:
        return None, _in(relative_path, stopped.findings)
    source = Source(relative_path, sha256(data).hexdigest(), root)
    return source, _in(relative_path, (*findings, *after_hash(text)))


def _tree(text: str) -> tuple[Mapping, list[Finding]]:
    if (hidden := misleading_character(text)) is not None:
        raise Stopped(hidden)
    try:
        root, findings = build(text)
    except yaml.reader.ReaderError:
        raise Stopped(misleading_character(text, every=True) or _UNREADABLE) from None
    except yaml.MarkedYAMLError as error:
        from ctgdocs.content.syntax import explain

        raise Stopped(explain(error, text)) from None
    findings = [*findings, *slips(text)]
    if not isinstance(root, Mapping):
        raise Stopped(*(findings or [_not_a_mapping(root)]))
    return root, findings


_UNREADABLE = finding_at(0, 0, "yaml", "ce fichier n’est pas du texte", "ouvrez-le dans un éditeur de texte")


def _bytes(project: Project, relative_path: str) -> bytes:
    path = f"{project.root}/{relative_path}"  # read for each document: pathlib would cost as much as reading
    try:
        if os.path.islink(path) and not project.holds(path):  # noqa: PTH114
            message, hint = "ce lien mène hors de l’espace de travail", "copiez le fichier"
            raise Stopped.at("hors-espace", message, WHOLE, hint)
        with opened(path) as file:
            if (size := size_of(file)) > LARGEST:
                raise _too_large(size)
            return file.read()
    except NotAFile:
        raise Stopped.at("fichier", "ce n’est pas un fichier") from None
    except FileNotFoundError:
        raise Stopped.at("fichier-absent", "ce fichier n’existe pas") from None
    except PermissionError:
        message, hint = "ce fichier ne peut pas être lu", "vérifiez les droits d’accès"
        raise Stopped.at("fichier", message, WHOLE, hint) from None
    except OSError as error:
        raise Stopped.at("fichier", f"lecture impossible ({error.strerror})") from error


def _too_large(size: int) -> Stopped:
    message = f"fichier trop gros : {size / 1_000_000:.1f} Mo, 5 Mo au plus".replace(".", ",")
    return Stopped.at("fichier-trop-gros", message, WHOLE, "ce n’est sans doute pas le bon fichier")


def _not_a_mapping(root: Node | None) -> Finding:
    hint = "écrivez des champs « nom : valeur »"
    if root is None:
        return finding_at(0, 0, "fichier-vide", "ce fichier est vide", hint)
    if isinstance(root, Items):
        hint += ", sans tiret au premier niveau"
    message = f"attendu des champs « nom : valeur », trouvé {shape(root)}"
    return finding_at(root.line, root.column, "type", message, hint)


def _in(path: str, findings: Iterable[Finding]) -> list[Finding]:
    """What is wrong in a text, settled in the file that holds it."""
    return [
        one._replace(
            place=one.place._replace(file=path),
            related=tuple(each._replace(place=each.place._replace(file=path)) for each in one.related),
        )
        for one in findings
    ]
