"""Every problem of a template at once, each at its place: the traps of Word that a template can hold."""

from __future__ import annotations

import re
from typing import Any

import pytest
from blank import blank
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_samples import a_template, package_of, zipped

from ctgdocs.findings import Finding, Severity, TemplateError
from ctgdocs.prose import Paragraph, Prose, Run
from ctgdocs.templates import Template
from ctgdocs.templates.linting import describe, lint

FIELDS: dict[str, Any] = {
    "objet": "Renouvellement de la convention",
    "projet": False,
    "montant": "12 500 €",
    "collectivite": {"nom": "Communauté de communes", "sigle": "CCVTG"},
    "visas": ["Vu le code"],
    "presences": [{"titre": "Présents", "groupes": [{"commune": "Lavol", "noms": "M. X"}]}],
    "expose": Prose((Paragraph((Run("Madame la Présidente"),)),)),
    "articles": [{"titre": "Article 1er", "texte": Prose(())}],
}


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def found(*paragraphs: str, fields: dict[str, Any] | None = FIELDS) -> list[Finding]:
    return lint(a_template(*paragraphs), fields)


def only(*paragraphs: str) -> Finding:
    findings = found(*paragraphs)
    assert len(findings) == 1, findings
    return findings[0]


def a_table(*rows: tuple[str, ...]) -> DocumentType:
    document = blank()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].text = text
    return document


CLEAN = (
    "{{ objet }} pour {{ collectivite.nom|upper }}",
    "{{p expose }}",
    "{{ expose }}",
    "{%p for p in presences %}",
    "{{ loop.index }} {{ p.titre }}",
    "{% for g in p.groupes %}{{ g.commune }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{%p endfor %}",
    "{%p for article in articles %}",
    "{{p article.texte }}",
    "{%p endfor %}",
    "{% if projet %}Projet{% else %}Extrait{% endif %}",
    "{% set n = visas|length %}{{ n }} {# un commentaire #}",
    "{{ autre|default('néant') if autre is defined else '' }}",
)  # fmt: skip


def test_a_good_template_has_nothing_to_say() -> None:
    assert codes(found(*CLEAN[:-1])) == []


def test_the_place_is_said_as_in_word() -> None:
    document = a_table(("a", "b"), ("c", "{{ montnat }}"))
    document.sections[0].header.paragraphs[0].text = "{{ objt }}"
    document.add_paragraph("Vu {{ viss }}")
    findings = lint(package_of(document), FIELDS, file="templates/x.docx")
    assert [finding.place.field for finding in findings] == [
        "corps, tableau 1, ligne 2, cellule 2 : “{{ montnat }}”",
        "corps, paragraphe 1 : “Vu {{ viss }}”",
        "en-tête, paragraphe 1 : “{{ objt }}”",
    ]
    assert str(findings[1].place).startswith("templates/x.docx (corps")


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("{{ montnat }}", "montnat", "montant"),
        ("{{ collectivite.nome }}", "collectivite.nome", "collectivite.nom"),
        ("{{ sigle }}", "sigle", "collectivite.sigle"),
        ("{% for p in presences %}{{ p.titr }}{% endfor %}", "presences.titr", "presences.titre"),
        ("{% for p in presence %}{% endfor %}.", "presence", "presences"),
        ("{% if projt %}x{% endif %}", "projt", "projet"),
        ("{{ presences|selectattr('titree')|list|length }}", "presences.titree", "titre"),
        ("{{pexpose }}", "pexpose", ""),
    ],
)
def test_an_unknown_field_comes_with_the_nearest_one(text: str, name: str, near: str) -> None:
    finding = only(text)
    assert finding.code == "champ-inconnu"
    assert f"« {name} »" in finding.message
    assert near in " ".join(finding.hints)


def test_a_prefix_without_a_space_is_guessed() -> None:
    assert "{{p expose }}" in only("{{pexpose }}").hints[0]


def test_an_unknown_field_with_a_default_is_an_alert() -> None:
    assert only("{{ autre|default('néant') }}").severity is Severity.ALERTE


def test_a_loop_variable_is_unknown_after_its_loop() -> None:
    assert only("{% for v in visas %}{{ v }}{% endfor %} {{ v }}").code == "champ-inconnu"


