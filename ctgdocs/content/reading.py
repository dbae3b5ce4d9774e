"""Step 1, read: a content file → a `Source` whose every value is text and knows its place, or findings.

The one door is `read`. A file is a regular file of the workspace, UTF-8 (with or without BOM), at most 5 MB.
"""

from __future__ import annotations

import codecs
import os
import re
from hashlib import sha256

import yaml

from ctgdocs.content.tree import Problem, after_hash, build
from ctgdocs.files import NotAFile, opened, size_of
from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.project import Project
from ctgdocs.stages import Items, Mapping, Node, Source
from ctgdocs.vocabulary.as_typed import CONTROL
from ctgdocs.vocabulary.scalars import shape

# --- Bytes → text: UTF-8 only, and what to do when Windows wrote something else


_SAVE_AS = "enregistrez-le en UTF-8 (Bloc-notes : Fichier, Enregistrer sous, Encodage : UTF-8)"
# Line breaks for YAML, but not for an editor: places would be wrong and the text cut where nobody sees it.
_HIDDEN_BREAKS = {
    "\u0085": "saut de ligne invisible (U+0085)",
    "\u2028": "séparateur de ligne invisible (U+2028)",
    "\u2029": "séparateur de paragraphe invisible (U+2029)",
}
_HIDDEN = re.compile("[" + "".join(_HIDDEN_BREAKS) + "]")


def decode(data: bytes) -> tuple[str, Problem | None]:
    """The text of a file without its BOM, or why it has none."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "", Problem("encodage", "ce fichier est en UTF-16 (« Unicode »), pas en UTF-8", 1, 1, _SAVE_AS)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return "", _not_utf8(data, error.start)


def _not_utf8(data: bytes, start: int) -> Problem:
    before = data[:start].decode("utf-8")  # valid up to there
    line = before.count("\n") + 1
    column = start and len(before) - before.rfind("\n")
    byte = data[start]
    read_as = bytes([byte]).decode("cp1252", "replace")
    likely = f", « {read_as} » sous Windows" if read_as.isprintable() and read_as != "\ufffd" else ""
    message = f"ce fichier n’est pas en UTF-8 (octet {byte:02X}{likely})"
    return Problem("encodage", message, line, column or 1, _SAVE_AS)


def misleading_character(text: str, *, every: bool = False) -> Problem | None:
    """The first character that breaks lines unseen or, with `every`, that no text may hold (control, NUL)."""
    if not every and not any(character in text for character in _HIDDEN_BREAKS):
        return None
    found = (CONTROL if every else _HIDDEN).search(text)
    if found is None:
        return None
    before = text[: found.start()]
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    name = _HIDDEN_BREAKS.get(found[0], f"caractère de contrôle U+{ord(found[0]):04X}")
    return Problem(
        "caractere-interdit",
        f"{name} dans le texte",
        line,
        column,
        "supprimez ce caractère, souvent venu d’un copier-coller",
    )


LARGEST = 5_000_000

__all__ = ["LARGEST", "parse", "read"]


def read(project: Project, relative_path: str) -> tuple[Source | None, list[Finding]]:
    """Reads one content file, named from the root of the workspace with `/`.

    The source comes with its findings when its tree can still be checked (a field written twice), and is
    None otherwise. Nothing is raised for what the file holds, nor for a file that cannot be opened.
    """
    data, problem = _bytes(project, relative_path)
    if problem is not None:
        return None, [_finding(relative_path, problem)]
    return parse(data, relative_path)


def parse(data: bytes, relative_path: str) -> tuple[Source | None, list[Finding]]:
    """The same from bytes already in memory."""
    text, problem = decode(data)
    problem = problem or misleading_character(text)
    if problem is not None:
        return None, [_finding(relative_path, problem)]
    try:
        root, problems = build(text)
    except yaml.reader.ReaderError:
        return None, [_finding(relative_path, misleading_character(text, every=True) or _UNREADABLE)]
    except yaml.MarkedYAMLError as error:
        from ctgdocs.content.syntax import explain

        return None, [_finding(relative_path, explain(error, text))]
    if not isinstance(root, Mapping):
        problems = problems or [_not_a_mapping(root)]
    if not isinstance(root, Mapping) or any(problem.fatal for problem in problems):
        return None, [_finding(relative_path, problem) for problem in problems]
    findings = [_finding(relative_path, problem) for problem in (*problems, *after_hash(text))]
    return Source(relative_path, sha256(data).hexdigest(), root), findings


_UNREADABLE = Problem("yaml", "ce fichier n’est pas du texte", 0, 0, "ouvrez-le dans un éditeur de texte")


def _bytes(project: Project, relative_path: str) -> tuple[bytes, Problem | None]:
    path = f"{project.root}/{relative_path}"  # read for each document: pathlib would cost as much as reading
    try:
        if os.path.islink(path) and not project.holds(path):  # noqa: PTH114
            return b"", Problem(
                "hors-espace", "ce lien mène hors de l’espace de travail", 0, 0, "copiez le fichier"
            )
        with opened(path) as file:
            if (size := size_of(file)) > LARGEST:
                return b"", _too_large(size)
            return file.read(), None
    except NotAFile:
        return b"", Problem("fichier", "ce n’est pas un fichier", 0, 0)
    except FileNotFoundError:
        return b"", Problem("fichier-absent", "ce fichier n’existe pas", 0, 0)
    except PermissionError:
        return b"", Problem("fichier", "ce fichier ne peut pas être lu", 0, 0, "vérifiez les droits d’accès")
    except OSError as error:
        return b"", Problem("fichier", f"lecture impossible ({error.strerror})", 0, 0)


def _too_large(size: int) -> Problem:
    message = f"fichier trop gros : {size / 1_000_000:.1f} Mo, 5 Mo au plus".replace(".", ",")
    return Problem("fichier-trop-gros", message, 0, 0, "ce n’est sans doute pas le bon fichier")


def _not_a_mapping(root: Node | None) -> Problem:
    if root is None:
        return Problem("fichier-vide", "ce fichier est vide", 0, 0, "écrivez des champs « nom : valeur »")
    hint = "écrivez des champs « nom : valeur »"
    if isinstance(root, Items):
        hint += ", sans tiret au premier niveau"
    return Problem(
        "type", f"attendu des champs « nom : valeur », trouvé {shape(root)}", root.line, root.column, hint
    )


def _finding(path: str, problem: Problem) -> Finding:
    place = Place(path, problem.line, problem.column, problem.field)
    severity = Severity.ALERTE if problem.warning else Severity.ERREUR
    return Finding(problem.code, severity, problem.message, place, hints=advice(problem.hint))
