"""The two looks of the chartes we ship. Sizes in points, margins in millimetres, colours RRGGBB."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    text_font: str
    title_font: str
    size: float
    ink: str
    """Titles and rules."""
    accent: str
    pale: str
    """Background of the objet and of table headers."""
    rule: str
    """Thin lines."""
    grey: str
    """Small print; at least 4.5:1 on white."""
    margins: tuple[float, float, float, float]
    """Top, right, bottom, left."""
    centred: bool
    justified: bool
    logo: str
    """File of tools/images."""


SOBRE = Look(
    name="sobre",
    text_font="Calibri",
    title_font="Cambria",
    size=10.5,
    ink="1F3A5F",
    accent="8C6D1F",
    pale="EEF3F8",
    rule="9FB2C8",
    grey="4A5563",
    margins=(20, 22, 20, 22),
    centred=True,
    justified=True,
    logo="logo-sobre.png",
)

MODERNE = Look(
    name="moderne",
    text_font="Arial",
    title_font="Arial",
    size=9.5,
    ink="1E5B45",
    accent="A85F0C",
    pale="EDF4EC",
    rule="A9C79A",
    grey="4B4B4B",
    margins=(18, 20, 20, 26),
    centred=False,
    justified=False,
    logo="logo-moderne.png",
)

LOOKS = (SOBRE, MODERNE)
