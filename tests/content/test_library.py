"""Registries and documents by id: read once, when asked for, and remembered by whoever consulted them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctgdocs.content.library import Library
from ctgdocs.findings import Severity
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import COMMUNES, DELIBERATIONS, ELUS, PARTENAIRES, SEANCES

ELUS_YAML = """
durand-claire: {civilite: Mme, prenom: Claire, nom: Durand, commune: belmaure, fonction: présidente}
martin-paul: {civilite: M., prenom: Paul, nom: Martin, commune: belmaure, fonction: conseiller}
"""
COMMUNES_YAML = "belmaure: {nom: Belmaure-de-Vaurelle}\n"
ACT = "objet: Un objet\ndecisions: [d’approuver]\n"

Build = Callable[..., Project]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Writes content files (path from content/ → text) and gives the workspace."""

    def write(**files: str) -> Project:
        for name, text in {"elus.yaml": ELUS_YAML, "communes.yaml": COMMUNES_YAML, **files}.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Project(tmp_path)

    return write


def library(project: Project) -> Library:
    return Library(project, KINDS)


def test_an_entry_is_found_by_id(build: Build) -> None:
    entry = library(build()).find(ELUS, "durand-claire")
    assert entry is not None
    assert entry.value.nom == "Durand"
    assert entry.key == "elus/durand-claire"
    assert str(entry.place("nom")) == "content/elus.yaml:2:53 (durand-claire.nom)"


def test_documents_are_entries_of_their_kind(build: Build) -> None:
    found = library(build(**{"deliberations/2026-045.yaml": ACT})).find(DELIBERATIONS, "2026-045")
    assert found is not None
    assert found.value.objet == "Un objet"


def test_documents_are_listed_without_being_read(build: Build) -> None:
    files = {
        "deliberations/2026-046.yaml": "[",
        "deliberations/2026-045.yml": "[",
        "arretes/2026-001.yaml": "[",
    }
    listed = library(build(**files)).documents()
    assert [(document.kind.name, document.id) for document in listed] == [
        ("arrete", "2026-001"),
        ("deliberation", "2026-045"),
        ("deliberation", "2026-046"),
    ]
    assert listed[0].path == "content/arretes/2026-001.yaml"


def test_a_file_whose_kind_makes_several_documents_is_listed_once_per_part(build: Build) -> None:
    arrete = next(kind for kind in KINDS if kind.name == "arrete")._replace(parts=("fiche", "offre"))
    shelf = Library(build(**{"arretes/a.yaml": "[", "arretes/b.yaml": "["}), [arrete])
    listed = [(document.id, document.part) for document in shelf.documents()]
    assert listed == [("a", "fiche"), ("a", "offre"), ("b", "fiche"), ("b", "offre")]
    assert len(shelf.findings("content/arretes/a.yaml")) == 1
    assert len(shelf.findings()) == 2


def test_hidden_files_and_words_lock_files_are_not_content(build: Build) -> None:
    files = {"deliberations/.brouillon.yaml": ACT, "deliberations/~$a.yaml": ACT, ".schemas/elus.yaml": "x"}
    shelf = library(build(**files, **{"deliberations/2026-045.yaml": ACT, "deliberations/plan.csv": "a;b"}))
    assert [document.id for document in shelf.documents()] == ["2026-045"]
    assert shelf.misplaced_files() == []


def test_absent_in_error_and_valid_are_told_apart(build: Build) -> None:
    shelf = library(build(**{"elus.yaml": ELUS_YAML + "roy-jean: {nom: Roy}\n"}))
    assert (shelf.exists(ELUS, "zzz"), shelf.find(ELUS, "zzz")) == (False, None)
    assert (shelf.exists(ELUS, "roy-jean"), shelf.find(ELUS, "roy-jean")) == (True, None)
    assert shelf.exists(ELUS, "martin-paul")
    assert shelf.find(ELUS, "martin-paul") is not None


