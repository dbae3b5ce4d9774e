"""`ctgdocs comparer`: two versions of a document, from the content, from Word files, from the past."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from builders import a_project, an_act, change, words_of, write

from ctgdocs.cli.main import main
from ctgdocs.project import Project
from ctgdocs.redline import accept_all, reject_all

GIT = shutil.which("git")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = a_project(tmp_path / "espace")
    monkeypatch.chdir(made.root)
    return made


def comparison(project: Project) -> Path:
    (found,) = (project.sorties / "comparaisons").iterdir()
    return found


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def git(project: Project, *arguments: str) -> None:
    assert GIT
    nobody = ["-c", "user.name=x", "-c", "user.email=x@exemple.fr", "-c", "commit.gpgsign=false"]
    subprocess.run([GIT, *nobody, *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.fixture
def versioned(project: Project) -> Project:
    """The workspace, its first version kept by git under the name v1, then changed."""
    if not GIT:
        pytest.skip("no git here")
    git(project, "init", "-q")
    git(project, "add", "content", "templates")
    git(project, "commit", "-q", "-m", "v1")
    git(project, "tag", "v1")
    change(project.root, "content/deliberations/2026-045.yaml", "finit bientôt", "prend fin le 31 décembre")
    return project


def test_two_acts_become_one_word_file_with_tracked_changes(project: Project) -> None:
    assert main(["comparer", "2026-045", "2026-046"]) == 0
    data = comparison(project).read_bytes()
    assert "Création d’un pôle petite enfance" in " ".join(words_of(accept_all(data)))
    assert "Renouvellement de la convention" in " ".join(words_of(reject_all(data)))


def test_changes_are_signed_by_the_collectivite_on_the_day_of_the_act(project: Project) -> None:
    main(["comparer", "2026-045", "2026-060"])
    document = part(comparison(project).read_bytes())
    assert set(re.findall(r'<w:(?:ins|del) [^>]*w:author="([^"]*)"', document)) == {
        "Communauté de communes des Trois-Vallées"
    }
    assert set(re.findall(r'w:date="([^"]*)"', document)) == {"2026-10-15T00:00:00Z"}


def test_a_document_of_the_workspace_given_by_its_path_is_signed_alike(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert main(["generer", "2026-045", "2026-060"]) == 0
    old, new = (
        next(path for path in project.sorties.rglob("*.docx") if id in path.name)
        for id in ("2026-045", "2026-060")
    )
    monkeypatch.chdir(tmp_path)
    assert main(["comparer", str(old), str(new), "-o", "x.docx"]) == 0
    document = part((tmp_path / "x.docx").read_bytes())
    assert 'w:author="Communauté de communes des Trois-Vallées" w:date="2026-10-15T00:00:00Z"' in document


def test_author_and_date_can_be_given(project: Project) -> None:
    main(
        ["comparer", "2026-045", "2026-046", "--auteur", "Mme Durand", "--date", "2027-01-15", "-o", "x.docx"]
    )
    document = part((project.root / "x.docx").read_bytes())
    assert 'w:author="Mme Durand" w:date="2027-01-15T00:00:00Z"' in document


def test_files_that_say_no_date_are_compared_on_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("avant", "La séance est ouverte."), ("apres", "La séance est levée.")):
        page = docx.Document()
        page.add_paragraph(text)
        page.save(stream := io.BytesIO())
        with (
            zipfile.ZipFile(stream) as package,
            zipfile.ZipFile(tmp_path / f"{name}.docx", "w") as bare,
        ):
            for one in package.namelist():
                bare.writestr(one, re.sub(rb"<dcterms:.*?</dcterms:\w+>", b"", package.read(one)))
    assert main(["comparer", "avant.docx", "apres.docx", "-o", "ecarts.docx"]) == 0
    day = dt.date.today().isoformat()
    assert f"les modifications portent celle du jour (--date {day}" in capsys.readouterr().out
    assert f'w:date="{day}T' in part(Path("ecarts.docx").read_bytes())


def test_the_same_comparison_is_the_same_bytes(project: Project) -> None:
    for name in ("a.docx", "b.docx"):
        main(["comparer", "2026-045", "2026-046", "-o", name])
    assert (project.root / "a.docx").read_bytes() == (project.root / "b.docx").read_bytes()


def test_no_difference_is_said_and_nothing_is_written(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["comparer", "2026-045", "2026-045"]) == 0
    assert "Aucune différence" in capsys.readouterr().out
    assert not (project.sorties / "comparaisons").exists()


def test_text_shows_what_changed_between_signs(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["comparer", "2026-045", "2026-046", "--format", "texte"]) == 0
    shown = capsys.readouterr().out
    assert "[-Renouvellement de la convention-]\n{+Création d’un pôle petite enfance+}" in shown
    assert "\033" not in shown
    assert not project.sorties.exists()


def test_page_needs_nothing_else_and_says_its_changes(project: Project) -> None:
    main(["comparer", "2026-045", "2026-046", "-o", "page.html"])
    page = (project.root / "page.html").read_text("utf-8")
    assert "<ins>Création d’un pôle petite enfance</ins>" in page
    assert "<script" not in page
    assert "http" not in page
    assert '<html lang="fr">' in page
    links = set(re.findall(r'href="#(c\d+)"', page))
    assert links
    assert links <= set(re.findall(r'id="(c\d+)"', page))


def test_a_word_file_from_elsewhere_is_compared_with_an_act(project: Project) -> None:
    main(["generer", "2026-045"])
    (sent,) = project.sorties.glob("deliberations/2026-045*.docx")
    shutil.copyfile(sent, project.root / "recu.docx")
    change(project.root, "content/deliberations/2026-045.yaml", "finit bientôt", "prend fin le 31 décembre")
    assert main(["comparer", "recu.docx", "2026-045", "-o", "x.docx"]) == 0
    assert "<w:delText" in part((project.root / "x.docx").read_bytes())


def test_an_act_is_compared_with_what_it_was(versioned: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["comparer", "2026-045", "--depuis", "v1", "--format", "texte"]) == 0
    shown = capsys.readouterr().out
    assert "[-finit bientôt-]{+prend fin le 31\u00a0décembre+}" in shown


def test_the_past_is_read_without_touching_the_workspace(versioned: Project) -> None:
    def state() -> dict[str, bytes]:
        files = [path for path in versioned.root.rglob("*") if path.is_file()]
        return {str(path): path.read_bytes() for path in files if "comparaisons" not in path.parts}

    before = state()
    assert main(["comparer", "2026-045", "--depuis", "v1"]) == 0
    assert state() == before


def test_a_template_that_is_gone_is_taken_from_the_past(
    versioned: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    from ctgdocs.line.versions import workspace_at

    (versioned.templates / "arretes" / "arrete.docx").unlink()
    with workspace_at(versioned, "v1") as former:
        assert (former.templates / "arretes" / "arrete.docx").is_file()
        assert "finit bientôt" in (former.content / "deliberations/2026-045.yaml").read_text("utf-8")
        root = former.root
    assert not root.exists()


@pytest.mark.parametrize("revision", ["--output=/tmp/x", "-v1", "", "v2", "v1:content", "v1\n", "HEAD:./x"])
def test_a_revision_that_is_none_is_refused(
    versioned: Project, revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["comparer", "2026-045", f"--depuis={revision}"]) == 2
    assert "révision" in capsys.readouterr().err


def test_without_a_repository_depuis_says_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.root.parent))
    assert main(["comparer", "2026-045", "--depuis", "v1"]) == 2
    assert "git" in capsys.readouterr().err


def test_without_git_depuis_says_what_to_do(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert main(["comparer", "2026-045", "--depuis", "v1"]) == 2
    assert "n’est pas installé" in capsys.readouterr().err


def test_somebodys_file_is_never_overwritten(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write(project.root, "notes.docx", "à moi")
    assert main(["comparer", "2026-045", "2026-046", "-o", "notes.docx"]) == 1
    assert (project.root / "notes.docx").read_text("utf-8") == "à moi"
    assert "--remplacer" in capsys.readouterr().err
    assert main(["comparer", "2026-045", "2026-046", "-o", "notes.docx", "--remplacer"]) == 0


@pytest.mark.parametrize("name", ["x.docx", "x.html"])
def test_its_own_comparison_is_brought_up_to_date_until_someone_edits_it(project: Project, name: str) -> None:
    command = ["comparer", "2026-045", "2026-046", "-o", name]
    path = project.root / name
    main(command)
    first = path.read_bytes()
    write(project.root, "content/deliberations/2026-046.yaml", an_act("Un autre objet"))
    assert main(command) == 0
    assert path.read_bytes() != first
    edited = path.read_bytes().replace(b"objet", b"sujet") if name.endswith("html") else _edited(first)
    path.write_bytes(edited)
    assert main(command) == 1
    assert path.read_bytes() == edited


def _edited(data: bytes) -> bytes:
    """The file as somebody leaves it who wrote a word in it."""
    buffer = io.BytesIO()
    document = docx.Document(io.BytesIO(data))
    document.add_paragraph("Vu.")
    document.save(buffer)
    return buffer.getvalue()


def test_an_act_in_error_is_explained_and_stops_there(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project.root, "content/deliberations/2026-046.yaml", "martin-paul", "martn-paul")
    assert main(["comparer", "2026-045", "2026-046"]) == 1
    out = capsys.readouterr()
    assert "martin-paul" in out.out
    assert "rien n’est comparé" in out.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2026-045"], 2),
        (["2026-045", "2026-999"], 2),
        (["absent.docx", "2026-045"], 2),
        (["abime.docx", "2026-045"], 1),
        (["2026-045", "2026-046", "--depuis", "v1"], 2),
        (["deliberations", "2026-046"], 2),
        (["2026-045", "2026-046", "--date", "demain"], 2),
        (["2026-045", "2026-046", "-o", "content"], 2),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    project: Project, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project.root, "abime.docx", "PK rien")
    assert main(["comparer", *arguments]) == code
    said = capsys.readouterr().err
    assert said.startswith("Erreur")
    assert "Traceback" not in said
    assert not list(project.root.glob("**/erreurs.txt"))
