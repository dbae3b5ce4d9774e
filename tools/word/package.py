"""A .docx written by hand: the parts Word asks for, in a fixed order and with fixed dates.

Only the standard library: the bytes depend on nothing but the text given here, so a test can build the
templates again and compare.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EPOCH = (1980, 1, 1, 0, 0, 0)

_TYPES = {
    "word/document.xml": _MAIN + "document.main+xml",
    "word/styles.xml": _MAIN + "styles+xml",
    "word/settings.xml": _MAIN + "settings+xml",
    "word/fontTable.xml": _MAIN + "fontTable+xml",
    "word/numbering.xml": _MAIN + "numbering+xml",
    "word/footnotes.xml": _MAIN + "footnotes+xml",
    "word/header1.xml": _MAIN + "header+xml",
    "word/header2.xml": _MAIN + "header+xml",
    "word/footer1.xml": _MAIN + "footer+xml",
    "word/footer2.xml": _MAIN + "footer+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_RELATIONS = {
    "rIdStyles": ("styles", "styles.xml"),
    "rIdSettings": ("settings", "settings.xml"),
    "rIdFonts": ("fontTable", "fontTable.xml"),
    "rIdNumbering": ("numbering", "numbering.xml"),
    "rIdNotes": ("footnotes", "footnotes.xml"),
    "rIdTheme": ("theme", "theme/theme1.xml"),
    "rIdHeader": ("header", "header1.xml"),
    "rIdHeaderFirst": ("header", "header2.xml"),
    "rIdFooter": ("footer", "footer1.xml"),
    "rIdFooterFirst": ("footer", "footer2.xml"),
}

Parts = dict[str, bytes]
"""Part name → its bytes."""


@dataclass(slots=True)
class WordFile:
    """The variable parts of one template, as XML text without its declaration."""

    title: str
    document: str
    styles: str
    numbering: str
    theme: str
    fonts: str
    header: str
    header_first: str
    footer: str
    footer_first: str
    images: Parts = field(default_factory=dict)
    """File name under word/media → bytes. Every header may show them, as `rId_<stem>`."""

    def parts(self) -> Parts:
        """Part name → bytes, in the order of the package."""
        text = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": _relationships(
                {
                    "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                    "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                    "rId3": (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
                }
            ),
            "docProps/app.xml": _APP,
            "docProps/core.xml": _CORE.format(title=escape(self.title)),
            "word/_rels/document.xml.rels": _relationships(
                {key: (f"{_OFFICE}/{kind}", target) for key, (kind, target) in _RELATIONS.items()}
            ),
            "word/document.xml": self.document,
            "word/fontTable.xml": self.fonts,
            "word/footer1.xml": self.footer,
            "word/footer2.xml": self.footer_first,
            "word/footnotes.xml": _FOOTNOTES,
            "word/header1.xml": self.header,
            "word/header2.xml": self.header_first,
            "word/numbering.xml": self.numbering,
            "word/settings.xml": _SETTINGS,
            "word/styles.xml": self.styles,
            "word/theme/theme1.xml": self.theme,
        }
        if self.images:
            images = {
                f"rId_{Path(name).stem}": (f"{_OFFICE}/image", f"media/{name}")
                for name in sorted(self.images)
            }
            text["word/_rels/header2.xml.rels"] = _relationships(images)
        parts = {name: (_HEAD + xml).encode() for name, xml in text.items()}
        return parts | {f"word/media/{name}": data for name, data in sorted(self.images.items())}

    def _content_types(self) -> str:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in sorted(_TYPES.items())
        )
        return (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="png" ContentType="image/png"/>'
            f'<Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        )


def zipped(parts: Parts) -> bytes:
    """The package's bytes: same parts, same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


_APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>ctgdocs</Application></Properties>"
)

_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>ctgdocs</dc:creator><dc:language>fr-FR</dc:language>"
    "</cp:coreProperties>"
)

_SETTINGS = (
    f"<w:settings {W}>"
    '<w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="709"/><w:hyphenationZone w:val="425"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    "<w:compat><w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/>'
    "</w:compat>"
    '<w:themeFontLang w:val="fr-FR"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    "</w:settings>"
)

_FOOTNOTES = (
    f"<w:footnotes {W}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    "</w:footnotes>"
)
