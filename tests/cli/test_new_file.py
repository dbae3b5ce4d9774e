"""What `ctgdocs nouveau` and `initialiser --vide` write: blanks that are told, and no invented fact."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from builders import a_project, generated, outputs

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.content.beginning import BEGUN, begun, known_of_the_house
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.word.text import words_of

BLANK = re.compile(r"\[à compléter : [^\]]+\]")
COMMISSION = """
    nom: commission Enfance
    type: commission
    president: martin-paul
    membres: [martin-paul, petit-anne]
"""
ASSEMBLY = "durand-claire, martin-paul, roy-jean, petit-anne, lopez-marc, faure-lea, noel-yves"
ELUS = ", ".join(
    [
        "blanc-marie",
        "durand-claire",
        "faure-lea",
        "lopez-marc",
        "martin-paul",
        "marty-sylvie",
        "noel-yves",
        "petit-anne",
        "roy-jean",
    ]
)
FACTS = {
    "nature de la collectivité": "communaute-de-communes",
    "population légale": "9000",
    "numéro du département": "12",
    "cinq chiffres": "12990",
    "M. ou Mme": "Mme",
}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A workspace as `initialiser --vide` leaves it, where what is no plain text was filled in."""
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    for name in ("collectivite.yaml", "elus.yaml"):
        file = Path("content", name)
        text = file.read_text("utf-8")
        for blank, fact in FACTS.items():
            text = text.replace(f'"[à compléter : {blank}]"', f'"{fact}"')
        file.write_text(text, "utf-8")
    return Project(tmp_path / "espace")


def test_an_empty_workspace_says_nothing_of_the_sample(empty: Project) -> None:
    typed = (Path(__file__).parents[2] / "content/collectivite.yaml").read_text("utf-8")
    sample = yaml.load(typed, yaml.BaseLoader)
    written = "".join(path.read_text("utf-8") for path in empty.content.rglob("*.yaml"))
    for fact in (
        sample["nom"],
        sample["siret"],
        sample["telephone"],
        sample["adresse"]["ville"],
        sample["sigle"],
    ):
        assert fact.lower() not in written.lower()
    assert "Vaurelle" not in written
    assert not list(empty.templates.glob("charte*"))


def test_what_is_left_to_write_is_told_until_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["initialiser", "--vide", "."])
    main(["nouveau", "deliberation", "2026-001"])

    findings = generated(Project(tmp_path)).findings

    typed = [one for one in findings if one.blocking]
    assert {one.code for one in typed} == {"a-completer"}
    assert {one.place.file for one in typed} == {"content/collectivite.yaml", "content/elus.yaml"}
    places = [(one.place.file, one.place.line, one.place.column) for one in findings]
    assert len(places) == len(set(places))  # each blank once


def test_a_beginner_s_first_page_states_nothing_that_nobody_typed(empty: Project) -> None:
    assert main(["nouveau", "deliberation", "2026-001", "--objet", "Tarifs du centre de loisirs"]) == 0

    report = generated(empty)

    (page,) = [" ".join(words_of(data)) for data in outputs(empty).values()]
    assert "Tarifs du centre de loisirs" in page
    told = {one.message.partition(" : ")[2] for one in report.findings if one.code == "G9"}
    shown = {f"« {blank.removeprefix('[à compléter : ').rstrip(']')} »" for blank in BLANK.findall(page)}
    assert shown - {"« numéro »", "« avis de la commission »"} <= told
    assert not re.search(r"\b20\d\d\b|favorable|\d €", page.replace("2026-001", ""))
    assert not any(one.blocking for one in report.findings)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_begins_with_blanks_that_are_all_told(kind, empty: Project) -> None:  # type: ignore[no-untyped-def]
    assert main(["nouveau", kind.name, "essai"]) == 0

    report = generated(empty, f"{kind.shelf}/essai")

    file = f"content/{kind.shelf}/essai.yaml"
    typed = yaml.load((empty.root / file).read_text("utf-8"), yaml.BaseLoader)
    blanks = BLANK.findall(str(typed))
    assert blanks
    told = [one for one in report.findings if one.place.file == file and one.code in ("G9", "a-completer")]
    assert len(told) == len(blanks)
    assert {one.code for one in report.findings if one.blocking} <= {"a-completer"}


