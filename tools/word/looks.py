"""The two looks of the chartes we ship. Sizes in points, margins in millimetres, colours RRGGBB."""

from __future__ import annotations

from dataclasses import dataclass

from tools.word.package import W


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


_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def fonts(look: Look) -> str:
    families = {"Calibri": "swiss", "Cambria": "roman", "Arial": "swiss", "Courier New": "modern"}
    names = dict.fromkeys((look.text_font, look.title_font, "Courier New"))
    rows = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{families[name]}"/></w:font>'
        for name in names
    )
    return f"<w:fonts {W}>{rows}</w:fonts>"


def theme(look: Look) -> str:
    """The colours and fonts that Word offers to whoever goes on writing in the document."""
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": look.ink, "lt2": look.pale, "accent1": look.ink,
        "accent2": look.accent, "accent3": look.rule, "accent4": look.grey, "accent5": "7F7F7F",
        "accent6": "A6A6A6", "hlink": look.ink, "folHlink": look.grey,
    }  # fmt: skip
    scheme = "".join(f'<a:{key}><a:srgbClr val="{code}"/></a:{key}>' for key, code in colours.items())
    blank = '<a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {_A} name="{look.name}"><a:themeElements>'
        f'<a:clrScheme name="{look.name}">{scheme}</a:clrScheme><a:fontScheme name="{look.name}">'
        f'<a:majorFont><a:latin typeface="{look.title_font}"/>{blank}</a:majorFont>'
        f'<a:minorFont><a:latin typeface="{look.text_font}"/>{blank}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{look.name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
