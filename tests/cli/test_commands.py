"""The commands as an agent meets them: real processes, French screens, exit codes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from builders import LEFT, a_project, change, edit_by_hand, output
from running import command

import ctgdocs
from ctgdocs.cli.main import commands

HEAVY = {"docx", "docxtpl", "jinja2", "lxml", "pydantic", "babel", "yaml", "markdown_it", "openpyxl"}
ENGLISH = (
    "Usage:",
    "Options:",
    "Commands:",
    "Error",
    "No such",
    "Missing",
    "Invalid",
    "Try ",
    "Show ",
    "Traceback",
)
COMMANDS = commands()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command, in this process."""
    done = command(folder, *arguments, plain=False)
    return subprocess.CompletedProcess(arguments, done.code, done.out, done.err)


def started(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as a terminal starts it."""
    return subprocess.run(
        [sys.executable, "-m", "ctgdocs", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **env},
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout + done.stderr).replace("\u00a0", " ")


@pytest.mark.parametrize("arguments", [[], ["--help"], *[[name, "--help"] for name in COMMANDS]])
def test_help_is_french(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, *arguments)

    assert "Usage :" in said(done)
    assert not [word for word in ENGLISH if word in said(done).replace("Options :", "")]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["genere"], "Commande inconnue « genere »."),
        (["generer", "--truc"], "Option inconnue « --truc »."),
        (["generer", "--jobs"], "L’option « --jobs » attend une valeur."),
        (["generer", "--jobs", "deux"], "« deux » n’est pas un nombre valable."),
        (["generer", "--jobs", "0"], "n’est pas dans l’intervalle"),
        (["verifier", "--format", "xml"], "« xml » n’est pas dans la liste : 'texte', 'json', 'github'."),
        (["initialiser"], "Il manque l’argument 'DOSSIER'."),
        (["initialiser", "a", "b"], "Argument en trop : b"),
        (["nouveau", "poeme"], "Genre inconnu « poeme »"),
        (["genererr"], "Vouliez-vous dire 'generer'"),
        (["generer", "2026-0455"], "vouliez-vous dire « 2026-045 » ?"),
    ],
)
def test_usage_errors_are_french_and_exit_2(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    a_project(tmp_path)

    done = run(tmp_path, *arguments)

    assert done.returncode == 2, said(done)
    assert sentence in said(done)
    assert not [word for word in ENGLISH if word in said(done)]


def test_every_sentence_of_click_has_its_french() -> None:
    from ctgdocs.cli.main import CATALOGUE

    folder = Path(click.__file__).parent
    modules = [folder / f"{name}.py" for name in ("core", "exceptions", "formatting", "parser", "types")]
    sentences = {
        argument.value
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    for_programmers = ("DeprecationWarning", "Could not determine", "No options defined", "Arguments take")
    more = ("Name '{name}' defined twice", "Boolean option")
    missing = {one for one in sentences - set(CATALOGUE) if not one.startswith((*for_programmers, *more))}

    assert not missing


def test_outside_a_workspace_it_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "generer")

    assert done.returncode == 2
    assert "n’est pas dans un espace de travail" in said(done)


def test_initialiser_then_generer_works_anywhere(tmp_path: Path) -> None:
    made = run(tmp_path, "initialiser", "mon espace")
    assert (made.returncode, 'cd "mon espace" puis ctgdocs generer' in said(made)) == (0, True)
    done = run(tmp_path / "mon espace", "generer")

    assert done.returncode == 0, said(done)
    assert "0 en erreur." in said(done)
    refused = run(tmp_path, "initialiser", "mon espace")
    assert (refused.returncode, "n’est pas vide" in said(refused)) == (2, True)


def test_an_empty_workspace_holds_templates_and_no_act(tmp_path: Path) -> None:
    assert run(tmp_path, "initialiser", "--vide", "vide").returncode == 0
    (tmp_path / "ici").mkdir()
    assert "cd " not in said(run(tmp_path / "ici", "initialiser", "--vide", "."))

    assert (tmp_path / "vide/templates/deliberations/deliberation.docx").is_file()
    assert not list((tmp_path / "vide/content/deliberations").iterdir())


def test_nouveau_takes_the_next_number_and_never_overwrites(tmp_path: Path) -> None:
    a_project(tmp_path)

    done = run(tmp_path, "nouveau", "deliberation")

    assert "content/deliberations/2026-061.yaml est écrit." in said(done)
    assert (tmp_path / "content/deliberations/2026-061.yaml").is_file()
    assert run(tmp_path, "nouveau", "deliberation", "2026-061").returncode == 2
    assert run(tmp_path, "nouveau", "deliberation", "../x").returncode == 2


def test_generer_counts_and_exits_as_documented(tmp_path: Path) -> None:
    project = a_project(tmp_path)

    first, second = run(tmp_path, "generer"), run(tmp_path, "generer")
    assert first.returncode == 0
    assert said(first).endswith("\n3 documents : 3 écrits, 0 inchangé, 0 en erreur.\n")
    assert (second.returncode, said(second)) == (0, "3 documents : 0 écrit, 3 inchangés, 0 en erreur.\n")

    edit_by_hand(output(project, "2026-045"))
    kept = run(tmp_path, "generer")
    assert kept.returncode == 1
    assert "1 gardé (modifié à la main)." in said(kept)
    again = said(run(tmp_path, "generer"))  # without what is said once
    assert again.startswith("alerte")
    assert said(kept).endswith(again)
    assert run(tmp_path, "generer", "--remplacer").returncode == 0


def test_a_sealed_act_from_its_transmission_to_its_correction(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    act = project.content / "deliberations/2026-045.yaml"
    act.write_text(act.read_text("utf-8") + LEFT, encoding="utf-8")
    run(tmp_path, "generer")
    sealed = run(tmp_path, "etat", "2026-045")
    assert (sealed.returncode, said(sealed).split()[0]) == (0, "scellé")

    change(tmp_path, "content/deliberations/2026-045.yaml", "contre: [petit-anne]", "contre: []")
    told = run(tmp_path, "generer")
    assert told.returncode == 1
    assert "prenez une délibération rectificative" in said(told)
    assert said(run(tmp_path, "generer")).endswith("1 scellé (contenu changé depuis).\n")
    changed = started(tmp_path, "etat", "2026-045", NO_COLOR="1")
    assert changed.returncode == 1
    assert said(changed).startswith("scellé, le contenu a changé depuis deliberations/2026-045")

    assert run(tmp_path, "desceller", "2026-045").returncode == 2
    assert run(tmp_path, "desceller", "2026-045", "--motif", "vote mal recopié").returncode == 0
    assert run(tmp_path, "generer").returncode == 0
    assert run(tmp_path, "etat", "2026-045").returncode == 0


def test_etat_tells_an_outdated_file_in_its_quick_answer_too(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    run(tmp_path, "generer")
    old = output(project, "2026-045")
    change(tmp_path, "content/deliberations/2026-045.yaml", "objet: Renouvellement", "objet: Suite")
    run(tmp_path, "generer")
    for _ in range(2):
        seen = run(tmp_path, "etat")
        assert seen.returncode == 1
        assert f"périmé             {project.relative(old)}" in said(seen)
        assert "\x1b" not in seen.stdout


def test_a_finding_is_printed_as_the_guide_shows_it(tmp_path: Path) -> None:
    a_project(tmp_path)
    change(tmp_path, "content/deliberations/2026-045.yaml", "rapporteur: m", "raporteur: m")

    done = run(tmp_path, "verifier")

    assert done.returncode == 1
    assert "erreur  [champ-inconnu] content/deliberations/2026-045.yaml:3:1 (raporteur) : " in said(done)
    assert "vouliez-vous dire « rapporteur » ?" in said(done)
    assert "\u00a0:" in done.stdout
    assert "\033" not in done.stdout


def test_verifier_speaks_json_and_github(tmp_path: Path) -> None:
    a_project(tmp_path)
    change(tmp_path, "content/deliberations/2026-045.yaml", "rapporteur: m", "raporteur: m")

    found = json.loads(run(tmp_path, "verifier", "--format", "json").stdout)
    lines = run(tmp_path, "verifier", "--format", "github").stdout.splitlines()

    assert found["documents"] == 3
    assert found["erreurs"] == len([one for one in found["constats"] if one["gravite"] == "erreur"]) > 0
    assert any(one["ligne"] == 3 and one["champ"] == "raporteur" for one in found["constats"])
    assert any(
        line.startswith("::error file=content/deliberations/2026-045.yaml,line=3,col=1,title=champ-inconnu::")
        for line in lines
    )
    assert not (tmp_path / "sorties").exists()


def test_verifier_says_the_same_before_and_after_generer(tmp_path: Path) -> None:
    a_project(tmp_path, {"seances/2026-10-15.yaml": "instance: inconnue\n"})

    before = run(tmp_path, "verifier")
    run(tmp_path, "generer")

    assert said(run(tmp_path, "verifier")) == said(before)


def test_etat_says_why_in_words(tmp_path: Path) -> None:
    a_project(tmp_path)
    run(tmp_path, "generer")
    assert run(tmp_path, "etat").returncode == 0
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    done = run(tmp_path, "etat", "--pourquoi")

    assert done.returncode == 1
    assert said(done).count("content/seances/2026-09-24.yaml (heure) : « 18h30 » → « 19h »") == 2
    assert said(done).count("à régénérer ") == 2


def test_a_blanc_shows_the_words_and_writes_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    run(tmp_path, "generer")
    before = {path: path.read_bytes() for path in project.sorties.rglob("*") if path.is_file()}
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    done = run(tmp_path, "generer", "--a-blanc")

    assert "modifié sorties/deliberations/2026-045" in said(done)
    assert [
        line for line in said(done).splitlines() if line.startswith("    + ") and "dix-neuf heures" in line
    ]
    assert {path: path.read_bytes() for path in project.sorties.rglob("*") if path.is_file()} == before


def test_oublier_says_what_goes_and_when_nothing_is_known(tmp_path: Path) -> None:
    project = a_project(tmp_path, {"agents/delmas-ines.yaml": "nom: Delmas\nprenom: Inès\n"})
    own = project.content / "agents/delmas-ines.yaml"

    assert "à enlever  content/agents/delmas-ines.yaml" in said(
        run(tmp_path, "oublier", "--a-blanc", "delmas-ines")
    )
    assert own.exists()
    assert "enlevé  content/agents/delmas-ines.yaml" in said(run(tmp_path, "oublier", "delmas-ines"))
    assert not own.exists()
    again = run(tmp_path, "oublier", "delmas-ines")
    assert (again.returncode, "Rien n’est connu" in said(again)) == (2, True)


def test_nettoyer_removes_what_has_no_content_any_more(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    run(tmp_path, "generer")
    gone = output(project, "2026-045")
    (tmp_path / "content/deliberations/2026-045.yaml").unlink()
    run(tmp_path, "generer")
    assert gone.exists()

    assert "1 document à enlever." in said(run(tmp_path, "nettoyer", "--a-blanc"))
    assert gone.exists()
    assert "1 document enlevé." in said(run(tmp_path, "nettoyer"))
    assert not gone.exists()


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONUTF8": "0", "LANG": "C"}]
)
def test_the_screen_speaks_utf8_whatever_the_terminal_says(tmp_path: Path, env: dict[str, str]) -> None:
    a_project(tmp_path)
    run(tmp_path, "generer")

    for arguments in (["generer"], ["etat"], ["--help"]):
        assert "\ufffd" not in started(tmp_path, *arguments, **env).stdout


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    a_project(tmp_path)
    command = [sys.executable, "-m", "ctgdocs", "verifier", "--format", "json"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert process.stderr.read() == b""


@pytest.mark.parametrize("arguments", [["--help"], ["generer"], ["etat"], ["generer", "--help"]])
def test_light_commands_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    a_project(tmp_path)
    started(tmp_path, "generer")
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write('\\n'.join(sys.modules)))\n"
        "from ctgdocs.cli import run\n"
        f"sys.argv = ['ctgdocs', *{arguments}]\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    loaded = {name.partition(".")[0] for name in done.stderr.splitlines()}
    assert done.returncode == 0
    assert not loaded & HEAVY


def test_an_unexpected_mistake_is_one_sentence_and_a_file(tmp_path: Path) -> None:
    a_project(tmp_path)
    program = (
        "import sys, ctgdocs.line.run as run\n"
        "def broken(*a, **k): raise ZeroDivisionError('oups')\n"
        "run.plan = broken\n"
        "from ctgdocs.cli.main import main\n"
        "sys.exit(main(['generer']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "qu’il n’avait pas prévu" in done.stderr
    (log,) = tmp_path.rglob("erreurs.txt")
    said = log.read_text("utf-8")
    assert "ZeroDivisionError" in said
    assert "ctgdocs/line/run.py:" in said
    assert "oups" not in said, "what an error says may be a value of somebody's file"
    assert str(tmp_path.parent) not in said


def test_version() -> None:
    assert said(run(Path.cwd(), "--version")) == f"ctgdocs {ctgdocs.__version__}\n"


def test_commands_and_options_are_understood_with_their_accents(tmp_path: Path) -> None:
    assert run(tmp_path, "générer", "--help").stdout == run(tmp_path, "generer", "--help").stdout
    assert "Option inconnue" not in run(tmp_path, "générer", "--à-blanc", "--help").stderr


def test_a_model_outside_the_shelves_is_checked_against_the_fields_there_are(tmp_path: Path) -> None:
    """A Caf's own model, fitted with tags: a misspelt field is found before the file is on its shelf."""
    import docx

    from ctgdocs.findings import Severity
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import checked
    from ctgdocs.project import Project

    project = a_project(tmp_path / "espace")
    model = docx.Document()
    for text in ("{{ objett }}", "{%p for a in articles %}", "{{ a.titre }}", "{%p endfor %}"):
        model.add_paragraph(text)
    path = tmp_path / "modèle de la Caf.docx"
    model.save(str(path))

    ((_, found),) = checked(project, KINDS, Project(Path(__file__).parents[2]), [path])

    told, wrong = found
    assert (told.code, told.severity) == ("genre", Severity.INFO)  # articles: of three kinds
    assert (wrong.code, *wrong.hints) == ("champ-inconnu", "le plus proche : « objet »")
