# ruff: noqa: E501 - one part of a file a line
"""Small healthy files (content, text, CSV, Word, Excel, ODS, PDF), and the damage that is made of them: bytes, XML
attributes and texts, encodings, the zip itself."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

TYPES = (
    f'<Types xmlns="{P}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)
RELS = f'<Relationships xmlns="{P}/relationships">{{}}</Relationships>'
REL = f'<Relationship Id="rId{{}}" Type="{R}/{{}}" Target="{{}}"/>'
WORD = {
    "[Content_Types].xml": TYPES.format("word/document.xml", "wordprocessingml.document").replace(
        "</Types>",
        "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.{part}+xml"/>'
            for part in ("styles", "numbering")
        )
        + "</Types>",
    ),
    "_rels/.rels": RELS.format(REL.format(1, "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": RELS.format(
        REL.format(1, "styles", "styles.xml") + REL.format(2, "numbering", "numbering.xml")
    ),
    "word/document.xml": f'<w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="Titre1"/><w:numPr><w:ilvl '
    'w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Objet : {{ objet }}</w:t></w:r></w:p><w:p>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar '
    'w:fldCharType="end"/></w:r><w:ins w:id="4" w:author="A" w:date="2026-01-02T00:00:00Z"><w:r><w:t>ajout</w:t>'
    '</w:r></w:ins></w:p><w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol '
    'w:w="4000"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1"/></w:tcPr><w:p><w:r><w:t>{% if x %}a'
    "{% endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>"
    "</w:body></w:document>",
    "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:sz w:val="28"/></w:rPr></w:style></w:styles>',
    "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start '
    'w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="0"/></w:num></w:numbering>',
}  # fmt: skip
BOOK = {
    "[Content_Types].xml": TYPES.format("xl/workbook.xml", "spreadsheetml.sheet").replace(
        "</Types>",
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.worksheet+xml"/></Types>',
    ),
    "_rels/.rels": RELS.format(REL.format(1, "officeDocument", "xl/workbook.xml")),
    "xl/_rels/workbook.xml.rels": RELS.format(REL.format(1, "worksheet", "worksheets/sheet1.xml")),
    "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="F" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>",
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    'Poste</t></is></c><c r="B1"><v>1200.5</v></c></row></sheetData></worksheet>',
}  # fmt: skip
CONTENT = """objet: Convention territoriale globale
seance: 2026-09-24
visas: [cgct-l2121-29, "Vu l’avis du 3 septembre"]
vote: {pour: 12, contre: [roy-jean]}
budget:
  - {poste: Animation, montant: 12 000 €}
articles:
  - La convention est approuvée.