def test_a_meeting_is_of_the_day_and_of_the_commission_in_its_name(tmp_path: Path) -> None:
    house = library_of(a_project(tmp_path, {"instances/commission-enfance.yaml": COMMISSION}))
    known = known_of_the_house(house, "commission-enfance-2026-11-12", date(2026, 1, 1))
    assert known == {
        "executif": "durand-claire",
        "jour": "2026-11-12",
        "annee": "2026",
        "instance": "commission-enfance",
        "membres": "martin-paul, petit-anne",
        "commission": "commission-enfance",
        "prochaine": "2026-09-24",
        "preside": "durand-claire",
        "assemblee": "conseil-communautaire",
        "assembles": ASSEMBLY,
        "elus": ELUS,
    }
    page = next(kind.beginning() for kind in KINDS if kind.name == "reunion")
    typed = yaml.load(begun(page, known), yaml.BaseLoader)
    assert (typed["instance"], typed["date"]) == ("commission-enfance", "2026-11-12")
    assert "seance" not in typed
    assert "# presents: [martin-paul, petit-anne]" in begun(page, known)


def test_a_meeting_of_the_day_of_a_seance_is_that_seance(tmp_path: Path) -> None:
    known = known_of_the_house(library_of(a_project(tmp_path)), "conseil-2026-09-24", date(2026, 1, 1))
    page = next(kind.beginning() for kind in KINDS if kind.name == "reunion")
    typed = yaml.load(begun(page, known), yaml.BaseLoader)
    assert typed == {"seance": "2026-09-24", "destinataires": {"un_par_membre": "non"}}


def test_which_commission_is_never_guessed_among_several(tmp_path: Path) -> None:
    others = {"instances/commission-enfance.yaml": COMMISSION, "instances/commission-voirie.yaml": COMMISSION}
    known = known_of_the_house(
        library_of(a_project(tmp_path, others)), "commission-2026-11-12", date(2026, 1, 1)
    )
    assert not {"instance", "commission"} & known.keys()


@pytest.mark.parametrize("objet", ['Tarifs : "accueil" 2027', "a\\b", "- x", "{y}", "# z", "l’aide & <b>"])
def test_the_objet_given_is_the_objet_written(objet: str) -> None:
    fresh = begun('objet: "[à compléter : objet]"\nrapporteur: martin-paul\n', {}, {"objet": objet})
    assert yaml.load(fresh, yaml.BaseLoader) == {"objet": objet, "rapporteur": "martin-paul"}


# --- Registries: a file of its own, or an entry at the end of the shared file

NAMES = {
    "elus": "Mme Colette VAISSAC",
    "communes": "ST FELICIEN LA PLAINE",
    "instances": "commission Jeunesse",
    "seances": "jeudi 10 décembre 2026",
    "partenaires": "Association Les Trois Chênes : jeunesse",
    "dossiers": "Ouverture d’un lieu d’accueil enfants-parents itinérant, à la rentrée 2027",
    "visas": "Vu le code de l’éducation, notamment son article L. 551-1,",
    "agents": "M. Jean Roux",
}


@pytest.mark.parametrize("registry", BEGUN, ids=lambda one: one.name)
def test_every_registry_begins_an_entry_that_only_blanks_stop(registry, empty: Project) -> None:  # type: ignore[no-untyped-def]
    before = {path: path.read_bytes() for path in empty.content.rglob("*.yaml")}

    assert main(["nouveau", registry.label, NAMES[registry.name]]) == 0

    changed = [p for p in empty.content.rglob("*.yaml") if before.get(p) != p.read_bytes()]
    (file,) = [empty.relative(path) for path in changed]
    found = [one for one in library_of(empty).findings(file) if one.blocking]
    assert {one.code for one in found} <= {"a-completer"}
    library = library_of(empty)
    (id,) = set(library.ids(registry)) - {"nom-prenom", *yaml_keys(before.get(empty.root / file))}
    assert library.exists(registry, id)
    assert generated(empty).findings is not None


def typed_in(path: Path) -> dict[str, object]:
    typed: dict[str, object] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return typed


def yaml_keys(data: bytes | None) -> list[str]:
    return list(yaml.load(data, yaml.BaseLoader)) if data else []


def test_what_a_name_says_is_written_and_nothing_else(empty: Project) -> None:
    for genre, name in (
        ("élu", "Mme Colette DE LA TOURNERIE"),
        ("communes", "Lavol"),
        ("agent", "M. Jean Roux"),
    ):
        assert main(["nouveau", genre, name]) == 0
    read = {
        path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for path in empty.content.rglob("*.yaml")
    }
    assert read["elus.yaml"]["de-la-tournerie-colette"] == {
        "civilite": "Mme",
        "prenom": "Colette",
        "nom": "de La Tournerie",
    }
    assert read["communes.yaml"] == {"lavol": {"nom": "Lavol"}}
    assert read["roux-jean.yaml"] == {"civilite": "M.", "nom": "Roux", "prenom": "Jean"}
    assert (empty.content / "agents" / "roux-jean.yaml").stat().st_mode & 0o77 == 0


