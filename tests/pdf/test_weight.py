"""A received PDF is read, or refused with a sentence before it is unpacked: whatever it would unpack to."""

import zlib

import pytest

from ctgdocs.findings import CtgdocsError
from ctgdocs.pdf import PdfLine, parts_of_pdf

WORDS = b"BT /F 12 Tf 72 700 Td (Les communes approuvent la convention) Tj ET "


def pdf(*streams: tuple[str, bytes], pages: int = 1) -> bytes:
    """`pages` pages that draw the first stream, numbered 10; the next ones are 11, 12…, each named /X there
    and in what draws it."""
    kids = " ".join(f"{100 + at} 0 R" for at in range(pages))
    said = [
        "%PDF-1.5\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n",
        f"2 0 obj <</Type /Pages /Kids [{kids}] /Count {pages} /Resources {resources(11)}>> endobj\n",
        "5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj\n",
    ]
    for at in range(pages):
        page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 10 0 R>>"
        said.append(f"{100 + at} 0 obj {page} endobj\n")
    data = "".join(said).encode()
    for at, (more, stream) in enumerate(streams, 10):
        head = f"{at} 0 obj <</Length {len(stream)} /Resources {resources(at + 1)} {more}>> stream\n"
        data += head.encode() + stream + b"\nendstream endobj\n"
    return data + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def resources(held: int) -> str:
    return f"<</Font <</F 5 0 R>> /XObject <</X {held} 0 R>>>>"


BLANK = zlib.compress(bytes(65 << 20), 1)
FORM, PACKED = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]", "/Filter /FlateDecode"
LIGHT = {
    "plain": pdf(("", WORDS)),
    "packed": pdf((PACKED, zlib.compress(WORDS))),
    "inherited": pdf(("", b"/X Do "), (FORM, WORDS)),
    "often": pdf(("", b"/X Do " * 20), (FORM, WORDS)),
    "itself": pdf(("", WORDS + b"/X Do "), (FORM, b"/X Do ")).replace(b"/X 12 0", b"/X 11 0"),
    "a picture": pdf(("", WORDS), (f"{PACKED} /Subtype /Image", BLANK)),
    "the word": pdf(("", WORDS + b" stream\n" * 100)),
    "otherwise": pdf(("/Filter [/ASCIIHexDecode]", WORDS.hex().encode() + b">")),
}
HEAVY = {
    "ten levels of ten": pdf(("", b"/X Do " * 10), *[(FORM, b"/X Do " * 10)] * 9, (FORM, WORDS)),
    "of another name": pdf(("", b"/#58 Do " * 10), *[(FORM, b"/#58 Do " * 10)] * 9, (FORM, WORDS)),
    "blanks": pdf((PACKED, BLANK)),
    "a directory": pdf(("", WORDS), (f"{PACKED} /Type /ObjStm /N 1 /First 9", BLANK)),
    "a page": pdf((PACKED, zlib.compress(WORDS * 50_000))),
    "pages": pdf((PACKED, zlib.compress(WORDS * 2_000)), pages=399),
    "letters": pdf(("", b"BT /F 9 Tf (a) Tj " + b"(a)Tj " * 150_000 + b"ET")),
    "otherwise": pdf(("/Filter /LZWDecode", bytes(200_000))),
    "beginnings": pdf(("", b"stream\n" * 201_000)),
    "too many": pdf(("", WORDS), pages=401),
}


@pytest.mark.parametrize("name", LIGHT)
def test_what_a_document_may_hold_is_read(name: str) -> None:
    parts, _ = parts_of_pdf(LIGHT[name])
    texts = {part.text for part in parts if isinstance(part, PdfLine)}
    assert {text.startswith("Les communes") for text in texts} == {True}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_unpack_beyond_reason_is_a_sentence(name: str) -> None:
    with pytest.raises(CtgdocsError, match=r"trop l(ourd|ong)|plus de 400 pages"):
        parts_of_pdf(HEAVY[name])
