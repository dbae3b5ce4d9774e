"""The workspace: where it starts, where its folders are, which content files it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ctgdocs.findings import UsageError

LANDMARK = "content/collectivite.yaml"
YAML_SUFFIXES = (".yaml", ".yml")


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
            if (folder / LANDMARK).is_file():
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

    def content_files(
        self, folder: str = "content", suffixes: tuple[str, ...] = YAML_SUFFIXES
    ) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """The content files of a folder (posix, from the root), sorted, sub-folders included, as (path from
        the root, directory entry whose `stat()` is cached).

        Hidden files and folders (`.schemas`), Word's lock files (`~$…`) and links that leave the workspace
        are not content.
        """
        try:
            with os.scandir(f"{self.root}/{folder}") as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in entries:
            name = entry.name
            if name.startswith((".", "~$")) or (entry.is_symlink() and not self.holds(entry.path)):
                continue
            path = f"{folder}/{name}"
            if entry.is_dir():
                if not entry.is_symlink():  # a linked folder could loop
                    yield from self.content_files(path, suffixes)
            elif name.lower().endswith(suffixes) and entry.is_file():
                yield path, entry
