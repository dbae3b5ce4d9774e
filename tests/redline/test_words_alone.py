"""A redline of words alone: a document of another hand and style, whose look is not what is compared."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

import pytest
from blank import blank
from hypothesis import given
from hypothesis import strategies as st
from redline_documents import docx, edited, texts
from test_redline_gate import slow
from word_samples import unzipped

from ctgdocs.redline import accept_all, outline, redline, reject_all
from ctgdocs.word import passages, read

DAY = dt.date(2026, 12, 1)


def words_only(old: bytes, new: bytes) -> bytes:
    return redline(old, new, author="La Caf", date=DAY, words_only=True)


def typed(paragraphs: Sequence[str], style: str = "", *, bold: bool = False) -> bytes:
    document, data = blank(), io.BytesIO()
    for text in paragraphs:
        paragraph = document.add_paragraph(style=style or None)
        paragraph.add_run(text).bold = bold
    document.save(data)
    return data.getvalue()


def marks(woven: bytes) -> list[tuple[str, str]]:
    """(ins or del, words) of each mark of the body, in order."""
    body = unzipped(woven)["word/document.xml"].decode()
    found = re.findall(r"<w:(ins|del) [^>]*[^/]>(.*?)</w:\1>", body, re.DOTALL)
    said = [
        (name, "".join(re.findall(r"<w:(?:t|delText)[ >][^<]*?>?([^<>]*)<", inner))) for name, inner in found
    ]
    return [(name, text) for name, text in said if text]


def plain(data: bytes) -> list[str]:
    """The words of the body of a document, paragraph by paragraph, whatever their typography."""
    folded = (
        re.sub(r"[\s\u2011–—•-]+", "", one.text).translate(str.maketrans("’«»", '\'""')).lower()
        for one in passages(read(data))
        if one.part == "word/document.xml"
    )
    return [text for text in folded if text]


OLD = (
    "ARTICLE 2 : LES CHAMPS D'INTERVENTION",
    "- l'accueil du jeune enfant ( 24 places ) ;",
    "La Caf verse 41 250 € par an; c'est un « bonus ».",
    "",
    "Le comité se réunit une fois par an.",
)
NEW = (
    "Article 2. Les champs d’intervention",
    "l’accueil du jeune enfant (24\u00a0places)\u00a0;",
    "La Caf verse 41\u202f250\u00a0€ par an\u00a0; c’est un «\u00a0bonus\u00a0».",
    "Le comité se réunit deux fois par an.",
)


def test_only_what_changes_a_word_is_marked() -> None:
    woven = words_only(typed(OLD, bold=True), typed(NEW, "List Bullet"))
    assert marks(woven) == [("del", " :"), ("ins", "."), ("del", "une"), ("ins", "deux")]
    assert not re.search(rb"<w:\w+Change\b", unzipped(woven)["word/document.xml"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Il signe l'acte.", "Il signe l’acte."),
        ("LE PRÉSIDENT SIGNE", "Le président signe"),
        ("100%", "100\u00a0%"),
        ("une oeuvre...", "une œuvre…"),
        ("• un relais", "un relais"),
        ("2027-2031", "2027\u20112031"),
        ("-14 220 €", "\u221214\u00a0220\u00a0€"),
    ],
)
def test_signs_of_typography_are_no_words(old: str, new: str) -> None:
    assert marks(words_only(typed([old, "La suite."]), typed([new, "La suite."]))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("12 500 €", "12\u00a0600 €", [("del", "500"), ("ins", "600")]),
        ("-14 220 €", "14\u00a0220\u00a0€", [("del", "-")]),
        ("- 14 220 €", "14\u00a0220\u00a0€", [("del", "- ")]),
        ("14 220 €", "-14\u00a0220\u00a0€", [("ins", "-")]),
        ("Elle verse 24 places.", "Elle verse 25 places.", [("del", "24"), ("ins", "25")]),
        (
            "Il ne signe pas l'acte de vente.",
            "Il signe l’acte de vente.",
            [("del", "ne signe pas"), ("ins", "signe")],
        ),
    ],
)
def test_a_word_is_a_word_whatever_its_look(old: str, new: str, said: list[tuple[str, str]]) -> None:
    assert marks(words_only(typed([old], bold=True), typed([new]))) == said


def test_a_convention_of_400_paragraphs_in_another_style_keeps_its_words() -> None:
    texts = [f"Article {n} sur le sujet {n * 7} de la convention." for n in range(400)]
    changed = [text.replace("sujet 700 ", "sujet 701 ") for text in texts]
    old, new = typed(texts), typed(changed, "List Bullet")
    assert marks(words_only(old, new)) == [("del", "700"), ("ins", "701")]
    assert marks(redline(old, new, author="La Caf", date=DAY)) == [("del", "700"), ("ins", "701")]


@slow
@given(st.data())
def test_all_accepted_is_the_new_document_and_all_rejected_the_old_words(data: st.DataObject) -> None:
    before = data.draw(texts)
    after = data.draw(edited(before))
    old, new = docx(before), docx(after)
    woven = words_only(old, new)
    assert outline(accept_all(woven)) == outline(new)
    assert plain(reject_all(woven)) == plain(old)