def test_without_example_fields_only_the_form_is_checked() -> None:
    assert found("{{ nimporte.quoi }}", fields=None) == []


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # blocks
        (("{%p for v in visas %}", "{{ v }}"), ["bloc-non-ferme"]),
        (("{% if projet %}Projet",), ["bloc-non-ferme"]),
        (("x {% endif %}",), ["fin-sans-bloc"]),
        (("x {% else %}",), ["fin-sans-bloc"]),
        (("{% if projet %}{% for v in visas %}{{ v }}{% endif %}",), ["bloc-non-ferme"]),
        (("{%p if projet %}", "x {% endif %}"), ["bloc-a-cheval"]),
        (("{% for v in visas %}", "{{ v }}", "{% endfor %}"), ["bloc-seul", "bloc-seul"]),
        (("{%p if projet %}{%p endif %}",), ["deux-blocs"]),
        (("avant {{p expose }}",), ["texte-perdu"]),
        (("{%tr for v in visas %}", "{%tr endfor %}"), ["hors-tableau", "hors-tableau"]),
        (("{% fro v in visas %}",), ["balise-inconnue"]),
        # values
        (("Exposé : {{ expose }}",), ["valeur-riche"]),
        (("{{r expose }}",), ["valeur-riche"]),
        # reading
        (("{{ objet }",), ["accolade"]),
        (("objet }}",), ["accolade"]),
        (("{% if projet",), ["accolade"]),
        (("un { seul",), ["accolade-seule"]),
        (("{{ objet| }}",), ["syntaxe"]),
        (("{{ }}",), ["syntaxe"]),
        (("{{ objet|default(« néant) }}",), ["syntaxe"]),
        (("{{ objet|majuscule }}",), ["filtre-inconnu"]),
        (("{% if objet is vide %}x{% endif %}",), ["filtre-inconnu"]),
        (("a {%- if projet %}b{% endif -%}",), ["tiret", "tiret"]),
        # what a template may not do
        (("{{ objet.__class__ }}",), ["interdit"]),
        (("{{ visas.append('x') }}",), ["interdit"]),
        (("{% include 'autre' %}",), ["interdit"]),
    ],
)
def test_each_fault_is_told_by_its_name(paragraphs: tuple[str, ...], expected: list[str]) -> None:
    assert codes(found(*paragraphs)) == expected


def test_every_problem_comes_in_one_run() -> None:
    findings = found("{{ montnat }}", "{%p for v in visas %}", "objet }}", "{{ objet|majuscule }}")
    assert codes(findings) == ["champ-inconnu", "bloc-non-ferme", "accolade", "filtre-inconnu"]


def test_french_quotes_in_a_tag_are_fine() -> None:
    assert found("{{ objet|default(« l’objet ») }}") == []


def test_a_row_tag_takes_its_row_alone() -> None:
    document = a_table(("{%tr for v in visas %}", ""), ("{{ v }}", "x"), ("{%tr endfor %}", ""))
    assert lint(package_of(document), FIELDS) == []


def test_text_beside_a_row_tag_is_lost() -> None:
    document = a_table(("{%tr for v in visas %}", "perdu"), ("{{ v }}", "x"), ("{%tr endfor %}", ""))
    (finding,) = lint(package_of(document), FIELDS)
    assert (finding.code, "perdu" in finding.message) == ("texte-perdu", True)


def test_two_row_tags_in_one_row() -> None:
    document = a_table(("{%tr for v in visas %}{{ v }}", "{%tr endfor %}"))
    assert codes(lint(package_of(document), FIELDS)) == ["deux-blocs"]


def test_a_block_across_cells_is_refused() -> None:
    document = a_table(("{% for v in visas %}{{ v }}", "x{% endfor %}"))
    assert codes(lint(package_of(document), FIELDS)) == ["bloc-a-cheval"]


def a_paragraph(xml: str) -> dict[str, bytes]:
    document = blank()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    return package_of(document)


def test_a_tag_across_tracked_changes_is_refused() -> None:
    xml = (
        "<w:r><w:t>{{ ob</w:t></w:r>"
        '<w:del w:id="1" w:author="x"><w:r><w:delText>j</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>jet }}</w:t></w:r></w:ins><w:r><w:t> fin</w:t></w:r>'
    )
    assert codes(lint(a_paragraph(xml), FIELDS)) == ["revision"]


