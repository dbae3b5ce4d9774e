"""What is dressed or placed otherwise in Word; words that the template writes."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from as_in_word import (
    changed,
    embolden,
    parts,
    retype,
    text_of,
    the_paragraph,
    w,
)
from builders import generated, output
from hands import (
    PATH,
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
from ctgdocs.word import read as read_parts


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


def test_a_line_break_inside_a_paragraph_is_one_of_markdown(project: Project) -> None:
    def hand(root: etree._Element) -> None:
        paragraph = the_paragraph(root, "finit bientôt")
        retype(paragraph, " finit bientôt.", "")
        last = [*paragraph.iter(w("r"))][-1]
        run = f'<w:r xmlns:w="{w("")[1:-1]}"><w:br/><w:t>finit bientôt.</w:t></w:r>'
        last.addnext(etree.fromstring(run))

    by_hand(project, hand)

    take(project, KINDS, read(project))

    assert "la convention\\\n  finit bientôt." in (project.root / PATH).read_text("utf-8")
    assert read(project).changes == []


def test_what_a_program_writes_anew_when_it_saves_is_no_change(project: Project) -> None:
    """Numbers of pages, the size that a style gives, the headers of the first page in those that follow."""
    document = output(project, "2026-045")
    data = document.read_bytes()
    footers = [one for one in parts(data) if "footer" in one]
    numbers = 0

    def renumber(root: etree._Element) -> None:
        nonlocal numbers
        for text in (text for field in root.iter(w("fldSimple")) for text in field.iter(w("t"))):
            text.text, numbers = "7", numbers + 1

    for footer in footers:
        data = changed(data, renumber, footer)
    size = next(etree.fromstring(read_parts(data)["word/styles.xml"]).iter(w("sz"))).get(w("val"))
    document.write_bytes(changed(data, dress("finit bientôt", sz=size)))

    assert numbers
    assert read(project).changes == []


def rows_of(root: etree._Element, words: str) -> list[etree._Element]:
    """The rows of the table that says some words."""
    return [*next(the_paragraph(root, words).iterancestors(w("tbl"))).iter(w("tr"))]


def row_gone(root: etree._Element) -> None:
    row = rows_of(root, "Accueil de loisirs de Lavol")[2]
    row.getparent().remove(row)


def row_first(root: etree._Element) -> None:
    rows = rows_of(root, "Accueil de loisirs de Lavol")
    rows[1].addprevious(rows[3])


@pytest.mark.parametrize(("hand", "order"), [(row_gone, [0, 2, 3]), (row_first, [2, 0, 1, 3])])
def test_a_row_that_goes_or_moves_takes_its_record_and_no_other(
    sample: Desk, hand: Hand, order: list[int]
) -> None:
    """Its cells say what those of other rows say too."""
    key = "conventions/pedt-2026-2029"
    made = Maker(sample.project, KINDS, sample.documents[key], sample.program).make(checked=False).made.data
    found = read_data(sample, key, changed(made or b"", hand), explained=False)

    proposals = [one.proposal for one in found.changes if one.proposal]
    assert not found.unplaced
    assert not found.elsewhere
    path = proposals[0].file
    text = found.contents[path].decode()
    lines = re.findall(r"(?m)^  - \{nom: .*\n", text)
    rest = [lines[at] for at in order] + lines[4:]
    assert files_with({path: text}, proposals)[path].decode() == text.replace("".join(lines), "".join(rest))


def test_a_row_that_can_go_nowhere_else_is_not_taken_away(sample: Desk) -> None:
    """The template decides the order of the rows: what a field says is not lost for having moved."""
    key = "fiches_de_poste/charge-de-cooperation-vaurelle/offre"

    def hand(root: etree._Element) -> None:
        rows = rows_of(root, "Date limite de candidature")
        last = next(row for row in rows if "Date limite" in "".join(map(text_of, row.iter(w("p")))))
        rows[1].addprevious(last)

    made = Maker(sample.project, KINDS, sample.documents[key], sample.program).make(checked=False).made.data
    found = read_data(sample, key, changed(made or b"", hand), explained=False)

    assert not found.placed
    assert {"15 février 2026", "Date limite de candidature"} <= {one.before for one in found.unplaced}


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
