"""The workspace: where it starts, where its folders are, which content files it holds."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import NamedTuple

import ctgdocs
from ctgdocs.findings import CtgdocsError, Finding, Place, Severity, UsageError

LANDMARK = "content/collectivite.yaml"
YAML_SUFFIXES = (".yaml", ".yml")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def example_folder() -> Path:
    """The example: inside an installed package, or the checkout that the package stands in."""
    package = Path(ctgdocs.__file__).parent
    for folder in (package / "_exemple", package.parent):
        if (folder / LANDMARK).is_file():
            return folder
    raise CtgdocsError("L’exemple n’est pas installé avec le programme : réinstallez ctgdocs.")


class Project(NamedTuple):
    """A workspace, known by its root: an absolute folder that holds `content/collectivite.yaml`."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """The workspace `start` stands in: `start` itself or the nearest folder above it.

        Raises UsageError when there is none.
        """
        here = start.resolve()
        for folder in (here, *here.parents):
            if os.path.lexists(folder / LANDMARK):  # the gate says so when it is no file
                return cls(folder)
        raise UsageError(
            f"« {start} » n’est pas dans un espace de travail : aucun fichier {LANDMARK} "
            "ici ni au-dessus. Placez-vous dans le vôtre, ou créez-le : « ctgdocs initialiser mon-espace »."
        )

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def sorties(self) -> Path:
        return self.root / "sorties"

    @property
    def state_dir(self) -> Path:
        """What the program remembers of its own work (manifest, lock, history)."""
        return self.sorties / ".ctgdocs"

    def relative(self, path: Path | str) -> str:
        """`path` as seen from the root, with `/`; an outside path comes back whole, never with `..`."""
        absolute = os.path.normpath(os.path.join(self.root, path))  # noqa: PTH118  # no link is followed here
        root = f"{self.root}{os.sep}"
        return absolute.removeprefix(root).replace(os.sep, "/")

    def holds(self, path: Path | str) -> bool:
        """True when `path`, every link followed, is still inside the workspace."""
        root = os.path.realpath(self.root)
        real = os.path.realpath(os.path.join(self.root, path))  # noqa: PTH118
        return real == root or real.startswith(root.rstrip(os.sep) + os.sep)

    def content_files(self) -> Listing:
        """The content files of the workspace (see `files`)."""
        return self.files("content", YAML_SUFFIXES)

    def files(self, folder: str, suffixes: tuple[str, ...]) -> Listing:
        """The regular files of a folder (posix, from the root) whose name ends in one of `suffixes`, in
        order, sub-folders included; a finding for each folder, and thing of such a name, that is not read.

        Hidden files and folders (`.schemas`) and Word's lock files (`~$…`) are nobody's business. This is the
        one gate: a name that passes is UTF-8, and leads to a file of the workspace.
        """
        listing = Listing([], [], [])
        waiting = _entries(self.root, folder, listing)
        while waiting:
            path, entry = waiting.pop()
            wanted = path.lower().endswith(suffixes)
            stray = self._stray(entry, wanted=wanted)
            if stray is not None:
                listing.findings.append(_refused(path, stray))
            elif entry.is_dir():
                waiting += _entries(self.root, path, listing)
            elif wanted:
                listing.paths.append(path)
            else:
                listing.others.append(path)
        return listing

    def _stray(self, entry: os.DirEntry[str], *, wanted: bool) -> Stray | None:
        """Why an entry does not pass; None when it does, or when nobody could want it."""
        if (unsayable := _unsayable(entry.name)) is not None:
            awaited = wanted or entry.is_dir(follow_symlinks=False)
            return unsayable if awaited else unsayable._replace(severity=Severity.ALERTE)
        if entry.is_symlink():
            return self._stray_link(entry.path, wanted=wanted)
        if entry.is_dir(follow_symlinks=False):
            return FOLDER_FOR_A_FILE if wanted else None
        return None if entry.is_file(follow_symlinks=False) or not wanted else NOT_A_FILE

    def _stray_link(self, path: str, *, wanted: bool) -> Stray | None:
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116
        except OSError as error:
            return CIRCLE if error.errno == errno.ELOOP else DANGLING
        if not (wanted or stat.S_ISDIR(mode)):
            return None
        if not self.holds(path):
            return OUTSIDE
        if stat.S_ISDIR(mode):
            return LINKED_FOLDER
        return None if stat.S_ISREG(mode) else NOT_A_FILE


class Listing(NamedTuple):
    """What stands in a folder: the paths of its files, from the root, what to say of what cannot be one of
    them, and the paths of what has another kind of name."""

    paths: list[str]
    findings: list[Finding]
    others: list[str]


class Stray(NamedTuple):
    """Why something in a folder is not read, and what to do."""

    code: str
    message: str
    hint: str
    severity: Severity = Severity.ERREUR


NOT_TEXT = Stray(
    "nom-illisible",
    "ce nom n’est pas écrit en UTF-8 : rien n’est lu ici",
    "renommez-le ; ses accents viennent sans doute d’une archive d’un ancien Windows",
)
CONTROL = Stray(
    "nom-illisible",
    "ce nom contient un retour à la ligne ou un autre caractère qui ne se voit pas : rien n’est lu ici",
    "renommez-le",
)
OUTSIDE = Stray("hors-espace", "ce lien mène hors de l’espace de travail", "copiez ici ce qu’il désigne")
CIRCLE = Stray("lien", "ce lien tourne en rond", "supprimez-le, ou refaites-le")
DANGLING = Stray("lien", "ce lien ne mène à aucun fichier", "supprimez-le, ou refaites-le")
LINKED_FOLDER = Stray("lien", "ce dossier est un lien : ce qu’il contient n’est pas lu", "copiez le dossier")
NOT_A_FILE = Stray("fichier", "ce n’est pas un fichier", "supprimez-le, ou changez son nom")
FOLDER_FOR_A_FILE = Stray("fichier", "c’est un dossier, qui porte un nom de fichier", "changez son nom")


def _refused(path: str, stray: Stray) -> Finding:
    return Finding(stray.code, stray.severity, stray.message, Place(_shown(path)), hints=(stray.hint,))


def _entries(root: Path, folder: str, listing: Listing) -> list[tuple[str, os.DirEntry[str]]]:
    """What stands in a folder with its path from the root, the first one last."""
    try:
        with os.scandir(f"{root}/{folder}") as scan:
            found = sorted(scan, key=lambda entry: entry.name, reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        message = f"ce dossier ne peut pas être lu ({error.strerror or error})"
        stray = Stray("fichier", message, "vérifiez les droits d’accès")
        listing.findings.append(_refused(folder, stray))
        return []
    return [(f"{folder}/{entry.name}", entry) for entry in found if not entry.name.startswith((".", "~$"))]


def _unsayable(name: str) -> Stray | None:
    """Why a name can be neither kept nor shown as it is."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return NOT_TEXT
    return CONTROL if _CONTROL.search(name) else None


def _shown(path: str) -> str:
    r"""A path as it can be shown: its bytes that are no text as `\xe9`, a line end as `\n`."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda control: ascii(control[0])[1:-1], text)
