"""A damaged file is one sentence that names it, whichever door it comes through; the others go on."""

from __future__ import annotations

import doctest
import io
import struct
import time
import zipfile
from contextlib import suppress
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest
from builders import REPOSITORY, a_project, change, output, outputs
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ctgdocs.cli.main import main
from ctgdocs.content.sheets import read_grid
from ctgdocs.findings import CtgdocsError, Stopped, TemplateError
from ctgdocs.importing.document import opened
from ctgdocs.redline import redline
from ctgdocs.templates import Template
from ctgdocs.word import parts, read, words_of, write

TEMPLATE = REPOSITORY / "templates/deliberations/deliberation.docx"


@cache
def a_document() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def a_workbook() -> bytes:
    book = Workbook()
    book.active.append(["Action", 1200])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spoilt(data: bytes, name: str) -> bytes:
    """The same file with sixty bytes of the stream of a part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name) + info.compress_size // 2
    middle = bytes(byte ^ 0x5A for byte in data[start : start + 60])
    return data[:start] + middle + data[start + 60 :]


def encrypted(data: bytes) -> bytes:
    """The same file, each part of which says that it is encrypted."""
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        pieces = data.split(mark)
        data = mark.join(
            [pieces[0], *(piece[: offset - 4] + b"\1" + piece[offset - 3 :] for piece in pieces[1:])]
        )
    return data


def in_encoding(data: bytes, name: str, encoding: str) -> bytes:
    package = read(data)
    part = package[name].partition(b"?>")[2]
    return write({**package, name: f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + part})


DAMAGED = {
    "spoilt": lambda: spoilt(a_document(), "word/document.xml"),
    "encrypted": lambda: encrypted(a_document()),
    "cut": lambda: a_document()[:-500],
    "without its end": lambda: a_document()[:3000],
    "zeros": lambda: bytes(4000),
    "empty": lambda: b"",
    "an encoding that does not exist": lambda: in_encoding(a_document(), "word/document.xml", "abc"),
    "UTF-7": lambda: in_encoding(a_document(), "word/document.xml", "utf-7"),
    "a size that is none": lambda: (
        a_document().replace(b"PK\1\2", b"PK\1\2", 1)[:-22]
        + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 0xFFFFFFF0, 0xFFFFFFF0, 0)
    ),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_every_door_refuses_it_in_a_sentence(case: str) -> None:
    data = DAMAGED[case]()
    assert words_of(data) == []
    with pytest.raises(TemplateError):
        read(data)
    with pytest.raises(TemplateError):
        Template.load(io.BytesIO(data))
    with pytest.raises(TemplateError):
        Template.load(TEMPLATE, io.BytesIO(data))
    with pytest.raises(TemplateError):
        redline(data, a_document(), author="x", date=date(2026, 1, 1))
    with pytest.raises(CtgdocsError):
        opened("acte.docx", data)


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["xor", "zero", "cut", "double", "swap"])):
            case "xor":
                data[at : at + 1] = bytes(byte ^ draw(st.integers(1, 255)) for byte in data[at : at + 1])
            case "zero":
                data[at : at + 40] = bytes(len(data[at : at + 40]))
            case "cut":
                del data[at : at + draw(st.integers(1, 400))]
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 400))]
            case _:
                data = data[at:] + data[:at]
    return bytes(data)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_a_sentence_or_nothing(data: st.DataObject) -> None:
    hostile = data.draw(mutated(a_document()))
    assert isinstance(words_of(hostile), list)
    for door in (read, partial(opened, "acte.docx")):
        with suppress(CtgdocsError):
            door(hostile)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damaged_workbook_is_refused_or_read(data: st.DataObject) -> None:
    hostile = data.draw(mutated(a_workbook()))
    with suppress(Stopped):
        read_grid("budget.xlsx", hostile)


@pytest.mark.parametrize("number", ["1e400", "9" * 300, "-1e400"])
def test_a_number_without_measure_is_told(number: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>1200</v>", f"<v>{number}</v>".encode()))
    with pytest.raises(Stopped, match=r"« budget\.xlsx », cellule B1 : le nombre est démesuré"):
        read_grid("budget.xlsx", stream.getvalue())


@pytest.mark.parametrize(
    "piece", ["<w:p/>", "<x:p xmlns:x='x'/>", "<w:tr><w:tc><w:p/></w:tc></w:tr>", "<w:r><w:t>a</w:t></w:r>"]
)
def test_what_takes_too_long_to_read_is_refused_before_it_is_read(piece: str) -> None:
    package = read(a_document())
    body = package["word/document.xml"]
    package["word/document.xml"] = body.replace(b"<w:body>", b"<w:body>" + piece.encode() * 150_000)
    long = write(package)
    before = time.process_time()
    with pytest.raises(TemplateError, match="plus de 300 pages"):
        read(long)
    assert time.process_time() - before < 1


def test_attributes_by_the_million_are_refused() -> None:
    package = read(a_document())
    many = b'<w:p a="" b="" c="" d="" e="" f="" g="" h="" i="" j="" k="" l="" m=""/>'
    package["word/styles.xml"] = b"<x>" + many * 100_000 + b"</x>"
    with pytest.raises(TemplateError, match="plus de 300 pages"):
        read(write(package))


@pytest.mark.parametrize(
    ("part", "piece", "said"),
    [
        ("word/document.xml", "<w:p " + " ".join(f'w:a{at}="x"' for at in range(1_001)) + "/>", "démesuré"),
        ("word/document.xml", "<x><w:p>" + "<w:proofErr/>" * 30_001 + "</w:p></x>", "démesuré"),
        ("word/styles.xml", "<x>" + '<w:style w:styleId="a"/>' * 5_001 + "</x>", "plus de 5 000 styles"),
    ],
)
def test_what_is_looked_for_among_too_many_is_refused(part: str, piece: str, said: str) -> None:
    package = read(a_document())
    package[part] = piece.encode()
    with pytest.raises(TemplateError, match=said):
        read(write(package))


def test_doctests() -> None:
    assert doctest.testmod(parts).failed == 0


# --- through the commands -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["spoilt", "encrypted", "cut", "an encoding that does not exist"])
def test_a_damaged_document_of_sorties_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    project = a_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["generer"]) == 0
    damaged = output(project, "2026-045")
    damaged.write_bytes(DAMAGED[case]())
    before = outputs(project)
    change(tmp_path, "content/elus.yaml", "nom: Durand", "nom: Martel")
    capsys.readouterr()

    for command in ("etat", "etat --pourquoi", "generer --a-blanc", "generer"):
        main(command.split())
        said = capsys.readouterr()
        text = (said.out + said.err).replace("\u00a0", " ")
        assert damaged.name in text, command
        assert "pas prévu" not in text, command
    after = outputs(project)
    assert after[project.relative(damaged)] == before[project.relative(damaged)]
    assert sum(after[path] != data for path, data in before.items()) == 2


@pytest.mark.parametrize("case", DAMAGED)
def test_commands_name_the_damaged_file_they_are_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    a_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("abime.docx").write_bytes(DAMAGED[case]())
    for command in ("importer abime.docx", "comparer abime.docx 2026-045", "modeles verifier abime.docx"):
        assert main(command.split()) == 1
        said = capsys.readouterr()
        text = (said.out + said.err).replace("\u00a0", " ")
        assert "pas prévu" not in text, command
        assert "abime.docx" in text, command


def test_a_damaged_charte_is_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    a_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "templates/charte.docx").write_bytes(DAMAGED["an encoding that does not exist"]())
    assert main(["generer"]) == 1
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert "templates/charte.docx" in text
    assert "pas prévu" not in text
