"""Where the entries of each registry and of each kind of document stand under content/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.project import YAML_SUFFIXES
from ctgdocs.vocabulary.as_typed import did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.stages import Composition, Entry, Reader, Registry


SCHEMAS = ".schemas"
"""The folder of content/ where an editor finds its schemas."""
OFFER = "espace.json"
"""The schema of the ids of the workspace, which the others point to."""


class Drawer(Protocol):
    """A kind of document, as the library knows it (see kind.py, which stands beside the library)."""

    @property
    def name(self) -> str: ...
    @property
    def shelf(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def plural(self) -> str: ...
    @property
    def registry(self) -> Registry[BaseModel]: ...
    @property
    def parts(self) -> tuple[str, ...]: ...
    def check(self, entry: Entry[Any], reader: Reader) -> Sequence[Finding]: ...
    def compose(self, entry: Entry[Any], reader: Reader, part: str = "") -> Composition | None: ...


class Document(NamedTuple):
    """One document: its kind, its id (the stem of its file), its file (posix, from the root), and which of
    the kind's documents it is when one file makes several."""

    kind: Drawer
    id: str
    path: str
    part: str = ""


class Shelf(NamedTuple):
    """Where the entries of one registry or kind stand. `path` is posix, from the root: a folder of entries,
    a file of one entry (`single`), or a file of entries by id."""

    name: str
    path: str
    label: str
    feminine: bool
    registry: Registry[BaseModel]
    folder: bool
    single: bool = False

    def holds(self, path: str) -> bool:
        return path.startswith(self.path + "/") if self.folder else path == self.path

    def only_id(self, path: str) -> str | None:
        """The id of the one entry of a file, None when the file holds several by id."""
        if self.single:
            return self.name
        return stem(path) if self.folder else None


def shelf_of(one: Registry[BaseModel]) -> Shelf:
    path = f"content/{one.path.rstrip('/')}"
    return Shelf(one.name, path, one.label, one.feminine, one, one.folder, one.single)


def stem(path: str) -> str:
    """The id that a file's name gives.

    >>> stem("content/seances/2026-09-24.yaml")
    '2026-09-24'
    """
    return path.rpartition("/")[2].rpartition(".")[0]


# --- Files of content/ that nothing reads: a folder or a name misspelt, two files for one id


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
    return Finding("fichier-en-double", severity, message, Place(path), hints=(hint,))


def _read_by_nothing(path: str, shelves: Sequence[Shelf]) -> Finding:
    folder, _, name = path.rpartition("/")
    near = did_you_mean(path, [shelf.path for shelf in shelves if not shelf.folder])
    if not near and folder != "content":
        near = did_you_mean(folder, [shelf.path for shelf in shelves if shelf.folder])
    message = f"« {name} » n’est lu par rien : ni registre ni document à cet endroit"
    hint = near.removeprefix(" : ") or "vérifiez son nom et son dossier"
    return Finding("fichier-ignore", Severity.ALERTE, message, Place(path), hints=(hint,))


# --- Files of content/ under another kind of name: the content beside them cites sheets and pictures; the
# rest is told


_WRITINGS = (".txt", ".md", ".rtf", ".doc", ".docx", ".odt", ".pdf", ".json", ".pages")
_SHEETS = (".csv", ".xlsx", ".xls", ".ods")
_SIGNPOSTS = ("lisezmoi", "lisez-moi", "readme")  # what explains a folder is read by people


def unread(paths: Sequence[str], shelves: Sequence[Shelf]) -> list[Finding]:
    """The files of content/ that no content file can be nor cite, each with why."""
    registries = {shelf.path.rpartition(".")[0] for shelf in shelves if not shelf.folder}
    found = []
    for path in paths:
        name = path.rpartition("/")[2]
        real, _, last = name.rpartition(".")
        if real.lower().endswith(YAML_SUFFIXES):
            message = f"« {name} » n’est pas lu : son nom finit par « .{last} »"
            hint = (
                f"renommez-le « {real} » (Explorateur de Windows : Affichage, Extensions de noms de fichiers)"
            )
        elif real.lower() in _SIGNPOSTS:
            continue
        elif path.lower().endswith(_WRITINGS):
            message = f"« {name} » n’est lu par rien : les contenus sont des fichiers .yaml"
            hint = "rangez-le hors de content/, ou faites-en un contenu (ctgdocs nouveau, ctgdocs importer)"
        elif path.lower().endswith(_SHEETS) and path.rpartition(".")[0] in registries:
            message = f"« {name} » n’est pas lu : ce registre est un fichier .yaml"
            hint = f"recopiez-le dans {path.rpartition('.')[0]}.yaml"
        else:
            continue
        found.append(Finding("fichier-ignore", Severity.ALERTE, message, Place(path), hints=(hint,)))
    return found
