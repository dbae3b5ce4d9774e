"""What cannot be read back is said in a sentence, and nothing is written."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from as_in_word import (
    the_paragraph,
    w,
)
from hands import (
    PATH,
    Hand,
    Ran,
    by_hand,
    digest_of,
    replaced,
    says,
)
from lxml import etree

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.readback import read_back


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "n’est pas un document Word qui se lit"),
        (b"PK\x03\x04 abime", "n’est pas un document Word qui se lit"),
        (b"<html>", "n’est pas un document Word qui se lit"),
    ],
)
def test_what_is_no_document_of_ours_is_said(project: Project, data: bytes, said: str) -> None:
    stranger = project.root / "courrier.docx"
    stranger.write_bytes(data)

    with pytest.raises(UsageError, match=said):
        read_back(project, KINDS, str(stranger))


def with_origin(data: bytes, origin: str) -> bytes:
    """The document as another workspace would have marked it."""
    return replaced(data, "docProps/custom.xml", lambda xml: re.sub(r"deliberations/[\w-]+", origin, xml))


def bomb(xml: str) -> str:
    entities = "".join(
        f'<!ENTITY {name} "&{of};&{of};&{of};">' for name, of in zip("bcdef", "abcde", strict=True)
    )
    return f'<!DOCTYPE w [<!ENTITY a "boum">{entities}]>' + xml.replace("multi-accueil", "&f;")


REFUSED = {
    "d’un autre espace": (
        lambda data: with_origin(data, "deliberations/2019-001"),
        "vient d’un autre espace",
    ),
    "étranger": (lambda data: replaced(data, "word/document.xml", emptied), "presque rien de commun"),
    "d’un autre acte": (
        lambda data: replaced(data, "word/document.xml", of_another),
        "presque rien de commun",
    ),
    "abîmé": (lambda data: data[: len(data) // 2], "n’est pas un document Word qui se lit"),
    "coupé": (lambda data: replaced(data, "word/document.xml", lambda xml: xml[:900]), "Word"),
    "bombe": (lambda data: replaced(data, "word/document.xml", bomb), "Word"),
    "vide": (lambda data: b"", "n’est pas un document Word qui se lit"),
}


def of_another(xml: str) -> str:
    """A page of the house whose fields are another act's: it shares its heading and its formulas."""
    xml = re.sub("_ctg[0-9a-f]{4}", "_ctgffff", xml)
    return re.sub("(?<=>)[^<>]{12,}(?=</w:t>)", "Le conseil a pris connaissance du bail de la salle.", xml)


def emptied(xml: str) -> str:
    """A page that has nothing of ours."""
    other = "<w:p><w:r><w:t>Un tout autre courrier, sans rien de nos actes.</w:t></w:r></w:p>"
    return re.sub(r"<w:body>.*?(<w:sectPr(?!.*<w:sectPr))", rf"<w:body>{other * 40}\1", xml, flags=re.S)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_back_is_said_in_one_sentence_and_nothing_is_written(
    project: Project, ran: Ran, name: str
) -> None:
    spoil, why = REFUSED[name]
    hers = project.root / "retour.docx"
    hers.write_bytes(spoil(by_hand(project, says("multi-accueil", "huit", "neuf")).read_bytes()))
    mine, before = hers.read_bytes(), digest_of(project)

    said = ran("reprendre", str(hers), code=2)

    assert said.startswith("Erreur : « ")
    assert said.count("\n") == 1
    assert why in said
    assert (digest_of(project), hers.read_bytes()) == (before, mine)


HOSTILE = {
    "insertions": lambda root: tracked(root, 3000),
    "a field": lambda root: field(root, "DDEAUTO c:\\\\x"),
    "a picture elsewhere": lambda root: field(root, 'INCLUDEPICTURE "http://e.example/x.png" \\d'),
    "depth": lambda root: nested(root, 200),
    "length": lambda root: root[0].extend([etree.SubElement(root[0], w("p")) for _ in range(60_000)]),
}


def field(root: etree._Element, code: str) -> None:
    simple = etree.SubElement(the_paragraph(root, "multi-accueil"), w("fldSimple"))
    simple.set(w("instr"), code)


def tracked(root: etree._Element, many: int) -> None:
    paragraph = the_paragraph(root, "multi-accueil")
    for number in range(many):
        new = etree.SubElement(paragraph, w("ins"))
        new.set(w("author"), f"A{number}")
        etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = "x "


def nested(root: etree._Element, depth: int) -> None:
    place = root[0]
    for _ in range(depth):
        place = etree.SubElement(etree.SubElement(etree.SubElement(place, w("tbl")), w("tr")), w("tc"))
        etree.SubElement(place, w("p"))


@pytest.mark.parametrize("hand", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_copy_is_a_sentence_in_two_seconds(project: Project, hand: Hand) -> None:
    document = by_hand(project, hand)
    before, content = time.process_time(), (project.root / PATH).read_bytes()
    with suppress(UsageError, CtgdocsError):
        read_back(project, KINDS, str(document), accept="tout")
    assert time.process_time() - before < 4
    assert (project.root / PATH).read_bytes() == content
