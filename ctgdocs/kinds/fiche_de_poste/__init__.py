"""Fiches de poste and offres d'emploi: two documents of one post, from the same content."""

from ctgdocs.kind import Kind

KIND = Kind(
    name="fiche_de_poste",
    shelf="fiches_de_poste",
    label="fiche de poste",
    plural="fiches de poste",
    package=__name__,
    feminine=True,
    parts=("fiche", "offre"),
)
