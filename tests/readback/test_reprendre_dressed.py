"""What is dressed or placed otherwise in Word; words that the template writes."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from as_in_word import (
    changed,
    embolden,
    text_of,
    the_paragraph,
    w,
)
from builders import generated
from hands import (
    Hand,
    by_hand,
    digest_of,
    lines_changed,
    read,
    says,
)
from lxml import etree

from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.project import Project
from ctgdocs.readback import take
from ctgdocs.readback.reading import read_data
from ctgdocs.readback.solving import Maker, files_with


def dress(words: str, **properties: str) -> Hand:
    """Font, size, colour… of a whole paragraph."""

    def change(root: etree._Element) -> None:
        for run in the_paragraph(root, words).iter(w("r")):
            look = run.find(w("rPr"))
            if look is None:
                look = etree.Element(w("rPr"))
                run.insert(0, look)
            for name, value in properties.items():
                etree.SubElement(look, w(name), {w("ascii" if name == "rFonts" else "val"): value})

    return change


def test_what_is_only_dressed_otherwise_is_told_with_its_place_and_bold_is_markdown(project: Project) -> None:
    by_hand(
        project,
        dress("finit bientôt", rFonts="Comic Sans MS", sz="32", color="FF0000"),
        lambda root: embolden(the_paragraph(root, "sur un même site"), "Le lieu d’accueil réunira"),
        says("multi-accueil", "huit", "neuf"),
    )
    found = read(project)
    take(project, KINDS, found)

    (dressed,) = found.unplaced
    assert (dressed.kind, dressed.where) == ("présentation", "corps, paragraphe 12")
    assert dressed.reason.startswith("couleur, police, taille : le modèle et la charte en décident")
    assert ("+", "  **Le lieu d’accueil réunira** sur un même site :") in lines_changed(project)


def test_a_template_that_would_change_another_paragraph_is_left_alone(project: Project) -> None:
    template = project.root / "templates/deliberations/deliberation.docx"
    template.write_bytes(
        changed(template.read_bytes(), says("{{ article.titre }}", "", ", texte voté par le conseil"))
    )
    generated(project)
    by_hand(project, says("– Signature", "voté", "adopté"), says("multi-accueil", "huit", "neuf"))
    found = read(project)
    (only,) = found.unplaced
    before = digest_of(project)

    with pytest.raises(UsageError, match="écrit aussi corps, paragraphe"):
        take(project, KINDS, found, templates=True)

    assert only.in_template
    assert digest_of(project) == before


# --- what is placed otherwise ------------------------------------------------------------------------------


def as_another(words: str, model: str) -> Hand:
    """A paragraph with the style, and the list, of another."""

    def change(root: etree._Element) -> None:
        paragraph, other = the_paragraph(root, words), the_paragraph(root, model)
        paragraph.remove(paragraph.find(w("pPr")))
        paragraph.insert(0, deepcopy(other.find(w("pPr"))))

    return change


def deeper(root: etree._Element) -> None:
    """Tab at the beginning of an item."""
    properties = the_paragraph(root, "ses ateliers").find(w("pPr"))
    properties.find(w("pStyle")).addnext(
        etree.fromstring(f'<w:numPr xmlns:w="{w("")[1:-1]}"><w:ilvl w:val="1"/></w:numPr>')
    )


@pytest.mark.parametrize(
    ("hand", "line"),
    [
        (as_another("un multi-accueil", "sur un même site"), "  un multi-accueil de **32 places**, soit"),
        (as_another("Son coût est", "ses ateliers"), "  - Son coût est de {montant:12500} par an[^1]."),
        (deeper, "    - le relais petite enfance et ses ateliers ;"),
    ],
    ids=["an item, a paragraph", "a paragraph, an item", "an item under another"],
)
def test_an_item_that_becomes_a_paragraph_or_goes_deeper_has_another_mark(
    project: Project, hand: Hand, line: str
) -> None:
    by_hand(project, hand)

    found = read(project)
    take(project, KINDS, found)

    assert [one.kind for one in found.placed] == ["disposition"]
    assert not found.unplaced
    assert any(sign == "+" and said.startswith(line) for sign, said in lines_changed(project))
    assert read(project).changes == []


def test_a_shape_that_markdown_has_not_is_told_with_what_changed(project: Project) -> None:
    by_hand(project, as_another("insuffisante", "ses ateliers"))

    (only,) = read(project).unplaced

    assert only.arrow.startswith("disposition de « Considérant que l’offre")
    assert "niveau de liste aucun → 1 : le modèle en décide" in only.reason


def test_an_article_that_goes_or_moves_takes_its_record_with_it(sample: Desk) -> None:
    key = "conventions/pedt-2026-2029"

    def hand(root: etree._Element) -> None:
        body = [one for one in root.iter(w("p")) if next(one.iter(w("hyperlink")), None) is None]
        titles = {text_of(one): one for one in body}
        for title in ("Public et territoire", "Évaluation"):
            text, heading = titles[title].getnext(), titles[title]
            heading.getparent().remove(heading)
            text.getparent().remove(text)
            if title == "Évaluation":
                titles["Pilotage"].addprevious(heading)
                heading.addnext(text)

    made = Maker(sample.project, KINDS, sample.documents[key], sample.program).make(checked=False).made.data
    found = read_data(sample, key, changed(made or b"", hand), explained=False)

    assert not found.unplaced
    proposals = [one.proposal for one in found.changes if one.proposal]
    path = proposals[0].file
    text = found.contents[path].decode()
    records = re.split(r"(?m)^(?=  - id: |$)", text)
    by_id = {one.split("\n")[0].removeprefix("  - id: "): one for one in records}
    expected = text.replace(by_id["public"], "").replace(by_id["evaluation"], "")
    expected = expected.replace(by_id["pilotage"], by_id["evaluation"] + by_id["pilotage"])
    assert files_with({path: text}, proposals)[path].decode() == expected
