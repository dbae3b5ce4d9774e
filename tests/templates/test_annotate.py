"""The findings of the lint as Word comments, where the author will look."""

from __future__ import annotations

from blank import blank
from word_samples import a_template, opened, package_of, unzipped

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.templates.linting import AUTHOR, annotate, lint
from ctgdocs.word import write

FIELDS = {"objet": "Convention"}


def test_each_finding_is_a_comment_on_its_paragraph() -> None:
    package = a_template("propre {{ objet }}", "{{ objt }}", "{% if objet %}x")
    findings = lint(package, FIELDS)
    document = opened(unzipped(annotate(package, findings)))
    comments = {comment.comment_id: comment for comment in document.comments}
    assert [comment.author for comment in comments.values()] == [AUTHOR] * len(findings)
    assert "champ inconnu" in comments[0].text
    assert "le plus proche" in comments[0].text
    anchored = [i for i, p in enumerate(document.paragraphs) if "commentRangeStart" in p._p.xml]
    assert anchored == [1, 2]


def test_the_text_of_the_template_is_untouched() -> None:
    package = a_template("un", "{{ objt }}")
    copy = opened(unzipped(annotate(package, lint(package, FIELDS))))
    assert [p.text for p in copy.paragraphs] == ["un", "{{ objt }}"]


def test_a_finding_in_a_header_stands_at_the_first_paragraph_and_says_where() -> None:
    document = blank()
    document.add_paragraph("corps")
    document.sections[0].header.paragraphs[0].text = "{{ objt }}"
    package = package_of(document)
    copy = opened(unzipped(annotate(package, lint(package, FIELDS))))
    assert "en-tête, paragraphe 1" in next(iter(copy.comments)).text


def test_a_comment_never_holds_a_tag() -> None:
    package = a_template("{%p if objet %}", "{{ objt }}")
    data = unzipped(annotate(package, lint(package, FIELDS)))
    comments = data["word/comments.xml"].decode()
    assert "{" not in comments
    assert "}" not in comments


def test_comments_already_there_stay() -> None:
    document = blank()
    run = document.add_paragraph("{{ objt }}").runs[0]
    document.add_comment(run, text="à revoir", author="Claire", initials="C")
    package = package_of(document)
    findings = [f for f in lint(package, FIELDS) if f.code == "champ-inconnu"]
    copy = opened(unzipped(annotate(package, findings)))
    assert [comment.author for comment in copy.comments] == ["Claire", AUTHOR]
    assert len({comment.comment_id for comment in copy.comments}) == 2


def test_without_findings_the_copy_is_the_template() -> None:
    package = a_template("texte")
    assert unzipped(annotate(package, [])) == package


def test_bytes_in_same_bytes_out() -> None:
    data = write(a_template("{{ objt }}"))
    findings = lint(data, FIELDS)
    assert annotate(data, findings) == annotate(data, findings)


def test_a_finding_without_a_place_is_told_too() -> None:
    finding = Finding(
        "style-absent", Severity.ALERTE, "la charte n’a pas de style « Visa »", Place("x", field="charte")
    )
    copy = opened(unzipped(annotate(a_template("texte"), [finding])))
    assert "charte" in next(iter(copy.comments)).text