def test_one_entry_in_error_leaves_the_others_usable(build: Build) -> None:
    shelf = library(build(**{"elus.yaml": ELUS_YAML + "roy-jean: {nom: Roy}\n"}))
    assert shelf.ids(ELUS) == ["durand-claire", "martin-paul", "roy-jean"]
    assert shelf.findings_of("elus", "martin-paul") == []
    assert {finding.place.line for finding in shelf.findings_of("elus", "roy-jean")} == {4}


def test_a_field_written_twice_puts_the_whole_file_in_error(build: Build) -> None:
    shelf = library(build(**{"communes.yaml": COMMUNES_YAML + "belmaure: {nom: Autre}\n"}))
    assert shelf.find(COMMUNES, "belmaure") is None
    assert shelf.exists(COMMUNES, "belmaure")


def test_a_registry_that_was_never_written_is_empty(build: Build) -> None:
    shelf = library(build())
    assert shelf.ids(PARTENAIRES) == []
    assert shelf.ids(SEANCES) == []
    assert not shelf.exists(PARTENAIRES, "caf")
    assert shelf.findings() == []


def test_every_problem_of_every_file_comes_out_in_one_run(build: Build) -> None:
    shelf = library(
        build(
            **{
                "communes.yaml": "belmaure: {nom: }\n",
                "deliberations/2026-045.yaml": "objjet: x\ndecisions: [a]\n",
                "deliberations/2026-046.yaml": "objet: a : b\n",
                "seances/2026-09-24.yaml": "été: 1\n",
            }
        )
    )
    files = [finding.place.file for finding in shelf.findings()]
    assert files == sorted(files)
    assert {file.removeprefix("content/") for file in files} == {
        *(
            "communes.yaml",
            "deliberations/2026-045.yaml",
            "deliberations/2026-046.yaml",
            "seances/2026-09-24.yaml",
        )
    }


def test_a_bad_identifier_is_refused_where_it_is_written(build: Build) -> None:
    shelf = library(
        build(**{"elus.yaml": ELUS_YAML.replace("martin-paul", "Martin Paul"), "arretes/Arrêté 1.yaml": ACT})
    )
    in_registry, *_ = shelf.findings("content/elus.yaml")
    assert (in_registry.code, *in_registry.hints) == ("identifiant", "écrivez « martin-paul »")
    in_name = shelf.findings("content/arretes/Arrêté 1.yaml")[0]
    assert (in_name.code, *in_name.hints) == ("identifiant", "renommez le fichier en « arrete-1 »")


ROYS = ELUS_YAML + "roy-jean: {nom: Roy, prenom: Jean}\nroy-luc: {nom: Roy, prenom: Luc}\n"


@pytest.mark.parametrize(
    ("field", "typed", "id"),
    [
        ("rapporteur", "Mme Claire Durand", "durand-claire"),
        ("rapporteur", "Durand", "durand-claire"),
        ("rapporteur", "Mme DURÀND Claire", "durand-claire"),
        ("rapporteur", "Roy Luc", "roy-luc"),
        ("seance", "10/12/2026", "2026-12-10"),
        ("seance", "jeudi 10 décembre 2026", "2026-12-10"),
    ],
)
def test_a_name_in_the_place_of_an_id_is_the_one_entry_that_bears_it(
    build: Build, field: str, typed: str, id: str
) -> None:
    act = ACT + f"{field}: {typed}\n"
    shelf = library(build(**{"elus.yaml": ROYS, "seances/2026-12-10.yaml": "[", "deliberations/1.yaml": act}))
    assert shelf.findings("content/deliberations/1.yaml") == []
    found = shelf.find(DELIBERATIONS, "1")
    assert found is not None
    assert getattr(found.value, field) == id


