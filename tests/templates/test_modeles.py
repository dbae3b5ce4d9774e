"""`modeles` for whoever makes templates: a new one with every field, what a charte gives, a kind that is not
told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from blank import blank

from ctgdocs.cli.main import main
from ctgdocs.kinds import KINDS
from ctgdocs.line.templates import example_context
from ctgdocs.project import Project
from ctgdocs.templates import Template, describe, facts_of_charte
from ctgdocs.word import words_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("modeles")
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, root / folder, copy_function=shutil.copyfile)
    return root


def run(
    space: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    monkeypatch.chdir(space)
    code = main(["modeles", *arguments])
    said = capsys.readouterr()
    return code, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("genre", ["deliberation", "convention"])
def test_a_new_template_holds_every_field_and_nothing_wrong(
    space: Path, genre: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(space, "nouveau", genre, monkeypatch=monkeypatch, capsys=capsys)[0] == 0
    (made,) = space.glob(f"templates/{genre}s/tous-les-champs.docx")
    code, said = run(space, "verifier", str(made), monkeypatch=monkeypatch, capsys=capsys)
    assert (code, said.strip()) == (0, "1 modèle : rien à signaler.")
    kind = next(kind for kind in KINDS if kind.name == genre)
    context = example_context(Project(ROOT), KINDS, kind)
    used = {field.partition(".")[0] for field in describe(made).fields}
    assert context.keys() <= used
    words = "\n".join(words_of(Template.load(made).render(context)))
    assert context["reference"].replace("\u2011", "-") in words
    assert run(space, "nouveau", genre, monkeypatch=monkeypatch, capsys=capsys)[0] == 2


def test_the_kind_of_a_template_that_no_shelf_tells_is_asked_for(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = blank()
    document.add_paragraph("{{ collectivite.nom }} {{ reference }} {{ absent }}")
    document.save(str(space / "lettre.docx"))
    code, said = run(space, "verifier", "lettre.docx", monkeypatch=monkeypatch, capsys=capsys)
    assert (code, "ni son dossier ni ses champs ne disent le genre de ce modèle" in said) == (1, True)
    code, said = run(
        space, "verifier", "--genre", "arrete", "lettre.docx", monkeypatch=monkeypatch, capsys=capsys
    )
    assert (code, "champ inconnu : « absent »" in said, "[genre]" in said) == (1, True, False)
    assert run(space, "verifier", "--genre", "arrete", monkeypatch=monkeypatch, capsys=capsys)[0] == 2


def test_what_a_charte_gives_and_what_it_does_not_are_told(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph("Monsieur le Préfet,")
    document.sections[0].footer.paragraphs[0].text = "12 route d’Esparnac"
    document.styles["Body Text"].font.name = "Marianne"
    document.save(str(tmp_path / "charte.docx"))
    facts = facts_of_charte(tmp_path / "charte.docx", {"visa": "Body Text"})
    taken, left = "\n".join(facts.taken), "\n".join(facts.left)
    assert "pied de page\nnuméro de page et référence : ajoutés" in taken
    assert "« Body Text » pour « Visa »" in taken
    assert "texte du document (1 paragraphe)" in left
    assert "tels que Word les livre : « Titre », « Sous-titre », « Titre 1 »" in left
    assert "styles qu’elle n’a pas, les modèles gardent les leurs : « Objet »" in left


def test_the_charte_of_the_workspace_is_told(
    space: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(space, "charte", monkeypatch=monkeypatch, capsys=capsys)
    assert (code, said.splitlines()[0]) == (0, "templates/charte.docx")
    assert "  repris  page : 210 × 297 mm" in said
