"""Arrêtés and décisions: the acts the executive signs alone."""

from ctgdocs.kind import Kind

KIND = Kind(
    name="arrete",
    shelf="arretes",
    label="arrêté",
    plural="arrêtés",
    package=__name__,
    later=("date", "transmission", "publication", "notification"),
)
