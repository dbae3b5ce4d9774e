"""Writes the JSON Schemas of this workspace (content/.schemas) after a content type has changed."""

from __future__ import annotations

from pathlib import Path

from ctgdocs.content.validation import write_schemas
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import REGISTRES

if __name__ == "__main__":
    every = (*REGISTRES, *(kind.registry for kind in KINDS))
    for path in write_schemas(Project(Path(__file__).resolve().parents[1]), every):
        print(path)
