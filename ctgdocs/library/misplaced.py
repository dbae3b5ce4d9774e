"""Files of content/ that nothing reads: a folder or a name misspelt, two files for one id."""

from __future__ import annotations

from collections.abc import Sequence

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.library.shelves import Shelf
from ctgdocs.vocabulary.nearest import did_you_mean


def misplaced(paths: Sequence[str], shelves: Sequence[Shelf]) -> list[Finding]:
    """What is wrong with where content files stand; `paths` are theirs, in order."""
    found: list[Finding] = []
    first_of: dict[tuple[str, str], str] = {}  # (shelf, id) → the file that is read
    by_lower_name: dict[str, str] = {}
    for path in paths:
        shelf = next((each for each in shelves if each.holds(path)), None)
        if shelf is None:
            found.append(_read_by_nothing(path, shelves))
            continue
        id = shelf.only_id(path) or shelf.name
        first = first_of.setdefault((shelf.name, id), path)
        twin = by_lower_name.setdefault(path.rpartition(".")[0].lower(), path)
        if first != path:
            message = f"deux fichiers ont l’identifiant « {id} » : {first}, et celui-ci, qui n’est pas lu"
            found.append(_double(Severity.ERREUR, message, path, "renommez l’un des deux"))
        elif twin != path:
            message = f"ce fichier et {twin} ont le même nom, aux majuscules près"
            found.append(
                _double(Severity.ALERTE, message, path, "renommez l’un des deux : Windows les confond")
            )
    return found


def _double(severity: Severity, message: str, path: str, hint: str) -> Finding:
    return Finding("fichier-en-double", severity, message, Place(path), hint)


def _read_by_nothing(path: str, shelves: Sequence[Shelf]) -> Finding:
    folder, _, name = path.rpartition("/")
    near = did_you_mean(path, [shelf.path for shelf in shelves if not shelf.folder])
    if not near and folder != "content":
        near = did_you_mean(folder, [shelf.path for shelf in shelves if shelf.folder])
    message = f"« {name} » n’est lu par rien : ni registre ni document à cet endroit"
    hint = near.removeprefix(" : ") or "vérifiez son nom et son dossier"
    return Finding("fichier-ignore", Severity.ALERTE, message, Place(path), hint)
