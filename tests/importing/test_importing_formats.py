"""Every format that a convention comes in: the same text; what cannot be read, said in one sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conventions import Habit, a_convention

from ctgdocs.content.spelling import Scalar
from ctgdocs.findings import CtgdocsError, Stopped, UsageError
from ctgdocs.importing import document
from ctgdocs.importing.document import opened
from ctgdocs.kinds.convention.from_fiches import read_sheets
from ctgdocs.kinds.convention.from_plan import Plan
from ctgdocs.kinds.convention.from_word import recognise

LINES = (
    "CONVENTION DE PARTENARIAT",
    "Article 1 : Objet",
    "La commune de Sauvadou soutient le projet du Fournil partagé et lui ouvre l’ancien",
    "fournil communal, du lundi au samedi, pendant toute la durée de la présente",
    "convention.",
    "Elle en assure l’entretien.",
    "Article 2 : Durée",
)


def a_pdf(*pages: tuple[str, ...]) -> bytes:
    """A PDF of plain lines, each drawn on its own."""
    return pdf_of(
        *(b"".join(written(40, 800 - 14 * at, line) for at, line in enumerate(lines)) for lines in pages)
    )


def written(x: float, y: float, line: str) -> bytes:
    """The drawing of a text, whose signs are 5.4 points wide."""
    return b"BT /F1 9 Tf %.1f %.1f Td (%s) Tj ET\n" % (x, y, _escaped(line))


def pdf_of(*drawings: bytes) -> bytes:
    """A PDF of these pages, in one font."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    kids = []
    for drawn in drawings:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + end


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def test_the_text_of_a_pdf_is_joined_as_its_page_was_cut() -> None:
    later = (("Elle prend fin le 31 mars.", "Chacun le sait."), ("Fait à Sauvadou.", "Le maire."))
    pages = [(f"Paraphes – page {at}", *lines) for at, lines in enumerate((LINES, *later), start=1)]
    read = opened("signee.pdf", a_pdf(*pages))
    assert [para.text for para in read.blocks] == [
        "CONVENTION DE PARTENARIAT",
        "Article 1 : Objet",
        "La commune de Sauvadou soutient le projet du Fournil partagé et lui ouvre l’ancien fournil "
        "communal, du lundi "
        "au samedi, pendant toute la durée de la présente convention.",
        "Elle en assure l’entretien.",
        "Article 2 : Durée",
        *later[0],
        *later[1],
    ]
    assert read.around == (("page", "Paraphes – page 1"),)


def test_a_scan_says_that_it_is_one() -> None:
    with pytest.raises(CtgdocsError, match="est une image : un scan, sans texte"):
        opened("scan.pdf", a_pdf(("",), ("",)))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("abime.pdf", b"%PDF-1.7 ...", "pas un PDF lisible"),
        ("vide.txt", b" \r\n\t", "est vide"),
        ("ancien.docx", b"", "pas un document Word lisible"),
        ("chiffre.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "protégé par un mot de passe"),
        ("registre.txt", b"Article 1\n\n" * 10_001, "trop long : 10 000 paragraphes"),
        ("recueil.txt", b"Le texte. " * 50_001, "trop long : 500 000 signes"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(CtgdocsError, match=said):
        opened(name, data)


def test_an_old_format_passes_through_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def converted(data: bytes, suffix: str, wanted: str) -> bytes | None:
        asked.append((suffix, wanted))
        return a_convention(Habit()) if data == b"old" else None

    monkeypatch.setattr(document, "converted", converted)
    assert recognise(opened("ancienne.doc", b"old")) > 0.8
    assert recognise(opened("ancienne.odt", b"old")) > 0.8
    assert asked == [(".doc", ".docx"), (".odt", ".docx")]
    with pytest.raises(CtgdocsError, match="ne s’ouvre pas dans LibreOffice"):
        opened("abimee.odt", b"?")


def test_without_libreoffice_an_old_format_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CTGDOCS_LIBREOFFICE", str(tmp_path / "absent"))
    with pytest.raises(UsageError, match=r"se lit avec LibreOffice.*enregistrez le fichier au format \.docx"):
        opened("ancienne.odt", b"old")


def test_a_word_file_with_macros_is_read_without_them() -> None:
    assert (
        opened("ancienne.docm", a_convention(Habit())).words == opened("a.docx", a_convention(Habit())).words
    )


CELL = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
ROWS = (("Axe", "Action", "Pilote", "Coût"), ("Jeunesse", "Ouvrir un local", "Sauvadou", "18 000,00 €"))
BODY = "".join(f"<table:table-row>{''.join(map(CELL.format, row))}</table:table-row>" for row in ROWS)
ODS = f"""<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<table:table table:name="Plan"><table:table-row>
<table:table-cell table:number-columns-spanned="4"><text:p>PLAN</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>{BODY}
<table:table-row table:number-rows-repeated="1048570">
<table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table></office:body></office:document-content>"""


def an_ods(content: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return buffer.getvalue()


def test_an_opendocument_workbook_gives_its_actions() -> None:
    plan = Plan()
    assert read_sheets(plan, "plan.ods", opened("plan.ods", an_ods(ODS)).sheets)
    assert [axis for axis, _ in plan.axes] == ["Jeunesse"]
    assert plan.axes[0][1] == [
        {"titre": Scalar("Ouvrir un local"), "pilote": Scalar("Sauvadou"), "cout": Scalar("18 000,00 €")}
    ]


@pytest.mark.parametrize("data", [b"PK", an_ods("<!DOCTYPE x [<!ENTITY a 'b'>]><a/>"), an_ods("<a>")])
def test_a_damaged_opendocument_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Stopped, match="pas un classeur lisible"):
        opened("plan.ods", data).sheets  # noqa: B018