@pytest.mark.parametrize(
    ("field", "typed", "hint"),
    [
        ("rapporteur", "Mme Claire Durant", "vouliez-vous dire « durand-claire » ?"),
        ("rapporteur", "M. Roy", "vouliez-vous dire « roy-jean » ou « roy-luc » ?"),
        (
            "rapporteur",
            "Mme Colette Vaissac",
            "aucune fiche ne porte ce nom : corrigez-le, ou ajoutez d’abord sa fiche",
        ),
        ("seance", "11/12/2026", "aucune fiche ne porte ce nom : corrigez-le, ou ajoutez d’abord sa fiche"),
    ],
)
def test_a_name_that_is_not_one_s_alone_gives_the_ids_that_may_be_meant(
    build: Build, field: str, typed: str, hint: str
) -> None:
    act = ACT + f"{field}: {typed}\n"
    files = {"elus.yaml": ROYS, "seances/2026-12-10.yaml": "[", "deliberations/1.yaml": act}
    (finding,) = library(build(**files)).findings("content/deliberations/1.yaml")
    assert (finding.code, finding.place.line, finding.hints) == ("identifiant", 3, (hint,))


def test_braces_typed_without_quotes_give_the_words_to_type(build: Build) -> None:
    act = "objet: {montant: 18500}\ndecisions: [d’approuver]\n"
    (finding,) = library(build(**{"deliberations/1.yaml": act})).findings("content/deliberations/1.yaml")
    assert (finding.place.line, finding.place.field) == (1, "objet")
    assert finding.hints[0].endswith('"{montant:18500}"')


def test_a_slip_is_told_once_without_what_follows_from_it(build: Build) -> None:
    act = ACT + "visas:\n  • code-a\n  • code-b\n"
    (finding,) = library(build(**{"deliberations/1.yaml": act})).findings("content/deliberations/1.yaml")
    assert (finding.code, finding.place.line) == ("puce", 4)


def test_the_name_of_a_commune_is_its_id(build: Build) -> None:
    elus = ELUS_YAML.replace(
        "commune: belmaure, fonction: prés", "commune: Belmaure de Vaurelle, fonction: prés"
    )
    shelf = library(build(**{"elus.yaml": elus}))
    assert shelf.findings("content/elus.yaml") == []
    claire = shelf.find(ELUS, "durand-claire")
    assert claire is not None
    assert claire.value.commune == "belmaure"


@pytest.mark.parametrize("id", ["../elus", "/etc/passwd", "..", "", "a/b", "C:\\x", "a\x00b", "*"])
def test_an_id_is_never_a_path(build: Build, id: str) -> None:
    shelf = library(build(**{"deliberations/2026-045.yaml": ACT}))
    assert shelf.find(DELIBERATIONS, id) is None
    assert shelf.find(SEANCES, id) is None
    assert not shelf.exists(ELUS, id)


def test_files_that_nothing_reads_are_announced(build: Build) -> None:
    shelf = library(
        build(
            **{
                "elu.yaml": ELUS_YAML,
                "deliberation/2026-045.yaml": ACT,
                "arretes/1.yaml": ACT,
                "arretes/1.yml": ACT,
            }
        )
    )
    said = {finding.place.file: finding for finding in shelf.misplaced_files()}
    assert said["content/elu.yaml"].hints == ("vouliez-vous dire « content/elus.yaml » ?",)
    assert said["content/deliberation/2026-045.yaml"].hints == (
        "vouliez-vous dire « content/deliberations » ?",
    )
    assert said["content/arretes/1.yml"].severity is Severity.ERREUR


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("deliberations/2026-045.yaml.txt", "son nom finit par « .txt »", "renommez-le « 2026-045.yaml »"),
        ("seances/2026-09-24.docx", "n’est lu par rien", "hors de content/"),
        ("elus.csv", "ce registre est un fichier .yaml", "recopiez-le dans content/elus.yaml"),
    ],
)
def test_a_file_that_nothing_reads_is_told_once_with_why(
    build: Build, name: str, message: str, hint: str
) -> None:
    beside = {
        "deliberations/plan.xlsx": "",
        "deliberations/plan.csv": "",
        "LISEZMOI.md": "",
        "README.txt": "",
    }
    shelf = library(build(**{name: ACT, **beside}))
    (finding,) = shelf.misplaced_files()
    assert (finding.place.file, finding.severity) == (f"content/{name}", Severity.ALERTE)
    assert message in finding.message
    assert hint in finding.hints[0]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this disk has one file for both names")
