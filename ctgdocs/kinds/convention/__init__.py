"""Conventions: the CTG, its avenants, and the conventions of financing or partnership around it."""

from ctgdocs.kind import Kind

KIND = Kind(
    name="convention",
    shelf="conventions",
    label="convention",
    plural="conventions",
    package=__name__,
    feminine=True,
)
