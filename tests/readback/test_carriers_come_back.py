"""What bears a field in a document: any one of its carriers is enough."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from as_in_word import (
    XML_SPACE,
    changed,
    the_paragraph,
    w,
)
from builders import generated, output, words_of
from hands import (
    Hand,
    all_words,
    by_hand,
    read,
    says,
    without,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.memory import manifest
from ctgdocs.project import Project
from ctgdocs.readback.reading import read_data


@pytest.mark.parametrize(
    "lost", [("sdt",), ("bookmarkStart", "bookmarkEnd"), ("sdt", "bookmarkStart", "bookmarkEnd")]
)
def test_any_one_carrier_is_enough(project: Project, lost: tuple[str, ...]) -> None:
    by_hand(
        project,
        without(*lost),
        lambda root: (
            the_paragraph(root, "finit bientôt").getparent().remove(the_paragraph(root, "finit bientôt"))
        ),
        says("multi-accueil", "huit", "neuf"),
        *([] if len(lost) > 2 else [all_words("réunira sur un même site")]),
    )

    found = read(project)

    assert not found.unplaced, found.unplaced
    assert {one.place.field for one in found.changes} == {"expose"}
    assert "neuf" in [one.after for one in found.changes]


VALUES = (
    ("Son coût est de", "12 500 €", "13 250 €", "{montant:13250}"),
    ("prend fin le", "31 décembre 2026", "30 juin 2027", "{date:2027-06-30}"),
    ("est approuvée", "12 500 €", "900,50 €", "{montant:900,50}"),
)


def rewritten(words: str, inside: str, value: str, around: str) -> Hand:
    """A paragraph whose words all became others but those that stand for a value, which became another one
    where it stood: between the two ends of its bookmark, in its control."""

    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        runs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
        mine = next(within for within in _between_marks(paragraph) if _says(within) == inside)
        for run in runs:
            run.find(w("t")).text = ""
        mine[0].find(w("t")).text = value
        apart = [run for run in runs if run not in mine]
        apart[0].find(w("t")).text = f"{around} "
        apart[0].find(w("t")).set(XML_SPACE, "preserve")
        apart[-1].find(w("t")).text += " et voilà tout."

    return change


def _says(runs: list[etree._Element]) -> str:
    return "".join(run.find(w("t")).text or "" for run in runs).replace("\u00a0", " ").replace("\u202f", " ")


def _between_marks(paragraph: etree._Element) -> Iterator[list[etree._Element]]:
    """The runs of each bookmark of ours, and of each control."""
    nodes = [*paragraph.iter()]
    ends = {node.get(w("id")): at for at, node in enumerate(nodes) if node.tag == w("bookmarkEnd")}
    for at, node in enumerate(nodes):
        if node.tag == w("bookmarkStart") and node.get(w("name"), "").startswith("_ctg"):
            inside = nodes[at : ends[node.get(w("id"))]]
        elif node.tag == w("sdt"):
            inside = [*node.iter()]
        else:
            continue
        yield [one for one in inside if one.tag == w("r") and one.find(w("t")) is not None]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.sampled_from(VALUES),
    lost=st.sampled_from([("sdt",), ("bookmarkStart", "bookmarkEnd"), ()]),
    around=st.sampled_from(
        ["La collectivité retient désormais", "Il faut", "Tout bien compté, la dépense annuelle"]
    ),
)
def test_a_value_inside_a_sentence_comes_back_whatever_became_of_its_sentence(
    made: Path, value: tuple[str, str, str, str], lost: tuple[str, ...], around: str
) -> None:
    words, old, new, typed = value
    project = Project(made)
    desk, document = Desk(project, KINDS, 0, manifest.peek(project.state_dir)), output(project, "2026-045")
    data = changed(changed(document.read_bytes(), without(*lost)), rewritten(words, old, new, around))

    found = read_data(desk, project.relative(document), data)

    written = [one.new for each in found.placed if each.proposal for one in each.proposal.stretches]
    assert typed in written
    assert around.split()[-1] in " ".join(one.after for one in found.changes)


@pytest.mark.parametrize("lost", [("sdt",), ("bookmarkStart", "bookmarkEnd"), ()])
def test_a_text_inside_a_sentence_of_the_template_comes_back_whatever_became_of_its_sentence(
    project: Project, lost: tuple[str, ...]
) -> None:
    by_hand(
        project,
        without(*lost),
        rewritten(
            "insuffisante", "que l’offre « petite enfance » reste insuffisante", "que tout manque", "Or"
        ),
    )

    found = read(project)

    assert [one.after for one in found.placed] == ["tout manque"]
    assert found.placed[0].place.field == "considerants.1"
    assert next(one.before for one in found.unplaced) == "Considérant"


def test_no_carrier_stands_where_the_house_wants_none(project: Project) -> None:
    def carriers() -> bool:
        return b"_ctg" in zipfile.ZipFile(output(project, "2026-045")).read("word/document.xml")

    assert carriers()
    before = words_of(output(project, "2026-045"))
    house = project.root / "content/collectivite.yaml"
    house.write_text(house.read_text("utf-8") + "\nsuivi_des_champs: non\n", encoding="utf-8")
    generated(project)
    assert not carriers()
    assert words_of(output(project, "2026-045")) == before
