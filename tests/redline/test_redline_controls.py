"""Looks and content controls: what changed is tracked, whole, and nothing else is."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_samples import a_template, unzipped, zipped

from ctgdocs.redline import accept_all, outline, redline, reject_all
from ctgdocs.word.parts import parse, w

DAY = dt.date(2026, 12, 1)
BOUND = '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:showingPlcHdr/>'


def document(*blocks: str) -> bytes:
    package = a_template()
    part = package["word/document.xml"].decode()
    start, end = part.index("<w:body>") + 8, part.index("<w:sectPr")
    return zipped({**package, "word/document.xml": f"{part[:start]}{''.join(blocks)}{part[end:]}".encode()})


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look and f"<w:rPr>{look}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inside: str) -> str:
    return f"<w:p>{''.join(one if one.startswith('<') else run(one) for one in inside)}</w:p>"


def control(*inside: str, id: int = 7, properties: str = "") -> str:
    head = f'<w:sdtPr><w:alias w:val="Objet"/><w:id w:val="{id}"/>{properties}</w:sdtPr>'
    return f"<w:sdt>{head}<w:sdtContent>{''.join(inside)}</w:sdtContent></w:sdt>"


def tree(data: bytes) -> list[str]:
    """The shape of a body: its controls, paragraphs and tables, each with what it says."""

    def walk(node: etree._Element) -> list[str]:
        found: list[str] = []
        for child in node:
            if child.tag == w("sdt"):
                (content,) = child.iterchildren(w("sdtContent"))
                found += ["[", *walk(content), "]"]
            elif child.tag in (w("p"), w("tbl")):
                found.append("".join(str(text) for text in child.itertext(w("t"), w("delText"))))
                found += ["[]"] * len([*child.iter(w("sdt"))])
        return found

    body = parse(unzipped(data)["word/document.xml"]).find(w("body"))
    assert body is not None
    return walk(body)


def woven(old: bytes, new: bytes) -> bytes:
    """The redline of two documents, once the gate is passed: words, looks and controls."""
    made = redline(old, new, author="Le service", date=DAY)
    for settled, meant in ((accept_all(made), new), (reject_all(made), old)):
        assert outline(settled) == outline(meant)
        assert tree(settled) == tree(meant)
    return made


def body(data: bytes) -> str:
    return unzipped(data)["word/document.xml"].decode()


# --- looks ----------------------------------------------------------------------------------------------

RAISED = '<w:vertAlign w:val="superscript"/>'


def test_a_word_in_two_looks_that_did_not_change_is_not_a_change() -> None:
    word = (run("M"), run("me", RAISED), " Petit")
    made = woven(document(p(*word, " préside.")), document(p(*word, " siège.")))
    assert "rPrChange" not in body(made)


def test_only_the_letters_whose_look_changed_are_tracked() -> None:
    made = woven(document(p(run("M"), run("me", RAISED), " préside")), document(p("Mme préside ici")))
    changed = re.findall(r"<w:r>(?:(?!</w:r>).)*rPrChange(?:(?!</w:r>).)*</w:r>", body(made))
    assert ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in changed] == ["me"]


looks = st.sampled_from(["", "<w:b/>", RAISED, "<w:b/>" + RAISED])
letters = st.lists(
    st.tuples(st.sampled_from(["M", "me", "é", " ", "1", "er", "’"]), looks), min_size=1, max_size=9
)


@settings(deadline=None, max_examples=25)
@given(letters, letters)
def test_looks_are_given_back_whatever_the_runs(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    old, new = (document(p(*(run(*one) for one in said), "fin")) for said in (before, after))
    made = redline(old, new, author="x", date=DAY)
    assert outline(accept_all(made)) == outline(new)
    assert outline(reject_all(made)) == outline(old)


def test_a_link_that_changes_its_look_is_replaced() -> None:
    link = '<w:hyperlink w:anchor="a">{}</w:hyperlink>'
    woven(
        document(p("Voir ", link.format(run("ici")))), document(p("Voir ", link.format(run("ici", "<w:b/>"))))
    )


# --- controls -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([control(p("Objet")), p("Parti."), p("Fin.")], [control(p("Objet")), p("Fin.")]),
        ([control(p("Objet")), p("Fin.")], [control(p("Objet")), p("Venu."), p("Fin.")]),
        ([p("Début."), control(p("Objet")), p("Fin.")], [p("Début."), p("Fin.")]),
        ([p("Début."), p("Fin.")], [p("Début."), control(p("Objet")), p("Fin.")]),
        ([control(p("Un"), p("Deux")), p("Fin.")], [control(p("Un")), p("Fin.")]),
        ([control(p("Un")), p("Fin.")], [control(p("Un"), p("Deux")), p("Fin.")]),
        ([control(control(p("Un"), id=8), p("Deux")), p("Fin.")], [p("Fin.")]),
        ([p("Fin.")], [control(control(p("Un"), id=8), p("Deux")), p("Fin.")]),
        ([p("Objet"), p("Fin.")], [control(p("Objet")), p("Fin.")]),
        ([control(p("Objet"), p("Suite")), p("Fin.")], [p("Objet"), p("Suite"), p("Fin.")]),
        ([p("Signé."), p("Fin.")], [p("Signé par ", control(run("Mme Petit")), " ici."), p("Fin.")]),
        ([p("Signé par ", control(run("Mme Petit")), " ici."), p("Fin.")], [p("Signé."), p("Fin.")]),
        ([p("A ", control(run("B"))), p("Fin.")], [p("A ", control(run("C"))), p("Fin.")]),
    ],
    ids=[
        "paragraph deleted after", "paragraph added after", "control deleted", "control added",
        "paragraph deleted inside", "paragraph added inside", "nested deleted", "nested added",
        "put around what stays", "taken from around what stays", "inline added", "inline deleted",
        "inline replaced",
    ],
)  # fmt: skip
def test_a_control_is_tracked_whole(old: list[str], new: list[str]) -> None:
    woven(document(*old), document(*new))


def test_the_ranges_of_a_control_cover_its_two_tags() -> None:
    xml = body(woven(document(p("Fin.")), document(control(p("Objet")), p("Fin."))))
    steps = re.findall(r"<(/?)w:(customXmlInsRange(?:Start|End)|sdt|sdtContent)[ >/]", xml)
    start, end = "customXmlInsRangeStart", "customXmlInsRangeEnd"
    inside = [start, "sdt", "sdtContent", end, start, "/sdtContent", "/sdt", end]
    assert [slash + name for slash, name in steps] == inside


def test_a_control_that_differs_shows_what_it_holds() -> None:
    same, other = control(p("Objet"), properties=BOUND), control(p("Objet de l’acte"), properties=BOUND)
    assert "dataBinding" not in body(woven(document(same, p("Fin.")), document(other, p("Fin."))))
    inline = [p("A ", control(run(word), properties=BOUND)) for word in ("B", "C")]
    assert "dataBinding" not in body(woven(document(inline[0], p("Fin.")), document(inline[1], p("Fin."))))
    assert "dataBinding" in body(woven(document(same, p("Fin.")), document(same, p("Fini."))))


def test_a_table_that_ends_a_control_gets_no_paragraph() -> None:
    row = f"<w:tr><w:tc>{p('a')}</w:tc></w:tr>"
    table = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>{row}</w:tbl>'
    woven(document(control(table), p("Fin.")), document(control(table), p("Fini.")))


def test_the_ids_of_what_is_deleted_and_inserted_are_there_once() -> None:
    office = "urn:schemas-microsoft-com:"
    box = (
        f'<w:r><w:pict xmlns:v="{office}vml" xmlns:o="{office}office:office"><v:shapetype id="_x0000_t202"/>'
        '<v:shape id="_x0000_s1026" type="#_x0000_t202"><v:textbox><w:txbxContent>{}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    made = body(woven(*(document(p("A ", box.format(p(word)))) for word in ("un", "deux"))))
    assert made.count("<v:shape ") == 2
    for bearer in ("<v:shape ", "<v:shapetype "):
        ids = re.findall(f'{bearer}[^>]*?id="([^"]*)"', made)
        assert len(set(ids)) == len(ids) == 2


def test_a_placeholder_that_changes_stays_grey() -> None:
    grey = '<w:rStyle w:val="PlaceholderText"/>'
    old, new = (
        document(control(p(run(f"[{text}]", grey)), properties=BOUND)) for text in ("Nom", "Nom du service")
    )
    made = body(woven(old, new))
    assert made.count(grey) >= 2
    assert "showingPlcHdr" not in made


def test_what_xml_says_beside_its_elements_is_nothing() -> None:
    def noted(text: str) -> bytes:
        return document(p("<!-- de la main d’un programme -->", "<?mso fin?>", text))

    assert outline(accept_all(woven(noted("Un"), noted("Deux")))) == outline(document(p("Deux")))