def test_a_split_tag_is_fine_until_its_pieces_look_different() -> None:
    split = "<w:r><w:t>{{ ob</w:t></w:r><w:r>{}<w:t>jet }}}}</w:t></w:r>"
    assert lint(a_paragraph(split.replace("{}", "").replace("}}}}", "}}")), FIELDS) == []
    bold = split.replace("{}", "<w:rPr><w:b/></w:rPr>").replace("}}}}", "}}")
    assert codes(lint(a_paragraph(bold), FIELDS)) == ["balise-mixte"]
    language = split.replace("{}", '<w:rPr><w:lang w:val="fr-FR"/></w:rPr>').replace("}}}}", "}}")
    assert lint(a_paragraph(language), FIELDS) == []


def test_tags_in_headers_and_properties_are_checked_too() -> None:
    document = blank()
    document.core_properties.title = "{{ titr }}"
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "{% if projet %}"
    findings = lint(package_of(document), FIELDS)
    assert sorted(codes(findings)) == ["bloc-non-ferme", "bloc-seul", "champ-inconnu"]
    places = {finding.place.field.partition(" :")[0] for finding in findings}
    assert any(place.startswith("en-tête de la première page") for place in places)
    assert any("propriétés" in place for place in places)


def test_a_tag_in_a_comment_is_told() -> None:
    document = blank()
    run = document.add_paragraph("texte").runs[0]
    document.add_comment(run, text="{{ objet }}", author="x", initials="x")
    assert "partie-non-lue" in codes(lint(package_of(document), FIELDS))


def test_a_style_missing_from_the_charte_is_told_once() -> None:
    document = blank()
    document.styles.add_style("Visa", 1)
    for _ in range(2):
        document.add_paragraph("Vu", "Visa")
    (finding,) = lint(package_of(document), FIELDS, a_template())
    assert (finding.code, finding.severity) == ("style-absent", Severity.ALERTE)
    assert "« Visa »" in finding.message
    assert lint(package_of(document), FIELDS, a_template(), styles={"visa": "Corps de texte"}) == []


def test_many_styles_missing_from_the_charte_are_one_finding() -> None:
    document = blank()
    for number in range(14):
        document.styles.add_style(f"Maison {number}", 1)
        document.add_paragraph("Vu", f"Maison {number}")
    (finding,) = lint(package_of(document), FIELDS, a_template())
    assert finding.message.startswith(
        "14 styles ne sont pas dans la charte, le modèle garde les siens : « Maison 0 »"
    )
    assert finding.message.endswith("« Maison 11 » et 2 autres")


def test_a_mapping_to_a_style_that_the_charte_lacks_is_told() -> None:
    findings = lint(a_template(), FIELDS, a_template(), styles={"visa": "Visa maison", "vsa": "Normal"})
    assert codes(findings) == ["style-absent", "style-absent"]
    assert {finding.place.field for finding in findings} == {"charte"}


def test_a_style_that_nobody_defines_is_told() -> None:
    package = a_paragraph('<w:pPr><w:pStyle w:val="Fantome"/></w:pPr><w:r><w:t>x</w:t></w:r>')
    assert codes(lint(package, FIELDS)) == ["style-absent"]


def test_links_to_files_and_macros_are_told() -> None:
    package = a_template("x")
    package["word/_rels/document.xml.rels"] = package["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" Type="http://x/relationships/image" Target="file:///c:/x.png" '
        b'TargetMode="External"/><Relationship Id="rId91" Type="http://x/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    assert codes(lint(package)) == ["contenu-actif", "contenu-actif"]


def test_what_is_no_word_file_is_a_finding() -> None:
    (finding,) = lint(b"pas un fichier Word", file="x.docx")
    assert (finding.code, finding.place.file) == ("fichier", "x.docx")


def test_describe_tells_fields_and_styles() -> None:
    description = describe(a_template(*CLEAN))
    assert {
        "objet",
        "collectivite.nom",
        "presences.titre",
        "presences.groupes.commune",
        "articles.texte",
    } <= set(description.fields)
    assert "presences" not in description.fields
    assert "loop" not in " ".join(description.fields)
    assert description.styles == ("Normal",) or "Normal" not in description.styles


# --- merge fields, calls and sums -----------------------------------------------------------------------


def a_field(instruction: str) -> DocumentType:
    document = blank()
    for inside in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>«Nom»</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        document.paragraphs or document.add_paragraph()
        document.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))
    return document


