"""A document says who made it, and whether anyone has touched it since."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from blank import blank
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.templates import Template
from ctgdocs.word import Mark, mark_of, marked, read, words_of

MARK = Mark("deliberations/2026-045", "sorties/deliberations/2026-045-énoncé.docx")


def a_document(text: str = "Vu le code") -> bytes:
    document, data = blank(), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


def changed(document: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with another part of that name."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(data, "w") as after:
        for part in before.infolist():
            found = before.read(part)
            after.writestr(part.filename, change(found) if part.filename == name else found)
    return data.getvalue()


def test_a_marked_document_gives_its_mark_back() -> None:
    assert mark_of(marked(a_document(), MARK)) == MARK
    assert mark_of(a_document()) is None


def test_the_mark_is_the_same_bytes_every_time_and_changes_no_word() -> None:
    document = a_document()
    once = marked(document, MARK)

    assert marked(document, MARK) == once
    assert marked(once, MARK) == once
    before, after = read(document), read(once)
    assert {n: p for n, p in after.items() if n.startswith("word/")} == {
        n: p for n, p in before.items() if n.startswith("word/")
    }


def test_a_document_marked_again_says_the_last_mark_only() -> None:
    again = marked(marked(a_document(), MARK), Mark("notes/n1", "sorties/n1.docx"))

    assert mark_of(again) == Mark("notes/n1", "sorties/n1.docx")
    assert read(again)["docProps/custom.xml"].count(b"ctgdocs.origine") == 1


def test_a_rendered_document_is_the_one_that_would_be_marked(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_bytes(a_document("{{ x }}"))
    template = Template.load(tmp_path / "t.docx")

    document = template.render({"x": "é"}, mark=MARK)

    assert mark_of(document) == MARK
    assert mark_of(template.render({"x": "è"}, mark=MARK)) == MARK
    assert mark_of(template.render({"x": "é"})) is None
    assert docx.Document(io.BytesIO(document)).paragraphs[0].text == "é"


def test_what_an_office_suite_writes_breaks_the_fingerprint_and_keeps_the_origin() -> None:
    document = docx.Document(io.BytesIO(marked(a_document(), MARK)))
    document.add_paragraph("ajouté")
    data = io.BytesIO()
    document.save(data)

    assert mark_of(data.getvalue()) == MARK._replace(intact=False)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/settings.xml"])
def test_one_letter_of_any_part_breaks_it(part: str) -> None:
    document = marked(a_document(), MARK)

    assert mark_of(changed(document, part, lambda xml: xml + b"\n")) == MARK._replace(intact=False)


def test_a_no_break_hyphen_is_read_as_a_hyphen() -> None:
    element = b"2027</w:t><w:noBreakHyphen/><w:t>2031"
    signs = a_document("CTG 2027\u20112031")
    elements = changed(a_document("CTG XX"), "word/document.xml", lambda xml: xml.replace(b"XX", element))

    assert words_of(signs) == words_of(elements) == ["CTG 2027-2031"]


def test_the_title_in_the_properties_is_not_the_document() -> None:
    document = marked(a_document(), MARK)

    assert mark_of(changed(document, "docProps/core.xml", lambda xml: xml + b"\n")) == MARK


def test_the_properties_that_the_author_gave_are_kept() -> None:
    ours = read(marked(a_document(), MARK))["docProps/custom.xml"].decode()
    theirs = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Service">'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        "Enfance</vt:lpwstr></property>"
    )
    with_theirs = changed(
        marked(a_document(), MARK),
        "docProps/custom.xml",
        lambda _xml: ours.replace("</Properties>", f"{theirs}</Properties>").encode(),
    )

    custom = read(marked(with_theirs, MARK._replace(origin="notes/n1")))["docProps/custom.xml"].decode()

    assert "Enfance" in custom
    assert 'pid="7"' in custom
    assert custom.count("pid=") == len({*custom.split("pid=")[1:]}) == 4
    assert mark_of(marked(with_theirs, MARK)) == MARK


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_can_stand_in_a_mark(origin: str, place: str) -> None:
    document = marked(a_document(), Mark(origin, place))

    found = mark_of(document)

    assert found is not None
    assert found.intact
    if (origin + place).isprintable():
        assert found == Mark(origin, place)


@pytest.mark.parametrize("data", [b"", b"PK", b"pas un document", b"PK\x03\x04" + bytes(60)])
def test_what_is_no_word_file_says_nothing(data: bytes) -> None:
    assert mark_of(data) is None


@settings(deadline=None)
@given(st.integers(0, 40_000), st.integers(1, 255))
def test_a_spoilt_document_is_no_exception(at: int, flip: int) -> None:
    data = bytearray(marked(a_document(), MARK))
    data[at % len(data)] ^= flip

    assert mark_of(bytes(data)) is None or mark_of(bytes(data)).origin  # type: ignore[union-attr]
