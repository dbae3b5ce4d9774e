"""Long text: what an agent writes in Markdown, and what the page gets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.composing import markdown
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import Profil
from ctgdocs.prose import Block, ListBlock, Paragraph, Prose, Run, TableBlock

HOUSE = Profil()
NBSP, FINE = "\u00a0", "\u202f"


def blocks(text: str, **words: str) -> tuple[Block, ...]:
    prose, problems = markdown.read(text, HOUSE, tuple(words.items()))
    assert problems == ()
    return prose.blocks


def runs(text: str, **words: str) -> tuple[Run, ...]:
    (paragraph,) = blocks(text, **words)
    assert isinstance(paragraph, Paragraph)
    return paragraph.runs


def said(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return "".join("\n" if run.line_break else run.text for run in block.runs)


def problems(text: str) -> tuple[Finding, ...]:
    return markdown.read(text, HOUSE)[1]


def everything(prose: Prose) -> str:
    """All the words of a text, notes and cells included, without spaces."""

    def of(block: Block) -> str:
        if isinstance(block, Paragraph):
            return "".join(run.text + "".join(map(of, run.note)) for run in block.runs)
        if isinstance(block, ListBlock):
            return "".join(of(inner) for item in block.items for inner in item)
        return "".join(of(paragraph) for row in block.rows for cell in row for paragraph in cell.paragraphs)

    return "".join("".join(map(of, prose)).split())


def test_a_blank_line_parts_paragraphs_and_a_line_end_does_not() -> None:
    assert [said(block) for block in blocks("Une\nphrase.\n\nUne autre.")] == ["Une phrase.", "Une autre."]


def test_bold_and_italic() -> None:
    assert runs("Un **pôle** et une *crèche*.") == (
        Run("Un "), Run("pôle", bold=True), Run(" et une "), Run("crèche", italic=True), Run("."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("**oui** ; non", [("oui", True), (f"{FINE}; non", False)]),
        ("« **oui** » ou non", [(f"«{NBSP}", False), ("oui", True), (f"{NBSP}» ou non", False)]),
        ("Objet : **CTG** !", [(f"Objet{NBSP}: ", False), ("CTG", True), (f"{FINE}!", False)]),
    ],
)
def test_french_spacing_crosses_bold(typed: str, expected: list[tuple[str, bool]]) -> None:
    assert [(run.text, run.bold) for run in runs(typed)] == expected


def test_code_and_addresses_keep_their_signs() -> None:
    found = runs("Voir `a;b ?` ; <https://x.fr/a;b?c> ; [le site](https://x.fr/?d;e) !")
    assert [run.text for run in found if run.code] == ["a;b ?"]
    assert [(run.text, run.href) for run in found if run.href] == [
        ("https://x.fr/a;b?c", "https://x.fr/a;b?c"),
        ("le site", "https://x.fr/?d;e"),
    ]
    assert found[2].text == f"{FINE}; "


def test_lists_nest_and_keep_their_first_number() -> None:
    (outer,) = blocks("3. un\n4. deux\n   - a\n   - b\n")
    assert isinstance(outer, ListBlock)
    assert (outer.ordered, outer.start, len(outer.items)) == (True, 3, 2)
    inner = outer.items[1][1]
    assert isinstance(inner, ListBlock)
    assert [said(item[0]) for item in inner.items] == ["a", "b"]


def test_quotes_headings_and_line_breaks() -> None:
    quote, heading, broken = blocks("> cité\n\n# Le contexte\n\nligne  \nautre")
    assert isinstance(quote, Paragraph)
    assert isinstance(heading, Paragraph)
    assert (quote.role, heading.role, said(broken)) == ("citation", "titre2", "ligne\nautre")


def test_footnotes_are_carried_where_they_are_called() -> None:
    call, rest = runs('Un fait[^1] et la suite.\n\n[^1]: Source : la "Caf".')[1:]
    (note,) = call.note
    assert (said(note), note.role) == (f"Source{NBSP}: la «{NBSP}Caf{NBSP}».", "note")
    assert rest.text == " et la suite."


def test_a_table_has_a_header_alignments_and_a_verified_total() -> None:
    (table,) = blocks("| Poste | Montant |\n|---|---|\n| Eau | 1200 |\n| Gaz | 800 |\n| Total | 2000 |")
    assert isinstance(table, TableBlock)
    assert table.header
    assert table.total
    texts = [["".join(run.text for run in cell.paragraphs[0].runs) for cell in row] for row in table.rows]
    assert texts[1:] == [
        ["Eau", f"1{FINE}200{NBSP}€"],
        ["Gaz", f"800{NBSP}€"],
        ["Total", f"2{FINE}000{NBSP}€"],
    ]
    assert [cell.align for cell in table.rows[1]] == ["left", "right"]


def test_a_wrong_total_is_a_problem_at_its_line() -> None:
    (problem,) = problems("Texte\n\n| Poste | Montant |\n|---|---|\n| Eau | 1200 |\n| Total | 2000 |")
    assert (problem.code, problem.place.line - 1) == ("total", 5)


@pytest.mark.parametrize(
    "text", ["{{", "{%", "<b>", "&", "&amp;", "a < b", "\\", "---", "===", "😀", "[x]: y", "    x"]
)
def test_what_looks_like_code_comes_out_whole(text: str) -> None:
    prose, _ = markdown.read(f"avant {text} après\n\n{text}", HOUSE)
    wanted = text.strip().replace("{{", "{")
    assert everything(prose).count("".join(wanted.split())) == 2


@pytest.mark.parametrize(
    ("text", "code", "line", "severity"),
    [
        ("un\n\n## titre ![plan](plan.png)", "image", 2, Severity.ERREUR),
        ("[ici](javascript:alert)", "lien", 0, Severity.ERREUR),
        ("[ici](../secret.docx)", "lien", 0, Severity.ERREUR),
        ("un\n\n<b>gras</b>", "balise", 2, Severity.ALERTE),
        ("un[^2]", "note", 0, Severity.ERREUR),
        ("un\n\n[^2]: jamais", "note", 2, Severity.ERREUR),
        ("un[^2]\n\n[^2]: une\n[^2]: deux", "note", 3, Severity.ERREUR),
    ],
)
def test_what_cannot_be_printed_is_said_at_its_line(
    text: str, code: str, line: int, severity: Severity
) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.place.line - 1, problem.severity) == (code, line, severity)


def test_what_is_nested_too_deep_to_be_read_is_refused() -> None:
    assert [problem.code for problem in problems(">" * 50 + " perdu")] == ["niveaux"]
    assert [problem.code for problem in problems("\n".join("  " * depth + "- a" for depth in range(30)))] == [
        "niveaux"
    ]
    assert problems("\n".join("  " * depth + "- a" for depth in range(6))) == ()


def test_a_placeholder_value_is_words_never_markdown() -> None:
    assert [run.text for run in runs("**{executif}** signe", executif="Madame la *Présidente*")] == [
        "Madame la *Présidente*", " signe",
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab é*_`[]()<>#-+1.|\\!&;:\n", max_size=60))
def test_no_letter_is_ever_lost(text: str) -> None:
    prose, _ = markdown.read(text, HOUSE)
    hrefs = "".join(run.href for block in prose if isinstance(block, Paragraph) for run in block.runs)
    for letter in "abé":
        assert (everything(prose) + hrefs).count(letter) >= text.count(letter) or "](" in text


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("```a", ["a"]),
        ("```tarif\n12 €\n```", ["tarif", "12 €"]),
        ("```\n12 €\n```", ["12 €"]),
        ("```tarif\n\n12 €\n```", ["tarif", "", "12 €"]),
    ],
)
def test_what_stands_beside_a_fence_is_text(typed: str, lines: list[str]) -> None:
    prose, _ = markdown.read(typed, HOUSE)
    assert [
        "".join(run.text for run in block.runs) for block in prose if isinstance(block, Paragraph)
    ] == lines


@pytest.mark.parametrize(
    "text",
    [
        "Le relais propose :\n• l’accueil ;\n• des ateliers.",
        "Le relais propose :\n– l’accueil ;\n– des ateliers.",
        "Le relais propose :\n* l’accueil ;\n* des ateliers.",
        "Le relais propose :\n\n•\tl’accueil ;\n•\u00a0des ateliers.",
        "Le relais propose :\n•l’accueil ;\n•des ateliers.",
    ],
)
def test_the_bullets_of_word_make_the_list_that_dashes_make(text: str) -> None:
    made = blocks(text)
    assert made == blocks("Le relais propose :\n- l’accueil ;\n- des ateliers.")
    assert isinstance(made[1], ListBlock)


def test_a_dash_inside_a_sentence_opens_no_list() -> None:
    (paragraph,) = blocks("la commune\n– par son maire – s’engage")
    assert isinstance(paragraph, Paragraph)
