"""The délibération: from the projet laid before a commission to the act made executory."""

from ctgdocs.kind import Kind

KIND = Kind(
    name="deliberation",
    shelf="deliberations",
    label="délibération",
    plural="délibérations",
    package=__name__,
    feminine=True,
    later=("dossier", "seance", "vote", "transmission", "publication"),
)
