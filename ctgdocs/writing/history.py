"""What becomes of a document that someone edited by hand."""

from __future__ import annotations

import os
from pathlib import Path

from ctgdocs.writing.atomic import force_folder, write_file

DIGITS = 12


def new_version_name(output: str, number: int = 1) -> str:
    """Where the new version goes when the output was edited by hand.

    >>> new_version_name("sorties/deliberations/2026-045.docx")
    'sorties/deliberations/2026-045 (nouvelle version).docx'
    """
    stem, dot, suffix = output.rpartition(".")
    mark = "(nouvelle version)" if number == 1 else f"(nouvelle version {number})"
    return f"{stem} {mark}{dot}{suffix}" if dot else f"{output} {mark}"


def keep_in_history(edited: Path, history: Path, digest: str) -> Path:
    """Files an edited document under `history`, named by its content, never by the clock; the document itself
    stays where it is until it is replaced. Raises WritingError when it cannot be kept."""
    kept = history / f"{edited.stem}.{digest[:DIGITS]}{edited.suffix}"
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(edited, kept)
    except OSError:  # a share or a file system without hard links
        import shutil

        write_file(kept, edited.read_bytes())
        shutil.copystat(edited, kept)
    force_folder(kept.parent)
    return kept
