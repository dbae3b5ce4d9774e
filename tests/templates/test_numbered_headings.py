"""The articles and annexes of a convention are numbered by Word, in any template, the Caf's included."""

from __future__ import annotations

import pytest
from lxml import etree
from word_samples import a_template, opened, unzipped, zipped

from ctgdocs.prose import Paragraph, Prose, Run
from ctgdocs.templates import Template
from ctgdocs.templates.prose_styles import with_house_styles
from ctgdocs.templates.roles import ROLES
from ctgdocs.word.parts import w


def heading(text: str, role: str, bookmark: str) -> Prose:
    return Prose((Paragraph((Run(text),), role, bookmark),))


def labels(package: dict[str, bytes], role: str) -> list[str]:
    """How Word numbers the style of a role: the text of its level, by way of its numbering instance."""
    styles, numbering = (etree.fromstring(package[f"word/{name}.xml"]) for name in ("styles", "numbering"))
    said = []
    for style in styles.iterchildren(w("style")):
        number = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
        if style.get(w("styleId")) != ROLES[role].id or number is None:
            continue
        depth = style.find(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}")
        level = depth.get(w("val")) if depth is not None else "0"
        instance = next(n for n in numbering.iter(w("num")) if n.get(w("numId")) == number.get(w("val")))
        abstract = instance.find(w("abstractNumId")).get(w("val"))
        definition = next(
            n for n in numbering.iter(w("abstractNum")) if n.get(w("abstractNumId")) == abstract
        )
        said += [
            one.find(w("lvlText")).get(w("val"))
            for one in definition.iter(w("lvl"))
            if one.get(w("ilvl")) == level
        ]
    return said


@pytest.mark.parametrize(
    ("role", "label"),
    [("article1", "Article\u00a0%1."), ("article2", "%1.%2."), ("annexe", "Annexe\u00a0%1.")],
)
def test_a_template_that_knows_nothing_of_conventions_numbers_them(role: str, label: str) -> None:
    assert labels(with_house_styles(a_template("Modèle")), role) == [label]


def test_what_a_template_numbers_itself_stays_its_own() -> None:
    own = a_template("Modèle")
    once = with_house_styles(own)
    changed = once | {"word/numbering.xml": once["word/numbering.xml"].replace(b"Article", b"ARTICLE")}
    assert with_house_styles(changed)["word/numbering.xml"] == changed["word/numbering.xml"]


def test_headings_that_a_loop_repeats_keep_one_bookmark_each() -> None:
    package = a_template("{%p for one in articles %}", "{{p one }}", "{%p endfor %}")
    articles = [heading("Objet", "article1", "article_objet"), heading("Durée", "article1", "article_duree")]
    data = Template.load(zipped(package)).render({"articles": articles})
    document = opened(unzipped(data))
    names = [node.get(w("name")) for node in document.element.body.iter(w("bookmarkStart"))]
    ids = [node.get(w("id")) for node in document.element.body.iter(w("bookmarkStart"))]
    assert names == ["article_objet", "article_duree"]
    assert len(set(ids)) == 2
    assert [one.style.name for one in document.paragraphs if one.text] == ["Titre article"] * 2
