"""One compiled template, many documents: any number of times, from any thread, in flat memory."""

from __future__ import annotations

import threading
import tracemalloc
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inspecting import inspect
from word_templates import a_template, parts, words

from ctgdocs.findings import TemplateError
from ctgdocs.prose import Paragraph, Prose, Run
from ctgdocs.templates import Template

TEMPLATE = a_template("{{ x }}", "{%p for y in ys %}", "- {{ y }}", "{%p endfor %}", header="{{ x }}")


@cache
def any_text() -> Template:
    return Template.load(a_template("avant {{ x }} après"))


def test_rendering_leaves_the_template_and_the_context_as_they_were() -> None:
    template = Template.load(TEMPLATE)
    context: dict[str, Any] = {"x": Prose((Paragraph((Run("a"),)),)), "ys": [1, [Prose()]]}
    kept = repr(context)
    template = Template.load(a_template("{{ x }}", "{{ ys[0] }}"))
    first = template.render(context)
    template.render({"x": "autre", "ys": ["b"]})
    assert template.render(context) == first
    assert repr(context) == kept


def test_threads_share_a_template() -> None:
    template = Template.load(TEMPLATE)
    expected = {n: template.render({"x": f"n° {n}", "ys": list(range(n))}) for n in range(8)}
    wrong: list[int] = []

    def work(n: int) -> None:
        made = [template.render({"x": f"n° {n}", "ys": list(range(n))}) for _ in range(20)]
        wrong.extend(n for document in made if document != expected[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_memory_stays_flat() -> None:
    template = Template.load(TEMPLATE)
    for n in range(20):
        template.render({"x": str(n), "ys": []})
    tracemalloc.start()
    before = tracemalloc.take_snapshot()
    for n in range(300):
        template.render({"x": f"valeur {n}", "ys": [n]})
    grown = sum(entry.size_diff for entry in tracemalloc.take_snapshot().compare_to(before, "filename"))
    tracemalloc.stop()
    assert grown < 200_000


def test_parts_without_tags_are_copied_as_they_were_compressed() -> None:
    import io
    import zipfile

    document = Template.load(TEMPLATE).render({"x": 1, "ys": []})
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as source, zipfile.ZipFile(io.BytesIO(document)) as made:
        assert (
            made.getinfo("word/styles.xml").compress_size == source.getinfo("word/styles.xml").compress_size
        )
        assert made.read("word/styles.xml") == source.read("word/styles.xml")


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\x07\x0c"), max_size=60))
def test_any_text_comes_out_as_it_went_in_or_is_refused(text: str) -> None:
    template = any_text()
    if any(ord(sign) < 32 or sign in "\ufffe\uffff" for sign in text):
        with pytest.raises(TemplateError, match="caractère que Word ne peut pas enregistrer"):
            template.render({"x": text})
        return
    document = template.render({"x": text})
    assert words(document) == [f"avant {text} après"]
    assert inspect(document, template, [text]) == []


def test_long_text_takes_the_place_of_its_paragraph_with_or_without_p() -> None:
    prose = Prose((Paragraph((Run("un"),)), Paragraph((Run("deux & 2"),))))
    for tag in ("{{ x }}", "{{p x }}", "{{ d.x }}"):
        document = Template.load(a_template("a", tag, "b")).render({"x": prose, "d": {"x": prose}})
        assert words(document) == ["a", "un", "deux & 2", "b"]


def test_long_text_in_the_middle_of_a_sentence_is_refused() -> None:
    template = Template.load(a_template("voir {{ x }} là"))
    with pytest.raises(Exception, match="seul dans son paragraphe"):
        template.render({"x": Prose((Paragraph((Run("un"),)),))})


def test_the_end_of_a_long_text_stays_with_what_its_paragraph_stayed_with() -> None:
    import io

    from docx import Document
    from word_templates import saved

    for tag in ("{{ x }}", "{{p x }}"):
        document = Document(io.BytesIO(a_template(tag)))
        document.paragraphs[0].style = "List Bullet"
        document.paragraphs[0].paragraph_format.keep_with_next = True
        made = Template.load(saved(document)).render(
            {"x": Prose((Paragraph((Run("un"),)), Paragraph((Run("deux"),))))}
        )
        found = Document(io.BytesIO(made)).paragraphs
        assert [paragraph.paragraph_format.keep_with_next for paragraph in found] == [None, True]


def test_ordinals_are_raised_when_asked() -> None:
    template = a_template("{{ x }} Article 1er")
    plain, raised = (Template.load(template, ordinals=on).render({"x": "le 2e"}) for on in (False, True))
    assert words(plain) == words(raised) == ["le 2e Article 1er"]
    assert parts(raised)["word/document.xml"].count(b'<w:rStyle w:val="Exposant"/>') == 2
    assert b"Exposant" not in parts(plain)["word/document.xml"]
    assert b'w:styleId="Exposant"' in parts(raised)["word/styles.xml"]


def test_a_page_that_one_set_of_values_breaks_is_refused_after_one_that_did_not() -> None:
    template = Template.load(a_template("a {% if x %} b", "c", "{%p endif %}", "d"))
    assert words(template.render({"x": 1}))[-1] == "d"
    for _ in range(3):
        with pytest.raises(TemplateError, match="lisible par Word"):
            template.render({"x": 0})
        assert words(template.render({"x": 1}))[-1] == "d"