def test_two_names_that_windows_confuses_are_announced(build: Build) -> None:
    shelf = library(build(**{"arretes/a-1.yaml": ACT, "arretes/A-1.yaml": ACT}))
    (finding,) = shelf.misplaced_files()
    assert (finding.code, finding.severity) == ("fichier-en-double", Severity.ALERTE)


# --- readers ----------------------------------------------------------------------------------------------


def test_a_reader_remembers_what_it_was_answered(build: Build) -> None:
    shelf = library(build(**{"elus.yaml": ELUS_YAML + "roy-jean: {nom: Roy}\n"}))
    reader = shelf.reader()
    entry = reader.find(ELUS, "durand-claire")
    assert entry is not None
    reader.find(ELUS, "roy-jean")
    assert not reader.exists(ELUS, "zzz")
    reader.ids(COMMUNES)
    assert reader.reads == {
        "elus/durand-claire": entry.digest,
        "elus/roy-jean": "erreur",
        "elus/zzz": "",
        "communes/*": shelf.digest("communes/*"),
    }


def test_a_digest_is_what_a_fresh_reader_would_record(build: Build) -> None:
    project = build(**{"elus.yaml": ELUS_YAML + "roy-jean: {nom: Roy}\n", "plans/plan.csv": "a;b"})
    reader = library(project).reader()
    for id in ("durand-claire", "roy-jean", "zzz"):
        reader.find(ELUS, id)
    reader.ids(ELUS)
    reader.attachment("content/plans/plan.csv")
    reader.attachment("content/plans/autre.csv")
    fresh = library(project)
    assert reader.reads == {key: fresh.digest(key) for key in reader.reads}
    assert reader.reads["fichier/content/plans/autre.csv"] == ""


def test_a_comment_changes_no_digest_and_a_value_changes_only_its_own(build: Build) -> None:
    keys = ("elus/durand-claire", "elus/martin-paul", "elus/*")
    before = [library(build()).digest(key) for key in keys]
    assert [
        library(build(**{"elus.yaml": "# un commentaire\n\n" + ELUS_YAML})).digest(key) for key in keys
    ] == before
    edited = library(build(**{"elus.yaml": ELUS_YAML.replace("conseiller", "vice-président")}))
    after = [edited.digest(key) for key in keys]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_a_new_entry_changes_the_listing_and_ends_a_miss(build: Build) -> None:
    keys = ("elus/durand-claire", "elus/roy-jean", "elus/*")
    before = [library(build()).digest(key) for key in keys]
    more = (
        ELUS_YAML
        + "roy-jean: {civilite: M., prenom: Jean, nom: Roy, commune: belmaure, fonction: conseiller}\n"
    )
    after = [library(build(**{"elus.yaml": more})).digest(key) for key in keys]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, False]


