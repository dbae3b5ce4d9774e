"""`ctgdocs nouveau deliberations --pour`: each commune decides in its own name, from one content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from renewals import NEW, REPOSITORY, run, said

from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.stages import Composition
from ctgdocs.vocabulary.registres import COMMUNES, DELIBERATIONS

HOUSE = "communauté de communes de la Vaurelle"
THE_FOUR = ("belmaure-de-vaurelle", "lavol", "larroumel", "serinhol")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, renewed: tuple[Path, str]) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("prepared") / "space"
    shutil.copytree(renewed[0], folder)
    done = run(folder, "nouveau", "deliberations", "--pour", f"conventions/{NEW}")
    assert done.returncode == 0, said(done)
    return folder, said(done)


def page(folder: Path, id: str) -> Composition:
    library = Library(Project(folder), KINDS)
    entry = library.find(DELIBERATIONS, id)
    assert entry is not None, library.findings_of("deliberation", id)
    (kind,) = (one for one in KINDS if one.name == "deliberation")
    composition = kind.compose(entry, library.reader())
    assert composition is not None
    return composition


def test_each_signatory_collectivite_has_its_projet(prepared: tuple[Path, str]) -> None:
    folder, screen = prepared
    written = {path.stem for path in (folder / "content/deliberations").glob(f"{NEW}-*.yaml")}
    assert written == {f"{NEW}-{one}" for one in (*THE_FOUR, "communaute-de-communes")}
    assert screen.count("est écrit.") == len(written) + 1
    assert run(folder, "verifier", "deliberations").returncode == 0


@pytest.mark.parametrize("commune", THE_FOUR)
def test_the_page_is_the_commune_s(prepared: tuple[Path, str], commune: str) -> None:
    composition = page(prepared[0], f"{NEW}-{commune}")
    context = composition.context
    library = Library(Project(prepared[0]), KINDS)
    entry = library.find(COMMUNES, commune)
    assert entry is not None
    head = {key: value.replace("\u00a0", " ") for key, value in context["collectivite"].items()}
    assert head["nom"] == f"Commune de {entry.value.nom}"
    assert head["adresse"].startswith("[à compléter : adresse de la mairie]")
    assert not any(head[key] for key in ("service", "sigle", "telephone", "courriel", "site"))
    assert (
        context["sous_titre"].replace("\u00a0", " ").startswith("Conseil municipal – séance du [à compléter")
    )
    assert context["formule"].startswith("Le conseil municipal")
    assert context["rapporteur"].endswith(", maire")
    assert not composition.wears_charte
    own = (str(value) for key, value in context.items() if key not in ("expose", "visas"))
    assert HOUSE not in "".join(own)


def test_the_parties_are_named_as_the_convention_names_them(prepared: tuple[Path, str]) -> None:
    expose = str(page(prepared[0], f"{NEW}-lavol").context["expose"]).replace("\u00a0", " ")
    assert "la Caisse d’allocations familiales" in expose
    assert "les communes de Belmaure-de-Vaurelle, Lavol, Larroumel et Sérinhol" in expose
    assert "la commune de" not in expose


def test_the_executive_agrees_with_the_maire(prepared: tuple[Path, str]) -> None:
    said_by = {one: str(page(prepared[0], f"{NEW}-{one}").context["infinitifs"]) for one in THE_FOUR}
    assert "Madame la Maire" in said_by["larroumel"]
    assert "Monsieur le Maire" in said_by["lavol"]
    house = str(page(prepared[0], f"{NEW}-communaute-de-communes").context["infinitifs"])
    assert "Madame la Présidente" in house


def test_the_word_file_has_nothing_of_the_house_s_letterhead(prepared: tuple[Path, str]) -> None:
    import re
    import zipfile

    done = run(prepared[0], "generer", f"{NEW}-lavol")
    assert done.returncode == 0, said(done)
    (path,) = (prepared[0] / "sorties/deliberations").glob(f"{NEW}-lavol*.docx")
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "media/" in name]
        around = [name for name in package.namelist() if re.match(r"word/(?:header|footer)\d", name)]
        words = " ".join(re.sub("<[^>]+>", "", package.read(name).decode("utf-8")) for name in around)
    assert HOUSE not in words.lower()
    assert "Commune de Lavol" in words


def test_it_never_overwrites_and_skips_who_has_decided(prepared: tuple[Path, str]) -> None:
    folder = prepared[0]
    path = folder / f"content/deliberations/{NEW}-lavol.yaml"
    before = path.read_bytes()
    done = run(folder, "nouveau", "deliberation", "--pour", NEW)
    assert done.returncode == 0
    assert f"{NEW}-lavol.yaml existe déjà" in said(done)
    assert path.read_bytes() == before


def test_the_completed_sample_has_its_own_already(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    done = said(run(tmp_path, "nouveau", "deliberations", "--pour", NEW))
    assert "communauté de communes a déjà la sienne (2026-045)" in done
    assert not (tmp_path / f"content/deliberations/{NEW}-communaute-de-communes.yaml").exists()