"""
TEXT = "# Missions\n\n- Animer le réseau\n  - [site](https://e.example)\n\n**Profil** : autonomie # fin\n"
CONVENTION = """CONVENTION TERRITORIALE GLOBALE 2021-2024
Entre la Communauté de communes du Val, représentée par Mme Anne Petit, présidente,
et la Caisse d’allocations familiales de Sarre, représentée par M. Luc Roy, directeur,
Article 1 – Objet
La présente convention définit le projet.
Article 2 – Durée
Elle prend effet le 1er janvier 2021 et finit le 31 décembre 2024 (voir l’article 1).
Axe 1 : Petite enfance
Action 1.1 : Ouvrir un relais ; pilote : le service ; échéance : 2022 ; coût : 12 000 €
Fait à Val, le 3 mars 2021
"""
ACT = """EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
Séance du 12 mars 2021 – Délibération n° 2021-012
Étaient présents : MM. Roy, Petit ; Mme Anne Durand. Absents excusés : M. Lopez, pouvoir à Mme Durand
Objet : Convention avec la Caf
Vu le code général des collectivités territoriales, notamment l’article L. 5211-1,
Considérant que la convention finit,
Le conseil, après en avoir délibéré, décide à l’unanimité :
Article 1er : d’approuver la convention
"""
MEMBERS = "Nom;Prénom;Civilité;Fonction;Courriel\nROY;Jean;M.;Maire;j.roy@val.example\nPETIT;Anne;Mme;1re adjointe;\n"
TABLE = "Poste;Montant;Part\nAnimation;12 000,50;40 %\nTotal;12 000,50;\n"
ORDER = """ARRÊTÉ N° AR-2025-014
Portant nomination d’un régisseur
Le président du syndicat,
Vu le code général des collectivités territoriales,
ARRÊTE
Article 1 : Mme Zoé Blanc est nommée régisseuse.
Fait au siège, le 2 avril 2025
"""
PRESENT = """Présences au conseil communautaire;;;
Nom et prénom;24/09/2026;12/11/2026;
DURAND Claire;P;P;
ROY Jean;E;Pouvoir à DURAND Claire;
"""
POST = (
    "Fiche de poste\n\nMissions\n- Animer le réseau\nProfil\n- Autonomie\nRelations fonctionnelles : la Caf\n"
)
OFFER = "Offre d’emploi n° O-2026-12\n\nMissions\n- Animer le réseau\nProfil\n- Autonomie\nRémunération : statutaire\n"
MONEY = "Dépenses;Montant HT;Recettes;Montant\nAnimation;12 000,50;Caf;8 000\nTotal;12 000,50;Total;8 000\n"
ODS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table '
    'table:name="F"><table:table-row table:number-rows-repeated="1"><table:table-cell '
    'table:number-columns-repeated="2" office:value-type="string"><text:p>Nom</text:p></table:table-cell>'
    '</table:table-row><table:table-row><table:table-cell office:value-type="float" office:value="1200.5">'
    "<text:p>1200,5</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"
    "</office:body></office:document-content>",
}
PDF = """%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 236>> stream
BT /F 12 Tf 72 760 Td 14 TL (Article 1 - Objet) Tj T* (Le conseil decide d'approuver la convention avec la) Tj T*
(Caf pour quatre ans.) Tj T* (- Animer le reseau) Tj ET
72 600 m 500 600 l S 72 580 m 500 580 l S 72 560 400 40 re S
BT /F 10 Tf 80 585 Td (Poste) Tj 200 0 Td (1 200) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""
ODD = (
    "", "²", "٣", "-1", "9" * 400, "1e400", "NaN", "0x10", "true", "\u0000", "\ud800", "é", "<", "&", "{{", "%}",
    "«", "&#0;", "../../x", "file:///x", "\u202e", "rId1", " ", "DDEAUTO x", "A1:ZZZ99999999", "2026-99-99", "[" * 60,
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-32", "cp1252", "cp500", "utf-7", "latin-1")
_VALUE = re.compile(r'"[^"]*"|>[^<]+<')


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


@cache
def healthy(word: bool) -> bytes:
    """The file in which nothing was changed."""
    return zipped({name: part.encode() for name, part in (WORD if word else BOOK).items()})


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, cut, doubled or zeroed."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 1, 2, 8, 60))
        match chance.randrange(4):
            case 0:
                out[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length]
            case _:
                out[at : at + length] = bytes(length)
    return bytes(out)


def _text_changed(text: str, chance: random.Random) -> bytes:
    """An odd piece put somewhere, or the whole in an encoding that no program writes."""
    at = chance.randrange(len(text) + 1)
    text = (
        text[:at] + chance.choice(ODD) * chance.choice((1, 1, 50)) + text[at + chance.choice((0, 0, 1, 9)) :]
    )
    encoding = chance.choice(ENCODINGS) if chance.random() < 0.2 else "utf-8"
    return text.encode(encoding, "replace")


def _part_changed(part: str, chance: random.Random) -> bytes:
    """A value of an XML part made odd, a piece left out, or its encoding changed."""
    places = [*_VALUE.finditer(part)]
    if not places:
        return _text_changed(part, chance)
    place = chance.choice(places)
    inside = chance.choice(ODD).replace("<", "&lt;") if chance.random() < 0.7 else chance.choice(ODD)
    match chance.randrange(5):
        case 0 | 1 | 2:
            part = part[: place.start() + 1] + inside + part[place.end() - 1 :]
        case 3:
            other = chance.choice(places)
            part = part[: place.start()] + part[max(place.start(), other.start()) :]
        case _:
            encoding = chance.choice(ENCODINGS)
            return f'<?xml version="1.0" encoding="{encoding}"?>{part}'.encode(
                chance.choice((encoding, "utf-8")), "replace"
            )
    return part.encode("utf-8", "replace")


def package_changed(parts: dict[str, str], chance: random.Random) -> bytes:
    made = {name: part.encode() for name, part in parts.items()}
    if chance.random() < 0.3:
        return _bytes_changed(zipped(made), chance)
    for _ in range(chance.randint(1, 2)):
        name = chance.choice([*parts])
        made[name] = _part_changed(parts[name], chance)
    if chance.random() < 0.1:
        del made[chance.choice([*made])]
    return zipped(made)


def damaged_word(chance: random.Random) -> bytes:
    return package_changed(WORD, chance)


def damaged_book(chance: random.Random) -> bytes:
    return package_changed(BOOK, chance)


def typed(text: str) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        return _bytes_changed(text.encode(), chance) if chance.random() < 0.4 else _text_changed(text, chance)

    return made