WORDS = st.sampled_from(["Un objet", "Un autre", "x" * 50, "a & b"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(WORDS, WORDS, st.booleans(), st.booleans())
def test_readers_with_the_same_digests_were_given_the_same_values(
    build: Build, one: str, other: str, commented: bool, broken: bool
) -> None:
    def answers(objet: str, extra: str) -> tuple[dict[str, str], object]:
        reader = library(
            build(**{"deliberations/2026-045.yaml": f"objet: {objet}\ndecisions: [a]\n{extra}"})
        ).reader()
        entry = reader.find(DELIBERATIONS, "2026-045")
        return reader.reads, (None if entry is None else entry.value)

    first = answers(one, "")
    second = answers(other, ("# commentaire\n" if commented else "") + ("zzz: 1\n" if broken else ""))
    assert (first[0] == second[0]) == (first[1] == second[1])


def test_an_attachment_stays_inside_the_content(build: Build, tmp_path: Path) -> None:
    project = build(**{"plans/plan.csv": "a;b"})
    (tmp_path / "secret.csv").write_text("x")
    reader = library(project).reader()
    assert reader.attachment("content/plans/plan.csv") == b"a;b"
    assert reader.attachment("content/plans/../../secret.csv") is None
    assert reader.attachment("secret.csv") is None
    assert reader.attachment("/etc/passwd") is None
    assert reader.attachment("content/plans") is None
    if sys.platform != "win32":
        outside = tmp_path.parent / f"{tmp_path.name}-secret.csv"
        outside.write_text("x")
        (project.content / "lien.csv").symlink_to(outside)
        assert reader.attachment("content/lien.csv") is None


def test_path_of_names_the_file_that_holds_a_key(build: Build) -> None:
    shelf = library(build(**{"deliberations/2026/2026-045.yaml": ACT}))
    assert shelf.path_of("elus/durand-claire") == "content/elus.yaml"
    assert shelf.path_of("elus/*") == "content/elus.yaml"
    assert shelf.path_of("seances/*") == "content/seances"
    assert shelf.path_of("seances/2026-09-24") == "content/seances/2026-09-24.yaml"
    assert shelf.path_of("deliberation/2026-045") == "content/deliberations/2026/2026-045.yaml"
    assert shelf.path_of("fichier/content/plan.csv") == "content/plan.csv"


def test_a_file_answers_for_a_whole_registry_or_for_one_entry(build: Build) -> None:
    shelf = library(build(**{"deliberations/2026/2026-045.yaml": ACT}))
    assert shelf.answers_at("content/elus.yaml") == ("elus", "")
    assert shelf.answers_at("content/seances/2026-09-24.yaml") == ("seances", "2026-09-24")
    assert shelf.answers_at("content/deliberations/2026/2026-045.yaml") == ("deliberation", "2026-045")
    assert shelf.answers_at("content/plan.csv") == ("", "")


def test_a_key_leads_to_its_entry(build: Build) -> None:
    shelf = library(build())
    entry = shelf.entry("elus/durand-claire")
    assert entry is not None
    assert entry.key == "elus/durand-claire"
    for key in ("elus/*", "elus/inconnue", "fichier/content/elus.yaml"):
        assert shelf.entry(key) is None


def test_the_files_of_the_registries_are_listed(build: Build) -> None:
    shelf = library(build())
    assert list(shelf.entries_of("content/communes.yaml")) == ["communes/belmaure"]
    assert shelf.registry_files() == ["content/communes.yaml", "content/elus.yaml"]


def test_a_forgotten_file_is_read_again(build: Build) -> None:
    project = build()
    shelf = library(project)
    before = shelf.digest("communes/belmaure")
    (project.content / "communes.yaml").write_text("belmaure: {nom: Autre}\n")
    assert shelf.digest("communes/belmaure") == before
    shelf.forget("content/communes.yaml")
    assert shelf.digest("communes/belmaure") != before


def test_listing_the_content_imports_nothing_heavy(build: Build) -> None:
    project = build(**{"deliberations/2026-045.yaml": ACT})
    program = (
        "import sys; from pathlib import Path\n"
        "from ctgdocs.kinds import KINDS; from ctgdocs.content.library import Library\n"
        "from ctgdocs.project import Project\n"
        f"shelf = Library(Project(Path({str(project.root)!r})), KINDS)\n"
        "shelf.documents(), shelf.registry_files(), shelf.digest('seances/*'), shelf.misplaced_files()\n"
        "print({'yaml', 'pydantic', 'docx', 'jinja2', 'lxml', 'babel'} & sys.modules.keys() or 'light')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "light"
