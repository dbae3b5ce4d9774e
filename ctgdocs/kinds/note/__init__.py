"""The notes: for a commission, for the assembly (rapport de présentation), for its members (note explicative
de synthèse)."""

from ctgdocs.kind import Kind

KIND = Kind(
    name="note",
    shelf="notes",
    label="note",
    plural="notes",
    package=__name__,
    feminine=True,
)