@pytest.mark.parametrize(
    ("instruction", "said", "field"),
    [
        (r"MERGEFIELD Objet \* MERGEFORMAT", "MERGEFIELD Objet", "{{ objet }}"),
        ('MERGEFIELD "Sigle"', "MERGEFIELD Sigle", "{{ collectivite.sigle }}"),
        ("MERGEFIELD Zzz", "MERGEFIELD Zzz", "{{ champ }}"),
        ("MERGESEQ", "MERGESEQ", "{{ champ }}"),
    ],
)
def test_a_merge_field_is_told_with_what_to_write(instruction: str, said: str, field: str) -> None:
    (finding,) = lint(package_of(a_field(instruction)), FIELDS)
    assert (finding.code, finding.severity) == ("publipostage", Severity.ALERTE)
    assert said in finding.message
    assert field in finding.hints[0]


def test_a_merge_field_is_told_once_and_a_page_number_is_none() -> None:
    document = a_field("MERGEFIELD Objet")
    document.add_paragraph()._p.getparent().append(a_field("MERGEFIELD Objet").paragraphs[0]._p)
    assert codes(lint(package_of(document), FIELDS)) == ["publipostage"]
    assert lint(package_of(a_field("PAGE")), FIELDS) == []


@pytest.mark.parametrize("instruction", ['FILLIN "Quel montant ?"', 'ASK montant "Combien ?"', "NEXT"])
def test_a_field_that_asks_or_jumps_is_refused_once(instruction: str) -> None:
    (finding,) = lint(package_of(a_field(instruction)), FIELDS)
    assert (finding.code, finding.severity) == ("contenu-actif", Severity.ERREUR)
    assert instruction.split()[0] in finding.message


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ objet('x') }}", "« objet » est un champ (texte) : il ne prend pas de parenthèses"),
        ("{{ collectivite.nom() }}", "« collectivite.nom » est un champ"),
        ("{{ montant + 1 }}", "ce calcul (+) échoue : « montant » n’est pas un nombre"),
        ("{{ 2 - montant }}", "ce calcul (-) échoue"),
        ("{% if montant / 2 > 3 %}x{% endif %}", "ce calcul (/) échoue"),
        ("{{ visas + 'x' }}", "ce calcul (+) échoue : « visas »"),
    ],
)
def test_a_call_or_a_sum_that_would_fail_is_told(tag: str, said: str) -> None:
    finding = only(tag)
    assert (finding.code, finding.severity) == ("calcul", Severity.ERREUR)
    assert said in finding.message


@pytest.mark.parametrize(
    "tag",
    [
        "{{ objet + ' (suite)' }}", "{{ objet ~ 1 }}", "{{ objet.upper() }}", "{{ '%s' % objet }}",
        "{{ '-' * 3 }}",
        "{{ visas|length + 1 }}", "{{ 1 + 2 * 3 }}", "{{ visas + visas }}", "{{ range(3)|list }}",
        "{% for x in visas %}{{ loop.index + 1 }}{% endfor %}",
    ],
)  # fmt: skip
def test_what_can_be_computed_is_not_told(tag: str) -> None:
    assert found(tag) == []
    assert found("{{ a('x') }}{{ b + 1 }}", fields=None) == []


def test_a_part_that_is_not_words_is_told() -> None:
    package = a_template("{{ objet }}")
    other = re.sub(rb"(?<=xmlns:w=.)[^\"']*", b"urn:other", package["word/document.xml"])
    (told,) = lint({**package, "word/document.xml": other}, FIELDS)
    assert (told.code, told.hints) == ("fichier", ("enregistrez le modèle dans Word",))
    with pytest.raises(TemplateError, match="pas du Word ordinaire"):
        Template.load(zipped({**package, "word/document.xml": other}))
