# ruff: noqa: E501 - one part of a file a line
"""Damaged files at every door: whatever comes in, what comes out is a sentence in French.

    python -m tools.fuzz 2000            # as many inputs, from the first seed
    python -m tools.fuzz 200000 7        # from another seed

Each input is a small healthy file (content, text, CSV, Word, Excel) in which something was changed: bytes, XML
attributes and texts, encodings, the zip itself. A door may refuse it with a `CtgdocsError`, or accept it; anything
else is a fault, and so is an input that takes more than two seconds of processor time. The same seed makes the
same inputs.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.content.reading import parse
from ctgdocs.content.sheets import read_grid
from ctgdocs.content.validation import validate
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing import Headings, lines_of, opened
from ctgdocs.importing.reader import Wish
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.redline import redline
from ctgdocs.templates import Template, lint
from ctgdocs.word import mark_of, read, words_of

ROOT = Path(__file__).parents[1]
MOST_SECONDS = 2.0
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
ODD = (
    "", "²", "٣", "-1", "9" * 400, "1e400", "NaN", "0x10", "true", "\u0000", "\ud800", "é", "<", "&", "{{", "%}",
    "«", "&#0;", "../../x", "file:///x", "\u202e", "rId1", " ", "DDEAUTO x", "A1:ZZZ99999999", "2026-99-99", "[" * 60,
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-32", "cp1252", "cp500", "utf-7", "latin-1")
_VALUE = re.compile(r'"[^"]*"|>[^<]+<')


class Fault(NamedTuple):
    """What went wrong: at which door, with which input (its number), what was raised or how long it took."""

    door: str
    number: int
    said: str


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
                chance.choice((encoding, "utf-8"))
            )
    return part.encode("utf-8", "replace")


def _package_changed(parts: dict[str, str], word: bool, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return _bytes_changed(healthy(word), chance)
    made = {name: part.encode() for name, part in parts.items()}
    for _ in range(chance.randint(1, 2)):
        name = chance.choice([*parts])
        made[name] = _part_changed(parts[name], chance)
    if chance.random() < 0.1:
        del made[chance.choice([*made])]
    return zipped(made)


def damaged_word(chance: random.Random) -> bytes:
    return _package_changed(WORD, True, chance)


def _book(chance: random.Random) -> bytes:
    return _package_changed(BOOK, False, chance)


def _typed(text: str) -> Callable[[random.Random], bytes]:
    def made(chance: random.Random) -> bytes:
        return _bytes_changed(text.encode(), chance) if chance.random() < 0.4 else _text_changed(text, chance)

    return made


# --- The doors: each is given the bytes of one file ------------------------------------------------------

_HEADINGS = Headings({"missions": ("Missions",), "profil": ("Profil",)})
_DAY = dt.date(2026, 1, 2)


def _content(data: bytes) -> None:
    source, _ = parse(data, "content/deliberations/2026-045.yaml")
    if source is not None:
        kind = next(kind for kind in KINDS if kind.name == "deliberation")
        validate(source.root, kind.registry.type(), source, (), "deliberation", "2026-045")


def _template(data: bytes) -> None:
    Template.load(data).render({"objet": "CTG", "x": 1})


def _charte(data: bytes) -> None:
    Template.load(healthy(word=True), data).render({"objet": "CTG", "x": 1})


@cache
def _library() -> Library:
    return Library(Project(ROOT), KINDS)


def _brought(name: str) -> Callable[[bytes], None]:
    """The door of `importer`: every reader looks at the file, and proposes what it would make of it."""

    def door(data: bytes) -> None:
        document = opened(name, data)
        for reader in readers_of():
            reader.recognise(document)
            with suppress(CtgdocsError):
                reader.propose(document, _library(), Wish("essai"))

    return door


DOORS: Sequence[tuple[str, int, Callable[[random.Random], bytes], Callable[[bytes], object]]] = (
    # name, how often, how its inputs are made, the door
    ("contenu", 8, _typed(CONTENT), _content),
    ("texte importé", 4, _typed(TEXT), lambda data: lines_of(opened("x.md", data), _HEADINGS)),
    ("tableau csv", 3, _typed(TABLE), lambda data: read_grid("x.csv", data)),
    ("tableau xlsx", 3, _book, lambda data: read_grid("x.xlsx", data)),
    ("fichier Word", 3, damaged_word, read),
    ("mots", 3, damaged_word, words_of),
    ("marque", 2, damaged_word, mark_of),
    ("Word importé", 3, damaged_word, lambda data: lines_of(opened("x.docx", data), _HEADINGS)),
    ("convention reprise", 1, _typed(CONVENTION), _brought("x.txt")),
    ("acte repris", 1, _typed(ACT), _brought("x.txt")),
    ("liste reprise", 1, _typed(MEMBERS), _brought("x.csv")),
    ("Word repris", 1, damaged_word, _brought("x.docx")),
    ("classeur repris", 1, _book, _brought("x.xlsx")),
    ("modèle vérifié", 2, damaged_word, lint),
    ("modèle", 1, damaged_word, _template),
    ("charte", 1, damaged_word, _charte),
    (
        "comparer, ancien",
        2,
        damaged_word,
        lambda data: redline(data, healthy(word=True), author="A", date=_DAY),
    ),
    (
        "comparer, nouveau",
        2,
        damaged_word,
        lambda data: redline(healthy(word=True), data, author="A", date=_DAY),
    ),
)


def faults(inputs: int, seed: int = 1) -> Iterator[Fault]:
    """What goes wrong among so many inputs, dealt to the doors in turn."""
    turns = [door for door in DOORS for _ in range(door[1])]
    for number in range(inputs):
        name, _, make, door = turns[number % len(turns)]
        data = make(random.Random(f"{seed} {number}"))
        before = time.process_time()
        try:
            door(data)
        except CtgdocsError:
            pass
        except Exception:
            yield Fault(name, number, "".join(traceback.format_exc().splitlines(keepends=True)[-5:]))
        if (seconds := time.process_time() - before) > MOST_SECONDS:
            yield Fault(name, number, f"{seconds:.1f} s")


def main(arguments: Sequence[str]) -> int:
    found = 0
    for fault in faults(int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1):
        found += 1
        print(f"{fault.door}, entrée {fault.number} :\n{fault.said}")
    print(f"{arguments[0]} entrées, {found} faute(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