def test_an_instance_and_a_seance_know_the_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = a_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["nouveau", "instance", "commission Jeunesse"]) == 0
    assert main(["nouveau", "seance", "10/12/2026", "--avec", "heure=18h30", "--avec", "lieu=Lavol"]) == 0
    body = yaml.load(
        (project.content / "instances/commission-jeunesse.yaml").read_text("utf-8"), yaml.BaseLoader
    )
    assert (body["nom"], body["type"], body["president"]) == (
        "commission Jeunesse",
        "commission",
        "durand-claire",
    )
    assert body["membres"][0] == "durand-claire"
    text = (project.content / "seances/2026-12-10.yaml").read_text("utf-8")
    sitting = yaml.load(text, yaml.BaseLoader)
    assert sitting == {
        "instance": "conseil-communautaire",
        "date": "2026-12-10",
        "heure": "18h30",
        "lieu": "Lavol",
        "convocation": "[à compléter : jour d’envoi de la convocation]",
    }
    assert f"# Membres : {ASSEMBLY}" in text


LAYOUTS = (
    "# tête\na-b: {civilite: M., prenom: B, nom: A}  # note\n# fin\n",
    "# tête\r\na-b:\r\n  civilite: M.\r\n  prenom: B\r\n  nom: A # note\r\n\r\n# fin\r\n",
    "\ufeffa-b: {civilite: M., prenom: B, nom: A}",
    "{a-b: {civilite: M., prenom: B, nom: A}}  # tout sur une ligne\n",
    "# rien encore\n",
)


@pytest.mark.parametrize("text", LAYOUTS)
def test_a_shared_file_keeps_every_other_byte(text: str, empty: Project) -> None:
    path = empty.content / "elus.yaml"
    path.write_bytes(text.encode("utf-8"))

    assert main(["nouveau", "elu", "Mme Zoé Blanc", "--avec", "fonction=maire"]) == 0

    after = path.read_bytes().decode("utf-8")
    kept = [at for at in range(len(text) + 1) if after.startswith(text[:at]) and after.endswith(text[at:])]
    assert kept  # one insertion, nothing else
    entries = yaml.load(after.removeprefix("\ufeff"), yaml.BaseLoader)
    assert list(entries)[-1] == "blanc-zoe"
    assert entries["blanc-zoe"] == {"civilite": "Mme", "prenom": "Zoé", "nom": "Blanc", "fonction": "maire"}
    assert ("\r\n" in text) == ("\r\n" in after)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["nouveau", "elu"], "Donnez un nom"),
        (["nouveau", "trimestre", "x"], "Genre inconnu « trimestre »"),
        (["nouveau", "elu", "Zoé Blanc", "--avec", "fonctio=maire"], "vouliez-vous dire « fonction » ?"),
        (["nouveau", "elu", "Zoé Blanc", "--avec", "civilite=Docteur"], "M."),
        (["nouveau", "elu", "Zoé Blanc", "--avec", "commune=lavl"], "« lavl » n’a pas de fiche"),
        (["nouveau", "elu", "Zoé Blanc", "--avec", "maire"], "CHAMP=TEXTE"),
        (["nouveau", "seance", "2026-12-10", "--avec", "heure=25h"], "25h"),
        (["nouveau", "elu", "nom-prenom"], "existe déjà dans content/elus.yaml"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    asked: list[str], said: str, empty: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in empty.content.rglob("*.yaml")}
    assert main(asked) == 2
    assert said in " ".join(capsys.readouterr().err.replace("\u00a0", " ").split())
    assert before == {path: path.read_bytes() for path in empty.content.rglob("*.yaml")}


def test_a_file_that_cannot_be_read_is_told_and_left(
    empty: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = empty.content / "elus.yaml"
    path.write_text('a-b: {nom: "A\n', "utf-8")
    assert main(["nouveau", "elu", "Mme Zoé Blanc"]) == 1
    assert path.read_text("utf-8") == 'a-b: {nom: "A\n'
    assert "content/elus.yaml" in capsys.readouterr().out


def test_a_terminal_is_asked_what_the_page_lacks_until_it_is_right(
    empty: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["nouveau", "commune", "Lavol"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter(["Colette Vaissac", "Docteur", "Mme", "lavol", ""])
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt="": next(answers))

    assert main(["nouveau", "elu"]) == 0

    entry = yaml.load((empty.content / "elus.yaml").read_text("utf-8"), yaml.BaseLoader)["vaissac-colette"]
    assert entry == {"prenom": "Colette", "nom": "Vaissac", "civilite": "Mme", "commune": "lavol"}
    assert next(answers, None) is None
    assert main(["nouveau", "seance", "2026-12-10", "--sans-question"]) == 0


def test_a_workspace_that_was_not_finished_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copytree", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        main(["initialiser", "espace"])
    assert not (tmp_path / "espace").exists()
    assert main(["initialiser", "espace"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["espace"]
