"""The papers of a meeting: its convocation, its ordre du jour, its attendance sheet, its conclusions."""

from ctgdocs.kind import Kind

CONVOCATION, ORDRE_DU_JOUR, EMARGEMENT, RELEVE = "convocation", "ordre-du-jour", "emargement", "releve"

KIND = Kind(
    name="reunion",
    shelf="reunions",
    label="réunion",
    plural="réunions",
    package=__name__,
    feminine=True,
    parts=(CONVOCATION, ORDRE_DU_JOUR, EMARGEMENT, RELEVE),
)
